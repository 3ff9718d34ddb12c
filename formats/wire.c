/* SPDX-License-Identifier: MIT */
#include "formats/wire.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define FIELD_MAX ((UINT32_C(1) << 29) - 1)

void
prof_wire_place(struct prof_err *err, const char *fmt, ...)
{
	char old[PROF_ERR_MAX];
	size_t head;
	va_list ap;

	if (err == NULL || err->code == PROF_OK)
		return;
	memcpy(old, err->msg, sizeof old);
	va_start(ap, fmt);
	vsnprintf(err->msg, sizeof err->msg, fmt, ap);
	va_end(ap);
	head = strlen(err->msg);
	snprintf(err->msg + head, sizeof err->msg - head, "%s", old);
}

int
prof_wire_long(struct prof_wire *w, uint64_t *v, const char *what,
    struct prof_err *err)
{
	uint64_t sum = 0, b;
	unsigned i;

	for (i = 0; i < PROF_VARINT_MAX; i++) {
		if (w->at == w->end)
			return prof_fail(err, PROF_EFORMAT,
			    "%s: the varint is cut off", what);
		b = *w->at++;
		if (i == PROF_VARINT_MAX - 1 && b > 1 && b < 0x80)
			return prof_fail(err, PROF_EFORMAT,
			    "%s: the varint does not fit 64 bits", what);
		sum |= (b & 0x7f) << (7 * i);
		if (b < 0x80) {
			*v = sum;
			return PROF_OK;
		}
	}
	return prof_fail(err, PROF_EFORMAT,
	    "%s: the varint is longer than 10 bytes", what);
}

int
prof_wire_tag(uint64_t tag, struct prof_wire_field *f, struct prof_err *err)
{
	f->type = tag & 7;
	if (tag >> 3 == 0 || tag >> 3 > FIELD_MAX)
		return prof_fail(err, PROF_EFORMAT,
		    ": there is no field number %llu",
		    (unsigned long long)(tag >> 3));
	f->number = (uint32_t)(tag >> 3);
	if (f->type == 3 || f->type == 4 || f->type > PROF_WIRE_FIXED32)
		return prof_fail(err, PROF_EFORMAT,
		    ": field %u has wire type %u, which %s", f->number,
		    f->type, f->type > PROF_WIRE_FIXED32 ? "does not exist" :
		    "no profile uses");
	return PROF_OK;
}

static int
take_fixed(struct prof_wire *w, struct prof_wire_field *f, unsigned n,
    struct prof_err *err)
{
	unsigned i;

	if ((size_t)(w->end - w->at) < n)
		return prof_fail(err, PROF_EFORMAT,
		    ": field %u is cut off", f->number);
	f->value = 0;
	for (i = 0; i < n; i++)
		f->value |= (uint64_t)w->at[i] << (8 * i);
	w->at += n;
	return PROF_OK;
}

static int
take_bytes(struct prof_wire *w, struct prof_wire_field *f,
    struct prof_err *err)
{
	uint64_t len;
	size_t left;
	int rc = prof_wire_varint(w, &len, ": length", err);

	if (rc != PROF_OK)
		return rc;
	left = (size_t)(w->end - w->at);
	if (len > left)
		return prof_fail(err, PROF_EFORMAT,
		    ": field %u has length %llu where %zu bytes are left",
		    f->number, (unsigned long long)len, left);
	f->body.at = w->at;
	f->body.end = w->at += len;
	return PROF_OK;
}

static int
take_value(struct prof_wire *w, struct prof_wire_field *f,
    struct prof_err *err)
{
	int rc = prof_wire_varint(w, &f->value, "", err);

	if (rc != PROF_OK)
		prof_wire_place(err, ": field %u", f->number);
	return rc;
}

int
prof_wire_next(struct prof_wire *w, struct prof_wire_field *f,
    struct prof_err *err)
{
	uint64_t tag;
	int rc;

	if (w->at == w->end)
		return 0;
	rc = prof_wire_varint(w, &tag, ": field tag", err);
	if (rc == PROF_OK)
		rc = prof_wire_tag(tag, f, err);
	if (rc != PROF_OK)
		return rc;
	if (f->type == PROF_WIRE_BYTES)
		rc = take_bytes(w, f, err);
	else if (f->type == PROF_WIRE_VARINT)
		rc = take_value(w, f, err);
	else
		rc = take_fixed(w, f, f->type == PROF_WIRE_FIXED64 ? 8 : 4,
		    err);
	return rc == PROF_OK ? 1 : rc;
}

int
prof_wire_want(const struct prof_wire_field *f, unsigned type,
    const char *name, struct prof_err *err)
{
	if (f->type == type)
		return PROF_OK;
	return prof_fail(err, PROF_EFORMAT,
	    ".%s: wire type %u where %u is due", name, f->type, type);
}

static const ProtobufCFieldDescriptor *
find_field(const ProtobufCMessageDescriptor *d, uint32_t number)
{
	/* The fields of these messages are numbered without gaps. */
	if (number - 1 < d->n_fields && d->fields[number - 1].id == number)
		return &d->fields[number - 1];
	return protobuf_c_message_descriptor_get_field(d, number);
}

static void
store(const ProtobufCFieldDescriptor *fd, ProtobufCMessage *out, uint64_t v)
{
	void *at = (char *)out + fd->offset;
	protobuf_c_boolean b = v != 0;

	if (fd->type == PROTOBUF_C_TYPE_BOOL)
		memcpy(at, &b, sizeof b);
	else
		memcpy(at, &v, sizeof v);
}

int
prof_wire_message(ProtobufCMessage *out, struct prof_wire w,
    prof_wire_nested_fn *nested, void *ctx, struct prof_err *err)
{
	const ProtobufCFieldDescriptor *fd;
	struct prof_wire_field f;
	bool is_message;
	int rc;

	while ((rc = prof_wire_next(&w, &f, err)) > 0) {
		fd = find_field(out->descriptor, f.number);
		if (fd == NULL)
			continue;
		is_message = fd->type == PROTOBUF_C_TYPE_MESSAGE;
		rc = prof_wire_want(&f, is_message ? PROF_WIRE_BYTES :
		    PROF_WIRE_VARINT, fd->name, err);
		if (rc == PROF_OK && is_message)
			rc = nested(ctx, f.body, err);
		else if (rc == PROF_OK)
			store(fd, out, f.value);
		if (rc != PROF_OK)
			break;
	}
	return rc;
}
