/* SPDX-License-Identifier: MIT */
#include "libanalysis/gateforms.h"

#include <inttypes.h>
#include <string.h>

#include "libanalysis/gateparts.h"
#include "libanalysis/name.h"

#define LINES_MAX 10	/* of each kind, a step shows no more */

/*
 * Append text of a command.  In a property a colon and a comma would end it,
 * too.
 */
static void
add_escaped(struct prof_buf *b, const char *s, size_t len, bool property)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (s[i] == '%' || s[i] == '\r' || s[i] == '\n' ||
		    (property && (s[i] == ':' || s[i] == ',')))
			prof_buf_addf(b, "%%%02X", (unsigned)s[i]);
		else
			prof_buf_addc(b, s[i]);
	}
}

/* The same for bytes out of a file. */
static void
add_property(struct prof_buf *b, const char *s, size_t len)
{
	struct prof_buf printable = { 0 };

	prof_name_print(&printable, s, len);
	add_escaped(b, prof_buf_str(&printable), printable.len, true);
	prof_buf_release(&printable);
}

static void
add_place(const struct prof_row *row, struct prof_buf *b)
{
	if (row == NULL || row->file_len == 0)
		return;
	prof_buf_adds(b, "file=");
	add_property(b, row->file, row->file_len);
	if (row->line > 0)
		prof_buf_addf(b, ",line=%" PRId64, row->line);
	prof_buf_addc(b, ',');
}

static bool
is_open(const struct prof_gate_row *r)
{
	return r->verdict == PROF_VERDICT_INCONCLUSIVE && !r->warning;
}

static void
add_row(const struct prof_gate *g, const struct prof_gate_row *r,
    struct prof_buf *b)
{
	struct prof_buf text = { 0 };

	prof_buf_adds(b, r->verdict == PROF_VERDICT_REGRESSION ? "::error " :
	    "::warning ");
	add_place(prof_gate_place(g, r), b);
	prof_buf_adds(b, "title=");
	prof_buf_adds(&text, r->verdict == PROF_VERDICT_REGRESSION ?
	    "slower: " : "perhaps slower: ");
	prof_gate_name(g, r, &text);
	add_escaped(b, text.data, text.len, true);
	prof_buf_adds(b, "::");
	prof_buf_clear(&text);
	prof_gate_name(g, r, &text);
	prof_buf_adds(&text, ": ");
	prof_gate_describe(g, r, &text);
	add_escaped(b, text.data, text.len, false);
	prof_buf_addc(b, '\n');
	prof_buf_release(&text);
}

/* All in one: unchanged code has some, too, and is not to be marked. */
static void
add_undecided(const struct prof_gate *g, struct prof_noun noun,
    const struct prof_gate_list *l, struct prof_buf *b)
{
	size_t n = prof_gate_count(g).undecided, shown = 0, i;
	struct prof_buf text = { 0 };

	if (n == 0)
		return;
	prof_buf_addf(&text, "%zu %s cannot be told from ", n,
	    prof_noun_of(noun, n));
	prof_gate_limit(&text, g->rule.ratio);
	for (i = 0; i < l->n; i++) {
		if (!is_open(l->row[i]))
			continue;
		prof_buf_adds(&text, shown++ > 0 ? ", " : ": ");
		prof_gate_name(g, l->row[i], &text);
	}
	if (shown < n)
		prof_buf_addf(&text, "%s%zu more", shown > 0 ? " and " :
		    ": ", n - shown);
	prof_buf_adds(b, "::notice title=undecided::");
	add_escaped(b, text.data, text.len, false);
	prof_buf_addc(b, '\n');
	prof_buf_release(&text);
}

static void
add_left_out(const struct prof_diff_form *form, struct prof_buf *b)
{
	struct prof_buf text = { 0 };
	size_t i;

	if (form->nfailed == 0)
		return;
	prof_buf_addf(&text, "%zu input%s that could not be read",
	    form->nfailed, form->nfailed == 1 ? "" : "s");
	for (i = 0; i < form->nfailed && i < LINES_MAX; i++) {
		prof_buf_adds(&text, i > 0 ? ", " : ": ");
		prof_name_print(&text, form->failed[i],
		    strlen(form->failed[i]));
	}
	prof_buf_adds(&text, i < form->nfailed ? ", ..." : "");
	prof_buf_adds(b, "::warning title=left out::");
	add_escaped(b, text.data, text.len, false);
	prof_buf_addc(b, '\n');
	prof_buf_release(&text);
}

static void
add_summary(const struct prof_gate *g, const struct prof_gate_form *how,
    const struct prof_gate_list *l, struct prof_buf *b)
{
	struct prof_buf text = { 0 }, rest = { 0 };

	prof_gate_sentence(g, how->plain.noun, &text);
	if (prof_gate_list_rest(l, &rest))
		prof_buf_addf(&text, "; %s", prof_buf_str(&rest));
	prof_buf_release(&rest);
	if (g->help[0] != '\0') {
		prof_buf_adds(&text, "; what would help: ");
		prof_name_print(&text, g->help, strlen(g->help));
	}
	prof_buf_addf(b, "::%s title=%s::", g->verdict == PROF_VERDICT_OK ?
	    "notice" : "warning", how->plain.tool != NULL ?
	    how->plain.tool : "pregress");
	add_escaped(b, text.data, text.len, false);
	prof_buf_addc(b, '\n');
	prof_buf_release(&text);
}

void
prof_gate_github(const struct prof_gate *g,
    const struct prof_gate_form *how, struct prof_out *out)
{
	size_t limit = how->plain.limit, i;
	struct prof_gate_list l;
	struct prof_buf b = { 0 };

	/* One is kept for everything together, one for what is left out. */
	if (limit == 0 || limit >= LINES_MAX)
		limit = (size_t)LINES_MAX - (g->all != PROF_VERDICT_OK ? 1 :
		    0) - (how->plain.nfailed > 0 ? 1 : 0);
	prof_gate_list_init(&l, g, limit, false);
	for (i = 0; i < l.n; i++)
		if (!is_open(l.row[i]))
			add_row(g, l.row[i], &b);
	add_undecided(g, how->plain.noun, &l, &b);
	add_left_out(&how->plain, &b);
	l.undecided = 0;	/* all have been counted */
	add_summary(g, how, &l, &b);
	prof_gate_list_release(&l);
	prof_out_add(out, b.data, b.len);
	prof_buf_release(&b);
}
