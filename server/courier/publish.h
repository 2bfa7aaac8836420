/* SPDX-License-Identifier: ISC */
/* publish.h - what the publishers share. */
#ifndef PAUTA_PUBLISH_H
#define PAUTA_PUBLISH_H

#include "kinds.h"
#include "page.h"

/* The address of the portal, without a '/' at its end.  Given. */
char *publish_base(const struct task *);
/* The bulletin, borrowed from the task and url. */
void publish_page(const struct task *, const char *url, struct page *);

/* A static page and a feed in the folder that main.c opened; publish_folder.c. */
void folder_publish(struct task *);
/* WordPress, by its REST interface; publish_wordpress.c. */
void wordpress_publish(struct task *);
void wordpress_clear(struct task *);

#endif
