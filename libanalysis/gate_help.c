/* SPDX-License-Identifier: MIT */
#include "libanalysis/gate_help.h"

#include <math.h>
#include <string.h>

#include "libanalysis/amount.h"
#include "libanalysis/special.h"

#define POWER .9	/* probability that mdr is about */
#define RATIO_MAX 10	/* beyond which a ratio says as little as any other */
#define MORE_MAX 1000	/* times as many samples, beyond which nobody goes */

/* What the hardest of the undecided functions needs. */
struct need {
	double ratio;		/* threshold */
	double pair;		/* variance of one run against another, */
	double shot;		/* and what of it samples make up */
	double p;		/* that must be reached */
	double df;
};

static double
threshold(const struct prof_gate *g)
{
	return (double)g->rule.ratio.num / (double)g->rule.ratio.den;
}

static void
add_ratio(struct prof_buf *b, double ratio)
{
	if (!(ratio <= RATIO_MAX)) {
		prof_buf_addf(b, "more than %ux", RATIO_MAX);
		return;
	}
	prof_amount_ratio(b, (prof_i128)nearbyint(ratio * 100), 100, 2);
}

static void
keep(const struct prof_buf *b, char *to)
{
	size_t n = b->len < PROF_ERR_MAX ? b->len : PROF_ERR_MAX - 1;

	if (n > 0)
		memcpy(to, b->data, n);
	to[n] = '\0';
}

/* --- why ------------------------------------------------------------------ */

static bool
is_undecided(const struct prof_gate_row *r)
{
	return r->class != 0 && r->verdict == PROF_VERDICT_INCONCLUSIVE;
}

static size_t
negative_rows(const struct prof_gate *g)
{
	size_t i, n = 0;

	for (i = 0; i < g->n; i++)
		n += is_undecided(&g->row[i]) && isnan(g->row[i].effect->ratio);
	return n;
}

static void
say_runs(const struct prof_gate *g, struct prof_buf *b)
{
	const unsigned *runs = g->e->d->runs;

	if (runs[0] >= g->rule.min_runs && runs[1] >= g->rule.min_runs)
		return;
	prof_buf_addf(b, "%u base and %u new run%s, where at least %u a side "
	    "are asked for", runs[0], runs[1], runs[1] == 1 ? "" : "s",
	    g->rule.min_runs);
}

static const char *
noun(const struct prof_gate *g, size_t n)
{
	if (g->rule.one == NULL || g->rule.many == NULL)
		return n == 1 ? "function" : "functions";
	return n == 1 ? g->rule.one : g->rule.many;
}

static void
add_percent(struct prof_buf *b, double share)
{
	prof_buf_addf(b, "%u%%", (unsigned)nearbyint(fmin(share, 1) * 100));
}

static void
say_suspects(const struct prof_gate *g, struct prof_buf *b)
{
	size_t n = g->suspects - negative_rows(g);

	if (n == 0)
		return;
	prof_buf_addf(b, "%s%zu of %zu %s", b->len > 0 ? "; " : "", n,
	    g->functions, noun(g, g->functions));
	prof_buf_adds(b, n == 1 ? " seems to have regressed, which is not "
	    "proved" : " seem to have regressed, which is not proved");
}

static void
say_undecided(const struct prof_gate *g, struct prof_buf *b)
{
	size_t n = g->count[PROF_VERDICT_INCONCLUSIVE];
	size_t negative = negative_rows(g);

	if (n > negative && g->open > PROF_GATE_OPEN_MAX) {
		prof_buf_addf(b, "%s%zu of %zu %s (", b->len > 0 ? "; " : "",
		    n - negative, g->functions, noun(g, g->functions));
		add_percent(b, g->open);
		prof_buf_adds(b, " of all) cannot be told from ");
		prof_amount_ratio(b, g->rule.ratio.num, g->rule.ratio.den,
		    3);
	}
	if (negative > 0)
		prof_buf_addf(b, "%s%zu %s with negative values: these have "
		    "no ratio", b->len > 0 ? "; " : "", negative,
		    noun(g, negative));
}

static void
say_all(const struct prof_gate *g, struct prof_buf *b)
{
	const struct prof_effect *f = g->everything;

	if (!prof_gate_total_is_suspect(g))
		return;
	prof_buf_adds(b, b->len > 0 ? "; everything together" :
	    "everything together");
	if (!(f->high < INFINITY)) {
		prof_buf_adds(b, " has no ratio");
		return;
	}
	prof_buf_adds(b, " may be ");
	add_ratio(b, f->high);
}

/* --- what would settle it ------------------------------------------------- */

static size_t
found_of(const struct prof_evidence *e, enum prof_judged metric)
{
	size_t n = 0;
	uint32_t i;

	for (i = 1; i <= e->d->match.n; i++)
		n += e->of[metric][i].found && !isnan(e->of[metric][i].q);
	return n;
}

static double
multiple(double p, double df)
{
	return prof_student_at(p, df) + prof_student_at(1 - POWER, df);
}

/* Runs a side that runs on both are worth. */
static double
worth(const struct prof_gate *g)
{
	const unsigned *runs = g->e->d->runs;

	return 2 / (1. / runs[0] + 1. / runs[1]);
}

/* What all functions together add to the degrees of freedom of each. */
static double
shared_df(const struct prof_evidence *e)
{
	return e->d0 > 0 ? e->d0 : 0;
}

/*
 * Taken from what would be found now: that holds all that the method knows
 * of the noise.  Where nothing would be, from the noise of all functions.
 */
static void
measure(const struct prof_gate *g, const struct prof_gate_row *r,
    struct need *need)
{
	const struct prof_evidence *e = g->e;
	const unsigned *runs = e->d->runs;
	const double *samples = r->effect->samples;
	double n = e->family[r->metric] > 0 ?
	    (double)e->family[r->metric] : 1;

	memset(need, 0, sizeof *need);
	need->ratio = threshold(g);
	need->p = e->rule.alpha * fmin((double)found_of(e, r->metric) + 1,
	    n) / n / (e->rule.both ? 2 : 1);
	need->df = e->basis[r->metric] == PROF_BASIS_RUNS ?
	    runs[0] + runs[1] - 2 + shared_df(e) :
	    e->basis[r->metric] == PROF_BASIS_CROSS ? 3 : INFINITY;
	need->shot = samples[0] > 0 ? runs[0] / samples[0] +
	    runs[1] / fmax(samples[1], 1) : 0;
	need->pair = isinf(r->effect->mdr) ? 2 * e->phi + need->shot :
	    pow(log(r->effect->mdr) / multiple(need->p, need->df), 2) *
	    worth(g);
	need->shot = fmin(need->shot, need->pair);
}

/* The smallest ratio that so many runs a side would find. */
static double
by_runs(const struct need *need, const struct prof_evidence *e, unsigned n)
{
	double df = 2. * n - 2 + shared_df(e);

	return exp(multiple(need->p, df) * sqrt(need->pair / n));
}

/* The same for times as many samples in each run. */
static double
by_samples(const struct prof_gate *g, const struct need *need, double times)
{
	return exp(multiple(need->p, need->df) * sqrt((need->pair -
	    need->shot + need->shot / times) / worth(g)));
}

static void
say_more_runs(const struct prof_gate *g, const struct need *need,
    struct prof_buf *b)
{
	static const unsigned choice[] = { 3, 5, 10, 20, 50 };
	unsigned n = 0, most = g->e->d->runs[0] > g->e->d->runs[1] ?
	    g->e->d->runs[0] : g->e->d->runs[1];
	size_t i;

	for (i = 0; i < sizeof choice / sizeof choice[0]; i++) {
		if (choice[i] <= most)
			continue;
		n = choice[i];
		if (by_runs(need, g->e, n) <= need->ratio)
			break;
	}
	if (n == 0)
		return;
	prof_buf_addf(b, "%u runs a side would see ", n);
	add_ratio(b, by_runs(need, g->e, n));
}

static void
say_more_samples(const struct prof_gate *g, const struct need *need,
    struct prof_buf *b)
{
	double floor = by_samples(g, need, INFINITY), times = 2;

	if (!(need->shot > 0))
		return;
	if (b->len > 0)
		prof_buf_adds(b, "; ");
	while (times < MORE_MAX && floor <= need->ratio &&
	    by_samples(g, need, times) > need->ratio)
		times = times < 10 ? times + 1 : times + 10;
	if (floor > need->ratio || times >= MORE_MAX) {
		prof_buf_adds(b, "more samples would not help (noise floor ");
		add_ratio(b, floor);
		prof_buf_addc(b, ')');
	} else {
		prof_buf_addf(b, "%ux as many samples would see ",
		    (unsigned)times);
		add_ratio(b, by_samples(g, need, times));
	}
}

/* The most suspicious of what is undecided, of which it is known. */
static const struct prof_gate_row *
hardest(const struct prof_gate *g)
{
	const struct prof_gate_row *r;
	size_t i;

	for (i = 0; i < g->n; i++) {
		r = &g->row[i];
		if (is_undecided(r) && r->effect->mdr > 1 &&
		    (r->effect->mdr < INFINITY || g->e->phi >= 0))
			return r;
	}
	return NULL;
}

/* --- what would have been seen -------------------------------------------- */

static bool
is_seen(const struct prof_gate *g, enum prof_judged metric, uint32_t class)
{
	return prof_gate_judges(g, metric) &&
	    prof_evidence_of(g->e, metric, class)->base > 0 &&
	    prof_evidence_of(g->e, metric, class)->mdr <= threshold(g);
}

/* Functions in which growth by the threshold would have been found. */
static void
say_scope(struct prof_gate *g, struct prof_buf *b)
{
	const struct prof_diff *d = g->e->d;
	size_t own = 0, with = 0;
	double share = 0;
	uint32_t i;

	if (g->count[PROF_VERDICT_INCONCLUSIVE] == 0 || hardest(g) == NULL)
		return;
	for (i = 1; i <= d->match.n; i++) {
		if (is_seen(g, PROF_JUDGED_SELF, i)) {
			own++;
			share += (double)d->of[PROF_DIFF_SELF][0][i] /
			    (double)d->whole[0];
		} else if (is_seen(g, PROF_JUDGED_TOTAL, i)) {
			with++;
		}
	}
	prof_amount_ratio(b, g->rule.ratio.num, g->rule.ratio.den, 3);
	if (own == 0 && with == 0) {
		prof_buf_addf(b, " would have been seen in none of the %s",
		    noun(g, 0));
		return;
	}
	prof_buf_addf(b, " would have been seen in self of %zu %s", own,
	    noun(g, own));
	if (own > 0) {
		prof_buf_adds(b, " with ");
		add_percent(b, share);
		prof_buf_adds(b, " of base");
	}
	if (with > 0)
		prof_buf_addf(b, ", in total of %zu more", with);
}

void
prof_gate_explain(struct prof_gate *g)
{
	const struct prof_gate_row *r;
	struct prof_buf b = { 0 };
	struct need need;

	say_scope(g, &b);
	keep(&b, g->scope);
	prof_buf_clear(&b);
	if (g->verdict != PROF_VERDICT_INCONCLUSIVE) {
		prof_buf_release(&b);
		return;
	}
	say_runs(g, &b);
	say_suspects(g, &b);
	say_undecided(g, &b);
	say_all(g, &b);
	keep(&b, g->reason);
	prof_buf_clear(&b);
	r = hardest(g);
	if (r != NULL) {
		measure(g, r, &need);
		say_more_runs(g, &need, &b);
		say_more_samples(g, &need, &b);
		keep(&b, g->help);
	}
	prof_buf_release(&b);
}
