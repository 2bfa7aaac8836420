/* SPDX-License-Identifier: ISC */
/*
 * publish.h - what the publishers share: a bulletin is its photographs, one
 * after the other, and then the page that shows them.
 *
 *	begin --> photo of each --publish_placed()--> page --> task_done()
 */
#ifndef PAUTA_PUBLISH_H
#define PAUTA_PUBLISH_H

#include "kinds.h"
#include "page.h"

/* Photographs of a bulletin; bytes of one. */
enum { PUBLISH_PHOTOS = 16, PUBLISH_PHOTO_BYTES = 64 << 20 };

/* The one in hand: a copy that the core made for this (core/copy.h). */
struct photo {
	/* Of its bytes: "9f86d081884c7d65.jpg"; the same for every try. */
	char name[24];
	const char *type;		/* "image/jpeg" */
	struct buf bytes;
};

struct publish {
	const struct publisher *by;
	char *slug;			/* page_slug() of the folio */
	struct photo photo;
	struct figure figures[PUBLISH_PHOTOS];	/* src of each is owned */
	unsigned count, next;		/* photographs; the one in hand */
	char *auth;			/* wordpress: the header */
	json_int_t lead;		/* wordpress: number of the first */
};

/* Each ends the task, or goes on as drawn above. */
struct publisher {
	const char *name;
	/* What must be there before anything is tried: a sentence, or NULL. */
	const char *(*lacks)(const struct task *);
	void (*photo)(struct task *);
	void (*page)(struct task *);
};

struct publish *publish_of(const struct task *);
/* The address of the portal, without a '/' at its end.  Given. */
char *publish_base(const struct task *);
/* The bulletin, borrowed from the task and url. */
void publish_page(const struct task *, const char *url, struct page *);
/* The photograph in hand is outside, at src, which is taken. */
void publish_placed(struct task *, char *src);
/* The page is at url, under that identifier. */
void publish_done(struct task *, const char *url, const char *id);

/* A static page and a feed in the folder that main.c opened; publish_folder.c. */
extern const struct publisher publisher_folder;
/* WordPress, by its REST interface; publish_wordpress.c. */
extern const struct publisher publisher_wordpress;

#endif
