/* SPDX-License-Identifier: MIT */
#include "libanalysis/flameterm.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/picture.h"

static bool
has_rgb(void)
{
	const char *v = getenv("COLORTERM");

	return v != NULL && (strcmp(v, "truecolor") == 0 ||
	    strcmp(v, "24bit") == 0);
}

int64_t
flameterm_min_total(const struct options *o, int64_t whole, unsigned nsides)
{
	return prof_flameterm_min_total(whole, nsides,
	    cli_style(o, o->output).width);
}

void
flameterm_draw(const struct options *o, const struct picture *c,
    const struct prof_tree *t)
{
	struct prof_flameterm_opts opts = { .picture = &c->how,
	    .style = cli_style(o, o->output), .rgb = has_rgb() };
	struct prof_err err = { 0 };
	struct cli_file f;

	/* Facts are not to be wider than the picture, wherever it goes. */
	opts.style.elide = true;
	cli_open(&f, o->output, NULL);
	if (prof_flameterm(t, &c->frames, &opts, f.out, &err) != PROF_OK)
		cli_fail_err(&err);
	cli_close(&f);
}
