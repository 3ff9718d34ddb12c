/* SPDX-License-Identifier: MIT */
#include "libanalysis/range.h"

#include <string.h>

#include "libanalysis/err.h"

#define NANO 1000000000
#define HIGHEST ((prof_i128)1 << 126)	/* beyond any value in any unit */
#define LOWEST (-HIGHEST)

/* One end: whole + nano / 10^9 base units, nano from 0 to 10^9 - 1. */
struct end {
	enum prof_family family;
	bool zero;
	prof_i128 whole;
	int64_t nano;
};

static int
refuse(struct prof_err *err, const char *s, const char *why)
{
	return prof_fail(err, PROF_EUSAGE, "range '%.200s': %s", s, why);
}

/* "12", "1.5": how long it is; 0 for no number. */
static size_t
number_len(const char *s, size_t len)
{
	size_t n = 0, point;

	while (n < len && s[n] >= '0' && s[n] <= '9')
		n++;
	point = n;
	if (n == 0 || n >= len || s[n] != '.')
		return n;
	n++;
	while (n < len && s[n] >= '0' && s[n] <= '9')
		n++;
	return n > point + 1 ? n : point;
}

/* Thousands of things; letters of sizes alone are not for labels. */
static int64_t
count_factor(const char *s, size_t len)
{
	if (len != 1)
		return 0;
	switch (s[0]) {
	case 'k':
	case 'K':
		return 1000;
	case 'M':
		return 1000000;
	case 'G':
	case 'g':
		return 1000000000;
	default:
		return 0;
	}
}

/* The family and size of a unit; false when it is not known. */
static bool
find_unit(const char *s, size_t len, enum prof_family *family,
    int64_t *factor)
{
	const struct prof_unit *u = prof_unit_find(s, len);

	*family = u != NULL ? u->family : PROF_UNIT_COUNT;
	*factor = u != NULL ? u->factor : count_factor(s, len);
	if (len == 0) {
		*family = PROF_UNIT_OTHER;
		*factor = 1;
	}
	return *factor != 0;
}

/* digits / 10^scale * factor, rounded down to whole. */
static void
set_end(struct end *e, int64_t digits, unsigned scale, int64_t factor,
    bool negative)
{
	int64_t ten = 1, more = NANO;

	for (; scale > 0; scale--) {
		ten *= 10;
		more /= 10;
	}
	e->zero = digits == 0;
	e->whole = (prof_i128)digits * factor / ten;
	e->nano = (int64_t)((prof_i128)digits * factor % ten) * more;
	if (!negative)
		return;
	e->whole = -e->whole - (e->nano != 0);
	e->nano = e->nano != 0 ? NANO - e->nano : 0;
}

/* One end from s[0..len); all: the range, for messages. */
static int
read_end(const char *s, size_t len, const char *all, struct end *e,
    struct prof_err *err)
{
	bool negative = len > 0 && s[0] == '-';
	size_t from = len > 0 && (s[0] == '-' || s[0] == '+'), n;
	int64_t digits, factor;
	unsigned scale;

	n = number_len(s + from, len - from);
	if (n == 0)
		return 0;
	s += from;
	len -= from;
	if (len - n == 1 && s[n] == 'm')
		return refuse(err, all, "m is minutes or millions: write min "
		    "or M");
	if (!find_unit(s + n, len - n, &e->family, &factor))
		return 0;
	if (prof_num_parse(s, n, &digits, &scale) != n)
		return refuse(err, all, "a number has more than 9 decimals "
		    "or is beyond 63 bits");
	set_end(e, digits, scale, factor, negative);
	return 1;
}

static bool
is_above(const struct end *a, const struct end *b)
{
	return a->whole != b->whole ? a->whole > b->whole :
	    a->nano > b->nano;
}

/* Nothing is nothing in any unit. */
static int
join(struct end *a, struct end *b, const char *s, struct prof_err *err)
{
	if (a->family == PROF_UNIT_OTHER && a->zero)
		a->family = b->family;
	if (b->family == PROF_UNIT_OTHER && b->zero)
		b->family = a->family;
	if ((a->family == PROF_UNIT_OTHER) != (b->family == PROF_UNIT_OTHER))
		return refuse(err, s, "a unit at one end only");
	if (a->family != b->family)
		return refuse(err, s, "its ends do not measure the same");
	if (is_above(a, b))
		return refuse(err, s, "it ends before it begins");
	return 1;
}

int
prof_range_parse(const char *s, struct prof_range *r, struct prof_err *err)
{
	const char *colon = strchr(s, ':'), *to = colon != NULL ? colon + 1 : s;
	size_t len = colon != NULL ? (size_t)(colon - s) : strlen(s);
	bool from = len > 0, until = to[0] != '\0';
	struct end a = { 0 }, b = { 0 };
	int rc = from || until ? 1 : 0;

	if (rc > 0 && from)
		rc = read_end(s, len, s, &a, err);
	if (rc > 0 && until)
		rc = read_end(to, strlen(to), s, &b, err);
	if (rc > 0 && from && until)
		rc = join(&a, &b, s, err);
	if (rc <= 0)
		return rc;
	r->family = from ? a.family : b.family;
	r->low = from ? a.whole + (a.nano != 0) : LOWEST;
	r->high = until ? b.whole : HIGHEST;
	return 1;
}

bool
prof_range_holds(const struct prof_range *r, int64_t v,
    const struct prof_unit *unit)
{
	enum prof_family family = unit != NULL ? unit->family :
	    PROF_UNIT_COUNT;
	prof_i128 base = (prof_i128)v * (unit != NULL ? unit->factor : 1);

	return (r->family == PROF_UNIT_OTHER || r->family == family) &&
	    base >= r->low && base <= r->high;
}
