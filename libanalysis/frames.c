/* SPDX-License-Identifier: MIT */
#include "libanalysis/frames.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

void
prof_frames_init(struct prof_frames *f, const struct prof_rows *v)
{
	uint32_t i;

	memset(f, 0, sizeof *f);
	PROF_RESERVE(f->row, f->cap, v->n);
	for (i = 0; i < v->n; i++)
		f->row[i] = &v->row[i];
	f->n = v->n;
}

uint32_t
prof_frames_add(struct prof_frames *f, const struct prof_row *row)
{
	PROF_RESERVE(f->row, f->cap, (size_t)f->n + 1);
	f->row[f->n] = row;
	return ++f->n;
}

void
prof_frames_release(struct prof_frames *f)
{
	free(f->row);
	memset(f, 0, sizeof *f);
}

int
prof_frames_cmp(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_row *x = prof_frames_get(ctx, a);
	const struct prof_row *y = prof_frames_get(ctx, b);
	int order = prof_bytes_cmp(x->name, x->name_len, y->name,
	    y->name_len);

	if (order == 0)
		order = prof_bytes_cmp(x->file, x->file_len, y->file,
		    y->file_len);
	if (order == 0)
		order = prof_bytes_cmp(x->module, x->module_len, y->module,
		    y->module_len);
	if (order == 0)
		order = (x->line > y->line) - (x->line < y->line);
	if (order == 0)
		order = (x->address > y->address) - (x->address < y->address);
	return order;
}
