/* SPDX-License-Identifier: ISC */
/* autorizaciones.h - what view_autorizaciones.c and its drawing share. */
#ifndef PAUTA_AUTORIZACIONES_H
#define PAUTA_AUTORIZACIONES_H

#include "form.h"
#include "tasks.h"

struct autorizaciones {
	struct form_view fv;		/* fields of the decision itself */
	struct tasks tasks;
	json_t *doc;			/* STEP on the screen, or NULL */
	struct page page;		/* what changed, or everything */
	int change;			/* where n and p are */
	bool all;			/* everything is shown */
	bool filling;			/* the form has the keys */
	bool moved;			/* it changed while being read */
	bool sending, asked, fresh;
	bool told;			/* that it had not come yet */
	char *to;			/* step to return to, being asked */
	char *wanted;			/* "FOLIO 3" on its way, or NULL */
	char *remark_for;		/* title of the prompt for it */
	char *last;			/* "BOL-0412 aprobada" */
	char *undone;			/* folio that is coming back */
	struct when undo_until;
};

enum { TAG_LIST, TAG_STEP, TAG_DRAFT, TAG_APPROVED, TAG_RETURNED, TAG_UNDO };

/* ---- view_autorizaciones.c ---- */

void autoriz_ask(struct autorizaciones *, bool fresh);
/* Ask for what the finger is on, unless it is on the screen already. */
void autoriz_show(struct autorizaciones *, bool again);
/* Is the document on the screen that of this row? */
bool autoriz_shows(const struct autorizaciones *, const struct task_row *);

/* ---- autorizaciones_decide.c ---- */

void autoriz_approve(struct autorizaciones *);
void autoriz_return(struct autorizaciones *);
void autoriz_on_decided(struct autorizaciones *, int tag, int status,
    json_t *doc);
/* Why what is on the screen cannot be decided now, or NULL. */
const char *autoriz_grey_decide(struct autorizaciones *);

/* ---- autorizaciones_draw.c ---- */

void autoriz_draw(struct view *, struct grid *);
/* Write the page anew: changes since the last round, or what is shown. */
void autoriz_page(struct autorizaciones *);

#endif
