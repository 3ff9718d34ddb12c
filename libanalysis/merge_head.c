/* SPDX-License-Identifier: MIT */
#include "libanalysis/merge_state.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/num.h"

/* Numbers in between may need more than 64 bits, but never wrap. */
static bool
times(prof_u128 *a, prof_u128 b)
{
	if (b != 0 && *a > ~(prof_u128)0 / b)
		return false;
	*a *= b;
	return true;
}

static prof_u128
gcd(prof_u128 a, prof_u128 b)
{
	prof_u128 t;

	while (b != 0) {
		t = a % b;
		a = b;
		b = t;
	}
	return a;
}

static const struct prof_unit *
unit_of(const struct prof_profile *p, const struct prof_type *t)
{
	return prof_unit_find(prof_profile_str(p, t->unit),
	    prof_strs_len(&p->strs, t->unit));
}

/* Size of one integer of a column in base units, as a reduced fraction. */
struct size {
	prof_u128 num, den;
};

static struct size
size_of(const struct prof_profile *p, const struct prof_type *t)
{
	const struct prof_unit *u = unit_of(p, t);
	struct size s = { (prof_u128)t->num, (prof_u128)t->den };
	prof_u128 g;

	if (u != NULL)
		times(&s.num, (prof_u128)u->factor);
	g = gcd(s.num, s.den);
	s.num /= g;
	s.den /= g;
	return s;
}

/* Give a column of this size the scale that its unit needs. */
static bool
set_size(const struct prof_profile *p, struct prof_type *t, struct size s)
{
	const struct prof_unit *u = unit_of(p, t);
	prof_u128 g;

	if (u != NULL && !times(&s.den, (prof_u128)u->factor))
		return false;
	g = gcd(s.num, s.den);
	s.num /= g;
	s.den /= g;
	t->num = (int64_t)s.num;
	t->den = (int64_t)s.den;
	return s.num <= INT64_MAX && s.den <= INT64_MAX;
}

/* The finer unit; of two names for one unit the smaller. */
static prof_str
finer_unit(struct merging *a, prof_str have, prof_str more)
{
	struct prof_strs *strs = &a->m->p.strs;
	const struct prof_unit *u, *v;

	u = prof_unit_find(prof_strs_get(strs, have),
	    prof_strs_len(strs, have));
	v = prof_unit_find(prof_strs_get(strs, more),
	    prof_strs_len(strs, more));
	if (u == NULL || v == NULL || u->factor == v->factor)
		return prof_merge_smaller(strs, have, more);
	return u->factor < v->factor ? have : more;
}

static void
join_recorded(struct merging *a, unsigned c, int64_t have)
{
	struct prof_recorded *sum = &a->m->p.meta.recorded[c];
	struct prof_recorded more = a->from->meta.recorded[a->column[c]];

	prof_recorded_scale(sum, have, 1);
	prof_recorded_scale(&more, a->factor[c], 1);
	prof_recorded_join(sum, &more);
}

/*
 * Bring column c of the sum and a column of the input to one size: the
 * greatest of which both are whole multiples.
 */
static int
join_column(struct merging *a, unsigned c, const struct prof_type *more,
    struct prof_err *err)
{
	struct prof_profile *p = &a->m->p;
	struct prof_type *have = &p->type[c];
	struct size x = size_of(p, have), y = size_of(a->from, more), both;
	prof_u128 g = gcd(x.den, y.den), n1 = x.num, n2 = y.num;

	both.den = x.den;
	have->unit = finer_unit(a, have->unit, prof_merge_str(a, more->unit));
	if (!times(&both.den, y.den / g) || !times(&n1, y.den / g) ||
	    !times(&n2, x.den / g))
		return prof_fail(err, PROF_ERANGE, "scales do not combine");
	both.num = gcd(n1, n2);
	n1 /= both.num;
	n2 /= both.num;
	if (!set_size(p, have, both) || n1 > INT64_MAX || n2 > INT64_MAX)
		return prof_fail(err, PROF_ERANGE, "scales do not combine");
	a->factor[c] = (int64_t)n2;
	join_recorded(a, c, (int64_t)n1);
	return prof_builder_scale(&a->m->b, c, (int64_t)n1, err);
}

void
prof_merge_list_types(struct prof_buf *b, const struct prof_profile *p,
    const struct prof_type *t, unsigned n)
{
	unsigned c;

	prof_buf_adds(b, " (");
	for (c = 0; c < n; c++)
		prof_buf_addf(b, "%s%s", c > 0 ? "," : "",
		    prof_profile_str(p, t[c].type));
	prof_buf_addc(b, ')');
}

void
prof_merge_list_before(struct prof_buf *b, const struct prof_merge *m)
{
	prof_buf_addc(b, '\'');
	prof_buf_add(b, m->first.data, m->first.len);
	prof_buf_addc(b, '\'');
	if (m->added > 1)
		prof_buf_addf(b, " and %llu more",
		    (unsigned long long)m->added - 1);
}

/* Whether two columns hold the same, maybe in different units. */
static bool
same_type(const struct prof_profile *p, const struct prof_type *x,
    const struct prof_profile *q, const struct prof_type *y)
{
	const struct prof_unit *u = unit_of(p, x), *v = unit_of(q, y);

	if (prof_bytes_cmp(prof_profile_str(p, x->type),
	    prof_strs_len(&p->strs, x->type), prof_profile_str(q, y->type),
	    prof_strs_len(&q->strs, y->type)) != 0)
		return false;
	if (u != NULL && v != NULL)
		return u->family == v->family;
	return u == v && prof_bytes_cmp(prof_profile_str(p, x->unit),
	    prof_strs_len(&p->strs, x->unit), prof_profile_str(q, y->unit),
	    prof_strs_len(&q->strs, y->unit)) == 0;
}

/* The column of the input that belongs to column c of the sum, or -1. */
static int
find_column(const struct merging *a, unsigned c)
{
	const struct prof_profile *p = &a->m->p, *q = a->from;
	unsigned i, nth = 0;

	/* Several of one type are told apart by their order. */
	for (i = 0; i < c; i++)
		nth += same_type(p, &p->type[i], p, &p->type[c]);
	for (i = 0; i < q->ntypes; i++)
		if (same_type(p, &p->type[c], q, &q->type[i]) && nth-- == 0)
			return (int)i;
	return -1;
}

static bool
same_types(const struct prof_profile *p, const struct prof_profile *q)
{
	unsigned c;

	if (p->ntypes != q->ntypes)
		return false;
	for (c = 0; c < p->ntypes; c++)
		if (!same_type(p, &p->type[c], q, &q->type[c]))
			return false;
	return true;
}

/* Columns of the sum that the input lacks go. */
static int
intersect_types(struct merging *a, const char *name, struct prof_err *err)
{
	struct prof_profile *p = &a->m->p;
	struct prof_buf both = { 0 };
	unsigned c = 0, had = p->ntypes;
	int rc = PROF_OK;

	prof_merge_list_before(&both, a->m);
	prof_merge_list_types(&both, p, p->type, p->ntypes);
	prof_buf_addf(&both, " and '%s'", name);
	prof_merge_list_types(&both, a->from, a->from->type,
	    a->from->ntypes);
	if (!same_types(p, a->from))
		p->meta.differ |= PROF_DIFFER_TYPES;
	while (c < p->ntypes) {
		a->column[c] = find_column(a, c);
		if (a->column[c] < 0)
			prof_builder_drop_column(&a->m->b, c);
		else
			c++;
	}
	if (p->ntypes == 0 && (had > 0 || a->from->ntypes > 0))
		rc = prof_fail(err, PROF_EMISMATCH, "%s have no sample type "
		    "in common", prof_buf_str(&both));
	prof_buf_release(&both);
	return rc;
}

static int
first_types(struct merging *a, struct prof_err *err)
{
	struct prof_profile *p = &a->m->p;
	struct prof_type t;
	unsigned c;

	for (c = 0; c < a->from->ntypes; c++) {
		t = a->from->type[c];
		prof_profile_add_type(p, prof_merge_str(a, t.type),
		    prof_merge_str(a, t.unit));
		if (!set_size(p, &p->type[c], size_of(a->from, &t)))
			return prof_fail(err, PROF_ERANGE,
			    "a scale leaves 64 bits");
		a->column[c] = (int)c;
		a->factor[c] = 1;
		p->meta.recorded[c] = a->from->meta.recorded[c];
	}
	return PROF_OK;
}

int
prof_merge_types(struct merging *a, const char *name, struct prof_err *err)
{
	struct prof_profile *p = &a->m->p;
	unsigned c;
	int rc;

	if (a->m->added == 0)
		return first_types(a, err);
	rc = intersect_types(a, name, err);
	for (c = 0; c < p->ntypes && rc == PROF_OK; c++)
		rc = join_column(a, c, &a->from->type[a->column[c]], err);
	return rc;
}

/* Keep a header string while all inputs that have one agree. */
static void
join_str(struct merging *a, prof_str *have, prof_str more, uint32_t bit)
{
	uint32_t *differ = &a->m->p.meta.differ;

	more = prof_merge_str(a, more);
	if (more != 0 && *have != 0 && *have != more)
		*differ |= bit;
	if (more != 0)
		*have = more;
	if ((*differ & bit) != 0)
		*have = 0;
}

static void
join_default(struct merging *a)
{
	const struct prof_profile *from = a->from;
	struct prof_merge *m = a->m;
	prof_str shown = 0;

	if (from->ntypes > 0)
		shown = prof_merge_str(a,
		    from->type[prof_profile_default(from)].type);
	if (m->added == 0)
		m->shown = shown;
	if (m->shown != shown)
		m->p.meta.differ |= PROF_DIFFER_DEFAULT;
	if (from->meta.default_type != 0)
		m->default_explicit = true;
}

/* An earlier merge may have left nothing but the flag. */
static bool
has_period(const struct prof_meta *m)
{
	return m->period != 0 || m->period_type != 0 || m->period_unit != 0 ||
	    (m->differ & (PROF_DIFFER_PERIOD | PROF_DIFFER_PERIOD_TYPE)) != 0;
}

static void
join_period(struct merging *a)
{
	const struct prof_meta *from = &a->from->meta;
	struct prof_meta *have = &a->m->p.meta;

	if (!has_period(from))
		return;
	if (a->m->period && from->period != have->period)
		have->differ |= PROF_DIFFER_PERIOD;
	if (!a->m->period || from->period > have->period)
		have->period = from->period;
	a->m->period = true;
	join_str(a, &have->period_type, from->period_type,
	    PROF_DIFFER_PERIOD_TYPE);
	join_str(a, &have->period_unit, from->period_unit,
	    PROF_DIFFER_PERIOD_TYPE);
}

/* Counts may come out of a file: they stop at the most there is. */
static void
count(uint64_t *sum, uint64_t more)
{
	*sum = more < UINT64_MAX - *sum ? *sum + more : UINT64_MAX;
}

int
prof_merge_meta(struct merging *a, struct prof_err *err)
{
	const struct prof_profile *from = a->from;
	struct prof_meta *have = &a->m->p.meta;
	uint32_t i;

	have->differ |= from->meta.differ;
	have->estimated |= from->meta.estimated;
	if (from->meta.time_ns != 0 && (have->time_ns == 0 ||
	    from->meta.time_ns < have->time_ns))
		have->time_ns = from->meta.time_ns;
	if (!prof_num_add(have->duration_ns, from->meta.duration_ns,
	    &have->duration_ns))
		return prof_fail(err, PROF_ERANGE,
		    "the sum of the durations leaves 64 bits");
	join_period(a);
	if (!a->bare)
		join_default(a);
	join_str(a, &have->doc_url, from->meta.doc_url, PROF_DIFFER_DOC_URL);
	join_str(a, &have->drop_frames, from->meta.drop_frames,
	    PROF_DIFFER_DROP);
	join_str(a, &have->keep_frames, from->meta.keep_frames,
	    PROF_DIFFER_KEEP);
	join_str(a, &have->format, from->meta.format, PROF_DIFFER_FORMAT);
	join_str(a, &have->dialect, from->meta.dialect, PROF_DIFFER_DIALECT);
	count(&have->inputs, from->meta.inputs != 0 ? from->meta.inputs : 1);
	count(&have->failed, from->meta.failed);
	for (i = 0; i < from->ncomments; i++)
		prof_profile_add_comment(&a->m->p,
		    prof_merge_str(a, from->comment[i]));
	return PROF_OK;
}

static struct prof_note *
find_note(struct prof_merge *m, prof_str text, bool skipped)
{
	uint64_t hash = prof_hash_add(m->b.seed, m->b.seed,
	    (uint64_t)text << 1 | skipped);
	struct prof_note *note;
	uint32_t at, id;

	for (id = prof_map_first(&m->notes, hash, &at); id != 0;
	    id = prof_map_next(&m->notes, hash, &at)) {
		note = &m->p.note[id - 1];
		if (note->text == text && note->skipped == skipped)
			return note;
	}
	note = prof_profile_add_note(&m->p, text, skipped);
	prof_map_put(&m->notes, hash, m->p.nnotes);
	return note;
}

void
prof_merge_notes(struct merging *a)
{
	const struct prof_note *from;
	uint32_t i;

	for (i = 0; i < a->from->nnotes; i++) {
		from = &a->from->note[i];
		count(&find_note(a->m, prof_merge_str(a, from->text),
		    from->skipped)->count, from->count);
	}
}
