/* SPDX-License-Identifier: MIT */
#include "formats/folded_write.h"

#include <stdlib.h>
#include <string.h>

#include "formats/folded.h"
#include "formats/format.h"
#include "formats/ordered.h"
#include "libanalysis/flat.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"
#include "libanalysis/rows.h"
#include "libanalysis/sort.h"

/*
 * "root;...;leaf VALUE", one line for each stack that reads differently, in
 * the order of the frames from the root, as bytes.  The format has no
 * escapes: ';' in a name becomes ':', an end of line a blank, and a name of
 * nothing else "[unknown]".  A sample without frames is one of the frame
 * "[root]", which is what the reader makes of a count without a stack.
 * Files and lines are only written for profiles that were folded before:
 * there they were part of the frames' text.
 * Where our own reader would take the text for something else (two counts,
 * a comment, a byte order mark), the first line is its list of types,
 * "samples/count".
 */

/* Text is held back until it shows how it would be read. */
#define HELD_LINES 1000

struct writer {
	const struct prof_profile *p;
	struct prof_out *out;
	struct prof_err *err;
	const unsigned *columns;
	unsigned ncolumns;
	bool folded, austin;	/* where the profile came from */
	struct prof_rows rows;
	struct prof_ordered stacks;
	prof_stack *ids;	/* ordered; one of each that reads alike */
	size_t n;
	int64_t *value[PROF_FOLDED_COLUMNS];	/* by stack id */
	int64_t *used;		/* by stack id: some value is not 0 */
	struct prof_buf held;
	uint32_t held_lines;
	bool flushed;
};

/* Whether the linker name is the name with an annotation behind it. */
static bool
is_annotated(const struct prof_profile *p, const struct prof_function *f)
{
	const char *system = prof_profile_str(p, f->system);
	uint32_t len = prof_strs_len(&p->strs, f->system);
	size_t suffix = prof_folded_suffix(system, len);

	return suffix != 0 && prof_strs_len(&p->strs, f->name) ==
	    len - suffix && memcmp(system, prof_profile_str(p, f->name),
	    len - suffix) == 0;
}

/* Whether a header string is this one. */
static bool
says(const struct prof_profile *p, prof_str s, const char *text)
{
	size_t len = strlen(text);

	return prof_strs_len(&p->strs, s) == len &&
	    memcmp(prof_profile_str(p, s), text, len) == 0;
}

static void
add_str(const struct writer *w, prof_str s, struct prof_buf *b)
{
	prof_buf_add(b, prof_profile_str(w->p, s),
	    prof_strs_len(&w->p->strs, s));
}

/* What our reader took apart is put together again. */
static void
function_text(const struct writer *w, const struct prof_line *line,
    struct prof_buf *b)
{
	const struct prof_function *f = prof_profile_fn(w->p, line->fn);
	bool placed = w->folded && f->name != 0 && f->file != 0;

	if (placed && w->austin) {
		add_str(w, f->file, b);
		prof_buf_addc(b, ':');
	}
	add_str(w, f->name != 0 ? f->name : f->system, b);
	if (placed && w->austin) {
		prof_buf_addf(b, ":%lld", (long long)line->line);
	} else if (placed) {
		prof_buf_adds(b, " (");
		add_str(w, f->file, b);
		if (line->line > 0)
			prof_buf_addf(b, ":%lld", (long long)line->line);
		prof_buf_addc(b, ')');
	} else if (is_annotated(w->p, f)) {
		prof_buf_add(b, prof_profile_str(w->p, f->system) + b->len,
		    4);
	}
}

static void
frame_text(const void *ctx, prof_loc id, uint32_t line, struct prof_buf *b)
{
	const struct writer *w = ctx;
	const struct prof_location *l = prof_profile_loc(w->p, id);
	const struct prof_row *row;
	bool blank = true;
	size_t n, i;

	if (l->nlines > 0) {
		function_text(w, &w->p->line[l->first_line + line], b);
	} else {
		row = prof_rows_get(&w->rows, *prof_rows_of(&w->rows, id,
		    &n));
		prof_buf_add(b, row->name, row->name_len);
	}
	for (i = 0; i < b->len; i++) {
		if (b->data[i] == ';')
			b->data[i] = ':';
		else if (b->data[i] == '\n' || b->data[i] == '\r')
			b->data[i] = ' ';
		blank &= b->data[i] == ' ' || b->data[i] == '\t';
	}
	if (blank) {
		prof_buf_clear(b);
		prof_buf_adds(b, "[unknown]");
	}
}

static int
too_large(struct writer *w)
{
	return prof_fail(w->err, PROF_ERANGE,
	    "the values of a stack add up to more than 64 bits hold");
}

/* Sum one column of ids[0..n), which read alike, into the first. */
static int
join_column(struct writer *w, int64_t *value, const prof_stack *ids,
    size_t n)
{
	prof_i128 sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		sum += value[ids[i]];
	value[ids[0]] = (int64_t)sum;
	return prof_num_fits(sum) ? PROF_OK : too_large(w);
}

/* Sum what reads alike into the first of its kind, drop the others. */
static int
join_equal(struct writer *w)
{
	size_t i, end, kept = 0;
	unsigned c;
	int rc = PROF_OK;

	for (i = 0; i < w->n && rc == PROF_OK; i = end) {
		for (end = i + 1; end < w->n && prof_ordered_cmp(&w->stacks,
		    w->ids[i], w->ids[end]) == 0;)
			end++;
		for (c = 0; c < w->ncolumns && rc == PROF_OK; c++)
			rc = join_column(w, w->value[c], w->ids + i, end - i);
		w->ids[kept++] = w->ids[i];
	}
	w->n = kept;
	return rc;
}

/* Order by what rounding down has left, largest first. */
static void
order_by_rest(uint32_t *order, const uint64_t *rest, size_t n)
{
	uint64_t *key = prof_alloc(n, sizeof *key);
	size_t i;

	for (i = 0; i < n; i++) {
		order[i] = (uint32_t)i;
		key[i] = UINT64_MAX - rest[i];
	}
	prof_sort_keys(order, n, key, NULL, NULL);
	free(key);
}

/* One more for those that rounding down has cost most. */
static void
give_back(struct writer *w, int64_t *value, const uint64_t *rest,
    prof_i128 left)
{
	uint32_t *order = prof_alloc(w->n + 1, sizeof *order);
	size_t i;

	order_by_rest(order, rest, w->n);
	for (i = 0; left > 0; i++, left--)
		value[w->ids[order[i]]]++;
	free(order);
}

/*
 * Round value * num / den so that the sum is the rounded sum: all down, and
 * what is left to the largest remainders.
 */
static int
apply_scale(struct writer *w, int64_t *value, int64_t num, int64_t den)
{
	uint64_t *rest = prof_alloc(w->n + 1, sizeof *rest);
	prof_i128 exact, down, left = 0;
	size_t i;
	int rc = PROF_OK;

	for (i = 0; i < w->n && rc == PROF_OK; i++) {
		exact = (prof_i128)value[w->ids[i]] * num;
		down = exact / den - (exact % den < 0);
		rest[i] = (uint64_t)(exact - down * den);
		left += rest[i];
		if (prof_num_fits(down + 1))
			value[w->ids[i]] = (int64_t)down;
		else
			rc = too_large(w);
	}
	if (rc == PROF_OK)
		give_back(w, value, rest, (left + den / 2) / den);
	free(rest);
	return rc;
}

/* "type/unit" for each column, or false if they cannot be put so. */
static bool
list_types(const struct writer *w, struct prof_buf *b)
{
	const struct prof_type *t;
	struct prof_folded_look look;
	unsigned c;

	for (c = 0; c < w->ncolumns; c++) {
		t = &w->p->type[w->columns[c]];
		if (c > 0)
			prof_buf_addc(b, ' ');
		prof_buf_add(b, prof_profile_str(w->p, t->type),
		    prof_strs_len(&w->p->strs, t->type));
		prof_buf_addc(b, '/');
		prof_buf_add(b, prof_profile_str(w->p, t->unit),
		    prof_strs_len(&w->p->strs, t->unit));
	}
	prof_folded_look(b->data, b->len, true, &look);
	return look.ntypes == w->ncolumns &&
	    (unsigned char)b->data[0] < 0x80;
}

static void
write_types(struct writer *w)
{
	struct prof_buf b = { 0 };

	if (!list_types(w, &b)) {
		prof_buf_clear(&b);
		prof_buf_adds(&b, w->ncolumns == 1 ? "samples/count" :
		    "base/count new/count");
	}
	prof_buf_addc(&b, '\n');
	prof_out_add(w->out, b.data, b.len);
	prof_buf_release(&b);
}

static bool
begins_with(const struct prof_buf *b, const char *s)
{
	size_t n = strlen(s);

	return b->len >= n && memcmp(b->data, s, n) == 0;
}

static bool
has_header(const struct prof_buf *b)
{
	const char *line = b->data, *end = b->data + b->len, *next;

	for (; line < end; line = next + 1) {
		next = memchr(line, '\n', (size_t)(end - line));
		if (prof_folded_header(line, (size_t)(next - line)))
			return true;
	}
	return false;
}

/* Whether the text that is held would be read as something else. */
static bool
is_misleading(const struct prof_buf *b, bool two)
{
	size_t n = b->len < PROF_FOLDED_HEAD ? b->len : PROF_FOLDED_HEAD;
	struct prof_folded_look look;

	prof_folded_look(b->data, n, n < PROF_FOLDED_HEAD, &look);
	return look.differential != two || look.ntypes > 0 ||
	    has_header(b) ||
	    prof_folded_bid((const unsigned char *)b->data, n) == 0 ||
	    begins_with(b, "\xef\xbb\xbf") || begins_with(b, "\xff\xfe") ||
	    begins_with(b, "\xfe\xff") || begins_with(b, "\x1f\x8b");
}

static void
flush_held(struct writer *w)
{
	if (w->held.len > 0 && is_misleading(&w->held, w->ncolumns == 2))
		write_types(w);
	prof_out_add(w->out, w->held.data, w->held.len);
	prof_buf_release(&w->held);
	w->flushed = true;
}

/* To the output, or to what is held back at the beginning. */
static void
put(struct writer *w, const void *data, size_t len)
{
	if (w->flushed)
		prof_out_add(w->out, data, len);
	else
		prof_buf_add(&w->held, data, len);
}

static void
put_value(struct writer *w, int64_t value)
{
	put(w, " ", 1);
	if (w->flushed)
		prof_out_addi(w->out, value);
	else
		prof_buf_addi(&w->held, value);
}

static void
write_stack(struct writer *w, prof_stack id)
{
	const struct prof_strs *strs = &w->stacks.text;
	size_t n, i;
	const uint32_t *rank = prof_ordered_stack(&w->stacks, id, &n);
	prof_str text;
	unsigned c;

	for (i = 0; i < n; i++) {
		if (i > 0)
			put(w, ";", 1);
		text = w->stacks.by_rank[rank[i]];
		put(w, prof_strs_get(strs, text), prof_strs_len(strs, text));
	}
	for (c = 0; c < w->ncolumns; c++)
		put_value(w, w->value[c][id]);
	put(w, "\n", 1);
	if (!w->flushed && (++w->held_lines == HELD_LINES ||
	    w->held.len > PROF_FOLDED_HEAD))
		flush_held(w);
}

static int
write_stacks(struct writer *w)
{
	const struct prof_type *t;
	int rc = join_equal(w);
	bool any;
	size_t i;
	unsigned c;

	for (c = 0; c < w->ncolumns && rc == PROF_OK; c++) {
		t = &w->p->type[w->columns[c]];
		if (t->num != t->den)
			rc = apply_scale(w, w->value[c], t->num, t->den);
	}
	if (rc != PROF_OK)
		return rc;
	for (i = 0; i < w->n; i++) {
		for (c = 0, any = false; c < w->ncolumns; c++)
			any |= w->value[c][w->ids[i]] != 0;
		if (any)
			write_stack(w, w->ids[i]);
	}
	if (!w->flushed)
		flush_held(w);
	return PROF_OK;
}

/* What each stack weighs, and which ones weigh anything. */
static int
weigh(struct writer *w)
{
	size_t n = (size_t)w->p->stacks.n + 1, id;
	unsigned c;
	int rc = PROF_OK;

	w->used = prof_zalloc(n, sizeof *w->used);
	w->ids = prof_alloc(n, sizeof *w->ids);
	for (c = 0; c < w->ncolumns && rc == PROF_OK; c++) {
		w->value[c] = prof_alloc(n, sizeof *w->value[c]);
		rc = prof_flat_weights(w->p, w->columns[c], w->value[c],
		    w->err);
		for (id = 0; id < n; id++)
			w->used[id] |= w->value[c][id];
	}
	for (id = 0; id < n; id++)
		if (w->used[id] != 0)
			w->ids[w->n++] = (prof_stack)id;
	return rc;
}

int
prof_folded_write(const struct prof_profile *p, const unsigned *columns,
    unsigned n, struct prof_out *out, struct prof_err *err)
{
	struct writer w = { .p = p, .out = out, .err = err,
	    .columns = columns, .ncolumns = n };
	unsigned c;
	int rc;

	PROF_ASSERT(n >= 1 && n <= PROF_FOLDED_COLUMNS);
	rc = weigh(&w);
	if (rc == PROF_OK) {
		w.folded = says(p, p->meta.format, "folded");
		w.austin = says(p, p->meta.dialect, "austin");
		prof_rows_init(&w.rows, p, PROF_BY_FUNCTION);
		prof_ordered_init(&w.stacks, p, w.used, "[root]",
		    frame_text, &w);
		prof_ordered_sort(&w.stacks, w.ids, w.n);
		rc = write_stacks(&w);
		prof_ordered_release(&w.stacks);
		prof_rows_release(&w.rows);
	}
	for (c = 0; c < n; c++)
		free(w.value[c]);
	free(w.ids);
	free(w.used);
	return rc;
}

static int
folded_write(const struct prof_profile *p,
    const struct prof_write_opts *opts, struct prof_out *out,
    struct prof_err *err)
{
	if (opts->column >= p->ntypes)
		return PROF_OK;
	return prof_folded_write(p, &opts->column, 1, out, err);
}

const struct prof_writer prof_folded_writer = {
	.name = "folded",
	.extensions = "folded collapsed",
	.summary = "collapsed stacks: root;...;leaf COUNT",
	.loses = PROF_LOSES_TYPES | PROF_LOSES_LABELS | PROF_LOSES_LINES |
	    PROF_LOSES_MODULES | PROF_LOSES_METADATA | PROF_LOSES_EDGES |
	    PROF_LOSES_SCALE,
	.write = folded_write
};
