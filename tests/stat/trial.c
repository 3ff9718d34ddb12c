/* SPDX-License-Identifier: MIT */
#include "tests/stat/stat.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libanalysis/nomem.h"

#define ARGS_MAX 64

void
stat_die(const struct study *s, const char *text)
{
	fprintf(stderr, "stat: %s, trial %lu: %s (files in %s)\n", s->title,
	    s->n, text, s->dir);
	exit(2);
}

/* --- trials --------------------------------------------------------------- */

/* In a process of its own: every jobs-th trial. */
static void
work(struct study *s, unsigned worker, stat_trial *trial, const void *how,
    double *out, unsigned slots)
{
	size_t n = strlen(s->dir);

	snprintf(s->dir + n, sizeof s->dir - n, "/%u", worker);
	if (mkdir(s->dir, 0777) != 0 && errno != EEXIST)
		stat_die(s, strerror(errno));
	for (s->n = s->first + worker; s->n < s->trials; s->n += s->jobs)
		trial(s, how, out + s->n * slots);
	exit(0);
}

double *
stat_each(struct study *s, uint64_t stream, stat_trial *trial, const void *how,
    unsigned slots)
{
	size_t size = s->trials * slots * sizeof(double);
	double *shared = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0), *out;
	int status, bad = 0;
	unsigned i;

	if (shared == MAP_FAILED)
		stat_die(s, strerror(errno));
	s->stream = stream;
	fflush(NULL);
	for (i = 0; i < s->jobs; i++) {
		switch (fork()) {
		case -1:
			stat_die(s, strerror(errno));
			break;
		case 0:
			work(s, i, trial, how, shared, slots);
		}
	}
	for (i = 0; i < s->jobs; i++)
		if (wait(&status) < 0 || !WIFEXITED(status) ||
		    WEXITSTATUS(status) != 0)
			bad = 1;
	if (bad)
		exit(2);
	out = prof_alloc(s->trials * slots, sizeof *out);
	memcpy(out, shared, size);
	munmap(shared, size);
	return out;
}

double
stat_sum(const struct study *s, const double *out, unsigned slots,
    unsigned slot)
{
	double sum = 0;
	unsigned long i;

	for (i = 0; i < s->trials; i++)
		sum += out[i * slots + slot];
	return sum;
}

void
stat_world(const struct study *s, struct world *w,
    const struct draw_noise *noise, double samples)
{
	world_init(w, s->seed, s->stream << 32 | s->n, noise, samples);
}

/* --- verdicts ------------------------------------------------------------- */

#define SURE 1e-4
#define SURE_SD 3.72	/* the same in standard errors */

/* P(X > c) of a binomial: n trials, rate p. */
static double
above(double n, double p, double c)
{
	double k, sum = 0;

	if (p <= 0 || p >= 1)
		return p >= 1 && c < n;
	for (k = c + 1; k <= n; k++)
		sum += exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) +
		    k * log(p) + (n - k) * log1p(-p));
	return sum;
}

/* The largest number of hits that chance explains. */
static double
most(double n, double p)
{
	double c = floor(n * p);

	while (c < n && above(n, p, c) > SURE)
		c++;
	return c;
}

static void
row(struct study *s, const char *what, const char *goal, const char *observed,
    const char *limit, const char *verdict)
{
	printf("%-6s %-58s %-14s %-16s %s\n", verdict, what, observed, goal,
	    limit);
	fflush(stdout);
	prof_buf_addf(&s->table, "| %s | %s | %s | %s | %s |\n", what,
	    observed, goal, limit, verdict);
}

static void
judge(struct study *s, bool good, const char *what, const char *goal,
    const char *observed, const char *limit)
{
	row(s, what, goal, observed, limit, good ? "ok" : "MISSED");
	if (good)
		s->passed++;
	else
		s->failed++;
}

void
stat_at_most(struct study *s, double hits, double n, double goal,
    const char *what)
{
	double limit = most(n, goal);
	char text[3][64];

	snprintf(text[0], sizeof text[0], "<= %.3g %%", 100 * goal);
	snprintf(text[1], sizeof text[1], "%g/%g = %.1f %%", hits, n,
	    100 * hits / n);
	snprintf(text[2], sizeof text[2], "<= %.1f %%", 100 * limit / n);
	judge(s, hits <= limit, what, text[0], text[1], text[2]);
}

void
stat_at_least(struct study *s, double hits, double n, double goal,
    const char *what)
{
	double limit = n - most(n, 1 - goal);
	char text[3][64];

	snprintf(text[0], sizeof text[0], ">= %.3g %%", 100 * goal);
	snprintf(text[1], sizeof text[1], "%g/%g = %.1f %%", hits, n,
	    100 * hits / n);
	snprintf(text[2], sizeof text[2], ">= %.1f %%", 100 * limit / n);
	judge(s, hits >= limit, what, text[0], text[1], text[2]);
}

void
stat_mean_at_most(struct study *s, const double *out, unsigned slots,
    unsigned slot, double goal, const char *what)
{
	double n = (double)s->trials, square = 0, x, limit;
	double mean = stat_sum(s, out, slots, slot) / n;
	char text[3][64];
	unsigned long i;

	for (i = 0; i < s->trials; i++) {
		x = out[i * slots + slot] - mean;
		square += x * x;
	}
	limit = goal + SURE_SD * sqrt(square / (n - 1) / n);
	snprintf(text[0], sizeof text[0], "<= %g", goal);
	snprintf(text[1], sizeof text[1], "%.3f", mean);
	snprintf(text[2], sizeof text[2], "<= %.3f", limit);
	judge(s, mean <= limit, what, text[0], text[1], text[2]);
}

void
stat_note(struct study *s, const char *what, const char *text)
{
	row(s, what, "", text, "", "");
}

/* --- the programs --------------------------------------------------------- */

void
stat_write(struct study *s, const char *name, const struct prof_buf *b)
{
	char path[sizeof s->dir + 64];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", s->dir, name);
	f = fopen(path, "wb");
	if (f == NULL || fwrite(b->data, 1, b->len, f) != b->len ||
	    fclose(f) != 0)
		stat_die(s, strerror(errno));
}

static void
name_run(char *name, size_t size, unsigned side, unsigned run,
    enum emit_format format)
{
	snprintf(name, size, "%c%u.%s", "bn"[side], run,
	    emit_suffix(format));
}

void
stat_record(struct study *s, struct world *w, const struct version *const v[2],
    const struct stat_runs *runs, struct recording *seen)
{
	struct prof_buf b = { 0 };
	struct recording r;
	unsigned side, i;
	char name[32];

	for (side = 0; side < 2; side++)
		for (i = 0; i < runs->n[side]; i++) {
			world_run(w, v[side], &r);
			if (seen != NULL)
				*seen++ = r;
			prof_buf_clear(&b);
			emit(&b, runs->format, w, v[side], &r);
			name_run(name, sizeof name, side, i, runs->format);
			stat_write(s, name, &b);
		}
	prof_buf_release(&b);
}

/* The child: the program, in the directory of the files. */
static void
become(struct study *s, const char *const *argv, int to)
{
	char path[4096];
	int err;

	snprintf(path, sizeof path, "%s/%s", s->bin, argv[0]);
	err = chdir(s->dir) == 0 ? open("stderr", O_WRONLY | O_CREAT |
	    O_TRUNC, 0666) : -1;
	if (err < 0 || dup2(to, 1) < 0 || dup2(err, 2) < 0)
		_exit(126);
	execv(path, (char *const *)argv);
	_exit(127);
}

int
stat_call(struct study *s, const char *const *argv, struct prof_buf *out)
{
	char chunk[65536], why[64];
	int ends[2], status;
	ssize_t n;
	pid_t pid;

	if (pipe(ends) != 0)
		stat_die(s, strerror(errno));
	pid = fork();
	if (pid < 0)
		stat_die(s, strerror(errno));
	if (pid == 0) {
		close(ends[0]);
		become(s, argv, ends[1]);
	}
	close(ends[1]);
	while ((n = read(ends[0], chunk, sizeof chunk)) > 0)
		prof_buf_add(out, chunk, (size_t)n);
	close(ends[0]);
	if (waitpid(pid, &status, 0) < 0)
		stat_die(s, strerror(errno));
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
		snprintf(why, sizeof why, "%s: status %d; see its stderr",
		    argv[0], status);
		stat_die(s, why);
	}
	return WEXITSTATUS(status);
}

int
stat_compare(struct study *s, const char *tool, const char *options,
    const struct stat_runs *runs, struct prof_buf *out)
{
	const char *argv[ARGS_MAX];
	char name[ARGS_MAX][32], words[256], *word, *rest = words;
	unsigned side, i, n = 0, names = 0;

	snprintf(words, sizeof words, "%s", options);
	argv[n++] = tool;
	while ((word = strtok_r(rest, " ", &rest)) != NULL)
		argv[n++] = word;
	for (side = 0; side < 2; side++)
		for (i = 0; i < runs->n[side]; i++) {
			if (n + 3 > ARGS_MAX)
				stat_die(s, "too many runs");
			if (side == 0)
				argv[n++] = "-b";
			name_run(name[names], sizeof name[0], side, i,
			    runs->format);
			argv[n++] = name[names++];
		}
	argv[n] = NULL;
	prof_buf_clear(out);
	return stat_call(s, argv, out);
}

enum emit_format
stat_rotate(const struct study *s, bool times_too)
{
	/* Not in step with the workers, which would have unequal work. */
	static const enum emit_format some[] = { EMIT_PPROF, EMIT_FOLDED,
	    EMIT_PPROF, EMIT_CPROFILE, EMIT_FOLDED, EMIT_PPROF, EMIT_FOLDED,
	    EMIT_PERF, EMIT_PPROF, EMIT_FOLDED, EMIT_CPROFILE, EMIT_FOLDED,
	    EMIT_PPROF, EMIT_CPROFILE, EMIT_PPROF, EMIT_FOLDED, EMIT_PPROF,
	    EMIT_FOLDED, EMIT_CPROFILE, EMIT_PPROF, EMIT_FOLDED };
	enum emit_format f = some[s->n % (sizeof some / sizeof some[0])];

	return f == EMIT_CPROFILE && !times_too ? EMIT_PPROF : f;
}
