/* SPDX-License-Identifier: MIT */
#include "libanalysis/demangle.h"

#include <libiberty/demangle.h>
#include <setjmp.h>
#include <string.h>

#include "libanalysis/rewrite.h"

/*
 * What libiberty prints goes here.  A few hundred bytes can mean text
 * without end, and its callback cannot say stop: so it jumps.
 */
struct sink {
	struct prof_buf *out;
	size_t start;
	bool rust;
	jmp_buf stop;
};

/* What Rust's Punycode prints lies on the heap, and is never ASCII. */
static bool
is_ascii(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if ((unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

static void
take(const char *s, size_t len, void *opaque)
{
	struct sink *k = opaque;

	if (k->out->len - k->start + len <= PROF_DEMANGLED_MAX)
		prof_buf_add(k->out, s, len);
	else if (!k->rust || is_ascii(s, len))
		longjmp(k->stop, 1);
	else	/* full from now on */
		prof_buf_addn(k->out, ' ', PROF_DEMANGLED_MAX -
		    (k->out->len - k->start));
}

static bool
run(const char *mangled, struct sink *k, bool verbose)
{
	int flags = DMGL_PARAMS | DMGL_ANSI | (verbose ? DMGL_VERBOSE : 0);

	if (setjmp(k->stop) != 0)
		return false;
	return (k->rust ? rust_demangle_callback(mangled, flags, take, k) :
	    cplus_demangle_v3_callback(mangled, flags, take, k)) != 0;
}

/* Rust's older names are C++ names of a certain form, with a hash. */
static bool
demangle(const char *mangled, bool v0, struct prof_buf *out)
{
	struct sink k = { .out = out, .start = out->len, .rust = true };

	if (run(mangled, &k, !v0) && out->len > k.start &&
	    out->len - k.start < PROF_DEMANGLED_MAX)
		return true;
	out->len = k.start;
	k.rust = false;
	if (!v0 && run(mangled, &k, false) && out->len > k.start)
		return true;
	out->len = k.start;
	return false;
}

static bool
is_symbol_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '$' ||
	    (unsigned char)c >= 0x80;
}

/* Underscores before the Z or R; Mach-O and blocks have more of them. */
static size_t
underscores(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] == '_')
		n++;
	if (n == 0 || n > 4 || n + 1 >= len)
		return 0;
	if (s[n] == 'Z')
		return n;
	return n <= 2 && s[n] == 'R' ? n : 0;
}

bool
prof_demangle_text(const char *name, size_t len, struct prof_buf *out)
{
	char copy[PROF_MANGLED_MAX + 1];
	size_t n = underscores(name, len), end, start = out->len;

	if (n == 0)
		return false;
	for (end = n; end < len && is_symbol_char(name[end]); end++)
		;
	if (end - n + 1 > PROF_MANGLED_MAX ||
	    (end < len && memchr("@+ ", name[end], 3) == NULL))
		return false;
	memcpy(copy, name + n - 1, end - n + 1);
	copy[end - n + 1] = '\0';
	if (!demangle(copy, name[n] == 'R', out))
		return false;
	/* Nothing that ends early, or in the middle of a line. */
	if (memchr(out->data + start, '\0', out->len - start) != NULL) {
		out->len = start;
		return false;
	}
	prof_buf_add(out, name + end, len - end);
	return true;
}

static bool
to_source(void *ctx, const char *s, size_t len, struct prof_buf *out)
{
	(void)ctx;
	return prof_demangle_text(s, len, out);
}

static bool
to_short(void *ctx, const char *s, size_t len, struct prof_buf *out)
{
	(void)ctx;
	return prof_demangle_shorten(s, len, out);
}

static void
to_linker_names(struct prof_profile *p)
{
	struct prof_function *f;
	uint32_t i;

	for (i = 0; i < p->nfn; i++) {
		f = &p->fn[i];
		if (f->system != 0 && !prof_rewrite_is_marked(p, f))
			f->name = f->system;
	}
}

static void
to_source_names(struct prof_profile *p)
{
	struct prof_rewriter r;
	struct prof_function *f;
	prof_str raw, name;
	uint32_t i;

	prof_rewriter_init(&r, p, to_source, NULL);
	for (i = 0; i < p->nfn; i++) {
		f = &p->fn[i];
		if (f->name != 0 && f->system != 0 && f->name != f->system &&
		    !prof_rewrite_is_marked(p, f))
			continue;
		raw = f->name != 0 ? f->name : f->system;
		name = prof_rewriter_get(&r, raw);
		if (name != raw && prof_rewrite_name(p, f, name) &&
		    f->system == 0)
			f->system = raw;
	}
	prof_rewriter_release(&r);
}

void
prof_demangle(struct prof_profile *p, enum prof_demangle how)
{
	struct prof_rewriter r;
	uint32_t i;

	if (how == PROF_DEMANGLE_NONE) {
		to_linker_names(p);
		return;
	}
	to_source_names(p);
	if (how != PROF_DEMANGLE_SIMPLE)
		return;
	prof_rewriter_init(&r, p, to_short, NULL);
	for (i = 0; i < p->nfn; i++)
		if (p->fn[i].name != 0)
			prof_rewrite_name(p, &p->fn[i],
			    prof_rewriter_get(&r, p->fn[i].name));
	prof_rewriter_release(&r);
}
