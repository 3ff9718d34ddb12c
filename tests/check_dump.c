/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "libanalysis/builder.h"
#include "libanalysis/check.h"

extern const struct prof_writer prof_dump_writer;

/* What the profile of these tests is made with, one thing changed or not. */
enum change {
	NOTHING, TYPE_NAME, TYPE_UNIT, TYPE_SCALE, DEFAULT_TYPE, PERIOD,
	PERIOD_TYPE, TIME, DURATION, DOC_URL, DROP, KEEP, INPUTS, FAILED,
	DIFFER, COMMENT, MOD_START, MOD_LIMIT, MOD_OFFSET, MOD_FILE,
	MOD_BUILD, MOD_FLAGS, ADDRESS, KIND, LOC_FLAGS, NAME, SYSTEM, FILE_,
	START_LINE, LINE, COLUMN, INLINED_LINE, NO_LINES, LABEL_TEXT,
	LABEL_KEY, LABEL_NUMBER, LABEL_UNIT, VALUE, SAMPLE_TIME, DEPTH,
	EDGE_VALUE, EDGE_LINE, EDGE_CALLER, EDGE_EXACT, NOTE_COUNT,
	NOTE_PLACE, NOTE_SKIPPED, CHANGES
};

static struct prof_buf text;
static struct prof_err err;

static void
setup(void)
{
	memset(&text, 0, sizeof text);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	prof_buf_release(&text);
}

static int
dump(const struct prof_profile *p)
{
	struct prof_write_opts opts = { 0 };
	struct prof_out *out;
	int rc;

	ck_assert_int_eq(prof_profile_check(p, &err), PROF_OK);
	prof_buf_clear(&text);
	out = prof_out_buf(&text);
	rc = prof_dump_writer.write(p, &opts, out, &err);
	ck_assert_int_eq(prof_out_finish(out, NULL), PROF_OK);
	return rc;
}

static prof_str
str(struct prof_builder *b, bool changed, const char *s)
{
	struct prof_buf other = { 0 };
	prof_str id;

	prof_buf_adds(&other, s);
	if (changed)
		prof_buf_addc(&other, '!');
	id = prof_strs_add(&b->p->strs, other.data, other.len);
	prof_buf_release(&other);
	return id;
}

static prof_fn
make_function(struct prof_builder *b, enum change c, const char *name)
{
	struct prof_function f = { 0 };

	f.name = str(b, c == NAME, name);
	f.system = str(b, c == SYSTEM, "_Z1f");
	f.file = str(b, c == FILE_, "a\tb.c");
	f.start = 3 + (c == START_LINE);
	return prof_builder_function(b, f);
}

static prof_mod
make_mapping(struct prof_builder *b, enum change c)
{
	struct prof_mapping m = { .start = 0x1000u + (c == MOD_START),
	    .limit = 0x2000u + (c == MOD_LIMIT),
	    .offset = 0x10u + (c == MOD_OFFSET),
	    .flags = PROF_MOD_LINES | (c == MOD_FLAGS) };

	m.file = str(b, c == MOD_FILE, "/bin/x");
	m.build_id = str(b, c == MOD_BUILD, "abc");
	return prof_builder_mapping(b, m);
}

/* Two locations: one with an inlined line, one with an address only. */
static void
make_frames(struct prof_builder *b, enum change c, prof_loc *frames)
{
	struct prof_location loc = { .address = 0x1110u + (c == ADDRESS),
	    .kind = c == KIND ? PROF_KIND_JIT : PROF_KIND_KERNEL,
	    .flags = c == LOC_FLAGS ? 0 : PROF_LOC_INLINED };
	struct prof_location bare = { .address = 0x99 };
	struct prof_line lines[2] = { { 0, 7, 2 }, { 0, 9, 1 } };

	lines[0].fn = make_function(b, NOTHING, "inner");
	lines[0].line += c == INLINED_LINE;
	lines[1].fn = make_function(b, c, "outer");
	lines[1].line += c == LINE;
	lines[1].column += c == COLUMN;
	loc.mapping = make_mapping(b, c);
	/* Relative to its mapping it stays where it is. */
	loc.address += c == MOD_START;
	frames[0] = prof_builder_location(b, bare, lines, c == NO_LINES);
	frames[1] = prof_builder_location(b, loc, lines, 2);
	frames[2] = frames[1];
}

static prof_set
make_labels(struct prof_builder *b, enum change c)
{
	struct prof_label labels[2] = { { 0 } };

	labels[0].key = str(b, c == LABEL_KEY, "thread");
	labels[0].str = str(b, c == LABEL_TEXT, "w");
	labels[1].key = str(b, false, "size");
	labels[1].num = 12 + (c == LABEL_NUMBER);
	labels[1].unit = str(b, c == LABEL_UNIT, "bytes");
	return prof_builder_set(b, labels, 2);
}

static void
make_samples(struct prof_builder *b, enum change c)
{
	int64_t values[2] = { 5 + (c == VALUE), -6 };
	prof_loc frames[3];
	prof_set set = make_labels(b, c);

	make_frames(b, c, frames);
	prof_builder_sample(b, prof_builder_stack(b, frames, c == DEPTH ? 3 :
	    2), set, 10 + (c == SAMPLE_TIME), values, NULL);
	prof_builder_sample(b, prof_builder_stack(b, frames, 1), 0, 20,
	    values, NULL);
	prof_builder_sample(b, 0, 0, 30, values, NULL);
}

static void
make_edges(struct prof_builder *b, enum change c)
{
	struct prof_edges *e = &b->p->edges;
	prof_fn f = make_function(b, NOTHING, "f");
	prof_fn g = make_function(b, NOTHING, "g");
	int64_t v = 3 + (c == EDGE_VALUE);

	e->ntypes = 1;
	e->type[0].type = str(b, false, "calls");
	e->type[0].unit = str(b, false, "count");
	e->type[0].num = e->type[0].den = 1;
	e->exact[0] = c != EDGE_EXACT;
	prof_profile_add_edge(b->p, c == EDGE_CALLER ? g : f, g,
	    8 + (c == EDGE_LINE), &v);
	prof_profile_add_edge(b->p, 0, f, 0, &v);
}

static void
make_meta(struct prof_builder *b, enum change c)
{
	struct prof_meta *m = &b->p->meta;

	m->default_type = str(b, c == DEFAULT_TYPE, "cpu");
	m->period = 100 + (c == PERIOD);
	m->period_type = str(b, c == PERIOD_TYPE, "cpu");
	m->time_ns = 1 + (c == TIME);
	m->duration_ns = 2 + (c == DURATION);
	m->doc_url = str(b, c == DOC_URL, "u");
	m->drop_frames = str(b, c == DROP, "d");
	m->keep_frames = str(b, c == KEEP, "k");
	m->inputs = 2 + (c == INPUTS);
	m->failed = 1 + (c == FAILED);
	m->differ = PROF_DIFFER_KEEP | (c == DIFFER);
	prof_profile_add_comment(b->p, str(b, c == COMMENT, "z"));
	prof_profile_add_comment(b->p, str(b, false, "a"));
	prof_profile_note(b->p, "odd", 4 + (c == NOTE_PLACE),
	    c == NOTE_SKIPPED);
	if (c == NOTE_COUNT)
		prof_profile_note(b->p, "odd", 0, false);
}

static void
make_types(struct prof_builder *b, enum change c)
{
	prof_str name = str(b, c == TYPE_NAME, "cpu");

	prof_profile_add_type(b->p, name, str(b, c == TYPE_UNIT, "ns"));
	name = str(b, false, "n");
	prof_profile_add_type(b->p, name, str(b, false, "count"));
	b->p->type[0].den = c == TYPE_SCALE ? 10 : 1;
}

/* backwards: everything is added in another order, so ids differ. */
static void
make(struct prof_profile *p, enum change c, bool backwards)
{
	struct prof_builder b;
	prof_loc frames[3];

	prof_builder_init(&b, p, NULL);
	b.timed = true;
	if (backwards) {
		make_meta(&b, c);
		make_edges(&b, c);
		make_types(&b, c);
		prof_builder_stack(&b, frames, 0);
		make_function(&b, NOTHING, "unused");
		make_frames(&b, c, frames);
		prof_builder_stack(&b, frames, 1);
	} else {
		make_types(&b, c);
		make_labels(&b, LABEL_KEY);
	}
	make_samples(&b, c);
	if (!backwards) {
		make_edges(&b, c);
		make_meta(&b, c);
	}
	prof_builder_release(&b);
}

static const char want[] =
    "profkit dump 1\n"
    "type\tcpu\tns\n"
    "type\tn\tcount\n"
    "default\tcpu\n"
    "period\t100\tcpu\t\n"
    "time\t1\n"
    "duration\t2\n"
    "doc_url\tu\n"
    "drop_frames\td\n"
    "keep_frames\tk\n"
    "inputs\t2\n"
    "failed\t1\n"
    "differ\tkeep_frames\n"
    "comment\ta\n"
    "comment\tz\n"
    "mapping\t1\t0x1000\t0x2000\t0x10\t/bin/x\tabc\tlines\n"
    "sample\t5\t-6\n"
    "  time\t30\n"
    "sample\t5\t-6\n"
    "  time\t20\n"
    "  address\taddress=0x99\n"
    "sample\t5\t-6\n"
    "  label\tthread\tw\n"
    "  number\tsize\t12\tbytes\n"
    "  time\t10\n"
    "  frame\touter\tsystem=_Z1f\tfile=a\\tb.c\tline=9\tcolumn=1\tstart=3"
    "\tmapping=1\taddress=+0x110\tkernel\tinlined\n"
    "  inline\tinner\tsystem=_Z1f\tfile=a\\tb.c\tline=7\tcolumn=2\tstart=3"
    "\n"
    "  address\taddress=0x99\n"
    "edge_type\tcalls\tcount\tcalls\texact\n"
    "edge\t3\n"
    "  callee\tf\tsystem=_Z1f\tfile=a\\tb.c\tstart=3\n"
    "edge\t3\n"
    "  caller\tf\tsystem=_Z1f\tfile=a\\tb.c\tstart=3\n"
    "  callee\tg\tsystem=_Z1f\tfile=a\\tb.c\tstart=3\n"
    "  line\t8\n"
    "note\t1\todd\todd\t4\n";

START_TEST(everything_is_in_the_dump)
{
	struct prof_profile p = { 0 };

	make(&p, NOTHING, false);
	ck_assert_int_eq(dump(&p), PROF_OK);
	ck_assert_str_eq(prof_buf_str(&text), want);
	prof_profile_release(&p);
}
END_TEST

START_TEST(numbering_and_unused_rows_do_not_show)
{
	struct prof_profile p = { 0 };

	make(&p, NOTHING, true);
	ck_assert_int_eq(dump(&p), PROF_OK);
	ck_assert_str_eq(prof_buf_str(&text), want);
	prof_profile_release(&p);
}
END_TEST

START_TEST(every_change_shows)
{
	struct prof_profile p = { 0 };

	make(&p, (enum change)_i, false);
	ck_assert_int_eq(dump(&p), PROF_OK);
	ck_assert_str_ne(prof_buf_str(&text), want);
	prof_profile_release(&p);
}
END_TEST

/* A profile of one column, and a sample of one frame in it. */
static void
start(struct prof_builder *b, struct prof_profile *p)
{
	prof_str n;

	prof_builder_init(b, p, NULL);
	n = str(b, false, "n");
	prof_profile_add_type(p, n, n);
}

static void
add(struct prof_builder *b, const char *name, size_t len, int64_t value)
{
	struct prof_location loc = { 0 };
	struct prof_function f = { 0 };
	struct prof_line line = { 0 };
	prof_loc id;

	f.name = prof_strs_add(&b->p->strs, name, len);
	line.fn = prof_profile_add_fn(b->p, f);
	id = prof_builder_location(b, loc, &line, 1);
	prof_builder_sample(b, prof_builder_stack(b, &id, 1), 0, 0, &value,
	    NULL);
}

START_TEST(names_are_escaped_without_loss)
{
	struct prof_profile p = { 0 };
	struct prof_builder b;

	start(&b, &p);
	add(&b, "\\x9b", 4, 1);
	add(&b, "\x9b", 1, 1);
	add(&b, "\xc2\x9b", 2, 1);
	add(&b, "a\n\t\r\0\xc3\xa9\xe2\x80\xa8", 10, 1);
	ck_assert_int_eq(dump(&p), PROF_OK);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text),
	    "sample\t1\n  frame\t\\\\x9b\n"
	    "sample\t1\n  frame\t\\x9b\n"
	    "sample\t1\n  frame\t\\xc2\\x9b\n"
	    "sample\t1\n  frame\ta\\n\\t\\r\\x00\xc3\xa9\\xe2\\x80\\xa8\n"));
	prof_builder_release(&b);
	prof_profile_release(&p);
}
END_TEST

START_TEST(rows_that_say_the_same_are_one)
{
	struct prof_profile p = { 0 };
	struct prof_builder b;

	start(&b, &p);
	add(&b, "f", 1, 2);
	add(&b, "f", 1, 3);
	add(&b, "g", 1, 4);
	add(&b, "g", 1, -4);
	add(&b, "h", 1, 0);
	ck_assert_uint_eq(p.nsamples, 5);
	ck_assert_int_eq(dump(&p), PROF_OK);
	ck_assert_str_eq(prof_buf_str(&text),
	    "profkit dump 1\ntype\tn\tn\nsample\t5\n  frame\tf\n");
	prof_builder_release(&b);
	prof_profile_release(&p);
}
END_TEST

START_TEST(sums_beyond_64_bits_are_errors)
{
	struct prof_profile p = { 0 };
	struct prof_builder b;

	start(&b, &p);
	add(&b, "f", 1, INT64_MAX);
	add(&b, "f", 1, 1);
	ck_assert_int_eq(dump(&p), PROF_ERANGE);
	prof_builder_release(&b);
	prof_profile_release(&p);
}
END_TEST

START_TEST(an_empty_profile_has_a_first_line)
{
	struct prof_profile p = { 0 };

	ck_assert_int_eq(dump(&p), PROF_OK);
	ck_assert_str_eq(prof_buf_str(&text), "profkit dump 1\n");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("dump");
	TCase *tc = tcase_create("dump");
	SRunner *sr;
	int failed;

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, everything_is_in_the_dump);
	tcase_add_test(tc, numbering_and_unused_rows_do_not_show);
	tcase_add_loop_test(tc, every_change_shows, NOTHING + 1, CHANGES);
	tcase_add_test(tc, names_are_escaped_without_loss);
	tcase_add_test(tc, rows_that_say_the_same_are_one);
	tcase_add_test(tc, sums_beyond_64_bits_are_errors);
	tcase_add_test(tc, an_empty_profile_has_a_first_line);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
