/* SPDX-License-Identifier: MIT */
#include "formats/folded_frames.h"

#include <stdlib.h>
#include <string.h>

#include "formats/folded.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"

/* What the text of a frame says. */
struct said {
	struct prof_function fn;
	struct prof_location loc;
	struct prof_line line;
};

void
prof_folded_frames_release(struct prof_folded_frames *f)
{
	prof_strs_release(&f->text);
	free(f->loc);
	free(f->last);
	free(f->end);
	free(f->frame);
	free(f->stack[0].frame);
	free(f->stack[1].frame);
	memset(f, 0, sizeof *f);
}

/*
 * The whole text stays as linker name: that is how the writer knows to put
 * the annotation back, whatever the profile went through meanwhile.
 */
static bool
say_annotated(struct prof_strs *strs, const char *s, size_t len,
    struct said *said)
{
	size_t suffix = prof_folded_suffix(s, len);

	if (suffix == 0)
		return false;
	said->fn.name = prof_strs_add(strs, s, len - suffix);
	said->fn.system = prof_strs_add(strs, s, len);
	switch (s[len - 2]) {
	case 'k':
		said->loc.kind = PROF_KIND_KERNEL;
		break;
	case 'i':
		said->loc.flags = PROF_LOC_INLINED;
		break;
	case '0':
		said->loc.kind = PROF_KIND_INTERPRETED;
		break;
	default:
		said->loc.kind = PROF_KIND_JIT;
		break;
	}
	return true;
}

/* py-spy's "name (file.py:12)". */
static bool
say_placed(struct prof_strs *strs, const char *s, size_t len,
    struct said *said)
{
	size_t open, end = len - 1;

	if (!prof_folded_placed(s, len, &open, &said->line.line))
		return false;
	if (said->line.line > 0)
		while (s[--end] != ':')
			continue;
	said->fn.name = prof_strs_add(strs, s, open - 1);
	said->fn.file = prof_strs_add(strs, s + open + 1, end - open - 1);
	return true;
}

/* austin's "file:name:12". */
static bool
say_austin(struct prof_strs *strs, const char *s, size_t len,
    struct said *said)
{
	size_t colon = len, name;
	unsigned scale;

	while (colon > 0 && s[colon - 1] != ':')
		colon--;
	if (colon < 3 || colon == len || len - colon > 9 ||
	    prof_num_parse(s + colon, len - colon, &said->line.line,
	    &scale) != len - colon)
		return false;
	for (name = colon - 1; name > 0 && s[name - 1] != ':';)
		name--;
	if (name == 0 || name == colon - 1)
		return false;
	said->fn.name = prof_strs_add(strs, s + name, colon - 1 - name);
	said->fn.file = prof_strs_add(strs, s, name - 1);
	return true;
}

static prof_loc
new_location(struct prof_folded_frames *f, const char *s, size_t len)
{
	struct prof_strs *strs = &f->b->p->strs;
	struct said said = { 0 };

	if (!say_annotated(strs, s, len, &said) &&
	    !(f->placed && say_placed(strs, s, len, &said)) &&
	    !(f->austin && say_austin(strs, s, len, &said))) {
		memset(&said, 0, sizeof said);
		said.fn.name = prof_strs_add(strs, s, len);
	}
	said.line.fn = prof_builder_function(f->b, said.fn);
	return prof_builder_location(f->b, said.loc, &said.line, 1);
}

static prof_loc
find_frame(struct prof_folded_frames *f, const char *s, size_t len)
{
	size_t known = f->text.n;
	prof_str id = prof_strs_add(&f->text, s, len);

	if (id > known) {
		PROF_RESERVE(f->loc, f->loc_cap, (size_t)id);
		f->loc[id - 1] = new_location(f, s, len);
	}
	return f->loc[id - 1];
}

/* Length of the prefix that a[0..n) and b[0..n) share. */
static size_t
common_prefix(const char *a, const char *b, size_t n)
{
	size_t i = 0;

	for (; n - i >= 64; i += 64)
		if (memcmp(a + i, b + i, 64) != 0)
			break;
	for (; n - i >= 8; i += 8)
		if (memcmp(a + i, b + i, 8) != 0)
			break;
	while (i < n && a[i] == b[i])
		i++;
	return i;
}

/* Forget the frames that the line before does not share. */
static size_t
keep_shared(struct prof_folded_frames *f, const char *text, size_t len)
{
	size_t common = common_prefix(f->last, text,
	    len < f->last_len ? len : f->last_len);

	while (f->n > 0 && f->end[f->n - 1] >= common)
		f->n--;
	PROF_RESERVE(f->last, f->last_cap, len);
	if (len > common)
		memcpy(f->last + common, text + common, len - common);
	f->last_len = len;
	return f->n > 0 ? f->end[f->n - 1] + 1 : 0;
}

static void
push(struct prof_folded_frames *f, prof_loc loc, size_t end)
{
	PROF_RESERVE(f->frame, f->frame_cap, f->n + 1);
	PROF_RESERVE(f->end, f->end_cap, f->n + 1);
	f->frame[f->n] = loc;
	f->end[f->n++] = end;
}

static void
push_rest(struct prof_folded_frames *f, const char *text, size_t len,
    size_t at)
{
	const char *semi;
	size_t end;

	f->empty = false;
	for (;; at = end + 1) {
		semi = memchr(text + at, ';', len - at);
		end = semi != NULL ? (size_t)(semi - text) : len;
		if (end > at)
			push(f, find_frame(f, text + at, end - at), end);
		else
			f->empty = true;
		if (semi == NULL)
			return;
	}
}

static void
close_stack(struct prof_folded_frames *f)
{
	struct prof_folded_stack *s;
	size_t i;

	f->last_stack ^= 1;
	s = &f->stack[f->last_stack];
	PROF_RESERVE(s->frame, s->cap, f->n);
	for (i = 0; i < f->n; i++)
		s->frame[i] = f->frame[f->n - 1 - i];
	s->n = f->n;
	s->hash = prof_builder_stack_hash(f->b, s->frame, s->n);
}

prof_stack
prof_folded_frames_stack(struct prof_folded_frames *f, unsigned back)
{
	const struct prof_folded_stack *s = &f->stack[f->last_stack ^ back];

	return prof_builder_stack_hashed(f->b, s->hash, s->frame, s->n);
}

int
prof_folded_frames_take(struct prof_folded_frames *f, const char *text,
    size_t len, struct prof_err *err)
{
	static const char root[] = "[root]";
	uint64_t limit = f->b->limits.max_depth;

	push_rest(f, text, len, keep_shared(f, text, len));
	if (f->n > limit)
		return prof_fail(err, PROF_ELIMIT, "%llu frames in a stack "
		    "(limit: --max-depth)", (unsigned long long)f->n);
	if (f->n == 0)
		push(f, find_frame(f, root, sizeof root - 1), 0);
	close_stack(f);
	if (f->empty) {
		/* Offsets of the next line would not tell of them. */
		f->last_len = 0;
		f->n = 0;
	}
	return prof_builder_check_strings(f->b, err);
}
