/* SPDX-License-Identifier: MIT */
#include "formats/perf.h"

#include <string.h>

#include "libanalysis/num.h"

/* Longest name that Linux keeps for a task. */
#define COMM_MAX 15

/* Time and event, padded as perf does, end before this. */
#define ANCHORS_MAX 192

/* No line longer than this is searched for an event with blanks. */
#define LONG_EVENT_MAX 4096

/* Width that perf pads a period to; a number padded less is an id. */
#define PERIOD_WIDTH 10

struct word {
	size_t start, end;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static size_t
trim_right(const char *s, size_t len)
{
	while (len > 0 && is_blank(s[len - 1]))
		len--;
	return len;
}

/* The last word of s[0..len), which must not be blank at its end. */
static struct word
last_word(const char *s, size_t len)
{
	struct word w = { len, len };

	while (w.start > 0 && !is_blank(s[w.start - 1]))
		w.start--;
	return w;
}

static struct word
next_word(const char *s, size_t len, size_t at)
{
	struct word w;

	while (at < len && is_blank(s[at]))
		at++;
	w.start = w.end = at;
	while (w.end < len && !is_blank(s[w.end]))
		w.end++;
	return w;
}

/* An integer and nothing else; false also when it does not fit. */
static bool
read_int(const char *s, size_t len, int64_t *v)
{
	bool negative = len > 1 && s[0] == '-';
	size_t i = negative;
	int64_t sum = 0;

	if (i == len)
		return false;
	for (; i < len; i++)
		if (!is_digit(s[i]) || !prof_num_mul(sum, 10, &sum) ||
		    !prof_num_add(sum, s[i] - '0', &sum))
			return false;
	*v = negative ? -sum : sum;
	return true;
}

static bool
all_digits(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!is_digit(s[i]))
			return false;
	return len > 0;
}

/* "1339.011751" in nanoseconds; up to nine decimals. */
static bool
read_time(const char *s, size_t len, int64_t *ns)
{
	const char *point = memchr(s, '.', len);
	size_t whole = point != NULL ? (size_t)(point - s) : len;
	size_t decimals = len - whole;
	bool negative = len > 0 && s[0] == '-';
	int64_t sec, part;

	if (decimals < 2 || decimals > 10 || !read_int(s, whole, &sec) ||
	    !all_digits(point + 1, decimals - 1) ||
	    !read_int(point + 1, decimals - 1, &part))
		return false;
	while (decimals++ < 10)
		part *= 10;
	return prof_num_mul(sec, 1000000000, &sec) &&
	    prof_num_add(sec, negative ? -part : part, ns);
}

/* "123" or "123/456". */
static bool
read_ids(const char *s, size_t len, struct prof_perf_header *h)
{
	const char *slash = memchr(s, '/', len);
	size_t n = slash != NULL ? (size_t)(slash - s) : 0;

	if (slash == NULL) {
		if (!read_int(s, len, &h->tid))
			return false;
		h->has |= PROF_PERF_TID;
		return true;
	}
	if (!read_int(s, n, &h->pid) ||
	    !read_int(slash + 1, len - n - 1, &h->tid))
		return false;
	h->has |= PROF_PERF_PID | PROF_PERF_TID;
	return true;
}

static bool
read_cpu(const char *s, size_t len, struct prof_perf_header *h)
{
	if (len < 3 || s[0] != '[' || s[len - 1] != ']' ||
	    (h->has & PROF_PERF_CPU) != 0 ||
	    !read_int(s + 1, len - 2, &h->cpu))
		return false;
	h->has |= PROF_PERF_CPU;
	return true;
}

/* Privilege and the like, printed by -F +misc. */
static bool
is_misc(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (s[i] == '\0' || strchr("UKHGgDMESpkh", s[i]) == NULL)
			return false;
	return len >= 1 && len <= 3;
}

/* Width of the field that a word ends, padded on its left. */
static size_t
field_width(const char *s, struct word w)
{
	size_t prev = trim_right(s, w.start);

	return w.end - prev - (prev > 0);
}

/* --Latency prints the cpu three wide and without brackets. */
static bool
read_narrow_cpu(const char *s, struct word w, struct prof_perf_header *h)
{
	size_t prev = trim_right(s, w.start);
	struct word id = last_word(s, prev);
	int64_t v;

	if ((h->has & PROF_PERF_CPU) != 0 || w.end - w.start > 3 ||
	    field_width(s, w) != 3 || id.start == 0 ||
	    !all_digits(s + id.start, id.end - id.start) ||
	    !read_int(s + w.start, w.end - w.start, &v) || v < 0)
		return false;
	h->cpu = v;
	h->has |= PROF_PERF_CPU;
	return true;
}

/*
 * The task, from the right: [cpu] and misc in any order, ids, and all that
 * is before them is the comm.  That is trimmed later, for one of the many
 * places in a line where this may be tried.
 */
static void
read_task(const char *s, size_t len, struct prof_perf_header *h)
{
	bool misc = false;
	struct word w;
	size_t end;

	for (;;) {
		len = trim_right(s, len);
		w = last_word(s, len);
		if (read_cpu(s + w.start, w.end - w.start, h)) {
			len = w.start;
			continue;
		}
		end = trim_right(s, w.start);
		if (misc || !is_misc(s + w.start, w.end - w.start) ||
		    end == 0 || (!is_digit(s[end - 1]) &&
		    s[end - 1] != ']'))
			break;
		misc = true;
		len = w.start;
	}
	if (read_narrow_cpu(s, w, h)) {
		len = trim_right(s, w.start);
		w = last_word(s, len);
	}
	if (read_ids(s + w.start, w.end - w.start, h))
		len = trim_right(s, w.start);
	h->comm = s;
	h->comm_len = len;
}

static void
trim_comm(struct prof_perf_header *h)
{
	while (h->comm_len > 0 && is_blank(h->comm[0])) {
		h->comm++;
		h->comm_len--;
	}
	if (h->comm_len > 0)
		h->has |= PROF_PERF_COMM;
}

static bool
has_task(const struct prof_perf_header *h)
{
	return (h->has & (PROF_PERF_TID | PROF_PERF_CPU)) != 0;
}

static bool
read_period(const char *s, size_t len, struct prof_perf_header *h)
{
	if (!all_digits(s, len))
		return false;
	h->has |= PROF_PERF_PERIOD;
	if (!read_int(s, len, &h->period))
		h->has |= PROF_PERF_HUGE;
	return true;
}

static void
set_event(struct prof_perf_header *h, const char *s, size_t len,
    struct word w)
{
	h->has |= PROF_PERF_EVENT;
	h->event = s + w.start;
	h->event_len = w.end - 1 - w.start;
	h->rest = s + w.end;
	h->rest_len = len - w.end;
}

static bool
ends_event(const char *s, struct word w)
{
	return w.end - w.start > 1 && s[w.end - 1] == ':';
}

/* An event that has blanks in its name. */
static bool
read_long_event(const char *s, size_t len, struct word w,
    struct prof_perf_header *h)
{
	size_t from, to;

	if (len > LONG_EVENT_MAX ||
	    prof_perf_frame_behind(s + w.start, len - w.start, &from, &to))
		return false;
	while (w.end < len && s[w.end - 1] != ':')
		w.end = next_word(s, len, w.end).end;
	if (!ends_event(s, w))
		return false;
	set_event(h, s, len, w);
	return true;
}

/* What is behind the time: period and event, each optional. */
static void
read_measure(const char *s, size_t len, struct prof_perf_header *h)
{
	struct word w = next_word(s, len, 0), next;

	h->rest = s + w.start;
	h->rest_len = len - w.start;
	if (ends_event(s, w)) {
		set_event(h, s, len, w);
		return;
	}
	next = next_word(s, len, w.end);
	/* An address is padded to 16, behind the blank of the time. */
	if ((ends_event(s, next) || field_width(s, w) <= 16) &&
	    read_period(s + w.start, w.end - w.start, h)) {
		h->rest = s + next.start;
		h->rest_len = len - next.start;
		w = next;
	}
	if (ends_event(s, w))
		set_event(h, s, len, w);
	else if (w.end > w.start)
		read_long_event(s, len, w, h);
}

/* The word that ends at a colon which a blank or the end follows. */
static bool
next_anchor(const char *s, size_t len, size_t *at, struct word *w)
{
	const char *colon;

	while (*at < len && (colon = memchr(s + *at, ':', len - *at)) !=
	    NULL) {
		w->end = (size_t)(colon - s) + 1;
		*at = w->end;
		if (w->end < len && !is_blank(s[w->end]))
			continue;
		w->start = last_word(s, w->end).start;
		return true;
	}
	return false;
}

/*
 * Of several anchors the last that still leaves a comm of a size that Linux
 * has is meant: a comm may look like one, and so may what follows the event,
 * but that is beyond it.
 */
static unsigned
score(const struct prof_perf_header *h)
{
	if (h->comm_len > COMM_MAX)
		return 1;
	return 2 + ((h->has & PROF_PERF_TID) != 0 ? 4u : 0) +
	    ((h->has & PROF_PERF_CPU) != 0 ? 1u : 0) +
	    ((h->has & PROF_PERF_EVENT) != 0 ? 2u : 0);
}

/* Whether try is better than *h, which is none if best is 0. */
static void
keep_better(const struct prof_perf_header *try, struct prof_perf_header *h,
    unsigned *best)
{
	struct prof_perf_header trimmed = *try;
	unsigned points;

	trim_comm(&trimmed);
	points = score(&trimmed);
	if (points < *best || (points == 1 && *best == 1))
		return;
	*best = points;
	*h = trimmed;
}

static bool
find_time(const char *s, size_t len, struct prof_perf_header *h)
{
	struct prof_perf_header try;
	unsigned best = 0;
	struct word w;
	size_t at = 0;

	while ((best == 0 || at < ANCHORS_MAX) &&
	    next_anchor(s, len, &at, &w)) {
		memset(&try, 0, sizeof try);
		if (!read_time(s + w.start, w.end - 1 - w.start, &try.time))
			continue;
		try.has = PROF_PERF_TIME;
		read_task(s, w.start, &try);
		read_measure(s + w.end, len - w.end, &try);
		keep_better(&try, h, &best);
	}
	return best > 0;
}

/* Without a time: an event behind a number or a cpu. */
static bool
find_event(const char *s, size_t len, struct prof_perf_header *h)
{
	struct prof_perf_header try;
	struct word w, number;
	size_t at = 0, before;
	unsigned best = 0;

	while ((best == 0 || at < ANCHORS_MAX) &&
	    next_anchor(s, len, &at, &w)) {
		if (!ends_event(s, w))
			continue;
		memset(&try, 0, sizeof try);
		before = trim_right(s, w.start);
		number = last_word(s, before);
		if (number.end > number.start &&
		    field_width(s, number) >= PERIOD_WIDTH &&
		    read_period(s + number.start, number.end - number.start,
		    &try))
			before = number.start;
		read_task(s, before, &try);
		if (!has_task(&try) && (try.has & PROF_PERF_PERIOD) == 0)
			continue;
		set_event(&try, s, len, w);
		keep_better(&try, h, &best);
	}
	return best > 0;
}

/* "comm event: " and nothing else; the blank behind it is perf's. */
static enum prof_perf_sure
read_named_event(const char *s, size_t len, struct word w,
    struct prof_perf_header *h)
{
	set_event(h, s, len, w);
	h->comm = s;
	h->comm_len = trim_right(s, w.start);
	trim_comm(h);
	return h->comm_len > COMM_MAX ? PROF_PERF_NO : PROF_PERF_WEAK;
}

/* Neither time nor event: ids, a cpu or a period alone, or a mere name. */
static enum prof_perf_sure
read_alone(const char *s, size_t len, struct prof_perf_header *h)
{
	size_t end = trim_right(s, len);
	struct word w = last_word(s, end);

	memset(h, 0, sizeof *h);
	if (end == 0)
		return PROF_PERF_NO;
	if (ends_event(s, w) && w.start > 0 && s[len - 1] == ' ')
		return read_named_event(s, len, w, h);
	if (field_width(s, w) >= PERIOD_WIDTH &&
	    read_period(s + w.start, w.end - w.start, h))
		end = w.start;
	read_task(s, end, h);
	trim_comm(h);
	h->rest = s + len;
	if (h->comm_len > COMM_MAX)
		return PROF_PERF_NO;
	if ((has_task(h) || (h->has & PROF_PERF_PERIOD) != 0) &&
	    s[len - 1] == ' ')
		return PROF_PERF_WEAK;
	return PROF_PERF_MAYBE;
}

/* An event and nothing before it; "Warning:" looks the same. */
static bool
read_lone_event(const char *s, size_t len, struct prof_perf_header *h)
{
	struct word w = next_word(s, len, 0);

	if (!ends_event(s, w))
		return false;
	memset(h, 0, sizeof *h);
	set_event(h, s, len, w);
	return true;
}

/* Something that perf prints about the recording itself. */
static bool
is_record(const char *s, size_t len, struct prof_perf_header *h)
{
	static const char mark[] = "PERF_RECORD_";
	const char *p = s, *end = s + len;

	for (; (p = memchr(p, 'P', (size_t)(end - p))) != NULL; p++) {
		if ((size_t)(end - p) < sizeof mark)
			return false;
		if (memcmp(p, mark, sizeof mark - 1) != 0 ||
		    (p > s && !is_blank(p[-1])))
			continue;
		memset(h, 0, sizeof *h);
		h->rest = p;
		h->rest_len = (size_t)(end - p);
		return true;
	}
	return false;
}

/* A time without a task or an event may be anything that tells one. */
static enum prof_perf_sure
judge_time(const char *line, size_t len, struct prof_perf_header *h)
{
	struct prof_perf_header event;

	/* A time in a payload has half the line for a comm. */
	if (h->comm_len > COMM_MAX && find_event(line, len, &event) &&
	    event.comm_len <= COMM_MAX)
		*h = event;
	if (has_task(h))
		return PROF_PERF_SURE;
	if (h->comm_len > COMM_MAX)
		return PROF_PERF_NO;
	return (h->has & PROF_PERF_EVENT) != 0 ? PROF_PERF_SURE :
	    PROF_PERF_MAYBE;
}

enum prof_perf_sure
prof_perf_header_read(const char *line, size_t len,
    struct prof_perf_header *h)
{
	if (is_record(line, len, h))
		return PROF_PERF_RECORD;
	if (find_time(line, len, h))
		return judge_time(line, len, h);
	if (find_event(line, len, h))
		return PROF_PERF_SURE;
	if (read_lone_event(line, len, h))
		return PROF_PERF_MAYBE;
	return read_alone(line, len, h);
}
