/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include <string.h>

#include "formats/pstats_sum.h"

/*
 * Reports stand in other text: what the program printed, prose around a
 * listing.  So outside of tables nothing is an error, and inside of them
 * what is no row is skipped and counted.
 *
 * A name may go on in the next line, where a mail program or a terminal
 * wrapped it: a record waits until it is known that its name is complete.
 */

#define HEAD ((size_t)64 * 1024)
#define START_LINE ((size_t)512)	/* what a report begins with is short */
#define PIECES_MAX 8			/* lines that a name may take */

enum place {
	OUTSIDE,
	ROWS,		/* below the title of the first table */
	CALLERS,
	CALLEES
};

struct waiting {
	bool on;
	struct prof_pstats_row row;	/* without its name, */
	struct prof_buf name;		/* which is here */
	prof_fn subject;
	uint64_t line;
	size_t width;			/* of the last line */
	unsigned pieces;
};

struct reader {
	struct prof_in *in;
	struct prof_profile *p;
	struct prof_err *err;
	struct prof_builder b;
	struct prof_pstats_sum sum;
	struct prof_pstats_title title;
	struct waiting wait;
	struct prof_buf name;
	enum place place;
	uint32_t tables;
	uint64_t place_line;	/* of the title or heading */
	uint64_t records;	/* below it */
	bool rows;		/* there is a first table */
	bool profile;		/* what only the profile module prints */
	prof_fn subject;	/* whose callers or callees follow */
	uint64_t line_start;	/* offset of the current line */
};

static const char no_tables[] =
    "a header without a table (is the report cut?)";

static unsigned long long
lineno(const struct reader *r)
{
	return prof_in_lineno(r->in);
}

static void
skip(struct reader *r, uint64_t line)
{
	prof_profile_note(r->p, r->place == ROWS ? "no row of the table" :
	    "no caller or callee", line, true);
}

/* An address says nothing about which function it is. */
static prof_str
function_name(struct reader *r, const struct prof_pstats_key *key)
{
	static const char prefix[] = "<code object ", at[] = " at 0x";
	struct prof_strs *strs = &r->p->strs;
	size_t i, n = sizeof at - 1;

	if (key->placed && key->name_len > sizeof prefix &&
	    memcmp(key->name, prefix, sizeof prefix - 1) == 0)
		for (i = sizeof prefix - 1; i + n < key->name_len; i++)
			if (memcmp(key->name + i, at, n) == 0) {
				prof_buf_clear(&r->name);
				prof_buf_add(&r->name, key->name, i);
				prof_buf_addc(&r->name, '>');
				return prof_strs_add(strs, r->name.data,
				    r->name.len);
			}
	return prof_strs_add(strs, key->name, key->name_len);
}

static prof_fn
function(struct reader *r, const char *s, size_t len)
{
	struct prof_function f = { 0 };
	struct prof_pstats_key key;

	prof_pstats_key(s, len, &key);
	f.name = function_name(r, &key);
	f.file = prof_strs_add(&r->p->strs, key.file, key.file_len);
	f.start = key.line;
	if (key.placed && key.file_len == 0 && key.line == 0)
		r->profile = true;
	return prof_builder_function(&r->b, f);
}

static int
add_call(struct reader *r, prof_fn subject, prof_fn other,
    const struct prof_pstats_row *row)
{
	bool callers = r->place == CALLERS;

	if (row->counted) {
		r->profile = true;
		prof_pstats_sum_total(&r->sum, other, row->total);
	}
	return prof_pstats_sum_call(&r->sum, callers ? other : subject,
	    callers ? subject : other, r->tables, r->wait.line, row, r->err);
}

static bool
is_shaped(const struct prof_buf *name)
{
	struct prof_pstats_key key;

	prof_pstats_key(name->data, name->len, &key);
	return key.shaped;
}

/* Nothing more belongs to the record that waits. */
static int
settle(struct reader *r)
{
	struct waiting *w = &r->wait;
	prof_fn fn;
	int rc;

	if (!w->on)
		return PROF_OK;
	w->on = false;
	if (w->name.len == 0 || (w->pieces > 1 && !is_shaped(&w->name))) {
		skip(r, w->line);
		return PROF_OK;
	}
	r->records++;
	fn = function(r, w->name.data, w->name.len);
	rc = prof_builder_check_strings(&r->b, r->err);
	if (rc != PROF_OK)
		return rc;
	rc = r->place == ROWS ? prof_pstats_sum_row(&r->sum, fn, &w->row,
	    r->err) : add_call(r, w->subject, fn, &w->row);
	if (rc != PROF_OK)
		prof_err_prefix(r->err, "line %llu",
		    (unsigned long long)w->line);
	return rc;
}

static int
await(struct reader *r, const struct prof_pstats_row *row, size_t width)
{
	struct waiting *w = &r->wait;
	int rc = settle(r);

	if (rc != PROF_OK)
		return rc;
	w->on = true;
	w->row = *row;
	w->line = lineno(r);
	w->width = width;
	w->pieces = 1;
	w->subject = r->subject;
	prof_buf_clear(&w->name);
	prof_buf_add(&w->name, row->name, row->len);
	return PROF_OK;
}

/* Whether a name has what only the beginning of a wrapped one has. */
static bool
is_cut(const struct prof_buf *name)
{
	return name->len == 0 || name->data[0] == '{' ||
	    name->data[0] == '<' || memchr(name->data, '/', name->len) ||
	    memchr(name->data, '\\', name->len) ||
	    memchr(name->data, ':', name->len);
}

/* Returns whether the line goes on with the name that waits. */
static bool
go_on(struct reader *r, const char *line, size_t len)
{
	struct waiting *w = &r->wait;
	size_t at = 0, end = len;

	if (!w->on || w->row.counted || w->pieces == PIECES_MAX ||
	    is_shaped(&w->name) || !is_cut(&w->name))
		return false;
	while (at < end && (line[at] == ' ' || line[at] == '\t'))
		at++;
	while (end > at && (line[end - 1] == ' ' || line[end - 1] == '\t'))
		end--;
	/* Below the width of a terminal it was wrapped at a blank. */
	if (w->name.len > 0 && w->name.data[0] == '{' && w->width < 79)
		prof_buf_addc(&w->name, ' ');
	prof_buf_add(&w->name, line + at, end - at);
	w->width = len;
	w->pieces++;
	return true;
}

static int
too_large(struct reader *r)
{
	return prof_fail(r->err, PROF_ERANGE,
	    "line %llu: a number does not fit 64 bits", lineno(r));
}

static int
read_row(struct reader *r, const char *line, size_t len)
{
	struct prof_pstats_row row;

	switch (prof_pstats_row(line, len, &r->title, &row)) {
	case PROF_PSTATS_YES:
		return await(r, &row, len);
	case PROF_PSTATS_HUGE:
		return too_large(r);
	case PROF_PSTATS_NO:
		break;
	}
	if (prof_pstats_elision(line, len))
		r->sum.partial = true;
	else if (!go_on(r, line, len))
		skip(r, lineno(r));
	return PROF_OK;
}

static enum prof_pstats_found
take_subject(struct reader *r, const char *line, size_t len,
    struct prof_pstats_row *row, int *rc)
{
	enum prof_pstats_found is;
	size_t n;

	is = prof_pstats_arrow(line, len, &n, row);
	if (is != PROF_PSTATS_YES)
		return is;
	*rc = settle(r);
	r->subject = function(r, line, n);
	r->records++;
	return is;
}

static int
read_call(struct reader *r, const char *line, size_t len)
{
	bool first = line[0] != ' ' && line[0] != '\t';
	enum prof_pstats_found is;
	struct prof_pstats_row row;
	int rc = PROF_OK;

	is = first ? take_subject(r, line, len, &row, &rc) :
	    r->subject != 0 ? prof_pstats_call(line, len, &row) :
	    PROF_PSTATS_NO;
	if (rc != PROF_OK)
		return rc;
	if (is == PROF_PSTATS_HUGE)
		return too_large(r);
	/* A function without callers, or one whose name was wrapped off. */
	if (is == PROF_PSTATS_YES && first && row.name == NULL)
		return PROF_OK;
	if (is == PROF_PSTATS_YES)
		return await(r, &row, len);
	if (prof_pstats_elision(line, len))
		r->sum.partial = true;
	else if (!go_on(r, line, len) && (r->records > 0 ||
	    !prof_pstats_subheading(line, len)))
		skip(r, lineno(r));
	return PROF_OK;
}

static void
enter(struct reader *r, enum place place)
{
	r->place = place;
	r->place_line = lineno(r);
	r->records = 0;
	r->subject = 0;
	r->tables++;
}

static bool
begins(const char *line, size_t len, const char *word)
{
	size_t n = strlen(word), at = 0;

	while (at < len && line[at] == ' ')
		at++;
	return len - at >= n && memcmp(line + at, word, n) == 0;
}

static int
read_header(struct reader *r, const char *line, size_t len, bool *is)
{
	struct prof_pstats_row row;
	enum prof_pstats_found found = prof_pstats_header(line, len, &row);
	int rc;

	*is = found != PROF_PSTATS_NO;
	if (found == PROF_PSTATS_HUGE)
		return too_large(r);
	if (found == PROF_PSTATS_NO)
		return PROF_OK;
	rc = settle(r);
	if (r->sum.header_line != 0)
		prof_profile_note(r->p, no_tables, r->sum.header_line, true);
	r->sum.header = row;
	r->sum.header_line = lineno(r);
	r->place = OUTSIDE;
	return rc;
}

/* What stands between tables; *is: the line was that. */
static int
read_mark(struct reader *r, const char *line, size_t len, bool *is)
{
	struct prof_pstats_title title;
	int heading, rc;

	rc = read_header(r, line, len, is);
	if (rc != PROF_OK || *is)
		return rc;
	*is = true;
	heading = prof_pstats_heading(line, len);
	if (heading != 0) {
		rc = settle(r);
		enter(r, heading == 'r' ? CALLERS : CALLEES);
	} else if (prof_pstats_is_title(line, len, &title)) {
		rc = settle(r);
		r->title = title;
		r->rows = true;
		enter(r, ROWS);
	} else {
		*is = false;
	}
	return rc;
}

static void
read_outside(struct reader *r, const char *line, size_t len)
{
	struct prof_pstats_key key;
	struct prof_pstats_row row;

	if (begins(line, len, "List reduced from ")) {
		r->sum.partial = true;
	} else if (prof_pstats_is_date(line, len)) {
		prof_profile_add_comment(r->p, prof_strs_add(&r->p->strs,
		    line, len));
	} else if (prof_pstats_row(line, len, &prof_pstats_usual, &row) !=
	    PROF_PSTATS_NO) {
		prof_pstats_key(row.name, row.len, &key);
		if (key.shaped)
			prof_profile_note(r->p, "a row outside of a table",
			    lineno(r), true);
	}
}

static int
read_line(struct reader *r, const char *line, size_t len)
{
	bool is;
	int rc = read_mark(r, line, len, &is);

	if (rc != PROF_OK || is)
		return rc;
	if (r->place == OUTSIDE) {
		read_outside(r, line, len);
		return PROF_OK;
	}
	if (!prof_pstats_blank(line, len) && !begins(line, len, "```"))
		return r->place == ROWS ? read_row(r, line, len) :
		    read_call(r, line, len);
	rc = settle(r);
	if (r->records > 0)
		r->place = OUTSIDE;
	return rc;
}

/*
 * Whether dates begin a report: other files and top-level functions may
 * follow, then its header.
 */
static bool
dates_begin(const char *s, size_t n)
{
	static const char indent[] = "        ";
	struct prof_pstats_row row;
	const char *end;
	size_t len;

	while ((end = memchr(s, '\n', n)) != NULL) {
		len = (size_t)(end - s);
		if (prof_pstats_header(s, len, &row) != PROF_PSTATS_NO)
			return true;
		if (!prof_pstats_is_date(s, len) &&
		    !prof_pstats_blank(s, len - (len > 0 &&
		    s[len - 1] == '\r')) && (len < sizeof indent ||
		    memcmp(s, indent, sizeof indent - 1) != 0))
			return false;
		n -= len + 1;
		s = end + 1;
	}
	return false;
}

/* Whether the next line begins another report than the one at hand. */
static int
another(struct reader *r, bool *is)
{
	const unsigned char *data;
	struct prof_pstats_title title;
	struct prof_pstats_row row;
	const char *s, *end;
	size_t n, len;
	int rc = PROF_OK;

	*is = false;
	if (r->tables == 0 || (r->sum.header_line == 0 && !r->rows))
		return PROF_OK;
	rc = prof_in_peek(r->in, START_LINE, &data, &n, r->err);
	if (rc != PROF_OK || n == 0)
		return rc;
	s = (const char *)data;
	end = memchr(s, '\n', n < START_LINE ? n : START_LINE);
	len = end != NULL ? (size_t)(end - s) : n < START_LINE ? n :
	    START_LINE;
	if (len > 0 && s[len - 1] == '\r')
		len--;
	if (prof_pstats_is_date(s, len)) {
		rc = prof_in_peek(r->in, HEAD, &data, &n, r->err);
		*is = rc == PROF_OK && dates_begin((const char *)data,
		    n < HEAD ? n : HEAD);
	} else {
		*is = prof_pstats_header(s, len, &row) != PROF_PSTATS_NO ||
		    (r->rows && prof_pstats_is_title(s, len, &title));
	}
	return rc;
}

static bool
ends_in_newline(const struct reader *r, const char *line, size_t len)
{
	uint64_t taken = prof_in_offset(r->in) - r->line_start;

	return taken > len && line[taken - 1] == '\n';
}

/* The last line has no end: then only a name that has one is complete. */
static int
check_last(struct reader *r)
{
	if (r->place == OUTSIDE || (r->wait.on &&
	    r->wait.line + r->wait.pieces - 1 == lineno(r) &&
	    (r->wait.row.counted || is_shaped(&r->wait.name))))
		return PROF_OK;
	return prof_fail(r->err, PROF_EFORMAT, "line %llu is cut", lineno(r));
}

static int
read_lines(struct reader *r)
{
	const char *line;
	size_t len;
	bool stop;
	int rc;

	for (;;) {
		rc = another(r, &stop);
		if (rc != PROF_OK || stop)
			return rc;
		rc = prof_in_line(r->in, &line, &len, r->err);
		if (rc <= 0)
			return rc;
		rc = read_line(r, line, len);
		if (rc == PROF_OK && !ends_in_newline(r, line, len))
			rc = check_last(r);
		if (rc != PROF_OK)
			return rc;
		r->line_start = prof_in_offset(r->in);
	}
}

static int
finish(struct reader *r)
{
	struct prof_meta *meta = &r->p->meta;
	int rc = settle(r);

	if (rc != PROF_OK)
		return rc;
	if (r->tables == 0 && r->sum.header_line == 0)
		return prof_fail(r->err, PROF_EFORMAT, "no line says how "
		    "many function calls there were, and there is no table "
		    "of functions");
	if (r->place != OUTSIDE && r->records == 0)
		return prof_fail(r->err, PROF_EFORMAT, "line %llu: a table "
		    "without rows (is the report cut?)",
		    (unsigned long long)r->place_line);
	if (r->tables == 0)
		prof_profile_note(r->p, no_tables, r->sum.header_line, false);
	rc = prof_pstats_sum_finish(&r->sum, r->err);
	if (rc == PROF_OK)
		rc = prof_builder_check_strings(&r->b, r->err);
	meta->dialect = prof_strs_adds(&r->p->strs, r->profile ? "profile" :
	    "cProfile");
	return rc;
}

static int
pstats_read(struct prof_in *in, const char *dialect, struct prof_profile *p,
    struct prof_err *err)
{
	struct reader r = { .in = in, .p = p, .err = err };
	int rc;

	if (dialect != NULL)
		return prof_fail(err, PROF_EUSAGE, "pstats has no varieties "
		    "such as '%s'", dialect);
	prof_builder_init(&r.b, p, prof_in_limits(in));
	r.sum.b = &r.b;
	r.line_start = prof_in_offset(in);
	rc = read_lines(&r);
	if (rc == PROF_OK)
		rc = finish(&r);
	prof_pstats_sum_release(&r.sum);
	prof_buf_release(&r.wait.name);
	prof_buf_release(&r.name);
	prof_builder_release(&r.b);
	return rc;
}

static int
bid_line(const char *line, size_t len)
{
	struct prof_pstats_title title;
	struct prof_pstats_row row;

	if (prof_pstats_is_title(line, len, &title))
		return 32;
	if (prof_pstats_subheading(line, len))
		return 16;
	if (prof_pstats_heading(line, len) != 0 ||
	    prof_pstats_header(line, len, &row) != PROF_PSTATS_NO)
		return 24;
	return 0;
}

static int
pstats_bid(const unsigned char *head, size_t n)
{
	const char *s = (const char *)head, *end;
	size_t len;
	int bits = 0;

	n = n < HEAD ? n : HEAD;
	for (; n > 0 && bits < 32; s += len, n -= len) {
		end = memchr(s, '\n', n);
		len = end != NULL ? (size_t)(end - s) : n;
		bits += bid_line(s, len > 0 && s[len - 1] == '\r' ? len - 1 :
		    len);
		len += end != NULL;
	}
	return bits;
}

const struct prof_reader prof_pstats_reader = {
	.name = "pstats",
	.extensions = "txt pstats.txt",
	.summary = "reports of Python's pstats, cProfile and profile",
	.bid = pstats_bid,
	.read = pstats_read
};
