/* SPDX-License-Identifier: ISC */
/*
 * app_own.h - what the files app*.c share and nobody else includes.
 *
 *   app.c         the stack of views, and what happens to a key
 *   app_draw.c    the screen as a whole, the message row
 *   app_ask.c     questions to the core, their answers, the link
 *   app_link.c    the link to the core comes and goes
 *   app_keep.c    what is typed is on paper until the core has it
 *   app_shelf.c   documents that are read without a link
 *   app_line.c    a slow line to the terminal: less is drawn, and later
 *   app_place.c   where this person is, saved and restored
 *   app_sign.c    decisions signed with the person's key
 *   app_upload.c  files of this machine that are attached
 *   app_witness.c a record that is not the one of the last time
 *   app_popup.c   pop-ups: which one is open and what its keys do
 *   app_list.c    the pop-up that is a list: pick, palette, help
 *   app_mouse.c   clicks and the wheel, as keys
 *   app_legend.c  the last two rows and the title, printed from the tables
 */
#ifndef PAUTA_APP_OWN_H
#define PAUTA_APP_OWN_H

#include "../proto/hash.h"
#include "view.h"

enum {
	APP_STACK = 16, APP_ASKS = 256,
	APP_MIN_ROWS = 16, APP_MIN_COLS = 60,
	APP_AWAKE = 5,			/* ticks a second after a key */
	APP_IDLE = 2,			/* ticks without one: typing has ended */
	APP_REST = 150,			/* ms without one: details are shown */
	APP_PUSH = 5,			/* s between news on a slow line */
	APP_ALONE = 2			/* s until it begins without a server */
};

/* Actions that every screen has; ids apart from those of the views. */
enum { APP_HELP = -100, APP_PALETTE, APP_EXIT, APP_BACK, APP_SLOW,
	APP_QUEUE, APP_LEAVE };

/* What a question has to do with the shelf. */
enum keep { KEEP_NO, KEEP_VIEW,		/* of a view, and on a paper too */
	KEEP_CHECK, KEEP_SEND,		/* about a paper that goes out */
	KEEP_FILE };			/* has the record a file? */

struct ask {
	uint64_t id;
	uint8_t op[OP_SIZE];
	bool mutating, sent;
	struct view *view;		/* NULL: nobody waits for the answer */
	int tag;
	char **words;
	json_t *local;			/* an answer given without the core */
	int local_status;
	json_t *part;			/* of a long answer, so far; or NULL */
	enum keep keep;
};

enum popup_kind { POPUP_NONE, POPUP_CONFIRM, POPUP_PROMPT, POPUP_PICK,
	POPUP_PALETTE, POPUP_HELP, POPUP_UPLOAD };

struct item {				/* a row of a list pop-up */
	char *label, *value;		/* value NULL: cannot be chosen */
	char *note;			/* said in full under the list, or NULL */
	int id;
};

struct popup {
	enum popup_kind kind;
	struct view *view;
	int id;				/* action or tag */
	char *title, *text;
	struct edit edit;
	bool lines, pasting;
	bool waiting;			/* for its items, from the core */
	bool paths;			/* Tab completes the name of a file */
	const struct upload *asked;	/* whether it is to stop; NULL: not */
	void (*on_text)(struct view *, int tag, const char *text);
	struct item *items;
	size_t items_count;
	int at, first;			/* cursor and scroll of what passes the filter */
};

struct app {
	struct view *stack[APP_STACK];
	json_t *pushed[APP_STACK];	/* folios to tell a covered view */
	int depth;
	struct view *dead[APP_STACK];	/* closed within their own call */
	int dead_count;
	const struct view_class *const *views;
	size_t views_count;

	struct grid grid;
	bool ascii;
	int colours;			/* of the terminal; 0: none */
	char *message;
	bool error, esc, done, poured;
	enum { PASTE_NO, PASTE_VIEW, PASTE_DROP } paste;
	struct popup popup;
	char *kept_for, *kept;		/* text of a prompt, by its title */

	struct app_link link;
	bool up;
	char *link_text;
	struct when down_since;
	struct ask asks[APP_ASKS];
	size_t asks_count;
	uint64_t last_id;

	json_t *me;
	struct when clock;		/* of this machine */
	int64_t skew;			/* of the core, against it */
	struct when undo_until;
	int awake;
	bool resting;			/* no key for a moment */
	struct grid told;		/* the details as last shown, */
	const void *told_by;		/* of that view, or the pop-up; NULL */
	bool slow;			/* as measured */
	enum { SLOW_AUTO, SLOW_ON, SLOW_OFF } slow_said; /* by the person */
	bool push_waits;
	struct when pushed_at;		/* news last reached the top view */
	char *place;			/* as last sent */
	bool bell;			/* to be rung */
	char *copied, *given;		/* for the clipboard: next, last */

	struct shelf *shelf;		/* NULL: nothing is kept here */
	struct papers *papers;		/* NULL: the shelf is shut */
	json_t *keep_moved;		/* folios moved by papers on their way */
	bool keep_news;			/* views are told when papers are out */
	bool keying;			/* what is asked now, a key asked */
	bool recalled, touched;		/* begun from the shelf; a key came */
	bool met;			/* the server has answered once */
	bool place_untold;		/* to the server */
	struct when kept_at;		/* of what is shown without a link */
	struct when keep_after;		/* papers rest until then */

	struct uploads *uploads;	/* NULL: none is sent from here */
	json_t *upload_places, *upload_place;	/* of STEP; the one chosen */
	int64_t upload_most;		/* bytes of a file */
	bool upload_asks;		/* the record was asked */

	struct witness *witness;	/* NULL: nothing was ever seen */
	const struct signer *signer;	/* NULL: nobody signs here */
	char *unsigned_why;		/* why a decision went unsigned */
	bool unsigned_told;
};

bool app_is_small(const struct app *);
/* Tell the view now on top what changed while it was covered. */
void app_uncover(struct app *);
void app_toggle_slow(struct app *);
void app_line_tick(struct app *);
void line_draw_late(struct app *, const void *by);
/* After every call from outside: closed views go, local answers arrive. */
void app_settle(struct app *);
/* Run an action of the top view or of the app; false when there is none. */
bool app_act(struct app *, const struct action *);
/* app_pref.c: theme, bell and clipboard, into the grid being drawn. */
void pref_draw(struct app *);
/* The reason an action is grey now, or NULL. */
const char *app_grey(const struct app *, const struct action *);
/*
 * The actions that hold now, those of the view first, then the app's own that
 * it does not redefine; in the order of the legend.  Returns how many.
 */
enum { APP_ACTIONS = 64 };
size_t app_actions(const struct app *,
    const struct action *out[APP_ACTIONS]);

void ask_forget(struct app *, const struct view *);
void ask_clear(struct app *);
/* Give the answers that need no core; true when there was one. */
bool ask_settle(struct app *);
void ask_resend(struct app *);
size_t ask_queued(const struct app *);	/* changes kept for the link */
struct ask *ask_new(struct app *, bool mutating, const char *const *words);
void ask_put(struct app *, struct ask *);
void ask_del(struct app *, size_t i);
void ask_send(struct app *, struct view *, int tag, bool mutating,
    const char *const *words);

/* app_keep.c.  keep_take: is this change on paper now?  Then q is sent, or has
 * its answer. */
bool keep_take(struct app *, struct ask *q);
bool keep_may(const struct app *, const char *verb);
/* The core answered: true when no view is to know. */
bool keep_on_answer(struct app *, struct ask *q, int status, json_t *doc);
void keep_on_down(struct app *);
/* Send the next paper, if the link and the record allow it. */
void keep_go(struct app *);
size_t keep_waiting(const struct app *);	/* fields and steps on paper */
size_t keep_stopped(const struct app *);	/* papers that wait for a word */
void keep_clear(struct app *);

/* app_shelf.c: a document that was read, if it is of a kind that is kept; and
 * the STEP that the words of a draft are about, or NULL.  keep_read: the answer
 * to a read from the shelf; that there is none is told to who pressed a key. */
void shelf_keep(struct app *, const char *const *words, const json_t *doc);
json_t *shelf_step(struct app *, const char *const *words);
void keep_read(struct app *, struct ask *q);
void keep_recall(struct app *);	/* begin with what is kept, if there is */
void keep_meet(struct app *);
void keep_place(struct app *, const char *place);

enum place_depth { PLACE_SCREEN, PLACE_FIELD, PLACE_CURSOR };
void place_save(struct app *, enum place_depth);
void place_restore(struct app *, const char *place);

void popup_close(struct app *);
void popup_open(struct app *, enum popup_kind, struct view *, int id,
    const char *title, const char *text);
void popup_key(struct app *, int32_t key);
void popup_draw(struct app *, struct grid *);
void list_key(struct app *, int32_t key);
void list_draw(struct app *, struct grid *);
/* A centred box inside the body; gives the row and column of its inside. */
void popup_box(struct grid *, int height, int width, const char *title,
    int *row, int *col);

/* A text that is only read, and under it a line alone. */
void app_show(struct app *, const char *title, const char *text,
    const char *line);

/* app_upload.c */
void upload_complete(struct app *);	/* Tab in a pop-up that asks a path */
void upload_key(struct app *, int32_t key);
void upload_draw(struct app *, struct grid *);
void upload_draw_line(const struct app *, struct grid *, int row);
void upload_on_record(struct app *, const struct ask *, int status,
    const json_t *doc);
void upload_tick(struct app *);
void upload_clear(struct app *);

void legend_draw(struct app *, struct grid *);

#endif
