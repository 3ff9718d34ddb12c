/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_color.h"

#include <check.h>
#include <math.h>
#include <string.h>

#define HATCH_LIGHT 0xffffff	/* over it in flame.css, at .5 and .4 */
#define HATCH_DARK 0x000000

static double
channel(uint32_t color, unsigned shift)
{
	double c = (double)(color >> shift & 0xff) / 255;

	return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

/* WCAG 2: relative luminance and contrast ratio. */
static double
luminance(uint32_t color)
{
	return 0.2126 * channel(color, 16) + 0.7152 * channel(color, 8) +
	    0.0722 * channel(color, 0);
}

static double
contrast(uint32_t a, uint32_t b)
{
	double x = luminance(a), y = luminance(b);

	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

static uint32_t
blend(uint32_t below, uint32_t above, double part)
{
	uint32_t color = 0;
	unsigned shift;

	for (shift = 0; shift <= 16; shift += 8)
		color |= (uint32_t)lround((1 - part) * (below >> shift & 0xff) +
		    part * (above >> shift & 0xff)) << shift;
	return color;
}

START_TEST(labels_are_readable_on_every_shade)
{
	const struct prof_svg_shade *s = prof_svg_shade((unsigned)_i);

	ck_assert_msg(contrast(s->light, PROF_SVG_INK_LIGHT) >= 4.5, "%s",
	    s->class);
	ck_assert_msg(contrast(s->dark, PROF_SVG_INK_DARK) >= 4.5, "%s",
	    s->class);
}
END_TEST

START_TEST(labels_are_readable_on_hatched_shades)
{
	const struct prof_svg_shade *s = prof_svg_shade((unsigned)_i);

	ck_assert(contrast(blend(s->light, HATCH_LIGHT, .5),
	    PROF_SVG_INK_LIGHT) >= 4.5);
	ck_assert(contrast(blend(s->dark, HATCH_DARK, .4),
	    PROF_SVG_INK_DARK) >= 4.5);
}
END_TEST

/* Callers of the zoomed frame and what no search found: paler. */
START_TEST(labels_are_readable_on_faded_shades)
{
	const struct prof_svg_shade *s = prof_svg_shade((unsigned)_i);

	ck_assert(contrast(blend(0xffffff, s->light, .35),
	    PROF_SVG_INK_LIGHT) >= 4.5);
	ck_assert(contrast(blend(0x16181d, s->dark, .35),
	    PROF_SVG_INK_DARK) >= 4.5);
}
END_TEST

START_TEST(no_two_shades_share_a_class)
{
	unsigned i, k;

	for (i = 0; i < PROF_SVG_SHADES; i++)
		for (k = 0; k < i; k++)
			ck_assert_str_ne(prof_svg_shade(i)->class,
			    prof_svg_shade(k)->class);
}
END_TEST

START_TEST(heat_is_self_in_tenths_of_the_total)
{
	ck_assert_uint_eq(prof_svg_shade_of_self(0, 100), PROF_SVG_HEAT);
	ck_assert_uint_eq(prof_svg_shade_of_self(9, 100), PROF_SVG_HEAT);
	ck_assert_uint_eq(prof_svg_shade_of_self(10, 100), PROF_SVG_HEAT + 1);
	ck_assert_uint_eq(prof_svg_shade_of_self(99, 100), PROF_SVG_HEAT + 9);
	ck_assert_uint_eq(prof_svg_shade_of_self(100, 100),
	    PROF_SVG_HEAT + 9);
	ck_assert_uint_eq(prof_svg_shade_of_self(0, 0), PROF_SVG_HEAT);
	ck_assert_uint_eq(prof_svg_shade_of_self(INT64_MIN, INT64_MIN),
	    PROF_SVG_HEAT + 9);
	ck_assert_uint_eq(prof_svg_shade_of_self(INT64_MAX, 5),
	    PROF_SVG_HEAT + 9);
	ck_assert_str_eq(prof_svg_shade(PROF_SVG_HEAT + 9)->class, "s9");
}
END_TEST

/* A hotter one is stronger: away from the background in both themes. */
START_TEST(heat_leaves_the_background_step_by_step)
{
	const struct prof_svg_shade *s;
	double light = 1, dark = 1;
	unsigned i;

	for (i = 0; i < 10; i++) {
		s = prof_svg_shade(PROF_SVG_HEAT + i);
		ck_assert(contrast(s->light, 0xffffff) > light);
		ck_assert(contrast(s->dark, 0x16181d) > dark);
		light = contrast(s->light, 0xffffff);
		dark = contrast(s->dark, 0x16181d);
	}
}
END_TEST

START_TEST(text_is_readable_on_the_background)
{
	ck_assert(contrast(0xffffff, PROF_SVG_INK_LIGHT) >= 4.5);
	ck_assert(contrast(0x16181d, PROF_SVG_INK_DARK) >= 4.5);
}
END_TEST

START_TEST(fills_come_for_the_viewers_theme_and_both_fixed_ones)
{
	bool used[PROF_SVG_SHADES] = { false };
	struct prof_buf b = { 0 };

	used[0] = true;
	prof_svg_shades_css(&b, used);
	ck_assert_str_eq(prof_buf_str(&b),
	    ".pf .c0{fill:#fdbdca}\n"
	    "@media (prefers-color-scheme:dark){\n"
	    ".pf:not([data-theme=light]) .c0{fill:#723d4a}\n"
	    "}\n"
	    ".pf[data-theme=dark] .c0{fill:#723d4a}\n");
	prof_buf_release(&b);
}
END_TEST

/* A frame that is found has the class of its own fill, too. */
START_TEST(the_fill_of_what_is_found_comes_last)
{
	bool used[PROF_SVG_SHADES];
	struct prof_buf b = { 0 };
	const char *s, *line;
	unsigned i;

	memset(used, true, sizeof used);
	prof_svg_shades_css(&b, used);
	s = prof_buf_str(&b);
	for (i = 0; i < 3; i++, s = line + 1) {
		s = strstr(s, ".c0{");
		ck_assert_ptr_nonnull(s);
		line = strchr(s, '\n');
		ck_assert_ptr_nonnull(strstr(s, ".m{"));
		ck_assert_ptr_eq(memchr(strstr(s, ".m{"), '}',
		    (size_t)(line - s)), line - 1);
	}
	prof_buf_release(&b);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("svg_color");
	TCase *tc = tcase_create("svg_color");
	SRunner *sr;
	int failed;

	tcase_add_loop_test(tc, labels_are_readable_on_every_shade, 0,
	    PROF_SVG_SHADES);
	tcase_add_loop_test(tc, labels_are_readable_on_hatched_shades, 0,
	    PROF_SVG_SHADES);
	tcase_add_loop_test(tc, labels_are_readable_on_faded_shades, 0,
	    PROF_SVG_SHADES);
	tcase_add_test(tc, no_two_shades_share_a_class);
	tcase_add_test(tc, heat_is_self_in_tenths_of_the_total);
	tcase_add_test(tc, heat_leaves_the_background_step_by_step);
	tcase_add_test(tc, text_is_readable_on_the_background);
	tcase_add_test(tc,
	    fills_come_for_the_viewers_theme_and_both_fixed_ones);
	tcase_add_test(tc, the_fill_of_what_is_found_comes_last);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
