/* SPDX-License-Identifier: MIT */
#include "libanalysis/difftext.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/diffparts.h"
#include "libanalysis/name.h"

static prof_i128
value(const struct prof_diff *d, unsigned metric, unsigned side,
    uint32_t class)
{
	return prof_diff_value(d, side, d->of[metric][side][class]);
}

static void
tsv_row(const struct prof_diff *d, uint32_t class, struct prof_buf *b)
{
	const struct prof_row *r = prof_match_row(&d->match, class);
	unsigned m, side;

	for (m = 0; m < PROF_DIFF_METRICS; m++) {
		for (side = 0; side < PROF_DIFF_SIDES; side++) {
			prof_num_int(b, value(d, m, side, class));
			prof_buf_addc(b, '\t');
		}
	}
	prof_buf_adds(b, prof_diff_status_name(d->status[class]));
	prof_buf_addc(b, '\t');
	prof_name_tsv(b, r->name, r->name_len);
	prof_buf_addc(b, '\t');
	prof_name_tsv(b, r->file, r->file_len);
	prof_buf_addc(b, '\t');
	prof_name_tsv(b, r->module, r->module_len);
	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		prof_buf_addc(b, '\t');
		if (d->calls[side] != NULL)
			prof_num_int(b, prof_diff_calls(d, side, class));
	}
	prof_buf_addc(b, '\n');
}

void
prof_diff_tsv(const struct prof_diff *d, const struct prof_diff_form *form,
    struct prof_out *out)
{
	struct prof_buf b = { 0 };
	size_t i, n;
	uint32_t *ids = prof_diff_pick(d, form->limit, form->all, &n);

	prof_out_adds(out, "self_base\tself_new\ttotal_base\ttotal_new\t"
	    "status\tname\tfile\tmodule\tcalls_base\tcalls_new\n");
	for (i = 0; i < n; i++) {
		prof_buf_clear(&b);
		tsv_row(d, ids[i], &b);
		prof_out_add(out, b.data, b.len);
	}
	prof_buf_release(&b);
	free(ids);
}

static void
json_row(struct prof_json *j, const struct prof_diff *d, uint32_t class)
{
	static const char *const key[PROF_DIFF_METRICS][PROF_DIFF_SIDES] = {
		{ "self_base", "self_new" }, { "total_base", "total_new" }
	};
	const struct prof_row *r = prof_match_row(&d->match, class);
	unsigned m, side;

	prof_json_row(j, '{');
	for (m = 0; m < PROF_DIFF_METRICS; m++) {
		for (side = 0; side < PROF_DIFF_SIDES; side++) {
			prof_json_key(j, key[m][side]);
			prof_json_i128(j, value(d, m, side, class));
		}
	}
	prof_json_key(j, "status");
	prof_json_strs(j, prof_diff_status_name(d->status[class]));
	prof_json_key(j, "name");
	prof_json_str(j, r->name, r->name_len);
	prof_json_key(j, "file");
	prof_json_str(j, r->file, r->file_len);
	prof_json_key(j, "module");
	prof_json_str(j, r->module, r->module_len);
	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		prof_json_key(j, side == PROF_DIFF_BASE ? "calls_base" :
		    "calls_new");
		if (d->calls[side] != NULL)
			prof_json_i128(j, prof_diff_calls(d, side, class));
		else
			prof_json_null(j);
	}
	prof_json_end(j);
}

/* What the rows leave of the totals of both sides. */
static void
json_others(struct prof_json *j, const struct prof_diff *d,
    const uint32_t *ids, size_t n)
{
	prof_i128 rest;
	unsigned side;
	size_t i;

	prof_json_key(j, "others");
	prof_json_row(j, '{');
	prof_json_key(j, "rows");
	prof_json_i128(j, (prof_i128)d->match.n - d->count[PROF_DIFF_NONE] -
	    (prof_i128)n);
	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		rest = d->sum[side];
		for (i = 0; i < n; i++)
			rest -= d->of[PROF_DIFF_SELF][side][ids[i]];
		prof_json_key(j, side == PROF_DIFF_BASE ? "self_base" :
		    "self_new");
		if (d->run[0].flat->mean)
			prof_json_null(j);
		else
			prof_json_i128(j, prof_diff_value(d, side, rest));
	}
	prof_json_end(j);
}

void
prof_diff_json(const struct prof_diff *d, const struct prof_diff_form *form,
    struct prof_out *out)
{
	struct prof_json j;
	size_t i, n;
	uint32_t *ids = prof_diff_pick(d, form->limit, form->all, &n);

	prof_json_init(&j, out);
	prof_diff_json_head(&j, d, form, "profkit/diff/1");
	prof_json_key(&j, "rows");
	prof_json_begin(&j, '[');
	for (i = 0; i < n; i++)
		json_row(&j, d, ids[i]);
	prof_json_end(&j);
	json_others(&j, d, ids, n);
	prof_diff_json_tail(&j, d, form);
	free(ids);
}
