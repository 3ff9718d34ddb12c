/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SAME_H
#define TESTS_SAME_H

#include <stdio.h>
#include <string.h>

#include "libanalysis/profile.h"

/*
 * Whether two profiles are equal in every column, string and id.  Returns
 * NULL if so, else the name of the first thing that differs.
 */

static char same_place[100];

/* Compare n rows of two tables field by field. */
#define SAME_ROWS(what, i, n, equal) \
	do { \
		for (i = 0; i < (n); i++) \
			if (!(equal)) { \
				snprintf(same_place, sizeof same_place, \
				    "%s %zu", what, (size_t)i); \
				return same_place; \
			} \
	} while (0)

static inline const char *
same_strs(const struct prof_strs *a, const struct prof_strs *b)
{
	size_t i;

	if (a->n != b->n)
		return "number of strings";
	SAME_ROWS("string", i, a->n, a->row[i].len == b->row[i].len &&
	    memcmp(a->row[i].bytes, b->row[i].bytes, a->row[i].len) == 0);
	return NULL;
}

static inline const char *
same_tables(const struct prof_profile *a, const struct prof_profile *b)
{
	size_t i;

	if (a->nfn != b->nfn)
		return "number of functions";
	SAME_ROWS("function", i, a->nfn, a->fn[i].name == b->fn[i].name &&
	    a->fn[i].system == b->fn[i].system &&
	    a->fn[i].file == b->fn[i].file &&
	    a->fn[i].start == b->fn[i].start);
	if (a->nmod != b->nmod)
		return "number of mappings";
	SAME_ROWS("mapping", i, a->nmod, a->mod[i].start == b->mod[i].start &&
	    a->mod[i].limit == b->mod[i].limit &&
	    a->mod[i].offset == b->mod[i].offset &&
	    a->mod[i].file == b->mod[i].file &&
	    a->mod[i].build_id == b->mod[i].build_id &&
	    a->mod[i].flags == b->mod[i].flags);
	if (a->nloc != b->nloc)
		return "number of locations";
	SAME_ROWS("location", i, a->nloc,
	    a->loc[i].address == b->loc[i].address &&
	    a->loc[i].mapping == b->loc[i].mapping &&
	    a->loc[i].first_line == b->loc[i].first_line &&
	    a->loc[i].nlines == b->loc[i].nlines &&
	    a->loc[i].kind == b->loc[i].kind &&
	    a->loc[i].flags == b->loc[i].flags);
	if (a->nline != b->nline)
		return "number of lines";
	SAME_ROWS("line", i, a->nline, a->line[i].fn == b->line[i].fn &&
	    a->line[i].line == b->line[i].line &&
	    a->line[i].column == b->line[i].column);
	return NULL;
}

static inline const char *
same_runs(const struct prof_profile *a, const struct prof_profile *b)
{
	size_t i;

	if (a->stacks.n != b->stacks.n)
		return "number of stacks";
	if (a->sets.n != b->sets.n)
		return "number of label sets";
	SAME_ROWS("end of stack", i, (size_t)a->stacks.n + (a->stacks.n > 0),
	    a->stacks.end[i] == b->stacks.end[i]);
	SAME_ROWS("end of set", i, (size_t)a->sets.n + (a->sets.n > 0),
	    a->sets.end[i] == b->sets.end[i]);
	SAME_ROWS("frame", i, a->stacks.n > 0 ? a->stacks.end[a->stacks.n] :
	    0, a->frame[i] == b->frame[i]);
	SAME_ROWS("label", i, a->sets.n > 0 ? a->sets.end[a->sets.n] : 0,
	    a->label[i].key == b->label[i].key &&
	    a->label[i].str == b->label[i].str &&
	    a->label[i].unit == b->label[i].unit &&
	    a->label[i].num == b->label[i].num);
	return NULL;
}

static inline const char *
same_types(const struct prof_type *a, unsigned na, const struct prof_type *b,
    unsigned nb)
{
	size_t i;

	if (na != nb)
		return "number of types";
	SAME_ROWS("type", i, na, a[i].type == b[i].type &&
	    a[i].unit == b[i].unit && a[i].num == b[i].num &&
	    a[i].den == b[i].den);
	return NULL;
}

static inline const char *
same_samples(const struct prof_profile *a, const struct prof_profile *b)
{
	const char *s = same_types(a->type, a->ntypes, b->type, b->ntypes);
	size_t i;
	unsigned c;

	if (s != NULL)
		return s;
	if (a->nsamples != b->nsamples)
		return "number of samples";
	if ((a->time == NULL) != (b->time == NULL))
		return "times";
	SAME_ROWS("stack of sample", i, a->nsamples,
	    a->stack[i] == b->stack[i]);
	SAME_ROWS("set of sample", i, a->nsamples, a->set[i] == b->set[i]);
	for (c = 0; c < a->ntypes; c++)
		SAME_ROWS("value of sample", i, a->nsamples,
		    a->value[c][i] == b->value[c][i]);
	if (a->time != NULL)
		SAME_ROWS("time of sample", i, a->nsamples,
		    a->time[i] == b->time[i]);
	return NULL;
}

static inline const char *
same_edges(const struct prof_edges *a, const struct prof_edges *b)
{
	const char *s = same_types(a->type, a->ntypes, b->type, b->ntypes);
	size_t i;
	unsigned c;

	if (s != NULL)
		return s;
	if (a->n != b->n)
		return "number of edges";
	SAME_ROWS("edge", i, a->n, a->caller[i] == b->caller[i] &&
	    a->callee[i] == b->callee[i] && a->line[i] == b->line[i]);
	for (c = 0; c < a->ntypes; c++)
		SAME_ROWS("value of edge", i, a->n,
		    a->value[c][i] == b->value[c][i]);
	SAME_ROWS("exactness of edges", i, a->ntypes,
	    a->exact[i] == b->exact[i] && a->role[i] == b->role[i] &&
	    a->error[i] == b->error[i]);
	return NULL;
}

static inline const char *
same_meta(const struct prof_meta *a, const struct prof_meta *b)
{
	if (a->time_ns != b->time_ns || a->duration_ns != b->duration_ns)
		return "time or duration";
	if (a->period_type != b->period_type ||
	    a->period_unit != b->period_unit || a->period != b->period)
		return "period";
	if (a->default_type != b->default_type)
		return "default type";
	if (a->doc_url != b->doc_url || a->drop_frames != b->drop_frames ||
	    a->keep_frames != b->keep_frames)
		return "texts";
	if (a->format != b->format || a->dialect != b->dialect)
		return "format";
	if (a->estimated != b->estimated)
		return "whether stacks are estimated";
	if (a->inputs != b->inputs || a->failed != b->failed)
		return "number of inputs";
	return a->differ != b->differ ? "differences" : NULL;
}

static inline const char *
same_notes(const struct prof_profile *a, const struct prof_profile *b)
{
	size_t i;

	if (a->ncomments != b->ncomments)
		return "number of comments";
	SAME_ROWS("comment", i, a->ncomments, a->comment[i] == b->comment[i]);
	if (a->nnotes != b->nnotes)
		return "number of notes";
	SAME_ROWS("note", i, a->nnotes, a->note[i].text == b->note[i].text &&
	    a->note[i].count == b->note[i].count &&
	    a->note[i].skipped == b->note[i].skipped &&
	    memcmp(a->note[i].where, b->note[i].where,
	    sizeof a->note[i].where) == 0);
	return NULL;
}

static inline const char *
same_profiles(const struct prof_profile *a, const struct prof_profile *b)
{
	const char *s = same_tables(a, b);

	s = s != NULL ? s : same_runs(a, b);
	s = s != NULL ? s : same_samples(a, b);
	s = s != NULL ? s : same_edges(&a->edges, &b->edges);
	s = s != NULL ? s : same_meta(&a->meta, &b->meta);
	s = s != NULL ? s : same_notes(a, b);
	return s != NULL ? s : same_strs(&a->strs, &b->strs);
}

#endif
