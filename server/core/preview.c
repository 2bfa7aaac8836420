/* SPDX-License-Identifier: ISC */
/* preview.c - see preview.h. */
#include <stdlib.h>
#include <string.h>

#include "../../proto/i18n.h"
#include "../store/blob.h"
#include "preview.h"
#include "render.h"

struct kept {
	struct core *c;
	struct kept *next;		/* used less recently */
	char *key;
	char *text;			/* the document; NULL: see why */
	struct why why;
	bool ready;
};

static char *
preview_key(const struct preview *p)
{
	char *job = json_dumps(p->job, JSON_COMPACT | JSON_SORT_KEYS);
	char *key = xasprintf("%s %s %s %s", p->kind, p->office, p->sha256,
	    job);

	free(job);
	return key;
}

/* Out of the list, if it is in it; nobody is told any more. */
static void
kept_free(struct kept *k)
{
	struct kept **p;

	for (p = &k->c->previews; *p != NULL && *p != k; p = &(*p)->next)
		;
	if (*p == k)
		*p = k->next;
	render_forget(k->c, k);
	free(k->key);
	free(k->text);
	free(k);
}

static void
previews_evict(struct core *c, unsigned most)
{
	struct kept *k, *next;
	unsigned n = 0;

	for (k = c->previews; k != NULL; k = next) {
		next = k->next;
		if (n++ >= most)
			kept_free(k);
	}
}

/* The one of that key, now the most recently used; or NULL. */
static struct kept *
preview_find(struct core *c, const char *key)
{
	struct kept **p, *k;

	for (p = &c->previews; *p != NULL && strcmp((*p)->key, key) != 0;
	    p = &(*p)->next)
		;
	if ((k = *p) != NULL) {
		*p = k->next;
		k->next = c->previews;
		c->previews = k;
	}
	return k;
}

static void
preview_on_done(void *arg, const struct render_end *end)
{
	struct kept *k = arg;

	k->ready = true;
	k->c->previews_moved = true;
	if (end->r < 0)
		k->why = end->why;
	else if ((k->text = render_text(end, PREVIEW_MAX)) == NULL)
		(void)why_set(&k->why, ERR_REFUSED, N_("La vista es demasiado "
		    "grande: pida menos celdas."));
}

static int
preview_begin(struct req *q, const struct preview *p, char *key)
{
	struct blob b = { q->c->dir, p->office, p->sha256 };
	struct kept *k = xcalloc(1, sizeof *k);
	struct render_job o = { .program = p->program, .kind = p->kind,
		.on_done = preview_on_done, .arg = k };
	int r;

	k->c = q->c;
	k->key = key;
	if ((r = render_start_file(q->c, &o, &b, p->job, &q->why)) < 0) {
		kept_free(k);
		return r;
	}
	k->next = q->c->previews;
	q->c->previews = k;
	previews_evict(q->c, PREVIEWS);
	*q->who->later = true;
	return 0;
}

int
preview_get(struct req *q, const struct preview *p, json_t **doc)
{
	char *key = preview_key(p);
	struct kept *k = preview_find(q->c, key);

	*doc = NULL;
	if (k == NULL && q->who->later == NULL) {
		free(key);
		return why_set(&q->why, ERR_UNAVAILABLE,
		    "La vista no se puede hacer ahora: inténtelo en un "
		    "momento.");
	}
	if (k == NULL)
		return preview_begin(q, p, key);
	free(key);
	if (!k->ready && q->who->later != NULL)
		*q->who->later = true;
	if (k->text != NULL)
		*doc = json_loads(k->text, 0, NULL);
	if (!k->ready || *doc != NULL)
		return 0;
	(void)why_set(&q->why, k->why.e, "%s", _(k->why.text));
	if (q->why.e == ERR_UNAVAILABLE)	/* another time it may work */
		kept_free(k);
	return -(int)q->why.e;
}

void
preview_clear(struct core *c)
{
	previews_evict(c, 0);
}

bool
core_previews_moved(struct core *c)
{
	bool moved = c->previews_moved;

	c->previews_moved = false;
	return moved;
}
