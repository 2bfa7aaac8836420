/* SPDX-License-Identifier: ISC */
/*
 * sweep.c - bytes that nobody has any use for.  What was erased goes as soon
 * as the record says so.  Whatever else can be left over is left by a turn
 * that was undone or a server that died: only then are all files of the
 * offices looked at, when those that were on their way have arrived.
 */
#include "../store/blob.h"
#include "req.h"

enum { SWEEP_WAIT = 1800, SPOOL_DAY = 24 * 3600 };

static bool
sweep_is_used(void *arg, const char *office, const char *name)
{
	struct core *c = arg;

	return store_has_file(c->store, office, name);
}

void
sweep_later(struct core *c)
{
	c->blobs_loose = core_now(c);
}

void
sweep_case(struct core *c, const struct held *h)
{
	const char *sum;
	json_t *file;
	size_t i;

	json_array_foreach(h->ca->files, i, file) {
		sum = json_string_value(json_object_get(file, "sha256"));
		if (sum != NULL)
			json_array_append_new(c->blobs_doomed, json_pack(
			    "{s:s, s:s}", "office", h->row.office, "sha256",
			    sum));
	}
}

void
sweep_settle(struct core *c, bool done)
{
	struct blob b = { .dir = c->dir };
	json_t *one;
	size_t i;

	if (!done)
		sweep_later(c);
	json_array_foreach(c->blobs_doomed, i, one) {
		b.office = json_string_value(json_object_get(one, "office"));
		b.name = json_string_value(json_object_get(one, "sha256"));
		if (done && !store_has_file(c->store, b.office, b.name) &&
		    blob_drop(&b) < 0)
			sweep_later(c);
	}
	json_array_clear(c->blobs_doomed);
}

void
sweep_tick(struct core *c)
{
	struct when now = core_now(c),
		    disk = { now.s - c->clock_moved };
	int gone = 0;

	/* Attached in this very turn: its row is not committed yet. */
	if (store_is_open(c->store))
		return;
	if (now.s >= c->spool_swept.s + SWEEP_WAIT) {
		c->spool_swept = now;
		gone += blob_sweep_spool(c->dir, disk, SPOOL_DAY);
	}
	if (c->blobs_loose.s != 0 && now.s > c->blobs_loose.s + SWEEP_WAIT) {
		c->blobs_loose.s = 0;
		gone += blob_sweep(c->dir, disk, SWEEP_WAIT, sweep_is_used, c);
	}
	if (gone > 0)
		log_at(LOG_INFO, "blobs=swept gone=%d", gone);
}
