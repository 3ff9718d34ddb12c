/* SPDX-License-Identifier: MIT */
#ifndef PROF_COMPARABLE_FACTS_H
#define PROF_COMPARABLE_FACTS_H

#include "libanalysis/buf.h"
#include "libanalysis/rows.h"

/* What comparable.c looks for in one profile.  Private to it. */

/* What a side says of machine and build: pairs of key and value. */
struct prof_facts {
	struct prof_fact {
		const char *key;	/* as we call it; static */
		char *value;
	} *of;
	size_t n, cap;
	size_t at;		/* of prof_facts_differ */
};

/* Add those of comments, and of labels but by (may be NULL). */
void prof_facts_add(struct prof_facts *f, const struct prof_profile *p,
    const char *by);

/* In order, each once. */
void prof_facts_sort(struct prof_facts *f);

/*
 * The next key of which both sides have values, and not the same ones: text
 * gets "host differs: a and b, c".  False when there is none any more.
 */
bool prof_facts_differ(struct prof_facts f[2], struct prof_buf *text);
void prof_facts_release(struct prof_facts *f);

/*
 * Whether a row is of the profiler itself; or not known by any name.  name is
 * that of the function whose self the row has: its own, or an end of that.
 */
bool prof_facts_is_observer(const struct prof_row *row, const char *name);
bool prof_facts_is_unknown(const struct prof_row *row, const char *name);

/*
 * The length of the longest stacks, if so many are that long that the
 * profiler must have cut them off there; else 0.
 */
size_t prof_facts_cut(const struct prof_profile *p, unsigned column);

#endif
