/* SPDX-License-Identifier: MIT */
#ifndef CMD_PICTURE_H
#define CMD_PICTURE_H

#include "cmd/cli.h"
#include "libanalysis/chart.h"
#include "libanalysis/svg.h"

/* What is drawn: one or two profiles, frames numbered across both. */
struct picture {
	struct prof_tree_side side[PROF_TREE_SIDES];
	int64_t *weight[PROF_TREE_SIDES];
	unsigned nsides;
	struct prof_frames frames;
	struct prof_svg_opts how;
	unsigned column;		/* of the last side weighed */
	struct prof_chart chart;	/* with --flamechart */
	struct prof_buf order;		/* its subtitle */
	struct prof_out *out;		/* of SVG; NULL: as options say */
};

/* Exit if a word among the options is none that pictures know. */
void picture_check(const struct options *o);

/* Weigh the stacks of one side by a column. */
void picture_weigh(struct picture *c, unsigned side,
    const struct prof_rows *rows, unsigned column);

/* What the options say of the looks, and the unit of the column. */
void picture_style(struct picture *c, const struct options *o,
    const struct prof_profile *p, unsigned column, const char *title);

/* Append what the inputs had that is not in the picture. */
void picture_note(struct prof_buf *b, uint64_t skipped);

/*
 * Samples taken, where a column counts them and is not the one drawn; 0 where
 * it was scaled: not known.
 */
uint64_t picture_samples(const struct prof_profile *p, unsigned column);

/* Make the tree, write the picture where it goes, and release c. */
void picture_draw(const struct options *o, struct picture *c);

/* The tree to be drawn, in the order that --sort, --reverse ask for. */
void flametree(const struct options *o, struct picture *c,
    struct prof_tree *t);

/* --term: what the tree must hold, and the picture in characters. */
int64_t flameterm_min_total(const struct options *o, int64_t whole,
    unsigned nsides);
void flameterm_draw(const struct options *o, const struct picture *c,
    const struct prof_tree *t);

/* --flamechart: what it does not go with, and the tree, into c->chart. */
void flamechart_check(const struct options *o);
void flamechart_make(struct picture *c, int64_t min_total);

/* Append lines for <desc>: the functions with most self and total. */
void picture_describe(struct prof_buf *b, const struct prof_rows *rows,
    const struct prof_flat *flat);

/*
 * Tell the picture how it was made; words, filled here, must outlive it.
 * Where the output went is not told.
 */
void picture_command(struct picture *c, int argc, char **argv,
    struct prof_buf *words);

/* Everything for --diff; command as picture_command leaves it. */
void flamediff(const struct options *o, const struct prof_svg_opts *command);

#endif
