/* SPDX-License-Identifier: ISC */
/*
 * kill9.c - SIGKILL to the core, a session, a screen or the supervisor, at a
 * moment drawn by dice, under twenty working people; again and again.
 *
 *   kill9 BUILD DIR FOLDER CYCLES SEED [EVENTS]
 *
 * DIR is a demonstration office.  Moments are counted in acknowledgements,
 * not in time, so that every kill lands in the middle of work.  With EVENTS
 * the first kill waits until the record holds so many.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kill9.h"

enum { SCREENS = 2, STALL_MS = 30000, GONE_MS = 10000, REBUILD_EACH = 10,
	READY_MS = 5000, MOST_ACKS = 60 };

struct nemesis {
	struct server server;
	struct shared *shared;
	const char *folder;
	int bell[2];
	int hold[2];			/* the screens' input, never written */
	pid_t workers[WORKERS], screens[SCREENS];
	uint64_t dice;
	int64_t kills[VICTIM_N], slowest[VICTIM_N], sum[VICTIM_N];
	struct seen seen[SEEN_MAX];
	size_t seen_count;
	int64_t stalls, bad_chains;
};

static uint32_t
dice(struct nemesis *x, uint32_t n)
{
	x->dice = x->dice * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(x->dice >> 33) % n;
}

static _Noreturn void
nemesis_die(struct nemesis *x, const char *what)
{
	int i;

	(void)printf("Bail out! %s\n", what);
	for (i = 0; i < WORKERS; i++)
		if (x->workers[i] > 0)
			(void)kill(x->workers[i], SIGKILL);
	(void)server_stop(&x->server);
	exit(1);
}

/* ---- people ---- */

static void
nemesis_worker(struct nemesis *x, int i)
{
	struct worker w = { .server = &x->server, .folder = x->folder,
		.shared = x->shared, .n = i, .bell = x->bell[1],
		.dice = dice(x, 1u << 30) };

	(void)fflush(stdout);
	if ((x->workers[i] = fork()) == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		worker_run(&w);
	}
}

/* A screen at a terminal, which nobody types at. */
static void
nemesis_screen(struct nemesis *x, int i)
{
	static const char *const people[SCREENS] = { "coord", "monitor" };
	char *key, *to, *from;

	if ((x->screens[i] = fork()) != 0)
		return;
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	key = xasprintf("%s/keys/%s", x->server.dir, people[i]);
	to = xasprintf("%s@127.0.0.1", people[i]);
	from = xasprintf("127.%u.%u.9", 201 + dice(x, 50), dice(x, 250));
	(void)dup2(x->hold[0], STDIN_FILENO);
	if (freopen("/dev/null", "w", stdout) == NULL ||
	    freopen("/dev/null", "w", stderr) == NULL)
		_exit(255);
	(void)setenv("TERM", "xterm", 1);
	execlp("ssh", "ssh", "-tt", "-F", "none", "-i", key, "-b", from, "-p",
	    x->server.port, "-o", "IdentitiesOnly=yes", "-o",
	    "IdentityAgent=none", "-o", "UserKnownHostsFile=/dev/null", "-o",
	    "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR", to,
	    (char *)NULL);
	_exit(255);
}

/* Screens whose connection ended are opened again. */
static void
nemesis_screens(struct nemesis *x)
{
	int i;

	for (i = 0; i < SCREENS; i++)
		if (x->screens[i] == 0 ||
		    waitpid(x->screens[i], NULL, WNOHANG) != 0) {
			x->screens[i] = 0;
			nemesis_screen(x, i);
		}
}

/* Let so many operations be acknowledged; all workers stalled is a failure. */
static void
nemesis_wait(struct nemesis *x, uint32_t acks)
{
	struct pollfd p = { .fd = x->bell[0], .events = POLLIN };
	char bytes[256];
	ssize_t n;

	while (acks > 0) {
		if (poll(&p, 1, STALL_MS) <= 0) {
			x->stalls++;
			nemesis_die(x, "nobody got an answer in 30 s");
		}
		n = read(x->bell[0], bytes,
		    acks < sizeof bytes ? acks : sizeof bytes);
		acks -= n > 0 ? (uint32_t)n : 0;
	}
}

/* ---- killing ---- */

/* Until somebody is answered: milliseconds since the given moment. */
static int64_t
nemesis_ready(struct nemesis *x, int64_t since)
{
	Pauta__Message *m;
	struct peer p;

	peer_init(&p, x->server.dir, "oic");
	while (peer_say(&p, NULL, "bandeja", &m) < 0) {
		if (mono_ms() - since > STALL_MS)
			nemesis_die(x, "not ready in 30 s");
		(void)poll(NULL, 0, 2);
	}
	pauta__message__free_unpacked(m, NULL);
	peer_close(&p);
	return mono_ms() - since;
}

static void
nemesis_gone(struct nemesis *x, pid_t pid)
{
	int64_t since = mono_ms();

	while (kill(pid, 0) == 0) {
		if (mono_ms() - since > GONE_MS)
			nemesis_die(x, "a killed process is still there");
		(void)poll(NULL, 0, 2);
	}
}

static enum victim
nemesis_draw(struct nemesis *x)
{
	uint32_t d = dice(x, 100);

	return d < 50 ? VICTIM_CORE : d < 70 ? VICTIM_SESSION :
	    d < 85 ? VICTIM_SCREEN : VICTIM_SUPERVISOR;
}

static void
nemesis_strike(struct nemesis *x)
{
	enum victim v = nemesis_draw(x);
	int64_t since = mono_ms(), ms;
	pid_t pid;

	pid = server_find(&x->server, v, dice(x, 1000));
	if (pid == 0) {			/* nobody of that kind now */
		v = VICTIM_CORE;
		pid = server_find(&x->server, v, 0);
	}
	if (pid == 0)
		return;
	since = mono_ms();
	if (v == VICTIM_SUPERVISOR) {
		server_kill(&x->server);
		if (server_start(&x->server) < 0)
			nemesis_die(x, "the server does not start again");
	} else {
		(void)kill(pid, SIGKILL);
		nemesis_gone(x, pid);
	}
	ms = nemesis_ready(x, since);
	x->kills[v]++;
	x->sum[v] += ms;
	if (ms > x->slowest[v])
		x->slowest[v] = ms;
}

/* Ask for the whole chain to be computed, and keep what it ends in. */
static void
nemesis_verify(struct nemesis *x, bool rebuild)
{
	Pauta__Message *m;
	struct peer p;
	char *chain;

	peer_init(&p, x->server.dir, NULL);
	while (peer_say(&p, NULL, rebuild ? "verificar --rebuild" :
	    "verificar", &m) < 0)
		(void)poll(NULL, 0, 2);
	chain = reply_text(m, "chain");
	if (m->reply->status != 0 || chain == NULL) {
		(void)printf("# verificar: %s\n", m->reply->doc);
		x->bad_chains++;
	} else if (x->seen_count < SEEN_MAX) {
		x->seen[x->seen_count].seq = reply_number(m, "events");
		(void)snprintf(x->seen[x->seen_count++].chain, HASH_TEXT,
		    "%s", chain);
	}
	free(chain);
	pauta__message__free_unpacked(m, NULL);
	peer_close(&p);
}

static void
nemesis_grow(struct nemesis *x, int64_t events)
{
	int64_t last = 0, since = mono_ms();

	while (last < events) {
		nemesis_wait(x, (uint32_t)((events - last) / 3 + 100));
		nemesis_verify(x, false);
		last = x->seen_count > 0 ? x->seen[x->seen_count - 1].seq : 0;
	}
	(void)printf("# %lld events after %lld ms\n", (long long)last,
	    (long long)(mono_ms() - since));
	(void)fflush(stdout);		/* before anybody forks */
}

/* ---- the whole ---- */

static void
nemesis_begin(struct nemesis *x)
{
	int i;

	if (pipe(x->bell) < 0 || pipe(x->hold) < 0 ||
	    server_start(&x->server) < 0)
		nemesis_die(x, "the server does not start");
	(void)fcntl(x->bell[0], F_SETFD, FD_CLOEXEC);
	(void)fcntl(x->bell[1], F_SETFD, FD_CLOEXEC);
	(void)fcntl(x->hold[1], F_SETFD, FD_CLOEXEC);
	nemesis_verify(x, false);
	for (i = 0; i < WORKERS; i++)
		nemesis_worker(x, i);
	nemesis_screens(x);
}

/* Everyone finishes the operation in hand; then the server is told to stop. */
static int
nemesis_end(struct nemesis *x)
{
	struct pollfd p = { .fd = x->bell[0], .events = POLLIN };
	char bytes[256];
	int i, left = WORKERS;

	x->shared->stop = 1;
	while (left > 0) {
		if (poll(&p, 1, 1) > 0)
			(void)!read(x->bell[0], bytes, sizeof bytes);
		for (i = 0; i < WORKERS; i++)
			if (x->workers[i] > 0 &&
			    waitpid(x->workers[i], NULL, WNOHANG) > 0) {
				x->workers[i] = 0;
				left--;
			}
	}
	for (i = 0; i < SCREENS; i++)
		if (x->screens[i] > 0)
			(void)kill(x->screens[i], SIGTERM);
	return server_stop(&x->server);
}

static void
nemesis_report(const struct nemesis *x)
{
	int64_t asked = 0, resent = 0, refused = 0;
	char *path;
	struct stat sb;
	int i;

	for (i = 0; i < WORKERS; i++) {
		asked += x->shared->asked[i];
		resent += x->shared->resent[i];
		refused += x->shared->refused[i];
	}
	(void)printf("# operations=%lld resent=%lld refused=%lld\n",
	    (long long)asked, (long long)resent, (long long)refused);
	for (i = 0; i < VICTIM_N; i++)
		(void)printf("# kills of %s=%lld ready_ms mean=%lld "
		    "slowest=%lld\n", victim_names[i], (long long)x->kills[i],
		    (long long)(x->kills[i] ? x->sum[i] / x->kills[i] : 0),
		    (long long)x->slowest[i]);
	path = xasprintf("%s/pauta.db-wal", x->server.dir);
	if (stat(path, &sb) == 0)
		(void)printf("# wal_bytes=%lld\n", (long long)sb.st_size);
	free(path);
	tap(refused == 0, "no resend was refused");
}

int
main(int argc, char **argv)
{
	struct nemesis *x = xcalloc(1, sizeof *x);
	int cycles, i, status;

	if (argc < 6) {
		(void)fputs("kill9 BUILD DIR FOLDER CYCLES SEED [EVENTS]\n",
		    stderr);
		return 2;
	}
	log_init("kill9", LOG_FATAL);
	(void)signal(SIGPIPE, SIG_IGN);
	x->folder = argv[3];
	x->server = (struct server){ .build = argv[1], .dir = argv[2],
		.log = xasprintf("%s/server.log", argv[3]) };
	cycles = (int)strtol(argv[4], NULL, 10);
	x->dice = strtoull(argv[5], NULL, 10) * 2 + 1;
	x->shared = mmap(NULL, sizeof *x->shared, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	nemesis_begin(x);
	if (argc > 6)
		nemesis_grow(x, strtoll(argv[6], NULL, 10));
	for (i = 0; i < cycles; i++) {
		nemesis_wait(x, 1 + dice(x, MOST_ACKS));
		nemesis_strike(x);
		nemesis_verify(x, i % REBUILD_EACH == REBUILD_EACH - 1);
		nemesis_screens(x);
	}
	status = nemesis_end(x);
	nemesis_report(x);
	tap(x->bad_chains == 0, "the chain held after each of %d kills",
	    cycles);
	(void)kill9_check(x->server.dir, x->folder, x->seen[0].seq, x->seen,
	    x->seen_count);
	tap(x->slowest[VICTIM_CORE] < READY_MS &&
	    x->slowest[VICTIM_SUPERVISOR] < READY_MS,
	    "I10 ready again in %lld ms at most",
	    (long long)(x->slowest[VICTIM_CORE] >
	    x->slowest[VICTIM_SUPERVISOR] ? x->slowest[VICTIM_CORE] :
	    x->slowest[VICTIM_SUPERVISOR]));
	tap(status == 0, "the server ends in order when told to");
	return tap_end();
}
