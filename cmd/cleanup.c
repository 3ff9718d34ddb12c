/* SPDX-License-Identifier: MIT */
#include "cmd/cleanup.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#define MAX 16

static const char *volatile path[MAX];

void
cleanup_add(const char *p)
{
	int i;

	for (i = 0; i < MAX; i++)
		if (path[i] == NULL) {
			path[i] = p;
			return;
		}
}

void
cleanup_forget(const char *p)
{
	int i;

	for (i = 0; i < MAX; i++)
		if (path[i] == p)
			path[i] = NULL;
}

/* Called from a signal handler, too: only unlink. */
void
cleanup_run(void)
{
	int i;

	for (i = 0; i < MAX; i++)
		if (path[i] != NULL) {
			unlink(path[i]);
			path[i] = NULL;
		}
}

static void
on_signal(int sig)
{
	cleanup_run();
	signal(sig, SIG_DFL);
	raise(sig);
}

void
cleanup_on_signals(void)
{
	static const int sigs[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction act = { .sa_handler = on_signal }, old;
	size_t i;

	sigemptyset(&act.sa_mask);
	for (i = 0; i < sizeof sigs / sizeof sigs[0]; i++)
		if (sigaction(sigs[i], NULL, &old) == 0 &&
		    old.sa_handler == SIG_DFL)
			sigaction(sigs[i], &act, NULL);
}
