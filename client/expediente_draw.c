/* SPDX-License-Identifier: ISC */
/* expediente_draw.c - how a case looks: table, fields, records, one step. */
#include "expediente.h"

#include "form.h"
#include "i18n.h"

enum { COL_NUMBER = 2, NUMBER_W = 5, ROLE_W = 16, STATE_W = 12, WHO_W = 16,
	PREVIEW = 4 };

/* ---- pages ---- */

static void
page_values(struct page *page, const json_t *step)
{
	const json_t *values = doc_list(step, "values");
	size_t i;

	for (i = 0; i < json_array_size(values); i++) {
		const json_t *x = json_array_get(values, i);
		const char *text = doc_text(x, "text");

		(void)page_addf(page, ' ', 4, GRID_PLAIN, "%s: %s",
		    doc_text(x, "label"),
		    *text == '\0' ? _("(vacío)") : text);
	}
}

static const char *
outcome_text(const json_t *step)
{
	static const struct {
		const char *outcome, *text;
	} words[] = {
		{ "done", N_("Hecho") }, { "approved", N_("Aprobado") },
		{ "returned", N_("Devuelto") },
		{ "no_aplica", N_("No aplica") },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i].outcome, doc_text(step, "outcome")) == 0)
			return _(words[i].text);
	return doc_text(step, "outcome");
}

/* Of a decision: by the decider's own key, or on the server's word. */
static const char *
signed_text(const json_t *step)
{
	const char *assurance = doc_text(step, "assurance");

	if (strcmp(assurance, "F") == 0)
		return _(" con firma");
	return strcmp(assurance, "S") == 0 ? _(" sin firma") : "";
}

static void
page_step(struct page *page, const json_t *s)
{
	char stamp[DOC_STAMP_MAX], *records;
	const char *to = doc_text(s, "to");
	char behalf[DOC_BEHALF_MAX];

	(void)page_addf(page, ' ', 1, GRID_BOLD, "%s %s",
	    doc_text(s, "number"), doc_text(s, "title"));
	if (*doc_text(s, "by") != '\0')
		(void)page_addf(page, ' ', 2, GRID_PLAIN, "%s, %s%s (%s)",
		    doc_text(s, "by_name"), doc_text(s, "role_title"),
		    doc_behalf(doc_text(s, "behalf_name"),
			doc_int(s, "grant"), behalf),
		    doc_stamp(doc_text(s, "at"), stamp));
	if (*doc_text(s, "outcome") != '\0')
		(void)page_addf(page, ' ', 2, GRID_PLAIN, "%s%s%s%s%s",
		    outcome_text(s), signed_text(s),
		    *to == '\0' ? "" : " -> ",
		    strcmp(to, "end") == 0 ? _("fin") : to,
		    doc_is(s, "jump") ? _(" (salto del manual)") : "");
	if (*doc_text(s, "key") != '\0')
		(void)page_addf(page, ' ', 2, GRID_PLAIN, _("Llave: %s"),
		    doc_text(s, "key"));
	if (*doc_text(s, "reason") != '\0')
		(void)page_addf(page, ' ', 2, GRID_PLAIN, _("Motivo: %s"),
		    doc_text(s, "reason"));
	if (doc_int(s, "times") > 1)
		(void)page_addf(page, ' ', 2, GRID_PLAIN,
		    _("Se hizo %d veces; aquí está la última."),
		    (int)doc_int(s, "times"));
	if (json_array_size(doc_list(s, "records")) > 0) {
		records = doc_join(doc_list(s, "records"), ", ");
		(void)page_addf(page, ' ', 2, GRID_PLAIN, _("Registros: %s"),
		    records);
		free(records);
	}
	page_values(page, s);
}

static void
page_fields(struct page *page, const json_t *doc)
{
	const json_t *steps = doc_list(doc, "steps");
	char stamp[DOC_STAMP_MAX];
	size_t i;

	(void)page_addf(page, ' ', 1, GRID_BOLD, "%s", doc_text(doc, "title"));
	(void)page_addf(page, ' ', 4, GRID_PLAIN, _("Abrió %s el %s; oficina "
	    "%s; prioridad %s"), doc_text(doc, "opened_by"),
	    doc_stamp(doc_text(doc, "opened_at"), stamp),
	    doc_text(doc, "office"), doc_text(doc, "priority"));
	for (i = 0; i < json_array_size(steps); i++) {
		const json_t *s = json_array_get(steps, i);

		if (json_array_size(doc_list(s, "values")) == 0)
			continue;
		(void)page_addf(page, ' ', 1, GRID_BOLD, "%s %s",
		    doc_text(s, "number"), doc_text(s, "title"));
		page_values(page, s);
	}
}

/* What was sent, published and looked at, and what came of it. */
static void
page_outside(struct page *page, const json_t *effects)
{
	const json_t *lines;
	size_t i, k;

	if (json_array_size(effects) > 0)
		(void)page_addf(page, ' ', 1, GRID_BOLD, _("Por la red: %zu"),
		    json_array_size(effects));
	for (i = 0; i < json_array_size(effects); i++) {
		lines = doc_list(json_array_get(effects, i), "lines");
		for (k = 0; k < json_array_size(lines); k++)
			(void)page_addf(page, ' ', k == 0 ? 4 : 6, GRID_PLAIN,
			    "%s", json_string_value(json_array_get(lines,
			    k)));
	}
}

/* What it is by its bytes, whose, since when; what replaced it says so. */
static void
page_file(struct page *page, const json_t *f)
{
	char stamp[DOC_STAMP_MAX];

	(void)page_addf(page, ' ', 4, GRID_PLAIN, _("%s, %lld bytes, paso %s"),
	    doc_text(f, "name"), doc_int(f, "size"), doc_text(f, "step"));
	if (*doc_text(f, "at") != '\0')
		(void)page_addf(page, ' ', 6, GRID_PLAIN, "%s, %s, %s",
		    doc_text(f, "type_title"), doc_text(f, "by"),
		    doc_stamp(doc_text(f, "at"), stamp));
	if (json_is_false(json_object_get(f, "current")))
		(void)page_addf(page, ' ', 6, GRID_PLAIN,
		    _("versión %lld, ya no la actual"), doc_int(f, "version"));
	if (json_object_get(f, "media") != NULL)
		(void)page_addf(page, ' ', 6, GRID_PLAIN, "%s",
		    doc_text(json_object_get(f, "media"), "text"));
	if (*doc_text(f, "sha256") != '\0')
		(void)page_addf(page, ' ', 6, GRID_PLAIN, "sha256 %s",
		    doc_text(f, "sha256"));
}

static void
page_records(struct page *page, const json_t *doc)
{
	const json_t *records = doc_list(doc, "records");
	const json_t *files = doc_list(doc, "attachments");
	char stamp[DOC_STAMP_MAX];
	size_t i;

	(void)page_addf(page, ' ', 1, GRID_BOLD, _("Registros producidos: %zu"),
	    json_array_size(records));
	for (i = 0; i < json_array_size(records); i++) {
		const json_t *r = json_array_get(records, i);

		char *number = field_typed(NULL, json_object_get(r, "number"));

		(void)page_addf(page, ' ', 4, GRID_PLAIN,
		    _("%s. %s, paso %s, %s"), number, doc_text(r, "record"),
		    doc_text(r, "step"), doc_stamp(doc_text(r, "at"), stamp));
		free(number);
	}
	(void)page_addf(page, ' ', 1, GRID_BOLD, _("Archivos: %zu"),
	    json_array_size(files) + (size_t)doc_int(doc, "attachments_left"));
	if (doc_int(doc, "attachments_left") > 0)
		(void)page_addf(page, ' ', 4, GRID_PLAIN,
		    _("Y %lld anteriores: los lista la orden adjuntos %s."),
		    doc_int(doc, "attachments_left"), doc_text(doc, "folio"));
	for (i = 0; i < json_array_size(files); i++)
		page_file(page, json_array_get(files, i));
	page_outside(page, doc_list(doc, "effects"));
}

void
expediente_page(struct expediente *e)
{
	page_erase(&e->page);
	if (e->doc == NULL)
		return;
	if (e->tab == EXP_FIELDS)
		page_fields(&e->page, e->doc);
	else if (e->tab == EXP_RECORDS)
		page_records(&e->page, e->doc);
	else if (expediente_at(e) != NULL)
		page_step(&e->page, expediente_at(e));
}

/* ---- the table ---- */

struct columns {
	int role, title, title_w, state, who;
};

static struct columns
columns_make(const struct grid *g)
{
	struct columns c;
	bool wide = g->cols >= 76;

	c.who = g->cols - (wide ? WHO_W : WHO_W - 3);
	c.state = c.who - (wide ? STATE_W : STATE_W - 2) - 1;
	c.role = wide ? COL_NUMBER + NUMBER_W + 1 : -1;
	c.title = COL_NUMBER + NUMBER_W + 1 + (wide ? ROLE_W + 1 : 0);
	c.title_w = c.state - c.title - 1;
	return c;
}

static void
state_text(const json_t *s, char *out, size_t size)
{
	const char *state = doc_text(s, "state");
	int times = (int)doc_int(s, "times");

	if (strcmp(state, "here") == 0)
		(void)snprintf(out, size, "%s", _("AQUÍ"));
	else if (strcmp(state, "done") == 0)
		(void)snprintf(out, size, "%s", _("Hecho"));
	else if (strcmp(state, "skipped") == 0)
		(void)snprintf(out, size, "%s", _("No aplica"));
	else
		(void)snprintf(out, size, "%s", _("Pendiente"));
	if (times > 1)
		(void)snprintf(out + strlen(out), size - strlen(out), " x%d",
		    times);
}

static void
expediente_draw_row(const struct expediente *e, const struct columns *c,
    struct grid *g, int i, int y)
{
	const json_t *s = json_array_get(doc_list(e->doc, "steps"), (size_t)i);
	char state[64], when[16];

	cursor_mark(&e->at, g, i, y);
	(void)grid_put(g, y, COL_NUMBER, NUMBER_W, GRID_PLAIN,
	    doc_text(s, "number"));
	if (strcmp(doc_text(s, "state"), "heading") == 0) {
		(void)grid_put(g, y, COL_NUMBER + NUMBER_W + 1, -1, GRID_BOLD,
		    doc_text(s, "title"));
		return;
	}
	state_text(s, state, sizeof state);
	if (c->role >= 0)
		(void)grid_put(g, y, c->role, ROLE_W, GRID_PLAIN,
		    doc_text(s, *doc_text(s, "role_brief") != '\0' ?
			"role_brief" : "role_title"));
	(void)grid_cell(g, y, c->title, c->title_w, GRID_PLAIN,
	    doc_text(s, "title"));
	(void)grid_put(g, y, c->state, STATE_W,
	    strcmp(doc_text(s, "state"), "here") == 0 ? GRID_BOLD : GRID_PLAIN,
	    state);
	if (*doc_text(s, "by") != '\0')
		(void)grid_putf(g, y, c->who, -1, GRID_PLAIN, "%s%s %s",
		    doc_text(s, "by"),
		    *doc_text(s, "on_behalf_of") == '\0' ? "" : "+",
		    app_when_text(e->view.app,
		    doc_text(s, "at"), when));
}

static void
expediente_draw_table(struct expediente *e, struct grid *g, int last)
{
	struct columns c = columns_make(g);
	int n = (int)json_array_size(doc_list(e->doc, "steps")), i;
	int rows = last - PREVIEW - 3;

	(void)grid_put(g, 2, COL_NUMBER, NUMBER_W, GRID_BOLD, _("No."));
	if (c.role >= 0)
		(void)grid_put(g, 2, c.role, ROLE_W, GRID_BOLD,
		    _("Responsable"));
	(void)grid_put(g, 2, c.title, c.title_w, GRID_BOLD, _("Actividad"));
	(void)grid_put(g, 2, c.state, STATE_W, GRID_BOLD, _("Estado"));
	(void)grid_put(g, 2, c.who, -1, GRID_BOLD, _("Quién"));
	cursor_show(&e->at, rows);
	for (i = e->at.top; i < n && i < e->at.top + rows; i++)
		expediente_draw_row(e, &c, g, i, 3 + i - e->at.top);
	grid_late(g, last - PREVIEW + 1, 0, PREVIEW);
	grid_rule(g, last - PREVIEW, 0, -1);
	page_draw(&e->page, g, last - PREVIEW + 1, PREVIEW);
}

static void
expediente_draw_tabs(const struct expediente *e, struct grid *g)
{
	static const char *const names[EXP_TABS] = {
		N_("Pasos"), N_("Campos"), N_("Registros")
	};
	const char *state = doc_text(e->doc, "state");
	int col = 1, i;

	for (i = 0; i < EXP_TABS; i++) {
		bool on = (int)e->tab == i;
		char *s = xasprintf(on ? "[%d %s]" : " %d %s ", i + 1,
		    _(names[i]));

		col += grid_put(g, 1, col, -1, on ? GRID_BOLD : GRID_PLAIN,
		    s) + 1;
		free(s);
	}
	if (strcmp(state, "closed") == 0)
		state = _("Terminado");
	else if (strcmp(state, "cancelled") == 0)
		state = _("Cancelado");
	else
		state = _("Abierto");
	(void)grid_putf(g, 1, col + 1, -1, GRID_PLAIN,
	    _("%s; devoluciones %d; %s %s"), state,
	    (int)doc_int(e->doc, "rounds"),
	    doc_text(e->doc, "procedure"), doc_text(e->doc, "revision"));
}

void
expediente_draw(struct view *v, struct grid *g)
{
	struct expediente *e = (struct expediente *)v;
	int last = g->rows - 4;
	char *where = xasprintf("%s  %s", v->folio == NULL ? "" : v->folio,
	    doc_text(e->doc, "brief"));

	app_title(v->app, g, where);
	free(where);
	if (e->doc == NULL) {
		(void)grid_put(g, 3, 2, -1, GRID_PLAIN, _("Un momento..."));
		grid_cursor(g, 3, 2);
		return;
	}
	expediente_draw_tabs(e, g);
	if (e->tab == EXP_STEPS && !e->detail) {
		expediente_draw_table(e, g, last);
		return;
	}
	grid_rule(g, 2, 0, -1);
	page_draw(&e->page, g, 3, last - 3);
	if (e->page.top + e->page.shown < e->page.height)
		(void)grid_putf(g, last, 1, -1, GRID_DIM, _("AvPág=Más %d"),
		    e->page.height - e->page.top - e->page.shown);
	grid_cursor(g, 3, 0);
}
