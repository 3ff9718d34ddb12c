/*
 * threads: threads whose names are hard to tell from the fields beside them.
 *
 *   gcc -O0 -g -fno-omit-frame-pointer -pthread -o threads threads.c
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const names[] = {
	"worker 12", "io:thread/0", "a", "[001] 1.5:", "7 7/7 busy: x", " lead",
};

enum { THREADS = sizeof names / sizeof *names };

static int rounds = 20;

static uint64_t
stir(uint64_t h)
{
	for (int i = 0; i < 100000; i++)
		h = (h ^ (h >> 29)) * 1099511628211u + 7;
	return h;
}

/* Sleeping gives the scheduler something to tell of. */
static void
rest(void)
{
	usleep(1000);
}

static void *
work(void *argument)
{
	uintptr_t number = (uintptr_t)argument;
	uint64_t h = number;

	pthread_setname_np(pthread_self(), names[number]);
	for (int i = 0; i < rounds; i++) {
		h = stir(h);
		if (i % 4 == 3)
			rest();
	}
	return (void *)(uintptr_t)h;
}

int
main(int argc, char **argv)
{
	pthread_t thread[THREADS];
	uintptr_t sum = 0;
	void *part;

	if (argc > 1)
		rounds = atoi(argv[1]);
	for (uintptr_t i = 0; i < THREADS; i++)
		if (pthread_create(&thread[i], NULL, work, (void *)i))
			return 1;
	for (int i = 0; i < THREADS; i++) {
		pthread_join(thread[i], &part);
		sum += (uintptr_t)part;
	}
	printf("%zx\n", (size_t)sum);
	return 0;
}
