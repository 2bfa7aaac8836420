/* SPDX-License-Identifier: ISC */
/*
 * note.h - what the media said, and what was decided of it.
 *
 *   notes   what a person typed or a feed brought.  Foreign material, no
 *           history: it is in no event, and a rebuild leaves it alone.
 *   marks   what a person decided of a note: a view of the events note.set.
 */
#ifndef PAUTA_NOTE_H
#define PAUTA_NOTE_H

#include "store.h"

struct mark_row {
	int64_t note, n;		/* n: its event; 0 when there is none */
	const char *state;		/* new, taken, comment or discarded */
	const char *kind, *topic, *scope, *tone;	/* "" when not said */
	const char *reason, *folio, *step, *login;
	int64_t at;
};

struct note_row {
	int64_t id;
	const char *office;
	const char *key;		/* one note an office and key */
	const char *source;		/* what brought it, see core/note.h */
	const char *medium, *section, *title, *text, *link, *author;
	int64_t published, at;		/* by the medium, 0; when it came */
	const void *sketch;		/* of its text: engine/story.h; or NULL */
	size_t sketch_len;
	int64_t story;			/* first note of the same story */
	const char *alike;		/* JSON: why it is of that story */
	const char *hits;		/* JSON: what it concerns, and why */
	const char *holder;		/* who is at it, or "" */
	int64_t held;			/* since */
	struct mark_row mark;
};

/*
 * Keep a note; its mark, holder and id are not looked at.  *id gets its
 * number, or 0 when the office has one of that key already.
 */
int store_add_note(struct store *, const struct note_row *, int64_t *id,
    struct why *);
bool store_has_note(struct store *, const char *office, const char *key);
typedef int note_fn(void *arg, const struct note_row *);	/* borrowed */
/* One note, to fn once.  What fn returns, or -ERR_NOT_FOUND. */
int store_find_note(struct store *, int64_t id, note_fn *, void *arg);
/*
 * Notes of an office that came from an instant on and before another, newest
 * first; state NULL: whatever was decided.  fn returns non-zero to stop.
 */
int store_each_note(struct store *, const char *office, int64_t from,
    int64_t to, const char *state, note_fn *, void *arg);
/* Notes of any office over an id, oldest first: for what is made of them. */
int store_each_note_after(struct store *, int64_t id, note_fn *, void *arg);
/* Of any office, that came from an instant on and have a sketch. */
int store_each_sketch(struct store *, int64_t from, note_fn *, void *arg);
/* Of one story, oldest first. */
int store_each_of_story(struct store *, int64_t story, note_fn *, void *arg);
int64_t store_last_note(struct store *);			/* its id, or 0 */
/* Its story, who is at it. */
int store_put_note_story(struct store *, int64_t id, int64_t story,
    struct why *);
int store_hold_note(struct store *, int64_t id, const char *login, int64_t at,
    struct why *);
/* Those that came before an instant and nobody decided anything of. */
int store_del_notes(struct store *, int64_t before, struct why *);

int store_put_mark(struct store *, const struct mark_row *, struct why *);

#endif
