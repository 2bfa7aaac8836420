/* SPDX-License-Identifier: ISC */
/* bandeja.h - what view_bandeja.c and bandeja_draw.c share. */
#ifndef PAUTA_BANDEJA_H
#define PAUTA_BANDEJA_H

#include "tasks.h"
#include "view.h"

enum { BANDEJA_TABS = 4, BANDEJA_ORDERS = 4 };

struct bandeja {
	struct view view;
	struct tasks tasks;
	json_t *doc;			/* as last received, or NULL */
	json_t *told;			/* the task below the list, or NULL */
	json_t *hand;			/* the task being handed over */
	char *filter;			/* only tasks that say this, or NULL */
	int tab, order;
	bool fresh;			/* the next list may reorder */
	bool away;			/* another screen opened from here */
};

void bandeja_draw(struct view *, struct grid *);
/* The state of a TASK in one word, the most urgent first. */
const char *task_state(const json_t *task);

#endif
