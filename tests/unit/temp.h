/* SPDX-License-Identifier: ISC */
/* temp.h - a throw-away folder with a record in it, for tests of the store. */
#ifndef PAUTA_TEMP_H
#define PAUTA_TEMP_H

#include <dirent.h>
#include <fcntl.h>
#include <fts.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"
#include "../../server/store/store.h"

/* The strings of a case_row are not const: store_get_case gives them. */
#define ROW(text) ((char *)(text))

struct temp {
	char folder[64];
	char path[96];			/* of the record */
};

static inline int
temp_setup(void **st)
{
	struct temp *t = xcalloc(1, sizeof *t);

	(void)snprintf(t->folder, sizeof t->folder, "/tmp/pauta-test-XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	(void)snprintf(t->path, sizeof t->path, "%s/pauta.db", t->folder);
	*st = t;
	return 0;
}

static inline int
temp_teardown(void **st)
{
	struct temp *t = *st;
	char *const roots[] = { t->folder, NULL };
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *e;

	assert_non_null(walk);
	while ((e = fts_read(walk)) != NULL)
		if (e->fts_info != FTS_D)	/* folders when they are empty */
			assert_int_equal(remove(e->fts_path), 0);
	(void)fts_close(walk);
	free(t);
	return 0;
}

#define IN_FOLDER(f) \
	cmocka_unit_test_setup_teardown(f, temp_setup, temp_teardown)

static inline struct store *
temp_open(const struct temp *t, int flags)
{
	struct store *s = NULL;
	struct why why = { 0 };

	if (store_open(t->path, flags, &s, &why) < 0)
		fail_msg("store_open: %s", why.text);
	return s;
}

static inline struct store *
temp_open_memory(void)
{
	struct store *s = NULL;
	struct why why = { 0 };

	if (store_open(NULL, STORE_MEMORY, &s, &why) < 0)
		fail_msg("store_open: %s", why.text);
	return s;
}

/* Append one event to a case; within a transaction.  0 or an error. */
static inline int
temp_append(struct store *s, int64_t kase, struct why *why)
{
	struct entry e = { .kase = kase };
	char folio[32];
	int r;

	(void)snprintf(folio, sizeof folio, "\"C-%lld\"", (long long)kase);
	e.body = xasprintf("{\"case\":%s,\"n\":%lld,\"op\":\"%032d\","
	    "\"type\":\"prueba\"}", kase == 0 ? "null" : folio,
	    (long long)store_next_seq(s), 0);
	r = store_append(s, &e, why);
	free(e.body);
	return r;
}

/* Commit n events, to the cases 0, 1, 2, 0, 1, 2 ... */
static inline void
temp_fill(struct store *s, int n)
{
	struct why why;
	int i;

	assert_int_equal(store_begin(s, &why), 0);
	for (i = 0; i < n; i++)
		assert_int_equal(temp_append(s, i % 3, &why), 0);
	assert_int_equal(store_commit(s, &why), 0);
}

/* Change the file behind the store's back. */
static inline void
temp_tamper(const struct temp *t, const char *sql)
{
	sqlite3 *db;
	char *say = NULL;

	assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &say) != SQLITE_OK)
		fail_msg("%s: %s", sql, say);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* Opening must fail, with this in the sentence. */
static inline void
temp_refused(const struct temp *t, int flags, const char *say)
{
	struct store *s = NULL;
	struct why why = { 0 };

	assert_int_equal(store_open(t->path, flags, &s, &why), -ERR_SYSTEM);
	assert_null(s);
	assert_int_equal(why.e, ERR_SYSTEM);
	if (strstr(why.text, say) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", why.text, say);
}

/* Wait for a child and give its exit status, or -1 when it was killed. */
static inline int
temp_wait(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#endif
