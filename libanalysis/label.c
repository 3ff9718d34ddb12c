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

struct shown {
	const char *name;	/* as pprof writes it */
	enum prof_family family;
	int64_t factor;		/* in base units */
};

/* Ascending in each family. */
static const struct shown shown[] = {
	{ "ns", PROF_UNIT_TIME, 1 },
	{ "us", PROF_UNIT_TIME, 1000 },
	{ "ms", PROF_UNIT_TIME, 1000000 },
	{ "s", PROF_UNIT_TIME, 1000000000 },
	{ "hrs", PROF_UNIT_TIME, INT64_C(3600000000000) },
	{ "B", PROF_UNIT_BYTES, 1 },
	{ "kB", PROF_UNIT_BYTES, INT64_C(1) << 10 },
	{ "MB", PROF_UNIT_BYTES, INT64_C(1) << 20 },
	{ "GB", PROF_UNIT_BYTES, INT64_C(1) << 30 },
	{ "TB", PROF_UNIT_BYTES, INT64_C(1) << 40 },
	{ "PB", PROF_UNIT_BYTES, INT64_C(1) << 50 },
	{ "", PROF_UNIT_COUNT, 1 }
};

/* The largest unit that v, in base units, reaches. */
static const struct shown *
unit_for(enum prof_family family, prof_i128 v)
{
	const struct shown *best = NULL;
	size_t i;

	for (i = 0; i < sizeof shown / sizeof shown[0]; i++)
		if (shown[i].family == family && (best == NULL ||
		    shown[i].factor <= v))
			best = &shown[i];
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
	const struct shown *to;
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
	to = unit_for(u->family, v < 0 ? -v : v);
	put_scaled(b, v, to->factor);
	prof_buf_adds(b, to->name);
}
