/* SPDX-License-Identifier: MIT */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H

#include "cmd/options.h"
#include "libanalysis/out.h"
#include "libanalysis/profile.h"
#include "libanalysis/table.h"

/*
 * Where output goes: path NULL or "-" is standard output; a new or regular
 * file is written beside its place and renamed by cli_close, so that a
 * failure leaves nothing; a device or FIFO is written in place.
 */
struct cli_file {
	struct prof_out *out;
	const char *path;
	char *temporary;
	int fd;
};

/* Whether path (NULL or "-": standard output) is a terminal. */
bool cli_is_terminal(const char *path);

/* binary: refuse a terminal, saying what else can be done (hint). */
void cli_open(struct cli_file *f, const char *path, const char *hint);
void cli_close(struct cli_file *f);

/* The form that -o FILE's suffix tells, or FORM_COUNT. */
enum form cli_form_of(const char *path);

/*
 * Settle which forms go where: at most one to standard output (or -o), no
 * file twice; the suffix of -o asks for a form, if nothing else does and
 * the tool has it.  Returns whether the text form is due as well.
 */
bool cli_forms(struct options *o, enum tool tool);

/* Rows to show in a form (FORM_COUNT: text), 0 for all. */
uint64_t cli_limit(const struct options *o, enum form form);

/* Fail on a fixed --unit that does not measure this column. */
void cli_unit_check(const struct options *o, const struct prof_profile *p,
    unsigned column);

/* Style of text that goes to path. */
struct prof_style cli_style(const struct options *o, const char *path);

#endif
