/* SPDX-License-Identifier: MIT */
#include "formats/perf.h"

#include <string.h>

#include "formats/format.h"
#include "formats/perf_stack.h"
#include "formats/perf_sums.h"
#include "libanalysis/num.h"

/*
 * Text of `perf script`: a header line, the frames of its stack from the
 * leaf on, a blank line, with any set of fields (-F).  What else stands
 * between them:
 *
 *   nothing        -F ip,sym prints frames without headers
 *   one line       header and frame together, where no stack was recorded
 *   "  file:line"  the source of the frame above (-F +srcline)
 *   " insn: ..."   and other fields of the sample; they end it
 *   # ...          --header
 *   PERF_RECORD_   events of the recording itself; what was lost is counted
 *
 * A header ends the sample before it, blank line or not.
 */

struct sample {
	bool open;
	bool headed;		/* it has a header, */
	bool maybe;		/* that is one if frames follow */
	bool behind;		/* the stack is the frame behind it */
	bool tabs;		/* frames begin with a tab */
	uint64_t line;		/* number of the first */
	uint32_t event;
	prof_set set;
	unsigned has;		/* PROF_PERF_* */
	int64_t period, time;
};

struct reader {
	struct prof_in *in;
	struct prof_profile *p;
	struct prof_err *err;
	struct prof_builder b;
	struct prof_perf_stack stack;
	struct prof_perf_sums sums;
	struct sample s;
	struct prof_perf_task task;
	uint64_t lineno;
	uint64_t headed, headless;	/* samples so far */
	uint64_t headless_line;
	uint64_t blank;		/* empty lines just before */
	uint64_t stackless, records, lost, back;
	uint64_t first_bad;	/* line number; 0: none */
	int64_t first_time, last_time;
	bool timed, stacks, events;	/* some had that */
	bool warning;		/* inside a message of perf */
	bool cut;		/* the line has no end */
};

static const char bad_line[] =
    "neither a header nor a frame of perf script";

static int
skip(struct reader *r, const char *why)
{
	if (r->cut)
		return prof_fail(r->err, PROF_EFORMAT, "line %llu is cut: %s",
		    (unsigned long long)r->lineno, why);
	if (r->first_bad == 0)
		r->first_bad = r->lineno;
	prof_profile_note(r->p, why, r->lineno, true);
	return PROF_OK;
}

static void
note_times(struct reader *r, const char *why, uint64_t count, uint64_t where,
    bool skipped)
{
	struct prof_note *n;

	if (count == 0)
		return;
	n = prof_profile_add_note(r->p, prof_strs_adds(&r->p->strs, why),
	    skipped);
	n->count = count;
	n->where[0] = where;
}

static void
begin_sums(struct reader *r)
{
	r->sums.b = &r->b;
	r->sums.timed = r->b.limits.keep_times;
}

static const char no_header[] = "frames without a header";

/*
 * Frames before the first header are the end of a sample whose header was
 * cut off; only in a file that has none at all they are samples.
 */
static void
found_header(struct reader *r)
{
	if (r->headed++ > 0 || r->headless == 0)
		return;
	note_times(r, no_header, r->headless, r->headless_line, true);
	prof_perf_sums_release(&r->sums);
	begin_sums(r);
	r->stackless = 0;
}

static int
count_sample(struct reader *r)
{
	const struct sample *s = &r->s;
	prof_stack stack;

	if ((s->has & PROF_PERF_HUGE) != 0) {
		prof_profile_note(r->p, "a period beyond 64 bits", s->line,
		    true);
		return PROF_OK;
	}
	if ((s->has & PROF_PERF_PERIOD) != 0 && s->period == 0)
		prof_profile_note(r->p, "a period of 0", s->line, false);
	if (r->stack.n > r->b.limits.max_depth)
		return prof_fail(r->err, PROF_ELIMIT, "line %llu: %llu "
		    "frames in a stack (limit: --max-depth)",
		    (unsigned long long)s->line,
		    (unsigned long long)r->stack.n);
	r->stackless += r->stack.n == 0;
	r->stacks |= r->stack.n > 0 && !s->behind;
	stack = prof_perf_stack_end(&r->stack);
	prof_perf_sums_add(&r->sums, s->event, stack, s->set, s->time,
	    (s->has & PROF_PERF_PERIOD) != 0 ? &s->period : NULL);
	return prof_builder_check_strings(&r->b, r->err);
}

/* The sample ends here, if there is one. */
static int
close_sample(struct reader *r)
{
	struct sample *s = &r->s;

	if (!s->open)
		return PROF_OK;
	s->open = false;
	if (s->maybe && r->stack.n == 0) {
		if (r->first_bad == 0)
			r->first_bad = s->line;
		prof_profile_note(r->p, bad_line, s->line, true);
		return PROF_OK;
	}
	if (s->headed && s->maybe)
		found_header(r);
	if (!s->headed && r->headed > 0) {
		prof_profile_note(r->p, no_header, s->line, true);
		return PROF_OK;
	}
	if (!s->headed && r->headless++ == 0)
		r->headless_line = s->line;
	return count_sample(r);
}

static void
open_sample(struct reader *r)
{
	memset(&r->s, 0, sizeof r->s);
	r->s.open = true;
	r->s.line = r->lineno;
	r->s.time = PROF_PERF_NOT_TIMED;
	prof_perf_stack_begin(&r->stack);
}

static void
see_time(struct reader *r, int64_t time)
{
	if (!r->timed)
		r->first_time = r->last_time = time;
	r->timed = true;
	if (time < r->last_time)
		r->back++;
	r->last_time = time;
}

/* Whether a frame at the very end lacks what others have, or its end. */
static bool
is_cut_frame(const struct reader *r, const char *text, size_t len)
{
	struct prof_perf_frame f;
	size_t i;

	if (!r->cut || !prof_perf_frame_read(text, len, &f))
		return false;
	if ((r->stack.symbols && !f.has_symbol) || (!f.has_dso &&
	    (r->stack.dsos || !r->stack.symbols)))
		return true;
	for (i = 2; !f.has_dso && i < len; i++)
		if (text[i - 2] == ' ' && text[i - 1] == '(' &&
		    (text[i] == '/' || text[i] == '['))
			return true;
	return false;
}

/* perf ends its lines: without an end only one with all parts is whole. */
static bool
is_cut_header(const struct reader *r, const struct prof_perf_header *h,
    enum prof_perf_sure sure)
{
	size_t from, to, i = 0;

	if (!r->cut)
		return false;
	if (sure != PROF_PERF_SURE ||
	    (r->events && (h->has & PROF_PERF_EVENT) == 0))
		return true;
	if (prof_perf_frame_behind(h->rest, h->rest_len, &from, &to))
		return is_cut_frame(r, h->rest + from, to - from);
	while (i < h->rest_len && (h->rest[i] == ' ' || h->rest[i] == '\r'))
		i++;
	return i == h->rest_len || r->stacks;
}

static int
begin_header(struct reader *r, const struct prof_perf_header *h,
    enum prof_perf_sure sure)
{
	struct sample *s = &r->s;
	size_t from, to;
	int rc;

	if (is_cut_header(r, h, sure))
		return skip(r, "a header that goes on");
	rc = close_sample(r);
	if (rc != PROF_OK)
		return rc;
	if (sure == PROF_PERF_MAYBE && r->headless > 0)
		return skip(r, bad_line);
	if (sure != PROF_PERF_MAYBE)
		found_header(r);
	open_sample(r);
	s->headed = true;
	s->maybe = sure == PROF_PERF_MAYBE;
	s->has = h->has;
	s->period = h->period;
	s->event = prof_perf_sums_event(&r->sums, h->event, h->event_len);
	r->events |= (h->has & PROF_PERF_EVENT) != 0;
	if ((h->has & PROF_PERF_TIME) != 0) {
		s->time = h->time;
		see_time(r, h->time);
	}
	if (prof_perf_frame_behind(h->rest, h->rest_len, &from, &to))
		s->behind = prof_perf_stack_push(&r->stack, h->rest + from,
		    to - from);
	rc = prof_perf_task_set(&r->task, h, &s->set, r->err);
	if (rc != PROF_OK)
		prof_err_prefix(r->err, "line %llu",
		    (unsigned long long)r->lineno);
	return rc;
}

/*
 * Without headers a sample is an empty line, frames, an empty line: what is
 * left of the empty lines are samples without frames.
 */
static void
count_empty(struct reader *r, uint64_t own)
{
	uint32_t event = prof_perf_sums_event(&r->sums, NULL, 0);
	uint64_t n = r->blank > own ? (r->blank - own) / 2 : 0;

	r->stackless += n;
	r->headless += n;
	while (n-- > 0)
		prof_perf_sums_add(&r->sums, event, 0, 0,
		    PROF_PERF_NOT_TIMED, NULL);
}

static void
begin_headless(struct reader *r)
{
	if (r->headed == 0)
		count_empty(r, r->headless > 0 ? 2 : 1);
	open_sample(r);
	r->s.event = prof_perf_sums_event(&r->sums, NULL, 0);
}

/* Take a line as a frame of the open sample. */
static int
add_frame(struct reader *r, const char *line, size_t len)
{
	if (is_cut_frame(r, line, len))
		return skip(r, "a frame that goes on");
	if (r->s.behind) {
		r->s.behind = false;
		prof_perf_stack_begin(&r->stack);
	}
	if (!prof_perf_stack_push(&r->stack, line, len))
		return skip(r, "a frame without an address");
	return PROF_OK;
}

static int
read_tabbed(struct reader *r, const char *line, size_t len)
{
	if (!r->s.open)
		begin_headless(r);
	r->s.tabs = true;
	return add_frame(r, line, len);
}

/* Older ones print frames behind blanks, or behind nothing. */
static bool
is_untabbed(const struct reader *r, const char *line, size_t len)
{
	struct prof_perf_frame f;

	if (r->s.tabs || !prof_perf_frame_read(line, len, &f) ||
	    !f.has_symbol)
		return false;
	return line[0] == ' ' || (f.has_dso && f.pc > 0xfff);
}

static bool
begins(const char *line, size_t len, const char *text)
{
	size_t n = strlen(text);

	return len >= n && memcmp(line, text, n) == 0;
}

static bool
has_slashes(const char *s, size_t len)
{
	size_t i, n = 0;

	for (i = 0; i < len && n < 3; i++)
		n += s[i] == '/';
	return n == 3;
}

/* Fields that are printed behind a stack: they belong to its sample. */
static bool
is_field(const char *line, size_t len)
{
	struct prof_perf_frame f;

	return begins(line, len, " insn: ") || begins(line, len, " ilen: ") ||
	    begins(line, len, " ABI:") || begins(line, len, " 0x") ||
	    (!begins(line, len, "  ") && has_slashes(line, len)) ||
	    (prof_perf_frame_read(line, len, &f) && !f.has_symbol &&
	    !f.has_dso);
}

/* A line inside of a sample; *taken tells whether it is one. */
static int
read_inside(struct reader *r, const char *line, size_t len, bool *taken)
{
	size_t from = 0;

	*taken = true;
	if (is_untabbed(r, line, len))
		return add_frame(r, line, len);
	if (line[0] == '|' && r->stack.n > 0)	/* -F +srccode */
		return PROF_OK;
	if (line[0] == ' ' && is_field(line, len))
		return close_sample(r);
	while (from < len && line[from] == ' ')
		from++;
	*taken = from >= 2 && prof_perf_stack_place(&r->stack, line + from,
	    len - from);
	return PROF_OK;
}

static uint64_t
number_behind(const char *s, size_t len, const char *word)
{
	size_t n = strlen(word), i, k;
	uint64_t v = 0;

	for (i = 0; i + n < len; i++) {
		if (memcmp(s + i, word, n) != 0)
			continue;
		for (k = i + n; k < len && s[k] >= '0' && s[k] <= '9' &&
		    v < UINT64_MAX / 20; k++)
			v = v * 10 + (uint64_t)(s[k] - '0');
		return v;
	}
	return 0;
}

/* What perf itself has to say; what follows up to a blank line is its, too. */
static bool
is_message(struct reader *r, const char *line, size_t len)
{
	static const char *const known[] = { "Warning:", "WARNING:",
	    "Error:", "ERROR:", "Processed ", "Failed to open ",
	    "no symbols found in ", "Was the 'perf record' command ",
	    "Check IO/CPU overload!", "Kernel address maps ",
	    "Couldn't ", "Cannot ", "Can't ", "[ perf record: ",
	    "incompatible file format", "addr2line: ", "build id event " };
	size_t i;

	for (i = 0; i < sizeof known / sizeof known[0]; i++)
		if (begins(line, len, known[i])) {
			r->warning = true;
			break;
		}
	if (begins(line, len, "Processed "))
		r->lost += number_behind(line, len, " lost ");
	if (i < sizeof known / sizeof known[0])
		prof_profile_note(r->p, "a message of perf", r->lineno,
		    false);
	return r->warning;
}

static int
read_record(struct reader *r, const struct prof_perf_header *h)
{
	r->records++;
	if (begins(h->rest, h->rest_len, "PERF_RECORD_LOST"))
		r->lost += number_behind(h->rest, h->rest_len, " lost ");
	return close_sample(r);
}

static int
read_other(struct reader *r, const char *line, size_t len)
{
	struct prof_perf_header h;
	enum prof_perf_sure sure = prof_perf_header_read(line, len, &h);
	bool taken = false;
	int rc = PROF_OK;

	if (sure == PROF_PERF_RECORD)
		return read_record(r, &h);
	if (sure == PROF_PERF_SURE)
		return begin_header(r, &h, sure);
	if (line[0] == '#')
		return PROF_OK;
	if (r->s.open)
		rc = read_inside(r, line, len, &taken);
	if (taken || is_message(r, line, len))
		return rc;
	if (sure != PROF_PERF_NO)
		return begin_header(r, &h, sure);
	return skip(r, bad_line);
}

static int
read_line(struct reader *r, const char *line, size_t len)
{
	int rc;

	r->lineno++;
	if (len > 0 && line[len - 1] == '\r')
		len--;
	if (len == 0) {
		r->blank++;
		r->warning = false;
		return close_sample(r);
	}
	rc = line[0] == '\t' ? read_tabbed(r, line, len) :
	    read_other(r, line, len);
	r->blank = 0;
	return rc;
}

static int
check_line(const struct reader *r, size_t len)
{
	uint64_t limit = prof_in_limits(r->in)->max_line;

	if (len <= limit)
		return PROF_OK;
	return prof_fail(r->err, PROF_ELIMIT,
	    "line %llu is longer than %llu bytes (limit: --max-line)",
	    (unsigned long long)r->lineno + 1, (unsigned long long)limit);
}

/* All complete lines of data; *used is what they take. */
static int
read_window(struct reader *r, const char *data, size_t len, size_t *used)
{
	const char *line = data, *end = data + len, *nl;
	size_t taken;
	int rc = PROF_OK;

	while (rc == PROF_OK && line < end) {
		taken = r->s.tabs && r->s.open ? prof_perf_stack_guess(
		    &r->stack, line, (size_t)(end - line)) : 0;
		line += taken;
		r->lineno += taken > 0;
		if (taken > 0)
			continue;
		nl = memchr(line, '\n', (size_t)(end - line));
		if (nl == NULL)
			break;
		rc = check_line(r, (size_t)(nl - line));
		if (rc == PROF_OK)
			rc = read_line(r, line, (size_t)(nl - line));
		line = nl + 1;
	}
	*used = (size_t)(line - data);
	return rc;
}

static int
read_lines(struct reader *r)
{
	const unsigned char *data;
	size_t len, used, want = 1;
	int rc;

	for (;;) {
		rc = prof_in_peek(r->in, want, &data, &len, r->err);
		if (rc != PROF_OK || len == 0)
			return rc;
		rc = read_window(r, (const char *)data, len, &used);
		if (rc == PROF_OK && used == 0)
			rc = check_line(r, len);
		if (rc == PROF_OK && used == 0 && len < want) {
			r->cut = true;
			rc = read_line(r, (const char *)data, len);
			used = len;
		}
		if (rc != PROF_OK)
			return rc;
		/* Twice as much, so that a long line is not searched often. */
		want = used == 0 ? 2 * len : 1;
		prof_in_skip(r->in, used);
	}
}

static int
no_sample(const struct reader *r)
{
	static const char need[] = "use perf script -F "
	    "comm,tid,time,event,ip,sym,dso";

	if (r->first_bad != 0)
		return prof_fail(r->err, PROF_EFORMAT, "no sample: line %llu "
		    "is %s (%s)", (unsigned long long)r->first_bad, bad_line,
		    need);
	return prof_fail(r->err, PROF_EFORMAT,
	    "no sample, no line is a header or a frame of perf script (%s)",
	    need);
}

static int
finish(struct reader *r)
{
	int rc = close_sample(r);

	if (rc != PROF_OK)
		return rc;
	if (r->headed == 0 && r->headless > 0)
		count_empty(r, 1);
	if (r->sums.nrows == 0)
		return no_sample(r);
	note_times(r, "samples without a stack", r->stackless, 0, false);
	note_times(r, "events of the recording (PERF_RECORD_)", r->records, 0,
	    false);
	note_times(r, "events that perf lost", r->lost, 0, false);
	note_times(r, "times that go back: the duration is not known",
	    r->back, 0, false);
	if (r->timed && r->back == 0 && !prof_num_add(r->last_time,
	    -r->first_time, &r->p->meta.duration_ns))
		r->p->meta.duration_ns = 0;
	rc = prof_perf_sums_finish(&r->sums, r->err);
	return rc == PROF_OK ? prof_builder_check_sums(&r->b, r->err) : rc;
}

static int
perf_read(struct prof_in *in, const char *dialect, struct prof_profile *p,
    struct prof_err *err)
{
	struct reader r = { .in = in, .p = p, .err = err };
	int rc;

	if (dialect != NULL)
		return prof_fail(err, PROF_EUSAGE, "perf has no varieties");
	prof_builder_init(&r.b, p, prof_in_limits(in));
	r.stack.b = r.task.b = &r.b;
	begin_sums(&r);
	rc = read_lines(&r);
	if (rc == PROF_OK)
		rc = finish(&r);
	prof_perf_sums_release(&r.sums);
	prof_perf_stack_release(&r.stack);
	prof_builder_release(&r.b);
	return rc;
}

const struct prof_reader prof_perf_reader = {
	.name = "perf",
	.extensions = "perf perf.txt",
	.summary = "text of perf script",
	.bid = prof_perf_bid,
	.read = perf_read
};
