/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include <check.h>

#include "libanalysis/profile.h"

/*
 * What the unit tests share.  make sets TESTDATA (absolute, the testdata
 * folder) and TESTTMP (a folder to write in).
 */

/* Absolute path of testdata/name; valid until the next call. */
const char *test_data(const char *name);

/* The file's bytes, to be freed; *len is their number. */
char *test_slurp(const char *path, size_t *len);

/* Read text as the named format ("folded"); fails the test on error. */
void test_read(struct prof_profile *p, const char *format, const char *text);

/* The same for a file of testdata, format by content. */
void test_load(struct prof_profile *p, const char *name);

/* The canonical dump of a profile, to be freed. */
char *test_dump(const struct prof_profile *p);

/* Run a suite of one test case; the exit status for main. */
int test_main(const char *name, TCase *tc);

#endif
