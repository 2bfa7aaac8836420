/* SPDX-License-Identifier: ISC */
/*
 * outlet.h - the register of outlets that an office watches: who they are, who
 * watches them, and the feed that the courier reads of them.
 */
#ifndef PAUTA_OUTLET_H
#define PAUTA_OUTLET_H

#include "../store/store_outlet.h"
#include "req.h"

/* The columns of the register, in the order of a table; texts of one line. */
enum outlet_column { OUTLET_NAME, OUTLET_KIND, OUTLET_PROGRAMME,
	OUTLET_SCHEDULE, OUTLET_PHONES, OUTLET_CONTACT, OUTLET_FEED,
	OUTLET_EVERY, OUTLET_WATCHERS, OUTLET_COLUMNS };

/* "nombre", "tipo" …: as commands and files name them; their JSON keys. */
extern const char *const outlet_names[OUTLET_COLUMNS];
extern const char *const outlet_keys[OUTLET_COLUMNS];

/* What shall be said of one; NULL is what it was.  Borrowed. */
struct outlet_said {
	int64_t id;			/* 0: a new one */
	const char *office;		/* of a new one */
	const char *column[OUTLET_COLUMNS];
	bool active;
	const json_t *names;		/* of its office; NULL: looked up */
};

/*
 * Check, write outlet.set, and set the reading of its feed.  *id gets its
 * number; *same is true, and nothing written, when that is what it was.
 */
int outlet_set(struct req *, const struct outlet_said *, int64_t *id,
    bool *same);
/* May the asker change the register of that office?  0 or -ERR_REFUSED. */
int outlet_allow(struct req *, const char *office);
/* OUTLET of docs/api.md.  A new reference. */
json_t *outlet_doc(struct req *, const struct outlet_row *);
/* The names of an office's outlets, without accents or case: lasts as q does. */
json_t *outlet_register(struct req *, const char *office);
/* One more of them. */
void outlet_name_put(json_t *names, const char *name, int64_t id);
/* The number of the one of that name, or 0. */
int64_t outlet_find(const json_t *names, const char *name);

/* outlet_file.c: a table or a list of feeds of others as rows to be set. */
typedef int outlet_row_fn(void *arg, int line, const struct outlet_said *);
/* Each row once.  0, what fn returned, or -ERR_REFUSED: no such file. */
int outlet_read_csv(const char *text, outlet_row_fn *, void *arg,
    struct why *);
int outlet_read_opml(const char *text, outlet_row_fn *, void *arg,
    struct why *);
/* list: an array of OUTLET.  Appended to b. */
void outlet_write_csv(const json_t *list, struct buf *b);
void outlet_write_opml(const json_t *list, struct buf *b);

#endif
