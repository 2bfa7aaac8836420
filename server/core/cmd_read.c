/* SPDX-License-Identifier: ISC */
/* cmd_read.c - verbs that look: lists, steps, cases, history. */
#include <assert.h>

#include "chart.h"
#include "req.h"

enum { LIST_MAX = 500 };

struct inbox {
	struct req *q;
	json_t *tasks, *notices;
	int own, area, approval, returned;
	enum flag list;			/* 0: own */
	bool only_mine_to_decide;	/* autorizaciones */
};

/* Is one of those words a role of mine in the office of the row? */
static bool
inbox_role_is_mine(const struct req *q, const struct task_row *row,
    const char *words)
{
	char word[80];
	size_t i;

	for (i = 0; i < q->actor.grants_count; i++) {
		if (strcmp(q->actor.grants[i].office, row->office) != 0 &&
		    strcmp(q->actor.grants[i].office, "central") != 0)
			continue;
		(void)snprintf(word, sizeof word, " %.70s ",
		    q->actor.grants[i].role);
		if (strstr(words, word) != NULL)
			return true;
	}
	return false;
}

static void
inbox_add(struct inbox *in, const struct task_row *row, json_t *list)
{
	const struct token *t;
	struct held *h;
	char ref[24];
	bool known;

	if (json_array_size(list) >= LIST_MAX ||
	    case_load_by_id(in->q->c, row->kase, &h, &in->q->why) < 0)
		return;
	(void)snprintf(ref, sizeof ref, row->row > 0 ? "%.12s#%d" : "%.12s",
	    row->step, row->row);
	if ((t = kase_find_token(h->ca, ref, &known)) != NULL)
		json_array_append_new(list, doc_task(in->q, h, t));
}

static bool
inbox_wants(const struct inbox *in, const struct task_row *row, bool own,
    bool approval)
{
	if (in->only_mine_to_decide)
		return approval &&
		    inbox_role_is_mine(in->q, row, row->roles);
	if (in->list == FLAG_AREA)
		return true;
	if (in->list == FLAG_APPROVAL)
		return approval;
	if (in->list == FLAG_RETURNED)
		return own && row->returned;
	if (in->list == FLAG_OVERDUE)
		return row->due != 0 && row->due < in->q->now.s;
	return own;
}

static int
inbox_on_task(void *arg, const struct task_row *row)
{
	struct inbox *in = arg;
	struct req *q = in->q;
	const struct procedure *p;
	const struct step *st;
	bool own, mine, approval;

	if (!access_sees_id(q, row->office, row->kase))
		return 0;
	mine = inbox_role_is_mine(q, row, row->roles);
	own = *row->assignee != '\0' ?
	    strcmp(row->assignee, q->actor.login) == 0 : mine;
	p = core_find_procedure(q->c, row->procedure, NULL);
	st = p != NULL ? procedure_find_step(p, row->step) : NULL;
	approval = row->kind == STEP_APPROVAL ||
	    (st != NULL && st->approval != NULL);
	in->own += own;
	in->area++;
	in->approval += approval;
	in->returned += own && row->returned;
	if (inbox_wants(in, row, own, approval))
		inbox_add(in, row, in->tasks);
	if (in->notices != NULL && !own &&
	    inbox_role_is_mine(q, row, row->told))
		inbox_add(in, row, in->notices);
	return 0;
}

int
cmd_bandeja(struct req *q)
{
	static const struct { enum flag flag; const char *name; } lists[] = {
		{ FLAG_AREA, "area" }, { FLAG_APPROVAL, "approval" },
		{ FLAG_RETURNED, "returned" }, { FLAG_OVERDUE, "overdue" },
	};
	struct inbox in = { .q = q, .tasks = json_array(),
		.notices = json_array() };
	const char *name = "own";
	size_t i;
	int r;

	for (i = 0; i < ARRAY_LEN(lists); i++)
		if (q->flags & lists[i].flag) {
			in.list = lists[i].flag;
			name = lists[i].name;
		}
	json_object_set_new(q->out, "now", json_when(q->now));
	json_object_set_new(q->out, "list", json_string(name));
	json_object_set_new(q->out, "tasks", in.tasks);
	json_object_set_new(q->out, "notices", in.notices);
	if ((r = req_all_used(q)) < 0)
		return r;
	json_object_set_new(q->out, "mentions", doc_mentions(q));
	json_object_set_new(q->out, "asked", doc_asked(q));
	json_object_set_new(q->out, "stood", doc_stood(q));
	json_object_set_new(q->out, "missing", doc_missing(q));
	(void)store_each_task(q->c->store, NULL, inbox_on_task, &in);
	json_object_set_new(q->out, "lists", json_pack(
	    "{s:i, s:i, s:i, s:i}", "own", in.own, "area", in.area,
	    "approval", in.approval, "returned", in.returned));
	return 0;
}

int
cmd_autorizaciones(struct req *q)
{
	struct inbox in = { .q = q, .tasks = json_array(),
		.only_mine_to_decide = true };

	json_object_set_new(q->out, "now", json_when(q->now));
	json_object_set_new(q->out, "items", in.tasks);
	(void)store_each_task(q->c->store, NULL, inbox_on_task, &in);
	return req_all_used(q);
}

int
cmd_paso(struct req *q)
{
	const struct token *t;
	struct held *h;
	json_t *doc;
	int r;

	if ((r = case_token(q, &h, &t)) < 0)
		return r;
	doc = doc_step(q, h, t);
	json_object_update(q->out, doc);
	json_decref(doc);
	return req_all_used(q);
}

int
cmd_expediente(struct req *q)
{
	struct held *h;
	json_t *doc;
	int r;

	if ((r = case_find(q, q->pos[0], &h)) < 0)
		return r;
	doc = doc_case(q, h);
	json_object_update(q->out, doc);
	json_decref(doc);
	return req_all_used(q);
}

struct history {
	struct req *q;
	struct held *h;
	json_t *list;
	int64_t from;			/* number of the first one */
	size_t size;			/* of what is listed */
};

/* Is there no room for one more?  Then it is the next one. */
static bool
history_is_full(struct history *hi, json_t *body)
{
	size_t size = portion_size(body);

	if (size > PORTION_ROOM) {	/* alone it would fit in no answer */
		json_object_set_new(body, "data", json_null());
		size = portion_size(body);
	}
	hi->size += size;
	return hi->size > PORTION_ROOM && json_array_size(hi->list) > 0;
}

static int
history_on_entry(void *arg, const struct entry *e)
{
	char leaf[HASH_TEXT], chain[HASH_TEXT];
	struct history *hi = arg;
	json_t *body, *data;

	if (e->seq < hi->from)
		return 0;
	body = json_loads(e->body != NULL ? e->body : "{}", 0, NULL);
	data = json_object_get(body, "data");
	json_object_set_new(body, "leaf",
	    json_string(hex_text(e->leaf, HASH_SIZE, leaf)));
	json_object_set_new(body, "chain",
	    json_string(hex_text(e->chain, HASH_SIZE, chain)));
	json_object_set(body, "step", json_object_get(data, "step") != NULL ?
	    json_object_get(data, "step") : json_null());
	json_object_set(body, "row", json_object_get(data, "row") != NULL ?
	    json_object_get(data, "row") : json_null());
	if (json_object_get(data, "assurance") != NULL)
		json_object_set(body, "assurance",
		    json_object_get(data, "assurance"));
	json_object_set_new(body, "actor_name", json_text(core_person_name(
	    hi->q->c, json_string_value(json_object_get(body, "actor")))));
	json_object_set_new(body, "text", json_string(req_text(hi->q,
	    doc_event_text(hi->q, hi->h->ca, data))));
	if (history_is_full(hi, body)) {
		json_decref(body);
		json_object_set_new(hi->q->out, "next", json_integer(e->seq));
		return 1;
	}
	json_array_append_new(hi->list, body);
	return 0;
}

int
cmd_historial(struct req *q)
{
	struct history hi = { .q = q, .list = json_array() };
	int r;

	json_object_set_new(q->out, "events", hi.list);
	if ((r = portion_from(q, &hi.from)) < 0 || (r = req_all_used(q)) < 0 ||
	    (r = case_find(q, q->pos[0], &hi.h)) < 0)
		return r;
	json_object_set_new(q->out, "folio", json_string(hi.h->row.folio));
	r = store_case_events(q->c->store, hi.h->row.id, history_on_entry,
	    &hi, &q->why);
	return r < 0 ? r : 0;
}

/* ---- the manual ---- */

/*
 * What recurs, begun by hand: for which day, where it is not today; not at all
 * while every day of the week has its case.
 */
static bool
read_day(struct req *q, const struct procedure *p, const struct start *s,
    const char *office, json_t *start)
{
	char today[11], clock[9], day[11];
	int64_t todays;
	struct world w;
	json_t *field;
	size_t i;
	bool is_free = days_free(q, p, s, office, day, &todays);

	core_world(q->c, office, &w);
	calendar_local(w.zone, q->now, today, clock);
	if (!is_free) {
		json_object_set_new(start, "taken", json_true());
		return start_taken(q, p, todays, today) == 0;
	}
	json_array_foreach(json_object_get(start, "fields"), i, field)
		if (strcmp(doc_text(field, "id"), "day") == 0 &&
		    strcmp(day, today) != 0)
			json_object_set_new(field, "preset",
			    json_string(day));
	return true;
}

static json_t *
read_start(struct req *q, const struct procedure *p, const struct start *s)
{
	json_t *fields = json_array(), *o;
	const struct field *header;
	struct why why = { 0 };
	struct scope scope;
	struct world w;
	const char *office = "central";
	unsigned i, n;
	size_t g;
	bool can = false;

	for (g = 0; g < q->actor.grants_count && !can; g++) {
		office = q->actor.grants[g].office;
		can = engine_may_start(p, s, office, &q->actor,
		    q->c->institution, &why) == 0;
	}
	if (q->actor.grants_count == 0)
		(void)engine_may_start(p, s, office, &q->actor,
		    q->c->institution, &why);
	core_world(q->c, office, &w);
	scope = (struct scope){ NULL, req_json(q, json_object()), &w, NULL };
	header = engine_header(&n);
	for (i = 0; i < n; i++)
		if (strcmp(header[i].id, "links") != 0 &&
		    (strcmp(header[i].id, "day") != 0 || s->rrule != NULL))
			json_array_append_new(fields, doc_field(q, &header[i],
			    &scope, NULL, NULL));
	for (i = 0; i < s->fields_count; i++)
		json_array_append_new(fields,
		    doc_field(q, &s->fields[i], &scope, NULL, NULL));
	o = json_pack("{s:s, s:s, s:o, s:b, s:b}", "id", s->id, "title",
	    s->title, "fields", fields, "recurring", s->rrule != NULL,
	    "taken", false);
	assert(o != NULL);
	if (can && s->rrule != NULL && !read_day(q, p, s, office, o)) {
		can = false;
		why = q->why;
	}
	json_object_set_new(o, "can", json_boolean(can));
	json_object_set_new(o, "why",
	    can ? json_null() : json_string(why.text));
	return o;
}

int
cmd_procedimientos(struct req *q)
{
	json_t *list = json_array(), *starts;
	const struct procedure *p;
	size_t i;
	unsigned k;

	json_object_set_new(q->out, "procedures", list);
	for (i = 0; i < q->c->procedures_count; i++) {
		p = q->c->procedures[i];
		if (!q->c->current[i])
			continue;
		starts = json_array();
		for (k = 0; k < p->starts_count; k++)
			json_array_append_new(starts,
			    read_start(q, p, &p->starts[k]));
		json_array_append_new(list, json_pack(
		    "{s:s, s:s, s:s, s:s, s:s?, s:o, s:o}", "code", p->code,
		    "revision", p->revision, "issued_on", p->issued_on,
		    "title", p->title, "brief", p->brief, "starts", starts,
		    "annexes", doc_annexes(p)));
	}
	return req_all_used(q);
}

/* A picture of it, as the text of a file. */
static int
read_chart(struct req *q, const struct procedure *p, const char *format)
{
	static const struct {
		const char *name;
		char *(*make)(const struct chart *);
	} formats[] = {
		{ "diagrama", chart_svg },
		{ "bpmn", chart_bpmn },
	};
	struct chart chart;
	size_t i;

	for (i = 0; i < ARRAY_LEN(formats); i++)
		if (strcmp(formats[i].name, format) == 0)
			break;
	if (i == ARRAY_LEN(formats))
		return why_set(&q->why, ERR_USAGE,
		    "El formato es diagrama o bpmn, no «%.40s».", format);
	chart_make(p, q->c->institution, &chart);
	json_object_set_new(q->out, "code", json_string(p->code));
	json_object_set_new(q->out, "revision", json_string(p->revision));
	json_object_set_new(q->out, "format", json_string(format));
	json_object_set_new(q->out, "content",
	    json_string(req_text(q, formats[i].make(&chart))));
	chart_clear(&chart);
	return req_all_used(q);
}

int
cmd_procedimiento(struct req *q)
{
	const struct procedure *p =
	    core_find_procedure(q->c, q->pos[0], NULL);
	const char *format = req_take(q, "formato");
	json_t *doc;

	if (p == NULL)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay un procedimiento «%.40s».", q->pos[0]);
	if (format != NULL)
		return read_chart(q, p, format);
	doc = doc_procedure(p);
	json_object_update(q->out, doc);
	json_decref(doc);
	return req_all_used(q);
}
