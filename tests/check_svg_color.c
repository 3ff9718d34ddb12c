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

static const struct {
	const char *name, *package;
} packages[] = {
	{ "main", "" },
	{ "", "" },
	{ "runtime.mallocgc", "runtime" },
	{ "runtime.GC", "runtime" },
	{ "main.main.func1", "main" },
	{ "main.(*server).handle", "main" },
	{ "compress/flate.(*compressor).deflate", "compress/flate" },
	{ "github.com/a/b.Func", "github.com/a/b" },
	{ "github.com/a/b.f.func1", "github.com/a/b" },
	{ "gopkg.in/yaml.v3.Unmarshal", "gopkg.in/yaml.v3" },
	{ "java.util.HashMap.get", "java.util" },
	{ "java/util/HashMap.get", "java/util/HashMap" },
	{ "std::vector<a::b, c>::push_back(int&&)", "std" },
	{ "core::iter::Iterator::next", "core" },
	{ "(anonymous namespace)::f", "" },
	{ "os.path.join", "os" },
	{ "foo.constprop.0", "" },
	{ "tcp_v4_rcv.part.3", "" },
	{ "::f", "" },
	{ "a::", "a" },
	{ ".", "" },
	{ "/", "" },
	{ "\377\377", "" }
};

START_TEST(the_package_is_found_in_the_name)
{
	const char *name = packages[_i].name;
	size_t len = prof_svg_package(name, strlen(name));

	ck_assert_msg(len == strlen(packages[_i].package) &&
	    memcmp(name, packages[_i].package, len) == 0, "%s: %.*s", name,
	    (int)len, name);
}
END_TEST

static struct prof_row
row(const char *name, const char *module)
{
	struct prof_row r = { .name = name, .module = module, .file = "" };

	r.name_len = (uint32_t)strlen(name);
	r.build_id = "";
	return r;
}

static unsigned
hue(const char *name, const char *module)
{
	struct prof_row r = row(name, module);
	unsigned shade = prof_svg_shade_of(&r);

	ck_assert_uint_lt(shade, PROF_SVG_PACKAGES);
	return shade / 3;
}

START_TEST(one_package_has_one_hue)
{
	ck_assert_uint_eq(hue("runtime.mallocgc", "a"),
	    hue("runtime.gcBgMarkWorker", "b"));
	ck_assert_uint_eq(hue("malloc", "/lib/libc.so.6"),
	    hue("free", "/usr/lib/libc.so.6"));
	ck_assert_uint_ne(hue("malloc", "libc.so.6"),
	    hue("inflate", "libz.so.1"));
}
END_TEST

/* Written down once: must not differ between machines and releases. */
START_TEST(shades_are_the_same_everywhere)
{
	struct prof_row a = row("main.main", ""), b = row("malloc", "libc");

	ck_assert_uint_eq(prof_svg_shade_of(&a), 3);
	ck_assert_uint_eq(prof_svg_shade_of(&b), 7);
}
END_TEST

START_TEST(kernel_jit_inlined_and_nameless_have_their_own)
{
	struct prof_row r = row("f", "libc");

	r.inlined = true;
	ck_assert_uint_eq(prof_svg_shade_of(&r), PROF_SVG_INLINED);
	r.nameless = true;
	ck_assert_uint_eq(prof_svg_shade_of(&r), PROF_SVG_NAMELESS);
	r.kind = PROF_KIND_JIT;
	ck_assert_uint_eq(prof_svg_shade_of(&r), PROF_SVG_JIT);
	r.kind = PROF_KIND_KERNEL;
	ck_assert_uint_eq(prof_svg_shade_of(&r), PROF_SVG_KERNEL);
	r = row("do_idle_[k]", "");
	ck_assert_uint_eq(prof_svg_shade_of(&r), PROF_SVG_KERNEL);
}
END_TEST

START_TEST(a_change_is_judged_by_its_part_of_the_whole)
{
	ck_assert_uint_eq(prof_svg_shade_of_change(5, 5, 100), PROF_SVG_SAME);
	ck_assert_uint_eq(prof_svg_shade_of_change(0, 9, 1000),
	    PROF_SVG_MORE);
	ck_assert_uint_eq(prof_svg_shade_of_change(0, 1, 100),
	    PROF_SVG_MORE + 1);
	ck_assert_uint_eq(prof_svg_shade_of_change(2, 0, 100),
	    PROF_SVG_LESS + 2);
	ck_assert_uint_eq(prof_svg_shade_of_change(0, 10, 100),
	    PROF_SVG_MORE + 4);
	ck_assert_uint_eq(prof_svg_shade_of_change(INT64_MAX, INT64_MIN,
	    INT64_MAX), PROF_SVG_LESS + 4);
	ck_assert_uint_eq(prof_svg_shade_of_change(1, 2, 0),
	    PROF_SVG_MORE + 4);
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
	tcase_add_loop_test(tc, the_package_is_found_in_the_name, 0,
	    sizeof packages / sizeof packages[0]);
	tcase_add_test(tc, one_package_has_one_hue);
	tcase_add_test(tc, shades_are_the_same_everywhere);
	tcase_add_test(tc, kernel_jit_inlined_and_nameless_have_their_own);
	tcase_add_test(tc, a_change_is_judged_by_its_part_of_the_whole);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
