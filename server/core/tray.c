/* SPDX-License-Identifier: ISC */
/* tray.c - see tray.h. */
#include "tray.h"

#include <fcntl.h>
#include <linux/memfd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct tray {
	struct tray *next;		/* put before */
	char *login, *name;
	struct when at;
	int fd;
	int64_t size;
};

static void
tray_del(struct core *c, struct tray *t)
{
	struct tray **p;

	for (p = &c->tray; *p != t; p = &(*p)->next)
		;
	*p = t->next;
	close(t->fd);
	free(t->login);
	free(t->name);
	free(t);
}

void
tray_clear(struct core *c)
{
	while (c->tray != NULL)
		tray_del(c, c->tray);
}

static bool
tray_is_of(const struct tray *t, const struct req *q)
{
	return q->who->login != NULL && strcmp(t->login, q->who->login) == 0;
}

/* "relaciones/NAME" of who asks; NULL. */
static struct tray *
tray_at(const struct req *q, const char *path)
{
	const size_t n = strlen(TRAY_FOLDER);
	struct tray *t;

	if (strncmp(path, TRAY_FOLDER, n) != 0 || path[n] != '/')
		return NULL;
	for (t = q->c->tray; t != NULL; t = t->next)
		if (tray_is_of(t, q) && strcmp(t->name, path + n + 1) == 0)
			return t;
	return NULL;
}

/* The oldest, above what is kept. */
static void
tray_evict(struct core *c)
{
	struct tray *t, *next;
	int64_t bytes = 0;
	unsigned n = 0;

	for (t = c->tray; t != NULL; t = next) {
		next = t->next;
		bytes += t->size;
		if (++n > TRAY_FILES || (n > 1 && bytes > TRAY_BYTES))
			tray_del(c, t);
	}
}

int
tray_memory(struct req *q, const void *bytes, size_t n)
{
	int fd = (int)syscall(SYS_memfd_create, TRAY_FOLDER, MFD_CLOEXEC);
	const uint8_t *p = bytes;
	ssize_t k = 1;
	size_t at;

	for (at = 0; fd >= 0 && k > 0 && at < n; at += (size_t)k)
		k = pwrite(fd, p + at, n - at, (off_t)at);
	if (fd >= 0 && k > 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return why_set(&q->why, ERR_UNAVAILABLE,
	    "No hay memoria para hacer el archivo: intente de nuevo.");
}

int
tray_put(struct req *q, const char *name, const void *bytes, size_t n)
{
	struct tray *t;
	char *path;
	int fd;

	if ((fd = tray_memory(q, bytes, n)) < 0)
		return fd;
	path = xasprintf("%s/%s", TRAY_FOLDER, name);
	if ((t = tray_at(q, path)) != NULL)
		tray_del(q->c, t);
	free(path);
	t = xcalloc(1, sizeof *t);
	t->login = xstrdup(q->who->login != NULL ? q->who->login : "");
	t->name = xstrdup(name);
	t->at = q->now;
	t->fd = fd;
	t->size = (int64_t)n;
	t->next = q->c->tray;
	q->c->tray = t;
	tray_evict(q->c);
	return 0;
}

bool
tray_has(const struct req *q)
{
	const struct tray *t;

	for (t = q->c->tray; t != NULL; t = t->next)
		if (tray_is_of(t, q))
			return true;
	return false;
}

static json_t *
tray_entry(const struct tray *t)
{
	return json_pack("{s:s, s:s, s:I, s:o}", "name", t->name, "kind",
	    "file", "size", (json_int_t)t->size, "at", json_when(t->at));
}

json_t *
tray_find(struct req *q, const char *path)
{
	const struct tray *t = tray_at(q, path);
	json_t *list;

	if (t != NULL)
		return tray_entry(t);
	if (strcmp(path, TRAY_FOLDER) != 0)
		return NULL;
	list = json_array();
	for (t = q->c->tray; t != NULL; t = t->next)
		if (tray_is_of(t, q))
			json_array_append_new(list, tray_entry(t));
	return json_pack("{s:s, s:o}", "kind", "folder", "entries", list);
}

int
tray_open(struct req *q, const char *path, int64_t *size)
{
	const struct tray *t = tray_at(q, path);
	char again[40];
	int fd;

	if (t == NULL)
		return -ERR_NOT_FOUND;
	/* Ours may be written to: whoever gets this one reads. */
	(void)snprintf(again, sizeof again, "/proc/self/fd/%d", t->fd);
	if ((fd = open(again, O_RDONLY | O_CLOEXEC)) < 0)
		return -ERR_NOT_FOUND;
	*size = t->size;
	return fd;
}
