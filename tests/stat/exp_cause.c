/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/stat/answer.h"
#include "tests/stat/stat.h"

/* Does pregress name what was changed, and nothing else? */

enum what { SELF, CALLS, NOTHING };

struct setup {
	const char *name;
	enum what what;
	unsigned runs;
	double samples, by, goal;
};

enum { NAMED, ALONE, NAMES, SLOTS };

/* --- what is planted ------------------------------------------------------ */

static double
weight_of(const struct world *w, const bool *mark)
{
	double sum = 0;
	uint32_t i;

	for (i = 0; i < WORLD_NODES; i++)
		if (mark[i])
			sum += w->weight[i];
	return sum;
}

/* Everything below calls of callee by caller, or by anyone. */
static void
mark_calls(const struct world *w, uint32_t caller, uint32_t callee,
    bool *mark)
{
	uint32_t i;

	for (i = 0; i < WORLD_NODES; i++)
		mark[i] = w->fn[i] == callee && (caller == WORLD_FUNCTIONS ||
		    (i > 0 && w->fn[w->parent[i]] == caller));
	world_below(w, mark);
}

static void
mark_self(const struct world *w, uint32_t fn, bool *mark)
{
	uint32_t i;

	for (i = 0; i < WORLD_NODES; i++)
		mark[i] = w->fn[i] == fn;
}

/* Calls with 1 to 5 % below them, and not only in the callee itself. */
static bool
choose_calls(struct world *w, bool *mark)
{
	bool own[WORLD_NODES];
	unsigned tries;
	uint32_t i, node;
	double all;

	for (tries = 0; tries < 3000; tries++) {
		node = 1 + draw_below(&w->d, WORLD_NODES - 1);
		mark_calls(w, w->fn[w->parent[node]], w->fn[node], mark);
		all = weight_of(w, mark);
		for (i = 0; i < WORLD_NODES; i++)
			own[i] = mark[i] && w->fn[i] == w->fn[node];
		if (all > .01 && all < .05 && all > 1.5 * weight_of(w, own))
			return true;
	}
	return false;
}

static void
choose(struct world *w, enum what what, bool *mark)
{
	memset(mark, 0, WORLD_NODES * sizeof *mark);
	if (what == SELF)	/* 0.5 to 2 % */
		mark_self(w, 8 + draw_below(&w->d, 26), mark);
	while (what == CALLS && !choose_calls(w, mark))
		world_init(w, draw_bits(&w->d), 1, w->noise, w->samples);
}

/* --- what is found -------------------------------------------------------- */

static uint32_t
function_of(const struct version *v, const char *name)
{
	uint32_t i;

	for (i = 0; i < WORLD_FUNCTIONS; i++)
		if (answer_is(name, v->name[i]))
			break;
	return i;
}

static void
mark_found(const struct world *w, const struct version *v,
    const char *finding, bool *mark)
{
	uint32_t fn = function_of(v, answer_member(finding, "name"));
	const char *kind = answer_member(finding, "kind");

	if (answer_is(kind, "calls"))
		mark_calls(w, function_of(v, answer_member(finding,
		    "caller")), fn, mark);
	else if (answer_is(kind, "spread") ||
	    answer_is(answer_member(finding, "metric"), "total"))
		mark_calls(w, WORLD_FUNCTIONS, fn, mark);
	else
		mark_self(w, fn, mark);
}

/* The same code, but for a fifth of its time. */
static bool
alike(const struct world *w, const bool *a, const bool *b)
{
	bool both[WORLD_NODES], any[WORLD_NODES];
	uint32_t i;

	for (i = 0; i < WORLD_NODES; i++) {
		both[i] = a[i] && b[i];
		any[i] = a[i] || b[i];
	}
	return weight_of(w, both) >= .8 * weight_of(w, any);
}

static void
read_findings(struct study *s, const struct world *w, const struct version *v,
    struct prof_buf *json, const bool *planted, double *out)
{
	const char *list = answer_member(prof_buf_str(json), "findings");
	const char *at;
	bool mark[WORLD_NODES];

	if (list == NULL)
		stat_die(s, "no findings in JSON");
	for (at = answer_first(list); at != NULL; at = answer_next(at)) {
		if (!answer_is(answer_member(at, "verdict"), "REGRESSION"))
			continue;
		out[NAMES]++;
		mark_found(w, v, at, mark);
		if (alike(w, planted, mark))
			out[NAMED] = 1;
	}
	out[ALONE] = out[NAMED] > 0 && out[NAMES] < 2;
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
	bool planted[WORLD_NODES];
	unsigned i;

	stat_world(s, &w, &draw_quiet, t->samples);
	choose(&w, t->what, planted);
	for (i = 0; i < 2; i++) {
		world_version(&v[i]);
		pair[i] = &v[i];
	}
	for (i = 0; i < WORLD_NODES; i++)
		if (planted[i])
			v[1].change[i] = t->by;
	stat_record(s, &w, pair, &runs, NULL);
	stat_compare(s, "pregress", "--json", &runs, &b);
	read_findings(s, &w, &v[1], &b, planted, out);
	prof_buf_release(&b);
}

static void
report(struct study *s, const struct setup *t, const double *out)
{
	char what[96], text[64];
	unsigned n = (unsigned)snprintf(what, sizeof what,
	    "%s, %u v %u, %gk samples: ", t->name, t->runs, t->runs,
	    t->samples / 1000);

	if (t->what != NOTHING) {
		snprintf(what + n, sizeof what - n, "named alone");
		stat_at_least(s, stat_sum(s, out, SLOTS, ALONE),
		    (double)s->trials, t->goal, what);
		snprintf(what + n, sizeof what - n, "named");
		snprintf(text, sizeof text, "%g/%lu", stat_sum(s, out, SLOTS,
		    NAMED), s->trials);
		stat_note(s, what, text);
	}
	snprintf(what + n, sizeof what - n, "names");
	stat_mean_at_most(s, out, SLOTS, NAMES, t->what == NOTHING ? .1 :
	    1.3, what);
}

void
stat_cause(struct study *s)
{
	static const struct setup some[] = {
	    { "self x3 in 0.5 to 2 %", SELF, 1, 50000, 3, .9 },
	    { "self x2 in 0.5 to 2 %", SELF, 5, 20000, 2, .9 },
	    { "calls x2 of 1 to 5 %", CALLS, 1, 50000, 2, .75 },
	    { "calls x2 of 1 to 5 %", CALLS, 5, 20000, 2, .75 },
	    { "same code", NOTHING, 5, 20000, 1, 0 } };
	double *out;
	unsigned i;

	for (i = 0; i < sizeof some / sizeof some[0]; i++) {
		if (!stat_wants(s, i))
			continue;
		out = stat_each(s, 500 + i, trial, &some[i], SLOTS);
		report(s, &some[i], out);
		free(out);
	}
}
