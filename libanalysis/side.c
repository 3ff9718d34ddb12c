/* SPDX-License-Identifier: MIT */
#include "libanalysis/side.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "libanalysis/filter.h"
#include "libanalysis/merge.h"
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

bool *
prof_side_base_sets(const struct prof_profile *p)
{
	static const char key[] = "pprof::base";
	prof_str id = prof_strs_find(&p->strs, key, sizeof key - 1);
	prof_str yes = prof_strs_find(&p->strs, "true", 4);
	const struct prof_label *l;
	bool *base;
	uint32_t s;
	size_t i, n;

	if (id == UINT32_MAX || yes == UINT32_MAX)
		return NULL;
	base = prof_zalloc((size_t)p->sets.n + 1, sizeof *base);
	for (s = 1; s <= p->sets.n; s++) {
		l = prof_profile_set(p, s, &n);
		for (i = 0; i < n; i++)
			if (l[i].key == id && l[i].str == yes)
				base[s] = true;
	}
	return base;
}

static bool
has_columns(const struct prof_profile *p)
{
	return p->ntypes == 2 && p->type[0].unit == p->type[1].unit &&
	    strcmp(prof_profile_str(p, p->type[0].type), "base") == 0 &&
	    strcmp(prof_profile_str(p, p->type[1].type), "new") == 0;
}

static bool
has_labels(const struct prof_profile *p)
{
	bool *base = prof_side_base_sets(p), found = false;
	uint32_t i;

	for (i = 0; base != NULL && i < p->nsamples && !found; i++)
		found = base[p->set[i]];
	free(base);
	return found;
}

static void
keep_column(struct prof_profile *p, unsigned column)
{
	prof_filter_column(p, column);
	p->type[0].type = prof_strs_adds(&p->strs, "samples");
	p->meta.default_type = 0;
}

/* The samples of the other side weigh nothing. */
static int
keep_labelled(struct prof_profile *p, bool base, struct prof_err *err)
{
	bool *is_base = prof_side_base_sets(p);
	uint32_t i;
	unsigned c;
	int64_t *v;

	for (i = 0; i < p->nsamples; i++) {
		for (c = 0; c < p->ntypes; c++) {
			v = &p->value[c][i];
			if (is_base[p->set[i]] != base) {
				*v = 0;
			} else if (base && !prof_num_mul(*v, -1, v)) {
				free(is_base);
				return prof_fail(err, PROF_ERANGE, "the "
				    "negative of a value leaves 64 bits");
			}
		}
	}
	free(is_base);
	return PROF_OK;
}

/* What weighs nothing goes: names of the other side pair with nothing. */
static int
used_only(struct prof_profile *p, struct prof_err *err)
{
	struct prof_merge *m = prof_merge_new();
	struct prof_profile used = { 0 };
	int rc = prof_merge_add(m, p, "", err);

	if (rc != PROF_OK) {
		prof_merge_free(m);
		return rc;
	}
	rc = prof_merge_finish(m, &used, err);
	if (rc == PROF_OK) {
		prof_profile_release(p);
		*p = used;
	}
	return rc;
}

int
prof_side_part(struct prof_profile *p, struct prof_profile *base,
    struct prof_err *err)
{
	bool columns = has_columns(p);
	struct prof_merge *m;
	int rc;

	if (!columns && !has_labels(p))
		return prof_fail(err, PROF_EMISMATCH, "there are no two "
		    "counts a line and no samples labelled pprof::base");
	prof_profile_drop_edges(p);
	m = prof_merge_new();
	rc = prof_merge_add(m, p, "base", err);
	if (rc != PROF_OK) {
		prof_merge_free(m);
		return rc;
	}
	rc = prof_merge_finish(m, base, err);
	if (rc == PROF_OK && columns) {
		keep_column(base, 0);
		keep_column(p, 1);
	} else if (rc == PROF_OK) {
		rc = keep_labelled(base, true, err);
		if (rc == PROF_OK)
			rc = keep_labelled(p, false, err);
		if (rc == PROF_OK)
			rc = used_only(base, err);
		if (rc == PROF_OK)
			rc = used_only(p, err);
	}
	return rc;
}
