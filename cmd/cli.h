/* SPDX-License-Identifier: MIT */
#ifndef CMD_CLI_H
#define CMD_CLI_H

#include "cmd/options.h"
#include "cmd/output.h"
#include "libanalysis/err.h"
#include "libanalysis/flat.h"
#include "libanalysis/out.h"
#include "libanalysis/profile.h"
#include "libanalysis/rows.h"
#include "libanalysis/table.h"

/* What the five programs share.  Only here is anything printed or exited. */

enum { EXIT_DONE, EXIT_FINDING, EXIT_TROUBLE, EXIT_INCOMPLETE };

struct tool_info {
	enum tool tool;
	const char *name;
	const char *summary;		/* one line */
	const char *synopsis;		/* without the name */
	const char *example[5];		/* comment and command by "\n" */
};

/*
 * Begin a program: parse its command line, answer -h, --help and -V, set
 * the memory limit, and, where no operand and no pipe is there, say how it
 * is used.  Does not return on a mistake.
 */
void cli_init(const struct tool_info *info, struct options *o, int argc,
    char **argv);

/* Print "tool: message" to standard error, names escaped, and exit 2. */
void cli_fail(const char *fmt, ...) PROF_PRINTF(1, 2)
    __attribute__((noreturn));

/* The same for an error of the library. */
void cli_fail_err(const struct prof_err *err) __attribute__((noreturn));

/* Print "tool: message" unless --quiet; remembered where it must be. */
void cli_warn(const char *fmt, ...) PROF_PRINTF(1, 2);

/* Print "tool: message" with --verbose. */
void cli_say(const char *fmt, ...) PROF_PRINTF(1, 2);

/* Short usage to standard error, exit 2. */
void cli_usage(void) __attribute__((noreturn));

/* The answer is incomplete: the exit status becomes at least 3. */
void cli_incomplete(void);

/* Last call of every main: the exit status, after all output is safe. */
int cli_finish(bool finding);

enum {
	CLI_CANONICAL = 1,	/* bring even a single profile into that form */
	CLI_PRUNE = 4,		/* apply each profile's own patterns */
	CLI_STACKS = 2,		/* stacks are needed: estimate them where */
				/* only callers are known; else drop these */
	CLI_RAW_NAMES = 8,	/* demangle only if that is asked for */
	CLI_TWO_SIDES = 16,	/* the inputs hold both sides */
	CLI_COMPARE = 32	/* of one side: --normalize is not about each */
};

/*
 * Read one run: all operands, or standard input if there are none, merged.
 *
 * how: CLI_* joined.
 * Returns false when -k skipped all of them; fails on an error otherwise.
 */
bool cli_load(const struct options *o, const struct words *operands,
    unsigned how, struct prof_profile *p);

/* CLI_STACKS if options need stacks, whatever the report. */
unsigned cli_needs(const struct options *o);

/*
 * Add the frame of --root; perf: by default comm to profiles of perf.
 * Returns whether there is one now.
 */
bool cli_root(const struct options *o, bool perf, struct prof_profile *p);

/* Names of the inputs that -k has skipped so far. */
const struct words *cli_failed(void);

/* What was wrong with each of them. */
const struct words *cli_failed_why(void);

/* Bring a profile into canonical form (libanalysis/merge.h). */
void cli_canonical(struct prof_profile *p);

/*
 * What to say of the stacks of p if they are not measured, else NULL; and a
 * warning if a table shows numbers that come from them.
 */
const char *cli_tree_note(const struct prof_profile *p);
void cli_estimate(const char *name, const struct prof_profile *p,
    const struct prof_flat *flat);

/* Operands of the command line and of --files0-from. */
void cli_operands(struct options *o);

/* The column of -s TYPE, or the default one; fails naming the types. */
unsigned cli_column(const struct options *o, const struct prof_profile *p);

/*
 * Operands as messages and reports name them: "-" is "standard input".  The
 * list, of n inputs that could be read, is to be freed, its names are
 * borrowed.
 */
const char *cli_name(const char *path);
const char **cli_names(const struct words *operands, size_t *n);

/* Append the inputs as the title of a picture. */
void cli_title(struct prof_buf *b, const struct options *o);

/* What -g asks for; *key, if not NULL: of label:KEY. */
enum prof_granularity cli_granularity(const struct options *o,
    const char **key);

/* The view of p that -g asks for. */
void cli_rows(const struct options *o, const struct prof_profile *p,
    struct prof_rows *rows);

/*
 * Self and total of every row; with --mean divided by the first type.
 * Fails naming the input.
 */
void cli_flat(const struct options *o, const struct prof_rows *rows,
    unsigned column, const char *name, struct prof_flat *flat);

/* Fails if means are asked for of the first sample type, their divisor. */
void cli_mean_check(const struct options *o, const struct prof_profile *p,
    unsigned column);

/* The scale of a column whose flat values have become means. */
void cli_mean_type(const struct options *o, struct prof_profile *p,
    unsigned column);

/* Append a file name as a shell would take it. */
void cli_quote(struct prof_buf *b, const char *path);

/* Text of --help and -h. */
void cli_help(const struct tool_info *info, struct prof_buf *out);
void cli_short_help(const struct tool_info *info, struct prof_buf *out);

#endif
