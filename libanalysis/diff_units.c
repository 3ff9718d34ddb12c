/* SPDX-License-Identifier: MIT */
#include "libanalysis/diff_units.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/findtype.h"
#include "libanalysis/nomem.h"

/* Bounds that keep every product of a report within 128 bits. */
#define NUM_MAX ((prof_i128)1 << 60)
#define DEN_MAX ((prof_i128)PROF_DIFF_DEN_MAX)

static const struct prof_profile *
profile_of(const struct prof_diff_run *run)
{
	return run->rows->p;
}

static const struct prof_unit *
find_unit(const struct prof_profile *p, unsigned column)
{
	prof_str unit = p->type[column].unit;

	return prof_unit_find(prof_profile_str(p, unit),
	    prof_strs_len(&p->strs, unit));
}

static const char *
type_name(const struct prof_profile *p, unsigned column)
{
	return prof_profile_str(p, p->type[column].type);
}

static const char *
unit_name(const struct prof_profile *p, unsigned column)
{
	return prof_profile_str(p, p->type[column].unit);
}

static bool
units_meet(const struct prof_profile *p, unsigned a,
    const struct prof_profile *q, unsigned b)
{
	const struct prof_unit *x = find_unit(p, a), *y = find_unit(q, b);

	if (x != NULL && y != NULL)
		return x->family == y->family;
	return x == NULL && y == NULL &&
	    strcmp(unit_name(p, a), unit_name(q, b)) == 0;
}

/* "cpu/nanoseconds, samples/count", cut to what a message holds. */
static void
list_types(struct prof_buf *b, const struct prof_profile *p)
{
	unsigned i;

	for (i = 0; i < p->ntypes && b->len < 200; i++) {
		prof_buf_addf(b, "%s%.60s/%.60s", i > 0 ? ", " : "",
		    type_name(p, i), unit_name(p, i));
	}
	if (i < p->ntypes)
		prof_buf_adds(b, ", ...");
}

static int
lacks_type(const struct prof_diff_run *run, const char *wanted,
    struct prof_err *err)
{
	struct prof_buf b = { 0 };
	int rc;

	list_types(&b, profile_of(run));
	rc = prof_fail(err, PROF_EMISMATCH,
	    "'%.200s' has no sample type '%.100s', only %s", run->name,
	    wanted, prof_buf_str(&b));
	prof_buf_release(&b);
	return rc;
}

static int
units_differ(const struct prof_diff_run *a, unsigned x,
    const struct prof_diff_run *b, unsigned y, struct prof_err *err)
{
	return prof_fail(err, PROF_EMISMATCH,
	    "cannot compare '%.100s' in '%.60s' of '%.200s' with '%.100s' "
	    "in '%.60s' of '%.200s'", type_name(profile_of(a), x),
	    unit_name(profile_of(a), x), a->name, type_name(profile_of(b), y),
	    unit_name(profile_of(b), y), b->name);
}

static int
nothing_common(const struct prof_diff_run *a, const struct prof_diff_run *b,
    struct prof_err *err)
{
	struct prof_buf x = { 0 }, y = { 0 };
	int rc;

	list_types(&x, profile_of(a));
	list_types(&y, profile_of(b));
	rc = prof_fail(err, PROF_EMISMATCH,
	    "no sample type is common to all inputs: '%.200s' has %s but "
	    "'%.200s' has %s",
	    a->name, prof_buf_str(&x), b->name, prof_buf_str(&y));
	prof_buf_release(&x);
	prof_buf_release(&y);
	return rc;
}

/* First run of [from, end) that has columns; end when there is none. */
static unsigned
first_typed(const struct prof_diff_run *run, unsigned from, unsigned end)
{
	while (from < end && profile_of(&run[from])->ntypes == 0)
		from++;
	return from;
}

/*
 * The first run that has no column of this type, or not in a unit that
 * fits; nruns when all have.
 */
static unsigned
first_without(const struct prof_diff_run *run, unsigned nruns,
    const char *type, int *column)
{
	unsigned r, ref = first_typed(run, 0, nruns);
	int first;

	if (ref == nruns)
		return nruns;
	first = prof_profile_column(profile_of(&run[ref]), type);
	for (r = 0; r < nruns; r++) {
		if (profile_of(&run[r])->ntypes == 0)
			continue;
		*column = prof_profile_column(profile_of(&run[r]), type);
		if (*column < 0 || !units_meet(profile_of(&run[ref]),
		    (unsigned)first, profile_of(&run[r]), (unsigned)*column))
			return r;
	}
	return nruns;
}

static int
set_columns(struct prof_diff_run *run, unsigned nruns, const char *type,
    struct prof_err *err)
{
	unsigned r, ref = first_typed(run, 0, nruns);
	int column = -1;

	r = first_without(run, nruns, type, &column);
	if (r < nruns && column < 0)
		return lacks_type(&run[r], type, err);
	if (r < nruns)
		return units_differ(&run[ref], (unsigned)prof_profile_column(
		    profile_of(&run[ref]), type), &run[r], (unsigned)column,
		    err);
	for (r = 0; r < nruns; r++) {
		column = prof_profile_column(profile_of(&run[r]), type);
		run[r].column = column >= 0 ? (unsigned)column : 0;
	}
	return PROF_OK;
}

/* Whether every run has the default type of this one. */
static bool
default_fits(const struct prof_diff_run *run, unsigned nruns, unsigned r,
    const char **type)
{
	const struct prof_profile *p = profile_of(&run[r]);
	int column;

	*type = type_name(p, prof_profile_default(p));
	return first_without(run, nruns, *type, &column) == nruns;
}

int
prof_diff_columns(struct prof_diff_run *run, unsigned nruns, unsigned nbase,
    const char *wanted, struct prof_err *err)
{
	unsigned newer = first_typed(run, nbase, nruns);
	unsigned base = first_typed(run, 0, nbase), i;
	const struct prof_profile *p;
	const char *type;
	int column;

	if (newer == nruns && base == nbase)
		return PROF_OK;
	if (newer == nruns)
		newer = base;
	if (base == nbase)
		base = newer;
	if (wanted != NULL) {
		p = profile_of(&run[base]);
		column = prof_find_type(p, wanted);
		return set_columns(run, nruns, column < 0 ? wanted :
		    type_name(p, (unsigned)column), err);
	}
	if (default_fits(run, nruns, newer, &type) ||
	    default_fits(run, nruns, base, &type))
		return set_columns(run, nruns, type, err);
	p = profile_of(&run[newer]);
	for (i = 0; i < p->ntypes; i++)
		if (first_without(run, nruns, type_name(p, i), &column) ==
		    nruns)
			return set_columns(run, nruns, type_name(p, i), err);
	type = type_name(p, prof_profile_default(p));
	i = first_without(run, nruns, type, &column);
	if (column >= 0)
		return set_columns(run, nruns, type, err);
	return nothing_common(i < nbase ? &run[i] : &run[base],
	    i < nbase ? &run[newer] : &run[i], err);
}

int
prof_diff_columns_force(struct prof_diff_run *run, unsigned nruns,
    unsigned nbase, const char *wanted, struct prof_err *err)
{
	const unsigned from[] = { 0, nbase, nruns };
	struct prof_err none[2] = { { 0 }, { 0 } };
	unsigned side, r, has = 0;
	int rc;

	for (side = 0; side < 2 && wanted != NULL; side++)
		if (prof_diff_columns(run + from[side], from[side + 1] -
		    from[side], 0, wanted, &none[side]) == PROF_OK)
			has |= 1U << side;
	if (wanted != NULL && has == 0)
		return prof_fail(err, none[0].code, "%s", none[0].msg);
	for (side = 0; side < 2; side++) {
		rc = has >> side & 1 ? PROF_OK : prof_diff_columns(run +
		    from[side], from[side + 1] - from[side], 0, NULL, err);
		if (rc != PROF_OK)
			return rc;
	}
	for (r = 0; r < nruns; r++)
		run[r].forced = true;
	return PROF_OK;
}

/* --- steps ---------------------------------------------------------------- */

static const char *
base_unit(const struct prof_profile *p, unsigned column)
{
	return prof_unit_base(unit_name(p, column));
}

/* Base units in an integer of the column, as num / den. */
static void
column_size(const struct prof_diff_run *run, prof_i128 *num, prof_i128 *den)
{
	const struct prof_profile *p = profile_of(run);
	const struct prof_type *t = &p->type[run->column];
	const struct prof_unit *u = find_unit(p, run->column);
	prof_i128 common;

	*num = (prof_i128)t->num * (u != NULL ? u->factor : 1);
	*den = t->den;
	common = prof_num_gcd128(*num, *den);
	*num /= common;
	*den /= common;
}

/* What programs do is the same on any machine, how long it takes is not. */
bool
prof_diff_is_speed(const struct prof_diff *d)
{
	static const char *const part[] = { "cycles", "Cycles", "clock" };
	static const char *const whole[] = { "", "samples", "sample" };
	const struct prof_unit *u = prof_unit_find(d->unit, strlen(d->unit));
	size_t i;

	if (u != NULL && u->family == PROF_UNIT_TIME)
		return true;
	if (u != NULL && u->family == PROF_UNIT_BYTES)
		return false;
	for (i = 0; i < sizeof whole / sizeof whole[0]; i++)
		if (strcmp(d->type, whole[i]) == 0)
			return true;
	for (i = 0; i < sizeof part / sizeof part[0]; i++)
		if (strstr(d->type, part[i]) != NULL)
			return true;
	return false;
}

static int
too_far(const struct prof_diff_run *run, struct prof_err *err)
{
	return prof_fail(err, PROF_ERANGE,
	    "the scale of '%.200s' is too far from that of the other inputs",
	    run->name);
}

/* Least common denominator of all columns. */
static int
common_den(const struct prof_diff *d, prof_i128 *out, struct prof_err *err)
{
	prof_i128 num, den;
	unsigned r;

	*out = 1;
	for (r = 0; r < d->nruns; r++) {
		if (profile_of(&d->run[r])->ntypes == 0)
			continue;
		column_size(&d->run[r], &num, &den);
		if (den > DEN_MAX)
			return too_far(&d->run[r], err);
		*out *= den / prof_num_gcd128(*out, den);
		if (*out > DEN_MAX)
			return too_far(&d->run[r], err);
	}
	return PROF_OK;
}

/* size[r]: of an integer of run r, in units of 1 / den; 0 if it has none. */
static int
set_steps(struct prof_diff *d, prof_i128 *size, prof_i128 den,
    struct prof_err *err)
{
	prof_i128 step = 0, num, own;
	unsigned r;

	for (r = 0; r < d->nruns; r++) {
		if (profile_of(&d->run[r])->ntypes == 0)
			continue;
		column_size(&d->run[r], &num, &own);
		if (__builtin_mul_overflow(num, den / own, &size[r]))
			return too_far(&d->run[r], err);
		step = prof_num_gcd128(size[r], step);
	}
	for (r = 0; r < d->nruns; r++) {
		num = step != 0 ? size[r] / step : 1;
		if (!prof_num_fits(num))
			return too_far(&d->run[r], err);
		d->factor[r] = (int64_t)num;
	}
	if (step == 0)
		return PROF_OK;
	num = prof_num_gcd128(step, den);
	if (step / num > NUM_MAX)
		return too_far(&d->run[0], err);
	d->num = (int64_t)(step / num);
	d->den = (int64_t)(den / num);
	return PROF_OK;
}

/* What is forced has neither type nor unit, where these differ. */
static int
check_types(struct prof_diff *d, unsigned ref, struct prof_err *err)
{
	const struct prof_diff_run *a = &d->run[ref], *b;
	bool type, unit;
	unsigned r;

	for (r = ref + 1; r < d->nruns; r++) {
		b = &d->run[r];
		if (profile_of(b)->ntypes == 0)
			continue;
		type = strcmp(type_name(profile_of(b), b->column),
		    type_name(profile_of(a), a->column)) == 0;
		unit = units_meet(profile_of(a), a->column, profile_of(b),
		    b->column);
		if (!(type && unit) && !b->forced)
			return units_differ(a, a->column, b, b->column, err);
		if (!type)
			d->type = "value";
		if (!unit)
			d->unit = "";
	}
	return PROF_OK;
}

int
prof_diff_units(struct prof_diff *d, struct prof_err *err)
{
	unsigned ref = first_typed(d->run, 0, d->nruns), r;
	prof_i128 den, *size;
	int rc;

	d->num = d->den = 1;
	d->type = d->unit = "";
	d->factor = prof_alloc(d->nruns, sizeof *d->factor);
	for (r = 0; r < d->nruns; r++)
		d->factor[r] = 1;
	if (ref == d->nruns)
		return PROF_OK;
	d->type = type_name(profile_of(&d->run[ref]), d->run[ref].column);
	d->unit = base_unit(profile_of(&d->run[ref]), d->run[ref].column);
	rc = check_types(d, ref, err);
	if (rc != PROF_OK || (rc = common_den(d, &den, err)) != PROF_OK)
		return rc;
	size = prof_zalloc(d->nruns, sizeof *size);
	rc = set_steps(d, size, den, err);
	free(size);
	return rc;
}
