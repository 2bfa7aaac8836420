/* SPDX-License-Identifier: ISC */
/*
 * stream.c - see stream.h.  Start reading at stream_run(): a frame is taken
 * from what was read, the table in stream_frame() says what it may be.
 */
#include "stream.h"

#include <unistd.h>

#include "../../proto/i18n.h"
#include "../../proto/sshkey.h"
#include "../../proto/text.h"
#include "upload.h"

static void
stream_on_closed(uv_handle_t *h)
{
	struct stream *s = h->data, **p;

	for (p = &s->sv->streams; *p != s; p = &(*p)->next)
		;
	*p = s->next;
	for (p = &s->sv->ready; *p != NULL && *p != s; p = &(*p)->behind)
		;
	if (*p == s)
		*p = s->behind;
	buf_clear(&s->in);
	buf_clear(&s->out);
	buf_clear(&s->held);
	buf_clear(&s->key);
	free(s->owed);
	if (s->pass >= 0)
		close(s->pass);
	free(s->host);
	free(s->login);
	free(s);
}

void
stream_close(struct stream *s)
{
	if (s->closing)
		return;
	s->closing = true;
	if (s->sv->courier == s) {
		s->sv->courier = NULL;
		core_courier_is_gone(s->sv->core);
	}
	upload_forget(s);
	stream_unpark(s);
	uv_close((uv_handle_t *)&s->pipe, stream_on_closed);
}

/* ---- frames ---- */

static void
stream_goodbye(struct stream *s, const char *code, const char *text)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Goodbye g = PAUTA__GOODBYE__INIT;

	g.code = (char *)code;
	i18n_use(s->lang);
	g.text = (char *)_(text);
	i18n_use("es");
	m.body_case = PAUTA__MESSAGE__BODY_GOODBYE;
	m.goodbye = &g;
	stream_put(s, &m);
	stream_flush(s);
	stream_close(s);
}

static char *
welcome_text(const json_t *me, const char *key)
{
	const char *s = json_string_value(json_object_get(me, key));

	return (char *)(s != NULL ? s : "");
}

static void
stream_welcome(struct stream *s)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Welcome w = PAUTA__WELCOME__INIT;
	char now[WHEN_TEXT], *key = NULL;
	json_t *me;

	me = s->login != NULL ? core_welcome(s->sv->core, s->login) :
				json_object();
	w.version = PROTO_VERSION;
	w.login = welcome_text(me, "login");
	w.name = welcome_text(me, "name");
	w.role = welcome_text(me, "role");
	w.office = welcome_text(me, "office");
	w.institution = welcome_text(me, "institution");
	w.place = welcome_text(me, "place");
	w.zone = welcome_text(me, "zone");
	w.preferences = welcome_text(me, "preferences");
	w.installation = welcome_text(me, "installation");
	if (s->key.len > 0)
		w.key = key = sshkey_fingerprint(s->key.p, s->key.len);
	w.now = when_text(core_now(s->sv->core), now);
	m.body_case = PAUTA__MESSAGE__BODY_WELCOME;
	m.welcome = &w;
	stream_put(s, &m);
	free(key);
	json_decref(me);
}

static void
stream_on_hello(struct stream *s, const Pauta__Hello *h)
{
	if (h->version != PROTO_VERSION) {
		stream_goodbye(s, "usage",
		    N_("Esta versión del cliente no es la del servidor: "
		    "actualícela."));
		return;
	}
	if (s->door != DOOR_SESSION || strcmp(h->kind, "keys") == 0) {
		s->open = true;
		s->keys = s->door == DOOR_SESSION;
		if (s->door == DOOR_COURIER && s->sv->courier != NULL)
			stream_close(s->sv->courier);
		if ((s->carries = s->door == DOOR_COURIER))
			s->sv->courier = s;
		stream_welcome(s);
		return;
	}
	if (!core_key_is_known(s->sv->core, h->login, h->key.data,
		h->key.len)) {
		stream_goodbye(s, "not_found",
		    N_("Esa llave ya no entra aquí."));
		return;
	}
	s->open = true;
	s->carries = strcmp(h->kind, "sftp") == 0;
	s->live = strcmp(h->kind, "exec") != 0 && !s->carries;
	s->host = *h->host != '\0' ? xstrdup(h->host) : NULL;
	s->login = xstrdup(h->login);
	buf_init(&s->key, FRAME_MAX);
	(void)buf_add(&s->key, h->key.data, h->key.len);
	(void)snprintf(s->asked, sizeof s->asked, "%.2s", h->lang);
	s->lang = core_lang(s->sv->core, s->login, s->asked);
	log_at(LOG_INFO, "enter=%s kind=%s from=%s", h->login, h->kind,
	    h->source);
	stream_welcome(s);
}

/* ---- answers that wait for the commit ---- */

/* It rests on what is not durable yet, a read of it too. */
static void
stream_hold(struct stream *s, const Pauta__Message *m, bool json)
{
	s->owed = xrealloc(s->owed, s->owed_count + 1, sizeof *s->owed);
	s->owed[s->owed_count++] = (struct owed){ m->reply->id, json };
	if (!s->closing && frame_put(&s->held, m) < 0)
		stream_overflow(s);
}

static void
stream_refuse(struct stream *s, const struct owed *o, const struct why *why)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Reply reply = PAUTA__REPLY__INIT;
	json_t *doc = json_pack("{s:{s:s, s:s}}", "error", "code",
	    err_code(why->e), "message", why->text);
	char *text = json_dumps(doc, JSON_COMPACT);

	reply.id = o->id;
	reply.status = (uint32_t)err_status(why->e);
	reply.code = (char *)err_code(why->e);
	reply.doc = o->json ? text : (char *)"";
	reply.text = o->json ? (char *)"" : (char *)why->text;
	m.body_case = PAUTA__MESSAGE__BODY_REPLY;
	m.reply = &reply;
	stream_put(s, &m);
	free(text);
	json_decref(doc);
}

void
stream_settle(struct stream *s, const struct why *why)
{
	size_t i;

	if (why == NULL && !s->closing && s->held.len > 0 &&
	    buf_add(&s->out, s->held.p, s->held.len) < 0)
		stream_overflow(s);
	for (i = 0; why != NULL && i < s->owed_count; i++)
		stream_refuse(s, &s->owed[i], why);
	s->owed_count = 0;
	buf_del(&s->held, s->held.len);
}

/* Somebody chose something: all of that person's streams speak so. */
static void
stream_renew_lang(struct serve *sv, const char *login)
{
	struct stream *s;

	for (s = sv->streams; s != NULL; s = s->next)
		if (s->login != NULL && login != NULL &&
		    strcmp(s->login, login) == 0)
			s->lang = core_lang(sv->core, login, s->asked);
}

int
stream_answer(struct stream *s, uint64_t id, const uint8_t *op,
    const char *const *words, bool json, struct parcel *parcel)
{
	bool later = false;
	struct caller who = { .login = s->login, .source = "",
		.host = s->host, .lang = s->lang, .parcel = parcel,
		.courier = s->door == DOOR_COURIER,
		.later = stream_may_park(s) ? &later : NULL };
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Reply reply = PAUTA__REPLY__INIT;
	uint64_t began = uv_hrtime() / 1000000;
	struct answer a;
	int status;

	core_run(s->sv->core, &who, op, words, json, &a);
	if (core_prefs_moved(s->sv->core))
		stream_renew_lang(s->sv, s->login);
	if (s->sv->turn++ == 0)
		s->sv->turn_began = began;
	if (later) {
		answer_clear(&a);
		stream_park(s, id, op, words, json);
		return 0;
	}
	reply.id = id;
	reply.status = (uint32_t)(status = a.status);
	reply.code = a.code;
	reply.doc = json ? a.doc : (char *)"";
	reply.text = a.text != NULL ? a.text : (char *)"";
	m.body_case = PAUTA__MESSAGE__BODY_REPLY;
	m.reply = &reply;
	if (core_is_dirty(s->sv->core))
		stream_hold(s, &m, json);
	else
		stream_put(s, &m);
	answer_clear(&a);
	return status;
}

/* subir and bajar open something: it leaves with their answer. */
static void
stream_carry(struct stream *s, uint64_t id, const uint8_t *op,
    const char *const *words, bool json)
{
	struct parcel o = { .fd = -1 };
	uint64_t upload;

	if (s->pass >= 0 || (strcmp(words[0], "subir") == 0 &&
		upload_count(s) >= UPLOADS_MAX)) {
		stream_goodbye(s, "usage", "Demasiados archivos a la vez.");
		return;
	}
	(void)stream_answer(s, id, op, words, json, &o);
	if (o.fd < 0)
		return;
	s->pass = o.key[0] == '\0' ? o.fd : upload_start(s, &o, &upload);
	if (s->pass < 0)
		stream_goodbye(s, "unavailable",
		    "El servidor no puede recibir archivos ahora.");
}

/* May a descriptor leave with the answer?  The courier says much besides. */
static bool
stream_carries(const struct stream *s, const char *verb)
{
	return s->carries && verb != NULL &&
	    (s->door != DOOR_COURIER || strcmp(verb, "encargo-archivo") == 0);
}

void
stream_ask(struct stream *s, uint64_t id, const uint8_t *op,
    const char *const *words, bool json)
{
	if (stream_carries(s, words[0]))
		stream_carry(s, id, op, words, json);
	else
		(void)stream_answer(s, id, op, words, json, NULL);
}

static void
stream_on_request(struct stream *s, const Pauta__Request *q)
{
	const uint8_t *op = q->op.len == OP_SIZE ? q->op.data : NULL;
	const char **words = xcalloc(q->n_words + 1, sizeof *words);
	size_t i;

	for (i = 0; i < q->n_words; i++)
		words[i] = q->words[i];
	/* Half an id would be none, and what is sent again done twice. */
	if (q->op.len != 0 && q->op.len != OP_SIZE)
		stream_goodbye(s, "usage",
		    N_("El número de operación lleva 16 bytes."));
	else if (stream_carries(s, words[0]) &&
	    strcmp(words[0], "adjuntar") == 0)
		upload_ask(s, q);
	else
		stream_ask(s, q->id, op, words, q->json);
	free(words);
}

static void
stream_on_query(struct stream *s, const Pauta__KeyQuery *k)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__KeyAnswer answer = PAUTA__KEY_ANSWER__INIT;

	answer.id = k->id;
	answer.known = core_key_is_known(s->sv->core, k->login, k->key.data,
	    k->key.len);
	m.body_case = PAUTA__MESSAGE__BODY_KEY_ANSWER;
	m.key_answer = &answer;
	stream_put(s, &m);
}

/* What may be said on a stream: a table by what it is. */
static void
stream_frame(struct stream *s, const Pauta__Message *m)
{
	if (m->body_case == PAUTA__MESSAGE__BODY_HELLO && !s->open)
		stream_on_hello(s, m->hello);
	else if (m->body_case == PAUTA__MESSAGE__BODY_REQUEST && s->open &&
	    !s->keys)
		stream_on_request(s, m->request);
	else if (m->body_case == PAUTA__MESSAGE__BODY_KEY_QUERY && s->open &&
	    s->keys)
		stream_on_query(s, m->key_query);
	else
		stream_goodbye(s, "usage", N_("Mensaje fuera de lugar."));
}

/* A turn is over when it was long or busy: then everybody is answered. */
static bool
stream_turn_is_over(const struct serve *sv)
{
	return sv->turn >= TURN_MAX || (sv->turn > 0 &&
	    uv_hrtime() / 1000000 >= sv->turn_began + TURN_MS);
}

/* One frame, if there is a whole one. */
static void
stream_run(struct stream *s)
{
	Pauta__Message *m;
	int r = frame_get(&s->in, &m);

	if (r > 0) {
		stream_frame(s, m);
		pauta__message__free_unpacked(m, NULL);
		stream_wait(s);		/* behind the others */
	} else if (r < 0) {
		log_at(LOG_WARN, "stream=bad_frame login=%s",
		    s->login != NULL ? s->login : "-");
		stream_close(s);
	}
}

void
stream_wait(struct stream *s)
{
	struct stream **p;

	if (s->waits || s->closing)
		return;
	for (p = &s->sv->ready; *p != NULL; p = &(*p)->behind)
		;
	*p = s;
	s->behind = NULL;
	s->waits = true;
}

void
stream_run_waiting(struct serve *sv)
{
	struct stream *s;

	while ((s = sv->ready) != NULL && !stream_turn_is_over(sv)) {
		sv->ready = s->behind;
		s->waits = false;
		if (!s->closing)
			stream_run(s);
	}
}

struct stream *
stream_new(struct serve *sv, enum door door)
{
	struct stream *s = xcalloc(1, sizeof *s);

	s->sv = sv;
	s->door = door;
	s->pass = -1;
	buf_init(&s->in, FRAME_MAX + 65536 + 4);
	buf_init(&s->out, OUT_MAX);
	buf_init(&s->held, OUT_MAX);
	uv_pipe_init(&sv->loop, &s->pipe, 0);
	s->pipe.data = s;
	s->next = sv->streams;
	sv->streams = s;
	return s;
}

void
stream_check(struct stream *s)
{
	if (s->login != NULL && !s->closing &&
	    !core_key_is_known(s->sv->core, s->login, s->key.p, s->key.len))
		stream_goodbye(s, "not_found",
		    N_("Su llave o su cuenta ya no entra aquí."));
}
