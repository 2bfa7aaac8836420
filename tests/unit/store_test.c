/* SPDX-License-Identifier: ISC */
/* rooms: store proto */
/*
 * store_test.c - opening the record: what is refused and left alone, the
 * lock, transactions, the log moved into the file.
 */
#include "temp.h"

/* All bytes of a file. */
static struct buf
file_bytes(const char *path)
{
	uint8_t part[4096];
	struct buf b;
	ssize_t n;
	int fd;

	buf_init(&b, 1 << 24);
	assert_true((fd = open(path, O_RDONLY)) >= 0);
	while ((n = read(fd, part, sizeof part)) > 0)
		assert_int_equal(buf_add(&b, part, (size_t)n), 0);
	close(fd);
	return b;
}

static void
file_put(const char *path, const void *p, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, p, n), (ssize_t)n);
	close(fd);
}

/* Refused with this sentence, and not a byte of it changed. */
static void
is_refused_untouched(const struct temp *t, const char *say)
{
	struct buf before = file_bytes(t->path), after;

	temp_refused(t, STORE_CREATE, say);
	temp_refused(t, STORE_READONLY, say);
	after = file_bytes(t->path);
	assert_int_equal(before.len, after.len);
	if (before.len > 0)
		assert_memory_equal(before.p, after.p, before.len);
	buf_clear(&before);
	buf_clear(&after);
}

static uint32_t
big_endian(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

static void
a_new_file_carries_our_marks(void **st)
{
	struct temp *t = *st;
	char *fresh = xasprintf("%s.new", t->path);
	struct stat sb;
	struct buf b;

	store_free(temp_open(t, STORE_CREATE));
	b = file_bytes(t->path);
	assert_int_equal(b.p[16] << 8 | b.p[17], 2048);	/* page size */
	assert_int_equal(b.p[18], 2);			/* WAL */
	assert_int_equal(big_endian(b.p + 60), SCHEMA_VERSION);
	assert_int_equal(big_endian(b.p + 68), 0x50617574);
	buf_clear(&b);
	assert_int_equal(stat(t->path, &sb), 0);
	assert_int_equal(sb.st_mode & 0777, 0600);
	assert_int_equal(access(fresh, F_OK), -1);
	free(fresh);
}

static void
an_unfinished_new_file_is_thrown_away(void **st)
{
	struct temp *t = *st;
	char *fresh = xasprintf("%s.new", t->path);

	file_put(fresh, "SQLite format 3", 15);
	store_free(temp_open(t, STORE_CREATE));
	assert_int_equal(access(fresh, F_OK), -1);
	free(fresh);
}

static void
a_missing_file_is_not_made_unasked(void **st)
{
	struct temp *t = *st;

	temp_refused(t, 0, "No hay un registro");
	temp_refused(t, STORE_READONLY, "No hay un registro");
	assert_int_equal(access(t->path, F_OK), -1);
}

static void
a_missing_folder_is_named(void **st)
{
	struct temp t = *(struct temp *)*st;

	(void)snprintf(t.path, sizeof t.path, "%s/no/pauta.db", t.folder);
	temp_refused(&t, STORE_CREATE, t.path);
}

static void
a_folder_in_place_of_the_file_is_refused(void **st)
{
	struct temp *t = *st;

	assert_int_equal(mkdir(t->path, 0700), 0);
	temp_refused(t, STORE_CREATE, "no es un archivo");
	assert_int_equal(rmdir(t->path), 0);
}

static void
an_empty_file_is_refused_untouched(void **st)
{
	struct temp *t = *st;

	file_put(t->path, "", 0);
	is_refused_untouched(t, "está vacío");
}

static void
a_file_that_is_no_database_is_refused_untouched(void **st)
{
	struct temp *t = *st;
	char text[8192];

	memset(text, 'x', sizeof text);
	file_put(t->path, text, sizeof text);
	is_refused_untouched(t, "no es un registro de Pauta");
	file_put(t->path, "hola", 4);
	is_refused_untouched(t, "no es un registro de Pauta");
}

static void
a_database_of_another_program_is_refused_untouched(void **st)
{
	struct temp *t = *st;

	temp_tamper(t, "CREATE TABLE a(b); INSERT INTO a VALUES(1)");
	is_refused_untouched(t, "de otro programa");
	temp_tamper(t, "PRAGMA journal_mode = WAL; INSERT INTO a VALUES(2)");
	is_refused_untouched(t, "de otro programa");
}

static void
a_newer_schema_is_refused_untouched(void **st)
{
	struct temp *t = *st;
	char *sql = xasprintf("PRAGMA user_version = %d", SCHEMA_VERSION + 1);

	store_free(temp_open(t, STORE_CREATE));
	temp_tamper(t, sql);
	free(sql);
	is_refused_untouched(t, "versión más nueva");
}

static void
a_preference_is_of_one_person(void **st)
{
	struct store *s = temp_open_memory();
	struct why why;
	char *value;

	(void)st;
	assert_int_equal(store_begin(s, &why), 0);
	assert_int_equal(store_put_pref(s, "ana", "theme", "mono", &why), 0);
	assert_int_equal(store_put_pref(s, "ana", "theme", "normal", &why), 0);
	assert_int_equal(store_commit(s, &why), 0);
	value = store_find_pref(s, "ana", "theme");
	assert_string_equal(value, "normal");
	free(value);
	assert_null(store_find_pref(s, "eva", "theme"));
	store_free(s);
}

static void
a_damaged_file_says_so(void **st)
{
	struct temp *t = *st;
	struct store *s = temp_open(t, STORE_CREATE);
	int64_t count;
	struct why why = { 0 };
	struct buf b;
	size_t i;

	temp_fill(s, 200);
	assert_int_equal(store_checkpoint(s, 0, &why), 0);
	store_free(s);
	b = file_bytes(t->path);
	assert_true(b.len > 20 * 2048);
	for (i = 2048; i < b.len; i += 2048)
		memset(b.p + i, 0x55, 64);
	file_put(t->path, b.p, b.len);
	buf_clear(&b);
	if (store_open(t->path, STORE_READONLY, &s, &why) == 0) {
		assert_int_equal(store_verify(s, &count, &why), -ERR_SYSTEM);
		store_free(s);
	}
	assert_non_null(strstr(why.text, "dañado"));
}

static bool
second_is_refused(const struct temp *t)
{
	struct store *other;
	struct why why;

	return store_open(t->path, STORE_CREATE, &other, &why) ==
	    -ERR_UNAVAILABLE && why.e == ERR_UNAVAILABLE &&
	    strstr(why.text, "Otro servidor ya usa esta carpeta") != NULL;
}

static void
a_second_writer_is_refused(void **st)
{
	struct temp *t = *st;
	struct store *s = temp_open(t, STORE_CREATE);
	pid_t pid;

	assert_true(second_is_refused(t));
	if ((pid = fork()) == 0)
		_exit(second_is_refused(t) ? 7 : 0);
	assert_int_equal(temp_wait(pid), 7);
	temp_fill(s, 3);			/* and the first is unharmed */
	store_free(s);
	store_free(temp_open(t, 0));		/* the lock went with it */
}

static void
a_reader_sees_what_is_committed_and_writes_nothing(void **st)
{
	struct temp *t = *st;
	struct store *s = temp_open(t, STORE_CREATE), *reader;
	struct why why = { 0 };
	int64_t count;

	temp_fill(s, 3);
	assert_int_equal(store_begin(s, &why), 0);
	assert_int_equal(temp_append(s, 1, &why), 0);
	reader = temp_open(t, STORE_READONLY);
	assert_int_equal(store_verify(reader, &count, &why), 0);
	assert_int_equal(count, 3);
	assert_int_equal(store_put_counter(reader, "x", 1, &why), -ERR_SYSTEM);
	assert_non_null(strstr(why.text, "sólo para lectura"));
	assert_int_equal(store_checkpoint(reader, 0, &why), 0);
	assert_int_equal(store_commit(s, &why), 0);
	assert_int_equal(store_verify(reader, &count, &why), 0);
	assert_int_equal(count, 4);
	store_free(reader);
	store_free(s);
}

static void
a_rollback_takes_everything_back(void **st)
{
	struct temp *t = *st;
	struct store *s = temp_open(t, STORE_CREATE);
	uint8_t before[HASH_SIZE], after[HASH_SIZE];
	struct why why;
	int64_t count;

	temp_fill(s, 4);
	assert_int_equal(store_head(s, before), 4);
	assert_false(store_is_open(s));
	assert_int_equal(store_begin(s, &why), 0);
	assert_true(store_is_open(s));
	assert_int_equal(temp_append(s, 1, &why), 0);
	assert_int_equal(store_put_counter(s, "VID", 9, &why), 0);
	assert_int_equal(store_next_seq(s), 6);
	store_rollback(s);
	assert_false(store_is_open(s));
	assert_int_equal(store_next_seq(s), 5);
	assert_int_equal(store_head(s, after), 4);
	assert_memory_equal(before, after, HASH_SIZE);
	assert_int_equal(store_find_counter(s, "VID"), 0);
	store_rollback(s);			/* nothing to take back */
	temp_fill(s, 1);
	assert_int_equal(store_verify(s, &count, &why), 0);
	assert_int_equal(count, 5);
	store_free(s);
}

static void
a_process_that_vanishes_keeps_what_it_committed_and_no_more(void **st)
{
	struct temp *t = *st;
	struct store *s;
	struct why why;
	int64_t count;
	pid_t pid;

	if ((pid = fork()) == 0) {
		s = temp_open(t, STORE_CREATE);
		temp_fill(s, 5);
		if (store_put_counter(s, "VID", 3, &why) < 0 ||
		    store_begin(s, &why) < 0 || temp_append(s, 1, &why) < 0 ||
		    store_put_counter(s, "VID", 4, &why) < 0)
			_exit(1);
		_exit(7);
	}
	assert_int_equal(temp_wait(pid), 7);
	s = temp_open(t, 0);
	assert_int_equal(store_verify(s, &count, &why), 0);
	assert_int_equal(count, 5);
	assert_int_equal(store_next_seq(s), 6);
	assert_int_equal(store_find_counter(s, "VID"), 3);
	store_free(s);
}

static void
the_log_moves_only_when_asked(void **st)
{
	struct temp *t = *st;
	struct store *s = temp_open(t, STORE_CREATE);
	struct stat before, after;
	struct why why;
	int i;

	assert_int_equal(stat(t->path, &before), 0);
	for (i = 0; i < 600; i++)
		temp_fill(s, 10);	/* over 1000 pages: SQLite's default */
	assert_int_equal(store_checkpoint(s, 1000000, &why), 0);
	assert_int_equal(stat(t->path, &after), 0);
	assert_int_equal(before.st_size, after.st_size);
	assert_int_equal(store_checkpoint(s, 1000, &why), 0);
	assert_int_equal(stat(t->path, &after), 0);
	assert_true(after.st_size > before.st_size + 200 * 2048);
	store_free(s);
}

static void
closing_moves_nothing(void **st)
{
	struct temp *t = *st;
	struct store *s = temp_open(t, STORE_CREATE);
	char *log = xasprintf("%s-wal", t->path);
	struct stat before, after, kept;

	assert_int_equal(stat(t->path, &before), 0);
	temp_fill(s, 100);
	store_free(s);
	assert_int_equal(stat(t->path, &after), 0);
	assert_int_equal(before.st_size, after.st_size);
	assert_int_equal(stat(log, &kept), 0);
	assert_true(kept.st_size > 0);
	free(log);
	s = temp_open(t, 0);
	assert_int_equal(store_next_seq(s), 101);
	store_free(s);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_FOLDER(a_new_file_carries_our_marks),
		IN_FOLDER(an_unfinished_new_file_is_thrown_away),
		IN_FOLDER(a_missing_file_is_not_made_unasked),
		IN_FOLDER(a_missing_folder_is_named),
		IN_FOLDER(a_folder_in_place_of_the_file_is_refused),
		IN_FOLDER(an_empty_file_is_refused_untouched),
		IN_FOLDER(a_file_that_is_no_database_is_refused_untouched),
		IN_FOLDER(a_database_of_another_program_is_refused_untouched),
		IN_FOLDER(a_newer_schema_is_refused_untouched),
		IN_FOLDER(a_preference_is_of_one_person),
		IN_FOLDER(a_damaged_file_says_so),
		IN_FOLDER(a_second_writer_is_refused),
		IN_FOLDER(a_reader_sees_what_is_committed_and_writes_nothing),
		IN_FOLDER(a_rollback_takes_everything_back),
		IN_FOLDER(
		    a_process_that_vanishes_keeps_what_it_committed_and_no_more),
		IN_FOLDER(the_log_moves_only_when_asked),
		IN_FOLDER(closing_moves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
