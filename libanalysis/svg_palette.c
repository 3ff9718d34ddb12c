/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_palette.h"

#include <string.h>

#include "libanalysis/demangle.h"
#include "libanalysis/hash.h"
#include "libanalysis/language.h"
#include "libanalysis/stable.h"
#include "libanalysis/svg_color.h"

/* Four tones each, in the order of the tones of svg_color.c. */
enum basic { RED, ORANGE, YELLOW, GREEN, AQUA, BLUE, PURPLE, NBASIC };

#define BASIC(hue) PROF_SVG_TONES + 4 * (hue), 4
#define HOT PROF_SVG_TONES + 4 * NBASIC, 8
#define MEM PROF_SVG_TONES + 4 * NBASIC + 8, 6
#define IO PROF_SVG_TONES + 4 * NBASIC + 14, 4

typedef enum basic rule_fn(const struct prof_row *row);

static bool
has(const struct prof_row *row, const char *what)
{
	return strstr(row->name, what) != NULL;
}

static bool
begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

static bool
is_marked(const struct prof_row *row, const char *mark)
{
	size_t n = strlen(mark);

	return row->name_len >= n &&
	    memcmp(row->name + row->name_len - n, mark, n) == 0;
}

/* Readers take marks off and keep what they say as the frame's kind. */
static bool
is_kernel(const struct prof_row *row)
{
	return row->kind == PROF_KIND_KERNEL || is_marked(row, "_[k]");
}

static bool
is_jit(const struct prof_row *row)
{
	return row->kind == PROF_KIND_JIT || is_marked(row, "_[j]");
}

static bool
is_inlined(const struct prof_row *row)
{
	return row->inlined || is_marked(row, "_[i]");
}

static bool
is_of(const struct prof_row *row, enum prof_language language)
{
	return prof_language_of_file(row->file) == language;
}

/* By what stands in it: a path, packages or a class; "[x.y]" is a module. */
static bool
is_java_name(const char *s)
{
	if (*s == 'L')
		s++;
	return strchr(s, '/') != NULL || (*s >= 'A' && *s <= 'Z') ||
	    (*s != '[' && strchr(s, '.') != NULL);
}

static enum basic
java(const struct prof_row *row)
{
	if (is_kernel(row))
		return ORANGE;
	if (is_inlined(row))
		return AQUA;
	if (is_jit(row) || is_of(row, PROF_LANGUAGE_JAVA) || has(row, ":::"))
		return GREEN;
	if (has(row, "::") || begins(row->name, "-[") ||
	    begins(row->name, "+["))
		return YELLOW;
	return is_java_name(row->name) ? GREEN : RED;
}

static enum basic
js(const struct prof_row *row)
{
	bool path = strchr(row->name, '/') != NULL;

	if (row->name_len > 0 && strspn(row->name, " ") == row->name_len)
		return GREEN;
	if (is_kernel(row))
		return ORANGE;
	if (strstr(row->file, "node_modules/") != NULL)
		return PURPLE;
	if (is_of(row, PROF_LANGUAGE_JAVASCRIPT) &&
	    strchr(row->file, '/') != NULL)
		return GREEN;
	if (is_jit(row))
		return path ? GREEN : AQUA;
	if (has(row, "::"))
		return YELLOW;
	if (path && has(row, "node_modules/"))
		return PURPLE;
	if (path && has(row, ".js"))
		return GREEN;
	return has(row, ":") ? AQUA : RED;
}

static enum basic
perl(const struct prof_row *row)
{
	if (is_kernel(row))
		return ORANGE;
	if (has(row, "Perl") || has(row, ".pl") ||
	    is_of(row, PROF_LANGUAGE_PERL))
		return GREEN;
	return has(row, "::") ? YELLOW : RED;
}

/* Whether a part of a path is what, or with a version: "python3.11". */
static bool
has_part(const char *path, const char *what, bool version)
{
	size_t n, len = strlen(what);

	for (; *path != '\0'; path += n + (path[n] != '\0')) {
		n = strcspn(path, "/\\");
		if (n >= len && memcmp(path, what, len) == 0 && (n == len ||
		    (version && strspn(path + len, "0123456789.") >=
		    n - len)))
			return true;
	}
	return false;
}

static bool
is_installed(const char *s)
{
	return has_part(s, "site-packages", false) ||
	    has_part(s, "dist-packages", false);
}

static bool
is_library(const char *s)
{
	return has_part(s, "python", true) || has_part(s, "Python", true) ||
	    begins(s, "<built-in") || begins(s, "<method") ||
	    begins(s, "<frozen") || begins(s, "{built-in") ||
	    begins(s, "{method");
}

static enum basic
python(const struct prof_row *row)
{
	if (is_installed(row->name) || is_installed(row->file))
		return AQUA;
	return is_library(row->name) || is_library(row->file) ||
	    row->kind == PROF_KIND_BUILTIN ? YELLOW : RED;
}

/* What async functions become begins with "<core::", too. */
static enum basic
rust(const struct prof_row *row)
{
	static const char *const own[] = { "core::", "std::", "alloc::" };
	const char *s = strchr(row->name, '`');
	size_t i;

	s = s != NULL ? s + 1 : row->name;
	if (begins(s, "<core::future::from_generator::GenFuture<T>"))
		return AQUA;
	for (i = 0; i < sizeof own / sizeof own[0]; i++)
		if (begins(s, own[i]) || (*s == '<' && begins(s + 1, own[i])))
			return ORANGE;
	return strstr(s, "::") != NULL ? AQUA : YELLOW;
}

static enum basic
wakeup(const struct prof_row *row)
{
	(void)row;
	return AQUA;
}

static enum basic
chain(const struct prof_row *row)
{
	return has(row, "_[w]") ? AQUA : BLUE;
}

static const struct prof_svg_meaning java_means[] = {
	{ BASIC(GREEN), "Java, JIT" }, { BASIC(AQUA), "inlined" },
	{ BASIC(YELLOW), "C++" }, { BASIC(ORANGE), "kernel" },
	{ BASIC(RED), "other" }, { 0, 0, NULL }
}, js_means[] = {
	{ BASIC(GREEN), "JavaScript" }, { BASIC(PURPLE), "node_modules" },
	{ BASIC(AQUA), "built in" }, { BASIC(YELLOW), "C++" },
	{ BASIC(ORANGE), "kernel" }, { BASIC(RED), "other" }, { 0, 0, NULL }
}, perl_means[] = {
	{ BASIC(GREEN), "Perl" }, { BASIC(YELLOW), "with ::" },
	{ BASIC(ORANGE), "kernel" }, { BASIC(RED), "other" }, { 0, 0, NULL }
}, python_means[] = {
	{ BASIC(RED), "own code" }, { BASIC(AQUA), "site-packages" },
	{ BASIC(YELLOW), "standard library" }, { 0, 0, NULL }
}, rust_means[] = {
	{ BASIC(AQUA), "crates" }, { BASIC(ORANGE), "core, std, alloc" },
	{ BASIC(YELLOW), "other" }, { 0, 0, NULL }
}, wakeup_means[] = {
	{ BASIC(AQUA), "wakers" }, { 0, 0, NULL }
}, chain_means[] = {
	{ BASIC(BLUE), "off CPU" }, { BASIC(AQUA), "wakers" }, { 0, 0, NULL }
};

/* Each has a range of tones, or a rule that chooses one. */
static const struct palette {
	const char *name;
	unsigned first, n;
	rule_fn *rule;
	const struct prof_svg_meaning *means;
} palettes[] = {
	{ "default", 0, 0, NULL, NULL },
	{ "hot", HOT, NULL, NULL },
	{ "mem", MEM, NULL, NULL },
	{ "io", IO, NULL, NULL },
	{ "java", 0, 0, java, java_means },
	{ "js", 0, 0, js, js_means },
	{ "perl", 0, 0, perl, perl_means },
	{ "python", 0, 0, python, python_means },
	{ "rust", 0, 0, rust, rust_means },
	{ "wakeup", 0, 0, wakeup, wakeup_means },
	{ "chain", 0, 0, chain, chain_means },
	{ "red", BASIC(RED), NULL, NULL },
	{ "green", BASIC(GREEN), NULL, NULL },
	{ "blue", BASIC(BLUE), NULL, NULL },
	{ "aqua", BASIC(AQUA), NULL, NULL },
	{ "yellow", BASIC(YELLOW), NULL, NULL },
	{ "purple", BASIC(PURPLE), NULL, NULL },
	{ "orange", BASIC(ORANGE), NULL, NULL }
};

#define NPALETTES (sizeof palettes / sizeof palettes[0])

int
prof_svg_palette_find(const char *name, unsigned *palette,
    struct prof_err *err)
{
	struct prof_buf list = { 0 };
	unsigned i;
	int rc;

	*palette = 0;
	if (name == NULL)
		return PROF_OK;
	for (i = 0; i < NPALETTES; i++) {
		if (strcmp(palettes[i].name, name) == 0) {
			*palette = i;
			prof_buf_release(&list);
			return PROF_OK;
		}
		prof_buf_addf(&list, "%s%s", i > 0 ? ", " : "",
		    palettes[i].name);
	}
	rc = prof_fail(err, PROF_EUSAGE, "no palette '%.100s'; there are %s",
	    name, prof_buf_str(&list));
	prof_buf_release(&list);
	return rc;
}

/*
 * Without parameters, template arguments and what changes from build to
 * build.
 */
uint64_t
prof_svg_name_hash(const struct prof_row *row)
{
	struct prof_buf stable = { 0 }, brief = { 0 };
	const char *s = row->name;
	size_t len = row->name_len;
	uint64_t hash;

	if (prof_stable_name(s, len, &stable)) {
		s = prof_buf_str(&stable);
		len = stable.len;
	}
	if (prof_demangle_shorten(s, len, &brief)) {
		s = prof_buf_str(&brief);
		len = brief.len;
	}
	hash = prof_hash_bytes(PROF_HASH_FIXED, s, len);
	prof_buf_release(&stable);
	prof_buf_release(&brief);
	return hash;
}

unsigned
prof_svg_palette_shade(unsigned palette, const struct prof_row *row)
{
	const struct palette *p = &palettes[palette];
	uint64_t tone = prof_svg_name_hash(row);

	if (p->rule == NULL)
		return p->first + (unsigned)(tone % p->n);
	return PROF_SVG_TONES + 4 * (unsigned)p->rule(row) +
	    (unsigned)(tone % 4);
}

const struct prof_svg_meaning *
prof_svg_palette_meaning(unsigned palette, unsigned i)
{
	const struct prof_svg_meaning *m = palettes[palette].means;

	return m != NULL && m[i].text != NULL ? &m[i] : NULL;
}
