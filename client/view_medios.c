/* SPDX-License-Identifier: ISC */
/*
 * view_medios.c - the register of outlets: who they are, who watches them, how
 * the reading of their feeds goes; to register, to correct, to end.
 */
#include "cursor.h"
#include "doc.h"
#include "i18n.h"
#include "view.h"

enum { TAG_LIST, TAG_CHANGE, TAG_READ };
enum { DO_ADD, DO_EDIT, DO_READ, DO_END, DO_END_SURE, DO_REFRESH };
enum { ASK_NAME = 100, ASK_KIND, ASK_COLUMN };
enum { NAME_W = 24, KIND_W = 12, STATE_W = 18, DETAIL = 6 };

// clang-format off
static const struct action medios_actions[] = {
	{ K_F6, 'n', N_("Alta"), N_("Registra un medio: su nombre y su tipo; lo demás se corrige después."), DO_ADD, true },
	{ K_ENTER, 'e', N_("Corregir"), N_("Corrige un dato del medio: programa, horario, teléfonos, canal, quién vigila."), DO_EDIT, true },
	{ 'l', K_NONE, N_("Leer ahora"), N_("Lee el canal del medio en este momento."), DO_READ, true },
	{ 'x', K_NONE, N_("Baja"), N_("Deja de vigilar el medio; su historia queda."), DO_END, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide la lista otra vez."), DO_REFRESH, false },
	{ K_NONE, K_NONE, N_("Dar de baja"), N_("Da de baja el medio en este momento."), DO_END_SURE, false },
};

/* What may be corrected, as the core names it, as its document does, as
 * people do. */
static const struct { const char *word, *key, *label; } medios_columns[] = {
	{ "nombre", "name", N_("Nombre") },
	{ "tipo", "kind", N_("Tipo") },
	{ "programa", "programme", N_("Programa") },
	{ "horario", "schedule", N_("Horario") },
	{ "telefonos", "phones", N_("Teléfonos") },
	{ "contacto", "contact", N_("Contacto") },
	{ "canal", "feed", N_("Canal (RSS o Atom)") },
	{ "cada", "every", N_("Minutos entre lecturas") },
	{ "vigilan", "watchers", N_("Vigilan") },
};
static const char *const medios_kinds[] = { "prensa", "radio", "televisión",
	"portal", "red social" };
// clang-format on

struct medios {
	struct view view;
	json_t *doc;
	struct cursor at;
	char *name;			/* of the one being registered */
	int column;			/* being corrected */
	json_int_t id;			/* of whose */
};

static void
medios_ask(struct view *v)
{
	static const char *const words[] = { "medios", NULL };

	app_ask(v, TAG_LIST, false, words);
}

static const json_t *
medios_at(const struct medios *m)
{
	return json_array_get(doc_list(m->doc, "outlets"), (size_t)m->at.at);
}

/* A value of one as text.  Given. */
static char *
medios_value(const json_t *one, const char *key)
{
	const json_t *v = json_object_get(one, key);

	if (json_is_integer(v))
		return xasprintf("%lld", (long long)json_integer_value(v));
	return json_is_array(v) ? doc_join(v, ", ") :
	    xstrdup(doc_text(one, key));
}

/* ---- registering: its name, its kind ---- */

static void
medios_on_kind(struct view *v, int tag, const char *kind)
{
	struct medios *m = (struct medios *)v;
	struct line l = { 0 };

	(void)tag;
	line_add(&l, "medio");
	line_add(&l, "alta");
	line_addf(&l, "nombre=%s", m->name);
	line_addf(&l, "tipo=%s", kind);
	line_ask(&l, v, TAG_CHANGE, true);
}

static void
medios_pick_kind(struct view *v, int tag,
    void (*on_pick)(struct view *, int, const char *))
{
	json_t *items = json_array();
	size_t i;

	for (i = 0; i < ARRAY_LEN(medios_kinds); i++)
		json_array_append_new(items, json_string(medios_kinds[i]));
	app_pick(v, tag, _("Tipo"), items, on_pick);
	json_decref(items);
}

static void
medios_on_name(struct view *v, int tag, const char *text)
{
	struct medios *m = (struct medios *)v;

	(void)tag;
	free(m->name);
	m->name = xstrdup(text);
	medios_pick_kind(v, ASK_KIND, medios_on_kind);
}

/* ---- correcting: which, and what it is ---- */

static void
medios_on_text(struct view *v, int tag, const char *text)
{
	struct medios *m = (struct medios *)v;
	struct line l = { 0 };

	(void)tag;
	line_add(&l, "medio");
	line_add(&l, "cambio");
	line_addf(&l, "%lld", (long long)m->id);
	line_addf(&l, "%s=%s", medios_columns[m->column].word, text);
	line_ask(&l, v, TAG_CHANGE, true);
}

static void
medios_on_column(struct view *v, int tag, const char *word)
{
	struct medios *m = (struct medios *)v;
	const char *label;
	char *was;
	size_t i;

	for (i = 0; i < ARRAY_LEN(medios_columns); i++)
		if (strcmp(medios_columns[i].word, word) == 0)
			m->column = (int)i;
	if (strcmp(word, "tipo") == 0) {
		medios_pick_kind(v, tag, medios_on_text);
		return;
	}
	label = _(medios_columns[m->column].label);
	was = medios_value(medios_at(m), medios_columns[m->column].key);
	app_prompt_keep(v->app, label, was);
	app_prompt(v, tag, label, _("Enter lo guarda; vacío lo borra."), false,
	    medios_on_text);
	free(was);
}

static void
medios_edit(struct medios *m)
{
	const json_t *one = medios_at(m);
	json_t *items = json_array();
	char *was;
	size_t i;

	m->id = doc_int(one, "id");
	for (i = 0; i < ARRAY_LEN(medios_columns); i++) {
		was = medios_value(one, medios_columns[i].key);
		app_choice(items, medios_columns[i].word, "%s: %s",
		    _(medios_columns[i].label), was);
		free(was);
	}
	app_pick(&m->view, ASK_COLUMN, doc_text(one, "name"), items,
	    medios_on_column);
	json_decref(items);
}

static void
medios_say(struct medios *m, const char *verb, const char *act,
    const json_t *number, int tag)
{
	struct line l = { 0 };

	line_add(&l, verb);
	if (act != NULL)
		line_add(&l, act);
	line_addf(&l, "%lld", (long long)json_integer_value(number));
	line_ask(&l, &m->view, tag, true);
}

/* ---- drawing ---- */

/* How its feed goes.  Into out[16] when it is a time. */
static const char *
medios_state(struct medios *m, const json_t *one, char out[16])
{
	const json_t *reading = json_object_get(one, "reading");

	if (*doc_text(one, "feed") == '\0')
		return _("Sin canal");
	if (*doc_text(reading, "error") != '\0')
		return _("No se pudo leer");
	if (*doc_text(reading, "read") == '\0')
		return _("Por leer");
	return app_when_text(m->view.app, doc_text(reading, "read"), out);
}

static void
medios_draw_row(struct medios *m, struct grid *g, int i, int y)
{
	const json_t *one = json_array_get(doc_list(m->doc, "outlets"),
	    (size_t)i);
	int state = g->cols - STATE_W, col = 2;
	char stamp[16], *watchers;

	cursor_mark(&m->at, g, i, y);
	(void)grid_cell(g, y, col, NAME_W, GRID_PLAIN, doc_text(one, "name"));
	col += NAME_W + 1;
	(void)grid_put(g, y, col, KIND_W - 1, GRID_PLAIN,
	    doc_text(one, "kind"));
	col += KIND_W;
	watchers = medios_value(one, "watchers");
	if (col + 4 < state)
		(void)grid_cell(g, y, col, state - col - 1, GRID_PLAIN,
		    watchers);
	free(watchers);
	(void)grid_put(g, y, state, STATE_W - 1, GRID_PLAIN,
	    medios_state(m, one, stamp));
}

/* What the row has no room for. */
static const char *
medios_said(const json_t *one, const char *key)
{
	return *doc_text(one, key) == '\0' ? "-" : doc_text(one, key);
}

static void
medios_draw_detail(const json_t *one, struct grid *g, int y)
{
	const char *error = doc_text(json_object_get(one, "reading"), "error");

	(void)grid_putf(g, y, 1, g->cols - 2, GRID_PLAIN,
	    _("Programa: %s.  Horario: %s."), medios_said(one, "programme"),
	    medios_said(one, "schedule"));
	(void)grid_putf(g, y + 1, 1, g->cols - 2, GRID_PLAIN,
	    _("Teléfonos: %s.  Contacto: %s."), medios_said(one, "phones"),
	    medios_said(one, "contact"));
	(void)grid_cell(g, y + 2, 1, g->cols - 2, GRID_PLAIN,
	    doc_text(one, "feed"));
	(void)grid_wrap(g, y + 3, 1, g->cols - 2, 2, 0, GRID_PLAIN, error);
}

static void
medios_draw(struct view *v, struct grid *g)
{
	struct medios *m = (struct medios *)v;
	int n = (int)json_array_size(doc_list(m->doc, "outlets")), i;
	int last = g->rows - 4, rows = last - DETAIL - 2;

	app_title(v->app, g, _("Medios"));
	(void)grid_put(g, 1, 2, -1, GRID_BOLD, _("Medio"));
	(void)grid_put(g, 1, 3 + NAME_W, -1, GRID_BOLD, _("Tipo"));
	if (g->cols > 70)
		(void)grid_put(g, 1, 3 + NAME_W + KIND_W, -1, GRID_BOLD,
		    _("Vigilan"));
	(void)grid_put(g, 1, g->cols - STATE_W, -1, GRID_BOLD, _("Leído"));
	cursor_show(&m->at, rows);
	for (i = m->at.top; i < n && i < m->at.top + rows; i++)
		medios_draw_row(m, g, i, 2 + i - m->at.top);
	grid_rule(g, last - DETAIL, 0, -1);
	if (n > 0) {
		grid_late(g, last - DETAIL + 1, 0, DETAIL);
		medios_draw_detail(medios_at(m), g, last - DETAIL + 1);
		return;
	}
	(void)grid_put(g, 3, 2, -1, GRID_PLAIN, m->doc == NULL ?
	    _("Un momento...") : _("No hay medios. n registra uno."));
	grid_cursor(g, 3, 2);
}

/* ---- called by the app ---- */

static void
medios_act(struct view *v, int id)
{
	struct medios *m = (struct medios *)v;
	const json_t *one = medios_at(m);

	switch (id) {
	case DO_ADD:
		app_prompt(v, ASK_NAME, _("Alta de un medio"),
		    _("Su nombre, como se le conoce."), false, medios_on_name);
		break;
	case DO_EDIT:
		medios_edit(m);
		break;
	case DO_READ:
		medios_say(m, "reintentar", NULL, json_object_get(
		    json_object_get(one, "reading"), "job"), TAG_READ);
		break;
	case DO_END:
		app_confirm(v, DO_END_SURE, _("Dar de baja el medio"),
		    doc_text(one, "name"));
		break;
	case DO_END_SURE:
		medios_say(m, "medio", "baja", json_object_get(one, "id"),
		    TAG_CHANGE);
		break;
	default:
		medios_ask(v);
	}
}

static const char *
medios_grey(struct view *v, int id)
{
	const json_t *one = medios_at((struct medios *)v);

	if (id == DO_REFRESH || id == DO_ADD)
		return NULL;
	if (one == NULL)
		return _("No hay un medio bajo el cursor.");
	if (id == DO_READ && *doc_text(one, "feed") == '\0')
		return _("Ese medio no tiene canal.");
	return NULL;
}

static void
medios_close(struct view *v)
{
	struct medios *m = (struct medios *)v;

	json_decref(m->doc);
	free(m->name);
}

static bool
medios_key(struct view *v, int32_t key)
{
	return cursor_key(&((struct medios *)v)->at, key);
}

static void
medios_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	static const char *const keys[] = { "id", NULL };
	struct medios *m = (struct medios *)v;
	const json_t *list = doc_list(doc, "outlets");

	if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		return;
	}
	if (tag != TAG_LIST) {
		app_say(v->app, false, "%s", tag == TAG_READ ?
		    _("Se lee ahora; el renglón dirá cómo le fue.") :
		    _("Quedó en el registro."));
		medios_ask(v);
		return;
	}
	m->at.at = doc_find(list, medios_at(m), keys, m->at.at);
	json_decref(m->doc);
	m->doc = json_incref(doc);
	cursor_fit(&m->at, (int)json_array_size(list));
}

/* What changed is told with the folios, as "medios@OFFICE". */
static void
medios_on_push(struct view *v, json_t *folios)
{
	json_t *x;
	size_t i;

	json_array_foreach(folios, i, x)
		if (strncmp(json_string_value(x), "medios@", 7) == 0)
			break;
	if (i < json_array_size(folios) || i == 0)
		medios_ask(v);
}

const struct view_class view_medios = {
	.name = "medios",
	.actions = medios_actions,
	.actions_count = ARRAY_LEN(medios_actions),
	.size = sizeof(struct medios),
	.open = medios_ask,
	.close = medios_close,
	.draw = medios_draw,
	.key = medios_key,
	.act = medios_act,
	.grey = medios_grey,
	.on_doc = medios_on_doc,
	.on_push = medios_on_push,
};
