/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cmd/cli.h"
#include "cmd/convert.h"
#include "libanalysis/nomem.h"

/* DIR/NAME.EXT for an operand: its name without what told its format. */
static char *
split_path(const struct options *o, const char *operand)
{
	static const char *const known[] = { ".gz", ".pb", ".pprof",
	    ".folded", ".prof", ".txt", ".json" };
	const struct prof_writer *w = convert_writer(o);
	const char *slash = strrchr(operand, '/');
	const char *name = strcmp(operand, "-") == 0 ? "stdin" :
	    slash != NULL ? slash + 1 : operand;
	size_t len = strlen(name), i, n;
	struct prof_buf b = { 0 };

	for (i = 0; i < sizeof known / sizeof known[0]; i++) {
		n = strlen(known[i]);
		if (len > n && memcmp(name + len - n, known[i], n) == 0)
			len -= n;
	}
	n = strcspn(w->extensions, " ");
	prof_buf_addf(&b, "%s/", o->split);
	prof_buf_add(&b, name, len);
	prof_buf_addf(&b, ".%.*s", (int)n, n > 0 ? w->extensions : w->name);
	return prof_strndup(b.data, b.len);
}

void
convert_split(struct options *o)
{
	struct words paths = { 0 };
	bool any = false;
	size_t i, k;

	for (i = 0; i < o->operands.n; i++) {
		words_add(&paths, split_path(o, o->operands.word[i]));
		for (k = 0; k < i; k++)
			if (strcmp(paths.word[k], paths.word[i]) == 0)
				cli_fail("'%s' and '%s' would both become "
				    "'%s'", o->operands.word[k],
				    o->operands.word[i], paths.word[i]);
	}
	for (i = 0; i < paths.n; i++) {
		struct words one = { &o->operands.word[i], 1, 1 };

		o->output = paths.word[i];
		any |= convert(o, &one);
	}
	if (!any)
		cli_fail("no input could be read");
	words_release(&paths);
}
