/* SPDX-License-Identifier: ISC */
/*
 * access.c - who somebody is now: rights come only from grants in the record,
 * in force between two instants, own or by substitution (roles.md 1, 6).  The
 * office of a case decides who sees it: its own people and the central office.
 */
#include "req.h"

static const char access_central[] = "central";

static bool
access_is_in_force(const struct grant_row *g, struct when now)
{
	return g->active && g->from <= now.s && (g->to == 0 || now.s < g->to);
}

static int
access_on_grant(void *arg, const struct grant_row *g)
{
	struct req *q = arg;
	struct grant *list = q->grants;
	size_t n = q->actor.grants_count;

	if (!access_is_in_force(g, q->now))
		return 0;
	list = xrealloc(list, n + 1, sizeof *list);
	list[n] = (struct grant){
		.role = req_text(q, xstrdup(g->role)),
		.office = req_text(q, xstrdup(g->office)),
	};
	if (g->for_login != NULL && *g->for_login != '\0') {
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
	q->actor.login = q->who->login != NULL ? q->who->login : "operador";
	q->actor.name = core_person_name(q->c, q->actor.login);
	if (q->who->login != NULL)
		(void)store_each_grant(q->c->store, q->who->login,
		    access_on_grant, q);
}

void
access_clear(struct req *q)
{
	free(q->grants);
}

bool
access_has_role(const struct req *q, const char *role)
{
	size_t i;

	for (i = 0; i < q->actor.grants_count; i++)
		if (strcmp(q->actor.grants[i].role, role) == 0)
			return true;
	return false;
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
