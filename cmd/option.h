/* SPDX-License-Identifier: MIT */
#ifndef CMD_OPTION_H
#define CMD_OPTION_H

#include "cmd/options.h"

/*
 * The table of options: one makes the parser, --help and the completions,
 * and a test compares the manual with it.
 */
enum arg_kind {
	ARG_NONE,
	ARG_FLAG,	/* bool */
	ARG_FIRST,	/* bool, only before the operands */
	ARG_TEXT,	/* const char * */
	ARG_WORDS,	/* struct words, adds up */
	ARG_NUMBER,	/* uint64_t from 1 */
	ARG_LIMIT,	/* uint64_t, or "none" */
	ARG_SIZE,	/* uint64_t bytes, or "none" */
	ARG_SHARE,	/* struct fraction, 0 to 1 */
	ARG_FACTOR,	/* struct fraction, above 0: NUM or NUM/NUM */
	ARG_RATIO,	/* struct fraction, at least 1 */
	ARG_CHOICE,	/* int, index in choices */
	ARG_FORM,	/* struct form_wish, argument optional */
	ARG_LEVEL,	/* int, gzip level, argument optional */
	ARG_BASE,	/* -b, --base: struct words */
	ARG_NEW		/* --new: ends the list of a bare --base */
};

struct option {
	unsigned tools;		/* enum tool, joined */
	char key;		/* short letter, or 0 */
	const char *name;	/* without the hyphens */
	enum arg_kind kind;
	const char *meta;	/* argument as help shows it; NULL: none */
	size_t at;		/* offset in struct options */
	const char *help;	/* one or two lines; NULL: an old spelling */
				/* that --help does not list */
	const char *choices;	/* ARG_CHOICE: words parted by '|' */
};

extern const struct option options[];	/* ended by tools 0 */

/* The option of that long name or letter for any of tools, or NULL. */
const struct option *option_find(unsigned tools, const char *name,
    size_t len);
const struct option *option_find_key(unsigned tools, char key);

/* What to use instead of a name that other tools have, or NULL. */
const char *option_renamed(const char *name, size_t len);

#endif
