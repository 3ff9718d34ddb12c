/* SPDX-License-Identifier: MIT */
#ifndef PROF_TABLE_H
#define PROF_TABLE_H

#include <stdbool.h>

#include "libanalysis/buf.h"
#include "libanalysis/num.h"
#include "libanalysis/scale.h"

/* What a row is called; zeroed: function. */
struct prof_noun {
	const char *one, *many;
	const char *head;	/* of their column; NULL: one */
};

static inline const char *
prof_noun_head(struct prof_noun noun)
{
	return noun.one == NULL ? "function" : noun.head != NULL ?
	    noun.head : noun.one;
}

static inline const char *
prof_noun_of(struct prof_noun noun, uint64_t n)
{
	if (noun.one == NULL)
		return n == 1 ? "function" : "functions";
	return n == 1 ? noun.one : noun.many;
}

/* How text for people is drawn. */
struct prof_style {
	bool color;		/* ANSI sequences */
	bool ascii;		/* no bars, arrows, boxes of Unicode */
	bool elide;		/* shorten names to fit width (terminals) */
	unsigned width;		/* columns of the text */
	struct prof_wish unit;	/* of values */
	struct prof_noun noun;
};

enum prof_ink {
	PROF_INK_NONE,
	PROF_INK_BOLD,
	PROF_INK_DIM,
	PROF_INK_RED,
	PROF_INK_BLUE,
	PROF_INK_CYAN,
	PROF_INK_MAGENTA
};

/*
 * A table of text cells in aligned columns.  Cells are added row by row,
 * from left to right; they must be printable (prof_name_print) already.
 */
struct prof_table {
	struct prof_buf text;
	struct prof_cell {
		size_t at, len, width;
		enum prof_ink ink;
	} *cell;
	size_t n, cap;
	unsigned ncols;
	struct prof_shed {
		unsigned column;
		bool late;
	} shed[8];		/* the first one goes first */
	unsigned nshed;
	unsigned gone;			/* of them, where width was short */
	unsigned keep;			/* columns that names have before one */
					/* goes; 0: some */
	const char *align;	/* one of 'l' 'r' per column */
	const char *const *head;
};

/* align and head (one text per column) are borrowed until release. */
void prof_table_init(struct prof_table *t, const char *align,
    const char *const *head);
void prof_table_release(struct prof_table *t);

void prof_table_add(struct prof_table *t, enum prof_ink ink,
    const char *text, size_t len);
/* The same for what was appended to t->text since its length was start. */
void prof_table_cell(struct prof_table *t, enum prof_ink ink, size_t start);
void prof_table_adds(struct prof_table *t, enum prof_ink ink,
    const char *text);

/*
 * A column that is left out where the one that is shortened would get very
 * narrow, or, late, only where the table would not fit at all; at most 8, the
 * first one named goes first, late ones behind the others.
 */
void prof_table_shed(struct prof_table *t, unsigned column, bool late);

/* Whether print has left it out. */
bool prof_table_is_shed(const struct prof_table *t, unsigned column);

/*
 * Append the table to out, two blanks between columns, none at line ends.
 *
 * flex: the column that is shortened in the middle when style->elide is set
 *       and a line would be wider than style->width.
 */
void prof_table_print(struct prof_table *t, unsigned flex,
    const struct prof_style *style, struct prof_buf *out);

/*
 * Break the lines of out behind its first start bytes where they are wider
 * than style->width, if style->elide is set: at the separators between two
 * facts, and go on with two blanks.
 */
void prof_wrap_facts(struct prof_buf *out, size_t start,
    const struct prof_style *style);

/*
 * The same for sentences: broken at blanks, and gone on with as many blanks
 * as the line begins with, and two.  A word that is wider stays whole.
 */
void prof_wrap_lines(struct prof_buf *out, size_t start,
    const struct prof_style *style);

/* What stands between two facts. */
const char *prof_fact_dot(const struct prof_style *style);

/* Switch colour on (or off again with PROF_INK_NONE) in out. */
void prof_ink(struct prof_buf *out, const struct prof_style *style,
    enum prof_ink ink);

#endif
