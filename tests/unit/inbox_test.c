/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * inbox_test.c - the shared inbox of notes: typed, found, grouped, decided by
 * one person at a time, and taken into today's cases as their definitions say.
 */
#include "bureau.h"
#include "../../server/core/note.h"

/* ---- saying and looking ---- */

static int
type(struct bureau *o, const char *title, const char *text)
{
	char *line = xasprintf("nota medio='El Diario' titular='%s' texto='%s'",
	    title, text);
	int n;

	bureau_ok(o, "moni", line);
	n = (int)json_integer_value(json_object_get(o->doc, "n"));
	assert_true(n > 0);
	free(line);
	return n;
}

/* The numbers that a list gives, "2 1". */
static void
lists(struct bureau *o, const char *login, const char *line,
    const char *expected)
{
	char now[256] = "";
	size_t i, n = 0;
	json_t *one;

	bureau_ok(o, login, line);
	json_array_foreach(json_object_get(o->doc, "notes"), i, one)
		n += (size_t)snprintf(now + n, sizeof now - n, "%s%d",
		    i > 0 ? " " : "", (int)json_integer_value(
		    json_object_get(one, "n")));
	if (strcmp(now, expected) != 0)
		fail_msg("%s: \"%s\", not \"%s\"", line, now, expected);
}

static int
revision(struct bureau *o, int n)
{
	bureau_okf(o, "moni", "nota %d", n);
	return (int)json_integer_value(json_object_get(o->doc, "revision"));
}

/* Somebody else who watches the media. */
static void
second_watcher(struct bureau *o)
{
	bureau_ok(o, NULL, "persona-alta coor nombre='Coordinadora Paz'");
	bureau_ok(o, NULL, "rol-alta coor monitoring_coordinator");
	bureau_ok(o, NULL, "rol-alta coor monitoring_officer");
}

/* Today's case of a procedure: its folio. */
static void
today(struct bureau *o, const char *title, char folio[32])
{
	json_t *t;
	size_t i;

	core_tick(o->c);
	bureau_ok(o, "moni", "bandeja --area");
	folio[0] = '\0';
	json_array_foreach(json_object_get(o->doc, "tasks"), i, t)
		if (strncmp(json_string_value(json_object_get(t, "folio")),
			title, 3) == 0)
			(void)snprintf(folio, 32, "%s", json_string_value(
			    json_object_get(t, "folio")));
	assert_string_not_equal(folio, "");
}

/* ---- the list ---- */

static void
typed_notes_are_found_by_what_they_say(void **st)
{
	struct bureau *o = *st;
	int a = type(o, "Pensionados protestan", "Piden medicinas al ISSSTESON.");
	int b = type(o, "Abren clínica nueva", "El gobernador cortó el listón.");
	char both[32], one[16];

	(void)snprintf(both, sizeof both, "%d %d", b, a);
	(void)snprintf(one, sizeof one, "%d", a);
	lists(o, "moni", "notas", both);
	lists(o, "moni", "notas texto='PENSIONADA medicina'", one);
	lists(o, "moni", "notas texto='isssteson NO clinica'", one);
	lists(o, "moni", "notas texto='\"medicinas al\"'", one);
	lists(o, "moni", "notas texto='\"al medicinas\"'", "");
	lists(o, "moni", "notas dia=hoy", both);
	lists(o, "moni", "notas dia=ayer", "");
	lists(o, "moni", "notas estado=todas dias=30", both);
	lists(o, "moni", "notas estado=descartada", "");
	bureau_no(o, "moni", 2, "comillas", "notas texto='\"medicinas'");
	bureau_no(o, "moni", 2, "«estado» es", "notas estado=rara");
	bureau_no(o, "moni", 2, "«dias»", "notas dias=0");
	bureau_no(o, "moni", 3, "a su alcance", "nota 999");
	bureau_no(o, "moni", 2, "por su número", "nota uno");
}

static void
bad_notes_are_refused_in_words(void **st)
{
	struct bureau *o = *st;
	char *title = xcalloc(1, 10001), *line;

	memset(title, 'a', 10000);
	line = xasprintf("nota medio=M titular=%s", title);
	bureau_no(o, "moni", 1, "El titular mide", line);
	bureau_no(o, "moni", 1, "medio y su titular", "nota medio=M");
	bureau_no(o, "moni", 1, "medio y su titular", "nota titular=T");
	bureau_ok(o, "moni", "nota medio=M titular=T");
	bureau_no(o, "moni", 1, "ya está en el monitoreo",
	    "nota medio=M titular=T");
	bureau_ok(o, "moni", "nota medio=M titular=T fecha=ayer");
	bureau_no(o, "difu", 1, "Su cargo no anota", "nota medio=M titular=U");
	bureau_no(o, "ana", 3, "a su alcance", "nota 1");
	free(line);
	free(title);
}

static void
profiles_say_what_a_note_concerns(void **st)
{
	struct bureau *o = *st;
	int a = type(o, "Protestan", "Los pensionados del ISSSTESON marchan."), b;
	char one[16];

	bureau_ok(o, "moni", "perfil Instituto "
	    "busca='isssteson O \"servicio médico\"'");
	bureau_okf(o, "moni", "nota %d", a);
	assert_string_equal(bureau_text(o, "concerns"),
	    "Instituto: ISSSTESON");
	b = type(o, "Otra", "Falla el servicio medico en Nogales.");
	bureau_okf(o, "moni", "nota %d", b);
	assert_string_equal(bureau_text(o, "concerns"),
	    "Instituto: servicio medico");
	(void)type(o, "Béisbol", "Ganan los Naranjeros.");
	(void)snprintf(one, sizeof one, "%d %d", b, a);
	lists(o, "moni", "notas perfil=instituto", one);
	bureau_ok(o, "moni", "perfil INSTITUTO busca=imss");
	assert_int_equal(json_array_size(json_object_get(o->doc, "profiles")),
	    1);
	lists(o, "moni", "notas perfil=Instituto", "");
	bureau_ok(o, "moni", "perfil Instituto busca=''");
	bureau_ok(o, "moni", "perfiles");
	assert_int_equal(json_array_size(json_object_get(o->doc, "profiles")),
	    0);
	bureau_no(o, "moni", 2, "paréntesis", "perfil X busca='(a O b'");
	bureau_no(o, "moni", 2, "no lleva «/»", "perfil a/b busca=x");
	bureau_no(o, "difu", 1, "Su cargo no cambia", "perfil X busca=x");
}

static const char cable[] =
    "Hermosillo, 23 nov (EFE). El Instituto anunció la compra de medicinas. "
    "La directora dijo que llegarán el lunes a los hospitales. Los pensionados "
    "esperaban desde agosto. El gasto será de diez millones de pesos. ";

static const char brief[] = "Abrió la clínica. Atenderá a mil familias. "
    "La obra costó diez millones.";

static void
a_cable_is_one_story_with_its_reason(void **st)
{
	struct bureau *o = *st;
	char *more = xasprintf("%sNota de la redacción local.", cable);
	int a = type(o, "Compran medicinas", cable), b, c;

	b = type(o, "Llegan medicinas el lunes", more);
	c = type(o, "Ganan los Naranjeros otra vez el clásico", "");
	bureau_okf(o, "moni", "nota %d", b);
	assert_int_equal(json_integer_value(json_object_get(o->doc, "story")),
	    a);
	assert_non_null(strstr(bureau_text(o, "alike"), "5 de 6 frases iguales"));
	assert_non_null(strstr(bureau_text(o, "alike"), "agencia EFE"));
	bureau_okf(o, "moni", "nota %d", c);
	assert_int_equal(json_integer_value(json_object_get(o->doc, "story")),
	    c);
	assert_string_equal(bureau_text(o, "alike"), "");
	bureau_okf(o, "moni", "descartar %d motivo=Repetida grupo=sí", a);
	assert_int_equal(json_integer_value(json_object_get(o->doc,
	    "others")), 1);
	/* So is a brief one, whatever each outlet calls it. */
	a = type(o, "Nogales estrena clínica", brief);
	b = type(o, "Inauguran obra de salud", brief);
	bureau_okf(o, "moni", "nota %d", b);
	assert_int_equal(json_integer_value(json_object_get(o->doc, "story")),
	    a);
	assert_non_null(strstr(bureau_text(o, "alike"), "3 de 3 frases iguales"));
	free(more);
}

/* ---- deciding ---- */

static void
what_is_decided_is_written_and_undone(void **st)
{
	struct bureau *o = *st;
	int n = type(o, "Algo", "");
	int64_t events;
	bool equal;
	struct why why;

	bureau_okf(o, "moni", "clasificar %d tipo=NOTA tema='salud estatal' "
	    "ambito=estatal tono=favorable", n);
	assert_string_equal(bureau_text(o, "topic"), "salud estatal");
	assert_string_equal(bureau_text(o, "state"), "new");
	bureau_okf(o, "moni", "clasificar %d tono=''", n);
	assert_string_equal(bureau_text(o, "tone"), "");
	assert_string_equal(bureau_text(o, "kind"), "nota");
	lists(o, "moni", "notas tema='SALUD ESTATAL'", "1");
	bureau_no(o, "moni", 2, "no es una de las opciones",
	    "clasificar 1 tono=rojo");
	bureau_no(o, "moni", 2, "por qué", "descartar 1");
	bureau_okf(o, "moni", "descartar %d motivo='No es del Instituto'", n);
	lists(o, "moni", "notas", "");
	lists(o, "moni", "notas estado=descartada", "1");
	bureau_no(o, "moni", 1, "repóngala", "descartar 1 motivo=Otra");
	bureau_okf(o, "moni", "reponer %d", n);
	lists(o, "moni", "notas", "1");
	lists(o, "moni", "notas --mias", "1");
	bureau_no(o, "moni", 1, "no hay que reponerla", "reponer 1");
	assert_int_equal(project_rebuild(o->c, false, &events, &equal, &why),
	    0);
	assert_true(equal);
}

static void
two_people_never_step_on_each_other(void **st)
{
	struct bureau *o = *st;
	int n = type(o, "Algo que pasa", ""), seen = revision(o, n);

	second_watcher(o);
	bureau_okf(o, "moni", "apartar %d", n);
	bureau_no(o, "coor", 1, "está con esta nota desde las 09:",
	    "descartar 1 motivo=x");
	bureau_no(o, "coor", 1, "está con esta nota", "apartar 1");
	bureau_okf(o, "moni", "apartar %d fin=sí", n);
	bureau_okf(o, "coor", "apartar %d", n);
	bureau_ok(o, NULL, "reloj avanzar 6m");		/* she went away */
	bureau_okf(o, "moni", "descartar %d motivo=Ajena revision=%d", n, seen);
	bureau_no(o, "coor", 1, "ya descartó esta nota a las",
	    "descartar 1 motivo=x revision=0");
	bureau_okf(o, "coor", "reponer %d", n);
	bureau_no(o, "moni", 1, "cambió esta nota",
	    "clasificar 1 tono=neutral revision=0");
	bureau_no(o, "difu", 1, "Su cargo no decide", "descartar 1 motivo=x");
	bureau_no(o, "ana", 3, "a su alcance", "descartar 1 motivo=x");
}

/* ---- into the cases of the day ---- */

static json_t *
draft_rows(struct bureau *o, const char *folio, const char *step,
    const char *field)
{
	const char *draft;
	json_t *f, *rows = NULL;
	size_t i;

	bureau_okf(o, "moni", "paso %s %s", folio, step);
	json_array_foreach(json_object_get(o->doc, "fields"), i, f) {
		draft = json_string_value(json_object_get(f, "draft"));
		if (strcmp(json_string_value(json_object_get(f, "id")),
			field) == 0 && draft != NULL)
			rows = json_loads(draft, 0, NULL);
	}
	return rows;
}

static const char *
cell(const json_t *rows, size_t i, const char *column)
{
	const char *s = json_string_value(json_object_get(
	    json_array_get(rows, i), column));

	return s != NULL ? s : "";
}

/* The synthesis of today, at 2.2. */
static void
synthesis_at_clips(struct bureau *o, const char *folio)
{
	bureau_okf(o, "moni", "hacer %s 1.1 none=sí none_reason=Feriado",
	    folio);
	bureau_okf(o, "moni", "hacer %s 2.1 "
	    "portals='[{\"medium\":\"El Diario\"}]'", folio);
}

static void
a_note_goes_into_the_synthesis(void **st)
{
	struct bureau *o = *st;
	int a = type(o, "Abren clínica", "En Nogales."), b = type(o, "Otra", "");
	char folio[32];
	json_t *rows;

	bureau_no(o, "moni", 1, "Hoy no hay un expediente", "recoger 1");
	today(o, "SIN", folio);
	/* Before its step: the step opens with it. */
	bureau_okf(o, "moni", "clasificar %d tipo=nota tema=isssteson", a);
	bureau_okf(o, "moni", "recoger %d importancia=1", a);
	assert_string_equal(bureau_text(o, "folio"), folio);
	assert_string_equal(bureau_text(o, "step"), "2.2");
	synthesis_at_clips(o, folio);
	bureau_okf(o, "moni", "recoger %d", b);
	rows = draft_rows(o, folio, "2.2", "clips");
	assert_int_equal(json_array_size(rows), 2);
	assert_string_equal(cell(rows, 0, "title"), "Abren clínica");
	assert_string_equal(cell(rows, 0, "topic"), "ISSSTESON");
	assert_string_equal(cell(rows, 0, "published_on"), "2026-11-23");
	assert_string_equal(cell(rows, 1, "medium"), "El Diario");
	assert_string_equal(cell(rows, 1, "topic"), "");
	json_decref(rows);
	bureau_no(o, "moni", 1, "repóngala primero", "recoger 1");
	/* What is wanting is asked for by the step itself. */
	(void)bureau_run(o, "moni", NULL, (const char *const[]){ "hacer",
	    folio, "2.2", NULL });
	assert_int_equal(o->status, 1);
	assert_non_null(strstr(bureau_message(o), "Notas"));
}

static void
a_note_can_be_put_back_until_its_step_is_done(void **st)
{
	struct bureau *o = *st;
	int a = type(o, "Abren clínica", ""), b = type(o, "Otra", "");
	char folio[32];
	json_t *rows;

	today(o, "SIN", folio);
	synthesis_at_clips(o, folio);
	bureau_okf(o, "moni", "clasificar %d tema=isssteson", a);
	bureau_okf(o, "moni", "recoger %d importancia=1", a);
	bureau_okf(o, "moni", "recoger %d importancia=2 tema=isssteson", b);
	bureau_okf(o, "moni", "reponer %d", b);
	rows = draft_rows(o, folio, "2.2", "clips");
	assert_int_equal(json_array_size(rows), 1);
	json_decref(rows);
	bureau_okf(o, "moni", "hacer %s 2.2", folio);
	bureau_no(o, "moni", 1, "ya es parte", "reponer 1");
	bureau_no(o, "moni", 1, "ya no recibe notas", "recoger 2");
	bureau_okf(o, "moni", "hacer %s D1 decision=sí", folio);
	bureau_no(o, "moni", 2, "no tiene una columna",
	    "recoger 2 inventada=1");
	bureau_okf(o, "moni", "recoger %d", b);
	assert_string_equal(bureau_text(o, "step"), "2.3");
}

static void
a_note_opens_a_comment_of_the_day(void **st)
{
	struct bureau *o = *st;
	int n = type(o, "Queja por citas", "No contestan el teléfono.");
	char folio[32];
	json_t *rows;

	today(o, "MON", folio);
	bureau_okf(o, "moni", "hacer %s 2.1 watched="
	    "'[{\"medium\":\"Radio\",\"starts_at\":\"8:00\","
	    "\"ends_at\":\"9:00\"}]'", folio);
	bureau_okf(o, "moni", "comentario %d clase=queja area=Hospitales", n);
	rows = draft_rows(o, folio, "D1", "comments");
	assert_int_equal(json_array_size(rows), 1);
	assert_string_equal(cell(rows, 0, "summary"),
	    "Queja por citas\nNo contestan el teléfono.");
	json_decref(rows);
	bureau_okf(o, "moni", "hacer %s D1 decision=sí", folio);
	bureau_okf(o, "moni", "paso %s 2.2#1", folio);
	assert_non_null(strstr(bureau_text(o, "row_title"), "Queja por citas"));
}

/* What D1 asks for only where it is yes, taken before anybody answered. */
static void
no_does_not_lose_the_comments_that_were_taken(void **st)
{
	struct bureau *o = *st;
	int n = type(o, "Queja por citas", "No contestan el teléfono.");
	char folio[32];

	today(o, "MON", folio);
	bureau_okf(o, "moni", "comentario %d clase=queja area=Hospitales", n);
	bureau_okf(o, "moni", "hacer %s 2.1 watched="
	    "'[{\"medium\":\"Radio\",\"starts_at\":\"8:00\","
	    "\"ends_at\":\"9:00\"}]'", folio);
	bureau_nof(o, "moni", 1, "«Comentarios» tiene 1",
	    "hacer %s D1 decision=no", folio);
	bureau_okf(o, "moni", "reponer %d", n);
	bureau_okf(o, "moni", "hacer %s D1 decision=no", folio);
}

/*
 * One types in the list of the step, as it was when it was opened; meanwhile
 * another takes a note into it.
 */
static void
a_taken_note_is_not_pushed_out_by_who_types(void **st)
{
	static const char mine[] = "[{\"medium\":\"Radio\",\"title\":"
	    "\"Mía\",\"published_on\":\"hoy\",\"topic\":\"isssteson\","
	    "\"importance\":\"2\"}]";
	struct bureau *o = *st;
	int n = type(o, "Abren clínica", "En Nogales.");
	char folio[32];
	json_t *rows;

	second_watcher(o);
	today(o, "SIN", folio);
	synthesis_at_clips(o, folio);
	bureau_okf(o, "coor", "borrador %s 2.2 clips='%s'", folio, mine);
	bureau_okf(o, "moni", "recoger %d importancia=1", n);
	bureau_okf(o, "coor", "borrador %s 2.2 clips='%s'", folio, mine);
	assert_non_null(strstr(json_string_value(json_object_get(
	    json_object_get(o->doc, "lists"), "clips")), "Abren clínica"));
	rows = draft_rows(o, folio, "2.2", "clips");
	assert_int_equal(json_array_size(rows), 2);
	assert_string_equal(cell(rows, 0, "title"), "Mía");
	assert_string_equal(cell(rows, 1, "title"), "Abren clínica");
	assert_string_equal(cell(rows, 1, "importance"), "1");
	json_decref(rows);
	/* What she saw is what is answered: she is told, and looks again. */
	bureau_nof(o, "coor", 1, "Abren clínica", "hacer %s 2.2 clips='%s'",
	    folio, mine);
	/* Emptying the list is no decision about the note either. */
	bureau_okf(o, "coor", "borrador %s 2.2 clips=''", folio);
	rows = draft_rows(o, folio, "2.2", "clips");
	assert_int_equal(json_array_size(rows), 1);
	json_decref(rows);
	bureau_okf(o, "moni", "reponer %d", n);
	bureau_okf(o, "coor", "borrador %s 2.2 clips='%s'", folio, mine);
	rows = draft_rows(o, folio, "2.2", "clips");
	assert_int_equal(json_array_size(rows), 1);
	json_decref(rows);
	bureau_okf(o, "coor", "hacer %s 2.2", folio);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_BUREAU(typed_notes_are_found_by_what_they_say),
		IN_BUREAU(bad_notes_are_refused_in_words),
		IN_BUREAU(profiles_say_what_a_note_concerns),
		IN_BUREAU(a_cable_is_one_story_with_its_reason),
		IN_BUREAU(what_is_decided_is_written_and_undone),
		IN_BUREAU(two_people_never_step_on_each_other),
		IN_BUREAU(a_note_goes_into_the_synthesis),
		IN_BUREAU(a_note_can_be_put_back_until_its_step_is_done),
		IN_BUREAU(a_note_opens_a_comment_of_the_day),
		IN_BUREAU(a_taken_note_is_not_pushed_out_by_who_types),
		IN_BUREAU(no_does_not_lose_the_comments_that_were_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
