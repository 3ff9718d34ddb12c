/* SPDX-License-Identifier: MIT */
#ifndef CMD_PARSE_H
#define CMD_PARSE_H

#include "cmd/option.h"

/* What is parsed: a command line, PROFKIT_OPTS or a file of options. */
struct parser {
	struct options *o;
	enum tool tool;
	unsigned tools;			/* whose options are known */
	char **argv;
	int argc, at;
	struct words *operands;	/* where operands go at the moment */
	bool ended;		/* behind "--" */
};

/* Set an option; value is NULL where the argument is optional and missing. */
void parse_apply(struct parser *p, const struct option *o, const char *value);

/* Whether an option has an argument that cannot be left out. */
bool parse_needs_argument(const struct option *o);

#endif
