/* SPDX-License-Identifier: ISC */
/* papers_own.h - what papers.c and papers_show.c share. */
#ifndef PAUTA_PAPERS_OWN_H
#define PAUTA_PAPERS_OWN_H

#include "papers.h"

struct papers {
	struct shelf *shelf;		/* borrowed */
	json_t *list;			/* by seq */
};

/* The text of a FIELD as a person finds it in a form.  Given. */
char *papers_text(const json_t *def);
void papers_keep(struct papers *, const json_t *paper);
void papers_fail(struct papers *, json_t *paper, const char *sentence);

#endif
