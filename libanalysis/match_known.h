/* SPDX-License-Identifier: MIT */
#ifndef PROF_MATCH_KNOWN_H
#define PROF_MATCH_KNOWN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/*
 * What the rows of one name and side know of its place; 0 is not known.
 * Private to match.c.
 */
struct prof_match_known {
	uint32_t file, folder, module;	/* the first of each */
	bool any;			/* some file is known, */
	bool all;			/* and of each row */
	bool files, folders, modules;	/* more than one */
};

/* Of both sides. */
static inline void
prof_match_known_none(struct prof_match_known side[2])
{
	memset(side, 0, 2 * sizeof *side);
	side[0].all = side[1].all = true;
}

static inline void
prof_match_known_add(struct prof_match_known *p, uint32_t file,
    uint32_t folder, uint32_t module)
{
	if (file == 0) {
		p->all = false;
	} else if (!p->any) {
		p->any = true;
		p->file = file;
		p->folder = folder;
	} else {
		p->files = p->files || file != p->file;
		p->folders = p->folders || folder != p->folder;
	}
	if (module != 0 && p->module == 0)
		p->module = module;
	p->modules = p->modules || (module != 0 && module != p->module);
}

#endif
