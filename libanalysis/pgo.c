/* SPDX-License-Identifier: MIT */
#include "libanalysis/pgo.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

#define MILLION 1000000
#define MANY (INT64_C(1) << 40)	/* samples: more say nothing more */

prof_i128
prof_pgo_calls(const struct prof_pgo *g, uint32_t row)
{
	const struct prof_flat *f = g->flat;

	if (f->calls == NULL)
		return 0;
	if (g->opts.by_total && f->primitive != NULL &&
	    f->primitive[row] > 0)
		return f->primitive[row];
	return f->calls[row] > 0 ? f->calls[row] : 0;
}

static bool
passes(struct prof_pgo *g, uint32_t row)
{
	prof_i128 calls = prof_pgo_calls(g, row);

	if (prof_pgo_score(g, row) <= 0)
		return false;
	if (g->flat->calls == NULL)
		return true;
	if (calls == 0 || g->flat->calls[row] < g->opts.min_calls) {
		g->few_calls++;
		return false;
	}
	if (g->opts.min_avg_den != 0 &&
	    prof_pgo_times(prof_pgo_score(g, row), g->opts.min_avg_den) <
	    prof_pgo_times(g->opts.min_avg_num, calls)) {
		g->short_calls++;
		return false;
	}
	return true;
}

struct order {
	const struct prof_pgo *g;
	const struct prof_rows *rows;
};

static int
compare_rows(const void *ctx, uint32_t a, uint32_t b)
{
	const struct order *o = ctx;
	const struct prof_row *x = prof_rows_get(o->rows, a);
	const struct prof_row *y = prof_rows_get(o->rows, b);
	prof_i128 s = prof_pgo_score(o->g, a), t = prof_pgo_score(o->g, b);
	int order;

	if (s != t)
		return s > t ? -1 : 1;
	if ((order = strcmp(x->name, y->name)) != 0 ||
	    (order = strcmp(x->file, y->file)) != 0)
		return order;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return strcmp(x->module, y->module);
}

static bool
same(const struct prof_profile *p, prof_str s, const char *text)
{
	return strcmp(prof_profile_str(p, s), text) == 0;
}

/* How many samples the whole is made of; 0: nothing tells. */
static prof_i128
count_samples(const struct prof_profile *p, const struct prof_flat *flat,
    unsigned column)
{
	const struct prof_type *t;
	struct prof_sums sums;
	unsigned c;

	if (column >= p->ntypes || flat->edges || p->meta.estimated)
		return 0;
	for (c = 0; c < p->ntypes; c++) {
		t = &p->type[c];
		if (same(p, t->type, "samples") && same(p, t->unit,
		    "count") && t->num == t->den) {
			prof_flat_sums(&sums, p, c);
			return sums.whole;
		}
	}
	t = &p->type[column];
	if (p->meta.period > 0 && p->meta.period_type == t->type &&
	    p->meta.period_unit == t->unit && t->num == t->den)
		return flat->whole / p->meta.period;
	return 0;
}

void
prof_pgo_init(struct prof_pgo *g, const struct prof_rows *rows,
    const struct prof_flat *flat, unsigned column,
    const struct prof_pgo_opts *opts)
{
	struct order o = { .rows = rows };
	struct prof_sums sums;
	uint32_t row;

	memset(g, 0, sizeof *g);
	o.g = g;
	g->flat = flat;
	g->opts = *opts;
	g->row = prof_alloc((size_t)flat->n + 1, sizeof *g->row);
	for (row = 1; row <= flat->n; row++)
		if (passes(g, row))
			g->row[g->n++] = row;
	prof_sort_ids(g->row, g->n, compare_rows, &o);
	prof_flat_sums(&sums, rows->p, column);
	g->difference = sums.difference;
	if (!sums.difference)
		g->samples = count_samples(rows->p, flat, column);
}

void
prof_pgo_release(struct prof_pgo *g)
{
	free(g->row);
	memset(g, 0, sizeof *g);
}

prof_i128
prof_pgo_potential(const struct prof_pgo *g, uint32_t row)
{
	prof_i128 left = g->flat->whole - prof_pgo_score(g, row);

	return left > 0 ? prof_num_scaled(MILLION, g->flat->whole, left) : 0;
}

/* The integer at most the square root. */
static prof_i128
root(prof_i128 v)
{
	prof_i128 low = 0, high = (prof_i128)1 << 62, middle;

	while (low < high) {
		middle = (low + high + 1) / 2;
		if (middle * middle <= v)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

/*
 * With share p and z = 1.96: the middle is (p + z^2 / 2n) / (1 + z^2 / n),
 * half the width z sqrt(p (1 - p) / n + z^2 / 4n^2) / (1 + z^2 / n).  Both
 * are multiplied by 2n here, shares in millionths, squares of them in
 * millionths of millionths.
 * Source: E. B. Wilson, Probable inference (1927).
 */
void
prof_pgo_wilson(prof_i128 part, prof_i128 whole, prof_i128 n,
    uint32_t *low, uint32_t *high)
{
	const prof_i128 zz = 3841459;	/* z squared, in millionths */
	prof_i128 p = part >= whole ? MILLION : prof_num_ppm(part, whole);
	prof_i128 middle, half, below, a, b;

	n = n > MANY ? MANY : n;
	middle = 2 * n * p + zz;
	half = root(zz * (zz + 4 * n * p * (MILLION - p) / MILLION)) + 1;
	below = 2 * n * MILLION + 2 * zz;
	a = (middle - half) * MILLION / below;
	b = (middle + half) * MILLION / below + 1;
	*low = a < 0 ? 0 : a > p ? (uint32_t)p : (uint32_t)a;
	*high = b > MILLION ? MILLION : b < p ? (uint32_t)p : (uint32_t)b;
}

bool
prof_pgo_interval(const struct prof_pgo *g, uint32_t row, uint32_t *low,
    uint32_t *high)
{
	prof_i128 score = prof_pgo_score(g, row);

	if (g->samples <= 0 || g->flat->whole <= 0)
		return false;
	prof_pgo_wilson(score > 0 ? score : 0, g->flat->whole, g->samples,
	    low, high);
	return true;
}
