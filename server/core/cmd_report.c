/* SPDX-License-Identifier: ISC */
/* cmd_report.c - figures and registers: indicadores, registro, informe. */
#include <assert.h>

#include "../../proto/text.h"
#include "req.h"

enum { CASES_MAX = 100000 };

struct gather {
	struct req *q;
	int64_t *ids;
	size_t count;
};

static int
gather_on_case(void *arg, const struct case_row *row)
{
	struct gather *g = arg;

	if (!access_counts(g->q, row))
		return 0;
	g->ids = xrealloc(g->ids, g->count + 1, sizeof *g->ids);
	g->ids[g->count++] = row->id;
	return 0;
}

static int
report_period(struct req *q, const char **from, const char **to)
{
	*from = req_take(q, "desde");
	*to = req_take(q, "hasta");
	if (*from == NULL || *to == NULL)
		return why_set(&q->why, ERR_USAGE,
		    "Falta el periodo: desde=AAAA-MM-DD hasta=AAAA-MM-DD.");
	if (!calendar_is_date(*from) || !calendar_is_date(*to) ||
	    strcmp(*from, *to) > 0)
		return why_set(&q->why, ERR_REFUSED,
		    "El periodo no es válido: use fechas AAAA-MM-DD en orden.");
	return 0;
}

/* All visible cases of a procedure, in memory; kases lasts as q does. */
static size_t
report_cases(struct req *q, const char *code, struct kase ***kases)
{
	struct gather g = { .q = q };
	struct held *h;
	size_t i, n = 0;

	(void)store_each_case(q->c->store, code, NULL, -1, CASES_MAX,
	    gather_on_case, &g);
	(void)req_text(q, (char *)g.ids);
	*kases = xcalloc(g.count, sizeof **kases);
	(void)req_text(q, (char *)*kases);
	for (i = 0; i < g.count; i++)
		if (case_load_by_id(q->c, g.ids[i], &h, &q->why) == 0)
			(*kases)[n++] = h->ca;
	return n;
}

int
cmd_indicadores(struct req *q)
{
	const char *from, *to, *code = req_take(q, "procedimiento");
	const struct procedure *p;
	json_t *list = json_array(), *o;
	struct kase **kases;
	struct world w;
	size_t i, n;
	unsigned k;
	int r;

	json_object_set_new(q->out, "indicators", list);
	if ((r = report_period(q, &from, &to)) < 0 ||
	    (r = req_all_used(q)) < 0)
		return r;
	json_object_set_new(q->out, "from", json_string(from));
	json_object_set_new(q->out, "to", json_string(to));
	core_world(q->c, "central", &w);
	for (i = 0; i < q->c->procedures_count; i++) {
		p = q->c->procedures[i];
		if (!q->c->current[i] || p->indicators_count == 0 ||
		    (code != NULL && strcmp(code, p->code) != 0))
			continue;
		n = report_cases(q, p->code, &kases);
		for (k = 0; k < p->indicators_count; k++) {
			o = indicator_compute(p, &p->indicators[k], kases, n,
			    from, to, &w);
			json_object_set_new(o, "procedure",
			    json_string(p->code));
			json_array_append_new(list, o);
		}
	}
	return 0;
}

/* ---- informe ---- */

struct summary {
	struct req *q;
	const char *from, *to, *zone;
	int opened, closed, cancelled, open, returns;
};

static bool
summary_holds(const struct summary *s, int64_t at)
{
	char date[11], clock[9];

	if (at == 0)
		return false;
	calendar_local(s->zone, (struct when){ at }, date, clock);
	return strcmp(date, s->from) >= 0 && strcmp(date, s->to) <= 0;
}

static bool
summary_since(const struct summary *s, int64_t at)
{
	char date[11], clock[9];

	calendar_local(s->zone, (struct when){ at }, date, clock);
	return strcmp(date, s->from) >= 0;
}

static int
summary_on_case(void *arg, const struct case_row *row)
{
	struct summary *s = arg;
	struct held *h;
	size_t i;

	if (!access_counts(s->q, row))
		return 0;
	s->opened += summary_holds(s, row->opened);
	s->open += row->state == CASE_OPEN;
	s->closed += row->state == CASE_CLOSED &&
	    summary_holds(s, row->closed);
	s->cancelled += row->state == CASE_CANCELLED &&
	    summary_holds(s, row->closed);
	/* Nothing happened in it since: it was not returned then either. */
	if (!summary_since(s, row->updated) ||
	    case_load_by_id(s->q->c, row->id, &h, &s->q->why) < 0)
		return 0;
	for (i = 0; i < h->ca->dones_count; i++)
		s->returns += strcmp(h->ca->dones[i].outcome, "returned") ==
			0 && summary_holds(s, h->ca->dones[i].at.s);
	return 0;
}

int
cmd_informe(struct req *q)
{
	struct summary s;
	const char *from, *to;
	json_t *list = json_array();
	const struct procedure *p;
	struct world w;
	size_t i;
	int r;

	json_object_set_new(q->out, "procedures", list);
	if ((r = report_period(q, &from, &to)) < 0 ||
	    (r = req_all_used(q)) < 0)
		return r;
	core_world(q->c, "central", &w);
	for (i = 0; i < q->c->procedures_count; i++) {
		p = q->c->procedures[i];
		if (!q->c->current[i])
			continue;
		s = (struct summary){ .q = q, .from = from, .to = to,
			.zone = w.zone };
		(void)store_each_case(q->c->store, p->code, NULL, -1,
		    CASES_MAX, summary_on_case, &s);
		json_array_append_new(list, json_pack(
		    "{s:s, s:s?, s:i, s:i, s:i, s:i, s:i}", "code", p->code,
		    "brief", p->brief, "opened", s.opened, "closed", s.closed,
		    "cancelled", s.cancelled, "open", s.open, "returns",
		    s.returns));
	}
	json_object_set_new(q->out, "from", json_string(from));
	json_object_set_new(q->out, "to", json_string(to));
	return 0;
}

/* ---- registers ---- */

struct lines {
	struct req *q;
	const struct record *record;
	json_t *list;
};

static const struct done *
lines_done(const struct kase *ca, const struct record_row *row)
{
	size_t i;

	for (i = ca->dones_count; i-- > 0;)
		if (strcmp(ca->dones[i].st->number, row->step) == 0 &&
		    ca->dones[i].row == row->row && ca->dones[i].at.s <= row->at)
			return &ca->dones[i];
	return NULL;
}

static json_t *
lines_values(struct lines *l, const struct done *d, const char *zone)
{
	json_t *o = json_object();
	const struct field *f;
	json_t *v;
	unsigned i;

	for (i = 0; d != NULL && i < d->st->fields_count; i++) {
		f = &d->st->fields[i];
		v = json_object_get(d->values, f->id);
		if (v != NULL && !value_is_blank(v))
			json_object_set_new(o, f->label, json_string(req_text(
			    l->q, value_text(f, v, zone))));
	}
	return o;
}

/* The same for one row of the list that the register is made of. */
static json_t *
lines_item(struct lines *l, const struct done *d, const char *zone,
    const json_t *item)
{
	const struct field *f = step_find_field(d->st, l->record->rows), *col;
	json_t *o = json_object(), *v;
	unsigned i;

	for (i = 0; f != NULL && i < f->columns_count; i++) {
		col = &f->columns[i];
		v = json_object_get(item, col->id);
		if (v != NULL && !value_is_blank(v))
			json_object_set_new(o, col->label, json_string(req_text(
			    l->q, value_text(col, v, zone))));
	}
	return o;
}

static void
lines_add(struct lines *l, const struct record_row *row, const struct done *d,
    const char *zone, const json_t *item, int n)
{
	json_t *o;

	o = json_pack("{s:s, s:s, s:o, s:i, s:o}", "folio", row->folio, "step",
	    row->step, "at", json_when((struct when){ row->at }), "serial",
	    row->serial, "values", item != NULL ?
		lines_item(l, d, zone, item) : lines_values(l, d, zone));
	assert(o != NULL);
	if (item != NULL)
		json_object_set_new(o, "row", json_integer(n));
	if (*row->gone != '\0')
		json_object_set_new(o, "gone", json_string(row->gone));
	json_array_append_new(l->list, o);
}

/* The mail that this record is of: asked by the event before it; or NULL. */
static const json_t *
lines_mail(const struct kase *ca, const struct record_row *row)
{
	const struct produced *made;
	json_t *e;
	size_t i, k;

	for (i = 0; i < ca->records_count; i++) {
		made = &ca->records[i];
		if (strcmp(made->record->number, row->record) != 0 ||
		    made->serial != row->serial)
			continue;
		json_array_foreach(ca->effects, k, e)
			if (doc_int(e, "n") == made->n - 1)
				return e;
	}
	return NULL;
}

static int
lines_on_record(void *arg, const struct record_row *row)
{
	struct lines *l = arg;
	const struct done *d;
	const json_t *mail;
	json_t *items, *item;
	struct world w;
	struct held *h;
	size_t i;

	if (case_load_by_id(l->q->c, row->kase, &h, &l->q->why) < 0 ||
	    !access_sees_case(l->q, &h->row))
		return 0;
	core_world(l->q->c, h->row.office, &w);
	if ((mail = lines_mail(h->ca, row)) != NULL) {
		doc_effect_rows(l->q, h, mail, row, l->list);
		return 0;
	}
	d = lines_done(h->ca, row);
	items = l->record->rows != NULL && d != NULL ?
	    json_object_get(d->values, l->record->rows) : NULL;
	if (!json_is_array(items)) {
		lines_add(l, row, d, w.zone, NULL, 0);
		return 0;
	}
	json_array_foreach(items, i, item)
		lines_add(l, row, d, w.zone, item, (int)i + 1);
	return 0;
}

static json_t *
register_doc(const struct procedure *p, const struct record *r)
{
	return json_pack("{s:s, s:s, s:s?, s:s, s:s?, s:s?, s:b}",
	    "procedure", p->code, "number", r->number, "id", r->id, "record",
	    r->name, "keeper", r->keeper, "retention", r->retention,
	    "working", r->working);
}

static bool
register_is(const struct record *r, const char *name)
{
	return (r->id != NULL && strcmp(r->id, name) == 0) ||
	    strcmp(r->number, name) == 0 || text_like(r->name, name);
}

int
cmd_registro(struct req *q)
{
	const char *code = req_take(q, "procedimiento");
	struct lines l = { .q = q, .list = json_array() };
	json_t *registers = json_array();
	const struct procedure *p;
	const struct record *r;
	size_t i;
	unsigned k;
	bool found = false;

	json_object_set_new(q->out, "registers", registers);
	json_object_set_new(q->out, "rows", l.list);
	for (i = 0; i < q->c->procedures_count; i++) {
		p = q->c->procedures[i];
		if (!q->c->current[i] ||
		    (code != NULL && strcmp(code, p->code) != 0))
			continue;
		for (k = 0; k < p->records_count; k++) {
			r = l.record = &p->records[k];
			if (q->pos_count > 0 && !register_is(r, q->pos[0]))
				continue;
			found = true;
			json_array_append_new(registers, register_doc(p, r));
			if (q->pos_count > 0)
				(void)store_each_record(q->c->store, p->code,
				    r->number, lines_on_record, &l);
		}
	}
	if (!found)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay un registro «%.40s». «registro» los lista.",
		    q->pos_count > 0 ? q->pos[0] : "");
	return req_all_used(q);
}
