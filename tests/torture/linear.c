/* SPDX-License-Identifier: ISC */
/*
 * linear.c - ten people race for the same three decisions while the core is
 * killed; then: is there one order of what they did that explains what each
 * was told?
 *
 *   linear BUILD DIR LOG HISTORIES SEED [--until-caught]
 *
 * DIR is a demonstration office with two more heads, jefb and jefc.  Half of
 * a person's decisions rest on what she read some time ago: only comparing
 * revisions keeps those out.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "linear_model.h"
#include "peer.h"
#include "script.h"
#include "server.h"

enum { CLIENTS = 10, CASES = 3, TURNS = 24, OP = 16, TO_2_11 = 12,
	UNDO_SURE_MS = 25000, CAUGHT_MS = 60000 };

static const char *const logins[] = { "", "prod", "jefa", "jefb", "jefc" };
enum { LOGINS = sizeof logins / sizeof logins[0] };

struct told {
	int kase;
	struct op op;
};

_Static_assert(CLIENTS * TURNS <= OPS_MAX, "a history fits");

/* In memory that all see. */
struct race {
	char folio[CASES][32];
	struct told told[CLIENTS * TURNS];
	volatile int count[CLIENTS];
	volatile int64_t resent;
};

struct client {
	struct race *race;
	struct peer peer;
	int n, who, bell;
	uint64_t dice;
	int64_t began;
	struct { enum place place; int64_t revision; } saw[CASES];
};

static uint32_t
dice(uint64_t *state, uint32_t n)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33) % n;
}

static int64_t
mono_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

/* ---- one person ---- */

/* The command line of what she does.  Given. */
static char *
client_line(const struct client *c, int kase, const struct op *o)
{
	static const char *const values[PLACE_N] = {
		[PLACE_2_9] = "changes_done='Hecho' exported=sí "
		    "export_location='Equipo 1/corte.mp4'",
		[PLACE_D1] = "has_changes=no",
		[PLACE_2_10] = "version=1 export_location='Equipo 1/c.mp4'",
	};
	const char *folio = c->race->folio[kase];
	long long revision = (long long)o->revision;

	switch (o->act) {
	case ACT_READ:
		return xasprintf("paso %s %s", folio, place_names[o->place]);
	case ACT_TAKE:
	case ACT_RELEASE:
		return xasprintf("%s %s 2.11", act_names[o->act], folio);
	case ACT_APPROVE:
		return xasprintf("aprobar %s 2.11 revision=%lld", folio,
		    revision);
	case ACT_RETURN:
		return xasprintf("devolver %s 2.11 motivo='Otra vez' "
		    "revision=%lld", folio, revision);
	case ACT_DO:
		return xasprintf("hacer %s %s %s revision=%lld", folio,
		    place_names[o->place], values[o->place], revision);
	default:
		return xasprintf("deshacer %s", folio);
	}
}

static int
login_find(const char *name)
{
	int i;

	for (i = 1; name != NULL && i < LOGINS; i++)
		if (strcmp(logins[i], name) == 0)
			return i;
	return 0;
}

static void
client_answer(struct client *c, int kase, struct op *o,
    const Pauta__Message *m)
{
	char *holder;

	o->to = mono_ns();
	o->good = m->reply->status == 0;
	o->late = mono_ms() - c->began > UNDO_SURE_MS;
	if (o->act != ACT_READ || !o->good)
		return;
	holder = reply_text(m, "assignee");
	o->holder = login_find(holder);
	o->revision = reply_number(m, "revision");
	c->saw[kase].place = o->place;
	c->saw[kase].revision = o->revision;
	free(holder);
}

/* Ask until there is an answer, always under the same number. */
static void
client_do(struct client *c, int kase, struct op *o)
{
	char *line = client_line(c, kase, o);
	Pauta__Message *m = NULL;
	uint8_t op[OP];
	struct told *t;
	bool known = false;

	hash_random(op, OP);
	o->who = c->who;
	o->client = c->n;
	o->from = mono_ns();
	while (!known) {
		if (peer_say(&c->peer, op, line, &m) == 0) {
			known = m->reply->status != 4;
			if (known)
				client_answer(c, kase, o, m);
			pauta__message__free_unpacked(m, NULL);
		}
		if (!known) {
			c->race->resent++;
			(void)poll(NULL, 0, 2);
		}
	}
	free(line);
	t = &c->race->told[c->n * TURNS + c->race->count[c->n]];
	t->kase = kase;
	t->op = *o;
	c->race->count[c->n]++;
	if (write(c->bell, "a", 1) != 1)
		_exit(2);
}

static void
client_head(struct client *c, int kase)
{
	static const struct { uint32_t upto; enum act act; } acts[] = {
		{ 35, ACT_READ }, { 45, ACT_TAKE }, { 55, ACT_RELEASE },
		{ 61, ACT_APPROVE }, { 85, ACT_RETURN }, { 100, ACT_UNDO },
	};
	uint32_t d = dice(&c->dice, 100);
	struct op o = { .place = PLACE_2_11 };
	size_t i = 0;

	while (acts[i].upto <= d)
		i++;
	o.act = acts[i].act;
	/* Nothing read yet: a revision that was never there. */
	o.revision = o.act == ACT_APPROVE || o.act == ACT_RETURN ?
	    c->saw[kase].revision + (c->saw[kase].revision == 0) : 0;
	client_do(c, kase, &o);
}

static void
client_producer(struct client *c, int kase)
{
	struct op o = { .act = ACT_READ };
	uint32_t d = dice(&c->dice, 10);

	if (d == 0) {
		o.act = ACT_UNDO;
	} else if (d < 6 || c->saw[kase].revision == 0) {
		o.place = (enum place)dice(&c->dice, 3);
	} else {
		o.act = ACT_DO;
		o.place = c->saw[kase].place;
		o.revision = c->saw[kase].revision;
	}
	client_do(c, kase, &o);
}

static _Noreturn void
client_run(struct client *c, const char *dir)
{
	int i, kase;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)signal(SIGPIPE, SIG_IGN);
	peer_init(&c->peer, dir, logins[c->who]);
	for (i = 0; i < TURNS; i++) {
		kase = (int)dice(&c->dice, CASES);
		if (c->who == 1)
			client_producer(c, kase);
		else
			client_head(c, kase);
	}
	_exit(0);
}

/* ---- one history ---- */

struct linear {
	struct server server;
	struct race *race;
	uint64_t dice;
	int bell[2];
	int64_t ops, kills, anomalies, good[ACT_N], bad[ACT_N];
};

static _Noreturn void
linear_die(struct linear *l, const char *what, const char *more)
{
	(void)printf("Bail out! %s %s\n", what, more);
	(void)server_stop(&l->server);
	exit(2);
}

/* Say it until it is done. */
static void
linear_must(struct linear *l, const char *who, const char *line, char *folio)
{
	const char *hole = strstr(line, "{F}");
	char *whole, *got;
	Pauta__Message *m;
	struct peer p;
	uint8_t op[OP];

	hash_random(op, OP);
	whole = hole == NULL ? xstrdup(line) : xasprintf("%.*s%s%s",
	    (int)(hole - line), line, folio, hole + 3);
	peer_init(&p, l->server.dir, who);
	while (peer_say(&p, op, whole, &m) < 0)
		(void)poll(NULL, 0, 2);
	if (m->reply->status != 0)
		linear_die(l, whole, m->reply->doc);
	got = reply_text(m, "folio");
	if (got != NULL)
		(void)snprintf(folio, 32, "%s", got);
	free(got);
	free(whole);
	pauta__message__free_unpacked(m, NULL);
	peer_close(&p);
}

static void
linear_kill(struct linear *l)
{
	pid_t pid = server_find(&l->server, VICTIM_CORE, 0);

	if (pid > 0 && kill(pid, SIGKILL) == 0)
		l->kills++;
}

static void
linear_race(struct linear *l)
{
	uint32_t kill_at = dice(&l->dice, 2 * CLIENTS * TURNS), heard = 0;
	struct pollfd p = { .fd = l->bell[0], .events = POLLIN };
	pid_t pids[CLIENTS];
	struct client c;
	char byte;
	int i;

	for (i = 0; i < CLIENTS; i++) {
		c = (struct client){ .race = l->race, .n = i,
			.who = i < 4 ? 1 : 2 + i % 3, .bell = l->bell[1],
			.dice = l->dice + (uint64_t)i * 77777,
			.began = mono_ms() };
		(void)fflush(stdout);
		if ((pids[i] = fork()) == 0)
			client_run(&c, l->server.dir);
	}
	while (heard < CLIENTS * TURNS) {
		if (poll(&p, 1, 30000) <= 0)
			linear_die(l, "nobody got an answer in 30 s", "");
		if (read(l->bell[0], &byte, 1) == 1 && heard++ == kill_at)
			linear_kill(l);
	}
	for (i = 0; i < CLIENTS; i++)
		(void)waitpid(pids[i], NULL, 0);
}

static void
linear_print(const struct op *ops, size_t n, size_t deepest)
{
	size_t i;

	(void)printf("# no order: %zu of %zu\n", deepest, n);
	for (i = 0; i < n; i++)
		(void)printf("# %3zu c%d %-5s %-8s %-4s rev=%-4lld %-5s %s "
		    "%lld..%lld us\n", i, ops[i].client, logins[ops[i].who],
		    act_names[ops[i].act],
		    ops[i].act == ACT_READ || ops[i].act == ACT_DO ?
		    place_names[ops[i].place] : "",
		    (long long)ops[i].revision, logins[ops[i].holder],
		    ops[i].good ? "ok" : "no",
		    (long long)(ops[i].from - ops[0].from) / 1000,
		    (long long)(ops[i].to - ops[0].from) / 1000);
}

static void
linear_judge(struct linear *l)
{
	static struct op ops[OPS_MAX];
	size_t n, deepest;
	int kase, i;

	for (kase = 0; kase < CASES; kase++) {
		n = 0;
		for (i = 0; i < CLIENTS * TURNS; i++) {
			if (l->race->told[i].kase != kase)
				continue;
			ops[n] = l->race->told[i].op;
			l->good[ops[n].act] += ops[n].good;
			l->bad[ops[n].act] += !ops[n].good;
			n++;
		}
		l->ops += (int64_t)n;
		if (linear_check(ops, n, &deepest))
			continue;
		if (l->anomalies++ == 0)
			linear_print(ops, n, deepest);
	}
}

static void
linear_history(struct linear *l)
{
	int i, at;

	memset(l->race, 0, sizeof *l->race);
	for (i = 0; i < CASES; i++)
		for (at = 0; at < TO_2_11; at++)
			linear_must(l, script[at].who, script[at].line,
			    l->race->folio[i]);
	linear_race(l);
	linear_judge(l);
}

static void
linear_report(const struct linear *l, int histories)
{
	int i;

	(void)printf("# histories=%d operations=%lld kills=%lld", histories,
	    (long long)l->ops, (long long)l->kills);
	for (i = 0; i < ACT_N; i++)
		(void)printf(" %s=%lld/%lld", act_names[i],
		    (long long)l->good[i],
		    (long long)(l->good[i] + l->bad[i]));
	(void)printf("\nanomalies=%lld\n", (long long)l->anomalies);
}

int
main(int argc, char **argv)
{
	struct linear l = { 0 };
	int64_t since = mono_ms();
	int i, histories;
	bool until;

	if (argc < 6) {
		(void)fputs("linear BUILD DIR LOG HISTORIES SEED "
		    "[--until-caught]\n", stderr);
		return 2;
	}
	log_init("linear", LOG_FATAL);
	(void)signal(SIGPIPE, SIG_IGN);
	until = argc > 6;
	histories = (int)strtol(argv[4], NULL, 10);
	l.dice = strtoull(argv[5], NULL, 10) * 2 + 1;
	l.server = (struct server){ .build = argv[1], .dir = argv[2],
		.log = argv[3] };
	l.race = mmap(NULL, sizeof *l.race, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (pipe(l.bell) < 0 ||
	    fcntl(l.bell[0], F_SETFD, FD_CLOEXEC) < 0 ||
	    fcntl(l.bell[1], F_SETFD, FD_CLOEXEC) < 0 ||
	    server_start(&l.server) < 0)
		linear_die(&l, "the server does not start", "");
	for (i = 0; i < histories; i++) {
		linear_history(&l);
		if (until && (l.anomalies > 0 ||
		    mono_ms() - since > CAUGHT_MS)) {
			i++;
			break;
		}
	}
	linear_report(&l, i);
	if (until)
		(void)printf("# after %lld ms\n",
		    (long long)(mono_ms() - since));
	return server_stop(&l.server) != 0 ? 2 : l.anomalies > 0;
}
