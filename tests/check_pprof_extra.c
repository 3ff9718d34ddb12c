/* SPDX-License-Identifier: MIT */
#include "formats/pprof.h"

#include <check.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/wire.h"
#include "libanalysis/builder.h"
#include "tests/pprof_bytes.h"

static struct prof_buf out, text, again;
static struct prof_profile p, q;
static struct prof_err err;

static void
setup(void)
{
	memset(&out, 0, sizeof out);
	memset(&text, 0, sizeof text);
	memset(&again, 0, sizeof again);
	memset(&p, 0, sizeof p);
	memset(&q, 0, sizeof q);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	prof_buf_release(&out);
	prof_buf_release(&text);
	prof_buf_release(&again);
	prof_profile_release(&p);
	prof_profile_release(&q);
}

/* --- the whole model as text ---------------------------------------------- */

static void
dump_types(struct prof_buf *d, const struct prof_profile *a,
    const struct prof_type *t, unsigned n)
{
	unsigned c;

	for (c = 0; c < n; c++)
		prof_buf_addf(d, "type %s %s %" PRId64 "/%" PRId64 "\n",
		    prof_profile_str(a, t[c].type),
		    prof_profile_str(a, t[c].unit), t[c].num, t[c].den);
}

static void
dump_tables(struct prof_buf *d, const struct prof_profile *a)
{
	const struct prof_location *l = a->loc;
	uint32_t i, j;

	for (i = 0; i < a->nfn; i++)
		prof_buf_addf(d, "fn %s %s %s %" PRId64 "\n",
		    prof_profile_str(a, a->fn[i].name),
		    prof_profile_str(a, a->fn[i].system),
		    prof_profile_str(a, a->fn[i].file), a->fn[i].start);
	for (i = 0; i < a->nmod; i++)
		prof_buf_addf(d, "mod %s %s %" PRIx64 " %" PRIx64 " %" PRIx64
		    " %u\n", prof_profile_str(a, a->mod[i].file),
		    prof_profile_str(a, a->mod[i].build_id), a->mod[i].start,
		    a->mod[i].limit, a->mod[i].offset, a->mod[i].flags);
	for (i = 0; i < a->nloc; i++, l++) {
		prof_buf_addf(d, "loc %" PRIx64 " %u %u %u\n", l->address,
		    l->mapping, l->kind, l->flags);
		for (j = l->first_line; j < l->first_line + l->nlines; j++)
			prof_buf_addf(d, "  %u %" PRId64 " %" PRId64 "\n",
			    a->line[j].fn, a->line[j].line,
			    a->line[j].column);
	}
}

static void
dump_sample(struct prof_buf *d, const struct prof_profile *a, uint32_t row)
{
	const struct prof_label *l;
	const prof_loc *f;
	unsigned c;
	size_t n;

	prof_buf_adds(d, "sample");
	for (c = 0; c < a->ntypes; c++)
		prof_buf_addf(d, " %" PRId64, a->value[c][row]);
	if (a->time != NULL)
		prof_buf_addf(d, " at %" PRId64, a->time[row]);
	f = prof_profile_stack(a, a->stack[row], &n);
	for (; n > 0; n--)
		prof_buf_addf(d, " %u", *f++);
	l = prof_profile_set(a, a->set[row], &n);
	for (; n > 0; n--, l++)
		prof_buf_addf(d, " [%s %s %s %" PRId64 "]",
		    prof_profile_str(a, l->key), prof_profile_str(a, l->str),
		    prof_profile_str(a, l->unit), l->num);
	prof_buf_addc(d, '\n');
}

static void
dump_edges(struct prof_buf *d, const struct prof_profile *a)
{
	const struct prof_edges *e = &a->edges;
	uint32_t i;
	unsigned c;

	dump_types(d, a, e->type, e->ntypes);
	for (c = 0; c < e->ntypes; c++)
		prof_buf_addf(d, "exact %d\n", e->exact[c]);
	for (i = 0; i < e->n; i++) {
		prof_buf_addf(d, "edge %u %u %" PRId64, e->caller[i],
		    e->callee[i], e->line[i]);
		for (c = 0; c < e->ntypes; c++)
			prof_buf_addf(d, " %" PRId64, e->value[c][i]);
		prof_buf_addc(d, '\n');
	}
}

static void
dump_meta(struct prof_buf *d, const struct prof_profile *a)
{
	const struct prof_meta *m = &a->meta;
	const prof_str s[] = { m->period_type, m->period_unit,
	    m->default_type, m->doc_url, m->drop_frames, m->keep_frames,
	    m->format, m->dialect };
	uint32_t i, j;

	for (i = 0; i < sizeof s / sizeof s[0]; i++)
		prof_buf_addf(d, "meta %s\n", prof_profile_str(a, s[i]));
	prof_buf_addf(d, "%" PRId64 " %" PRId64 " %" PRId64 " %" PRIu64 " %"
	    PRIu64 " %u\n", m->time_ns, m->duration_ns, m->period, m->inputs,
	    m->failed, m->differ);
	for (i = 0; i < a->ncomments; i++)
		prof_buf_addf(d, "comment %s\n",
		    prof_profile_str(a, a->comment[i]));
	for (i = 0; i < a->nnotes; i++) {
		prof_buf_addf(d, "note %s %" PRIu64 " %d",
		    prof_profile_str(a, a->note[i].text), a->note[i].count,
		    a->note[i].skipped);
		for (j = 0; j < PROF_NOTE_PLACES; j++)
			prof_buf_addf(d, " %" PRIu64, a->note[i].where[j]);
		prof_buf_addc(d, '\n');
	}
}

static void
dump(struct prof_buf *d, const struct prof_profile *a)
{
	uint32_t row;

	prof_buf_clear(d);
	dump_types(d, a, a->type, a->ntypes);
	dump_tables(d, a);
	for (row = 0; row < a->nsamples; row++)
		dump_sample(d, a, row);
	dump_edges(d, a);
	dump_meta(d, a);
}

/* --- a profile with everything -------------------------------------------- */

static prof_str
str(const char *s)
{
	return prof_strs_adds(&p.strs, s);
}

static void
fill_tables(void)
{
	struct prof_function f = { str("main"), str("_main"), str("m.c"), 3 };
	struct prof_function g = { str("g"), 0, 0, 0 };
	struct prof_mapping m = { 0x1000, 0x2000, 0x10, str("/bin/m"),
	    str("beef"), PROF_MOD_LINES | PROF_MOD_INLINES };
	struct prof_line line[] = { { 2, 7, 1 }, { 1, 9, 0 } };
	struct prof_location l = { 0x1234, 1, 0, 0, 0, 0 };
	int i;

	prof_profile_add_fn(&p, f);
	prof_profile_add_fn(&p, g);
	prof_profile_add_mod(&p, m);
	for (i = 0; i < 9000; i++) {
		l.address = (uint64_t)i;
		l.kind = (uint8_t)(i % (PROF_KIND_BUILTIN + 1));
		l.flags = (uint8_t)(i % 4);
		prof_profile_add_loc(&p, l, line, (size_t)i % 3);
	}
}

static prof_set
fill_set(struct prof_builder *b, int i)
{
	struct prof_label l[] = { { str("cpu"), 0, 0, i % 3 },
	    { str("size"), 0, str("bytes"), 0 },
	    { str("comm"), str(i % 2 != 0 ? "sh" : "ls"), 0, 0 } };

	return prof_builder_set(b, l, i % 5 == 0 ? 0 : 3);
}

static void
fill_samples(bool timed)
{
	const int64_t v[] = { 1, 1000003, INT64_MAX / 20000 };
	struct prof_builder b;
	prof_loc frame[2];
	int i;

	prof_profile_add_type(&p, str("samples"), str("count"));
	prof_profile_add_type(&p, str("cpu"), str("ns"));
	prof_profile_add_type(&p, str("x"), 0);
	p.type[1].num = 2;
	p.type[1].den = 1000000007;
	prof_builder_init(&b, &p, NULL);
	b.timed = timed;
	for (i = 0; i < 10000; i++) {
		frame[0] = 1 + (prof_loc)i % 100;
		frame[1] = 1 + (prof_loc)i % 9000;
		ck_assert_int_eq(prof_builder_sample(&b, prof_builder_stack(
		    &b, frame, (size_t)i % 3), fill_set(&b, i), i / 2 - 10,
		    v, &err), PROF_OK);
	}
	prof_builder_release(&b);
}

static void
fill_edges(void)
{
	struct prof_edges *e = &p.edges;
	int64_t v[2];
	uint32_t i;

	e->ntypes = 2;
	e->exact[1] = true;
	e->type[0] = (struct prof_type){ str("own"), str("ns"), 1, 1 };
	e->type[1] = (struct prof_type){ str("calls"), 0, 1, 100 };
	for (i = 0; i < 5000; i++) {
		v[0] = -(int64_t)i;
		v[1] = INT64_MAX - i;
		prof_profile_add_edge(&p, i % 3, 1 + i % 2, i, v);
	}
}

static void
fill_meta(void)
{
	struct prof_meta *m = &p.meta;
	int i;

	m->time_ns = 1234567890123;
	m->duration_ns = 77;
	m->period_type = str("cpu");
	m->period_unit = str("ns");
	m->period = 99;
	m->default_type = str("cpu");
	m->doc_url = str("http://x/");
	m->drop_frames = str("^a$");
	m->keep_frames = str("^b$");
	m->format = str("perf");
	m->dialect = str("script");
	m->inputs = 3;
	m->failed = 1;
	m->differ = PROF_DIFFER_DOC_URL | PROF_DIFFER_FORMAT;
	prof_profile_add_comment(&p, str("hello"));
	prof_profile_add_comment(&p, 0);
	for (i = 0; i < 7; i++)
		prof_profile_note(&p, "line without count", 10 + (uint64_t)i,
		    true);
	prof_profile_note(&p, "odd", 0, false);
}

static void
fill(bool timed)
{
	fill_tables();
	fill_samples(timed);
	fill_edges();
	fill_meta();
	ck_assert_int_eq(prof_profile_check(&p, &err), PROF_OK);
}

static void
save(const struct prof_profile *from, struct prof_buf *to)
{
	struct prof_write_opts opts = { .level = -1 };
	struct prof_out *o = prof_out_buf(to);

	prof_buf_clear(to);
	ck_assert_int_eq(prof_pprof_writer.write(from, &opts, o, &err),
	    PROF_OK);
	ck_assert_int_eq(prof_out_finish(o, &err), PROF_OK);
}

static void
load(const struct prof_buf *from, struct prof_profile *to)
{
	prof_profile_release(to);
	if (pb_load(from, to, &err) != PROF_OK)
		ck_abort_msg("%s", err.msg);
}

/* The note of the reader that is about our data, or "". */
static const char *
complaint(void)
{
	uint32_t i;
	const char *s;

	for (i = 0; i < q.nnotes; i++) {
		s = prof_profile_str(&q, q.note[i].text);
		if (strstr(s, "own data is ignored") != NULL)
			return s;
	}
	return "";
}

/* Nothing but what pprof knows is left, and the user is told. */
static void
ck_ignored(void)
{
	load(&out, &q);
	ck_assert_str_ne(complaint(), "");
	ck_assert(q.time == NULL && q.edges.n == 0 && q.edges.ntypes == 0);
	ck_assert(q.meta.inputs == 0 && q.meta.format == 0);
	ck_assert(q.type[1].num == 1 && q.type[1].den == 1);
}

/* Where the field with this number occurs for the nth time, from 0. */
static size_t
find(uint32_t number, int nth, size_t *end)
{
	const unsigned char *data = (unsigned char *)out.data;
	struct prof_wire w = { data, data + out.len };
	struct prof_wire_field f;
	size_t start = 0;

	while (prof_wire_next(&w, &f, &err) > 0) {
		*end = (size_t)(w.at - data);
		if (f.number == number && nth-- == 0)
			return start;
		start = *end;
	}
	ck_abort_msg("no field %u", number);
	return 0;
}

/* Take bytes [from, to) out. */
static void
cut(size_t from, size_t to)
{
	memmove(out.data + from, out.data + to, out.len - to);
	out.len -= to - from;
}

START_TEST(a_round_trip_loses_nothing)
{
	fill(_i != 0);
	dump(&text, &p);
	save(&p, &out);
	load(&out, &q);
	dump(&again, &q);
	ck_assert_str_eq(complaint(), "");
	ck_assert_uint_eq(again.len, text.len);
	ck_assert_mem_eq(again.data, text.data, text.len);
	save(&q, &again);
	ck_assert_uint_eq(again.len, out.len);
	ck_assert_mem_eq(again.data, out.data, out.len);
}
END_TEST

START_TEST(what_pprof_can_say_needs_no_field_of_ours)
{
	struct prof_buf b = { 0 };
	size_t i;

	pb_add_profile(&b);
	load(&b, &p);
	p.meta.format = str("pprof");
	p.meta.inputs = 1;
	save(&p, &out);
	for (i = 0; i + 3 <= out.len; i++)
		ck_assert(memcmp(out.data + i, "\xc2\xa9\x07", 3) != 0);
	prof_buf_release(&b);
}
END_TEST

START_TEST(a_changed_sample_makes_it_void)
{
	size_t end;

	fill(true);
	save(&p, &out);
	find(2, 50, &end);
	out.data[end - 1] ^= 1;
	ck_ignored();
}
END_TEST

START_TEST(a_missing_or_added_sample_makes_it_void)
{
	size_t from, to;

	fill(true);
	save(&p, &out);
	from = find(2, 50, &to);
	cut(from, to);
	ck_ignored();
	ck_assert_uint_eq(q.nsamples, p.nsamples - 1);
}
END_TEST

START_TEST(a_changed_table_makes_it_void)
{
	size_t end;

	fill(true);
	save(&p, &out);
	find(5, 0, &end);
	out.data[end - 1] ^= 1;
	ck_ignored();
}
END_TEST

START_TEST(without_its_mark_it_is_void)
{
	size_t to, from;

	fill(true);
	save(&p, &out);
	from = find(PROF_PPROF_EXTRA, 0, &to);
	ck_assert_uint_eq(from, 0);
	cut(from, to);
	ck_ignored();
}
END_TEST

/* Some programs keep unknown fields, but write them at the end. */
START_TEST(behind_the_samples_the_mark_is_void)
{
	char mark[64];
	size_t to;

	fill(true);
	save(&p, &out);
	find(PROF_PPROF_EXTRA, 0, &to);
	memcpy(mark, out.data, to);
	cut(0, to);
	prof_buf_add(&out, mark, to);
	ck_ignored();
}
END_TEST

START_TEST(a_newer_version_is_ignored)
{
	fill(false);
	save(&p, &out);
	ck_assert_mem_eq(out.data + 4, "\x0a\x04\x08\x01", 4);
	out.data[7] = 2;
	ck_ignored();
	ck_assert_ptr_nonnull(strstr(complaint(), "newer"));
}
END_TEST

START_TEST(a_cut_profile_is_noticed)
{
	size_t from, end;
	int i;

	fill(true);
	save(&p, &out);
	for (i = 2; i < 8; i++) {
		from = find(PROF_PPROF_EXTRA, i, &end);
		again = out;
		again.len = from;
		ck_assert_int_eq(pb_load(&again, &q, &err), PROF_EFORMAT);
		ck_assert_str_eq(err.msg,
		    "the end of the profile is missing (cut off?)");
		prof_profile_release(&q);
	}
	memset(&again, 0, sizeof again);
}
END_TEST

START_TEST(a_lost_piece_is_noticed)
{
	size_t from, to, i;

	fill(true);
	save(&p, &out);
	/* Mark, seal, head, scale, then pieces of time. */
	from = find(PROF_PPROF_EXTRA, 5, &to);
	cut(from, to);
	i = out.len;
	ck_assert_int_eq(pb_load(&out, &q, &err), PROF_EFORMAT);
	ck_assert_ptr_nonnull(strstr(err.msg, "extra.values: broken"));
	ck_assert_uint_eq(i, out.len);
}
END_TEST

START_TEST(flags_that_are_not_known_are_refused)
{
	fill(false);
	p.loc[0].flags = 32;
	save(&p, &out);
	ck_assert_int_eq(pb_load(&out, &q, &err), PROF_EFORMAT);
	ck_assert_ptr_nonnull(strstr(err.msg, "extra.kinds: broken"));
}
END_TEST

START_TEST(raw_profiles_in_a_row_are_refused)
{
	fill(false);
	p.meta.time_ns = 0;
	save(&p, &out);
	prof_buf_add(&again, out.data, out.len);
	prof_buf_add(&out, again.data, again.len);
	ck_assert_int_eq(pb_load(&out, &q, &err), PROF_EFORMAT);
	ck_assert_ptr_nonnull(strstr(err.msg, "concatenated profiles?"));
}
END_TEST

START_TEST(members_with_it_are_profiles)
{
	struct prof_write_opts opts = { .level = 0 };
	struct prof_out *o = prof_out_buf(&out);
	struct prof_in *in;
	int i;

	fill(true);
	dump(&text, &p);
	for (i = 0; i < 2; i++)
		prof_pprof_writer.write(&p, &opts, o, &err);
	prof_out_finish(o, &err);
	in = prof_in_memory(out.data, out.len, "test", NULL);
	for (i = 0; i < 2; i++) {
		ck_assert_int_eq(pb_read(in, &q, &err), PROF_OK);
		dump(&again, &q);
		ck_assert_mem_eq(again.data, text.data, text.len);
		prof_profile_release(&q);
	}
	prof_in_close(in);
}
END_TEST

START_TEST(what_we_wrote_is_not_odd_when_read_again)
{
	fill(false);
	p.value[0][0] = -1;
	p.meta.time_ns = p.meta.duration_ns = -1;
	p.meta.default_type = str("none of them");
	save(&p, &out);
	load(&out, &q);
	dump(&text, &p);
	dump(&again, &q);
	ck_assert_str_eq(prof_buf_str(&again), prof_buf_str(&text));
}
END_TEST

static TCase *
cases(void)
{
	TCase *tc = tcase_create("extra");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, a_round_trip_loses_nothing, 0, 2);
	tcase_add_test(tc, what_we_wrote_is_not_odd_when_read_again);
	tcase_add_test(tc, what_pprof_can_say_needs_no_field_of_ours);
	tcase_add_test(tc, a_changed_sample_makes_it_void);
	tcase_add_test(tc, a_missing_or_added_sample_makes_it_void);
	tcase_add_test(tc, a_changed_table_makes_it_void);
	tcase_add_test(tc, without_its_mark_it_is_void);
	tcase_add_test(tc, behind_the_samples_the_mark_is_void);
	tcase_add_test(tc, a_newer_version_is_ignored);
	tcase_add_test(tc, a_cut_profile_is_noticed);
	tcase_add_test(tc, a_lost_piece_is_noticed);
	tcase_add_test(tc, flags_that_are_not_known_are_refused);
	tcase_add_test(tc, raw_profiles_in_a_row_are_refused);
	tcase_add_test(tc, members_with_it_are_profiles);
	return tc;
}

int
main(void)
{
	Suite *s = suite_create("pprof_extra");
	SRunner *r = srunner_create(s);
	int failed;

	suite_add_tcase(s, cases());
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
