/* SPDX-License-Identifier: MIT */
#include "libanalysis/builder.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"
#include "libanalysis/sort.h"
#include "libanalysis/spill.h"

void
prof_builder_init(struct prof_builder *b, struct prof_profile *p,
    const struct prof_limits *limits)
{
	memset(b, 0, sizeof *b);
	b->p = p;
	b->limits = limits != NULL ? *limits : prof_limits_default;
	b->seed = prof_hash_seed();
}

void
prof_builder_release(struct prof_builder *b)
{
	prof_map_release(&b->fns);
	prof_map_release(&b->mods);
	prof_map_release(&b->locs);
	prof_map_release(&b->stacks);
	prof_map_release(&b->sets);
	prof_map_release(&b->rows);
	prof_map_release(&b->spills);
	free(b->first_row);
	free(b->spill);
	memset(b, 0, sizeof *b);
}

int
prof_builder_check_strings(const struct prof_builder *b,
    struct prof_err *err)
{
	if (b->p->strs.n <= b->limits.max_strings)
		return PROF_OK;
	return prof_fail(err, PROF_ELIMIT,
	    "more than %llu distinct strings (limit: --max-strings)",
	    (unsigned long long)b->limits.max_strings);
}

static uint64_t
add2(uint64_t seed, uint64_t h, uint64_t a, uint64_t b)
{
	return prof_hash_add(seed, prof_hash_add(seed, h, a), b);
}

prof_fn
prof_builder_function(struct prof_builder *b, struct prof_function f)
{
	uint64_t hash = prof_hash_add(b->seed, b->seed,
	    (uint64_t)f.name << 32 | f.system);
	const struct prof_function *g;
	uint32_t at, id;

	hash = add2(b->seed, hash, f.file, (uint64_t)f.start);
	for (id = prof_map_first(&b->fns, hash, &at); id != 0;
	    id = prof_map_next(&b->fns, hash, &at)) {
		g = prof_profile_fn(b->p, id);
		if (g->name == f.name && g->system == f.system &&
		    g->file == f.file && g->start == f.start)
			return id;
	}
	id = prof_profile_add_fn(b->p, f);
	prof_map_put(&b->fns, hash, id);
	return id;
}

prof_mod
prof_builder_mapping(struct prof_builder *b, struct prof_mapping m)
{
	uint64_t hash = add2(b->seed, b->seed, m.start, m.limit);
	const struct prof_mapping *o;
	uint32_t at, id;

	hash = add2(b->seed, hash, m.offset, (uint64_t)m.file << 32 |
	    m.build_id);
	for (id = prof_map_first(&b->mods, hash, &at); id != 0;
	    id = prof_map_next(&b->mods, hash, &at)) {
		o = prof_profile_mod(b->p, id);
		if (o->start == m.start && o->limit == m.limit &&
		    o->offset == m.offset && o->file == m.file &&
		    o->build_id == m.build_id && o->flags == m.flags)
			return id;
	}
	id = prof_profile_add_mod(b->p, m);
	prof_map_put(&b->mods, hash, id);
	return id;
}

static bool
same_location(const struct prof_profile *p, const struct prof_location *a,
    const struct prof_location *b, const struct prof_line *lines, size_t n)
{
	const struct prof_line *have = prof_profile_lines(p, a);
	size_t i;

	if (a->address != b->address || a->mapping != b->mapping ||
	    a->kind != b->kind || a->flags != b->flags || a->nlines != n)
		return false;
	for (i = 0; i < n; i++)
		if (have[i].fn != lines[i].fn ||
		    have[i].line != lines[i].line ||
		    have[i].column != lines[i].column)
			return false;
	return true;
}

prof_loc
prof_builder_location(struct prof_builder *b, struct prof_location loc,
    const struct prof_line *lines, size_t n)
{
	uint64_t hash = add2(b->seed, b->seed, loc.address,
	    (uint64_t)loc.mapping << 32 | (uint64_t)loc.kind << 8 |
	    loc.flags);
	uint32_t at, id;
	size_t i;

	for (i = 0; i < n; i++)
		hash = prof_hash_add(b->seed, add2(b->seed, hash,
		    lines[i].fn, (uint64_t)lines[i].line),
		    (uint64_t)lines[i].column);
	for (id = prof_map_first(&b->locs, hash, &at); id != 0;
	    id = prof_map_next(&b->locs, hash, &at))
		if (same_location(b->p, prof_profile_loc(b->p, id), &loc,
		    lines, n))
			return id;
	id = prof_profile_add_loc(b->p, loc, lines, n);
	prof_map_put(&b->locs, hash, id);
	return id;
}

/* Close a run of n elements at its end; returns its id. */
static uint32_t
close_run(struct prof_runs *r, size_t n)
{
	uint64_t from = r->n != 0 ? r->end[r->n] : 0;

	PROF_ASSERT(r->n < UINT32_MAX - 1);
	PROF_RESERVE(r->end, r->end_cap, (size_t)r->n + 2);
	r->end[0] = 0;
	r->end[++r->n] = from + n;
	return r->n;
}

uint64_t
prof_builder_stack_hash(const struct prof_builder *b, const prof_loc *frames,
    size_t n)
{
	uint64_t hash = prof_hash_ids(b->seed, frames, n);

	prof_map_prefetch(&b->stacks, hash);
	return hash;
}

prof_stack
prof_builder_stack_hashed(struct prof_builder *b, uint64_t hash,
    const prof_loc *frames, size_t n)
{
	struct prof_runs *r = &b->p->stacks;
	const prof_loc *have;
	uint64_t used;
	uint32_t at, id;
	size_t len;

	if (n == 0)
		return 0;
	for (id = prof_map_first(&b->stacks, hash, &at); id != 0;
	    id = prof_map_next(&b->stacks, hash, &at)) {
		have = prof_profile_stack(b->p, id, &len);
		if (len == n && memcmp(have, frames, n * sizeof *have) == 0)
			return id;
	}
	used = r->n != 0 ? r->end[r->n] : 0;
	PROF_RESERVE(b->p->frame, r->cap, (size_t)used + n);
	memcpy(b->p->frame + used, frames, n * sizeof *frames);
	id = close_run(r, n);
	prof_map_put(&b->stacks, hash, id);
	return id;
}

prof_stack
prof_builder_stack(struct prof_builder *b, const prof_loc *frames, size_t n)
{
	return prof_builder_stack_hashed(b, prof_builder_stack_hash(b, frames,
	    n), frames, n);
}

struct label_order {
	const struct prof_strs *strs;
	const struct prof_label *label;
};

static int
order_labels(const void *ctx, uint32_t a, uint32_t b)
{
	const struct label_order *o = ctx;
	const struct prof_label *x = &o->label[a], *y = &o->label[b];

	if ((x->str == 0) != (y->str == 0))
		return x->str == 0 ? 1 : -1;
	return prof_strs_cmp(o->strs, x->key, y->key);
}

static void
sort_labels(const struct prof_strs *strs, struct prof_label *labels,
    size_t n)
{
	struct label_order order = { strs, labels };
	struct prof_label *copy;
	uint32_t *ids;
	size_t i;

	for (i = 1; i < n; i++)
		if (order_labels(&order, (uint32_t)i - 1, (uint32_t)i) > 0)
			break;
	if (i >= n)
		return;
	ids = prof_alloc(n, sizeof *ids);
	copy = prof_alloc(n, sizeof *copy);
	memcpy(copy, labels, n * sizeof *copy);
	order.label = copy;
	for (i = 0; i < n; i++)
		ids[i] = (uint32_t)i;
	prof_sort_ids(ids, n, order_labels, &order);
	for (i = 0; i < n; i++)
		labels[i] = copy[ids[i]];
	free(copy);
	free(ids);
}

static bool
same_labels(const struct prof_label *a, const struct prof_label *b, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (a[i].key != b[i].key || a[i].str != b[i].str ||
		    a[i].unit != b[i].unit || a[i].num != b[i].num)
			return false;
	return true;
}

prof_set
prof_builder_set(struct prof_builder *b, struct prof_label *labels, size_t n)
{
	struct prof_runs *r = &b->p->sets;
	uint64_t hash = b->seed, used;
	const struct prof_label *have;
	uint32_t at, id;
	size_t i, len;

	if (n == 0)
		return 0;
	sort_labels(&b->p->strs, labels, n);
	for (i = 0; i < n; i++)
		hash = prof_hash_add(b->seed, add2(b->seed, hash,
		    (uint64_t)labels[i].key << 32 | labels[i].str,
		    labels[i].unit), (uint64_t)labels[i].num);
	for (id = prof_map_first(&b->sets, hash, &at); id != 0;
	    id = prof_map_next(&b->sets, hash, &at)) {
		have = prof_profile_set(b->p, id, &len);
		if (len == n && same_labels(have, labels, n))
			return id;
	}
	used = r->n != 0 ? r->end[r->n] : 0;
	PROF_RESERVE(b->p->label, r->cap, (size_t)used + n);
	memcpy(b->p->label + used, labels, n * sizeof *labels);
	id = close_run(r, n);
	prof_map_put(&b->sets, hash, id);
	return id;
}

void
prof_builder_keep_times(struct prof_builder *b)
{
	b->timed = true;
	if (b->p->time == NULL)
		b->p->time = prof_zalloc(b->p->sample_cap,
		    sizeof *b->p->time);
}

static void
reserve_sample(struct prof_builder *b)
{
	struct prof_profile *p = b->p;
	size_t cap = p->sample_cap;
	unsigned c;

	if (p->nsamples < p->sample_cap)
		return;
	PROF_ASSERT(p->nsamples < UINT32_MAX - 1);
	p->stack = prof_grow(p->stack, &cap, (size_t)p->nsamples + 1,
	    sizeof *p->stack);
	p->sample_cap = cap;
	p->set = prof_resize(p->set, cap, sizeof *p->set);
	if (b->timed)
		p->time = prof_resize(p->time, cap, sizeof *p->time);
	for (c = 0; c < p->ntypes; c++)
		p->value[c] = prof_resize(p->value[c], cap,
		    sizeof *p->value[c]);
}

static uint32_t
new_row(struct prof_builder *b, prof_stack stack, prof_set set, int64_t time)
{
	struct prof_profile *p = b->p;
	unsigned c;

	reserve_sample(b);
	p->stack[p->nsamples] = stack;
	p->set[p->nsamples] = set;
	if (b->timed)
		p->time[p->nsamples] = time;
	for (c = 0; c < p->ntypes; c++)
		p->value[c][p->nsamples] = 0;
	return p->nsamples++;
}

static bool
same_row(const struct prof_builder *b, uint32_t row, prof_stack stack,
    prof_set set, int64_t time)
{
	const struct prof_profile *p = b->p;

	return p->stack[row] == stack && p->set[row] == set &&
	    (!b->timed || p->time[row] == time);
}

/*
 * Most stacks occur with one label set: the first row of each stack is
 * found through an array, only further ones through the hash table.
 */
static uint32_t
find_row(struct prof_builder *b, prof_stack stack, prof_set set,
    int64_t time)
{
	uint64_t hash;
	uint32_t at, id;

	PROF_RESERVE(b->first_row, b->first_cap, (size_t)stack + 1);
	while (b->first_n <= stack)
		b->first_row[b->first_n++] = UINT32_MAX;
	if (b->first_row[stack] == UINT32_MAX)
		return b->first_row[stack] = new_row(b, stack, set, time);
	if (same_row(b, b->first_row[stack], stack, set, time))
		return b->first_row[stack];
	hash = add2(b->seed, b->seed, (uint64_t)stack << 32 | set,
	    b->timed ? (uint64_t)time : 0);
	for (id = prof_map_first(&b->rows, hash, &at); id != 0;
	    id = prof_map_next(&b->rows, hash, &at))
		if (same_row(b, id - 1, stack, set, time))
			return id - 1;
	id = new_row(b, stack, set, time) + 1;
	prof_map_put(&b->rows, hash, id);
	return id - 1;
}

int
prof_builder_sample(struct prof_builder *b, prof_stack stack, prof_set set,
    int64_t time, const int64_t *values, struct prof_err *err)
{
	struct prof_profile *p = b->p;
	int rc = PROF_OK;
	uint32_t row;
	unsigned c;

	if (b->timed && p->time == NULL)
		prof_builder_keep_times(b);
	row = find_row(b, stack, set, time);
	for (c = 0; c < p->ntypes; c++)
		if (!prof_num_add(p->value[c][row], values[c],
		    &p->value[c][row]))
			rc = prof_spill_carry(b, row, c,
			    values[c] < 0 ? -1 : 1, err);
	return rc;
}

int
prof_builder_sample_times(struct prof_builder *b, prof_stack stack,
    prof_set set, int64_t time, const int64_t *values,
    const int64_t *factor, struct prof_err *err)
{
	int64_t low[PROF_COLS_MAX], high[PROF_COLS_MAX];
	struct prof_profile *p = b->p;
	bool wide = false;
	uint32_t row;
	unsigned c;
	int rc;

	low[0] = 0;
	for (c = 0; c < p->ntypes; c++) {
		high[c] = prof_spill_split((prof_i128)values[c] * factor[c],
		    &low[c]);
		wide |= high[c] != 0;
	}
	rc = prof_builder_sample(b, stack, set, time, low, err);
	if (!wide || rc != PROF_OK)
		return rc;
	row = find_row(b, stack, set, time);
	for (c = 0; c < p->ntypes && rc == PROF_OK; c++)
		if (high[c] != 0)
			rc = prof_spill_carry(b, row, c, high[c], err);
	return rc;
}
