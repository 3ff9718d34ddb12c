/* SPDX-License-Identifier: MIT */
#include "libanalysis/bylabel.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/label.h"
#include "libanalysis/merge.h"
#include "libanalysis/nomem.h"

static int
usage(const char *text, struct prof_err *err)
{
	return prof_fail(err, PROF_EUSAGE, "sides are told apart by "
	    "label:KEY=A,B, two values of one label, not '%.200s'", text);
}

static int
parse_value(struct prof_bylabel *by, unsigned side, const char *s,
    size_t len, struct prof_err *err)
{
	char *copy = prof_strndup(s, len);
	int rc = prof_range_parse(copy, &by->value[side].range, err);

	free(copy);
	by->value[side].text = s;
	by->value[side].len = len;
	by->value[side].is_range = rc == 1;
	return rc < 0 ? rc : PROF_OK;
}

int
prof_bylabel_parse(struct prof_bylabel *by, const char *text,
    struct prof_err *err)
{
	static const char prefix[] = "label:";
	const char *equal = strchr(text, '='), *comma;
	int rc;

	memset(by, 0, sizeof *by);
	if (strncmp(text, prefix, sizeof prefix - 1) != 0 || equal == NULL ||
	    equal == text + sizeof prefix - 1)
		return usage(text, err);
	by->key = text + sizeof prefix - 1;
	by->key_len = (size_t)(equal - by->key);
	comma = strchr(++equal, ',');
	if (comma == NULL || comma == equal || comma[1] == '\0' ||
	    strchr(comma + 1, ',') != NULL)
		return usage(text, err);
	rc = parse_value(by, 0, equal, (size_t)(comma - equal), err);
	if (rc == PROF_OK)
		rc = parse_value(by, 1, comma + 1, strlen(comma + 1), err);
	if (rc == PROF_OK && by->value[0].len == by->value[1].len &&
	    memcmp(equal, comma + 1, by->value[0].len) == 0)
		return usage(text, err);
	return rc;
}

bool
prof_bylabel_is(const struct prof_bylabel *by, const struct prof_profile *p,
    const struct prof_label *l)
{
	return prof_strs_len(&p->strs, l->key) == by->key_len &&
	    memcmp(prof_profile_str(p, l->key), by->key, by->key_len) == 0;
}

static bool
fits(const struct prof_bylabel *by, unsigned side,
    const struct prof_profile *p, const struct prof_label *l)
{
	if (!prof_bylabel_is(by, p, l))
		return false;
	if (l->str == 0)
		return by->value[side].is_range && prof_range_holds(
		    &by->value[side].range, l->num,
		    prof_label_unit_known(p, l));
	return prof_strs_len(&p->strs, l->str) == by->value[side].len &&
	    memcmp(prof_profile_str(p, l->str), by->value[side].text,
	    by->value[side].len) == 0;
}

/* By label set, to be freed: whether its samples are on a side. */
static bool *
sets_of(const struct prof_bylabel *by, unsigned side,
    const struct prof_profile *p)
{
	bool *on = prof_zalloc((size_t)p->sets.n + 1, sizeof *on);
	const struct prof_label *l;
	uint32_t s;
	size_t i, n;

	for (s = 1; s <= p->sets.n; s++) {
		l = prof_profile_set(p, s, &n);
		for (i = 0; i < n && !on[s]; i++)
			on[s] = fits(by, side, p, &l[i]);
	}
	return on;
}

/* The values of one side; those of others are 0, and a merge drops them. */
static bool
mask(const struct prof_profile *p, const bool *on, int64_t **to)
{
	bool any = false;
	uint32_t i;
	unsigned c;

	for (i = 0; i < p->nsamples && !any; i++)
		any = on[p->set[i]];
	for (c = 0; c < p->ntypes; c++) {
		to[c] = prof_zalloc(p->nsamples, sizeof *to[c]);
		for (i = 0; i < p->nsamples; i++)
			if (on[p->set[i]])
				to[c][i] = p->value[c][i];
	}
	return any;
}

static int
copy_side(const struct prof_bylabel *by, unsigned side,
    struct prof_profile *p, struct prof_profile *out, bool *has,
    struct prof_err *err)
{
	struct prof_merge *m = prof_merge_new();
	int64_t *all[PROF_COLS_MAX], *some[PROF_COLS_MAX];
	bool *on = sets_of(by, side, p);
	unsigned c;
	int rc;

	*has = mask(p, on, some);
	memcpy(all, p->value, sizeof all);
	memcpy(p->value, some, p->ntypes * sizeof *some);
	rc = prof_merge_add(m, p, "", err);
	memcpy(p->value, all, sizeof all);
	if (rc == PROF_OK)
		rc = prof_merge_finish(m, out, err);
	else
		prof_merge_free(m);
	for (c = 0; c < p->ntypes; c++)
		free(some[c]);
	free(on);
	return rc;
}

int
prof_bylabel_part(const struct prof_bylabel *by, struct prof_profile *p,
    struct prof_profile *base, bool has[2], struct prof_err *err)
{
	struct prof_profile newer = { 0 };
	int rc;

	prof_profile_drop_edges(p);
	rc = copy_side(by, 0, p, base, &has[0], err);
	if (rc == PROF_OK)
		rc = copy_side(by, 1, p, &newer, &has[1], err);
	if (rc != PROF_OK)
		return rc;
	prof_profile_release(p);
	*p = newer;
	return PROF_OK;
}
