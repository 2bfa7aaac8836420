/* SPDX-License-Identifier: ISC */
/*
 * faults.c - a server whose disk is full, fails or is slow, that has no
 * descriptors or no memory: it refuses in words, never says that something
 * was done which was not, and works again when the cause is gone.
 *
 *   faults BUILD INJECT.so DIR FOLDER SEED [MEMORY-FAULTS]
 *
 * Each fault is followed by its number of hits: none, and the test fails.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <errno.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inject.h"
#include "peer.h"
#include "server.h"

enum { OP = 16, CROWD = 8, AGAIN_MS = 10000, SLOW_US = 50000, EACH = 5,
	PEERS = 40, SLOWEST_MS = 5000,
	MALLOCS = 900 };		/* of about one command */

struct faults {
	struct server server;
	struct inject *page;
	int64_t seed;			/* where the memory ends first */
	char folio[32];
	int count, failed;
};

static void
tap(struct faults *f, bool good, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void
tap(struct faults *f, bool good, const char *fmt, ...)
{
	va_list ap;

	f->failed += !good;
	(void)printf("%sok %d - ", good ? "" : "not ", ++f->count);
	va_start(ap, fmt);
	(void)vprintf(fmt, ap);
	va_end(ap);
	(void)putchar('\n');
	(void)fflush(stdout);
}

/* ---- asking ---- */

struct said {
	int status;			/* -1: no answer came */
	char text[1024];
	int64_t events;
};

static void
say(struct faults *f, const char *who, const uint8_t *op, const char *line,
    struct said *out)
{
	Pauta__Message *m;
	struct peer p;

	memset(out, 0, sizeof *out);
	out->status = -1;
	peer_init(&p, f->server.dir, who);
	if (peer_say(&p, op, line, &m) == 0) {
		out->status = (int)m->reply->status;
		(void)snprintf(out->text, sizeof out->text, "%s",
		    m->reply->doc);
		out->events = reply_number(m, "events");
		pauta__message__free_unpacked(m, NULL);
	}
	peer_close(&p);
}

/* Until it is accepted, or time is over: whether it was. */
static bool
say_until(struct faults *f, const char *who, const uint8_t *op,
    const char *line, struct said *out)
{
	int64_t since = mono_ms();

	do {
		say(f, who, op, line, out);
		if (out->status == 0)
			return true;
		(void)poll(NULL, 0, 5);
	} while (mono_ms() - since < AGAIN_MS);
	return false;
}

static int64_t
events(struct faults *f)
{
	struct said s;

	return say_until(f, NULL, NULL, "verificar", &s) ? s.events : -1;
}

static void
begin_fault(struct faults *f, enum inject_call call, int place, int error)
{
	f->page->hits = 0;
	f->page->after = 0;
	f->page->place = place;
	f->page->error = error;
	f->page->pid = (int32_t)server_find(&f->server, VICTIM_CORE, 0);
	f->page->call = (int)call;
}

static void
end_fault(struct faults *f)
{
	f->page->call = INJECT_NONE;
	f->page->pid = 0;
}

/* What is asked under each fault. */
static const char line[] = "iniciar 63-COM-P01 title='Bajo una falla'";

/* ---- disk full ---- */

/* Eight people at once, so that a turn holds several of them. */
static int
crowd(struct faults *f, const char *say_too)
{
	pid_t pids[CROWD];
	struct said s;
	uint8_t op[OP];
	int i, status, good = 0;

	for (i = 0; i < CROWD; i++) {
		(void)fflush(stdout);
		if ((pids[i] = fork()) != 0)
			continue;
		hash_random(op, OP);
		say(f, "jefa", op, line, &s);
		_exit(s.status == 4 && strstr(s.text, say_too) != NULL);
	}
	for (i = 0; i < CROWD; i++)
		if (waitpid(pids[i], &status, 0) == pids[i])
			good += WIFEXITED(status) && WEXITSTATUS(status) == 1;
	return good;
}

static void
a_full_disk_refuses_and_the_core_goes_on(struct faults *f)
{
	pid_t core = server_find(&f->server, VICTIM_CORE, 0);
	int64_t before = events(f), after;
	uint8_t op[OP];
	struct said s, read, state;
	int told;

	hash_random(op, OP);
	begin_fault(f, INJECT_WRITE, INJECT_LOG, ENOSPC);
	say(f, "jefa", op, line, &s);
	say(f, "jefa", NULL, "bandeja", &read);
	told = crowd(f, "El disco est");
	say(f, NULL, NULL, "estado", &state);
	end_fault(f);
	tap(f, s.status == 4 && strstr(s.text, "El disco está lleno") != NULL,
	    "ENOSPC: refused in words, status=%d hits=%lld", s.status,
	    (long long)f->page->hits);
	tap(f, read.status == 0 &&
	    strstr(state.text, "\"level\":\"full\"") != NULL,
	    "ENOSPC: reads go on, and the operator is told");
	tap(f, told == CROWD, "ENOSPC: each of %d waiting was told, %d",
	    CROWD, told);
	after = events(f);
	tap(f, before == after && f->page->hits > 0,
	    "ENOSPC: nothing of it is there, events=%lld", (long long)after);
	tap(f, say_until(f, "jefa", op, line, &s) && events(f) > after &&
	    server_find(&f->server, VICTIM_CORE, 0) == core,
	    "ENOSPC: the same core takes it again when there is room");
	after = events(f);
	say(f, "jefa", op, line, &s);
	tap(f, s.status == 0 && events(f) == after,
	    "ENOSPC: once, however often it is sent");
}

static void
a_log_that_cannot_be_moved_is_reported(struct faults *f)
{
	char text[65536];
	pid_t core = server_find(&f->server, VICTIM_CORE, 0);
	struct said s = { 0 };
	bool reported = false;
	uint8_t op[OP];
	int i, n = 0;
	FILE *log;

	begin_fault(f, INJECT_WRITE, INJECT_MAIN, ENOSPC);
	for (i = 0; i < 600 && f->page->hits == 0; i++) {
		hash_random(op, OP);
		say(f, "jefa", op, line, &s);
		n += s.status == 0;
	}
	say(f, "jefa", NULL, "bandeja", &s);
	log = fopen(f->server.log, "re");
	while (log != NULL && fgets(text, sizeof text, log) != NULL)
		reported = reported ||
		    strstr(text, "checkpoint=failed") != NULL;
	if (log != NULL)
		(void)fclose(log);
	end_fault(f);
	tap(f, reported && f->page->hits > 0 && s.status == 0 &&
	    server_find(&f->server, VICTIM_CORE, 0) == core,
	    "full file, room in the log: reported, work goes on, "
	    "operations=%d hits=%lld", n, (long long)f->page->hits);
}

/* ---- a disk that fails ---- */

static void
a_failing_disk_ends_the_core(struct faults *f, enum inject_call call,
    const char *name)
{
	pid_t core = server_find(&f->server, VICTIM_CORE, 0), now;
	int64_t before = events(f), hits, since;
	uint8_t op[OP];
	struct said s;
	bool again;

	hash_random(op, OP);
	begin_fault(f, call, INJECT_LOG, EIO);
	say(f, "jefa", op, line, &s);
	hits = f->page->hits;
	end_fault(f);
	tap(f, s.status != 0 && hits > 0,
	    "EIO on %s: never acknowledged, status=%d hits=%lld", name,
	    s.status, (long long)hits);
	since = mono_ms();
	again = say_until(f, "jefa", op, line, &s);
	now = server_find(&f->server, VICTIM_CORE, 0);
	tap(f, again && now != core && events(f) > before,
	    "EIO on %s: another core takes it, after %lld ms", name,
	    (long long)(mono_ms() - since));
}

static void
what_cannot_be_read_is_not_told_as_missing(struct faults *f)
{
	pid_t core = server_find(&f->server, VICTIM_CORE, 0);
	char *ask = xasprintf("expediente %s", f->folio);
	struct said s;
	int64_t hits;

	(void)kill(core, SIGKILL);	/* nothing in its memory */
	(void)events(f);
	begin_fault(f, INJECT_READ, INJECT_BOTH, EIO);
	say(f, "jefa", NULL, ask, &s);
	hits = f->page->hits;
	end_fault(f);
	tap(f, s.status != 0 && s.status != 3 && hits > 0,
	    "EIO on read: status=%d hits=%lld", s.status, (long long)hits);
	tap(f, say_until(f, "jefa", NULL, ask, &s),
	    "EIO on read: found when it can be read");
	free(ask);
}

static void
a_slow_disk_only_makes_it_slow(struct faults *f)
{
	pid_t core = server_find(&f->server, VICTIM_CORE, 0), pids[CROWD];
	int64_t since, slowest = 0;
	uint8_t op[OP];
	struct said s;
	int i, k, status, good = 0;

	f->page->delay = SLOW_US;
	begin_fault(f, INJECT_DELAY, INJECT_BOTH, 0);
	for (i = 0; i < CROWD; i++) {
		(void)fflush(stdout);
		if ((pids[i] = fork()) != 0)
			continue;
		for (k = 0; k < EACH; k++) {
			hash_random(op, OP);
			since = mono_ms();
			say(f, "jefa", op, line, &s);
			if (s.status != 0)
				_exit(255);
			if (mono_ms() - since > slowest)
				slowest = mono_ms() - since;
		}
		_exit(slowest < SLOWEST_MS ? (int)(slowest / 20) : 254);
	}
	slowest = 0;
	for (i = 0; i < CROWD; i++)
		if (waitpid(pids[i], &status, 0) == pids[i] &&
		    WIFEXITED(status) && WEXITSTATUS(status) < 250) {
			good++;
			if (WEXITSTATUS(status) * 20 > slowest)
				slowest = WEXITSTATUS(status) * 20;
		}
	end_fault(f);
	tap(f, good == CROWD && f->page->hits > 0 &&
	    server_find(&f->server, VICTIM_CORE, 0) == core,
	    "syncs of %d ms: all %d done, slowest about %lld ms, hits=%lld",
	    SLOW_US / 1000, CROWD * EACH, (long long)slowest,
	    (long long)f->page->hits);
}

/* ---- no descriptors, no memory ---- */

/* The lowest number that is free: the next descriptor gets it. */
static int
free_fd(pid_t pid)
{
	struct stat sb;
	char *path;
	int fd, r = 0;

	for (fd = 0; r == 0; fd++) {
		path = xasprintf("/proc/%d/fd/%d", (int)pid, fd);
		r = lstat(path, &sb);
		free(path);
	}
	return fd - 1;
}

static void
without_descriptors_those_inside_work_on(struct faults *f)
{
	pid_t core = server_find(&f->server, VICTIM_CORE, 0);
	struct peer inside, others[PEERS];
	struct rlimit old, small;
	Pauta__Message *m;
	uint8_t op[OP];
	struct said s;
	bool works;
	int i, turned_away = 0;

	hash_random(op, OP);
	peer_init(&inside, f->server.dir, "jefa");
	if (peer_say(&inside, NULL, "bandeja", &m) == 0)
		pauta__message__free_unpacked(m, NULL);
	if (prlimit(core, RLIMIT_NOFILE, NULL, &old) < 0)
		return;
	small = old;
	small.rlim_cur = (rlim_t)free_fd(core) + 3;
	(void)prlimit(core, RLIMIT_NOFILE, &small, NULL);
	for (i = 0; i < PEERS; i++) {
		peer_init(&others[i], f->server.dir, "prod");
		if (peer_say(&others[i], NULL, "bandeja", &m) < 0)
			turned_away++;
		else
			pauta__message__free_unpacked(m, NULL);
	}
	works = peer_say(&inside, op, line, &m) == 0 && m->reply->status == 0;
	for (i = 0; i < PEERS; i++)
		peer_close(&others[i]);
	peer_close(&inside);
	(void)prlimit(core, RLIMIT_NOFILE, &old, NULL);
	tap(f, works && turned_away > 0,
	    "EMFILE: who is inside works on, turned away=%d of %d",
	    turned_away, PEERS);
	tap(f, say_until(f, "prod", NULL, "bandeja", &s) &&
	    server_find(&f->server, VICTIM_CORE, 0) == core,
	    "EMFILE: the same core lets people in again");
}

static void
without_memory_nothing_is_done_twice(struct faults *f, int times)
{
	int64_t before, after, one = 0, hits = 0;
	int i, good = 0, refused = 0;
	uint8_t op[OP];
	struct said s;

	before = events(f);
	hash_random(op, OP);
	if (say_until(f, "jefa", op, line, &s))
		one = events(f) - before;
	for (i = 0; i < times; i++) {
		before = events(f);
		hash_random(op, OP);
		begin_fault(f, INJECT_MEMORY, 0, ENOMEM);
		/* Evenly, so that some of them fall within the command. */
		f->page->after = (f->seed + (int64_t)i * MALLOCS / times) %
		    MALLOCS;
		say(f, "jefa", op, line, &s);
		hits += f->page->hits;
		refused += s.status != 0;
		end_fault(f);
		after = say_until(f, "jefa", op, line, &s) ? events(f) : -1;
		good += after - before == one || after - before == one + 1;
	}
	tap(f, good == times && hits > 0 && one > 0,
	    "ENOMEM: %d of %d there once, no answer or refused=%d hits=%lld",
	    good, times, refused, (long long)hits);
}

int
main(int argc, char **argv)
{
	struct faults f = { .count = 0 };
	char *path;
	struct said s;
	uint8_t op[OP];
	int fd;

	if (argc < 6) {
		(void)fputs("faults BUILD INJECT.so DIR FOLDER SEED "
			    "[MEMORY-FAULTS]\n", stderr);
		return 2;
	}
	log_init("faults", LOG_FATAL);
	(void)signal(SIGPIPE, SIG_IGN);
	f.server = (struct server){ .build = argv[1], .dir = argv[3],
		.log = xasprintf("%s/server.log", argv[4]),
		.preload = argv[2] };
	path = xasprintf("%s/inject", argv[4]);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || ftruncate(fd, sizeof *f.page) < 0)
		return 2;
	f.seed = strtoll(argv[5], NULL, 10);
	f.page = mmap(NULL, sizeof *f.page, PROT_READ | PROT_WRITE,
	    MAP_SHARED, fd, 0);
	(void)setenv(INJECT_PAGE, path, 1);
	if (f.page == MAP_FAILED || server_start(&f.server) < 0) {
		(void)puts("Bail out! the server does not start");
		return 2;
	}
	hash_random(op, OP);
	(void)say_until(&f, "jefa", op, line, &s);
	(void)sscanf(s.text, "{\"folio\":\"%31[^\"]", f.folio);
	a_full_disk_refuses_and_the_core_goes_on(&f);
	a_failing_disk_ends_the_core(&f, INJECT_WRITE, "write");
	a_failing_disk_ends_the_core(&f, INJECT_SYNC, "fdatasync");
	what_cannot_be_read_is_not_told_as_missing(&f);
	a_slow_disk_only_makes_it_slow(&f);
	without_descriptors_those_inside_work_on(&f);
	a_log_that_cannot_be_moved_is_reported(&f);
	without_memory_nothing_is_done_twice(&f,
	    argc > 6 ? (int)strtol(argv[6], NULL, 10) : 10);
	tap(&f, server_stop(&f.server) == 0, "the server ends in order");
	return f.failed > 0;
}
