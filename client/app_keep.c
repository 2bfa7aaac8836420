/* SPDX-License-Identifier: ISC */
/*
 * app_keep.c - an app with a shelf (shelf.h): its documents are there to be
 * read without a link, and what is typed is on paper (papers.h) before it is
 * sent.
 *
 *   a view types --> paper --up--> sent --answered--> the paper goes
 *                      |            | link lost
 *                      '--down--> waits --up--> `paso` is asked: is it as it
 *                                               was?  sent : stops, and says so
 *
 * Papers go out one by one, in order; views are told what is new only after.
 * While the record is held (witness.h) finished steps stay here.
 */
#include "app_own.h"

#include "hash.h"
#include "i18n.h"
#include "papers.h"
#include "witness.h"

enum { KEEP_LATER = 5 };	/* s */

/* ---- what is typed ---- */

bool
keep_may(const struct app *a, const char *verb)
{
	return a->papers != NULL && (strcmp(verb, "borrador") == 0 ||
	    strcmp(verb, "hacer") == 0);
}

static json_t *
keep_said(const struct app *a, const struct ask *q)
{
	char at[WHEN_TEXT];

	return json_pack("{s:b, s:s, s:s, s:s}", "kept", 1, "folio",
	    q->words[1], "step", q->words[2], "saved_at",
	    when_text(app_now(a), at));
}

static bool
keep_is_about(const struct ask *q, const json_t *paper)
{
	return strcmp(q->words[1], doc_text(paper, "folio")) == 0 &&
	    strcmp(q->words[2], doc_text(paper, "step")) == 0;
}

/* Is there a question on its way about this paper? */
static bool
keep_flies(const struct app *a, const json_t *paper)
{
	size_t i;

	for (i = 0; i < a->asks_count; i++)
		if (a->asks[i].keep != KEEP_NO && a->asks[i].local == NULL &&
		    keep_is_about(&a->asks[i], paper))
			return true;
	return false;
}

/* Are papers going out? */
static bool
keep_is_busy(const struct app *a)
{
	size_t i;

	for (i = 0; i < a->asks_count; i++)
		if (a->asks[i].keep == KEEP_CHECK ||
		    a->asks[i].keep == KEEP_SEND)
			return true;
	return false;
}

bool
keep_take(struct app *a, struct ask *q)
{
	const char *const *words = (const char *const *)q->words;
	bool now = a->up && !keep_is_busy(a);
	json_t *paper, *step;
	struct why why;
	int r;

	if (!q->mutating || !keep_may(a, words[0]))
		return false;
	paper = papers_find(a->papers, words[1], words[2]);
	if (a->up && paper != NULL && paper_stops(paper))
		return false;	/* it waits for the person, not for this */
	step = shelf_step(a, words);
	papers_overlay(a->papers, (const char *[]){ "paso", words[1], words[2],
	    NULL }, step);
	r = papers_note(a->papers, words, q->op, step, now, app_now(a), &why);
	json_decref(step);
	if (r < 0) {
		app_say(a, true, "%s", why.text);
		return false;
	}
	if (now)
		q->keep = KEEP_VIEW;
	else
		q->local = keep_said(a, q);
	return true;
}

/* ---- papers go out ---- */

static bool
keep_is_ready(const struct app *a, const json_t *paper)
{
	return !paper_stops(paper) && !keep_flies(a, paper) &&
	    (!paper_is_done(paper) ||
	    witness_holds(a->witness, "hacer") == NULL);
}

static const json_t *
keep_next(const struct app *a)
{
	const json_t *all = papers_all(a->papers), *paper;
	size_t i;

	for (i = 0; i < json_array_size(all); i++) {
		paper = json_array_get(all, i);
		if (keep_is_ready(a, paper))
			return paper;
	}
	return NULL;
}

static bool
keep_send_next(struct app *a)
{
	const json_t *paper = a->papers == NULL ? NULL : keep_next(a);
	struct ask *q;

	if (paper == NULL)
		return false;
	if (a->clock.s < a->keep_after.s)
		return true;
	q = ask_new(a, false, (const char *[]){ "paso",
	    doc_text(paper, "folio"), doc_text(paper, "step"), NULL });
	if (q == NULL)
		return false;
	q->keep = KEEP_CHECK;
	ask_put(a, q);
	return true;
}

void
keep_go(struct app *a)
{
	if (!a->up || keep_is_busy(a) || keep_send_next(a))
		return;
	json_array_clear(a->keep_moved);
	if (!a->keep_news)
		return;
	a->keep_news = false;
	app_on_push(a, 0, NULL, 0);
}

static void
keep_say_stop(struct app *a, const json_t *paper)
{
	app_say(a, true, _("%s, paso %s, no se envió. %s Está en F2, Por "
	    "enviar."), doc_text(paper, "folio"), doc_text(paper, "step"),
	    doc_text(paper, "failed"));
}

/* The server showed the step: may the paper go? */
static void
keep_on_check(struct app *a, const struct ask *q, int status,
    const json_t *doc)
{
	json_t *paper = papers_find(a->papers, q->words[1], q->words[2]);
	uint8_t op[OP_SIZE];
	struct line l = { 0 };
	struct ask *next;

	if (paper == NULL || !keep_is_ready(a, paper))
		return;
	if (!papers_check(a->papers, paper, status, doc,
	    doc_has(a->keep_moved, q->words[1]))) {
		keep_say_stop(a, paper);
		return;
	}
	hash_op(op);
	papers_line(paper, &l, op);
	next = ask_new(a, true, (const char *const *)l.words);
	line_clear(&l);
	if (next == NULL)
		return;
	memcpy(next->op, op, sizeof op);
	next->keep = KEEP_SEND;
	ask_put(a, next);
}

static void
keep_on_sent(struct app *a, const struct ask *q, int status, json_t *doc)
{
	const char *const *words = (const char *const *)q->words;
	json_t *paper;

	papers_answer(a->papers, words, status, doc);
	if (status != 0) {
		paper = papers_find(a->papers, words[1], words[2]);
		if (paper != NULL)
			keep_say_stop(a, paper);
	} else if (strcmp(words[0], "hacer") == 0) {
		json_array_append_new(a->keep_moved, json_string(words[1]));
		app_say(a, false, _("Ya se envió %s, paso %s."), words[1],
		    words[2]);
	}
}

/* A view's own change was answered while the view was there, or was not. */
static void
keep_on_view(struct app *a, const struct ask *q, int status,
    const json_t *doc)
{
	const char *const *words = (const char *const *)q->words;
	json_t *paper = papers_find(a->papers, words[1], words[2]);

	if (status == 0 || paper == NULL || q->view == NULL)
		papers_answer(a->papers, words, status, doc);
	else if (strcmp(words[0], "hacer") == 0)
		papers_drop(a->papers, paper);	/* it is all in the form */
}

/* What a draft says is in the step the next time it is read here. */
static void
keep_patch(struct app *a, const char *const *words)
{
	json_t *step = shelf_step(a, words);

	if (step == NULL)
		return;
	papers_patch(words, step);
	shelf_keep(a, (const char *[]){ "paso", words[1], words[2], NULL },
	    step);
	json_decref(step);
}

bool
keep_on_answer(struct app *a, struct ask *q, int status, json_t *doc)
{
	const char *const *words = (const char *const *)q->words;
	bool ours = q->keep == KEEP_CHECK || q->keep == KEEP_SEND;

	if (a->papers == NULL || q->local != NULL)
		return ours;
	if (q->keep != KEEP_NO && status == err_status(ERR_UNAVAILABLE)) {
		a->keep_after.s = a->clock.s + KEEP_LATER;
		return ours;	/* the server is not well: it stays on paper */
	}
	if (status == 0 && !q->mutating)
		shelf_keep(a, words, doc);
	if (status == 0 && q->keep != KEEP_NO &&
	    strcmp(words[0], "borrador") == 0)
		keep_patch(a, words);
	if (q->keep == KEEP_VIEW)
		keep_on_view(a, q, status, doc);
	else if (q->keep == KEEP_SEND)
		keep_on_sent(a, q, status, doc);
	else if (q->keep == KEEP_CHECK)
		keep_on_check(a, q, status, doc);
	else if (status == 0 && keep_is_busy(a))
		papers_overlay(a->papers, words, doc);
	return ours;
}

/* ---- the link ---- */

void
keep_on_down(struct app *a)
{
	struct ask *q;
	size_t i;

	if (a->papers != NULL)
		a->kept_at = app_now(a);
	json_array_clear(a->keep_moved);
	for (i = a->asks_count; i-- > 0;) {
		q = &a->asks[i];
		if (q->keep == KEEP_CHECK || q->keep == KEEP_SEND)
			ask_del(a, i);
		else if (q->keep == KEEP_VIEW)
			q->local = keep_said(a, q);
		else if (q->local == NULL)
			keep_read(a, q);
	}
}

void
keep_clear(struct app *a)
{
	papers_free(a->papers);
	a->papers = NULL;
	json_decref(a->keep_moved);
}

/* ---- what the person says of papers ---- */

struct papers *
app_papers(const struct app *a)
{
	return a->papers;
}

void
app_papers_go(struct app *a)
{
	a->keep_news = true;
	keep_go(a);
}

size_t
keep_waiting(const struct app *a)
{
	const json_t *all = a->papers == NULL ? NULL : papers_all(a->papers);
	const json_t *paper;
	size_t i, n = 0;

	for (i = 0; i < json_array_size(all); i++) {
		paper = json_array_get(all, i);
		if (!paper_stops(paper))
			n += json_object_size(doc_part(paper, "fields")) +
			    paper_is_done(paper);
	}
	return n;
}

size_t
keep_stopped(const struct app *a)
{
	const json_t *all = a->papers == NULL ? NULL : papers_all(a->papers);
	size_t i, n = 0;

	for (i = 0; i < json_array_size(all); i++)
		n += paper_stops(json_array_get(all, i));
	return n;
}
