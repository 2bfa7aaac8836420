/* SPDX-License-Identifier: ISC */
/*
 * cmd_due.c - `vencimientos`: the deadlines of what a person may do, as a list
 * and as an iCalendar file (RFC 5545) for the calendar that he uses; programs
 * for files find it in the first folder (folder.h), made at that moment.
 */
#include "folder.h"
#include "tray.h"

enum { DUE_MOST = 500 };

struct dues {
	struct req *q;
	json_t *list;
};

static void
due_add(struct dues *d, const struct task_row *row)
{
	const struct token *t;
	struct held *h;
	struct world w;
	struct why why;
	char ref[24];

	if (case_load_by_id(d->q->c, row->kase, &h, &d->q->why) < 0)
		return;
	(void)snprintf(ref, sizeof ref, row->row > 0 ? "%.12s#%d" : "%.12s",
	    row->step, row->row);
	core_world(d->q->c, h->row.office, &w);
	t = kase_find_token(h->ca, ref, NULL);
	if (t != NULL && engine_may(h->ca, t, &d->q->actor, &w, &why) == 0)
		json_array_append_new(d->list, doc_task(d->q, h, t));
}

static int
due_on_task(void *arg, const struct task_row *row)
{
	struct dues *d = arg;

	if (row->due != 0 && json_array_size(d->list) < DUE_MOST &&
	    access_sees_id(d->q, row->office, row->kase))
		due_add(d, row);
	return 0;
}

static json_t *
due_list(struct req *q)
{
	struct dues d = { q, json_array() };

	(void)store_each_task(q->c->store, NULL, due_on_task, &d);
	return d.list;
}

int
cmd_vencimientos(struct req *q)
{
	json_t *list;
	int r;

	if ((r = req_all_used(q)) < 0)
		return r;
	list = due_list(q);
	json_object_set_new(q->out, "tasks", list);
	if (q->flags & FLAG_ICS)
		json_object_set_new(q->out, "ics", doc_ics(q, list));
	return 0;
}

const char *
due_file(struct req *q, int64_t *size)
{
	json_t *ics = req_json(q, doc_ics(q, req_json(q, due_list(q))));

	*size = (int64_t)json_string_length(ics);
	return json_string_value(ics);
}

int
due_open(struct req *q, int64_t *size)
{
	const char *text = due_file(q, size);

	return tray_memory(q, text, (size_t)*size);
}
