/* SPDX-License-Identifier: MIT */
#include "libanalysis/context.h"

#include <string.h>

void
prof_context_init(struct prof_context *c, const struct prof_diff *d,
    double share)
{
	(void)share;
	memset(c, 0, sizeof *c);
	c->d = d;
}

void
prof_context_release(struct prof_context *c)
{
	memset(c, 0, sizeof *c);
}
