/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * transfer_test.c - the list of a month in which the archive received more
 * than an answer holds: it lies whole in the tray of who asked, and of nobody
 * else.  PAUTA_CASES=n of cases, two records each, and it says how long the
 * list takes.
 */
#include <stdlib.h>
#include <unistd.h>

#include "bureau.h"
#include "../../server/core/tray.h"

#define MONTH "transferencias desde=2027-12-01 hasta=2027-12-31"

enum { CASES = 800, TRANSFERRED = 2, AT_ONCE = 20 };

static int
cases_count(void)
{
	const char *n = getenv("PAUTA_CASES");

	return n != NULL ? (int)strtol(n, NULL, 10) : CASES;
}

/* Said in a turn that goes on; the answer in o->doc. */
static void
transfer_say(struct bureau *o, const char *login, char *taken)
{
	struct caller who = { .login = login, .source = "test" };
	struct answer a;
	struct why why;
	char **words;
	size_t n;

	assert_int_equal(text_words(taken, &words, &n, &why), 0);
	core_run(o->c, &who, NULL, (const char *const *)words, true, &a);
	json_decref(o->doc);
	o->doc = json_loads(a.doc, 0, NULL);
	if (a.status != 0)
		fail_msg("%s: %s", taken, bureau_message(o));
	answer_clear(&a);
	text_words_free(words);
	free(taken);
}

static void
transfer_commit(struct bureau *o)
{
	struct why why;

	if (core_commit(o->c, &why) < 0)
		fail_msg("commit: %s", why.text);
	core_forget_touched(o->c);
}

/* A bulletin that came as far as its approval, and ended. */
static void
case_make(struct bureau *o, char folio[32])
{
	transfer_say(o, "difu", xstrdup("iniciar 63-COM-P02 tracks=boletín "
	    "title='Jornada de vacunación'"));
	(void)snprintf(folio, 32, "%s", bureau_text(o, "folio"));
	transfer_say(o, "difu", xasprintf("hacer %s 1.1 " BULLETIN, folio));
	transfer_say(o, "difu", xasprintf("hacer %s 1.2 version=1", folio));
	transfer_say(o, "jefa", xasprintf("aprobar %s 1.3", folio));
	transfer_say(o, "jefa", xasprintf("cancelar %s motivo=Prueba", folio));
}

static void
case_transfer(struct bureau *o, const char *folio)
{
	static const char *const refs[TRANSFERRED] = { "1", "2" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(refs); i++) {
		transfer_say(o, "enlace", xasprintf("transferir %s %s", folio,
		    refs[i]));
		transfer_say(o, "jefa", xasprintf("destino %s %s si", folio,
		    refs[i]));
		transfer_say(o, "archivo", xasprintf("recibir %s %s", folio,
		    refs[i]));
	}
}

/* So many records, all received on one day a year later. */
static void
office_transfers(struct bureau *o, int cases)
{
	char (*folios)[32] = xcalloc((size_t)cases, sizeof *folios);
	int i;

	for (i = 0; i < cases; i++) {
		case_make(o, folios[i]);
		if (i % AT_ONCE == 0)
			transfer_commit(o);
	}
	transfer_commit(o);
	bureau_clock(o, "2027-12-01T16:00:00Z");
	for (i = 0; i < cases; i++) {
		case_transfer(o, folios[i]);
		if (i % AT_ONCE == 0)
			transfer_commit(o);
	}
	transfer_commit(o);
	free(folios);
}

/* What that person gets of that path by SFTP; NULL: there is nothing. */
static char *
tray_read(struct bureau *o, const char *login, const char *path)
{
	struct parcel parcel = { .fd = -1 };
	struct caller who = { .login = login, .source = "test",
		.parcel = &parcel };
	char *arg = xasprintf("ruta=%s", path), *text = NULL;
	struct answer a;

	core_run(o->c, &who, NULL, (const char *const[]){ "bajar", arg, NULL },
	    true, &a);
	if (parcel.fd >= 0) {
		text = xcalloc((size_t)parcel.size + 1, 1);
		assert_int_equal(pread(parcel.fd, text, (size_t)parcel.size, 0),
		    parcel.size);
		assert_int_equal(pwrite(parcel.fd, "x", 1, 0), -1);
		close(parcel.fd);
	}
	answer_clear(&a);
	free(arg);
	return text;
}

static bool
root_has(struct bureau *o, const char *login)
{
	bureau_ok(o, login, "carpeta ruta=/");
	return bureau_doc_has(o->doc, "\"" TRAY_FOLDER "\"");
}

static void
a_month_above_one_answer_lies_in_the_tray(void **st)
{
	struct bureau *o = *st;
	int cases = cases_count(), lines = 0;
	char *path, *csv, *p, hex[HASH_TEXT];
	uint8_t sum[HASH_SIZE];
	int64_t began;

	bureau_join(o, "archivo", "archivist");
	bureau_join(o, "enlace", "unit_liaison");
	office_transfers(o, cases);
	assert_false(root_has(o, "archivo"));
	began = clock();
	bureau_ok(o, "archivo", MONTH);
	print_message("# %d records: %lld ms\n", cases * TRANSFERRED,
	    (long long)(clock() - began) * 1000 / CLOCKS_PER_SEC);
	assert_null(json_object_get(o->doc, "csv"));
	assert_null(json_object_get(o->doc, "rows"));
	assert_int_equal(json_integer_value(json_object_get(o->doc, "count")),
	    cases * TRANSFERRED);
	path = xstrdup(bureau_text(o, "file"));
	assert_non_null(csv = tray_read(o, "archivo", path));
	hash_sha256(csv, strlen(csv), sum);
	assert_string_equal(hex_text(sum, HASH_SIZE, hex),
	    bureau_text(o, "sha256"));
	for (p = csv; (p = strchr(p, '\n')) != NULL; p++)
		lines++;
	assert_int_equal(lines, cases * TRANSFERRED + 1);
	free(csv);
	p = xasprintf("%s.sig", path);
	assert_non_null(csv = tray_read(o, "archivo", p));
	assert_string_equal(csv, bureau_text(o, "signature"));
	free(csv);
	assert_true(root_has(o, "archivo"));
	assert_false(root_has(o, "jefa"));
	assert_null(tray_read(o, "jefa", path));
	assert_null(tray_read(o, "archivo", "/" TRAY_FOLDER));
	free(p);
	free(path);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_BUREAU(a_month_above_one_answer_lies_in_the_tray),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
