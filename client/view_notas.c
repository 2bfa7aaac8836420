/* SPDX-License-Identifier: ISC */
/*
 * view_notas.c - Monitoreo: what the media said, for everybody who watches
 * them, at once.  A key classifies, takes into the synthesis, opens a comment
 * or discards.  A decision that takes some typing sets the note apart first, so
 * that nobody else decides it meanwhile; each decision says which one it
 * follows, and the server tells whoever came second.
 */
#include "doc.h"
#include "i18n.h"
#include "notas.h"

#include <stdlib.h>
#include <string.h>

enum { DO_READ, DO_CLASS, DO_TAKE, DO_COMMENT, DO_DISCARD, DO_BACK, DO_FOLD,
	DO_TYPE, DO_FILTER, DO_FIND, DO_PROFILES, DO_REFRESH };

// clang-format off
static const struct action notas_actions[] = {
	{ K_ENTER, K_NONE, N_("Leer"), N_("Muestra la nota entera; otra vez, regresa a la lista."), DO_READ, true },
	{ 'c', K_NONE, N_("Clasificar"), N_("Dice de qué trata: tipo, tema, ámbito o tono."), DO_CLASS, true },
	{ 'r', K_NONE, N_("Recoger"), N_("Lleva la nota a la síntesis de hoy."), DO_TAKE, true },
	{ 'm', K_NONE, N_("Comentario"), N_("La lleva al monitoreo de hoy, como comentario por atender."), DO_COMMENT, true },
	{ 'd', K_NONE, N_("Descartar"), N_("La saca de la lista, con su motivo."), DO_DISCARD, true },
	{ 'p', K_NONE, N_("Reponer"), N_("La regresa a la lista de lo que está por atender."), DO_BACK, false },
	{ ' ', K_NONE, N_("Desplegar"), N_("Muestra o esconde las notas de la misma historia."), DO_FOLD, true },
	{ K_F6, 'n', N_("Anotar"), N_("Anota algo que se vio en un medio: medio, titular, texto."), DO_TYPE, true },
	{ K_F4, 'f', N_("Filtro"), N_("Cambia lo que se ve: por atender, recogidas, de un perfil."), DO_FILTER, true },
	{ 'b', '/', N_("Buscar"), N_("Deja solo lo que dice unas palabras, en cualquiera de sus formas."), DO_FIND, true },
	{ 'l', K_NONE, N_("Perfiles"), N_("Cambia lo que la unidad busca en las notas."), DO_PROFILES, false },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide la lista otra vez."), DO_REFRESH, false },
};
// clang-format on

/* ---- deciding ---- */

/* "VERB N", with what was seen of it; a folded story goes together. */
static void
notas_begin(struct notas *n, struct line *l, const char *verb)
{
	const json_t *one = notas_at(n);

	line_add(l, verb);
	line_addf(l, "%lld", doc_int(one, "n"));
	line_addf(l, "revision=%lld", doc_int(one, "revision"));
}

static void
notas_group(struct notas *n, struct line *l)
{
	const struct notas_row *row = &n->rows[n->at.at];

	if (row->others > 0 && doc_int(notas_at(n), "story") != n->open)
		line_add(l, "grupo=sí");
}

static void
notas_decide(struct notas *n, const char *verb, const char *more)
{
	struct line l = { 0 };

	if (notas_at(n) == NULL)
		return;
	notas_begin(n, &l, verb);
	if (more != NULL)
		line_add(&l, more);
	if (strcmp(verb, "reponer") != 0)
		notas_group(n, &l);
	n->held = 0;			/* a decision ends it */
	n->decided = doc_int(notas_at(n), "n");
	line_ask(&l, &n->view, TAG_DONE, true);
}

static void
notas_release(struct notas *n)
{
	struct line l = { 0 };

	if (n->held == 0)
		return;
	line_add(&l, "apartar");
	line_addf(&l, "%lld", (long long)n->held);
	line_add(&l, "fin=sí");
	line_ask(&l, &n->view, TAG_FREE, true);
	n->held = 0;
}

static void
notas_hold(struct notas *n, int doing)
{
	struct line l = { 0 };

	if (n->held != doc_int(notas_at(n), "n"))
		notas_release(n);
	n->doing = doing;
	notas_begin(n, &l, "apartar");
	line_ask(&l, &n->view, TAG_HOLD, true);
}

/* What took a while to type is of the note that it was typed for. */
static void
notas_decide_held(struct notas *n, const char *verb, const char *more)
{
	if (n->held == doc_int(notas_at(n), "n"))
		notas_decide(n, verb, more);
	else
		app_say(n->view.app, true, "%s", _("Esa nota ya no está aquí: "
		    "no se decidió nada."));
}

static void
notas_on_class(struct view *v, int tag, const char *choice)
{
	(void)tag;
	notas_decide_held((struct notas *)v, "clasificar", choice);
}

static void
notas_pick_class(struct notas *n)
{
	static const char *const kinds[][2] = { { "topic", "tema" },
		{ "tone", "tono" }, { "kind", "tipo" }, { "scope", "ámbito" } };
	json_t *items = json_array(), *list;
	char *value;
	size_t i, k;

	for (i = 0; i < ARRAY_LEN(kinds); i++) {
		list = doc_list(doc_part(n->doc, "choices"), kinds[i][0]);
		for (k = 0; k < json_array_size(list); k++) {
			value = xasprintf("%s=%s", kinds[i][1],
			    doc_item(list, k));
			app_choice(items, value, "%s: %s", _(kinds[i][1]),
			    doc_item(list, k));
			free(value);
		}
	}
	app_pick(&n->view, 0, _("Clasificar la nota"), items, notas_on_class);
	json_decref(items);
}

static void
notas_on_reason(struct view *v, int tag, const char *text)
{
	char *more = xasprintf("motivo=%s", text);

	(void)tag;
	app_prompt_keep(v->app, _("Descartar la nota"), text);
	notas_decide_held((struct notas *)v, "descartar", more);
	free(more);
}

/* It is set apart: what it was set apart for. */
static void
notas_on_held(struct notas *n, const json_t *doc)
{
	const json_t *one = notas_at(n);

	n->held = doc_int(doc, "n");
	if (one == NULL || doc_int(one, "n") != n->held)
		return;
	if (n->doing == DO_CLASS)
		notas_pick_class(n);
	else
		app_prompt(&n->view, 0, _("Descartar la nota"),
		    _("Por qué no va: queda escrito con su nombre."), false,
		    notas_on_reason);
}

/* ---- called by the app ---- */

static void
notas_read(struct notas *n)
{
	struct line l = { 0 };

	if (n->whole != NULL) {
		json_decref(n->whole);
		n->whole = NULL;
		return;
	}
	line_add(&l, "nota");
	line_addf(&l, "%lld", doc_int(notas_at(n), "n"));
	line_ask(&l, &n->view, TAG_READ, false);
}

static void
notas_fold(struct notas *n)
{
	int64_t story = doc_int(notas_at(n), "story");

	n->open = n->open == story ? 0 : story;
	notas_arrange(n, doc_int(notas_at(n), "n"));
}

/*
 * Somebody else decided the note under the finger, which is now on another: the
 * key that was meant for the one does not fall on the other.
 */
static bool
notas_stops(struct notas *n, int id)
{
	bool stops = n->gone && (id == DO_CLASS || id == DO_DISCARD ||
	    id == DO_TAKE || id == DO_COMMENT);

	n->gone = false;
	if (stops)
		app_say(n->view.app, true, "%s", _("El cursor pasó a otra nota: "
		    "véala, y repita la tecla si es esa."));
	return stops;
}

static void
notas_act(struct view *v, int id)
{
	struct notas *n = (struct notas *)v;

	if (notas_stops(n, id))
		return;
	switch (id) {
	case DO_READ:
		notas_read(n);
		break;
	case DO_CLASS:
	case DO_DISCARD:
		notas_hold(n, id);
		break;
	case DO_TAKE:
		notas_decide(n, "recoger", NULL);
		break;
	case DO_COMMENT:
		notas_decide(n, "comentario", NULL);
		break;
	case DO_BACK:
		notas_decide(n, "reponer", NULL);
		break;
	case DO_FOLD:
		notas_fold(n);
		break;
	case DO_TYPE:
		notas_type(n);
		break;
	case DO_FILTER:
		notas_filter(n);
		break;
	case DO_FIND:
		notas_find(n);
		break;
	case DO_PROFILES:
		notas_profiles(n);
		break;
	default:
		notas_ask(v);
	}
}

static const char *
notas_grey(struct view *v, int id)
{
	struct notas *n = (struct notas *)v;
	const json_t *one = notas_at(n);
	bool new = strcmp(doc_text(one, "state"), "new") == 0;

	if (id == DO_REFRESH || id == DO_FILTER || id == DO_FIND)
		return NULL;
	if (id != DO_READ && id != DO_FOLD && !doc_is(n->doc, "can"))
		return _("Su cargo no decide sobre las notas de esta oficina.");
	if (id == DO_TYPE || id == DO_PROFILES)
		return NULL;
	if (one == NULL)
		return _("No hay una nota bajo el cursor.");
	if (id == DO_READ)
		return NULL;
	if (id == DO_FOLD)
		return n->rows[n->at.at].others > 0 ||
		    n->rows[n->at.at].under ? NULL :
		    _("Ninguna otra nota cuenta esta historia.");
	if (id == DO_BACK)
		return new ? _("Esta nota está por atender.") : NULL;
	return new || id == DO_CLASS ? NULL :
	    _("Sobre esta nota ya se decidió: p la repone.");
}

static void
notas_close(struct view *v)
{
	struct notas *n = (struct notas *)v;

	notas_release(n);
	json_decref(n->doc);
	json_decref(n->whole);
	page_clear(&n->page);
	free(n->rows);
	free(n->profile);
	free(n->text);
	free(n->naming);
	free(n->said[0]);
	free(n->said[1]);
}

static bool
notas_key(struct view *v, int32_t key)
{
	struct notas *n = (struct notas *)v;

	if (n->whole != NULL && (key == K_F12 || key == K_LEFT)) {
		json_decref(n->whole);
		n->whole = NULL;
		return true;
	}
	if (n->whole != NULL)
		return page_key(&n->page, key, true);
	if (!cursor_key(&n->at, key))
		return false;
	n->gone = false;
	return true;
}

/* A pop-up that was left without deciding lets the note go. */
static void
notas_on_tick(struct view *v, struct when now)
{
	(void)now;
	if (!app_has_popup(v->app))
		notas_release((struct notas *)v);
}

/* What became of it. */
static void
notas_say(struct notas *n, const json_t *doc)
{
	const char *folio = doc_text(doc, "folio");

	if (strcmp(doc_text(doc, "state"), "taken") == 0)
		app_say(n->view.app, false, _("Va en %s, paso %s."), folio,
		    doc_text(doc, "step"));
	else if (strcmp(doc_text(doc, "state"), "comment") == 0)
		app_say(n->view.app, false,
		    _("Es un comentario de %s, paso %s."), folio,
		    doc_text(doc, "step"));
	else if (strcmp(doc_text(doc, "state"), "discarded") == 0)
		app_say(n->view.app, false, "%s", _("Quedó descartada."));
	else
		app_say(n->view.app, false, "%s", _("Quedó anotado."));
}

/* "Elena Cruz recogió «Abren clínica»." */
static void
notas_tell(struct notas *n, const json_t *one)
{
	const char *state = doc_text(one, "state");

	if (strcmp(state, "new") == 0)
		return;			/* it only fell out of what is shown */
	app_say(n->view.app, false, strcmp(state, "taken") == 0 ?
	    _("%s recogió «%s».") : strcmp(state, "comment") == 0 ?
	    _("%s abrió un comentario con «%s».") :
	    _("%s descartó «%s»."), doc_text(one, "by_name"),
	    doc_text(one, "title"));
}

static void
notas_take(struct notas *n, json_t *doc)
{
	int64_t finger = doc_int(notas_at(n), "n");
	struct line l = { 0 };

	json_decref(n->doc);
	n->doc = json_incref(doc);
	notas_arrange(n, finger);
	if (n->pushed && finger != 0 && finger != n->decided &&
	    doc_int(notas_at(n), "n") != finger) {
		n->gone = true;
		line_add(&l, "nota");
		line_addf(&l, "%lld", (long long)finger);
		line_ask(&l, &n->view, TAG_GONE, false);
	}
	n->pushed = false;
}

static void
notas_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct notas *n = (struct notas *)v;

	if (status != 0) {
		if (tag != TAG_GONE)
			app_say(v->app, true, "%s", doc_why(doc));
		if (tag == TAG_HOLD || tag == TAG_DONE)
			notas_ask(v);
		return;
	}
	switch (tag) {
	case TAG_LIST:
		notas_take(n, doc);
		break;
	case TAG_READ:
		json_decref(n->whole);
		n->whole = json_incref(doc);
		notas_page(n);
		break;
	case TAG_HOLD:
		notas_on_held(n, doc);
		break;
	case TAG_GONE:
		notas_tell(n, doc);
		break;
	case TAG_FREE:
		break;
	default:
		notas_say(n, doc);
		notas_ask(v);
	}
}

/* "notas@OFFICE": somebody decided, or more came. */
static void
notas_on_push(struct view *v, json_t *folios)
{
	struct notas *n = (struct notas *)v;
	char *mine = xasprintf("notas@%s", doc_text(n->doc, "office"));

	if (n->doc != NULL && (folios == NULL || doc_has(folios, mine))) {
		n->pushed = folios != NULL;
		notas_ask(v);
	}
	free(mine);
}

const struct view_class view_notas = {
	.name = "notas",
	.actions = notas_actions,
	.actions_count = ARRAY_LEN(notas_actions),
	.size = sizeof(struct notas),
	.open = notas_ask,
	.close = notas_close,
	.draw = notas_draw,
	.key = notas_key,
	.act = notas_act,
	.grey = notas_grey,
	.on_doc = notas_on_doc,
	.on_push = notas_on_push,
	.on_tick = notas_on_tick,
};
