/* SPDX-License-Identifier: ISC */
/*
 * cmd_absence_acts.c - what was decided in somebody's place: suplencias N, and
 * in the inbox of whoever comes back until it was seen (enterado N).  The
 * events say it; what is kept is up to which of them it was seen, and, in
 * memory, how far they were counted.
 */
#include <stdlib.h>

#include "../../proto/text.h"
#include "req.h"

enum { STOOD_DAYS = 90 };	/* it is told of so long after the end */

/* What decides; the rest follows from it, or decides nothing. */
static const char *const stood_types[] = { "case.cancelled", "case.opened",
	"decision.undone", "record.disposed", "record.retained", "step.done",
	"step.redone" };

/* The acts of one substitution. */
struct stood {
	struct req *q;
	int64_t id, from, to, upto, last;
	char login[256], of[256], role[128], office[128];
	char needle[300];		/* in the body of each of them */
	json_int_t count;
	json_t *list;			/* ACT, or NULL: only counted */
};

static bool
stood_decides(const json_t *data)
{
	const char *type = doc_text(data, "type");
	size_t i;

	for (i = 0; i < ARRAY_LEN(stood_types); i++)
		if (strcmp(stood_types[i], type) == 0)
			return true;
	return false;
}

/* By its number; before there were any, by its role and its time. */
static bool
stood_is_its(const struct stood *s, const json_t *body)
{
	const json_t *data = json_object_get(body, "data");
	int64_t n = doc_int(data, "grant");
	struct when at;

	if (strcmp(doc_text(body, "actor"), s->login) != 0 ||
	    strcmp(doc_text(body, "on_behalf_of"), s->of) != 0 ||
	    !stood_decides(data))
		return false;
	if (n != 0)
		return n == s->id;
	return when_parse(doc_text(body, "at"), &at) == 0 &&
	    strcmp(doc_text(body, "role"), s->role) == 0 &&
	    s->from <= at.s && at.s < s->to;
}

/* ACT of an event. */
static json_t *
stood_act(const struct stood *s, const struct held *h, const json_t *body)
{
	const json_t *data = json_object_get(body, "data");
	struct req *q = s->q;

	return json_pack("{s:O, s:O, s:s, s:s, s:s?, "
	    "s:s?, s:s?, s:I, s:s, s:s, s:s?, s:o}", "n",
	    json_object_get(body, "n"), "at", json_object_get(body, "at"),
	    "folio", h->row.folio, "procedure", h->row.procedure, "brief",
	    h->ca->p->brief, "title", h->row.title, "step",
	    json_string_value(json_object_get(data, "step")), "row",
	    doc_int(data, "row"), "type", doc_text(data, "type"), "by",
	    s->login, "by_name", core_person_name(q->c, s->login), "text",
	    json_string(req_text(q, doc_event_text(q, h->ca, data))));
}

/* Of a case that the asker may not see, nothing. */
static void
stood_put(struct stood *s, int64_t kase, const json_t *body)
{
	struct held *h;

	if (case_load_by_id(s->q->c, kase, &h, &s->q->why) < 0)
		return;
	if (access_sees_case(s->q, &h->row))
		json_array_append_new(s->list, stood_act(s, h, body));
	case_spare(s->q->c, h);
}

static int
stood_on_entry(void *arg, const struct entry *e)
{
	struct stood *s = arg;
	json_t *body;

	s->upto = e->seq;
	if (e->kase == 0 || e->body == NULL ||
	    strstr(e->body, s->needle) == NULL)
		return 0;
	body = json_loads(e->body, 0, NULL);
	if (stood_is_its(s, body)) {
		s->count++;
		s->last = e->seq;
		if (s->list != NULL)
			stood_put(s, e->kase, body);
	}
	json_decref(body);
	return 0;
}

static void
stood_init(struct stood *s, struct req *q, const struct grant_row *g)
{
	*s = (struct stood){ .q = q, .id = g->id, .from = g->from,
		.to = g->to, .upto = g->id };
	(void)snprintf(s->login, sizeof s->login, "%s", g->login);
	(void)snprintf(s->of, sizeof s->of, "%s", g->for_login);
	(void)snprintf(s->role, sizeof s->role, "%s", g->role);
	(void)snprintf(s->office, sizeof s->office, "%s", g->office);
	(void)snprintf(s->needle, sizeof s->needle, "\"on_behalf_of\":\"%s\"",
	    g->for_login);
}

/* From where they were counted last. */
static void
stood_count(struct stood *s)
{
	struct core *c = s->q->c;
	char key[24];
	const json_t *known;

	(void)snprintf(key, sizeof key, "%lld", (long long)s->id);
	known = json_object_get(c->stood, key);
	if (known != NULL) {
		s->upto = doc_int(known, "upto");
		s->last = doc_int(known, "last");
		s->count = doc_int(known, "count");
	}
	(void)store_each(c->store, s->upto + 1, stood_on_entry, s,
	    &s->q->why);
	json_object_set_new(c->stood, key, json_pack("{s:I, s:I, s:I}",
	    "upto", (json_int_t)s->upto, "last", (json_int_t)s->last, "count",
	    s->count));
}

/* ---- up to where it was seen ---- */

static const char *
stood_pref(int64_t id, char out[32])
{
	(void)snprintf(out, 32, "suplencia:%lld", (long long)id);
	return out;
}

static int64_t
stood_seen(const struct stood *s)
{
	char name[32];
	const char *text = req_text(s->q, store_find_pref(s->q->c->store,
	    s->of, stood_pref(s->id, name)));

	return text != NULL ? strtoll(text, NULL, 10) : 0;
}

/* ---- suplencias N ---- */

struct stood_search {
	int64_t id;
	struct stood *s;
	struct req *q;
	bool found;
};

static int
stood_on_grant(void *arg, const struct grant_row *g)
{
	struct stood_search *x = arg;

	if (g->id != x->id || g->for_login == NULL || *g->for_login == '\0' ||
	    !absence_is_seen(x->q, g))
		return 0;
	stood_init(x->s, x->q, g);
	x->found = true;
	return 1;
}

static int
stood_find(struct req *q, struct stood *s)
{
	struct stood_search x = { .s = s, .q = q };
	char *end;

	x.id = strtoll(q->pos[0], &end, 10);
	if (*q->pos[0] >= '1' && *q->pos[0] <= '9' && *end == '\0')
		(void)store_each_grant(q->c->store, NULL, stood_on_grant, &x);
	return x.found ? 0 : why_set(&q->why, ERR_NOT_FOUND, "No hay una "
	    "suplencia «%.20s»: «suplencias» las lista con su número.",
	    q->pos[0]);
}

int
absence_acts(struct req *q)
{
	struct stood s;
	int64_t from;
	int r;

	if ((r = portion_from(q, &from)) < 0 || (r = req_all_used(q)) < 0 ||
	    (r = stood_find(q, &s)) < 0)
		return r;
	s.list = json_array();
	json_object_set_new(q->out, "acts", s.list);
	json_object_set_new(q->out, "grant", json_integer(s.id));
	json_object_set_new(q->out, "login", json_string(s.login));
	json_object_set_new(q->out, "name", json_text(core_person_name(q->c,
	    s.login)));
	json_object_set_new(q->out, "for_login", json_string(s.of));
	json_object_set_new(q->out, "for_name", json_text(core_person_name(
	    q->c, s.of)));
	json_object_set_new(q->out, "from", json_when((struct when){ s.from }));
	json_object_set_new(q->out, "to", json_when((struct when){ s.to }));
	json_object_set_new(q->out, "seen", json_integer(stood_seen(&s)));
	r = store_each(q->c->store, s.id, stood_on_entry, &s, &q->why);
	json_object_set_new(q->out, "last", json_integer(s.last));
	portion_cut(q, s.list, from);
	return r < 0 ? r : 0;
}

/* ---- enterado N ---- */

int
absence_heed(struct req *q)
{
	const char *upto = req_take(q, "hasta");
	struct core *c = q->c;
	char name[32], value[24];
	struct stood s;
	int64_t seq;
	int r;

	if ((r = req_all_used(q)) < 0 || (r = stood_find(q, &s)) < 0)
		return r;
	if (strcmp(s.of, q->actor.login) != 0)
		return why_set(&q->why, ERR_REFUSED, "De lo decidido en esa "
		    "suplencia se da por enterado %.80s, en cuyo lugar se "
		    "decidió.", core_person_name(c, s.of));
	stood_count(&s);
	seq = upto != NULL ? strtoll(upto, NULL, 10) : s.last;
	if (seq > s.last)
		seq = s.last;
	(void)snprintf(value, sizeof value, "%lld", (long long)seq);
	if ((!store_is_open(c->store) && store_begin(c->store, &q->why) < 0) ||
	    store_put_pref(c->store, s.of, stood_pref(s.id, name), value,
		&q->why) < 0)
		return core_break(c, &q->why);
	json_object_set_new(q->out, "grant", json_integer(s.id));
	json_object_set_new(q->out, "read", json_integer(seq));
	core_touch_list(c, "suplencias", s.office);
	return 0;
}

/* ---- in the bandeja ---- */

struct stood_list {
	struct req *q;
	json_t *list;
};

/* Of this person's absences: the acts that were not seen yet. */
static int
stood_on_mine(void *arg, const struct grant_row *g)
{
	struct stood_list *l = arg;
	struct req *q = l->q;
	struct stood s;

	if (g->for_login == NULL ||
	    strcmp(g->for_login, q->actor.login) != 0 ||
	    g->to < q->now.s - (int64_t)STOOD_DAYS * 86400)
		return 0;
	stood_init(&s, q, g);
	stood_count(&s);
	if (s.count == 0 || s.last <= stood_seen(&s))
		return 0;
	json_array_append_new(l->list, json_pack("{s:I, s:s, s:s?, s:o, s:o, "
	    "s:b, s:I, s:I}", "grant", (json_int_t)s.id, "login", g->login,
	    "name", core_person_name(q->c, g->login), "from",
	    json_when((struct when){ g->from }), "to",
	    json_when((struct when){ g->to }), "over",
	    !g->active || g->to <= q->now.s, "count", s.count, "last",
	    (json_int_t)s.last));
	return 0;
}

json_t *
doc_stood(struct req *q)
{
	struct stood_list l = { q, json_array() };

	(void)store_each_grant(q->c->store, NULL, stood_on_mine, &l);
	return l.list;
}
