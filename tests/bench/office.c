/* SPDX-License-Identifier: ISC */
/* office.c - see office.h. */
#include "office.h"

#include <errno.h>
#include <libssh/libssh.h>
#include <sys/stat.h>
#include <unistd.h>

#include "meter.h"

enum { PREPARE_BATCH = 512 };

/* A planned video, as its producer walks it up to the first approval. */
static const char *const office_lines[][8] = {
	{ "1.2", "topic=Día de la salud", "planned_on=2026-12-15",
	    "notes=Con entrevista al médico de guardia." },
	{ "1.3", "video_kind=planeado", "subtype=efeméride",
	    "for_bulletin=no" },
	{ "2.1", "appointments=[{\"person\":\"Dra. Luna\",\"held_at\":"
	    "\"2026-11-24 10:00\",\"place\":\"Clínica Norte\"}]" },
	{ "2.2", "footage_location=Disco 1", "backup_done=sí",
	    "backup_location=Disco 2" },
	{ "2.3", "reviewed=40", "selected=2", "clips=[{\"location\":\"Disco "
	    "1/toma-3\"},{\"location\":\"Disco 1/toma-9\"}]" },
	{ "2.4", "subtitles=sí", "size=24", "typeface=Montserrat",
	    "color=blanco", "position=abajo", "background=ninguno",
	    "voice_over=no" },
	{ "2.5", "script=Guion de cinco líneas", "audio_equalised=sí",
	    "has_dialogue=no" },
	{ "2.7", "track=Amanecer", "licence=libre de derechos",
	    "fades_ok=sí" },
	{ "2.8", "logo_closing=sí", "logo_seconds=4", "logo_corner=sí",
	    "logo_fades_ok=sí" },
	{ "D1", "has_changes=no" },
	{ "2.10", "version=1", "export_location=Equipo 1/corte.mp4" },
};

size_t
office_steps(void)
{
	return ARRAY_LEN(office_lines);
}

struct core *
office_open(const char *dir)
{
	struct core *c = NULL;
	struct why why;

	if (core_open(dir, &c, &why) < 0)
		die("%s: %s", dir, why.text);
	return c;
}

void
office_commit(struct core *c)
{
	struct why why;

	if (core_is_dirty(c) && core_commit(c, &why) < 0)
		die("commit: %s", why.text);
	core_forget_touched(c);
}

/* ---- preparing ---- */

/* Run a command that must be accepted; gives its document. */
static json_t *
office_say(struct core *c, const char *login, const char *const *words)
{
	struct caller who = { .login = login, .source = "bench" };
	struct answer a;
	json_t *doc;

	core_run(c, &who, NULL, words, true, &a);
	if (a.status != 0)
		die("%s: %s", words[0], a.doc);
	doc = json_loads(a.doc, 0, NULL);
	answer_clear(&a);
	return doc;
}

static void
office_tell(struct core *c, const char *const *words)
{
	json_decref(office_say(c, NULL, words));
}

/* A key of her own; keys/LOGIN keeps it.  Gives its public line. */
static char *
office_key(const char *dir, const char *login)
{
	char *path = xasprintf("%s/keys/%s", dir, login), *b64, *line;
	ssh_key key;

	if (ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key) != SSH_OK ||
	    ssh_pki_export_privkey_file(key, NULL, NULL, NULL, path) !=
		SSH_OK ||
	    ssh_pki_export_pubkey_base64(key, &b64) != SSH_OK ||
	    chmod(path, 0600) < 0)
		die("%s: no key", path);
	line = xasprintf("ssh-ed25519 %s %s", b64, login);
	ssh_string_free_char(b64);
	ssh_key_free(key);
	free(path);
	return line;
}

static void
office_person(struct core *c, const char *dir, const char *login)
{
	static const char *const roles[] = { "head_of_unit",
		"video_producer" };
	char *line = office_key(dir, login);
	char *key = xasprintf("llave=%s", line);
	char *name = xasprintf("nombre=%s", login);
	size_t i;

	office_tell(c, (const char *const[]){ "persona-alta", login, name,
	    NULL });
	for (i = 0; i < ARRAY_LEN(roles); i++)
		office_tell(c, (const char *const[]){ "rol-alta", login,
		    roles[i], NULL });
	office_tell(c, (const char *const[]){ "llave-alta", login, key,
	    NULL });
	free(name);
	free(key);
	free(line);
}

static void
office_case(struct core *c, FILE *f, const char *login, size_t n)
{
	char title[64];
	json_t *doc;

	(void)snprintf(title, sizeof title, "title=Jornada de vacunación %zu",
	    n);
	doc = office_say(c, login, (const char *const[]){ "iniciar",
	    "63-COM-P01", title, NULL });
	(void)fprintf(f, " %s",
	    json_string_value(json_object_get(doc, "folio")));
	json_decref(doc);
}

void
office_prepare(const char *dir, size_t people, size_t cases)
{
	char *keys = xasprintf("%s/keys", dir);
	char *list = xasprintf("%s/bench.folios", dir), login[32];
	struct core *c = office_open(dir);
	FILE *f = fopen(list, "we");
	size_t i, k, n = 0;

	if (f == NULL || (mkdir(keys, 0700) < 0 && errno != EEXIST))
		die("%s: %s", dir, strerror(errno));
	for (i = 0; i < people; i++) {
		(void)snprintf(login, sizeof login, "b%03zu", i);
		office_person(c, dir, login);
		(void)fputs(login, f);
		for (k = 0; k < cases / people; k++) {
			office_case(c, f, login, k);
			if (++n % PREPARE_BATCH == 0)
				office_commit(c);
		}
		(void)fputc('\n', f);
	}
	office_commit(c);
	core_free(c);
	if (fclose(f) != 0)
		die("%s: %s", list, strerror(errno));
	free(list);
	free(keys);
}

/* ---- the workers ---- */

/* "LOGIN FOLIO FOLIO ..." */
static void
worker_init(struct worker *w, const char *line)
{
	size_t n = strcspn(line, " \n"), cap = 0;

	memset(w, 0, sizeof *w);
	w->login = xasprintf("%.*s", (int)n, line);
	(void)snprintf(w->assignee, sizeof w->assignee, "assignee=%s",
	    w->login);
	for (line += n; *line == ' '; line += n) {
		n = strcspn(++line, " \n");
		if (w->folios_count == cap) {
			cap = cap * 2 + 16;
			w->folios = xrealloc(w->folios, cap,
			    sizeof *w->folios);
		}
		w->folios[w->folios_count++] = xasprintf("%.*s", (int)n,
		    line);
	}
}

void
office_read(const char *dir, struct workers *out)
{
	char *path = xasprintf("%s/bench.folios", dir), *line = NULL;
	FILE *f = fopen(path, "re");
	size_t cap = 0;

	if (f == NULL)
		die("%s: %s", path, strerror(errno));
	out->n = 0;
	out->v = xcalloc(PEOPLE_MAX, sizeof *out->v);
	while (out->n < PEOPLE_MAX && getline(&line, &cap, f) > 0)
		worker_init(&out->v[out->n++], line);
	free(line);
	(void)fclose(f);
	free(path);
}

void
workers_clear(struct workers *ws)
{
	size_t i, k;

	for (i = 0; i < ws->n; i++) {
		for (k = 0; k < ws->v[i].folios_count; k++)
			free(ws->v[i].folios[k]);
		free(ws->v[i].folios);
		free(ws->v[i].login);
	}
	free(ws->v);
}

bool
worker_ask(struct worker *w)
{
	const char *const *line = office_lines[w->step];
	size_t i, n = 0;

	if (w->at >= w->folios_count)
		return false;
	w->words[n++] = "hacer";
	w->words[n++] = w->folios[w->at];
	for (i = 0; i < ARRAY_LEN(office_lines[0]) && line[i] != NULL; i++)
		w->words[n++] = line[i];
	if (w->step == 0)
		w->words[n++] = w->assignee;
	w->words[n] = NULL;
	hash_op(w->op);
	return true;
}

void
worker_done(struct worker *w)
{
	if (++w->step == office_steps()) {
		w->step = 0;
		w->at++;
	}
}

size_t
worker_left(const struct worker *w)
{
	return (w->folios_count - w->at) * office_steps() - w->step;
}
