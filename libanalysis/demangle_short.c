/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "libanalysis/demangle.h"

/*
 * One pass over the name, which copies what stays.  Whatever is not
 * understood ends it, and the name is left alone: names of other languages
 * come here, too.
 */
struct name {
	const char *s;
	size_t len, at;
	struct prof_buf *out;
	size_t base;		/* of out: begins the name, type cut off */
	size_t word;		/* of out: begins the last word */
	uint32_t kept;		/* angle brackets that stay and are open */
	bool scoped;		/* has "::" outside of brackets */
	bool is_operator;	/* of a type: blanks belong to the name */
	bool cut;		/* something was left out */
	bool dotted;		/* '.' outside of brackets */
	bool angled;		/* the last word had template arguments */
};

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '$' || c == '~' ||
	    (unsigned char)c >= 0x80;
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

static bool
begins(const struct name *n, const char *text)
{
	size_t len = strlen(text);

	return n->len - n->at >= len && memcmp(n->s + n->at, text, len) == 0;
}

/* What stands before, of what stays: so a second pass sees the same. */
static char
before(const struct name *n)
{
	return n->out->len > 0 ? n->out->data[n->out->len - 1] : '\0';
}

static char
behind(const struct name *n, size_t k)
{
	return n->at + k < n->len ? n->s[n->at + k] : '\0';
}

static bool
ends(const struct prof_buf *b, const char *text)
{
	size_t len = strlen(text);

	return b->len >= len && memcmp(b->data + b->len - len, text, len) ==
	    0;
}

static void
copy(struct name *n, size_t len)
{
	prof_buf_add(n->out, n->s + n->at, len);
	n->at += len;
}

/*
 * Length of the bracket at hand with all in it, 0 if it is not closed.  In
 * round, square and curly ones angles are only less and greater; in angle
 * brackets "->" closes nothing.
 */
static size_t
group(const struct name *n)
{
	size_t i, inner = 0, angles = 0;

	for (i = n->at; i < n->len; i++) {
		switch (n->s[i]) {
		case '(':
		case '[':
		case '{':
			inner++;
			break;
		case ')':
		case ']':
		case '}':
			if (inner == 0)
				return 0;
			inner--;
			break;
		case '<':
			angles += inner == 0;
			break;
		case '>':
			angles -= inner == 0 && angles > 0 &&
			    n->s[i - 1] != '-';
			break;
		default:
			break;
		}
		if (inner == 0 && angles == 0)
			return i + 1 - n->at;
	}
	return 0;
}

/* No word goes on right behind one: the parts would be read as one. */
static bool
skip_group(struct name *n)
{
	size_t len = group(n);

	n->at += len;
	n->cut = true;
	return len != 0 && !is_word(behind(n, 0));
}

static bool
skip_angle(struct name *n)
{
	n->angled = true;
	return skip_group(n);
}

static bool
copy_group(struct name *n)
{
	size_t len = group(n);

	copy(n, len);
	return len != 0;
}

/* Words behind the parameters. */
static void
skip_qualifiers(struct name *n)
{
	static const char *const words[] = { " const", " volatile",
	    " restrict", " noexcept", " &&", " &" };
	size_t i;

	for (i = 0; i < sizeof words / sizeof words[0]; i++)
		if (begins(n, words[i]) && !is_word(behind(n,
		    strlen(words[i])))) {
			n->at += strlen(words[i]);
			n->cut = true;
			i = SIZE_MAX;
		}
}

/* What follows the word "operator" is part of the name. */
static bool
take_operator(struct name *n)
{
	static const char *const signs[] = { "()", "[]", "->*", "->", "<=>",
	    "<<=", ">>=", "<<", ">>", "<=", ">=", "<", ">", "\"\"" };
	size_t i;

	copy(n, strlen("operator"));
	for (i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (begins(n, signs[i])) {
			copy(n, strlen(signs[i]));
			break;
		}
	while (i == sizeof signs / sizeof signs[0] && n->at < n->len &&
	    memchr("+-*/%^&|~!=,", n->s[n->at], 12) != NULL)
		copy(n, 1);
	/* Template arguments may stand off: "operator< <int>". */
	if (begins(n, " <"))
		n->at++;
	if (begins(n, "<"))
		return skip_angle(n);
	n->is_operator = begins(n, " ");
	return true;
}

static bool
at_operator(const struct name *n)
{
	return begins(n, "operator") && !is_word(before(n)) &&
	    !is_word(behind(n, strlen("operator"))) &&
	    (n->len - n->at > strlen("operator"));
}

/*
 * Template arguments go; a path in Rust that begins with a type in angle
 * brackets keeps them.
 */
static bool
take_angle(struct name *n)
{
	bool turbofish = ends(n->out, "::");

	if (turbofish && !begins(n, "<impl ")) {
		n->out->len -= 2;
		return skip_angle(n);
	}
	if (!turbofish && (n->is_operator || is_word(before(n)) ||
	    before(n) == ']' || before(n) == '}'))
		return skip_angle(n);
	if (!turbofish && n->out->len != n->base && n->kept == 0)
		return false;
	n->kept++;
	copy(n, 1);
	return true;
}

static bool
take_round(struct name *n)
{
	bool type;

	if (begins(n, "(anonymous namespace)") ||
	    begins(n, "(anonymous class)"))
		return copy_group(n);
	if (n->kept > 0)
		return copy_group(n);
	if (begins(n, "()") && ends(n->out, "operator")) {
		copy(n, 2);
		return true;
	}
	if (n->out->len == n->base || before(n) == ' ')
		return false;
	type = ends(n->out, "decltype");
	if (!skip_group(n))
		return false;
	n->is_operator = false;
	if (type)
		return true;
	skip_qualifiers(n);
	if (begins(n, " requires "))
		n->at = n->len;
	return n->at == n->len || n->s[n->at] != ' ' ||
	    begins(n, " [clone ") || begins(n, " (.");
}

/* Kinds of symbols: "vtable for A", "non-virtual thunk to A::f()". */
static bool
is_kind(const struct prof_buf *b)
{
	return ends(b, " for") || ends(b, " to") || ends(b, "virtual");
}

static bool
take_blank(struct name *n)
{
	bool kind;

	if (begins(n, " [clone ") || begins(n, " (.")) {
		n->at++;
		return skip_group(n);
	}
	copy(n, 1);
	if (n->kept > 0 || n->is_operator)
		return true;
	n->out->len--;
	kind = is_kind(n->out);
	prof_buf_addc(n->out, ' ');
	if (kind)
		n->base = n->out->len;
	n->word = n->out->len;
	n->angled = false;
	return true;
}

/* Clones, and the hash of Rust's older names, at the end. */
static bool
skip_tail(struct name *n)
{
	static const char *const clones[] = { ".constprop.", ".isra.",
	    ".part.", ".cold", ".lto_priv.", ".llvm." };
	size_t i;

	for (i = 0; i < sizeof clones / sizeof clones[0]; i++)
		if ((n->scoped || n->cut) && begins(n, clones[i])) {
			n->at = n->len;
			n->cut = true;
			return true;
		}
	if (n->len - n->at < 19 || !begins(n, "::h"))
		return false;
	for (i = 3; i < 19; i++)
		if (!is_hex(n->s[n->at + i]))
			return false;
	if (is_word(behind(n, 19)))
		return false;
	n->at += 19;
	n->cut = true;
	return true;
}

static bool
take_colon(struct name *n)
{
	if (!begins(n, "::"))
		return n->kept > 0 ? (copy(n, 1), true) : false;
	if (n->kept == 0) {
		/* "Space.Class::Method" is of another language. */
		if (n->dotted)
			return false;
		n->scoped = true;
	}
	copy(n, 2);
	return true;
}

/* One step; false: the name is not understood. */
static bool
step(struct name *n)
{
	char c = n->s[n->at];

	if (n->kept == 0 && skip_tail(n))
		return true;
	if (at_operator(n) && n->kept == 0)
		return take_operator(n);
	switch (c) {
	case '<':
		return take_angle(n);
	case '>':
		if (before(n) != '-')
			n->kept -= n->kept > 0;
		else if (n->kept == 0)
			return false;
		break;
	case '(':
		return take_round(n);
	case '[':
		return n->kept == 0 && (n->out->len == n->base ||
		    before(n) == ' ') ? false : copy_group(n);
	case '{':
		return copy_group(n);
	case ' ':
		return take_blank(n);
	case ':':
		return take_colon(n);
	case '.':
		n->dotted = n->dotted || n->kept == 0;
		break;
	case ')':
	case ']':
	case '}':
	case '/':
	case '#':
	case ';':
		if (n->kept == 0)
			return false;
		break;
	case '@':
	case '+':
		copy(n, n->len - n->at);
		return true;
	default:
		break;
	}
	copy(n, 1);
	return true;
}

static bool
may_be_one(const char *s, size_t len)
{
	return len > 0 && memchr("+-/.[\"", s[0], 6) == NULL &&
	    memchr(s, '\0', len) == NULL;
}

/* A name in braces alone is Python's or PHP's. */
static bool
is_all_braces(const struct name *n)
{
	return n->s[0] == '{' && group(n) == n->len;
}

bool
prof_demangle_shorten(const char *name, size_t len, struct prof_buf *out)
{
	struct name n = { .s = name, .len = len, .out = out };
	bool good = may_be_one(name, len) && !is_all_braces(&n);

	while (good && n.at < n.len)
		good = step(&n);
	/* Dots outside of brackets: Java, Go, Python. */
	if (!good || !n.cut || n.kept > 0 || n.dotted ||
	    out->len <= n.base) {
		prof_buf_clear(out);
		return false;
	}
	/*
	 * The last word is the name, what stands before is its type: only
	 * functions that are made from templates have one.
	 */
	if (n.word > n.base && (!n.angled || n.word == out->len)) {
		prof_buf_clear(out);
		return false;
	}
	if (n.word > n.base) {
		memmove(out->data + n.base, out->data + n.word,
		    out->len - n.word);
		out->len -= n.word - n.base;
	}
	return true;
}
