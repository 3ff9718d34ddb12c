/* SPDX-License-Identifier: MIT */
#ifndef PROF_TABLES_H
#define PROF_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libanalysis/intern.h"

/* The rows of a profile's tables; profile.h has the tables. */
typedef uint32_t prof_fn;	/* function */
typedef uint32_t prof_mod;	/* mapping: a module in memory */
typedef uint32_t prof_loc;	/* location: a physical frame */
typedef uint32_t prof_stack;	/* run of locations; 0 is the empty stack */
typedef uint32_t prof_set;	/* label set; 0 is no labels */

#define PROF_COLS_MAX 16	/* value columns of one profile */
#define PROF_EDGE_COLS_MAX 34	/* of edges: self and total of each, calls */

struct prof_function {
	prof_str name;		/* as shown, demangled where known */
	prof_str system;	/* linker name; 0 when not known */
	prof_str file;		/* source file */
	int64_t start;		/* line of the definition; 0: not known */
};

enum {
	PROF_MOD_FUNCTIONS = 1,	/* symbols were found for it */
	PROF_MOD_FILENAMES = 2,
	PROF_MOD_LINES = 4,
	PROF_MOD_INLINES = 8
};

struct prof_mapping {
	uint64_t start, limit;	/* addresses [start, limit) */
	uint64_t offset;	/* of start in the file */
	prof_str file, build_id;
	uint32_t flags;		/* PROF_MOD_* */
};

enum prof_kind {
	PROF_KIND_NONE,		/* not told */
	PROF_KIND_USER,
	PROF_KIND_KERNEL,
	PROF_KIND_JIT,
	PROF_KIND_VDSO,
	PROF_KIND_INTERPRETED,
	PROF_KIND_BUILTIN
};

enum {
	PROF_LOC_FOLDED = 1,	/* pprof's is_folded: several symbols here */
	PROF_LOC_INLINED = 2,	/* inlined into the frame of its caller */
	/* its function is called so already by prof_spell */
	PROF_LOC_BY_FILE = 4, PROF_LOC_BY_MODULE = 8,
	PROF_LOC_BY_PACKAGE = 16,
	PROF_LOC_KEPT = 30	/* those that other formats have no place for */
};

/* One function on a frame; several where calls were inlined into it. */
struct prof_line {
	prof_fn fn;
	int64_t line, column;	/* 0: not known */
};

struct prof_location {
	uint64_t address;	/* 0: not known */
	prof_mod mapping;
	uint32_t first_line;	/* lines[first_line ..+ nlines), innermost */
	uint32_t nlines;	/* first; 0: only the address is known */
	uint8_t kind, flags;	/* enum prof_kind, PROF_LOC_* */
};

/* What one value column holds: value * num / den is in unit. */
struct prof_type {
	prof_str type, unit;	/* "cpu", "nanoseconds" */
	int64_t num, den;	/* scale, both at least 1 */
};

/* One label: text when str is not 0, else a number with unit. */
struct prof_label {
	prof_str key, str, unit;
	int64_t num;
};

/* Runs of 32-bit ids, or of labels: run id covers [end[id-1], end[id]). */
struct prof_runs {
	uint64_t *end;		/* n + 1 offsets, the first 0; NULL if n is 0 */
	uint32_t n;
	size_t end_cap, cap;
};

#endif
