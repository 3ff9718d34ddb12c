/* SPDX-License-Identifier: MIT */
#include "libanalysis/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/map.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

/* What tells rows apart; a row is equal if all of it is. */
struct key {
	prof_str name, file, module;
	int64_t start;
	uint64_t address;
	enum { FUNCTION, ADDRESS, NOWHERE, FILE_ONLY } by;
};

struct maker {
	struct prof_rows *v;
	struct prof_map map;
	struct key *keys;	/* by row id - 1 */
	size_t key_cap, row_cap;
	uint64_t seed;
	enum prof_granularity by;
};

static prof_str
module_of(const struct prof_profile *p, const struct prof_location *l,
    bool build_id)
{
	const struct prof_mapping *m;

	if (l->mapping == 0)
		return 0;
	m = prof_profile_mod(p, l->mapping);
	return build_id && m->build_id != 0 ? m->build_id : m->file;
}

static struct key
function_key(const struct maker *m, const struct prof_location *l,
    const struct prof_function *f)
{
	struct key k = { 0 };

	k.name = f->name != 0 ? f->name : f->system;
	if (m->by == PROF_BY_NAME)
		return k;
	k.file = f->file;
	k.start = f->start;
	if (f->file == 0)
		k.module = module_of(m->v->p, l, false);
	return k;
}

static struct key
address_key(const struct maker *m, const struct prof_location *l)
{
	const struct prof_profile *p = m->v->p;
	struct key k = { 0 };

	if (m->by == PROF_BY_NAME) {
		k.by = FILE_ONLY;
		k.module = module_of(p, l, false);
		return k;
	}
	k.by = l->address != 0 ? ADDRESS : NOWHERE;
	k.module = module_of(p, l, true);
	k.address = l->address;
	if (l->address != 0 && l->mapping != 0)
		k.address -= prof_profile_mod(p, l->mapping)->start;
	return k;
}

static void
name_address(struct prof_rows *v, struct prof_row *r, uint64_t address)
{
	char hex[32];
	const char *module = prof_name_base(r->module);
	int n = snprintf(hex, sizeof hex, "0x%" PRIx64, address);
	size_t len = (size_t)n + strlen(module) + 4;
	char *name = prof_arena_bytes(&v->arena, len);

	if (module[0] != '\0')
		n = snprintf(name, len, "%s [%s]", hex, module);
	else
		n = snprintf(name, len, "%s", hex);
	r->name = name;
	r->name_len = (uint32_t)n;
}

/* As pprof names what has no function; nowhere: as it is called then. */
static void
name_file(struct prof_rows *v, struct prof_row *r, const char *nowhere)
{
	const char *module = prof_name_base(r->module);
	size_t len = strlen(module) + 3;
	char *name;

	if (r->module[0] == '\0') {
		r->name = nowhere;
		r->name_len = (uint32_t)strlen(r->name);
		return;
	}
	name = prof_arena_bytes(&v->arena, len);
	r->name_len = (uint32_t)snprintf(name, len, "[%s]", module);
	r->name = name;
}

static uint32_t
new_row(struct maker *m, const struct key *k, const struct prof_location *l,
    const struct prof_function *f)
{
	struct prof_rows *v = m->v;
	prof_str module = module_of(v->p, l, false);
	struct prof_row r = { 0 };

	r.kind = l->kind;
	r.inlined = true;
	r.module = prof_profile_str(v->p, module);
	r.module_len = prof_strs_len(&v->p->strs, module);
	r.file = f != NULL ? prof_profile_str(v->p, f->file) : "";
	r.file_len = f != NULL ? prof_strs_len(&v->p->strs, f->file) : 0;
	r.line = f != NULL ? f->start : 0;
	r.nameless = k->by != FUNCTION;
	r.address = k->address;
	r.build_id = l->mapping != 0 ? prof_profile_str(v->p,
	    prof_profile_mod(v->p, l->mapping)->build_id) : "";
	if (k->by == FILE_ONLY) {
		r.build_id = "";
		name_file(v, &r, "<unknown>");
	} else if (k->by == NOWHERE) {
		name_file(v, &r, "[unknown]");
	} else if (r.nameless) {
		name_address(v, &r, l->address);
	} else {
		r.name = prof_profile_str(v->p, k->name);
		r.name_len = prof_strs_len(&v->p->strs, k->name);
	}
	PROF_RESERVE(v->row, m->row_cap, (size_t)v->n + 1);
	PROF_RESERVE(m->keys, m->key_cap, (size_t)v->n + 1);
	v->row[v->n] = r;
	m->keys[v->n] = *k;
	return ++v->n;
}

static bool
same_key(const struct key *a, const struct key *b)
{
	return a->name == b->name && a->file == b->file &&
	    a->module == b->module && a->start == b->start &&
	    a->address == b->address && a->by == b->by;
}

static uint32_t
find_row(struct maker *m, const struct key *k, const struct prof_location *l,
    const struct prof_function *f)
{
	uint64_t seed = m->seed, hash;
	uint32_t at, id;

	hash = prof_hash_add(seed, seed, (uint64_t)k->name << 32 | k->file);
	hash = prof_hash_add(seed, hash, (uint64_t)k->module << 2 | k->by);
	hash = prof_hash_add(seed, hash, k->address);
	hash = prof_hash_add(seed, hash, (uint64_t)k->start);
	for (id = prof_map_first(&m->map, hash, &at); id != 0;
	    id = prof_map_next(&m->map, hash, &at))
		if (same_key(&m->keys[id - 1], k))
			return id;
	id = new_row(m, k, l, f);
	prof_map_put(&m->map, hash, id);
	return id;
}

static void
add_location(struct maker *m, const struct prof_location *l, size_t *used)
{
	struct prof_rows *v = m->v;
	const struct prof_function *f = NULL;
	struct key k;
	uint32_t i, row;

	PROF_RESERVE(v->of, v->cap, *used + l->nlines + 1);
	if (l->nlines == 0) {
		k = address_key(m, l);
		row = find_row(m, &k, l, NULL);
		v->row[row - 1].inlined = false;
		v->of[(*used)++] = row;
	}
	for (i = 0; i < l->nlines; i++) {
		f = prof_profile_fn(v->p, v->p->line[l->first_line + i].fn);
		k = function_key(m, l, f);
		row = find_row(m, &k, l, f);
		if (i + 1 == l->nlines && (l->flags & PROF_LOC_INLINED) == 0)
			v->row[row - 1].inlined = false;
		v->of[(*used)++] = row;
	}
}

/* Edges know functions without a place in memory. */
static void
add_edge_fn(struct maker *m, prof_fn fn)
{
	static const struct prof_location nowhere;
	struct prof_rows *v = m->v;
	const struct prof_function *f;
	struct key k;

	if (fn == 0 || v->of_fn[fn - 1] != 0)
		return;
	f = prof_profile_fn(v->p, fn);
	k = function_key(m, &nowhere, f);
	v->of_fn[fn - 1] = find_row(m, &k, &nowhere, f);
	v->row[v->of_fn[fn - 1] - 1].inlined = false;
}

static void
add_edge_fns(struct maker *m)
{
	const struct prof_edges *e = &m->v->p->edges;
	uint32_t i;

	if (e->n == 0)
		return;
	m->v->of_fn = prof_zalloc(m->v->p->nfn, sizeof *m->v->of_fn);
	for (i = 0; i < e->n; i++) {
		add_edge_fn(m, e->callee[i]);
		add_edge_fn(m, e->caller[i]);
	}
}

void
prof_rows_init(struct prof_rows *v, const struct prof_profile *p,
    enum prof_granularity by)
{
	struct maker m = { .v = v, .by = by, .seed = prof_hash_seed() };
	size_t used = 0;
	uint32_t i;

	memset(v, 0, sizeof *v);
	v->p = p;
	v->first = prof_zalloc((size_t)p->nloc + 1, sizeof *v->first);
	for (i = 0; i < p->nloc; i++) {
		add_location(&m, &p->loc[i], &used);
		PROF_ASSERT(used < UINT32_MAX);
		v->first[i + 1] = (uint32_t)used;
	}
	add_edge_fns(&m);
	free(m.keys);
	prof_map_release(&m.map);
}

void
prof_rows_release(struct prof_rows *v)
{
	free(v->row);
	free(v->first);
	free(v->of);
	free(v->of_fn);
	prof_arena_release(&v->arena);
	memset(v, 0, sizeof *v);
}

uint32_t *
prof_rows_only(const struct prof_rows *v, const uint32_t *class_of)
{
	uint32_t *only = prof_zalloc((size_t)v->p->nloc + 1, sizeof *only);
	const uint32_t *row;
	prof_loc loc;
	size_t n;

	for (loc = 1; loc <= v->p->nloc; loc++) {
		row = prof_rows_of(v, loc, &n);
		if (n == 1)
			only[loc] = class_of != NULL ? class_of[*row] : *row;
	}
	return only;
}
