/* SPDX-License-Identifier: ISC */
/* sftp_handle.c - what is open, under names that cannot be guessed. */
#include "sftp.h"

#include <unistd.h>

#include "../../proto/hash.h"

struct handle *
handle_new(struct sftp *s, enum handle_kind kind, const char *path)
{
	struct handle *h = NULL;
	size_t i;

	for (i = 0; i < SFTP_HANDLES && h == NULL; i++)
		if (s->handles[i] == NULL) {
			h = s->handles[i] = xcalloc(1, sizeof *h);
			hash_random(h->name, sizeof h->name);
			h->name[0] = (uint8_t)i;
			h->kind = kind;
			h->path = xstrdup(path);
			h->fd = -1;
		}
	return h;
}

struct handle *
handle_find(struct sftp *s, const uint8_t *name, size_t n)
{
	struct handle *h;

	if (n != SFTP_HANDLE_BYTES || name[0] >= SFTP_HANDLES)
		return NULL;
	h = s->handles[name[0]];
	return h != NULL && memcmp(h->name, name, n) == 0 ? h : NULL;
}

unsigned
handle_count(const struct sftp *s, enum handle_kind kind)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; i < SFTP_HANDLES; i++)
		n += s->handles[i] != NULL && s->handles[i]->kind == kind;
	return n;
}

void
handle_free(struct sftp *s, struct handle *h)
{
	if (h == NULL)
		return;
	s->handles[h->name[0]] = NULL;
	if (s->moving == h)
		s->moving = NULL;
	if (h->fd >= 0)
		close(h->fd);
	json_decref(h->entries);
	free(h->path);
	free(h);
}
