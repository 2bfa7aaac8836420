/* SPDX-License-Identifier: ISC */
/*
 * form_draw.c - how a form looks.
 *
 *   |  Cifra principal* . . . : [12,480 familias          ] hint      |
 *      ^ label, leaders       ^  ^ box, box_w cells         ^ hint
 *
 * The head and the fields are things one under the other; fo->top is the
 * first thing shown (-1, the head), so nothing is ever cut at its beginning.
 */
#include "form.h"

#include "i18n.h"
#include "text.h"

enum { FORM_ROWS_SHOWN = 3, FORM_HINT = 12, FORM_LEAST = 4 };

struct pen {
	struct form *fo;
	struct grid *g;
	int y, end;			/* next row, first row out */
	int room;
	int colon, box, box_w, hint;
};

static struct pen
pen_make(struct form *fo, struct grid *g, int row, int rows)
{
	int label = g->cols >= 76 ? 24 : g->cols * 19 / 60;

	return (struct pen){
		.fo = fo,
		.g = g,
		.y = row,
		.end = row + rows,
		.room = rows,
		.colon = 2 + label,
		.box = label + 4,
		.box_w = g->cols - label - 6 - FORM_HINT,
		.hint = g->cols - FORM_HINT + 1,
	};
}

/* Put text on the row of the pen, when it is in the body. */
static void
pen_put(const struct pen *p, int col, int width, int attr, const char *text)
{
	if (p->y < p->end)
		(void)grid_put(p->g, p->y, col, width, attr, text);
}

/* The same of words that may be cut, which then end in a sign. */
static void
pen_cell(const struct pen *p, int col, int width, int attr, const char *text)
{
	if (p->y < p->end)
		(void)grid_cell(p->g, p->y, col, width, attr, text);
}

/* ---- heights ---- */

static bool
field_is_long(const struct pen *p, const struct form_field *f)
{
	return text_width(doc_text(f->def, "label")) +
	    (field_is_required(f) ? 1 : 0) > p->colon - 3;
}

static bool
field_is_answer(const struct form *fo, const struct form_field *f)
{
	return f->kind == FORM_ONE && form_is_down(fo, f);
}

/* Do the options of a FORM_ONE stand side by side? */
static bool
field_is_inline(const struct pen *p, const struct form_field *f)
{
	size_t n = json_array_size(f->options), i;
	int w = 0;

	for (i = 0; i < n; i++)
		w += 8 + text_width(doc_item(f->options, i));
	return n <= 9 && w <= p->g->cols - p->box;
}

static int
field_page_rows(const struct pen *p)
{
	return p->g->rows > 30 ? 4 : 2;
}

static int
field_height(const struct pen *p, const struct form_field *f)
{
	int n = (int)json_array_size(f->options), high = 1;

	if (field_is_answer(p->fo, f))
		return n + 2;
	if (f->kind == FORM_PAGE) {
		high = field_page_rows(p);
	} else if (f->kind == FORM_MANY || f->kind == FORM_EACH) {
		high = n;
	} else if (f->kind == FORM_ROWS) {
		json_t *rows = field_rows(f->edit.text);
		int have = (int)json_array_size(rows);

		high += have > FORM_ROWS_SHOWN ? FORM_ROWS_SHOWN : have;
		json_decref(rows);
	}
	return high + field_is_long(p, f);
}

static int
thing_height(const struct pen *p, int i)
{
	struct page *head = &p->fo->head;
	unsigned k;
	int n, high = 0;

	if (i >= 0)
		return field_height(p, &p->fo->fields[i]);
	for (k = 0; k < head->count; k++) {
		n = grid_wrap(p->g, 0, head->rows[k].indent,
		    p->g->cols - head->rows[k].indent - 1, 0, 0, 0,
		    head->rows[k].text);
		high += n < 1 ? 1 : n;
	}
	/* The field under the finger always has room below. */
	n = p->room - FORM_LEAST;
	return p->fo->focus >= 0 && high > n ? n : high;
}

/* Scroll by whole things until the one under the finger is shown. */
static void
form_scroll(const struct pen *p)
{
	struct form *fo = p->fo;
	int first = fo->top, i, high;

	if (fo->focus < 0)
		return;
	if (first > fo->focus)
		first = fo->focus;
	/* Back at the first field, what to do is shown again. */
	for (i = 0; i < fo->focus && fo->fields[i].kind == FORM_STILL; i++)
		;
	if (i == fo->focus)
		first = -1;
	for (; first < fo->focus; first++) {
		for (high = 0, i = first; i <= fo->focus; i++)
			high += thing_height(p, i);
		if (high <= p->room)
			break;
	}
	fo->top = first;
}

/* ---- one field ---- */

static const char *
field_hint(const struct form_field *f)
{
	static const struct {
		const char *type, *hint;
	} hints[] = {
		{ "date", N_("dd/mm/aaaa") }, { "datetime", N_("fecha hora") },
		{ "time", N_("hh:mm") }, { "int", N_("número") },
		{ "person", N_("F4=Lista") }, { "medium", N_("F4=Lista") }, { "longtext", N_("^E=Editor") },
		{ "file", N_("^E=Varios") }, { "verdicts", N_("1:aprobar,") },
	};
	size_t i;

	if (f->kind == FORM_ROWS)
		return _("Enter=Abrir");
	if (json_array_size(f->options) > 0)
		return _("F4=Lista");
	for (i = 0; i < ARRAY_LEN(hints); i++)
		if (strcmp(hints[i].type, doc_text(f->def, "type")) == 0)
			return _(hints[i].hint);
	return "";
}

/* "  Label* . . . . :", on its own row when it is long. */
static void
field_draw_label(struct pen *p, const struct form_field *f)
{
	char *label = xasprintf("%s%s", doc_text(f->def, "label"),
	    field_is_required(f) ? "*" : "");
	int col;

	if (field_is_long(p, f)) {
		pen_put(p, 2, -1, GRID_PLAIN, label);
		p->y++;
	} else {
		pen_put(p, 2, p->colon - 3, GRID_PLAIN, label);
		for (col = 2 + text_width(label) + 1; col < p->colon - 1; col++)
			if (col % 2 == 0)
				pen_put(p, col, 1, GRID_PLAIN, ".");
	}
	pen_put(p, p->colon, 1, GRID_PLAIN, ":");
	free(label);
}

static void
field_draw_still(struct pen *p, const struct form_field *f)
{
	const char *text = doc_text(f->def, "text");

	if (json_is_false(json_object_get(f->def, "applies")))
		text = _("no aplica");
	else if (*text == '\0')
		text = _("lo anota el sistema");
	pen_put(p, p->box, -1, GRID_DIM, text);
	p->y++;
}

/* How a date was read: in the box, behind what was typed, when it differs. */
static void
field_draw_reading(struct pen *p, const struct form_field *f)
{
	const json_t *reads = json_object_get(f->def, "reads");
	int col = text_width(f->edit.text) + 2;
	char *text;

	if (!json_is_string(reads) || f->unsaved || f->edit.text[0] == '\0' ||
	    strcmp(json_string_value(reads), f->edit.text) == 0)
		return;
	text = *json_string_value(reads) == '\0' ?
	    xstrdup(_("no se entiende")) :
	    xasprintf("= %s", json_string_value(reads));
	if (col + text_width(text) <= p->box_w)
		pen_put(p, p->box + 1 + col, -1, GRID_DIM, text);
	free(text);
}

static void
field_draw_edit(struct pen *p, struct form_field *f, bool focus)
{
	int rows = f->kind == FORM_PAGE ? field_page_rows(p) : 1, i;

	if (rows > p->end - p->y)
		rows = p->end - p->y;
	if (rows <= 0)
		return;
	edit_draw(&f->edit, p->g, p->y, p->box + 1, p->box_w, rows, focus);
	for (i = 0; i < rows; i++) {
		(void)grid_put(p->g, p->y + i, p->box, 1, GRID_PLAIN, "[");
		(void)grid_put(p->g, p->y + i, p->box + 1 + p->box_w, 1,
		    GRID_PLAIN, "]");
	}
	field_draw_reading(p, f);
	pen_put(p, p->hint, FORM_HINT, GRID_DIM, field_hint(f));
	p->y += f->kind == FORM_PAGE ? field_page_rows(p) : 1;
}

static void
pen_cursor(const struct pen *p, int col)
{
	if (p->y < p->end)
		grid_cursor(p->g, p->y, col);
}

/* The name of an option: yesno keeps lower case in the record. */
static const char *
field_option_name(const struct form_field *f, int i)
{
	if (strcmp(doc_text(f->def, "type"), "yesno") == 0)
		return i == 0 ? _("Sí") : _("No");
	return doc_item(f->options, (size_t)i);
}

static void
field_draw_inline(struct pen *p, const struct form_field *f, bool focus)
{
	int n = (int)json_array_size(f->options), i, col = p->box;

	if (focus)
		pen_cursor(p, col + 1);
	for (i = 0; i < n; i++) {
		bool on = field_is_chosen(f, doc_item(f->options, (size_t)i));
		char *s = xasprintf("(%s) %d %s", on ? "o" : " ", i + 1,
		    field_option_name(f, i));

		pen_put(p, col, -1, GRID_PLAIN, s);
		if (on && focus)
			pen_cursor(p, col + 1);
		col += text_width(s) + 2;
		free(s);
	}
	p->y++;
}

/* One option a row: "[x] 1 redes sociales", "1 foto  (o) aprobar ( ) …". */
static void
field_draw_down(struct pen *p, const struct form_field *f, bool focus)
{
	int n = (int)json_array_size(f->options), i;

	for (i = 0; i < n; i++, p->y++) {
		const char *name = field_option_name(f, i);
		bool on = field_is_chosen(f, doc_item(f->options, (size_t)i));
		char *s;

		if (f->kind == FORM_EACH)
			s = xasprintf("(%s) %s (%s) %s  %d %s",
			    field_is_verdict(f, i, "aprobar") ? "o" : " ",
			    _("aprobar"),
			    field_is_verdict(f, i, "regresar") ? "o" : " ",
			    _("regresar"), i + 1, name);
		else
			s = xasprintf("[%s] %d %s", on ? "x" : " ", i + 1,
			    name);
		pen_put(p, p->box, -1, GRID_PLAIN, s);
		if (focus && i == f->option)
			pen_cursor(p, p->box + 1);
		free(s);
	}
}

/* The decision: each answer with where it leads. */
/* "(o) 2  No queda ninguno": an answer of a question.  Given. */
static char *
answer_text(const struct pen *p, const struct form_field *f, int i)
{
	const char *word = doc_item(f->options, (size_t)i);
	const char *label = doc_text(form_arm(p->fo, f, word), "label");

	return xasprintf("(%s) %d  %s", field_is_chosen(f, word) ? "o" : " ",
	    i + 1, *label != '\0' ? label : field_option_name(f, i));
}

/* Where what follows from the answers begins: after the longest of them. */
static int
answer_col(const struct pen *p, const struct form_field *f)
{
	int n = (int)json_array_size(f->options), i, w, col = p->colon;
	char *s;

	for (i = 0; i < n; i++) {
		s = answer_text(p, f, i);
		w = text_width(s) + 4;
		col = w > col ? w : col;
		free(s);
	}
	return col > p->g->cols / 2 ? p->g->cols / 2 : col;
}

static void
field_draw_answer(struct pen *p, const struct form_field *f, bool focus)
{
	int n = (int)json_array_size(f->options), i, col = answer_col(p, f);

	p->y++;
	pen_put(p, 1, -1, GRID_BOLD, _("DECISIÓN"));
	pen_put(p, 11, -1, GRID_PLAIN, *p->fo->question != '\0' ?
	    p->fo->question : doc_text(f->def, "label"));
	p->y++;
	for (i = 0; i < n; i++, p->y++) {
		const char *word = doc_item(f->options, (size_t)i);
		const json_t *arm = form_arm(p->fo, f, word);
		char *leads = arm == NULL ? xstrdup("") : form_arm_text(arm);
		char *s = answer_text(p, f, i);
		char *to = *leads == '\0' ? xstrdup("") : xasprintf("-> %s%s",
		    leads, doc_is(arm, "returns") ? _(" (regresa)") : "");

		pen_cell(p, 3, col - 4, GRID_PLAIN, s);
		pen_cell(p, col, p->g->cols - col - 1, GRID_PLAIN, to);
		if (focus && i == f->option)
			pen_cursor(p, 4);
		free(to);
		free(s);
		free(leads);
	}
}

static void
field_draw_rows(struct pen *p, const struct form_field *f, bool focus)
{
	json_t *rows = field_rows(f->edit.text);
	size_t n = json_array_size(rows), i;
	char *s = xasprintf(n == 1 ? _("[%zu renglón]") : _("[%zu renglones]"),
	    n);

	if (focus)
		pen_cursor(p, p->box + 1);
	pen_put(p, p->box, p->box_w + 2, GRID_PLAIN, s);
	pen_put(p, p->hint, FORM_HINT, GRID_DIM, field_hint(f));
	free(s);
	p->y++;
	for (i = 0; i < n && i < FORM_ROWS_SHOWN; i++, p->y++) {
		char *row = field_row_text(doc_list(f->def, "columns"),
		    json_array_get(rows, i));

		s = xasprintf("%zu. %s", i + 1, row);
		pen_cell(p, p->box, p->g->cols - p->box - 1, GRID_DIM, s);
		free(s);
		free(row);
	}
	json_decref(rows);
}

static void
field_draw_box(struct pen *p, const struct form_field *f, bool focus)
{
	const char *text = f->edit.text == NULL ? "" : f->edit.text;

	pen_put(p, p->box, 1, GRID_PLAIN, "[");
	pen_put(p, p->box + 1, p->box_w, GRID_PLAIN, text);
	pen_put(p, p->box + 1 + p->box_w, 1, GRID_PLAIN, "]");
	pen_put(p, p->hint, FORM_HINT, GRID_DIM, field_hint(f));
	if (focus)
		pen_cursor(p, p->box + 1);
	p->y++;
}

static void
field_draw(struct pen *p, struct form_field *f, bool focus)
{
	if (field_is_answer(p->fo, f)) {
		field_draw_answer(p, f, focus);
		return;
	}
	field_draw_label(p, f);
	if (f->kind == FORM_STILL)
		field_draw_still(p, f);
	else if (f->kind == FORM_LINE || f->kind == FORM_PAGE)
		field_draw_edit(p, f, focus);
	else if (f->kind == FORM_ROWS)
		field_draw_rows(p, f, focus);
	else if (f->kind != FORM_ONE)
		field_draw_down(p, f, focus);
	else if (field_is_inline(p, f))
		field_draw_inline(p, f, focus);
	else
		field_draw_box(p, f, focus);
}

void
form_draw(struct form *fo, struct grid *g, int row, int rows)
{
	struct pen p = pen_make(fo, g, row, rows);
	int i;

	form_scroll(&p);
	if (fo->top < 0 || fo->focus < 0) {
		int high = thing_height(&p, -1);

		if (fo->focus >= 0)
			fo->head.top = 0;
		page_draw(&fo->head, g, row, high < rows ? high : rows);
		p.y += high;
	}
	for (i = fo->top < 0 || fo->focus < 0 ? 0 : fo->top;
	    i < (int)fo->count && p.y < p.end; i++)
		field_draw(&p, &fo->fields[i], i == fo->focus);
}

void
form_draw_help(const struct form *fo, struct grid *g, int row)
{
	const json_t *def;
	char *text;

	if (fo->focus < 0)
		return;
	def = fo->fields[fo->focus].def;
	if (*doc_text(def, "help") == '\0')
		return;
	text = xasprintf("%s: %s", doc_text(def, "label"),
	    doc_text(def, "help"));
	(void)grid_cell(g, row, 1, g->cols - 2, GRID_DIM, text);
	free(text);
}

char *
form_about(struct view *v)
{
	const struct form *fo = &((struct form_view *)v)->form;
	const json_t *def;

	if (fo->focus < 0 || (unsigned)fo->focus >= fo->count)
		return NULL;
	def = fo->fields[fo->focus].def;
	return *doc_text(def, "help") == '\0' ? NULL :
	    xasprintf("%s: %s", doc_text(def, "label"), doc_text(def, "help"));
}
