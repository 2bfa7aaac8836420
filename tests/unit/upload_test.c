/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * upload_test.c - a file on its way to a server that is a few lines here: it
 * goes on where it was, begins again when it has changed, and is on the shelf
 * until the record has its sum.
 */
#include "upload_far.h"

#include "../../proto/hash.h"

static void
add(struct uploads *us, const char *path)
{
	json_t *place = json_loads(PLACE, 0, NULL);
	struct why why;

	assert_int_equal(uploads_add(us, path, place, "CON-1", "3.1", &why), 0);
	json_decref(place);
}

/* The record shows these bytes: all of it is over. */
static void
lands(struct far *f, const char *path)
{
	char hex[HASH_TEXT], *text;
	uint8_t sum[HASH_SIZE];
	int64_t size;
	json_t *doc;

	assert_int_equal(hash_file(path, sum, &size), 0);
	(void)hex_text(sum, sizeof sum, hex);
	assert_int_equal(f->file.len, size);
	assert_string_equal(uploads_checking(f->us)->sha256, hex);
	text = xasprintf("{\"attachments\":[{\"kept\":true,\"sha256\":\"%s\"}]}",
	    hex);
	doc = json_loads(text, 0, NULL);
	uploads_on_record(f->us, uploads_checking(f->us), doc);
	json_decref(doc);
	free(text);
	assert_int_equal(f->us->count, 0);
	assert_non_null(strstr(f->us->news, "quedó adjunto en CON-1"));
}

static void
a_file_goes_and_lands(void **st)
{
	char *path = file_put("acta.txt", BIG, 1);
	struct far f;

	(void)st;
	far_begin(&f);
	add(f.us, path);
	far_up(&f);
	assert_true(far_run(&f));
	assert_int_equal(f.truncated, 1);
	lands(&f, path);
	far_end(&f);
	free(path);
}

static void
an_empty_file_goes_too(void **st)
{
	char *path = file_put("acta.txt", 0, 1);
	struct far f;

	(void)st;
	far_begin(&f);
	add(f.us, path);
	far_up(&f);
	assert_true(far_run(&f));
	lands(&f, path);
	far_end(&f);
	free(path);
}

static void
what_is_there_is_not_sent_again(void **st)
{
	char *path = file_put("acta.txt", BIG, 1);
	struct upload *u;
	struct far f;

	(void)st;
	far_begin(&f);
	add(f.us, path);
	f.most = BIG / 2;
	far_up(&f);
	assert_true(far_run(&f));
	u = uploads_shown(f.us);
	assert_true(u->done > 0 && u->done < BIG && f.file.len < BIG);
	far_down(&f);
	assert_int_equal(u->state, UPLOAD_WAITS);
	f.most = -1;
	far_up(&f);
	assert_true(far_run(&f));
	assert_true(u->resumed);
	assert_int_equal(f.truncated, 1);
	lands(&f, path);
	far_end(&f);
	free(path);
}

/* Another program of the same person, with what the shelf kept. */
static void
it_goes_on_in_the_next_program(void **st)
{
	char *path = file_put("acta.txt", BIG, 1);
	struct shelf *shelf = shelf_new("host", 2222, "ana");
	struct why why;
	struct far f;

	(void)st;
	assert_int_equal(shelf_meet(shelf, "uno", &why), 0);
	far_begin(&f);
	uploads_load(f.us, shelf);
	add(f.us, path);
	f.most = BIG / 2;
	far_up(&f);
	assert_true(far_run(&f));
	sender_free(f.s);
	uploads_free(f.us);
	f.us = uploads_new();
	f.s = sender_new(f.us);
	uploads_load(f.us, shelf);
	assert_false(sender_wants(f.s, f.now));	/* not before the Welcome */
	f.us->held = false;
	f.most = -1;
	far_up(&f);
	assert_true(far_run(&f));
	assert_int_equal(f.truncated, 1);
	lands(&f, path);
	uploads_load(f.us, shelf);
	assert_int_equal(f.us->count, 0);
	far_end(&f);
	shelf_free(shelf);
	free(path);
}

static void
what_changed_here_begins_again(void **st)
{
	char *path = file_put("acta.txt", BIG, 1);
	struct far f;

	(void)st;
	far_begin(&f);
	add(f.us, path);
	f.most = BIG / 2;
	far_up(&f);
	assert_true(far_run(&f));
	far_down(&f);
	free(path);
	path = file_put("acta.txt", BIG + 1, 7);
	f.most = -1;
	far_up(&f);
	assert_true(far_run(&f));
	assert_non_null(strstr(f.us->news, "cambió en esta máquina"));
	assert_int_equal(f.truncated, 2);
	lands(&f, path);
	far_end(&f);
	free(path);
}

/* While it goes: the channel is dropped, never closed with half of it. */
static void
what_changes_on_its_way_is_not_closed(void **st)
{
	char *path = file_put("acta.txt", BIG, 1);
	struct far f;

	(void)st;
	far_begin(&f);
	add(f.us, path);
	f.most = BIG / 2;
	far_up(&f);
	assert_true(far_run(&f));
	free(path);
	path = file_put("acta.txt", 100, 7);
	assert_false(far_run(&f));
	assert_int_equal(sender_out(f.s)->len, 0);
	far_down(&f);
	f.most = -1;
	far_up(&f);
	assert_true(far_run(&f));
	lands(&f, path);
	far_end(&f);
	free(path);
}

static void
the_servers_no_is_told(void **st)
{
	char *path = file_put("acta.txt", 100, 1);
	struct far f;

	(void)st;
	far_begin(&f);
	f.at_close = SFTP_DENIED;
	f.why = "No es de un tipo que se reciba.";
	add(f.us, path);
	far_up(&f);
	assert_true(far_run(&f));
	assert_int_equal(f.us->count, 0);
	assert_true(f.us->bad);
	assert_non_null(strstr(f.us->news, "acta.txt no se adjuntó. No es de"));
	far_end(&f);
	free(path);
}

/* "Not now" is no "no": it goes on, and what is there is there. */
static void
a_failure_is_tried_again(void **st)
{
	char *path = file_put("acta.txt", BIG, 1);
	struct far f;

	(void)st;
	far_begin(&f);
	f.at_close = SFTP_FAILURE;
	f.why = "El servidor está ocupado.";
	add(f.us, path);
	far_up(&f);
	assert_true(far_run(&f));
	assert_int_equal(uploads_shown(f.us)->state, UPLOAD_WAITS);
	f.at_close = SFTP_OK;
	f.now += 5000;
	assert_true(far_run(&f));
	assert_int_equal(f.truncated, 1);
	assert_int_equal(f.opened, 2);
	lands(&f, path);
	far_end(&f);
	free(path);
}

static void
what_the_person_stops_is_dropped(void **st)
{
	char *path = file_put("acta.txt", BIG, 1);
	struct far f;

	(void)st;
	far_begin(&f);
	add(f.us, path);
	f.most = BIG / 2;
	far_up(&f);
	assert_true(far_run(&f));
	uploads_drop(f.us, uploads_shown(f.us));
	assert_false(far_run(&f));
	far_down(&f);
	assert_false(sender_wants(f.s, f.now));
	far_end(&f);
	free(path);
}

/* The line may be lost, or the program end, before anybody looks. */
static void
what_is_dropped_is_not_touched(void **st)
{
	char *path = file_put("acta.txt", BIG, 1);
	struct far f;
	int again;

	(void)st;
	far_begin(&f);
	for (again = 0; again < 2; again++) {
		f.most = BIG / 2;
		f.now += 5000;
		add(f.us, path);
		far_up(&f);
		assert_true(far_run(&f));
		assert_int_equal(uploads_shown(f.us)->state, UPLOAD_GOES);
		uploads_drop(f.us, uploads_shown(f.us));
		if (again == 0)
			sender_on_down(f.s, f.now);
	}
	far_end(&f);
	free(path);
}

/* The line is lost after the last word and before its answer: it may be in the
 * record, so it is not sent a second time before that is known. */
static void
without_an_answer_the_record_is_asked(void **st)
{
	char *path = file_put("acta.txt", BIG, 1);
	struct far f;

	(void)st;
	far_begin(&f);
	f.mute = true;
	add(f.us, path);
	far_up(&f);
	assert_true(far_run(&f));
	assert_int_equal(f.file.len, BIG);
	far_down(&f);
	assert_false(sender_wants(f.s, f.now));
	lands(&f, path);
	assert_int_equal(f.opened, 1);
	far_end(&f);
	free(path);
}

/* Nobody has it: it goes on where the server says. */
static void
what_the_record_has_not_goes_on(void **st)
{
	char *path = file_put("acta.txt", BIG, 1);
	json_t *none = json_object();
	struct far f;

	(void)st;
	far_begin(&f);
	f.mute = true;
	add(f.us, path);
	far_up(&f);
	assert_true(far_run(&f));
	far_down(&f);
	uploads_on_record(f.us, uploads_checking(f.us), none);
	f.mute = false;
	far_up(&f);
	assert_true(far_run(&f));
	assert_int_equal(f.truncated, 1);
	lands(&f, path);
	json_decref(none);
	far_end(&f);
	free(path);
}

/* A channel that was shut, since nothing went, greets before the next file. */
static void
nothing_is_put_before_a_channel(void **st)
{
	char *path = file_put("acta.txt", 100, 1);
	struct far f;

	(void)st;
	far_begin(&f);
	add(f.us, path);
	far_up(&f);
	assert_true(far_run(&f));
	lands(&f, path);
	assert_false(sender_wants(f.s, f.now));
	sender_on_down(f.s, f.now);
	add(f.us, path);
	assert_true(sender_wants(f.s, f.now));
	assert_true(sender_turn(f.s, f.now));
	assert_int_equal(sender_out(f.s)->len, 0);
	far_up(&f);
	assert_true(far_run(&f));
	lands(&f, path);
	far_end(&f);
	free(path);
}

/* The record has other bytes under that name: that is said. */
static void
other_bytes_are_noticed(void **st)
{
	char *path = file_put("acta.txt", 100, 1);
	json_t *doc = json_loads("{\"attachments\":[{\"kept\":true,"
	    "\"name\":\"acta.txt\",\"sha256\":\"aa\"}]}", 0, NULL);
	struct far f;

	(void)st;
	far_begin(&f);
	add(f.us, path);
	far_up(&f);
	assert_true(far_run(&f));
	uploads_on_record(f.us, uploads_checking(f.us), doc);
	assert_non_null(strstr(f.us->news, "no es lo que hay en esta máquina"));
	json_decref(doc);
	far_end(&f);
	free(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STATE(a_file_goes_and_lands),
		STATE(an_empty_file_goes_too),
		STATE(what_is_there_is_not_sent_again),
		STATE(it_goes_on_in_the_next_program),
		STATE(what_changed_here_begins_again),
		STATE(what_changes_on_its_way_is_not_closed),
		STATE(the_servers_no_is_told),
		STATE(a_failure_is_tried_again),
		STATE(what_the_person_stops_is_dropped),
		STATE(what_is_dropped_is_not_touched),
		STATE(without_an_answer_the_record_is_asked),
		STATE(what_the_record_has_not_goes_on),
		STATE(nothing_is_put_before_a_channel),
		STATE(other_bytes_are_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
