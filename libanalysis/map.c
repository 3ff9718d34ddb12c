/* SPDX-License-Identifier: MIT */
#include "libanalysis/map.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/err.h"
#include "libanalysis/nomem.h"

static void
place(struct prof_map *m, struct prof_map_slot s)
{
	uint32_t at = s.tag & m->mask;

	while (m->slot[at].id != 0)
		at = (at + 1) & m->mask;
	m->slot[at] = s;
}

static void
rehash(struct prof_map *m)
{
	struct prof_map_slot *old = m->slot;
	size_t i, size = old != NULL ? (size_t)m->mask + 1 : 0;
	size_t bigger = size != 0 ? 2 * size : 16;

	PROF_ASSERT(bigger <= (size_t)1 << 32);
	m->slot = prof_zalloc(bigger, sizeof *m->slot);
	m->mask = (uint32_t)(bigger - 1);
	for (i = 0; i < size; i++)
		if (old[i].id != 0)
			place(m, old[i]);
	free(old);
}

void
prof_map_put(struct prof_map *m, uint64_t hash, uint32_t id)
{
	struct prof_map_slot s = { id, (uint32_t)(hash >> 32) };

	PROF_ASSERT(id != 0);
	if (m->slot == NULL || m->n >= m->mask / 4 * 3)
		rehash(m);
	place(m, s);
	m->n++;
}

void
prof_map_release(struct prof_map *m)
{
	free(m->slot);
	memset(m, 0, sizeof *m);
}
