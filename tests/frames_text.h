/* SPDX-License-Identifier: MIT */
#ifndef TESTS_FRAMES_TEXT_H
#define TESTS_FRAMES_TEXT_H

#include "libanalysis/buf.h"
#include "libanalysis/profile.h"

/* A location as tests write it: "outer|inner", or its address. */
static inline void
put_location(struct prof_buf *b, const struct prof_profile *p, prof_loc id)
{
	const struct prof_location *l = prof_profile_loc(p, id);
	uint32_t i;

	if (l->nlines == 0)
		prof_buf_addf(b, "0x%llx", (unsigned long long)l->address);
	for (i = l->nlines; i > 0; i--)
		prof_buf_addf(b, "%s%s", prof_profile_str(p,
		    prof_profile_fn(p, p->line[l->first_line + i - 1].fn)
		    ->name), i > 1 ? "|" : "");
}

/* The samples with a value, as "main;f 1 " each, in their order. */
static inline const char *
put_samples(struct prof_buf *b, const struct prof_profile *p)
{
	const prof_loc *run;
	uint32_t i;
	size_t n;

	prof_buf_clear(b);
	for (i = 0; i < p->nsamples; i++) {
		if (p->value[0][i] == 0)
			continue;
		run = prof_profile_stack(p, p->stack[i], &n);
		for (; n > 0; n--) {
			put_location(b, p, run[n - 1]);
			prof_buf_adds(b, n > 1 ? ";" : "");
		}
		prof_buf_addf(b, " %lld ", (long long)p->value[0][i]);
	}
	return prof_buf_str(b);
}

#endif
