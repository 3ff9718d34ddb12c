/* SPDX-License-Identifier: MIT */
#include "cmd/options.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/option.h"
#include "libanalysis/nomem.h"

#define C TOOL_CONVERT
#define T TOOL_TOP
#define D TOOL_DIFF
#define F TOOL_FLAME
#define R TOOL_REGRESS
#define ALL (C | T | D | F | R)
#define TABLES (T | D | R)
#define AT(field) offsetof(struct options, field)

const struct option options[] = {
	{ ALL, 'f', "from", ARG_TEXT, "FMT", AT(from),
	    "input format instead of detecting it; folded:one, folded:two, "
	    "folded:lines settle its dialect", NULL },
	{ ALL, 0, "files0-from", ARG_TEXT, "FILE", AT(files0),
	    "more operands from FILE or '-', each ended by NUL", NULL },
	{ ALL, 's', "sample-type", ARG_TEXT, "TYPE", AT(sample_type),
	    "value to show (pconvert: the only one to keep)", NULL },
	{ ALL, 'k', "keep-going", ARG_FLAG, NULL, AT(keep_going),
	    "skip unreadable inputs, count them, exit 3", NULL },
	{ ALL, 0, "allow-empty", ARG_FLAG, NULL, AT(allow_empty),
	    "an input of 0 bytes is an empty profile", NULL },
	{ ALL, 0, "strict", ARG_FLAG, NULL, AT(strict),
	    "skipped records and losses of a writer are errors (exit 2)",
	    NULL },
	{ C | D, 't', "to", ARG_TEXT, "FMT", AT(to),
	    "write a profile in this format", NULL },
	{ TABLES | C, 0, "tsv", ARG_FORM, "FILE", AT(form[FORM_TSV]),
	    "report as tab-separated values with raw integers", NULL },
	{ TABLES, 0, "csv", ARG_FORM, "FILE", AT(form[FORM_CSV]),
	    "report as comma-separated values", NULL },
	{ C | TABLES, 0, "json", ARG_FORM, "FILE", AT(form[FORM_JSON]),
	    "report as one JSON document", NULL },
	{ TABLES, 0, "jsonl", ARG_FORM, "FILE", AT(form[FORM_JSONL]),
	    "report as one JSON object a row", NULL },
	{ TABLES, 0, "markdown", ARG_FORM, "FILE", AT(form[FORM_MARKDOWN]),
	    "report as a Markdown table", NULL },
	{ R, 0, "junit", ARG_FORM, "FILE", AT(form[FORM_JUNIT]),
	    "report as JUnit XML", NULL },
	{ R, 0, "github", ARG_FORM, "FILE", AT(form[FORM_GITHUB]),
	    "report as annotations of GitHub Actions", NULL },
	{ D | R, 0, "svg", ARG_FORM, "FILE", AT(form[FORM_SVG]),
	    "differential flame graph", NULL },
	{ ALL, 'o', "output", ARG_TEXT, "FILE", AT(output),
	    "write to FILE instead of standard output; its suffix picks "
	    "the format or form", NULL },
	{ C | TABLES, 'n', "limit", ARG_NUMBER, "N", AT(limit),
	    "rows to show (20); the rest is summed as others; pconvert: "
	    "nodes of -t dot (80)", NULL },
	{ TABLES, 'a', "all", ARG_FLAG, NULL, AT(all),
	    "show all rows (pdiff: unchanged ones, too)", NULL },
	{ T | D | F, 0, "sort", ARG_TEXT, "KEY", AT(sort),
	    "ptop: self (default), total, calls, per-call, name, file; "
	    "pdiff: delta (default), abs, ratio, name; pflame, siblings: "
	    "name (default), size, input",
	    NULL },
	{ C | T | D | R, 0, "min-share", ARG_SHARE, "SHARE", AT(min_share),
	    "leave out what is below this share of the total (pregress, "
	    "trees and dot: 0.5%)", NULL },
	{ C | TABLES, 0, "unit", ARG_TEXT, "U", AT(unit),
	    "of values in text: minimum (one per column, default), auto "
	    "(one per value), raw, or a unit such as ms", NULL },
	{ ALL, 0, "scale", ARG_FACTOR, "X", AT(scale),
	    "multiply all values by X, a number or NUM/NUM", NULL },
	{ ALL, 0, "average", ARG_FLAG, NULL, AT(average),
	    "divide all values by the number of inputs", NULL },
	{ T | D, 0, "mean", ARG_FLAG, NULL, AT(mean),
	    "divide the value shown by the first sample type", NULL },
	{ ALL, 0, "normalize", ARG_TEXT, "MODE", AT(normalize),
	    "each input: none, duration (per second), total (to 10^9) or "
	    "per-op:N; comparing, base to new: none, total, duration, "
	    "samples, per-op[:B,N], anchor:RE, median or auto", NULL },
	{ ALL, 0, "focus", ARG_WORDS, "RE", AT(focus),
	    "keep samples with a matching frame", NULL },
	{ ALL, 0, "ignore", ARG_WORDS, "RE", AT(ignore),
	    "drop samples with a matching frame", NULL },
	{ ALL, 0, "hide", ARG_WORDS, "RE", AT(hide),
	    "remove matching frames", NULL },
	{ ALL, 0, "show", ARG_WORDS, "RE", AT(show),
	    "remove all other frames", NULL },
	{ ALL, 0, "show-from", ARG_WORDS, "RE", AT(show_from),
	    "cut the callers of the matching frame nearest the root; drop "
	    "samples without", NULL },
	{ ALL, 0, "prune-from", ARG_WORDS, "RE", AT(prune_from),
	    "cut the callees of the matching frame nearest the leaf", NULL },
	{ ALL, 0, "tagfocus", ARG_WORDS, "TAGS", AT(tagfocus),
	    "keep samples whose labels match: [KEY=]RE,... or "
	    "[KEY=]LOW:HIGH", NULL },
	{ ALL, 0, "tagignore", ARG_WORDS, "TAGS", AT(tagignore),
	    "drop samples whose labels match", NULL },
	{ ALL, 0, "tagshow", ARG_WORDS, "RE", AT(tagshow),
	    "keep only the labels whose key matches", NULL },
	{ ALL, 0, "taghide", ARG_WORDS, "RE", AT(taghide),
	    "remove the labels whose key matches", NULL },
	{ ALL, 0, "tagroot", ARG_WORDS, "LIST", AT(tagroot),
	    "a frame with each label's value at the root", NULL },
	{ ALL, 0, "tagleaf", ARG_WORDS, "LIST", AT(tagleaf),
	    "a frame with each label's value at the leaf", NULL },
	{ ALL, 0, "thread", ARG_WORDS, "RE", AT(thread),
	    "keep samples of threads whose name or id matches", NULL },
	{ ALL, 0, "process", ARG_WORDS, "RE", AT(process),
	    "keep samples of processes whose name or id matches", NULL },
	{ ALL, 0, "time", ARG_WORDS, "RANGE", AT(time),
	    "keep samples of this span since the first one: 10s:20s", NULL },
	{ ALL, 0, "keep-time", ARG_FLAG, NULL, AT(keep_time),
	    "keep the times of samples in the output", NULL },
	{ ALL, 0, "kind", ARG_WORDS, "LIST", AT(kind),
	    "keep only frames of these kinds: user, kernel, jit, vdso, "
	    "interpreted, builtin", NULL },
	{ ALL, 0, "hide-system", ARG_FLAG, NULL, AT(hide_system),
	    "remove frames of runtimes, libc, interpreters and the kernel",
	    NULL },
	{ ALL, 0, "fold-recursion", ARG_FLAG, NULL, AT(fold_recursion),
	    "join repeats of direct recursion", NULL },
	{ ALL, 0, "no-inlines", ARG_FLAG, NULL, AT(no_inlines),
	    "keep only the outermost function of an inlined group", NULL },
	{ ALL, 0, "all-frames", ARG_FLAG, NULL, AT(all_frames),
	    "do not apply the profile's own drop and keep patterns", NULL },
	{ ALL, 0, "relative-percentages", ARG_FLAG, NULL, AT(relative),
	    "percentages of what the filters leave", NULL },
	{ ALL, 'g', "granularity", ARG_TEXT, "G", AT(granularity),
	    "a row or box is a function as its format tells them apart, a "
	    "name (pprof's functions), file, line, address, module, package "
	    "or label:KEY; comparing also edge and stack", NULL },
	{ ALL, 0, "demangle", ARG_CHOICE, "HOW", AT(demangle),
	    "names of functions: none (linker names), simple (without "
	    "parameters) or full (default)", "default|none|simple|full" },
	{ ALL, 0, "rename", ARG_WORDS, "/RE/REPL/", AT(rename),
	    "rewrite function names; $1 is a group", NULL },
	{ ALL, 0, "trim-path", ARG_WORDS, "PREFIX", AT(trim_path),
	    "cut PREFIX off file names", NULL },
	{ ALL, 0, "stable-names", ARG_FLAG, NULL, AT(stable_names),
	    "strip what changes from build to build: numbers of lambdas, "
	    ".constprop.N, ::h<hash>, +0x..., @version", NULL },
	{ ALL, 0, "root", ARG_CHOICE, "FRAME", AT(root),
	    "put a frame at the root of all stacks: none, comm, process or "
	    "thread; -t folded and pflame put comm there for perf",
	    "default|none|comm|process|thread" },
	{ C, 'm', "merge", ARG_FLAG, NULL, AT(merge),
	    "sum all inputs to one profile (the default)", NULL },
	{ C, 0, "split", ARG_TEXT, "DIR", AT(split),
	    "one output file per input in DIR instead", NULL },
	{ C, 0, "unique", ARG_FLAG, NULL, AT(unique),
	    "drop inputs whose content was merged already", NULL },
	{ C, 0, "add-comment", ARG_WORDS, "TEXT", AT(comment),
	    "add a comment to the profile", NULL },
	{ C, 0, "pgo-go", ARG_FLAG, NULL, AT(pgo_go),
	    "with -t pprof: what go build -pgo accepts", NULL },
	{ C, 0, "call-tree", ARG_FLAG, NULL, AT(call_tree),
	    "-t dot and callgrind: a node per calling context", NULL },
	{ C, 0, "edgefraction", ARG_SHARE, "SHARE", AT(edge_share),
	    "-t dot: no edges below this share of the total (0.1%)", NULL },
	{ C | T, 'i', "info", ARG_FLAG, NULL, AT(info),
	    "facts instead of data", NULL },
	{ C, 0, "formats", ARG_FLAG, NULL, AT(formats),
	    "list the formats read and written", NULL },
	{ C, 0, "check", ARG_FLAG, NULL, AT(check),
	    "read and check only: exit 0 or 2, silent", NULL },
	{ C, 'z', "compress", ARG_LEVEL, "LEVEL", AT(compress),
	    "gzip level 0 (stored, default) to 9, or none for raw protobuf; "
	    "-z alone is 6", NULL },
	{ T | D, 0, "tree", ARG_FLAG, NULL, AT(tree),
	    "the call tree from the root; pdiff: changes along it", NULL },
	{ T, 0, "callers", ARG_WORDS, "RE", AT(callers),
	    "who calls the functions that match", NULL },
	{ T, 0, "callees", ARG_WORDS, "RE", AT(callees),
	    "whom the functions that match call", NULL },
	{ T, 0, "bottom-up", ARG_FLAG, NULL, AT(bottom_up),
	    "the call tree from the leaves", NULL },
	{ T, 0, "peek", ARG_WORDS, "RE", AT(peek),
	    "callers and callees of the functions that match", NULL },
	{ T, 0, "list", ARG_WORDS, "RE", AT(list),
	    "annotated source of the functions that match", NULL },
	{ T, 0, "source", ARG_WORDS, "DIR", AT(source),
	    "where --list may read source files (default: the current "
	    "directory)", NULL },
	{ T, 0, "traces", ARG_FLAG, NULL, AT(traces),
	    "all stacks, leaf first, with labels", NULL },
	{ T, 0, "labels", ARG_FLAG, NULL, AT(labels),
	    "the values of labels, a table per key", NULL },
	{ T, 0, "types", ARG_FLAG, NULL, AT(types),
	    "sample types and their totals", NULL },
	{ T, 0, "comments", ARG_FLAG, NULL, AT(comments),
	    "the comments of the profile", NULL },
	{ T, 0, "pgo", ARG_FLAG, NULL, AT(pgo),
	    "candidates for optimisation", NULL },
	{ T, 0, "score", ARG_CHOICE, "KEY", AT(score),
	    "order of --pgo: self (default) or total", "self|total" },
	{ T, 0, "min-calls", ARG_NUMBER, "N", AT(min_calls),
	    "--pgo: functions called at least N times (100)", NULL },
	{ T, 0, "min-avg", ARG_TEXT, "VALUE", AT(min_avg),
	    "--pgo: functions whose call takes at least VALUE (100ms)",
	    NULL },
	{ T, 0, "drop-negative", ARG_FLAG, NULL, AT(drop_negative),
	    "no rows with self below 0, or self 0 and total below", NULL },
	{ T, 0, "textconv", ARG_FLAG, NULL, AT(textconv),
	    "for git: name, self, total by name, without a header", NULL },
	{ D | F | R, 'b', "base", ARG_BASE, "SET", AT(base),
	    "a run of the base side; without '=' --base takes the operands "
	    "up to --new or --", NULL },
	{ D | F | R, 0, "new", ARG_NEW, NULL, AT(fresh),
	    "the operands that follow are the new side", NULL },
	{ D | F | R, 0, "by", ARG_TEXT, "label:KEY=A,B", AT(by),
	    "the sides are samples of all operands by the value of a label",
	    NULL },
	{ F, 0, "metric", ARG_CHOICE, "METRIC", AT(metric),
	    "what colours compare: total (default) or self", "total|self" },
	{ D | R, 0, "metric", ARG_TEXT, "LIST", AT(metrics),
	    "what is judged: self, total, calls, per-call (self,total); the "
	    "first one sorts", NULL },
	{ D | F | R, 'x', "ratio", ARG_RATIO, "RATIO", AT(ratio),
	    "regression from here, of a function or of everything (1.5); "
	    "pflame outlines it; pdiff: rows changed by this factor", NULL },
	{ D | R, 0, "min-delta", ARG_TEXT, "SHARE|VALUE", AT(min_delta),
	    "smallest change that counts, of the base total or absolute "
	    "(pregress: 0.1%)", NULL },
	{ D | R, 0, "min-value", ARG_TEXT, "VALUE", AT(min_value),
	    "functions below on both sides never count (1ms for times that "
	    "were measured, else 0)", NULL },
	{ D | F | R, 0, "alpha", ARG_SHARE, "P", AT(alpha),
	    "false discovery rate: what of the changes found may be noise "
	    "(0.05; pregress with several runs 0.003)", NULL },
	{ D | R, 0, "ci", ARG_SHARE, "SHARE", AT(ci),
	    "level of intervals (95%)", NULL },
	{ D | R, 0, "bootstrap", ARG_NUMBER, "N", AT(bootstrap),
	    "resample N times: ranks, and shares of packages", NULL },
	{ D | R, 0, "noise", ARG_TEXT, "FILE|SHARE", AT(noise),
	    "noise from run to run: what --calibrate wrote, or one "
	    "coefficient of variation (default: from the runs)", NULL },
	{ R, 0, "calibrate", ARG_TEXT, "DIR", AT(calibrate),
	    "learn the noise of each function from runs of unchanged code",
	    NULL },
	{ D | F | R, 0, "match", ARG_CHOICE, "HOW", AT(match),
	    "functions are the same by name (exact), by names without what "
	    "builds change (stable), or also if most likely renamed "
	    "(renamed, default)", "renamed|stable|exact" },
	{ D | R, 0, "patch", ARG_TEXT, "FILE", AT(patch),
	    "unified diff from base to new: -g line compares what moved",
	    NULL },
	{ D | R, 0, "force", ARG_FLAG, NULL, AT(force),
	    "compare what is not comparable", NULL },
	{ D, 0, "only", ARG_TEXT, "LIST", AT(only),
	    "rows of this status only: new, gone, up, down", NULL },
	{ D, 0, "git", ARG_FLAG, NULL, AT(git),
	    "operands are git's seven arguments of an external diff", NULL },
	{ R, 0, "impact", ARG_SHARE, "SHARE", AT(impact),
	    "regression at any ratio, if the change is this part of the "
	    "base total (1%)", NULL },
	{ R, 0, "total-ratio", ARG_RATIO, "RATIO", AT(total_ratio),
	    "regression if everything is slower by this (as -x)", NULL },
	{ R, 0, "warn", ARG_RATIO, "RATIO", AT(warn),
	    "only a warning from here", NULL },
	{ R, 0, "strict-ratio", ARG_FLAG, NULL, AT(strict_ratio),
	    "demand proof that the ratio is exceeded", NULL },
	{ R, 0, "min-runs", ARG_NUMBER, "N", AT(min_runs),
	    "fewer runs on a side: undecided (1)", NULL },
	{ R, 0, "new-function", ARG_CHOICE, "HOW", AT(new_function),
	    "new functions over --impact: fail (default), warn or ignore",
	    "fail|warn|ignore" },
	{ R, 0, "missing-baseline", ARG_CHOICE, "HOW", AT(missing_baseline),
	    "no base file or set: fail (exit 2, default), or pass with a "
	    "warning", "fail|pass" },
	{ R, 0, "baseline-update", ARG_TEXT, "PATH", AT(baseline_update),
	    "on a pass the new runs are merged into a file, or added to a "
	    "directory", NULL },
	{ R, 'c', "config", ARG_TEXT, "FILE", AT(config),
	    "options from FILE, one a line; the command line wins", NULL },
	{ D, 'e', "exit-code", ARG_FLAG, NULL, AT(exit_code),
	    "exit 1 if a changed row is left", NULL },
	{ F, 0, "diff", ARG_FIRST, NULL, AT(diff),
	    "compare: BASE NEW, runs by --base and --new, or one profile "
	    "with both sides", NULL },
	{ F, 0, "title", ARG_TEXT, "T", AT(title),
	    "title of the picture (default: the file names)", NULL },
	{ F, 0, "subtitle", ARG_TEXT, "T", AT(subtitle),
	    "a line below the title", NULL },
	{ F, 0, "countname", ARG_TEXT, "T", AT(countname),
	    "word for the unit of values, such as samples", NULL },
	{ F, 0, "nametype", ARG_TEXT, "T", AT(nametype),
	    "word for what a frame is (Function)", NULL },
	{ F, 0, "inverted", ARG_FLAG, NULL, AT(inverted),
	    "root on top", NULL },
	{ F, 0, "reverse", ARG_FLAG, NULL, AT(reverse),
	    "merge stacks from their leaves", NULL },
	{ F, 0, "flamechart", ARG_FLAG, NULL, AT(flamechart),
	    "from left to right is time, as far as samples have it", NULL },
	{ F, 0, "minwidth", ARG_TEXT, "NUM[px|%]", AT(minwidth),
	    "narrower frames are not in the file (0.005%); bare: pixels of "
	    "--width or 1200", NULL },
	{ F, 0, "max-frames", ARG_NUMBER, "N", AT(max_frames),
	    "frames drawn without JavaScript, the widest (3000)", NULL },
	{ F, 0, "max-rows", ARG_NUMBER, "N", AT(max_rows),
	    "rows drawn (2000)", NULL },
	{ F, 0, "colors", ARG_TEXT, "NAME", AT(colors),
	    "default, or a palette: hot mem io java js perl python rust "
	    "wakeup chain red green blue aqua yellow purple orange", NULL },
	{ F, 0, "color-by", ARG_CHOICE, "KIND", AT(color_by),
	    "what the hue says: module (default), language, package, "
	    "function, self, kind",
	    "module|language|package|function|self|kind" },
	{ F, 0, "theme", ARG_CHOICE, "THEME", AT(theme),
	    "auto (as the viewer has it), light or dark",
	    "auto|light|dark" },
	{ F, 0, "layout", ARG_CHOICE, "WIDTHS", AT(layout),
	    "comparing: widths are of the larger side (union), after, "
	    "before, or the change (abs)", "union|after|before|abs" },
	{ F, 0, "diff-scale", ARG_CHOICE, "SCALE", AT(diff_scale),
	    "colours measure points of share (pp), ratio, or value (abs)",
	    "pp|ratio|abs" },
	{ F, 0, "negate", ARG_FLAG, NULL, AT(negate),
	    "swap the hues of more and less", NULL },
	{ F, 0, "fonttype", ARG_TEXT, "T", AT(fonttype),
	    "font (default: the system's)", NULL },
	{ F, 0, "fontsize", ARG_NUMBER, "N", AT(fontsize),
	    "size of the font (12); the height of rows follows", NULL },
	{ F, 0, "href", ARG_TEXT, "TEMPLATE", AT(href),
	    "links of frames: %f file, %l line, %n name", NULL },
	{ F, 0, "no-js", ARG_FLAG, NULL, AT(no_js),
	    "a static picture only", NULL },
	{ F, 0, "no-data", ARG_FLAG, NULL, AT(no_data),
	    "the script, but nothing below the frames drawn", NULL },
	{ F, 0, "csp-hash", ARG_FLAG, NULL, AT(csp_hash),
	    "print the hash of the script for a content policy, and stop",
	    NULL },
	{ F, 0, "term", ARG_FLAG, NULL, AT(term),
	    "draw in the terminal", NULL },
	{ F, 0, "factor", ARG_FACTOR, "F", AT(scale), NULL, NULL },
	{ F, 0, "hash", ARG_FLAG, NULL, AT(hash), NULL, NULL },
	{ TABLES | F, 0, "color", ARG_CHOICE, "WHEN", AT(color),
	    "auto, always or never", "auto|always|never" },
	{ TABLES | F, 0, "ascii", ARG_FLAG, NULL, AT(ascii),
	    "no Unicode bars and arrows", NULL },
	{ TABLES | F, 0, "width", ARG_NUMBER, "N", AT(width),
	    "columns of the text, 20 to 100000; pflame: pixels without "
	    "--term", NULL },
	{ ALL, 0, "max-input", ARG_SIZE, "SIZE", AT(limits.max_input),
	    "bytes of one input after decompression (none)", NULL },
	{ ALL, 0, "max-expansion", ARG_LIMIT, "N", AT(limits.max_expansion),
	    "ratio of decompression beyond 64 MiB (200)", NULL },
	{ ALL, 0, "max-mem", ARG_SIZE, "SIZE", AT(max_mem),
	    "memory in use (half of the machine's)", NULL },
	{ ALL, 0, "max-depth", ARG_LIMIT, "N", AT(limits.max_depth),
	    "frames in a stack (10000000)", NULL },
	{ ALL, 0, "max-strings", ARG_LIMIT, "N", AT(limits.max_strings),
	    "distinct strings of an input (16000000)", NULL },
	{ ALL, 0, "max-labels", ARG_LIMIT, "N", AT(limits.max_labels),
	    "labels of one sample (10000)", NULL },
	{ ALL, 0, "max-line", ARG_SIZE, "SIZE", AT(limits.max_line),
	    "bytes of a line of text (64MiB)", NULL },
	{ ALL, 0, "max-match", ARG_LIMIT, "N", AT(limits.max_match),
	    "steps of a regular expression (1000000)", NULL },
	{ ALL, 'q', "quiet", ARG_FLAG, NULL, AT(quiet),
	    "no warnings, no progress", NULL },
	{ ALL, 'v', "verbose", ARG_FLAG, NULL, AT(verbose),
	    "say formats, counts and limits on standard error", NULL },
	{ ALL, 'h', NULL, ARG_FLAG, NULL, AT(usage),
	    "a short help with examples", NULL },
	{ ALL, 0, "help", ARG_FLAG, NULL, AT(help), "this text", NULL },
	{ ALL, 'V', "version", ARG_FLAG, NULL, AT(version),
	    "print the version; with -v what it was built with", NULL },
	{ 0, 0, NULL, ARG_NONE, NULL, 0, NULL, NULL }
};

/* Names of other tools, and ours for them. */
static const struct renamed {
	const char *old, *now;
} renamed[] = {
	{ "cum", "--sort total" }, { "flat", "--sort self" },
	{ "own", "--sort self" }, { "threshold", "--ratio" },
	{ "min", "--min-share" }, { "nodefraction", "--min-share" },
	{ "nodecount", "--limit" }, { "sample", "--sample-type" },
	{ "sample-index", "--sample-type" }, { "event", "--sample-type" },
	{ "group", "--granularity" }, { "functions", "--granularity name" },
	{ "inclusive", "--sort total" }, { "no-counts", "-f folded:lines" },
	{ "diff-input", "-f folded:two" },
	{ "icicle", "--inverted" }, { "invert", "--inverted" },
	{ "diff-base", "pdiff BASE NEW" }, { "files-from", "--files0-from" },
	{ "format", "--from, --to, or --json, --junit" },
	{ "raw", "--to dump" },
	{ "proto", "--to pprof" }, { "text", "ptop" },
	{ "severity", "--ratio" }, { "tags", "--labels" },
	{ "edge-fraction", "--edgefraction" },
	{ "lines", "--granularity line" },
	{ "files", "--granularity file" },
	{ "addresses", "--granularity address" },
	{ "label", "--tagfocus" }, { "drop-label", "--taghide" },
	{ "strip-prefix", "--trim-path" }, { "divide-by", "--scale 1/X" },
	{ "source-path", "--source" }, { "names", "--demangle" },
	{ "norm", "--normalize" },
	{ "alloc-space", "--sample-type alloc_space" },
	{ "inuse-space", "--sample-type inuse_space" },
	{ "chart", "--flamechart" }, { "palette", "--colors" },
	{ "swap-hues", "--negate" }, { "font", "--fonttype" },
	{ "diff-by", "--metric" }, { "diff-width", "--layout" },
	{ NULL, NULL }
};

/* Letters and digits decide: hyphens and underscores do not count. */
static bool
same_name(const char *a, const char *b, size_t blen)
{
	const char *end = b + blen;

	for (;;) {
		while (*a == '-' || *a == '_')
			a++;
		while (b < end && (*b == '-' || *b == '_'))
			b++;
		if (*a == '\0' || b == end)
			return *a == '\0' && b == end;
		if (*a++ != *b++)
			return false;
	}
}

const struct option *
option_find(unsigned tools, const char *name, size_t len)
{
	const struct option *o;

	for (o = options; o->tools != 0; o++)
		if (o->name != NULL && (o->tools & tools) != 0 &&
		    same_name(o->name, name, len))
			return o;
	return NULL;
}

const struct option *
option_find_key(unsigned tools, char key)
{
	const struct option *o;

	for (o = options; o->tools != 0; o++)
		if (o->key == key && (o->tools & tools) != 0)
			return o;
	return NULL;
}

const char *
option_renamed(const char *name, size_t len)
{
	const struct renamed *r;

	for (r = renamed; r->old != NULL; r++)
		if (same_name(r->old, name, len))
			return r->now;
	return NULL;
}

void
options_default(struct options *o)
{
	memset(o, 0, sizeof *o);
	o->limits = prof_limits_default;
	o->compress = COMPRESS_UNSET;
}

void
words_add(struct words *w, const char *word)
{
	PROF_RESERVE(w->word, w->cap, w->n + 1);
	w->word[w->n++] = word;
}

void
words_release(struct words *w)
{
	free(w->word);
	memset(w, 0, sizeof *w);
}

void
options_release(struct options *o)
{
	const struct option *at;

	for (at = options; at->tools != 0; at++)
		if (at->kind == ARG_WORDS || at->kind == ARG_BASE ||
		    at->kind == ARG_NEW)
			words_release((struct words *)(void *)((char *)o +
			    at->at));
	words_release(&o->operands);
	words_release(&o->numbers);
}
