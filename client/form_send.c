/* SPDX-License-Identifier: ISC */
/*
 * form_send.c - when what is typed is kept, and what a form says: the words of
 * its fields, how many that are required have something, where continuing
 * leads, whom a refusal means, why a field has no list or no editor.
 */
#include "form.h"

#include "i18n.h"
#include "text.h"

enum { TYPING_IDLE = 2, TYPING_MOST = 10, TYPING_MOST_SLOW = 30 };	/* s */

void
typing_touch(struct typing *t, struct when now)
{
	if (t->first.s == 0)
		t->first = now;
	t->last = now;
}

bool
typing_is_due(const struct typing *t, const struct app *a, struct when now)
{
	int most = app_is_slow(a) ? TYPING_MOST_SLOW : TYPING_MOST;

	return t->first.s != 0 && (now.s - t->last.s >= TYPING_IDLE ||
	    now.s - t->first.s >= most);
}

bool
form_is_unsaved(const struct form *fo)
{
	unsigned i;

	for (i = 0; i < fo->count; i++)
		if (fo->fields[i].unsaved)
			return true;
	return false;
}

bool
form_is_edited(const struct form *fo)
{
	unsigned i;

	for (i = 0; i < fo->count; i++)
		if (fo->fields[i].edited)
			return true;
	return false;
}

void
form_unsave(struct form *fo)
{
	unsigned i;

	for (i = 0; i < fo->count; i++)
		fo->fields[i].unsaved = fo->fields[i].edited;
}

/* Go to the field with that id, if it can be filled. */
static void
form_go(struct form *fo, const char *id)
{
	unsigned i;

	for (i = 0; i < fo->count; i++)
		if (fo->fields[i].kind != FORM_STILL &&
		    strcmp(doc_text(fo->fields[i].def, "id"), id) == 0)
			fo->focus = (int)i;
}

const char *
form_at(const struct form *fo)
{
	return fo->focus < 0 ? "" :
	    doc_text(fo->fields[fo->focus].def, "id");
}

/* The text under the finger, or NULL when nothing is typed there. */
static struct edit *
form_edit(const struct form *fo)
{
	struct form_field *f = fo->focus < 0 ? NULL : &fo->fields[fo->focus];

	return f != NULL && (f->kind == FORM_LINE || f->kind == FORM_PAGE) ?
	    &f->edit : NULL;
}

void
form_place(const struct form *fo, json_t *place)
{
	const struct edit *e = form_edit(fo);

	if (fo->focus >= 0)
		json_object_set_new(place, "field", json_string(form_at(fo)));
	if (e != NULL)
		json_object_set_new(place, "cursor",
		    json_integer((json_int_t)e->cursor));
}

void
form_place_typed(const struct form *fo, json_t *place)
{
	json_t *fields = json_object();
	unsigned i;

	for (i = 0; i < fo->count; i++)
		if (fo->fields[i].edited)
			json_object_set_new(fields, doc_text(fo->fields[i].def,
			    "id"), json_string(fo->fields[i].edit.text ==
			    NULL ? "" : fo->fields[i].edit.text));
	if (json_object_size(fields) > 0)
		json_object_set(place, "fields", fields);
	json_decref(fields);
}

void
form_retype(struct form_view *fv, const json_t *place)
{
	const json_t *fields = doc_part(place, "fields");
	unsigned i;

	for (i = 0; i < fv->form.count; i++) {
		const json_t *text = json_object_get(fields,
		    doc_text(fv->form.fields[i].def, "id"));

		if (json_is_string(text))
			form_put(fv, (int)i, json_string_value(text));
	}
}

void
form_restore(struct form *fo, const json_t *place)
{
	const json_t *cursor = json_object_get(place, "cursor");
	int64_t byte = json_is_integer(cursor) ? doc_int(place, "cursor") : -1;
	struct edit *e;

	form_go(fo, doc_text(place, "field"));
	if ((e = form_edit(fo)) == NULL || byte < 0)
		return;
	if ((size_t)byte >= e->len)
		e->cursor = e->len;
	else if (((unsigned char)e->text[byte] & 0xc0) != 0x80)
		e->cursor = (size_t)byte;
}

bool
field_is_preset(const struct form_field *f)
{
	const json_t *draft = json_object_get(f->def, "draft");
	const json_t *value = json_object_get(f->def, "value");

	return (draft == NULL || json_is_null(draft)) &&
	    (value == NULL || json_is_null(value)) &&
	    strcmp(f->edit.text == NULL ? "" : f->edit.text, f->was) == 0;
}

static void
form_word(const struct form_field *f, struct line *l)
{
	char *word = field_word(f);

	line_addf(l, "%s=%s", doc_text(f->def, "id"), word);
	free(word);
}

void
form_words(struct form *fo, struct line *l, bool unsaved)
{
	struct form_field *f;

	for (f = fo->fields; f < fo->fields + fo->count; f++) {
		if (f->kind == FORM_STILL || (unsaved && !f->unsaved))
			continue;
		if (unsaved || f->edited || !field_is_blank(f))
			form_word(f, l);
		if (unsaved)
			f->unsaved = false;
	}
}

void
form_words_said(struct form *fo, struct line *l)
{
	const struct form_field *f;

	for (f = fo->fields; f < fo->fields + fo->count; f++)
		if (f->kind != FORM_STILL && !field_is_preset(f) &&
		    (f->edited || !field_is_blank(f)))
			form_word(f, l);
}

unsigned
form_required(const struct form *fo, unsigned *filled)
{
	unsigned i, n = 0;

	*filled = 0;
	for (i = 0; i < fo->count; i++)
		if (field_is_required(&fo->fields[i])) {
			n++;
			*filled += !field_is_missing(&fo->fields[i]);
		}
	return n;
}

static const struct form_field *
form_answer(const struct form *fo)
{
	unsigned i;

	for (i = 0; fo->answer != NULL && i < fo->count; i++)
		if (strcmp(fo->answer,
		    doc_text(fo->fields[i].def, "id")) == 0)
			return &fo->fields[i];
	return NULL;
}

/* "Sí, hay cambios" begins with the answer "sí". */
static bool
arm_begins(const json_t *arm, const char *word)
{
	char *label = text_fold(doc_text(arm, "label"));
	char *want = text_fold(word);
	size_t n = strlen(want);
	bool yes = n > 0 && strncmp(label, want, n) == 0 &&
	    (label[n] == '\0' || strchr(" ,.:;(", label[n]) != NULL);

	free(label);
	free(want);
	return yes;
}

/* By the value of the answer when the arm says it; else by its label, or by
 * the word its condition names: ":kind = 'planeado'". */
static bool
arm_takes(const json_t *arm, const struct form_field *f, const char *word)
{
	const json_t *value = json_object_get(arm, "value");
	char *text;
	bool yes;

	if (value != NULL && !json_is_null(value)) {
		text = field_typed(f->def, value);
		yes = text_like(text, word);
	} else {
		text = xasprintf("'%s'", word);
		yes = arm_begins(arm, word) ||
		    strstr(doc_text(arm, "when"), text) != NULL;
	}
	free(text);
	return yes;
}

const json_t *
form_arm(const struct form *fo, const struct form_field *f, const char *word)
{
	size_t i;

	for (i = 0; *word != '\0' && i < json_array_size(fo->arms); i++)
		if (arm_takes(json_array_get(fo->arms, i), f, word))
			return json_array_get(fo->arms, i);
	return NULL;
}

/* A title without its full stop: it stands in the middle of a sentence. */
static size_t
title_length(const char *s)
{
	size_t n = strlen(s);

	return n > 0 && s[n - 1] == '.' ? n - 1 : n;
}

char *
form_arm_text(const json_t *arm)
{
	const json_t *to = doc_list(arm, "to");
	const json_t *titles = doc_list(arm, "titles");
	struct buf b;
	char *out;
	size_t i;

	buf_init(&b, TEXT_MAX);
	for (i = 0; i < json_array_size(to); i++) {
		if (i > 0)
			(void)buf_addf(&b, "; ");
		if (strcmp(doc_item(to, i), "end") == 0)
			(void)buf_addf(&b, "%s", _("fin"));
		else
			(void)buf_addf(&b, "%s %.*s", doc_item(to, i),
			    (int)title_length(doc_item(titles, i)),
			    doc_item(titles, i));
	}
	out = xstrdup(buf_str(&b));
	buf_clear(&b);
	return out;
}

/* The arm that goes to a step, or NULL. */
static const json_t *
form_arm_to(const struct form *fo, const char *step)
{
	size_t i;

	for (i = 0; *step != '\0' && i < json_array_size(fo->arms); i++) {
		const json_t *arm = json_array_get(fo->arms, i);

		if (doc_has(doc_list(arm, "to"), step))
			return arm;
	}
	return NULL;
}

char *
form_leads(const struct form *fo)
{
	const struct form_field *f = form_answer(fo);
	const json_t *arm = NULL;

	if (f != NULL && f->edit.text != NULL)
		arm = form_arm(fo, f, f->edit.text);
	if (arm == NULL && json_array_size(fo->arms) == 1)
		arm = json_array_get(fo->arms, 0);
	if (arm == NULL && f == NULL)
		arm = form_arm_to(fo, doc_item(fo->leads, 0));
	if (arm != NULL)
		return form_arm_text(arm);
	if (f != NULL)
		return xstrdup(_("según su decisión"));
	return xstrdup(_("según lo capturado"));
}

/* The first that is missing and named, else the longest label named. */
void
form_blame(struct form *fo, const char *sentence)
{
	size_t best = 0;
	unsigned i;

	for (i = 0; i < fo->count; i++) {
		const struct form_field *f = &fo->fields[i];
		const char *label = doc_text(f->def, "label");

		if (f->kind == FORM_STILL || !text_has(sentence, label))
			continue;
		if (field_is_missing(f)) {
			fo->focus = (int)i;
			return;
		}
		if (strlen(label) <= best)
			continue;
		best = strlen(label);
		fo->focus = (int)i;
	}
}

const char *
form_pick_grey(const struct form *fo)
{
	const struct form_field *f = fo->focus < 0 ? NULL :
	    &fo->fields[fo->focus];

	if (f == NULL)
		return _("Aquí no hay campos por llenar.");
	if (fo->frozen != NULL)
		return fo->frozen;
	if (json_array_size(f->options) == 0 &&
	    strcmp(doc_text(f->def, "type"), "person") != 0 &&
	    !field_is_outlet(f))
		return _("Este campo se escribe; no tiene lista.");
	return NULL;
}

const char *
form_page_grey(const struct form *fo)
{
	const struct form_field *f = fo->focus < 0 ? NULL :
	    &fo->fields[fo->focus];

	if (f == NULL || f->kind != FORM_PAGE)
		return _("El editor es para los campos de varias líneas.");
	return fo->frozen;
}
