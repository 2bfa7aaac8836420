/* SPDX-License-Identifier: ISC */
/*
 * store_event.c - the events: append, read.  store_verify.c checks them.
 *
 *   seq    kase  prev
 *    1      0     0     office's own acts are the list of case 0
 *    2      7     0
 *    3      0     1
 *    4      7     2     <- tails: (7, 4)
 *
 * A case's history is read backwards along prev from its row in tails; no
 * index on kase is written with every event.
 */
#include "sql.h"

#define EVENT_MALFORMED "sus partes no tienen el tamaño debido"

/*
 * Read the row: body borrowed until the next one.  False when a column has
 * not the size it must have.  A salt goes when its body is erased.
 */
static bool
event_read(sqlite3_stmt *st, struct entry *e)
{
	memset(e, 0, sizeof *e);
	e->seq = sqlite3_column_int64(st, 0);
	e->kase = sqlite3_column_int64(st, 1);
	e->prev = sqlite3_column_int64(st, 2);
	e->body = sql_text(st, 7);
	/* A NUL inside would hide what follows it from the hash. */
	if (e->body != NULL &&
	    strlen(e->body) != (size_t)sqlite3_column_bytes(st, 7))
		return false;
	return sql_blob(st, 3, e->op, OP_SIZE) &&
	    (sql_blob(st, 4, e->salt, SALT_SIZE) || e->body == NULL) &&
	    sql_blob(st, 5, e->leaf, HASH_SIZE) &&
	    sql_blob(st, 6, e->chain, HASH_SIZE);
}

int
event_damaged(struct why *why, int64_t seq, const char *what)
{
	return why_set(why, ERR_SYSTEM,
	    "El registro está alterado en el evento %lld: %s.", (long long)seq,
	    what);
}

int
event_load_head(struct store *s, struct why *why)
{
	sqlite3_stmt *st = sql_begin(s, SQL_HEAD, NO_CELLS);
	struct entry e;
	int r;

	if ((r = sql_next(s, st, why)) > 0) {
		r = 0;
		if (!event_read(st, &e))
			r = event_damaged(why, e.seq,
			    EVENT_MALFORMED);
		s->head.seq = e.seq;
		memcpy(s->head.chain, e.chain, HASH_SIZE);
	}
	sql_end(s, SQL_HEAD, st);
	return r;
}

int64_t
store_next_seq(const struct store *s)
{
	return s->head.seq + 1;
}

int64_t
store_head(const struct store *s, uint8_t chain[HASH_SIZE])
{
	memcpy(chain, s->head.chain, HASH_SIZE);
	return s->head.seq;
}

/* Drawn many at a time: asking the generator costs more than the hash. */
static void
event_salt(struct store *s, uint8_t out[SALT_SIZE])
{
	if (s->salts_left == 0) {
		hash_random(s->salts, sizeof s->salts);
		s->salts_left = ARRAY_LEN(s->salts);
	}
	memcpy(out, s->salts[--s->salts_left], SALT_SIZE);
}

int
store_append(struct store *s, struct entry *e, struct why *why)
{
	size_t len = strlen(e->body);
	int r;

	e->seq = s->head.seq + 1;
	e->prev = sql_number(s, SQL_TAIL_FIND, CELLS(cell_int(e->kase)));
	event_salt(s, e->salt);
	hash_two(e->salt, SALT_SIZE, e->body, len, e->leaf);
	hash_two(s->head.chain, HASH_SIZE, e->leaf, HASH_SIZE, e->chain);
	r = sql_run(s, SQL_EVENT_ADD,
	    CELLS(cell_int(e->seq), cell_int(e->kase), cell_int(e->prev),
		cell_blob(e->op, OP_SIZE), cell_blob(e->salt, SALT_SIZE),
		cell_blob(e->leaf, HASH_SIZE), cell_blob(e->chain, HASH_SIZE),
		cell_text(e->body)), why);
	if (r < 0)
		return r;
	r = sql_run(s, SQL_TAIL_PUT,
	    CELLS(cell_int(e->kase), cell_int(e->seq)), why);
	if (r < 0)
		return r;
	s->head.seq = e->seq;
	memcpy(s->head.chain, e->chain, HASH_SIZE);
	return 0;
}

static int
event_walk(struct store *s, enum sql id, int64_t from, entry_fn *fn, void *arg,
    struct why *why)
{
	sqlite3_stmt *st = sql_begin(s, id, CELLS(cell_int(from)));
	struct entry e;
	int r;

	while ((r = sql_next(s, st, why)) > 0) {
		if (!event_read(st, &e))
			r = event_damaged(why, e.seq,
			    EVENT_MALFORMED);
		else
			r = fn(arg, &e);
		if (r != 0)
			break;
	}
	sql_end(s, id, st);
	return r;
}

int
store_each(struct store *s, int64_t from_seq, entry_fn *fn, void *arg,
    struct why *why)
{
	return event_walk(s, SQL_EVENT_EACH, from_seq, fn, arg, why);
}

int
store_case_events(struct store *s, int64_t kase, entry_fn *fn, void *arg,
    struct why *why)
{
	return event_walk(s, SQL_EVENT_EACH_OF, kase, fn, arg, why);
}
