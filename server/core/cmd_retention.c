/* SPDX-License-Identifier: ISC */
/*
 * cmd_retention.c - records kept: what is due, by month and keeper, and what
 * becomes of each.  The engine decides (engine/retention.h).
 */
#include <assert.h>
#include <stdio.h>

#include "../../proto/text.h"
#include "../engine/retention.h"
#include "req.h"

enum { KEPT_MAX = 500 };

/* ---- the list ---- */

struct kept_list {
	struct req *q;
	const char *keeper;		/* only theirs; NULL: everybody's */
	const char *from, *to;		/* days on which their time ends */
	json_t *rows, *months;
	bool more;
};

static const struct record *
kept_record(const struct core *c, const char *code, const char *number)
{
	const struct procedure *p = core_find_procedure(c, code, NULL);

	return p != NULL ? procedure_find_record(p, number) : NULL;
}

static bool
kept_is_asked(const struct kept_list *l, const struct record *rec,
    const char *office)
{
	return rec != NULL && access_sees_office(l->q, office) &&
	    (l->keeper == NULL || strcmp(rec->keeper, l->keeper) == 0);
}

/* The row of the list of months that has these; made when there is none. */
static json_t *
months_row(struct kept_list *l, const char *month, const char *keeper)
{
	json_t *o;
	size_t i;

	json_array_foreach(l->months, i, o)
		if (strcmp(json_string_value(json_object_get(o, "month")),
			month) == 0 &&
		    strcmp(json_string_value(json_object_get(o, "keeper")),
			keeper) == 0)
			return o;
	o = json_pack("{s:s, s:s, s:s, s:i}", "month", month, "keeper",
	    keeper, "keeper_title", core_role_title(l->q->c, keeper), "count",
	    0);
	assert(o != NULL);
	json_array_append_new(l->months, o);
	return o;
}

static int
months_on_term(void *arg, const struct record_term *t)
{
	struct kept_list *l = arg;
	const struct record *rec = kept_record(l->q->c, t->procedure,
	    t->record);
	json_t *o;

	if (!kept_is_asked(l, rec, t->office))
		return 0;
	o = months_row(l, t->month, rec->keeper);
	json_object_set_new(o, "count", json_integer(t->count +
	    doc_int(o, "count")));
	return 0;
}

/* A record as one row, or each of its rows that is still there. */
static void
rows_add(struct kept_list *l, struct held *h, const struct produced *made)
{
	int i, n, left;

	if (made->record->rows == NULL) {
		json_array_append_new(l->rows, doc_retained(l->q, h, made,
		    0));
		return;
	}
	n = retention_rows(h->ca, made, &left);
	for (i = 1; i <= n; i++)
		if (!retention_row_is_gone(made, i))
			json_array_append_new(l->rows, doc_retained(l->q, h,
			    made, i));
}

static int
rows_on_record(void *arg, const struct record_row *row)
{
	struct kept_list *l = arg;
	char ref[40];
	struct produced *made;
	struct held *h;

	if (!kept_is_asked(l, kept_record(l->q->c, row->procedure,
	    row->record), row->office) ||
	    !access_sees_id(l->q, row->office, row->kase))
		return 0;
	if (json_array_size(l->rows) >= KEPT_MAX) {
		l->more = true;
		return 1;
	}
	(void)snprintf(ref, sizeof ref, "%.20s.%d", row->record, row->serial);
	if (case_load_by_id(l->q->c, row->kase, &h, &l->q->why) == 0 &&
	    (made = retention_find(h->ca, ref)) != NULL)
		rows_add(l, h, made);
	return 0;
}

/* "2027-11": its days; without, all that is due and what this month ends. */
static int
list_period(struct kept_list *l, const char *month, const char *today)
{
	char *first;

	if (month == NULL) {
		l->from = "0000-00-00";
		l->to = req_text(l->q, xasprintf("%.7s-31", today));
		return 0;
	}
	first = req_text(l->q, xasprintf("%.7s-01", month));
	if (strlen(month) != 7 || !calendar_is_date(first))
		return why_set(&l->q->why, ERR_USAGE,
		    "«%.20s» no es un mes: escriba mes=2027-11.", month);
	l->from = first;
	l->to = req_text(l->q, xasprintf("%.7s-31", month));
	return 0;
}

int
cmd_conservacion(struct req *q)
{
	struct kept_list l = { .q = q, .keeper = req_take(q, "custodia"),
		.rows = json_array(), .months = json_array() };
	const char *month = req_take(q, "mes");
	char today[11], time[9];
	struct world w;
	int r;

	core_world(q->c, "central", &w);
	calendar_local(w.zone, q->now, today, time);
	json_object_set_new(q->out, "today", json_string(today));
	json_object_set_new(q->out, "months", l.months);
	json_object_set_new(q->out, "rows", l.rows);
	if ((r = req_all_used(q)) < 0 ||
	    (r = list_period(&l, month, today)) < 0)
		return r;
	(void)store_each_term(q->c->store, months_on_term, &l);
	(void)store_each_kept(q->c->store, l.from, l.to,
	    rows_on_record, &l);
	json_object_set_new(q->out, "more", json_boolean(l.more));
	return 0;
}

/* ---- what becomes of one ---- */

static int
retain(struct req *q, enum retain_act act, const char *until)
{
	struct command cmd = { .kind = CMD_RETAIN, .revision = -1,
		.step = q->pos[1], .remark = req_take(q, "motivo") };
	struct produced *made;
	struct held *h;
	int r;

	cmd.values = req_json(q, json_pack("{s:s, s:s?}", "act",
	    retain_act_name(act), "until", until));
	if ((r = req_all_used(q)) < 0 ||
	    (r = case_find(q, q->pos[0], &h)) < 0 ||
	    (r = act_command(q, &h, h->ca->p, &cmd)) < 0)
		return r;
	made = retention_find(h->ca, q->pos[1]);
	assert(made != NULL);
	json_decref(q->out);
	q->out = doc_retained(q, h, made, 0);
	return 0;
}

int
cmd_conservar(struct req *q)
{
	const char *until = req_take(q, "hasta");

	if (until == NULL)
		return why_set(&q->why, ERR_USAGE,
		    "Falta hasta cuándo: hasta=AAAA-MM-DD.");
	return retain(q, RETAIN_KEEP, until);
}

int
cmd_transferir(struct req *q)
{
	return retain(q, RETAIN_TRANSFER, NULL);
}

int
cmd_proponer(struct req *q)
{
	return retain(q, RETAIN_DISPOSE, NULL);
}

int
cmd_destino(struct req *q)
{
	if (text_like("si", q->pos[2]))
		return retain(q, RETAIN_APPROVE, NULL);
	if (text_like("no", q->pos[2]))
		return retain(q, RETAIN_DECLINE, NULL);
	return why_set(&q->why, ERR_USAGE, "Conteste «destino %.40s %.20s si» "
	    "o «destino %.40s %.20s no».", q->pos[0], q->pos[1], q->pos[0],
	    q->pos[1]);
}

int
cmd_recibir(struct req *q)
{
	return retain(q, RETAIN_RECEIVE, NULL);
}
