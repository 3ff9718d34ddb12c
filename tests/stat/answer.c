/* SPDX-License-Identifier: MIT */
#include "tests/stat/answer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

/* --- TSV ------------------------------------------------------------------ */

static size_t
count_of(const char *s, char c)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += *s == c;
	return n;
}

void
answer_table(struct answer_table *t, struct prof_buf *text)
{
	char *s = (char *)(uintptr_t)prof_buf_str(text), *line;
	size_t lines = count_of(s, '\n'), n = 0;

	memset(t, 0, sizeof *t);
	line = strchr(s, '\n');
	if (line == NULL)
		return;
	*line = '\0';
	t->cols = count_of(s, '\t') + 1;
	*line = '\n';
	t->cell = prof_zalloc(lines * t->cols, sizeof *t->cell);
	while (*s != '\0' && n < lines * t->cols) {
		t->cell[n++] = s;
		s += strcspn(s, "\t\n");
		*s++ = '\0';
	}
	t->head = t->cell;
	t->rows = n / t->cols - 1;
}

void
answer_table_release(struct answer_table *t)
{
	free(t->cell);
}

const char *
answer_cell(const struct answer_table *t, size_t row, const char *column)
{
	size_t i;

	for (i = 0; i < t->cols; i++)
		if (strcmp(t->head[i], column) == 0)
			return t->cell[(row + 1) * t->cols + i];
	return NULL;
}

/* --- JSON ----------------------------------------------------------------- */

static const char *
skip_blanks(const char *s)
{
	return s + strspn(s, " \t\r\n");
}

static const char *
skip_text(const char *s)
{
	for (s++; *s != '"' && *s != '\0'; s++)
		if (*s == '\\' && s[1] != '\0')
			s++;
	return *s == '"' ? s + 1 : s;
}

/* Behind a value. */
static const char *
skip_value(const char *s)
{
	int depth = 0;

	do {
		s = skip_blanks(s);
		if (*s == '"') {
			s = skip_text(s);
		} else if (*s == '{' || *s == '[') {
			depth++;
			s++;
		} else if (*s == '}' || *s == ']') {
			depth--;
			s++;
		} else if (*s == ',' || *s == ':') {
			s++;
		} else {
			s += strcspn(s, ",:{}[]\" \t\r\n");
		}
	} while (depth > 0 && *s != '\0');
	return s;
}

const char *
answer_member(const char *object, const char *key)
{
	size_t n = strlen(key);
	const char *s, *name;

	if (object == NULL || *object != '{')
		return NULL;
	for (s = skip_blanks(object + 1); *s == '"'; ) {
		name = s + 1;
		s = skip_blanks(skip_text(s));
		s = skip_blanks(s + (*s == ':'));
		if (strncmp(name, key, n) == 0 && name[n] == '"')
			return s;
		s = skip_blanks(skip_value(s));
		s = skip_blanks(s + (*s == ','));
	}
	return NULL;
}

const char *
answer_first(const char *array)
{
	const char *s;

	if (array == NULL || *array != '[')
		return NULL;
	s = skip_blanks(array + 1);
	return *s != ']' && *s != '\0' ? s : NULL;
}

const char *
answer_next(const char *value)
{
	const char *s = skip_blanks(skip_value(value));

	return *s == ',' ? skip_blanks(s + 1) : NULL;
}

double
answer_number(const char *value)
{
	char *end;
	double v;

	if (value == NULL)
		return NAN;
	v = strtod(value, &end);
	return end == value || *value == 'n' ? NAN : v;
}

bool
answer_is(const char *value, const char *text)
{
	size_t n = strlen(text);

	return value != NULL && *value == '"' &&
	    strncmp(value + 1, text, n) == 0 && value[n + 1] == '"';
}
