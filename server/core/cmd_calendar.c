/* SPDX-License-Identifier: ISC */
/*
 * cmd_calendar.c - `calendario`: the days not worked, and another calendar in
 * their place.  Said with a file alone it changes nothing and shows which days
 * and which open deadlines move, with the sum of all that; said again with the
 * sum it does exactly that, or nothing when it is no longer the same.
 */
#include "req.h"

enum {
	DAYS_BACK = 31, /* deadlines may count from there */
	DAYS_AHEAD = 400,
	DAYS_SHOWN = 100,
	MOVES_SHOWN = 500
};

struct change {
	struct req *q;
	struct calendar *to; /* the one that would come */
	json_t *moves;	     /* all, in the order of their cases */
	json_t *cases;	     /* numbers of the cases that move */
	char first[11], last[11], today[11];
};

static void
change_span(struct change *ch)
{
	char clock[9];
	struct world w;

	core_world(ch->q->c, "central", &w);
	calendar_local(w.zone, ch->q->now, ch->today, clock);
	calendar_add(ch->today, -DAYS_BACK, ch->first);
	calendar_add(ch->today, DAYS_AHEAD, ch->last);
}

/* ---- days ---- */

/* Which procedures open a case that day by one calendar and not the other. */
static json_t *
day_starts(struct change *ch, const char *day)
{
	struct core *c = ch->q->c;
	const struct procedure *p;
	json_t *list = json_array();
	struct world was, will;
	unsigned k;
	size_t i;

	core_world(c, "central", &was);
	will = was;
	will.calendar = ch->to;
	for (i = 0; i < c->procedures_count; i++) {
		p = c->procedures[i];
		for (k = 0; c->current[i] && k < p->starts_count; k++)
			if (strcmp(day, ch->today) > 0 &&
			    daily_recurs(p, &p->starts[k], day, &was) !=
				daily_recurs(p, &p->starts[k], day, &will))
				json_array_append_new(
				    list, json_string(p->brief));
	}
	return list;
}

static json_t *
change_days(struct change *ch)
{
	const struct calendar *was = ch->q->c->calendar;
	json_t *list = json_array();
	const char *name;
	char day[11];
	bool works;

	for (calendar_add(ch->first, 0, day);
	     strcmp(day, ch->last) <= 0 && json_array_size(list) < DAYS_SHOWN;
	     calendar_add(day, 1, day)) {
		works = calendar_is_working(ch->to, day);
		if (works == calendar_is_working(was, day))
			continue;
		name = calendar_holiday(works ? was : ch->to, day);
		json_array_append_new(list,
		    json_pack("{s:s, s:b, s:s?, s:o}", "day", day, "working",
			works, "name", name, "starts", day_starts(ch, day)));
	}
	return list;
}

/* The days not worked, weekends aside, of the calendar in force. */
static json_t *
doc_holidays(struct change *ch)
{
	json_t *list = json_array();
	const char *name;
	char day[11];

	for (calendar_add(ch->today, 0, day); strcmp(day, ch->last) <= 0;
	     calendar_add(day, 1, day))
		if ((name = calendar_holiday(ch->q->c->calendar, day)) != NULL)
			json_array_append_new(list,
			    json_pack("{s:s, s:s}", "day", day, "name", name));
	return list;
}

/* ---- moves ---- */

/* What it is about is for who may read the case. */
static void
change_add(struct change *ch, const struct held *h, json_t *move)
{
	const struct step *st = procedure_find_step(
	    h->ca->p, json_string_value(json_object_get(move, "step")));

	json_object_set_new(move, "folio", json_string(h->row.folio));
	json_object_set_new(move, "procedure", json_string(h->ca->p->code));
	json_object_set_new(move, "office", json_string(h->row.office));
	json_object_set_new(move, "title",
	    json_text(st->instruction != NULL ? st->instruction : st->title));
	json_object_del(move, "alarm");
	json_object_del(move, "told");
	json_object_set_new(move, "subject",
	    ch->q->who->login != NULL &&
		    access_sees_id(ch->q, h->row.office, h->row.id) ?
		json_text(h->ca->title) :
		json_null());
	json_array_append(ch->moves, move);
}

static int
change_look(struct change *ch, int64_t id)
{
	struct core *c = ch->q->c;
	struct world w;
	json_t *list, *move;
	struct held *h;
	size_t i;
	int r;

	if ((r = case_load_by_id(c, id, &h, &ch->q->why)) < 0)
		return r;
	core_world(c, h->row.office, &w);
	w.calendar_before = c->calendar;
	w.calendar = ch->to;
	list = engine_moves(h->ca, &w);
	if (json_array_size(list) > 0)
		json_array_append_new(ch->cases, json_integer(id));
	json_array_foreach(list, i, move)
		change_add(ch, h, move);
	json_decref(list);
	case_spare(c, h);
	return 0;
}

/* Does any revision that open cases may follow count by the calendar? */
static bool
change_concerns(const struct core *c, const char *code)
{
	size_t i;

	for (i = 0; i < c->procedures_count; i++)
		if (strcmp(c->procedures[i]->code, code) == 0 &&
		    engine_moves_any(c->procedures[i]))
			return true;
	return false;
}

static int
change_on_task(void *arg, const struct task_row *row)
{
	struct change *ch = arg;
	json_t *ids = ch->cases;

	if (change_concerns(ch->q->c, row->procedure))
		json_array_append_new(ids, json_integer(row->kase));
	return 0;
}

static int
id_compare(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Every open case of those, once, in order. */
static int
change_gather(struct change *ch)
{
	json_t *found = ch->cases;
	size_t i, n = json_array_size(found);
	int64_t *ids = (void *)req_text(ch->q, xcalloc(n + 1, sizeof *ids));
	int r = 0;

	for (i = 0; i < n; i++)
		ids[i] = json_integer_value(json_array_get(found, i));
	qsort(ids, n, sizeof *ids, id_compare);
	ch->cases = req_json(ch->q, json_array());
	for (i = 0; r == 0 && i < n; i++)
		if (i == 0 || ids[i] != ids[i - 1])
			r = change_look(ch, ids[i]);
	return r;
}

/* Of the file and of all that it moves. */
static void
change_sum(const struct change *ch, const char *text, char out[HASH_TEXT])
{
	uint8_t sum[HASH_SIZE];
	struct buf b;
	char *all;

	canonical_begin(&b);
	canonical_put(&b, ch->moves);
	canonical_add(&b, text, strlen(text));
	all = req_text(ch->q, canonical_end(&b));
	hash_sha256(all, strlen(all), sum);
	(void)hex_text(sum, HASH_SIZE, out);
}

static json_t *
moves_shown(json_t *moves)
{
	json_t *list = json_array(), *m;
	size_t i;

	json_array_foreach(moves, i, m)
		if (i < MOVES_SHOWN)
			json_array_append(list, m);
	return list;
}

/* The event of the office, then one of each deadline that moves. */
static int
change_apply(struct change *ch, const char *text)
{
	struct req *q = ch->q;
	struct core *c = q->c;
	struct command cmd = { .kind = CMD_MOVE, .revision = -1 };
	struct calendar *was = c->calendar;
	struct held *h;
	json_t *id;
	size_t i;
	int r;

	r = act_office(q, "setting.set",
	    req_json(q,
		json_pack("{s:s, s:s, s:s}", "kind", "calendar", "name",
		    "calendar", "value", text)));
	if (r < 0)
		return r;
	cmd.values = req_json(
	    q, json_pack("{s:O}", "calendar", json_object_get(q->out, "n")));
	c->calendar = ch->to;
	c->calendar_before = was;
	json_array_foreach(ch->cases, i, id) {
		if ((r = case_load_by_id(
			 c, json_integer_value(id), &h, &q->why)) < 0 ||
		    (r = act_command(q, &h, h->ca->p, &cmd)) < 0)
			break;
		case_spare(c, h);
	}
	c->calendar_before = NULL;
	ch->to = NULL; /* the core's own from now on */
	calendar_free(was);
	return r < 0 ? core_break(c, &q->why) : 0;
}

static int
change_run(struct change *ch, const char *text, const char *content)
{
	struct req *q = ch->q;
	char sum[HASH_TEXT];
	int r;

	(void)store_each_task(q->c->store, NULL, change_on_task, ch);
	if ((r = change_gather(ch)) < 0)
		return r;
	change_sum(ch, text, sum);
	json_object_set_new(q->out, "content", json_string(sum));
	json_object_set_new(q->out, "days", change_days(ch));
	json_object_set_new(q->out, "count",
	    json_integer((json_int_t)json_array_size(ch->moves)));
	json_object_set_new(q->out, "moves", moves_shown(ch->moves));
	json_object_set_new(q->out, "applied", json_boolean(content != NULL));
	if (content == NULL)
		return 0;
	if (strcmp(content, sum) != 0)
		return why_set(&q->why, ERR_STALE,
		    "Lo que este calendario "
		    "mueve ya no es lo que se mostró: vuelva a verlo, sin "
		    "contenido=, antes de ponerlo en vigor.");
	return change_apply(ch, text);
}

static int
change_allow(struct req *q)
{
	if (q->who->login == NULL ||
	    access_has_role(q, "head_of_unit", "central") ||
	    access_has_role(q, "sysadmin", "central"))
		return 0;
	return why_set(&q->why, ERR_REFUSED,
	    "Solo la jefatura o el "
	    "administrador cambian el calendario.");
}

int
cmd_calendario(struct req *q)
{
	const char *text = req_take(q, "texto"),
		   *content = req_take(q, "contenido");
	struct change ch = { .q = q,
		.moves = req_json(q, json_array()),
		.cases = req_json(q, json_array()) };
	int r;

	if ((r = req_all_used(q)) < 0)
		return r;
	change_span(&ch);
	if (text == NULL && content == NULL) {
		json_object_set_new(q->out, "holidays", doc_holidays(&ch));
		return 0;
	}
	if ((r = change_allow(q)) < 0)
		return r;
	if (text == NULL)
		return why_set(&q->why, ERR_USAGE,
		    "Falta texto=: el archivo "
		    "iCalendar con los días inhábiles.");
	if ((r = calendar_check(text, &q->why)) < 0 ||
	    (r = calendar_load(text, &ch.to, &q->why)) < 0)
		return r;
	r = change_run(&ch, text, content);
	calendar_free(ch.to);
	return r;
}
