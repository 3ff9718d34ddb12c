/* SPDX-License-Identifier: MIT */
#ifndef PROF_PERF_H
#define PROF_PERF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libanalysis/builder.h"

/*
 * The grammar of the two kinds of lines of `perf script` text, headers and
 * frames; perf_stack.h and perf_sums.h have what is made of them.
 */

enum {
	PROF_PERF_COMM = 1,
	PROF_PERF_PID = 2,
	PROF_PERF_TID = 4,
	PROF_PERF_CPU = 8,
	PROF_PERF_TIME = 16,
	PROF_PERF_PERIOD = 32,
	PROF_PERF_EVENT = 64,
	PROF_PERF_HUGE = 128	/* the period is beyond 63 bits */
};

enum prof_perf_sure {
	PROF_PERF_NO,		/* no header */
	PROF_PERF_MAYBE,	/* if frames follow */
	PROF_PERF_WEAK,		/* a task alone, ended as perf ends one */
	PROF_PERF_SURE,		/* a time, or an event of some task */
	PROF_PERF_RECORD	/* PERF_RECORD_..., not a sample; see rest */
};

/*
 * The line that begins a sample: "comm pid/tid [cpu] time: period event:"
 * and more, each part optional.  Texts point into the line.
 */
struct prof_perf_header {
	unsigned has;		/* PROF_PERF_* of the parts found */
	const char *comm, *event, *rest;	/* rest: behind the event */
	size_t comm_len, event_len, rest_len;
	int64_t pid, tid, cpu;
	int64_t time;		/* nanoseconds */
	int64_t period;
};

/*
 * Read a line as a header, from its anchors: a comm may hold anything, so
 * the time, or an event behind a number, is looked for first, and the rest
 * is read to the left and to the right of it.
 */
enum prof_perf_sure prof_perf_header_read(const char *line, size_t len,
    struct prof_perf_header *h);

/* One line of a stack: "pc symbol+0xoff (dso)". */
struct prof_perf_frame {
	uint64_t pc;
	const char *symbol, *dso;	/* without offsets */
	size_t symbol_len, dso_len;	/* 0: not known */
	bool has_symbol, has_dso;	/* printed, maybe as "[unknown]" */
	bool inlined;		/* "(inlined)" in place of the dso */
};

bool prof_perf_frame_read(const char *s, size_t len,
    struct prof_perf_frame *f);

/*
 * The frame s[*from..*to) in what is behind a header's event, where perf
 * printed no call chain; flags of branches may stand before it.
 */
bool prof_perf_frame_behind(const char *s, size_t len, size_t *from,
    size_t *to);

/* What a module's name tells of its code; an enum prof_kind. */
uint8_t prof_perf_kind(const char *dso, size_t len);

/* The label set of the last header; zeroed memory with b set is ready. */
struct prof_perf_task {
	struct prof_builder *b;
	char comm[64];
	size_t comm_len;
	int64_t pid, tid, cpu;
	unsigned has;
	prof_set set;
};

/*
 * The labels comm, process, thread and cpu of a header.  One number alone
 * is the thread.  PROF_ELIMIT when they are more than allowed.
 */
int prof_perf_task_set(struct prof_perf_task *t,
    const struct prof_perf_header *h, prof_set *set, struct prof_err *err);

/* The reader's bid. */
int prof_perf_bid(const unsigned char *head, size_t n);

#endif
