/* SPDX-License-Identifier: ISC */
/* frames.c - see frames.h. */
#include "frames.h"

#include <stdlib.h>
#include <string.h>

#include "doc.h"
#include "i18n.h"
#include "witness.h"

enum { FRAMES_MAX = 4 * FRAME_MAX };

void
frames_init(struct frames *f)
{
	memset(f, 0, sizeof *f);
	buf_init(&f->in, FRAMES_MAX);
	buf_init(&f->out, FRAMES_MAX);
}

void
frames_clear(struct frames *f)
{
	buf_clear(&f->in);
	buf_clear(&f->out);
}

void
frames_reset(struct frames *f)
{
	buf_del(&f->in, f->in.len);
	buf_del(&f->out, f->out.len);
	f->full = false;
}

static void
frames_put(struct frames *f, const Pauta__Message *m)
{
	if (frame_put(&f->out, m) < 0)
		f->full = true;
}

void
frames_hello(struct frames *f, const char *lang)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Hello h = PAUTA__HELLO__INIT;
	char kind[] = "subsystem", code[8];

	snprintf(code, sizeof code, "%.2s", lang);
	h.version = PROTO_VERSION;
	h.kind = kind;
	h.lang = code;
	m.body_case = PAUTA__MESSAGE__BODY_HELLO;
	m.hello = &h;
	frames_put(f, &m);
}

void
frames_send(void *arg, uint64_t id, const uint8_t *op,
    const char *const *words)
{
	frames_ask(arg, id, op, words, true);
}

void
frames_ask(struct frames *f, uint64_t id, const uint8_t *op,
    const char *const *words, bool json)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Request q = PAUTA__REQUEST__INIT;
	uint8_t copy[16];
	size_t i;

	while (words[q.n_words] != NULL && q.n_words < WORDS_MAX)
		q.n_words++;
	q.words = xcalloc(q.n_words + 1, sizeof *q.words);
	for (i = 0; i < q.n_words; i++)
		q.words[i] = xstrdup(words[i]);
	q.id = id;
	q.json = json;
	if (op != NULL) {
		memcpy(copy, op, sizeof copy);
		q.op.data = copy;
		q.op.len = sizeof copy;
	}
	m.body_case = PAUTA__MESSAGE__BODY_REQUEST;
	m.request = &q;
	frames_put(f, &m);
	for (i = 0; i < q.n_words; i++)
		free(q.words[i]);
	free(q.words);
}

json_t *
frames_me(const Pauta__Welcome *w)
{
	json_t *prefs = json_loads(w->preferences, 0, NULL);

	if (!json_is_object(prefs)) {
		json_decref(prefs);
		prefs = json_object();
	}
	return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:o}", "login",
	    w->login, "name", w->name, "role", w->role, "office", w->office,
	    "institution", w->institution, "now", w->now, "key", w->key,
	    "zone", w->zone, "installation", w->installation, "preferences",
	    prefs);
}

static void
frames_on_welcome(struct app *a, const Pauta__Welcome *w)
{
	json_t *me = frames_me(w);

	doc_habits(me);
	app_welcome(a, me, w->place);
	json_decref(me);
}

static void
frames_ask_witness(struct frames *f, struct line *l)
{
	frames_ask(f, WITNESS_ID, NULL, (const char *const *)l->words, true);
	line_clear(l);
}

bool
frames_witness(struct frames *f, const Pauta__Message *m)
{
	struct line l = { 0 };
	json_t *doc;

	if (f->witness == NULL)
		return false;
	if (m->body_case == PAUTA__MESSAGE__BODY_WELCOME) {
		witness_begin(f->witness, &l);
		frames_ask_witness(f, &l);
		return false;
	}
	if (m->body_case != PAUTA__MESSAGE__BODY_REPLY ||
	    m->reply->id != WITNESS_ID)
		return false;
	doc = json_loads(m->reply->doc, 0, NULL);
	if (witness_on_doc(f->witness, (int)m->reply->status, doc, &l))
		frames_ask_witness(f, &l);
	json_decref(doc);
	return true;
}

static int
frames_on_message(struct app *a, const Pauta__Message *m, struct why *why)
{
	switch (m->body_case) {
	case PAUTA__MESSAGE__BODY_WELCOME:
		if (m->welcome->version != PROTO_VERSION)
			return why_set(why, ERR_REFUSED, _("El servidor habla "
			    "otra versión de Pauta: actualice el programa."));
		frames_on_welcome(a, m->welcome);
		return 0;
	case PAUTA__MESSAGE__BODY_REPLY:
		app_on_reply(a, m->reply->id, (int)m->reply->status,
		    m->reply->doc);
		return 0;
	case PAUTA__MESSAGE__BODY_PUSH:
		app_on_push(a, (int64_t)m->push->seq,
		    (const char *const *)m->push->folios, m->push->n_folios);
		return 0;
	case PAUTA__MESSAGE__BODY_GOODBYE:
		return why_set(why, ERR_REFUSED, "%s", m->goodbye->text);
	default:
		return 0;
	}
}

int
frames_deliver(struct frames *f, struct app *a, struct why *why)
{
	Pauta__Message *m;
	int r;

	while ((r = frame_get(&f->in, &m)) > 0) {
		r = 0;
		if (frames_witness(f, m))
			app_on_witness(a);
		else
			r = frames_on_message(a, m, why);
		pauta__message__free_unpacked(m, NULL);
		if (r < 0)
			return r;
	}
	if (r < 0)
		return why_set(why, ERR_UNAVAILABLE,
		    _("El servidor envió algo que no se entiende."));
	return 0;
}
