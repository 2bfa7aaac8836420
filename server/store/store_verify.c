/* SPDX-License-Identifier: ISC */
/*
 * store_verify.c - is the record what was written?  One walk over the events:
 *
 *   n, n + 1, …   no number missing
 *   leaf          SHA-256 of salt and body
 *   chain         SHA-256 of the chain before and leaf
 *   body          says its own n, op and case
 *
 * then prev and tails against the events, by SQL.  So every column of an
 * event is under its leaf, under the chain, or is computed from those.
 * A body names its case by folio and the column by number: one folio has one
 * number, seen first with the case's first event, and back.
 */
#include "sql.h"

/* What has been seen so far. */
struct walk {
	int64_t seq;
	uint8_t chain[HASH_SIZE];
	json_t *cases;			/* folio -> number; "#number" -> true */
	struct why *why;
};

/* Does the body belong to the case that the columns say? */
static bool
walk_is_of_case(struct walk *w, const struct entry *e, const json_t *folio)
{
	const char *name = json_string_value(folio);
	const json_t *seen;
	char number[24];

	if (e->kase == 0)
		return folio == NULL || json_is_null(folio);
	if (name == NULL)
		return false;
	if ((seen = json_object_get(w->cases, name)) != NULL)
		return json_integer_value(seen) == e->kase && e->prev != 0;
	(void)snprintf(number, sizeof number, "#%lld", (long long)e->kase);
	if (json_object_get(w->cases, number) != NULL)
		return false;
	json_object_set_new(w->cases, name, json_integer(e->kase));
	json_object_set_new(w->cases, number, json_true());
	return e->prev == 0;
}

/* Does the body say, in JSON, what the columns say? */
static bool
walk_is_same(struct walk *w, const struct entry *e)
{
	json_t *doc = json_loads(e->body, JSON_REJECT_DUPLICATES, NULL);
	const json_t *n = json_object_get(doc, "n");
	const char *op = json_string_value(json_object_get(doc, "op"));
	char hex[2 * OP_SIZE + 1];
	bool ok;

	ok = json_is_integer(n) && json_integer_value(n) == e->seq &&
	    op != NULL && strcmp(op, hex_text(e->op, OP_SIZE, hex)) == 0 &&
	    walk_is_of_case(w, e, json_object_get(doc, "case"));
	json_decref(doc);
	return ok;
}

static int
walk_on_entry(void *arg, const struct entry *e)
{
	struct walk *w = arg;
	uint8_t sum[HASH_SIZE];

	if (e->seq != w->seq + 1)
		return event_damaged(w->why, w->seq + 1,
		    "falta, y le sigue otro posterior");
	w->seq = e->seq;
	if (e->body != NULL) {
		hash_two(e->salt, SALT_SIZE, e->body, strlen(e->body), sum);
		if (memcmp(sum, e->leaf, HASH_SIZE) != 0)
			return event_damaged(w->why, e->seq,
			    "su contenido no corresponde a su huella");
		if (!walk_is_same(w, e))
			return event_damaged(w->why, e->seq,
			    "su contenido no se puede leer o dice otro "
			    "número, operación o expediente");
	}
	hash_two(w->chain, HASH_SIZE, e->leaf, HASH_SIZE, sum);
	if (memcmp(sum, e->chain, HASH_SIZE) != 0)
		return event_damaged(w->why, e->seq,
		    "no continúa la cadena del anterior");
	memcpy(w->chain, sum, HASH_SIZE);
	return 0;
}

/* Run a statement that looks for a fault; *which is where it found one. */
static int
verify_find_fault(struct store *s, enum sql id, bool *found, int64_t *which,
    struct why *why)
{
	sqlite3_stmt *st = sql_begin(s, id, NO_CELLS);
	int r = sql_next(s, st, why);

	*found = r > 0;
	if (*found)
		*which = sqlite3_column_int64(st, 0);
	sql_end(s, id, st);
	return r < 0 ? r : 0;
}

int
store_verify(struct store *s, int64_t *count, struct why *why)
{
	struct walk w = { .why = why };
	int64_t which;
	bool found;
	int r;

	w.cases = json_object();
	r = store_each(s, INT64_MIN, walk_on_entry, &w, why);
	json_decref(w.cases);
	if (r < 0)
		return r;
	*count = w.seq;
	r = verify_find_fault(s, SQL_PREV_FAULT, &found, &which, why);
	if (r < 0)
		return r;
	if (found)
		return event_damaged(why, which,
		    "no señala al evento anterior de su expediente");
	r = verify_find_fault(s, SQL_TAIL_FAULT, &found, &which, why);
	if (r < 0)
		return r;
	if (found)
		return why_set(why, ERR_SYSTEM,
		    "El registro está alterado: el último evento del "
		    "expediente interno %lld no es el que debe.",
		    (long long)which);
	return 0;
}
