/* SPDX-License-Identifier: ISC */
/*
 * app_upload.c - files of this machine that are attached: which field, which
 * file, and how far they are.  Where the screen is on the server's side there
 * are none of this machine: then it shows the line that is typed elsewhere.
 *
 *   F6 --several fields--> which? --> path --checked--> progress
 *        '--something is on its way--> progress --F6--> another
 */
#include "app_own.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "i18n.h"
#include "path.h"
#include "text.h"
#include "uploads.h"
#include "witness.h"

enum { UPLOAD_WIDTH = 64, UPLOAD_HEIGHT = 9, BAR_PERCENT = 7 };

void
app_set_uploads(struct app *a, struct uploads *us)
{
	a->uploads = us;
}

/* ---- which file ---- */

/* What can be known here before a byte is sent. */
static int
upload_check(const struct app *a, const char *path, struct why *why)
{
	const json_t *ends = doc_list(a->upload_place, "suffixes");
	const char *dot = strrchr(path, '.'), *slash = strrchr(path, '/');
	struct upload look = { 0 };
	char *list;
	size_t i;
	int fd = upload_open(&look, path, why);

	if (fd < 0)
		return fd;
	(void)close(fd);
	if (look.size > a->upload_most)
		return why_set(why, ERR_REFUSED, _("%.200s pesa %lld MB y "
		    "ahora caben %lld. Un material tan pesado se registra con "
		    "«pauta hash»."), slash + 1, (long long)(look.size >> 20),
		    (long long)(a->upload_most >> 20));
	if (dot == NULL || dot < slash || json_array_size(ends) == 0)
		return 0;
	for (i = 0; i < json_array_size(ends); i++)
		if (text_like(doc_item(ends, i), dot + 1))
			return 0;
	list = doc_join(ends, ", ");
	(void)why_set(why, ERR_REFUSED, _("«%s» no lleva archivos «%.20s»: "
	    "lleva %s."), doc_text(a->upload_place, "label"), dot, list);
	free(list);
	return -ERR_REFUSED;
}

static void
upload_on_path(struct view *v, int tag, const char *text)
{
	struct app *a = v->app;
	char *path = path_full(text);
	struct why why;
	int r = upload_check(a, path, &why);

	(void)tag;
	if (r == 0)
		r = uploads_add(a->uploads, path, a->upload_place, v->folio,
		    v->step, &why);
	if (r == 0)
		popup_open(a, POPUP_UPLOAD, v, 0, _("Subir archivos"), NULL);
	else {
		app_say(a, true, "%s", why.text);
		/* It is there to be mended the next time. */
		app_prompt_keep(a, _("Adjuntar un archivo"), text);
	}
	free(path);
}

static void
upload_ask_path(struct view *v)
{
	char *label = xasprintf(_("%s. Archivo de esta máquina; Tab completa "
	    "el nombre:"), doc_text(v->app->upload_place, "label"));

	app_prompt(v, 0, _("Adjuntar un archivo"), label, false,
	    upload_on_path);
	v->app->popup.paths = true;
	free(label);
}

void
upload_complete(struct app *a)
{
	struct popup *p = &a->popup;
	char *choices, *text = path_complete(p->edit.text, &choices);

	if (text != NULL && strcmp(text, p->edit.text) != 0)
		edit_set(&p->edit, text);
	if (text == NULL || choices != NULL) {
		free(p->text);
		p->text = xstrdup(text == NULL ? _("Ningún archivo de esta "
		    "máquina se llama así.") : choices);
	}
	free(choices);
	free(text);
}

/* ---- which field ---- */

/* Where the screen is served, the line that another program types. */
static void
upload_show_line(struct view *v)
{
	const char *line = doc_text(v->app->upload_place, "sftp");

	app_show(v->app, _("Adjuntar un archivo"), *line == '\0' ?
	    _("Los archivos llegan por SFTP, con la misma llave.") :
	    _("En otra terminal de la máquina que tiene el archivo se escribe "
	    "esta línea, y dentro: put ARCHIVO"), line);
	app_copy(v->app, line);
}

static void
upload_go(struct view *v, const json_t *place)
{
	struct app *a = v->app;

	json_decref(a->upload_place);
	a->upload_place = json_deep_copy(place);
	if (a->uploads == NULL)
		upload_show_line(v);
	else
		upload_ask_path(v);
}

static void
upload_on_place(struct view *v, int tag, const char *field)
{
	const json_t *all = v->app->upload_places, *one;
	size_t i;

	(void)tag;
	json_array_foreach(all, i, one)
		if (strcmp(doc_text(one, "field"), field) == 0) {
			upload_go(v, one);
			return;
		}
}

static void
upload_ask_place(struct view *v, const char *field)
{
	const json_t *all = v->app->upload_places, *one;
	json_t *items = json_array();
	size_t i;

	json_array_foreach(all, i, one) {
		if (strcmp(doc_text(one, "field"), field) == 0 ||
		    json_array_size(all) == 1) {
			upload_go(v, one);
			json_decref(items);
			return;
		}
		app_choice(items, doc_text(one, "field"), "%s",
		    doc_text(one, "label"));
	}
	app_pick(v, 0, _("¿A qué campo se adjunta?"), items, upload_on_place);
	json_decref(items);
}

void
app_upload(struct view *v, const json_t *step, const char *field)
{
	struct app *a = v->app;
	const json_t *files = doc_part(step, "files");

	json_decref(a->upload_places);
	a->upload_places = json_deep_copy(doc_list(files, "places"));
	a->upload_most = doc_int(files, "most");
	if (uploads_shown(a->uploads) != NULL)
		popup_open(a, POPUP_UPLOAD, v, 0, _("Subir archivos"), NULL);
	else
		upload_ask_place(v, field);
}

/* ---- how far they are ---- */

/* What was sent to its end may be attached already. */
static bool
upload_may_stop(const struct upload *u)
{
	return u != NULL && u->state != UPLOAD_CHECKS;
}

static void
upload_stop(struct app *a, struct upload *u)
{
	app_say(a, false, _("Se detuvo la subida de %s: no se adjuntó."),
	    upload_name(u));
	uploads_drop(a->uploads, u);
	if (uploads_shown(a->uploads) == NULL)
		popup_close(a);
}

void
upload_key(struct app *a, int32_t key)
{
	struct popup *p = &a->popup;
	struct view *v = p->view;
	struct upload *u = uploads_shown(a->uploads);

	if (p->asked != NULL) {
		/* Meanwhile it may have come to its end, and be another. */
		if ((key == 's' || key == 'S' || key == 'y') &&
		    p->asked == u && upload_may_stop(u))
			upload_stop(a, u);
		p->asked = NULL;
		return;
	}
	if ((key == K_ESC || key == K_F12 || key == K_F3) && upload_may_stop(u))
		p->asked = u;
	else if (key == K_ESC || key == K_F12 || key == K_F3)
		popup_close(a);
	else if (key == K_ENTER || key == K_F8)
		popup_close(a);
	else if (key == K_F6) {
		popup_close(a);
		upload_ask_place(v, "");
	}
}

/* "0:42", "12:05", "1 h 12". */
static void
upload_left(const struct upload *u, char out[DOC_SPAN_MAX])
{
	int64_t s = u->rate > 0 ? (u->size - u->done) / u->rate + 1 : 0;

	if (s < 3600)
		(void)snprintf(out, DOC_SPAN_MAX, "%d:%02d", (int)(s / 60),
		    (int)(s % 60));
	else
		(void)doc_span(s, out);
}

static int
upload_percent(const struct upload *u)
{
	return u->size == 0 ? 100 : (int)(u->done * 100 / u->size);
}

static const char *
upload_state(const struct app *a, const struct upload *u)
{
	if (u->state == UPLOAD_CHECKS)
		return _("Se revisa que haya quedado en el expediente.");
	if (!a->up)
		return _("Sin línea: seguirá donde iba, también si sale de "
		    "Pauta y vuelve.");
	if (u->state == UPLOAD_WAITS)
		return _("Preparando la subida...");
	return u->resumed ? _("Siguió donde iba.") : "";
}

static void
upload_draw_bar(const struct upload *u, struct grid *g, int row, int col,
    int width)
{
	int cells = width - 2 - BAR_PERCENT, i;
	int full = u->size == 0 ? cells : (int)(u->done * cells / u->size);

	(void)grid_put(g, row, col, 1, GRID_PLAIN, "[");
	for (i = 0; i < cells; i++)
		(void)grid_put(g, row, col + 1 + i, 1, GRID_PLAIN,
		    i < full ? "#" : ".");
	(void)grid_putf(g, row, col + 1 + cells, BAR_PERCENT + 1, GRID_BOLD,
	    "] %3d %%", upload_percent(u));
}

void
upload_draw(struct app *a, struct grid *g)
{
	struct popup *p = &a->popup;
	const struct upload *u = uploads_shown(a->uploads);
	int width = UPLOAD_WIDTH - 4, row, col;
	char left[DOC_SPAN_MAX];

	if (u == NULL)
		return;
	popup_box(g, UPLOAD_HEIGHT, UPLOAD_WIDTH, p->title, &row, &col);
	(void)grid_putf(g, row, col, width, GRID_PLAIN, "%s: %s (%s, %s)",
	    u->label, upload_name(u), u->folio, u->step);
	upload_draw_bar(u, g, row + 1, col, width);
	(void)grid_putf(g, row + 2, col, width, GRID_PLAIN,
	    _("%lld de %lld KB"), (long long)(u->done >> 10),
	    (long long)(u->size >> 10));
	if (u->state == UPLOAD_GOES && a->up && u->rate > 0) {
		upload_left(u, left);
		(void)grid_putf(g, row + 2, col + 26, width - 26, GRID_PLAIN,
		    _("%lld KB/s, faltan %s"), (long long)(u->rate >> 10),
		    left);
	}
	(void)grid_put(g, row + 3, col, width, GRID_PLAIN,
	    upload_state(a, u));
	if (a->uploads->count > 1)
		(void)grid_putf(g, row + 4, col, width, GRID_PLAIN,
		    _("Por subir después: %zu."), a->uploads->count - 1);
	(void)grid_put(g, row + 5, col, width, GRID_BOLD,
	    p->asked == u && upload_may_stop(u) ?
	    _("¿Detenerla? No quedará adjunto.  s=Sí, detener  n=No") :
	    _("Enter=Seguir trabajando  F6=Otro archivo  F12=Detener"));
	grid_cursor(g, row + 5, col);
}

void
upload_draw_line(const struct app *a, struct grid *g, int row)
{
	const struct upload *u = uploads_shown(a->uploads);
	char left[DOC_SPAN_MAX];

	if (u == NULL)
		return;
	upload_left(u, left);
	if (u->rate > 0)
		(void)grid_putf(g, row, 1, -1, GRID_DIM, _("Subiendo %.30s: "
		    "%d %%, faltan %s"), upload_name(u), upload_percent(u),
		    left);
	else
		(void)grid_putf(g, row, 1, -1, GRID_DIM,
		    _("Subiendo %.30s: %d %%"), upload_name(u),
		    upload_percent(u));
}

/* ---- what happens meanwhile ---- */

/* The record is asked whether it has what was sent. */
static void
upload_ask_record(struct app *a)
{
	const struct upload *u = uploads_checking(a->uploads);
	const char *words[] = { "adjuntos", NULL, NULL, NULL };
	struct ask *q;
	char *sum;

	if (u == NULL || a->upload_asks || !a->up || a->uploads->held)
		return;
	words[1] = u->folio;
	words[2] = sum = u->sha256 == NULL ? NULL :
	    xasprintf("suma=%s", u->sha256);
	q = ask_new(a, false, words);
	free(sum);
	if (q == NULL)
		return;
	q->keep = KEEP_FILE;
	a->upload_asks = true;
	ask_put(a, q);
}

void
upload_on_record(struct app *a, const struct ask *q, int status,
    const json_t *doc)
{
	struct upload *u = uploads_checking(a->uploads);

	a->upload_asks = false;
	if (u == NULL || strcmp(u->folio, q->words[1]) != 0)
		return;
	if (status == 0)
		uploads_on_record(a->uploads, u, doc);
	else if (status != err_status(ERR_UNAVAILABLE))
		upload_fail(a->uploads, u, doc_why(doc));
}

void
upload_tick(struct app *a)
{
	struct uploads *us = a->uploads;

	if (us == NULL)
		return;
	us->held = !a->met || witness_holds(a->witness, "adjuntar") != NULL;
	upload_ask_record(a);
	if (us->news != NULL) {
		app_say(a, us->bad, "%s", us->news);
		free(us->news);
		us->news = NULL;
	}
	if (a->popup.kind == POPUP_UPLOAD && uploads_shown(us) == NULL)
		popup_close(a);
}

void
upload_clear(struct app *a)
{
	json_decref(a->upload_places);
	json_decref(a->upload_place);
}
