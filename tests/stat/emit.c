/* SPDX-License-Identifier: MIT */
#include "tests/stat/emit.h"

#include <string.h>

/* --- collapsed stacks ----------------------------------------------------- */

/* Leaf first; what was inlined is no frame. */
static uint32_t
path_of(const struct world *w, const struct version *v, uint32_t node,
    uint32_t *path)
{
	uint32_t n = 0;

	for (; node != 0; node = w->parent[node])
		if (v->moved[node] == node)
			path[n++] = w->fn[node];
	path[n++] = w->fn[0];
	return n;
}

static void
emit_folded(struct prof_buf *to, const struct world *w,
    const struct version *v, const struct recording *r)
{
	uint32_t path[WORLD_NODES], i, n;

	for (i = 0; i < WORLD_NODES; i++) {
		if (!(r->count[i] > 0))
			continue;
		for (n = path_of(w, v, i, path); n > 0; n--) {
			prof_buf_adds(to, v->name[path[n - 1]]);
			prof_buf_addc(to, n > 1 ? ';' : ' ');
		}
		prof_buf_addi(to, (int64_t)r->count[i]);
		prof_buf_addc(to, '\n');
	}
}

/* --- perf script ---------------------------------------------------------- */

static void
add_record(struct prof_buf *to, const struct prof_buf *frames, uint64_t at)
{
	prof_buf_addf(to, "app  4711 %u.%06u:   10101010 cpu-clock: \n",
	    (unsigned)(at / 1000000), (unsigned)(at % 1000000));
	prof_buf_add(to, frames->data, frames->len);
	prof_buf_addc(to, '\n');
}

static void
emit_perf(struct prof_buf *to, const struct world *w,
    const struct version *v, const struct recording *r)
{
	struct prof_buf frames = { 0 };
	uint32_t path[WORLD_NODES], i, k, n;
	uint64_t at = 1000000;
	double left;

	for (i = 0; i < WORLD_NODES; i++) {
		n = path_of(w, v, i, path);
		prof_buf_clear(&frames);
		for (k = 0; k < n; k++)
			prof_buf_addf(&frames, "\t%x %s+0x4 (/opt/app)\n",
			    0x401000 + path[k] * 64 + 4, v->name[path[k]]);
		for (left = r->count[i]; left > 0; left--)
			add_record(to, &frames, at += 10101);
	}
	prof_buf_release(&frames);
}

/* --- pprof: protocol buffers, by hand ------------------------------------- */

static void
add_varint(struct prof_buf *b, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		prof_buf_addc(b, (char)(v | 0x80));
	prof_buf_addc(b, (char)v);
}

static void
add_number(struct prof_buf *b, unsigned field, uint64_t v)
{
	add_varint(b, field << 3);
	add_varint(b, v);
}

static void
add_bytes(struct prof_buf *b, unsigned field, const char *data, size_t n)
{
	add_varint(b, field << 3 | 2);
	add_varint(b, n);
	prof_buf_add(b, data, n);
}

static void
add_message(struct prof_buf *b, unsigned field, struct prof_buf *m)
{
	add_bytes(b, field, m->data, m->len);
	prof_buf_clear(m);
}

/* A pair of numbers 1 and 2: a type and its unit. */
static void
add_pair(struct prof_buf *b, unsigned field, uint64_t one, uint64_t two)
{
	struct prof_buf m = { 0 };

	add_number(&m, 1, one);
	add_number(&m, 2, two);
	add_message(b, field, &m);
	prof_buf_release(&m);
}

static void
add_samples(struct prof_buf *to, const struct world *w,
    const struct version *v, const struct recording *r)
{
	uint32_t path[WORLD_NODES], i, k, n;
	struct prof_buf m = { 0 }, packed = { 0 };

	for (i = 0; i < WORLD_NODES; i++) {
		if (!(r->count[i] > 0))
			continue;
		n = path_of(w, v, i, path);
		for (k = 0; k < n; k++)
			add_varint(&packed, path[k] + 1);
		add_message(&m, 1, &packed);
		add_varint(&packed, (uint64_t)r->count[i]);
		add_varint(&packed, (uint64_t)r->count[i] * EMIT_PERIOD);
		add_message(&m, 2, &packed);
		add_message(to, 2, &m);
	}
	prof_buf_release(&m);
	prof_buf_release(&packed);
}

/* Strings 5 to 204 are the names. */
static void
add_functions(struct prof_buf *to)
{
	struct prof_buf m = { 0 }, line = { 0 };
	uint32_t i;

	for (i = 0; i < WORLD_FUNCTIONS; i++) {
		add_number(&m, 1, i + 1);
		add_number(&m, 3, 0x401000 + i * 64);
		add_number(&line, 1, i + 1);
		add_message(&m, 4, &line);
		add_message(to, 4, &m);
		add_number(&m, 1, i + 1);
		add_number(&m, 2, 5 + i);
		add_message(to, 5, &m);
	}
	prof_buf_release(&m);
	prof_buf_release(&line);
}

static void
emit_pprof(struct prof_buf *to, const struct world *w,
    const struct version *v, const struct recording *r)
{
	static const char *const strings[] = { "", "samples", "count", "cpu",
	    "nanoseconds" };
	uint32_t i;

	add_pair(to, 1, 1, 2);
	add_pair(to, 1, 3, 4);
	add_samples(to, w, v, r);
	add_functions(to);
	for (i = 0; i < 5; i++)
		add_bytes(to, 6, strings[i], strlen(strings[i]));
	for (i = 0; i < WORLD_FUNCTIONS; i++)
		add_bytes(to, 6, v->name[i], strlen(v->name[i]));
	add_pair(to, 11, 3, 4);
	add_number(to, 12, EMIT_PERIOD);
}

/* --- cProfile: Python's marshal, by hand ---------------------------------- */

static void
add_little(struct prof_buf *b, uint64_t v, unsigned size)
{
	for (; size > 0; size--, v >>= 8)
		prof_buf_addc(b, (char)(v & 0xff));
}

static void
add_int(struct prof_buf *b, uint32_t v)
{
	prof_buf_addc(b, 'i');
	add_little(b, v, 4);
}

static void
add_float(struct prof_buf *b, double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof bits);
	prof_buf_addc(b, 'g');
	add_little(b, bits, 8);
}

static void
add_tuple(struct prof_buf *b, uint32_t n)
{
	prof_buf_addc(b, '(');
	add_little(b, n, 4);
}

static void
add_text(struct prof_buf *b, const char *s)
{
	prof_buf_addc(b, 'u');
	add_little(b, strlen(s), 4);
	prof_buf_adds(b, s);
}

static void
add_key(struct prof_buf *b, const struct version *v, uint32_t fn)
{
	add_tuple(b, 3);
	add_text(b, "app.py");
	add_int(b, 10 * fn + 1);
	add_text(b, v->name[fn]);
}

/* Who calls whom: times in seconds. */
struct times {
	double self[WORLD_FUNCTIONS], total[WORLD_FUNCTIONS];
	double of[WORLD_FUNCTIONS][WORLD_FUNCTIONS][2];	/* callee, caller */
	bool called[WORLD_FUNCTIONS][WORLD_FUNCTIONS];
	double below[WORLD_NODES];
};

static void
sum_times(struct times *t, const struct world *w, const struct recording *r)
{
	uint32_t i, f, up;

	memset(t, 0, sizeof *t);
	for (i = WORLD_NODES; i-- > 0; ) {
		f = w->fn[i];
		t->below[i] += r->rate[i] * .01;
		t->self[f] += r->rate[i] * .01;
		t->total[f] += t->below[i];
		if (i == 0)
			break;
		up = w->fn[w->parent[i]];
		t->below[w->parent[i]] += t->below[i];
		t->called[f][up] = true;
		t->of[f][up][0] += r->rate[i] * .01;
		t->of[f][up][1] += t->below[i];
	}
}

#define CALLS 12	/* by each caller */

static void
add_row(struct prof_buf *to, const struct times *t, const struct version *v,
    uint32_t fn)
{
	uint32_t i, callers = 0;

	for (i = 0; i < WORLD_FUNCTIONS; i++)
		callers += t->called[fn][i];
	add_key(to, v, fn);
	add_tuple(to, 5);
	add_int(to, callers == 0 ? 1 : callers * CALLS);
	add_int(to, callers == 0 ? 1 : callers * CALLS);
	add_float(to, t->self[fn]);
	add_float(to, t->total[fn]);
	prof_buf_addc(to, '{');
	for (i = 0; i < WORLD_FUNCTIONS; i++) {
		if (!t->called[fn][i])
			continue;
		add_key(to, v, i);
		add_tuple(to, 4);
		add_int(to, CALLS);
		add_int(to, CALLS);
		add_float(to, t->of[fn][i][0]);
		add_float(to, t->of[fn][i][1]);
	}
	prof_buf_addc(to, '0');
}

static void
emit_cprofile(struct prof_buf *to, const struct world *w,
    const struct version *v, const struct recording *r)
{
	static struct times t;	/* too large for a stack */
	uint32_t i;

	sum_times(&t, w, r);
	prof_buf_addc(to, '{');
	for (i = 0; i < WORLD_FUNCTIONS; i++)
		add_row(to, &t, v, i);
	prof_buf_addc(to, '0');
}

/* --- all of them ---------------------------------------------------------- */

void
emit(struct prof_buf *to, enum emit_format format, const struct world *w,
    const struct version *v, const struct recording *r)
{
	switch (format) {
	case EMIT_PPROF:
		emit_pprof(to, w, v, r);
		break;
	case EMIT_FOLDED:
		emit_folded(to, w, v, r);
		break;
	case EMIT_PERF:
		emit_perf(to, w, v, r);
		break;
	case EMIT_CPROFILE:
		emit_cprofile(to, w, v, r);
		break;
	}
}

const char *
emit_suffix(enum emit_format format)
{
	static const char *const suffix[] = { "pprof", "folded", "perf",
	    "prof" };

	return suffix[format];
}
