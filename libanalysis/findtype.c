/* SPDX-License-Identifier: MIT */
#include "libanalysis/findtype.h"

#include <string.h>

#include "libanalysis/num.h"

int
prof_find_type(const struct prof_profile *p, const char *text)
{
	static const char prefix[] = "inuse_";
	size_t n = sizeof prefix - 1, len = strlen(text);
	int column = prof_profile_column(p, text);
	const char *type;
	int64_t number;
	unsigned scale, c;

	if (column >= 0)
		return column;
	for (c = 0; c < p->ntypes; c++) {
		type = prof_profile_str(p, p->type[c].type);
		if (strncmp(type, prefix, n) == 0 &&
		    strcmp(type + n, text) == 0)
			return (int)c;
	}
	if (strncmp(text, prefix, n) == 0)
		return prof_profile_column(p, text + n);
	if (len > 0 && prof_num_parse(text, len, &number, &scale) == len &&
	    scale == 0 && number < p->ntypes)
		return (int)number;
	return -1;
}

int
prof_find_samples(const struct prof_profile *p)
{
	const struct prof_type *t;
	const struct prof_unit *u;
	const char *name;
	unsigned c;

	for (c = 0; c < p->ntypes; c++) {
		t = &p->type[c];
		name = prof_profile_str(p, t->type);
		u = prof_unit_find(prof_profile_str(p, t->unit),
		    prof_strs_len(&p->strs, t->unit));
		if (u != NULL && u->family == PROF_UNIT_COUNT &&
		    (strcmp(name, "samples") == 0 ||
		    strcmp(name, "sample") == 0))
			return (int)c;
	}
	return -1;
}
