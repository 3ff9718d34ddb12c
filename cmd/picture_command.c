/* SPDX-License-Identifier: MIT */
#include "cmd/picture.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/option.h"
#include "libanalysis/nomem.h"

static void
add_word(struct prof_buf *words, const char *word)
{
	if (words->len > 0)
		prof_buf_addc(words, ' ');
	cli_quote(words, word);
}

/*
 * The letters of a word before that of --output, all of them if there is
 * none; *more: the next word belongs to this one.
 */
static size_t
short_letters(const char *word, bool *more)
{
	const struct option *o;
	size_t i;

	for (i = 1; word[i] != '\0'; i++) {
		o = option_find_key(TOOL_FLAME, word[i]);
		if (o == NULL || o->kind == ARG_FLAG)
			continue;
		*more = word[i + 1] == '\0' && o->kind != ARG_FORM &&
		    o->kind != ARG_LEVEL;
		return word[i] == 'o' ? i : strlen(word);
	}
	return i;
}

/* The same of a long name: 0 or all of it. */
static size_t
long_letters(const char *word, bool *more)
{
	size_t n = strcspn(word + 2, "=");
	const struct option *o = option_find(TOOL_FLAME, word + 2, n);

	*more = o != NULL && word[2 + n] == '\0' && o->kind != ARG_FLAG &&
	    o->kind != ARG_FIRST && o->kind != ARG_FORM &&
	    o->kind != ARG_LEVEL && o->kind != ARG_BASE &&
	    o->kind != ARG_NEW;
	return o != NULL && o->key == 'o' ? 0 : strlen(word);
}

/* One word and what belongs to it, but for where the output goes. */
static int
add_option(struct prof_buf *words, char **argv, int i, int argc)
{
	const char *word = argv[i];
	bool more = false;
	size_t n = word[1] == '-' ? long_letters(word, &more) :
	    short_letters(word, &more);
	char *kept = prof_strndup(word, n);

	if (n > 1)
		add_word(words, kept);
	if (more && i + 1 < argc && n == strlen(word))
		add_word(words, argv[i + 1]);
	free(kept);
	return i + more;
}

void
picture_command(struct picture *c, int argc, char **argv,
    struct prof_buf *words)
{
	bool ended = false;
	int i;

	for (i = 1; i < argc; i++) {
		ended |= strcmp(argv[i], "--") == 0;
		if (ended || argv[i][0] != '-' || argv[i][1] == '\0')
			add_word(words, argv[i]);
		else
			i = add_option(words, argv, i, argc);
	}
	c->how.command[0] = "pflame";
	c->how.command[1] = prof_buf_str(words);
}
