/* SPDX-License-Identifier: MIT */
#include "libanalysis/culprit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

#define LEAST 8		/* counts that may say something */
/*
 * Part of a subtree's noise that its functions have in common, at least: 0
 * would be none.  Chosen: check-stat's experiment cause, calls, holds with it.
 */
#define ALIKE 0.2

/* alike: part of the noise that all of x and y have together. */
static double
compare(const struct prof_culprit_noise *noise, double x, double y,
    double alike)
{
	double n = x + y, pi = noise->s / (1 + noise->s), l;

	if (n < LEAST || y <= pi * n)
		return 0;
	l = y * log(y / (n * pi));
	if (x > 0)
		l += x * log(x / (n * (1 - pi)));
	return l / (1 + (noise->phi[0] + noise->phi[1]) * alike * n * pi *
	    (1 - pi));
}

double
prof_culprit_llr(const struct prof_culprit_noise *noise, double x, double y)
{
	return compare(noise, x, y, 1);
}

double
prof_culprit_p(double llr)
{
	return llr > 0 ? erfc(sqrt(llr)) / 2 : 1;
}

struct prof_culprit_noise
prof_culprit_swap(const struct prof_culprit_noise *noise)
{
	struct prof_culprit_noise other;

	other.s = 1 / noise->s;
	other.per[0] = noise->per[1];
	other.per[1] = noise->per[0];
	other.phi[0] = noise->phi[1];
	other.phi[1] = noise->phi[0];
	return other;
}

/* --- the tree in preorder ------------------------------------------------- */

/* Where each node of the context goes; parents come before children. */
static uint32_t *
order_nodes(struct prof_culprit_scan *s)
{
	const struct prof_context *c = s->c;
	uint32_t *size = prof_alloc(c->n, sizeof *size);
	uint32_t *at = prof_alloc(c->n, sizeof *at);
	uint32_t *free_at = prof_alloc(c->n, sizeof *free_at), i, p;

	for (i = 0; i < c->n; i++)
		size[i] = 1;
	for (i = c->n; i-- > 1;)
		size[c->parent[i]] += size[i];
	for (i = 0; i < c->n; i++) {
		p = c->parent[i];
		at[i] = i > 0 ? free_at[p] : 0;
		if (i > 0)
			free_at[p] += size[i];
		free_at[i] = at[i] + 1;
		s->size[at[i]] = size[i];
		s->parent[at[i]] = i > 0 ? at[p] : 0;
	}
	free(size);
	free(free_at);
	return at;
}

static void
reserve(struct prof_culprit_column *k, uint32_t n)
{
	k->n = n;
	k->class = prof_zalloc(n, sizeof *k->class);
	k->nodes = prof_zalloc(n, sizeof *k->nodes);
	k->x = prof_zalloc(n, sizeof *k->x);
	k->y = prof_zalloc(n, sizeof *k->y);
	k->x0 = prof_zalloc(n, sizeof *k->x0);
	k->y0 = prof_zalloc(n, sizeof *k->y0);
	k->square = prof_zalloc(n, sizeof *k->square);
	k->llr = prof_zalloc(n, sizeof *k->llr);
}

/* Number the pairs of caller and callee; their columns are of that size. */
static void
add_pairs(struct prof_culprit_scan *s)
{
	const uint32_t *class = s->of[PROF_CULPRIT_NODE_SELF].class;
	struct prof_culprit_column *k = &s->of[PROF_CULPRIT_PAIR_TREE];
	uint32_t *ids = prof_alloc(s->n, sizeof *ids), i, n = 0;
	uint64_t *key = prof_alloc(s->n, sizeof *key);

	for (i = 0; i < s->n; i++) {
		ids[i] = i;
		key[i] = (uint64_t)class[s->parent[i]] << 32 | class[i];
	}
	prof_sort_keys(ids, s->n, key, NULL, NULL);
	for (i = 0; i < s->n; i++) {
		n += i > 0 && key[ids[i]] != key[ids[i - 1]];
		s->pair[ids[i]] = n;
	}
	reserve(k, n + 1);
	for (i = 0; i < s->n; i++) {
		if (k->nodes[s->pair[i]]++ == 0)
			s->callers[class[i]]++;
		k->class[s->pair[i]] = class[i];
	}
	free(ids);
	free(key);
}

/* Which nodes have none of their group above them: groups nest as ranges. */
static void
mark_first(const struct prof_culprit_scan *s, const uint32_t *group,
    uint32_t ngroups, bool *first)
{
	uint32_t *end = prof_zalloc(ngroups, sizeof *end), i;

	for (i = 0; i < s->n; i++) {
		first[i] = i >= end[group[i]];
		if (first[i])
			end[group[i]] = i + s->size[i];
	}
	free(end);
}

static void
fill_nodes(struct prof_culprit_scan *s, bool down)
{
	const struct prof_context *c = s->c;
	struct prof_culprit_column *self = &s->of[PROF_CULPRIT_NODE_SELF];
	struct prof_culprit_column *tree = &s->of[PROF_CULPRIT_NODE_TREE];
	uint32_t *at = order_nodes(s), i, k;
	double x, y;

	for (i = 0; i < s->n; i++) {
		k = at[i];
		x = c->self[down][i] * s->noise.per[0];
		y = c->self[!down][i] * s->noise.per[1];
		self->x[k] = x > 0 ? x : 0;
		self->y[k] = y > 0 ? y : 0;
		self->class[k] = tree->class[k] = c->class[i];
		self->nodes[k] = tree->nodes[k] = 1;
	}
	free(at);
}

static void
fill_groups(struct prof_culprit_scan *s)
{
	const uint32_t *class = s->of[PROF_CULPRIT_NODE_SELF].class;
	struct prof_culprit_column *self = &s->of[PROF_CULPRIT_SELF];
	struct prof_culprit_column *tree = &s->of[PROF_CULPRIT_TREE];
	uint32_t i;

	add_pairs(s);
	for (i = 0; i < s->nclasses; i++)
		self->class[i] = tree->class[i] = i;
	for (i = 0; i < s->n; i++) {
		self->nodes[class[i]]++;
		tree->nodes[class[i]]++;
	}
	mark_first(s, class, s->nclasses, s->first[0]);
	mark_first(s, s->pair, s->of[PROF_CULPRIT_PAIR_TREE].n, s->first[1]);
}

/* --- what is left --------------------------------------------------------- */

static double
weigh(const struct prof_culprit_scan *s, const struct prof_culprit_column *k,
    uint32_t id)
{
	double n = k->x[id] + k->y[id], alike = n > 0 ? k->square[id] / n / n :
	    1;

	alike = alike < ALIKE ? ALIKE : alike > 1 ? 1 : alike;
	return s->wanted[k->class[id]] ?
	    compare(&s->noise, k->x[id], k->y[id], alike) : 0;
}

/* Logarithms are what costs: only of what changed. */
static void
update(struct prof_culprit_scan *s, enum prof_culprit_part part)
{
	struct prof_culprit_column *k = &s->of[part];
	uint32_t i;

	for (i = 0; i < k->n; i++) {
		if (k->x[i] == s->tx[i] && k->y[i] == s->ty[i])
			continue;
		k->x[i] = s->tx[i];
		k->y[i] = s->ty[i];
		k->square[i] = s->tq[i];
		k->llr[i] = weigh(s, k, i);
	}
}

/* What is measured of all functions beats the sum over nodes that were kept. */
static void
add_small(struct prof_culprit_scan *s, enum prof_diff_metric metric)
{
	uint32_t i;

	for (i = 0; i < s->nclasses; i++) {
		s->tx[i] = fmax(0, s->tx[i] + s->small_x[metric][i]);
		s->ty[i] = fmax(0, s->ty[i] + s->small_y[metric][i]);
	}
}

static void
clear(struct prof_culprit_scan *s, uint32_t n)
{
	memset(s->tx, 0, n * sizeof *s->tx);
	memset(s->ty, 0, n * sizeof *s->ty);
	memset(s->tq, 0, n * sizeof *s->tq);
}

static void
count_trees(struct prof_culprit_scan *s, enum prof_culprit_part part,
    const uint32_t *group, const bool *first)
{
	const struct prof_culprit_column *tree;
	uint32_t i;

	tree = &s->of[PROF_CULPRIT_NODE_TREE];
	clear(s, s->of[part].n);
	for (i = 0; i < s->n; i++) {
		if (!first[i])
			continue;
		s->tx[group[i]] += tree->x[i];
		s->ty[group[i]] += tree->y[i];
		s->tq[group[i]] += tree->square[i];
	}
	if (part == PROF_CULPRIT_TREE)
		add_small(s, PROF_DIFF_TOTAL);
	update(s, part);
}

static double
square(double v)
{
	return v * v;
}

void
prof_culprit_count(struct prof_culprit_scan *s)
{
	const struct prof_culprit_column *self;
	uint32_t i;

	self = &s->of[PROF_CULPRIT_NODE_SELF];
	memcpy(s->tx, self->x, s->n * sizeof *s->tx);
	memcpy(s->ty, self->y, s->n * sizeof *s->ty);
	for (i = 0; i < s->n; i++)
		s->tq[i] = square(self->x[i] + self->y[i]);
	for (i = s->n; i-- > 1;) {
		s->tx[s->parent[i]] += s->tx[i];
		s->ty[s->parent[i]] += s->ty[i];
		s->tq[s->parent[i]] += s->tq[i];
	}
	update(s, PROF_CULPRIT_NODE_TREE);
	clear(s, s->nclasses);
	for (i = 0; i < s->n; i++) {
		s->tx[self->class[i]] += self->x[i];
		s->ty[self->class[i]] += self->y[i];
	}
	add_small(s, PROF_DIFF_SELF);
	for (i = 0; i < s->nclasses; i++)
		s->tq[i] = square(s->tx[i] + s->ty[i]);
	update(s, PROF_CULPRIT_SELF);
	count_trees(s, PROF_CULPRIT_TREE, self->class, s->first[0]);
	count_trees(s, PROF_CULPRIT_PAIR_TREE, s->pair, s->first[1]);
}

static double
excess(const struct prof_culprit_scan *s, enum prof_diff_metric metric,
    unsigned side, uint32_t class, double counts, double per)
{
	const struct prof_diff *d = s->c->d;
	double all = (double)d->of[metric][side][class] / d->runs[side] * per;

	/* Rounding is no excess. */
	return all - counts > 1e-6 * all ? all - counts : 0;
}

static void
find_small(struct prof_culprit_scan *s, bool down)
{
	static const enum prof_culprit_part part[] = { PROF_CULPRIT_SELF,
	    PROF_CULPRIT_TREE };
	const struct prof_culprit_column *k;
	unsigned m;
	uint32_t i;

	for (m = 0; m < PROF_DIFF_METRICS; m++) {
		k = &s->of[part[m]];
		for (i = 1; i < s->nclasses; i++) {
			s->small_x[m][i] = excess(s, m, down, i, k->x[i],
			    s->noise.per[0]);
			s->small_y[m][i] = excess(s, m, !down, i, k->y[i],
			    s->noise.per[1]);
		}
	}
	prof_culprit_count(s);
}

static void
allocate(struct prof_culprit_scan *s)
{
	uint32_t most = s->n > s->nclasses ? s->n : s->nclasses;
	unsigned m;

	s->parent = prof_alloc(s->n, sizeof *s->parent);
	s->size = prof_alloc(s->n, sizeof *s->size);
	s->pair = prof_alloc(s->n, sizeof *s->pair);
	s->callers = prof_zalloc(s->nclasses, sizeof *s->callers);
	for (m = 0; m < 2; m++) {
		s->first[m] = prof_alloc(s->n, sizeof *s->first[m]);
		s->small_x[m] = prof_zalloc(s->nclasses,
		    sizeof *s->small_x[m]);
		s->small_y[m] = prof_zalloc(s->nclasses,
		    sizeof *s->small_y[m]);
	}
	reserve(&s->of[PROF_CULPRIT_NODE_SELF], s->n);
	reserve(&s->of[PROF_CULPRIT_NODE_TREE], s->n);
	reserve(&s->of[PROF_CULPRIT_SELF], s->nclasses);
	reserve(&s->of[PROF_CULPRIT_TREE], s->nclasses);
	s->tx = prof_alloc(most, sizeof *s->tx);
	s->ty = prof_alloc(most, sizeof *s->ty);
	s->tq = prof_alloc(most, sizeof *s->tq);
}

void
prof_culprit_init(struct prof_culprit_scan *s, const struct prof_context *c,
    const struct prof_culprit_noise *noise, const bool *wanted, bool down)
{
	struct prof_culprit_column *k;
	uint32_t i;
	unsigned part;

	memset(s, 0, sizeof *s);
	s->c = c;
	s->noise = down ? prof_culprit_swap(noise) : *noise;
	s->wanted = wanted;
	s->n = c->n;
	s->nclasses = c->d->match.n + 1;
	allocate(s);
	fill_nodes(s, down);
	fill_groups(s);
	prof_culprit_count(s);
	find_small(s, down);
	k = &s->of[PROF_CULPRIT_NODE_SELF];
	for (i = 0; i < k->n; i++) {
		k->square[i] = square(k->x[i] + k->y[i]);
		k->llr[i] = weigh(s, k, i);
	}
	for (part = 0; part < PROF_CULPRIT_PARTS; part++) {
		k = &s->of[part];
		memcpy(k->x0, k->x, k->n * sizeof *k->x0);
		memcpy(k->y0, k->y, k->n * sizeof *k->y0);
	}
}

void
prof_culprit_release(struct prof_culprit_scan *s)
{
	struct prof_culprit_column *k;
	unsigned part;

	for (part = 0; part < PROF_CULPRIT_PARTS; part++) {
		k = &s->of[part];
		free(k->class);
		free(k->nodes);
		free(k->x);
		free(k->y);
		free(k->x0);
		free(k->y0);
		free(k->square);
		free(k->llr);
	}
	free(s->parent);
	free(s->size);
	free(s->pair);
	free(s->callers);
	for (part = 0; part < 2; part++) {
		free(s->first[part]);
		free(s->small_x[part]);
		free(s->small_y[part]);
	}
	free(s->tx);
	free(s->ty);
	free(s->tq);
	memset(s, 0, sizeof *s);
}

/* --- taking out ----------------------------------------------------------- */

bool
prof_culprit_has(const struct prof_culprit_scan *s,
    enum prof_culprit_part part, uint32_t id, uint32_t node)
{
	switch (part) {
	case PROF_CULPRIT_SELF:
		return s->of[0].class[node] == id;
	case PROF_CULPRIT_TREE:
		return s->of[0].class[node] == id && s->first[0][node];
	case PROF_CULPRIT_PAIR_TREE:
		return s->pair[node] == id && s->first[1][node];
	default:
		return node == id;
	}
}

static void
zero(struct prof_culprit_scan *s, uint32_t from, uint32_t n)
{
	struct prof_culprit_column *k = &s->of[PROF_CULPRIT_NODE_SELF];

	memset(k->x + from, 0, n * sizeof *k->x);
	memset(k->y + from, 0, n * sizeof *k->y);
	memset(k->llr + from, 0, n * sizeof *k->llr);
}

static double
less(double v, double by)
{
	return v > by ? v - by : 0;
}

/*
 * In which contexts the small ones lie is not known; callers are to lose
 * them, too: most likely in what was left out that grew.
 */
static void
take_small(struct prof_culprit_scan *s, enum prof_diff_metric metric,
    uint32_t class)
{
	struct prof_culprit_column *k = &s->of[PROF_CULPRIT_NODE_SELF];
	double *x = &s->small_x[metric][class], *y = &s->small_y[metric][class];
	double sum = 0, part;
	uint32_t i;

	for (i = 1; i < s->n; i++)
		if (k->class[i] == 0)
			sum += fmax(0, prof_culprit_growth(s, k->x[i],
			    k->y[i]));
	for (i = 1; i < s->n && sum > 0; i++) {
		if (k->class[i] != 0)
			continue;
		part = fmax(0, prof_culprit_growth(s, k->x[i], k->y[i])) / sum;
		k->x[i] = less(k->x[i], part * *x);
		k->y[i] = less(k->y[i], part * *y);
	}
	/* Self is a part of the total, and gone with it. */
	s->small_x[!metric][class] = less(s->small_x[!metric][class], *x);
	s->small_y[!metric][class] = less(s->small_y[!metric][class], *y);
	*x = *y = 0;
}

void
prof_culprit_take(struct prof_culprit_scan *s, enum prof_culprit_part part,
    uint32_t id)
{
	unsigned m = !prof_culprit_is_self(part);
	uint32_t i;

	if (part == PROF_CULPRIT_SELF || part == PROF_CULPRIT_TREE)
		take_small(s, m, id);
	if (part == PROF_CULPRIT_NODE_SELF || part == PROF_CULPRIT_NODE_TREE) {
		zero(s, id, m == 0 ? 1 : s->size[id]);
		return;
	}
	for (i = 0; i < s->n; i++)
		if (prof_culprit_has(s, part, id, i))
			zero(s, i, m == 0 ? 1 : s->size[i]);
}

void
prof_culprit_set(struct prof_culprit_scan *s, enum prof_culprit_part part,
    uint32_t class, double x, double y)
{
	struct prof_culprit_column *k = &s->of[part];
	unsigned m = part == PROF_CULPRIT_TREE;

	s->small_x[m][class] += fmax(0, x) - k->x[class];
	s->small_y[m][class] += fmax(0, y) - k->y[class];
	k->x[class] = fmax(0, x);
	k->y[class] = fmax(0, y);
	k->llr[class] = weigh(s, k, class);
}
