/* SPDX-License-Identifier: MIT */
#include "formats/perf_sums.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"

struct prof_perf_event {
	prof_str name;		/* 0: none was printed */
	uint64_t with, without;	/* samples with a period and without */
	int64_t period;		/* of the first sample that had one */
	bool varies;
	struct prof_recorded recorded;
};

struct prof_perf_row {
	uint32_t event;
	prof_stack stack;
	prof_set set;
	int64_t value;
};

void
prof_perf_sums_release(struct prof_perf_sums *s)
{
	free(s->event);
	prof_map_release(&s->names);
	free(s->row);
	prof_map_release(&s->rows);
	free(s->time);
	memset(s, 0, sizeof *s);
}

uint32_t
prof_perf_sums_event(struct prof_perf_sums *s, const char *name, size_t len)
{
	prof_str str = prof_strs_add(&s->b->p->strs, name, len);
	uint64_t hash = prof_hash_add(s->b->seed, s->b->seed, str);
	uint32_t at, id;

	for (id = prof_map_first(&s->names, hash, &at); id != 0;
	    id = prof_map_next(&s->names, hash, &at))
		if (s->event[id - 1].name == str)
			return id;
	PROF_RESERVE(s->event, s->event_cap, (size_t)s->nevents + 1);
	memset(&s->event[s->nevents], 0, sizeof *s->event);
	s->event[s->nevents++].name = str;
	prof_map_put(&s->names, hash, s->nevents);
	return s->nevents;
}

static void
count_period(struct prof_perf_event *e, const int64_t *period)
{
	if (period == NULL) {
		e->without++;
		return;
	}
	if (e->with++ == 0)
		e->period = *period;
	e->varies |= e->period != *period;
}

static struct prof_perf_row *
add_row(struct prof_perf_sums *s, const struct prof_perf_row *row)
{
	PROF_RESERVE(s->row, s->row_cap, s->nrows + 1);
	s->row[s->nrows] = *row;
	return &s->row[s->nrows++];
}

static struct prof_perf_row *
find_row(struct prof_perf_sums *s, const struct prof_perf_row *key)
{
	uint64_t hash = prof_hash_add(s->b->seed, s->b->seed,
	    (uint64_t)key->stack << 32 | key->set);
	const struct prof_perf_row *r;
	uint32_t at, id;

	hash = prof_hash_add(s->b->seed, hash, key->event);
	for (id = prof_map_first(&s->rows, hash, &at); id != 0;
	    id = prof_map_next(&s->rows, hash, &at)) {
		r = &s->row[id - 1];
		if (r->stack == key->stack && r->set == key->set &&
		    r->event == key->event)
			return &s->row[id - 1];
	}
	PROF_ASSERT(s->nrows < UINT32_MAX - 1);
	add_row(s, key);
	prof_map_put(&s->rows, hash, (uint32_t)s->nrows);
	return &s->row[s->nrows - 1];
}

/* With its time hardly any sample is like another. */
static void
add_timed(struct prof_perf_sums *s, const struct prof_perf_row *row,
    int64_t time)
{
	PROF_ASSERT(s->nrows < UINT32_MAX - 1);
	PROF_RESERVE(s->time, s->time_cap, s->nrows + 1);
	s->time[s->nrows] = time;
	add_row(s, row);
}

void
prof_perf_sums_add(struct prof_perf_sums *s, uint32_t event,
    prof_stack stack, prof_set set, int64_t time, const int64_t *period)
{
	struct prof_perf_row key = { event, stack, set, 0 }, *r, full;
	int64_t value = period != NULL ? *period : 1, sum;

	count_period(&s->event[event - 1], period);
	prof_recorded_add(&s->event[event - 1].recorded, value);
	if (s->timed) {
		key.value = value;
		add_timed(s, &key, time);
		return;
	}
	r = find_row(s, &key);
	if (prof_num_add(r->value, value, &sum)) {
		r->value = sum;
		return;
	}
	/* The builder sums beyond 64 bits. */
	full = *r;
	full.value = value;
	add_row(s, &full);
}

static bool
is_clock(const char *name)
{
	return strncmp(name, "cpu-clock", 9) == 0 ||
	    strncmp(name, "task-clock", 10) == 0;
}

static const char *
unit_of(const struct prof_perf_sums *s, const struct prof_perf_event *e)
{
	return e->with > 0 && is_clock(prof_profile_str(s->b->p, e->name)) ?
	    "nanoseconds" : "count";
}

static prof_str
type_of(struct prof_perf_sums *s, const struct prof_perf_event *e)
{
	if (e->name != 0)
		return e->name;
	return prof_strs_adds(&s->b->p->strs, e->with > 0 ? "period" :
	    "samples");
}

static void
add_type(struct prof_perf_sums *s, const struct prof_perf_event *e)
{
	struct prof_profile *p = s->b->p;

	p->meta.recorded[p->ntypes] = e->recorded;
	prof_profile_add_type(p, type_of(s, e), prof_strs_adds(&p->strs,
	    unit_of(s, e)));
}

/* The first event is the one shown; its period, if it is one number. */
static void
set_default(struct prof_perf_sums *s, const struct prof_perf_event *e)
{
	struct prof_profile *p = s->b->p;

	p->meta.default_type = p->type[0].type;
	if (e->varies || e->with == 0 || e->without > 0 || e->period == 0)
		return;
	p->meta.period = e->period;
	p->meta.period_type = p->type[0].type;
	p->meta.period_unit = p->type[0].unit;
}

static void
note_mixed(struct prof_perf_sums *s)
{
	uint32_t i;

	for (i = 0; i < s->nevents; i++)
		if (s->event[i].with > 0 && s->event[i].without > 0)
			prof_profile_note(s->b->p, "an event is printed with "
			    "a period and without: what has none counts 1",
			    0, false);
}

/* The label set of a row with the name of its event in it. */
static int
add_label(struct prof_perf_sums *s, struct prof_perf_row *row,
    struct prof_label **labels, size_t *cap, struct prof_err *err)
{
	struct prof_profile *p = s->b->p;
	const struct prof_label *have;
	size_t n;

	have = prof_profile_set(p, row->set, &n);
	if (n + 1 > s->b->limits.max_labels)
		return prof_fail(err, PROF_ELIMIT, "%llu labels on a sample "
		    "(limit: --max-labels)", (unsigned long long)n + 1);
	PROF_RESERVE(*labels, *cap, n + 1);
	if (n > 0)
		memcpy(*labels, have, n * sizeof *have);
	memset(&(*labels)[n], 0, sizeof **labels);
	(*labels)[n].key = prof_strs_adds(&p->strs, "event");
	(*labels)[n].str = type_of(s, &s->event[row->event - 1]);
	row->set = prof_builder_set(s->b, *labels, n + 1);
	return PROF_OK;
}

/* The earliest time, or PROF_PERF_NOT_TIMED. */
static int64_t
earliest(const struct prof_perf_sums *s)
{
	int64_t first = PROF_PERF_NOT_TIMED;
	size_t i;

	for (i = 0; s->timed && i < s->nrows; i++)
		if (s->time[i] != PROF_PERF_NOT_TIMED &&
		    (first == PROF_PERF_NOT_TIMED || s->time[i] < first))
			first = s->time[i];
	return first;
}

/* Times from the earliest on; samples of all CPUs come in any order. */
static int
settle_times(struct prof_perf_sums *s, struct prof_err *err)
{
	int64_t first = earliest(s), last = first;
	prof_i128 since;
	uint64_t missing = 0;
	size_t i;

	s->timed = first != PROF_PERF_NOT_TIMED;
	for (i = 0; s->timed && i < s->nrows; i++) {
		if (s->time[i] == PROF_PERF_NOT_TIMED)
			missing++;
		else
			last = s->time[i];
		since = (prof_i128)last - first;
		if (!prof_num_fits(since))
			return prof_fail(err, PROF_ERANGE, "times of samples "
			    "are more than 2^63 nanoseconds apart");
		s->time[i] = (int64_t)since;
	}
	if (s->timed)
		prof_builder_keep_times(s->b);
	if (missing > 0)
		prof_profile_note(s->b->p, "some samples have no time: that "
		    "of the one before counts", 0, false);
	return PROF_OK;
}

static int
add_sample(struct prof_perf_sums *s, size_t row, const int64_t *values,
    struct prof_err *err)
{
	return prof_builder_sample(s->b, s->row[row].stack, s->row[row].set,
	    s->timed ? s->time[row] : 0, values, err);
}

/* Too many events for columns. */
static int
finish_labelled(struct prof_perf_sums *s, struct prof_err *err)
{
	struct prof_profile *p = s->b->p;
	struct prof_label *labels = NULL;
	size_t i, cap = 0;
	int rc = PROF_OK;

	prof_profile_add_type(p, prof_strs_adds(&p->strs, "events"),
	    prof_strs_adds(&p->strs, "count"));
	p->meta.default_type = p->type[0].type;
	prof_profile_note(p, "more events than sample types: one type "
	    "\"events\" holds them, the label \"event\" tells which", 0,
	    false);
	for (i = 0; i < s->nrows && rc == PROF_OK; i++) {
		rc = add_label(s, &s->row[i], &labels, &cap, err);
		if (rc == PROF_OK)
			rc = add_sample(s, i, &s->row[i].value, err);
	}
	free(labels);
	return rc;
}

/* Without periods a value is a number of samples: a variety of the text. */
static void
set_dialect(struct prof_perf_sums *s)
{
	uint32_t i;

	for (i = 0; i < s->nevents; i++)
		if (s->event[i].with > 0)
			return;
	s->b->p->meta.dialect = prof_strs_adds(&s->b->p->strs, "noperiod");
}

static int
finish_columns(struct prof_perf_sums *s, struct prof_err *err)
{
	unsigned *column = prof_zalloc(s->nevents, sizeof *column);
	int64_t value[PROF_COLS_MAX] = { 0 };
	uint32_t e;
	size_t i;
	int rc = PROF_OK;

	for (e = 0; e < s->nevents; e++) {
		if (s->event[e].with + s->event[e].without == 0)
			continue;
		column[e] = s->b->p->ntypes;
		add_type(s, &s->event[e]);
		if (column[e] == 0)
			set_default(s, &s->event[e]);
	}
	for (i = 0; i < s->nrows && rc == PROF_OK; i++) {
		e = column[s->row[i].event - 1];
		value[e] = s->row[i].value;
		rc = add_sample(s, i, value, err);
		value[e] = 0;
	}
	free(column);
	return rc;
}

int
prof_perf_sums_finish(struct prof_perf_sums *s, struct prof_err *err)
{
	unsigned n = 0;
	uint32_t i;
	int rc = settle_times(s, err);

	if (rc != PROF_OK)
		return rc;
	note_mixed(s);
	set_dialect(s);
	for (i = 0; i < s->nevents && n <= PROF_COLS_MAX; i++)
		n += s->event[i].with + s->event[i].without > 0;
	return n > PROF_COLS_MAX ? finish_labelled(s, err) :
	    finish_columns(s, err);
}
