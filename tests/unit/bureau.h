/* SPDX-License-Identifier: ISC */
/*
 * bureau.h - a real core over a real record in a throw-away folder: the
 * institution and its four procedures imported, a few people, a clock that the
 * test sets.  Everything is said as people say it, one line at a time.
 */
#ifndef PAUTA_BUREAU_H
#define PAUTA_BUREAU_H

#include <time.h>

#include "temp.h"
#include "../../proto/text.h"
#include "../../server/core/req.h"

/* Monday, 09:00 in Hermosillo. */
#define BUREAU_DAY "2026-11-23T16:00:00Z"

struct bureau {
	struct temp *t;
	struct core *c;
	json_t *doc;			/* the last answer */
	int status;
};

/* Who works here. */
static const char *const bureau_people[][2] = {
	{ "jefa", "head_of_unit" },
	{ "difu", "dissemination_officer" },
	{ "prod", "video_producer" },
	{ "moni", "monitoring_officer" },
	{ "dg", "director_general" },
	{ "oic", "oversight_body" },
	{ "admin", "sysadmin" },
	{ "lector", "executive_reader" },
	{ "ana", "dissemination_officer@bc" },
	{ "jefabc", "head_of_unit@bc" },
	{ "beto", "dissemination_officer@oax" },
};

/* Run words as login (NULL: the operator) and commit the turn. */
static inline int
bureau_run(struct bureau *o, const char *login, const uint8_t *op,
    const char *const *words)
{
	struct caller who = { .login = login, .source = "test" };
	struct answer a;
	struct why why;

	core_run(o->c, &who, op, words, true, &a);
	json_decref(o->doc);
	o->doc = json_loads(a.doc, 0, NULL);
	assert_non_null(o->doc);
	o->status = a.status;
	answer_clear(&a);
	if (core_commit(o->c, &why) < 0)
		fail_msg("commit: %s", why.text);
	core_forget_touched(o->c);
	return o->status;
}

static inline int
bureau_line(struct bureau *o, const char *login, const uint8_t *op,
    const char *line)
{
	char **words;
	struct why why;
	size_t n;

	if (text_words(line, &words, &n, &why) < 0)
		fail_msg("%s: %s", line, why.text);
	(void)bureau_run(o, login, op, (const char *const *)words);
	text_words_free(words);
	return o->status;
}

static inline const char *
bureau_message(const struct bureau *o)
{
	const char *s = json_string_value(json_object_get(
	    json_object_get(o->doc, "error"), "message"));

	return s != NULL ? s : "";
}

static inline const char *
bureau_text(const struct bureau *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o->doc, key));

	return s != NULL ? s : "";
}

/* It is done. */
static inline void
bureau_ok(struct bureau *o, const char *login, const char *line)
{
	if (bureau_line(o, login, NULL, line) != 0)
		fail_msg("%s: %s: %s", login != NULL ? login : "operator",
		    line, bureau_message(o));
}

/* It is not, with this exit status and this in the sentence. */
static inline void
bureau_no(struct bureau *o, const char *login, int status, const char *say,
    const char *line)
{
	if (bureau_line(o, login, NULL, line) != status)
		fail_msg("%s: %s: status %d, not %d: %s",
		    login != NULL ? login : "operator", line, o->status,
		    status, bureau_message(o));
	if (strstr(bureau_message(o), say) == NULL)
		fail_msg("%s: \"%s\" does not say \"%s\"", line,
		    bureau_message(o), say);
}

/* The same with a folio, or anything else, in place of %s. */
#define bureau_okf(o, login, ...) do { \
	char *line_ = xasprintf(__VA_ARGS__); \
	bureau_ok(o, login, line_); \
	free(line_); \
} while (0)
#define bureau_nof(o, login, status, say, ...) do { \
	char *line_ = xasprintf(__VA_ARGS__); \
	bureau_no(o, login, status, say, line_); \
	free(line_); \
} while (0)

static inline void
bureau_clock(struct bureau *o, const char *utc)
{
	struct when t;

	assert_int_equal(when_parse(utc, &t), 0);
	o->c->clock_moved = t.s - (int64_t)time(NULL);
}

static inline void
bureau_open(struct bureau *o)
{
	int64_t moved = o->c != NULL ? o->c->clock_moved : 0;
	struct why why;

	core_free(o->c);
	o->c = NULL;
	if (core_open(o->t->folder, &o->c, &why) < 0)
		fail_msg("core_open: %s", why.text);
	o->c->clock_moved = moved;
}

static inline void
bureau_import(struct bureau *o, const char *kind, const char *path)
{
	char *text = test_read(path), *type, *arg;

	type = xasprintf("tipo=%s", kind);
	arg = xasprintf("texto=%s", text);
	if (bureau_run(o, NULL, NULL, (const char *const[]){
	    "procedimiento-importar", strrchr(path, '/') + 1, type, arg,
	    NULL }) != 0)
		fail_msg("%s: %s", path, bureau_message(o));
	free(arg);
	free(type);
	free(text);
}

/* Does any text of the document hold that word? */
static inline bool
bureau_doc_has(const json_t *doc, const char *word)
{
	char *text = json_dumps(doc, JSON_ENCODE_ANY);
	bool has = strstr(text, word) != NULL;

	free(text);
	return has;
}

static inline void
bureau_join(struct bureau *o, const char *login, const char *role)
{
	bureau_okf(o, NULL, "persona-alta %s nombre='Persona %s'", login,
	    login);
	bureau_okf(o, NULL, "rol-alta %s %s", login, role);
}

#define MANUAL "server/procedures/63-COM-"

static inline int
bureau_setup_conf(void **st, const char *conf)
{
	struct bureau *o = xcalloc(1, sizeof *o);
	char *path;
	size_t i;
	FILE *f;

	(void)temp_setup((void **)&o->t);
	path = xasprintf("%s/pautad.conf", o->t->folder);
	assert_non_null(f = fopen(path, "w"));
	(void)fputs(conf, f);
	(void)fclose(f);
	free(path);
	bureau_open(o);
	bureau_clock(o, BUREAU_DAY);
	bureau_import(o, "institution", "server/procedures/institution.yaml");
	bureau_import(o, "calendar", "server/calendars/mx.ics");
	bureau_import(o, "procedure", MANUAL "P01.yaml");
	bureau_import(o, "procedure", MANUAL "P02.yaml");
	bureau_import(o, "procedure", MANUAL "P03.yaml");
	bureau_import(o, "procedure", MANUAL "P04.yaml");
	for (i = 0; i < ARRAY_LEN(bureau_people); i++)
		bureau_join(o, bureau_people[i][0], bureau_people[i][1]);
	*st = o;
	return 0;
}

static inline int
bureau_setup(void **st)
{
	return bureau_setup_conf(st, "test_clock yes\n");
}

static inline int
bureau_teardown(void **st)
{
	struct bureau *o = *st;

	core_free(o->c);
	json_decref(o->doc);
	(void)temp_teardown((void **)&o->t);
	free(o);
	return 0;
}

#define IN_BUREAU(f) \
	cmocka_unit_test_setup_teardown(f, bureau_setup, bureau_teardown)

/* ---- cases ---- */

/* A bulletin begun by login, in the first step; its folio into out. */
static inline void
bureau_bulletin(struct bureau *o, const char *login, char out[32])
{
	bureau_ok(o, login, "iniciar 63-COM-P02 tracks=boletín title=Feria");
	(void)snprintf(out, 32, "%s", bureau_text(o, "folio"));
}

#define BULLETIN "origin='tema elegido' specialist='R. Paz' " \
	"headline='Vacunas' body='Texto del boletín' planned_on=2026-11-24"

/* The same, written by login and waiting for its approval in 1.3. */
static inline void
bureau_presented(struct bureau *o, const char *login, char out[32])
{
	bureau_bulletin(o, login, out);
	bureau_okf(o, login, "hacer %s 1.1 " BULLETIN, out);
	bureau_okf(o, login, "hacer %s 1.2 version=1", out);
}

/* The steps that are open in a case: "1.1 3.1". */
static inline void
bureau_open_is(struct bureau *o, const char *folio, const char *steps)
{
	char now[256] = "";
	json_t *t;
	size_t i, n = 0;

	bureau_okf(o, "oic", "expediente %s", folio);
	json_array_foreach(json_object_get(o->doc, "open"), i, t)
		n += (size_t)snprintf(now + n, sizeof now - n, "%s%s",
		    i > 0 ? " " : "", json_string_value(
		    json_object_get(t, "step")));
	assert_string_equal(now, steps);
}

/* The chain so far: equal when nothing was written in between. */
static inline int64_t
bureau_head(const struct bureau *o)
{
	uint8_t chain[HASH_SIZE];

	return store_head(o->c->store, chain);
}

#endif
