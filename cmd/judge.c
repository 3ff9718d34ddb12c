/* SPDX-License-Identifier: MIT */
#include "cmd/judge.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cmd/comparable.h"
#include "cmd/names.h"
#include "cmd/option.h"
#include "cmd/values.h"
#include "libanalysis/context.h"

/* --- numbers -------------------------------------------------------------- */

/* VALUE in base units of d; false: it is none. */
static bool
read_value(const char *option, const char *text, const struct prof_diff *d,
    double *value)
{
	const struct prof_unit *own = prof_unit_find(d->unit,
	    strlen(d->unit)), *unit;
	int64_t digits, scale;

	if (!value_amount(text, &digits, &scale, &unit))
		return false;
	*value = (double)digits / (double)scale;
	if (unit == NULL)
		return true;
	if (own == NULL || own->family != unit->family)
		cli_fail("--%s: '%s' is no value of sample type '%s', which "
		    "is in '%s'", option, text, d->type, d->unit);
	*value *= (double)unit->factor;
	return true;
}

bool
judge_amount(const char *option, const char *text,
    const struct prof_diff *d, struct prof_fraction *share, double *value)
{
	size_t len = strlen(text);
	bool percent = len > 0 && text[len - 1] == '%';
	const struct prof_unit *unit;
	struct fraction f;
	int64_t digits, scale;

	if (percent || (value_amount(text, &digits, &scale, &unit) &&
	    unit == NULL && digits < scale)) {
		f = value_share(option_find(TOOL_DIFF | TOOL_REGRESS, option,
		    strlen(option)), text);
		*share = (struct prof_fraction){ f.num, f.den };
		return true;
	}
	if (!read_value(option, text, d, value))
		cli_fail("--%s takes a share such as 0.1%% or a value such "
		    "as 10ms, not '%s'", option, text);
	return false;
}

double
judge_inside(const char *option, struct fraction f, double otherwise)
{
	if (f.den == 0)
		return otherwise;
	if (f.num <= 0 || f.num >= f.den)
		cli_fail("--%s takes a share above 0 and below 1", option);
	return (double)f.num / (double)f.den;
}

/* --- --noise -------------------------------------------------------------- */

static void
read_table(struct judge *j)
{
	const char *path = j->o->noise;
	struct prof_err err = { 0 };
	struct prof_in *in;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		cli_fail("--noise: cannot open '%s': %s", path,
		    strerror(errno));
	in = prof_in_fd(fd, path, &j->o->limits);
	if (prof_noise_table_read(&j->noise, in, &err) != PROF_OK) {
		prof_err_prefix(&err, "--noise");
		cli_fail_err(&err);
	}
	prof_in_close(in);
	close(fd);
	if (j->noise.n == 0)
		cli_fail("--noise: '%s' has no functions: it is to be learned "
		    "with --calibrate", path);
	j->rule.noise = &j->noise;
}

/* A number is never the name of a file: that would be ./5. */
static bool
is_number(const char *text)
{
	unsigned scale;
	int64_t n;
	size_t used = prof_num_given(text, strlen(text), &n, &scale);

	return used > 0 && (text[used] == '\0' ||
	    strcmp(text + used, "%") == 0);
}

static void
read_noise(struct judge *j, enum tool tool)
{
	struct fraction f;
	double cv;

	if (j->o->noise == NULL)
		return;
	if (!is_number(j->o->noise)) {
		read_table(j);
		return;
	}
	f = value_share(option_find(tool, "noise", 5), j->o->noise);
	cv = (double)f.num / (double)f.den;
	j->rule.phi = cv * cv;
}

/* --- the rule ------------------------------------------------------------- */

static void
read_metrics(struct judge *j)
{
	const char *s = j->o->metrics;
	enum prof_judged at;
	unsigned i;
	size_t len;

	for (; s != NULL; s = s[len] == ',' ? s + len + 1 : NULL) {
		len = strcspn(s, ",");
		at = (enum prof_judged)value_word("metric",
		    "self|total|calls|per-call", s, len);
		for (i = 0; i < j->nmetrics; i++)
			if (j->metric[i] == at)
				break;
		j->metric[i] = at;
		j->nmetrics += i == j->nmetrics;
	}
}

void
judge_begin(struct judge *j, const struct options *o, enum tool tool)
{
	struct prof_evidence_rule *rule = &j->rule;

	memset(j, 0, sizeof *j);
	j->o = o;
	*rule = prof_evidence_default();
	read_metrics(j);
	if (o->ratio.den != 0)
		rule->ratio = (struct prof_fraction){ o->ratio.num,
		    o->ratio.den };
	if (o->min_share.den != 0)
		rule->min_share = (struct prof_fraction){ o->min_share.num,
		    o->min_share.den };
	rule->alpha = judge_inside("alpha", o->alpha, rule->alpha);
	rule->level = judge_inside("ci", o->ci, rule->level);
	read_noise(j, tool);
}

static void
check_calls(const struct judge *j)
{
	unsigned i;

	for (i = 0; i < j->nmetrics; i++)
		if (j->metric[i] >= PROF_JUDGED_CALLS && (j->d.calls[0] ==
		    NULL || j->d.calls[1] == NULL))
			cli_fail("--metric %s: not all of the runs count "
			    "calls", prof_judged_name(j->metric[i]));
}

void
judge_compare(struct judge *j, struct sides *s)
{
	const char *least = j->o->min_value;
	struct prof_err err = { 0 };

	if (prof_diff_init_matching(&j->d, s->run, s->nruns, s->nbase,
	    cli_matching(j->o), &err) != PROF_OK)
		cli_fail_err(&err);
	comparable_check(s, j->o, &j->d);
	check_calls(j);
	if (least != NULL && !read_value("min-value", least, &j->d,
	    &j->rule.min_value))
		cli_fail("--min-value takes a value such as 1ms, not '%s'",
		    least);
	sides_scale(s, j->o, &j->d, &j->rule);
}

/* --- what is found -------------------------------------------------------- */

unsigned
judge_asked(const struct judge *j)
{
	unsigned i, asked = 0;

	for (i = 0; i < j->nmetrics; i++)
		asked |= 1U << j->metric[i];
	return asked != 0 ? asked : 1U << PROF_JUDGED_SELF |
	    1U << PROF_JUDGED_TOTAL;
}

static bool
any_found(const struct prof_evidence *e)
{
	uint32_t i;
	unsigned m;

	for (m = 0; m < PROF_JUDGED; m++)
		for (i = 0; e->of[m] != NULL && i <= e->d->match.n; i++)
			if (e->of[m][i].found)
				return true;
	return false;
}

void
judge_find(struct judge *j, unsigned metrics)
{
	struct prof_context c = { .n = 0 };
	struct prof_err err = { 0 };

	if (prof_evidence_init(&j->e, &j->d, &j->rule, metrics, &err) !=
	    PROF_OK)
		cli_fail_err(&err);
	if (j->e.strange)
		cli_warn("--noise: '%s' has none of the functions compared: "
		    "it is not used", j->o->noise);
	/* The tree costs more than all the rest, and explains changes only. */
	if (any_found(&j->e))
		prof_context_init(&c, &j->d, PROF_CONTEXT_SHARE);
	prof_findings_init(&j->f, &j->e, c.n > 0 ? &c : NULL);
	prof_context_release(&c);
	prof_findings_settle(&j->f, &j->e);
	j->known = true;
}

void
judge_release(struct judge *j)
{
	if (j->known) {
		prof_findings_release(&j->f);
		prof_evidence_release(&j->e);
	}
	prof_noise_table_release(&j->noise);
	prof_diff_release(&j->d);
	memset(j, 0, sizeof *j);
}
