/* SPDX-License-Identifier: MIT */
#include "cmd/judge.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cmd/option.h"
#include "cmd/values.h"
#include "libanalysis/counts.h"
#include "libanalysis/num.h"

#define TIMED_MIN 1e6	/* ns: what was measured below is mostly overhead */

static int64_t
power10(unsigned n)
{
	int64_t v = 1;

	while (n-- > 0)
		v *= 10;
	return v;
}

/* --- --metric ------------------------------------------------------------- */

static unsigned
metric_of(const char *word, size_t len)
{
	unsigned m;

	for (m = 0; m < PROF_JUDGED; m++)
		if (strlen(prof_judged_name(m)) == len &&
		    memcmp(prof_judged_name(m), word, len) == 0)
			return 1U << m;
	cli_fail("--metric takes a list of self, total, calls, per-call, not "
	    "'%.*s'", (int)len, word);
}

unsigned
judge_metrics(const struct options *o, const struct prof_diff *d)
{
	const unsigned calls = 1U << PROF_JUDGED_CALLS |
	    1U << PROF_JUDGED_PER_CALL;
	const char *word = o->metrics;
	unsigned metrics = 0;
	size_t len;

	if (word == NULL)
		return 1U << PROF_JUDGED_SELF | 1U << PROF_JUDGED_TOTAL;
	for (;; word += len + 1) {
		len = strcspn(word, ",");
		metrics |= metric_of(word, len);
		if (word[len] == '\0')
			break;
	}
	if ((metrics & calls) != 0 && (d->calls[0] == NULL ||
	    d->calls[1] == NULL))
		cli_fail("--metric %s: not all of the runs count calls",
		    o->metrics);
	return metrics;
}

/* --- amounts -------------------------------------------------------------- */

static void
bad_amount(const char *option, const char *text, const char *unit)
{
	cli_fail("--%s takes a share such as 0.1%%, or a value%s%s, not '%s'",
	    option, unit[0] != '\0' ? " in " : "", unit, text);
}

/* The size of a unit behind a number, in base units; 0: it does not fit. */
static int64_t
unit_factor(const char *text, const char *unit)
{
	const struct prof_unit *own = prof_unit_find(unit, strlen(unit));
	const struct prof_unit *u;

	if (text[0] == '\0')
		return 1;
	u = prof_unit_find(text, strlen(text));
	if (u == NULL || own == NULL || u->family != own->family ||
	    strcmp(text, "m") == 0)
		return 0;
	return u->factor;
}

bool
judge_amount(const char *option, const char *text, const char *unit,
    struct prof_fraction *share, double *value)
{
	int64_t n, factor;
	unsigned scale;
	size_t used = prof_num_parse(text, strlen(text), &n, &scale);
	const char *rest = text + used;
	bool percent = strcmp(rest, "%") == 0;

	if (used == 0)
		bad_amount(option, text, unit);
	if (percent || (rest[0] == '\0' && n < power10(scale))) {
		share->num = n;
		share->den = power10(scale) * (percent ? 100 : 1);
		if (share->num > share->den)
			bad_amount(option, text, unit);
		return true;
	}
	factor = unit_factor(rest, unit);
	if (factor == 0)
		bad_amount(option, text, unit);
	*value = (double)n * (double)factor / (double)power10(scale);
	return false;
}

/* --- the rule ------------------------------------------------------------- */

/* Times that were measured, not sampled: below some they are overhead. */
static bool
is_timed(const struct sides *s, const struct prof_diff *d)
{
	struct prof_counts c;
	unsigned i;

	if (strcmp(d->unit, "nanoseconds") != 0 || d->calls[0] == NULL)
		return false;
	for (i = 0; i < s->nruns; i++) {
		prof_counts_of(&c, &s->profile[i], s->run[i].column);
		if (c.how == PROF_COUNTS_UNKNOWN)
			return true;
	}
	return false;
}

static double
min_value(const struct options *o, const struct sides *s,
    const struct prof_diff *d)
{
	struct prof_fraction share = { 0, 1 };
	double value = 0;

	if (o->min_value == NULL)
		return is_timed(s, d) ? TIMED_MIN : 0;
	if (judge_amount("min-value", o->min_value, d->unit, &share,
	    &value)) {
		if (strchr(o->min_value, '%') != NULL)
			cli_fail("--min-value takes a value, not the share "
			    "'%s'", o->min_value);
		value = (double)share.num / (double)share.den;
	}
	return value;
}

static double
between(const char *option, struct fraction f, double otherwise)
{
	if (f.den == 0)
		return otherwise;
	if (f.num <= 0 || f.num >= f.den)
		cli_fail("--%s takes a share above 0 and below 1", option);
	return (double)f.num / (double)f.den;
}

void
judge_rule(const struct options *o, const struct sides *s,
    const struct prof_diff *d, struct prof_evidence_rule *rule)
{
	if (o->min_share.den != 0) {
		rule->min_share.num = o->min_share.num;
		rule->min_share.den = o->min_share.den;
	}
	rule->min_value = min_value(o, s, d);
	rule->alpha = between("alpha", o->alpha, rule->alpha);
	rule->level = between("ci", o->ci, rule->level);
}

static void
read_table(const struct options *o, struct prof_noise_table *table)
{
	struct prof_err err = { 0 };
	struct prof_in *in;
	int fd = open(o->noise, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		cli_fail("--noise: cannot open '%s': %s", o->noise,
		    strerror(errno));
	in = prof_in_fd(fd, o->noise, &o->limits);
	if (prof_noise_table_read(table, in, &err) != PROF_OK) {
		prof_err_prefix(&err, "--noise=%.200s", o->noise);
		cli_fail_err(&err);
	}
	prof_in_close(in);
	close(fd);
}

/* A number is never the name of a file: that would be ./5. */
static bool
is_share(const char *text)
{
	unsigned scale;
	int64_t n;
	size_t used = prof_num_parse(text, strlen(text), &n, &scale);

	return used > 0 && (text[used] == '\0' ||
	    strcmp(text + used, "%") == 0);
}

void
judge_noise(const struct options *o, enum tool tool,
    struct prof_noise_table *table, struct prof_evidence_rule *rule)
{
	struct fraction f;
	double cv;

	if (o->noise == NULL)
		return;
	if (!is_share(o->noise)) {
		read_table(o, table);
		rule->noise = table;
		return;
	}
	f = value_share(option_find(tool, "noise", 5), o->noise);
	cv = (double)f.num / (double)f.den;
	rule->phi = cv * cv;
}
