/* SPDX-License-Identifier: ISC */
/*
 * disk.c - how much room the disk has, and who gets the last of it: files from
 * outside are refused while there is still some, so that decisions go on until
 * there is none.  turn.c has what happens then.
 *
 *   ok --less than disk_reserve is free--> low --a turn did not fit--> full
 */
#include <sys/statvfs.h>

#include "req.h"
#include "seal.h"

static const char *const disk_names[] = {
	[DISK_OK] = "ok", [DISK_LOW] = "low", [DISK_FULL] = "full",
};

/* Bytes that may still be written; 0 when the disk does not say. */
static int64_t
disk_free(const struct core *c)
{
	struct statvfs v;

	if (statvfs(c->dir, &v) < 0)
		return 0;
	return (int64_t)v.f_bavail * (int64_t)v.f_frsize;
}

static enum disk_level
disk_level_of(const struct core *c, int64_t left)
{
	if (c->disk_full)
		return DISK_FULL;
	return c->log_stuck || left < c->disk_reserve ? DISK_LOW : DISK_OK;
}

enum disk_level
core_disk_level(const struct core *c)
{
	return disk_level_of(c, disk_free(c));
}

int
core_allow_bulk(const struct core *c, int64_t *room, struct why *why)
{
	int64_t left = disk_free(c);

	*room = left - c->disk_reserve;
	if (disk_level_of(c, left) == DISK_OK)
		return 0;
	return why_set(why, ERR_UNAVAILABLE,
	    "Queda poco espacio en el disco del servidor y se aparta para los "
	    "trámites: por ahora no recibe archivos. Avise a quien lo "
	    "administra.");
}

void
disk_watch(struct core *c)
{
	int64_t left = disk_free(c);
	enum disk_level now = disk_level_of(c, left);

	if (now == c->disk_told)
		return;
	log_at(now > c->disk_told ? LOG_WARN : LOG_INFO,
	    "disk=%s free=%lld reserve=%lld", disk_names[now],
	    (long long)left, (long long)c->disk_reserve);
	c->disk_told = now;
}

int
cmd_estado(struct req *q)
{
	const struct core *c = q->c;
	const struct why *hold = seal_hold(c->seal);
	int64_t left = disk_free(c);
	int r;

	if ((r = req_all_used(q)) < 0)
		return r;
	json_object_set_new(q->out, "events", json_integer(core_seq(c)));
	json_object_set_new(q->out, "disk", json_pack("{s:s, s:I, s:I}",
	    "level", disk_names[disk_level_of(c, left)], "free",
	    (json_int_t)left, "reserve", (json_int_t)c->disk_reserve));
	json_object_set_new(q->out, "log", json_pack("{s:i, s:b}", "pages",
	    store_log_pages(c->store), "stuck", c->log_stuck));
	json_object_set_new(q->out, "hold",
	    json_text(hold != NULL ? hold->text : NULL));
	return 0;
}
