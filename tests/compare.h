/* SPDX-License-Identifier: MIT */
#ifndef TESTS_COMPARE_H
#define TESTS_COMPARE_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "libanalysis/diff.h"

#define COMPARE_RUNS 8

/* A comparison of profiles written down in a test. */
struct compare {
	struct prof_profile p[COMPARE_RUNS];
	struct prof_rows rows[COMPARE_RUNS];
	struct prof_flat flat[COMPARE_RUNS];
	struct prof_diff_run run[COMPARE_RUNS];
	unsigned n;
	struct prof_diff d;
	struct prof_err err;
};

/* "name" or "name@file" */
static inline prof_loc
compare_frame(struct prof_builder *b, const char *s, size_t len)
{
	const char *at = memchr(s, '@', len);
	struct prof_function f = { 0 };
	struct prof_location loc = { 0 };
	struct prof_line line = { 0 };
	size_t name = at != NULL ? (size_t)(at - s) : len;

	f.name = prof_strs_add(&b->p->strs, s, name);
	if (at != NULL)
		f.file = prof_strs_add(&b->p->strs, at + 1, len - name - 1);
	line.fn = prof_builder_function(b, f);
	return prof_builder_location(b, loc, &line, 1);
}

/* "root;...;leaf value"; values go to column 0, others hold 1 each. */
static inline void
compare_sample(struct prof_builder *b, const char *s, size_t len)
{
	prof_loc frame[64];
	int64_t value[PROF_COLS_MAX];
	const char *end = s + len, *semi;
	size_t n = 0, i;

	while (len > 0 && s[len - 1] != ' ')
		len--;
	for (i = 0; i < PROF_COLS_MAX; i++)
		value[i] = 1;
	value[0] = strtoll(s + len, NULL, 10);
	for (end = s + len - 1; s < end; s = semi + 1) {
		semi = memchr(s, ';', (size_t)(end - s));
		semi = semi != NULL ? semi : end;
		frame[63 - n++] = compare_frame(b, s, (size_t)(semi - s));
	}
	ck_assert_int_eq(prof_builder_sample(b, prof_builder_stack(b,
	    frame + 64 - n, n), 0, 0, value, NULL), PROF_OK);
}

static inline void
compare_type(struct compare *c, const char *type, const char *unit)
{
	struct prof_profile *p = &c->p[c->n];

	prof_profile_add_type(p, prof_strs_adds(&p->strs, type),
	    prof_strs_adds(&p->strs, unit));
}

/* Add a run of samples, one a line; the types are there already. */
static inline void
compare_samples(struct compare *c, const char *name, const char *text)
{
	struct prof_builder b;
	size_t len;

	prof_builder_init(&b, &c->p[c->n], NULL);
	for (; *text != '\0'; text += len + (text[len] != '\0')) {
		len = strcspn(text, "\n");
		compare_sample(&b, text, len);
	}
	prof_builder_release(&b);
	prof_rows_init(&c->rows[c->n], &c->p[c->n], PROF_BY_FUNCTION);
	c->run[c->n].name = name;
	c->run[c->n].rows = &c->rows[c->n];
	c->run[c->n].flat = &c->flat[c->n];
	c->n++;
}

/* Add a run with one column of CPU time. */
static inline void
compare_add(struct compare *c, const char *name, const char *text)
{
	compare_type(c, "cpu", "nanoseconds");
	compare_samples(c, name, text);
}

static inline int
compare_matching(struct compare *c, unsigned nbase, const char *wanted,
    enum prof_matching how)
{
	unsigned i;
	int rc;

	rc = prof_diff_columns(c->run, c->n, nbase, wanted, &c->err);
	for (i = 0; i < c->n && rc == PROF_OK; i++)
		rc = prof_flat_init(&c->flat[i], &c->rows[i],
		    c->run[i].column, &c->err);
	return rc != PROF_OK ? rc :
	    prof_diff_init_matching(&c->d, c->run, c->n, nbase, how,
	    &c->err);
}

static inline int
compare_run(struct compare *c, unsigned nbase, const char *wanted)
{
	return compare_matching(c, nbase, wanted, PROF_MATCH_EXACT);
}

/* The class of a name, 0 when there is none. */
static inline uint32_t
compare_find(const struct compare *c, const char *name)
{
	uint32_t i;

	for (i = c->d.match.n; i > 0; i--)
		if (strcmp(prof_match_row(&c->d.match, i)->name, name) == 0)
			break;
	return i;
}

static inline void
compare_done(struct compare *c)
{
	unsigned i;

	prof_diff_release(&c->d);
	for (i = 0; i < c->n; i++) {
		prof_flat_release(&c->flat[i]);
		prof_rows_release(&c->rows[i]);
		prof_profile_release(&c->p[i]);
	}
	memset(c, 0, sizeof *c);
}

static inline int
compare_main(const char *name, TCase *tc)
{
	Suite *s = suite_create(name);
	SRunner *r;
	int failed;

	suite_add_tcase(s, tc);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
