/* SPDX-License-Identifier: MIT */
/*
 * gentext - make large synthetic inputs for the benchmark, other than pprof.
 *
 *   gentext perf [SAMPLES]         text of perf script: 30 frames a sample,
 *                                  3,000 functions with C++ names
 *   gentext folded [STACKS]        distinct collapsed stacks in order
 *   gentext shuffled [STACKS]      the same in no order
 *   gentext before [STACKS]        the same stacks with counts of samples,
 *                                  many of them 1 to 3
 *   gentext after [STACKS]         the same by other chance, and twice as
 *                                  many below two functions
 *   gentext after-shuffled [STACKS]  that in no order
 *   gentext prof [FUNCTIONS]       a .prof of cProfile, 4 callers each
 *
 * The output depends on the arguments only.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NFUNCS 3000
#define NCALLEES 6
#define POOL 4096		/* stacks that samples start from */
#define DEPTH_MAX 64
#define NCALLERS 4

static uint64_t state = 1;

static uint64_t
mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static uint64_t
next(void)
{
	return mix(state += UINT64_C(0x9e3779b97f4a7c15));
}

static uint32_t
below(uint32_t n)
{
	return (uint32_t)((next() >> 32) * n >> 32);
}

static void
die(const char *what)
{
	fprintf(stderr, "gentext: %s\n", what);
	exit(2);
}

static void *
memory(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (p == NULL)
		die("no memory");
	return p;
}

/* --- functions ------------------------------------------------------------ */

static char name[NFUNCS][128];
static uint32_t callee[NFUNCS][NCALLEES];
static uint64_t address[NFUNCS];

static void
make_name(uint32_t i)
{
	static const char *const space[] = { "store", "net::http", "codec",
	    "util::detail", "(anonymous namespace)", "query::plan" };
	static const char *const type[] = { "Buffer", "HashTable<std::string, "
	    "unsigned long>", "Connection", "Parser<char const*>", "Scheduler",
	    "Iterator<Row>", "Cache<int, std::shared_ptr<Block> >" };
	static const char *const verb[] = { "append", "find", "flush",
	    "operator()", "decode", "resize", "lookup", "commit" };

	snprintf(name[i], sizeof name[i], "%s::%s::%s_%u%s",
	    space[below(6)], type[below(7)], verb[below(8)], i,
	    below(3) == 0 ? "<unsigned int, true>" : "");
}

static void
make_functions(void)
{
	uint32_t i, k;

	for (i = 0; i < NFUNCS; i++) {
		make_name(i);
		address[i] = UINT64_C(0x55d0c0a00000) + i * UINT64_C(0x1c0);
		/* Few functions are called by many. */
		for (k = 0; k < NCALLEES; k++)
			callee[i][k] = below(3) == 0 ? below(200) :
			    below(NFUNCS);
	}
}

/* --- perf script ---------------------------------------------------------- */

struct stack {
	uint32_t n;
	uint32_t fn[DEPTH_MAX];		/* root first */
	uint32_t at[DEPTH_MAX];		/* which call of it */
};

static void
grow(struct stack *s, uint32_t n)
{
	uint32_t k;

	while (s->n < n) {
		k = below(NCALLEES);
		s->at[s->n - 1] = k;
		s->fn[s->n] = callee[s->fn[s->n - 1]][k];
		s->at[s->n++] = 0;
	}
}

static void
print_frame(const struct stack *s, uint32_t i)
{
	uint32_t off = i + 1 == s->n ? 8 + 4 * below(40) :
	    0x20 + 0x31 * s->at[i];

	printf("\t%16llx %s+0x%x (/usr/lib/acme/libacme-server.so.1.4.2)\n",
	    (unsigned long long)(address[s->fn[i]] + off), name[s->fn[i]],
	    off);
}

static void
perf(uint32_t samples)
{
	struct stack *pool = memory(POOL, sizeof *pool), s;
	uint32_t i, k, thread, usec = 0;

	for (i = 0; i < POOL; i++) {
		pool[i].fn[0] = below(4);
		pool[i].n = 1;
		grow(&pool[i], 24 + below(8));
	}
	for (i = 0; i < samples; i++) {
		/* Half of the samples meet the most frequent stacks. */
		s = pool[below(2) == 0 ? below(64) : below(POOL)];
		if (below(4) == 0)
			s.n -= below(6);
		grow(&s, s.n + below(6));
		thread = below(8);
		usec += 1 + below(500);
		printf("acme worker-%u  4711/%u [%03u] %u.%06u:    1001001 "
		    "cpu-clock:u: \n", thread, 4712 + thread, below(4),
		    7300 + usec / 1000000, usec % 1000000);
		for (k = s.n; k > 0; k--)
			print_frame(&s, k - 1);
		putchar('\n');
	}
	free(pool);
}

/* --- collapsed stacks ----------------------------------------------------- */

struct text {
	char *data;
	size_t len, cap;
	size_t *line;
	uint32_t n;
};

static void
add(struct text *t, const char *s, size_t len)
{
	while (t->len + len > t->cap) {
		t->cap = t->cap != 0 ? 2 * t->cap : (size_t)1 << 24;
		t->data = realloc(t->data, t->cap);
		if (t->data == NULL)
			die("no memory");
	}
	memcpy(t->data + t->len, s, len);
	t->len += len;
}

enum kind { FOLDED, BEFORE, AFTER };

/*
 * Samples of a stack on a side.  What the stack is must not depend on it:
 * so they come out of another stream.
 */
static uint32_t
samples_of(const uint32_t *fn, uint32_t n, uint32_t i, enum kind kind)
{
	uint64_t z = mix(i + 1), w = mix(z + (uint64_t)kind);
	uint32_t times = 1, k;

	for (k = 0; k < n && kind == AFTER; k++)
		if (fn[k] % 1000 == 7)
			times = 2;
	/* What to expect is of the stack, the rest is chance. */
	k = times * (uint32_t)(z % (1 + (z >> 32) % 16));
	return 1 + (uint32_t)(w % (2 * k + 1));
}

/*
 * Stacks in order, as of a walk through a tree: each keeps some frames of
 * the one before and goes to a later function at the next.
 */
static void
make_stacks(struct text *t, uint32_t n, enum kind kind)
{
	uint32_t fn[DEPTH_MAX], depth = 0, keep, i, k;
	char count[16];

	t->line = memory((size_t)n + 1, sizeof *t->line);
	for (i = 0; i < n; i++) {
		keep = depth;
		for (k = 1 + below(8); k > 0 && keep > 1; k--)
			keep--;
		while (keep > 0 && fn[keep] + 1 >= NFUNCS)
			keep--;
		fn[keep] = depth == 0 ? 0 : fn[keep] + 1 +
		    (keep > 3 ? below(20) : 0);
		if (fn[keep] >= NFUNCS)
			fn[keep] = NFUNCS - 1;
		for (depth = keep + 1; depth < 14 + below(20); depth++)
			fn[depth] = below(NFUNCS / 2);
		depth--;
		t->line[i] = t->len;
		for (k = 0; k <= depth; k++) {
			add(t, k > 0 ? ";" : "", k > 0);
			add(t, name[fn[k]], strlen(name[fn[k]]));
		}
		k = 1 + below(30);
		if (kind != FOLDED)
			k = samples_of(fn, depth + 1, i, kind);
		k = (uint32_t)snprintf(count, sizeof count, " %u\n", k);
		add(t, count, k);
	}
	t->line[n] = t->len;
	t->n = n;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void
folded(uint32_t n, int shuffle, enum kind kind)
{
	struct text t = { 0 };
	uint32_t *order = memory(n, sizeof *order), i, k, swap;

	qsort(name, NFUNCS, sizeof name[0], by_name);
	make_stacks(&t, n, kind);
	for (i = 0; i < n; i++)
		order[i] = i;
	for (i = n; shuffle && i > 1; i--) {
		k = below(i);
		swap = order[i - 1];
		order[i - 1] = order[k];
		order[k] = swap;
	}
	for (i = 0; i < n; i++)
		fwrite(t.data + t.line[order[i]], 1, t.line[order[i] + 1] -
		    t.line[order[i]], stdout);
	free(order);
	free(t.line);
	free(t.data);
}

/* --- cProfile ------------------------------------------------------------- */

static void
put_int(uint32_t v)
{
	unsigned i;

	for (i = 0; i < 4; i++)
		putchar((int)(v >> (8 * i) & 0xff));
}

static void
put_number(uint32_t v)
{
	putchar('i');
	put_int(v);
}

static void
put_float(double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof bits);
	putchar('g');
	put_int((uint32_t)bits);
	put_int((uint32_t)(bits >> 32));
}

static void
put_text(const char *s)
{
	putchar('z');
	putchar((int)strlen(s));
	fputs(s, stdout);
}

static void
put_numbers(uint32_t calls, double self, double total)
{
	put_number(calls);
	put_number(calls);
	put_float(self);
	put_float(total);
}

/* Keys are tuples with a reference number each, in the order they appear. */
static void
put_key(uint32_t *ref, uint32_t *nrefs, uint32_t fn)
{
	char s[64];

	if (ref[fn] != 0) {
		putchar('r');
		put_int(ref[fn] - 1);
		return;
	}
	ref[fn] = ++*nrefs;
	putchar(')' | 0x80);
	putchar(3);
	snprintf(s, sizeof s, "acme/package%u/module_%u.py", fn / 900,
	    fn / 30);
	put_text(s);
	put_number(1 + fn % 30 * 17);
	snprintf(s, sizeof s, "function_%u", fn);
	put_text(s);
}

/* Callers come before their callees: no circles. */
static uint32_t
caller_of(uint32_t fn, uint32_t k)
{
	uint32_t range = (fn < 60000 ? fn : 60000) / NCALLERS;

	return fn - 1 - k * range - (range > 1 ? fn * 7919 % range : 0);
}

static void
prof(uint32_t n)
{
	uint32_t *ref = memory(n, sizeof *ref), nrefs = 0, i, k;
	double *total = memory(n, sizeof *total), self = 8e-6;

	for (i = n; i-- > 0; ) {
		total[i] += self;
		for (k = 0; k < NCALLERS && i >= NCALLERS; k++)
			total[caller_of(i, k)] += total[i] / NCALLERS;
	}
	putchar('{');
	for (i = 0; i < n; i++) {
		put_key(ref, &nrefs, i);
		putchar(')');
		putchar(5);
		put_numbers(8, self, total[i]);
		putchar('{');
		for (k = 0; k < NCALLERS && i >= NCALLERS; k++) {
			put_key(ref, &nrefs, caller_of(i, k));
			putchar(')');
			putchar(4);
			put_numbers(2, self / NCALLERS, total[i] / NCALLERS);
		}
		putchar('0');
	}
	putchar('0');
	free(total);
	free(ref);
}

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	uint32_t n = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;

	make_functions();
	if (strcmp(what, "perf") == 0)
		perf(n != 0 ? n : 148000);
	else if (strcmp(what, "folded") == 0)
		folded(n != 0 ? n : 1000000, 0, FOLDED);
	else if (strcmp(what, "shuffled") == 0)
		folded(n != 0 ? n : 1000000, 1, FOLDED);
	else if (strcmp(what, "before") == 0)
		folded(n != 0 ? n : 1000000, 0, BEFORE);
	else if (strcmp(what, "after") == 0)
		folded(n != 0 ? n : 1000000, 0, AFTER);
	else if (strcmp(what, "after-shuffled") == 0)
		folded(n != 0 ? n : 1000000, 1, AFTER);
	else if (strcmp(what, "prof") == 0)
		prof(n != 0 ? n : 100000);
	else
		die("want perf, folded, shuffled, before, after, "
		    "after-shuffled or prof");
	if (fflush(stdout) != 0 || ferror(stdout))
		die("cannot write");
	return 0;
}
