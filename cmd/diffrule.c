/* SPDX-License-Identifier: MIT */
#include "cmd/diffrule.h"

#include <string.h>

#include "cmd/values.h"
#include "libanalysis/diffparts.h"

static void
parse_only(const char *text, struct prof_diff_choice *c)
{
	size_t n;

	for (; text != NULL; text = text[n] == ',' ? text + n + 1 : NULL) {
		n = strcspn(text, ",");
		c->only |= 1U << value_word("only", "new|gone|up|down", text,
		    n);
	}
}

void
diffrule_parse(const struct judge *j, struct prof_diff_choice *c)
{
	const struct options *o = j->o;

	memset(c, 0, sizeof *c);
	if (o->sort != NULL)
		c->sort = (enum prof_diff_sort)value_word("sort",
		    "delta|abs|ratio|name", o->sort, strlen(o->sort));
	parse_only(o->only, c);
	memcpy(c->metric, j->metric, sizeof c->metric);
	c->nmetrics = j->nmetrics;
	if (o->ratio.den != 0)
		c->ratio = j->rule.ratio;
	if (o->bootstrap > 100000)
		cli_fail("--bootstrap takes up to 100000 resamplings");
}

void
diffrule_values(const struct judge *j, struct prof_diff_choice *c)
{
	const struct options *o = j->o;
	struct prof_fraction share;

	if (o->min_value != NULL)
		c->min_value = j->rule.min_value;
	if (o->min_delta != NULL && judge_amount("min-delta", o->min_delta,
	    &j->d, &share, &c->min_delta))
		c->min_delta = (double)share.num / (double)share.den *
		    (double)prof_diff_sum(&j->d, PROF_DIFF_BASE);
}
