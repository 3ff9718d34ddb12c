/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include <string.h>

#include "formats/folded.h"
#include "formats/folded_frames.h"
#include "libanalysis/num.h"

/*
 * Collapsed stacks: a line is "root;...;leaf COUNT".  Nobody wrote the
 * format down, so every tool has its own variety; folded.h says how a file
 * is told to have two counts, and this is what else is understood:
 *
 *   counts     integers, decimals (fixed point), negative ones
 *   types      a first line "samples/count cpu/nanoseconds": so many counts
 *   -f folded:lines   lines without counts, each counts 1
 *   "# ..."    a comment, unless it ends in a count: names in C# begin so;
 *              "# key: value" is one, above the first stack
 *   _[k] _[j] _[i] _[0] _[1]   kernel, compiled, inlined, interpreted,
 *              quickly compiled: the kind of a frame, not part of its name
 *   py-spy     frames "name (file.py:12)"
 *   austin     frames "file:name:12", microseconds, or three values
 */

struct reader {
	struct prof_in *in;
	struct prof_profile *p;
	struct prof_err *err;
	struct prof_builder b;
	struct prof_folded_frames frames;
	unsigned ncounts;	/* of a line */
	bool lines;		/* no counts at all */
	bool austin, triple;
	unsigned decimals[PROF_COLS_MAX];	/* of each column so far */
	uint64_t types_line;
	uint64_t records;
	uint64_t first_bad;	/* line number; 0: none */
	uint64_t line_start;	/* offset of the current line */
	bool waiting;		/* the last record is to be stored: */
	uint64_t waiting_line;
	int64_t waiting_value[PROF_COLS_MAX];
};

static const char no_count[] = "no count at the end of the line";

static unsigned long long
lineno(const struct reader *r)
{
	return prof_in_lineno(r->in);
}

/*
 * A power of ten that a column is multiplied by before it takes a count
 * with more decimals than it had.
 */
static int64_t
power(unsigned n)
{
	int64_t v = 1;

	while (n-- > 0)
		v *= 10;
	return v;
}

/*
 * Store the record that waits; back: how many texts were taken since.
 * Meanwhile its place in the table of stacks came near.
 */
static int
flush(struct reader *r, unsigned back)
{
	int rc;

	if (!r->waiting)
		return PROF_OK;
	r->waiting = false;
	rc = prof_builder_sample(&r->b, prof_folded_frames_stack(&r->frames,
	    back), 0, (int64_t)r->waiting_line, r->waiting_value, r->err);
	if (rc != PROF_OK)
		prof_err_prefix(r->err, "line %llu",
		    (unsigned long long)r->waiting_line);
	return rc;
}

static int
rescale(struct reader *r, unsigned column, unsigned decimals)
{
	int rc = flush(r, 0);

	if (rc != PROF_OK)
		return rc;
	rc = prof_builder_scale(&r->b, column, power(decimals -
	    r->decimals[column]), r->err);
	if (rc != PROF_OK) {
		prof_err_prefix(r->err, "line %llu", lineno(r));
		return rc;
	}
	r->decimals[column] = decimals;
	r->p->type[column].den = power(decimals);
	return PROF_OK;
}

static int
to_column(struct reader *r, unsigned column,
    const struct prof_folded_count *count, int64_t *value)
{
	int rc;

	if (count->rounded)
		prof_profile_note(r->p, "more decimals than nine, or than "
		    "64 bits hold: rounded", lineno(r), false);
	if (count->decimals > r->decimals[column]) {
		rc = rescale(r, column, count->decimals);
		if (rc != PROF_OK)
			return rc;
	}
	if (!prof_num_mul(count->digits,
	    power(r->decimals[column] - count->decimals), value))
		return prof_fail(r->err, PROF_ERANGE,
		    "line %llu: the count does not fit 64 bits", lineno(r));
	return PROF_OK;
}

static int
add_stack(struct reader *r, const char *text, size_t len,
    const int64_t *values)
{
	int rc;

	if (len >= UINT32_MAX)
		return prof_fail(r->err, PROF_ELIMIT,
		    "line %llu is longer than 4 GiB", lineno(r));
	rc = prof_folded_frames_take(&r->frames, text, len, r->err);
	if (rc != PROF_OK) {
		prof_err_prefix(r->err, "line %llu", lineno(r));
		return rc;
	}
	rc = flush(r, 1);
	if (rc != PROF_OK)
		return rc;
	memcpy(r->waiting_value, values, r->ncounts * sizeof *values);
	r->waiting_line = lineno(r);
	r->waiting = true;
	if (len == 0)
		prof_profile_note(r->p, "a count without a stack, taken for "
		    "[root]", lineno(r), false);
	else if (r->frames.empty)
		prof_profile_note(r->p, "empty frames left out", lineno(r),
		    false);
	r->records++;
	return PROF_OK;
}

static int
add_record(struct reader *r, const char *line,
    const struct prof_folded_line *split)
{
	int64_t values[PROF_COLS_MAX];
	unsigned c;
	int rc;

	if (split->huge)
		return prof_fail(r->err, PROF_ERANGE,
		    "line %llu: the count does not fit 64 bits", lineno(r));
	for (c = 0; c < r->ncounts; c++) {
		rc = to_column(r, c, &split->count[c], &values[c]);
		if (rc != PROF_OK)
			return rc;
	}
	return add_stack(r, line, split->stack, values);
}

static bool
ends_in_newline(const struct reader *r, const char *line, size_t len)
{
	uint64_t taken = prof_in_offset(r->in) - r->line_start;

	return taken > len && line[taken - 1] == '\n';
}

/* A line that is no record. */
static int
skip(struct reader *r, const char *line, size_t len)
{
	if (!ends_in_newline(r, line, len))
		return prof_fail(r->err, PROF_EFORMAT, "line %llu is cut: %s",
		    lineno(r), no_count);
	if (r->first_bad == 0)
		r->first_bad = lineno(r);
	prof_profile_note(r->p, no_count, lineno(r), true);
	return PROF_OK;
}

static int
too_few(struct reader *r, unsigned n)
{
	if (r->types_line != 0)
		return prof_fail(r->err, PROF_EFORMAT, "line %llu: %u "
		    "count%s, but line %llu names %u sample types",
		    lineno(r), n, n == 1 ? "" : "s",
		    (unsigned long long)r->types_line, r->ncounts);
	return prof_fail(r->err, PROF_EFORMAT, "line %llu: one count, while "
	    "the lines before have two (choose with -f folded:one or "
	    "folded:two)", lineno(r));
}

/* The number behind "# key: ", if the line is that. */
static bool
header_number(const char *line, size_t len, const char *key, int64_t *value)
{
	size_t n = strlen(key);
	unsigned scale;

	return len > n && memcmp(line, key, n) == 0 &&
	    prof_num_parse(line + n, len - n, value, &scale) == len - n &&
	    scale == 0;
}

static void
read_header(struct reader *r, const char *line, size_t len)
{
	struct prof_meta *meta = &r->p->meta;
	int64_t v;

	if (!r->austin)
		return;
	if (header_number(line, len, "# interval: ", &v)) {
		meta->period = v;
		meta->period_type = r->p->type[0].type;
		meta->period_unit = prof_strs_adds(&r->p->strs,
		    "microseconds");
	} else if (header_number(line, len, "# duration: ", &v)) {
		if (!prof_num_mul(v, 1000, &meta->duration_ns))
			meta->duration_ns = 0;
	}
}

static int
read_line(struct reader *r, const char *line, size_t len)
{
	struct prof_folded_line split;
	int64_t one = 1;

	if (r->lines)
		return len > 0 ? add_stack(r, line, len, &one) : PROF_OK;
	if (len > 0 && line[0] == '#' && (r->austin || (r->records == 0 &&
	    r->types_line == 0)) && prof_folded_header(line, len)) {
		read_header(r, line, len);
		return PROF_OK;
	}
	if (r->triple)
		prof_folded_split_triple(line, len, &split);
	else
		prof_folded_split(line, len, r->ncounts, &split);
	if (split.n == r->ncounts)
		return add_record(r, line, &split);
	if (len > 0 && line[0] == '#')
		return PROF_OK;
	if (split.n > 0)
		return too_few(r, split.n);
	if (prof_folded_blank(line, len))
		return PROF_OK;
	return skip(r, line, len);
}

static int
read_lines(struct reader *r)
{
	const char *line;
	size_t len;
	int rc;

	while ((rc = prof_in_line(r->in, &line, &len, r->err)) > 0) {
		if (prof_in_lineno(r->in) != r->types_line) {
			rc = read_line(r, line, len);
			if (rc != PROF_OK)
				return rc;
		}
		r->line_start = prof_in_offset(r->in);
	}
	if (rc == PROF_OK)
		rc = flush(r, 0);
	if (rc == PROF_OK && r->records == 0) {
		if (r->first_bad != 0)
			return prof_fail(r->err, PROF_EFORMAT, "line %llu: %s",
			    (unsigned long long)r->first_bad, no_count);
		return prof_fail(r->err, PROF_EFORMAT,
		    "no line has a stack and a count");
	}
	return rc;
}

static void
add_type(struct reader *r, const char *type, const char *unit)
{
	prof_str name = prof_strs_adds(&r->p->strs, type);

	prof_profile_add_type(r->p, name, prof_strs_adds(&r->p->strs, unit));
	r->ncounts = r->p->ntypes;
}

static void
set_dialect(struct reader *r, const char *name)
{
	r->p->meta.dialect = prof_strs_adds(&r->p->strs, name);
}

static void
add_austin_types(struct reader *r, const struct prof_folded_look *look)
{
	r->austin = r->frames.austin = true;
	r->triple = look->triple;
	set_dialect(r, "austin");
	if (look->triple) {
		add_type(r, "wall", "microseconds");
		add_type(r, "idle", "count");
		add_type(r, "memory", "bytes");
		r->p->meta.default_type = r->p->type[0].type;
	} else if (look->mode == 'm') {
		add_type(r, "memory", "bytes");
	} else {
		add_type(r, look->mode == 'c' ? "cpu" : "wall",
		    "microseconds");
	}
}

/* Columns from the list of types that is line look->types_line of head. */
static int
add_listed_types(struct reader *r, const struct prof_folded_look *look,
    const char *head, size_t n)
{
	struct prof_strs *strs = &r->p->strs;
	const char *end;
	size_t at = 0, start, slash;
	prof_str type;
	uint64_t i;

	if (look->ntypes > PROF_COLS_MAX)
		return prof_fail(r->err, PROF_EFORMAT,
		    "line %llu: %u sample types, more than %d",
		    (unsigned long long)look->types_line, look->ntypes,
		    PROF_COLS_MAX);
	for (i = 1; i < look->types_line; i++) {
		end = memchr(head, '\n', n);
		n -= (size_t)(end + 1 - head);
		head = end + 1;
	}
	end = memchr(head, '\n', n);
	n = end != NULL ? (size_t)(end - head) : n;
	while (prof_folded_pair(head, n, &at, &start, &slash)) {
		type = prof_strs_add(strs, head + start, slash - start);
		prof_profile_add_type(r->p, type, prof_strs_add(strs,
		    head + slash + 1, at - slash - 1));
	}
	r->ncounts = r->p->ntypes;
	r->types_line = look->types_line;
	set_dialect(r, "types");
	return PROF_OK;
}

static void
add_counts(struct reader *r, bool two)
{
	if (two) {
		add_type(r, "base", "count");
		add_type(r, "new", "count");
	} else {
		add_type(r, "samples", "count");
	}
}

/* Settle what the lines hold, from their head or as the user says. */
static int
prepare(struct reader *r, const char *dialect)
{
	struct prof_folded_look look;
	const unsigned char *data;
	bool two;
	size_t n;
	int rc = prof_in_peek(r->in, PROF_FOLDED_HEAD, &data, &n, r->err);

	if (rc != PROF_OK)
		return rc;
	prof_folded_look((const char *)data, n < PROF_FOLDED_HEAD ? n :
	    PROF_FOLDED_HEAD, n < PROF_FOLDED_HEAD, &look);
	r->frames.placed = look.placed;
	if (dialect == NULL) {
		if (look.ntypes > 0)
			return add_listed_types(r, &look, (const char *)data,
			    n);
		if (look.austin) {
			add_austin_types(r, &look);
			return PROF_OK;
		}
		if (look.mixed)
			prof_profile_note(r->p, "most lines end in two "
			    "numbers, read as one count (-f folded:two "
			    "reads two)", 0, false);
		two = look.differential ||
		    (look.pairs && r->b.limits.two_sides);
		dialect = two ? "two" : "one";
	} else if (strcmp(dialect, "one") != 0 &&
	    strcmp(dialect, "two") != 0 && strcmp(dialect, "lines") != 0) {
		return prof_fail(r->err, PROF_EUSAGE, "'%s' is no variety "
		    "of folded (one, two or lines)", dialect);
	}
	r->lines = strcmp(dialect, "lines") == 0;
	add_counts(r, strcmp(dialect, "two") == 0);
	set_dialect(r, look.placed && look.lines ? "py-spy" : dialect);
	return PROF_OK;
}

static int
folded_read(struct prof_in *in, const char *dialect, struct prof_profile *p,
    struct prof_err *err)
{
	struct reader r = { .in = in, .p = p, .err = err };
	int rc;

	prof_builder_init(&r.b, p, prof_in_limits(in));
	if (r.b.limits.lines_as_times)
		prof_builder_keep_times(&r.b);
	r.frames.b = &r.b;
	rc = prepare(&r, dialect);
	r.line_start = prof_in_offset(in);
	if (rc == PROF_OK)
		rc = read_lines(&r);
	if (rc == PROF_OK)
		rc = prof_builder_check_sums(&r.b, err);
	prof_folded_frames_release(&r.frames);
	prof_builder_release(&r.b);
	return rc;
}

const struct prof_reader prof_folded_reader = {
	.name = "folded",
	.extensions = "folded collapsed",
	.summary = "collapsed stacks: root;...;leaf COUNT",
	.bid = prof_folded_bid,
	.read = folded_read
};
