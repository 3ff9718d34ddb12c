/* SPDX-License-Identifier: MIT */
#ifndef PROF_ROWS_H
#define PROF_ROWS_H

#include "libanalysis/coarsen.h"
#include "libanalysis/profile.h"

/*
 * One row.  Strings are borrowed from the profile, or, for a location
 * without a function, made here ("0x45f0 [libc.so.6]").
 */
struct prof_row {
	const char *name;	/* raw bytes, NUL-terminated */
	const char *file;	/* "" when not known */
	const char *module;	/* file name of the mapping, "" likewise */
	uint32_t name_len, file_len, module_len;
	uint64_t address;	/* in its mapping, if there is no function */
	const char *build_id;	/* of its mapping, "" when not known */
	int64_t line;		/* of the definition; 0: not known */
	uint8_t kind;		/* enum prof_kind, of its first location */
	bool inlined;		/* inlined wherever it occurs */
	bool nameless;		/* no function known: see the view */
};

/*
 * The view of a profile by rows: which rows each location stands for.  A
 * function is told apart by (name, file, start line), one without a file
 * by module, too; a location without lines by build id, else module,
 * and address relative to its mapping, which are its name, too; without an
 * address it is called "[libc.so.6]" or "[unknown]".  By name,
 * such locations are one row for each file mapped ("[libc.so.6]"), and one
 * for those of no file ("<unknown>").
 */
struct prof_rows {
	const struct prof_profile *p;	/* must outlive the view */
	struct prof_row *row;		/* [id - 1] */
	uint32_t n;
	uint32_t *first;	/* by location id - 1: index in of; nloc + 1 */
	uint32_t *of;		/* row ids, innermost first */
	size_t cap;
	uint32_t *of_fn;	/* by function id - 1: row of what edges say */
				/* of it, 0 for none; NULL without edges */
	struct prof_arena arena;
};

/* Cost: O(locations + lines + edges). */
void prof_rows_init(struct prof_rows *v, const struct prof_profile *p,
    enum prof_granularity by);
void prof_rows_release(struct prof_rows *v);

/* The rows of a location, innermost first; *n is at least 1. */
static inline const uint32_t *
prof_rows_of(const struct prof_rows *v, prof_loc loc, size_t *n)
{
	*n = v->first[loc] - v->first[loc - 1];
	return v->of + v->first[loc - 1];
}

/* The row of a function of the profile's edges; 0 for function 0. */
static inline uint32_t
prof_rows_of_fn(const struct prof_rows *v, prof_fn fn)
{
	return fn != 0 ? v->of_fn[fn - 1] : 0;
}

/*
 * By location id, to be freed: its row if that is the only one, as with most
 * locations, else 0.  One look-up tells it then instead of three.
 *
 * class_of: by row id, what is told instead of the row; or NULL.
 */
uint32_t *prof_rows_only(const struct prof_rows *v, const uint32_t *class_of);

static inline const struct prof_row *
prof_rows_get(const struct prof_rows *v, uint32_t row)
{
	return &v->row[row - 1];
}

#endif
