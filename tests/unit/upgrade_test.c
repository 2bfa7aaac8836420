/* SPDX-License-Identifier: ISC */
/* rooms: store proto */
/*
 * upgrade_test.c - a record of each older schema: it comes to be as a new one,
 * a copy of it stays, and killed or out of disk anywhere on the way it is
 * wholly of one version or of the other.
 *
 * The core fills the views of a real one; here filling is one person and her
 * key.
 */
#include "faulty.h"
#include "old.h"
#include "temp.h"

enum { EVENTS = 40, POINTS_LEAST = 20 };
/* Killed before a read, the files are as before the next of these. */
enum { CHANGES = 1 << FAULTY_WRITE | 1 << FAULTY_SYNC,
	WRITES = 1 << FAULTY_WRITE,
	ANYWHERE = 1 << FAULTY_MAIN | 1 << FAULTY_LOG };

/* ---- a record of an older version ---- */

static void
old_run(sqlite3 *db, const char *sql)
{
	char *say = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &say) != SQLITE_OK)
		fail_msg("%s: %s", sql, say);
}

static char *
old_copy(const struct temp *t, int version)
{
	return xasprintf("%s.schema-%d", t->path, version);
}

/* The events of a new record, in the tables of that version. */
static void
old_make(const struct temp *t, int version)
{
	char *donor = xasprintf("%s.donor", t->path), *sql;
	struct temp other = *t;
	struct store *s;
	sqlite3 *db;

	(void)snprintf(other.path, sizeof other.path, "%s", donor);
	s = temp_open(&other, STORE_CREATE);
	temp_fill(s, EVENTS);
	store_free(s);
	assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
	old_run(db, "PRAGMA page_size = 2048; PRAGMA journal_mode = WAL;");
	old_run(db, old_schemas[version - 1]);
	sql = xasprintf("PRAGMA application_id = %d;"
	    "PRAGMA user_version = %d; ATTACH '%s' AS donor;"
	    "INSERT INTO events SELECT * FROM donor.events;"
	    "INSERT INTO tails SELECT * FROM donor.tails;"
	    "INSERT INTO counters VALUES('folio:VID', 3);"
	    "INSERT INTO places VALUES('ana', '{}');"
	    "DETACH donor;", 0x50617574, version, donor);
	old_run(db, sql);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	free(sql);
	free(donor);
}

/* ---- what a file is ---- */

/* Every table with its columns, every index: as text, given. */
static char *
shape_of(const char *path, int *version)
{
	static const char ask[] =
	    "SELECT group_concat(x, char(10)) FROM (SELECT t.name || ' ' ||"
	    " t.wr || t.strict || ' ' || c.cid || c.name || ' ' || c.type ||"
	    " c.\"notnull\" || coalesce(c.dflt_value, '') || c.pk AS x"
	    " FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c"
	    " WHERE t.schema = 'main' UNION SELECT sql FROM sqlite_schema"
	    " WHERE type <> 'table' AND sql IS NOT NULL ORDER BY 1)";
	sqlite3_stmt *st;
	sqlite3 *db;
	char *text;

	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY,
	    NULL), SQLITE_OK);
	sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &(int){ 1 });
	assert_int_equal(sqlite3_prepare_v2(db, ask, -1, &st, NULL),
	    SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	text = xstrdup((const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
	assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &st,
	    NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	*version = sqlite3_column_int(st, 0);
	sqlite3_finalize(st);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	return text;
}

/* That of a record made today; borrowed. */
static const char *
shape_new(const struct temp *t)
{
	static char text[8192];
	struct temp fresh = *t;
	int version;
	char *shape;

	if (text[0] != '\0')
		return text;
	(void)snprintf(fresh.path, sizeof fresh.path, "%.80s.fresh", t->path);
	store_free(temp_open(&fresh, STORE_CREATE));
	shape = shape_of(fresh.path, &version);
	assert_int_equal(version, SCHEMA_VERSION);
	assert_in_range(snprintf(text, sizeof text, "%s", shape), 100,
	    sizeof text - 1);
	free(shape);
	return text;
}

static void
verifies(const char *path)
{
	struct store *s = NULL;
	struct why why = { 0 };
	int64_t count = 0;

	if (store_open(path, STORE_READONLY, &s, &why) < 0 ||
	    store_verify(s, &count, &why) < 0)
		fail_msg("%s: %s", path, why.text);
	assert_int_equal(count, EVENTS);
	assert_int_equal(store_find_counter(s, "folio:VID"), 3);
	store_free(s);
}

/* What the core would do with views that are given empty.  0 or an error. */
static int
fill(struct store *s, struct why *why)
{
	struct person_row p = { .login = "ana", .name = "Ana", .lang = "es",
		.active = true, .added = 1 };
	uint8_t blob[3] = { 1, 2, 3 };
	struct key_row k = { .login = "ana", .comment = "", .blob = blob,
		.blob_len = 3, .added = 2 };
	int r;

	if (!store_is_open(s))
		return 0;
	if ((r = store_put_person(s, &p, why)) < 0 ||
	    (r = store_put_key(s, &k, why)) < 0 ||
	    (r = store_put_counter(s, "folio:VID", 3, why)) < 0)
		return r;
	return store_commit(s, why);
}

static int
upgrade(const struct temp *t, struct why *why)
{
	struct store *s = NULL;
	int r;

	if ((r = store_open(t->path, STORE_CREATE, &s, why)) == 0)
		r = fill(s, why);
	store_free(s);
	return r;
}

/* It is of the newest version, whole, and its copy of the one it was of. */
static void
is_upgraded(const struct temp *t, int from)
{
	char *copy = old_copy(t, from), *shape;
	int version;

	shape = shape_of(t->path, &version);
	assert_int_equal(version, SCHEMA_VERSION);
	assert_string_equal(shape, shape_new(t));
	verifies(t->path);
	free(shape_of(copy, &version));
	assert_int_equal(version, from);
	verifies(copy);
	free(copy);
	free(shape);
}

static void
clean(const struct temp *t)
{
	struct dirent *d;
	DIR *dir = opendir(t->folder);

	assert_non_null(dir);
	while ((d = readdir(dir)) != NULL)
		if (d->d_name[0] != '.')
			(void)unlinkat(dirfd(dir), d->d_name, 0);
	closedir(dir);
}

/* ---- the tests ---- */

static void
each_version_comes_to_be_as_a_new_one(void **st)
{
	struct temp *t = *st;
	struct why why = { 0 };
	int v;

	for (v = 1; v < SCHEMA_VERSION; v++) {
		old_make(t, v);
		verifies(t->path);		/* a reader leaves it alone */
		if (upgrade(t, &why) < 0)
			fail_msg("schema %d: %s", v, why.text);
		is_upgraded(t, v);
		clean(t);
	}
}

static void
given_back_unfilled_it_is_as_it_was(void **st)
{
	struct temp *t = *st;
	struct store *s;
	int version;

	old_make(t, 1);
	s = temp_open(t, 0);
	assert_true(store_is_open(s));
	store_free(s);
	free(shape_of(t->path, &version));
	assert_int_equal(version, 1);
	verifies(t->path);
}

static void
the_copy_put_back_is_upgraded_again(void **st)
{
	struct temp *t = *st;
	char *copy = old_copy(t, 1), *log = xasprintf("%s-wal", t->path);
	struct why why;

	old_make(t, 1);
	assert_int_equal(upgrade(t, &why), 0);
	assert_int_equal(rename(copy, t->path), 0);
	assert_int_equal(unlink(log), 0);
	verifies(t->path);
	assert_int_equal(upgrade(t, &why), 0);
	is_upgraded(t, 1);
	free(log);
	free(copy);
}

static void
what_does_not_verify_is_not_changed(void **st)
{
	struct temp *t = *st;
	char *copy = old_copy(t, 1);
	int version;

	old_make(t, 1);
	temp_tamper(t, "UPDATE events SET body = '{}' WHERE seq = 7");
	temp_refused(t, 0, "evento 7");
	temp_refused(t, 0, "no se actualizó");
	free(shape_of(t->path, &version));
	assert_int_equal(version, 1);
	assert_int_equal(access(copy, F_OK), -1);
	free(copy);
}

/* Killed before the n-th change of a file; false when it was not. */
static bool
killed_at(const struct temp *t, int n)
{
	struct why why;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		faulty_arm(CHANGES, ANYWHERE, n, FAULTY_KILL);
		_exit(upgrade(t, &why) < 0);
	}
	n = temp_wait(pid);
	assert_true(n <= 0);
	return n < 0;
}

/* A copy of the old record, made anew in the folder. */
static void
old_again(const struct temp *t, const struct buf *bytes)
{
	int fd;

	clean(t);
	fd = open(t->path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes->p, bytes->len), bytes->len);
	close(fd);
}

static struct buf
old_bytes(const struct temp *t)
{
	uint8_t part[4096];
	struct buf b;
	ssize_t n;
	int fd;

	old_make(t, 1);
	buf_init(&b, 1 << 24);
	assert_true((fd = open(t->path, O_RDONLY)) >= 0);
	while ((n = read(fd, part, sizeof part)) > 0)
		assert_int_equal(buf_add(&b, part, (size_t)n), 0);
	close(fd);
	return b;
}

static void
killed_anywhere_it_is_the_old_or_the_new(void **st)
{
	struct temp *t = *st;
	char *copy = old_copy(t, 1), *was, *shape;
	int n, version, old = 0, new = 0;
	struct buf bytes;
	struct why why;

	(void)shape_new(t);
	clean(t);
	bytes = old_bytes(t);
	was = shape_of(t->path, &version);
	for (n = 1;; n++) {
		old_again(t, &bytes);
		if (!killed_at(t, n))
			break;
		shape = shape_of(t->path, &version);
		assert_string_equal(shape, version == 1 ? was :
		    shape_new(t));
		verifies(t->path);
		if (access(copy, F_OK) == 0)
			verifies(copy);
		else
			assert_int_equal(version, 1);
		*(version == 1 ? &old : &new) += 1;
		if (upgrade(t, &why) < 0)
			fail_msg("after point %d: %s", n, why.text);
		is_upgraded(t, 1);
		free(shape);
	}
	print_message("# killed at %d points: %d old, %d new\n", n - 1, old,
	    new);
	assert_true(old > POINTS_LEAST && new > 0);
	buf_clear(&bytes);
	free(was);
	free(copy);
}

static void
a_disk_that_is_full_leaves_it_old(void **st)
{
	struct temp *t = *st;
	struct buf bytes = old_bytes(t);
	struct why why;
	int n, version, hits;

	for (n = 1;; n += 3) {
		old_again(t, &bytes);
		faulty_arm(WRITES, ANYWHERE, n, SQLITE_FULL);
		(void)upgrade(t, &why);
		hits = faulty.hits;
		faulty_disarm();
		if (hits == 0)
			break;
		free(shape_of(t->path, &version));
		verifies(t->path);
		if (version == 1 && strstr(why.text, "disco") == NULL)
			fail_msg("\"%s\" does not say why", why.text);
		assert_int_equal(upgrade(t, &why), 0);
		is_upgraded(t, 1);
	}
	assert_true(n > POINTS_LEAST);
	buf_clear(&bytes);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_FOLDER(each_version_comes_to_be_as_a_new_one),
		IN_FOLDER(given_back_unfilled_it_is_as_it_was),
		IN_FOLDER(the_copy_put_back_is_upgraded_again),
		IN_FOLDER(what_does_not_verify_is_not_changed),
		IN_FOLDER(killed_anywhere_it_is_the_old_or_the_new),
		IN_FOLDER(a_disk_that_is_full_leaves_it_old),
	};

	faulty_install();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
