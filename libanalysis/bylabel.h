/* SPDX-License-Identifier: MIT */
#ifndef PROF_BYLABEL_H
#define PROF_BYLABEL_H

#include "libanalysis/profile.h"
#include "libanalysis/range.h"

/*
 * Both sides of a comparison in one profile, told apart by a label: samples
 * of one value are the base, those of another the new side; others are on
 * neither, and one that has both values is on both.  Text must be equal; a
 * number must lie in the range that the value is written as (range.h).
 */
struct prof_bylabel {
	const char *key;		/* borrowed from the text parsed */
	size_t key_len;
	struct {
		const char *text;
		size_t len;
		bool is_range;
		struct prof_range range;
	} value[2];			/* of base, of new */
};

/*
 * text: "label:KEY=A,B"; must outlive by.
 * Returns PROF_OK or PROF_EUSAGE.
 */
int prof_bylabel_parse(struct prof_bylabel *by, const char *text,
    struct prof_err *err);

/*
 * p:    becomes the new side; both get canonical, without edges.
 * base: out, empty before.
 * has:  out, whether any sample is on that side.
 * Returns PROF_OK or PROF_ERANGE.
 */
int prof_bylabel_part(const struct prof_bylabel *by, struct prof_profile *p,
    struct prof_profile *base, bool has[2], struct prof_err *err);

/* Whether a label is of that key. */
bool prof_bylabel_is(const struct prof_bylabel *by,
    const struct prof_profile *p, const struct prof_label *l);

#endif
