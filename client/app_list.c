/* SPDX-License-Identifier: ISC */
/*
 * app_list.c - the pop-up that is a list: choose a value (app_pick), choose an
 * action (app_palette, F2), read what the keys do (app_help, F1).  Letters
 * filter, without accents; a row without a value is read, not chosen.
 */
#include "app_own.h"

#include <stdlib.h>
#include <string.h>

#include "doc.h"
#include "i18n.h"
#include "text.h"

enum { LIST_NOTE = 2, KEY_W = 12, NAME_W = 20,
	LIST_SIDES = 10 };	/* what a list leaves at both sides of its rows */

typedef void list_fn(struct view *, int tag, const char *item);

static struct item *
list_add(struct popup *p, const char *label, const char *value, int id)
{
	struct item *it;

	p->items = xrealloc(p->items, p->items_count + 1, sizeof *p->items);
	it = &p->items[p->items_count++];
	it->label = xstrdup(label);
	it->value = xstrdup(value);
	it->note = NULL;
	it->id = id;
	return it;
}

static void
list_fill(struct popup *p, json_t *items)
{
	const char *label, *value;
	json_t *it;
	size_t i;

	json_array_foreach(items, i, it) {
		value = json_string_value(json_is_string(it) ? it :
		    json_object_get(it, "value"));
		label = json_string_value(json_is_string(it) ? it :
		    json_object_get(it, "label"));
		if (value != NULL)
			list_add(p, label == NULL ? value : label, value, 0);
	}
}

void
app_choice(json_t *items, const char *value, const char *fmt, ...)
{
	va_list ap;
	char *label;

	va_start(ap, fmt);
	label = xvasprintf(fmt, ap);
	va_end(ap);
	json_array_append_new(items, json_pack("{s:s, s:s}", "value", value,
	    "label", label));
	free(label);
}

void
app_pick(struct view *v, int tag, const char *title, json_t *items,
    void (*on_pick)(struct view *v, int tag, const char *item))
{
	popup_open(v->app, POPUP_PICK, v, tag, title, NULL);
	v->app->popup.on_text = on_pick;
	list_fill(&v->app->popup, items);
}

void
app_pick_wait(struct view *v, int tag, const char *title,
    void (*on_pick)(struct view *v, int tag, const char *item))
{
	app_pick(v, tag, title, NULL, on_pick);
	v->app->popup.waiting = true;
}

void
app_pick_came(struct view *v, int tag, int status, const json_t *doc,
    json_t *items)
{
	struct popup *p = &v->app->popup;
	bool open = p->waiting && p->view == v && p->id == tag;

	if (open && status == 0) {
		p->waiting = false;
		list_fill(p, items);
	} else if (open) {
		popup_close(v->app);
	}
	if (status != 0)
		app_say(v->app, true, "%s", doc_why(doc));
	json_decref(items);
}

/* "F8 (Esc 8)  Continuar   ..." with blanks up to its column. */
static char *
list_row(const char *key, const char *name, const char *rest)
{
	int key_pad = KEY_W - text_width(key);
	int name_pad = NAME_W - text_width(name);

	return xasprintf("%s%*s%s%*s%s", key, key_pad > 1 ? key_pad : 1, "",
	    name, name_pad > 1 ? name_pad : 1, "", rest);
}

static char *
list_key_names(const struct action *act)
{
	char *first = xstrdup(keys_name(act->key)), *both;

	if (act->alias == K_NONE || act->alias == 0)
		return first;
	both = xasprintf("%s %s", first, keys_name(act->alias));
	free(first);
	return both;
}

void
app_palette(struct app *a)
{
	const struct action *acts[APP_ACTIONS];
	size_t n = app_actions(a, acts), i;
	char *row, *key, *rest;
	const char *why;

	popup_open(a, POPUP_PALETTE, NULL, 0, _("Acciones"), NULL);
	for (i = 0; i < n; i++) {
		why = app_grey(a, acts[i]);
		key = list_key_names(acts[i]);
		rest = why == NULL ? xstrdup(_(acts[i]->help)) :
		    xasprintf(_("(no: %s)"), why);
		row = list_row(key, _(acts[i]->name), rest);
		list_add(&a->popup, row, why == NULL ? acts[i]->name : NULL,
		    acts[i]->id)->note = rest;
		free(row);
		free(key);
	}
}

/* Add a text in rows as wide as the pop-up; they are only read. */
static void
list_add_text(struct popup *p, const char *text, int width, int indent)
{
	const char *s = text, *next;
	size_t len;
	char *row;

	while (*s != '\0') {
		next = grid_break(s, width - indent, &len);
		row = xasprintf("%*s%.*s", indent, "", (int)len, s);
		list_add(p, row, NULL, 0);
		free(row);
		s = next;
	}
}

void
app_show(struct app *a, const char *title, const char *text, const char *line)
{
	struct popup *p = &a->popup;
	int width = a->grid.cols - LIST_SIDES;

	popup_open(a, POPUP_HELP, NULL, 0, title, NULL);
	list_add_text(p, text, width, 0);
	list_add(p, " ", NULL, 0);
	list_add_text(p, line, width, 0);
}

void
app_help(struct app *a)
{
	const struct action *acts[APP_ACTIONS];
	struct popup *p = &a->popup;
	size_t n = app_actions(a, acts), i;
	int width = a->grid.cols - LIST_SIDES;
	struct view *v = app_top(a);
	char *about = v == NULL || v->class->about == NULL ? NULL :
	    v->class->about(v);
	char *row, *key;

	popup_open(a, POPUP_HELP, NULL, 0, _("Ayuda"), NULL);
	if (about != NULL) {
		list_add_text(p, about, width, 0);
		list_add(p, " ", NULL, 0);
	}
	free(about);
	for (i = 0; i < n; i++) {
		key = list_key_names(acts[i]);
		row = list_row(key, _(acts[i]->name), "");
		list_add(p, row, NULL, 0);
		list_add_text(p, _(acts[i]->help), width, KEY_W);
		free(row);
		free(key);
	}
	list_add(p, " ", NULL, 0);
	list_add_text(p, _("Si el teclado no tiene teclas F, oprima Esc y luego "
	    "1 a 9 (F1 a F9), 0 (F10), - (F11) o = (F12). Tab y las flechas "
	    "mueven el cursor; ^L dibuja otra vez la pantalla; ^Z deshace en "
	    "un campo. Lo escrito se guarda solo."), width, 0);
}

/* ---- keys ---- */

static bool
list_passes(const struct popup *p, size_t i)
{
	return p->edit.len == 0 || text_has(p->items[i].label, p->edit.text);
}

static int
list_count(const struct popup *p)
{
	size_t i;
	int n = 0;

	for (i = 0; i < p->items_count; i++)
		n += list_passes(p, i);
	return n;
}

/* The n-th row that passes the filter, or NULL. */
static struct item *
list_find(struct popup *p, int n)
{
	size_t i;

	for (i = 0; i < p->items_count; i++)
		if (list_passes(p, i) && n-- == 0)
			return &p->items[i];
	return NULL;
}

static void
list_choose_action(struct app *a, int id)
{
	const struct action *acts[APP_ACTIONS];
	size_t n = app_actions(a, acts), i;

	popup_close(a);
	for (i = 0; i < n; i++)
		if (acts[i]->id == id) {
			app_act(a, acts[i]);
			return;
		}
}

static void
list_choose(struct app *a)
{
	struct popup *p = &a->popup;
	struct item *it = list_find(p, p->at);
	struct view *v = p->view;
	list_fn *on_text = p->on_text;
	int tag = p->id;
	char *value;

	if (p->kind == POPUP_HELP) {
		popup_close(a);
	} else if (it == NULL || it->value == NULL) {
		return;
	} else if (p->kind == POPUP_PALETTE) {
		list_choose_action(a, it->id);
	} else {
		value = xstrdup(it->value);
		popup_close(a);
		on_text(v, tag, value);
		free(value);
	}
}

static void
list_move(struct app *a, int by)
{
	struct popup *p = &a->popup;
	int n = list_count(p);

	p->at += by;
	if (p->at > n - 1)
		p->at = n - 1;
	if (p->at < 0)
		p->at = 0;
}

void
list_key(struct app *a, int32_t key)
{
	struct popup *p = &a->popup;
	int page = a->grid.rows - 10;

	switch (key) {
	case K_ENTER:
		list_choose(a);
		break;
	case K_F1:
	case K_F2:
	case K_F3:
	case K_F12:
		popup_close(a);
		break;
	case K_UP:
	case K_DOWN:
		list_move(a, key == K_UP ? -1 : 1);
		break;
	case K_PGUP:
	case K_F7:
		list_move(a, -page);
		break;
	case K_PGDN:
	case K_F8:
		list_move(a, page);
		break;
	case K_HOME:
	case K_END:
		list_move(a, (key == K_HOME ? -1 : 1) * (int)p->items_count);
		break;
	default:
		if (p->kind != POPUP_HELP && edit_key(&p->edit, key))
			p->at = p->first = 0;
		break;
	}
}

/* ---- drawing ---- */

static int
list_width(const struct popup *p, const struct grid *g)
{
	int w = text_width(p->title) + 4, k;
	size_t i;

	for (i = 0; i < p->items_count; i++)
		if ((k = text_width(p->items[i].label) + 2) > w)
			w = k;
	if (w < 44)
		w = 44;
	return w > g->cols - LIST_SIDES + 2 ? g->cols - LIST_SIDES + 2 : w;
}

static void
list_draw_rows(struct popup *p, struct grid *g, int row, int col, int width,
    int rows)
{
	bool help = p->kind == POPUP_HELP;
	struct item *it;
	int i;

	if (help && p->at > list_count(p) - rows)
		p->at = list_count(p) > rows ? list_count(p) - rows : 0;
	if (help || p->at < p->first)
		p->first = p->at;
	if (p->at >= p->first + rows)
		p->first = p->at - rows + 1;
	for (i = 0; i < rows; i++) {
		if ((it = list_find(p, p->first + i)) == NULL)
			break;
		if (!help && p->first + i == p->at)
			grid_put(g, row + i, col, 1, GRID_BOLD, ">");
		grid_cell(g, row + i, col + 2, width - 2,
		    help || it->value != NULL ? GRID_PLAIN : GRID_DIM,
		    it->label);
	}
	if (i == 0)
		grid_put(g, row, col + 2, width - 2, GRID_PLAIN,
		    p->waiting ? _("Un momento...") :
		    p->edit.len > 0 ? _("Nada coincide con lo escrito.") :
		    _("La lista está vacía."));
	grid_cursor(g, row + p->at - p->first, col);
}

void
list_draw(struct app *a, struct grid *g)
{
	struct popup *p = &a->popup;
	int width = list_width(p, g), rows = list_count(p), row, col, used, hint;
	int note = p->kind == POPUP_PALETTE ? LIST_NOTE : 0;
	int room = g->rows - 4 - 5 - note;
	struct item *it;

	if (p->edit.len > 0 && rows < a->grid.rows / 3)
		rows = a->grid.rows / 3;	/* it does not jump at each letter */
	if (rows < 1)
		rows = 1;
	if (rows > room)
		rows = room;
	popup_box(g, rows + 5 + note, width + 4, p->title, &row, &col);
	if (note > 0)
		grid_late(g, row + rows + 1, col, note);
	if (note > 0 && (it = list_find(p, p->at)) != NULL && it->note != NULL)
		grid_wrap(g, row + rows + 1, col, width, note, 0, GRID_PLAIN,
		    it->note);
	hint = row + rows + 1 + note;
	used = grid_put(g, hint, col, width, GRID_PLAIN,
	    p->kind == POPUP_HELP ? _("Flechas=Mover    Esc=Cerrar") :
	    p->edit.len == 0 ? _("Enter=Elegir  Esc=Cerrar  Letras=Filtrar") :
	    _("Filtro: "));
	if (p->edit.len > 0)
		grid_put(g, hint, col + used, width - used,
		    GRID_BOLD, p->edit.text);
	list_draw_rows(p, g, row, col, width, rows);
}
