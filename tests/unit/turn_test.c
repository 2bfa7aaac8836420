/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * turn_test.c - turns that cannot be made durable: on a full disk all of the
 * turn is as if it had not been and the core goes on; after anything else it
 * is over, and what reads it next reads the disk.
 */
#include "bureau.h"
#include "faulty.h"

enum { WRITES = 1 << FAULTY_WRITE, SYNCS = 1 << FAULTY_SYNC,
	READS = 1 << FAULTY_READ, IN_MAIN = 1 << FAULTY_MAIN,
	IN_LOG = 1 << FAULTY_LOG, FOR_EVER = 100000 };

static const uint8_t turn_op[OP_SIZE] = { 7 };

/* Say it without ending the turn; the status. */
static int
turn_say(struct bureau *o, const char *login, const uint8_t *op,
    const char *line)
{
	struct caller who = { .login = login, .source = "test" };
	struct answer a;
	struct why why;
	char **words;
	size_t n;
	int status;

	assert_int_equal(text_words(line, &words, &n, &why), 0);
	core_run(o->c, &who, op, (const char *const *)words, true, &a);
	text_words_free(words);
	json_decref(o->doc);
	o->doc = json_loads(a.doc, 0, NULL);
	status = a.status;
	answer_clear(&a);
	return status;
}

static void
turn_fails(struct bureau *o, int ops, int places, int code, int r,
    const char *say)
{
	struct why why;

	faulty_arm(ops, places, 1, code);
	assert_int_equal(core_commit(o->c, &why), r);
	assert_true(faulty.hits > 0);
	faulty_disarm();
	if (strstr(why.text, say) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", why.text, say);
}

static void
on_a_full_disk_the_turn_was_not_and_the_core_goes_on(void **st)
{
	struct bureau *o = *st;
	int64_t before = bureau_head(o);
	char folio[32];

	assert_int_equal(turn_say(o, "difu", turn_op,
	    "iniciar 63-COM-P02 tracks=boletín title=Feria"), 0);
	(void)snprintf(folio, sizeof folio, "%s", bureau_text(o, "folio"));
	assert_int_equal(turn_say(o, "jefa", NULL,
	    "iniciar 63-COM-P02 tracks=boletín title=Otra"), 0);
	assert_true(core_is_dirty(o->c));
	turn_fails(o, WRITES, IN_LOG, SQLITE_FULL, -ERR_UNAVAILABLE,
	    "El disco está lleno");
	assert_false(core_is_dirty(o->c));
	assert_int_equal(bureau_head(o), before);
	bureau_nof(o, "difu", 3, folio, "expediente %s", folio);
	/* The same folio, and the same operation is not taken for done. */
	assert_int_equal(bureau_line(o, "difu", turn_op,
	    "iniciar 63-COM-P02 tracks=boletín title=Feria"), 0);
	assert_string_equal(bureau_text(o, "folio"), folio);
	bureau_open_is(o, folio, "1.1");
	bureau_ok(o, NULL, "verificar --rebuild");
}

/* What a case was, step by step, is read again from the record. */
static void
a_case_goes_back_with_its_turn(void **st)
{
	struct bureau *o = *st;
	char folio[32], *line;

	bureau_bulletin(o, "difu", folio);
	line = xasprintf("hacer %s 1.1 " BULLETIN, folio);
	assert_int_equal(turn_say(o, "difu", NULL, line), 0);
	turn_fails(o, WRITES, IN_LOG, SQLITE_FULL, -ERR_UNAVAILABLE,
	    "El disco está lleno");
	bureau_open_is(o, folio, "1.1");
	bureau_ok(o, "difu", line);
	bureau_open_is(o, folio, "1.2");
	free(line);
}

/* A definition that was imported in that turn is not in force either. */
static void
a_definition_goes_back_with_its_turn(void **st)
{
	struct bureau *o = *st;
	const struct procedure *p;
	struct caller operator = { .login = NULL, .source = "test" };
	char *text = test_read(MANUAL "P02.yaml"), *at, *arg;
	char revision[64];
	struct answer a;

	p = core_find_procedure(o->c, "63-COM-P02", NULL);
	(void)snprintf(revision, sizeof revision, "%s", p->revision);
	assert_non_null(at = strstr(text, "\nrevision: "));
	at[strlen("\nrevision: Rev.")] = '9';
	arg = xasprintf("texto=%s", text);
	core_run(o->c, &operator, NULL, (const char *const[]){
	    "procedimiento-importar", "P02.yaml", "tipo=procedure", arg,
	    NULL }, true, &a);
	assert_int_equal(a.status, 0);
	answer_clear(&a);
	p = core_find_procedure(o->c, "63-COM-P02", NULL);
	assert_string_not_equal(p->revision, revision);
	turn_fails(o, WRITES, IN_LOG, SQLITE_FULL, -ERR_UNAVAILABLE,
	    "El disco está lleno");
	p = core_find_procedure(o->c, "63-COM-P02", NULL);
	assert_string_equal(p->revision, revision);
	bureau_ok(o, NULL, "verificar --rebuild");
	free(arg);
	free(text);
}

/* SQLite undoes a transaction by itself when a page does not fit. */
static void
a_turn_that_was_undone_half_way_ends_as_one(void **st)
{
	struct bureau *o = *st;
	struct why why = { .e = ERR_UNAVAILABLE, .text = "El disco está lleno" };
	int64_t before = bureau_head(o);

	assert_int_equal(turn_say(o, "difu", NULL,
	    "iniciar 63-COM-P02 tracks=boletín title=Feria"), 0);
	assert_int_equal(core_break(o->c, &why), -ERR_SYSTEM);
	assert_int_equal(turn_say(o, "difu", NULL, "bandeja"), 4);
	assert_int_equal(core_commit(o->c, &why), -ERR_UNAVAILABLE);
	assert_int_equal(bureau_head(o), before);
	bureau_ok(o, "difu", "bandeja");
}

static void
after_a_failed_sync_the_core_is_over(void **st)
{
	struct bureau *o = *st;
	struct why why;

	assert_int_equal(turn_say(o, "difu", turn_op,
	    "iniciar 63-COM-P02 tracks=boletín title=Feria"), 0);
	turn_fails(o, SYNCS, IN_LOG, SQLITE_IOERR_FSYNC, -ERR_SYSTEM,
	    "El disco del servidor");
	assert_int_equal(turn_say(o, "difu", NULL, "bandeja"), 4);
	assert_true(core_is_dirty(o->c));
	assert_int_equal(core_commit(o->c, &why), -ERR_SYSTEM);
	bureau_open(o);			/* another reads the disk */
	assert_int_equal(bureau_line(o, "difu", turn_op,
	    "iniciar 63-COM-P02 tracks=boletín title=Feria"), 0);
	bureau_ok(o, NULL, "verificar --rebuild");
}

static void
what_cannot_be_read_is_not_missing(void **st)
{
	struct bureau *o = *st;
	char folio[32], *line;

	bureau_bulletin(o, "difu", folio);
	line = xasprintf("expediente %s", folio);
	bureau_open(o);			/* nothing in its memory */
	faulty_arm(READS, IN_MAIN | IN_LOG, 1, SQLITE_IOERR_READ);
	assert_int_equal(turn_say(o, "difu", NULL, line), 4);
	assert_true(faulty.hits > 0);
	faulty_disarm();
	assert_true(core_is_dirty(o->c));
	bureau_open(o);
	bureau_ok(o, "difu", line);
	free(line);
}

/* Work goes on into the log until that is long; then nothing is written. */
static void
the_log_is_bounded_when_it_cannot_be_moved(void **st)
{
	struct bureau *o = *st;
	int64_t before;
	int i, pages;

	faulty_arm(WRITES, IN_MAIN, 1, SQLITE_FULL);
	for (i = 0; i < FOR_EVER && faulty.hits == 0; i++)
		bureau_ok(o, "difu",
		    "iniciar 63-COM-P02 tracks=boletín title=Feria");
	assert_true(faulty.hits > 0 && o->c->log_stuck);
	assert_int_equal(core_disk_level(o->c), DISK_LOW);
	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=boletín title=Otra");
	pages = store_log_pages(o->c->store);
	o->c->log_most = pages - 1;	/* as if it were that long */
	before = bureau_head(o);
	bureau_no(o, "difu", 4, "El disco está casi lleno",
	    "iniciar 63-COM-P02 tracks=boletín title=Feria");
	bureau_ok(o, "difu", "bandeja");
	assert_int_equal(bureau_head(o), before);
	assert_int_equal(store_log_pages(o->c->store), pages);
	faulty_disarm();
	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=boletín title=Feria");
	assert_false(o->c->log_stuck);
	assert_true(store_log_pages(o->c->store) < pages);
}

/* A photograph for 2.1 of that case: the status, and what may be received. */
static int
turn_send(struct bureau *o, const char *folio, int64_t *limit)
{
	struct parcel parcel = { .fd = -1 };
	struct caller who = { .login = "difu", .source = "test",
		.parcel = &parcel };
	char *path = xasprintf("ruta=/%s/2.1/a.jpg", folio);
	struct answer a;
	int status;

	core_run(o->c, &who, NULL, (const char *const[]){ "subir", path, NULL },
	    true, &a);
	json_decref(o->doc);
	o->doc = json_loads(a.doc, 0, NULL);
	status = a.status;
	answer_clear(&a);
	free(path);
	*limit = parcel.limit;
	if (parcel.fd >= 0) {
		(void)close(parcel.fd);
		core_drop_parcel(o->c, &parcel);
	}
	return status;
}

/* Files are refused first; decisions go on; without room nothing is kept. */
static void
the_last_of_the_disk_is_for_decisions(void **st)
{
	struct bureau *o = *st;
	int64_t room, limit;
	struct why why;
	char folio[32];

	bureau_presented(o, "difu", folio);
	bureau_okf(o, "jefa", "aprobar %s 1.3", folio);
	core_set_programs(o->c, ".");
	o->c->disk_reserve = 0;
	assert_int_equal(core_disk_level(o->c), DISK_OK);
	assert_int_equal(core_allow_bulk(o->c, &room, &why), 0);
	assert_int_equal(turn_send(o, folio, &limit), 0);
	assert_true(limit > 4096);
	o->c->disk_reserve = INT64_MAX / 2;
	assert_int_equal(core_disk_level(o->c), DISK_LOW);
	assert_int_equal(turn_send(o, folio, &limit), 4);
	assert_non_null(strstr(bureau_message(o), "no recibe archivos"));
	bureau_ok(o, NULL, "estado");
	assert_string_equal(json_string_value(json_object_get(
	    json_object_get(o->doc, "disk"), "level")), "low");
	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=boletín title=Feria");
	assert_int_equal(turn_say(o, "difu", turn_op,
	    "iniciar 63-COM-P02 tracks=boletín title=Otra"), 0);
	o->c->disk_reserve = 0;
	turn_fails(o, WRITES, IN_LOG, SQLITE_FULL, -ERR_UNAVAILABLE,
	    "El disco está lleno");
	assert_int_equal(core_disk_level(o->c), DISK_FULL);
	assert_int_equal(core_allow_bulk(o->c, &room, &why), -ERR_UNAVAILABLE);
	bureau_ok(o, "difu", "bandeja");
	assert_int_equal(core_disk_level(o->c), DISK_FULL);
	bureau_ok(o, "difu", "iniciar 63-COM-P02 tracks=boletín title=Otra");
	assert_int_equal(core_disk_level(o->c), DISK_OK);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_BUREAU(on_a_full_disk_the_turn_was_not_and_the_core_goes_on),
		IN_BUREAU(a_case_goes_back_with_its_turn),
		IN_BUREAU(a_definition_goes_back_with_its_turn),
		IN_BUREAU(a_turn_that_was_undone_half_way_ends_as_one),
		IN_BUREAU(after_a_failed_sync_the_core_is_over),
		IN_BUREAU(what_cannot_be_read_is_not_missing),
		IN_BUREAU(the_log_is_bounded_when_it_cannot_be_moved),
		IN_BUREAU(the_last_of_the_disk_is_for_decisions),
	};

	faulty_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
