/* SPDX-License-Identifier: ISC */
/*
 * cmd_absence.c - who stands in for whom, from when to when and for which
 * approvals: suplencia, suplencias.  A substitution is a grant of
 * each of the absent person's own roles to somebody else; whoever received a
 * right in this way cannot pass it on.
 *
 *	suplencia --of whoever may not grant it--> proposed
 *	                          granted: said again by the head --> asked
 *	suplencia --of the head-----------------------------------> asked
 *	asked --suplir si--> accepted: in force between its dates
 *
 * Each may propose his own; the head grants anybody's, and the
 * direction the head's, or that the head herself stands in for somebody: no
 * right is granted to oneself (SD-10).  Answers are in cmd_absence_answer.c.
 */
#include "../../proto/text.h"
#include "req.h"

#define ABSENCE_CENTRAL "central"

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
		    (strcmp(list[i].office, ABSENCE_CENTRAL) == 0 ||
			strcmp(list[i].office, office) == 0))
			return true;
	return false;
}

/* A right in force that was not lent. */
static bool
absence_is_own(const struct req *q, const struct grant_row *g)
{
	return g->active && g->from <= q->now.s &&
	    (g->to == 0 || q->now.s < g->to) &&
	    (g->for_login == NULL || *g->for_login == '\0');
}

static int
absence_on_his(void *arg, const struct grant_row *g)
{
	struct absence *a = arg;
	struct req *q = a->q;
	struct grant *list = (struct grant *)(void *)a->grants;

	if (!absence_is_own(q, g) || a->grants_count == PENDING_MAX)
		return 0;
	list[a->grants_count++] = (struct grant){
		.role = req_text(q, xstrdup(g->role)),
		.office = req_text(q, xstrdup(g->office)),
	};
	return 0;
}

/* Has one of the two central directions? */
static bool
absence_directs(const struct actor *me)
{
	return absence_holds(me->grants, me->grants_count, "director_general",
		   ABSENCE_CENTRAL) ||
	    absence_holds(me->grants, me->grants_count, "operations_director",
		ABSENCE_CENTRAL);
}

struct heads {
	const struct req *q;
	const char *office;
	bool found;
};

static int
heads_on_grant(void *arg, const struct grant_row *g)
{
	struct heads *h = arg;

	h->found = absence_is_own(h->q, g) &&
	    strcmp(g->role, "head_of_unit") == 0 &&
	    (strcmp(g->office, ABSENCE_CENTRAL) == 0 ||
		strcmp(g->office, h->office) == 0);
	return h->found;
}

static bool
absence_is_head(const struct req *q, const char *login, const char *office)
{
	struct heads h = { q, office, false };

	(void)store_each_grant(q->c->store, login, heads_on_grant, &h);
	return h.found;
}

bool
absence_may_grant(const struct req *q, const char *whose, const char *office,
    const char *who)
{
	const struct actor *me = &q->actor;

	if (strcmp(who, me->login) == 0)
		return false;
	return absence_holds(me->grants, me->grants_count, "head_of_unit",
		   office) ||
	    (absence_directs(me) && strcmp(whose, me->login) != 0 &&
		(absence_is_head(q, whose, ABSENCE_CENTRAL) ||
		    absence_is_head(q, who, office)));
}

/* Another's: only by whoever may grant all of it. */
static int
absence_of(struct absence *a)
{
	size_t i;

	a->grants = (const void *)req_text(a->q,
	    xcalloc(PENDING_MAX, sizeof *a->grants));
	(void)store_each_grant(a->q->c->store, a->whose, absence_on_his,
	    a);
	for (i = 0; i < a->grants_count; i++)
		if (!absence_may_grant(a->q, a->whose, a->grants[i].office,
			a->who))
			break;
	if (a->grants_count == 0 || i < a->grants_count)
		return why_set(&a->q->why, ERR_REFUSED, "Solo la jefatura "
		    "nombra a quien supla a «%.40s», y solo la dirección a "
		    "quien supla a la jefatura.", a->whose);
	return 0;
}

static int
absence_whose(struct absence *a)
{
	if (a->whose != NULL && strcmp(a->whose, a->q->actor.login) != 0)
		return absence_of(a);
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
	a->whose = req_take(q, "de");
	if (strcmp(a->who, q->actor.login) == 0 ||
	    (a->whose != NULL && strcmp(a->who, a->whose) == 0))
		return why_set(&q->why, ERR_REFUSED,
		    "Nadie se suple ni se nombra a sí mismo: nombre a otra "
		    "persona.");
	if ((r = absence_whose(a)) < 0 ||
	    (r = absence_instant(q, "desde", false, &a->from)) < 0 ||
	    (r = absence_instant(q, "hasta", true, &a->to)) < 0 ||
	    (r = absence_scope(a, scope)) < 0)
		return r;
	if (a->to.s <= a->from.s && a->to.s > q->now.s)
		return why_set(&q->why, ERR_REFUSED,
		    "La suplencia termina antes de empezar: revise las fechas.");
	return req_all_used(q);
}

/*
 * Substitutions of the absent person that are not over; the one that begins
 * at that moment, else one that overlaps.  One that has not begun is ended by
 * its beginning alone.
 */
static int
absence_on_grant(void *arg, const struct grant_row *g)
{
	struct absence *a = arg;

	if (!g->active || g->for_login == NULL ||
	    strcmp(g->for_login, a->whose) != 0 ||
	    g->to <= a->q->now.s)
		return 0;
	a->pending++;
	if (strcmp(g->login, a->who) == 0 &&
	    strcmp(g->role, a->own->role) == 0 &&
	    strcmp(g->office, a->own->office) == 0 &&
	    (g->from == a->from.s ||
		(a->same == 0 && g->from < a->to.s && a->from.s < g->to)))
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
	bool granted = absence_may_grant(q, a->whose, own->office, a->who);

	if (!absence_finds(a, own))
		return 0;
	core_touch_list(q->c, "suplencias", own->office);
	if (!granted)
		json_object_set_new(q->out, "answer",
		    json_string(ABSENCE_PROPOSED));
	return act_office(q, "grant.set", req_json(q, json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:I, s:s}",
	    "login", a->who, "role", own->role, "office", own->office,
	    "for_login", a->whose, "scope", a->scope, "reason", a->reason,
	    "from", when_text(a->from, from), "to", when_text(a->to, to),
	    "active", a->to.s > q->now.s, "grant", (json_int_t)a->same,
	    "answer", granted ? "" : ABSENCE_PROPOSED)));
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
		    "Esas fechas ya pasaron, y no hay una suplencia que "
		    "termine: revise la persona y las fechas.");
	json_object_set_new(q->out, "login", json_string(a.who));
	json_object_set_new(q->out, "over", json_boolean(a.to.s <= q->now.s));
	json_object_set_new(q->out, "answer", json_null());
	for (i = 0; i < n; i++)
		if (own[i].for_login == NULL &&
		    (r = absence_lend(&a, &own[i])) < 0)
			return r;
	return 0;
}
