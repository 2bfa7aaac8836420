/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * core_test.c - rights as they stand at each moment: offices that do not see
 * each other, oversight that reads, substitutions between their dates, and
 * what is lost at once when a right or an account goes.
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
	"procedimientos", "ajustes", "lugar",
};

/* Does any text of the document hold that word? */
static bool
doc_has(const json_t *doc, const char *word)
{
	char *text = json_dumps(doc, JSON_ENCODE_ANY);
	bool has = strstr(text, word) != NULL;

	free(text);
	return has;
}

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
			if (doc_has(o->doc, "CANARIO") ||
			    doc_has(o->doc, folio))
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
			assert_true(doc_has(o->doc, "CANARIO"));
	}
}

/* One line for each verb that names a case. */
static const char *const naming[] = {
	"adjuntos %s", "aprobar %s 1.1", "baja %s W1 fila=1 motivo=x",
	"borrador %s 1.1 body=x", "cancelar %s motivo=x",
	"comentar %s texto=x", "comentarios %s", "deshacer %s",
	"devolver %s 1.1 motivo=x", "enterado %s", "expediente %s", "hacer %s 1.1 body=x",
	"historial %s", "paso %s 1.1", "quitar %s 1.1 archivo=x campo=y", "reclasificar %s 1.1 body=x",
	"soltar %s 1.1", "tomar %s 1.1", "turnar %s 1.1 persona=beto",
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
	assert_true(doc_has(o->doc, folio));
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

static void
pushes_name_only_what_one_may_see(void **st)
{
	struct bureau *o = *st;
	struct caller who = { .login = "ana" };
	struct answer a;
	struct why why;
	json_t *list;
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
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		list = core_touched(o->c, rows[i].login);
		assert_int_equal(json_array_size(list), rows[i].sees);
		json_decref(list);
	}
	core_forget_touched(o->c);
	list = core_touched(o->c, "ana");
	assert_int_equal(json_array_size(list), 0);
	json_decref(list);
}

/* ---- substitution ---- */

static void
a_substitute_decides_between_the_dates_only(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_ok(o, "jefa", "suplencia persona=dg "
	    "desde='2026-11-24 08:00' hasta='2026-11-24 18:00' motivo=Viaje");
	bureau_nof(o, "dg", 1, "corresponde a", "aprobar %s 1.3", folio);
	bureau_clock(o, "2026-11-24T14:59:00Z");
	bureau_nof(o, "dg", 1, "corresponde a", "aprobar %s 1.3", folio);
	bureau_clock(o, "2026-11-25T01:01:00Z");
	bureau_nof(o, "dg", 1, "corresponde a", "aprobar %s 1.3", folio);
	bureau_clock(o, "2026-11-24T15:01:00Z");
	bureau_okf(o, "dg", "aprobar %s 1.3", folio);
	bureau_okf(o, "oic", "historial %s", folio);
	assert_true(doc_has(o->doc, "\"on_behalf_of\": \"jefa\""));
}

static void
a_substitute_decides_what_the_scope_says_only(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_ok(o, "jefa", "suplencia persona=dg desde=hoy hasta=+1 "
	    "motivo=Viaje alcance=AP-07,AP-01");
	bureau_nof(o, "dg", 1, "corresponde a", "aprobar %s 1.3", folio);
	bureau_nof(o, "dg", 1, "Cancelar", "cancelar %s motivo=x", folio);
	bureau_no(o, "dg", 1, "cambian ajustes", "ajuste alert_minutes 5");
	bureau_no(o, "dg", 1, "no puede iniciar",
	    "iniciar 63-COM-P02 tracks=redes");
	bureau_no(o, "jefa", 1, "No hay un punto", "suplencia persona=dg "
	    "desde=hoy hasta=+1 motivo=Viaje alcance=AP-99");
	bureau_ok(o, "jefa", "suplencia persona=dg desde=hoy hasta=+1 "
	    "motivo=Viaje alcance=AP-06");
	bureau_okf(o, "dg", "aprobar %s 1.3", folio);
}

static void
a_substitute_never_decides_his_own_work(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_ok(o, "jefa", "suplencia persona=difu desde=hoy hasta=+1 "
	    "motivo=Viaje");
	bureau_nof(o, "difu", 1, "SD-01", "aprobar %s 1.3", folio);
	bureau_nof(o, "difu", 1, "SD-01", "devolver %s 1.3 motivo=x", folio);
	bureau_nof(o, "difu", 1, "SD-01", "tomar %s 1.3", folio);
	bureau_okf(o, "jefa", "aprobar %s 1.3", folio);
}

static void
a_substitution_is_not_passed_on_and_can_be_ended(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_ok(o, "jefa", "suplencia persona=dg desde=hoy hasta=+9 "
	    "motivo=Viaje");
	bureau_ok(o, "dg", "suplencia persona=prod desde=hoy hasta=+9 "
	    "motivo=Viaje");
	bureau_nof(o, "prod", 1, "corresponde a", "aprobar %s 1.3", folio);
	bureau_ok(o, "jefa", "suplencia persona=dg desde=hoy hasta=ahora "
	    "motivo=Regreso");
	bureau_nof(o, "dg", 1, "corresponde a", "aprobar %s 1.3", folio);
	bureau_no(o, "jefa", 1, "ya pasaron", "suplencia persona=dg "
	    "desde=ayer hasta=ahora motivo=Regreso");
}

static void
naming_again_replaces_and_has_an_end(void **st)
{
	struct bureau *o = *st;
	char *line;
	int i;

	for (i = 0; i < 30; i++)
		bureau_ok(o, "jefa", "suplencia persona=dg desde=hoy hasta=+9 "
		    "motivo=Viaje");
	bureau_ok(o, "jefa", "suplencias");
	assert_int_equal(json_array_size(json_object_get(o->doc,
	    "substitutions")), 1);
	for (i = 0; i < 19; i++) {
		line = xasprintf("suplencia persona=prod desde=+%d hasta=+%d "
		    "motivo=Viaje", 2 * i, 2 * i);
		bureau_ok(o, "jefa", line);
		free(line);
	}
	bureau_no(o, "jefa", 1, "20 suplencias", "suplencia persona=moni "
	    "desde=hoy hasta=+9 motivo=Viaje");
}

/* Another office's cases are no reason to find fewer of one's own. */
static void
a_search_reaches_behind_what_one_may_not_see(void **st)
{
	struct bureau *o = *st;
	int i;

	bureau_ok(o, "ana", "iniciar 63-COM-P02 tracks=redes title=Aguja");
	for (i = 0; i < 510; i++)
		bureau_ok(o, "beto",
		    "iniciar 63-COM-P02 tracks=redes title=Aguja");
	bureau_ok(o, "ana", "buscar aguja");
	assert_int_equal(json_array_size(json_object_get(o->doc, "cases")), 1);
	bureau_ok(o, "oic", "buscar aguja");
	assert_int_equal(json_array_size(json_object_get(o->doc, "cases")),
	    100);
	assert_true(json_is_true(json_object_get(o->doc, "more")));
}

/* ---- what goes at once ---- */

static void
a_revoked_role_is_lost_at_once(void **st)
{
	struct bureau *o = *st;
	char folio[32], other[32];

	bureau_presented(o, "difu", folio);
	bureau_bulletin(o, "difu", other);
	bureau_ok(o, "jefa", "suplencia persona=dg desde=hoy hasta=+9 "
	    "motivo=Viaje");
	bureau_ok(o, NULL, "rol-baja difu dissemination_officer");
	bureau_nof(o, "difu", 3, "a su alcance", "hacer %s 1.1 " BULLETIN,
	    other);
	bureau_no(o, "difu", 1, "no puede iniciar",
	    "iniciar 63-COM-P02 tracks=redes");
	/* Whoever stands in loses what was lent. */
	bureau_ok(o, NULL, "rol-baja jefa head_of_unit");
	bureau_nof(o, "dg", 1, "corresponde a", "aprobar %s 1.3", folio);
	bureau_ok(o, NULL, "rol-alta jefa head_of_unit");
	bureau_okf(o, "dg", "aprobar %s 1.3", folio);
}

static void
a_closed_account_may_nothing(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_ok(o, "jefa", "suplencia persona=dg desde=hoy hasta=+9 "
	    "motivo=Viaje");
	bureau_ok(o, NULL, "persona-baja difu");
	bureau_no(o, "difu", 1, "ya no está activa", "bandeja");
	bureau_no(o, "difu", 1, "ya no está activa", "ayuda");
	bureau_no(o, "nadie", 1, "ya no está activa", "ayuda");
	bureau_ok(o, NULL, "persona-baja jefa");
	bureau_nof(o, "dg", 1, "corresponde a", "aprobar %s 1.3", folio);
	bureau_open(o);
	bureau_no(o, "difu", 1, "ya no está activa", "bandeja");
	bureau_ok(o, NULL, "persona-alta difu nombre=Difusión");
	bureau_ok(o, "difu", "bandeja");
}

static void
a_grant_begins_and_ends_when_it_says(void **st)
{
	struct bureau *o = *st;

	bureau_ok(o, NULL, "rol-alta prod dissemination_officer "
	    "desde=2026-11-24T00:00:00Z hasta=2026-11-25T00:00:00Z");
	bureau_no(o, "prod", 1, "no puede iniciar",
	    "iniciar 63-COM-P02 tracks=redes");
	bureau_clock(o, "2026-11-24T00:00:00Z");
	bureau_ok(o, "prod", "iniciar 63-COM-P02 tracks=redes");
	bureau_clock(o, "2026-11-25T00:00:00Z");
	bureau_no(o, "prod", 1, "no puede iniciar",
	    "iniciar 63-COM-P02 tracks=redes");
}

static void
a_revoked_key_opens_nothing(void **st)
{
	static const uint8_t key[] = "\0\0\0\013ssh-ed25519\0\0\0\040"
	    "treinta y dos bytes de una llave";
	const size_t n = sizeof key - 1;
	struct bureau *o = *st;
	char *b64 = base64_text(key, n), *fp;
	uint8_t sum[HASH_SIZE];

	bureau_okf(o, NULL, "llave-alta difu llave='ssh-ed25519 %s x'", b64);
	assert_true(core_key_is_known(o->c, "difu", key, n));
	assert_false(core_key_is_known(o->c, "jefa", key, n));
	assert_false(core_key_is_known(o->c, "difu", key, n - 1));
	bureau_ok(o, NULL, "persona-baja difu");
	assert_false(core_key_is_known(o->c, "difu", key, n));
	bureau_ok(o, NULL, "persona-alta difu nombre=Difusión");
	bureau_okf(o, NULL, "llave-alta difu llave='ssh-ed25519 %s x'", b64);
	assert_true(core_key_is_known(o->c, "difu", key, n));
	free(b64);
	hash_sha256(key, n, sum);
	fp = base64_text(sum, sizeof sum);
	fp[strcspn(fp, "=")] = '\0';
	bureau_okf(o, NULL, "llave-baja SHA256:%s", fp);
	free(fp);
	assert_false(core_key_is_known(o->c, "difu", key, n));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_BUREAU(an_office_never_sees_another),
		IN_BUREAU(another_office_s_case_is_as_one_that_never_was),
		IN_BUREAU(oversight_reads_everything_and_writes_nothing),
		IN_BUREAU(a_deadline_is_as_many_minutes_as_a_setting_says),
		IN_BUREAU(pushes_name_only_what_one_may_see),
		IN_BUREAU(a_substitute_decides_between_the_dates_only),
		IN_BUREAU(a_substitute_decides_what_the_scope_says_only),
		IN_BUREAU(a_substitute_never_decides_his_own_work),
		IN_BUREAU(a_substitution_is_not_passed_on_and_can_be_ended),
		IN_BUREAU(naming_again_replaces_and_has_an_end),
		IN_BUREAU(a_search_reaches_behind_what_one_may_not_see),
		IN_BUREAU(a_revoked_role_is_lost_at_once),
		IN_BUREAU(a_closed_account_may_nothing),
		IN_BUREAU(a_grant_begins_and_ends_when_it_says),
		IN_BUREAU(a_revoked_key_opens_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
