/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_color.h"

#include <string.h>

#include "libanalysis/hash.h"

/*
 * Made in OKLCH, where equal lightness looks equally light: a hue says
 * something, a light one must not look more important than another.
 */
static const struct prof_svg_shade shades[PROF_SVG_SHADES] = {
	{ "c0", 0xfdbdca, 0x723d4a },
	{ "c1", 0xf7acbc, 0x663240 },
	{ "c2", 0xee9caf, 0x5a2835 },
	{ "c3", 0xfec0b0, 0x734033 },
	{ "c4", 0xf8b09d, 0x673528 },
	{ "c5", 0xf0a08c, 0x5b2a1e },
	{ "c6", 0xe8ce99, 0x634c17 },
	{ "c7", 0xdfc07f, 0x574109 },
	{ "c8", 0xd5b36a, 0x4c3700 },
	{ "c9", 0xd3d69d, 0x52531d },
	{ "c10", 0xc7ca85, 0x484810 },
	{ "c11", 0xbbbd70, 0x3d3d02 },
	{ "c12", 0xa3e1c5, 0x1e5d45 },
	{ "c13", 0x8ad7b6, 0x0f513b },
	{ "c14", 0x75cca7, 0x004631 },
	{ "c15", 0x9bdcf6, 0x11586f },
	{ "c16", 0x81d1f0, 0x004d63 },
	{ "c17", 0x6ac5e8, 0x004258 },
	{ "c18", 0xacd5ff, 0x2d5277 },
	{ "c19", 0x97c9fd, 0x23476c },
	{ "c20", 0x85bcf5, 0x173c60 },
	{ "c21", 0xc2ceff, 0x444c79 },
	{ "c22", 0xb3c0ff, 0x39416d },
	{ "c23", 0xa4b3f8, 0x2f3661 },
	{ "c24", 0xd8c6fc, 0x564673 },
	{ "c25", 0xcdb7f6, 0x4b3b67 },
	{ "c26", 0xc1a9ee, 0x41305c },
	{ "c27", 0xf1bfe5, 0x693f60 },
	{ "c28", 0xe9aedb, 0x5d3555 },
	{ "c29", 0xe09fd1, 0x522a4a },
	{ "k", 0xfba95b, 0x7f490c },
	{ "j", 0x8ddb85, 0x2b5a27 },
	{ "i", 0x85e4e3, 0x055959 },
	{ "n", 0xcacaca, 0x484848 },
	{ "a", 0xe1e1e1, 0x353535 },
	{ "g", 0xa1c1e4, 0x2d445c },
	{ "e", 0xe8e8e8, 0x383838 },
	{ "u1", 0xf8dad2, 0x54332b },
	{ "u2", 0xf8c3b5, 0x6c3629 },
	{ "u3", 0xf7a792, 0x863622 },
	{ "u4", 0xf5886c, 0xa03317 },
	{ "u5", 0xf06847, 0xb8330d },
	{ "d1", 0xd0e4f8, 0x2b3f54 },
	{ "d2", 0xb4d5f8, 0x284a6c },
	{ "d3", 0x94c2f3, 0x235585 },
	{ "d4", 0x73b0ee, 0x1a609e },
	{ "d5", 0x509de8, 0x116bb5 },
	{ "m", 0xe790fa, 0x922ba8 }
};

/* In percent of the whole. */
static const unsigned steps[5] = { 1, 2, 5, 10, 0 };

const struct prof_svg_shade *
prof_svg_shade(unsigned id)
{
	return &shades[id];
}

unsigned
prof_svg_step(unsigned i)
{
	return steps[i];
}

/* Where arguments or template parameters begin: no part of a package. */
static size_t
plain_part(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (strchr("<( [{@$", name[i]) != NULL)
			break;
	return i;
}

static const char *
find_colons(const char *name, size_t len)
{
	size_t i;

	for (i = 1; i + 1 < len; i++)
		if (name[i] == ':' && name[i + 1] == ':')
			return name + i;
	return NULL;
}

/* What compilers append to the name of a C function. */
static bool
is_clone_suffix(const char *s, size_t len)
{
	static const char *const suffix[] = {
		"cold", "constprop", "isra", "llvm", "lto_priv", "part"
	};
	size_t i, n;

	for (i = 0; i < sizeof suffix / sizeof suffix[0]; i++) {
		n = strlen(suffix[i]);
		if (len >= n && memcmp(s, suffix[i], n) == 0)
			return true;
	}
	return false;
}

/*
 * "a.b.Class.method" and "a.method": what is before the first component
 * that begins with a capital, else before the second one.
 */
static size_t
dotted_package(const char *name, size_t from, size_t len)
{
	size_t i, first = 0;

	for (i = from + 1; i < len; i++) {
		if (name[i] != '.')
			continue;
		if (is_clone_suffix(name + i + 1, len - i - 1))
			break;
		if (i + 1 < len && name[i + 1] >= 'A' && name[i + 1] <= 'Z')
			return i;
		if (first == 0)
			first = i;
	}
	return first;
}

size_t
prof_svg_package(const char *name, size_t len)
{
	const char *colons, *slash;
	size_t plain = plain_part(name, len), from = 0;

	colons = find_colons(name, plain);
	if (colons != NULL)
		return (size_t)(colons - name);
	for (slash = name + plain; slash > name && slash[-1] != '/'; slash--)
		;
	if (slash > name)
		from = (size_t)(slash - name);
	return dotted_package(name, from, plain);
}

static bool
ends_in(const struct prof_row *row, const char *mark)
{
	size_t n = strlen(mark);

	return row->name_len > n &&
	    memcmp(row->name + row->name_len - n, mark, n) == 0;
}

/* The marks are those of collapsed stacks, where nothing else tells. */
static unsigned
shade_of_kind(const struct prof_row *row)
{
	if (row->kind == PROF_KIND_KERNEL || ends_in(row, "_[k]"))
		return PROF_SVG_KERNEL;
	if (row->kind == PROF_KIND_JIT || ends_in(row, "_[j]"))
		return PROF_SVG_JIT;
	if (row->nameless || row->name_len == 0)
		return PROF_SVG_NAMELESS;
	if (row->inlined || ends_in(row, "_[i]"))
		return PROF_SVG_INLINED;
	return PROF_SVG_SHADES;
}

static uint64_t
place_hash(const struct prof_row *row)
{
	size_t n = prof_svg_package(row->name, row->name_len);
	const char *s = row->name, *slash;

	if (n == 0 && row->module[0] != '\0') {
		slash = strrchr(row->module, '/');
		s = slash != NULL ? slash + 1 : row->module;
		n = strlen(s);
	} else if (n == 0 && row->file[0] != '\0') {
		s = row->file;
		n = strlen(s);
	} else if (n == 0) {
		n = row->name_len;
	}
	return prof_hash_bytes(PROF_HASH_FIXED, s, n);
}

unsigned
prof_svg_shade_of(const struct prof_row *row)
{
	unsigned shade = shade_of_kind(row);
	uint64_t hue, light;

	if (shade != PROF_SVG_SHADES)
		return shade;
	hue = place_hash(row) % (PROF_SVG_PACKAGES / 3);
	light = prof_hash_bytes(PROF_HASH_FIXED, row->name, row->name_len) % 3;
	return (unsigned)(hue * 3 + light);
}

unsigned
prof_svg_shade_of_change(int64_t base, int64_t now, prof_i128 whole)
{
	prof_i128 change = (prof_i128)now - base;
	prof_i128 size = change < 0 ? -change : change;
	unsigned i = 0;

	if (change == 0)
		return PROF_SVG_SAME;
	while (steps[i] != 0 && size * 100 >= whole * steps[i])
		i++;
	return (change > 0 ? PROF_SVG_MORE : PROF_SVG_LESS) + i;
}

static void
add_fills(struct prof_buf *b, const bool *used, bool dark)
{
	unsigned i;

	for (i = 0; i < PROF_SVG_SHADES; i++)
		if (used[i])
			prof_buf_addf(b, ".%s{fill:#%06x}", shades[i].class,
			    (unsigned)(dark ? shades[i].dark :
			    shades[i].light));
}

void
prof_svg_shades_css(struct prof_buf *b, const bool *used)
{
	add_fills(b, used, false);
	prof_buf_adds(b, "\n@media (prefers-color-scheme:dark){");
	add_fills(b, used, true);
	prof_buf_adds(b, "}\n");
}
