/* SPDX-License-Identifier: MIT */
#include "libanalysis/wrap.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

static size_t
add_frames(prof_loc *to, const prof_loc *from, size_t n)
{
	size_t i, used = 0;

	for (i = 0; i < n; i++)
		if (from[i] != 0)
			to[used++] = from[i];
	return used;
}

void
prof_wrap_stacks(struct prof_builder *b, const struct prof_wrap *w)
{
	struct prof_profile *p = b->p;
	prof_loc *run = NULL;
	const prof_loc *from;
	size_t cap = 0, n, len, more;
	uint32_t i;

	for (i = 0; i < p->nsamples; i++) {
		from = prof_profile_stack(p, p->stack[i], &n);
		PROF_RESERVE(run, cap, n + w->nleaf + w->nroot);
		len = add_frames(run, w->leaf + p->set[i] * w->nleaf,
		    w->nleaf);
		if (n > 0)
			memcpy(run + len, from, n * sizeof *run);
		more = add_frames(run + len + n, w->root + p->set[i] *
		    w->nroot, w->nroot);
		if (len + more > 0)
			p->stack[i] = prof_builder_stack(b, run,
			    len + n + more);
	}
	free(run);
}

prof_loc
prof_wrap_frame(struct prof_builder *b, prof_str name, prof_str file)
{
	struct prof_function f = { .name = name, .file = file };
	struct prof_line line = { .fn = prof_builder_function(b, f) };
	struct prof_location place = { 0 };

	return prof_builder_location(b, place, &line, 1);
}
