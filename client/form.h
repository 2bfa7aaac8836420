/* SPDX-License-Identifier: ISC */
/*
 * form.h - the fields of a step, of a start or of a row of a list, being
 * filled in.  Whatever its type, a field holds one text as a person types it
 * (options hold the chosen word, several of them a JSON array, rows a JSON
 * array of objects): that text is the draft, and it is what is sent.  What a
 * person typed stays when the document is read again.
 *
 * A view with a form begins with a struct form_view; pop-ups that give a text
 * back find the form there.
 */
#ifndef PAUTA_FORM_H
#define PAUTA_FORM_H

#include "doc.h"
#include "page.h"
#include "view.h"

/* How a field is filled, whatever its type is called. */
enum form_kind {
	FORM_LINE,		/* text on one line */
	FORM_PAGE,		/* text of several lines */
	FORM_ONE,		/* one of some options */
	FORM_MANY,		/* any of some options */
	FORM_EACH,		/* a verdict for each item */
	FORM_ROWS,		/* a list of records */
	FORM_STILL		/* automatic, or not applicable */
};

struct form_field {
	json_t *def;		/* FIELD of docs/api.md, a reference */
	json_t *options;	/* words to choose from, or NULL */
	enum form_kind kind;
	struct edit edit;	/* the text */
	char *was;		/* the text as it came */
	char *raw;		/* what to send while it is still that */
	int option;		/* where the finger is */
	bool edited;		/* by this person, on this screen */
	bool unsaved;		/* since the last draft */
};

/* When what is not kept yet was begun, and its last key; zeroed: all is. */
struct typing {
	struct when first, last;
};

void typing_touch(struct typing *, struct when now);
/* Two seconds without a key, or ten of keys (on a slow line thirty). */
bool typing_is_due(const struct typing *, const struct app *, struct when now);

struct form {
	struct form_field *fields;
	unsigned count;
	int focus;		/* -1: nothing can be filled */
	int top;		/* first thing shown; -1 is the head */
	struct page head;	/* what to do, above the fields */
	json_t *arms;		/* of STEP: where each answer leads, or NULL */
	json_t *leads;		/* STEP: where it goes now, or NULL */
	char *answer;		/* field that the arms hang from, or NULL */
	char *question;
	char *frozen;		/* why nothing may be typed, or NULL */
	struct typing typing;
	/* Keep a draft of the fields that are unsaved; NULL: no drafts. */
	void (*save)(struct view *);
};

struct form_view {
	struct view view;
	struct form form;
};

enum { FORM_TAG = 1000 };	/* tags from here on are the form's */

void form_clear(struct form *);			/* accepts zeroed */
/* Read the fields; by id, what was typed here stays.  frozen may be NULL. */
void form_load(struct form *, const json_t *fields, const char *frozen);
/* STEP: fields, question, arms. */
void form_load_step(struct form *, const json_t *step, const char *frozen);

/* The answer of `borrador`: what is required, what applies, where it leads. */
void form_live(struct form *, const json_t *doc);

bool form_key(struct form_view *, int32_t key);
void form_move(struct form_view *, int by);	/* next, previous field */
void form_pick(struct form_view *);		/* F4 */
void form_page(struct form_view *);		/* Ctrl-E */
const char *form_pick_grey(const struct form *);
const char *form_page_grey(const struct form *);
/* True when the answer was to a question of the form. */
bool form_on_doc(struct form_view *, int tag, int status, json_t *doc);
/* Two seconds after the last key a draft is kept. */
void form_on_tick(struct form_view *, struct when now);
/* Ask for a draft now, if something is unsaved. */
void form_flush(struct form_view *);
/* The draft was not kept: what was typed here is unsaved again. */
void form_unsave(struct form *);
const char *form_at(const struct form *);	/* id under the finger, or "" */
/* "field" and "cursor" (a byte of its text) of a place; and go there again. */
void form_place(const struct form *, json_t *place);
void form_restore(struct form *, const json_t *place);
/*
 * Forms without a draft keep what was typed in the place itself, as "fields"
 * (id: text); and it is typed again, as far as there are such fields.
 */
void form_place_typed(const struct form *, json_t *place);
void form_retype(struct form_view *, const json_t *place);
/* Put a text in a field as if it had been typed. */
void form_put(struct form_view *, int field, const char *text);
/* Go to the field whose label the sentence names, if one is. */
void form_blame(struct form *, const char *sentence);

bool form_is_unsaved(const struct form *);
bool form_is_edited(const struct form *);
/* Add "id=text" of each field that says something (or was emptied) to the
 * line; only those not saved yet with unsaved.  Drafts count as saved. */
void form_words(struct form *, struct line *, bool unsaved);
/* The same, of what somebody said: a return takes nothing that is proposed. */
void form_words_said(struct form *, struct line *);
/* Does it hold what the manual proposes, and nobody has said it? */
bool field_is_preset(const struct form_field *);
unsigned form_required(const struct form *, unsigned *filled);
/* Where continuing leads: "4 Redacción final".  Given. */
char *form_leads(const struct form *);
/* The arm that a word of the answer takes, or NULL; and where it leads. */
const json_t *form_arm(const struct form *, const struct form_field *,
    const char *word);
char *form_arm_text(const json_t *arm);
/* Are the options of this field one under the other? */
bool form_is_down(const struct form *, const struct form_field *);

void form_draw(struct form *, struct grid *, int row, int rows);
/* One line of help about the field under the finger. */
void form_draw_help(const struct form *, struct grid *, int row);
/* The same whole: view.about of every screen that begins with a form_view. */
char *form_about(struct view *);

/* FIELDs that beginning a case asks: its header and what the start of
 * `procedimientos` adds.  A new reference. */
json_t *form_start_fields(const json_t *start);

/* ---- form_field.c: one field ---- */

void field_init(struct form_field *, const json_t *def);
void field_clear(struct form_field *);
/* What a draft changed: is it required now, does it apply? */
void field_live(struct form_field *, const json_t *live);
/* The text to send, given: raw while nothing changed. */
char *field_word(const struct form_field *);
/* A list that notes go into from the inbox, whoever writes in it. */
bool field_takes_notes(const struct form_field *);
/* Is this column the number of the note that a row is of? */
bool field_is_number(const json_t *column);
/* The note that a row of a list is of, or 0. */
int64_t field_row_note(const json_t *columns, const json_t *row);
/* The name of an outlet: there is a register to pick it from. */
bool field_is_outlet(const struct form_field *);
bool field_is_blank(const struct form_field *);
bool field_is_required(const struct form_field *);
/* Required, with nothing written and nothing attached. */
bool field_is_missing(const struct form_field *);
bool field_is_chosen(const struct form_field *, const char *option);
bool field_is_verdict(const struct form_field *, int item, const char *);
/* Choose an option, or take it back when several may be chosen. */
void field_choose(struct form_field *, int option);
/* A value of a document as a person would type it.  Given. */
char *field_typed(const json_t *def, const json_t *value);
/* A row of a list on one line.  Given. */
char *field_row_text(const json_t *columns, const json_t *row);
/* The rows of a FORM_ROWS field; a new reference, an array always. */
json_t *field_rows(const char *text);

/* ---- screens that give a text back, also when they are left ---- */

typedef void form_done(struct view *, int tag, const char *text);

void editor_open(struct view *from, int tag, const char *title,
    const char *text, size_t max, form_done *);
void rows_open(struct view *from, int tag, const json_t *def,
    const char *text, const char *frozen, form_done *);

extern const struct view_class view_rows, view_row;

#endif
