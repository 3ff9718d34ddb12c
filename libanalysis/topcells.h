/* SPDX-License-Identifier: MIT */
#ifndef PROF_TOPCELLS_H
#define PROF_TOPCELLS_H

#include "libanalysis/amount.h"
#include "libanalysis/rows.h"
#include "libanalysis/table.h"

/* Cells that the tables of ptop share.  Private. */

/* The colour of a row: by where its code comes from. */
enum prof_ink prof_row_ink(const struct prof_row *r);

/* The colour of a number: large ones stand out, small ones do not. */
enum prof_ink prof_share_ink(prof_i128 v, prof_i128 whole);

void prof_cell_amount(struct prof_table *t, const struct prof_amount *a,
    prof_i128 v, enum prof_ink ink);
void prof_cell_share(struct prof_table *t, prof_i128 v, prof_i128 whole);

/* "7", or "7/3" where only 3 of them are not recursive. */
void prof_cell_calls(struct prof_table *t, prof_i128 calls,
    prof_i128 primitive);

/*
 * The name, behind indent, and whether it is inlined; and where it is: base
 * name of the file and line, else of the module.  A name that ends in its
 * own file and line is shown without.
 */
void prof_cell_name(struct prof_table *t, const struct prof_row *r,
    const char *indent, const struct prof_style *style);
void prof_cell_where(struct prof_table *t, const struct prof_row *r);

#endif
