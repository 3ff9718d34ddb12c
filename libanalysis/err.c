/* SPDX-License-Identifier: MIT */
#include "libanalysis/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
prof_fail(struct prof_err *err, int code, const char *fmt, ...)
{
	va_list ap;

	if (err == NULL || err->code != PROF_OK)
		return code;
	err->code = code;
	va_start(ap, fmt);
	vsnprintf(err->msg, sizeof err->msg, fmt, ap);
	va_end(ap);
	return code;
}

void
prof_err_prefix(struct prof_err *err, const char *fmt, ...)
{
	char head[PROF_ERR_MAX / 2], old[PROF_ERR_MAX];
	va_list ap;

	if (err == NULL || err->code == PROF_OK)
		return;
	va_start(ap, fmt);
	vsnprintf(head, sizeof head, fmt, ap);
	va_end(ap);
	memcpy(old, err->msg, sizeof old);
	snprintf(err->msg, sizeof err->msg, "%s: %.*s", head,
	    (int)(sizeof err->msg - strlen(head) - 3), old);
}

void
prof_bug(const char *file, int line, const char *what)
{
	char msg[256];
	int n = snprintf(msg, sizeof msg, "profkit bug: %s:%d: %s\n", file,
	    line, what);

	if (n > 0 && write(STDERR_FILENO, msg, strlen(msg)) < 0)
		abort();
	abort();
}
