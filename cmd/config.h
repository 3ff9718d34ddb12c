/* SPDX-License-Identifier: MIT */
#ifndef CMD_CONFIG_H
#define CMD_CONFIG_H

/* value is NULL where a line has a name only; both live until the end. */
typedef void config_fn(void *ctx, const char *name, const char *value);

/*
 * Read a file of options: one a line, with or without its hyphens; the rest
 * of the line behind the first blank or '=' is its argument, without blanks
 * at both ends, and nothing is quoted.  Lines that are empty or begin with
 * '#' say nothing.  What fails names file and line, in fn, too.
 */
void config_read(const char *path, config_fn *fn, void *ctx);

#endif
