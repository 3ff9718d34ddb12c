/* SPDX-License-Identifier: MIT */
#include "libanalysis/canon_state.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

prof_str
prof_canon_str(struct canon *c, prof_str s)
{
	if (s != 0 && c->to_str[s] == 0)
		c->to_str[s] = prof_strs_add(&c->out->strs,
		    prof_profile_str(c->from, s),
		    prof_strs_len(&c->from->strs, s));
	return s != 0 ? c->to_str[s] : 0;
}

static int
cmp_comments(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_profile *p = ctx;

	return prof_strs_cmp(&p->strs, p->comment[a], p->comment[b]);
}

static int
cmp_notes(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_profile *p = ctx;
	int d = prof_strs_cmp(&p->strs, p->note[a].text, p->note[b].text);

	return d != 0 ? d : p->note[a].skipped - p->note[b].skipped;
}

static void
copy_comments(struct canon *c)
{
	const struct prof_profile *p = c->from;
	uint32_t *ids = prof_alloc((size_t)p->ncomments + 1, sizeof *ids), i;

	for (i = 0; i < p->ncomments; i++)
		ids[i] = i;
	prof_sort_ids(ids, p->ncomments, cmp_comments, p);
	for (i = 0; i < p->ncomments; i++)
		if (i == 0 || p->comment[ids[i]] != p->comment[ids[i - 1]])
			prof_profile_add_comment(c->out,
			    prof_canon_str(c, p->comment[ids[i]]));
	free(ids);
}

static void
copy_notes(struct canon *c)
{
	const struct prof_profile *p = c->from;
	uint32_t *ids = prof_alloc((size_t)p->nnotes + 1, sizeof *ids), i;

	for (i = 0; i < p->nnotes; i++)
		ids[i] = i;
	prof_sort_ids(ids, p->nnotes, cmp_notes, p);
	for (i = 0; i < p->nnotes; i++)
		prof_profile_add_note(c->out, prof_canon_str(c,
		    p->note[ids[i]].text), p->note[ids[i]].skipped)->count =
		    p->note[ids[i]].count;
	free(ids);
}

static void
copy_meta(struct canon *c)
{
	const struct prof_meta *from = &c->from->meta;
	struct prof_meta *to = &c->out->meta;
	struct prof_recorded recorded[PROF_COLS_MAX];

	/* Columns may be in another order: that went with them. */
	memcpy(recorded, to->recorded, sizeof recorded);
	*to = *from;
	memcpy(to->recorded, recorded, sizeof recorded);
	to->period_type = prof_canon_str(c, from->period_type);
	to->period_unit = prof_canon_str(c, from->period_unit);
	to->default_type = prof_canon_str(c, from->default_type);
	to->doc_url = prof_canon_str(c, from->doc_url);
	to->drop_frames = prof_canon_str(c, from->drop_frames);
	to->keep_frames = prof_canon_str(c, from->keep_frames);
	to->format = prof_canon_str(c, from->format);
	to->dialect = prof_canon_str(c, from->dialect);
}

void
prof_canon_head(struct canon *c)
{
	copy_comments(c);
	copy_notes(c);
	copy_meta(c);
}
