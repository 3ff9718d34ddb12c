/* SPDX-License-Identifier: MIT */
#ifndef PROF_FOLDED_WRITE_H
#define PROF_FOLDED_WRITE_H

#include "libanalysis/out.h"
#include "libanalysis/profile.h"

#define PROF_FOLDED_COLUMNS 2

/*
 * Write one value column of p as collapsed stacks, or two: the base and the
 * new side of a comparison, "root;...;leaf BASE NEW", as the reader takes
 * them.
 *
 * columns: n of them, each below p->ntypes; n is 1 or 2.
 * Returns PROF_OK, or PROF_ERANGE when a sum leaves 64 bits.
 * Holds:  the sum of a column, rounded after its scale is applied.
 */
int prof_folded_write(const struct prof_profile *p, const unsigned *columns,
    unsigned n, struct prof_out *out, struct prof_err *err);

#endif
