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
 * event is under its leaf, under the chain, or is computed from those.  A
 * body may be missing only where a later event says that it was erased.
 * A body names its case by folio and the column by number: one folio has one
 * number, seen first with the case's first event, and back.
 */
#include "sql.h"

/* What has been seen so far. */
struct walk {
	int64_t seq;
	uint8_t chain[HASH_SIZE];
	json_t *cases;		/* quoted folio -> number; number -> true */
	json_t *missing;	/* number of an event without body -> itself */
	struct why *why;
};

/* ---- members of a body ---- */

/* Some text within another. */
struct span {
	const char *p;			/* NULL: absent */
	size_t n;
};

static bool
span_is(struct span s, const char *text)
{
	return s.p != NULL && s.n == strlen(text) &&
	    memcmp(s.p, text, s.n) == 0;
}

/* After the value that begins at p; NULL when it has no end. */
static const char *
body_skip(const char *p)
{
	int depth = 0;

	for (;; p++) {
		if (*p == '"')
			for (p++; *p != '"'; p++)
				if (*p == '\0' || (*p == '\\' && *++p == '\0'))
					return NULL;
		if (*p == '{' || *p == '[')
			depth++;
		else if (*p == '}' || *p == ']')
			depth--;
		else if (*p == '\0')
			return NULL;
		/* p is at the last byte of something whole. */
		if (depth == 0 && (p[1] == ',' || p[1] == '}' ||
				      p[1] == ':' || p[1] == '\0'))
			return p + 1;
	}
}

/*
 * The members that the columns repeat, as they are written.  A parser would
 * take most of the time of verifying: a body is canonical, so its keys come
 * in order, each once, and nothing else needs to be understood here.  False
 * when it is not so.
 */
static bool
body_read(const char *p, struct span *n, struct span *op, struct span *kase)
{
	struct span key, last = { "", 0 }, value;
	const char *end;
	int order;

	if (*p != '{')
		return false;
	do {
		key.p = ++p;
		if (*p != '"' || (end = body_skip(p)) == NULL || *end != ':')
			return false;
		key.n = (size_t)(end - p);
		order = memcmp(last.p, key.p,
		    last.n < key.n ? last.n : key.n);
		if (order > 0 || (order == 0 && last.n >= key.n))
			return false;
		last = key;
		value.p = p = end + 1;
		if ((end = body_skip(p)) == NULL)
			return false;
		value.n = (size_t)(end - p);
		if (span_is(key, "\"n\""))
			*n = value;
		else if (span_is(key, "\"op\""))
			*op = value;
		else if (span_is(key, "\"case\""))
			*kase = value;
		p = end;
	} while (*p == ',');
	return p[0] == '}' && p[1] == '\0';
}

/* ---- the walk ---- */

/* Does the body belong to the case that the columns say? */
static bool
walk_is_of_case(struct walk *w, const struct entry *e, struct span folio)
{
	char name[128], number[24];
	const json_t *seen;

	if (e->kase == 0)
		return folio.p == NULL || span_is(folio, "null");
	if (folio.p == NULL || folio.n < 3 || folio.n >= sizeof name ||
	    *folio.p != '"')
		return false;
	memcpy(name, folio.p, folio.n);
	name[folio.n] = '\0';
	if ((seen = json_object_get(w->cases, name)) != NULL)
		return json_integer_value(seen) == e->kase && e->prev != 0;
	(void)snprintf(number, sizeof number, "%lld", (long long)e->kase);
	if (json_object_get(w->cases, number) != NULL)
		return false;
	json_object_set_new(w->cases, name, json_integer(e->kase));
	json_object_set_new(w->cases, number, json_true());
	return e->prev == 0;
}

/* Does the body say what the columns say? */
static bool
walk_is_same(struct walk *w, const struct entry *e)
{
	struct span n = { 0 }, op = { 0 }, folio = { 0 };
	char number[24], hex[2 * OP_SIZE + 1], quoted[2 * OP_SIZE + 3];

	if (!body_read(e->body, &n, &op, &folio))
		return false;
	(void)snprintf(number, sizeof number, "%lld", (long long)e->seq);
	(void)snprintf(quoted, sizeof quoted, "\"%s\"",
	    hex_text(e->op, OP_SIZE, hex));
	return span_is(n, number) && span_is(op, quoted) &&
	    walk_is_of_case(w, e, folio);
}

/* An event of the office says whose bodies are no longer there. */
static void
walk_on_erased(struct walk *w, const char *body)
{
	json_t *doc = json_loads(body, 0, NULL), *list, *n;
	char number[24];
	size_t i;

	list = json_object_get(json_object_get(doc, "data"), "events");
	json_array_foreach(list, i, n) {
		(void)snprintf(number, sizeof number, "%lld",
		    (long long)json_integer_value(n));
		json_object_del(w->missing, number);
	}
	json_decref(doc);
}

static void
walk_on_missing(struct walk *w, int64_t seq)
{
	char number[24];

	(void)snprintf(number, sizeof number, "%lld", (long long)seq);
	json_object_set_new(w->missing, number, json_integer(seq));
}

/* The first body that is missing and nobody erased; 0 when there is none. */
static int64_t
walk_first_missing(const struct walk *w)
{
	int64_t first = 0, n;
	const char *key;
	json_t *value;

	json_object_foreach(w->missing, key, value) {
		n = json_integer_value(value);
		if (first == 0 || n < first)
			first = n;
	}
	return first;
}

static int
walk_on_entry(void *arg, const struct entry *e)
{
	static const char erased[] = "\"type\":\"case.erased\"}";
	struct walk *w = arg;
	uint8_t sum[HASH_SIZE];

	if (e->seq != w->seq + 1)
		return event_damaged(w->why, w->seq + 1,
		    "falta, y le sigue otro posterior");
	w->seq = e->seq;
	if (e->body == NULL) {
		walk_on_missing(w, e->seq);
	} else {
		hash_two(e->salt, SALT_SIZE, e->body, strlen(e->body), sum);
		if (memcmp(sum, e->leaf, HASH_SIZE) != 0)
			return event_damaged(w->why, e->seq,
			    "su contenido no corresponde a su huella");
		if (!walk_is_same(w, e))
			return event_damaged(w->why, e->seq,
			    "su contenido no se puede leer o dice otro "
			    "número, operación o expediente");
		if (e->kase == 0 && strstr(e->body, erased) != NULL)
			walk_on_erased(w, e->body);
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
	w.missing = json_object();
	r = store_each(s, INT64_MIN, walk_on_entry, &w, why);
	which = walk_first_missing(&w);
	json_decref(w.cases);
	json_decref(w.missing);
	if (r == 0 && which > 0)
		r = event_damaged(why, which,
		    "le falta el contenido, y ningún hecho dice que se borró");
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
