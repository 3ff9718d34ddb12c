/* SPDX-License-Identifier: MIT */
/*
 * A driver for fuzz targets that needs no fuzzing engine:
 *
 *	fuzz_NAME [-runs=N] [-seed=S] [-max_total_time=SECONDS] [-first=RUN]
 *	    [-save=FILE] FILE|DIRECTORY...
 *
 * Without -runs and -max_total_time it replays the files; with them it also
 * runs mutations of the files, which depend on seed and run number only.
 * -save keeps the input of the run at hand in FILE, for when it crashes,
 * and -first begins at that run.  An engine that brings its own main is
 * linked instead of this file.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define INPUT_MAX ((size_t)1 << 20)
#define MUTATIONS 8

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	uint8_t *data;
	size_t size;
};

struct fuzz {
	struct input *input;
	size_t n;
	uint64_t rng;
	const char *save;
	struct input work;	/* INPUT_MAX bytes */
};

static uint64_t
next(struct fuzz *f)
{
	uint64_t x = f->rng += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static size_t
below(struct fuzz *f, size_t n)
{
	return n != 0 ? (size_t)(next(f) % n) : 0;
}

static void *
must(void *p)
{
	if (p == NULL) {
		perror("fuzz");
		exit(2);
	}
	return p;
}

static void
add_file(struct fuzz *f, const char *path)
{
	FILE *file = must(fopen(path, "rb"));
	struct input in = { must(malloc(INPUT_MAX)), 0 };

	in.size = fread(in.data, 1, INPUT_MAX, file);
	fclose(file);
	in.data = must(realloc(in.data, in.size + 1));
	f->input = must(realloc(f->input, (f->n + 1) * sizeof in));
	f->input[f->n++] = in;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void
add_path(struct fuzz *f, const char *path)
{
	struct dirent **names;
	char full[4096];
	struct stat st;
	int i, n;

	if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
		add_file(f, path);
		return;
	}
	n = scandir(path, &names, NULL, by_name);
	for (i = 0; i < n; i++) {
		snprintf(full, sizeof full, "%s/%s", path, names[i]->d_name);
		if (stat(full, &st) == 0 && S_ISREG(st.st_mode))
			add_file(f, full);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
}

static void
save(const struct fuzz *f, const uint8_t *data, size_t size)
{
	FILE *file;

	if (f->save == NULL)
		return;
	file = must(fopen(f->save, "wb"));
	fwrite(data, 1, size, file);
	fclose(file);
}

/* Room for n bytes at a place; their old content moves up. */
static void
insert(struct fuzz *f, size_t at, const uint8_t *data, size_t n)
{
	struct input *w = &f->work;

	if (n > INPUT_MAX - w->size)
		n = INPUT_MAX - w->size;
	memmove(w->data + at + n, w->data + at, w->size - at);
	memcpy(w->data + at, data, n);
	w->size += n;
}

static void
splice(struct fuzz *f)
{
	const struct input *other = &f->input[below(f, f->n)];
	size_t from = below(f, other->size), n;

	n = below(f, other->size - from + 1);
	insert(f, below(f, f->work.size + 1), other->data + from,
	    n < 256 ? n : 256);
}

static void
repeat(struct fuzz *f)
{
	size_t from = below(f, f->work.size);
	size_t n = below(f, f->work.size - from + 1);
	uint8_t copy[256];

	n = n < sizeof copy ? n : sizeof copy;
	memcpy(copy, f->work.data + from, n);
	insert(f, below(f, f->work.size + 1), copy, n);
}

static void
cut(struct fuzz *f)
{
	struct input *w = &f->work;
	size_t from = below(f, w->size), n = below(f, w->size - from + 1);

	n = n < 64 ? n : n % 64;
	memmove(w->data + from, w->data + from + n, w->size - from - n);
	w->size -= n;
}

static void
mutate(struct fuzz *f)
{
	static const uint8_t odd[] = { 0, 1, 2, 3, 4, 7, 8, 0x0a, 0x12, 0x1a,
	    0x22, 0x2a, 0x32, 0x7f, 0x80, 0x81, 0xfe, 0xff };
	struct input *w = &f->work;
	uint8_t *at = w->data + below(f, w->size);
	unsigned what = (unsigned)below(f, 10);

	if (what < 2 && w->size > 0)
		*at = (uint8_t)(*at ^ 1u << below(f, 8));
	else if (what < 4 && w->size > 0)
		*at = odd[below(f, sizeof odd)];
	else if (what < 5 && w->size > 0)
		*at = (uint8_t)(*at + below(f, 33) - 16);
	else if (what < 6)
		insert(f, below(f, w->size + 1), odd + below(f, sizeof odd),
		    1);
	else if (what < 7)
		cut(f);
	else if (what < 8)
		repeat(f);
	else if (what < 9)
		splice(f);
	else if (below(f, 8) == 0)
		w->size = below(f, w->size + 1);
}

static void
run(struct fuzz *f, uint64_t seed, uint64_t number)
{
	const struct input *from;
	size_t i, n;
	uint8_t *exact;

	f->rng = seed ^ number * UINT64_C(0xd6e8feb86659fd93);
	from = &f->input[below(f, f->n)];
	memcpy(f->work.data, from->data, from->size);
	f->work.size = from->size;
	n = 1 + below(f, MUTATIONS);
	for (i = 0; i < n; i++)
		mutate(f);
	/* A copy of the right size, so that a sanitizer sees its end. */
	exact = must(malloc(f->work.size + (f->work.size == 0)));
	memcpy(exact, f->work.data, f->work.size);
	save(f, exact, f->work.size);
	LLVMFuzzerTestOneInput(exact, f->work.size);
	free(exact);
}

static uint64_t
number(const char *option, const char *name, uint64_t otherwise)
{
	size_t n = strlen(name);

	return strncmp(option, name, n) == 0 ?
	    strtoull(option + n, NULL, 10) : otherwise;
}

int
main(int argc, char **argv)
{
	struct fuzz f = { 0 };
	uint64_t runs = 0, seed = 1, seconds = 0, first = 0, done, i;
	time_t start = time(NULL);
	int a;

	f.work.data = must(malloc(INPUT_MAX + 1));
	for (a = 1; a < argc; a++) {
		if (argv[a][0] != '-') {
			add_path(&f, argv[a]);
			continue;
		}
		runs = number(argv[a], "-runs=", runs);
		seed = number(argv[a], "-seed=", seed);
		seconds = number(argv[a], "-max_total_time=", seconds);
		first = number(argv[a], "-first=", first);
		if (strncmp(argv[a], "-save=", 6) == 0)
			f.save = argv[a] + 6;
	}
	for (i = 0; i < f.n && first == 0; i++) {
		save(&f, f.input[i].data, f.input[i].size);
		LLVMFuzzerTestOneInput(f.input[i].data, f.input[i].size);
	}
	for (done = first; f.n > 0; done++) {
		if (runs != 0 ? done >= runs : seconds == 0)
			break;
		if (seconds != 0 && time(NULL) - start >= (time_t)seconds)
			break;
		run(&f, seed, done);
	}
	printf("%s: %zu files, %llu mutations\n", argv[0], f.n,
	    (unsigned long long)done);
	for (i = 0; i < f.n; i++)
		free(f.input[i].data);
	free(f.input);
	free(f.work.data);
	return 0;
}
