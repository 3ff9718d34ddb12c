/* SPDX-License-Identifier: MIT */
#include "cmd/labelfilters.h"

#include <string.h>

#include "cmd/cli.h"
#include "cmd/filters.h"
#include "libanalysis/range.h"
#include "libanalysis/tagfilter.h"
#include "libanalysis/tagroot.h"
#include "libanalysis/timefilter.h"

static void
add_frames(const struct words *lists, const char *option, bool leaf,
    struct prof_profile *p)
{
	const char *list;
	size_t i;

	for (i = 0; i < lists->n; i++) {
		list = lists->word[i];
		if (list[strspn(list, ",")] == '\0')
			cli_fail("--%s takes keys of labels, not '%s'",
			    option, list);
		cli_matched(option, list, prof_tagroot(p, list, leaf));
	}
}

void
cli_tag_frames(const struct options *o, struct prof_profile *p)
{
	add_frames(&o->tagroot, "tagroot", false, p);
	add_frames(&o->tagleaf, "tagleaf", true, p);
}

static void
select_times(const struct options *o, struct prof_profile *p)
{
	struct prof_err err = { 0 };
	struct prof_range r;
	bool matched;
	size_t i;
	int rc;

	for (i = 0; i < o->time.n; i++) {
		rc = prof_range_parse(o->time.word[i], &r, &err);
		if (rc == 0)
			cli_fail("--time takes a range such as 10s:20s, not "
			    "'%s'", o->time.word[i]);
		if (rc < 0 || prof_timefilter(p, &r, o->keep_time ||
		    o->flamechart || i + 1 < o->time.n, &matched, &err) !=
		    PROF_OK) {
			prof_err_prefix(&err, "--time '%s'",
			    o->time.word[i]);
			cli_fail_err(&err);
		}
		cli_matched("time", o->time.word[i], matched);
	}
}

static void
select_tasks(const struct options *o, const struct words *patterns,
    const char *option, enum prof_task task, struct prof_profile *p)
{
	struct prof_err err = { 0 };
	bool matched;
	size_t i;

	for (i = 0; i < patterns->n; i++) {
		if (prof_tagfilter_task(p, task, patterns->word[i],
		    o->limits.max_match, &matched, &err) != PROF_OK)
			cli_fail_err(&err);
		cli_matched(option, patterns->word[i], matched);
	}
}

void
cli_select(const struct options *o, struct prof_profile *p)
{
	select_times(o, p);
	select_tasks(o, &o->process, "process", PROF_TASK_PROCESS, p);
	select_tasks(o, &o->thread, "thread", PROF_TASK_THREAD, p);
}

/* A range is a trap for who wants a text of digits. */
static void
check_tags(const char *option, const char *tags, bool matched)
{
	cli_matched_why(option, tags, matched, prof_tagfilter_is_range(tags) ?
	    " (a range tests numbers, not texts)" : "");
}

/* The library takes what pprof does; here it can only be a slip. */
static void
refuse_empty(const char *option, const char *tags)
{
	const char *equals = strchr(tags, '='), *value = equals != NULL ?
	    equals + 1 : tags;

	if (equals == tags)
		cli_fail("--%s '%s' has no key of labels before the '='",
		    option, tags);
	if (value[0] == '\0')
		cli_fail("--%s '%s' has no value or pattern", option, tags);
	if (strcmp(value, ":") == 0)
		cli_fail("--%s '%s' has no end of a range", option, tags);
}

static void
focus_tags(const struct options *o, const struct words *tags,
    const char *option, bool keep, struct prof_profile *p)
{
	struct prof_err err = { 0 };
	bool matched;
	size_t i;

	for (i = 0; i < tags->n; i++) {
		refuse_empty(option, tags->word[i]);
		if (prof_tagfilter_focus(p, tags->word[i], keep,
		    o->limits.max_match, &matched, &err) != PROF_OK) {
			prof_err_prefix(&err, "--%s", option);
			cli_fail_err(&err);
		}
		check_tags(option, tags->word[i], matched);
	}
}

void
cli_tagfocus(const struct options *o, struct prof_profile *p)
{
	focus_tags(o, &o->tagfocus, "tagfocus", true, p);
	focus_tags(o, &o->tagignore, "tagignore", false, p);
}

static void
show_keys(const struct options *o, const struct words *patterns,
    const char *option, bool keep, struct prof_profile *p)
{
	struct prof_err err = { 0 };
	bool matched;
	size_t i;

	for (i = 0; i < patterns->n; i++) {
		if (prof_tagfilter_keys(p, patterns->word[i], keep,
		    o->limits.max_match, &matched, &err) != PROF_OK)
			cli_fail_err(&err);
		cli_matched(option, patterns->word[i], matched);
	}
}

void
cli_tagshow(const struct options *o, struct prof_profile *p)
{
	show_keys(o, &o->tagshow, "tagshow", true, p);
	show_keys(o, &o->taghide, "taghide", false, p);
}

bool
cli_filters_labels(const struct options *o)
{
	return o->tagroot.n + o->tagleaf.n + o->time.n + o->process.n +
	    o->thread.n + o->tagfocus.n + o->tagignore.n + o->tagshow.n +
	    o->taghide.n > 0;
}
