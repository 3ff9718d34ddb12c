/* SPDX-License-Identifier: MIT */
#include "libanalysis/pgo_go.h"

#include <string.h>

#include "libanalysis/filter.h"
#include "libanalysis/num.h"

static bool
is(const struct prof_profile *p, prof_str s, const char *text)
{
	return strcmp(prof_profile_str(p, s), text) == 0;
}

static bool
counts_samples(const struct prof_profile *p, unsigned c)
{
	return is(p, p->type[c].type, "samples") &&
	    is(p, p->type[c].unit, "count");
}

static const struct prof_unit *
cpu_unit(const struct prof_profile *p, unsigned c)
{
	const char *name = prof_profile_str(p, p->type[c].unit);
	const struct prof_unit *u = prof_unit_find(name, strlen(name));

	return is(p, p->type[c].type, "cpu") && u != NULL &&
	    u->family == PROF_UNIT_TIME ? u : NULL;
}

unsigned
prof_pgo_go_column(const struct prof_profile *p)
{
	unsigned c;

	for (c = 0; c < p->ntypes; c++)
		if (cpu_unit(p, c) != NULL)
			return c;
	for (c = 0; c < p->ntypes; c++)
		if (counts_samples(p, c))
			return c;
	return prof_profile_default(p);
}

/* What the compiler reads is the integers: a scale goes into them. */
static int
convert(struct prof_profile *p, prof_i128 factor, struct prof_err *err)
{
	struct prof_type *t = &p->type[0];
	prof_i128 num = factor * t->num, v;
	uint32_t i;

	if (num == t->den)
		return PROF_OK;
	for (i = 0; i < p->nsamples; i++) {
		v = prof_num_scaled(p->value[0][i], num, t->den);
		if (!prof_num_fits(v))
			return prof_fail(err, PROF_ERANGE, "values of '%s' do "
			    "not fit 64 bits in its base unit",
			    prof_profile_str(p, t->type));
		p->value[0][i] = (int64_t)v;
	}
	t->num = t->den = 1;
	return PROF_OK;
}

static int
settle_type(struct prof_profile *p, unsigned column, struct prof_err *err)
{
	const struct prof_unit *u;
	int rc;

	if (column >= p->ntypes)
		return prof_fail(err, PROF_EMISMATCH,
		    "the profile has no sample type");
	u = cpu_unit(p, column);
	if (u == NULL && !counts_samples(p, column))
		return prof_fail(err, PROF_EMISMATCH, "go build -pgo takes a "
		    "sample type 'cpu' in a unit of time or 'samples' in "
		    "'count', not '%s' in '%s'",
		    prof_profile_str(p, p->type[column].type),
		    prof_profile_str(p, p->type[column].unit));
	prof_filter_column(p, column);
	rc = convert(p, u != NULL ? u->factor : 1, err);
	if (rc == PROF_OK && u != NULL)
		p->type[0].unit = prof_strs_adds(&p->strs, "nanoseconds");
	return rc;
}

struct frames {
	uint64_t lines, starts, both, all;
};

/* Frames of stacks as they are, not of tables that may have more. */
static struct frames
count_frames(const struct prof_profile *p)
{
	struct frames f = { 0 };
	const struct prof_line *line;
	const struct prof_location *l;
	const prof_loc *run;
	bool known, starts;
	uint32_t s, k;
	size_t i, n;

	for (s = 0; s < p->nsamples; s++) {
		run = prof_profile_stack(p, p->stack[s], &n);
		for (i = 0; i < n; i++) {
			l = prof_profile_loc(p, run[i]);
			line = prof_profile_lines(p, l);
			f.all += l->nlines == 0;
			for (k = 0; k < l->nlines; k++) {
				known = line[k].line > 0;
				starts = prof_profile_fn(p,
				    line[k].fn)->start > 0;
				f.lines += known;
				f.starts += starts;
				f.both += known && starts;
				f.all++;
			}
		}
	}
	return f;
}

int
prof_pgo_go(struct prof_profile *p, unsigned column, uint64_t *lacking,
    struct prof_err *err)
{
	struct frames f = count_frames(p);
	int rc = settle_type(p, column, err);

	*lacking = f.all - f.both;
	if (rc != PROF_OK || p->nsamples == 0)
		return rc;
	if (f.lines == 0)
		return prof_fail(err, PROF_EMISMATCH, "the profile has no "
		    "line numbers, which go build -pgo needs to find calls");
	if (f.starts == 0)
		return prof_fail(err, PROF_EMISMATCH, "the profile does not "
		    "say at which line functions start, which go build -pgo "
		    "needs; Go 1.20 and later record it");
	if (f.both == 0)
		return prof_fail(err, PROF_EMISMATCH, "no frame has both a "
		    "line number and a function whose first line is known, "
		    "which go build -pgo needs");
	prof_profile_drop_edges(p);
	return PROF_OK;
}
