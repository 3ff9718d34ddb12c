/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include <string.h>
#include <strings.h>
#include <zlib.h>

/*
 * Formats that are recognised but not read: the error says what the input
 * is and how to make something of it that is.  This is no format of its
 * own: it stands apart in the table, so that no list shows it and a reader
 * with as much evidence is preferred.
 */

#define HEAD_MAX ((size_t)64 * 1024)

struct hint {
	const char *magic;
	size_t len;
	const char *what;
};

#define MAGIC(bytes, what) { bytes, sizeof(bytes) - 1, what }

#define PIPE(program) "compressed with " program \
	"; pipe it through " program " -dc"
#define LEGACY(which) "a " which " in pprof's old text form; write it " \
	"as profile.proto with \"pprof -proto\""

#define PICKLE "a Python pickle, which may run anything when it is loaded " \
	"and is not; save it as text, or, if it is cProfile's, with " \
	"dump_stats"

/* At the very beginning, in bytes that nothing else has there. */
static const struct hint magics[] = {
	MAGIC("\x28\xb5\x2f\xfd", PIPE("zstd")),
	MAGIC("\xfd" "7zXZ\0", PIPE("xz")),
	MAGIC("\x04\x22\x4d\x18", PIPE("lz4")),
	MAGIC("PK\3\4", "a ZIP archive; unpack it first"),
	MAGIC("PK\5\6", "an empty ZIP archive"),
	MAGIC("\x7f" "ELF", "a program or library (ELF), not a profile"),
	MAGIC("PERFILE2", "perf's binary recording; run \"perf script -i "
	    "FILE\" and read its output"),
	MAGIC("2ELIFREP", "perf's binary recording of a big-endian machine; "
	    "run \"perf script -i FILE\" and read its output"),
	MAGIC("FLR\0", "a JDK Flight Recorder file; convert it with "
	    "\"jfrconv -o collapsed FILE OUT\" (async-profiler)"),
	MAGIC("SQLite format 3\0", "an SQLite database, not a profile"),
	MAGIC("\x80\2", PICKLE),
	MAGIC("\x80\3", PICKLE),
	MAGIC("\x80\4\x95", PICKLE),
	MAGIC("\x80\5\x95", PICKLE),
	MAGIC("}q\0", PICKLE),
	MAGIC("]q\0", PICKLE),
	MAGIC("(dp0\n", PICKLE),
	MAGIC("(dp1\n", PICKLE),
	MAGIC("(lp0\n", PICKLE),
	MAGIC("(lp1\n", PICKLE),
	MAGIC("ccopy_reg\n", PICKLE)
};

/* The first line of a text begins so. */
static const struct hint texts[] = {
	MAGIC("heap profile:", LEGACY("heap profile")),
	MAGIC("--- heap", LEGACY("heap profile")),
	MAGIC("heap_v2/", "a jemalloc heap profile; make folded text of it "
	    "with \"jeprof --collapsed PROGRAM FILE\""),
	MAGIC("--- contention", LEGACY("contention profile")),
	MAGIC("--- mutex", LEGACY("contention profile")),
	MAGIC("--- threadz", LEGACY("thread profile")),
	MAGIC("--- symbol", LEGACY("symbolized profile")),
	MAGIC("--- Thread", LEGACY("thread profile")),
	MAGIC("goroutine profile: total", "a goroutine dump as text; fetch "
	    "it without debug=1"),
	MAGIC("threadcreate profile: total", "a thread dump as text; fetch "
	    "it without debug=1")
};

/* The same where letters may be small or capital. */
static const struct hint markup[] = {
	MAGIC("<svg", "a picture (SVG), not the profile it was drawn from"),
	MAGIC("<!doctype svg", "a picture (SVG), not the profile it was "
	    "drawn from"),
	MAGIC("<!doctype html", "a web page, not a profile"),
	MAGIC("<html", "a web page, not a profile")
};

#define COUNT(table) (sizeof (table) / sizeof (table)[0])

static const struct hint *
find(const struct hint *table, size_t rows, const char *head, size_t n,
    int (*compare)(const char *, const char *, size_t))
{
	size_t i;

	for (i = 0; i < rows; i++)
		if (n >= table[i].len && compare(head, table[i].magic,
		    table[i].len) == 0)
			return &table[i];
	return NULL;
}

static int
compare_bytes(const char *a, const char *b, size_t n)
{
	return memcmp(a, b, n);
}

static size_t
skip_space(const char *head, size_t n)
{
	size_t i = 0;

	while (i < n && (head[i] == ' ' || head[i] == '\t' ||
	    head[i] == '\n' || head[i] == '\r'))
		i++;
	return i;
}

/* A block of bzip2 begins with the digits of pi, its end with their root. */
static bool
is_bzip2(const char *head, size_t n)
{
	return n >= 10 && memcmp(head, "BZh", 3) == 0 && head[3] >= '1' &&
	    head[3] <= '9' && (memcmp(head + 4, "1AY&SY", 6) == 0 ||
	    memcmp(head + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0);
}

/* Two bytes prove little ("x^" is text): it must inflate, too. */
static bool
is_zlib(const char *head, size_t n)
{
	unsigned char out[512];
	z_stream z;
	int rc;

	if (n < 8 || head[0] != 0x78)
		return false;
	memset(&z, 0, sizeof z);
	if (inflateInit(&z) != Z_OK)
		return false;
	z.next_in = (unsigned char *)(uintptr_t)head;
	z.avail_in = (uInt)n;
	z.next_out = out;
	z.avail_out = sizeof out;
	rc = inflate(&z, Z_SYNC_FLUSH);
	inflateEnd(&z);
	return rc == Z_STREAM_END || (rc == Z_OK && z.avail_out == 0);
}

/* "{" or "[", and then what may follow it in JSON. */
static bool
is_json(const char *head, size_t n)
{
	size_t i = skip_space(head, n), next;

	if (n - i < 2 || (head[i] != '{' && head[i] != '['))
		return false;
	next = i + 1 + skip_space(head + i + 1, n - i - 1);
	if (next == n)
		return false;
	if (head[i] == '{')
		return head[next] == '"' || head[next] == '}';
	return head[next] == '"' || head[next] == '{' || head[next] == '[';
}

/* A document that declares itself; the root element says what it is. */
static const char *
look_at_xml(const char *head, size_t n)
{
	size_t i;

	for (i = 0; i + 4 < n && i < 4096; i++)
		if (memcmp(head + i, "<svg", 4) == 0)
			return markup[0].what;
	return "XML, but no profile that is known";
}

/* What it is and what to do, with the bits of evidence; or NULL. */
static const char *
look(const char *head, size_t n, int *bits)
{
	const struct hint *h = find(magics, COUNT(magics), head, n,
	    compare_bytes);
	size_t i;

	if (h == NULL)
		h = find(texts, COUNT(texts), head, n, compare_bytes);
	if (h == NULL) {
		i = skip_space(head, n);
		h = find(markup, COUNT(markup), head + i, n - i,
		    strncasecmp);
	}
	*bits = h != NULL ? 8 * (int)h->len : 40;
	if (h != NULL)
		return h->what;
	if (is_bzip2(head, n))
		return PIPE("bzip2");
	*bits = 16;
	if (is_zlib(head, n))
		return "compressed with zlib; pipe it through \"pigz -dc\" "
		    "or \"zlib-flate -uncompress\"";
	/* Below readers of a document, whose evidence is inside it. */
	*bits = 3;
	if (n >= 5 && memcmp(head, "<?xml", 5) == 0)
		return look_at_xml(head, n);
	return is_json(head, n) ? "JSON, but no profile that is known" :
	    NULL;
}

static int
hints_bid(const unsigned char *head, size_t n)
{
	int bits;

	return look((const char *)head, n, &bits) != NULL ? bits : 0;
}

static int
hints_read(struct prof_in *in, const char *dialect, struct prof_profile *p,
    struct prof_err *err)
{
	const unsigned char *head;
	const char *what;
	size_t n;
	int bits, rc = prof_in_peek(in, HEAD_MAX, &head, &n, err);

	(void)dialect;
	(void)p;
	if (rc != PROF_OK)
		return rc;
	what = look((const char *)head, n < HEAD_MAX ? n : HEAD_MAX, &bits);
	return prof_fail(err, PROF_EUNKNOWN, "is %s", what != NULL ? what :
	    "not in a known format");
}

const struct prof_reader prof_hints_reader = {
	.name = "hints",
	.extensions = "",
	.bid = hints_bid,
	.read = hints_read
};
