/* SPDX-License-Identifier: MIT */
#include "libanalysis/label.h"

#include <string.h>

#include "libanalysis/num.h"

const char *
prof_label_unit(const struct prof_profile *p, const struct prof_label *l)
{
	const char *key = prof_profile_str(p, l->key);

	if (l->unit != 0)
		return prof_profile_str(p, l->unit);
	if (strcmp(key, "alignment") == 0 || strcmp(key, "request") == 0)
		return "bytes";
	return prof_unit_find(key, strlen(key)) != NULL ? key : "";
}

const struct prof_unit *
prof_label_unit_known(const struct prof_profile *p,
    const struct prof_label *l)
{
	const char *unit = prof_label_unit(p, l);

	return prof_unit_find(unit, strlen(unit));
}

/*
 * The largest unit of a family that v, in base units, reaches, as pprof
 * writes it; NULL for counts, which have none.
 */
static const char *
unit_for(enum prof_family family, prof_i128 v)
{
	/* Ascending in each family. */
	static const char *const shown[] = { "ns", "us", "ms", "s", "hrs",
	    "B", "kB", "MB", "GB", "TB", "PB" };
	const struct prof_unit *u;
	const char *best = NULL;
	size_t i;

	for (i = 0; i < sizeof shown / sizeof shown[0]; i++) {
		u = prof_unit_find(shown[i], strlen(shown[i]));
		if (u->family == family && (best == NULL || u->factor <= v))
			best = shown[i];
	}
	return best;
}

/* Without decimals where both would be 0. */
static void
put_scaled(struct prof_buf *b, prof_i128 v, int64_t factor)
{
	size_t n;

	prof_num_print(b, v, 1, factor, 2);
	n = b->len;
	if (n > 3 && memcmp(b->data + n - 3, ".00", 3) == 0)
		b->len -= 3;
}

void
prof_label_value(struct prof_buf *b, const struct prof_profile *p,
    const struct prof_label *l)
{
	const char *own = prof_profile_str(p, l->unit);
	const struct prof_unit *u = prof_unit_find(own, strlen(own));
	const char *to;
	prof_i128 v;

	if (l->str != 0) {
		prof_buf_add(b, prof_profile_str(p, l->str),
		    prof_strs_len(&p->strs, l->str));
		return;
	}
	if (u == NULL || l->num == 0) {
		prof_buf_addi(b, l->num);
		prof_buf_adds(b, l->num != 0 ? own : "");
		return;
	}
	v = (prof_i128)l->num * u->factor;
	to = unit_for(u->family, prof_num_abs(v));
	put_scaled(b, v, to != NULL ? prof_unit_find(to, strlen(to))->factor :
	    1);
	prof_buf_adds(b, to != NULL ? to : "");
}
