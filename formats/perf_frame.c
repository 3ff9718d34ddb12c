/* SPDX-License-Identifier: MIT */
#include "formats/perf.h"

#include <string.h>

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Take up to 16 digits; returns how many, 0 when there are more. */
static size_t
read_hex(const char *s, size_t len, uint64_t *v)
{
	size_t i;

	*v = 0;
	for (i = 0; i < len && hex_digit(s[i]) >= 0; i++) {
		if (i == 16)
			return 0;
		*v = *v << 4 | (uint64_t)hex_digit(s[i]);
	}
	return i;
}

/* "pc" and the blank behind it, or the end; returns what that takes. */
static size_t
read_pc(const char *s, size_t len, uint64_t *pc)
{
	size_t n = read_hex(s, len, pc);

	if (n == 0 || (n < len && !is_blank(s[n])))
		return 0;
	return n < len ? n + 1 : n;
}

static bool
is_text(const char *s, size_t len, const char *text)
{
	return len == strlen(text) && memcmp(s, text, len) == 0;
}

static bool
begins(const char *s, size_t len, const char *text)
{
	size_t n = strlen(text);

	return len >= n && memcmp(s, text, n) == 0;
}

static bool
ends(const char *s, size_t len, const char *text)
{
	size_t n = strlen(text);

	return len >= n && memcmp(s + len - n, text, n) == 0;
}

static size_t
trim_right(const char *s, size_t len)
{
	while (len > 0 && is_blank(s[len - 1]))
		len--;
	return len;
}

/* Length without "+0x1f" at the end. */
static size_t
strip_offset(const char *s, size_t len)
{
	size_t i = len;

	while (i > 0 && hex_digit(s[i - 1]) >= 0)
		i--;
	if (i == len || i < 3 || memcmp(s + i - 3, "+0x", 3) != 0)
		return len;
	return i - 3;
}

/*
 * Where the parenthesis opens that the last character closes; a name before
 * it ends in a blank.  In a path parentheses may not match: then it is the
 * last one before a path or a bracket.
 */
static bool
find_dso(const char *s, size_t len, size_t *open)
{
	size_t i, depth = 0;

	if (len < 2 || s[len - 1] != ')')
		return false;
	for (i = len; i > 0; i--) {
		if (s[i - 1] == ')')
			depth++;
		else if (s[i - 1] == '(' && --depth == 0)
			break;
	}
	if (i > 0 && (i == 1 || is_blank(s[i - 2]))) {
		*open = i - 1;
		return true;
	}
	for (i = len - 1; i > 1; i--)
		if (s[i - 1] == '(' && is_blank(s[i - 2]) &&
		    (s[i] == '/' || s[i] == '[')) {
			*open = i - 1;
			return true;
		}
	return false;
}

static void
read_dso(const char *s, size_t len, struct prof_perf_frame *f)
{
	f->has_dso = true;
	if (is_text(s, len, "inlined")) {
		f->inlined = true;
		return;
	}
	/* Newer ones print the offset here, too (-F +dsoff). */
	len = strip_offset(s, len);
	/* The state of the file, no part of its name. */
	if (ends(s, len, " (deleted)"))
		len -= strlen(" (deleted)");
	if (is_text(s, len, "[unknown]"))
		return;
	f->dso = s;
	f->dso_len = len;
}

static void
read_symbol(const char *s, size_t len, struct prof_perf_frame *f)
{
	uint64_t v;

	len = trim_right(s, len);
	f->has_symbol = len > 0;
	len = strip_offset(s, len);
	if (is_text(s, len, "[unknown]"))
		return;
	/* "[0x4005d0]" stands for no symbol, too. */
	if (len > 4 && begins(s, len, "[0x") && s[len - 1] == ']' &&
	    read_hex(s + 3, len - 4, &v) == len - 4)
		return;
	f->symbol = s;
	f->symbol_len = len;
}

bool
prof_perf_frame_read(const char *s, size_t len, struct prof_perf_frame *f)
{
	size_t n, open;

	memset(f, 0, sizeof *f);
	while (len > 0 && is_blank(s[0])) {
		s++;
		len--;
	}
	n = read_pc(s, len, &f->pc);
	if (n == 0)
		return false;
	s += n;
	len = trim_right(s, len - n);
	if (find_dso(s, len, &open)) {
		read_dso(s + open + 1, len - open - 2, f);
		len = open;
	}
	read_symbol(s, len, f);
	return true;
}

/* The first address of a branch: "from => to". */
static size_t
cut_target(const char *s, size_t len)
{
	const char *p = s;

	while ((p = memchr(p, '=', len - (size_t)(p - s))) != NULL) {
		if (p > s && p[-1] == ' ' && len - (size_t)(p - s) > 3 &&
		    p[1] == '>' && p[2] == ' ')
			return trim_right(s, (size_t)(p - s));
		p++;
	}
	return len;
}

static size_t
skip_blanks(const char *s, size_t len, size_t at)
{
	while (at < len && is_blank(s[at]))
		at++;
	return at;
}

/* "call", "jcc": what -F +flags prints of a branch. */
static size_t
skip_flag(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len && s[i] >= 'a' && s[i] <= 'z')
		i++;
	return skip_blanks(s, len, i);
}

bool
prof_perf_frame_behind(const char *s, size_t len, size_t *from, size_t *to)
{
	size_t at = skip_blanks(s, len, 0), n, next, more;
	uint64_t pc;
	bool dso;

	len = trim_right(s, cut_target(s, len));
	dso = find_dso(s, len, &n);
	n = at < len ? read_pc(s + at, len - at, &pc) : 0;
	if (n == 0 && at < len && dso) {
		at += skip_flag(s + at, len - at);
		n = read_pc(s + at, len - at, &pc);
	}
	if (n == 0)
		return false;
	/* A data address (-F +addr) may stand before that of the code. */
	next = skip_blanks(s, len, at + n);
	more = read_pc(s + next, len - next, &pc);
	if (more > 1 && next + more - 1 - (at + n) >= 16) {
		at = next;
		n = more;
	}
	*from = at;
	*to = len;
	/* Other numbers stand there, too. */
	return dso || n > 6;
}

static bool
is_number(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return len > 0;
}

/* Compiled code that a runtime wrote down for perf. */
static bool
is_jit(const char *dso, size_t len, const char *base, size_t base_len)
{
	if (begins(dso, len, "[JIT]") || begins(dso, len, "[JIT "))
		return true;
	if (begins(base, base_len, "jitted-") && ends(base, base_len, ".so"))
		return true;
	return base_len > 9 && begins(base, base_len, "perf-") &&
	    ends(base, base_len, ".map") &&
	    is_number(base + 5, base_len - 9);
}

static bool
is_kernel(const char *dso, size_t len, const char *base, size_t base_len)
{
	static const char *const module[] = { ".ko", ".ko.gz", ".ko.xz",
	    ".ko.zst", ".ko.debug" };
	static const char *const user[] = { "[heap]", "[stack", "[anon",
	    "[uprobes]" };
	size_t i;

	for (i = 0; i < sizeof module / sizeof module[0]; i++)
		if (ends(base, base_len, module[i]))
			return true;
	if (is_text(base, base_len, "vmlinux") ||
	    begins(base, base_len, "vmlinux-") ||
	    begins(dso, len, "bpf_prog_"))
		return true;
	for (i = 0; i < sizeof user / sizeof user[0]; i++)
		if (begins(dso, len, user[i]))
			return false;
	/* "[kernel.kallsyms].init.text", and modules without a path. */
	return begins(dso, len, "[kernel.") || begins(dso, len, "[guest.") ||
	    (len > 2 && dso[0] == '[' && dso[len - 1] == ']');
}

uint8_t
prof_perf_kind(const char *dso, size_t len)
{
	size_t base = len;

	if (len == 0)
		return PROF_KIND_NONE;
	while (base > 0 && dso[base - 1] != '/')
		base--;
	if (begins(dso, len, "[vdso") || is_text(dso, len, "[vsyscall]"))
		return PROF_KIND_VDSO;
	if (is_jit(dso, len, dso + base, len - base))
		return PROF_KIND_JIT;
	if (is_kernel(dso, len, dso + base, len - base))
		return PROF_KIND_KERNEL;
	return PROF_KIND_USER;
}
