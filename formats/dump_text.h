/* SPDX-License-Identifier: MIT */
#ifndef PROF_DUMP_TEXT_H
#define PROF_DUMP_TEXT_H

#include "libanalysis/buf.h"
#include "libanalysis/profile.h"

/* The fields of which the lines of a dump are made. */

/*
 * A text without control characters, and nothing lost: unlike
 * prof_name_tsv, a C1 control and the invalid byte of its number differ.
 */
void prof_dump_text(struct prof_buf *b, const char *s, size_t len);
void prof_dump_str(struct prof_buf *b, const struct prof_profile *p,
    prof_str s);

/* "\tkey=TEXT" and "\tkey=V", nothing without text or for 0. */
void prof_dump_field(struct prof_buf *b, const struct prof_profile *p,
    const char *key, prof_str s);
void prof_dump_number(struct prof_buf *b, const char *key, int64_t v);

/* "\tname" for each bit that is set; names end with NULL. */
void prof_dump_bits(struct prof_buf *b, uint32_t bits,
    const char *const *names);

/* "what\tTYPE\tUNIT" and the scale if there is one. */
void prof_dump_type(struct prof_buf *b, const struct prof_profile *p,
    const char *what, const struct prof_type *t);

/* Name and fields of a function, with a line of it if that is not NULL. */
void prof_dump_function(struct prof_buf *b, const struct prof_profile *p,
    prof_fn id, const struct prof_line *line);

#endif
