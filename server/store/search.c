/* SPDX-License-Identifier: ISC */
/*
 * search.c - see search.h.  A place is written once and stays while its case
 * says the same: most of a case does, from one event to the next.
 *
 * Texts become words in one way only (text_find_word, text_fold_word), what is
 * kept and what is asked alike; the index gets them separated by blanks, so
 * no sign that a person types is ever an operator.
 */
#include "search_own.h"

#include <assert.h>
#include <fcntl.h>
#include <unistd.h>

#include "schema.h"
#include "../../proto/text.h"

static const char *const fts_texts[FTS_N] = {
#define X(name, text) [FTS_##name] = text,
#include "search.def"
#undef X
};

/*
 * Steps of SQLite before an ordered answer is given up: less than half a
 * second.  Words of a part, and cases that come without an order.
 */
enum { FIND_STEPS = 1000, FIND_STEPS_MOST = 5000, PART_WORDS = 8,
	WORD_BYTES = 64 };

/* A place of the file, while its case is put again. */
struct kept {
	int64_t id;
	struct place place;
	bool stays;
};

int
fts_run(struct search *s, enum fts id, const struct cell *cells, size_t n,
    struct why *why)
{
	int r;

	sql_bind(s->st[id], cells, n);
	r = sqlite3_step(s->st[id]);
	sqlite3_reset(s->st[id]);
	sqlite3_clear_bindings(s->st[id]);
	return r == SQLITE_DONE || r == SQLITE_ROW ? 0 : sql_why(s->db, why);
}

/* ---- the file ---- */

static int
search_prepare(struct search *s, struct why *why)
{
	sqlite3_stmt *st;
	int i;

	for (i = 0; i < FTS_N; i++)
		if (sqlite3_prepare_v3(s->db, fts_texts[i], -1,
			SQLITE_PREPARE_PERSISTENT, &s->st[i],
			NULL) != SQLITE_OK)
			return sql_why(s->db, why);
	st = s->st[FTS_MARK];
	if (sqlite3_step(st) != SQLITE_ROW ||
	    !sql_blob(st, 1, s->mark.chain, HASH_SIZE)) {
		sqlite3_reset(st);
		return sql_why(s->db, why);
	}
	s->mark.fed = sqlite3_column_int64(st, 0);
	s->mark.swept = sqlite3_column_int64(st, 2);
	s->mark.noted = sqlite3_column_int64(st, 3);
	sqlite3_reset(st);
	return 0;
}

static int
search_on_progress(void *arg)
{
	struct search *s = arg;

	return s->steps >= 0 && ++s->steps > s->steps_most;
}

static int
search_try(const char *path, struct search **out, struct why *why)
{
	struct search *s = xcalloc(1, sizeof *s);
	int fd, r;

	s->steps = -1;
	s->steps_most = FIND_STEPS_MOST;
	/* So that nobody else can read it, whatever the mask is. */
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
	if (sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READWRITE |
		SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		r = sql_why(s->db, why);
	else if ((r = schema_words_open(s->db, why)) == 0 &&
	    (r = search_prepare(s, why)) == 0) {
		sqlite3_progress_handler(s->db, FIND_STEPS,
		    search_on_progress, s);
		*out = s;
		return 0;
	}
	search_free(s);
	return r;
}

static void
search_remove(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	char *name;
	size_t i;

	for (i = 0; i < ARRAY_LEN(ends); i++) {
		name = xasprintf("%s%s", path, ends[i]);
		(void)unlink(name);
		free(name);
	}
}

int
search_open(const char *path, struct search **out, struct why *why)
{
	if (search_try(path, out, why) == 0)
		return 0;
	search_remove(path);
	return search_try(path, out, why);
}

void
search_free(struct search *s)
{
	int i, r;

	if (s == NULL)
		return;
	for (i = 0; i < FTS_N; i++)
		sqlite3_finalize(s->st[i]);
	r = sqlite3_close(s->db);
	assert(r == SQLITE_OK);
	free(s);
}

const struct search_mark *
search_mark(const struct search *s)
{
	return &s->mark;
}

/* ---- feeding ---- */

int
search_begin(struct search *s, struct why *why)
{
	return fts_run(s, FTS_BEGIN, NO_CELLS, why);
}

int
search_commit(struct search *s, const struct search_mark *m, struct why *why)
{
	int r;

	r = fts_run(s, FTS_MARK_PUT, CELLS(cell_int(m->fed),
	    cell_blob(m->chain, HASH_SIZE), cell_int(m->swept),
	    cell_int(m->noted)), why);
	if (r == 0)
		r = fts_run(s, FTS_COMMIT, NO_CELLS, why);
	if (r == 0)
		s->mark = *m;
	else if (!sqlite3_get_autocommit(s->db))
		(void)fts_run(s, FTS_ROLLBACK, NO_CELLS, &(struct why){ 0 });
	return r;
}

int
search_restart(struct search *s, struct why *why)
{
	int r;

	if ((r = fts_run(s, FTS_WORDS_CLEAR, NO_CELLS, why)) == 0 &&
	    (r = fts_run(s, FTS_SAID_CLEAR, NO_CELLS, why)) == 0)
		r = fts_run(s, FTS_PLACE_CLEAR, NO_CELLS, why);
	return r;
}

int
search_scrub(struct search *s, struct why *why)
{
	int r;

	if ((r = fts_run(s, FTS_WORDS_MERGE, NO_CELLS, why)) < 0 ||
	    (r = fts_run(s, FTS_SCRUB, NO_CELLS, why)) < 0)
		return r;
	return sqlite3_wal_checkpoint_v2(s->db, NULL,
	    SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) == SQLITE_OK ? 0 :
	    sql_why(s->db, why);
}

/* "Vacunación: 3 dosis" as "vacunacion 3 dosis". */
static char *
place_words(const char *text)
{
	struct buf b;
	char *word, *out;
	size_t len;

	buf_init(&b, 4 * VALUE_MAX);
	for (; text_find_word(&text, &len); text += len) {
		word = text_fold_word(text, len);
		(void)buf_addf(&b, "%s ", word);
		free(word);
	}
	out = xstrdup(buf_str(&b));
	buf_clear(&b);
	return out;
}

static bool
place_is(const struct place *a, const struct place *b)
{
	return a->kind == b->kind && a->row == b->row &&
	    strcmp(a->step, b->step) == 0 && strcmp(a->label, b->label) == 0 &&
	    strcmp(a->text, b->text) == 0;
}

static int
place_add(struct search *s, int64_t kase, const struct place *p,
    struct why *why)
{
	char *words;
	int r;

	r = fts_run(s, FTS_PLACE_ADD, CELLS(cell_int(kase),
	    cell_int((int64_t)p->kind), cell_text(p->step), cell_int(p->row),
	    cell_text(p->label), cell_text(p->text)), why);
	if (r < 0)
		return r;
	words = place_words(p->text);
	r = fts_run(s, FTS_WORDS_ADD,
	    CELLS(cell_int(sqlite3_last_insert_rowid(s->db)),
		cell_text(words)), why);
	free(words);
	return r;
}

/* The places the file has of a case; *count of them, to be freed. */
static struct kept *
kept_read(struct search *s, int64_t kase, size_t *count, int *r,
    struct why *why)
{
	sqlite3_stmt *st = s->st[FTS_PLACE_EACH];
	struct kept *list = NULL;
	int step;

	*count = 0;
	sql_bind(st, CELLS(cell_int(kase)));
	while ((step = sqlite3_step(st)) == SQLITE_ROW) {
		list = xrealloc(list, *count + 1, sizeof *list);
		list[(*count)++] = (struct kept){
			.id = sqlite3_column_int64(st, 0),
			.place = {
				.kind = (enum place_kind)
				    sqlite3_column_int(st, 1),
				.step = xstrdup(sql_text(st, 2)),
				.row = sqlite3_column_int(st, 3),
				.label = xstrdup(sql_text(st, 4)),
				.text = xstrdup(sql_text(st, 5)),
			},
		};
	}
	*r = step == SQLITE_DONE ? 0 : sql_why(s->db, why);
	sqlite3_reset(st);
	return list;
}

static void
kept_free(struct kept *list, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		free((char *)list[i].place.step);
		free((char *)list[i].place.label);
		free((char *)list[i].place.text);
	}
	free(list);
}

/* Is that place in the file already?  Then it stays. */
static bool
kept_find(struct kept *list, size_t count, const struct place *p)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!list[i].stays && place_is(&list[i].place, p)) {
			list[i].stays = true;
			return true;
		}
	return false;
}

static int
kept_drop(struct search *s, const struct kept *k, struct why *why)
{
	char *words = place_words(k->place.text);
	int r;

	r = fts_run(s, FTS_WORDS_DEL,
	    CELLS(cell_int(k->id), cell_text(words)), why);
	if (r == 0)
		r = fts_run(s, FTS_PLACE_DEL, CELLS(cell_int(k->id)), why);
	free(words);
	return r;
}

int
search_put(struct search *s, int64_t kase, const struct place *list, size_t n,
    struct why *why)
{
	struct kept *had;
	size_t count, i;
	int r;

	had = kept_read(s, kase, &count, &r, why);
	for (i = 0; r == 0 && i < n; i++)
		if (!kept_find(had, count, &list[i]))
			r = place_add(s, kase, &list[i], why);
	for (i = 0; r == 0 && i < count; i++)
		if (!had[i].stays)
			r = kept_drop(s, &had[i], why);
	kept_free(had, count);
	return r;
}

/* ---- asking ---- */

/* The end of the blank-separated part of a text that begins at p. */
static const char *
part_end(const char *p)
{
	return p + strcspn(p, " \t\n");
}

/* "BOL-2026" as "bol" AND "2026"*; NULL when there is no word in it. */
static char *
part_expression(const char *p, const char *end)
{
	size_t len;
	bool cut;
	bool more = text_find_word(&p, &len) && p < end;
	char *word, *out;
	struct buf b;
	int n = 0;

	buf_init(&b, TEXT_MAX);
	while (more && n < PART_WORDS) {
		word = text_fold_word(p, len);
		if ((cut = strlen(word) > WORD_BYTES)) {
			word[WORD_BYTES] = '\0';
			text_cut(word);
		}
		p += len;
		more = text_find_word(&p, &len) && p < end;
		if (*word != '\0')
			(void)buf_addf(&b, "%s\"%s\"%s", n++ > 0 ? " AND " :
			    "", word, cut || !more ? "*" : "");
		free(word);
	}
	out = n > 0 ? xstrdup(buf_str(&b)) : NULL;
	buf_clear(&b);
	return out;
}

/* The expressions of a text, each once. */
static json_t *
parts_of(const char *text)
{
	json_t *list = json_array(), *seen = json_object();
	const char *end;
	char *one;

	for (; *text != '\0' && json_array_size(list) < SEARCH_PARTS;
	     text = *end != '\0' ? end + 1 : end) {
		end = part_end(text);
		if ((one = part_expression(text, end)) == NULL)
			continue;
		if (json_object_get(seen, one) == NULL)
			json_array_append_new(list, json_string(one));
		json_object_set_new(seen, one, json_true());
		free(one);
	}
	json_decref(seen);
	return list;
}

/* 0, 1 when it would take too long, or an error. */
static int
find_walk(struct search *s, enum fts id, const struct cell *cells, size_t n,
    search_fn *fn, void *arg, struct why *why)
{
	sqlite3_stmt *st = s->st[id];
	int r;

	sql_bind(st, cells, n);
	while ((r = sqlite3_step(st)) == SQLITE_ROW) {
		s->steps = -1;		/* what is left is walking a list */
		if (fn(arg, sqlite3_column_int64(st, 0)) != 0)
			break;
	}
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
	if (r == SQLITE_INTERRUPT)
		return 1;
	return r == SQLITE_ROW || r == SQLITE_DONE ? 0 : sql_why(s->db, why);
}

/* The newest places that say all of it: no order is needed, and no count. */
static int
find_newest(struct search *s, const json_t *parts, search_fn *fn, void *arg,
    struct why *why)
{
	const json_t *part;
	struct buf all;
	size_t i;
	int r;

	buf_init(&all, FRAME_MAX);
	json_array_foreach(parts, i, part)
		(void)buf_addf(&all, "%s(%s)", i > 0 ? " AND " : "",
		    json_string_value(part));
	r = find_walk(s, FTS_FIND_NEWEST, CELLS(cell_text(buf_str(&all)),
	    cell_int(SEARCH_NEWEST)), fn, arg, why);
	buf_clear(&all);
	return r;
}

void
search_set_steps(struct search *s, int thousands)
{
	s->steps_most = thousands;
}

int
search_find(struct search *s, const char *text, search_fn *fn, void *arg,
    bool *most, struct why *why)
{
	json_t *parts = parts_of(text);
	char *list = json_dumps(parts, JSON_COMPACT);
	int r = 0;

	*most = false;
	if (json_array_size(parts) > 0) {
		s->steps = 0;
		r = find_walk(s, FTS_FIND, CELLS(cell_text(list)), fn, arg,
		    why);
		s->steps = -1;
		if (r == 1) {
			*most = true;
			r = find_newest(s, parts, fn, arg, why);
		}
	}
	free(list);
	json_decref(parts);
	return r;
}

int
search_places(struct search *s, int64_t kase, place_fn *fn, void *arg,
    struct why *why)
{
	struct kept *list;
	size_t count, i;
	int r;

	list = kept_read(s, kase, &count, &r, why);
	for (i = 0; r == 0 && i < count; i++)
		if (fn(arg, &list[i].place) != 0)
			break;
	kept_free(list, count);
	return r;
}
