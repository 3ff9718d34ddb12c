/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_text.h"

#include <inttypes.h>
#include <string.h>

#include "libanalysis/name.h"

#define ARROW " \342\206\222 "	/* U+2192 */
#define MINUS "\342\210\222"	/* U+2212 */
#define DOT " \302\267 "	/* U+00B7 */
#define NO_WIDTH "0.00001%"	/* what may have no width: 1 of PROF_SVG_SPAN */
#define DOTS "\342\200\246"	/* U+2026 */

/* Smallest but 0, and largest, of the totals that are drawn. */
static void
find_range(const struct prof_tree *t, const struct prof_svg_layout *l,
    prof_i128 *least, prof_i128 *most)
{
	prof_i128 v;
	uint32_t node;
	unsigned s;

	*least = *most = 0;
	for (node = 0; node < t->n; node++) {
		if (node > 0 && l->left[node] == l->right[node])
			continue;
		for (s = 0; s < t->nsides; s++) {
			v = prof_num_abs(t->total[s][node]);
			if (v != 0 && (*least == 0 || v < *least))
				*least = v;
			if (v > *most)
				*most = v;
		}
	}
}

static void
fit_decimals(struct prof_svg_text *x, const struct prof_svg_layout *l)
{
	const struct prof_tree *t = x->t;
	uint32_t node;
	unsigned s;

	for (node = 0; node < t->n; node++) {
		if (node > 0 && l->left[node] == l->right[node])
			continue;
		for (s = 0; s < t->nsides; s++) {
			prof_scale_fit(&x->scale, t->total[s][node]);
			prof_scale_fit(&x->scale, t->self[s][node]);
		}
	}
}

void
prof_svg_text_init(struct prof_svg_text *x, const struct prof_tree *t,
    const struct prof_svg_layout *l, const struct prof_svg_opts *opts)
{
	struct prof_buf unit = { 0 };
	prof_i128 least, most;
	unsigned s;

	memset(x, 0, sizeof *x);
	x->t = t;
	x->opts = opts;
	for (s = 0; s < t->nsides; s++)
		x->whole[s] = prof_num_abs(opts->whole[s] != 0 ?
		    opts->whole[s] : t->total[s][0]);
	x->part = t->nsides == 2 || l->whole != (prof_u128)x->whole[0];
	find_range(t, l, &least, &most);
	/* A word in place of the unit says nothing of thousands. */
	if (opts->countname != NULL)
		prof_scale_base(&x->scale, opts->unit, opts->num, opts->den);
	else
		prof_scale_init(&x->scale, opts->unit, opts->num, opts->den,
		    least, most);
	fit_decimals(x, l);
	prof_svg_text_unit(x, &unit);
	prof_name_xml(&x->unit, unit.data, unit.len);
	prof_buf_release(&unit);
}

void
prof_svg_text_unit(const struct prof_svg_text *x, struct prof_buf *b)
{
	const char *unit = x->opts->countname != NULL ? x->opts->countname :
	    x->scale.unit;

	if (unit[0] != '\0')
		prof_buf_addc(b, ' ');
	prof_name_print(b, unit, strlen(unit));
}

void
prof_svg_text_release(struct prof_svg_text *x)
{
	prof_buf_release(&x->unit);
}

/* A minus sign of its own is easier to see than a hyphen. */
static void
add_value(const struct prof_svg_text *x, struct prof_buf *b, prof_i128 v)
{
	if (v < 0)
		prof_buf_adds(b, MINUS);
	prof_scale_number(&x->scale, b, prof_num_abs(v));
	prof_buf_add(b, x->unit.data, x->unit.len);
}

static void
add_percent(struct prof_buf *b, prof_i128 part, prof_i128 whole)
{
	if (part < 0)
		prof_buf_adds(b, MINUS);
	prof_scale_percent(b, prof_num_abs(part), whole);
}

/* The bytes of a name to show, not ending inside a character. */
static size_t
shown_length(const struct prof_row *row, size_t len)
{
	size_t i;

	if (row->name_len <= len)
		return row->name_len;
	for (i = 0; i < 3 && ((unsigned char)row->name[len] & 0xc0) == 0x80;
	    i++)
		len--;
	return len;
}

/* Text as it is printed, in XML. */
static void
add_printed(struct prof_buf *b, const char *text, size_t len)
{
	struct prof_buf printed = { 0 };

	prof_name_print(&printed, text, len);
	prof_name_xml(b, printed.data, printed.len);
	prof_buf_release(&printed);
}

void
prof_svg_text_name(struct prof_buf *b, const struct prof_row *row,
    size_t max)
{
	size_t len = shown_length(row, max);

	prof_name_print(b, row->name, len);
	if (len == 0)
		prof_buf_adds(b, "(no name)");
	if (len < row->name_len)
		prof_buf_addf(b, DOTS " (%" PRIu32 " bytes)", row->name_len);
}

static void
add_name(struct prof_buf *b, const struct prof_row *row)
{
	struct prof_buf name = { 0 };

	prof_svg_text_name(&name, row, PROF_SVG_NAME_MAX);
	prof_name_xml(b, name.data, name.len);
	prof_buf_release(&name);
}

void
prof_svg_text_label(const struct prof_svg_text *x, struct prof_buf *b,
    uint32_t node, const struct prof_row *row)
{
	const int64_t *base = x->t->total[0];
	size_t at = 0, used, chars = 0;

	if (x->t->nsides == 1 && base[node] < 0)
		prof_buf_adds(b, MINUS " ");
	if (row == NULL) {
		prof_buf_adds(b, "all");
		return;
	}
	for (; at < row->name_len && chars < PROF_SVG_LABEL_MAX; at += used) {
		prof_utf8_next(row->name + at, row->name_len - at, &used);
		chars++;
	}
	add_printed(b, row->name, at);
	if (at < row->name_len)
		prof_buf_adds(b, DOTS);
	if (row->name_len == 0)
		prof_buf_adds(b, "(no name)");
}

static void
add_line(struct prof_buf *b, const char *what)
{
	prof_buf_addc(b, '\n');
	prof_buf_adds(b, what);
}

static void
add_place(struct prof_buf *b, const struct prof_row *row)
{
	static const char *const kinds[] = {
		NULL, NULL, "kernel", "JIT", "vdso", "interpreted", "builtin"
	};

	if (row->file[0] != '\0') {
		add_line(b, "");
		add_printed(b, row->file, row->file_len);
		if (row->line > 0)
			prof_buf_addf(b, ":%" PRId64, row->line);
	}
	if (row->module[0] != '\0') {
		add_line(b, "in ");
		add_printed(b, row->module, row->module_len);
	}
	if (row->kind < sizeof kinds / sizeof kinds[0] &&
	    kinds[row->kind] != NULL)
		add_line(b, kinds[row->kind]);
	if (row->inlined)
		add_line(b, "inlined");
}

/* "+12 ms, +3.5%": the change and what part of base it is. */
static void
add_change(const struct prof_svg_text *x, struct prof_buf *b, int64_t base,
    int64_t now)
{
	prof_i128 change = (prof_i128)now - base;

	if (change == 0) {
		prof_buf_adds(b, "unchanged");
		return;
	}
	if (change > 0)
		prof_buf_addc(b, '+');
	add_value(x, b, change);
	if (base == 0 || now == 0) {
		prof_buf_adds(b, base == 0 ? ", new" : ", gone");
		return;
	}
	prof_buf_adds(b, change > 0 ? ", +" : ", ");
	add_percent(b, change, prof_num_abs(base));
}

/* With signs that differ, a value is no part of the caller's. */
static bool
is_part(const struct prof_svg_text *x, unsigned side, uint32_t node)
{
	prof_i128 part = x->t->total[side][node];
	prof_i128 whole = x->t->total[side][x->t->parent[node]];

	return whole != 0 && (part == 0 || (part < 0) == (whole < 0)) &&
	    prof_num_abs(part) <= prof_num_abs(whole);
}

static void
add_of_parent(const struct prof_svg_text *x, struct prof_buf *b,
    uint32_t node)
{
	uint32_t parent = x->t->parent[node];
	unsigned s;

	for (s = 0; s < x->t->nsides; s++)
		if (!is_part(x, s, node))
			return;
	for (s = 0; s < x->t->nsides; s++) {
		prof_buf_adds(b, s == 0 ? ", " : ARROW);
		add_percent(b, x->t->total[s][node],
		    prof_num_abs(x->t->total[s][parent]));
	}
	prof_buf_adds(b, " of parent");
}

static void
add_amount(const struct prof_svg_text *x, struct prof_buf *b,
    const char *what, int64_t *const *value, uint32_t node)
{
	bool two = x->t->nsides == 2;

	add_line(b, what);
	add_value(x, b, value[0][node]);
	if (two) {
		prof_buf_adds(b, ARROW);
		add_value(x, b, value[1][node]);
		prof_buf_adds(b, " (");
		add_change(x, b, value[0][node], value[1][node]);
		prof_buf_addc(b, ')');
	}
	prof_buf_adds(b, ", ");
	add_percent(b, value[0][node], x->whole[0]);
	if (two) {
		prof_buf_adds(b, ARROW);
		add_percent(b, value[1][node], x->whole[1]);
	}
	/* Only the total is a part of the caller's. */
	if (value != x->t->total || node == 0)
		return;
	prof_buf_adds(b, " of all");
	add_of_parent(x, b, node);
}

void
prof_svg_text_tooltip(const struct prof_svg_text *x, struct prof_buf *b,
    uint32_t node, const struct prof_row *row)
{
	if (row == NULL)
		prof_buf_adds(b, "all");
	else
		add_name(b, row);
	if (row != NULL)
		add_place(b, row);
	add_amount(x, b, "total ", x->t->total, node);
	add_amount(x, b, "self ", x->t->self, node);
}

static void
add_samples(const struct prof_svg_text *x, struct prof_buf *b)
{
	const uint64_t *n = x->opts->samples;

	if (n[0] == 0 && n[1] == 0)
		return;
	prof_buf_addf(b, "%" PRIu64, n[0]);
	if (x->t->nsides == 2)
		prof_buf_addf(b, ARROW "%" PRIu64, n[1]);
	prof_buf_adds(b, n[0] == 1 && x->t->nsides == 1 ? " sample" DOT :
	    " samples" DOT);
}

/* What filters leave is told with what they had. */
static void
add_total(const struct prof_svg_text *x, struct prof_buf *b,
    const struct prof_svg_layout *l)
{
	int64_t *const *total = x->t->total;
	unsigned s, last = x->t->nsides - 1;
	bool less = false;

	prof_buf_adds(b, "total ");
	add_value(x, b, total[0][0]);
	if (last > 0) {
		prof_buf_adds(b, ARROW);
		add_value(x, b, total[1][0]);
		prof_buf_adds(b, " (");
		add_change(x, b, total[0][0], total[1][0]);
		prof_buf_addc(b, ')');
	}
	/* Where signs differ, widths tell what is there. */
	for (s = 0; s <= last; s++)
		less |= prof_num_abs(total[s][0]) < x->whole[s] &&
		    l->whole < (prof_u128)x->whole[s];
	if (less) {
		prof_buf_adds(b, " of ");
		add_value(x, b, x->whole[0]);
	}
	if (less && last > 0) {
		prof_buf_adds(b, ARROW);
		add_value(x, b, x->whole[1]);
	}
	prof_buf_addc(b, '\n');
}

/* Where the picture's width is not 100 %, its shares are named so. */
static void
add_of_picture(const struct prof_svg_text *x, struct prof_buf *b)
{
	if (x->part)
		prof_buf_adds(b, " of the picture");
}

void
prof_svg_text_facts(const struct prof_svg_text *x, struct prof_buf *b,
    const struct prof_svg_layout *l)
{
	const char *type = x->opts->type;

	if (type != NULL && type[0] != '\0') {
		prof_name_xml(b, type, strlen(type));
		prof_buf_adds(b, DOT);
	}
	add_total(x, b, l);
	add_samples(x, b);
	prof_buf_addf(b, "%" PRIu32 " frame%s", l->frames,
	    l->frames == 1 ? "" : "s");
	if (l->drawn < l->frames) {
		prof_buf_addf(b, ", %" PRIu32, l->drawn);
		if (l->drawn_ppm > 0) {
			prof_buf_adds(b, " of at least ");
			prof_scale_ppm(b, l->drawn_ppm);
			add_of_picture(x, b);
		}
		prof_buf_adds(b, " drawn at first");
	}
	prof_buf_addc(b, '\n');
}

/* Weights may take 128 bits; a share needs the upper ones only. */
static void
add_share(struct prof_buf *b, prof_u128 part, prof_u128 whole)
{
	while (whole >> 64 != 0) {
		whole >>= 1;
		part >>= 1;
	}
	add_percent(b, (prof_i128)part, (prof_i128)whole);
}

void
prof_svg_text_rest(const struct prof_svg_text *x, struct prof_buf *b,
    uint64_t frames, uint32_t span)
{
	prof_buf_addf(b, "%" PRIu64 " frame%s, ", frames,
	    frames == 1 ? "" : "s");
	add_percent(b, span, PROF_SVG_SPAN);
	add_of_picture(x, b);
}

void
prof_svg_text_left_out(const struct prof_svg_text *x, struct prof_buf *b,
    const struct prof_svg_layout *l)
{
	if (l->narrow > 0) {
		prof_buf_addf(b, "Left out: %" PRIu64 " frame%s below ",
		    l->narrow, l->narrow == 1 ? "" : "s");
		if (l->narrow_ppm > 0)
			prof_scale_ppm(b, l->narrow_ppm);
		else
			prof_buf_adds(b, NO_WIDTH);
		add_of_picture(x, b);
		prof_buf_adds(b, l->narrow == 1 ?
		    " with its callees, " : " with their callees, ");
		add_share(b, l->narrow_weight, l->whole);
		prof_buf_adds(b, x->part ? " of it in all\n" : " in all\n");
	}
	if (l->deep_weight > 0) {
		prof_buf_addf(b, "Left out: frames deeper than %" PRIu32
		    " (the deepest stack has %" PRIu32 "), ", l->rows - 1,
		    x->t->max_depth);
		add_share(b, l->deep_weight, l->whole);
		add_of_picture(x, b);
		prof_buf_adds(b, " in all\n");
	}
}
