/* SPDX-License-Identifier: MIT */
#include "libanalysis/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/err.h"
#include "libanalysis/name.h"

void
prof_json_init(struct prof_json *j, struct prof_out *out)
{
	memset(j, 0, sizeof *j);
	j->out = out;
	j->first = true;
}

void
prof_json_finish(struct prof_json *j)
{
	PROF_ASSERT(j->open.len == 0 && !j->keyed && !j->first);
	prof_out_add(j->out, "\n", 1);
	prof_buf_release(&j->text);
	prof_buf_release(&j->open);
}

static bool
in_row(const struct prof_json *j)
{
	return j->row != 0 && j->open.len >= j->row;
}

static void
new_line(struct prof_json *j)
{
	size_t i;

	prof_out_add(j->out, "\n", 1);
	for (i = 0; i < j->open.len; i++)
		prof_out_add(j->out, "  ", 2);
}

/* What stands between the value before and the next key or value. */
static void
separate(struct prof_json *j)
{
	if (!j->first)
		prof_out_add(j->out, ",", 1);
	if (j->open.len > 0 && !in_row(j))
		new_line(j);
	else if (!j->first)
		prof_out_add(j->out, " ", 1);
	j->first = false;
}

static void
before_value(struct prof_json *j)
{
	bool object = j->open.len > 0 &&
	    j->open.data[j->open.len - 1] == '}';

	PROF_ASSERT(object == j->keyed);
	PROF_ASSERT(j->open.len > 0 || j->first);
	if (!j->keyed)
		separate(j);
	j->keyed = false;
}

void
prof_json_begin(struct prof_json *j, char bracket)
{
	before_value(j);
	prof_out_add(j->out, &bracket, 1);
	prof_buf_addc(&j->open, bracket == '{' ? '}' : ']');
	j->first = true;
}

void
prof_json_row(struct prof_json *j, char bracket)
{
	prof_json_begin(j, bracket);
	if (!in_row(j))
		j->row = j->open.len;
}

void
prof_json_end(struct prof_json *j)
{
	bool row = in_row(j);
	char bracket;

	PROF_ASSERT(j->open.len > 0 && !j->keyed);
	bracket = j->open.data[--j->open.len];
	if (!j->first && !row)
		new_line(j);
	prof_out_add(j->out, &bracket, 1);
	if (j->open.len < j->row)
		j->row = 0;
	j->first = false;
}

static void
put_text(struct prof_json *j)
{
	prof_out_add(j->out, j->text.data, j->text.len);
	prof_buf_clear(&j->text);
}

void
prof_json_key(struct prof_json *j, const char *key)
{
	PROF_ASSERT(j->open.len > 0 && !j->keyed &&
	    j->open.data[j->open.len - 1] == '}');
	separate(j);
	prof_name_json(&j->text, key, strlen(key));
	prof_buf_adds(&j->text, ": ");
	put_text(j);
	j->keyed = true;
}

void
prof_json_str(struct prof_json *j, const char *s, size_t len)
{
	before_value(j);
	prof_name_json(&j->text, s, len);
	put_text(j);
}

void
prof_json_strs(struct prof_json *j, const char *s)
{
	prof_json_str(j, s, strlen(s));
}

void
prof_json_int(struct prof_json *j, int64_t v)
{
	before_value(j);
	prof_out_addi(j->out, v);
}

void
prof_json_i128(struct prof_json *j, prof_i128 v)
{
	before_value(j);
	prof_num_int(&j->text, v);
	put_text(j);
}

void
prof_json_fixed(struct prof_json *j, prof_i128 v, unsigned decimals)
{
	prof_i128 den = 1;
	unsigned i;

	for (i = 0; i < decimals; i++)
		den *= 10;
	before_value(j);
	prof_num_print(&j->text, v, 1, den, decimals);
	put_text(j);
}

void
prof_json_double(struct prof_json *j, double v)
{
	char text[40], *at;
	int digits;

	if (!isfinite(v)) {
		prof_json_null(j);
		return;
	}
	for (digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, v);
		if (strtod(text, NULL) == v)
			break;
	}
	/* Whatever the locale has between digits, JSON has a point. */
	for (at = text; *at != '\0'; at++)
		if (strchr("0123456789+-e", *at) == NULL)
			*at = '.';
	before_value(j);
	prof_out_adds(j->out, text);
}

void
prof_json_bool(struct prof_json *j, bool v)
{
	before_value(j);
	prof_out_adds(j->out, v ? "true" : "false");
}

void
prof_json_null(struct prof_json *j)
{
	before_value(j);
	prof_out_adds(j->out, "null");
}
