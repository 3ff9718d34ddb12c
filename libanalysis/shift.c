/* SPDX-License-Identifier: MIT */
#include "libanalysis/shift.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

/* Chosen: check-stat's experiment moved holds with these. */
#define NEARLY 0.8	/* of the growth that a callee has */
#define FELL 0.001	/* probability by chance */
#define PART 0.5	/* of the growth that the group may have */
#define SURPLUS 0.33	/* of it, where that much is proved */
#define IMPACT 0.01	/* of everything: likewise */
#define Z_PROVED 3.09	/* as sure as FELL */
#define Z_CHANCE 2.33	/* what is left may be chance */
#define Z95_ONE 1.645
#define Z95 1.96

/* Where members of a group are looked for. */
enum { CALLEES = 1, CALLERS = 2, FILE_MATES = 4, NEAR = 8, OTHERS = 16 };

/*
 * What is added up of a function: with all below, by itself, and only what
 * may have moved, so that nothing else adds its noise: of a callee what it
 * does itself; beside a subtree that grew, that subtree below others; of
 * others that call what grew below it, what that is below them.
 */
enum { TREE, SELF, MOVED, CALLED, SORTS };

/* One function in its role beside what grew. */
struct member {
	double x, y;
	uint8_t where;		/* a single role; 0: not met */
	bool fell, from_it;	/* from_it: met below one that fell */
};

struct work {
	const struct prof_culprit_scan *s;
	const struct prof_culprit *u;
	struct prof_culprit_noise back;	/* sides swapped */
	struct member *of[SORTS];	/* [class] */
	uint32_t called;		/* class; 0: none */
};

static void
add(struct member *m, const struct prof_culprit_column *k, uint32_t node,
    unsigned where)
{
	m->where = (uint8_t)where;
	m->x += k->x0[node];
	m->y += k->y0[node];
}

static uint32_t
class_of(const struct work *w, uint32_t node)
{
	return w->s->of[PROF_CULPRIT_NODE_SELF].class[node];
}

static bool
is_ours(const struct work *w, uint32_t node)
{
	return prof_culprit_has(w->s, w->u->part, w->u->id, node);
}

/* The node whose children work may have moved from: itself, or its parent. */
static uint32_t
pivot(const struct work *w, uint32_t node)
{
	return prof_culprit_is_self(w->u->part) ? node : w->s->parent[node];
}

#define EACH_CHILD(c, s, v) \
	(c) = (v) + 1; (c) < (v) + (s)->size[v]; (c) += (s)->size[c]

/* Of the same function, and not what grew. */
static bool
is_elsewhere(const struct work *w, uint32_t node)
{
	return class_of(w, node) == w->u->class && !is_ours(w, node);
}

/* v: whose callees work may have moved from. */
static void
meet_near(struct work *w, uint32_t v)
{
	const struct prof_culprit_scan *s = w->s;
	bool self = prof_culprit_is_self(w->u->part);
	struct member *m;
	uint32_t c, g;

	for (EACH_CHILD(c, s, v)) {
		if (class_of(w, c) == w->u->class)
			continue;
		m = &w->of[MOVED][class_of(w, c)];
		if (self)
			add(m, &s->of[PROF_CULPRIT_NODE_SELF], c, NEAR);
		for (EACH_CHILD(g, s, c))
			if (!self && is_elsewhere(w, g))
				add(m, &s->of[PROF_CULPRIT_NODE_TREE], g,
				    NEAR);
	}
}

static void
meet(struct work *w)
{
	const struct prof_culprit_scan *s = w->s;
	const struct prof_culprit_column *tree, *self;
	uint32_t i, c, v;

	tree = &s->of[PROF_CULPRIT_NODE_TREE];
	self = &s->of[PROF_CULPRIT_NODE_SELF];
	for (i = 1; i < s->n; i++) {
		if (!is_ours(w, i))
			continue;
		v = pivot(w, i);
		for (EACH_CHILD(c, s, v))
			if (class_of(w, c) != w->u->class && s->first[1][c])
				add(&w->of[TREE][class_of(w, c)], tree, c,
				    CALLEES);
		meet_near(w, v);
		v = s->parent[i];
		if (class_of(w, v) != w->u->class)
			add(&w->of[SELF][class_of(w, v)], self, v, CALLERS);
	}
}

/* The callee that most of a subtree's growth is in, or 0. */
static uint32_t
growing_callee(const struct work *w)
{
	const struct prof_culprit_scan *s = w->s;
	const struct prof_culprit_column *k =
	    &s->of[PROF_CULPRIT_NODE_TREE];
	double *grew = prof_zalloc(s->nclasses, sizeof *grew);
	double all = prof_culprit_growth(s, w->u->x, w->u->y);
	uint32_t i, c, most = 0;

	for (i = 1; i < s->n; i++) {
		if (!is_ours(w, i))
			continue;
		for (EACH_CHILD(c, s, i))
			grew[class_of(w, c)] += prof_culprit_growth(s,
			    k->x0[c], k->y0[c]);
	}
	grew[w->u->class] = 0;
	for (i = 1; i < s->nclasses; i++)
		if (grew[i] > grew[most])
			most = i;
	if (grew[most] < NEARLY * all)
		most = 0;
	free(grew);
	return most;
}

/* A call that others make no more, or not as often: topmost, counts once. */
static bool
is_other_call(const struct work *w, uint32_t node)
{
	return w->called != 0 && class_of(w, node) == w->called &&
	    w->s->first[0][node] &&
	    class_of(w, w->s->parent[node]) != w->u->class;
}

static void
meet_others(struct work *w)
{
	const struct prof_culprit_column *k =
	    &w->s->of[PROF_CULPRIT_NODE_TREE];
	uint32_t i;

	if (prof_culprit_is_self(w->u->part))
		return;
	w->called = growing_callee(w);
	for (i = 1; i < w->s->n; i++)
		if (is_other_call(w, i))
			add(&w->of[CALLED][class_of(w, w->s->parent[i])], k,
			    i, OTHERS);
}

/* Most calls that another made: part of a large one may fall by chance. */
static bool
has_left(const struct work *w, const struct member *m)
{
	return m->y / w->s->noise.s <= (1 - PART) * m->x;
}

static void
mark_fallen(struct work *w)
{
	struct member *m;
	uint32_t i;
	unsigned k;

	for (i = 1; i < w->s->nclasses; i++)
		for (k = 0; k < SORTS; k++) {
			m = &w->of[k][i];
			m->fell = m->where != 0 && prof_culprit_p(
			    prof_culprit_llr(&w->back, m->y, m->x)) < FELL &&
			    (k != CALLED || has_left(w, m));
		}
}

/*
 * What a callee that fell had called is called in its place now: it counts
 * however it changed.  Beside a subtree that grew, what it calls now has to
 * do with it.
 */
static void
mark_related(struct work *w)
{
	const struct prof_culprit_scan *s = w->s;
	bool tree = !prof_culprit_is_self(w->u->part);
	bool *kin = prof_zalloc(s->nclasses, sizeof *kin);
	uint32_t i, c, g, v;

	for (i = 1; i < s->n; i++) {
		if (!is_ours(w, i))
			continue;
		v = pivot(w, i);
		for (EACH_CHILD(c, s, v)) {
			if (!w->of[TREE][class_of(w, c)].fell)
				continue;
			for (EACH_CHILD(g, s, c))
				w->of[TREE][class_of(w, g)].from_it = true;
		}
		for (EACH_CHILD(c, s, i))
			kin[class_of(w, c)] = true;
	}
	for (i = 1; i < s->nclasses && tree; i++) {
		w->of[TREE][i].fell = w->of[TREE][i].fell && kin[i];
		w->of[TREE][i].from_it = false;
	}
	free(kin);
}

static const struct prof_row *
row_of(const struct work *w, uint32_t class)
{
	return prof_match_row(&w->s->c->d->match, class);
}

/* The name up to what tells functions of one class or package apart. */
static size_t
owner(const struct prof_row *row)
{
	size_t i, n = 0, end = strcspn(row->name, "(<");

	for (i = 0; i < end; i++)
		if (row->name[i] == '.' || row->name[i] == ':')
			n = i;
	return n;
}

static bool
is_mate(const struct prof_row *a, const struct prof_row *b)
{
	size_t n = owner(a);

	if (a->file_len > 0 || b->file_len > 0)
		return a->file_len == b->file_len &&
		    memcmp(a->file, b->file, a->file_len) == 0;
	return n > 0 && n == owner(b) && memcmp(a->name, b->name, n) == 0;
}

static void
meet_mates(struct work *w)
{
	const struct prof_culprit_column *k = &w->s->of[PROF_CULPRIT_SELF];
	const struct prof_row *row = row_of(w, w->u->class);
	uint32_t i;

	for (i = 1; i < w->s->nclasses; i++) {
		if (i == w->u->class || k->x0[i] + k->y0[i] <= 0 ||
		    !is_mate(row, row_of(w, i)))
			continue;
		memset(&w->of[SELF][i], 0, sizeof w->of[SELF][i]);
		add(&w->of[SELF][i], k, i, FILE_MATES);
	}
}

static bool
is_in(const struct member *m, unsigned where)
{
	return (m->where & where) != 0 && (m->fell || m->from_it);
}

static void
sum(const struct work *w, double x, double y, double *delta, double *var)
{
	const struct prof_culprit_noise *o = &w->s->noise;
	double base = o->s * x;

	*delta += y / o->s - x;
	*var += (y + o->s * base + o->phi[0] * base * base +
	    o->phi[1] * y * y) / (o->s * o->s);
}

/* More than moved: that of it which is new may not hide behind the rest. */
static bool
has_surplus(const struct work *w, double delta, double se, double grew)
{
	double all = w->s->of[PROF_CULPRIT_NODE_TREE].x0[0];

	return delta > Z_PROVED * se && (delta > SURPLUS * grew ||
	    delta > IMPACT * all);
}

/*
 * Where a callee is gone, there is no doubt that it was inlined or its work
 * spared; of small ones no more can be asked than that the rest of the
 * growth need be none.
 */
static bool
has_stayed(double delta, double se, double grew, bool gone)
{
	return delta + Z95_ONE * se <= PART * grew || (gone && delta <=
	    PART * grew && delta <= Z_CHANCE * se);
}

static bool
try_group(const struct work *w, unsigned where, struct prof_shift *sh)
{
	double delta = 0, var = 0, grew, se;
	const struct member *m;
	bool fell = false, gone = where == NEAR;
	unsigned k;
	uint32_t i;

	sum(w, w->u->x, w->u->y, &delta, &var);
	grew = delta;
	for (i = 1; i < w->s->nclasses; i++)
		for (k = 0; k < SORTS; k++) {
			m = &w->of[k][i];
			if (!is_in(m, where))
				continue;
			sum(w, m->x, m->y, &delta, &var);
			fell |= m->fell;
			gone = gone && !(m->y > 0);
		}
	se = sqrt(var);
	if (!fell || !has_stayed(delta, se, grew, gone) ||
	    has_surplus(w, delta, se, grew))
		return false;
	/* Of one file much may fall that has nothing to do with it. */
	if ((where & FILE_MATES) != 0 && delta < -PART * grew)
		return false;
	sh->delta = delta;
	sh->low = delta - Z95 * se;
	sh->high = delta + Z95 * se;
	return true;
}

static void
add_moved(struct prof_shift *sh, uint32_t node, bool self)
{
	PROF_RESERVE(sh->node, sh->cap, sh->n + 1);
	PROF_RESERVE(sh->self, sh->self_cap, sh->n + 1);
	sh->node[sh->n] = node;
	sh->self[sh->n++] = self;
}

static void
list_near(const struct work *w, unsigned where, uint32_t v,
    struct prof_shift *sh)
{
	const struct prof_culprit_scan *s = w->s;
	bool self = prof_culprit_is_self(w->u->part);
	uint32_t c, g;

	for (EACH_CHILD(c, s, v)) {
		if (!is_in(&w->of[MOVED][class_of(w, c)], where))
			continue;
		if (self)
			add_moved(sh, c, true);
		for (EACH_CHILD(g, s, c))
			if (!self && is_elsewhere(w, g))
				add_moved(sh, g, false);
	}
}

/* The nodes of the group, so that they can be taken out. */
static void
list_nodes(const struct work *w, unsigned where, struct prof_shift *sh)
{
	const struct prof_culprit_scan *s = w->s;
	uint32_t i, c, v;

	for (i = 1; i < s->n; i++) {
		if ((where & FILE_MATES) != 0 &&
		    is_in(&w->of[SELF][class_of(w, i)], where))
			add_moved(sh, i, true);
		if (!is_ours(w, i))
			continue;
		v = pivot(w, i);
		for (EACH_CHILD(c, s, v))
			if (is_in(&w->of[TREE][class_of(w, c)], where))
				add_moved(sh, c, false);
		list_near(w, where, v, sh);
		v = s->parent[i];
		if (is_in(&w->of[SELF][class_of(w, v)], where & CALLERS))
			add_moved(sh, v, true);
	}
	for (i = 1; (where & OTHERS) != 0 && i < s->n; i++)
		if (is_other_call(w, i) && is_in(&w->of[CALLED][class_of(w,
		    s->parent[i])], where))
			add_moved(sh, i, false);
}

static bool
has_fallen(const struct work *w, unsigned where, uint32_t class)
{
	const struct member *m;
	unsigned k;

	for (k = 0; k < SORTS; k++) {
		m = &w->of[k][class];
		if (is_in(m, where) && m->fell)
			return true;
	}
	return false;
}

static void
list_group(const struct work *w, unsigned where, struct prof_shift *sh)
{
	uint32_t i;

	sh->shifted = true;
	for (i = 1; i < w->s->nclasses; i++) {
		if (!has_fallen(w, where, i))
			continue;
		PROF_RESERVE(sh->group, sh->group_cap, sh->ngroup + 1);
		sh->group[sh->ngroup++] = i;
	}
	list_nodes(w, where, sh);
}

void
prof_shift_of(struct prof_shift *sh, const struct prof_culprit_scan *s,
    const struct prof_culprit *u)
{
	static const unsigned tries[] = { NEAR, NEAR | CALLERS,
	    CALLEES | CALLERS, CALLEES, CALLERS, OTHERS };
	struct work w = { .s = s, .u = u };
	unsigned i, k;

	memset(sh, 0, sizeof *sh);
	w.back = prof_culprit_swap(&s->noise);
	for (k = 0; k < SORTS; k++)
		w.of[k] = prof_zalloc(s->nclasses, sizeof *w.of[k]);
	meet(&w);
	meet_others(&w);
	mark_fallen(&w);
	mark_related(&w);
	for (i = 0; i < sizeof tries / sizeof tries[0] && !sh->shifted; i++)
		if (try_group(&w, tries[i], sh))
			list_group(&w, tries[i], sh);
	if (!sh->shifted && u->part == PROF_CULPRIT_SELF) {
		meet_mates(&w);
		mark_fallen(&w);
		if (try_group(&w, FILE_MATES, sh))
			list_group(&w, FILE_MATES, sh);
	}
	for (k = 0; k < SORTS; k++)
		free(w.of[k]);
}

void
prof_shift_release(struct prof_shift *sh)
{
	free(sh->group);
	free(sh->node);
	free(sh->self);
	memset(sh, 0, sizeof *sh);
}

void
prof_shift_take(const struct prof_shift *sh, struct prof_culprit_scan *s)
{
	size_t i;

	for (i = 0; i < sh->n; i++)
		prof_culprit_take(s, sh->self[i] ? PROF_CULPRIT_NODE_SELF :
		    PROF_CULPRIT_NODE_TREE, sh->node[i]);
}
