/* SPDX-License-Identifier: MIT */
#include "libanalysis/stable.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/merge.h"
#include "libanalysis/rows.h"
#include "tests/make.h"
#include "tests/support.h"

static struct made m;
static struct prof_buf out;

static void
setup(void)
{
	make_start(&m, "cpu", "ns");
	memset(&out, 0, sizeof out);
}

static void
teardown(void)
{
	make_drop(&m);
	prof_buf_release(&out);
}

typedef bool rewrite(const char *s, size_t len, struct prof_buf *b);

/* What s becomes, or s itself; doing it twice must do nothing. */
static const char *
apply(rewrite *fn, const char *s)
{
	struct prof_buf again = { 0 };
	bool changed;

	prof_buf_clear(&out);
	changed = fn(s, strlen(s), &out);
	ck_assert(changed == (out.len > 0));
	if (!changed)
		return s;
	ck_assert_msg(!fn(prof_buf_str(&out), out.len, &again), "%s: %s", s,
	    prof_buf_str(&out));
	prof_buf_release(&again);
	return prof_buf_str(&out);
}

static const struct pair {
	const char *in, *want;
} names[] = {
	/* Java */
	{ "Main$$Lambda$14/0x0000000800066840.run", "Main$$Lambda.run" },
	{ "Main$$Lambda/0x00007f4830000a08.run", "Main$$Lambda.run" },
	{ "Work$$Lambda$1.0x00007f4830000a08.run", "Work$$Lambda.run" },
	{ "Main$$Lambda$1/1078694789.apply", "Main$$Lambda.apply" },
	{ "Work.lambda$main$0", "Work.lambda$main" },
	{ "com.sun.proxy.$Proxy12.get", "com.sun.proxy.$Proxy.get" },
	{ "jdk.proxy2.$Proxy7.get", "jdk.proxy.$Proxy.get" },
	{ "jdk.internal.reflect.GeneratedMethodAccessor17.invoke",
	    "jdk.internal.reflect.GeneratedMethodAccessor.invoke" },
	{ "A$$EnhancerBySpringCGLIB$$1a2b3c.f",
	    "A$$EnhancerBySpringCGLIB.f" },
	{ "A$$SpringCGLIB$$0.f", "A$$SpringCGLIB.f" },
	{ "A$MockitoMock$1234.f", "A$MockitoMock.f" },
	{ "java/lang/invoke/LambdaForm$MH/0x0000000800003400.invoke",
	    "java/lang/invoke/LambdaForm$MH.invoke" },
	/* Kotlin, Scala */
	{ "MainKt.main$lambda-0", "MainKt.main$lambda" },
	{ "MainKt.main$lambda$3", "MainKt.main$lambda" },
	{ "Main$.$anonfun$main$1", "Main$.$anonfun$main" },
	{ "Main$$anonfun$1.apply", "Main$$anonfun.apply" },
	/* C++ and C */
	{ "main::{lambda(int)#2}::operator()(int) const",
	    "main::{lambda(int)}::operator()(int) const" },
	{ "main::'lambda0'(int)::operator()(int) const",
	    "main::'lambda'(int)::operator()(int) const" },
	{ "main::$_0::operator()(int) const",
	    "main::$_::operator()(int) const" },
	{ "foo.constprop.0", "foo" }, { "foo.isra.0.constprop.12", "foo" },
	{ "foo.part.0.cold", "foo" }, { "foo.cold", "foo" },
	{ "foo.cold.isra.0", "foo" }, { "foo.lto_priv.0", "foo" },
	{ "foo.llvm.17293822569102704640", "foo" },
	{ "foo.__uniq.1234.llvm.5678", "foo" },
	{ "finish_task_switch.isra.0", "finish_task_switch" },
	{ "_ZN3fooEv.llvm.1234567", "_ZN3fooEv" },
	{ "foo(int) [clone .isra.0] [clone .cold]", "foo(int)" },
	{ "foo(int) (.isra.0)", "foo(int)" },
	{ "do_fork+0x1f", "do_fork" },
	/* Rust */
	{ "rs::main::h0123456789abcdef", "rs::main" },
	{ "_ZN2rs4main17h0123456789abcdefE", "_ZN2rs4mainE" },
	{ "rs::main::{closure#0}", "rs::main::{closure}" },
	/* lines */
	{ "foo (file.c:12)", "foo (file.c)" }, { "foo:123", "foo" },
	{ "handle (/srv/x.js:12:34)", "handle (/srv/x.js)" },
	{ "file.js:1:2:3", "file.js" },
	{ "(anonymous:L#10:C#38)", "(anonymous)" },
	/* versions */
	{ "github.com/a/b@v1.2.3/c.F", "github.com/a/b/c.F" },
	{ "f (node_modules/lodash@4.17.21/x.js:3)",
	    "f (node_modules/lodash/x.js)" },
};

START_TEST(what_changes_from_build_to_build_is_left_out)
{
	ck_assert_str_eq(apply(prof_stable_name, names[_i].in),
	    names[_i].want);
}
END_TEST

static const char *const stable[] = {
	"", "main", "main.func1", "main.main.func1.2", "main.(*T).f-fm",
	"std::vector<int>::push_back", "Foo$1.run", "Foo$Bar$2.f",
	"memcmp@plt", "memcpy@GLIBC_2.14", "memcpy@@GLIBC_2.14",
	"@babel/core", "@scope/a.f", "fastcall@12", "Foo::123",
	"foo.part.run", "a.b.cold.Run", "a.isra.b", "rs::{impl#3}::f",
	"::h0123", "x::h0123456789abcdef0", "17h0123456789abcdefE",
	"$Proxy12x", "$Proxy", "lambda", "a/0x12", "f(0x1f)",
	"{built-in method a}", "<lambda>", "operator/", "a:b:c", "::", ":1",
	"#1}", "[clone .x", " [clone .", "{lambda#1#2x}", "'lambda'",
	"$_x::f", "a@", "a@v", "a@1", "+0x", "\\x3a1",
};

START_TEST(names_without_such_parts_stay)
{
	ck_assert_ptr_eq(apply(prof_stable_name, stable[_i]), stable[_i]);
}
END_TEST

static const struct pair files[] = {
	{ "/go/pkg/mod/github.com/a/b@v1.2.3/c.go",
	    "/go/pkg/mod/github.com/a/b/c.go" },
	{ "golang.org/x/net@v0.0.0-20201021035429-f5854403a974/http2/f.go",
	    "golang.org/x/net/http2/f.go" },
	{ "/srv/node_modules/.pnpm/lodash@4.17.21/node_modules/lodash/x.js",
	    "/srv/node_modules/.pnpm/lodash/node_modules/lodash/x.js" },
	{ "/srv/@angular/core@12.1.0/x.js", "/srv/@angular/core/x.js" },
	{ "a@v2", "a" },
	{ "/srv/a.js:12", "/srv/a.js:12" },
	{ "/srv/foo.cold", "/srv/foo.cold" },
	{ "/srv/a@b/c", "/srv/a@b/c" },
	{ "@1.2.3/x", "@1.2.3/x" },
};

START_TEST(files_lose_only_versions)
{
	ck_assert_str_eq(apply(prof_stable_file, files[_i].in),
	    files[_i].want);
}
END_TEST

static void
make_both(struct made *to, const char *name, const char *system)
{
	struct prof_function f = { .name = make_str(to, name) };
	struct prof_location l = { 0 };
	struct prof_line line = { 0 };
	int64_t one = 1;
	prof_loc loc;

	f.system = make_str(to, system);
	line.fn = prof_builder_function(&to->b, f);
	loc = prof_builder_location(&to->b, l, &line, 1);
	make_values(to, prof_builder_stack(&to->b, &loc, 1), 0, &one);
}

/* Clones, with linker names or without, are told as one. */
START_TEST(views_and_merges_tell_equal_functions_as_one)
{
	struct prof_merge *merge = prof_merge_new();
	struct prof_profile all = { 0 };
	struct prof_err err = { 0 };
	struct prof_rows rows;

	make_both(&m, "f()", "_Z1fv");
	make_both(&m, "f() [clone .isra.0]", "_Z1fv.isra.0");
	make_both(&m, "f() [clone .cold]", "_Z1fv.cold");
	ck_assert_uint_eq(m.p.nfn, 3);
	prof_stable_names(&m.p);
	prof_rows_init(&rows, &m.p, PROF_BY_FUNCTION);
	ck_assert_uint_eq(rows.n, 1);
	prof_rows_release(&rows);
	ck_assert_int_eq(prof_merge_add(merge, &m.p, "a", &err), PROF_OK);
	ck_assert_int_eq(prof_merge_finish(merge, &all, &err), PROF_OK);
	ck_assert_uint_eq(all.nfn, 1);
	ck_assert_uint_eq(all.nsamples, 1);
	ck_assert_int_eq(all.value[0][0], 3);
	ck_assert_str_eq(prof_profile_str(&all, all.fn[0].system), "_Z1fv");
	prof_profile_release(&all);
}
END_TEST

START_TEST(files_of_functions_and_modules_are_rewritten)
{
	m.file = "/mod/a@v1.2.3/a.go";
	make_mod(&m, 0, 4096, "/lib/b@1.2.3/b.so", "");
	make_sample(&m, "main;foo.isra.0", 7);
	prof_stable_names(&m.p);
	ck_assert_str_eq(prof_profile_str(&m.p, m.p.fn[0].file),
	    "/mod/a/a.go");
	ck_assert_str_eq(prof_profile_str(&m.p, m.p.mod[0].file),
	    "/lib/b/b.so");
	ck_assert_int_eq(m.p.value[0][0], 7);
}
END_TEST

START_TEST(marks_of_folded_stacks_stay)
{
	make_both(&m, "f.isra.0", "f.isra.0_[k]");
	prof_stable_names(&m.p);
	ck_assert_str_eq(prof_profile_str(&m.p, m.p.fn[0].name), "f");
	ck_assert_str_eq(prof_profile_str(&m.p, m.p.fn[0].system), "f_[k]");
}
END_TEST

/* Names of a megabyte that look promising everywhere. */
START_TEST(long_names_take_linear_time)
{
	static const char *const parts[] = { ":1", ".cold", " (.", "+0x",
	    "$Proxy1x", "{lambda#1", "a@1", "lambda$1$", "::h0123456789ab",
	    " [clone .", "$$Lambda$1/", "CGLIB$$1", "'lambda0", "17h",
	    "/0x12345", "@v1.", "#1", ".isra.", ":L#1:C#" };
	struct prof_buf s = { 0 };

	prof_buf_adds(&s, "_ZN");
	while (s.len < 1000000)
		prof_buf_adds(&s, parts[_i]);
	prof_buf_clear(&out);
	prof_stable_name(prof_buf_str(&s), s.len, &out);
	prof_buf_clear(&out);
	prof_stable_file(prof_buf_str(&s), s.len, &out);
	prof_buf_release(&s);
}
END_TEST

#define COUNT(table) (int)(sizeof table / sizeof table[0])

int
main(void)
{
	TCase *tc = tcase_create("stable");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, what_changes_from_build_to_build_is_left_out,
	    0, COUNT(names));
	tcase_add_loop_test(tc, names_without_such_parts_stay, 0,
	    COUNT(stable));
	tcase_add_loop_test(tc, files_lose_only_versions, 0, COUNT(files));
	tcase_add_test(tc, views_and_merges_tell_equal_functions_as_one);
	tcase_add_test(tc, files_of_functions_and_modules_are_rewritten);
	tcase_add_test(tc, marks_of_folded_stacks_stay);
	tcase_add_loop_test(tc, long_names_take_linear_time, 0, 19);
	return test_main("stable", tc);
}
