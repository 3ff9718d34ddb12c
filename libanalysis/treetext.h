/* SPDX-License-Identifier: MIT */
#ifndef PROF_TREETEXT_H
#define PROF_TREETEXT_H

#include "libanalysis/about.h"
#include "libanalysis/frames.h"
#include "libanalysis/records.h"
#include "libanalysis/tree.h"

#define PROF_TREETEXT_MIN_PPM 5000	/* 0.5 %: what is usually wanted */

struct prof_treetext_opts {
	const char *type;	/* name of the sample type; NULL: none */
	const char *unit;	/* of value * num / den; NULL: count */
	int64_t num, den;	/* 0: 1 */
	int64_t whole;		/* what 100 % is; 0: the total */
	uint32_t min_ppm;	/* calls below are left out; 0: none are */
	unsigned width;		/* columns; 0: names are whole */
	bool ascii;		/* no lines and arrows of Unicode */
	bool from_leaf;		/* the tree was built that way */
	bool color;		/* the way of the largest calls is bold */
	const char *remark;	/* what the tree is; NULL: "call tree" */
	struct prof_wish wish;	/* the unit to show */
};

/*
 * Append a tree as text for people: a line for each call, the larger ones
 * first, with total, its share and self.
 *
 *   total   total%    self | call tree (cpu, total 7 s)
 *     7 s   100.0%     1 s | main
 *     6 s    85.7%     0 s | |- parse > ... > next (5 frames)
 *     4 s    57.1%     4 s | |  `- read
 *
 * A line joins the calls of a straight chain on which nothing is lost: its
 * total is that of each of them, its self that of the last.
 * Indentation ends at a level of PROF_TREETEXT_INDENT; from there lines tell
 * the depth of their first call instead.  The last line sums up what is
 * below the limit.
 *
 * t: the first side is shown.
 * Holds: self of all lines and the last line add up to the total.
 * Cost:  O(nodes log siblings), no recursion.
 */
void prof_treetext(const struct prof_tree *t,
    const struct prof_frames *frames, const struct prof_treetext_opts *opts,
    struct prof_buf *b);

#define PROF_TREETEXT_INDENT 16

/*
 * The same for machines: a row for each call in preorder, those below the
 * limit left out, with its depth (1 is the outermost frame, or the leaf
 * where the tree begins there) and the fields of the flat table.  The tree
 * must have been made with a limit of its own that is no higher.
 */
void prof_treetext_form(const struct prof_tree *t,
    const struct prof_frames *frames, const struct prof_about *a,
    const struct prof_treetext_opts *opts, enum prof_form form,
    struct prof_out *out);

#endif
