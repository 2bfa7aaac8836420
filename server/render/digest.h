/* SPDX-License-Identifier: ISC */
/*
 * digest.h - the kind `sintesis`: clippings by section as a PDF that somebody
 * is glad to read.  Cover, index with pages, then the clippings.
 *
 * The job (docs/api.md, "Documents of a case"):
 *
 *	{"title","number","date":"2026-11-23","at":"2026-11-23T15:30:00Z",
 *	 "institution","unit","logo":PICTURE,
 *	 "sections":[{"title","pieces":[{"title","outlet","place",
 *	    "published":"2026-11-23","genre","text","rank":1,
 *	    "pictures":[PICTURE],"elsewhere":[TEXT]}]}]}
 *	PICTURE {"file":N,"name","type":"image" or "pdf"}
 *
 * file is an open descriptor (render.h).  Everything but sections may be
 * absent.
 */
#ifndef PAUTA_DIGEST_H
#define PAUTA_DIGEST_H

#include "picture.h"
#include "render.h"

enum { DIGEST_PAGES = 600 };		/* of one document, at most */

struct piece {
	const char *title, *outlet, *place, *genre, *text;
	char published[16];		/* "23/11/2026" */
	int rank;			/* 1 first; 0 none */
	struct picture **pictures;
	size_t pictures_count;
	const json_t *source;
	int page;			/* where it begins; set by layout */
};

struct section {
	char *title;
	struct piece *pieces;
	size_t pieces_count;
	int page;
};

struct digest {
	const char *title, *number, *institution, *unit;
	char date[64];			/* "lunes 23 de noviembre de 2026" */
	struct when at;
	struct picture *logo;
	struct section *sections;
	size_t sections_count, pieces_count;
	int pages;			/* of the whole document */
};

/*
 * Read a job, whose files are descriptors.  Borrows it for as long as *d
 * lives.  0, or -ERR_REFUSED: a picture cannot be read, and which.
 */
int digest_load(struct digest *, const json_t *job, struct why *);
void digest_clear(struct digest *);		/* accepts zeroed */

/* Lay it out and write the PDF to fd.  0, or -ERR_REFUSED, -ERR_SYSTEM. */
int digest_write(struct digest *, int fd, struct why *);
/* Both: a row of kinds.c. */
int digest_run(const json_t *job, int fd, struct why *);

#endif
