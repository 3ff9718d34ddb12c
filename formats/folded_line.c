/* SPDX-License-Identifier: MIT */
#include "formats/folded.h"

#include <string.h>

#include "libanalysis/num.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A number while it is read: magnitude / 10^decimals. */
struct number {
	uint64_t magnitude;
	int decimals;
	bool huge, rounded;
};

static size_t
take_whole(struct number *n, const char *s, size_t len, size_t i)
{
	for (; i < len && is_digit(s[i]); i++) {
		if (n->magnitude > UINT64_MAX / 20)
			n->huge = true;
		else
			n->magnitude = n->magnitude * 10 +
			    (uint64_t)(s[i] - '0');
	}
	return i;
}

/* Digits behind the point, as many as fit. */
static size_t
take_fraction(struct number *n, const char *s, size_t len, size_t i)
{
	size_t end, last;

	for (end = i; end < len && is_digit(s[end]);)
		end++;
	for (last = end; last > i && s[last - 1] == '0';)
		last--;
	for (; i < last; i++) {
		if (n->magnitude > (INT64_MAX - 9) / 10) {
			n->rounded = true;
			break;
		}
		n->magnitude = n->magnitude * 10 + (uint64_t)(s[i] - '0');
		n->decimals++;
	}
	return end;
}

/* "e3", "E-05" at s[i..len); false when it is none or not sensible. */
static bool
take_exponent(struct number *n, const char *s, size_t len, size_t i)
{
	int e = 0, sign = 1;

	if (i < len && (s[i] == '-' || s[i] == '+'))
		sign = s[i++] == '-' ? -1 : 1;
	if (i == len || len - i > 3)
		return false;
	for (; i < len; i++) {
		if (!is_digit(s[i]))
			return false;
		e = e * 10 + (s[i] - '0');
	}
	n->decimals -= sign * e;
	for (; n->decimals < 0; n->decimals++) {
		if (n->magnitude > INT64_MAX / 10)
			return false;
		n->magnitude *= 10;
	}
	return true;
}

static void
drop_decimals(struct number *n)
{
	bool up = false;

	for (; n->decimals > PROF_FOLDED_DECIMALS; n->decimals--) {
		up = n->magnitude % 10 >= 5;
		n->rounded |= n->magnitude % 10 != 0;
		n->magnitude /= 10;
	}
	n->magnitude += up;
	for (; n->decimals > 0 && n->magnitude % 10 == 0; n->decimals--)
		n->magnitude /= 10;
}

static enum prof_folded_token
finish_number(struct number *n, bool negative,
    struct prof_folded_count *count)
{
	memset(count, 0, sizeof *count);
	if (n->huge || n->magnitude > (uint64_t)INT64_MAX + negative)
		return PROF_FOLDED_HUGE;
	drop_decimals(n);
	count->digits = (int64_t)(negative ? 0 - n->magnitude :
	    n->magnitude);
	count->decimals = (unsigned)n->decimals;
	count->rounded = n->rounded;
	return PROF_FOLDED_COUNT;
}

enum prof_folded_token
prof_folded_number(const char *s, size_t len,
    struct prof_folded_count *count)
{
	struct number n = { 0 };
	bool negative = len > 0 && s[0] == '-';
	size_t start = negative, i = take_whole(&n, s, len, start);

	if (i == start)
		return PROF_FOLDED_TEXT;
	if (i < len && s[i] == '.')
		i = take_fraction(&n, s, len, i + 1);
	if (i < len && (s[i] == 'e' || s[i] == 'E')) {
		if (!take_exponent(&n, s, len, i + 1))
			return PROF_FOLDED_TEXT;
		i = len;
	}
	if (i != len)
		return PROF_FOLDED_TEXT;
	return finish_number(&n, negative, count);
}

static size_t
trim(const char *s, size_t len)
{
	while (len > 0 && (is_blank(s[len - 1]) || s[len - 1] == '\r'))
		len--;
	return len;
}

/* Where the last word of s[0..len) begins. */
static size_t
last_word(const char *s, size_t len)
{
	while (len > 0 && !is_blank(s[len - 1]))
		len--;
	return len;
}

static void
reverse(struct prof_folded_count *count, unsigned n)
{
	struct prof_folded_count swap;
	unsigned i;

	for (i = 0; i < n / 2; i++) {
		swap = count[i];
		count[i] = count[n - 1 - i];
		count[n - 1 - i] = swap;
	}
}

void
prof_folded_split(const char *line, size_t len, unsigned want,
    struct prof_folded_line *out)
{
	enum prof_folded_token token;
	size_t start;

	out->n = 0;
	out->huge = false;
	for (len = trim(line, len); out->n < want && len > 0; out->n++) {
		/* Most words that are no count show it at their end. */
		if (!is_digit(line[len - 1]) && line[len - 1] != '.')
			break;
		start = last_word(line, len);
		token = prof_folded_number(line + start, len - start,
		    &out->count[out->n]);
		if (token == PROF_FOLDED_TEXT)
			break;
		out->huge |= token == PROF_FOLDED_HUGE;
		for (len = start; len > 0 && is_blank(line[len - 1]);)
			len--;
	}
	out->stack = len;
	reverse(out->count, out->n);
}

void
prof_folded_split_triple(const char *line, size_t len,
    struct prof_folded_line *out)
{
	enum prof_folded_token token;
	size_t i, start, end = trim(line, len);

	out->n = 0;
	out->huge = false;
	start = last_word(line, end);
	for (out->stack = start; out->stack > 0 &&
	    is_blank(line[out->stack - 1]);)
		out->stack--;
	for (i = start; out->n < 3 && i <= end; out->n++) {
		for (start = i; i < end && line[i] != ',';)
			i++;
		token = prof_folded_number(line + start, i - start,
		    &out->count[out->n]);
		if (token == PROF_FOLDED_TEXT)
			break;
		out->huge |= token == PROF_FOLDED_HUGE;
		i++;
	}
	if (out->n < 3 || i <= end)
		out->n = 0;
}

bool
prof_folded_blank(const char *line, size_t len)
{
	size_t from = 0;

	len = trim(line, len);
	while (from < len && is_blank(line[from]))
		from++;
	return from == len || (len - from <= 2 && line[from] == '-' &&
	    line[len - 1] == '-');
}

bool
prof_folded_header(const char *line, size_t len)
{
	size_t i = 1, start;

	if (len == 0 || line[0] != '#' || memchr(line, ';', len) != NULL)
		return false;
	while (i < len && is_blank(line[i]))
		i++;
	for (start = i; i < len && (is_letter(line[i]) || line[i] == '_');)
		i++;
	return i > start && i < len && line[i] == ':' &&
	    (i + 1 == len || is_blank(line[i + 1]));
}

bool
prof_folded_pair(const char *line, size_t len, size_t *at, size_t *start,
    size_t *slash)
{
	size_t i = *at;
	bool found = false;

	len = trim(line, len);
	while (i < len && is_blank(line[i]))
		i++;
	*at = *start = i;
	for (; i < len && !is_blank(line[i]); i++) {
		if (line[i] == '/' && !found && i > *start) {
			found = true;
			*slash = i;
		} else if (!is_letter(line[i]) && !is_digit(line[i]) &&
		    (unsigned char)line[i] < 0x80 &&
		    strchr("_-.%", line[i]) == NULL) {
			return false;
		}
	}
	if (!found || *slash + 1 == i)
		return false;
	*at = i;
	return true;
}

/* Whether s[0..len) ends in a file name extension. */
static bool
has_extension(const char *s, size_t len)
{
	size_t i = len;

	while (i > 0 && (is_letter(s[i - 1]) || is_digit(s[i - 1])))
		i--;
	return i > 1 && s[i - 1] == '.' && len - i >= 1 && len - i <= 5 &&
	    is_letter(s[i]);
}

bool
prof_folded_placed(const char *s, size_t len, size_t *paren, int64_t *line)
{
	size_t open, end, colon;
	unsigned scale;

	if (len < 6 || s[len - 1] != ')')
		return false;
	end = len - 1;
	for (open = end; open > 1 && (s[open] != '(' || s[open - 1] != ' ');)
		open--;
	if (open <= 1)
		return false;
	*paren = open;
	*line = 0;
	for (colon = end; is_digit(s[colon - 1]);)
		colon--;
	if (colon < end && end - colon <= 9 && s[colon - 1] == ':')
		return colon - 1 > open + 1 &&
		    prof_num_parse(s + colon, end - colon, line, &scale) != 0;
	return has_extension(s + open + 1, end - open - 1);
}

size_t
prof_folded_suffix(const char *s, size_t len)
{
	if (len <= 4 || s[len - 1] != ']' || s[len - 3] != '[' ||
	    s[len - 4] != '_' || s[len - 2] == '\0' ||
	    strchr("kji01", s[len - 2]) == NULL)
		return 0;
	return 4;
}
