/* SPDX-License-Identifier: MIT */
#include "libanalysis/origin.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/cut.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

/*
 * Of module file names, without folders; before what follows a letter or
 * digit must not: "libc" is libc.so.6 and libc-2.31.so, but not libcrypto.
 */
static const char *const system_modules[] = { "libc", "ld.so", "ld64.so",
	"libpthread", "libdl", "librt", "libm", "libmvec",
	"libresolv", "linux-vdso", "linux-gate", "libsystem_c",
	"libsystem_kernel", "libsystem_malloc", "libsystem_platform",
	"libsystem_pthread", "libdyld", "dyld", NULL };
static const char *const runtime_modules[] = { "libstdc++", "libgcc_s",
	"libc++", "libc++abi", "libjvm", "libjava", "libjli", "libnio",
	"libnode", "libv8", "libcoreclr", "coreclr", "libclrjit", "clrjit",
	"libclrgc", "System.Private.CoreLib", "libhostpolicy",
	"libSystem.Native", "libmonosgen", "libphp", "libperl", "libruby",
	"libgo", "libgfortran", "libgomp", NULL };
/* Programs that run scripts: name and version, nothing more. */
static const char *const interpreters[] = { "python", "pypy", "node",
	"nodejs", "ruby", "php", "php-fpm", "perl", "lua", "luajit", "java",
	"dotnet", "mono", "mono-sgen", "Rscript", NULL };

/* Begin names that no user's function has; to the end with a '$'. */
static const char *const runtime_names[] = { "runtime.", "runtime/internal/",
	"internal/runtime/", "internal/abi.", "internal/bytealg.",
	"internal/cpu.", "_rt0_", "gosave_systemstack_switch$", "gogo$",
	"jdk.internal.", "jdk/internal/", "sun.", "sun/", "com.sun.proxy.",
	"com/sun/proxy/", "Lsun/", "Ljdk/internal/", "java.lang.reflect.",
	"java/lang/reflect/", "Ljava/lang/reflect/", "java.lang.invoke.",
	"java/lang/invoke/", "Ljava/lang/invoke/", "Builtins_", "Builtin:",
	"v8::internal::", "v8::base::", "BytecodeHandler:", "node:internal/",
	"(garbage collector)$", "(program)$", "_PyEval_", "PyEval_",
	"_PyObject_", "PyObject_", "_PyFunction_", "PyRun_", "_PyRun_",
	"Py_RunMain", "Py_BytesMain", "Py_Main$", "pymain_", "_Py_",
	"PyImport_", "_PyImport_", "_PyVectorcall", "PyVectorcall_",
	"_PyGC_", "_PyMem_", "PyMem_", "_PyEvalFramePushAndInit$",
	"rb_vm_", "vm_exec_core$", "__cxa_", "__gxx_personality",
	"_Unwind_", "std::rt::", "std::sys::", "std::sys_common::",
	"std::panicking::", "std::panic::", "__rust_", "_rust_begin_unwind",
	"rust_begin_unwind$", "System.Private.CoreLib!", "coreclr!",
	"libcoreclr.so!", NULL };

/* Names that mean it where no module is known. */
static const char *const runtime_alone[] = { "Interpreter$", "call_stub$",
	"InterpreterRuntime::", "JavaCalls::", "JavaThread::",
	"vtable stub$", "itable stub$", "CompileBroker::", "C2Compiler::",
	"VMThread::", "GangWorker::", "~RuntimeStub::", NULL };
static const char *const system_alone[] = { "__libc_", "_start$",
	"start_thread$", "clone$", "clone3$", "__clone$", "__clone3$",
	"_dl_", "__GI_", "_int_malloc$", "_int_free$", "__memset_",
	"__memcpy_", "__memmove_", "__strlen_", "malloc_consolidate$",
	NULL };
static const char *const kernel_alone[] = { "entry_SYSCALL_",
	"do_syscall_64$", "x64_sys_call$", "__x64_sys_", "__ia32_sys_",
	"__arm64_sys_", "asm_sysvec_", "asm_exc_", "sysvec_apic_",
	"syscall_exit_to_user_mode", "ret_from_fork", "entry_SYSENTER_",
	"el0t_64_sync", "page_fault$", "system_call_fastpath$", NULL };

static bool
begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

static bool
ends(const char *s, const char *with)
{
	size_t n = strlen(s), k = strlen(with);

	return n >= k && strcmp(s + n - k, with) == 0;
}

static bool
is_name(const char *s, const char *const *list)
{
	size_t i, n;

	for (i = 0; list[i] != NULL; i++) {
		n = strlen(list[i]);
		if (list[i][n - 1] == '$' ?
		    strlen(s) == n - 1 && strncmp(s, list[i], n - 1) == 0 :
		    strncmp(s, list[i], n) == 0)
			return true;
	}
	return false;
}

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || c == '_' || c == '+';
}

static bool
is_module(const char *base, const char *const *list)
{
	size_t i, n;

	for (i = 0; list[i] != NULL; i++) {
		n = strlen(list[i]);
		if (strncmp(base, list[i], n) == 0 && !is_alnum(base[n]) &&
		    (base[n] != '-' || (base[n + 1] >= '0' &&
		    base[n + 1] <= '9')))
			return true;
	}
	return false;
}

/* "libpython3.11.so.1.0", "libruby-3.1.so". */
static bool
is_versioned(const char *base)
{
	return begins(base, "libpython") || begins(base, "libruby") ||
	    begins(base, "libphp");
}

static bool
is_interpreter(const char *base)
{
	size_t i, n;

	for (i = 0; interpreters[i] != NULL; i++) {
		n = strlen(interpreters[i]);
		if (strncmp(base, interpreters[i], n) == 0 &&
		    strspn(base + n, "0123456789.") == strlen(base + n))
			return true;
	}
	return false;
}

static bool
is_kernel_module(const char *module)
{
	static const char *const parts[] = { ".ko", ".ko.gz", ".ko.xz",
	    ".ko.zst" };
	const char *base = prof_name_base(module);
	size_t i;

	for (i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (ends(base, parts[i]))
			return true;
	return begins(module, "[kernel") || begins(module, "[guest.kernel") ||
	    strcmp(module, "[k]") == 0 || strcmp(module, "kernel") == 0 ||
	    begins(base, "vmlinux") || begins(base, "vmlinuz");
}

static enum prof_origin
of_module(const char *module)
{
	const char *base = prof_name_base(module);

	if (is_kernel_module(module))
		return PROF_ORIGIN_KERNEL;
	if (begins(module, "[vdso]") || begins(module, "[vsyscall]"))
		return PROF_ORIGIN_SYSTEM;
	if (is_module(base, system_modules) || begins(base, "ld-"))
		return PROF_ORIGIN_SYSTEM;
	if (is_module(base, runtime_modules) || is_interpreter(base) ||
	    is_versioned(base))
		return PROF_ORIGIN_RUNTIME;
	return PROF_ORIGIN_USER;
}

/* By source file and name; alone: no module is known. */
static enum prof_origin
of_function(const char *name, const char *file, bool alone)
{
	if (begins(file, "<frozen ") || begins(file, "node:internal/") ||
	    is_name(name, runtime_names))
		return PROF_ORIGIN_RUNTIME;
	if (!alone || file[0] != '\0')
		return PROF_ORIGIN_USER;
	if (is_name(name, runtime_alone))
		return PROF_ORIGIN_RUNTIME;
	if (is_name(name, system_alone))
		return PROF_ORIGIN_SYSTEM;
	return is_name(name, kernel_alone) ? PROF_ORIGIN_KERNEL :
	    PROF_ORIGIN_USER;
}

/* By kind; USER: that does not tell. */
static enum prof_origin
of_kind(uint8_t kind)
{
	return kind == PROF_KIND_KERNEL ? PROF_ORIGIN_KERNEL :
	    kind == PROF_KIND_VDSO ? PROF_ORIGIN_SYSTEM : PROF_ORIGIN_USER;
}

enum prof_origin
prof_origin_of(const struct prof_place *place)
{
	enum prof_origin o = of_kind(place->kind);

	/* An interpreter's module is not where its scripts are from. */
	if (o == PROF_ORIGIN_USER && place->kind != PROF_KIND_INTERPRETED)
		o = of_module(place->module);
	if (o == PROF_ORIGIN_USER)
		o = of_function(place->name, place->file,
		    place->module[0] == '\0');
	return o;
}

struct prof_place
prof_place_of(const struct prof_profile *p, const struct prof_location *l,
    const struct prof_function *f)
{
	struct prof_place place = { "", "", "", l->kind };

	if (l->mapping != 0)
		place.module = prof_profile_str(p,
		    prof_profile_mod(p, l->mapping)->file);
	if (f != NULL) {
		place.name = prof_profile_str(p, f->name != 0 ? f->name :
		    f->system);
		place.file = prof_profile_str(p, f->file);
	}
	return place;
}

/* What was found out before, plus one: a name is looked at once. */
struct seen {
	struct prof_profile *p;
	uint8_t *mod, *fn, *fn_alone;
};

static enum prof_origin
seen_module(struct seen *s, const struct prof_location *l)
{
	uint8_t *at = &s->mod[l->mapping];

	if (l->mapping == 0)
		return PROF_ORIGIN_USER;
	if (*at == 0)
		*at = (uint8_t)(1 + of_module(prof_profile_str(s->p,
		    prof_profile_mod(s->p, l->mapping)->file)));
	return *at - 1;
}

static enum prof_origin
seen_function(struct seen *s, const struct prof_location *l,
    const struct prof_function *f)
{
	struct prof_place place = prof_place_of(s->p, l, f);
	bool alone = place.module[0] == '\0';
	uint8_t *at = (alone ? s->fn_alone : s->fn) + (f - s->p->fn);

	if (*at == 0)
		*at = (uint8_t)(1 + of_function(place.name, place.file,
		    alone));
	return *at - 1;
}

static int
is_system(void *ctx, const struct prof_profile *p,
    const struct prof_location *l, const struct prof_line *line,
    struct prof_err *err)
{
	(void)err;
	if (of_kind(l->kind) != PROF_ORIGIN_USER)
		return 1;
	if (l->kind != PROF_KIND_INTERPRETED &&
	    seen_module(ctx, l) != PROF_ORIGIN_USER)
		return 1;
	return line != NULL && seen_function(ctx, l, prof_profile_fn(p,
	    line->fn)) != PROF_ORIGIN_USER;
}

bool
prof_filter_hide_system(struct prof_profile *p)
{
	struct seen s = { .p = p };
	struct prof_err err = { 0 };
	bool any = false;

	prof_profile_drop_edges(p);
	s.mod = prof_zalloc((size_t)p->nmod + 1, 1);
	s.fn = prof_zalloc((size_t)p->nfn + 1, 1);
	s.fn_alone = prof_zalloc((size_t)p->nfn + 1, 1);
	prof_cut_frames(p, is_system, &s, &any, NULL, &err);
	free(s.mod);
	free(s.fn);
	free(s.fn_alone);
	return any;
}
