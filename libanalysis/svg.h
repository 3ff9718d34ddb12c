/* SPDX-License-Identifier: MIT */
#ifndef PROF_SVG_H
#define PROF_SVG_H

#include "libanalysis/frames.h"
#include "libanalysis/out.h"
#include "libanalysis/regress.h"
#include "libanalysis/tree.h"

/* What the defaults of prof_svg_opts stand for. */
#define PROF_SVG_MIN_PPM 50		/* 0.005 %: what the file holds */
#define PROF_SVG_DRAWN_PPM 1000		/* 0.1 %: what is drawn */
#define PROF_SVG_MAX_DATA 100000	/* frames in the file, unless min_ppm */
					/* is given */
#define PROF_SVG_MAX_FRAMES 3000
#define PROF_SVG_MAX_ROWS 2000
#define PROF_SVG_MAX_WIDTH 100000
#define PROF_SVG_MAX_FONT 100
#define PROF_SVG_EVERYTHING UINT32_MAX	/* as min_ppm */

/* What the widths of a comparison are. */
enum prof_svg_widths {
	PROF_SVG_UNION,		/* the larger side, part by part */
	PROF_SVG_AFTER,
	PROF_SVG_BEFORE,
	PROF_SVG_ABS,		/* increases plus decreases */
	PROF_SVG_WIDTHS
};

enum prof_svg_theme { PROF_SVG_AUTO, PROF_SVG_LIGHT, PROF_SVG_DARK };

/* What the hue of a frame says. */
enum prof_svg_by {
	PROF_SVG_BY_MODULE,
	PROF_SVG_BY_LANGUAGE,
	PROF_SVG_BY_PACKAGE,
	PROF_SVG_BY_FUNCTION,
	PROF_SVG_BY_SELF,
	PROF_SVG_BY_KIND
};

/* What the colours of a comparison measure. */
enum prof_svg_measure { PROF_SVG_PP, PROF_SVG_RATIO, PROF_SVG_VALUE };

/* A function and its self on both sides, whole as none of the tree need be. */
struct prof_svg_self {
	const struct prof_row *row;
	int64_t value[PROF_TREE_SIDES];
};

/* How two sides are compared; zeroed memory: by total, in points. */
struct prof_svg_compare {
	bool self;		/* look at self, not total */
	bool negate;		/* swap the hues */
	enum prof_svg_widths widths;	/* as those of the picture */
	enum prof_svg_measure measure;
	/* integers of value in one counted sample; 0: not known */
	double per_count[PROF_TREE_SIDES];
	/* largest rounding error of a value, in its integers */
	int64_t error[PROF_TREE_SIDES];
	double alpha;		/* false discovery rate; 0: 0.05 */
	double rate;		/* new / base expected; 0: not told */
	bool fixed;		/* both totals were made equal */
	double scaled;		/* what base was multiplied by; 0: it is as */
				/* measured */
	const char *said;	/* of the sides: lines for the head; or NULL */
	const char *unknown;	/* why counts are not known; or NULL */
	struct prof_regress_rule rule;	/* what is outlined */
	const struct prof_svg_self *self_of;	/* for <desc>; NULL: none */
	uint32_t nself;
};

/* Zeroed memory asks for the defaults. */
struct prof_svg_opts {
	const char *title;	/* NULL: "Flame graph" */
	const char *subtitle;	/* a line below the facts; NULL: none */
	const char *note;	/* a line of warning below; NULL: none */
	const char *description;	/* more lines for <desc>; NULL: none */
	const char *type;	/* name of the sample type; NULL: none */
	const char *unit;	/* of value * num / den; NULL: count */
	const char *countname;	/* word instead of the unit; NULL: none */
	const char *nametype;	/* NULL: "Function" */
	int64_t num, den;	/* 0: 1 */
	int64_t whole[PROF_TREE_SIDES];	/* what 100 % is; 0: the total */
	uint64_t samples[PROF_TREE_SIDES];	/* 0: not told */
	unsigned width;		/* pixels, up to PROF_SVG_MAX_WIDTH; 0: fluid */
	unsigned font_size;	/* 0: 12 */
	const char *font;	/* a CSS font family; NULL: the system's */
	const char *href;	/* template of links; NULL: none */
	bool inverted;		/* root on top */
	bool reversed;		/* for the script: merged from the leaves */
	bool rooted;		/* for the script: the first frames of stacks */
				/* say where they are from: no functions */
	bool parts;		/* for the script: rows are not functions, of */
				/* which filters know, but lines, files, ... */
	const char *sort;	/* for the script: "name", "size", "input" or */
				/* "time"; NULL: "name" */
	bool no_script;		/* nor data */
	bool no_data;		/* nothing but what is drawn */
	const char *command[2];	/* for the script: the program, and the rest */
				/* of a command line; NULL: none */
	uint32_t min_ppm;	/* narrower frames, in millionths of the */
				/* picture, are left out */
	uint32_t max_frames;	/* the widest are drawn */
	uint32_t max_rows;	/* the root's row counts */
	enum prof_svg_theme theme;
	const char *palette;	/* flamegraph.pl's name; NULL: by hue */
	enum prof_svg_by by;
	enum prof_svg_widths widths;	/* of two sides */
	struct prof_svg_compare compare;
};

/*
 * The smallest total worth having in the tree to be drawn; for its opts,
 * together with gross.
 *
 * whole: as in opts, of the side where it is larger.
 */
int64_t prof_svg_min_total(int64_t whole, unsigned nsides,
    const struct prof_svg_opts *opts);

/*
 * Draw a tree as a flame graph: one SVG document that needs nothing from
 * outside and is complete without its script, which adds zoom and search.
 *
 * One side: a frame is as wide as the absolute value of its total; colours
 * tell packages or modules apart.  Two sides, base and new: the self width
 * of a frame is the larger side's, colours tell by how much the total
 * changed, as a part of the whole.  Names may hold any bytes.
 *
 * Returns PROF_OK, or PROF_EUSAGE for a width or font that cannot be; trouble
 * with writing is kept by out.
 * Holds:  the bytes depend on the arguments only; well-formed XML; what is
 *         left out is counted in the picture.
 * Cost:   O(nodes of the tree + bytes written).
 */
int prof_svg_write(const struct prof_tree *t,
    const struct prof_frames *frames, const struct prof_svg_opts *opts,
    struct prof_out *out, struct prof_err *err);

/* Only what prof_svg_write refuses: PROF_OK, or PROF_EUSAGE. */
int prof_svg_check(const struct prof_svg_opts *opts, struct prof_err *err);

/* The hash of the script as a content policy names it: "sha256-...". */
const char *prof_svg_script_hash(void);

#endif
