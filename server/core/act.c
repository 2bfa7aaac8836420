/* SPDX-License-Identifier: ISC */
/*
 * act.c - how anything changes: decide, write, apply, project.  A refusal
 * writes nothing.  A failure of the store in the middle breaks the turn: nobody is
 * told anything was done, and the core starts again from disk.
 */
#include <assert.h>

#include "../../proto/i18n.h"
#include "req.h"

static int
act_broken(struct req *q)
{
	return core_break(q->c, &q->why);
}

/* A member: its key as it is written, and its text; NULL is null. */
static void
body_text(struct buf *b, const char *key, const char *text)
{
	canonical_add(b, key, strlen(key));
	if (text == NULL)
		canonical_add(b, "null", 4);
	else
		canonical_string(b, text, strlen(text));
}

/*
 * The whole body of an event, as the record keeps it: canonical, so the keys
 * stand in order.  Given.
 */
static char *
act_body(struct req *q, int64_t seq, const char *folio, const char *role,
    const char *on_behalf_of, const json_t *data)
{
	char at[WHEN_TEXT], op[2 * OP_SIZE + 1], n[32];
	struct buf b;

	canonical_begin(&b);
	body_text(&b, "{\"actor\":", q->actor.login);
	body_text(&b, ",\"at\":", when_text(q->now, at));
	body_text(&b, ",\"case\":", folio);
	canonical_add(&b, ",\"data\":", 8);
	canonical_put(&b, data);
	canonical_add(&b, n, (size_t)snprintf(n, sizeof n,
	    ",\"n\":%lld", (long long)seq));
	body_text(&b, ",\"on_behalf_of\":", on_behalf_of);
	body_text(&b, ",\"op\":", hex_text(q->op, OP_SIZE, op));
	body_text(&b, ",\"role\":", role);
	body_text(&b, ",\"type\":",
	    json_string_value(json_object_get(data, "type")));
	canonical_add(&b, "}", 1);
	return canonical_end(&b);
}

/* Append one event; *seq gets its number. */
static int
act_append(struct req *q, int64_t kase, const char *folio, const char *role,
    const char *on_behalf_of, json_t *data, int64_t *seq)
{
	struct entry e = { .kase = kase };
	int r;

	if (!store_is_open(q->c->store) &&
	    store_begin(q->c->store, &q->why) < 0)
		return act_broken(q);
	e.body = act_body(q, store_next_seq(q->c->store), folio, role,
	    on_behalf_of, data);
	memcpy(e.op, q->op, OP_SIZE);
	r = store_append(q->c->store, &e, &q->why);
	free(e.body);
	if (r < 0)
		return act_broken(q);
	*seq = e.seq;
	return 0;
}

static int
act_counters(struct req *q, const json_t *data)
{
	const char *name;
	json_t *value;

	json_object_foreach(json_object_get(data, "counters"), name, value)
		if (store_put_counter(q->c->store, name,
			json_integer_value(value), &q->why) < 0)
			return act_broken(q);
	return 0;
}

/* Write and apply what was decided about one case. */
static int
act_write(struct req *q, struct held *h, const struct events *ev)
{
	int64_t seq;
	size_t i;

	for (i = 0; i < ev->count; i++) {
		if (act_append(q, h->row.id, h->row.folio, ev->role,
			ev->on_behalf_of, ev->v[i].body, &seq) < 0 ||
		    act_counters(q, ev->v[i].body) < 0 ||
		    effect_before(q, h, ev->v[i].body) < 0)
			return -ERR_SYSTEM;
		engine_apply(h->ca, ev->v[i].body, q->actor.login, ev->role,
		    ev->on_behalf_of, q->now);
		case_note_seq(h, seq);
		if (effect_after(q, h, ev->v[i].body) < 0)
			return -ERR_SYSTEM;
	}
	if (project_case(q->c, h, &q->why) < 0)
		return act_broken(q);
	core_touch(q->c, h->row.folio, h->row.office);
	return 0;
}

/* A new case takes its folio's number with its first event. */
static int
act_begin(struct req *q, struct held **out, const struct procedure *p,
    const struct command *cmd, struct events *ev)
{
	json_t *opened = ev->v[0].body, *counters;
	char *name;
	struct held *h;
	int64_t n;

	name = req_text(q, xasprintf("folio:%.*s",
			       (int)(strrchr(cmd->folio, '-') - cmd->folio),
			       cmd->folio));
	n = store_find_counter(q->c->store, name) + 1;
	counters = json_object_get(opened, "counters");
	if (counters == NULL) {
		counters = json_object();
		json_object_set_new(opened, "counters", counters);
	}
	json_object_set_new(counters, name, json_integer(n));
	/* Its first event is its number. */
	h = case_new(q->c, p, store_next_seq(q->c->store));
	h->row.folio = xstrdup(cmd->folio);
	h->row.office = xstrdup(cmd->office);
	*out = h;
	return 0;
}

int
act_command(struct req *q, struct held **held, const struct procedure *p,
    const struct command *cmd)
{
	const char *office =
	    *held != NULL ? (*held)->row.office : cmd->office;
	struct events ev = { 0 };
	struct world w;
	int r;

	core_world(q->c, office, &w);
	r = engine_decide(p, *held != NULL ? (*held)->ca : NULL, cmd,
	    &q->actor, &w, &ev, &q->why);
	if (r == 0 && *held == NULL)
		r = act_begin(q, held, p, cmd, &ev);
	else if (r == 0)
		r = sign_judge(q, *held, cmd, ev.v[0].body);
	if (r == 0)
		r = act_write(q, *held, &ev);
	events_clear(&ev);
	return r;
}

int
act_office(struct req *q, const char *type, json_t *data)
{
	int64_t seq;

	json_object_set_new(data, "type", json_string(type));
	if (act_append(q, 0, NULL, NULL, NULL, data, &seq) < 0)
		return -ERR_SYSTEM;
	if (project_office(q->c, seq, data, &q->why) < 0)
		return act_broken(q);
	json_object_set_new(q->out, "n", json_integer(seq));
	return 0;
}

static const char *
act_state(const struct kase *ca)
{
	static const char *const names[] = {
		[CASE_OPEN] = "open",
		[CASE_CLOSED] = "closed",
		[CASE_CANCELLED] = "cancelled",
	};

	return names[ca->state];
}

/* A mail that this act asked for, and its list has nobody: which; or NULL. */
static const json_t *
act_unsent(struct req *q, const struct held *h)
{
	json_t *e, *to, *at = req_json(q, json_when(q->now));
	size_t i;

	json_array_foreach(h->ca->effects, i, e) {
		to = json_object_get(e, "to");
		if (to != NULL && json_array_size(to) == 0 &&
		    json_equal(json_object_get(e, "at"), at))
			return e;
	}
	return NULL;
}

void
act_result(struct req *q, const struct held *h, const char *step)
{
	const json_t *unsent = act_unsent(q, h);

	if (unsent != NULL)
		json_object_set_new(q->out, "unsent", json_text(req_text(q,
		    xasprintf(_("No se envió a nadie: la lista «%s» no tiene "
			"direcciones. La jefatura las agrega en «Correo»."),
			doc_text(unsent, "list")))));
	json_object_set_new(q->out, "folio", json_string(h->row.folio));
	if (step != NULL)
		json_object_set_new(q->out, "step", json_string(step));
	json_object_set_new(q->out, "open", doc_open(h));
	json_object_set_new(q->out, "state", json_string(act_state(h->ca)));
	json_object_set_new(q->out, "rounds", json_integer(h->ca->rounds));
}
