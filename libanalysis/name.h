/* SPDX-License-Identifier: MIT */
#ifndef PROF_NAME_H
#define PROF_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libanalysis/buf.h"

/*
 * Names come out of files and may hold anything.  They reach a terminal, a
 * table or a document only through these functions.
 */

/*
 * Decode one UTF-8 character of s[0..len), len > 0.
 *
 * used: out, bytes taken, at least 1.
 * Returns the code point, or -1 for a byte that is not valid UTF-8 (overlong
 * forms and surrogates included; then one byte is taken).
 */
int32_t prof_utf8_next(const char *s, size_t len, size_t *used);

/*
 * Whether a code point is unsafe to show: C0, C1, DEL, line and paragraph
 * separators, bidirectional controls and isolates, the byte order mark,
 * noncharacters.
 */
bool prof_name_unsafe(int32_t cp);

/*
 * Append s[0..len) as printable UTF-8: unsafe characters become \xNN (below
 * U+0100) or \uNNNN, invalid bytes \xNN; a backslash stays as it is.
 * Source: the one rule for names, CONTRIBUTING.md.
 */
void prof_name_print(struct prof_buf *b, const char *s, size_t len);

/*
 * A function name without a leading dot and without parameters, as pprof's
 * drop and prune patterns see it: *s moves, the length left is returned.
 * Source: google/pprof profile/prune.go (simplifyFunc).
 */
size_t prof_name_simple(const char **s, size_t len);

/* What is behind the last '/' of a path. */
const char *prof_name_base(const char *path);

/* Columns that prof_name_print's output takes on a terminal. */
size_t prof_name_width(const char *s, size_t len);

/*
 * How many bytes of printed text fit into so many columns: all, or up to a
 * blank behind a word, else up to a character, of which there is one at least.
 */
size_t prof_name_fit(const char *s, size_t len, size_t room);

/* One field of TSV: \\ \t \n \r, other controls and bad bytes as \xNN. */
void prof_name_tsv(struct prof_buf *b, const char *s, size_t len);

/*
 * One cell of CSV (RFC 4180), quoted where needed; a text that a spreadsheet
 * would run as a formula gets a leading apostrophe.
 */
void prof_name_csv(struct prof_buf *b, const char *s, size_t len);

/* A Markdown code span that nothing in the name can leave. */
void prof_name_markdown(struct prof_buf *b, const char *s, size_t len);

/* Markdown text without any markup, also as a cell of a table. */
void prof_name_markdown_text(struct prof_buf *b, const char *s, size_t len);

/* A quoted JSON string (RFC 8259); invalid bytes become \\xNN text. */
void prof_name_json(struct prof_buf *b, const char *s, size_t len);

/*
 * XML 1.0 character data or attribute value; characters that XML forbids
 * become \xNN or \uNNNN text.
 */
void prof_name_xml(struct prof_buf *b, const char *s, size_t len);

#endif
