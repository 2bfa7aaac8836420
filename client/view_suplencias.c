/* SPDX-License-Identifier: ISC */
/*
 * view_suplencias.c - absences: who stands in for whom, from when to when; to
 * name somebody for one's own days, to end it, and to answer when asked.
 */
#include "cursor.h"
#include "doc.h"
#include "i18n.h"
#include "view.h"

enum { TAG_LIST, TAG_PEOPLE, TAG_NAME, TAG_ANSWER };
enum { DO_ACTS, DO_NAME, DO_YES, DO_NO, DO_END, DO_END_SURE, DO_REFRESH };
enum { ASK_FROM, ASK_TO, ASK_WHY, ASKS };
enum { WHO_W = 12, DATE_W = 17, STATE_W = 14, DETAIL = 4 };

// clang-format off
static const struct action suplencias_actions[] = {
	{ K_ENTER, K_NONE, N_("Decidido"), N_("Lista lo que se decidió en esa suplencia; Enter abre ahí cada expediente."), DO_ACTS, true },
	{ K_F6, 'n', N_("Nombrar"), N_("Nombra a quien decide en su lugar, de una fecha a otra, con motivo."), DO_NAME, true },
	{ 's', K_NONE, N_("Aceptar"), N_("Acepta suplir a quien lo nombró; la jefatura, con la misma tecla, autoriza la que otra persona propuso."), DO_YES, true },
	{ 'd', K_NONE, N_("Declinar"), N_("Declina: la suplencia termina y se lo hace saber a quien lo nombró."), DO_NO, true },
	{ 'x', K_NONE, N_("Terminar"), N_("Termina en este momento una suplencia que usted nombró o puede autorizar."), DO_END, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide la lista otra vez."), DO_REFRESH, false },
	{ K_NONE, K_NONE, N_("Terminar ya"), N_("Termina la suplencia en este momento."), DO_END_SURE, false },
};
// clang-format on

struct suplencias {
	struct view view;
	json_t *doc;
	struct cursor at;
	char *who, *said[ASKS];		/* of the one being named */
};

static void
suplencias_ask(struct view *v)
{
	static const char *const words[] = { "suplencias", NULL };

	app_ask(v, TAG_LIST, false, words);
}

static const json_t *
suplencias_at(const struct suplencias *s)
{
	return json_array_get(doc_list(s->doc, "substitutions"),
	    (size_t)s->at.at);
}

static bool
suplencias_is_me(const struct suplencias *s, const char *key)
{
	return strcmp(doc_text(suplencias_at(s), key),
	    doc_text(app_me(s->view.app), "login")) == 0;
}

/* ---- naming: whom, from, to, why ---- */

static void suplencias_next(struct suplencias *, int);

static void
suplencias_on_text(struct view *v, int tag, const char *text)
{
	struct suplencias *s = (struct suplencias *)v;
	struct line l = { 0 };

	free(s->said[tag]);
	s->said[tag] = xstrdup(text);
	if (tag + 1 < ASKS) {
		suplencias_next(s, tag + 1);
		return;
	}
	line_add(&l, "suplencia");
	line_addf(&l, "persona=%s", s->who);
	line_addf(&l, "desde=%s", s->said[ASK_FROM]);
	line_addf(&l, "hasta=%s", s->said[ASK_TO]);
	line_addf(&l, "motivo=%s", s->said[ASK_WHY]);
	line_ask(&l, v, TAG_NAME, true);
}

static void
suplencias_next(struct suplencias *s, int tag)
{
	static const char *const titles[ASKS] = {
		N_("Suplencia: desde"), N_("Suplencia: hasta"),
		N_("Suplencia: motivo")
	};
	static const char *const labels[ASKS] = {
		N_("Primer día: hoy, mañana, +3, 12/5 o 12/5/2027."),
		N_("Último día, que también cuenta."),
		N_("Queda escrito, y se imprime con cada decisión."),
	};

	/* What was said of the last one is there to be changed. */
	app_prompt_keep(s->view.app, _(titles[tag]), s->said[tag]);
	app_prompt(&s->view, tag, _(titles[tag]), _(labels[tag]), false,
	    suplencias_on_text);
}

static void
suplencias_on_person(struct view *v, int tag, const char *login)
{
	struct suplencias *s = (struct suplencias *)v;

	(void)tag;
	free(s->who);
	s->who = xstrdup(login);
	suplencias_next(s, ASK_FROM);
}

/* ---- answering, ending ---- */

static void
suplencias_answer(struct suplencias *s, const char *answer)
{
	struct line l = { 0 };

	line_add(&l, "suplir");
	line_add(&l, doc_text(suplencias_at(s), "for_login"));
	line_add(&l, answer);
	line_ask(&l, &s->view, TAG_ANSWER, true);
}

/* The same again until another moment: now ends it, its own is the head's
 * word that it may be. */
static void
suplencias_again(struct suplencias *s, const char *until)
{
	const json_t *one = suplencias_at(s);
	struct line l = { 0 };

	line_add(&l, "suplencia");
	line_addf(&l, "persona=%s", doc_text(one, "login"));
	line_addf(&l, "desde=%s", doc_text(one, "from"));
	line_addf(&l, "hasta=%s", until);
	line_addf(&l, "motivo=%s", doc_text(one, "reason"));
	if (strcmp(doc_text(one, "scope"), "all") != 0)
		line_addf(&l, "alcance=%s", doc_text(one, "scope"));
	if (!suplencias_is_me(s, "for_login"))
		line_addf(&l, "de=%s", doc_text(one, "for_login"));
	line_ask(&l, &s->view, TAG_NAME, true);
}

static void
suplencias_ask_end(struct suplencias *s)
{
	char *text = xasprintf(_("Desde este momento ya nadie decide en lugar "
	    "de %s."), doc_text(suplencias_at(s), "for_login"));

	app_confirm(&s->view, DO_END_SURE, _("Terminar la suplencia"),
	    suplencias_is_me(s, "for_login") ?
	    _("Desde este momento decide usted.") : text);
	free(text);
}

/* ---- drawing ---- */

static const char *
suplencias_state(const json_t *one)
{
	const char *answer = doc_text(one, "answer");

	if (strcmp(answer, "declined") == 0)
		return _("Declinada");
	if (doc_is(one, "over"))
		return _("Terminada");
	if (*answer == '\0')
		return _("Sin contestar");
	if (strcmp(answer, "proposed") == 0)
		return _("Sin autorizar");
	return doc_is(one, "active") ? _("En vigor") : _("Aceptada");
}

static void
suplencias_draw_row(struct suplencias *s, struct grid *g, int i, int y)
{
	const json_t *one = json_array_get(doc_list(s->doc, "substitutions"),
	    (size_t)i);
	char stamp[DOC_STAMP_MAX];
	int col = 2, state = g->cols - STATE_W - 1;

	cursor_mark(&s->at, g, i, y);
	(void)grid_put(g, y, col, WHO_W, GRID_PLAIN, doc_text(one, "login"));
	col += WHO_W + 1;
	(void)grid_put(g, y, col, WHO_W, GRID_PLAIN,
	    doc_text(one, "for_login"));
	col += WHO_W + 1;
	(void)grid_put(g, y, col, state - col > DATE_W ? DATE_W - 1 :
	    state - col - 1, GRID_PLAIN, doc_stamp(doc_text(one, "from"),
	    stamp));
	col += DATE_W;
	if (col + DATE_W <= state)
		(void)grid_put(g, y, col, DATE_W - 1, GRID_PLAIN,
		    doc_stamp(doc_text(one, "to"), stamp));
	(void)grid_put(g, y, state, STATE_W, GRID_PLAIN, suplencias_state(one));
}

static void
suplencias_draw(struct view *v, struct grid *g)
{
	struct suplencias *s = (struct suplencias *)v;
	const json_t *list = doc_list(s->doc, "substitutions"), *one;
	int n = (int)json_array_size(list), last = g->rows - 4, i;
	int rows = last - DETAIL - 2, to = 4 + 2 * WHO_W + DATE_W;
	char *text;

	app_title(v->app, g, _("Suplencias"));
	(void)grid_put(g, 1, 2, -1, GRID_BOLD, _("Suple"));
	(void)grid_put(g, 1, 3 + WHO_W, -1, GRID_BOLD, _("A quién"));
	(void)grid_put(g, 1, 4 + 2 * WHO_W, -1, GRID_BOLD, _("Desde"));
	if (to + DATE_W <= g->cols - STATE_W - 1)
		(void)grid_put(g, 1, to, -1, GRID_BOLD, _("Hasta"));
	(void)grid_put(g, 1, g->cols - STATE_W - 1, -1, GRID_BOLD, _("Estado"));
	cursor_show(&s->at, rows);
	for (i = s->at.top; i < n && i < s->at.top + rows; i++)
		suplencias_draw_row(s, g, i, 2 + i - s->at.top);
	grid_rule(g, last - DETAIL, 0, -1);
	one = suplencias_at(s);
	if (one == NULL) {
		(void)grid_put(g, 3, 2, -1, GRID_PLAIN, s->doc == NULL ?
		    _("Un momento...") : _("No hay suplencias. n nombra a quien "
		    "lo suple."));
		grid_cursor(g, 3, 2);
		return;
	}
	grid_late(g, last - DETAIL + 1, 0, DETAIL);
	text = xasprintf(_("Suplencia %lld.  %s suple a %s: %s.  Alcance: %s.  "
	    "Motivo: %s"), doc_int(one, "grant"), doc_text(one, "name"),
	    doc_text(one, "for_name"), doc_text(one, "role_title"),
	    strcmp(doc_text(one, "scope"), "all") == 0 ? _("todo") :
	    doc_text(one, "scope"), doc_text(one, "reason"));
	(void)grid_wrap(g, last - DETAIL + 1, 1, g->cols - 2, DETAIL, 0,
	    GRID_PLAIN, text);
	free(text);
}

/* ---- called by the app ---- */

static void
suplencias_acts(struct suplencias *s)
{
	char number[24];

	(void)snprintf(number, sizeof number, "%lld",
	    (long long)doc_int(suplencias_at(s), "grant"));
	app_open(s->view.app, &view_decidido, number, NULL);
}

static void
suplencias_act(struct view *v, int id)
{
	static const char *const people[] = { "personas", NULL };
	struct suplencias *s = (struct suplencias *)v;

	switch (id) {
	case DO_ACTS:
		suplencias_acts(s);
		break;
	case DO_NAME:
		app_pick_wait(v, 0, _("Lo suple"), suplencias_on_person);
		app_ask(v, TAG_PEOPLE, false, people);
		break;
	case DO_YES:
	case DO_NO:
		if (id == DO_YES && doc_is(suplencias_at(s), "may_grant"))
			suplencias_again(s, doc_text(suplencias_at(s), "to"));
		else
			suplencias_answer(s, id == DO_YES ? "si" : "no");
		break;
	case DO_END:
		suplencias_ask_end(s);
		break;
	case DO_END_SURE:
		suplencias_again(s, "ahora");
		break;
	default:
		suplencias_ask(v);
	}
}

static const char *
suplencias_grey(struct view *v, int id)
{
	struct suplencias *s = (struct suplencias *)v;
	const json_t *one = suplencias_at(s);

	if (id == DO_REFRESH || id == DO_NAME)
		return NULL;
	if (one == NULL)
		return _("No hay una suplencia bajo el cursor.");
	if (id == DO_ACTS)
		return NULL;
	if (doc_is(one, "over"))
		return _("Esa suplencia ya terminó.");
	if (id == DO_END || id == DO_END_SURE)
		return doc_is(one, "may_end") ? NULL :
		    _("La terminan quien la nombró y la jefatura.");
	if (id == DO_YES && doc_is(one, "may_grant"))
		return NULL;
	if (strcmp(doc_text(one, "answer"), "proposed") == 0)
		return doc_is(one, "may_grant") ?
		    _("Para no autorizarla, termínela con x.") :
		    _("La autoriza antes la jefatura.");
	if (!suplencias_is_me(s, "login"))
		return _("La contesta la persona nombrada.");
	if (id == DO_YES && strcmp(doc_text(one, "answer"), "accepted") == 0)
		return _("Ya la aceptó.");
	return NULL;
}

static void
suplencias_close(struct view *v)
{
	struct suplencias *s = (struct suplencias *)v;
	int i;

	json_decref(s->doc);
	free(s->who);
	for (i = 0; i < ASKS; i++)
		free(s->said[i]);
}

static bool
suplencias_key(struct view *v, int32_t key)
{
	return cursor_key(&((struct suplencias *)v)->at, key);
}

/* Whom one may name: nobody stands in for himself. */
static json_t *
suplencias_others(const struct app *a, const json_t *doc)
{
	const char *me = doc_text(app_me(a), "login");
	json_t *items = doc_people(doc);
	size_t i;

	for (i = json_array_size(items); i-- > 0;)
		if (strcmp(doc_text(json_array_get(items, i), "value"), me) ==
		    0)
			json_array_remove(items, i);
	return items;
}

/* The first that waits for this person's word, else the first. */
static int
suplencias_waiting(const struct app *a, const json_t *list)
{
	const char *me = doc_text(app_me(a), "login");
	const json_t *one;
	size_t i;

	for (i = 0; i < json_array_size(list); i++) {
		one = json_array_get(list, i);
		if (!doc_is(one, "over") && (doc_is(one, "may_grant") ||
		    (*doc_text(one, "answer") == '\0' &&
			strcmp(doc_text(one, "login"), me) == 0)))
			return (int)i;
	}
	return 0;
}

static void
suplencias_on_push(struct view *v, json_t *folios)
{
	(void)folios;
	suplencias_ask(v);
}

static void
suplencias_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	static const char *const keys[] = { "login", "for_login", "from",
		NULL };
	struct suplencias *s = (struct suplencias *)v;
	const json_t *list = doc_list(doc, "substitutions");

	if (tag == TAG_PEOPLE) {
		app_pick_came(v, 0, status, doc, suplencias_others(v->app, doc));
		return;
	}
	if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		return;
	}
	if (tag != TAG_LIST) {
		app_say(v->app, false, "%s", tag != TAG_NAME ?
		    _("Quedó su respuesta.") : doc_is(doc, "over") ?
		    _("La suplencia terminó.") :
		    strcmp(doc_text(doc, "answer"), "proposed") == 0 ?
		    _("Quedó propuesta; la jefatura lo ve en su Bandeja.") :
		    _("Quedó nombrada; la persona lo ve en su Bandeja."));
		suplencias_ask(v);
		return;
	}
	if (s->doc == NULL)
		s->at.at = suplencias_waiting(v->app, list);
	else
		s->at.at = doc_find(list, suplencias_at(s), keys, s->at.at);
	json_decref(s->doc);
	s->doc = json_incref(doc);
	cursor_fit(&s->at, (int)json_array_size(list));
}

const struct view_class view_suplencias = {
	.name = "suplencias",
	.actions = suplencias_actions,
	.actions_count = ARRAY_LEN(suplencias_actions),
	.size = sizeof(struct suplencias),
	.open = suplencias_ask,
	.close = suplencias_close,
	.draw = suplencias_draw,
	.key = suplencias_key,
	.act = suplencias_act,
	.grey = suplencias_grey,
	.on_doc = suplencias_on_doc,
	.on_push = suplencias_on_push,
};
