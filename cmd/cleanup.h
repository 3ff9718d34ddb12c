/* SPDX-License-Identifier: MIT */
#ifndef CMD_CLEANUP_H
#define CMD_CLEANUP_H

/*
 * Temporary files of -o that a failure or a signal must not leave behind.
 * Paths are borrowed until forgotten; there is room for a few.
 */
void cleanup_add(const char *path);
void cleanup_forget(const char *path);
void cleanup_run(void);

/* Run on SIGINT, SIGTERM and SIGHUP, then die of the signal. */
void cleanup_on_signals(void);

#endif
