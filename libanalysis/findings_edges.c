/* SPDX-License-Identifier: MIT */
#include "libanalysis/findings_state.h"
void
prof_findings_of_edges(struct prof_findings_maker *m)
{
	(void)m;
}
