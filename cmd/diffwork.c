/* SPDX-License-Identifier: MIT */
#include "cmd/diffwork.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/comparable.h"
#include "cmd/diffrule.h"
#include "cmd/names.h"

#define TREE_SHARE .005		/* of what --tree names */
#define CONTEXT_SHARE .0005	/* of a subtree that may be a culprit */
#define TIMED_LEAST 1e6		/* ns: --min-value of measured times */

static bool
any_found(const struct prof_evidence *e)
{
	uint32_t i;
	unsigned m;

	for (m = 0; m < PROF_DIFF_METRICS; m++)
		for (i = 0; e->of[m] != NULL && i <= e->d->match.n; i++)
			if (e->of[m][i].found)
				return true;
	return false;
}

static void
judge(struct diffwork *w)
{
	unsigned judged = diffrule_judged(&w->r.view.choice);
	struct prof_context c = { .n = 0 };
	bool found;
	struct prof_err err = { 0 };

	if (prof_evidence_init(&w->e, &w->d, &w->rule, judged, &err) !=
	    PROF_OK)
		cli_fail_err(&err);
	/* Times that no samples are behind: small ones are all noise. */
	if (w->o->min_value == NULL && w->rule.min_value <= 0 &&
	    w->e.model[PROF_JUDGED_SELF] == PROF_MODEL_TIMED &&
	    strcmp(w->d.unit, "nanoseconds") == 0) {
		prof_evidence_release(&w->e);
		w->rule.min_value = TIMED_LEAST;
		if (prof_evidence_init(&w->e, &w->d, &w->rule, judged,
		    &err) != PROF_OK)
			cli_fail_err(&err);
	}
	found = any_found(&w->e);
	if (found)
		prof_context_init(&c, &w->d, CONTEXT_SHARE);
	prof_findings_init(&w->f, &w->e, found && c.n > 0 ? &c : NULL);
	prof_findings_settle(&w->f, &w->e);
	if (found)
		prof_context_release(&c);
	w->known = true;
	w->r.view.e = &w->e;
	w->r.f = &w->f;
}

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
		{ o->min_delta != NULL, "min-delta" }
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
	diffrule_parse(o, &w->r.view.choice, &w->rule);
}

void
diffwork_compare(struct diffwork *w, struct sides *s)
{
	struct prof_err err = { 0 };
	const char *key = NULL;
	enum prof_granularity g = cli_granularity(w->o, &key);

	w->s = s;
	if (prof_diff_init_matching(&w->d, s->run, s->nruns, s->nbase,
	    cli_matching(w->o), &err) != PROF_OK)
		cli_fail_err(&err);
	comparable_check(s, w->o, &w->d);
	sides_scale(s, w->o, &w->d, &w->rule);
	w->d.min_share_num = w->o->min_share.num;
	w->d.min_share_den = w->o->min_share.den;
	w->r.view.d = &w->d;
	w->r.bootstrap = w->o->bootstrap;
	w->r.shares = g == PROF_BY_FILE || g == PROF_BY_MODULE ||
	    g == PROF_BY_PACKAGE;
	diffrule_values(w->o, &w->d, &w->r.view.choice, &w->rule);
	/* Means are no sums of samples. */
	if (!w->o->mean)
		judge(w);
	if (w->o->tree)
		prof_context_init(&w->c, &w->d, tree_share(w->o));
}

void
diffwork_release(struct diffwork *w)
{
	if (w->o->tree)
		prof_context_release(&w->c);
	if (w->known) {
		prof_findings_release(&w->f);
		prof_evidence_release(&w->e);
	}
	prof_diff_release(&w->d);
}
