/* SPDX-License-Identifier: MIT */
/*
 * gentext - make large texts for the benchmark.
 *
 *   gentext perf      text of perf script: 148,000 samples, 30 frames each,
 *                     500 MB.  Samples come from a pool of call paths, a few
 *                     of them often and most seldom; the number of distinct
 *                     stacks is told on stderr.
 *   gentext sorted    1,048,576 distinct collapsed stacks in order, 880 MB
 *   gentext shuffled  the same lines in another order
 *
 * An optional number says how many samples or lines to write.  There are
 * 3,000 functions with names as C++ has them.  The output depends on the
 * arguments only.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define	NFUNCS		3000
#define	FRAMES		30
#define	SAMPLES		148000
#define	PATHS		24000	/* pool of call paths */
#define	SITES		4	/* call sites of a function */
#define	HOT		8	/* addresses a function is sampled at */
#define	NTASKS		6
#define	NCPUS		4
#define	LINES_LOG2	20

struct path {
	uint16_t func[FRAMES];	/* root first */
	uint8_t site[FRAMES];
	uint8_t depth;
};

static char	 name[NFUNCS][128];
static struct path *pool;
static uint8_t	*used;

/* The splitmix64 finaliser. */
static uint64_t
mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
	return x ^ (x >> 31);
}

static uint32_t
below(uint64_t hash, uint32_t n)
{
	return (uint32_t)((hash >> 32) * n >> 32);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void
make_names(int brief)
{
	static const char *const space[8] = { "index", "net::http",
	    "ql::(anonymous namespace)", "std::__detail", "codec::v2",
	    "sched", "cache::lru", "raft::log" };
	static const char *const class[8] = { "Segment<long, Row>",
	    "Reader<Codec::Zstd>", "Planner", "LeaseTable<Shard, 16>",
	    "Cursor<Pair<Key, int> >", "Session", "Merge<12>",
	    "Buffer<unsigned char>" };
	static const char *const verb[8] = { "lookup", "operator()",
	    "flush_until", "emplace_back", "decode_next", "advance",
	    "swap", "~Guard" };
	static const char *const type[6] = { "int", "String const&",
	    "Row const*", "long", "Range<Key>", "unsigned long" };
	uint64_t h;
	uint32_t i;

	for (i = 0; i < NFUNCS; i++) {
		h = mix(i);
		if (brief) {
			snprintf(name[i], sizeof name[i], "%s::%s::%s%u",
			    space[h % 8], class[h / 8 % 8], verb[h / 64 % 8],
			    (unsigned)i);
			continue;
		}
		snprintf(name[i], sizeof name[i], "%s::%s::%s<%s, %s, %u>",
		    space[h % 8], class[h / 8 % 8], verb[h / 64 % 8],
		    type[h / 512 % 6], type[h / 4096 % 6], (unsigned)i);
	}
	qsort(name, NFUNCS, sizeof name[0], by_text);
}

/*
 * Paths branch where a hash says so; what is below depends on the whole
 * path, so that equal beginnings go on alike as often as calls do.
 */
static void
make_pool(void)
{
	struct path *p;
	uint64_t h;
	uint32_t i, k, branch;

	pool = calloc(PATHS, sizeof *pool);
	used = calloc(PATHS, 1);
	if (pool == NULL || used == NULL)
		exit(2);
	for (i = 0; i < PATHS; i++) {
		p = &pool[i];
		p->depth = FRAMES;
		h = 1;
		for (k = 0; k < FRAMES; k++) {
			branch = below(mix(mix(i) + k), 100) < 48 ?
			    below(mix(mix(i) ^ (k << 8)), SITES) : 0;
			p->site[k] = (uint8_t)branch;
			p->func[k] = (uint16_t)below(h, NFUNCS);
			h = mix(h + branch);
		}
	}
}

static void
put_frame(uint32_t func, uint32_t offset)
{
	static const char *const dso[4] = { "/opt/acme/queryd",
	    "/opt/acme/libstore.so.2", "/usr/lib/libz.so.1",
	    "/opt/acme/queryd" };
	uint64_t address = 0x400000 + (uint64_t)func * 0x640 + offset;

	printf("\t%16llx %s+0x%x (%s)\n", (unsigned long long)address,
	    name[func], (unsigned)offset, dso[mix(func) % 4]);
}

static void
put_sample(uint32_t i)
{
	static const char *const comm[3] = { "query worker", "io:thread/0",
	    "flush 12" };
	uint64_t h = mix(0x5a5a + i);
	uint32_t task = below(h, NTASKS), k;
	/* The square of a chance: low numbers come often. */
	uint64_t pick = mix(h) >> 40;
	const struct path *p;

	pick = (pick * pick >> 24) * PATHS >> 24;
	used[pick] = 1;
	p = &pool[pick];
	printf("%s %5u/%-5u [%03u] %5u.%06u:    1001001 cpu-clock:u: \n",
	    comm[task % 3], 4200u, 4200 + (unsigned)task,
	    (unsigned)(h & (NCPUS - 1)), 5000 + (unsigned)(i / 2000),
	    (unsigned)(i % 2000 * 500));
	k = p->depth - 1u;
	put_frame(p->func[k], 16 + below(mix(h ^ 7), HOT) * 12);
	while (k-- > 0)
		put_frame(p->func[k], 200 + p->site[k] * 40u);
	putchar('\n');
}

static void
perf_text(uint32_t n)
{
	uint32_t i, distinct = 0;

	make_pool();
	for (i = 0; i < n; i++)
		put_sample(i);
	for (i = 0; i < PATHS; i++)
		distinct += used[i];
	fprintf(stderr, "gentext: %u samples of %u paths\n", (unsigned)n,
	    (unsigned)distinct);
}

/* Two bits of i choose at every other level from the fourth frame on. */
static void
put_folded(uint32_t i)
{
	uint64_t h = 1;
	uint32_t depth, k, bit = LINES_LOG2, digit;

	depth = 18 + below(mix(i / 4), 8);
	for (k = 0; k < depth; k++) {
		digit = 0;
		if (k > 2 && k % 2 == 1 && bit > 0) {
			bit -= bit < 2 ? bit : 2;
			digit = i >> bit & 3;
		}
		if (k > 0)
			putchar(';');
		/* Brothers in order of their names. */
		fputs(name[below(h, NFUNCS - 4) + digit], stdout);
		h = mix(h + digit);
	}
	while (bit > 0) {
		bit -= bit < 2 ? bit : 2;
		printf(";%s", name[below(h, NFUNCS - 4) + (i >> bit & 3)]);
		h = mix(h + (i >> bit & 3));
	}
	printf(" %u\n", 1 + (unsigned)below(mix(i), 100));
}

static void
folded_text(uint32_t n, int shuffled)
{
	uint32_t i, mask = (UINT32_C(1) << LINES_LOG2) - 1;

	for (i = 0; i < n; i++)
		put_folded(shuffled ? i * UINT32_C(668265261) & mask : i);
}

int
main(int argc, char **argv)
{
	uint32_t n = argc == 3 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;

	make_names(argc >= 2 && argv[1][0] == 's');
	if (argc >= 2 && strcmp(argv[1], "perf") == 0) {
		perf_text(n != 0 ? n : SAMPLES);
	} else if (argc >= 2 && (strcmp(argv[1], "sorted") == 0 ||
	    strcmp(argv[1], "shuffled") == 0)) {
		if (n == 0 || n > UINT32_C(1) << LINES_LOG2)
			n = UINT32_C(1) << LINES_LOG2;
		folded_text(n, argv[1][1] == 'h');
	} else {
		fputs("usage: gentext perf|sorted|shuffled [N]\n", stderr);
		return 2;
	}
	if (fflush(stdout) != 0 || ferror(stdout)) {
		perror("gentext");
		return 1;
	}
	return 0;
}
