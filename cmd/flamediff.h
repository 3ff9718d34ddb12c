/* SPDX-License-Identifier: MIT */
#ifndef CMD_FLAMEDIFF_H
#define CMD_FLAMEDIFF_H

#include "cmd/picture.h"
#include "cmd/sides.h"

/*
 * The differential flame graph of a comparison, for tools whose main output
 * it is not.  Runs are summed in place: what was made from s must not be used
 * any more, and s is two runs then.
 *
 * s:    loaded with stacks, and viewed.
 * o:    --normalize, --ratio, --alpha and the granularity count.
 * tool: that draws it, for its description.
 */
void flamediff_draw(struct sides *s, const struct options *o,
    const char *tool, struct prof_out *out);

#endif
