/* SPDX-License-Identifier: MIT */
#include "cmd/diffwork.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/diffrule.h"
#include "cmd/names.h"

#define TREE_SHARE .005		/* of what --tree names */

bool
diffwork_left(const struct diffwork *w)
{
	struct prof_diff_view v = w->r.view;
	size_t n;

	v.choice.proved = w->o->alpha.den != 0;
	free(prof_diff_rows(&v, 0, false, &n));
	return n > 0;
}

static double
tree_share(const struct options *o)
{
	if (o->all)
		return 0;
	return o->min_share.den == 0 ? TREE_SHARE :
	    (double)o->min_share.num / (double)o->min_share.den;
}

/* Options that only rows of functions have a meaning for. */
static void
check_tree(const struct options *o)
{
	const struct {
		bool given;
		const char *name;
	} list[] = {
		{ o->limit != 0, "limit" }, { o->sort != NULL, "sort" },
		{ o->only != NULL, "only" }, { o->metrics != NULL, "metric" },
		{ o->bootstrap != 0, "bootstrap" }, { o->mean, "mean" },
		{ o->min_delta != NULL, "min-delta" },
		{ o->ratio.den != 0, "ratio" },
		{ o->min_value != NULL, "min-value" }
	};
	size_t i;

	for (i = 0; o->tree && i < sizeof list / sizeof list[0]; i++)
		if (list[i].given)
			cli_fail("--%s does not go with --tree; --min-share "
			    "does", list[i].name);
}

void
diffwork_begin(struct diffwork *w, const struct options *o)
{
	memset(w, 0, sizeof *w);
	w->o = o;
	check_tree(o);
	judge_begin(&w->j, o, TOOL_DIFF);
	diffrule_parse(&w->j, &w->r.view.choice);
}

/* Of those asked for the first comes first. */
static void
find_calls(struct diffwork *w)
{
	const struct prof_diff_choice *c = &w->r.view.choice;
	unsigned i;

	for (i = c->nmetrics; i-- > 0; )
		if (c->metric[i] >= PROF_JUDGED_CALLS)
			prof_findings_of_calls(&w->j.f, &w->j.e,
			    c->metric[i]);
}

void
diffwork_compare(struct diffwork *w, struct sides *s)
{
	const char *key = NULL;
	enum prof_granularity g = cli_granularity(w->o, &key);
	struct prof_diff *d = &w->j.d;

	w->s = s;
	judge_compare(&w->j, s);
	diffrule_values(&w->j, &w->r.view.choice);
	d->min_share_num = w->o->min_share.num;
	d->min_share_den = w->o->min_share.den;
	w->r.view.d = d;
	w->r.bootstrap = w->o->bootstrap;
	w->r.shares = g == PROF_BY_FILE || g == PROF_BY_MODULE ||
	    g == PROF_BY_PACKAGE;
	/* Means are no sums of samples. */
	if (!w->o->mean) {
		judge_find(&w->j, judge_asked(&w->j) | 1U <<
		    PROF_JUDGED_SELF | 1U << PROF_JUDGED_TOTAL);
		find_calls(w);
		w->r.view.e = &w->j.e;
		w->r.f = &w->j.f;
	}
	if (w->o->tree)
		prof_context_init(&w->c, d, tree_share(w->o));
}

void
diffwork_release(struct diffwork *w)
{
	if (w->o->tree)
		prof_context_release(&w->c);
	judge_release(&w->j);
}
