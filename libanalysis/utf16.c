/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/source.h"

#define IN_SIZE ((size_t)16 * 1024)

struct utf16 {
	struct prof_source s;
	size_t pos, len;
	bool big_endian, ended;
	unsigned char in[IN_SIZE];
};

/* Keep the unread tail and read on behind it. */
static int
refill(struct utf16 *u, struct prof_err *err)
{
	size_t left = u->len - u->pos, got = 0;
	int rc;

	memmove(u->in, u->in + u->pos, left);
	rc = prof_source_more(u->s.below, u->in + left, sizeof u->in - left,
	    &got, err);
	u->pos = 0;
	u->len = left + got;
	u->ended = rc == PROF_OK && got == 0;
	return rc;
}

static uint32_t
unit_at(const struct utf16 *u, size_t pos)
{
	uint32_t a = u->in[pos], b = u->in[pos + 1];

	return u->big_endian ? a << 8 | b : b << 8 | a;
}

static bool
is_surrogate(uint32_t c, uint32_t first)
{
	return c >= first && c < first + 0x400;
}

/* One character at pos; a surrogate without its pair becomes U+FFFD. */
static uint32_t
next_char(struct utf16 *u)
{
	uint32_t c = unit_at(u, u->pos), low;

	u->pos += 2;
	if (is_surrogate(c, 0xd800) && u->len - u->pos >= 2) {
		low = unit_at(u, u->pos);
		if (is_surrogate(low, 0xdc00)) {
			u->pos += 2;
			return 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
		}
	}
	return c >= 0xd800 && c <= 0xdfff ? 0xfffd : c;
}

/* Whether a whole character is there: four bytes may be a pair. */
static bool
has_char(const struct utf16 *u)
{
	size_t left = u->len - u->pos;

	return left >= 4 || (u->ended && left >= 2 &&
	    !is_surrogate(unit_at(u, u->pos), 0xd800));
}

static size_t
encode(uint32_t c, unsigned char *out)
{
	if (c < 0x80) {
		out[0] = (unsigned char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (unsigned char)(0xc0 | c >> 6);
		out[1] = (unsigned char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (unsigned char)(0xe0 | c >> 12);
		out[1] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (unsigned char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (unsigned char)(0xf0 | c >> 18);
	out[1] = (unsigned char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (unsigned char)(0x80 | (c & 0x3f));
	return 4;
}

static int
utf16_read(struct prof_source *s, unsigned char *buf, size_t cap,
    size_t *got, struct prof_err *err)
{
	struct utf16 *u = (struct utf16 *)s;
	size_t n = 0;
	int rc = PROF_OK;

	do {
		if (!has_char(u) && !u->ended)
			rc = refill(u, err);
		while (rc == PROF_OK && cap - n >= 4 && has_char(u))
			n += encode(next_char(u), buf + n);
	} while (rc == PROF_OK && n == 0 && !u->ended);
	if (rc == PROF_OK && n == 0 && u->len > u->pos)
		rc = prof_fail(err, PROF_EFORMAT,
		    "UTF-16 text ends in the middle of a character");
	*got = n;
	s->out += n;
	return rc;
}

struct prof_source *
prof_source_utf16(struct prof_source *below, bool big_endian)
{
	struct utf16 *u = prof_zalloc(1, sizeof *u);

	u->s.read = utf16_read;
	u->s.below = below;
	u->big_endian = big_endian;
	return &u->s;
}
