/* SPDX-License-Identifier: MIT */
#include "libanalysis/match_renamed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/counts.h"
#include "libanalysis/match_alike.h"
#include "libanalysis/match_join.h"
#include "libanalysis/match_names.h"
#include "libanalysis/match_neighbours.h"
#include "libanalysis/nomem.h"
#include "libanalysis/origin.h"
#include "libanalysis/sort.h"

#define MOST 200	/* candidates of a side */
#define ROUNDS 8
#define LEAST_SAMPLES 5
#define LEAST_SHARE 1e-3
#define LEAST_SCORE .6
#define MARGIN .1
#define OF_CONTEXT .5
#define OF_NAME .3
#define OF_SIZE .2
#define ALIKE .2		/* names, of builds of one program */
#define ALIKE_APART .5		/* where most functions differ */
#define LEAST_KNOWN .25		/* part of the callers, or callees */
#define DOUBT .4		/* that is left by each neighbour shared */
#define SHARED_ANY 3		/* neighbours that make any name do */
#define SHARED_PART .05		/* of a function's value that counts */
#define RUN_NOISE .1		/* coefficient of variation */
#define UNKNOWN UINT32_MAX
#define ENOUGH 25		/* samples to tell sizes apart */
#define SIGNIFICANT 2.5758	/* p = .01, both sides */

/* Values by class; the two sides of what is left over. */
struct renamer {
	struct prof_diff *d;
	double *value[2];		/* [class] self, total; of its side */
	double whole[2], per[2];	/* of all runs of a side; per sample */
	uint32_t list[2 * MOST];	/* candidates: base, then new */
	uint32_t n[2];
	bool apart;			/* hardly two builds of one program */
	struct prof_neighbours near;
	uint32_t *with;			/* [class] */
	uint32_t *known;		/* [class] see learn */
	double *mark[2];		/* [class] share of a neighbour */
	double *score;			/* [base * MOST + new]; 0: never */
};

static unsigned
side_of(const struct prof_diff *d, unsigned run)
{
	return run >= d->runs[PROF_DIFF_BASE];
}

/* --- candidates ----------------------------------------------------------- */

static void
add_values(struct renamer *w)
{
	const struct prof_diff *d = w->d;
	struct prof_counts sum[2] = { { 0 } }, one;
	const struct prof_flat *f;
	double factor;
	uint32_t row, class;
	unsigned r, s;

	for (r = 0; r < d->nruns; r++) {
		f = d->run[r].flat;
		factor = (double)d->factor[r];
		s = side_of(d, r);
		w->whole[s] += (double)f->whole * factor;
		for (row = 1; row <= f->n; row++) {
			class = d->match.class_of[r][row];
			w->value[0][class] += (double)f->self[row] * factor;
			w->value[1][class] += (double)f->total[row] * factor;
		}
		prof_counts_of(&one, d->run[r].rows->p, d->run[r].column);
		prof_counts_add(&sum[s], &one, factor);
	}
	for (s = 0; s < 2; s++)
		w->per[s] = prof_counts_per(&sum[s]);
}

static bool
is_users(const struct prof_row *r)
{
	struct prof_place place = { r->name, r->file, r->module, r->kind };

	return !r->nameless && r->name_len > 0 &&
	    prof_origin_of(&place) == PROF_ORIGIN_USER;
}

/* Larger totals first. */
static int
by_total(const void *ctx, uint32_t a, uint32_t b)
{
	const struct renamer *w = ctx;

	if (w->value[1][a] != w->value[1][b])
		return w->value[1][a] > w->value[1][b] ? -1 : 1;
	return a < b ? -1 : a > b;
}

/* Of both sides, a class has the value of one side or their sum. */
static void
find_candidates(struct renamer *w)
{
	const struct prof_match *m = &w->d->match;
	uint32_t *ids = prof_alloc((size_t)m->n + 1, sizeof *ids);
	uint32_t i, side, sides, n[2] = { 0 }, both = 0, from = 0;
	double least;

	for (side = 0; side < 2; side++) {
		least = w->per[side] > 0 ? LEAST_SAMPLES * w->per[side] :
		    LEAST_SHARE * w->whole[side];
		for (i = 1, n[side] = both = 0; i <= m->n; i++) {
			sides = prof_match_sides(m, i);
			if ((sides & (1u << side)) == 0 || least <= 0 ||
			    w->value[1][i] < least * (sides == 3 ? 2 : 1) ||
			    !is_users(prof_match_row(m, i)))
				continue;
			if (sides == 3)
				both++;
			else
				ids[n[side]++] = i;
		}
		w->apart |= n[side] > both;
		prof_sort_ids(ids, n[side], by_total, w);
		w->n[side] = n[side] < MOST ? n[side] : MOST;
		memcpy(w->list + from, ids, w->n[side] * sizeof *ids);
		from += w->n[side];
	}
	free(ids);
}

/* --- scores --------------------------------------------------------------- */

/* What is known now: one number for both classes of a pair. */
static void
learn(struct renamer *w)
{
	uint32_t i, with;

	for (i = 1; i <= w->d->match.n; i++) {
		with = w->with[i];
		if (with != 0)
			w->known[i] = with < i ? with : i;
		else
			w->known[i] = prof_match_sides(&w->d->match, i) ==
			    3 ? i : UNKNOWN;
	}
}

/*
 * Mark which share of a candidate's calls goes to each neighbour that is
 * known; returns the share of these of all.
 */
static double
mark(struct renamer *w, unsigned side, const struct prof_neighbour *to,
    size_t n, double all)
{
	double known = 0;
	size_t i;

	for (i = 0; i < n; i++)
		if (w->known[to[i].class] != UNKNOWN)
			known += to[i].weight;
	for (i = 0; i < n && known > 0; i++)
		if (w->known[to[i].class] != UNKNOWN)
			w->mark[side][w->known[to[i].class]] =
			    to[i].weight / known;
	return all > 0 ? known / all : 0;
}

static void
unmark(struct renamer *w, unsigned side, const struct prof_neighbour *to,
    size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (w->known[to[i].class] != UNKNOWN)
			w->mark[side][w->known[to[i].class]] = 0;
}

/* Sums for the Jaccard index; a class of both is met twice. */
static void
overlap(const struct renamer *w, unsigned side,
    const struct prof_neighbour *to, size_t n, double *both, double *either,
    unsigned *shared)
{
	uint32_t class;
	double a, b;
	size_t i;

	for (i = 0; i < n; i++) {
		class = w->known[to[i].class];
		if (class == UNKNOWN)
			continue;
		a = w->mark[side][class];
		b = w->mark[!side][class];
		if (a == 0 || (side == 1 && b != 0))
			continue;
		*both += a < b ? a : b;
		*either += a > b ? a : b;
		*shared += class != 0 && a >= SHARED_PART && b >= SHARED_PART;
	}
}

/*
 * How alike callers, or callees, are; less than 0 if there are none, or
 * most are left over themselves.
 */
static double
direction_alike(struct renamer *w, uint32_t v, uint32_t n,
    enum prof_direction which, unsigned *shared)
{
	const struct prof_neighbour *a, *b;
	double both = 0, either = 0, known_a, known_b, all_a, all_b;
	size_t na, nb;

	a = prof_neighbours_of(&w->near, v, which, &na, &all_a);
	b = prof_neighbours_of(&w->near, n, which, &nb, &all_b);
	if (na == 0 && nb == 0)
		return -1;
	known_a = mark(w, 0, a, na, all_a);
	known_b = mark(w, 1, b, nb, all_b);
	overlap(w, 0, a, na, &both, &either, shared);
	overlap(w, 1, b, nb, &both, &either, shared);
	unmark(w, 0, a, na);
	unmark(w, 1, b, nb);
	if (fmin(known_a, known_b) < LEAST_KNOWN)
		return -1;
	return either > 0 ? both / either * fmin(known_a, known_b) : 0;
}

static double
context_alike(struct renamer *w, uint32_t v, uint32_t n, unsigned *shared)
{
	double callers, callees, alike;

	*shared = 0;
	callers = direction_alike(w, v, n, PROF_CALLERS, shared);
	callees = direction_alike(w, v, n, PROF_CALLEES, shared);
	if (callers < 0)
		alike = fmax(callees, 0);
	else
		alike = callees < 0 ? callers : (callers + callees) / 2;
	return alike * (1 - pow(DOUBT, *shared));
}

/* Whether two sums differ by more than chance, and runs, explain. */
static bool
differ(const struct renamer *w, double base, double now)
{
	double scale, expected, variance;

	if (w->whole[0] <= 0 || w->whole[1] <= 0)
		return true;
	scale = w->whole[1] / w->whole[0];
	expected = base * scale;
	variance = pow(RUN_NOISE * fmax(expected, now), 2) * 2 +
	    base * w->per[0] * scale * scale + now * w->per[1];
	return fabs(now - expected) > SIGNIFICANT * sqrt(variance);
}

/* 1 if the sizes are alike, less if there are few samples to tell. */
static double
sizes_alike(const struct renamer *w, uint32_t base, uint32_t now)
{
	double samples = ENOUGH;

	if (differ(w, w->value[0][base], w->value[0][now]) ||
	    differ(w, w->value[1][base], w->value[1][now]))
		return 0;
	if (w->per[0] > 0 && w->per[1] > 0)
		samples = fmin(w->value[1][base] / w->per[0],
		    w->value[1][now] / w->per[1]);
	return fmin(samples / ENOUGH, 1);
}

static double
score_of(struct renamer *w, uint32_t v, uint32_t n)
{
	const struct prof_match *m = &w->d->match;
	uint32_t base = w->list[v], now = w->list[w->n[0] + n];
	const struct prof_row *a = prof_match_row(m, base);
	const struct prof_row *b = prof_match_row(m, now);
	double context, name, score, least = w->apart ? ALIKE_APART : ALIKE;
	unsigned shared;

	context = context_alike(w, v + 1, w->n[0] + n + 1, &shared);
	score = OF_CONTEXT * context + OF_SIZE * sizes_alike(w, base, now);
	if (score + OF_NAME < LEAST_SCORE - MARGIN)
		return 0;
	name = prof_alike_names(a->name, a->name_len, b->name, b->name_len);
	if (name < least && (w->apart || shared < SHARED_ANY))
		return 0;
	return score + OF_NAME * name;
}

/* --- pairs ---------------------------------------------------------------- */

/* The best score of v or n with any other that is still free. */
static double
second(const struct renamer *w, uint32_t v, uint32_t n)
{
	double best = 0;
	uint32_t i;

	for (i = 0; i < w->n[1]; i++)
		if (i != n && w->with[w->list[w->n[0] + i]] == 0)
			best = fmax(best, w->score[v * MOST + i]);
	for (i = 0; i < w->n[0]; i++)
		if (i != v && w->with[w->list[i]] == 0)
			best = fmax(best, w->score[i * MOST + n]);
	return best;
}

static int
by_score(const void *ctx, uint32_t a, uint32_t b)
{
	const struct renamer *w = ctx;

	if (w->score[a] != w->score[b])
		return w->score[a] > w->score[b] ? -1 : 1;
	return a < b ? -1 : a > b;
}

/* One round; returns whether a pair was found. */
static bool
find_pairs(struct renamer *w)
{
	uint32_t *ids = prof_alloc(MOST * MOST, sizeof *ids), v, n;
	size_t i, k = 0;
	bool any = false;

	learn(w);
	for (v = 0; v < w->n[0]; v++)
		for (n = 0; n < w->n[1]; n++) {
			if (w->with[w->list[v]] != 0 ||
			    w->with[w->list[w->n[0] + n]] != 0)
				continue;
			w->score[v * MOST + n] = score_of(w, v, n);
			if (w->score[v * MOST + n] >= LEAST_SCORE)
				ids[k++] = v * MOST + n;
		}
	prof_sort_ids(ids, k, by_score, w);
	for (i = 0; i < k; i++) {
		v = w->list[ids[i] / MOST];
		n = w->list[w->n[0] + ids[i] % MOST];
		if (w->with[v] != 0 || w->with[n] != 0 || w->score[ids[i]] -
		    second(w, ids[i] / MOST, ids[i] % MOST) < MARGIN)
			continue;
		w->with[v] = n;
		w->with[n] = v;
		any = true;
	}
	free(ids);
	return any;
}

/* Whether it is but another clone, or closure, of one name. */
static bool
is_stable(const struct prof_match *m, uint32_t base, uint32_t now)
{
	const struct prof_row *a = prof_match_row(m, base);
	const struct prof_row *b = prof_match_row(m, now);
	struct prof_buf x = { 0 }, y = { 0 };
	bool same;

	prof_match_name(a->name, a->name_len, &x);
	prof_match_name(b->name, b->name_len, &y);
	same = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
	prof_buf_release(&x);
	prof_buf_release(&y);
	return same;
}

/* Of one stable name it is no other name. */
static void
join(struct renamer *w)
{
	struct prof_match *m = &w->d->match;
	struct prof_match_member at[MOST];
	uint32_t i, k = 0, base;

	for (i = 0; i < w->n[0]; i++) {
		base = w->list[i];
		if (w->with[base] != 0 && is_stable(m, base, w->with[base]))
			at[k++] = *prof_match_on(m, base, 0);
	}
	prof_match_join(m, w->with, PROF_JOINED_RENAMED);
	for (i = 0; i < k; i++)
		m->joined[m->class_of[at[i].run][at[i].row]] =
		    PROF_JOINED_STABLE;
}

void
prof_match_renamed(struct prof_diff *d)
{
	struct renamer w = { .d = d };
	size_t n = (size_t)d->match.n + 1;
	unsigned i;

	if (!prof_match_left_over(&d->match))
		return;
	for (i = 0; i < 2; i++) {
		w.value[i] = prof_zalloc(n, sizeof *w.value[i]);
		w.mark[i] = prof_zalloc(n, sizeof *w.mark[i]);
	}
	add_values(&w);
	find_candidates(&w);
	if (w.n[0] > 0 && w.n[1] > 0) {
		w.with = prof_zalloc(n, sizeof *w.with);
		w.known = prof_zalloc(n, sizeof *w.known);
		w.score = prof_zalloc(MOST * MOST, sizeof *w.score);
		prof_neighbours_init(&w.near, d, w.list, w.n[0] + w.n[1]);
		for (i = 0; i < ROUNDS && find_pairs(&w); i++)
			;
		join(&w);
		prof_neighbours_release(&w.near);
		free(w.with);
		free(w.known);
		free(w.score);
	}
	for (i = 0; i < 2; i++) {
		free(w.value[i]);
		free(w.mark[i]);
	}
}
