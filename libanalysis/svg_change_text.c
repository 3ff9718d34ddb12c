/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_change.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "libanalysis/name.h"
#include "libanalysis/svg_color.h"

#define UP "\342\226\262 "	/* U+25B2 */
#define DOWN "\342\226\274 "	/* U+25BC */
#define EVEN "\342\211\210 "	/* U+2248 */
#define ARROW " \342\206\222 "	/* U+2192 */
#define MINUS "\342\210\222"	/* U+2212 */
#define DOT " \302\267 "	/* U+00B7 */

void
prof_svg_change_class(const struct prof_svg_change *c, struct prof_buf *b,
    uint32_t node)
{
	uint8_t flags = c->flags[node];

	if ((flags & PROF_CHANGE_GONE) != 0)
		prof_buf_addc(b, 'h');
	prof_buf_adds(b, prof_svg_shade(prof_svg_change_shade(c,
	    node))->class);
	if ((flags & PROF_CHANGE_EVEN) != 0)
		prof_buf_adds(b, " even");
	if ((flags & PROF_CHANGE_GONE) != 0)
		prof_buf_adds(b, " gone");
	if ((flags & PROF_CHANGE_NEW) != 0)
		prof_buf_adds(b, " new");
	if ((flags & PROF_CHANGE_OVER) != 0)
		prof_buf_adds(b, " over");
}

const char *
prof_svg_change_mark(const struct prof_svg_change *c, uint32_t node)
{
	if ((c->flags[node] & PROF_CHANGE_EVEN) != 0)
		return EVEN;
	return c->step[node] > 0 ? UP : c->step[node] < 0 ? DOWN : "";
}

void
prof_svg_change_percent(const struct prof_svg_change *c, struct prof_buf *b,
    uint32_t node)
{
	prof_i128 base = c->value[0][node], now = c->value[1][node];
	prof_i128 size = prof_num_abs(now - base), part = prof_num_abs(base);

	if (c->step[node] == 0)
		return;
	if (base == 0 || now == 0) {
		prof_buf_adds(b, base == 0 ? " new" : " gone");
		return;
	}
	prof_buf_adds(b, now > base ? " +" : " " MINUS);
	prof_num_print(b, size, 100, part, size * 10 < part ? 1 : 0);
	prof_buf_addc(b, '%');
}

static void
add_value(const struct prof_svg_change *c, struct prof_buf *b, double v)
{
	if (v < 0)
		prof_buf_adds(b, MINUS);
	prof_scale_number(c->scale, b, (prof_i128)floor(fabs(v) + .5));
	if (c->scale->unit[0] != '\0')
		prof_buf_addc(b, ' ');
	prof_name_xml(b, c->scale->unit, strlen(c->scale->unit));
}

static void
add_counts(const struct prof_svg_change *c, struct prof_buf *b,
    uint32_t node)
{
	double v;
	unsigned s;

	prof_buf_addc(b, '\n');
	for (s = 0; s < PROF_TREE_SIDES; s++) {
		v = floor((double)c->value[s][node] / c->how->per_count[s] +
		    .5);
		prof_buf_addi(b, (int64_t)v);
		if (s == 0)
			prof_buf_adds(b, ARROW);
	}
	prof_buf_adds(b, c->how->self ? " samples of self" : " samples");
	if ((c->flags[node] & PROF_CHANGE_EVEN) != 0)
		prof_buf_adds(b, ": within noise");
	else if (c->step[node] != 0 && node != 0)
		prof_buf_adds(b, ": more than noise");
}

void
prof_svg_change_tooltip(const struct prof_svg_change *c, struct prof_buf *b,
    uint32_t node)
{
	if (c->how->scaled > 0 && c->scale != NULL) {
		prof_buf_adds(b, "\nbase as measured: total ");
		add_value(c, b, (double)c->t->total[0][node] / c->how->scaled);
		prof_buf_adds(b, ", self ");
		add_value(c, b, (double)c->t->self[0][node] / c->how->scaled);
	}
	if (c->judged)
		add_counts(c, b, node);
	if ((c->flags[node] & PROF_CHANGE_OVER) != 0) {
		prof_buf_adds(b, "\nover ");
		prof_svg_ratio(b, &c->rule.ratio);
	}
}

/* What the widths are, and what has none for that. */
static void
add_widths(const struct prof_svg_change *c, struct prof_buf *b)
{
	static const char *const texts[] = {
		"widths: the larger side; hatched: only in base",
		"widths: new side", "widths: base",
		"widths: increases plus decreases"
	};
	bool after = c->how->widths == PROF_SVG_AFTER;
	uint64_t hidden = 0;
	uint32_t node;

	prof_buf_adds(b, texts[c->how->widths]);
	if (after || c->how->widths == PROF_SVG_BEFORE)
		for (node = 1; node < c->t->n; node++)
			hidden += c->t->total[after][node] == 0 &&
			    c->t->total[!after][node] != 0;
	if (hidden > 0)
		prof_buf_addf(b, DOT "%" PRIu64 " frame%s of the %s alone %s "
		    "not shown", hidden, hidden == 1 ? "" : "s",
		    after ? "base" : "new side", hidden == 1 ? "is" : "are");
	prof_buf_addc(b, '\n');
}

void
prof_svg_change_facts(const struct prof_svg_change *c, struct prof_buf *b)
{
	const char *said = c->how->said;
	size_t n;

	for (; said != NULL && *said != '\0'; said += n + (said[n] != '\0')) {
		n = strcspn(said, "\n");
		prof_name_xml(b, said, n);
		prof_buf_addc(b, '\n');
	}
	add_widths(c, b);
	if (c->frames == 0)
		return;
	prof_buf_addf(b, "%" PRIu32 " of %" PRIu32 " frame%s %s", c->differ,
	    c->frames, c->frames == 1 ? "" : "s", c->differ == 1 ?
	    "differs" : "differ");
	if (c->judged)
		prof_buf_adds(b, " by more than noise");
	if (c->over > 0) {
		prof_buf_addf(b, DOT "%" PRIu32 " frame%s over ", c->over,
		    c->over == 1 ? "" : "s");
		prof_svg_ratio(b, &c->rule.ratio);
	}
	if (c->faint == 1 && c->over == 1) {
		prof_buf_adds(b, ", within noise");
	} else if (c->faint > 0) {
		prof_buf_addf(b, ", %" PRIu32 " of them within noise",
		    c->faint);
	}
	if (!c->judged) {
		prof_buf_adds(b, DOT "counts are not known");
		if (c->how->unknown != NULL)
			prof_buf_addf(b, " (%s)", c->how->unknown);
		prof_buf_adds(b, ": noise is not judged");
	}
	prof_buf_addc(b, '\n');
}

/* Millionths are finer than any round number worth a step. */
static void
add_decimal(struct prof_buf *b, double v)
{
	size_t from = b->len;

	prof_num_print(b, (prof_i128)(v * 1e6 + .5), 1, 1000000, 6);
	while (b->len > from && b->data[b->len - 1] == '0')
		b->len--;
	if (b->len > from && b->data[b->len - 1] == '.')
		b->len--;
}

void
prof_svg_change_number(const struct prof_svg_change *c, struct prof_buf *b,
    double shown, bool more)
{
	if (c->how->measure == PROF_SVG_RATIO)
		prof_buf_adds(b, more ? "\303\227" : "\303\267");
	add_decimal(b, shown);
	if (c->how->measure == PROF_SVG_PP)
		prof_buf_addc(b, '%');
}

void
prof_svg_change_measure(const struct prof_svg_change *c, struct prof_buf *b)
{
	prof_buf_adds(b, c->how->self ? "change of self " : "change of total ");
	if (c->how->measure == PROF_SVG_PP) {
		prof_buf_adds(b, "in % of the whole");
	} else if (c->how->measure == PROF_SVG_RATIO) {
		prof_buf_adds(b, "as a ratio");
	} else if (c->scale != NULL && c->scale->unit[0] != '\0') {
		prof_buf_adds(b, "in ");
		prof_name_xml(b, c->scale->unit, strlen(c->scale->unit));
	} else {
		prof_buf_adds(b, "by value");
	}
}

void
prof_svg_ratio(struct prof_buf *b, const struct prof_fraction *f)
{
	add_decimal(b, (double)f->num / (double)f->den);
	prof_buf_addc(b, 'x');
}

/* --- for the script ------------------------------------------------------- */

static void
put_fraction(struct prof_json *j, const char *key,
    const struct prof_fraction *f)
{
	prof_json_key(j, key);
	prof_json_begin(j, '[');
	prof_json_int(j, f->num);
	prof_json_int(j, f->den);
	prof_json_end(j);
}

static void
put_error(const struct prof_svg_change *c, struct prof_json *j, double unit)
{
	unsigned s;

	prof_json_key(j, "error");
	prof_json_begin(j, '[');
	for (s = 0; s < PROF_TREE_SIDES; s++)
		prof_json_double(j, (double)c->how->error[s] / unit);
	prof_json_end(j);
}

static void
put_counts(const struct prof_svg_change *c, struct prof_json *j, double unit)
{
	unsigned s;

	prof_json_key(j, "counts");
	if (!c->judged) {
		prof_json_null(j);
		return;
	}
	prof_json_begin(j, '[');
	for (s = 0; s < PROF_TREE_SIDES; s++)
		prof_json_double(j, c->how->per_count[s] / unit);
	prof_json_end(j);
}

void
prof_svg_change_json(const struct prof_svg_change *c, struct prof_json *j,
    double unit)
{
	static const char *const names[] = { "pp", "ratio", "abs" };
	bool value = c->how->measure == PROF_SVG_VALUE;
	unsigned i;

	prof_json_row(j, '{');
	prof_json_key(j, "measure");
	prof_json_strs(j, names[c->how->measure]);
	prof_json_key(j, "steps");
	prof_json_begin(j, '[');
	for (i = 0; i < PROF_SVG_STEPS; i++)
		prof_json_double(j, c->steps[i] / (value ? unit : 1));
	prof_json_end(j);
	prof_json_key(j, "negate");
	prof_json_bool(j, c->how->negate);
	put_fraction(j, "ratio", &c->rule.ratio);
	put_fraction(j, "share", &c->rule.min_share);
	put_fraction(j, "impact", &c->rule.impact);
	put_error(c, j, unit);
	put_counts(c, j, unit);
	prof_json_key(j, "alpha");
	prof_json_double(j, prof_svg_alpha(c->how));
	prof_json_key(j, "rate");
	prof_json_double(j, c->how->rate);
	prof_json_key(j, "fixed");
	prof_json_bool(j, c->how->fixed);
	prof_json_end(j);
}
