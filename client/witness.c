/* SPDX-License-Identifier: ISC */
/* witness.c - see witness.h. */
#include "witness.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checkpoint.h"
#include "i18n.h"
#include "text.h"


struct witness {
	char *folder, *path;
	enum { BEGIN, ASKING, SOUND, REFUSED } state;
	struct checkpoint known;	/* n 0: this server is new to us */
	struct checkpoint shown;	/* what it shows now; n 0: nothing */
	char *text;			/* of shown, with its signature */
	int64_t n;			/* so far, and the chain there */
	uint8_t chain[HASH_SIZE];
	struct why why;
};

static bool
witness_refuse(struct witness *w, const char *what)
{
	w->state = REFUSED;
	(void)why_set(&w->why, ERR_REFUSED, _("%s Puede ser una copia de "
	    "seguridad restaurada, o que alguien quitó o cambió lo escrito: "
	    "pregunte a quien lo administra. Se puede leer; no se decide."),
	    what);
	return false;
}

/* ---- the file ---- */

static void
witness_load(struct witness *w)
{
	char *text = checkpoint_read(w->path), *what;
	uint8_t pub[SSHSIG_KEY];
	struct why why;

	if (text == NULL && errno == ENOENT)
		return;
	if (text != NULL && checkpoint_open(text, &w->known, pub, &why) == 0) {
		w->n = w->known.n;
		memcpy(w->chain, w->known.chain, HASH_SIZE);
	} else {
		memset(&w->known, 0, sizeof w->known);
		what = xasprintf(_("No se puede leer el sello que se guardó de "
		    "este servidor (%s)."), w->path);
		(void)witness_refuse(w, what);
		free(what);
	}
	free(text);
}

static int
witness_errno(struct why *why, const char *path)
{
	return why_set(why, ERR_SYSTEM, _("No se pudo guardar el sello del "
	    "servidor en %s: %s."), path, err_reason(errno));
}

static int
witness_write(struct witness *w, struct why *why)
{
	char *fresh = xasprintf("%s.%ld", w->path, (long)getpid());
	FILE *f = NULL;
	int fd, r = 0;

	(void)mkdir(w->folder, 0700);
	(void)unlink(fresh);
	fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || (f = fdopen(fd, "w")) == NULL ||
	    fputs(w->text, f) < 0 || fflush(f) != 0 || fsync(fd) < 0)
		r = witness_errno(why, fresh);
	if (f != NULL)
		(void)fclose(f);
	else if (fd >= 0)
		(void)close(fd);
	if (r == 0 && rename(fresh, w->path) < 0)
		r = witness_errno(why, w->path);
	if (r == 0)
		r = sync_folder(w->folder) < 0 ?
		    witness_errno(why, w->folder) : 0;
	else
		(void)unlink(fresh);
	free(fresh);
	return r;
}

/* ---- opening ---- */

/* ~/.ssh, or where that known_hosts is; given. */
static char *
witness_folder(const char *known_hosts)
{
	const char *home = getenv("HOME"), *slash;

	if (known_hosts == NULL)
		return home == NULL ? NULL : xasprintf("%s/.ssh/pauta", home);
	slash = strrchr(known_hosts, '/');
	return slash == NULL ? xstrdup("pauta") : xasprintf("%.*s/pauta",
	    (int)(slash - known_hosts), known_hosts);
}

struct witness *
witness_new(const char *known_hosts, const char *host, int port)
{
	struct witness *w = xcalloc(1, sizeof *w);
	char *p;

	if ((w->folder = witness_folder(known_hosts)) == NULL) {
		free(w);
		return NULL;
	}
	w->path = xasprintf("%s/%s:%d", w->folder, host, port);
	for (p = w->path + strlen(w->folder) + 1; *p != '\0'; p++)
		if (*p == '/')
			*p = '_';
	witness_load(w);
	return w;
}

void
witness_free(struct witness *w)
{
	if (w == NULL)
		return;
	free(w->folder);
	free(w->path);
	free(w->text);
	free(w);
}

/* ---- asking ---- */

static bool
witness_ask(const struct witness *w, struct line *l)
{
	line_add(l, "sello");
	line_addf(l, "desde=%lld", (long long)w->n);
	return true;
}

void
witness_begin(struct witness *w, struct line *l)
{
	/* What a person did not accept is asked again: it may be right now. */
	if (w->state != REFUSED || w->known.n > 0)
		w->state = ASKING;
	w->n = w->known.n;
	memcpy(w->chain, w->known.chain, HASH_SIZE);
	(void)witness_ask(w, l);
}

/* The chain, one leaf after the other. */
static int
witness_fold(struct witness *w, const char *leaves)
{
	struct buf b;
	size_t i;
	int r;

	buf_init(&b, FRAME_MAX);
	if ((r = base64_parse(leaves, &b)) == 0 && b.len % HASH_SIZE != 0)
		r = -ERR_USAGE;
	for (i = 0; r == 0 && i < b.len; i += HASH_SIZE) {
		hash_two(w->chain, HASH_SIZE, b.p + i, HASH_SIZE, w->chain);
		w->n++;
	}
	buf_clear(&b);
	return r;
}

/* Only what is new is written: most log-ins find nothing. */
static void
witness_keep(struct witness *w)
{
	struct why why;

	w->state = SOUND;
	if (w->shown.n == w->known.n)
		return;
	if (witness_write(w, &why) < 0)
		log_at(LOG_WARN, "witness=failed why=\"%s\"", why.text);
	else
		w->known = w->shown;
}

static bool
witness_compare(struct witness *w, const json_t *doc, struct line *l)
{
	char *what = NULL;
	int64_t before = w->n;

	if (w->known.n == 0) {
		if (w->state == ASKING)
			witness_keep(w);
		return false;
	}
	if (strcmp(w->shown.installation, w->known.installation) != 0)
		return witness_refuse(w, _("Este servidor presenta otro "
		    "registro que el que usted conocía de él."));
	if (w->shown.n < w->known.n) {
		what = xasprintf(_("El registro de este servidor es más corto "
		    "que la última vez: llegaba al hecho %lld y ahora al "
		    "%lld."), (long long)w->known.n, (long long)w->shown.n);
		(void)witness_refuse(w, what);
		free(what);
		return false;
	}
	if (witness_fold(w, doc_text(doc, "leaves")) == 0 &&
	    w->n < w->shown.n && w->n > before)
		return witness_ask(w, l);
	if (w->n == w->shown.n &&
	    memcmp(w->chain, w->shown.chain, HASH_SIZE) == 0) {
		witness_keep(w);
		return false;
	}
	what = xasprintf(_("El registro de este servidor fue cambiado: lo que "
	    "había hasta el hecho %lld, la última vez, ya no es lo mismo."),
	    (long long)w->known.n);
	(void)witness_refuse(w, what);
	free(what);
	return false;
}

bool
witness_on_doc(struct witness *w, int status, const json_t *doc,
    struct line *l)
{
	uint8_t pub[SSHSIG_KEY];
	struct why why;

	free(w->text);
	w->text = NULL;
	memset(&w->shown, 0, sizeof w->shown);
	if (status == 0 && checkpoint_open(doc_text(doc, "witness"), &w->shown,
		pub, &why) == 0) {
		w->text = xstrdup(doc_text(doc, "witness"));
		return witness_compare(w, doc, l);
	}
	memset(&w->shown, 0, sizeof w->shown);
	if (w->known.n > 0)
		return witness_refuse(w, _("Este servidor ya no muestra un "
		    "sello de su registro, y antes lo tenía."));
	if (w->state == ASKING)
		w->state = SOUND;	/* a record that has none yet */
	return false;
}

/* ---- deciding ---- */

const char *
witness_hold(const struct witness *w)
{
	if (w == NULL || w->state == SOUND)
		return NULL;
	return w->state == REFUSED ? w->why.text : _("Todavía se comprueba que "
	    "el registro del servidor sea el de la última vez: espere un "
	    "momento.");
}

const char *
witness_holds(const struct witness *w, const char *verb)
{
	static const char *const moves[] = { "ajuste", "aprobar", "baja",
		"cancelar", "comentar", "deshacer", "devolver", "hacer",
		"iniciar", "reclasificar", "soltar", "suplencia", "tomar",
		"turnar" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(moves); i++)
		if (strcmp(verb, moves[i]) == 0)
			return witness_hold(w);
	return NULL;
}

bool
witness_is_refused(const struct witness *w)
{
	return w != NULL && w->state == REFUSED;
}

int
witness_accept(struct witness *w, struct why *why)
{
	char *aside = xasprintf("%s.%lld", w->path, (long long)w->known.n);
	int r = 0;

	if (rename(w->path, aside) < 0 && errno != ENOENT)
		r = witness_errno(why, aside);
	else if (w->text != NULL)
		r = witness_write(w, why);
	if (r == 0) {
		w->known = w->shown;
		w->state = SOUND;
	}
	free(aside);
	return r;
}

bool
witness_is_word(const char *text)
{
	return text_like(text, _("acepto"));
}
