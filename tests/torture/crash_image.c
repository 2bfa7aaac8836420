/* SPDX-License-Identifier: ISC */
/*
 * crash_image.c - see crash_image.h.
 *
 * The model: a file's bytes are safe after a sync of that file; its name, a
 * rename, an unlink after a sync of the folder that holds it (a file's own
 * sync does not keep its name, whatever one file system does).  Of the names
 * not yet safe a prefix survives, as journals keep them.
 */
#include "crash_image.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../proto/base.h"

enum { SECTOR = 512, NAMES = 4096, NAME_PAIR = 1024 };

const char *const survival_names[SURVIVAL_N] = { "drop", "keep", "subset",
	"torn" };

static _Noreturn void
image_die(const char *what, const char *name)
{
	(void)fprintf(stderr, "crash-image: %s: %s\n", what, name);
	exit(2);
}

/* ---- names ---- */

struct names {
	struct { char name[256]; int file; } v[NAMES];	/* file -1: a folder */
	size_t n;
};

static void
names_drop(struct names *ns, const char *name)
{
	size_t i;

	for (i = 0; i < ns->n; i++)
		if (strcmp(ns->v[i].name, name) == 0) {
			ns->v[i] = ns->v[--ns->n];
			return;
		}
}

static void
names_put(struct names *ns, const char *name, size_t len, int file)
{
	char own[256];

	if (len >= sizeof own || ns->n == NAMES)
		image_die("too many names", "log");
	memcpy(own, name, len);
	own[len] = '\0';
	names_drop(ns, own);
	memcpy(ns->v[ns->n].name, own, len + 1);
	ns->v[ns->n++].file = file;
}

static int
names_find(const struct names *ns, const char *name)
{
	size_t i;

	for (i = 0; i < ns->n; i++)
		if (strcmp(ns->v[i].name, name) == 0)
			return ns->v[i].file;
	image_die("renamed from nowhere", name);
}

static bool
step_is_two(const struct record_step *s)
{
	return s->head.kind == RECORD_RENAME || s->head.kind == RECORD_LINK;
}

static bool
step_is_name(const struct record_step *s)
{
	return step_is_two(s) || s->head.kind == RECORD_CREATE ||
	    s->head.kind == RECORD_FOLDER || s->head.kind == RECORD_UNLINK;
}

/* What a step names: of a rename the old name, which the new one follows. */
static size_t
step_names(const struct record_step *s, char own[NAME_PAIR])
{
	if (s->head.len >= NAME_PAIR)
		image_die("long name", "log");
	memcpy(own, s->data, s->head.len);
	own[s->head.len] = '\0';
	return strlen(own);
}

static void
names_apply(struct names *ns, const struct record_step *s)
{
	char own[NAME_PAIR];
	size_t n = step_names(s, own);

	if (s->head.kind == RECORD_UNLINK)
		names_drop(ns, own);
	else if (!step_is_two(s))
		names_put(ns, own, n, s->file);
	else {
		names_put(ns, own + n + 1, s->head.len - n - 1, s->file);
		if (s->head.kind == RECORD_RENAME)
			names_drop(ns, own);
	}
}

/* ---- the log ---- */

static char *
log_slurp(const char *path, size_t *len)
{
	struct stat sb;
	char *bytes;
	FILE *f = fopen(path, "re");

	if (f == NULL || fstat(fileno(f), &sb) < 0)
		image_die("no log", path);
	*len = (size_t)sb.st_size;
	bytes = xcalloc(*len + 1, 1);
	if (fread(bytes, 1, *len, f) != *len)
		image_die("short log", path);
	(void)fclose(f);
	return bytes;
}

/* An inode's number comes back after an unlink: its last creation counts. */
static int
log_file(const struct crash_log *log, uint64_t ino)
{
	size_t i;

	for (i = log->count; i-- > 0;)
		if (log->steps[i].head.kind == RECORD_CREATE &&
		    log->steps[i].head.ino == ino)
			return log->steps[i].file;
	image_die("a file that was there before", "log");
}

/* A new name is of a file, whether the old one was to survive or not. */
static void
log_name(struct names *ns, struct record_step *s)
{
	char own[NAME_PAIR];

	if (step_is_two(s)) {
		(void)step_names(s, own);
		s->file = names_find(ns, own);
	}
	names_apply(ns, s);
}

static void
log_step(struct crash_log *log, struct names *ns,
    const struct record_head *head, const char *data)
{
	struct record_step *s = &log->steps[log->count];

	s->head = *head;
	s->data = data;
	s->file = -1;
	if (head->kind == RECORD_CREATE)
		s->file = log->files++;
	else if (head->kind == RECORD_WRITE || head->kind == RECORD_SYNC ||
	    head->kind == RECORD_TRUNCATE)
		s->file = log_file(log, head->ino);
	if (step_is_name(s))
		log_name(ns, s);
	if (head->kind == RECORD_SYNC)
		log->syncs++;
	log->count++;
}

void
crash_log_read(struct crash_log *log, const char *path)
{
	struct names *ns = xcalloc(1, sizeof *ns);
	size_t len, at = 0, cap = 0;
	struct record_head head;

	memset(log, 0, sizeof *log);
	log->bytes = log_slurp(path, &len);
	while (at + sizeof head <= len) {
		memcpy(&head, log->bytes + at, sizeof head);
		at += sizeof head;
		if (head.len > len - at)
			image_die("cut log", path);
		if (log->count == cap) {
			cap = cap * 2 + 1024;
			log->steps = xrealloc(log->steps, cap,
			    sizeof *log->steps);
		}
		log_step(log, ns, &head, log->bytes + at);
		at += head.len;
	}
	free(ns);
}

/* ---- files ---- */

struct content {
	uint8_t *p;
	size_t len, cap;
};

static void
content_resize(struct content *c, size_t len)
{
	if (len > c->cap) {
		c->cap = len * 2;
		c->p = xrealloc(c->p, c->cap, 1);
	}
	if (len > c->len)
		memset(c->p + c->len, 0, len - c->len);
	c->len = len;
}

static void
content_write(struct content *c, size_t at, const char *p, size_t n)
{
	if (at + n > c->len)
		content_resize(c, at + n);
	memcpy(c->p + at, p, n);
}

/* Each sector of a write on its own. */
static void
content_tear(struct content *c, size_t at, const char *p, size_t n,
    uint32_t (*dice)(uint32_t))
{
	size_t piece, done;

	for (done = 0; done < n; done += piece) {
		piece = SECTOR - (at + done) % SECTOR;
		if (piece > n - done)
			piece = n - done;
		if (dice(2) == 0)
			content_write(c, at + done, p + done, piece);
	}
}

static void
image_content(const struct record_step *s, struct content *c, bool safe,
    enum survival survival, uint32_t (*dice)(uint32_t))
{
	size_t at = (size_t)s->head.at;

	if (!safe && survival == SURVIVAL_DROP)
		return;
	if (!safe && survival == SURVIVAL_TORN && s->head.kind == RECORD_WRITE) {
		content_tear(c, at, s->data, s->head.len, dice);
		return;
	}
	if (!safe && survival != SURVIVAL_KEEP && dice(2) == 0)
		return;
	if (s->head.kind == RECORD_WRITE)
		content_write(c, at, s->data, s->head.len);
	else
		content_resize(c, at);
}

/* For each file, the place of its last sync before the cut. */
static size_t *
image_syncs(const struct crash_log *log, size_t cut)
{
	size_t *last = xcalloc((size_t)log->files + 1, sizeof *last), i;

	for (i = 0; i < cut; i++)
		if (log->steps[i].head.kind == RECORD_SYNC)
			last[log->steps[i].file] = i;
	return last;
}

static void
image_contents(const struct crash_log *log, size_t cut, enum survival survival,
    struct content *files, uint32_t (*dice)(uint32_t))
{
	size_t *last = image_syncs(log, cut), i;
	const struct record_step *s;

	for (i = 0; i < cut; i++) {
		s = &log->steps[i];
		if (s->head.kind == RECORD_WRITE ||
		    s->head.kind == RECORD_TRUNCATE)
			image_content(s, &files[s->file], i < last[s->file],
			    survival, dice);
	}
	free(last);
}

/* Was the folder that holds the name, the new one, synced between the two? */
static bool
step_is_safe(const struct crash_log *log, size_t i, size_t cut)
{
	const struct record_step *t, *s = &log->steps[i];
	char own[NAME_PAIR], *name = own, *slash;
	size_t n = step_names(s, own), k;

	if (step_is_two(s))
		name += n + 1;
	slash = strrchr(name, '/');
	n = slash != NULL ? (size_t)(slash - name) : 0;
	for (k = i + 1; k < cut; k++) {
		t = &log->steps[k];
		if (t->head.kind == RECORD_SYNC_FOLDER && t->head.len == n &&
		    memcmp(t->data, name, n) == 0)
			return true;
	}
	return false;
}

static void
image_names(const struct crash_log *log, size_t cut, enum survival survival,
    struct names *ns, uint32_t (*dice)(uint32_t))
{
	bool over = survival == SURVIVAL_DROP;
	size_t i;

	for (i = 0; i < cut; i++) {
		if (!step_is_name(&log->steps[i]))
			continue;
		if (step_is_safe(log, i, cut)) {
			names_apply(ns, &log->steps[i]);
			continue;
		}
		if (survival != SURVIVAL_KEEP && dice(3) == 0)
			over = true;
		if (!over)
			names_apply(ns, &log->steps[i]);
	}
}

/* ---- the folder ---- */

static void
folder_empty(const char *folder)
{
	struct dirent *d;
	struct stat sb;
	char *path;
	DIR *dir;

	if (mkdir(folder, 0700) == 0 || (dir = opendir(folder)) == NULL)
		return;
	while ((d = readdir(dir)) != NULL) {
		if (strcmp(d->d_name, ".") == 0 ||
		    strcmp(d->d_name, "..") == 0)
			continue;
		path = xasprintf("%s/%s", folder, d->d_name);
		if (lstat(path, &sb) == 0 && S_ISDIR(sb.st_mode)) {
			folder_empty(path);
			(void)rmdir(path);
		} else
			(void)unlink(path);
		free(path);
	}
	(void)closedir(dir);
}

/* Folders come before what is in them: names are kept in order of making. */
static void
folder_fill(const char *folder, const struct names *ns,
    const struct content *files)
{
	const struct content *c;
	char *path;
	size_t i;
	FILE *f;

	for (i = 0; i < ns->n; i++) {
		path = xasprintf("%s/%s", folder, ns->v[i].name);
		if (ns->v[i].file < 0)
			(void)mkdir(path, 0700);
		free(path);
	}
	for (i = 0; i < ns->n; i++) {
		if (ns->v[i].file < 0)
			continue;
		c = &files[ns->v[i].file];
		path = xasprintf("%s/%s", folder, ns->v[i].name);
		f = fopen(path, "we");
		/* No folder, no file: its folder's name did not survive. */
		if (f != NULL && c->len > 0 &&
		    (fwrite(c->p, 1, c->len, f) != c->len ||
			fflush(f) != 0))
			image_die("cannot write", path);
		if (f != NULL)
			(void)fclose(f);
		free(path);
	}
}

void
crash_image_build(const struct crash_log *log, size_t cut, enum survival survival,
    const char *folder, uint32_t (*dice)(uint32_t n))
{
	struct content *files = xcalloc((size_t)log->files + 1, sizeof *files);
	struct names *ns = xcalloc(1, sizeof *ns);
	enum survival named = (enum survival)dice(SURVIVAL_N);
	int i;

	image_contents(log, cut, survival, files, dice);
	image_names(log, cut, named, ns, dice);
	folder_empty(folder);
	folder_fill(folder, ns, files);
	for (i = 0; i < log->files; i++)
		free(files[i].p);
	free(files);
	free(ns);
}
