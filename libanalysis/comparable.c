/* SPDX-License-Identifier: MIT */
#include "libanalysis/comparable.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/amount.h"
#include "libanalysis/comparable_facts.h"
#include "libanalysis/counts.h"
#include "libanalysis/nomem.h"
#include "libanalysis/scale.h"

#define LENGTH_RATIO 2
#define OBSERVER_PPM 10000	/* 1 % */
#define UNKNOWN_PPM 100000	/* 10 % */

void
prof_warnings_add(struct prof_warnings *w, const char *input,
    uint64_t count, const char *text)
{
	struct prof_warning one = { input, prof_strndup(text, strlen(text)),
	    count };

	PROF_RESERVE(w->of, w->cap, w->n + 1);
	w->of[w->n++] = one;
}

void
prof_warnings_release(struct prof_warnings *w)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		free(w->of[i].text);
	free(w->of);
	memset(w, 0, sizeof *w);
}

static const struct prof_profile *
profile_of(const struct prof_diff *d, unsigned run)
{
	return d->run[run].rows->p;
}

static unsigned
side_of(const struct prof_diff *d, unsigned run)
{
	return run >= d->runs[PROF_DIFF_BASE];
}

/* --- whether ------------------------------------------------------------- */

static int
check_kinds(const struct prof_diff *d, struct prof_err *err)
{
	unsigned exact[2] = { 0, 0 }, sampled[2] = { 0, 0 }, r, first;
	struct prof_counts counts;

	for (r = 0; r < d->nruns; r++) {
		if (profile_of(d, r)->ntypes == 0)
			continue;
		if (prof_counts_every(profile_of(d, r), d->run[r].column)) {
			exact[side_of(d, r)]++;
			continue;
		}
		prof_counts_of(&counts, profile_of(d, r), d->run[r].column);
		sampled[side_of(d, r)] += counts.how != PROF_COUNTS_UNKNOWN;
	}
	if ((exact[0] == 0 || sampled[1] == 0) &&
	    (exact[1] == 0 || sampled[0] == 0))
		return PROF_OK;
	first = exact[0] > 0 ? 0 : d->runs[PROF_DIFF_BASE];
	return prof_fail(err, PROF_EMISMATCH, "'%.200s' has every event and "
	    "the other side counts samples", d->run[first].name);
}

static int
check_functions(const struct prof_diff *d, struct prof_err *err)
{
	uint32_t on[2] = { d->count[PROF_DIFF_GONE],
	    d->count[PROF_DIFF_NEW] };
	uint32_t all = d->match.n - d->count[PROF_DIFF_NONE];

	if (on[0] == 0 || on[1] == 0 || all > on[0] + on[1])
		return PROF_OK;
	return prof_fail(err, PROF_EMISMATCH, "no function of '%.200s' is "
	    "in '%.200s'", d->run[0].name,
	    d->run[d->runs[PROF_DIFF_BASE]].name);
}

int
prof_comparable(const struct prof_diff *d,
    const struct prof_comparable_how *how, struct prof_err *err)
{
	int rc = check_kinds(d, err);

	return rc == PROF_OK && how->functions ? check_functions(d, err) :
	    rc;
}

/* --- how well ------------------------------------------------------------ */

static void
add_time(struct prof_buf *b, int64_t ns)
{
	prof_amount_single(b, "nanoseconds", ns, false);
}

static void
compare_lengths(const struct prof_diff *d, struct prof_warnings *w)
{
	int64_t a = d->duration_ns[0], b = d->duration_ns[1];
	struct prof_buf text = { 0 };

	if (a <= 0 || b <= 0 || (a / LENGTH_RATIO <= b &&
	    b / LENGTH_RATIO <= a))
		return;
	prof_buf_adds(&text, "base was recorded for ");
	add_time(&text, a);
	prof_buf_adds(&text, ", new for ");
	add_time(&text, b);
	prof_buf_adds(&text, ": --normalize duration compares them per time");
	prof_warnings_add(w, d->run[d->runs[0]].name, d->runs[1],
	    prof_buf_str(&text));
	prof_buf_release(&text);
}

static bool
same_period(const struct prof_profile *p, const struct prof_profile *q)
{
	return p->meta.period == q->meta.period &&
	    strcmp(prof_profile_str(p, p->meta.period_unit),
	    prof_profile_str(q, q->meta.period_unit)) == 0;
}

static void
add_period(struct prof_buf *b, const struct prof_profile *p)
{
	const char *unit = prof_profile_str(p, p->meta.period_unit);

	prof_amount_single(b, unit, p->meta.period, false);
}

static void
compare_periods(const struct prof_diff *d, struct prof_warnings *w)
{
	const struct prof_profile *p, *first = NULL, *other = NULL;
	const char *name = NULL;
	struct prof_buf text = { 0 };
	uint64_t n = 0;
	unsigned r;

	for (r = 0; r < d->nruns; r++) {
		p = profile_of(d, r);
		if (p->meta.period <= 0)
			continue;
		if (first == NULL)
			first = p;
		if (same_period(first, p))
			continue;
		if (n++ == 0) {
			other = p;
			name = d->run[r].name;
		}
	}
	if (n == 0)
		return;
	prof_buf_adds(&text, "sampling periods differ: ");
	add_period(&text, first);
	prof_buf_adds(&text, " and ");
	add_period(&text, other);
	prof_warnings_add(w, name, n, prof_buf_str(&text));
	prof_buf_release(&text);
}

static void
compare_formats(const struct prof_diff *d, struct prof_warnings *w)
{
	const char *format, *first = NULL;
	struct prof_buf text = { 0 };
	const char *name = NULL;
	uint64_t n = 0;
	unsigned r;

	for (r = 0; r < d->nruns; r++) {
		format = prof_profile_str(profile_of(d, r),
		    profile_of(d, r)->meta.format);
		if (format[0] == '\0')
			continue;
		if (first == NULL)
			first = format;
		if (strcmp(first, format) == 0)
			continue;
		if (n++ == 0) {
			name = d->run[r].name;
			prof_buf_addf(&text, "formats differ: %s and %s",
			    first, format);
		}
	}
	if (n > 0)
		prof_warnings_add(w, name, n, prof_buf_str(&text));
	prof_buf_release(&text);
}

typedef bool row_fn(const struct prof_row *row, const char *name);

/* A frame of the profiler may be the caller of all that is of interest. */
static const char *
self_name(const struct prof_row *row, bool joined)
{
	const char *last = joined ? strrchr(row->name, ';') : NULL;

	return last != NULL ? last + 1 : row->name;
}

/* Part of a side's whole that such rows have for themselves. */
static prof_i128
share_ppm(const struct prof_diff *d, unsigned side, const uint8_t *is)
{
	prof_i128 sum = 0;
	uint32_t c;

	for (c = 1; c <= d->match.n; c++)
		if (is[c] != 0)
			sum += prof_num_abs(
			    d->of[PROF_DIFF_SELF][side][c]);
	return d->whole[side] > 0 ? prof_num_ppm(sum, d->whole[side]) : 0;
}

static void
compare_shares(const struct prof_diff *d, bool joined, row_fn *is,
    const char *what, prof_i128 most, struct prof_warnings *w)
{
	uint8_t *found = prof_zalloc((size_t)d->match.n + 1, sizeof *found);
	struct prof_buf text = { 0 };
	const struct prof_row *row;
	prof_i128 part[2], differ;
	uint32_t c;
	unsigned side;

	for (c = 1; c <= d->match.n; c++) {
		row = prof_match_row(&d->match, c);
		found[c] = is(row, self_name(row, joined));
	}
	for (side = 0; side < 2; side++)
		part[side] = share_ppm(d, side, found);
	differ = prof_num_abs(part[1] - part[0]);
	if (differ > most && d->whole[0] > 0 && d->whole[1] > 0) {
		prof_buf_addf(&text, "%s: ", what);
		prof_scale_percent(&text, part[0], 1000000);
		prof_buf_adds(&text, " of base and ");
		prof_scale_percent(&text, part[1], 1000000);
		prof_buf_adds(&text, " of new");
		side = part[1] > part[0];
		prof_warnings_add(w, d->run[side * d->runs[0]].name,
		    d->runs[side], prof_buf_str(&text));
	}
	prof_buf_release(&text);
	free(found);
}

static void
look_for_cuts(const struct prof_diff *d, struct prof_warnings *w)
{
	struct prof_buf text = { 0 };
	const char *name = NULL;
	uint64_t n = 0;
	unsigned r;
	size_t depth, first = 0;

	for (r = 0; r < d->nruns; r++) {
		depth = prof_facts_cut(profile_of(d, r), d->run[r].column);
		if (depth > 0 && n++ == 0) {
			name = d->run[r].name;
			first = depth;
		}
	}
	if (n > 0) {
		prof_buf_addf(&text, "stacks seem to be cut off at "
		    "%zu frames: totals of callers are too small", first);
		prof_warnings_add(w, name, n, prof_buf_str(&text));
	}
	prof_buf_release(&text);
}

static void
compare_machines(const struct prof_diff *d, const char *by,
    struct prof_warnings *w)
{
	struct prof_facts f[2] = { { .n = 0 }, { .n = 0 } };
	struct prof_buf text = { 0 };
	unsigned r, side;

	for (r = 0; r < d->nruns; r++)
		prof_facts_add(&f[side_of(d, r)], profile_of(d, r), by);
	for (side = 0; side < 2; side++)
		prof_facts_sort(&f[side]);
	while (prof_facts_differ(f, &text)) {
		prof_warnings_add(w, d->run[d->runs[0]].name, d->runs[1],
		    prof_buf_str(&text));
		prof_buf_clear(&text);
	}
	for (side = 0; side < 2; side++)
		prof_facts_release(&f[side]);
	prof_buf_release(&text);
}

void
prof_comparable_warn(const struct prof_diff *d,
    const struct prof_comparable_how *how, struct prof_warnings *w)
{
	compare_formats(d, w);
	compare_periods(d, w);
	if (!how->scaled)
		compare_lengths(d, w);
	compare_machines(d, how->by, w);
	if (!how->other) {
		compare_shares(d, how->joined, prof_facts_is_observer,
		    "frames of the profiler itself", OBSERVER_PPM, w);
		compare_shares(d, how->joined, prof_facts_is_unknown,
		    "frames without a name", UNKNOWN_PPM, w);
	}
	look_for_cuts(d, w);
}
