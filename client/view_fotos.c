/* SPDX-License-Identifier: ISC */
/*
 * view_fotos.c - the photographs of a step, one by one: each seen as cells,
 * and where the step decides on them, each given its verdict and what is to be
 * corrected in it.  Verdicts are kept as a draft at once; the step itself is
 * decided where it always is, with them.  Start at fotos_take().
 *
 * On a slow line nothing is drawn until it is asked for.
 */
#include "doc.h"
#include "i18n.h"
#include "text.h"
#include "verdict.h"
#include "view.h"

enum { TAG_STEP, TAG_FILES, TAG_CELLS, TAG_KEPT };
enum { DO_YES, DO_NO, DO_AFTER, DO_BEFORE, DO_CELLS };
enum { TOP = 4, UNDER = 3 };

// clang-format off
static const struct action fotos_actions[] = {
	{ 'a', K_NONE, N_("Sí va"), N_("Aprueba esta foto y pasa a la siguiente."), DO_YES, true },
	{ 'd', K_NONE, N_("No va"), N_("No aprueba esta foto; pide qué debe corregirse."), DO_NO, true },
	{ 'n', K_RIGHT, N_("Foto sig."), N_("Muestra la foto siguiente."), DO_AFTER, true },
	{ 'p', K_LEFT, N_("Foto ant."), N_("Muestra la foto anterior."), DO_BEFORE, true },
	{ 'v', K_NONE, N_("Vista"), N_("Dibuja las fotos, o deja de dibujarlas."), DO_CELLS, true },
};
// clang-format on

struct fotos {
	struct view view;
	json_t *step;			/* STEP, or NULL */
	json_t *files;			/* ATTACHMENTs of the case, or NULL */
	json_t *photos;			/* what is shown, or NULL until known */
	const json_t *field;		/* of step: the verdicts, or NULL */
	char *text;			/* the verdicts (verdict.h) */
	int at;
	bool drawn;			/* wanted, on this line */
	json_t *cells;			/* answer of vista for this one, or NULL */
	char *why;			/* or why there is none */
	int cols, rows;			/* that were asked for; 0: none yet */
	int keeping;			/* drafts on their way */
};

static const json_t *
fotos_here(const struct fotos *f)
{
	return json_array_get(f->photos, (size_t)f->at);
}

/* ---- what there is ---- */

static const json_t *
fotos_field(const json_t *step)
{
	const json_t *fields = doc_list(step, "fields");
	size_t i;

	for (i = 0; i < json_array_size(fields); i++)
		if (strcmp(doc_text(json_array_get(fields, i), "type"),
		    "verdicts") == 0)
			return json_array_get(fields, i);
	return NULL;
}

/* The newest file of that name. */
static json_t *
fotos_file(const struct fotos *f, const char *name)
{
	json_t *file, *found = NULL;
	size_t i;

	json_array_foreach(f->files, i, file)
		if (strcmp(doc_text(file, "name"), name) == 0 &&
		    (found == NULL || doc_is(file, "current")))
			found = file;
	return found;
}

/* Can it be looked at here? */
static bool
fotos_shows(const json_t *file)
{
	return doc_is(file, "current") &&
	    (strcmp(doc_text(file, "kind"), "image") == 0 ||
	    strcmp(doc_text(file, "kind"), "video") == 0);
}

/* In the order of their verdicts; or all the images of the case. */
static json_t *
fotos_list(const struct fotos *f)
{
	const json_t *names = doc_list(f->field, "choices");
	json_t *list = json_array(), *file;
	size_t i;

	for (i = 0; i < json_array_size(names); i++) {
		file = fotos_file(f, doc_item(names, i));
		if (file != NULL)
			json_array_append(list, file);
		else
			json_array_append_new(list, json_pack("{s:s}", "name",
			    doc_item(names, i)));
	}
	json_array_foreach(f->files, i, file)
		if (f->field == NULL && fotos_shows(file))
			json_array_append(list, file);
	return list;
}

/* ---- looking ---- */

static void
fotos_forget(struct fotos *f)
{
	json_decref(f->cells);
	f->cells = NULL;
	free(f->why);
	f->why = NULL;
	f->cols = 0;
}

static void
fotos_ask_cells(struct fotos *f, int cols, int rows)
{
	const json_t *photo = fotos_here(f);
	struct line l = { 0 };

	f->cols = cols;
	f->rows = rows;
	line_add(&l, "vista");
	line_add(&l, f->view.folio);
	line_add(&l, doc_text(photo, "sha256"));
	line_addf(&l, "celdas=%dx%d", cols, rows);
	line_addf(&l, "modo=%s", app_picture_mode(f->view.app));
	line_ask(&l, &f->view, TAG_CELLS, false);
}

static void
fotos_go(struct fotos *f, int at)
{
	int n = (int)json_array_size(f->photos);

	at = at >= n ? n - 1 : at < 0 ? 0 : at;
	if (at == f->at)
		return;
	f->at = at;
	fotos_forget(f);
}

static void
fotos_take(struct fotos *f)
{
	const char *draft;

	if (f->step == NULL || f->files == NULL)
		return;
	f->field = fotos_field(f->step);
	draft = doc_text(f->field, "draft");
	if (f->keeping == 0) {
		free(f->text);
		f->text = xstrdup(draft);
	}
	json_decref(f->photos);
	f->photos = fotos_list(f);
	if (f->at >= (int)json_array_size(f->photos))
		fotos_go(f, 0);
}

/* ---- deciding ---- */

static const char *
fotos_grey_decide(const struct fotos *f)
{
	if (fotos_here(f) == NULL)
		return _("Aquí no hay fotos.");
	if (f->field == NULL)
		return _("Este paso no decide sobre las fotos.");
	if (!doc_is(f->step, "can"))
		return *doc_text(f->step, "why") != '\0' ?
		    doc_text(f->step, "why") :
		    _("Esta decisión no le toca a usted.");
	return NULL;
}

static void
fotos_decide(struct fotos *f, enum verdict v, const char *reason)
{
	char *text = verdict_put(f->text, f->at, v, reason);
	struct line l = { 0 };

	free(f->text);
	f->text = text;
	f->keeping++;
	line_add(&l, "borrador");
	line_add(&l, f->view.folio);
	line_add(&l, f->view.step);
	line_addf(&l, "%s=%s", doc_text(f->field, "id"), text);
	line_ask(&l, &f->view, TAG_KEPT, true);
	fotos_go(f, f->at + 1);
}

static void
fotos_on_reason(struct view *v, int tag, const char *text)
{
	struct fotos *f = (struct fotos *)v;

	(void)tag;
	if (text[strspn(text, " \n\t")] == '\0') {
		app_say(v->app, true, "%s", _("Falta decir qué debe corregirse "
		    "en esta foto."));
		return;
	}
	app_prompt_keep(v->app, NULL, NULL);
	fotos_decide(f, VERDICT_NO, text);
}

static void
fotos_ask_reason(struct fotos *f)
{
	char *title = xasprintf(_("%s no va"),
	    doc_text(fotos_here(f), "name")), *was;

	if (verdict_find(f->text, f->at, &was) == VERDICT_NO)
		app_prompt_keep(f->view.app, title, was);
	free(was);
	app_prompt(&f->view, 0, title, _("Qué debe corregirse en ella"), false,
	    fotos_on_reason);
	free(title);
}

/* ---- drawing ---- */

/* Its size, who, when; and what it is, as far as that is known. */
static void
fotos_draw_facts(const struct fotos *f, struct grid *g)
{
	const json_t *p = fotos_here(f);
	const char *media = doc_text(json_object_get(p, "media"), "text");
	char when[16];

	if (*doc_text(p, "sha256") == '\0')
		(void)grid_put(g, 2, 1, -1, GRID_PLAIN,
		    _("Está registrada, no adjunta: véala donde se guarda."));
	else if (*media != '\0')
		(void)grid_putf(g, 2, 1, g->cols - 2, GRID_PLAIN,
		    _("%lld bytes, %s, %s. %s"), doc_int(p, "size"),
		    doc_text(p, "by"),
		    app_when_text(f->view.app, doc_text(p, "at"), when),
		    media);
	else
		(void)grid_putf(g, 2, 1, g->cols - 2, GRID_PLAIN,
		    f->cells != NULL ?
		    _("%lld bytes, %s, %s. %lld × %lld puntos") :
		    _("%lld bytes, %s, %s"),
		    doc_int(p, "size"), doc_text(p, "by"),
		    app_when_text(f->view.app, doc_text(p, "at"), when),
		    doc_int(f->cells, "width"), doc_int(f->cells, "height"));
}

static void
fotos_draw_head(const struct fotos *f, struct grid *g)
{
	const json_t *p = fotos_here(f);
	bool film = *doc_text(json_object_get(p, "media"), "text") != '\0';
	char *reason;
	enum verdict v;

	(void)grid_putf(g, 1, 1, g->cols - 16, GRID_BOLD,
	    film ? _("Video %d de %d: %s") : _("Foto %d de %d: %s"), f->at + 1,
	    (int)json_array_size(f->photos), doc_text(p, "name"));
	fotos_draw_facts(f, g);
	if (f->field == NULL)
		return;
	v = verdict_find(f->text, f->at, &reason);
	(void)grid_put(g, 1, g->cols - 14, -1, v == VERDICT_NO ?
	    GRID_ALERT : v == VERDICT_YES ? GRID_GOOD : GRID_PLAIN,
	    v == VERDICT_YES ? _("VA") : v == VERDICT_NO ? _("NO VA") :
	    _("sin dictamen"));
	if (*reason != '\0')
		(void)grid_putf(g, 3, 1, g->cols - 2, GRID_PLAIN,
		    _("Debe corregirse: %s"), reason);
	free(reason);
}

static void
fotos_draw_cells(const struct fotos *f, struct grid *g, int rows)
{
	const json_t *list = doc_list(f->cells, "rows"), *row, *run;
	int left = (g->cols - (int)doc_int(f->cells, "cols")) / 2, col;
	size_t y, x;

	json_array_foreach(list, y, row) {
		col = left > 0 ? left : 0;
		json_array_foreach(row, x, run)
			if ((int)y < rows)
				col += grid_paint(g, TOP + (int)y, col, -1,
				    (int)json_integer_value(
					json_array_get(run, 1)),
				    (int)json_integer_value(
					json_array_get(run, 2)),
				    doc_item(run, 0));
	}
}

static void
fotos_draw_body(struct fotos *f, struct grid *g, int rows)
{
	const char *say = NULL;

	if (f->photos == NULL)
		say = _("Un momento...");
	else if (fotos_here(f) == NULL)
		say = _("Aquí no hay fotos.");
	else if (*doc_text(fotos_here(f), "sha256") == '\0')
		say = "";
	else if (!f->drawn)
		say = _("v=Vista la dibuja.");
	else if (f->why != NULL)
		say = f->why;
	else if (f->cells == NULL)
		say = _("Dibujando...");
	else if (json_array_size(doc_list(f->cells, "rows")) == 0)
		say = _("De este video no se pueden ver cuadros: descárguelo.");
	if (say != NULL)
		(void)grid_wrap(g, TOP, 1, g->cols - 2, 3, 0, GRID_PLAIN, say);
	else
		fotos_draw_cells(f, g, rows);
}

static void
fotos_draw_foot(const struct fotos *f, struct grid *g, int y)
{
	int n = (int)json_array_size(f->photos), yes = 0, no = 0, i;

	if (f->field == NULL)
		return;
	for (i = 0; i < n; i++) {
		enum verdict v = verdict_find(f->text, i, NULL);

		yes += v == VERDICT_YES;
		no += v == VERDICT_NO;
	}
	(void)grid_putf(g, y, 1, g->cols - 2, GRID_PLAIN, yes + no < n ?
	    _("Van %d, no van %d, faltan %d.  F12 vuelve a la decisión.") :
	    _("Van %d, no van %d.  F12 vuelve a la decisión."), yes, no,
	    n - yes - no);
}

static void
fotos_draw(struct view *v, struct grid *g)
{
	struct fotos *f = (struct fotos *)v;
	int last = g->rows - 4, rows = last - TOP - 1;
	char *where = xasprintf(_("%s  Fotos"), v->folio);

	app_title(v->app, g, where);
	free(where);
	if (fotos_here(f) != NULL)
		fotos_draw_head(f, g);
	fotos_draw_body(f, g, rows);
	grid_rule(g, last - 1, 0, -1);
	fotos_draw_foot(f, g, last);
	grid_cursor(g, 1, 0);
	/* Only here is it known how much room there is. */
	if ((f->cells != NULL || f->why != NULL) &&
	    (f->cols != g->cols || f->rows != rows))
		fotos_forget(f);
	if (f->drawn && f->cols == 0 && rows > 0 &&
	    *doc_text(fotos_here(f), "sha256") != '\0')
		fotos_ask_cells(f, g->cols, rows);
}

/* ---- called by the app ---- */

static void
fotos_ask(struct fotos *f)
{
	const char *files[] = { "adjuntos", f->view.folio, NULL };
	const char *step[] = { "paso", f->view.folio, f->view.step, NULL };

	if (f->view.folio == NULL || f->view.step == NULL)
		return;
	app_ask(&f->view, TAG_STEP, false, step);
	app_ask(&f->view, TAG_FILES, false, files);
}

static void
fotos_open(struct view *v)
{
	struct fotos *f = (struct fotos *)v;

	f->drawn = !app_is_slow(v->app);
	fotos_ask(f);
}

static void
fotos_close(struct view *v)
{
	struct fotos *f = (struct fotos *)v;

	fotos_forget(f);
	json_decref(f->step);
	json_decref(f->files);
	json_decref(f->photos);
	free(f->text);
}

static const char *
fotos_grey(struct view *v, int id)
{
	const struct fotos *f = (struct fotos *)v;
	int n = (int)json_array_size(f->photos);

	if (id == DO_YES || id == DO_NO)
		return fotos_grey_decide(f);
	if (id == DO_AFTER && f->at + 1 >= n)
		return _("Es la última foto.");
	if (id == DO_BEFORE && f->at == 0)
		return _("Es la primera foto.");
	return NULL;
}

static void
fotos_act(struct view *v, int id)
{
	struct fotos *f = (struct fotos *)v;

	if (id == DO_YES)
		fotos_decide(f, VERDICT_YES, NULL);
	else if (id == DO_NO)
		fotos_ask_reason(f);
	else if (id == DO_CELLS) {
		f->drawn = !f->drawn;
		fotos_forget(f);
	} else
		fotos_go(f, f->at + (id == DO_AFTER ? 1 : -1));
}

static void
fotos_on_cells(struct fotos *f, int status, json_t *doc)
{
	if (status == 0 && strcmp(doc_text(doc, "sha256"),
	    doc_text(fotos_here(f), "sha256")) != 0)
		return;		/* of one that was left meanwhile */
	json_decref(f->cells);
	f->cells = status == 0 ? json_incref(doc) : NULL;
	free(f->why);
	f->why = status != 0 ? xstrdup(doc_why(doc)) : NULL;
}

static void
fotos_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct fotos *f = (struct fotos *)v;

	if (tag == TAG_CELLS) {
		fotos_on_cells(f, status, doc);
		return;
	}
	f->keeping -= tag == TAG_KEPT;
	if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		if (tag == TAG_KEPT)
			fotos_ask(f);
		return;
	}
	if (tag == TAG_KEPT) {
		app_note(v->app, v->folio);
	} else if (tag == TAG_STEP) {
		json_decref(f->step);
		f->step = json_incref(doc);
	} else if (tag == TAG_FILES) {
		json_decref(f->files);
		f->files = json_incref(doc_list(doc, "attachments"));
	}
	if (tag != TAG_KEPT)
		fotos_take(f);
}

static void
fotos_on_push(struct view *v, json_t *folios)
{
	if (doc_has(folios, v->folio))
		fotos_ask((struct fotos *)v);
}

const struct view_class view_fotos = {
	.name = "fotos",
	.actions = fotos_actions,
	.actions_count = ARRAY_LEN(fotos_actions),
	.size = sizeof(struct fotos),
	.open = fotos_open,
	.close = fotos_close,
	.draw = fotos_draw,
	.act = fotos_act,
	.grey = fotos_grey,
	.on_doc = fotos_on_doc,
	.on_push = fotos_on_push,
};
