/* SPDX-License-Identifier: MIT */
#ifndef PROF_ROOT_H
#define PROF_ROOT_H

#include "libanalysis/buf.h"
#include "libanalysis/profile.h"

/* What stands at the root of every stack. */
enum prof_root {
	PROF_ROOT_NONE,
	PROF_ROOT_COMM,		/* label comm: "java" */
	PROF_ROOT_PROCESS,	/* with the label process: "java-4711" */
	PROF_ROOT_THREAD	/* with the label thread: "java-4711/4712" */
};

/*
 * Put a frame at the root of each stack, named by the labels of its
 * samples.  A process or thread that a label names by text is called by
 * that text alone; a part of the name that no label tells is left out
 * ("java/4712"), and a sample without any gets no frame.  Values, labels
 * and edges stay.
 *
 * Returns whether any stack got one.
 * Cost:   O(frames of all stacks).
 * Source: the names are those of FlameGraph's stackcollapse-perf.pl.
 */
bool prof_root_add(struct prof_profile *p, enum prof_root root);

/* The name of that frame for a label set, to an empty b; none: nothing. */
void prof_root_name(struct prof_buf *b, const struct prof_profile *p,
    prof_set set, enum prof_root root);

#endif
