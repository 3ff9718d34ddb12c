/* SPDX-License-Identifier: MIT */
#include "libanalysis/rescale.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/findtype.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"
#include "libanalysis/share.h"

#define SECOND INT64_C(1000000000)
#define TOTAL INT64_C(1000000000)
#define DECIMALS 1000		/* of values that had to be rounded */

static int
rescale_type(struct prof_type *t, int64_t num, int64_t den,
    struct prof_err *err)
{
	int64_t g, h, c = (int64_t)prof_num_gcd((uint64_t)num,
	    (uint64_t)den);

	num /= c;
	den /= c;
	g = (int64_t)prof_num_gcd((uint64_t)t->num, (uint64_t)den);
	h = (int64_t)prof_num_gcd((uint64_t)num, (uint64_t)t->den);
	if (!prof_num_mul(t->num / g, num / h, &t->num) ||
	    !prof_num_mul(t->den / h, den / g, &t->den))
		return prof_fail(err, PROF_ERANGE,
		    "the scale of the values leaves 64 bits");
	return PROF_OK;
}

static bool
counts_calls(const struct prof_edges *e, unsigned column)
{
	return e->role[column] == PROF_EDGE_CALLS ||
	    e->role[column] == PROF_EDGE_PRIMITIVE;
}

/* The columns of edges that count calls, or the others. */
static int
rescale_edges(struct prof_edges *e, bool calls, int64_t num, int64_t den,
    struct prof_err *err)
{
	int rc = PROF_OK;
	unsigned c;

	for (c = 0; c < e->ntypes && rc == PROF_OK; c++)
		if (counts_calls(e, c) == calls)
			rc = rescale_type(&e->type[c], num, den, err);
	return rc;
}

int
prof_rescale(struct prof_profile *p, int64_t num, int64_t den,
    struct prof_err *err)
{
	int rc = PROF_OK;
	unsigned c;

	for (c = 0; c < p->ntypes && rc == PROF_OK; c++)
		rc = rescale_type(&p->type[c], num, den, err);
	return rc == PROF_OK ? rescale_edges(&p->edges, false, num, den,
	    err) : rc;
}

int
prof_rescale_calls(struct prof_profile *p, int64_t num, int64_t den,
    struct prof_err *err)
{
	return rescale_edges(&p->edges, true, num, den, err);
}

/* Values times num / den, rounded; *inexact if any had to be. */
static int
multiply(int64_t *value, uint32_t n, prof_i128 num, prof_i128 den,
    bool *inexact, struct prof_err *err)
{
	prof_i128 v;
	uint32_t i;

	for (i = 0; i < n; i++) {
		v = prof_num_scaled(value[i], num, den);
		if (!prof_num_fits(v))
			return prof_fail(err, PROF_ERANGE,
			    "a normalised value leaves 64 bits");
		*inexact |= v * den != value[i] * num;
		value[i] = (int64_t)v;
	}
	return PROF_OK;
}

/* The error of a column of edges, multiplied like its values. */
static int64_t
grow_error(int64_t error, prof_i128 num, prof_i128 den, bool inexact)
{
	prof_i128 v = (error * num + den - 1) / den + inexact;

	return v < INT64_MAX ? (int64_t)v : INT64_MAX;
}

/* Self and total of a type; scale is that of the results. */
static int
multiply_edges(struct prof_profile *p, prof_str type, prof_i128 num,
    prof_i128 den, const struct prof_type *scale, struct prof_err *err)
{
	struct prof_edges *e = &p->edges;
	int rc = PROF_OK;
	bool inexact;
	unsigned c;

	for (c = 0; c < e->ntypes && rc == PROF_OK; c++) {
		if (counts_calls(e, c) || e->type[c].type != type)
			continue;
		inexact = false;
		rc = multiply(e->value[c], e->n, num, den, &inexact, err);
		e->error[c] = grow_error(e->error[c], num, den, inexact);
		e->type[c].num = scale->num;
		e->type[c].den = scale->den;
	}
	return rc;
}

static int
per_second(struct prof_profile *p, struct prof_err *err)
{
	const prof_i128 num = (prof_i128)SECOND * DECIMALS;
	int64_t duration = p->meta.duration_ns;
	bool inexact = false;
	int rc = PROF_OK;
	unsigned c;

	if (p->nsamples == 0 && p->edges.n == 0)
		return PROF_OK;
	if (duration <= 0)
		return prof_fail(err, PROF_EMISMATCH, "cannot normalise by "
		    "duration: an input does not tell how long it is");
	for (c = 0; c < p->ntypes && rc == PROF_OK; c++) {
		rc = multiply(p->value[c], p->nsamples, num, duration,
		    &inexact, err);
		prof_recorded_scale(&p->meta.recorded[c], num, duration);
		if (rc == PROF_OK)
			rc = rescale_type(&p->type[c], 1, DECIMALS, err);
		if (rc == PROF_OK)
			rc = multiply_edges(p, p->type[c].type, num,
			    duration, &p->type[c], err);
	}
	p->meta.duration_ns = SECOND;
	return rc;
}

/* Parts of a whole are to add up to it: by largest remainder. */
static void
share_out(struct prof_profile *p, unsigned column)
{
	uint64_t *weight = prof_alloc((size_t)p->nsamples + 1,
	    sizeof *weight);
	int64_t *part = prof_alloc((size_t)p->nsamples + 1, sizeof *part);
	int64_t v;
	bool any = false;
	uint32_t i;

	for (i = 0; i < p->nsamples; i++) {
		v = p->value[column][i];
		weight[i] = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
		any |= v != 0;
	}
	prof_share_out(TOTAL * DECIMALS, weight, p->nsamples, part);
	for (i = 0; any && i < p->nsamples; i++)
		p->value[column][i] = p->value[column][i] < 0 ? -part[i] :
		    part[i];
	free(weight);
	free(part);
}

/* What a column adds up to; samples count beside edges if measured, too. */
static prof_i128
whole_of(const struct prof_profile *p, unsigned column, int self)
{
	prof_i128 sum = 0, v;
	uint32_t i;

	for (i = 0; i < p->edges.n && self >= 0; i++) {
		v = p->edges.caller[i] == 0 ? p->edges.value[self][i] : 0;
		sum += v < 0 ? -v : v;
	}
	for (i = 0; i < p->nsamples && (self < 0 || !p->meta.estimated);
	    i++) {
		v = p->value[column][i];
		sum += v < 0 ? -v : v;
	}
	return sum;
}

/*
 * In thousandths: where many columns are normalised, and inputs added up,
 * nobody is to take a value for a count.
 */
static int
to_total(struct prof_profile *p, unsigned column, struct prof_err *err)
{
	struct prof_type *t = &p->type[column];
	int self = p->edges.n > 0 ? prof_profile_edge_column(p,
	    PROF_EDGE_SELF, t->type) : -1;
	prof_i128 whole = whole_of(p, column, self);
	prof_i128 num = whole != 0 ? (prof_i128)TOTAL * DECIMALS : 0;
	bool inexact = false;
	int rc = PROF_OK;

	t->num = 1;
	t->den = DECIMALS;
	whole += whole == 0;
	prof_recorded_scale(&p->meta.recorded[column], num, whole);
	if (self >= 0 && !p->meta.estimated)
		rc = multiply(p->value[column], p->nsamples, num, whole,
		    &inexact, err);
	else
		share_out(p, column);
	if (rc == PROF_OK && self >= 0)
		rc = multiply_edges(p, t->type, num, whole, t, err);
	return rc;
}

/* Samples are counted, not measured: beside other columns they stay. */
static int
all_to_total(struct prof_profile *p, struct prof_err *err)
{
	int counted = p->ntypes > 1 ? prof_find_samples(p) : -1;
	int rc = PROF_OK;
	unsigned c;

	for (c = 0; c < p->ntypes && rc == PROF_OK; c++)
		if ((int)c != counted)
			rc = to_total(p, c, err);
	return rc;
}

static int
per_op(struct prof_profile *p, const char *text, struct prof_err *err)
{
	size_t len = strlen(text);
	int64_t n, num = 1;
	unsigned scale;

	if (len == 0 || prof_num_parse(text, len, &n, &scale) != len || n < 1)
		return prof_fail(err, PROF_EUSAGE,
		    "--normalize per-op:N takes a number, not '%s'", text);
	for (; scale > 0; scale--)
		num *= 10;
	return prof_rescale(p, num, n, err);
}

int
prof_normalize(struct prof_profile *p, const char *mode,
    struct prof_err *err)
{
	if (strcmp(mode, "none") == 0)
		return PROF_OK;
	if (strcmp(mode, "duration") == 0)
		return per_second(p, err);
	if (strncmp(mode, "per-op:", 7) == 0)
		return per_op(p, mode + 7, err);
	if (strcmp(mode, "total") != 0)
		return prof_fail(err, PROF_EUSAGE, "--normalize takes none, "
		    "duration, total or per-op:N, not '%s'", mode);
	return all_to_total(p, err);
}
