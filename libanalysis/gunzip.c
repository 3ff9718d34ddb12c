/* SPDX-License-Identifier: MIT */
#include <zlib.h>

#include "libanalysis/nomem.h"
#include "libanalysis/source.h"

#define IN_SIZE ((size_t)64 * 1024)

/* Up to here no ratio is judged: small inputs expand as they like. */
#define EXPANSION_FREE (UINT64_C(64) << 20)

struct gunzip {
	struct prof_source s;
	const struct prof_limits *limits;
	z_stream z;
	bool ended;		/* the last member is behind us */
	unsigned char in[IN_SIZE];
};

static int
refill(struct gunzip *g, struct prof_err *err)
{
	size_t got = 0;
	int rc;

	if (g->z.avail_in > 0)
		return PROF_OK;
	rc = prof_source_more(g->s.below, g->in, sizeof g->in, &got, err);
	g->z.next_in = g->in;
	g->z.avail_in = (uInt)got;
	return rc;
}

/* Zero bytes up to the end of the input, as tape blocks have them. */
static int
skip_padding(struct gunzip *g, struct prof_err *err)
{
	int rc;

	g->ended = true;
	g->s.padded = true;
	for (;;) {
		while (g->z.avail_in > 0 && *g->z.next_in == 0) {
			g->z.next_in++;
			g->z.avail_in--;
		}
		if (g->z.avail_in > 0)
			return prof_fail(err, PROF_EFORMAT,
			    "bytes behind the gzip data are no gzip member");
		rc = refill(g, err);
		if (rc != PROF_OK || g->z.avail_in == 0)
			return rc;
	}
}

/* Behind a member: another one, padding, the end, or garbage. */
static int
next_member(struct gunzip *g, struct prof_err *err)
{
	int rc = refill(g, err);

	if (rc != PROF_OK)
		return rc;
	if (g->z.avail_in == 0) {
		g->ended = true;
		return PROF_OK;
	}
	if (*g->z.next_in == 0)
		return skip_padding(g, err);
	if (*g->z.next_in != 0x1f)
		return prof_fail(err, PROF_EFORMAT,
		    "bytes behind the gzip data are no gzip member");
	g->s.mark = true;
	inflateReset(&g->z);
	return PROF_OK;
}

static int
check_expansion(const struct gunzip *g, struct prof_err *err)
{
	uint64_t raw = prof_source_raw(&g->s), max = g->limits->max_expansion;

	if (max == PROF_NO_LIMIT || g->s.out <= EXPANSION_FREE ||
	    (max != 0 && g->s.out / max < raw))
		return PROF_OK;
	return prof_fail(err, PROF_ELIMIT,
	    "compressed data grows more than %llu times "
	    "(limit: --max-expansion)", (unsigned long long)max);
}

static int
inflate_some(struct gunzip *g, struct prof_err *err)
{
	int rc = refill(g, err), zrc;

	if (rc != PROF_OK)
		return rc;
	if (g->z.avail_in == 0)
		return prof_fail(err, PROF_EFORMAT,
		    "gzip data ends early (cut file or pipe?)");
	zrc = inflate(&g->z, Z_NO_FLUSH);
	if (zrc == Z_STREAM_END)
		return next_member(g, err);
	if (zrc == Z_MEM_ERROR)
		return prof_fail(err, PROF_ELIMIT, "out of memory for gzip");
	if (zrc != Z_OK && zrc != Z_BUF_ERROR)
		return prof_fail(err, PROF_EFORMAT, "broken gzip data: %s",
		    g->z.msg != NULL ? g->z.msg : "unknown reason");
	return PROF_OK;
}

static int
gunzip_read(struct prof_source *s, unsigned char *buf, size_t cap,
    size_t *got, struct prof_err *err)
{
	struct gunzip *g = (struct gunzip *)s;
	uInt room = cap > IN_SIZE * 16 ? (uInt)(IN_SIZE * 16) : (uInt)cap;
	int rc = PROF_OK;

	s->mark = false;
	g->z.next_out = buf;
	g->z.avail_out = room;
	while (rc == PROF_OK && !g->ended && !s->mark &&
	    g->z.avail_out == room)
		rc = inflate_some(g, err);
	*got = room - g->z.avail_out;
	s->out += *got;
	return rc == PROF_OK ? check_expansion(g, err) : rc;
}

static void
gunzip_close(struct prof_source *s)
{
	inflateEnd(&((struct gunzip *)s)->z);
}

struct prof_source *
prof_source_gunzip(struct prof_source *below,
    const struct prof_limits *limits)
{
	struct gunzip *g = prof_zalloc(1, sizeof *g);

	g->s.read = gunzip_read;
	g->s.close = gunzip_close;
	g->s.below = below;
	g->limits = limits;
	g->z.next_in = g->in;
	if (inflateInit2(&g->z, 16 + MAX_WBITS) != Z_OK)
		prof_bug(__FILE__, __LINE__, "inflateInit2");
	return &g->s;
}
