/* SPDX-License-Identifier: MIT */
#include "cmd/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cmd/cleanup.h"
#include "cmd/filters.h"
#include "cmd/message.h"
#include "libanalysis/findtype.h"
#include "libanalysis/mean.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

/* One program runs once: its state may be static. */
static const struct tool_info *tool;
static const struct options *opts;
static bool incomplete, lenient, hushed;
static const char *place;

static void
print_message(FILE *to, const char *fmt, va_list ap)
{
	struct prof_buf b = { 0 };
	char text[2 * PROF_ERR_MAX];

	vsnprintf(text, sizeof text, fmt, ap);
	if (tool != NULL)
		prof_buf_addf(&b, "%s: ", tool->name);
	if (place != NULL) {
		prof_name_print(&b, place, strlen(place));
		prof_buf_adds(&b, ": ");
	}
	prof_name_print(&b, text, strlen(text));
	prof_buf_addc(&b, '\n');
	fwrite(b.data, 1, b.len, to);
	prof_buf_release(&b);
}

void
cli_fail(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	print_message(lenient ? stdout : stderr, fmt, ap);
	va_end(ap);
	cleanup_run();
	exit(lenient ? EXIT_DONE : EXIT_TROUBLE);
}

void
cli_lenient(void)
{
	lenient = true;
}

void
cli_place(const char *where)
{
	place = where;
}

void
cli_hush(bool hush)
{
	hushed = hush;
}

bool
cli_is_incomplete(void)
{
	return incomplete;
}

void
cli_fail_err(const struct prof_err *err)
{
	cli_fail("%s", err->msg);
}

void
cli_warn(const char *fmt, ...)
{
	va_list ap;

	if (hushed || (opts != NULL && opts->quiet))
		return;
	va_start(ap, fmt);
	print_message(stderr, fmt, ap);
	va_end(ap);
}

void
cli_say(const char *fmt, ...)
{
	va_list ap;

	if (opts == NULL || !opts->verbose)
		return;
	va_start(ap, fmt);
	print_message(stderr, fmt, ap);
	va_end(ap);
}

void
cli_incomplete(void)
{
	incomplete = true;
}

/* No memory for a message with names in it: a fixed text. */
static void
out_of_memory(size_t wanted)
{
	static const char text[] = ": out of memory (limit: --max-mem)\n";

	(void)wanted;
	if (write(STDERR_FILENO, tool->name, strlen(tool->name)) < 0 ||
	    write(STDERR_FILENO, text, sizeof text - 1) < 0)
		_exit(EXIT_TROUBLE);
	cleanup_run();
	_exit(EXIT_TROUBLE);
}

/*
 * The system enforces the budget: it sees all of our memory, also that of
 * the libraries.  A sanitizer needs far more address space than it uses.
 */
static void
limit_memory(uint64_t max)
{
	long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
	struct rlimit r;

	prof_nomem_set(out_of_memory);
	if (PROF_EXACT || max == PROF_NO_LIMIT)
		return;
	if (max == 0 && pages > 0 && size > 0)
		max = (uint64_t)pages / 2 * (uint64_t)size;
	if (max == 0 || getrlimit(RLIMIT_DATA, &r) != 0)
		return;
	if (r.rlim_cur == RLIM_INFINITY || max < r.rlim_cur) {
		r.rlim_cur = max;
		setrlimit(RLIMIT_DATA, &r);
	}
}

static void
print_version(const struct options *o)
{
	printf("%s (Profkit) %s\n", tool->name, PROF_VERSION);
	if (o->verbose)
		printf("built with: %s, protobuf-c, zlib, PCRE2, libxml2\n",
#ifdef __clang__
		    "clang " __clang_version__
#else
		    "gcc " __VERSION__
#endif
		    );
}

void
cli_usage(void)
{
	fprintf(stderr, "usage: %s %s\n       %s -h shows examples, --help "
	    "all options\n", tool->name, tool->synopsis, tool->name);
	exit(EXIT_TROUBLE);
}

static void
answer(const struct options *o)
{
	struct prof_buf b = { 0 };

	if (o->version)
		print_version(o);
	else if (o->help)
		cli_help(tool, &b);
	else if (o->usage)
		cli_short_help(tool, &b);
	else
		return;
	if (b.len > 0)
		fwrite(b.data, 1, b.len, stdout);
	prof_buf_release(&b);
	exit(cli_finish(false));
}

void
cli_init(const struct tool_info *info, struct options *o, int argc,
    char **argv)
{
	tool = info;
	options_default(o);
	options_parse(o, info->tool, argc, argv);
	opts = o;
	answer(o);
	if (o->width != 0 && (o->width < 20 || o->width > 100000))
		cli_fail("--width takes 20 to 100000");
	limit_memory(o->max_mem);
	cleanup_on_signals();
}

/* A filter whose output was lost has failed. */
int
cli_finish(bool finding)
{
	cli_unmatched();
	if (fflush(stdout) != 0 || ferror(stdout))
		cli_fail("cannot write standard output");
	if (finding)
		return EXIT_FINDING;
	return incomplete ? EXIT_INCOMPLETE : EXIT_DONE;
}

/* "auto" and NO_COLOR, CLICOLOR_FORCE: --color beats them in this order. */
static bool
wants_color(const struct options *o, bool terminal)
{
	const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE");
	const char *term = getenv("TERM");

	if (o->color != WHEN_AUTO)
		return o->color == WHEN_ALWAYS;
	if (no != NULL && no[0] != '\0')
		return false;
	if (force != NULL && force[0] != '\0' && strcmp(force, "0") != 0)
		return true;
	return terminal && term != NULL && strcmp(term, "dumb") != 0;
}

static bool
locale_is_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *v;
	size_t i;

	for (i = 0; i < 3; i++) {
		v = getenv(names[i]);
		if (v != NULL && v[0] != '\0')
			return strstr(v, "UTF-8") != NULL ||
			    strstr(v, "utf8") != NULL;
	}
	return false;
}

static unsigned
terminal_width(void)
{
	const char *env = getenv("COLUMNS");
	struct winsize w;
	char *end;
	long n;

	if (env != NULL && env[0] >= '1' && env[0] <= '9') {
		n = strtol(env, &end, 10);
		if (*end == '\0' && n >= 20 && n <= 100000)
			return (unsigned)n;
	}
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col >= 20)
		return w.ws_col;
	return 80;
}

static struct prof_wish
wish_of(const struct options *o)
{
	struct prof_wish w = { PROF_UNIT_MINIMUM, NULL };

	if (o->unit == NULL || strcmp(o->unit, "minimum") == 0)
		return w;
	if (strcmp(o->unit, "auto") == 0) {
		w.how = PROF_UNIT_AUTO;
	} else if (strcmp(o->unit, "raw") == 0) {
		w.how = PROF_UNIT_RAW;
	} else {
		w.how = PROF_UNIT_FIXED;
		w.unit = prof_unit_find(o->unit, strlen(o->unit));
		if (w.unit == NULL)
			cli_fail("--unit takes minimum, auto, raw or a unit "
			    "such as ms, not '%s'", o->unit);
	}
	return w;
}

void
cli_unit_check(const struct options *o, const struct prof_profile *p,
    unsigned column)
{
	struct prof_wish w = wish_of(o);
	const struct prof_unit *of;
	const char *unit;

	if (w.how != PROF_UNIT_FIXED || column >= p->ntypes)
		return;
	unit = prof_profile_str(p, p->type[column].unit);
	of = prof_unit_find(unit, strlen(unit));
	if (of != NULL && of->family == w.unit->family)
		return;
	cli_fail("--unit %s does not measure %s, which %s%s", o->unit,
	    prof_profile_str(p, p->type[column].type), unit[0] != '\0' ?
	    "is in " : "has no unit", unit);
}

/* The names live as long as the process. */
static struct prof_noun
noun_of(const struct options *o)
{
	static const struct prof_noun nouns[] = {
		[PROF_BY_FILE] = { "file", "files", NULL },
		[PROF_BY_LINE] = { "line", "lines", NULL },
		[PROF_BY_ADDRESS] = { "address", "addresses", NULL },
		[PROF_BY_MODULE] = { "module", "modules", NULL },
		[PROF_BY_PACKAGE] = { "package", "packages", NULL },
		[PROF_BY_EDGE] = { "edge", "edges", NULL },
		[PROF_BY_STACK] = { "stack", "stacks", NULL }
	};
	static struct prof_buf head, one, many;
	const char *key = NULL;
	enum prof_granularity by = cli_granularity(o, &key);

	if (by != PROF_BY_LABEL)
		return nouns[by];
	prof_buf_clear(&head);
	prof_buf_clear(&one);
	prof_buf_clear(&many);
	prof_name_print(&head, key, strlen(key));
	prof_buf_addf(&one, "value of %s", prof_buf_str(&head));
	prof_buf_addf(&many, "values of %s", prof_buf_str(&head));
	return (struct prof_noun){ prof_buf_str(&one), prof_buf_str(&many),
	    prof_buf_str(&head) };
}

struct prof_style
cli_style(const struct options *o, const char *path)
{
	bool terminal = (path == NULL || strcmp(path, "-") == 0) &&
	    isatty(STDOUT_FILENO);
	struct prof_style s = { 0 };

	s.unit = wish_of(o);
	s.noun = noun_of(o);
	s.color = wants_color(o, terminal);
	s.ascii = o->ascii || (terminal && !locale_is_utf8());
	s.elide = terminal;
	s.width = terminal ? terminal_width() : 100;
	if (o->width != 0) {
		s.width = (unsigned)o->width;
		s.elide = true;
	}
	return s;
}

unsigned
cli_column(const struct options *o, const struct prof_profile *p)
{
	struct prof_buf list = { 0 };
	unsigned c;
	int column;

	if (o->sample_type == NULL || p->ntypes == 0)
		return prof_profile_default(p);
	column = prof_find_type(p, o->sample_type);
	if (column >= 0)
		return (unsigned)column;
	for (c = 0; c < p->ntypes; c++)
		prof_buf_addf(&list, "%s%s", c > 0 ? ", " : "",
		    prof_profile_str(p, p->type[c].type));
	cli_fail("no sample type '%s'; there is: %s", o->sample_type,
	    prof_buf_str(&list));
}

/* Rows that say nothing alone. */
static enum prof_granularity
compared(const char *g, enum prof_granularity by)
{
	if ((tool->tool & (TOOL_DIFF | TOOL_REGRESS)) == 0)
		cli_fail("--granularity %s is for comparing: pdiff and "
		    "pregress take it", g);
	return by;
}

enum prof_granularity
cli_granularity(const struct options *o, const char **key)
{
	static const char *const names[] = { "function", "name", "file",
	    "line", "address", "module", "package" };
	const char *g = o->granularity;
	size_t i;

	if (g == NULL)
		return PROF_BY_FUNCTION;
	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(g, names[i]) == 0)
			return (enum prof_granularity)i;
	if (strcmp(g, "edge") == 0)
		return compared(g, PROF_BY_EDGE);
	if (strcmp(g, "stack") == 0)
		return compared(g, PROF_BY_STACK);
	if (strncmp(g, "label:", 6) != 0 || g[6] == '\0')
		cli_fail("--granularity takes function, name, file, line, "
		    "address, module, package%s or label:KEY, not '%s'",
		    (tool->tool & (TOOL_DIFF | TOOL_REGRESS)) != 0 ?
		    ", edge, stack" : "", g);
	if (key != NULL)
		*key = g + 6;
	return PROF_BY_LABEL;
}

static void
flat_of(const struct prof_rows *rows, unsigned column, const char *name,
    struct prof_flat *flat)
{
	struct prof_err err = { 0 };

	if (prof_flat_init(flat, rows, column, &err) != PROF_OK)
		cli_fail("%s: %s", name, err.msg);
}

void
cli_mean_check(const struct options *o, const struct prof_profile *p,
    unsigned column)
{
	if (o->mean && p->ntypes > 0 && column == 0)
		cli_fail("--mean needs a second sample type; %s is the first",
		    prof_profile_str(p, p->type[0].type));
}

void
cli_flat(const struct options *o, const struct prof_rows *rows,
    unsigned column, const char *name, struct prof_flat *flat)
{
	struct prof_flat by;

	cli_mean_check(o, rows->p, column);
	flat_of(rows, column, name, flat);
	if (!o->mean || rows->p->ntypes == 0)
		return;
	flat_of(rows, 0, name, &by);
	prof_mean_flat(flat, &by);
	prof_flat_release(&by);
}

void
cli_mean_type(const struct options *o, struct prof_profile *p,
    unsigned column)
{
	struct prof_buf name = { 0 };
	struct prof_err err = { 0 };

	if (!o->mean || p->ntypes == 0)
		return;
	if (prof_mean_type(&p->type[column], &err) != PROF_OK)
		cli_fail_err(&err);
	prof_buf_addf(&name, "mean_%s", prof_profile_str(p,
	    p->type[column].type));
	p->type[column].type = prof_strs_add(&p->strs, name.data, name.len);
	prof_buf_release(&name);
}

void
cli_rows(const struct options *o, const struct prof_profile *p,
    struct prof_rows *rows)
{
	prof_rows_init(rows, p, cli_granularity(o, NULL) == PROF_BY_NAME ?
	    PROF_BY_NAME : PROF_BY_FUNCTION);
}
