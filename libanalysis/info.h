/* SPDX-License-Identifier: MIT */
#ifndef PROF_INFO_H
#define PROF_INFO_H

#include "libanalysis/json.h"
#include "libanalysis/out.h"
#include "libanalysis/profile.h"

/*
 * Facts of a profile instead of its data: where it came from, its sample
 * types with their totals (sum of absolute values), how much there is of
 * everything, labels, mappings, comments, what was skipped.
 *
 * inputs: names of the files, for the heading.
 * Returns PROF_OK: totals are shown in 128 bits, so that facts are always
 * to be had; err is for what may follow.
 */
int prof_info_text(const struct prof_profile *p, const char *const *inputs,
    size_t ninputs, struct prof_buf *out, struct prof_err *err);

/* The same as one JSON document, schema profkit/info/1, by that tool. */
int prof_info_json(const struct prof_profile *p, const char *tool,
    const char *const *inputs, size_t ninputs, struct prof_out *out,
    struct prof_err *err);

/*
 * The keys "skipped" and "warnings" that all our documents share.
 *
 * failed: names of inputs that could not be read, n of them.
 * why: reasons for each; NULL: not known.
 */
void prof_info_notes(struct prof_json *j, const struct prof_profile *p,
    const char *const *failed, const char *const *why, size_t n);

#endif
