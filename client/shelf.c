/* SPDX-License-Identifier: ISC */
/* shelf.c - see shelf.h: the folder, its lock, its files. */
#include "shelf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"
#include "shelf_file.h"

enum { SHELF_NAME = 240 };

struct shelf {
	char *root;			/* .../pauta */
	char *server;			/* HOST:PORT */
	char *login;
	char *installation;		/* in use, or NULL */
	char *path;			/* of the folder in use */
	int dir, lock;			/* -1: none */
	char *damage;
};

/* ---- names ---- */

/* Letters, digits and a few signs as they are, the rest as %XX. */
static void
shelf_escape(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		    (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
		    (c == '.' && b->len > 0) || c == '#' || c == ':')
			(void)buf_add(b, s, 1);
		else
			(void)buf_addf(b, "%%%02X", c);
	}
}

char *
shelf_name(const char *kind, const char *const *words)
{
	struct buf b;
	char *name;

	buf_init(&b, FRAME_MAX);
	(void)buf_addf(&b, "%s", kind);
	for (; *words != NULL && b.len <= SHELF_NAME; words++) {
		(void)buf_add(&b, "+", 1);
		shelf_escape(&b, *words);
	}
	name = b.len > SHELF_NAME ? NULL : xstrdup(buf_str(&b));
	buf_clear(&b);
	return name;
}

static char *
shelf_part(const char *s)
{
	struct buf b;
	char *part;

	buf_init(&b, SHELF_NAME);
	shelf_escape(&b, s);
	part = xstrdup(buf_str(&b));
	buf_clear(&b);
	return part;
}

/* ---- the folder ---- */

static int
shelf_errno(struct why *why, const char *path)
{
	return why_set(why, ERR_SYSTEM, _("No se puede guardar en esta máquina "
	    "lo que escriba sin línea (%s: %s)."), path, err_reason(errno));
}

/* Every folder of the path; those that were not there are ours alone. */
static int
shelf_make(const char *path, struct why *why)
{
	char *part = xstrdup(path), *p;
	int r = 0;

	for (p = part + 1; r == 0; p++) {
		char c = *p;

		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		if (mkdir(part, 0700) < 0 && errno != EEXIST)
			r = shelf_errno(why, part);
		*p = c;
		if (c == '\0')
			break;
	}
	free(part);
	return r;
}

static void
shelf_close(struct shelf *s)
{
	if (s->dir >= 0)
		(void)close(s->dir);
	if (s->lock >= 0)
		(void)close(s->lock);
	s->dir = s->lock = -1;
	free(s->path);
	free(s->installation);
	s->path = s->installation = NULL;
}

/* Nobody else may read or write there, and one program of ours at a time. */
static int
shelf_hold(struct shelf *s, const char *path, struct why *why)
{
	struct stat st;

	s->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (s->dir < 0 || fstat(s->dir, &st) < 0)
		return shelf_errno(why, path);
	if (st.st_uid != getuid() || (st.st_mode & 077) != 0)
		return why_set(why, ERR_SYSTEM, _("Otros pueden entrar a %s: "
		    "no se guarda nada ahí. Déjela solo para usted (chmod "
		    "700)."), path);
	s->lock = openat(s->dir, "lock", O_RDWR | O_CREAT | O_CLOEXEC |
	    O_NOFOLLOW, 0600);
	if (s->lock < 0)
		return shelf_errno(why, path);
	if (flock(s->lock, LOCK_EX | LOCK_NB) < 0)
		return why_set(why, ERR_UNAVAILABLE, "%s", _("Pauta ya está "
		    "abierta en otra ventana de esta máquina: sin línea, solo "
		    "aquella guarda lo que se escriba."));
	return 0;
}

static int
shelf_use(struct shelf *s, const char *installation, bool make,
    struct why *why)
{
	char *login = shelf_part(s->login), *id = shelf_part(installation);
	char *path = xasprintf("%s/%s-%s/%s", s->root, s->server, id, login);
	int r;

	shelf_close(s);
	if ((r = make ? shelf_make(path, why) : 0) == 0)
		r = shelf_hold(s, path, why);
	if (r < 0) {
		shelf_close(s);
		free(path);
	} else {
		s->path = path;
		s->installation = xstrdup(installation);
		shelf_file_sweep(s->dir);
	}
	free(login);
	free(id);
	return r;
}

int
shelf_meet(struct shelf *s, const char *installation, struct why *why)
{
	bool other = s->installation != NULL;
	int r;

	if (*installation == '\0')
		installation = "-";
	if (other && strcmp(s->installation, installation) == 0)
		return 0;
	r = shelf_use(s, installation, true, why);
	return r < 0 ? r : other;
}

bool
shelf_is_open(const struct shelf *s)
{
	return s != NULL && s->dir >= 0;
}

/* The folder of this server and person whose "me" is the newest. */
static void
shelf_guess(struct shelf *s)
{
	char *login = shelf_part(s->login), *newest = NULL, *path;
	size_t n = strlen(s->server);
	DIR *d = opendir(s->root);
	struct timespec last = { 0 };
	struct dirent *e;
	struct why why;
	struct stat st;

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (strncmp(e->d_name, s->server, n) != 0 ||
		    e->d_name[n] != '-')
			continue;
		path = xasprintf("%s/%s/%s/me", s->root, e->d_name, login);
		if (stat(path, &st) == 0 && (st.st_mtim.tv_sec > last.tv_sec ||
		    (st.st_mtim.tv_sec == last.tv_sec &&
		    st.st_mtim.tv_nsec > last.tv_nsec))) {
			last = st.st_mtim;
			free(newest);
			newest = xstrdup(e->d_name + n + 1);
		}
		free(path);
	}
	if (d != NULL)
		(void)closedir(d);
	if (newest != NULL && shelf_use(s, newest, false, &why) < 0)
		log_at(LOG_INFO, "shelf=shut why=\"%s\"", why.text);
	free(newest);
	free(login);
}

static char *
shelf_root(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state != NULL && *state == '/')
		return xasprintf("%s/pauta", state);
	return home == NULL || *home != '/' ? NULL :
	    xasprintf("%s/.local/state/pauta", home);
}

struct shelf *
shelf_new(const char *host, int port, const char *login)
{
	const struct passwd *pw = login == NULL ? getpwuid(getuid()) : NULL;
	struct shelf *s;
	char *root, *part;

	if (login == NULL && pw != NULL)
		login = pw->pw_name;
	if (login == NULL || (root = shelf_root()) == NULL)
		return NULL;
	s = xcalloc(1, sizeof *s);
	s->root = root;
	s->login = xstrdup(login);
	s->dir = s->lock = -1;
	part = shelf_part(host);
	s->server = xasprintf("%s:%d", part, port);
	free(part);
	shelf_guess(s);
	return s;
}

void
shelf_free(struct shelf *s)
{
	if (s == NULL)
		return;
	shelf_close(s);
	free(s->root);
	free(s->server);
	free(s->login);
	free(s->damage);
	free(s);
}

/* ---- files ---- */

int
shelf_put(struct shelf *s, const char *name, const json_t *o, bool durable,
    struct why *why)
{
	return shelf_file_write(s->dir, name, o, durable) == 0 ? 0 :
	    shelf_errno(why, s->path);
}

json_t *
shelf_get(struct shelf *s, const char *name, struct when *at)
{
	bool damaged = false;
	json_t *o;

	if (!shelf_is_open(s))
		return NULL;
	o = shelf_file_read(s->dir, name, at, &damaged);
	if (damaged) {
		char *aside = xasprintf("bad.%s", name);

		(void)renameat(s->dir, name, s->dir, aside);
		free(s->damage);
		s->damage = xasprintf(_("Un archivo de lo guardado en esta "
		    "máquina estaba dañado y se apartó: %s/%s."), s->path,
		    aside);
		free(aside);
	}
	return o;
}

void
shelf_del(struct shelf *s, const char *name)
{
	if (unlinkat(s->dir, name, 0) < 0 && errno != ENOENT)
		log_at(LOG_WARN, "shelf=stays name=%s errno=%d", name, errno);
}

json_t *
shelf_list(struct shelf *s, const char *begins)
{
	return shelf_file_list(s->dir, begins, INT64_MAX);
}

void
shelf_prune(struct shelf *s, const char *begins, struct when before)
{
	json_t *old = shelf_file_list(s->dir, begins, before.s);
	size_t i;

	for (i = 0; i < json_array_size(old); i++)
		shelf_del(s, json_string_value(json_array_get(old, i)));
	json_decref(old);
}

char *
shelf_damage(struct shelf *s)
{
	char *damage = s == NULL ? NULL : s->damage;

	if (damage != NULL)
		s->damage = NULL;
	return damage;
}
