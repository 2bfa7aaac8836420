/* SPDX-License-Identifier: ISC */
/*
 * cmd_view.c - a photograph or a video of a case, looked at without downloading
 * it.
 */
#include "../../proto/i18n.h"
#include "facts.h"
#include "render.h"

enum {
	VIEW_COLS = 60, VIEW_ROWS = 18,
	VIEW_COLS_MAX = 240, VIEW_ROWS_MAX = 100
};

/* By its sum, or by the name that it has now. */
static const json_t *
view_find(const struct held *h, const char *word)
{
	json_t *file;
	size_t i;

	for (i = json_array_size(h->ca->files); i-- > 0;) {
		file = json_array_get(h->ca->files, i);
		if (strcmp(doc_text(file, "sha256"), word) == 0 ||
		    (file_is_current(file) &&
			strcmp(doc_text(file, "name"), word) == 0))
			return file;
	}
	return NULL;
}

/* "60x18" */
static int
view_size(struct req *q, long *cols, long *rows)
{
	const char *word = req_take(q, "celdas");
	char *end = NULL;

	*cols = VIEW_COLS;
	*rows = VIEW_ROWS;
	if (word == NULL)
		return 0;
	*cols = strtol(word, &end, 10);
	if (end != word && *end == 'x')
		*rows = strtol(end + 1, &end, 10);
	if (*end != '\0' || *cols < 1 || *cols > VIEW_COLS_MAX || *rows < 1 ||
	    *rows > VIEW_ROWS_MAX)
		return why_set(&q->why, ERR_USAGE, "celdas= dice columnas y "
		    "renglones, hasta %dx%d: celdas=60x18.", VIEW_COLS_MAX,
		    VIEW_ROWS_MAX);
	return 0;
}

static int
view_mode(struct req *q, const char **mode)
{
	static const char *const modes[] = { "256", "16", "mono", "ascii" };
	const char *word = req_take(q, "modo");
	size_t i;

	*mode = word != NULL ? word : "mono";
	for (i = 0; i < ARRAY_LEN(modes); i++)
		if (strcmp(modes[i], *mode) == 0)
			return 0;
	return why_set(&q->why, ERR_USAGE,
	    "modo= es 256, 16 (colores), mono o ascii.");
}

/* What it shows, and of which file. */
static void
view_answer(struct req *q, const struct held *h, const json_t *file,
    json_t *doc)
{
	json_object_update(q->out, doc);
	json_decref(doc);
	if (json_object_get(q->out, "codec") != NULL)
		json_object_set_new(q->out, "text",
		    json_text(req_text(q, facts_text(q->out))));
	json_object_set_new(q->out, "folio", json_string(h->row.folio));
	json_object_set(q->out, "name", json_object_get(file, "name"));
	json_object_set(q->out, "sha256", json_object_get(file, "sha256"));
}

/* Which program draws a file of that type, by which kind of job. */
static int
view_drawer(struct req *q, const char *type, struct preview *p)
{
	const struct file_type *t = institution_find_type(q->c->institution,
	    type);

	p->kind = "celdas";
	if (t != NULL && strcmp(t->kind, "image") == 0)
		return 0;
	if (!facts_is_video(q, type))
		return why_set(&q->why, ERR_REFUSED, "«%.100s» no es una "
		    "imagen ni un video: descárguelo para verlo.", q->pos[1]);
	p->program = FACTS_PROGRAM;
	p->kind = "video";
	if (!render_has(q->c, FACTS_PROGRAM))
		return why_set(&q->why, ERR_REFUSED, "Este servidor no dibuja "
		    "videos: descargue «%.100s» para verlo.", q->pos[1]);
	return 0;
}

int
cmd_vista(struct req *q)
{
	struct preview p = { .office = NULL };
	const char *mode;
	const json_t *file;
	long cols, rows;
	struct held *h;
	json_t *doc;
	int r;

	if ((r = view_size(q, &cols, &rows)) < 0 ||
	    (r = view_mode(q, &mode)) < 0 || (r = req_all_used(q)) < 0 ||
	    (r = case_find(q, q->pos[0], &h)) < 0)
		return r;
	if ((file = view_find(h, q->pos[1])) == NULL)
		return why_set(&q->why, ERR_NOT_FOUND, "No hay un archivo "
		    "«%.100s» en %s; «adjuntos %s» los lista.", q->pos[1],
		    h->row.folio, h->row.folio);
	if ((r = view_drawer(q, doc_text(file, "type"), &p)) < 0)
		return r;
	p.office = h->row.office;
	p.sha256 = doc_text(file, "sha256");
	p.job = req_json(q, json_pack("{s:I, s:I, s:s}", "cols",
	    (json_int_t)cols, "rows", (json_int_t)rows, "mode", mode));
	if ((r = preview_get(q, &p, &doc)) < 0)
		return r;
	if (doc != NULL)
		view_answer(q, h, file, doc);
	return 0;
}
