/* SPDX-License-Identifier: ISC */
/*
 * view.h - a screen of Pauta as a row of functions over an app.  Views keep
 * their state, ask the core by command lines (app_ask) and get documents
 * (docs/api.md) back through on_doc.  They draw into a grid and know neither
 * curses nor sockets, so they are tested with documents and keys alone.
 *
 *   keys ---> app_key ---> view.key ---> app_ask ---> (link) ---> core
 *                                                        |
 *   grid <--- app_draw <--- view.draw <--- view.on_doc <-'
 */
#ifndef PAUTA_VIEW_H
#define PAUTA_VIEW_H

#include <jansson.h>

#include "edit.h"
#include "keys.h"

struct app;
struct view;

/* One thing that can be done here: the key table, F2 and F1 are this list. */
struct action {
	int32_t key, alias;		/* alias: second way in, or K_NONE */
	const char *name;		/* "Aprobar": one name everywhere */
	const char *help;
	int id;				/* for view.act */
	bool shown;			/* in the legend */
};

struct view_class {
	const char *name;		/* "bandeja" */
	const struct action *actions;
	unsigned actions_count;
	size_t size;			/* of the view's own struct, first member struct view */
	void (*open)(struct view *);	/* fields of struct view are set; ask for documents */
	void (*close)(struct view *);	/* free what the view owns */
	void (*draw)(struct view *, struct grid *);	/* rows 0..rows-4 are the view's; app draws message and legend */
	bool (*key)(struct view *, int32_t key);	/* true: taken; false: app looks in actions */
	void (*act)(struct view *, int action_id);
	/* Why an action is grey now, or NULL when it may be done. */
	const char *(*grey)(struct view *, int action_id);
	/* Answer to app_ask(tag).  doc borrowed; status as exit status. */
	void (*on_doc)(struct view *, int tag, int status, json_t *doc);
	void (*on_push)(struct view *, json_t *folios);	/* these cases changed */
	void (*on_tick)(struct view *, struct when now);	/* once a second while something waits */
	/* The finger rests: ask for what it points at, once.  As with what is
	 * drawn late, nothing is sent for what it only passes. */
	void (*on_rest)(struct view *);
	/* Optional: what F1 says before the keys.  Given, or NULL. */
	char *(*about)(struct view *);
	/* Optional: "field" and "cursor" of the place to come back to, added to
	 * an object; and the same object given back after open. */
	void (*place)(struct view *, json_t *);
	void (*restore)(struct view *, const json_t *);
};

struct view {
	const struct view_class *class;
	struct app *app;
	char *folio, *step;		/* what it is about, or NULL */
	bool covered;	/* another was opened over it, no key came since */
};

/* ---- app.c: the stack of views, the message row, pop-ups ---- */

/*
 * Ticks: app_on_tick reaches the top view once a second for five seconds after
 * each key, while a document's "undo_until" lies ahead and while the link is
 * down; once a minute otherwise.  The clock follows "now" of the documents.
 * Pushes reach a view when it is on top; covered ones get theirs on return,
 * and after a lost link every view is told its own folio.
 * While text is pasted only view.key gets keys, and only if it took
 * K_PASTE_BEGIN: a pasted "a" never is an action.
 */
struct app *app_new(void);
void app_free(struct app *);
/* The views a place may name; the first is home (app_home, app_welcome). */
void app_set_views(struct app *, const struct view_class *const *, size_t n);
/* Open a view on top (folio, step copied, may be NULL); app_back closes the top. */
void app_open(struct app *, const struct view_class *, const char *folio,
    const char *step);
/*
 * Actions of a view that do no more than open a screen, as a table: of
 * nobody, of the case, or of the step that the view speaks of.  True: id was
 * one of them.
 */
enum opens_of { OF_NOBODY, OF_CASE, OF_STEP };
struct opens {
	int id;
	enum opens_of of;
	const struct view_class *screen;
};
bool app_opens(struct app *, const struct opens *, size_t n, int id,
    const char *folio, const char *step);
void app_back(struct app *);
/* The views under the top one shall read this case again on return. */
void app_note(struct app *, const char *folio);
void app_home(struct app *);		/* F3: back to the Bandeja */
struct view *app_top(const struct app *);	/* the view that has the keys, or NULL */
/*
 * Ask the core: words as for `ssh host …`, NULL-ended.  mutating ones get an
 * operation id.  The answer comes to the asking view's on_doc (if it is still
 * open) with tag.
 */
void app_ask(struct view *, int tag, bool mutating, const char *const *words);
/* The message row: kept until the next key.  error puts "!" in front. */
void app_say(struct app *, bool error, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Pop-ups.  A name of an action that asked is said as "s=Sí, NAME".  ask: "s"/"n" with the keys visible; Enter and Esc mean no. */
void app_confirm(struct view *, int action_id, const char *title,
    const char *text);			/* on yes: class->act(view, action_id) */
/*
 * A line or page of text asked for in a pop-up; on Enter/F8: on_text.  What
 * was typed when it was closed, or what was kept for this title, is there the
 * next time.
 */
void app_prompt(struct view *, int tag, const char *title, const char *label,
    bool lines, void (*on_text)(struct view *, int tag, const char *text));
void app_prompt_keep(struct app *, const char *title, const char *text);
/* Pick one of a list with filtering (accents ignored); Enter chooses.  items
 * is borrowed: strings, or {"value","label"} objects (value is handed back). */
void app_pick(struct view *, int tag, const char *title, json_t *items,
    void (*on_pick)(struct view *, int tag, const char *item));
/* One more of such a list: what is handed back, and how it reads. */
void app_choice(json_t *items, const char *value, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/*
 * Pick one of a list that the core is asked for next: the pop-up is there at
 * once and takes what is typed, so that no letter goes to the screen behind
 * it.  The answer came: its items, which are taken, are in the list if that is
 * still open; a refusal is said, and closes it.
 */
void app_pick_wait(struct view *, int tag, const char *title,
    void (*on_pick)(struct view *, int tag, const char *item));
void app_pick_came(struct view *, int tag, int status, const json_t *doc,
    json_t *items);
/*
 * Attach a file to this STEP, to that field if it takes files: asks which one,
 * or shows how far those are that are on their way.
 */
void app_upload(struct view *, const json_t *step, const char *field);
void app_help(struct app *);		/* F1: printed from the action tables */
void app_palette(struct app *);		/* F2: every action, its key, why grey */

bool app_is_up(const struct app *);	/* there is a link to the core */
bool app_is_ascii(const struct app *);
/* How a photograph is to come, for `vista modo=`: "256", "16", "mono", "ascii". */
const char *app_picture_mode(const struct app *);
/* Every byte drawn is waited for: draw what the finger asks, and little. */
bool app_is_slow(const struct app *);
struct when app_now(const struct app *);
const json_t *app_me(const struct app *);	/* {"login","name","role","office","institution"} */
/* Local text of a UTC time for lists: "11:30", "mañana", "12/may", "12/may/2025". Into out[16]. */
const char *app_when_text(const struct app *, const char *utc, char out[16]);
/* Title row: "PAUTA  WHERE   office  login (role)  HH:MM" in reverse. */
void app_title(struct app *, struct grid *, const char *where);
/* The same in a step or a case: its folio and its subject. */
void app_title_case(struct app *, struct grid *, const char *folio,
    const json_t *doc);

/* ---- app_pref.c: how this person wants it ---- */

/* What was chosen, or "".  Borrowed until the next choice. */
const char *app_pref(const struct app *, const char *id);
/* Holds from now on; the server is told by who asks. */
void app_prefer(struct app *, const char *id, const char *value);
/* A bell, and a text for the clipboard, if this person wants them. */
void app_bell(struct app *);
void app_copy(struct app *, const char *text);

extern const struct view_class view_preferencias, view_conservacion;
extern const struct view_class view_cola, view_choque;
extern const struct view_class view_bandeja, view_paso, view_autorizaciones,
    view_rehacer,
    view_expediente, view_nuevo, view_historial, view_editor, view_buscar,
    view_comentarios, view_tablero, view_cifra, view_decidido,
    view_textos, view_documento, view_suplencias, view_porque,
    view_medios, view_notas, view_fotos, view_destinatarios;
extern const struct view_class *const views_all[];	/* views.c: for app_set_views */
extern const size_t views_count;

/* ---- app_sign.c: decisions with a signature (sign.h) ---- */

struct line;
/*
 * Sign "aprobar …" or "devolver …" about this STEP when that can be done here.
 * False when it must be signed and is not: then that has been said, and the
 * line is not to be sent.
 */
bool app_sign(struct app *, struct line *, const json_t *step);
/* Why a decision of this program went unsigned, once; then NULL. */
const char *app_unsigned(struct app *);
/* Why this STEP cannot be decided from here, or NULL. */
const char *app_grey_sign(const struct app *, const json_t *step);

/* ---- what drives an app: real link and terminal, or a test ---- */

struct app_link {			/* set by app_attach; called by the app */
	/* op: 16 bytes, or NULL for a read.  All is borrowed. */
	void (*send)(void *arg, uint64_t id, const uint8_t *op,
	    const char *const *words);
	void *arg;
};
void app_attach(struct app *, const struct app_link *);
struct signer;
void app_set_signer(struct app *, const struct signer *);	/* borrowed */
struct shelf;
/*
 * Borrowed.  What was typed waits there, and what was read is there: when the
 * server does not answer at first, the app begins with that.
 */
void app_set_shelf(struct app *, struct shelf *);
struct uploads;
/* Borrowed; NULL where no file of this person's machine can be read. */
void app_set_uploads(struct app *, struct uploads *);
struct papers;
/* What waits to be sent, or NULL; and that the person said something of it. */
struct papers *app_papers(const struct app *);
void app_papers_go(struct app *);
struct witness;
void app_set_witness(struct app *, struct witness *);		/* borrowed */
void app_on_witness(struct app *);	/* it has had an answer */
void app_welcome(struct app *, const json_t *me, const char *place);
void app_on_reply(struct app *, uint64_t id, int status, const char *doc);
void app_on_push(struct app *, int64_t seq, const char *const *folios, size_t n);
void app_on_link(struct app *, bool up, const char *text);
void app_on_tick(struct app *, struct when now);
void app_set_clock(struct app *, struct when now);	/* no tick is due yet */
/* A click or the wheel on a row; nothing where the person did not ask for it. */
void app_mouse(struct app *, int32_t key, int row);
void app_key(struct app *, int32_t key);
void app_resize(struct app *, int cols, int rows);
void app_set_ascii(struct app *, bool);
void app_set_colours(struct app *, int n);	/* term_colours() */
/* Round trip to the terminal, ms; 0 when nobody measures it. */
void app_set_round_trip(struct app *, int ms);
/* The keys that come now were not typed one by one: drafts, nothing else. */
void app_set_poured(struct app *, bool);
/* Draw everything; the grid is the app's, borrowed until the next call. */
const struct grid *app_draw(struct app *);
/*
 * The finger rests: what was drawn late (grid_late) is shown as it is, and what
 * the view asks for only then (on_rest) is asked for.  Due so
 * many ms after the last key, or -1: nothing waits, or (on a slow line) the
 * ticks will do, two seconds after.
 */
int app_rest_ms(const struct app *);
void app_rest(struct app *);
bool app_has_popup(const struct app *);	/* then a bare Esc ends after a grace */
bool app_wants_seconds(const struct app *);	/* tick each second, else each minute */
void app_leave(struct app *);	/* close all views; they save as they close */
/* The first screen is there, and all that it asked for. */
bool app_is_whole(const struct app *);
bool app_is_done(const struct app *);	/* the person left (F3 in Bandeja, yes) */

#endif
