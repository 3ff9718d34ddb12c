/* SPDX-License-Identifier: MIT */
/*
 * How near an estimated call tree comes to the truth.  Random programs run
 * in a simulator that knows every path and counts, beside, as cProfile
 * does: for each function and each pair, with totals of outermost
 * activations only.  Trees are made of those counts in three ways, ours and
 * the two that are common, and measured by total variation distance: the
 * part of the time that stands at a wrong path.
 */
#include <stdio.h>

#include "libanalysis/nomem.h"
#include "tests/edges.h"
#include "tests/random.h"
#include "tests/support.h"

#define FNS 24
#define REST FNS		/* stands for what no path is known of */
#define PROGRAMS 40
#define CALLS_MAX 60000
#define DEPTH_MAX 14
#define SCALE_MAX 1000000000	/* a million; then times fit 64 bits */

/* All paths of the truth and of the trees; node 0 is the root. */
struct paths {
	struct path {
		uint32_t parent, child[FNS + 1];
		int fn;
		double truth, shown;
	} *node;
	uint32_t n;
	size_t cap;
};

struct counts {
	int64_t calls, recursive, self, total, level;
};

struct program {
	int64_t cost[FNS];
	struct site {
		unsigned callee, times;
		int64_t scale;		/* in thousandths */
	} site[FNS][5];
	unsigned nsites[FNS];
};

struct run {
	const struct program *program;
	struct test_random *r;
	int64_t hard;		/* thousandths; 1000: cost is the same for */
				/* all callers */
	struct paths *paths;
	struct counts fn[FNS], pair[FNS][FNS];
	int64_t now;
	unsigned calls;
};

static double
whole(const struct run *x)
{
	return (double)x->now;
}

static uint32_t
step(struct paths *p, uint32_t node, unsigned fn)
{
	uint32_t next = p->node[node].child[fn];

	if (next != 0)
		return next;
	PROF_RESERVE(p->node, p->cap, (size_t)p->n + 1);
	memset(&p->node[p->n], 0, sizeof *p->node);
	p->node[p->n].parent = node;
	p->node[p->n].fn = (int)fn;
	return p->node[node].child[fn] = p->n++;
}

/* The node at or above this one that is fn's, 0 when there is none. */
static uint32_t
find_above(const struct paths *p, uint32_t node, unsigned fn)
{
	while (node != 0 && p->node[node].fn != (int)fn)
		node = p->node[node].parent;
	return node;
}

static void
make_program(struct program *g, struct test_random *r, bool recursive)
{
	static const int64_t scales[] = { 200, 500, 1000, 1000, 2000, 5000 };
	static const unsigned times[] = { 1, 1, 1, 2, 3 };
	struct site *s;
	unsigned f, i;

	memset(g, 0, sizeof *g);
	for (f = 0; f < FNS; f++) {
		g->cost[f] = (1 + test_random_below(r, 1000)) *
		    (1 + test_random_below(r, 1000));
		if (10 * f < 7 * FNS)
			g->nsites[f] = test_random_below(r, 5);
		for (i = 0; i < g->nsites[f]; i++)
			g->site[f][i].callee = f + 1 +
			    test_random_below(r, FNS - f - 1);
		if (recursive && test_random_below(r, 4) == 0) {
			i = test_random_below(r, 2) == 0 ? f : 0;
			g->site[f][g->nsites[f]++].callee = i +
			    test_random_below(r, f - i + 1);
		}
		for (i = 0; i < g->nsites[f]; i++) {
			s = &g->site[f][i];
			s->times = times[test_random_below(r, 5)];
			s->scale = scales[test_random_below(r, 6)];
		}
	}
}

static void
enter(struct counts *c)
{
	c->level++;
}

/* A recursive activation is part of the outermost one's total. */
static void
leave(struct counts *c, int64_t self, int64_t total)
{
	c->calls++;
	c->self += self;
	if (--c->level == 0)
		c->total += total;
	else
		c->recursive++;
}

static int64_t call(struct run *x, int caller, unsigned f, int64_t scale,
    unsigned depth, uint32_t above);

/* Time spent in what f calls. */
static int64_t
call_sites(struct run *x, int caller, unsigned f, int64_t scale,
    unsigned depth, uint32_t path)
{
	const struct site *s = x->program->site[f];
	int64_t mul, spent = 0;
	unsigned i, k;

	for (i = 0; i < x->program->nsites[f]; i++) {
		mul = scale * s[i].scale / 1000;
		if (caller >= 0 && ((unsigned)caller * 7 + i * 3 + f) % 4 == 0)
			mul = mul * x->hard / 1000;
		mul = mul < SCALE_MAX ? mul : SCALE_MAX;
		for (k = 0; k < s[i].times; k++) {
			if (x->calls >= CALLS_MAX || depth > DEPTH_MAX)
				return spent;
			if (s[i].callee <= f && test_random_below(x->r, 2))
				continue;
			x->calls++;
			spent += call(x, (int)f, s[i].callee, mul, depth + 1,
			    path);
		}
	}
	return spent;
}

/* Runs f; returns the time it took. */
static int64_t
call(struct run *x, int caller, unsigned f, int64_t scale, unsigned depth,
    uint32_t above)
{
	int64_t self = x->program->cost[f] * scale / 1000, total;
	uint32_t path = find_above(x->paths, above, f);

	if (path == 0)
		path = step(x->paths, above, f);
	enter(&x->fn[f]);
	if (caller >= 0)
		enter(&x->pair[caller][f]);
	x->now += self;
	x->paths->node[path].truth += (double)self;
	total = self + call_sites(x, caller, f, scale, depth, path);
	leave(&x->fn[f], self, total);
	if (caller >= 0)
		leave(&x->pair[caller][f], self, total);
	return total;
}

/* Part of a function's calls that no other made. */
static double
root_share(const struct run *x, unsigned f)
{
	int64_t calls = x->fn[f].calls;
	unsigned a;

	for (a = 0; a < FNS; a++)
		calls -= x->pair[a][f].calls;
	return calls > 0 ? (double)calls / (double)x->fn[f].calls : 0;
}

/* Each child gets its part of the caller's total, fit or not. */
static void
by_total(struct run *x, unsigned f, double value, uint32_t above)
{
	uint32_t path = step(x->paths, above, f);
	double part;
	unsigned c;

	x->paths->node[path].shown += value;
	for (c = 0; c < FNS && value >= 1e-9 * whole(x); c++) {
		if (x->pair[f][c].calls == 0 || x->fn[f].total == 0 ||
		    find_above(x->paths, path, c) != 0)
			continue;
		part = value * (double)x->pair[f][c].total /
		    (double)x->fn[f].total;
		x->paths->node[path].shown -= part;
		by_total(x, c, part, path);
	}
}

/* Each child has its total of this pair, scaled down where too much. */
static void
by_pair(struct run *x, unsigned f, double value, uint32_t above)
{
	uint32_t path = step(x->paths, above, f);
	double sum = 0, part;
	unsigned c;

	x->paths->node[path].shown += value;
	for (c = 0; c < FNS; c++)
		if (find_above(x->paths, path, c) == 0)
			sum += (double)x->pair[f][c].total;
	for (c = 0; c < FNS && value >= 1e-7 * whole(x); c++) {
		if (x->pair[f][c].calls == 0 ||
		    find_above(x->paths, path, c) != 0)
			continue;
		part = (double)x->pair[f][c].total;
		if (sum > value)
			part *= value / sum;
		x->paths->node[path].shown -= part;
		by_pair(x, c, part, path);
	}
}

static void
show_by_total(struct run *x)
{
	unsigned f;

	for (f = 0; f < FNS; f++)
		if (root_share(x, f) > 0)
			by_total(x, f, (double)x->fn[f].total *
			    root_share(x, f), 0);
}

static void
show_by_pair(struct run *x)
{
	unsigned f;

	for (f = 0; f < FNS; f++)
		if (root_share(x, f) > 0)
			by_pair(x, f, (double)x->fn[f].total, 0);
}

static void
add_counts(struct made *m, const char *caller, const char *callee,
    const struct counts *c)
{
	if (c->calls > 0)
		edges_add(m, caller, callee, c->calls, c->self, c->total);
}

static void
fill(const struct run *x, struct made *m)
{
	char name[FNS][2] = { { 0 } };
	unsigned a, f;

	edges_start(m);
	for (f = 0; f < FNS; f++)
		name[f][0] = (char)('A' + f);
	for (f = 0; f < FNS; f++) {
		add_counts(m, NULL, name[f], &x->fn[f]);
		for (a = 0; a < FNS; a++)
			add_counts(m, name[a], name[f], &x->pair[a][f]);
	}
}

static void
show_estimate(struct run *x)
{
	struct made m;
	const prof_loc *loc;
	char first;
	uint32_t i, node;
	size_t n;

	fill(x, &m);
	edges_estimate(&m);
	for (i = 0; i < m.p.nsamples; i++) {
		loc = prof_profile_stack(&m.p, m.p.stack[i], &n);
		for (node = 0; n > 0; n--) {
			first = *prof_profile_str(&m.p, prof_profile_fn(&m.p,
			    edges_frame_fn(&m.p, loc[n - 1]))->name);
			node = step(x->paths, node, first == '[' ? REST :
			    (unsigned)(first - 'A'));
		}
		x->paths->node[node].shown += (double)m.p.value[0][i];
	}
	make_drop(&m);
}

struct score {
	double mean, worst, least, most;
};

/* Compare what is shown with the truth, and forget it. */
static void
judge(struct run *x, struct score *s)
{
	double wrong = 0, shown = 0, d;
	struct path *p;
	uint32_t i;

	for (i = 0; i < x->paths->n; i++) {
		p = &x->paths->node[i];
		d = p->truth - p->shown;
		wrong += d < 0 ? -d : d;
		shown += p->shown;
		p->shown = 0;
	}
	wrong /= 2 * whole(x);
	shown /= whole(x);
	s->mean += wrong / PROGRAMS;
	s->worst = wrong > s->worst ? wrong : s->worst;
	s->least = s->least == 0 || shown < s->least ? shown : s->least;
	s->most = shown > s->most ? shown : s->most;
}

enum {
	BY_TOTAL,
	BY_PAIR,
	OURS,
	WAYS
};

static void
try_program(uint64_t seed, bool recursive, int64_t hard, struct score *s)
{
	struct test_random r = { seed };
	struct program g;
	struct paths paths = { 0 };
	struct run x = { .program = &g, .r = &r, .hard = hard };
	unsigned f;

	x.paths = &paths;
	PROF_RESERVE(paths.node, paths.cap, 1);
	memset(paths.node, 0, sizeof *paths.node);
	paths.node[0].fn = -1;
	paths.n = 1;
	make_program(&g, &r, recursive);
	for (f = 0; f < 3; f++)
		call(&x, -1, f, 1000, 0, 0);
	show_by_total(&x);
	judge(&x, &s[BY_TOTAL]);
	show_by_pair(&x);
	judge(&x, &s[BY_PAIR]);
	show_estimate(&x);
	judge(&x, &s[OURS]);
	free(paths.node);
}

static const struct {
	const char *name;
	bool recursive;
	int64_t hard;
	double bound;		/* of our mean; we had less */
} cases[] = {
	{ "no recursion, cost as is", false, 1000, 0.001 },
	{ "no recursion, cost by caller", false, 4000, 0.05 },
	{ "recursion, cost as is", true, 1000, 0.12 },
	{ "recursion, cost by caller", true, 4000, 0.12 }
};

START_TEST(the_estimate_is_nearer_to_the_truth_than_the_common_ones)
{
	static const char *const way[] = { "share of totals",
	    "totals of pairs", "estimate" };
	struct score s[WAYS] = { { 0 } };
	uint64_t k;
	unsigned w;

	for (k = 0; k < PROGRAMS; k++)
		try_program(k + 1000 * (uint64_t)_i, cases[_i].recursive,
		    cases[_i].hard, s);
	for (w = 0; w < WAYS; w++)
		printf("%-28s %-15s error mean %.3f worst %.3f, shown / true "
		    "%.3f to %.3f\n", cases[_i].name, way[w], s[w].mean,
		    s[w].worst, s[w].least, s[w].most);
	fflush(stdout);
	ck_assert(s[OURS].mean < s[BY_TOTAL].mean);
	ck_assert(s[OURS].mean < s[BY_PAIR].mean);
	ck_assert(s[OURS].mean < cases[_i].bound);
	ck_assert(s[OURS].least > 0.999999 && s[OURS].most < 1.000001);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("truth");

	tcase_add_loop_test(tc,
	    the_estimate_is_nearer_to_the_truth_than_the_common_ones, 0,
	    (int)(sizeof cases / sizeof cases[0]));
	return test_main("calltree_truth", tc);
}
