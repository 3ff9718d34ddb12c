/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_group.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/language.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/package.h"
#include "libanalysis/svg_palette.h"

#define HUES (PROF_SVG_PACKAGES / 3)
#define NOT_YET UINT8_MAX

/* Languages that meet in one program are far apart. */
static const uint8_t language_hue[PROF_LANGUAGES] = {
	[PROF_LANGUAGE_C] = 7, [PROF_LANGUAGE_GO] = 5,
	[PROF_LANGUAGE_RUST] = 1, [PROF_LANGUAGE_JAVA] = 0,
	[PROF_LANGUAGE_PYTHON] = 2, [PROF_LANGUAGE_JAVASCRIPT] = 3,
	[PROF_LANGUAGE_RUBY] = 9, [PROF_LANGUAGE_PHP] = 8,
	[PROF_LANGUAGE_PERL] = 4, [PROF_LANGUAGE_DOTNET] = 6,
	[PROF_LANGUAGE_HASKELL] = 8, [PROF_LANGUAGE_ERLANG] = 9
};

static const struct {
	const char *name;
	uint8_t hue;
} kinds[] = {
	[PROF_KIND_NONE] = { "user", 7 }, [PROF_KIND_USER] = { "user", 7 },
	[PROF_KIND_VDSO] = { "vdso", 2 },
	[PROF_KIND_INTERPRETED] = { "interpreted", 4 },
	[PROF_KIND_BUILTIN] = { "builtin", 8 }
};

static bool
ends_in(const struct prof_row *row, const char *mark)
{
	size_t n = strlen(mark);

	return row->name_len > n &&
	    memcmp(row->name + row->name_len - n, mark, n) == 0;
}

static struct prof_place
place_of(const struct prof_row *row)
{
	return (struct prof_place){ row->name, row->file, row->module,
	    row->kind };
}

static bool
is_separator(const struct prof_row *row)
{
	return strcmp(row->name, "--") == 0 || strcmp(row->name, "-") == 0;
}

/* The marks are those of collapsed stacks, where nothing else tells. */
static unsigned
shade_of_mark(const struct prof_row *row)
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

/* The file and its folder: longer paths differ between machines. */
static void
add_file(struct prof_buf *out, const char *file)
{
	const char *from = prof_name_base(file);

	if (from - file > 1)
		for (from--; from > file && from[-1] != '/'; from--)
			;
	prof_buf_adds(out, from);
}

/* Where a file of source is a module. */
static bool
is_script(const struct prof_row *row)
{
	switch (prof_language_of_file(row->file)) {
	case PROF_LANGUAGE_PYTHON:
	case PROF_LANGUAGE_JAVASCRIPT:
	case PROF_LANGUAGE_RUBY:
	case PROF_LANGUAGE_PHP:
	case PROF_LANGUAGE_PERL:
		return true;
	default:
		return false;
	}
}

static bool
is_text(const struct prof_buf *b, size_t from, const char *text)
{
	size_t n = strlen(text);

	return b->len - from == n && memcmp(b->data + from, text, n) == 0;
}

/* The first shade of a hue. */
static unsigned
shade_of_text(const struct prof_buf *b, size_t from)
{
	return 3 * (unsigned)(prof_hash_bytes(PROF_HASH_FIXED,
	    b->data + from, b->len - from) % HUES);
}

static unsigned
shade_of_package(const struct prof_row *row, struct prof_buf *group)
{
	struct prof_place place = place_of(row);
	unsigned shade = PROF_SVG_UNKNOWN;
	size_t from = group->len;

	prof_package_of(&place, group);
	if (is_text(group, from, "[kernel]"))
		shade = PROF_SVG_KERNEL;
	else if (!is_text(group, from, "[unknown]"))
		return shade_of_text(group, from);
	group->len = from;
	return shade;
}

/*
 * Where nothing tells, each function is a group, so that plain collapsed
 * stacks do not become one plain area.
 */
static unsigned
shade_of_module(const struct prof_row *row, struct prof_buf *group)
{
	size_t from = group->len;
	unsigned shade;

	if (!is_script(row)) {
		shade = shade_of_package(row, group);
		if (shade != PROF_SVG_UNKNOWN)
			return shade;
	}
	if (row->file[0] != '\0')
		add_file(group, row->file);
	else
		prof_buf_add(group, row->name, row->name_len);
	return shade_of_text(group, from);
}

static unsigned
shade_of_language(const struct prof_row *row, struct prof_buf *group)
{
	struct prof_place place = place_of(row);
	enum prof_language language;

	if (prof_origin_of(&place) == PROF_ORIGIN_KERNEL)
		return PROF_SVG_KERNEL;
	language = prof_language_of(&place);
	if (language == PROF_LANGUAGE_UNKNOWN)
		return PROF_SVG_UNKNOWN;
	prof_buf_adds(group, prof_language_name(language));
	return 3u * language_hue[language];
}

static unsigned
shade_of_kind(const struct prof_row *row, struct prof_buf *group)
{
	struct prof_place place = place_of(row);
	unsigned kind = row->kind <= PROF_KIND_BUILTIN ? row->kind :
	    PROF_KIND_NONE;

	if (prof_origin_of(&place) == PROF_ORIGIN_KERNEL)
		return PROF_SVG_KERNEL;
	prof_buf_adds(group, kinds[kind].name);
	return 3u * kinds[kind].hue;
}

static unsigned
shade_of_group(const struct prof_row *row, enum prof_svg_by by,
    struct prof_buf *group)
{
	switch (by) {
	case PROF_SVG_BY_LANGUAGE:
		return shade_of_language(row, group);
	case PROF_SVG_BY_PACKAGE:
		return shade_of_package(row, group);
	case PROF_SVG_BY_KIND:
		return shade_of_kind(row, group);
	default:
		return shade_of_module(row, group);
	}
}

unsigned
prof_svg_shade_of(const struct prof_row *row, unsigned palette,
    enum prof_svg_by by, struct prof_buf *group)
{
	unsigned shade;

	if (is_separator(row))
		return PROF_SVG_BAR;
	if (palette != 0)
		return prof_svg_palette_shade(palette, row);
	if (by == PROF_SVG_BY_SELF)
		return PROF_SVG_HEAT;
	if (by == PROF_SVG_BY_FUNCTION)
		return (unsigned)(prof_svg_name_hash(row) % PROF_SVG_PACKAGES);
	shade = shade_of_mark(row);
	if (shade != PROF_SVG_SHADES)
		return shade;
	shade = shade_of_group(row, by, group);
	return shade >= PROF_SVG_PACKAGES ? shade :
	    shade + (unsigned)(prof_svg_name_hash(row) % 3);
}

static void
look_at(struct prof_svg_groups *g, uint32_t *of, const struct prof_row *row,
    uint32_t frame, const struct prof_svg_opts *opts, struct prof_buf *name)
{
	unsigned shade = prof_svg_shade_of(row, g->palette, opts->by, name);
	size_t known = g->name.n;

	g->shade[frame] = (uint8_t)shade;
	if (name->len > 0) {
		of[frame] = prof_strs_add(&g->name, name->data, name->len);
		if (of[frame] > known) {
			PROF_RESERVE(g->group, g->cap, (size_t)of[frame]);
			g->group[of[frame] - 1] = (struct prof_svg_group){ 0,
			    shade / 3 };
		}
	}
	prof_buf_clear(name);
}

static void
add_self(struct prof_svg_groups *g, uint32_t frame, uint32_t group,
    int64_t self)
{
	g->self[g->shade[frame]] += self;
	if (group != 0)
		g->group[group - 1].self += self;
}

/* Frames that say where stacks are from are no code: they have no group. */
static bool
is_origin(const struct prof_svg_groups *g, const struct prof_tree *t,
    const struct prof_svg_opts *opts, uint32_t node)
{
	return opts->rooted && !opts->reversed && t->depth[node] == 1 &&
	    g->palette == 0 && opts->by != PROF_SVG_BY_FUNCTION &&
	    opts->by != PROF_SVG_BY_SELF;
}

int
prof_svg_groups_init(struct prof_svg_groups *g, const struct prof_tree *t,
    const struct prof_frames *frames, const struct prof_svg_opts *opts,
    struct prof_err *err)
{
	struct prof_buf name = { 0 };
	uint32_t *of, node, frame;
	int rc;

	memset(g, 0, sizeof *g);
	rc = prof_svg_palette_find(opts->palette, &g->palette, err);
	if (rc != PROF_OK || t->nsides != 1)
		return rc;
	of = prof_zalloc((size_t)frames->n + 1, sizeof *of);
	g->shade = prof_zalloc((size_t)frames->n + 1, sizeof *g->shade);
	memset(g->shade, NOT_YET, (size_t)frames->n + 1);
	for (node = 1; node < t->n; node++) {
		frame = t->frame[node];
		if (g->shade[frame] == NOT_YET && is_origin(g, t, opts, node))
			g->shade[frame] = PROF_SVG_ALL;
		else if (g->shade[frame] == NOT_YET)
			look_at(g, of, prof_frames_get(frames, frame), frame,
			    opts, &name);
		if (t->total[0][node] < 0)
			g->self[PROF_SVG_NEGATIVE] += t->self[0][node];
		else
			add_self(g, frame, of[frame], t->self[0][node]);
	}
	prof_buf_release(&name);
	free(of);
	return PROF_OK;
}

void
prof_svg_groups_release(struct prof_svg_groups *g)
{
	free(g->shade);
	free(g->group);
	prof_strs_release(&g->name);
	memset(g, 0, sizeof *g);
}

unsigned
prof_svg_groups_shade(const struct prof_svg_groups *g,
    const struct prof_tree *t, const struct prof_svg_opts *opts,
    uint32_t node)
{
	if (t->total[0][node] < 0)
		return PROF_SVG_NEGATIVE;
	if (node == 0)
		return PROF_SVG_ALL;
	if (g->palette == 0 && opts->by == PROF_SVG_BY_SELF &&
	    g->shade[t->frame[node]] == PROF_SVG_HEAT)
		return prof_svg_shade_of_self(t->self[0][node],
		    t->total[0][node]);
	return g->shade[t->frame[node]];
}
