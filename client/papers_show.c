/* SPDX-License-Identifier: ISC */
/*
 * papers_show.c - papers beside documents: what the server shows of a step
 * against what is kept here, and what is kept here in what is shown.
 */
#include "papers_own.h"

#include "form.h"
#include "i18n.h"

char *
papers_text(const json_t *def)
{
	struct form_field f;
	char *text;

	field_init(&f, def);
	text = xstrdup(f.was);
	field_clear(&f);
	return text;
}

/* ---- the server's step against ours ---- */

/* Is this the text that was there, or one of ours? */
static bool
papers_expects(const json_t *f, const char *theirs)
{
	const char *base = json_string_value(json_object_get(f, "base"));

	return base == NULL || strcmp(base, theirs) == 0 ||
	    strcmp(doc_text(f, "mine"), theirs) == 0 ||
	    doc_has(doc_list(f, "was"), theirs);
}

/* The fields where somebody wrote something else; NULL when there is none. */
static json_t *
papers_clash(const json_t *paper, const json_t *step)
{
	json_t *fields = doc_part(paper, "fields"), *clash = json_object(), *f;
	const json_t *def;
	const char *id;
	char *theirs;

	json_object_foreach(fields, id, f) {
		if ((def = doc_field(step, id)) == NULL)
			continue;
		theirs = papers_text(def);
		if (!papers_expects(f, theirs))
			json_object_set_new(clash, id, json_string(theirs));
		free(theirs);
	}
	if (json_object_size(clash) > 0)
		return clash;
	json_decref(clash);
	return NULL;
}

bool
papers_check(struct papers *ps, json_t *paper, int status, const json_t *step,
    bool moved)
{
	json_t *done = doc_part(paper, "done"), *clash;
	const json_t *revision = json_object_get(step, "revision");

	if (status != 0 || !doc_is(step, "can")) {
		/* Perhaps because of us: the same id gets the first answer. */
		if (done != NULL)
			return true;
		papers_fail(ps, paper, status != 0 ? doc_why(step) :
		    doc_text(step, "why"));
		return false;
	}
	json_object_set_new(paper, "seen", json_deep_copy(revision));
	if ((clash = papers_clash(paper, step)) != NULL) {
		json_object_set_new(paper, "clash", clash);
		papers_fail(ps, paper, _("El servidor tiene otro texto: "
		    "compárelos y elija."));
		return false;
	}
	if (done == NULL ||
	    doc_int(done, "revision") == json_integer_value(revision))
		return true;
	if (!moved) {
		papers_fail(ps, paper, _("El expediente cambió desde que "
		    "terminó el paso: revíselo y envíelo otra vez."));
		return false;
	}
	json_object_set_new(done, "revision", json_deep_copy(revision));
	papers_keep(ps, paper);
	return true;
}

/* ---- ours in what is shown ---- */

static void
papers_over_step(const json_t *paper, json_t *step)
{
	json_t *fields = doc_list(step, "fields"), *def, *f;
	size_t i;

	json_array_foreach(fields, i, def) {
		f = json_object_get(doc_part(paper, "fields"),
		    doc_text(def, "id"));
		if (f != NULL)
			json_object_set(def, "draft",
			    json_object_get(f, "mine"));
	}
	if (!paper_is_done(paper))
		return;
	json_object_set_new(step, "can", json_false());
	json_object_set_new(step, "why", json_string(_("Usted ya terminó este "
	    "paso en esta máquina; falta enviarlo.")));
}

static void
papers_over_tasks(const struct papers *ps, json_t *tasks)
{
	char ref[DOC_REF_MAX];
	const json_t *paper;
	json_t *task;
	size_t i;

	json_array_foreach(tasks, i, task) {
		paper = papers_find(ps, doc_text(task, "folio"),
		    doc_ref(task, ref));
		if (paper != NULL && paper_is_done(paper))
			json_object_set_new(task, "state",
			    json_string("kept"));
	}
}

void
papers_overlay(const struct papers *ps, const char *const *words, json_t *doc)
{
	const json_t *paper;

	if (ps == NULL)
		return;
	if (strcmp(words[0], "bandeja") == 0)
		papers_over_tasks(ps, doc_list(doc, "tasks"));
	if (strcmp(words[0], "paso") == 0 && words[1] != NULL &&
	    (paper = papers_find(ps, words[1], words[2])) != NULL)
		papers_over_step(paper, doc);
}

void
papers_patch(const char *const *words, json_t *step)
{
	json_t *fields = doc_list(step, "fields"), *def;
	const char *id;
	size_t i, k, n;

	for (i = 3; words[i] != NULL; i++) {
		n = strcspn(words[i], "=");
		json_array_foreach(fields, k, def) {
			id = doc_text(def, "id");
			if (strlen(id) == n && words[i][n] == '=' &&
			    strncmp(id, words[i], n) == 0)
				json_object_set_new(def, "draft",
				    json_string(words[i] + n + 1));
		}
	}
}
