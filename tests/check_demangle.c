/* SPDX-License-Identifier: MIT */
#include "libanalysis/demangle.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/check.h"
#include "libanalysis/nomem.h"
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
	struct prof_err err = { 0 };

	ck_assert_int_eq(prof_profile_check(&m.p, &err), PROF_OK);
	make_drop(&m);
	prof_buf_release(&out);
}

/* The source name, "" for none. */
static const char *
full(const char *s)
{
	prof_buf_clear(&out);
	ck_assert(prof_demangle_text(s, strlen(s), &out) == (out.len > 0));
	return prof_buf_str(&out);
}

/* The short name, or s itself; doing it twice must do nothing. */
static const char *
brief(const char *s)
{
	struct prof_buf again = { 0 };
	bool changed;

	prof_buf_clear(&out);
	changed = prof_demangle_shorten(s, strlen(s), &out);
	ck_assert(changed == (out.len > 0));
	if (!changed)
		return s;
	ck_assert_msg(!prof_demangle_shorten(prof_buf_str(&out), out.len,
	    &again), "%s: %s", s, prof_buf_str(&out));
	prof_buf_release(&again);
	return prof_buf_str(&out);
}

static const struct pair {
	const char *in, *want;
} fulls[] = {
	{ "_Z3fooi", "foo(int)" },
	{ "__Z3fooi", "foo(int)" },
	{ "___Z3fooi_block_invoke", "" },
	{ "_ZNSt6vectorIiSaIiEE9push_backERKi",
	    "std::vector<int, std::allocator<int> >::push_back(int const&)" },
	{ "_ZZ4mainENKUlvE_clEv", "main::{lambda()#1}::operator()() const" },
	{ "_ZN12_GLOBAL__N_13Foo3barIiEEvv",
	    "void (anonymous namespace)::Foo::bar<int>()" },
	{ "_Z3fooi.isra.0", "foo(int) [clone .isra.0]" },
	{ "_Z3fooi@plt", "foo(int)@plt" },
	{ "_ZN3fooEv+0x1f", "foo()+0x1f" },
	{ "_ZTV3Foo", "vtable for Foo" },
	{ "_ZN2rs4main17h0123456789abcdefE",
	    "rs::main::h0123456789abcdef" },
	{ "_RNvCskwGfYPst2Cb_3foo16example_function",
	    "foo::example_function" },
	{ "_RINvNtC3std3mem8align_ofjE", "std::mem::align_of::<usize>" },
	{ "foo", "" }, { "_Z", "" }, { "_", "" }, { "", "" },
	{ "_Znotamangledname", "" }, { "_Rx", "" }, { "_R", "" },
	{ "Z3foov", "" }, { "_Z3foov;main", "" }, { "main._Z3foov", "" },
};

START_TEST(linker_names_of_cxx_and_rust_are_demangled)
{
	const struct pair *p = &fulls[_i];

	ck_assert_str_eq(full(p->in), p->want);
}
END_TEST

static const struct pair briefs[] = {
	{ "foo(int)", "foo" },
	{ "foo::bar(int)::baz", "foo::bar::baz" },
	{ "std::vector<int, std::allocator<int> >::push_back(int const&)",
	    "std::vector::push_back" },
	{ "main::{lambda()#1}::operator()() const",
	    "main::{lambda()#1}::operator()" },
	{ "draw(int, char**)::{lambda()#1}::operator()() const::"
	    "{lambda(geo::Line&)#1}::operator()(geo::Line&) const",
	    "draw::{lambda()#1}::operator()::{lambda(geo::Line&)#1}::"
	    "operator()" },
	{ "void (anonymous namespace)::g<int>(int)",
	    "(anonymous namespace)::g" },
	{ "std::enable_if<true, int>::type ns::foo<int>(int)", "ns::foo" },
	{ "decltype(auto) f<int>(int)", "f" },
	{ "unsigned long foo<int>(int)", "foo" },
	{ "foo<(color)0>::bar", "foo::bar" },
	{ "a<(1>2)>::f(int)", "a::f" },
	{ "a<decltype((p)->x)>::f()", "a::f" },
	{ "operator<<(std::ostream&, Foo const&)", "operator<<" },
	{ "std::ostream& std::operator<< <std::char_traits<char> >"
	    "(std::ostream&, char const*)", "std::operator<<" },
	{ "bool operator< <int>(A<int>, A<int>)", "operator<" },
	{ "bool a::operator><int>(b)", "a::operator>" },
	{ "A::operator->()", "A::operator->" },
	{ "A::operator()(int, int) const", "A::operator()" },
	{ "A<int>::operator()() const &&", "A::operator()" },
	{ "A::operator[](unsigned long)", "A::operator[]" },
	{ "operator new[](unsigned long)", "operator new[]" },
	{ "A::operator bool() const", "A::operator bool" },
	{ "A::operator unsigned int() const", "A::operator unsigned int" },
	{ "A::operator std::vector<int>() const",
	    "A::operator std::vector" },
	{ "operator\"\" _km(long double)", "operator\"\" _km" },
	{ "non-virtual thunk to A::f<int>()", "non-virtual thunk to A::f" },
	{ "virtual thunk to A<int>::f() const", "virtual thunk to A::f" },
	{ "typeinfo name for A<int>", "typeinfo name for A" },
	{ "guard variable for foo()::x", "guard variable for foo::x" },
	{ "f(void (*)(int))", "f" },
	{ "ns::f() requires C<int>", "ns::f" },
	{ "f[abi:cxx11](int)", "f[abi:cxx11]" },
	{ "A::~A()", "A::~A" },
	{ "foo(int)@plt", "foo@plt" },
	{ "foo(int) [clone .isra.0] [clone .cold]", "foo" },
	{ "foo(int) (.cold)", "foo" },
	{ "a::f.constprop.0", "a::f" },
	/* Rust */
	{ "rs::main::h0123456789abcdef", "rs::main" },
	{ "<alloc::vec::Vec<T> as core::ops::drop::Drop>::drop",
	    "<alloc::vec::Vec as core::ops::drop::Drop>::drop" },
	{ "core::ptr::drop_in_place::<alloc::vec::Vec<u8>>",
	    "core::ptr::drop_in_place" },
	{ "core::ptr::drop_in_place<std::rt::lang_start<()>::{{closure}}>::"
	    "h2e6a5b2b5ea7c6b1", "core::ptr::drop_in_place" },
	{ "<fn(A) -> B as core::ops::Fn<A>>::call",
	    "<fn(A) -> B as core::ops::Fn>::call" },
	{ "<my::Foo<u32>>::new", "<my::Foo>::new" },
	/* once these were not done after the first time */
	{ "<my::Foo<a><b>>::new", "<my::Foo>::new" },
	{ "a::f::h0123456789abcdef(void)", "a::f" },
	{ "A::operator()()+const::f(int)", "A::operator()+const::f(int)" },
	{ "A::operator()() const::f::<impl B for C>::g(int)",
	    "A::operator()::f::<impl B for C>::g" },
};

START_TEST(names_get_short)
{
	const struct pair *p = &briefs[_i];

	ck_assert_str_eq(brief(p->in), p->want);
}
END_TEST

static const char *const others[] = {
	"main", "", "std::sort", "(anonymous namespace)::f",
	"core::fmt::impls::<impl core::fmt::Debug for &T>::fmt",
	"<[u8; 8] as core::fmt::Debug>::fmt",
	"<&mut I as core::iter::traits::iterator::Iterator>::next",
	"core::ops::function::FnOnce::call_once{{vtable.shim}}",
	"int (*foo<int>(int))(char)", "foo.constprop.0", "vtable for A",
	/* Go */
	"main.main", "main.(*cache[...]).Put", "main.Map[go.shape.int]",
	"compress/flate.(*compressor).deflate", "main.main.func1.2",
	/* Java, Scala, Kotlin */
	"java/util/Random.nextBytes([B)V", "Work.alloc(I)J", "Work.<init>",
	"java.util.List<java.lang.String>.add(int)", "Weather.cold",
	"Lorg/x/Y;.f(Ljava/lang/String;)V", "Main$$Lambda$14/0x00.run",
	/* Objective-C */
	"-[NSString initWithFormat:]", "+[Foo bar:baz:]",
	/* Python */
	"<listcomp>", "<module>", "f.<locals>.<lambda>", "<genexpr>",
	"{built-in method _struct.unpack}",
	"{method 'split' of 're::Pattern' objects}",
	"work (a.py:12)",
	/* JavaScript */
	"(anonymous)", "(garbage collector)", "handle (/srv/work.js:12)",
	"LazyCompile:~foo /srv/y.js:1", "Object.<anonymous>",
	/* Ruby, PHP, .NET */
	"block (2 levels) in Foo::bar", "block in Foo::bar", "Foo::Bar#baz",
	"{closure:Foo::bar():12}", "System.String::Concat(string,string)",
	/* none of these */
	"GC Thread(3)", "Parse HTML(x) step", "a<b", "a>b(", "f(", "f)",
	"a::h012345678(b)9abcdef01", "a::f<b>c", "[unknown]", "[libc.so.6]", "0x45f0 [a(b)]", "a b<c> d",
};

START_TEST(names_of_other_languages_and_short_ones_stay)
{
	ck_assert_ptr_eq(brief(others[_i]), others[_i]);
}
END_TEST

/* The name of a function after demangling, and its linker name. */
static void
becomes(const char *name, const char *system, enum prof_demangle how,
    const char *want, const char *want_system)
{
	struct prof_function f = { .name = make_str(&m, name) };
	prof_fn id;

	f.system = make_str(&m, system);
	id = prof_builder_function(&m.b, f);
	prof_demangle(&m.p, how);
	f = *prof_profile_fn(&m.p, id);
	ck_assert_str_eq(prof_profile_str(&m.p, f.name), want);
	ck_assert_str_eq(prof_profile_str(&m.p, f.system), want_system);
}

START_TEST(a_raw_name_stays_as_the_linker_name)
{
	becomes("_Z1fv", "", PROF_DEMANGLE_FULL, "f()", "_Z1fv");
	becomes("_Z1gv", "_Z1gv", PROF_DEMANGLE_DEFAULT, "g()", "_Z1gv");
	becomes("", "_Z1hv", PROF_DEMANGLE_FULL, "h()", "_Z1hv");
	becomes("_Z1iIiEvv", "", PROF_DEMANGLE_SIMPLE, "i", "_Z1iIiEvv");
}
END_TEST

START_TEST(a_name_that_was_told_beside_the_linker_name_stays)
{
	becomes("_Z1fv", "_Z1gv", PROF_DEMANGLE_FULL, "_Z1fv", "_Z1gv");
	becomes("mine(int)", "_Z1gv", PROF_DEMANGLE_FULL, "mine(int)",
	    "_Z1gv");
	becomes("mine(int)", "_Z1hv", PROF_DEMANGLE_SIMPLE, "mine", "_Z1hv");
}
END_TEST

START_TEST(linker_names_are_shown_where_they_are_known)
{
	becomes("f()", "_Z1fv", PROF_DEMANGLE_NONE, "_Z1fv", "_Z1fv");
	becomes("g()", "", PROF_DEMANGLE_NONE, "g()", "");
}
END_TEST

START_TEST(marks_of_folded_stacks_stay_on_names)
{
	becomes("_Z1fv", "_Z1fv_[j]", PROF_DEMANGLE_FULL, "f()", "f()_[j]");
	becomes("do_x", "do_x_[k]", PROF_DEMANGLE_NONE, "do_x", "do_x_[k]");
}
END_TEST

START_TEST(demangling_twice_changes_nothing_more)
{
	char *once, *twice;

	make_sample(&m, "_Z1fIiEvv;_RNvC3foo1g;x::h0123456789abcdef", 5);
	prof_demangle(&m.p, PROF_DEMANGLE_SIMPLE);
	once = test_dump(&m.p);
	prof_demangle(&m.p, PROF_DEMANGLE_SIMPLE);
	twice = test_dump(&m.p);
	ck_assert_str_eq(once, twice);
	ck_assert_ptr_nonnull(strstr(once, "foo::g"));
	free(once);
	free(twice);
}
END_TEST

/* Each type has the one before twice: text without end. */
START_TEST(a_name_that_means_too_much_text_stays)
{
	static const char id[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	struct prof_buf s = { 0 };
	unsigned i;

	prof_buf_adds(&s, "_Z1f1AIiiE");
	for (i = 0; i < 10; i++)
		prof_buf_addf(&s, "S_IS%c_S%c_E", id[i], id[i]);
	ck_assert_uint_gt(strlen(full(prof_buf_str(&s))), 10000);
	for (; i < 36; i++)
		prof_buf_addf(&s, "S_IS%c_S%c_E", id[i], id[i]);
	ck_assert_str_eq(full(prof_buf_str(&s)), "");
	prof_buf_clear(&s);
	prof_buf_adds(&s, "_RNvC1a1fIC");
	ck_assert_str_eq(full(prof_buf_str(&s)), "");
	prof_buf_release(&s);
}
END_TEST

START_TEST(nesting_is_bounded)
{
	char *s = prof_alloc(PROF_MANGLED_MAX + 100, 1);

	memset(s, 'P', PROF_MANGLED_MAX + 99);
	memcpy(s, "_Z1f", 4);
	s[PROF_MANGLED_MAX - 1] = 'i';
	s[PROF_MANGLED_MAX] = '\0';
	full(s);
	s[PROF_MANGLED_MAX - 1] = s[PROF_MANGLED_MAX] = 'P';
	s[PROF_MANGLED_MAX + 98] = 'i';
	s[PROF_MANGLED_MAX + 99] = '\0';
	ck_assert_str_eq(full(s), "");
	free(s);
}
END_TEST

#define COUNT(table) (int)(sizeof table / sizeof table[0])

int
main(void)
{
	TCase *tc = tcase_create("demangle");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, linker_names_of_cxx_and_rust_are_demangled,
	    0, COUNT(fulls));
	tcase_add_loop_test(tc, names_get_short, 0, COUNT(briefs));
	tcase_add_loop_test(tc, names_of_other_languages_and_short_ones_stay,
	    0, COUNT(others));
	tcase_add_test(tc, a_raw_name_stays_as_the_linker_name);
	tcase_add_test(tc, a_name_that_was_told_beside_the_linker_name_stays);
	tcase_add_test(tc, linker_names_are_shown_where_they_are_known);
	tcase_add_test(tc, marks_of_folded_stacks_stay_on_names);
	tcase_add_test(tc, demangling_twice_changes_nothing_more);
	tcase_add_test(tc, a_name_that_means_too_much_text_stays);
	tcase_add_test(tc, nesting_is_bounded);
	return test_main("demangle", tc);
}
