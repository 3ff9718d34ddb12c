/* SPDX-License-Identifier: MIT */
#ifndef PROF_DROPROW_H
#define PROF_DROPROW_H

#include "libanalysis/profile.h"

/* A sample that a filter drops has value 0 in all columns. */

static inline void
prof_droprow(struct prof_profile *p, uint32_t row)
{
	unsigned c;

	for (c = 0; c < p->ntypes; c++)
		p->value[c][row] = 0;
}

static inline bool
prof_droprow_done(const struct prof_profile *p, uint32_t row)
{
	unsigned c;

	for (c = 0; c < p->ntypes; c++)
		if (p->value[c][row] != 0)
			return false;
	return true;
}

#endif
