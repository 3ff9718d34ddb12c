/* SPDX-License-Identifier: MIT */
#include "libanalysis/match.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/map.h"
#include "libanalysis/match_join.h"
#include "libanalysis/match_known.h"
#include "libanalysis/match_lines.h"
#include "libanalysis/match_names.h"
#include "libanalysis/match_texts.h"
#include "libanalysis/nomem.h"
#include "libanalysis/package.h"
#include "libanalysis/sort.h"

/* A file, module or build id as read, by the parts that count. */
struct path {
	uint32_t base, folder;	/* ids of parts; 0: empty */
};

/* What tells rows of one name apart, as ids of parts. */
struct key {
	uint32_t file, folder;
	uint32_t module;	/* 0 for a program that one side alone has */
	bool known;
};

/* A location without a function. */
struct place {
	uint32_t image;		/* part: what the address is relative to */
	uint32_t group;
	uint64_t address;
};

struct matcher {
	struct prof_match *m;
	struct prof_match_member *item;	/* every row of every run */
	uint32_t nitems;
	struct key *key;		/* by item */
	uint32_t *class_of;		/* by item */
	uint32_t *group;		/* by item: its name, from 1 */
	uint32_t ngroups;
	struct prof_texts names, paths, parts;
	uint32_t *group_of;		/* by name - 1 */
	struct path *path;		/* by path - 1 */
	struct place *place;
	struct prof_map places;
	uint32_t nplaces;
	uint8_t *sides;			/* by part: modules; one bit a side */
	size_t group_cap, path_cap, place_cap, sides_cap, nsides;
	struct prof_pairing pairing;
};

static const struct prof_row *
row_of(const struct matcher *w, uint32_t item)
{
	return prof_rows_get(w->m->runs[w->item[item].run],
	    w->item[item].row);
}

static unsigned
side_of(const struct matcher *w, uint32_t item)
{
	return w->item[item].run >= w->m->nbase;
}

/* The last component of s[0..len), which is cut to what is before it. */
static uint32_t
cut_part(struct matcher *w, const char *s, size_t *len)
{
	size_t end = *len, i = end;

	while (i > 0 && s[i - 1] != '/' && s[i - 1] != '\\')
		i--;
	*len = i > 0 ? i - 1 : 0;
	return end > i ? prof_texts_add(&w->parts, s + i, end - i) : 0;
}

static const struct path *
path_of(struct matcher *w, const char *s, size_t n)
{
	uint32_t before = w->paths.n, id = prof_texts_add(&w->paths, s, n);
	struct path *p;
	size_t len;

	if (id > before) {
		PROF_RESERVE(w->path, w->path_cap, (size_t)id);
		p = &w->path[id - 1];
		len = w->paths.text[id - 1].len;
		p->base = cut_part(w, s, &len);
		p->folder = cut_part(w, s, &len);
	}
	return &w->path[id - 1];
}

/* --- rows by name --------------------------------------------------------- */

static uint32_t
group_of_name(struct matcher *w, const struct prof_row *r)
{
	uint32_t before = w->names.n;
	size_t at = prof_match_python(r->name, r->name_len);
	uint32_t id = prof_texts_add(&w->names, r->name + at,
	    r->name_len - at);

	if (id > before) {
		PROF_RESERVE(w->group_of, w->group_cap, (size_t)id);
		w->group_of[id - 1] = ++w->ngroups;
	}
	return w->group_of[id - 1];
}

static uint32_t
group_of_address(struct matcher *w, const struct prof_row *r)
{
	bool id = r->build_id[0] != '\0';
	uint32_t image = path_of(w, id ? r->build_id : r->module,
	    id ? strlen(r->build_id) : r->module_len)->base, at, i;
	uint64_t hash = prof_hash_add(w->names.seed,
	    w->names.seed ^ image, r->address);
	struct place *p;

	for (i = prof_map_first(&w->places, hash, &at); i != 0;
	    i = prof_map_next(&w->places, hash, &at)) {
		p = &w->place[i - 1];
		if (p->image == image && p->address == r->address)
			return p->group;
	}
	PROF_RESERVE(w->place, w->place_cap, (size_t)w->nplaces + 1);
	p = &w->place[w->nplaces++];
	p->image = image;
	p->address = r->address;
	p->group = ++w->ngroups;
	prof_map_put(&w->places, hash, w->nplaces);
	return p->group;
}

/* Number the names in the order in which they come. */
static void
group_names(struct matcher *w)
{
	const struct prof_row *r;
	uint32_t i;

	for (i = 0; i < w->nitems; i++) {
		r = row_of(w, i);
		w->group[i] = r->nameless ? group_of_address(w, r) :
		    group_of_name(w, r);
	}
}

/* --- keys of rows whose names are not clear ------------------------------- */

/* Note on which sides each module occurs that rows are known by. */
static void
find_modules(struct matcher *w)
{
	const struct prof_row *r;
	const char *last = NULL;
	unsigned last_side = 2;
	uint32_t i, part;
	size_t n;

	for (i = 0; i < w->nitems; i++) {
		r = row_of(w, i);
		if (r->nameless || r->file[0] != '\0' ||
		    (r->module == last && side_of(w, i) == last_side))
			continue;
		last = r->module;
		last_side = side_of(w, i);
		part = path_of(w, last, r->module_len)->base;
		n = (size_t)w->parts.n + 1;
		if (w->nsides < n) {
			PROF_RESERVE(w->sides, w->sides_cap, n);
			memset(w->sides + w->nsides, 0, n - w->nsides);
			w->nsides = n;
		}
		w->sides[part] |= (uint8_t)(1 << last_side);
	}
}

/* Whether a part names a program that only one side has. */
static bool
is_own_program(const struct matcher *w, uint32_t part)
{
	const struct prof_text *t;

	if (part == 0 || part >= w->nsides || w->sides[part] == 3)
		return false;
	t = &w->parts.text[part - 1];
	return prof_is_program(t->s, t->len);
}

static const struct key *
key_of(struct matcher *w, uint32_t item)
{
	const struct prof_row *r = row_of(w, item);
	struct key *k = &w->key[item];
	const struct path *p;

	if (k->known)
		return k;
	k->known = true;
	if (w->m->runs[w->item[item].run]->by_name)
		return k;
	k->module = path_of(w, r->module, r->module_len)->base;
	if (!r->nameless && is_own_program(w, k->module))
		k->module = 0;
	k->folder = k->module;
	if (r->file[0] != '\0') {
		p = path_of(w, r->file, r->file_len);
		k->file = p->base;
		k->folder = p->folder;
	}
	return k;
}

static void
know(struct matcher *w, struct prof_match_known *side, uint32_t item)
{
	const struct key *k = key_of(w, item);

	prof_match_known_add(&side[side_of(w, item)], k->file, k->folder,
	    k->module);
}

/*
 * Formats that do not tell files leave that open: a row without one is of
 * the one file that is known for its name on its side, or else on the other,
 * unless modules speak against it or a run tells rows with and without.
 */
static void
settle_files(struct matcher *w, const uint32_t *id, size_t n)
{
	struct prof_match_known side[2];
	const struct prof_match_known *p;
	bool apart = false;
	struct key *k;
	size_t i;

	prof_match_known_none(side);
	for (i = 0; i < n; i++) {
		know(w, side, id[i]);
		if (i == 0 || w->item[id[i]].run != w->item[id[i - 1]].run)
			continue;
		/* A run that has a name twice knows of two functions. */
		side[side_of(w, id[i])].folders = true;
		apart = apart || w->key[id[i]].file == 0 ||
		    w->key[id[i - 1]].file == 0;
	}
	for (i = 0; i < n && !apart; i++) {
		k = &w->key[id[i]];
		p = &side[side_of(w, id[i])];
		if (!p->any)
			p = &side[1 - side_of(w, id[i])];
		if (k->file != 0 || !p->any || p->files || p->folders ||
		    (k->module != 0 && p->module != 0 && (p->modules ||
		    k->module != p->module)))
			continue;
		k->file = p->file;
		k->folder = p->folder;
	}
}

/* --- classes -------------------------------------------------------------- */

/* Whether no two of some items, which come by run, are of one run. */
static bool
once_each(const struct matcher *w, const uint32_t *id, size_t n)
{
	size_t i;

	for (i = 1; i < n; i++)
		if (w->item[id[i]].run == w->item[id[i - 1]].run)
			return false;
	return true;
}

/*
 * Whether the runs of each side mean one file, or one module, by a name, as
 * far as they know it.
 */
static bool
sides_agree(struct matcher *w, const uint32_t *id, size_t n)
{
	struct prof_match_known side[2];
	size_t i;

	prof_match_known_none(side);
	for (i = 0; i < n; i++)
		know(w, side, id[i]);
	return !(side[0].files || (!side[0].all && side[0].modules) ||
	    side[1].files || (!side[1].all && side[1].modules));
}

static void
one_class(struct matcher *w, const uint32_t *id, size_t n)
{
	size_t i;

	w->m->n++;
	for (i = 0; i < n; i++)
		w->class_of[id[i]] = w->m->n;
}

static int
by_place(const void *ctx, uint32_t a, uint32_t b)
{
	const struct matcher *w = ctx;
	const struct prof_row *x = row_of(w, a), *y = row_of(w, b);
	int c;

	if (w->item[a].run != w->item[b].run)
		return w->item[a].run < w->item[b].run ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	c = prof_bytes_cmp(x->file, x->file_len, y->file, y->file_len);
	return c != 0 ? c : prof_bytes_cmp(x->module, x->module_len,
	    y->module, y->module_len);
}

/* Items of one name, file and folder: run after run, by start line. */
static void
by_lines(struct matcher *w, uint32_t *id, size_t n)
{
	const struct prof_slot *slot;
	uint32_t run;
	size_t i, j;

	prof_sort_ids(id, n, by_place, w);
	prof_pairing_reset(&w->pairing);
	for (i = 0; i < n; i = j) {
		run = w->item[id[i]].run;
		for (j = i; j < n && w->item[id[j]].run == run; j++)
			prof_pairing_line(&w->pairing,
			    row_of(w, id[j])->line);
		slot = prof_pairing_run(&w->pairing, &w->m->n);
		for (j = i; j < n && w->item[id[j]].run == run; j++)
			w->class_of[id[j]] = slot[j - i].class;
	}
}

static int
by_folder(const void *ctx, uint32_t a, uint32_t b)
{
	const struct matcher *w = ctx;
	uint32_t x = w->key[a].folder, y = w->key[b].folder;

	return x < y ? -1 : x > y;
}

static int
by_file(const void *ctx, uint32_t a, uint32_t b)
{
	const struct matcher *w = ctx;
	uint32_t x = w->key[a].file, y = w->key[b].file;

	return x < y ? -1 : x > y;
}

/* End of the run of items equal to id[0] by cmp. */
static size_t
equal_run(const struct matcher *w, const uint32_t *id, size_t n,
    prof_sort_fn *cmp)
{
	size_t i = 1;

	while (i < n && cmp(w, id[0], id[i]) == 0)
		i++;
	return i;
}

/* Whether a folder occurs on both sides; items come by folder. */
static bool
folders_meet(const struct matcher *w, const uint32_t *id, size_t n)
{
	size_t i, j, k;
	unsigned sides;

	for (i = 0; i < n; i = j) {
		j = i + equal_run(w, id + i, n - i, by_folder);
		for (k = i, sides = 0; k < j; k++)
			sides |= 1u << side_of(w, id[k]);
		if (sides == 3)
			return true;
	}
	return false;
}

/* Items of one name and file that some run has twice. */
static void
split_folders(struct matcher *w, uint32_t *id, size_t n)
{
	size_t i, j;

	prof_sort_ids(id, n, by_folder, w);
	if (!folders_meet(w, id, n)) {
		by_lines(w, id, n);
		return;
	}
	for (i = 0; i < n; i = j) {
		j = i + equal_run(w, id + i, n - i, by_folder);
		by_lines(w, id + i, j - i);
	}
}

static void
split_name(struct matcher *w, uint32_t *id, size_t n)
{
	uint32_t before = w->m->n, class;
	size_t i, j;

	if (once_each(w, id, n) && sides_agree(w, id, n)) {
		one_class(w, id, n);
		return;
	}
	settle_files(w, id, n);
	prof_sort_ids(id, n, by_file, w);
	for (i = 0; i < n; i = j) {
		j = i + equal_run(w, id + i, n - i, by_file);
		if (once_each(w, id + i, j - i) &&
		    (w->key[id[i]].file != 0 || sides_agree(w, id + i, j - i)))
			one_class(w, id + i, j - i);
		else
			split_folders(w, id + i, j - i);
	}
	for (class = before + 1; class <= w->m->n && w->m->n > before + 1;
	    class++)
		w->m->shared[class] = true;
}

/* Items by name, those of one name by run; first has ngroups + 1 entries. */
static uint32_t *
sort_by(const uint32_t *group, uint32_t nitems, uint32_t ngroups,
    uint32_t *first)
{
	uint32_t *order = prof_alloc((size_t)nitems + 1, sizeof *order);
	uint32_t i;

	memset(first, 0, ((size_t)ngroups + 1) * sizeof *first);
	for (i = 0; i < nitems; i++)
		first[group[i] - 1]++;
	for (i = 1; i <= ngroups; i++)
		first[i] += first[i - 1];
	for (i = nitems; i-- > 0; )
		order[--first[group[i] - 1]] = i;
	return order;
}

static void
collect(struct matcher *w)
{
	struct prof_match *m = w->m;
	uint64_t rows = 0;
	uint32_t r, row;

	for (r = 0; r < m->nruns; r++)
		rows += m->runs[r]->n;
	PROF_ASSERT(rows < UINT32_MAX);
	w->item = prof_alloc((size_t)rows + 1, sizeof *w->item);
	for (r = 0; r < m->nruns; r++)
		for (row = 1; row <= m->runs[r]->n; row++)
			w->item[w->nitems++] =
			    (struct prof_match_member){ r, row };
	w->group = prof_alloc((size_t)rows + 1, sizeof *w->group);
	w->class_of = prof_alloc((size_t)rows + 1, sizeof *w->class_of);
	w->key = prof_zalloc((size_t)rows + 1, sizeof *w->key);
	m->shared = prof_zalloc((size_t)rows + 1, sizeof *m->shared);
}

/* Turn classes by item into the arrays of the result. */
static void
publish(struct matcher *w)
{
	struct prof_match *m = w->m;
	struct prof_match_member it;
	uint32_t i, *order;
	unsigned r;

	m->class_of = prof_alloc((size_t)m->nruns + 1, sizeof *m->class_of);
	for (r = 0; r < m->nruns; r++)
		m->class_of[r] = prof_zalloc((size_t)m->runs[r]->n + 1,
		    sizeof *m->class_of[r]);
	m->first = prof_alloc((size_t)m->n + 1, sizeof *m->first);
	order = sort_by(w->class_of, w->nitems, m->n, m->first);
	m->member = prof_alloc((size_t)w->nitems + 1, sizeof *m->member);
	m->joined = prof_zalloc((size_t)m->n + 1, sizeof *m->joined);
	for (i = 0; i < w->nitems; i++) {
		it = w->item[i];
		m->class_of[it.run][it.row] = w->class_of[i];
		m->member[i] = w->item[order[i]];
	}
	free(order);
}

static void
matcher_release(struct matcher *w)
{
	free(w->item);
	free(w->group);
	free(w->class_of);
	free(w->key);
	free(w->sides);
	free(w->group_of);
	free(w->path);
	free(w->place);
	prof_map_release(&w->places);
	prof_pairing_release(&w->pairing);
	prof_texts_release(&w->names);
	prof_texts_release(&w->paths);
	prof_texts_release(&w->parts);
}

void
prof_match_init(struct prof_match *m, const struct prof_rows *const *runs,
    unsigned nruns, unsigned nbase)
{
	struct matcher w = { .m = m };
	uint32_t g, *first, *order;

	memset(m, 0, sizeof *m);
	m->runs = runs;
	m->nruns = nruns;
	m->nbase = nbase;
	w.names.seed = w.paths.seed = w.parts.seed = prof_hash_seed();
	collect(&w);
	group_names(&w);
	find_modules(&w);
	first = prof_alloc((size_t)w.ngroups + 1, sizeof *first);
	order = sort_by(w.group, w.nitems, w.ngroups, first);
	for (g = 0; g < w.ngroups; g++)
		split_name(&w, order + first[g], first[g + 1] - first[g]);
	free(first);
	free(order);
	publish(&w);
	matcher_release(&w);
	prof_match_paths(m);
}

void
prof_match_release(struct prof_match *m)
{
	unsigned r;

	for (r = 0; m->class_of != NULL && r < m->nruns; r++)
		free(m->class_of[r]);
	free(m->class_of);
	free(m->first);
	free(m->member);
	free(m->shared);
	free(m->joined);
	memset(m, 0, sizeof *m);
}

const struct prof_match_member *
prof_match_on(const struct prof_match *m, uint32_t class, unsigned side)
{
	const struct prof_match_member *member;
	size_t i, n;

	member = prof_match_members(m, class, &n);
	for (i = 0; i < n; i++)
		if ((member[i].run >= m->nbase) == (side != 0))
			return &member[i];
	return NULL;
}

bool
prof_match_is_rounding(const struct prof_match *m, uint32_t class)
{
	return strcmp(prof_match_row(m, class)->name, PROF_ROUNDING_NAME) ==
	    0;
}

const struct prof_row *
prof_match_row(const struct prof_match *m, uint32_t class)
{
	const struct prof_match_member *at = prof_match_on(m, class, 1);

	if (at == NULL)
		at = prof_match_on(m, class, 0);
	return prof_rows_get(m->runs[at->run], at->row);
}
