/* SPDX-License-Identifier: MIT */
#include "libanalysis/rescale.h"

#include <stdlib.h>
#include <string.h>

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

int
prof_rescale(struct prof_profile *p, int64_t num, int64_t den,
    struct prof_err *err)
{
	struct prof_edges *e = &p->edges;
	int rc = PROF_OK;
	unsigned c;

	for (c = 0; c < p->ntypes && rc == PROF_OK; c++)
		rc = rescale_type(&p->type[c], num, den, err);
	for (c = 0; c < e->ntypes && rc == PROF_OK; c++)
		if (e->role[c] == PROF_EDGE_SELF ||
		    e->role[c] == PROF_EDGE_TOTAL)
			rc = rescale_type(&e->type[c], num, den, err);
	return rc;
}

/* Values times num / den, rounded. */
static int
multiply(struct prof_profile *p, unsigned column, prof_i128 num,
    prof_i128 den, struct prof_err *err)
{
	int64_t *value = p->value[column];
	prof_i128 v;
	uint32_t i;

	for (i = 0; i < p->nsamples; i++) {
		v = prof_num_scaled(value[i], num, den);
		if (!prof_num_fits(v))
			return prof_fail(err, PROF_ERANGE,
			    "a normalised value leaves 64 bits");
		value[i] = (int64_t)v;
	}
	return PROF_OK;
}

static int
per_second(struct prof_profile *p, struct prof_err *err)
{
	int rc = PROF_OK;
	unsigned c;

	if (p->nsamples == 0)
		return PROF_OK;
	if (p->meta.duration_ns <= 0)
		return prof_fail(err, PROF_EMISMATCH, "cannot normalise by "
		    "duration: an input does not tell how long it is");
	prof_profile_drop_edges(p);
	for (c = 0; c < p->ntypes && rc == PROF_OK; c++) {
		rc = multiply(p, c, (prof_i128)SECOND * DECIMALS,
		    p->meta.duration_ns, err);
		if (rc == PROF_OK)
			rc = rescale_type(&p->type[c], 1, DECIMALS, err);
	}
	p->meta.duration_ns = SECOND;
	return rc;
}

/* Parts of a whole are to add up to it: by largest remainder. */
static void
to_total(struct prof_profile *p, unsigned column)
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
	prof_share_out(TOTAL, weight, p->nsamples, part);
	for (i = 0; any && i < p->nsamples; i++)
		p->value[column][i] = p->value[column][i] < 0 ? -part[i] :
		    part[i];
	p->type[column].num = p->type[column].den = 1;
	free(weight);
	free(part);
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
	unsigned c;

	if (strcmp(mode, "none") == 0)
		return PROF_OK;
	if (strcmp(mode, "duration") == 0)
		return per_second(p, err);
	if (strncmp(mode, "per-op:", 7) == 0)
		return per_op(p, mode + 7, err);
	if (strcmp(mode, "total") != 0)
		return prof_fail(err, PROF_EUSAGE, "--normalize takes none, "
		    "duration, total or per-op:N, not '%s'", mode);
	prof_profile_drop_edges(p);
	for (c = 0; c < p->ntypes; c++)
		to_total(p, c);
	return PROF_OK;
}
