/* SPDX-License-Identifier: ISC */
/*
 * cmd_collect.c - recoger, comentario: a note becomes a row of a list in the
 * draft of today's case.  Which list, and what of the note goes into which of
 * its columns, the definition says (notes:, note:); whoever may not do that
 * step may not fill it.  A step that takes notes and is still to come keeps
 * them: it opens with them in its draft.
 */
#include "../../proto/text.h"
#include "inbox.h"

/* A list that would take the note, in a case; t NULL: its step is to come. */
struct basket {
	struct req *q;
	const char *verb;		/* of `notes:` */
	const struct note_row *note;
	const char *folio, *day;	/* asked for, or today's */
	struct held *h;
	const struct step *st;
	const struct field *f;
	const struct token *t;
	int r;				/* why not, once a case was looked at */
	bool seen;
};

/* ---- which list ---- */

static const struct field *
step_basket(const struct step *st, const char *verb)
{
	unsigned i;

	for (i = 0; i < st->fields_count; i++)
		if (st->fields[i].notes != NULL &&
		    strcmp(st->fields[i].notes, verb) == 0)
			return &st->fields[i];
	return NULL;
}

static const struct step *
procedure_basket(const struct procedure *p, const char *verb)
{
	unsigned i;

	for (i = 0; i < p->steps_count; i++)
		if (step_basket(&p->steps[i], verb) != NULL)
			return &p->steps[i];
	return NULL;
}

static int
basket_take(struct basket *b, const struct step *st, const struct token *t)
{
	struct world w;

	b->st = st;
	b->f = step_basket(st, b->verb);
	b->t = t;
	core_world(b->q->c, b->h->row.office, &w);
	if (t != NULL)
		return engine_may(b->h->ca, t, &b->q->actor, &w, &b->q->why);
	if (inbox_does_step(b->q, st, b->h->row.office))
		return 0;
	return why_set(&b->q->why, ERR_REFUSED, "El paso %s de %s, que recibe "
	    "esta nota, no es de su cargo.", st->number, b->h->row.folio);
}

/* The step that is open, or the first that takes notes when it is to come. */
static int
basket_of_case(struct basket *b)
{
	const struct kase *ca = b->h->ca;
	const struct step *first = procedure_basket(ca->p, b->verb);
	size_t i;

	for (i = 0; i < ca->tokens_count; i++)
		if (ca->tokens[i].row == 0 &&
		    step_basket(ca->tokens[i].st, b->verb) != NULL)
			return basket_take(b, ca->tokens[i].st,
			    &ca->tokens[i]);
	if (kase_last_done(ca, first->number, 0) == NULL)
		return basket_take(b, first, NULL);
	return why_set(&b->q->why, ERR_REFUSED, "%s ya no recibe notas: su "
	    "paso %s está hecho.", b->h->row.folio, first->number);
}

static int
basket_on_case(void *arg, const struct case_row *row)
{
	struct basket *b = arg;
	const struct procedure *p = core_find_procedure(b->q->c,
	    row->procedure, row->revision);

	if (p == NULL || procedure_basket(p, b->verb) == NULL ||
	    (b->folio != NULL ? strcmp(b->folio, row->folio) != 0 :
	    row->day == NULL || strcmp(b->day, row->day) != 0))
		return 0;
	b->seen = true;
	b->r = case_load_by_id(b->q->c, row->id, &b->h, &b->q->why);
	if (b->r == 0)
		b->r = basket_of_case(b);
	return 1;
}

static int
basket_find(struct basket *b)
{
	char date[11], clock[9];
	struct world w;

	core_world(b->q->c, b->note->office, &w);
	calendar_local(w.zone, b->q->now, date, clock);
	b->day = req_text(b->q, xstrdup(date));
	(void)store_each_case(b->q->c->store, NULL, b->note->office,
	    CASE_OPEN, INT64_MAX, basket_on_case, b);
	if (b->seen)
		return b->r;
	return why_set(&b->q->why, ERR_REFUSED, b->folio != NULL ?
	    "Ese expediente no está abierto o no recibe notas." :
	    "Hoy no hay un expediente abierto que reciba esta nota: ábralo "
	    "con «iniciar».");
}

/* ---- the row ---- */

/* A part of a note as it would be typed; "" when it says nothing. */
static const char *
note_part(struct req *q, const struct note_row *n, const char *part,
    const char *zone)
{
	int64_t at = n->published != 0 ? n->published : n->at;
	const char *number = req_text(q, xasprintf("%lld", (long long)n->id));
	char date[11], clock[9];
	const struct {
		const char *part, *value;
	} parts[] = {
		{ "medium", n->medium }, { "section", n->section },
		{ "title", n->title }, { "link", n->link },
		{ "author", n->author }, { "kind", n->mark.kind },
		{ "topic", n->mark.topic }, { "scope", n->mark.scope },
		{ "tone", n->mark.tone }, { "number", number },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(parts); i++)
		if (strcmp(parts[i].part, part) == 0)
			return parts[i].value;
	if (strcmp(part, "text") == 0)
		return req_text(q, *n->text == '\0' ? xstrdup(n->title) :
		    xasprintf("%s\n%s", n->title, n->text));
	calendar_local(zone, (struct when){ at }, date, clock);
	return req_text(q, strcmp(part, "day") == 0 ? xstrdup(date) :
	    xasprintf("%s %.5s", date, clock));
}

/* Named arguments that are columns: what the note itself does not say. */
static int
row_typed(struct basket *b, const struct world *w, json_t *row)
{
	struct req *q = b->q;
	const struct field *col;
	json_t *v;
	unsigned i;
	int r;

	for (i = 0; i < q->named_count; i++) {
		if (q->named[i].used)
			continue;
		col = value_find_field(b->f->columns, b->f->columns_count,
		    q->named[i].name);
		if (col == NULL)
			return why_set(&q->why, ERR_USAGE,
			    "«%s» no tiene una columna «%.60s».", b->f->label,
			    q->named[i].name);
		q->named[i].used = true;
		if ((r = value_parse(col, q->named[i].value, w, &v,
			 &q->why)) < 0)
			return r;
		json_decref(v);
		json_object_set_new(row, col->id,
		    json_string(q->named[i].value));
	}
	return 0;
}

/* What a column does not understand is left for whoever does the step. */
static int
basket_row(struct basket *b, json_t **row)
{
	const struct field *col;
	const char *text;
	struct world w;
	struct why why;
	json_t *v;
	unsigned i;

	core_world(b->q->c, b->h->row.office, &w);
	*row = json_object();
	for (i = 0; i < b->f->columns_count; i++) {
		col = &b->f->columns[i];
		text = col->note == NULL ? "" : note_part(b->q, b->note,
		    col->note, w.zone);
		if (*text == '\0' ||
		    value_parse(col, text, &w, &v, &why) < 0)
			continue;
		json_decref(v);
		json_object_set_new(*row, col->id, json_string(text));
	}
	return row_typed(b, &w, *row);
}

/* ---- the draft ---- */

static int
basket_rows(struct basket *b, json_t **rows)
{
	return collected_rows(b->q, b->h, b->st, b->f, rows);
}

static int
basket_put(struct basket *b, const json_t *rows)
{
	struct token there = { .st = b->st };
	char *text = req_text(b->q, json_dumps(rows, JSON_COMPACT));
	int r;

	if (strlen(text) > VALUE_MAX)
		return why_set(&b->q->why, ERR_REFUSED, "«%s» ya no tiene "
		    "lugar: termine el paso %s.", b->f->label, b->st->number);
	if ((r = case_put_draft(b->q, b->h, &there, b->f->id, text)) < 0)
		return r;
	core_touch(b->q->c, b->h->row.folio, b->h->row.office);
	return 0;
}

static int
basket_add(struct basket *b)
{
	size_t most = b->f->max != NULL ? (size_t)*b->f->max : ITEMS_MAX;
	json_t *rows, *row = NULL;
	int r;

	r = basket_row(b, &row);
	(void)req_json(b->q, row);
	if (r < 0 || (r = basket_rows(b, &rows)) < 0)
		return r;
	if (json_array_size(rows) >= most)
		return why_set(&b->q->why, ERR_REFUSED,
		    "«%s» lleva a lo más %zu filas y ya las tiene.",
		    b->f->label, most);
	json_array_append(rows, row);
	return basket_put(b, rows);
}

/* ---- verbs ---- */

static int
collect(struct req *q, const char *verb, const char *state)
{
	struct basket b = { .q = q, .verb = verb };
	struct note_row n;
	struct mark_row m, same;
	bool others;
	int r;

	b.folio = req_take(q, "folio");
	if ((r = inbox_get(q, &n)) < 0 || (r = inbox_allow(q, &n)) < 0 ||
	    (r = inbox_group(q, &others)) < 0)
		return r;
	if (strcmp(n.mark.state, "new") != 0)
		return why_set(&q->why, ERR_REFUSED, "Sobre esta nota ya se "
		    "decidió: repóngala primero.");
	b.note = &n;
	if ((r = basket_find(&b)) < 0 || (r = basket_add(&b)) < 0)
		return r;
	m = same = n.mark;
	m.state = state;
	m.folio = b.h->row.folio;
	m.step = b.st->number;
	same.state = "discarded";
	same.reason = req_text(q, xasprintf("Misma historia que la nota %lld, "
	    "que va en %s.", (long long)n.id, b.h->row.folio));
	if ((r = inbox_decide(q, &n, &m)) < 0)
		return r;
	return inbox_decide_others(q, &n, &same, others);
}

int
cmd_recoger(struct req *q)
{
	return collect(q, "collect", "taken");
}

int
cmd_comentario(struct req *q)
{
	return collect(q, "comment", "comment");
}

/* Is that the row of the note?  By its number, else by what it says of it. */
static bool
row_is_of(const struct basket *b, const json_t *row)
{
	const struct field *col = collected_column(b->f);
	unsigned i, said = 0;
	const char *is;

	if (col != NULL)
		return collected_note(row, col) == b->note->id;
	for (i = 0; i < b->f->columns_count; i++) {
		col = &b->f->columns[i];
		if (col->note == NULL || (strcmp(col->note, "title") != 0 &&
			strcmp(col->note, "text") != 0 &&
			strcmp(col->note, "medium") != 0))
			continue;
		is = json_string_value(json_object_get(row, col->id));
		if (is == NULL || strcmp(is, note_part(b->q, b->note,
		    col->note, "UTC")) != 0)
			return false;
		said++;
	}
	return said > 1;
}

int
collect_drop(struct req *q, const struct note_row *n)
{
	struct basket b = { .q = q, .note = n, .folio = n->mark.folio };
	json_t *rows, *row;
	bool known;
	size_t i;
	int r;

	b.verb = strcmp(n->mark.state, "taken") == 0 ? "collect" : "comment";
	if ((r = case_find(q, b.folio, &b.h)) < 0)
		return r;
	b.t = kase_find_token(b.h->ca, n->mark.step, &known);
	b.st = procedure_find_step(b.h->ca->p, n->mark.step);
	if (b.st == NULL || (b.f = step_basket(b.st, b.verb)) == NULL)
		return 0;
	if (b.t == NULL && kase_last_done(b.h->ca, n->mark.step, 0) != NULL)
		return why_set(&q->why, ERR_REFUSED, "La nota ya es parte de "
		    "%s: su paso %s está hecho.", b.folio, n->mark.step);
	if ((r = basket_take(&b, b.st, b.t)) < 0 ||
	    (r = basket_rows(&b, &rows)) < 0)
		return r;
	json_array_foreach(rows, i, row)
		if (row_is_of(&b, row)) {
			json_array_remove(rows, i);
			return basket_put(&b, rows);
		}
	return 0;
}
