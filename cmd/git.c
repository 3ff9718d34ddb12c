/* SPDX-License-Identifier: MIT */
#include "cmd/git.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/message.h"

/* One program runs once: the names live as long as it. */
static struct prof_buf names[2];

static void
add_path(struct prof_buf *b, const char *path)
{
	prof_buf_addc(b, ' ');
	cli_quote(b, path);
}

static void
print_heading(const char *path, const char *to, const char *more)
{
	struct prof_buf b = { 0 };
	struct cli_file f;

	prof_buf_adds(&b, "diff");
	add_path(&b, path);
	if (strcmp(path, to) != 0)
		add_path(&b, to);
	prof_buf_adds(&b, more);
	prof_buf_addc(&b, '\n');
	cli_open(&f, NULL, NULL);
	prof_out_add(f.out, b.data, b.len);
	cli_close(&f);
	prof_buf_release(&b);
}

static void
name_side(unsigned side, const char *path, const char *file)
{
	prof_buf_addf(&names[side], "%s%s", strcmp(file, "/dev/null") == 0 ?
	    "" : side == 0 ? "a/" : "b/", strcmp(file, "/dev/null") == 0 ?
	    file : path);
}

void
git_begin(struct options *o)
{
	const char **w = o->operands.word, *to, *old, *new;

	if (o->operands.n != 1 && o->operands.n != 7 && o->operands.n != 9)
		cli_fail("--git takes the seven or nine arguments that git "
		    "gives an external diff, not %zu", o->operands.n);
	cli_lenient();
	if (o->operands.n == 1) {
		print_heading(w[0], w[0], ": not merged");
		exit(cli_finish(false));
	}
	to = o->operands.n == 9 ? w[7] : w[0];
	old = w[1];
	new = w[4];
	print_heading(w[0], to, "");
	name_side(0, w[0], old);
	name_side(1, to, new);
	o->force = true;	/* two versions: something is to be shown */
	o->operands.n = 0;
	words_add(&o->operands, old);
	words_add(&o->operands, new);
}

void
git_names(struct sides *s)
{
	unsigned i;

	for (i = 0; i < s->nruns && i < 2; i++)
		s->name[i] = prof_buf_str(&names[i]);
}
