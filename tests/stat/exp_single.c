/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/stat/answer.h"
#include "tests/stat/stat.h"

/*
 * One run on each side: pregress says itself how often it would alarm on
 * unchanged code.  Is that so?  Nothing in one run tells a function that
 * doubled by chance from one that was made slower: spikes are not judged.
 */

struct setup {
	const char *name;
	const struct draw_noise *noise;
	double samples;
	bool judged;
	bool uneven;		/* noise differs from function to function, */
};				/* as is usual: the rate is not too high */

enum { ALARM, PRINTED, MISSING, LISTED, SLOTS };

/* Whether pdiff finds anything that grew or shrank. */
static bool
lists(struct study *s, const struct stat_runs *runs)
{
	struct prof_buf b = { 0 };
	const char *verdict;
	bool any;

	stat_compare(s, "pdiff", "--json", runs, &b);
	verdict = answer_member(prof_buf_str(&b), "verdict");
	any = verdict != NULL && (strncmp(verdict, "\"REG", 4) == 0 ||
	    strncmp(verdict, "\"IMP", 4) == 0);
	prof_buf_release(&b);
	return any;
}

static void
trial(struct study *s, const void *how, double *out)
{
	const struct setup *t = how;
	const struct version *pair[2];
	static struct version v;
	static struct world w;
	struct stat_runs runs = { { 1, 1 }, EMIT_PPROF };
	struct prof_buf b = { 0 };
	double printed;

	stat_world(s, &w, t->noise, t->samples);
	world_version(&v);
	pair[0] = pair[1] = &v;
	stat_record(s, &w, pair, &runs, NULL);
	out[ALARM] = stat_compare(s, "pregress", "--json", &runs, &b);
	printed = answer_number(answer_member(answer_member(prof_buf_str(&b),
	    "noise"), "expected_alarms"));
	out[MISSING] = isnan(printed);
	out[PRINTED] = isnan(printed) ? 0 : printed;
	out[LISTED] = lists(s, &runs);
	prof_buf_release(&b);
}

static void
report(struct study *s, const struct setup *t, const double *out)
{
	double n = (double)s->trials, alarms = stat_sum(s, out, SLOTS, ALARM);
	double printed = stat_sum(s, out, SLOTS, PRINTED) / n;
	char what[96], text[64];

	snprintf(what, sizeof what, "%s, %gk: listed by pdiff", t->name,
	    t->samples / 1000);
	snprintf(text, sizeof text, "%.1f %%",
	    100 * stat_sum(s, out, SLOTS, LISTED) / n);
	stat_note(s, what, text);
	if (stat_sum(s, out, SLOTS, MISSING) > 0) {
		snprintf(what, sizeof what, "%s, %gk: rate is printed",
		    t->name, t->samples / 1000);
		stat_at_most(s, stat_sum(s, out, SLOTS, MISSING), n, 0,
		    what);
	}
	if (!t->judged) {
		snprintf(what, sizeof what, "%s, %gk: alarms", t->name,
		    t->samples / 1000);
		snprintf(text, sizeof text, "%.1f %%, said %.1f %%",
		    100 * alarms / n, 100 * printed);
		stat_note(s, what, text);
		return;
	}
	snprintf(what, sizeof what, "%s, %gk: alarms, at most as printed",
	    t->name, t->samples / 1000);
	stat_at_most(s, alarms, n, printed, what);
	if (!t->uneven)
		return;
	snprintf(what, sizeof what, "%s, %gk: alarms, at least a third",
	    t->name, t->samples / 1000);
	stat_at_least(s, alarms, n, printed / 3, what);
}

void
stat_single(struct study *s)
{
	static const struct {
		const char *name;
		const struct draw_noise *noise;
	} kinds[] = { { "1 v 1, cv 5 %", &draw_quiet },
	    { "1 v 1, cv 5 % het", &draw_het },
	    { "1 v 1, cv 15 % het", &draw_loud },
	    { "1 v 1, spikes", &draw_spiky } };
	static const double samples[] = { 1e3, 3e3, 1e4, 1e5 };
	struct setup t;
	double *out;
	unsigned i, k;

	for (k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
		for (i = 0; i < sizeof samples / sizeof samples[0]; i++) {
			t.name = kinds[k].name;
			t.noise = kinds[k].noise;
			t.samples = samples[i];
			t.judged = kinds[k].noise != &draw_spiky;
			t.uneven = kinds[k].noise != &draw_quiet;
			if (!stat_wants(s, 4 * k + i))
				continue;
			out = stat_each(s, 700 + 10 * k + i, trial, &t,
			    SLOTS);
			report(s, &t, out);
			free(out);
		}
}
