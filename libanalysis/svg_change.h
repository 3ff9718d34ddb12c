/* SPDX-License-Identifier: MIT */
#ifndef PROF_SVG_CHANGE_H
#define PROF_SVG_CHANGE_H

#include "libanalysis/json.h"
#include "libanalysis/scale.h"
#include "libanalysis/svg.h"

#define PROF_SVG_STEPS 5

enum {
	PROF_CHANGE_NEW = 1,	/* total of base is 0, of new is not */
	PROF_CHANGE_GONE = 2,	/* the reverse */
	PROF_CHANGE_EVEN = 4,	/* changed, but within noise */
	PROF_CHANGE_OVER = 8,	/* over the ratio, by the means */
	PROF_CHANGE_FAINT = 16	/* only in drawn, of over and even together, */
				/* for which over is not set there */
};

/*
 * How the frames of a tree of two sides changed.  All is told by the metric
 * of the options, total or self; but new and gone by total.
 *
 * The measure of a change is points of share (of the larger whole), the
 * logarithm to base 2 of the ratio (without limit from or to 0), or the
 * value.  Its scale has five steps of round numbers: the last one is the
 * first that 99 % of the frames drawn that changed (by more than noise, if
 * any did) do not exceed.  A fill is one of five: the number of the first
 * four steps reached.
 */
struct prof_svg_change {
	const struct prof_tree *t;
	const struct prof_svg_compare *how;	/* borrowed */
	int64_t *const *value;		/* of the metric, by side and node */
	const struct prof_scale *scale;	/* how values are shown; borrowed */
	prof_i128 whole[PROF_TREE_SIDES];
	struct prof_regress_rule rule;
	int8_t *step;		/* by node: 0, or 1 to 5 with the sign of the */
				/* change; all but those drawn or held: 0 */
	uint8_t *flags;		/* by node: PROF_CHANGE_* */
	double steps[PROF_SVG_STEPS];	/* of |measure|, ascending */
	double shown[PROF_SVG_STEPS];	/* the same as a user reads them: */
				/* points, ratio, or in the unit of scale */
	double most;		/* the largest finite one drawn, shown */
	uint32_t beyond;	/* frames drawn beyond the last step */
	bool judged;		/* counts are known: there is noise */
	uint32_t frames;	/* in the file, without the root; of these */
	uint32_t differ;	/* changed, by more than noise if judged */
	uint32_t over, faint;	/* the second within noise */
	uint8_t drawn;		/* flags of the frames drawn, joined: what */
				/* the legend is to explain */
};

/*
 * whole: by side, what 100 % is.
 * tier:  by node, 0 for what is not in the file, 2 and above for what is
 *        drawn, see svg_layout.h; NULL: all is drawn.
 * Cost:  O(n log n) in nodes; where noise is judged, up to
 *        PROF_NOISE_EXACT steps for each.
 */
void prof_svg_change_init(struct prof_svg_change *c,
    const struct prof_tree *t, const struct prof_svg_compare *how,
    const prof_i128 *whole, const uint8_t *tier,
    const struct prof_scale *scale);
void prof_svg_change_release(struct prof_svg_change *c);

static inline double
prof_svg_alpha(const struct prof_svg_compare *how)
{
	return how->alpha > 0 ? how->alpha : .05;
}

/*
 * How probable it is that one quantity changes like this by chance;
 * negative where nothing was counted.
 */
double prof_svg_change_chance(const struct prof_svg_change *c, double base,
    double now);

/* The shade of svg_color.h; swapped hues are swapped here. */
unsigned prof_svg_change_shade(const struct prof_svg_change *c,
    uint32_t node);

/* Append the classes of a frame: "u3", "u5 new over", "he even gone". */
void prof_svg_change_class(const struct prof_svg_change *c,
    struct prof_buf *b, uint32_t node);

/* What stands before a name: more, less or within noise, a blank; or "". */
const char *prof_svg_change_mark(const struct prof_svg_change *c,
    uint32_t node);

/*
 * Append what stands behind a name where the metric changed by more than
 * noise: a blank and "+12%" of base, with a decimal below 10 %; "new";
 * "gone".
 */
void prof_svg_change_percent(const struct prof_svg_change *c,
    struct prof_buf *b, uint32_t node);

/*
 * Append lines for a tooltip, each after a line feed: base as measured where
 * it was scaled, the samples counted on both sides and what they are worth,
 * that it is over the threshold.
 */
void prof_svg_change_tooltip(const struct prof_svg_change *c,
    struct prof_buf *b, uint32_t node);

/*
 * Append lines for the head, as XML, each ended by a line feed: what the
 * caller said of the sides, and how many frames differ.
 */
void prof_svg_change_facts(const struct prof_svg_change *c,
    struct prof_buf *b);

/*
 * Append lines for who cannot see the picture, as XML: the largest changes
 * of self of functions, only beyond noise where that is judged.
 */
void prof_svg_change_describe(const struct prof_svg_change *c,
    struct prof_buf *b);

/* Append what is measured, as XML: "change of total in % of the whole". */
void prof_svg_change_measure(const struct prof_svg_change *c,
    struct prof_buf *b);

/*
 * Append a number of the scale: "5%", a value in the unit of the measure, a
 * ratio with what it does, times or, for less, divided by.
 */
void prof_svg_change_number(const struct prof_svg_change *c,
    struct prof_buf *b, double shown, bool more);

/* Append a threshold without needless zeros: "1.5x". */
void prof_svg_ratio(struct prof_buf *b, const struct prof_fraction *f);

/*
 * Write how the sides are compared, for the script, as one object.
 *
 * unit: values in the data were divided by it.
 */
void prof_svg_change_json(const struct prof_svg_change *c,
    struct prof_json *j, double unit);

#endif
