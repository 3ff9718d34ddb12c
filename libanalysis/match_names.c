/* SPDX-License-Identifier: MIT */
#include "libanalysis/match_names.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/arena.h"
#include "libanalysis/hash.h"
#include "libanalysis/match_join.h"
#include "libanalysis/match_texts.h"
#include "libanalysis/nomem.h"
#include "libanalysis/package.h"
#include "libanalysis/sort.h"
#include "libanalysis/stable.h"

/* --- names ---------------------------------------------------------------- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static size_t
begins(const char *s, size_t len, const char *what)
{
	size_t n = strlen(what);

	return len >= n && memcmp(s, what, n) == 0 ? n : 0;
}

/* Length of "1" or "1.2" that ends a word. */
static size_t
numbers(const char *s, size_t len)
{
	size_t n = 0, end = 0;

	while (n < len && is_digit(s[n])) {
		while (n < len && is_digit(s[n]))
			n++;
		end = n;
		if (n < len && s[n] == '.')
			n++;
	}
	return end < len && is_word(s[end]) ? 0 : end;
}

/* ".func1.2", ".gowrap1": bytes that stay; *gone go. */
static size_t
go_closure(const char *s, size_t len, size_t *gone)
{
	static const char *const kinds[] = { ".func", ".gowrap",
	    ".deferwrap" };
	size_t i, n;

	for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		n = begins(s, len, kinds[i]);
		*gone = n > 0 ? numbers(s + n, len - n) : 0;
		if (*gone > 0)
			return n;
	}
	return 0;
}

/*
 * Length of "[...]", "[go.shape.int]" or "[abi:cxx11]".  Where one is not
 * closed, none is looked for behind it: each would go to the end again.
 */
static size_t
brackets(const char *s, size_t len, bool *unclosed)
{
	size_t n, depth = 1;

	n = begins(s, len, "[...]");
	if (n > 0)
		return n;
	if (*unclosed)
		return 0;
	n = begins(s, len, "[go.shape.") + begins(s, len, "[abi:");
	*unclosed = n > 0;
	for (; n > 0 && n < len; n++) {
		depth += s[n] == '[';
		depth -= s[n] == ']';
		if (depth == 0) {
			*unclosed = false;
			return n + 1;
		}
	}
	return 0;
}

/* Length of the digits of " at 0x7f216065ea00", Python's object. */
static size_t
object(const char *s, size_t len, size_t *stay)
{
	size_t n = *stay = begins(s, len, " at 0x");

	while (n > 0 && n < len && (is_digit(s[n]) || (s[n] >= 'a' &&
	    s[n] <= 'f')))
		n++;
	return n < len && is_word(s[n]) ? 0 : n - *stay;
}

/* Bytes at s that are left out, after *stay that are not. */
static size_t
left_out(const char *s, size_t len, size_t *stay, bool *unclosed)
{
	size_t n, gone = 0;

	*stay = 0;
	switch (s[0]) {
	case '.':
		*stay = go_closure(s, len, &gone);
		return *stay > 0 ? gone : 0;
	case ' ':
		return object(s, len, stay);
	case '[':
		return brackets(s, len, unclosed);
	case 's':
		*stay = strlen("std::");
		n = begins(s, len, "std::__cxx11::") + begins(s, len,
		    "std::__1::");
		return n > 0 ? n - *stay : 0;
	default:
		return 0;
	}
}

static size_t
skip(const char *s, size_t len, const char *prefix)
{
	size_t n = strlen(prefix);

	return len > n && memcmp(s, prefix, n) == 0 ? n : 0;
}

size_t
prof_match_python(const char *s, size_t len)
{
	size_t at = 1;

	if (len < 3 || s[0] != '{' || s[len - 1] != '}')
		return 0;
	at += skip(s + at, len - at, "built-in method ");
	at += skip(s + at, len - at, "builtins.");
	return at + skip(s + at, len - at, "__builtin__.");
}

void
prof_match_name(const char *s, size_t len, struct prof_buf *out)
{
	struct prof_buf stable = { 0 };
	size_t i = 0, gone, stay;
	bool unclosed = false;

	if (prof_stable_name(s, len, &stable)) {
		s = stable.data;
		len = stable.len;
	}
	while (i < len) {
		gone = left_out(s + i, len - i, &stay, &unclosed);
		if (gone == 0)
			stay = 1;
		prof_buf_add(out, s + i, stay);
		i += stay + gone;
	}
	/* Nothing is no name. */
	if (out->len == 0)
		prof_buf_add(out, s, len);
	prof_buf_release(&stable);
}

/* --- classes -------------------------------------------------------------- */

enum { PART = 1, COLD = 2 };	/* of a function that was split */

struct key {
	uint32_t name;		/* 0: none */
	uint32_t file, folder, module;
	uint8_t sides, part;
	bool program;
};

struct namer {
	struct prof_match *m;
	struct prof_texts names, parts;
	struct prof_arena arena;	/* of stable names */
	struct prof_buf buf;
	struct key *key;		/* by class */
	uint32_t *with;			/* by class */
	bool any;
};

/*
 * The text in the buffer, which may be s.  Long ones are known by address,
 * so that the buffer itself must not be added.
 */
static uint32_t
keep(struct namer *w, struct prof_texts *t, const char *s, size_t len)
{
	if (len == 0)
		return 0;
	if (w->buf.len == len && memcmp(w->buf.data, s, len) == 0)
		return prof_texts_add(t, s, len);
	return prof_texts_add(t, prof_arena_strndup(&w->arena, w->buf.data,
	    w->buf.len), w->buf.len);
}

/* The last component of s[0..*len), stable; *len is cut to what is before. */
static uint32_t
component(struct namer *w, const char *s, size_t *len)
{
	size_t end = *len, i = end;

	while (i > 0 && s[i - 1] != '/' && s[i - 1] != '\\')
		i--;
	*len = i > 0 ? i - 1 : 0;
	prof_buf_clear(&w->buf);
	if (end > i && !prof_stable_file(s + i, end - i, &w->buf))
		prof_buf_add(&w->buf, s + i, end - i);
	return keep(w, &w->parts, s + i, end - i);
}

static uint8_t
part_of(const char *s, size_t len)
{
	uint8_t part = 0;
	size_t i;

	for (i = 0; i + 5 <= len; i++)
		if (s[i] == '.')
			part |= (uint8_t)((memcmp(s + i, ".part", 5) == 0 ?
			    PART : 0) | (memcmp(s + i, ".cold", 5) == 0 ?
			    COLD : 0));
	return part;
}

static void
read_name(struct namer *w, uint32_t class)
{
	const struct prof_row *r = prof_match_row(w->m, class);
	struct key *k = &w->key[class];

	k->sides = (uint8_t)prof_match_sides(w->m, class);
	if (r->nameless || r->name_len == 0)
		return;
	prof_buf_clear(&w->buf);
	prof_match_name(r->name, r->name_len, &w->buf);
	k->name = keep(w, &w->names, r->name, r->name_len);
	k->part = part_of(r->name, r->name_len);
}

/* Only for those that share a name, which are few. */
static void
read_place(struct namer *w, uint32_t class)
{
	const struct prof_row *r = prof_match_row(w->m, class);
	struct key *k = &w->key[class];
	size_t len = r->file_len;
	const char *base;

	k->file = component(w, r->file, &len);
	k->folder = component(w, r->file, &len);
	len = r->module_len;
	k->module = component(w, r->module, &len);
	base = r->module + (len > 0 ? len + 1 : 0);
	k->program = r->module_len > 0 && prof_is_program(base,
	    strlen(base));
}

/* Whether nothing that is known of both speaks against one function. */
static bool
may_be_one(const struct key *a, const struct key *b)
{
	if (a->file != 0 && b->file != 0)
		return a->file == b->file;
	return a->module == b->module || a->module == 0 || b->module == 0 ||
	    (a->program && b->program);
}

/* Pair two classes if these are all; returns whether nothing is left. */
static bool
pair(struct namer *w, const uint32_t *id, size_t n)
{
	if (n < 2)
		return true;
	if (n > 2)
		return false;
	if (w->key[id[0]].sides + w->key[id[1]].sides == 3 &&
	    w->key[id[0]].sides != 3 && w->key[id[1]].sides != 3 &&
	    may_be_one(&w->key[id[0]], &w->key[id[1]])) {
		w->with[id[0]] = id[1];
		w->with[id[1]] = id[0];
		w->any = true;
	}
	return true;
}

enum { BY_FILE, BY_FOLDER, BY_PART, BYS };

static uint32_t
field(const struct key *k, unsigned by)
{
	if (by == BY_FILE)
		return k->file;
	return by == BY_PART ? k->part : k->file != 0 ? k->folder :
	    k->program ? 0 : k->module;
}

/* Classes of one name in the order of all fields. */
static int
by_fields(const void *ctx, uint32_t a, uint32_t b)
{
	const struct namer *w = ctx;
	uint32_t x, y;
	unsigned by;

	for (by = 0; by < BYS; by++) {
		x = field(&w->key[a], by);
		y = field(&w->key[b], by);
		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

/* How many of id[0..n) agree with the first in the fields up to by. */
static size_t
alike(const struct namer *w, const uint32_t *id, size_t n, unsigned by)
{
	size_t i;
	unsigned k;

	for (i = 1; i < n; i++)
		for (k = 0; k <= by; k++)
			if (field(&w->key[id[0]], k) !=
			    field(&w->key[id[i]], k))
				return i;
	return n;
}

/* Classes of one stable name: as few fields as make them unique. */
static void
pair_name(struct namer *w, uint32_t *id, size_t n)
{
	size_t i, j;
	unsigned by;

	if (n < 2)
		return;
	for (i = 0; i < n; i++)
		read_place(w, id[i]);
	if (pair(w, id, n))
		return;
	prof_sort_ids(id, n, by_fields, w);
	for (by = 0; by < BYS; by++)
		for (i = 0; i < n; i += j) {
			j = alike(w, id + i, n - i, by);
			pair(w, id + i, j);
		}
}

/* Classes by stable name; first has one more entry than there are names. */
static uint32_t *
by_name(const struct namer *w, uint32_t *first)
{
	uint32_t *order = prof_alloc((size_t)w->m->n + 1, sizeof *order), i;

	for (i = 1; i <= w->m->n; i++)
		first[w->key[i].name]++;
	for (i = 1; i <= w->names.n; i++)
		first[i] += first[i - 1];
	for (i = w->m->n; i > 0; i--)
		order[--first[w->key[i].name]] = i;
	return order;
}

static void
pair_names(struct namer *w)
{
	uint32_t *first = prof_zalloc((size_t)w->names.n + 2, sizeof *first);
	uint32_t *order = by_name(w, first), i;

	first[w->names.n + 1] = w->m->n;
	for (i = 1; i <= w->names.n; i++)
		pair_name(w, order + first[i], first[i + 1] - first[i]);
	free(order);
	free(first);
}

void
prof_match_stable(struct prof_match *m)
{
	struct namer w = { .m = m };
	uint32_t i;

	if (!prof_match_left_over(m))
		return;
	w.names.seed = w.parts.seed = prof_hash_seed();
	w.key = prof_zalloc((size_t)m->n + 1, sizeof *w.key);
	w.with = prof_zalloc((size_t)m->n + 1, sizeof *w.with);
	for (i = 1; i <= m->n; i++)
		read_name(&w, i);
	pair_names(&w);
	if (w.any)
		prof_match_join(m, w.with, PROF_JOINED_STABLE);
	free(w.key);
	free(w.with);
	prof_texts_release(&w.names);
	prof_texts_release(&w.parts);
	prof_arena_release(&w.arena);
	prof_buf_release(&w.buf);
}
