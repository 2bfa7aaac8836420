/* SPDX-License-Identifier: ISC */
/*
 * doc_task.c - TASK: one open step as a row of a list (docs/api.md), and the
 * short "open" list that every act answers with.
 */
#include <assert.h>

#include "req.h"

/* The answer that led to this token: who presented what now waits. */
static const struct done *
task_before(const struct kase *ca, const struct token *t)
{
	size_t i;

	for (i = ca->dones_count; i-- > 0;)
		if (ca->dones[i].n < t->n &&
		    strcmp(ca->dones[i].outcome, "skipped") != 0 &&
		    (t->row == 0 || ca->dones[i].row == t->row ||
			ca->dones[i].row == 0))
			return &ca->dones[i];
	return NULL;
}

/* The return that sent the case back here, or NULL. */
static const struct done *
task_return(const struct kase *ca, const struct token *t)
{
	size_t i;

	if (!t->returned)
		return NULL;
	for (i = ca->dones_count; i-- > 0;)
		if (ca->dones[i].n < t->n &&
		    strcmp(ca->dones[i].outcome, "returned") == 0)
			return &ca->dones[i];
	return NULL;
}

static const char *
task_state(const struct token *t)
{
	if (t->st->approval != NULL)
		return "approval";
	if (t->returned)
		return "returned";
	return t->assignee != NULL ? "taken" : "new";
}

/* "n of m" among the numbered steps, in the order of the manual. */
static json_t *
task_position(const struct token *t, const struct procedure *p)
{
	int n = 0, of = 0;
	unsigned i;

	for (i = 0; i < p->steps_count; i++) {
		if (p->steps[i].kind == STEP_HEADING)
			continue;
		of++;
		if (i <= t->st->index)
			n++;
	}
	return json_pack("{s:i, s:i}", "n", n, "of", of);
}

/* What names a sub-case: the first long enough text of its row. */
static json_t *
task_row_title(const struct kase *ca, int row)
{
	const char *key;
	json_t *v, *best = NULL;
	size_t i;

	for (i = 0; i < ca->rows_count; i++) {
		if (ca->rows[i].id != row)
			continue;
		json_object_foreach(ca->rows[i].data, key, v) {
			if (strcmp(key, "summary") == 0)
				best = v;
			else if (best == NULL && json_is_string(v))
				best = v;
		}
	}
	return best != NULL ? json_incref(best) : json_null();
}

json_t *
doc_task(struct req *q, const struct held *h, const struct token *t)
{
	const struct step *st = t->st;
	const struct done *before = task_before(h->ca, t),
		*back = task_return(h->ca, t);
	const char *const *roles;
	struct why why = { 0 };
	struct world w;
	json_t *o;
	unsigned n;
	bool can;

	core_world(q->c, h->row.office, &w);
	roles = step_roles(st, &n);
	can = engine_may(h->ca, t, &q->actor, &w, &why) == 0;
	o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:o, s:s, s:s, s:s, "
		      "s:s?, s:s, s:o, s:b, s:o, s:s, s:i, s:s?, s:o, s:s?, "
		      "s:b, s:s?, s:s?, s:b, s:o, s:s, s:o, s:I}",
	    "folio", h->row.folio, "procedure", h->ca->p->code, "brief",
	    h->ca->p->brief != NULL ? h->ca->p->brief : h->ca->p->code,
	    "subject", h->row.title, "step", st->number, "row", t->row,
	    "row_title", task_row_title(h->ca, t->row), "title",
	    st->instruction != NULL ? st->instruction : st->title, "kind",
	    st->approval != NULL ? "approval" : step_kind_name(st->kind),
	    "role", n > 0 ? roles[0] : "", "role_title",
	    n > 0 ? core_role_title(q->c, roles[0]) : NULL, "state",
	    task_state(t), "due", json_when(t->due), "due_late",
	    t->due.s != 0 && t->due.s < q->now.s, "warn", json_when(t->warn),
	    "office", h->row.office, "round", h->ca->rounds, "assignee",
	    t->assignee, "since", json_when(t->since), "sent_by",
	    before != NULL ? before->actor : h->ca->opened_by, "returned",
	    t->returned, "remark", back != NULL ? back->reason : NULL,
	    "remark_by", back != NULL ? back->actor : NULL, "can", can, "why",
	    can ? json_null() : json_string(why.text), "priority",
	    h->row.priority, "position", task_position(t, h->ca->p),
	    "revision", (json_int_t)t->n);
	assert(o != NULL);
	json_object_set_new(o, "role_brief",
	    json_text(core_role_brief(q->c, n > 0 ? roles[0] : NULL)));
	json_object_set_new(o, "notice", doc_notice(q, t));
	if (st->approval != NULL)
		json_object_set_new(o, "assurance",
		    json_string(assurance_name(st->approval->assurance)));
	return o;
}

json_t *
doc_open(const struct held *h)
{
	json_t *list = json_array();
	const char *const *roles;
	const struct token *t;
	unsigned n;
	size_t i;

	for (i = 0; i < h->ca->tokens_count; i++) {
		if (h->ca->state != CASE_OPEN)
			break;
		t = &h->ca->tokens[i];
		roles = step_roles(t->st, &n);
		json_array_append_new(list, json_pack("{s:s, s:i, s:s}",
		    "step", t->st->number, "row", t->row, "role",
		    n > 0 ? roles[0] : ""));
	}
	return list;
}
