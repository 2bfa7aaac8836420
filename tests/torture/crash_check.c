/* SPDX-License-Identifier: ISC */
/*
 * crash_check.c - see crash_check.h.  The questions, in order: does it open,
 * is the chain whole, is what was acknowledged there once, is nothing there
 * by halves, do the views follow from the events, are the bytes of all that
 * was attached there, does a resend get its first answer, does work go on, is
 * the file sound.
 */
#include "crash_check.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../server/core/req.h"
#include "../../server/store/blob.h"

enum { RESENDS = 3 };

const char *const verdict_names[VERDICT_N] = {
#define X(name, text) text,
	VERDICTS(X)
#undef X
};

/* ---- what was claimed ---- */

static void
claims_ack(struct claims *c, size_t at, const json_t *mark)
{
	struct ack *a;

	c->acks = xrealloc(c->acks, c->acks_count + 1, sizeof *c->acks);
	a = &c->acks[c->acks_count++];
	a->at = at;
	a->login = json_string_value(json_object_get(mark, "login"));
	a->lo = json_integer_value(json_object_get(mark, "lo"));
	a->hi = json_integer_value(json_object_get(mark, "hi"));
	a->end = json_integer_value(json_object_get(mark, "end"));
	a->words = json_object_get(mark, "words");
	if (hex_parse(json_string_value(json_object_get(mark, "ack")), a->op,
		OP_SIZE) < 0 ||
	    hex_parse(json_string_value(json_object_get(mark, "chain")),
		a->chain, HASH_SIZE) < 0) {
		(void)fputs("crash-check: bad mark\n", stderr);
		exit(2);
	}
}

void
claims_read(struct claims *c, const struct crash_log *log)
{
	const struct record_step *s;
	json_t *mark;
	size_t i;

	memset(c, 0, sizeof *c);
	c->created = SIZE_MAX;
	for (i = 0; i < log->count; i++) {
		s = &log->steps[i];
		if (s->head.kind != RECORD_MARK)
			continue;
		/* Kept until the end: strings are borrowed from it. */
		mark = json_loadb(s->data, s->head.len, 0, NULL);
		if (json_object_get(mark, "created") != NULL)
			c->created = i;
		else if (json_object_get(mark, "ack") != NULL)
			claims_ack(c, i, mark);
		else {
			c->commits = xrealloc(c->commits,
			    c->commits_count + 1, sizeof *c->commits);
			c->commits[c->commits_count].at = i;
			c->commits[c->commits_count++].end =
			    json_integer_value(
				json_object_get(mark, "commit"));
		}
	}
}

size_t
claims_count(const struct claims *c, size_t cut)
{
	size_t n = 0;

	while (n < c->acks_count && c->acks[n].at < cut)
		n++;
	return n;
}

/* ---- what is there ---- */

struct seen {
	struct { uint8_t op[OP_SIZE], chain[HASH_SIZE]; } *v;
	int64_t n;
};

static int
seen_on_entry(void *arg, const struct entry *e)
{
	struct seen *s = arg;

	s->v = xrealloc(s->v, (size_t)s->n + 1, sizeof *s->v);
	memcpy(s->v[s->n].op, e->op, OP_SIZE);
	memcpy(s->v[s->n].chain, e->chain, HASH_SIZE);
	s->n++;
	return 0;
}

/* Its events are there, they are these, and no others carry its number. */
static enum verdict
check_ack(struct store *st, const struct seen *s, const struct ack *a,
    struct why *why)
{
	int64_t i, times = 0;
	char *answer;

	if (a->end > s->n || (a->end > 0 &&
	    memcmp(s->v[a->end - 1].chain, a->chain, HASH_SIZE) != 0)) {
		(void)why_set(why, ERR_SYSTEM, "acknowledged up to event %lld,"
		    " %lld are there", (long long)a->end, (long long)s->n);
		return VERDICT_LOST;
	}
	for (i = 0; i < s->n; i++)
		if (memcmp(s->v[i].op, a->op, OP_SIZE) == 0)
			times += i + 1 >= a->lo && i + 1 <= a->hi ? 1 : 1000;
	if (times != a->hi - a->lo + 1) {
		(void)why_set(why, ERR_SYSTEM, "operation of event %lld is "
		    "there %lld times", (long long)a->lo, (long long)times);
		return VERDICT_TWICE;
	}
	if (a->login == NULL)
		return VERDICT_GOOD;
	answer = store_find_answer(st, a->op, a->login);
	free(answer);
	if (answer != NULL)
		return VERDICT_GOOD;
	(void)why_set(why, ERR_SYSTEM, "no answer kept for event %lld",
	    (long long)a->lo);
	return VERDICT_LOST;
}

static enum verdict
check_whole_turns(const struct seen *s, const struct claims *c, size_t cut,
    struct why *why)
{
	size_t i;

	for (i = 0; i < c->commits_count && c->commits[i].at < cut; i++)
		if (c->commits[i].end == s->n)
			return VERDICT_GOOD;
	if (s->n == 0)
		return VERDICT_GOOD;
	(void)why_set(why, ERR_SYSTEM, "%lld events: no turn ended there",
	    (long long)s->n);
	return VERDICT_HALF;
}

static enum verdict
check_events(struct core *core, const struct claims *c, size_t cut,
    struct why *why)
{
	enum verdict v = VERDICT_GOOD;
	struct seen s = { 0 };
	size_t i, n = claims_count(c, cut);
	int64_t count = 0;

	if (store_verify(core->store, &count, why) < 0)
		return VERDICT_CHAIN;
	if (store_each(core->store, 1, seen_on_entry, &s, why) < 0)
		v = VERDICT_CORRUPT;
	for (i = n; v == VERDICT_GOOD && i-- > 0;)
		v = check_ack(core->store, &s, &c->acks[i], why);
	if (v == VERDICT_GOOD)
		v = check_whole_turns(&s, c, cut, why);
	free(s.v);
	return v;
}

static enum verdict
check_views(struct core *core, struct why *why)
{
	int64_t events = 0;
	bool equal = false;

	if (project_rebuild(core, false, &events, &equal, why) < 0)
		return VERDICT_CORRUPT;
	if (equal)
		return VERDICT_GOOD;
	(void)why_set(why, ERR_SYSTEM, "views differ from the events");
	return VERDICT_VIEWS;
}

struct files {
	const char *dir;
	struct why *why;
	bool sound;
};

static int
files_on_row(void *arg, const struct file_row *row)
{
	struct files *f = arg;
	struct blob b = { f->dir, row->office, row->sha256 };

	f->sound = blob_verify(&b, row->size, f->why) == 0;
	return f->sound ? 0 : 1;
}

static enum verdict
check_files(struct core *core, struct why *why)
{
	struct files f = { core->dir, why, true };

	(void)store_each_file(core->store, files_on_row, &f);
	return f.sound ? VERDICT_GOOD : VERDICT_FILE;
}

/* Said again with its number, it gets its first answer and does nothing. */
static enum verdict
check_resend(struct core *core, const struct ack *a, struct why *why)
{
	struct caller who = { .login = a->login, .source = "prueba" };
	const char *words[64] = { NULL };
	int64_t before = core_seq(core);
	struct answer answer;
	json_t *word;
	size_t i;
	bool same;

	json_array_foreach(a->words, i, word)
		words[i] = i < 63 ? json_string_value(word) : NULL;
	core_run(core, &who, a->op, words, true, &answer);
	same = answer.status == 0 && core_seq(core) == before &&
	    core_commit(core, why) == 0;
	if (!same)
		(void)why_set(why, ERR_SYSTEM, "resent %s: %s", words[0],
		    answer.doc);
	answer_clear(&answer);
	return same ? VERDICT_GOOD : VERDICT_TWICE;
}

static enum verdict
check_work_goes_on(struct core *core, struct why *why)
{
	struct caller who = { .login = "jefa", .source = "prueba" };
	struct answer answer;
	bool good;

	core_run(core, &who, NULL, (const char *const[]){ "iniciar",
	    "63-COM-P01", "title=Después", NULL }, true, &answer);
	good = answer.status == 0 && core_commit(core, why) == 0 &&
	    store_checkpoint(core->store, 0, why) == 0;
	if (!good)
		(void)why_set(why, ERR_SYSTEM, "no work: %s", answer.doc);
	answer_clear(&answer);
	return good ? VERDICT_GOOD : VERDICT_CORRUPT;
}

static enum verdict
check_core(struct core *core, const struct claims *c, size_t cut,
    struct why *why)
{
	size_t i, n = claims_count(c, cut);
	enum verdict v;

	if ((v = check_events(core, c, cut, why)) != VERDICT_GOOD ||
	    (v = check_views(core, why)) != VERDICT_GOOD ||
	    (v = check_files(core, why)) != VERDICT_GOOD)
		return v;
	for (i = n; i-- > 0 && i + RESENDS >= n;)
		if (c->acks[i].login != NULL &&
		    (v = check_resend(core, &c->acks[i], why)) != VERDICT_GOOD)
			return v;
	if (n > 0 && c->acks[n - 1].login != NULL)
		return check_work_goes_on(core, why);
	return VERDICT_GOOD;
}

static enum verdict
check_file(const char *path, struct why *why)
{
	enum verdict v = VERDICT_CORRUPT;
	sqlite3_stmt *st = NULL;
	sqlite3 *db = NULL;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) ==
		SQLITE_OK && sqlite3_prepare_v2(db, "PRAGMA integrity_check",
		-1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW) {
		(void)why_set(why, ERR_SYSTEM, "integrity: %s",
		    (const char *)sqlite3_column_text(st, 0));
		if (strcmp((const char *)sqlite3_column_text(st, 0), "ok") ==
		    0)
			v = VERDICT_GOOD;
	}
	sqlite3_finalize(st);
	(void)sqlite3_close(db);
	return v;
}

enum verdict
crash_check(const char *folder, const struct claims *c, size_t cut,
    struct why *why)
{
	char *path = xasprintf("%s/pauta.db", folder);
	enum verdict v = VERDICT_CORRUPT;
	struct core *core = NULL;
	struct stat sb;

	if (c->created < cut && stat(path, &sb) < 0) {
		(void)why_set(why, ERR_SYSTEM, "the record was made and is "
		    "not there");
		v = VERDICT_LOST;
	} else if (core_open(folder, &core, why) == 0) {
		v = check_core(core, c, cut, why);
		core_free(core);
		if (v == VERDICT_GOOD)
			v = check_file(path, why);
	}
	free(path);
	return v;
}
