/* SPDX-License-Identifier: MIT */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libanalysis/in.h"
#include "libanalysis/records.h"

/* The values of all options of all five tools; cmd/option.h has their table. */
enum tool {
	TOOL_CONVERT = 1,
	TOOL_TOP = 2,
	TOOL_DIFF = 4,
	TOOL_FLAME = 8,
	TOOL_REGRESS = 16
};

/* Where a report form or profile goes; one without a file to stdout. */
enum form { FORM_TSV = PROF_FORM_TSV, FORM_CSV = PROF_FORM_CSV,
	FORM_JSON = PROF_FORM_JSON, FORM_JSONL = PROF_FORM_JSONL,
	FORM_MARKDOWN = PROF_FORM_MARKDOWN, FORM_JUNIT, FORM_GITHUB,
	FORM_SVG, FORM_COUNT };

struct form_wish {
	bool wanted;
	const char *file;	/* NULL: standard output */
};

struct words {
	const char **word;
	size_t n, cap;
};

/* A number as a fraction: "1.5" is 15/10; num 0 is "not given". */
struct fraction {
	int64_t num, den;
};

enum { MATCH_RENAMED, MATCH_STABLE, MATCH_EXACT };
enum { NEW_FAIL, NEW_WARN, NEW_IGNORE };
enum { BASELINE_FAIL, BASELINE_PASS };
enum { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };
enum { SCORE_SELF, SCORE_TOTAL };
enum { ROOT_DEFAULT, ROOT_NONE, ROOT_COMM, ROOT_PROCESS, ROOT_THREAD };

#define COMPRESS_UNSET (-2)
#define COMPRESS_NONE (-1)

struct options {
	/* input */
	const char *from, *files0, *sample_type;
	bool keep_going, allow_empty, strict;
	struct prof_limits limits;
	uint64_t max_mem;		/* 0: half of the machine's */
	/* output */
	const char *to, *output;
	struct form_wish form[FORM_COUNT];
	int color;
	bool ascii, quiet, verbose;
	uint64_t width;			/* 0: not given */
	bool help, usage, version;
	/* rows */
	uint64_t limit;
	bool all;
	const char *sort;
	struct fraction min_share;
	/* values */
	const char *unit, *normalize;
	struct fraction scale;
	bool average, mean;
	/* names and filters; a list is applied one after the other */
	struct words focus, ignore, hide, show, show_from, prune_from;
	struct words tagfocus, tagignore, tagshow, taghide, tagroot, tagleaf;
	struct words thread, process, time, kind;
	bool keep_time, hide_system, fold_recursion, no_inlines;
	bool all_frames, relative;
	const char *granularity;
	int demangle;			/* enum prof_demangle */
	bool stable_names;
	struct words rename, trim_path;
	int root;
	/* pconvert */
	bool merge, info, formats, check, unique, pgo_go, call_tree;
	const char *split;
	struct words comment;
	struct fraction edge_share;
	int compress;
	/* ptop */
	bool tree, bottom_up, traces, labels, types, comments, pgo;
	bool drop_negative, textconv;
	struct words callers, callees, peek, list, source;
	int score;
	uint64_t min_calls;
	const char *min_avg;
	/* comparing */
	struct words base, fresh;
	bool sides;			/* --base or --new was given */
	struct fraction ratio, alpha, ci, impact, total_ratio, warn;
	bool exit_code, force, git, strict_ratio;
	const char *by, *metrics, *min_delta, *min_value, *noise, *calibrate;
	const char *patch, *only, *baseline_update, *config;
	uint64_t bootstrap, min_runs;	/* 0: not given */
	int match, new_function, missing_baseline;
	/* pflame */
	bool diff, inverted, reverse, flamechart, negate, hash;
	bool no_js, no_data, csp_hash, term;
	const char *title, *subtitle, *countname, *nametype;
	const char *minwidth, *colors, *fonttype, *href;
	uint64_t max_frames, max_rows, fontsize;	/* 0: not given */
	int color_by, theme, layout, diff_scale, metric;

	struct words operands;
	struct words numbers;		/* as given: name, text, name, text */
};

void options_default(struct options *o);

/*
 * Parse a command line (and PROFKIT_OPTS before it).
 *
 * Exits with status 2 and a message on the first mistake.
 */
void options_parse(struct options *o, enum tool tool, int argc, char **argv);

/* Free the lists of words. */
void options_release(struct options *o);

void words_add(struct words *w, const char *word);
void words_release(struct words *w);

#endif
