/* SPDX-License-Identifier: MIT */
#include "libanalysis/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "tests/support.h"

/* The arena, and nomem below it. */

static jmp_buf out_of_memory;
static size_t wanted;

static void
remember(size_t n)
{
	wanted = n;
	longjmp(out_of_memory, 1);
}

START_TEST(zalloc_gives_zeros)
{
	unsigned char *p = prof_zalloc(100, 3);
	size_t i;

	for (i = 0; i < 300; i++)
		ck_assert_uint_eq(p[i], 0);
	free(p);
}
END_TEST

START_TEST(nothing_can_be_allocated_too)
{
	void *p = prof_alloc(0, 8), *q = prof_zalloc(8, 0);

	ck_assert_ptr_nonnull(p);
	ck_assert_ptr_nonnull(q);
	free(prof_resize(p, 0, 4));
	free(q);
}
END_TEST

START_TEST(a_product_that_overflows_reaches_the_handler)
{
	prof_nomem_set(remember);
	if (setjmp(out_of_memory) == 0) {
		prof_alloc(SIZE_MAX / 4, 5);
		ck_abort_msg("alloc came back");
	}
	ck_assert_uint_eq(wanted, SIZE_MAX);
	if (setjmp(out_of_memory) == 0) {
		prof_zalloc(5, SIZE_MAX / 4);
		ck_abort_msg("zalloc came back");
	}
	if (setjmp(out_of_memory) == 0) {
		prof_resize(NULL, SIZE_MAX, 2);
		ck_abort_msg("resize came back");
	}
}
END_TEST

START_TEST(resize_keeps_what_was_there)
{
	char *p = prof_strndup("abc", 3);

	p = prof_resize(p, 1000, 1);
	ck_assert_str_eq(p, "abc");
	free(p);
}
END_TEST

START_TEST(strndup_copies_bytes_and_ends_them)
{
	char *p = prof_strndup("ab\0cd", 5);

	ck_assert_mem_eq(p, "ab\0cd\0", 6);
	free(p);
	p = prof_strndup(NULL, 0);
	ck_assert_str_eq(p, "");
	free(p);
}
END_TEST

START_TEST(grow_makes_room_for_what_is_needed)
{
	size_t cap = 0, need;
	int *p = NULL;

	for (need = 1; need < 10000; need = need * 3 + 1) {
		PROF_RESERVE(p, cap, need);
		ck_assert_uint_ge(cap, need);
		p[need - 1] = 1;
	}
	free(p);
}
END_TEST

START_TEST(grow_is_amortised)
{
	size_t cap = 0, n, changes = 0, before;
	char *p = NULL;

	for (n = 1; n <= 1000000; n++) {
		before = cap;
		PROF_RESERVE(p, cap, n);
		changes += cap != before;
	}
	ck_assert_uint_lt(changes, PROF_EXACT ? 4200 : 60);
	free(p);
}
END_TEST

START_TEST(objects_are_aligned_for_any_type)
{
	struct prof_arena a = { 0 };
	size_t i;

	for (i = 1; i < 200; i++) {
		prof_arena_bytes(&a, i % 7 + 1);
		ck_assert_uint_eq((uintptr_t)prof_arena_alloc(&a, i) %
		    alignof(max_align_t), 0);
	}
	prof_arena_release(&a);
}
END_TEST

START_TEST(objects_do_not_overlap)
{
	struct prof_arena a = { 0 };
	unsigned char *p[300];
	size_t i, k;

	for (i = 0; i < 300; i++) {
		p[i] = i % 2 != 0 ? prof_arena_alloc(&a, i) :
		    (unsigned char *)prof_arena_bytes(&a, i * 50);
		memset(p[i], (int)i, i % 2 != 0 ? i : i * 50);
	}
	for (i = 0; i < 300; i++)
		for (k = 0; k < (i % 2 != 0 ? i : i * 50); k++)
			if (p[i][k] != (i & 0xff))
				ck_abort_msg("object %zu", i);
	prof_arena_release(&a);
}
END_TEST

START_TEST(an_object_may_be_larger_than_any_piece)
{
	struct prof_arena a = { 0 };
	char *big, *small = prof_arena_bytes(&a, 1);

	*small = 's';
	big = prof_arena_bytes(&a, 5000000);
	memset(big, 'b', 5000000);
	ck_assert_int_eq(*small, 's');
	prof_arena_release(&a);
}
END_TEST

START_TEST(an_arena_copies_strings)
{
	struct prof_arena a = { 0 };

	ck_assert_mem_eq(prof_arena_strndup(&a, "x\0y", 3), "x\0y\0", 4);
	ck_assert_str_eq(prof_arena_strndup(&a, NULL, 0), "");
	prof_arena_release(&a);
}
END_TEST

START_TEST(after_a_reset_memory_is_used_again)
{
	struct prof_arena a = { 0 };
	int i, k;

	for (i = 0; i < 100; i++) {
		for (k = 0; k < 100; k++)
			memset(prof_arena_alloc(&a, 100), k, 100);
		prof_arena_reset(&a);
	}
	prof_arena_release(&a);
	ck_assert_ptr_null(a.pieces);
	prof_arena_reset(&a);
	prof_arena_release(&a);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("arena");

	tcase_add_test(tc, zalloc_gives_zeros);
	tcase_add_test(tc, nothing_can_be_allocated_too);
	tcase_add_test(tc, a_product_that_overflows_reaches_the_handler);
	tcase_add_test(tc, resize_keeps_what_was_there);
	tcase_add_test(tc, strndup_copies_bytes_and_ends_them);
	tcase_add_test(tc, grow_makes_room_for_what_is_needed);
	tcase_add_test(tc, grow_is_amortised);
	tcase_add_test(tc, objects_are_aligned_for_any_type);
	tcase_add_test(tc, objects_do_not_overlap);
	tcase_add_test(tc, an_object_may_be_larger_than_any_piece);
	tcase_add_test(tc, an_arena_copies_strings);
	tcase_add_test(tc, after_a_reset_memory_is_used_again);
	return test_main("arena", tc);
}
