/* SPDX-License-Identifier: MIT */
#include "libanalysis/language.h"

#include <check.h>
#include <string.h>

static const struct {
	const char *want, *name, *file, *module;
	uint8_t kind;
} frames[] = {
	/* By the source file. */
	{ "Go", "main.main", "/src/main.go", "", 0 },
	{ "C/C++", "main", "main.c", "", 0 },
	{ "C/C++", "a::b()", "/x/a.hpp", "", 0 },
	{ "Rust", "f", "src/lib.rs", "", 0 },
	{ "Java", "f", "A.kt", "", 0 },
	{ "Python", "f", "app.py", "", 0 },
	{ "Python", "f", "<frozen runpy>", "", 0 },
	{ "JavaScript", "f", "node:internal/timers", "", 0 },
	{ "JavaScript", "f", "/app/a.tsx", "", 0 },
	{ "Ruby", "A#b", "a.rb", "", 0 },
	{ "PHP", "A::b", "/w/a.php", "", 0 },
	{ "Perl", "main::f", "a.pl", "", 0 },
	{ ".NET", "A.B", "A.cs", "", 0 },
	{ "Haskell", "f", "Main.hs", "", 0 },
	{ "Erlang", "a:b/1", "a.erl", "", 0 },
	/* By the name. */
	{ "Go", "runtime.mallocgc", "", "", 0 },
	{ "Go", "github.com/a/b.(*T).F", "", "/bin/app", 0 },
	{ "Rust", "core::ptr::drop_in_place<T>", "", "", 0 },
	{ "Rust", "<a::B as c::D>::e", "", "/bin/app", 0 },
	{ "Rust", "a::b::h0123456789abcdef", "", "/bin/app", 0 },
	{ "Rust", "a::b::{{closure}}", "", "", 0 },
	{ "C/C++", "std::vector<int>::push_back(int&&)", "", "", 0 },
	{ "C/C++", "<lambda(int)>::operator()", "", "", 0 },
	{ "Java", "java.util.HashMap.get", "", "", 0 },
	{ "Java", "java/util/HashMap.get", "", "", 0 },
	{ "Python", "py::f:/a/b.py", "", "", PROF_KIND_JIT },
	{ "Python", "{built-in method time.sleep}", "", "", 0 },
	{ "Python", "<method 'append'>", "~", "", 0 },
	{ "JavaScript", "JS:*f /a/b.js:1:2", "", "perf-1.map",
	    PROF_KIND_JIT },
	{ "JavaScript", "LazyCompile:~f a", "", "", 0 },
	{ "PHP", "App\\Http\\Kernel::handle", "", "", 0 },
	{ "Perl", "main::f", "", "", PROF_KIND_INTERPRETED },
	{ "Ruby", "A::B#c", "", "", PROF_KIND_INTERPRETED },
	{ ".NET", "System.Private.CoreLib!System.String.Concat", "", "", 0 },
	{ "Haskell", "stg_ap_pp", "", "", 0 },
	{ "Erlang", "lists:map/2", "", "", 0 },
	{ "Erlang", "'Elixir.Foo':bar/1", "", "", 0 },
	/* By the module. */
	{ "C/C++", "malloc", "", "/lib/libc.so.6", 0 },
	{ "C/C++", "f.constprop.0", "", "/bin/app", 0 },
	{ "C/C++", "do_syscall_64", "", "[kernel.kallsyms]",
	    PROF_KIND_KERNEL },
	/* Nothing tells. */
	{ "unknown", "main", "", "", 0 },
	{ "unknown", "stub", "", "perf-12.map", PROF_KIND_JIT },
	{ "unknown", "", "", "", 0 },
	{ "unknown", "a/1", "", "", 0 },
	{ "unknown", "\377\376", "x.\377", "", 0 }
};

START_TEST(frames_have_a_language)
{
	struct prof_place p = { frames[_i].name, frames[_i].file,
	    frames[_i].module, frames[_i].kind };
	const char *got = prof_language_name(prof_language_of(&p));

	ck_assert_msg(strcmp(got, frames[_i].want) == 0,
	    "'%s' (%s, %s) is %s, not %s", p.name, p.file, p.module, got,
	    frames[_i].want);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("language");
	TCase *tc = tcase_create("language");
	SRunner *sr;
	int failed;

	tcase_add_loop_test(tc, frames_have_a_language, 0,
	    sizeof frames / sizeof frames[0]);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
