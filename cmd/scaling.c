/* SPDX-License-Identifier: MIT */
#include "cmd/scaling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/sides.h"
#include "libanalysis/counts.h"
#include "libanalysis/diff_scale.h"
#include "libanalysis/findtype.h"
#include "libanalysis/nomem.h"
#include "libanalysis/pattern.h"
#include "libanalysis/rescale.h"

#define PPM 1000000

static const char *const mode_names[] = { "none", "none", "total",
    "duration", "samples", "per-op", "anchor", "median", "auto" };

/* --- what runs are measured by ------------------------------------------- */

static int64_t
duration_of(const struct prof_profile *p)
{
	return p->meta.duration_ns;
}

/* Samples taken, however many values they stand for; 0: not known. */
static int64_t
samples_of(const struct prof_profile *p, unsigned column)
{
	int c = prof_find_samples(p);
	struct prof_counts counts;
	struct prof_sums sums;
	double n;

	if (c >= 0) {
		prof_flat_sums(&sums, p, (unsigned)c);
		return prof_num_fits(sums.sum) ? (int64_t)sums.sum : 0;
	}
	prof_counts_of(&counts, p, column);
	n = prof_counts_per(&counts) > 0 ? counts.sum /
	    prof_counts_per(&counts) : 0;
	return n < 9e18 ? llround(n) : 0;
}

static bool
is_operations(const char *s, size_t len)
{
	static const char *const names[] = { "ops", "operations",
	    "requests" };
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strlen(names[i]) == len && memcmp(names[i], s, len) == 0)
			return true;
	return false;
}

/* A comment "ops=1000", if it is the only one of its kind. */
static int64_t
comment_operations(const struct prof_profile *p)
{
	int64_t found = 0, n;
	const char *s;
	unsigned scale;
	uint32_t i;
	size_t len, used;

	for (i = 0; i < p->ncomments; i++) {
		s = prof_profile_str(p, p->comment[i]);
		len = strcspn(s, "=");
		if (s[len] == '\0' || !is_operations(s, len))
			continue;
		used = prof_num_parse(s + len + 1, strlen(s + len + 1), &n,
		    &scale);
		if (found != 0 || used == 0 || s[len + 1 + used] != '\0' ||
		    scale != 0)
			return 0;
		found = n;
	}
	return found;
}

/* Operations counted by a comment or a sample type; 0: not known. */
static int64_t
operations_of(const struct prof_profile *p)
{
	int64_t n = comment_operations(p);
	struct prof_sums sums;
	prof_i128 v;
	unsigned c;

	for (c = 0; c < p->ntypes && n == 0; c++) {
		if (!is_operations(prof_profile_str(p, p->type[c].type),
		    prof_strs_len(&p->strs, p->type[c].type)))
			continue;
		prof_flat_sums(&sums, p, c);
		v = prof_num_scaled(sums.sum, p->type[c].num,
		    p->type[c].den);
		n = prof_num_fits(v) ? (int64_t)v : 0;
	}
	return n;
}

static bool *
find_anchor(const struct options *o, const char *anchor,
    const struct prof_diff *d)
{
	bool *is = prof_zalloc((size_t)d->match.n + 1, sizeof *is);
	struct prof_err err = { 0 };
	struct prof_pattern *p = prof_pattern_new(anchor,
	    o->limits.max_match, &err);
	const struct prof_row *row;
	uint32_t class;
	int found;

	for (class = 1; p != NULL && class <= d->match.n; class++) {
		row = prof_match_row(&d->match, class);
		found = prof_pattern_match(p, row->name, row->name_len, &err);
		if (found < 0)
			cli_fail_err(&err);
		is[class] = found > 0;
	}
	if (p == NULL)
		cli_fail_err(&err);
	prof_pattern_free(p);
	return is;
}

static int64_t
anchor_of(const struct prof_diff *d, unsigned run, const bool *is)
{
	const struct prof_flat *f = d->run[run].flat;
	prof_i128 sum = 0;
	uint32_t row;

	for (row = 1; row <= f->n; row++)
		if (is[d->match.class_of[run][row]])
			sum += f->self[row];
	sum *= d->factor[run];
	return prof_num_fits(sum) ? (int64_t)sum : 0;
}

/* --- the factor ---------------------------------------------------------- */

/* Both fit 64 bits, with a loss that nobody sees. */
static void
set_ratio(struct scaling *s, prof_i128 num, prof_i128 den)
{
	prof_i128 g = prof_num_gcd128(num, den);

	num /= g;
	den /= g;
	while (num > INT64_MAX || den > INT64_MAX) {
		num /= 2;
		den /= 2;
	}
	if (num < 1 || den < 1)
		cli_fail("--normalize: the sides are too far apart");
	g = prof_num_gcd128(num, den);
	s->num = num / g;
	s->den = den / g;
}

/* Means of what runs are measured by; and the runs for themselves. */
static void
set_sizes(struct scaling *s, const struct prof_diff *d, const int64_t *size)
{
	prof_i128 sum[2] = { 0, 0 };
	double ratio;
	unsigned r;

	for (r = 0; r < d->nruns; r++)
		sum[r >= d->runs[0]] += size[r];
	set_ratio(s, sum[1] * d->runs[0], sum[0] * d->runs[1]);
	ratio = (double)s->num / (double)s->den;
	s->size = prof_alloc(d->nruns, sizeof *s->size);
	for (r = 0; r < d->nruns; r++)
		s->size[r] = (double)size[r] * (r < d->runs[0] ? ratio : 1);
}

static void
not_told(const struct scaling *s, const char *name)
{
	static const char *const why[] = {
		[SCALING_DURATION] = "does not tell how long it took",
		[SCALING_SAMPLES] = "does not tell how many samples it has",
		[SCALING_PER_OP] = "counts no operations (per-op:B,N gives "
		    "them; a comment ops=N or a sample type ops does, too)",
		[SCALING_ANCHOR] = "has no self of a function that matches"
	};

	if (s->mode == SCALING_ANCHOR)
		cli_fail("--normalize anchor:%s: '%s' %s", s->anchor, name,
		    why[s->mode]);
	cli_fail("--normalize %s: '%s' %s", mode_names[s->mode], name,
	    why[s->mode]);
}

static int64_t *
measure(const struct scaling *s, const struct options *o,
    const struct prof_diff *d)
{
	int64_t *size = prof_zalloc(d->nruns, sizeof *size);
	bool *is = s->mode == SCALING_ANCHOR ? find_anchor(o, s->anchor, d) :
	    NULL;
	const struct prof_profile *p;
	unsigned r;

	for (r = 0; r < d->nruns; r++) {
		p = d->run[r].rows->p;
		if (s->mode == SCALING_DURATION)
			size[r] = duration_of(p);
		else if (s->mode == SCALING_SAMPLES)
			size[r] = samples_of(p, d->run[r].column);
		else if (s->mode == SCALING_PER_OP)
			size[r] = operations_of(p);
		else
			size[r] = anchor_of(d, r, is);
	}
	free(is);
	return size;
}

static void
by_runs(struct scaling *s, const struct options *o,
    const struct prof_diff *d)
{
	int64_t *size = measure(s, o, d);
	unsigned r;

	for (r = 0; r < d->nruns; r++)
		if (size[r] <= 0)
			not_told(s, d->run[r].name);
	set_sizes(s, d, size);
	free(size);
}

/* per-op:B,N gives the operations of each run of a side. */
static void
by_operations(struct scaling *s, const char *given,
    const struct prof_diff *d)
{
	int64_t *size = prof_alloc(d->nruns, sizeof *size), n[2];
	unsigned scale[2], r;
	size_t used = prof_num_parse(given, strlen(given), &n[0], &scale[0]);
	const char *rest = given + used;

	if (used == 0 || *rest != ',' || prof_num_parse(rest + 1,
	    strlen(rest + 1), &n[1], &scale[1]) != strlen(rest + 1) ||
	    rest[1] == '\0' || scale[0] + scale[1] > 0 || n[0] < 1 || n[1] < 1)
		cli_fail("--normalize per-op: takes the operations of base "
		    "and new, such as per-op:1000,1200, not '%s'", given);
	for (r = 0; r < d->nruns; r++)
		size[r] = n[r >= d->runs[0]];
	set_sizes(s, d, size);
	free(size);
}

static void
by_total(struct scaling *s, const struct prof_diff *d)
{
	if (d->sum[0] <= 0 || d->sum[1] <= 0)
		cli_fail("--normalize total takes a total above 0 on both "
		    "sides");
	set_ratio(s, d->sum[1] * d->runs[0], d->sum[0] * d->runs[1]);
}

static void
set_double(struct scaling *s, double ratio)
{
	int64_t den = PPM;

	while (ratio * (double)den < PPM && den < INT64_C(1000000000000))
		den *= 10;
	set_ratio(s, (prof_i128)(ratio * (double)den + .5), den);
}

/* What most functions agree on, as the evidence has it. */
static void
by_evidence(struct scaling *s, const struct prof_diff *d,
    const struct prof_evidence_rule *rule)
{
	struct prof_evidence_rule how = *rule;
	struct prof_evidence e;
	struct prof_err err = { 0 };

	how.scaling = s->mode == SCALING_AUTO ? PROF_SCALING_AUTO :
	    PROF_SCALING_MEDIAN;
	how.size = NULL;
	if (prof_evidence_init(&e, d, &how, 1u << PROF_JUDGED_SELF, &err) !=
	    PROF_OK)
		cli_fail_err(&err);
	if (e.scaling != PROF_SCALING_MEDIAN || !e.global ||
	    !(e.factor.ratio > 0) || e.factor.ratio > 1e12) {
		if (s->mode == SCALING_MEDIAN)
			cli_warn("--normalize median: there is no factor that "
			    "most functions agree on; values as measured");
		s->mode = SCALING_NONE;
	} else {
		s->mode = SCALING_MEDIAN;
		set_double(s, e.factor.ratio);
	}
	prof_evidence_release(&e);
}

static bool
counts_operations(const struct prof_diff *d)
{
	unsigned r;

	for (r = 0; r < d->nruns; r++)
		if (operations_of(d->run[r].rows->p) <= 0)
			return false;
	return true;
}

static enum scaling_mode
mode_of(const char *text)
{
	unsigned m;

	for (m = SCALING_NONE; m <= SCALING_AUTO; m++)
		if (m != SCALING_ANCHOR && strcmp(text, mode_names[m]) == 0)
			return (enum scaling_mode)m;
	if (strncmp(text, "anchor:", 7) == 0 && text[7] != '\0')
		return SCALING_ANCHOR;
	if (strncmp(text, "per-op:", 7) == 0)
		return SCALING_PER_OP;
	cli_fail("--normalize takes none, total, duration, samples, "
	    "per-op[:B,N], anchor:RE, median or auto between two sides, not "
	    "'%s'", text);
}

void
scaling_init(struct scaling *s, const struct options *o,
    const struct prof_diff *d, const struct prof_evidence_rule *rule)
{
	const char *text = o->normalize;

	memset(s, 0, sizeof *s);
	s->num = s->den = 1;
	if (text == NULL)
		return;
	s->mode = mode_of(text);
	if (s->mode == SCALING_AUTO && counts_operations(d))
		s->mode = SCALING_PER_OP;
	if (s->mode == SCALING_ANCHOR)
		s->anchor = text + 7;
	if (s->mode == SCALING_TOTAL)
		by_total(s, d);
	else if (s->mode == SCALING_PER_OP && text[0] == 'p' &&
	    text[6] == ':')
		by_operations(s, text + 7, d);
	else if (s->mode >= SCALING_MEDIAN)
		by_evidence(s, d, rule);
	else if (s->mode != SCALING_NONE)
		by_runs(s, o, d);
}

void
scaling_release(struct scaling *s)
{
	free(s->size);
	memset(s, 0, sizeof *s);
}

void
scaling_say(const struct scaling *s, struct prof_buf *b)
{
	static const char *const equal[] = {
		[SCALING_TOTAL] = "totals are equal",
		[SCALING_DURATION] = "both took as long",
		[SCALING_SAMPLES] = "both have as many samples",
		[SCALING_PER_OP] = "both did as many operations",
		[SCALING_MEDIAN] = "most functions are equal"
	};
	unsigned decimals = 3;
	prof_i128 part;

	for (part = s->num; part < s->den / 10 && decimals < 20; part *= 10)
		decimals++;
	prof_buf_adds(b, "scaled by ");
	prof_num_print(b, s->num, 1, s->den, decimals);
	prof_buf_adds(b, " so that ");
	if (s->mode == SCALING_ANCHOR)
		prof_buf_addf(b, "self of %s is equal", s->anchor);
	else
		prof_buf_adds(b, equal[s->mode]);
}

void
scaling_profile(const struct scaling *s, struct prof_profile *p)
{
	struct prof_err err = { 0 };
	int64_t near[2];

	if (scaling_is_none(s))
		return;
	/* Both sides get one scale: small numbers keep values small. */
	prof_diff_near((int64_t)s->num, (int64_t)s->den, PPM, PPM, near);
	if (near[1] == 0)
		cli_fail("--normalize: the sides are too far apart");
	if (prof_rescale(p, near[0], near[1], &err) != PROF_OK)
		cli_fail_err(&err);
}

/* Whether a side that has more of it did more, in calls, too. */
static bool
is_work(enum scaling_mode mode)
{
	return mode == SCALING_DURATION || mode == SCALING_SAMPLES ||
	    mode == SCALING_PER_OP;
}

void
sides_scale(struct sides *s, const struct options *o, struct prof_diff *d,
    struct prof_evidence_rule *rule)
{
	struct scaling *c = &s->scaling;
	struct prof_err err = { 0 };

	scaling_release(c);
	scaling_init(c, o, d, rule);
	rule->size = NULL;
	rule->scaling = PROF_SCALING_AUTO;
	if (c->mode == SCALING_NOT_ASKED)
		return;
	rule->scaling = PROF_SCALING_NONE;
	if (scaling_is_none(c))
		return;
	if (prof_diff_scale(d, (int64_t)c->num, (int64_t)c->den, &err) !=
	    PROF_OK) {
		prof_err_prefix(&err, "--normalize");
		cli_fail_err(&err);
	}
	if (is_work(c->mode) && prof_diff_scale_calls(d, (int64_t)c->num,
	    (int64_t)c->den, &err) != PROF_OK)
		cli_fail_err(&err);
	if (c->mode == SCALING_TOTAL) {
		rule->scaling = PROF_SCALING_TOTAL;
	} else if (c->mode == SCALING_MEDIAN) {
		/* It comes to 1, and single runs still differ from it. */
		rule->scaling = PROF_SCALING_MEDIAN;
	} else if (c->size != NULL) {
		rule->scaling = PROF_SCALING_GIVEN;
		rule->size = c->size;
	}
}
