/* SPDX-License-Identifier: MIT */
/*
 * How often pdiff and pregress are right, on files of invented programs.
 *
 * stat [-n trials] [-s seed] [-j jobs] [-o table.md] [-t trial]
 *     [experiment[:row]...]
 *
 * BIN is where the programs are, TESTTMP where to write.  -t runs one trial
 * only, whose files are left in TESTTMP/stat/0; rows count from 0.
 */
#include "tests/stat/stat.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of none that the methods were built with. */
#define SEED 4711

static const struct {
	const char *name, *title;
	void (*run)(struct study *);
} experiments[] = {
	{ "gate", "The gate by default: alarms", stat_gate },
	{ "spikes", "The gate where a function may double in one run",
	    stat_spikes },
	{ "twice", "Everything slower: alarms", stat_twice },
	{ "list", "What pdiff lists at q = 0.05", stat_list },
	{ "power", "One slower function, listed by pdiff", stat_power },
	{ "scale", "The global factor", stat_scale },
	{ "cause", "The culprit, and nothing else", stat_cause },
	{ "moved", "Work that moved", stat_moved },
	{ "single", "One run each: alarms, and what pregress says of them",
	    stat_single },
	{ "order", "Other bytes by another order of inputs", stat_order }
};

#define N (sizeof experiments / sizeof experiments[0])

/* All rows, or one. */
static bool
wanted(struct study *s, char *const *names, int n, const char *name)
{
	size_t len = strlen(name);
	int i;

	s->row = -1;
	for (i = 0; i < n; i++) {
		if (strncmp(names[i], name, len) != 0 ||
		    (names[i][len] != '\0' && names[i][len] != ':'))
			continue;
		if (names[i][len] == ':')
			s->row = strtol(names[i] + len + 1, NULL, 10);
		return true;
	}
	return n == 0;
}

static void
heading(struct study *s, const char *title)
{
	printf("--- %s\n", title);
	s->title = title;
	prof_buf_addf(&s->table, "\n## %s\n\n", title);
	prof_buf_adds(&s->table, "| what | observed | goal | limit | verdict "
	    "|\n|-|-|-|-|-|\n");
}

static void
write_table(const struct study *s, const char *path)
{
	FILE *f = fopen(path, "w");

	if (f == NULL) {
		perror(path);
		exit(2);
	}
	fprintf(f, "# How often pdiff and pregress are right\n\n"
	    "Written by `make check-stat-full`: version %s, seed %lu, %lu "
	    "trials a row.\nEach trial invents a program of %d functions in "
	    "%d calling contexts, shares by\nZipf's law, writes files of its "
	    "runs (pprof, collapsed stacks, perf script,\ncProfile) and runs "
	    "the programs on them.  A row misses its goal where it is\n"
	    "beyond the limit: what a rate equal to the goal exceeds with a "
	    "probability of\n1e-4.\n", PROF_VERSION, s->seed, s->trials,
	    WORLD_FUNCTIONS, WORLD_NODES);
	if (fwrite(s->table.data, 1, s->table.len, f) != s->table.len ||
	    fclose(f) != 0) {
		perror(path);
		exit(2);
	}
}

static int
usage(void)
{
	fputs("usage: stat [-n trials] [-s seed] [-j jobs] [-o table.md] "
	    "[-t trial] [experiment[:row]...]\n", stderr);
	return 2;
}

static void
prepare(struct study *s)
{
	const char *tmp = getenv("TESTTMP");

	s->bin = getenv("BIN");
	if (s->bin == NULL || tmp == NULL) {
		fputs("stat: BIN and TESTTMP must be set\n", stderr);
		exit(2);
	}
	snprintf(s->dir, sizeof s->dir, "%s/stat", tmp);
	if (mkdir(s->dir, 0777) != 0 && errno != EEXIST) {
		perror(s->dir);
		exit(2);
	}
}

int
main(int argc, char **argv)
{
	struct study s = { .trials = 200, .seed = SEED };
	const char *table = NULL;
	long jobs = sysconf(_SC_NPROCESSORS_ONLN), only = -1;
	unsigned i;
	int c;

	while ((c = getopt(argc, argv, "n:s:j:o:t:")) != -1) {
		if (c == 'n')
			s.trials = strtoul(optarg, NULL, 10);
		else if (c == 's')
			s.seed = strtoul(optarg, NULL, 10);
		else if (c == 'j')
			jobs = strtol(optarg, NULL, 10);
		else if (c == 'o')
			table = optarg;
		else if (c == 't')
			only = strtol(optarg, NULL, 10);
		else
			return usage();
	}
	s.jobs = jobs > 0 ? (unsigned)jobs : 1;
	if (only >= 0) {
		s.first = (unsigned long)only;
		s.trials = s.first + 1;
		s.jobs = 1;
	}
	if (s.trials < 1)
		return usage();
	prepare(&s);
	for (i = 0; i < N; i++) {
		if (!wanted(&s, argv + optind, argc - optind,
		    experiments[i].name))
			continue;
		heading(&s, experiments[i].title);
		experiments[i].run(&s);
	}
	printf("stat: %u passed, %u failed\n", s.passed, s.failed);
	if (table != NULL)
		write_table(&s, table);
	prof_buf_release(&s.table);
	return s.failed > 0;
}
