/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdio.h>

#include <formats/format.h>
#include <libanalysis/flat.h>

/* The library as its users see it: print the top function of a profile. */
int
main(int argc, char **argv)
{
	int fd = argc == 2 ? open(argv[1], O_RDONLY) : -1;
	struct prof_in *in = prof_in_fd(fd, argv[argc - 1],
	    &prof_limits_default);
	struct prof_profile p = { 0 };
	struct prof_err err = { 0 };
	struct prof_rows rows;
	struct prof_flat flat;
	uint32_t i, top = 1;

	if (prof_format_read(in, NULL, &p, &err) != 1) {
		fprintf(stderr, "%s\n", err.msg);
		return 2;
	}
	prof_rows_init(&rows, &p, PROF_BY_FUNCTION);
	if (prof_flat_init(&flat, &rows, prof_profile_default(&p), &err) != 0)
		return 2;
	for (i = 1; i <= rows.n; i++)
		if (flat.self[i] > flat.self[top])
			top = i;
	puts(prof_rows_get(&rows, top)->name);
	prof_flat_release(&flat);
	prof_rows_release(&rows);
	prof_profile_release(&p);
	prof_in_close(in);
	return 0;
}
