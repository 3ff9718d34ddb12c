/* SPDX-License-Identifier: MIT */
#include "libanalysis/check.h"

static int
bad(struct prof_err *err, const char *what, uint64_t row)
{
	return prof_fail(err, PROF_EFORMAT, "profile check: %s in row %llu",
	    what, (unsigned long long)row);
}

static int
check_tables(const struct prof_profile *p, struct prof_err *err)
{
	const struct prof_location *l;
	uint32_t i;
	size_t ns = p->strs.n;

	for (i = 0; i < p->nfn; i++)
		if (p->fn[i].name > ns || p->fn[i].system > ns ||
		    p->fn[i].file > ns)
			return bad(err, "string of a function", i);
	for (i = 0; i < p->nmod; i++)
		if (p->mod[i].file > ns || p->mod[i].build_id > ns)
			return bad(err, "string of a mapping", i);
	for (i = 0; i < p->nline; i++)
		if (p->line[i].fn == 0 || p->line[i].fn > p->nfn)
			return bad(err, "function of a line", i);
	for (i = 0; i < p->nloc; i++) {
		l = &p->loc[i];
		if (l->mapping > p->nmod)
			return bad(err, "mapping of a location", i);
		if (l->first_line > p->nline ||
		    l->nlines > p->nline - l->first_line)
			return bad(err, "lines of a location", i);
		if (l->kind > PROF_KIND_BUILTIN)
			return bad(err, "kind of a location", i);
	}
	return PROF_OK;
}

static int
check_runs(const struct prof_runs *r, const char *what, struct prof_err *err)
{
	uint32_t i;

	if (r->n > 0 && (r->end == NULL || r->end[0] != 0))
		return bad(err, what, 0);
	for (i = 0; i < r->n; i++)
		if (r->end[i + 1] < r->end[i] || r->end[i + 1] > r->cap)
			return bad(err, what, i);
	return PROF_OK;
}

static int
check_stacks(const struct prof_profile *p, struct prof_err *err)
{
	uint64_t i, end;
	int rc = check_runs(&p->stacks, "run of a stack", err);

	if (rc != PROF_OK)
		return rc;
	end = p->stacks.n > 0 ? p->stacks.end[p->stacks.n] : 0;
	if (end > 0 && p->frame == NULL)
		return bad(err, "missing frames of stacks", 0);
	for (i = 0; i < end; i++)
		if (p->frame[i] == 0 || p->frame[i] > p->nloc)
			return bad(err, "location of a stack", i);
	return PROF_OK;
}

static int
check_sets(const struct prof_profile *p, struct prof_err *err)
{
	uint64_t i, end;
	int rc = check_runs(&p->sets, "run of a label set", err);
	size_t ns = p->strs.n;

	if (rc != PROF_OK)
		return rc;
	end = p->sets.n > 0 ? p->sets.end[p->sets.n] : 0;
	if (end > 0 && p->label == NULL)
		return bad(err, "missing labels of sets", 0);
	for (i = 0; i < end; i++)
		if (p->label[i].key > ns || p->label[i].str > ns ||
		    p->label[i].unit > ns)
			return bad(err, "string of a label", i);
	return PROF_OK;
}

static int
check_types(const struct prof_type *t, unsigned n, size_t ns,
    struct prof_err *err)
{
	unsigned c;

	if (n > PROF_COLS_MAX)
		return bad(err, "number of types", n);
	for (c = 0; c < n; c++) {
		if (t[c].type > ns || t[c].unit > ns)
			return bad(err, "string of a type", c);
		if (t[c].num < 1 || t[c].den < 1)
			return bad(err, "scale of a type", c);
	}
	return PROF_OK;
}

static int
check_samples(const struct prof_profile *p, struct prof_err *err)
{
	uint32_t i;
	unsigned c;
	int rc = check_types(p->type, p->ntypes, p->strs.n, err);

	if (rc != PROF_OK || p->nsamples == 0)
		return rc;
	if (p->ntypes == 0)
		return bad(err, "samples without a type", 0);
	if (p->stack == NULL || p->set == NULL)
		return bad(err, "missing column of samples", 0);
	for (i = 0; i < p->nsamples; i++)
		if (p->stack[i] > p->stacks.n || p->set[i] > p->sets.n)
			return bad(err, "ids of a sample", i);
	for (c = 0; c < p->ntypes; c++)
		if (p->value[c] == NULL)
			return bad(err, "missing column of a type", c);
	return PROF_OK;
}

static int
check_edges(const struct prof_profile *p, struct prof_err *err)
{
	const struct prof_edges *e = &p->edges;
	uint32_t i;
	unsigned c;
	int rc = check_types(e->type, e->ntypes, p->strs.n, err);

	if (rc != PROF_OK || e->n == 0)
		return rc;
	if (e->caller == NULL || e->callee == NULL || e->line == NULL)
		return bad(err, "missing column of edges", 0);
	for (c = 0; c < e->ntypes; c++)
		if (e->value[c] == NULL || e->role[c] >= PROF_EDGE_ROLES ||
		    e->error[c] < 0)
			return bad(err, "column of an edge type", c);
	for (i = 0; i < e->n; i++)
		if (e->caller[i] > p->nfn || e->callee[i] == 0 ||
		    e->callee[i] > p->nfn)
			return bad(err, "function of an edge", i);
	return PROF_OK;
}

static int
check_meta(const struct prof_profile *p, struct prof_err *err)
{
	const struct prof_meta *m = &p->meta;
	const prof_str s[] = { m->period_type, m->period_unit,
	    m->default_type, m->doc_url, m->drop_frames, m->keep_frames,
	    m->format, m->dialect };
	uint32_t i;

	for (i = 0; i < sizeof s / sizeof s[0]; i++)
		if (s[i] > p->strs.n)
			return bad(err, "string of the metadata", i);
	for (i = 0; i < p->ncomments; i++)
		if (p->comment[i] > p->strs.n)
			return bad(err, "string of a comment", i);
	for (i = 0; i < p->nnotes; i++)
		if (p->note[i].text > p->strs.n)
			return bad(err, "string of a note", i);
	return PROF_OK;
}

int
prof_profile_check(const struct prof_profile *p, struct prof_err *err)
{
	int rc = check_tables(p, err);

	if (rc == PROF_OK)
		rc = check_stacks(p, err);
	if (rc == PROF_OK)
		rc = check_sets(p, err);
	if (rc == PROF_OK)
		rc = check_samples(p, err);
	if (rc == PROF_OK)
		rc = check_edges(p, err);
	if (rc == PROF_OK)
		rc = check_meta(p, err);
	return rc;
}
