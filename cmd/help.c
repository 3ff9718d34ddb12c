/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cmd/cli.h"
#include "cmd/option.h"

#define INDENT 30
#define WIDTH 79

/* Words of text from column INDENT on. */
static void
wrap(struct prof_buf *out, const char *text, size_t column)
{
	size_t n;

	while (*text != '\0') {
		text += strspn(text, " ");
		n = strcspn(text, " ");
		if (column > INDENT && column + 1 + n > WIDTH) {
			prof_buf_addc(out, '\n');
			column = 0;
		} else if (column > INDENT) {
			prof_buf_addc(out, ' ');
			column++;
		}
		if (column < INDENT) {
			prof_buf_addn(out, ' ', INDENT - column);
			column = INDENT;
		}
		prof_buf_add(out, text, n);
		column += n;
		text += n;
	}
	prof_buf_addc(out, '\n');
}

static void
add_option(struct prof_buf *out, const struct option *o)
{
	bool optional = o->kind == ARG_FORM || o->kind == ARG_LEVEL;
	size_t start = out->len;

	if (o->key != 0)
		prof_buf_addf(out, "  -%c%s", o->key,
		    o->name != NULL ? ", " : "");
	else
		prof_buf_adds(out, "      ");
	if (o->name != NULL)
		prof_buf_addf(out, "--%s", o->name);
	if (o->meta != NULL)
		prof_buf_addf(out, optional ? "[=%s]" : " %s", o->meta);
	if (out->len - start >= INDENT) {
		prof_buf_addc(out, '\n');
		start = out->len;
	}
	wrap(out, o->help, out->len - start);
}

void
cli_help(const struct tool_info *info, struct prof_buf *out)
{
	const struct option *o;

	prof_buf_addf(out, "usage: %s %s\n\n%s\n\n", info->name,
	    info->synopsis, info->summary);
	for (o = options; o->tools != 0; o++)
		if ((o->tools & info->tool) != 0 && o->help != NULL)
			add_option(out, o);
	prof_buf_addf(out, "\nExit status: 0 done, 1 a finding, 2 trouble, "
	    "3 the answer is incomplete.\nSee %s(1).\n", info->name);
}

void
cli_short_help(const struct tool_info *info, struct prof_buf *out)
{
	const char *nl;
	size_t i;

	prof_buf_addf(out, "usage: %s %s\n\n%s\n\n", info->name,
	    info->synopsis, info->summary);
	for (i = 0; i < sizeof info->example / sizeof info->example[0]; i++) {
		nl = strchr(info->example[i], '\n');
		prof_buf_addf(out, "  # %.*s\n  %s\n",
		    (int)(nl - info->example[i]), info->example[i], nl + 1);
	}
	prof_buf_addf(out, "\n%s --help lists all options.\n", info->name);
}
