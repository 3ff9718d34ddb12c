/* SPDX-License-Identifier: MIT */
#include "libanalysis/regress.h"

#include "libanalysis/hash.h"

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
bool
prof_regress_is_rounding(const struct prof_regress_pair *p)
{
	prof_i128 error = p->error[PROF_DIFF_BASE] *
	    p->runs[PROF_DIFF_NEWER] + p->error[PROF_DIFF_NEWER] *
	    p->runs[PROF_DIFF_BASE];
	prof_i128 change = p->sum[PROF_DIFF_NEWER] *
	    p->runs[PROF_DIFF_BASE] - p->sum[PROF_DIFF_BASE] *
	    p->runs[PROF_DIFF_NEWER];

	return error != 0 &&
	    (change < 0 ? -change : change) <= 2 * error;
}

static bool
has_impact(const struct prof_regress_rule *rule, prof_i128 v,
    prof_i128 whole)
{
	return rule->impact.num > 0 && reaches(v, whole, rule->impact);
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
	    prof_regress_is_rounding(p))
		return PROF_VERDICT_OK;
	if (x < 0 || y < 0)
		return PROF_VERDICT_INCONCLUSIVE;
	if (x == 0)
		return has_impact(rule, y, whole) ?
		    PROF_VERDICT_REGRESSION : PROF_VERDICT_OK;
	if (y == 0)
		return has_impact(rule, x, whole) ?
		    PROF_VERDICT_IMPROVEMENT : PROF_VERDICT_OK;
	if (reaches(y, x, rule->ratio))
		return PROF_VERDICT_REGRESSION;
	if (reaches(x, y, rule->ratio))
		return PROF_VERDICT_IMPROVEMENT;
	return PROF_VERDICT_OK;
}
