/* SPDX-License-Identifier: ISC */
/*
 * cmd_why.c - `porque`: why the deadlines of a case are when they are, in
 * structure (engine/why.h) and in sentences.
 */
#include "../../proto/i18n.h"
#include "../engine/why.h"
#include "req.h"

/* A date, or a date with hour, as people read it; kept as q is. */
static const char *
why_text(struct req *q, const json_t *v, const char *zone)
{
	static const struct field date = { .type = FIELD_DATE },
		datetime = { .type = FIELD_DATETIME };

	if (!json_is_string(v))
		return _("sin fecha");
	return req_text(q, value_text(json_string_length(v) == 10 ? &date :
	    &datetime, v, zone));
}

static const char *
why_part(struct req *q, const json_t *part, const char *key, const char *zone)
{
	return why_text(q, json_object_get(part, key), zone);
}

static const struct field *
why_find_field(const struct procedure *p, const char *id)
{
	const struct field *f = NULL, *header;
	unsigned i, n;

	for (i = 0; i < p->steps_count && f == NULL; i++)
		f = step_find_field(&p->steps[i], id);
	header = engine_header(&n);
	for (i = 0; i < n && f == NULL; i++)
		if (strcmp(header[i].id, id) == 0)
			f = &header[i];
	return f;
}

static char *
why_field(struct req *q, const struct kase *ca, const json_t *part,
    const char *zone)
{
	const char *id = json_string_value(json_object_get(part, "id"));
	const struct field *f = why_find_field(ca->p, id);
	const json_t *v = json_object_get(part, "value");

	if (strcmp(id, "day") == 0)
		return xasprintf(_("Día del expediente: %s."),
		    why_text(q, v, zone));
	return xasprintf(_("«%s»: %s."), f != NULL ? f->label : id,
	    v == NULL || json_is_null(v) || f == NULL ? _("sin respuesta") :
	    req_text(q, value_text(f, v, zone)));
}

static char *
why_setting(const struct kase *ca, const struct institution *in,
    const json_t *part)
{
	const char *id = json_string_value(json_object_get(part, "id")),
		   *value = json_string_value(json_object_get(part, "value")),
		   *text = "";
	unsigned i;

	for (i = 0; i < ca->p->settings_count; i++)
		if (strcmp(ca->p->settings[i].id, id) == 0)
			text = ca->p->settings[i].text;
	for (i = 0; in != NULL && i < in->settings_count; i++)
		if (*text == '\0' && strcmp(in->settings[i].id, id) == 0)
			text = in->settings[i].text;
	return xasprintf(_("Ajuste %s, hoy %s: %s"), id,
	    value != NULL ? value : "", text);
}

static char *
why_sentence(struct req *q, const struct held *h, const json_t *part,
    const char *zone)
{
	const char *kind = json_string_value(json_object_get(part, "kind"));
	int n = (int)doc_int(part, "n");

	if (strcmp(kind, "field") == 0)
		return why_field(q, h->ca, part, zone);
	if (strcmp(kind, "setting") == 0)
		return why_setting(h->ca, q->c->institution, part);
	if (strcmp(kind, "now") == 0)
		return xasprintf(_("El paso se abrió el %s."),
		    why_part(q, part, "gives", zone));
	if (strcmp(kind, "at") == 0)
		return xasprintf(_("Hora: %s, hora local de la oficina."),
		    json_string_value(json_object_get(part, "time")));
	if (strcmp(kind, "minutes") == 0)
		return xasprintf(n == 1 ?
		    _("%d minuto corrido desde el %s: el %s.") :
		    _("%d minutos corridos desde el %s: el %s."), n,
		    why_part(q, part, "from", zone),
		    why_part(q, part, "gives", zone));
	if (strcmp(kind, "days") == 0)
		return xasprintf(n == 1 ?
		    _("%d día natural desde el %s: el %s.") :
		    _("%d días naturales desde el %s: el %s."), n,
		    why_part(q, part, "from", zone),
		    why_part(q, part, "gives", zone));
	if (strcmp(kind, "working_days") == 0)
		return xasprintf(n == 1 ?
		    _("%d día hábil desde el %s: el %s.") :
		    _("%d días hábiles desde el %s: el %s."), n,
		    why_part(q, part, "from", zone),
		    why_part(q, part, "gives", zone));
	return xasprintf(n == 1 ? _("Del %s al %s hay %d día hábil.") :
	    _("Del %s al %s hay %d días hábiles."),
	    why_part(q, part, "from", zone), why_part(q, part, "to", zone), n);
}

/* The days that did not count, each with its reason. */
static void
why_add_skipped(struct req *q, json_t *lines, const json_t *part,
    const char *zone)
{
	const char *name;
	json_t *day;
	size_t i;

	json_array_foreach(json_object_get(part, "skipped"), i, day) {
		name = json_string_value(json_object_get(day, "holiday"));
		json_array_append_new(lines, json_string(req_text(q,
		    xasprintf(_("No cuenta el %s: %s."),
			why_part(q, day, "date", zone),
			name != NULL ? name : _("fin de semana")))));
	}
}

/* The text of the policy that the rule names, or NULL. */
static const char *
why_policy(const struct procedure *p, const char *rule)
{
	unsigned i;

	for (i = 0; i < p->policies_count && rule != NULL; i++)
		if (strstr(rule, p->policies[i].id) != NULL)
			return p->policies[i].text;
	return NULL;
}

static json_t *
why_lines(struct req *q, const struct held *h, const json_t *why,
    const char *zone)
{
	json_t *lines = json_array(), *part;
	size_t i;

	json_array_append_new(lines, json_string(req_text(q, xasprintf(
	    _("El paso espera desde el %s."),
	    why_part(q, why, "since", zone)))));
	json_array_foreach(json_object_get(why, "parts"), i, part) {
		json_array_append_new(lines, json_string(req_text(q,
		    why_sentence(q, h, part, zone))));
		why_add_skipped(q, lines, part, zone);
	}
	if (!json_equal(json_object_get(why, "due"),
		json_object_get(why, "gives")))
		json_array_append_new(lines, json_string(req_text(q,
		    xasprintf(_("Con los ajustes, el calendario y las "
		    "respuestas de hoy sería el %s; vale el que se fijó al "
		    "abrir el paso."), why_part(q, why, "gives", zone)))));
	json_array_append_new(lines, json_string(_("El plazo no se detiene "
	    "mientras el paso espera.")));
	return lines;
}

/* By whom, and from when, another calendar moved it last; or null. */
static json_t *
why_moved(struct req *q, const struct held *h, const struct token *t)
{
	const json_t *kept, *body;
	const char *actor;
	size_t i = json_array_size(h->ca->events);

	for (; i > (size_t)t->n; i--) {
		kept = json_array_get(h->ca->events, i - 1);
		body = json_object_get(kept, "body");
		if (!kase_event_is(kept, "step.moved") ||
		    strcmp(json_string_value(json_object_get(body, "step")),
			t->st->number) != 0 ||
		    doc_int(body, "row") != t->row)
			continue;
		actor = json_string_value(json_object_get(kept, "actor"));
		return json_pack("{s:O, s:s?, s:s?, s:O?}", "at",
		    json_object_get(kept, "at"), "by", actor, "by_name",
		    core_person_name(q->c, actor), "was",
		    json_object_get(body, "was"));
	}
	return json_null();
}

static void
why_add_moved(struct req *q, json_t *lines, const json_t *moved,
    const char *zone)
{
	const char *name = json_string_value(
	    json_object_get(moved, "by_name"));

	if (json_is_null(moved))
		return;
	json_array_append_new(lines, json_string(req_text(q, xasprintf(
	    _("Otro calendario movió el plazo: antes era el %s. Lo puso en "
	    "vigor %s el %s."), why_part(q, moved, "was", zone),
	    name != NULL ? name : _("quien opera el servidor"),
	    why_part(q, moved, "at", zone)))));
}

static json_t *
doc_why(struct req *q, const struct held *h, const struct token *t)
{
	struct world w;
	json_t *o, *lines;

	core_world(q->c, h->row.office, &w);
	if ((o = engine_why(h->ca, t, &w)) == NULL)
		return NULL;
	json_object_set_new(o, "step", json_string(t->st->number));
	json_object_set_new(o, "row", json_integer(t->row));
	json_object_set_new(o, "title", json_text(t->st->instruction != NULL ?
	    t->st->instruction : t->st->title));
	json_object_set_new(o, "text", json_string(why_part(q, o, "due",
	    w.zone)));
	json_object_set_new(o, "warn", json_when(t->warn));
	json_object_set_new(o, "source",
	    json_text(why_policy(h->ca->p, t->st->due_why)));
	json_object_set_new(o, "moved", why_moved(q, h, t));
	lines = why_lines(q, h, o, w.zone);
	why_add_moved(q, lines, json_object_get(o, "moved"), w.zone);
	json_object_set_new(o, "lines", lines);
	return o;
}

int
cmd_porque(struct req *q)
{
	json_t *dates = json_array(), *o;
	const struct token *t;
	struct held *h;
	bool known = true;
	size_t i;
	int r;

	json_object_set_new(q->out, "dates", dates);
	if ((r = case_find(q, q->pos[0], &h)) < 0)
		return r;
	json_object_set_new(q->out, "folio", json_string(h->row.folio));
	if (q->pos_count > 1)
		(void)kase_find_token(h->ca, q->pos[1], &known);
	if (!known)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "%s no tiene un paso «%.20s».", h->ca->p->code, q->pos[1]);
	for (i = 0; i < h->ca->tokens_count; i++) {
		t = &h->ca->tokens[i];
		if (q->pos_count > 1 &&
		    t != kase_find_token(h->ca, q->pos[1], NULL))
			continue;
		if ((o = doc_why(q, h, t)) != NULL)
			json_array_append_new(dates, o);
	}
	return req_all_used(q);
}
