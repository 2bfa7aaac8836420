/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* form_test.c - every type of field: from a document to what is sent. */
#include "screen.h"

#include "../../client/form.h"

#define SUM "a1fce4363854ff888cff4b8e7875d600" \
    "c2682390412a8cf79b37d0b11148b0fa"

static char *
typed(const char *type, const char *json)
{
	json_t *def = json_pack("{s:s}", "type", type);
	json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);
	char *out = field_typed(def, value);

	json_decref(def);
	json_decref(value);
	return out;
}

static void
a_value_is_shown_as_people_type_it(void **st)
{
	static const struct {
		const char *type, *json, *text;
	} rows[] = {
		{ "text", "\"Hola\"", "Hola" }, { "text", "null", "" },
		{ "int", "12", "12" }, { "yesno", "true", "sí" },
		{ "yesno", "0", "no" }, { "yesno", "false", "no" },
		{ "date", "\"2026-12-01\"", "01/12/2026" },
		{ "date", "\"mañana\"", "mañana" },
		{ "datetime", "\"2026-11-23T16:30:00Z\"",
		    "2026-11-23 09:30" },
		{ "multi", "[\"a\",\"b\"]", "[\"a\",\"b\"]" },
		{ "file", "[{\"name\":\"a.jpg\",\"size\":9,\"sha256\":\"ab\","
		    "\"place\":\"Disco 2\"},\"b.png\"]",
		    "a.jpg,9,ab,Disco 2\nb.png" },
		{ "file", "\"[{\\\"name\\\":\\\"a.jpg\\\"}]\"", "a.jpg" },
		{ "verdicts", "[{\"item\":1,\"verdict\":\"aprobar\"},"
		    "{\"item\":2,\"verdict\":\"regresar\"}]",
		    "1:aprobar,2:regresar" },
	};
	size_t i;

	(void)st;
	(void)setenv("TZ", "<-07>7", 1);
	tzset();
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		char *out = typed(rows[i].type, rows[i].json);

		assert_string_equal(out, rows[i].text);
		free(out);
	}
}

/* A paso with these fields, at its first one. */
static void
form_start(struct screen *s, const char *fields)
{
	char *doc = xasprintf("{\"folio\":\"F-1\",\"step\":\"2.1\","
	    "\"can\":true,\"do\":\"Haga.\",\"revision\":1,\"fields\":[%s]}",
	    fields);

	screen_init(s, 80, 24);
	app_open(s->app, &view_bandeja, NULL, NULL);
	app_open(s->app, &view_paso, "F-1", "2.1");
	screen_answer(s, "paso", 0, doc);
	free(doc);
}

static void
form_sends(struct screen *s, const char *words)
{
	char *want = xasprintf("hacer F-1 2.1%s%s revision=1",
	    *words == '\0' ? "" : " ", words);

	screen_key(s, K_F8);
	assert_string_equal(screen_last(s, "hacer"), want);
	free(want);
	screen_clear(s);
}

static void
what_was_not_touched_is_sent_as_it_came(void **st)
{
	struct screen s;

	(void)st;
	form_start(&s,
	    "{\"id\":\"a\",\"label\":\"A\",\"type\":\"datetime\","
	    "\"value\":\"2026-11-23T16:30:00Z\"},"
	    "{\"id\":\"b\",\"label\":\"B\",\"type\":\"date\","
	    "\"preset\":\"2026-12-01\"},"
	    "{\"id\":\"c\",\"label\":\"C\",\"type\":\"int\"},"
	    "{\"id\":\"d\",\"label\":\"D\",\"type\":\"text\",\"auto\":true,"
	    "\"text\":\"hoy\"},"
	    "{\"id\":\"e\",\"label\":\"E\",\"type\":\"text\","
	    "\"applies\":false,\"value\":\"x\"}");
	assert_true(screen_has(&s, ": [2026-11-23 09:30"));
	assert_true(screen_has(&s, ": [01/12/2026"));
	assert_true(screen_has(&s, ": hoy\n"));
	assert_true(screen_has(&s, ": no aplica\n"));
	form_sends(&s, "a=2026-11-23T16:30:00Z b=2026-12-01");
}

static void
an_emptied_field_is_sent_empty(void **st)
{
	struct screen s;

	(void)st;
	form_start(&s, "{\"id\":\"a\",\"label\":\"A\",\"type\":\"text\","
	    "\"value\":\"x\"}");
	screen_key(&s, K_CTRL_U);
	form_sends(&s, "a=");
}

static void
a_yes_or_no_takes_digits_letters_and_arrows(void **st)
{
	static const struct {
		int32_t key;
		const char *sent;
	} rows[] = {
		{ '1', "a=sí" }, { '2', "a=no" }, { 's', "a=sí" },
		{ 'N', "a=no" }, { ' ', "a=sí" }, { K_LEFT, "a=no" },
	};
	struct screen s;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		form_start(&s, "{\"id\":\"a\",\"label\":\"Copia hecha\","
		    "\"type\":\"yesno\",\"required\":true}");
		assert_true(screen_has(&s, "Copia hecha*  . . . . . : ( ) 1 "
		    "Sí  ( ) 2 No"));
		screen_key(&s, rows[i].key);
		form_sends(&s, rows[i].sent);
	}
}

static void
a_long_choice_is_picked_from_its_list(void **st)
{
	struct screen s;

	(void)st;
	form_start(&s, "{\"id\":\"a\",\"label\":\"Licencia\",\"type\":"
	    "\"choice\",\"choices\":[\"libre de derechos\",\"uso comercial "
	    "permitido\",\"uso privado permitido\"]}");
	assert_true(screen_has(&s, "] F4=Lista"));
	screen_key(&s, K_F4);
	screen_type(&s, "privado");
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "[uso privado permitido "));
	form_sends(&s, "a=uso privado permitido");
}

static void
several_choices_are_toggled(void **st)
{
	struct screen s;

	(void)st;
	form_start(&s, "{\"id\":\"a\",\"label\":\"Medios\",\"type\":\"multi\","
	    "\"choices\":[\"web\",\"radio, tv\",\"otro\"],"
	    "\"value\":[\"web\"]}");
	assert_true(screen_has(&s, "[x] 1 web"));
	screen_key(&s, ' ');
	screen_key(&s, '2');
	screen_key(&s, K_DOWN);
	screen_key(&s, ' ');
	assert_true(screen_has(&s, "[ ] 1 web"));
	form_sends(&s, "a=[\"radio, tv\",\"otro\"]");
}

static void
a_draft_of_words_with_commas_is_read_as_choices(void **st)
{
	struct screen s;

	(void)st;
	form_start(&s, "{\"id\":\"a\",\"label\":\"Medios\",\"type\":\"multi\","
	    "\"choices\":[\"web\",\"televisión\"],"
	    "\"draft\":\"Television, web\"}");
	assert_true(screen_has(&s, "[x] 1 web"));
	assert_true(screen_has(&s, "[x] 2 televisión"));
	screen_clear(&s);
}

static void
each_item_gets_its_verdict(void **st)
{
	struct screen s;

	(void)st;
	form_start(&s, "{\"id\":\"a\",\"label\":\"Dictamen\",\"type\":"
	    "\"verdicts\",\"choices\":[\"uno.jpg\",\"dos.jpg\"]}");
	screen_key(&s, ' ');
	screen_key(&s, K_DOWN);
	screen_key(&s, ' ');
	screen_key(&s, ' ');
	assert_true(screen_has(&s, "(o) aprobar ( ) regresar  1 uno.jpg"));
	assert_true(screen_has(&s, "( ) aprobar (o) regresar  2 dos.jpg"));
	form_sends(&s, "a=1:aprobar,2:regresar");
}

static void
files_are_typed_one_a_line(void **st)
{
	struct screen s;

	(void)st;
	form_start(&s, "{\"id\":\"a\",\"label\":\"Fotos\",\"type\":\"file\"}");
	screen_type(&s, "corte.mp4,1200,abcd,Disco 2, estante 4");
	screen_key(&s, K_CTRL_E);
	screen_key(&s, K_END);
	screen_key(&s, K_ENTER);
	screen_type(&s, "b.jpg");
	screen_key(&s, K_F8);
	form_sends(&s, "a=[{\"name\":\"corte.mp4\",\"size\":1200,\"sha256\":"
	    "\"abcd\",\"place\":\"Disco 2, estante 4\"},{\"name\":\"b.jpg\"}]");
	form_start(&s, "{\"id\":\"a\",\"label\":\"Fotos\",\"type\":\"file\"}");
	screen_type(&s, "a, b.mov,7," SUM ",Disco 2");
	screen_key(&s, K_F8);
	form_sends(&s, "a=[{\"name\":\"a, b.mov\",\"size\":7,\"sha256\":\"" SUM
	    "\",\"place\":\"Disco 2\"}]");
}

static void
a_person_is_looked_up(void **st)
{
	struct screen s;

	(void)st;
	form_start(&s, "{\"id\":\"a\",\"label\":\"Encargado\",\"type\":"
	    "\"person\"}");
	screen_key(&s, K_F4);
	assert_string_equal(screen_last(&s, "personas"), "personas");
	screen_answer(&s, "personas", 0, "{\"people\":[{\"login\":\"prod\","
	    "\"name\":\"Ana Peña\"},{\"login\":\"otro\",\"name\":\"B\"}]}");
	screen_type(&s, "pena");
	screen_key(&s, K_ENTER);
	form_sends(&s, "a=prod");
}

#define LIST                                                                  \
	"{\"id\":\"a\",\"label\":\"Citas\",\"type\":\"list\",\"required\":"   \
	"true,\"columns\":[{\"id\":\"person\",\"label\":\"Persona\","         \
	"\"type\":\"text\",\"required\":true},{\"id\":\"n\",\"label\":"       \
	"\"Hora\",\"type\":\"int\"}],\"value\":[{\"person\":\"Ana\","         \
	"\"n\":9}]}"

static void
rows_are_added_changed_and_taken_out(void **st)
{
	struct screen s;

	(void)st;
	form_start(&s, LIST);
	assert_true(screen_has(&s, "[1 renglón]"));
	assert_true(screen_has(&s, "1. Ana; 9"));
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, ">  1  Ana; 9"));
	screen_key(&s, K_F6);
	assert_true(screen_has(&s, "Citas: renglón nuevo"));
	screen_type(&s, "Beto");
	screen_key(&s, K_F8);
	assert_true(screen_has(&s, ">  2  Beto"));
	screen_key(&s, K_UP);
	screen_key(&s, K_ENTER);
	screen_type(&s, " Luz");
	screen_key(&s, K_F12);		/* leaving keeps it too */
	assert_true(screen_has(&s, ">  1  Ana Luz; 9"));
	screen_key(&s, K_DOWN);
	screen_key(&s, 'x');
	screen_key(&s, 'n');
	assert_true(screen_has(&s, "Beto"));
	screen_key(&s, 'x');
	screen_key(&s, 's');
	assert_false(screen_has(&s, "Beto"));
	assert_string_equal(screen_last(&s, "borrador"),
	    "borrador F-1 2.1 a=[{\"person\":\"Ana Luz\",\"n\":9}]");
	screen_key(&s, K_F8);
	assert_true(screen_has(&s, "[1 renglón]"));
	form_sends(&s, "a=[{\"person\":\"Ana Luz\",\"n\":9}]");
}

/* What is attached to a column is offered to each row, and read by its name. */
static void
a_row_names_what_is_attached(void **st)
{
	struct screen s;

	(void)st;
	form_start(&s, "{\"id\":\"a\",\"label\":\"Recortes\",\"type\":\"list\","
	    "\"columns\":[{\"id\":\"image\",\"label\":\"Imagen\",\"type\":"
	    "\"file\",\"required\":true,\"choices\":[\"a.png\",\"b.png\"],"
	    "\"attached\":[{\"name\":\"a.png\",\"size\":9,\"by\":\"ana\"},"
	    "{\"name\":\"b.png\",\"size\":9,\"by\":\"ana\"}]}]}");
	assert_true(screen_has(&s, "ADJUNTOS   Imagen: a.png, 9 bytes, ana"));
	screen_key(&s, K_ENTER);
	screen_key(&s, K_F6);
	assert_true(screen_has(&s, "Obligatorios: 0 de 1"));
	screen_key(&s, K_F4);
	screen_type(&s, "b");
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "Obligatorios: 1 de 1"));
	screen_key(&s, K_F8);
	assert_true(screen_has(&s, ">  1  b.png"));
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "[b.png "));
	screen_key(&s, K_F12);
	screen_key(&s, K_F8);
	form_sends(&s, "a=[{\"image\":\"[{\\\"name\\\":\\\"b.png\\\"}]\"}]");
}

static void
a_full_field_refuses_the_letter_and_says_so(void **st)
{
	struct screen s;
	int i;

	(void)st;
	form_start(&s, "{\"id\":\"a\",\"label\":\"A\",\"type\":\"text\"},"
	    "{\"id\":\"b\",\"label\":\"B\",\"type\":\"text\"}");
	for (i = 0; i < TEXT_MAX; i++)
		screen_key(&s, 'x');
	assert_false(screen_has(&s, "lleno"));
	screen_key(&s, 'x');
	assert_true(screen_has(&s, "! El campo está lleno"));
	screen_key(&s, K_TAB);
	screen_key(&s, K_F8);
	assert_int_equal(strlen(screen_last(&s, "hacer")),
	    strlen("hacer F-1 2.1 a= revision=1") + TEXT_MAX);
	screen_clear(&s);
}

static void
what_a_draft_changes_is_seen_at_once(void **st)
{
	struct screen s;

	(void)st;
	form_start(&s, "{\"id\":\"a\",\"label\":\"Subtítulos\",\"type\":"
	    "\"yesno\"},{\"id\":\"b\",\"label\":\"Color\",\"type\":\"text\","
	    "\"applies\":false}");
	assert_true(screen_has(&s, "no aplica"));
	screen_key(&s, '1');
	screen_answer(&s, "borrador F-1 2.1 a=sí", 0, "{\"saved_at\":"
	    "\"2026-11-23T17:00:00Z\",\"fields\":[{\"id\":\"a\","
	    "\"required\":false,\"applies\":true},{\"id\":\"b\","
	    "\"required\":true,\"applies\":true}],\"leads\":[\"2.2\"]}");
	assert_false(screen_has(&s, "no aplica"));
	assert_true(screen_has(&s, "Color*"));
	assert_true(screen_has(&s, "Obligatorios: 0 de 1."));
	screen_key(&s, K_TAB);
	screen_type(&s, "azul");
	form_sends(&s, "a=sí b=azul");
}

static void
an_arm_is_known_by_its_value_its_label_or_its_condition(void **st)
{
	static const char arms[] = "[{\"to\":[\"1\"],\"label\":\"Sí, hay\"},"
	    "{\"to\":[\"2\"],\"label\":\"Normal\",\"when\":"
	    "\":a = 'no'\"},{\"to\":[\"end\"],\"value\":\"tal vez\","
	    "\"label\":\"Sí y no\"}]";
	struct form fo = { .focus = -1 };
	struct form_field f;
	json_t *def = json_pack("{s:s,s:s,s:[s,s,s]}", "id", "a", "type",
	    "choice", "choices", "sí", "no", "tal vez");
	char *to;

	(void)st;
	fo.arms = json_loads(arms, 0, NULL);
	field_init(&f, def);
	to = form_arm_text(form_arm(&fo, &f, "sí"));
	assert_string_equal(to, "1 ");
	free(to);
	to = form_arm_text(form_arm(&fo, &f, "no"));
	assert_string_equal(to, "2 ");
	free(to);
	to = form_arm_text(form_arm(&fo, &f, "tal vez"));
	assert_string_equal(to, "fin");
	free(to);
	assert_null(form_arm(&fo, &f, "nunca"));
	assert_null(form_arm(&fo, &f, ""));
	field_clear(&f);
	form_clear(&fo);
	json_decref(def);
}

static void
a_long_form_scrolls_with_the_finger(void **st)
{
	struct screen s;
	struct buf b;
	int i;

	(void)st;
	buf_init(&b, FRAME_MAX);
	for (i = 0; i < 30; i++)
		(void)buf_addf(&b, "%s{\"id\":\"f%d\",\"label\":\"Campo %d\","
		    "\"type\":\"text\"}", i == 0 ? "" : ",", i, i);
	form_start(&s, buf_str(&b));
	buf_clear(&b);
	assert_true(screen_has(&s, "QUÉ HACER"));
	for (i = 0; i < 29; i++)
		screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, "Campo 29"));
	assert_false(screen_has(&s, "QUÉ HACER"));
	screen_key(&s, K_TAB);
	assert_true(screen_has(&s, "QUÉ HACER"));
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_shown_as_people_type_it),
		cmocka_unit_test(what_was_not_touched_is_sent_as_it_came),
		cmocka_unit_test(an_emptied_field_is_sent_empty),
		cmocka_unit_test(a_yes_or_no_takes_digits_letters_and_arrows),
		cmocka_unit_test(a_long_choice_is_picked_from_its_list),
		cmocka_unit_test(several_choices_are_toggled),
		cmocka_unit_test(
		    a_draft_of_words_with_commas_is_read_as_choices),
		cmocka_unit_test(each_item_gets_its_verdict),
		cmocka_unit_test(files_are_typed_one_a_line),
		cmocka_unit_test(a_person_is_looked_up),
		cmocka_unit_test(rows_are_added_changed_and_taken_out),
		cmocka_unit_test(a_row_names_what_is_attached),
		cmocka_unit_test(a_full_field_refuses_the_letter_and_says_so),
		cmocka_unit_test(what_a_draft_changes_is_seen_at_once),
		cmocka_unit_test(
		    an_arm_is_known_by_its_value_its_label_or_its_condition),
		cmocka_unit_test(a_long_form_scrolls_with_the_finger),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
