/* SPDX-License-Identifier: MIT */
#include "cmd/picture.h"
#include "cmd/sides.h"

/* Bring both sides to one unit: integers of a column are d->factor steps. */
static void
scale_weights(struct picture *c, const struct prof_diff *d)
{
	size_t i, n;
	unsigned s;

	for (s = 0; s < 2; s++) {
		n = (size_t)c->side[s].rows->p->stacks.n + 1;
		for (i = 0; i < n; i++)
			if (!prof_num_mul(c->weight[s][i], d->factor[s],
			    &c->weight[s][i]))
				cli_fail("a value in the common unit leaves "
				    "64 bits");
	}
}

void
flamediff(const struct options *o, const struct prof_svg_opts *command)
{
	struct picture c = { .nsides = 2, .how = *command };
	struct prof_buf title = { 0 }, note = { 0 };
	struct prof_err err = { 0 };
	struct prof_diff d;
	struct sides s;
	uint32_t class;
	unsigned k;

	sides_load(&s, o, true);
	sides_view(&s, o);
	if (prof_diff_init(&d, s.run, s.nruns, s.nbase, &err) != PROF_OK)
		cli_fail_err(&err);
	prof_buf_addf(&title, "%s \342\206\222 %s", s.name[0], s.name[1]);
	picture_style(&c, o, &s.profile[1], s.run[1].column,
	    prof_buf_str(&title));
	picture_note(&note, prof_profile_skipped(&s.profile[0]) +
	    prof_profile_skipped(&s.profile[1]));
	c.how.note = note.len > 0 ? prof_buf_str(&note) : NULL;
	c.how.unit = d.unit;
	c.how.num = d.num;
	c.how.den = d.den;
	for (k = 0; k < 2; k++) {
		picture_weigh(&c, k, &s.rows[k], s.run[k].column);
		c.side[k].class_of = d.match.class_of[k];
		c.how.whole[k] = (int64_t)d.whole[k];
		if (s.profile[k].meta.estimated)
			c.how.subtitle = cli_tree_note(&s.profile[k]);
		c.how.samples[k] = picture_samples(&s.profile[k],
		    s.run[k].column);
	}
	scale_weights(&c, &d);
	for (class = 1; class <= d.match.n; class++)
		prof_frames_add(&c.frames, prof_match_row(&d.match, class));
	picture_draw(o, &c);
	prof_buf_release(&title);
	prof_buf_release(&note);
	prof_diff_release(&d);
	sides_release(&s);
}
