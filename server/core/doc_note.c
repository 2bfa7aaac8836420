/* SPDX-License-Identifier: ISC */
/* doc_note.c - a note of the media as a document, with the reasons it has. */
#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "inbox.h"

enum { EXCERPT_BYTES = 400 };

/* "12 de 15 frases iguales a la nota 7; agencia EFE"; "" of its own story. */
static char *
alike_text(const json_t *alike)
{
	json_int_t note = doc_int(alike, "note");
	int same = (int)doc_int(alike, "same");
	int of = (int)doc_int(alike, "of");
	const char *agency = json_string_value(json_object_get(alike,
	    "agency"));
	char *how;
	char *out;

	if (note == 0)
		return xstrdup("");
	if (same == 0)
		how = xasprintf(_("texto parecido al de la nota %lld"),
		    (long long)note);
	else if (!doc_is(alike, "text"))
		how = xasprintf(_("mismo titular que la nota %lld"),
		    (long long)note);
	else
		how = xasprintf(_("%d de %d frases iguales a la nota %lld"),
		    same, of, (long long)note);
	if (agency == NULL)
		return how;
	out = xasprintf(_("%s; agencia %s"), how, agency);
	free(how);
	return out;
}

/* "Instituto: ISSSTESON pensionados" for each profile; "" for none. */
static char *
hits_text(const json_t *hits)
{
	const json_t *hit, *word;
	struct buf b;
	size_t i, k;
	char *out;

	buf_init(&b, FRAME_MAX);
	json_array_foreach((json_t *)hits, i, hit) {
		(void)buf_addf(&b, "%s%s:", i > 0 ? "; " : "",
		    json_string_value(json_object_get(hit, "profile")));
		json_array_foreach(json_object_get(hit, "words"), k, word)
			(void)buf_addf(&b, " %s", json_string_value(word));
	}
	out = xstrdup(buf_str(&b));
	buf_clear(&b);
	return out;
}

/* As they were read when it came, unless the profiles are others now. */
static json_t *
note_hits(struct req *q, const struct note_row *n)
{
	json_t *kept = json_loads(n->hits, 0, NULL), *hits;

	if (doc_int(kept, "v") != monitor_version(q->c)) {
		json_decref(kept);
		kept = monitor_hits(q->c, n->office, n->title, n->text);
	}
	hits = json_incref(json_object_get(kept, "hits"));
	json_decref(kept);
	return hits;
}

static const char *
note_excerpt(struct req *q, const char *text, bool whole)
{
	char *cut;

	if (whole || strlen(text) <= EXCERPT_BYTES)
		return text;
	cut = req_text(q, xasprintf("%.*s", EXCERPT_BYTES, text));
	text_cut(cut);
	return req_text(q, xasprintf("%s…", cut));
}

static void
doc_note_mark(struct req *q, json_t *o, const struct mark_row *m)
{
	json_object_update_new(o, json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, "
	    "s:s, s:s, s:s, s:s, s:s?, s:o}", "revision", (json_int_t)m->n,
	    "state", m->state, "kind", m->kind, "topic", m->topic, "scope",
	    m->scope, "tone", m->tone, "reason", m->reason, "folio", m->folio,
	    "step", m->step, "by", m->login, "by_name",
	    core_person_name(q->c, m->login), "decided_at",
	    json_when((struct when){ m->at })));
}

json_t *
doc_note(struct req *q, const struct note_row *n, bool whole)
{
	bool held = inbox_is_held(q, n);
	json_t *alike = json_loads(n->alike, 0, NULL), *o, *hits;
	char *why, *hit;

	why = alike_text(alike);
	hits = note_hits(q, n);
	hit = hits_text(hits);
	o = json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o,"
	    " s:I, s:s, s:o, s:s, s:s?, s:s?, s:b}", "n", (json_int_t)n->id,
	    "office", n->office, "medium", n->medium, "section", n->section,
	    "title", n->title, "text", note_excerpt(q, n->text, whole), "link",
	    n->link, "author", n->author, "source", n->source, "published",
	    json_when((struct when){ n->published }), "at",
	    json_when((struct when){ n->at }), "story", (json_int_t)n->story,
	    "alike", why, "hits", hits, "concerns", hit, "holder",
	    held ? n->holder : NULL, "holder_name",
	    held ? core_person_name(q->c, n->holder) : NULL, "mine",
	    held && strcmp(n->holder, q->actor.login) == 0);
	doc_note_mark(q, o, &n->mark);
	json_decref(alike);
	free(hit);
	free(why);
	return o;
}

json_t *
doc_note_choices(struct req *q, const char *office)
{
	struct world w;

	core_world(q->c, office, &w);
	return json_pack("{s:o, s:o, s:o, s:o}", "kind",
	    setting_list(&w, "note_kinds"), "topic",
	    setting_list(&w, "note_topics"), "scope",
	    setting_list(&w, "note_scopes"), "tone",
	    setting_list(&w, "note_tones"));
}
