/* SPDX-License-Identifier: MIT */
#include "libanalysis/package.h"

#include <string.h>

#include "libanalysis/demangle.h"
#include "libanalysis/language.h"
#include "libanalysis/letters.h"
#include "libanalysis/name.h"

/* A part of a text that is not ours. */
struct slice {
	const char *s;
	size_t len;
};

static bool
add(struct prof_buf *out, const char *s, size_t len)
{
	prof_buf_add(out, s, len);
	return len > 0;
}

/* The part of a path at s. */
static size_t
part(const char *s)
{
	return strcspn(s, "/");
}

/* The last folder's name, or the file's without its extension. */
static bool
add_folder(const char *file, struct prof_buf *out)
{
	const char *base = prof_name_base(file), *dot = strrchr(base, '.');
	const char *from = base;

	if (base - file > 1) {
		for (from = base - 1; from > file && from[-1] != '/'; from--)
			;
		return add(out, from, (size_t)(base - 1 - from));
	}
	return add(out, base, dot != NULL && dot > base ?
	    (size_t)(dot - base) : strlen(base));
}

/* Behind the last place of "/what/" or a leading "what/" in file. */
static const char *
behind(const char *file, const char *what)
{
	size_t n = strlen(what);
	const char *at = NULL, *s;

	for (s = file; (s = strstr(s, what)) != NULL; s++)
		if ((s == file || s[-1] == '/') && s[n] == '/')
			at = s + n + 1;
	return at;
}

/* "six.py" is six. */
static bool
add_module(const char *s, struct prof_buf *out)
{
	size_t n = part(s);

	if (n > 3 && memcmp(s + n - 3, ".py", 3) == 0)
		n -= 3;
	return add(out, s, n);
}

/* "/usr/lib/python3.11/json/decoder.py" behind its version. */
static const char *
standard_library(const char *file)
{
	const char *s;

	for (s = file; (s = strstr(s, "/python")) != NULL; s++) {
		const char *at = s + strlen("/python");

		if (!prof_is_digit(*at))
			continue;
		at += strspn(at, "0123456789.");
		if (*at == '/' && s - file >= 3 &&
		    memcmp(s - 3, "lib", 3) == 0)
			return at + 1;
	}
	return NULL;
}

static bool
add_python(const struct prof_place *place, struct prof_buf *out)
{
	static const char frozen[] = "<frozen ";
	const char *file = place->file, *s;

	if (prof_begins(file, frozen)) {
		s = file + sizeof frozen - 1;
		return add(out, s, strcspn(s, ".>"));
	}
	s = behind(file, "site-packages");
	s = s != NULL ? s : behind(file, "dist-packages");
	s = s != NULL ? s : standard_library(file);
	if (s != NULL)
		return add_module(prof_begins(s, "lib-dynload/") ? s + 12 : s,
		    out);
	return add_folder(file, out);
}

static bool
add_script(const char *file, struct prof_buf *out)
{
	const char *s = behind(file, "node_modules");
	size_t n;

	if (prof_begins(file, "node:"))
		return add(out, file, part(file));
	if (prof_begins(file, "file://"))
		file += strlen("file://");
	if (s == NULL)
		return add_folder(file, out);
	n = part(s);
	if (s[0] == '@' && s[n] == '/')
		n += 1 + part(s + n + 1);
	return add(out, s, n);
}

/* "/gems/activerecord-7.0.1/lib/...": the gem without its version. */
static bool
add_gem(const char *file, struct prof_buf *out)
{
	const char *s = behind(file, "gems");
	size_t i, n;

	if (s == NULL)
		return false;
	n = part(s);
	for (i = n; i > 1; i--)
		if (s[i - 1] == '-' && prof_is_digit(s[i]))
			return add(out, s, i - 1);
	return add(out, s, n);
}

static int
hex_value(char c)
{
	if (prof_is_digit(c))
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Up to the first dot behind the last slash; "%2e" is a dot. */
static bool
add_go(const char *name, struct prof_buf *out)
{
	static const char *const made[] = { "type..eq.", "type..hash.",
	    "type:.eq.", "type:.hash.", "go.shape." };
	size_t i, n, slash = 0;

	for (i = 0; i < sizeof made / sizeof made[0]; i++)
		if (prof_begins(name, made[i]))
			name += strlen(made[i]);
	n = strcspn(name, "([{,; ");
	for (i = 0; i < n; i++)
		if (name[i] == '/')
			slash = i + 1;
	for (i = slash; i < n && name[i] != '.'; i++)
		;
	n = i;
	if (name[n] != '.')
		return false;
	for (i = 0; i < n; i++) {
		int high = name[i] == '%' && n - i > 2 ?
		    hex_value(name[i + 1]) : -1;
		int low = high >= 2 && high < 8 ? hex_value(name[i + 2]) : -1;

		prof_buf_addc(out, low >= 0 ? (char)(high * 16 + low) :
		    name[i]);
		i += low >= 0 ? 2 : 0;
	}
	return n > 0;
}

/* Packages up to the class; slashes become dots. */
static bool
add_java(const char *name, struct prof_buf *out)
{
	size_t n, i, from = name[0] == 'L' && strchr(name, ';') != NULL,
	    end = 0;

	/* Behind the class loader and module: "app//org.x.Y.f". */
	n = strcspn(name, "(<[; $");
	for (i = from; i < n; i++) {
		if (name[i] != '.' && name[i] != '/' && name[i] != ':')
			continue;
		if (prof_is_upper(name[i + 1]) || name[i + 1] == '$') {
			end = i;
			break;
		}
		end = i;
		/* The last word is the method, if no class has told. */
	}
	if (end <= from || prof_is_upper(name[from]))
		return add(out, "[default]", 9);
	for (i = from; i < end; i++)
		prof_buf_addc(out, name[i] == '/' ? '.' : name[i]);
	return true;
}

/* "System.Collections.Generic.List`1.Add": all but class and method. */
static bool
add_dotnet(const char *name, struct prof_buf *out)
{
	const char *bang = strchr(name, '!');
	size_t n, i, last = 0, before = 0;

	if (bang != NULL)
		name = bang + 1;
	n = strcspn(name, "([<+ :");
	for (i = 1; i < n; i++)
		if (name[i] == '.' && name[i - 1] != '.') {
			before = last;
			last = i;
		}
	if (name[n] == ':')		/* "Space.Class::Method" */
		before = last;
	return add(out, name, before);
}

/* "App\Http\Kernel::handle", "App\f": all but class and method. */
static bool
add_php(const char *name, struct prof_buf *out)
{
	size_t n = strcspn(name, ":("), i;

	for (i = n; i > 0; i--)
		if (name[i - 1] == '\\')
			return add(out, name, i - 1);
	return false;
}

/* The first path of Rust in s[0..len) that is more than a type. */
static struct slice
first_crate(const char *s, size_t len)
{
	size_t i = 0, n;

	while (i < len) {
		for (n = 0; i + n < len && prof_is_word(s[i + n]); n++)
			;
		/* "core[1a2b]::" with a hash */
		if (n > 0 && i + n < len && (s[i + n] == '[' ||
		    (s[i + n] == ':' && i + n + 1 < len &&
		    s[i + n + 1] == ':')))
			return (struct slice){ s + i, n };
		i += n > 0 ? n : 1;
	}
	return (struct slice){ s, 0 };
}

/* Of a path in angle brackets: the type's crate, or else the trait's. */
static bool
add_crate(const char *name, struct prof_buf *out)
{
	struct slice found = first_crate(name, strlen(name));

	return add(out, found.s, found.len);
}

/*
 * The first part of a path with "::", of a name without parameters; what is
 * in no namespace is of no package.
 */
static bool
add_namespace(const char *name, struct prof_buf *out)
{
	struct prof_buf brief = { 0 };
	const char *s = name, *at, *blank;
	bool done = false;

	if (prof_demangle_shorten(name, strlen(name), &brief))
		s = prof_buf_str(&brief);
	/* "virtual thunk to ns::f", but "<T as Trait>::f" */
	for (at = s; *at != '<' && (blank = strchr(at, ' ')) != NULL &&
	    strncmp(blank, " namespace)", 11) != 0; at = blank + 1)
		;
	while (prof_begins(at, "(anonymous namespace)::"))
		at += strlen("(anonymous namespace)::");
	if (prof_begins(at, "::"))
		at += 2;
	if (*at == '<') {
		done = add_crate(at, out);
	} else {
		size_t n;

		for (n = 0; prof_is_word(at[n]) || at[n] == '~'; n++)
			;
		if (n > 0 && (prof_begins(at + n, "::") || at[n] == '['))
			done = add(out, at, n);
	}
	prof_buf_release(&brief);
	return done;
}

/* By the language that the source file tells. */
static bool
of_file(const struct prof_place *p, struct prof_buf *out)
{
	switch (prof_language_of_file(p->file)) {
	case PROF_LANGUAGE_PYTHON:
		return add_python(p, out);
	case PROF_LANGUAGE_JAVASCRIPT:
		return add_script(p->file, out);
	case PROF_LANGUAGE_RUST:
		return add_crate(p->name, out);
	case PROF_LANGUAGE_RUBY:
		return add_gem(p->file, out);
	default:
		return false;
	}
}

static bool
of_name(const struct prof_place *p, struct prof_buf *out)
{
	const char *s = p->name;

	if (prof_begins(s, "{built-in ") || prof_begins(s, "{method ") ||
	    strcmp(p->file, "~") == 0)
		return add(out, "builtins", 8);
	if (prof_begins(s, "py::"))		/* perf's trampolines */
		return add_python(&(struct prof_place){ "",
		    strchr(s + 4, ':') != NULL ? strchr(s + 4, ':') + 1 : s,
		    "", 0 }, out);
	if (p->file[0] == '\0' && prof_looks_symbol(s))
		return false;
	if (prof_looks_dotnet(p) && add_dotnet(s, out))
		return true;
	if (prof_looks_go(p))
		return add_go(s, out);
	if (strchr(s, '\\') != NULL && add_php(s, out))
		return true;
	if (strstr(s, "::") != NULL)
		return add_namespace(s, out);
	if (prof_looks_java(p))
		return add_java(s, out);
	return false;
}

static bool
of_module(const char *module, struct prof_buf *out)
{
	const char *base = prof_name_base(module);

	/* What a just-in-time compiler tells perf, by process id. */
	if (prof_begins(base, "perf-") && strspn(base + 5, "0123456789") > 0 &&
	    strcmp(base + 5 + strspn(base + 5, "0123456789"), ".map") == 0)
		return add(out, "[jit]", 5);
	return add(out, base, strlen(base));
}

static bool
ends_in(const char *s, size_t len, const char *end)
{
	size_t n = strlen(end);

	return len >= n && memcmp(s + len - n, end, n) == 0;
}

bool
prof_is_program(const char *s, size_t len)
{
	size_t i;

	if (s[0] == '[')
		return false;
	for (i = 0; i + 3 <= len; i++)
		if ((memcmp(s + i, ".so", 3) == 0 ||
		    memcmp(s + i, ".ko", 3) == 0) &&
		    (i + 3 == len || s[i + 3] == '.'))
			return false;
	return !ends_in(s, len, ".dylib") && !ends_in(s, len, ".dll");
}

void
prof_package_of(const struct prof_place *place, struct prof_buf *out)
{
	if (prof_origin_of(place) == PROF_ORIGIN_KERNEL)
		prof_buf_adds(out, "[kernel]");
	else if (!of_file(place, out) && !of_name(place, out) &&
	    !of_module(place->module, out))
		prof_buf_adds(out, "[unknown]");
}
