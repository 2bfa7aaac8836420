/* SPDX-License-Identifier: ISC */
/*
 * shelf.h - what this machine keeps for one person of one server, so that
 * work goes on without a line: a folder of small files, each a JSON object.
 *
 *	$XDG_STATE_HOME/pauta/HOST:PORT-INSTALLATION/LOGIN/	0700
 *		NAME		an object and its sum, 0600
 *		bad.NAME	set aside: it was damaged
 *		lock		held by the one program that writes here
 *
 * A file is written whole beside its name and renamed: after a kill it is the
 * one before or the one after.  What is read is foreign: it passes the
 * sanitizer as what strangers type does.  What the files say is for papers.h
 * and app_shelf.c.
 */
#ifndef PAUTA_SHELF_H
#define PAUTA_SHELF_H

#include <jansson.h>

#include "base.h"

struct shelf;

/*
 * The shelf of a person (login NULL: this machine's user) at a server.  It
 * uses the folder that was used last, if there is one.  NULL when there is no
 * home to keep it in.
 */
struct shelf *shelf_new(const char *host, int port, const char *login);
void shelf_free(struct shelf *);		/* accepts NULL */

/*
 * This is the record that answers: use its folder, made when it is the first
 * time.  1 when another was in use before, 0 when not, or a negative error
 * with why: then nothing can be kept.
 */
int shelf_meet(struct shelf *, const char *installation, struct why *);
/* Is a folder in use?  False of NULL too. */
bool shelf_is_open(const struct shelf *);

/* The name of a file for some words: no two lists of words share one.  Given;
 * NULL when it would be too long for a file. */
char *shelf_name(const char *kind, const char *const *words);
/*
 * Write; with durable it survives a power cut when this returns.  0, or
 * -ERR_SYSTEM with why.
 */
int shelf_put(struct shelf *, const char *name, const json_t *, bool durable,
    struct why *);
/*
 * Read: a new reference, or NULL when there is none.  A damaged file is set
 * aside and counts as none; *at, when not NULL, is when it was written.
 */
json_t *shelf_get(struct shelf *, const char *name, struct when *at);
void shelf_del(struct shelf *, const char *name);
/* The names that begin so, in order: a new array of texts. */
json_t *shelf_list(struct shelf *, const char *begins);
/* Remove what begins so and was written before that time. */
void shelf_prune(struct shelf *, const char *begins, struct when before);
/* A sentence about a file that was set aside, once; given, or NULL. */
char *shelf_damage(struct shelf *);

#endif
