/* SPDX-License-Identifier: ISC */
/*
 * copy.c - see copy.h.  The courier asks for one file at a time: there is one.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "copy.h"
#include "render.h"

struct copy {
	struct core *c;
	int64_t job;
	unsigned n;
	bool ready;			/* there, or why not */
	int fd;
	struct why why;
};

void
copy_forget(struct core *c)
{
	struct copy *k = c->copy;

	if (k == NULL)
		return;
	render_forget(c, k);
	if (k->fd >= 0)
		(void)close(k->fd);
	free(k);
	c->copy = NULL;
}

static void
copy_on_done(void *arg, const struct render_end *end)
{
	struct copy *k = arg;

	k->ready = true;
	k->why = end->why;
	if (end->r == 0 &&
	    (k->fd = fcntl(end->fd, F_DUPFD_CLOEXEC, 0)) < 0)
		(void)why_set(&k->why, ERR_UNAVAILABLE, "No se pudo preparar "
		    "la copia para publicar: se intentará otra vez.");
	k->c->previews_moved = true;
}

/* What is not where it must be, no other try finds. */
static int
copy_begin(struct req *q, struct copy *k, const struct blob *b)
{
	struct render_job o = { .kind = "copia", .on_done = copy_on_done,
		.arg = k };
	int r = render_start_file(q->c, &o, b, NULL, &q->why);

	if (r == -ERR_SYSTEM)
		q->why.e = ERR_REFUSED;
	return r < 0 ? -(int)q->why.e : 0;
}

/* It ended: what came of it, which is kept no longer. */
static int
copy_take(struct req *q, struct parcel *o)
{
	struct copy *k = q->c->copy;
	int r = 0;

	if (k->fd < 0)
		r = why_set(&q->why, k->why.e, "%s", k->why.text);
	o->fd = k->fd;
	k->fd = -1;
	copy_forget(q->c);
	return r;
}

int
copy_give(struct req *q, int64_t job, unsigned n, const struct blob *b,
    struct parcel *o)
{
	struct copy *k = q->c->copy;
	int r;

	if (k != NULL && (k->job != job || k->n != n)) {
		copy_forget(q->c);
		k = NULL;
	}
	if (k != NULL && k->ready)
		return copy_take(q, o);
	if (q->who->later == NULL)
		return why_set(&q->why, ERR_UNAVAILABLE, "La copia para "
		    "publicar no se puede hacer ahora.");
	if (k == NULL) {
		q->c->copy = k = xcalloc(1, sizeof *k);
		*k = (struct copy){ .c = q->c, .job = job, .n = n, .fd = -1 };
		if ((r = copy_begin(q, k, b)) < 0) {
			copy_forget(q->c);
			return r;
		}
	}
	*q->who->later = true;
	return 0;
}
