/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * search_test.c - what `buscar` finds, where it says that it is, what it never
 * tells, and the file of the words: it follows, and may be lost at any time.
 */
#include "bureau.h"
#include "../../server/store/search.h"

/* ---- the last answer as one line ---- */

/* "BOL-1 BOL-2" */
static void
found_is(struct bureau *o, const char *login, const char *text,
    const char *folios)
{
	char now[512] = "";
	json_t *c;
	size_t i, n = 0;

	(void)bureau_run(o, login, NULL,
	    (const char *const[]){ "buscar", text, NULL });
	if (o->status != 0)
		fail_msg("%s: %s", text, bureau_message(o));
	json_array_foreach(json_object_get(o->doc, "cases"), i, c)
		n += (size_t)snprintf(now + n, sizeof now - n, "%s%s",
		    i > 0 ? " " : "", json_string_value(
		    json_object_get(c, "folio")));
	if (strcmp(now, folios) != 0)
		fail_msg("%s: \"%s\", not \"%s\"", text, now, folios);
}

/* The first case says it there: "field 1.1 Encabezado: Vacunas". */
static void
hit_is(struct bureau *o, const char *line)
{
	json_t *c = json_array_get(json_object_get(o->doc, "cases"), 0), *h;
	char *now = NULL;
	size_t i;

	json_array_foreach(json_object_get(c, "hits"), i, h) {
		free(now);
		now = xasprintf("%s %s %s: %s", doc_text(h, "where"),
		    doc_text(h, "step"), doc_text(h, "label"),
		    doc_text(h, "text"));
		if (strcmp(now, line) == 0)
			break;
	}
	if (now == NULL || strcmp(now, line) != 0)
		fail_msg("\"%s\", not \"%s\"", now == NULL ? "" : now, line);
	free(now);
}

/* ---- what is found ---- */

static void
a_case_is_found_by_all_that_it_says(void **st)
{
	struct bureau *o = *st;
	char folio[32], *line;

	bureau_presented(o, "difu", folio);
	found_is(o, "jefa", folio, folio);
	line = xasprintf("folio  : %s", folio);
	hit_is(o, line);
	free(line);
	found_is(o, "jefa", "FERIA", folio);
	hit_is(o, "subject  : Feria");
	found_is(o, "jefa", "boletin", folio);
	hit_is(o, "field 1.1 Cuerpo: Texto del boletín");
	found_is(o, "jefa", "BOLETÍN", folio);
	found_is(o, "jefa", "vacu", folio);
	found_is(o, "jefa", "24/11", folio);
	found_is(o, "jefa", "63-com-p02", folio);
	found_is(o, "jefa", "acuna", "");	/* words begin; they do not hold */
	bureau_okf(o, "jefa", "devolver %s 1.3 motivo='Falta la "
	    "fotografía'", folio);
	found_is(o, "jefa", "fotografia", folio);
	hit_is(o, "remark 1.3 : Falta la fotografía");
	bureau_okf(o, "jefa", "comentar %s texto='¿Y el croquis?'", folio);
	found_is(o, "jefa", "croquis", folio);
	hit_is(o, "comment  : ¿Y el croquis?");
}

static void
every_part_is_said_somewhere_in_the_case(void **st)
{
	struct bureau *o = *st;
	char folio[32], other[32];

	bureau_presented(o, "difu", folio);
	bureau_bulletin(o, "difu", other);
	found_is(o, "jefa", "feria vacunas", folio);
	found_is(o, "jefa", "vacunas   feria vacunas", folio);
	found_is(o, "jefa", "feria sarampion", "");
	/* Of one part, all in one place. */
	found_is(o, "jefa", "paz/vacunas", "");
	found_is(o, "jefa", "r.paz", folio);
	(void)bureau_line(o, "jefa", NULL, "buscar feria --area vacunas");
	assert_int_equal(o->status, 0);
}

/* The folio, then the subject, then the rest; the newest first. */
static void
the_nearest_comes_first(void **st)
{
	struct bureau *o = *st;
	char citing[32], plain[32], newer[32], *all;

	bureau_bulletin(o, "difu", plain);
	bureau_bulletin(o, "difu", newer);
	bureau_okf(o, "difu", "iniciar 63-COM-P02 tracks=boletín "
	    "title='Otro tema'");
	(void)snprintf(citing, sizeof citing, "%s", bureau_text(o, "folio"));
	bureau_okf(o, "difu", "hacer %s 1.1 origin='tema elegido' "
	    "specialist=Paz headline='Sigue a %s' body='de la feria' "
	    "planned_on=2026-11-24", citing, plain);
	all = xasprintf("%s %s", plain, citing);
	found_is(o, "jefa", plain, all);
	free(all);
	all = xasprintf("%s %s %s", newer, plain, citing);
	found_is(o, "jefa", "feria", all);
	free(all);
}

/* Whatever is typed is text. */
static const char *const hostile[] = {
	"\"", "'", "\"\"\"", "feria\"", "\"feria", "fe*ria", "*", "(feria",
	"feria)", "^feria", "-feria", "+feria", "said:feria", "{said}: feria",
	"feria OR x", "feria AND", "NOT feria", "NEAR(feria, 2)", "feria;--",
	"' OR 1=1 --", "%", "_", "\\", "\\\"", "a=b", "costo=12", "--x",
	"--op=1", "<U+202E>", "¿", "«»", "…", "½", "ﬁ", "İ", "ß", "\n",
	"\xe2\x80\x8b", "\xf0\x9f\x98\x80", "feria\tferia", "fe\xcc\x81ria",
};

static void
whatever_is_typed_is_only_text(void **st)
{
	struct bureau *o = *st;
	char folio[32], *many;
	size_t i;

	bureau_bulletin(o, "difu", folio);
	for (i = 0; i < ARRAY_LEN(hostile); i++) {
		(void)bureau_run(o, "jefa", NULL,
		    (const char *const[]){ "buscar", hostile[i], NULL });
		if (o->status != 0)
			fail_msg("%s: %s", hostile[i], bureau_message(o));
	}
	found_is(o, "jefa", "«Feria»", folio);
	found_is(o, "jefa", "\"feria", folio);
	found_is(o, "jefa", "%", "");
	found_is(o, "jefa", "feria OR x", "");
	/* Ten kilobytes of one word, of many, of signs. */
	many = xcalloc(10241, 1);
	memset(many, 'f', 10240);
	found_is(o, "jefa", many, "");
	for (i = 0; i < 10240; i++)
		many[i] = "feria "[i % 6];
	found_is(o, "jefa", many, folio);
	for (i = 0; i < 10240; i++)
		many[i] = i % 2 == 0 ? (char)('a' + i / 2 % 26) : ' ';
	found_is(o, "jefa", many, "");
	memset(many, '"', 10240);
	found_is(o, "jefa", many, "");
	free(many);
}

static void
a_long_text_is_shown_around_the_word(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_bulletin(o, "difu", folio);
	bureau_okf(o, "difu", "hacer %s 1.1 origin='tema elegido' "
	    "specialist=Paz headline=x planned_on=2026-11-24 body='Éste es el "
	    "principio de un texto que sigue y sigue. La vacunación empieza "
	    "el lunes en las ocho regiones\ncon brigadas de salud y termina "
	    "cuando cada niña y cada niño tiene su dosis; después se avisa.'",
	    folio);
	found_is(o, "jefa", "vacunacion lunes", folio);
	hit_is(o, "field 1.1 Cuerpo: …de un texto que sigue y sigue. La "
	    "vacunación empieza el lunes en las ocho regiones con brigadas de "
	    "salud y termina cuando cada niña y cada…");
}

/* ---- who may see ---- */

static void
what_one_may_not_see_is_not_found(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_bulletin(o, "ana", folio);	/* of the office bc */
	found_is(o, "jefabc", "feria", folio);
	found_is(o, "jefa", "feria", folio);	/* the central one sees all */
	found_is(o, "beto", "feria", "");	/* of another office */
	found_is(o, "beto", folio, "");
	found_is(o, "admin", "feria", "");
}

/* ---- what is no longer said ---- */

static void
what_was_undone_is_not_found(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_okf(o, "jefa", "devolver %s 1.3 motivo=Equivocada", folio);
	found_is(o, "jefa", "equivocada", folio);
	bureau_ok(o, "jefa", "deshacer");
	found_is(o, "jefa", "equivocada", "");
	found_is(o, "jefa", "vacunas", folio);
}

static bool
file_has(const char *folder, const char *name, const char *what)
{
	char *path = xasprintf("%s/%s", folder, name);
	size_t len = strlen(what), n = 0, i;
	bool has = false;
	char *text;
	FILE *f;

	f = fopen(path, "rb");
	free(path);
	if (f == NULL)
		return false;
	text = xcalloc(8 << 20, 1);
	n = fread(text, 1, 8 << 20, f);
	(void)fclose(f);
	for (i = 0; !has && i + len <= n; i++)
		has = memcmp(text + i, what, len) == 0;
	free(text);
	return has;
}

static bool
words_have(struct bureau *o, const char *what)
{
	return file_has(o->t->folder, "palabras.db", what) ||
	    file_has(o->t->folder, "palabras.db-wal", what);
}

static void
nothing_is_left_of_what_was_erased(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=boletín "
	    "title='Sarabanda Quijotesca'");
	(void)snprintf(folio, sizeof folio, "%s", bureau_text(o, "folio"));
	found_is(o, "jefa", "quijotesca", folio);
	assert_true(words_have(o, "quijotesca"));
	assert_true(words_have(o, "Sarabanda"));
	bureau_okf(o, "jefa", "cancelar %s motivo=Prueba", folio);
	bureau_okf(o, NULL, "borrar %s por=jefa con=difu motivo=Plazo", folio);
	found_is(o, "jefa", "quijotesca", "");
	assert_false(words_have(o, "quijotesca"));
	assert_false(words_have(o, "Sarabanda"));
}

/* ---- the file ---- */

static void
words_unlink(struct bureau *o)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char *path;
	size_t i;

	for (i = 0; i < ARRAY_LEN(ends); i++) {
		path = xasprintf("%s/palabras.db%s", o->t->folder, ends[i]);
		(void)unlink(path);
		free(path);
	}
}

static void
words_write(struct bureau *o, const char *text)
{
	char *path = xasprintf("%s/palabras.db", o->t->folder);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	(void)fputs(text, f);
	(void)fclose(f);
	free(path);
}

static void
it_may_be_lost_at_any_time(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	found_is(o, "jefa", "vacunas", folio);
	bureau_open(o);
	found_is(o, "jefa", "vacunas", folio);
	core_free(o->c);
	o->c = NULL;
	words_unlink(o);
	bureau_open(o);
	found_is(o, "jefa", "vacunas", folio);
	core_free(o->c);
	o->c = NULL;
	words_unlink(o);
	words_write(o, "Esto no es una base de datos, aunque lo parezca.");
	bureau_open(o);
	found_is(o, "jefa", "vacunas", folio);
}

/* A file that is ahead, or of another record, begins again. */
static void
it_never_tells_of_another_record(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	found_is(o, "jefa", "feria", "");
	bureau_bulletin(o, "difu", folio);
	found_is(o, "jefa", "feria", folio);
	/* As an older copy would have it: the words stay, the events do not. */
	core_free(o->c);
	o->c = NULL;
	temp_tamper(o->t, "DELETE FROM events WHERE kase > 0;"
	    "DELETE FROM tails WHERE kase > 0; DELETE FROM cases;"
	    "DELETE FROM tasks");
	bureau_open(o);
	found_is(o, "jefa", "feria", "");
}

static void
nobody_waits_for_a_search_that_is_away(void **st)
{
	struct bureau *o = *st;
	char folio[32], *path;

	path = xasprintf("%s/palabras.db", o->t->folder);
	assert_int_equal(mkdir(path, 0700), 0);
	bureau_bulletin(o, "difu", folio);
	bureau_no(o, "jefa", 4, "no está disponible", "buscar feria");
	assert_false(core_feed(o->c));
	bureau_okf(o, "difu", "hacer %s 1.1 " BULLETIN, folio);
	assert_int_equal(rmdir(path), 0);
	free(path);
	bureau_no(o, "jefa", 4, "no está disponible", "buscar feria");
	o->c->clock_moved += 60;
	found_is(o, "jefa", "vacunas", folio);
}

/* Nobody has asked yet: it follows between the turns. */
static void
it_follows_between_the_turns(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	int turns;

	bureau_presented(o, "difu", folio);
	for (turns = 0; turns < 100 && core_feed(o->c); turns++)
		;
	assert_int_equal(feed_behind(o->c), 0);
	assert_true(words_have(o, "vacunas"));
	bureau_okf(o, "jefa", "devolver %s 1.3 motivo=Corta", folio);
	assert_true(feed_behind(o->c) > 0);
	assert_false(core_feed(o->c));
	assert_int_equal(feed_behind(o->c), 0);
	assert_true(words_have(o, "corta"));
}

/* What a turn that did not fit on the disk had said. */
static void
what_an_undone_turn_said_is_not_found(void **st)
{
	struct bureau *o = *st;
	struct caller who = { .login = "difu", .source = "test" };
	struct answer a;
	struct why why = { .e = ERR_UNAVAILABLE, .text = "lleno" };
	char folio[32];

	found_is(o, "jefa", "feria", "");
	core_run(o->c, &who, NULL, (const char *const[]){ "iniciar",
	    "63-COM-P02", "tracks=boletín", "title=Feria", NULL }, true, &a);
	answer_clear(&a);
	core_run(o->c, &who, NULL, (const char *const[]){ "buscar", "feria",
	    NULL }, true, &a);
	assert_non_null(strstr(a.doc, "Feria"));
	answer_clear(&a);
	(void)core_break(o->c, &why);
	assert_int_equal(core_commit(o->c, &why), -ERR_UNAVAILABLE);
	o->c->disk_full = false;
	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=boletín title=Otra");
	(void)snprintf(folio, sizeof folio, "%s", bureau_text(o, "folio"));
	found_is(o, "jefa", "feria", "");
	found_is(o, "jefa", "otra", folio);
}

/* ---- too many ---- */

static int
count_case(void *arg, int64_t kase)
{
	int64_t *last = arg;

	assert_true(kase <= *last);
	*last = kase;
	return 0;
}

static void
without_time_for_an_order_the_newest_are_given(void **st)
{
	struct bureau *o = *st;
	struct search *s;
	struct search_mark m = { .swept = -1 };
	struct place p = { PLACE_FIELD, "1", 0, "Tema", "una feria" };
	int64_t kase, last = INT64_MAX;
	struct why why;
	char *path;
	bool most;

	path = xasprintf("%s/otras.db", o->t->folder);
	assert_int_equal(search_open(path, &s, &why), 0);
	assert_int_equal(search_begin(s, &why), 0);
	for (kase = 1; kase <= 500; kase++)
		assert_int_equal(search_put(s, kase, &p, 1, &why), 0);
	assert_int_equal(search_commit(s, &m, &why), 0);
	assert_int_equal(search_find(s, "feria una", count_case, &last, &most,
	    &why), 0);
	assert_false(most);
	assert_int_equal(last, 1);
	search_set_steps(s, 1);
	last = INT64_MAX;
	assert_int_equal(search_find(s, "feria una", count_case, &last, &most,
	    &why), 0);
	assert_true(most);
	assert_int_equal(last, 1);
	search_free(s);
	free(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(a_case_is_found_by_all_that_it_says),
		IN_BUREAU(every_part_is_said_somewhere_in_the_case),
		IN_BUREAU(the_nearest_comes_first),
		IN_BUREAU(whatever_is_typed_is_only_text),
		IN_BUREAU(a_long_text_is_shown_around_the_word),
		IN_BUREAU(what_one_may_not_see_is_not_found),
		IN_BUREAU(what_was_undone_is_not_found),
		IN_BUREAU(nothing_is_left_of_what_was_erased),
		IN_BUREAU(it_may_be_lost_at_any_time),
		IN_BUREAU(it_never_tells_of_another_record),
		IN_BUREAU(nobody_waits_for_a_search_that_is_away),
		IN_BUREAU(it_follows_between_the_turns),
		IN_BUREAU(what_an_undone_turn_said_is_not_found),
		IN_BUREAU(without_time_for_an_order_the_newest_are_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
