/* SPDX-License-Identifier: ISC */
/*
 * view_comentarios.c - what is said about a case, oldest first.  What names
 * this person has an "@" in the margin, and is read by being shown.
 */
#include "doc.h"
#include "i18n.h"
#include "page.h"
#include "view.h"

enum { TAG_LIST, TAG_SAY, TAG_HEED, TAG_PEOPLE };
enum { DO_SAY, DO_CALL, DO_HISTORY, DO_CASE, DO_REFRESH };
enum { TOP = 2, INDENT = 3 };

// clang-format off
static const struct action comentarios_actions[] = {
	{ K_ENTER, 'c', N_("Comentar"), N_("Escribe un comentario; @login avisa a esa persona en su bandeja."), DO_SAY, true },
	{ '@', 'm', N_("Mencionar"), N_("Escoge a quién avisar, entre quienes pueden leer el expediente."), DO_CALL, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide los comentarios otra vez."), DO_REFRESH, false },
	{ K_F9, 'h', N_("Historial"), N_("Muestra quién hizo qué, cuándo y en lugar de quién."), DO_HISTORY, true },
	{ 'e', K_NONE, N_("Expediente"), N_("Muestra el expediente completo, paso por paso."), DO_CASE, true },
};
// clang-format on

struct comentarios {
	struct view view;
	json_t *doc;			/* as last received, or NULL */
	struct page page;
	char *text;			/* sent, and not yet accepted */
};

static void
comentarios_ask(struct view *v)
{
	const char *words[] = { "comentarios", v->folio, NULL };

	if (v->folio != NULL)
		app_ask(v, TAG_LIST, false, words);
}

/* ---- writing ---- */

static char *
comentarios_title(const struct view *v)
{
	return xasprintf(_("Comentar %s"), v->folio);
}

static void
comentarios_on_text(struct view *v, int tag, const char *text)
{
	struct comentarios *c = (struct comentarios *)v;
	struct line l = { 0 };

	(void)tag;
	if (text[strspn(text, " \n\t")] == '\0') {
		app_say(v->app, true, "%s", _("El comentario está en blanco."));
		return;
	}
	free(c->text);
	c->text = xstrdup(text);
	line_add(&l, "comentar");
	line_add(&l, v->folio);
	line_addf(&l, "texto=%s", text);
	line_ask(&l, v, TAG_SAY, true);
}

static void
comentarios_write(struct view *v)
{
	char *title = comentarios_title(v);

	app_prompt(v, 0, title, _("Lo leerá quien pueda ver el expediente. "
	    "@login avisa a esa persona."), true, comentarios_on_text);
	free(title);
}

static void
comentarios_on_person(struct view *v, int tag, const char *login)
{
	char *title = comentarios_title(v), *text = xasprintf("@%s ", login);

	(void)tag;
	app_prompt_keep(v->app, title, text);
	free(text);
	free(title);
	comentarios_write(v);
}

/* It was refused: what was written comes back with the next Enter. */
static void
comentarios_keep(struct comentarios *c)
{
	char *title = comentarios_title(&c->view);

	if (c->text != NULL)
		app_prompt_keep(c->view.app, title, c->text);
	free(title);
}

/* ---- reading ---- */

static bool
comentarios_calls_me(const struct view *v, const json_t *one)
{
	return doc_has(doc_list(one, "mentions"),
	    doc_text(app_me(v->app), "login"));
}

static void
comentarios_page(struct comentarios *c)
{
	const json_t *list = doc_list(c->doc, "comments"), *one;
	char stamp[DOC_STAMP_MAX];
	size_t i;

	page_erase(&c->page);
	for (i = 0; i < json_array_size(list); i++) {
		one = json_array_get(list, i);
		(void)page_addf(&c->page,
		    comentarios_calls_me(&c->view, one) ? '@' : ' ', 1,
		    GRID_BOLD, "%s  %s", doc_stamp(doc_text(one, "at"), stamp),
		    doc_text(one, "by_name"));
		(void)page_add(&c->page, ' ', INDENT, GRID_PLAIN,
		    doc_text(one, "text"));
	}
}

/* What is on the screen now has been read, up to the last of it. */
static void
comentarios_heed(struct comentarios *c)
{
	const json_t *list = doc_list(c->doc, "comments");
	size_t n = json_array_size(list);
	struct line l = { 0 };

	if (doc_int(c->doc, "unread") == 0 || n == 0)
		return;
	line_add(&l, "enterado");
	line_add(&l, c->view.folio);
	line_addf(&l, "hasta=%lld", doc_int(json_array_get(list, n - 1), "n"));
	line_ask(&l, &c->view, TAG_HEED, true);
}

static void
comentarios_take(struct comentarios *c, json_t *doc)
{
	size_t had = json_array_size(doc_list(c->doc, "comments"));

	json_decref(c->doc);
	c->doc = json_incref(doc);
	comentarios_page(c);
	if (json_array_size(doc_list(doc, "comments")) != had)
		(void)page_key(&c->page, K_END, true);
	comentarios_heed(c);
}

/* ---- called by the app ---- */

static void
comentarios_act(struct view *v, int id)
{
	const char *people[] = { "comentarios", v->folio, "--personas", NULL };

	switch (id) {
	case DO_SAY:
		comentarios_write(v);
		break;
	case DO_CALL:
		app_pick_wait(v, 0, _("Mencionar a"), comentarios_on_person);
		app_ask(v, TAG_PEOPLE, false, people);
		break;
	case DO_HISTORY:
		app_open(v->app, &view_historial, v->folio, NULL);
		break;
	case DO_CASE:
		app_open(v->app, &view_expediente, v->folio, NULL);
		break;
	default:
		comentarios_ask(v);
	}
}

static const char *
comentarios_grey(struct view *v, int id)
{
	if (id != DO_REFRESH && ((struct comentarios *)v)->doc == NULL)
		return _("Los comentarios todavía no llegan del servidor.");
	return NULL;
}

static void
comentarios_close(struct view *v)
{
	struct comentarios *c = (struct comentarios *)v;

	json_decref(c->doc);
	page_clear(&c->page);
	free(c->text);
}

static bool
comentarios_key(struct view *v, int32_t key)
{
	return page_key(&((struct comentarios *)v)->page, key, true);
}

static void
comentarios_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct comentarios *c = (struct comentarios *)v;

	if (tag == TAG_PEOPLE) {
		app_pick_came(v, 0, status, doc, doc_people(doc));
	} else if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		if (tag == TAG_SAY)
			comentarios_keep(c);
	} else if (tag == TAG_LIST) {
		comentarios_take(c, doc);
	} else if (tag == TAG_SAY) {
		free(c->text);
		c->text = NULL;
		app_say(v->app, false, "%s",
		    json_array_size(doc_list(doc, "mentions")) == 0 ?
		    _("Quedó su comentario.") :
		    _("Quedó su comentario; ya se avisó a quien menciona."));
		comentarios_ask(v);
	}
}

static void
comentarios_on_push(struct view *v, json_t *folios)
{
	if (v->folio != NULL && doc_has(folios, v->folio))
		comentarios_ask(v);
}

static void
comentarios_draw(struct view *v, struct grid *g)
{
	struct comentarios *c = (struct comentarios *)v;
	size_t n = json_array_size(doc_list(c->doc, "comments"));
	int last = g->rows - 4;
	char *where = xasprintf(_("%s  Comentarios"),
	    v->folio == NULL ? "" : v->folio);

	app_title(v->app, g, where);
	free(where);
	(void)grid_cell(g, 1, 1, g->cols - 2, GRID_PLAIN,
	    doc_text(c->doc, "title"));
	grid_rule(g, TOP, 0, -1);
	page_draw(&c->page, g, TOP + 1, last - TOP - 1);
	if (n == 0)
		(void)grid_put(g, TOP + 2, 2, g->cols - 3, GRID_PLAIN,
		    c->doc == NULL ? _("Un momento...") :
		    _("Nadie lo ha comentado. Enter escribe el primero."));
	else
		(void)grid_putf(g, last, 1, -1, GRID_DIM, n == 1 ?
		    _("%d comentario.") : _("%d comentarios."), (int)n);
	grid_cursor(g, last, 0);
}

const struct view_class view_comentarios = {
	.name = "comentarios",
	.actions = comentarios_actions,
	.actions_count = ARRAY_LEN(comentarios_actions),
	.size = sizeof(struct comentarios),
	.open = comentarios_ask,
	.close = comentarios_close,
	.draw = comentarios_draw,
	.key = comentarios_key,
	.act = comentarios_act,
	.grey = comentarios_grey,
	.on_doc = comentarios_on_doc,
	.on_push = comentarios_on_push,
};
