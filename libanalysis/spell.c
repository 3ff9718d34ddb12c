/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "libanalysis/coarsen.h"
#include "libanalysis/label.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/package.h"
#include "libanalysis/spell_calls.h"

struct speller {
	struct prof_profile *p;
	struct prof_builder b;
	enum prof_granularity by;
	struct prof_buf name;	/* scratch */
	struct prof_line *line;	/* scratch */
	size_t cap;
};

static void
add_str(struct speller *s, prof_str str)
{
	prof_buf_add(&s->name, prof_profile_str(s->p, str),
	    prof_strs_len(&s->p->strs, str));
}

/* What stands for a frame of which the thing asked for is not known. */
static void
add_module(struct speller *s, const struct prof_location *l)
{
	const char *module = prof_name_base(prof_place_of(s->p, l,
	    NULL).module);

	if (module[0] == '[' && module[strlen(module) - 1] == ']')
		prof_buf_adds(&s->name, module);
	else
		prof_buf_addf(&s->name, "[%s]", module[0] != '\0' ? module :
		    "unknown");
}

static void
spell_line(struct speller *s, const struct prof_location *l,
    const struct prof_function *f, int64_t line)
{
	if (s->by == PROF_BY_ADDRESS && l->address != 0)
		prof_buf_addf(&s->name, "0x%" PRIx64 " ", l->address);
	add_str(s, f->name != 0 ? f->name : f->system);
	if (f->file == 0)
		return;
	prof_buf_addc(&s->name, ' ');
	add_str(s, f->file);
	if (line != 0)
		prof_buf_addf(&s->name, ":%" PRId64, line);
}

static void
spell_package(struct speller *s, const struct prof_location *l,
    const struct prof_function *f)
{
	struct prof_place place = prof_place_of(s->p, l, f);

	prof_package_of(&place, &s->name);
}

static prof_fn
intern(struct speller *s, prof_str file, int64_t start)
{
	struct prof_function f = { .file = file, .start = start };

	f.name = prof_strs_add(&s->p->strs, s->name.data, s->name.len);
	return prof_builder_function(&s->b, f);
}

static prof_fn
spell_function(struct speller *s, const struct prof_location *l,
    const struct prof_line *line)
{
	struct prof_function none = { 0 }, f = line != NULL ?
	    *prof_profile_fn(s->p, line->fn) : none;

	prof_buf_clear(&s->name);
	switch (s->by) {
	case PROF_BY_LINE:
	case PROF_BY_ADDRESS:
		spell_line(s, l, &f, line->line);
		return intern(s, f.file, line->line);
	case PROF_BY_FILE:
		if (f.file != 0)
			add_str(s, f.file);
		else
			add_module(s, l);
		return intern(s, f.file, 0);
	case PROF_BY_MODULE:
		prof_buf_adds(&s->name, prof_place_of(s->p, l, NULL).module);
		if (s->name.len == 0)
			prof_buf_adds(&s->name, "[unknown]");
		return intern(s, 0, 0);
	default:
		spell_package(s, l, &f);
		return intern(s, 0, 0);
	}
}

/*
 * Says that it was done: a package cannot be told from a function of the
 * same name, and in a pipe the same may be asked for twice.
 */
static uint8_t
mark_of(enum prof_granularity by)
{
	switch (by) {
	case PROF_BY_FILE:
		return PROF_LOC_BY_FILE;
	case PROF_BY_MODULE:
		return PROF_LOC_BY_MODULE;
	case PROF_BY_PACKAGE:
		return PROF_LOC_BY_PACKAGE;
	default:
		return 0;
	}
}

/* A package that is a program: two builds may call it anything. */
static bool
is_program(const struct speller *s, const struct prof_location *l)
{
	const char *base = prof_name_base(prof_place_of(s->p, l, NULL).module);
	size_t len = strlen(base);

	return s->by == PROF_BY_PACKAGE && l->nlines <= 1 && len > 0 &&
	    len == s->name.len && memcmp(base, s->name.data, len) == 0 &&
	    prof_is_program(base, len);
}

static prof_loc
spell_location(struct speller *s, prof_loc id)
{
	struct prof_location l = *prof_profile_loc(s->p, id), to = l;
	bool fine = s->by == PROF_BY_LINE || s->by == PROF_BY_ADDRESS;
	struct prof_line line = { 0 };
	uint32_t i;

	if ((l.nlines == 0 && fine) || (l.flags & mark_of(s->by)) != 0)
		return id;
	PROF_RESERVE(s->line, s->cap, l.nlines + 1);
	memset(s->line, 0, (l.nlines + (size_t)1) * sizeof *s->line);
	for (i = 0; i < l.nlines; i++) {
		line = s->p->line[l.first_line + i];
		s->line[i].fn = spell_function(s, &l, &line);
		if (fine)
			s->line[i].line = line.line;
	}
	if (l.nlines == 0)
		s->line[0].fn = spell_function(s, &l, NULL);
	if (s->by != PROF_BY_ADDRESS)
		to.address = 0;
	if (!fine) {
		to.kind = 0;
		to.flags = mark_of(s->by);
	}
	if (!fine && s->by != PROF_BY_MODULE && !is_program(s, &l))
		to.mapping = 0;
	return prof_builder_location(&s->b, to, s->line, l.nlines > 0 ?
	    l.nlines : 1);
}

static void
spell_frames(struct speller *s)
{
	struct prof_profile *p = s->p;
	uint32_t i, nloc = p->nloc;
	prof_loc *to = prof_alloc((size_t)nloc + 1, sizeof *to);
	uint64_t at, n = p->stacks.n > 0 ? p->stacks.end[p->stacks.n] : 0;

	for (i = 1; i <= nloc; i++)
		to[i] = spell_location(s, i);
	for (at = 0; at < n; at++)
		p->frame[at] = to[p->frame[at]];
	free(to);
}

/*
 * Functions of edges have one line each, so nothing is lost by calling them
 * by it; what tells them apart stays.
 */
static void
spell_edges(struct speller *s)
{
	struct prof_profile *p = s->p;
	struct prof_edges *e = &p->edges;
	struct prof_location nowhere = { 0 };
	uint32_t i, nfn = p->nfn;
	prof_fn *to = prof_alloc((size_t)nfn + 1, sizeof *to);
	struct prof_function f;

	to[0] = 0;
	for (i = 1; i <= nfn; i++) {
		f = *prof_profile_fn(p, i);
		prof_buf_clear(&s->name);
		spell_line(s, &nowhere, &f, f.start);
		f.name = prof_strs_add(&p->strs, s->name.data, s->name.len);
		to[i] = prof_builder_function(&s->b, f);
	}
	for (i = 0; i < e->n; i++) {
		e->caller[i] = to[e->caller[i]];
		e->callee[i] = to[e->callee[i]];
	}
	free(to);
}

/* The values of a label in a set as one text. */
static void
spell_values(struct speller *s, prof_set set, const char *key)
{
	const struct prof_label *l;
	bool any = false;
	size_t i, n;

	prof_buf_clear(&s->name);
	l = prof_profile_set(s->p, set, &n);
	for (i = 0; i < n; i++) {
		if (strcmp(prof_profile_str(s->p, l[i].key), key) != 0)
			continue;
		if (any)
			prof_buf_addc(&s->name, ',');
		prof_label_value(&s->name, s->p, &l[i]);
		any = true;
	}
	if (!any)
		prof_buf_addf(&s->name, "[no %s]", key);
}

static void
spell_labels(struct speller *s, const char *key)
{
	struct prof_profile *p = s->p;
	prof_stack *to = prof_zalloc((size_t)p->sets.n + 1, sizeof *to);
	struct prof_location place = { 0 };
	struct prof_line line = { 0 };
	prof_loc loc;
	uint32_t i;

	for (i = 0; i <= p->sets.n; i++) {
		spell_values(s, i, key);
		line.fn = intern(s, 0, 0);
		loc = prof_builder_location(&s->b, place, &line, 1);
		to[i] = prof_builder_stack(&s->b, &loc, 1);
	}
	for (i = 0; i < p->nsamples; i++)
		p->stack[i] = to[p->set[i]];
	free(to);
}

void
prof_spell(struct prof_profile *p, enum prof_granularity by,
    const char *key)
{
	struct speller s = { .p = p, .by = by };
	bool fine = by == PROF_BY_LINE || by == PROF_BY_ADDRESS;

	if (by == PROF_BY_FUNCTION || by == PROF_BY_NAME)
		return;
	if (by == PROF_BY_EDGE || by == PROF_BY_STACK) {
		prof_spell_calls(p, by);
		return;
	}
	if (!fine)
		prof_profile_drop_edges(p);
	prof_builder_init(&s.b, p, NULL);
	if (p->edges.n > 0)
		spell_edges(&s);
	if (by == PROF_BY_LABEL)
		spell_labels(&s, key);
	else
		spell_frames(&s);
	prof_builder_release(&s.b);
	prof_buf_release(&s.name);
	free(s.line);
	if (by == PROF_BY_FILE || by == PROF_BY_MODULE ||
	    by == PROF_BY_PACKAGE)
		prof_fold_recursion(p);
}
