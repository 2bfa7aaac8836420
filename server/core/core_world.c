/* SPDX-License-Identifier: ISC */
/*
 * core_world.c - what the engine and the documents may ask of the office: the
 * value of a setting, a counter, who somebody is, which definition is in force.
 */
#include "req.h"

static const char *
core_setting(void *arg, const char *id)
{
	const struct core *c = arg;
	const char *value;
	size_t i;

	value = json_string_value(json_object_get(c->settings, id));
	for (i = c->procedures_count; value == NULL && i-- > 0;)
		value = setting_initial(c->procedures[i]->settings,
		    c->procedures[i]->settings_count, id);
	if (value == NULL && c->institution != NULL)
		value = setting_initial(c->institution->settings,
		    c->institution->settings_count, id);
	return value;
}

static int64_t
core_counter(void *arg, const char *name)
{
	const struct core *c = arg;

	return store_find_counter(c->store, name);
}

static bool
core_is_person(void *arg, const char *login)
{
	return access_is_active(arg, login);
}

static const char *
core_world_name(void *arg, const char *login)
{
	return core_person_name(arg, login);
}

void
core_world(struct core *c, const char *office, struct world *w)
{
	const struct office *o = institution_find_office(c->institution,
	    office);

	memset(w, 0, sizeof *w);
	w->now = core_now(c);
	w->zone = o != NULL ? o->zone : "America/Mexico_City";
	w->calendar = c->calendar;
	w->calendar_before = c->calendar_before;
	w->rules = c->rules;
	w->institution = c->institution;
	w->setting = core_setting;
	w->counter = core_counter;
	w->is_person = core_is_person;
	w->person_name = core_world_name;
	w->addresses = core_addresses;
	w->arg = c;
}

const struct procedure *
core_find_procedure(const struct core *c, const char *code,
    const char *revision)
{
	size_t i;

	for (i = 0; i < c->procedures_count; i++)
		if (strcmp(c->procedures[i]->code, code) == 0 &&
		    (revision != NULL ?
			strcmp(c->procedures[i]->revision, revision) == 0 :
			c->current[i]))
			return c->procedures[i];
	return NULL;
}

const char *
core_person_name(const struct core *c, const char *login)
{
	const char *name;

	if (login == NULL)
		return NULL;
	name = json_string_value(json_object_get(
	    json_object_get(c->people, login), "name"));
	return name != NULL ? name : login;
}

const char *
core_role_brief(const struct core *c, const char *role)
{
	const struct role *r;

	if (role == NULL)
		return NULL;
	r = institution_find_role(c->institution, role);
	return r != NULL && r->brief != NULL ? r->brief : role;
}

const char *
core_role_title(const struct core *c, const char *role)
{
	const struct role *r;

	if (role == NULL)
		return NULL;
	r = institution_find_role(c->institution, role);
	return r != NULL ? r->title : role;
}
