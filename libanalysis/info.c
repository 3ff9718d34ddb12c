/* SPDX-License-Identifier: MIT */
#include "libanalysis/info.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/flat.h"
#include "libanalysis/json.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"
#include "libanalysis/sort.h"

/* A label key, and how many sample rows carry it. */
struct key_count {
	prof_str key;
	uint64_t samples;
	bool numeric;
};

struct keys {
	struct key_count *key;
	size_t n, cap;
};

/* The 100 % of reports: of a difference, what its base has. */
static prof_i128
column_total(const struct prof_profile *p, unsigned c)
{
	struct prof_sums sums;

	prof_flat_sums(&sums, p, c);
	return sums.whole;
}

/* index: by key and kind, the place in k behind 1. */
static struct key_count *
find_key(struct keys *k, size_t *index, prof_str key, bool numeric)
{
	size_t *place = &index[2 * (size_t)key + numeric];

	if (*place != 0)
		return &k->key[*place - 1];
	*place = k->n + 1;
	PROF_RESERVE(k->key, k->cap, k->n + 1);
	memset(&k->key[k->n], 0, sizeof *k->key);
	k->key[k->n].key = key;
	k->key[k->n].numeric = numeric;
	return &k->key[k->n++];
}

static int
cmp_keys(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_profile *p = ((const void *const *)ctx)[0];
	const struct keys *k = ((const void *const *)ctx)[1];
	int d = prof_strs_cmp(&p->strs, k->key[a].key, k->key[b].key);

	return d != 0 ? d : k->key[a].numeric - k->key[b].numeric;
}

static void
sort_keys(const struct prof_profile *p, struct keys *k)
{
	const void *ctx[2] = { p, k };
	uint32_t *ids = prof_alloc(k->n + 1, sizeof *ids), i;
	struct key_count *sorted = prof_alloc(k->n + 1, sizeof *sorted);

	for (i = 0; i < k->n; i++)
		ids[i] = i;
	prof_sort_ids(ids, k->n, cmp_keys, ctx);
	for (i = 0; i < k->n; i++)
		sorted[i] = k->key[ids[i]];
	free(k->key);
	free(ids);
	k->key = sorted;
	k->cap = k->n + 1;
}

static void
count_keys(const struct prof_profile *p, struct keys *k)
{
	uint64_t *samples = prof_zalloc((size_t)p->sets.n + 1,
	    sizeof *samples);
	size_t *index = prof_zalloc(2 * (p->strs.n + 1), sizeof *index);
	const struct prof_label *l;
	struct key_count *key;
	uint32_t i;
	size_t j, n;

	memset(k, 0, sizeof *k);
	for (i = 0; i < p->nsamples; i++)
		samples[p->set[i]]++;
	for (i = 1; i <= p->sets.n; i++) {
		l = prof_profile_set(p, i, &n);
		for (j = 0; j < n; j++) {
			key = find_key(k, index, l[j].key, l[j].str == 0);
			if (j == 0 || l[j].key != l[j - 1].key ||
			    (l[j].str == 0) != (l[j - 1].str == 0))
				key->samples += samples[i];
		}
	}
	free(index);
	free(samples);
	sort_keys(p, k);
}

static void
add_name(struct prof_buf *out, const struct prof_profile *p, prof_str s)
{
	prof_name_print(out, prof_profile_str(p, s),
	    prof_strs_len(&p->strs, s));
}

static void
text_types(const struct prof_profile *p, struct prof_buf *out)
{
	unsigned c;

	for (c = 0; c < p->ntypes; c++) {
		prof_buf_addf(out, "type %u:     ", c);
		add_name(out, p, p->type[c].type);
		prof_buf_adds(out, ", total ");
		prof_num_print(out, column_total(p, c), p->type[c].num,
		    p->type[c].den, p->type[c].den == 1 ? 0 : 9);
		prof_buf_addc(out, ' ');
		add_name(out, p, p->type[c].unit);
		if (c == prof_profile_default(p))
			prof_buf_adds(out, " (default)");
		prof_buf_addc(out, '\n');
	}
}

static void
text_meta(const struct prof_profile *p, struct prof_buf *out)
{
	if (p->meta.time_ns != 0)
		prof_buf_addf(out, "time:       %lld ns since 1970\n",
		    (long long)p->meta.time_ns);
	if (p->meta.duration_ns != 0)
		prof_buf_addf(out, "duration:   %lld ns\n",
		    (long long)p->meta.duration_ns);
	if (p->meta.period != 0 || p->meta.period_type != 0) {
		prof_buf_adds(out, "period:     ");
		add_name(out, p, p->meta.period_type);
		prof_buf_addf(out, " %lld ", (long long)p->meta.period);
		add_name(out, p, p->meta.period_unit);
		prof_buf_addc(out, '\n');
	}
	prof_buf_addf(out, "samples:    %u\nstacks:     %u\n"
	    "functions:  %u\nlocations:  %u\n", p->nsamples, p->stacks.n,
	    p->nfn, p->nloc);
	if (p->edges.n > 0)
		prof_buf_addf(out, "edges:      %u\n", p->edges.n);
	if (p->meta.estimated)
		prof_buf_adds(out, "stacks:     estimated from callers and "
		    "callees\n");
}

static void
text_tables(const struct prof_profile *p, struct prof_buf *out)
{
	struct keys k;
	uint32_t i;
	size_t j;

	for (i = 0; i < p->nmod; i++) {
		prof_buf_addf(out, "mapping:    0x%llx-0x%llx ",
		    (unsigned long long)p->mod[i].start,
		    (unsigned long long)p->mod[i].limit);
		add_name(out, p, p->mod[i].file);
		prof_buf_adds(out, p->mod[i].build_id != 0 ? " " : "");
		add_name(out, p, p->mod[i].build_id);
		prof_buf_addc(out, '\n');
	}
	count_keys(p, &k);
	for (j = 0; j < k.n; j++) {
		prof_buf_adds(out, "label:      ");
		add_name(out, p, k.key[j].key);
		prof_buf_addf(out, ", %s, on %llu samples\n",
		    k.key[j].numeric ? "numbers" : "text",
		    (unsigned long long)k.key[j].samples);
	}
	free(k.key);
	for (i = 0; i < p->ncomments; i++) {
		prof_buf_adds(out, "comment:    ");
		add_name(out, p, p->comment[i]);
		prof_buf_addc(out, '\n');
	}
	for (i = 0; i < p->nnotes; i++) {
		prof_buf_adds(out, p->note[i].skipped ? "skipped:    " :
		    "warning:    ");
		add_name(out, p, p->note[i].text);
		prof_buf_addf(out, " (%llu)\n",
		    (unsigned long long)p->note[i].count);
	}
}

int
prof_info_text(const struct prof_profile *p, const char *const *inputs,
    size_t ninputs, struct prof_buf *out, struct prof_err *err)
{
	size_t i;

	(void)err;
	for (i = 0; i < ninputs; i++) {
		prof_buf_adds(out, "input:      ");
		prof_name_print(out, inputs[i], strlen(inputs[i]));
		prof_buf_addc(out, '\n');
	}
	if (p->meta.format != 0) {
		prof_buf_adds(out, "format:     ");
		add_name(out, p, p->meta.format);
		if (p->meta.dialect != 0)
			prof_buf_addc(out, ':');
		add_name(out, p, p->meta.dialect);
		prof_buf_addc(out, '\n');
	}
	if (p->meta.inputs > 1)
		prof_buf_addf(out, "recordings: %llu\n",
		    (unsigned long long)p->meta.inputs);
	if (p->meta.failed > 0)
		prof_buf_addf(out, "failed:     %llu\n",
		    (unsigned long long)p->meta.failed);
	text_types(p, out);
	text_meta(p, out);
	text_tables(p, out);
	return PROF_OK;
}

static void
json_str(struct prof_json *j, const char *key, const struct prof_profile *p,
    prof_str s)
{
	prof_json_key(j, key);
	prof_json_str(j, prof_profile_str(p, s), prof_strs_len(&p->strs, s));
}

static void
json_int(struct prof_json *j, const char *key, int64_t v)
{
	prof_json_key(j, key);
	prof_json_int(j, v);
}

static void
json_count(struct prof_json *j, const char *key, uint64_t v)
{
	prof_json_key(j, key);
	prof_json_i128(j, (prof_i128)v);
}

static void
json_types(struct prof_json *j, const struct prof_profile *p)
{
	unsigned c;

	prof_json_key(j, "sample_types");
	prof_json_begin(j, '[');
	for (c = 0; c < p->ntypes; c++) {
		prof_json_row(j, '{');
		json_str(j, "type", p, p->type[c].type);
		json_str(j, "unit", p, p->type[c].unit);
		prof_json_key(j, "total");
		prof_json_i128(j, column_total(p, c));
		prof_json_key(j, "default");
		prof_json_bool(j, c == prof_profile_default(p));
		prof_json_key(j, "scale");
		prof_json_begin(j, '[');
		prof_json_int(j, p->type[c].num);
		prof_json_int(j, p->type[c].den);
		prof_json_end(j);
		prof_json_end(j);
	}
	prof_json_end(j);
}

static void
json_counts(struct prof_json *j, const struct prof_profile *p)
{
	json_int(j, "samples", p->nsamples);
	json_int(j, "stacks", p->stacks.n);
	json_int(j, "functions", p->nfn);
	json_int(j, "duration_ns", p->meta.duration_ns);
	prof_json_key(j, "period");
	prof_json_row(j, '{');
	json_str(j, "type", p, p->meta.period_type);
	json_str(j, "unit", p, p->meta.period_unit);
	json_int(j, "value", p->meta.period);
	prof_json_end(j);
}

static void
json_labels(struct prof_json *j, const struct prof_profile *p)
{
	struct keys k;
	size_t i;

	count_keys(p, &k);
	prof_json_key(j, "labels");
	prof_json_begin(j, '[');
	for (i = 0; i < k.n; i++) {
		prof_json_row(j, '{');
		json_str(j, "key", p, k.key[i].key);
		prof_json_key(j, "numeric");
		prof_json_bool(j, k.key[i].numeric);
		json_count(j, "samples", k.key[i].samples);
		prof_json_end(j);
	}
	prof_json_end(j);
	free(k.key);
}

static void
json_tables(struct prof_json *j, const struct prof_profile *p)
{
	uint32_t i;

	json_labels(j, p);
	prof_json_key(j, "mappings");
	prof_json_begin(j, '[');
	for (i = 0; i < p->nmod; i++) {
		prof_json_row(j, '{');
		json_str(j, "file", p, p->mod[i].file);
		json_str(j, "build_id", p, p->mod[i].build_id);
		prof_json_key(j, "start");
		prof_json_i128(j, p->mod[i].start);
		prof_json_key(j, "limit");
		prof_json_i128(j, p->mod[i].limit);
		prof_json_end(j);
	}
	prof_json_end(j);
	prof_json_key(j, "comments");
	prof_json_begin(j, '[');
	for (i = 0; i < p->ncomments; i++)
		prof_json_str(j, prof_profile_str(p, p->comment[i]),
		    prof_strs_len(&p->strs, p->comment[i]));
	prof_json_end(j);
}

void
prof_info_notes(struct prof_json *j, const struct prof_profile *p,
    const char *const *failed, const char *const *why, size_t n)
{
	int skipped;
	uint32_t i;

	for (skipped = 1; skipped >= 0; skipped--) {
		prof_json_key(j, skipped != 0 ? "skipped" : "warnings");
		prof_json_begin(j, '[');
		for (i = 0; skipped != 0 && i < n; i++) {
			prof_json_row(j, '{');
			prof_json_key(j, "input");
			prof_json_strs(j, failed[i]);
			prof_json_key(j, "reason");
			prof_json_strs(j, why != NULL ? why[i] :
			    "could not be read");
			json_int(j, "count", 1);
			prof_json_end(j);
		}
		for (i = 0; i < p->nnotes; i++) {
			if (p->note[i].skipped != (skipped != 0))
				continue;
			prof_json_row(j, '{');
			json_str(j, "reason", p, p->note[i].text);
			json_count(j, "count", p->note[i].count);
			prof_json_end(j);
		}
		prof_json_end(j);
	}
}

int
prof_info_json(const struct prof_profile *p, const char *tool,
    const char *const *inputs, size_t ninputs, struct prof_out *out,
    struct prof_err *err)
{
	struct prof_buf version = { 0 };
	struct prof_json j;
	size_t i;

	(void)err;
	prof_json_init(&j, out);
	prof_json_begin(&j, '{');
	prof_json_key(&j, "schema");
	prof_json_strs(&j, "profkit/info/1");
	prof_json_key(&j, "tool");
	prof_buf_addf(&version, "%s (Profkit) " PROF_VERSION, tool);
	prof_json_str(&j, version.data, version.len);
	prof_buf_release(&version);
	prof_json_key(&j, "inputs");
	prof_json_row(&j, '[');
	for (i = 0; i < ninputs; i++)
		prof_json_strs(&j, inputs[i]);
	prof_json_end(&j);
	json_str(&j, "format", p, p->meta.format);
	json_str(&j, "dialect", p, p->meta.dialect);
	json_types(&j, p);
	json_counts(&j, p);
	json_tables(&j, p);
	prof_info_notes(&j, p, NULL, NULL, 0);
	json_count(&j, "recordings", p->meta.inputs > 1 ? p->meta.inputs :
	    1);
	json_count(&j, "failed", p->meta.failed);
	json_int(&j, "locations", p->nloc);
	json_int(&j, "edges", p->edges.n);
	prof_json_key(&j, "estimated");
	prof_json_bool(&j, p->meta.estimated);
	json_int(&j, "time_ns", p->meta.time_ns);
	prof_json_end(&j);
	prof_json_finish(&j);
	return PROF_OK;
}
