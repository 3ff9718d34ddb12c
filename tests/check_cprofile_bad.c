/* SPDX-License-Identifier: MIT */
#include "tests/marshal_bytes.h"

/* Files of other shapes, references that lead nowhere, code objects. */

static const struct {
	const char *bytes;
	size_t len;
	const char *says;
} shapes[] = {
#define SHAPE(s, says) { s, sizeof(s) - 1, says }
	SHAPE("i\1\0\0\0", "offset 0: not a dict"),
	SHAPE("[\0\0\0\0", "offset 0: not a dict"),
	SHAPE("{i\1\0\0\0", "offset 1: a key is not"),
	SHAPE("{N", "offset 1: a key is not"),
	SHAPE("{{0", "offset 1: a key is not"),
	SHAPE("{)\2z\1az\1b", "offset 1: a key is not"),
	SHAPE("{[\3\0\0\0z\1ai\0\0\0\0z\1b", "offset 1: a key is not"),
	SHAPE("{)\3i\0\0\0\0", "offset 3: the name"),
	SHAPE("{)\3{0", "offset 3: the name"),
	SHAPE("{)\3N", "offset 3: the name"),
	SHAPE("{)\3z\1az\1b", "offset 6: the line"),
	SHAPE("{)\3z\1ag\0\0\0\0\0\0\0\0", "offset 6: the line"),
	SHAPE("{)\3z\1al\6\0\0\0\1\0\1\0\1\0\1\0\1\0\1\0",
	    "offset 6: the line"),
	SHAPE("{)\3z\1aTT", "offset 7: the name"),
#define KEY "{)\3z\1aTz\1b"
	SHAPE(KEY "0", "offset 10: what a function has"),
	SHAPE(KEY ")\4", "offset 10: what a function has"),
	SHAPE(KEY ")\6", "offset 10: what a function has"),
	SHAPE(KEY "[\5\0\0\0", "offset 10: what a function has"),
	SHAPE(KEY "T", "offset 10: what a function has"),
	SHAPE(KEY ")\5N", "offset 12: a number of calls"),
	SHAPE(KEY ")\5z\1" "1", "offset 12: a number of calls"),
	SHAPE(KEY ")\5" "TTTx\1" "1\1" "1", "offset 15: a number of calls"),
	SHAPE(KEY ")\5TTTTT", "offset 16: the callers"),
	SHAPE(KEY ")\5TTTT0", "offset 16: the callers"),
	SHAPE(KEY ")\5TTTT[\0\0\0\0", "offset 16: the callers"),
	SHAPE(KEY ")\5TTTT{T", "offset 17: a key is not"),
#define CALLER KEY ")\5TTTT{)\3z\1aTz\1c"
	SHAPE(CALLER "0", "offset 26: a number of calls"),
	SHAPE(CALLER "N", "offset 26: a number of calls"),
	SHAPE(CALLER ")\0", "offset 26: what a caller has"),
	SHAPE(CALLER ")\3TTT", "offset 26: what a caller has"),
	SHAPE(CALLER ")\5TTTTT", "offset 26: what a caller has"),
	SHAPE(CALLER "[\4\0\0\0TTTT", "offset 26: a number of calls"),
	SHAPE(CALLER ")\4TTT{", "offset 31: a number of calls"),
	SHAPE(KEY "(\xff\xff\xff\xff", "negative number of members"),
	SHAPE("{)\3s\xff\xff\xff\xff" "a", "negative length"),
	SHAPE("{)\3u\0\0\0\x80" "a", "negative length"),
	SHAPE("{)\3s\xff\xff\xff\3" "a", "offset 8: the data ends"),
	SHAPE(CALLER "(\xfc\xff\xff\x7f", "the data ends"),
	SHAPE(KEY "l\xff\xff\xff\x7f", "the data ends"),
	SHAPE(KEY ")\5l\0\0\0\x80", "the data ends"),
	SHAPE(KEY ")\5\0", "offset 12: no object has the type 0x00"),
	SHAPE("{\x7f", "offset 1: no object has the type 0x7f"),
	/* References. */
	SHAPE("{r\0\0\0\0", "offset 1: a reference to object 0"),
	SHAPE("\xfbr\0\0\0\0", "offset 1: a reference to object 0 inside"),
	SHAPE("\xfbr\1\0\0\0", "offset 1: a reference to object 1, but"),
	SHAPE("\xfbr\xff\xff\xff\xff", "offset 1: a reference to object "
	    "4294967295, but"),
	SHAPE("{\xa9\3r\0\0\0\0", "offset 3: a reference to object 0 inside"),
	SHAPE("{)\3\xfa\1ar\0\0\0\0", "offset 6: the line"),
	SHAPE("{)\3\xfa\1aTz\1br\0\0\0\0", "offset 10: what a function"),
	SHAPE("{)\3\xfa\1aTz\1b)\5TTTTr\0\0\0\0", "offset 16: the callers"),
	SHAPE("{)\3R\0\0\0\0", "offset 3: a reference to string 0"),
	SHAPE("{)\3t\1\0\0\0aTR\1\0\0\0", "offset 10: a reference to string "
	    "1, but there are 1"),
	SHAPE("{)\3R\xff\xff\xff\xff", "a reference to string"),
	SHAPE(KEY ")\5TTTT\xfb)\3z\1aTz\1cr\0\0\0\0", "object 0 inside"),
	SHAPE(KEY "\xa9\5TTTTr\0\0\0\0", "object 0 inside")
};

START_TEST(another_shape_is_refused_with_its_place)
{
	put(shapes[_i].bytes, shapes[_i].len);
	must_refuse(shapes[_i].says);
}
END_TEST

START_TEST(a_tuple_100000_deep_is_refused_where_it_begins)
{
	int i;

	PUT("{");
	for (i = 0; i < 100000; i++)
		PUT(")\1");
	must_refuse("offset 1: a key is not");
	prof_buf_clear(&b);
	PUT("{)\3z\1aTz\1b)\5");
	for (i = 0; i < 100000; i++)
		PUT("(\1\0\0\0");
	must_refuse("offset 12: a number of calls");
}
END_TEST

START_TEST(limits_are_kept_and_named)
{
	struct prof_limits limits = prof_limits_default;
	int i;

	PUT("{");
	for (i = 0; i < 100; i++)
		put_function("a.py", i, i % 2 == 0 ? "f" : "ggggggg");
	PUT("0");
	limits.max_strings = 10;
	ck_assert_int_eq(read_bytes(b.data, b.len, &limits), PROF_OK);
	limits.max_strings = 6;
	ck_assert_int_eq(read_bytes(b.data, b.len, &limits), PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-strings"));
	limits = prof_limits_default;
	limits.max_line = 6;
	ck_assert_int_eq(read_bytes("{)\3s\7\0\0\0aaaaaaa", 15, &limits),
	    PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-line"));
	ck_assert_int_eq(read_bytes("{)\3s\7\0\0\0aaaaaaa", 15, NULL),
	    PROF_EFORMAT);
	ck_assert_int_eq(read_bytes("{)\3s\0\0\0\5", 8, NULL), PROF_ELIMIT);
}
END_TEST

START_TEST(references_stand_for_what_they_refer_to)
{
	PUT("\xfb\xa9\3\xfa\4" "a.py\xe9\3\0\0\0\xda\1" "f");	/* 0 to 4 */
	PUT(")\5\xe9\7\0\0\0r\5\0\0\0\xe7\0\0\0\0\0\0\xe0\x3f"	/* 5, 6 */
	    "r\6\0\0\0{");
	PUT("r\1\0\0\0\xa9\4r\5\0\0\0r\3\0\0\0r\6\0\0\0r\6\0\0\0");	/* 7 */
	PUT(")\3r\2\0\0\0r\3\0\0\0z\1gr\7\0\0\0");
	PUT("0");
	PUT(")\3r\2\0\0\0r\3\0\0\0z\1h");
	PUT("\xa9\5r\5\0\0\0r\5\0\0\0r\6\0\0\0r\6\0\0\0\xfb" "0");	/* 8, 9 */
	PUT(")\3r\2\0\0\0i\1\0\0\0r\4\0\0\0r\x08\0\0\0");
	PUT(")\3r\2\0\0\0i\2\0\0\0r\4\0\0\0)\5TTTTr\x09\0\0\0");
	PUT("0");
	must_read();
	ck_assert_str_eq(row(0), "a.py:3(f) 7 7 500000000 500000000");
	ck_assert_str_eq(row(1), "a.py:3(f) -> a.py:3(f) 7 3 500000000 "
	    "500000000");
	ck_assert_str_eq(row(2), "a.py:3(g) -> a.py:3(f) 7 3 500000000 "
	    "500000000");
	ck_assert_str_eq(row(3), "a.py:3(h) 7 7 500000000 500000000");
	ck_assert_str_eq(row(4), "a.py:1(f) 7 7 500000000 500000000");
	ck_assert_str_eq(row(5), "a.py:2(f) 1 1 1000000000 1000000000");
}
END_TEST

START_TEST(callers_are_not_shared_if_there_are_any)
{
	PUT("{)\3\xfa\1aTz\1b\xa9\5TTTT\xfb)\3r\0\0\0\0Tz\1c" "T0");
	PUT(")\3z\1aTz\1d");
	if (_i == 0)
		PUT("r\1\0\0\0");
	else
		PUT(")\5TTTTr\2\0\0\0");
	must_refuse(_i == 0 ? "what a function has" : "in a dict of its own");
}
END_TEST

START_TEST(interned_strings_of_python_2_are_numbered_apart)
{
	PUT("{(\3\0\0\0t\4\0\0\0a.pyi\1\0\0\0t\1\0\0\0f");
	PUT("(\5\0\0\0TTFF{0");
	PUT("(\3\0\0\0R\0\0\0\0i\2\0\0\0s\1\0\0\0g(\5\0\0\0TTFF{0");
	PUT("(\3\0\0\0R\0\0\0\0i\3\0\0\0R\1\0\0\0(\5\0\0\0TTFF{0");
	PUT("0");
	must_read();
	ck_assert_str_eq(row(1), "a.py:2(g) 1 1 0 0");
	ck_assert_str_eq(row(2), "a.py:3(f) 1 1 0 0");
}
END_TEST

/* How the versions of Python write a code object. */
static const struct layout {
	int integers;		/* before the bytecode */
	int strings;		/* their type */
	const char *tuple;	/* an empty one */
	bool recent;		/* the order of 3.11 */
} layouts[] = {
	{ 4, 't', "(\0\0\0\0", false },
	{ 5, 'u', "(\0\0\0\0", false },
	{ 6, 'Z', ")\0", false },
	{ 5, 'Z', ")\0", true }
};

/* consts: bytes of the tuple of constants, NULL for an empty one. */
static void
put_code(const struct layout *l, const char *name, const char *consts,
    size_t len)
{
	size_t tuple = l->tuple[0] == '(' ? 5 : 2;
	int i;

	PUT("c");
	for (i = 0; i < l->integers; i++)
		put_number(i == l->integers - 1 ? 0x73 : 0x52, 4);
	put_text('s', "bytecode");
	put(consts != NULL ? consts : l->tuple, consts != NULL ? len : tuple);
	put(l->tuple, tuple);			/* names */
	put(l->tuple, tuple);			/* varnames */
	if (l->recent) {
		put_text('s', "kinds");
		put_text('Z' | 0x80, "f.py");
		put_text(l->strings, name);
		put_text(l->strings, "qualified");
	} else {
		put(l->tuple, tuple);
		put(l->tuple, tuple);
		put_text(l->strings, "f.py");
		put_text(l->strings, name);
	}
	put_number(7, 4);
	put_text('s', "lines");
	if (l->recent)
		put_text('s', "exceptions");
}

/* A whole file with the code object as the name of its only function. */
static void
put_code_file(const struct layout *l, const char *consts, size_t len)
{
	PUT("{(\3\0\0\0u\7\0\0\0profilei\0\0\0\0");
	put_code(l, "main", consts, len);
	put_stats(1, 1, 0.5, 0.5);
	PUT("00");
}

START_TEST(a_code_object_is_its_name)
{
	put_code_file(&layouts[_i], NULL, 0);
	must_read();
	ck_assert_str_eq(row(0),
	    "profile:0(<code object main>) 1 1 500000000 500000000");
}
END_TEST

START_TEST(constants_of_a_code_object_may_be_anything)
{
	static const char objects[] = "(\x0e\0\0\0NTF.Si\1\0\0\0"
	    "l\6\0\0\0\1\0\1\0\1\0\1\0\1\0\1\0" "f\3" "1.5"
	    "y\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" ">\2\0\0\0z\1a)\1T"
	    "[\1\0\0\0{z\1bNTT0" "<\0\0\0\0" ":NTF" "{0";

	put_code_file(&layouts[_i], objects, sizeof objects - 1);
	must_read();
	ck_assert_str_eq(row(0),
	    "profile:0(<code object main>) 1 1 500000000 500000000");
}
END_TEST

START_TEST(code_inside_code_is_passed_over)
{
	struct prof_buf inner = { 0 };
	int depth;

	for (depth = 0; depth < 5; depth++) {
		prof_buf_clear(&b);
		PUT("(\1\0\0\0");
		put_code(&layouts[_i], "inner", inner.data, inner.len);
		prof_buf_clear(&inner);
		prof_buf_add(&inner, b.data, b.len);
	}
	prof_buf_clear(&b);
	put_code_file(&layouts[_i], inner.data, inner.len);
	must_read();
	ck_assert_str_eq(row(0),
	    "profile:0(<code object main>) 1 1 500000000 500000000");
	prof_buf_release(&inner);
}
END_TEST

START_TEST(objects_of_a_code_object_can_be_referred_to)
{
	static const char consts[] = "\xa9\2\xfa\4" "a.py\xda\1" "f";

	PUT("{)\3z\7profilei\0\0\0\0");
	put_code(&layouts[3], "main", consts, sizeof consts - 1);
	PUT(")\5TTFF{0");
	PUT(")\3r\1\0\0\0i\1\0\0\0r\2\0\0\0)\5TTFF{0");
	PUT(")\3r\3\0\0\0i\1\0\0\0r\2\0\0\0)\5TTFF{0");
	PUT("0");
	must_read();
	ck_assert_str_eq(row(1), "a.py:1(f) 1 1 0 0");
	ck_assert_str_eq(row(2), "f.py:1(f) 1 1 0 0");
}
END_TEST

START_TEST(a_code_object_can_be_referred_to)
{
	size_t at;

	PUT("{)\3z\7profilei\0\0\0\0");
	at = b.len;
	put_code(&layouts[3], "main", NULL, 0);
	b.data[at] = (char)('c' | 0x80);
	PUT(")\5TTFF{0");
	PUT(")\3z\1ai\1\0\0\0r\0\0\0\0)\5TTFF{00");
	must_read();
	ck_assert_str_eq(row(1), "a:1(<code object main>) 1 1 0 0");
}
END_TEST

START_TEST(a_code_object_inside_itself_is_refused)
{
	size_t at;

	PUT("{)\3z\7profilei\0\0\0\0");
	at = b.len;
	put_code(&layouts[3], "main", ")\1r\0\0\0\0", 7);
	b.data[at] = (char)('c' | 0x80);
	must_refuse("object 0 inside that object");
}
END_TEST

START_TEST(a_code_object_of_no_known_layout_is_refused)
{
	PUT("{)\3z\7profilei\0\0\0\0c");
	put_number(0, 40);
	must_refuse("unknown layout");
}
END_TEST

START_TEST(the_end_of_a_dict_stands_for_no_constant)
{
	put_code_file(&layouts[_i], "(\1\0\0\0" "0", 6);
	must_refuse("the end of a dict");
	prof_buf_clear(&b);
	put_code_file(&layouts[_i], "(\1\0\0\0{T0", 8);
	must_refuse("the end of a dict");
}
END_TEST

/* A code object whose constants are n tuples inside each other. */
static int
read_nested(int n)
{
	struct prof_buf consts = { 0 };
	int i;

	prof_buf_clear(&b);
	for (i = 0; i < n; i++)
		prof_buf_add(&consts, ")\1", 2);
	prof_buf_addc(&consts, 'N');
	put_code_file(&layouts[3], consts.data, consts.len);
	prof_buf_release(&consts);
	return read_put();
}

START_TEST(constants_may_be_2000_deep_and_no_deeper)
{
	ck_assert_int_eq(read_nested(1999), PROF_OK);
	ck_assert_int_eq(read_nested(2000), PROF_EFORMAT);
	ck_assert_ptr_nonnull(strstr(err.msg, "2000 deep"));
	ck_assert_int_eq(read_nested(1000000), PROF_EFORMAT);
}
END_TEST

START_TEST(a_name_that_many_code_objects_share_is_not_copied_whole)
{
	char *name = prof_alloc(100001, 1);

	memset(name, 'x', 100000);
	name[100000] = '\0';
	PUT("{(\3\0\0\0u\7\0\0\0profilei\0\0\0\0");
	put_code(&layouts[1], name, NULL, 0);
	put_stats(1, 1, 0.5, 0.5);
	PUT("00");
	must_read();
	ck_assert_uint_lt(strlen(row(0)), 2000);
	free(name);
}
END_TEST

static const char *const recordings[] = { "cprofile/py27.prof",
	"cprofile/py313.prof", "cprofile/profile27.prof",
	"cprofile/profile313.prof", "cprofile/names.prof",
	"cprofile/yappi.prof" };

START_TEST(a_recording_that_is_cut_is_refused_at_every_byte)
{
	size_t len, n;
	char *data = test_slurp(test_data(recordings[_i]), &len);

	for (n = 0; n < len; n++) {
		ck_assert_int_eq(read_bytes(data, n, NULL), PROF_EFORMAT);
		ck_assert_ptr_nonnull(strstr(err.msg, "offset "));
	}
	ck_assert_int_eq(read_bytes(data, len, NULL), PROF_OK);
	free(data);
}
END_TEST

START_TEST(a_recording_with_a_wrong_byte_is_read_or_refused)
{
	static const unsigned char flips[] = { 0x01, 0x80, 0xff, 0x20 };
	size_t len, n, i;
	char *data = test_slurp(test_data(recordings[_i]), &len);
	int rc;

	for (n = 0; n < len; n++) {
		for (i = 0; i < sizeof flips; i++) {
			data[n] = (char)(data[n] ^ flips[i]);
			rc = read_bytes(data, len, NULL);
			ck_assert(rc == PROF_OK || rc == PROF_EFORMAT ||
			    rc == PROF_ELIMIT);
			data[n] = (char)(data[n] ^ flips[i]);
		}
	}
	free(data);
}
END_TEST

#define COUNT(table) ((int)(sizeof (table) / sizeof (table)[0]))

static void
add_code(TCase *tc)
{
	tcase_add_loop_test(tc, a_code_object_is_its_name, 0, 4);
	tcase_add_loop_test(tc, constants_of_a_code_object_may_be_anything, 0,
	    4);
	tcase_add_loop_test(tc, code_inside_code_is_passed_over, 0, 4);
	tcase_add_test(tc, objects_of_a_code_object_can_be_referred_to);
	tcase_add_test(tc, a_code_object_can_be_referred_to);
	tcase_add_test(tc, a_code_object_inside_itself_is_refused);
	tcase_add_test(tc, a_code_object_of_no_known_layout_is_refused);
	tcase_add_loop_test(tc, the_end_of_a_dict_stands_for_no_constant, 0,
	    4);
	tcase_add_test(tc, constants_may_be_2000_deep_and_no_deeper);
	tcase_add_test(tc,
	    a_name_that_many_code_objects_share_is_not_copied_whole);
}

int
main(void)
{
	TCase *tc = tcase_create("cprofile_bad");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, another_shape_is_refused_with_its_place, 0,
	    COUNT(shapes));
	tcase_add_test(tc, a_tuple_100000_deep_is_refused_where_it_begins);
	tcase_add_test(tc, limits_are_kept_and_named);
	tcase_add_test(tc, references_stand_for_what_they_refer_to);
	tcase_add_loop_test(tc, callers_are_not_shared_if_there_are_any, 0,
	    2);
	tcase_add_test(tc,
	    interned_strings_of_python_2_are_numbered_apart);
	add_code(tc);
	tcase_add_loop_test(tc,
	    a_recording_that_is_cut_is_refused_at_every_byte, 0,
	    COUNT(recordings));
	tcase_add_loop_test(tc,
	    a_recording_with_a_wrong_byte_is_read_or_refused, 0,
	    COUNT(recordings));
	return test_main("cprofile_bad", tc);
}
