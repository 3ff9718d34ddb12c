/* SPDX-License-Identifier: MIT */
#include "libanalysis/name.h"

#include <string.h>

/* Bytes a lead byte announces, 0 for one that cannot lead. */
static size_t
lead_length(unsigned char c)
{
	if (c < 0x80)
		return 1;
	if (c >= 0xc2 && c <= 0xdf)
		return 2;
	if (c >= 0xe0 && c <= 0xef)
		return 3;
	if (c >= 0xf0 && c <= 0xf4)
		return 4;
	return 0;
}

int32_t
prof_utf8_next(const char *s, size_t len, size_t *used)
{
	static const int32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)s;
	size_t i, n = lead_length(p[0]);
	int32_t cp;

	*used = 1;
	if (n == 1)
		return p[0];
	if (n == 0 || n > len)
		return -1;
	cp = p[0] & (0xff >> (n + 1));
	for (i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return -1;
		cp = cp << 6 | (p[i] & 0x3f);
	}
	if (cp < least[n] || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		return -1;
	*used = n;
	return cp;
}

bool
prof_name_unsafe(int32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f) ||
	    cp == 0x61c || cp == 0x200e || cp == 0x200f ||
	    (cp >= 0x2028 && cp <= 0x202e) ||
	    (cp >= 0x2066 && cp <= 0x2069) || cp == 0xfeff ||
	    (cp >= 0xfdd0 && cp <= 0xfdef) || (cp & 0xfffe) == 0xfffe;
}

static void
add_escaped(struct prof_buf *b, int32_t cp, char byte)
{
	if (cp < 0)
		prof_buf_addf(b, "\\x%02x", (unsigned)(unsigned char)byte);
	else if (cp < 0x100)
		prof_buf_addf(b, "\\x%02x", (unsigned)cp);
	else
		prof_buf_addf(b, "\\u%04x", (unsigned)cp);
}

/* Length of the start of s that no form writes in a way of its own. */
static size_t
plain_span(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (s[i] < ' ' || s[i] > '~' || s[i] == '&' || s[i] == '<' ||
		    s[i] == '>' || s[i] == '"' || s[i] == '\'' ||
		    s[i] == '\\' || s[i] == '|')
			break;
	return i;
}

/*
 * The loop all forms share: special() may write a character in its own way
 * and says so; what is left is copied, or escaped when unsafe.
 */
static void
walk(struct prof_buf *b, const char *s, size_t len,
    bool (*special)(struct prof_buf *, int32_t))
{
	size_t used;
	int32_t cp;

	for (;;) {
		used = plain_span(s, len);
		prof_buf_add(b, s, used);
		s += used;
		len -= used;
		if (len == 0)
			return;
		cp = prof_utf8_next(s, len, &used);
		if (cp < 0 || special == NULL || !special(b, cp)) {
			if (cp < 0 || prof_name_unsafe(cp))
				add_escaped(b, cp, *s);
			else
				prof_buf_add(b, s, used);
		}
		s += used;
		len -= used;
	}
}

void
prof_name_print(struct prof_buf *b, const char *s, size_t len)
{
	walk(b, s, len, NULL);
}

/* Combining marks take no column, East Asian wide characters two. */
static size_t
columns(int32_t cp)
{
	if ((cp >= 0x300 && cp <= 0x36f) || (cp >= 0x200b && cp <= 0x200d) ||
	    (cp >= 0xfe00 && cp <= 0xfe0f) || (cp >= 0x20d0 && cp <= 0x20ff))
		return 0;
	if ((cp >= 0x1100 && cp <= 0x115f) || (cp >= 0x2e80 && cp <= 0xa4cf) ||
	    (cp >= 0xac00 && cp <= 0xd7a3) || (cp >= 0xf900 && cp <= 0xfaff) ||
	    (cp >= 0xfe30 && cp <= 0xfe6f) || (cp >= 0xff00 && cp <= 0xff60) ||
	    (cp >= 0xffe0 && cp <= 0xffe6) || (cp >= 0x1f300 && cp <= 0x1faff)
	    || (cp >= 0x20000 && cp <= 0x3fffd))
		return 2;
	return 1;
}

size_t
prof_name_width(const char *s, size_t len)
{
	size_t used, width = 0;
	int32_t cp;

	for (; len > 0; s += used, len -= used) {
		cp = prof_utf8_next(s, len, &used);
		if (cp < 0 || (cp < 0x100 && prof_name_unsafe(cp)))
			width += 4;
		else if (prof_name_unsafe(cp))
			width += cp > 0xfffff ? 8 : cp > 0xffff ? 7 : 6;
		else
			width += columns(cp);
	}
	return width;
}

static bool
tsv_special(struct prof_buf *b, int32_t cp)
{
	switch (cp) {
	case '\\':
		prof_buf_adds(b, "\\\\");
		return true;
	case '\t':
		prof_buf_adds(b, "\\t");
		return true;
	case '\n':
		prof_buf_adds(b, "\\n");
		return true;
	case '\r':
		prof_buf_adds(b, "\\r");
		return true;
	default:
		return false;
	}
}

void
prof_name_tsv(struct prof_buf *b, const char *s, size_t len)
{
	walk(b, s, len, tsv_special);
}

void
prof_name_csv(struct prof_buf *b, const char *s, size_t len)
{
	struct prof_buf text = { 0 };
	size_t i;

	if (len > 0 && strchr("=+-@\t\r", s[0]) != NULL && s[0] != '\0')
		prof_buf_addc(&text, '\'');
	prof_name_print(&text, s, len);
	if (text.len == 0 || (memchr(text.data, ',', text.len) == NULL &&
	    memchr(text.data, '"', text.len) == NULL)) {
		prof_buf_add(b, text.data, text.len);
	} else {
		prof_buf_addc(b, '"');
		for (i = 0; i < text.len; i++) {
			if (text.data[i] == '"')
				prof_buf_addc(b, '"');
			prof_buf_addc(b, text.data[i]);
		}
		prof_buf_addc(b, '"');
	}
	prof_buf_release(&text);
}

/*
 * In a table cell a bar ends the cell even inside a code span.  A backslash
 * takes that away, unless another one takes away the backslash.
 */
static bool
markdown_special(struct prof_buf *b, int32_t cp)
{
	if (cp != '|')
		return false;
	prof_buf_adds(b, b->data[b->len - 1] == '\\' ? "\\x7c" : "\\|");
	return true;
}

void
prof_name_markdown(struct prof_buf *b, const char *s, size_t len)
{
	size_t i, run = 0, longest = 0;
	bool pad;

	for (i = 0; i < len; i++) {
		run = s[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	pad = len == 0 || s[0] == '`' || s[len - 1] == '`';
	prof_buf_addn(b, '`', longest + 1);
	if (pad)
		prof_buf_addc(b, ' ');
	walk(b, s, len, markdown_special);
	if (pad)
		prof_buf_addc(b, ' ');
	prof_buf_addn(b, '`', longest + 1);
}

/* Any ASCII punctuation may have a backslash before it (CommonMark 2.4). */
void
prof_name_markdown_text(struct prof_buf *b, const char *s, size_t len)
{
	static const char markup[] = "\\`*_{}[]<>()#+!|~&\"$";
	size_t used;

	for (; len > 0; s += used, len -= used) {
		prof_utf8_next(s, len, &used);
		if (memchr(markup, *s, sizeof markup - 1) != NULL)
			prof_buf_addc(b, '\\');
		walk(b, s, used, NULL);
	}
}

static void
json_char(struct prof_buf *b, int32_t cp, const char *s, size_t used)
{
	if (cp == '"' || cp == '\\') {
		prof_buf_addc(b, '\\');
		prof_buf_addc(b, (char)cp);
	} else if (cp == '\n') {
		prof_buf_adds(b, "\\n");
	} else if (cp == '\t') {
		prof_buf_adds(b, "\\t");
	} else if (cp < 0) {
		prof_buf_addf(b, "\\\\x%02x", (unsigned)(unsigned char)*s);
	} else if (cp <= 0xffff && (prof_name_unsafe(cp) || cp == '<')) {
		prof_buf_addf(b, "\\u%04x", (unsigned)cp);
	} else {
		prof_buf_add(b, s, used);
	}
}

void
prof_name_json(struct prof_buf *b, const char *s, size_t len)
{
	size_t used;
	int32_t cp;

	prof_buf_addc(b, '"');
	for (; len > 0; s += used, len -= used) {
		cp = prof_utf8_next(s, len, &used);
		json_char(b, cp, s, used);
	}
	prof_buf_addc(b, '"');
}

static bool
xml_special(struct prof_buf *b, int32_t cp)
{
	switch (cp) {
	case '&':
		prof_buf_adds(b, "&amp;");
		return true;
	case '<':
		prof_buf_adds(b, "&lt;");
		return true;
	case '>':
		prof_buf_adds(b, "&gt;");
		return true;
	case '"':
		prof_buf_adds(b, "&quot;");
		return true;
	case '\'':
		prof_buf_adds(b, "&#39;");
		return true;
	default:
		return false;
	}
}

void
prof_name_xml(struct prof_buf *b, const char *s, size_t len)
{
	walk(b, s, len, xml_special);
}

/* Whether one of pprof's two kept parentheses stands at s. */
static size_t
kept_parenthesis(const char *s, size_t len)
{
	static const char *const kept[] = { "(anonymous namespace)",
	    "operator()" };
	size_t i, n;

	for (i = 0; i < 2; i++) {
		n = strlen(kept[i]);
		if (len >= n && memcmp(s, kept[i], n) == 0)
			return n;
	}
	return 0;
}

size_t
prof_name_simple(const char **name, size_t len)
{
	const char *s = *name;
	size_t i = 0, n;

	if (len > 0 && s[0] == '.') {
		*name = ++s;
		len--;
	}

	while (i < len) {
		n = kept_parenthesis(s + i, len - i);
		if (n == 0 && s[i] == '(')
			return i;
		i += n != 0 ? n : 1;
	}
	return len;
}

const char *
prof_name_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

size_t
prof_name_fit(const char *s, size_t len, size_t room)
{
	size_t at, used, w, width = 0, blank = 0;
	bool word = false;

	for (at = 0; at < len; at += used, width += w) {
		prof_utf8_next(s + at, len - at, &used);
		w = prof_name_width(s + at, used);
		if (at > 0 && width + w > room)
			return s[at] == ' ' || blank == 0 ? at : blank;
		word |= s[at] != ' ';
		if (s[at] == ' ' && word)
			blank = at;
	}
	return len;
}
