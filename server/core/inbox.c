/* SPDX-License-Identifier: ISC */
/*
 * inbox.c - see inbox.h.  Who works with notes is whoever may do a step that
 * takes them, and who supervises the office: no role is named here.
 */
#include "inbox.h"

#include "../../proto/text.h"

/* ---- whose, and who ---- */

static bool
step_takes_notes(const struct step *st)
{
	unsigned i;

	for (i = 0; i < st->fields_count; i++)
		if (st->fields[i].notes != NULL)
			return true;
	return false;
}

bool
inbox_does_step(const struct req *q, const struct step *st,
    const char *office)
{
	const char *const *roles;
	unsigned i, n;

	roles = step_roles(st, &n);
	for (i = 0; i < n; i++)
		if (access_has_role(q, roles[i], office))
			return true;
	return false;
}

static bool
inbox_supervises(const struct req *q, const char *office)
{
	const struct role *role;
	unsigned i;

	for (i = 0; i < q->c->institution->roles_count; i++) {
		role = &q->c->institution->roles[i];
		if (role->board && role->business &&
		    access_has_role(q, role->id, office))
			return true;
	}
	return false;
}

bool
inbox_may(const struct req *q, const char *office)
{
	const struct procedure *p;
	unsigned k;
	size_t i;

	for (i = 0; i < q->c->procedures_count; i++) {
		p = q->c->procedures[i];
		for (k = 0; q->c->current[i] && k < p->steps_count; k++)
			if (step_takes_notes(&p->steps[k]) &&
			    inbox_does_step(q, &p->steps[k], office))
				return true;
	}
	return q->c->institution != NULL && inbox_supervises(q, office);
}

int
inbox_office(struct req *q, const char **office)
{
	const char *asked = req_take(q, "oficina");
	size_t i;

	*office = asked;
	for (i = 0; asked == NULL && i < q->actor.grants_count; i++)
		if (*office == NULL ||
		    (!inbox_may(q, *office) &&
			inbox_may(q, q->actor.grants[i].office)))
			*office = q->actor.grants[i].office;
	if (*office != NULL && access_sees_office(q, *office))
		return 0;
	return why_set(&q->why, ERR_NOT_FOUND,
	    "No hay un monitoreo de notas a su alcance en la oficina «%.40s».",
	    *office != NULL ? *office : "");
}

int
inbox_day(struct req *q, const char *office, const char *label,
    const char *text, const char **day)
{
	struct field f = { .id = (char[]){ "date" }, .type = FIELD_DATE };
	struct world w;
	json_t *v;
	int r;

	f.label = req_text(q, xstrdup(label));
	core_world(q->c, office, &w);
	if ((r = value_parse(&f, text, &w, &v, &q->why)) < 0)
		return r;
	(void)req_json(q, v);
	*day = value_is_blank(v) ? "" : json_string_value(v);
	return 0;
}

/* ---- one note ---- */

struct copy {
	struct req *q;
	struct note_row *out;
};

static int
copy_on_note(void *arg, const struct note_row *n)
{
	struct copy *c = arg;
	struct note_row *o = c->out;
	const char **const strings[] = { &o->office, &o->key, &o->source,
		&o->medium, &o->section, &o->title, &o->text, &o->link,
		&o->author, &o->alike, &o->hits, &o->holder, &o->mark.state,
		&o->mark.kind, &o->mark.topic, &o->mark.scope, &o->mark.tone,
		&o->mark.reason, &o->mark.folio, &o->mark.step,
		&o->mark.login };
	size_t i;

	*o = *n;
	o->sketch = NULL;
	o->sketch_len = 0;
	for (i = 0; i < ARRAY_LEN(strings); i++)
		*strings[i] = req_text(c->q, xstrdup(*strings[i]));
	return 0;
}

int
inbox_get(struct req *q, struct note_row *out)
{
	struct copy c = { q, out };
	const char *word = q->pos[0];
	char *end;
	int64_t id;

	id = *word >= '0' && *word <= '9' ? strtoll(word, &end, 10) : 0;
	if (id <= 0 || *end != '\0')
		return why_set(&q->why, ERR_USAGE,
		    "Una nota se nombra por su número, no «%.40s».", word);
	if (store_find_note(q->c->store, id, copy_on_note, &c) < 0 ||
	    !access_sees_office(q, out->office))
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay una nota %lld a su alcance.", (long long)id);
	return 0;
}

/* "a las 08:12", in the office's time. */
static const char *
inbox_clock(struct req *q, const char *office, int64_t at)
{
	char date[11], clock[9];
	struct world w;

	core_world(q->c, office, &w);
	calendar_local(w.zone, (struct when){ at }, date, clock);
	return req_text(q, xasprintf("%.5s", clock));
}

static const char *
inbox_name(struct req *q, const char *login)
{
	const char *name = core_person_name(q->c, login);

	return name != NULL ? name : login;
}

/* What another did to it, as a sentence. */
static int
inbox_say_decided(struct req *q, const struct note_row *n)
{
	const struct mark_row *m = &n->mark;
	const char *who = inbox_name(q, m->login);
	const char *at = inbox_clock(q, n->office, m->at);

	if (strcmp(m->state, "taken") == 0)
		return why_set(&q->why, ERR_STALE, "%s ya recogió esta nota "
		    "en %s a las %s.", who, m->folio, at);
	if (strcmp(m->state, "comment") == 0)
		return why_set(&q->why, ERR_STALE, "%s ya abrió con esta nota "
		    "un comentario en %s a las %s.", who, m->folio, at);
	if (strcmp(m->state, "discarded") == 0)
		return why_set(&q->why, ERR_STALE,
		    "%s ya descartó esta nota a las %s: %s", who, at,
		    m->reason);
	return why_set(&q->why, ERR_STALE, "%s cambió esta nota a las %s: "
	    "véala otra vez antes de decidir.", who, at);
}

bool
inbox_is_held(const struct req *q, const struct note_row *n)
{
	return *n->holder != '\0' && q->now.s - n->held < NOTE_HOLD;
}

/* ... by another than the asker? */
static bool
inbox_is_taken(const struct req *q, const struct note_row *n)
{
	return inbox_is_held(q, n) &&
	    strcmp(n->holder, q->actor.login) != 0;
}

int
inbox_allow(struct req *q, const struct note_row *n)
{
	const char *seen = req_take(q, "revision");

	if (!inbox_may(q, n->office))
		return why_set(&q->why, ERR_REFUSED, "Su cargo no decide "
		    "sobre las notas de esta oficina: las atiende quien lleva "
		    "el monitoreo y la síntesis.");
	if (seen != NULL && strtoll(seen, NULL, 10) != n->mark.n)
		return inbox_say_decided(q, n);
	if (inbox_is_taken(q, n))
		return why_set(&q->why, ERR_STALE, "%s está con esta nota "
		    "desde las %s: espere o póngase de acuerdo.",
		    inbox_name(q, n->holder),
		    inbox_clock(q, n->office, n->held));
	return 0;
}

/* Of what a note says, so that it can be proved later which one it was. */
static char *
inbox_sum(struct req *q, const struct note_row *n)
{
	char *all = xasprintf("%s\n%s\n%s\n%s", n->medium, n->title, n->link,
	    n->text), hex[HASH_TEXT];
	uint8_t sum[HASH_SIZE];

	hash_sha256(all, strlen(all), sum);
	free(all);
	return req_text(q, xstrdup(hex_text(sum, HASH_SIZE, hex)));
}

static int
inbox_write(struct req *q, const struct note_row *n, const struct mark_row *m)
{
	char at[WHEN_TEXT];
	int r;

	r = act_office(q, "note.set", req_json(q, json_pack("{s:I, s:s, s:s, "
	    "s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "note",
	    (json_int_t)n->id, "sha256", inbox_sum(q, n), "state", m->state,
	    "kind", m->kind, "topic", m->topic, "scope", m->scope, "tone",
	    m->tone, "reason", m->reason, "folio", m->folio, "step", m->step,
	    "by", q->actor.login, "at", when_text(q->now, at))));
	if (r == 0 && store_hold_note(q->c->store, n->id, "", 0,
		&q->why) < 0)
		r = core_break(q->c, &q->why);
	core_touch_list(q->c, "notas", n->office);
	return r;
}

int
inbox_decide(struct req *q, const struct note_row *n,
    const struct mark_row *m)
{
	struct note_row after;
	struct copy c = { q, &after };
	int r;

	if ((r = inbox_write(q, n, m)) < 0)
		return r;
	if (store_find_note(q->c->store, n->id, copy_on_note, &c) == 0)
		json_object_update_new(q->out, doc_note(q, &after, false));
	return 0;
}

/* ---- the others of its story ---- */

int
inbox_group(struct req *q, bool *others)
{
	const char *word = req_take(q, "grupo");

	*others = word != NULL && text_like(word, "sí");
	if (word != NULL && !*others && !text_like(word, "no"))
		return why_set(&q->why, ERR_USAGE,
		    "«grupo» es sí o no, no «%.40s».", word);
	return 0;
}

struct others {
	struct req *q;
	const struct note_row *of;
	json_t *ids;
};

static int
others_on_note(void *arg, const struct note_row *n)
{
	struct others *o = arg;

	if (n->id != o->of->id && strcmp(n->mark.state, "new") == 0 &&
	    !inbox_is_taken(o->q, n))
		json_array_append_new(o->ids, json_integer(n->id));
	return 0;
}

int
inbox_decide_others(struct req *q, const struct note_row *n,
    const struct mark_row *m, bool others)
{
	struct others o = { q, n, req_json(q, json_array()) };
	struct note_row other;
	struct copy c = { q, &other };
	json_t *id;
	size_t i;
	int r;

	if (others)
		(void)store_each_of_story(q->c->store, n->story,
		    others_on_note, &o);
	json_array_foreach(o.ids, i, id) {
		if (store_find_note(q->c->store, json_integer_value(id),
			copy_on_note, &c) < 0)
			continue;
		if ((r = inbox_write(q, &other, m)) < 0)
			return r;
	}
	json_object_set_new(q->out, "others",
	    json_integer((json_int_t)json_array_size(o.ids)));
	return 0;
}
