/* SPDX-License-Identifier: ISC */
/* shelf_file.c - see shelf_file.h. */
#include "shelf_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

enum { SHELF_FILE_MAX = 4 * FRAME_MAX, SHELF_SUM = 18 };

static const char shelf_fresh[] = "new.";

/* FNV-1a: against disks and editors, not against people. */
static void
shelf_sum(const char *s, size_t n, char out[SHELF_SUM + 1])
{
	uint64_t h = 0xcbf29ce484222325;
	size_t i;

	for (i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 0x100000001b3;
	(void)snprintf(out, SHELF_SUM + 1, "\n%016" PRIx64 "\n", h);
}

/* ---- writing ---- */

static int
shelf_write_all(int fd, const char *s, size_t n)
{
	ssize_t k;

	for (; n > 0; s += k, n -= (size_t)k)
		if ((k = write(fd, s, n)) < 0)
			return -ERR_SYSTEM;
	return 0;
}

int
shelf_file_write(int dir, const char *name, const json_t *o, bool durable)
{
	char *text = json_dumps(o, JSON_COMPACT | JSON_PRESERVE_ORDER);
	char *fresh = xasprintf("%s%s", shelf_fresh, name);
	char sum[SHELF_SUM + 1];
	int fd, r = -ERR_SYSTEM;

	(void)unlinkat(dir, fresh, 0);
	fd = openat(dir, fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC |
	    O_NOFOLLOW, 0600);
	if (fd >= 0 && text != NULL) {
		shelf_sum(text, strlen(text), sum);
		r = shelf_write_all(fd, text, strlen(text));
		if (r == 0)
			r = shelf_write_all(fd, sum, SHELF_SUM);
		if (r == 0 && durable && fsync(fd) < 0)
			r = -ERR_SYSTEM;
	}
	if (fd >= 0 && close(fd) < 0)
		r = -ERR_SYSTEM;
	if (r == 0 && (renameat(dir, fresh, dir, name) < 0 ||
	    (durable && fsync(dir) < 0)))
		r = -ERR_SYSTEM;
	free(fresh);
	free(text);
	return r;
}

/* ---- reading ---- */

static char *
shelf_read_all(int fd, size_t *len)
{
	struct stat st;
	char *text;
	size_t n = 0;
	ssize_t k = 0;

	if (fstat(fd, &st) < 0 || st.st_size > SHELF_FILE_MAX)
		return NULL;
	text = xcalloc((size_t)st.st_size + 1, 1);
	while (n < (size_t)st.st_size &&
	    (k = read(fd, text + n, (size_t)st.st_size - n)) > 0)
		n += (size_t)k;
	*len = n;
	return text;
}

/* Texts pass as those that strangers type; NULL when one does not. */
static json_t *
shelf_clean(json_t *o)
{
	json_t *out, *v;
	struct why why;
	const char *key;
	char *text;
	size_t i;

	if (json_is_string(o)) {
		if (text_take(json_string_value(o), json_string_length(o),
		    SHELF_FILE_MAX, TEXT_LINES, &text, &why) < 0)
			return NULL;
		out = json_string(text);
		free(text);
		return out;
	}
	if (json_is_array(o)) {
		out = json_array();
		json_array_foreach(o, i, v)
			if (json_array_append_new(out, shelf_clean(v)) < 0) {
				json_decref(out);
				return NULL;
			}
		return out;
	}
	if (!json_is_object(o))
		return json_incref(o);
	out = json_object();
	json_object_foreach(o, key, v)
		if (json_object_set_new(out, key, shelf_clean(v)) < 0) {
			json_decref(out);
			return NULL;
		}
	return out;
}

static json_t *
shelf_parse(const char *text, size_t n)
{
	char sum[SHELF_SUM + 1];
	json_t *raw, *o = NULL;

	if (n < SHELF_SUM)
		return NULL;
	shelf_sum(text, n - SHELF_SUM, sum);
	if (memcmp(text + n - SHELF_SUM, sum, SHELF_SUM) != 0)
		return NULL;
	raw = json_loadb(text, n - SHELF_SUM, 0, NULL);
	if (json_is_object(raw))
		o = shelf_clean(raw);
	json_decref(raw);
	return o;
}

json_t *
shelf_file_read(int dir, const char *name, struct when *at, bool *damaged)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;
	json_t *o = NULL;
	char *text;
	size_t n;

	if (fd < 0) {
		*damaged = errno != ENOENT;
		return NULL;
	}
	if ((text = shelf_read_all(fd, &n)) != NULL)
		o = shelf_parse(text, n);
	if (at != NULL && fstat(fd, &st) == 0)
		at->s = (int64_t)st.st_mtim.tv_sec;
	*damaged = o == NULL;
	(void)close(fd);
	free(text);
	return o;
}

/* ---- the folder ---- */

static int
shelf_order(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

json_t *
shelf_file_list(int dir, const char *begins, int64_t before)
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	json_t *list = json_array();
	char **names = NULL;
	struct dirent *e;
	struct stat st;
	size_t n = 0, i;

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (strncmp(e->d_name, begins, strlen(begins)) != 0 ||
		    fstatat(dir, e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
		    (int64_t)st.st_mtim.tv_sec >= before)
			continue;
		names = xrealloc(names, n + 1, sizeof *names);
		names[n++] = xstrdup(e->d_name);
	}
	if (n > 0)
		qsort(names, n, sizeof *names, shelf_order);
	for (i = 0; i < n; i++) {
		json_array_append_new(list, json_string(names[i]));
		free(names[i]);
	}
	free(names);
	if (d != NULL)
		(void)closedir(d);
	else if (fd >= 0)
		(void)close(fd);
	return list;
}

void
shelf_file_sweep(int dir)
{
	json_t *left = shelf_file_list(dir, shelf_fresh, INT64_MAX);
	size_t i;

	for (i = 0; i < json_array_size(left); i++)
		(void)unlinkat(dir, json_string_value(json_array_get(left, i)),
		    0);
	json_decref(left);
}
