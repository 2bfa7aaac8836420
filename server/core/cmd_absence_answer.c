/* SPDX-License-Identifier: ISC */
/*
 * cmd_absence_answer.c - what was named (cmd_absence.c): the list of all, what
 * waits for the asker, and the answer of whoever is to stand in: suplencias,
 * suplir.  What was decided is in cmd_absence_acts.c.
 */
#include "../../proto/text.h"
#include "req.h"

static bool
answer_is(const struct grant_row *g, const char *answer)
{
	return strcmp(g->answer != NULL ? g->answer : "", answer) == 0;
}

/* Lent, and not over. */
static bool
answer_is_live(const struct req *q, const struct grant_row *g)
{
	return g->active && g->for_login != NULL && *g->for_login != '\0' &&
	    g->to > q->now.s;
}

/* It waits for the head, and the asker may give that word. */
static bool
answer_may_grant(const struct req *q, const struct grant_row *g)
{
	return answer_is_live(q, g) && answer_is(g, ABSENCE_PROPOSED) &&
	    absence_may_grant(q, g->for_login, g->office, g->login);
}

bool
absence_is_seen(const struct req *q, const struct grant_row *g)
{
	return access_knows_everybody(q) || access_knows_office(q, g->office) ||
	    strcmp(g->login, q->actor.login) == 0 ||
	    strcmp(g->for_login, q->actor.login) == 0;
}

struct absences {
	struct req *q;
	json_t *list;
};

static int
absences_on_grant(void *arg, const struct grant_row *g)
{
	struct absences *a = arg;
	const struct req *q = a->q;

	if (g->for_login == NULL || *g->for_login == '\0' ||
	    !absence_is_seen(q, g))
		return 0;
	json_array_append_new(a->list, json_pack("{s:I, s:s, s:s?, s:s?, s:s, "
	    "s:s?, s:s, s:s?, s:s, s:s?, s:s?, s:o, s:o, s:b, s:b, s:b, s:b}",
	    "grant", (json_int_t)g->id, "login", g->login, "name",
	    core_person_name(q->c, g->login), "answer",
	    answer_is(g, "") ? NULL : g->answer, "for_login", g->for_login, "for_name", core_person_name(q->c, g->for_login),
	    "role", g->role, "role_title",
	    core_role_title(q->c, g->role), "office", g->office, "scope",
	    g->scope, "reason", g->reason, "from",
	    json_when((struct when){ g->from }), "to",
	    json_when((struct when){ g->to }), "active",
	    access_is_granted(g) && g->from <= q->now.s && q->now.s < g->to,
	    "over", !g->active || g->to <= q->now.s, "may_grant",
	    answer_may_grant(q, g), "may_end",
	    strcmp(g->for_login, q->actor.login) == 0 ||
		absence_may_grant(q, g->for_login, g->office, g->login)));
	return 0;
}

int
cmd_suplencias(struct req *q)
{
	struct absences a = { .q = q };

	if (q->pos_count > 0)
		return absence_acts(q);
	a.list = json_array();
	json_object_set_new(q->out, "substitutions", a.list);
	(void)store_each_grant(q->c->store, NULL, absences_on_grant, &a);
	return req_all_used(q);
}

/* ---- the answer of whoever is named ---- */

struct answers {
	struct req *q;
	const char *whose, *answer;
	json_t *events;
	bool proposed;			/* one of them waits for the head */
};

/* What is asked of me for that person, not over and not answered so. */
static int
answers_on_grant(void *arg, const struct grant_row *g)
{
	struct answers *an = arg;
	char from[WHEN_TEXT], to[WHEN_TEXT];
	const struct req *q = an->q;

	if (!answer_is_live(q, g) || strcmp(g->for_login, an->whose) != 0 ||
	    answer_is(g, an->answer))
		return 0;
	if (answer_is(g, ABSENCE_PROPOSED)) {
		an->proposed = true;
		return 0;
	}
	json_array_append_new(an->events, json_pack("{s:s, s:s, s:s, s:s, "
	    "s:s?, s:s?, s:s, s:s, s:b, s:I, s:s}", "login", g->login, "role",
	    g->role, "office", g->office, "for_login", g->for_login, "scope",
	    g->scope, "reason", g->reason, "from",
	    when_text((struct when){ g->from }, from), "to",
	    when_text((struct when){ g->to }, to), "active",
	    strcmp(an->answer, ABSENCE_ACCEPTED) == 0, "grant",
	    (json_int_t)g->id, "answer", an->answer));
	return 0;
}

int
cmd_suplir(struct req *q)
{
	struct answers an = { .q = q, .whose = q->pos[0],
		.events = req_json(q, json_array()) };
	json_t *event;
	size_t i;
	int r;

	if ((r = req_all_used(q)) < 0)
		return r;
	if (text_like("si", q->pos[1]))
		an.answer = ABSENCE_ACCEPTED;
	else if (text_like("no", q->pos[1]))
		an.answer = "declined";
	else
		return why_set(&q->why, ERR_USAGE,
		    "Conteste «suplir %.40s si» o «suplir %.40s no».",
		    q->pos[0], q->pos[0]);
	(void)store_each_grant(q->c->store, q->actor.login, answers_on_grant,
	    &an);
	if (json_array_size(an.events) == 0 && an.proposed)
		return why_set(&q->why, ERR_REFUSED, "«%.40s» lo propuso como "
		    "suplente; podrá contestar cuando la jefatura lo autorice.",
		    q->pos[0]);
	if (json_array_size(an.events) == 0)
		return why_set(&q->why, ERR_REFUSED, "Nadie le pide que supla "
		    "a «%.40s», o ya lo contestó.", q->pos[0]);
	json_array_foreach(an.events, i, event) {
		core_touch_list(q->c, "suplencias", doc_text(event, "office"));
		if ((r = act_office(q, "grant.set", event)) < 0)
			return r;
	}
	json_object_set_new(q->out, "for_login", json_string(an.whose));
	json_object_set_new(q->out, "answer", json_string(an.answer));
	return 0;
}

/* ---- what waits for the asker ---- */

struct asked {
	struct req *q;
	json_t *list;
};

/* One a person who is absent and one who stands in: his roles go together. */
static int
asked_on_grant(void *arg, const struct grant_row *g)
{
	struct asked *as = arg;
	bool grant = answer_may_grant(as->q, g);
	json_t *one;
	size_t i;

	if (!grant && (!answer_is_live(as->q, g) || !answer_is(g, "") ||
	    strcmp(g->login, as->q->actor.login) != 0))
		return 0;
	json_array_foreach(as->list, i, one)
		if (strcmp(doc_text(one, "for_login"), g->for_login) == 0 &&
		    strcmp(doc_text(one, "login"), g->login) == 0)
			return 0;
	json_array_append_new(as->list, json_pack("{s:s, s:s, s:s?, s:s?, "
	    "s:o, s:o, s:b}", "login", g->login, "for_login", g->for_login,
	    "for_name", core_person_name(as->q->c, g->for_login), "reason",
	    g->reason, "from", json_when((struct when){ g->from }), "to",
	    json_when((struct when){ g->to }), "grant", grant));
	return 0;
}

json_t *
doc_asked(struct req *q)
{
	struct asked as = { q, json_array() };

	(void)store_each_grant(q->c->store, NULL, asked_on_grant, &as);
	return as.list;
}
