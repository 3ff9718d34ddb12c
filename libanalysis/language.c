/* SPDX-License-Identifier: MIT */
#include "libanalysis/language.h"

#include <string.h>

#include "libanalysis/letters.h"
#include "libanalysis/name.h"

static const struct {
	const char *suffix;
	enum prof_language language;
} suffixes[] = {
	{ "c", PROF_LANGUAGE_C }, { "h", PROF_LANGUAGE_C },
	{ "cc", PROF_LANGUAGE_C }, { "cpp", PROF_LANGUAGE_C },
	{ "cxx", PROF_LANGUAGE_C }, { "c++", PROF_LANGUAGE_C },
	{ "hh", PROF_LANGUAGE_C }, { "hpp", PROF_LANGUAGE_C },
	{ "hxx", PROF_LANGUAGE_C }, { "ipp", PROF_LANGUAGE_C },
	{ "inl", PROF_LANGUAGE_C }, { "tcc", PROF_LANGUAGE_C },
	{ "cu", PROF_LANGUAGE_C }, { "m", PROF_LANGUAGE_C },
	{ "mm", PROF_LANGUAGE_C }, { "S", PROF_LANGUAGE_C },
	{ "asm", PROF_LANGUAGE_C }, { "go", PROF_LANGUAGE_GO },
	{ "rs", PROF_LANGUAGE_RUST }, { "java", PROF_LANGUAGE_JAVA },
	{ "kt", PROF_LANGUAGE_JAVA }, { "scala", PROF_LANGUAGE_JAVA },
	{ "clj", PROF_LANGUAGE_JAVA }, { "groovy", PROF_LANGUAGE_JAVA },
	{ "py", PROF_LANGUAGE_PYTHON }, { "pyx", PROF_LANGUAGE_PYTHON },
	{ "pyw", PROF_LANGUAGE_PYTHON }, { "js", PROF_LANGUAGE_JAVASCRIPT },
	{ "mjs", PROF_LANGUAGE_JAVASCRIPT },
	{ "cjs", PROF_LANGUAGE_JAVASCRIPT },
	{ "jsx", PROF_LANGUAGE_JAVASCRIPT },
	{ "ts", PROF_LANGUAGE_JAVASCRIPT },
	{ "tsx", PROF_LANGUAGE_JAVASCRIPT },
	{ "mts", PROF_LANGUAGE_JAVASCRIPT },
	{ "cts", PROF_LANGUAGE_JAVASCRIPT },
	{ "rb", PROF_LANGUAGE_RUBY }, { "php", PROF_LANGUAGE_PHP },
	{ "phtml", PROF_LANGUAGE_PHP }, { "pl", PROF_LANGUAGE_PERL },
	{ "pm", PROF_LANGUAGE_PERL }, { "cs", PROF_LANGUAGE_DOTNET },
	{ "fs", PROF_LANGUAGE_DOTNET }, { "vb", PROF_LANGUAGE_DOTNET },
	{ "hs", PROF_LANGUAGE_HASKELL }, { "lhs", PROF_LANGUAGE_HASKELL },
	{ "erl", PROF_LANGUAGE_ERLANG }, { "ex", PROF_LANGUAGE_ERLANG },
	{ "exs", PROF_LANGUAGE_ERLANG }
};

/* Begin names, wherever their code was mapped. */
static const struct {
	const char *prefix;
	enum prof_language language;
} prefixes[] = {
	{ "py::", PROF_LANGUAGE_PYTHON },	/* perf's trampolines */
	{ "<built-in", PROF_LANGUAGE_PYTHON },
	{ "{built-in ", PROF_LANGUAGE_PYTHON },
	{ "<method ", PROF_LANGUAGE_PYTHON },
	{ "{method ", PROF_LANGUAGE_PYTHON },
	{ "<frozen ", PROF_LANGUAGE_PYTHON },
	{ "JS:", PROF_LANGUAGE_JAVASCRIPT },	/* V8's maps for perf */
	{ "LazyCompile:", PROF_LANGUAGE_JAVASCRIPT },
	{ "Function:", PROF_LANGUAGE_JAVASCRIPT },
	{ "Script:", PROF_LANGUAGE_JAVASCRIPT },
	{ "Eval:", PROF_LANGUAGE_JAVASCRIPT },
	{ "RegExp:", PROF_LANGUAGE_JAVASCRIPT },
	{ "Builtin:", PROF_LANGUAGE_JAVASCRIPT },
	{ "Builtins_", PROF_LANGUAGE_JAVASCRIPT },
	{ "BytecodeHandler:", PROF_LANGUAGE_JAVASCRIPT },
	{ "core::", PROF_LANGUAGE_RUST }, { "alloc::", PROF_LANGUAGE_RUST },
	{ "std::rt::", PROF_LANGUAGE_RUST },
	{ "std::sys::", PROF_LANGUAGE_RUST },
	{ "stg_", PROF_LANGUAGE_HASKELL }, { "ghc-prim", PROF_LANGUAGE_HASKELL },
	{ "base_GHC", PROF_LANGUAGE_HASKELL }
};

static const char *const names[PROF_LANGUAGES] = {
	"unknown", "C/C++", "Go", "Rust", "Java", "Python", "JavaScript",
	"Ruby", "PHP", "Perl", ".NET", "Haskell", "Erlang"
};

const char *
prof_language_name(enum prof_language language)
{
	return names[language];
}

/* The file's suffix, "" for none. */
static const char *
suffix_of(const char *file)
{
	const char *dot = strrchr(prof_name_base(file), '.');

	return dot != NULL ? dot + 1 : "";
}

enum prof_language
prof_language_of_file(const char *file)
{
	const char *suffix = suffix_of(file);
	size_t i;

	if (prof_begins(file, "node:"))
		return PROF_LANGUAGE_JAVASCRIPT;
	if (prof_begins(file, "<frozen "))
		return PROF_LANGUAGE_PYTHON;
	for (i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
		if (strcmp(suffixes[i].suffix, suffix) == 0)
			return suffixes[i].language;
	return PROF_LANGUAGE_UNKNOWN;
}

/* Its assembler has packages, too. */
static bool
is_go_file(const char *file)
{
	return prof_language_of_file(file) == PROF_LANGUAGE_GO ||
	    strcmp(suffix_of(file), "s") == 0;
}

static bool
is_identifier(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len && prof_is_word(s[i]); i++)
		;
	return i == len && len > 0 && !prof_is_digit(s[0]);
}

/* ".constprop.0", ".part.0.isra.1", ".cold", ".llvm.123", ".5". */
static bool
is_suffix(const char *s)
{
	static const char *const made[] = { "constprop", "part", "isra",
	    "cold", "lto_priv", "llvm", "localalias", "clone", "warm",
	    "unlikely", NULL };
	size_t i, n;

	for (; *s == '.'; s += n) {
		n = strcspn(++s, ".");
		for (i = 0; made[i] != NULL; i++)
			if (strlen(made[i]) == n && memcmp(made[i], s, n) == 0)
				break;
		if (made[i] == NULL && (n == 0 || strspn(s, "0123456789") <
		    n))
			return false;
	}
	return *s == '\0';
}

/* A symbol of C with what linker and compiler add: "f@GLIBC_2.2". */
bool
prof_looks_symbol(const char *name)
{
	size_t n = strcspn(name, "@.");

	return is_identifier(name, n) && (name[n] == '@' ||
	    (name[n] == '.' && is_suffix(name + n)));
}

/* Machine code of a file, in which a dot alone tells no language. */
static bool
is_native(const struct prof_place *p)
{
	const char *base = prof_name_base(p->module);

	return base[0] != '\0' && !prof_begins(base, "perf-") && base[0] != '[' &&
	    p->kind != PROF_KIND_JIT && p->kind != PROF_KIND_INTERPRETED;
}

/* Whether a part of a name with dots or slashes begins with a capital. */
static bool
has_class(const char *s, size_t n)
{
	size_t i;

	for (i = 1; i < n; i++)
		if ((s[i - 1] == '.' || s[i - 1] == '/') && prof_is_upper(s[i]))
			return true;
	return false;
}

bool
prof_looks_go(const struct prof_place *p)
{
	const char *slash, *dot;

	if (p->file[0] != '\0')
		return is_go_file(p->file) && strchr(p->name, '.') != NULL;
	if (strstr(p->name, ".(*") != NULL || strstr(p->name, "[...]") != NULL)
		return true;
	slash = strrchr(p->name, '/');
	dot = strchr(p->name, '.');
	if (dot == NULL || strpbrk(p->name, ":;\\ $") != NULL)
		return false;
	/* "github.com/x/y.F", "net/http.F", but "java/util/List.add" */
	if (slash != NULL)
		return dot < slash || !prof_is_upper(slash[1]);
	return prof_begins(p->name, "main.") || prof_begins(p->name, "runtime.");
}

/* Dots or slashes and a class, of which the name begins with a capital. */
bool
prof_looks_java(const struct prof_place *p)
{
	const char *s = p->name;
	size_t n;

	if (prof_language_of_file(p->file) == PROF_LANGUAGE_JAVA)
		return true;
	if (p->file[0] != '\0' || strstr(s, "::") != NULL ||
	    strchr(s, '!') != NULL)
		return false;
	n = strcspn(s, "(<[; ");
	return (memchr(s, '.', n) != NULL && (!is_native(p) ||
	    has_class(s, n))) || (s[0] == 'L' && s[n] == ';' &&
	    memchr(s, '/', n) != NULL);
}

bool
prof_looks_dotnet(const struct prof_place *p)
{
	size_t n = strlen(p->module);

	return prof_language_of_file(p->file) == PROF_LANGUAGE_DOTNET ||
	    (n > 4 && strcmp(p->module + n - 4, ".dll") == 0 &&
	    strchr(p->name, '.') != NULL) || strchr(p->name, '!') != NULL;
}

/* "lists:map/2", "'Elixir.Foo':bar/1"; a path of a file has no such end. */
static bool
looks_erlang(const char *name)
{
	const char *slash = strrchr(name, '/'), *colon = strchr(name, ':');
	size_t digits;

	if (prof_begins(name, "'Elixir.") || prof_begins(name, "Elixir."))
		return true;
	if (slash == NULL || colon == NULL || colon == name ||
	    colon > slash || colon[1] == ':' || strchr(name, '.') != NULL)
		return false;
	digits = strspn(slash + 1, "0123456789");
	return digits > 0 && slash[1 + digits] == '\0';
}

/* "::h" and 16 hexadecimal digits, or what only Rust writes. */
static bool
looks_rust(const char *name)
{
	size_t n = strlen(name);

	if (strstr(name, "{{closure}}") != NULL ||
	    strstr(name, "{closure#") != NULL ||
	    strstr(name, "{impl#") != NULL)
		return true;
	if (name[0] == '<' && !prof_begins(name, "<lambda"))
		return strstr(name, ">::") != NULL;
	return n > 19 && memcmp(name + n - 19, "::h", 3) == 0 &&
	    strspn(name + n - 16, "0123456789abcdef") == 16;
}

/* Without a source file, what stands in the name itself. */
static enum prof_language
of_marks(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
		if (prof_begins(name, prefixes[i].prefix))
			return prefixes[i].language;
	if (strstr(name, ".js:") != NULL || strstr(name, ".mjs:") != NULL ||
	    strstr(name, " node:") != NULL)
		return PROF_LANGUAGE_JAVASCRIPT;
	if (strchr(name, '\\') != NULL)
		return PROF_LANGUAGE_PHP;
	if (looks_rust(name))
		return PROF_LANGUAGE_RUST;
	return looks_erlang(name) ? PROF_LANGUAGE_ERLANG :
	    PROF_LANGUAGE_UNKNOWN;
}

/* Names with "::": of scripts, those are Ruby's, PHP's or Perl's. */
static enum prof_language
of_colons(const struct prof_place *p)
{
	if (p->kind != PROF_KIND_INTERPRETED)
		return PROF_LANGUAGE_C;
	return strchr(p->name, '#') != NULL ? PROF_LANGUAGE_RUBY :
	    PROF_LANGUAGE_PERL;
}

static enum prof_language
of_shape(const struct prof_place *p)
{
	const char *s = p->name;

	if (strcmp(p->file, "~") == 0)
		return PROF_LANGUAGE_PYTHON;
	if (prof_looks_symbol(s))
		return p->module[0] != '\0' && is_native(p) ?
		    PROF_LANGUAGE_C : PROF_LANGUAGE_UNKNOWN;
	if (prof_looks_dotnet(p))
		return PROF_LANGUAGE_DOTNET;
	if (prof_looks_go(p))
		return PROF_LANGUAGE_GO;
	if (strstr(s, "::") != NULL)
		return of_colons(p);
	if (prof_looks_java(p))
		return PROF_LANGUAGE_JAVA;
	return is_native(p) ? PROF_LANGUAGE_C : PROF_LANGUAGE_UNKNOWN;
}

enum prof_language
prof_language_of(const struct prof_place *place)
{
	enum prof_language l = prof_language_of_file(place->file);

	if (prof_origin_of(place) == PROF_ORIGIN_KERNEL)
		return PROF_LANGUAGE_C;
	if (l == PROF_LANGUAGE_UNKNOWN)
		l = of_marks(place->name);
	return l != PROF_LANGUAGE_UNKNOWN ? l : of_shape(place);
}
