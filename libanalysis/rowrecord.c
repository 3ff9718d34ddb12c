/* SPDX-License-Identifier: MIT */
#include "libanalysis/rowrecord.h"

static void
put_count(struct prof_records *r, const prof_i128 *n)
{
	if (n != NULL)
		prof_records_int(r, *n);
	else
		prof_records_none(r);
}

/* Means are no parts of a mean. */
static void
put_share(struct prof_records *r, const prof_i128 *v,
    const struct prof_about *a)
{
	if (v != NULL && a->whole != 0 && !a->mean)
		prof_records_fixed(r, prof_num_ppm(*v, a->whole), 4);
	else
		prof_records_none(r);
}

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/* Rows known by address have names that begin with it: its length, or 0. */
static size_t
address_length(const struct prof_row *row)
{
	const char *s = row->name;
	size_t n = 2;

	if (row->name_len < 3 || s[0] != '0' || s[1] != 'x')
		return 0;
	while (n < row->name_len && n < 18 && is_hex(s[n]))
		n++;
	return n > 2 && (n == row->name_len || s[n] == ' ') ? n : 0;
}

void
prof_rowrecord_write(struct prof_records *r, const struct prof_about *a,
    const struct prof_rowrecord *row)
{
	const struct prof_row *v = row->row;
	size_t address = address_length(v);

	if (row->self != NULL)
		prof_records_int(r, prof_about_base(a, *row->self));
	else
		prof_records_none(r);
	prof_records_int(r, prof_about_base(a, row->total));
	put_count(r, row->calls);
	prof_records_text(r, v->name, v->name_len);
	prof_records_text(r, v->file, v->file_len);
	if (v->line > 0)
		prof_records_int(r, v->line);
	else
		prof_records_none(r);
	prof_records_text(r, v->module, v->module_len);
	put_share(r, row->self, a);
	put_share(r, &row->total, a);
	put_count(r, row->primitive);
	if (address > 0)
		prof_records_text(r, v->name, address);
	else
		prof_records_none(r);
}
