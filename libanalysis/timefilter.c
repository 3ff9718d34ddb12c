/* SPDX-License-Identifier: MIT */
#include "libanalysis/timefilter.h"

#include <stdlib.h>

#include "libanalysis/droprow.h"

int
prof_timefilter(struct prof_profile *p, const struct prof_range *r,
    bool keep, bool *matched, struct prof_err *err)
{
	const struct prof_unit *ns = prof_unit_find("ns", 2);
	bool dropped = p->nsamples == 0;
	uint32_t i;

	if (r->family != PROF_UNIT_OTHER && r->family != PROF_UNIT_TIME)
		return prof_fail(err, PROF_EUSAGE, "a range of times is "
		    "needed, such as 10s:20s");
	if (p->time == NULL && p->nsamples + p->edges.n > 0)
		return prof_fail(err, PROF_EUSAGE,
		    "this profile has no times of samples");
	*matched = false;
	for (i = 0; i < p->nsamples; i++) {
		if (prof_droprow_done(p, i))
			continue;
		if (prof_range_holds(r, p->time[i], ns)) {
			*matched = true;
			continue;
		}
		prof_droprow(p, i);
		dropped = true;
	}
	if (dropped)
		prof_profile_drop_edges(p);
	if (!keep) {
		free(p->time);
		p->time = NULL;
	}
	return PROF_OK;
}

void
prof_time_rebase(struct prof_profile *p)
{
	int64_t first = INT64_MAX;
	uint32_t i;

	for (i = 0; p->time != NULL && i < p->nsamples; i++)
		if (p->time[i] < first && !prof_droprow_done(p, i))
			first = p->time[i];
	for (i = 0; p->time != NULL && i < p->nsamples; i++)
		if (__builtin_sub_overflow(p->time[i], first, &p->time[i]))
			p->time[i] = first < 0 ? INT64_MAX : INT64_MIN;
}
