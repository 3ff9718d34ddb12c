/* SPDX-License-Identifier: MIT */
#include "tests/perf_text.h"

static const struct form {
	const char *line;
	uint64_t pc;
	const char *symbol, *dso;
	bool inlined;
} forms[] = {
	{ "\t            1206 work+0x55 (/opt/a.out)", 0x1206, "work",
	    "/opt/a.out", false },
	{ "\tffffffff8103ce3b native_safe_halt+0xb ([kernel.kallsyms])",
	    0xffffffff8103ce3b, "native_safe_halt", "[kernel.kallsyms]",
	    false },
	{ "ffffffff8103d0ca native_write_msr ([kernel.kallsyms])",
	    0xffffffff8103d0ca, "native_write_msr", "[kernel.kallsyms]",
	    false },
	{ "          400570 func_b (/home/me/func_ab)", 0x400570, "func_b",
	    "/home/me/func_ab", false },
	{ "\t 7F f (/a)", 0x7f, "f", "/a", false },
	/* Names. */
	{ "\t 1 (anonymous namespace)::Foo::bar<int>+0x20 (/a)", 1,
	    "(anonymous namespace)::Foo::bar<int>", "/a", false },
	{ "\t 1 void (anonymous namespace)::g<int>(int) const+0x1 (/a)", 1,
	    "void (anonymous namespace)::g<int>(int) const", "/a", false },
	{ "\t 1 Foo::operator()(int, int) const+0x1 (/a)", 1,
	    "Foo::operator()(int, int) const", "/a", false },
	{ "\t 1 A::operator->()+0x1 (/a)", 1, "A::operator->()", "/a",
	    false },
	{ "\t 1 decltype(auto) f<int>(int)+0x1 (/a)", 1,
	    "decltype(auto) f<int>(int)", "/a", false },
	{ "\t 1 a<(1>2)>::f(int)+0x1 (/a)", 1, "a<(1>2)>::f(int)", "/a",
	    false },
	{ "\t 1 std::function<void (A&)>::f+0x1 (/a)", 1,
	    "std::function<void (A&)>::f", "/a", false },
	{ "\t 1 net/http.(*Client).Do (/a)", 1, "net/http.(*Client).Do",
	    "/a", false },
	{ "\t 1 <T as core::ops::Drop>::drop (/a)", 1,
	    "<T as core::ops::Drop>::drop", "/a", false },
	{ "\t 1 Ljava/io/P;::print->Ljava/io/X;::y (/tmp/perf-9.map)", 1,
	    "Ljava/io/P;::print->Ljava/io/X;::y", "/tmp/perf-9.map", false },
	{ "\t 1 \"a;b'c\"+0x0 (/a)", 1, "\"a;b'c\"", "/a", false },
	{ "\t 1 f+0x1z (/a)", 1, "f+0x1z", "/a", false },
	{ "\t 1 f+0x (/a)", 1, "f+0x", "/a", false },
	{ "\t 1 +0x12 (/a)", 1, "", "/a", false },
	{ "\t 1 x +0x12 y+0x5 (/a)", 1, "x +0x12 y", "/a", false },
	{ "\t 1 operator<< <std::char_traits<char> >+0x1 (/a)", 1,
	    "operator<< <std::char_traits<char> >", "/a", false },
	/* No symbol. */
	{ "\t 7f74 [unknown] ([unknown])", 0x7f74, "", "", false },
	{ "\t 7f74 [unknown] (/usr/lib/libc.so.6)", 0x7f74, "",
	    "/usr/lib/libc.so.6", false },
	{ "\t 7f74 [0x4005d0] (/a)", 0x7f74, "", "/a", false },
	{ "\t 7f74 (/a)", 0x7f74, "", "/a", false },
	{ "\t 7f74  (/a)", 0x7f74, "", "/a", false },
	{ "\t 7f74", 0x7f74, "", "", false },
	{ "\t 7f74 ", 0x7f74, "", "", false },
	/* No dso. */
	{ "\t            12ef work", 0x12ef, "work", "", false },
	{ "\t 1 (anonymous namespace)::f<int>", 1,
	    "(anonymous namespace)::f<int>", "", false },
	{ "\t 1 f(int)", 1, "f(int)", "", false },
	/* The dso is the last balanced group. */
	{ "\t 1 f+0x1 (/opt/my prog)", 1, "f", "/opt/my prog", false },
	{ "\t 1 f+0x1 (/opt/my prog (deleted))", 1, "f", "/opt/my prog",
	    false },
	{ "\t 1 f+0x1 (/opt/a (copy 2))", 1, "f", "/opt/a (copy 2)", false },
	{ "\t 1 f+0x1 (/opt/a)b)", 1, "f", "/opt/a)b", false },
	{ "\t 1 f+0x1 (/opt/a(b)", 1, "f", "/opt/a(b", false },
	{ "\t 1 f (//anon)", 1, "f", "//anon", false },
	{ "\t 1 f (memfd:x (deleted))", 1, "f", "memfd:x", false },
	{ "\t 1 f+0x1 (/opt/a+0x1f)", 1, "f", "/opt/a", false },
	{ "\t 1 f(int) (/opt/a)", 1, "f(int)", "/opt/a", false },
	{ "\t 1 f ([JIT app cache])", 1, "f", "[JIT app cache]", false },
	{ "\t 1 f ()", 1, "f", "", false },
	/* Inlined. */
	{ "\t 1 f<long>(int)+0x16 (inlined)", 1, "f<long>(int)", "", true },
	{ "\t 1 f (/opt/inlined)", 1, "f", "/opt/inlined", false }
};

START_TEST(each_form_is_taken_apart)
{
	const struct form *f = &forms[_i];
	struct prof_perf_frame g;

	ck_assert_msg(prof_perf_frame_read(f->line, strlen(f->line), &g),
	    "%s", f->line);
	ck_assert_msg(g.pc == f->pc, "%s: %llx", f->line,
	    (unsigned long long)g.pc);
	ck_assert_msg(g.symbol_len == strlen(f->symbol) &&
	    memcmp(g.symbol != NULL ? g.symbol : "", f->symbol,
	    g.symbol_len) == 0, "%s: '%.*s'", f->line, (int)g.symbol_len,
	    g.symbol);
	ck_assert_msg(g.dso_len == strlen(f->dso) &&
	    memcmp(g.dso != NULL ? g.dso : "", f->dso, g.dso_len) == 0,
	    "%s: '%.*s'", f->line, (int)g.dso_len, g.dso);
	ck_assert_msg(g.inlined == f->inlined, "%s", f->line);
}
END_TEST

START_TEST(what_has_no_address_is_no_frame)
{
	static const char *const none[] = { "", "\t", "\t ", "\tg (/a)",
	    "\t 0x12 f (/a)", "\t 12z f (/a)", "\t12345678123456781 f (/a)",
	    "\t-1 f (/a)", "\t 1/2 f" };
	struct prof_perf_frame f;
	size_t i;

	for (i = 0; i < sizeof none / sizeof none[0]; i++)
		ck_assert_msg(!prof_perf_frame_read(none[i], strlen(none[i]),
		    &f), "%s", none[i]);
}
END_TEST

START_TEST(every_prefix_can_be_asked)
{
	struct prof_perf_frame f;
	size_t len = strlen(forms[_i].line), n, from, to;
	char *copy;

	for (n = 0; n <= len; n++) {
		copy = malloc(n + !n);
		ck_assert_ptr_nonnull(copy);
		memcpy(copy, forms[_i].line, n);
		prof_perf_frame_read(copy, n, &f);
		prof_perf_frame_behind(copy, n, &from, &to);
		free(copy);
	}
}
END_TEST

START_TEST(a_frame_may_stand_behind_the_event)
{
	static const struct {
		const char *rest, *frame;	/* NULL: none */
	} all[] = {
		{ "      7f224dd96c37 f+0x77 (/usr/lib/ld.so)",
		    "7f224dd96c37 f+0x77 (/usr/lib/ld.so)" },
		{ "  ffffffff816dfd92 d_lookup ([kernel.kallsyms])",
		    "ffffffff816dfd92 d_lookup ([kernel.kallsyms])" },
		{ "      55f2e2b0d206 (anonymous namespace)::f<int>",
		    "55f2e2b0d206 (anonymous namespace)::f<int>" },
		{ "      55f2e2b0d206 ", "55f2e2b0d206" },
		/* Data address first. */
		{ "     7ffc0b3a1d58     55f2e2b0d206 f+0x1 (/a)",
		    "55f2e2b0d206 f+0x1 (/a)" },
		/* Branches. */
		{ "   call     55f2e2b0d206 f+0x1 (/a) =>     55f2e2b0d300 "
		    "g+0x0 (/a)", "55f2e2b0d206 f+0x1 (/a)" },
		{ "                       call", NULL },
		{ "  /user.slice/app.scope", NULL },
		{ " call_site=ffffffff813b3b4e ptr=0xffff881f65f35360", NULL },
		{ " prev_comm=a prev_pid=5 ==> next_comm=b next_pid=7", NULL },
		{ " brk: 0x00000000", NULL },
		{ " 12", NULL },
		{ " face to face", NULL },
		{ "", NULL }
	};
	size_t i, from, to;
	bool found;

	for (i = 0; i < sizeof all / sizeof all[0]; i++) {
		found = prof_perf_frame_behind(all[i].rest,
		    strlen(all[i].rest), &from, &to);
		ck_assert_msg(found == (all[i].frame != NULL), "%s",
		    all[i].rest);
		if (found)
			ck_assert_msg(to - from == strlen(all[i].frame) &&
			    memcmp(all[i].rest + from, all[i].frame,
			    to - from) == 0, "%s: '%.*s'", all[i].rest,
			    (int)(to - from), all[i].rest + from);
	}
}
END_TEST

START_TEST(the_module_tells_the_kind)
{
	static const struct {
		const char *dso;
		enum prof_kind kind;
	} all[] = {
		{ "", PROF_KIND_NONE },
		{ "/usr/bin/a", PROF_KIND_USER },
		{ "//anon", PROF_KIND_USER },
		{ "[heap]", PROF_KIND_USER },
		{ "[stack]", PROF_KIND_USER },
		{ "/opt/vmlinux/a", PROF_KIND_USER },
		{ "/opt/a.ko.txt", PROF_KIND_USER },
		{ "/opt/perf-x.map", PROF_KIND_USER },
		{ "/opt/perf-.map", PROF_KIND_USER },
		{ "[kernel.kallsyms]", PROF_KIND_KERNEL },
		{ "[kernel.kallsyms]_stext", PROF_KIND_KERNEL },
		{ "[kernel.kallsyms].init.text", PROF_KIND_KERNEL },
		{ "[kernel.vmlinux]", PROF_KIND_KERNEL },
		{ "[guest.kernel.kallsyms]", PROF_KIND_KERNEL },
		{ "[guest.kernel.kallsyms.12]", PROF_KIND_KERNEL },
		{ "[nf_conntrack]", PROF_KIND_KERNEL },
		{ "/lib/modules/6.1/kernel/net/x.ko", PROF_KIND_KERNEL },
		{ "/lib/modules/6.1/kernel/net/x.ko.zst", PROF_KIND_KERNEL },
		{ "/usr/lib/debug/vmlinux-6.1.0", PROF_KIND_KERNEL },
		{ "vmlinux", PROF_KIND_KERNEL },
		{ "bpf_prog_6deef7357e7b4530_f", PROF_KIND_KERNEL },
		{ "/tmp/perf-4711.map", PROF_KIND_JIT },
		{ "/home/me/.debug/jit/jitted-4711-3.so", PROF_KIND_JIT },
		{ "[JIT app cache]", PROF_KIND_JIT },
		{ "[JIT] tid 4711", PROF_KIND_JIT },
		{ "[vdso]", PROF_KIND_VDSO },
		{ "[vdso32]", PROF_KIND_VDSO },
		{ "[vsyscall]", PROF_KIND_VDSO }
	};
	size_t i;

	for (i = 0; i < sizeof all / sizeof all[0]; i++)
		ck_assert_msg(prof_perf_kind(all[i].dso,
		    strlen(all[i].dso)) == all[i].kind, "%s", all[i].dso);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("perf_frame");
	int n = sizeof forms / sizeof forms[0];

	tcase_add_loop_test(tc, each_form_is_taken_apart, 0, n);
	tcase_add_test(tc, what_has_no_address_is_no_frame);
	tcase_add_loop_test(tc, every_prefix_can_be_asked, 0, n);
	tcase_add_test(tc, a_frame_may_stand_behind_the_event);
	tcase_add_test(tc, the_module_tells_the_kind);
	return test_main("perf_frame", tc);
}
