/* SPDX-License-Identifier: ISC */
/* upload.c - see upload.h. */
#include "upload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "req.h"

enum { PAIR_BYTES = 1 << 20, LINE_MAX_BYTES = 512 };

struct upload {
	uv_process_t process;
	struct serve *sv;
	struct stream *s;		/* NULL: gone */
	struct upload *next;
	uint64_t id;
	struct parcel parcel;
	int told;			/* the line of pauta-keep comes here */
	bool ended, whole;
	char line[LINE_MAX_BYTES];	/* of which sha256 and mime are parts */
	/* adjuntar, while it waits */
	char *path;
	uint64_t ask;
	bool json;
	int64_t bytes;
	uint8_t op[OP_SIZE];
};

static void
upload_on_closed(uv_handle_t *h)
{
	struct upload *u = h->data;

	free(u->path);
	free(u);
}

static void
upload_end(struct upload *u)
{
	struct upload **p;

	for (p = &u->sv->uploads; *p != u; p = &(*p)->next)
		;
	*p = u->next;
	uv_close((uv_handle_t *)&u->process, upload_on_closed);
}

/* ---- the answer ---- */

static const char *
upload_why(const struct upload *u)
{
	if (strncmp(u->line, "limit ", 6) == 0)
		return "El archivo es más grande de lo que se recibe, o ya no "
		    "cabe en el espacio de la oficina. No se guardó.";
	if (strncmp(u->line, "full ", 5) == 0)
		return "El disco del servidor está lleno: el archivo no se "
		    "guardó. Avise a quien administra el sistema.";
	if (u->whole)
		return "No llegaron todos los bytes del archivo: continúe la "
		    "subida.";
	return "El servidor no pudo guardar el archivo; inténtelo de nuevo.";
}

static void
upload_refuse(struct upload *u)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Reply reply = PAUTA__REPLY__INIT;
	json_t *doc = json_pack("{s:{s:s, s:s}}", "error", "code", "refused",
	    "message", upload_why(u));
	char *text = json_dumps(doc, JSON_COMPACT);

	reply.id = u->ask;
	reply.status = (uint32_t)err_status(ERR_REFUSED);
	reply.code = (char *)err_code(ERR_REFUSED);
	reply.doc = text;
	reply.text = (char *)upload_why(u);
	m.body_case = PAUTA__MESSAGE__BODY_REPLY;
	m.reply = &reply;
	stream_put(u->s, &m);
	free(text);
	json_decref(doc);
	if (!u->whole)
		core_drop_parcel(u->sv->core, &u->parcel);
}

static void
upload_attach(struct upload *u)
{
	char *ruta = xasprintf("ruta=%s", u->path);
	const char *const words[] = { "adjuntar", ruta, NULL };
	int status;

	status = stream_answer(u->s, u->ask, u->op, words, u->json,
	    &u->parcel);
	/* What is refused is not kept; what failed may be tried again. */
	if (status != 0 && status != err_status(ERR_SYSTEM) &&
	    !u->parcel.stays)
		core_drop_parcel(u->sv->core, &u->parcel);
	free(ruta);
}

static void
upload_answer(struct upload *u)
{
	if (u->whole && u->parcel.size == u->bytes)
		upload_attach(u);
	else
		upload_refuse(u);
	upload_end(u);
}

/* ---- the process ---- */

/* "ok 2048 9f… image/jpeg"; "part" instead when its end is missing */
static void
upload_read(struct upload *u)
{
	ssize_t n = read(u->told, u->line, sizeof u->line - 1);
	char *size, *end = NULL;

	close(u->told);
	u->told = -1;
	u->line[n > 0 ? n : 0] = '\0';
	u->line[strcspn(u->line, "\n")] = '\0';
	u->parcel.part = strncmp(u->line, "part ", 5) == 0;
	if (!u->parcel.part && strncmp(u->line, "ok ", 3) != 0)
		return;
	size = strchr(u->line, ' ') + 1;
	u->parcel.size = strtoll(size, &end, 10);
	if (end == size || *end != ' ' || strlen(end) < 2 * HASH_SIZE + 3 ||
	    end[1 + 2 * HASH_SIZE] != ' ')
		return;
	end[1 + 2 * HASH_SIZE] = '\0';
	u->parcel.sha256 = end + 1;
	u->parcel.mime = end + 2 + 2 * HASH_SIZE;
	u->whole = true;
}

static void
upload_on_exit(uv_process_t *p, int64_t status, int sig)
{
	struct upload *u = p->data;

	upload_read(u);
	u->ended = true;
	if (!u->whole)
		log_at(LOG_WARN, "upload=failed status=%lld signal=%d line=%s",
		    (long long)status, sig, u->line);
	if (u->s == NULL)
		upload_end(u);
	else if (u->path != NULL)
		upload_answer(u);
}

static int
upload_spawn(struct upload *u, int in, int out, int file)
{
	char program[1200], limit[24], name[] = "pauta-keep",
	    *args[] = { name, limit, NULL }, *env[] = { NULL };
	uv_stdio_container_t io[4] = {
		{ .flags = UV_INHERIT_FD, .data.fd = in },
		{ .flags = UV_INHERIT_FD, .data.fd = out },
		{ .flags = UV_INHERIT_FD, .data.fd = STDERR_FILENO },
		{ .flags = UV_INHERIT_FD, .data.fd = file },
	};
	uv_process_options_t o = { .file = program, .args = args,
		.env = env, .stdio = io, .stdio_count = 4,
		.exit_cb = upload_on_exit };

	(void)snprintf(program, sizeof program, "%s/%s", u->sv->core->programs,
	    name);
	(void)snprintf(limit, sizeof limit, "%lld",
	    (long long)u->parcel.limit);
	return uv_spawn(&u->sv->loop, &u->process, &o) < 0 ? -ERR_SYSTEM : 0;
}

static int
pair_open(int fd[2])
{
	return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd);
}

static void
pair_close(int fd[2])
{
	if (fd[0] >= 0)
		close(fd[0]);
	if (fd[1] >= 0)
		close(fd[1]);
}

int
upload_start(struct stream *s, const struct parcel *o, uint64_t *id)
{
	struct upload *u = xcalloc(1, sizeof *u);
	int in[2] = { -1, -1 }, out[2] = { -1, -1 }, r = -ERR_SYSTEM,
	    room = PAIR_BYTES;

	u->sv = s->sv;
	u->s = s;
	u->parcel = *o;
	u->parcel.fd = -1;
	u->id = *id = ++s->upload_last;
	u->process.data = u;
	u->next = s->sv->uploads;
	s->sv->uploads = u;
	if (pair_open(in) == 0 && pair_open(out) == 0) {
		(void)setsockopt(in[1], SOL_SOCKET, SO_SNDBUF, &room,
		    sizeof room);
		r = upload_spawn(u, in[0], out[1], o->fd);
	}
	close(o->fd);
	u->told = out[0];
	out[0] = -1;
	if (r == 0) {
		r = in[1];
		in[1] = -1;
	} else {
		log_at(LOG_WARN, "upload=failed folder=%s",
		    s->sv->core->programs);
		if (u->told >= 0)
			close(u->told);
		upload_end(u);
	}
	pair_close(in);
	pair_close(out);
	return r;
}

unsigned
upload_count(const struct stream *s)
{
	const struct upload *u;
	unsigned n = 0;

	for (u = s->sv->uploads; u != NULL; u = u->next)
		n += u->s == s;
	return n;
}

/* ---- adjuntar ---- */

/* The value of NAME=VALUE among the words, or "". */
static const char *
ask_word(const Pauta__Request *q, const char *name)
{
	size_t i, n = strlen(name);

	for (i = 1; i < q->n_words; i++)
		if (strncmp(q->words[i], name, n) == 0)
			return q->words[i] + n;
	return "";
}

void
upload_ask(struct stream *s, const Pauta__Request *q)
{
	uint64_t id = strtoull(ask_word(q, "subida="), NULL, 10);
	static const char *const nothing[] = { "adjuntar", NULL };
	struct upload *u;

	for (u = s->sv->uploads; u != NULL; u = u->next)
		if (u->s == s && u->id == id && u->path == NULL)
			break;
	if (u == NULL) {
		(void)stream_answer(s, q->id, NULL, nothing, q->json, NULL);
		return;
	}
	u->path = xstrdup(ask_word(q, "ruta="));
	u->bytes = strtoll(ask_word(q, "bytes="), NULL, 10);
	u->ask = q->id;
	u->json = q->json;
	if (q->op.len == OP_SIZE)
		memcpy(u->op, q->op.data, OP_SIZE);
	else
		hash_op(u->op);
	if (u->ended)
		upload_answer(u);
}

void
upload_forget(struct stream *s)
{
	struct upload *u, *next;

	for (u = s->sv->uploads; u != NULL; u = next) {
		next = u->next;
		if (u->s != s)
			continue;
		u->s = NULL;
		if (u->ended)
			upload_end(u);
	}
}

void
upload_clear(struct serve *sv)
{
	while (sv->uploads != NULL) {
		if (sv->uploads->told >= 0)
			close(sv->uploads->told);
		upload_end(sv->uploads);
	}
}
