/* SPDX-License-Identifier: MIT */
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "libanalysis/nomem.h"

const char *
test_data(const char *name)
{
	static char path[4096];
	const char *dir = getenv("TESTDATA");

	snprintf(path, sizeof path, "%s/%s", dir != NULL ? dir : "testdata",
	    name);
	return path;
}

char *
test_slurp(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	char *data = NULL;
	size_t n, cap = 0;

	ck_assert_msg(f != NULL, "cannot open %s", path);
	*len = 0;
	do {
		PROF_RESERVE(data, cap, *len + 65536);
		n = fread(data + *len, 1, 65536, f);
		*len += n;
	} while (n > 0);
	fclose(f);
	return data;
}

static void
read_memory(struct prof_profile *p, const char *format, const char *name,
    const void *data, size_t len)
{
	struct prof_in *in = prof_in_memory(data, len, name, NULL);
	struct prof_err err = { 0 };

	memset(p, 0, sizeof *p);
	ck_assert_msg(prof_format_read(in, format, p, &err) == 1, "%s",
	    err.msg);
	prof_in_close(in);
}

void
test_read(struct prof_profile *p, const char *format, const char *text)
{
	read_memory(p, format, "text", text, strlen(text));
}

void
test_load(struct prof_profile *p, const char *name)
{
	size_t len;
	char *data = test_slurp(test_data(name), &len);

	read_memory(p, NULL, name, data, len);
	free(data);
}

char *
test_dump(const struct prof_profile *p)
{
	const struct prof_writer *w = prof_format_writer("dump");
	struct prof_write_opts opts = { .level = -1 };
	struct prof_err err = { 0 };
	struct prof_buf b = { 0 };
	struct prof_out *o = prof_out_buf(&b);
	char *text;

	ck_assert_msg(w->write(p, &opts, o, &err) == PROF_OK, "%s", err.msg);
	ck_assert_int_eq(prof_out_finish(o, &err), PROF_OK);
	text = prof_strndup(b.data != NULL ? b.data : "", b.len);
	prof_buf_release(&b);
	return text;
}

int
test_main(const char *name, TCase *tc)
{
	Suite *s = suite_create(name);
	SRunner *r;
	int failed;

	tcase_set_timeout(tc, 120);
	suite_add_tcase(s, tc);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
