/* SPDX-License-Identifier: MIT */
#ifndef TESTS_LABELLED_H
#define TESTS_LABELLED_H

#include <stdlib.h>

#include "libanalysis/buf.h"
#include "tests/make.h"

/*
 * Samples with labels written down as "key=text other=12/unit", where what
 * begins with a digit or a minus is a number.
 */

static inline struct prof_label
labelled_one(struct made *m, const char *s, size_t len)
{
	const char *equals = memchr(s, '=', len), *slash;
	size_t key = (size_t)(equals - s), n = len - key - 1;
	struct prof_label l = { 0 };

	l.key = prof_strs_add(&m->p.strs, s, key);
	if ((equals[1] < '0' || equals[1] > '9') && equals[1] != '-') {
		l.str = prof_strs_add(&m->p.strs, equals + 1, n);
		return l;
	}
	l.num = strtoll(equals + 1, NULL, 10);
	slash = memchr(equals, '/', len - key);
	if (slash != NULL)
		l.unit = prof_strs_add(&m->p.strs, slash + 1,
		    len - (size_t)(slash + 1 - s));
	return l;
}

static inline prof_set
labelled_set(struct made *m, const char *labels)
{
	struct prof_label l[16];
	size_t n = 0, len;

	for (; *labels != '\0'; labels += len + (labels[len] == ' ')) {
		len = strcspn(labels, " ");
		ck_assert_uint_lt(n, 16);
		l[n++] = labelled_one(m, labels, len);
	}
	return prof_builder_set(&m->b, l, n);
}

static inline void
labelled(struct made *m, const char *stack, const char *labels, int64_t value)
{
	int64_t values[PROF_COLS_MAX] = { value };

	make_values(m, make_stack(m, stack), labelled_set(m, labels),
	    values);
}

/* The labels of a set as above; "/" for a number without a unit, too. */
static inline void
labelled_put(struct prof_buf *b, const struct prof_profile *p, prof_set set)
{
	const struct prof_label *l;
	size_t i, n;

	l = prof_profile_set(p, set, &n);
	for (i = 0; i < n; i++) {
		prof_buf_addf(b, i > 0 ? " %s=" : "%s=",
		    prof_profile_str(p, l[i].key));
		if (l[i].str != 0)
			prof_buf_adds(b, prof_profile_str(p, l[i].str));
		else
			prof_buf_addf(b, "%lld/%s", (long long)l[i].num,
			    prof_profile_str(p, l[i].unit));
	}
}

/* The sum of the absolute values of a column. */
static inline int64_t
labelled_sum(const struct prof_profile *p, unsigned column)
{
	int64_t sum = 0;
	uint32_t i;

	for (i = 0; i < p->nsamples; i++)
		sum += llabs(p->value[column][i]);
	return sum;
}

#endif
