/* SPDX-License-Identifier: MIT */
#include "cmd/config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cli.h"
#include "libanalysis/in.h"
#include "libanalysis/nomem.h"

/* Arguments live as long as the process, as those of the command line. */
static struct words kept;

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static const char *
keep(const char *s, size_t len)
{
	words_add(&kept, prof_strndup(s, len));
	return kept.word[kept.n - 1];
}

/* "min-share 1%", "--min-share=1%", "min-share = 1%". */
static void
read_line(const char *s, size_t len, config_fn *fn, void *ctx)
{
	const char *end = s + len, *at, *name;

	while (end > s && is_blank(end[-1]))
		end--;
	while (s < end && is_blank(*s))
		s++;
	if (s == end || *s == '#')
		return;
	if (memchr(s, '\0', (size_t)(end - s)) != NULL)
		cli_fail("a NUL byte among the options");
	for (at = s; at < end && !is_blank(*at) && *at != '='; at++)
		;
	name = keep(s, (size_t)(at - s));
	if (at == end) {
		fn(ctx, name, NULL);
		return;
	}
	while (at < end && is_blank(*at))
		at++;
	if (at < end && *at == '=')
		at++;
	while (at < end && is_blank(*at))
		at++;
	fn(ctx, name, keep(at, (size_t)(end - at)));
}

void
config_read(const char *path, config_fn *fn, void *ctx)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), rc;
	struct prof_buf place = { 0 };
	struct prof_err err = { 0 };
	const char *line;
	struct prof_in *in;
	uint64_t number = 0;
	size_t len;

	if (fd < 0)
		cli_fail("cannot open '%s': %s", path, strerror(errno));
	in = prof_in_fd(fd, path, NULL);
	while ((rc = prof_in_line(in, &line, &len, &err)) > 0) {
		prof_buf_clear(&place);
		prof_buf_addf(&place, "%s:%llu", path,
		    (unsigned long long)++number);
		cli_place(prof_buf_str(&place));
		read_line(line, len, fn, ctx);
	}
	cli_place(NULL);
	if (rc < 0)
		cli_fail_err(&err);
	prof_buf_release(&place);
	prof_in_close(in);
	close(fd);
}
