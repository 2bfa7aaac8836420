/* SPDX-License-Identifier: ISC */
/*
 * cmd_days.c - of each day that a procedure recurs, whether its case is there
 * and its duty was done: `dias`, the inbox and the board.  Nothing of it is stored: the calendar says
 * which days, the cases say what became of them.
 */
#include "req.h"

enum { DAYS_MOST = 366, DAYS_USUAL = 7 };

/* One procedure's days. */
struct days {
	struct req *q;
	const struct procedure *p;
	const struct start *s;
	struct world w;
	char first[11];			/* day on which it came into the record */
	json_t *list;
};

/* When a revision of the procedure first came in: its first day. */
struct origin {
	const char *code, *zone;
	int64_t seq;
	char day[11];
};

static int
origin_on_procedure(void *arg, const struct procedure_row *row)
{
	struct origin *o = arg;

	if (strcmp(row->code, o->code) == 0 &&
	    (o->seq == 0 || row->seq < o->seq))
		o->seq = row->seq;
	return 0;
}

static int
origin_on_event(void *arg, const struct entry *e)
{
	struct origin *o = arg;
	json_t *body = json_loads(e->body != NULL ? e->body : "{}", 0, NULL);
	struct when at;
	char clock[9];

	if (when_parse(json_string_value(json_object_get(body, "at")),
	    &at) == 0)
		calendar_local(o->zone, at, o->day, clock);
	json_decref(body);
	return 1;
}

/* Asked once: what came in first stays so (core_reload forgets it). */
static void
days_origin(struct days *d)
{
	struct core *c = d->q->c;
	const char *known = json_string_value(
	    json_object_get(c->origins, d->p->code));
	struct origin o = { .code = d->p->code, .zone = d->w.zone };

	if (known == NULL) {
		(void)store_each_procedure(c->store, origin_on_procedure, &o);
		if (o.seq > 0)
			(void)store_each(c->store, o.seq, origin_on_event,
			    &o, &d->q->why);
		json_object_set_new(c->origins, d->p->code,
		    json_string(o.day));
		known = o.day;
	}
	(void)snprintf(d->first, sizeof d->first, "%s", known);
}

/* The case closed: was that done for which the day is? */
static bool
days_duty(const struct days *d, const struct kase *ca)
{
	json_t *values = kase_values(ca, 0);
	struct scope sc = { .ca = ca, .values = values, .w = &d->w };
	bool done = rule_is_true(d->s->duty, &sc);

	json_decref(values);
	return done;
}

static void
days_put(struct days *d, const char *day, const char *state,
    const struct held *h)
{
	json_array_append_new(d->list, json_pack(
	    "{s:s, s:s, s:s?, s:s, s:s, s:s?}", "day", day, "procedure",
	    d->p->code, "brief", d->p->brief, "start", d->s->id, "state",
	    state, "folio", h != NULL ? h->row.folio : NULL));
}

static void
days_look(struct days *d, const char *day, const char *today,
    const char *clock)
{
	int64_t id;
	struct held *h;
	bool stands;

	if (strcmp(day, d->first) < 0 ||
	    !daily_recurs(d->p, d->s, day, &d->w))
		return;
	id = daily_find(d->q->c, d->p, d->s, "central", day, &stands);
	if (id == 0 && strcmp(day, today) == 0 && strncmp(clock,
		d->s->at != NULL ? d->s->at : "00:00", 5) < 0)
		return;			/* its hour has not come */
	if (id == 0 || case_load_by_id(d->q->c, id, &h, &d->q->why) < 0)
		days_put(d, day, "missing", NULL);
	else if (h->ca->state == CASE_OPEN)
		days_put(d, day, "open", h);
	else
		days_put(d, day, h->ca->state == CASE_CLOSED &&
		    days_duty(d, h->ca) ? "done" : "undone", h);
}

/* DAY of docs/api.md of those days.  A new reference. */
static json_t *
doc_days(struct req *q, const char *from, const char *to)
{
	char day[11], today[11], clock[9];
	struct days d = { .q = q, .list = json_array() };
	size_t i;
	unsigned k;

	core_world(q->c, "central", &d.w);
	calendar_local(d.w.zone, q->now, today, clock);
	if (strcmp(to, today) > 0)
		to = today;
	for (i = 0; i < q->c->procedures_count; i++) {
		d.p = q->c->procedures[i];
		for (k = 0; q->c->current[i] && k < d.p->starts_count; k++) {
			d.s = &d.p->starts[k];
			if (d.s->rrule == NULL)
				continue;
			days_origin(&d);
			for (calendar_add(from, 0, day); *day != '\0' &&
			     strcmp(day, to) <= 0; calendar_add(day, 1, day))
				days_look(&d, day, today, clock);
		}
	}
	return d.list;
}

bool
days_free(struct req *q, const struct procedure *p, const struct start *s,
    const char *office, char day[11], int64_t *todays)
{
	struct days d = { .q = q, .p = p, .s = s };
	char today[11], clock[9];
	bool stands;
	int back;

	core_world(q->c, office, &d.w);
	calendar_local(d.w.zone, q->now, today, clock);
	(void)snprintf(day, sizeof today, "%s", today);
	*todays = daily_find(q->c, p, s, office, today, &stands);
	if (!stands)
		return true;
	days_origin(&d);
	for (back = 1; back < DAYS_USUAL; back++) {
		calendar_add(today, -back, day);
		if (strcmp(day, d.first) < 0)
			break;
		(void)daily_find(q->c, p, s, office, day, &stands);
		if (!stands && daily_recurs(p, s, day, &d.w))
			return true;
	}
	return false;
}

json_t *
doc_missing(struct req *q)
{
	json_t *all, *list = json_array(), *day;
	char today[11], clock[9], first[11];
	const char *state;
	struct world w;
	size_t i;

	if (!access_boards(q, "central"))
		return list;
	core_world(q->c, "central", &w);
	calendar_local(w.zone, q->now, today, clock);
	calendar_add(today, 1 - DAYS_USUAL, first);
	all = doc_days(q, first, today);
	json_array_foreach(all, i, day) {
		state = json_string_value(json_object_get(day, "state"));
		/* Today's comes with the next tick. */
		if (strcmp(state, "undone") == 0 ||
		    (strcmp(state, "missing") == 0 && strcmp(today,
			json_string_value(json_object_get(day, "day"))) != 0))
			json_array_append(list, day);
	}
	json_decref(all);
	return list;
}

int
cmd_dias(struct req *q)
{
	const char *from = req_take(q, "desde"), *to = req_take(q, "hasta");
	char today[11], clock[9], first[11], last[11];
	struct world w;
	int r;

	if ((r = req_all_used(q)) < 0)
		return r;
	core_world(q->c, "central", &w);
	calendar_local(w.zone, q->now, today, clock);
	if (to == NULL)
		to = today;
	calendar_add(to, 1 - DAYS_USUAL, first);
	if (from == NULL)
		from = first;
	if (!calendar_is_date(from) || !calendar_is_date(to) ||
	    strcmp(from, to) > 0)
		return why_set(&q->why, ERR_REFUSED,
		    "El periodo no es válido: use fechas AAAA-MM-DD en orden.");
	calendar_add(from, DAYS_MOST, last);
	if (strcmp(to, last) > 0)
		return why_set(&q->why, ERR_REFUSED,
		    "Pida un año cuando mucho.");
	if (!access_sees_office(q, "central"))
		return why_set(&q->why, ERR_REFUSED,
		    "Los días son de la oficina central, que usted no ve.");
	json_object_set_new(q->out, "from", json_string(from));
	json_object_set_new(q->out, "to", json_string(to));
	json_object_set_new(q->out, "days", doc_days(q, from, to));
	return 0;
}
