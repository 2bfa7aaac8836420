/* SPDX-License-Identifier: ISC */
/* expediente.h - what view_expediente.c and expediente_draw.c share. */
#ifndef PAUTA_EXPEDIENTE_H
#define PAUTA_EXPEDIENTE_H

#include "cursor.h"
#include "doc.h"
#include "page.h"
#include "view.h"

enum expediente_tab { EXP_STEPS, EXP_FIELDS, EXP_RECORDS, EXP_TABS };

struct expediente {
	struct view view;
	json_t *doc;			/* CASE of docs/api.md, or NULL */
	enum expediente_tab tab;
	struct cursor at;
	struct page page;		/* what the tab or the step says */
	bool detail;			/* one step on the whole screen */
	char *reason;			/* why it is being cancelled */
};

void expediente_draw(struct view *, struct grid *);
/* The step under the finger, or NULL. */
const json_t *expediente_at(const struct expediente *);
/* Write the page of the tab, or of the step when detail is on. */
void expediente_page(struct expediente *);

#endif
