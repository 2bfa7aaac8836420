/* SPDX-License-Identifier: ISC */
/*
 * publish_folder.c - a bulletin as a static page in the one folder that the
 * courier may write, which some other program shows to the world:
 *
 *	SLUG/index.html        the page
 *	SLUG/SUM.jpg           its photographs
 *	entradas/AT.SLUG.xml   its entry of the feed, kept to make the feed again;
 *	                       AT: when it was first published
 *	feed.xml               Atom, the newest first
 *
 * Each file is written beside its name and renamed, so that no reader ever
 * sees half of one; the feed comes last.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "publish.h"

enum { FOLDER_ENTRIES = 20, FOLDER_NAMES = 20000, PHOTO_DIGITS = 16 };

static int
folder_write_all(int fd, const struct buf *b)
{
	size_t done = 0;
	ssize_t n;

	while (done < b->len) {
		n = write(fd, b->p + done, b->len - done);
		if (n < 0)
			return -errno;
		done += (size_t)n;
	}
	return fsync(fd) < 0 ? -errno : 0;
}

/* Put b at dir/name.  0 or -errno. */
static int
folder_put(int dir, const char *name, const struct buf *b)
{
	char *part = xasprintf("%s.parte", name);
	int fd, r;

	fd = openat(dir, part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW |
	    O_CLOEXEC, 0644);
	r = fd < 0 ? -errno : folder_write_all(fd, b);
	if (fd >= 0)
		(void)close(fd);
	if (r == 0 && renameat(dir, part, dir, name) < 0)
		r = -errno;
	free(part);
	return r;
}

/* A folder within the folder, made when it is not there; fd or -errno. */
static int
folder_enter(int root, const char *name)
{
	int fd;

	if (mkdirat(root, name, 0755) < 0 && errno != EEXIST)
		return -errno;
	fd = openat(root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static int
folder_put_in(int root, const char *sub, const char *name,
    const struct buf *b)
{
	int dir = folder_enter(root, sub), r;

	if (dir < 0)
		return dir;
	r = folder_put(dir, name, b);
	(void)close(dir);
	return r;
}

/* ---- the feed ---- */

static int
names_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)b, *(char *const *)a);
}

/* "2026-11-23T15:30:00Z.SLUG.xml", the newest first.  Each given. */
static size_t
folder_names(int dir, char **names, size_t most)
{
	DIR *d = fdopendir(dup(dir));
	struct dirent *e;
	size_t n = 0, len;

	if (d == NULL)
		return 0;
	rewinddir(d);
	while ((e = readdir(d)) != NULL && n < most) {
		len = strlen(e->d_name);
		if (len > 4 && strcmp(e->d_name + len - 4, ".xml") == 0)
			names[n++] = xstrdup(e->d_name);
	}
	(void)closedir(d);
	qsort(names, n, sizeof *names, names_compare);
	return n;
}

static void
folder_add_entry(int dir, const char *name, struct buf *out)
{
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return;
	(void)buf_read(out, fd);
	(void)close(fd);
}

/* The entry of this bulletin stands in the name of its first publication. */
static char *
folder_entry_name(char **names, size_t n, const char *slug, const char *at)
{
	char *end = xasprintf(".%s.xml", slug), *name;
	size_t i, len = strlen(end);

	for (i = 0; i < n; i++)
		if (strlen(names[i]) > len &&
		    strcmp(names[i] + strlen(names[i]) - len, end) == 0)
			break;
	name = i < n ? xstrdup(names[i]) : xasprintf("%s%s", at, end);
	free(end);
	return name;
}

static int
folder_put_feed(int root, const struct page *p, const char *slug,
    const char *at, const char *feed_url)
{
	char **names = xcalloc(FOLDER_NAMES, sizeof *names), *own;
	struct buf entry, all, feed;
	int dir = folder_enter(root, "entradas"), r = dir < 0 ? dir : 0;
	size_t n, i;

	buf_init(&entry, PAGE_MAX);
	buf_init(&all, (size_t)PAGE_MAX * FOLDER_ENTRIES);
	buf_init(&feed, (size_t)PAGE_MAX * (FOLDER_ENTRIES + 1));
	n = r == 0 ? folder_names(dir, names, FOLDER_NAMES) : 0;
	own = folder_entry_name(names, n, slug, at);
	if (r == 0)
		r = page_write_entry(p, &entry) == 0 ?
		    folder_put(dir, own, &entry) : -EFBIG;
	for (i = 0; i < n; i++)
		free(names[i]);
	n = r == 0 ? folder_names(dir, names, FOLDER_NAMES) : 0;
	for (i = 0; i < n; i++) {
		if (i < FOLDER_ENTRIES)
			folder_add_entry(dir, names[i], &all);
		free(names[i]);
	}
	if (r == 0)
		r = page_write_feed(p, feed_url, buf_str(&all), &feed) == 0 ?
		    folder_put(root, "feed.xml", &feed) : -EFBIG;
	if (dir >= 0)
		(void)close(dir);
	free(own);
	free(names);
	buf_clear(&entry);
	buf_clear(&all);
	buf_clear(&feed);
	return r;
}

static int
folder_put_page(int root, const struct page *p, const char *slug)
{
	struct buf b;
	int r;

	buf_init(&b, PAGE_MAX);
	r = page_write(p, &b) == 0 ? folder_put_in(root, slug, "index.html",
	    &b) : -EFBIG;
	buf_clear(&b);
	return r;
}

/* What an earlier publication showed and this one does not. */
static void
folder_drop_others(int root, const struct publish *w)
{
	int dir = folder_enter(root, w->slug);
	DIR *d = dir >= 0 ? fdopendir(dir) : NULL;
	struct dirent *e;
	unsigned i;

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (strspn(e->d_name, "0123456789abcdef") !=
		    PHOTO_DIGITS || e->d_name[PHOTO_DIGITS] != '.')
			continue;
		for (i = 0; i < w->next; i++)
			if (strcmp(w->figures[i].src, e->d_name) == 0)
				break;
		if (i == w->next)
			(void)unlinkat(dir, e->d_name, 0);
	}
	if (d != NULL)
		(void)closedir(d);
	else if (dir >= 0)
		(void)close(dir);
}

static const char *
folder_lacks(const struct task *t)
{
	if (t->co->folder < 0)
		return "No hay carpeta donde publicar: quien administra el "
		       "sistema la escribe en publish_dir, y da permiso de "
		       "escribir ahí.";
	if (*doc_text(t->body, "base") == '\0')
		return "Falta el ajuste publish_url: la dirección con que el "
		       "público ve la carpeta.";
	return NULL;
}

static void
folder_fail(struct task *t, int r)
{
	task_fail(t, TASK_AGAIN, 0, "No se pudo escribir en la carpeta de "
	    "publicación: %s.", strerror(-r));
}

static void
folder_photo(struct task *t)
{
	const struct publish *w = publish_of(t);
	int r = folder_put_in(t->co->folder, w->slug, w->photo.name,
	    &w->photo.bytes);

	if (r < 0)
		folder_fail(t, r);
	else
		publish_placed(t, xstrdup(w->photo.name));
}

static void
folder_page(struct task *t)
{
	const struct publish *w = publish_of(t);
	char *base = publish_base(t);
	char *url = xasprintf("%s/%s/", base, w->slug);
	char *feed = xasprintf("%s/feed.xml", base);
	struct page p;
	int r;

	publish_page(t, url, &p);
	if ((r = folder_put_page(t->co->folder, &p, w->slug)) < 0 ||
	    (r = folder_put_feed(t->co->folder, &p, w->slug,
		 doc_text(t->body, "at"), feed)) < 0) {
		folder_fail(t, r);
	} else {
		folder_drop_others(t->co->folder, w);
		publish_done(t, url, w->slug);
	}
	free(base);
	free(url);
	free(feed);
}

const struct publisher publisher_folder = {
	.name = "carpeta",
	.lacks = folder_lacks,
	.photo = folder_photo,
	.page = folder_page,
};
