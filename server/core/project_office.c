/* SPDX-License-Identifier: ISC */
/*
 * project_office.c - views of the office's own events: people, keys, rights,
 * definitions, settings; and the rebuild of all views from all events.
 */
#include <assert.h>

#include "monitor.h"

static int64_t
office_time(const json_t *data, const char *key)
{
	struct when at = { 0 };

	(void)when_parse(doc_text(data, key), &at);
	return at.s;
}

#define OFFICE(f)                                                  \
	static int f(struct core *c, int64_t seq, const json_t *d, \
	    struct why *why)

OFFICE(office_on_person)
{
	struct person_row row = {
		.login = doc_text(d, "login"),
		.name = doc_text(d, "name"),
		.lang = "es",
		.active = doc_is(d, "active"),
		.added = seq,
	};

	c->rights_moved = true;
	json_object_set_new(c->people, row.login,
	    json_pack("{s:s, s:b}", "name", row.name, "active", row.active));
	return store_put_person(c->store, &row, why);
}

OFFICE(office_on_key)
{
	const char *text = doc_text(d, "blob");
	struct key_row row = {
		.login = doc_text(d, "login"),
		.comment = doc_text(d, "comment"),
		.added = seq,
		.revoked = doc_is(d, "active") ? 0 : seq,
	};
	struct buf blob;
	int r;

	c->rights_moved = true;
	buf_init(&blob, TEXT_MAX * 2);
	r = base64_parse(text, &blob);
	assert(r == 0);
	row.blob = blob.p;
	row.blob_len = blob.len;
	hash_sha256(blob.p, blob.len, row.fingerprint);
	r = store_put_key(c->store, &row, why);
	buf_clear(&blob);
	return r;
}

OFFICE(office_on_grant)
{
	struct grant_row row = {
		.id = doc_int(d, "grant"),
		.login = doc_text(d, "login"),
		.role = doc_text(d, "role"),
		.office = doc_text(d, "office"),
		.for_login = doc_text(d, "for_login"),
		.scope = doc_text(d, "scope"),
		.reason = doc_text(d, "reason"),
		.from = office_time(d, "from"),
		.to = office_time(d, "to"),
		.active = doc_is(d, "active"),
		.answer = doc_text(d, "answer"),
	};

	if (row.id == 0)
		row.id = seq;
	return store_put_grant(c->store, &row, why);
}

OFFICE(office_on_procedure)
{
	struct procedure_row row = {
		.code = doc_text(d, "code"),
		.revision = doc_text(d, "revision"),
		.file = doc_text(d, "file"),
		.source = doc_text(d, "source"),
		.seq = seq,
		.current = true,
	};

	return store_put_procedure(c->store, &row, why);
}

/* institution.set, calendar.set, setting.set: kind, name, value */
OFFICE(office_on_setting)
{
	(void)seq;
	if (strcmp(doc_text(d, "kind"), "setting") == 0)
		json_object_set_new(c->settings, doc_text(d, "name"),
		    json_string(doc_text(d, "value")));
	if (strcmp(doc_text(d, "kind"), PROFILE_SETTING) == 0)
		monitor_forget(c);
	return store_put_setting(c->store, doc_text(d, "kind"),
	    doc_text(d, "name"), doc_text(d, "value"), why);
}

/* The counters that the erased events had moved, unless moved on since. */
OFFICE(office_on_erased)
{
	const char *name;
	json_t *value;
	int64_t n;
	int r = 0;

	(void)seq;
	json_object_foreach(json_object_get(d, "counters"), name, value) {
		n = json_integer_value(value);
		if (r == 0 && n > store_find_counter(c->store, name))
			r = store_put_counter(c->store, name, n, why);
	}
	return r;
}

/* What somebody decided of a note; the event has the whole of it. */
OFFICE(office_on_note)
{
	struct mark_row row = {
		.note = doc_int(d, "note"),
		.n = seq,
		.state = doc_text(d, "state"),
		.kind = doc_text(d, "kind"),
		.topic = doc_text(d, "topic"),
		.scope = doc_text(d, "scope"),
		.tone = doc_text(d, "tone"),
		.reason = doc_text(d, "reason"),
		.folio = doc_text(d, "folio"),
		.step = doc_text(d, "step"),
		.login = doc_text(d, "by"),
		.at = office_time(d, "at"),
	};

	return store_put_mark(c->store, &row, why);
}

OFFICE(office_on_outlet)
{
	return outlet_project(c, seq, d, why);
}

static const struct {
	const char *type;
	int (*on)(struct core *, int64_t, const json_t *, struct why *);
} office_rows[] = {
	{ "case.erased", office_on_erased },
	{ "grant.set", office_on_grant },
	{ "key.set", office_on_key },
	{ "note.set", office_on_note },
	{ "outlet.set", office_on_outlet },
	{ "person.set", office_on_person },
	{ "procedure.imported", office_on_procedure },
	{ "setting.set", office_on_setting },
};

int
project_office(struct core *c, int64_t seq, const json_t *d, struct why *why)
{
	const char *type = doc_text(d, "type");
	size_t i;

	for (i = 0; i < ARRAY_LEN(office_rows); i++)
		if (strcmp(office_rows[i].type, type) == 0)
			return office_rows[i].on(c, seq, d, why);
	return why_set(why, ERR_SYSTEM,
	    "El registro tiene un hecho que este servidor no conoce: %s.",
	    type);
}

/* ---- rebuild ---- */

struct rebuild {
	struct core *c;
	struct held **held;
	size_t count;
	int64_t events;
	int r;
	struct why *why;
};

static struct held *
rebuild_case(struct rebuild *b, const struct entry *e, const json_t *data)
{
	const struct procedure *p;
	struct held *h;
	size_t i;

	for (i = b->count; i-- > 0;)
		if (b->held[i]->row.id == e->kase)
			return b->held[i];
	p = core_find_procedure(b->c, doc_text(data, "procedure"),
	    doc_text(data, "revision"));
	if (p == NULL)
		return NULL;
	h = xcalloc(1, sizeof *h);
	h->ca = kase_new(p);
	h->row.id = e->kase;
	b->held = xrealloc(b->held, b->count + 1, sizeof *b->held);
	b->held[b->count++] = h;
	return h;
}

static int
rebuild_counters(struct rebuild *b, const json_t *data)
{
	const char *name;
	json_t *value;

	json_object_foreach(json_object_get(data, "counters"), name, value)
		if (store_put_counter(b->c->store, name,
			json_integer_value(value), b->why) < 0)
			return -ERR_SYSTEM;
	return 0;
}

static int
rebuild_on_entry(void *arg, const struct entry *e)
{
	struct rebuild *b = arg;
	json_t *body, *data;
	struct when at = { 0 };
	struct held *h;

	b->events++;
	if (e->body == NULL && e->kase != 0)
		return 0;	/* erased; what it moved is said later */
	body = json_loads(e->body != NULL ? e->body : "", 0, NULL);
	if (body == NULL) {
		b->r = why_set(b->why, ERR_SYSTEM,
		    "El hecho %lld no se puede leer.", (long long)e->seq);
		return 1;
	}
	data = json_object_get(body, "data");
	if (e->kase == 0) {
		b->r = project_office(b->c, e->seq, data, b->why);
		if (b->r == 0 && strcmp(doc_text(data, "type"),
				     "procedure.imported") == 0)
			b->r = core_reload(b->c, b->why);
	} else if ((h = rebuild_case(b, e, data)) == NULL) {
		b->r = why_set(b->why, ERR_SYSTEM,
		    "El hecho %lld es de un procedimiento que falta.",
		    (long long)e->seq);
	} else {
		(void)when_parse(doc_text(body, "at"), &at);
		engine_apply(h->ca, data, doc_text(body, "actor"),
		    json_string_value(json_object_get(body, "role")),
		    json_string_value(json_object_get(body, "on_behalf_of")),
		    at);
		case_note_seq(h, e->seq);
		b->r = rebuild_counters(b, data);
	}
	json_decref(body);
	return b->r < 0;
}

static int
rebuild_run(struct rebuild *b)
{
	size_t i;
	int r;

	r = store_each(b->c->store, 1, rebuild_on_entry, b, b->why);
	if (r == 0)
		r = b->r;
	/* Cases are projected under the settings of the end. */
	if (r == 0)
		r = core_reload(b->c, b->why);
	for (i = 0; r == 0 && i < b->count; i++) {
		b->held[i]->row.folio = xstrdup(b->held[i]->ca->folio);
		r = project_case(b->c, b->held[i], b->why);
	}
	for (i = 0; i < b->count; i++)
		case_held_free(b->held[i]);
	free(b->held);
	return r;
}

int
project_rebuild(struct core *c, bool keep, int64_t *events, bool *equal,
    struct why *why)
{
	struct rebuild b = { .c = c, .why = why };
	uint8_t before[HASH_SIZE], after[HASH_SIZE];
	struct why own;
	int r;

	if ((r = store_begin(c->store, why)) < 0)
		return r;
	if ((r = store_digest(c->store, before, why)) < 0 ||
	    (r = store_clear_views(c->store, why)) < 0 ||
	    (r = rebuild_run(&b)) < 0 ||
	    (r = store_digest(c->store, after, why)) < 0)
		goto out;
	*equal = memcmp(before, after, HASH_SIZE) == 0;
	*events = b.events;
out:
	if (r == 0 && keep && !*equal)
		return store_commit(c->store, why);
	store_rollback(c->store);
	/* Reading the events changed what is remembered of the views. */
	if (core_reload(c, &own) < 0)
		(void)core_break(c, &own);
	return r;
}

int
project_fill(struct core *c, struct why *why)
{
	struct rebuild b = { .c = c, .why = why };
	int r;

	if ((r = rebuild_run(&b)) == 0)
		return store_commit(c->store, why);
	store_rollback(c->store);
	return r;
}
