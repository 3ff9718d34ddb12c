/* SPDX-License-Identifier: MIT */
#include "libanalysis/rename.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/pattern.h"
#include "libanalysis/rewrite.h"

#define MATCHES_MAX 1000

/* A part of REPL: a text, or a group. */
struct piece {
	char *text;		/* NULL: group */
	size_t len;
	unsigned group;
};

struct prof_rename {
	struct prof_pattern *pattern;
	struct piece *piece;
	size_t n, cap;
	unsigned groups;
};

/* REPL while it is read. */
struct repl {
	struct prof_rename *r;
	const char *rule, *at, *end;
	char delimiter;
	struct prof_buf text;
};

static void
add_piece(struct prof_rename *r, struct piece p)
{
	PROF_RESERVE(r->piece, r->cap, r->n + 1);
	r->piece[r->n++] = p;
}

static void
end_text(struct repl *t)
{
	struct piece p = { 0 };

	if (t->text.len == 0)
		return;
	p.len = t->text.len;
	p.text = prof_strndup(t->text.data, t->text.len);
	add_piece(t->r, p);
	prof_buf_clear(&t->text);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
add_group(struct repl *t, const char *name, size_t len, struct prof_err *err)
{
	struct piece p = { 0 };
	char *copy;
	int n = -1;

	if (len > 0 && len <= 2 && is_digit(name[0]) &&
	    is_digit(name[len - 1])) {
		n = name[0] - '0';
		n = len == 2 ? 10 * n + name[1] - '0' : n;
	} else if (len > 0) {
		copy = prof_strndup(name, len);
		n = prof_pattern_group(t->r->pattern, copy);
		free(copy);
	}
	if (n < 0 || (unsigned)n > t->r->groups)
		return prof_fail(err, PROF_EUSAGE, "'%.200s': RE has no group "
		    "'%.*s'", t->rule, len < 40 ? (int)len : 40, name);
	end_text(t);
	p.group = (unsigned)n;
	add_piece(t->r, p);
	return PROF_OK;
}

/* Behind a dollar sign. */
static int
read_dollar(struct repl *t, struct prof_err *err)
{
	const char *from = t->at, *close;

	if (t->at < t->end && *t->at == '$') {
		prof_buf_addc(&t->text, *t->at++);
		return PROF_OK;
	}
	if (t->at < t->end && *t->at == '{') {
		close = memchr(t->at, '}', (size_t)(t->end - t->at));
		if (close == NULL)
			return prof_fail(err, PROF_EUSAGE,
			    "'%.200s': '${' without '}'", t->rule);
		t->at = close + 1;
		return add_group(t, from + 1, (size_t)(close - from) - 1,
		    err);
	}
	while (t->at < t->end && t->at - from < 2 && is_digit(*t->at))
		t->at++;
	if (t->at == from)
		return prof_fail(err, PROF_EUSAGE, "'%.200s': '$' without a "
		    "group (write '$$' for a dollar sign)", t->rule);
	return add_group(t, from, (size_t)(t->at - from), err);
}

static int
read_repl(struct repl *t, struct prof_err *err)
{
	int rc = PROF_OK;
	char c;

	while (t->at < t->end && rc == PROF_OK) {
		c = *t->at++;
		if (c == '$') {
			rc = read_dollar(t, err);
		} else if (c != '\\') {
			prof_buf_addc(&t->text, c);
		} else if (t->at < t->end && (*t->at == '\\' ||
		    *t->at == t->delimiter)) {
			prof_buf_addc(&t->text, *t->at++);
		} else {
			rc = prof_fail(err, PROF_EUSAGE, "'%.200s': '\\%.1s' "
			    "means nothing there ('$1' is a group, '\\\\' a "
			    "backslash)", t->rule, t->at);
		}
	}
	end_text(t);
	prof_buf_release(&t->text);
	return rc;
}

/* The next delimiter without a backslash, or NULL. */
static const char *
find_end(const char *s, char delimiter)
{
	for (; *s != '\0'; s++) {
		if (*s == delimiter)
			return s;
		if (*s == '\\' && s[1] != '\0')
			s++;
	}
	return NULL;
}

static bool
may_delimit(char c)
{
	return strchr("!\"#%&'*+,-./:;<=>?@^_`|~", c) != NULL && c != '\0';
}

static int
split(struct repl *t, const char **re_end, struct prof_err *err)
{
	char d = t->rule[0];

	if (!may_delimit(d))
		return prof_fail(err, PROF_EUSAGE, "'%.200s' is not of the "
		    "form /RE/REPL/", t->rule);
	*re_end = find_end(t->rule + 1, d);
	t->end = *re_end != NULL ? find_end(*re_end + 1, d) : NULL;
	if (t->end == NULL)
		return prof_fail(err, PROF_EUSAGE, "'%.200s' has %s '%c', "
		    "where /RE/REPL/ has three", t->rule,
		    *re_end != NULL ? "two" : "one", d);
	if (t->end[1] != '\0')
		return prof_fail(err, PROF_EUSAGE, "'%.200s' goes on behind "
		    "the third '%c'", t->rule, d);
	if (*re_end == t->rule + 1)
		return prof_fail(err, PROF_EUSAGE, "'%.200s': RE is empty",
		    t->rule);
	t->delimiter = d;
	t->at = *re_end + 1;
	return PROF_OK;
}

/*
 * RE without the backslashes of delimiters that mean nothing to a pattern;
 * others need theirs to stay literal.
 */
static char *
pattern_text(const char *s, size_t len, char delimiter)
{
	struct prof_buf b = { 0 };
	char *text;
	size_t i;

	for (i = 0; i < len; i++) {
		if (s[i] == '\\' && i + 1 < len) {
			if (s[i + 1] != delimiter ||
			    strchr("<>'`_", delimiter) == NULL)
				prof_buf_addc(&b, s[i]);
			i++;
		}
		prof_buf_addc(&b, s[i]);
	}
	text = prof_strndup(b.data, b.len);
	prof_buf_release(&b);
	return text;
}

struct prof_rename *
prof_rename_new(const char *rule, uint64_t max, struct prof_err *err)
{
	struct prof_rename *r = prof_zalloc(1, sizeof *r);
	struct repl t = { .r = r, .rule = rule };
	const char *re_end = NULL;
	char *text;

	if (split(&t, &re_end, err) == PROF_OK) {
		text = pattern_text(rule + 1, (size_t)(re_end - rule) - 1,
		    t.delimiter);
		r->pattern = prof_pattern_new(text, max, err);
		free(text);
	}
	if (r->pattern != NULL) {
		r->groups = prof_pattern_groups(r->pattern);
		if (read_repl(&t, err) == PROF_OK)
			return r;
	}
	prof_rename_free(r);
	return NULL;
}

void
prof_rename_free(struct prof_rename *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->n; i++)
		free(r->piece[i].text);
	free(r->piece);
	prof_pattern_free(r->pattern);
	free(r);
}

/* A rule at work. */
struct renaming {
	const struct prof_rename *r;
	size_t *span;
	struct prof_err *err;
	int rc;
	struct prof_renamed *done;
};

static void
add_repl(const struct renaming *w, const char *s, struct prof_buf *out)
{
	const struct piece *p;
	const size_t *g;
	size_t i;

	for (i = 0; i < w->r->n; i++) {
		p = &w->r->piece[i];
		g = w->span + 2 * p->group;
		if (p->text != NULL)
			prof_buf_add(out, p->text, p->len);
		else if (g[0] != SIZE_MAX && g[1] > g[0])
			prof_buf_add(out, s + g[0], g[1] - g[0]);
	}
}

/* Bytes of the character at s[0], which an empty match steps over. */
static size_t
character(const char *s, size_t len)
{
	size_t n = 1;

	while (n < len && n < 4 && (s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* Replace every match; returns how many, or a negative code. */
static int
replace(const struct renaming *w, const char *s, size_t len,
    struct prof_buf *out)
{
	size_t from = 0, done = 0, begin, end;
	int rc = 1, n = 0;

	while (from <= len && n <= MATCHES_MAX) {
		rc = prof_pattern_find(w->r->pattern, s, len, from, w->span,
		    w->err);
		if (rc <= 0)
			break;
		n++;
		/* \K may put the begin anywhere. */
		begin = w->span[0] > done ? w->span[0] : done;
		end = w->span[1] > begin ? w->span[1] : begin;
		prof_buf_add(out, s + done, begin - done);
		add_repl(w, s, out);
		done = end;
		from = end > from && end > begin ? end :
		    end + (end < len ? character(s + end, len - end) : 1);
	}
	if (rc < 0)
		return rc;
	if (done < len)
		prof_buf_add(out, s + done, len - done);
	return n;
}

static bool
rename_text(void *ctx, const char *s, size_t len, struct prof_buf *out)
{
	struct renaming *w = ctx;
	int n;

	if (w->rc != PROF_OK)
		return false;
	n = replace(w, s, len, out);
	if (n < 0)
		w->rc = n;
	if (n <= 0)
		return false;
	w->done->matched++;
	w->done->crowded += n > MATCHES_MAX;
	w->done->emptied += n <= MATCHES_MAX && out->len == 0;
	return n <= MATCHES_MAX;
}

/* What is called like a renamed function is told as one with it. */
static void
set_names(struct prof_profile *p, const prof_str *name)
{
	bool *made = prof_zalloc(p->strs.n + 1, sizeof *made);
	struct prof_function *f;
	uint32_t i;

	for (i = 0; i < p->nfn; i++)
		if (name[i] != p->fn[i].name)
			made[name[i]] = true;
	for (i = 0; i < p->nfn; i++) {
		f = &p->fn[i];
		if (name[i] == 0 || !made[name[i]])
			continue;
		prof_rewrite_name(p, f, name[i]);
		if (!prof_rewrite_is_marked(p, f))
			f->system = 0;
	}
	free(made);
}

int
prof_rename_apply(const struct prof_rename *r, struct prof_profile *p,
    struct prof_renamed *done, struct prof_err *err)
{
	struct renaming w = { .r = r, .err = err, .done = done };
	prof_str *name = prof_alloc((size_t)p->nfn + 1, sizeof *name), old;
	struct prof_rewriter rewriter;
	uint32_t i;

	memset(done, 0, sizeof *done);
	w.span = prof_alloc(2 * ((size_t)r->groups + 1), sizeof *w.span);
	prof_rewriter_init(&rewriter, p, rename_text, &w);
	for (i = 0; i < p->nfn; i++) {
		old = p->fn[i].name != 0 ? p->fn[i].name : p->fn[i].system;
		name[i] = prof_rewriter_get(&rewriter, old);
		if (name[i] == old)
			name[i] = p->fn[i].name;
	}
	prof_rewriter_release(&rewriter);
	if (w.rc == PROF_OK)
		set_names(p, name);
	free(w.span);
	free(name);
	return w.rc;
}

struct prefixes {
	const char *const *prefix;
	size_t n;
};

/* Bytes of the prefix with the '/' behind it, 0 if it does not fit. */
static size_t
fits(const char *s, size_t len, const char *prefix)
{
	size_t n = strlen(prefix);

	while (n > 1 && prefix[n - 1] == '/')
		n--;
	if (n == 0 || len < n || memcmp(s, prefix, n) != 0)
		return 0;
	if (prefix[n - 1] != '/' && (n == len || s[n] != '/'))
		return 0;
	while (n < len && s[n] == '/')
		n++;
	return n < len ? n : 0;
}

static bool
trim_text(void *ctx, const char *s, size_t len, struct prof_buf *out)
{
	static const char *const always[] = { "/proc/self/cwd", "." };
	const struct prefixes *t = ctx;
	size_t i, n, best = 0, more;

	for (i = 0; i < t->n; i++) {
		n = fits(s, len, t->prefix[i]);
		best = n > best ? n : best;
	}
	do {
		more = 0;
		for (i = 0; i < 2 && more == 0; i++)
			more = fits(s + best, len - best, always[i]);
		best += more;
	} while (more > 0);
	prof_buf_add(out, s + best, len - best);
	return best > 0;
}

void
prof_trim_paths(struct prof_profile *p, const char *const *prefix, size_t n)
{
	struct prefixes t = { prefix, n };
	struct prof_rewriter r;
	uint32_t i;

	prof_rewriter_init(&r, p, trim_text, &t);
	for (i = 0; i < p->nfn; i++)
		p->fn[i].file = prof_rewriter_get(&r, p->fn[i].file);
	prof_rewriter_release(&r);
}
