/* SPDX-License-Identifier: ISC */
/*
 * doc_step.c - STEP: one open step with everything a screen needs to ask it,
 * and for approvals what changed since the version last returned.
 */
#include <assert.h>

#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "scan.h"

static int
step_on_draft(void *arg, const char *field, const char *value,
    const char *login, int64_t at)
{
	json_t *drafts = arg;
	char text[WHEN_TEXT];

	json_object_set_new(drafts, field, json_string(value));
	json_object_set_new(drafts, " by", json_string(login));
	json_object_set_new(drafts, " at",
	    json_string(when_text((struct when){ at }, text)));
	return 0;
}

static const struct field *
step_answer(const struct step *st)
{
	unsigned i;

	if (st->approval != NULL)
		return step_find_field(st, st->approval->verdict);
	for (i = 0; i < st->fields_count; i++)
		if (st->fields[i].type == FIELD_YESNO ||
		    st->fields[i].type == FIELD_CHOICE)
			return &st->fields[i];
	return NULL;
}

/* Choice number i of an answer, as a value; NULL past the last. */
static json_t *
step_choice(const struct field *f, unsigned i)
{
	if (f->type == FIELD_YESNO)
		return i < 2 ? json_boolean(i == 0) : NULL;
	return i < f->choices_count ? json_string(f->choices[i]) : NULL;
}

/* The first choice of the step's answer that takes this arm, as typed. */
static json_t *
step_arm_value(const struct held *h, const struct token *t,
    const json_t *known, const struct world *w, const char *to)
{
	const struct field *f = step_answer(t->st);
	json_t *values, *v, *out = NULL;
	unsigned i;
	char *leads;

	for (i = 0; f != NULL && out == NULL &&
	     (v = step_choice(f, i)) != NULL; i++) {
		values = json_copy((json_t *)known);
		json_object_set_new(values, f->id, v);
		leads = engine_leads(h->ca, t, values, w);
		if (leads != NULL && strcmp(leads, to) == 0)
			out = json_is_boolean(v) ?
			    json_string(json_is_true(v) ? "sí" : "no") :
			    json_incref(v);
		free(leads);
		json_decref(values);
	}
	return out != NULL ? out : json_null();
}

static json_t *
step_arm(const struct held *h, const struct token *t, const struct arm *a,
    const json_t *known, const struct world *w)
{
	json_t *to = json_array(), *titles = json_array(), *o;
	const struct step *next;
	struct buf path;
	unsigned k;

	buf_init(&path, TEXT_MAX);
	for (k = 0; k < a->to_count; k++) {
		next = procedure_find_step(h->ca->p, a->to[k]);
		(void)buf_addf(&path, "%s%s", k > 0 ? " " : "", a->to[k]);
		json_array_append_new(to, json_string(a->to[k]));
		json_array_append_new(titles, json_string(
		    next == NULL ? _("Fin del procedimiento") :
		    next->instruction != NULL ? next->instruction :
						next->title));
	}
	o = json_pack("{s:s?, s:o, s:o, s:b, s:b, s:s?, s:o}", "label",
	    a->label, "to", to, "titles", titles, "returns", a->returns,
	    "jump", a->jump, "when", a->when, "value",
	    step_arm_value(h, t, known, w, buf_str(&path)));
	buf_clear(&path);
	return o;
}

/* Where each choice of a decision leads, and the title of that step. */
static json_t *
step_arms(const struct held *h, const struct token *t, const json_t *known,
    const struct world *w)
{
	json_t *list = json_array();
	unsigned i;

	for (i = 0; i < t->st->next_count; i++)
		json_array_append_new(list, step_arm(h, t, &t->st->next[i],
		    known, w));
	return list;
}

static json_t *
step_approval(const struct step *st, const struct procedure *p)
{
	const struct approval *a = st->approval;
	const struct step *back;
	json_t *list;
	unsigned i;

	if (a == NULL)
		return json_null();
	list = json_array();
	for (i = 0; i < a->return_to_count; i++) {
		back = procedure_find_step(p, a->return_to[i]);
		json_array_append_new(list, json_pack("{s:s, s:s?}", "step",
		    a->return_to[i], "title",
		    back != NULL && back->instruction != NULL ?
			back->instruction : a->return_to[i]));
	}
	return json_pack("{s:s?, s:s?, s:s, s:s, s:s, s:s, s:o, s:b}", "id",
	    a->id, "act", a->act, "verdict", a->verdict, "approve",
	    a->approve, "reject", a->reject, "remarks", a->remarks,
	    "return_to", list, "touch", a->touch);
}

static json_t *
step_path(const struct kase *ca, const struct token *t)
{
	json_t *list = json_array();
	const struct step *st;
	const struct done *d;
	const char *state;
	unsigned i;

	for (i = 0; i < ca->p->steps_count; i++) {
		st = &ca->p->steps[i];
		if (st->kind == STEP_HEADING)
			continue;
		d = kase_last_done(ca, st->number, t->row);
		if (d == NULL)
			d = kase_last_done(ca, st->number, 0);
		state = st == t->st ? "here" : d == NULL ? "todo" :
		    strcmp(d->outcome, "skipped") == 0 ? "skipped" : "done";
		json_array_append_new(list, json_pack("{s:s, s:s}", "step",
		    st->number, "state", state));
	}
	return list;
}

/* The answer of a step as it stood before event n of the case. */
static const struct done *
step_done_before(const struct kase *ca, const char *number, int row, int64_t n)
{
	const struct done *d;
	size_t i;

	for (i = ca->dones_count; i-- > 0;) {
		d = &ca->dones[i];
		if (d->n < n && (d->row == row || d->row == 0) &&
		    strcmp(d->st->number, number) == 0)
			return d;
	}
	return NULL;
}

static const char *
step_value_text(struct req *q, const struct field *f, const json_t *values,
    const char *zone)
{
	const json_t *v = json_object_get(values, f->id);

	if (v == NULL || json_is_null(v))
		return "";
	return req_text(q, value_text(f, v, zone));
}

/* What one shown step says now and what changed since it was returned. */
static void
step_compare(struct req *q, const struct done *now, const struct done *then,
    const char *zone, json_t *shown, json_t *changes, int *unchanged)
{
	json_t *fields = json_array();
	const struct field *f;
	const char *a, *b;
	unsigned i;

	for (i = 0; i < now->st->fields_count; i++) {
		f = &now->st->fields[i];
		b = step_value_text(q, f, now->values, zone);
		if (*b != '\0')
			json_array_append_new(fields, json_pack(
			    "{s:s, s:s, s:s}", "id", f->id, "label", f->label,
			    "text", b));
		if (then == NULL || then == now)
			continue;
		a = step_value_text(q, f, then->values, zone);
		if (strcmp(a, b) == 0)
			*unchanged += *a != '\0';
		else
			json_array_append_new(changes, json_pack(
			    "{s:s, s:s, s:s, s:s, s:s}", "step",
			    now->st->number, "field", f->id, "label",
			    f->label, "before", a, "after", b));
	}
	json_array_append_new(shown, json_pack("{s:s, s:s, s:s, s:o, s:o}",
	    "step", now->st->number, "title",
	    now->st->instruction != NULL ? now->st->instruction :
					   now->st->title,
	    "by", now->actor, "at", json_when(now->at), "fields", fields));
}

/* The return of this approval that came last, or 0. */
static int64_t
step_returned_at(const struct kase *ca, const struct token *t)
{
	const struct done *d;
	size_t i;

	for (i = ca->dones_count; i-- > 0;) {
		d = &ca->dones[i];
		if (d->st == t->st && d->row == t->row &&
		    strcmp(d->outcome, "returned") == 0)
			return d->n;
	}
	return 0;
}

static size_t
step_hidden(const json_t *shown)
{
	json_t *step, *field;
	size_t i, k, n = 0;

	json_array_foreach((json_t *)shown, i, step)
		json_array_foreach(json_object_get(step, "fields"), k, field)
			n += text_hidden(json_string_value(
			    json_object_get(field, "text")));
	return n;
}

static void
step_shown(struct req *q, const struct held *h, const struct token *t,
    const char *zone, json_t *o)
{
	json_t *shown = json_array(), *changes = json_array();
	const struct approval *a = t->st->approval;
	const struct done *now;
	int64_t back = step_returned_at(h->ca, t);
	int unchanged = 0;
	char content[65];
	unsigned i;

	for (i = 0; a != NULL && i < a->shows_count; i++) {
		now = kase_last_done(h->ca, a->shows[i], t->row);
		if (now == NULL)
			now = kase_last_done(h->ca, a->shows[i], 0);
		if (now == NULL || strcmp(now->outcome, "skipped") == 0)
			continue;
		step_compare(q, now, back == 0 ? NULL :
		    step_done_before(h->ca, a->shows[i], t->row, back), zone,
		    shown, changes, &unchanged);
	}
	kase_content(h->ca, t, content);
	json_object_set_new(o, "hidden", json_integer(
	    (json_int_t)step_hidden(shown)));
	json_object_set_new(o, "content",
	    a != NULL ? json_string(content) : json_null());
	json_object_set_new(o, "shown", shown);
	json_object_set_new(o, "changes", changes);
	json_object_set_new(o, "unchanged", json_integer(unchanged));
}

static json_t *
step_row_data(struct req *q, const struct kase *ca, int row, const char *zone)
{
	const struct field *list = NULL;
	json_t *out = json_array();
	const char *text;
	unsigned s, k;
	size_t i;

	for (i = 0; i < ca->rows_count && row > 0; i++) {
		if (ca->rows[i].id != row)
			continue;
		for (s = 0; s < ca->p->steps_count && list == NULL; s++)
			list = step_find_field(&ca->p->steps[s],
			    ca->rows[i].list);
		for (k = 0; list != NULL && k < list->columns_count; k++) {
			text = step_value_text(q, &list->columns[k],
			    ca->rows[i].data, zone);
			if (*text != '\0')
				json_array_append_new(out, json_pack(
				    "{s:s, s:s}", "label",
				    list->columns[k].label, "text", text));
		}
	}
	return out;
}

/* Drafts are for who may do the step, the head, and who is typing them. */
static json_t *
step_drafts(struct req *q, const struct held *h, const struct token *t)
{
	json_t *drafts = req_json(q, json_object());
	const char *by;
	struct world w;
	struct why why;

	(void)store_each_draft(q->c->store, h->row.id, t->st->number, t->row,
	    step_on_draft, drafts);
	by = json_string_value(json_object_get(drafts, " by"));
	core_world(q->c, h->row.office, &w);
	if (by != NULL && strcmp(by, q->actor.login) != 0 &&
	    engine_may(h->ca, t, &q->actor, &w, &why) < 0 &&
	    !access_has_role(q, "head_of_unit", h->row.office))
		json_object_clear(drafts);
	return drafts;
}

static const char *
step_draft(const json_t *drafts, const struct field *f)
{
	return json_string_value(json_object_get(drafts, f->id));
}

/* What is known in the case under what is being typed, where it reads. */
static json_t *
step_values(struct req *q, const struct held *h, const struct token *t,
    const struct world *w, const json_t *drafts)
{
	json_t *values = req_json(q, kase_values(h->ca, t->row)), *v;
	bool anew = t->st->kind != STEP_TASK || t->st->approval != NULL;
	const struct field *f;
	struct why why;
	unsigned i;

	for (i = 0; i < t->st->fields_count; i++) {
		f = &t->st->fields[i];
		if (anew && f->automatic == NULL)	/* of an earlier round */
			json_object_del(values, f->id);
		if (step_draft(drafts, f) != NULL &&
		    value_parse(f, step_draft(drafts, f), w, &v, &why) == 0)
			json_object_set_new(values, f->id, v);
	}
	return values;
}

/*
 * What the field was answered in an earlier round; unless the case proposes
 * something now: the version that was presented then is not the one made since.
 */
static const json_t *
step_earlier(const struct done *last, const struct field *f,
    const struct scope *scope)
{
	const json_t *v = json_object_get(last->values, f->id);
	json_t *proposed;

	if (f->preset == NULL || json_is_array(v))
		return v;
	proposed = rule_eval(f->preset, scope);
	if (!value_is_blank(proposed))
		v = NULL;
	json_decref(proposed);
	return v;
}

/* Fields evaluated over what is known and what is drafted. */
static json_t *
step_fields(struct req *q, const struct held *h, const struct token *t,
    const struct world *w, const json_t *drafts)
{
	struct scope scope = { h->ca, step_values(q, h, t, w, drafts), w,
		NULL };
	json_t *list = json_array();
	const struct done *last;
	const struct field *f;
	unsigned i;

	/* A question is asked anew each round: nobody repeats it unread. */
	last = t->st->kind == STEP_TASK && t->st->approval == NULL ?
	    kase_last_done(h->ca, t->st->number, t->row) : NULL;
	for (i = 0; i < t->st->fields_count; i++) {
		f = &t->st->fields[i];
		json_array_append_new(list, doc_field(q, f, &scope,
		    last != NULL ? step_earlier(last, f, &scope) : NULL,
		    step_draft(drafts, f)));
		if (step_find_file(t->st, f->id) == f)
			doc_field_files(q, h, t, f, json_array_get(list, i));
		doc_row_files(q, h, t, f, json_array_get(list, i));
	}
	return list;
}

static json_t *
step_leads(const struct held *h, const struct token *t, const json_t *values,
    const struct world *w)
{
	char *to = engine_leads(h->ca, t, values, w), *at, *end;
	json_t *list = json_array();

	for (at = to; at != NULL && *at != '\0'; at = end) {
		end = at + strcspn(at, " ");
		json_array_append_new(list,
		    json_stringn(at, (size_t)(end - at)));
		end += strspn(end, " ");
	}
	free(to);
	return list;
}

json_t *
doc_live(struct req *q, const struct held *h, const struct token *t)
{
	json_t *list = json_array(), *drafts = step_drafts(q, h, t), *values, *o;
	const struct field *f;
	struct scope scope;
	struct world w;
	unsigned i;

	core_world(q->c, h->row.office, &w);
	values = step_values(q, h, t, &w, drafts);
	scope = (struct scope){ h->ca, values, &w, NULL };
	for (i = 0; i < t->st->fields_count; i++) {
		f = &t->st->fields[i];
		o = json_pack("{s:s, s:b, s:b}", "id", f->id, "required",
		    f->required != NULL && rule_is_true(f->required, &scope),
		    "applies", rule_is_true(f->applies, &scope));
		doc_reads(o, f, step_draft(drafts, f), &w);
		json_array_append_new(list, o);
	}
	return json_pack("{s:o, s:o}", "fields", list, "leads",
	    step_leads(h, t, values, &w));
}

json_t *
doc_step(struct req *q, struct held *h, const struct token *t)
{
	json_t *drafts = step_drafts(q, h, t), *o;
	const struct step *st = t->st;
	const struct field *answer;
	struct scan_list texts;
	json_t *values;
	struct world w;

	core_world(q->c, h->row.office, &w);
	values = step_values(q, h, t, &w, drafts);
	answer = st->kind != STEP_TASK || st->approval != NULL ?
	    step_answer(st) : NULL;
	o = doc_task(q, h, t);
	json_object_set(o, "do", json_object_get(o, "title"));
	json_object_set_new(o, "title", json_string(h->ca->p->title));
	json_object_set_new(o, "revision_of_manual",
	    json_string(h->ca->p->revision));
	json_object_set_new(o, "section", json_text(
	    st->section != NULL ? st->section->title : NULL));
	json_object_set_new(o, "question", json_text(
	    st->kind == STEP_DECISION ? st->title : NULL));
	json_object_set_new(o, "help", json_text(st->help));
	json_object_set_new(o, "note", json_text(st->note));
	json_object_set_new(o, "due_why", json_text(st->due_why));
	json_object_set_new(o, "rounds", json_integer(h->ca->rounds));
	json_object_set_new(o, "path", step_path(h->ca, t));
	json_object_set_new(o, "fields", step_fields(q, h, t, &w, drafts));
	json_object_set_new(o, "arms", step_arms(h, t, values, &w));
	json_object_set_new(o, "answer", json_text(
	    answer != NULL ? answer->id : NULL));
	json_object_set_new(o, "approval", step_approval(st, h->ca->p));
	json_object_set_new(o, "sign", sign_terms(q, h->ca, t));
	json_object_set_new(o, "effects", doc_effects(q, h));
	json_object_set_new(o, "asks", json_boolean(
	    step_find_waiting(st) != NULL));
	json_object_set_new(o, "transcribes", json_boolean(t->row == 0 &&
	    scan_find_list(h->ca->p, st, &texts)));
	json_object_set_new(o, "remarks", doc_remarks(q, h->ca));
	json_object_set_new(o, "verdicts", doc_verdicts(q, h->ca, t->row));
	json_object_set_new(o, "row_data",
	    step_row_data(q, h->ca, t->row, w.zone));
	json_object_set_new(o, "leads", step_leads(h, t, values,
	    &w));
	doc_files(q, h, t, &w, o);
	json_object_set(o, "drafted_by", json_object_get(drafts, " by"));
	json_object_set(o, "drafted_at", json_object_get(drafts, " at"));
	json_object_set_new(o, "texts", doc_texts(q, h, t));
	step_shown(q, h, t, w.zone, o);
	return o;
}
