/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * sight_test.c - who sees which cases: offices that do not see each other,
 * oversight that reads, roles that read a part, pushes.
 */
#include "bureau.h"

/* ---- offices ---- */

/* Whole answers of the verbs that look without naming a case. */
static const char *const looking[] = {
	"bandeja --area", "bandeja --aprobacion", "bandeja --devueltas",
	"bandeja --vencidas", "bandeja", "autorizaciones", "buscar CANARIO",
	"buscar CON", "registro 1", "registro 3", "registro W1",
	"indicadores desde=2026-01-01 hasta=2026-12-31",
	"informe desde=2026-01-01 hasta=2026-12-31", "personas", "suplencias",
	"procedimientos", "ajustes", "lugar", "conservacion", "encargos",
	"medios", "vencimientos",
};

/* A bulletin of office bc with CANARIO wherever a person can write. */
static void
canary_sing(struct bureau *o, char folio[32])
{
	bureau_ok(o, "ana", "iniciar 63-COM-P02 tracks=boletín title=CANARIO");
	(void)snprintf(folio, 32, "%s", bureau_text(o, "folio"));
	bureau_okf(o, "ana", "borrador %s 1.1 body=CANARIO", folio);
	bureau_okf(o, "ana", "hacer %s 1.1 origin='tema elegido' "
	    "specialist=CANARIO headline=CANARIO body=CANARIO "
	    "planned_on=2026-11-24", folio);
	bureau_okf(o, "ana", "hacer %s 1.2 version=1 note=CANARIO", folio);
	bureau_okf(o, "jefabc", "devolver %s 1.3 motivo=CANARIO", folio);
	bureau_okf(o, "ana", "borrador %s 1.1 headline=CANARIO", folio);
	bureau_ok(o, "jefabc", "suplencia persona=ana desde=+1 hasta=+2 "
	    "motivo=CANARIO");
	bureau_ok(o, NULL, "persona-alta otra nombre=CANARIO");
	bureau_ok(o, NULL, "rol-alta otra requester@bc");
}

static void
an_office_never_sees_another(void **st)
{
	static const char *const blind[] = { "beto", "admin" };
	struct bureau *o = *st;
	char folio[32];
	size_t i, k;

	canary_sing(o, folio);
	for (k = 0; k < ARRAY_LEN(blind); k++)
		for (i = 0; i < ARRAY_LEN(looking); i++) {
			/* Accounts are the administrator's to see. */
			if (k == 1 && (strcmp(looking[i], "personas") == 0 ||
			    strcmp(looking[i], "suplencias") == 0))
				continue;
			bureau_ok(o, blind[k], looking[i]);
			if (bureau_doc_has(o->doc, "CANARIO") ||
			    bureau_doc_has(o->doc, folio))
				fail_msg("%s: %s", blind[k], looking[i]);
		}
	/* The control: who may see finds it in each of these. */
	for (i = 0; i < ARRAY_LEN(looking); i++) {
		bureau_ok(o, "jefabc", looking[i]);
		if (strncmp(looking[i], "buscar", 6) == 0 ||
		    strcmp(looking[i], "bandeja --area") == 0 ||
		    strcmp(looking[i], "registro 1") == 0 ||
		    strcmp(looking[i], "personas") == 0 ||
		    strcmp(looking[i], "suplencias") == 0)
			assert_true(bureau_doc_has(o->doc, "CANARIO"));
	}
}

/* One line for each verb that names a case. */
static const char *const naming[] = {
	"adjuntos %s", "aprobar %s 1.1", "baja %s W1 fila=1 motivo=x",
	"borrador %s 1.1 body=x", "cancelar %s motivo=x",
	"comentar %s texto=x", "comentarios %s", "comprobar %s 1.1",
	"conservar %s 1 hasta=2030-01-01 motivo=x", "deshacer %s",
	"destino %s 1 si", "proponer %s 1 motivo=x", "recibir %s 1",
	"transferir %s 1",
	"devolver %s 1.1 motivo=x", "enterado %s", "expediente %s",
	"exportar %s formato=ninjs", "hacer %s 1.1 body=x",
	"historial %s", "leer %s 3.1", "paso %s 1.1", "porque %s",
	"quitar %s 1.1 archivo=x campo=y", "reclasificar %s 1.1 body=x",
	"soltar %s 1.1", "tomar %s 1.1", "turnar %s 1.1 persona=beto",
	"vista %s a.jpg", "vista-previa %s",
};

/* What it says to login of that folio, with the folio left out. */
static char *
naming_answer(struct bureau *o, const char *login, const char *form,
    const char *folio)
{
	const char *at = strstr(form, "%s");
	char *line, *said, *name;

	line = xasprintf("%.*s%s%s", (int)(at - form), form, folio, at + 2);
	if (bureau_line(o, login, NULL, line) != 3)
		fail_msg("%s: %s: status %d", login, line, o->status);
	free(line);
	said = xstrdup(bureau_message(o));
	name = strstr(said, folio);
	assert_non_null(name);
	memset(name, '?', strlen(folio));
	return said;
}

static void
another_office_s_case_is_as_one_that_never_was(void **st)
{
	static const char *const blind[] = { "beto", "admin" };
	struct bureau *o = *st;
	const struct verb *v;
	char folio[32], *a, *b;
	size_t i, k, n, walked = 0;

	canary_sing(o, folio);
	for (k = 0; k < ARRAY_LEN(blind); k++)
		for (i = 0; i < ARRAY_LEN(naming); i++) {
			a = naming_answer(o, blind[k], naming[i], folio);
			b = naming_answer(o, blind[k], naming[i],
			    "CON-2026-0777");
			assert_string_equal(a, b);
			free(a);
			free(b);
		}
	v = verb_table(&n);
	for (i = 0; i < n; i++)
		walked += v[i].who & WHO_PERSON &&
		    (strncmp(v[i].args, "FOLIO", 5) == 0 ||
		    strncmp(v[i].args, "[FOLIO]", 7) == 0);
	assert_int_equal(walked, ARRAY_LEN(naming));
}

static void
oversight_reads_everything_and_writes_nothing(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	int64_t head;

	canary_sing(o, folio);
	head = bureau_head(o);
	bureau_okf(o, "oic", "expediente %s", folio);
	bureau_okf(o, "oic", "historial %s", folio);
	bureau_okf(o, "oic", "paso %s 1.1", folio);
	assert_true(json_is_false(json_object_get(o->doc, "can")));
	bureau_ok(o, "oic", "bandeja --area");
	assert_true(bureau_doc_has(o->doc, folio));
	bureau_nof(o, "oic", 1, "corresponde a", "hacer %s 1.1 " BULLETIN,
	    folio);
	bureau_nof(o, "oic", 1, "corresponde a", "tomar %s 1.1", folio);
	bureau_nof(o, "oic", 1, "corresponde a", "borrador %s 1.1 body=x",
	    folio);
	bureau_nof(o, "oic", 1, "corresponde a", "cancelar %s motivo=x",
	    folio);
	bureau_no(o, "oic", 1, "no puede iniciar",
	    "iniciar 63-COM-P02 tracks=redes");
	bureau_no(o, "oic", 1, "cambian ajustes", "ajuste alert_minutes 5");
	assert_int_equal(bureau_head(o), head);
}

/* A comment on the air waits for the head as long as the setting says. */
static void
a_deadline_is_as_many_minutes_as_a_setting_says(void **st)
{
	static const char comment[] = "hacer %s D1 found=sí comments='["
	    "{\"medium\":\"Radio Sonora\",\"kind\":\"queja\","
	    "\"seen_at\":\"2026-11-23 07:10\",\"summary\":\"Falta\","
	    "\"area\":\"Hospitales\"}]'";
	struct bureau *o = *st;
	char folio[32];

	bureau_ok(o, "jefa", "ajuste alert_minutes 20");
	bureau_ok(o, "moni", "iniciar 63-COM-P03 inicio=diario day=2026-11-23");
	(void)snprintf(folio, sizeof folio, "%s", bureau_text(o, "folio"));
	bureau_okf(o, "moni", "hacer %s 2.1 watched='[{\"medium\":"
	    "\"Radio Sonora\",\"starts_at\":\"06:30\",\"ends_at\":\"08:00\"}]'",
	    folio);
	bureau_okf(o, "moni", comment, folio);
	bureau_okf(o, "moni", "hacer %s 2.2#1 channel=teléfono", folio);
	bureau_okf(o, "jefa", "paso %s 2.3#1", folio);
	assert_memory_equal(bureau_text(o, "due"), "2026-11-23T16:20", 16);
}

/* Folios that a push would name to somebody, now. */
static size_t
touched_for(struct bureau *o, const char *login)
{
	json_t *list = core_touched(o->c, login);
	size_t n = json_array_size(list);

	json_decref(list);
	return n;
}

/* Cases that the report counts for somebody as begun this year. */
static json_int_t
reported_to(struct bureau *o, const char *login)
{
	json_int_t sum = 0;
	json_t *p;
	size_t i;

	bureau_ok(o, login, "informe desde=2026-01-01 hasta=2026-12-31");
	json_array_foreach(json_object_get(o->doc, "procedures"), i, p)
		sum += json_integer_value(json_object_get(p, "opened"));
	return sum;
}

static void
a_role_reads_as_much_as_it_says(void **st)
{
	static const char *const readers[] = { "lector", "dg", "sol",
		"fin" };
	struct bureau *o = *st;
	char open[32], day[32];
	size_t i, k;

	bureau_join(o, "sol", "requester");
	bureau_join(o, "fin", "admin_finance");
	bureau_presented(o, "difu", open);
	for (i = 0; i < ARRAY_LEN(readers); i++) {
		bureau_nof(o, readers[i], 3, "a su alcance", "expediente %s",
		    open);
		for (k = 0; k < ARRAY_LEN(looking); k++)
			/* Figures are of all that a board counts, or finance. */
			if ((i % 2 == 0 || strncmp(looking[k], "ind", 3) != 0) &&
			    bureau_line(o, readers[i], NULL, looking[k]) == 0 &&
			    bureau_doc_has(o->doc, open))
				fail_msg("%s: %s", readers[i], looking[k]);
	}
	assert_int_equal(reported_to(o, "sol"), 0);
	assert_true(reported_to(o, "fin") > 0);
	assert_true(reported_to(o, "difu") > 0 && reported_to(o, "dg") > 0);
	bureau_okf(o, "oic", "expediente %s", open);
	/* Whoever is called by name takes part. */
	bureau_okf(o, "difu", "comentar %s texto='@lector ¿es así?'", open);
	bureau_okf(o, "lector", "expediente %s", open);
	bureau_nof(o, "dg", 3, "a su alcance", "expediente %s", open);
	/* What came to its end, not to whom only his own concerns. */
	bureau_ok(o, "moni", "iniciar 63-COM-P03 inicio=diario day=2026-11-23");
	(void)snprintf(day, sizeof day, "%s", bureau_text(o, "folio"));
	bureau_okf(o, "moni", "hacer %s 2.1 watched='[{\"medium\":"
	    "\"Radio Sonora\",\"starts_at\":\"06:30\",\"ends_at\":\"08:00\"}]'",
	    day);
	bureau_nof(o, "lector", 3, "a su alcance", "expediente %s", day);
	bureau_okf(o, "moni", "hacer %s D1 found=no", day);
	bureau_okf(o, "lector", "expediente %s", day);
	bureau_okf(o, "dg", "expediente %s", day);
	bureau_nof(o, "sol", 3, "a su alcance", "expediente %s", day);
	/* Nor in the list of what is kept of them. */
	bureau_okf(o, "jefa", "aprobar %s 1.3", open);
	bureau_okf(o, "jefa", "cancelar %s motivo=Prueba", open);
	bureau_ok(o, "oic", "conservacion mes=2027-11");
	assert_true(bureau_doc_has(o->doc, open));
	bureau_ok(o, "sol", "conservacion mes=2027-11");
	assert_false(bureau_doc_has(o->doc, open));
}

static void
what_somebody_began_he_reads(void **st)
{
	struct bureau *o = *st;
	struct caller who = { .login = "difu" };
	char folio[32];
	struct answer a;
	struct why why;

	bureau_join(o, "sol", "dissemination_officer");
	bureau_ok(o, "sol", "iniciar 63-COM-P02 tracks=redes title=Vacunas");
	(void)snprintf(folio, sizeof folio, "%s", bureau_text(o, "folio"));
	bureau_ok(o, NULL, "rol-baja sol dissemination_officer");
	bureau_nof(o, "sol", 3, "a su alcance", "expediente %s", folio);
	bureau_ok(o, NULL, "rol-alta sol requester");
	core_run(o->c, &who, NULL, (const char *const[]){ "comentar", folio,
	    "texto=Listo", NULL }, true, &a);
	assert_int_equal(a.status, 0);
	answer_clear(&a);
	assert_int_equal(core_commit(o->c, &why), 0);
	assert_int_equal(touched_for(o, "sol"), 1);
	assert_int_equal(touched_for(o, "jefa"), 1);
	assert_int_equal(touched_for(o, "lector"), 0);
	core_forget_touched(o->c);
	bureau_ok(o, "sol", "buscar Vacunas");
	assert_true(bureau_doc_has(o->doc, folio));
}

static void
pushes_name_only_what_one_may_see(void **st)
{
	struct bureau *o = *st;
	struct caller who = { .login = "ana" };
	struct answer a;
	struct why why;
	size_t i;
	static const struct { const char *login; size_t sees; } rows[] = {
		{ "ana", 1 }, { "jefabc", 1 }, { "jefa", 1 }, { "oic", 1 },
		{ "beto", 0 }, { "admin", 0 }, { "nadie", 0 },
	};

	core_run(o->c, &who, NULL, (const char *const[]){ "iniciar",
	    "63-COM-P02", "tracks=redes", NULL }, true, &a);
	assert_int_equal(a.status, 0);
	answer_clear(&a);
	assert_int_equal(core_commit(o->c, &why), 0);
	for (i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(touched_for(o, rows[i].login), rows[i].sees);
	core_forget_touched(o->c);
	assert_int_equal(touched_for(o, "ana"), 0);
}

/* Is a push to somebody one that names nothing: look at all of it again? */
static bool
touched_all_for(struct bureau *o, const char *login)
{
	json_t *list = core_touched(o->c, login);
	bool all = list == NULL;

	json_decref(list);
	return all;
}

/* Whose cases they are is looked up for some, and not for any number. */
static void
a_push_of_very_many_names_none(void **st)
{
	struct bureau *o = *st;
	char folio[32];
	int i;

	core_forget_touched(o->c);
	for (i = 1; i <= TOUCHED_LOOKED + 1; i++) {
		assert_int_equal(touched_all_for(o, "jefa"),
		    i > TOUCHED_MOST + 1);
		assert_true(i < TOUCHED_LOOKED || !touched_all_for(o,
		    "lector"));
		(void)snprintf(folio, sizeof folio, "X-%d", i);
		json_object_set_new(o->c->touched, folio,
		    json_string("central"));
	}
	assert_true(touched_all_for(o, "lector"));
	assert_true(touched_all_for(o, "jefa"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(an_office_never_sees_another),
		IN_BUREAU(another_office_s_case_is_as_one_that_never_was),
		IN_BUREAU(oversight_reads_everything_and_writes_nothing),
		IN_BUREAU(a_deadline_is_as_many_minutes_as_a_setting_says),
		IN_BUREAU(a_role_reads_as_much_as_it_says),
		IN_BUREAU(what_somebody_began_he_reads),
		IN_BUREAU(pushes_name_only_what_one_may_see),
		IN_BUREAU(a_push_of_very_many_names_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
