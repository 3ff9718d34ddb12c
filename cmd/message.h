/* SPDX-License-Identifier: MIT */
#ifndef CMD_MESSAGE_H
#define CMD_MESSAGE_H

#include <stdbool.h>

/* How messages are said, beside cli.h, which has those that most need. */

/*
 * From here on cli_fail prints the message to standard output and exits with
 * 0; names of files that only we were told are left out by who fails.
 */
void cli_lenient(void);

/* What is read now, for messages: "gate.conf:3"; NULL for nothing. */
void cli_place(const char *where);

/* No warnings until it is called with false. */
void cli_hush(bool hush);

/* Whether the answer lacks something, as far as is known. */
bool cli_is_incomplete(void);

#endif
