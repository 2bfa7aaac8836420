/* SPDX-License-Identifier: ISC */
/*
 * crash_drive.c - a real core at work in a folder, to be watched by record.c.
 *
 *   crash-drive FOLDER SEED TURNS SHARE
 *
 * It prepares an office, then runs turns as the loop of the core does: some
 * commands, one commit, and only then says of each that it is done.  What it
 * says goes to the marks' descriptor, one JSON line each:
 *
 *   {"created":true}            the record was made
 *   {"commit":N}                a commit that would end at event N begins
 *   {"ack":HEX,"login","lo","hi","chain","words"}   an answer leaves
 *
 * An operation wrote the events lo..hi (none when hi < lo); chain is that of
 * the last event when its turn ended.  Built with TORTURE_ACK_EARLY it says
 * so before the commit: the harness must find that out.
 */
#include <assert.h>
#include <unistd.h>

#include "../../proto/text.h"
#include "../../server/core/req.h"
#include "../../server/keep/keep.h"
#include "record.h"
#include "script.h"

enum { CASES = 5, BATCH = 6, SMALL_LOG = 60, ROOM = 20000 };

struct drive_op {
	uint8_t op[OP_SIZE];
	const char *login;
	int64_t lo, hi;
	char **words;			/* NULL: an act of the operator */
};

struct drive {
	const char *dir, *share;
	struct core *core;
	struct why why;
	int marks;
	uint64_t dice;
	struct { char *folio; int next; } cases[CASES];
	struct drive_op done[BATCH];
	int n;
	struct parcel *parcel;		/* beside the words of the next one */
};

static uint32_t
drive_dice(struct drive *d, uint32_t n)
{
	d->dice = d->dice * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(d->dice >> 33) % n;
}

static _Noreturn void
drive_die(const struct drive *d, const char *what)
{
	(void)fprintf(stderr, "crash-drive: %s: %s\n", what, d->why.text);
	exit(1);
}

static void
drive_mark(struct drive *d, json_t *taken)
{
	char *text = json_dumps(taken, JSON_COMPACT);
	ssize_t n = (ssize_t)strlen(text);

	if (write(d->marks, text, (size_t)n) != n)
		drive_die(d, "marks");
	free(text);
	json_decref(taken);
}

/* ---- a turn ---- */

/* Run one command; what it wrote waits in d->done.  Its status. */
static int
drive_run(struct drive *d, const char *login, const char *const *words,
    json_t **doc)
{
	struct caller who = { .login = login, .source = "prueba",
		.parcel = d->parcel };
	struct drive_op *op = &d->done[d->n];
	struct answer a;
	int i, status;

	for (i = 0; i < OP_SIZE; i++)
		op->op[i] = (uint8_t)drive_dice(d, 256);
	op->login = login;
	op->lo = core_seq(d->core) + 1;
	core_run(d->core, &who, op->op, words, true, &a);
	op->hi = core_seq(d->core);
	op->words = NULL;
	d->n++;
	status = a.status;
	if (status != 0) {
		(void)fprintf(stderr, "crash-drive: %s %s\n", words[0], a.doc);
		d->n--;
	}
	if (doc != NULL)
		*doc = json_loads(a.doc, 0, NULL);
	answer_clear(&a);
	return status;
}

static void
drive_say(struct drive *d, const struct drive_op *op)
{
	char hex[2 * OP_SIZE + 1], chain[HASH_TEXT];
	uint8_t head[HASH_SIZE];
	json_t *words = json_array();
	size_t i;

	for (i = 0; op->words != NULL && op->words[i] != NULL; i++)
		json_array_append_new(words, json_string(op->words[i]));
	(void)store_head(d->core->store, head);
	drive_mark(d, json_pack("{s:s, s:s?, s:I, s:I, s:I, s:s, s:o}", "ack",
	    hex_text(op->op, OP_SIZE, hex), "login", op->login, "lo",
	    (json_int_t)op->lo, "hi", (json_int_t)op->hi, "end",
	    (json_int_t)core_seq(d->core), "chain",
	    hex_text(head, HASH_SIZE, chain), "words", words));
}

static void
drive_answers(struct drive *d)
{
	int i;

	for (i = 0; i < d->n; i++) {
		drive_say(d, &d->done[i]);
		text_words_free(d->done[i].words);
	}
	d->n = 0;
}

static void
drive_commit(struct drive *d)
{
	drive_mark(d, json_pack("{s:I}", "commit",
	    (json_int_t)core_seq(d->core)));
#ifdef TORTURE_ACK_EARLY
	drive_answers(d);
#endif
	if (core_commit(d->core, &d->why) < 0)
		drive_die(d, "commit");
	drive_answers(d);
}

/* ---- the office ---- */

static void
drive_operator(struct drive *d, const char *const *words)
{
	if (drive_run(d, NULL, words, NULL) != 0)
		drive_die(d, words[0]);
	drive_commit(d);
}

static char *
drive_read(struct drive *d, const char *path)
{
	static char text[FRAME_MAX];
	size_t n;
	FILE *f = fopen(path, "re");

	if (f == NULL)
		drive_die(d, path);
	n = fread(text, 1, sizeof text - 1, f);
	text[n] = '\0';
	(void)fclose(f);
	return text;
}

static void
drive_import(struct drive *d, const char *file, const char *kind)
{
	char *path = xasprintf("%s/%s", d->share, file);
	char *text = xasprintf("texto=%s", drive_read(d, path));
	char *type = xasprintf("tipo=%s", kind);

	drive_operator(d, (const char *const[]){ "procedimiento-importar",
	    strchr(file, '/') + 1, type, text, NULL });
	free(type);
	free(text);
	free(path);
}

static void
drive_person(struct drive *d, const char *login, const char *role)
{
	char *name = xasprintf("nombre=%s", login);

	drive_operator(d, (const char *const[]){ "persona-alta", login, name,
	    NULL });
	drive_operator(d, (const char *const[]){ "rol-alta", login, role,
	    NULL });
	free(name);
}

static void
drive_open(struct drive *d)
{
	if (core_open(d->dir, &d->core, &d->why) < 0)
		drive_die(d, "open");
	core_set_programs(d->core, "/nowhere");	/* drive_keep() is all */
}

static void
drive_office(struct drive *d)
{
	drive_open(d);
	drive_mark(d, json_pack("{s:b}", "created", 1));
	drive_import(d, "procedures/institution.yaml", "institution");
	drive_import(d, "calendars/mx.ics", "calendar");
	drive_import(d, "procedures/63-COM-P01.yaml", "procedure");
	drive_person(d, "jefa", "head_of_unit");
	drive_person(d, "prod", "video_producer");
	drive_person(d, "otro", "video_producer");
}

/* ---- its work ---- */

/* The line with the folio in it, split.  Given. */
static char **
drive_words(struct drive *d, const char *line, const char *folio)
{
	const char *hole = strstr(line, "{F}");
	char *text, **words;
	size_t n;

	text = hole == NULL ? xstrdup(line) : xasprintf("%.*s%s%s",
	    (int)(hole - line), line, folio, hole + 3);
	if (text_words(text, &words, &n, &d->why) < 0)
		drive_die(d, text);
	free(text);
	return words;
}

/* Another command on some case; false when it was refused. */
static bool
drive_step(struct drive *d, int c, const char *who, const char *line)
{
	char **words = drive_words(d, line, d->cases[c].folio);
	json_t *doc = NULL;
	const char *folio;
	int status;

	status = drive_run(d, who, (const char *const *)words, &doc);
	folio = json_string_value(json_object_get(doc, "folio"));
	if (status == 0 && d->cases[c].folio == NULL)
		d->cases[c].folio = xstrdup(folio);
	json_decref(doc);
	if (status == 0)
		d->done[d->n - 1].words = words;
	else
		text_words_free(words);
	return status == 0;
}

static void
drive_advance(struct drive *d, int c)
{
	const struct script_line *l = &script[d->cases[c].next];

	if (!drive_step(d, c, l->who, l->line))
		drive_die(d, l->line);
	if (++d->cases[c].next < SCRIPT_N)
		return;
	d->cases[c].next = 0;
	free(d->cases[c].folio);
	d->cases[c].folio = NULL;
}

/* ---- files ---- */

/* Where the file of a parcel goes; its words are given. */
static char **
drive_receive(struct drive *d, int c, struct parcel *o)
{
	struct caller who = { .login = "prod", .source = "prueba",
		.parcel = o };
	char **words = drive_words(d,
	    "subir nuevo=1 ruta=/{F}/2.7/licencia.pdf", d->cases[c].folio);
	struct answer a;

	core_run(d->core, &who, NULL, (const char *const *)words, false, &a);
	if (a.status != 0)
		drive_die(d, a.doc);
	answer_clear(&a);
	text_words_free(words);
	return drive_words(d, "adjuntar ruta=/{F}/2.7/licencia.pdf",
	    d->cases[c].folio);
}

/* As pauta-keep does, with bytes that are never twice the same. */
static void
drive_keep(struct drive *d, struct parcel *o, struct keep *k,
    char hex[HASH_TEXT])
{
	static char bytes[ROOM];
	size_t i, n = 100 + drive_dice(d, ROOM - 200);
	int ends[2];

	for (i = 0; i < n; i++)
		bytes[i] = (char)('a' + drive_dice(d, 26));
	memcpy(bytes, "%PDF-1.4\n", 9);
	memcpy(bytes + n - 6, "\n%%EOF", 6);
	if (pipe(ends) < 0 || write(ends[1], bytes, n) != (ssize_t)n)
		drive_die(d, "pipe");
	close(ends[1]);
	*k = (struct keep){ .in = ends[0], .file = o->fd, .limit = o->limit };
	if (keep_run(k) != KEEP_OK)
		drive_die(d, "keep");
	close(ends[0]);
	close(o->fd);
	o->size = k->size;
	o->mime = k->mime;
	o->sha256 = hex_text(k->sum, HASH_SIZE, hex);
}

/* A file for step 2.7, or another version of it. */
static void
drive_attach(struct drive *d, int c)
{
	struct parcel o = { .fd = -1 };
	char hex[HASH_TEXT], **words;
	struct keep k;

	words = drive_receive(d, c, &o);
	drive_keep(d, &o, &k, hex);
	d->parcel = &o;
	if (drive_run(d, "prod", (const char *const *)words, NULL) != 0)
		drive_die(d, "adjuntar");
	d->parcel = NULL;
	d->done[d->n - 1].words = words;
}

static bool
drive_takes_files(const struct drive *d, int c)
{
	return strncmp(script[d->cases[c].next].line, "hacer {F} 2.7", 13) == 0;
}

static void
drive_one(struct drive *d)
{
	int c = (int)drive_dice(d, CASES);
	char *line;

	if (d->cases[c].next == 1 && drive_dice(d, 2) == 0) {
		line = xasprintf("borrador {F} 1.2 notes='Apunte %u'",
		    drive_dice(d, 1000));
		(void)drive_step(d, c, "jefa", line);
		free(line);
		return;
	}
	if (d->cases[c].next == 3 && drive_dice(d, 3) == 0) {
		(void)drive_step(d, c, "prod", drive_dice(d, 2) == 0 ?
		    "soltar {F} 2.1" : "tomar {F} 2.1");
		return;
	}
	if (drive_takes_files(d, c) && drive_dice(d, 3) > 0)
		drive_attach(d, c);
	else
		drive_advance(d, c);
}

static void
drive_turn(struct drive *d)
{
	int i, n = 1 + (int)drive_dice(d, BATCH);

	for (i = 0; i < n; i++)
		drive_one(d);
	drive_commit(d);
	if (drive_dice(d, 6) == 0 && store_checkpoint(d->core->store,
		(int)drive_dice(d, SMALL_LOG), &d->why) < 0)
		drive_die(d, "checkpoint");
	if (drive_dice(d, 40) == 0) {
		core_free(d->core);
		drive_open(d);
	}
}

int
main(int argc, char **argv)
{
	const char *marks = getenv(RECORD_MARKS);
	struct drive d = { 0 };
	int i, turns;

	if (argc != 5 || marks == NULL) {
		(void)fputs("crash-drive FOLDER SEED TURNS SHARE\n", stderr);
		return 2;
	}
	d.dir = argv[1];
	d.dice = strtoull(argv[2], NULL, 10) * 2 + 1;
	turns = (int)strtol(argv[3], NULL, 10);
	d.share = argv[4];
	d.marks = (int)strtol(marks, NULL, 10);
	log_init("crash-drive", LOG_FATAL);
	if (keep_open_types() < 0)
		drive_die(&d, "types");
	drive_office(&d);
	for (i = 0; i < turns; i++)
		drive_turn(&d);
	core_free(d.core);
	for (i = 0; i < CASES; i++)
		free(d.cases[i].folio);
	return 0;
}
