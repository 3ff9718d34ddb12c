/* SPDX-License-Identifier: MIT */
/*
 * Bad inputs that a shell cannot write: hostile_gen CASE [ARGUMENT...] to
 * standard output.  tests/hostile.sh says what each must come to.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A protobuf message while it is made. */
struct msg {
	unsigned char *data;
	size_t n, cap;
};

static void
put(struct msg *m, const void *data, size_t n)
{
	if (m->cap - m->n < n) {
		m->cap = 2 * m->cap + n;
		m->data = realloc(m->data, m->cap);
		if (m->data == NULL)
			exit(1);
	}
	if (n > 0)
		memcpy(m->data + m->n, data, n);
	m->n += n;
}

static void
put_byte(struct msg *m, unsigned v)
{
	unsigned char c = (unsigned char)v;

	put(m, &c, 1);
}

static void
put_varint(struct msg *m, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		put_byte(m, (unsigned)(v & 0x7f) | 0x80);
	put_byte(m, (unsigned)v);
}

static void
put_number(struct msg *m, unsigned field, int64_t v)
{
	put_varint(m, (uint64_t)field << 3);
	put_varint(m, (uint64_t)v);
}

static void
put_bytes(struct msg *m, unsigned field, const void *data, size_t n)
{
	put_varint(m, (uint64_t)field << 3 | 2);
	put_varint(m, n);
	put(m, data, n);
}

static void
put_text(struct msg *m, unsigned field, const char *text)
{
	put_bytes(m, field, text, strlen(text));
}

/* Append a message and empty it. */
static void
put_msg(struct msg *m, unsigned field, struct msg *sub)
{
	put_bytes(m, field, sub->data, sub->n);
	sub->n = 0;
}

static void
flush(struct msg *m)
{
	if (m->n > 0)
		fwrite(m->data, 1, m->n, stdout);
	m->n = 0;
}

/* Every place where a profile refers to a string. */
enum { TYPE, TYPE_UNIT, KEY, STR, NUM_UNIT, FILENAME, BUILD_ID, NAME,
	SYSTEM, FN_FILE, DROP, KEEP, PERIOD_TYPE, PERIOD_UNIT, COMMENT,
	DEFAULT, DOC_URL, PLACES };

static const char *const texts[] = { "", "cpu", "nanoseconds", "main",
    "main.c", "/bin/x", "b", "key", "value", "unit", "a comment" };

/* A small valid profile, all parts of which can be changed. */
struct sketch {
	int64_t index[PLACES];
	int64_t values[2];
	unsigned nvalues;
	int64_t location_ref, location_id, second_location_id;
	int64_t mapping_ref, mapping_id, second_mapping_id;
	int64_t function_ref, function_id, second_function_id;
	int64_t address, period, duration, time;
	const char *first_string, *drop;
	bool no_strings;
};

static struct sketch
sketch(void)
{
	struct sketch s = {
		.index = { 1, 2, 7, 8, 9, 5, 6, 3, 3, 4, 0, 0, 1, 2, 10, 1,
		    0 },
		.values = { 5, 5 }, .nvalues = 1,
		.location_ref = 1, .location_id = 1,
		.mapping_ref = 1, .mapping_id = 1,
		.function_ref = 1, .function_id = 1,
		.address = 0x1010, .period = 1, .duration = 5, .time = 7,
		.first_string = ""
	};

	return s;
}

static void
write_sample(struct msg *m, const struct sketch *s)
{
	struct msg sample = { 0 }, label = { 0 };
	unsigned i;

	put_number(&sample, 1, s->location_ref);
	for (i = 0; i < s->nvalues; i++)
		put_number(&sample, 2, s->values[i]);
	put_number(&label, 1, s->index[KEY]);
	put_number(&label, 2, s->index[STR]);
	put_msg(&sample, 3, &label);
	put_number(&label, 1, 10);
	put_number(&label, 3, 3);
	put_number(&label, 4, s->index[NUM_UNIT]);
	put_msg(&sample, 3, &label);
	put_msg(m, 2, &sample);
	free(sample.data);
	free(label.data);
}

static void
write_tables(struct msg *m, const struct sketch *s)
{
	const int64_t mapping[] = { s->mapping_id, s->second_mapping_id };
	const int64_t location[] = { s->location_id, s->second_location_id };
	const int64_t function[] = { s->function_id, s->second_function_id };
	struct msg t = { 0 }, line = { 0 };
	int i;

	for (i = 0; i < 2 && (i == 0 || mapping[1] != 0); i++) {
		put_number(&t, 1, mapping[i]);
		put_number(&t, 2, 0x1000);
		put_number(&t, 3, 0x2000);
		put_number(&t, 5, s->index[FILENAME]);
		put_number(&t, 6, s->index[BUILD_ID]);
		put_msg(m, 3, &t);
	}
	for (i = 0; i < 2 && (i == 0 || location[1] != 0); i++) {
		put_number(&t, 1, location[i]);
		put_number(&t, 2, s->mapping_ref);
		put_number(&t, 3, s->address);
		put_number(&line, 1, s->function_ref);
		put_number(&line, 2, 12);
		if (s->function_ref != 0)
			put_msg(&t, 4, &line);
		line.n = 0;
		put_msg(m, 4, &t);
	}
	for (i = 0; i < 2 && (i == 0 || function[1] != 0); i++) {
		put_number(&t, 1, function[i]);
		put_number(&t, 2, s->index[NAME]);
		put_number(&t, 3, s->index[SYSTEM]);
		put_number(&t, 4, s->index[FN_FILE]);
		put_msg(m, 5, &t);
	}
	free(t.data);
	free(line.data);
}

static void
write_sketch(struct msg *m, const struct sketch *s)
{
	struct msg type = { 0 };
	size_t i;

	put_number(&type, 1, s->index[TYPE]);
	put_number(&type, 2, s->index[TYPE_UNIT]);
	put_msg(m, 1, &type);
	write_sample(m, s);
	write_tables(m, s);
	for (i = 0; i < sizeof texts / sizeof texts[0] && !s->no_strings; i++)
		put_text(m, 6, i == 0 ? s->first_string : texts[i]);
	if (s->drop != NULL)
		put_text(m, 6, s->drop);
	put_number(m, 7, s->drop != NULL ? 11 : s->index[DROP]);
	put_number(m, 8, s->index[KEEP]);
	put_number(m, 9, s->time);
	put_number(m, 10, s->duration);
	put_number(&type, 1, s->index[PERIOD_TYPE]);
	put_number(&type, 2, s->index[PERIOD_UNIT]);
	put_msg(m, 11, &type);
	put_number(m, 12, s->period);
	put_number(m, 13, s->index[COMMENT]);
	put_number(m, 14, s->index[DEFAULT]);
	put_number(m, 15, s->index[DOC_URL]);
	free(type.data);
}

static int64_t
number(const char *s)
{
	return s[0] == '-' ? strtoll(s, NULL, 0) :
	    (int64_t)strtoull(s, NULL, 0);
}

/* sketch [FIELD=NUMBER ...]: the small profile with these changes. */
static void
set_field(struct sketch *s, const char *name, size_t len, const char *value)
{
	const struct {
		const char *name;
		int64_t *at;
	} known[] = {
		{ "value", &s->values[0] }, { "value2", &s->values[1] },
		{ "location_ref", &s->location_ref },
		{ "location_id", &s->location_id },
		{ "location2", &s->second_location_id },
		{ "mapping_ref", &s->mapping_ref },
		{ "mapping_id", &s->mapping_id },
		{ "mapping2", &s->second_mapping_id },
		{ "function_ref", &s->function_ref },
		{ "function_id", &s->function_id },
		{ "function2", &s->second_function_id },
		{ "address", &s->address }, { "period", &s->period },
		{ "duration", &s->duration }, { "time", &s->time }
	};
	size_t i;

	if (strncmp(name, "index", 5) == 0 && len > 5)
		s->index[strtoul(name + 5, NULL, 10) % PLACES] =
		    number(value);
	else if (len == 7 && strncmp(name, "nvalues", len) == 0)
		s->nvalues = (unsigned)number(value) % 3;
	else if (len == 5 && strncmp(name, "first", len) == 0)
		s->first_string = value;
	else if (len == 4 && strncmp(name, "drop", len) == 0)
		s->drop = value;
	else if (len == 9 && strncmp(name, "nostrings", len) == 0)
		s->no_strings = true;
	for (i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strlen(known[i].name) == len &&
		    strncmp(known[i].name, name, len) == 0)
			*known[i].at = number(value);
}

static void
make_sketch(struct msg *m, int argc, char **argv)
{
	struct sketch s = sketch();
	int i;

	for (i = 0; i < argc; i++)
		set_field(&s, argv[i], strcspn(argv[i], "="),
		    argv[i] + strcspn(argv[i], "=") + 1);
	write_sketch(m, &s);
}

/* frames N: one stack of so many frames; lines N: so many inlined calls. */
static void
make_deep(struct msg *m, long frames, long lines)
{
	struct sketch s = sketch();
	struct msg sample = { 0 }, packed = { 0 }, loc = { 0 }, line = { 0 };
	long i;

	s.second_location_id = 0;
	for (i = 0; i < frames; i++)
		put_varint(&packed, 1);
	put_msg(&sample, 1, &packed);
	put_varint(&packed, 7);
	put_msg(&sample, 2, &packed);
	put_number(&loc, 1, 2);
	for (i = 0; i < lines; i++) {
		put_number(&line, 1, 1);
		put_number(&line, 2, i + 1);
		put_msg(&loc, 4, &line);
	}
	write_sketch(m, &s);
	put_msg(m, 2, &sample);
	put_number(&sample, 1, 2);
	put_number(&sample, 2, 3);
	put_msg(m, 2, &sample);
	put_msg(m, 4, &loc);
}

/* labels N: one sample with so many labels. */
static void
make_labels(struct msg *m, long n)
{
	struct sketch s = sketch();
	struct msg sample = { 0 }, label = { 0 };
	long i;

	put_number(&sample, 1, 1);
	put_number(&sample, 2, 3);
	for (i = 0; i < n; i++) {
		put_number(&label, 1, 7);
		put_number(&label, 3, i + 1);
		put_msg(&sample, 3, &label);
	}
	write_sketch(m, &s);
	put_msg(m, 2, &sample);
}

/* odd-labels: text and number in one, a key twice, a unit without number. */
static void
make_odd_labels(struct msg *m)
{
	static const int64_t labels[][4] = {
		{ 7, 8, 3, 0 }, { 7, 8, 0, 0 }, { 7, 10, 0, 0 },
		{ 7, 0, 0, 9 }, { 0, 8, 0, 0 }, { 7, 0, 0, 0 }
	};
	struct sketch s = sketch();
	struct msg sample = { 0 }, label = { 0 };
	size_t i, k;

	put_number(&sample, 1, 1);
	put_number(&sample, 2, 3);
	for (i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		for (k = 0; k < 4; k++)
			put_number(&label, (unsigned)k + 1, labels[i][k]);
		put_msg(&sample, 3, &label);
	}
	write_sketch(m, &s);
	put_msg(m, 2, &sample);
}

/* unknown: fields nobody knows, of all wire types, and scalars twice. */
static void
make_unknown(struct msg *m)
{
	struct sketch s = sketch();
	struct msg packed = { 0 }, sample = { 0 };

	write_sketch(m, &s);
	put_number(m, 100, 5);
	put_text(m, 536870911, "high");
	put_varint(m, 200 << 3 | 1);
	put(m, "12345678", 8);
	put_varint(m, 201 << 3 | 5);
	put(m, "1234", 4);
	put_number(m, 12, 77);
	put_number(m, 12, 78);
	/* Packed and single numbers in one field. */
	put_varint(&packed, 1);
	put_varint(&packed, 1);
	put_number(&sample, 1, 1);
	put_msg(&sample, 1, &packed);
	put_number(&sample, 1, 1);
	put_number(&sample, 2, 4);
	put_number(&sample, 99, 4);
	put_msg(m, 2, &sample);
}

/* empties FIELD N: so many empty messages. */
static void
make_empties(struct msg *m, unsigned field, long n)
{
	while (n-- > 0)
		put_bytes(m, field, "", 0);
}

/* random SEED N: bytes of xorshift. */
static void
make_random(struct msg *m, uint64_t seed, long n)
{
	uint64_t x = seed * 0x9e3779b97f4a7c15u + 1;

	for (; n > 0; n--) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		put_byte(m, (unsigned)(x >> 32));
	}
}

static uint32_t
crc32_of(const unsigned char *data, size_t n)
{
	uint32_t crc = ~(uint32_t)0;
	int bit;

	while (n-- > 0) {
		crc ^= *data++;
		for (bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}

static void
put_le(struct msg *m, uint32_t v, int n)
{
	for (; n-- > 0; v >>= 8)
		put_byte(m, v & 0xff);
}

/* gzip FLAGS: standard input in one stored block, all header fields set. */
static void
make_gzip(struct msg *m)
{
	unsigned char body[60000];
	size_t n = fread(body, 1, sizeof body, stdin), i;

	put(m, "\x1f\x8b\x08\x1e\0\0\0\0\0\3", 10);
	put_le(m, 6, 2);
	put(m, "ab\2\0zz", 6);
	for (i = 0; i < 65536; i++)
		put(m, i % 2 ? "\033" : "n", 1);
	put_byte(m, 0);
	put(m, "\033]0;title\a", 11);
	put_le(m, crc32_of(m->data, m->n) & 0xffff, 2);
	put_byte(m, 1);
	put_le(m, (uint32_t)n, 2);
	put_le(m, ~(uint32_t)n & 0xffff, 2);
	put(m, body, n);
	put_le(m, crc32_of(body, n), 4);
	put_le(m, (uint32_t)n, 4);
}

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	long a = argc > 2 ? atol(argv[2]) : 0, b = argc > 3 ?
	    atol(argv[3]) : 0;
	struct msg m = { 0 };

	if (strcmp(what, "sketch") == 0)
		make_sketch(&m, argc - 2, argv + 2);
	else if (strcmp(what, "deep") == 0)
		make_deep(&m, a, b);
	else if (strcmp(what, "labels") == 0)
		make_labels(&m, a);
	else if (strcmp(what, "odd-labels") == 0)
		make_odd_labels(&m);
	else if (strcmp(what, "unknown") == 0)
		make_unknown(&m);
	else if (strcmp(what, "empties") == 0)
		make_empties(&m, (unsigned)a, b);
	else if (strcmp(what, "random") == 0)
		make_random(&m, (uint64_t)a, b);
	else if (strcmp(what, "gzip") == 0)
		make_gzip(&m);
	else
		return 2;
	flush(&m);
	return fflush(stdout) != 0;
}
