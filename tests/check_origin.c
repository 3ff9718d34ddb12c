/* SPDX-License-Identifier: MIT */
#include "libanalysis/origin.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/buf.h"
#include "libanalysis/check.h"
#include "libanalysis/cut.h"
#include "libanalysis/nomem.h"
#include "tests/invent.h"
#include "tests/make.h"
#include "tests/support.h"

#define U PROF_ORIGIN_USER
#define R PROF_ORIGIN_RUNTIME
#define S PROF_ORIGIN_SYSTEM
#define K PROF_ORIGIN_KERNEL

static const struct {
	const char *name, *file, *module;
	uint8_t kind;
	enum prof_origin want;
} table[] = {
	/* Go */
	{ "runtime.mallocgc", "/usr/lib/go/src/runtime/malloc.go", "/bin/x",
	    0, R },
	{ "runtime/internal/syscall.Syscall6", "", "/bin/x", 0, R },
	{ "internal/runtime/maps.(*Map).getWithKey", "", "", 0, R },
	{ "sync.(*Mutex).lockSlow", "/usr/lib/go/src/sync/mutex.go",
	    "/bin/x", 0, U },
	{ "main.main", "/srv/main.go", "/bin/x", 0, U },
	{ "runtime/pprof.Do", "", "", 0, U },
	/* C */
	{ "work", "", "/home/me/libcrunch.so", 0, U },
	{ "work", "", "/usr/lib/x86_64-linux-gnu/libcrypto.so.3", 0, U },
	{ "malloc", "", "/usr/lib/x86_64-linux-gnu/libc.so.6", 0, S },
	{ "malloc", "", "/lib/x86_64-linux-gnu/libc-2.24.so", 0, S },
	{ "malloc", "", "/lib/ld-musl-x86_64.so.1", 0, S },
	{ "_dl_relocate_object", "", "/lib64/ld-linux-x86-64.so.2", 0, S },
	{ "sin", "", "/lib/libm.so.6", 0, S },
	{ "start_thread", "", "/lib/libpthread-2.31.so", 0, S },
	{ "operator new(unsigned long)", "",
	    "/usr/lib/x86_64-linux-gnu/libstdc++.so.6.0.30", 0, R },
	{ "_Unwind_Backtrace", "", "/lib/libgcc_s.so.1", 0, R },
	{ "__libc_start_main", "", "", 0, S }, { "_start", "", "", 0, S },
	{ "_start", "", "/bin/x", 0, U }, { "clone3", "", "", 0, S },
	{ "clone3d", "", "", 0, U },
	{ "__vdso_gettimeofday", "", "[vdso]", 0, S },
	{ "x", "", "[vsyscall]", 0, S }, { "x", "", "", PROF_KIND_VDSO, S },
	{ "ld_main", "", "/usr/bin/ld", 0, U },
	/* the kernel */
	{ "vfs_read", "", "[kernel.kallsyms]", 0, K },
	{ "vfs_read", "", "[guest.kernel.kallsyms]", 0, K },
	{ "vfs_read", "", "/lib/modules/4.13.0/build/vmlinux", 0, K },
	{ "ext4_read", "", "/lib/modules/6.1/kernel/fs/ext4.ko", 0, K },
	{ "ext4_read", "", "/lib/modules/6.1/kernel/ext4.ko.xz", 0, K },
	{ "do_x", "", "", PROF_KIND_KERNEL, K },
	{ "entry_SYSCALL_64_after_hwframe", "", "", 0, K },
	{ "do_syscall_64", "", "", 0, K },
	{ "do_syscall_64", "", "/bin/x", 0, U },
	{ "x", "", "/srv/bank.komodo", 0, U },
	/* Python */
	{ "_PyEval_EvalFrameDefault", "",
	    "/usr/lib/libpython3.12.so.1.0", 0, R },
	{ "siphash13", "", "/usr/bin/python3.11", 0, R },
	{ "_PyEval_EvalFrameDefault", "", "", 0, R },
	{ "PyArray_Sum", "", "/site-packages/numpy/core.so", 0, U },
	{ "_find_and_load", "<frozen importlib._bootstrap>", "", 0, R },
	{ "loads", "/usr/lib/python3.11/json/__init__.py", "", 0, U },
	{ "f", "/srv/a.py", "/usr/bin/python3.11", PROF_KIND_INTERPRETED,
	    U },
	{ "{built-in method builtins.len}", "~", "", 0, U },
	/* Java */
	{ "Unsafe_Park", "", "/usr/lib/jvm/lib/server/libjvm.so", 0, R },
	{ "Interpreter", "", "", 0, R },
	{ "jdk.internal.misc.Unsafe.park", "", "", 0, R },
	{ "jdk/internal/ref/PhantomCleanable.clean", "", "", 0, R },
	{ "sun.nio.ch.NioSocketImpl.read", "", "", 0, R },
	{ "Lsun/nio/ch/SocketChannelImpl;.read", "", "/tmp/perf-1.map", 0,
	    R },
	{ "sunny.Day.f", "", "", 0, U }, { "Work.fib", "", "", 0, U },
	{ "java/util/ArrayList.grow", "", "", 0, U },
	/* others */
	{ "Builtins_InterpreterEntryTrampoline", "", "", 0, R },
	{ "x", "", "/usr/bin/node", 0, R },
	{ "x", "", "/usr/lib/libnode.so.108", 0, R },
	{ "run", "node:internal/main/run_main_module", "", 0, R },
	{ "createHash", "node:crypto", "", 0, U },
	{ "vm_exec_core", "", "/usr/lib/libruby-3.1.so.3.1", 0, R },
	{ "x", "", "/usr/share/dotnet/libcoreclr.so", 0, R },
	{ "x", "", "System.Private.CoreLib.dll", 0, R },
	{ "x", "", "System.Private.Xml.dll", 0, U },
	{ "std::rt::lang_start", "", "/bin/rs", 0, R },
	{ "std::vector<int>::push_back(int const&)", "", "/bin/x", 0, U },
	{ "x", "", "/usr/bin/rubyist", 0, U },
	{ "x", "", "/usr/bin/python3-config", 0, U },
	{ "", "", "", 0, U },
};

START_TEST(frames_are_the_users_or_not)
{
	struct prof_place p = { table[_i].name, table[_i].file,
	    table[_i].module, table[_i].kind };

	ck_assert_msg(prof_origin_of(&p) == table[_i].want, "%s: %d",
	    p.name, (int)prof_origin_of(&p));
}
END_TEST

static int64_t
sum(const struct prof_profile *p)
{
	int64_t x = 0;
	uint32_t i;

	for (i = 0; i < p->nsamples; i++)
		x += p->value[0][i];
	return x;
}

/* The frames of stack s, root first, "a;b|c". */
static const char *
stack(const struct prof_profile *p, prof_stack s, struct prof_buf *b)
{
	const struct prof_location *l;
	const prof_loc *run;
	uint32_t k;
	size_t n;

	prof_buf_clear(b);
	for (run = prof_profile_stack(p, s, &n); n > 0; n--) {
		l = prof_profile_loc(p, run[n - 1]);
		for (k = l->nlines; k > 0; k--)
			prof_buf_addf(b, "%s%s", prof_profile_str(p,
			    prof_profile_fn(p, p->line[l->first_line + k -
			    1].fn)->name), k > 1 ? "|" : "");
		prof_buf_adds(b, n > 1 ? ";" : "");
	}
	return prof_buf_str(b);
}

START_TEST(frames_that_are_not_the_users_are_hidden)
{
	struct made m;
	struct prof_buf b = { 0 };
	struct prof_err err = { 0 };

	make_start(&m, "cpu", "ns");
	make_sample(&m, "_start;main.main;runtime.mallocgc", 3);
	make_sample(&m, "main.main;main.f|runtime.g|main.h", 4);
	make_sample(&m, "runtime.mcall;runtime.schedule", 5);
	ck_assert(prof_filter_hide_system(&m.p));
	ck_assert_str_eq(stack(&m.p, m.p.stack[0], &b), "main.main");
	ck_assert_str_eq(stack(&m.p, m.p.stack[1], &b),
	    "main.main;main.f|main.h");
	ck_assert_str_eq(stack(&m.p, m.p.stack[2], &b), "");
	ck_assert_int_eq(sum(&m.p), 7);
	ck_assert_int_eq(prof_profile_check(&m.p, &err), PROF_OK);
	ck_assert(!prof_filter_hide_system(&m.p));
	prof_buf_release(&b);
	make_drop(&m);
}
END_TEST

/* A module alone, without a function; the same function in two modules. */
START_TEST(modules_decide_by_location)
{
	struct made m;
	struct prof_buf b = { 0 };
	prof_loc run[3];
	int64_t one = 1;

	make_start(&m, "cpu", "ns");
	make_mod(&m, 0x1000, 0x2000, "/lib/libc.so.6", "");
	run[0] = make_at(&m, 0x1010);
	run[1] = make_named(&m, "f", 1);
	make_mod(&m, 0x5000, 0x6000, "/bin/x", "");
	run[2] = make_named(&m, "f", 1);
	make_values(&m, prof_builder_stack(&m.b, run, 3), 0, &one);
	ck_assert(prof_filter_hide_system(&m.p));
	ck_assert_str_eq(stack(&m.p, 1, &b), "f");
	ck_assert_int_eq(sum(&m.p), 1);
	prof_buf_release(&b);
	make_drop(&m);
}
END_TEST

static int
never(void *ctx, const struct prof_profile *p,
    const struct prof_location *l, const struct prof_line *line,
    struct prof_err *err)
{
	(void)ctx;
	(void)p;
	(void)l;
	(void)line;
	(void)err;
	return 0;
}

START_TEST(hiding_nothing_keeps_every_sample)
{
	static const struct invent_opts opts = { .cancel = true };
	struct prof_profile a = { 0 };
	struct prof_err err = { 0 };
	char *before, *after;
	bool any = true;

	invent_profile(&a, (uint64_t)_i, &opts);
	before = test_dump(&a);
	ck_assert_int_eq(prof_cut_frames(&a, never, NULL, &any, NULL, &err),
	    PROF_OK);
	ck_assert(!any);
	after = test_dump(&a);
	ck_assert_str_eq(before, after);
	ck_assert_int_eq(prof_profile_check(&a, &err), PROF_OK);
	free(before);
	free(after);
	prof_profile_release(&a);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("origin");

	tcase_add_loop_test(tc, frames_are_the_users_or_not, 0,
	    (int)(sizeof table / sizeof table[0]));
	tcase_add_test(tc, frames_that_are_not_the_users_are_hidden);
	tcase_add_test(tc, modules_decide_by_location);
	tcase_add_loop_test(tc, hiding_nothing_keeps_every_sample, 0, 20);
	return test_main("origin", tc);
}
