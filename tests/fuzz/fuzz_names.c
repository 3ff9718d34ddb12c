/* SPDX-License-Identifier: MIT */
/*
 * Names of functions, one a line: whatever rewrites them ends, keeps to its
 * limits, and has nothing to do the second time.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/demangle.h"
#include "libanalysis/match_alike.h"
#include "libanalysis/match_names.h"
#include "libanalysis/nomem.h"
#include "libanalysis/package.h"
#include "libanalysis/stable.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef bool rewrite(const char *s, size_t len, struct prof_buf *out);

/* Returns whether out was filled. */
static bool
twice(rewrite *fn, const char *s, size_t len, struct prof_buf *out)
{
	struct prof_buf again = { 0 };
	bool changed = fn(s, len, out);

	if (changed) {
		PROF_ASSERT(out->len > 0 && out->len < len);
		PROF_ASSERT(!fn(prof_buf_str(out), out->len, &again));
	}
	PROF_ASSERT(changed || out->len == 0);
	PROF_ASSERT(again.len == 0);
	prof_buf_release(&again);
	return changed;
}

static void
package(const char *s)
{
	struct prof_place as_name = { s, "", "", 0 };
	struct prof_place as_file = { "f", s, "/lib/m.so", 0 };
	struct prof_buf out = { 0 };

	prof_package_of(&as_name, &out);
	PROF_ASSERT(out.len > 0);
	prof_buf_clear(&out);
	prof_package_of(&as_file, &out);
	PROF_ASSERT(out.len > 0);
	prof_origin_of(&as_name);
	prof_origin_of(&as_file);
	prof_buf_release(&out);
}

/* A name is most like itself, apart from one without words. */
static void
alike(const char *s, size_t len)
{
	struct prof_buf out = { 0 };
	double self = prof_alike_names(s, len, s, len), half;

	half = prof_alike_names(s, len / 2, s, len);
	PROF_ASSERT(self >= 0 && self <= 1 && half >= 0 && half <= 1);
	prof_match_name(s, len, &out);
	PROF_ASSERT(len == 0 || (out.len > 0 && out.len <= len));
	prof_buf_release(&out);
}

static void
try_name(const char *s, size_t len)
{
	struct prof_buf full = { 0 }, brief = { 0 }, out = { 0 };

	if (prof_demangle_text(s, len, &full)) {
		PROF_ASSERT(full.len > 0 &&
		    full.len <= len + PROF_DEMANGLED_MAX);
		/* What is demangled may look as if it were mangled. */
		twice(prof_demangle_shorten, prof_buf_str(&full), full.len,
		    &brief);
		twice(prof_stable_name, prof_buf_str(&full), full.len, &out);
		package(prof_buf_str(&full));
	}
	prof_buf_clear(&brief);
	prof_buf_clear(&out);
	twice(prof_demangle_shorten, s, len, &brief);
	twice(prof_stable_name, s, len, &out);
	prof_buf_clear(&out);
	twice(prof_stable_file, s, len, &out);
	package(s);
	alike(s, len);
	prof_buf_release(&full);
	prof_buf_release(&brief);
	prof_buf_release(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *)data, *end;
	char *line;
	size_t len;

	while (size > 0) {
		end = memchr(s, '\n', size);
		len = end != NULL ? (size_t)(end - s) : size;
		line = prof_strndup(s, len);
		try_name(line, strlen(line));
		free(line);
		len += end != NULL;
		s += len;
		size -= len;
	}
	return 0;
}
