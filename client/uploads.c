/* SPDX-License-Identifier: ISC */
/* uploads.c - see uploads.h. */
#include "uploads.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"
#include "text.h"

static const char uploads_kind[] = "up.";

struct uploads *
uploads_new(void)
{
	struct uploads *us = xcalloc(1, sizeof *us);

	us->held = true;
	return us;
}

static void
upload_free(struct upload *u)
{
	free(u->path);
	free(u->place);
	free(u->folio);
	free(u->step);
	free(u->label);
	free(u->sha256);
	free(u->shelf_name);
	free(u);
}

static void
uploads_forget(struct uploads *us)
{
	while (us->count > 0)
		upload_free(us->all[--us->count]);
	free(us->all);
	us->all = NULL;
}

void
uploads_free(struct uploads *us)
{
	if (us == NULL)
		return;
	uploads_forget(us);
	free(us->news);
	free(us);
}

const char *
upload_name(const struct upload *u)
{
	const char *slash = strrchr(u->path, '/');

	return slash == NULL ? u->path : slash + 1;
}

void
uploads_tell(struct uploads *us, bool bad, const char *fmt, ...)
{
	char line[WHY_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	text_cut(line);
	free(us->news);
	us->news = xstrdup(line);
	us->bad = bad;
}

/* ---- on the shelf ---- */

static struct upload *
uploads_put(struct uploads *us)
{
	us->all = xrealloc(us->all, us->count + 1, sizeof *us->all);
	return us->all[us->count++] = xcalloc(1, sizeof(struct upload));
}

void
uploads_keep(struct uploads *us, struct upload *u)
{
	struct why why;
	json_t *o;

	if (!shelf_is_open(us->shelf))
		return;
	o = json_pack("{s:s,s:s,s:s,s:s,s:s,s:I,s:I,s:I,s:b,s:s?}", "path",
	    u->path, "place", u->place, "folio", u->folio, "step", u->step,
	    "label", u->label, "size", (json_int_t)u->size, "mtime",
	    (json_int_t)u->mtime, "inode", (json_int_t)u->inode, "begun",
	    u->begun, "sha256", u->sha256);
	if (o == NULL || shelf_put(us->shelf, u->shelf_name, o, true,
	    &why) < 0)
		log_at(LOG_WARN, "upload=unkept");
	json_decref(o);
}

static void
uploads_take(struct uploads *us, const char *name)
{
	json_t *o = shelf_get(us->shelf, name, NULL);
	unsigned long n = strtoul(name + sizeof uploads_kind - 1, NULL, 10);
	struct upload *u;

	if (n >= us->serial)
		us->serial = (unsigned)n + 1;
	if (o == NULL || *doc_text(o, "path") != '/' ||
	    *doc_text(o, "place") != '/') {
		json_decref(o);
		return;
	}
	u = uploads_put(us);
	u->path = xstrdup(doc_text(o, "path"));
	u->place = xstrdup(doc_text(o, "place"));
	u->folio = xstrdup(doc_text(o, "folio"));
	u->step = xstrdup(doc_text(o, "step"));
	u->label = xstrdup(doc_text(o, "label"));
	u->size = doc_int(o, "size");
	u->mtime = doc_int(o, "mtime");
	u->inode = doc_int(o, "inode");
	u->begun = doc_is(o, "begun");
	u->shelf_name = xstrdup(name);
	if (strlen(doc_text(o, "sha256")) == 64) {
		u->sha256 = xstrdup(doc_text(o, "sha256"));
		u->state = UPLOAD_CHECKS;
	}
	json_decref(o);
}

void
uploads_load(struct uploads *us, struct shelf *s)
{
	json_t *names;
	size_t i;

	uploads_forget(us);
	us->shelf = s;
	if (!shelf_is_open(s))
		return;
	names = shelf_list(s, uploads_kind);
	for (i = 0; i < json_array_size(names); i++)
		uploads_take(us, doc_item(names, i));
	json_decref(names);
}

/* ---- files of this machine ---- */

static int
upload_refuse(struct why *why, const char *path)
{
	if (errno == ENOENT || errno == ENOTDIR)
		return why_set(why, ERR_NOT_FOUND, _("No hay un archivo %.300s "
		    "en esta máquina."), path);
	if (errno == EACCES || errno == EPERM)
		return why_set(why, ERR_REFUSED, _("Usted no puede leer "
		    "%.300s: revise sus permisos."), path);
	return why_set(why, ERR_SYSTEM, _("No se pudo leer %.300s: el disco o "
	    "la carpeta fallan."), path);
}

int
upload_look(struct upload *u, int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -ERR_SYSTEM;
	u->size = (int64_t)st.st_size;
	u->mtime = (int64_t)st.st_mtim.tv_sec * 1000000000 +
	    st.st_mtim.tv_nsec;
	u->inode = (int64_t)st.st_ino;
	return 0;
}

int
upload_open(struct upload *u, const char *path, struct why *why)
{
	/* Whoever opens a pipe waits for its other end; not here. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY), r;
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		r = upload_refuse(why, path);
	else if (S_ISDIR(st.st_mode))
		r = why_set(why, ERR_REFUSED, _("%.300s es una carpeta: se "
		    "adjunta archivo por archivo."), path);
	else if (!S_ISREG(st.st_mode))
		r = why_set(why, ERR_REFUSED, _("%.300s no es un archivo."),
		    path);
	else
		r = upload_look(u, fd);
	if (r == 0)
		return fd;
	if (fd >= 0)
		(void)close(fd);
	return r;
}

bool
upload_has_changed(const struct upload *u, const struct upload *now)
{
	return u->size != now->size || u->mtime != now->mtime ||
	    u->inode != now->inode;
}

/* ---- one by one ---- */

/* The same file for the same place, if it is there already. */
static struct upload *
uploads_same(struct uploads *us, const char *path, const char *place)
{
	size_t i;

	for (i = 0; i < us->count; i++)
		if (strcmp(us->all[i]->path, path) == 0 &&
		    strcmp(us->all[i]->place, place) == 0)
			return us->all[i];
	return NULL;
}

int
uploads_add(struct uploads *us, const char *path, const json_t *place,
    const char *folio, const char *step, struct why *why)
{
	struct upload look = { 0 }, *u;
	int fd = upload_open(&look, path, why);

	if (fd < 0)
		return fd;
	(void)close(fd);
	u = uploads_same(us, path, doc_text(place, "path"));
	if (u != NULL)
		return why_set(why, ERR_REFUSED, _("%.200s ya se está "
		    "subiendo a este paso."), upload_name(u));
	if (us->count >= UPLOADS_MOST)
		return why_set(why, ERR_REFUSED, _("Ya hay %u archivos por "
		    "subir: espere a que terminen."), (unsigned)us->count);
	u = uploads_put(us);
	*u = look;
	u->path = xstrdup(path);
	u->place = xstrdup(doc_text(place, "path"));
	u->label = xstrdup(doc_text(place, "label"));
	u->folio = xstrdup(folio);
	u->step = xstrdup(step);
	u->shelf_name = xasprintf("%s%010u", uploads_kind, us->serial++);
	uploads_keep(us, u);
	return 0;
}

void
uploads_drop(struct uploads *us, struct upload *u)
{
	size_t i;

	for (i = 0; us->all[i] != u; i++)
		;
	us->count--;
	memmove(&us->all[i], &us->all[i + 1],
	    (us->count - i) * sizeof us->all[0]);
	if (shelf_is_open(us->shelf))
		shelf_del(us->shelf, u->shelf_name);
	upload_free(u);
}

static struct upload *
uploads_first(struct uploads *us, enum upload_state state)
{
	size_t i;

	for (i = 0; i < us->count; i++)
		if (us->all[i]->state == state)
			return us->all[i];
	return NULL;
}

struct upload *
uploads_next(struct uploads *us)
{
	return uploads_first(us, UPLOAD_WAITS);
}

struct upload *
uploads_checking(struct uploads *us)
{
	return uploads_first(us, UPLOAD_CHECKS);
}

struct upload *
uploads_shown(struct uploads *us)
{
	static const enum upload_state order[] = { UPLOAD_GOES, UPLOAD_WAITS,
		UPLOAD_CHECKS };
	struct upload *u = NULL;
	size_t i;

	for (i = 0; us != NULL && u == NULL && i < ARRAY_LEN(order); i++)
		u = uploads_first(us, order[i]);
	return u;
}

void
upload_fail(struct uploads *us, struct upload *u, const char *why)
{
	uploads_tell(us, true, _("%s no se adjuntó. %s"), upload_name(u), why);
	uploads_drop(us, u);
}

/* ---- has it landed? ---- */

void
uploads_on_record(struct uploads *us, struct upload *u, const json_t *doc)
{
	const json_t *list = doc_list(doc, "attachments"), *file;
	size_t i;

	json_array_foreach(list, i, file) {
		if (u->sha256 == NULL || !doc_is(file, "kept") ||
		    strcmp(doc_text(file, "sha256"), u->sha256) != 0)
			continue;
		uploads_tell(us, false, _("%s quedó adjunto en %s, paso %s."),
		    upload_name(u), u->folio, u->step);
		uploads_drop(us, u);
		return;
	}
	if (u->landed) {
		upload_fail(us, u, _("Lo que recibió el servidor no es lo que "
		    "hay en esta máquina: súbalo otra vez."));
		return;
	}
	/* The last word did not arrive there: it goes on, or begins again. */
	free(u->sha256);
	u->sha256 = NULL;
	u->state = UPLOAD_WAITS;
	uploads_keep(us, u);
}
