/* SPDX-License-Identifier: ISC */
/*
 * app.c - the stack of views and what happens to a key.
 *
 * A key goes to the pop-up if there is one, else to the top view, else it is
 * looked up in the action tables.  Views may close themselves from within:
 * what is closed is freed only in app_settle(), when their call has returned.
 */
#include "app_own.h"

#include <stdarg.h>
#include <string.h>

#include "i18n.h"
#include "text.h"
#include "uploads.h"

static const struct action app_common[] = {
	{ K_F1, '?', N_("Ayuda"), N_("Explica esta pantalla y sus teclas."),
	    APP_HELP, true },
	{ K_F2, '.', N_("Acciones"),
	    N_("Lista todo lo que se puede hacer aquí."), APP_PALETTE, true },
	{ K_F3, 'q', N_("Salir"),
	    N_("Vuelve a la Bandeja; en la Bandeja, sale de Pauta."),
	    APP_EXIT, true },
	{ K_F12, K_LEFT, N_("Regresar"), N_("Vuelve a la pantalla anterior."),
	    APP_BACK, true },
	{ K_NONE, K_NONE, N_("Modo lento"),
	    N_("Para líneas lentas: dibuja lo menos posible; o lo quita."),
	    APP_SLOW, false },
	{ K_NONE, K_NONE, N_("Por enviar"),
	    N_("Lo escrito en esta máquina que el servidor no tiene."),
	    APP_QUEUE, false }
};

struct app *
app_new(void)
{
	struct app *a = xcalloc(1, sizeof *a);

	grid_init(&a->grid, 80, 24);
	a->up = true;
	a->me = json_object();
	a->clock.s = (int64_t)time(NULL);
	return a;
}

static void
app_free_view(struct view *v)
{
	if (v->class->close != NULL)
		v->class->close(v);
	ask_forget(v->app, v);		/* what it asked while closing */
	if (v->app->told_by == v)
		v->app->told_by = NULL;
	free(v->folio);
	free(v->step);
	free(v);
}

static void
app_bury(struct app *a)
{
	while (a->dead_count > 0)
		app_free_view(a->dead[--a->dead_count]);
}

void
app_free(struct app *a)
{
	if (a == NULL)
		return;
	popup_close(a);
	app_prompt_keep(a, NULL, NULL);
	app_bury(a);
	while (a->depth > 0) {
		json_decref(a->pushed[--a->depth]);
		app_free_view(a->stack[a->depth]);
	}
	ask_clear(a);
	keep_clear(a);
	upload_clear(a);
	grid_clear(&a->grid);
	grid_clear(&a->told);
	json_decref(a->me);
	free(a->message);
	free(a->link_text);
	free(a->unsigned_why);
	free(a->place);
	free(a->copied);
	free(a->given);
	free(a);
}

struct view *
app_top(const struct app *a)
{
	return a->depth > 0 ? a->stack[a->depth - 1] : NULL;
}

void
app_settle(struct app *a)
{
	do
		app_bury(a);
	while (ask_settle(a));
	place_save(a, PLACE_SCREEN);
	keep_go(a);
}

void
app_set_views(struct app *a, const struct view_class *const *views, size_t n)
{
	a->views = views;
	a->views_count = n;
}

void
app_open(struct app *a, const struct view_class *class, const char *folio,
    const char *step)
{
	struct view *v;

	if (a->depth == APP_STACK) {
		app_say(a, true, _("Hay demasiadas pantallas abiertas: "
		    "regrese con F12 o vaya a la Bandeja con F3."));
		return;
	}
	if (a->depth > 0)
		app_top(a)->covered = true;
	v = xcalloc(1, class->size);
	v->class = class;
	v->app = a;
	v->folio = xstrdup(folio);
	v->step = xstrdup(step);
	a->stack[a->depth++] = v;
	if (class->open != NULL)
		class->open(v);
}

void
app_uncover(struct app *a)
{
	struct view *v = app_top(a);
	json_t *folios;

	if (v == NULL || (folios = a->pushed[a->depth - 1]) == NULL)
		return;
	a->pushed[a->depth - 1] = NULL;
	if (v->class->on_push != NULL)
		v->class->on_push(v, folios);
	json_decref(folios);
}

static void
app_close_top(struct app *a)
{
	struct view *v = app_top(a);

	if (a->popup.kind != POPUP_NONE && a->popup.view == v)
		popup_close(a);
	if (a->dead_count == APP_STACK)
		app_bury(a);
	ask_forget(a, v);
	json_decref(a->pushed[--a->depth]);
	a->pushed[a->depth] = NULL;
	a->dead[a->dead_count++] = v;
}

bool
app_opens(struct app *a, const struct opens *o, size_t n, int id,
    const char *folio, const char *step)
{
	for (; n > 0; n--, o++)
		if (o->id == id) {
			app_open(a, o->screen,
			    o->of != OF_NOBODY ? folio : NULL,
			    o->of == OF_STEP ? step : NULL);
			return true;
		}
	return false;
}

void
app_back(struct app *a)
{
	if (a->depth < 2)
		return;
	app_close_top(a);
	app_uncover(a);
}

void
app_home(struct app *a)
{
	if (a->depth < 2)
		return;
	while (a->depth > 1)
		app_close_top(a);
	app_uncover(a);
}

void
app_leave(struct app *a)
{
	struct view *v = app_top(a);
	struct when later = { app_now(a).s + 60 };

	/* What would be kept after a pause is kept now: first where one is. */
	place_save(a, PLACE_CURSOR);
	popup_close(a);
	if (v != NULL && v->class->on_tick != NULL)
		v->class->on_tick(v, later);
	while (a->depth > 0)
		app_close_top(a);
	app_settle(a);
}

void
app_say(struct app *a, bool error, const char *fmt, ...)
{
	char line[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	text_cut(line);
	free(a->message);
	a->message = line[0] != '\0' ? xstrdup(line) : NULL;
	a->error = error;
}

/* ---- actions ---- */

static void
app_exit(struct app *a)
{
	if (a->depth > 1)
		app_home(a);
	else
		popup_open(a, POPUP_CONFIRM, NULL, APP_LEAVE,
		    _("Salir de Pauta"),
		    _("Lo escrito queda guardado en el servidor."));
}

bool
app_act(struct app *a, const struct action *act)
{
	struct view *v = app_top(a);
	const char *why;

	if ((why = app_grey(a, act)) != NULL) {
		app_say(a, true, "%s", why);
		return true;
	}
	switch (act->id) {
	case APP_HELP:
		app_help(a);
		return true;
	case APP_PALETTE:
		app_palette(a);
		return true;
	case APP_EXIT:
		app_exit(a);
		return true;
	case APP_BACK:
		app_back(a);
		return true;
	case APP_SLOW:
		app_toggle_slow(a);
		return true;
	case APP_QUEUE:
		app_open(a, &view_cola, NULL, NULL);
		return true;
	default:
		if (v == NULL || v->class->act == NULL)
			return false;
		v->class->act(v, act->id);
		return true;
	}
}

const char *
app_grey(const struct app *a, const struct action *act)
{
	struct view *v = app_top(a);

	if (act->id >= APP_HELP && act->id <= APP_LEAVE)
		return act->id == APP_BACK && a->depth < 2 ?
		    _("Esta es la primera pantalla.") : NULL;
	if (v == NULL || v->class->grey == NULL)
		return NULL;
	return v->class->grey(v, act->id);
}

/* Enter, then function keys by number, then the rest as the table has them. */
static int
app_rank(const struct action *act)
{
	if (act->key == K_ENTER)
		return 0;
	if (act->key >= K_F1 && act->key <= K_F12)
		return 1 + (int)(act->key - K_F1);
	return 20;
}

size_t
app_actions(const struct app *a, const struct action *out[APP_ACTIONS])
{
	const struct view *v = app_top(a);
	const struct action *act;
	size_t n = 0, i, k, own;

	own = v == NULL ? 0 : v->class->actions_count;
	for (i = 0; i < own + ARRAY_LEN(app_common) && n < APP_ACTIONS; i++) {
		act = i < own ? &v->class->actions[i] : &app_common[i - own];
		for (k = 0; k < n && i >= own && out[k]->key != act->key; k++)
			;
		if (i >= own && k < n && act->key != K_NONE)
			continue;	/* the view has its own */
		for (k = n++; k > 0 && app_rank(out[k - 1]) > app_rank(act); k--)
			out[k] = out[k - 1];
		out[k] = act;
	}
	return n;
}

/* Letters mean the same in either case, save g and G. */
static bool
app_key_is(int32_t key, int32_t bound)
{
	if (bound == K_NONE || bound == 0)
		return false;
	if (key >= 'A' && key <= 'Z' && key != 'G')
		key += 'a' - 'A';
	return key == bound;
}

static void
app_find_action(struct app *a, int32_t key)
{
	const struct action *acts[APP_ACTIONS];
	size_t n = app_actions(a, acts), i;

	for (i = 0; i < n; i++)
		if (app_key_is(key, acts[i]->key))
			break;
	if (i == n)
		for (i = 0; i < n; i++)
			if (app_key_is(key, acts[i]->alias))
				break;
	if (i < n && !(acts[i]->id == APP_BACK && a->depth < 2))
		app_act(a, acts[i]);
}

/* ---- keys ---- */

bool
app_is_small(const struct app *a)
{
	return a->grid.rows < APP_MIN_ROWS || a->grid.cols < APP_MIN_COLS;
}

static void
app_view_key(struct app *a, int32_t key)
{
	struct view *v = app_top(a);
	bool taken;

	if (v != NULL)
		v->covered = false;
	taken = v != NULL && a->paste != PASTE_DROP && v->class->key != NULL &&
	    v->class->key(v, key);
	if (key == K_PASTE_BEGIN)
		a->paste = taken ? PASTE_VIEW : PASTE_DROP;
	else if (key == K_PASTE_END)
		a->paste = PASTE_NO;
	else if (!taken && a->paste == PASTE_NO)
		app_find_action(a, key);
}

void
app_key(struct app *a, int32_t key)
{
	a->esc = key == K_ESC_WAIT;
	a->awake = APP_AWAKE;
	a->resting = false;
	a->touched = true;
	if (key == K_NONE || key == K_ESC_WAIT || key == K_CTRL_L)
		return;
	if (a->paste == PASTE_NO)
		app_say(a, false, "%s", "");
	if (app_is_small(a) && key != K_PASTE_END)
		return;
	a->keying = true;
	if (a->popup.kind != POPUP_NONE && a->paste == PASTE_NO)
		popup_key(a, key);
	else if (key != K_ESC)
		app_view_key(a, key);
	a->keying = false;
	/* A megabyte that is pasted is not looked at letter by letter. */
	if (a->paste == PASTE_NO && !a->popup.pasting)
		app_settle(a);
}

/* ---- the outside ---- */

void
app_on_tick(struct app *a, struct when now)
{
	struct view *v = app_top(a);

	a->clock = now;
	if (a->awake > 0)
		a->awake--;
	if (a->awake <= APP_AWAKE - APP_IDLE)
		app_rest(a);
	if (v != NULL && v->class->on_tick != NULL)
		v->class->on_tick(v, app_now(a));
	place_save(a, a->awake > APP_AWAKE - APP_IDLE ? PLACE_FIELD :
	    PLACE_CURSOR);
	app_line_tick(a);
	upload_tick(a);
	if (a->clock.s >= a->down_since.s + APP_ALONE)
		keep_recall(a);
	app_settle(a);
}

void
app_resize(struct app *a, int cols, int rows)
{
	cols = cols < 1 ? 1 : cols > COLS_MAX ? COLS_MAX : cols;
	rows = rows < 1 ? 1 : rows > ROWS_MAX ? ROWS_MAX : rows;
	grid_clear(&a->grid);
	grid_init(&a->grid, cols, rows);
	a->grid.ascii = app_is_ascii(a);
}

void
app_set_ascii(struct app *a, bool ascii)
{
	a->ascii = ascii;
	a->grid.ascii = app_is_ascii(a);
}

bool
app_has_popup(const struct app *a)
{
	return a->popup.kind != POPUP_NONE;
}

bool
app_wants_seconds(const struct app *a)
{
	return a->awake > 0 || !a->up || a->undo_until.s >= app_now(a).s ||
	    a->push_waits || keep_waiting(a) > 0 ||
	    uploads_shown(a->uploads) != NULL;
}

bool
app_is_done(const struct app *a)
{
	return a->done;
}

bool
app_is_ascii(const struct app *a)
{
	return a->ascii || app_is_slow(a);
}

struct when
app_now(const struct app *a)
{
	return (struct when){ a->clock.s + a->skew };
}

const json_t *
app_me(const struct app *a)
{
	return a->me;
}
