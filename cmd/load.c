/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cli.h"
#include "cmd/filters.h"
#include "formats/format.h"
#include "libanalysis/calltree.h"
#include "libanalysis/check.h"
#include "libanalysis/findtype.h"
#include "libanalysis/filter.h"
#include "libanalysis/hash.h"
#include "libanalysis/merge.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/root.h"
#include "libanalysis/timefilter.h"

/*
 * Profiles as they come: the first is kept as it is, and only a second one
 * starts a merge, because most runs see one.
 */
struct sum {
	struct prof_profile p;		/* the only one so far */
	struct prof_merge *merge;
	const char *first;		/* its file */
	uint64_t n;
};

struct load {
	const struct options *o;
	unsigned how;			/* CLI_* */
	struct sum sum;
	struct digest {
		uint64_t hash[2];
	} *seen;			/* inputs that --unique has met */
	size_t nseen, seen_cap;
	uint64_t seed;			/* of their digests */
	uint64_t failed;
};

static bool
is_stdin(const char *path)
{
	return strcmp(path, "-") == 0;
}

static void
warn_note(const char *path, const struct prof_profile *p,
    const struct prof_note *n)
{
	const char *text = prof_profile_str(p, n->text);
	uint64_t i;

	for (i = 0; i < n->count && i < PROF_NOTE_PLACES; i++) {
		if (n->where[i] == 0)
			break;
		cli_warn("%s:%llu: %s", path,
		    (unsigned long long)n->where[i], text);
	}
	if (i == 0 && n->count == 1)
		cli_warn("%s: %s", path, text);
	else if (i == 0)
		cli_warn("%s: %s (%llu times)", path, text,
		    (unsigned long long)n->count);
	else if (n->count > i)
		cli_warn("%s: %llu more like this: %s", path,
		    (unsigned long long)(n->count - i), text);
}

/* Notes of this very file; those it carries from before have no place. */
static void
warn_notes(struct load *l, const char *path, const struct prof_profile *p)
{
	uint32_t i;

	for (i = 0; i < p->nnotes; i++)
		warn_note(path, p, &p->note[i]);
	if (l->o->strict && prof_profile_skipped(p) > 0)
		cli_fail("%s: records skipped: %llu (--strict)", path,
		    (unsigned long long)prof_profile_skipped(p));
}

/* Add p, which is taken over. */
static void
sum_add(struct sum *s, const char *path, struct prof_profile *p)
{
	struct prof_err err = { 0 };
	int rc = PROF_OK;

	if (s->n++ == 0) {
		s->p = *p;
		s->first = path;
		return;
	}
	if (s->merge == NULL) {
		s->merge = prof_merge_new();
		rc = prof_merge_add(s->merge, &s->p, s->first, &err);
		prof_profile_release(&s->p);
	}
	if (rc == PROF_OK)
		rc = prof_merge_add(s->merge, p, path, &err);
	prof_profile_release(p);
	if (rc == PROF_EMISMATCH)	/* names both inputs itself */
		cli_fail_err(&err);
	if (rc != PROF_OK)
		cli_fail("%s: %s", path, err.msg);
}

/* Move the sum to p; the sum is empty afterwards. */
static void
sum_finish(struct sum *s, struct prof_profile *p)
{
	struct prof_err err = { 0 };

	*p = s->p;
	if (s->merge != NULL) {
		memset(p, 0, sizeof *p);
		if (prof_merge_finish(s->merge, p, &err) != PROF_OK)
			cli_fail_err(&err);
	}
	memset(s, 0, sizeof *s);
}

static void
sum_release(struct sum *s)
{
	prof_merge_free(s->merge);
	prof_profile_release(&s->p);
}

static bool
has_comment(const struct prof_profile *p, const char *text)
{
	uint32_t i;

	for (i = 0; i < p->ncomments; i++)
		if (strcmp(prof_profile_str(p, p->comment[i]), text) == 0)
			return true;
	return false;
}

const char *
cli_tree_note(const struct prof_profile *p)
{
	if (!p->meta.estimated)
		return NULL;
	return has_comment(p, PROF_CALLTREE_FLAT) &&
	    !has_comment(p, PROF_CALLTREE_COMMENT) ? PROF_CALLTREE_FLAT :
	    PROF_CALLTREE_COMMENT;
}

/*
 * Samples that were estimated from edges say nothing new: where stacks are
 * not needed they would only have to be kept from counting twice.
 */
static int
settle_stacks(const struct load *l, struct prof_profile *p,
    struct prof_err *err)
{
	if (p->edges.n == 0) {
		/* Another program may have kept only the comment. */
		p->meta.estimated = p->meta.estimated ||
		    has_comment(p, PROF_CALLTREE_COMMENT) ||
		    has_comment(p, PROF_CALLTREE_FLAT);
		return PROF_OK;
	}
	if ((l->how & CLI_STACKS) != 0)
		return p->meta.estimated || p->nsamples > 0 ? PROF_OK :
		    prof_calltree_estimate(p, err);
	if (p->meta.estimated) {
		prof_profile_drop_samples(p);
		p->meta.estimated = false;
	}
	return PROF_OK;
}

static int
settle(const struct load *l, const char *path, struct prof_profile *p,
    struct prof_err *err)
{
	const char *type = l->o->sample_type;
	int rc;

	/* Beside others, one without times would seem to be at their start. */
	if (l->o->time.n > 0 && p->time == NULL && p->nsamples +
	    p->edges.n > 0)
		return prof_fail(err, PROF_EUSAGE,
		    "%s: this profile has no times of samples", path);
	if (l->o->flamechart && p->time == NULL && p->nsamples +
	    p->edges.n > 0)
		return prof_fail(err, PROF_EUSAGE, "%s: the samples carry no "
		    "time, so that --flamechart has no order", path);
	if (l->o->time.n > 0)
		prof_time_rebase(p);
	else if (l->o->keep_time && p->time == NULL && p->nsamples +
	    p->edges.n > 0)
		cli_warn("%s: no times of samples to keep", path);
	if (type != NULL && prof_find_type(p, type) < 0)
		prof_filter_event(p, type);
	rc = settle_stacks(l, p, err);
	if (rc == PROF_OK && !l->o->check)
		cli_prepare(l->o, l->how, p);
	return rc;
}

/* What a profile says, whatever the order of its rows. */
static struct digest
digest_of(const struct load *l, const struct prof_profile *p)
{
	const struct prof_writer *w = prof_format_writer("pprof");
	struct prof_write_opts opts = { .level = -1 };
	struct prof_merge *m = prof_merge_new();
	struct prof_profile canonical = { 0 };
	struct prof_buf bytes = { 0 };
	struct prof_out *out = prof_out_buf(&bytes);
	struct prof_err err = { 0 };
	struct digest d;

	if (prof_merge_add(m, p, "input", &err) != PROF_OK)
		cli_fail_err(&err);
	if (prof_merge_finish(m, &canonical, &err) != PROF_OK ||
	    w->write(&canonical, &opts, out, &err) != PROF_OK ||
	    prof_out_finish(out, &err) != PROF_OK)
		cli_fail_err(&err);
	d.hash[0] = prof_hash_bytes(l->seed, bytes.data, bytes.len);
	d.hash[1] = prof_hash_bytes(~l->seed, bytes.data, bytes.len);
	prof_buf_release(&bytes);
	prof_profile_release(&canonical);
	return d;
}

static bool
is_repeated(struct load *l, const struct prof_profile *p)
{
	struct digest d = digest_of(l, p);
	size_t i;

	for (i = 0; i < l->nseen; i++)
		if (l->seen[i].hash[0] == d.hash[0] &&
		    l->seen[i].hash[1] == d.hash[1])
			return true;
	PROF_RESERVE(l->seen, l->seen_cap, l->nseen + 1);
	l->seen[l->nseen++] = d;
	return false;
}

/* All profiles of one input; on an error none of them counts. */
static int
read_all(struct load *l, struct prof_in *in, const char *path,
    struct prof_err *err)
{
	struct prof_profile p = { 0 };
	struct sum s = { 0 };
	int rc;

	while ((rc = prof_format_read(in, l->o->from, &p, err)) > 0) {
		cli_say("%s: %s, %u samples, %u stacks, %u functions", path,
		    prof_profile_str(&p, p.meta.format), p.nsamples,
		    p.stacks.n, p.nfn);
		warn_notes(l, path, &p);
		/* What need not fit together is only looked at. */
		if (l->o->check)
			prof_profile_release(&p);
		else if ((rc = settle(l, path, &p, err)) == PROF_OK)
			sum_add(&s, path, &p);
		else
			prof_profile_release(&p);
		memset(&p, 0, sizeof p);
		if (rc < 0)
			break;
	}
	if (rc != PROF_OK) {
		sum_release(&s);
		return rc;
	}
	if (prof_in_padded(in))
		cli_warn("%s: zero bytes behind the gzip data, ignored",
		    path);
	sum_finish(&s, &p);
	if (l->o->unique && is_repeated(l, &p)) {
		cli_say("%s: merged already, dropped", path);
		prof_profile_release(&p);
		return PROF_OK;
	}
	sum_add(&l->sum, path, &p);
	return PROF_OK;
}

static bool
is_empty(struct prof_in *in)
{
	const unsigned char *head;
	struct prof_err err = { 0 };
	size_t n = 0;

	return prof_in_peek(in, 1, &head, &n, &err) == PROF_OK && n == 0;
}

static int
read_fd(struct load *l, int fd, const char *path, struct prof_err *err)
{
	const char *name = cli_name(path);
	struct prof_limits limits = l->o->limits;
	struct prof_in *in;
	struct prof_profile none = { 0 };
	int rc = PROF_OK;

	limits.keep_times = l->o->time.n > 0 || l->o->keep_time ||
	    l->o->flamechart;
	limits.two_sides = (l->how & CLI_TWO_SIDES) != 0;
	limits.lines_as_times = l->o->flamechart && l->o->time.n == 0;
	in = prof_in_fd(fd, name, &limits);
	if (strcmp(path, "/dev/null") == 0 ||
	    (l->o->allow_empty && is_empty(in)))
		sum_add(&l->sum, name, &none);
	else
		rc = read_all(l, in, name, err);
	prof_in_close(in);
	return rc;
}

static int
read_operand(struct load *l, const char *path, struct prof_err *err)
{
	int fd, rc;

	if (is_stdin(path))
		return read_fd(l, STDIN_FILENO, path, err);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return prof_fail(err, PROF_EIO, "cannot open '%s': %s", path,
		    strerror(errno));
	rc = read_fd(l, fd, path, err);
	close(fd);
	return rc;
}

static void
warn_differences(uint32_t differ)
{
	static const struct {
		uint32_t bit;
		const char *text;
	} known[] = {
		{ PROF_DIFFER_TYPES, "the inputs have different sample "
		    "types; only those they share are kept" },
		{ PROF_DIFFER_PERIOD, "the inputs have different sampling "
		    "periods; the largest is kept" },
		{ PROF_DIFFER_PERIOD_TYPE, "the inputs have different "
		    "period types; dropped" },
		{ PROF_DIFFER_DEFAULT, "the inputs have different default "
		    "sample types; dropped" },
		{ PROF_DIFFER_DOC_URL, "the inputs have different "
		    "documentation addresses; dropped" },
		{ PROF_DIFFER_DROP, "the inputs drop different frames; "
		    "their patterns are dropped" },
		{ PROF_DIFFER_EDGES, "some inputs know only stacks; "
		    "exact numbers of callers and callees are dropped" },
		{ PROF_DIFFER_KEEP, "the inputs keep different frames; "
		    "their patterns are dropped" }
	};
	size_t i;

	for (i = 0; i < sizeof known / sizeof known[0]; i++)
		if ((differ & known[i].bit) != 0)
			cli_warn("%s", known[i].text);
}

void
cli_canonical(struct prof_profile *p)
{
	struct prof_merge *m = prof_merge_new();
	struct prof_meta before = p->meta;
	struct prof_err err = { 0 };

	if (prof_merge_add(m, p, "input", &err) != PROF_OK)
		cli_fail_err(&err);
	prof_profile_release(p);
	if (prof_merge_finish(m, p, &err) != PROF_OK)
		cli_fail_err(&err);
	/* A sum knows no whole but its own; this is still the one input. */
	p->meta.has_whole = before.has_whole;
	p->meta.difference = before.difference;
	memcpy(p->meta.whole, before.whole, sizeof before.whole);
}

/* Inputs that -k skipped, and why: both live as long as the process. */
static struct words failed, reasons;

const struct words *
cli_failed(void)
{
	return &failed;
}

const struct words *
cli_failed_why(void)
{
	return &reasons;
}

static void
finish(struct load *l, struct prof_profile *p)
{
	struct prof_err err = { 0 };
	bool merged = l->sum.merge != NULL;

	sum_finish(&l->sum, p);
	if (merged)
		warn_differences(p->meta.differ);
	else if ((l->how & CLI_CANONICAL) != 0)
		cli_canonical(p);
	p->meta.failed += l->failed;
#ifndef NDEBUG
	if (prof_profile_check(p, &err) != PROF_OK)
		cli_fail_err(&err);
#endif
}

/* What a message says behind the name that it begins with. */
static const char *
reason_of(const struct prof_err *err, const char *name)
{
	const char *reason = err->msg;
	size_t len = strlen(name);

	if (strncmp(reason, name, len) == 0 && reason[len] == ':')
		reason += len + 1;
	return reason + strspn(reason, " ");
}

/*
 * An error ends the program; but git shows what --textconv prints, and takes
 * a failure for its own.  The line must not name a temporary file of git's.
 */
static void
give_up(const struct options *o, const char *name, const struct prof_err *err)
{
	const char *reason = reason_of(err, name);
	struct prof_buf b = { 0 };
	struct cli_file f;

	if (!o->textconv && !o->git)
		cli_fail_err(err);
	prof_buf_adds(&b, "unreadable profile: ");
	prof_name_print(&b, reason, strlen(reason));
	prof_buf_addc(&b, '\n');
	cli_open(&f, o->output, NULL);
	prof_out_add(f.out, b.data, b.len);
	cli_close(&f);
	exit(cli_finish(false));
}

bool
cli_load(const struct options *o, const struct words *operands,
    unsigned how, struct prof_profile *p)
{
	struct load l = { .o = o, .how = how, .seed = prof_hash_seed() };
	struct prof_err err;
	const char *name;
	size_t i;

	for (i = 0; i < operands->n; i++) {
		memset(&err, 0, sizeof err);
		if (read_operand(&l, operands->word[i], &err) >= 0)
			continue;
		if (!o->keep_going)
			give_up(o, cli_name(operands->word[i]), &err);
		cli_warn("%s (skipped)", err.msg);
		cli_incomplete();
		name = cli_name(operands->word[i]);
		words_add(&failed, name);
		name = reason_of(&err, name);
		words_add(&reasons, prof_strndup(name, strlen(name)));
		l.failed++;
	}
	finish(&l, p);
	free(l.seen);
	return l.failed < operands->n || operands->n == 0;
}

unsigned
cli_needs(const struct options *o)
{
	enum prof_granularity by = cli_granularity(o, NULL);
	bool fine = by == PROF_BY_FUNCTION || by == PROF_BY_LINE ||
	    by == PROF_BY_ADDRESS;

	return o->root > ROOT_NONE || cli_joins_names(o) || cli_filters(o) ||
	    !fine ? CLI_STACKS : 0;
}

bool
cli_root(const struct options *o, bool perf, struct prof_profile *p)
{
	const char *format = prof_profile_str(p, p->meta.format);
	enum prof_root root = PROF_ROOT_NONE;

	if (o->root == ROOT_COMM || (o->root == ROOT_DEFAULT && perf &&
	    strcmp(format, "perf") == 0))
		root = PROF_ROOT_COMM;
	else if (o->root == ROOT_PROCESS)
		root = PROF_ROOT_PROCESS;
	else if (o->root == ROOT_THREAD)
		root = PROF_ROOT_THREAD;
	return prof_root_add(p, root);
}

void
cli_estimate(const char *name, const struct prof_profile *p,
    const struct prof_flat *flat)
{
	if (flat->joined)
		cli_warn("%s: totals of names that several functions have "
		    "are estimated", name);
	if (p->meta.estimated && !flat->edges)
		cli_warn("%s: the totals are those of a call tree estimated "
		    "from callers and callees", name);
}

/* Names from a file, each ended by NUL; they live as long as the process. */
static void
read_names(struct options *o)
{
	static struct words kept;
	struct prof_err err = { 0 };
	const unsigned char *data;
	struct prof_in *in;
	const char *end;
	size_t n = 0, len;
	int fd = is_stdin(o->files0) ? STDIN_FILENO :
	    open(o->files0, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		cli_fail("cannot open '%s': %s", o->files0, strerror(errno));
	in = prof_in_fd(fd, o->files0, NULL);
	for (;;) {
		if (prof_in_peek(in, 1 << 20, &data, &n, &err) != PROF_OK)
			cli_fail("%s: %s", o->files0, err.msg);
		if (n == 0)
			break;
		end = memchr(data, '\0', n);
		len = end != NULL ? (size_t)(end - (const char *)data) : n;
		if (len == 0)
			cli_fail("%s: an empty file name", o->files0);
		words_add(&kept, prof_strndup((const char *)data, len));
		words_add(&o->operands, kept.word[kept.n - 1]);
		prof_in_skip(in, end != NULL ? len + 1 : len);
	}
	prof_in_close(in);
	if (fd != STDIN_FILENO)
		close(fd);
	if (kept.n == 0)
		cli_fail("%s: no file names (did the command before it "
		    "fail?)", cli_name(o->files0));
}

static void
check_stdin_once(const struct options *o)
{
	const struct words *list[] = { &o->operands, &o->base };
	size_t i, k, n = 0;

	if (o->files0 != NULL && is_stdin(o->files0))
		n++;
	for (i = 0; i < sizeof list / sizeof list[0]; i++)
		for (k = 0; k < list[i]->n; k++)
			n += is_stdin(list[i]->word[k]);
	if (n > 1)
		cli_fail("standard input '-' can be read once only");
}

void
cli_operands(struct options *o)
{
	if (o->files0 != NULL)
		read_names(o);
	else if (o->operands.n == 0 && !o->sides) {
		if (isatty(STDIN_FILENO))
			cli_usage();
		words_add(&o->operands, "-");
	}
	check_stdin_once(o);
	if (o->from != NULL && prof_format_reader(o->from) == NULL)
		cli_fail("unknown input format '%s' (see pconvert "
		    "--formats)", o->from);
}
