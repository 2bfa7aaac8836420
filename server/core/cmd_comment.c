/* SPDX-License-Identifier: ISC */
/*
 * cmd_comment.c - what is said about a case: comentar, comentarios, enterado.
 * "@login" calls somebody, who must be able to read the case; he has it in his
 * bandeja until he says that he knows.  A comment moves nothing.
 */
#include <assert.h>

#include "req.h"

enum { MENTIONS_MAX = 20, MENTIONS_SHOWN = 50, LOGIN_MAX = 40 };

static bool
comment_is_login(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    c == '_' || c == '-' || c == '.';
}

/* The next "@login" from p on, its name without "@" in out; NULL after the
 * last.  What stands in the middle of a word ("a@b.mx") calls nobody. */
static const char *
comment_next_call(const char *text, const char *p, char out[LOGIN_MAX + 1])
{
	size_t n;

	for (p = strchr(p, '@'); p != NULL; p = strchr(p + 1, '@')) {
		if (p > text && (comment_is_login(p[-1]) || p[-1] & 0x80))
			continue;
		for (n = 0; n < LOGIN_MAX && comment_is_login(p[1 + n]); n++)
			out[n] = p[1 + n];
		while (n > 0 && (out[n - 1] == '.' || out[n - 1] == '-'))
			n--;
		out[n] = '\0';
		if (n > 0)
			return p + 1 + n;
	}
	return NULL;
}

static bool
comment_has(const json_t *list, const char *login)
{
	json_t *one;
	size_t i;

	json_array_foreach((json_t *)list, i, one)
		if (strcmp(json_string_value(one), login) == 0)
			return true;
	return false;
}

/* Everybody whom the text calls, once each; -ERR_REFUSED for a stranger. */
static int
comment_calls(struct req *q, const struct held *h, const char *text,
    json_t *out)
{
	char login[LOGIN_MAX + 1];
	const char *p = text;

	while ((p = comment_next_call(text, p, login)) != NULL) {
		if (comment_has(out, login))
			continue;
		if (!access_other_sees(q->c, login, h->row.office))
			return why_set(&q->why, ERR_REFUSED,
			    "No hay quien lea este expediente con el usuario "
			    "«%s»: corrija la mención o quítele la @.", login);
		if (json_array_size(out) == MENTIONS_MAX)
			return why_set(&q->why, ERR_REFUSED,
			    "Un comentario menciona a %d personas a lo más.",
			    MENTIONS_MAX);
		json_array_append_new(out, json_string(login));
	}
	return 0;
}

int
cmd_comentar(struct req *q)
{
	struct command cmd = { .kind = CMD_COMMENT, .revision = -1,
		.remark = req_take(q, "texto") };
	json_t *mentions = req_json(q, json_array());
	struct held *h;
	int r;

	cmd.values = req_json(q, json_pack("{s:O}", "mentions", mentions));
	if ((r = case_find(q, q->pos[0], &h)) < 0 ||
	    (r = req_all_used(q)) < 0)
		return r;
	if (cmd.remark != NULL &&
	    (r = comment_calls(q, h, cmd.remark, mentions)) < 0)
		return r;
	if ((r = act_command(q, &h, h->ca->p, &cmd)) < 0)
		return r;
	json_object_set_new(q->out, "folio", json_string(h->row.folio));
	json_object_set_new(q->out, "n",
	    json_integer(h->seqs[h->seqs_count - 1]));
	json_object_set(q->out, "mentions", mentions);
	return 0;
}

/* ---- reading them ---- */

/* COMMENT of docs/api.md, or NULL when event i of the case is none. */
static json_t *
comment_doc(const struct req *q, const struct held *h, size_t i)
{
	const json_t *kept = json_array_get(h->ca->events, i),
		*body = json_object_get(kept, "body");
	const char *by = json_string_value(json_object_get(kept, "actor"));

	if (!kase_event_is(kept, "case.commented"))
		return NULL;
	return json_pack("{s:I, s:O, s:s?, s:s?, s:O, s:O}", "n",
	    (json_int_t)h->seqs[i], "at", json_object_get(kept, "at"), "by",
	    by, "by_name", core_person_name(q->c, by), "text",
	    json_object_get(body, "remark"), "mentions",
	    json_object_get(body, "mentions"));
}

struct readers {
	struct req *q;
	const struct held *h;
	json_t *list;
};

static int
readers_on_person(void *arg, const struct person_row *row)
{
	struct readers *rd = arg;

	if (row->active && strcmp(row->login, rd->q->actor.login) != 0 &&
	    access_other_sees(rd->q->c, row->login, rd->h->row.office))
		json_array_append_new(rd->list, json_pack("{s:s, s:s}",
		    "login", row->login, "name", row->name));
	return 0;
}

struct unread {
	int64_t kase;
	int count;
};

static int
unread_on_mention(void *arg, int64_t kase, int64_t seq)
{
	struct unread *u = arg;

	(void)seq;
	u->count += kase == u->kase;
	return 0;
}

int
cmd_comentarios(struct req *q)
{
	struct readers rd = { .q = q };
	json_t *list = json_array(), *one;
	struct unread u = { 0 };
	struct held *h;
	int64_t from;
	size_t i;
	int r;

	json_object_set_new(q->out, "comments", list);
	if ((r = portion_from(q, &from)) < 0 || (r = req_all_used(q)) < 0 ||
	    (r = case_find(q, q->pos[0], &h)) < 0)
		return r;
	json_object_set_new(q->out, "folio", json_string(h->row.folio));
	json_object_set_new(q->out, "title", json_string(h->row.title));
	for (i = 0; i < json_array_size(h->ca->events); i++)
		if ((one = comment_doc(q, h, i)) != NULL)
			json_array_append_new(list, one);
	portion_cut(q, list, from);
	u.kase = h->row.id;
	(void)store_each_mention(q->c->store, q->actor.login, -1,
	    unread_on_mention, &u);
	json_object_set_new(q->out, "unread", json_integer(u.count));
	if ((q->flags & FLAG_PEOPLE) && from == 0) {
		rd.h = h;
		rd.list = json_array();
		json_object_set_new(q->out, "people", rd.list);
		(void)store_each_person(q->c->store, readers_on_person, &rd);
	}
	return 0;
}

/* The last comment, or the one that the line names. */
static int
heed_upto(struct req *q, const struct held *h, int64_t *seq)
{
	const char *text = req_take(q, "hasta");
	char *end;
	size_t i;

	*seq = 0;
	for (i = json_array_size(h->ca->events); i-- > 0 && *seq == 0;)
		if (kase_event_is(json_array_get(h->ca->events, i),
		    "case.commented"))
			*seq = h->seqs[i];
	if (text == NULL)
		return 0;
	i = strtoul(text, &end, 10);
	if (*text == '\0' || *end != '\0')
		return why_set(&q->why, ERR_USAGE,
		    "hasta= lleva el número de un comentario.");
	if ((int64_t)i < *seq)
		*seq = (int64_t)i;
	return 0;
}

int
cmd_enterado(struct req *q)
{
	struct unread u = { 0 };
	struct core *c = q->c;
	struct held *h;
	int64_t seq;
	int r;

	if (q->pos[0][strspn(q->pos[0], "0123456789")] == '\0')
		return absence_heed(q);		/* no folio */
	if ((r = case_find(q, q->pos[0], &h)) < 0 ||
	    (r = heed_upto(q, h, &seq)) < 0 || (r = req_all_used(q)) < 0)
		return r;
	json_object_set_new(q->out, "folio", json_string(h->row.folio));
	u.kase = h->row.id;
	(void)store_each_mention(c->store, q->actor.login, -1,
	    unread_on_mention, &u);
	json_object_set_new(q->out, "read", json_integer(u.count));
	if (u.count == 0)
		return 0;
	if ((!store_is_open(c->store) && store_begin(c->store, &q->why) < 0) ||
	    store_put_heed(c->store, q->actor.login, h->row.id, seq,
		&q->why) < 0)
		return core_break(c, &q->why);
	core_touch(c, h->row.folio, h->row.office);
	return 0;
}

/* ---- in the bandeja ---- */

struct called {
	struct req *q;
	json_t *list;
};

static int
called_on_mention(void *arg, int64_t kase, int64_t seq)
{
	struct called *ca = arg;
	struct held *h;
	json_t *one = NULL;
	size_t i;

	if (case_load_by_id(ca->q->c, kase, &h, &ca->q->why) < 0 ||
	    !access_sees_case(ca->q, &h->row))
		return 0;
	for (i = 0; i < h->seqs_count && one == NULL; i++)
		if (h->seqs[i] == seq)
			one = comment_doc(ca->q, h, i);
	if (one == NULL)
		return 0;
	json_object_set_new(one, "folio", json_string(h->row.folio));
	json_object_set_new(one, "subject", json_string(h->row.title));
	json_object_set_new(one, "office", json_string(h->row.office));
	json_array_append_new(ca->list, one);
	return 0;
}

json_t *
doc_mentions(struct req *q)
{
	struct called ca = { q, json_array() };

	(void)store_each_mention(q->c->store, q->actor.login, MENTIONS_SHOWN,
	    called_on_mention, &ca);
	return ca.list;
}
