/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cmd/comparable.h"
#include "cmd/filters.h"
#include "cmd/flamediff.h"
#include "cmd/flamescale.h"
#include "cmd/judge.h"
#include "cmd/names.h"
#include "cmd/sides.h"
#include "libanalysis/counts.h"
#include "libanalysis/merge.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/side.h"
#include "libanalysis/svg_change.h"

#define ARROW " \342\206\222 "
#define DOT " \302\267 "

/* What is known of both sides before runs are summed. */
struct facts {
	struct prof_counts counts[2];	/* of all runs, in steps */
	uint64_t samples[2];
	prof_i128 whole[2];		/* of all runs */
	prof_i128 error[2];		/* by rounding; of all runs */
	prof_i128 num, den;		/* size of these steps in base units */
	unsigned runs[2];
	struct prof_svg_compare *how;
	struct prof_buf said;
};

/* --- the sides ------------------------------------------------------------ */

/* One profile that holds both sides, or two profiles. */
static void
load(struct sides *s, const struct options *o)
{
	struct prof_err err = { 0 };
	unsigned i;

	if (o->sides || o->by != NULL || o->operands.n != 1) {
		sides_load(s, o, true);
		return;
	}
	memset(s, 0, sizeof *s);
	s->profile = prof_zalloc(2, sizeof *s->profile);
	s->name = prof_zalloc(2, sizeof *s->name);
	s->nruns = 2;
	s->nbase = 1;
	s->name[0] = s->name[1] = cli_name(o->operands.word[0]);
	if (!cli_load(o, &o->operands, CLI_PRUNE | CLI_STACKS | CLI_TWO_SIDES |
	    CLI_COMPARE, &s->profile[1]))
		cli_fail("no input could be read");
	if (prof_side_part(&s->profile[1], &s->profile[0], &err) != PROF_OK)
		cli_fail("%s holds one side only: %s (pdiff -t folded and -t "
		    "pprof write them, -f folded:two reads two counts from "
		    "each line; else give BASE and NEW)", s->name[0],
		    err.msg);
	for (i = 0; i < 2; i++) {
		cli_filter_side(o, &s->profile[i], i == 0 ? "the base" :
		    "the new side");
		cli_root(o, false, &s->profile[i]);
		cli_spell(o, &s->profile[i]);
	}
}

/* A side becomes one profile: the sum of its runs by their number. */
static void
sum_side(struct sides *s, unsigned from, unsigned to,
    struct prof_profile *out)
{
	struct prof_merge *m = prof_merge_new();
	struct prof_err err = { 0 };
	unsigned i;
	int rc = PROF_OK;

	for (i = from; i < to && rc == PROF_OK; i++) {
		rc = prof_side_mean(&s->profile[i], s->run[i].column,
		    to - from, &err);
		if (rc == PROF_OK)
			rc = prof_merge_add(m, &s->profile[i], s->name[i],
			    &err);
	}
	if (rc == PROF_OK)
		rc = prof_merge_finish(m, out, &err);
	else
		prof_merge_free(m);
	if (rc != PROF_OK)
		cli_fail_err(&err);
}

static void
compare(struct prof_diff *d, const struct sides *s, const struct options *o)
{
	struct prof_err err = { 0 };

	if (prof_diff_init_matching(d, s->run, s->nruns, s->nbase,
	    cli_matching(o), &err) != PROF_OK)
		cli_fail_err(&err);
}

/* Put one profile for each side in the place of all runs. */
static void
sum_runs(struct sides *s, struct prof_diff *d, const struct options *o)
{
	struct sides sum = { .nruns = 2, .nbase = 1 };
	unsigned side, at;

	sum.profile = prof_zalloc(2, sizeof *sum.profile);
	sum.name = prof_zalloc(2, sizeof *sum.name);
	for (side = 0; side < 2; side++) {
		at = side == 0 ? 0 : s->nbase;
		sum.name[side] = s->name[at];
		sum_side(s, at, side == 0 ? s->nbase : s->nruns,
		    &sum.profile[side]);
	}
	prof_diff_release(d);
	sides_release(s);
	*s = sum;
	sides_view(s, o);
	compare(d, s, o);
}

/* --- what is known of them ------------------------------------------------ */

static void
count_samples(struct facts *f, const struct sides *s,
    const struct prof_diff *d)
{
	struct prof_counts one;
	unsigned i;

	for (i = 0; i < s->nruns; i++) {
		prof_counts_of(&one, &s->profile[i], s->run[i].column);
		prof_counts_add(&f->counts[i >= s->nbase], &one,
		    (double)d->factor[i]);
		f->samples[i >= s->nbase] += picture_samples(&s->profile[i],
		    s->run[i].column);
	}
	for (i = 0; i < 2; i++) {
		if (!prof_counts_sampled(&f->counts[i]) &&
		    f->how->unknown == NULL)
			f->how->unknown = f->counts[i].reason;
		f->whole[i] = d->whole[i];
		f->error[i] = d->error[i];
		f->runs[i] = d->runs[i];
	}
	f->num = d->num;
	f->den = d->den;
}

/* Whether a quantity of a class is over the ratio; of all for class 0. */
static bool
is_over(const struct facts *f, const struct prof_diff *d,
    enum prof_diff_metric metric, uint32_t class)
{
	struct prof_regress_pair p = { 0 };
	unsigned k;

	for (k = 0; k < 2; k++) {
		p.sum[k] = class != 0 ? d->of[metric][k][class] : d->sum[k];
		p.whole[k] = class != 0 ? d->whole[k] : 0;
		p.error[k] = class != 0 ? d->error[k] : 0;
		p.runs[k] = d->runs[k];
	}
	return prof_regress_judge(&f->how->rule, &p) ==
	    PROF_VERDICT_REGRESSION;
}

static void
say_judged(struct facts *f, const struct prof_diff *d, bool scaled)
{
	size_t n = 0;
	uint32_t i;

	/* Nothing has no share of nothing. */
	if (!(d->whole[0] > 0 && d->whole[1] > 0))
		return;
	for (i = 1; i <= d->match.n; i++)
		n += is_over(f, d, PROF_DIFF_SELF, i) ||
		    is_over(f, d, PROF_DIFF_TOTAL, i);
	prof_buf_addf(&f->said, "\n%zu function%s%s over ", n,
	    n == 1 ? "" : "s", is_over(f, d, PROF_DIFF_TOTAL, 0) ?
	    " and the total" : "");
	prof_svg_ratio(&f->said, &f->how->rule.ratio);
	prof_buf_adds(&f->said, scaled ? " by their means, as measured" :
	    " by their means");
}

static void
add_value(struct prof_buf *b, const struct prof_diff *d, prof_i128 v)
{
	struct prof_scale scale;

	prof_scale_init(&scale, d->unit, 1, 1, prof_num_abs(v),
	    prof_num_abs(v));
	if (prof_num_fits(v))
		prof_scale_fit(&scale, (int64_t)v);
	prof_scale_number(&scale, b, v);
	prof_buf_addf(b, "%s%s", scale.unit[0] != '\0' ? " " : "",
	    scale.unit);
}

/* Numbers without a unit: a divisor is all that tells of samples. */
static void
say_taken(const struct facts *f, struct prof_buf *b)
{
	unsigned i;

	for (i = 0; i < 2; i++)
		if (f->counts[i].taken == 0 ||
		    !prof_counts_sampled(&f->counts[i]))
			return;
	prof_buf_adds(b, DOT "one sample is taken to be ");
	prof_buf_addi(b, f->counts[0].taken);
	if (f->counts[0].taken == f->counts[1].taken)
		return;
	prof_buf_adds(b, ARROW);
	prof_buf_addi(b, f->counts[1].taken);
}

static void
say_sides(struct facts *f, const struct prof_diff *d,
    const struct scaling *scale)
{
	struct prof_buf *b = &f->said;

	if (d->sum[0] > 0 && d->sum[1] > 0) {
		prof_buf_adds(b, "ratio of totals ");
		prof_num_print(b, d->sum[1] * d->runs[0], 1, d->sum[0] *
		    d->runs[1], 3);
		prof_buf_adds(b, DOT);
	}
	if (scaling_is_none(scale)) {
		prof_buf_adds(b, "values as measured");
	} else {
		prof_buf_adds(b, "base ");
		scaling_say(scale, b);
		prof_buf_adds(b, " (total measured: ");
		add_value(b, d, prof_diff_value(d, 0, d->sum[0]));
		prof_buf_addc(b, ')');
	}
	say_taken(f, b);
	if (d->nruns > 2)
		prof_buf_addf(b, DOT "runs %u" ARROW "%u, means", d->runs[0],
		    d->runs[1]);
	say_judged(f, d, !scaling_is_none(scale));
	f->how->said = prof_buf_str(b);
}

static void
set_rule(struct prof_svg_compare *how, const struct options *o)
{
	how->rule = prof_regress_default();
	if (o->ratio.den != 0) {
		how->rule.ratio.num = o->ratio.num;
		how->rule.ratio.den = o->ratio.den;
	}
	how->alpha = judge_inside("alpha", o->alpha, how->alpha);
	how->self = o->metric == 1;
	how->negate = o->negate;
	how->measure = (enum prof_svg_measure)o->diff_scale;
}

/* --- the picture ---------------------------------------------------------- */

/* Bring both sides to one unit: integers of a column are d->factor steps. */
static void
scale_weights(struct picture *c, const struct prof_diff *d)
{
	size_t i, n;
	unsigned s;

	for (s = 0; s < 2; s++) {
		n = (size_t)c->side[s].rows->p->stacks.n + 1;
		for (i = 0; i < n; i++)
			if (!prof_num_mul(c->weight[s][i], d->factor[s],
			    &c->weight[s][i]))
				cli_fail("a value in the common unit leaves "
				    "64 bits");
	}
}

static void
weigh(struct picture *c, const struct sides *s, const struct prof_diff *d)
{
	uint32_t class;
	unsigned k;

	for (k = 0; k < 2; k++) {
		picture_weigh(c, k, &s->rows[k], s->run[k].column);
		c->side[k].class_of = d->match.class_of[k];
		if (s->profile[k].meta.estimated && c->how.subtitle == NULL)
			c->how.subtitle = cli_tree_note(&s->profile[k]);
	}
	scale_weights(c, d);
	for (class = 1; class <= d->match.n; class++)
		prof_frames_add(&c->frames, prof_match_row(&d->match, class));
}

static void
add_title(struct prof_buf *b, const struct sides *s, const struct facts *f)
{
	unsigned k;

	for (k = 0; k < 2; k++) {
		if (k > 0 && s->name[0] == s->name[1])
			break;
		prof_buf_addf(b, "%s%s", k > 0 ? ARROW : "", s->name[k]);
		if (f->runs[k] > 1)
			prof_buf_addf(b, " and %u more", f->runs[k] - 1);
	}
}

/* Of a mean of the runs, rounded up: in doubt nothing changed. */
static int64_t
error_of(const struct facts *f, unsigned side, prof_i128 num, prof_i128 den)
{
	prof_i128 error = prof_num_scaled(f->error[side], num,
	    den * f->runs[side]);

	if (f->error[side] > 0)
		error++;
	return prof_num_fits(error) ? (int64_t)error : INT64_MAX;
}

/* What 100 % is and what a sample is worth, in the steps of the picture. */
static void
set_whole(struct picture *c, const struct facts *f,
    const struct prof_diff *d)
{
	prof_i128 num = f->num * d->den, den = f->den * d->num, common, whole;
	unsigned k;

	common = prof_num_gcd128(num, den);
	num /= common;
	den /= common;
	for (k = 0; k < 2; k++) {
		whole = prof_num_scaled(f->whole[k], num, den * f->runs[k]);
		if (!prof_num_fits(whole))
			cli_fail("the total in the common unit leaves 64 bits");
		c->how.whole[k] = (int64_t)whole;
		c->how.compare.error[k] = error_of(f, k, num, den);
		c->how.compare.per_count[k] = prof_counts_per(&f->counts[k]) *
		    (double)num / (double)den / f->runs[k];
		c->how.samples[k] = f->samples[k];
	}
}

/* Functions in the steps of the picture, that are finer now if scaled. */
static struct prof_svg_self *
list_self(struct picture *c, const struct prof_diff *d,
    const struct scaling *scale)
{
	prof_i128 *const *self = d->of[PROF_DIFF_SELF], v[2];
	prof_i128 fine = c->how.den / d->den;
	struct prof_svg_self *list = prof_alloc((size_t)d->match.n + 1,
	    sizeof *list);
	uint32_t class, n = 0;
	unsigned s;

	for (class = 1; class <= d->match.n; class++) {
		v[0] = prof_num_scaled(self[0][class], scale->num * fine,
		    scale->den);
		v[1] = self[1][class] * fine;
		for (s = 0; s < 2; s++)
			list[n].value[s] = prof_num_fits(v[s]) ?
			    (int64_t)v[s] : 0;
		list[n].row = prof_match_row(&d->match, class);
		n += v[0] != 0 || v[1] != 0;
	}
	c->how.compare.self_of = list;
	c->how.compare.nself = n;
	return list;
}

/* Nothing changed: as many samples as the values of one tell. */
static void
set_rate(struct prof_svg_compare *how)
{
	if (how->per_count[0] > 0 && how->per_count[1] > 0)
		how->rate = how->per_count[0] / how->per_count[1];
}

static void
draw(struct picture *c, const struct options *o, const struct sides *s,
    const struct prof_diff *d, const struct facts *f,
    const struct scaling *scale)
{
	struct prof_buf title = { 0 }, note = { 0 };
	struct prof_svg_self *list;
	uint64_t skipped = 0;
	/* An empty side tells no type. */
	unsigned k, typed = s->profile[1].ntypes > 0;

	add_title(&title, s, f);
	picture_style(c, o, &s->profile[typed], s->run[typed].column,
	    prof_buf_str(&title));
	for (k = 0; k < 2; k++)
		skipped += prof_profile_skipped(&s->profile[k]);
	picture_note(&note, skipped);
	c->how.note = note.len > 0 ? prof_buf_str(&note) : NULL;
	c->how.unit = d->unit;
	c->how.num = d->num;
	c->how.den = d->den;
	c->how.subtitle = o->subtitle;
	c->how.widths = (enum prof_svg_widths)o->layout;
	c->how.compare.widths = c->how.widths;
	weigh(c, s, d);
	set_whole(c, f, d);
	flamescale_apply(scale, c);
	set_rate(&c->how.compare);
	list = list_self(c, d, scale);
	picture_draw(o, c);
	free(list);
	prof_buf_release(&title);
	prof_buf_release(&note);
}

/* Of two sides that are viewed. */
static void
draw_sides(struct picture *c, struct sides *s, const struct options *o,
    bool warn)
{
	struct facts f = { .how = &c->how.compare };
	struct prof_evidence_rule rule = prof_evidence_default();
	struct scaling scale;
	struct prof_diff d;

	compare(&d, s, o);
	if (warn)
		comparable_warn(s, o, &d);
	set_rule(f.how, o);
	count_samples(&f, s, &d);
	scaling_init(&scale, o, &d, &rule);
	say_sides(&f, &d, &scale);
	if (s->nruns > 2)
		sum_runs(s, &d, o);
	draw(c, o, s, &d, &f, &scale);
	scaling_release(&scale);
	prof_buf_release(&f.said);
	prof_diff_release(&d);
}

void
flamediff(const struct options *o, const struct prof_svg_opts *command)
{
	struct picture c = { .nsides = 2, .how = *command };
	struct sides s;

	load(&s, o);
	sides_view(&s, o);
	draw_sides(&c, &s, o, s.name[0] != s.name[s.nbase]);
	sides_release(&s);
}

void
flamediff_draw(struct sides *s, const struct options *all, const char *tool,
    struct prof_out *out)
{
	struct picture c = { .nsides = 2, .out = out };
	struct options o = *all;

	/* These are words of tables. */
	o.sort = NULL;
	o.width = 0;
	c.how.command[0] = tool;
	c.how.command[1] = "";
	draw_sides(&c, s, &o, false);
}
