/* SPDX-License-Identifier: MIT */
#include "cmd/config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cli.h"
#include "cmd/message.h"
#include "cmd/parse.h"
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

/* Options that lead elsewhere or end the program are none of a file's. */
static bool
is_for_files(const struct option *o)
{
	static const char *const not[] = { "config", "help", "version",
	    "new" };
	size_t i;

	for (i = 0; i < sizeof not / sizeof not[0]; i++)
		if (o->name == NULL || strcmp(o->name, not[i]) == 0)
			return false;
	return true;
}

static void
use(struct parser *p, const char *name, const char *value)
{
	const char *word = name + strspn(name, "-");
	size_t len = strlen(word);
	const struct option *o;

	if (len == 1 && strncmp(name, "--", 2) != 0)
		o = option_find_key(p->tools, word[0]);
	else
		o = option_find(p->tools, word, len);
	if (o == NULL && option_renamed(word, len) != NULL)
		cli_fail("unknown option '%s', use '%s'", name,
		    option_renamed(word, len));
	if (o == NULL)
		cli_fail("unknown option '%s' (see --help)", name);
	if (!is_for_files(o))
		cli_fail("'%s' is for the command line only", name);
	if (value != NULL && (o->kind == ARG_FLAG || o->kind == ARG_FIRST))
		cli_fail("option '%s' takes no argument", name);
	if (value == NULL && (parse_needs_argument(o) || o->kind == ARG_BASE))
		cli_fail("option '%s' needs an argument", name);
	parse_apply(p, o, value);
}

/* "min-share 1%", "--min-share=1%", "min-share = 1%". */
static void
read_line(const char *s, size_t len, struct parser *p)
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
		use(p, name, NULL);
		return;
	}
	while (at < end && is_blank(*at))
		at++;
	if (at < end && *at == '=')
		at++;
	while (at < end && is_blank(*at))
		at++;
	use(p, name, keep(at, (size_t)(end - at)));
}

void
config_parse(struct options *o, enum tool tool, const char *path)
{
	struct parser p = { .o = o, .tool = tool, .tools = tool };
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
		read_line(line, len, &p);
	}
	cli_place(NULL);
	if (rc < 0)
		cli_fail_err(&err);
	prof_buf_release(&place);
	prof_in_close(in);
	close(fd);
}
