/* SPDX-License-Identifier: ISC */
/*
 * form.c - filling fields: reading them, moving among them, typing.
 *
 * What a person typed is theirs: reading the document again never takes it
 * away, and a refusal only moves the finger.  Nothing here sends a step; the
 * view that owns the form does.  Start reading at form_key().
 */
#include "form.h"

#include <ctype.h>

#include "i18n.h"
#include "text.h"

enum { TAG_PEOPLE = FORM_TAG, FORM_JUMP = 5 };

void
form_clear(struct form *fo)
{
	unsigned i;

	for (i = 0; i < fo->count; i++)
		field_clear(&fo->fields[i]);
	free(fo->fields);
	page_clear(&fo->head);
	json_decref(fo->arms);
	json_decref(fo->leads);
	free(fo->answer);
	free(fo->question);
	free(fo->frozen);
	memset(fo, 0, sizeof *fo);
}

/* The same field as it was on the screen: what was typed in it stays. */
static void
form_keep(struct form_field *now, struct form_field *old)
{
	struct edit edit = now->edit;
	bool same = strcmp(now->edit.text == NULL ? "" : now->edit.text,
	    old->edit.text == NULL ? "" : old->edit.text) == 0;

	now->option = old->option;
	if ((!old->edited || (field_takes_notes(old) && !old->unsaved)) &&
	    !same)
		return;
	now->edit = old->edit;
	old->edit = edit;
	now->edited = old->edited;
	now->unsaved = old->unsaved;
}

static void
form_aim(struct form *fo, const char *id)
{
	unsigned i;

	fo->focus = -1;
	for (i = 0; i < fo->count; i++) {
		if (fo->fields[i].kind == FORM_STILL)
			continue;
		if (fo->focus < 0 || strcmp(id,
		    doc_text(fo->fields[i].def, "id")) == 0)
			fo->focus = (int)i;
	}
}

void
form_load(struct form *fo, const json_t *fields, const char *frozen)
{
	struct form_field *old = fo->fields;
	unsigned n = fo->count, i, j;
	char *id;

	id = xstrdup(n > 0 && fo->focus >= 0 ?
	    doc_text(old[fo->focus].def, "id") : "");
	fo->count = (unsigned)json_array_size(fields);
	fo->fields = xcalloc(fo->count + 1, sizeof *fo->fields);
	for (i = 0; i < fo->count; i++) {
		struct form_field *f = &fo->fields[i];

		field_init(f, json_array_get(fields, i));
		for (j = 0; j < n; j++)
			if (strcmp(doc_text(old[j].def, "id"),
			    doc_text(f->def, "id")) == 0)
				form_keep(f, &old[j]);
	}
	for (j = 0; j < n; j++)
		field_clear(&old[j]);
	free(old);
	free(fo->frozen);
	fo->frozen = xstrdup(frozen);
	form_aim(fo, id);
	if (*id == '\0')
		fo->top = -1;
	free(id);
}

void
form_load_step(struct form *fo, const json_t *step, const char *frozen)
{
	json_t *answer = json_object_get(step, "answer");

	form_load(fo, doc_list(step, "fields"), frozen);
	json_decref(fo->arms);
	json_decref(fo->leads);
	free(fo->answer);
	free(fo->question);
	fo->arms = json_incref(doc_list(step, "arms"));
	fo->leads = json_incref(doc_list(step, "leads"));
	fo->answer = xstrdup(json_string_value(answer));
	fo->question = xstrdup(doc_text(step, "question"));
}

/* Lists that others add to: as the server has them after this draft. */
static void
form_lists(struct form *fo, const json_t *lists)
{
	const char *text;
	unsigned k;

	for (k = 0; k < fo->count; k++) {
		text = json_string_value(json_object_get(lists,
		    doc_text(fo->fields[k].def, "id")));
		if (text != NULL && !fo->fields[k].unsaved)
			edit_set(&fo->fields[k].edit, text);
	}
}

void
form_live(struct form *fo, const json_t *doc)
{
	const json_t *list = doc_list(doc, "fields");
	char *id = xstrdup(form_at(fo));
	unsigned k;
	size_t i;

	for (i = 0; i < json_array_size(list); i++) {
		const json_t *live = json_array_get(list, i);

		for (k = 0; k < fo->count; k++)
			if (strcmp(doc_text(fo->fields[k].def, "id"),
			    doc_text(live, "id")) == 0)
				field_live(&fo->fields[k], live);
	}
	if (doc_list(doc, "leads") != NULL) {
		json_decref(fo->leads);
		fo->leads = json_incref(doc_list(doc, "leads"));
	}
	form_lists(fo, doc_part(doc, "lists"));
	form_aim(fo, id);
	free(id);
}

/* ---- changes ---- */

static struct form_field *
form_field_at(const struct form *fo)
{
	return fo->focus < 0 ? NULL : &fo->fields[fo->focus];
}

static void
form_touch(struct form_view *fv, struct form_field *f)
{
	f->edited = f->unsaved = true;
	json_object_del(f->def, "reads");
	typing_touch(&fv->form.typing, app_now(fv->view.app));
}

void
form_flush(struct form_view *fv)
{
	fv->form.typing = (struct typing){ { 0 }, { 0 } };
	if (fv->form.save != NULL && form_is_unsaved(&fv->form))
		fv->form.save(&fv->view);
}

void
form_put(struct form_view *fv, int field, const char *text)
{
	struct form_field *f;

	if (field < 0 || (unsigned)field >= fv->form.count)
		return;
	f = &fv->form.fields[field];
	if (strcmp(f->edit.text == NULL ? "" : f->edit.text, text) == 0)
		return;
	edit_set(&f->edit, text);
	form_touch(fv, f);
	form_flush(fv);
}

static void
form_choose(struct form_view *fv, int option)
{
	struct form_field *f = form_field_at(&fv->form);

	if (option < 0 || (size_t)option >= json_array_size(f->options))
		return;
	field_choose(f, option);
	form_touch(fv, f);
	/* What is asked next may hang from this answer: keep it now. */
	form_flush(fv);
}

void
form_move(struct form_view *fv, int by)
{
	struct form *fo = &fv->form;
	int i = fo->focus, n = (int)fo->count;
	int steps = by < 0 ? -by : by;

	if (fo->focus < 0)
		return;
	form_flush(fv);
	while (steps-- > 0)
		do {
			i = (i + (by < 0 ? n - 1 : 1)) % n;
		} while (fo->fields[i].kind == FORM_STILL);
	fo->focus = i;
}

/* Move without going round the end; false when there is no more. */
static bool
form_move_within(struct form_view *fv, int by)
{
	struct form *fo = &fv->form;
	int i;

	for (i = fo->focus + by; i >= 0 && i < (int)fo->count; i += by)
		if (fo->fields[i].kind != FORM_STILL) {
			form_flush(fv);
			fo->focus = i;
			return true;
		}
	return false;
}

/* ---- lists of values, the page editor, rows ---- */

static void
form_on_pick(struct view *v, int tag, const char *item)
{
	struct form_view *fv = (struct form_view *)v;
	struct form_field *f;
	size_t i;

	if (tag < 0 || (unsigned)tag >= fv->form.count)
		return;
	f = &fv->form.fields[tag];
	for (i = 0; f->kind != FORM_LINE && f->kind != FORM_PAGE &&
	    i < json_array_size(f->options); i++)
		if (strcmp(doc_item(f->options, i), item) == 0) {
			fv->form.focus = tag;
			form_choose(fv, (int)i);
			return;
		}
	form_put(fv, tag, item);
}

void
form_pick(struct form_view *fv)
{
	struct form_field *f = form_field_at(&fv->form);
	struct line l = { 0 };

	if (form_pick_grey(&fv->form) != NULL)
		return;
	if (json_array_size(f->options) > 0) {
		app_pick(&fv->view, fv->form.focus, doc_text(f->def, "label"),
		    f->options, form_on_pick);
		return;
	}
	app_pick_wait(&fv->view, fv->form.focus, doc_text(f->def, "label"),
	    form_on_pick);
	line_add(&l, field_is_outlet(f) ? "medios" : "personas");
	if (!field_is_outlet(f) && *doc_text(f->def, "of") != '\0')
		line_addf(&l, "rol=%s", doc_text(f->def, "of"));
	line_ask(&l, &fv->view, TAG_PEOPLE + fv->form.focus, false);
}

bool
form_on_doc(struct form_view *fv, int tag, int status, json_t *doc)
{
	int field = tag - TAG_PEOPLE;
	bool outlets;

	if (tag < FORM_TAG)
		return false;
	outlets = (unsigned)field < fv->form.count &&
	    field_is_outlet(&fv->form.fields[field]);
	app_pick_came(&fv->view, field, status, doc, outlets ?
	    doc_outlets(doc) : doc_people(doc));
	return true;
}

static void
form_on_text(struct view *v, int tag, const char *text)
{
	form_put((struct form_view *)v, tag, text);
}

void
form_page(struct form_view *fv)
{
	struct form_field *f = form_field_at(&fv->form);

	if (form_page_grey(&fv->form) == NULL)
		editor_open(&fv->view, fv->form.focus,
		    doc_text(f->def, "label"), f->edit.text, VALUE_MAX,
		    form_on_text);
}

/* ---- keys ---- */

bool
form_is_down(const struct form *fo, const struct form_field *f)
{
	return f->kind == FORM_MANY || f->kind == FORM_EACH ||
	    (f->kind == FORM_ONE && fo->answer != NULL &&
	    strcmp(fo->answer, doc_text(f->def, "id")) == 0);
}

/* Up and Down: within the field while there is something, then on. */
static bool
form_key_updown(struct form_view *fv, struct form_field *f, int32_t key)
{
	int by = key == K_UP ? -1 : 1;
	int option = f->option + by;

	if (form_is_down(&fv->form, f) && option >= 0 &&
	    option < (int)json_array_size(f->options)) {
		f->option = option;
		return true;
	}
	if (f->kind == FORM_PAGE && edit_key(&f->edit, key))
		return true;
	(void)form_move_within(fv, by);
	return true;
}

/* The option after `from` that begins with the letter, or -1. */
static int
form_initial(const struct form_field *f, int32_t key)
{
	int n = (int)json_array_size(f->options), i;
	char letter[8];
	char *want, *have;
	bool yes;

	letter[text_put(key, letter)] = '\0';
	want = text_fold(letter);
	for (i = 1; i <= n; i++) {
		int o = (f->option + i) % n;

		have = text_fold(doc_item(f->options, (size_t)o));
		yes = *want != '\0' && strncmp(have, want, strlen(want)) == 0;
		free(have);
		if (yes) {
			free(want);
			return o;
		}
	}
	free(want);
	return -1;
}

static bool
form_key_option(struct form_view *fv, struct form_field *f, int32_t key)
{
	int n = (int)json_array_size(f->options);
	bool down = form_is_down(&fv->form, f);
	int option;

	if (key >= '1' && key <= '9') {
		form_choose(fv, key - '1');
	} else if (key == ' ' && down) {
		form_choose(fv, f->option);
	} else if (key == ' ' || key == K_RIGHT) {
		form_choose(fv, field_is_blank(f) ? 0 : (f->option + 1) % n);
	} else if (key == K_LEFT) {
		form_choose(fv, (f->option + n - 1) % n);
	} else if (key == K_BACKSPACE || key == K_DELETE || key == K_CTRL_U) {
		edit_set(&f->edit, "");
		form_touch(fv, f);
	} else if (key > ' ' && key < K_BASE) {
		if ((option = form_initial(f, key)) < 0)
			return true;
		if (f->kind == FORM_ONE)
			form_choose(fv, option);
		else
			f->option = option;
	} else {
		return false;
	}
	return true;
}

static bool
form_key_text(struct form_view *fv, struct form_field *f, int32_t key)
{
	unsigned before = f->edit.changes;
	bool taken = edit_key(&f->edit, key);

	if (f->edit.changes != before)
		form_touch(fv, f);
	if (taken && f->edit.full)
		app_say(fv->view.app, true, "%s",
		    _("El campo está lleno: ya no cabe otra letra."));
	return taken;
}

/* In a form letters and arrows never are actions, whatever the field. */
static bool
form_is_stray(int32_t key)
{
	return (key >= ' ' && key < K_BASE) || key == K_LEFT ||
	    key == K_RIGHT;
}

static bool
form_key_field(struct form_view *fv, struct form_field *f, int32_t key)
{
	bool writes = key < K_BASE || key == K_DELETE || key == K_PASTE_BEGIN;

	if (f->kind == FORM_ROWS) {
		if (key != K_ENTER && key != ' ')
			return form_is_stray(key);
		rows_open(&fv->view, fv->form.focus, f->def, f->edit.text,
		    fv->form.frozen, form_on_text);
		return true;
	}
	if (fv->form.frozen != NULL && writes && key != K_CTRL_E &&
	    key != K_CTRL_L) {
		app_say(fv->view.app, true, "%s", fv->form.frozen);
		return true;
	}
	if (f->kind == FORM_LINE || f->kind == FORM_PAGE)
		return form_key_text(fv, f, key);
	if (fv->form.frozen != NULL)
		return form_is_stray(key);
	return form_key_option(fv, f, key) || form_is_stray(key);
}

bool
form_key(struct form_view *fv, int32_t key)
{
	struct form_field *f = form_field_at(&fv->form);

	if (f == NULL || key == K_CTRL_E || key == K_CTRL_L)
		return false;
	if (f->edit.pasting && key != K_PASTE_END)
		return form_key_field(fv, f, key);
	switch (key) {
	case K_TAB:
	case K_BACKTAB:
		form_move(fv, key == K_TAB ? 1 : -1);
		return true;
	case K_PGDN:
	case K_PGUP:
		for (int i = 0; i < FORM_JUMP; i++)
			if (!form_move_within(fv, key == K_PGDN ? 1 : -1))
				break;
		return true;
	case K_UP:
	case K_DOWN:
		return form_key_updown(fv, f, key);
	case K_ENTER:
		if (f->kind == FORM_ROWS)
			return form_key_field(fv, f, key);
		if (!form_move_within(fv, 1))
			app_say(fv->view.app, false, "%s",
			    _("Es el último campo. F8 continúa."));
		return true;
	default:
		return form_key_field(fv, f, key);
	}
}

void
form_on_tick(struct form_view *fv, struct when now)
{
	if (typing_is_due(&fv->form.typing, fv->view.app, now))
		form_flush(fv);
}
