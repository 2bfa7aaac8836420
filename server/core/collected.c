/* SPDX-License-Identifier: ISC */
/*
 * collected.c - a note that was taken into a list stays in it until somebody
 * puts it back.  Two people write in the same list: whoever saves theirs whole
 * may never have seen the row that came meanwhile from the inbox, and a row
 * that is missing there is no decision about the note.
 */
#include "inbox.h"

#include "../../proto/text.h"

const struct field *
collected_column(const struct field *f)
{
	unsigned i;

	for (i = 0; f->notes != NULL && i < f->columns_count; i++)
		if (f->columns[i].note != NULL &&
		    strcmp(f->columns[i].note, "number") == 0)
			return &f->columns[i];
	return NULL;
}

int64_t
collected_note(const json_t *row, const struct field *column)
{
	const json_t *v = json_object_get(row, column->id);

	return json_is_string(v) ? strtoll(json_string_value(v), NULL, 10) :
	    json_integer_value(v);
}

/* ---- the rows as they are ---- */

struct drafted {
	struct req *q;
	const char *field, *text;
};

static int
drafted_on_draft(void *arg, const char *field, const char *value,
    const char *login, int64_t at)
{
	struct drafted *d = arg;

	(void)login;
	(void)at;
	if (strcmp(field, d->field) == 0)
		d->text = req_text(d->q, xstrdup(value));
	return 0;
}

/* A list as it is typed; NULL when it is none. */
static json_t *
rows_read(struct req *q, const char *text)
{
	json_t *rows = text[strspn(text, " \n")] == '\0' ? json_array() :
	    json_loads(text, 0, NULL);

	if (json_is_array(rows))
		return req_json(q, rows);
	json_decref(rows);
	return NULL;
}

int
collected_rows(struct req *q, const struct held *h, const struct step *st,
    const struct field *f, json_t **rows)
{
	struct drafted d = { q, f->id, NULL };
	const json_t *answered = json_object_get(h->ca->values, f->id);

	(void)store_each_draft(q->c->store, h->row.id, st->number, 0,
	    drafted_on_draft, &d);
	if (d.text != NULL)
		*rows = rows_read(q, d.text);
	else
		*rows = req_json(q, json_is_array(answered) ?
		    json_deep_copy(answered) : json_array());
	if (*rows != NULL)
		return 0;
	return why_set(&q->why, ERR_REFUSED, "«%s» del paso %s tiene escrito "
	    "algo que no se entiende: corríjalo primero.", f->label,
	    st->number);
}

/* ---- which of them are wanting ---- */

struct wanting {
	struct req *q;
	const struct held *h;
	const struct step *st;
	const struct field *f, *column;
	json_t *rows;			/* of notes that are taken and not there */
	const char *title, *login;	/* of the last of them */
};

static int
wanting_on_note(void *arg, const struct note_row *n)
{
	struct wanting *w = arg;
	const struct mark_row *m = &n->mark;

	if (strcmp(m->folio, w->h->row.folio) != 0 ||
	    strcmp(m->step, w->st->number) != 0)
		return 0;
	w->title = req_text(w->q, xstrdup(n->title));
	w->login = req_text(w->q, xstrdup(m->login));
	return 1;
}

static bool
rows_have(const json_t *rows, const struct field *column, int64_t note)
{
	json_t *row;
	size_t i;

	json_array_foreach((json_t *)rows, i, row)
		if (collected_note(row, column) == note)
			return true;
	return false;
}

static int
wanting_find(struct wanting *w, const json_t *there)
{
	json_t *now, *row;
	int64_t note;
	size_t i;
	int r;

	w->rows = req_json(w->q, json_array());
	if ((r = collected_rows(w->q, w->h, w->st, w->f, &now)) < 0)
		return r;
	json_array_foreach(now, i, row) {
		note = collected_note(row, w->column);
		if (note > 0 && !rows_have(there, w->column, note) &&
		    store_find_note(w->q->c->store, note, wanting_on_note,
			w) == 1)
			json_array_append(w->rows, row);
	}
	return 0;
}

/* ---- written over, answered ---- */

int
collected_keep(struct req *q, const struct held *h, const struct step *st,
    const struct field *f, const char **text)
{
	struct wanting w = { .q = q, .h = h, .st = st, .f = f,
		.column = collected_column(f) };
	json_t *rows, *lists;

	if (w.column == NULL || (rows = rows_read(q, *text)) == NULL ||
	    wanting_find(&w, rows) < 0)
		return 0;
	if (json_array_size(w.rows) > 0) {
		json_array_extend(rows, w.rows);
		*text = req_text(q, json_dumps(rows, JSON_COMPACT));
	}
	if (strlen(*text) > VALUE_MAX)
		return why_set(&q->why, ERR_REFUSED, "«%s» ya no tiene lugar: "
		    "termine el paso %s.", f->label, st->number);
	lists = json_object_get(q->out, "lists");
	if (lists == NULL)
		json_object_set_new(q->out, "lists", lists = json_object());
	json_object_set_new(lists, f->id, json_string(*text));
	return 0;
}

int
collected_check(struct req *q, const struct held *h, const struct step *st,
    const json_t *values)
{
	struct wanting w = { .q = q, .h = h, .st = st };
	const char *name;
	const json_t *v;
	unsigned i;

	for (i = 0; i < st->fields_count; i++) {
		w.f = &st->fields[i];
		w.column = collected_column(w.f);
		v = json_object_get(values, w.f->id);
		if (w.column == NULL || v == NULL || wanting_find(&w, v) < 0 ||
		    json_array_size(w.rows) == 0)
			continue;
		name = core_person_name(q->c, w.login);
		return why_set(&q->why, ERR_STALE, "«%.200s», que recogió %s, "
		    "sigue en «%s» y aquí falta: déjela en la lista, o "
		    "repóngala en el monitoreo.", w.title, name != NULL ?
		    name : w.login, w.f->label);
	}
	return 0;
}
