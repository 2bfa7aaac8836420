/* SPDX-License-Identifier: ISC */
/*
 * turn.c - how a turn of the loop ends: everything written in it is durable
 * together, or none of it happened.
 *
 *   written --commit--> durable --> answers leave --> the log is moved
 *      '--failed--> undone --the disk is full--> the core goes on
 *                      '--anything else--> it ends, and begins from disk
 *
 * A disk that is full heals; after a failed sync nobody knows what the disk
 * holds, and only reading it again tells.
 */
#include "req.h"
#include "seal.h"
#include "shelf.h"

/* Pages of the log above which it is moved into the file. */
enum { CHECKPOINT_PAGES = 2500 };

/* Reading fills the memory too: what is over is let go by a commit. */
bool
core_is_dirty(const struct core *c)
{
	struct why why;

	return c->broken || store_is_open(c->store) ||
	    store_has_fault(c->store, &why) || c->held_count > CASES_KEPT;
}

int
core_break(struct core *c, const struct why *why)
{
	c->broken = true;
	c->broken_why = *why;
	return -ERR_SYSTEM;
}

/* What the turn made in memory goes with it: read all of it again. */
static int
turn_forget(struct core *c, struct why *why)
{
	struct seal *fresh;
	int r;

	case_evict(c, 0);
	feed_again(c);
	monitor_forget(c);
	shelf_clear(c);
	while (c->procedures_count > 0)
		procedure_free(c->procedures[--c->procedures_count]);
	if ((r = core_reload(c, why)) < 0 ||
	    (r = seal_open(c->store, c->dir, &fresh, why)) < 0)
		return r;
	seal_free(c->seal);
	c->seal = fresh;
	c->broken = false;
	c->disk_full = true;
	return 0;
}

static int
turn_undo(struct core *c, struct why *why)
{
	struct why again;

	store_rollback(c->store);
	c->alarm_known = false;
	sweep_settle(c, false);
	if (why->e != ERR_UNAVAILABLE || turn_forget(c, &again) < 0)
		return core_break(c, why);
	return -ERR_UNAVAILABLE;
}

/* The log stays where it is when the disk is full: said once. */
static void
turn_move_log(struct core *c)
{
	struct why why;
	int r;

	r = store_checkpoint(c->store, CHECKPOINT_PAGES, &why);
	if ((r < 0) != c->log_stuck)
		log_at(r < 0 ? LOG_WARN : LOG_INFO,
		    "checkpoint=%s log_pages=%d why=\"%s\"",
		    r < 0 ? "failed" : "done", store_log_pages(c->store),
		    r < 0 ? why.text : "");
	c->log_stuck = r < 0;
	if (r < 0 && why.e != ERR_UNAVAILABLE)
		(void)core_break(c, &why);
}

int
core_commit(struct core *c, struct why *why)
{
	int r = 0;

	if (!c->broken && store_has_fault(c->store, why))
		(void)core_break(c, why);
	if (c->broken) {
		*why = c->broken_why;
		r = -ERR_SYSTEM;
	} else if (store_is_open(c->store) &&
	    (r = seal_put(c->seal, c->store, core_now(c), SEAL_EVERY, 0,
		 why)) == 0) {
		r = store_commit(c->store, why);
		c->disk_full = c->disk_full && r < 0;
	}
	if (r < 0)
		return turn_undo(c, why);
	sweep_settle(c, true);
	case_evict(c, CASES_KEPT);
	turn_move_log(c);
	return 0;
}

int
turn_allow(struct core *c, struct why *why)
{
	if (!c->log_stuck || store_log_pages(c->store) <= c->log_most)
		return 0;
	if (!store_is_open(c->store))
		turn_move_log(c);
	if (!c->log_stuck || c->broken)
		return 0;
	return why_set(why, ERR_UNAVAILABLE,
	    "El disco está casi lleno y el servidor no acepta cambios: libere "
	    "espacio y vuelva a intentar; lo guardado está completo.");
}
