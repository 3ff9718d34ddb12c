/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/stat/answer.h"
#include "tests/stat/stat.h"

/* pdiff's list: what it calls a regression or an improvement. */

struct setup {
	const char *name;
	const struct draw_noise *noise;
	unsigned base, newer;
	bool planted;
};

enum { ANY, ANY_SELF, WRONG_SHARE, HITS, PLANTED, SLOTS };

static uint32_t
function_of(const struct version *v, const char *name)
{
	uint32_t i;

	for (i = 0; i < WORLD_FUNCTIONS; i++)
		if (strcmp(v->name[i], name) == 0)
			break;
	return i;
}

/* 1 to 20 functions, up and down. */
static void
plant(struct world *w, struct version *v)
{
	static const double by[] = { 1.2, 1.3, 1.5, 2, 3, .8, .7, .5, .3, .1 };
	unsigned n;

	for (n = 1 + draw_below(&w->d, 20); n > 0; n--)
		world_change(w, v, draw_below(&w->d, WORLD_FUNCTIONS),
		    by[draw_below(&w->d, 10)]);
}

/* The odds of a row are those of self, the first metric. */
static bool
found_by_self(const struct answer_table *t, size_t row)
{
	const char *q = answer_cell(t, row, "q");

	return *q != '\0' && strtod(q, NULL) <= .05;
}

static void
count_rows(struct prof_buf *text, const struct version *v,
    const uint8_t *truth, double *out)
{
	struct answer_table t;
	const char *verdict;
	unsigned all = 0, wrong = 0;
	uint32_t fn;
	size_t i;

	answer_table(&t, text);
	for (i = 0; i < t.rows; i++) {
		verdict = answer_cell(&t, i, "verdict");
		if (verdict == NULL || (strcmp(verdict, "REGRESSION") != 0 &&
		    strcmp(verdict, "IMPROVEMENT") != 0))
			continue;
		fn = function_of(v, answer_cell(&t, i, "name"));
		all++;
		if (fn == WORLD_FUNCTIONS || truth[fn] == 0) {
			wrong++;
			if (found_by_self(&t, i))
				out[ANY_SELF] = 1;
		}
		out[HITS] += fn < WORLD_FUNCTIONS && truth[fn] == 1;
	}
	out[ANY] = wrong > 0;
	out[WRONG_SHARE] = all > 0 ? 100. * wrong / all : 0;
	answer_table_release(&t);
}

static void
trial(struct study *s, const void *how, double *out)
{
	const struct setup *t = how;
	const struct version *pair[2];
	static struct version v[2];
	static struct world w;
	struct stat_runs runs = { { t->base, t->newer },
	    stat_rotate(s, true) };
	uint8_t truth[WORLD_FUNCTIONS];
	struct prof_buf b = { 0 };
	unsigned i;

	stat_world(s, &w, t->noise, 20000);
	for (i = 0; i < 2; i++) {
		world_version(&v[i]);
		pair[i] = &v[i];
	}
	if (t->planted)
		plant(&w, &v[1]);
	world_truth(&w, &v[1], truth);
	for (i = 0; i < WORLD_FUNCTIONS; i++)
		out[PLANTED] += truth[i] == 1;
	stat_record(s, &w, pair, &runs, NULL);
	stat_compare(s, "pdiff", "--tsv -a", &runs, &b);
	count_rows(&b, &v[1], truth, out);
	prof_buf_release(&b);
}

static void
report(struct study *s, const struct setup *t, const double *out)
{
	char what[96], text[64];
	unsigned n;

	n = (unsigned)snprintf(what, sizeof what, "%s, %u v %u", t->name,
	    t->base, t->newer);
	if (!t->planted) {
		stat_at_most(s, stat_sum(s, out, SLOTS, ANY),
		    (double)s->trials, .08, what);
		snprintf(what + n, sizeof what - n, ": by self alone");
		snprintf(text, sizeof text, "%.1f %%", 100 * stat_sum(s, out,
		    SLOTS, ANY_SELF) / (double)s->trials);
		stat_note(s, what, text);
		return;
	}
	snprintf(what + n, sizeof what - n, ": %% false");
	stat_mean_at_most(s, out, SLOTS, WRONG_SHARE, 6, what);
	snprintf(what + n, sizeof what - n, ": found");
	snprintf(text, sizeof text, "%g/%g", stat_sum(s, out, SLOTS, HITS),
	    stat_sum(s, out, SLOTS, PLANTED));
	stat_note(s, what, text);
}

void
stat_list(struct study *s)
{
	static const struct setup some[] = {
	    { "same code, cv 5 % het", &draw_het, 3, 3, false },
	    { "same code, cv 15 % het", &draw_loud, 3, 3, false },
	    { "same code, cv 5 % het", &draw_het, 10, 1, false },
	    { "1 to 20 changes, cv 5 % het", &draw_het, 3, 3, true },
	    { "1 to 20 changes, cv 5 % het", &draw_het, 5, 5, true },
	    { "1 to 20 changes, cv 15 % het", &draw_loud, 5, 5, true } };
	double *out;
	unsigned i;

	for (i = 0; i < sizeof some / sizeof some[0]; i++) {
		if (!stat_wants(s, i))
			continue;
		out = stat_each(s, 200 + i, trial, &some[i], SLOTS);
		report(s, &some[i], out);
		free(out);
	}
}
