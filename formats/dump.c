/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include <stdlib.h>

#include "formats/dump_text.h"
#include "formats/ordered.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"
#include "libanalysis/sort.h"

/*
 * The content of a profile as text, for goldens and for git: sorted, the
 * same for any numbering, and complete (but for the format it came from).
 * What merging would drop is not content: rows that are 0 everywhere, table
 * rows without use, the order of equal things.
 *
 *   profkit dump 1
 *   type     TYPE UNIT [NUM/DEN]       as many as there are values
 *   default  TYPE                      and other header fields that are set
 *   comment  TEXT
 *   mapping  N START LIMIT OFFSET FILE BUILD_ID [has ...]
 *   sample   VALUE ...                 and what it is about:
 *     label  KEY TEXT    number KEY NUMBER [UNIT]    time NS
 *     frame  NAME [system=] [file=] [line=] [column=] [start=]
 *            [mapping=N] [address=] [kind] [folded] [inlined], root first
 *     inline NAME ...                  inlined into the line above
 *     address [mapping=N] [address=]   a location without lines
 *   edge_type TYPE UNIT [NUM/DEN] ROLE exact|estimated [+-ERROR]
 *   edge     VALUE ...
 *     caller NAME ...    callee NAME ...    line LINE
 *   note     COUNT skipped|odd TEXT PLACE ...
 *
 * Fields are parted by tabs.  In texts a backslash, tab, LF and CR are
 * \\ \t \n \r, and each byte of anything else that is unsafe to show \xNN.
 * An address with '+' is relative to the start of its mapping.  A linker
 * name is shown where it differs from the name.
 */

struct dump {
	const struct prof_profile *p;
	struct prof_out *out;
	struct prof_err *err;
	struct prof_buf b;		/* of the line being made */
	int64_t *used;			/* by stack id: shown at all */
	uint32_t *mod_no;		/* by mapping id, 0: not shown */
	struct prof_ordered stacks;
	uint32_t *class;		/* by stack id: place in the order */
	struct prof_strs texts;		/* of label sets, of functions */
	prof_str *set_text, *fn_text;	/* by their ids */
	uint64_t *key;			/* by row: what it sorts by */
	uint64_t *low;			/* and then */
};

static void
end_line(struct dump *d)
{
	prof_buf_addc(&d->b, '\n');
	prof_out_add(d->out, d->b.data, d->b.len);
	prof_buf_clear(&d->b);
}

/* "key\tTEXT", if there is a text. */
static void
line_str(struct dump *d, const char *key, prof_str s)
{
	if (s == 0)
		return;
	prof_buf_addf(&d->b, "%s\t", key);
	prof_dump_str(&d->b, d->p, s);
	end_line(d);
}

/* "key\tV", if it is not 0. */
static void
line_number(struct dump *d, const char *key, prof_i128 v)
{
	if (v == 0)
		return;
	prof_buf_addf(&d->b, "%s\t", key);
	prof_num_int(&d->b, v);
	end_line(d);
}

static void
dump_comments(struct dump *d)
{
	const struct prof_profile *p = d->p;
	prof_str *ids = prof_alloc((size_t)p->ncomments + 1, sizeof *ids);
	uint32_t i;

	for (i = 0; i < p->ncomments; i++)
		ids[i] = p->comment[i];
	prof_ordered_texts(&p->strs, ids, p->ncomments);
	for (i = 0; i < p->ncomments; i++)
		if (i == 0 || ids[i] != ids[i - 1])
			line_str(d, "comment", ids[i]);
	free(ids);
}

static void
dump_header(struct dump *d)
{
	static const char *const differ[] = { "doc_url", "default",
	    "drop_frames", "keep_frames", "period", "period_type", "format",
	    "types", "dialect", "edges", NULL };
	const struct prof_meta *m = &d->p->meta;
	unsigned c;

	prof_out_adds(d->out, "profkit dump 1\n");
	for (c = 0; c < d->p->ntypes; c++) {
		prof_dump_type(&d->b, d->p, "type", &d->p->type[c]);
		end_line(d);
	}
	line_str(d, "default", m->default_type);
	if (m->period != 0 || m->period_type != 0 || m->period_unit != 0) {
		prof_buf_addf(&d->b, "period\t%lld\t", (long long)m->period);
		prof_dump_str(&d->b, d->p, m->period_type);
		prof_buf_addc(&d->b, '\t');
		prof_dump_str(&d->b, d->p, m->period_unit);
		end_line(d);
	}
	line_number(d, "time", m->time_ns);
	line_number(d, "duration", m->duration_ns);
	line_str(d, "doc_url", m->doc_url);
	line_str(d, "drop_frames", m->drop_frames);
	line_str(d, "keep_frames", m->keep_frames);
	line_number(d, "inputs", m->inputs > 1 ? (prof_i128)m->inputs : 0);
	line_number(d, "failed", (prof_i128)m->failed);
	if (m->estimated)
		prof_out_adds(d->out, "estimated\n");
	if (m->differ != 0) {
		prof_buf_adds(&d->b, "differ");
		prof_dump_bits(&d->b, m->differ, differ);
		end_line(d);
	}
	dump_comments(d);
}

/* The stacks of rows that are not 0, and the mappings of those. */
static void
mark_used(struct dump *d)
{
	const struct prof_profile *p = d->p;
	const prof_loc *loc;
	uint32_t i;
	size_t n;
	unsigned c;

	for (i = 0; i < p->nsamples; i++)
		for (c = 0; c < p->ntypes; c++)
			if (p->value[c][i] != 0)
				d->used[p->stack[i]] = 1;
	for (i = 1; i <= p->stacks.n; i++) {
		if (d->used[i] == 0)
			continue;
		for (loc = prof_profile_stack(p, i, &n); n > 0; n--, loc++)
			d->mod_no[prof_profile_loc(p, *loc)->mapping] = 1;
	}
}

static int
compare_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

static int
compare_mappings(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_profile *p = ctx;
	const struct prof_mapping *x = prof_profile_mod(p, a);
	const struct prof_mapping *y = prof_profile_mod(p, b);
	int c = compare_numbers(x->start, y->start);

	if (c == 0)
		c = compare_numbers(x->limit, y->limit);
	if (c == 0)
		c = compare_numbers(x->offset, y->offset);
	if (c == 0)
		c = prof_strs_cmp(&p->strs, x->file, y->file);
	if (c == 0)
		c = prof_strs_cmp(&p->strs, x->build_id, y->build_id);
	return c != 0 ? c : compare_numbers(x->flags, y->flags);
}

static void
dump_mapping(struct dump *d, prof_mod id, uint32_t number)
{
	static const char *const has[] = { "functions", "filenames",
	    "lines", "inlines", NULL };
	const struct prof_mapping *m = prof_profile_mod(d->p, id);

	prof_buf_addf(&d->b, "mapping\t%u\t0x%llx\t0x%llx\t0x%llx\t",
	    (unsigned)number, (unsigned long long)m->start,
	    (unsigned long long)m->limit, (unsigned long long)m->offset);
	prof_dump_str(&d->b, d->p, m->file);
	prof_buf_addc(&d->b, '\t');
	prof_dump_str(&d->b, d->p, m->build_id);
	prof_dump_bits(&d->b, m->flags, has);
	end_line(d);
}

/* Number the mappings by content; equal ones share a number. */
static void
dump_mappings(struct dump *d)
{
	const struct prof_profile *p = d->p;
	prof_mod *ids = prof_alloc((size_t)p->nmod + 1, sizeof *ids);
	uint32_t i, n = 0, number = 0;

	for (i = 1; i <= p->nmod; i++)
		if (d->mod_no[i] != 0)
			ids[n++] = i;
	prof_sort_ids(ids, n, compare_mappings, p);
	for (i = 0; i < n; i++) {
		if (i == 0 || compare_mappings(p, ids[i - 1], ids[i]) != 0)
			dump_mapping(d, ids[i], ++number);
		d->mod_no[ids[i]] = number;
	}
	free(ids);
}

static void
put_place(struct prof_buf *b, const struct dump *d,
    const struct prof_location *l)
{
	static const char *const kinds[] = { "", "\tuser", "\tkernel",
	    "\tjit", "\tvdso", "\tinterpreted", "\tbuiltin" };
	static const char *const flags[] = { "folded", "inlined",
	    "by-file", "by-module", "by-package", NULL };
	uint64_t start = l->mapping != 0 ? prof_profile_mod(d->p,
	    l->mapping)->start : 0;

	if (l->mapping != 0)
		prof_buf_addf(b, "\tmapping=%u",
		    (unsigned)d->mod_no[l->mapping]);
	if (l->address != 0)
		prof_buf_addf(b, "\taddress=%s0x%llx", l->mapping != 0 ?
		    "+" : "", (unsigned long long)(l->address - start));
	prof_buf_adds(b, kinds[l->kind]);
	prof_dump_bits(b, l->flags, flags);
}

static void
frame_text(const void *ctx, prof_loc id, uint32_t line, struct prof_buf *b)
{
	const struct dump *d = ctx;
	const struct prof_location *l = prof_profile_loc(d->p, id);
	const struct prof_line *at = d->p->line + l->first_line + line;
	bool outer = line + 1 >= l->nlines;

	if (l->nlines == 0) {
		prof_buf_adds(b, "  address");
	} else {
		prof_buf_adds(b, outer ? "  frame\t" : "  inline\t");
		prof_dump_function(b, d->p, at->fn, at);
	}
	if (outer)
		put_place(b, d, l);
	prof_buf_addc(b, '\n');
}

/* Number the stacks that are shown by their order. */
static void
order_stacks(struct dump *d)
{
	const struct prof_profile *p = d->p;
	prof_stack *ids = prof_alloc((size_t)p->stacks.n + 1, sizeof *ids);
	uint32_t i, n = 0, class = 0;

	prof_ordered_init(&d->stacks, p, d->used, NULL, frame_text, d);
	for (i = 0; i <= p->stacks.n; i++)
		if (d->used[i] != 0)
			ids[n++] = i;
	prof_ordered_sort(&d->stacks, ids, n);
	for (i = 0; i < n; i++) {
		if (i > 0)
			class += prof_ordered_cmp(&d->stacks, ids[i - 1],
			    ids[i]) != 0;
		d->class[ids[i]] = class;
	}
	free(ids);
}

static void
put_labels(struct dump *d, prof_set set)
{
	const struct prof_profile *p = d->p;
	const struct prof_label *l;
	size_t n;

	for (l = prof_profile_set(p, set, &n); n > 0; n--, l++) {
		prof_buf_adds(&d->b, l->str != 0 ? "  label\t" :
		    "  number\t");
		prof_dump_str(&d->b, p, l->key);
		prof_buf_addc(&d->b, '\t');
		if (l->str != 0)
			prof_dump_str(&d->b, p, l->str);
		else
			prof_buf_addi(&d->b, l->num);
		if (l->unit != 0) {
			prof_buf_addc(&d->b, '\t');
			prof_dump_str(&d->b, p, l->unit);
		}
		prof_buf_addc(&d->b, '\n');
	}
}

static prof_str
take_text(struct dump *d)
{
	prof_str id = prof_strs_add(&d->texts, d->b.data, d->b.len);

	prof_buf_clear(&d->b);
	return id;
}

static int
compare_low(const void *ctx, uint32_t a, uint32_t b)
{
	const struct dump *d = ctx;

	return compare_numbers(d->low[a], d->low[b]);
}

/* Signed numbers in the order of unsigned ones. */
static uint64_t
biased(int64_t v)
{
	return (uint64_t)v ^ UINT64_C(1) << 63;
}

/* The rows of stacks that are shown, in their order. */
static uint32_t *
order_samples(struct dump *d, uint32_t *count)
{
	const struct prof_profile *p = d->p;
	uint32_t *rows = prof_alloc((size_t)p->nsamples + 1, sizeof *rows);
	uint32_t *rank, i, n = 0;

	for (i = 1; i <= p->sets.n; i++) {
		put_labels(d, i);
		d->set_text[i] = take_text(d);
	}
	rank = prof_ordered_ranks(&d->texts, NULL);
	for (i = 0; i < p->nsamples; i++) {
		if (d->used[p->stack[i]] == 0)
			continue;
		rows[n++] = i;
		d->key[i] = (uint64_t)d->class[p->stack[i]] << 32 |
		    rank[d->set_text[p->set[i]]];
		d->low[i] = p->time != NULL ? biased(p->time[i]) : 0;
	}
	free(rank);
	prof_sort_keys(rows, n, d->key, compare_low, d);
	*count = n;
	return rows;
}

/*
 * Sum rows[0..n), which are alike, and write "what VALUE ...".  Returns 1,
 * 0 when all sums are 0, or PROF_ERANGE.
 */
static int
put_sums(struct dump *d, const char *what, int64_t *const *value,
    unsigned ncols, const uint32_t *rows, size_t n)
{
	prof_i128 sum;
	bool any = false;
	unsigned c;
	size_t i;

	prof_buf_adds(&d->b, what);
	for (c = 0; c < ncols; c++) {
		for (i = 0, sum = 0; i < n; i++)
			sum += value[c][rows[i]];
		if (!prof_num_fits(sum))
			return prof_fail(d->err, PROF_ERANGE, "the values "
			    "of a stack add up to more than 64 bits hold");
		any |= sum != 0;
		prof_buf_addc(&d->b, '\t');
		prof_num_int(&d->b, sum);
	}
	return any;
}

static void
dump_sample(struct dump *d, uint32_t row)
{
	const struct prof_profile *p = d->p;
	const struct prof_strs *text = &d->stacks.text;
	prof_str id = d->set_text[p->set[row]];
	const uint32_t *rank;
	size_t n, i;

	end_line(d);
	prof_out_add(d->out, prof_strs_get(&d->texts, id),
	    prof_strs_len(&d->texts, id));
	if (p->time != NULL)
		prof_out_addf(d->out, "  time\t%lld\n",
		    (long long)p->time[row]);
	rank = prof_ordered_stack(&d->stacks, p->stack[row], &n);
	for (i = 0; i < n; i++) {
		id = d->stacks.by_rank[rank[i]];
		prof_out_add(d->out, prof_strs_get(text, id),
		    prof_strs_len(text, id));
	}
}

static uint32_t
count_alike(const struct dump *d, const uint32_t *rows, uint32_t n)
{
	uint32_t i = 1;

	while (i < n && d->key[rows[i]] == d->key[rows[0]] &&
	    d->low[rows[i]] == d->low[rows[0]])
		i++;
	return i;
}

static int
dump_samples(struct dump *d)
{
	const struct prof_profile *p = d->p;
	uint32_t *rows, i, n, count;
	int rc = 0;

	order_stacks(d);
	rows = order_samples(d, &count);
	for (i = 0; i < count && rc >= 0; i += n) {
		n = count_alike(d, rows + i, count - i);
		rc = put_sums(d, "sample", p->value, p->ntypes, rows + i, n);
		if (rc > 0)
			dump_sample(d, rows[i]);
		prof_buf_clear(&d->b);
	}
	free(rows);
	return rc < 0 ? rc : PROF_OK;
}

static uint32_t *
order_edges(struct dump *d)
{
	const struct prof_edges *e = &d->p->edges;
	uint32_t *rows = prof_alloc((size_t)e->n + 1, sizeof *rows);
	uint32_t *rank, i;

	for (i = 1; i <= d->p->nfn; i++) {
		prof_dump_function(&d->b, d->p, i, NULL);
		prof_buf_addc(&d->b, '\n');
		d->fn_text[i] = take_text(d);
	}
	rank = prof_ordered_ranks(&d->texts, NULL);
	for (i = 0; i < e->n; i++) {
		rows[i] = i;
		d->key[i] = (uint64_t)rank[d->fn_text[e->caller[i]]] << 32 |
		    rank[d->fn_text[e->callee[i]]];
		d->low[i] = biased(e->line[i]);
	}
	free(rank);
	prof_sort_keys(rows, e->n, d->key, compare_low, d);
	return rows;
}

static void
dump_function(struct dump *d, const char *what, prof_fn id)
{
	if (id == 0)
		return;
	prof_out_adds(d->out, what);
	prof_out_add(d->out, prof_strs_get(&d->texts, d->fn_text[id]),
	    prof_strs_len(&d->texts, d->fn_text[id]));
}

static int
dump_edges(struct dump *d)
{
	const struct prof_edges *e = &d->p->edges;
	uint32_t *rows, i, n;
	unsigned c;
	int rc = 0;

	for (c = 0; c < e->ntypes; c++) {
		prof_dump_type(&d->b, d->p, "edge_type", &e->type[c]);
		prof_buf_addf(&d->b, "\t%s\t%s", prof_edge_role_name(e->role[c]),
		    e->exact[c] ? "exact" : "estimated");
		if (e->error[c] > 0)
			prof_buf_addf(&d->b, "\t+-%lld",
			    (long long)e->error[c]);
		end_line(d);
	}
	rows = order_edges(d);
	for (i = 0; i < e->n && rc >= 0; i += n) {
		n = count_alike(d, rows + i, e->n - i);
		rc = put_sums(d, "edge", e->value, e->ntypes, rows + i, n);
		if (rc >= 0) {
			end_line(d);
			dump_function(d, "  caller\t", e->caller[rows[i]]);
			dump_function(d, "  callee\t", e->callee[rows[i]]);
			line_number(d, "  line", e->line[rows[i]]);
		}
	}
	free(rows);
	return rc < 0 ? rc : PROF_OK;
}

static int
compare_notes(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_profile *p = ctx;
	int c = prof_strs_cmp(&p->strs, p->note[a].text, p->note[b].text);

	return c != 0 ? c : p->note[a].skipped - p->note[b].skipped;
}

static void
dump_notes(struct dump *d)
{
	const struct prof_profile *p = d->p;
	uint32_t *ids = prof_alloc((size_t)p->nnotes + 1, sizeof *ids), i;
	const struct prof_note *note;
	unsigned k;

	for (i = 0; i < p->nnotes; i++)
		ids[i] = i;
	prof_sort_ids(ids, p->nnotes, compare_notes, p);
	for (i = 0; i < p->nnotes; i++) {
		note = &p->note[ids[i]];
		prof_buf_addf(&d->b, "note\t%llu\t%s\t",
		    (unsigned long long)note->count,
		    note->skipped ? "skipped" : "odd");
		prof_dump_str(&d->b, p, note->text);
		for (k = 0; k < PROF_NOTE_PLACES; k++)
			if (note->where[k] != 0)
				prof_buf_addf(&d->b, "\t%llu",
				    (unsigned long long)note->where[k]);
		end_line(d);
	}
	free(ids);
}

static void
release(struct dump *d)
{
	prof_buf_release(&d->b);
	prof_ordered_release(&d->stacks);
	prof_strs_release(&d->texts);
	free(d->used);
	free(d->mod_no);
	free(d->class);
	free(d->set_text);
	free(d->fn_text);
	free(d->key);
	free(d->low);
}

static int
dump_write(const struct prof_profile *p, const struct prof_write_opts *opts,
    struct prof_out *out, struct prof_err *err)
{
	struct dump d = { .p = p, .out = out, .err = err };
	size_t rows = p->nsamples > p->edges.n ? p->nsamples : p->edges.n;
	int rc;

	(void)opts;
	d.used = prof_zalloc((size_t)p->stacks.n + 1, sizeof *d.used);
	d.class = prof_zalloc((size_t)p->stacks.n + 1, sizeof *d.class);
	d.mod_no = prof_zalloc((size_t)p->nmod + 1, sizeof *d.mod_no);
	d.set_text = prof_zalloc((size_t)p->sets.n + 1, sizeof *d.set_text);
	d.fn_text = prof_zalloc((size_t)p->nfn + 1, sizeof *d.fn_text);
	d.key = prof_alloc(rows + 1, sizeof *d.key);
	d.low = prof_alloc(rows + 1, sizeof *d.low);
	dump_header(&d);
	mark_used(&d);
	dump_mappings(&d);
	rc = dump_samples(&d);
	if (rc == PROF_OK)
		rc = dump_edges(&d);
	if (rc == PROF_OK)
		dump_notes(&d);
	release(&d);
	return rc;
}

const struct prof_writer prof_dump_writer = {
	.name = "dump",
	.extensions = "dump",
	.summary = "the whole profile as sorted text, for comparing",
	.write = dump_write
};
