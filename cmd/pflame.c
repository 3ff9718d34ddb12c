/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cmd/filters.h"
#include "cmd/sides.h"
#include "libanalysis/nomem.h"
#include "libanalysis/svg.h"

static const struct tool_info info = {
	.tool = TOOL_FLAME,
	.name = "pflame",
	.summary = "Draw a flame graph as one interactive SVG file.",
	.synopsis = "[OPTION...] [FILE...] > out.svg\n"
	    "       pflame --diff [OPTION...] BASE NEW > diff.svg",
	.example = {
		"From any profile\n"
		"pflame cpu.pb.gz > cpu.svg",
		"From another tool's collapsed stacks\n"
		"py-spy record -f raw -o - -d 30 -p $PID | pflame > py.svg",
		"Only what one function calls\n"
		"pconvert --focus Serve cpu.pb.gz | pflame > serve.svg",
		"What changed between two builds\n"
		"pflame --diff old.pb.gz new.pb.gz > diff.svg",
		"Memory in use, root on top\n"
		"pflame -s inuse_space --inverted heap.pb.gz > heap.svg"
	}
};

/* What is drawn: one or two profiles, frames numbered across both. */
struct picture {
	struct prof_tree_side side[PROF_TREE_SIDES];
	int64_t *weight[PROF_TREE_SIDES];
	unsigned nsides;
	struct prof_frames frames;
	struct prof_svg_opts how;
};

static void
weigh(struct picture *c, unsigned side, const struct prof_rows *rows,
    unsigned column)
{
	const struct prof_profile *p = rows->p;
	struct prof_err err = { 0 };

	c->weight[side] = prof_zalloc((size_t)p->stacks.n + 1,
	    sizeof *c->weight[side]);
	if (p->ntypes > 0 && prof_flat_weights(p, column, c->weight[side],
	    &err) != PROF_OK)
		cli_fail_err(&err);
	c->side[side].rows = rows;
	c->side[side].weight = c->weight[side];
}

static void
draw(const struct options *o, struct picture *c)
{
	struct prof_tree_opts opts = { .gross = true };
	struct prof_err err = { 0 };
	struct prof_tree tree;
	struct cli_file f;
	int64_t whole = c->how.whole[0];

	if (c->nsides == 2 && c->how.whole[1] > whole)
		whole = c->how.whole[1];
	opts.min_total = prof_svg_min_total(whole, c->nsides, &c->how);
	opts.order = prof_frames_cmp;
	opts.order_ctx = &c->frames;
	if (prof_tree_init(&tree, c->side, c->nsides, c->frames.n, &opts,
	    &err) != PROF_OK)
		cli_fail_err(&err);
	cli_open(&f, o->output, "use > out.svg or -o out.svg");
	if (prof_svg_write(&tree, &c->frames, &c->how, f.out, &err) !=
	    PROF_OK)
		cli_fail_err(&err);
	cli_close(&f);
	prof_tree_release(&tree);
	prof_frames_release(&c->frames);
	free(c->weight[0]);
	free(c->weight[1]);
}

static void
set_style(struct picture *c, const struct options *o,
    const struct prof_profile *p, unsigned column, const char *title)
{
	c->how.title = o->title != NULL ? o->title : title;
	c->how.inverted = o->inverted;
	c->how.width = (unsigned)o->width;
	if (p->ntypes == 0)
		return;
	c->how.type = prof_profile_str(p, p->type[column].type);
	c->how.unit = prof_profile_str(p, p->type[column].unit);
	c->how.num = p->type[column].num;
	c->how.den = p->type[column].den;
}

/* What the inputs had that is not in the picture. */
static void
note_of(struct prof_buf *b, uint64_t skipped)
{
	size_t failed = cli_failed()->n;

	if (skipped > 0)
		prof_buf_addf(b, "Left out: %llu record%s skipped",
		    (unsigned long long)skipped, skipped == 1 ? "" : "s");
	if (failed > 0)
		prof_buf_addf(b, "%s%zu input%s that could not be read",
		    skipped > 0 ? ", " : "Left out: ", failed,
		    failed == 1 ? "" : "s");
}

/* Samples taken, where a column counts them and is not the one drawn. */
static uint64_t
count_samples(const struct prof_profile *p, unsigned column)
{
	int c = prof_profile_column(p, "samples");
	prof_i128 sum = 0;
	uint32_t i;

	if (c < 0 || (unsigned)c == column)
		return 0;
	for (i = 0; i < p->nsamples; i++)
		sum += p->value[c][i];
	return sum > 0 && prof_num_fits(sum) ? (uint64_t)sum : 0;
}

static void
draw_one(const struct options *o)
{
	struct picture c = { .nsides = 1 };
	struct prof_buf title = { 0 }, note = { 0 };
	struct prof_err err = { 0 };
	struct prof_profile p;
	struct prof_rows rows;
	struct prof_flat flat;
	unsigned column;

	if (!cli_load(o, &o->operands, CLI_PRUNE | CLI_STACKS, &p))
		cli_fail("no input could be read");
	cli_filter(o, &p);
	cli_root(o, true, &p);
	cli_spell(o, &p);
	column = cli_column(o, &p);
	cli_rows(o, &p, &rows);
	if (prof_flat_init(&flat, &rows, column, &err) != PROF_OK)
		cli_fail("%s: %s", cli_name(o->operands.word[0]), err.msg);
	cli_title(&title, o);
	set_style(&c, o, &p, column, prof_buf_str(&title));
	note_of(&note, prof_profile_skipped(&p));
	c.how.note = note.len > 0 ? prof_buf_str(&note) : NULL;
	c.how.whole[0] = (int64_t)flat.whole;
	c.how.samples[0] = count_samples(&p, column);
	c.how.subtitle = cli_tree_note(&p);
	weigh(&c, 0, &rows, column);
	prof_frames_init(&c.frames, &rows);
	draw(o, &c);
	prof_buf_release(&title);
	prof_buf_release(&note);
	prof_flat_release(&flat);
	prof_rows_release(&rows);
	prof_profile_release(&p);
}

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

static void
draw_diff(const struct options *o)
{
	struct picture c = { .nsides = 2 };
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
	set_style(&c, o, &s.profile[1], s.run[1].column,
	    prof_buf_str(&title));
	note_of(&note, prof_profile_skipped(&s.profile[0]) +
	    prof_profile_skipped(&s.profile[1]));
	c.how.note = note.len > 0 ? prof_buf_str(&note) : NULL;
	c.how.unit = d.unit;
	c.how.num = d.num;
	c.how.den = d.den;
	for (k = 0; k < 2; k++) {
		weigh(&c, k, &s.rows[k], s.run[k].column);
		c.side[k].class_of = d.match.class_of[k];
		c.how.whole[k] = (int64_t)d.whole[k];
		if (s.profile[k].meta.estimated)
			c.how.subtitle = cli_tree_note(&s.profile[k]);
		c.how.samples[k] = count_samples(&s.profile[k],
		    s.run[k].column);
	}
	scale_weights(&c, &d);
	for (class = 1; class <= d.match.n; class++)
		prof_frames_add(&c.frames, prof_match_row(&d.match, class));
	draw(o, &c);
	prof_buf_release(&title);
	prof_buf_release(&note);
	prof_diff_release(&d);
	sides_release(&s);
}

int
main(int argc, char **argv)
{
	struct options o;

	cli_init(&info, &o, argc, argv);
	if (o.diff && o.normalize != NULL)
		cli_fail("--normalize does not go with --diff");
	cli_operands(&o);
	if (o.diff)
		draw_diff(&o);
	else
		draw_one(&o);
	options_release(&o);
	return cli_finish(false);
}
