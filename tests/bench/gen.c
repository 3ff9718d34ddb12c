/* SPDX-License-Identifier: MIT */
/*
 * gen - make a large synthetic CPU profile for the benchmark.
 *
 * Writes a raw (not gzipped) profile.proto to stdout.  A pool of base stacks
 * is grown from a random call graph; every sample takes the root side of one
 * of them and grows a few fresh frames on it, so prefixes are shared, popular
 * functions turn up far more often than rare ones, and no two samples have
 * the same stack.  Locations, functions and files are numbered in the order
 * of their first use and the fields come in the order in which Go writes
 * them.  Variant 2 is another build of the same program: other addresses and
 * binary, slightly other weights and stacks, 2 % of the functions replaced.
 * The output depends on the arguments only.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define	POOL		16384	/* base stacks */
#define	MAXMEAN		250	/* limit of --depth */
#define	MAXDEPTH	512
#define	NROOTS		8	/* functions a stack can start in */
#define	NTENANTS	64	/* values of the string label */
#define	NFILES		768	/* 3 languages, 16 packages, 16 types */
#define	NMAPS		5	/* the binary and its shared libraries */
#define	PERIOD		10000000

#define	nitems(a)	(sizeof(a) / sizeof((a)[0]))

struct buf {
	size_t	n;
	uint8_t	b[8192];
};

struct stack {
	uint32_t depth;
	uint32_t loc[MAXDEPTH];	/* root first */
};

/* Numbers things from 1 in the order of their first use. */
struct numbering {
	uint32_t *id;
	uint32_t *order;
	uint32_t n;
};

enum lang { GO, CXX, C };

enum {
	S_EMPTY, S_SAMPLES, S_COUNT, S_CPU, S_NANOS, S_TENANT, S_SIZE,
	S_BYTES, S_MAP, S_BUILD = S_MAP + NMAPS, S_NFIXED = S_BUILD + NMAPS
};

static const char *const fixed[2][S_NFIXED] = {
	{ "", "samples", "count", "cpu", "nanoseconds", "tenant",
	    "request_size", "bytes", "/usr/local/bin/acmed",
	    "/usr/lib/libc.so.6", "/usr/lib/libstdc++.so.6",
	    "/usr/lib/libssl.so.3", "/usr/lib/libz.so.1",
	    "5d1f0c3a9e7742b1", "c0ffee0011223344", "0badcafe55667788",
	    "1122334455667788", "99aabbccddeeff00" },
	{ "", "samples", "count", "cpu", "nanoseconds", "tenant",
	    "request_size", "bytes", "/usr/local/bin/acmed-next",
	    "/usr/lib/libc.so.6", "/usr/lib/libstdc++.so.6",
	    "/usr/lib/libssl.so.3", "/usr/lib/libz.so.1",
	    "e2b86a4410f9d357", "c0ffee0011223344", "0badcafe55667788",
	    "1122334455667788", "99aabbccddeeff00" }
};

static const char *const packages[16] = {
	"cache", "storage", "index", "query", "parser", "planner", "router",
	"codec", "metrics", "auth", "session", "raft", "snapshot", "stream",
	"sched", "rpc"
};
static const char *const types[16] = {
	"Block", "Table", "Reader", "Writer", "Iterator", "Cursor", "Segment",
	"Shard", "Bucket", "Request", "Handler", "Client", "Buffer", "Queue",
	"Tree", "Registry"
};
static const char *const verbs[16] = {
	"Get", "Put", "Lookup", "Insert", "Remove", "Update", "Append",
	"Flush", "Read", "Write", "Encode", "Decode", "Parse", "Seek",
	"Merge", "Dispatch"
};
static const char *const nouns[16] = {
	"Key", "Value", "Range", "Slot", "Chunk", "Header", "Field", "Row",
	"Column", "Checksum", "Prefix", "Label", "Event", "Version", "Lease",
	"Lock"
};

static uint64_t	 seed = 1;
static uint32_t	 nsamples = 1000000, nlocs = 60000, nfuncs = 20000;
static uint32_t	 mean_depth = 40, variant = 1;

static uint32_t	*first_loc;	/* of function f; nfuncs + 1 entries */
static uint32_t	*func_of;	/* function of a location */
static struct stack *pool;
static uint32_t	 npool;
static uint64_t	*seen;		/* hashes of the stacks written */
static uint64_t	 seen_mask, total;
static struct numbering locs, funcs, files;

static void
die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("gen: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static void *
xcalloc(size_t n, size_t size)
{
	void *p;

	p = calloc(n, size);
	if (p == NULL)
		die("out of memory");
	return p;
}

/* The splitmix64 finaliser; next() is its generator. */
static uint64_t
mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
	return x ^ (x >> 31);
}

static uint32_t
next(uint64_t *rng)
{
	*rng += 0x9e3779b97f4a7c15;
	return (uint32_t)(mix(*rng) >> 32);
}

static uint32_t
scale(uint32_t u, uint32_t n)
{
	return (uint32_t)((uint64_t)u * n >> 32);
}

/* Maps uniform u to [0, n) with density about rank ^ -2/3. */
static uint32_t
skew(uint32_t u, uint32_t n)
{
	return scale(scale(scale(u, u), u), n);
}

/* A number that belongs to thing x for the given purpose. */
static uint32_t
prop(uint32_t x, uint32_t purpose)
{
	return (uint32_t)(mix(mix(seed ^ purpose) ^ x) >> 32);
}

static void
numbering_init(struct numbering *nb, uint32_t n)
{
	nb->id = xcalloc(n, sizeof(*nb->id));
	nb->order = xcalloc(n, sizeof(*nb->order));
	nb->n = 0;
}

static uint32_t
number(struct numbering *nb, uint32_t x)
{
	if (nb->id[x] == 0) {
		nb->order[nb->n] = x;
		nb->id[x] = ++nb->n;
	}
	return nb->id[x];
}

static void
put_varint(struct buf *b, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		b->b[b->n++] = (uint8_t)(v | 0x80);
	b->b[b->n++] = (uint8_t)v;
}

static void
put_int(struct buf *b, uint32_t field, uint64_t v)
{
	put_varint(b, field << 3);
	put_varint(b, v);
}

static void
put_bytes(struct buf *b, uint32_t field, const void *p, size_t n)
{
	put_varint(b, field << 3 | 2);
	put_varint(b, n);
	memcpy(b->b + b->n, p, n);
	b->n += n;
}

static void
emit_bytes(uint32_t field, const void *p, size_t n)
{
	struct buf head;

	head.n = 0;
	put_varint(&head, field << 3 | 2);
	put_varint(&head, n);
	fwrite(head.b, 1, head.n, stdout);
	fwrite(p, 1, n, stdout);
}

static void
emit_string(const char *s)
{
	emit_bytes(6, s, strlen(s));
}

static void
emit_value_type(uint32_t field, uint32_t type, uint32_t unit)
{
	struct buf m;

	m.n = 0;
	put_int(&m, 1, type);
	put_int(&m, 2, unit);
	emit_bytes(field, m.b, m.n);
}

/*
 * A function for u after Zipf and Mandelbrot: the low bits of u spread the
 * head, without which the first function would be in nearly every stack.
 */
static uint32_t
popular(uint32_t u)
{
	return (skew(u, nfuncs) + u % 64) % nfuncs;
}

/* 88 % of the functions are in the binary, the rest in the libraries. */
static uint32_t
map_of(uint32_t f)
{
	uint32_t r;

	r = scale(prop(f, 1), 100);
	return r < 88 ? 0 : 1 + r % (NMAPS - 1);
}

static enum lang
lang_of(uint32_t f)
{
	if (map_of(f) != 0)
		return C;
	return scale(prop(f, 2), 3) == 0 ? CXX : GO;
}

/* The words of a function's name: four bits for each of the four lists. */
static uint32_t
words_of(uint32_t f)
{
	return (f * 0x9e3d + (uint32_t)mix(seed)) & 0xffff;
}

static uint32_t
file_of(uint32_t f)
{
	return (uint32_t)lang_of(f) << 8 | words_of(f) >> 8;
}

/* The 2 % of functions that variant 2 has not, or only variant 2 has. */
static const char *
module_of(uint32_t f)
{
	if (variant == 2 && map_of(f) == 0 && scale(prop(f, 3), 1000) < 23)
		return "zeta";
	return "acme";
}

static void
emit_name(uint32_t f)
{
	char s[256];
	const char *mod, *pkg, *type, *verb, *noun;
	uint32_t w;

	w = words_of(f);
	mod = module_of(f);
	pkg = packages[w >> 12 & 15];
	type = types[w >> 8 & 15];
	verb = verbs[w >> 4 & 15];
	noun = nouns[w & 15];
	switch (lang_of(f)) {
	case GO:
		snprintf(s, sizeof(s), "example.com/%s/internal/%s.(*%s).%s%s",
		    mod, pkg, type, verb, noun);
		break;
	case CXX:
		snprintf(s, sizeof(s), "%s::%s::%s::%s%s(%s::Slice const&, "
		    "unsigned int)", mod, pkg, type, verb, noun, mod);
		break;
	case C:
		snprintf(s, sizeof(s), "%s_%s_%s_%s", pkg, type, verb, noun);
		break;
	}
	emit_string(s);
}

static void
emit_file(uint32_t file)
{
	static const char *const dir[] = { "acme/internal", "acme", "lib" };
	static const char *const suffix[] = { "go", "cc", "c" };
	char s[128];

	snprintf(s, sizeof(s), "/src/%s/%s/%s.%s", dir[file >> 8],
	    packages[file >> 4 & 15], types[file & 15], suffix[file >> 8]);
	emit_string(s);
}

/* Every function gets one location and the popular ones most of the rest. */
static void
init_graph(void)
{
	uint64_t rng;
	uint32_t f, i, l, n;

	first_loc = xcalloc((size_t)nfuncs + 1, sizeof(*first_loc));
	func_of = xcalloc(nlocs, sizeof(*func_of));
	rng = mix(seed);
	for (i = nfuncs; i < nlocs; i++) {
		f = next(&rng);
		first_loc[scale(scale(f, f), nfuncs)]++;
	}
	for (f = l = 0; f < nfuncs; f++) {
		n = first_loc[f] + 1;
		first_loc[f] = l;
		while (n-- > 0)
			func_of[l++] = f;
	}
	first_loc[nfuncs] = l;
}

/* Where the call at loc leads: mostly to one of its few usual callees. */
static uint32_t
callee(uint32_t loc, uint64_t *rng)
{
	uint32_t f, u;

	if (next(rng) % 5 == 0)
		f = scale(next(rng), nfuncs);
	else {
		u = skew(next(rng), 12);
		f = popular(prop(loc, 16 + u));
	}
	u = next(rng);
	return first_loc[f] +
	    scale(scale(u, u), first_loc[f + 1] - first_loc[f]);
}

static int
seen_before(const struct stack *st)
{
	uint64_t h, i;
	uint32_t d;

	h = st->depth;
	for (d = 0; d < st->depth; d++)
		h = mix(h ^ st->loc[d]);
	h |= h == 0;
	for (i = h & seen_mask; seen[i] != 0; i = (i + 1) & seen_mask)
		if (seen[i] == h)
			return 1;
	seen[i] = h;
	return 0;
}

/* Takes the root side of some base stack and grows fresh leaf frames. */
static void
grow_stack(struct stack *st, uint64_t *rng)
{
	const struct stack *base;
	uint32_t depth, fresh, i, span;

	span = mean_depth * 3 / 2;
	depth = mean_depth / 4 +
	    (scale(next(rng), span + 1) + scale(next(rng), span + 1)) / 2;
	fresh = 1;
	if (npool < POOL)
		fresh += scale(next(rng), depth);
	else
		while (fresh < depth && next(rng) % 8 != 0)
			fresh++;
	st->depth = 0;
	if (npool > 0 && next(rng) % 64 != 0) {
		base = NULL;
		for (i = 0; i < 6; i++) {
			base = &pool[scale(next(rng), npool)];
			if (base->depth >= depth - fresh)
				break;
		}
		st->depth = base->depth < depth - fresh ?
		    base->depth : depth - fresh;
		memcpy(st->loc, base->loc, st->depth * sizeof(st->loc[0]));
	}
	if (st->depth == 0)
		st->loc[st->depth++] = first_loc[skew(next(rng), NROOTS)];
	for (; st->depth < depth; st->depth++)
		st->loc[st->depth] = callee(st->loc[st->depth - 1], rng);
}

static void
put_labels(struct buf *m, uint64_t *rng)
{
	struct buf lab;

	lab.n = 0;
	put_int(&lab, 1, S_TENANT);
	put_int(&lab, 2, S_NFIXED + skew(next(rng), NTENANTS));
	put_bytes(m, 3, lab.b, lab.n);
	if (next(rng) % 2 == 0)
		return;
	lab.n = 0;
	put_int(&lab, 1, S_SIZE);
	put_int(&lab, 3, (uint64_t)64 << next(rng) % 12);
	put_int(&lab, 4, S_BYTES);
	put_bytes(m, 3, lab.b, lab.n);
}

/* The two values are not packed: Go packs three and more. */
static void
emit_sample(const struct stack *st, uint64_t *rng)
{
	struct buf ids, m;
	uint64_t count, other;
	uint32_t d;

	ids.n = m.n = 0;
	for (d = st->depth; d-- > 0; )
		put_varint(&ids, number(&locs, st->loc[d]));
	count = 1;
	if (next(rng) % 10 < 3)
		count += skew(next(rng), 200);
	other = *rng ^ 0x5bd1e995;
	if (variant == 2 && next(&other) % 4 == 0)
		count += count / 8 + 1;
	total += count;
	put_bytes(&m, 1, ids.b, ids.n);
	put_int(&m, 2, count);
	put_int(&m, 2, count * PERIOD);
	if (next(rng) % 10 == 0)
		put_labels(&m, rng);
	emit_bytes(2, m.b, m.n);
}

/* Each sample has its own generator, so that the variants stay alike. */
static void
emit_samples(void)
{
	struct stack st;
	uint64_t rng;
	uint32_t i, tries;

	for (seen_mask = 1024; seen_mask < (uint64_t)nsamples * 2; )
		seen_mask *= 2;
	seen = xcalloc(seen_mask--, sizeof(*seen));
	pool = xcalloc(POOL, sizeof(*pool));
	for (i = 0; i < nsamples; i++) {
		rng = mix(seed) ^ mix(i);
		if (variant == 2 && i >= POOL && prop(i, 8) % 20 == 0)
			rng = ~rng;
		tries = 0;
		do {
			if (tries++ == 1000)
				die("too few locations for %lu distinct "
				    "stacks", (unsigned long)nsamples);
			grow_stack(&st, &rng);
		} while (seen_before(&st));
		if (npool < POOL)
			pool[npool++] = st;
		emit_sample(&st, &rng);
	}
}

static uint64_t
map_start(uint32_t map)
{
	if (map == 0)
		return 0x400000;
	return 0x7f0000000000u + variant * 0x1230000000u +
	    map * 0x10000000u;
}

/* Distance of two locations: the libraries are the same in both variants. */
static uint64_t
stride(uint32_t map)
{
	return map == 0 && variant == 2 ? 33 : 28;
}

static void
emit_mappings(void)
{
	struct buf m;
	uint32_t i, j;

	for (i = 0; i < NMAPS; i++) {
		m.n = 0;
		put_int(&m, 1, i + 1);
		put_int(&m, 2, map_start(i));
		put_int(&m, 3, map_start(i) +
		    ((nlocs * stride(i) + 0x2fff) & ~(uint64_t)0xfff));
		put_int(&m, 5, S_MAP + i);
		put_int(&m, 6, S_BUILD + i);
		for (j = 7; j <= 10; j++)
			put_int(&m, j, 1);
		emit_bytes(3, m.b, m.n);
	}
}

static uint32_t
start_line(uint32_t f)
{
	return 10 + scale(prop(f, 4), 1500);
}

static void
put_line(struct buf *m, uint32_t f, uint32_t loc)
{
	struct buf line;

	number(&files, file_of(f));
	line.n = 0;
	put_int(&line, 1, number(&funcs, f));
	put_int(&line, 2, start_line(f) + 1 + scale(prop(loc, 5), 80));
	put_bytes(m, 4, line.b, line.n);
}

/* 10 % of the locations have one or two inlined callees. */
static void
emit_locations(void)
{
	struct buf m;
	uint32_t i, loc, map, n;

	for (i = 0; i < locs.n; i++) {
		loc = locs.order[i];
		map = map_of(func_of[loc]);
		m.n = 0;
		put_int(&m, 1, i + 1);
		put_int(&m, 2, map + 1);
		put_int(&m, 3, map_start(map) + 0x1000 + loc * stride(map) +
		    scale(prop(loc, 6), 16));
		n = scale(prop(loc, 7), 20);
		for (n = n < 2 ? n + 1 : 0; n > 0; n--)
			put_line(&m, popular(prop(loc, 8 + n)), loc + n);
		put_line(&m, func_of[loc], loc);
		emit_bytes(4, m.b, m.n);
	}
}

static void
emit_functions(void)
{
	struct buf m;
	uint32_t f, file, i, name;

	name = S_NFIXED + NTENANTS;
	file = name + funcs.n;
	for (i = 0; i < funcs.n; i++) {
		f = funcs.order[i];
		m.n = 0;
		put_int(&m, 1, i + 1);
		put_int(&m, 2, name + i);
		put_int(&m, 3, name + i);
		put_int(&m, 4, file + files.id[file_of(f)] - 1);
		put_int(&m, 5, start_line(f));
		emit_bytes(5, m.b, m.n);
	}
}

static void
emit_strings(void)
{
	char s[32];
	uint32_t i;

	for (i = 0; i < S_NFIXED; i++)
		emit_string(fixed[variant - 1][i]);
	for (i = 0; i < NTENANTS; i++) {
		snprintf(s, sizeof(s), "tenant-%02u", (unsigned)i);
		emit_string(s);
	}
	for (i = 0; i < funcs.n; i++)
		emit_name(funcs.order[i]);
	for (i = 0; i < files.n; i++)
		emit_file(files.order[i]);
}

static void
emit_trailer(void)
{
	struct buf m;

	m.n = 0;
	put_int(&m, 9, 1700000000000000000u +
	    variant * 86400000000000u);
	put_int(&m, 10, total * PERIOD / 8);
	fwrite(m.b, 1, m.n, stdout);
	emit_value_type(11, S_CPU, S_NANOS);
	m.n = 0;
	put_int(&m, 12, PERIOD);
	fwrite(m.b, 1, m.n, stdout);
}

static uint32_t
parse(const char *opt, const char *arg, uint32_t min, uint32_t max)
{
	char *end;
	unsigned long long v;

	v = strtoull(arg, &end, 10);
	if (arg[0] < '0' || arg[0] > '9' || *end != '\0' || v < min || v > max)
		die("%s: want a number from %lu to %lu", opt,
		    (unsigned long)min, (unsigned long)max);
	return (uint32_t)v;
}

static void
parse_args(int argc, char **argv)
{
	static const struct {
		const char *name;
		uint32_t *val, min, max;
	} opts[] = {
		{ "--samples", &nsamples, 1, 100000000 },
		{ "--locations", &nlocs, 16, 10000000 },
		{ "--functions", &nfuncs, 16, 1 << 16 },
		{ "--depth", &mean_depth, 4, MAXMEAN },
		{ "--variant", &variant, 1, 2 }
	};
	size_t j;
	int i;

	for (i = 1; i < argc; i += 2) {
		if (i + 1 == argc)
			die("%s: no value", argv[i]);
		if (strcmp(argv[i], "--seed") == 0) {
			seed = parse(argv[i], argv[i + 1], 0, UINT32_MAX);
			continue;
		}
		for (j = 0; j < nitems(opts); j++)
			if (strcmp(argv[i], opts[j].name) == 0)
				break;
		if (j == nitems(opts))
			die("usage: gen [--seed N] [--samples N] "
			    "[--locations N] [--functions N] [--depth N] "
			    "[--variant N]");
		*opts[j].val = parse(argv[i], argv[i + 1], opts[j].min,
		    opts[j].max);
	}
	if (nlocs < nfuncs)
		die("fewer locations than functions");
}

int
main(int argc, char **argv)
{
	parse_args(argc, argv);
	numbering_init(&locs, nlocs);
	numbering_init(&funcs, nfuncs);
	numbering_init(&files, NFILES);
	init_graph();
	emit_value_type(1, S_SAMPLES, S_COUNT);
	emit_value_type(1, S_CPU, S_NANOS);
	emit_samples();
	emit_mappings();
	emit_locations();
	emit_functions();
	emit_strings();
	emit_trailer();
	if (fflush(stdout) != 0 || ferror(stdout))
		die("cannot write");
	return 0;
}
