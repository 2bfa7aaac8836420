/* SPDX-License-Identifier: ISC */
/*
 * cmd_erase.c - a finished case whose personal data must go.  Two persons
 * answer for it by name; what they did, and why, stays in the record.  The
 * numbers of its events stay too, and so does the chain.
 */
#include "copy.h"
#include "facts.h"
#include "paper.h"
#include "preview.h"
#include "scan.h"
#include "shelf.h"
#include "tray.h"

/* What is lost with the events and others need: the counters. */
struct erasure {
	json_t *events;			/* their numbers */
	json_t *counters;
};

static int
erasure_on_entry(void *arg, const struct entry *e)
{
	struct erasure *x = arg;
	json_t *doc = json_loads(e->body != NULL ? e->body : "", 0, NULL);
	const char *name;
	json_t *value;

	json_array_append_new(x->events, json_integer(e->seq));
	json_object_foreach(json_object_get(json_object_get(doc, "data"),
	    "counters"), name, value)
		json_object_set(x->counters, name, value);
	json_decref(doc);
	return 0;
}

static int
erase_bodies(struct req *q, const json_t *events, int64_t kase)
{
	size_t i;
	int r = 0;

	for (i = 0; r == 0 && i < json_array_size(events); i++)
		r = store_erase_body(q->c->store, json_integer_value(
			json_array_get(events, i)), &q->why);
	if (r == 0)
		r = store_forget_case(q->c->store, kase, &q->why);
	return r < 0 ? core_break(q->c, &q->why) : 0;
}

static int
erase_case(struct req *q, struct held *h, const char *by, const char *with,
    const char *reason)
{
	struct erasure x = { .events = req_json(q, json_array()),
		.counters = req_json(q, json_object()) };
	int r;

	r = store_case_events(q->c->store, h->row.id, erasure_on_entry, &x,
	    &q->why);
	if (r < 0)
		return r;
	r = act_office(q, "case.erased", req_json(q, json_pack(
	    "{s:s, s:O, s:O, s:s, s:s, s:s}", "folio", h->row.folio, "events",
	    x.events, "counters", x.counters, "by", by, "with", with,
	    "reason", reason)));
	if (r < 0 || (r = erase_bodies(q, x.events, h->row.id)) < 0)
		return r;
	sweep_case(q->c, h);
	core_touch(q->c, h->row.folio, h->row.office);
	case_drop(q->c, h);
	preview_clear(q->c);
	paper_clear(q->c);
	tray_clear(q->c);
	copy_forget(q->c);
	facts_clear(q->c);
	scan_clear(q->c);
	shelf_clear(q->c);
	q->c->previews_moved = true;	/* who waited asks again */
	return 0;
}

static bool
erase_is_person(const struct req *q, const char *login)
{
	return doc_is(json_object_get(q->c->people, login), "active");
}

/* The operator sees every office. */
static int
erase_find(struct req *q, struct held **out)
{
	struct case_row row;
	int r;

	if (store_get_case(q->c->store, q->pos[0], &row) < 0)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay un expediente «%.40s».", q->pos[0]);
	r = case_load_by_id(q->c, row.id, out, &q->why);
	case_row_clear(&row);
	return r;
}

int
cmd_borrar(struct req *q)
{
	const char *by = req_take(q, "por"), *with = req_take(q, "con"),
		   *reason = req_take(q, "motivo");
	struct held *h;
	int r;

	if ((r = req_all_used(q)) < 0)
		return r;
	if (by == NULL || with == NULL || reason == NULL || *reason == '\0')
		return why_set(&q->why, ERR_USAGE,
		    "Faltan las dos personas que responden (por= y con=) o el "
		    "motivo.");
	if (strcmp(by, with) == 0 || !erase_is_person(q, by) ||
	    !erase_is_person(q, with))
		return why_set(&q->why, ERR_REFUSED,
		    "Responden dos personas distintas con cuenta abierta.");
	if ((r = erase_find(q, &h)) < 0)
		return r;
	if (h->ca->state == CASE_OPEN)
		return why_set(&q->why, ERR_REFUSED,
		    "%s sigue abierto: primero hay que terminarlo o "
		    "cancelarlo.", q->pos[0]);
	return erase_case(q, h, by, with, reason);
}
