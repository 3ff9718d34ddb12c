/* SPDX-License-Identifier: MIT */
#include "libanalysis/stable.h"

#include <string.h>

#include "libanalysis/rewrite.h"

struct text {
	const char *s;
	size_t len;
	size_t no_line;		/* up to here no line number begins */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f');
}

static bool
is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static char
at(const struct text *t, size_t i)
{
	return i < t->len ? t->s[i] : '\0';
}

static bool
begins(const struct text *t, size_t i, const char *what)
{
	size_t n = strlen(what);

	return t->len - i >= n && memcmp(t->s + i, what, n) == 0;
}

static size_t
digits(const struct text *t, size_t i)
{
	size_t n = 0;

	while (i + n < t->len && is_digit(t->s[i + n]))
		n++;
	return n;
}

static size_t
hex(const struct text *t, size_t i)
{
	size_t n = 0;

	while (i + n < t->len && is_hex(t->s[i + n]))
		n++;
	return n;
}

static size_t
words(const struct text *t, size_t i)
{
	size_t n = 0;

	while (i + n < t->len && is_word(t->s[i + n]))
		n++;
	return n;
}

/* What follows a fixed text and is left out. */
enum tail {
	DIGITS,			/* a number, behind which no word goes on */
	HEX,			/* "$$1a2b", or "/0x.." */
	NUMBERED		/* "$1", "$name$1": in a lambda's name */
};

static const struct {
	const char *text;
	enum tail tail;
} generated[] = {
	{ "$Proxy", DIGITS }, { "jdk.proxy", DIGITS }, { "jdk/proxy", DIGITS },
	{ "GeneratedMethodAccessor", DIGITS },
	{ "GeneratedConstructorAccessor", DIGITS },
	{ "GeneratedSerializationConstructorAccessor", DIGITS },
	{ "CGLIB$$", HEX }, { "ByGuice$$", HEX }, { "$MockitoMock$", HEX },
	{ "$ByteBuddy$", HEX }, { "$$Lambda", NUMBERED },
	{ "$anonfun", NUMBERED }, { "lambda$", NUMBERED },
	{ "$lambda", NUMBERED }
};

/* Length of "$12" where it ends a word. */
static size_t
dollar_number(const struct text *t, size_t i)
{
	size_t n = at(t, i) == '$' || at(t, i) == '-' ? digits(t, i + 1) : 0;

	return n > 0 && !is_word(at(t, i + 1 + n)) ? n + 1 : 0;
}

/*
 * The name of a lambda up to the end of its word, without numbers:
 * "$anonfun$main$1" is "$anonfun$main".
 */
static size_t
take_numbered(const struct text *t, size_t i, struct prof_buf *out,
    bool *cut)
{
	size_t from = i, n;

	while (i < t->len) {
		n = dollar_number(t, i);
		if (n > 0) {
			*cut = true;
			i += n;
			continue;
		}
		n = at(t, i) == '$' ? 1 : words(t, i);
		if (n == 0)
			break;
		prof_buf_add(out, t->s + i, n);
		i += n;
	}
	/* JDK 8: "$$Lambda$1/1078694789". */
	while ((at(t, i) == '/' || at(t, i) == '.') &&
	    (n = digits(t, i + 1)) > 4 && !is_word(at(t, i + 1 + n))) {
		*cut = true;
		i += n + 1;
	}
	return i - from;
}

/* Length of "1a2b", "1a2b$$3c" and so on. */
static size_t
hex_groups(const struct text *t, size_t i)
{
	size_t n = 0, k, more;

	for (k = 0; (more = hex(t, i + k)) > 0; k = n) {
		if (is_word(at(t, i + k + more)))
			break;
		n = k + more;
		while (at(t, i + n) == '$')
			n++;
	}
	while (n > 0 && t->s[i + n - 1] == '$')
		n--;
	return n;
}

/* Bytes taken at i, 0 for none; out has what stays of them. */
static size_t
take_generated(const struct text *t, size_t i, struct prof_buf *out,
    bool *cut)
{
	size_t k, n, len;

	if (memchr("$jGCBl", t->s[i], 6) == NULL)	/* their first */
		return 0;
	for (k = 0; k < sizeof generated / sizeof generated[0]; k++) {
		if (!begins(t, i, generated[k].text))
			continue;
		len = strlen(generated[k].text);
		if (generated[k].tail == NUMBERED) {
			prof_buf_add(out, t->s + i, len);
			return len + take_numbered(t, i + len, out, cut);
		}
		n = generated[k].tail == HEX ? hex_groups(t, i + len) :
		    digits(t, i + len);
		if (n == 0 || is_word(at(t, i + len + n)))
			continue;
		/* "CGLIB$$0" is "CGLIB" */
		while (t->s[i + len - 1] == '$') {
			len--;
			n++;
		}
		prof_buf_add(out, t->s + i, len);
		*cut = true;
		return len + n;
	}
	return 0;
}

/* "{lambda(int)#2}", "{closure#0}": the number at i is left out. */
static size_t
brace_number(const struct text *t, size_t i, const char *brace)
{
	static const char *const kinds[] = { "{lambda", "{closure",
	    "{unnamed", "{async", "{coroutine", "{default" };
	size_t k, n = digits(t, i + 1);

	if (brace == NULL || n == 0 || at(t, i + 1 + n) != '}' ||
	    is_digit(t->s[i - 1]))
		return 0;
	for (k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
		if (begins(t, (size_t)(brace - t->s), kinds[k]))
			return n + 1;
	return 0;
}

/* "'lambda0'" and "$_0" of LLVM's demangler: bytes that stay; *n go. */
static size_t
llvm_lambda(const struct text *t, size_t i, size_t *n)
{
	static const char *const kinds[] = { "'lambda", "'unnamed" };
	size_t k, len;

	*n = 0;
	if (t->s[i] != '\'' && t->s[i] != '$')
		return 0;
	for (k = 0; k < 2; k++) {
		len = strlen(kinds[k]);
		*n = begins(t, i, kinds[k]) ? digits(t, i + len) : 0;
		if (*n > 0 && at(t, i + len + *n) == '\'')
			return len;
	}
	*n = begins(t, i, "$_") && (i == 0 || t->s[i - 1] == ':') ?
	    digits(t, i + 2) : 0;
	return *n > 0 && !is_word(at(t, i + 2 + *n)) ? 2 : 0;
}

#define CLONE_MAX 64

/* Length of " [clone .isra.0]", or of " (.isra.0)". */
static size_t
clone_note(const struct text *t, size_t i)
{
	bool square = begins(t, i, " [clone .");
	const char *end;

	if (!square && !begins(t, i, " (."))
		return 0;
	end = memchr(t->s + i, square ? ']' : ')',
	    t->len - i < CLONE_MAX ? t->len - i : CLONE_MAX);
	return end != NULL ? (size_t)(end + 1 - t->s) - i : 0;
}

static const struct {
	const char *text;
	bool alone;		/* also without a number */
} clones[] = { { ".constprop", false }, { ".isra", false },
	{ ".part", false }, { ".cold", true }, { ".lto_priv", false },
	{ ".llvm", false }, { ".__uniq", false }, { ".clone", false },
	{ ".localalias", true } };

#define NCLONES (sizeof clones / sizeof clones[0])

/* Which of the clones begins at i, or NCLONES. */
static size_t
clone_at(const struct text *t, size_t i)
{
	size_t k;

	for (k = 0; k < NCLONES; k++)
		if (begins(t, i, clones[k].text) &&
		    !is_word(at(t, i + strlen(clones[k].text))))
			return k;
	return NCLONES;
}

/*
 * Length of ".constprop.0" and its like; one without a number must end the
 * name, or another follows.
 */
static size_t
clone_suffix(const struct text *t, size_t i)
{
	size_t k = clone_at(t, i), len, n;

	if (k == NCLONES)
		return 0;
	len = strlen(clones[k].text);
	n = at(t, i + len) == '.' ? digits(t, i + len + 1) : 0;
	if (n > 0 && !is_word(at(t, i + len + 1 + n)))
		return len + 1 + n;
	if (!clones[k].alone || at(t, i + len) == '(')
		return 0;
	return at(t, i + len) != '.' || clone_at(t, i + len) < NCLONES ? len :
	    0;
}

/* Length of "::h0123456789abcdef", mangled "17h0123456789abcdefE". */
static size_t
rust_hash(const struct text *t, size_t i)
{
	if (begins(t, i, "::h") && hex(t, i + 3) == 16 &&
	    !is_word(at(t, i + 19)))
		return 19;
	if (begins(t, i, "17h") && hex(t, i + 3) == 16 &&
	    at(t, i + 19) == 'E' && begins(t, 0, "_ZN"))
		return 19;
	return 0;
}

/* Length of "+0x1f", and of a hidden class's "/0x0000000800c03000". */
static size_t
address(const struct text *t, size_t i)
{
	size_t n;

	if (!begins(t, i + 1, "0x"))
		return 0;
	n = hex(t, i + 3);
	if (n == 0 || is_word(at(t, i + 3 + n)))
		return 0;
	return t->s[i] == '+' || n >= 8 ? n + 3 : 0;
}

/* Length of ":12" or ":12:34" at the end, or before ")", "]" or blank. */
static size_t
line_number(struct text *t, size_t i)
{
	size_t n = 0, k;

	if (i == 0 || t->s[i - 1] == ':' || i < t->no_line)
		return 0;
	if (begins(t, i, ":L#")) {
		k = digits(t, i + 3);
		n = begins(t, i + 3 + k, ":C#") ? digits(t, i + 6 + k) : 0;
		return n > 0 ? 6 + k + n : 0;
	}
	while (at(t, i + n) == ':' && (k = digits(t, i + n + 1)) > 0)
		n += k + 1;
	if (i + n < t->len && memchr(") ];", t->s[i + n], 4) == NULL) {
		t->no_line = i + n;
		return 0;
	}
	return n;
}

/*
 * Length of "@v1.2.3" or "@1.2.3" up to the end of the path's part; one of
 * a scope ("@angular/core") begins its part.
 */
static size_t
version(const struct text *t, size_t i)
{
	size_t from = i + 1, n;

	if (i == 0 || memchr("/ (", t->s[i - 1], 3) != NULL)
		return 0;
	if (at(t, from) == 'v')
		from++;
	n = digits(t, from);
	if (n == 0 || (at(t, from + n) != '.' && (at(t, i + 1) != 'v' ||
	    is_word(at(t, from + n)))))
		return 0;
	for (from += n; from < t->len; from++)
		if (memchr("/ :)];,", t->s[from], 7) != NULL)
			break;
	return from - i;
}

/* Bytes at i that are left out. */
static size_t
leave_out(struct text *t, size_t i, const char *brace)
{
	switch (t->s[i]) {
	case ' ':
		return clone_note(t, i);
	case '#':
		return brace_number(t, i, brace);
	case '.':
		return clone_suffix(t, i) > 0 ? clone_suffix(t, i) :
		    address(t, i);
	case ':':
		return rust_hash(t, i) > 0 ? rust_hash(t, i) :
		    line_number(t, i);
	case '1':
		return rust_hash(t, i);
	case '+':
	case '/':
		return address(t, i);
	case '@':
		return version(t, i);
	default:
		return 0;
	}
}

static bool
once(struct text *t, struct prof_buf *out)
{
	const char *brace = NULL;
	size_t i = 0, n, gone;
	bool cut = false;

	while (i < t->len) {
		if (t->s[i] == '{')
			brace = t->s + i;
		n = leave_out(t, i, brace);
		if (n > 0) {
			cut = true;
			i += n;
			continue;
		}
		n = take_generated(t, i, out, &cut);
		if (n > 0) {
			i += n;
			continue;
		}
		n = llvm_lambda(t, i, &gone);
		if (n == 0) {
			n = 1;
			gone = 0;
		}
		prof_buf_add(out, t->s + i, n);
		cut = cut || gone > 0;
		i += n + gone;
	}
	return cut;
}

#define ROUNDS_MAX 8

/* What is left may read like another case: "f.cold.isra.0". */
bool
prof_stable_name(const char *s, size_t len, struct prof_buf *out)
{
	struct prof_buf last = { 0 }, swap;
	struct text t = { .s = s, .len = len };
	unsigned round;
	bool cut = once(&t, out);

	for (round = 0; cut && round < ROUNDS_MAX; round++) {
		swap = last;
		last = *out;
		*out = swap;
		prof_buf_clear(out);
		t = (struct text){ .s = last.data, .len = last.len };
		if (last.len == 0 || !once(&t, out))
			break;
	}
	prof_buf_release(&last);
	if (!cut || out->len == 0) {
		prof_buf_clear(out);
		return false;
	}
	return true;
}

bool
prof_stable_file(const char *s, size_t len, struct prof_buf *out)
{
	struct text t = { .s = s, .len = len };
	size_t i = 0, n;
	bool cut = false;

	while (i < len) {
		n = s[i] == '@' ? version(&t, i) : 0;
		if (n == 0) {
			prof_buf_addc(out, s[i++]);
		} else {
			cut = true;
			i += n;
		}
	}
	if (!cut || out->len == 0)
		prof_buf_clear(out);
	return cut && out->len > 0;
}

static bool
name_text(void *ctx, const char *s, size_t len, struct prof_buf *out)
{
	(void)ctx;
	return prof_stable_name(s, len, out);
}

static bool
file_text(void *ctx, const char *s, size_t len, struct prof_buf *out)
{
	(void)ctx;
	return prof_stable_file(s, len, out);
}

void
prof_stable_names(struct prof_profile *p)
{
	struct prof_rewriter name, file;
	struct prof_function *f;
	uint32_t i;

	prof_rewriter_init(&name, p, name_text, NULL);
	prof_rewriter_init(&file, p, file_text, NULL);
	for (i = 0; i < p->nfn; i++) {
		f = &p->fn[i];
		if (f->name == 0 || prof_rewrite_is_marked(p, f)) {
			prof_rewrite_name(p, f, prof_rewriter_get(&name,
			    f->name));
		} else {
			f->name = prof_rewriter_get(&name, f->name);
			f->system = prof_rewriter_get(&name, f->system);
		}
		f->file = prof_rewriter_get(&file, f->file);
	}
	for (i = 0; i < p->nmod; i++)
		p->mod[i].file = prof_rewriter_get(&file, p->mod[i].file);
	prof_rewriter_release(&name);
	prof_rewriter_release(&file);
}
