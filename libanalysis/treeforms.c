/* SPDX-License-Identifier: MIT */
#include "libanalysis/treetext.h"

#include <stdlib.h>

#include "libanalysis/nomem.h"
#include "libanalysis/rowrecord.h"

struct walk {
	const struct prof_tree *t;
	const struct prof_frames *frames;
	const struct prof_about *about;
	prof_i128 least;	/* what a row weighs at least, in millionths */
	uint32_t *todo;		/* nodes still to come, the next one last */
	size_t ntodo, cap;
	struct prof_rest rest;
	struct prof_document d;
};

/* The next one last, so that it is taken first. */
static int
smaller_first(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_tree *t = ctx;
	prof_i128 x = prof_num_abs(t->total[0][a]);
	prof_i128 y = prof_num_abs(t->total[0][b]);

	if (x == y) {
		x = t->gross[0][a];
		y = t->gross[0][b];
	}
	return x != y ? (x > y) - (x < y) : (a < b) - (a > b);
}

static void
push_children(struct walk *w, uint32_t node)
{
	const struct prof_tree *t = w->t;
	size_t n = w->ntodo;
	uint32_t i, c;

	w->rest.rows += t->cut[node];
	w->rest.self += prof_tree_rest(t, node, 0);
	PROF_RESERVE(w->todo, w->cap, n + t->nchildren[node]);
	for (i = 0; i < t->nchildren[node]; i++) {
		c = t->first_child[node] + i;
		if ((prof_i128)t->gross[0][c] * 1000000 >= w->least) {
			w->todo[n++] = c;
		} else {
			w->rest.rows++;
			w->rest.self += t->total[0][c];
		}
	}
	prof_sort_ids(w->todo + w->ntodo, n - w->ntodo, smaller_first, t);
	w->ntodo = n;
}

static void
write_row(struct walk *w, uint32_t depth, prof_i128 self, prof_i128 total,
    const struct prof_row *row)
{
	struct prof_rowrecord r = { .row = row, .total = total,
	    .self = &self };

	prof_records_int(&w->d.rows, depth);
	prof_rowrecord_write(&w->d.rows, w->about, &r);
}

static void
write_rows(struct walk *w)
{
	static const struct prof_row stackless = { .name = "(no stack)",
	    .name_len = 10, .file = "", .module = "" };
	const struct prof_tree *t = w->t;
	uint32_t node;

	push_children(w, 0);
	while (w->ntodo > 0) {
		node = w->todo[--w->ntodo];
		write_row(w, t->depth[node], t->self[0][node],
		    t->total[0][node], prof_frames_get(w->frames,
		    t->frame[node]));
		push_children(w, node);
	}
	if (t->self[0][0] != 0)
		write_row(w, 1, t->self[0][0], t->self[0][0], &stackless);
}

void
prof_treetext_form(const struct prof_tree *t,
    const struct prof_frames *frames, const struct prof_about *a,
    const struct prof_treetext_opts *opts, enum prof_form form,
    struct prof_out *out)
{
	static const struct prof_field fields[] = {
		{ "depth", true, false }, PROF_ROWRECORD_FIELDS
	};
	struct walk w = { .t = t, .frames = frames, .about = a };

	w.least = prof_num_abs(a->whole) * opts->min_ppm;
	prof_document_begin(&w.d, a, opts->from_leaf ? "bottom-up" : "tree",
	    form, fields, sizeof fields / sizeof fields[0], out);
	w.d.min_ppm = opts->min_ppm;
	write_rows(&w);
	prof_document_end(&w.d, w.rest);
	free(w.todo);
}
