/* SPDX-License-Identifier: ISC */
/*
 * app_ask.c - questions to the core and their answers.
 *
 * Each question is kept, words and operation id, until its answer comes; after
 * a lost link all are sent again as they were, so that a change is made once.
 * Without a link drafts and reads wait, or are kept and answered by the shelf
 * (app_keep.c), and so are steps that are done; any other change is refused at
 * once, and so is one whose key came in a flood that nobody typed, and what
 * would move a case on a record that is held (witness.h).
 */
#include "app_own.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "i18n.h"
#include "text.h"
#include "witness.h"

static void
ask_free(struct ask *q)
{
	text_words_free(q->words);
	json_decref(q->local);
	json_decref(q->part);
}

void
ask_clear(struct app *a)
{
	while (a->asks_count > 0)
		ask_free(&a->asks[--a->asks_count]);
}

void
ask_del(struct app *a, size_t i)
{
	ask_free(&a->asks[i]);
	a->asks_count--;
	memmove(&a->asks[i], &a->asks[i + 1],
	    (a->asks_count - i) * sizeof a->asks[0]);
}

/* A closed view waits for nothing; what it changes is still sent. */
void
ask_forget(struct app *a, const struct view *v)
{
	size_t i;

	for (i = a->asks_count; i-- > 0;) {
		if (a->asks[i].view != v)
			continue;
		a->asks[i].view = NULL;
		if (!a->asks[i].mutating && !a->asks[i].sent)
			ask_del(a, i);
	}
}

void
ask_put(struct app *a, struct ask *q)
{
	if (!a->up || a->link.send == NULL || q->local != NULL)
		return;
	q->sent = true;
	json_decref(q->part);	/* of the line before: all of it again */
	q->part = NULL;
	a->link.send(a->link.arg, q->id, q->mutating ? q->op : NULL,
	    (const char *const *)q->words);
}

static char **
ask_words(const char *const *words)
{
	char **copy;
	size_t n = 0, i;

	while (words[n] != NULL)
		n++;
	copy = xcalloc(n + 1, sizeof *copy);
	for (i = 0; i < n; i++)
		copy[i] = xstrdup(words[i]);
	return copy;
}

static bool
ask_may_wait(const struct ask *q)
{
	return !q->mutating || strcmp(q->words[0], "borrador") == 0;
}

void
app_set_poured(struct app *a, bool poured)
{
	a->poured = poured;
}

static void
ask_refuse(struct ask *q, const char *why)
{
	q->local = json_pack("{s:{s:s,s:s}}", "error", "code", "unavailable",
	    "message", why);
	q->local_status = err_status(ERR_UNAVAILABLE);
}

/* Refuse what may not be decided now, as the core would say it. */
static void
ask_judge(const struct app *a, struct ask *q)
{
	const char *why;

	if (!a->up && !keep_may(a, q->words[0]))
		ask_refuse(q, _("Sin conexión: espere a que vuelva para hacer "
		    "esto."));
	else if (a->poured)
		ask_refuse(q, _("La tecla llegó junto con mucho texto, como si "
		    "se hubiera pegado; no se hizo nada. Púlsela otra vez."));
	else if (a->up &&
	    (why = witness_holds(a->witness, q->words[0])) != NULL)
		ask_refuse(q, why);
}

struct ask *
ask_new(struct app *a, bool mutating, const char *const *words)
{
	struct ask *q;

	if (a->asks_count == APP_ASKS) {
		app_say(a, true, _("Hay demasiados cambios por enviar: espere "
		    "a que vuelva la conexión."));
		return NULL;
	}
	q = &a->asks[a->asks_count++];
	memset(q, 0, sizeof *q);
	q->id = ++a->last_id;
	q->mutating = mutating;
	q->words = ask_words(words);
	if (mutating)
		hash_op(q->op);
	return q;
}

void
ask_send(struct app *a, struct view *v, int tag, bool mutating,
    const char *const *words)
{
	struct ask *q = ask_new(a, mutating, words);

	if (q == NULL)
		return;
	q->view = v;
	q->tag = tag;
	if (!ask_may_wait(q))
		ask_judge(a, q);
	if (q->local == NULL && !keep_take(a, q)) {
		keep_read(a, q);
		if (!a->up && !ask_may_wait(q))
			ask_refuse(q, _("No se pudo guardar aquí: espere a que "
			    "vuelva la línea."));
	}
	ask_put(a, q);
	if (q->local != NULL && witness_holds(a->witness, words[0]) != NULL)
		app_on_witness(a);
}

void
app_ask(struct view *v, int tag, bool mutating, const char *const *words)
{
	ask_send(v->app, v, tag, mutating, words);
}

void
ask_resend(struct app *a)
{
	size_t i;

	for (i = 0; i < a->asks_count; i++)
		ask_put(a, &a->asks[i]);
}

bool
app_is_whole(const struct app *a)
{
	return a->depth > 0 && a->asks_count == 0;
}

size_t
ask_queued(const struct app *a)
{
	size_t i, n = 0;

	for (i = 0; i < a->asks_count; i++)
		if (a->asks[i].mutating && a->asks[i].local == NULL)
			n++;
	return n;
}

/* Take the i-th question off the list and give its answer to who asked. */
static void
ask_answer(struct app *a, size_t i, int status, json_t *doc)
{
	struct ask q = a->asks[i];

	a->asks_count--;
	memmove(&a->asks[i], &a->asks[i + 1],
	    (a->asks_count - i) * sizeof a->asks[0]);
	if (q.keep == KEEP_FILE)
		upload_on_record(a, &q, status, doc);
	else if (!keep_on_answer(a, &q, status, doc) && q.view != NULL &&
	    q.view->class->on_doc != NULL)
		q.view->class->on_doc(q.view, q.tag, status, doc);
	ask_free(&q);
}

bool
ask_settle(struct app *a)
{
	size_t i;

	for (i = 0; i < a->asks_count; i++)
		if (a->asks[i].local != NULL)
			break;
	if (i == a->asks_count)
		return false;
	ask_answer(a, i, a->asks[i].local_status, a->asks[i].local);
	return true;
}

static void
ask_join(json_t *whole, const json_t *part)
{
	const char *key;
	json_t *list;

	json_object_foreach(whole, key, list)
		if (json_is_array(list))
			json_array_extend(list, json_object_get(part, key));
}

/*
 * A list that fits in no message comes in parts: the rest of it is asked for.
 * True when there is; else doc is all of it.
 */
static bool
ask_goes_on(struct app *a, struct ask *q, json_t **doc)
{
	json_t *next = json_object_get(*doc, "next");
	struct line l = { 0 };
	size_t i;

	if (!json_is_integer(next))
		next = NULL;
	if (q->mutating || (q->part == NULL && next == NULL))
		return false;
	if (q->part == NULL)
		q->part = json_incref(*doc);
	else
		ask_join(q->part, *doc);
	if (next != NULL) {
		for (i = 0; q->words[i] != NULL; i++)
			line_add(&l, q->words[i]);
		line_addf(&l, "desde=%lld", doc_int(*doc, "next"));
		a->link.send(a->link.arg, q->id, NULL,
		    (const char *const *)l.words);
		line_clear(&l);
		return true;
	}
	json_decref(*doc);
	*doc = json_incref(q->part);
	json_object_del(*doc, "next");
	return false;
}

/* What every document may say of time: the core's clock, and an undo. */
static void
ask_clock(struct app *a, const json_t *doc)
{
	const char *now = json_string_value(json_object_get(doc, "now"));
	const char *undo = json_string_value(json_object_get(doc, "undo_until"));
	struct when t;

	if (now != NULL && when_parse(now, &t) == 0)
		a->skew = t.s - a->clock.s;
	if (undo != NULL && when_parse(undo, &t) == 0)
		a->undo_until = t;
}

void
app_on_reply(struct app *a, uint64_t id, int status, const char *text)
{
	json_t *doc;
	size_t i;

	for (i = 0; i < a->asks_count && a->asks[i].id != id; i++)
		;
	if (i == a->asks_count || a->asks[i].local != NULL)
		return;
	doc = text == NULL ? NULL : json_loads(text, 0, NULL);
	if (!json_is_object(doc)) {
		json_decref(doc);
		doc = json_pack("{s:{s:s,s:s}}", "error", "code", "system",
		    "message", _("La respuesta del servidor no se entiende; "
		    "actualice con F5."));
		status = err_status(ERR_SYSTEM);
	}
	ask_clock(a, doc);
	if (status == 0 && ask_goes_on(a, &a->asks[i], &doc)) {
		json_decref(doc);
		return;
	}
	ask_answer(a, i, status, doc);
	json_decref(doc);
	app_settle(a);
}
