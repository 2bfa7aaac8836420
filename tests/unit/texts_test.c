/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/* texts_test.c - several people type in one step: no text is lost to another,
 * and the version is everybody's who typed in it (SD-01). */
#include "bureau.h"

/* jefa may do the work of difu as well. */
static void
hire(struct bureau *o)
{
	bureau_ok(o, NULL, "persona-alta nora nombre=Nora");
	bureau_ok(o, NULL, "rol-alta nora dissemination_officer");
	bureau_ok(o, NULL, "rol-alta nora head_of_unit");
	bureau_ok(o, NULL, "rol-alta jefa dissemination_officer");
}

static const json_t *
text_at(const struct bureau *o, size_t i)
{
	return json_array_get(json_object_get(o->doc, "texts"), i);
}

static void
text_is(const json_t *t, const char *key, const char *want)
{
	assert_string_equal(json_string_value(json_object_get(t, key)), want);
}

static void
both_texts_are_kept(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	hire(o);
	bureau_bulletin(o, "difu", folio);
	bureau_okf(o, "difu", "borrador %s 1.1 headline='De difu'", folio);
	assert_null(text_at(o, 0));
	bureau_okf(o, "nora", "borrador %s 1.1 headline='De nora'", folio);
	text_is(text_at(o, 0), "by", "difu");
	text_is(text_at(o, 0), "text", "De difu");
	text_is(text_at(o, 0), "draft", "De nora");
	bureau_okf(o, "difu", "paso %s 1.1", folio);
	assert_int_equal(json_array_size(json_object_get(o->doc, "texts")), 1);
	/* Choosing is typing it. */
	bureau_okf(o, "nora", "borrador %s 1.1 headline='De difu'", folio);
	assert_null(text_at(o, 0));
	bureau_okf(o, "prod", "paso %s 1.1", folio);
	assert_null(text_at(o, 0));
}

/* The same second: who came last is last. */
static void
the_last_one_is_the_draft(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	int i;

	hire(o);
	bureau_bulletin(o, "difu", folio);
	for (i = 0; i < 6; i++) {
		const char *who = i % 2 == 0 ? "difu" : "nora";

		bureau_okf(o, who, "borrador %s 1.1 headline='Va %d'", folio,
		    i);
		assert_int_equal(json_array_size(json_object_get(o->doc,
		    "texts")), i > 0);
		if (i > 0) {
			char last[16];

			(void)snprintf(last, sizeof last, "Va %d", i);
			text_is(text_at(o, 0), "draft", last);
		}
	}
}

static const json_t *
field_at(const struct bureau *o, const char *id)
{
	json_t *fields = json_object_get(o->doc, "fields"), *f;
	size_t i;

	json_array_foreach(fields, i, f)
		if (strcmp(json_string_value(json_object_get(f, "id")), id) ==
		    0)
			return f;
	fail_msg("no %s", id);
	return NULL;
}

/* Who comes back goes on after the blank; what is answered ends with a word. */
static void
a_draft_ends_where_it_was_typed(void **st)
{
	struct bureau *o = *st;
	const json_t *said;
	char folio[32];

	hire(o);
	bureau_bulletin(o, "difu", folio);
	bureau_okf(o, "difu", "borrador %s 1.1 headline='Va un ' body=' Uno \n' "
	    "specialist='R. Paz '", folio);
	bureau_okf(o, "difu", "paso %s 1.1", folio);
	text_is(field_at(o, "headline"), "draft", "Va un ");
	text_is(field_at(o, "body"), "draft", " Uno \n");
	bureau_okf(o, "difu", "hacer %s 1.1 origin='tema elegido' "
	    "planned_on=2026-11-24", folio);
	bureau_okf(o, "difu", "expediente %s", folio);
	said = json_object_get(o->doc, "fields");
	text_is(said, "headline", "Va un");
	text_is(said, "body", "Uno");
	text_is(said, "specialist", "R. Paz");
}

static void
who_typed_does_not_approve(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	hire(o);
	bureau_bulletin(o, "difu", folio);
	bureau_okf(o, "jefa", "borrador %s 1.1 body='Lo escribí yo'", folio);
	bureau_okf(o, "difu", "borrador %s 1.1 body='Lo cambié'", folio);
	bureau_okf(o, "difu", "hacer %s 1.1 " BULLETIN, folio);
	bureau_okf(o, "difu", "hacer %s 1.2 version=1", folio);
	bureau_nof(o, "jefa", 1, "SD-01", "aprobar %s 1.3", folio);
	bureau_nof(o, "jefa", 1, "SD-01", "devolver %s 1.3 motivo=x", folio);
	/* Nor in somebody's place, nor after the server starts again. */
	bureau_ok(o, "nora", "suplencia persona=jefa desde=ahora hasta=+1 "
	    "motivo=Viaje");
	bureau_ok(o, "jefa", "suplir nora si");
	bureau_open(o);
	bureau_nof(o, "jefa", 1, "SD-01", "aprobar %s 1.3", folio);
	bureau_nof(o, "nora", 1, "SD-01", "turnar %s 1.3 persona=jefa", folio);
	bureau_okf(o, "nora", "aprobar %s 1.3", folio);
	bureau_ok(o, NULL, "verificar --rebuild");
	assert_true(json_is_true(json_object_get(o->doc, "equal")));
}

/* Who only erased, or typed in another step, has made nothing of this one. */
static void
who_typed_nothing_approves(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	hire(o);
	bureau_bulletin(o, "difu", folio);
	bureau_okf(o, "jefa", "borrador %s 1.1 body=", folio);
	bureau_okf(o, "difu", "hacer %s 1.1 " BULLETIN, folio);
	bureau_okf(o, "difu", "hacer %s 1.2 version=1", folio);
	bureau_okf(o, "jefa", "aprobar %s 1.3", folio);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(both_texts_are_kept),
		IN_BUREAU(the_last_one_is_the_draft),
		IN_BUREAU(a_draft_ends_where_it_was_typed),
		IN_BUREAU(who_typed_does_not_approve),
		IN_BUREAU(who_typed_nothing_approves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
