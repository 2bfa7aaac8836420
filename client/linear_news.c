/* SPDX-License-Identifier: ISC */
/*
 * linear_news.c - what arrives while a person answers: said once, before the
 * next question.  A push only says that cases changed, also by one's own acts;
 * what is news is a task of the own list that was never in it, and that
 * somebody else sent.
 */
#include "linear_own.h"

#include "i18n.h"

static void
news_say(struct linear *l, const json_t *t)
{
	char ref[DOC_REF_MAX];

	linear_say(l, _("Llegó a su bandeja: %s, %s. Paso %s: %s"),
	    doc_text(t, "folio"), doc_text(t, "subject"), doc_ref(t, ref),
	    doc_text(t, "title"));
	if (strcmp(doc_text(t, "state"), "returned") == 0)
		linear_say(l, "%s", _(" DEVUELTA."));
	linear_say(l, "\n");
	if (*doc_text(t, "remark") != '\0') {
		linear_say(l, _("%s devolvió: \"%s\""),
		    doc_text(t, "remark_by"), doc_text(t, "remark"));
		linear_say(l, "\n");
	}
}

void
linear_news_take(struct linear *l, const json_t *tasks)
{
	bool first = l->seen == NULL;
	char ref[DOC_REF_MAX], *key;
	const json_t *t;
	size_t i;

	if (first)
		l->seen = json_object();
	json_array_foreach(tasks, i, t) {
		/* Undone, a step waits again since when it did: no news. */
		key = xasprintf("%s %s %s", doc_text(t, "folio"),
		    doc_ref(t, ref), doc_text(t, "since"));
		if (json_object_get(l->seen, key) == NULL) {
			json_object_set_new(l->seen, key, json_true());
			if (!first && strcmp(doc_text(t, "sent_by"),
			    doc_text(l->me, "login")) != 0)
				news_say(l, t);
		}
		free(key);
	}
}

void
linear_news(struct linear *l)
{
	struct line words = { NULL, 0 };
	json_t *doc;

	if (!l->pushed || l->seen == NULL)
		return;
	l->pushed = false;
	line_add(&words, "bandeja");
	if ((doc = linear_ask(l, &words, false)) == NULL)
		return;
	linear_news_take(l, doc_list(doc, "tasks"));
	json_decref(doc);
}
