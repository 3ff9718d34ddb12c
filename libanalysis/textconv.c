/* SPDX-License-Identifier: MIT */
#include "libanalysis/textconv.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

struct order {
	const struct prof_rows *v;
	const struct prof_flat *f;
};

static int
cmp_values(prof_i128 a, prof_i128 b)
{
	return (a < b) - (a > b);
}

/* What is told apart by its file has that nowhere in its line: by values. */
static int
cmp_lines(const void *ctx, uint32_t a, uint32_t b)
{
	const struct order *o = ctx;
	const struct prof_row *x = prof_rows_get(o->v, a);
	const struct prof_row *y = prof_rows_get(o->v, b);
	int d = prof_bytes_cmp(x->name, x->name_len, y->name, y->name_len);

	if (d == 0)
		d = cmp_values(o->f->total[a], o->f->total[b]);
	return d != 0 ? d : cmp_values(o->f->self[a], o->f->self[b]);
}

/*
 * What is sampled by time or by events differs by chance between two runs.
 * Sizes do not: heaps have estimates, not multiples of their period.
 */
static prof_i128
step_of(const struct prof_about *a)
{
	const char *unit = prof_about_unit(a);
	const struct prof_unit *u = prof_unit_find(unit, strlen(unit));

	if (u == NULL || (u->family != PROF_UNIT_TIME &&
	    u->family != PROF_UNIT_COUNT))
		return 1;
	return prof_about_period(a);
}

/* In base units; a period in another unit than the column's is not used. */
static prof_i128
rounded(const struct prof_about *a, prof_i128 v)
{
	prof_i128 period = step_of(a);

	if (period > 1)
		v = prof_num_scaled(v, 1, period) * period;
	return prof_about_base(a, v);
}

void
prof_textconv(const struct prof_about *a, const struct prof_rows *v,
    const struct prof_flat *f, struct prof_buf *out)
{
	const struct order by = { v, f };
	uint32_t *order = prof_alloc((size_t)v->n + 1, sizeof *order), i;
	const struct prof_row *r;
	prof_i128 self, total;

	for (i = 0; i < v->n; i++)
		order[i] = i + 1;
	prof_sort_ids(order, v->n, cmp_lines, &by);
	for (i = 0; i < v->n; i++) {
		self = rounded(a, f->self[order[i]]);
		total = rounded(a, f->total[order[i]]);
		if (self == 0 && total == 0)
			continue;
		r = prof_rows_get(v, order[i]);
		prof_name_tsv(out, r->name, r->name_len);
		prof_buf_addc(out, '\t');
		prof_num_int(out, self);
		prof_buf_addc(out, '\t');
		prof_num_int(out, total);
		prof_buf_addc(out, '\n');
	}
	free(order);
}
