/* SPDX-License-Identifier: ISC */
/*
 * sftp_req.c - one function for each thing a file program may ask, in the
 * table at the end; those that nobody may ask are a table of sentences.
 */
#include <fcntl.h>
#include <unistd.h>

#include "session.h"
#include "sftp.h"

enum { ENTRIES_AT_ONCE = 64 };

static void
req_bad(struct chan *c)
{
	sftp_say(c, SFTP_BAD_MESSAGE, "La petición no se entiende.");
}

/* The path of a request, kept until its answer; NULL when it was answered. */
static const char *
req_path(struct chan *c, struct piece *in)
{
	struct sftp *s = c->job;

	free(s->path);
	s->path = sftp_path(in);
	if (s->path == NULL || in->p == NULL)
		req_bad(c);
	return in->p == NULL ? NULL : s->path;
}

static struct handle *
req_handle(struct chan *c, struct piece *in)
{
	struct piece name = piece_string(in);
	struct handle *h;

	h = name.p == NULL ? NULL : handle_find(c->job, name.p, name.n);
	if (h == NULL)
		sftp_say(c, SFTP_FAILURE, "Ese archivo no está abierto.");
	return h;
}

/* Ask the core about s->path; extra NULL or one word more. */
static void
req_ask(struct chan *c, sftp_fn *then, const char *verb, const char *extra)
{
	struct sftp *s = c->job;
	char *path = xasprintf("ruta=%s", s->path);
	const char *const words[] = { verb, path, extra, NULL };

	sftp_ask(c, then, words);
	free(path);
}

static void
req_say_handle(struct chan *c, const struct handle *h)
{
	struct sftp *s = c->job;

	sftp_begin(&s->out, SFTP_HANDLE, s->id);
	wire_put(&s->out, h->name, sizeof h->name);
	sftp_send(c);
}

static void
req_say_attrs(struct chan *c, const struct sftp_attrs *a)
{
	struct sftp *s = c->job;

	sftp_begin(&s->out, SFTP_ATTRS, s->id);
	sftp_put_attrs(&s->out, a);
	sftp_send(c);
}

/* {"kind","size","at"} as attributes. */
static struct sftp_attrs
doc_attrs(const json_t *doc)
{
	const char *kind = json_string_value(json_object_get(doc, "kind")),
		   *at = json_string_value(json_object_get(doc, "at"));
	struct when t = { 0 };

	if (at != NULL)
		(void)when_parse(at, &t);
	return (struct sftp_attrs){
		.folder = kind == NULL || strcmp(kind, "file") != 0,
		.size = (uint64_t)doc_int(doc, "size"),
		.at = t.s,
	};
}

/* No for good, or (FAILURE) not now: a program may try that again. */
static enum sftp_status
status_of(const struct sftp_answer *a)
{
	if (a->status == err_status(ERR_NOT_FOUND))
		return SFTP_NO_SUCH_FILE;
	return a->status == 0 || a->status == err_status(ERR_UNAVAILABLE) ?
	    SFTP_FAILURE : SFTP_DENIED;
}

/* ---- names ---- */

static void
stat_on(struct chan *c, const struct sftp_answer *a)
{
	struct sftp_attrs attrs;

	/* A name is tried before it is there: that is no news for anybody. */
	if (a->status != 0) {
		sftp_say(c, SFTP_NO_SUCH_FILE, a->sentence);
		return;
	}
	attrs = doc_attrs(a->doc);
	req_say_attrs(c, &attrs);
}

static void
serve_stat(struct chan *c, struct piece *in)
{
	static const struct sftp_attrs root = { .folder = true };
	const char *path = req_path(c, in);

	if (path != NULL && strcmp(path, "/") == 0)
		req_say_attrs(c, &root);
	else if (path != NULL)
		req_ask(c, stat_on, "carpeta", "entradas=no");
}

static void
serve_fstat(struct chan *c, struct piece *in)
{
	struct handle *h = req_handle(c, in);
	struct sftp_attrs a;

	if (h == NULL)
		return;
	a = (struct sftp_attrs){ .folder = h->kind == HANDLE_FOLDER,
		.size = h->size };
	req_say_attrs(c, &a);
}

static void
serve_realpath(struct chan *c, struct piece *in)
{
	static const struct sftp_attrs unknown = { .folder = true };
	struct sftp *s = c->job;
	const char *path = req_path(c, in);

	if (path == NULL)
		return;
	sftp_begin(&s->out, SFTP_NAME, s->id);
	wire_put_number(&s->out, 1);
	sftp_put_name(&s->out, path, &unknown);
	sftp_send(c);
}

/* ---- folders ---- */

/* What lies there, part by part; after the last one the peer may read. */
static void
folder_on(struct chan *c, const struct sftp_answer *a)
{
	struct sftp *s = c->job;
	json_t *entries = json_object_get(a->doc, "entries");
	char from[48];

	if (a->status != 0 || !json_is_array(entries)) {
		handle_free(s, s->about);
		s->about = NULL;
		sftp_say(c, SFTP_NO_SUCH_FILE, a->status != 0 ? a->sentence :
		    "No es una carpeta.");
		return;
	}
	if (s->about == NULL && (handle_count(s, HANDLE_FOLDER) >=
	    SFTP_FOLDERS || (s->about = handle_new(s, HANDLE_FOLDER,
	    s->path)) == NULL)) {
		sftp_refuse(c, SFTP_FAILURE, "Hay demasiado abierto a la vez.");
		return;
	}
	if (s->about->entries == NULL)
		s->about->entries = json_array();
	json_array_extend(s->about->entries, entries);
	if (!json_is_integer(json_object_get(a->doc, "next"))) {
		req_say_handle(c, s->about);
		return;
	}
	(void)snprintf(from, sizeof from, "desde=%lld",
	    doc_int(a->doc, "next"));
	req_ask(c, folder_on, "carpeta", from);
}

static void
serve_opendir(struct chan *c, struct piece *in)
{
	struct sftp *s = c->job;

	s->about = NULL;
	if (req_path(c, in) != NULL)
		req_ask(c, folder_on, "carpeta", NULL);
}

static void
serve_readdir(struct chan *c, struct piece *in)
{
	struct sftp *s = c->job;
	struct handle *h = req_handle(c, in);
	struct sftp_attrs attrs;
	const json_t *entry;
	const char *name;
	size_t n;

	if (h == NULL)
		return;
	n = json_array_size(h->entries) - h->next;
	if (n == 0) {
		sftp_say(c, SFTP_EOF, "");
		return;
	}
	if (n > ENTRIES_AT_ONCE)
		n = ENTRIES_AT_ONCE;
	sftp_begin(&s->out, SFTP_NAME, s->id);
	wire_put_number(&s->out, (uint32_t)n);
	for (; n > 0; n--) {
		entry = json_array_get(h->entries, h->next++);
		attrs = doc_attrs(entry);
		name = json_string_value(json_object_get(entry, "name"));
		sftp_put_name(&s->out, name == NULL ? "?" : name, &attrs);
	}
	sftp_send(c);
}

/* ---- files ---- */

/* The handle of what the core opened; NULL when the peer was told no. */
static struct handle *
open_on(struct chan *c, const struct sftp_answer *a, enum handle_kind kind)
{
	struct sftp *s = c->job;
	struct handle *h = NULL;

	if (kind == HANDLE_WRITE && a->fd >= 0)
		s->uploads++;		/* as the core counts them */
	if (a->status == 0 && a->fd >= 0)
		h = handle_new(s, kind, s->path);
	if (h == NULL) {
		if (a->fd >= 0)
			close(a->fd);
		sftp_refuse(c, status_of(a), a->status != 0 ? a->sentence :
		    "Hay demasiado abierto a la vez.");
		return NULL;
	}
	h->fd = a->fd;
	h->size = (uint64_t)doc_int(a->doc, "size");
	req_say_handle(c, h);
	return h;
}

static void
open_on_read(struct chan *c, const struct sftp_answer *a)
{
	(void)open_on(c, a, HANDLE_READ);
}

static void
open_on_write(struct chan *c, const struct sftp_answer *a)
{
	struct sftp *s = c->job;
	struct handle *h;

	if (a->fd >= 0)
		(void)fcntl(a->fd, F_SETFL, O_NONBLOCK);
	if ((h = open_on(c, a, HANDLE_WRITE)) == NULL)
		return;
	h->upload = s->uploads;
	h->append = s->appending;
}

static void
serve_open(struct chan *c, struct piece *in)
{
	struct sftp *s = c->job;
	const char *path = req_path(c, in);
	uint32_t flags = piece_number(in);

	if (path == NULL)
		return;
	if (in->p == NULL) {
		req_bad(c);
		return;
	}
	s->appending = (flags & SFTP_APPENDING) != 0;
	if ((flags & SFTP_FOR_WRITING) == 0)
		req_ask(c, open_on_read, "bajar", NULL);
	else if ((flags & SFTP_FOR_READING) != 0)
		sftp_refuse(c, SFTP_DENIED, "Un adjunto no se cambia: se baja, "
		    "o se sube otro.");
	else if (handle_count(s, HANDLE_WRITE) >= SFTP_UPLOADS)
		sftp_refuse(c, SFTP_FAILURE,
		    "Se reciben demasiados archivos a la vez.");
	else
		req_ask(c, open_on_write, "subir",
		    (flags & SFTP_TRUNCATING) != 0 ? "nuevo=sí" : NULL);
}

static void
serve_read(struct chan *c, struct piece *in)
{
	static uint8_t part[SFTP_DATA_MAX];
	struct sftp *s = c->job;
	struct handle *h = req_handle(c, in);
	uint64_t at = sftp_u64(in);
	uint32_t n = piece_number(in);
	ssize_t k;

	if (h == NULL)
		return;
	if (in->p == NULL || h->kind != HANDLE_READ || at > INT64_MAX) {
		req_bad(c);
		return;
	}
	k = pread(h->fd, part, n < sizeof part ? n : sizeof part,
	    (off_t)at);
	if (k < 0)
		sftp_refuse(c, SFTP_FAILURE, "El servidor no pudo leer el "
		    "archivo: avise a quien administra el sistema.");
	else if (k == 0)
		sftp_say(c, SFTP_EOF, "");
	else {
		sftp_begin(&s->out, SFTP_DATA, s->id);
		wire_put(&s->out, part, (size_t)k);
		sftp_send(c);
	}
}

void
sftp_write_begin(struct chan *c, struct piece *in, size_t body)
{
	struct sftp *s = c->job;
	struct piece name = piece_string(in);
	struct handle *h;
	uint64_t at;
	uint32_t len;

	h = name.p == NULL ? NULL : handle_find(s, name.p, name.n);
	at = sftp_u64(in);
	len = piece_number(in);
	if (in->p == NULL || len != body || (h != NULL && h->kind != HANDLE_WRITE))
		h = NULL;
	/* What would leave a hole, or change what came, is no file. */
	if (h != NULL && !h->append && at != h->size)
		h->failed = h->broken = true;
	s->moving = h;
	s->left = body;
	if (body == 0)
		sftp_write_end(c);
}

void
sftp_write_end(struct chan *c)
{
	struct sftp *s = c->job;
	struct handle *h = s->moving;

	s->moving = NULL;
	if (h == NULL)
		req_bad(c);
	else if (!h->failed)
		sftp_say(c, SFTP_OK, "");
	else if (h->broken && !h->told) {
		h->told = true;
		sftp_refuse(c, SFTP_FAILURE, "El archivo se recibe de corrido, "
		    "del principio al final: súbalo otra vez.");
	} else
		sftp_say(c, SFTP_FAILURE, "El archivo ya no se recibe.");
}

static void
close_on(struct chan *c, const struct sftp_answer *a)
{
	struct sftp *s = c->job;
	bool broken = s->about->broken;

	if (a->fd >= 0)
		close(a->fd);
	handle_free(s, s->about);
	s->about = NULL;
	if (a->status == 0)
		sftp_say(c, SFTP_OK, "");
	else
		sftp_refuse(c, broken ? SFTP_FAILURE : status_of(a),
		    a->sentence);
}

/* The last byte is on its way: acknowledged when it is on the disk. */
static void
close_upload(struct chan *c, struct handle *h)
{
	struct sftp *s = c->job;
	char upload[40], bytes[40], *path;

	if (h->upload == 0) {
		handle_free(s, h);
		sftp_say(c, SFTP_FAILURE, "El archivo no llegó entero.");
		return;
	}
	close(h->fd);
	h->fd = -1;
	s->about = h;
	path = xasprintf("ruta=%s", h->path);
	(void)snprintf(upload, sizeof upload, "subida=%llu",
	    (unsigned long long)h->upload);
	/* As many as nobody sent: the core lets go of it. */
	(void)snprintf(bytes, sizeof bytes, "bytes=%lld",
	    h->broken ? -1LL : (long long)h->size);
	sftp_ask(c, close_on,
	    (const char *const[]){ "adjuntar", path, upload, bytes, NULL });
	free(path);
}

static void
serve_close(struct chan *c, struct piece *in)
{
	struct handle *h = req_handle(c, in);

	if (h == NULL)
		return;
	if (h->kind == HANDLE_WRITE) {
		close_upload(c, h);
		return;
	}
	handle_free(c->job, h);
	sftp_say(c, SFTP_OK, "");
}

/* ---- the rest ---- */

static void
serve_extended(struct chan *c, struct piece *in)
{
	struct sftp *s = c->job;

	if (!piece_is(piece_string(in), "limits@openssh.com")) {
		sftp_say(c, SFTP_UNSUPPORTED, "Eso no se puede hacer aquí.");
		return;
	}
	sftp_begin(&s->out, SFTP_EXTENDED_REPLY, s->id);
	sftp_put_u64(&s->out, SFTP_PACKET_MAX);
	sftp_put_u64(&s->out, SFTP_DATA_MAX);
	sftp_put_u64(&s->out, SFTP_DATA_MAX);
	sftp_put_u64(&s->out, SFTP_HANDLES);
	sftp_send(c);
}

static void (*const serves[SFTP_EXTENDED + 1])(struct chan *,
    struct piece *) = {
	[SFTP_OPEN] = serve_open,
	[SFTP_CLOSE] = serve_close,
	[SFTP_READ] = serve_read,
	[SFTP_LSTAT] = serve_stat,
	[SFTP_FSTAT] = serve_fstat,
	[SFTP_OPENDIR] = serve_opendir,
	[SFTP_READDIR] = serve_readdir,
	[SFTP_REALPATH] = serve_realpath,
	[SFTP_STAT] = serve_stat,
	[SFTP_EXTENDED] = serve_extended,
};

static const char *const refusals[SFTP_EXTENDED + 1] = {
	[SFTP_SETSTAT] = "Permisos y fechas los pone el servidor.",
	[SFTP_FSETSTAT] = "Permisos y fechas los pone el servidor.",
	[SFTP_REMOVE] = "Los adjuntos no se borran desde aquí: uno de un paso "
	    "abierto se quita con la orden «quitar».",
	[SFTP_MKDIR] = "Las carpetas las hace el servidor: una por expediente "
	    "y una por paso.",
	[SFTP_RMDIR] = "Las carpetas las hace el servidor: no se borran.",
	[SFTP_RENAME] = "Los adjuntos no cambian de nombre: suba el archivo "
	    "con el que debe llevar.",
	[SFTP_READLINK] = "Aquí no hay enlaces.",
	[SFTP_SYMLINK] = "Aquí no se hacen enlaces.",
};

void
sftp_serve(struct chan *c, enum sftp_type type, struct piece *in)
{
	if (type > SFTP_EXTENDED)
		sftp_say(c, SFTP_UNSUPPORTED, "Eso no se puede hacer aquí.");
	else if (refusals[type] != NULL)
		sftp_refuse(c, SFTP_DENIED, refusals[type]);
	else if (serves[type] != NULL)
		serves[type](c, in);
	else
		sftp_say(c, SFTP_UNSUPPORTED, "Eso no se puede hacer aquí.");
}
