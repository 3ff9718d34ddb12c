/* SPDX-License-Identifier: MIT */
#include "cmd/comparable.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/by.h"

static struct prof_comparable_how
how_of(const struct options *o, const char *by)
{
	const char *g = o->granularity;
	struct prof_comparable_how how = { .by = by };

	how.functions = g == NULL || strcmp(g, "function") == 0 ||
	    strcmp(g, "name") == 0;
	how.joined = g != NULL && (strcmp(g, "edge") == 0 ||
	    strcmp(g, "stack") == 0);
	how.other = o->mean || (g != NULL &&
	    strncmp(g, "label:", strlen("label:")) == 0);
	how.scaled = o->normalize != NULL &&
	    strcmp(o->normalize, "none") != 0;
	return how;
}

void
comparable_warn(struct sides *s, const struct options *o,
    const struct prof_diff *d)
{
	char *by = by_key(o);
	struct prof_comparable_how how = how_of(o, by);
	size_t i = s->warnings.n;
	const struct prof_warning *w;

	prof_comparable_warn(d, &how, &s->warnings);
	for (; i < s->warnings.n; i++) {
		w = &s->warnings.of[i];
		if (w->count > 1)
			cli_warn("%s and %llu more: %s", w->input,
			    (unsigned long long)w->count - 1, w->text);
		else
			cli_warn("%s: %s", w->input, w->text);
	}
	free(by);
}

void
comparable_check(struct sides *s, const struct options *o,
    const struct prof_diff *d)
{
	struct prof_comparable_how how = how_of(o, NULL);
	struct prof_err err = { 0 };

	if (prof_comparable(d, &how, &err) != PROF_OK) {
		if (!o->force)
			cli_fail("%s (--force compares them)", err.msg);
		cli_warn("%s", err.msg);
		prof_warnings_add(&s->warnings,
		    d->run[d->runs[PROF_DIFF_BASE]].name, 1, err.msg);
	}
	comparable_warn(s, o, d);
}
