/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * core_test.c - rights as they stand at each moment: substitutions between
 * their dates, and what is lost at once when a right or an account goes.
 */
#include "bureau.h"

/* ---- substitution ---- */

static void
a_substitute_decides_between_the_dates_only(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_ok(o, "jefa", "suplencia persona=dg "
	    "desde='2026-11-24 08:00' hasta='2026-11-24 18:00' motivo=Viaje");
	bureau_ok(o, "dg", "suplir jefa si");
	bureau_nof(o, "dg", 3, "a su alcance", "aprobar %s 1.3", folio);
	bureau_clock(o, "2026-11-24T14:59:00Z");
	bureau_nof(o, "dg", 3, "a su alcance", "aprobar %s 1.3", folio);
	bureau_clock(o, "2026-11-25T01:01:00Z");
	bureau_nof(o, "dg", 3, "a su alcance", "aprobar %s 1.3", folio);
	bureau_clock(o, "2026-11-24T15:01:00Z");
	bureau_okf(o, "dg", "aprobar %s 1.3", folio);
	bureau_okf(o, "oic", "historial %s", folio);
	assert_true(bureau_doc_has(o->doc, "\"on_behalf_of\": \"jefa\""));
}

static void
a_substitute_decides_what_the_scope_says_only(void **st)
{
	struct bureau *o = *st;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_ok(o, "jefa", "suplencia persona=dg desde=hoy hasta=+1 "
	    "motivo=Viaje alcance=AP-07,AP-01");
	bureau_ok(o, "dg", "suplir jefa si");
	bureau_nof(o, "dg", 1, "corresponde a", "aprobar %s 1.3", folio);
	bureau_nof(o, "dg", 1, "Cancelar", "cancelar %s motivo=x", folio);
	bureau_no(o, "dg", 1, "cambian ajustes", "ajuste alert_minutes 5");
	bureau_no(o, "dg", 1, "no puede iniciar",
	    "iniciar 63-COM-P02 tracks=redes");
	bureau_no(o, "jefa", 1, "No hay un punto", "suplencia persona=dg "
	    "desde=hoy hasta=+1 motivo=Viaje alcance=AP-99");
	bureau_ok(o, "jefa", "suplencia persona=dg desde=hoy hasta=+1 "
	    "motivo=Viaje alcance=AP-06");
	bureau_ok(o, "dg", "suplir jefa si");
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
	bureau_ok(o, "difu", "suplir jefa si");
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
	bureau_ok(o, "dg", "suplir jefa si");
	bureau_ok(o, "dg", "suplencia persona=prod desde=hoy hasta=+9 "
	    "motivo=Viaje");
	bureau_nof(o, "prod", 1, "corresponde a", "aprobar %s 1.3", folio);
	bureau_ok(o, "jefa", "suplencia persona=dg desde=hoy hasta=ahora "
	    "motivo=Regreso");
	bureau_nof(o, "dg", 3, "a su alcance", "aprobar %s 1.3", folio);
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
	bureau_ok(o, "dg", "suplir jefa si");
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
	bureau_ok(o, "dg", "suplir jefa si");
	bureau_ok(o, NULL, "rol-baja difu dissemination_officer");
	bureau_nof(o, "difu", 3, "a su alcance", "hacer %s 1.1 " BULLETIN,
	    other);
	bureau_no(o, "difu", 1, "no puede iniciar",
	    "iniciar 63-COM-P02 tracks=redes");
	/* Whoever stands in loses what was lent. */
	bureau_ok(o, NULL, "rol-baja jefa head_of_unit");
	bureau_nof(o, "dg", 3, "a su alcance", "aprobar %s 1.3", folio);
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
	bureau_ok(o, "dg", "suplir jefa si");
	bureau_ok(o, NULL, "persona-baja difu");
	bureau_no(o, "difu", 1, "ya no está activa", "bandeja");
	bureau_no(o, "difu", 1, "ya no está activa", "ayuda");
	bureau_no(o, "nadie", 1, "ya no está activa", "ayuda");
	bureau_ok(o, NULL, "persona-baja jefa");
	bureau_nof(o, "dg", 3, "a su alcance", "aprobar %s 1.3", folio);
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
