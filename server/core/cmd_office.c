/* SPDX-License-Identifier: ISC */
/*
 * cmd_office.c - verbs about the office: people, settings, the place where
 * somebody left off, the clock of test installations, the verbs themselves.
 */
#include <assert.h>

#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "req.h"

struct people {
	struct req *q;
	const char *role;
	json_t *list, *roles;
	bool holds, seen;
};

static int
people_on_grant(void *arg, const struct grant_row *g)
{
	struct people *p = arg;

	if (!access_is_granted(g) || (g->to != 0 && g->to <= p->q->now.s))
		return 0;
	if (p->role == NULL || strcmp(p->role, g->role) == 0)
		p->holds = true;
	if (access_knows_office(p->q, g->office))
		p->seen = true;
	json_array_append_new(p->roles, json_pack("{s:s, s:s?, s:s, s:s?}",
	    "role", g->role, "title", core_role_title(p->q->c, g->role),
	    "office", g->office, "for_login",
	    g->for_login != NULL && *g->for_login != '\0' ? g->for_login :
							    NULL));
	return 0;
}

static int
people_on_person(void *arg, const struct person_row *row)
{
	struct people *p = arg;

	if (!row->active)
		return 0;
	p->roles = json_array();
	p->holds = false;
	p->seen = access_knows_everybody(p->q) ||
	    strcmp(row->login, p->q->actor.login) == 0;
	(void)store_each_grant(p->q->c->store, row->login, people_on_grant,
	    p);
	if (p->seen && (p->holds || p->role == NULL))
		json_array_append_new(p->list, json_pack("{s:s, s:s, s:O}",
		    "login", row->login, "name", row->name, "roles",
		    p->roles));
	json_decref(p->roles);
	return 0;
}

int
cmd_personas(struct req *q)
{
	struct people p = { .q = q, .role = req_take(q, "rol"),
		.list = json_array() };

	json_object_set_new(q->out, "people", p.list);
	(void)store_each_person(q->c->store, people_on_person, &p);
	return req_all_used(q);
}

/* ---- settings ---- */

static const struct setting *
setting_in(const struct setting *list, unsigned n, const char *id)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i].id, id) == 0)
			return &list[i];
	return NULL;
}

static const struct setting *
setting_find(const struct core *c, const char *id)
{
	const struct setting *s = NULL;
	size_t i;

	for (i = 0; i < c->procedures_count && s == NULL; i++)
		if (c->current[i])
			s = setting_in(c->procedures[i]->settings,
			    c->procedures[i]->settings_count, id);
	if (s == NULL && c->institution != NULL)
		s = setting_in(c->institution->settings,
		    c->institution->settings_count, id);
	return s;
}

static json_t *
setting_doc(const struct core *c, const struct setting *s)
{
	const char *value =
	    json_string_value(json_object_get(c->settings, s->id));

	return json_pack("{s:s, s:s?, s:s?, s:s?, s:s?}", "id", s->id,
	    "value", value != NULL ? value : s->initial, "default",
	    s->initial, "text", s->text, "source", s->source);
}

int
cmd_ajustes(struct req *q)
{
	const struct core *c = q->c;
	json_t *list = json_array();
	size_t i;
	unsigned k;

	json_object_set_new(q->out, "settings", list);
	for (k = 0; c->institution != NULL &&
	     k < c->institution->settings_count; k++)
		json_array_append_new(list,
		    setting_doc(c, &c->institution->settings[k]));
	for (i = 0; i < c->procedures_count; i++)
		for (k = 0; c->current[i] &&
		     k < c->procedures[i]->settings_count; k++)
			json_array_append_new(list,
			    setting_doc(c, &c->procedures[i]->settings[k]));
	return req_all_used(q);
}

/* Types of settings that are read like a field of that type. */
static const struct {
	const char *name;
	enum field_type type;
} setting_types[] = {
	{ "choice", FIELD_CHOICE },
	{ "date", FIELD_DATE },
	{ "int", FIELD_INT },
	{ "text", FIELD_TEXT },
	{ "time", FIELD_TIME },
	{ "yesno", FIELD_YESNO },
};

/* The value as expressions read it. */
static const char *
setting_text(struct req *q, const json_t *v)
{
	if (json_is_integer(v))
		return req_text(q, xasprintf("%lld",
				       (long long)json_integer_value(v)));
	if (json_is_boolean(v))
		return json_is_true(v) ? "1" : "0";
	return json_string_value(v);
}

static int
setting_change(struct req *q, const struct setting *s, const char *value)
{
	struct field f = { .id = s->id, .label = s->id, .type = FIELD_TEXT };
	struct world w;
	json_t *v;
	size_t i;
	int r;

	if (!access_has_role(q, "head_of_unit", "central") &&
	    !access_has_role(q, "sysadmin", "central"))
		return why_set(&q->why, ERR_REFUSED,
		    "Solo la jefatura o el administrador cambian ajustes.");
	f.choices = s->choices;
	f.choices_count = s->choices_count;
	for (i = 0; s->type != NULL && i < ARRAY_LEN(setting_types); i++)
		if (strcmp(setting_types[i].name, s->type) == 0)
			f.type = setting_types[i].type;
	core_world(q->c, "central", &w);
	if ((r = value_parse(&f, value, &w, &v, &q->why)) < 0)
		return r;
	(void)req_json(q, v);
	if (value_is_blank(v))
		return why_set(&q->why, ERR_USAGE,
		    "Falta el valor de «%s».", s->id);
	return act_office(q, "setting.set", req_json(q, json_pack(
	    "{s:s, s:s, s:s}", "kind", "setting", "name", s->id, "value",
	    setting_text(q, v))));
}

int
cmd_ajuste(struct req *q)
{
	const struct setting *s = setting_find(q->c, q->pos[0]);
	int r;

	if (s == NULL)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay un ajuste «%.40s». «ajustes» los lista.",
		    q->pos[0]);
	if ((r = req_all_used(q)) < 0)
		return r;
	if (q->pos_count > 1 &&
	    (r = setting_change(q, s, q->pos[1])) < 0)
		return r;
	json_object_set_new(q->out, "settings",
	    json_pack("[o]", setting_doc(q->c, s)));
	return 0;
}

/* ---- where somebody left off; the clock ---- */

int
cmd_lugar(struct req *q)
{
	json_t *place;
	char *text;
	int r;

	if ((r = req_all_used(q)) < 0)
		return r;
	if (q->pos_count == 0) {
		text = req_text(q,
		    store_find_place(q->c->store, q->actor.login));
		place = text != NULL ? json_loads(text, 0, NULL) : NULL;
		if (place != NULL)
			json_object_update(q->out, place);
		json_decref(place);
		return 0;
	}
	if ((place = json_loads(q->pos[0], 0, NULL)) == NULL ||
	    !json_is_object(place) || strlen(q->pos[0]) > VALUE_MAX) {
		json_decref(place);
		return why_set(&q->why, ERR_USAGE,
		    "El lugar es un objeto JSON corto.");
	}
	json_object_update(q->out, place);
	json_decref(place);
	if (!store_is_open(q->c->store) &&
	    (r = store_begin(q->c->store, &q->why)) < 0)
		return r;
	return store_put_place(q->c->store, q->actor.login, q->pos[0],
	    &q->why);
}

/* The end of 2099: as far as a calendar makes sense. */
#define CLOCK_LAST INT64_C(4102444799)

/* "2d", "3h", "5m", "30s" in seconds; 0 when it is none of these. */
static int64_t
clock_span(const char *text)
{
	char *end;
	int64_t n = strtoll(text, &end, 10);
	static const struct { char unit; int64_t s; } units[] = {
		{ 'd', 86400 }, { 'h', 3600 }, { 'm', 60 }, { 's', 1 } };
	size_t i;

	for (i = 0; n > 0 && n < 100000 && i < ARRAY_LEN(units); i++)
		if (end[0] == units[i].unit && end[1] == '\0')
			return n * units[i].s;
	return 0;
}

/* How far a test clock shall move; -1: not said so that it makes sense. */
static int64_t
clock_step(const struct req *q)
{
	struct when to;
	int64_t span;

	if (q->pos_count != 2)
		return -1;
	if (strcmp(q->pos[0], "avanzar") == 0)
		return (span = clock_span(q->pos[1])) > 0 ? span : -1;
	if (when_parse(q->pos[1], &to) < 0)
		return -1;
	span = to.s - q->now.s;
	if (strcmp(q->pos[0], "poner") == 0)
		return span > 0 ? span : -1;
	return strcmp(q->pos[0], "detener") == 0 && span >= 0 ? span : -1;
}

/* A clock that stands moves only when it is told to: "detener" says where. */
static void
clock_move(struct core *c, struct when now, int64_t span, bool stop)
{
	c->clock_moved += span;
	if (stop || c->clock_stopped != 0)
		c->clock_stopped = now.s + span;
}

int
cmd_reloj(struct req *q)
{
	int64_t span;
	int r;

	if ((r = req_all_used(q)) < 0)
		return r;
	if (q->pos_count == 0) {
		json_object_set_new(q->out, "now", json_when(q->now));
		return 0;
	}
	if (!q->c->test_clock)
		return why_set(&q->why, ERR_REFUSED,
		    "Aquí la hora no se mueve: test_clock no está activo.");
	if ((span = clock_step(q)) < 0 || q->now.s + span > CLOCK_LAST)
		return why_set(&q->why, ERR_USAGE,
		    "Uso: reloj avanzar 2d|3h|5m|30s, o reloj poner|detener "
		    "2026-11-23T15:30:00Z (siempre hacia adelante).");
	clock_move(q->c, q->now, span, strcmp(q->pos[0], "detener") == 0);
	q->now = core_now(q->c);
	core_tick(q->c);
	json_object_set_new(q->out, "now", json_when(q->now));
	return 0;
}

int
cmd_ayuda(struct req *q)
{
	json_t *list = json_array();
	const struct verb *one = NULL, *verbs;
	size_t i, n;

	verbs = verb_table(&n);
	json_object_set_new(q->out, "verbs", list);
	if (q->pos_count > 0 && (one = verb_find(q->pos[0])) == NULL)
		return why_set(&q->why, ERR_USAGE,
		    "No hay una orden «%.60s». «ayuda» las lista.", q->pos[0]);
	for (i = 0; i < n; i++) {
		if (one != NULL && one != &verbs[i])
			continue;
		if (verbs[i].who == WHO_COURIER || (q->who->login != NULL &&
			!(verbs[i].who & WHO_PERSON)))
			continue;
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}",
		    "name", verbs[i].name, "alias", verbs[i].alias, "usage",
		    verbs[i].args, "help", _(verbs[i].help)));
	}
	return req_all_used(q);
}
