/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "cmd/filters.h"
#include "cmd/picture.h"

static const struct tool_info info = {
	.tool = TOOL_FLAME,
	.name = "pflame",
	.summary = "Draw a flame graph as one interactive SVG file.",
	.synopsis = "[OPTION...] [FILE...] > out.svg\n"
	    "       pflame --diff [OPTION...] BASE NEW > diff.svg\n"
	    "       pflame [OPTION...] --base FILE... --new FILE...",
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

static void
draw_one(const struct options *o, const struct prof_svg_opts *command)
{
	struct picture c = { .nsides = 1, .how = *command };
	struct prof_buf title = { 0 }, note = { 0 }, about = { 0 };
	struct prof_err err = { 0 };
	struct prof_profile p;
	struct prof_rows rows;
	struct prof_flat flat;
	unsigned column;

	if (!cli_load(o, &o->operands, CLI_PRUNE | CLI_STACKS, &p))
		cli_fail("no input could be read");
	if (p.nsamples == 0)
		cli_warn("the profile has no samples");
	cli_filter(o, &p);
	/* A chart has the threads at the root. */
	c.how.rooted = cli_root(o, !o->flamechart, &p);
	cli_spell(o, &p);
	column = cli_column(o, &p);
	cli_rows(o, &p, &rows);
	if (prof_flat_init(&flat, &rows, column, &err) != PROF_OK)
		cli_fail("%s: %s", cli_name(o->operands.word[0]), err.msg);
	cli_title(&title, o);
	picture_style(&c, o, &p, column, prof_buf_str(&title));
	picture_note(&note, prof_profile_skipped(&p));
	c.how.note = note.len > 0 ? prof_buf_str(&note) : NULL;
	c.how.whole[0] = (int64_t)flat.whole;
	c.how.samples[0] = picture_samples(&p, column);
	c.how.subtitle = o->subtitle != NULL ? o->subtitle :
	    cli_tree_note(&p);
	picture_describe(&about, &rows, &flat);
	c.how.description = prof_buf_str(&about);
	picture_weigh(&c, 0, &rows, column);
	prof_frames_init(&c.frames, &rows);
	picture_draw(o, &c);
	prof_buf_release(&title);
	prof_buf_release(&note);
	prof_buf_release(&about);
	prof_flat_release(&flat);
	prof_rows_release(&rows);
	prof_profile_release(&p);
}

static void
check_order(const struct options *o)
{
	if (o->sort != NULL && strcmp(o->sort, "name") != 0 &&
	    strcmp(o->sort, "size") != 0 && strcmp(o->sort, "input") != 0)
		cli_fail("--sort takes name, size or input, not '%s'",
		    o->sort);
}

#define FOR_TWO "comparisons: without --diff"
#define FOR_ONE "pictures of one profile: with --diff"
#define FOR_SVG "SVG: with --term"
#define FOR_TEXT "text: without --term"

/* Options that change nothing in what is drawn. */
static void
warn_unused(const struct options *o)
{
	const bool one = !o->diff, term = o->term;
	const struct {
		bool vain;
		const char *name, *why;
	} list[] = {
		{ one && o->layout != 0, "layout", FOR_TWO },
		{ one && o->metric != 0, "metric", FOR_TWO },
		{ one && o->diff_scale != 0, "diff-scale", FOR_TWO },
		{ one && o->alpha.num != 0, "alpha", FOR_TWO },
		{ one && o->ratio.num != 0, "ratio", FOR_TWO },
		{ one && o->negate, "negate", FOR_TWO },
		{ !one && o->colors != NULL, "colors", FOR_ONE },
		{ !one && o->color_by != 0, "color-by", FOR_ONE },
		{ !one && o->hash, "hash", FOR_ONE },
		{ term && o->href != NULL, "href", FOR_SVG },
		{ term && o->fonttype != NULL, "fonttype", FOR_SVG },
		{ term && o->fontsize != 0, "fontsize", FOR_SVG },
		{ term && o->minwidth != NULL, "minwidth", FOR_SVG },
		{ term && o->max_frames != 0, "max-frames", FOR_SVG },
		{ term && o->no_data, "no-data", FOR_SVG },
		{ term && o->no_js, "no-js", FOR_SVG },
		{ !term && o->color != 0, "color", FOR_TEXT },
		{ !term && o->ascii, "ascii", FOR_TEXT }
	};
	size_t i;

	for (i = 0; i < sizeof list / sizeof list[0]; i++)
		if (list[i].vain)
			cli_warn("--%s is for %s it changes nothing",
			    list[i].name, list[i].why);
}

static void
write_hash(const struct options *o)
{
	struct cli_file f;

	cli_open(&f, o->output, NULL);
	prof_out_addf(f.out, "%s\n", prof_svg_script_hash());
	cli_close(&f);
}

int
main(int argc, char **argv)
{
	struct prof_buf words = { 0 };
	struct picture c = { 0 };
	struct options o;

	cli_init(&info, &o, argc, argv);
	if (o.csp_hash) {
		write_hash(&o);
		options_release(&o);
		return cli_finish(false);
	}
	picture_command(&c, argc, argv, &words);
	picture_check(&o);
	o.diff |= o.sides || o.by != NULL;
	check_order(&o);
	cli_operands(&o);
	if (o.flamechart)
		flamechart_check(&o);
	warn_unused(&o);
	if (o.diff)
		flamediff(&o, &c.how);
	else
		draw_one(&o, &c.how);
	prof_buf_release(&words);
	options_release(&o);
	return cli_finish(false);
}
