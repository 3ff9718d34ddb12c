/* SPDX-License-Identifier: MIT */
#include "libanalysis/patch.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/buf.h"
#include "libanalysis/intern.h"
#include "libanalysis/nomem.h"

#define LINE_MAX_NUMBER INT32_MAX

/* Lines [old, old + nold) became [new, new + nnew). */
struct block {
	int64_t old, nold, new, nnew;
};

struct prof_patch_file {
	const char *old, *new;	/* paths; new "": removed */
	size_t old_len;
	uint32_t next;		/* of the same base name; 0: none */
	struct block *block;
	size_t n, cap;
};

struct prof_patch {
	struct prof_strs strs;		/* paths and base names */
	struct prof_patch_file *file;
	uint32_t n;
	size_t cap;
	uint32_t *of;			/* by string: file of that old path */
	uint32_t *named;		/* by string: first of that base name */
	size_t of_cap, named_cap, nof, nnamed;
};

struct reader {
	struct prof_patch *p;
	struct prof_in *in;
	struct prof_err *err;
	struct prof_buf old, new;	/* paths of the file to come */
	uint32_t file;			/* of hunks; 0: one that base lacks */
	bool open;			/* hunks may come */
	bool dashes;			/* the line before began with "---" */
	bool renamed;			/* git renames old to new */
	bool known;			/* any line of a diff */
	bool any;			/* text that is not blank */
	int64_t at_old, at_new;		/* lines to come */
	int64_t left_old, left_new;
	uint64_t hunk;			/* where it began */
};

static int
fail(struct reader *r, const char *what)
{
	return prof_fail(r->err, PROF_EFORMAT, "line %llu: %s",
	    (unsigned long long)prof_in_lineno(r->in), what);
}

static size_t
begins(const char *s, size_t len, const char *what)
{
	size_t n = strlen(what);

	return len >= n && memcmp(s, what, n) == 0 ? n : 0;
}

/* --- paths ---------------------------------------------------------------- */

/* One character of git's quoted path, which is at s[*i]. */
static char
unescape(const char *s, size_t len, size_t *i)
{
	static const char from[] = "abtnvfr", to[] = "\a\b\t\n\v\f\r";
	unsigned v = 0;
	const char *at;
	size_t n;

	if (s[*i] != '\\' || *i + 1 >= len)
		return s[(*i)++];
	++*i;
	for (n = 0; n < 3 && *i < len && s[*i] >= '0' && s[*i] <= '7'; n++)
		v = v * 8 + (unsigned)(s[(*i)++] - '0');
	if (n > 0)
		return (char)v;
	at = memchr(from, s[*i], sizeof from - 1);
	++*i;
	return at != NULL ? to[at - from] : s[*i - 1];
}

/* A path up to a tab, or within quotes. */
static void
read_path(const char *s, size_t len, struct prof_buf *out)
{
	const char *tab = memchr(s, '\t', len);
	size_t i = 1;

	prof_buf_clear(out);
	if (len == 0 || s[0] != '"') {
		prof_buf_add(out, s, tab != NULL ? (size_t)(tab - s) : len);
		return;
	}
	while (i < len && s[i] != '"')
		prof_buf_addc(out, unescape(s, len, &i));
}

static bool
is_none(const struct prof_buf *path)
{
	return path->len == 9 && memcmp(path->data, "/dev/null", 9) == 0;
}

/* git's "a/" and "b/", or what diff.mnemonicPrefix makes of them. */
static size_t
prefix(const struct prof_buf *path)
{
	return path->len > 2 && path->data[1] == '/' &&
	    memchr("abciow", path->data[0], 6) != NULL ? 2 : 0;
}

/* Bytes of the last components that "v1/src/f.c", "v2/src/f.c" share. */
static size_t
common_end(const struct prof_buf *a, const struct prof_buf *b)
{
	size_t n = 0, whole = 0;

	while (n < a->len && n < b->len && a->data[a->len - 1 - n] ==
	    b->data[b->len - 1 - n]) {
		if (a->data[a->len - 1 - n] == '/')
			whole = n;
		n++;
	}
	return n == a->len && n == b->len ? 0 : whole;
}

/* --- files ---------------------------------------------------------------- */

static uint32_t *
slot(uint32_t **of, size_t *n, size_t *cap, prof_str id)
{
	PROF_RESERVE(*of, *cap, (size_t)id + 1);
	if (*n <= id)
		memset(*of + *n, 0, (id + 1 - *n) * sizeof **of);
	*n = *n > id ? *n : (size_t)id + 1;
	return *of + id;
}

static size_t
base_of(const char *s, size_t len)
{
	while (len > 0 && s[len - 1] != '/' && s[len - 1] != '\\')
		len--;
	return len;
}

/* Both paths are known: "---" and "+++", or git's "rename". */
static int
open_file(struct reader *r, size_t skip_old, size_t skip_new)
{
	struct prof_patch *p = r->p;
	struct prof_patch_file *f;
	prof_str old, new, base;
	uint32_t *first;
	size_t at;

	r->open = true;
	old = prof_strs_add(&p->strs, r->old.data + skip_old,
	    r->old.len - skip_old);
	new = is_none(&r->new) ? 0 : prof_strs_add(&p->strs, r->new.data +
	    skip_new, r->new.len - skip_new);
	if (*slot(&p->of, &p->nof, &p->of_cap, old) != 0)
		return prof_fail(r->err, PROF_EFORMAT, "line %llu: '%s' is "
		    "changed twice: one diff from base to new is needed",
		    (unsigned long long)prof_in_lineno(r->in),
		    prof_strs_get(&p->strs, old));
	PROF_RESERVE(p->file, p->cap, (size_t)p->n + 1);
	f = &p->file[p->n++];
	memset(f, 0, sizeof *f);
	p->of[old] = r->file = p->n;
	f->old = prof_strs_get(&p->strs, old);
	f->old_len = prof_strs_len(&p->strs, old);
	f->new = prof_strs_get(&p->strs, new);
	at = base_of(f->old, f->old_len);
	base = prof_strs_add(&p->strs, f->old + at, f->old_len - at);
	first = slot(&p->named, &p->nnamed, &p->named_cap, base);
	f->next = *first;
	*first = p->n;
	return PROF_OK;
}

/* "+++", behind "---". */
static int
begin_file(struct reader *r)
{
	bool gone = is_none(&r->new);
	size_t a = prefix(&r->old), b = prefix(&r->new), n;

	r->renamed = false;
	r->known = true;
	r->at_old = r->at_new = 1;
	if (r->old.len == 0 || r->new.len == 0)
		return fail(r, "a file without a name");
	if (is_none(&r->old)) {
		/* Nothing of base is in it. */
		r->open = true;
		r->file = 0;
		return PROF_OK;
	}
	if (a > 0 && (gone || (b > 0 && r->old.data[0] != r->new.data[0])))
		return open_file(r, a, b);
	n = common_end(&r->old, &r->new);
	return n > 0 ? open_file(r, r->old.len - n, r->new.len - n) :
	    open_file(r, 0, 0);
}

/* A file that git only renamed has no "---". */
static int
end_file(struct reader *r)
{
	bool renamed = r->renamed && r->old.len > 0 && r->new.len > 0;

	r->renamed = r->open = false;
	return renamed ? open_file(r, 0, 0) : PROF_OK;
}

/* --- hunks ---------------------------------------------------------------- */

static void
add_block(struct reader *r, int64_t nold, int64_t nnew)
{
	struct prof_patch_file *f;
	struct block *last, b = { r->at_old, nold, r->at_new, nnew };

	r->at_old += nold;
	r->at_new += nnew;
	if (r->file == 0)
		return;
	f = &r->p->file[r->file - 1];
	last = f->n > 0 ? &f->block[f->n - 1] : NULL;
	if (last != NULL && last->old + last->nold == b.old &&
	    last->new + last->nnew == b.new) {
		last->nold += nold;
		last->nnew += nnew;
		return;
	}
	PROF_RESERVE(f->block, f->cap, f->n + 1);
	f->block[f->n++] = b;
}

/* Digits at s; returns how many there are, 0 for none or too many. */
static size_t
read_number(const char *s, size_t len, int64_t *v)
{
	size_t i;

	for (i = 0, *v = 0; i < len && s[i] >= '0' && s[i] <= '9'; i++) {
		*v = *v * 10 + (s[i] - '0');
		if (*v > LINE_MAX_NUMBER)
			return 0;
	}
	return i;
}

/* "12,3", or "12" for one line; returns its length or 0. */
static size_t
read_range(const char *s, size_t len, int64_t *from, int64_t *n)
{
	size_t i = read_number(s, len, from), k;

	*n = 1;
	if (i == 0 || i == len || s[i] != ',')
		return i;
	k = read_number(s + i + 1, len - i - 1, n);
	return k > 0 ? i + 1 + k : 0;
}

static int
begin_hunk(struct reader *r, const char *s, size_t len)
{
	int64_t old, new, end_old = r->at_old, end_new = r->at_new;
	size_t i = strlen("@@ -"), n;

	if (!r->open)
		return fail(r, "a hunk without a file: \"---\" and "
		    "\"+++\" are missing");
	n = read_range(s + i, len - i, &old, &r->left_old);
	i += n;
	if (n == 0 || begins(s + i, len - i, " +") == 0)
		return fail(r, "a hunk begins with @@ -LINE,COUNT "
		    "+LINE,COUNT @@");
	i += 2;
	n = read_range(s + i, len - i, &new, &r->left_new);
	i += n;
	if (n == 0 || begins(s + i, len - i, " @@") == 0)
		return fail(r, "a hunk begins with @@ -LINE,COUNT "
		    "+LINE,COUNT @@");
	/* Of no lines, the number is that of the line before. */
	r->at_old = old + (r->left_old == 0);
	r->at_new = new + (r->left_new == 0);
	r->hunk = prof_in_lineno(r->in);
	if (r->at_old < 1 || r->at_new < 1)
		return fail(r, "lines are numbered from 1");
	if (r->at_old < end_old || r->at_new < end_new)
		return fail(r, "hunks overlap or are out of order");
	if (r->at_old - end_old != r->at_new - end_new)
		return fail(r, "the hunk is not where those before it put "
		    "its lines: some are missing");
	add_block(r, 0, 0);
	return PROF_OK;
}

/* A line of a hunk. */
static int
read_change(struct reader *r, const char *s, size_t len)
{
	char c = len > 0 ? s[0] : ' ';	/* mailers strip blanks */
	bool old = c == ' ' || c == '-', new = c == ' ' || c == '+';

	if (c == '\\')
		return PROF_OK;
	if ((!old && !new) || (old && r->left_old == 0) ||
	    (new && r->left_new == 0))
		return prof_fail(r->err, PROF_EFORMAT, "line %llu: the hunk "
		    "at line %llu is not as long as it says",
		    (unsigned long long)prof_in_lineno(r->in),
		    (unsigned long long)r->hunk);
	r->left_old -= old;
	r->left_new -= new;
	if (old && new) {
		r->at_old++;
		r->at_new++;
	} else {
		add_block(r, old, new);
	}
	return PROF_OK;
}

static int
read_head(struct reader *r, const char *s, size_t len)
{
	bool dashes = r->dashes;
	size_t n;

	r->dashes = false;
	if (begins(s, len, "@@@ ") > 0)
		return fail(r, "the diff of a merge has several bases");
	if (begins(s, len, "@@ -") > 0)
		return begin_hunk(r, s, len);
	if ((n = begins(s, len, "+++ ")) > 0 && dashes) {
		read_path(s + n, len - n, &r->new);
		return begin_file(r);
	}
	if (begins(s, len, "diff ") > 0)
		return end_file(r);
	if ((n = begins(s, len, "--- ")) > 0) {
		r->dashes = true;
		read_path(s + n, len - n, &r->old);
	} else if ((n = begins(s, len, "rename from ")) > 0) {
		read_path(s + n, len - n, &r->old);
	} else if ((n = begins(s, len, "rename to ")) > 0) {
		read_path(s + n, len - n, &r->new);
		r->renamed = true;
	}
	return PROF_OK;
}

static int
read_lines(struct reader *r)
{
	const char *s;
	size_t len;
	int rc;

	while ((rc = prof_in_line(r->in, &s, &len, r->err)) > 0) {
		r->any |= len > 0;
		r->known |= begins(s, len, "diff --git ") > 0;
		rc = r->left_old > 0 || r->left_new > 0 ?
		    read_change(r, s, len) : read_head(r, s, len);
		if (rc != PROF_OK)
			return rc;
	}
	if (rc < 0)
		return rc;
	if (r->left_old > 0 || r->left_new > 0)
		return prof_fail(r->err, PROF_EFORMAT, "the hunk at line "
		    "%llu is cut", (unsigned long long)r->hunk);
	rc = end_file(r);
	if (rc == PROF_OK && r->any && !r->known)
		return prof_fail(r->err, PROF_EFORMAT,
		    "no unified diff: neither \"---\", \"+++\" nor "
		    "\"diff --git\"");
	return rc;
}

struct prof_patch *
prof_patch_read(struct prof_in *in, struct prof_err *err)
{
	struct reader r = { .in = in, .err = err };
	int rc;

	r.p = prof_zalloc(1, sizeof *r.p);
	rc = read_lines(&r);
	prof_buf_release(&r.old);
	prof_buf_release(&r.new);
	if (rc == PROF_OK)
		return r.p;
	prof_patch_free(r.p);
	return NULL;
}

void
prof_patch_free(struct prof_patch *p)
{
	uint32_t i;

	for (i = 0; p != NULL && i < p->n; i++)
		free(p->file[i].block);
	if (p == NULL)
		return;
	prof_strs_release(&p->strs);
	free(p->file);
	free(p->of);
	free(p->named);
	free(p);
}

/* --- questions ------------------------------------------------------------ */

size_t
prof_patch_files(const struct prof_patch *p)
{
	return p->n;
}

/*
 * Components that two paths of one base name share at their ends, if that
 * is all that one of them has; else 0.
 */
static size_t
shared(const char *a, size_t na, const char *b, size_t nb)
{
	size_t parts = 1;

	for (; na > 0 && nb > 0; na--, nb--) {
		if (a[na - 1] != b[nb - 1] && !(a[na - 1] == '\\' &&
		    b[nb - 1] == '/'))
			return 0;
		parts += b[nb - 1] == '/';
	}
	if ((na > 0 && a[na - 1] != '/' && a[na - 1] != '\\') ||
	    (nb > 0 && b[nb - 1] != '/'))
		return 0;
	return parts;
}

const struct prof_patch_file *
prof_patch_find(const struct prof_patch *p, const char *path, size_t len)
{
	size_t at = base_of(path, len), most = 0, n;
	prof_str base = prof_strs_find(&p->strs, path + at, len - at);
	const struct prof_patch_file *best = NULL, *f;
	uint32_t i;

	if (base == UINT32_MAX || base == 0 || base >= p->nnamed)
		return NULL;
	for (i = p->named[base]; i != 0; i = f->next) {
		f = &p->file[i - 1];
		n = shared(path, len, f->old, f->old_len);
		if (n > most)
			best = f;
		else if (n == most)
			best = NULL;
		most = n > most ? n : most;
	}
	return best;
}

int64_t
prof_patch_line(const struct prof_patch_file *f, int64_t line)
{
	size_t lo = 0, hi = f->n, mid;
	const struct block *b;
	int64_t moved;

	if (f->new[0] == '\0')
		return 0;
	/* The first block beyond the line. */
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (f->block[mid].old <= line)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0)
		return line;
	b = &f->block[lo - 1];
	if (line < b->old + b->nold)
		return b->nold == b->nnew ? b->new + (line - b->old) : 0;
	return __builtin_add_overflow(line, b->new + b->nnew - b->old -
	    b->nold, &moved) ? line : moved;
}

const char *
prof_patch_renamed(const struct prof_patch_file *f, const char *path,
    size_t len, size_t *keep)
{
	size_t base = base_of(path, len);

	if (f->new[0] == '\0' || strcmp(f->old, f->new) == 0)
		return NULL;
	if (len >= f->old_len) {
		*keep = len - f->old_len;
		return f->new;
	}
	/* A path that is shorter than the patch's stays so. */
	*keep = base;
	return f->new + base_of(f->new, strlen(f->new));
}
