/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "libanalysis/builder.h"
#include "libanalysis/flat.h"
#include "libanalysis/nomem.h"

static struct prof_profile p;
static struct prof_builder b;
static struct prof_err err;
static struct prof_buf svg;
static xmlDoc *doc;

static void
start(void)
{
	memset(&p, 0, sizeof p);
	memset(&err, 0, sizeof err);
	prof_builder_init(&b, &p, NULL);
	prof_profile_add_type(&p, prof_strs_adds(&p.strs, "base"), 0);
	prof_profile_add_type(&p, prof_strs_adds(&p.strs, "new"), 0);
}

static prof_loc
frame(const char *name, size_t len, uint8_t kind)
{
	struct prof_location loc = { .kind = kind };
	struct prof_function f = { 0 };
	struct prof_mapping m = { 0 };
	struct prof_line line = { 0 };

	m.file = prof_strs_adds(&p.strs, "/usr/bin/a&b");
	loc.mapping = prof_builder_mapping(&b, m);
	f.name = prof_strs_add(&p.strs, name, len);
	f.file = prof_strs_adds(&p.strs, "<src>.c");
	f.start = 7;
	line.fn = prof_builder_function(&b, f);
	return prof_builder_location(&b, loc, &line, 1);
}

static void
add(const prof_loc *frames, size_t n, int64_t base, int64_t now)
{
	int64_t value[2] = { base, now };

	ck_assert_int_eq(prof_builder_sample(&b,
	    prof_builder_stack(&b, frames, n), 0, 0, value, &err), PROF_OK);
}

/* A sample of main calling name. */
static void
call(const char *name, int64_t base, int64_t now)
{
	prof_loc run[2];

	run[0] = frame(name, strlen(name), PROF_KIND_USER);
	run[1] = frame("main", 4, PROF_KIND_USER);
	add(run, 2, base, now);
}

static void
parse(void)
{
	doc = xmlReadMemory(svg.data, (int)svg.len, "x.svg", NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	ck_assert_msg(doc != NULL, "not well-formed");
}

/* Draw the profile that was filled; the picture goes to svg and doc. */
static void
draw(unsigned nsides, struct prof_svg_opts opts)
{
	struct prof_tree_opts topts = { .gross = true };
	struct prof_tree_side side[2];
	struct prof_frames frames;
	struct prof_rows rows;
	struct prof_tree t;
	struct prof_out *out;
	int64_t *weight[2];
	unsigned s;

	prof_rows_init(&rows, &p, PROF_BY_FUNCTION);
	prof_frames_init(&frames, &rows);
	for (s = 0; s < 2; s++) {
		weight[s] = prof_alloc((size_t)p.stacks.n + 1,
		    sizeof *weight[s]);
		ck_assert_int_eq(prof_flat_weights(&p, s, weight[s], &err), 0);
		side[s] = (struct prof_tree_side){ &rows, NULL, weight[s] };
	}
	topts.order = prof_frames_cmp;
	topts.order_ctx = &frames;
	ck_assert_int_eq(prof_tree_init(&t, side, nsides, rows.n, &topts,
	    &err), PROF_OK);
	prof_buf_clear(&svg);
	out = prof_out_buf(&svg);
	ck_assert_int_eq(prof_svg_write(&t, &frames, &opts, out, &err), 0);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
	prof_tree_release(&t);
	free(weight[0]);
	free(weight[1]);
	prof_frames_release(&frames);
	prof_rows_release(&rows);
	parse();
}

static void
finish(void)
{
	xmlFreeDoc(doc);
	prof_buf_release(&svg);
	prof_builder_release(&b);
	prof_profile_release(&p);
}

/* What an XPath expression says, with s: for SVG; to be freed. */
static char *
ask(const char *expression)
{
	xmlXPathContext *ctx = xmlXPathNewContext(doc);
	xmlXPathObject *result;
	xmlChar *text;
	char *copy;

	xmlXPathRegisterNs(ctx, BAD_CAST "s",
	    BAD_CAST "http://www.w3.org/2000/svg");
	result = xmlXPathEvalExpression(BAD_CAST expression, ctx);
	ck_assert_msg(result != NULL, "%s", expression);
	text = xmlXPathCastToString(result);
	copy = prof_strndup((char *)text, strlen((char *)text));
	xmlFree(text);
	xmlXPathFreeObject(result);
	xmlXPathFreeContext(ctx);
	return copy;
}

static void
expect(const char *expression, const char *value)
{
	char *got = ask(expression);

	ck_assert_msg(strcmp(got, value) == 0, "%s is '%s', not '%s'",
	    expression, got, value);
	free(got);
}

#define FRAME(name) "//s:svg[@class='r']/*[starts-with(s:title,'" name "')]"

static const struct prof_svg_opts plain = {
	.type = "cpu", .unit = "nanoseconds", .samples = { 3, 4 }
};

START_TEST(a_frame_tells_name_place_and_numbers)
{
	start();
	call("parse", 25000000, 0);
	call("read", 75000000, 0);
	draw(1, plain);
	expect("string(" FRAME("parse") "/s:title)", "parse\n<src>.c:7\n"
	    "in /usr/bin/a&b\ntotal 25 ms, 25.0% of all, 25.0% of parent\n"
	    "self 25 ms, 25.0%");
	expect("string(" FRAME("main") "/s:title)", "main\n<src>.c:7\n"
	    "in /usr/bin/a&b\ntotal 100 ms, 100.0% of all, "
	    "100.0% of parent\nself 0 ms, 0.0%");
	expect("string(" FRAME("read") "/@x)", "25%");
	expect("string(" FRAME("read") "/@width)", "75%");
	expect("string(" FRAME("read") "/s:text)", "read");
	finish();
}
END_TEST

START_TEST(the_head_states_the_facts)
{
	struct prof_svg_opts opts = plain;

	opts.title = "A & B";
	opts.subtitle = "sub";
	opts.note = "beware";
	opts.description = "Most of it\n";
	start();
	call("f", 1500000, 0);
	call("g", 1000000000, 0);
	draw(1, opts);
	expect("string(/s:svg/s:title)", "A & B");
	expect("string(/s:svg/s:text[1])", "A & B");
	expect("string(/s:svg/s:text[2])", "cpu \302\267 total 1001.5 ms");
	expect("string(/s:svg/s:text[3])", "3 samples \302\267 3 frames");
	expect("string(/s:svg/s:text[4])", "sub");
	expect("string(/s:svg/s:text[5])", "beware");
	expect("contains(/s:svg/s:desc, 'beware\nMost')", "true");
	finish();
}
END_TEST

START_TEST(what_filters_left_is_told_of_how_much)
{
	struct prof_svg_opts opts = plain;
	char name[] = "narrow0";

	opts.whole[0] = 10000000;
	start();
	call("aa", 993700, 0);
	for (; name[6] <= '8'; name[6]++)
		call(name, 700, 0);
	call("tiny", 20, 0);
	draw(1, opts);
	expect("string(/s:svg/s:text[2])",
	    "cpu \302\267 total 1000.02 us of 10000.00 us");
	expect("contains(/s:svg/s:metadata, '\"whole\":[10000000]') or "
	    "contains(/s:svg/s:metadata, '\"whole\": [10000000]')", "true");
	expect("string(//s:rect[@class='rest']/s:title)",
	    "10 frames, 0.63% of the picture");
	expect("count(//s:text[.='Left out: 1 frame below 0.005% of the "
	    "picture with its callees, 0.002% of it in all'])", "1");
	finish();
}
END_TEST

START_TEST(a_scale_is_applied)
{
	struct prof_svg_opts opts = { .unit = "count", .num = 1, .den = 8 };

	start();
	call("f", 9, 0);
	draw(1, opts);
	expect("string(/s:svg/s:text[2])", "total 1.13");
	finish();
}
END_TEST

START_TEST(with_a_word_for_the_unit_values_are_in_the_base_unit)
{
	struct prof_svg_opts opts = { .unit = "bytes", .countname = "octets" };

	start();
	call("f", 3 << 20, 0);
	draw(1, opts);
	expect("string(/s:svg/s:text[2])", "total 3145728 octets");
	finish();
}
END_TEST

START_TEST(an_unknown_unit_is_shown_as_it_is)
{
	struct prof_svg_opts opts = { .unit = "<fur longs>" };

	start();
	call("f", 9, 0);
	draw(1, opts);
	expect("string(/s:svg/s:text[2])", "total 9 <fur longs>");
	finish();
}
END_TEST

START_TEST(no_samples_is_a_picture_that_says_so)
{
	start();
	draw(1, plain);
	expect("count(//s:text[.='no samples'])", "1");
	expect("count(//s:script)", "0");
	finish();
}
END_TEST

START_TEST(a_comparison_tells_both_values)
{
	start();
	call("up", 1000, 3000);
	call("same", 5000, 5000);
	draw(2, plain);
	expect("string(" FRAME("up") "/s:title)", "up\n<src>.c:7\n"
	    "in /usr/bin/a&b\n"
	    "total 1 us \342\206\222 3 us (+2 us, +200.0%), "
	    "16.7% \342\206\222 37.5% of all, "
	    "16.7% \342\206\222 37.5% of parent\n"
	    "self 1 us \342\206\222 3 us (+2 us, +200.0%), "
	    "16.7% \342\206\222 37.5%\nover 1.5x");
	expect("string(" FRAME("up") "/s:text)", "\342\226\262 up +200%");
	expect("string(" FRAME("up") "/@class)", "u5 over");
	expect("string(" FRAME("same") "/s:text)", "same");
	expect("string(" FRAME("same") "/@class)", "e");
	expect("contains(" FRAME("same") "/s:title, '(unchanged)')", "true");
	finish();
}
END_TEST

START_TEST(gone_and_new_frames_are_marked)
{
	start();
	call("old", 10, 0);
	call("fresh", 0, 20);
	draw(2, plain);
	expect("string(" FRAME("old") "/@class)", "hd5 gone");
	expect("string(" FRAME("old") "/s:text)", "\342\226\274 old gone");
	expect("contains(" FRAME("old") "/s:title, 'gone')", "true");
	expect("string(" FRAME("fresh") "/@class)", "u5 new over");
	expect("contains(" FRAME("fresh") "/s:title, 'new')", "true");
	expect("count(//s:pattern[@id='pf-d5'])", "1");
	finish();
}
END_TEST

START_TEST(a_negative_frame_is_marked)
{
	start();
	call("less", -10, 0);
	call("more", 30, 0);
	draw(1, plain);
	expect("string(" FRAME("less") "/@class)", "hg");
	expect("string(" FRAME("less") "/@width)", "25%");
	expect("string(" FRAME("less") "/s:text)", "\342\210\222 less");
	expect("count(//s:text[.='Widths are absolute values'])", "1");
	finish();
}
END_TEST

START_TEST(where_signs_differ_a_part_of_the_parent_is_told_if_it_is_one)
{
	prof_loc run[2];

	start();
	call("less", -10, 0);
	call("more", 30, 0);
	call("part", 5, 0);
	run[0] = frame("same", 4, PROF_KIND_USER);
	run[1] = frame("down", 4, PROF_KIND_USER);
	add(run, 2, -4, 0);
	add(run + 1, 1, -4, 0);
	run[0] = frame("zero", 4, PROF_KIND_USER);
	run[1] = frame("none", 4, PROF_KIND_USER);
	add(run, 2, 7, 0);
	add(run + 1, 1, -7, 0);
	draw(1, plain);
	expect("contains(" FRAME("less") "/s:title, 'of all\nself')", "true");
	expect("contains(" FRAME("more") "/s:title, 'of all\nself')", "true");
	expect("contains(" FRAME("zero") "/s:title, 'of all\nself')", "true");
	expect("contains(" FRAME("part") "/s:title, ', 20.0% of parent')",
	    "true");
	expect("contains(" FRAME("same") "/s:title, '50.0% of parent')",
	    "true");
	finish();
}
END_TEST

START_TEST(frames_that_are_no_code_are_no_group)
{
	struct prof_svg_opts opts = plain;

	start();
	call("f", 10, 0);
	draw(1, opts);
	expect("string(" FRAME("main") "/@class) = "
	    "string(" FRAME("all") "/@class)", "false");
	xmlFreeDoc(doc);
	opts.rooted = true;
	draw(1, opts);
	expect("string(" FRAME("main") "/@class) = "
	    "string(" FRAME("all") "/@class)", "true");
	expect("count(//s:g[@role='list']/*)", "1");
	finish();
}
END_TEST

START_TEST(frames_left_out_are_counted)
{
	start();
	call("big", 1000000, 0);
	call("tiny", 10, 0);
	call("wee", 20, 0);
	draw(1, plain);
	expect("count(//s:text[.='Left out: 2 frames below 0.005% with their "
	    "callees, 0.003% in all'])", "1");
	expect("count(//s:text[contains(., '% of all self, without what is "
	    "left out')])", "1");
	expect("count(" FRAME("tiny") ")", "0");
	finish();
}
END_TEST

START_TEST(inverted_has_the_root_on_top)
{
	struct prof_svg_opts opts = plain;

	start();
	call("f", 1, 0);
	draw(1, opts);
	expect("string(//s:svg[@class='r'][1]/@y)", "32");
	xmlFreeDoc(doc);
	opts.inverted = true;
	draw(1, opts);
	expect("string(//s:svg[@class='r'][1]/@y)", "0");
	finish();
}
END_TEST

START_TEST(width_is_fluid_or_fixed)
{
	struct prof_svg_opts opts = plain;

	start();
	call("f", 1, 0);
	draw(1, opts);
	expect("string(/s:svg/@width)", "100%");
	expect("starts-with(/s:svg/@viewBox, '0 0 1200 ')", "true");
	xmlFreeDoc(doc);
	opts.width = 640;
	draw(1, opts);
	expect("string(/s:svg/@width)", "640");
	expect("substring-after(/s:svg/@viewBox, '640 ') = /s:svg/@height",
	    "true");
	finish();
}
END_TEST

START_TEST(too_wide_is_refused)
{
	struct prof_svg_opts opts = { .width = PROF_SVG_MAX_WIDTH + 1 };
	struct prof_tree t = { 0 };

	memset(&err, 0, sizeof err);
	ck_assert_int_eq(prof_svg_write(&t, NULL, &opts, NULL, &err),
	    PROF_EUSAGE);
	ck_assert_str_eq(err.msg,
	    "a picture of 100001 pixels is wider than 100000");
}
END_TEST

START_TEST(kinds_have_their_colour_and_legend)
{
	prof_loc run[2];

	start();
	run[0] = frame("do_idle", 7, PROF_KIND_KERNEL);
	run[1] = frame("stub", 4, PROF_KIND_JIT);
	add(run, 2, 5, 0);
	draw(1, plain);
	expect("string(" FRAME("do_idle") "/@class)", "k");
	expect("string(" FRAME("stub") "/@class)", "j");
	expect("count(//s:svg[@class='pf-key k'])", "1");
	expect("contains(" FRAME("do_idle") "/s:title, 'kernel')", "true");
	finish();
}
END_TEST

static const struct {
	const char *name;
	size_t len;
} hostile[] = {
#define NAME(s) { s, sizeof s - 1 }
	NAME("</text><script>alert(1)</script>"),
	NAME("</title></svg><script/>"),
	NAME("]]>"),
	NAME("<![CDATA["),
	NAME("<!--"),
	NAME("<?xml?>"),
	NAME("&#0;&lt;&amp;&bogus;"),
	NAME("\" onload=\"alert(1)"),
	NAME("' onload='alert(1)"),
	NAME("\357\277\276"),
	NAME("\001\002\033[2J"),
	NAME("a\0b"),
	NAME("\r\n\t"),
	NAME("\342\202"),
	NAME("\355\240\200"),
	NAME("\300\257"),
	NAME("\342\200\256gpj.exe"),
	NAME("%s%n%x"),
	NAME("javascript:alert(1)"),
	NAME(""),
#undef NAME
};

/*
 * Every element and attribute by name, in order: the skeleton, in which a
 * name must not leave a trace.
 */
static void
outline(struct prof_buf *out)
{
	xmlXPathContext *ctx = xmlXPathNewContext(doc);
	xmlXPathObject *all = xmlXPathEvalExpression(
	    BAD_CAST "//node()[not(self::text())] | //@*", ctx);
	int i;

	for (i = 0; i < all->nodesetval->nodeNr; i++) {
		prof_buf_adds(out,
		    (const char *)all->nodesetval->nodeTab[i]->name);
		prof_buf_addc(out, '\n');
	}
	xmlXPathFreeObject(all);
	xmlXPathFreeContext(ctx);
}

static void
draw_name(const char *name, size_t len, struct prof_buf *out)
{
	prof_loc run[2];
	struct prof_svg_opts opts = plain;
	char *text = prof_strndup(name, len);

	opts.title = opts.subtitle = opts.note = opts.type = opts.unit = text;
	start();
	run[0] = run[1] = frame(name, len, PROF_KIND_USER);
	add(run, 2, 5, 0);
	draw(1, opts);
	outline(out);
	expect("count(//s:script)", "2");
	expect("count(//s:script[not(@type)])", "1");
	expect("count(//@*[starts-with(name(),'on')])", "0");
	finish();
	free(text);
}

START_TEST(hostile_names_stay_text)
{
	struct prof_buf want = { 0 }, got = { 0 };

	/* An empty title, note or unit takes less room: compare like. */
	draw_name(hostile[_i].len > 0 ? "harmless" : "", hostile[_i].len > 0 ?
	    8 : 0, &want);
	draw_name(hostile[_i].name, hostile[_i].len, &got);
	ck_assert_uint_eq(want.len, got.len);
	ck_assert_mem_eq(want.data, got.data, got.len);
	prof_buf_release(&want);
	prof_buf_release(&got);
}
END_TEST

START_TEST(a_name_of_a_megabyte_is_cut_between_characters)
{
	size_t len = 1000001, i;
	char *name = prof_alloc(len, 1);
	prof_loc run[1];

	/* Three bytes each, so that no limit in bytes falls between two. */
	for (i = 0; i < len; i++)
		name[i] = "\342\202\254"[i % 3];
	start();
	run[0] = frame(name, len, PROF_KIND_USER);
	add(run, 1, 5, 0);
	draw(1, plain);
	ck_assert_uint_lt(svg.len, 200000);
	expect("contains(//s:svg[@class='r'][2]//s:title, '(1000001 bytes)')",
	    "true");
	expect("contains(//s:svg[@class='r'][2], '\\x')", "false");
	expect("string-length(//s:svg[@class='r'][2]//s:text)", "401");
	free(name);
	finish();
}
END_TEST

START_TEST(the_script_is_shut_in)
{
	char *script;

	start();
	call("f", 1, 0);
	draw(1, plain);
	script = ask("string(//s:script[not(@type)])");
	ck_assert_uint_gt(strlen(script), 5000);
	ck_assert_ptr_null(strstr(script, "]]>"));
	ck_assert_ptr_null(strstr(script, "eval"));
	ck_assert_ptr_null(strstr(script, "Function("));
	ck_assert_ptr_null(strstr(script, "innerHTML"));
	ck_assert_ptr_null(strstr(script, "fetch"));
	ck_assert_ptr_null(strstr(script, "import"));
	expect("count(//@href) + count(//@src)", "0");
	free(script);
	finish();
}
END_TEST

START_TEST(without_script_there_is_none)
{
	struct prof_svg_opts opts = plain;

	opts.no_script = true;
	start();
	call("f", 1, 0);
	draw(1, opts);
	expect("count(//s:script)", "0");
	finish();
}
END_TEST

START_TEST(neighbours_too_narrow_to_be_drawn_are_one_bar)
{
	char name[] = "narrow0";

	start();
	call("aa", 600000, 0);
	for (; name[6] <= '8'; name[6]++)
		call(name, 700, 0);
	call("zz", 393700, 0);
	draw(1, plain);
	expect("count(//s:rect[@class='rest'])", "1");
	expect("string(//s:rect[@class='rest']/s:title)", "9 frames, 0.63%");
	expect("string(//s:rect[@class='rest']/@x)", "60%");
	expect("string(//s:rect[@class='rest']/@width)", "0.63%");
	expect("count(//*[starts-with(s:title,'narrow')])", "0");
	expect("contains(//s:script[@type], 'narrow3')", "false");
	expect("contains(//s:script[@type], '6:1')", "true");
	finish();
}
END_TEST

START_TEST(without_data_narrow_frames_are_left_out)
{
	struct prof_svg_opts opts = plain;

	opts.no_data = true;
	start();
	call("wide", 999300, 0);
	call("narrow", 700, 0);
	draw(1, opts);
	expect("contains(//s:script[@type], 'wide')", "true");
	expect("contains(//s:script[@type], 'narrow')", "false");
	expect("contains(//s:desc, 'Left out: 1 frame below 0.1%')", "true");
	finish();
}
END_TEST

START_TEST(what_shrank_is_hatched_at_its_end)
{
	struct prof_svg_opts opts = plain;

	start();
	call("less", 400, 100);
	call("same", 600, 600);
	draw(2, opts);
	expect("string(" FRAME("less") "/s:rect[@class='pf-ghost']/@x)", "25%");
	expect("string(" FRAME("less") "/s:rect[@class='pf-ghost']/@width)", "75%");
	expect("string(" FRAME("main") "/s:rect[@class='pf-ghost']/@width)", "30%");
	expect("count(" FRAME("same") "/s:rect[@class='pf-ghost'])", "0");
	finish();
	opts.widths = PROF_SVG_AFTER;
	start();
	call("less", 400, 100);
	call("gone", 600, 0);
	draw(2, opts);
	expect("count(//s:rect[@class='pf-ghost'])", "0");
	expect("string(" FRAME("less") "/@width)", "100%");
	expect("count(" FRAME("gone") ")", "0");
	finish();
}
END_TEST

START_TEST(links_are_escaped)
{
	struct prof_svg_opts opts = plain;

	opts.href = "https://x/%f#L%l&q=%n%%%%f";
	start();
	call("a\"b c\xff:d", 1, 0);
	draw(1, opts);
	expect("string(//s:svg[@class='r'][3]//s:a/@href)",
	    "https://x/%3Csrc%3E.c#L7&q=a%22b%20c%FF%3Ad%%f");
	finish();
}
END_TEST

START_TEST(the_height_of_rows_follows_the_font)
{
	struct prof_svg_opts opts = plain;

	opts.font_size = 24;
	opts.font = "Courier New, monospace";
	start();
	call("f", 1, 0);
	draw(1, opts);
	expect("string(//s:svg[@class='pf-frames']/@height)", "96");
	expect("string(//s:svg[@class='pf-frames']/@data-row)", "32");
	expect("contains(//s:style, 'font-family:Courier New, monospace')",
	    "true");
	finish();
}
END_TEST

START_TEST(a_font_cannot_leave_the_style_sheet)
{
	static const char *const fonts[] = {
		"", "a}", "a;b", "url(x)", "</style>", "\"a\"", "a\nb"
	};
	struct prof_svg_opts opts = plain;
	struct prof_tree t = { 0 };
	size_t i;

	for (i = 0; i < sizeof fonts / sizeof fonts[0]; i++) {
		memset(&err, 0, sizeof err);
		opts.font = fonts[i];
		ck_assert_int_eq(prof_svg_write(&t, NULL, &opts, NULL, &err),
		    PROF_EUSAGE);
	}
}
END_TEST

START_TEST(the_hash_is_that_of_the_script)
{
	ck_assert_int_eq(strncmp(prof_svg_script_hash(), "sha256-", 7), 0);
	ck_assert_uint_eq(strlen(prof_svg_script_hash()), 7 + 44);
}
END_TEST

START_TEST(two_runs_give_the_same_bytes)
{
	static const char *const names[] = { "b", "a", "d", "c", "e" };
	struct prof_buf first = { 0 };
	unsigned i, round;

	for (round = 0; round < 2; round++) {
		start();
		for (i = 0; i < 5; i++)
			call(names[round ? 4 - i : i],
			    names[round ? 4 - i : i][0], 7);
		draw(2, plain);
		if (round == 0)
			prof_buf_add(&first, svg.data, svg.len);
		else
			ck_assert_mem_eq(first.data, svg.data, svg.len);
		ck_assert_uint_eq(first.len, svg.len);
		finish();
	}
	prof_buf_release(&first);
}
END_TEST

START_TEST(a_million_frames_deep)
{
	const size_t depth = 1000000;
	prof_loc *run = prof_alloc(depth, sizeof *run);
	prof_loc two[2];
	size_t i;

	start();
	two[0] = frame("walk", 4, PROF_KIND_USER);
	two[1] = frame("step", 4, PROF_KIND_USER);
	for (i = 0; i < depth; i++)
		run[i] = two[i & 1];
	add(run, depth, 5, 0);
	draw(1, plain);
	/* And one more for the bar that stands for the rest. */
	expect("count(//s:svg[@class='r'])", "2001");
	expect("count(//s:text[.='Left out: frames deeper than 1999 (the "
	    "deepest stack has 1000000), 100.0% in all'])", "1");
	free(run);
	finish();
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("svg");
	TCase *tc = tcase_create("svg");
	SRunner *sr;
	int failed;

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, a_frame_tells_name_place_and_numbers);
	tcase_add_test(tc, the_head_states_the_facts);
	tcase_add_test(tc, what_filters_left_is_told_of_how_much);
	tcase_add_test(tc, a_scale_is_applied);
	tcase_add_test(tc,
	    with_a_word_for_the_unit_values_are_in_the_base_unit);
	tcase_add_test(tc, an_unknown_unit_is_shown_as_it_is);
	tcase_add_test(tc, no_samples_is_a_picture_that_says_so);
	tcase_add_test(tc, a_comparison_tells_both_values);
	tcase_add_test(tc, gone_and_new_frames_are_marked);
	tcase_add_test(tc, a_negative_frame_is_marked);
	tcase_add_test(tc,
	    where_signs_differ_a_part_of_the_parent_is_told_if_it_is_one);
	tcase_add_test(tc, frames_that_are_no_code_are_no_group);
	tcase_add_test(tc, frames_left_out_are_counted);
	tcase_add_test(tc, inverted_has_the_root_on_top);
	tcase_add_test(tc, width_is_fluid_or_fixed);
	tcase_add_test(tc, too_wide_is_refused);
	tcase_add_test(tc, kinds_have_their_colour_and_legend);
	tcase_add_loop_test(tc, hostile_names_stay_text, 0,
	    sizeof hostile / sizeof hostile[0]);
	tcase_add_test(tc, a_name_of_a_megabyte_is_cut_between_characters);
	tcase_add_test(tc, the_script_is_shut_in);
	tcase_add_test(tc, without_script_there_is_none);
	tcase_add_test(tc, neighbours_too_narrow_to_be_drawn_are_one_bar);
	tcase_add_test(tc, without_data_narrow_frames_are_left_out);
	tcase_add_test(tc, what_shrank_is_hatched_at_its_end);
	tcase_add_test(tc, links_are_escaped);
	tcase_add_test(tc, the_height_of_rows_follows_the_font);
	tcase_add_test(tc, a_font_cannot_leave_the_style_sheet);
	tcase_add_test(tc, the_hash_is_that_of_the_script);
	tcase_add_test(tc, two_runs_give_the_same_bytes);
	tcase_add_test(tc, a_million_frames_deep);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
