/* SPDX-License-Identifier: ISC */
/*
 * paper.c - the file of a document (paper.h): begun when a step that takes it
 * is answered, made by pauta-render, attached by the same answer said again.
 *
 * What was made is held under the sum of its job, so that whoever asks again
 * for the same gets it; a case that has changed meanwhile has another job.
 */
#include "paper.h"

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../proto/hash.h"
#include "../../proto/i18n.h"
#include "../store/blob.h"
#include "render.h"

enum {
	PAPERS = 4,			/* made and not attached */
	PAPER_PIECE = 64 * 1024
};

struct made {
	struct core *c;
	struct made *next;		/* begun before */
	char key[HASH_TEXT];
	int fd;				/* the file; -1 */
	int64_t size;
	bool ready;
	struct why why;			/* e ERR_NONE: it is there */
};

static void
made_free(struct made *m)
{
	struct made **p;

	for (p = &m->c->papers; *p != m; p = &(*p)->next)
		;
	*p = m->next;
	render_forget(m->c, m);
	if (m->fd >= 0)
		close(m->fd);
	free(m);
}

void
paper_clear(struct core *c)
{
	while (c->papers != NULL)
		made_free(c->papers);
}

static void
made_on_done(void *arg, const struct render_end *end)
{
	struct made *m = arg;

	m->ready = true;
	m->c->previews_moved = true;
	m->size = end->size;
	if (end->r < 0)
		m->why = end->why;
	else if ((m->fd = fcntl(end->fd, F_DUPFD_CLOEXEC, 0)) < 0)
		(void)why_set(&m->why, ERR_SYSTEM, N_("El servidor no pudo "
		    "guardar el documento: inténtelo otra vez."));
}

/* ---- the job ---- */

static int
job_add(struct req *q, struct render_job *o, json_t *picture, int fd)
{
	if (fd < 0)
		return why_set(&q->why, ERR_SYSTEM, "El archivo «%.100s» no "
		    "está donde debe: avise a quien administra el sistema.",
		    json_string_value(json_object_get(picture, "name")));
	if (o->files_count == RENDER_FILES) {
		close(fd);
		return why_set(&q->why, ERR_REFUSED, "Un documento lleva hasta "
		    "%d recortes con imagen: quite algunos.", RENDER_FILES);
	}
	json_object_set_new(picture, "file",
	    json_integer(3 + (json_int_t)o->files_count));
	o->files[o->files_count++] = fd;
	return 0;
}

static void
job_close(struct render_job *o)
{
	while (o->files_count > 0)
		close(o->files[--o->files_count]);
}

/* The institution's mark, if the administrator left one: DIR/logo.png. */
static int
job_add_logo(struct req *q, struct render_job *o, json_t *job)
{
	char *path = xasprintf("%s/logo.png", q->c->dir);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	json_t *logo;

	free(path);
	if (fd < 0)
		return 0;
	logo = json_pack("{s:s, s:s}", "name", "logo.png", "type", "image");
	json_object_set_new(job, "logo", logo);
	return job_add(q, o, logo, fd);
}

/* Open every picture of the paper, and say in the job which is which. */
static int
job_open(struct req *q, const char *office, json_t *job, struct render_job *o)
{
	struct blob b = { .dir = q->c->dir, .office = office };
	json_t *section, *piece, *picture;
	size_t i, k, n;
	int r;

	if ((r = job_add_logo(q, o, job)) < 0)
		return r;
	json_array_foreach(json_object_get(job, "sections"), i, section)
	json_array_foreach(json_object_get(section, "pieces"), k, piece)
	json_array_foreach(json_object_get(piece, "pictures"), n, picture) {
		b.name = json_string_value(json_object_get(picture, "sha256"));
		if ((r = job_add(q, o, picture, blob_open(&b))) < 0)
			return r;
	}
	return 0;
}

static void
job_key(const json_t *job, char key[HASH_TEXT])
{
	uint8_t sum[HASH_SIZE];
	char *text = json_dumps(job, JSON_COMPACT | JSON_SORT_KEYS);

	hash_sha256(text, strlen(text), sum);
	(void)hex_text(sum, HASH_SIZE, key);
	free(text);
}

/*
 * The oldest that nobody came back for.  One being made stays, or more cases
 * than PAPERS that are answered at once would end each other's for ever.
 */
static void
papers_evict(struct core *c)
{
	struct made *m, *next;
	unsigned n = 0;

	for (m = c->papers; m != NULL; m = next) {
		next = m->next;
		if (m->ready && n++ >= PAPERS)
			made_free(m);
	}
}

/* Begin it, and note the asker as one who waits. */
static int
made_begin(struct req *q, const char *office, json_t *job, const char *key)
{
	struct render_job o = { .kind = json_string_value(json_object_get(job,
	    "kind")), .job = job, .on_done = made_on_done };
	struct made *m;
	int r;

	if (q->who->later == NULL)
		return why_set(&q->why, ERR_UNAVAILABLE, "El documento no se "
		    "puede componer ahora: inténtelo en un momento.");
	if ((r = job_open(q, office, job, &o)) < 0) {
		job_close(&o);
		return r;
	}
	m = xcalloc(1, sizeof *m);
	m->c = q->c;
	m->fd = -1;
	(void)snprintf(m->key, sizeof m->key, "%s", key);
	m->next = q->c->papers;
	q->c->papers = m;
	o.arg = m;
	if ((r = render_start(q->c, &o, &q->why)) < 0) {
		made_free(m);
		return r;
	}
	papers_evict(q->c);
	*q->who->later = true;
	return -ERR_UNAVAILABLE;
}

/*
 * The file that this job gives.  0 and *out; or an error with why, also while
 * it is being made.
 */
static int
made_get(struct req *q, const char *office, json_t *job, struct made **out)
{
	char key[HASH_TEXT];
	struct made *m;

	job_key(job, key);
	for (m = q->c->papers; m != NULL && strcmp(m->key, key) != 0;
	    m = m->next)
		;
	if (m == NULL)
		return made_begin(q, office, job, key);
	if (!m->ready) {
		if (q->who->later != NULL)
			*q->who->later = true;
		return why_set(&q->why, ERR_UNAVAILABLE, "El documento se está "
		    "componiendo: inténtelo en un momento.");
	}
	*out = m;
	if (m->why.e == ERR_NONE)
		return 0;
	(void)why_set(&q->why, m->why.e, "%s", _(m->why.text));
	made_free(m);
	return -(int)q->why.e;
}

int
paper_make(struct req *q, json_t *job, struct buf *out)
{
	struct made *m = NULL;
	uint8_t *bytes;
	int r;

	if ((r = made_get(q, "", job, &m)) < 0)
		return r;
	assert(m != NULL);
	if (m->size > (int64_t)(out->max - out->len)) {
		r = why_set(&q->why, ERR_REFUSED, "El documento es demasiado "
		    "grande: pida un periodo más corto.");
	} else {
		bytes = xcalloc((size_t)m->size + 1, 1);
		if (pread(m->fd, bytes, (size_t)m->size, 0) != m->size ||
		    buf_add(out, bytes, (size_t)m->size) < 0)
			r = why_set(&q->why, ERR_SYSTEM, "El servidor no pudo "
			    "leer el documento: inténtelo otra vez.");
		free(bytes);
	}
	made_free(m);
	return r;
}

/* ---- the file ---- */

/* Its bytes to fd, and their sum; false: the disk did not take them. */
static bool
made_copy(const struct made *m, int fd, uint8_t sum[HASH_SIZE])
{
	uint8_t *piece = xcalloc(PAPER_PIECE, 1);
	struct hasher *h = hasher_new();
	int64_t at = 0;
	ssize_t n = 1;

	while (at < m->size && n > 0) {
		n = pread(m->fd, piece, PAPER_PIECE, at);
		if (n > 0 && write(fd, piece, (size_t)n) != n)
			n = -1;
		if (n > 0)
			hasher_add(h, piece, (size_t)n);
		at += n > 0 ? n : 0;
	}
	hasher_end(h, sum);
	free(piece);
	return at == m->size && fsync(fd) == 0;
}

/* Keep the bytes under their sum, which text gets. */
static int
made_keep(struct req *q, const struct made *m, const char *office,
    char text[HASH_TEXT])
{
	struct blob b = { q->c->dir, office, m->key };
	uint8_t sum[HASH_SIZE];
	int64_t had, room;
	bool whole;
	int fd, r;

	if ((r = core_allow_bulk(q->c, &room, &q->why)) < 0 ||
	    (fd = r = blob_spool(&b, true, &had, &q->why)) < 0)
		return r;
	whole = m->size <= room && made_copy(m, fd, sum);
	close(fd);
	if (!whole) {
		blob_spool_drop(&b);
		return why_set(&q->why, ERR_UNAVAILABLE, "El documento no cabe "
		    "en el disco del servidor: avise a quien administra el "
		    "sistema.");
	}
	b.name = hex_text(sum, HASH_SIZE, text);
	return blob_keep(&b, m->key, &q->why);
}

static int
made_attach(struct req *q, struct made *m, struct held **h,
    const struct token *t, const char *field, const char *name)
{
	struct command cmd = { .kind = CMD_ATTACH, .revision = -1 };
	const struct file_type *type = institution_find_mime(q->c->institution,
	    "application/pdf");
	char sum[HASH_TEXT], ref[24];
	int r;

	if (type == NULL)
		return why_set(&q->why, ERR_REFUSED, "La institución no recibe "
		    "archivos PDF (file_types): el documento no se puede "
		    "guardar.");
	if ((r = made_keep(q, m, (*h)->row.office, sum)) < 0)
		return r;
	cmd.step = token_ref(t, ref);
	cmd.values = req_json(q, json_pack("{s:s, s:s, s:I, s:s, s:s}",
	    "field", field, "name", name, "size", (json_int_t)m->size,
	    "sha256", sum, "type", type->id));
	return act_command(q, h, (*h)->ca->p, &cmd);
}

/* ---- the step ---- */

/* Did somebody attach one since the step was opened? */
static bool
field_has_file(const struct kase *ca, const struct token *t,
    const struct field *f)
{
	json_t *file;
	size_t i;

	json_array_foreach(ca->files, i, file)
		if (file_is_current(file) && doc_int(file, "n") > t->n &&
		    doc_int(file, "row") == t->row &&
		    strcmp(json_string_value(json_object_get(file, "step")),
			t->st->number) == 0 &&
		    strcmp(json_string_value(json_object_get(file, "field")),
			f->id) == 0)
			return true;
	return false;
}

/* "sintesis-2026-11-23.pdf".  Kept as q is. */
static const char *
document_name(struct req *q, const struct held *h, const struct document *d)
{
	json_t *values = req_json(q, kase_values(h->ca, 0)), *v;
	struct world w;
	struct scope sc = { .ca = h->ca, .values = values, .w = &w };

	core_world(q->c, h->row.office, &w);
	v = req_json(q, rule_eval(d->name, &sc));
	return req_text(q, xasprintf("%s.pdf", json_is_string(v) ?
	    json_string_value(v) : d->id));
}

/* Would the answer be taken, had the field its file? */
static int
answer_may(struct req *q, const struct held *h, const struct command *cmd,
    const char *field, const char *name)
{
	struct command with = *cmd;
	struct events ev = { 0 };
	struct world w;
	int r;

	core_world(q->c, h->row.office, &w);
	with.values = req_json(q, json_copy(cmd->values));
	json_object_set_new(with.values, field, json_pack("[{s:s}]", "name",
	    name));
	r = engine_decide(h->ca->p, h->ca, &with, &q->actor, &w, &ev, &q->why);
	events_clear(&ev);
	return r;
}

int
paper_attach(struct req *q, struct held **h, const struct token *t,
    const struct command *cmd)
{
	const struct document *d;
	const struct field *f = NULL;
	const char *name;
	struct made *m = NULL;
	unsigned i;
	int r;

	for (i = 0; i < t->st->fields_count && f == NULL; i++)
		if (t->st->fields[i].document != NULL)
			f = &t->st->fields[i];
	if (f == NULL || q->c->renderer == NULL ||
	    !value_is_blank(json_object_get(cmd->values, f->id)) ||
	    field_has_file((*h)->ca, t, f))
		return 0;
	d = procedure_find_document((*h)->ca->p, f->document);
	name = document_name(q, *h, d);
	if ((r = answer_may(q, *h, cmd, f->id, name)) < 0 ||
	    (r = made_get(q, (*h)->row.office,
		 req_json(q, paper_doc(q, *h, d, t->since,
		     NULL)), &m)) < 0)
		return r;
	assert(m != NULL);
	r = made_attach(q, m, h, t, f->id, name);
	made_free(m);
	return r;
}
