/* SPDX-License-Identifier: MIT */
#include "libanalysis/map.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "libanalysis/hash.h"
#include "tests/support.h"

/* The map, and the hashes that feed it. */

static struct prof_map m;

static void
setup(void)
{
	memset(&m, 0, sizeof m);
}

static void
teardown(void)
{
	prof_map_release(&m);
}

/* How often id is stored under hash. */
static unsigned
stored(uint64_t hash, uint32_t id)
{
	uint32_t at, have;
	unsigned n = 0;

	for (have = prof_map_first(&m, hash, &at); have != 0;
	    have = prof_map_next(&m, hash, &at))
		n += have == id;
	return n;
}

START_TEST(an_empty_map_has_nothing)
{
	uint32_t at;

	ck_assert_uint_eq(prof_map_first(&m, 0, &at), 0);
	ck_assert_uint_eq(prof_map_first(&m, UINT64_MAX, &at), 0);
	prof_map_prefetch(&m, 1);
}
END_TEST

START_TEST(what_was_put_is_found_once)
{
	uint32_t i;

	for (i = 1; i <= 100000; i++)
		prof_map_put(&m, prof_hash_mix(i, 7), i);
	for (i = 1; i <= 100000; i++)
		ck_assert_uint_eq(stored(prof_hash_mix(i, 7), i), 1);
	ck_assert_uint_eq(stored(prof_hash_mix(100001, 7), 100001), 0);
}
END_TEST

START_TEST(ids_of_one_hash_are_all_found)
{
	uint32_t i;

	for (i = 1; i <= 1000; i++)
		prof_map_put(&m, 42, i);
	for (i = 1; i <= 1000; i++)
		ck_assert_uint_eq(stored(42, i), 1);
}
END_TEST

START_TEST(runs_wrap_around_the_end_of_the_table)
{
	uint64_t last = UINT64_MAX;
	uint32_t i;

	for (i = 1; i <= 8; i++)
		prof_map_put(&m, last, i);
	prof_map_put(&m, 0, 9);
	for (i = 1; i <= 8; i++)
		ck_assert_uint_eq(stored(last, i), 1);
	ck_assert_uint_eq(stored(0, 9), 1);
	ck_assert_uint_eq(stored(0, 1), 0);
}
END_TEST

START_TEST(it_stays_sparse_enough_to_end_every_search)
{
	uint32_t i;

	for (i = 1; i <= 5000; i++) {
		prof_map_put(&m, (uint64_t)i << 32, i);
		ck_assert_uint_lt(m.n, m.mask);
	}
}
END_TEST

START_TEST(id_zero_is_refused)
{
	close(STDERR_FILENO);
	prof_map_put(&m, 1, 0);
}
END_TEST

START_TEST(the_hash_of_bytes_depends_on_each_of_them)
{
	unsigned char data[40] = { 0 };
	uint64_t plain = prof_hash_bytes(1, data, sizeof data);
	size_t i;

	for (i = 0; i < sizeof data; i++) {
		data[i] = 1;
		ck_assert_uint_ne(prof_hash_bytes(1, data, sizeof data),
		    plain);
		data[i] = 0;
	}
}
END_TEST

START_TEST(the_hash_of_text_depends_on_each_byte_and_the_length)
{
	char text[70] = { 0 };
	uint64_t plain, shorter = 0;
	size_t len, i;

	for (len = 1; len <= sizeof text; len++) {
		plain = prof_hash_text(1, text, len);
		ck_assert_uint_ne(plain, shorter);
		shorter = plain;
		ck_assert_uint_ne(prof_hash_text(2, text, len), plain);
		for (i = 0; i < len; i++) {
			text[i] = 1;
			ck_assert_uint_ne(prof_hash_text(1, text, len),
			    plain);
			text[i] = 0;
		}
	}
}
END_TEST

START_TEST(zeros_of_different_lengths_hash_differently)
{
	unsigned char data[64] = { 0 };
	uint64_t seen[65];
	size_t i, k;

	for (i = 0; i <= 64; i++) {
		seen[i] = prof_hash_bytes(9, data, i);
		for (k = 0; k < i; k++)
			ck_assert_uint_ne(seen[i], seen[k]);
	}
}
END_TEST

/*
 * The factor that makes a product 0 would make all before it forgotten,
 * whatever the seed.
 */
START_TEST(no_bytes_hide_the_bytes_before_them)
{
	static const unsigned char zero[8] = { 0x93, 0xfd, 0x59, 0x66, 0xb8,
	    0xfe, 0xe8, 0xd6 };
	unsigned char data[16] = { 0 };
	uint64_t first;

	memcpy(data + 8, zero, 8);
	first = prof_hash_bytes(12345, data, 16);
	data[0] = 1;
	ck_assert_uint_ne(prof_hash_bytes(12345, data, 16), first);
	ck_assert_uint_ne(prof_hash_bytes(12345, data, 8),
	    prof_hash_bytes(12345, zero, 8));
	ck_assert_uint_ne(prof_hash_add(5, 1, UINT64_C(0xd6e8feb86659fd93)),
	    prof_hash_add(5, 2, UINT64_C(0xd6e8feb86659fd93)));
}
END_TEST

START_TEST(the_hash_of_ids_depends_on_their_order)
{
	uint32_t a[] = { 1, 2, 3, 4, 5, 6, 7 }, b[7];
	uint64_t plain = prof_hash_ids(3, a, 7);
	size_t i, k;
	uint32_t t;

	for (i = 0; i < 7; i++)
		for (k = 0; k < i; k++) {
			memcpy(b, a, sizeof b);
			t = b[i];
			b[i] = b[k];
			b[k] = t;
			ck_assert_uint_ne(prof_hash_ids(3, b, 7), plain);
		}
}
END_TEST

START_TEST(the_seed_changes_every_hash)
{
	uint32_t id = 5;

	ck_assert_uint_ne(prof_hash_bytes(1, "abc", 3),
	    prof_hash_bytes(2, "abc", 3));
	ck_assert_uint_ne(prof_hash_ids(1, &id, 1), prof_hash_ids(2, &id, 1));
	ck_assert_uint_ne(prof_hash_seed(), prof_hash_seed());
}
END_TEST

/* Written into outputs as an order: must never change. */
START_TEST(hashes_are_the_same_on_every_machine)
{
	uint32_t ids[] = { 1, 2, 3, 4, 5 };

	ck_assert_uint_eq(prof_hash_bytes(PROF_HASH_FIXED, "", 0),
	    UINT64_C(0xc222daffefd55ab1));
	ck_assert_uint_eq(prof_hash_bytes(PROF_HASH_FIXED, "profile", 7),
	    UINT64_C(0x6b879db817176332));
	ck_assert_uint_eq(prof_hash_bytes(PROF_HASH_FIXED,
	    "main.(*T).run", 13), UINT64_C(0x1a953879cd4b7327));
	ck_assert_uint_eq(prof_hash_ids(PROF_HASH_FIXED, ids, 5),
	    UINT64_C(0xe9f368426e305005));
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("map");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, an_empty_map_has_nothing);
	tcase_add_test(tc, what_was_put_is_found_once);
	tcase_add_test(tc, ids_of_one_hash_are_all_found);
	tcase_add_test(tc, runs_wrap_around_the_end_of_the_table);
	tcase_add_test(tc, it_stays_sparse_enough_to_end_every_search);
	tcase_add_test_raise_signal(tc, id_zero_is_refused, SIGABRT);
	tcase_add_test(tc, the_hash_of_bytes_depends_on_each_of_them);
	tcase_add_test(tc, zeros_of_different_lengths_hash_differently);
	tcase_add_test(tc,
	    the_hash_of_text_depends_on_each_byte_and_the_length);
	tcase_add_test(tc, no_bytes_hide_the_bytes_before_them);
	tcase_add_test(tc, the_hash_of_ids_depends_on_their_order);
	tcase_add_test(tc, the_seed_changes_every_hash);
	tcase_add_test(tc, hashes_are_the_same_on_every_machine);
	return test_main("map", tc);
}
