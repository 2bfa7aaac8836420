/* SPDX-License-Identifier: ISC */
/*
 * cmd_notes.c - notas: the shared inbox of an office, filtered; perfil and
 * perfiles: what the unit looks for in it.
 */
#include "../../proto/text.h"
#include "../engine/profile.h"
#include "../store/search.h"
#include "inbox.h"

/* Rows of an answer; days back by itself and at most; steps of the index. */
enum { NOTES_MOST = 300, NOTES_DAYS = 3, NOTES_DAYS_MOST = 366,
	NOTES_STEPS = 400, PROFILE_NAME = 60, PROFILES_MOST = 100 };

struct listing {
	struct req *q;
	const char *office, *state;
	const char *kind, *topic, *scope, *tone, *profile, *login;
	int64_t from, to;
	struct profile *text;		/* what it must say, or NULL */
	json_t *notes;
	bool more;
};

/* ---- profiles ---- */

struct profiles {
	const char *office;
	json_t *list;
};

static int
profiles_on_setting(void *arg, const char *name, const char *value)
{
	struct profiles *p = arg;
	size_t n = strlen(p->office);

	if (*value != '\0' && strncmp(name, p->office, n) == 0 &&
	    name[n] == '/')
		json_array_append_new(p->list, json_pack("{s:s, s:s}", "name",
		    name + n + 1, "search", value));
	return 0;
}

static json_t *
profiles_of(struct req *q, const char *office)
{
	struct profiles p = { office, json_array() };

	(void)store_each_setting(q->c->store, PROFILE_SETTING,
	    profiles_on_setting, &p);
	return p.list;
}

/* ---- filters ---- */

static bool
listing_likes(const char *asked, const char *is)
{
	return asked == NULL || text_like(asked, is);
}

static bool
listing_says(const struct listing *l, const struct note_row *n)
{
	struct words w = { 0 };
	bool says;

	if (l->text == NULL)
		return true;
	monitor_words(n->title, n->text, &w);
	says = profile_matches(l->text, &w, NULL);
	words_clear(&w);
	return says;
}

/* "" asks for any of them. */
static bool
listing_concerns(const struct listing *l, const json_t *doc)
{
	const json_t *hits = json_object_get(doc, "hits"), *hit;
	size_t i;

	if (l->profile == NULL)
		return true;
	json_array_foreach((json_t *)hits, i, hit)
		if (*l->profile == '\0' || text_like(l->profile,
		    json_string_value(json_object_get(hit, "profile"))))
			return true;
	return false;
}

static bool
listing_wants(const struct listing *l, const struct note_row *n)
{
	const struct mark_row *m = &n->mark;

	return strcmp(n->office, l->office) == 0 && n->at >= l->from &&
	    n->at < l->to &&
	    (l->state == NULL || strcmp(l->state, m->state) == 0) &&
	    listing_likes(l->kind, m->kind) &&
	    listing_likes(l->topic, m->topic) &&
	    listing_likes(l->scope, m->scope) &&
	    listing_likes(l->tone, m->tone) &&
	    (l->login == NULL || strcmp(l->login, m->login) == 0 ||
		strcmp(l->login, n->holder) == 0) && listing_says(l, n);
}

static int
listing_on_note(void *arg, const struct note_row *n)
{
	struct listing *l = arg;
	json_t *doc;

	if (n->at < l->from)
		return 1;		/* so are those that follow */
	if (!listing_wants(l, n))
		return 0;
	doc = doc_note(l->q, n, false);
	if (!listing_concerns(l, doc)) {
		json_decref(doc);
		return 0;
	}
	l->more = json_array_size(l->notes) == NOTES_MOST;
	if (l->more)
		json_decref(doc);
	else
		json_array_append_new(l->notes, doc);
	return l->more;
}

static int
listing_on_found(void *arg, int64_t id)
{
	struct listing *l = arg;
	int r = store_find_note(l->q->c->store, id, listing_on_note, l);

	return r == 1;
}

/* ---- what is asked ---- */

static int
listing_state(struct listing *l)
{
	static const struct {
		const char *word, *state;
	} states[] = {
		{ "nueva", "new" }, { "recogida", "taken" },
		{ "comentario", "comment" }, { "descartada", "discarded" },
		{ "todas", NULL },
	};
	const char *asked = req_take(l->q, "estado");
	size_t i;

	l->state = "new";
	for (i = 0; asked != NULL && i < ARRAY_LEN(states); i++)
		if (text_like(states[i].word, asked)) {
			l->state = states[i].state;
			return 0;
		}
	return asked == NULL ? 0 : why_set(&l->q->why, ERR_USAGE, "«estado» "
	    "es nueva, recogida, comentario, descartada o todas.");
}

static int
listing_day(struct listing *l, const char *day)
{
	struct when from, to;
	char after[11];
	struct world w;
	int r;

	if ((r = inbox_day(l->q, l->office, "dia", day, &day)) < 0)
		return r;
	if (*day == '\0')
		return why_set(&l->q->why, ERR_USAGE, "Diga qué día: dia=hoy.");
	core_world(l->q->c, l->office, &w);
	calendar_add(day, 1, after);
	(void)calendar_instant(w.zone, day, "00:00", &from);
	(void)calendar_instant(w.zone, after, "00:00", &to);
	l->from = from.s;
	l->to = to.s;
	return 0;
}

static int
listing_span(struct listing *l)
{
	const char *day = req_take(l->q, "dia");
	const char *days = req_take(l->q, "dias");
	long n = NOTES_DAYS;
	char *end;

	if (day != NULL)
		return listing_day(l, day);
	if (days != NULL) {
		n = *days >= '0' && *days <= '9' ? strtol(days, &end, 10) : 0;
		if (n < 1 || n > NOTES_DAYS_MOST || *end != '\0')
			return why_set(&l->q->why, ERR_USAGE,
			    "«dias» es un número de 1 a %d.", NOTES_DAYS_MOST);
	}
	l->from = l->q->now.s - n * 86400;
	l->to = INT64_MAX;
	return 0;
}

static int
listing_read(struct listing *l)
{
	const char *text;
	int r;

	if ((r = inbox_office(l->q, &l->office)) < 0 ||
	    (r = listing_state(l)) < 0 || (r = listing_span(l)) < 0)
		return r;
	l->kind = req_take(l->q, "tipo");
	l->topic = req_take(l->q, "tema");
	l->scope = req_take(l->q, "ámbito");
	l->tone = req_take(l->q, "tono");
	l->profile = req_take(l->q, "perfil");
	l->login = l->q->flags & FLAG_MINE ? l->q->actor.login : NULL;
	text = req_take(l->q, "texto");
	if ((r = req_all_used(l->q)) < 0)
		return r;
	return text == NULL ? 0 : profile_parse(text, &l->text, &l->q->why);
}

/* By the index of the words; the walk is for what no index narrows. */
static int
listing_search(struct listing *l)
{
	char *expression = req_text(l->q, profile_index(l->text));
	int r = 1, i;

	for (i = 0; i < NOTES_STEPS && r > 0; i++)
		r = feed_step(l->q->c, &l->q->why);
	if (r < 0)
		return r;
	return search_notes(feed_search(l->q->c), expression,
	    listing_on_found, l, &l->q->why) < 0 ? -ERR_UNAVAILABLE : 0;
}

int
cmd_notas(struct req *q)
{
	struct listing l = { .q = q, .notes = json_array() };
	int r;

	json_object_set_new(q->out, "notes", l.notes);
	if ((r = listing_read(&l)) < 0)
		return r;
	if (l.text != NULL)
		r = listing_search(&l);
	else
		(void)store_each_note(q->c->store, l.office, l.from, l.to,
		    l.state, listing_on_note, &l);
	profile_free(l.text);
	json_object_update_new(q->out, json_pack("{s:b, s:s, s:b, s:o, s:o}",
	    "more", l.more, "office", l.office, "can", inbox_may(q, l.office),
	    "choices", doc_note_choices(q, l.office), "profiles",
	    profiles_of(q, l.office)));
	return r;
}

/* ---- verbs on profiles ---- */

int
cmd_perfiles(struct req *q)
{
	const char *office;
	int r;

	if ((r = inbox_office(q, &office)) < 0 || (r = req_all_used(q)) < 0)
		return r;
	json_object_set_new(q->out, "office", json_string(office));
	json_object_set_new(q->out, "profiles", profiles_of(q, office));
	return 0;
}

/* The name as another has it, whatever its accents: one that is changed. */
static const char *
profile_name(struct req *q, const char *office, const char *asked)
{
	json_t *list = req_json(q, profiles_of(q, office)), *one;
	const char *name;
	size_t i;

	json_array_foreach(list, i, one) {
		name = json_string_value(json_object_get(one, "name"));
		if (text_like(name, asked))
			return name;
	}
	return json_array_size(list) < PROFILES_MOST ? asked : NULL;
}

int
cmd_perfil(struct req *q)
{
	const char *search = req_take(q, "busca"), *office, *name;
	struct profile *p = NULL;
	int r;

	if ((r = inbox_office(q, &office)) < 0 || (r = req_all_used(q)) < 0)
		return r;
	if (search == NULL)
		return why_set(&q->why, ERR_USAGE,
		    "Diga qué busca: busca='isssteson O \"casa de la salud\"'; "
		    "vacío, el perfil se quita.");
	if (!inbox_may(q, office))
		return why_set(&q->why, ERR_REFUSED, "Su cargo no cambia los "
		    "perfiles de esta oficina.");
	if (strlen(q->pos[0]) > PROFILE_NAME || strchr(q->pos[0], '/') != NULL)
		return why_set(&q->why, ERR_USAGE, "El nombre de un perfil "
		    "lleva hasta %d letras y no lleva «/».", PROFILE_NAME);
	if ((name = profile_name(q, office, q->pos[0])) == NULL)
		return why_set(&q->why, ERR_REFUSED, "Caben %d perfiles: "
		    "quite alguno.", PROFILES_MOST);
	if (*search != '\0' && (r = profile_parse(search, &p, &q->why)) < 0)
		return r;
	profile_free(p);
	r = act_office(q, "setting.set", req_json(q, json_pack(
	    "{s:s, s:s, s:s}", "kind", PROFILE_SETTING, "name",
	    req_text(q, xasprintf("%s/%s", office, name)), "value", search)));
	core_touch_list(q->c, "notas", office);
	json_object_set_new(q->out, "profiles", profiles_of(q, office));
	return r;
}
