/* SPDX-License-Identifier: MIT */
#include "libanalysis/rows.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "tests/make.h"
#include "tests/support.h"

static struct made m;
static struct prof_rows v;

static void
setup(void)
{
	make_start(&m, "cpu", "ns");
	memset(&v, 0, sizeof v);
}

static void
teardown(void)
{
	prof_rows_release(&v);
	make_drop(&m);
}

static void
view(enum prof_granularity by)
{
	prof_rows_release(&v);
	prof_rows_init(&v, &m.p, by);
}

/* The only row of a location. */
static uint32_t
row_of(prof_loc loc)
{
	const uint32_t *rows;
	size_t n;

	rows = prof_rows_of(&v, loc, &n);
	ck_assert_uint_eq(n, 1);
	return rows[0];
}

static const char *
name_of(prof_loc loc)
{
	return prof_rows_get(&v, row_of(loc))->name;
}

static prof_loc
function(const char *name, const char *file, int64_t start)
{
	struct prof_function f = { .start = start };
	struct prof_location l = { .mapping = m.mapping };
	struct prof_line line = { 0 };

	f.name = make_str(&m, name);
	f.file = make_str(&m, file);
	line.fn = prof_builder_function(&m.b, f);
	return prof_builder_location(&m.b, l, &line, 1);
}

START_TEST(no_locations_make_no_rows)
{
	view(PROF_BY_FUNCTION);
	ck_assert_uint_eq(v.n, 0);
}
END_TEST

START_TEST(a_function_is_name_file_and_start)
{
	prof_loc a = function("f", "a.c", 1), b = function("f", "a.c", 1);
	prof_loc c = function("f", "a.c", 2), d = function("f", "b.c", 1);
	prof_loc e = function("g", "a.c", 1);

	view(PROF_BY_FUNCTION);
	ck_assert_uint_eq(v.n, 4);
	ck_assert_uint_eq(row_of(a), row_of(b));
	ck_assert(row_of(a) != row_of(c) && row_of(a) != row_of(d) &&
	    row_of(a) != row_of(e));
	ck_assert_str_eq(prof_rows_get(&v, row_of(d))->file, "b.c");
	ck_assert_int_eq(prof_rows_get(&v, row_of(c))->line, 2);
}
END_TEST

START_TEST(the_lines_of_a_function_are_one_row)
{
	struct prof_location l = { 0 };
	struct prof_line line = { .fn = make_fn(&m, "f"), .line = 1 };
	prof_loc a = prof_builder_location(&m.b, l, &line, 1), b;

	line.line = 2;
	line.column = 7;
	l.address = 5;
	b = prof_builder_location(&m.b, l, &line, 1);
	view(PROF_BY_FUNCTION);
	ck_assert_uint_ne(a, b);
	ck_assert_uint_eq(row_of(a), row_of(b));
}
END_TEST

START_TEST(without_a_file_the_module_tells_functions_apart)
{
	prof_loc a, b, c, d;

	make_mod(&m, 0x1000, 0x2000, "libx.so", "");
	a = function("f", "", 0);
	d = function("f", "f.c", 0);
	make_mod(&m, 0x3000, 0x4000, "liby.so", "");
	b = function("f", "", 0);
	make_mod(&m, 0x5000, 0x6000, "libx.so", "other");
	c = function("f", "", 0);
	view(PROF_BY_FUNCTION);
	ck_assert(row_of(a) != row_of(b) && row_of(a) != row_of(d));
	ck_assert_uint_eq(row_of(a), row_of(c));
	ck_assert_str_eq(prof_rows_get(&v, row_of(b))->module, "liby.so");
}
END_TEST

START_TEST(a_start_line_does_not_stand_for_a_file)
{
	prof_loc a, b, c;

	make_mod(&m, 0x1000, 0x2000, "libx.so", "");
	a = function("f", "", 7);
	c = function("f", "", 8);
	make_mod(&m, 0x3000, 0x4000, "liby.so", "");
	b = function("f", "", 7);
	view(PROF_BY_FUNCTION);
	ck_assert_uint_ne(row_of(a), row_of(b));
	ck_assert_uint_ne(row_of(a), row_of(c));
}
END_TEST

START_TEST(with_a_file_the_module_does_not_matter)
{
	prof_loc a, b;

	make_mod(&m, 0x1000, 0x2000, "v1", "");
	a = function("f", "f.c", 3);
	make_mod(&m, 0x3000, 0x4000, "v2", "");
	b = function("f", "f.c", 3);
	view(PROF_BY_FUNCTION);
	ck_assert_uint_eq(row_of(a), row_of(b));
}
END_TEST

START_TEST(by_name_only_the_name_matters)
{
	prof_loc a = function("f", "a.c", 1), b = function("f", "b.c", 2);
	prof_loc c, d = function("g", "a.c", 1);

	make_mod(&m, 0x1000, 0x2000, "libx.so", "");
	c = function("f", "", 0);
	view(PROF_BY_NAME);
	ck_assert_uint_eq(v.n, 2);
	ck_assert_uint_eq(row_of(a), row_of(b));
	ck_assert_uint_eq(row_of(a), row_of(c));
	ck_assert_uint_ne(row_of(a), row_of(d));
}
END_TEST

START_TEST(a_function_without_a_name_has_its_linker_name)
{
	struct prof_function f = { .system = make_str(&m, "_Zf") };
	struct prof_location l = { 0 };
	struct prof_line line = { .fn = prof_builder_function(&m.b, f) };
	prof_loc a = prof_builder_location(&m.b, l, &line, 1);

	view(PROF_BY_FUNCTION);
	ck_assert_str_eq(name_of(a), "_Zf");
	ck_assert(!prof_rows_get(&v, row_of(a))->nameless);
}
END_TEST

START_TEST(names_may_hold_nul)
{
	struct prof_function f = { 0 };
	struct prof_location l = { 0 };
	struct prof_line line = { 0 };
	prof_loc a, b;

	f.name = prof_strs_add(&m.p.strs, "x\0a", 3);
	line.fn = prof_builder_function(&m.b, f);
	a = prof_builder_location(&m.b, l, &line, 1);
	f.name = prof_strs_add(&m.p.strs, "x\0b", 3);
	line.fn = prof_builder_function(&m.b, f);
	b = prof_builder_location(&m.b, l, &line, 1);
	view(PROF_BY_NAME);
	ck_assert_uint_ne(row_of(a), row_of(b));
	ck_assert_uint_eq(prof_rows_get(&v, row_of(a))->name_len, 3);
}
END_TEST

START_TEST(files_and_modules_may_hold_nul)
{
	struct prof_mapping o = { .start = 0x1000, .limit = 0x2000 };
	struct prof_function f = { 0 };
	struct prof_location l = { 0 };
	struct prof_line line = { 0 };
	const struct prof_row *r;
	prof_loc a;

	f.name = make_str(&m, "f");
	f.file = prof_strs_add(&m.p.strs, "x\0a", 3);
	o.file = prof_strs_add(&m.p.strs, "y\0bc", 4);
	l.mapping = prof_builder_mapping(&m.b, o);
	line.fn = prof_builder_function(&m.b, f);
	a = prof_builder_location(&m.b, l, &line, 1);
	view(PROF_BY_FUNCTION);
	r = prof_rows_get(&v, row_of(a));
	ck_assert_uint_eq(r->file_len, 3);
	ck_assert_mem_eq(r->file, "x\0a", 3);
	ck_assert_uint_eq(r->module_len, 4);
	ck_assert_mem_eq(r->module, "y\0bc", 4);
}
END_TEST

START_TEST(inlined_lines_are_rows_innermost_first)
{
	prof_loc a = make_named(&m, "main|parse|next", 15);
	const uint32_t *rows;
	size_t n;

	view(PROF_BY_FUNCTION);
	rows = prof_rows_of(&v, a, &n);
	ck_assert_uint_eq(n, 3);
	ck_assert_str_eq(prof_rows_get(&v, rows[0])->name, "next");
	ck_assert_str_eq(prof_rows_get(&v, rows[2])->name, "main");
	ck_assert(prof_rows_get(&v, rows[0])->inlined);
	ck_assert(prof_rows_get(&v, rows[1])->inlined);
	ck_assert(!prof_rows_get(&v, rows[2])->inlined);
}
END_TEST

START_TEST(a_row_is_inlined_only_if_it_always_is)
{
	prof_loc a, b;
	const uint32_t *rows;
	size_t n;

	a = make_named(&m, "main|next", 9);
	b = make_named(&m, "next", 4);
	view(PROF_BY_FUNCTION);
	rows = prof_rows_of(&v, a, &n);
	ck_assert_uint_eq(rows[0], row_of(b));
	ck_assert(!prof_rows_get(&v, rows[0])->inlined);
}
END_TEST

START_TEST(a_flag_makes_a_whole_location_inlined)
{
	struct prof_location l = { .flags = PROF_LOC_INLINED };
	struct prof_line line = { .fn = make_fn(&m, "f") };
	prof_loc a = prof_builder_location(&m.b, l, &line, 1);

	view(PROF_BY_FUNCTION);
	ck_assert(prof_rows_get(&v, row_of(a))->inlined);
}
END_TEST

START_TEST(the_kind_is_that_of_the_location)
{
	struct prof_location l = { .kind = PROF_KIND_KERNEL };
	struct prof_line line = { .fn = make_fn(&m, "f") };
	prof_loc a = prof_builder_location(&m.b, l, &line, 1);

	view(PROF_BY_FUNCTION);
	ck_assert_uint_eq(prof_rows_get(&v, row_of(a))->kind,
	    PROF_KIND_KERNEL);
}
END_TEST

START_TEST(without_a_function_the_address_is_the_name)
{
	prof_loc a, b, c;

	a = make_at(&m, 0x1234);
	make_mod(&m, 0x1000, 0x2000, "/usr/lib/libc.so.6", "");
	b = make_at(&m, 0x15f0);
	make_mod(&m, 0x3000, 0x4000, "", "id");
	c = make_at(&m, 0x3001);
	view(PROF_BY_FUNCTION);
	ck_assert_str_eq(name_of(a), "0x1234");
	ck_assert_str_eq(name_of(b), "0x15f0 [libc.so.6]");
	ck_assert_str_eq(name_of(c), "0x3001");
	ck_assert_uint_eq(prof_rows_get(&v, row_of(b))->name_len, 18);
	ck_assert(prof_rows_get(&v, row_of(a))->nameless);
	ck_assert_uint_eq(prof_rows_get(&v, row_of(a))->address, 0x1234);
	ck_assert_uint_eq(prof_rows_get(&v, row_of(b))->address, 0x5f0);
	ck_assert_str_eq(prof_rows_get(&v, row_of(b))->module,
	    "/usr/lib/libc.so.6");
	ck_assert_str_eq(prof_rows_get(&v, row_of(c))->build_id, "id");
	ck_assert(!prof_rows_get(&v, row_of(a))->inlined);
}
END_TEST

START_TEST(an_address_is_known_by_build_id_or_else_module)
{
	prof_loc a, b, c, d;

	make_mod(&m, 0x1000, 0x2000, "old/x", "id");
	a = make_at(&m, 0x1010);
	make_mod(&m, 0x7000, 0x8000, "new/x", "id");
	b = make_at(&m, 0x7010);
	make_mod(&m, 0x1000, 0x2000, "new/x", "");
	c = make_at(&m, 0x1010);
	make_mod(&m, 0x5000, 0x6000, "new/x", "");
	d = make_at(&m, 0x5010);
	view(PROF_BY_FUNCTION);
	ck_assert_uint_eq(row_of(a), row_of(b));
	ck_assert_uint_eq(row_of(c), row_of(d));
	ck_assert_uint_ne(row_of(a), row_of(c));
}
END_TEST

START_TEST(addresses_that_are_not_known_are_one_row_of_a_module)
{
	prof_loc a, b, c;

	make_mod(&m, 0x1000, 0x2000, "x", "id");
	a = make_at(&m, 0);
	c = make_at(&m, 0x1000);
	make_mod(&m, 0x7000, 0x8000, "x", "id");
	b = make_at(&m, 0);
	view(PROF_BY_FUNCTION);
	ck_assert_uint_eq(row_of(a), row_of(b));
	ck_assert_uint_ne(row_of(a), row_of(c));
	ck_assert_str_eq(name_of(a), "[x]");
	ck_assert_str_eq(name_of(c), "0x1000 [x]");
	ck_assert_uint_eq(prof_rows_get(&v, row_of(a))->address, 0);
}
END_TEST

START_TEST(by_name_addresses_are_one_row_of_a_file)
{
	struct prof_location l = { .address = 0x1100 };
	prof_loc none = prof_builder_location(&m.b, l, NULL, 0), a, b, c;

	l.mapping = make_mod(&m, 0x1000, 0x2000, "/lib/x.so", "");
	a = prof_builder_location(&m.b, l, NULL, 0);
	l.address = 0x1200;
	b = prof_builder_location(&m.b, l, NULL, 0);
	l.mapping = make_mod(&m, 0x3000, 0x4000, "/lib/x.so", "beef");
	c = prof_builder_location(&m.b, l, NULL, 0);
	view(PROF_BY_NAME);
	ck_assert_uint_eq(v.n, 2);
	ck_assert(row_of(a) == row_of(b) && row_of(a) == row_of(c));
	ck_assert_str_eq(name_of(a), "[x.so]");
	ck_assert_uint_eq(prof_rows_get(&v, row_of(a))->name_len, 6);
	ck_assert_str_eq(name_of(none), "<unknown>");
}
END_TEST

START_TEST(a_million_lines_at_one_place_are_rows)
{
	struct prof_location l = { 0 };
	struct prof_line *line = prof_alloc(1000000, sizeof *line);
	uint32_t i;
	size_t n;

	for (i = 0; i < 1000000; i++)
		line[i] = (struct prof_line){ 1 + i % 2, i, 0 };
	make_fn(&m, "f");
	make_fn(&m, "g");
	prof_profile_add_loc(&m.p, l, line, 1000000);
	view(PROF_BY_FUNCTION);
	ck_assert_uint_eq(v.n, 2);
	prof_rows_of(&v, 1, &n);
	ck_assert_uint_eq(n, 1000000);
	free(line);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("rows");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, no_locations_make_no_rows);
	tcase_add_test(tc, a_function_is_name_file_and_start);
	tcase_add_test(tc, the_lines_of_a_function_are_one_row);
	tcase_add_test(tc, without_a_file_the_module_tells_functions_apart);
	tcase_add_test(tc, a_start_line_does_not_stand_for_a_file);
	tcase_add_test(tc, with_a_file_the_module_does_not_matter);
	tcase_add_test(tc, by_name_only_the_name_matters);
	tcase_add_test(tc, a_function_without_a_name_has_its_linker_name);
	tcase_add_test(tc, names_may_hold_nul);
	tcase_add_test(tc, files_and_modules_may_hold_nul);
	tcase_add_test(tc, inlined_lines_are_rows_innermost_first);
	tcase_add_test(tc, a_row_is_inlined_only_if_it_always_is);
	tcase_add_test(tc, a_flag_makes_a_whole_location_inlined);
	tcase_add_test(tc, the_kind_is_that_of_the_location);
	tcase_add_test(tc, without_a_function_the_address_is_the_name);
	tcase_add_test(tc, an_address_is_known_by_build_id_or_else_module);
	tcase_add_test(tc,
	    addresses_that_are_not_known_are_one_row_of_a_module);
	tcase_add_test(tc, by_name_addresses_are_one_row_of_a_file);
	tcase_add_test(tc, a_million_lines_at_one_place_are_rows);
	return test_main("rows", tc);
}
