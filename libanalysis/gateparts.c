/* SPDX-License-Identifier: MIT */
#include "libanalysis/gateparts.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/diffparts.h"
#include "libanalysis/hash.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

#define LEAST_MAX 10	/* digits of what is beyond say nothing */
#define ROUND_MAX 1e18	/* within 64 bits, whatever a ratio is */

/* --- numbers -------------------------------------------------------------- */

prof_i128
prof_gate_round(double v)
{
	if (isnan(v))
		return 0;
	if (v > ROUND_MAX)
		v = ROUND_MAX;
	if (v < -ROUND_MAX)
		v = -ROUND_MAX;
	return (prof_i128)llround(v);
}

static void
add_fixed(struct prof_buf *b, double v, unsigned decimals)
{
	int64_t den = 1;
	unsigned i;

	for (i = 0; i < decimals; i++)
		den *= 10;
	prof_num_print(b, prof_gate_round(v * (double)den), 1, den,
	    decimals);
}

void
prof_gate_ratio(struct prof_buf *b, double ratio)
{
	if (isnan(ratio))
		return;
	if (isinf(ratio)) {
		prof_buf_adds(b, "inf");
		return;
	}
	add_fixed(b, ratio, 2);
	prof_buf_addc(b, 'x');
}

void
prof_gate_least(struct prof_buf *b, double ratio)
{
	if (ratio > LEAST_MAX)
		prof_buf_addf(b, "> %ux", LEAST_MAX);
	else
		prof_gate_ratio(b, ratio);
}

static void
add_end(struct prof_buf *b, double v)
{
	if (isinf(v))
		prof_buf_adds(b, "inf");
	else
		add_fixed(b, v, 2);
}

void
prof_gate_limits(struct prof_buf *b, double low, double high)
{
	if (isnan(low) || isnan(high))
		return;
	prof_buf_adds(b, " [");
	add_end(b, low);
	prof_buf_adds(b, ", ");
	add_end(b, high);
	prof_buf_addc(b, ']');
}

void
prof_gate_p(struct prof_buf *b, double p)
{
	if (isnan(p))
		return;
	if (p < 0.0001)
		prof_buf_adds(b, "<0.0001");
	else
		add_fixed(b, p, p < 0.01 ? 4 : 3);
}

void
prof_gate_share(struct prof_buf *b, struct prof_fraction f)
{
	unsigned decimals = 0;
	prof_i128 den = f.den > 0 ? f.den : 1;
	prof_i128 rest = (prof_i128)f.num * 100 % den;

	while (rest != 0 && decimals < 9) {
		rest = rest * 10 % den;
		decimals++;
	}
	prof_num_print(b, f.num, 100, den, decimals);
	prof_buf_addc(b, '%');
}

void
prof_gate_limit(struct prof_buf *b, struct prof_fraction f)
{
	prof_amount_ratio(b, f.num, f.den > 0 ? f.den : 1, 9);
}

/* --- rows ----------------------------------------------------------------- */

prof_i128
prof_gate_value(const struct prof_gate *g, const struct prof_gate_row *r,
    unsigned side)
{
	const struct prof_diff *d = g->e->d;

	if (r->class == 0)
		return prof_diff_sum(d, side);
	if (r->metric == PROF_JUDGED_SELF || r->metric == PROF_JUDGED_TOTAL)
		return prof_diff_value(d, side, d->of[r->metric ==
		    PROF_JUDGED_SELF ? PROF_DIFF_SELF : PROF_DIFF_TOTAL]
		    [side][r->class]);
	if (r->metric == PROF_JUDGED_CALLS && d->calls[side] != NULL)
		return prof_diff_calls(d, side, r->class);
	if (r->effect == NULL)
		return 0;
	return prof_gate_round(side == PROF_DIFF_BASE ? r->effect->base :
	    r->effect->now);
}

struct prof_gate_span
prof_gate_raw(const struct prof_evidence *e)
{
	const struct prof_diff *d = e->d;
	struct prof_gate_span s = { e->total[0], e->total[1], e->total[2] };
	double base = (double)d->sum[PROF_DIFF_BASE] /
	    d->runs[PROF_DIFF_BASE];

	if (!(s.ratio > 0)) {
		s.ratio = (double)d->sum[PROF_DIFF_NEWER] /
		    d->runs[PROF_DIFF_NEWER] / base;
		s.low = s.high = NAN;
	}
	if (base <= 0)
		s.ratio = s.low = s.high = NAN;
	return s;
}

struct prof_gate_span
prof_gate_span(const struct prof_gate *g, const struct prof_gate_row *r)
{
	const struct prof_evidence *e = g->e;
	struct prof_gate_span none = { NAN, NAN, NAN };

	if (r->class == 0)
		return e->global ? (struct prof_gate_span){ e->factor.ratio,
		    e->factor.low, e->factor.high } : prof_gate_raw(e);
	return r->effect == NULL ? none : (struct prof_gate_span){
	    r->effect->ratio, r->effect->low, r->effect->high };
}

void
prof_gate_change(const struct prof_gate *g, const struct prof_gate_row *r,
    struct prof_buf *b)
{
	const struct prof_diff *d = g->e->d;
	struct prof_gate_span s = prof_gate_span(g, r);
	prof_i128 base = prof_gate_value(g, r, PROF_DIFF_BASE);
	prof_i128 now = prof_gate_value(g, r, PROF_DIFF_NEWER);

	if (r->class != 0 && d->status[r->class] == PROF_DIFF_NEW)
		prof_buf_adds(b, "NEW");
	else if (r->class != 0 && d->status[r->class] == PROF_DIFF_GONE)
		prof_buf_adds(b, "GONE");
	else if (base == 0 && now > 0)
		prof_buf_adds(b, "from 0");
	else if (!isnan(s.ratio)) {
		prof_gate_ratio(b, s.ratio);
		prof_gate_limits(b, s.low, s.high);
	}
}

/* --- which rows are shown ------------------------------------------------- */

static bool
is_grave(const struct prof_gate_row *r, bool all)
{
	if (r->explained && !all)
		return false;
	return r->verdict == PROF_VERDICT_REGRESSION || r->warning ||
	    (all && r->verdict == PROF_VERDICT_SHIFTED);
}

static bool
is_undecided(const struct prof_gate_row *r, bool all)
{
	return !is_grave(r, all) && (all || !r->explained) &&
	    r->verdict == PROF_VERDICT_INCONCLUSIVE && r->class != 0;
}

void
prof_gate_list_init(struct prof_gate_list *l, const struct prof_gate *g,
    size_t limit, bool all)
{
	size_t i, open = 0, total = 0;

	memset(l, 0, sizeof *l);
	l->row = prof_alloc(g->n + 1, sizeof *l->row);
	for (i = 0; i < g->n; i++) {
		if (!is_grave(&g->row[i], all))
			continue;
		total += g->row[i].class == 0;
		if (g->row[i].class != 0 && limit != 0 &&
		    l->n - total >= limit)
			l->hidden++;
		else
			l->row[l->n++] = &g->row[i];
	}
	for (i = 0; i < g->n; i++) {
		if (!is_undecided(&g->row[i], all))
			continue;
		if ((limit != 0 && l->n - total >= limit) ||
		    (!all && open >= PROF_GATE_UNDECIDED)) {
			l->undecided++;
		} else {
			l->row[l->n++] = &g->row[i];
			open++;
		}
	}
}

void
prof_gate_list_release(struct prof_gate_list *l)
{
	free(l->row);
	memset(l, 0, sizeof *l);
}

bool
prof_gate_list_rest(const struct prof_gate_list *l, struct prof_buf *b)
{
	if (l->hidden > 0)
		prof_buf_addf(b, "%zu more not shown", l->hidden);
	if (l->undecided > 0)
		prof_buf_addf(b, "%s%zu more undecided", l->hidden > 0 ?
		    ", " : "", l->undecided);
	return l->hidden > 0 || l->undecided > 0;
}

struct prof_gate_counts
prof_gate_count(const struct prof_gate *g)
{
	struct prof_gate_counts n = { 0 };
	const struct prof_gate_row *r;
	size_t i;

	for (i = 0; i < g->n; i++) {
		r = &g->row[i];
		if (r->class == 0)
			continue;
		if (is_undecided(r, false))
			n.undecided++;
		else if (!is_grave(r, false))
			continue;
		else if (r->verdict == PROF_VERDICT_REGRESSION)
			n.bad++;
		else
			n.warned++;
	}
	return n;
}

const char *
prof_gate_word(const struct prof_gate_row *r)
{
	static const char *const words[PROF_VERDICTS] = {
		[PROF_VERDICT_REGRESSION] = "FAIL",
		[PROF_VERDICT_INCONCLUSIVE] = "?",
		[PROF_VERDICT_SHIFTED] = "moved",
		[PROF_VERDICT_IMPROVEMENT] = "better",
		[PROF_VERDICT_OK] = "ok"
	};

	return r->warning && r->verdict != PROF_VERDICT_REGRESSION ? "WARN" :
	    words[r->verdict];
}

const char *
prof_gate_kind(const struct prof_gate *g, const struct prof_gate_row *r)
{
	if (r->class == 0)
		return prof_finding_kind_name(PROF_FINDING_ALL);
	if (r->finding != NULL && !r->explained)
		return prof_finding_kind_name(r->finding->kind);
	switch (g->e->d->status[r->class]) {
	case PROF_DIFF_NEW:
		return prof_finding_kind_name(PROF_FINDING_NEW);
	case PROF_DIFF_GONE:
		return prof_finding_kind_name(PROF_FINDING_GONE);
	default:
		return prof_finding_kind_name(PROF_FINDING_FUNCTION);
	}
}

const char *
prof_gate_arm_name(enum prof_gate_arm arm)
{
	static const char *const names[] = {
		[PROF_ARM_NONE] = "", [PROF_ARM_RATIO] = "ratio",
		[PROF_ARM_IMPACT] = "impact", [PROF_ARM_NEW] = "new",
		[PROF_ARM_TOTAL] = "total", [PROF_ARM_WARN] = "warn"
	};

	return names[arm];
}

static enum prof_judged
judged_of(const struct prof_gate_row *r)
{
	return r->class == 0 ? PROF_JUDGED_SELF : r->metric;
}

void
prof_gate_evidence(const struct prof_gate *g, const struct prof_gate_row *r,
    struct prof_buf *b)
{
	enum prof_basis basis = g->e->basis[judged_of(r)];
	const unsigned *runs = g->e->d->runs;

	if (basis == PROF_BASIS_RUNS)
		prof_buf_addf(b, "%u+%u runs", runs[PROF_DIFF_BASE],
		    runs[PROF_DIFF_NEWER]);
	else
		prof_buf_adds(b, basis == PROF_BASIS_NONE ? "means" :
		    prof_basis_name(basis));
}

const struct prof_row *
prof_gate_place(const struct prof_gate *g, const struct prof_gate_row *r)
{
	return r->class != 0 ? prof_match_row(&g->e->d->match, r->class) :
	    NULL;
}

void
prof_gate_name(const struct prof_gate *g, const struct prof_gate_row *r,
    struct prof_buf *b)
{
	if (r->class == 0)
		prof_buf_adds(b, "TOTAL");
	else
		prof_diff_name(g->e->d, r->class, b);
}

static void
add_amount(const struct prof_gate *g, const struct prof_gate_row *r,
    unsigned side, struct prof_buf *b)
{
	prof_i128 v = prof_gate_value(g, r, side);

	if (r->class != 0 && r->metric == PROF_JUDGED_CALLS)
		prof_num_int(b, v);
	else
		prof_amount_single(b, g->e->d->unit, v, false);
}

void
prof_gate_describe(const struct prof_gate *g, const struct prof_gate_row *r,
    struct prof_buf *b)
{
	size_t start;

	prof_buf_addf(b, "%s ", prof_judged_name(r->metric));
	add_amount(g, r, PROF_DIFF_NEWER, b);
	prof_buf_adds(b, " against ");
	add_amount(g, r, PROF_DIFF_BASE, b);
	prof_buf_adds(b, ", ");
	prof_gate_change(g, r, b);
	if (r->verdict == PROF_VERDICT_INCONCLUSIVE && prof_gate_sees(r)) {
		prof_buf_adds(b, "; only from ");
		prof_gate_least(b, r->effect->mdr);
		prof_buf_adds(b, " would a change be seen here");
	}
	start = b->len;
	prof_buf_adds(b, "; ");
	prof_gate_notes(g, r, false, b);
	if (b->len == start + 2)
		b->len = start;
}

/*
 * Kind, metric, file without folders and name: what stays the same when the
 * finding comes up in another comparison.
 */
uint64_t
prof_gate_id(const struct prof_gate *g, const struct prof_gate_row *r)
{
	const char *kind = prof_gate_kind(g, r), *base;
	const char *metric = prof_judged_name(r->metric);
	const struct prof_row *row = prof_gate_place(g, r);
	uint64_t h = prof_hash_bytes(PROF_HASH_FIXED, kind, strlen(kind));

	h = prof_hash_bytes(h, metric, strlen(metric));
	if (row == NULL)
		return h;
	base = prof_name_base(row->file);
	h = prof_hash_bytes(h, base, strlen(base));
	return prof_hash_bytes(h, row->name, row->name_len);
}

/* --- runs ----------------------------------------------------------------- */

static double
run_value(const struct prof_diff *d, const struct prof_gate_row *r,
    const struct prof_match_member *at)
{
	const struct prof_flat *f = d->run[at->run].flat;

	if (r->metric == PROF_JUDGED_CALLS)
		return f->calls != NULL ? prof_diff_calls_of_run(d, at->run,
		    f->calls[at->row]) : NAN;
	return (double)prof_diff_of_run(d, r->metric == PROF_JUDGED_TOTAL ?
	    PROF_DIFF_TOTAL : PROF_DIFF_SELF, at);
}

bool
prof_gate_runs(const struct prof_gate *g, const struct prof_gate_row *r,
    unsigned side, double *value)
{
	const struct prof_diff *d = g->e->d;
	unsigned first = side == PROF_DIFF_BASE ? 0 : d->runs[0], i;
	const struct prof_match_member *m;
	size_t n, k;

	if (r->class != 0 && r->metric == PROF_JUDGED_PER_CALL)
		return false;
	for (i = 0; i < d->runs[side]; i++)
		value[i] = r->class != 0 ? 0 :
		    (double)d->run[first + i].flat->sum *
		    (double)d->factor[first + i];
	if (r->class == 0)
		return true;
	m = prof_match_members(&d->match, r->class, &n);
	for (k = 0; k < n; k++) {
		if (m[k].run < first || m[k].run - first >= d->runs[side])
			continue;
		value[m[k].run - first] = run_value(d, r, &m[k]);
		if (isnan(value[m[k].run - first]))
			return false;
	}
	return true;
}
