/* SPDX-License-Identifier: MIT */
#include "cmd/names.h"

#include "cmd/cli.h"
#include "libanalysis/demangle.h"
#include "libanalysis/rename.h"
#include "libanalysis/stable.h"

static void
rename_all(const struct options *o, const char *rule, struct prof_profile *p)
{
	struct prof_err err = { 0 };
	struct prof_renamed done;
	struct prof_rename *r = prof_rename_new(rule, o->limits.max_match,
	    &err);

	if (r == NULL || prof_rename_apply(r, p, &done, &err) != PROF_OK)
		cli_fail("--rename: %s", err.msg);
	prof_rename_free(r);
	if (done.emptied > 0)
		cli_warn("--rename '%s' leaves nothing of %u names, which "
		    "stay", rule, done.emptied);
	if (done.crowded > 0)
		cli_warn("--rename '%s' matches more than 1000 times in %u "
		    "names, which stay", rule, done.crowded);
}

void
cli_names_demangle(const struct options *o, bool raw, struct prof_profile *p)
{
	if (!raw || o->demangle != PROF_DEMANGLE_DEFAULT)
		prof_demangle(p, (enum prof_demangle)o->demangle);
}

void
cli_names_rewrite(const struct options *o, struct prof_profile *p)
{
	size_t i;

	for (i = 0; i < o->rename.n; i++)
		rename_all(o, o->rename.word[i], p);
	if (o->stable_names)
		prof_stable_names(p);
}

enum prof_matching
cli_matching_functions(const struct options *o)
{
	static const enum prof_matching how[] = {
		[MATCH_RENAMED] = PROF_MATCH_RENAMED,
		[MATCH_STABLE] = PROF_MATCH_STABLE,
		[MATCH_EXACT] = PROF_MATCH_EXACT
	};

	return how[o->match];
}

enum prof_matching
cli_matching(const struct options *o)
{
	switch (cli_granularity(o, NULL)) {
	case PROF_BY_FUNCTION:
	case PROF_BY_NAME:
		return cli_matching_functions(o);
	case PROF_BY_LINE:
	case PROF_BY_ADDRESS:
	case PROF_BY_LABEL:
		return PROF_MATCH_EXACT;
	default:
		return o->match == MATCH_EXACT ? PROF_MATCH_EXACT :
		    PROF_MATCH_STABLE;
	}
}

void
cli_trim_paths(const struct options *o, struct prof_profile *p)
{
	if (o->trim_path.n > 0)
		prof_trim_paths(p, o->trim_path.word, o->trim_path.n);
}
