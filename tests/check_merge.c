/* SPDX-License-Identifier: MIT */
#include "libanalysis/merge.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "libanalysis/check.h"
#include "libanalysis/num.h"
#include "tests/invent.h"
#include "tests/same.h"
#include "tests/shuffle.h"
#include "tests/support.h"

/* Merge and the canonical form, by properties of random profiles. */

#define ROUNDS (PROF_EXACT ? 100 : 400)

static struct prof_err err;

static void
setup(void)
{
	memset(&err, 0, sizeof err);
}

/* The sum of up to three profiles; a code when it cannot be made. */
static int
try_merge(struct prof_profile *out, const struct prof_profile *a,
    const struct prof_profile *b, const struct prof_profile *c)
{
	const struct prof_profile *in[] = { a, b, c };
	static const char *const name[] = { "a", "b", "c" };
	struct prof_merge *m = prof_merge_new();
	int i, rc = PROF_OK;

	memset(&err, 0, sizeof err);
	memset(out, 0, sizeof *out);
	for (i = 0; i < 3 && rc == PROF_OK; i++)
		if (in[i] != NULL)
			rc = prof_merge_add(m, in[i], name[i], &err);
	if (rc != PROF_OK) {
		prof_merge_free(m);
		return rc;
	}
	rc = prof_merge_finish(m, out, &err);
	if (rc == PROF_OK)
		rc = prof_profile_check(out, &err);
	return rc;
}

static void
merge(struct prof_profile *out, const struct prof_profile *a,
    const struct prof_profile *b, const struct prof_profile *c)
{
	ck_assert_msg(try_merge(out, a, b, c) == PROF_OK, "%s", err.msg);
}

static void
check_equal(const struct prof_profile *a, const struct prof_profile *b,
    const char *what, uint64_t round)
{
	const char *differ = same_profiles(a, b);

	ck_assert_msg(differ == NULL, "%s: %s (round %llu)", what, differ,
	    (unsigned long long)round);
}

static const struct invent_opts plain = { .edges = true };
static const struct invent_opts mixed = { .edges = true, .types = true };

static const struct invent_opts signs = { .edges = true, .types = true,
    .cancel = true };

static const struct invent_opts *const worlds[] = { &plain, &mixed, &signs };

START_TEST(merge_commutes)
{
	struct prof_profile a, b, ab, ba;
	uint64_t i;

	for (i = 0; i < ROUNDS; i++) {
		invent_profile(&a, 2 * i, worlds[_i]);
		invent_profile(&b, 2 * i + 1, worlds[_i]);
		merge(&ab, &a, &b, NULL);
		merge(&ba, &b, &a, NULL);
		check_equal(&ab, &ba, "a+b, b+a", i);
		prof_profile_release(&a);
		prof_profile_release(&b);
		prof_profile_release(&ab);
		prof_profile_release(&ba);
	}
}
END_TEST

START_TEST(merge_associates)
{
	struct prof_profile a, b, c, ab, bc, flat, left, right;
	uint64_t i;

	for (i = 0; i < ROUNDS; i++) {
		invent_profile(&a, 3 * i, worlds[_i]);
		invent_profile(&b, 3 * i + 1, worlds[_i]);
		invent_profile(&c, 3 * i + 2, worlds[_i]);
		merge(&flat, &a, &b, &c);
		merge(&ab, &a, &b, NULL);
		merge(&left, &ab, &c, NULL);
		check_equal(&left, &flat, "(a+b)+c, a+b+c", i);
		merge(&bc, &b, &c, NULL);
		merge(&right, &a, &bc, NULL);
		check_equal(&right, &flat, "a+(b+c), a+b+c", i);
		prof_profile_release(&a);
		prof_profile_release(&b);
		prof_profile_release(&c);
		prof_profile_release(&ab);
		prof_profile_release(&bc);
		prof_profile_release(&flat);
		prof_profile_release(&left);
		prof_profile_release(&right);
	}
}
END_TEST

START_TEST(the_canonical_form_is_final)
{
	struct prof_profile a, once, twice;
	uint64_t i;

	for (i = 0; i < ROUNDS; i++) {
		invent_profile(&a, i, worlds[_i]);
		merge(&once, &a, NULL, NULL);
		merge(&twice, &once, NULL, NULL);
		check_equal(&once, &twice, "once, twice", i);
		prof_profile_release(&a);
		prof_profile_release(&once);
		prof_profile_release(&twice);
	}
}
END_TEST

START_TEST(an_empty_profile_adds_nothing)
{
	struct prof_profile a, alone, before, after;
	static const struct prof_profile none;
	uint64_t i;

	for (i = 0; i < ROUNDS; i++) {
		invent_profile(&a, i, worlds[_i]);
		merge(&alone, &a, NULL, NULL);
		merge(&before, &none, &a, NULL);
		merge(&after, &a, &none, NULL);
		check_equal(&alone, &before, "a, 0+a", i);
		check_equal(&alone, &after, "a, a+0", i);
		prof_profile_release(&a);
		prof_profile_release(&alone);
		prof_profile_release(&before);
		prof_profile_release(&after);
	}
}
END_TEST

START_TEST(ids_and_their_order_do_not_matter)
{
	struct prof_profile a, other, first, second;
	uint64_t i;

	for (i = 0; i < ROUNDS; i++) {
		invent_profile(&a, i, worlds[_i]);
		shuffle_profile(&a, &other, i);
		merge(&first, &a, NULL, NULL);
		merge(&second, &other, NULL, NULL);
		check_equal(&first, &second, "a, shuffled a", i);
		prof_profile_release(&a);
		prof_profile_release(&other);
		prof_profile_release(&first);
		prof_profile_release(&second);
	}
}
END_TEST

/* Of a column by type, in thousandths of its base unit; scales divide it. */
static prof_i128
total(const struct prof_profile *p, const char *type)
{
	int c = prof_profile_column(p, type);
	const struct prof_unit *u;
	prof_i128 sum = 0;
	uint32_t i;

	if (c < 0)
		return 0;
	u = prof_unit_find(prof_profile_str(p, p->type[c].unit),
	    strlen(prof_profile_str(p, p->type[c].unit)));
	for (i = 0; i < p->nsamples; i++)
		sum += p->value[c][i];
	return sum * (u != NULL ? u->factor : 1) * 3600 * p->type[c].num /
	    p->type[c].den;
}

START_TEST(totals_are_conserved)
{
	struct prof_profile a, b, ab;
	static const char *const types[] = { "samples", "cpu" };
	uint64_t i;
	int k;

	for (i = 0; i < ROUNDS; i++) {
		invent_profile(&a, 2 * i, worlds[_i]);
		invent_profile(&b, 2 * i + 1, worlds[_i]);
		merge(&ab, &a, &b, NULL);
		for (k = 0; k < 2; k++)
			if (prof_profile_column(&ab, types[k]) >= 0)
				ck_assert(total(&ab, types[k]) ==
				    total(&a, types[k]) +
				    total(&b, types[k]));
		prof_profile_release(&a);
		prof_profile_release(&b);
		prof_profile_release(&ab);
	}
}
END_TEST

/* --- single rules --------------------------------------------------------- */

/* A profile written down sample by sample. */
struct made {
	struct prof_profile p;
	struct prof_builder b;
};

static prof_str
str(struct made *m, const char *s)
{
	return prof_strs_adds(&m->p.strs, s);
}

static void
start(struct made *m, const char *type, const char *unit)
{
	memset(m, 0, sizeof *m);
	prof_builder_init(&m->b, &m->p, NULL);
	if (type != NULL)
		prof_profile_add_type(&m->p, str(m, type), str(m, unit));
}

static void
drop(struct made *m)
{
	prof_builder_release(&m->b);
	prof_profile_release(&m->p);
}

static prof_fn
fn(struct made *m, const char *name)
{
	struct prof_function f = { .name = str(m, name) };

	return prof_builder_function(&m->b, f);
}

static prof_mod
mod(struct made *m, uint64_t from, uint64_t to, const char *file,
    const char *build_id)
{
	struct prof_mapping o = { .start = from, .limit = to };

	o.file = str(m, file);
	o.build_id = str(m, build_id);
	return prof_builder_mapping(&m->b, o);
}

static prof_loc
at(struct made *m, prof_mod mapping, uint64_t address)
{
	struct prof_location l = { .address = address, .mapping = mapping };

	return prof_builder_location(&m->b, l, NULL, 0);
}

static void
sample(struct made *m, prof_loc leaf, int64_t x, int64_t y)
{
	int64_t values[PROF_COLS_MAX] = { x, y };

	ck_assert_int_eq(prof_builder_sample(&m->b, prof_builder_stack(
	    &m->b, &leaf, leaf != 0), 0, 0, values, &err), PROF_OK);
}

static prof_loc
named(struct made *m, const char *name)
{
	struct prof_location l = { 0 };
	struct prof_line line = { .fn = fn(m, name) };

	return prof_builder_location(&m->b, l, &line, 1);
}

/* Twice the same with addresses elsewhere: one location each. */
START_TEST(an_address_that_is_not_known_stays_so)
{
	struct made a, b;
	struct prof_profile ab;
	uint32_t i;

	start(&a, "cpu", "ns");
	start(&b, "cpu", "ns");
	sample(&a, at(&a, mod(&a, 0x1000, 0x2000, "m", "id"), 0), 1, 0);
	sample(&a, at(&a, 1, 0x1000), 1, 0);
	sample(&a, at(&a, 1, 0x1500), 1, 0);
	sample(&b, at(&b, mod(&b, 0x7000, 0x8000, "m", "id"), 0), 1, 0);
	sample(&b, at(&b, 1, 0x7000), 1, 0);
	sample(&b, at(&b, 1, 0x7500), 1, 0);
	merge(&ab, &b.p, &a.p, NULL);
	ck_assert_uint_eq(ab.nloc, 3);
	ck_assert_uint_eq(ab.nmod, 1);
	ck_assert_uint_eq(ab.mod[0].start, 0x1000);
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(ab.value[0][i], 2);
		ck_assert(ab.loc[i].address == 0 ||
		    ab.loc[i].address == 0x1000 ||
		    ab.loc[i].address == 0x1500);
		ck_assert_uint_eq(ab.loc[i].flags, 0);
	}
	ck_assert_uint_eq(ab.loc[0].address + ab.loc[1].address +
	    ab.loc[2].address, 0x2500);
	prof_profile_release(&ab);
	drop(&a);
	drop(&b);
}
END_TEST

/* pprof joins them: its key has the column of the last line only. */
START_TEST(columns_of_inlined_lines_keep_locations_apart)
{
	struct made a;
	struct prof_profile one;
	struct prof_location l = { .address = 5 };
	struct prof_line line[2] = { { 1, 3, 7 }, { 1, 9, 1 } };

	start(&a, "cpu", "ns");
	fn(&a, "f");
	sample(&a, prof_builder_location(&a.b, l, line, 2), 1, 0);
	line[0].column = 8;
	sample(&a, prof_builder_location(&a.b, l, line, 2), 2, 0);
	merge(&one, &a.p, NULL, NULL);
	ck_assert_uint_eq(one.nsamples, 2);
	ck_assert_uint_eq(one.nloc, 2);
	prof_profile_release(&one);
	drop(&a);
}
END_TEST

/* pprof drops a row whose other column is 0 when it converts one unit. */
START_TEST(no_row_is_lost_when_units_are_converted)
{
	struct made a, b;
	struct prof_profile ab;

	start(&a, "samples", "count");
	prof_profile_add_type(&a.p, str(&a, "cpu"), str(&a, "us"));
	start(&b, "samples", "count");
	prof_profile_add_type(&b.p, str(&b, "cpu"), str(&b, "ns"));
	sample(&a, named(&a, "f"), 10, 0);
	sample(&a, named(&a, "g"), 0, 3);
	sample(&b, named(&b, "h"), 0, 7);
	merge(&ab, &a.p, &b.p, NULL);
	ck_assert_uint_eq(ab.nsamples, 3);
	ck_assert_int_eq((int64_t)(total(&ab, "samples") / 3600), 10);
	ck_assert_int_eq((int64_t)(total(&ab, "cpu") / 3600), 3007);
	ck_assert_str_eq(prof_profile_str(&ab, ab.type[1].unit), "ns");
	prof_profile_release(&ab);
	drop(&a);
	drop(&b);
}
END_TEST

/* pprof lets a later profile without a time reset it. */
START_TEST(the_earliest_time_that_is_known_stays)
{
	static const int64_t times[][3] = { { 100, 0, 100 }, { 0, 100, 100 },
	    { 200, 100, 100 }, { 100, 200, 100 }, { 0, 0, 0 } };
	struct made a, b;
	struct prof_profile ab;
	size_t i;

	start(&a, "cpu", "ns");
	start(&b, "cpu", "ns");
	for (i = 0; i < 5; i++) {
		a.p.meta.time_ns = times[i][0];
		b.p.meta.time_ns = times[i][1];
		merge(&ab, &a.p, &b.p, NULL);
		ck_assert_int_eq(ab.meta.time_ns, times[i][2]);
		prof_profile_release(&ab);
	}
	drop(&a);
	drop(&b);
}
END_TEST

static void
check_code(const struct made *a, const struct made *b, int code,
    const char *message)
{
	struct prof_profile ab;
	int i;

	for (i = 0; i < 2; i++) {
		ck_assert_int_eq(try_merge(&ab, i == 0 ? &a->p : &b->p,
		    i == 0 ? &b->p : &a->p, NULL), code);
		ck_assert_msg(strstr(err.msg, message) != NULL, "%s",
		    err.msg);
		prof_profile_release(&ab);
	}
	memset(&err, 0, sizeof err);
}

START_TEST(sums_that_leave_64_bits_are_errors)
{
	struct made a, b;

	start(&a, "cpu", "ns");
	start(&b, "cpu", "ns");
	sample(&a, named(&a, "f"), INT64_MAX, 0);
	sample(&b, named(&b, "f"), 1, 0);
	check_code(&a, &b, PROF_ERANGE, "values of 'cpu' that belong");
	drop(&b);
	start(&b, "cpu", "ps");
	b.p.type[0].unit = str(&b, "ns");
	b.p.type[0].den = 1000;
	sample(&b, named(&b, "g"), 1, 0);
	check_code(&a, &b, PROF_ERANGE, "values of 'cpu' that belong");
	a.p.meta.duration_ns = b.p.meta.duration_ns = INT64_MAX;
	a.p.value[0][0] = 1;
	check_code(&a, &b, PROF_ERANGE, "sum of the durations");
	drop(&a);
	drop(&b);
}
END_TEST

START_TEST(scales_that_leave_64_bits_are_errors)
{
	struct made a, b;

	start(&a, "cpu", "ns");
	start(&b, "cpu", "d");
	sample(&a, named(&a, "f"), 1, 0);
	a.p.type[0].den = INT64_MAX;
	b.p.type[0].num = INT64_MAX - 1;
	b.p.type[0].den = INT64_MAX - 2;
	check_code(&a, &b, PROF_ERANGE, "scales do not combine");
	drop(&a);
	drop(&b);
}
END_TEST

START_TEST(edges_that_leave_64_bits_are_errors)
{
	static const int64_t most = INT64_MAX;
	struct made a;

	start(&a, "cpu", "ns");
	a.p.edges.ntypes = 1;
	a.p.edges.type[0] = a.p.type[0];
	prof_profile_add_edge(&a.p, 0, fn(&a, "f"), 0, &most);
	check_code(&a, &a, PROF_ERANGE, "sum of an edge");
	drop(&a);
}
END_TEST

START_TEST(inputs_without_a_common_type_are_named_with_their_types)
{
	struct made a, b;
	struct prof_profile ab;

	start(&a, "cpu", "ns");
	prof_profile_add_type(&a.p, str(&a, "wall"), str(&a, "ns"));
	start(&b, "space", "bytes");
	ck_assert_int_eq(try_merge(&ab, &a.p, &b.p, NULL), PROF_EMISMATCH);
	ck_assert_str_eq(err.msg, "'a' (cpu,wall) and 'b' (space) have no "
	    "sample type in common");
	ck_assert_int_eq(try_merge(&ab, &a.p, &a.p, &b.p), PROF_EMISMATCH);
	ck_assert_str_eq(err.msg, "'a' and 1 more (cpu,wall) and 'c' (space) "
	    "have no sample type in common");
	drop(&a);
	drop(&b);
}
END_TEST

START_TEST(the_same_name_for_other_things_is_not_common)
{
	struct made a, b;

	start(&a, "alloc", "bytes");
	start(&b, "alloc", "count");
	check_code(&a, &b, PROF_EMISMATCH, "no sample type in common");
	drop(&b);
	start(&b, "alloc", "objects");
	check_code(&a, &b, PROF_EMISMATCH, "no sample type in common");
	drop(&a);
	drop(&b);
}
END_TEST

START_TEST(edges_of_other_types_are_named)
{
	static const int64_t one = 1;
	struct made a, b;

	start(&a, "cpu", "ns");
	start(&b, "cpu", "ns");
	a.p.edges.ntypes = b.p.edges.ntypes = 1;
	a.p.edges.type[0] = a.p.type[0];
	b.p.edges.type[0] = b.p.type[0];
	b.p.edges.type[0].type = str(&b, "calls");
	prof_profile_add_edge(&a.p, 0, fn(&a, "f"), 0, &one);
	prof_profile_add_edge(&b.p, 0, fn(&b, "f"), 0, &one);
	check_code(&a, &b, PROF_EMISMATCH,
	    "count different things for callers and callees");
	drop(&a);
	drop(&b);
}
END_TEST

START_TEST(edges_alone_do_not_mix_with_samples)
{
	static const int64_t one = 1;
	struct made a, b;
	struct prof_profile aa;

	start(&a, NULL, NULL);
	start(&b, "cpu", "ns");
	a.p.edges.ntypes = 1;
	a.p.edges.type[0] = b.p.type[0];
	a.p.edges.type[0].type = str(&a, "calls");
	a.p.edges.type[0].unit = 0;
	prof_profile_add_edge(&a.p, 0, fn(&a, "f"), 0, &one);
	check_code(&a, &b, PROF_EMISMATCH, "no sample type in common");
	merge(&aa, &a.p, &a.p, NULL);
	ck_assert_int_eq(aa.edges.value[0][0], 2);
	prof_profile_release(&aa);
	drop(&a);
	drop(&b);
}
END_TEST

START_TEST(edges_are_exact_if_all_of_them_are)
{
	static const int64_t one = 1;
	struct made a, b;
	struct prof_profile ab;

	start(&a, NULL, NULL);
	start(&b, NULL, NULL);
	a.p.edges.ntypes = b.p.edges.ntypes = 1;
	a.p.edges.type[0] = b.p.edges.type[0] =
	    (struct prof_type){ 0, 0, 1, 1 };
	a.p.edges.exact[0] = true;
	prof_profile_add_edge(&a.p, 0, fn(&a, "f"), 0, &one);
	prof_profile_add_edge(&b.p, 0, fn(&b, "f"), 0, &one);
	merge(&ab, &a.p, &a.p, NULL);
	ck_assert(ab.edges.exact[0]);
	prof_profile_release(&ab);
	merge(&ab, &a.p, &b.p, NULL);
	ck_assert(!ab.edges.exact[0]);
	ck_assert_uint_eq(ab.edges.n, 1);
	prof_profile_release(&ab);
	drop(&a);
	drop(&b);
}
END_TEST

START_TEST(two_columns_of_one_name_are_told_apart)
{
	struct made a, b;
	struct prof_profile ab;

	start(&a, "x", "count");
	prof_profile_add_type(&a.p, str(&a, "x"), str(&a, "ns"));
	start(&b, "x", "ms");
	prof_profile_add_type(&b.p, str(&b, "x"), str(&b, "count"));
	sample(&a, named(&a, "f"), 1, 20);
	sample(&b, named(&b, "f"), 3, 4);
	merge(&ab, &a.p, &a.p, NULL);
	ck_assert_int_eq(ab.value[0][0], 2);
	ck_assert_int_eq(ab.value[1][0], 40);
	prof_profile_release(&ab);
	merge(&ab, &a.p, &b.p, NULL);
	ck_assert_uint_eq(ab.ntypes, 2);
	ck_assert_int_eq(ab.value[0][0], 5);
	ck_assert_int_eq(ab.value[1][0], 3000020);
	prof_profile_release(&ab);
	drop(&a);
	drop(&b);
}
END_TEST

START_TEST(scales_meet_at_the_greatest_common_size)
{
	struct made a, b;
	struct prof_profile ab;

	start(&a, "cpu", "us");
	start(&b, "cpu", "us");
	a.p.type[0].num = 1;
	a.p.type[0].den = 4;
	b.p.type[0].num = 2;
	b.p.type[0].den = 12;
	sample(&a, named(&a, "f"), 1, 0);
	sample(&b, named(&b, "f"), 1, 0);
	merge(&ab, &a.p, &b.p, NULL);
	ck_assert_int_eq(ab.type[0].num, 1);
	ck_assert_int_eq(ab.type[0].den, 12);
	ck_assert_int_eq(ab.value[0][0], 5);
	prof_profile_release(&ab);
	drop(&a);
	drop(&b);
}
END_TEST

START_TEST(the_default_type_is_kept_if_all_show_it)
{
	struct made a, b;
	struct prof_profile ab;

	start(&a, "cpu", "ns");
	prof_profile_add_type(&a.p, str(&a, "wall"), str(&a, "ns"));
	start(&b, "cpu", "ns");
	merge(&ab, &a.p, &a.p, NULL);
	ck_assert_uint_eq(ab.meta.default_type, 0);
	prof_profile_release(&ab);
	a.p.meta.default_type = str(&a, "cpu");
	merge(&ab, &a.p, &b.p, NULL);
	ck_assert_str_eq(prof_profile_str(&ab, ab.meta.default_type), "cpu");
	ck_assert_uint_eq(ab.meta.differ, PROF_DIFFER_TYPES);
	prof_profile_release(&ab);
	a.p.meta.default_type = 0;
	merge(&ab, &a.p, &b.p, NULL);
	ck_assert_uint_eq(ab.meta.default_type, 0);
	ck_assert_uint_eq(ab.meta.differ, PROF_DIFFER_TYPES |
	    PROF_DIFFER_DEFAULT);
	prof_profile_release(&ab);
	drop(&a);
	drop(&b);
}
END_TEST

START_TEST(a_text_once_given_up_is_not_taken_up_again)
{
	struct made a, b;
	struct prof_profile ab, all;

	start(&a, "cpu", "ns");
	start(&b, "cpu", "ns");
	a.p.meta.doc_url = str(&a, "x");
	b.p.meta.doc_url = str(&b, "y");
	merge(&ab, &a.p, &b.p, NULL);
	ck_assert_uint_eq(ab.meta.doc_url, 0);
	ck_assert_uint_eq(ab.meta.differ, PROF_DIFFER_DOC_URL);
	merge(&all, &a.p, &ab, NULL);
	ck_assert_uint_eq(all.meta.doc_url, 0);
	prof_profile_release(&all);
	merge(&all, &ab, &a.p, NULL);
	ck_assert_uint_eq(all.meta.doc_url, 0);
	prof_profile_release(&all);
	prof_profile_release(&ab);
	drop(&a);
	drop(&b);
}
END_TEST

static void
format_and_dialect(struct made *m, const char *format, const char *dialect)
{
	start(m, "cpu", "ns");
	m->p.meta.format = str(m, format);
	m->p.meta.dialect = str(m, dialect);
}

START_TEST(a_dialect_is_kept_with_its_format_only)
{
	static const int order[][3] = { { 0, 1, 2 }, { 0, 2, 1 },
	    { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
	struct prof_profile two, left, right;
	struct made m[3];
	const int *o = order[_i];

	format_and_dialect(&m[0], "folded", "async-profiler");
	format_and_dialect(&m[1], "pprof", "");
	format_and_dialect(&m[2], "", "");
	merge(&two, &m[o[0]].p, &m[o[1]].p, NULL);
	merge(&left, &two, &m[o[2]].p, NULL);
	prof_profile_release(&two);
	merge(&two, &m[o[1]].p, &m[o[2]].p, NULL);
	merge(&right, &m[o[0]].p, &two, NULL);
	check_equal(&left, &right, "(a+b)+c, a+(b+c)", (uint64_t)_i);
	ck_assert(left.meta.format == 0 && left.meta.dialect == 0);
	ck_assert_uint_eq(left.meta.differ, PROF_DIFFER_FORMAT |
	    PROF_DIFFER_DIALECT);
	ck_assert_uint_eq(right.meta.differ, left.meta.differ);
	prof_profile_release(&two);
	prof_profile_release(&left);
	prof_profile_release(&right);
	for (o = order[0]; o < order[1]; o++)
		drop(&m[*o]);
}
END_TEST

START_TEST(inputs_are_counted)
{
	struct made a;
	struct prof_profile aa, all;

	start(&a, "cpu", "ns");
	merge(&aa, &a.p, NULL, NULL);
	ck_assert_uint_eq(aa.meta.inputs, 0);
	prof_profile_release(&aa);
	a.p.meta.failed = 2;
	merge(&aa, &a.p, &a.p, NULL);
	ck_assert_uint_eq(aa.meta.inputs, 2);
	merge(&all, &aa, &a.p, &aa);
	ck_assert_uint_eq(all.meta.inputs, 5);
	ck_assert_uint_eq(all.meta.failed, 10);
	prof_profile_release(&aa);
	prof_profile_release(&all);
	drop(&a);
}
END_TEST

START_TEST(a_recording_without_samples_keeps_its_header)
{
	struct made a, b;
	struct prof_profile ab;

	start(&a, "cpu", "ns");
	start(&b, NULL, NULL);
	b.p.meta.duration_ns = 5;
	b.p.meta.failed = 1;
	prof_profile_add_comment(&b.p, str(&b, "why"));
	prof_profile_note(&b.p, "bad line", 3, true);
	merge(&ab, &b.p, &a.p, NULL);
	ck_assert_uint_eq(ab.ntypes, 1);
	ck_assert_int_eq(ab.meta.duration_ns, 5);
	ck_assert_uint_eq(ab.meta.inputs, 2);
	ck_assert_uint_eq(ab.meta.failed, 1);
	ck_assert_uint_eq(ab.ncomments, 1);
	ck_assert_uint_eq(prof_profile_skipped(&ab), 1);
	ck_assert_uint_eq(ab.note[0].where[0], 0);
	prof_profile_release(&ab);
	drop(&a);
	drop(&b);
}
END_TEST

START_TEST(notes_are_summed_by_text_and_kind)
{
	struct made a, b;
	struct prof_profile ab;

	start(&a, "cpu", "ns");
	start(&b, "cpu", "ns");
	prof_profile_note(&a.p, "z", 3, true);
	prof_profile_note(&a.p, "a", 3, true);
	prof_profile_note(&a.p, "z", 4, true);
	prof_profile_note(&b.p, "z", 5, false);
	prof_profile_note(&b.p, "z", 6, true);
	merge(&ab, &a.p, &b.p, NULL);
	ck_assert_uint_eq(ab.nnotes, 3);
	ck_assert_uint_eq(ab.note[0].count, 1);
	ck_assert_uint_eq(ab.note[1].count, 1);
	ck_assert(!ab.note[1].skipped);
	ck_assert_uint_eq(ab.note[2].count, 3);
	ck_assert_uint_eq(ab.note[2].where[0], 0);
	prof_profile_release(&ab);
	drop(&a);
	drop(&b);
}
END_TEST

/* Nothing of ours has a NUL, but a file may claim such notes. */
START_TEST(notes_may_hold_nul)
{
	static const char *const text[] = { "a\0x", "a\0y", "a\0\0" };
	struct made a;
	struct prof_profile aa;
	uint32_t i;

	start(&a, "cpu", "ns");
	for (i = 0; i < 3; i++) {
		prof_profile_note(&a.p, text[i], 0, true);
		PROF_RESERVE(a.p.note, a.p.note_cap, i + 1);
		a.p.note[i] = a.p.note[0];
		a.p.note[i].text = prof_strs_add(&a.p.strs, text[i], 3);
		a.p.note[i].count = 5;
	}
	a.p.nnotes = 3;
	merge(&aa, &a.p, &a.p, NULL);
	ck_assert_uint_eq(aa.nnotes, 3);
	for (i = 0; i < 3; i++) {
		ck_assert_uint_eq(prof_strs_len(&aa.strs, aa.note[i].text),
		    3);
		ck_assert_uint_eq(aa.note[i].count, 10);
	}
	prof_profile_release(&aa);
	drop(&a);
}
END_TEST

START_TEST(rows_of_zeros_and_tables_without_use_are_dropped)
{
	struct made a, b;
	struct prof_profile ab;

	start(&a, "cpu", "ns");
	start(&b, "cpu", "ns");
	sample(&a, at(&a, mod(&a, 0x1000, 0x2000, "m", ""), 0x1001), 5, 0);
	sample(&a, named(&a, "f"), 3, 0);
	sample(&a, named(&a, "zero"), 0, 0);
	sample(&b, at(&b, mod(&b, 0x1000, 0x2000, "m", ""), 0x1001), -5, 0);
	merge(&ab, &a.p, &b.p, NULL);
	ck_assert_uint_eq(ab.nsamples, 1);
	ck_assert_uint_eq(ab.nmod, 0);
	ck_assert_uint_eq(ab.nfn, 1);
	ck_assert_uint_eq(ab.nloc, 1);
	ck_assert_uint_eq(ab.stacks.n, 1);
	ck_assert_uint_eq(ab.strs.n, 3);
	prof_profile_release(&ab);
	drop(&a);
	drop(&b);
}
END_TEST

/* Times of one input only: those of the other are 0. */
START_TEST(samples_with_and_without_times_merge)
{
	struct made a, b;
	struct prof_profile ab;
	int64_t one = 1;

	start(&a, "cpu", "ns");
	start(&b, "cpu", "ns");
	b.b.timed = true;
	sample(&a, named(&a, "f"), 1, 0);
	prof_builder_sample(&b.b, 0, 0, 9, &one, &err);
	merge(&ab, &a.p, &b.p, NULL);
	ck_assert_uint_eq(ab.nsamples, 2);
	ck_assert_ptr_nonnull(ab.time);
	ck_assert_int_eq(ab.time[0] + ab.time[1], 9);
	prof_profile_release(&ab);
	drop(&a);
	drop(&b);
}
END_TEST

/* One row for each pair that should be one module, or not. */
static const struct {
	uint64_t from, to;
	const char *file, *build_id;
	bool same;		/* as 0x1000 to 0x2fff of "m", "id" */
} modules[] = {
	{ 0x1000, 0x2fff, "m", "id", true },
	{ 0x5000, 0x6fff, "m", "id", true },
	{ 0x5000, 0x6001, "elsewhere", "id", true },
	{ 0x5000, 0x7000, "", "id", true },
	{ 0x5000, 0x6000, "m", "id", false },
	{ 0x5000, 0x7001, "m", "id", false },
	{ 0x5000, 0x6fff, "m", "other", false },
	{ 0x5000, 0x6fff, "m", "", false },
	{ 0x5000, 0x6fff, "id", "", false }
};

START_TEST(mappings_are_one_by_build_id_and_pages)
{
	struct made a, b;
	struct prof_profile ab;

	start(&a, "cpu", "ns");
	start(&b, "cpu", "ns");
	sample(&a, at(&a, mod(&a, 0x1000, 0x2fff, "m", "id"), 0x1010), 1, 0);
	sample(&b, at(&b, mod(&b, modules[_i].from, modules[_i].to,
	    modules[_i].file, modules[_i].build_id), modules[_i].from + 16),
	    1, 0);
	merge(&ab, &a.p, &b.p, NULL);
	ck_assert_uint_eq(ab.nmod, modules[_i].same ? 1 : 2);
	ck_assert_uint_eq(ab.nsamples, ab.nmod);
	if (modules[_i].same) {
		ck_assert_uint_eq(ab.mod[0].start, 0x1000);
		ck_assert_uint_eq(ab.loc[0].address, 0x1010);
		ck_assert_uint_ge(ab.mod[0].limit, 0x2fff);
	}
	prof_profile_release(&ab);
	drop(&a);
	drop(&b);
}
END_TEST

START_TEST(the_mapping_with_most_frames_leads)
{
	struct made a;
	struct prof_profile one;
	uint32_t i;

	start(&a, "cpu", "ns");
	sample(&a, at(&a, mod(&a, 0x1000, 0x2000, "a", ""), 0x1001), 9, 0);
	for (i = 0; i < 5; i++)
		sample(&a, at(&a, mod(&a, 0x3000, 0x4000, "z", ""),
		    0x3001 + i), 1, 0);
	merge(&one, &a.p, NULL, NULL);
	ck_assert_str_eq(prof_profile_str(&one, one.mod[0].file), "z");
	ck_assert_str_eq(prof_profile_str(&one, one.mod[1].file), "a");
	prof_profile_release(&one);
	drop(&a);
}
END_TEST

START_TEST(a_stack_may_be_a_million_frames_deep)
{
	struct made a;
	struct prof_profile one, two;
	size_t i, n = 1000000;
	prof_loc *run = malloc(n * sizeof *run);
	int64_t value = 1;

	start(&a, "cpu", "ns");
	for (i = 0; i < n; i++)
		run[i] = i < 5 ? at(&a, 0, 1 + i) : run[i - 5];
	prof_builder_sample(&a.b, prof_builder_stack(&a.b, run, n), 0, 0,
	    &value, &err);
	merge(&one, &a.p, &a.p, NULL);
	merge(&two, &one, NULL, NULL);
	check_equal(&one, &two, "once, twice", 0);
	ck_assert_int_eq(one.value[0][0], 2);
	prof_profile_release(&one);
	prof_profile_release(&two);
	drop(&a);
	free(run);
}
END_TEST

START_TEST(a_merge_of_nothing_is_an_empty_profile)
{
	struct prof_profile none;

	merge(&none, NULL, NULL, NULL);
	ck_assert_uint_eq(none.ntypes, 0);
	ck_assert_uint_eq(none.nsamples, 0);
	prof_profile_release(&none);
	prof_merge_free(NULL);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("merge");

	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_loop_test(tc, merge_commutes, 0, 3);
	tcase_add_loop_test(tc, merge_associates, 0, 3);
	tcase_add_loop_test(tc, the_canonical_form_is_final, 0, 3);
	tcase_add_loop_test(tc, an_empty_profile_adds_nothing, 0, 3);
	tcase_add_loop_test(tc, ids_and_their_order_do_not_matter, 0, 3);
	tcase_add_loop_test(tc, totals_are_conserved, 0, 3);
	tcase_add_test(tc, an_address_that_is_not_known_stays_so);
	tcase_add_test(tc, columns_of_inlined_lines_keep_locations_apart);
	tcase_add_test(tc, no_row_is_lost_when_units_are_converted);
	tcase_add_test(tc, the_earliest_time_that_is_known_stays);
	tcase_add_test(tc, sums_that_leave_64_bits_are_errors);
	tcase_add_test(tc, scales_that_leave_64_bits_are_errors);
	tcase_add_test(tc, edges_that_leave_64_bits_are_errors);
	tcase_add_test(tc,
	    inputs_without_a_common_type_are_named_with_their_types);
	tcase_add_test(tc, the_same_name_for_other_things_is_not_common);
	tcase_add_test(tc, edges_of_other_types_are_named);
	tcase_add_test(tc, edges_alone_do_not_mix_with_samples);
	tcase_add_test(tc, edges_are_exact_if_all_of_them_are);
	tcase_add_test(tc, two_columns_of_one_name_are_told_apart);
	tcase_add_test(tc, scales_meet_at_the_greatest_common_size);
	tcase_add_test(tc, the_default_type_is_kept_if_all_show_it);
	tcase_add_test(tc, a_text_once_given_up_is_not_taken_up_again);
	tcase_add_loop_test(tc, a_dialect_is_kept_with_its_format_only, 0, 6);
	tcase_add_test(tc, inputs_are_counted);
	tcase_add_test(tc, a_recording_without_samples_keeps_its_header);
	tcase_add_test(tc, notes_are_summed_by_text_and_kind);
	tcase_add_test(tc, notes_may_hold_nul);
	tcase_add_test(tc, rows_of_zeros_and_tables_without_use_are_dropped);
	tcase_add_test(tc, samples_with_and_without_times_merge);
	tcase_add_loop_test(tc, mappings_are_one_by_build_id_and_pages, 0,
	    (int)(sizeof modules / sizeof modules[0]));
	tcase_add_test(tc, the_mapping_with_most_frames_leads);
	tcase_add_test(tc, a_stack_may_be_a_million_frames_deep);
	tcase_add_test(tc, a_merge_of_nothing_is_an_empty_profile);
	return test_main("merge", tc);
}
