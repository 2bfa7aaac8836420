/* SPDX-License-Identifier: ISC */
/* rooms: confine proto */
/*
 * confine_test.c - the walls hold: each thing is done once without them, and it
 * works, and once behind them.
 */
#include <fcntl.h>
#include <linux/landlock.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"
#include "../../server/confine/confine.h"

enum { DONE, REFUSED, HALF_OPEN };

typedef int deed_fn(void);

static int
deed_connect(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? DONE : REFUSED;
}

static int
deed_fork(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return pid > 0 ? DONE : REFUSED;
}

static int
deed_read_elsewhere(void)
{
	return open("/etc/passwd", O_RDONLY) >= 0 ? DONE : REFUSED;
}

static void *
thread_run(void *arg)
{
	*(int *)arg = deed_read_elsewhere();
	return NULL;
}

/* A thread begins, and may no more than who began it. */
static int
deed_thread(void)
{
	int may = DONE;
	pthread_t t;

	if (pthread_create(&t, NULL, thread_run, &may) != 0)
		return HALF_OPEN;
	(void)pthread_join(t, NULL);
	return may;
}

static int
deed_exec(void)
{
	(void)execl("/bin/true", "true", (char *)NULL);
	return REFUSED;
}

static int
deed_kill(void)
{
	return kill(getppid(), 0) == 0 ? DONE : REFUSED;
}

static int
deed_write_below(void)
{
	int fd = open("/usr/share/pauta-confine-test", O_WRONLY | O_CREAT,
	    0600);

	(void)unlink("/usr/share/pauta-confine-test");
	return fd >= 0 ? DONE : REFUSED;
}

static int
deed_read_below(void)
{
	return open("/usr/share/zoneinfo/UTC", O_RDONLY) >= 0 ? DONE : REFUSED;
}

static int
deed_spin(void)
{
	struct rlimit rl;
	volatile unsigned n;

	/* Without a wall it would go on for ever: look whether there is one. */
	if (getrlimit(RLIMIT_CPU, &rl) < 0 || rl.rlim_cur == RLIM_INFINITY)
		return DONE;
	for (n = 0;; n++)
		;
}

static int
deed_local_socket(void)
{
	return socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? DONE : REFUSED;
}

static int
deed_listen(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	return fd >= 0 && listen(fd, 1) == 0 ? DONE : REFUSED;
}

/* The walls of who decodes, and of who speaks with the network. */
static void
walls_decoder(void)
{
	static const char *const readable[] = { "/no/such/folder",
		"/usr/share", NULL };

	confine_begin();
	confine_limit(RLIMIT_CPU, 1);
	confine_paths(readable, NULL);
	if (confine_calls() < 0)
		_exit(HALF_OPEN);
}

static void
walls_network(void)
{
	confine_begin();
	if (confine_network() < 0)
		_exit(HALF_OPEN);
}

static void (*walls)(void) = walls_decoder;

/* The status of a child that does it, as waitpid() gives it. */
static int
deed_status(deed_fn *deed, bool behind)
{
	int status;
	pid_t pid;

	if ((pid = fork()) == 0) {
		if (behind)
			walls();
		_exit(deed());
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
deed_is(deed_fn *deed, int signal, int status)
{
	int free = deed_status(deed, false), held = deed_status(deed, true);

	assert_true(WIFEXITED(free));
	assert_int_equal(WEXITSTATUS(free), DONE);
	if (signal != 0) {
		assert_true(WIFSIGNALED(held));
		assert_int_equal(WTERMSIG(held), signal);
		return;
	}
	assert_true(WIFEXITED(held));
	assert_int_equal(WEXITSTATUS(held), status);
}

static void
who_was_taken_over_ends(void **st)
{
	(void)st;
	deed_is(deed_connect, SIGSYS, 0);
	deed_is(deed_kill, SIGSYS, 0);
	deed_is(deed_exec, SIGSYS, 0);
}

static void
no_process_begins(void **st)
{
	(void)st;
	deed_is(deed_fork, 0, REFUSED);
}

static void
only_the_folders_that_were_named_are_read(void **st)
{
	(void)st;
	if (syscall(SYS_landlock_create_ruleset, NULL, 0,
		LANDLOCK_CREATE_RULESET_VERSION) < 0)
		skip();			/* this kernel has no such wall */
	deed_is(deed_read_below, 0, DONE);
	deed_is(deed_read_elsewhere, 0, REFUSED);
	deed_is(deed_thread, 0, REFUSED);
	if (geteuid() == 0)
		deed_is(deed_write_below, 0, REFUSED);
}

static void
who_speaks_outside_reaches_no_door_of_this_machine(void **st)
{
	(void)st;
	walls = walls_network;
	deed_is(deed_connect, 0, DONE);
	deed_is(deed_local_socket, 0, REFUSED);
	deed_is(deed_listen, SIGSYS, 0);
	deed_is(deed_exec, SIGSYS, 0);
	walls = walls_decoder;
}

static void
time_ends(void **st)
{
	(void)st;
	deed_is(deed_spin, SIGKILL, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_was_taken_over_ends),
		cmocka_unit_test(no_process_begins),
		cmocka_unit_test(only_the_folders_that_were_named_are_read),
		cmocka_unit_test(
		    who_speaks_outside_reaches_no_door_of_this_machine),
		cmocka_unit_test(time_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
