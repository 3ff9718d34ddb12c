/* SPDX-License-Identifier: MIT */
#include "libanalysis/noise_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/evidence_state.h"
#include "libanalysis/hash.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/replicate.h"

#define HEADING "name\tfile\tmodule\tmetric\tphi\tmean\truns"
#define FIELDS 7
#define PHI_DECIMALS 9
#define MEAN_DECIMALS 3	/* where the mean is below */
#define LARGE 1e9
#define MEAN_MAX 1e18
#define PHI_MAX 100
#define RUNS_MAX PROF_DIFF_RUNS_MAX

enum { NAME, FILE_NAME, MODULE, METRIC, PHI, MEAN, RUNS };

/* --- rows ----------------------------------------------------------------- */

/* What tells functions of one name apart. */
static const char *
place_of(const char *file, const char *module)
{
	return prof_name_base(file[0] != '\0' ? file : module);
}

static uint64_t
hash_of(uint64_t seed, const char *name, size_t len, const char *place,
    enum prof_judged metric)
{
	uint64_t h = prof_hash_bytes(seed, name, len);

	h = prof_hash_add(seed, h, prof_hash_bytes(seed, place,
	    strlen(place)));
	return prof_hash_add(seed, h, metric);
}

static const char *
text(const struct prof_noise_table *t, prof_str id)
{
	return prof_strs_get(&t->strs, id);
}

/* The row of a name and place, or NULL. */
static struct prof_noise_row *
find(const struct prof_noise_table *t, enum prof_judged metric,
    const char *name, size_t len, const char *place, uint64_t hash)
{
	struct prof_noise_row *r;
	uint32_t id, at;

	for (id = prof_map_first(&t->map, hash, &at); id != 0;
	    id = prof_map_next(&t->map, hash, &at)) {
		r = &t->row[id - 1];
		if (r->metric == metric &&
		    prof_strs_len(&t->strs, r->name) == len &&
		    memcmp(text(t, r->name), name, len) == 0 &&
		    strcmp(place_of(text(t, r->file), text(t, r->module)),
		    place) == 0)
			return r;
	}
	return NULL;
}

/* Rows that no function tells apart have one entry in the map. */
static void
add(struct prof_noise_table *t, const struct prof_noise_row *row)
{
	const char *name = text(t, row->name);
	const char *place = place_of(text(t, row->file),
	    text(t, row->module));
	size_t len = prof_strs_len(&t->strs, row->name);
	struct prof_noise_row *old;
	uint64_t hash;

	if (row->name == 0) {
		if (!t->known[row->metric] || row->phi > t->rest[row->metric])
			t->rest[row->metric] = row->phi;
		t->known[row->metric] = true;
	}
	if (t->seed == 0)
		t->seed = prof_hash_seed();
	hash = hash_of(t->seed, name, len, place, row->metric);
	PROF_RESERVE(t->row, t->cap, (size_t)t->n + 1);
	old = find(t, row->metric, name, len, place, hash);
	t->row[t->n] = *row;
	t->row[t->n++].most = row->phi;
	if (old == NULL)
		prof_map_put(&t->map, hash, t->n);
	else
		old->most = fmax(old->most, row->phi);
}

double
prof_noise_table_find(const struct prof_noise_table *t,
    enum prof_judged metric, const struct prof_row *row)
{
	const char *place = place_of(row->file, row->module);
	const struct prof_noise_row *r;

	if (t->n == 0)
		return -1;
	r = find(t, metric, row->name, row->name_len, place, hash_of(t->seed,
	    row->name, row->name_len, place, metric));
	if (r != NULL)
		return r->most;
	return t->known[metric] ? t->rest[metric] : -1;
}

void
prof_noise_table_release(struct prof_noise_table *t)
{
	prof_strs_release(&t->strs);
	prof_map_release(&t->map);
	free(t->row);
	memset(t, 0, sizeof *t);
}

/* --- writing -------------------------------------------------------------- */

static void
add_text(const struct prof_noise_table *t, prof_str id, struct prof_buf *b)
{
	prof_name_tsv(b, text(t, id), prof_strs_len(&t->strs, id));
	prof_buf_addc(b, '\t');
}

static void
add_number(double v, unsigned decimals, struct prof_buf *b)
{
	prof_i128 power = 1;
	unsigned i;

	for (i = 0; i < decimals; i++)
		power *= 10;
	prof_num_print(b, (prof_i128)nearbyint(v * (double)power), 1, power,
	    decimals);
	prof_buf_addc(b, '\t');
}

void
prof_noise_table_write(const struct prof_noise_table *t,
    struct prof_out *out)
{
	const struct prof_noise_row *r;
	struct prof_buf b = { 0 };
	uint32_t i;

	prof_out_adds(out, HEADING "\n");
	for (i = 0; i < t->n; i++) {
		r = &t->row[i];
		prof_buf_clear(&b);
		add_text(t, r->name, &b);
		add_text(t, r->file, &b);
		add_text(t, r->module, &b);
		prof_buf_addf(&b, "%s\t", prof_judged_name(r->metric));
		add_number(r->phi, PHI_DECIMALS, &b);
		add_number(r->mean, nearbyint(r->mean * 1e3) < LARGE * 1e3 ?
		    MEAN_DECIMALS : 0, &b);
		prof_buf_addi(&b, r->runs);
		prof_buf_addc(&b, '\n');
		prof_out_add(out, b.data, b.len);
	}
	prof_buf_release(&b);
}

/* --- reading -------------------------------------------------------------- */

struct reader {
	struct prof_noise_table *t;
	struct prof_in *in;
	struct prof_buf text;
	struct prof_err *err;
};

static int
wrong(struct reader *r, const char *what)
{
	return prof_fail(r->err, PROF_EFORMAT, "'%.200s' line %llu: %s",
	    prof_in_name(r->in), (unsigned long long)prof_in_lineno(r->in),
	    what);
}

static int
digit(char c)
{
	const char *digits = "0123456789abcdef", *at;

	at = c != '\0' ? strchr(digits, c) : NULL;
	return at != NULL ? (int)(at - digits) : -1;
}

/* Undo prof_name_tsv; false for an escape that it does not make. */
static bool
unescape(const char *s, size_t len, struct prof_buf *b)
{
	static const char from[] = "tnr\\", to[] = "\t\n\r\\";
	const char *end = s + len, *at;

	prof_buf_clear(b);
	for (; s < end; s++) {
		if (*s != '\\') {
			prof_buf_addc(b, *s);
			continue;
		}
		if (++s == end || *s == '\0')
			return false;
		at = strchr(from, *s);
		if (at != NULL) {
			prof_buf_addc(b, to[at - from]);
		} else if (*s == 'x' && end - s > 2 && digit(s[1]) >= 0 &&
		    digit(s[2]) >= 0) {
			prof_buf_addc(b, (char)(digit(s[1]) * 16 +
			    digit(s[2])));
			s += 2;
		} else {
			return false;
		}
	}
	return true;
}

static int
read_text(struct reader *r, const char *s, size_t len, prof_str *id)
{
	uint64_t most = prof_in_limits(r->in)->max_strings;

	if (!unescape(s, len, &r->text))
		return wrong(r, "a backslash that means nothing");
	if (memchr(prof_buf_str(&r->text), '\0', r->text.len) != NULL)
		return wrong(r, "a name with a NUL byte");
	*id = prof_strs_add(&r->t->strs, prof_buf_str(&r->text),
	    r->text.len);
	if (r->t->strs.n > most || r->t->strs.n >= UINT32_MAX / 2)
		return prof_fail(r->err, PROF_ELIMIT, "'%.200s' line %llu: "
		    "more than %llu distinct strings (--max-strings)",
		    prof_in_name(r->in),
		    (unsigned long long)prof_in_lineno(r->in),
		    (unsigned long long)most);
	return PROF_OK;
}

static bool
read_metric(const char *s, size_t len, enum prof_judged *metric)
{
	unsigned m;
	const char *name;

	for (m = 0; m < PROF_JUDGED; m++) {
		name = prof_judged_name((enum prof_judged)m);
		if (strlen(name) == len && memcmp(name, s, len) == 0) {
			*metric = (enum prof_judged)m;
			return true;
		}
	}
	return false;
}

static bool
read_number(const char *s, size_t len, double most, double *v)
{
	int64_t digits;
	unsigned scale;
	double power = 1;

	if (len == 0 || prof_num_parse(s, len, &digits, &scale) != len)
		return false;
	while (scale-- > 0)
		power *= 10;
	*v = (double)digits / power;
	return *v <= most;
}

static int
read_row(struct reader *r, const char *const *field, const size_t *len)
{
	struct prof_noise_row row = { 0 };
	double runs;
	int rc;

	if (!read_metric(field[METRIC], len[METRIC], &row.metric))
		return wrong(r, "metric is not self, total, calls or "
		    "per-call");
	if (!read_number(field[PHI], len[PHI], PHI_MAX, &row.phi))
		return wrong(r, "phi is not a number from 0 to 100");
	if (!read_number(field[MEAN], len[MEAN], MEAN_MAX, &row.mean))
		return wrong(r, "mean is not a number from 0 to 1e18");
	if (!read_number(field[RUNS], len[RUNS], RUNS_MAX, &runs) ||
	    runs < PROF_NOISE_RUNS || runs > floor(runs))
		return wrong(r, "runs is not a whole number of at least 3");
	row.runs = (uint32_t)runs;
	rc = read_text(r, field[NAME], len[NAME], &row.name);
	if (rc == PROF_OK)
		rc = read_text(r, field[FILE_NAME], len[FILE_NAME],
		    &row.file);
	if (rc == PROF_OK)
		rc = read_text(r, field[MODULE], len[MODULE], &row.module);
	if (rc == PROF_OK)
		add(r->t, &row);
	return rc;
}

static int
read_line(struct reader *r, const char *line, size_t len)
{
	const char *field[FIELDS], *tab;
	size_t size[FIELDS];
	unsigned n;

	for (n = 0; n < FIELDS; n++) {
		tab = memchr(line, '\t', len);
		field[n] = line;
		size[n] = tab != NULL ? (size_t)(tab - line) : len;
		if ((tab == NULL) != (n == FIELDS - 1))
			return wrong(r, "a row has 7 fields with tabs "
			    "between them");
		if (tab != NULL) {
			len -= size[n] + 1;
			line = tab + 1;
		}
	}
	return read_row(r, field, size);
}

int
prof_noise_table_read(struct prof_noise_table *t, struct prof_in *in,
    struct prof_err *err)
{
	struct reader r = { .t = t, .in = in, .err = err };
	const char *line;
	size_t len;
	int rc;

	memset(t, 0, sizeof *t);
	rc = prof_in_line(in, &line, &len, err);
	if (rc == 0)
		return prof_fail(err, PROF_EFORMAT, "'%.200s' is empty: a "
		    "table of noise begins with a heading",
		    prof_in_name(in));
	if (rc > 0 && (len != strlen(HEADING) ||
	    memcmp(line, HEADING, len) != 0))
		return wrong(&r, "not a table of noise: its heading is "
		    "'name file module metric phi mean runs', with tabs "
		    "between them");
	while (rc > 0) {
		rc = prof_in_line(in, &line, &len, err);
		if (rc > 0 && read_line(&r, line, len) != PROF_OK)
			rc = err != NULL ? err->code : PROF_EFORMAT;
	}
	prof_buf_release(&r.text);
	return rc;
}

/* --- learning ------------------------------------------------------------- */

struct student {
	struct prof_noise_table *t;
	struct prof_evidence_work *w;
	enum prof_judged what;
	struct prof_replicate_noise noise;
	double *v;		/* scratch, [run] */
};

static double
shot_noise(const struct student *s, uint32_t class)
{
	unsigned r;
	double n;

	if (s->w->t.count == NULL)
		return 0;
	for (r = 0; r < s->w->nruns; r++)
		s->v[r] = s->w->t.count[r][class];
	n = prof_evidence_sum(s->v, s->w->nruns);
	return n > 0 ? s->w->nruns / n : 0;
}

/*
 * The noise of its own as far as the runs tell it, else that of all others.
 * Squared coefficients of variation: a run without it is one, too.
 */
static double
phi_of(const struct student *s, uint32_t class, double *mean)
{
	const struct prof_evidence_work *w = s->w;
	double square = 0, df = w->nruns - 1, shot, all, d0 = s->noise.d0, m;
	unsigned r, seen = 0;

	for (r = 0; r < w->nruns; r++) {
		s->v[r] = w->t.value[r][class] / w->e->factor.run[r];
		seen += s->v[r] > 0;
	}
	if (seen * 2 <= w->nruns || w->t.negative[class])
		return -1;
	m = prof_evidence_sum(s->v, w->nruns) / w->nruns;
	for (r = 0; r < w->nruns; r++)
		s->v[r] = (s->v[r] / m - 1) * (s->v[r] / m - 1);
	square = prof_evidence_sum(s->v, w->nruns) / df;
	for (r = 0; r < w->nruns; r++)
		s->v[r] = w->t.value[r][class];
	*mean = prof_evidence_sum(s->v, w->nruns) / w->nruns;
	shot = shot_noise(s, class);
	all = s->noise.phi + shot;
	if (isinf(d0))
		return s->noise.phi;
	return fmax((d0 * all + df * square) / (d0 + df) - shot,
	    s->noise.phi / 100);
}

static prof_str
keep(struct prof_noise_table *t, const char *s, size_t len)
{
	return prof_strs_add(&t->strs, s, len);
}

static void
learn(struct student *s)
{
	struct prof_noise_row row = { .metric = s->what,
	    .phi = s->noise.phi, .runs = s->w->nruns };
	const struct prof_diff *d = s->w->d;
	uint32_t *order = prof_alloc((size_t)d->match.n + 1, sizeof *order);
	const struct prof_row *r;
	uint32_t i;

	for (i = 1; i <= d->match.n; i++)
		order[d->rank[i] - 1] = i;
	add(s->t, &row);
	for (i = 0; i < d->match.n; i++) {
		r = prof_match_row(&d->match, order[i]);
		row.phi = phi_of(s, order[i], &row.mean);
		if (row.phi < 0 || r->name_len == 0)
			continue;
		row.phi = fmin(row.phi, PHI_MAX);
		row.mean = fmin(row.mean, MEAN_MAX);
		row.name = keep(s->t, r->name, r->name_len);
		row.file = keep(s->t, r->file, r->file_len);
		row.module = keep(s->t, r->module, r->module_len);
		add(s->t, &row);
	}
	free(order);
}

/* How runs vary is the same whichever of them is called the base. */
static void
learn_metric(struct student *s)
{
	struct prof_evidence_work *w = s->w;
	struct prof_replicate_effect *out = prof_zalloc((size_t)w->n + 1,
	    sizeof *out);
	const double **value = prof_alloc(w->nruns, sizeof *value);
	const double **count = prof_alloc(w->nruns, sizeof *count);
	struct prof_replicate in = { .n = w->n, .runs = { 1, w->nruns - 1 },
	    .phi = -1 };
	unsigned r;

	for (r = 0; r < w->nruns; r++) {
		value[r] = w->t.value[r] + 1;
		count[r] = w->t.count != NULL ? w->t.count[r] + 1 : NULL;
	}
	in.value = value;
	in.count = w->t.count != NULL ? count : NULL;
	if (s->what == PROF_JUDGED_SELF)
		prof_factor_of(&w->e->factor, w->n, in.runs, value, in.count,
		    .95);
	in.factor = w->e->factor.run;
	in.factor_se = w->e->factor.se;
	prof_replicate_judge(&in, out + 1, &s->noise);
	learn(s);
	free(value);
	free(count);
	free(out);
}

int
prof_noise_table_of(struct prof_noise_table *t, const struct prof_diff *d,
    struct prof_err *err)
{
	struct prof_evidence e = { .d = d };
	struct prof_evidence_work w = { .e = &e, .d = d, .n = d->match.n,
	    .nruns = d->nruns };
	struct student s = { .t = t, .w = &w };

	memset(t, 0, sizeof *t);
	if (d->nruns < PROF_NOISE_RUNS)
		return prof_fail(err, PROF_EMISMATCH, "%u runs do not tell "
		    "how much runs vary: give at least %d", d->nruns,
		    PROF_NOISE_RUNS);
	s.v = prof_alloc(d->nruns, sizeof *s.v);
	prof_evidence_count(&w);
	for (; s.what <= PROF_JUDGED_TOTAL; s.what++) {
		prof_evidence_read(&w, s.what, &w.t);
		learn_metric(&s);
		prof_evidence_forget(&w.t);
	}
	prof_evidence_uncount(&w);
	prof_factor_release(&e.factor);
	free(w.per);
	free(s.v);
	return PROF_OK;
}
