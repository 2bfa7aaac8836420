/* SPDX-License-Identifier: ISC */
/*
 * cmd_note.c - verbs on one note: nota (type one, or read it), apartar,
 * clasificar, descartar, reponer.
 */
#include "../../proto/text.h"
#include "inbox.h"
#include "note.h"

/* ---- nota ---- */

static int
note_show(struct req *q)
{
	struct note_row n;
	int r;

	if ((r = inbox_get(q, &n)) < 0 || (r = req_all_used(q)) < 0)
		return r;
	json_object_update_new(q->out, doc_note(q, &n, true));
	json_object_set_new(q->out, "choices", doc_note_choices(q, n.office));
	json_object_set_new(q->out, "can", json_boolean(inbox_may(q,
	    n.office)));
	return 0;
}

/* Noon of the day that the medium published it; 0: not said. */
static int
note_day(struct req *q, const char *office, struct when *out)
{
	const char *text = req_take(q, "fecha"), *day;
	struct world w;
	int r;

	out->s = 0;
	if (text == NULL)
		return 0;
	if ((r = inbox_day(q, office, "fecha", text, &day)) < 0 ||
	    *day == '\0')
		return r;
	core_world(q->c, office, &w);
	return calendar_instant(w.zone, day, "12:00", out);
}

static int
note_type(struct req *q)
{
	struct note n = { .source = req_text(q, xasprintf("login:%s",
	    q->actor.login)), .medium = req_take(q, "medio"),
		.title = req_take(q, "titular"),
		.text = req_take(q, "texto"), .link = req_take(q, "enlace"),
		.section = req_take(q, "seccion"),
		.author = req_take(q, "autor") };
	struct note_row row;
	int64_t id;
	int r;

	if ((r = inbox_office(q, &n.office)) < 0 ||
	    (r = note_day(q, n.office, &n.published)) < 0 ||
	    (r = req_all_used(q)) < 0)
		return r;
	if (!inbox_may(q, n.office))
		return why_set(&q->why, ERR_REFUSED, "Su cargo no anota en el "
		    "monitoreo de esta oficina.");
	if (n.title != NULL && strlen(n.title) > NOTE_TITLE_MAX)
		return why_set(&q->why, ERR_REFUSED, "El titular mide %zu "
		    "letras y caben %d: acórtelo y lleve el resto al texto.",
		    strlen(n.title), NOTE_TITLE_MAX);
	if ((r = note_add(q->c, &n, q->now, &id, &q->why)) < 0)
		return r;
	if (id == 0)
		return why_set(&q->why, ERR_REFUSED, "Esa nota ya está en el "
		    "monitoreo: mismo medio, titular, enlace y fecha.");
	q->pos[0] = req_text(q, xasprintf("%lld", (long long)id));
	if ((r = inbox_get(q, &row)) == 0)
		json_object_update_new(q->out, doc_note(q, &row, false));
	return r;
}

int
cmd_nota(struct req *q)
{
	return q->pos_count > 0 ? note_show(q) : note_type(q);
}

/* ---- who is at it ---- */

int
cmd_apartar(struct req *q)
{
	const char *end = req_take(q, "fin");
	struct note_row n;
	int r;

	if ((r = inbox_get(q, &n)) < 0 || (r = inbox_allow(q, &n)) < 0 ||
	    (r = req_all_used(q)) < 0)
		return r;
	n.holder = end != NULL && text_like(end, "sí") ? "" : q->actor.login;
	n.held = q->now.s;
	if ((!store_is_open(q->c->store) &&
		store_begin(q->c->store, &q->why) < 0) ||
	    store_hold_note(q->c->store, n.id, n.holder, n.held,
		&q->why) < 0)
		return core_break(q->c, &q->why);
	core_touch_list(q->c, "notas", n.office);
	json_object_update_new(q->out, doc_note(q, &n, false));
	return 0;
}

/* ---- what it is ---- */

/* One of a list's words, as the list writes it; blank clears. */
static int
note_choice(struct req *q, const json_t *choices, const char *key,
    const char *name, const char **out)
{
	const char *text = req_take(q, name), *one;
	const json_t *v;
	size_t i;

	if (text == NULL)
		return 0;
	*out = "";
	if (*text == '\0')
		return 0;
	json_array_foreach(json_object_get(choices, key), i, v) {
		one = json_string_value(v);
		if (text_like(one, text)) {
			*out = one;
			return 0;
		}
	}
	return why_set(&q->why, ERR_USAGE,
	    "«%s» no es una de las opciones de %s. «ajustes» las lista.",
	    text, name);
}

static int
note_classes(struct req *q, const char *office, struct mark_row *m)
{
	const json_t *choices = req_json(q, doc_note_choices(q, office));
	int r;

	if ((r = note_choice(q, choices, "kind", "tipo", &m->kind)) < 0 ||
	    (r = note_choice(q, choices, "topic", "tema", &m->topic)) < 0 ||
	    (r = note_choice(q, choices, "scope", "ámbito", &m->scope)) < 0)
		return r;
	return note_choice(q, choices, "tone", "tono", &m->tone);
}

int
cmd_clasificar(struct req *q)
{
	struct note_row n;
	struct mark_row m;
	bool others;
	int r;

	if ((r = inbox_get(q, &n)) < 0 || (r = inbox_allow(q, &n)) < 0)
		return r;
	m = n.mark;
	if (q->named_count == 0)
		return why_set(&q->why, ERR_USAGE, "Diga con qué: tipo=, tema=, "
		    "ámbito= o tono=.");
	if ((r = note_classes(q, n.office, &m)) < 0 ||
	    (r = inbox_group(q, &others)) < 0 || (r = req_all_used(q)) < 0 ||
	    (r = inbox_decide(q, &n, &m)) < 0)
		return r;
	return inbox_decide_others(q, &n, &m, others);
}

int
cmd_descartar(struct req *q)
{
	const char *why = req_take(q, "motivo");
	struct note_row n;
	struct mark_row m;
	bool others;
	int r;

	if ((r = inbox_get(q, &n)) < 0 || (r = inbox_allow(q, &n)) < 0 ||
	    (r = inbox_group(q, &others)) < 0 || (r = req_all_used(q)) < 0)
		return r;
	if (why == NULL || *why == '\0' || strlen(why) > NOTE_TITLE_MAX)
		return why_set(&q->why, ERR_USAGE, "Diga por qué se descarta: "
		    "motivo=TEXTO, de %d letras a lo más.", NOTE_TITLE_MAX);
	if (strcmp(n.mark.state, "new") != 0)
		return why_set(&q->why, ERR_REFUSED, "Sobre esta nota ya se "
		    "decidió: repóngala primero.");
	m = n.mark;
	m.state = "discarded";
	m.reason = why;
	if ((r = inbox_decide(q, &n, &m)) < 0)
		return r;
	return inbox_decide_others(q, &n, &m, others);
}

int
cmd_reponer(struct req *q)
{
	struct note_row n;
	struct mark_row m;
	int r;

	if ((r = inbox_get(q, &n)) < 0 || (r = inbox_allow(q, &n)) < 0 ||
	    (r = req_all_used(q)) < 0)
		return r;
	if (strcmp(n.mark.state, "new") == 0)
		return why_set(&q->why, ERR_REFUSED,
		    "Esta nota está en el monitoreo: no hay que reponerla.");
	m = n.mark;
	m.state = "new";
	m.reason = m.folio = m.step = "";
	if (*n.mark.folio != '\0' && (r = collect_drop(q, &n)) < 0)
		return r;
	return inbox_decide(q, &n, &m);
}
