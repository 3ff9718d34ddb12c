/* SPDX-License-Identifier: MIT */
#ifndef PROF_FINDTYPE_H
#define PROF_FINDTYPE_H

#include "libanalysis/profile.h"

/*
 * Column that a user calls by name or by number from 0, or -1; "space" finds
 * "inuse_space", and the other way round.
 * Source: google/pprof profile/index.go.
 */
int prof_find_type(const struct prof_profile *p, const char *text);

/* The column that counts samples, or -1. */
int prof_find_samples(const struct prof_profile *p);

#endif
