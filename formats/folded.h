/* SPDX-License-Identifier: MIT */
#ifndef PROF_FOLDED_H
#define PROF_FOLDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libanalysis/builder.h"

/*
 * What the reader and the writer of collapsed stacks share: the grammar of
 * a line, and what the head of a file tells about the whole.
 */

#define PROF_FOLDED_DECIMALS 9
#define PROF_FOLDED_HEAD ((size_t)64 * 1024)

enum prof_folded_token {
	PROF_FOLDED_TEXT,	/* no count */
	PROF_FOLDED_COUNT,
	PROF_FOLDED_HUGE	/* a count beyond 64 bits */
};

struct prof_folded_count {
	int64_t digits;		/* the count is digits / 10^decimals */
	unsigned decimals;	/* without zeros at the end, at most 9 */
	bool rounded;		/* it had more */
};

/*
 * Read s[0..len) as a count: "12", "-3", "2.50", "1e3".  No plus sign, no
 * blanks, no hexadecimal, no thousands marks; an exponent only where the
 * result fits 64 bits.
 */
enum prof_folded_token prof_folded_number(const char *s, size_t len,
    struct prof_folded_count *count);

struct prof_folded_line {
	size_t stack;		/* length of the text before the counts */
	unsigned n;		/* counts found, at most those asked for */
	bool huge;		/* one of them is beyond 64 bits */
	struct prof_folded_count count[PROF_COLS_MAX];	/* in their order */
};

/*
 * Split a line at its last runs of blanks and tabs.
 *
 * want: how many counts to take off its end, at most PROF_COLS_MAX.
 */
void prof_folded_split(const char *line, size_t len, unsigned want,
    struct prof_folded_line *out);

/* The same for austin's "time,idle,bytes"; n is 3 or 0. */
void prof_folded_split_triple(const char *line, size_t len,
    struct prof_folded_line *out);

/* Whether a line is blank, or one of the separators "-" and "--". */
bool prof_folded_blank(const char *line, size_t len);

/* Whether it is "# key: value", one word as key, no ';' anywhere. */
bool prof_folded_header(const char *line, size_t len);

/*
 * The next "type/unit" of a list, from *at on, which moves behind it.
 * Returns false at the end of the line, or, with *at < len, at something
 * that is not a pair.
 */
bool prof_folded_pair(const char *line, size_t len, size_t *at,
    size_t *start, size_t *slash);

/*
 * Whether a frame reads "name (file.ext)" or "name (file.ext:12)".
 *
 * paren: out, offset of the parenthesis; line: out, 0 where there is none.
 */
bool prof_folded_placed(const char *s, size_t len, size_t *paren,
    int64_t *line);

struct prof_folded_look {
	uint32_t records;	/* lines with a stack and a count, */
	uint32_t deep;		/* and those of them that have a ';' */
	uint32_t bad;		/* neither record nor comment nor blank */
	uint32_t two;		/* records that end in two numbers */
	unsigned ntypes;	/* in the list that is the first line, or 0 */
	uint64_t types_line;	/* its number */
	bool differential;	/* two counts a line: base and new */
	bool pairs;		/* every record ends in two numbers, and no */
				/* list of types says what they are */
	bool mixed;		/* one count, but most lines have two */
	bool placed;		/* at least half the frames name their file, */
	bool lines;		/* and some the line */
	bool austin, triple;
	char mode;		/* austin's: w(all), c(pu), m(emory), f(ull) */
};

/*
 * Judge a file by its complete lines in head[0..n), at most 1000 of them;
 * whole: the input ends there.
 *
 * Two counts or one is decided for the whole file.  Frames may end in a
 * number ("worker 7 12"), so a file has two counts only if
 *   - every line of the head that is no comment ends in two numbers, and
 *   - some second number is 0, which only a comparison writes, or both
 *     - no two lines have the same text before the two numbers (worker 1
 *       and worker 2 would), and
 *     - on some line the last frame without the numbers does not look like
 *       one that goes on with a number: it does if it is two or more plain
 *       words ("a b 12 5"), or ends in a word for things that are numbered
 *       (worker, thread, cpu ...), and not in a number already.
 */
void prof_folded_look(const char *head, size_t n, bool whole,
    struct prof_folded_look *look);

/* The reader's bid; head[0..n) ends the input if n is below 64 KiB. */
int prof_folded_bid(const unsigned char *head, size_t n);

/* The annotation that ends a frame's text, "_[k]" and its like, or 0. */
size_t prof_folded_suffix(const char *s, size_t len);

#endif
