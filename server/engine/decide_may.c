/* SPDX-License-Identifier: ISC */
/*
 * decide_may.c - who may.  A right is a grant of a role held now, for the
 * case's office or for the central one, of one's own or in somebody's place.
 * One's own is used first.  Whoever made a version never decides it, whatever
 * the grant (SD-01): the rule looks at the person.
 */
#include "decide.h"

static bool
grant_is_for(const struct grant *g, const char *office)
{
	return g->office == NULL || strcmp(g->office, OFFICE_CENTRAL) == 0 ||
	    (office != NULL && strcmp(g->office, office) == 0);
}

/* Is the approval among those of a limited substitution? */
static bool
grant_covers(const struct grant *g, const struct approval *a)
{
	const char *p;
	size_t n;

	if (g->for_login == NULL || g->scope == NULL ||
	    strcmp(g->scope, "all") == 0)
		return true;
	if (a == NULL || a->id == NULL)
		return false;
	for (p = g->scope; *p != '\0'; p += n + strspn(p + n, " ,")) {
		n = strcspn(p, " ,");
		if (n > 0 && strlen(a->id) == n && strncmp(p, a->id, n) == 0)
			return true;
	}
	return false;
}

/* Own grants before those in somebody's place. */
static const struct grant *
grant_better(const struct grant *a, const struct grant *b)
{
	return a == NULL || (a->for_login != NULL && b->for_login == NULL)
	    ? b : a;
}

const struct grant *
grant_find_role(const char *office, const char *role,
    const struct actor *who)
{
	const struct grant *g, *best = NULL;
	size_t i;

	for (i = 0; i < who->grants_count; i++) {
		g = &who->grants[i];
		if (strcmp(g->role, role) == 0 && grant_is_for(g, office) &&
		    grant_covers(g, NULL))
			best = grant_better(best, g);
	}
	return best;
}

const struct grant *
grant_find_any(const char *office, char *const *roles, unsigned n,
    const struct actor *who)
{
	const struct grant *g, *best = NULL;
	unsigned i;

	for (i = 0; i < n; i++) {
		g = grant_find_role(office, roles[i], who);
		if (g != NULL)
			best = grant_better(best, g);
	}
	return best;
}

const struct grant *
grant_find_again(const char *office, const char *role, const char *for_login,
    const struct actor *who)
{
	const struct grant *g;
	size_t i;

	for (i = 0; i < who->grants_count; i++) {
		g = &who->grants[i];
		if (strcmp(g->role, role) == 0 && grant_is_for(g, office) &&
		    (for_login == NULL) == (g->for_login == NULL) &&
		    (for_login == NULL || strcmp(g->for_login, for_login) == 0))
			return g;
	}
	return NULL;
}

/* A task in somebody's hands is also in those of who stands in for him. */
static bool
grant_reaches(const struct grant *g, const struct token *t,
    const struct actor *who)
{
	return t->assignee == NULL || strcmp(t->assignee, who->login) == 0 ||
	    (g->for_login != NULL && strcmp(t->assignee, g->for_login) == 0);
}

static const struct grant *
grant_pick(const struct kase *ca, const struct token *t,
    const struct actor *who, bool any_hands)
{
	const struct grant *g, *best = NULL;
	size_t i;

	for (i = 0; i < who->grants_count; i++) {
		g = &who->grants[i];
		if (step_has_role(t->st, g->role) &&
		    grant_is_for(g, ca->office) &&
		    grant_covers(g, t->st->approval) &&
		    (any_hands || grant_reaches(g, t, who)))
			best = grant_better(best, g);
	}
	return best;
}

const struct grant *
grant_find(const struct kase *ca, const struct token *t,
    const struct actor *who)
{
	return grant_pick(ca, t, who, false);
}

/* Presented by that person, or typed by him and presented by another. */
static bool
done_is_by(const struct done *d, const char *login)
{
	json_t *one;
	size_t i;

	if (d == NULL)
		return false;
	json_array_foreach(d->typed, i, one)
		if (strcmp(json_string_value(one), login) == 0)
			return true;
	return d->actor != NULL && strcmp(d->actor, login) == 0;
}

const char *
kase_find_own_work(const struct kase *ca, const struct token *t,
    const char *login)
{
	const struct approval *a = t->st->approval;
	unsigned i;
	int row;

	for (i = 0; a != NULL && i < a->authors_count; i++)
		for (row = t->row;; row = 0) {
			if (done_is_by(kase_last_answer(ca, a->authors[i],
			    row), login))
				return a->authors[i];
			if (row == 0)
				break;
		}
	return NULL;
}

/* "Jefe de Unidad o Producción" */
static void
roles_text(const char *const *roles, unsigned n, const struct institution *in,
    struct buf *b)
{
	const struct role *role;
	unsigned i;

	for (i = 0; i < n; i++) {
		role = in != NULL ? institution_find_role(in, roles[i]) : NULL;
		(void)buf_addf(b, "%s%s", i > 0 ? " o " : "",
		    role != NULL ? role->title : roles[i]);
	}
}

static int
may_refuse_role(const struct token *t, const struct world *w, struct why *why)
{
	struct buf b;
	const char *const *roles;
	unsigned n;
	int r;

	roles = step_roles(t->st, &n);
	buf_init(&b, WHY_MAX);
	roles_text(roles, n, w != NULL ? w->institution : NULL, &b);
	r = why_set(why, ERR_REFUSED, "El paso %s corresponde a %s: usted no "
	    "tiene ahora ese cargo en esta oficina.", t->st->number,
	    buf_str(&b));
	buf_clear(&b);
	return r;
}

int
engine_may(const struct kase *ca, const struct token *t,
    const struct actor *who, const struct world *w, struct why *why)
{
	const char *own;

	if (grant_pick(ca, t, who, true) == NULL)
		return may_refuse_role(t, w, why);
	if (grant_find(ca, t, who) == NULL)
		return why_set(why, ERR_REFUSED, "El paso %s está en manos de "
		    "%s: pida que se lo turne.", t->st->number,
		    world_person(w, t->assignee));
	own = kase_find_own_work(ca, t, who->login);
	if (own != NULL)
		return why_set(why, ERR_REFUSED, "Usted hizo el paso %s de "
		    "este expediente, o escribió en él: quien hace o cambia una versión no la "
		    "dictamina, tampoco en suplencia (SD-01). Debe decidir "
		    "otra persona.", own);
	return 0;
}

int
start_refuse(const struct start *start, const struct institution *in,
    struct why *why)
{
	struct buf b;
	int r;

	buf_init(&b, WHY_MAX);
	roles_text((const char *const *)start->roles, start->roles_count, in,
	    &b);
	r = why_set(why, ERR_REFUSED, "Su cargo no puede iniciar «%s» en "
	    "esta oficina: corresponde a %s.", start->title, buf_str(&b));
	buf_clear(&b);
	return r;
}

int
engine_may_start(const struct procedure *p, const struct start *start,
    const char *office, const struct actor *who,
    const struct institution *in, struct why *why)
{
	(void)p;
	if (grant_find_any(office, start->roles, start->roles_count,
	    who) == NULL)
		return start_refuse(start, in, why);
	return 0;
}

const char *
world_person(const struct world *w, const char *login)
{
	return w != NULL && w->person_name != NULL
	    ? w->person_name(w->arg, login) : login;
}
