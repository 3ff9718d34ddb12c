/* SPDX-License-Identifier: MIT */
#include "formats/dump_text.h"

#include "libanalysis/name.h"

/* The letter behind a backslash that stands for a character, or 0. */
static char
short_escape(int32_t cp)
{
	switch (cp) {
	case '\\':
		return '\\';
	case '\t':
		return 't';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	default:
		return 0;
	}
}

void
prof_dump_text(struct prof_buf *b, const char *s, size_t len)
{
	size_t used, i;
	int32_t cp;

	for (; len > 0; s += used, len -= used) {
		cp = prof_utf8_next(s, len, &used);
		if (short_escape(cp) != 0) {
			prof_buf_addc(b, '\\');
			prof_buf_addc(b, short_escape(cp));
		} else if (cp >= 0 && !prof_name_unsafe(cp)) {
			prof_buf_add(b, s, used);
		} else {
			for (i = 0; i < used; i++)
				prof_buf_addf(b, "\\x%02x",
				    (unsigned)(unsigned char)s[i]);
		}
	}
}

void
prof_dump_str(struct prof_buf *b, const struct prof_profile *p, prof_str s)
{
	prof_dump_text(b, prof_profile_str(p, s), prof_strs_len(&p->strs, s));
}

void
prof_dump_field(struct prof_buf *b, const struct prof_profile *p,
    const char *key, prof_str s)
{
	if (s == 0)
		return;
	prof_buf_addf(b, "\t%s=", key);
	prof_dump_str(b, p, s);
}

void
prof_dump_number(struct prof_buf *b, const char *key, int64_t v)
{
	if (v != 0)
		prof_buf_addf(b, "\t%s=%lld", key, (long long)v);
}

void
prof_dump_bits(struct prof_buf *b, uint32_t bits, const char *const *names)
{
	unsigned i;

	for (i = 0; names[i] != NULL; i++)
		if ((bits >> i & 1) != 0)
			prof_buf_addf(b, "\t%s", names[i]);
}

void
prof_dump_type(struct prof_buf *b, const struct prof_profile *p,
    const char *what, const struct prof_type *t)
{
	prof_buf_addf(b, "%s\t", what);
	prof_dump_str(b, p, t->type);
	prof_buf_addc(b, '\t');
	prof_dump_str(b, p, t->unit);
	if (t->num != 1 || t->den != 1)
		prof_buf_addf(b, "\t%lld/%lld", (long long)t->num,
		    (long long)t->den);
}

void
prof_dump_function(struct prof_buf *b, const struct prof_profile *p,
    prof_fn id, const struct prof_line *line)
{
	const struct prof_function *f = prof_profile_fn(p, id);

	prof_dump_str(b, p, f->name);
	if (f->system != f->name)
		prof_dump_field(b, p, "system", f->system);
	prof_dump_field(b, p, "file", f->file);
	if (line != NULL) {
		prof_dump_number(b, "line", line->line);
		prof_dump_number(b, "column", line->column);
	}
	prof_dump_number(b, "start", f->start);
}
