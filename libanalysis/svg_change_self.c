/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_change.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/name.h"
#include "libanalysis/noise.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

#define MINUS "\342\210\222"	/* U+2212 */
#define MOST 10
#define NAME_MAX 200		/* bytes of a name in a list */

static prof_i128
change_of(const struct prof_svg_compare *how, uint32_t i)
{
	return (prof_i128)how->self_of[i].value[1] -
	    how->self_of[i].value[0];
}

static int
by_change(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_svg_compare *how = ctx;
	prof_i128 x = prof_num_abs(change_of(how, a));
	prof_i128 y = prof_num_abs(change_of(how, b));

	if (x != y)
		return x > y ? -1 : 1;
	return prof_bytes_cmp(how->self_of[a].row->name,
	    how->self_of[a].row->name_len, how->self_of[b].row->name,
	    how->self_of[b].row->name_len);
}

/* What changed, by more than noise where that is judged. */
static uint32_t
pick(const struct prof_svg_change *c, uint32_t *id)
{
	const struct prof_svg_compare *how = c->how;
	double *p = prof_alloc((size_t)how->nself + 1, sizeof *p);
	double *known = prof_alloc((size_t)how->nself + 1, sizeof *known);
	double limit = 1;
	uint32_t i, n = 0;
	size_t tested = 0;

	for (i = 0; i < how->nself; i++) {
		p[i] = !c->judged ? -1 : prof_svg_change_chance(c,
		    (double)how->self_of[i].value[0],
		    (double)how->self_of[i].value[1]);
		if (p[i] >= 0)
			known[tested++] = p[i];
	}
	if (tested > 0)
		limit = prof_noise_limit(known, tested, prof_svg_alpha(how));
	for (i = 0; i < how->nself; i++)
		if ((p[i] < 0 || p[i] <= limit) && change_of(how, i) != 0)
			id[n++] = i;
	free(p);
	free(known);
	return n;
}

/* The bytes of a name to show, not ending inside a character. */
static size_t
cut(const char *name, size_t len)
{
	unsigned i;

	if (len <= NAME_MAX)
		return len;
	len = NAME_MAX;
	for (i = 0; i < 3 && ((unsigned char)name[len] & 0xc0) == 0x80; i++)
		len--;
	return len;
}

static void
add_one(const struct prof_svg_change *c, struct prof_buf *b, uint32_t i)
{
	const struct prof_row *row = c->how->self_of[i].row;
	prof_i128 change = change_of(c->how, i);
	size_t len = cut(row->name, row->name_len);
	struct prof_buf name = { 0 };

	prof_buf_adds(b, change > 0 ? "+" : MINUS);
	prof_scale_number(c->scale, b, prof_num_abs(change));
	if (c->scale->unit[0] != '\0')
		prof_buf_addc(b, ' ');
	prof_name_xml(b, c->scale->unit, strlen(c->scale->unit));
	prof_buf_addc(b, ' ');
	prof_name_print(&name, row->name, len);
	if (row->name_len == 0)
		prof_buf_adds(&name, "(no name)");
	if (len < row->name_len)
		prof_buf_adds(&name, "\342\200\246");
	prof_name_xml(b, name.data, name.len);
	prof_buf_release(&name);
}

void
prof_svg_change_describe(const struct prof_svg_change *c,
    struct prof_buf *b)
{
	static const char *const heads[] = { "Less self: ", "More self: " };
	uint32_t *id = prof_alloc((size_t)c->how->nself + 1, sizeof *id);
	uint32_t n = pick(c, id), i;
	int more, said;

	prof_sort_ids(id, n, by_change, c->how);
	for (more = 1; c->scale != NULL && more >= 0; more--) {
		for (said = 0, i = 0; i < n && i < MOST; i++) {
			if ((change_of(c->how, id[i]) > 0) != more)
				continue;
			prof_buf_adds(b, said++ > 0 ? ", " : heads[more]);
			add_one(c, b, id[i]);
		}
		if (said > 0)
			prof_buf_addc(b, '\n');
	}
	free(id);
}
