/* SPDX-License-Identifier: MIT */
#include "libanalysis/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/in.h"
#include "libanalysis/nomem.h"

#define PATTERN_MAX ((size_t)64 * 1024)
#define DEPTH_MAX 20000
#define HEAP_KIB_MAX 20000

struct prof_pattern {
	char *text;
	pcre2_code *code;
	pcre2_match_context *bounds;
	pcre2_match_data *data;
};

static int
refuse_callout(pcre2_callout_enumerate_block *block, void *data)
{
	(void)block;
	(void)data;
	return 1;
}

static void
set_bounds(struct prof_pattern *p, uint64_t max)
{
	p->bounds = pcre2_match_context_create(NULL);
	p->data = pcre2_match_data_create_from_pattern(p->code, NULL);
	if (p->bounds == NULL || p->data == NULL)
		prof_bug(__FILE__, __LINE__, "pcre2 context");
	pcre2_set_match_limit(p->bounds, max < UINT32_MAX ? (uint32_t)max :
	    UINT32_MAX);
	pcre2_set_depth_limit(p->bounds, DEPTH_MAX);
	pcre2_set_heap_limit(p->bounds, HEAP_KIB_MAX);
}

static struct prof_pattern *
compile(const char *text, uint64_t max, uint32_t more, struct prof_err *err)
{
	struct prof_pattern *p;
	size_t len = strlen(text), place = 0;
	PCRE2_UCHAR why[128];
	int code = 0;

	if (len > PATTERN_MAX) {
		prof_fail(err, PROF_EPATTERN,
		    "pattern is longer than 64 KiB: '%.40s...'", text);
		return NULL;
	}
	p = prof_zalloc(1, sizeof *p);
	p->text = prof_strndup(text, len);
	p->code = pcre2_compile((PCRE2_SPTR)text, len, PCRE2_UTF |
	    PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C | more, &code,
	    &place, NULL);
	if (p->code == NULL) {
		pcre2_get_error_message(code, why, sizeof why);
		prof_fail(err, PROF_EPATTERN,
		    "pattern '%.200s' is wrong at character %zu: %s", text,
		    place + 1, (const char *)why);
	} else if (pcre2_callout_enumerate(p->code, refuse_callout,
	    NULL) != 0) {
		prof_fail(err, PROF_EPATTERN,
		    "pattern '%.200s' has a callout", text);
	} else {
		set_bounds(p, max);
		return p;
	}
	prof_pattern_free(p);
	return NULL;
}

struct prof_pattern *
prof_pattern_new(const char *text, uint64_t max, struct prof_err *err)
{
	return compile(text, max, 0, err);
}

struct prof_pattern *
prof_pattern_new_whole(const char *text, uint64_t max, struct prof_err *err)
{
	return compile(text, max, PCRE2_ANCHORED | PCRE2_ENDANCHORED, err);
}

void
prof_pattern_free(struct prof_pattern *p)
{
	if (p == NULL)
		return;
	pcre2_match_data_free(p->data);
	pcre2_match_context_free(p->bounds);
	pcre2_code_free(p->code);
	free(p->text);
	free(p);
}

unsigned
prof_pattern_groups(const struct prof_pattern *p)
{
	uint32_t n = 0;

	pcre2_pattern_info(p->code, PCRE2_INFO_CAPTURECOUNT, &n);
	return n;
}

int
prof_pattern_group(const struct prof_pattern *p, const char *name)
{
	int n = pcre2_substring_number_from_name(p->code, (PCRE2_SPTR)name);

	return n > 0 ? n : -1;
}

static int
run(const struct prof_pattern *p, const char *subject, size_t len,
    size_t from, struct prof_err *err)
{
	PCRE2_UCHAR why[128];
	int rc = pcre2_match(p->code, (PCRE2_SPTR)subject, len, from, 0,
	    p->data, p->bounds);

	if (rc >= 0)
		return 1;
	if (rc == PCRE2_ERROR_NOMATCH)
		return 0;
	pcre2_get_error_message(rc, why, sizeof why);
	return prof_fail(err, PROF_EPATTERN, "pattern '%.200s' on '%.*s': %s "
	    "(limit: --max-match)", p->text, len < 200 ? (int)len : 200,
	    subject, (const char *)why);
}

int
prof_pattern_match(const struct prof_pattern *p, const char *subject,
    size_t len, struct prof_err *err)
{
	return run(p, subject, len, 0, err);
}

int
prof_pattern_find(const struct prof_pattern *p, const char *subject,
    size_t len, size_t from, size_t *span, struct prof_err *err)
{
	const PCRE2_SIZE *at;
	size_t i, n;
	int rc = run(p, subject, len, from, err);

	if (rc <= 0)
		return rc;
	at = pcre2_get_ovector_pointer(p->data);
	n = 2 * ((size_t)prof_pattern_groups(p) + 1);
	for (i = 0; i < n; i++)
		span[i] = at[i];
	return 1;
}
