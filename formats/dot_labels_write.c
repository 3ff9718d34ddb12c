/* SPDX-License-Identifier: MIT */
#include "formats/dot_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

#define BOXES 4		/* of a node, or of one of its labels */

/* Numbers near each other that share a box. */
struct range {
	prof_i128 first, low, high;	/* in base units */
	const char *unit;
	prof_i128 self, total;
};

/* The labels of one node. */
struct boxes {
	struct prof_dot *d;
	uint32_t node;
	const struct prof_callgraph_label *label;
	uint32_t n;
	bool own;		/* count samples that end there only */
	uint32_t *order;	/* the largest first */
};

static prof_i128
magnitude(prof_i128 v)
{
	return v < 0 ? -v : v;
}

static int64_t
shown(const struct boxes *x, const struct prof_callgraph_label *l)
{
	return x->own ? l->self : l->total;
}

/*
 * Numbers of equal weight go by their digits, as in pprof: so those that
 * ranges begin with are of all sizes, and not the smallest.
 */
static int
by_value(const void *ctx, uint32_t a, uint32_t b)
{
	const struct boxes *x = ctx;
	const struct prof_callgraph_label *k = &x->label[a];
	const struct prof_callgraph_label *l = &x->label[b];
	prof_i128 v = magnitude(shown(x, k)), w = magnitude(shown(x, l));
	char p[24], q[24];

	if (v != w)
		return v > w ? -1 : 1;
	snprintf(p, sizeof p, "%lld", (long long)k->num);
	snprintf(q, sizeof q, "%lld", (long long)l->num);
	return strcmp(p, q);
}

static void
add_value(struct prof_dot *d, prof_i128 v)
{
	prof_amount_print(&d->b, d->amount, v);
}

/*
 * A box named name and the line to it from the node, or box, at.  dotted:
 * part of the value belongs to nodes that are left out.
 */
static void
put_box(struct prof_dot *d, const char *at, const char *name,
    const struct prof_buf *text, prof_i128 value, bool dotted)
{
	prof_buf_clear(&d->b);
	prof_buf_addf(&d->b, "%s [label=\"", name);
	prof_buf_add(&d->b, text->data, text->len);
	prof_buf_adds(&d->b, "\" shape=box3d fontsize=8 value=\"");
	prof_num_int(&d->b, value);
	prof_buf_adds(&d->b, "\" tooltip=\"");
	add_value(d, value);
	prof_buf_addf(&d->b, "\"]\n%s -> %s [label=\" ", at, name);
	add_value(d, value);
	prof_buf_addf(&d->b, "\" fontsize=8 weight=100%s]\n",
	    dotted ? " style=dotted" : "");
	prof_out_add(d->out, d->b.data, d->b.len);
}

/* In base units, so that numbers can be compared. */
static prof_i128
number_of(const struct prof_dot *d, const struct prof_callgraph_label *l,
    const char **unit)
{
	const char *name = l->unit != 0 ? prof_profile_str(d->p, l->unit) :
	    "bytes";
	const struct prof_unit *u = prof_unit_find(name, strlen(name));

	*unit = prof_unit_base(name);
	return u != NULL ? (prof_i128)l->num * u->factor : l->num;
}

/* The range that a number goes to: the nearest, once there are enough. */
static struct range *
range_for(struct range *r, size_t *n, prof_i128 v, const char *unit)
{
	struct range *best = &r[0];
	size_t i;

	if (*n < BOXES) {
		best = &r[(*n)++];
		memset(best, 0, sizeof *best);
		best->first = best->low = best->high = v;
		best->unit = unit;
		return best;
	}
	for (i = 1; i < *n; i++)
		if (magnitude(v - r[i].first) < magnitude(v - best->first))
			best = &r[i];
	return best;
}

/* The numbers of samples with this text; each range begins with a large. */
static size_t
make_ranges(const struct boxes *x, uint32_t text, struct range *r)
{
	const struct prof_callgraph_label *l;
	struct range *to;
	const char *unit;
	prof_i128 v;
	size_t n = 0;
	uint32_t i;

	for (i = 0; i < x->n; i++) {
		l = &x->label[x->order[i]];
		if (!l->number || l->text != text)
			continue;
		v = number_of(x->d, l, &unit);
		to = range_for(r, &n, v, unit);
		to->low = v < to->low ? v : to->low;
		to->high = v > to->high ? v : to->high;
		to->self += l->self;
		to->total += l->total;
	}
	return n;
}

static prof_i128
range_value(const struct boxes *x, const struct range *r)
{
	return x->own ? r->self : r->total;
}

/* Ranges have changed places by what was added; at most BOXES of them. */
static void
sort_ranges(const struct boxes *x, struct range *r, size_t n)
{
	struct range t;
	size_t i, k;

	for (i = 1; i < n; i++)
		for (k = i; k > 0 && magnitude(range_value(x, &r[k])) >
		    magnitude(range_value(x, &r[k - 1])); k--) {
			t = r[k];
			r[k] = r[k - 1];
			r[k - 1] = t;
		}
}

/* at: the box or node that they hang on. */
static void
put_ranges(struct boxes *x, uint32_t text, const char *at)
{
	struct range r[BOXES];
	struct prof_buf b = { 0 };
	size_t n = make_ranges(x, text, r), i;
	char name[64];

	sort_ranges(x, r, n);
	for (i = 0; i < n; i++) {
		if (range_value(x, &r[i]) == 0)
			continue;
		prof_buf_clear(&b);
		prof_amount_single(&b, r[i].unit, r[i].low, false);
		if (r[i].low != r[i].high) {
			prof_buf_adds(&b, " .. ");
			prof_amount_single(&b, r[i].unit, r[i].high, false);
		}
		snprintf(name, sizeof name, "%s_n%zu", at, i + 1);
		put_box(x->d, at, name, &b, range_value(x, &r[i]), !x->own &&
		    r[i].self != r[i].total);
		x->d->labelled[x->node] = true;
	}
	prof_buf_release(&b);
}

/* Text labels, one on each line. */
static void
put_texts(struct boxes *x, const char *at)
{
	const struct prof_strs *texts = &x->d->g->texts;
	const struct prof_callgraph_label *l;
	struct prof_buf b = { 0 };
	const char *s, *end, *nl;
	uint32_t i, n = 0;
	char name[48];

	for (i = 0; i < x->n && n < BOXES; i++) {
		l = &x->label[x->order[i]];
		if (l->number)
			continue;
		n++;
		if (shown(x, l) == 0)
			continue;
		prof_buf_clear(&b);
		s = prof_strs_get(texts, l->text);
		end = s + prof_strs_len(texts, l->text);
		for (; s < end; s = nl + 1) {
			nl = memchr(s, '\n', (size_t)(end - s));
			nl = nl != NULL ? nl : end;
			if (b.len > 0)
				prof_buf_adds(&b, "\\n");
			prof_dot_name(&b, s, (size_t)(nl - s));
		}
		snprintf(name, sizeof name, "%s_%u", at, n);
		put_box(x->d, at, name, &b, shown(x, l), false);
		x->d->labelled[x->node] = true;
		put_ranges(x, l->text, name);
	}
	prof_buf_release(&b);
}

/*
 * A node that leads on shows the labels of its own samples; a last one of
 * all that pass it, because what they pass next is left out.
 */
void
prof_dot_labels(struct prof_dot *d, uint32_t node)
{
	const struct prof_callgraph_node *n = &d->g->node[node];
	struct boxes x = { .d = d, .node = node, .n = n->nlabels,
	    .own = d->leads[node] };
	char at[24];
	uint32_t i;

	if (n->nlabels == 0)
		return;
	x.label = d->g->label + n->first_label;
	x.order = prof_alloc(n->nlabels, sizeof *x.order);
	for (i = 0; i < n->nlabels; i++)
		x.order[i] = i;
	prof_sort_ids(x.order, x.n, by_value, &x);
	snprintf(at, sizeof at, "n%u", (unsigned)node + 1);
	put_texts(&x, at);
	put_ranges(&x, 0, at);
	free(x.order);
}
