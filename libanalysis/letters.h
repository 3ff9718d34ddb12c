/* SPDX-License-Identifier: MIT */
#ifndef PROF_LETTERS_H
#define PROF_LETTERS_H

#include <stdbool.h>
#include <string.h>

/* What the parts of names are made of, whatever the locale is. */

static inline bool
prof_begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

static inline bool
prof_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
prof_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Of a name in any language: letters beyond ASCII, too. */
static inline bool
prof_is_word(char c)
{
	return prof_is_digit(c) || prof_is_upper(c) ||
	    (c >= 'a' && c <= 'z') || c == '_' || c == '$' ||
	    (unsigned char)c >= 0x80;
}

#endif
