/* SPDX-License-Identifier: MIT */
#include "libanalysis/counts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

#define LEAST_STEP_NS 500000	/* no profiler's clock ticks faster */
#define LEAST_STEP 1000		/* of numbers without a unit */
#define LEAST_SAMPLES 100

static void
unknown(struct prof_counts *c, const char *reason)
{
	c->how = PROF_COUNTS_UNKNOWN;
	c->reason = reason;
}

static bool
any_negative(const struct prof_profile *p, unsigned column)
{
	uint32_t i;

	for (i = 0; i < p->nsamples; i++)
		if (p->value[column][i] < 0)
			return true;
	return false;
}

static const char *
type_name(const struct prof_profile *p, unsigned column)
{
	return prof_profile_str(p, p->type[column].type);
}

static const struct prof_unit *
unit_of(const struct prof_profile *p, prof_str unit)
{
	return prof_unit_find(prof_profile_str(p, unit),
	    prof_strs_len(&p->strs, unit));
}

static enum prof_family
family_of(const struct prof_profile *p, unsigned column)
{
	const struct prof_unit *u = unit_of(p, p->type[column].unit);

	return u != NULL ? u->family : PROF_UNIT_OTHER;
}

static bool
is_samples(const struct prof_profile *p, unsigned column)
{
	const char *name = type_name(p, column);

	return (strcmp(name, "samples") == 0 || strcmp(name, "sample") == 0) &&
	    family_of(p, column) == PROF_UNIT_COUNT;
}

/* --- each row with its own count ------------------------------------------ */

static bool
is_alloc(const struct prof_profile *p, unsigned column)
{
	return strncmp(type_name(p, column), "alloc_", 6) == 0;
}

/*
 * One of Go's four columns.  Others use their names, too, but not the unit
 * of their period.
 */
static bool
is_heap(const struct prof_profile *p, unsigned column)
{
	return (is_alloc(p, column) || strncmp(type_name(p, column),
	    "inuse_", 6) == 0) && p->meta.period > 0 &&
	    strcmp(prof_profile_str(p, p->meta.period_type), "space") == 0;
}

bool
prof_counts_every(const struct prof_profile *p, unsigned column)
{
	return is_heap(p, column) && p->meta.period == 1;
}

/* The objects and the bytes that go together. */
static bool
find_heap(const struct prof_profile *p, unsigned column, int *objects,
    int *space)
{
	bool alloc = is_alloc(p, column);

	if (!is_heap(p, column))
		return false;
	*objects = prof_profile_column(p, alloc ? "alloc_objects" :
	    "inuse_objects");
	*space = prof_profile_column(p, alloc ? "alloc_space" :
	    "inuse_space");
	return *objects >= 0 && *space >= 0;
}

/* Source: Go's runtime/pprof, scaleHeapSample. */
static double
recorded(const struct prof_profile *p, uint32_t i, int objects, int space)
{
	double n = (double)p->value[objects][i];
	double bytes = (double)p->value[space][i];

	if (n <= 0 || bytes <= 0)
		return 0;
	return n * -expm1(-bytes / n / (double)p->meta.period);
}

static void
add_row(struct prof_counts *c, int64_t value, double count)
{
	double v = (double)value;

	c->sum += v;
	if (v > 0)
		c->square += v * v / count;
}

static void
count_steps(struct prof_counts *c, const struct prof_profile *p,
    unsigned column, enum prof_counts_how how, double step)
{
	uint32_t i;

	c->how = how;
	for (i = 0; i < p->nsamples; i++)
		c->sum += (double)p->value[column][i];
	c->square = c->sum * step;
}

static void
count_every(struct prof_counts *c, const struct prof_profile *p,
    unsigned column)
{
	count_steps(c, p, column, PROF_COUNTS_EXACT, 0);
	c->reason = "every allocation was recorded";
}

static void
count_heap(struct prof_counts *c, const struct prof_profile *p,
    unsigned column, int objects, int space)
{
	double count;
	uint32_t i;

	c->how = PROF_COUNTS_HEAP;
	for (i = 0; i < p->nsamples; i++) {
		if (p->value[column][i] == 0)
			continue;
		count = recorded(p, i, objects, space);
		if (!(count > 0)) {
			unknown(c, "objects and bytes do not fit each other");
			return;
		}
		add_row(c, p->value[column][i], count);
	}
}

/* The column that counts samples beside the one in question, or -1. */
static int
find_samples(const struct prof_profile *p, unsigned column)
{
	unsigned i;

	for (i = 0; i < p->ntypes; i++)
		if (i != column && is_samples(p, i) && !any_negative(p, i))
			return (int)i;
	return -1;
}

static void
count_column(struct prof_counts *c, const struct prof_profile *p,
    unsigned column, unsigned samples)
{
	const int64_t *v = p->value[column], *n = p->value[samples];
	uint32_t i, first = p->nsamples;

	c->how = PROF_COUNTS_COLUMN;
	c->alike = true;
	for (i = 0; i < p->nsamples; i++) {
		if (v[i] == 0)
			continue;
		if (n[i] == 0) {
			unknown(c, "some values have no samples");
			return;
		}
		if (first == p->nsamples)
			first = i;
		c->alike &= (prof_i128)v[i] * n[first] ==
		    (prof_i128)v[first] * n[i];
		add_row(c, v[i], (double)n[i]);
	}
}

/* --- all rows with one value of a sample ---------------------------------- */

/* Few functions are hit once or twice by chance if a value is a time. */
static bool
looks_counted(const struct prof_profile *p, unsigned column)
{
	uint64_t small = 0, all = 0;
	int64_t v;
	uint32_t i;

	for (i = 0; i < p->nsamples; i++) {
		v = p->value[column][i];
		all += v != 0;
		small += v >= 1 && v <= 3;
	}
	return small * 10 >= all * 3;
}

static bool
is_format(const struct prof_profile *p, const char *name)
{
	return strcmp(prof_profile_str(p, p->meta.format), name) == 0;
}

/*
 * With other columns "samples" is what it says; alone it may be what a
 * reader calls numbers without a unit.  Events of perf weigh as much as
 * their periods, however small these are, unless none were printed.
 */
static bool
is_counted(const struct prof_profile *p, unsigned column)
{
	if (family_of(p, column) != PROF_UNIT_COUNT)
		return false;
	if (is_format(p, "perf"))
		return strcmp(prof_profile_str(p, p->meta.dialect),
		    "noperiod") == 0;
	if (is_samples(p, column) && p->ntypes > 1)
		return true;
	return (is_samples(p, column) || is_format(p, "folded")) &&
	    looks_counted(p, column);
}

static uint64_t
divisor(const struct prof_profile *p, unsigned column)
{
	uint64_t g = 0;
	uint32_t i;

	for (i = 0; i < p->nsamples && g != 1; i++)
		g = prof_num_gcd(g, (uint64_t)p->value[column][i]);
	return g;
}

/*
 * Events that are counted where they happen, by counters or by simulators
 * of the machine: the same program has as many each time.  Cycles are not.
 */
static bool
is_event(const char *name)
{
	static const char *const names[] = { "instructions",
	    "instructions:u", "Ir", "Dr", "Dw", "I1mr", "D1mr", "D1mw", "ILmr",
	    "DLmr", "DLmw", "I2mr", "D2mr", "D2mw", "Bc", "Bcm", "Bi", "Bim",
	    "Ge" };
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* One in so many, or each: where the profile does not say, by its values. */
static bool
is_exact(const struct prof_profile *p, unsigned column)
{
	const struct prof_meta *m = &p->meta;

	if (family_of(p, column) != PROF_UNIT_COUNT ||
	    is_format(p, "perf") || !is_event(type_name(p, column)) ||
	    find_samples(p, column) >= 0)
		return false;
	if (m->period > 0)
		return m->period == 1;
	return p->nsamples == 0 || divisor(p, column) < LEAST_STEP;
}

static void
count_events(struct prof_counts *c, const struct prof_profile *p,
    unsigned column)
{
	count_steps(c, p, column, PROF_COUNTS_EXACT, 0);
	c->reason = "every event was counted";
}

static bool
is_period(const struct prof_profile *p, unsigned column, uint64_t divisor)
{
	const struct prof_meta *m = &p->meta;

	return m->period > 1 && m->period_type == p->type[column].type &&
	    divisor % (uint64_t)m->period == 0;
}

static bool
is_clock(const struct prof_profile *p, unsigned column,
    const struct prof_counts *sum, uint64_t divisor)
{
	const struct prof_type *t = &p->type[column];
	const struct prof_unit *u = unit_of(p, t->unit);

	return u != NULL && u->family == PROF_UNIT_TIME &&
	    (double)divisor * (double)t->num / (double)t->den *
	    (double)u->factor >= LEAST_STEP_NS &&
	    sum->sum >= LEAST_SAMPLES * (double)divisor;
}

/* What was a time, or bytes, before its unit was lost. */
static bool
is_scaled(const struct prof_profile *p, unsigned column,
    const struct prof_counts *sum, uint64_t divisor)
{
	return is_format(p, "folded") &&
	    family_of(p, column) == PROF_UNIT_COUNT &&
	    divisor >= LEAST_STEP && divisor <= INT64_MAX &&
	    sum->sum >= LEAST_SAMPLES * (double)divisor;
}

static const char *
why_unknown(const struct prof_profile *p, unsigned column)
{
	if (family_of(p, column) == PROF_UNIT_TIME)
		return "times do not tell their samples";
	return is_format(p, "perf") ? "values are sums of periods" :
	    "values do not tell their samples";
}

static void
count_values(struct prof_counts *c, const struct prof_profile *p,
    unsigned column)
{
	uint64_t g;
	double per;

	if (is_counted(p, column)) {
		count_steps(c, p, column, PROF_COUNTS_UNIT, 1);
		return;
	}
	per = prof_recorded_per(&p->meta.recorded[column]);
	if (per > 0) {
		count_steps(c, p, column, PROF_COUNTS_RECORDS, per);
		return;
	}
	g = divisor(p, column);
	count_steps(c, p, column, PROF_COUNTS_DIVISOR, (double)g);
	if (g != 0 && is_period(p, column, g)) {
		c->how = PROF_COUNTS_PERIOD;
		c->square = c->sum * (double)p->meta.period;
	} else if (is_scaled(p, column, c, g)) {
		c->taken = (int64_t)g;
	} else if (!is_clock(p, column, c, g)) {
		unknown(c, why_unknown(p, column));
	}
}

void
prof_counts_of(struct prof_counts *c, const struct prof_profile *p,
    unsigned column)
{
	int samples, objects, space;

	memset(c, 0, sizeof *c);
	c->runs = 1;
	if (column >= p->ntypes)
		unknown(c, "there are no values");
	else if (p->meta.estimated)
		unknown(c, "the stacks are estimated");
	else if (any_negative(p, column))
		unknown(c, "some values are negative");
	else if (prof_counts_every(p, column))
		count_every(c, p, column);
	else if (is_exact(p, column))
		count_events(c, p, column);
	else if (find_heap(p, column, &objects, &space))
		count_heap(c, p, column, objects, space);
	else if (!is_samples(p, column) &&
	    (samples = find_samples(p, column)) >= 0)
		count_column(c, p, column, (unsigned)samples);
	else
		count_values(c, p, column);
	if (c->how != PROF_COUNTS_UNKNOWN && !(c->sum > 0))
		unknown(c, "there are no values");
}

void
prof_counts_add(struct prof_counts *sum, const struct prof_counts *one,
    double factor)
{
	if (one->taken != 0 && (sum->taken == 0 || one->taken < sum->taken))
		sum->taken = one->taken;
	if (sum->runs++ == 0) {
		sum->how = one->how;
		sum->reason = one->reason;
	} else if (sum->how == PROF_COUNTS_UNKNOWN) {
		return;
	}
	if (one->how == PROF_COUNTS_UNKNOWN || (one->how !=
	    PROF_COUNTS_EXACT) != (sum->how != PROF_COUNTS_EXACT))
		unknown(sum, one->reason != NULL ? one->reason : sum->reason);
	sum->sum += one->sum * factor;
	sum->square += one->square * factor * factor;
}

double
prof_counts_per(const struct prof_counts *c)
{
	return prof_counts_sampled(c) && c->sum > 0 ? c->square / c->sum : 0;
}

/* --- by row --------------------------------------------------------------- */

/* v, and v^2 / c, of stacks or rows. */
struct counted {
	double *v, *square;
};

static void
counted_init(struct counted *s, uint32_t n)
{
	s->v = prof_zalloc((size_t)n + 1, sizeof *s->v);
	s->square = prof_zalloc((size_t)n + 1, sizeof *s->square);
}

static void
counted_release(struct counted *s)
{
	free(s->v);
	free(s->square);
}

static void
counted_add(struct counted *to, uint32_t at, double v, double square)
{
	to->v[at] += v;
	to->square[at] += square;
}

static void
count_stacks(struct counted *s, const struct prof_counts *c,
    const struct prof_profile *p, unsigned column)
{
	double per = prof_counts_per(c), v, count;
	int samples = -1, objects, space;
	uint32_t i;

	if (c->how == PROF_COUNTS_HEAP)
		find_heap(p, column, &objects, &space);
	else if (c->how == PROF_COUNTS_COLUMN)
		samples = find_samples(p, column);
	for (i = 0; i < p->nsamples; i++) {
		v = (double)p->value[column][i];
		if (!(v > 0))
			continue;
		if (c->how == PROF_COUNTS_HEAP)
			count = recorded(p, i, objects, space);
		else if (samples >= 0)
			count = (double)p->value[samples][i];
		else
			count = v / per;
		counted_add(s, p->stack[i], v, v * v / count);
	}
}

/* Recursion counts once: stamp holds the last stack that a row was in. */
static void
count_frames(const struct counted *of, prof_stack s, const struct prof_rows *v,
    uint32_t *stamp, struct counted *self, struct counted *total)
{
	const prof_loc *run;
	const uint32_t *row;
	size_t i, n, k, rows;

	run = prof_profile_stack(v->p, s, &n);
	for (i = 0; i < n; i++) {
		row = prof_rows_of(v, run[i], &rows);
		if (i == 0)
			counted_add(self, row[0], of->v[s], of->square[s]);
		for (k = 0; k < rows; k++) {
			if (stamp[row[k]] == s)
				continue;
			stamp[row[k]] = s;
			counted_add(total, row[k], of->v[s], of->square[s]);
		}
	}
}

static void
effective(const struct counted *s, uint32_t n, double *out)
{
	uint32_t i;

	for (i = 0; i <= n; i++)
		out[i] = s->square[i] > 0 ? s->v[i] * s->v[i] / s->square[i] :
		    0;
}

bool
prof_counts_rows(const struct prof_counts *c, const struct prof_rows *v,
    unsigned column, double *self, double *total)
{
	const struct prof_profile *p = v->p;
	struct counted stacks, own, all;
	uint32_t *stamp;
	prof_stack s;

	if (!prof_counts_sampled(c) || (p->edges.n > 0 &&
	    prof_profile_edge_column(p, PROF_EDGE_SELF,
	    p->type[column].type) >= 0))
		return false;
	counted_init(&stacks, p->stacks.n);
	counted_init(&own, v->n);
	counted_init(&all, v->n);
	stamp = prof_zalloc((size_t)v->n + 1, sizeof *stamp);
	count_stacks(&stacks, c, p, column);
	counted_add(&own, 0, stacks.v[0], stacks.square[0]);
	counted_add(&all, 0, stacks.v[0], stacks.square[0]);
	for (s = 1; s <= p->stacks.n; s++)
		if (stacks.v[s] > 0)
			count_frames(&stacks, s, v, stamp, &own, &all);
	effective(&own, v->n, self);
	effective(&all, v->n, total);
	free(stamp);
	counted_release(&all);
	counted_release(&own);
	counted_release(&stacks);
	return true;
}
