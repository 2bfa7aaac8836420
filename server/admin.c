/* SPDX-License-Identifier: ISC */
/* admin.c - see admin.h. */
#include "admin.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "../proto/frame.h"
#include "../proto/text.h"

/* What was read, given, when it is text and all of it. */
static char *
file_text(const char *path, struct buf *b, struct why *why)
{
	const char *s = buf_str(b), *at;
	size_t line = 1;
	char *text;

	if (strlen(s) < b->len) {
		for (at = s; (at = strchr(at, '\n')) != NULL; at++)
			line++;
		(void)why_set(why, ERR_REFUSED, "%s:%zu: no es texto: lleva un "
		    "byte nulo.", path, line);
		return NULL;
	}
	text = xstrdup(s);
	text_join_lines(text);
	return text;
}

char *
file_read(const char *path, struct why *why)
{
	char piece[8192], *text = NULL;
	struct buf b;
	size_t n = 0;
	FILE *f;

	buf_init(&b, FRAME_MAX);
	errno = 0;
	if ((f = fopen(path, "re")) != NULL)
		while ((n = fread(piece, 1, sizeof piece, f)) > 0)
			if (buf_add(&b, piece, n) < 0)
				break;
	if (f == NULL || ferror(f))
		(void)why_set(why, errno == ENOENT ? ERR_NOT_FOUND :
		    ERR_REFUSED, "%s: %s.", path, err_reason(errno));
	else if (n > 0)
		(void)why_set(why, ERR_REFUSED, "%s: pasa de %d MiB.", path,
		    FRAME_MAX >> 20);
	else
		text = file_text(path, &b, why);
	if (f != NULL)
		(void)fclose(f);
	buf_clear(&b);
	return text;
}

const char *
program_dir(void)
{
	static char path[1024];
	ssize_t n;
	char *slash;

	if (path[0] == '\0') {
		n = readlink("/proc/self/exe", path, sizeof path - 1);
		path[n > 0 ? n : 0] = '\0';
		if ((slash = strrchr(path, '/')) != NULL)
			*slash = '\0';
	}
	return path;
}

/* Beside an installed program, or in the tree it was built from. */
const char *
share_dir(void)
{
	static const char *const places[] = { "/../share/pauta", "/../server",
		"/../../server" };
	static char path[1200];
	struct stat st;
	char probe[1300];
	size_t i;

	for (i = 0; i < ARRAY_LEN(places); i++) {
		(void)snprintf(path, sizeof path, "%s%s", program_dir(),
		    places[i]);
		(void)snprintf(probe, sizeof probe, "%s/procedures", path);
		if (stat(probe, &st) == 0)
			return path;
	}
	return PAUTA_SHARE;
}

/* ---- through the running core ---- */

static int
admin_connect(const char *dir)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	int fd, n;

	n = snprintf(sa.sun_path, sizeof sa.sun_path, "%s/run/admin.sock",
	    dir);
	if (n < 0 || (size_t)n >= sizeof sa.sun_path)
		return -1;
	if ((fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) < 0)
		return -1;
	if (connect(fd, (struct sockaddr *)&sa, sizeof sa) < 0) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

static int
admin_hello(int fd)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT, *in;
	Pauta__Hello hello = PAUTA__HELLO__INIT;
	int r;

	hello.version = PROTO_VERSION;
	hello.kind = (char *)"admin";
	m.body_case = PAUTA__MESSAGE__BODY_HELLO;
	m.hello = &hello;
	if ((r = frame_write_fd(fd, &m)) < 0 ||
	    (r = frame_read_fd(fd, &in)) < 0)
		return r;
	if (in->body_case != PAUTA__MESSAGE__BODY_WELCOME)
		r = -ERR_UNAVAILABLE;
	pauta__message__free_unpacked(in, NULL);
	return r;
}

static void
admin_fill(struct answer *a, const Pauta__Reply *reply)
{
	memset(a, 0, sizeof *a);
	a->status = (int)reply->status;
	a->code = xstrdup(reply->code);
	a->doc = xstrdup(reply->doc);
	a->text = xstrdup(reply->text);
}

static int
admin_remote(int fd, const char *const *words, bool json, struct answer *a,
    struct why *why)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT, *in;
	Pauta__Request q = PAUTA__REQUEST__INIT;
	int r = 0;

	q.id = 1;
	q.words = (char **)words;
	while (words[q.n_words] != NULL)
		q.n_words++;
	q.json = json;
	m.body_case = PAUTA__MESSAGE__BODY_REQUEST;
	m.request = &q;
	if (admin_hello(fd) < 0 || frame_write_fd(fd, &m) < 0 ||
	    frame_read_fd(fd, &in) < 0)
		return why_set(why, ERR_UNAVAILABLE,
		    "El servidor no responde; intente de nuevo.");
	if (in->body_case == PAUTA__MESSAGE__BODY_REPLY)
		admin_fill(a, in->reply);
	else
		r = why_set(why, ERR_UNAVAILABLE,
		    "El servidor respondió otra cosa; intente de nuevo.");
	pauta__message__free_unpacked(in, NULL);
	return r;
}

/* ---- without one ---- */

static int
admin_local(const char *dir, const char *const *words, bool json,
    struct answer *a, struct why *why)
{
	struct caller who = { .login = NULL, .source = "consola" };
	struct core *c = NULL;
	int r;

	if ((r = core_open(dir, &c, why)) < 0)
		return r;
	core_run(c, &who, NULL, words, json, a);
	if ((r = core_commit(c, why)) < 0)
		answer_clear(a);
	core_free(c);
	return r;
}

int
admin_ask(const char *dir, const char *const *words, bool json,
    struct answer *a, struct why *why)
{
	char path[1024];
	struct stat st;
	int fd, r;

	(void)snprintf(path, sizeof path, "%s/pauta.db", dir);
	if (stat(path, &st) < 0)
		return why_set(why, ERR_NOT_FOUND,
		    "%s no es una carpeta de Pauta: créela con «pautad init "
		    "--dir %s».", dir, dir);
	if ((fd = admin_connect(dir)) < 0)
		return admin_local(dir, words, json, a, why);
	r = admin_remote(fd, words, json, a, why);
	(void)close(fd);
	return r;
}

int
admin_run(const char *dir, const char *const *words, bool json)
{
	struct answer a;
	struct why why;
	int status;

	if (admin_ask(dir, words, json, &a, &why) < 0) {
		(void)fprintf(stderr, "%s\n", why.text);
		return err_status(why.e);
	}
	status = a.status;
	(void)fputs(json ? a.doc : a.text,
	    status == 0 || json ? stdout : stderr);
	if (json)
		(void)fputc('\n', stdout);
	answer_clear(&a);
	return status;
}
