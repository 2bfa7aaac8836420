/* SPDX-License-Identifier: ISC */
/*
 * idle_test.c - what screens take of the server's machine: two hundred people
 * who look and do nothing, and one who does the worst.  It is about the
 * program as it is installed, so it runs the one built without sanitizers
 * (build/torture, which `make check` builds too).
 */
#include "screen.h"

#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

enum { PEOPLE = 200, PEOPLE_KB = 150 * 1024, ONE_KB = 16 * 1024,
	QUIET_MS = 2500, LIMIT_MS = 60000 };

static const struct screen_config conf = { .term = "xterm-256color",
	.rows = 24, .cols = 80 };

/* A number of the line of /proc/PID/FILE that begins with a word. */
static long
number_of(int pid, const char *file, const char *word)
{
	char *path = xasprintf("/proc/%d/%s", pid, file);
	FILE *f = fopen(path, "r");
	char line[256];
	long n = -1;

	assert_non_null(f);
	while (n < 0 && fgets(line, sizeof line, f) != NULL)
		if (strncmp(line, word, strlen(word)) == 0)
			n = strtol(line + strlen(word), NULL, 10);
	(void)fclose(f);
	free(path);
	assert_true(n >= 0);
	return n;
}

/* How often they have run, all together. */
static long
turns_of(const struct screen *s, size_t n)
{
	long turns = 0;

	while (n-- > 0)
		turns += number_of(s[n].pid, "status",
		    "voluntary_ctxt_switches:");
	return turns;
}

/*
 * Nobody says a word, and nobody wakes up to find that out: for a while, as
 * the minute changes for all of them at once and a finger comes to rest.
 */
static bool
they_sleep(const struct screen *s, struct pollfd *p)
{
	int64_t end = mono_ms() + LIMIT_MS;
	char drawn[4096];
	long turns;
	size_t i;

	while (mono_ms() < end) {
		turns = turns_of(s, PEOPLE);
		if (poll(p, PEOPLE, QUIET_MS) == 0 &&
		    turns_of(s, PEOPLE) == turns)
			return true;
		for (i = 0; i < PEOPLE; i++)
			if (p[i].revents != 0 && read(p[i].fd, drawn,
			    sizeof drawn) <= 0)
				return false;
	}
	return false;
}

static void
two_hundred_idle_screens_are_small_and_asleep(void **st)
{
	struct screen *s = xcalloc(PEOPLE, sizeof *s);
	struct pollfd *p = xcalloc(PEOPLE, sizeof *p);
	long kb = 0;
	size_t i;

	(void)st;
	for (i = 0; i < PEOPLE; i++) {
		screen_start(&s[i], &conf);
		assert_false(screen_is_sanitized(&s[i]));
		screen_control(&s[i], "T 0");	/* their clocks go on */
		p[i] = (struct pollfd){ .fd = s[i].term, .events = POLLIN };
	}
	for (i = 0; i < PEOPLE; i++)
		kb += number_of(s[i].pid, "smaps_rollup", "Pss:");
	print_message("# %d screens: %ld kB\n", PEOPLE, kb);
	assert_in_range(kb, 1, PEOPLE_KB);
	assert_true(they_sleep(s, p));
	for (i = 0; i < PEOPLE; i++)
		screen_stop(&s[i]);
	free(p);
	free(s);
}

static void
the_worst_that_one_can_do_is_small_too(void **st)
{
	static const char begin[] = "\033[200~", end[] = "\033[201~";
	uint32_t d = 7;
	struct screen s;
	char part[4096], line[64];
	size_t n, i;

	(void)st;
	screen_start(&s, &conf);
	screen_type(&s, "\r");
	screen_type(&s, "\t\t");
	screen_keys(&s, begin, sizeof begin - 1);
	memset(part, 'p', sizeof part);
	for (n = 0; n < 512; n++)
		screen_keys(&s, part, sizeof part);
	screen_keys(&s, end, sizeof end - 1);
	screen_settle(&s);
	for (n = 0; n < 16; n++) {
		for (i = 0; i < sizeof part; i++)
			part[i] = (char)(screen_dice(&d) & 0xff);
		screen_keys(&s, part, sizeof part);
		screen_settle(&s);
	}
	for (i = 0; i < 1000; i++) {
		(void)snprintf(line, sizeof line, "W %u %u",
		    screen_dice(&d) % 65536, screen_dice(&d) % 65536);
		screen_control(&s, line);
		if (i % 20 == 0)
			screen_settle(&s);
	}
	screen_resize(&s, 65535, 65535);
	assert_false(s.over);
	print_message("# one screen at worst: %ld kB\n", screen_peak(&s));
	assert_in_range(screen_peak(&s), 1, ONE_KB);
	screen_stop(&s);
	assert_int_equal(s.status, 0);
}

/* build/torture/pauta-screen, beside the folder that this was built in. */
static void
use_release(void)
{
	static const char release[] = "/torture/pauta-screen";
	char path[512];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 32);
	int up;

	for (up = 0; n > 0 && up < 3; up++) {
		path[n] = '\0';
		n = strrchr(path, '/') - path;
	}
	if (n <= 0)
		return;
	memcpy(path + n, release, sizeof release);
	if (access(path, X_OK) < 0)
		print_message("# build it: make BUILD=build/torture all\n");
	setenv("PAUTA", path, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_hundred_idle_screens_are_small_and_asleep),
		cmocka_unit_test(the_worst_that_one_can_do_is_small_too),
	};
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}
	use_release();
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
