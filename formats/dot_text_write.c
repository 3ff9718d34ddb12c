/* SPDX-License-Identifier: MIT */
#include "formats/dot_write.h"

#include <string.h>

#include "libanalysis/name.h"

#define WIDTH 32	/* of a line, where a name can be broken */
#define HARD 48		/* of a line where it cannot */
#define LONGEST 240	/* of a name, as bytes */
#define HEAD 96		/* what is left of a longer one, of its begin */
#define TAIL 128	/* and of its end, which tells more */

/* Text that is safe to show, as it stands in a quoted string. */
static void
quote(struct prof_buf *b, const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (s[i] == '"' || s[i] == '\\')
			prof_buf_addc(b, '\\');
		if (s[i] == '&')
			prof_buf_adds(b, "&amp;");
		else
			prof_buf_addc(b, s[i]);
	}
}

void
prof_dot_text(struct prof_buf *b, const char *s, size_t len)
{
	struct prof_buf safe = { 0 };

	prof_name_print(&safe, s, len);
	quote(b, safe.data, safe.len);
	prof_buf_release(&safe);
}

static bool
is_middle(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* Whether a line may end before s[i]. */
static bool
may_break(const char *s, size_t i)
{
	switch (s[i - 1]) {
	case ' ': case ',': case '.': case '/': case '$':
		return true;
	case ':':
		return s[i] != ':';
	default:
		return s[i] == '<' || s[i] == '(';
	}
}

/* Length of the first line of s[0..len). */
static size_t
line_length(const char *s, size_t len)
{
	size_t i, best = 0;

	if (len <= WIDTH)
		return len;
	for (i = 1; i < len && (i <= WIDTH || best == 0); i++) {
		if (may_break(s, i))
			best = i;
		if (i >= HARD && best == 0 && !is_middle(s[i]))
			best = i;
	}
	return best != 0 ? best : len;
}

static void
add_lines(struct prof_buf *b, const char *s, size_t len)
{
	size_t n;

	for (; len > 0; s += n, len -= n) {
		n = line_length(s, len);
		quote(b, s, n);
		if (n < len)
			prof_buf_adds(b, "\\n");
	}
}

void
prof_dot_name(struct prof_buf *b, const char *s, size_t len)
{
	struct prof_buf safe = { 0 };
	size_t head = HEAD, tail;

	prof_name_print(&safe, s, len);
	if (safe.len <= LONGEST) {
		add_lines(b, safe.data, safe.len);
	} else {
		tail = safe.len - TAIL;
		while (head > HEAD / 2 && !may_break(safe.data, head))
			head--;
		while (tail < safe.len - TAIL / 2 &&
		    !may_break(safe.data, tail))
			tail++;
		while (is_middle(safe.data[head]))
			head--;
		while (is_middle(safe.data[tail]))
			tail++;
		add_lines(b, safe.data, head);
		prof_buf_adds(b, "\\n...\\n");
		add_lines(b, safe.data + tail, safe.len - tail);
	}
	prof_buf_release(&safe);
}

static uint64_t
magnitude(int64_t v)
{
	return v < 0 ? (uint64_t)0 - (uint64_t)v : (uint64_t)v;
}

unsigned
prof_dot_root(int64_t part, int64_t whole, unsigned of)
{
	prof_i128 p = (prof_i128)magnitude(part), w = (prof_i128)
	    magnitude(whole);
	prof_i128 square = (prof_i128)of * of;
	unsigned r = 0;

	while (r < of && (prof_i128)r * r * w < p * square)
		r++;
	return r;
}

void
prof_dot_color(struct prof_buf *b, int64_t v, int64_t whole, bool light)
{
	unsigned share = prof_dot_root(v, whole, 100);
	unsigned high = light ? 0xf0 : 0xb4 - share / 10;
	unsigned low = light ? 0xf0 - share / 4 : 0xb4 - share * 9 / 5;

	if (v >= 0)
		prof_buf_addf(b, "\"#%02x%02x%02x\"", high, low, low);
	else
		prof_buf_addf(b, "\"#%02x%02x%02x\"", low, high, low);
}
