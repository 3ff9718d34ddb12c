/* SPDX-License-Identifier: MIT */
#include "formats/perf.h"

#include <string.h>

/* What the lines of a head look like. */
struct tally {
	unsigned headers;	/* with a time, or a task, and an event */
	unsigned frames;	/* behind a tab */
	unsigned other;
	bool named;		/* --header names perf */
};

static bool
contains(const char *s, size_t len, const char *text)
{
	size_t n = strlen(text), i;

	for (i = 0; i + n <= len; i++)
		if (memcmp(s + i, text, n) == 0)
			return true;
	return false;
}

static void
tally_line(struct tally *t, const char *line, size_t len)
{
	struct prof_perf_header h;
	struct prof_perf_frame f;

	if (len > 0 && line[len - 1] == '\r')
		len--;
	if (len == 0)
		return;
	if (line[0] == '#') {
		t->named |= contains(line, len, "perf version :") ||
		    contains(line, len, "# captured on");
		return;
	}
	if (line[0] == '\t') {
		if (prof_perf_frame_read(line, len, &f) && f.has_symbol)
			t->frames++;
		else
			t->other++;
		return;
	}
	if (prof_perf_header_read(line, len, &h) >= PROF_PERF_SURE)
		t->headers++;
	else
		t->other++;
}

int
prof_perf_bid(const unsigned char *data, size_t n)
{
	const char *line = (const char *)data, *end = line + n, *nl;
	struct tally t = { 0 };
	unsigned seen;
	int bits = 8;

	for (; line < end; line = nl + 1) {
		nl = memchr(line, '\n', (size_t)(end - line));
		if (nl == NULL)	/* maybe cut */
			break;
		tally_line(&t, line, (size_t)(nl - line));
	}
	seen = t.headers + t.frames;
	if (seen == 0)
		return t.named ? 32 : 0;
	if (t.other > seen / 2 && (t.headers == 0 || t.frames == 0))
		return 0;
	bits += (t.headers > 0 && t.frames > 0 ? 16 : 4) + 24 * t.named;
	for (; bits < 40 && seen > 1; seen /= 2)
		bits += 2;
	return bits;
}
