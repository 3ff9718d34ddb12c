/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "libanalysis/match.h"
#include "libanalysis/nomem.h"

#define RUNS 4

/* One function of a run; NULL name: an address. */
struct fn {
	const char *name, *file, *module, *build_id;
	int64_t line;
	uint64_t address;
};

static struct prof_profile profile[RUNS];
static struct prof_rows view[RUNS];
static const struct prof_rows *runs[RUNS];
static struct prof_match m;

static void
fill(unsigned run, const struct fn *fn, size_t n)
{
	struct prof_profile *p = &profile[run];
	struct prof_builder b;
	struct prof_function f;
	struct prof_mapping mod;
	struct prof_location loc;
	struct prof_line line = { 0 };
	size_t i;

	memset(p, 0, sizeof *p);
	prof_builder_init(&b, p, NULL);
	for (i = 0; i < n; i++) {
		memset(&f, 0, sizeof f);
		memset(&mod, 0, sizeof mod);
		memset(&loc, 0, sizeof loc);
		if (fn[i].module != NULL) {
			mod.file = prof_strs_adds(&p->strs, fn[i].module);
			if (fn[i].build_id != NULL)
				mod.build_id = prof_strs_adds(&p->strs,
				    fn[i].build_id);
			mod.start = 0x1000 * (run + 1);
			loc.mapping = prof_builder_mapping(&b, mod);
			loc.address = mod.start + fn[i].address;
		}
		if (fn[i].name != NULL) {
			f.name = prof_strs_adds(&p->strs, fn[i].name);
			if (fn[i].file != NULL)
				f.file = prof_strs_adds(&p->strs, fn[i].file);
			f.start = fn[i].line;
			line.fn = prof_builder_function(&b, f);
		}
		prof_builder_location(&b, loc, &line, fn[i].name != NULL);
	}
	prof_builder_release(&b);
	prof_rows_init(&view[run], p, PROF_BY_FUNCTION);
	runs[run] = &view[run];
	ck_assert_uint_eq(view[run].n, n);
}

/* n functions that differ in their start lines alone. */
static void
fill_shared(unsigned run, const char *name, const char *file, uint32_t n,
    int64_t line)
{
	struct prof_profile *p = &profile[run];
	struct prof_function f = { 0 };
	struct prof_location loc = { 0 };
	struct prof_line l = { 0 };
	uint32_t i;

	memset(p, 0, sizeof *p);
	f.name = prof_strs_adds(&p->strs, name);
	f.file = prof_strs_adds(&p->strs, file);
	for (i = 0; i < n; i++) {
		f.start = line + i;
		l.fn = prof_profile_add_fn(p, f);
		prof_profile_add_loc(p, loc, &l, 1);
	}
	prof_rows_init(&view[run], p, PROF_BY_FUNCTION);
	runs[run] = &view[run];
}

static void
done(unsigned n)
{
	unsigned i;

	prof_match_release(&m);
	for (i = 0; i < n; i++) {
		prof_rows_release(&view[i]);
		prof_profile_release(&profile[i]);
	}
}

/* Row a of run 0 and row b of run 1 are the same function. */
static bool
same(uint32_t a, uint32_t b)
{
	return m.class_of[0][a] == m.class_of[1][b];
}

#define FILL(run, ...) \
	do { \
		const struct fn list[] = { __VA_ARGS__ }; \
		fill(run, list, sizeof list / sizeof list[0]); \
	} while (0)

START_TEST(a_unique_name_matches_whatever_file_and_module)
{
	FILL(0, { .name = "f", .file = "a.c", .line = 3 });
	FILL(1, { .name = "f", .module = "/lib/b.so" });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 1);
	ck_assert(same(1, 1));
	ck_assert(!m.shared[1]);
	done(2);
}
END_TEST

START_TEST(different_names_never_match)
{
	FILL(0, { .name = "f", .file = "a.c" }, { .name = "g" });
	FILL(1, { .name = "h", .file = "a.c" }, { .name = "g" });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 3);
	ck_assert(same(2, 2));
	done(2);
}
END_TEST

START_TEST(names_of_built_ins_match_across_versions_of_python)
{
	FILL(0, { .name = "{sum}" }, { .name = "{time.sleep}" },
	    { .name = "{method 'x' of 'y' objects}" }, { .name = "sum" });
	FILL(1, { .name = "{built-in method builtins.sum}" },
	    { .name = "{built-in method time.sleep}" },
	    { .name = "{method 'x' of 'y' objects}" }, { .name = "{}" });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 5);
	ck_assert(same(1, 1) && same(2, 2) && same(3, 3));
	done(2);
}
END_TEST

START_TEST(an_unclear_name_matches_by_file_base_name)
{
	FILL(0, { .name = "f", .file = "/v1/a.c" },
	    { .name = "f", .file = "/v1/b.c" });
	FILL(1, { .name = "f", .file = "/v2/b.c" },
	    { .name = "f", .file = "/v2/c.c" });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 3);
	ck_assert(same(2, 1));
	ck_assert(m.shared[1] && m.shared[2] && m.shared[3]);
	done(2);
}
END_TEST

START_TEST(equal_file_names_match_by_folder_where_folders_meet)
{
	FILL(0, { .name = "f", .file = "/v1/x/u.c" },
	    { .name = "f", .file = "/v1/y/u.c" });
	FILL(1, { .name = "f", .file = "/v2/z/u.c" },
	    { .name = "f", .file = "/v2/y/u.c" });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 3);
	ck_assert(same(2, 2));
	done(2);
}
END_TEST

START_TEST(folders_do_not_count_where_none_is_on_both_sides)
{
	FILL(0, { .name = "f", .file = "/v1/u.py", .line = 10 },
	    { .name = "f", .file = "/v1/u.py", .line = 20 });
	FILL(1, { .name = "f", .file = "/v2/u.py", .line = 25 },
	    { .name = "f", .file = "/v2/u.py", .line = 15 });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 2);
	ck_assert(same(1, 2));
	ck_assert(same(2, 1));
	done(2);
}
END_TEST

START_TEST(without_files_modules_tell_apart)
{
	FILL(0, { .name = "f", .module = "/a/libx.so.1" },
	    { .name = "f", .module = "/a/liby.so.1" });
	FILL(1, { .name = "f", .module = "/b/liby.so.1" },
	    { .name = "f", .module = "/b/libz.so.1" });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 3);
	ck_assert(same(2, 1));
	done(2);
}
END_TEST

START_TEST(two_builds_of_one_program_match_beside_a_library)
{
	FILL(0, { .name = "f", .module = "/a/work_v1" },
	    { .name = "f", .module = "/lib/libx.so" });
	FILL(1, { .name = "f", .module = "/lib/libx.so" },
	    { .name = "f", .module = "/b/work_v2" });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 2);
	ck_assert(same(1, 2));
	ck_assert(same(2, 1));
	done(2);
}
END_TEST

START_TEST(programs_of_both_sides_keep_their_functions_apart)
{
	FILL(0, { .name = "main", .module = "/bin/ls" },
	    { .name = "main", .module = "/bin/sh" });
	FILL(1, { .name = "main", .module = "/bin/sh" });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 2);
	ck_assert(same(2, 1));
	done(2);
}
END_TEST

START_TEST(unchanged_lines_match_though_one_was_not_sampled)
{
	FILL(0, { .name = "f", .file = "a.py", .line = 10 },
	    { .name = "f", .file = "a.py", .line = 20 },
	    { .name = "f", .file = "a.py", .line = 30 });
	FILL(1, { .name = "f", .file = "a.py", .line = 20 },
	    { .name = "f", .file = "a.py", .line = 30 });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 3);
	ck_assert(same(2, 1));
	ck_assert(same(3, 2));
	done(2);
}
END_TEST

START_TEST(moved_lines_match_in_their_order)
{
	FILL(0, { .name = "f", .file = "a.py", .line = 10 },
	    { .name = "f", .file = "a.py", .line = 11 },
	    { .name = "f", .file = "a.py", .line = 30 });
	FILL(1, { .name = "f", .file = "a.py", .line = 11 },
	    { .name = "f", .file = "a.py", .line = 12 });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 3);
	ck_assert(same(1, 1));
	ck_assert(same(2, 2));
	done(2);
}
END_TEST

START_TEST(a_line_missed_once_is_found_again_behind_an_edit)
{
	FILL(0, { .name = "f", .file = "a.py", .line = 10 },
	    { .name = "f", .file = "a.py", .line = 20 },
	    { .name = "f", .file = "a.py", .line = 30 });
	FILL(1, { .name = "f", .file = "a.py", .line = 12 },
	    { .name = "f", .file = "a.py", .line = 22 });
	FILL(2, { .name = "f", .file = "a.py", .line = 12 },
	    { .name = "f", .file = "a.py", .line = 32 });
	FILL(3, { .name = "f", .file = "a.py", .line = 12 },
	    { .name = "f", .file = "a.py", .line = 22 },
	    { .name = "f", .file = "a.py", .line = 32 });
	prof_match_init(&m, runs, 4, 1);
	ck_assert_uint_eq(m.n, 3);
	ck_assert(same(1, 1));
	ck_assert(same(2, 2));
	ck_assert_uint_eq(m.class_of[2][2], m.class_of[0][3]);
	ck_assert_uint_eq(m.class_of[3][2], m.class_of[0][2]);
	done(4);
}
END_TEST

START_TEST(extreme_lines_do_no_harm)
{
	FILL(0, { .name = "f", .file = "a.py", .line = INT64_MIN },
	    { .name = "f", .file = "a.py", .line = 0 },
	    { .name = "f", .file = "a.py", .line = INT64_MAX });
	FILL(1, { .name = "f", .file = "a.py", .line = INT64_MAX },
	    { .name = "f", .file = "a.py", .line = 5 });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 3);
	done(2);
}
END_TEST

START_TEST(addresses_match_relative_to_their_build)
{
	FILL(0, { .module = "/a/x", .build_id = "b1", .address = 0x40 },
	    { .module = "/a/y", .address = 0x40 },
	    { .module = "/a/y", .address = 0x50 });
	FILL(1, { .module = "/c/z", .build_id = "b1", .address = 0x40 },
	    { .module = "/c/y", .address = 0x40 },
	    { .module = "/c/y", .build_id = "b2", .address = 0x50 });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 4);
	ck_assert(same(1, 1));
	ck_assert(same(2, 2));
	done(2);
}
END_TEST

START_TEST(a_function_called_like_an_address_is_no_address)
{
	FILL(0, { .name = "0x40 [y]" });
	FILL(1, { .module = "y", .address = 0x40 });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 2);
	done(2);
}
END_TEST

START_TEST(runs_of_a_side_meet_in_one_class)
{
	size_t n;
	const struct prof_match_member *at;

	FILL(0, { .name = "f", .file = "a.c", .line = 3 });
	FILL(1, { .name = "g" }, { .name = "f", .file = "a.c", .line = 4 });
	FILL(2, { .name = "f", .file = "/x/a.c", .line = 5 });
	prof_match_init(&m, runs, 3, 2);
	ck_assert_uint_eq(m.n, 2);
	at = prof_match_members(&m, m.class_of[0][1], &n);
	ck_assert_uint_eq(n, 3);
	ck_assert_uint_eq(at[1].run, 1);
	ck_assert_uint_eq(at[1].row, 2);
	ck_assert_str_eq(prof_match_row(&m, m.class_of[0][1])->file,
	    "/x/a.c");
	ck_assert_ptr_null(prof_match_on(&m, m.class_of[1][1], 1));
	done(3);
}
END_TEST

START_TEST(a_name_for_two_files_in_two_runs_is_not_clear)
{
	FILL(0, { .name = "f", .file = "a.c" });
	FILL(1, { .name = "f", .file = "b.c" });
	FILL(2, { .name = "f", .file = "b.c" });
	prof_match_init(&m, runs, 3, 2);
	ck_assert_uint_eq(m.n, 2);
	ck_assert_uint_eq(m.class_of[1][1], m.class_of[2][1]);
	done(3);
}
END_TEST

START_TEST(a_run_that_knows_no_files_is_of_the_file_of_the_others)
{
	FILL(0, { .name = "f" }, { .name = "g", .module = "/bin/x" });
	FILL(1, { .name = "f", .file = "a.c", .line = 3 },
	    { .name = "g", .file = "b.c" });
	FILL(2, { .name = "f", .file = "a.c" }, { .name = "g" });
	prof_match_init(&m, runs, 3, 2);
	ck_assert_uint_eq(m.n, 2);
	ck_assert(same(1, 1) && same(2, 2));
	done(3);
}
END_TEST

START_TEST(a_name_without_a_file_goes_to_the_only_one_of_its_side)
{
	FILL(0, { .name = "f" });
	FILL(1, { .name = "f", .file = "b.c" });
	FILL(2, { .name = "f", .file = "a.c" }, { .name = "f",
	    .file = "b.c" });
	prof_match_init(&m, runs, 3, 2);
	ck_assert_uint_eq(m.n, 2);
	ck_assert(same(1, 1));
	ck_assert_uint_eq(m.class_of[0][1], m.class_of[2][2]);
	done(3);
}
END_TEST

START_TEST(a_name_without_a_file_stays_apart_where_two_have_it)
{
	FILL(0, { .name = "f" });
	FILL(1, { .name = "f", .file = "a.c" }, { .name = "f",
	    .file = "b.c" });
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, 3);
	done(2);
}
END_TEST

START_TEST(a_library_s_function_without_a_file_is_another_one)
{
	FILL(0, { .name = "f", .file = "a.c", .module = "/lib/a.so" });
	FILL(1, { .name = "f", .module = "/lib/b.so" });
	FILL(2, { .name = "f", .file = "a.c", .module = "/lib/a.so" },
	    { .name = "f", .module = "/lib/b.so" });
	prof_match_init(&m, runs, 3, 2);
	ck_assert_uint_eq(m.n, 2);
	ck_assert_uint_eq(m.class_of[0][1], m.class_of[2][1]);
	ck_assert_uint_eq(m.class_of[1][1], m.class_of[2][2]);
	done(3);
}
END_TEST

START_TEST(rows_by_name_match_whatever_their_files)
{
	unsigned r;

	FILL(0, { .name = "f", .file = "a.c" });
	FILL(1, { .name = "f", .file = "b.c" });
	FILL(2, { .name = "f", .module = "/lib/c.so" });
	for (r = 0; r < 3; r++) {
		prof_rows_release(&view[r]);
		prof_rows_init(&view[r], &profile[r], PROF_BY_NAME);
	}
	prof_match_init(&m, runs, 3, 2);
	ck_assert_uint_eq(m.n, 1);
	done(3);
}
END_TEST

START_TEST(no_class_has_two_rows_of_one_run)
{
	struct fn list[300];
	char name[300][8], file[300][24];
	const struct prof_match_member *at;
	uint32_t c;
	size_t i, n;
	unsigned run;

	for (run = 0; run < RUNS; run++) {
		for (i = 0; i < 300; i++) {
			memset(&list[i], 0, sizeof list[i]);
			snprintf(name[i], sizeof name[i], "f%zu", i % 7);
			snprintf(file[i], sizeof file[i], "/%zu/%u/%zu.c",
			    i % 3, run / 2, i % 11 / 2);
			list[i].name = name[i];
			list[i].file = file[i];
			list[i].line = (int64_t)(i * (run + 1));
		}
		fill(run, list, 300);
	}
	prof_match_init(&m, runs, RUNS, 2);
	for (c = 1; c <= m.n; c++) {
		at = prof_match_members(&m, c, &n);
		for (i = 1; i < n; i++)
			ck_assert_uint_lt(at[i - 1].run, at[i].run);
		for (i = 0; i < n; i++)
			ck_assert_uint_eq(m.class_of[at[i].run][at[i].row], c);
	}
	ck_assert_uint_eq(m.first[m.n], 300 * RUNS);
	done(RUNS);
}
END_TEST

/* Some names are clear, some need each of the ways to tell apart. */
static void
fill_random(unsigned run, unsigned seed)
{
	static const char *const files[] = { "", "/v1/a.c", "/v1/x/a.c",
	    "/v2/a.c", "/v2/x/a.c", "/v2/y/b.c" };
	static const char *const modules[] = { "/bin/p", "/bin/q",
	    "/lib/l.so" };
	struct prof_profile *p = &profile[run];
	struct prof_builder b;
	char name[8];
	unsigned i;

	memset(p, 0, sizeof *p);
	prof_builder_init(&b, p, NULL);
	for (i = 0; i < 40; i++) {
		struct prof_function f = { 0 };
		struct prof_mapping mod = { 0 };
		struct prof_location loc = { 0 };
		struct prof_line line = { 0 };

		seed = seed * 1103515245 + 12345;
		snprintf(name, sizeof name, "f%u", seed >> 8 & 7);
		f.name = prof_strs_adds(&p->strs, name);
		f.file = prof_strs_adds(&p->strs, files[(seed >> 12) % 6]);
		f.start = f.file != 0 ? (seed >> 16 & 3) * 10 : 0;
		mod.file = prof_strs_adds(&p->strs, modules[(seed >> 20) % 3]);
		loc.mapping = prof_builder_mapping(&b, mod);
		line.fn = prof_builder_function(&b, f);
		prof_builder_location(&b, loc, &line, 1);
	}
	prof_builder_release(&b);
	prof_rows_init(&view[run], p, PROF_BY_FUNCTION);
	runs[run] = &view[run];
}

START_TEST(swapped_sides_give_the_same_pairs)
{
	struct prof_match swapped;
	const struct prof_rows *back[2];
	uint32_t i, j;

	fill_random(0, (unsigned)_i + 1);
	fill_random(1, (unsigned)_i + 1000);
	back[0] = runs[1];
	back[1] = runs[0];
	prof_match_init(&m, runs, 2, 1);
	prof_match_init(&swapped, back, 2, 1);
	ck_assert_uint_eq(m.n, swapped.n);
	for (i = 1; i <= view[0].n; i++)
		for (j = 1; j <= view[1].n; j++)
			ck_assert_int_eq(same(i, j), swapped.class_of[1][i] ==
			    swapped.class_of[0][j]);
	prof_match_release(&swapped);
	done(2);
}
END_TEST

START_TEST(a_run_against_itself_pairs_every_row)
{
	uint32_t i;

	fill_random(0, (unsigned)_i);
	runs[1] = runs[0];
	prof_match_init(&m, runs, 2, 1);
	ck_assert_uint_eq(m.n, view[0].n);
	for (i = 1; i <= view[0].n; i++)
		ck_assert(same(i, i));
	done(1);
}
END_TEST

START_TEST(classes_do_not_depend_on_the_seed)
{
	struct fn list[200];
	char name[200][8];
	struct prof_match again;
	size_t i;

	for (i = 0; i < 200; i++) {
		memset(&list[i], 0, sizeof list[i]);
		snprintf(name[i], sizeof name[i], "f%zu", i * 7919 % 151);
		list[i].name = name[i];
		list[i].file = i < 151 ? "a.c" : "b.c";
	}
	fill(0, list, 200);
	fill(1, list + 50, 150);
	prof_match_init(&m, runs, 2, 1);
	prof_match_init(&again, runs, 2, 1);
	for (i = 0; i <= 200; i++)
		ck_assert_uint_eq(m.class_of[0][i], again.class_of[0][i]);
	for (i = 0; i <= 150; i++)
		ck_assert_uint_eq(m.class_of[1][i], again.class_of[1][i]);
	prof_match_release(&again);
	done(2);
}
END_TEST

START_TEST(rank_orders_by_name_file_and_line)
{
	uint32_t rank[5];

	FILL(0, { .name = "b" }, { .name = "a", .file = "y", .line = 9 },
	    { .name = "a", .file = "y", .line = 8 },
	    { .name = "a", .file = "x", .line = 10 });
	FILL(1, { .name = "b" });
	prof_match_init(&m, runs, 2, 1);
	prof_match_rank(&m, rank);
	ck_assert_uint_eq(rank[0], 0);
	ck_assert_uint_eq(rank[m.class_of[0][4]], 1);
	ck_assert_uint_eq(rank[m.class_of[0][3]], 2);
	ck_assert_uint_eq(rank[m.class_of[0][2]], 3);
	ck_assert_uint_eq(rank[m.class_of[0][1]], 4);
	done(2);
}
END_TEST

/* A small file can give a million functions one name of a megabyte. */
START_TEST(a_long_name_is_not_looked_at_for_each_row)
{
	enum { LENGTH = 1 << 20, FUNCTIONS = 30000 };
	char *name = prof_zalloc(LENGTH + 1, 1);
	char *file = prof_zalloc(LENGTH + 1, 1);
	uint32_t *rank, i;

	memset(name, 'n', LENGTH);
	memset(file, 'f', LENGTH);
	fill_shared(0, name, file, FUNCTIONS, 1);
	fill_shared(1, name, file, FUNCTIONS, 7);
	prof_match_init(&m, runs, 2, 1);
	rank = prof_alloc((size_t)m.n + 1, sizeof *rank);
	prof_match_rank(&m, rank);
	ck_assert_uint_eq(m.n, FUNCTIONS);
	for (i = 1; i <= FUNCTIONS; i++)
		ck_assert(same(i, i));
	free(rank);
	free(name);
	free(file);
	done(2);
}
END_TEST

START_TEST(empty_runs_have_no_classes)
{
	uint32_t rank[1];

	memset(&profile[0], 0, sizeof profile[0]);
	memset(&profile[1], 0, sizeof profile[1]);
	prof_rows_init(&view[0], &profile[0], PROF_BY_NAME);
	prof_rows_init(&view[1], &profile[1], PROF_BY_NAME);
	runs[0] = &view[0];
	runs[1] = &view[1];
	prof_match_init(&m, runs, 2, 1);
	prof_match_rank(&m, rank);
	ck_assert_uint_eq(m.n, 0);
	done(2);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("match");
	TCase *tc = tcase_create("match");
	SRunner *r;
	int failed;

	tcase_add_test(tc, a_unique_name_matches_whatever_file_and_module);
	tcase_add_test(tc, different_names_never_match);
	tcase_add_test(tc,
	    names_of_built_ins_match_across_versions_of_python);
	tcase_add_test(tc, an_unclear_name_matches_by_file_base_name);
	tcase_add_test(tc, equal_file_names_match_by_folder_where_folders_meet);
	tcase_add_test(tc, folders_do_not_count_where_none_is_on_both_sides);
	tcase_add_test(tc, without_files_modules_tell_apart);
	tcase_add_test(tc, two_builds_of_one_program_match_beside_a_library);
	tcase_add_test(tc, programs_of_both_sides_keep_their_functions_apart);
	tcase_add_test(tc, unchanged_lines_match_though_one_was_not_sampled);
	tcase_add_test(tc, moved_lines_match_in_their_order);
	tcase_add_test(tc, a_line_missed_once_is_found_again_behind_an_edit);
	tcase_add_test(tc, extreme_lines_do_no_harm);
	tcase_add_test(tc, addresses_match_relative_to_their_build);
	tcase_add_test(tc, a_function_called_like_an_address_is_no_address);
	tcase_add_test(tc, runs_of_a_side_meet_in_one_class);
	tcase_add_test(tc, a_name_for_two_files_in_two_runs_is_not_clear);
	tcase_add_test(tc,
	    a_run_that_knows_no_files_is_of_the_file_of_the_others);
	tcase_add_test(tc,
	    a_name_without_a_file_goes_to_the_only_one_of_its_side);
	tcase_add_test(tc,
	    a_name_without_a_file_stays_apart_where_two_have_it);
	tcase_add_test(tc,
	    a_library_s_function_without_a_file_is_another_one);
	tcase_add_test(tc,
	    rows_by_name_match_whatever_their_files);
	tcase_add_test(tc, no_class_has_two_rows_of_one_run);
	tcase_add_loop_test(tc, swapped_sides_give_the_same_pairs, 0, 100);
	tcase_add_loop_test(tc, a_run_against_itself_pairs_every_row, 0, 100);
	tcase_add_test(tc, classes_do_not_depend_on_the_seed);
	tcase_add_test(tc, rank_orders_by_name_file_and_line);
	tcase_add_test(tc, a_long_name_is_not_looked_at_for_each_row);
	tcase_add_test(tc, empty_runs_have_no_classes);
	suite_add_tcase(s, tc);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
