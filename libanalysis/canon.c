/* SPDX-License-Identifier: MIT */
#include "libanalysis/canon.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/canon_state.h"
#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"
#include "libanalysis/sort.h"

static uint64_t
mix(uint64_t a, uint64_t b)
{
	return prof_hash_mix(a, b);
}

static void
hash_tables(struct canon *c)
{
	const struct prof_profile *p = c->from;
	uint32_t i;
	uint64_t h;

	c->str[0] = 0;
	for (i = 1; i <= p->strs.n; i++)
		c->str[i] = prof_hash_bytes(PROF_HASH_FIXED,
		    prof_strs_get(&p->strs, i), prof_strs_len(&p->strs, i));
	for (i = 0; i < p->nfn; i++) {
		h = mix(c->str[p->fn[i].name], c->str[p->fn[i].system]);
		h = mix(h, c->str[p->fn[i].file]);
		c->fn[i + 1] = mix(h, (uint64_t)p->fn[i].start);
	}
	for (i = 0; i < p->nmod; i++) {
		h = mix(c->str[p->mod[i].file], c->str[p->mod[i].build_id]);
		h = mix(h, p->mod[i].offset);
		c->mod[i + 1] = mix(h, p->mod[i].limit - p->mod[i].start);
	}
}

static void
hash_locs(struct canon *c)
{
	const struct prof_profile *p = c->from;
	const struct prof_location *l;
	const struct prof_line *line;
	uint32_t i, k;
	uint64_t h;

	for (i = 0; i < p->nloc; i++) {
		l = &p->loc[i];
		h = mix(c->mod[l->mapping], l->address);
		h = mix(h, (uint64_t)l->kind << 8 | l->flags);
		for (k = 0; k < l->nlines; k++) {
			line = &p->line[l->first_line + k];
			h = mix(h, c->fn[line->fn]);
			h = mix(h, (uint64_t)line->line);
			h = mix(h, (uint64_t)line->column);
		}
		c->loc[i + 1].hash = h;
	}
}

static void
hash_sets(struct canon *c)
{
	const struct prof_profile *p = c->from;
	const struct prof_label *l;
	prof_set s;
	size_t i, n;
	uint64_t h;

	for (s = 1; s <= p->sets.n; s++) {
		l = prof_profile_set(p, s, &n);
		for (i = 0, h = n; i < n; i++) {
			h = mix(h, c->str[l[i].key]);
			h = mix(h, mix(c->str[l[i].str], c->str[l[i].unit]));
			h = mix(h, (uint64_t)l[i].num);
		}
		c->set[s] = h;
	}
}

static inline uint64_t
use_loc(struct canon_loc *loc, prof_loc id, uint64_t h)
{
	loc[id].uses++;
	return mix(h, loc[id].hash);
}

/* Four lanes: a chain of multiplications would wait for each other. */
static uint64_t
hash_run(struct canon_loc *loc, const prof_loc *run, size_t n)
{
	uint64_t a = n, b = 1, c = 2, d = 3;

	for (; n >= 4; n -= 4, run += 4) {
		a = use_loc(loc, run[0], a);
		b = use_loc(loc, run[1], b);
		c = use_loc(loc, run[2], c);
		d = use_loc(loc, run[3], d);
	}
	for (; n > 0; n--, run++)
		a = use_loc(loc, *run, a);
	return mix(mix(a, b), mix(c, d));
}

static bool
keeps(const struct prof_profile *p, uint32_t row)
{
	unsigned c;

	for (c = 0; c < p->ntypes; c++)
		if (p->value[c][row] != 0)
			return true;
	return false;
}

static void
hash_rows(struct canon *c)
{
	const struct prof_profile *p = c->from;
	bool *seen = prof_zalloc((size_t)p->stacks.n + 1, sizeof *seen);
	const prof_loc *run;
	uint32_t i;
	size_t n;
	uint64_t h;

	for (i = 0; i < p->nsamples; i++) {
		if (!keeps(p, i))
			continue;
		if (!seen[p->stack[i]]) {
			seen[p->stack[i]] = true;
			run = prof_profile_stack(p, p->stack[i], &n);
			c->stack[p->stack[i]] = hash_run(c->loc, run, n);
		}
		h = mix(c->stack[p->stack[i]], c->set[p->set[i]]);
		c->row[i] = mix(h, p->time != NULL ?
		    (uint64_t)p->time[i] : 0);
		c->order[c->n++] = i;
	}
	free(seen);
}

static int
cmp_u64(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int
cmp_fn(const struct canon *c, prof_fn a, prof_fn b)
{
	const struct prof_function *f, *g;
	const struct prof_strs *s = &c->from->strs;
	int d;

	if (a == b || a == 0 || b == 0)
		return cmp_u64(a, b);
	f = prof_profile_fn(c->from, a);
	g = prof_profile_fn(c->from, b);
	if ((d = prof_strs_cmp(s, f->name, g->name)) != 0 ||
	    (d = prof_strs_cmp(s, f->system, g->system)) != 0 ||
	    (d = prof_strs_cmp(s, f->file, g->file)) != 0)
		return d;
	return cmp_u64((uint64_t)f->start, (uint64_t)g->start);
}

static int
cmp_mod(const struct canon *c, prof_mod a, prof_mod b)
{
	const struct prof_mapping *m, *o;
	const struct prof_strs *s = &c->from->strs;
	int d;

	if (a == b || a == 0 || b == 0)
		return cmp_u64(a, b);
	m = prof_profile_mod(c->from, a);
	o = prof_profile_mod(c->from, b);
	if ((d = prof_strs_cmp(s, m->file, o->file)) != 0 ||
	    (d = prof_strs_cmp(s, m->build_id, o->build_id)) != 0 ||
	    (d = cmp_u64(m->offset, o->offset)) != 0)
		return d;
	return cmp_u64(m->limit - m->start, o->limit - o->start);
}

static int
cmp_loc(const struct canon *c, prof_loc a, prof_loc b)
{
	const struct prof_location *l = prof_profile_loc(c->from, a);
	const struct prof_location *o = prof_profile_loc(c->from, b);
	const struct prof_line *x, *y;
	uint32_t i;
	int d;

	if ((d = cmp_mod(c, l->mapping, o->mapping)) != 0 ||
	    (d = cmp_u64(l->address, o->address)) != 0 ||
	    (d = cmp_u64(l->nlines, o->nlines)) != 0 ||
	    (d = l->kind - o->kind) != 0 || (d = l->flags - o->flags) != 0)
		return d;
	x = prof_profile_lines(c->from, l);
	y = prof_profile_lines(c->from, o);
	for (i = 0; i < l->nlines; i++)
		if ((d = cmp_fn(c, x[i].fn, y[i].fn)) != 0 ||
		    (d = cmp_u64((uint64_t)x[i].line,
		    (uint64_t)y[i].line)) != 0 ||
		    (d = cmp_u64((uint64_t)x[i].column,
		    (uint64_t)y[i].column)) != 0)
			return d;
	return 0;
}

static int
cmp_stacks(const struct canon *c, prof_stack a, prof_stack b)
{
	const prof_loc *x, *y;
	size_t i, n, m;
	int d;

	x = prof_profile_stack(c->from, a, &n);
	y = prof_profile_stack(c->from, b, &m);
	for (i = 0; i < n && i < m; i++)
		if (x[i] != y[i] && (d = cmp_loc(c, x[i], y[i])) != 0)
			return d;
	return cmp_u64(n, m);
}

static int
cmp_sets(const struct canon *c, prof_set a, prof_set b)
{
	const struct prof_strs *s = &c->from->strs;
	const struct prof_label *x, *y;
	size_t i, n, m;
	int d;

	x = prof_profile_set(c->from, a, &n);
	y = prof_profile_set(c->from, b, &m);
	for (i = 0; i < n && i < m; i++)
		if ((d = prof_strs_cmp(s, x[i].key, y[i].key)) != 0 ||
		    (d = prof_strs_cmp(s, x[i].str, y[i].str)) != 0 ||
		    (d = prof_strs_cmp(s, x[i].unit, y[i].unit)) != 0 ||
		    (d = cmp_u64((uint64_t)x[i].num,
		    (uint64_t)y[i].num)) != 0)
			return d;
	return cmp_u64(n, m);
}

static int
cmp_rows(const void *ctx, uint32_t a, uint32_t b)
{
	const struct canon *c = ctx;
	const struct prof_profile *p = c->from;
	int d;

	if ((d = cmp_stacks(c, p->stack[a], p->stack[b])) != 0 ||
	    (d = cmp_sets(c, p->set[a], p->set[b])) != 0)
		return d;
	return p->time != NULL ? cmp_u64((uint64_t)p->time[a],
	    (uint64_t)p->time[b]) : 0;
}

/* Mappings come first: the main one leads by convention. */
struct mod_order {
	const struct canon *c;
	const uint64_t *uses;
};

static int
cmp_mod_uses(const void *ctx, uint32_t a, uint32_t b)
{
	const struct mod_order *o = ctx;
	int d = cmp_u64(o->uses[b], o->uses[a]);

	return d != 0 ? d : cmp_mod(o->c, a, b);
}

static void
copy_mods(struct canon *c)
{
	const struct prof_profile *p = c->from;
	uint64_t *uses = prof_zalloc((size_t)p->nmod + 1, sizeof *uses);
	uint32_t *ids = prof_alloc((size_t)p->nmod + 1, sizeof *ids), i;
	struct mod_order order = { c, uses };
	struct prof_mapping m;
	size_t n = 0;

	for (i = 0; i < p->nloc; i++)
		uses[p->loc[i].mapping] += c->loc[i + 1].uses;
	for (i = 1; i <= p->nmod; i++)
		if (uses[i] != 0)
			ids[n++] = i;
	prof_sort_ids(ids, n, cmp_mod_uses, &order);
	for (i = 0; i < n; i++) {
		m = *prof_profile_mod(p, ids[i]);
		m.file = prof_canon_str(c, m.file);
		m.build_id = prof_canon_str(c, m.build_id);
		c->to_mod[ids[i]] = prof_profile_add_mod(c->out, m);
	}
	free(ids);
	free(uses);
}

static prof_fn
copy_fn(struct canon *c, prof_fn id)
{
	struct prof_function f;

	if (id == 0 || c->to_fn[id] != 0)
		return id != 0 ? c->to_fn[id] : 0;
	f = *prof_profile_fn(c->from, id);
	f.name = prof_canon_str(c, f.name);
	f.system = prof_canon_str(c, f.system);
	f.file = prof_canon_str(c, f.file);
	c->to_fn[id] = prof_profile_add_fn(c->out, f);
	return c->to_fn[id];
}

static prof_loc
copy_loc(struct canon *c, prof_loc id)
{
	struct prof_location l = *prof_profile_loc(c->from, id);
	const struct prof_line *from = prof_profile_lines(c->from, &l);
	uint32_t i;

	l.mapping = c->to_mod[l.mapping];
	if ((l.flags & PROF_CANON_NOWHERE) != 0)
		l.flags &= (uint8_t)~PROF_CANON_NOWHERE;
	else if (l.mapping != 0)
		l.address += prof_profile_mod(c->out, l.mapping)->start;
	c->to_loc[id] = prof_profile_add_loc(c->out, l, from, l.nlines);
	for (i = 0; i < l.nlines; i++)
		c->out->line[c->out->nline - l.nlines + i].fn = copy_fn(c,
		    from[i].fn);
	return c->to_loc[id];
}

static void
close_run(struct prof_runs *r, size_t n)
{
	uint64_t used = r->n != 0 ? r->end[r->n] : 0;

	PROF_RESERVE(r->end, r->end_cap, (size_t)r->n + 2);
	r->end[0] = 0;
	r->end[++r->n] = used + n;
}

static prof_stack
copy_stack(struct canon *c, prof_stack s)
{
	struct prof_profile *out = c->out;
	uint64_t used = out->stacks.n != 0 ? out->stacks.end[out->stacks.n] :
	    0;
	const prof_loc *run;
	size_t i, n;

	if (s == 0 || c->to_stack[s] != 0)
		return s != 0 ? c->to_stack[s] : 0;
	run = prof_profile_stack(c->from, s, &n);
	PROF_RESERVE(out->frame, out->stacks.cap, (size_t)used + n);
	for (i = 0; i < n; i++)
		out->frame[used + i] = c->to_loc[run[i]] != 0 ?
		    c->to_loc[run[i]] : copy_loc(c, run[i]);
	close_run(&out->stacks, n);
	c->to_stack[s] = out->stacks.n;
	return out->stacks.n;
}

/* Rows come in the order of a hash: have the stack of a later one ready. */
static void
prefetch_stack(const struct canon *c, uint32_t i)
{
	const struct prof_profile *p = c->from;
	prof_stack s;

	if (i + 16 < c->n) {
		s = p->stack[c->order[i + 16]];
		__builtin_prefetch(&p->stacks.end[s]);
	}
	if (i + 8 < c->n && (s = p->stack[c->order[i + 8]]) != 0) {
		__builtin_prefetch(p->frame + p->stacks.end[s - 1]);
		__builtin_prefetch(p->frame + p->stacks.end[s - 1] + 16);
	}
}

static prof_set
copy_set(struct canon *c, prof_set s)
{
	struct prof_profile *out = c->out;
	uint64_t used = out->sets.n != 0 ? out->sets.end[out->sets.n] : 0;
	const struct prof_label *from;
	struct prof_label *to;
	size_t i, n;

	if (s == 0 || c->to_set[s] != 0)
		return s != 0 ? c->to_set[s] : 0;
	from = prof_profile_set(c->from, s, &n);
	PROF_RESERVE(out->label, out->sets.cap, (size_t)used + n);
	for (i = 0; i < n; i++) {
		to = &out->label[used + i];
		to->key = prof_canon_str(c, from[i].key);
		to->str = prof_canon_str(c, from[i].str);
		to->unit = prof_canon_str(c, from[i].unit);
		to->num = from[i].num;
	}
	close_run(&out->sets, n);
	c->to_set[s] = out->sets.n;
	return out->sets.n;
}

/* By name, then by what the unit measures; a merge keeps those in order. */
static int
cmp_types(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_profile *p = ctx;
	const struct prof_type *x = &p->type[a], *y = &p->type[b];
	const struct prof_unit *u, *v;
	int d = prof_strs_cmp(&p->strs, x->type, y->type);

	if (d != 0)
		return d;
	u = prof_unit_find(prof_profile_str(p, x->unit),
	    prof_strs_len(&p->strs, x->unit));
	v = prof_unit_find(prof_profile_str(p, y->unit),
	    prof_strs_len(&p->strs, y->unit));
	if (u != NULL && v != NULL)
		return (u->family > v->family) - (u->family < v->family);
	if (u != NULL || v != NULL)
		return u != NULL ? -1 : 1;
	return prof_strs_cmp(&p->strs, x->unit, y->unit);
}

static void
copy_types(struct canon *c)
{
	const struct prof_profile *p = c->from;
	uint32_t ids[PROF_COLS_MAX];
	unsigned i, k;

	for (i = 0; i < p->ntypes; i++)
		ids[i] = i;
	if ((p->meta.differ & PROF_DIFFER_TYPES) != 0)
		prof_sort_ids(ids, p->ntypes, cmp_types, p);
	for (i = 0; i < p->ntypes; i++) {
		prof_profile_add_type(c->out,
		    prof_canon_str(c, p->type[ids[i]].type),
		    prof_canon_str(c, p->type[ids[i]].unit));
		c->out->type[i].num = p->type[ids[i]].num;
		c->out->type[i].den = p->type[ids[i]].den;
		c->out->meta.recorded[i] = p->meta.recorded[ids[i]];
		c->out->value[i] = prof_alloc(c->n, sizeof **p->value);
		for (k = 0; k < c->n; k++)
			c->out->value[i][k] =
			    p->value[ids[i]][c->order[k]];
	}
}

static void
copy_rows(struct canon *c)
{
	const struct prof_profile *p = c->from;
	struct prof_profile *out = c->out;
	uint32_t i;

	if (p->stacks.n > 0)
		PROF_RESERVE(out->frame, out->stacks.cap,
		    (size_t)p->stacks.end[p->stacks.n]);
	out->sample_cap = c->n;
	out->nsamples = c->n;
	out->stack = prof_alloc(c->n, sizeof *out->stack);
	out->set = prof_alloc(c->n, sizeof *out->set);
	if (p->time != NULL)
		out->time = prof_alloc(c->n, sizeof *out->time);
	copy_types(c);
	for (i = 0; i < c->n; i++) {
		prefetch_stack(c, i);
		out->stack[i] = copy_stack(c, p->stack[c->order[i]]);
		out->set[i] = copy_set(c, p->set[c->order[i]]);
		if (p->time != NULL)
			out->time[i] = p->time[c->order[i]];
	}
}

static int
cmp_edges(const void *ctx, uint32_t a, uint32_t b)
{
	const struct canon *c = ctx;
	const struct prof_edges *e = &c->from->edges;
	int d;

	if ((d = cmp_fn(c, e->callee[a], e->callee[b])) != 0 ||
	    (d = cmp_fn(c, e->caller[a], e->caller[b])) != 0)
		return d;
	return cmp_u64((uint64_t)e->line[a], (uint64_t)e->line[b]);
}

static void
copy_edges(struct canon *c)
{
	const struct prof_edges *e = &c->from->edges;
	struct prof_edges *to = &c->out->edges;
	uint32_t *ids = prof_alloc((size_t)e->n + 1, sizeof *ids), i;
	int64_t value[PROF_EDGE_COLS_MAX];
	unsigned k;

	for (k = 0; k < e->ntypes; k++) {
		to->role[k] = e->role[k];
		to->error[k] = e->error[k];
		to->type[k] = e->type[k];
		to->type[k].type = prof_canon_str(c, e->type[k].type);
		to->type[k].unit = prof_canon_str(c, e->type[k].unit);
		to->exact[k] = e->exact[k];
	}
	to->ntypes = e->ntypes;
	for (i = 0; i < e->n; i++)
		ids[i] = i;
	prof_sort_ids(ids, e->n, cmp_edges, c);
	for (i = 0; i < e->n; i++) {
		for (k = 0; k < e->ntypes; k++)
			value[k] = e->value[k][ids[i]];
		prof_profile_add_edge(c->out, copy_fn(c, e->caller[ids[i]]),
		    copy_fn(c, e->callee[ids[i]]), e->line[ids[i]], value);
	}
	free(ids);
}

static void
canon_init(struct canon *c, const struct prof_profile *p)
{
	c->str = prof_alloc(p->strs.n + 1, sizeof *c->str);
	c->fn = prof_zalloc((size_t)p->nfn + 1, sizeof *c->fn);
	c->mod = prof_zalloc((size_t)p->nmod + 1, sizeof *c->mod);
	c->loc = prof_zalloc((size_t)p->nloc + 1, sizeof *c->loc);
	c->stack = prof_zalloc((size_t)p->stacks.n + 1, sizeof *c->stack);
	c->set = prof_zalloc((size_t)p->sets.n + 1, sizeof *c->set);
	c->row = prof_alloc((size_t)p->nsamples + 1, sizeof *c->row);
	c->order = prof_alloc((size_t)p->nsamples + 1, sizeof *c->order);
	c->to_str = prof_zalloc(p->strs.n + 1, sizeof *c->to_str);
	c->to_fn = prof_zalloc((size_t)p->nfn + 1, sizeof *c->to_fn);
	c->to_mod = prof_zalloc((size_t)p->nmod + 1, sizeof *c->to_mod);
	c->to_loc = prof_zalloc((size_t)p->nloc + 1, sizeof *c->to_loc);
	c->to_stack = prof_zalloc((size_t)p->stacks.n + 1,
	    sizeof *c->to_stack);
	c->to_set = prof_zalloc((size_t)p->sets.n + 1, sizeof *c->to_set);
}

static void
canon_release(struct canon *c)
{
	free(c->str);
	free(c->fn);
	free(c->mod);
	free(c->loc);
	free(c->stack);
	free(c->set);
	free(c->row);
	free(c->order);
	free(c->to_str);
	free(c->to_fn);
	free(c->to_mod);
	free(c->to_loc);
	free(c->to_stack);
	free(c->to_set);
}

void
prof_canon(const struct prof_profile *from, struct prof_profile *out)
{
	struct canon c = { .from = from, .out = out };

	canon_init(&c, from);
	hash_tables(&c);
	hash_locs(&c);
	hash_sets(&c);
	hash_rows(&c);
	prof_sort_keys(c.order, c.n, c.row, cmp_rows, &c);
	copy_mods(&c);
	copy_rows(&c);
	copy_edges(&c);
	prof_canon_head(&c);
	canon_release(&c);
}
