/* SPDX-License-Identifier: MIT */
#include "libanalysis/topcells.h"

#include <stdio.h>
#include <string.h>

#include "libanalysis/name.h"
#include "libanalysis/origin.h"

enum prof_ink
prof_row_ink(const struct prof_row *r)
{
	const struct prof_place place = { .name = r->name, .file = r->file,
	    .module = r->module, .kind = r->kind };
	enum prof_origin origin = prof_origin_of(&place);

	if (origin == PROF_ORIGIN_KERNEL)
		return PROF_INK_MAGENTA;
	if (r->inlined)
		return PROF_INK_DIM;
	return origin == PROF_ORIGIN_USER ? PROF_INK_NONE : PROF_INK_CYAN;
}

enum prof_ink
prof_share_ink(prof_i128 v, prof_i128 whole)
{
	whole = prof_num_abs(whole);
	if (prof_num_abs(v) * 10 > whole)
		return PROF_INK_BOLD;
	return prof_num_abs(v) * 100 < whole ? PROF_INK_DIM : PROF_INK_NONE;
}

void
prof_cell_amount(struct prof_table *t, const struct prof_amount *a,
    prof_i128 v, enum prof_ink ink)
{
	size_t start = t->text.len;

	prof_amount_print(&t->text, *a, v);
	prof_table_cell(t, ink, start);
}

void
prof_cell_share(struct prof_table *t, prof_i128 v, prof_i128 whole)
{
	size_t start = t->text.len;

	prof_num_percent(&t->text, v, whole);
	prof_table_cell(t, prof_share_ink(v, whole), start);
}

void
prof_cell_calls(struct prof_table *t, prof_i128 calls, prof_i128 primitive)
{
	size_t start = t->text.len;

	prof_num_int(&t->text, calls);
	if (primitive != calls) {
		prof_buf_addc(&t->text, '/');
		prof_num_int(&t->text, primitive);
	}
	prof_table_cell(t, PROF_INK_NONE, start);
}

/* Length of the name without " FILE:LINE" of its own file and line. */
static size_t
short_name(const struct prof_row *r)
{
	char line[24];
	size_t len = r->name_len, tail;
	int digits;

	if (r->file_len == 0 || r->line <= 0)
		return len;
	digits = snprintf(line, sizeof line, ":%lld", (long long)r->line);
	tail = 1 + r->file_len + (size_t)digits;
	if (len <= tail || r->name[len - tail] != ' ' ||
	    memcmp(r->name + len - tail + 1, r->file, r->file_len) != 0 ||
	    memcmp(r->name + len - (size_t)digits, line,
	    (size_t)digits) != 0)
		return len;
	return len - tail;
}

void
prof_cell_name(struct prof_table *t, const struct prof_row *r,
    const char *indent, const struct prof_style *style)
{
	size_t start = t->text.len;

	prof_buf_adds(&t->text, indent);
	prof_name_print(&t->text, r->name, short_name(r));
	if (r->inlined)
		prof_buf_adds(&t->text, style->ascii ? " (inline)" :
		    " \342\223\230");
	prof_table_cell(t, style->color ? prof_row_ink(r) : PROF_INK_NONE,
	    start);
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

void
prof_cell_where(struct prof_table *t, const struct prof_row *r)
{
	const char *where = r->file[0] != '\0' ? r->file : r->module;
	size_t start = t->text.len;

	where = base_name(where);
	if (!r->nameless)
		prof_name_print(&t->text, where, strlen(where));
	if (r->file[0] != '\0' && r->line > 0)
		prof_buf_addf(&t->text, ":%lld", (long long)r->line);
	prof_table_cell(t, PROF_INK_DIM, start);
}
