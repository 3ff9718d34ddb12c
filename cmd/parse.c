/* SPDX-License-Identifier: MIT */
#include "cmd/parse.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/cli.h"
#include "cmd/config.h"
#include "cmd/values.h"
#include "libanalysis/nomem.h"

static void
apply_form(struct form_wish *form, const char *value)
{
	form->wanted = true;
	form->file = value;
}

/* What is kept as a number cannot be said again as it was. */
static void
keep_text(struct options *to, const struct option *o, const char *value)
{
	switch (o->kind) {
	case ARG_NUMBER:
	case ARG_LIMIT:
	case ARG_SIZE:
	case ARG_SHARE:
	case ARG_FACTOR:
	case ARG_RATIO:
		words_add(&to->numbers, o->name);
		words_add(&to->numbers, value);
		break;
	default:
		break;
	}
}

void
parse_apply(struct parser *p, const struct option *o, const char *value)
{
	char *at = (char *)p->o + o->at;

	if ((o->tools & p->tool) == 0)
		return;		/* of another tool, in PROFKIT_OPTS */
	keep_text(p->o, o, value);
	switch (o->kind) {
	case ARG_NONE:
		break;
	case ARG_FIRST:
		if (p->o->operands.n > 0)
			cli_fail("--%s stands before the operands", o->name);
		*(bool *)at = true;
		break;
	case ARG_FLAG:
		*(bool *)at = true;
		break;
	case ARG_TEXT:
		*(const char **)at = value;
		break;
	case ARG_BASE:
	case ARG_NEW:
		p->o->sides = true;
		words_add((struct words *)at, value);
		break;
	case ARG_WORDS:
		words_add((struct words *)at, value);
		break;
	case ARG_NUMBER:
		*(uint64_t *)at = value_number(o, value);
		break;
	case ARG_LIMIT:
		*(uint64_t *)at = strcmp(value, "none") == 0 ?
		    PROF_NO_LIMIT : value_number(o, value);
		break;
	case ARG_SIZE:
		*(uint64_t *)at = value_size(o, value);
		break;
	case ARG_SHARE:
		*(struct fraction *)at = value_share(o, value);
		break;
	case ARG_FACTOR:
		*(struct fraction *)at = value_factor(o, value);
		break;
	case ARG_RATIO:
		*(struct fraction *)at = value_ratio(o, value);
		break;
	case ARG_CHOICE:
		*(int *)at = value_choice(o, value);
		break;
	case ARG_FORM:
		apply_form((struct form_wish *)at, value);
		break;
	case ARG_LEVEL:
		*(int *)at = value_level(o, value);
		break;
	}
}

bool
parse_needs_argument(const struct option *o)
{
	return o->kind != ARG_FLAG && o->kind != ARG_FIRST &&
	    o->kind != ARG_FORM && o->kind != ARG_LEVEL &&
	    o->kind != ARG_NEW;
}

static const char *
next_word(struct parser *p, const struct option *o)
{
	if (p->at >= p->argc) {
		if (o->name != NULL)
			cli_fail("option '--%s' needs an argument", o->name);
		cli_fail("option '-%c' needs an argument", o->key);
	}
	return p->argv[p->at++];
}

/* The long forms of --base and --new, which begin or end a list. */
static bool
begin_side(struct parser *p, const struct option *o, const char *value)
{
	if (value != NULL || (o->kind != ARG_BASE && o->kind != ARG_NEW))
		return false;
	if ((o->tools & p->tool) == 0)
		return true;	/* of another tool, in PROFKIT_OPTS */
	p->operands = o->kind == ARG_BASE ? &p->o->base : &p->o->operands;
	p->o->sides = true;
	return true;
}

static void
parse_long(struct parser *p, const char *word)
{
	size_t len = strcspn(word, "=");
	const char *value = word[len] == '=' ? word + len + 1 : NULL;
	const struct option *o = option_find(p->tools, word, len);
	const char *now = option_renamed(word, len);

	if (o == NULL && now != NULL)
		cli_fail("unknown option '--%.*s', use '%s'", (int)len, word,
		    now);
	if (o == NULL)
		cli_fail("unknown option '--%.*s' (see --help)", (int)len,
		    word);
	if (begin_side(p, o, value))
		return;
	if (value != NULL && (o->kind == ARG_FLAG || o->kind == ARG_FIRST ||
	    o->kind == ARG_NEW))
		cli_fail("option '--%s' takes no argument", o->name);
	if (value == NULL && parse_needs_argument(o))
		value = next_word(p, o);
	parse_apply(p, o, value);
}

static void
parse_short(struct parser *p, const char *word)
{
	const struct option *o;

	for (; *word != '\0'; word++) {
		o = option_find_key(p->tools, *word);
		if (o == NULL)
			cli_fail("unknown option '-%c' (see --help)", *word);
		if (o->kind == ARG_FLAG) {
			parse_apply(p, o, NULL);
			continue;
		}
		if (word[1] != '\0')
			parse_apply(p, o, word + 1);
		else
			parse_apply(p, o, parse_needs_argument(o) ?
			    next_word(p, o) : NULL);
		return;
	}
}

static void
parse_words(struct parser *p)
{
	const char *word;

	while (p->at < p->argc) {
		word = p->argv[p->at++];
		if (p->ended || word[0] != '-' || word[1] == '\0') {
			words_add(p->operands, word);
		} else if (strcmp(word, "--") == 0) {
			/* Ends a bare --base's list; again, the options. */
			if (p->operands == &p->o->operands)
				p->ended = true;
			p->operands = &p->o->operands;
			p->ended = true;
		} else if (word[1] == '-') {
			parse_long(p, word + 2);
		} else {
			parse_short(p, word + 1);
		}
	}
}

/* PROFKIT_OPTS, split at blanks; lives as long as the process. */
static void
parse_env(struct options *o, enum tool tool)
{
	static struct words kept;
	const char *env = getenv("PROFKIT_OPTS");
	struct parser p = { .o = o, .tool = tool, .tools = ~0U };
	struct words none = { 0 };
	bool first;
	size_t n;

	if (env == NULL)
		return;
	/* Once, however often it is parsed. */
	for (first = kept.n == 0; first && *env != '\0'; env += n) {
		env += strspn(env, " \t\n");
		n = strcspn(env, " \t\n");
		if (n == 0)
			break;
		words_add(&kept, prof_strndup(env, n));
	}
	p.argv = (char **)kept.word;
	p.argc = (int)kept.n;
	p.operands = &none;
	parse_words(&p);
	if (none.n > 0)
		cli_fail("PROFKIT_OPTS may hold options only, not '%s'",
		    none.word[0]);
}

/*
 * The command line tells the file, and wins over it: it is parsed once more
 * behind the file.
 */
void
options_parse(struct options *o, enum tool tool, int argc, char **argv)
{
	struct parser p = { .o = o, .tool = tool, .tools = tool,
	    .argv = argv, .argc = argc, .at = 1, .operands = &o->operands };
	const char *config;
	bool sides;

	parse_env(o, tool);
	parse_words(&p);
	if (o->config == NULL || o->help || o->usage || o->version)
		return;
	config = o->config;
	sides = o->sides;
	options_release(o);
	options_default(o);
	parse_env(o, tool);
	config_parse(o, tool, config);
	/* Base sets of a file stand back where the command line has any. */
	if (sides) {
		words_release(&o->base);
		o->sides = false;
	}
	p.at = 1;
	p.ended = false;
	p.operands = &o->operands;
	parse_words(&p);
}
