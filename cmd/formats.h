/* SPDX-License-Identifier: MIT */
#ifndef CMD_FORMATS_H
#define CMD_FORMATS_H

#include "cmd/options.h"
#include "formats/format.h"

/* pconvert --formats, as text or with --tsv. */
void cli_list_formats(const struct options *o);

/*
 * Write a text format to a terminal: control characters out of names are
 * escaped, so that they act on nothing.
 */
void cli_print_profile(const struct prof_writer *w,
    const struct prof_write_opts *opts, const struct prof_profile *p);

/*
 * Say what of p the writer cannot hold, and that its stacks are estimated
 * where the format has no place for it; with --strict a loss fails.
 *
 * column: the one that a format with one column keeps.
 */
void cli_losses(const struct options *o, const struct prof_writer *w,
    const struct prof_profile *p, unsigned column);

/* Options of graphs: refused where nothing comes of them; for a writer. */
void cli_graph_check(const struct options *o, const struct prof_writer *w);
void cli_graph_opts(struct prof_write_opts *opts, const struct options *o);

#endif
