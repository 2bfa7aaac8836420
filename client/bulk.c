/* SPDX-License-Identifier: ISC */
/* bulk.c - see bulk.h. */
#include "bulk.h"

#include <stdlib.h>

void
bulk_clear(struct bulk *b)
{
	unsigned i;

	for (i = 0; i < b->count; i++) {
		free(b->all[i].folio);
		free(b->all[i].ref);
		free(b->all[i].said);
	}
	free(b->all);
	b->all = NULL;
	b->first += (int)b->count;
	b->count = b->left = 0;
}

int
bulk_add(struct bulk *b, const char *folio, const char *ref)
{
	b->all = xrealloc(b->all, b->count + 1, sizeof *b->all);
	b->all[b->count] = (struct bulk_one){ xstrdup(folio), xstrdup(ref),
		NULL, false };
	b->left++;
	return b->first + (int)b->count++;
}

bool
bulk_take(struct bulk *b, int number, bool good, char *said)
{
	int i = number - b->first;

	if (i < 0 || i >= (int)b->count || b->all[i].said != NULL) {
		free(said);
		return false;
	}
	b->all[i].good = good;
	b->all[i].said = said;
	return --b->left == 0;
}

unsigned
bulk_good(const struct bulk *b)
{
	unsigned i, good = 0;

	for (i = 0; i < b->count; i++)
		good += b->all[i].good;
	return good;
}

void
bulk_show(const struct bulk *b, struct view *v, const char *title,
    void (*on_pick)(struct view *, int tag, const char *place))
{
	json_t *items = json_array();
	char place[16];
	unsigned i;

	for (i = 0; i < b->count; i++) {
		(void)snprintf(place, sizeof place, "%u", i);
		app_choice(items, place, "%s %s  %s", b->all[i].folio,
		    b->all[i].ref, b->all[i].said);
	}
	app_pick(v, 0, title, items, on_pick);
	json_decref(items);
}

const struct bulk_one *
bulk_at(const struct bulk *b, const char *place)
{
	return &b->all[strtoul(place, NULL, 10)];
}
