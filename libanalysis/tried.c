/* SPDX-License-Identifier: MIT */
#include "libanalysis/tried.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

enum { UNKNOWN, NO, YES };

int
prof_tried_init(struct prof_tried *t, const char *text,
    const struct prof_profile *p, uint64_t max, struct prof_err *err)
{
	memset(t, 0, sizeof *t);
	if (text == NULL)
		return PROF_OK;
	t->pattern = prof_pattern_new(text, max, err);
	if (t->pattern == NULL)
		return PROF_EPATTERN;
	t->p = p;
	t->n = p->strs.n + 1;
	t->said = prof_zalloc(t->n, sizeof *t->said);
	return PROF_OK;
}

void
prof_tried_release(struct prof_tried *t)
{
	prof_pattern_free(t->pattern);
	free(t->said);
	memset(t, 0, sizeof *t);
}

int
prof_tried_str(struct prof_tried *t, prof_str s, struct prof_err *err)
{
	int rc;

	if (s < t->n && t->said[s] != UNKNOWN)
		return t->said[s] == YES;
	rc = prof_pattern_match(t->pattern, prof_profile_str(t->p, s),
	    prof_strs_len(&t->p->strs, s), err);
	if (rc >= 0 && s < t->n)
		t->said[s] = rc > 0 ? YES : NO;
	return rc;
}

int
prof_tried_line(struct prof_tried *t, const struct prof_line *line,
    struct prof_err *err)
{
	const struct prof_function *f = prof_profile_fn(t->p, line->fn);
	int rc = prof_tried_str(t, f->name, err);

	return rc != 0 ? rc : prof_tried_str(t, f->file, err);
}

int
prof_tried_place(struct prof_tried *t, const struct prof_location *l,
    struct prof_err *err)
{
	char hex[24];
	int n;

	if (l->mapping != 0)
		return prof_tried_str(t, prof_profile_mod(t->p,
		    l->mapping)->file, err);
	if (l->nlines > 0)
		return 0;
	n = snprintf(hex, sizeof hex, "0x%" PRIx64, l->address);
	return prof_pattern_match(t->pattern, hex, (size_t)n, err);
}
