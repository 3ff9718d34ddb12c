/*
 * jitmap: machine code made at run time, with the map of names that perf
 * looks for. x86-64 only.
 *
 *   gcc -O0 -g -fno-omit-frame-pointer -o jitmap jitmap.c
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* uint64_t f(uint64_t n): a frame, and a loop that counts n down. */
static const unsigned char code[] = {
	0x55,				/* push %rbp */
	0x48, 0x89, 0xe5,		/* mov %rsp,%rbp */
	0x31, 0xc0,			/* xor %eax,%eax */
	0x48, 0x01, 0xf8,		/* 1: add %rdi,%rax */
	0x48, 0x6b, 0xc0, 0x05,		/* imul $5,%rax,%rax */
	0x48, 0xff, 0xcf,		/* dec %rdi */
	0x75, 0xf4,			/* jnz 1b */
	0x5d,				/* pop %rbp */
	0xc3,				/* ret */
};

static const char *const names[] = {
	"script:scale row (stage 2) ~3",
	"script:Map<int, string>.put (a; b)",
	"plain",
};

enum { FUNCTIONS = sizeof names / sizeof *names, GAP = 64 };

typedef uint64_t (*counter)(uint64_t);

static unsigned char *
compile(void)
{
	unsigned char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char path[64];
	FILE *map;

	snprintf(path, sizeof path, "/tmp/perf-%d.map", (int)getpid());
	map = fopen(path, "w");
	if (page == MAP_FAILED || map == NULL)
		exit(1);
	for (int i = 0; i < FUNCTIONS; i++) {
		memcpy(page + i * GAP, code, sizeof code);
		fprintf(map, "%llx %x %s\n",
		    (unsigned long long)(uintptr_t)(page + i * GAP),
		    (unsigned)sizeof code, names[i]);
	}
	fclose(map);
	mprotect(page, 4096, PROT_READ | PROT_EXEC);
	return page;
}

static uint64_t
interpret(unsigned char *page, int rounds)
{
	uint64_t sum = 0;

	for (int i = 0; i < rounds; i++) {
		counter call;
		unsigned char *at = page + i % FUNCTIONS * GAP;

		memcpy(&call, &at, sizeof call);
		sum += call(200000);
	}
	return sum;
}

int
main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 100;

	printf("%llx\n",
	    (unsigned long long)interpret(compile(), rounds));
	return 0;
}
