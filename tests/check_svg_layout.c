/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_layout.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

#define MAX 64

/* A tree written down by hand, node by node in order of level. */
static struct prof_tree t;
static struct prof_svg_layout l;
static uint32_t parent[MAX], frame[MAX], first[MAX], count[MAX], depth[MAX],
    cut[MAX];
static int64_t self[2][MAX], total[2][MAX];

static void
start(unsigned nsides)
{
	memset(&t, 0, sizeof t);
	memset(first, 0, sizeof first);
	memset(count, 0, sizeof count);
	memset(cut, 0, sizeof cut);
	memset(self, 0, sizeof self);
	memset(total, 0, sizeof total);
	t.parent = parent;
	t.frame = frame;
	t.first_child = first;
	t.nchildren = count;
	t.depth = depth;
	t.cut = cut;
	t.self[0] = self[0];
	t.self[1] = self[1];
	t.total[0] = total[0];
	t.total[1] = total[1];
	t.nsides = nsides;
	t.n = 1;
}

static uint32_t
node(uint32_t above, int64_t base, int64_t now)
{
	uint32_t n = t.n++;

	parent[n] = above;
	depth[n] = depth[above] + 1;
	frame[n] = 1;
	self[0][n] = base;
	self[1][n] = now;
	if (count[above]++ == 0)
		first[above] = n;
	t.max_depth = depth[n];
	return n;
}

/* Totals from the self values; nothing is cut. */
static void
lay_out(const struct prof_svg_opts *opts)
{
	uint32_t n;
	unsigned s;

	for (s = 0; s < t.nsides; s++) {
		memcpy(total[s], self[s], sizeof self[s]);
		for (n = t.n; n-- > 1;)
			total[s][parent[n]] += total[s][n];
	}
	prof_svg_layout_init(&l, &t, opts);
}

static uint32_t
width(uint32_t n)
{
	return l.right[n] - l.left[n];
}

static const struct prof_svg_opts plain;

START_TEST(width_is_the_share_of_the_total)
{
	uint32_t a, b;

	start(1);
	a = node(0, 25, 0);
	b = node(0, 75, 0);
	lay_out(&plain);
	ck_assert(l.whole == 100);
	ck_assert_uint_eq(width(0), PROF_SVG_SPAN);
	ck_assert_uint_eq(width(a), PROF_SVG_SPAN / 4);
	ck_assert_uint_eq(l.left[b], l.right[a]);
	ck_assert_uint_eq(l.right[b], PROF_SVG_SPAN);
	ck_assert_uint_eq(l.frames, 2);
	ck_assert_uint_eq(l.rows, 2);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(what_a_chart_spends_between_two_frames_is_blank)
{
	int64_t gap[MAX] = { 0 };
	uint32_t a, b;

	start(1);
	self[0][0] = 50;
	a = node(0, 25, 0);
	b = node(0, 25, 0);
	gap[a] = 10;
	gap[b] = 30;
	t.gap = gap;
	lay_out(&plain);
	ck_assert_uint_eq(l.left[a], PROF_SVG_SPAN / 10);
	ck_assert_uint_eq(width(a), PROF_SVG_SPAN / 4);
	ck_assert_uint_eq(l.left[b], PROF_SVG_SPAN / 100 * 65);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(nothing_to_draw_is_no_row)
{
	start(1);
	lay_out(&plain);
	ck_assert_uint_eq(l.rows, 0);
	ck_assert_uint_eq(width(0), 0);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(a_negative_frame_is_as_wide_as_its_value)
{
	uint32_t a, b;

	start(1);
	a = node(0, -30, 0);
	b = node(0, 10, 0);
	lay_out(&plain);
	ck_assert(l.whole == 40);
	ck_assert_uint_eq(width(a), PROF_SVG_SPAN / 4 * 3);
	ck_assert_uint_eq(width(b), PROF_SVG_SPAN / 4);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(a_frame_that_is_gone_keeps_its_place)
{
	uint32_t gone, fresh;

	start(2);
	gone = node(0, 30, 0);
	fresh = node(0, 0, 10);
	lay_out(&plain);
	ck_assert(l.whole == 40);
	ck_assert_uint_eq(width(gone), PROF_SVG_SPAN / 4 * 3);
	ck_assert_uint_eq(width(fresh), PROF_SVG_SPAN / 4);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(where_nothing_shrank_widths_are_the_new_totals)
{
	uint32_t a, b;

	start(2);
	a = node(0, 5, 10);
	b = node(0, 20, 20);
	node(a, 10, 10);
	node(b, 0, 40);
	lay_out(&plain);
	ck_assert(l.whole == 80);
	ck_assert_uint_eq(width(a), PROF_SVG_SPAN / 4);
	ck_assert_uint_eq(width(b), PROF_SVG_SPAN / 4 * 3);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(narrow_frames_are_counted_without_their_callees)
{
	uint32_t a;

	start(1);
	node(0, 100000, 0);
	a = node(0, 1, 0);
	node(a, 2, 0);
	lay_out(&plain);
	ck_assert_uint_eq(l.tier[a], PROF_SVG_OUT);
	ck_assert_uint_eq(l.narrow, 1);
	ck_assert(l.narrow_weight == 3);
	ck_assert_uint_eq(l.limit_ppm, 50);
	ck_assert_uint_eq(l.rows, 2);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(what_the_tree_cut_counts_as_narrow)
{
	start(1);
	node(0, 90, 0);
	cut[0] = 7;
	lay_out(&plain);
	prof_svg_layout_release(&l);
	total[0][0] = 100;
	prof_svg_layout_init(&l, &t, &plain);
	ck_assert_uint_eq(l.narrow, 7);
	ck_assert(l.narrow_weight == 10);
	ck_assert(l.whole == 100);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(the_widest_frames_stay_when_there_are_too_many)
{
	struct prof_svg_opts opts = { .max_frames = 3 };
	uint32_t n[10], i;

	start(1);
	for (i = 0; i < 10; i++)
		n[i] = node(0, 100 + (i * 7) % 10, 0);
	lay_out(&opts);
	ck_assert_uint_eq(l.frames, 10);
	ck_assert_uint_eq(l.drawn, 3);
	ck_assert_uint_eq(l.narrow, 0);
	for (i = 0; i < 10; i++)
		ck_assert_int_eq(l.tier[n[i]] == PROF_SVG_DRAWN,
		    (i * 7) % 10 >= 7);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(of_frames_that_are_alike_as_many_are_drawn_as_there_is_room_for)
{
	struct prof_svg_opts opts = { .max_frames = 5 };
	uint32_t n[10], kid[10], i;

	start(1);
	for (i = 0; i < 10; i++)
		n[i] = node(0, 0, 0);
	for (i = 0; i < 10; i++)
		kid[i] = node(n[i], 1, 0);
	lay_out(&opts);
	ck_assert_uint_eq(l.frames, 20);
	ck_assert_uint_eq(l.drawn, 5);
	/* All of them are at least that wide. */
	ck_assert_uint_eq(l.drawn_ppm, 100000);
	for (i = 0; i < 10; i++) {
		ck_assert_int_eq(l.tier[n[i]] == PROF_SVG_DRAWN, i < 5);
		ck_assert_uint_eq(l.tier[kid[i]], PROF_SVG_HELD);
	}
	prof_svg_layout_release(&l);
	opts.no_data = true;
	lay_out(&opts);
	ck_assert_uint_eq(l.frames, 5);
	ck_assert_uint_eq(l.limit_ppm, 100000);
	ck_assert_uint_gt(l.narrow_ppm, 100000);
	ck_assert_uint_eq(l.narrow, 10);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(frames_as_wide_as_the_picture_are_limited_too)
{
	struct prof_svg_opts opts = { .max_frames = 3 };
	uint32_t n = 0, i;

	start(1);
	for (i = 0; i < 10; i++)
		n = node(n, i == 9, 0);
	lay_out(&opts);
	ck_assert_uint_eq(l.drawn, 3);
	ck_assert_uint_eq(l.rows_drawn, 4);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(where_no_frame_is_wide_the_widest_are_drawn)
{
	static int64_t many[2][3000];
	static uint32_t up[3000], of[3000], kid[3000], n[3000], deep[3000],
	    none[3000];
	uint32_t i;

	start(1);
	t.parent = up;
	t.frame = of;
	t.first_child = kid;
	t.nchildren = n;
	t.depth = deep;
	t.cut = none;
	t.self[0] = many[0];
	t.total[0] = many[1];
	t.n = 3000;
	for (i = 1; i < 3000; i++)
		deep[i] = 1, many[0][i] = many[1][i] = 1;
	kid[0] = 1;
	n[0] = 2999;
	many[1][0] = 2999;
	prof_svg_layout_init(&l, &t, &plain);
	ck_assert_uint_eq(l.drawn, 2999);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(frames_between_the_limits_are_held)
{
	uint32_t held, out;

	start(1);
	node(0, 999000, 0);
	held = node(0, 990, 0);
	out = node(0, 10, 0);
	lay_out(&plain);
	ck_assert_uint_eq(l.tier[held], PROF_SVG_HELD);
	ck_assert_uint_eq(l.tier[out], PROF_SVG_OUT);
	ck_assert_uint_eq(l.frames, 2);
	ck_assert_uint_eq(l.drawn, 1);
	ck_assert_uint_eq(l.drawn_ppm, PROF_SVG_DRAWN_PPM);
	ck_assert_uint_eq(l.rows_drawn, 2);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(everything_is_held_if_asked_for)
{
	struct prof_svg_opts opts = { .min_ppm = PROF_SVG_EVERYTHING };
	uint32_t tiny;

	start(1);
	node(0, 9999999, 0);
	tiny = node(0, 1, 0);
	lay_out(&opts);
	ck_assert_uint_eq(l.tier[tiny], PROF_SVG_HELD);
	ck_assert_uint_eq(l.narrow, 0);
	prof_svg_layout_release(&l);
	/* Too narrow for edges of its own. */
	self[0][1] = INT64_C(1) << 40;
	lay_out(&opts);
	ck_assert_uint_eq(width(tiny), 0);
	ck_assert_uint_eq(l.tier[tiny], PROF_SVG_HELD);
	ck_assert_uint_eq(l.narrow, 0);
	prof_svg_layout_release(&l);
	opts.no_data = true;
	lay_out(&opts);
	ck_assert_uint_eq(l.tier[tiny], PROF_SVG_OUT);
	ck_assert_uint_eq(l.narrow, 1);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(widths_are_of_the_side_that_is_asked_for)
{
	static const uint32_t parts[PROF_SVG_WIDTHS][3] = {
		{ 4, 6, 10 }, { 1, 6, 7 }, { 4, 0, 4 }, { 3, 6, 9 }
	};
	struct prof_svg_opts opts = { 0 };
	uint32_t less, fresh, w;

	for (w = 0; w < PROF_SVG_WIDTHS; w++) {
		opts.widths = (enum prof_svg_widths)w;
		start(2);
		less = node(0, 4, 1);
		fresh = node(0, 0, 6);
		lay_out(&opts);
		ck_assert(l.whole == parts[w][2]);
		ck_assert_uint_eq(width(less), (parts[w][0] *
		    UINT64_C(10000000) + parts[w][2] / 2) / parts[w][2]);
		ck_assert_uint_eq(width(fresh), PROF_SVG_SPAN - width(less));
		prof_svg_layout_release(&l);
	}
}
END_TEST

START_TEST(a_ghost_is_what_the_new_side_lacks)
{
	uint32_t less;

	start(2);
	less = node(0, 40, 10);
	node(0, 60, 60);
	lay_out(&plain);
	ck_assert_uint_eq(l.ghost[less], PROF_SVG_SPAN / 10 * 3);
	ck_assert_uint_eq(l.ghost[0], PROF_SVG_SPAN / 10 * 3);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(frames_above_the_last_row_are_weighed)
{
	struct prof_svg_opts opts = { .max_rows = 3 };
	uint32_t n, i;

	start(1);
	for (i = 0, n = 0; i < 10; i++)
		n = node(n, i == 9 ? 5 : 0, 0);
	lay_out(&opts);
	ck_assert_uint_eq(l.rows, 3);
	ck_assert_uint_eq(l.frames, 2);
	ck_assert(l.deep_weight == 5);
	ck_assert_uint_eq(l.narrow, 0);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(the_largest_values_do_not_wrap)
{
	uint32_t a, b;

	start(2);
	a = node(0, INT64_MAX, 0);
	b = node(0, 0, INT64_MIN);
	lay_out(&plain);
	ck_assert_uint_eq(width(a), PROF_SVG_SPAN / 2);
	ck_assert_uint_eq(width(b), PROF_SVG_SPAN / 2);
	prof_svg_layout_release(&l);
}
END_TEST

START_TEST(the_tree_keeps_what_the_picture_shows)
{
	ck_assert_int_eq(prof_svg_min_total(1000000, 1, &plain), 50);
	ck_assert_int_eq(prof_svg_min_total(1000001, 1, &plain), 51);
	ck_assert_int_eq(prof_svg_min_total(1000000, 2, &plain), 25);
	ck_assert_int_eq(prof_svg_min_total(-1000000, 1, &plain), 50);
	ck_assert_int_eq(prof_svg_min_total(10, 1, &plain), 1);
	ck_assert_int_eq(prof_svg_min_total(0, 1, &plain), 1);
	ck_assert_int_gt(prof_svg_min_total(INT64_MIN, 1, &plain), 0);
}
END_TEST

static uint32_t
draw(uint64_t *state, uint32_t below)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(*state >> 33) % below;
}

/* Any tree: inside the parent, in order, and no wider than it. */
START_TEST(frames_lie_inside_their_caller)
{
	uint64_t state = (uint64_t)_i;
	uint32_t n, c, end;

	start(2);
	for (n = 0; t.n < 40 && n < t.n; n++) {
		c = draw(&state, 4);
		for (; c > 0; c--)
			node(n, (int64_t)draw(&state, 50) - 5,
			    draw(&state, 50));
	}
	lay_out(&plain);
	for (n = 0; n < t.n; n++) {
		end = l.left[n];
		for (c = 0; c < count[n]; c++) {
			if (width(first[n] + c) == 0)
				continue;
			ck_assert_uint_ge(l.left[first[n] + c], end);
			end = l.right[first[n] + c];
		}
		ck_assert_uint_le(end, width(n) > 0 ? l.right[n] : 0);
	}
	prof_svg_layout_release(&l);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("svg_layout");
	TCase *tc = tcase_create("svg_layout");
	SRunner *sr;
	int failed;

	tcase_add_test(tc, width_is_the_share_of_the_total);
	tcase_add_test(tc, what_a_chart_spends_between_two_frames_is_blank);
	tcase_add_test(tc, nothing_to_draw_is_no_row);
	tcase_add_test(tc, a_negative_frame_is_as_wide_as_its_value);
	tcase_add_test(tc, a_frame_that_is_gone_keeps_its_place);
	tcase_add_test(tc, where_nothing_shrank_widths_are_the_new_totals);
	tcase_add_test(tc, narrow_frames_are_counted_without_their_callees);
	tcase_add_test(tc, what_the_tree_cut_counts_as_narrow);
	tcase_add_test(tc, the_widest_frames_stay_when_there_are_too_many);
	tcase_add_test(tc,
	    of_frames_that_are_alike_as_many_are_drawn_as_there_is_room_for);
	tcase_add_test(tc, frames_as_wide_as_the_picture_are_limited_too);
	tcase_add_test(tc, where_no_frame_is_wide_the_widest_are_drawn);
	tcase_add_test(tc, frames_between_the_limits_are_held);
	tcase_add_test(tc, everything_is_held_if_asked_for);
	tcase_add_test(tc, widths_are_of_the_side_that_is_asked_for);
	tcase_add_test(tc, a_ghost_is_what_the_new_side_lacks);
	tcase_add_test(tc, frames_above_the_last_row_are_weighed);
	tcase_add_test(tc, the_largest_values_do_not_wrap);
	tcase_add_test(tc, the_tree_keeps_what_the_picture_shows);
	tcase_add_loop_test(tc, frames_lie_inside_their_caller, 0, 60);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
