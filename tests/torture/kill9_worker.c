/* SPDX-License-Identifier: ISC */
/* kill9_worker.c - see kill9.h. */
#include "kill9.h"

#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "script.h"

enum { OP = 16, RETRY_MS = 5 };

struct work {
	struct worker *w;
	struct peer jefa, prod;
	FILE *journal;
	char *folio;
};

/* What an answer said, from a frame or from the end of an ssh. */
struct said {
	int status;			/* -1: nothing is known */
	char *folio, *doc;
};

static void
said_clear(struct said *s)
{
	free(s->folio);
	free(s->doc);
	*s = (struct said){ .status = -1 };
}

static char *
work_fill(const struct work *k, const char *line)
{
	const char *hole = strstr(line, "{F}");

	return hole == NULL ? xstrdup(line) : xasprintf("%.*s%s%s",
	    (int)(hole - line), line, k->folio, hole + 3);
}

static void
work_ask_socket(struct work *k, const char *who, const uint8_t *op,
    const char *line, struct said *said)
{
	struct peer *p = strcmp(who, "jefa") == 0 ? &k->jefa : &k->prod;
	Pauta__Message *m;

	if (peer_say(p, op, line, &m) < 0)
		return;
	/* "Not available": nothing happened, or nothing is known. */
	if (m->reply->status != 4) {
		said->status = (int)m->reply->status;
		said->folio = reply_text(m, "folio");
		said->doc = xstrdup(m->reply->doc);
	}
	pauta__message__free_unpacked(m, NULL);
}

/* ---- the same through the real ssh ---- */

static _Noreturn void
ssh_exec(struct work *k, const char *who, const char *line, int out)
{
	char *key = xasprintf("%s/keys/%s", k->w->server->dir, who);
	char *to = xasprintf("%s@127.0.0.1", who);
	uint8_t d[3];
	char *from;

	hash_random(d, sizeof d);
	/* Each try from another address: none is held for an earlier one. */
	from = xasprintf("127.%d.%d.%d", 1 + d[0] % 200, d[1],
	    1 + d[2] % 250);
	(void)dup2(out, STDOUT_FILENO);
	if (freopen("/dev/null", "r", stdin) == NULL ||
	    freopen("/dev/null", "w", stderr) == NULL)
		_exit(255);
	execlp("ssh", "ssh", "-F", "none", "-i", key, "-b", from, "-p",
	    k->w->server->port, "-o", "IdentitiesOnly=yes", "-o",
	    "IdentityAgent=none", "-o", "BatchMode=yes", "-o",
	    "UserKnownHostsFile=/dev/null", "-o", "StrictHostKeyChecking=no",
	    "-o", "LogLevel=ERROR", to, line, (char *)NULL);
	_exit(255);
}

static void
work_ask_ssh(struct work *k, const char *who, const uint8_t *op,
    const char *line, struct said *said)
{
	char hex[2 * OP + 1], text[8192];
	char *whole = xasprintf("%s --json --op=%s", line,
	    hex_text(op, OP, hex));
	int out[2], status = 0;
	ssize_t n, got = 0;
	json_t *doc;
	pid_t pid;

	if (pipe(out) < 0 || (pid = fork()) < 0)
		exit(2);
	if (pid == 0)
		ssh_exec(k, who, whole, out[1]);
	(void)close(out[1]);
	while ((n = read(out[0], text + got,
		    sizeof text - 1 - (size_t)got)) > 0)
		got += n;
	text[got] = '\0';
	(void)close(out[0]);
	(void)waitpid(pid, &status, 0);
	free(whole);
	doc = json_loads(text, 0, NULL);
	if (WIFEXITED(status) && WEXITSTATUS(status) < 4 && doc != NULL) {
		said->status = WEXITSTATUS(status);
		said->folio = xstrdup(json_string_value(
		    json_object_get(doc, "folio")));
		said->doc = xstrdup(text);
	}
	json_decref(doc);
}

/* ---- one operation, until there is an answer ---- */

static void
work_one(struct work *k, int at)
{
	bool ssh = k->w->n >= WORKERS - WORKERS_SSH;
	const struct script_line *l = &script[at];
	struct said said = { .status = -1 };
	char hex[2 * OP + 1], *line = work_fill(k, l->line);
	struct shared *sh = k->w->shared;
	uint8_t op[OP];

	hash_random(op, OP);
	(void)fprintf(k->journal, "ask %s %s %d\n", hex_text(op, OP, hex),
	    l->who, at);
	(void)fflush(k->journal);
	sh->asked[k->w->n]++;
	while (said.status < 0) {
		(ssh ? work_ask_ssh : work_ask_socket)(k, l->who, op, line,
		    &said);
		if (said.status < 0) {
			sh->resent[k->w->n]++;
			(void)poll(NULL, 0, RETRY_MS);
		}
	}
	if (said.status == 0 && said.folio != NULL)
		(void)fprintf(k->journal, "ok %s %s\n", hex, said.folio);
	else {
		(void)fprintf(k->journal, "no %s %d %s\n", hex, said.status,
		    said.doc);
		sh->refused[k->w->n]++;
	}
	(void)fflush(k->journal);
	if (at == 0)
		k->folio = xstrdup(said.folio);
	if (write(k->w->bell, "a", 1) != 1)
		_exit(2);
	said_clear(&said);
	free(line);
}

_Noreturn void
worker_run(struct worker *w)
{
	char *path = xasprintf("%s/journal.%d", w->folder, w->n);
	struct work k = { .w = w };
	int at;

	(void)signal(SIGPIPE, SIG_IGN);
	k.journal = fopen(path, "we");
	if (k.journal == NULL)
		_exit(2);
	peer_init(&k.jefa, w->server->dir, "jefa");
	peer_init(&k.prod, w->server->dir, "prod");
	while (!w->shared->stop) {
		free(k.folio);
		k.folio = NULL;
		for (at = 0; at < SCRIPT_N && !w->shared->stop; at++) {
			work_one(&k, at);
			/* Refused: the check will say so; another case. */
			if (k.folio == NULL)
				break;
		}
	}
	(void)fclose(k.journal);
	_exit(0);
}
