/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_palette.h"

#include <check.h>
#include <limits.h>
#include <string.h>

#include "libanalysis/svg_color.h"

static struct prof_row
row(const char *name)
{
	struct prof_row r = { .name = name, .module = "", .file = "",
	    .build_id = "" };

	r.name_len = (uint32_t)strlen(name);
	return r;
}

static unsigned
find(const char *name)
{
	struct prof_err err = { 0 };
	unsigned palette;

	ck_assert_int_eq(prof_svg_palette_find(name, &palette, &err),
	    PROF_OK);
	return palette;
}

/* What the legend says of the frame's class. */
static const char *
meaning(const char *palette, const struct prof_row *r)
{
	const struct prof_svg_meaning *m;
	unsigned p = find(palette), shade = prof_svg_palette_shade(p, r), i;

	for (i = 0; (m = prof_svg_palette_meaning(p, i)) != NULL; i++)
		if (shade >= m->first && shade < m->first + m->n)
			return m->text;
	return "(none)";
}

static const struct {
	const char *palette, *name, *want;
} rules[] = {
	{ "java", "java/util/HashMap.get", "Java, JIT" },
	{ "java", "Ljava/util/HashMap;::get", "C++" },
	{ "java", "org.example.Main.run", "Java, JIT" },
	{ "java", "Interpreter", "Java, JIT" },
	{ "java", "a_[j]", "Java, JIT" },
	{ "java", "java/util/HashMap.get_[i]", "inlined" },
	{ "java", "HashMap:::get", "Java, JIT" },
	{ "java", "JavaThread::run", "C++" },
	{ "java", "-[NSView draw]", "C++" },
	{ "java", "tcp_sendmsg_[k]", "kernel" },
	{ "java", "a::b_[k]", "kernel" },
	{ "java", "write", "other" },
	{ "java", "[libc.so.6]", "other" },
	{ "java", "", "other" },
	{ "js", "LazyCompile:~f /a/b.js:1_[j]", "JavaScript" },
	{ "js", "Builtin:A_[j]", "built in" },
	{ "js", "f /a/b.js:1", "JavaScript" },
	{ "js", "f /a/b.js", "JavaScript" },
	{ "js", "f /a/node_modules/b/c.js", "node_modules" },
	{ "js", "Array.push native:1", "built in" },
	{ "js", " ", "JavaScript" },
	{ "js", "v8::internal::Heap", "C++" },
	{ "js", "sys_read_[k]", "kernel" },
	{ "js", "malloc", "other" },
	{ "js", "/usr/bin/node", "other" },
	{ "perl", "Perl_pp_entersub", "Perl" },
	{ "perl", "/usr/bin/a.pl", "Perl" },
	{ "perl", "std::sort", "with ::" },
	{ "perl", "vfs_read_[k]", "kernel" },
	{ "perl", "malloc", "other" },
	{ "python", "f (/v/lib/python3.11/site-packages/a/b.py)",
	    "site-packages" },
	{ "python", "/usr/lib/python3.11/json/decoder.py:f",
	    "standard library" },
	{ "python", "/usr/lib/python3/dist-packages/six.py:f",
	    "site-packages" },
	{ "python", "<built-in method time.sleep>", "standard library" },
	{ "python", "<frozen importlib._bootstrap>", "standard library" },
	{ "python", "C:\\Python312\\Lib\\json.py", "standard library" },
	{ "python", "/srv/pythonic/app.py:main", "own code" },
	{ "python", "main", "own code" },
	{ "rust", "core::ptr::drop_in_place", "core, std, alloc" },
	{ "rust", "<alloc::vec::Vec<T> as Clone>::clone",
	    "core, std, alloc" },
	{ "rust", "app`std::io::read", "core, std, alloc" },
	{ "rust", "<core::future::from_generator::GenFuture<T> as "
	    "core::future::Future>::poll", "crates" },
	{ "rust", "serde::de::from_str", "crates" },
	{ "rust", "main", "other" },
	{ "chain", "wake_up_[w]", "wakers" },
	{ "chain", "schedule", "off CPU" },
	{ "wakeup", "schedule", "wakers" }
};

START_TEST(the_name_has_a_class)
{
	struct prof_row r = row(rules[_i].name);

	ck_assert_msg(strcmp(meaning(rules[_i].palette, &r),
	    rules[_i].want) == 0, "%s: '%s' is %s, not %s",
	    rules[_i].palette, rules[_i].name,
	    meaning(rules[_i].palette, &r), rules[_i].want);
}
END_TEST

/* Readers take the marks off the names. */
START_TEST(the_kind_of_a_frame_is_as_good_as_a_mark)
{
	struct prof_row r = row("write");

	r.kind = PROF_KIND_KERNEL;
	ck_assert_str_eq(meaning("java", &r), "kernel");
	ck_assert_str_eq(meaning("js", &r), "kernel");
	ck_assert_str_eq(meaning("perl", &r), "kernel");
	r.kind = PROF_KIND_JIT;
	ck_assert_str_eq(meaning("java", &r), "Java, JIT");
	ck_assert_str_eq(meaning("js", &r), "built in");
	r.kind = PROF_KIND_BUILTIN;
	ck_assert_str_eq(meaning("python", &r), "standard library");
	r.kind = PROF_KIND_NONE;
	r.inlined = true;
	ck_assert_str_eq(meaning("java", &r), "inlined");
}
END_TEST

START_TEST(the_source_file_counts)
{
	struct prof_row r = row("f");

	r.file = "/app/node_modules/x/y.js";
	ck_assert_str_eq(meaning("js", &r), "node_modules");
	r.file = "/app/y.js";
	ck_assert_str_eq(meaning("js", &r), "JavaScript");
	r.file = "/v/site-packages/x.py";
	ck_assert_str_eq(meaning("python", &r), "site-packages");
	r.file = "A.java";
	ck_assert_str_eq(meaning("java", &r), "Java, JIT");
}
END_TEST

static const char *const every[] = {
	"hot", "mem", "io", "java", "js", "perl", "python", "rust", "wakeup",
	"chain", "red", "green", "blue", "aqua", "yellow", "purple", "orange"
};

START_TEST(a_palette_has_shades_of_its_own)
{
	char name[] = "aa";
	unsigned p = find(every[_i]), shade, first = UINT_MAX, last = 0;

	for (name[0] = 'a'; name[0] <= 'z'; name[0]++) {
		struct prof_row r = row(name);

		shade = prof_svg_palette_shade(p, &r);
		ck_assert_uint_ge(shade, PROF_SVG_TONES);
		ck_assert_uint_lt(shade, PROF_SVG_BAR);
		first = shade < first ? shade : first;
		last = shade > last ? shade : last;
	}
	ck_assert_uint_ge(last - first, 3);
	ck_assert_uint_ne(p, 0);
}
END_TEST

START_TEST(an_unknown_name_is_refused_with_the_list)
{
	struct prof_err err = { 0 };
	unsigned palette, i;

	ck_assert_int_eq(prof_svg_palette_find("Hot", &palette, &err),
	    PROF_EUSAGE);
	ck_assert_ptr_nonnull(strstr(err.msg, "no palette 'Hot'"));
	for (i = 0; i < sizeof every / sizeof every[0]; i++)
		ck_assert_ptr_nonnull(strstr(err.msg, every[i]));
	ck_assert_uint_eq(find("default"), 0);
	ck_assert_uint_eq(find(NULL), 0);
}
END_TEST

static uint64_t
hash(const char *name)
{
	struct prof_row r = row(name);

	return prof_svg_name_hash(&r);
}

START_TEST(what_changes_from_build_to_build_does_not_count)
{
	ck_assert_uint_eq(hash("std::vector<int>::push_back(int&&)"),
	    hash("std::vector<long>::push_back(long const&)"));
	ck_assert_uint_eq(hash("a::b::h0123456789abcdef"), hash("a::b"));
	ck_assert_uint_eq(hash("f.constprop.0"), hash("f"));
	ck_assert_uint_ne(hash("f"), hash("g"));
}
END_TEST

/* Written down once: must not differ between machines and releases. */
START_TEST(tones_are_the_same_everywhere)
{
	struct prof_row r = row("main.main"), k = row("a_[k]");

	ck_assert_uint_eq(prof_svg_palette_shade(find("hot"), &r),
	    PROF_SVG_TONES + 33);
	ck_assert_uint_eq(prof_svg_palette_shade(find("io"), &r),
	    PROF_SVG_TONES + 43);
	ck_assert_uint_eq(prof_svg_palette_shade(find("java"), &k),
	    PROF_SVG_TONES + 4);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("svg_palette");
	TCase *tc = tcase_create("svg_palette");
	SRunner *sr;
	int failed;

	tcase_add_loop_test(tc, the_name_has_a_class, 0,
	    sizeof rules / sizeof rules[0]);
	tcase_add_test(tc, the_kind_of_a_frame_is_as_good_as_a_mark);
	tcase_add_test(tc, the_source_file_counts);
	tcase_add_loop_test(tc, a_palette_has_shades_of_its_own, 0,
	    sizeof every / sizeof every[0]);
	tcase_add_test(tc, an_unknown_name_is_refused_with_the_list);
	tcase_add_test(tc, what_changes_from_build_to_build_does_not_count);
	tcase_add_test(tc, tones_are_the_same_everywhere);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
