/* SPDX-License-Identifier: ISC */
/*
 * init.c - a new data folder: host key, the key that signs the record,
 * configuration, the institution, the calendar and the procedures; with
 * --demo also people, their keys, and an office in the middle of its work
 * (procedures/demo.txt), made by the same commands that people type.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../proto/text.h"
#include "admin.h"
#include "conf.h"
#include "core/req.h"
#include "core/seal.h"

struct init {
	const char *dir;
	struct core *core;
	int64_t clock;			/* of the core, before "hace" */
	struct why why;
};

/* The whole file, or none: half of one would be kept the next time. */
static int
init_write(const char *path, const char *text, struct why *why)
{
	FILE *f = fopen(path, "we");
	bool whole = f != NULL && fputs(text, f) >= 0;
	int r;

	if (f != NULL && fclose(f) != 0)
		whole = false;
	if (whole)
		return 0;
	r = why_set(why, ERR_SYSTEM, "%s: %s", path, err_reason(errno));
	if (f != NULL)
		(void)unlink(path);
	return r;
}

/* Make a key file (and FILE.pub, FILE.fp) with the one program that may. */
int
key_make(const char *path, struct why *why)
{
	const char *what =
	    access(path, F_OK) == 0 ? "--fingerprint" : "--make-key";
	char tool[1200], line[128] = "", *fp;
	int out[2], status = 0, r;
	ssize_t n;
	pid_t pid;

	(void)snprintf(tool, sizeof tool, "%s/pauta-session", program_dir());
	if (pipe(out) < 0 || (pid = fork()) < 0)
		return why_set(why, ERR_SYSTEM, "%s", err_reason(errno));
	if (pid == 0) {
		(void)dup2(out[1], STDOUT_FILENO);
		(void)close(out[0]);
		execl(tool, "pauta-session", what, path, (char *)NULL);
		_exit(127);
	}
	(void)close(out[1]);
	n = read(out[0], line, sizeof line - 1);
	line[n > 0 ? n : 0] = '\0';
	(void)close(out[0]);
	if (waitpid(pid, &status, 0) < 0 || status != 0)
		return why_set(why, ERR_SYSTEM,
		    "No se pudo crear o leer la llave %s.", path);
	fp = xasprintf("%s.fp", path);
	r = init_write(fp, line, why);
	free(fp);
	return r;
}

/* A configuration that is there already is kept as it is. */
static int
init_conf(struct init *in, bool demo)
{
	char *path = xasprintf("%s/pautad.conf", in->dir);
	struct conf conf;
	struct buf b;
	int r;

	buf_init(&b, TEXT_MAX);
	if ((r = conf_read(path, &conf, &in->why)) == 0 &&
	    access(path, F_OK) < 0) {
		conf.test_clock = demo;
		conf_print(&conf, &b);
		r = init_write(path, buf_str(&b), &in->why);
	}
	buf_clear(&b);
	free(path);
	return r;
}

/* One command as the operator; committed at once. */
static int
init_say(struct init *in, const char *const *words, json_t **doc)
{
	struct caller who = { .login = NULL, .source = "init" };
	struct answer a;
	json_t *o;
	int r = 0;

	core_run(in->core, &who, NULL, words, true, &a);
	o = json_loads(a.doc, 0, NULL);
	if (a.status != 0)
		r = why_set(&in->why, err_find(a.code), "%s: %s", words[0],
		    json_string_value(json_object_get(
			json_object_get(o, "error"), "message")));
	else
		r = core_commit(in->core, &in->why);
	answer_clear(&a);
	if (doc != NULL && r == 0)
		*doc = o;
	else
		json_decref(o);
	return r;
}

static int
init_import(struct init *in, const char *path, const char *kind)
{
	char *text = file_read(path, &in->why), *arg, *type;
	const char *slash = strrchr(path, '/');
	int r;

	if (text == NULL)
		return -ERR_SYSTEM;
	arg = xasprintf("texto=%s", text);
	type = xasprintf("tipo=%s", kind);
	r = init_say(in, (const char *const[]){ "procedimiento-importar",
	    slash != NULL ? slash + 1 : path, type, arg, NULL }, NULL);
	free(arg);
	free(type);
	free(text);
	return r;
}

static int
init_is_procedure(const struct dirent *d)
{
	const char *dot = strchr(d->d_name, '.');

	return dot != NULL && strcmp(dot, ".yaml") == 0 &&
	    strcmp(d->d_name, "institution.yaml") != 0;
}

static int
init_manual(struct init *in)
{
	struct dirent **list = NULL;
	char path[1400];
	int i, n, r;

	(void)snprintf(path, sizeof path, "%s/procedures/institution.yaml",
	    share_dir());
	if ((r = init_import(in, path, "institution")) < 0)
		return r;
	(void)snprintf(path, sizeof path, "%s/calendars/mx.ics", share_dir());
	if ((r = init_import(in, path, "calendar")) < 0)
		return r;
	(void)snprintf(path, sizeof path, "%s/procedures", share_dir());
	n = scandir(path, &list, init_is_procedure, alphasort);
	for (i = 0; i < n; i++) {
		(void)snprintf(path, sizeof path, "%s/procedures/%s",
		    share_dir(), list[i]->d_name);
		if (r == 0)
			r = init_import(in, path, "procedure");
		free(list[i]);
	}
	free(list);
	return r;
}

/* ---- the demonstration ---- */

static int
init_person(struct init *in, char **w, size_t n)
{
	char path[1200], *name, *key, *text;
	size_t i;
	int r;

	name = xasprintf("nombre=%s", w[2]);
	r = init_say(in, (const char *const[]){ "persona-alta", w[1], name,
	    NULL }, NULL);
	free(name);
	for (i = 3; r == 0 && i < n; i++)
		r = init_say(in, (const char *const[]){ "rol-alta", w[1],
		    w[i], NULL }, NULL);
	(void)snprintf(path, sizeof path, "%s/keys/%s", in->dir, w[1]);
	if (r < 0 || (r = key_make(path, &in->why)) < 0)
		return r;
	(void)snprintf(path, sizeof path, "%s/keys/%s.pub", in->dir, w[1]);
	if ((text = file_read(path, &in->why)) == NULL)
		return -ERR_SYSTEM;
	key = xasprintf("llave=%s", text);
	r = init_say(in, (const char *const[]){ "llave-alta", w[1], key,
	    NULL }, NULL);
	free(key);
	free(text);
	return r;
}

/* Put the folios given so far in place of {NAME}. */
static char *
init_fill(const char *line, const json_t *names)
{
	const char *close, *value;
	struct buf b;
	char *out, *name;

	buf_init(&b, FRAME_MAX / 2);
	while (*line != '\0') {
		value = NULL;
		if (*line == '{' && (close = strchr(line, '}')) != NULL) {
			name = xasprintf("%.*s", (int)(close - line - 1),
			    line + 1);
			value = json_string_value(
			    json_object_get(names, name));
			free(name);
		}
		if (value != NULL) {
			(void)buf_add(&b, value, strlen(value));
			line = strchr(line, '}') + 1;
		} else
			(void)buf_add(&b, line++, 1);
	}
	out = xstrdup(buf_str(&b));
	buf_clear(&b);
	return out;
}

/* "hace 2d", "hace 3h", "hace 5m": what follows happened that long ago. */
static int
init_ago(struct init *in, const char *span)
{
	char *unit;
	long n = strtol(span, &unit, 10);
	int64_t s = *unit == 'd' ? 86400 : *unit == 'h' ? 3600 :
	    *unit == 'm' ? 60 : 0;

	if (n < 0 || n > 366 || s == 0 || unit[1] != '\0')
		return why_set(&in->why, ERR_USAGE,
		    "«hace %.20s»: se esperaba 2d, 3h o 5m.", span);
	in->core->clock_moved = in->clock - s * n;
	return 0;
}

/*
 * A line of demo.txt; one that begins with a blank goes on with the last:
 *   persona LOGIN "NAME" ROLE…      an account with its key
 *   hace 2d                         when the lines below it happened
 *   LOGIN [NAME=] COMMAND…          what that person does; NAME keeps the folio
 */
static int
init_line(struct init *in, const char *line, json_t *names)
{
	char **w = NULL, *who, *order, *keep = NULL, *text;
	const char *rest;
	json_t *doc = NULL;
	size_t n = 0;
	int r;

	line += strspn(line, " \t");
	if (*line == '\0' || *line == '#')
		return 0;
	if (strncmp(line, "persona ", 8) == 0) {
		if ((r = text_words(line, &w, &n, &in->why)) == 0)
			r = init_person(in, w, n);
		text_words_free(w);
		return r;
	}
	if (strncmp(line, "hace ", 5) == 0)
		return init_ago(in, line + 5);
	who = xasprintf("%.*s", (int)strcspn(line, " "), line);
	rest = line + strcspn(line, " ");
	rest += strspn(rest, " ");
	n = strspn(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
	if (n > 0 && rest[n] == '=') {
		keep = xasprintf("%.*s", (int)n, rest);
		rest += n + 1;
		rest += strspn(rest, " ");
	}
	text = init_fill(rest, names);
	order = xasprintf("orden=%s", text);
	r = init_say(in, (const char *const[]){ "como", who, order, NULL },
	    &doc);
	if (r == 0 && keep != NULL)
		json_object_set(names, keep, json_object_get(doc, "folio"));
	json_decref(doc);
	free(order);
	free(text);
	free(keep);
	free(who);
	return r;
}

static int
init_demo(struct init *in)
{
	char path[1400], *text, *line, *end, *next;
	json_t *names = json_object();
	int r = 0, n = 0;

	(void)snprintf(path, sizeof path, "%s/keys", in->dir);
	(void)mkdir(path, 0700);
	(void)snprintf(path, sizeof path, "%s/procedures/demo.txt",
	    share_dir());
	if ((text = file_read(path, &in->why)) == NULL) {
		json_decref(names);
		return -ERR_SYSTEM;
	}
	in->core->rehearsal = true;
	in->clock = in->core->clock_moved;
	for (line = text; r == 0 && line != NULL; line = end) {
		n++;
		while ((end = strchr(line, '\n')) != NULL &&
		    (end[1] == ' ' || end[1] == '\t')) {
			next = end + 1 + strspn(end + 1, " \t");
			*end++ = ' ';
			memmove(end, next, strlen(next) + 1);
			n++;
		}
		if (end != NULL)
			*end++ = '\0';
		r = init_line(in, line, names);
	}
	in->core->clock_moved = in->clock;
	in->core->rehearsal = false;
	if (r < 0)
		(void)fprintf(stderr, "%s:%d\n", path, n);
	free(text);
	json_decref(names);
	return r;
}

int
init_run(const char *dir, bool demo)
{
	struct init in = { .dir = dir };
	char path[1200];
	struct stat st;
	int r;

	(void)snprintf(path, sizeof path, "%s/pauta.db", dir);
	if (stat(path, &st) == 0) {
		(void)fprintf(stderr, "%s ya tiene un registro de Pauta; no "
				      "se toca.\n", dir);
		return err_status(ERR_REFUSED);
	}
	if (mkdir(dir, 0700) < 0 && errno != EEXIST) {
		(void)fprintf(stderr, "%s: %s.\n", dir, err_reason(errno));
		return err_status(ERR_SYSTEM);
	}
	(void)snprintf(path, sizeof path, "%s/ssh_host_ed25519_key", dir);
	if ((r = key_make(path, &in.why)) == 0 &&
	    (r = seal_key_make(dir, &in.why)) == 0 &&
	    (r = init_conf(&in, demo)) == 0 &&
	    (r = core_open(dir, &in.core, &in.why)) == 0 &&
	    (r = init_say(&in, (const char *const[]){ "sellar", NULL },
		 NULL)) == 0 &&
	    (r = init_manual(&in)) == 0 && demo)
		r = init_demo(&in);
	core_free(in.core);
	if (r < 0) {
		(void)fprintf(stderr, "%s\n", in.why.text);
		return err_status(in.why.e);
	}
	(void)printf("Carpeta lista: %s\n", dir);
	return 0;
}
