/* SPDX-License-Identifier: MIT */
#include "libanalysis/table.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

#define GAP 2
#define FLEX_MIN 16
#define FLEX_GOOD 24	/* other columns go before it gets narrower */

void
prof_table_init(struct prof_table *t, const char *align,
    const char *const *head)
{
	memset(t, 0, sizeof *t);
	t->align = align;
	t->head = head;
	t->ncols = (unsigned)strlen(align);
}

void
prof_table_release(struct prof_table *t)
{
	prof_buf_release(&t->text);
	free(t->cell);
	memset(t, 0, sizeof *t);
}

void
prof_table_cell(struct prof_table *t, enum prof_ink ink, size_t start)
{
	struct prof_cell *c;

	PROF_RESERVE(t->cell, t->cap, t->n + 1);
	c = &t->cell[t->n++];
	c->at = start;
	c->len = t->text.len - start;
	c->width = c->len > 0 ? prof_name_width(t->text.data + start,
	    c->len) : 0;
	c->ink = ink;
}

void
prof_table_add(struct prof_table *t, enum prof_ink ink, const char *text,
    size_t len)
{
	size_t start = t->text.len;

	prof_buf_add(&t->text, text, len);
	prof_table_cell(t, ink, start);
}

void
prof_table_adds(struct prof_table *t, enum prof_ink ink, const char *text)
{
	prof_table_add(t, ink, text, strlen(text));
}

void
prof_ink(struct prof_buf *out, const struct prof_style *style,
    enum prof_ink ink)
{
	static const char *const code[] = { "\033[0m", "\033[1m", "\033[2m",
	    "\033[31m", "\033[34m", "\033[36m", "\033[35m" };

	if (style->color)
		prof_buf_adds(out, code[ink]);
}

static void
measure(const struct prof_table *t, size_t *width)
{
	size_t i, w;
	unsigned c;

	for (c = 0; c < t->ncols; c++)
		width[c] = prof_name_width(t->head[c], strlen(t->head[c]));
	for (i = 0; i < t->n; i++) {
		w = t->cell[i].width;
		if (w > width[i % t->ncols])
			width[i % t->ncols] = w;
	}
}

/* Bytes of s that fill at most width columns from its start. */
static size_t
head_bytes(const char *s, size_t len, size_t width)
{
	size_t used, at = 0, w;

	while (at < len) {
		prof_utf8_next(s + at, len - at, &used);
		w = prof_name_width(s + at, used);
		if (w > width)
			break;
		width -= w;
		at += used;
	}
	return at;
}

/* The start of the tail of s that fills at most width columns. */
static size_t
tail_start(const char *s, size_t len, size_t width)
{
	size_t at = 0, used, left = prof_name_width(s, len);

	while (at < len && left > width) {
		prof_utf8_next(s + at, len - at, &used);
		left -= prof_name_width(s + at, used);
		at += used;
	}
	return at;
}

static size_t
put_elided(struct prof_buf *out, const char *s, size_t len, size_t width,
    bool ascii)
{
	const char *dots = ascii ? ".." : "\342\200\246";
	size_t mark = ascii ? 2 : 1, head = (width - mark) / 2;
	size_t a = head_bytes(s, len, head);
	size_t b = tail_start(s, len, width - mark - head);

	prof_buf_add(out, s, a);
	prof_buf_adds(out, dots);
	prof_buf_add(out, s + b, len - b);
	return prof_name_width(s, a) + mark + prof_name_width(s + b, len - b);
}

static void
put_cell(const struct prof_table *t, const char *s, size_t len, size_t w,
    unsigned col, size_t width, const struct prof_style *style,
    enum prof_ink ink, struct prof_buf *out)
{
	bool last = col + 1 == t->ncols;

	/* Colour would keep the blanks before it from the end of the line. */
	if (len == 0)
		ink = PROF_INK_NONE;
	if (t->align[col] == 'r' && w < width)
		prof_buf_addn(out, ' ', width - w);
	if (ink != PROF_INK_NONE)
		prof_ink(out, style, ink);
	if (w > width)
		w = put_elided(out, s, len, width, style->ascii);
	else
		prof_buf_add(out, s, len);
	if (ink != PROF_INK_NONE)
		prof_ink(out, style, PROF_INK_NONE);
	if (t->align[col] == 'l' && !last && w < width)
		prof_buf_addn(out, ' ', width - w);
	if (!last)
		prof_buf_addn(out, ' ', GAP);
}

static void
end_line(struct prof_buf *out)
{
	while (out->len > 0 && out->data[out->len - 1] == ' ')
		out->len--;
	prof_buf_addc(out, '\n');
}

void
prof_table_shed(struct prof_table *t, unsigned column, bool late)
{
	PROF_ASSERT(t->nshed < sizeof t->shed / sizeof t->shed[0]);
	t->shed[t->nshed].column = column;
	t->shed[t->nshed++].late = late;
}

bool
prof_table_is_shed(const struct prof_table *t, unsigned column)
{
	unsigned i;

	for (i = 0; i < t->gone; i++)
		if (t->shed[i].column == column)
			return true;
	return false;
}

/* The columns that the shortened one should have before a column goes. */
static size_t
wanted(const struct prof_table *t, const struct prof_shed *s, size_t flex)
{
	size_t good = s->late ? FLEX_MIN : t->keep > 0 ? t->keep : FLEX_GOOD;

	return flex < good ? flex : good;
}

static void
fit(struct prof_table *t, unsigned flex, const struct prof_style *style,
    size_t *width)
{
	size_t sum = 0;
	unsigned c;

	t->gone = 0;
	for (c = 0; c < t->ncols; c++)
		sum += width[c] + (c > 0 ? GAP : 0);
	if (!style->elide || sum <= style->width)
		return;
	while (t->gone < t->nshed &&
	    sum - width[flex] + wanted(t, &t->shed[t->gone], width[flex]) >
	    style->width)
		sum -= width[t->shed[t->gone++].column] + GAP;
	if (sum <= style->width)
		return;
	sum -= style->width;
	if (width[flex] > FLEX_MIN + sum)
		width[flex] -= sum;
	else if (width[flex] > FLEX_MIN)
		width[flex] = FLEX_MIN;
}

/* One line of cells; cell NULL: the heading. */
static void
put_line(const struct prof_table *t, const struct prof_cell *cell,
    const struct prof_style *style, const size_t *width,
    struct prof_buf *out)
{
	const char *text;
	size_t len, w;
	unsigned c;

	for (c = 0; c < t->ncols; c++) {
		if (prof_table_is_shed(t, c))
			continue;
		text = t->head[c];
		if (cell != NULL)
			text = cell[c].len > 0 ? t->text.data + cell[c].at :
			    "";
		len = cell != NULL ? cell[c].len : strlen(text);
		w = cell != NULL ? cell[c].width : prof_name_width(text, len);
		put_cell(t, text, len, w, c, width[c], style,
		    cell != NULL ? cell[c].ink : PROF_INK_DIM, out);
	}
	end_line(out);
}

void
prof_table_print(struct prof_table *t, unsigned flex,
    const struct prof_style *style, struct prof_buf *out)
{
	size_t *width = prof_alloc(t->ncols, sizeof *width), i;

	measure(t, width);
	fit(t, flex, style, width);
	put_line(t, NULL, style, width, out);
	for (i = 0; i + t->ncols <= t->n; i += t->ncols)
		put_line(t, &t->cell[i], style, width, out);
	free(width);
}

const char *
prof_fact_dot(const struct prof_style *style)
{
	return style->ascii ? "  " : " \302\267 ";
}

/* Where the next fact begins behind s, or the line ends. */
static size_t
fact_end(const char *s, size_t len, const char *dot)
{
	size_t n = strlen(dot), i;

	for (i = 0; i < len && s[i] != '\n'; i++)
		if (i > 0 && len - i >= n && memcmp(s + i, dot, n) == 0)
			break;
	return i;
}

void
prof_wrap_facts(struct prof_buf *out, size_t start,
    const struct prof_style *style)
{
	const char *dot = prof_fact_dot(style), *s;
	struct prof_buf old = { 0 };
	size_t at, n, column = 0, width, skip;

	if (!style->elide)
		return;
	prof_buf_add(&old, out->data + start, out->len - start);
	out->len = start;
	for (at = 0; at < old.len; at += n) {
		s = old.data + at;
		skip = column > 0 && old.len - at > strlen(dot) &&
		    memcmp(s, dot, strlen(dot)) == 0 ? strlen(dot) : 0;
		n = skip + fact_end(s + skip, old.len - at - skip, dot);
		width = prof_name_width(s, n);
		if (skip > 0 && column + width > style->width) {
			prof_buf_adds(out, "\n  ");
			column = 2 + prof_name_width(s + skip, n - skip);
			prof_buf_add(out, s + skip, n - skip);
		} else {
			prof_buf_add(out, s, n);
			column += width;
		}
		if (at + n < old.len && s[n] == '\n') {
			prof_buf_addc(out, '\n');
			column = 0;
			n++;
		}
	}
	prof_buf_release(&old);
}

/* Columns of text that may switch colours. */
static size_t
text_width(const char *s, size_t len)
{
	const char *end = s + len, *esc;
	size_t width = 0;

	while ((esc = memchr(s, '\033', (size_t)(end - s))) != NULL) {
		width += prof_name_width(s, (size_t)(esc - s));
		for (s = esc; s < end && *s != 'm'; s++)
			;
		s += s < end;
	}
	return width + prof_name_width(s, (size_t)(end - s));
}

static size_t
count_blanks(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] == ' ')
		n++;
	return n;
}

static void
wrap_line(struct prof_buf *out, const char *s, size_t len, size_t width)
{
	size_t indent = count_blanks(s, len), column = indent, blanks, n, w;

	prof_buf_add(out, s, indent);
	for (s += indent, len -= indent; len > 0; s += n, len -= n) {
		blanks = count_blanks(s, len);
		s += blanks;
		len -= blanks;
		for (n = 0; n < len && s[n] != ' '; n++)
			;
		w = text_width(s, n);
		if (blanks > 0 && column + blanks + w > width) {
			prof_buf_addc(out, '\n');
			column = 0;
			blanks = indent + 2;
		}
		column += blanks + w;
		while (blanks-- > 0)
			prof_buf_addc(out, ' ');
		prof_buf_add(out, s, n);
	}
}

void
prof_wrap_lines(struct prof_buf *out, size_t start,
    const struct prof_style *style)
{
	struct prof_buf old = { 0 };
	const char *end, *s;
	size_t at, n;

	if (!style->elide)
		return;
	prof_buf_add(&old, out->data + start, out->len - start);
	out->len = start;
	for (at = 0; at < old.len; at += n + 1) {
		s = old.data + at;
		end = memchr(s, '\n', old.len - at);
		n = end != NULL ? (size_t)(end - s) : old.len - at;
		wrap_line(out, s, n, style->width);
		if (end != NULL)
			prof_buf_addc(out, '\n');
	}
	prof_buf_release(&old);
}
