/* SPDX-License-Identifier: MIT */
#include "cmd/by.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/sets.h"
#include "libanalysis/bylabel.h"
#include "libanalysis/label.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

#define SHOWN 20	/* keys or values that a message lists */

/* What the inputs have, to say so if it is not what was asked for. */
struct seen {
	struct words keys, values;
};

static void
add_once(struct words *w, struct prof_buf *b)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (strcmp(w->word[i], prof_buf_str(b)) == 0)
			break;
	if (i == w->n)
		words_add(w, prof_strndup(b->data, b->len));
	prof_buf_clear(b);
}

static void
look(struct seen *seen, const struct prof_bylabel *by,
    const struct prof_profile *p)
{
	struct prof_buf b = { 0 };
	uint64_t i, n = p->sets.n > 0 ? p->sets.end[p->sets.n] : 0;
	const struct prof_label *l;

	for (i = 0; i < n && seen->values.n <= SHOWN &&
	    seen->keys.n <= SHOWN; i++) {
		l = &p->label[i];
		prof_buf_adds(&b, prof_profile_str(p, l->key));
		add_once(&seen->keys, &b);
		if (!prof_bylabel_is(by, p, l))
			continue;
		prof_label_value(&b, p, l);
		add_once(&seen->values, &b);
	}
	prof_buf_release(&b);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
list(struct prof_buf *b, struct words *w)
{
	size_t i;

	if (w->n > 0)
		qsort(w->word, w->n, sizeof *w->word, by_bytes);
	for (i = 0; i < w->n && i < SHOWN; i++)
		prof_buf_addf(b, "%s%.60s", i > 0 ? ", " : "", w->word[i]);
	if (w->n > SHOWN)
		prof_buf_adds(b, ", ...");
}

static void
nothing_there(const struct prof_bylabel *by, struct seen *seen,
    unsigned side)
{
	struct prof_buf b = { 0 };

	if (seen->values.n > 0) {
		list(&b, &seen->values);
		cli_fail("no sample has %.*s=%.*s; there is: %s",
		    (int)by->key_len, by->key, (int)by->value[side].len,
		    by->value[side].text, prof_buf_str(&b));
	}
	list(&b, &seen->keys);
	cli_fail("no sample has a label '%.*s'; %s%s", (int)by->key_len,
	    by->key, b.len > 0 ? "there is: " : "none has any",
	    prof_buf_str(&b));
}

/* "fleet.pb.gz (version=canary)"; lives as long as the process. */
static const char *
name_of(const struct prof_bylabel *by, unsigned side, const char *file)
{
	static struct words kept;
	struct prof_buf b = { 0 };

	prof_buf_addf(&b, "%s (%.*s=%.*s)", file, (int)by->key_len, by->key,
	    (int)by->value[side].len, by->value[side].text);
	words_add(&kept, prof_strndup(b.data, b.len));
	prof_buf_release(&b);
	return kept.word[kept.n - 1];
}

/* One file: base runs gather in s, new ones in newer. */
static void
part(struct sides *s, struct sides *newer, const struct options *o,
    const struct prof_bylabel *by, const char *word, struct seen *seen)
{
	struct prof_profile p[2] = { { .nfn = 0 }, { .nfn = 0 } };
	struct sides *to[2] = { s, newer };
	struct words one = { 0 };
	struct prof_err err = { 0 };
	bool has[2];
	unsigned k;

	words_add(&one, word);
	if (cli_load(o, &one, CLI_PRUNE | CLI_STACKS | CLI_COMPARE, &p[1])) {
		look(seen, by, &p[1]);
		if (prof_bylabel_part(by, &p[1], &p[0], has, &err) != PROF_OK)
			cli_fail_err(&err);
		if (!has[0] && !has[1])
			cli_warn("%s: no sample on either side",
			    cli_name(word));
		for (k = 0; k < 2; k++)
			if (has[k])
				sides_add(to[k], o, &p[k], name_of(by, k,
				    cli_name(word)));
			else
				prof_profile_release(&p[k]);
	}
	words_release(&one);
}

static void
free_words(struct words *w)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		free((void *)(uintptr_t)w->word[i]);
	words_release(w);
}

void
by_load(struct sides *s, const struct options *o)
{
	struct words runs = { 0 };
	struct sides newer = { 0 };
	struct seen seen = { 0 };
	struct prof_bylabel by;
	struct prof_err err = { 0 };
	size_t i;

	if (prof_bylabel_parse(&by, o->by, &err) != PROF_OK) {
		prof_err_prefix(&err, "--by");
		cli_fail_err(&err);
	}
	if (o->sides)
		cli_fail("--by and --base both tell the sides");
	sets_expand(&o->operands, 0, o->operands.n, &runs);
	for (i = 0; i < runs.n; i++)
		part(s, &newer, o, &by, runs.word[i], &seen);
	for (i = 0; i < 2; i++)
		if ((i == 0 ? s : &newer)->nruns == 0)
			nothing_there(&by, &seen, (unsigned)i);
	s->nbase = s->nruns;
	for (i = 0; i < newer.nruns; i++)
		sides_take(s, &newer.profile[i], newer.name[i]);
	free(newer.profile);
	free(newer.name);
	words_release(&runs);
	free_words(&seen.keys);
	free_words(&seen.values);
}

char *
by_key(const struct options *o)
{
	struct prof_bylabel by;
	struct prof_err err = { 0 };

	if (o->by == NULL || prof_bylabel_parse(&by, o->by, &err) != PROF_OK)
		return NULL;
	return prof_strndup(by.key, by.key_len);
}
