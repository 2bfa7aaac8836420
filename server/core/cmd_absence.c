/* SPDX-License-Identifier: ISC */
/*
 * cmd_absence.c - who stands in for whom, from when to when and for which
 * approvals (roles.md 6): suplencia, suplencias, suplir.  A substitution is a
 * grant of each of the absent person's own roles to somebody else; whoever
 * received a right in this way cannot pass it on.  Each names his own
 * substitute; the head names anybody's, and the direction the head's.  Whoever
 * is named answers; it holds meanwhile, and ends when he declines.
 */
#include "../../proto/text.h"
#include "req.h"

enum { PENDING_MAX = 20 };	/* substitutions of one person, not yet over */

/* What is asked for. */
struct absence {
	struct req *q;
	const char *who, *scope, *reason;
	const char *whose;		/* who is absent */
	const struct grant *grants;	/* his, not lent to him */
	size_t grants_count;
	struct when from, to;
	const struct grant *own;	/* the right that is lent */
	int64_t same;			/* grant that this one replaces, or 0 */
	int pending;
};

/* An instant from "2026-12-01", "2026-12-01 09:00", "hoy", "+3", "ahora". */
static int
absence_instant(struct req *q, const char *name, bool end, struct when *out)
{
	struct field f = { .id = (char[]){ "date" }, .label = (char *)name,
		.type = FIELD_DATETIME };
	const char *text = req_take(q, name);
	struct world w;
	char *whole;
	json_t *v;
	int r;

	if (text == NULL || *text == '\0')
		return why_set(&q->why, ERR_USAGE, "Falta «%s=FECHA».", name);
	core_world(q->c, "central", &w);
	whole = req_text(q, strchr(text, ':') != NULL ||
		    text_like(text, "ahora") ? xstrdup(text) :
	    xasprintf("%s %s", text, end ? "23:59" : "00:00"));
	if ((r = value_parse(&f, whole, &w, &v, &q->why)) < 0)
		return r;
	(void)when_parse(json_string_value(v), out);
	json_decref(v);
	return 0;
}

static bool
absence_point_is_known(const struct core *c, const char *id)
{
	const struct procedure *p;
	size_t i;
	unsigned k;

	for (i = 0; i < c->procedures_count; i++) {
		p = c->procedures[i];
		for (k = 0; k < p->steps_count; k++)
			if (p->steps[k].approval != NULL &&
			    p->steps[k].approval->id != NULL &&
			    strcmp(p->steps[k].approval->id, id) == 0)
				return true;
	}
	return false;
}

/* "AP-01,AP-02" as the words of a grant's scope; without it, everything. */
static int
absence_scope(struct absence *a, const char *text)
{
	struct req *q = a->q;
	char **words, *list, *p;
	size_t i, n;
	int r = 0;

	list = req_text(q, xstrdup(text != NULL ? text : "all"));
	a->scope = list;
	if (text == NULL)
		return 0;
	for (p = list; *p != '\0'; p++)
		if (*p == ',')
			*p = ' ';
	if (text_words(list, &words, &n, &q->why) < 0)
		return -ERR_USAGE;
	for (i = 0; i < n && r == 0; i++)
		if (!absence_point_is_known(q->c, words[i]))
			r = why_set(&q->why, ERR_REFUSED,
			    "No hay un punto de aprobación «%.20s».",
			    words[i]);
	if (n == 0)
		r = why_set(&q->why, ERR_USAGE,
		    "Falta el alcance: alcance=AP-01,AP-02.");
	text_words_free(words);
	return r;
}

/* Is this a right of one's own, of that role, over that office? */
static bool
absence_holds(const struct grant *list, size_t n, const char *role,
    const char *office)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (list[i].for_login == NULL &&
		    strcmp(list[i].role, role) == 0 &&
		    (strcmp(list[i].office, "central") == 0 ||
			strcmp(list[i].office, office) == 0))
			return true;
	return false;
}

static int
absence_on_his(void *arg, const struct grant_row *g)
{
	struct absence *a = arg;
	struct req *q = a->q;
	struct grant *list = (struct grant *)(void *)a->grants;

	if (!g->active || g->from > q->now.s ||
	    (g->to != 0 && g->to <= q->now.s) ||
	    (g->for_login != NULL && *g->for_login != '\0') ||
	    a->grants_count == PENDING_MAX)
		return 0;
	list[a->grants_count++] = (struct grant){
		.role = req_text(q, xstrdup(g->role)),
		.office = req_text(q, xstrdup(g->office)),
	};
	return 0;
}

/* Another's: the head of each office concerned, or the direction for him. */
static int
absence_of(struct absence *a, const char *whose)
{
	const struct actor *me = &a->q->actor;
	bool may = true;
	size_t i;

	a->whose = whose;
	a->grants = (const void *)req_text(a->q,
	    xcalloc(PENDING_MAX, sizeof *a->grants));
	(void)store_each_grant(a->q->c->store, whose, absence_on_his, a);
	for (i = 0; i < a->grants_count; i++)
		may = may && (absence_holds(me->grants, me->grants_count,
		    "head_of_unit", a->grants[i].office) ||
		    (absence_holds(a->grants, a->grants_count, "head_of_unit",
			"central") && (absence_holds(me->grants,
			me->grants_count, "director_general", "central") ||
			absence_holds(me->grants, me->grants_count,
			    "operations_director", "central"))));
	if (a->grants_count == 0 || !may)
		return why_set(&a->q->why, ERR_REFUSED, "Solo la jefatura "
		    "nombra a quien supla a «%.40s», y solo la dirección a "
		    "quien supla a la jefatura.", whose);
	return 0;
}

static int
absence_whose(struct absence *a)
{
	const char *whose = req_take(a->q, "de");

	if (whose != NULL && strcmp(whose, a->q->actor.login) != 0)
		return absence_of(a, whose);
	a->whose = a->q->actor.login;
	a->grants = a->q->actor.grants;
	a->grants_count = a->q->actor.grants_count;
	return 0;
}

static int
absence_read(struct absence *a)
{
	struct req *q = a->q;
	const char *scope = req_take(q, "alcance");
	int r;

	a->who = req_take(q, "persona");
	a->reason = req_take(q, "motivo");
	if (a->who == NULL || a->reason == NULL || *a->reason == '\0')
		return why_set(&q->why, ERR_USAGE,
		    "Faltan persona=LOGIN y motivo=TEXTO.");
	if (strlen(a->reason) > TEXT_MAX)
		return why_set(&q->why, ERR_REFUSED,
		    "El motivo es demasiado largo: acórtelo.");
	if (!access_is_active(q->c, a->who))
		return why_set(&q->why, ERR_REFUSED,
		    "No hay una cuenta activa «%.40s».", a->who);
	if ((r = absence_whose(a)) < 0)
		return r;
	if (strcmp(a->who, a->whose) == 0 ||
	    strcmp(a->who, q->actor.login) == 0)
		return why_set(&q->why, ERR_REFUSED,
		    "Nadie se suple ni se nombra a sí mismo: nombre a otra "
		    "persona.");
	if ((r = absence_instant(q, "desde", false, &a->from)) < 0 ||
	    (r = absence_instant(q, "hasta", true, &a->to)) < 0 ||
	    (r = absence_scope(a, scope)) < 0)
		return r;
	if (a->to.s <= a->from.s)
		return why_set(&q->why, ERR_REFUSED,
		    "La suplencia termina antes de empezar: revise las fechas.");
	return req_all_used(q);
}

/* Substitutions of the asker that are not over; one that overlaps. */
static int
absence_on_grant(void *arg, const struct grant_row *g)
{
	struct absence *a = arg;

	if (!g->active || g->for_login == NULL ||
	    strcmp(g->for_login, a->whose) != 0 ||
	    g->to <= a->q->now.s)
		return 0;
	a->pending++;
	if (a->own != NULL && strcmp(g->login, a->who) == 0 &&
	    strcmp(g->role, a->own->role) == 0 &&
	    strcmp(g->office, a->own->office) == 0 && g->from < a->to.s &&
	    a->from.s < g->to)
		a->same = g->id;
	return 0;
}

/* Look for what this would replace; without one, does it make sense? */
static bool
absence_finds(struct absence *a, const struct grant *own)
{
	a->own = own;
	a->same = 0;
	a->pending = 0;
	(void)store_each_grant(a->q->c->store, NULL, absence_on_grant, a);
	return a->same != 0 || a->to.s > a->q->now.s;
}

/* Lend one right, or end what was lent when the period is over already. */
static int
absence_lend(struct absence *a, const struct grant *own)
{
	struct req *q = a->q;
	char from[WHEN_TEXT], to[WHEN_TEXT];

	if (!absence_finds(a, own))
		return 0;
	return act_office(q, "grant.set", req_json(q, json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:I}", "login",
	    a->who, "role", own->role, "office", own->office, "for_login",
	    a->whose, "scope", a->scope, "reason", a->reason, "from",
	    when_text(a->from, from), "to", when_text(a->to, to), "active",
	    a->to.s > q->now.s, "grant", (json_int_t)a->same)));
}

/* Everything that may be refused, before the first grant is written. */
static int
absence_check(struct absence *a, const struct grant *own, int *lent)
{
	struct req *q = a->q;

	if (access_mixes(q, a->who, own->role))
		return why_set(&q->why, ERR_REFUSED,
		    "«%.40s» no puede suplirle: administración y "
		    "fiscalización no se mezclan con el trabajo de la "
		    "oficina (SD-09).", a->who);
	if (!absence_finds(a, own))
		return 0;
	(*lent)++;
	if (a->same == 0 && a->pending + *lent > PENDING_MAX)
		return why_set(&q->why, ERR_REFUSED,
		    "Ya tiene %d suplencias sin concluir: termine alguna con "
		    "hasta=ahora.", a->pending);
	return 0;
}

int
cmd_suplencia(struct req *q)
{
	struct absence a = { .q = q };
	const struct grant *own;
	int r, mine = 0, lent = 0;
	size_t i, n;

	if ((r = absence_read(&a)) < 0)
		return r;
	own = a.grants;
	n = a.grants_count;
	for (i = 0; i < n; i++)
		if (own[i].for_login == NULL) {
			mine++;
			if ((r = absence_check(&a, &own[i], &lent)) < 0)
				return r;
		}
	if (lent == 0)
		return why_set(&q->why, ERR_REFUSED, "%s", mine == 0 ?
		    "No tiene un rol propio que otra persona pueda suplir." :
		    "Esas fechas ya pasaron: la suplencia no se nombra.");
	for (i = 0; i < n; i++)
		if (own[i].for_login == NULL &&
		    (r = absence_lend(&a, &own[i])) < 0)
			return r;
	return 0;
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
	    (!access_knows_everybody(q) && !access_knows_office(q, g->office) &&
		strcmp(g->login, q->actor.login) != 0 &&
		strcmp(g->for_login, q->actor.login) != 0))
		return 0;
	json_array_append_new(a->list, json_pack(
	    "{s:s, s:s?, s:s, s:s, s:s, s:s?, s:s?, s:o, s:o, s:b, s:b}",
	    "login", g->login, "answer", g->answer != NULL &&
	    *g->answer != '\0' ? g->answer : NULL, "for_login", g->for_login, "role", g->role, "office",
	    g->office, "scope", g->scope, "reason", g->reason, "from",
	    json_when((struct when){ g->from }), "to",
	    json_when((struct when){ g->to }), "active",
	    g->active && g->from <= q->now.s && q->now.s < g->to, "over",
	    !g->active || g->to <= q->now.s));
	return 0;
}

int
cmd_suplencias(struct req *q)
{
	struct absences a = { .q = q, .list = json_array() };

	json_object_set_new(q->out, "substitutions", a.list);
	(void)store_each_grant(q->c->store, NULL, absences_on_grant, &a);
	return req_all_used(q);
}

/* ---- the answer of whoever is named ---- */

struct answers {
	struct req *q;
	const char *whose, *answer;
	json_t *events;
};

/* What is asked of me for that person, not over and not answered so. */
static int
answers_on_grant(void *arg, const struct grant_row *g)
{
	struct answers *an = arg;
	char from[WHEN_TEXT], to[WHEN_TEXT];
	const struct req *q = an->q;

	if (!g->active || g->for_login == NULL ||
	    strcmp(g->for_login, an->whose) != 0 || g->to <= q->now.s ||
	    (g->answer != NULL && strcmp(g->answer, an->answer) == 0))
		return 0;
	json_array_append_new(an->events, json_pack("{s:s, s:s, s:s, s:s, "
	    "s:s?, s:s?, s:s, s:s, s:b, s:I, s:s}", "login", g->login, "role",
	    g->role, "office", g->office, "for_login", g->for_login, "scope",
	    g->scope, "reason", g->reason, "from",
	    when_text((struct when){ g->from }, from), "to",
	    when_text((struct when){ g->to }, to), "active",
	    strcmp(an->answer, "accepted") == 0, "grant", (json_int_t)g->id,
	    "answer", an->answer));
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
		an.answer = "accepted";
	else if (text_like("no", q->pos[1]))
		an.answer = "declined";
	else
		return why_set(&q->why, ERR_USAGE,
		    "Conteste «suplir %.40s si» o «suplir %.40s no».",
		    q->pos[0], q->pos[0]);
	(void)store_each_grant(q->c->store, q->actor.login, answers_on_grant,
	    &an);
	if (json_array_size(an.events) == 0)
		return why_set(&q->why, ERR_REFUSED, "Nadie le pide que supla "
		    "a «%.40s», o ya lo contestó.", q->pos[0]);
	json_array_foreach(an.events, i, event)
		if ((r = act_office(q, "grant.set", event)) < 0)
			return r;
	json_object_set_new(q->out, "for_login", json_string(an.whose));
	json_object_set_new(q->out, "answer", json_string(an.answer));
	return 0;
}

struct asked {
	struct req *q;
	json_t *list;
};

/* One a person who names: his roles go together. */
static int
asked_on_grant(void *arg, const struct grant_row *g)
{
	struct asked *as = arg;
	json_t *one;
	size_t i;

	if (!g->active || g->for_login == NULL || *g->for_login == '\0' ||
	    g->to <= as->q->now.s ||
	    (g->answer != NULL && *g->answer != '\0'))
		return 0;
	json_array_foreach(as->list, i, one)
		if (strcmp(json_string_value(json_object_get(one,
		    "for_login")), g->for_login) == 0)
			return 0;
	json_array_append_new(as->list, json_pack("{s:s, s:s?, s:s?, s:o, "
	    "s:o}", "for_login", g->for_login, "for_name",
	    core_person_name(as->q->c, g->for_login), "reason", g->reason,
	    "from", json_when((struct when){ g->from }), "to",
	    json_when((struct when){ g->to })));
	return 0;
}

json_t *
doc_asked(struct req *q)
{
	struct asked as = { q, json_array() };

	(void)store_each_grant(q->c->store, q->actor.login, asked_on_grant,
	    &as);
	return as.list;
}
