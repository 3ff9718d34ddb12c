/* SPDX-License-Identifier: MIT */
#include "libanalysis/regress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

struct prof_regress_rule
prof_regress_default(void)
{
	struct prof_regress_rule r = {
		.ratio = { 3, 2 }, .min_share = { 1, 200 },
		.impact = { 1, 100 }
	};

	return r;
}

const char *
prof_verdict_name(enum prof_verdict v)
{
	static const char *const names[PROF_VERDICTS] = {
		[PROF_VERDICT_REGRESSION] = "REGRESSION",
		[PROF_VERDICT_INCONCLUSIVE] = "INCONCLUSIVE",
		[PROF_VERDICT_SHIFTED] = "SHIFTED",
		[PROF_VERDICT_IMPROVEMENT] = "IMPROVEMENT",
		[PROF_VERDICT_OK] = "OK"
	};

	return names[v];
}

const char *
prof_regress_kind_name(enum prof_regress_kind k)
{
	static const char *const names[] = {
		[PROF_REGRESS_FUNCTION] = "function",
		[PROF_REGRESS_NEW] = "new", [PROF_REGRESS_GONE] = "gone",
		[PROF_REGRESS_ALL] = "total"
	};

	return names[k];
}

/* --- exact comparisons ---------------------------------------------------- */

/* 256 bits, the least significant word first. */
struct wide {
	uint64_t w[4];
};

static struct wide
multiply(prof_u128 a, prof_u128 b)
{
	const uint64_t x[2] = { (uint64_t)a, (uint64_t)(a >> 64) };
	const uint64_t y[2] = { (uint64_t)b, (uint64_t)(b >> 64) };
	struct wide r = { { 0 } };
	prof_u128 t;
	unsigned i, j;

	for (i = 0; i < 2; i++) {
		t = 0;
		for (j = 0; j < 2; j++) {
			t += (prof_u128)x[i] * y[j] + r.w[i + j];
			r.w[i + j] = (uint64_t)t;
			t >>= 64;
		}
		r.w[i + 2] = (uint64_t)t;
	}
	return r;
}

/* Whether a * b >= c * d, for values that are not negative. */
static bool
product_reaches(prof_i128 a, prof_i128 b, prof_i128 c, prof_i128 d)
{
	struct wide x = multiply((prof_u128)a, (prof_u128)b);
	struct wide y = multiply((prof_u128)c, (prof_u128)d);
	unsigned i;

	for (i = 4; i-- > 0; )
		if (x.w[i] != y.w[i])
			return x.w[i] > y.w[i];
	return true;
}

/* Whether a / b >= f, for a and b that are not negative. */
static bool
reaches(prof_i128 a, prof_i128 b, struct prof_fraction f)
{
	return product_reaches(a, f.den, b, f.num);
}

/* --- one pair ------------------------------------------------------------- */

bool
prof_regress_matters(const struct prof_regress_rule *rule,
    const struct prof_regress_pair *p)
{
	unsigned side;
	prof_i128 v;

	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		v = p->sum[side] < 0 ? -p->sum[side] : p->sum[side];
		if (v != 0 && reaches(v, p->whole[side], rule->min_share))
			return true;
	}
	return false;
}

/* Values printed with three decimals differ by a unit for no reason. */
static bool
is_rounding(const struct prof_regress_pair *p, prof_i128 change)
{
	prof_i128 error = p->error[PROF_DIFF_BASE] *
	    p->runs[PROF_DIFF_NEWER] + p->error[PROF_DIFF_NEWER] *
	    p->runs[PROF_DIFF_BASE];

	return (change < 0 ? -change : change) <= 2 * error;
}

enum prof_verdict
prof_regress_judge(const struct prof_regress_rule *rule,
    const struct prof_regress_pair *p)
{
	/* Means with one denominator. */
	prof_i128 x = p->sum[PROF_DIFF_BASE] * p->runs[PROF_DIFF_NEWER];
	prof_i128 y = p->sum[PROF_DIFF_NEWER] * p->runs[PROF_DIFF_BASE];
	prof_i128 whole = p->whole[PROF_DIFF_BASE] * p->runs[PROF_DIFF_NEWER];

	if (!prof_regress_matters(rule, p) || x == y ||
	    is_rounding(p, y - x))
		return PROF_VERDICT_OK;
	if (x < 0 || y < 0)
		return PROF_VERDICT_INCONCLUSIVE;
	if (x == 0)
		return reaches(y, whole, rule->impact) ?
		    PROF_VERDICT_REGRESSION : PROF_VERDICT_OK;
	if (y == 0)
		return reaches(x, whole, rule->impact) ?
		    PROF_VERDICT_IMPROVEMENT : PROF_VERDICT_OK;
	if (reaches(y, x, rule->ratio))
		return PROF_VERDICT_REGRESSION;
	if (reaches(x, y, rule->ratio))
		return PROF_VERDICT_IMPROVEMENT;
	return PROF_VERDICT_OK;
}

/* --- all of them ---------------------------------------------------------- */

static struct prof_regress_pair
pair_of(const struct prof_diff *d, enum prof_diff_metric metric,
    uint32_t class)
{
	struct prof_regress_pair p = { 0 };
	unsigned side;

	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		p.sum[side] = d->of[metric][side][class];
		p.whole[side] = d->whole[side];
		p.error[side] = class != 0 ? d->error[side] : 0;
		p.runs[side] = d->runs[side];
	}
	return p;
}

static enum prof_regress_kind
kind_of(const struct prof_diff *d, uint32_t class)
{
	switch (d->status[class]) {
	case PROF_DIFF_NEW:
		return PROF_REGRESS_NEW;
	case PROF_DIFF_GONE:
		return PROF_REGRESS_GONE;
	default:
		return PROF_REGRESS_FUNCTION;
	}
}

/* Judge a function; false when it does not matter. */
static bool
judge_function(const struct prof_regress *g, uint32_t class,
    struct prof_regress_row *row)
{
	struct prof_regress_pair p[PROF_DIFF_METRICS];
	enum prof_verdict v[PROF_DIFF_METRICS];
	bool matters[PROF_DIFF_METRICS];
	unsigned m;

	for (m = 0; m < PROF_DIFF_METRICS; m++) {
		p[m] = pair_of(g->d, m, class);
		matters[m] = prof_regress_matters(&g->rule, &p[m]);
		v[m] = prof_regress_judge(&g->rule, &p[m]);
	}
	if (!matters[PROF_DIFF_SELF] && !matters[PROF_DIFF_TOTAL])
		return false;
	/* The graver verdict counts; of equal ones that on self. */
	m = v[PROF_DIFF_TOTAL] < v[PROF_DIFF_SELF] ||
	    (v[PROF_DIFF_TOTAL] == v[PROF_DIFF_SELF] &&
	    !matters[PROF_DIFF_SELF]) ? PROF_DIFF_TOTAL : PROF_DIFF_SELF;
	row->class = class;
	row->verdict = v[m];
	row->kind = kind_of(g->d, class);
	row->metric = m;
	memcpy(row->sum, p[m].sum, sizeof row->sum);
	return true;
}

static void
judge_all(struct prof_regress *g)
{
	const struct prof_diff *d = g->d;
	struct prof_regress_row row = {
		.kind = PROF_REGRESS_ALL, .metric = PROF_DIFF_TOTAL
	};
	struct prof_regress_pair p = { 0 };
	unsigned side;

	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		row.sum[side] = p.sum[side] = d->sum[side];
		/* Whatever the smallest share: all of it matters. */
		p.whole[side] = 0;
		p.runs[side] = d->runs[side];
	}
	row.verdict = g->all = prof_regress_judge(&g->rule, &p);
	g->row[g->n++] = row;
}

/* Within a verdict: by self, by total, everything. */
static unsigned
place(const struct prof_regress_row *r)
{
	return r->kind == PROF_REGRESS_ALL ? 2 : r->metric;
}

static prof_i128
change(const struct prof_diff *d, const struct prof_regress_row *r)
{
	prof_i128 c = r->sum[PROF_DIFF_NEWER] * d->runs[PROF_DIFF_BASE] -
	    r->sum[PROF_DIFF_BASE] * d->runs[PROF_DIFF_NEWER];

	return c < 0 ? -c : c;
}

static int
by_gravity(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_regress *g = ctx;
	const struct prof_regress_row *x = &g->row[a], *y = &g->row[b];
	prof_i128 p, q;

	if (x->verdict != y->verdict)
		return x->verdict < y->verdict ? -1 : 1;
	if (place(x) != place(y))
		return place(x) < place(y) ? -1 : 1;
	p = change(g->d, x);
	q = change(g->d, y);
	if (p != q)
		return p > q ? -1 : 1;
	return g->d->rank[x->class] < g->d->rank[y->class] ? -1 : 1;
}

static void
sort_rows(struct prof_regress *g)
{
	uint32_t *ids = prof_alloc(g->n, sizeof *ids), i;
	struct prof_regress_row *sorted = prof_alloc(g->n, sizeof *sorted);

	for (i = 0; i < g->n; i++)
		ids[i] = i;
	prof_sort_ids(ids, g->n, by_gravity, g);
	for (i = 0; i < g->n; i++)
		sorted[i] = g->row[ids[i]];
	free(g->row);
	free(ids);
	g->row = sorted;
}

/* A side without values has nothing to say about the other. */
static int
check_sides(struct prof_regress *g, struct prof_err *err)
{
	const struct prof_diff *d = g->d;
	const struct prof_diff_run *run;
	unsigned side;

	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		if (d->whole[side] > 0 && (d->sum[side] != 0 ||
		    d->sum[!side] != 0))
			continue;
		run = &d->run[side == PROF_DIFF_BASE ? 0 :
		    d->runs[PROF_DIFF_BASE]];
		snprintf(g->reason, sizeof g->reason,
		    "'%.200s'%s without a value%s%.100s: nothing to judge by",
		    run->name, d->runs[side] > 1 ? " and the other runs of "
		    "its side are" : " is", d->type[0] != '\0' ? " of " : "",
		    d->type);
		return prof_fail(err, PROF_EMISMATCH, "%s", g->reason);
	}
	return PROF_OK;
}

int
prof_regress_init(struct prof_regress *g, const struct prof_diff *d,
    const struct prof_regress_rule *rule, struct prof_err *err)
{
	uint32_t class;
	int rc;

	memset(g, 0, sizeof *g);
	g->d = d;
	g->rule = *rule;
	g->verdict = g->all = PROF_VERDICT_INCONCLUSIVE;
	rc = check_sides(g, err);
	if (rc != PROF_OK)
		return rc;
	g->row = prof_alloc((size_t)d->match.n + 1, sizeof *g->row);
	for (class = 1; class <= d->match.n; class++)
		if (d->status[class] != PROF_DIFF_NONE &&
		    judge_function(g, class, &g->row[g->n]))
			g->count[g->row[g->n++].verdict]++;
	g->functions = g->n;
	judge_all(g);
	sort_rows(g);
	g->verdict = g->row[0].verdict;
	if (g->verdict == PROF_VERDICT_INCONCLUSIVE)
		snprintf(g->reason, sizeof g->reason,
		    "negative values have no ratio");
	else if (g->verdict == PROF_VERDICT_IMPROVEMENT)
		g->verdict = PROF_VERDICT_OK;
	return PROF_OK;
}

void
prof_regress_release(struct prof_regress *g)
{
	free(g->row);
	memset(g, 0, sizeof *g);
}
