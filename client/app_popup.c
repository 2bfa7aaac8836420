/* SPDX-License-Identifier: ISC */
/*
 * app_popup.c - the small windows: a question with yes and no, and a text
 * asked for.  (Lists are in app_list.c.)  At most one is open; Esc always
 * closes it, and closing is always the safe answer.
 */
#include "app_own.h"

#include <stdlib.h>
#include <string.h>

#include "i18n.h"
#include "text.h"

enum { POPUP_WIDTH = 64, POPUP_PAGE = 6, POPUP_TEXT_MAX = 64 * 1024 };

void
popup_close(struct app *a)
{
	struct popup *p = &a->popup;

	while (p->items_count > 0) {
		p->items_count--;
		free(p->items[p->items_count].label);
		free(p->items[p->items_count].value);
		free(p->items[p->items_count].note);
	}
	free(p->items);
	free(p->title);
	free(p->text);
	edit_clear(&p->edit);
	memset(p, 0, sizeof *p);
	a->told_by = NULL;
}

void
popup_open(struct app *a, enum popup_kind kind, struct view *v, int id,
    const char *title, const char *text)
{
	struct popup *p = &a->popup;

	popup_close(a);
	p->kind = kind;
	p->view = v;
	p->id = id;
	p->title = xstrdup(title);
	p->text = xstrdup(text == NULL ? "" : text);
	p->lines = false;
	edit_init(&p->edit, TEXT_MAX, false);
}

void
app_confirm(struct view *v, int action_id, const char *title, const char *text)
{
	popup_open(v->app, POPUP_CONFIRM, v, action_id, title, text);
}

void
app_prompt(struct view *v, int tag, const char *title, const char *label,
    bool lines, void (*on_text)(struct view *, int tag, const char *text))
{
	struct popup *p = &v->app->popup;

	popup_open(v->app, POPUP_PROMPT, v, tag, title, label);
	p->lines = lines;
	p->on_text = on_text;
	edit_clear(&p->edit);
	edit_init(&p->edit, lines ? POPUP_TEXT_MAX : TEXT_MAX, lines);
	if (v->app->kept_for != NULL && strcmp(v->app->kept_for, title) == 0)
		edit_set(&p->edit, v->app->kept);
}

void
app_prompt_keep(struct app *a, const char *title, const char *text)
{
	free(a->kept_for);
	free(a->kept);
	a->kept_for = xstrdup(title);
	a->kept = xstrdup(text);
}

/* Closed without an answer: that is no reason to lose a text. */
static void
popup_drop(struct app *a)
{
	if (a->popup.kind == POPUP_PROMPT)
		app_prompt_keep(a, a->popup.title, a->popup.edit.text);
	popup_close(a);
}

/* ---- keys ---- */

static void
popup_confirm_key(struct app *a, int32_t key)
{
	struct view *v = a->popup.view;
	int id = a->popup.id;

	switch (key) {
	case 's':
	case 'y':		/* the English yes */
	case 'S':
		popup_close(a);
		if (id == APP_LEAVE && v == NULL)
			a->done = true;
		else if (v != NULL && v->class->act != NULL)
			v->class->act(v, id);
		break;
	case 'n':
	case 'N':
	case K_ENTER:
	case K_F3:
	case K_F12:
		popup_close(a);
		break;
	default:
		break;
	}
}

static void
popup_prompt_key(struct app *a, int32_t key)
{
	struct popup *p = &a->popup;
	struct view *v = p->view;
	void (*on_text)(struct view *, int, const char *) = p->on_text;
	int tag = p->id;
	char *text;

	if (!p->edit.pasting && (key == K_F3 || key == K_F12)) {
		popup_drop(a);
	} else if (!p->edit.pasting &&
	    (key == K_F8 || key == K_F10 || (key == K_ENTER && !p->lines))) {
		text = xstrdup(p->edit.text);
		app_prompt_keep(a, NULL, NULL);
		popup_close(a);
		on_text(v, tag, text);
		free(text);
	} else if (!p->edit.pasting && p->paths && key == K_TAB) {
		upload_complete(a);
	} else {
		edit_key(&p->edit, key);
	}
}

void
popup_key(struct app *a, int32_t key)
{
	struct popup *p = &a->popup;

	if (p->kind == POPUP_UPLOAD) {
		if (!a->poured)
			upload_key(a, key);
		return;
	}
	if (key == K_ESC) {
		popup_drop(a);
		return;
	}
	if (key == K_PASTE_BEGIN || key == K_PASTE_END)
		p->pasting = key == K_PASTE_BEGIN;
	if (p->kind == POPUP_PROMPT)
		popup_prompt_key(a, key);
	else if (p->pasting || key == K_PASTE_END)
		return;		/* pasted text answers no question */
	else if (p->kind != POPUP_CONFIRM)
		list_key(a, key);
	else if (!a->poured)		/* a flood of bytes answers nothing */
		popup_confirm_key(a, key);
}

/* ---- drawing ---- */

void
popup_box(struct grid *g, int height, int width, const char *title, int *row,
    int *col)
{
	int top, left;

	if (height > g->rows - 4)
		height = g->rows - 4;
	if (width > g->cols - 4)
		width = g->cols - 4;
	top = 1 + (g->rows - 4 - height) / 2;
	left = (g->cols - width) / 2;
	grid_box(g, top, left, height, width);
	grid_put(g, top + 1, left + 2, width - 4, GRID_BOLD, title);
	*row = top + 2;
	*col = left + 2;
}

/* The name of an action, with a small first letter: "s=Sí, enviar". */
static void
popup_verb(const struct popup *p, char *out, size_t size)
{
	const struct view_class *c = p->view == NULL ? NULL : p->view->class;
	unsigned i;

	out[0] = '\0';
	if (p->view == NULL)
		snprintf(out, size, "%s", _(", salir"));
	for (i = 0; c != NULL && i < c->actions_count; i++) {
		if (c->actions[i].id != p->id)
			continue;
		snprintf(out, size, ", %s", _(c->actions[i].name));
		text_cut(out);
		if (out[2] >= 'A' && out[2] <= 'Z')
			out[2] = (char)(out[2] - 'A' + 'a');
		return;
	}
}

static void
popup_draw_confirm(struct popup *p, struct grid *g)
{
	char verb[128];
	int inner = POPUP_WIDTH - 4, lines, row, col;

	if (inner > g->cols - 8)
		inner = g->cols - 8;
	lines = grid_wrap(g, 0, 0, inner, 0, 0, GRID_PLAIN, p->text);
	if (lines > g->rows - 10)
		lines = g->rows - 10;
	popup_box(g, lines + 6, inner + 4, p->title, &row, &col);
	grid_wrap(g, row + 1, col, inner, lines, 0, GRID_PLAIN, p->text);
	popup_verb(p, verb, sizeof verb);
	row += lines + 2;
	col += 2 + grid_putf(g, row, col + 2, inner - 2, GRID_BOLD,
	    _("s=Sí%s    n=No"), verb);
	grid_cursor(g, row, col);
}

static void
popup_draw_prompt(struct popup *p, struct grid *g)
{
	int rows = p->lines ? POPUP_PAGE : 1, row, col, i;
	int inner = g->cols - 8 < 72 ? g->cols - 8 : 72, lines;

	lines = grid_wrap(g, 0, 0, inner, 0, 0, GRID_PLAIN, p->text);
	if (lines > 6)
		lines = 6;
	popup_box(g, lines + rows + 6, inner + 4, p->title, &row, &col);
	grid_wrap(g, row, col, inner, lines, 0, GRID_PLAIN, p->text);
	row += lines + 1;
	for (i = 0; i < rows; i++) {
		grid_put(g, row + i, col, 1, GRID_PLAIN, "[");
		grid_put(g, row + i, col + inner - 1, 1, GRID_PLAIN, "]");
	}
	grid_put(g, row + rows + 1, col, inner, GRID_PLAIN, p->edit.full ?
	    _("! No cabe más texto.") : p->lines ?
	    _("F8=Aceptar    Enter=Otro renglón    Esc=Cerrar") :
	    _("Enter=Aceptar    Esc=Cerrar"));
	edit_draw(&p->edit, g, row, col + 1, inner - 2, rows, true);
}

void
popup_draw(struct app *a, struct grid *g)
{
	if (a->popup.kind == POPUP_CONFIRM)
		popup_draw_confirm(&a->popup, g);
	else if (a->popup.kind == POPUP_PROMPT)
		popup_draw_prompt(&a->popup, g);
	else if (a->popup.kind == POPUP_UPLOAD)
		upload_draw(a, g);
	else
		list_draw(a, g);
}
