/* SPDX-License-Identifier: ISC */
/*
 * cmd_board.c - tablero: what there is and how fast it goes, for whoever
 * supervises an office; and the rows behind each figure, which are looked for
 * with the very condition that counted them.
 */
#include <assert.h>

#include "../../proto/text.h"
#include "req.h"

enum { DAY = 86400, WEEK = 7 * DAY, WEEKS = 12, BOARD_ROWS = 500,
	DECIDED_MAX = 20000 };

/* What a figure is made of. */
enum figure_of { OF_TASKS, OF_CLOSED, OF_DECIDED, OF_DAYS };

/* id of the document, word of the line, days looked back; of tasks, in which
 * state they are ("" any), or only those that are late. */
static const struct figure {
	const char *id, *word;
	enum figure_of of;
	int days;
	const char *state;
	bool late;
} figures[] = {
	// clang-format off
	{ "new",	"nuevas",	OF_TASKS,	0,  "new", false },
	{ "taken",	"tomadas",	OF_TASKS,	0,  "taken", false },
	{ "approval",	"por-aprobar",	OF_TASKS,	0,  "approval", false },
	{ "returned",	"devueltas",	OF_TASKS,	0,  "returned", false },
	{ "overdue",	"vencidas",	OF_TASKS,	0,  "", true },
	{ "open",	"abiertas",	OF_TASKS,	0,  "", false },
	{ "closed",	"cerradas",	OF_CLOSED,	7,  NULL, false },
	{ "day",	"dia",		OF_DECIDED,	1,  NULL, false },
	{ "week",	"semana",	OF_DECIDED,	7,  NULL, false },
	{ "month",	"mes",		OF_DECIDED,	30, NULL, false },
	{ "missing",	"sin-cumplir",	OF_DAYS,	7,  NULL, false },
	// clang-format on
};

struct board_office {
	const struct office *o;
	int open, late, weeks[WEEKS];
};

struct decided {
	const struct office *o;
	int64_t at, waited;
};

struct board {
	struct req *q;
	struct board_office *offices;
	size_t offices_count;
	int figures[ARRAY_LEN(figures)];
	int64_t oldest;			/* since when an approval waits */
	struct decided *decided;
	size_t decided_count;
};

/* Room for n things until the answer. */
static void *
board_room(const struct board *b, size_t n, size_t size)
{
	return req_text(b->q, xcalloc(n, size));
}

/* ---- which offices ---- */

static struct board_office *
board_find(struct board *b, const char *office)
{
	size_t i;

	for (i = 0; i < b->offices_count; i++)
		if (strcmp(b->offices[i].o->id, office) == 0)
			return &b->offices[i];
	return NULL;
}

/* Whose office this is about: those that the asker supervises, or one. */
static int
board_offices(struct board *b, const char *only)
{
	struct req *q = b->q;
	const struct institution *in = q->c->institution;
	unsigned i;

	b->offices = board_room(b, in != NULL ? in->offices_count : 0,
	    sizeof *b->offices);
	for (i = 0; in != NULL && i < in->offices_count; i++)
		if (access_boards(q, in->offices[i].id) && (only == NULL ||
		    strcmp(only, in->offices[i].id) == 0))
			b->offices[b->offices_count++].o = &in->offices[i];
	if (b->offices_count > 0)
		return 0;
	if (only != NULL)
		return why_set(&q->why, ERR_NOT_FOUND, "No hay una oficina "
		    "«%.40s» que usted supervise.", only);
	return why_set(&q->why, ERR_REFUSED,
	    "El tablero es de quien supervisa una oficina: su cargo no lo "
	    "tiene.");
}

/* ---- counting ---- */

static bool
board_is_approval(const struct core *c, const char *procedure,
    const char *step, int kind)
{
	const struct procedure *p = core_find_procedure(c, procedure, NULL);
	const struct step *st;

	st = p != NULL ? procedure_find_step(p, step) : NULL;
	return kind == STEP_APPROVAL || (st != NULL && st->approval != NULL);
}

static bool
figure_has(const struct figure *f, bool approval, bool returned, bool taken,
    bool late)
{
	const char *state = approval ? "approval" : returned ? "returned" :
	    taken ? "taken" : "new";

	return f->of == OF_TASKS && (!f->late || late) &&
	    (*f->state == '\0' || strcmp(f->state, state) == 0);
}

static int
board_on_tasks(void *arg, const struct board_tasks *t)
{
	struct board *b = arg;
	struct board_office *o = board_find(b, t->office);
	bool approval;
	size_t i;

	if (o == NULL)
		return 0;
	approval = board_is_approval(b->q->c, t->procedure, t->step, t->kind);
	for (i = 0; i < ARRAY_LEN(figures); i++)
		if (figure_has(&figures[i], approval, t->returned, t->taken,
		    t->late))
			b->figures[i] += t->count;
	o->open += t->count;
	o->late += t->late ? t->count : 0;
	if (approval && (b->oldest == 0 || t->since < b->oldest))
		b->oldest = t->since;
	return 0;
}

static int
board_on_week(void *arg, const char *office, int week, int count)
{
	struct board_office *o = board_find(arg, office);

	if (o != NULL && week >= 0 && week < WEEKS)
		o->weeks[week] += count;
	return 0;
}

static int
board_on_closed(void *arg, const struct board_row *row)
{
	struct board *b = arg;
	size_t i;

	for (i = 0; i < ARRAY_LEN(figures); i++)
		if (figures[i].of == OF_CLOSED &&
		    board_find(b, row->office) != NULL)
			b->figures[i]++;
	return 0;
}

static int
board_on_decided(void *arg, const struct board_row *row)
{
	struct board *b = arg;
	const struct board_office *o = board_find(b, row->office);

	if (o == NULL)
		return 0;
	b->decided[b->decided_count++] = (struct decided){ o->o, row->at,
		row->at - row->since };
	return b->decided_count == DECIDED_MAX;
}

static int
board_compare(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* {"count","seconds"}: the median wait of what was decided from then on. */
static json_t *
board_median(const struct board *b, const struct office *o, int64_t from)
{
	int64_t *v = board_room(b, b->decided_count, sizeof *v), mid = 0;
	size_t i, n = 0;
	json_t *out;

	for (i = 0; i < b->decided_count; i++)
		if (b->decided[i].at >= from &&
		    (o == NULL || b->decided[i].o == o))
			v[n++] = b->decided[i].waited;
	if (n > 0) {
		qsort(v, n, sizeof *v, board_compare);
		mid = n % 2 == 1 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
	}
	out = json_pack("{s:i, s:o}", "count", (int)n, "seconds",
	    n > 0 ? json_integer(mid) : json_null());
	return out;
}

static json_t *
board_doc_offices(const struct board *b, int64_t month)
{
	json_t *list = json_array(), *weeks, *one;
	const struct board_office *o;
	size_t i;
	int k;

	for (i = 0; i < b->offices_count; i++) {
		o = &b->offices[i];
		weeks = json_array();
		for (k = 0; k < WEEKS; k++)
			json_array_append_new(weeks, json_integer(o->weeks[k]));
		one = json_pack("{s:s, s:s, s:i, s:i, s:o, s:o}", "id",
		    o->o->id, "name", o->o->name, "open", o->open, "overdue",
		    o->late, "weeks", weeks, "approval",
		    board_median(b, o->o, month));
		assert(one != NULL);
		json_array_append_new(list, one);
	}
	return list;
}

static void
board_count(struct board *b)
{
	struct store *s = b->q->c->store;
	int64_t now = b->q->now.s;

	b->decided = board_room(b, DECIDED_MAX, sizeof *b->decided);
	(void)store_board_tasks(s, now, board_on_tasks, b);
	(void)store_board_closed(s, now - WEEK, board_on_closed, b);
	(void)store_board_decided(s, now - 30 * DAY, board_on_decided, b);
	(void)store_board_weeks(s, now - WEEKS * WEEK + 1, board_on_week, b);
}

/* Days without their case or their duty: they are of the central office. */
static json_t *
board_days(struct board *b)
{
	return board_find(b, "central") != NULL ? doc_missing(b->q) :
						  json_array();
}

static void
board_count_days(struct board *b)
{
	json_t *days = board_days(b);
	size_t i;

	for (i = 0; i < ARRAY_LEN(figures); i++)
		if (figures[i].of == OF_DAYS)
			b->figures[i] = (int)json_array_size(days);
	json_decref(days);
}

static int
board_all(struct board *b)
{
	struct req *q = b->q;
	json_t *list = json_array(), *one;
	int64_t from;
	size_t i;

	board_count(b);
	board_count_days(b);
	for (i = 0; i < ARRAY_LEN(figures); i++) {
		from = q->now.s - figures[i].days * (int64_t)DAY;
		one = figures[i].of == OF_DECIDED ?
		    board_median(b, NULL, from) :
		    json_pack("{s:i}", "count", b->figures[i]);
		json_object_set_new(one, "id", json_string(figures[i].id));
		json_array_append_new(list, one);
	}
	json_object_set_new(q->out, "now", json_when(q->now));
	json_object_set_new(q->out, "figures", list);
	json_object_set_new(q->out, "waiting_since",
	    json_when((struct when){ b->oldest }));
	json_object_set_new(q->out, "offices", board_doc_offices(b,
	    q->now.s - 30 * (int64_t)DAY));
	return 0;
}

/* ---- the rows behind a figure ---- */

struct rows {
	struct board *b;
	const struct figure *f;
	json_t *list;
	int count;
};

static const char *
rows_brief(const struct core *c, const char *procedure)
{
	const struct procedure *p = core_find_procedure(c, procedure, NULL);

	return p != NULL && p->brief != NULL ? p->brief : procedure;
}

static int
rows_on_task(void *arg, const struct task_row *t)
{
	struct rows *r = arg;
	const struct req *q = r->b->q;
	bool late = t->due != 0 && t->due < q->now.s;
	json_t *one;

	if (board_find(r->b, t->office) == NULL || !figure_has(r->f,
	    board_is_approval(q->c, t->procedure, t->step, t->kind),
	    t->returned, *t->assignee != '\0', late) ||
	    r->count++ >= BOARD_ROWS)
		return 0;
	one = json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:s?, s:o, s:o, s:b}",
	    "folio", t->folio, "brief", rows_brief(q->c, t->procedure),
	    "subject", t->title, "office", t->office, "step", t->step, "row",
	    t->row, "assignee", *t->assignee != '\0' ? t->assignee : NULL,
	    "since", json_when((struct when){ t->since }), "due",
	    json_when((struct when){ t->due }), "due_late", late);
	assert(one != NULL);
	json_array_append_new(r->list, one);
	return 0;
}

static int
rows_on_past(void *arg, const struct board_row *p)
{
	struct rows *r = arg;
	json_t *one;

	if (board_find(r->b, p->office) == NULL || r->count++ >= BOARD_ROWS)
		return 0;
	one = json_pack("{s:s, s:s, s:s, s:s, s:s?, s:o, s:o, s:I}", "folio",
	    p->folio, "brief", rows_brief(r->b->q->c, p->procedure),
	    "subject", p->title, "office", p->office, "step", p->step,
	    "since", json_when((struct when){ p->since }), "at",
	    json_when((struct when){ p->at }), "seconds",
	    (json_int_t)(p->at - p->since));
	assert(one != NULL);
	json_array_append_new(r->list, one);
	return 0;
}

static int
board_rows(struct board *b, const struct figure *f)
{
	struct rows r = { .b = b, .f = f, .list = json_array() };
	struct store *s = b->q->c->store;
	int64_t from = b->q->now.s - f->days * (int64_t)DAY;

	json_object_set_new(b->q->out, "figure", json_string(f->id));
	if (f->of == OF_DAYS) {
		json_decref(r.list);
		r.list = board_days(b);
		r.count = (int)json_array_size(r.list);
	}
	json_object_set_new(b->q->out, "rows", r.list);
	if (f->of == OF_TASKS)
		(void)store_each_task(s, NULL, rows_on_task, &r);
	else if (f->of == OF_CLOSED)
		(void)store_board_closed(s, from, rows_on_past, &r);
	else if (f->of == OF_DECIDED)
		(void)store_board_decided(s, from, rows_on_past, &r);
	json_object_set_new(b->q->out, "count", json_integer(r.count));
	return 0;
}

int
cmd_tablero(struct req *q)
{
	struct board b = { .q = q };
	const char *office = req_take(q, "oficina");
	size_t i;
	int r;

	if ((r = req_all_used(q)) < 0 || (r = board_offices(&b, office)) < 0)
		return r;
	if (q->pos_count == 0)
		return board_all(&b);
	for (i = 0; i < ARRAY_LEN(figures); i++)
		if (strcmp(figures[i].id, q->pos[0]) == 0 ||
		    text_like(figures[i].word, q->pos[0]))
			return board_rows(&b, &figures[i]);
	return why_set(&q->why, ERR_NOT_FOUND, "El tablero no tiene la cifra "
	    "«%.30s»: «tablero» las lista.", q->pos[0]);
}
