/* SPDX-License-Identifier: MIT */
/*
 * A unified diff: what is read maps lines upwards, in their order, and
 * answers for any path.
 */
#include <stddef.h>
#include <stdint.h>

#include "libanalysis/patch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
ask(const struct prof_patch *p, const char *path, size_t len)
{
	const struct prof_patch_file *f = prof_patch_find(p, path, len);
	int64_t line, to, last = 0;
	const char *name;
	size_t keep = 0;

	if (f == NULL)
		return;
	name = prof_patch_renamed(f, path, len, &keep);
	PROF_ASSERT(name == NULL || keep <= len);
	for (line = 1; line < 100; line++) {
		to = prof_patch_line(f, line);
		PROF_ASSERT(to == 0 || to > last);
		last = to != 0 ? to : last;
	}
	prof_patch_line(f, INT64_MAX);
	prof_patch_line(f, INT64_MIN);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct prof_in *in = prof_in_memory(data, size, "fuzz", NULL);
	struct prof_err err = { 0 };
	struct prof_patch *p = prof_patch_read(in, &err);
	const char *s = (const char *)data;
	size_t from, i;

	PROF_ASSERT((p == NULL) == (err.code != PROF_OK));
	for (from = i = 0; p != NULL && i < size && i < 4096; i++)
		if (s[i] == '\n' || s[i] == '\t' || s[i] == ' ') {
			ask(p, s + from, i - from);
			from = i + 1;
		}
	prof_patch_free(p);
	prof_in_close(in);
	return 0;
}
