/* SPDX-License-Identifier: ISC */
/*
 * access.c - who somebody is now: rights come only from grants in the record,
 * in force between two instants, own or by substitution (roles.md 1, 6).  An
 * account that is closed has none; a substitution ends with the right that it
 * stands in for.  The office of a case decides who sees it: its own people and
 * the central office.
 */
#include "req.h"

static const char access_central[] = "central";

static bool
access_is_in_force(const struct grant_row *g, struct when now)
{
	return g->active && g->from <= now.s && (g->to == 0 || now.s < g->to);
}

static bool
access_is_substitution(const struct grant_row *g)
{
	return g->for_login != NULL && *g->for_login != '\0';
}

bool
access_is_active(const struct core *c, const char *login)
{
	return json_is_true(json_object_get(json_object_get(c->people, login),
	    "active"));
}

/* A right that somebody is looked for to hold himself. */
struct principal {
	const struct grant_row *wanted;
	struct when now;
	bool holds;
};

static int
access_on_principal(void *arg, const struct grant_row *g)
{
	struct principal *p = arg;

	if (access_is_in_force(g, p->now) && !access_is_substitution(g) &&
	    strcmp(g->role, p->wanted->role) == 0 &&
	    strcmp(g->office, p->wanted->office) == 0)
		p->holds = true;
	return p->holds;
}

/* Whoever is stood in for still has what he lent. */
static bool
access_is_lent(const struct req *q, const struct grant_row *g)
{
	struct principal p = { .wanted = g, .now = q->now };

	if (!access_is_substitution(g))
		return true;
	if (access_is_active(q->c, g->for_login))
		(void)store_each_grant(q->c->store, g->for_login,
		    access_on_principal, &p);
	return p.holds;
}

static int
access_on_grant(void *arg, const struct grant_row *g)
{
	struct req *q = arg;
	struct grant *list = q->grants;
	size_t n = q->actor.grants_count;

	if (!access_is_in_force(g, q->now) || !access_is_lent(q, g))
		return 0;
	list = xrealloc(list, n + 1, sizeof *list);
	list[n] = (struct grant){
		.role = req_text(q, xstrdup(g->role)),
		.office = req_text(q, xstrdup(g->office)),
	};
	if (access_is_substitution(g)) {
		list[n].for_login = req_text(q, xstrdup(g->for_login));
		list[n].scope = req_text(q, xstrdup(g->scope));
	}
	q->grants = list;
	q->actor.grants = list;
	q->actor.grants_count = n + 1;
	return 0;
}

void
access_load(struct req *q)
{
	q->actor.login = q->who->login != NULL ? q->who->login :
	    q->who->courier ? ACTOR_SYSTEM : ACTOR_OPERATOR;
	q->actor.name = core_person_name(q->c, q->actor.login);
	if (q->who->login != NULL && access_is_active(q->c, q->who->login))
		(void)store_each_grant(q->c->store, q->who->login,
		    access_on_grant, q);
}

void
access_clear(struct req *q)
{
	free(q->grants);
}

bool
access_has_role(const struct req *q, const char *role, const char *office)
{
	const struct grant *g;
	size_t i;

	for (i = 0; i < q->actor.grants_count; i++) {
		g = &q->actor.grants[i];
		if (strcmp(g->role, role) == 0 &&
		    (strcmp(g->office, office) == 0 ||
			strcmp(g->office, access_central) == 0) &&
		    (g->for_login == NULL || strcmp(g->scope, "all") == 0))
			return true;
	}
	return false;
}

struct mix {
	const struct core *c;
	struct when now;
	bool business, mixes;
};

static bool
access_is_business_role(const struct core *c, const char *name)
{
	const struct role *role = institution_find_role(c->institution, name);

	return role != NULL && role->business;
}

static int
access_on_mix(void *arg, const struct grant_row *g)
{
	struct mix *m = arg;

	if (g->active && (g->to == 0 || g->to > m->now.s) &&
	    access_is_business_role(m->c, g->role) != m->business)
		m->mixes = true;
	return m->mixes;
}

bool
access_mixes(const struct req *q, const char *login, const char *role)
{
	struct mix m = { .c = q->c, .now = q->now,
		.business = access_is_business_role(q->c, role) };

	(void)store_each_grant(q->c->store, login, access_on_mix, &m);
	return m.mixes;
}

static bool
access_reads(const struct req *q, const struct grant *g)
{
	const struct role *role =
	    institution_find_role(q->c->institution, g->role);

	return role != NULL &&
	    (role->business || strcmp(g->role, "oversight_body") == 0);
}

bool
access_is_business(const struct req *q)
{
	size_t i;

	for (i = 0; i < q->actor.grants_count; i++)
		if (access_reads(q, &q->actor.grants[i]))
			return true;
	return false;
}

bool
access_sees_office(const struct req *q, const char *office)
{
	const struct grant *g;
	size_t i;

	for (i = 0; i < q->actor.grants_count; i++) {
		g = &q->actor.grants[i];
		if ((strcmp(g->office, office) == 0 ||
			strcmp(g->office, access_central) == 0) &&
		    access_reads(q, g))
			return true;
	}
	return false;
}

bool
access_boards(const struct req *q, const char *office)
{
	const struct role *role;
	size_t i;

	for (i = 0; i < q->actor.grants_count; i++) {
		role = institution_find_role(q->c->institution,
		    q->actor.grants[i].role);
		if (role != NULL && role->board &&
		    access_has_role(q, role->id, office))
			return true;
	}
	return false;
}

bool
access_other_sees(struct core *c, const char *login, const char *office)
{
	struct caller who = { .login = login };
	struct req q = { .c = c, .who = &who, .now = core_now(c) };
	bool sees;
	size_t i;

	access_load(&q);
	sees = access_sees_office(&q, office);
	for (i = 0; i < q.kept_count; i++)
		free(q.kept[i]);
	free(q.kept);
	access_clear(&q);
	return sees;
}

bool
access_knows_everybody(const struct req *q)
{
	return q->who->login == NULL ||
	    access_has_role(q, "sysadmin", access_central);
}

bool
access_knows_office(const struct req *q, const char *office)
{
	return access_sees_office(q, office) ||
	    (access_is_business(q) && strcmp(office, access_central) == 0);
}
