/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cmd/picture.h"
#include "libanalysis/amount.h"

/* What stands below the title: what x is, and of how much. */
static void
say_order(struct prof_buf *b, const struct picture *c,
    const struct prof_chart *chart)
{
	const struct prof_profile *p = c->side[0].rows->p;
	bool lines = strcmp(prof_profile_str(p, p->meta.format),
	    "folded") == 0;

	if (c->how.subtitle != NULL)
		prof_buf_addf(b, "%s \302\267 ", c->how.subtitle);
	prof_buf_adds(b, lines ? "from left to right in order of lines" :
	    "from left to right in order of time");
	if (chart->nthreads > 1)
		prof_buf_addf(b, ", %u threads side by side",
		    (unsigned)chart->nthreads);
	if (lines || chart->nthreads == 0)
		return;
	prof_buf_adds(b, " \302\267 ");
	prof_amount_single(b, "nanoseconds", (prof_i128)chart->last -
	    chart->first, false);
	prof_buf_adds(b, " from the first sample to the last");
}

void
flamechart_make(struct picture *c, int64_t min_total)
{
	static const int64_t none;
	const struct prof_rows *rows = c->side[0].rows;
	struct prof_err err = { 0 };

	if (prof_chart_init(&c->chart, rows, &c->frames, rows->p->ntypes > 0 ?
	    rows->p->value[c->column] : &none, min_total, &err) != PROF_OK)
		cli_fail_err(&err);
	say_order(&c->order, c, &c->chart);
	c->how.subtitle = prof_buf_str(&c->order);
	c->how.sort = "time";
	c->how.rooted |= c->frames.n > rows->n;
}

void
flamechart_check(const struct options *o)
{
	if (o->diff || o->sides)
		cli_fail("--flamechart draws one recording, not a comparison "
		    "(--diff)");
	if (o->reverse)
		cli_fail("--flamechart does not go with --reverse: stacks "
		    "that are neighbours in time share callers, not leaves");
	if (o->sort != NULL)
		cli_fail("--flamechart does not go with --sort: time is the "
		    "order");
	if (o->operands.n > 1)
		cli_fail("--flamechart draws one recording, not %zu: their "
		    "times have nothing to do with each other",
		    o->operands.n);
}
