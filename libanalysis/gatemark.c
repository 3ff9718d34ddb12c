/* SPDX-License-Identifier: MIT */
#include "libanalysis/gateforms.h"

#include <inttypes.h>
#include <string.h>

#include "libanalysis/gateparts.h"
#include "libanalysis/hash.h"
#include "libanalysis/name.h"

#define BYTES_MAX 60000		/* of a comment; GitHub takes 65,536 */
#define TABLE_MAX 30000		/* of them for the table */
#define RESERVE 200		/* for what closes the document */
#define LONGEST 300		/* bytes of one name in the table */

/*
 * A comment is found again by what is judged of what: the same for each
 * comparison of a gate.
 */
static void
add_mark(struct prof_buf *b, const char *type, unsigned judged,
    const struct prof_diff_form *how)
{
	uint64_t h = prof_hash_bytes(PROF_HASH_FIXED, type, strlen(type));
	size_t i;
	unsigned m;

	for (m = 0; m < PROF_JUDGED; m++)
		h = prof_hash_mix(h, judged >> m & 1);
	for (i = 0; i < how->nfilters; i++)
		h = prof_hash_bytes(h, how->filters[i],
		    strlen(how->filters[i]));
	prof_buf_addf(b, "<!-- pregress:%016" PRIx64 " -->\n", h);
}

/*
 * Names in sentences are those of files, types and labels: a host would call
 * somebody, or make a link, of some; not of code.
 */
static void
add_plain(struct prof_buf *b, const char *s, size_t len)
{
	static const char *const link[] = { "@", "://", "www." };
	size_t i, at, n;

	for (i = 0; i < sizeof link / sizeof link[0]; i++) {
		n = strlen(link[i]);
		for (at = 0; at + n <= len; at++)
			if (memcmp(s + at, link[i], n) == 0) {
				prof_name_markdown(b, s, len);
				return;
			}
	}
	prof_name_markdown_text(b, s, len);
}

/* "**PASS**: none of ..." */
static void
add_sentence(struct prof_buf *b, const struct prof_buf *line)
{
	size_t word = 0, at;

	while (word < line->len && line->data[word] != ':')
		word++;
	prof_buf_adds(b, "**");
	prof_name_markdown_text(b, line->data, word);
	prof_buf_adds(b, "**");
	at = word + (line->len - word > 2 ? 2 : 0);
	prof_buf_add(b, line->data + word, at - word);	/* ": " */
	add_plain(b, line->data + at, line->len - at);
	prof_buf_addc(b, '\n');
}

void
prof_gate_markdown_none(const char *type, unsigned judged,
    const struct prof_diff_form *how, const char *reason,
    struct prof_out *out)
{
	struct prof_buf b = { 0 }, line = { 0 };

	add_mark(&b, type, judged, how);
	prof_buf_addf(&line, "PASS: %s", reason);
	add_sentence(&b, &line);
	prof_out_add(out, b.data, b.len);
	prof_buf_release(&line);
	prof_buf_release(&b);
}

/* A code span of a name that may be long: its head and its tail. */
static void
add_code(struct prof_buf *b, struct prof_buf *name)
{
	struct prof_buf cut = { 0 };
	size_t half = LONGEST / 2, from;

	if (name->len <= LONGEST) {
		prof_name_markdown(b, prof_buf_str(name), name->len);
		return;
	}
	while (((unsigned char)name->data[half] & 0xc0) == 0x80)
		half--;
	from = name->len - LONGEST / 2;
	while (((unsigned char)name->data[from] & 0xc0) == 0x80)
		from++;
	prof_buf_add(&cut, name->data, half);
	prof_buf_adds(&cut, "...");
	prof_buf_add(&cut, name->data + from, name->len - from);
	prof_name_markdown(b, cut.data, cut.len);
	prof_buf_release(&cut);
}

static void
add_amount(const struct prof_gate *g, const struct prof_gate_row *r,
    unsigned side, struct prof_buf *b)
{
	prof_i128 v = prof_gate_value(g, r, side);

	prof_buf_adds(b, " | ");
	if (r->metric == PROF_JUDGED_CALLS)
		prof_num_int(b, v);
	else
		prof_amount_single(b, g->e->d->unit, v, false);
}

static void
add_row(const struct prof_gate *g, const struct prof_gate_row *r,
    struct prof_buf *b)
{
	struct prof_buf text = { 0 };

	prof_buf_addf(b, "| %s | ", r->verdict == PROF_VERDICT_REGRESSION ?
	    "**FAIL**" : prof_gate_word(r));
	prof_gate_name(g, r, &text);
	add_code(b, &text);
	prof_buf_addf(b, " | %s", r->class != 0 ?
	    prof_judged_name(r->metric) : "");
	if (prof_gate_by_factor(g, r)) {
		prof_buf_adds(b, " |  | ");
	} else {
		add_amount(g, r, PROF_DIFF_BASE, b);
		add_amount(g, r, PROF_DIFF_NEWER, b);
	}
	prof_buf_adds(b, " | ");
	prof_gate_change(g, r, b);
	prof_buf_adds(b, " | ");
	if (r->effect != NULL)
		prof_gate_p(b, r->effect->q);
	prof_buf_adds(b, " | ");
	prof_gate_evidence(g, r, b);
	prof_buf_adds(b, " | ");
	prof_buf_clear(&text);
	if (r->verdict == PROF_VERDICT_INCONCLUSIVE && prof_gate_sees(r)) {
		prof_buf_adds(&text, "sees from ");
		prof_gate_least(&text, r->effect->mdr);
		if (r->finding != NULL)
			prof_buf_adds(&text, "; ");
	}
	prof_gate_notes(g, r, false, &text);
	if (text.len > 0)
		add_code(b, &text);
	prof_buf_adds(b, " |\n");
	prof_buf_release(&text);
}

/* As many rows as there is room for; those that matter come first. */
static void
add_table(const struct prof_gate *g, const struct prof_gate_form *how,
    struct prof_noun noun, struct prof_buf *b)
{
	const char *head = prof_noun_head(noun);
	struct prof_gate_list l;
	size_t i, start;

	prof_gate_list_init(&l, g, how->plain.limit, how->verbose);
	if (l.n > 0) {
		prof_buf_adds(b, "\n| verdict | ");
		add_plain(b, head, strlen(head));
		prof_buf_adds(b, " | metric | base | new | ratio | q | "
		    "evidence | notes |\n|:---|:---|:---|---:|---:|:---|---:|"
		    ":---|:---|\n");
	}
	for (i = 0; i < l.n; i++) {
		start = b->len;
		add_row(g, l.row[i], b);
		if (b->len <= TABLE_MAX)
			continue;
		b->len = start;
		l.hidden += l.n - i;
		break;
	}
	start = b->len;
	prof_buf_addc(b, '\n');
	if (prof_gate_list_rest(&l, b))
		prof_buf_addc(b, '\n');
	else
		b->len = start;
	prof_gate_list_release(&l);
}

/*
 * Indented by four blanks, a line is code, whatever it holds; names have no
 * line ends.
 */
static void
add_text(const struct prof_gate *g, const struct prof_gate_form *how,
    struct prof_buf *b)
{
	struct prof_gate_form plain = *how;
	struct prof_buf text = { 0 };
	struct prof_out *out = prof_out_buf(&text);
	size_t at, len;

	plain.plain.colour = false;
	plain.plain.width = 0;
	prof_gate_text(g, &plain, out);
	prof_out_finish(out, NULL);
	prof_buf_adds(b, "\n<details><summary>What was compared, and how"
	    "</summary>\n\n");
	for (at = 0; at < text.len; at += len + 1) {
		len = (size_t)((const char *)memchr(text.data + at, '\n',
		    text.len - at) - (text.data + at));
		if (b->len + len > BYTES_MAX - RESERVE) {
			prof_buf_adds(b, "    (cut: more than a comment "
			    "holds)\n");
			break;
		}
		prof_buf_adds(b, len > 0 ? "    " : "");
		prof_buf_add(b, text.data + at, len + 1);
	}
	prof_buf_adds(b, "\n</details>\n");
	prof_buf_release(&text);
}

void
prof_gate_markdown(const struct prof_gate *g,
    const struct prof_gate_form *how, struct prof_out *out)
{
	struct prof_buf b = { 0 }, line = { 0 };
	unsigned judged = 0, m;

	for (m = 0; m < PROF_JUDGED; m++)
		if (prof_gate_judges(g, (enum prof_judged)m))
			judged |= 1U << m;
	add_mark(&b, g->e->d->type, judged, &how->plain);
	prof_gate_sentence(g, how->plain.noun, &line);
	add_sentence(&b, &line);
	add_table(g, how, how->plain.noun, &b);
	add_text(g, how, &b);
	prof_out_add(out, b.data, b.len);
	prof_buf_release(&line);
	prof_buf_release(&b);
}
