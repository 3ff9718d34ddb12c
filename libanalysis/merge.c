/* SPDX-License-Identifier: MIT */
#include "libanalysis/merge.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/canon.h"
#include "libanalysis/hash.h"
#include "libanalysis/merge_state.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"

struct prof_merge *
prof_merge_new(void)
{
	struct prof_merge *m = prof_zalloc(1, sizeof *m);

	prof_builder_init(&m->b, &m->p, NULL);
	return m;
}

void
prof_merge_free(struct prof_merge *m)
{
	if (m == NULL)
		return;
	prof_builder_release(&m->b);
	prof_profile_release(&m->p);
	prof_map_release(&m->edges);
	prof_map_release(&m->mods);
	prof_map_release(&m->notes);
	prof_buf_release(&m->first);
	free(m);
}

prof_str
prof_merge_str(struct merging *a, prof_str s)
{
	if (s == 0)
		return 0;
	if (a->str[s] == 0)
		a->str[s] = prof_strs_add(&a->m->p.strs,
		    prof_profile_str(a->from, s),
		    prof_strs_len(&a->from->strs, s));
	return a->str[s];
}

static prof_fn
map_fn(struct merging *a, prof_fn id)
{
	struct prof_function f;

	if (id == 0 || a->fn[id] != 0)
		return id == 0 ? 0 : a->fn[id];
	f = *prof_profile_fn(a->from, id);
	f.name = prof_merge_str(a, f.name);
	f.system = prof_merge_str(a, f.system);
	f.file = prof_merge_str(a, f.file);
	a->fn[id] = prof_builder_function(&a->m->b, f);
	return a->fn[id];
}

/* Sizes are compared in pages: loaders round them (pprof's merge, too). */
static uint64_t
pages(uint64_t start, uint64_t limit)
{
	return limit > start ? (limit - start - 1) / 4096 + 1 : 0;
}

/* What a module is known by. */
static prof_str
module_name(const struct prof_mapping *m)
{
	return m->build_id != 0 ? m->build_id : m->file;
}

static bool
same_module(const struct prof_mapping *a, const struct prof_mapping *b)
{
	return a->offset == b->offset &&
	    pages(a->start, a->limit) == pages(b->start, b->limit) &&
	    (a->build_id != 0) == (b->build_id != 0) &&
	    module_name(a) == module_name(b);
}

/* Names of a module that moved between files: the smaller one, always. */
prof_str
prof_merge_smaller(const struct prof_strs *strs, prof_str a, prof_str b)
{
	if (a == 0 || b == 0)
		return a != 0 ? a : b;
	return prof_strs_cmp(strs, a, b) <= 0 ? a : b;
}

static void
join_module(struct prof_merge *m, struct prof_mapping *have,
    const struct prof_mapping *more)
{
	uint64_t size = have->limit - have->start;

	if (more->limit - more->start > size)
		size = more->limit - more->start;
	if (more->start < have->start)
		have->start = more->start;
	have->limit = have->start + size;
	have->file = prof_merge_smaller(&m->p.strs, have->file, more->file);
	have->flags &= more->flags;
}

static prof_mod
find_mod(struct prof_merge *m, const struct prof_mapping *mod)
{
	uint64_t seed = m->b.seed, hash;
	uint32_t at, id;

	hash = prof_hash_add(seed, seed, mod->offset);
	hash = prof_hash_add(seed, hash, module_name(mod));
	hash = prof_hash_add(seed, hash, pages(mod->start, mod->limit));
	for (id = prof_map_first(&m->mods, hash, &at); id != 0;
	    id = prof_map_next(&m->mods, hash, &at))
		if (same_module(&m->p.mod[id - 1], mod)) {
			join_module(m, &m->p.mod[id - 1], mod);
			return id;
		}
	id = prof_profile_add_mod(&m->p, *mod);
	prof_map_put(&m->mods, hash, id);
	return id;
}

static prof_mod
map_mod(struct merging *a, prof_mod id)
{
	struct prof_mapping mod;

	if (id == 0 || a->mod[id] != 0)
		return id == 0 ? 0 : a->mod[id];
	mod = *prof_profile_mod(a->from, id);
	mod.file = prof_merge_str(a, mod.file);
	mod.build_id = prof_merge_str(a, mod.build_id);
	a->mod[id] = find_mod(a->m, &mod);
	return a->mod[id];
}

static prof_loc
map_loc(struct merging *a, prof_loc id, struct prof_line **lines, size_t *cap)
{
	struct prof_location loc = *prof_profile_loc(a->from, id);
	const struct prof_line *from = prof_profile_lines(a->from, &loc);
	uint32_t i;

	PROF_RESERVE(*lines, *cap, (size_t)loc.nlines);
	for (i = 0; i < loc.nlines; i++) {
		(*lines)[i] = from[i];
		(*lines)[i].fn = map_fn(a, from[i].fn);
	}
	loc.flags &= (uint8_t)~PROF_CANON_NOWHERE;
	if (loc.mapping != 0) {
		if (loc.address != 0)
			loc.address -= prof_profile_mod(a->from,
			    loc.mapping)->start;
		else
			loc.flags |= PROF_CANON_NOWHERE;
		loc.mapping = map_mod(a, loc.mapping);
	}
	return prof_builder_location(&a->m->b, loc, *lines, loc.nlines);
}

static void
map_locs(struct merging *a, const bool *used)
{
	struct prof_line *lines = NULL;
	size_t cap = 0;
	uint32_t i;

	for (i = 1; i <= a->from->nloc; i++)
		if (used[i])
			a->loc[i] = map_loc(a, i, &lines, &cap);
	free(lines);
}

static prof_stack
map_stack(struct merging *a, prof_stack s, prof_loc **run, size_t *cap)
{
	const prof_loc *from;
	size_t i, n;

	if (s == 0 || a->stack[s] != 0)
		return s == 0 ? 0 : a->stack[s];
	from = prof_profile_stack(a->from, s, &n);
	PROF_RESERVE(*run, *cap, n);
	for (i = 0; i < n; i++)
		(*run)[i] = a->loc[from[i]];
	a->stack[s] = prof_builder_stack(&a->m->b, *run, n);
	return a->stack[s];
}

static prof_set
map_set(struct merging *a, prof_set s)
{
	const struct prof_label *from;
	struct prof_label *labels;
	size_t i, n;

	if (s == 0 || a->set[s] != 0)
		return s == 0 ? 0 : a->set[s];
	from = prof_profile_set(a->from, s, &n);
	labels = prof_alloc(n, sizeof *labels);
	for (i = 0; i < n; i++) {
		labels[i].key = prof_merge_str(a, from[i].key);
		labels[i].str = prof_merge_str(a, from[i].str);
		labels[i].unit = prof_merge_str(a, from[i].unit);
		labels[i].num = from[i].num;
	}
	a->set[s] = prof_builder_set(&a->m->b, labels, n);
	free(labels);
	return a->set[s];
}

static bool
all_zero(const struct prof_profile *p, uint32_t row)
{
	unsigned c;

	for (c = 0; c < p->ntypes; c++)
		if (p->value[c][row] != 0)
			return false;
	return true;
}

/* By location id: whether a sample with a value uses it. */
static bool *
used_locs(const struct prof_profile *p)
{
	bool *used = prof_zalloc((size_t)p->nloc + 1, sizeof *used);
	bool *seen = prof_zalloc((size_t)p->stacks.n + 1, sizeof *seen);
	const prof_loc *run;
	uint32_t i;
	size_t k, n;

	for (i = 0; i < p->nsamples; i++) {
		if (seen[p->stack[i]] || all_zero(p, i))
			continue;
		seen[p->stack[i]] = true;
		run = prof_profile_stack(p, p->stack[i], &n);
		for (k = 0; k < n; k++)
			used[run[k]] = true;
	}
	free(seen);
	return used;
}

static int
add_sample(struct merging *a, uint32_t row, prof_stack stack,
    struct prof_err *err)
{
	const struct prof_profile *from = a->from;
	int64_t value[PROF_COLS_MAX];
	unsigned c;

	for (c = 0; c < a->m->p.ntypes; c++)
		value[c] = from->value[a->column[c]][row];
	return prof_builder_sample_times(&a->m->b, stack,
	    map_set(a, from->set[row]), from->time != NULL ?
	    from->time[row] : 0, value, a->factor, err);
}

static int
add_samples(struct merging *a, struct prof_err *err)
{
	const struct prof_profile *from = a->from;
	bool *used = used_locs(from);
	prof_loc *run = NULL;
	size_t cap = 0;
	uint32_t i;
	int rc = PROF_OK;

	map_locs(a, used);
	free(used);
	if (from->time != NULL)
		prof_builder_keep_times(&a->m->b);
	for (i = 0; i < from->nsamples && rc == PROF_OK; i++)
		if (!all_zero(from, i))
			rc = add_sample(a, i, map_stack(a, from->stack[i],
			    &run, &cap), err);
	free(run);
	return rc;
}

static uint32_t
find_edge(struct prof_merge *m, prof_fn caller, prof_fn callee, int64_t line)
{
	static const int64_t zero[PROF_EDGE_COLS_MAX];
	struct prof_edges *e = &m->p.edges;
	uint64_t seed = m->b.seed, hash;
	uint32_t at, id;

	hash = prof_hash_add(seed, seed, (uint64_t)caller << 32 | callee);
	hash = prof_hash_add(seed, hash, (uint64_t)line);
	for (id = prof_map_first(&m->edges, hash, &at); id != 0;
	    id = prof_map_next(&m->edges, hash, &at))
		if (e->caller[id - 1] == caller &&
		    e->callee[id - 1] == callee && e->line[id - 1] == line)
			return id - 1;
	prof_profile_add_edge(&m->p, caller, callee, line, zero);
	prof_map_put(&m->edges, hash, e->n);
	return e->n - 1;
}

static int
edges_differ(struct merging *a, const char *name, struct prof_err *err)
{
	const struct prof_profile *p = &a->m->p;
	struct prof_buf both = { 0 };

	prof_merge_list_before(&both, a->m);
	prof_merge_list_types(&both, p, p->edges.type, p->edges.ntypes);
	prof_buf_addf(&both, " and '%s'", name);
	prof_merge_list_types(&both, a->from, a->from->edges.type,
	    a->from->edges.ntypes);
	prof_fail(err, PROF_EMISMATCH, "%s count different things for "
	    "callers and callees", prof_buf_str(&both));
	prof_buf_release(&both);
	return PROF_EMISMATCH;
}

static int
join_edge_types(struct merging *a, const char *name, struct prof_err *err)
{
	const struct prof_edges *from = &a->from->edges;
	struct prof_edges *e = &a->m->p.edges;
	struct prof_type t;
	bool first = e->n == 0;
	unsigned c;

	if (!first && e->ntypes != from->ntypes)
		return edges_differ(a, name, err);
	e->ntypes = from->ntypes;
	for (c = 0; c < from->ntypes; c++) {
		t = from->type[c];
		t.type = prof_merge_str(a, t.type);
		t.unit = prof_merge_str(a, t.unit);
		if (!first && (memcmp(&e->type[c], &t, sizeof t) != 0 ||
		    e->role[c] != from->role[c]))
			return edges_differ(a, name, err);
		e->type[c] = t;
		e->role[c] = from->role[c];
		e->exact[c] = from->exact[c] && (first || e->exact[c]);
		if (!prof_num_add(e->error[c], from->error[c], &e->error[c]))
			e->error[c] = INT64_MAX;
	}
	return PROF_OK;
}

static unsigned
shape_of(const struct prof_profile *p)
{
	if (p->edges.n > 0)
		return p->meta.estimated ? PROF_MERGE_COVERED :
		    PROF_MERGE_EDGES;
	if (p->meta.estimated)
		return PROF_MERGE_ESTIMATED;
	return p->nsamples > 0 ? PROF_MERGE_SAMPLES : 0;
}

static int
add_edges(struct merging *a, const char *name, struct prof_err *err)
{
	const struct prof_edges *from = &a->from->edges;
	struct prof_edges *e = &a->m->p.edges;
	uint32_t i, row;
	unsigned c;
	int rc;

	a->m->shapes |= shape_of(a->from);
	if (from->n == 0)
		return PROF_OK;
	rc = join_edge_types(a, name, err);
	for (i = 0; i < from->n && rc == PROF_OK; i++) {
		row = find_edge(a->m, map_fn(a, from->caller[i]),
		    map_fn(a, from->callee[i]), from->line[i]);
		for (c = 0; c < e->ntypes; c++)
			if (!prof_num_add(e->value[c][row],
			    from->value[c][i], &e->value[c][row]))
				rc = prof_fail(err, PROF_ERANGE,
				    "the sum of an edge leaves 64 bits");
	}
	return rc;
}

/* Zeroed memory, or as good as that: not even a recording. */
static bool
is_nothing(const struct merging *a)
{
	const struct prof_profile *p = a->from;
	const struct prof_meta *m = &p->meta;

	return a->bare && p->ncomments == 0 && p->nnotes == 0 &&
	    (m->time_ns | m->duration_ns | m->period) == 0 &&
	    (m->period_type | m->period_unit | m->default_type |
	    m->doc_url | m->drop_frames | m->keep_frames | m->format |
	    m->dialect | m->differ) == 0 && (m->inputs | m->failed) == 0;
}

static void
add_init(struct merging *a, struct prof_merge *m, const struct prof_profile *p)
{
	memset(a, 0, sizeof *a);
	a->m = m;
	a->from = p;
	a->bare = p->ntypes == 0 && p->nsamples == 0 && p->edges.n == 0;
	a->str = prof_zalloc(p->strs.n + 1, sizeof *a->str);
	a->fn = prof_zalloc((size_t)p->nfn + 1, sizeof *a->fn);
	a->mod = prof_zalloc((size_t)p->nmod + 1, sizeof *a->mod);
	a->loc = prof_zalloc((size_t)p->nloc + 1, sizeof *a->loc);
	a->stack = prof_zalloc((size_t)p->stacks.n + 1, sizeof *a->stack);
	a->set = prof_zalloc((size_t)p->sets.n + 1, sizeof *a->set);
}

static void
add_release(struct merging *a)
{
	free(a->str);
	free(a->fn);
	free(a->mod);
	free(a->loc);
	free(a->stack);
	free(a->set);
}

int
prof_merge_add(struct prof_merge *m, const struct prof_profile *p,
    const char *name, struct prof_err *err)
{
	struct merging a;
	int rc = PROF_OK;

	add_init(&a, m, p);
	if (!a.bare)
		rc = prof_merge_types(&a, name, err);
	if (rc == PROF_OK && !is_nothing(&a))
		rc = prof_merge_meta(&a, err);
	if (rc == PROF_OK)
		rc = add_samples(&a, err);
	if (rc == PROF_OK)
		rc = add_edges(&a, name, err);
	prof_merge_notes(&a);
	if (!a.bare && m->added++ == 0)
		prof_buf_adds(&m->first, name);
	add_release(&a);
	return rc;
}

/*
 * Edges may cover all samples, or stand beside samples that none of them
 * covers; anything else would count twice or belie the rest.
 */
static void
drop_partial_edges(struct prof_merge *m)
{
	const unsigned beside = PROF_MERGE_EDGES | PROF_MERGE_SAMPLES;
	struct prof_meta *meta = &m->p.meta;

	if (m->p.edges.n == 0 && m->p.edges.ntypes == 0)
		return;
	if ((meta->differ & PROF_DIFFER_EDGES) == 0 &&
	    (m->shapes == PROF_MERGE_COVERED || (m->shapes & ~beside) == 0))
		return;
	meta->differ |= PROF_DIFFER_EDGES;
	prof_profile_drop_edges(&m->p);
}

int
prof_merge_finish(struct prof_merge *m, struct prof_profile *out,
    struct prof_err *err)
{
	struct prof_meta *meta = &m->p.meta;
	int rc = prof_builder_check_sums(&m->b, err);
	struct prof_buf names = { 0 };

	if (rc != PROF_OK) {
		prof_merge_list_before(&names, m);
		prof_err_prefix(err, "%s", prof_buf_str(&names));
		prof_buf_release(&names);
		prof_merge_free(m);
		return rc;
	}
	drop_partial_edges(m);
	if (m->added > 0 && (meta->differ & PROF_DIFFER_TYPES) != 0 &&
	    (m->shown == 0 || prof_profile_column(&m->p,
	    prof_profile_str(&m->p, m->shown)) < 0))
		meta->differ |= PROF_DIFFER_DEFAULT;
	if ((meta->differ & PROF_DIFFER_DEFAULT) == 0 &&
	    (m->default_explicit || (meta->differ & PROF_DIFFER_TYPES) != 0))
		meta->default_type = m->shown;
	if ((meta->differ & PROF_DIFFER_PERIOD_TYPE) != 0)
		meta->period_type = meta->period_unit = 0;
	/* A dialect of which format? */
	if ((meta->differ & PROF_DIFFER_FORMAT) != 0)
		meta->differ |= PROF_DIFFER_DIALECT;
	if ((meta->differ & PROF_DIFFER_DIALECT) != 0)
		meta->dialect = 0;
	if (meta->inputs == 1)
		meta->inputs = 0;
	prof_builder_release(&m->b);
	prof_canon(&m->p, out);
	prof_merge_free(m);
	return PROF_OK;
}
