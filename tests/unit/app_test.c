/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * app_test.c - the app with two small views of its own: the stack, pop-ups,
 * the legend, what is asked and sent again, and where a person comes back to.
 */
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
	buf_addf(&told, "%s doc %d %d %s;", v->class->name, tag, status,
	    json_string_value(json_object_get(json_object_get(doc, "error"),
	    "code")));
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

static void
keys(struct app *a, const char *letters)
{
	for (; *letters != '\0'; letters++)
		app_key(a, *letters);
}

static void
the_screen_has_its_rows(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	row_is(a, 0, " PAUTA  casa                                     "
	    "CDMX  mlopez (redactor)  10:42");
	row_is(a, 21, "");
	row_is(a, 22, " F1=Ayuda  F2=Acciones  F3=Salir  F4=Lista  "
	    "F5=Actualizar  e=Enviar");
	row_is(a, 23, "");
	assert_int_equal(app_draw(a)->cells[0].attr, GRID_REVERSE);
	app_end(a);
}

static void
a_grey_action_says_why(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_key(a, K_ENTER);
	row_is(a, 21, "! Falta la fuente.");
	app_key(a, K_DOWN);
	row_is(a, 21, "");
	app_key(a, K_F2);
	assert_true(screen_has(a, "(no: Falta la fuente.)"));
	app_end(a);
}

static void
letters_have_no_case_and_aliases_work(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_key(a, K_F5);
	app_key(a, 'R');
	was(&told, "act 99;act 99;");
	app_key(a, '?');
	assert_true(screen_has(a, "Ayuda"));
	assert_true(app_has_popup(a));
	app_end(a);
}

static void
a_question_is_answered_with_s_only(void **st)
{
	static const int32_t noes[] = { K_ENTER, 'n', K_ESC, K_F12, K_F3 };
	struct app *a = app_start(NULL);
	size_t i;

	(void)st;
	buf_del(&sent, sent.len);
	for (i = 0; i < ARRAY_LEN(noes); i++) {
		app_key(a, 'e');
		assert_true(screen_has(a, "s=Sí, enviar    n=No"));
		app_key(a, noes[i]);
		assert_false(app_has_popup(a));
	}
	app_key(a, 'e');
	app_key(a, 'a');
	app_key(a, K_PASTE_BEGIN);
	app_key(a, 's');
	app_key(a, K_PASTE_END);
	assert_true(app_has_popup(a));
	was(&sent, "");
	app_key(a, 's');
	was(&sent, "2 op hacer B-1 2.2;");
	app_on_reply(a, 2, 1, "{\"error\":{\"code\":\"refused\"}}");
	was(&told, "casa doc 7 1 refused;");
	app_end(a);
}

static void
a_pasted_letter_is_never_an_action(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_key(a, K_PASTE_BEGIN);
	keys(a, "rrqxe");
	app_key(a, K_PASTE_END);
	assert_false(app_has_popup(a));
	was(&told, "");
	app_key(a, 'r');
	was(&told, "act 99;");
	app_end(a);
}

static void
a_text_is_asked_for(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_key(a, 'x');
	keys(a, "Ana");
	assert_true(screen_has(a, "Diga un nombre"));
	assert_true(screen_has(a, "[Ana  "));
	app_key(a, K_ENTER);
	was(&told, "text 3 Ana;");
	app_key(a, 'x');
	keys(a, "otra");
	app_key(a, K_ESC);
	was(&told, "");
	app_end(a);
}

static void
a_list_is_filtered_without_accents(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_key(a, K_F4);
	assert_true(screen_has(a, "> Oaxaca"));
	keys(a, "leo");
	assert_true(screen_has(a, "> Nuevo León"));
	assert_false(screen_has(a, "Oaxaca"));
	app_key(a, K_ENTER);
	was(&told, "text 4 nl;");
	app_key(a, K_F4);
	app_key(a, K_DOWN);
	app_key(a, K_ENTER);
	was(&told, "text 4 Yucatán;");
	app_end(a);
}

static void
the_palette_reaches_what_the_legend_does_not_show(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_key(a, K_F2);
	keys(a, "pide un");
	app_key(a, K_ENTER);
	assert_true(screen_has(a, "Diga un nombre"));
	app_end(a);
}

static void
views_stack_and_close_from_within(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_open(a, &toy_step, "B-1", "2.2");
	app_open(a, &toy_step, "B-2", "1");
	was(&told, "open B-1 2.2;open B-2 1;");
	app_key(a, 'c');
	was(&told, "still paso;close paso;close paso;");
	app_open(a, &toy_step, "B-3", "1");
	app_key(a, K_LEFT);
	was(&told, "open B-3 1;close paso;");
	app_key(a, K_F12);
	was(&told, "");
	app_key(a, K_F3);
	assert_true(screen_has(a, "Salir de Pauta"));
	app_key(a, K_ENTER);
	assert_false(app_is_done(a));
	app_key(a, 'q');
	app_key(a, 's');
	assert_true(app_is_done(a));
	app_end(a);
}

static void
an_answer_to_a_closed_view_is_dropped(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_open(a, &toy_step, "B-1", "2.2");
	app_key(a, K_F5);
	app_key(a, 'e');
	app_key(a, 's');
	app_back(a);
	buf_del(&told, told.len);
	app_on_reply(a, 2, 0, "{}");
	app_on_reply(a, 3, 0, "{}");
	app_on_reply(a, 99, 0, "not json");
	was(&told, "close paso;");
	app_end(a);
}

static void
pushes_wait_for_a_covered_view(void **st)
{
	static const char *const folios[] = { "B-1", "B-2" };
	struct app *a = app_start(NULL);

	(void)st;
	app_open(a, &toy_step, "B-1", "2.2");
	buf_del(&told, told.len);
	app_on_push(a, 5, folios, 2);
	app_on_push(a, 6, folios, 1);
	was(&told, "paso push 2;paso push 1;");
	app_key(a, K_F12);
	was(&told, "casa push 3;close paso;");
	app_end(a);
}

static void
a_lost_link_keeps_drafts_and_refuses_the_rest(void **st)
{
	static const char *const draft[] = { "borrador", "B-1", "2.2", "a=1",
		NULL };
	struct app *a = app_start(NULL);

	(void)st;
	app_open(a, &toy_step, "B-1", "2.2");
	app_key(a, 'e');
	app_key(a, 's');
	buf_del(&sent, sent.len);
	buf_del(&told, told.len);
	app_on_link(a, false, "Se reintenta en 4 s.");
	app_on_tick(a, (struct when){ 1042 });
	row_is(a, 21, "! SIN CONEXIÓN hace 00:42.  Se reintenta en 4 s."
	    "     1 cambios por enviar.");
	assert_true(app_wants_seconds(a));
	app_key(a, 'e');
	app_key(a, 's');
	was(&told, "paso doc 7 4 unavailable;");
	app_ask((struct view *)&(struct toy){ .v = { .class = &toy_step,
	    .app = a } }, 1, true, draft);
	was(&sent, "");
	app_on_link(a, true, NULL);
	was(&sent, "1 lugar {\"screen\":\"casa\"};2 lugar {\"screen\":\"paso\","
	    "\"folio\":\"B-1\",\"step\":\"2.2\",\"cursor\":0};"
	    "3 op hacer B-1 2.2;5 op borrador B-1 2.2 a=1;");
	was(&told, "paso push 1;");
	row_is(a, 21, "");
	app_end(a);
}

static void
the_place_is_told_and_comes_back(void **st)
{
	const char *place = "{\"screen\":\"paso\",\"folio\":\"B-7\","
	    "\"step\":\"3.1\",\"cursor\":4}";
	struct app *a = app_start(place);

	(void)st;
	was(&told, "open B-7 3.1;restore 4;");
	row_is(a, 21, " De vuelta en B-7 paso 3.1.");
	was(&sent, "");
	app_on_tick(a, (struct when){ 1001 });
	was(&sent, "1 lugar {\"screen\":\"paso\",\"folio\":\"B-7\","
	    "\"step\":\"3.1\",\"cursor\":0};");
	app_key(a, K_F12);
	was(&sent, "2 lugar {\"screen\":\"casa\"};");
	app_on_tick(a, (struct when){ 1002 });
	was(&sent, "");
	app_end(a);
	a = app_start("{\"screen\":\"nada\"}");
	was(&told, "");
	app_end(a);
}

static void
a_small_window_says_so(void **st)
{
	struct app *a = app_start(NULL);

	(void)st;
	app_resize(a, 59, 24);
	assert_true(screen_has(a, "Agrande la ventana"));
	app_key(a, K_F3);
	assert_false(app_has_popup(a));
	app_resize(a, 60, 15);
	assert_true(screen_has(a, "Agrande la ventana"));
	app_resize(a, 1, 1);
	app_draw(a);
	app_resize(a, 0, -4);
	app_draw(a);
	app_resize(a, 60, 16);
	assert_false(screen_has(a, "Agrande la ventana"));
	app_end(a);
}

static void
times_are_said_as_people_write_them(void **st)
{
	static const struct { const char *utc, *text; } rows[] = {
		{ "2026-11-23T17:30:00Z", "11:30" },
		{ "2026-11-24T05:59:00Z", "23:59" },
		{ "2026-11-24T06:00:00Z", "mañana" },
		{ "2026-11-22T12:00:00Z", "ayer" },
		{ "2026-05-12T12:00:00Z", "12/may" },
		{ "2025-05-12T12:00:00Z", "12/may/2025" },
		{ "", "" }, { "hoy", "" }
	};
	struct app *a = app_start(NULL);
	char out[16];
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++)
		assert_string_equal(app_when_text(a, rows[i].utc, out),
		    rows[i].text);
	assert_string_equal(app_when_text(a, NULL, out), "");
	app_end(a);
}

static void
seconds_tick_only_while_something_counts(void **st)
{
	struct app *a = app_start(NULL);
	int i;

	(void)st;
	assert_false(app_wants_seconds(a));
	app_key(a, 'e');
	app_key(a, 's');
	for (i = 1; i <= 5; i++) {
		assert_true(app_wants_seconds(a));
		app_on_tick(a, (struct when){ 1000 + i });
	}
	assert_false(app_wants_seconds(a));
	app_on_reply(a, 2, 0, "{\"undo_until\":\"2026-11-23T16:42:35Z\"}");
	assert_true(app_wants_seconds(a));
	app_on_tick(a, (struct when){ 1036 });
	assert_false(app_wants_seconds(a));
	app_end(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_screen_has_its_rows),
		cmocka_unit_test(a_grey_action_says_why),
		cmocka_unit_test(letters_have_no_case_and_aliases_work),
		cmocka_unit_test(a_question_is_answered_with_s_only),
		cmocka_unit_test(a_pasted_letter_is_never_an_action),
		cmocka_unit_test(a_text_is_asked_for),
		cmocka_unit_test(a_list_is_filtered_without_accents),
		cmocka_unit_test(the_palette_reaches_what_the_legend_does_not_show),
		cmocka_unit_test(views_stack_and_close_from_within),
		cmocka_unit_test(an_answer_to_a_closed_view_is_dropped),
		cmocka_unit_test(pushes_wait_for_a_covered_view),
		cmocka_unit_test(a_lost_link_keeps_drafts_and_refuses_the_rest),
		cmocka_unit_test(the_place_is_told_and_comes_back),
		cmocka_unit_test(a_small_window_says_so),
		cmocka_unit_test(times_are_said_as_people_write_them),
		cmocka_unit_test(seconds_tick_only_while_something_counts),
	};

	setenv("TZ", "CST6", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
