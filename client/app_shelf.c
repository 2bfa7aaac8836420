/* SPDX-License-Identifier: ISC */
/*
 * app_shelf.c - what an app has on its shelf besides papers (app_keep.c): the
 * documents that were read, who this is, and where they were; all of it as the
 * server said it last, for when it cannot be asked.
 */
#include "app_own.h"

#include "i18n.h"
#include "papers.h"
#include "shelf.h"
#include "uploads.h"

enum { KEEP_DAYS = 30, DAY = 24 * 60 * 60 };

static const char keep_kind[] = "doc", keep_me[] = "me",
    keep_where[] = "place";

/* ---- documents ---- */

static bool
keep_is_kept(const char *const *words)
{
	static const char *const verbs[] = { "bandeja", "paso", "expediente",
		"historial", "comentarios", "personas", "preferencia",
		"autorizaciones" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(verbs); i++)
		if (strcmp(verbs[i], words[0]) == 0)
			return true;
	return false;
}

static json_t *
keep_doc(struct app *a, const char *const *words, struct when *at)
{
	char *name = keep_is_kept(words) ? shelf_name(keep_kind, words) : NULL;
	json_t *doc = NULL;

	if (name != NULL && a->papers != NULL)
		doc = shelf_get(a->shelf, name, at);
	free(name);
	return doc;
}

void
shelf_keep(struct app *a, const char *const *words, const json_t *doc)
{
	char *name = keep_is_kept(words) ? shelf_name(keep_kind, words) : NULL;
	struct why why;

	if (name != NULL && a->papers != NULL &&
	    shelf_put(a->shelf, name, doc, false, &why) < 0)
		log_at(LOG_WARN, "doc=unkept why=\"%s\"", why.text);
	free(name);
}

json_t *
shelf_step(struct app *a, const char *const *words)
{
	const char *paso[] = { "paso", words[1], words[2], NULL };

	return keep_doc(a, paso, NULL);
}

static void
keep_say_damage(struct app *a)
{
	char *damage = shelf_damage(a->shelf);

	if (damage != NULL)
		app_say(a, true, "%s", damage);
	free(damage);
}

void
keep_read(struct app *a, struct ask *q)
{
	const char *const *words = (const char *const *)q->words;
	struct when at = { 0 };

	if (a->up || q->mutating || q->view == NULL)
		return;
	q->local = keep_doc(a, words, &at);
	keep_say_damage(a);
	if (q->local == NULL) {
		if (a->keying && a->papers != NULL)
			app_say(a, true, "%s", _("Eso no está guardado en esta "
			    "máquina: llegará cuando vuelva la línea."));
		return;
	}
	papers_overlay(a->papers, words, q->local);
	a->kept_at = at;
}

/* ---- who this is, and where ---- */

static void
keep_load(struct app *a)
{
	papers_free(a->papers);
	a->papers = papers_new(a->shelf);
	if (a->uploads != NULL)
		uploads_load(a->uploads, a->shelf);
	keep_say_damage(a);
}

/* Another record at the same address: nothing of the old one goes to it. */
static void
keep_start_over(struct app *a)
{
	while (a->asks_count > 0)
		ask_del(a, 0);
	app_home(a);
	app_say(a, true, "%s", _("El servidor tiene otro registro que el de la "
	    "última vez: lo que estaba por enviar se quedó en esta máquina y "
	    "no se envía."));
}

void
keep_meet(struct app *a)
{
	bool was = a->papers != NULL;
	struct why why;
	int r;

	if (a->shelf == NULL)
		return;
	r = shelf_meet(a->shelf, doc_text(a->me, "installation"), &why);
	if (r < 0) {
		papers_free(a->papers);
		a->papers = NULL;
		if (!a->met)
			app_say(a, true, "%s", why.text);
		return;
	}
	if (r > 0 || !was)
		keep_load(a);
	if (r > 0)
		keep_start_over(a);
	if (!a->met)
		shelf_prune(a->shelf, keep_kind, (struct when){ a->clock.s -
		    (int64_t)KEEP_DAYS * DAY });
	if (shelf_put(a->shelf, keep_me, a->me, false, &why) < 0)
		log_at(LOG_WARN, "me=unkept why=\"%s\"", why.text);
}

void
app_set_shelf(struct app *a, struct shelf *shelf)
{
	a->shelf = shelf;
	a->keep_moved = json_array();
	if (shelf_is_open(shelf))
		keep_load(a);
}

void
keep_recall(struct app *a)
{
	json_t *me, *place;
	char *text;

	if (a->papers == NULL || a->up || a->depth > 0 || a->views_count == 0 ||
	    (me = shelf_get(a->shelf, keep_me, NULL)) == NULL)
		return;
	json_decref(a->me);
	a->me = me;
	doc_habits(me);
	a->recalled = true;
	app_open(a, a->views[0], NULL, NULL);
	place = shelf_get(a->shelf, keep_where, NULL);
	text = place == NULL ? NULL : json_dumps(place, JSON_COMPACT);
	place_restore(a, text);
	free(text);
	json_decref(place);
}

void
keep_place(struct app *a, const char *text)
{
	json_t *place = a->papers == NULL ? NULL : json_loads(text, 0, NULL);
	struct why why;

	if (place != NULL &&
	    shelf_put(a->shelf, keep_where, place, false, &why) < 0)
		log_at(LOG_WARN, "place=unkept why=\"%s\"", why.text);
	json_decref(place);
}
