/* SPDX-License-Identifier: MIT */
#ifndef CMD_CONFIG_H
#define CMD_CONFIG_H

#include "cmd/options.h"

/*
 * Take options from a file: one a line, with or without its hyphens; the
 * rest of the line behind the first blank or '=' is its argument, without
 * blanks at both ends, and nothing is quoted.  Lines that are empty or begin
 * with '#' say nothing.  Fails naming file and line.
 */
void config_parse(struct options *o, enum tool tool, const char *path);

#endif
