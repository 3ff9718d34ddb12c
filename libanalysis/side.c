/* SPDX-License-Identifier: MIT */
#include "libanalysis/side.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "libanalysis/filter.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"

int
prof_side_mean(struct prof_profile *p, unsigned column, unsigned runs,
    struct prof_err *err)
{
	if (p->ntypes == 0)
		return PROF_OK;
	prof_filter_column(p, column);
	prof_profile_drop_edges(p);
	if (!prof_num_mul(p->type[0].den, runs, &p->type[0].den))
		return prof_fail(err, PROF_ERANGE,
		    "too many runs for the scale of the values");
	p->meta.duration_ns /= runs;
	return PROF_OK;
}

void
prof_side_pair(struct prof_profile *p, bool newer)
{
	struct prof_type type;
	int64_t *zero;

	if (p->ntypes == 0)
		return;
	zero = prof_zalloc(p->nsamples, sizeof *zero);
	type = p->type[0];
	p->value[1] = newer ? p->value[0] : zero;
	p->value[0] = newer ? zero : p->value[0];
	p->type[0] = p->type[1] = type;
	p->type[0].type = prof_strs_adds(&p->strs, "base");
	p->type[1].type = prof_strs_adds(&p->strs, "new");
	p->ntypes = 2;
}

static void
label_base(struct prof_profile *p)
{
	struct prof_builder b;
	struct prof_label *labels, mark = { 0 };
	const struct prof_label *from;
	uint32_t i, nsets = p->sets.n;
	prof_set *to = prof_alloc((size_t)nsets + 1, sizeof *to);
	size_t n;

	mark.key = prof_strs_adds(&p->strs, "pprof::base");
	mark.str = prof_strs_adds(&p->strs, "true");
	prof_builder_init(&b, p, NULL);
	for (i = 0; i <= nsets; i++) {
		from = prof_profile_set(p, i, &n);
		labels = prof_alloc(n + 1, sizeof *labels);
		if (n > 0)
			memcpy(labels, from, n * sizeof *labels);
		labels[n] = mark;
		to[i] = prof_builder_set(&b, labels, n + 1);
		free(labels);
	}
	for (i = 0; i < p->nsamples; i++)
		p->set[i] = to[p->set[i]];
	prof_builder_release(&b);
	free(to);
}

int
prof_side_negate(struct prof_profile *p, struct prof_err *err)
{
	uint32_t i;
	unsigned c;

	for (c = 0; c < p->ntypes; c++)
		for (i = 0; i < p->nsamples; i++)
			if (!prof_num_mul(p->value[c][i], -1,
			    &p->value[c][i]))
				return prof_fail(err, PROF_ERANGE,
				    "the negative of a value leaves 64 bits");
	label_base(p);
	p->meta.duration_ns = 0;
	return PROF_OK;
}
