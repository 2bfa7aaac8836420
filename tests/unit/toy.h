/* SPDX-License-Identifier: ISC */
/*
 * toy.h - an app with two small views of its own and a link that notes what is
 * sent: what app_test.c and app_popup_test.c look through.
 */
#ifndef PAUTA_TEST_TOY_H
#define PAUTA_TEST_TOY_H

#include "test.h"

#include "../../client/view.h"

enum { ACT_SEND = 1, ACT_SENT, ACT_OPEN, ACT_NAME, ACT_PICK, ACT_CLOSE };

static struct buf told;		/* what the views were told, in words */
static struct buf sent;		/* what reached the link */

struct toy { struct view v; struct edit edit; bool typing; };

static void
toy_open(struct view *v)
{
	edit_init(&((struct toy *)v)->edit, 100, false);
	if (v->folio != NULL)
		buf_addf(&told, "open %s %s;", v->folio, v->step);
}

static void
toy_close(struct view *v)
{
	edit_clear(&((struct toy *)v)->edit);
	buf_addf(&told, "close %s;", v->class->name);
}

static void
toy_draw(struct view *v, struct grid *g)
{
	app_title(v->app, g, v->class->name);
	edit_draw(&((struct toy *)v)->edit, g, 4, 2, 20, 1, true);
}

static bool
toy_key(struct view *v, int32_t key)
{
	struct toy *t = (struct toy *)v;

	return t->typing && edit_key(&t->edit, key);
}

static void
toy_on_text(struct view *v, int tag, const char *text)
{
	(void)v;
	buf_addf(&told, "text %d %s;", tag, text);
}

static void
toy_act(struct view *v, int id)
{
	static const char *const words[] = { "hacer", "B-1", "2.2", NULL };
	json_t *items;

	switch (id) {
	case ACT_SEND:
		app_confirm(v, ACT_SENT, "Enviar B-1", "Paso 3.");
		break;
	case ACT_SENT:
		app_ask(v, 7, true, words);
		break;
	case ACT_NAME:
		app_prompt(v, 3, "Nombre", "Diga un nombre", false,
		    toy_on_text);
		break;
	case ACT_PICK:
		items = json_pack("[s,s,{s:s,s:s}]", "Oaxaca", "Yucatán",
		    "value", "nl", "label", "Nuevo León");
		app_pick(v, 4, "Estado", items, toy_on_text);
		json_decref(items);
		break;
	case ACT_CLOSE:
		app_back(v->app);
		app_home(v->app);
		buf_addf(&told, "still %s;", v->class->name);
		break;
	default:
		buf_addf(&told, "act %d;", id);
		break;
	}
}

static const char *
toy_grey(struct view *v, int id)
{
	(void)v;
	return id == ACT_OPEN ? "Falta la fuente." : NULL;
}

static void
toy_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	const json_t *events = json_object_get(doc, "events");

	buf_addf(&told, "%s doc %d %d %s", v->class->name, tag, status,
	    json_string_value(json_object_get(json_object_get(doc, "error"),
	    "code")));
	if (events != NULL)
		buf_addf(&told, " events=%zu", json_array_size(events));
	buf_addf(&told, ";");
}

static void
toy_on_push(struct view *v, json_t *folios)
{
	buf_addf(&told, "%s push %zu;", v->class->name,
	    json_array_size(folios));
}

static void
toy_place(struct view *v, json_t *o)
{
	struct toy *t = (struct toy *)v;

	json_object_set_new(o, "cursor", json_integer((json_int_t)
	    t->edit.cursor));
}

static void
toy_restore(struct view *v, const json_t *o)
{
	(void)v;
	buf_addf(&told, "restore %d;",
	    (int)json_integer_value(json_object_get(o, "cursor")));
}

static const struct action toy_actions[] = {
	{ 'e', K_F10, "Enviar", "Entrega el paso.", ACT_SEND, true },
	{ 0, K_NONE, "Enviar", "", ACT_SENT, false },
	{ K_ENTER, K_NONE, "Abrir", "Abre la tarea.", ACT_OPEN, true },
	{ K_F5, 'r', "Actualizar", "Lee otra vez.", 99, true },
	{ 'x', K_NONE, "Nombre", "Pide un nombre.", ACT_NAME, false },
	{ K_F4, K_NONE, "Lista", "Escoge un estado.", ACT_PICK, true },
	{ 'c', K_NONE, "Cerrar", "Cierra dos veces.", ACT_CLOSE, false }
};

static const struct view_class toy_home = {
	.name = "casa", .actions = toy_actions,
	.actions_count = ARRAY_LEN(toy_actions), .size = sizeof(struct toy),
	.open = toy_open, .close = toy_close, .draw = toy_draw, .key = toy_key,
	.act = toy_act, .grey = toy_grey, .on_doc = toy_on_doc,
	.on_push = toy_on_push
};
static const struct view_class toy_step = {
	.name = "paso", .size = sizeof(struct toy), .open = toy_open,
	.close = toy_close, .draw = toy_draw, .key = toy_key, .act = toy_act,
	.actions = toy_actions, .actions_count = ARRAY_LEN(toy_actions),
	.on_doc = toy_on_doc, .on_push = toy_on_push, .place = toy_place,
	.restore = toy_restore
};
static const struct view_class *const toys[] = { &toy_home, &toy_step };

static void
link_send(void *arg, uint64_t id, const uint8_t *op, const char *const *words)
{
	(void)arg;
	buf_addf(&sent, "%d %s%s", (int)id, op != NULL ? "op " : "", words[0]);
	for (words++; *words != NULL; words++)
		buf_addf(&sent, " %s", *words);
	buf_addf(&sent, ";");
}

static void
was(struct buf *b, const char *text)
{
	assert_string_equal(buf_str(b), text);
	buf_del(b, b->len);
}

static struct app *
app_start(const char *place)
{
	static const struct app_link link = { .send = link_send };
	struct app *a = app_new();
	json_t *me = json_pack("{s:s,s:s,s:s,s:s,s:s}", "login", "mlopez",
	    "name", "M. López", "role", "redactor", "office", "CDMX", "now",
	    "2026-11-23T16:42:00Z");

	buf_init(&told, FRAME_MAX);
	buf_init(&sent, FRAME_MAX);
	app_on_tick(a, (struct when){ 1000 });
	app_set_views(a, toys, ARRAY_LEN(toys));
	app_attach(a, &link);
	app_welcome(a, me, place);
	json_decref(me);
	return a;
}

static void
app_end(struct app *a)
{
	app_free(a);
	buf_clear(&told);
	buf_clear(&sent);
}

/* The n-th row of the screen, without the blanks at its end. */
static void
row_is(struct app *a, int n, const char *text)
{
	char *s = grid_text(app_draw(a)), *at = s, *end;

	while (n-- > 0)
		at = strchr(at, '\n') + 1;
	end = strchr(at, '\n');
	while (end > at && end[-1] == ' ')
		end--;
	*end = '\0';
	assert_string_equal(at, text);
	free(s);
}

static bool
screen_has(struct app *a, const char *text)
{
	char *s = grid_text(app_draw(a));
	bool has = strstr(s, text) != NULL;

	free(s);
	return has;
}

#endif
