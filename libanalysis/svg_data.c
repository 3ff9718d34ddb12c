/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_data.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/json.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

/* What is being written. */
struct data {
	struct prof_svg_picture *pic;
	const struct prof_tree *t;
	uint32_t *row_of;	/* by frame id: row number, 0 if not held */
	uint32_t *frame;	/* by row - 1 */
	uint32_t nrows;
	uint64_t step;		/* common divisor of all values */
	struct prof_json json;
};

static void
add_number(struct prof_buf *b, prof_u128 v)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (; v >> 5 != 0; v >>= 5)
		prof_buf_addc(b, digit[32 + (unsigned)(v & 31)]);
	prof_buf_addc(b, digit[(unsigned)v]);
}

static void
add_signed(struct prof_buf *b, prof_i128 v)
{
	add_number(b, v < 0 ? (prof_u128)(-v) * 2 - 1 : (prof_u128)v * 2);
}

static bool
is_held(const struct data *d, uint32_t node)
{
	return d->pic->layout.tier[node] != PROF_SVG_OUT;
}

static uint64_t
add_divisor(uint64_t step, prof_i128 v)
{
	return prof_num_gcd(step, (uint64_t)prof_num_abs(v));
}

/* The rows of all frames held, in the order of their names. */
static void
find_rows(struct data *d)
{
	const struct prof_tree *t = d->t;
	prof_i128 room;
	uint32_t node, i;
	unsigned s;

	d->row_of = prof_zalloc((size_t)d->pic->frames->n + 1,
	    sizeof *d->row_of);
	d->frame = prof_alloc((size_t)d->pic->frames->n + 1,
	    sizeof *d->frame);
	for (node = 0; node < t->n; node++) {
		if (t->gap != NULL)
			d->step = add_divisor(d->step, t->gap[node]);
		if (t->gap != NULL && !is_held(d, node))
			d->step = add_divisor(d->step, t->total[0][node]);
		if (!is_held(d, node))
			continue;
		if (node > 0 && d->row_of[t->frame[node]]++ == 0)
			d->frame[d->nrows++] = t->frame[node];
		for (s = 0; s < t->nsides; s++) {
			d->step = add_divisor(d->step, t->total[s][node]);
			d->step = add_divisor(d->step, t->self[s][node]);
		}
	}
	for (s = 0; s < t->nsides; s++)
		d->step = add_divisor(d->step, d->pic->text.whole[s]);
	/* Scales of hostile files may leave no room. */
	if (d->step == 0 || __builtin_mul_overflow(d->pic->text.scale.num,
	    (prof_i128)d->step, &room))
		d->step = 1;
	prof_sort_ids(d->frame, d->nrows, prof_frames_cmp, d->pic->frames);
	for (i = 0; i < d->nrows; i++)
		d->row_of[d->frame[i]] = i + 1;
}

/* Bytes that two texts begin with alike, in whole characters. */
static size_t
common_bytes(const struct prof_buf *a, const struct prof_buf *b)
{
	size_t n = 0;

	while (n < a->len && n < b->len && a->data[n] == b->data[n])
		n++;
	while (n > 0 && n < b->len && ((unsigned char)b->data[n] & 0xc0) ==
	    0x80)
		n--;
	while (n > 0 && n < a->len && ((unsigned char)a->data[n] & 0xc0) ==
	    0x80)
		n--;
	return n;
}

static size_t
utf16_units(const char *s, size_t len)
{
	size_t i, n = 0;

	for (i = 0; i < len; i++) {
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
		n += (unsigned char)s[i] >= 0xf0;
	}
	return n;
}

/* A list of texts, each told by how it differs from the one before. */
struct texts {
	struct prof_buf last, text, entry;
	uint32_t n;
	bool any;
};

static void
put_text(struct data *d, struct texts *x)
{
	size_t same = common_bytes(&x->last, &x->text);
	struct prof_buf swap = x->last;

	prof_buf_clear(&x->entry);
	prof_buf_addf(&x->entry, "%zu:", utf16_units(x->text.data, same));
	prof_buf_add(&x->entry, x->text.data + same, x->text.len - same);
	prof_json_str(&d->json, x->entry.data, x->entry.len);
	x->last = x->text;
	x->text = swap;
	x->n++;
	x->any = true;
}

static void
release_texts(struct texts *x)
{
	prof_buf_release(&x->last);
	prof_buf_release(&x->text);
	prof_buf_release(&x->entry);
}

static bool
same_text(const struct texts *x)
{
	return x->any && x->last.len == x->text.len && (x->text.len == 0 ||
	    memcmp(x->last.data, x->text.data, x->text.len) == 0);
}

/* Write the names of all rows; step: out, by row - 1. */
static void
put_names(struct data *d, uint8_t *step)
{
	struct texts x = { 0 };
	uint32_t i;

	prof_json_key(&d->json, "names");
	prof_json_row(&d->json, '[');
	for (i = 0; i < d->nrows; i++) {
		prof_buf_clear(&x.text);
		prof_svg_text_name(&x.text, prof_frames_get(d->pic->frames,
		    d->frame[i]), PROF_SVG_NAME_MAX);
		if (same_text(&x))
			continue;
		step[i] = i > 0;
		put_text(d, &x);
	}
	prof_json_end(&d->json);
	release_texts(&x);
}

/* A column of texts of rows, of which many are alike. */
struct column {
	const struct data *d;
	const char *(*get)(const struct prof_row *row, uint32_t *len);
	uint32_t *number;	/* by row - 1, 0 for none */
};

static const char *
get_module(const struct prof_row *row, uint32_t *len)
{
	*len = row->module_len;
	return row->module;
}

static const char *
get_file(const struct prof_row *row, uint32_t *len)
{
	*len = row->file_len;
	return row->file;
}

static int
compare_texts(const void *ctx, uint32_t a, uint32_t b)
{
	const struct column *c = ctx;
	const struct prof_frames *f = c->d->pic->frames;
	uint32_t alen, blen;
	const char *at = c->get(prof_frames_get(f, c->d->frame[a]), &alen);
	const char *bt = c->get(prof_frames_get(f, c->d->frame[b]), &blen);
	int order = memcmp(at, bt, alen < blen ? alen : blen);

	return order != 0 ? order : (alen > blen) - (alen < blen);
}

static void
put_column(struct data *d, const char *key, struct column *c)
{
	uint32_t *order = prof_alloc((size_t)d->nrows + 1, sizeof *order);
	struct texts x = { 0 };
	uint32_t i, len;
	const char *s;

	for (i = 0; i < d->nrows; i++)
		order[i] = i;
	c->d = d;
	c->number = prof_zalloc((size_t)d->nrows + 1, sizeof *c->number);
	prof_sort_ids(order, d->nrows, compare_texts, c);
	prof_json_key(&d->json, key);
	prof_json_row(&d->json, '[');
	for (i = 0; i < d->nrows; i++) {
		s = c->get(prof_frames_get(d->pic->frames,
		    d->frame[order[i]]), &len);
		if (len == 0)
			continue;
		prof_buf_clear(&x.text);
		prof_name_print(&x.text, s, len);
		if (!same_text(&x))
			put_text(d, &x);
		c->number[order[i]] = x.n;
	}
	prof_json_end(&d->json);
	release_texts(&x);
	free(order);
}

static void
put_key_strs(struct data *d, const char *key, const char *s)
{
	prof_json_key(&d->json, key);
	prof_json_strs(&d->json, s != NULL ? s : "");
}

/* Classes in use, numbered from 0. */
static void
put_classes(struct data *d, uint8_t *number)
{
	bool used[PROF_SVG_SHADES] = { false };
	unsigned shade;
	uint8_t n = 0;
	uint32_t i;

	for (i = 0; i < d->nrows; i++)
		used[prof_svg_row_shade(d->pic, d->frame[i])] = true;
	prof_json_key(&d->json, "classes");
	prof_json_row(&d->json, '[');
	for (shade = 0; shade < PROF_SVG_SHADES; shade++) {
		if (!used[shade])
			continue;
		number[shade] = n++;
		prof_json_strs(&d->json, prof_svg_shade(shade)->class);
	}
	prof_json_end(&d->json);
}

static void
put_rows(struct data *d)
{
	uint8_t *step = prof_zalloc((size_t)d->nrows + 1, sizeof *step);
	struct column modules = { .get = get_module };
	struct column files = { .get = get_file };
	uint8_t number[PROF_SVG_SHADES] = { 0 };
	const struct prof_row *row;
	struct prof_buf b = { 0 };
	uint32_t i;

	put_names(d, step);
	put_column(d, "modules", &modules);
	put_column(d, "files", &files);
	put_classes(d, number);
	for (i = 0; i < d->nrows; i++) {
		row = prof_frames_get(d->pic->frames, d->frame[i]);
		add_number(&b, step[i]);
		add_number(&b, number[prof_svg_row_shade(d->pic,
		    d->frame[i])]);
		add_number(&b, modules.number[i]);
		add_number(&b, files.number[i]);
		add_number(&b, row->line > 0 ? (prof_u128)row->line : 0);
		add_number(&b, (prof_u128)(row->kind & 15) +
		    (row->inlined ? 16 : 0) + (row->nameless ? 32 : 0));
	}
	put_key_strs(d, "rows", prof_buf_str(&b));
	prof_buf_release(&b);
	free(step);
	free(modules.number);
	free(files.number);
}

/* What remains of the totals of each node, less what was written. */
struct remains {
	prof_i128 *of[PROF_TREE_SIDES];
};

static void
add_counts(const struct data *d, struct prof_buf *b, uint32_t node,
    uint32_t *kids)
{
	const struct prof_tree *t = d->t;
	uint64_t out = t->cut[node];
	uint32_t i;

	*kids = 0;
	for (i = 0; i < t->nchildren[node]; i++) {
		*kids += is_held(d, t->first_child[node] + i);
		out += !is_held(d, t->first_child[node] + i);
	}
	add_number(b, (prof_u128)*kids * 2 + (out > 0));
	if (out > 0)
		add_number(b, out);
}

static void
add_values(const struct data *d, struct prof_buf *b, uint32_t node,
    bool kids, struct remains *left)
{
	const struct prof_tree *t = d->t;
	prof_i128 step = (prof_i128)d->step, total, self, above;
	unsigned s;

	for (s = 0; s < t->nsides; s++) {
		total = t->total[s][node] / step;
		above = node > 0 ? left->of[s][t->parent[node]] : 0;
		add_signed(b, above - total);
		if (node > 0)
			left->of[s][t->parent[node]] -= total;
	}
	for (s = 0; s < t->nsides; s++) {
		total = t->total[s][node] / step;
		self = t->self[s][node] / step;
		add_signed(b, kids ? self : total - self);
		left->of[s][node] = total - self;
	}
}

static void
put_nodes(struct data *d)
{
	const struct prof_tree *t = d->t;
	uint32_t node, kids, row, last_row = 0, last = 0;
	struct prof_buf b = { 0 };
	struct remains left;
	unsigned s;

	for (s = 0; s < t->nsides; s++)
		left.of[s] = prof_zalloc(t->n, sizeof *left.of[s]);
	for (node = 0; node < t->n; node++) {
		if (!is_held(d, node))
			continue;
		row = node > 0 ? d->row_of[t->frame[node]] : 0;
		if (node > 0 && last > 0 && t->parent[last] ==
		    t->parent[node])
			add_signed(&b, (prof_i128)row - last_row);
		else if (node > 0)
			add_number(&b, row);
		add_counts(d, &b, node, &kids);
		add_values(d, &b, node, kids > 0, &left);
		last = node;
		last_row = row;
	}
	put_key_strs(d, "nodes", prof_buf_str(&b));
	for (s = 0; s < t->nsides; s++)
		free(left.of[s]);
	prof_buf_release(&b);
}

/* What lies before each frame held, from the sibling held before it on. */
static void
put_gaps(struct data *d)
{
	const struct prof_tree *t = d->t;
	prof_i128 *gap = prof_zalloc(t->n, sizeof *gap), before;
	struct prof_buf b = { 0 };
	uint32_t node, c, end;

	for (node = 0; node < t->n; node++) {
		end = t->first_child[node] + t->nchildren[node];
		before = 0;
		for (c = t->first_child[node]; c < end; c++) {
			before += t->gap[c];
			gap[c] = before;
			before = is_held(d, c) ? 0 : before + t->total[0][c];
		}
	}
	for (node = 0; node < t->n; node++)
		if (is_held(d, node))
			add_number(&b, (prof_u128)(gap[node] /
			    (prof_i128)d->step));
	put_key_strs(d, "gaps", prof_buf_str(&b));
	prof_buf_release(&b);
	free(gap);
}

static void
put_sides(struct data *d, const char *key, const prof_i128 *v, prof_i128 step)
{
	unsigned s;

	prof_json_key(&d->json, key);
	prof_json_row(&d->json, '[');
	for (s = 0; s < d->t->nsides; s++)
		prof_json_i128(&d->json, v[s] / step);
	prof_json_end(&d->json);
}

static void
put_scale(struct data *d)
{
	const struct prof_scale *scale = &d->pic->text.scale;
	prof_i128 mul = scale->num * (prof_i128)d->step, div = scale->den;
	struct prof_buf unit = { 0 };

	put_sides(d, "whole", d->pic->text.whole, (prof_i128)d->step);
	prof_json_key(&d->json, "scale");
	prof_json_row(&d->json, '{');
	prof_json_key(&d->json, "mul");
	prof_json_i128(&d->json, mul);
	prof_json_key(&d->json, "div");
	prof_json_i128(&d->json, div);
	prof_json_key(&d->json, "decimals");
	prof_json_int(&d->json, scale->decimals);
	prof_svg_text_unit(&d->pic->text, &unit);
	put_key_strs(d, "unit", prof_buf_str(&unit));
	prof_json_end(&d->json);
	prof_buf_release(&unit);
}

static void
put_view(struct data *d)
{
	static const char *const widths[] = {
		"union", "after", "before", "abs"
	};
	static const char *const themes[] = { "auto", "light", "dark" };
	const struct prof_svg_opts *o = d->pic->opts;

	prof_json_key(&d->json, "view");
	prof_json_row(&d->json, '{');
	prof_json_key(&d->json, "inverted");
	prof_json_bool(&d->json, o->inverted);
	prof_json_key(&d->json, "reverse");
	prof_json_bool(&d->json, o->reversed);
	prof_json_key(&d->json, "rooted");
	prof_json_bool(&d->json, o->rooted);
	prof_json_key(&d->json, "functions");
	prof_json_bool(&d->json, !o->parts);
	put_key_strs(d, "layout", widths[o->widths]);
	put_key_strs(d, "sort", o->sort != NULL ? o->sort : "name");
	put_key_strs(d, "theme", themes[o->theme]);
	put_key_strs(d, "colors", d->pic->groups.palette == 0 &&
	    o->by == PROF_SVG_BY_SELF ? "self" : "by");
	prof_json_end(&d->json);
	put_key_strs(d, "countname", o->countname);
	put_key_strs(d, "nametype", o->nametype != NULL ? o->nametype :
	    "Function");
	put_key_strs(d, "href", o->href);
	prof_json_key(&d->json, "command");
	prof_json_row(&d->json, '[');
	prof_json_strs(&d->json, o->command[0] != NULL ? o->command[0] :
	    "pflame");
	prof_json_strs(&d->json, o->command[1] != NULL ? o->command[1] : "");
	prof_json_end(&d->json);
}

static void
put_all(struct data *d)
{
	prof_json_key(&d->json, "v");
	prof_json_int(&d->json, 1);
	prof_json_key(&d->json, "sides");
	prof_json_int(&d->json, d->t->nsides);
	put_scale(d);
	put_view(d);
	put_rows(d);
	put_nodes(d);
	if (d->t->gap != NULL)
		put_gaps(d);
	if (d->t->nsides == 2) {
		prof_json_key(&d->json, "metric");
		prof_json_strs(&d->json, d->pic->opts->compare.self ?
		    "self" : "total");
		prof_json_key(&d->json, "diff");
		prof_svg_change_json(&d->pic->change, &d->json,
		    (double)d->step);
	}
}

/* These three occur within strings only. */
static void
write_plain(struct prof_out *out, const struct prof_buf *b)
{
	size_t i, from = 0;

	for (i = 0; i < b->len; i++) {
		if (b->data[i] != '<' && b->data[i] != '>' &&
		    b->data[i] != '&')
			continue;
		prof_out_add(out, b->data + from, i - from);
		prof_out_addf(out, "\\u%04x", (unsigned)b->data[i]);
		from = i + 1;
	}
	prof_out_add(out, b->data + from, b->len - from);
}

/* Write a JSON text between two tags. */
static void
write_element(struct prof_out *out, const char *tag, const char *attributes,
    const struct prof_buf *text)
{
	prof_out_addf(out, "<%s%s>", tag, attributes);
	write_plain(out, text);
	prof_out_addf(out, "</%s>\n", tag);
}

/* Write what put says, as an element of the picture. */
static void
write_json(struct data *d, void (*put)(struct data *), const char *tag,
    const char *attributes)
{
	struct prof_buf text = { 0 };
	struct prof_err err = { 0 };
	struct prof_out *out = prof_out_buf(&text);

	prof_json_init(&d->json, out);
	prof_json_begin(&d->json, '{');
	put(d);
	prof_json_end(&d->json);
	prof_json_finish(&d->json);
	prof_out_finish(out, &err);
	write_element(d->pic->out, tag, attributes, &text);
	prof_buf_release(&text);
}

void
prof_svg_data_write(struct prof_svg_picture *pic)
{
	struct data d = { .pic = pic, .t = pic->t };

	find_rows(&d);
	write_json(&d, put_all, "script", " type=\"application/json\" "
	    "class=\"pf-data\"");
	free(d.row_of);
	free(d.frame);
}

static void
put_facts(struct data *d)
{
	const struct prof_svg_opts *o = d->pic->opts;
	const struct prof_svg_layout *l = &d->pic->layout;
	prof_i128 total[PROF_TREE_SIDES];
	unsigned s;

	put_key_strs(d, "tool", "pflame");
	put_key_strs(d, "version", PROF_VERSION);
	put_key_strs(d, "type", o->type);
	put_key_strs(d, "unit", o->unit != NULL ? o->unit : "count");
	prof_json_key(&d->json, "scale");
	prof_json_row(&d->json, '[');
	prof_json_int(&d->json, o->num != 0 ? o->num : 1);
	prof_json_int(&d->json, o->den != 0 ? o->den : 1);
	prof_json_end(&d->json);
	for (s = 0; s < d->t->nsides; s++)
		total[s] = d->t->total[s][0];
	put_sides(d, "total", total, 1);
	put_sides(d, "whole", d->pic->text.whole, 1);
	prof_json_key(&d->json, "frames");
	prof_json_int(&d->json, l->frames);
	prof_json_key(&d->json, "frames_drawn");
	prof_json_int(&d->json, l->drawn);
	prof_json_key(&d->json, "min_ppm");
	prof_json_int(&d->json, l->limit_ppm);
	prof_json_key(&d->json, "left_out");
	prof_json_int(&d->json, (int64_t)l->narrow);
}

void
prof_svg_metadata_write(struct prof_svg_picture *pic)
{
	struct data d = { .pic = pic, .t = pic->t };

	write_json(&d, put_facts, "metadata", "");
}
