/* SPDX-License-Identifier: MIT */
#include "formats/pstats.h"

#include <string.h>

#include "libanalysis/num.h"

/*
 * Columns overflow where numbers are large and names are wide in characters,
 * not bytes: so nothing here counts on a place in the line.
 */

#define SECOND INT64_C(1000000000)

const struct prof_pstats_title prof_pstats_usual = {
	{ PROF_PSTATS_NCALLS, PROF_PSTATS_SELF, PROF_PSTATS_PER_CALL,
	    PROF_PSTATS_TOTAL, PROF_PSTATS_PER_PRIMITIVE }, 5
};

struct cursor {
	const char *s;
	size_t len, at;
	bool huge;
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void
skip_space(struct cursor *c)
{
	while (c->at < c->len && is_space(c->s[c->at]))
		c->at++;
}

static bool
at_digit(const struct cursor *c)
{
	return c->at < c->len && is_digit(c->s[c->at]);
}

static bool
at_end(const struct cursor *c)
{
	return c->at == c->len || is_space(c->s[c->at]);
}

static void
trim(struct cursor *c)
{
	while (c->len > c->at && is_space(c->s[c->len - 1]))
		c->len--;
}

static bool
take(struct cursor *c, const char *word)
{
	size_t n = strlen(word);

	if (c->len - c->at < n || memcmp(c->s + c->at, word, n) != 0)
		return false;
	c->at += n;
	return true;
}

static bool
take_word(struct cursor *c, const char *word)
{
	skip_space(c);
	return take(c, word) && at_end(c);
}

/* Digits into *v, which stops to grow once it is huge. */
static bool
take_digits(struct cursor *c, int64_t *v)
{
	if (!at_digit(c))
		return false;
	for (*v = 0; at_digit(c); c->at++)
		if (__builtin_mul_overflow(*v, 10, v) ||
		    __builtin_add_overflow(*v, c->s[c->at] - '0', v)) {
			c->huge = true;
			*v = 0;
		}
	return true;
}

/* "3/1": all calls, and those that are not recursive. */
static bool
take_calls(struct cursor *c, struct prof_pstats_row *row)
{
	skip_space(c);
	if (!take_digits(c, &row->calls))
		return false;
	row->primitive = row->calls;
	return !take(c, "/") || take_digits(c, &row->primitive);
}

/*
 * How many digits belong behind the point: all, or, where the next number
 * follows without a blank ("0.00012.345"), the three that Python prints.
 */
static size_t
count_decimals(const struct cursor *c)
{
	size_t n = 0;

	while (c->at + n < c->len && is_digit(c->s[c->at + n]))
		n++;
	return n > 3 && c->at + n + 1 < c->len && c->s[c->at + n] == '.' &&
	    is_digit(c->s[c->at + n + 1]) ? 3 : n;
}

static bool
take_time(struct cursor *c, struct prof_pstats_time *t)
{
	int64_t unit = SECOND, part = 0;
	bool negative;
	size_t i, n;

	skip_space(c);
	negative = take(c, "-");
	if (!take_digits(c, &t->ns))
		return false;
	if (!prof_num_mul(t->ns, SECOND, &t->ns))
		c->huge = true;
	if (take(c, ".") || take(c, ",")) {
		n = count_decimals(c);
		for (i = 0; i < n; i++, c->at++) {
			/* Beyond nanoseconds only the first digit counts. */
			if (unit > 1)
				part += (unit /= 10) * (c->s[c->at] - '0');
			else if (i == 9)
				part += c->s[c->at] >= '5';
		}
	}
	t->half = unit / 2;
	if (!prof_num_add(t->ns, part, &t->ns))
		c->huge = true;
	t->ns = c->huge ? 0 : negative ? -t->ns : t->ns;
	return true;
}

static enum prof_pstats_found
found(const struct cursor *c)
{
	return c->huge ? PROF_PSTATS_HUGE : PROF_PSTATS_YES;
}

bool
prof_pstats_blank(const char *line, size_t len)
{
	struct cursor c = { line, len, 0, false };

	skip_space(&c);
	return c.at == len;
}

static enum prof_pstats_found
header_at(struct cursor *c, struct prof_pstats_row *row)
{
	if (!take_calls(c, row) || !take_word(c, "function") ||
	    (!take_word(c, "calls") && !take_word(c, "call")))
		return PROF_PSTATS_NO;
	skip_space(c);
	if (take(c, "(") && (!take_digits(c, &row->primitive) ||
	    !take_word(c, "primitive") ||
	    (!take_word(c, "calls)") && !take_word(c, "call)"))))
		return PROF_PSTATS_NO;
	if (!take_word(c, "in") || !take_time(c, &row->self) || !at_end(c))
		return PROF_PSTATS_NO;
	take_word(c, "CPU");
	if (!take_word(c, "seconds") && !take_word(c, "second"))
		return PROF_PSTATS_NO;
	skip_space(c);
	return c->at == c->len ? found(c) : PROF_PSTATS_NO;
}

static size_t
find(const char *s, size_t len, const char *word)
{
	size_t i, n = strlen(word);

	for (i = 0; i + n <= len; i++)
		if (s[i] == word[0] && memcmp(s + i, word, n) == 0)
			return i;
	return len;
}

/*
 * The text may stand behind what the program printed last, if that did not
 * end its line.
 */
enum prof_pstats_found
prof_pstats_header(const char *line, size_t len, struct prof_pstats_row *row)
{
	struct cursor c = { line, len, 0, false };

	memset(row, 0, sizeof *row);
	c.at = find(line, len, " function call");
	if (c.at == len)
		return PROF_PSTATS_NO;
	while (c.at > 0 && is_digit(line[c.at - 1]))
		c.at--;
	return c.at > 0 && !is_space(line[c.at - 1]) ? PROF_PSTATS_NO :
	    header_at(&c, row);
}

static bool
take_column(struct cursor *c, struct prof_pstats_title *t)
{
	uint8_t kind;

	if (take_word(c, "tottime"))
		kind = PROF_PSTATS_SELF;
	else if (take_word(c, "cumtime"))
		kind = PROF_PSTATS_TOTAL;
	else if (t->n > 0 && take_word(c, "percall"))
		kind = t->column[t->n - 1] == PROF_PSTATS_TOTAL ?
		    PROF_PSTATS_PER_PRIMITIVE : PROF_PSTATS_PER_CALL;
	else
		return false;
	if (t->n == PROF_PSTATS_COLUMNS)
		return false;
	t->column[t->n++] = kind;
	return true;
}

bool
prof_pstats_is_title(const char *line, size_t len,
    struct prof_pstats_title *title)
{
	struct cursor c = { line, len, 0, false };
	unsigned i, seen = 0;

	if (!take_word(&c, "ncalls"))
		return false;
	title->column[0] = PROF_PSTATS_NCALLS;
	title->n = 1;
	while (take_column(&c, title))
		;
	for (i = 0; i < title->n; i++)
		seen += title->column[i] == PROF_PSTATS_SELF ||
		    title->column[i] == PROF_PSTATS_TOTAL;
	skip_space(&c);
	return seen == 2 && (take(&c, "filename") || take(&c, "function"));
}

bool
prof_pstats_subheading(const char *line, size_t len)
{
	struct cursor c = { line, len, 0, false };

	trim(&c);
	return take_word(&c, "ncalls") && take_word(&c, "tottime") &&
	    take_word(&c, "cumtime") && c.at == c.len;
}

int
prof_pstats_heading(const char *line, size_t len)
{
	struct cursor c = { line, len, 0, false };

	trim(&c);
	if (!take_word(&c, "Function"))
		return 0;
	skip_space(&c);
	if (take(&c, "was called by...") && c.at == c.len)
		return 'r';
	return take(&c, "called...") && c.at == c.len ? 'e' : 0;
}

static bool
take_one_of(struct cursor *c, const char *list)
{
	char word[4] = "";

	for (skip_space(c); *list != '\0'; list += 3) {
		memcpy(word, list, 3);
		if (take_word(c, word))
			return true;
	}
	return false;
}

bool
prof_pstats_is_date(const char *line, size_t len)
{
	struct cursor c = { line, len, 0, false };
	int64_t v;
	int i;

	if (!take_one_of(&c, "MonTueWedThuFriSatSun") ||
	    !take_one_of(&c, "JanFebMarAprMayJunJulAugSepOctNovDec"))
		return false;
	skip_space(&c);
	if (!take_digits(&c, &v) || !at_end(&c))
		return false;
	skip_space(&c);
	for (i = 0; i < 3; i++)
		if ((i > 0 && !take(&c, ":")) || !take_digits(&c, &v))
			return false;
	skip_space(&c);
	return take_digits(&c, &v) && at_end(&c) && !c.huge;
}

bool
prof_pstats_elision(const char *line, size_t len)
{
	struct cursor c = { line, len, 0, false };
	bool some = false;

	for (skip_space(&c); c.at < len; skip_space(&c)) {
		if (!take(&c, "...") && !take(&c, "\xe2\x80\xa6") &&
		    !take(&c, "[...]") && !take(&c, "(...)"))
			return false;
		some = true;
	}
	return some;
}

static void
take_name(struct cursor *c, struct prof_pstats_row *row)
{
	skip_space(c);
	trim(c);
	row->name = c->s + c->at;
	row->len = c->len - c->at;
}

static bool
take_cell(struct cursor *c, enum prof_pstats_column kind,
    struct prof_pstats_row *row)
{
	struct prof_pstats_time ratio;

	switch (kind) {
	case PROF_PSTATS_NCALLS:
		return take_calls(c, row);
	case PROF_PSTATS_SELF:
		return take_time(c, &row->self);
	case PROF_PSTATS_TOTAL:
		return take_time(c, &row->total);
	case PROF_PSTATS_PER_CALL:
	case PROF_PSTATS_PER_PRIMITIVE:
		return take_time(c, &ratio);
	}
	return false;
}

/* blank: leave out the cells of ratios whose divisor is 0, as Python does. */
static enum prof_pstats_found
take_row(struct cursor c, const struct prof_pstats_title *title, bool blank,
    struct prof_pstats_row *row)
{
	enum prof_pstats_column kind;
	unsigned i;

	memset(row, 0, sizeof *row);
	for (i = 0; i < title->n; i++) {
		kind = title->column[i];
		if (blank && ((kind == PROF_PSTATS_PER_CALL &&
		    row->calls == 0) || (kind == PROF_PSTATS_PER_PRIMITIVE &&
		    row->primitive == 0)))
			continue;
		if (!take_cell(&c, kind, row) || (!at_end(&c) &&
		    (i == 0 || i + 1 == title->n || !at_digit(&c))))
			return PROF_PSTATS_NO;
	}
	take_name(&c, row);
	return found(&c);
}

enum prof_pstats_found
prof_pstats_row(const char *line, size_t len,
    const struct prof_pstats_title *title, struct prof_pstats_row *row)
{
	struct cursor c = { line, len, 0, false };
	enum prof_pstats_found is = take_row(c, title, false, row);

	if (is == PROF_PSTATS_NO)
		is = take_row(c, title, true, row);
	return is;
}

/*
 * Offset behind the last byte b of the end of a line, or 0; not far from it,
 * because a hostile line may have us look often.
 */
static size_t
find_last(const struct cursor *c, size_t end, char b)
{
	size_t low = end > c->at + 512 ? end - 512 : c->at;

	for (; end > low; end--)
		if (c->s[end - 1] == b)
			return end;
	return 0;
}

/* Backwards from the end: "NAME(12)    0.345". */
static enum prof_pstats_found
take_counted(struct cursor c, struct prof_pstats_row *row)
{
	size_t close, open;

	memset(row, 0, sizeof *row);
	skip_space(&c);
	trim(&c);
	close = find_last(&c, c.len, ')');
	open = find_last(&c, close, '(');
	if (close == 0 || open < c.at + 2)
		return PROF_PSTATS_NO;
	row->name = c.s + c.at;
	row->len = open - 1 - c.at;
	c.at = open;
	if (!take_calls(&c, row) || row->primitive != row->calls)
		return PROF_PSTATS_NO;
	take(&c, "L");
	if (!take(&c, ")") || !at_end(&c) || !take_time(&c, &row->total) ||
	    c.at != c.len)
		return PROF_PSTATS_NO;
	row->counted = true;
	return found(&c);
}

enum prof_pstats_found
prof_pstats_call(const char *s, size_t len, struct prof_pstats_row *row)
{
	struct cursor c = { s, len, 0, false }, from = c;

	memset(row, 0, sizeof *row);
	if (take_calls(&c, row) && at_end(&c) && take_time(&c, &row->self) &&
	    (at_end(&c) || at_digit(&c)) && take_time(&c, &row->total) &&
	    at_end(&c)) {
		take_name(&c, row);
		return found(&c);
	}
	return take_counted(from, row);
}

/* A name may hold an arrow, too: the first one that a call follows counts. */
enum prof_pstats_found
prof_pstats_arrow(const char *line, size_t len, size_t *subject,
    struct prof_pstats_row *row)
{
	enum prof_pstats_found is;
	size_t i;

	while (len > 0 && is_space(line[len - 1]))
		len--;
	for (i = 1; i + 2 <= len; i++) {
		if (!is_space(line[i - 1]) ||
		    (memcmp(line + i, "<-", 2) != 0 &&
		    memcmp(line + i, "->", 2) != 0) ||
		    (i + 2 < len && !is_space(line[i + 2])))
			continue;
		memset(row, 0, sizeof *row);
		is = prof_pstats_blank(line + i + 2, len - i - 2) ?
		    PROF_PSTATS_YES : prof_pstats_call(line + i + 2,
		    len - i - 2, row);
		if (is == PROF_PSTATS_NO)
			continue;
		for (*subject = i; *subject > 0 &&
		    is_space(line[*subject - 1]); --*subject)
			;
		return is;
	}
	return PROF_PSTATS_NO;
}

/* Offset of the ':' of the last ":12(", or len. */
static size_t
find_place(const char *s, size_t len)
{
	size_t i = len, digits;

	while (i-- > 0) {
		if (s[i] != '(')
			continue;
		for (digits = i; digits > 0 && is_digit(s[digits - 1]);
		    digits--)
			;
		if (digits < i && digits > 0 && s[digits - 1] == ':')
			return digits - 1;
		/* Digits are looked at once, so that this stays linear. */
		i = digits;
	}
	return len;
}

void
prof_pstats_key(const char *s, size_t len, struct prof_pstats_key *key)
{
	size_t colon;
	struct cursor c = { s, len, 0, false };

	memset(key, 0, sizeof *key);
	key->name = s;
	key->name_len = len;
	if (len > 1 && s[0] == '{' && s[len - 1] == '}') {
		key->shaped = true;
		return;
	}
	if (len == 0 || s[len - 1] != ')' ||
	    (colon = find_place(s, len - 1)) == len - 1)
		return;
	c.at = colon + 1;
	if (!take_digits(&c, &key->line) || c.huge) {
		key->line = 0;
		return;
	}
	key->shaped = key->placed = true;
	key->file = s;
	key->file_len = colon;
	key->name = s + c.at + 1;
	key->name_len = len - 1 - (c.at + 1);
}
