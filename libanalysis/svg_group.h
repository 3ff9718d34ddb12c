/* SPDX-License-Identifier: MIT */
#ifndef PROF_SVG_GROUP_H
#define PROF_SVG_GROUP_H

#include "libanalysis/intern.h"
#include "libanalysis/svg.h"
#include "libanalysis/svg_color.h"

/*
 * What the colours of one profile mean.  Frames of a group (a package, a
 * language, ...) have one hue and vary in lightness by name; groups are
 * more than hues.  Kernel, JIT, nameless and inlined frames have a shade of
 * their own instead, but where functions or self are what counts.
 */

/*
 * The shade of a frame: the same on every machine, and from build to build.
 *
 * palette: svg_palette.h; by matters for 0 only.  PROF_SVG_BY_SELF: the
 *          shade is of the node, not of the frame; this is the coldest one.
 * group:   the group's name is appended, if the shade is a hue's (below
 *          PROF_SVG_PACKAGES) and stands for groups.
 */
unsigned prof_svg_shade_of(const struct prof_row *row, unsigned palette,
    enum prof_svg_by by, struct prof_buf *group);

/* All frames of a tree of one side; zeroed memory is that of no frames. */
struct prof_svg_groups {
	unsigned palette;
	uint8_t *shade;		/* by frame id, for those in the tree */
	/* In nodes of that shade; those of heat by its first one. */
	prof_i128 self[PROF_SVG_SHADES];
	struct prof_strs name;
	struct prof_svg_group {
		prof_i128 self;
		unsigned hue;	/* shades 3 * hue and the next two */
	} *group;		/* by name - 1 */
	size_t cap;
};

/* Returns PROF_OK, or PROF_EUSAGE for a palette that is not known. */
int prof_svg_groups_init(struct prof_svg_groups *g,
    const struct prof_tree *t, const struct prof_frames *frames,
    const struct prof_svg_opts *opts, struct prof_err *err);
void prof_svg_groups_release(struct prof_svg_groups *g);

/* The shade of a node: that of its frame, the root's, heat, or negative. */
unsigned prof_svg_groups_shade(const struct prof_svg_groups *g,
    const struct prof_tree *t, const struct prof_svg_opts *opts,
    uint32_t node);

#endif
