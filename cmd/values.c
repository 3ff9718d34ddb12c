/* SPDX-License-Identifier: MIT */
#include "cmd/values.h"

#include <string.h>

#include "cmd/cli.h"
#include "libanalysis/num.h"

/* Values times it are still to fit. */
#define FACTOR_MAX INT64_C(1000000000000)

static void
bad(const struct option *o, const char *value, const char *want)
{
	if (o->name != NULL)
		cli_fail("--%s takes %s, not '%s'", o->name, want, value);
	cli_fail("-%c takes %s, not '%s'", o->key, want, value);
}

/* All of value as a number; *scale digits behind the point. */
static bool
whole_number(const char *value, size_t len, int64_t *digits,
    unsigned *scale)
{
	return len > 0 && prof_num_given(value, len, digits, scale) == len;
}

uint64_t
value_number(const struct option *o, const char *value)
{
	int64_t n;
	unsigned scale;

	if (!whole_number(value, strlen(value), &n, &scale) || scale != 0 ||
	    n < 1)
		bad(o, value, "a whole number from 1");
	return (uint64_t)n;
}

uint64_t
value_size(const struct option *o, const char *value)
{
	static const char letters[] = "kmgt";
	const struct prof_unit *u = NULL;
	int64_t n, factor = 1;
	unsigned scale;
	size_t used = prof_num_given(value, strlen(value), &n, &scale);
	const char *unit = value + used, *at;

	if (strcmp(value, "none") == 0)
		return PROF_NO_LIMIT;
	if (unit[0] != '\0' && unit[1] == '\0' &&
	    (at = strchr(letters, unit[0] | 0x20)) != NULL)
		factor = INT64_C(1) << (10 * (at - letters + 1));
	else if (unit[0] != '\0')
		u = prof_unit_find(unit, strlen(unit));
	if (u != NULL && u->family == PROF_UNIT_BYTES)
		factor = u->factor;
	else if (used == 0 || (unit[0] != '\0' && factor == 1))
		bad(o, value, "a size such as 512MiB, or none");
	if (!prof_num_mul(n, factor, &n))
		bad(o, value, "a size below 2^63 bytes");
	for (; scale > 0; scale--)
		n /= 10;
	if (n < 1)
		bad(o, value, "a size of at least one byte");
	return (uint64_t)n;
}

static int64_t
power10(unsigned n)
{
	int64_t v = 1;

	while (n-- > 0)
		v *= 10;
	return v;
}

struct fraction
value_share(const struct option *o, const char *value)
{
	size_t len = strlen(value);
	bool percent = len > 0 && value[len - 1] == '%';
	struct fraction f = { 0, 1 };
	unsigned scale;

	if (!whole_number(value, percent ? len - 1 : len, &f.num, &scale))
		bad(o, value, "a share such as 0.5% or 0.005");
	f.den = power10(scale) * (percent ? 100 : 1);
	if (f.num > f.den)
		bad(o, value, "a share from 0 to 1, or with %");
	return f;
}

struct fraction
value_factor(const struct option *o, const char *value)
{
	size_t len = strcspn(value, "/");
	struct fraction f = { 0, 1 };
	int64_t below = 1;
	unsigned scale, more = 0;

	if (!whole_number(value, len, &f.num, &scale) || (value[len] == '/' &&
	    !whole_number(value + len + 1, strlen(value + len + 1), &below,
	    &more)) || f.num < 1 || below < 1)
		bad(o, value, "a factor such as 0.5 or 1/3");
	if (!prof_num_mul(f.num, power10(more), &f.num) ||
	    !prof_num_mul(below, power10(scale), &f.den))
		bad(o, value, "a factor of fewer digits");
	below = (int64_t)prof_num_gcd((uint64_t)f.num, (uint64_t)f.den);
	f.num /= below;
	f.den /= below;
	if (f.num > FACTOR_MAX || f.den > FACTOR_MAX)
		bad(o, value, "a factor of up to 10^12, from 1/10^12");
	return f;
}

struct fraction
value_ratio(const struct option *o, const char *value)
{
	size_t len = strlen(value);
	char last = '\0';
	struct fraction f = { 0, 1 };
	unsigned scale;

	if (len > 0)
		last = value[len - 1];
	if (last == '%' || last == 'x')
		len--;
	if (!whole_number(value, len, &f.num, &scale))
		bad(o, value, "a ratio such as 1.5, 1.5x or 50%");
	f.den = power10(scale);
	if (last == '%') {
		if (!prof_num_add(f.num, 100 * f.den, &f.num))
			bad(o, value, "a smaller ratio");
		f.den *= 100;
	}
	if (f.num < f.den)
		bad(o, value, "a ratio of at least 1");
	return f;
}

bool
value_amount(const char *text, int64_t *digits, int64_t *scale,
    const struct prof_unit **unit)
{
	static const struct prof_unit counts[] = {
		{ "k", PROF_UNIT_COUNT, 1000 },
		{ "M", PROF_UNIT_COUNT, 1000000 },
		{ "G", PROF_UNIT_COUNT, 1000000000 } };
	unsigned decimals;
	size_t i, used = prof_num_given(text, strlen(text), digits,
	    &decimals);

	text += used;
	*unit = NULL;
	if (used > 0)
		*scale = power10(decimals);
	if (used == 0 || text[0] == '\0')
		return used > 0;
	for (i = 0; i < sizeof counts / sizeof counts[0]; i++)
		if (strcmp(text, counts[i].name) == 0)
			*unit = &counts[i];
	if (*unit == NULL)
		*unit = prof_unit_find(text, strlen(text));
	return *unit != NULL;
}

/* Hyphens and underscores do not count. */
static bool
same_word(const char *name, const char *end, const char *s, size_t len)
{
	const char *until = s + len;

	for (;;) {
		while (name < end && *name == '-')
			name++;
		while (s < until && (*s == '-' || *s == '_'))
			s++;
		if (name == end || s == until)
			return name == end && s == until;
		if (*name++ != *s++)
			return false;
	}
}

static void no_word(const char *option, const char *words, const char *s,
    size_t len) __attribute__((noreturn));

static void
no_word(const char *option, const char *words, const char *s, size_t len)
{
	struct prof_buf list = { 0 };
	const char *at;
	size_t n;

	for (at = words;; at += n + 1) {
		n = strcspn(at, "|");
		prof_buf_addf(&list, "%s%.*s", at == words ? "" :
		    at[n] == '\0' ? " or " : ", ", (int)n, at);
		if (at[n] == '\0')
			cli_fail("--%s takes %s, not '%.*s'", option,
			    prof_buf_str(&list), (int)len, s);
	}
}

unsigned
value_word(const char *option, const char *words, const char *s, size_t len)
{
	const char *at = words;
	unsigned i;
	size_t n;

	for (i = 0;; i++, at += n + 1) {
		n = strcspn(at, "|");
		if (same_word(at, at + n, s, len))
			return i;
		if (at[n] == '\0')
			no_word(option, words, s, len);
	}
}

int
value_choice(const struct option *o, const char *value)
{
	const char *at = o->choices;
	size_t n;
	int i;

	for (i = 0;; i++, at += n + 1) {
		n = strcspn(at, "|");
		if (n == strlen(value) && memcmp(at, value, n) == 0 &&
		    !(i == 0 && strcmp(value, "default") == 0))
			return i;
		if (at[n] == '\0')
			break;
	}
	at = o->choices;
	if (strncmp(at, "default|", 8) == 0)
		at += 8;
	bad(o, value, at);
	return 0;
}

int
value_level(const struct option *o, const char *value)
{
	if (value == NULL)
		return 6;
	if (strcmp(value, "none") == 0)
		return COMPRESS_NONE;
	if (value[0] < '0' || value[0] > '9' || value[1] != '\0')
		bad(o, value, "0 to 9, or none");
	return value[0] - '0';
}

void
value_keep(struct options *to, const struct option *o, const char *value)
{
	switch (o->kind) {
	case ARG_NUMBER:
	case ARG_LIMIT:
	case ARG_SIZE:
	case ARG_SHARE:
	case ARG_FACTOR:
	case ARG_RATIO:
		words_add(&to->numbers, o->name);
		words_add(&to->numbers, value);
		break;
	default:
		break;
	}
}
