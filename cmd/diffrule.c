/* SPDX-License-Identifier: MIT */
#include "cmd/diffrule.h"

#include <string.h>

#include "libanalysis/diffparts.h"

/* --- lists of words ------------------------------------------------------- */

/* Hyphens and underscores do not count. */
static bool
same_word(const char *name, const char *s, size_t len)
{
	const char *end = s + len;

	for (;;) {
		while (*name == '-')
			name++;
		while (s < end && (*s == '-' || *s == '_'))
			s++;
		if (*name == '\0' || s == end)
			return *name == '\0' && s == end;
		if (*name++ != *s++)
			return false;
	}
}

/* The index of the word among names, which end with NULL. */
static unsigned
word_index(const char *option, const char *const *names, const char *s,
    size_t len)
{
	struct prof_buf list = { 0 };
	unsigned i;

	for (i = 0; names[i] != NULL; i++)
		if (same_word(names[i], s, len))
			return i;
	for (i = 0; names[i] != NULL; i++)
		prof_buf_addf(&list, "%s%s", i == 0 ? "" :
		    names[i + 1] == NULL ? " or " : ", ", names[i]);
	cli_fail("--%s takes %s, not '%.*s'", option, prof_buf_str(&list),
	    (int)len, s);
}

static void
parse_sort(const char *text, struct prof_diff_choice *c)
{
	static const char *const names[] = { "delta", "abs", "ratio", "name",
	    NULL };

	if (text != NULL)
		c->sort = word_index("sort", names, text, strlen(text));
}

static void
parse_only(const char *text, struct prof_diff_choice *c)
{
	static const char *const names[] = { "new", "gone", "up", "down",
	    NULL };
	size_t n;

	while (text != NULL) {
		n = strcspn(text, ",");
		c->only |= 1u << word_index("only", names, text, n);
		text = text[n] == ',' ? text + n + 1 : NULL;
	}
}

static void
parse_metrics(const char *text, struct prof_diff_choice *c)
{
	static const char *const names[] = { "self", "total", "calls",
	    "per-call", NULL };
	unsigned i, at;
	size_t n;

	while (text != NULL) {
		n = strcspn(text, ",");
		at = word_index("metric", names, text, n);
		for (i = 0; i < c->nmetrics; i++)
			if (c->metric[i] == at)
				break;
		c->metric[i] = at;
		c->nmetrics += i == c->nmetrics;
		text = text[n] == ',' ? text + n + 1 : NULL;
	}
}

/* --- numbers -------------------------------------------------------------- */

/* A share above 0 and below 1, or what it was. */
static double
inside(const char *option, struct fraction f, double value)
{
	if (f.den == 0)
		return value;
	if (f.num <= 0 || f.num >= f.den)
		cli_fail("--%s takes a share above 0 and below 1", option);
	return (double)f.num / (double)f.den;
}

/* "5%" or "0.05": a share that an option's other meaning is not. */
static bool
parse_share(const char *text, double *share)
{
	size_t len = strlen(text), used;
	bool percent = len > 0 && text[len - 1] == '%';
	int64_t digits;
	unsigned scale;
	double v;

	used = prof_num_parse(text, len, &digits, &scale);
	if (used == 0 || used != len - percent)
		return false;
	for (v = (double)digits; scale > 0; scale--)
		v /= 10;
	*share = percent ? v / 100 : v;
	return percent || v < 1;
}

static void
parse_noise(const char *text, struct prof_evidence_rule *rule)
{
	double cv;

	if (text == NULL)
		return;
	if (!parse_share(text, &cv))
		cli_fail("--noise takes a coefficient of variation such as "
		    "5%%, not '%s'", text);
	rule->phi = cv * cv;
}

void
diffrule_parse(const struct options *o, struct prof_diff_choice *c,
    struct prof_evidence_rule *rule)
{
	memset(c, 0, sizeof *c);
	*rule = prof_evidence_default();
	parse_sort(o->sort, c);
	parse_only(o->only, c);
	parse_metrics(o->metrics, c);
	rule->alpha = inside("alpha", o->alpha, rule->alpha);
	rule->level = inside("ci", o->ci, rule->level);
	parse_noise(o->noise, rule);
	if (o->ratio.den != 0) {
		c->ratio.num = rule->ratio.num = o->ratio.num;
		c->ratio.den = rule->ratio.den = o->ratio.den;
	}
	if (o->min_share.den != 0) {
		rule->min_share.num = o->min_share.num;
		rule->min_share.den = o->min_share.den;
	}
	if (o->bootstrap > 100000)
		cli_fail("--bootstrap takes up to 100000 resamplings");
}

/* A value with a unit, in base units of d; false: it is none. */
static bool
parse_value(const char *option, const char *text, const struct prof_diff *d,
    double *value)
{
	static const struct prof_unit counts[] = {
		{ "k", PROF_UNIT_COUNT, 1000 },
		{ "M", PROF_UNIT_COUNT, 1000000 },
		{ "G", PROF_UNIT_COUNT, 1000000000 } };
	const struct prof_unit *unit = NULL, *own = prof_unit_find(d->unit,
	    strlen(d->unit));
	int64_t digits;
	unsigned scale, i;
	size_t used = prof_num_parse(text, strlen(text), &digits, &scale);

	if (used == 0)
		return false;
	for (*value = (double)digits; scale > 0; scale--)
		*value /= 10;
	text += used;
	if (text[0] == '\0')
		return true;
	for (i = 0; i < 3; i++)
		if (strcmp(text, counts[i].name) == 0)
			unit = &counts[i];
	if (unit == NULL)
		unit = prof_unit_find(text, strlen(text));
	if (unit == NULL)
		return false;
	if (own == NULL || own->family != unit->family)
		cli_fail("--%s: '%s' is no unit of sample type '%s', which "
		    "is in '%s'", option, text, d->type, d->unit);
	*value *= (double)unit->factor;
	return true;
}

void
diffrule_values(const struct options *o, const struct prof_diff *d,
    struct prof_diff_choice *c, struct prof_evidence_rule *rule)
{
	double share;
	unsigned i;

	if (o->min_delta != NULL) {
		if (parse_share(o->min_delta, &share))
			c->min_delta = share * (double)prof_diff_sum(d,
			    PROF_DIFF_BASE);
		else if (!parse_value("min-delta", o->min_delta, d,
		    &c->min_delta))
			cli_fail("--min-delta takes a share such as 0.1%% or "
			    "a value such as 10ms, not '%s'", o->min_delta);
	}
	if (o->min_value != NULL) {
		if (!parse_value("min-value", o->min_value, d,
		    &c->min_value))
			cli_fail("--min-value takes a value such as 1ms, not "
			    "'%s'", o->min_value);
		rule->min_value = c->min_value;
	}
	for (i = 0; i < c->nmetrics; i++)
		if (c->metric[i] >= PROF_JUDGED_CALLS && d->calls[0] == NULL)
			cli_fail("--metric %s: not all inputs count calls",
			    prof_judged_name(c->metric[i]));
}

unsigned
diffrule_judged(const struct prof_diff_choice *c)
{
	unsigned i, judged = 1u << PROF_JUDGED_SELF | 1u << PROF_JUDGED_TOTAL;

	for (i = 0; i < c->nmetrics; i++)
		judged |= 1u << c->metric[i];
	return judged;
}
