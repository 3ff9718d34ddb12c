/* SPDX-License-Identifier: MIT */
#ifndef TESTS_MAKE_H
#define TESTS_MAKE_H

#include <check.h>
#include <string.h>

#include "libanalysis/builder.h"

/* A profile written down in a test, sample by sample. */
struct made {
	struct prof_profile p;
	struct prof_builder b;
	struct prof_err err;
	const char *file;	/* of functions made from now on, or NULL */
	prof_mod mapping;	/* of locations made from now on */
};

static inline prof_str
make_str(struct made *m, const char *s)
{
	return prof_strs_adds(&m->p.strs, s);
}

/* type NULL: without a first column. */
static inline void
make_start(struct made *m, const char *type, const char *unit)
{
	memset(m, 0, sizeof *m);
	prof_builder_init(&m->b, &m->p, NULL);
	if (type != NULL)
		prof_profile_add_type(&m->p, make_str(m, type),
		    make_str(m, unit));
}

static inline void
make_drop(struct made *m)
{
	prof_builder_release(&m->b);
	prof_profile_release(&m->p);
}

static inline prof_fn
make_fn(struct made *m, const char *name)
{
	struct prof_function f = { .name = make_str(m, name) };

	f.file = m->file != NULL ? make_str(m, m->file) : 0;
	return prof_builder_function(&m->b, f);
}

/* A mapping, which the locations to come are in. */
static inline prof_mod
make_mod(struct made *m, uint64_t from, uint64_t to, const char *file,
    const char *build_id)
{
	struct prof_mapping o = { .start = from, .limit = to };

	o.file = make_str(m, file);
	o.build_id = make_str(m, build_id);
	return m->mapping = prof_builder_mapping(&m->b, o);
}

/* A location without a function. */
static inline prof_loc
make_at(struct made *m, uint64_t address)
{
	struct prof_location l = { .address = address };

	l.mapping = m->mapping;
	return prof_builder_location(&m->b, l, NULL, 0);
}

/* "outer|inner": a line for each part, innermost first. */
static inline prof_loc
make_named(struct made *m, const char *names, size_t len)
{
	struct prof_location l = { .mapping = m->mapping };
	struct prof_line line[8] = { { 0 } };
	char name[64];
	size_t n = 0, end = len, at;

	do {
		for (at = end; at > 0 && names[at - 1] != '|'; at--)
			;
		ck_assert(end - at < sizeof name && n < 8);
		memcpy(name, names + at, end - at);
		name[end - at] = '\0';
		line[n++].fn = make_fn(m, name);
		end = at > 0 ? at - 1 : 0;
	} while (at > 0);
	return prof_builder_location(&m->b, l, line, n);
}

/* "root;...;leaf"; "" is the empty stack. */
static inline prof_stack
make_stack(struct made *m, const char *names)
{
	prof_loc run[64];
	const char *end = names + strlen(names), *at;
	size_t n = 0;

	while (end > names) {
		for (at = end; at > names && at[-1] != ';'; at--)
			;
		run[n++] = make_named(m, at, (size_t)(end - at));
		end = at > names ? at - 1 : at;
	}
	return prof_builder_stack(&m->b, run, n);
}

static inline void
make_values(struct made *m, prof_stack stack, prof_set set,
    const int64_t *values)
{
	ck_assert_int_eq(prof_builder_sample(&m->b, stack, set, 0, values,
	    &m->err), PROF_OK);
}

/* A sample of one value, further columns 0. */
static inline void
make_sample(struct made *m, const char *names, int64_t value)
{
	int64_t values[PROF_COLS_MAX] = { value };

	make_values(m, make_stack(m, names), 0, values);
}

#endif
