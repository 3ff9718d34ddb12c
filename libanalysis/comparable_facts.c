/* SPDX-License-Identifier: MIT */
#include "libanalysis/comparable_facts.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/num.h"

#define CUT_LENGTH 32
#define CUT_SHARE 20		/* one part in so many */
#define VALUE_MAX 60		/* bytes of a value shown */
#define VALUES_MAX 3		/* values of a side shown */

/* --- machine and build --------------------------------------------------- */

/* What comments and labels call it, and what we do. */
static const char *
known_key(const char *s, size_t len)
{
	static const struct {
		const char *is, *key;
	} known[] = {
		{ "host", "host" }, { "hostname", "host" },
		{ "arch", "architecture" }, { "architecture", "architecture" },
		{ "goarch", "architecture" }, { "machine", "architecture" },
		{ "os", "system" }, { "goos", "system" },
		{ "os_release", "kernel" }, { "kernel", "kernel" },
		{ "cpu_model", "processor" }, { "cpudesc", "processor" },
		{ "nrcpus", "number of processors" },
		{ "nrcpus_online", "number of processors" },
		{ "gomaxprocs", "number of processors" },
		{ "build", "build mode" }, { "build_mode", "build mode" },
		{ "build_type", "build mode" }, { "buildtype", "build mode" },
		{ "cflags", "compiler options" }, { "compiler", "compiler" },
		{ "go_version", "compiler" }, { "goversion", "compiler" },
		{ "python_version", "version of Python" },
		{ "perf_version", "version of the profiler" },
		{ "profiler_version", "version of the profiler" }
	};
	size_t i, k;

	for (i = 0; i < sizeof known / sizeof known[0]; i++) {
		for (k = 0; k < len && known[i].is[k] != '\0'; k++)
			if ((known[i].is[k] == '_' && s[k] != '_' &&
			    s[k] != '-' && s[k] != ' ') ||
			    (known[i].is[k] != '_' &&
			    (s[k] | 0x20) != known[i].is[k]))
				break;
		if (k == len && known[i].is[k] == '\0')
			return known[i].key;
	}
	return NULL;
}

static void
add_fact(struct prof_facts *f, const char *key, const char *value,
    size_t len)
{
	struct prof_fact *last;

	/* Samples of one label come together. */
	if (f->n > 0) {
		last = &f->of[f->n - 1];
		if (last->key == key && strlen(last->value) == len &&
		    memcmp(last->value, value, len) == 0)
			return;
	}
	PROF_RESERVE(f->of, f->cap, f->n + 1);
	f->of[f->n++] = (struct prof_fact){ key, prof_strndup(value, len) };
}

/* "host=a", "# arch : x86_64", as perf and our own --add-comment write. */
static void
add_comment(struct prof_facts *f, const char *s)
{
	size_t len, end;
	const char *key;

	s += strspn(s, "# \t");
	len = strcspn(s, "=:");
	if (s[len] == '\0')
		return;
	for (end = len; end > 0 && (s[end - 1] == ' ' ||
	    s[end - 1] == '\t'); end--)
		;
	key = known_key(s, end);
	s += len + 1;
	s += strspn(s, " \t");
	if (key != NULL && *s != '\0')
		add_fact(f, key, s, strlen(s));
}

static const char *
label_key(const struct prof_profile *p, prof_str id, const char *by)
{
	const char *key = prof_profile_str(p, id);

	if (by != NULL && strcmp(key, by) == 0)
		return NULL;
	return known_key(key, strlen(key));
}

void
prof_facts_add(struct prof_facts *f, const struct prof_profile *p,
    const char *by)
{
	uint64_t i, n = p->sets.n > 0 ? p->sets.end[p->sets.n] : 0;
	const struct prof_label *l = p->label;
	const char *key = NULL;
	prof_str last = 0;
	uint32_t c;

	for (c = 0; c < p->ncomments; c++)
		add_comment(f, prof_profile_str(p, p->comment[c]));
	/* One key comes many times in a row. */
	for (i = 0; i < n; i++, l++) {
		if (l->key != last)
			key = label_key(p, l->key, by);
		last = l->key;
		if (key != NULL && l->str != 0)
			add_fact(f, key, prof_profile_str(p, l->str),
			    prof_strs_len(&p->strs, l->str));
	}
}

static int
by_fact(const void *a, const void *b)
{
	const struct prof_fact *x = a, *y = b;
	int c = strcmp(x->key, y->key);

	return c != 0 ? c : strcmp(x->value, y->value);
}

void
prof_facts_sort(struct prof_facts *f)
{
	size_t i, n = 0;

	if (f->n == 0)
		return;
	qsort(f->of, f->n, sizeof *f->of, by_fact);
	for (i = 0; i < f->n; i++) {
		if (n > 0 && by_fact(&f->of[n - 1], &f->of[i]) == 0)
			free(f->of[i].value);
		else
			f->of[n++] = f->of[i];
	}
	f->n = n;
}

/* The end of the facts of one key. */
static size_t
end_of(const struct prof_facts *f, size_t at)
{
	size_t i;

	for (i = at; i < f->n && strcmp(f->of[i].key, f->of[at].key) == 0; i++)
		;
	return i;
}

static void
add_values(struct prof_buf *b, const struct prof_facts *f, size_t end)
{
	size_t i;

	for (i = f->at; i < end && i < f->at + VALUES_MAX; i++)
		prof_buf_addf(b, "%s%.*s", i > f->at ? ", " : "", VALUE_MAX,
		    f->of[i].value);
	if (end > i)
		prof_buf_adds(b, ", ...");
}

static bool
same_values(const struct prof_facts f[2], const size_t end[2])
{
	size_t i, n = end[0] - f[0].at;

	if (end[1] - f[1].at != n)
		return false;
	for (i = 0; i < n; i++)
		if (strcmp(f[0].of[f[0].at + i].value,
		    f[1].of[f[1].at + i].value) != 0)
			return false;
	return true;
}

bool
prof_facts_differ(struct prof_facts f[2], struct prof_buf *text)
{
	size_t end[2];
	int c;

	while (f[0].at < f[0].n && f[1].at < f[1].n) {
		c = strcmp(f[0].of[f[0].at].key, f[1].of[f[1].at].key);
		end[0] = c <= 0 ? end_of(&f[0], f[0].at) : f[0].at;
		end[1] = c >= 0 ? end_of(&f[1], f[1].at) : f[1].at;
		if (c == 0 && !same_values(f, end)) {
			prof_buf_addf(text, "%s differs: ",
			    f[0].of[f[0].at].key);
			add_values(text, &f[0], end[0]);
			prof_buf_adds(text, " and ");
			add_values(text, &f[1], end[1]);
		}
		f[0].at = end[0];
		f[1].at = end[1];
		if (text->len > 0)
			return true;
	}
	return false;
}

void
prof_facts_release(struct prof_facts *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		free(f->of[i].value);
	free(f->of);
	memset(f, 0, sizeof *f);
}

/* --- frames -------------------------------------------------------------- */

bool
prof_facts_is_observer(const struct prof_row *row, const char *name)
{
	static const char *const prefix[] = { "runtime/pprof.", "perf_event_",
	    "__perf_event_", "perf_swevent_", "cProfile.", "py_spy", "py-spy",
	    "_lsprof", "StackProf", "AsyncGetCallTrace", "async_profiler",
	    "net/http/pprof.", "runtime.sigprof", "runtime.profileloop",
	    "runtime.(*profBuf)", "ProfileHandler::", "scalene", "pyinstrument",
	    "tracemalloc" };
	size_t i;

	for (i = 0; i < sizeof prefix / sizeof prefix[0]; i++)
		if (strncmp(name, prefix[i], strlen(prefix[i])) == 0)
			return true;
	return strstr(name, "_lsprof") != NULL ||
	    strstr(row->module, "asyncProfiler") != NULL ||
	    strstr(row->file, "/cProfile.py") != NULL;
}

bool
prof_facts_is_unknown(const struct prof_row *row, const char *name)
{
	static const char *const known[] = { "[unknown]", "<unknown>",
	    "unknown", "??", "[unknown_Java]" };
	size_t i;

	for (i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(name, known[i]) == 0)
			return true;
	return row->nameless || name[0] == '\0';
}

/* --- stacks -------------------------------------------------------------- */

static size_t
longest(const struct prof_profile *p, unsigned column)
{
	size_t most = 0, n;
	uint32_t i;

	for (i = 0; i < p->nsamples; i++) {
		if (p->value[column][i] == 0)
			continue;
		prof_profile_stack(p, p->stack[i], &n);
		most = n > most ? n : most;
	}
	return most;
}

/* What a program begins with is the same in all stacks, unless cut off. */
size_t
prof_facts_cut(const struct prof_profile *p, unsigned column)
{
	prof_i128 sum = 0, at = 0, v;
	const prof_loc *frame;
	prof_loc root = 0;
	bool several = false;
	size_t most, n;
	uint32_t i;

	if (column >= p->ntypes || p->meta.estimated)
		return 0;
	most = longest(p, column);
	if (most < CUT_LENGTH)
		return 0;
	for (i = 0; i < p->nsamples; i++) {
		v = prof_num_abs(p->value[column][i]);
		frame = prof_profile_stack(p, p->stack[i], &n);
		sum += v;
		if (n != most || v == 0)
			continue;
		at += v;
		several |= root != 0 && frame[n - 1] != root;
		root = frame[n - 1];
	}
	return several && at > 0 && at * CUT_SHARE >= sum ? most : 0;
}
