/* SPDX-License-Identifier: MIT */
#include "libanalysis/flameterm.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/flameterm_fill.h"
#include "libanalysis/flat.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/svg_color.h"
#include "tests/folded_tree.h"
#include "tests/random.h"

static struct prof_buf text;
static struct prof_svg_opts picture;
static struct prof_flameterm_opts opts;

static void
start(unsigned width)
{
	memset(&picture, 0, sizeof picture);
	memset(&opts, 0, sizeof opts);
	picture.title = "t";
	opts.picture = &picture;
	opts.style.width = width;
	opts.style.elide = true;
}

/* The picture of folded text; "base new" lines are two sides. */
static const char *
draw(const char *folded)
{
	struct prof_err err = { 0 };
	struct folded_tree f;
	struct prof_out *out;

	folded_tree_init(&f, folded, (struct prof_tree_opts){
	    .gross = true, .min_total = 1 });
	prof_buf_clear(&text);
	out = prof_out_buf(&text);
	ck_assert_int_eq(prof_flameterm(&f.t, &f.frames, &opts, out, &err),
	    PROF_OK);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
	folded_tree_release(&f);
	return prof_buf_str(&text);
}

/* Line i of text, NULL behind the last; *len without its end. */
static const char *
line(const char *s, unsigned i, size_t *len)
{
	for (; i > 0 && s != NULL; i--) {
		s = strchr(s, '\n');
		s = s != NULL ? s + 1 : NULL;
	}
	if (s == NULL || *s == '\0')
		return NULL;
	*len = strcspn(s, "\n");
	return s;
}

static void
is_line(unsigned i, const char *want)
{
	size_t len = 0;
	const char *s = line(prof_buf_str(&text), i, &len);

	ck_assert_msg(s != NULL && len == strlen(want) &&
	    memcmp(s, want, len) == 0, "line %u is not '%s' in\n%s", i, want,
	    prof_buf_str(&text));
}

static void
has(const char *what)
{
	ck_assert_msg(strstr(prof_buf_str(&text), what) != NULL,
	    "no '%s' in\n%s", what, prof_buf_str(&text));
}

START_TEST(frames_are_as_wide_as_their_share)
{
	start(41);
	opts.style.ascii = true;
	draw("a 3\nb 1\n");
	is_line(2, "|a 75.0%                      |b 25.0%  |");
	is_line(3, "|all 100.0%                             |");
}
END_TEST

START_TEST(the_root_is_at_the_bottom_unless_inverted)
{
	start(41);
	opts.style.ascii = true;
	picture.inverted = true;
	draw("a 3\nb 1\n");
	is_line(2, "|all 100.0%                             |");
	is_line(3, "|a 75.0%                      |b 25.0%  |");
}
END_TEST

START_TEST(self_is_blank_beside_the_callees)
{
	start(41);
	opts.style.ascii = true;
	draw("m;a 1\nm 3\n");
	is_line(2, "|a 25.0%  |");
	is_line(3, "|m 100.0%                               |");
}
END_TEST

START_TEST(narrow_frames_become_a_run_of_dots_and_are_counted)
{
	struct prof_buf in = { 0 };
	int i;

	start(21);
	opts.style.ascii = true;
	prof_buf_adds(&in, "a 100\n");
	for (i = 0; i < 50; i++)
		prof_buf_addf(&in, "n%02d;x 2\n", i);
	draw(prof_buf_str(&in));
	is_line(3, "|a 50.0%  ..........");
	has("Left out: 50 frames\n  narrower than a\n  column (.) with\n"
	    "  their callees,\n  50.0% in all\n");
	prof_buf_release(&in);
}
END_TEST

START_TEST(rows_end_and_the_last_line_says_so)
{
	start(40);
	picture.max_rows = 3;
	draw("a;b;c;d;e 5\nx 5\n");
	is_line(5, "Left out: frames deeper than 2 (the");
	is_line(6, "  deepest stack has 5), 50.0% in all;");
	is_line(7, "  --max-rows draws more");
}
END_TEST

START_TEST(with_a_word_for_the_unit_values_are_in_the_base_unit)
{
	start(60);
	picture.unit = "bytes";
	picture.countname = "octets";
	draw("a 3145728\n");
	has("total 3145728 octets");
}
END_TEST

START_TEST(no_samples_are_said)
{
	start(40);
	draw("a 0\n");
	has("no samples\n");
}
END_TEST

START_TEST(a_negative_frame_is_marked_and_as_wide_as_its_value)
{
	start(41);
	opts.style.ascii = true;
	draw("a -3\nb 1\n");
	is_line(2, "|- a -150.0%                  |b 50.0%  |");
}
END_TEST

START_TEST(changes_are_marked_and_what_is_gone_is_hatched)
{
	const char *s;

	start(61);
	opts.style.ascii = true;
	picture.title = "a \xe2\x86\x92 b";
	picture.compare.said = "one \xc2\xb7 two\nthree";
	draw("gone 5 0\nless 5 4\nmore 4 5\nnew 0 5\n");
	is_line(0, "a -> b");
	is_line(2, "one - two");
	is_line(3, "three");
	is_line(4, "|- gone gone //|- less -20%   |+ more +25%   |+ new new"
	    "     |");
	has("total 14 -> 14");
	for (s = text.data; *s != '\0'; s++)
		ck_assert((unsigned char)*s < 0x80);
}
END_TEST

/* Names that act on a terminal, and characters of all widths. */
static const char hostile[] = "\033[31m;\033]0;\r\b;\x01\x7f;\xc2\x9b"
    "2J;\xff\xfe;\xe2\x80\xae" "abc;a\tb;\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa"
    "\x9e\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e;e\xcc\x81\xcc\x81 5\n"
    "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe6\x97\xa5 3\nx 1\n";

START_TEST(names_do_not_act_on_the_terminal)
{
	const char *s;
	unsigned width;

	for (width = 20; width < 60; width++) {
		start(width);
		for (s = draw(hostile); *s != '\0'; s++)
			ck_assert((unsigned char)*s >= ' ' || *s == '\n');
		ck_assert(strstr(text.data, "\xc2\x9b") == NULL);
		ck_assert(strstr(text.data, "\xe2\x80\xae") == NULL);
	}
}
END_TEST

START_TEST(the_only_sequences_are_those_of_colour)
{
	const char *s;

	start(50);
	opts.style.color = true;
	for (s = draw(hostile); *s != '\0'; s++) {
		ck_assert((unsigned char)*s >= ' ' || *s == '\n' ||
		    *s == '\033');
		if (*s == '\033')
			ck_assert(s[1] == '[' &&
			    s[2 + strspn(s + 2, "0123456789;")] == 'm');
	}
}
END_TEST

/* Each row fills what its frames are wide, whatever the names. */
START_TEST(rows_have_the_width_whatever_the_names)
{
	const char *s;
	size_t len = 0;
	unsigned i, width;

	for (width = 20; width < 90; width++) {
		start(width);
		draw(hostile);
		for (i = 0; (s = line(text.data, i, &len)) != NULL; i++)
			ck_assert_uint_le(prof_name_width(s, len), width);
		do
			s = line(text.data, --i, &len);
		while (s[0] == 'L' || s[0] == ' ');
		ck_assert_uint_eq(prof_name_width(s, len), width);
	}
}
END_TEST

START_TEST(a_long_name_costs_what_is_shown)
{
	struct prof_buf in = { 0 };
	int i;

	start(80);
	for (i = 0; i < 200000; i++)
		prof_buf_adds(&in, "\xcc\x81");
	prof_buf_adds(&in, "x 5\n");
	draw(prof_buf_str(&in));
	ck_assert_uint_lt(text.len, 2000);
	prof_buf_release(&in);
}
END_TEST

static void
random_folded(struct test_random *r, struct prof_buf *b)
{
	uint32_t i, k, depth, n = 1 + test_random_below(r, 60);

	for (i = 0; i < n; i++) {
		depth = 1 + test_random_below(r, 8);
		for (k = 0; k < depth; k++)
			prof_buf_addf(b, "%sf%u", k > 0 ? ";" : "",
			    (unsigned)test_random_below(r, 4));
		prof_buf_addf(b, " %u\n", (unsigned)test_random_below(r,
		    100));
	}
	prof_buf_adds(b, "f0 1\n");
}

START_TEST(lines_of_any_profile_fit)
{
	struct test_random r = { (uint64_t)_i };
	struct prof_buf in = { 0 };
	const char *s;
	size_t len = 0;
	unsigned i;

	start(20 + test_random_below(&r, 100));
	random_folded(&r, &in);
	draw(prof_buf_str(&in));
	for (i = 0; (s = line(text.data, i, &len)) != NULL; i++)
		ck_assert_uint_le(prof_name_width(s, len), opts.style.width);
	prof_buf_release(&in);
}
END_TEST

/* The background of the sequence at s, "" for none. */
static void
background(const char *s, char *to, size_t size)
{
	const char *m = strchr(s, 'm'), *b = strstr(s, ";48;");
	size_t len;

	to[0] = '\0';
	if (b == NULL || b > m)
		return;
	len = (size_t)(m - b);
	ck_assert_uint_lt(len, size);
	memcpy(to, b, len);
	to[len] = '\0';
}

START_TEST(lines_of_text_are_wrapped_and_at_last_cut)
{
	start(20);
	opts.style.ascii = true;
	picture.title = "one two three four five six";
	picture.subtitle = "0123456789012345678901234567890123456789";
	draw("a 3\n");
	is_line(0, "one two three four");
	is_line(1, "  five six");
	has("\n01234567890123456789\n  012345678901234567\n  89\n");
	picture.subtitle = "0123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789";
	draw("a 3\n");
	has("\n  2345678901234567..\n|");
}
END_TEST

START_TEST(neighbours_differ_in_colour)
{
	struct test_random r = { (uint64_t)_i };
	struct prof_buf in = { 0 };
	char last[64] = "", now[64];
	const char *s;
	size_t frames = 0;

	start(100);
	opts.style.color = true;
	opts.rgb = _i % 2 == 0;
	picture.theme = _i % 3 == 0 ? PROF_SVG_DARK : PROF_SVG_AUTO;
	random_folded(&r, &in);
	for (s = draw(prof_buf_str(&in)); *s != '\0'; s++) {
		if (*s == '\n')
			last[0] = '\0';
		if (*s != '\033')
			continue;
		background(s, now, sizeof now);
		if (now[0] != '\0') {
			ck_assert_str_ne(now, last);
			strcpy(last, now);
			frames++;
		} else if (s[2] == '2' || s[4] == ' ') {
			last[0] = '\0';	/* dots or blanks between them */
		}
	}
	ck_assert_uint_gt(frames, 2);
	prof_buf_release(&in);
}
END_TEST

static double
luminance(uint32_t rgb)
{
	static const double part[3] = { 0.0722, 0.7152, 0.2126 };
	double sum = 0, c;
	unsigned i;

	for (i = 0; i < 3; i++) {
		c = (rgb >> 8 * i & 0xff) / 255.0;
		sum += part[i] * (c <= 0.04045 ? c / 12.92 :
		    pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static void
readable(uint32_t rgb)
{
	double l = luminance(rgb) + 0.05;

	ck_assert_msg((prof_flameterm_black(rgb) ? l / 0.05 : 1.05 / l) >=
	    4.5, "on #%06x", (unsigned)rgb);
}

START_TEST(labels_can_be_read_on_every_fill)
{
	uint32_t rgb;
	unsigned i, tone;

	for (i = 16; i < 256; i++)
		readable(prof_flameterm_rgb(i));
	for (i = 0; i < PROF_SVG_SHADES; i++) {
		for (tone = 0; tone < PROF_FLAMETERM_TONES; tone++) {
			readable(prof_flameterm_tone(prof_svg_shade(i)->light,
			    tone, true));
			readable(prof_flameterm_tone(prof_svg_shade(i)->dark,
			    tone, false));
		}
	}
	for (rgb = 0; rgb < 0x1000000; rgb += 0x030507)
		readable(rgb);
}
END_TEST

START_TEST(the_256_colours_are_those_of_xterm)
{
	unsigned i;

	ck_assert_uint_eq(prof_flameterm_rgb(16), 0x000000);
	ck_assert_uint_eq(prof_flameterm_rgb(196), 0xff0000);
	ck_assert_uint_eq(prof_flameterm_rgb(67), 0x5f87af);
	ck_assert_uint_eq(prof_flameterm_rgb(231), 0xffffff);
	ck_assert_uint_eq(prof_flameterm_rgb(232), 0x080808);
	ck_assert_uint_eq(prof_flameterm_rgb(255), 0xeeeeee);
	for (i = 16; i < 256; i++)
		ck_assert_uint_eq(prof_flameterm_rgb(prof_flameterm_index(
		    prof_flameterm_rgb(i))), prof_flameterm_rgb(i));
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("flameterm");

	tcase_add_test(tc, frames_are_as_wide_as_their_share);
	tcase_add_test(tc, the_root_is_at_the_bottom_unless_inverted);
	tcase_add_test(tc, self_is_blank_beside_the_callees);
	tcase_add_test(tc,
	    narrow_frames_become_a_run_of_dots_and_are_counted);
	tcase_add_test(tc, rows_end_and_the_last_line_says_so);
	tcase_add_test(tc,
	    with_a_word_for_the_unit_values_are_in_the_base_unit);
	tcase_add_test(tc, no_samples_are_said);
	tcase_add_test(tc,
	    a_negative_frame_is_marked_and_as_wide_as_its_value);
	tcase_add_test(tc, changes_are_marked_and_what_is_gone_is_hatched);
	tcase_add_test(tc, names_do_not_act_on_the_terminal);
	tcase_add_test(tc, the_only_sequences_are_those_of_colour);
	tcase_add_test(tc, rows_have_the_width_whatever_the_names);
	tcase_add_test(tc, a_long_name_costs_what_is_shown);
	tcase_add_loop_test(tc, lines_of_any_profile_fit, 0, 100);
	tcase_add_test(tc, lines_of_text_are_wrapped_and_at_last_cut);
	tcase_add_loop_test(tc, neighbours_differ_in_colour, 0, 60);
	tcase_add_test(tc, labels_can_be_read_on_every_fill);
	tcase_add_test(tc, the_256_colours_are_those_of_xterm);
	return test_main("flameterm", tc);
}
