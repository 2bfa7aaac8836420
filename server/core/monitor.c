/* SPDX-License-Identifier: ISC */
/* monitor.c - see monitor.h. */
#include "monitor.h"

#include "../engine/profile.h"

enum { CREDIT_BYTES = 300 };		/* where an agency is named: either end */

struct watch {
	char *office, *name;
	struct profile *profile;
};

struct monitor {
	struct stories *stories;
	struct watch *watches;
	size_t watches_count;
	json_int_t version;
};

void
monitor_free(struct monitor *m)
{
	size_t i;

	if (m == NULL)
		return;
	for (i = 0; i < m->watches_count; i++) {
		free(m->watches[i].office);
		free(m->watches[i].name);
		profile_free(m->watches[i].profile);
	}
	free(m->watches);
	stories_free(m->stories);
	free(m);
}

void
monitor_forget(struct core *c)
{
	monitor_free(c->monitor);
	c->monitor = NULL;
}

/* ---- made of the record ---- */

static int
monitor_on_profile(void *arg, const char *name, const char *value)
{
	const char *slash = strchr(name, '/');
	struct monitor *m = arg;
	struct profile *p;
	struct why why;
	uint8_t sum[HASH_SIZE];

	hash_two(&m->version, sizeof m->version, name, strlen(name), sum);
	hash_two(sum, sizeof sum, value, strlen(value), sum);
	memcpy(&m->version, sum, sizeof m->version);
	m->version &= 0x7fffffffffff;
	if (slash == NULL || profile_parse(value, &p, &why) < 0)
		return 0;
	m->watches = xrealloc(m->watches, m->watches_count + 1,
	    sizeof *m->watches);
	m->watches[m->watches_count++] = (struct watch){
		.office = xasprintf("%.*s", (int)(slash - name), name),
		.name = xstrdup(slash + 1), .profile = p };
	return 0;
}

static int
monitor_on_note(void *arg, const struct note_row *n)
{
	struct monitor *m = arg;
	struct sketch s;

	if (n->sketch_len != sizeof s)
		return 0;
	memcpy(&s, n->sketch, sizeof s);
	stories_add(m->stories, n->id, n->story, (struct when){ n->at }, &s);
	return 0;
}

static struct monitor *
monitor_get(struct core *c)
{
	struct monitor *m = c->monitor;

	if (m != NULL)
		return m;
	m = c->monitor = xcalloc(1, sizeof *m);
	m->stories = stories_new();
	(void)store_each_setting(c->store, PROFILE_SETTING,
	    monitor_on_profile, m);
	(void)store_each_sketch(c->store, core_now(c).s - STORY_DAYS * 86400,
	    monitor_on_note, m);
	return m;
}

json_int_t
monitor_version(struct core *c)
{
	return monitor_get(c)->version;
}

json_t *
setting_list(const struct world *w, const char *id)
{
	const char *s = w->setting(w->arg, id);
	json_t *list = json_array();
	size_t n;

	for (; s != NULL && *s != '\0'; s += n + strspn(s + n, ", ")) {
		n = strcspn(s, ",");
		json_array_append_new(list, json_stringn(s, n));
	}
	return list;
}

/* ---- stories ---- */

/* Offices have their own stories: the same text is another elsewhere. */
static void
sketch_salt(struct sketch *s, const char *office)
{
	uint8_t sum[HASH_SIZE];
	uint32_t salt;
	size_t i;

	hash_sha256(office, strlen(office), sum);
	memcpy(&salt, sum, sizeof salt);
	for (i = 0; i < SKETCH_SIZE; i++)
		s->v[i] ^= salt;
}

/* The words in which an agency may be named: who signs, and both ends. */
static void
credit_words(const char *author, const char *text, struct words *w, char **own)
{
	size_t n = strlen(text);

	own[0] = xasprintf("%.*s", CREDIT_BYTES, text);
	own[1] = xstrdup(n > CREDIT_BYTES ? text + n - CREDIT_BYTES : "");
	words_add(w, author);
	words_add_gap(w);
	words_add(w, own[0]);
	words_add_gap(w);
	words_add(w, own[1]);
}

/* Does a note name the agency? */
static bool
credit_is(const char *agency, const char *author, const char *text)
{
	char *quoted = xasprintf("\"%s\"", agency), *own[2];
	struct words w = { 0 };
	struct profile *p = NULL;
	struct why why;
	bool is = false;

	if (profile_parse(quoted, &p, &why) == 0) {
		credit_words(author, text, &w, own);
		is = profile_matches(p, &w, NULL);
		free(own[0]);
		free(own[1]);
	}
	words_clear(&w);
	profile_free(p);
	free(quoted);
	return is;
}

struct likeness {
	struct core *c;
	const struct note_row *note;
	json_t *doc;
};

/* The agency of the setting's list that both name. */
static void
likeness_agency(struct likeness *k, const struct note_row *other)
{
	json_t *list, *agency;
	const char *name;
	struct world w;
	size_t i;

	core_world(k->c, k->note->office, &w);
	list = setting_list(&w, "note_agencies");
	json_array_foreach(list, i, agency) {
		name = json_string_value(agency);
		if (credit_is(name, k->note->author, k->note->text) &&
		    credit_is(name, other->author, other->text))
			json_object_set(k->doc, "agency", agency);
	}
	json_decref(list);
}

static int
likeness_on_note(void *arg, const struct note_row *other)
{
	struct likeness *k = arg;
	int same, of;

	story_sentences(k->note->text, other->text, &same, &of);
	if (same == 0)
		story_sentences(k->note->title, other->title, &same, &of);
	else
		json_object_set_new(k->doc, "text", json_true());
	json_object_update_new(k->doc, json_pack("{s:I, s:i, s:i}", "note",
	    (json_int_t)other->id, "same", same, "of", of));
	likeness_agency(k, other);
	return 0;
}

void
monitor_tell(struct core *c, struct note_row *n, struct sketch *room)
{
	struct likeness k = { c, n, json_object() };
	int64_t like;

	n->story = 0;
	if (sketch_make(room, n->title, n->text)) {
		sketch_salt(room, n->office);
		n->sketch = room;
		n->sketch_len = sizeof *room;
		like = stories_find(monitor_get(c)->stories, room,
		    (struct when){ n->at }, &n->story);
		if (like != 0)
			(void)store_find_note(c->store, like,
			    likeness_on_note, &k);
	}
	n->alike = json_dumps(k.doc, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(k.doc);
}

void
monitor_keep(struct core *c, const struct note_row *n)
{
	struct sketch s;

	if (n->sketch_len != sizeof s)
		return;
	memcpy(&s, n->sketch, sizeof s);
	stories_add(monitor_get(c)->stories, n->id, n->story,
	    (struct when){ n->at }, &s);
}

/* ---- profiles ---- */

void
monitor_words(const char *title, const char *text, struct words *w)
{
	words_add(w, title);
	words_add_gap(w);
	words_add(w, text);
}

static json_t *
monitor_hit(const struct watch *watch, const struct profile_hit *hit)
{
	json_t *words = json_array();
	size_t i;

	for (i = 0; i < hit->count; i++)
		json_array_append_new(words, json_stringn(hit->v[i]->at,
		    hit->v[i]->len));
	return json_pack("{s:s, s:o}", "profile", watch->name, "words",
	    words);
}

json_t *
monitor_hits(struct core *c, const char *office, const char *title,
    const char *text)
{
	const struct monitor *m = monitor_get(c);
	json_t *hits = json_array();
	struct profile_hit hit;
	struct words w = { 0 };
	size_t i;

	monitor_words(title, text, &w);
	for (i = 0; i < m->watches_count; i++)
		if (strcmp(m->watches[i].office, office) == 0 &&
		    profile_matches(m->watches[i].profile, &w, &hit))
			json_array_append_new(hits,
			    monitor_hit(&m->watches[i], &hit));
	words_clear(&w);
	return json_pack("{s:I, s:o}", "v", m->version, "hits", hits);
}
