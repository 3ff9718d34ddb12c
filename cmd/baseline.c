/* SPDX-License-Identifier: MIT */
#include "cmd/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/filters.h"
#include "cmd/message.h"
#include "libanalysis/gateforms.h"
#include "libanalysis/json.h"
#include "libanalysis/name.h"

#define NOTHING "no baseline yet"

static void
add_sets(struct prof_buf *b, const struct options *o)
{
	struct words base = { 0 }, fresh = { 0 };
	size_t i;

	sides_sets(o, &base, &fresh);
	for (i = 0; i < base.n; i++) {
		prof_buf_adds(b, i > 0 ? ", " : "");
		prof_name_print(b, base.word[i], strlen(base.word[i]));
	}
	words_release(&base);
	words_release(&fresh);
}

/* "no baseline yet (base.pb.gz)" */
static void
add_reason(struct prof_buf *b, const struct options *o)
{
	prof_buf_adds(b, NOTHING " (");
	add_sets(b, o);
	prof_buf_addc(b, ')');
}

static void
write_text(const struct sides *s, const char *reason, struct prof_out *out)
{
	struct prof_buf b = { 0 };

	prof_buf_addf(&b, "PASS: %s: nothing was judged\nnew = ", reason);
	prof_name_print(&b, s->name[0], strlen(s->name[0]));
	if (s->nruns > 1)
		prof_buf_addf(&b, " and %u more", s->nruns - 1);
	prof_buf_addc(&b, '\n');
	prof_out_add(out, b.data, b.len);
	prof_buf_release(&b);
}

static void
json_strs(struct prof_json *j, const char *key, const char *s)
{
	prof_json_key(j, key);
	prof_json_strs(j, s);
}

static void
json_side(struct prof_json *j, const char *key, const char **name,
    size_t named, unsigned runs)
{
	size_t i;

	prof_json_key(j, key);
	prof_json_begin(j, '{');
	prof_json_key(j, "inputs");
	prof_json_row(j, '[');
	for (i = 0; i < named; i++)
		prof_json_strs(j, name[i]);
	prof_json_end(j);
	prof_json_key(j, "runs");
	prof_json_int(j, runs);
	prof_json_key(j, "total");
	prof_json_null(j);
	prof_json_key(j, "duration_ns");
	prof_json_null(j);
	prof_json_end(j);
}

static void
json_list(struct prof_json *j, const char *key, const char **word, size_t n)
{
	size_t i;

	prof_json_key(j, key);
	prof_json_row(j, '[');
	for (i = 0; i < n; i++)
		prof_json_strs(j, word[i]);
	prof_json_end(j);
}

static void
json_warning(struct prof_json *j, const struct words *base,
    const char *reason)
{
	prof_json_key(j, "warnings");
	prof_json_begin(j, '[');
	prof_json_row(j, '{');
	json_strs(j, "input", base->n > 0 ? base->word[0] : "");
	json_strs(j, "reason", reason);
	prof_json_key(j, "count");
	prof_json_int(j, 1);
	prof_json_end(j);
	prof_json_end(j);
}

/* What would be compared; "" where no run has a sample type. */
static const char *
type_of(const struct sides *s, const char **unit)
{
	const struct prof_profile *p = s->profile;
	unsigned r = 0;

	*unit = "";
	while (r + 1 < s->nruns && p[r].ntypes == 0)
		r++;
	if (p[r].ntypes == 0)
		return "";
	*unit = prof_unit_base(prof_profile_str(&p[r],
	    p[r].type[s->run[r].column].unit));
	return prof_profile_str(&p[r], p[r].type[s->run[r].column].type);
}

/* The keys of profkit/regress/1, with nothing in them. */
static void
write_json(const struct options *o, const struct sides *s,
    const char *reason, struct prof_out *out)
{
	static const char *const unknown[] = { "help", "scope", "scale",
	    "noise" };
	struct words base = { 0 }, fresh = { 0 };
	struct prof_json j;
	unsigned n;
	size_t i;
	const char *unit, *type = type_of(s, &unit);
	const char **filters = cli_filter_words(o, &n);

	sides_sets(o, &base, &fresh);
	prof_json_init(&j, out);
	prof_json_begin(&j, '{');
	json_strs(&j, "schema", "profkit/regress/1");
	json_strs(&j, "tool", "pregress (Profkit) " PROF_VERSION);
	json_side(&j, "base", base.word, base.n, 0);
	json_side(&j, "new", s->name, s->nruns, s->nruns);
	json_strs(&j, "type", type);
	json_strs(&j, "unit", unit);
	json_list(&j, "filters", filters, n);
	json_strs(&j, "verdict", "OK");
	json_list(&j, "findings", NULL, 0);
	json_strs(&j, "reason", reason);
	for (i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
		prof_json_key(&j, unknown[i]);
		prof_json_null(&j);
	}
	json_list(&j, "skipped", NULL, 0);
	json_warning(&j, &base, NOTHING);
	prof_json_end(&j);
	prof_json_finish(&j);
	free(filters);
	words_release(&base);
	words_release(&fresh);
}

static void
write_junit(const char *reason, struct prof_out *out)
{
	static const char counts[] = "name=\"pregress\" tests=\"1\" "
	    "failures=\"0\" errors=\"0\" time=\"0\"";
	struct prof_buf b = { 0 };

	prof_name_xml(&b, reason, strlen(reason));
	prof_out_addf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<testsuites %s>\n <testsuite %s skipped=\"1\">\n", counts,
	    counts);
	prof_out_adds(out, "  <testcase classname=\"profile\" "
	    "name=\"TOTAL\" time=\"0\">\n   <skipped message=\"");
	prof_out_add(out, b.data, b.len);
	prof_out_adds(out, "\"/>\n  </testcase>\n </testsuite>\n"
	    "</testsuites>\n");
	prof_buf_release(&b);
}

static void
write_github(const char *reason, struct prof_out *out)
{
	prof_out_adds(out, "::notice title=pregress::");
	for (; *reason != '\0'; reason++) {
		if (*reason == '%')
			prof_out_adds(out, "%25");
		else
			prof_out_add(out, reason, 1);
	}
	prof_out_adds(out, "\n");
}

static void
write_rows(char between, struct prof_out *out)
{
	static const char *const columns[] = { "verdict", "kind", "metric",
	    "base", "new", "delta", "ratio", "ratio_low", "ratio_high", "p",
	    "q", "mdr", "name", "file", "line", "module", "rule", "at" };
	const size_t n = sizeof columns / sizeof columns[0];
	size_t i;

	for (i = 0; i < n; i++) {
		prof_out_adds(out, columns[i]);
		prof_out_add(out, i + 1 < n ? &between : "\n", 1);
	}
}

static void
write_markdown(const struct options *o, const struct sides *s,
    unsigned judged, const char *reason, struct prof_out *out)
{
	struct prof_diff_form how = sides_form(s, o, "pregress",
	    FORM_MARKDOWN, NULL);
	struct prof_buf line = { 0 };
	const char *unit, *type = type_of(s, &unit);

	prof_buf_addf(&line, "%s: nothing was judged", reason);
	prof_gate_markdown_none(type, judged, &how, prof_buf_str(&line), out);
	prof_buf_release(&line);
	sides_form_release(&how);
}

static void
write_form(const struct options *o, const struct sides *s, unsigned judged,
    enum form form, const char *path)
{
	struct prof_buf reason = { 0 };
	struct cli_file f;

	if (form == FORM_SVG) {
		cli_warn("--svg: " NOTHING ", so there is no picture");
		return;
	}
	add_reason(&reason, o);
	cli_open(&f, path, NULL);
	switch (form) {
	case FORM_JSON:
		write_json(o, s, prof_buf_str(&reason), f.out);
		break;
	case FORM_MARKDOWN:
		write_markdown(o, s, judged, prof_buf_str(&reason), f.out);
		break;
	case FORM_JUNIT:
		write_junit(prof_buf_str(&reason), f.out);
		break;
	case FORM_GITHUB:
		write_github(prof_buf_str(&reason), f.out);
		break;
	case FORM_TSV:
	case FORM_CSV:
		write_rows(form == FORM_TSV ? '\t' : ',', f.out);
		break;
	case FORM_JSONL:
		break;
	default:
		write_text(s, prof_buf_str(&reason), f.out);
	}
	cli_close(&f);
	prof_buf_release(&reason);
}

void
baseline_missing(struct options *o, const struct sides *s,
    unsigned judged)
{
	bool text = cli_forms(o, TOOL_REGRESS);
	struct prof_buf reason = { 0 };
	int i;

	add_reason(&reason, o);
	cli_warn("%s", prof_buf_str(&reason));
	prof_buf_release(&reason);
	for (i = 0; i < FORM_COUNT; i++)
		if (o->form[i].wanted)
			write_form(o, s, judged, (enum form)i,
			    o->form[i].file != NULL ? o->form[i].file :
			    o->output);
	if (text)
		write_form(o, s, judged, FORM_COUNT, o->output);
}

static bool
is_empty(const struct sides *s)
{
	unsigned i;

	for (i = s->nbase; i < s->nruns; i++)
		if (s->profile[i].nsamples + s->profile[i].edges.n == 0)
			return true;
	return false;
}

const char *
baseline_why_not(const struct options *o, const struct sides *s,
    enum prof_verdict verdict)
{
	unsigned fresh = s->nruns - s->nbase;

	cli_unmatched();
	if (verdict == PROF_VERDICT_REGRESSION)
		return "there is a regression";
	if (cli_is_incomplete())
		return "the comparison is incomplete";
	if (is_empty(s))
		return "a new run is empty";
	if (fresh < o->min_runs || (s->nbase > 0 && s->nbase < o->min_runs))
		return "there are too few runs";
	return NULL;
}
