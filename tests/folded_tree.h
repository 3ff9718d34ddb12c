/* SPDX-License-Identifier: MIT */
#ifndef TESTS_FOLDED_TREE_H
#define TESTS_FOLDED_TREE_H

/* A call tree of collapsed stacks; "base new" lines make two sides. */

#include <check.h>
#include <stdlib.h>

#include "libanalysis/flat.h"
#include "libanalysis/frames.h"
#include "libanalysis/nomem.h"
#include "libanalysis/tree.h"
#include "tests/support.h"

struct folded_tree {
	struct prof_profile p;
	struct prof_rows rows;
	struct prof_frames frames;
	struct prof_tree t;
};

static inline void
folded_tree_init(struct folded_tree *f, const char *folded,
    struct prof_tree_opts how)
{
	struct prof_tree_side side[2] = { 0 };
	struct prof_err err = { 0 };
	unsigned s;

	test_read(&f->p, "folded", folded);
	prof_rows_init(&f->rows, &f->p, PROF_BY_FUNCTION);
	prof_frames_init(&f->frames, &f->rows);
	for (s = 0; s < f->p.ntypes; s++) {
		int64_t *w = prof_alloc((size_t)f->p.stacks.n + 1, sizeof *w);

		ck_assert_int_eq(prof_flat_weights(&f->p, s, w, &err),
		    PROF_OK);
		side[s] = (struct prof_tree_side){ &f->rows, NULL, w };
	}
	how.order = prof_frames_cmp;
	how.order_ctx = &f->frames;
	ck_assert_int_eq(prof_tree_init(&f->t, side, f->p.ntypes, f->rows.n,
	    &how, &err), PROF_OK);
	for (s = 0; s < f->p.ntypes; s++)
		free((void *)(uintptr_t)side[s].weight);
}

static inline void
folded_tree_release(struct folded_tree *f)
{
	prof_tree_release(&f->t);
	prof_frames_release(&f->frames);
	prof_rows_release(&f->rows);
	prof_profile_release(&f->p);
}

#endif
