/* SPDX-License-Identifier: MIT */
#include "formats/perf.h"

#include <string.h>

static const unsigned task_parts = PROF_PERF_COMM | PROF_PERF_PID |
    PROF_PERF_TID | PROF_PERF_CPU;

static void
set_number(struct prof_perf_task *t, struct prof_label *label,
    const char *key, int64_t v)
{
	memset(label, 0, sizeof *label);
	label->key = prof_strs_adds(&t->b->p->strs, key);
	label->num = v;
}

static int
make_set(struct prof_perf_task *t, const struct prof_perf_header *h,
    prof_set *set, struct prof_err *err)
{
	struct prof_strs *strs = &t->b->p->strs;
	struct prof_label label[4];
	size_t n = 0;

	if ((h->has & PROF_PERF_COMM) != 0) {
		memset(label, 0, sizeof label[0]);
		label[n].key = prof_strs_adds(strs, "comm");
		label[n++].str = prof_strs_add(strs, h->comm, h->comm_len);
	}
	if ((h->has & PROF_PERF_CPU) != 0)
		set_number(t, &label[n++], "cpu", h->cpu);
	if ((h->has & PROF_PERF_PID) != 0)
		set_number(t, &label[n++], "process", h->pid);
	if ((h->has & PROF_PERF_TID) != 0)
		set_number(t, &label[n++], "thread", h->tid);
	if (n > t->b->limits.max_labels)
		return prof_fail(err, PROF_ELIMIT,
		    "%llu labels (limit: --max-labels)",
		    (unsigned long long)n);
	*set = prof_builder_set(t->b, label, n);
	return PROF_OK;
}

/* Most samples are of the task of the one before. */
static bool
is_last(const struct prof_perf_task *t, const struct prof_perf_header *h)
{
	return t->has == (h->has & task_parts) &&
	    t->comm_len == h->comm_len && t->pid == h->pid &&
	    t->tid == h->tid && t->cpu == h->cpu && (h->comm_len == 0 ||
	    memcmp(t->comm, h->comm, h->comm_len) == 0);
}

int
prof_perf_task_set(struct prof_perf_task *t,
    const struct prof_perf_header *h, prof_set *set, struct prof_err *err)
{
	int rc;

	if (is_last(t, h)) {
		*set = t->set;
		return PROF_OK;
	}
	rc = make_set(t, h, set, err);
	if (rc != PROF_OK || h->comm_len > sizeof t->comm)
		return rc;
	t->has = h->has & task_parts;
	t->comm_len = h->comm_len;
	if (h->comm_len > 0)
		memcpy(t->comm, h->comm, h->comm_len);
	t->pid = h->pid;
	t->tid = h->tid;
	t->cpu = h->cpu;
	t->set = *set;
	return PROF_OK;
}
