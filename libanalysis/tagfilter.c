/* SPDX-License-Identifier: MIT */
#include "libanalysis/tagfilter.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/droprow.h"
#include "libanalysis/hash.h"
#include "libanalysis/label.h"
#include "libanalysis/nomem.h"
#include "libanalysis/pattern.h"
#include "libanalysis/range.h"

/*
 * The distinct labels of a profile.  Sets are many where one label changes
 * from sample to sample; what the others say is asked once.
 */
struct distinct {
	const struct prof_profile *p;
	uint32_t *id;			/* by place in p->label, from 1 */
	const struct prof_label **label;	/* [id - 1]: one of them */
	uint32_t n;
	size_t cap;
	struct prof_map map;
};

static bool
same_label(const struct prof_label *a, const struct prof_label *b)
{
	return a->key == b->key && a->str == b->str && a->unit == b->unit &&
	    a->num == b->num;
}

static uint32_t
distinct_id(struct distinct *d, uint64_t seed, const struct prof_label *l)
{
	uint64_t hash = prof_hash_add(seed, seed, (uint64_t)l->key << 32 |
	    l->str);
	uint32_t at, id;

	hash = prof_hash_add(seed, hash, l->unit);
	hash = prof_hash_add(seed, hash, (uint64_t)l->num);
	for (id = prof_map_first(&d->map, hash, &at); id != 0;
	    id = prof_map_next(&d->map, hash, &at))
		if (same_label(d->label[id - 1], l))
			return id;
	PROF_ASSERT(d->n < UINT32_MAX - 1);
	PROF_RESERVE(d->label, d->cap, (size_t)d->n + 1);
	d->label[d->n++] = l;
	prof_map_put(&d->map, hash, d->n);
	return d->n;
}

static void
distinct_init(struct distinct *d, const struct prof_profile *p)
{
	uint64_t i, n = p->sets.n > 0 ? p->sets.end[p->sets.n] : 0;
	uint64_t seed = prof_hash_seed();

	memset(d, 0, sizeof *d);
	d->p = p;
	d->id = prof_alloc((size_t)n + 1, sizeof *d->id);
	for (i = 0; i < n; i++)
		d->id[i] = distinct_id(d, seed, &p->label[i]);
}

static void
distinct_release(struct distinct *d)
{
	free(d->id);
	free(d->label);
	prof_map_release(&d->map);
}

/* What a label must be like: returns 1, 0, or a negative code. */
typedef int judge_fn(const void *ctx, const struct prof_profile *p,
    const struct prof_label *l, struct prof_err *err);

/* hit: out, by label set, whether any of its labels is like that. */
static int
judge_sets(const struct distinct *d, judge_fn *judge, const void *ctx,
    bool *hit, struct prof_err *err)
{
	bool *said = prof_zalloc((size_t)d->n + 1, sizeof *said);
	uint64_t at = 0;
	uint32_t i;
	int rc = PROF_OK;

	for (i = 0; i < d->n && rc >= 0; i++) {
		rc = judge(ctx, d->p, d->label[i], err);
		said[i + 1] = rc > 0;
	}
	for (i = 1; i <= d->p->sets.n; i++)
		for (hit[i] = false; at < d->p->sets.end[i]; at++)
			hit[i] |= said[d->id[at]];
	free(said);
	return rc < 0 ? rc : PROF_OK;
}

/* Keep or drop the samples whose set is hit. */
static void
select_samples(struct prof_profile *p, const bool *hit, bool keep,
    bool *matched)
{
	bool dropped = keep && p->nsamples == 0;
	uint32_t i;

	*matched = false;
	for (i = 0; i < p->nsamples; i++) {
		if (prof_droprow_done(p, i))
			continue;
		*matched |= hit[p->set[i]];
		if (hit[p->set[i]] == keep)
			continue;
		prof_droprow(p, i);
		dropped = true;
	}
	if (dropped)
		prof_profile_drop_edges(p);
}

/* TAGS, taken apart; pattern is the one that is being tried. */
struct tags {
	bool keyed;
	prof_str key;
	const char *value;
	struct prof_range range;
	struct prof_pattern *pattern;
	struct prof_buf *text;		/* scratch */
};

static const char *
tags_value(const char *tags)
{
	const char *equals = strchr(tags, '=');

	return equals != NULL ? equals + 1 : tags;
}

static void
tags_init(struct tags *t, const struct prof_profile *p, const char *tags)
{
	memset(t, 0, sizeof *t);
	t->value = tags_value(tags);
	t->keyed = t->value > tags + 1;
	if (t->keyed)
		t->key = prof_strs_find(&p->strs, tags,
		    (size_t)(t->value - 1 - tags));
}

bool
prof_tagfilter_is_range(const char *tags)
{
	struct prof_range range;

	return prof_range_parse(tags_value(tags), &range, NULL) > 0;
}

static int
in_range(const void *ctx, const struct prof_profile *p,
    const struct prof_label *l, struct prof_err *err)
{
	const struct tags *t = ctx;

	(void)err;
	return l->str == 0 && (!t->keyed || l->key == t->key) &&
	    prof_range_holds(&t->range, l->num, prof_label_unit_known(p, l));
}

static void
add_str(struct prof_buf *b, const struct prof_profile *p, prof_str s)
{
	prof_buf_add(b, prof_profile_str(p, s), prof_strs_len(&p->strs, s));
}

static int
has_text(const void *ctx, const struct prof_profile *p,
    const struct prof_label *l, struct prof_err *err)
{
	const struct tags *t = ctx;

	if (l->str == 0 || (t->keyed && l->key != t->key))
		return 0;
	prof_buf_clear(t->text);
	if (!t->keyed) {
		add_str(t->text, p, l->key);
		prof_buf_addc(t->text, ':');
	}
	add_str(t->text, p, l->str);
	return prof_pattern_match(t->pattern, t->text->data, t->text->len,
	    err);
}

/* The next of a list of patterns; *list becomes NULL behind the last. */
static struct prof_pattern *
next_pattern(const char **list, uint64_t max_match, struct prof_err *err)
{
	size_t len = strcspn(*list, ",");
	char *text = prof_strndup(*list, len);
	struct prof_pattern *pattern = prof_pattern_new(text, max_match, err);

	*list = (*list)[len] == ',' ? *list + len + 1 : NULL;
	free(text);
	return pattern;
}

static int
match_patterns(const struct distinct *d, struct tags *t, uint64_t max_match,
    bool *hit, struct prof_err *err)
{
	size_t n = (size_t)d->p->sets.n + 1;
	bool *one = prof_zalloc(n, sizeof *one);
	const char *list = t->value;
	struct prof_buf text = { 0 };
	size_t i;
	int rc = PROF_OK;

	t->text = &text;
	for (i = 1; i < n; i++)
		hit[i] = !t->keyed;
	while (rc == PROF_OK && list != NULL) {
		t->pattern = next_pattern(&list, max_match, err);
		rc = t->pattern == NULL ? PROF_EPATTERN :
		    judge_sets(d, has_text, t, one, err);
		prof_pattern_free(t->pattern);
		for (i = 1; i < n; i++)
			hit[i] = t->keyed ? hit[i] || one[i] :
			    hit[i] && one[i];
	}
	prof_buf_release(&text);
	free(one);
	return rc;
}

int
prof_tagfilter_focus(struct prof_profile *p, const char *tags, bool keep,
    uint64_t max_match, bool *matched, struct prof_err *err)
{
	bool *hit = prof_zalloc((size_t)p->sets.n + 1, sizeof *hit);
	struct distinct d;
	struct tags t;
	int rc;

	tags_init(&t, p, tags);
	distinct_init(&d, p);
	rc = prof_range_parse(t.value, &t.range, err);
	if (rc > 0)
		rc = judge_sets(&d, in_range, &t, hit, err);
	else if (rc == 0)
		rc = match_patterns(&d, &t, max_match, hit, err);
	if (rc == PROF_OK)
		select_samples(p, hit, keep, matched);
	distinct_release(&d);
	free(hit);
	return rc;
}

/* Keys by which formats call a process and a thread. */
static const char *const task_keys[][6] = {
	[PROF_TASK_PROCESS] = { "process", "pid", "processid", "processname",
	    "comm", NULL },
	[PROF_TASK_THREAD] = { "thread", "tid", "threadid", "threadname",
	    "comm", NULL }
};

struct task {
	enum prof_task task;
	struct prof_pattern *pattern;
};

/* Whether key is name but for what does not count. */
static bool
same_key(const char *key, const char *name)
{
	char c;

	for (; *key != '\0'; key++) {
		if (*key == '-' || *key == '_' || *key == ' ')
			continue;
		c = *key >= 'A' && *key <= 'Z' ? (char)(*key - 'A' + 'a') :
		    *key;
		if (c != *name)
			return false;
		name++;
	}
	return *name == '\0';
}

static int
is_task(const void *ctx, const struct prof_profile *p,
    const struct prof_label *l, struct prof_err *err)
{
	const struct task *t = ctx;
	const char *const *name = task_keys[t->task];
	const char *key = prof_profile_str(p, l->key);
	struct prof_buf number = { 0 };
	int rc;

	while (*name != NULL && !same_key(key, *name))
		name++;
	if (*name == NULL)
		return 0;
	if (l->str != 0)
		return prof_pattern_match(t->pattern, prof_profile_str(p,
		    l->str), prof_strs_len(&p->strs, l->str), err);
	prof_buf_addi(&number, l->num);
	rc = prof_pattern_match(t->pattern, number.data, number.len, err);
	prof_buf_release(&number);
	return rc;
}

int
prof_tagfilter_task(struct prof_profile *p, enum prof_task task,
    const char *pattern, uint64_t max_match, bool *matched,
    struct prof_err *err)
{
	struct task t = { task, prof_pattern_new(pattern, max_match, err) };
	bool *hit = prof_zalloc((size_t)p->sets.n + 1, sizeof *hit);
	struct distinct d;
	int rc = PROF_EPATTERN;

	distinct_init(&d, p);
	if (t.pattern != NULL)
		rc = judge_sets(&d, is_task, &t, hit, err);
	if (rc == PROF_OK)
		select_samples(p, hit, true, matched);
	prof_pattern_free(t.pattern);
	distinct_release(&d);
	free(hit);
	return rc;
}

/* By label set: whether a sample that is not dropped has it. */
static bool *
live_sets(const struct prof_profile *p)
{
	bool *live = prof_zalloc((size_t)p->sets.n + 1, sizeof *live);
	uint32_t i;

	for (i = 0; i < p->nsamples; i++)
		if (!live[p->set[i]])
			live[p->set[i]] = !prof_droprow_done(p, i);
	return live;
}

enum { UNKNOWN, NO, YES };

/* said: out, by string, whether the keys among them match. */
static int
match_keys(const struct prof_profile *p, const struct prof_pattern *pattern,
    uint8_t *said, bool *matched, struct prof_err *err)
{
	bool *live = live_sets(p);
	const struct prof_label *l;
	size_t i, n;
	prof_set s;
	int rc = 0;

	*matched = false;
	for (s = 1; s <= p->sets.n; s++) {
		l = prof_profile_set(p, s, &n);
		for (i = 0; i < n && rc >= 0; i++) {
			if (said[l[i].key] == UNKNOWN) {
				rc = prof_pattern_match(pattern,
				    prof_profile_str(p, l[i].key),
				    prof_strs_len(&p->strs, l[i].key), err);
				said[l[i].key] = rc > 0 ? YES : NO;
			}
			*matched |= live[s] && said[l[i].key] == YES;
		}
	}
	free(live);
	return rc < 0 ? rc : PROF_OK;
}

static void
keep_keys(struct prof_profile *p, const uint8_t *said, bool keep)
{
	uint64_t from = 0, end, used = 0;
	prof_set s;

	for (s = 1; s <= p->sets.n; s++) {
		end = p->sets.end[s];
		p->sets.end[s - 1] = used;
		for (; from < end; from++)
			if ((said[p->label[from].key] == YES) == keep)
				p->label[used++] = p->label[from];
	}
	if (p->sets.n > 0)
		p->sets.end[p->sets.n] = used;
}

int
prof_tagfilter_keys(struct prof_profile *p, const char *pattern, bool keep,
    uint64_t max_match, bool *matched, struct prof_err *err)
{
	struct prof_pattern *re = prof_pattern_new(pattern, max_match, err);
	uint8_t *said;
	int rc;

	if (re == NULL)
		return PROF_EPATTERN;
	said = prof_zalloc(p->strs.n + 1, sizeof *said);
	rc = match_keys(p, re, said, matched, err);
	if (rc == PROF_OK)
		keep_keys(p, said, keep);
	free(said);
	prof_pattern_free(re);
	return rc;
}
