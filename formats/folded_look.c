/* SPDX-License-Identifier: MIT */
#include "formats/folded.h"

#include <string.h>
#include <strings.h>

#include "libanalysis/num.h"

#define LINES_MAX 1000

/* What is only needed while a head is judged. */
struct judge {
	struct prof_folded_look *look;
	struct prof_strs stacks;	/* texts before two numbers */
	uint32_t frames, placed;
	uint32_t single;	/* records that do not end in two numbers */
	uint32_t plain;		/* last frames that want no number */
	bool zero;		/* a second number is 0 */
	bool repeated;
	uint32_t austin;	/* records that look like austin's */
	bool seen;		/* a line that says something */
	bool partial;		/* the line has no end: it may be cut */
};

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_';
}

static bool
is_numbered_thing(const char *s, size_t len)
{
	static const char *const things[] = { "actor", "client", "conn",
	    "connection", "consumer", "core", "cpu", "executor", "fiber",
	    "goroutine", "handler", "instance", "job", "lane", "node",
	    "partition", "pid", "pool", "proc", "process", "producer",
	    "queue", "rank", "request", "session", "shard", "slot",
	    "stage", "step", "stream", "task", "thread", "tid", "worker" };
	size_t i;

	for (i = 0; i < sizeof things / sizeof things[0]; i++)
		if (strlen(things[i]) == len &&
		    strncasecmp(things[i], s, len) == 0)
			return true;
	return false;
}

/* Whether a number may well belong to this frame; see folded.h. */
static bool
wants_number(const char *s, size_t len)
{
	size_t i, word = 0;
	bool plain = true, blank = false, number = true;

	for (i = 0; i < len; i++) {
		if (s[i] == ' ')
			blank = true;
		else if (!is_word(s[i]) && s[i] != '-' && s[i] != '.')
			plain = false;
		if (!is_word(s[i])) {
			word = i + 1;
			number = true;
		} else if (s[i] < '0' || s[i] > '9') {
			number = false;
		}
	}
	if (number)
		return false;
	return (plain && blank) || is_numbered_thing(s + word, len - word);
}

static void
judge_two(struct judge *j, const char *line,
    const struct prof_folded_line *two)
{
	const char *leaf = line;
	size_t i, len = two->stack;

	j->look->two++;
	for (i = 0; i < len; i++)
		if (line[i] == ';')
			leaf = line + i + 1;
	if (!wants_number(leaf, (size_t)(line + len - leaf)))
		j->plain++;
	j->zero |= !two->huge && two->count[1].digits == 0;
	if (len > 0 && prof_strs_find(&j->stacks, line, len) != UINT32_MAX)
		j->repeated = true;
	prof_strs_add(&j->stacks, line, len);
}

static void
count_placed(struct judge *j, const char *s, size_t len)
{
	const char *semi;
	size_t n, paren;
	int64_t line;

	for (;;) {
		semi = memchr(s, ';', len);
		n = semi != NULL ? (size_t)(semi - s) : len;
		j->frames += n > 0;
		if (prof_folded_placed(s, n, &paren, &line)) {
			j->placed++;
			j->look->lines |= line > 0;
		}
		if (semi == NULL)
			return;
		s += n + 1;
		len -= n + 1;
	}
}

/* austin's stacks begin with "P123;T456". */
static bool
is_austin(const char *s, size_t len)
{
	size_t i = 1;

	if (len < 5 || s[0] != 'P')
		return false;
	while (i < len && s[i] >= '0' && s[i] <= '9')
		i++;
	return i > 1 && len - i > 2 && s[i] == ';' && s[i + 1] == 'T' &&
	    s[i + 2] >= '0' && s[i + 2] <= '9';
}

/* Something that a name has: numbers alone are a table, not stacks. */
static bool
has_name(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (s[i] == ';' || (unsigned char)s[i] >= 0x80 ||
		    (s[i] >= 'a' && s[i] <= 'z') ||
		    (s[i] >= 'A' && s[i] <= 'Z') || s[i] == '[')
			return true;
	return false;
}

static void
judge_record(struct judge *j, const char *line,
    const struct prof_folded_line *split)
{
	struct prof_folded_look *look = j->look;

	if (split->stack > 0 && look->ntypes == 0 &&
	    !has_name(line, split->stack)) {
		look->bad++;
		return;
	}
	look->records += split->stack > 0;
	look->deep += memchr(line, ';', split->stack) != NULL;
	count_placed(j, line, split->stack);
}

static bool
is_text(const char *s, size_t len, const char *text)
{
	return len == strlen(text) && memcmp(s, text, len) == 0;
}

/* austin's headers: its version, or what it measured. */
static void
judge_comment(struct judge *j, const char *line, size_t len)
{
	static const char *const modes[] = { "# mode: wall", "# mode: cpu",
	    "# mode: memory", "# mode: full" };
	static const char austin[] = "# austin: ";
	size_t i;

	if (len > 0 && line[len - 1] == '\r')
		len--;
	if (len > sizeof austin && memcmp(line, austin, sizeof austin - 1)
	    == 0)
		j->look->austin = true;
	for (i = 0; i < sizeof modes / sizeof modes[0]; i++) {
		if (!is_text(line, len, modes[i]))
			continue;
		j->look->austin = true;
		j->look->mode = modes[i][sizeof "# mode: " - 1];
		j->look->triple = j->look->mode == 'f';
	}
}

static void
judge_line(struct judge *j, const char *line, size_t len)
{
	struct prof_folded_line split;
	bool austin = is_austin(line, len);

	if (j->look->ntypes == 0 && prof_folded_header(line, len)) {
		judge_comment(j, line, len);
		return;
	}
	prof_folded_split(line, len, 2, &split);
	if (split.n == 0 && (prof_folded_blank(line, len) || line[0] == '#'))
		return;
	if (split.n == 2)
		judge_two(j, line, &split);
	else if (!j->partial || !j->seen)
		j->single++;
	j->seen = true;
	if (split.n != 1)
		prof_folded_split(line, len, 1, &split);
	if (split.n == 0 && austin) {
		prof_folded_split_triple(line, len, &split);
		j->look->triple |= split.n == 3;
	}
	j->austin += austin && split.n > 0;
	if (split.n > 0)
		judge_record(j, line, &split);
	else
		j->look->bad++;
}

/*
 * Number of pairs when the line is a list of sample types: at least one has
 * a unit that is known, and of more than one letter.
 */
static unsigned
count_types(const char *line, size_t len)
{
	size_t at = 0, start, slash;
	unsigned n = 0;
	bool known = false;

	while (prof_folded_pair(line, len, &at, &start, &slash)) {
		n++;
		known |= at - slash > 2 && prof_unit_find(line + slash + 1,
		    at - slash - 1) != NULL;
	}
	return known && prof_folded_blank(line + at, len - at) ? n : 0;
}

static void
judge_lines(struct judge *j, const char *head, size_t n, bool whole)
{
	struct prof_folded_look *look = j->look;
	const char *end;
	uint64_t i;
	size_t len;

	for (i = 1; i <= LINES_MAX && n > 0; i++) {
		end = memchr(head, '\n', n);
		if (end == NULL && !whole)
			return;
		len = end != NULL ? (size_t)(end - head) : n;
		j->partial = end == NULL;
		if (!j->seen && look->ntypes == 0 &&
		    (look->ntypes = count_types(head, len)) > 0)
			look->types_line = i;
		else
			judge_line(j, head, len);
		head += len;
		n -= len;
		if (end != NULL) {
			head++;
			n--;
		}
	}
}

void
prof_folded_look(const char *head, size_t n, bool whole,
    struct prof_folded_look *look)
{
	struct judge j = { .look = look };

	memset(look, 0, sizeof *look);
	judge_lines(&j, head, n, whole);
	look->pairs = look->two > 0 && look->ntypes == 0 && j.single == 0;
	look->differential = look->pairs && (j.zero || (!j.repeated &&
	    j.plain > 0));
	look->mixed = j.single > 0 && look->two > j.single;
	look->austin |= j.austin > look->records / 2;
	look->placed = j.placed > 0 && j.placed >= (j.frames + 1) / 2;
	prof_strs_release(&j.stacks);
}

/*
 * Bid for a head without an end of line: a stack of so many frames is
 * nothing else, one long name could be anything.
 */
static int
bid_long_line(const char *head, size_t n)
{
	size_t i, semi = 0;

	if (memchr(head, '\0', n) != NULL || head[0] == '{' ||
	    head[0] == '<')
		return 0;
	for (i = 0; i < n; i++)
		semi += head[i] == ';';
	return semi > n / 1024 ? 8 : semi > 0 ? 2 : 0;
}

static bool
is_something_else(const char *head, size_t n)
{
	size_t i, control = 0;

	for (i = 0; i < n; i++)
		control += (unsigned char)head[i] < 0x20 && head[i] != '\n' &&
		    head[i] != '\t' && head[i] != '\r';
	return control > n / (n > 256 ? 8 : 3) || (n > 1 && head[0] == '<' &&
	    (head[1] == '?' || head[1] == '!'));
}

int
prof_folded_bid(const unsigned char *data, size_t n)
{
	const char *head = (const char *)data;
	struct prof_folded_look look;
	int bits = 8;

	prof_folded_look(head, n, n < PROF_FOLDED_HEAD, &look);
	if (look.ntypes > 0)
		return look.records > look.bad ? 16 : 0;
	if (is_something_else(head, n))
		return 0;
	if (n >= PROF_FOLDED_HEAD && memchr(head, '\n', n) == NULL)
		return bid_long_line(head, n);
	if (look.deep == 0)	/* a table of anything, unless it is clean */
		return look.records > 0 && look.bad <= look.records / 20 ?
		    4 : 0;
	if (look.records < look.bad || (look.bad > 0 &&
	    look.deep < look.records / 8))
		return 0;
	for (; bits < 20 && look.deep > 1; look.deep /= 2)
		bits++;
	return bits;
}
