/* SPDX-License-Identifier: MIT */
#include "libanalysis/check.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "tests/support.h"

static struct prof_profile p;
static struct prof_err err;

#define FAR 1000000

/* Some of everything, and all of it right. */
static void
setup(void)
{
	struct prof_builder b;
	struct prof_function f = { .start = 1 };
	struct prof_mapping m = { .start = 1, .limit = 2 };
	struct prof_location l = { .address = 1, .mapping = 1 };
	struct prof_line line[2] = { { 1, 1, 1 }, { 1, 2, 2 } };
	struct prof_label label = { 0 };
	int64_t values[2] = { 1, 2 };
	prof_loc run[2] = { 1, 2 };
	prof_str s;

	memset(&p, 0, sizeof p);
	memset(&err, 0, sizeof err);
	prof_builder_init(&b, &p, NULL);
	s = prof_strs_adds(&p.strs, "s");
	f.name = m.file = label.key = label.str = s;
	prof_profile_add_type(&p, s, s);
	prof_profile_add_type(&p, 0, 0);
	prof_builder_function(&b, f);
	prof_builder_mapping(&b, m);
	prof_builder_location(&b, l, line, 2);
	prof_builder_location(&b, l, NULL, 0);
	prof_builder_sample(&b, prof_builder_stack(&b, run, 2),
	    prof_builder_set(&b, &label, 1), 0, values, &err);
	prof_builder_stack(&b, run, 1);
	prof_builder_release(&b);
	p.edges.ntypes = 1;
	p.edges.type[0] = p.type[0];
	prof_profile_add_edge(&p, 0, 1, 0, values);
	prof_profile_add_comment(&p, s);
	prof_profile_note(&p, "s", 0, true);
}

static void
teardown(void)
{
	prof_profile_release(&p);
}

static void name(void) { p.fn[0].name = FAR; }
static void system_name(void) { p.fn[0].system = FAR; }
static void file(void) { p.fn[0].file = 2; }
static void module(void) { p.mod[0].file = FAR; }
static void build_id(void) { p.mod[0].build_id = FAR; }
static void no_function(void) { p.line[1].fn = 0; }
static void function(void) { p.line[1].fn = 2; }
static void mapping(void) { p.loc[0].mapping = 2; }
static void first_line(void) { p.loc[1].first_line = FAR; }
static void lines(void) { p.loc[0].nlines = 3; }
static void many_lines(void) { p.loc[0].nlines = UINT32_MAX; }
static void kind(void) { p.loc[1].kind = PROF_KIND_BUILTIN + 1; }
static void run_start(void) { p.stacks.end[0] = 1; }
static void run_falls(void) { p.stacks.end[2] = 1; }
static void run_far(void) { p.stacks.end[2] = p.stacks.cap + 1; }
static void no_frame(void) { p.frame[1] = 0; }
static void frame(void) { p.frame[2] = 3; }
static void set_start(void) { p.sets.end[0] = 1; }
static void set_far(void) { p.sets.end[1] = p.sets.cap + 1; }
static void key(void) { p.label[0].key = FAR; }
static void text(void) { p.label[0].str = FAR; }
static void unit(void) { p.label[0].unit = FAR; }
static void types(void) { p.ntypes = PROF_COLS_MAX + 1; }
static void type(void) { p.type[1].type = FAR; }
static void type_unit(void) { p.type[1].unit = FAR; }
static void num(void) { p.type[0].num = 0; }
static void den(void) { p.type[1].den = -1; }
static void stack(void) { p.stack[0] = 3; }
static void set(void) { p.set[0] = 2; }
static void edge_types(void) { p.edges.ntypes = PROF_COLS_MAX + 1; }
static void edge_type(void) { p.edges.type[0].type = FAR; }
static void edge_num(void) { p.edges.type[0].num = -1; }
static void caller(void) { p.edges.caller[0] = 2; }
static void no_callee(void) { p.edges.callee[0] = 0; }
static void callee(void) { p.edges.callee[0] = 2; }
static void period(void) { p.meta.period_type = FAR; }
static void period_unit(void) { p.meta.period_unit = FAR; }
static void by_default(void) { p.meta.default_type = FAR; }
static void url(void) { p.meta.doc_url = FAR; }
static void dropped(void) { p.meta.drop_frames = FAR; }
static void kept(void) { p.meta.keep_frames = FAR; }
static void format(void) { p.meta.format = FAR; }
static void dialect(void) { p.meta.dialect = FAR; }
static void comment(void) { p.comment[0] = FAR; }
static void note(void) { p.note[0].text = FAR; }

static const struct {
	void (*damage)(void);
	const char *message;
} damages[] = {
	{ name, "string of a function in row 0" },
	{ system_name, "string of a function in row 0" },
	{ file, "string of a function in row 0" },
	{ module, "string of a mapping in row 0" },
	{ build_id, "string of a mapping in row 0" },
	{ no_function, "function of a line in row 1" },
	{ function, "function of a line in row 1" },
	{ mapping, "mapping of a location in row 0" },
	{ first_line, "lines of a location in row 1" },
	{ lines, "lines of a location in row 0" },
	{ many_lines, "lines of a location in row 0" },
	{ kind, "kind of a location in row 1" },
	{ run_start, "run of a stack in row 0" },
	{ run_falls, "run of a stack in row 1" },
	{ run_far, "run of a stack in row 1" },
	{ no_frame, "location of a stack in row 1" },
	{ frame, "location of a stack in row 2" },
	{ set_start, "run of a label set in row 0" },
	{ set_far, "run of a label set in row 0" },
	{ key, "string of a label in row 0" },
	{ text, "string of a label in row 0" },
	{ unit, "string of a label in row 0" },
	{ types, "number of types" },
	{ type, "string of a type in row 1" },
	{ type_unit, "string of a type in row 1" },
	{ num, "scale of a type in row 0" },
	{ den, "scale of a type in row 1" },
	{ stack, "ids of a sample in row 0" },
	{ set, "ids of a sample in row 0" },
	{ edge_types, "number of types" },
	{ edge_type, "string of a type in row 0" },
	{ edge_num, "scale of a type in row 0" },
	{ caller, "function of an edge in row 0" },
	{ no_callee, "function of an edge in row 0" },
	{ callee, "function of an edge in row 0" },
	{ period, "string of the metadata" },
	{ period_unit, "string of the metadata" },
	{ by_default, "string of the metadata" },
	{ url, "string of the metadata" },
	{ dropped, "string of the metadata" },
	{ kept, "string of the metadata" },
	{ format, "string of the metadata" },
	{ dialect, "string of the metadata" },
	{ comment, "string of a comment in row 0" },
	{ note, "string of a note in row 0" }
};

START_TEST(a_right_profile_passes)
{
	ck_assert_msg(prof_profile_check(&p, &err) == PROF_OK, "%s",
	    err.msg);
	ck_assert_int_eq(prof_profile_check(&p, NULL), PROF_OK);
}
END_TEST

START_TEST(each_damage_is_found_and_named)
{
	damages[_i].damage();
	ck_assert_int_eq(prof_profile_check(&p, &err), PROF_EFORMAT);
	ck_assert_msg(strstr(err.msg, damages[_i].message) != NULL, "%s",
	    err.msg);
	p.ntypes = p.ntypes <= PROF_COLS_MAX ? p.ntypes : 2;
}
END_TEST

static void
check_missing(void **column, const char *message)
{
	free(*column);
	*column = NULL;
	memset(&err, 0, sizeof err);
	ck_assert_int_eq(prof_profile_check(&p, &err), PROF_EFORMAT);
	ck_assert_msg(strstr(err.msg, message) != NULL, "%s", err.msg);
}

START_TEST(a_missing_column_is_found)
{
	check_missing((void **)&p.edges.value[0],
	    "column of an edge type in row 0");
	check_missing((void **)&p.edges.line, "missing column of edges");
	check_missing((void **)&p.value[1],
	    "missing column of a type in row 1");
	check_missing((void **)&p.set, "missing column of samples");
	check_missing((void **)&p.sets.end, "run of a label set in row 0");
	check_missing((void **)&p.frame, "missing frames of stacks");
	check_missing((void **)&p.stacks.end, "run of a stack in row 0");
}
END_TEST

START_TEST(samples_need_a_type)
{
	p.ntypes = 0;
	ck_assert_int_eq(prof_profile_check(&p, &err), PROF_EFORMAT);
	ck_assert_ptr_nonnull(strstr(err.msg, "samples without a type"));
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("check");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_right_profile_passes);
	tcase_add_loop_test(tc, each_damage_is_found_and_named, 0,
	    (int)(sizeof damages / sizeof damages[0]));
	tcase_add_test(tc, a_missing_column_is_found);
	tcase_add_test(tc, samples_need_a_type);
	return test_main("check", tc);
}
