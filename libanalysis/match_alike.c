/* SPDX-License-Identifier: MIT */
#include "libanalysis/match_alike.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "libanalysis/buf.h"
#include "libanalysis/hash.h"
#include "libanalysis/match_names.h"

#define BYTES 64
#define WORDS 32
#define NAME_MAX_LOOKED 4096

struct part {
	char s[BYTES];		/* in small letters */
	size_t len;
	uint64_t word[WORDS];	/* hashes, distinct */
	size_t nwords;
};

struct name {
	struct part before, last;
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (unsigned char)c >= 0x80;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static char
small(char c)
{
	return is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

static void
add_word(struct part *p, const char *s, size_t len)
{
	char word[BYTES] = { 0 };
	uint64_t hash;
	size_t i;

	len = len < sizeof word ? len : sizeof word;
	for (i = 0; i < len; i++)
		word[i] = small(s[i]);
	hash = prof_hash_bytes(PROF_HASH_FIXED, word, len);
	for (i = 0; i < p->nwords; i++)
		if (p->word[i] == hash)
			return;
	if (p->nwords < WORDS)
		p->word[p->nwords++] = hash;
}

/* Whether a word ends before s[i]: "parseLine", "HTTPGet", "utf8". */
static bool
ends_word(const char *s, size_t i, size_t len)
{
	if (is_digit(s[i]) != is_digit(s[i - 1]) ||
	    is_letter(s[i]) != is_letter(s[i - 1]))
		return true;
	if (!is_upper(s[i]))
		return false;
	return !is_upper(s[i - 1]) || (i + 1 < len && is_letter(s[i + 1]) &&
	    !is_upper(s[i + 1]));
}

static void
read_part(struct part *p, const char *s, size_t len)
{
	size_t i, from = 0;

	memset(p, 0, sizeof *p);
	p->len = len < BYTES ? len : BYTES;
	for (i = 0; i < p->len; i++)
		p->s[i] = small(s[i]);
	for (i = 1; i <= len; i++) {
		if (i < len && !ends_word(s, i, len))
			continue;
		if (is_letter(s[from]) || is_digit(s[from]))
			add_word(p, s + from, i - from);
		from = i;
	}
}

/*
 * Leave out "<...>", and all from the parameters on: "(" that is behind a
 * word and not in "(anonymous namespace)" or Go's "(*T).".
 */
static void
strip(const char *s, size_t len, struct prof_buf *out)
{
	size_t i, depth = 0;

	for (i = 0; i < len; i++) {
		if (s[i] == '<' && i > 0 && (is_letter(s[i - 1]) ||
		    is_digit(s[i - 1]) || s[i - 1] == '_' || depth > 0))
			depth++;
		else if (s[i] == '>' && depth > 0)
			depth--;
		else if (s[i] == '(' && depth == 0 && i > 0 &&
		    memchr(".:( ", s[i - 1], 4) == NULL)
			break;
		else if (depth == 0)
			prof_buf_addc(out, s[i]);
	}
}

static void
read_name(struct name *n, const char *s, size_t len)
{
	struct prof_buf stable = { 0 }, plain = { 0 };
	size_t at;

	prof_match_name(s, len < NAME_MAX_LOOKED ? len : NAME_MAX_LOOKED,
	    &stable);
	strip(stable.data, stable.len, &plain);
	for (at = plain.len; at > 0; at--)
		if (memchr(".:/#\\ ", plain.data[at - 1], 6) != NULL)
			break;
	read_part(&n->before, plain.data, at);
	read_part(&n->last, plain.data + at, plain.len - at);
	prof_buf_release(&stable);
	prof_buf_release(&plain);
}

static double
words_alike(const struct part *a, const struct part *b)
{
	size_t i, k, both = 0;

	for (i = 0; i < a->nwords; i++)
		for (k = 0; k < b->nwords; k++)
			both += a->word[i] == b->word[k];
	k = a->nwords + b->nwords - both;
	return k > 0 ? (double)both / (double)k : 0;
}

static size_t
least(size_t a, size_t b, size_t c)
{
	a = a < b ? a : b;
	return a < c ? a : c;
}

/* 1 - Levenshtein distance / length of the longer one. */
static double
bytes_alike(const struct part *a, const struct part *b)
{
	size_t row[BYTES + 1], i, k, corner, above;
	size_t longer = a->len > b->len ? a->len : b->len;

	for (k = 0; k <= b->len; k++)
		row[k] = k;
	for (i = 1; i <= a->len; i++) {
		corner = row[0];
		row[0] = i;
		for (k = 1; k <= b->len; k++) {
			above = row[k];
			row[k] = least(above + 1, row[k - 1] + 1, corner +
			    (a->s[i - 1] != b->s[k - 1]));
			corner = above;
		}
	}
	return longer > 0 ? 1 - (double)row[b->len] / (double)longer : 0;
}

double
prof_alike_names(const char *a, size_t a_len, const char *b, size_t b_len)
{
	struct name x, y;
	double last, before;

	read_name(&x, a, a_len);
	read_name(&y, b, b_len);
	last = (words_alike(&x.last, &y.last) +
	    bytes_alike(&x.last, &y.last)) / 2;
	if (x.before.nwords == 0 && y.before.nwords == 0)
		return last;
	before = words_alike(&x.before, &y.before);
	return last * .75 + before * .25;
}
