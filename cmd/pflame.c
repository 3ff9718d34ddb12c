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

/* Options that change nothing where they were given, and why. */
struct unused {
	bool given;
	const char *name;
};

static void
warn_unused(const struct unused *list, size_t n, const char *why)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (list[i].given)
			cli_warn("--%s is for %s it changes nothing",
			    list[i].name, why);
}

static void
warn_comparison(const struct options *o)
{
	const struct unused diff[] = {
		{ o->layout != 0, "layout" }, { o->metric != 0, "metric" },
		{ o->diff_scale != 0, "diff-scale" },
		{ o->alpha.num != 0, "alpha" },
		{ o->ratio.num != 0, "ratio" }, { o->negate, "negate" }
	};
	const struct unused one[] = {
		{ o->colors != NULL, "colors" },
		{ o->color_by != 0, "color-by" }, { o->hash, "hash" }
	};

	if (o->diff)
		warn_unused(one, sizeof one / sizeof one[0],
		    "pictures of one profile: with --diff");
	else
		warn_unused(diff, sizeof diff / sizeof diff[0],
		    "comparisons: without --diff");
}

static void
warn_place(const struct options *o)
{
	const struct unused svg[] = {
		{ o->href != NULL, "href" }, { o->fonttype != NULL, "fonttype" },
		{ o->fontsize != 0, "fontsize" },
		{ o->minwidth != NULL, "minwidth" },
		{ o->max_frames != 0, "max-frames" },
		{ o->no_data, "no-data" }, { o->no_js, "no-js" }
	};
	const struct unused term[] = {
		{ o->color != 0, "color" }, { o->ascii, "ascii" }
	};

	if (o->term)
		warn_unused(svg, sizeof svg / sizeof svg[0],
		    "SVG: with --term");
	else
		warn_unused(term, sizeof term / sizeof term[0],
		    "text: without --term");
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
	o.diff |= o.sides;
	check_order(&o);
	cli_operands(&o);
	if (o.flamechart)
		flamechart_check(&o);
	warn_comparison(&o);
	warn_place(&o);
	if (o.diff)
		flamediff(&o, &c.how);
	else
		draw_one(&o, &c.how);
	prof_buf_release(&words);
	options_release(&o);
	return cli_finish(false);
}
