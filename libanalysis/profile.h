/* SPDX-License-Identifier: MIT */
#ifndef PROF_PROFILE_H
#define PROF_PROFILE_H

#include "libanalysis/err.h"
#include "libanalysis/meta.h"

/*
 * The model that every reader fills and everything else computes on:
 * columns indexed by 32-bit ids.  Id 0 means none, row id lies at [id - 1],
 * so zeroed memory is a valid empty profile.  A profile owns its columns
 * and strings; they live until prof_profile_release.
 */
struct prof_profile {
	struct prof_strs strs;
	struct prof_function *fn;
	uint32_t nfn;
	struct prof_mapping *mod;
	uint32_t nmod;
	struct prof_location *loc;
	uint32_t nloc;
	struct prof_line *line;
	uint32_t nline;
	struct prof_runs stacks;	/* of frame, leaf first */
	prof_loc *frame;
	struct prof_runs sets;		/* of label */
	struct prof_label *label;

	struct prof_type type[PROF_COLS_MAX];
	unsigned ntypes;
	prof_stack *stack;		/* by sample row */
	prof_set *set;
	int64_t *time;			/* ns since start; NULL: not kept */
	int64_t *value[PROF_COLS_MAX];
	uint32_t nsamples;

	struct prof_edges edges;
	struct prof_meta meta;
	prof_str *comment;
	uint32_t ncomments;
	struct prof_note *note;
	uint32_t nnotes;

	size_t fn_cap, mod_cap, loc_cap, line_cap, sample_cap, comment_cap,
	    note_cap;
};

void prof_profile_release(struct prof_profile *p);

static inline const struct prof_function *
prof_profile_fn(const struct prof_profile *p, prof_fn id)
{
	return &p->fn[id - 1];
}

static inline const struct prof_mapping *
prof_profile_mod(const struct prof_profile *p, prof_mod id)
{
	return &p->mod[id - 1];
}

static inline const struct prof_location *
prof_profile_loc(const struct prof_profile *p, prof_loc id)
{
	return &p->loc[id - 1];
}

/* The lines of a location, innermost first; NULL when there are none. */
static inline const struct prof_line *
prof_profile_lines(const struct prof_profile *p,
    const struct prof_location *l)
{
	return l->nlines != 0 ? p->line + l->first_line : NULL;
}

/* The locations of a stack, leaf first; *n is their number. */
static inline const prof_loc *
prof_profile_stack(const struct prof_profile *p, prof_stack id, size_t *n)
{
	if (id == 0) {
		*n = 0;
		return NULL;
	}
	*n = (size_t)(p->stacks.end[id] - p->stacks.end[id - 1]);
	return p->frame + p->stacks.end[id - 1];
}

/* The labels of a set, text labels by key, then numbers by key. */
static inline const struct prof_label *
prof_profile_set(const struct prof_profile *p, prof_set id, size_t *n)
{
	if (id == 0) {
		*n = 0;
		return NULL;
	}
	*n = (size_t)(p->sets.end[id] - p->sets.end[id - 1]);
	return p->label + p->sets.end[id - 1];
}

static inline const char *
prof_profile_str(const struct prof_profile *p, prof_str id)
{
	return prof_strs_get(&p->strs, id);
}

/* Append a row and return its id; duplicates are the caller's business. */
prof_fn prof_profile_add_fn(struct prof_profile *p, struct prof_function f);
prof_mod prof_profile_add_mod(struct prof_profile *p, struct prof_mapping m);

/* first_line and nlines of loc are set from lines[0..n). */
prof_loc prof_profile_add_loc(struct prof_profile *p,
    struct prof_location loc, const struct prof_line *lines, size_t n);

/* Add a value column; the caller keeps to PROF_COLS_MAX. */
void prof_profile_add_type(struct prof_profile *p, prof_str type,
    prof_str unit);

void prof_profile_add_comment(struct prof_profile *p, prof_str text);

/* Add a column of edges before the first row: exact, without error. */
void prof_profile_add_edge_type(struct prof_profile *p,
    enum prof_edge_role role, prof_str type, prof_str unit);

/* Column of edges with this role (of a type: self and total), or -1. */
int prof_profile_edge_column(const struct prof_profile *p,
    enum prof_edge_role role, prof_str type);

/* Append a row of edges: a value for each edge type. */
void prof_profile_add_edge(struct prof_profile *p, prof_fn caller,
    prof_fn callee, int64_t line, const int64_t *values);
/* Forget edges and their types; or samples, stacks and label sets. */
void prof_profile_drop_edges(struct prof_profile *p);
void prof_profile_drop_samples(struct prof_profile *p);

/* Append a kind of trouble that has not happened yet; as above. */
struct prof_note *prof_profile_add_note(struct prof_profile *p,
    prof_str text, bool skipped);

/* Count trouble of one kind; where is a line or offset, 0 for none. */
void prof_profile_note(struct prof_profile *p, const char *text,
    uint64_t where, bool skipped);

/* Records left out while reading, of all kinds. */
uint64_t prof_profile_skipped(const struct prof_profile *p);

/* Column of the default type (0 without columns), and of one name, or -1. */
unsigned prof_profile_default(const struct prof_profile *p);
int prof_profile_column(const struct prof_profile *p, const char *type);

#endif
