/* SPDX-License-Identifier: MIT */
#include "formats/perf_stack.h"

#include <stdlib.h>
#include <string.h>

#include "formats/perf.h"
#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"

/*
 * Distinct lines are kept up to here, then forgotten: a recording may have
 * ever new addresses, but the model does not.
 */
#define TEXT_MAX ((size_t)32 << 20)

struct prof_perf_line {
	const char *text;	/* and a newline behind it */
	uint32_t len;
	uint32_t next;		/* what came behind it last time; 0: not yet */
	prof_loc loc;
	bool inlined;
};

/* What a line says that is needed beside lines at the same address. */
struct prof_perf_piece {
	uint64_t pc;
	prof_fn fn;
	int64_t line;
	prof_mod mapping;
	uint8_t kind;
	bool inlined;
};

void
prof_perf_stack_release(struct prof_perf_stack *s)
{
	free(s->line);
	free(s->piece);
	prof_arena_release(&s->text);
	prof_map_release(&s->map);
	free(s->id);
	free(s->loc);
	free(s->join);
	memset(s, 0, sizeof *s);
}

void
prof_perf_stack_begin(struct prof_perf_stack *s)
{
	s->n = 0;
	s->inlined = false;
	if (s->bytes <= TEXT_MAX)
		return;
	prof_map_release(&s->map);
	prof_arena_release(&s->text);
	s->nlines = 0;
	s->bytes = 0;
}

/* "file.cpp:137"; what perf prints where it knows none says nothing new. */
static bool
read_place(const char *s, size_t len, size_t *file, int64_t *line)
{
	static const char extra[] = " (discriminator ";
	const char *more = len > sizeof extra ? memchr(s, '(', len) : NULL;
	size_t colon;
	unsigned scale;

	if (more != NULL && more > s &&
	    (size_t)(s + len - more) >= sizeof extra - 2 &&
	    memcmp(more - 1, extra, sizeof extra - 1) == 0)
		len = (size_t)(more - 1 - s);
	for (colon = len; colon > 0 && s[colon - 1] != ':';)
		colon--;
	if (colon < 2 || len - colon > 9 || prof_num_parse(s + colon,
	    len - colon, line, &scale) != len - colon || scale != 0)
		return false;
	*file = colon - 1;
	return *line > 0 && !(*file == 2 && memcmp(s, "??", 2) == 0);
}

static prof_mod
find_mapping(struct prof_perf_stack *s, const struct prof_perf_frame *f)
{
	struct prof_mapping m = { 0 };

	if (f->dso_len == 0)
		return 0;
	m.file = prof_strs_add(&s->b->p->strs, f->dso, f->dso_len);
	return prof_builder_mapping(s->b, m);
}

/* A line, and the source line under it if place is not NULL. */
static prof_loc
new_location(struct prof_perf_stack *s, const struct prof_perf_frame *f,
    const char *place, size_t place_len, struct prof_perf_piece *piece)
{
	struct prof_strs *strs = &s->b->p->strs;
	struct prof_function fn = { 0 };
	struct prof_location loc = { 0 };
	struct prof_line line = { 0 };
	size_t file;

	memset(piece, 0, sizeof *piece);
	piece->pc = f->pc;
	piece->inlined = f->inlined;
	piece->mapping = loc.mapping = find_mapping(s, f);
	piece->kind = loc.kind = prof_perf_kind(f->dso, f->dso_len);
	loc.flags = f->inlined ? PROF_LOC_INLINED : 0;
	fn.name = prof_strs_add(strs, f->symbol, f->symbol_len);
	if (fn.name == 0 && !f->inlined) {
		/*
		 * Where perf looked for a symbol and found none, the address
		 * is one of this very process, good for nothing but to tear
		 * equal stacks apart.
		 */
		loc.address = f->has_symbol ? 0 : f->pc;
		return prof_builder_location(s->b, loc, NULL, 0);
	}
	if (fn.name == 0)
		fn.name = prof_strs_adds(strs, "[unknown]");
	if (place != NULL && read_place(place, place_len, &file, &line.line))
		fn.file = prof_strs_add(strs, place, file);
	piece->fn = line.fn = prof_builder_function(s->b, fn);
	piece->line = line.line;
	return prof_builder_location(s->b, loc, &line, 1);
}

static uint32_t
add_line(struct prof_perf_stack *s, uint64_t hash, const char *text,
    size_t len, prof_loc loc, const struct prof_perf_piece *piece)
{
	struct prof_perf_line *l;
	char *copy = prof_arena_bytes(&s->text, len + 1);

	memcpy(copy, text, len);
	copy[len] = '\n';
	PROF_RESERVE(s->line, s->line_cap, (size_t)s->nlines + 1);
	PROF_RESERVE(s->piece, s->piece_cap, (size_t)s->nlines + 1);
	s->piece[s->nlines] = *piece;
	l = &s->line[s->nlines++];
	l->text = copy;
	l->len = (uint32_t)len;
	l->next = 0;
	l->loc = loc;
	l->inlined = piece->inlined;
	s->bytes += len + sizeof *l + sizeof *piece;
	prof_map_put(&s->map, hash, s->nlines);
	return s->nlines;
}

static uint32_t
find_line(const struct prof_perf_stack *s, uint64_t hash, const char *text,
    size_t len)
{
	uint32_t at, id;

	for (id = prof_map_first(&s->map, hash, &at); id != 0;
	    id = prof_map_next(&s->map, hash, &at))
		if (s->line[id - 1].len == len &&
		    memcmp(s->line[id - 1].text, text, len) == 0)
			return id;
	return 0;
}

/* The line's id, 0 if it is no frame; behind a newline is its place. */
static uint32_t
intern(struct prof_perf_stack *s, const char *text, size_t len)
{
	uint64_t hash = prof_hash_text(s->b->seed, text, len);
	uint32_t id = find_line(s, hash, text, len);
	struct prof_perf_frame f;
	struct prof_perf_piece piece;
	const char *nl;
	prof_loc loc;

	if (id != 0)
		return id;
	nl = memchr(text, '\n', len);
	if (!prof_perf_frame_read(text, nl != NULL ? (size_t)(nl - text) :
	    len, &f))
		return 0;
	loc = new_location(s, &f, nl != NULL ? nl + 1 : NULL, nl != NULL ?
	    (size_t)(text + len - nl - 1) : 0, &piece);
	s->symbols |= f.has_symbol;
	s->dsos |= f.has_dso;
	return add_line(s, hash, text, len, loc, &piece);
}

static void
set_frame(struct prof_perf_stack *s, size_t i, uint32_t id)
{
	s->id[i] = id;
	s->loc[i] = s->line[id - 1].loc;
	s->inlined |= s->line[id - 1].inlined;
}

static void
add_frame(struct prof_perf_stack *s, uint32_t id)
{
	PROF_RESERVE(s->id, s->cap, s->n + 1);
	PROF_RESERVE(s->loc, s->loc_cap, s->n + 1);
	set_frame(s, s->n++, id);
}

bool
prof_perf_stack_push(struct prof_perf_stack *s, const char *text, size_t len)
{
	uint32_t id = len < UINT32_MAX ? intern(s, text, len) : 0;

	if (id == 0)
		return false;
	if (s->n > 0)
		s->line[s->id[s->n - 1] - 1].next = id;
	add_frame(s, id);
	return true;
}

size_t
prof_perf_stack_guess(struct prof_perf_stack *s, const char *data, size_t len)
{
	const struct prof_perf_line *l;
	uint32_t id = s->n > 0 ? s->line[s->id[s->n - 1] - 1].next : 0;

	if (id == 0)
		return 0;
	l = &s->line[id - 1];
	if (l->len >= len || memcmp(l->text, data, (size_t)l->len + 1) != 0)
		return 0;
	add_frame(s, id);
	return (size_t)l->len + 1;
}

/* Whether it is what perf prints for a source line, known or not. */
static bool
is_place(const char *s, size_t len)
{
	return len == 0 || memchr(s, ':', len) != NULL || s[len - 1] == ']';
}

bool
prof_perf_stack_place(struct prof_perf_stack *s, const char *text, size_t len)
{
	static const char mark[] = " (inlined)";
	size_t n = sizeof mark - 1, file;
	const struct prof_perf_line *l;
	struct prof_buf both = { 0 };
	bool inlined = len >= n && memcmp(text + len - n, mark, n) == 0;
	int64_t line;
	uint32_t id;

	if (inlined)
		len -= n;
	if (s->n == 0 || !is_place(text, len))
		return false;
	if (!inlined && !read_place(text, len, &file, &line))
		return true;
	l = &s->line[s->id[s->n - 1] - 1];
	prof_buf_add(&both, l->text, l->len);
	if (inlined)
		prof_buf_add(&both, mark, n);
	prof_buf_addc(&both, '\n');
	prof_buf_add(&both, text, len);
	id = both.len < UINT32_MAX ? intern(s, both.data, both.len) : 0;
	prof_buf_release(&both);
	if (id != 0)
		set_frame(s, s->n - 1, id);
	return true;
}

/* End of the inlined frames from i on that have one address. */
static size_t
inlined_run(const struct prof_perf_stack *s, size_t i)
{
	uint64_t pc = s->piece[s->id[i] - 1].pc;
	const struct prof_perf_piece *p;

	for (; i < s->n; i++) {
		p = &s->piece[s->id[i] - 1];
		if (!p->inlined || p->pc != pc)
			break;
	}
	return i;
}

/* Whether frame i is the one that frames at pc were inlined into. */
static bool
is_host(const struct prof_perf_stack *s, size_t i, uint64_t pc)
{
	const struct prof_perf_piece *p;

	if (i >= s->n)
		return false;
	p = &s->piece[s->id[i] - 1];
	return !p->inlined && p->pc == pc && p->fn != 0;
}

/* One location of the frames from i on and the one at host. */
static prof_loc
join(struct prof_perf_stack *s, size_t i, size_t host)
{
	const struct prof_perf_piece *p = &s->piece[s->id[host] - 1];
	struct prof_location loc = { .mapping = p->mapping,
	    .kind = p->kind };
	struct prof_line line = { 0 };
	size_t n = 0;

	PROF_RESERVE(s->join, s->join_cap, host - i + 1);
	for (; i <= host; i++) {
		p = &s->piece[s->id[i] - 1];
		line.fn = p->fn;
		line.line = p->line;
		s->join[n++] = line;
	}
	return prof_builder_location(s->b, loc, s->join, n);
}

/*
 * perf prints the host of inlined frames before them a second time where it
 * has no name for the innermost: not a frame of its own.
 */
static bool
is_repeated(const struct prof_perf_stack *s, size_t i)
{
	const struct prof_perf_piece *p = &s->piece[s->id[i] - 1], *host;
	size_t end;

	if (i + 1 >= s->n || p->fn == 0 ||
	    !s->piece[s->id[i + 1] - 1].inlined ||
	    s->piece[s->id[i + 1] - 1].pc != p->pc)
		return false;
	end = inlined_run(s, i + 1);
	if (!is_host(s, end, p->pc))
		return false;
	host = &s->piece[s->id[end] - 1];
	return host->fn == p->fn && host->mapping == p->mapping;
}

/* Put inlined frames into the location of their host. */
static void
join_inlined(struct prof_perf_stack *s)
{
	size_t i = 0, end, n = 0;

	while (i < s->n) {
		if (!s->piece[s->id[i] - 1].inlined) {
			if (!is_repeated(s, i))
				s->loc[n++] = s->loc[i];
			i++;
			continue;
		}
		end = inlined_run(s, i);
		if (is_host(s, end, s->piece[s->id[i] - 1].pc)) {
			s->loc[n++] = join(s, i, end);
			i = end + 1;
			continue;
		}
		while (i < end)
			s->loc[n++] = s->loc[i++];
	}
	s->n = n;
}

prof_stack
prof_perf_stack_end(struct prof_perf_stack *s)
{
	if (s->inlined)
		join_inlined(s);
	return prof_builder_stack(s->b, s->loc, s->n);
}
