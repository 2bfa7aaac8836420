/* SPDX-License-Identifier: ISC */
/*
 * game.h - a case played in memory for the tests of the engine: a procedure
 * written inline, a few people, a clock that the test moves.
 */
#ifndef PAUTA_GAME_H
#define PAUTA_GAME_H

#include "test.h"

#include "../../server/engine/calendar.h"
#include "../../server/engine/engine.h"
#include "../../server/engine/rule.h"

/* What every definition begins with. */
#define GAME_HEAD \
    "code: T-01\nrevision: Rev.00\nissued_on: '2026-01-01'\ntitle: Prueba\n" \
    "brief: Prueba\nobjective: Probar.\nscope: Aquí.\n" \
    "folio: 'T-{year}-{n}'\n"

struct game {
	struct procedure *p;
	struct kase *ca;
	struct world w;
	struct why why;
	json_t *counters;
};

/* Who there is.  sub stands in for jefa in everything, sub2 in AP-02 only. */
static const struct {
	const char *login, *role, *office, *for_login, *scope;
} game_grants[] = {
	{ "jefa", "head_of_unit", "central", NULL, NULL },
	{ "ana", "writer", "central", NULL, NULL },
	{ "beto", "writer", "central", NULL, NULL },
	{ "sub", "writer", "central", NULL, NULL },
	{ "sub", "head_of_unit", "central", "jefa", "all" },
	{ "sub2", "head_of_unit", "central", "jefa", "AP-02 AP-03" },
	{ "both", "head_of_unit", "central", "jefa", "all" },
	{ "both", "head_of_unit", "central", NULL, NULL },
	{ "lejos", "writer", "bc", NULL, NULL },
};

static bool
game_is_person(void *arg, const char *login)
{
	size_t i;

	(void)arg;
	for (i = 0; i < ARRAY_LEN(game_grants); i++)
		if (strcmp(game_grants[i].login, login) == 0)
			return true;
	return false;
}

static const char *
game_setting(void *arg, const char *id)
{
	(void)arg;
	(void)id;
	return NULL;
}

static int64_t
game_counter(void *arg, const char *name)
{
	const struct game *g = arg;

	return json_integer_value(json_object_get(g->counters, name));
}

static inline void
game_begin(struct game *g, const char *yaml)
{
	struct buf faults;

	*g = (struct game){ .counters = json_object() };
	g->w = (struct world){ .now = { 1795451400 },	/* Monday 09:30 */
		.zone = "America/Hermosillo", .rules = rules_new(),
		.setting = game_setting, .counter = game_counter,
		.is_person = game_is_person, .arg = g };
	buf_init(&faults, FRAME_MAX);
	if (procedure_load("inline.yaml", yaml, &g->p, &faults) < 0)
		fail_msg("%s", buf_str(&faults));
	buf_clear(&faults);
}

static inline void
game_end(struct game *g)
{
	kase_free(g->ca);
	procedure_free(g->p);
	rules_free((struct rules *)g->w.rules);
	json_decref(g->counters);
}

/* Values as JSON in which ' stands for ". */
static inline json_t *
game_values(const char *text)
{
	char *copy, *p;
	json_t *values;

	if (text == NULL)
		return NULL;
	copy = xstrdup(text);
	for (p = copy; *p != '\0'; p++)
		if (*p == '\'')
			*p = '"';
	values = json_loads(copy, 0, NULL);
	if (values == NULL)
		fail_msg("not JSON: %s", copy);
	free(copy);
	return values;
}

static inline int
game_run(struct game *g, const char *login, const struct command *cmd)
{
	struct grant held[ARRAY_LEN(game_grants)];
	struct actor who = { .login = login, .name = login, .grants = held };
	struct events ev = { 0 };
	size_t i;
	int r;

	for (i = 0; i < ARRAY_LEN(game_grants); i++)
		if (strcmp(game_grants[i].login, login) == 0)
			held[who.grants_count++] = (struct grant){
				game_grants[i].role, game_grants[i].office,
				game_grants[i].for_login,
				game_grants[i].scope, 0 };
	g->why.text[0] = '\0';
	r = engine_decide(g->p, g->ca, cmd, &who, &g->w, &ev, &g->why);
	if (r < 0) {
		assert_int_equal(ev.count, 0);
		assert_true(g->why.text[0] != '\0');
	}
	if (r == 0 && g->ca == NULL)
		g->ca = kase_new(g->p);
	for (i = 0; i < ev.count; i++) {
		json_object_update(g->counters,
		    json_object_get(ev.v[i].body, "counters"));
		engine_apply(g->ca, ev.v[i].body, login, ev.v[i].role,
		    ev.v[i].on_behalf_of, g->w.now);
	}
	events_clear(&ev);
	return r;
}

static inline int
game_say(struct game *g, const char *login, enum command_kind kind,
    const char *step, const char *values, const char *remark)
{
	struct command cmd = { .kind = kind, .step = step, .remark = remark,
		.values = game_values(values), .folio = "CASO-1",
		.office = "central", .revision = -1 };
	int r = game_run(g, login, &cmd);

	json_decref(cmd.values);
	return r;
}

/* It happens. */
static inline void
game_ok(struct game *g, const char *login, enum command_kind kind,
    const char *step, const char *values)
{
	if (game_say(g, login, kind, step, values, NULL) < 0)
		fail_msg("%s %s: %s", login, step, g->why.text);
}

/* It is refused with a sentence that holds this. */
static inline void
game_no(struct game *g, const char *login, enum command_kind kind,
    const char *step, const char *values, const char *sentence)
{
	int64_t n = g->ca != NULL ? g->ca->n : 0;

	if (game_say(g, login, kind, step, values, NULL) == 0)
		fail_msg("%s %s was not refused: %s", login, step, sentence);
	if (strstr(g->why.text, sentence) == NULL)
		fail_msg("%s %s: «%s», not «%s»", login, step, g->why.text,
		    sentence);
	assert_int_equal(g->ca != NULL ? g->ca->n : 0, n);
}

static inline void
game_open_is(struct game *g, const char *expected)
{
	const struct token *t;
	struct buf b;
	size_t i;

	buf_init(&b, TEXT_MAX);
	for (i = 0; i < g->ca->tokens_count; i++) {
		t = &g->ca->tokens[i];
		(void)buf_addf(&b, i > 0 ? " %s" : "%s", t->st->number);
		if (t->row != 0)
			(void)buf_addf(&b, "#%d", t->row);
	}
	assert_string_equal(buf_str(&b), expected);
	buf_clear(&b);
}

#endif
