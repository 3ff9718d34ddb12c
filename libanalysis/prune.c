/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "libanalysis/filter.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/pattern.h"

/* What pruning does with a location. */
enum { STAYS, GOES, SHRINKS };

struct prune {
	struct prof_profile *p;
	struct prof_pattern *drop, *keep;
	uint8_t *fn;		/* by function: 1 when it is dropped */
	uint8_t *loc;		/* by location: STAYS, GOES, SHRINKS */
	prof_loc *outer;	/* by location: what is left of SHRINKS */
};

static bool
is_dropped(struct prune *u, const struct prof_function *f, bool *failed)
{
	const char *s = prof_profile_str(u->p, f->name);
	size_t len = prof_strs_len(&u->p->strs, f->name);
	int rc;

	if (len == 0)
		return false;
	len = prof_name_simple(&s, len);
	rc = prof_pattern_match(u->drop, s, len, NULL);
	if (rc > 0 && u->keep != NULL) {
		rc = prof_pattern_match(u->keep, s, len, NULL);
		*failed = *failed || rc < 0;
		return rc == 0;
	}
	*failed = *failed || rc < 0;
	return rc > 0;
}

/*
 * Lines from the outermost inwards: everything from the first dropped one
 * inwards goes; the location keeps what is outside of it.
 */
static void
judge_location(struct prune *u, prof_loc id)
{
	struct prof_location l = *prof_profile_loc(u->p, id);
	struct prof_line *lines;
	uint32_t i;

	for (i = l.nlines; i > 0; i--)
		if (u->fn[u->p->line[l.first_line + i - 1].fn])
			break;
	u->loc[id] = i == 0 ? STAYS : i == l.nlines ? GOES : SHRINKS;
	if (u->loc[id] != SHRINKS)
		return;
	lines = prof_alloc(l.nlines - i, sizeof *lines);
	memcpy(lines, u->p->line + l.first_line + i,
	    (l.nlines - i) * sizeof *lines);
	u->outer[id] = prof_profile_add_loc(u->p, l, lines, l.nlines - i);
	free(lines);
}

/*
 * Where the kept part of a run (leaf first) begins.  What is left of a
 * location that shrinks was not dropped, and protects its callers from a
 * later dropped frame: for pprof only when it prunes once more.
 */
static size_t
cut_at(const struct prune *u, prof_loc *run, size_t n)
{
	bool whole = false, any = false;
	prof_loc id;
	size_t i;

	for (i = n; i > 0; i--) {
		id = run[i - 1];
		if (u->loc[id] == GOES && any)
			return i;
		if (u->loc[id] == SHRINKS) {
			run[i - 1] = u->outer[id];
			if (whole)
				return i - 1;
		}
		whole = whole || u->loc[id] == STAYS;
		any = any || u->loc[id] != GOES;
	}
	return 0;
}

static void
prune_stacks(struct prune *u)
{
	struct prof_profile *p = u->p;
	uint64_t from = 0, end, used = 0;
	prof_stack s;

	for (s = 1; s <= p->stacks.n; s++) {
		end = p->stacks.end[s];
		p->stacks.end[s - 1] = used;
		from += cut_at(u, p->frame + from, (size_t)(end - from));
		memmove(p->frame + used, p->frame + from,
		    (size_t)(end - from) * sizeof *p->frame);
		used += end - from;
		from = end;
	}
	if (p->stacks.n > 0)
		p->stacks.end[p->stacks.n] = used;
}

static struct prof_pattern *
own_pattern(struct prof_profile *p, prof_str text, uint64_t max)
{
	struct prof_pattern *pattern;

	if (text == 0)
		return NULL;
	pattern = prof_pattern_new_whole(prof_profile_str(p, text), max,
	    NULL);
	if (pattern == NULL)
		prof_profile_note(p,
		    "the profile's drop or keep pattern is wrong, not used",
		    0, false);
	return pattern;
}

static void
judge(struct prune *u)
{
	struct prof_profile *p = u->p;
	uint32_t i, nloc = p->nloc;
	bool failed = false;

	u->fn = prof_zalloc((size_t)p->nfn + 1, sizeof *u->fn);
	u->loc = prof_zalloc((size_t)nloc + 1, sizeof *u->loc);
	u->outer = prof_zalloc((size_t)nloc + 1, sizeof *u->outer);
	for (i = 0; i < p->nfn; i++)
		u->fn[i + 1] = is_dropped(u, &p->fn[i], &failed);
	for (i = 1; i <= nloc; i++)
		judge_location(u, i);
	if (failed)
		prof_profile_note(p, "the profile's drop or keep pattern "
		    "takes too long, counted as no match", 0, false);
}

void
prof_filter_prune(struct prof_profile *p, uint64_t max_match)
{
	struct prune u = { .p = p };

	u.drop = own_pattern(p, p->meta.drop_frames, max_match);
	u.keep = own_pattern(p, p->meta.keep_frames, max_match);
	if (u.drop != NULL && (u.keep != NULL || p->meta.keep_frames == 0)) {
		judge(&u);
		prune_stacks(&u);
	}
	prof_pattern_free(u.drop);
	prof_pattern_free(u.keep);
	free(u.fn);
	free(u.loc);
	free(u.outer);
}
