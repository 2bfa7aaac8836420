/* SPDX-License-Identifier: ISC */
/* bandeja.h - what the files of the work lists share. */
#ifndef PAUTA_BANDEJA_H
#define PAUTA_BANDEJA_H

#include "bulk.h"
#include "tasks.h"
#include "view.h"

enum { BANDEJA_TABS = 4, BANDEJA_ORDERS = 4, BANDEJA_GROUPS = 3,
	BANDEJA_NAME = 96 };
enum bandeja_group { GROUP_NONE, GROUP_PROCEDURE, GROUP_DUE };

/* What was asked: each list; from TAG_BULK on, about each marked row. */
enum { TAG_LIST, TAG_TAKE = TAG_LIST + BANDEJA_TABS, TAG_HAND, TAG_PEOPLE,
	TAG_UNDO, TAG_KEPT, TAG_BULK };

struct bandeja {
	struct view view;
	struct tasks tasks;
	json_t *doc;			/* as last received, or NULL */
	json_t *lists;			/* how many are in each, or NULL */
	json_t *hand;			/* the task being handed over */
	char *filter;			/* as it is kept, NULL for all */
	int tab, order;
	enum bandeja_group group;
	struct bulk bulk;
	bool fresh;			/* the next list may reorder */
	bool touched;			/* a key came before what was kept */
};

void bandeja_draw(struct view *, struct grid *);
/* The state of a TASK in one word, the most urgent first. */
const char *task_state(const json_t *task);

/* view_bandeja.c: show what passes the filter; fresh: in its order. */
void bandeja_list(struct bandeja *, bool fresh);
void bandeja_tab(struct bandeja *, int tab);

/* bandeja_calls.c: open what names this person; what he is told of. */
void bandeja_calls(struct bandeja *);
void bandeja_notices(struct bandeja *);
bool bandeja_has_notices(const struct bandeja *);

/* bandeja_choose.c */
bool bandeja_passes(const struct bandeja *, const json_t *task);
/* The filter in words, "" when there is none. */
const char *bandeja_filter_name(const struct bandeja *, char out[BANDEJA_NAME]);
void bandeja_ask_filter(struct bandeja *);
/* Name the group of each row and bring them together. */
void bandeja_group(struct bandeja *);
/* Tell the server how the lists are wanted; take what it had kept. */
void bandeja_keep(struct bandeja *);
void bandeja_on_kept(struct bandeja *, const json_t *doc);

/* bandeja_bulk.c */
unsigned bandeja_marked(const struct bandeja *);
void bandeja_mark(struct bandeja *);	/* the row under the finger, or not */
/* The role of all that is marked, "" when they differ. */
const char *bandeja_bulk_role(const struct bandeja *);
/* One command for each marked row; login NULL takes them oneself. */
void bandeja_bulk(struct bandeja *, const char *verb, const char *login);
void bandeja_bulk_on_doc(struct bandeja *, int n, int status, const json_t *);

#endif
