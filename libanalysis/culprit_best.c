/* SPDX-License-Identifier: MIT */
#include "libanalysis/culprit.h"

#include <math.h>

#define EQUAL 1e-9	/* rounding */
/* Chosen: check-stat's experiment cause and check-ab hold with these. */
#define NEARLY 0.8	/* of all: as of a row that is explained */
#define REST_P .01	/* below: what is left of a caller grew, too */
/* Times the growth of the whole function: half of it came from elsewhere. */
#define MOVED 2

static double
growth(const struct prof_culprit_scan *s, enum prof_culprit_part part,
    uint32_t id)
{
	const struct prof_culprit_column *k = &s->of[part];

	return prof_culprit_growth(s, k->x0[id], k->y0[id]);
}

static bool
is_moved(const struct prof_culprit_scan *s, enum prof_culprit_part part,
    uint32_t id)
{
	uint32_t class = s->of[part].class[id];

	if (part == PROF_CULPRIT_NODE_SELF)
		return growth(s, part, id) >
		    MOVED * growth(s, PROF_CULPRIT_SELF, class);
	if (part == PROF_CULPRIT_NODE_TREE || part == PROF_CULPRIT_PAIR_TREE)
		return growth(s, part, id) >
		    MOVED * growth(s, PROF_CULPRIT_TREE, class);
	return false;
}

/* In preorder, a later one with the same value is deeper, or beside. */
static bool
is_better(const struct prof_culprit_scan *s, enum prof_culprit_part part,
    uint32_t id, double most)
{
	double l = s->of[part].llr[id];

	if (l <= 0)
		return false;
	if (part == PROF_CULPRIT_NODE_TREE ? l < most - EQUAL :
	    l <= most + EQUAL)
		return false;
	return !is_moved(s, part, id);
}

/* Move to a candidate that explains nearly as much. */
static void
prefer(const struct prof_culprit_scan *s, enum prof_culprit_part part,
    uint32_t id, double less, enum prof_culprit_part *at, uint32_t *at_id)
{
	double now = s->of[*at].llr[*at_id], then = s->of[part].llr[id];

	if (then > 0 && then >= now - less - EQUAL) {
		*at = part;
		*at_id = id;
	}
}

static double
half_log(uint32_t n)
{
	return log((double)n) / 2;
}

/* Whether other callers have too small a part in it to tell. */
static bool
is_nearly_all(const struct prof_culprit_scan *s,
    enum prof_culprit_part part, uint32_t id)
{
	const struct prof_culprit_column *k = &s->of[part];
	const struct prof_culprit_column *all = &s->of[PROF_CULPRIT_TREE];
	uint32_t class = k->class[id];

	return s->callers[class] == 1 || (k->x[id] >= NEARLY *
	    all->x[class] && k->y[id] >= NEARLY * all->y[class]);
}

/*
 * Below itself a function is no subtree of its own: what it is called for
 * from elsewhere is, where that grew, too.
 */
static void
leave_recursion(const struct prof_culprit_scan *s,
    enum prof_culprit_part *part, uint32_t *id)
{
	const uint32_t *class = s->of[0].class;
	uint32_t i = *id;

	if (*part == PROF_CULPRIT_PAIR_TREE) {
		for (i = 1; i < s->n && s->pair[i] != *id; i++)
			;
		if (i < s->n && class[s->parent[i]] == class[i] &&
		    s->of[PROF_CULPRIT_TREE].llr[class[i]] > 0) {
			*part = PROF_CULPRIT_TREE;
			*id = class[i];
		}
	} else if (*part == PROF_CULPRIT_NODE_TREE) {
		while (i > 0 && class[s->parent[i]] == class[i])
			i = s->parent[i];
		if (s->of[*part].llr[i] > 0)
			*id = i;
	}
}

/* Whether a part below explains all that a candidate grew by. */
static bool
is_all_below(const struct prof_culprit_scan *s, enum prof_culprit_part part,
    uint32_t id, enum prof_culprit_part below, uint32_t at)
{
	const struct prof_culprit_column *k = &s->of[part];
	const struct prof_culprit_column *b = &s->of[below];
	double x = k->x[id] - b->x[at], y = k->y[id] - b->y[at];

	/* Called from elsewhere, too: then it is no part of this. */
	if (b->llr[at] <= 0 || x < -EQUAL * k->x[id] ||
	    y < -EQUAL * k->y[id] || is_moved(s, below, at))
		return false;
	return prof_culprit_growth(s, b->x[at], b->y[at]) >= NEARLY *
	    prof_culprit_growth(s, k->x[id], k->y[id]) &&
	    prof_culprit_p(prof_culprit_llr(&s->noise, fmax(x, 0),
	    fmax(y, 0))) >= REST_P;
}

/* A part just below a candidate that explains all of it. */
static bool
find_below(const struct prof_culprit_scan *s, enum prof_culprit_part *part,
    uint32_t *id)
{
	bool node = *part == PROF_CULPRIT_NODE_TREE;
	const uint32_t *class = s->of[0].class;
	uint32_t own = s->of[*part].class[*id], i, at;
	enum prof_culprit_part below = node ? PROF_CULPRIT_NODE_TREE :
	    PROF_CULPRIT_PAIR_TREE;

	for (i = 1; i < s->n; i++) {
		if ((node ? s->parent[i] != *id : class[s->parent[i]] !=
		    own) || class[i] == own || class[i] == 0)
			continue;
		at = node ? i : s->pair[i];
		if (!is_all_below(s, *part, *id, below, at))
			continue;
		*part = below;
		*id = at;
		return true;
	}
	return false;
}

/*
 * A caller that only passes work on is as good an explanation as what it
 * calls, by a hair that chance puts on either side: what grew is below.
 */
static void
deepen(const struct prof_culprit_scan *s, enum prof_culprit_part *part,
    uint32_t *id)
{
	unsigned turn;

	for (turn = 0; turn < 100; turn++)
		if (!find_below(s, part, id))
			return;
}

/* From a context to all of the function, where that grew as a whole. */
static void
widen(const struct prof_culprit_scan *s, enum prof_culprit_part *part,
    uint32_t *id)
{
	uint32_t class = s->of[*part].class[*id], pair;

	if (*part == PROF_CULPRIT_NODE_SELF)
		prefer(s, PROF_CULPRIT_SELF, class,
		    half_log(s->of[PROF_CULPRIT_SELF].nodes[class]), part, id);
	if (*part == PROF_CULPRIT_NODE_TREE) {
		pair = s->pair[*id];
		prefer(s, PROF_CULPRIT_PAIR_TREE, pair,
		    half_log(s->of[PROF_CULPRIT_PAIR_TREE].nodes[pair]),
		    part, id);
	}
	if (*part == PROF_CULPRIT_PAIR_TREE && s->callers[class] > 1)
		prefer(s, PROF_CULPRIT_TREE, class,
		    half_log(s->callers[class]), part, id);
}

/*
 * Where a function grew with all below, but nearly all of that is its own.
 * If other callers of it have no part in that, then it is called more, and
 * its code is as it was.
 */
static void
narrow(const struct prof_culprit_scan *s, enum prof_culprit_part *part,
    uint32_t *id)
{
	const struct prof_culprit_column *self = &s->of[PROF_CULPRIT_SELF];
	const struct prof_culprit_column *k = &s->of[*part];
	uint32_t class = k->class[*id];

	if (*part != PROF_CULPRIT_TREE && !is_nearly_all(s, *part, *id))
		return;
	if (self->llr[class] > 0 && prof_culprit_growth(s, self->x[class],
	    self->y[class]) >= NEARLY * prof_culprit_growth(s, k->x[*id],
	    k->y[*id])) {
		*part = PROF_CULPRIT_SELF;
		*id = class;
	}
}

/* The only one that calls a function, apart from itself, or 0. */
static uint32_t
only_caller(const struct prof_culprit_scan *s, uint32_t class)
{
	uint32_t i, caller = 0, one;

	if (s->callers[class] > 2)
		return 0;
	for (i = 1; i < s->n; i++) {
		if (!prof_culprit_has(s, PROF_CULPRIT_TREE, class, i))
			continue;
		one = s->of[0].class[s->parent[i]];
		if (one == 0 || (caller != 0 && caller != one))
			return 0;
		caller = one;
	}
	return caller;
}

/* One caller says more than "in all callers". */
static void
name_caller(const struct prof_culprit_scan *s, struct prof_culprit *c)
{
	uint32_t i = c->id;

	c->caller = c->part == PROF_CULPRIT_TREE ? only_caller(s, c->class) :
	    0;
	if (c->part == PROF_CULPRIT_SELF || c->part == PROF_CULPRIT_TREE)
		return;
	if (c->part == PROF_CULPRIT_PAIR_TREE)
		for (i = 0; i < s->n && s->pair[i] != c->id; i++)
			;
	else
		while (i > 0 && s->of[0].class[s->parent[i]] == c->class)
			i = s->parent[i];
	c->caller = s->of[0].class[s->parent[i]];
}

void
prof_culprit_at(const struct prof_culprit_scan *s,
    enum prof_culprit_part part, uint32_t id, struct prof_culprit *out)
{
	const struct prof_culprit_column *k = &s->of[part];
	double all = 0;
	unsigned i;

	for (i = 0; i < PROF_CULPRIT_PARTS; i++)
		all += s->of[i].n;
	out->part = part;
	out->id = id;
	out->class = k->class[id];
	out->llr = k->llr[id];
	out->p = prof_culprit_p(out->llr) * all;
	out->x = k->x0[id];
	out->y = k->y0[id];
	name_caller(s, out);
}

bool
prof_culprit_best(const struct prof_culprit_scan *s,
    struct prof_culprit *best)
{
	/* So that the first of equals is the one to name. */
	static const enum prof_culprit_part order[] = {
		PROF_CULPRIT_NODE_TREE, PROF_CULPRIT_PAIR_TREE,
		PROF_CULPRIT_TREE, PROF_CULPRIT_NODE_SELF, PROF_CULPRIT_SELF };
	enum prof_culprit_part part = PROF_CULPRIT_PARTS;
	uint32_t id = 0, i;
	double most = 0;
	unsigned k;

	for (k = 0; k < PROF_CULPRIT_PARTS; k++)
		for (i = 0; i < s->of[order[k]].n; i++)
			if (is_better(s, order[k], i, most)) {
				part = order[k];
				id = i;
				most = s->of[part].llr[i];
			}
	if (part == PROF_CULPRIT_PARTS)
		return false;
	leave_recursion(s, &part, &id);
	if (!prof_culprit_is_self(part))
		deepen(s, &part, &id);
	if (part == PROF_CULPRIT_NODE_SELF || part == PROF_CULPRIT_NODE_TREE ||
	    part == PROF_CULPRIT_PAIR_TREE)
		widen(s, &part, &id);
	if (!prof_culprit_is_self(part))
		narrow(s, &part, &id);
	prof_culprit_at(s, part, id, best);
	return true;
}
