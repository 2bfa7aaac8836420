/* SPDX-License-Identifier: ISC */
/* paso_draw.c - how a step looks: where it stands, what to do, its form. */
#include "paso.h"

#include "i18n.h"
#include "text.h"

enum { HEAD_INDENT = 12, PATH_BOXES = 7, SAVED_W = 16 };

/* What is attached to these fields and to the columns of their rows; whether
 * any was before, and is now. */
static bool
paso_attached(struct page *page, const json_t *fields, bool any)
{
	const json_t *files, *file, *f;
	const char *media;
	size_t i, k;

	for (i = 0; i < json_array_size(fields); i++) {
		f = json_array_get(fields, i);
		files = doc_list(f, "attached");
		for (k = 0; k < json_array_size(files); k++) {
			file = json_array_get(files, k);
			media = doc_text(json_object_get(file, "media"),
			    "text");
			(void)page_addf(page, ' ', HEAD_INDENT, GRID_PLAIN,
			    *media != '\0' ? _("%s: %s, %lld bytes, %s, %s") :
			    _("%s: %s, %lld bytes, %s"), doc_text(f, "label"),
			    doc_text(file, "name"), doc_int(file, "size"),
			    doc_text(file, "by"), media);
			if (!any)
				page_label(page, _("ADJUNTOS"));
			any = true;
		}
		if (doc_int(f, "attached_left") > 0)
			(void)page_addf(page, ' ', HEAD_INDENT, GRID_PLAIN,
			    _("%s: y %lld anteriores"), doc_text(f, "label"),
			    doc_int(f, "attached_left"));
		any = paso_attached(page, doc_list(f, "columns"), any);
	}
	return any;
}

/* That, and the line that attaches more. */
static void
paso_files(struct page *page, const json_t *step)
{
	const char *sftp = doc_text(step, "sftp");

	(void)paso_attached(page, doc_list(step, "fields"), false);
	if (*sftp == '\0')
		return;
	(void)page_addf(page, ' ', HEAD_INDENT, GRID_PLAIN, "%s", sftp);
	page_label(page, _("SUBIR CON"));
}

/* The last thing done outside: how far it is, a line each. */
static void
paso_outside(struct page *page, const json_t *step)
{
	const json_t *all = doc_list(step, "effects");
	const json_t *lines = doc_list(json_array_get(all,
	    json_array_size(all) - 1), "lines");
	size_t i;

	for (i = 0; i < json_array_size(lines); i++) {
		(void)page_addf(page, ' ', HEAD_INDENT, GRID_PLAIN, "%s",
		    json_string_value(json_array_get(lines, i)));
		if (i == 0)
			page_label(page, _("POR LA RED"));
	}
}

/* What was not approved of several things, and why. */
static void
paso_verdicts(struct page *page, const json_t *step)
{
	const json_t *all = doc_list(step, "verdicts"), *items, *one;
	size_t i, k, n = 0;

	for (i = 0; i < json_array_size(all); i++) {
		items = doc_list(json_array_get(all, i), "items");
		json_array_foreach(items, k, one) {
			const char *why = doc_text(one, "remarks");

			if (strcmp(doc_text(one, "verdict"), "regresar") != 0)
				continue;
			(void)page_addf(page, ' ', HEAD_INDENT, GRID_PLAIN,
			    *why != '\0' ? _("No va %s: %s") : _("No va %s%s"),
			    doc_text(one, "name"), why);
			if (n++ == 0)
				page_label(page, _("DICTAMEN"));
		}
	}
}

void
paso_head(struct page *page, const struct app *app, const json_t *step)
{
	const json_t *data = doc_list(step, "row_data");
	const char *todo = doc_text(step, "do"), *help = doc_text(step, "help");
	const char *due = doc_text(step, "due");
	char when[16], span[DOC_SPAN_MAX];
	int64_t left = doc_until(due, app_now(app));
	size_t i;

	if (strcmp(todo, doc_text(step, "question")) == 0)
		todo = "";	/* the question stands over its answers */
	if (*todo != '\0' || *help != '\0') {
		(void)page_addf(page, ' ', HEAD_INDENT, GRID_PLAIN, "%s%s%s",
		    todo, *todo != '\0' && *help != '\0' ? " " : "", help);
		page_label(page, _("QUÉ HACER"));
	}
	for (i = 0; i < json_array_size(data); i++) {
		const json_t *d = json_array_get(data, i);

		(void)page_addf(page, ' ', HEAD_INDENT, GRID_PLAIN, "%s: %s",
		    doc_text(d, "label"), doc_text(d, "text"));
		if (i == 0)
			page_label(page, _("DATOS"));
	}
	if (*due != '\0') {
		(void)page_addf(page, ' ', HEAD_INDENT, GRID_PLAIN,
		    left < 0 ? _("%s, hace %s. %s") : _("%s, en %s. %s"),
		    app_when_text(app, due, when),
		    doc_span(left < 0 ? -left : left, span),
		    doc_text(step, "due_why"));
		page_label(page, left < 0 ? _("VENCIDO") : _("VENCE"));
	}
	paso_verdicts(page, step);
	paso_files(page, step);
	paso_outside(page, step);
	(void)page_add(page, ' ', 0, GRID_PLAIN, "");
}

void
paso_shown(struct page *page, const struct app *app, const json_t *step)
{
	const json_t *shown = doc_list(step, "shown");
	char when[16];
	size_t i, k;

	for (i = 0; i < json_array_size(shown); i++) {
		const json_t *s = json_array_get(shown, i);
		const json_t *fields = doc_list(s, "fields");

		(void)page_addf(page, ' ', 1, GRID_BOLD, "%s %s (%s, %s)",
		    doc_text(s, "step"), doc_text(s, "title"),
		    doc_text(s, "by"),
		    app_when_text(app, doc_text(s, "at"), when));
		for (k = 0; k < json_array_size(fields); k++) {
			const json_t *f = json_array_get(fields, k);
			const char *text = doc_text(f, "text");

			(void)page_addf(page, ' ', 3, GRID_PLAIN, "%s: %s",
			    doc_text(f, "label"),
			    *text == '\0' ? _("(vacío)") : text);
		}
	}
}

/* "[x][x][>][ ]": the steps around this one, as many as the title leaves. */
static int
paso_draw_path(const struct paso *p, struct grid *g, int right, int room)
{
	const json_t *path = doc_list(p->doc, "path");
	int n = (int)json_array_size(path), here = 0, i, first, last, w;
	int boxes = (room - 4) / 3, col;

	if (boxes < 1)
		return right;		/* "3 de 7" says as much */
	if (boxes > PATH_BOXES)
		boxes = PATH_BOXES;

	for (i = 0; i < n; i++)
		if (strcmp(doc_text(json_array_get(path, (size_t)i), "step"),
		    doc_text(p->doc, "step")) == 0)
			here = i;
	first = here - boxes / 2 < 0 ? 0 : here - boxes / 2;
	if (first + boxes > n)
		first = n > boxes ? n - boxes : 0;
	last = first + boxes < n ? first + boxes : n;
	w = (last - first) * 3 + (first > 0 ? 2 : 0) + (last < n ? 2 : 0);
	col = right - w;
	if (first > 0)
		col += grid_put(g, 1, col, 2, GRID_PLAIN, "..");
	for (i = first; i < last; i++) {
		const char *state = doc_text(json_array_get(path, (size_t)i),
		    "state");
		char sign = i == here ? '>' : *state == 'd' ? 'x' :
		    *state == 's' ? '-' : *state == 'h' ? '.' : ' ';

		col += grid_putf(g, 1, col, 3, GRID_PLAIN, "[%c]", sign);
	}
	if (last < n)
		(void)grid_put(g, 1, col, 2, GRID_PLAIN, "..");
	return right - w;
}

static void
paso_draw_where(const struct paso *p, struct grid *g)
{
	const json_t *pos = doc_part(p->doc, "position");
	const char *section = doc_text(p->doc, "section");
	const char *row = doc_text(p->doc, "row_title");
	char ref[DOC_REF_MAX];
	int end = g->cols - SAVED_W - 1;
	char *title = xasprintf(_("Paso %s (%d de %d): %s"),
	    doc_ref(p->doc, ref), (int)doc_int(pos, "n"),
	    (int)doc_int(pos, "of"), *row != '\0' ? row : section);

	end = paso_draw_path(p, g, end, end - 2 - text_width(title));
	(void)grid_cell(g, 1, 1, end - 2, GRID_PLAIN, title);
	free(title);
	if (p->fv.form.frozen != NULL)
		(void)grid_put(g, 1, g->cols - SAVED_W, -1, GRID_BOLD,
		    _("Solo lectura"));
	else if (form_is_unsaved(&p->fv.form))
		(void)grid_put(g, 1, g->cols - SAVED_W, -1, GRID_PLAIN,
		    _("Escribiendo"));
	else if (p->kept)
		(void)grid_put(g, 1, g->cols - SAVED_W, -1, GRID_BOLD,
		    _("Guardado aquí"));
	else if (p->saved[0] != '\0')
		(void)grid_putf(g, 1, g->cols - SAVED_W, -1, GRID_PLAIN,
		    _("Guardado %s"), p->saved);
}

static void
paso_draw_remark(const struct paso *p, struct grid *g, int y)
{
	const json_t *remarks = doc_list(p->doc, "remarks");
	const json_t *r = json_array_get(remarks, 0);
	char when[16], *text;
	size_t i;

	for (i = 1; i < json_array_size(remarks); i++)
		if (strcmp(doc_text(json_array_get(remarks, i), "at"),
		    doc_text(r, "at")) > 0)
			r = json_array_get(remarks, i);
	if (r == NULL)
		return;
	text = xasprintf(_("%s devolvió %s: \"%s\""), doc_text(r, "by"),
	    app_when_text(p->fv.view.app, doc_text(r, "at"), when),
	    doc_text(r, "text"));
	(void)grid_cell(g, y, 1, g->cols - 16, GRID_PLAIN, text);
	free(text);
	(void)grid_put(g, y, g->cols - 14, -1, GRID_DIM, _("F9=Historial"));
}

static void
paso_draw_foot(const struct paso *p, struct grid *g, int y)
{
	const struct form *fo = &p->fv.form;
	unsigned filled, n = form_required(fo, &filled);
	char *leads, *text;

	if (fo->frozen != NULL) {
		(void)grid_putf(g, y, 1, -1, GRID_PLAIN, _("Solo lectura: %s"),
		    fo->frozen);
		return;
	}
	leads = form_leads(fo);
	text = xasprintf(_("Obligatorios: %u de %u.  Al continuar: %s."),
	    filled, n, leads);
	(void)grid_cell(g, y, 1, g->cols - 2, GRID_PLAIN, text);
	free(text);
	free(leads);
}

void
paso_draw(struct view *v, struct grid *g)
{
	struct paso *p = (struct paso *)v;
	int last = g->rows - 4;

	app_title_case(v->app, g, v->folio, p->doc);
	grid_rule(g, 2, 0, -1);
	if (p->doc == NULL) {
		(void)grid_put(g, 4, 2, -1, GRID_PLAIN, _("Un momento..."));
		grid_cursor(g, 4, 2);
		return;
	}
	paso_draw_where(p, g);
	form_draw(&p->fv.form, g, 3, last - 3 - 3);
	form_draw_help(&p->fv.form, g, last - 3);
	grid_rule(g, last - 2, 0, -1);
	paso_draw_remark(p, g, last - 1);
	paso_draw_foot(p, g, last);
}
