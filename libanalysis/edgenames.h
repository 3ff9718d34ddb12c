/* SPDX-License-Identifier: MIT */
#ifndef PROF_EDGENAMES_H
#define PROF_EDGENAMES_H

#include "libanalysis/profile.h"

/*
 * Whether two functions of edges have the same name, file and line of
 * definition, as after a rename.  Cost: a sort of the functions.
 */
bool prof_edges_joined(const struct prof_profile *p);

#endif
