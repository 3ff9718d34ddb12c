/* SPDX-License-Identifier: MIT */
#include "libanalysis/flat.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/side.h"

static int
too_large(const struct prof_profile *p, unsigned column,
    struct prof_err *err)
{
	return prof_fail(err, PROF_ERANGE,
	    "values of '%s' add up to more than 64 bits hold",
	    prof_profile_str(p, p->type[column].type));
}

/* The same in 128 bits: extremes may cancel out. */
static int
weigh_exactly(const struct prof_profile *p, unsigned column,
    int64_t *weight, struct prof_err *err)
{
	prof_i128 *sum = prof_zalloc((size_t)p->stacks.n + 1, sizeof *sum);
	int rc = PROF_OK;
	uint32_t i;

	for (i = 0; i < p->nsamples; i++)
		sum[p->stack[i]] += p->value[column][i];
	for (i = 0; i <= p->stacks.n && rc == PROF_OK; i++) {
		if (!prof_num_fits(sum[i]))
			rc = too_large(p, column, err);
		weight[i] = (int64_t)sum[i];
	}
	free(sum);
	return rc;
}

int
prof_flat_weights(const struct prof_profile *p, unsigned column,
    int64_t *weight, struct prof_err *err)
{
	const int64_t *value = p->value[column];
	uint32_t i;

	memset(weight, 0, ((size_t)p->stacks.n + 1) * sizeof *weight);
	for (i = 0; i < p->nsamples; i++)
		if (!prof_num_add(weight[p->stack[i]], value[i],
		    &weight[p->stack[i]]))
			return weigh_exactly(p, column, weight, err);
	return PROF_OK;
}

static void
sum_samples(struct prof_sums *f, const struct prof_profile *p,
    unsigned column)
{
	const int64_t *value = p->value[column];
	bool *base = prof_side_base_sets(p);
	prof_i128 v, all = 0, of_base = 0;
	uint32_t i;

	for (i = 0; i < p->nsamples; i++) {
		v = value[i];
		f->difference |= v < 0 || (base != NULL && base[p->set[i]]);
		f->sum += v;
		f->samples += v != 0;
		v = v < 0 ? -v : v;
		all += v;
		if (base != NULL && base[p->set[i]])
			of_base += v;
	}
	f->whole += of_base != 0 ? of_base : all;
	free(base);
}

static void
sum_edges(struct prof_sums *f, const struct prof_profile *p, int self)
{
	const struct prof_edges *e = &p->edges;
	uint32_t i;
	prof_i128 x;

	for (i = 0; i < e->n; i++) {
		if (e->caller[i] != 0)
			continue;
		x = e->value[self][i];
		f->difference |= x < 0;
		f->sum += x;
		f->whole += x < 0 ? -x : x;
		f->samples += x != 0;
	}
}

void
prof_flat_sums(struct prof_sums *f, const struct prof_profile *p,
    unsigned column)
{
	int self, total;

	memset(f, 0, sizeof *f);
	if (column >= p->ntypes)
		return;
	self = prof_profile_edge_column(p, PROF_EDGE_SELF,
	    p->type[column].type);
	total = prof_profile_edge_column(p, PROF_EDGE_TOTAL,
	    p->type[column].type);
	f->edges = self >= 0 && total >= 0 && p->edges.n > 0;
	if (f->edges)
		sum_edges(f, p, self);
	if (!f->edges || !p->meta.estimated)
		sum_samples(f, p, column);
	if (p->meta.has_whole) {
		f->whole = p->meta.whole[column];
		f->difference |= p->meta.difference;
	}
}

/*
 * A row in the hot loop: stamp is the last stack that counted it, so that
 * recursion counts once without clearing anything between stacks.  Sums are
 * narrow, and poured into those of the rows before they can overflow.
 */
struct cell {
	int64_t total;
	uint32_t stamp;
};

struct adder {
	struct prof_flat *f;
	const struct prof_rows *v;
	uint32_t *only;		/* see prof_rows_only */
	struct cell *cell;	/* [row] */
	prof_i128 gross;	/* no cell is beyond this */
};

static void
pour(struct adder *a)
{
	uint32_t i;

	for (i = 0; i <= a->v->n; i++) {
		a->f->total[i] += a->cell[i].total;
		a->cell[i].total = 0;
	}
	a->gross = 0;
}

static inline void
add_row(struct cell *c, prof_stack s, int64_t weight)
{
	if (c->stamp != s) {
		c->stamp = s;
		c->total += weight;
	}
}

static void
add_stack(struct adder *a, prof_stack s, int64_t weight)
{
	const struct prof_rows *v = a->v;
	const prof_loc *run, *end;
	const uint32_t *row;
	size_t n, k, rows;

	if (a->gross + prof_num_abs(weight) > INT64_MAX)
		pour(a);
	a->gross += prof_num_abs(weight);
	run = prof_profile_stack(v->p, s, &n);
	a->f->self[n > 0 ? v->of[v->first[run[0] - 1]] : 0] += weight;
	if (n == 0)
		add_row(&a->cell[0], s, weight);
	for (end = run + n; run < end; run++) {
		if (a->only[*run] != 0) {
			add_row(&a->cell[a->only[*run]], s, weight);
			continue;
		}
		row = prof_rows_of(v, *run, &rows);
		for (k = 0; k < rows; k++)
			add_row(&a->cell[row[k]], s, weight);
	}
}

static int
check_range(const struct prof_flat *f, const struct prof_profile *p,
    unsigned column, struct prof_err *err)
{
	uint32_t i;

	if (!prof_num_fits(f->sum) || !prof_num_fits(f->whole))
		return too_large(p, column, err);
	for (i = 0; i <= f->n; i++)
		if (!prof_num_fits(f->self[i]) || !prof_num_fits(f->total[i]))
			return too_large(p, column, err);
	return PROF_OK;
}

static int
add_samples(struct prof_flat *f, const struct prof_rows *v, unsigned column,
    struct prof_err *err)
{
	const struct prof_profile *p = v->p;
	int64_t *weight = prof_alloc((size_t)p->stacks.n + 1,
	    sizeof *weight);
	struct adder a = { .f = f, .v = v };
	prof_stack s;
	int rc = prof_flat_weights(p, column, weight, err);

	if (rc == PROF_OK) {
		a.only = prof_rows_only(v, NULL);
		a.cell = prof_zalloc((size_t)v->n + 1, sizeof *a.cell);
		f->self[0] += weight[0];
		f->total[0] += weight[0];
		for (s = 1; s <= p->stacks.n; s++)
			if (weight[s] != 0)
				add_stack(&a, s, weight[s]);
		pour(&a);
		free(a.only);
		free(a.cell);
	}
	free(weight);
	return rc;
}

static prof_i128 *
add_calls(const struct prof_rows *v, enum prof_edge_role role)
{
	const struct prof_edges *e = &v->p->edges;
	int c = prof_profile_edge_column(v->p, role, 0);
	prof_i128 *calls;
	uint32_t i;

	if (c < 0)
		return NULL;
	calls = prof_zalloc((size_t)v->n + 1, sizeof *calls);
	for (i = 0; i < e->n; i++)
		if (e->caller[i] == 0)
			calls[prof_rows_of_fn(v, e->callee[i])] +=
			    e->value[c][i];
	for (i = 0; i <= v->n; i++)
		calls[i] = prof_flat_calls(e, c, calls[i]);
	return calls;
}

static void
add_values(struct prof_flat *f, const struct prof_rows *v, int self,
    int total)
{
	const struct prof_edges *e = &v->p->edges;
	uint32_t i, row;

	for (i = 0; i < e->n; i++) {
		if (e->caller[i] != 0)
			continue;
		row = prof_rows_of_fn(v, e->callee[i]);
		f->self[row] += e->value[self][i];
		f->total[row] += e->value[total][i];
	}
}

/* By row: the largest total that one of its functions has. */
static prof_i128 *
largest_totals(const struct prof_rows *v, int total)
{
	const struct prof_edges *e = &v->p->edges;
	prof_i128 *of_fn = prof_zalloc((size_t)v->p->nfn + 1, sizeof *of_fn);
	prof_i128 *most = prof_zalloc((size_t)v->n + 1, sizeof *most);
	uint32_t i, row;

	for (i = 0; i < e->n; i++)
		if (e->caller[i] == 0)
			of_fn[e->callee[i]] += e->value[total][i];
	for (i = 1; i <= v->p->nfn; i++) {
		row = prof_rows_of_fn(v, i);
		if (row != 0 && of_fn[i] > most[row])
			most[row] = of_fn[i];
	}
	free(of_fn);
	return most;
}

/*
 * Take the totals of rows of several functions from estimated stacks, but
 * within what was measured: at least that of each function, and at most
 * their sum.
 */
static int
estimate_totals(struct prof_flat *f, const struct prof_rows *v,
    unsigned column, const uint8_t *fns, struct prof_err *err)
{
	int total = prof_profile_edge_column(v->p, PROF_EDGE_TOTAL,
	    v->p->type[column].type);
	struct prof_flat stacks = { .n = v->n };
	prof_i128 *most = largest_totals(v, total), guess;
	int rc;
	uint32_t i;

	stacks.self = prof_zalloc((size_t)v->n + 1, sizeof *stacks.self);
	stacks.total = prof_zalloc((size_t)v->n + 1, sizeof *stacks.total);
	rc = add_samples(&stacks, v, column, err);
	for (i = 1; i <= v->n && rc == PROF_OK; i++) {
		if (fns[i] != 2)
			continue;
		guess = stacks.total[i] > most[i] ? stacks.total[i] : most[i];
		f->total[i] = guess < f->total[i] ? guess : f->total[i];
	}
	prof_flat_release(&stacks);
	free(most);
	return rc;
}

/*
 * Functions of one name that call each other have no common total in their
 * edges; the estimated stacks count such time once.
 */
static int
join_totals(struct prof_flat *f, const struct prof_rows *v, unsigned column,
    struct prof_err *err)
{
	uint8_t *fns = prof_zalloc((size_t)v->n + 1, sizeof *fns);
	int rc = PROF_OK;
	uint32_t i;

	for (i = 1; i <= v->p->nfn; i++)
		if (prof_rows_of_fn(v, i) != 0 &&
		    fns[prof_rows_of_fn(v, i)]++ > 0) {
			fns[prof_rows_of_fn(v, i)] = 2;
			f->joined = true;
		}
	if (f->joined && v->p->meta.estimated)
		rc = estimate_totals(f, v, column, fns, err);
	free(fns);
	return rc;
}

/* What was measured of each function; false: nothing for this column. */
static bool
add_edges(struct prof_flat *f, const struct prof_rows *v, unsigned column)
{
	const struct prof_edges *e = &v->p->edges;
	prof_str type = v->p->type[column].type;
	int self = prof_profile_edge_column(v->p, PROF_EDGE_SELF, type);
	int total = prof_profile_edge_column(v->p, PROF_EDGE_TOTAL, type);

	if (self < 0 || total < 0 || e->n == 0)
		return false;
	f->edges = true;
	f->error = e->error[self] > e->error[total] ? e->error[self] :
	    e->error[total];
	add_values(f, v, self, total);
	f->calls = add_calls(v, PROF_EDGE_CALLS);
	f->primitive = add_calls(v, PROF_EDGE_PRIMITIVE);
	return true;
}

int
prof_flat_init(struct prof_flat *f, const struct prof_rows *v,
    unsigned column, struct prof_err *err)
{
	const struct prof_profile *p = v->p;
	struct prof_sums sums;
	int rc = PROF_OK;

	memset(f, 0, sizeof *f);
	f->n = v->n;
	f->self = prof_zalloc((size_t)v->n + 1, sizeof *f->self);
	f->total = prof_zalloc((size_t)v->n + 1, sizeof *f->total);
	if (column >= p->ntypes)
		return PROF_OK;
	if (!add_edges(f, v, column) || !p->meta.estimated)
		rc = add_samples(f, v, column, err);
	if (f->edges && rc == PROF_OK)
		rc = join_totals(f, v, column, err);
	prof_flat_sums(&sums, p, column);
	f->sum = sums.sum;
	f->whole = sums.whole;
	f->samples = sums.samples;
	return rc == PROF_OK ? check_range(f, p, column, err) : rc;
}

void
prof_flat_release(struct prof_flat *f)
{
	free(f->calls);
	free(f->primitive);
	free(f->self);
	free(f->total);
	memset(f, 0, sizeof *f);
}

/* Locations of the stacks of all samples that have a value. */
static bool *
sampled_locations(const struct prof_profile *p, unsigned column)
{
	bool *seen = prof_zalloc((size_t)p->nloc + 1, sizeof *seen);
	bool *stack = prof_zalloc((size_t)p->stacks.n + 1, sizeof *stack);
	const prof_loc *run;
	uint32_t i;
	size_t k, n;

	for (i = 0; i < p->nsamples && column < p->ntypes; i++)
		if (p->value[column][i] != 0)
			stack[p->stack[i]] = true;
	for (i = 1; i <= p->stacks.n; i++) {
		if (!stack[i])
			continue;
		run = prof_profile_stack(p, i, &n);
		for (k = 0; k < n; k++)
			seen[run[k]] = true;
	}
	free(stack);
	return seen;
}

bool *
prof_flat_seen(const struct prof_flat *f, const struct prof_rows *v,
    unsigned column)
{
	bool *row = prof_zalloc((size_t)v->n + 1, sizeof *row), *loc;
	uint32_t i, at, zero = 0;

	for (i = 1; i <= v->n; i++) {
		row[i] = f->self[i] != 0 || f->total[i] != 0 ||
		    (f->calls != NULL && f->calls[i] != 0);
		zero += !row[i];
	}
	/* Most profiles have none, and many stacks. */
	if (zero == 0)
		return row;
	loc = sampled_locations(v->p, column);
	for (i = 1; i <= v->p->nloc; i++)
		for (at = v->first[i - 1]; loc[i] && at < v->first[i]; at++)
			row[v->of[at]] = true;
	free(loc);
	return row;
}
