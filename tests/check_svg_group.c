/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_group.h"

#include <check.h>
#include <string.h>

static struct prof_row
row(const char *name, const char *module, const char *file)
{
	struct prof_row r = { .name = name, .module = module, .file = file,
	    .build_id = "" };

	r.name_len = (uint32_t)strlen(name);
	return r;
}

/* The shade; group gets the name of the group. */
static char group[200];

static unsigned
shade_by(enum prof_svg_by by, const struct prof_row *r)
{
	struct prof_buf b = { 0 };
	unsigned shade = prof_svg_shade_of(r, 0, by, &b);

	strcpy(group, prof_buf_str(&b));
	prof_buf_release(&b);
	return shade;
}

static unsigned
hue(const char *name, const char *module, const char *file)
{
	struct prof_row r = row(name, module, file);
	unsigned shade = shade_by(PROF_SVG_BY_MODULE, &r);

	ck_assert_uint_lt(shade, PROF_SVG_PACKAGES);
	return shade / 3;
}

START_TEST(one_package_has_one_hue)
{
	ck_assert_uint_eq(hue("runtime.mallocgc", "a", ""),
	    hue("runtime.gcBgMarkWorker", "b", ""));
	ck_assert_uint_eq(hue("malloc", "/lib/libc.so.6", ""),
	    hue("free", "/usr/lib/libc.so.6", ""));
	ck_assert_uint_ne(hue("malloc", "libc.so.6", ""),
	    hue("inflate", "libz.so.1", ""));
}
END_TEST

/* Written down once: must not differ between machines and releases. */
START_TEST(shades_are_the_same_everywhere)
{
	struct prof_row a = row("main.main", "", "");
	struct prof_row b = row("malloc", "libc", "");
	struct prof_row c = row("std::f(int)", "", "");

	ck_assert_uint_eq(shade_by(PROF_SVG_BY_MODULE, &a), 3);
	ck_assert_uint_eq(shade_by(PROF_SVG_BY_MODULE, &b), 7);
	ck_assert_uint_eq(shade_by(PROF_SVG_BY_MODULE, &c), 28);
	ck_assert_uint_eq(shade_by(PROF_SVG_BY_FUNCTION, &a), 3);
	ck_assert_uint_eq(shade_by(PROF_SVG_BY_FUNCTION, &b), 4);
	ck_assert_uint_eq(shade_by(PROF_SVG_BY_LANGUAGE, &a), 15);
	ck_assert_uint_eq(shade_by(PROF_SVG_BY_PACKAGE, &b), 7);
}
END_TEST

static const struct {
	enum prof_svg_by by;
	const char *name, *module, *file, *want;
} groups[] = {
	{ PROF_SVG_BY_MODULE, "github.com/a/b.(*T).F", "app", "/x/t.go",
	    "github.com/a/b" },
	{ PROF_SVG_BY_MODULE, "std::vector<a::b>::size()", "app", "", "std" },
	{ PROF_SVG_BY_MODULE, "malloc", "/lib/libc.so.6", "malloc.c",
	    "libc.so.6" },
	{ PROF_SVG_BY_MODULE, "f", "", "/home/me/src/a.c", "src/a.c" },
	{ PROF_SVG_BY_MODULE, "f", "", "a.c", "a.c" },
	{ PROF_SVG_BY_MODULE, "loads", "", "/usr/lib/python3.11/json/a.py",
	    "json/a.py" },
	{ PROF_SVG_BY_MODULE, "parse", "", "", "parse" },
	{ PROF_SVG_BY_PACKAGE, "loads", "", "/usr/lib/python3.11/json/a.py",
	    "json" },
	{ PROF_SVG_BY_PACKAGE, "get", "",
	    "/v/lib/python3.11/site-packages/requests/api.py", "requests" },
	{ PROF_SVG_BY_PACKAGE, "java.util.HashMap.get", "", "",
	    "java.util" },
	{ PROF_SVG_BY_PACKAGE, "parse", "", "", "" },
	{ PROF_SVG_BY_LANGUAGE, "java.util.HashMap.get", "", "", "Java" },
	{ PROF_SVG_BY_LANGUAGE, "parse", "", "", "" },
	{ PROF_SVG_BY_KIND, "parse", "", "", "user" },
	{ PROF_SVG_BY_FUNCTION, "main.main", "", "", "" },
	{ PROF_SVG_BY_SELF, "main.main", "", "", "" }
};

START_TEST(the_group_is_named)
{
	struct prof_row r = row(groups[_i].name, groups[_i].module,
	    groups[_i].file);

	shade_by(groups[_i].by, &r);
	ck_assert_str_eq(group, groups[_i].want);
}
END_TEST

static const enum prof_svg_by by_place[] = {
	PROF_SVG_BY_MODULE, PROF_SVG_BY_LANGUAGE, PROF_SVG_BY_PACKAGE,
	PROF_SVG_BY_KIND
};

START_TEST(kernel_jit_inlined_and_nameless_have_their_own)
{
	struct prof_row r = row("f", "libc", "");
	enum prof_svg_by by = by_place[_i];

	r.inlined = true;
	ck_assert_uint_eq(shade_by(by, &r), PROF_SVG_INLINED);
	r.nameless = true;
	ck_assert_uint_eq(shade_by(by, &r), PROF_SVG_NAMELESS);
	r.kind = PROF_KIND_JIT;
	ck_assert_uint_eq(shade_by(by, &r), PROF_SVG_JIT);
	r.kind = PROF_KIND_KERNEL;
	ck_assert_uint_eq(shade_by(by, &r), PROF_SVG_KERNEL);
	ck_assert_str_eq(group, "");
	r = row("do_idle_[k]", "", "");
	ck_assert_uint_eq(shade_by(by, &r), PROF_SVG_KERNEL);
	r = row("tcp_sendmsg", "[kernel.kallsyms]", "");
	ck_assert_uint_eq(shade_by(by, &r), PROF_SVG_KERNEL);
}
END_TEST

START_TEST(by_function_and_self_they_have_not)
{
	struct prof_row r = row("f", "libc", "");

	r.kind = PROF_KIND_KERNEL;
	ck_assert_uint_lt(shade_by(PROF_SVG_BY_FUNCTION, &r),
	    PROF_SVG_PACKAGES);
	ck_assert_uint_eq(shade_by(PROF_SVG_BY_SELF, &r), PROF_SVG_HEAT);
}
END_TEST

START_TEST(what_nothing_tells_is_unknown)
{
	struct prof_row r = row("parse", "", "");

	ck_assert_uint_eq(shade_by(PROF_SVG_BY_PACKAGE, &r),
	    PROF_SVG_UNKNOWN);
	ck_assert_uint_eq(shade_by(PROF_SVG_BY_LANGUAGE, &r),
	    PROF_SVG_UNKNOWN);
}
END_TEST

START_TEST(separators_are_grey_in_every_palette)
{
	struct prof_row one = row("-", "", ""), two = row("--", "", "");
	struct prof_buf b = { 0 };
	unsigned palette;

	for (palette = 0; palette < 18; palette++) {
		ck_assert_uint_eq(prof_svg_shade_of(&one, palette,
		    PROF_SVG_BY_MODULE, &b), PROF_SVG_BAR);
		ck_assert_uint_eq(prof_svg_shade_of(&two, palette,
		    PROF_SVG_BY_SELF, &b), PROF_SVG_BAR);
	}
	ck_assert_uint_eq(b.len, 0);
}
END_TEST

START_TEST(kinds_differ)
{
	struct prof_row r = row("f", "libc", "");
	unsigned kind, shade;
	uint64_t seen = 0;

	for (kind = PROF_KIND_USER; kind <= PROF_KIND_BUILTIN; kind++) {
		r.kind = (uint8_t)kind;
		shade = shade_by(PROF_SVG_BY_KIND, &r);
		if (shade < PROF_SVG_PACKAGES)
			shade -= shade % 3;
		ck_assert_uint_lt(shade, 64);
		ck_assert(!(seen >> shade & 1));
		seen |= (uint64_t)1 << shade;
	}
}
END_TEST

START_TEST(any_bytes_have_a_shade)
{
	static const char *const odd[] = { "", "\377\377", "::", "a::", "/",
	    ".", "_[k]", "\\", "<", "<::>", "py::", "[unknown]" };
	struct prof_row r;
	size_t i;
	int by;

	for (i = 0; i < sizeof odd / sizeof odd[0]; i++)
		for (by = 0; by <= PROF_SVG_BY_KIND; by++) {
			r = row(odd[i], odd[i], odd[i]);
			ck_assert_uint_lt(shade_by((enum prof_svg_by)by, &r),
			    PROF_SVG_SHADES);
		}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("svg_group");
	TCase *tc = tcase_create("svg_group");
	SRunner *sr;
	int failed;

	tcase_add_test(tc, one_package_has_one_hue);
	tcase_add_test(tc, shades_are_the_same_everywhere);
	tcase_add_loop_test(tc, the_group_is_named, 0,
	    sizeof groups / sizeof groups[0]);
	tcase_add_loop_test(tc,
	    kernel_jit_inlined_and_nameless_have_their_own, 0,
	    sizeof by_place / sizeof by_place[0]);
	tcase_add_test(tc, by_function_and_self_they_have_not);
	tcase_add_test(tc, what_nothing_tells_is_unknown);
	tcase_add_test(tc, separators_are_grey_in_every_palette);
	tcase_add_test(tc, kinds_differ);
	tcase_add_test(tc, any_bytes_have_a_shade);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
