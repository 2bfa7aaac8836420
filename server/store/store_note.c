/* SPDX-License-Identifier: ISC */
/* store_note.c - notes of the media, and the marks that people put on them. */
#include "note.h"
#include "sql.h"

int
store_add_note(struct store *s, const struct note_row *n, int64_t *id,
    struct why *why)
{
	int r;

	*id = 0;
	r = sql_run(s, SQL_NOTE_ADD,
	    CELLS(cell_text(n->office), cell_text(n->key),
		cell_text(n->source), cell_text(n->medium),
		cell_text(n->section), cell_text(n->title),
		cell_text(n->text), cell_text(n->link), cell_text(n->author),
		cell_int(n->published), cell_int(n->at),
		cell_blob(n->sketch, n->sketch_len), cell_int(n->story),
		cell_text(n->alike), cell_text(n->hits)), why);
	if (r == 0 && sqlite3_changes(s->db) > 0)
		*id = sqlite3_last_insert_rowid(s->db);
	return r;
}

bool
store_has_note(struct store *s, const char *office, const char *key)
{
	return sql_number(s, SQL_NOTE_HAS,
	    CELLS(cell_text(office), cell_text(key))) != 0;
}

static struct note_row
note_row_read(sqlite3_stmt *st)
{
	return (struct note_row){
		.id = sqlite3_column_int64(st, 0),
		.office = sql_text(st, 1),
		.key = sql_text(st, 2),
		.source = sql_text(st, 3),
		.medium = sql_text(st, 4),
		.section = sql_text(st, 5),
		.title = sql_text(st, 6),
		.text = sql_text(st, 7),
		.link = sql_text(st, 8),
		.author = sql_text(st, 9),
		.published = sqlite3_column_int64(st, 10),
		.at = sqlite3_column_int64(st, 11),
		.sketch = sqlite3_column_blob(st, 12),
		.sketch_len = (size_t)sqlite3_column_bytes(st, 12),
		.story = sqlite3_column_int64(st, 13),
		.alike = sql_text(st, 14),
		.hits = sql_text(st, 15),
		.holder = sql_text(st, 16),
		.held = sqlite3_column_int64(st, 17),
		.mark = {
			.note = sqlite3_column_int64(st, 0),
			.n = sqlite3_column_int64(st, 18),
			.state = sql_text(st, 19),
			.kind = sql_text(st, 20),
			.topic = sql_text(st, 21),
			.scope = sql_text(st, 22),
			.tone = sql_text(st, 23),
			.reason = sql_text(st, 24),
			.folio = sql_text(st, 25),
			.step = sql_text(st, 26),
			.login = sql_text(st, 27),
			.at = sqlite3_column_int64(st, 28),
		},
	};
}

/* What fn said at last; *count: how many it got. */
static int
note_walk(struct store *s, enum sql id, const struct cell *cells, size_t n,
    note_fn *fn, void *arg, size_t *count)
{
	sqlite3_stmt *st = sql_begin(s, id, cells, n);
	struct note_row row;
	int r;

	while ((r = sql_next(s, st, NULL)) > 0) {
		row = note_row_read(st);
		(*count)++;
		if ((r = fn(arg, &row)) != 0)
			break;
	}
	sql_end(s, id, st);
	return r;
}

int
store_find_note(struct store *s, int64_t id, note_fn *fn, void *arg)
{
	size_t count = 0;
	int r = note_walk(s, SQL_NOTE_FIND, CELLS(cell_int(id)), fn, arg,
	    &count);

	return count == 0 ? -ERR_NOT_FOUND : r;
}

int
store_each_note(struct store *s, const char *office, int64_t from, int64_t to,
    const char *state, note_fn *fn, void *arg)
{
	size_t count = 0;

	return note_walk(s, SQL_NOTE_EACH,
	    CELLS(cell_text(office), cell_int(from), cell_int(to),
		cell_text(state)), fn, arg, &count);
}

int
store_each_note_after(struct store *s, int64_t id, note_fn *fn, void *arg)
{
	size_t count = 0;

	return note_walk(s, SQL_NOTE_EACH_AFTER, CELLS(cell_int(id)), fn, arg,
	    &count);
}

int
store_each_sketch(struct store *s, int64_t from, note_fn *fn, void *arg)
{
	size_t count = 0;

	return note_walk(s, SQL_SKETCH_EACH, CELLS(cell_int(from)), fn, arg,
	    &count);
}

int
store_each_of_story(struct store *s, int64_t story, note_fn *fn, void *arg)
{
	size_t count = 0;

	return note_walk(s, SQL_STORY_EACH, CELLS(cell_int(story)), fn, arg,
	    &count);
}

int64_t
store_last_note(struct store *s)
{
	return sql_number(s, SQL_NOTE_LAST, NO_CELLS);
}

int
store_put_note_story(struct store *s, int64_t id, int64_t story,
    struct why *why)
{
	return sql_run(s, SQL_NOTE_STORY,
	    CELLS(cell_int(id), cell_int(story)), why);
}

int
store_hold_note(struct store *s, int64_t id, const char *login, int64_t at,
    struct why *why)
{
	return sql_run(s, SQL_NOTE_HOLD,
	    CELLS(cell_int(id), cell_text(login), cell_int(at)), why);
}

int
store_del_notes(struct store *s, int64_t before, struct why *why)
{
	return sql_run(s, SQL_NOTE_DEL, CELLS(cell_int(before)), why);
}

int
store_put_mark(struct store *s, const struct mark_row *m, struct why *why)
{
	return sql_run(s, SQL_MARK_PUT,
	    CELLS(cell_int(m->note), cell_int(m->n), cell_text(m->state),
		cell_text(m->kind), cell_text(m->topic), cell_text(m->scope),
		cell_text(m->tone), cell_text(m->reason), cell_text(m->folio),
		cell_text(m->step), cell_text(m->login), cell_int(m->at)),
	    why);
}
