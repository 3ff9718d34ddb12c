/*
 * cwork: a small batch job made to be profiled with perf and uftrace.
 *
 *   gcc -O0 -g -o v1/cwork cwork.c
 *   gcc -O0 -g -DV2 -o v2/cwork cwork.c
 *
 * Planted truth: in V2 hash_records does all its work twice, and
 * audit_records is new. Everything else is the same code on the same data.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { RECORDS = 6000, PAYLOAD = 24 };

struct record {
	uint32_t key;
	uint64_t hash;
	unsigned char payload[PAYLOAD];
};

static struct record records[RECORDS];
static struct record scratch[RECORDS];

static uint64_t mix(uint64_t h, unsigned char c)
{
	return (h ^ c) * 1099511628211u;
}

/* fill_from_kernel spends its time in the kernel, for the _[k] frames. */
static void fill_from_kernel(int fd, void *to, size_t size)
{
	if (read(fd, to, size) != (ssize_t)size)
		exit(1);
}

static void load_records(int fd, uint32_t seed)
{
	for (int i = 0; i < RECORDS; i++) {
		if (i % 64 == 0)
			fill_from_kernel(fd, scratch, sizeof scratch / 8);
		seed = seed * 1664525u + 1013904223u;
		records[i].key = seed >> 4;
		for (int j = 0; j < PAYLOAD; j++)
			records[i].payload[j] = (unsigned char)(seed >> j % 24);
	}
}

static uint64_t hash_one(const struct record *r)
{
	uint64_t h = 14695981039346656037u;

	for (int i = 0; i < PAYLOAD; i++)
		h = mix(h, r->payload[i]);
	return h;
}

static void hash_records(void)
{
#ifdef V2
	for (int i = 0; i < RECORDS; i++)
		records[i].hash = hash_one(&records[i]);
#endif
	for (int i = 0; i < RECORDS; i++)
		records[i].hash = hash_one(&records[i]);
}

static void merge(int from, int middle, int to)
{
	int a = from, b = middle;

	for (int i = from; i < to; i++) {
		if (b == to || (a < middle && records[a].hash <= records[b].hash))
			scratch[i] = records[a++];
		else
			scratch[i] = records[b++];
	}
	for (int i = from; i < to; i++)
		records[i] = scratch[i];
}

/* sort_records calls itself, so recursive stacks are recorded. */
static void sort_records(int from, int to)
{
	int middle = (from + to) / 2;

	if (to - from < 2)
		return;
	sort_records(from, middle);
	sort_records(middle, to);
	merge(from, middle, to);
}

#ifdef V2
static uint64_t audit_records(void)
{
	uint64_t sum = 0;

	for (int i = 0; i < RECORDS; i++)
		for (int j = 0; j < 2 * PAYLOAD; j++)
			sum += records[i].payload[j / 2] * (records[i].hash >> j % 32 | 1) % 251;
	return sum;
}
#endif

static uint64_t run_batch(int fd, uint32_t seed)
{
	uint64_t sum = 0;

	load_records(fd, seed);
	hash_records();
	sort_records(0, RECORDS);
#ifdef V2
	sum = audit_records();
#endif
	return sum + records[RECORDS / 2].hash;
}

int main(int argc, char **argv)
{
	int batches = argc > 1 ? atoi(argv[1]) : 100;
	int fd = open("/dev/zero", O_RDONLY);
	uint64_t sum = 0;

	for (int i = 0; i < batches; i++)
		sum += run_batch(fd, (uint32_t)i + 1);
	printf("%016llx\n", (unsigned long long)sum);
	return 0;
}
