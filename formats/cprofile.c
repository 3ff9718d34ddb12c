/* SPDX-License-Identifier: MIT */
#include "formats/cprofile.h"

#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/marshal.h"
#include "libanalysis/builder.h"
#include "libanalysis/lost.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"

/*
 * What Python's cProfile and profile write, and pstats reads: one marshal
 * object,
 *
 *   {(file, line, name): (primitive, calls, self, total, callers), ...}
 *
 * with times in seconds, and for callers another dict with the same kind of
 * keys.  Its values are (calls, primitive, self, total), counted for the
 * calls from there; profile only has the number of calls.  pstats of Python
 * 2.4 joined these four of merged files instead of adding them.
 * A function of C has the file "~" and line 0, or in profile no file.
 */

#define NCOLS PROF_CPROFILE_COLUMNS

/* Kinds of what references may give. */
enum {
	KEY = PROF_MARSHAL_OWN,	/* id: function */
	STATS,		/* num: index in shared, of one without callers */
	EDGE,		/* num: index in shared */
	NO_CALLERS	/* an empty dict */
};

#define BID_MAX 16	/* bytes that tell a file of cProfile */

static const struct prof_marshal_value other = {
	.kind = PROF_MARSHAL_OTHER
};

struct numbers {
	int64_t value[NCOLS];
};

struct reader {
	struct prof_in *in;
	struct prof_profile *p;
	struct prof_err *err;
	struct prof_builder b;
	struct prof_marshal m;
	struct place {		/* by function id - 1 */
		uint32_t own;	/* its row + 1, 0: none */
		uint32_t seen;	/* row + 1 of an edge from it */
	} *place;
	size_t nplaces, place_cap;
	struct numbers *shared;	/* that references may give again */
	size_t nshared, shared_cap;
	unsigned odd;		/* of the current function */
	bool profile;		/* has a function as profile writes it */
	bool measured;		/* some edges have all their numbers */
	bool estimated;		/* some edges have calls only */
	bool twice;		/* some rows are replaced by later ones */
};

static unsigned long long
offset(const struct reader *r)
{
	return prof_marshal_offset(&r->m);
}

static int
next(struct reader *r, struct prof_marshal_value *v)
{
	return prof_marshal_next(&r->m, v, r->err);
}

static int
bad(struct reader *r, unsigned long long at, const char *what)
{
	return prof_fail(r->err, PROF_EFORMAT, "offset %llu: %s", at, what);
}

static int
read_text(struct reader *r, prof_str *s)
{
	struct prof_marshal_value v;
	unsigned long long at = offset(r);
	int rc = next(r, &v);

	if (rc == PROF_OK && v.kind == PROF_MARSHAL_CODE)
		rc = prof_marshal_code(&r->m, &v, r->err);
	if (rc != PROF_OK)
		return rc;
	if (v.kind != PROF_MARSHAL_TEXT && v.kind != PROF_MARSHAL_BYTES)
		return bad(r, at, "the name of a file or function is no "
		    "text");
	*s = v.id;
	return PROF_OK;
}

static int
read_line(struct reader *r, int64_t *line)
{
	struct prof_marshal_value v;
	unsigned long long at = offset(r);
	int rc = next(r, &v);

	if (rc != PROF_OK)
		return rc;
	if (v.kind != PROF_MARSHAL_INT)
		return bad(r, at, "the line of a function is no integer of "
		    "64 bits");
	*line = v.num;
	return PROF_OK;
}

static prof_fn
add_function(struct reader *r, struct prof_function f)
{
	struct prof_strs *strs = &r->p->strs;
	static const struct place none;
	prof_fn id;

	if (f.start == 0 && prof_strs_len(strs, f.file) == 1 &&
	    *prof_strs_get(strs, f.file) == '~') {
		f.file = 0;
		f.name = prof_cprofile_shown(strs, f.name);
	} else if (f.start == 0 && f.file == 0) {
		r->profile = true;
	}
	id = prof_builder_function(&r->b, f);
	if (id > r->nplaces) {
		PROF_RESERVE(r->place, r->place_cap, id);
		r->place[r->nplaces++] = none;
	}
	return id;
}

/* The function that a key names; v is its head, read at offset at. */
static int
read_key(struct reader *r, const struct prof_marshal_value *v,
    unsigned long long at, prof_fn *fn)
{
	struct prof_marshal_value kept = { .kind = KEY };
	struct prof_function f = { 0 };
	int rc;

	if (v->kind == KEY) {
		*fn = v->id;
		return PROF_OK;
	}
	if (v->kind != PROF_MARSHAL_TUPLE || v->num != 3)
		return bad(r, at, "a key is not of the form (file, line, "
		    "name)");
	rc = read_text(r, &f.file);
	if (rc == PROF_OK)
		rc = read_line(r, &f.start);
	if (rc == PROF_OK)
		rc = read_text(r, &f.name);
	if (rc == PROF_OK)
		rc = prof_builder_check_strings(&r->b, r->err);
	if (rc != PROF_OK)
		return rc;
	kept.id = *fn = add_function(r, f);
	prof_marshal_keep(&r->m, v->slot, kept);
	return PROF_OK;
}

static int
check_number(struct reader *r, const struct prof_marshal_value *v,
    unsigned long long at)
{
	if (v->kind >= PROF_MARSHAL_INT && v->kind <= PROF_MARSHAL_ODD)
		return PROF_OK;
	return bad(r, at, "a number of calls or a time is no number");
}

/* The next number, for one of the columns. */
static int
read_number(struct reader *r, unsigned column, int64_t *value)
{
	struct prof_marshal_value v;
	unsigned long long at = offset(r);
	int rc = next(r, &v);

	if (rc == PROF_OK)
		rc = check_number(r, &v, at);
	if (rc == PROF_OK)
		*value = column < PROF_CPROFILE_SELF ?
		    prof_cprofile_calls(&v, &r->odd) :
		    prof_cprofile_time(&v, &r->odd);
	return rc;
}

/* Keep numbers that came under a slot. */
static void
share(struct reader *r, uint8_t kind, uint32_t slot, const int64_t *value)
{
	struct prof_marshal_value v = { .kind = kind };

	if (slot == 0)
		return;
	PROF_RESERVE(r->shared, r->shared_cap, r->nshared + 1);
	memcpy(r->shared[r->nshared].value, value,
	    sizeof r->shared[0].value);
	v.num = (int64_t)r->nshared++;
	prof_marshal_keep(&r->m, slot, v);
}

/* The sums of n groups of four, as very old merged files have them. */
static int
read_groups(struct reader *r, int64_t n, int64_t *value)
{
	prof_i128 sum[NCOLS] = { 0 };
	unsigned c;
	int rc = PROF_OK;

	for (; n > 0 && rc == PROF_OK; n--) {
		for (c = 0; c < NCOLS && rc == PROF_OK; c++) {
			rc = read_number(r, c, &value[c]);
			sum[c] += value[c];
		}
	}
	for (c = 0; c < NCOLS && rc == PROF_OK; c++) {
		if (c < PROF_CPROFILE_SELF)
			sum[c] = prof_cprofile_clip(sum[c], &r->odd);
		if (!prof_num_fits(sum[c]))
			r->odd |= PROF_ODD_NUMBER;
		value[c] = prof_num_fits(sum[c]) ? (int64_t)sum[c] : 0;
	}
	return rc;
}

/* What one caller has; *line tells whether it is only calls. */
static int
read_edge(struct reader *r, int64_t *value, int64_t *line)
{
	struct prof_marshal_value v;
	unsigned long long at = offset(r);
	int rc = next(r, &v);

	*line = 0;
	if (rc != PROF_OK)
		return rc;
	if (v.kind == EDGE) {
		r->measured = true;
		memcpy(value, r->shared[v.num].value,
		    sizeof r->shared[0].value);
		return PROF_OK;
	}
	if (v.kind == PROF_MARSHAL_TUPLE) {
		if (v.num == 0 || v.num % NCOLS != 0)
			return bad(r, at, "what a caller has is not of the "
			    "form (calls, primitive calls, self, total)");
		rc = read_groups(r, v.num / NCOLS, value);
		r->measured = true;
		if (rc == PROF_OK)
			share(r, EDGE, v.slot, value);
		return rc;
	}
	rc = check_number(r, &v, at);
	memset(value, 0, NCOLS * sizeof *value);
	if (rc == PROF_OK)
		value[PROF_CPROFILE_CALLS] = prof_cprofile_calls(&v, &r->odd);
	*line = PROF_CPROFILE_ESTIMATE;
	r->estimated = true;
	return rc;
}

static void
set_row(struct prof_edges *e, uint32_t row, int64_t line,
    const int64_t *value)
{
	unsigned c;

	for (c = 0; c < NCOLS; c++)
		e->value[c][row] = value[c];
	e->line[row] = line;
}

/* One caller of fn, whose own row is own. */
static int
read_caller(struct reader *r, prof_fn fn, uint32_t own,
    const struct prof_marshal_value *head, unsigned long long at)
{
	struct prof_edges *e = &r->p->edges;
	int64_t value[NCOLS], line;
	struct place *place;
	prof_fn caller = 0;
	int rc = read_key(r, head, at, &caller);

	if (rc == PROF_OK)
		rc = read_edge(r, value, &line);
	if (rc != PROF_OK)
		return rc;
	if (line != PROF_CPROFILE_ESTIMATE)
		prof_cprofile_judge(value, &r->odd);
	place = &r->place[caller - 1];
	if (place->seen > own) {
		prof_profile_note(r->p, "the same caller twice: its last "
		    "numbers count", at, true);
		set_row(e, place->seen - 1, line, value);
		return PROF_OK;
	}
	if (e->n >= UINT32_MAX - 1)
		return prof_fail(r->err, PROF_ELIMIT, "offset %llu: more "
		    "than 4294967294 pairs of caller and callee", at);
	prof_profile_add_edge(r->p, caller, fn, line, value);
	place->seen = e->n;
	return PROF_OK;
}

static int
read_callers(struct reader *r, prof_fn fn, uint32_t own)
{
	static const struct prof_marshal_value none = { .kind = NO_CALLERS };
	struct prof_marshal_value v;
	unsigned long long at = offset(r);
	uint32_t slot;
	int rc = next(r, &v);

	if (rc != PROF_OK || v.kind == NO_CALLERS)
		return rc;
	if (v.kind != PROF_MARSHAL_DICT)
		return bad(r, at, "the callers of a function are not in a "
		    "dict of its own");
	slot = v.slot;
	for (;;) {
		at = offset(r);
		rc = next(r, &v);
		if (rc != PROF_OK || v.kind == PROF_MARSHAL_NULL)
			break;
		rc = read_caller(r, fn, own, &v, at);
		if (rc != PROF_OK)
			break;
	}
	/* Others, to be read again for each function, may cost too much. */
	if (rc == PROF_OK)
		prof_marshal_keep(&r->m, slot, r->p->edges.n == own + 1 ?
		    none : other);
	return rc;
}

static int
read_stats(struct reader *r, prof_fn fn)
{
	static const unsigned order[] = { PROF_CPROFILE_PRIMITIVE,
	    PROF_CPROFILE_CALLS, PROF_CPROFILE_SELF, PROF_CPROFILE_TOTAL };
	struct prof_edges *e = &r->p->edges;
	struct prof_marshal_value v;
	int64_t value[NCOLS] = { 0 };
	unsigned long long at = offset(r);
	uint32_t own = e->n;
	unsigned i;
	int rc = next(r, &v);

	if (rc == PROF_OK && v.kind == STATS)
		memcpy(value, r->shared[v.num].value, sizeof value);
	else if (rc == PROF_OK && (v.kind != PROF_MARSHAL_TUPLE ||
	    v.num != 5))
		return bad(r, at, "what a function has is not of the form "
		    "(primitive calls, calls, self, total, callers)");
	for (i = 0; i < NCOLS && rc == PROF_OK && v.kind != STATS; i++)
		rc = read_number(r, order[i], &value[order[i]]);
	if (rc != PROF_OK)
		return rc;
	prof_cprofile_judge(value, &r->odd);
	prof_profile_add_edge(r->p, 0, fn, 0, value);
	r->place[fn - 1].own = own + 1;
	if (v.kind == STATS)
		return PROF_OK;
	rc = read_callers(r, fn, own);
	if (rc == PROF_OK && e->n == own + 1)
		share(r, STATS, v.slot, value);
	else if (rc == PROF_OK)
		prof_marshal_keep(&r->m, v.slot, other);
	return rc;
}

/* Mark what was read about fn; drop_replaced removes it. */
static void
replace(struct reader *r, prof_fn fn, unsigned long long at)
{
	struct prof_edges *e = &r->p->edges;
	uint32_t i = r->place[fn - 1].own - 1;

	for (; i < e->n && e->callee[i] == fn; i++)
		e->callee[i] = 0;
	r->twice = true;
	prof_profile_note(r->p, "the same function twice: its last numbers "
	    "count", at, true);
}

static int
read_functions(struct reader *r)
{
	struct prof_marshal_value v;
	unsigned long long at;
	prof_fn fn = 0;
	uint32_t own;
	int rc;

	for (;;) {
		at = offset(r);
		rc = next(r, &v);
		if (rc != PROF_OK || v.kind == PROF_MARSHAL_NULL)
			return rc;
		rc = read_key(r, &v, at, &fn);
		if (rc != PROF_OK)
			return rc;
		if (r->place[fn - 1].own != 0)
			replace(r, fn, at);
		own = r->p->edges.n;
		rc = read_stats(r, fn);
		if (rc != PROF_OK)
			return rc;
		if (r->estimated)
			prof_cprofile_estimate(&r->p->edges, own);
		if (r->odd != 0)
			prof_cprofile_note(r->p, r->odd);
		r->odd = 0;
	}
}

static void
drop_replaced(struct prof_edges *e)
{
	uint32_t i, kept = 0;
	unsigned c;

	for (i = 0; i < e->n; i++) {
		if (e->callee[i] == 0)
			continue;
		e->caller[kept] = e->caller[i];
		e->callee[kept] = e->callee[i];
		e->line[kept] = e->line[i];
		for (c = 0; c < NCOLS; c++)
			e->value[c][kept] = e->value[c][i];
		kept++;
	}
	e->n = kept;
}

static void
finish(struct reader *r)
{
	static const int64_t zero[NCOLS];
	struct prof_profile *p = r->p;
	prof_fn fn;
	unsigned c;

	if (r->twice)
		drop_replaced(&p->edges);
	/* A caller without numbers of its own is a function all the same. */
	for (fn = 1; fn <= p->nfn; fn++)
		if (r->place[fn - 1].own == 0)
			prof_profile_add_edge(p, 0, fn, 0, zero);
	prof_cprofile_unswap(p);
	for (c = PROF_CPROFILE_PRIMITIVE; c < NCOLS; c++)
		p->edges.exact[c] = !r->estimated;
	p->meta.format = prof_strs_adds(&p->strs, "cprofile");
	p->meta.dialect = prof_strs_adds(&p->strs, r->estimated ||
	    (r->profile && !r->measured) ? "profile" : "cProfile");
	prof_lost_add(p);
}

/* A dict whose first key is a tuple of three, the first of them a text. */
static int
cprofile_bid(const unsigned char *head, size_t n)
{
	static const char texts[] = "sutaAzZ";
	size_t at;

	if (n < 2 || (head[0] & 0x7f) != '{')
		return 0;
	if (head[1] == '0')
		return n == 2 || (head[0] & 0x80) != 0 ? 16 : 0;
	if ((head[1] & 0x7f) == ')' && n > 3 && head[2] == 3)
		at = 3;
	else if ((head[1] & 0x7f) == '(' && n > 6 &&
	    prof_marshal_u32(head + 2) == 3)
		at = 6;
	else
		return 0;
	if ((head[at] & 0x7f) == 0 ||
	    strchr(texts, head[at] & 0x7f) == NULL)
		return 0;
	return at == 3 ? 30 : 54;
}

/*
 * Python ignores what follows; but it may be one profile more, behind this
 * one or in a gzip member.
 */
static int
skip_rest(struct reader *r)
{
	const unsigned char *data;
	uint64_t from, n = 0;
	size_t len;
	int rc;

	prof_marshal_sync(&r->m);
	from = prof_in_offset(r->in);
	rc = prof_in_peek(r->in, BID_MAX, &data, &len, r->err);
	if (rc != PROF_OK || cprofile_bid(data, len) > 0)
		return rc;
	while ((rc = prof_in_peek(r->in, 1, &data, &len, r->err)) == PROF_OK &&
	    len > 0 && !prof_in_at_member(r->in)) {
		prof_in_skip(r->in, 1);
		n++;
	}
	if (n > 0)
		prof_profile_note(r->p, "bytes behind the end of the profile "
		    "are left out", from, true);
	return rc;
}

static void
add_columns(struct prof_profile *p)
{
	prof_str calls = prof_strs_adds(&p->strs, "calls");
	prof_str primitive = prof_strs_adds(&p->strs, "primitive");
	prof_str count = prof_strs_adds(&p->strs, "count");
	prof_str time = prof_strs_adds(&p->strs, "time");
	prof_str ns = prof_strs_adds(&p->strs, "nanoseconds");

	prof_profile_add_type(p, time, ns);
	prof_profile_add_edge_type(p, PROF_EDGE_CALLS, calls, count);
	prof_profile_add_edge_type(p, PROF_EDGE_PRIMITIVE, primitive, count);
	prof_profile_add_edge_type(p, PROF_EDGE_SELF, time, ns);
	prof_profile_add_edge_type(p, PROF_EDGE_TOTAL, time, ns);
}

static int
cprofile_read(struct prof_in *in, const char *dialect,
    struct prof_profile *p, struct prof_err *err)
{
	struct reader r = { .in = in, .p = p, .err = err };
	struct prof_marshal_value v;
	int rc;

	if (dialect != NULL)
		return prof_fail(err, PROF_EUSAGE,
		    "cprofile has no dialect '%s'", dialect);
	prof_builder_init(&r.b, p, prof_in_limits(in));
	prof_marshal_init(&r.m, in, &p->strs);
	add_columns(p);
	rc = next(&r, &v);
	if (rc == PROF_OK && v.kind != PROF_MARSHAL_DICT)
		rc = bad(&r, 0, "not a dict of functions, as cProfile "
		    "writes it");
	if (rc == PROF_OK)
		rc = read_functions(&r);
	if (rc == PROF_OK)
		rc = skip_rest(&r);
	if (rc == PROF_OK)
		finish(&r);
	prof_marshal_release(&r.m);
	prof_builder_release(&r.b);
	free(r.place);
	free(r.shared);
	return rc;
}

const struct prof_reader prof_cprofile_reader = {
	.name = "cprofile",
	.extensions = "prof pstats cprof profile",
	.summary = "what Python's cProfile and profile write (pstats)",
	.bid = cprofile_bid,
	.read = cprofile_read
};
