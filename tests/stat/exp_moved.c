/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/stat/answer.h"
#include "tests/stat/stat.h"

/* Work that only moved or has another name is no regression. */

enum what { INLINED, OUTLINED, RENAMED, REPLACED, INLINED_AND_SLOWER,
    CALLER_SLOWER, CLOSURES, ARGUMENTS };

struct setup {
	const char *name;
	enum what what;
	unsigned runs;
	double samples;
};

enum { FALSE_NAMES, FOUND, SLOTS };

/* Functions of 0.5 to 2 %. */
static uint32_t
some_function(struct world *w)
{
	return 8 + draw_below(&w->d, 26);
}

/* Into all its callers. */
static void
inline_function(const struct world *w, struct version *v, uint32_t fn)
{
	uint32_t i;

	for (i = 1; i < WORLD_NODES; i++)
		if (w->fn[i] == fn)
			v->moved[i] = w->parent[i];
}

/* Who calls a function most often. */
static uint32_t
caller_of(const struct world *w, uint32_t fn)
{
	uint32_t i;

	for (i = 1; w->fn[i] != fn; i++)
		;
	return w->fn[w->parent[i]];
}

/* Of every other function the compiler has counted one more before it. */
static void
number_closures(struct world *w, struct version *v)
{
	uint32_t i;
	unsigned side, n;

	for (i = 0; i < WORLD_FUNCTIONS; i++) {
		n = 1 + draw_below(&w->d, 9);
		for (side = 0; side < 2 && i != w->fn[0]; side++)
			snprintf(v[side].name[i], WORLD_NAME,
			    "main.part%u.func%u", (unsigned)i,
			    side == 1 && i % 2 == 0 ? n + 1 : n);
	}
}

/* All that is allocated is so by another class. */
static void
name_arguments(struct version *v)
{
	uint32_t i;
	size_t n;

	for (i = 1; i < WORLD_FUNCTIONS; i += 2) {
		n = strlen(v[0].name[i]);
		snprintf(v[0].name[i] + n, WORLD_NAME - n,
		    "<int, alloc<int> >");
		snprintf(v[1].name[i] + n, WORLD_NAME - n,
		    "<int, alloc2<int> >");
	}
}

/* The function that got slower itself, or none. */
static uint32_t
plant(struct world *w, struct version *v, enum what what)
{
	uint32_t fn = some_function(w), other = fn;

	switch (what) {
	case INLINED:
		inline_function(w, &v[1], fn);
		break;
	case OUTLINED:
		inline_function(w, &v[0], fn);
		break;
	case RENAMED:
		strcat(v[1].name[fn], "_v2");
		break;
	case REPLACED:
		strcpy(v[1].name[fn], "do_it_otherwise");
		break;
	case INLINED_AND_SLOWER:
		inline_function(w, &v[1], fn);
		while (other == fn)
			other = some_function(w);
		world_change(w, &v[1], other, 3);
		return other;
	case CALLER_SLOWER:
		inline_function(w, &v[1], fn);
		/* By twice what it took in. */
		other = caller_of(w, fn);
		world_change(w, &v[1], other, 1 + 2 * w->share[fn] /
		    w->share[other]);
		return other;
	case CLOSURES:
		number_closures(w, v);
		break;
	case ARGUMENTS:
		name_arguments(v);
		break;
	}
	return WORLD_FUNCTIONS;
}

static void
read_findings(struct study *s, const struct version *v, struct prof_buf *json,
    uint32_t slower, double *out)
{
	const char *list = answer_member(prof_buf_str(json), "findings");
	const char *at;

	if (list == NULL)
		stat_die(s, "no findings in JSON");
	for (at = answer_first(list); at != NULL; at = answer_next(at)) {
		if (!answer_is(answer_member(at, "verdict"), "REGRESSION"))
			continue;
		if (slower < WORLD_FUNCTIONS && answer_is(answer_member(at,
		    "name"), v->name[slower]))
			out[FOUND] = 1;
		else
			out[FALSE_NAMES]++;
	}
}

static void
trial(struct study *s, const void *how, double *out)
{
	const struct setup *t = how;
	const struct version *pair[2];
	static struct version v[2];
	static struct world w;
	struct stat_runs runs = { { t->runs, t->runs }, t->samples > 20000 ?
	    EMIT_PPROF : stat_rotate(s, false) };
	struct prof_buf b = { 0 };
	uint32_t slower;
	unsigned i;

	stat_world(s, &w, &draw_quiet, t->samples);
	for (i = 0; i < 2; i++) {
		world_version(&v[i]);
		pair[i] = &v[i];
	}
	slower = plant(&w, v, t->what);
	stat_record(s, &w, pair, &runs, NULL);
	stat_compare(s, "pregress", "--json", &runs, &b);
	read_findings(s, &v[1], &b, slower, out);
	prof_buf_release(&b);
}

void
stat_moved(struct study *s)
{
	static const struct setup some[] = {
	    { "inlined", INLINED, 1, 50000 },
	    { "inlined", INLINED, 5, 20000 },
	    { "outlined", OUTLINED, 1, 50000 },
	    { "outlined", OUTLINED, 5, 20000 },
	    { "renamed", RENAMED, 1, 50000 },
	    { "renamed", RENAMED, 5, 20000 },
	    { "renamed to nothing alike", REPLACED, 5, 20000 },
	    { "inlined, another x3", INLINED_AND_SLOWER, 1, 50000 },
	    { "inlined, another x3", INLINED_AND_SLOWER, 5, 20000 },
	    { "inlined, caller slower", CALLER_SLOWER, 1, 50000 },
	    { "inlined, caller slower", CALLER_SLOWER, 5, 20000 },
	    { "closures renumbered", CLOSURES, 5, 20000 },
	    { "template arguments", ARGUMENTS, 5, 20000 } };
	const struct setup *t;
	char what[96], text[64];
	double *out;
	unsigned i, n;

	for (i = 0; i < sizeof some / sizeof some[0]; i++) {
		if (!stat_wants(s, i))
			continue;
		t = &some[i];
		out = stat_each(s, 600 + i, trial, t, SLOTS);
		n = (unsigned)snprintf(what, sizeof what,
		    "%s, %u v %u, %gk samples: ", t->name, t->runs, t->runs,
		    t->samples / 1000);
		snprintf(what + n, sizeof what - n, "false names");
		snprintf(text, sizeof text, "%.3f", stat_sum(s, out, SLOTS,
		    FALSE_NAMES) / (double)s->trials);
		/* Names are three tenths of what tells a renamed function. */
		if (t->what == REPLACED)
			stat_note(s, what, text);
		else
			stat_mean_at_most(s, out, SLOTS, FALSE_NAMES, .1,
			    what);
		snprintf(what + n, sizeof what - n, "found");
		if (t->what == INLINED_AND_SLOWER || t->what == CALLER_SLOWER)
			stat_at_least(s, stat_sum(s, out, SLOTS, FOUND),
			    (double)s->trials, .98, what);
		free(out);
	}
}
