/* SPDX-License-Identifier: ISC */
/*
 * main.c - a fuzz target without libFuzzer: every file named, and of each
 * MUTANTS changed copies.  The changes follow from the file alone, so that
 * what fails once fails always.
 *
 * usage: fuzz-TARGET FILE...
 */
#include "fuzz.h"

enum { MUTANTS = 200, INPUT_MAX = 1 << 20 };

static uint64_t random_state;

static size_t
random_below(size_t n)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return (size_t)(random_state % n);
}

/* Change, drop, double or cut; n > 0.  Returns the new length, below 2n + 1. */
static size_t
input_change(uint8_t *p, size_t n)
{
	size_t at = random_below(n), len = random_below(n - at) + 1;

	switch (random_below(5)) {
	case 0:
		p[at] ^= (uint8_t)(1U << random_below(8));
		return n;
	case 1:
		p[at] = (uint8_t)random_below(256);
		return n;
	case 2:
		memmove(p + at, p + at + len, n - at - len);
		return n - len;
	case 3:
		memmove(p + at + len, p + at, n - at);
		return n + len;
	default:
		return at;
	}
}

/* A copy of its own size, so that ASan sees one byte too many. */
static void
input_try(const uint8_t *p, size_t n)
{
	uint8_t *exact = xcalloc(n > 0 ? n : 1, 1);

	memcpy(exact, p, n);
	(void)LLVMFuzzerTestOneInput(exact, n);
	free(exact);
}

static int
file_try(const char *path)
{
	static uint8_t whole[INPUT_MAX], room[INPUT_MAX * 2];
	FILE *f = fopen(path, "re");
	size_t n, m;
	int i, times;

	if (f == NULL)
		return -1;
	n = fread(whole, 1, sizeof whole, f);
	(void)fclose(f);
	input_try(whole, n);
	random_state = 88172645463325252U + n;
	for (i = 0; i < MUTANTS && n > 0; i++) {
		memcpy(room, whole, m = n);
		for (times = 0; times < 4 && m > 0 && m < INPUT_MAX; times++)
			m = input_change(room, m);
		input_try(room, m);
	}
	return 0;
}

int
main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (file_try(argv[i]) < 0) {
			printf("not ok %d - %s: not read\n", i, argv[i]);
			return 1;
		} else {
			printf("ok %d - %s and %d changes of it\n", i,
			    argv[i], MUTANTS);
		}
	printf("1..%d\n", argc - 1);
	return argc < 2;
}
