/* SPDX-License-Identifier: ISC */
/*
 * doc_field.c - FIELD and the procedure as data (docs/api.md): what a form
 * needs to know to ask.
 */
#include <assert.h>
#include <string.h>

#include "req.h"

static json_t *
doc_strings(char *const *list, unsigned n)
{
	json_t *a = json_array();
	unsigned i;

	for (i = 0; i < n; i++)
		json_array_append_new(a, json_string(list[i]));
	return a;
}

static json_t *
doc_number(const int64_t *n)
{
	return n != NULL ? json_integer(*n) : json_null();
}

/* scope NULL: the definition itself, with required and applies as written. */
static json_t *
doc_definition(const struct field *f, const struct scope *scope)
{
	json_t *o, *columns = json_array();
	bool needed;
	unsigned i;

	for (i = 0; i < f->columns_count; i++)
		json_array_append_new(columns,
		    doc_definition(&f->columns[i], scope));
	needed = f->required != NULL && strcmp(f->required, "no") != 0;
	o = json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:s?, s:s?, s:b}",
	    "id", f->id, "label", f->label, "type", field_type_name(f->type),
	    "choices", doc_strings(f->choices, f->choices_count), "columns",
	    columns, "min", doc_number(f->min), "max", doc_number(f->max),
	    "of", f->of, "help", f->help, "auto", f->automatic != NULL);
	assert(o != NULL);
	if (f->notes != NULL)
		json_object_set_new(o, "notes", json_string(f->notes));
	if (f->note != NULL)
		json_object_set_new(o, "note", json_string(f->note));
	if (scope == NULL) {
		json_object_set_new(o, "required", json_boolean(needed));
		json_object_set_new(o, "required_when",
		    needed && strcmp(f->required, "yes") != 0 ?
			json_string(f->required) : json_null());
	} else {
		json_object_set_new(o, "required", json_boolean(
		    needed && rule_is_true(f->required, scope)));
		json_object_set_new(o, "applies",
		    json_boolean(rule_is_true(f->applies, scope)));
	}
	return o;
}

/* An area may be any text; those of the institution are offered. */
static void
doc_offer_areas(json_t *choices, const struct institution *in)
{
	unsigned i;

	for (i = 0; in != NULL && i < in->areas_count; i++)
		json_array_append_new(choices, json_string(in->areas[i]));
}

/* A field that speaks of another's items offers those items. */
static void
doc_offer(const struct req *q, json_t *o, const struct field *f,
    const struct scope *scope)
{
	json_t *items, *item, *verdicts,
	       *choices = json_object_get(o, "choices");
	const struct field *list;
	size_t i;

	if (f->choices_count > 0)
		return;
	if (f->type == FIELD_AREA)
		doc_offer_areas(choices, q->c->institution);
	if (f->of == NULL)
		return;
	list = scope->ca == NULL ? NULL :
	    procedure_find_list(scope->ca->p, f->of);
	items = json_object_get(scope->values, f->of);
	verdicts = f->verdicts == NULL ? NULL :
	    json_object_get(scope->values, f->verdicts);
	json_array_foreach(items, i, item)
		if (f->verdicts == NULL || value_approves(verdicts, i + 1))
			json_array_append_new(choices,
			    json_string(value_item_name(list, item)));
}

static void
doc_offers(const struct req *q, json_t *o, const struct field *f,
    const struct scope *scope)
{
	unsigned i;

	doc_offer(q, o, f, scope);
	for (i = 0; i < f->columns_count; i++)
		doc_offer(q, json_array_get(json_object_get(o, "columns"), i),
		    &f->columns[i], scope);
}

/* The role of whoever a person field chooses: later steps are assigned by it. */
static const char *
doc_taker(const struct field *f, const struct scope *scope)
{
	const struct procedure *p;
	const char *const *roles;
	unsigned i, n;

	if (f->type != FIELD_PERSON || scope->ca == NULL)
		return NULL;
	p = scope->ca->p;
	for (i = 0; i < p->steps_count; i++)
		if (p->steps[i].assign != NULL &&
		    p->steps[i].assign[0] == ':' &&
		    strcmp(p->steps[i].assign + 1, f->id) == 0) {
			roles = step_roles(&p->steps[i], &n);
			return n > 0 ? roles[0] : NULL;
		}
	return NULL;
}

void
doc_reads(json_t *o, const struct field *f, const char *draft,
    const struct world *w)
{
	struct why why;
	json_t *value;
	char *text;

	if ((f->type != FIELD_DATE && f->type != FIELD_DATETIME &&
		f->type != FIELD_TIME) || draft == NULL || *draft == '\0')
		return;
	if (value_parse(f, draft, w, &value, &why) < 0) {
		json_object_set_new(o, "reads", json_string(""));
		return;
	}
	text = value_text(f, value, w->zone);
	json_object_set_new(o, "reads", json_string(text));
	free(text);
	json_decref(value);
}

json_t *
doc_field(struct req *q, const struct field *f, const struct scope *scope,
    const json_t *value, const char *draft)
{
	json_t *o = doc_definition(f, scope), *preset = NULL;
	char *text;

	doc_offers(q, o, f, scope);
	if (doc_taker(f, scope) != NULL)
		json_object_set_new(o, "of", json_text(doc_taker(f, scope)));
	json_object_set_new(o, "value", value != NULL ?
	    json_deep_copy(value) : json_null());
	json_object_set_new(o, "draft", json_text(draft));
	doc_reads(o, f, draft, scope->w);
	text = value != NULL && !json_is_null(value) ?
	    req_text(q, value_text(f, value, scope->w->zone)) : NULL;
	json_object_set_new(o, "text", json_text(text));
	if (f->preset != NULL) {
		preset = rule_eval(f->preset, scope);
		if (f->type == FIELD_YESNO && json_is_integer(preset))
			json_object_set_new(o, "preset",
			    json_string(json_integer_value(preset) != 0 ?
				"sí" : "no"));
		else
			json_object_set(o, "preset", preset);
		json_decref(preset);
	} else
		json_object_set_new(o, "preset", json_null());
	return o;
}

static json_t *
doc_arms(const struct arm *next, unsigned n)
{
	json_t *a = json_array();
	unsigned i;

	for (i = 0; i < n; i++)
		json_array_append_new(a, json_pack(
		    "{s:o, s:s?, s:s?, s:s?, s:b, s:b}", "to",
		    doc_strings(next[i].to, next[i].to_count), "when",
		    next[i].when, "label", next[i].label, "each",
		    next[i].each, "jump", next[i].jump, "returns",
		    next[i].returns));
	return a;
}

static json_t *
doc_definition_step(const struct step *st)
{
	json_t *fields = json_array(), *list = json_array(), *o;
	const char *const *roles;
	unsigned i, n;

	roles = step_roles(st, &n);
	for (i = 0; i < st->fields_count; i++)
		json_array_append_new(fields,
		    doc_definition(&st->fields[i], NULL));
	for (i = 0; i < n; i++)
		json_array_append_new(list, json_string(roles[i]));
	o = json_pack("{s:s, s:s, s:s?, s:s?, s:s?, s:o, s:o, s:o, s:o, s:s?,"
		      " s:s?, s:s?, s:b}",
	    "number", st->number, "kind", step_kind_name(st->kind), "section",
	    st->section != NULL ? st->section->title : NULL, "title",
	    st->instruction != NULL ? st->instruction : st->title, "role",
	    n > 0 ? roles[0] : NULL, "roles", list, "fields", fields,
	    "records", doc_strings(st->records, st->records_count), "next",
	    doc_arms(st->next, st->next_count), "applies", st->applies,
	    "otherwise", st->otherwise, "note", st->note, "inherits",
	    st->roles_count == 0 && n > 0);
	assert(o != NULL);
	if (st->kind == STEP_DECISION)
		json_object_set_new(o, "question", json_string(st->title));
	if (st->approval != NULL) {
		json_object_set_new(o, "approval", json_string(st->approval->id));
		json_object_set_new(o, "assurance", json_string(
		    assurance_name(st->approval->assurance)));
	}
	return o;
}

static json_t *
doc_records(const struct procedure *p)
{
	json_t *a = json_array();
	const struct record *r;
	unsigned i;

	for (i = 0; i < p->records_count; i++) {
		r = &p->records[i];
		json_array_append_new(a, json_pack(
		    "{s:s, s:s?, s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:b}",
		    "number", r->number, "id", r->id, "name", r->name,
		    "keeper", r->keeper, "medium", r->medium, "retention",
		    r->retention, "place", r->place, "disposition",
		    r->disposition, "working", r->working));
	}
	return a;
}

json_t *
doc_annexes(const struct procedure *p)
{
	json_t *a = json_array();
	unsigned i;

	for (i = 0; i < p->annexes_count; i++)
		json_array_append_new(a, json_pack("{s:s, s:s}", "code",
		    p->annexes[i].code, "title", p->annexes[i].title));
	return a;
}

/* Terms, annexes, signatures: what a manual has beside its steps. */
static void
doc_matter(json_t *o, const struct procedure *p)
{
	json_t *terms = json_array(), *signatures = json_array();
	unsigned i;

	for (i = 0; i < p->definitions_count; i++)
		json_array_append_new(terms, json_pack("{s:s, s:s}", "term",
		    p->definitions[i].term, "meaning",
		    p->definitions[i].meaning));
	for (i = 0; i < p->signatures_count; i++)
		json_array_append_new(signatures, json_pack("{s:s, s:s}",
		    "act", p->signatures[i].act, "role",
		    p->signatures[i].role));
	json_object_set_new(o, "definitions", terms);
	json_object_set_new(o, "annexes", doc_annexes(p));
	json_object_set_new(o, "signatures", signatures);
}

json_t *
doc_procedure(const struct procedure *p)
{
	json_t *steps = json_array(), *policies = json_array(),
	       *settings = json_array(), *indicators = json_array(), *o;
	unsigned i;

	for (i = 0; i < p->steps_count; i++)
		json_array_append_new(steps,
		    doc_definition_step(&p->steps[i]));
	for (i = 0; i < p->policies_count; i++)
		json_array_append_new(policies, json_pack("{s:s, s:s, s:o}",
		    "id", p->policies[i].id, "text", p->policies[i].text,
		    "steps", doc_strings(p->policies[i].steps,
				 p->policies[i].steps_count)));
	for (i = 0; i < p->settings_count; i++)
		json_array_append_new(settings, json_pack(
		    "{s:s, s:s?, s:s?, s:s?}", "id", p->settings[i].id,
		    "default", p->settings[i].initial, "text",
		    p->settings[i].text, "source", p->settings[i].source));
	for (i = 0; i < p->indicators_count; i++)
		json_array_append_new(indicators, json_pack("{s:s, s:s?}",
		    "id", p->indicators[i].id, "printed",
		    p->indicators[i].printed));
	o = json_pack("{s:s, s:s, s:s?, s:s, s:s?, s:s?, s:s?, s:s?, s:s?,"
		      " s:o, s:o, s:o, s:o, s:o}",
	    "code", p->code, "revision", p->revision, "issued_on",
	    p->issued_on, "title", p->title, "brief", p->brief, "objective",
	    p->objective, "scope", p->scope, "product", p->product, "client",
	    p->client, "policies", policies, "steps", steps, "records",
	    doc_records(p), "settings", settings, "indicators", indicators);
	assert(o != NULL);
	doc_matter(o, p);
	return o;
}
