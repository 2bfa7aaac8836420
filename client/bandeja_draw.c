/* SPDX-License-Identifier: ISC */
/*
 * bandeja_draw.c - how the work lists look: tabs, columns, the task under the
 * finger below.  A narrow window goes without the procedure's name;
 * a wide one has the task beside the list, whole.
 */
#include "bandeja.h"

#include "i18n.h"
#include "text.h"

enum { COL_FOLIO = 2, FOLIO_W = 13, PROC_W = 12, STEP_W = 5, DUE_W = 9,
	STATE_W = 11, HOUR = 3600, COUNTED_W = 20,
	CALL_W = 28,
	WIDE = 120, LIST_W = 80 };

struct columns {
	int proc, subject, subject_w, step, due, state;
};

static struct columns
columns_make(const struct grid *g)
{
	int cols = g->cols > WIDE ? LIST_W : g->cols;
	bool wide = cols >= 76;
	struct columns c;

	c.state = cols - STATE_W - 1;
	c.due = c.state - DUE_W - 1;
	c.step = c.due - STEP_W - 1;
	c.proc = wide ? COL_FOLIO + FOLIO_W + 1 : -1;
	c.subject = COL_FOLIO + FOLIO_W + 1 + (wide ? PROC_W + 1 : 0);
	c.subject_w = c.step - c.subject - 1;
	return c;
}

const char *
task_state(const json_t *t)
{
	const char *state = doc_text(t, "state");

	if (strcmp(state, "kept") == 0)
		return _("Por enviar");
	if (doc_is(t, "due_late"))
		return _("VENCIDA");
	if (strcmp(doc_text(t, "priority"), "urgente") == 0)
		return _("URGENTE");
	if (strcmp(state, "new") == 0)
		return _("Nueva");
	if (strcmp(state, "returned") == 0)
		return _("Devuelta");
	if (strcmp(state, "approval") == 0)
		return _("Por aprobar");
	return _("Tomada");
}

static void
bandeja_draw_tabs(const struct bandeja *b, struct grid *g)
{
	static const struct {
		const char *name, *key;
	} tabs[BANDEJA_TABS] = {
		{ N_("Mías"), "own" }, { N_("Área"), "area" },
		{ N_("En aprobación"), "approval" },
		{ N_("Devueltas"), "returned" },
	};
	static const char *const orders[BANDEJA_ORDERS] = {
		N_("vence"), N_("folio"), N_("procedim."), N_("estado")
	};
	int col = 1, i;

	for (i = 0; i < BANDEJA_TABS; i++) {
		char *n = b->lists == NULL ? xstrdup("") : xasprintf(" %lld",
		    (long long)doc_int(b->lists, tabs[i].key));
		char *s = xasprintf(b->tab == i ? "[%d %s%s]" : " %d %s%s ",
		    i + 1, _(tabs[i].name), n);

		free(n);
		col += grid_put(g, 1, col, -1,
		    b->tab == i ? GRID_BOLD : GRID_PLAIN, s) +
		    (g->cols >= 76 ? 1 : 0);
		free(s);
	}
	if (col + 18 < g->cols)
		(void)grid_putf(g, 1, g->cols - 17, -1, GRID_DIM, "%s %s",
		    _("Orden:"), _(orders[b->order]));
	grid_rule(g, 2, 0, -1);
}

static void
bandeja_draw_head(const struct columns *c, struct grid *g)
{
	(void)grid_put(g, 3, COL_FOLIO, -1, GRID_BOLD, _("Folio"));
	if (c->proc >= 0)
		(void)grid_put(g, 3, c->proc, PROC_W, GRID_BOLD,
		    _("Procedim."));
	(void)grid_put(g, 3, c->subject, c->subject_w, GRID_BOLD, _("Asunto"));
	(void)grid_put(g, 3, c->step, STEP_W, GRID_BOLD, _("Paso"));
	(void)grid_put(g, 3, c->due, DUE_W, GRID_BOLD, _("Vence"));
	(void)grid_put(g, 3, c->state, STATE_W, GRID_BOLD, _("Estado"));
}

static void
bandeja_draw_row(const struct bandeja *b, const struct columns *c,
    struct grid *g, int i, int y)
{
	const struct task_row *row = &b->tasks.rows[i];
	const json_t *t = row->task, *pos = doc_part(t, "position");
	const char *state = row->gone ? _("Ya no está") : task_state(t);
	bool loud = !row->gone && (doc_is(t, "due_late") ||
	    strcmp(doc_text(t, "priority"), "urgente") == 0);
	char when[16];

	tasks_mark(&b->tasks, g, i, y);
	(void)grid_put(g, y, COL_FOLIO, FOLIO_W, GRID_PLAIN,
	    doc_text(t, "folio"));
	if (c->proc >= 0)
		(void)grid_put(g, y, c->proc, PROC_W, GRID_PLAIN,
		    doc_text(t, "brief"));
	(void)grid_cell(g, y, c->subject, c->subject_w, GRID_PLAIN,
	    doc_text(t, "subject"));
	if (pos != NULL)
		(void)grid_putf(g, y, c->step, STEP_W, GRID_PLAIN, "%d/%d",
		    (int)doc_int(pos, "n"), (int)doc_int(pos, "of"));
	if (*doc_text(t, "due") != '\0')
		(void)grid_put(g, y, c->due, DUE_W, GRID_PLAIN,
		    app_when_text(b->view.app, doc_text(t, "due"), when));
	(void)grid_put(g, y, c->state, STATE_W, loud ? GRID_ALERT : GRID_PLAIN,
	    state);
}

/* "Vence 11:30 (48 min).  mlopez, Encargado de Producción." */
static void
bandeja_draw_who(const struct bandeja *b, const json_t *t, struct grid *g,
    int y)
{
	const char *due = doc_text(t, "due"), *who = doc_text(t, "assignee");
	int64_t left = doc_until(due, app_now(b->view.app));
	char when[16], span[DOC_SPAN_MAX];
	const char *role;
	int col = 1;

	if (*due != '\0') {
		col += grid_putf(g, y, col, -1, GRID_PLAIN, _("Vence %s"),
		    app_when_text(b->view.app, due, when));
		col += grid_putf(g, y, col, -1, GRID_PLAIN,
		    left < 0 ? _(" (hace %s).") : _(" (%s)."),
		    doc_span(left < 0 ? -left : left, span)) + 2;
	}
	if (*who == '\0')
		who = _("Libre");
	/* The role's whole title, or its short one where that has no room. */
	role = doc_text(t, "role_title");
	if (col + text_width(who) + text_width(role) + 4 > g->cols)
		role = doc_text(t, "role_brief");
	(void)grid_putf(g, y, col, g->cols - col - 1, GRID_PLAIN, "%s, %s.",
	    who, role);
}

/* Is there anything of bandeja_draw_calls() in the rule? */
static bool
bandeja_has_calls(const struct bandeja *b)
{
	static const char *const of[] = { "mentions", "notices", "missing",
		"asked" };
	size_t i, n = 0;

	for (i = 0; i < ARRAY_LEN(of); i++)
		n += json_array_size(doc_list(b->doc, of[i]));
	return n > 0;
}

/* In the rule: what somebody else must do and waits too long; at its end,
 * whoever named this person in a comment. */
static void
bandeja_draw_calls(const struct bandeja *b, struct grid *g, int y)
{
	int n = (int)json_array_size(doc_list(b->doc, "mentions"));
	int told = (int)(json_array_size(doc_list(b->doc, "notices")) +
	    json_array_size(doc_list(b->doc, "stood")));
	int days = (int)json_array_size(doc_list(b->doc, "missing"));
	int col = 17, w = g->cols - col - 1 - (n > 0 ? 22 : 0), i;
	const json_t *asked = json_array_get(doc_list(b->doc, "asked"), 0);

	/* Nobody stands in before he says so: that is told first. */
	if (asked != NULL) {
		i = grid_putf(g, y, col, w, GRID_BOLD, doc_is(asked, "grant") ?
		    _(" %s propone suplente: F2 ") :
		    _(" %s lo nombró suplente: F2 "),
		    doc_text(asked, "for_login"));
		col += i;
		w -= i;
		if (w < CALL_W)
			days = told = 0;	/* no half sentence */
	}
	if (days > 0)
		(void)grid_putf(g, y, col, w, GRID_ALERT, told > 0 ?
		    _(" ! a=Ver %d sin cumplir, %d avisos ") : days == 1 ?
		    _(" ! a=Ver %d día sin cumplir ") :
		    _(" ! a=Ver %d días sin cumplir "), days, told);
	else if (told > 0)
		(void)grid_putf(g, y, col, w, GRID_BOLD, told == 1 ?
		    _(" ! a=Ver %d aviso ") : _(" ! a=Ver %d avisos "), told);
	if (n > 0)
		(void)grid_putf(g, y, g->cols - 22, 20, GRID_BOLD, n == 1 ?
		    _(" @=Ver %d mención ") : _(" @=Ver %d menciones "), n);
}

/* A line of it, its cut marked.  Takes text. */
static void
preview_put(struct grid *g, int y, char *text)
{
	(void)grid_cell(g, y, 1, g->cols - 2, GRID_PLAIN, text);
	free(text);
}

/* In the rule: whose details these are; the row above may cut its subject. */
static void
preview_name(const struct bandeja *b, const json_t *t, struct grid *g, int y)
{
	char *name = xasprintf(" %s%s%s", doc_text(t, "folio"),
	    bandeja_has_calls(b) ? "" : "  ",
	    bandeja_has_calls(b) ? "" : doc_text(t, "subject"));
	int end = 2 + grid_cell(g, y, 2, g->cols - 5, GRID_PLAIN, name);

	(void)grid_put(g, y, end, 1, GRID_PLAIN, " ");
	free(name);
}

static void
bandeja_draw_preview(struct bandeja *b, struct grid *g, int y)
{
	const struct task_row *row = tasks_at(&b->tasks);
	const json_t *t;
	char ref[DOC_REF_MAX];

	grid_rule(g, y, 0, -1);
	bandeja_draw_calls(b, g, y);
	if (row == NULL)
		return;
	grid_late(g, y, 0, 4);
	t = row->task;
	preview_name(b, t, g, y);
	preview_put(g, y + 1, xasprintf(_("Paso %s: %s%s%s"), doc_ref(t, ref),
	    doc_text(t, "title"), *doc_text(t, "row_title") == '\0' ? "" :
	    "  ", doc_text(t, "row_title")));
	bandeja_draw_who(b, t, g, y + 2);
	if (*doc_text(t, "remark") != '\0')
		preview_put(g, y + 3, xasprintf(_("%s devolvió: \"%s\""),
		    doc_text(t, "remark_by"), doc_text(t, "remark")));
	else if (*doc_text(t, "why") != '\0' && !doc_is(t, "can"))
		(void)grid_cell(g, y + 3, 1, g->cols - 2, GRID_DIM,
		    doc_text(t, "why"));
}

/* Only what there is: a zero is one thing more to read. */
static void
bandeja_draw_dues(struct grid *g, int y, int col, int late, int soon)
{
	char *text;

	if (late > 0)
		col += grid_putf(g, y, col, -1, GRID_ALERT, late == 1 ?
		    _(", %d vencida") : _(", %d vencidas"), late);
	text = xasprintf(soon == 1 ? _(", %d vence en menos de 1 h") :
	    _(", %d vencen en menos de 1 h"), soon);
	if (soon > 0 && col + text_width(text) < g->cols - COUNTED_W)
		(void)grid_put(g, y, col, -1, GRID_PLAIN, text);
	free(text);
}

static void
bandeja_draw_count(const struct bandeja *b, struct grid *g, int y)
{
	struct when now = app_now(b->view.app);
	char when[16], name[BANDEJA_NAME];
	int n = 0, soon = 0, late = 0, col;
	unsigned i;

	if (b->doc == NULL)
		return;		/* not even that there is nothing is known */
	for (i = 0; i < b->tasks.count; i++) {
		int64_t left;

		if (b->tasks.rows[i].gone)
			continue;
		n++;
		left = doc_until(doc_text(b->tasks.rows[i].task, "due"), now);
		soon += left > 0 && left < HOUR;
		late += doc_is(b->tasks.rows[i].task, "due_late");
	}
	col = 1 + grid_putf(g, y, 1, -1, GRID_PLAIN,
	    n == 1 ? _("%d tarea") : _("%d tareas"), n);
	if (bandeja_marked(b) > 0)
		(void)grid_putf(g, y, col, g->cols - COUNTED_W - col, GRID_BOLD,
		    _(", %u marcadas: m=Tomar, t=Turnar"), bandeja_marked(b));
	else if (b->filter != NULL)
		(void)grid_putf(g, y, col, g->cols - COUNTED_W - col, GRID_BOLD,
		    _("; filtro: %s"), bandeja_filter_name(b, name));
	else
		bandeja_draw_dues(g, y, col, late, soon);
	if (*doc_text(b->doc, "now") != '\0')
		(void)grid_putf(g, y, g->cols - 18, -1, GRID_DIM, "%s %s",
		    _("Actualizado"),
		    app_when_text(b->view.app, doc_text(b->doc, "now"), when));
}

static void
bandeja_draw_empty(const struct bandeja *b, struct grid *g, int y)
{
	static const char *const words[BANDEJA_TABS] = {
		N_("Nada espera por usted. F6 inicia un expediente; 2 muestra "
		    "el área."),
		N_("No hay tareas abiertas en su área."),
		N_("Nada espera una decisión."),
		N_("Nada ha regresado con observaciones."),
	};

	(void)grid_wrap(g, y, 2, g->cols - 4, 3, 0, GRID_PLAIN,
	    b->doc == NULL ? _("Un momento...") : b->filter != NULL ?
	    _("Ninguna tarea de esta lista pasa el filtro; f lo cambia.") :
	    _(words[b->tab]));
}

/* Beside the list: all that a row has no room for. */
static void
bandeja_draw_side(struct bandeja *b, struct grid *g, int y, int last)
{
	const struct task_row *row = tasks_at(&b->tasks);
	int col = LIST_W + 2, w = g->cols - LIST_W - 3, i;
	char ref[DOC_REF_MAX], stamp[DOC_STAMP_MAX];
	const json_t *t;

	for (i = y; i <= last; i++)
		(void)grid_put(g, i, LIST_W, 1, GRID_DIM, "│");
	if (row == NULL)
		return;
	grid_late(g, y, LIST_W, last - y + 1);
	t = row->task;
	(void)grid_putf(g, y, col, w, GRID_BOLD, "%s  %s",
	    doc_text(t, "folio"), doc_text(t, "brief"));
	y += 1 + grid_wrap(g, y + 1, col, w, 3, 0, GRID_PLAIN,
	    doc_text(t, "subject")) + 1;
	(void)grid_putf(g, y++, col, w, GRID_PLAIN, _("Paso %s  %s"),
	    doc_ref(t, ref), doc_text(t, "row_title"));
	y += grid_wrap(g, y, col, w, 4, 0, GRID_PLAIN, doc_text(t, "title")) +
	    1;
	(void)grid_putf(g, y++, col, w, GRID_PLAIN, "%s, %s",
	    doc_text(t, "role_title"), doc_text(t, "office"));
	(void)grid_putf(g, y++, col, w, GRID_PLAIN,
	    *doc_text(t, "assignee") == '\0' ? _("Nadie la tiene") :
	    _("La tiene %s"), doc_text(t, "assignee"));
	if (*doc_text(t, "due") != '\0')
		(void)grid_putf(g, y++, col, w, GRID_PLAIN, _("Vence %s"),
		    doc_stamp(doc_text(t, "due"), stamp));
	if (*doc_text(t, "since") != '\0')
		(void)grid_putf(g, y++, col, w, GRID_PLAIN,
		    _("Espera desde %s; la envió %s"),
		    doc_stamp(doc_text(t, "since"), stamp),
		    doc_text(t, "sent_by"));
	if (doc_int(t, "round") > 0)
		(void)grid_putf(g, y++, col, w, GRID_PLAIN,
		    _("Devoluciones del expediente: %d"),
		    (int)doc_int(t, "round"));
	if (*doc_text(t, "remark") != '\0') {
		(void)grid_putf(g, ++y, col, w, GRID_PLAIN, _("%s devolvió:"),
		    doc_text(t, "remark_by"));
		y += 1 + grid_wrap(g, y + 1, col, w, last - y - 1, 0,
		    GRID_PLAIN, doc_text(t, "remark"));
	}
	if (!doc_is(t, "can") && y + 1 < last)
		(void)grid_wrap(g, y + 1, col, w, last - y, 0, GRID_DIM,
		    doc_text(t, "why"));
}

/* A heading stands over the first row of a group, and at the top. */
static bool
row_has_heading(const struct bandeja *b, int i)
{
	const struct task_row *rows = b->tasks.rows;

	return b->group != GROUP_NONE && (i == b->tasks.at.top || i == 0 ||
	    strcmp(rows[i].group, rows[i - 1].group) != 0);
}

/* Lines that the rows from the top to that one take, with headings. */
static int
rows_height(const struct bandeja *b, int to)
{
	int i, n = 0;

	for (i = b->tasks.at.top; i <= to; i++)
		n += 1 + row_has_heading(b, i);
	return n;
}

static void
bandeja_draw_rows(struct bandeja *b, const struct columns *c, struct grid *g,
    int y, int rows)
{
	int i, end = y + rows, count = (int)b->tasks.count;
	const char *name;

	cursor_show(&b->tasks.at, rows);
	while (count > 0 && b->tasks.at.top < b->tasks.at.at &&
	    rows_height(b, b->tasks.at.at) > rows)
		b->tasks.at.top++;
	for (i = b->tasks.at.top; i < count && y < end; i++) {
		if (row_has_heading(b, i) && y + 1 < end) {
			name = b->tasks.rows[i].group;
			(void)grid_put(g, y++, COL_FOLIO - 1,
			    c->state + STATE_W, GRID_BOLD, *name != '\0' ?
			    name : _("Recién llegadas"));
		}
		bandeja_draw_row(b, c, g, i, y++);
	}
}

void
bandeja_draw(struct view *v, struct grid *g)
{
	struct bandeja *b = (struct bandeja *)v;
	struct columns c = columns_make(g);
	bool wide = g->cols > WIDE;
	int last = g->rows - 4;

	app_title(v->app, g, _("Bandeja de tareas"));
	bandeja_draw_tabs(b, g);
	bandeja_draw_head(&c, g);
	bandeja_draw_rows(b, &c, g, 4, last - 4 - (wide ? 1 : 4));
	if (b->tasks.count == 0) {
		bandeja_draw_empty(b, g, 5);
		grid_cursor(g, 5, 2);
	}
	if (wide) {
		bandeja_draw_side(b, g, 3, last - 2);
		grid_rule(g, last - 1, 0, -1);
	} else {
		bandeja_draw_preview(b, g, last - 4);
	}
	bandeja_draw_count(b, g, last);
}
