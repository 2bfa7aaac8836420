/* SPDX-License-Identifier: ISC */
/*
 * access.c - who somebody is now: rights come only from grants in the record,
 * in force between two instants, own or by substitution.  An
 * account that is closed has none; a substitution ends with the right that it
 * stands in for.  The office of a case decides who sees it, its own people and
 * the central office, as far as their roles read.
 */
#include "req.h"

enum { MENTIONS_MOST = 10000 };

static const char access_central[] = "central";

static bool
access_is_substitution(const struct grant_row *g)
{
	return g->for_login != NULL && *g->for_login != '\0';
}

bool
access_is_granted(const struct grant_row *g)
{
	return g->active && (!access_is_substitution(g) ||
	    (g->answer != NULL && strcmp(g->answer, ABSENCE_ACCEPTED) == 0));
}

static bool
access_is_in_force(const struct grant_row *g, struct when now)
{
	return access_is_granted(g) && g->from <= now.s &&
	    (g->to == 0 || now.s < g->to);
}

bool
access_is_active(const struct core *c, const char *login)
{
	return doc_is(json_object_get(c->people, login), "active");
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
		list[n].n = g->id;
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

/* Never READS_BY_KIND. */
static enum reads
access_reads(const struct req *q, const struct grant *g)
{
	const struct role *role =
	    institution_find_role(q->c->institution, g->role);

	if (role == NULL)
		return READS_NOTHING;
	if (role->reads != READS_BY_KIND)
		return role->reads;
	return role->business || role->board ? READS_ALL : READS_NOTHING;
}

static bool
access_is_business(const struct req *q)
{
	size_t i;

	for (i = 0; i < q->actor.grants_count; i++)
		if (access_reads(q, &q->actor.grants[i]) != READS_NOTHING)
			return true;
	return false;
}

static bool
access_is_over(const struct grant *g, const char *office)
{
	return strcmp(g->office, office) == 0 ||
	    strcmp(g->office, access_central) == 0;
}

/* The most that any of one's rights gives. */
static enum reads
access_reads_office(const struct req *q, const char *office)
{
	enum reads most = READS_NOTHING, one;
	size_t i;

	for (i = 0; i < q->actor.grants_count; i++) {
		one = access_reads(q, &q->actor.grants[i]);
		if (one > most && access_is_over(&q->actor.grants[i], office))
			most = one;
	}
	return most;
}

bool
access_sees_office(const struct req *q, const char *office)
{
	return access_reads_office(q, office) != READS_NOTHING;
}

/* Is one of those roles his? */
static bool
access_has_one(const struct req *q, const char *const *roles, unsigned n,
    const char *office)
{
	const struct grant *g = q->actor.grants;
	unsigned k;
	size_t i;

	for (i = 0; i < q->actor.grants_count; i++)
		for (k = 0; k < n && access_is_over(&g[i], office); k++)
			if (strcmp(roles[k], g[i].role) == 0)
				return true;
	return false;
}

/* Does a step that nobody has taken wait for a role of his? */
static bool
access_is_asked(const struct req *q, const struct step *st, const char *office)
{
	const char *const *roles;
	unsigned n;

	roles = step_roles(st, &n);
	return access_has_one(q, roles, n, office);
}

/* Was he told that it waits too long?  Then he may look at what waits. */
static bool
access_is_told(const struct req *q, const struct escalation *e,
    const char *office)
{
	return e != NULL && access_has_one(q, (const char *const *)e->to,
	    e->to_count, office);
}

static int
access_on_mention(void *arg, int64_t kase, int64_t seq)
{
	(void)seq;
	return kase == *(const int64_t *)arg;
}

/*
 * Has somebody a part in a case: a step that waits, one that he was told of,
 * one done, a mention?
 */
static bool
access_has_part(struct req *q, const struct case_row *row)
{
	const struct token *t;
	struct held *h;
	size_t i;

	if (strcmp(row->opened_by, q->actor.login) == 0)
		return true;
	if (case_load_by_id(q->c, row->id, &h, &q->why) < 0)
		return false;
	for (i = 0; i < h->ca->tokens_count; i++) {
		t = &h->ca->tokens[i];
		if (t->assignee != NULL ?
		    strcmp(t->assignee, q->actor.login) == 0 :
		    access_is_asked(q, t->st, row->office))
			return true;
		if (access_is_told(q, t->told_by, row->office))
			return true;
	}
	for (i = 0; i < h->ca->dones_count; i++)
		if (strcmp(h->ca->dones[i].actor, q->actor.login) == 0)
			return true;
	return store_each_mention(q->c->store, q->actor.login, MENTIONS_MOST,
	    access_on_mention, (void *)(uintptr_t)&row->id) != 0;
}

bool
access_sees_case(struct req *q, const struct case_row *row)
{
	switch (access_reads_office(q, row->office)) {
	case READS_ALL:
		return true;
	case READS_FINISHED:
		return row->state == CASE_CLOSED || access_has_part(q, row);
	case READS_OWN:
		return access_has_part(q, row);
	case READS_NOTHING:
	case READS_BY_KIND:
		break;
	}
	return false;
}

bool
access_sees_id(struct req *q, const char *office, int64_t kase)
{
	enum reads most = access_reads_office(q, office);
	struct case_row row;
	bool sees;

	if (most == READS_ALL || most == READS_NOTHING ||
	    store_get_case_by_id(q->c->store, kase, &row) < 0)
		return most == READS_ALL;
	sees = access_sees_case(q, &row);
	case_row_clear(&row);
	return sees;
}

/* Looked up only where it matters: of each change it is asked for everybody. */
bool
access_sees_folio(struct req *q, const char *office, const char *folio)
{
	enum reads most = access_reads_office(q, office);

	return most == READS_ALL || (most != READS_NOTHING &&
	    access_sees_id(q, office, store_find_case(q->c->store, folio)));
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
access_counts(struct req *q, const struct case_row *row)
{
	const struct role *role;
	size_t i;

	if (access_boards(q, row->office) || access_sees_case(q, row))
		return true;
	for (i = 0; i < q->actor.grants_count; i++) {
		role = institution_find_role(q->c->institution,
		    q->actor.grants[i].role);
		if (role != NULL && role->figures &&
		    access_has_role(q, role->id, row->office))
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
