/* SPDX-License-Identifier: ISC */
/*
 * core.c - the record opened and everything read from it that is asked often:
 * definitions, settings, people, the calendar.  Start reading here, then at
 * command.c for what may be asked and act.c for how anything changes.
 */
#include "core.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../conf.h"
#include "copy.h"
#include "facts.h"
#include "scan.h"
#include "paper.h"
#include "preview.h"
#include "req.h"
#include "seal.h"
#include "shelf.h"
#include "tray.h"

json_t *
json_text(const char *s)
{
	return s != NULL ? json_string(s) : json_null();
}

json_t *
json_when(struct when t)
{
	char text[WHEN_TEXT];

	return t.s != 0 ? json_string(when_text(t, text)) : json_null();
}

const char *
token_ref(const struct token *t, char out[24])
{
	if (t->row > 0)
		(void)snprintf(out, 24, "%.12s#%d", t->st->number, t->row);
	else
		(void)snprintf(out, 24, "%.12s", t->st->number);
	return out;
}

struct when
core_now(const struct core *c)
{
	if (c->clock_stopped != 0)
		return (struct when){ c->clock_stopped };
	return (struct when){ (int64_t)time(NULL) + c->clock_moved };
}

/* ---- reading what is asked often ---- */

static int
core_on_procedure(void *arg, const struct procedure_row *row)
{
	struct core *c = arg;
	struct procedure *p;
	struct buf faults;
	size_t i;

	for (i = 0; i < c->procedures_count; i++)
		if (strcmp(c->procedures[i]->code, row->code) == 0 &&
		    strcmp(c->procedures[i]->revision, row->revision) == 0) {
			c->current[i] = row->current;
			return 0;
		}
	buf_init(&faults, FRAME_MAX);
	if (procedure_load(row->file, row->source, &p, &faults) < 0) {
		log_at(LOG_WARN, "procedure=%s faults=%s", row->code,
		    buf_str(&faults));
		buf_clear(&faults);
		return 0;
	}
	buf_clear(&faults);
	i = c->procedures_count++;
	c->procedures = xrealloc(c->procedures, i + 1, sizeof *c->procedures);
	c->current = xrealloc(c->current, i + 1, sizeof *c->current);
	c->procedures[i] = p;
	c->current[i] = row->current;
	return 0;
}

static int
core_on_setting(void *arg, const char *name, const char *value)
{
	struct core *c = arg;

	json_object_set_new(c->settings, name, json_string(value));
	return 0;
}

static int
core_on_person(void *arg, const struct person_row *row)
{
	struct core *c = arg;

	json_object_set_new(c->people, row->login, json_pack("{s:s, s:b}",
	    "name", row->name, "active", row->active));
	return 0;
}

static int
core_read_institution(struct core *c, struct why *why)
{
	struct institution *in;
	struct buf faults;
	char *text;
	int r = 0;

	text = store_find_setting(c->store, "institution", "institution");
	if (text == NULL)
		return 0;	/* a folder being initialised */
	buf_init(&faults, FRAME_MAX);
	if (institution_load("institution.yaml", text, &in, &faults) < 0) {
		r = why_set(why, ERR_SYSTEM, "%s", buf_str(&faults));
	} else {
		institution_free(c->institution);
		c->institution = in;
	}
	buf_clear(&faults);
	free(text);
	return r;
}

static int
core_read_calendar(struct core *c, struct why *why)
{
	struct calendar *cal;
	char *text;
	int r;

	text = store_find_setting(c->store, "calendar", "calendar");
	if (text == NULL)
		return 0;
	if ((r = calendar_load(text, &cal, why)) == 0) {
		calendar_free(c->calendar);
		c->calendar = cal;
	}
	free(text);
	return r;
}

int
core_reload(struct core *c, struct why *why)
{
	int r;

	if ((r = core_read_institution(c, why)) < 0 ||
	    (r = core_read_calendar(c, why)) < 0)
		return r;
	json_object_clear(c->settings);
	json_object_clear(c->people);
	json_object_clear(c->origins);
	json_object_clear(c->stood);
	(void)store_each_setting(c->store, "setting", core_on_setting, c);
	(void)store_each_person(c->store, core_on_person, c);
	(void)store_each_procedure(c->store, core_on_procedure, c);
	return 0;
}

static int
core_on_last(void *arg, const struct entry *e)
{
	struct when *last = arg;
	json_t *body = e->body != NULL ? json_loads(e->body, 0, NULL) : NULL;
	const char *at = json_string_value(json_object_get(body, "at"));

	if (at != NULL)
		(void)when_parse(at, last);
	json_decref(body);
	return 1;
}

/* A test clock begins where it is told, and never before the last event. */
static int
core_set_clock(struct core *c, const char *begin, struct why *why)
{
	struct when now = core_now(c), first = now, last = { 0 };
	int r;

	if (*begin != '\0' && when_parse(begin, &first) < 0)
		return why_set(why, ERR_USAGE,
		    "test_now no es una hora UTC: «%s».", begin);
	if ((r = store_each(c->store, core_seq(c), core_on_last, &last,
		 why)) < 0)
		return r;
	if (last.s > first.s)
		first = last;
	c->clock_moved = first.s - now.s;
	return 0;
}

static int
core_configure(struct core *c, struct why *why)
{
	struct conf conf;
	char *path = xasprintf("%s/pautad.conf", c->dir);
	int r;

	if ((r = conf_read(path, &conf, why)) == 0)
		c->test_clock = conf.test_clock;
	c->disk_reserve = conf.disk_reserve << 20;
	if (r == 0 && c->test_clock)
		r = core_set_clock(c, conf.test_now, why);
	free(path);
	return r;
}

/* A record of an older schema is given with its views empty. */
static int
core_fill_views(struct core *c, struct why *why)
{
	return store_is_open(c->store) ? project_fill(c, why) : 0;
}

/* A document that lost a member in silence would be written as it is. */
static void *
core_alloc(size_t n)
{
	return xrealloc(NULL, n, 1);
}

int
core_open(const char *dir, struct core **out, struct why *why)
{
	struct core *c = xcalloc(1, sizeof *c);
	char *path = xasprintf("%s/pauta.db", dir);
	int r;

	json_set_alloc_funcs(core_alloc, free);
	c->dir = xstrdup(dir);
	c->settings = json_object();
	c->people = json_object();
	c->origins = json_object();
	c->stood = json_object();
	c->touched = json_object();
	c->blobs_doomed = json_array();
	c->rules = rules_new();
	c->log_most = LOG_MOST_PAGES;
	if ((r = store_open(path, STORE_CREATE, &c->store, why)) == 0 &&
	    (r = core_fill_views(c, why)) == 0 &&
	    (r = core_configure(c, why)) == 0 &&
	    (r = seal_open(c->store, dir, &c->seal, why)) == 0 &&
	    (r = core_reload(c, why)) == 0) {
		*out = c;
		c = NULL;
	}
	free(path);
	core_free(c);
	return r;
}

int
core_probe(const char *dir, struct why *why)
{
	char *path = xasprintf("%s/pauta.db", dir);
	struct store *s = NULL;
	int r = store_open(path, 0, &s, why);

	store_free(s);
	free(path);
	return r;
}

void
core_free(struct core *c)
{
	size_t i;

	if (c == NULL)
		return;
	while (c->held_count > 0)
		case_drop(c, c->held[0]);
	free(c->held);
	for (i = 0; i < c->procedures_count; i++)
		procedure_free(c->procedures[i]);
	free(c->procedures);
	free(c->current);
	institution_free(c->institution);
	calendar_free(c->calendar);
	rules_free(c->rules);
	if (c->seal != NULL && !c->broken)
		seal_keep(c->seal, c->store);
	seal_free(c->seal);
	feed_free(c->feed);
	preview_clear(c);
	paper_clear(c);
	tray_clear(c);
	copy_forget(c);
	facts_clear(c);
	scan_clear(c);
	shelf_clear(c);
	monitor_forget(c);
	store_free(c->store);
	json_decref(c->settings);
	json_decref(c->people);
	json_decref(c->origins);
	json_decref(c->stood);
	json_decref(c->touched);
	json_decref(c->blobs_doomed);
	free(c->dir);
	free(c);
}

/* ---- turns: see turn.c ---- */

bool
core_feed(struct core *c)
{
	struct why why;

	if (c->broken || store_is_open(c->store))
		return false;
	if (feed_step(c, &why) > 0)
		return true;
	scan_step(c);
	return shelf_step(c);
}

void
core_touch(struct core *c, const char *folio, const char *office)
{
	json_object_set_new(c->touched, folio, json_string(office));
}

void
core_touch_list(struct core *c, const char *list, const char *office)
{
	char *name = xasprintf("%s@%s", list, office);

	core_touch(c, name, office);
	free(name);
}

bool
core_has_touched(const struct core *c)
{
	return json_object_size(c->touched) > 0;
}

json_t *
core_touched(struct core *c, const char *login)
{
	struct caller who = { .login = login };
	struct req q = { .c = c, .who = &who, .now = core_now(c) };
	const char *folio;
	json_t *out, *office;
	size_t i, n = 0;

	if (json_object_size(c->touched) > TOUCHED_LOOKED)
		return NULL;
	out = json_array();
	if (!core_has_touched(c))
		return out;
	access_load(&q);
	json_object_foreach(c->touched, folio, office)
		if (n <= TOUCHED_MOST && access_sees_folio(&q,
			json_string_value(office), folio) &&
		    n++ < TOUCHED_MOST)
			json_array_append_new(out, json_string(folio));
	for (i = 0; i < q.kept_count; i++)
		free(q.kept[i]);
	free(q.kept);
	access_clear(&q);
	if (n <= TOUCHED_MOST)
		return out;
	json_decref(out);
	return NULL;
}

void
core_forget_touched(struct core *c)
{
	json_object_clear(c->touched);
}

int64_t
core_seq(const struct core *c)
{
	return store_next_seq(c->store) - 1;
}

/* ---- who may come in ---- */

struct key_search {
	uint8_t fingerprint[HASH_SIZE];
	bool found;
};

static int
core_on_key(void *arg, const struct key_row *row)
{
	struct key_search *k = arg;

	if (row->revoked == 0 &&
	    memcmp(row->fingerprint, k->fingerprint, HASH_SIZE) == 0)
		k->found = true;
	return k->found;
}

bool
core_rights_moved(struct core *c)
{
	bool moved = c->rights_moved;

	c->rights_moved = false;
	return moved;
}

bool
core_key_is_known(struct core *c, const char *login, const uint8_t *blob,
    size_t len)
{
	struct key_search k = { .found = false };

	hash_sha256(blob, len, k.fingerprint);
	(void)store_each_key(c->store, login, core_on_key, &k);
	return k.found && access_is_active(c, login);
}

const char *
core_lang(struct core *c, const char *login, const char *asked)
{
	char *chosen = store_find_pref(c->store, login, "language");
	bool english = strncmp(chosen == NULL || strcmp(chosen, "auto") == 0 ?
	    asked : chosen, "en", 2) == 0;

	free(chosen);
	return english ? "en" : "es";
}

bool
core_prefs_moved(struct core *c)
{
	bool moved = c->prefs_moved;

	c->prefs_moved = false;
	return moved;
}

json_t *
core_welcome(struct core *c, const char *login)
{
	struct caller who = { .login = login };
	struct req q = { .c = c, .who = &who, .now = core_now(c) };
	const struct role *role = NULL;
	const char *office = "";
	struct world w;
	char *place, *chosen;
	json_t *me, *prefs;
	size_t i;

	access_load(&q);
	if (q.actor.grants_count > 0) {
		role = institution_find_role(c->institution,
		    q.grants[0].role);
		office = q.grants[0].office;
	}
	core_world(c, office, &w);
	place = store_find_place(c->store, login);
	prefs = prefs_chosen(&q);
	chosen = json_dumps(prefs, JSON_COMPACT);
	me = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "login",
	    login,
	    "name", q.actor.name, "role", role != NULL ? role->brief : "",
	    "office", office, "institution",
	    c->institution != NULL ? c->institution->name : "", "place",
	    place != NULL ? place : "", "zone", w.zone, "preferences",
	    chosen, "installation",
	    c->seal != NULL ? seal_installation(c->seal) : "");
	json_decref(prefs);
	free(chosen);
	free(place);
	for (i = 0; i < q.kept_count; i++)
		free(q.kept[i]);
	free(q.kept);
	access_clear(&q);
	return me;
}
