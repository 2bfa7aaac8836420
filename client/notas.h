/* SPDX-License-Identifier: ISC */
/* notas.h - the shared inbox of notes: what its files share. */
#ifndef PAUTA_NOTAS_H
#define PAUTA_NOTAS_H

#include "cursor.h"
#include "page.h"
#include "view.h"

/* Questions to the core. */
enum { TAG_LIST, TAG_READ, TAG_HOLD, TAG_FREE, TAG_DONE, TAG_TYPED,
	TAG_PROFILE, TAG_GONE };

struct notas_row {
	size_t note;			/* its place in the document's list */
	int others;			/* of its story, folded under it or below */
	bool under;			/* one of a story that is unfolded */
};

struct notas {
	struct view view;
	json_t *doc;			/* as last received, or NULL */
	struct cursor at;
	struct notas_row *rows;
	size_t rows_count;
	int64_t open;			/* the story that is unfolded, or 0 */
	const char *state;		/* as `notas estado=` has it */
	char *profile, *text;		/* filters, or NULL */
	int64_t held;			/* the note that is set apart, or 0 */
	int doing;			/* the action that it was set apart for */
	int64_t decided;		/* the last note that was decided here */
	bool pushed;			/* the list that is asked for came by a push */
	bool gone;			/* the note under the finger went by itself */
	char *said[2];			/* of a note being typed: medium, title */
	char *naming;			/* the profile being changed */
	json_t *whole;			/* the note being read, or NULL */
	struct page page;
};

/* The note under the cursor, or NULL. */
const json_t *notas_at(const struct notas *);
/* The rows of the document, stories folded; the finger on that note. */
void notas_arrange(struct notas *, int64_t finger);
void notas_page(struct notas *);
void notas_draw(struct view *, struct grid *);

/* notas_ask.c: the list; then pop-ups that end in a question. */
void notas_ask(struct view *);
void notas_type(struct notas *);
void notas_filter(struct notas *);
void notas_find(struct notas *);
void notas_profiles(struct notas *);

#endif
