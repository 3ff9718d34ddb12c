/* SPDX-License-Identifier: MIT */
#include "libanalysis/align.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

#define MANY UINT32_MAX

struct aligner {
	struct prof_profile *p;
	const struct prof_diff *d;
	unsigned run;
	const struct prof_align *how;
	struct prof_aligned *done;
	uint32_t *class;	/* by function id; 0 or MANY: not one */
	prof_fn *gone;		/* by function id: it, of removed lines */
	const struct prof_patch_file **file;	/* by string id */
	bool *asked;		/* by string id */
	size_t nstrs;
	uint32_t nfn;		/* before any was added */
	struct prof_buf buf;
};

/* --- functions ------------------------------------------------------------ */

static void
note_class(struct aligner *a, prof_fn fn, uint32_t row)
{
	uint32_t class = a->d->match.class_of[a->run][row];

	if (fn != 0 && row != 0)
		a->class[fn] = a->class[fn] == 0 || a->class[fn] == class ?
		    class : MANY;
}

static void
find_classes(struct aligner *a)
{
	const struct prof_profile *p = a->p;
	const struct prof_rows *rows = a->d->run[a->run].rows;
	const struct prof_location *l;
	const uint32_t *row;
	prof_loc id;
	size_t i, n;

	for (id = 1; id <= p->nloc; id++) {
		l = prof_profile_loc(p, id);
		row = prof_rows_of(rows, id, &n);
		for (i = 0; i < n && i < l->nlines; i++)
			note_class(a, p->line[l->first_line + i].fn, row[i]);
	}
	for (i = 1; i <= p->nfn && rows->of_fn != NULL; i++)
		note_class(a, (prof_fn)i, rows->of_fn[i - 1]);
}

/* What new calls a function of base; NULL: new does not have it. */
static const struct prof_row *
new_row(const struct aligner *a, prof_fn fn)
{
	uint32_t class = a->class[fn];

	return class == 0 || class == MANY ? NULL :
	    prof_match_row_on(&a->d->match, class, PROF_DIFF_NEWER);
}

/* --- files ---------------------------------------------------------------- */

static const struct prof_patch_file *
patched(struct aligner *a, prof_str file)
{
	if (a->how->patch == NULL || file == 0 || file >= a->nstrs)
		return NULL;
	if (!a->asked[file]) {
		a->asked[file] = true;
		a->file[file] = prof_patch_find(a->how->patch,
		    prof_profile_str(a->p, file), prof_strs_len(&a->p->strs,
		    file));
		a->done->files += a->file[file] != NULL;
	}
	return a->file[file];
}

/* The path that a file of base has in new. */
static prof_str
new_file(struct aligner *a, prof_str file, const struct prof_row *row)
{
	const struct prof_patch_file *f = patched(a, file);
	const char *old = prof_profile_str(a->p, file), *to = NULL;
	size_t keep;

	if (f != NULL)
		to = prof_patch_renamed(f, old, prof_strs_len(&a->p->strs,
		    file), &keep);
	prof_buf_clear(&a->buf);
	if (to != NULL) {
		prof_buf_add(&a->buf, old, keep);
		prof_buf_adds(&a->buf, to);
		old = prof_buf_str(&a->buf);
	}
	/* New is right about its folder. */
	if (row != NULL && file != 0 && row->file[0] != '\0' &&
	    strcmp(prof_name_base(old), prof_name_base(row->file)) == 0)
		return prof_strs_add(&a->p->strs, row->file, row->file_len);
	return to == NULL ? file : prof_strs_add(&a->p->strs, a->buf.data,
	    a->buf.len);
}

/* The same function in a file that only base has. */
static prof_fn
removed(struct aligner *a, prof_fn fn)
{
	struct prof_function f;

	if (a->gone[fn] != 0)
		return a->gone[fn];
	f = *prof_profile_fn(a->p, fn);
	prof_buf_clear(&a->buf);
	prof_buf_add(&a->buf, prof_profile_str(a->p, f.file),
	    prof_strs_len(&a->p->strs, f.file));
	prof_buf_adds(&a->buf, " (base)");
	f.file = prof_strs_add(&a->p->strs, a->buf.data, a->buf.len);
	a->gone[fn] = prof_profile_add_fn(a->p, f);
	return a->gone[fn];
}

/* --- lines ---------------------------------------------------------------- */

/* Where a line of a function is in new; 0: removed. */
static int64_t
new_line(struct aligner *a, prof_fn fn, int64_t line)
{
	const struct prof_function *f = prof_profile_fn(a->p, fn);
	const struct prof_patch_file *file = patched(a, f->file);
	const struct prof_row *row;
	int64_t moved;

	if (line <= 0)
		return line;
	if (a->how->patch != NULL)
		return file != NULL ? prof_patch_line(file, line) : line;
	row = new_row(a, fn);
	if (row == NULL || row->line <= 0 || f->start <= 0 ||
	    line < f->start || __builtin_add_overflow(line - f->start,
	    row->line, &moved))
		return line;
	return moved;
}

/* Returns whether the line stays. */
static bool
move(struct aligner *a, prof_fn fn, int64_t *line)
{
	int64_t to = new_line(a, fn, *line);

	if (to == 0 && *line != 0) {
		a->done->removed++;
		return false;
	}
	a->done->moved += to != *line;
	*line = to;
	return true;
}

static void
move_lines(struct aligner *a)
{
	struct prof_profile *p = a->p;
	struct prof_line *l;
	uint32_t i;

	for (i = 0; i < p->nline; i++) {
		l = &p->line[i];
		if (l->fn != 0 && !move(a, l->fn, &l->line))
			l->fn = removed(a, l->fn);
	}
}

/* Of edges, lines are those where functions begin. */
static void
move_starts(struct aligner *a)
{
	struct prof_edges *e = &a->p->edges;
	int64_t *to = prof_zalloc((size_t)a->nfn + 1, sizeof *to);
	uint32_t i;
	prof_fn *fn[2];
	unsigned k;

	for (i = 1; i <= a->nfn; i++) {
		to[i] = prof_profile_fn(a->p, i)->start;
		if (a->p->edges.n > 0 && to[i] > 0 && !move(a, i, &to[i]))
			removed(a, i);
		else if (a->p->edges.n == 0 && to[i] > 0)
			to[i] = new_line(a, i, to[i]);
	}
	for (i = 0; i < e->n; i++) {
		fn[0] = &e->caller[i];
		fn[1] = &e->callee[i];
		for (k = 0; k < 2; k++)
			if (*fn[k] != 0 && a->gone[*fn[k]] != 0)
				*fn[k] = a->gone[*fn[k]];
	}
	for (i = 1; i <= a->nfn; i++)
		if (to[i] != 0)
			a->p->fn[i - 1].start = to[i];
	free(to);
}

static void
rename_all(struct aligner *a)
{
	const struct prof_row *row;
	struct prof_function *f;
	prof_str s;
	prof_fn i;

	for (i = 1; i <= a->nfn; i++) {
		row = new_row(a, i);
		if (a->how->names && row != NULL && row->name_len > 0) {
			s = prof_strs_add(&a->p->strs, row->name,
			    row->name_len);
			f = &a->p->fn[i - 1];
			f->name = s;
			if (a->gone[i] != 0)
				a->p->fn[a->gone[i] - 1].name = s;
		}
		if (a->how->lines) {
			s = new_file(a, a->p->fn[i - 1].file, row);
			a->p->fn[i - 1].file = s;
		}
	}
}

void
prof_align(struct prof_profile *p, const struct prof_diff *d, unsigned run,
    const struct prof_align *how, struct prof_aligned *done)
{
	struct aligner a = { .p = p, .d = d, .run = run, .how = how,
	    .done = done, .nfn = p->nfn, .nstrs = p->strs.n + 1 };

	a.class = prof_zalloc((size_t)p->nfn + 1, sizeof *a.class);
	a.gone = prof_zalloc((size_t)p->nfn + 1, sizeof *a.gone);
	a.file = prof_zalloc(a.nstrs, sizeof *a.file);
	a.asked = prof_zalloc(a.nstrs, sizeof *a.asked);
	find_classes(&a);
	if (how->lines) {
		move_lines(&a);
		move_starts(&a);
	}
	rename_all(&a);
	free(a.class);
	free(a.gone);
	free(a.file);
	free(a.asked);
	prof_buf_release(&a.buf);
}
