/* SPDX-License-Identifier: ISC */
/*
 * autorizaciones_draw.c - the list above; below, what changed since the
 * decider last returned it, field by field and word by word, or on the first
 * round what is presented.  "-" was, "+" is: it reads the same without colour.
 */
#include "autorizaciones.h"

#include "diff.h"
#include "i18n.h"
#include "paso.h"
#include "sign.h"
#include "text.h"

enum { OF_W = 15, COL_FOLIO = 2, FOLIO_W = 13, SIGN_W = 5, TEXT_INDENT = 4 };

/* ---- the page ---- */

static size_t
lines_count(const char *s)
{
	size_t n = 1;

	for (; (s = strchr(s, '\n')) != NULL; s++)
		n++;
	return n;
}

static char *
lines_item(const char *s, size_t i)
{
	while (i-- > 0)
		s = strchr(s, '\n') + 1;
	return xasprintf("%.*s", (int)strcspn(s, "\n"), s);
}

static void
page_change(struct page *page, const json_t *c, int paragraph,
    const char *before, const char *after)
{
	char *minus, *plus;

	if (paragraph > 0)
		(void)page_addf(page, ' ', 2, GRID_BOLD,
		    _("%s, párrafo %d (%s)"), doc_text(c, "label"), paragraph,
		    doc_text(c, "step"));
	else
		(void)page_addf(page, ' ', 2, GRID_BOLD, "%s (%s)",
		    doc_text(c, "label"), doc_text(c, "step"));
	page_mark(page);
	diff_words(before, after, &minus, &plus);
	(void)page_add(page, '-', TEXT_INDENT, GRID_PLAIN,
	    *minus == '\0' ? _("(vacío)") : minus);
	(void)page_add(page, '+', TEXT_INDENT, GRID_PLAIN,
	    *plus == '\0' ? _("(vacío)") : plus);
	free(minus);
	free(plus);
}

/* Texts with as many paragraphs as before are compared one by one. */
static void
page_field(struct page *page, const json_t *c)
{
	const char *before = doc_text(c, "before");
	const char *after = doc_text(c, "after");
	size_t n = lines_count(after), i;

	if (n == 1 || n != lines_count(before)) {
		page_change(page, c, 0, before, after);
		return;
	}
	for (i = 0; i < n; i++) {
		char *a = lines_item(before, i), *b = lines_item(after, i);

		if (strcmp(a, b) != 0)
			page_change(page, c, (int)i + 1, a, b);
		free(a);
		free(b);
	}
}

/* Deciding this takes the person's own key. */
static void
page_signature(struct page *page, const struct autorizaciones *a)
{
	const char *grey = app_grey_sign(a->fv.view.app, a->doc);

	if (!sign_is_due(a->doc))
		return;
	if (grey != NULL)
		(void)page_add(page, '!', 2, GRID_BOLD, grey);
	else
		(void)page_add(page, ' ', 2, GRID_BOLD,
		    doc_is(doc_part(a->doc, "approval"), "touch") ?
		    _("Pide su firma: al decidir, toque su llave física.") :
		    _("Pide su firma: al decidir se firma con su llave."));
}

void
autoriz_page(struct autorizaciones *a)
{
	const json_t *changes = doc_list(a->doc, "changes");
	int hidden = (int)doc_int(a->doc, "hidden");
	bool first = json_array_size(changes) == 0;
	size_t i;

	page_erase(&a->page);
	if (a->doc == NULL)
		return;
	/* The list above cuts it. */
	if (*doc_text(a->doc, "subject") != '\0')
		(void)page_add(&a->page, ' ', 1, GRID_BOLD,
		    doc_text(a->doc, "subject"));
	if (hidden > 0)
		(void)page_addf(&a->page, '!', 2, GRID_ALERT, hidden == 1 ?
		    _("Lo presentado lleva %d carácter que no se ve; aquí "
		    "aparece como <U+...>. Revíselo.") :
		    _("Lo presentado lleva %d caracteres que no se ven; aquí "
		    "aparecen como <U+...>. Revíselos."), hidden);
	if (!doc_is(a->doc, "can"))
		(void)page_addf(&a->page, '!', 2, GRID_BOLD,
		    _("No le toca decidir: %s"), doc_text(a->doc, "why"));
	page_signature(&a->page, a);
	if (a->all || first) {
		paso_shown(&a->page, a->fv.view.app, a->doc);
		return;
	}
	for (i = 0; i < json_array_size(changes); i++)
		page_field(&a->page, json_array_get(changes, i));
}

/* ---- the list ---- */

struct columns {
	int subject, subject_w, step, step_w, sender, wait, sign, round;
};

/* Is there one that must be signed?  Most offices never see that column. */
static bool
tasks_sign(const struct tasks *t)
{
	unsigned i;

	for (i = 0; i < t->count; i++)
		if (sign_is_due(t->rows[i].task))
			return true;
	return false;
}

static struct columns
columns_make(const struct grid *g, bool sign)
{
	struct columns c;

	c.round = g->cols - 6;
	c.sign = c.round - (sign ? SIGN_W + 1 : 0);
	c.wait = c.sign - 9;
	c.sender = c.wait - 11;
	c.step_w = g->cols >= 76 ? 18 : 5;
	c.step = c.sender - c.step_w - 1;
	c.subject = COL_FOLIO + FOLIO_W + 1;
	c.subject_w = c.step - c.subject - 1;
	return c;
}

static void
autoriz_draw_row(const struct autorizaciones *a, const struct columns *c,
    struct grid *g, int i, int y)
{
	const struct task_row *row = &a->tasks.rows[i];
	const json_t *t = row->task;
	char ref[DOC_REF_MAX], span[DOC_SPAN_MAX];
	struct when now = app_now(a->fv.view.app);
	int64_t wait = -doc_until(doc_text(t, "since"), now);
	char *step = xasprintf("%s %s", doc_ref(t, ref), g->cols >= 76 ?
	    doc_text(t, "title") : "");

	tasks_mark(&a->tasks, g, i, y);
	(void)grid_put(g, y, COL_FOLIO, FOLIO_W, GRID_PLAIN,
	    doc_text(t, "folio"));
	(void)grid_cell(g, y, c->subject, c->subject_w, GRID_PLAIN,
	    doc_text(t, "subject"));
	(void)grid_cell(g, y, c->step, c->step_w, GRID_PLAIN, step);
	free(step);
	(void)grid_put(g, y, c->sender, 10, GRID_PLAIN, doc_text(t, "sent_by"));
	(void)grid_put(g, y, c->wait, 8, GRID_PLAIN, row->gone ?
	    _("ya no") : doc_span(wait, span));
	if (sign_is_due(t))
		(void)grid_put(g, y, c->sign, SIGN_W, GRID_BOLD, _("firma"));
	(void)grid_putf(g, y, c->round, 5, GRID_PLAIN, "%lld",
	    doc_int(t, "round") + 1);
}

static void
autoriz_draw_list(struct autorizaciones *a, struct grid *g, int rows)
{
	bool sign = tasks_sign(&a->tasks);
	struct columns c = columns_make(g, sign);
	int i;

	(void)grid_put(g, 1, COL_FOLIO, -1, GRID_BOLD, _("Folio"));
	(void)grid_put(g, 1, c.subject, c.subject_w, GRID_BOLD, _("Asunto"));
	(void)grid_put(g, 1, c.step, c.step_w, GRID_BOLD, _("Paso"));
	(void)grid_put(g, 1, c.sender, 10, GRID_BOLD, _("Envía"));
	(void)grid_put(g, 1, c.wait, 8, GRID_BOLD, _("Espera"));
	if (sign)
		(void)grid_put(g, 1, c.sign, SIGN_W, GRID_BOLD, _("Firma"));
	(void)grid_put(g, 1, c.round, 5, GRID_BOLD, _("Ronda"));
	cursor_show(&a->tasks.at, rows);
	for (i = a->tasks.at.top; i < (int)a->tasks.count &&
	    i < a->tasks.at.top + rows; i++)
		autoriz_draw_row(a, &c, g, i, 2 + i - a->tasks.at.top);
	if (a->tasks.count == 0) {
		(void)grid_put(g, 3, 2, -1, GRID_PLAIN, a->asked ?
		    _("Nada espera su decisión.") : _("Un momento..."));
		grid_cursor(g, 3, 2);
	}
}

/* ---- the rest ---- */

static void
autoriz_draw_what(const struct autorizaciones *a, struct grid *g, int y)
{
	const json_t *remarks = doc_list(a->doc, "remarks");
	bool first = json_array_size(doc_list(a->doc, "changes")) == 0;
	int round = (int)doc_int(a->doc, "round") + 1, col = 2;
	char ref[DOC_REF_MAX], *what;

	grid_rule(g, y, 0, -1);
	if (a->doc == NULL && a->tasks.count > 0)
		(void)grid_put(g, y + 1, 2, -1, GRID_PLAIN,
		    _("Un momento..."));
	if (a->doc == NULL)
		return;
	what = xasprintf("%s %s", doc_text(a->doc, "folio"),
	    doc_ref(a->doc, ref));
	if (a->filling)
		col += grid_putf(g, y, 2, g->cols - 4, GRID_PLAIN,
		    _(" %s: campos de la decisión (F8 aprueba, F12 los deja) "),
		    what);
	else if (first && json_array_size(remarks) == 0 && round > 1)
		col += grid_putf(g, y, 2, g->cols - 4, GRID_PLAIN,
		    _(" %s: lo que se presenta por primera vez (ronda %d) "),
		    what, round);
	else if (first)
		col += grid_putf(g, y, 2, g->cols - 4, GRID_PLAIN,
		    json_array_size(remarks) == 0 ?
		    _(" %s: primera ronda, lo que se presenta ") :
		    _(" %s: sin cambios desde su revisión, lo presentado "),
		    what);
	else
		col += grid_putf(g, y, 2, g->cols - 4, GRID_PLAIN, a->all ?
		    _(" %s: todo lo que se presenta (ronda %d) ") :
		    _(" %s: cambios desde su revisión (ronda %d) "), what, round);
	free(what);
	if (a->tasks.count > 1 && col + OF_W < g->cols)
		(void)grid_putf(g, y, g->cols - OF_W, -1, GRID_PLAIN,
		    _(" %u en espera "), a->tasks.count);
}

static void
autoriz_draw_under(const struct autorizaciones *a, struct grid *g, int y)
{
	int same = (int)doc_int(a->doc, "unchanged");
	int marks = page_marks(&a->page);
	int more = a->page.height - a->page.top - a->page.shown;
	int col = g->cols - 18;

	if (a->doc == NULL)
		return;
	if (a->filling) {
		form_draw_help(&a->fv.form, g, y);
		return;
	}
	if (marks > 0 && same > 0)
		(void)grid_putf(g, y, 2, col - (more > 0 ? 17 : 3), GRID_DIM,
		    same == 1 ?
		    _("Sin cambios: %d campo (v=Ver todo)") :
		    _("Sin cambios: %d campos (v=Ver todo)"), same);
	if (marks > 0)
		(void)grid_putf(g, y, col, -1, GRID_DIM, _("Cambio %d de %d"),
		    a->change + 1, marks);
	if (more > 0)
		(void)grid_putf(g, y, marks > 0 ? col - 14 : 2, -1, GRID_DIM,
		    _("AvPág=Más %d"), more);
}

/* Where approving leads, or how long the last decision can be undone. */
static void
autoriz_draw_foot(const struct autorizaciones *a, struct grid *g, int y)
{
	const json_t *arms = doc_list(a->doc, "arms");
	int64_t left = a->undo_until.s - app_now(a->fv.view.app).s;
	size_t i;
	int col;

	if (left >= 0 && a->last != NULL) {
		(void)grid_putf(g, y, 1, -1, GRID_PLAIN,
		    _("%s.  u=Deshacer (%d s)"), a->last, (int)left);
		return;
	}
	for (i = 0; i < json_array_size(arms); i++) {
		const json_t *arm = json_array_get(arms, i);
		char *to, *text;

		if (doc_is(arm, "returns"))
			continue;
		to = form_arm_text(arm);
		text = xasprintf(_("Al aprobar: %s."), to);
		col = 1 + grid_cell(g, y, 1, g->cols - 2, GRID_PLAIN, text);
		if (col + 36 < g->cols)
			(void)grid_put(g, y, col + 2, -1, GRID_PLAIN,
			    _("Se puede deshacer durante 30 s."));
		free(text);
		free(to);
		return;
	}
}

void
autoriz_draw(struct view *v, struct grid *g)
{
	struct autorizaciones *a = (struct autorizaciones *)v;
	int last = g->rows - 4, list = last / 5, body;

	list = list < 2 ? 2 : list;
	body = 2 + list + 1;
	app_title(v->app, g, _("Aprobaciones"));
	autoriz_draw_list(a, g, list);
	autoriz_draw_what(a, g, body - 1);
	if (a->filling)
		form_draw(&a->fv.form, g, body, last - 2 - body);
	else
		page_draw(&a->page, g, body, last - 2 - body);
	autoriz_draw_under(a, g, last - 2);
	grid_rule(g, last - 1, 0, -1);
	autoriz_draw_foot(a, g, last);
}
