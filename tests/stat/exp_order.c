/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>
#include <stdlib.h>

#include "tests/stat/stat.h"

/* The order in which files are named must not change a byte. */

#define RUNS 4

struct setup {
	const char *name;
	const char *tool, *option[5];
	bool mixed;		/* formats within a side */
};

static void
mix(struct draw *d, unsigned *order)
{
	unsigned i, k, swap;

	for (i = 0; i < RUNS; i++)
		order[i] = i;
	for (i = RUNS - 1; i > 0; i--) {
		k = draw_below(d, i + 1);
		swap = order[i];
		order[i] = order[k];
		order[k] = swap;
	}
}

static void
run(struct study *s, const struct setup *t, char (*name)[32], unsigned *const
    order[2], struct prof_buf *out)
{
	const char *argv[32];
	unsigned n = 0, i;

	argv[n++] = t->tool;
	for (i = 0; t->option[i] != NULL; i++)
		argv[n++] = t->option[i];
	for (i = 0; i < RUNS; i++) {
		argv[n++] = "-b";
		argv[n++] = name[order[0][i]];
	}
	for (i = 0; i < RUNS; i++)
		argv[n++] = name[RUNS + order[1][i]];
	argv[n] = NULL;
	prof_buf_clear(out);
	stat_call(s, argv, out);
}

/* A new run has a slower function and another total. */
static void
record(struct study *s, const struct setup *t, struct world *w,
    char (*name)[32])
{
	static struct version v;
	static struct recording r;
	struct prof_buf b = { 0 };
	enum emit_format format;
	unsigned i;

	world_version(&v);
	for (i = 0; i < 2 * RUNS; i++) {
		if (i == RUNS)
			world_change(w, &v, 9, 1.8);
		format = t->mixed ? (i % 2 ? EMIT_PPROF : EMIT_FOLDED) :
		    stat_rotate(s, true);
		world_run(w, &v, &r);
		prof_buf_clear(&b);
		emit(&b, format, w, &v, &r);
		snprintf(name[i], sizeof name[i], "r%u.%s", i,
		    emit_suffix(format));
		stat_write(s, name[i], &b);
	}
	prof_buf_release(&b);
}

static void
trial(struct study *s, const void *how, double *out)
{
	const struct setup *t = how;
	unsigned plain[RUNS], first[RUNS], second[RUNS];
	unsigned *const same[2] = { plain, plain };
	unsigned *const other[2] = { first, second };
	struct prof_buf a = { 0 }, b = { 0 };
	char name[2 * RUNS][32];
	static struct world w;
	unsigned i;

	stat_world(s, &w, &draw_loud, 3000);
	record(s, t, &w, name);
	for (i = 0; i < RUNS; i++)
		plain[i] = i;
	run(s, t, name, same, &a);
	mix(&w.d, first);
	mix(&w.d, second);
	run(s, t, name, other, &b);
	out[0] = a.len != b.len || a.len == 0 ||
	    memcmp(a.data, b.data, a.len) != 0;
	prof_buf_release(&a);
	prof_buf_release(&b);
}

void
stat_order(struct study *s)
{
	static const struct setup some[] = {
	    { "pdiff --tsv -a", "pdiff", { "--tsv", "-a", NULL }, false },
	    { "pdiff --json", "pdiff", { "--json", NULL }, false },
	    { "pregress --json", "pregress", { "--json", NULL }, false },
	    { "pregress -v", "pregress", { "-v", NULL }, false },
	    { "pdiff --tsv -a -s samples, formats mixed", "pdiff",
	    { "--tsv", "-a", "-s", "samples", NULL }, true },
	    { "pregress --json -s samples, formats mixed", "pregress",
	    { "--json", "-s", "samples", NULL }, true } };
	unsigned long all = s->trials;
	double *out;
	unsigned i;

	s->trials = all < 50 ? all : 50;
	for (i = 0; i < sizeof some / sizeof some[0]; i++) {
		if (!stat_wants(s, i))
			continue;
		out = stat_each(s, 800 + i, trial, &some[i], 1);
		stat_at_most(s, stat_sum(s, out, 1, 0), (double)s->trials, 0,
		    some[i].name);
		free(out);
	}
	s->trials = all;
}
