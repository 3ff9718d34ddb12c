/* SPDX-License-Identifier: MIT */
#include "cmd/command.h"

#include <string.h>

#include "cmd/message.h"
#include "cmd/option.h"

/* Of both tools, but about what is shown, or said already by the runs. */
static bool
is_left_out(const struct option *is)
{
	static const char *const names[] = { "output", "color", "ascii",
	    "quiet", "verbose", "strict", "ratio", "min-delta", "min-value",
	    "limit", "all", "width", "files0-from", "help", "version", "by",
	    "keep-going" };
	const unsigned both = TOOL_DIFF | TOOL_REGRESS;
	size_t i;

	if ((is->tools & both) != both || is->name == NULL)
		return true;
	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(is->name, names[i]) == 0)
			return true;
	return false;
}

static void
add(struct prof_buf *b, const struct option *is, const char *value,
    size_t len)
{
	struct prof_buf word = { 0 };

	if (is->key != 0)
		prof_buf_addf(b, " -%c", is->key);
	else
		prof_buf_addf(b, " --%s", is->name);
	if (value == NULL)
		return;
	prof_buf_addc(b, ' ');
	prof_buf_add(&word, value, len);
	cli_quote(b, prof_buf_str(&word));
	prof_buf_release(&word);
}

static void
add_choice(struct prof_buf *b, const struct option *is, int at)
{
	const char *word = is->choices;
	int i;

	for (i = 0; i < at; i++)
		word += strcspn(word, "|") + 1;
	if (at != 0)
		add(b, is, word, strcspn(word, "|"));
}

/* Of several the last one holds. */
static void
add_number(struct prof_buf *b, const struct option *is,
    const struct words *given)
{
	size_t i;

	for (i = given->n; i > 0; i -= 2)
		if (strcmp(given->word[i - 2], is->name) == 0) {
			add(b, is, given->word[i - 1],
			    strlen(given->word[i - 1]));
			break;
		}
}

static void
add_option(struct prof_buf *b, const struct option *is,
    const struct options *o)
{
	const void *at = (const char *)o + is->at;
	const struct words *list = at;
	const char *text;
	size_t i;

	switch (is->kind) {
	case ARG_FLAG:
		if (*(const bool *)at)
			add(b, is, NULL, 0);
		break;
	case ARG_TEXT:
		text = *(const char *const *)at;
		if (text != NULL)
			add(b, is, text, strlen(text));
		break;
	case ARG_WORDS:
		for (i = 0; i < list->n; i++)
			add(b, is, list->word[i], strlen(list->word[i]));
		break;
	case ARG_CHOICE:
		add_choice(b, is, *(const int *)at);
		break;
	default:
		add_number(b, is, &o->numbers);
		break;
	}
}

static void
add_runs(struct prof_buf *b, const struct sides *s)
{
	unsigned i;

	if (s->nruns > 2)
		prof_buf_adds(b, " --base");
	for (i = 0; i < s->nruns; i++) {
		if (i == s->nbase && s->nruns > 2)
			prof_buf_adds(b, " --new");
		prof_buf_addc(b, ' ');
		cli_quote(b, strcmp(s->name[i], cli_name("-")) == 0 ? "-" :
		    s->name[i]);
	}
}

void
command_pdiff(struct prof_buf *b, const struct options *o,
    const struct sides *s)
{
	const struct option *is;
	size_t i;

	prof_buf_adds(b, "pdiff");
	for (is = options; is->tools != 0; is++)
		if (!is_left_out(is))
			add_option(b, is, o);
	if (o->by == NULL) {
		add_runs(b, s);
		return;
	}
	prof_buf_adds(b, o->keep_going ? " -k --by " : " --by ");
	cli_quote(b, o->by);
	for (i = 0; i < o->operands.n; i++) {
		prof_buf_addc(b, ' ');
		cli_quote(b, o->operands.word[i]);
	}
}
