/* SPDX-License-Identifier: ISC */
/*
 * stage.c - the world of a scenario, and lines of people turned into commands
 * as the command table does: iniciar, hacer, aprobar, devolver ...
 */
#include "../../proto/text.h"
#include "../../server/engine/calendar.h"
#include "scenario.h"

bool
stage_fail(struct stage *g, const char *fmt, ...)
{
	char line[2048];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	(void)buf_addf(&g->said, "%s\n", line);
	return false;
}

/* ---- the world ---- */

static const char *
stage_setting(void *arg, const char *id)
{
	const struct stage *g = arg;
	const char *v, *eq;
	unsigned i;

	for (i = 0; i < g->s->settings_count; i++) {
		eq = strchr(g->s->settings[i], '=');
		if (eq != NULL && strlen(id) == (size_t)(eq -
		    g->s->settings[i]) && strncmp(g->s->settings[i], id,
		    strlen(id)) == 0)
			return eq + 1;
	}
	v = setting_initial(g->p->settings, g->p->settings_count, id);
	return v != NULL ? v
	    : setting_initial(g->in->settings, g->in->settings_count, id);
}

static int64_t
stage_counter(void *arg, const char *name)
{
	const struct stage *g = arg;

	return json_integer_value(json_object_get(g->counters, name));
}

static const struct person *
stage_find_person(const struct stage *g, const char *login)
{
	unsigned i;

	for (i = 0; i < g->play->people_count; i++)
		if (strcmp(g->play->people[i].login, login) == 0)
			return &g->play->people[i];
	return NULL;
}

static bool
stage_is_person(void *arg, const char *login)
{
	return stage_find_person(arg, login) != NULL;
}

struct stage *
stage_new(const struct institution *in, const char *calendar)
{
	struct stage *g = xcalloc(1, sizeof *g);
	struct why why;

	g->in = in;
	g->rules = rules_new();
	g->counters = json_object();
	buf_init(&g->said, FRAME_MAX);
	if (calendar == NULL || calendar_load(calendar, &g->calendar, &why) < 0)
		log_at(LOG_WARN, "calendar=none");
	return g;
}

void
stage_free(struct stage *g)
{
	rules_free(g->rules);
	calendar_free(g->calendar);
	json_decref(g->counters);
	buf_clear(&g->said);
	free(g);
}

void
stage_set(struct stage *g, const struct procedure *p, const struct play *play)
{
	g->p = p;
	g->play = play;
	g->cover = cover_new(p);
}

void
stage_unset(struct stage *g)
{
	kase_free(g->ca);
	g->ca = NULL;
	cover_free(g->cover);
}

void
stage_set_now(struct stage *g, const char *local)
{
	char date[11] = "";

	if (strlen(local) < 16) {
		stage_fail(g, "cannot read the time %s", local);
		return;
	}
	memcpy(date, local, 10);
	if (calendar_instant(g->w.zone, date, local + 11, &g->w.now) < 0)
		stage_fail(g, "cannot read the time %s", local);
}

void
stage_begin(struct stage *g, const struct scenario *s)
{
	kase_free(g->ca);
	g->ca = NULL;
	g->s = s;
	g->said.len = 0;
	json_object_clear(g->counters);
	g->w = (struct world){
		.zone = g->in->offices[0].zone,
		.calendar = g->calendar,
		.rules = g->rules,
		.institution = g->in,
		.setting = stage_setting,
		.counter = stage_counter,
		.is_person = stage_is_person,
		.arg = g,
	};
	stage_set_now(g, s->now != NULL ? s->now : "2026-11-23T09:00:00");
}

/* ---- who speaks ---- */

enum { GRANTS_MAX = 32 };

struct speaker {
	struct actor actor;
	struct grant grants[GRANTS_MAX];
	char *texts[GRANTS_MAX];
};

static void
speaker_add(struct speaker *sp, const char *role, const char *for_login,
    const char *scope)
{
	size_t n = sp->actor.grants_count;
	char *copy = xstrdup(role), *at = strchr(copy, '@');

	if (n == GRANTS_MAX) {
		free(copy);
		return;
	}
	if (at != NULL)
		*at++ = '\0';
	sp->texts[n] = copy;
	sp->grants[n] = (struct grant){ copy, at != NULL ? at : "central",
		for_login, scope, 0 };
	sp->actor.grants_count++;
}

static void
speaker_set(struct speaker *sp, const struct stage *g,
    const struct person *me)
{
	const struct person *other;
	unsigned i, j;

	*sp = (struct speaker){ .actor = { .login = me->login,
		.name = me->login, .grants = sp->grants } };
	for (i = 0; i < me->roles_count; i++)
		speaker_add(sp, me->roles[i], NULL, NULL);
	for (i = 0; i < me->substitutes_count; i++) {
		other = stage_find_person(g, me->substitutes[i]);
		for (j = 0; other != NULL && j < other->roles_count; j++)
			speaker_add(sp, other->roles[j], other->login,
			    me->scope != NULL ? me->scope : "all");
	}
}

static void
speaker_clear(struct speaker *sp)
{
	size_t i;

	for (i = 0; i < sp->actor.grants_count; i++)
		free(sp->texts[i]);
}

/* ---- lines ---- */

static const struct {
	const char *verb;
	enum command_kind kind;
	bool place;			/* a step or a register follows */
} verbs[] = {
	{ "iniciar", CMD_START, false },
	{ "hacer", CMD_DO, true },
	{ "aprobar", CMD_DO, true },
	{ "devolver", CMD_DO, true },
	{ "tomar", CMD_CLAIM, true },
	{ "soltar", CMD_RELEASE, true },
	{ "turnar", CMD_HAND, true },
	{ "reclasificar", CMD_REDO, true },
	{ "cancelar", CMD_CANCEL, false },
	{ "deshacer", CMD_UNDO, false },
	{ "baja", CMD_DISPOSE, true },
	{ "comprobar", CMD_ASK, true },
	{ "resultado", CMD_REPORT, true },
};

/* A line on its way to a command. */
struct line {
	struct stage *g;
	struct command cmd;
	const struct step *st;		/* the step it speaks of, or NULL */
	const struct start *start;
	char *place;
	struct why *why;
};

static const struct field *
line_find_field(const struct line *l, const char *name)
{
	const struct field *f = NULL;
	const struct field *head;
	unsigned n, i;

	if (l->start != NULL) {
		head = engine_header(&n);
		f = value_find_field(l->start->fields,
		    l->start->fields_count, name);
		return f != NULL ? f : value_find_field(head, n, name);
	}
	if (l->st == NULL)
		return NULL;
	for (i = 0; strcmp(name, "decision") == 0 && i < l->st->fields_count;
	    i++)
		if (l->st->fields[i].required != NULL)
			return &l->st->fields[i];
	if (strcmp(name, "regresa_a") == 0)
		name = "return_to";
	return value_find_field(l->st->fields, l->st->fields_count, name);
}

/* name=value: an argument of the verb, or a field. */
static int
line_take(struct line *l, const char *word)
{
	const char *eq = strchr(word, '=');
	const struct field *f;
	char *name;
	json_t *v = NULL;
	int r = 0;

	if (eq == NULL)
		return why_set(l->why, ERR_USAGE, "no es nombre=valor: %s",
		    word);
	name = xstrdup(word);
	name[eq - word] = '\0';
	if ((f = line_find_field(l, name)) != NULL) {
		r = value_parse(f, eq + 1, &l->g->w, &v, l->why);
		if (r == 0)
			json_object_set_new(l->cmd.values, f->id, v);
	} else if (strcmp(name, "motivo") == 0) {
		l->cmd.remark = eq + 1;
	} else if (strcmp(name, "persona") == 0) {
		l->cmd.to = eq + 1;
	} else if (strcmp(name, "fila") == 0) {
		json_object_set_new(l->cmd.values, "row",
		    json_integer(strtoll(eq + 1, NULL, 10)));
	} else if (l->cmd.kind == CMD_REPORT && strcmp(name, "ok") == 0) {
		json_object_set_new(l->cmd.values, name,
		    json_boolean(strcmp(eq + 1, "sí") == 0));
	} else if (strcmp(name, "inicio") != 0) {
		json_object_set_new(l->cmd.values, name, json_string(eq + 1));
	}
	free(name);
	return r;
}

/* The verb, its place, and whose fields the rest names. */
static int
line_begin(struct line *l, char **words, size_t n, size_t *used)
{
	char *number, *hash;
	size_t i;

	for (i = 0; i < ARRAY_LEN(verbs); i++)
		if (n > 0 && strcmp(words[0], verbs[i].verb) == 0)
			break;
	if (i == ARRAY_LEN(verbs) || (verbs[i].place && n < 2))
		return why_set(l->why, ERR_USAGE, "no es una orden");
	l->cmd.kind = verbs[i].kind;
	*used = verbs[i].place ? 2 : 1;
	if (verbs[i].place) {
		l->place = xstrdup(words[1]);
		number = xstrdup(words[1]);
		if ((hash = strchr(number, '#')) != NULL)
			*hash = '\0';
		l->st = procedure_find_step(l->g->p, number);
		free(number);
	}
	if (l->cmd.kind == CMD_START) {
		for (i = 1; i < n; i++)
			if (strncmp(words[i], "inicio=", 7) == 0)
				l->cmd.step = words[i] + 7;
		l->start = procedure_find_start(l->g->p, l->cmd.step);
	}
	json_decref(l->cmd.values);
	l->cmd.values = NULL;
	if (l->st != NULL && strcmp(words[0], "aprobar") == 0)
		l->cmd.values = engine_verdict(l->st, true);
	if (l->st != NULL && strcmp(words[0], "devolver") == 0)
		l->cmd.values = engine_verdict(l->st, false);
	if (l->cmd.values == NULL)
		l->cmd.values = json_object();
	return 0;
}

/* Take what was decided into the case, the counters and the coverage. */
static void
stage_take(struct stage *g, const struct events *ev, const char *login)
{
	json_t *counters;
	size_t i;

	for (i = 0; i < ev->count; i++) {
		cover_see(g->cover, g->ca, ev->v[i].body, &g->w);
		counters = json_object_get(ev->v[i].body, "counters");
		json_object_update(g->counters, counters);
		engine_apply(g->ca, ev->v[i].body, login, ev->v[i].role,
		    ev->v[i].on_behalf_of, g->w.now);
	}
}

static int
line_decide(struct line *l, const struct actor *who)
{
	struct stage *g = l->g;
	struct events ev = { 0 };
	int r;

	if (l->cmd.kind != CMD_START && g->ca == NULL)
		return why_set(l->why, ERR_USAGE, "no hay caso abierto");
	if (l->cmd.kind != CMD_START)
		l->cmd.step = l->place;
	if (l->cmd.kind == CMD_REPORT)
		json_object_set(l->cmd.values, "effect", json_object_get(
		    kase_last_effect(g->ca, l->place), "n"));
	r = engine_decide(g->p, l->cmd.kind == CMD_START ? NULL : g->ca,
	    &l->cmd, who, &g->w, &ev, l->why);
	if (r == 0 && l->cmd.kind == CMD_START) {
		kase_free(g->ca);
		g->ca = kase_new(g->p);
	}
	if (r == 0)
		stage_take(g, &ev, who->login);
	else if (l->st != NULL)
		cover_see_refusal(g->cover, l->st->number, l->why->text);
	events_clear(&ev);
	return r;
}

int
stage_say(struct stage *g, const struct act *act, struct why *why)
{
	const struct person *me = act->as != NULL
	    ? stage_find_person(g, act->as) : NULL;
	struct line l = { .g = g, .why = why };
	struct speaker sp = { .texts = { NULL } };
	char **words = NULL;
	size_t n, i, used = 0;
	int r;

	if (me == NULL)
		return why_set(why, ERR_USAGE, "nadie se llama «%s»",
		    act->as != NULL ? act->as : "");
	l.cmd = (struct command){ .folio = "CASO-2026-0001",
		.office = g->in->offices[0].id, .revision = -1 };
	speaker_set(&sp, g, me);
	if ((r = text_words(act->line, &words, &n, why)) == 0 &&
	    (r = line_begin(&l, words, n, &used)) == 0)
		for (i = used; i < n && r == 0; i++)
			r = line_take(&l, words[i]);
	if (r == 0)
		r = line_decide(&l, &sp.actor);
	text_words_free(words);
	speaker_clear(&sp);
	json_decref(l.cmd.values);
	free(l.place);
	return r;
}
