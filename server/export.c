/* SPDX-License-Identifier: ISC */
/*
 * export.c - the record for somebody who has neither Pauta nor reason to
 * trust it: text files, and a shell script that checks them.
 *
 *	events.jsonl	one body a line, the exact bytes; empty when erased
 *	leaves.txt	n, salt, leaf, chain of each ("-" for an erased salt)
 *	checkpoints/	N.txt what was signed, N.sig its signature
 *	approvals/	the same of each decision that its taker signed
 *	files/		what was attached, each by its SHA-256 (export_files.c)
 *	allowed_signers	the keys that the record announced, and people's
 *	LEEME.txt, verificar.sh
 *
 * It goes as far as the last checkpoint, which the core makes first.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../proto/approval.h"
#include "../proto/sshwire.h"
#include "../proto/doc.h"
#include "admin.h"
#include "core/seal.h"

struct export {
	const char *folder;
	struct store *store;
	FILE *events, *leaves;
	int64_t upto, checkpoints, approvals, files;
	json_t *keys;			/* "LOGIN BLOB" -> {"active","at"} */
	json_t *sums;			/* of what was attached -> true */
	struct why why;
};

static int
export_errno(struct export *x, const char *name)
{
	return why_set(&x->why, ERR_SYSTEM, "%s/%s: %s.", x->folder, name,
	    err_reason(errno));
}

/* A new file of the folder; NULL with why. */
static FILE *
export_new(struct export *x, const char *name)
{
	char *path = xasprintf("%s/%s", x->folder, name);
	FILE *f = fopen(path, "wex");

	if (f == NULL)
		(void)export_errno(x, name);
	free(path);
	return f;
}

static int
export_close(struct export *x, FILE *f, const char *name)
{
	bool bad = fflush(f) != 0 || ferror(f);

	return fclose(f) != 0 || bad ? export_errno(x, name) : 0;
}

static int
export_text(struct export *x, const char *name, const char *text)
{
	FILE *f = export_new(x, name);

	if (f == NULL)
		return -ERR_SYSTEM;
	(void)fputs(text, f);
	return export_close(x, f, name);
}

static int
export_pair(struct export *x, const char *folder, int64_t n, const char *text,
    const char *sig)
{
	char name[64];
	int r;

	(void)snprintf(name, sizeof name, "%s/%lld.txt", folder, (long long)n);
	if ((r = export_text(x, name, text)) < 0)
		return r;
	(void)snprintf(name, sizeof name, "%s/%lld.sig", folder, (long long)n);
	return export_text(x, name, sig);
}

/* A decision that was signed, in two files of its own. */
static int
export_approval(struct export *x, int64_t n, const json_t *data)
{
	const json_t *sig = json_object_get(data, "signature");

	if (!json_is_object(sig))
		return 0;
	x->approvals++;
	return export_pair(x, "approvals", n, doc_text(sig, "text"),
	    doc_text(sig, "sig"));
}

/* A key of a person: what the record last said of it, and when. */
static void
export_key(struct export *x, const json_t *body, const json_t *data)
{
	char *name = xasprintf("%s %s", doc_text(data, "login"),
	    doc_text(data, "blob"));

	json_object_set_new(x->keys, name, json_pack("{s:b, s:s}", "active",
	    doc_is(data, "active"), "at",
	    doc_text(body, "at")));
	free(name);
}

/* What signatures of people are made of, and what was attached. */
static int
export_named(struct export *x, const struct entry *e)
{
	json_t *body, *data;
	int r = 0;

	if (strstr(e->body, "\"signature\":") == NULL &&
	    strstr(e->body, "\"key.set\"") == NULL &&
	    strstr(e->body, "\"file.attached\"") == NULL)
		return 0;
	body = json_loads(e->body, 0, NULL);
	data = json_object_get(body, "data");
	if (strcmp(doc_text(body, "type"), "step.done") == 0)
		r = export_approval(x, e->seq, data);
	else if (strcmp(doc_text(body, "type"), "key.set") == 0)
		export_key(x, body, data);
	else if (strcmp(doc_text(body, "type"), "file.attached") == 0)
		json_object_set_new(x->sums, doc_text(data, "sha256"),
		    json_true());
	json_decref(body);
	return r;
}

static int
export_on_entry(void *arg, const struct entry *e)
{
	char salt[2 * SALT_SIZE + 1] = "-", leaf[HASH_TEXT], chain[HASH_TEXT];
	struct export *x = arg;

	if (e->seq > x->upto)
		return 1;
	if (e->body != NULL)
		(void)hex_text(e->salt, SALT_SIZE, salt);
	(void)fprintf(x->events, "%s\n", e->body != NULL ? e->body : "");
	(void)fprintf(x->leaves, "%lld %s %s %s\n", (long long)e->seq, salt,
	    hex_text(e->leaf, HASH_SIZE, leaf),
	    hex_text(e->chain, HASH_SIZE, chain));
	return e->body != NULL ? export_named(x, e) : 0;
}

static int
export_events(struct export *x)
{
	int r;

	if ((x->events = export_new(x, "events.jsonl")) == NULL)
		return -ERR_SYSTEM;
	if ((x->leaves = export_new(x, "leaves.txt")) == NULL) {
		(void)fclose(x->events);
		return -ERR_SYSTEM;
	}
	r = store_each(x->store, 1, export_on_entry, x, &x->why);
	if (export_close(x, x->events, "events.jsonl") < 0 ||
	    export_close(x, x->leaves, "leaves.txt") < 0)
		return -ERR_SYSTEM;
	return r < 0 ? r : 0;
}

static int
export_on_checkpoint(void *arg, const struct checkpoint_row *row)
{
	struct export *x = arg;

	if (row->n > x->upto)
		return 0;
	x->checkpoints++;
	return export_pair(x, "checkpoints", row->n, row->text, row->sig);
}

static int
export_checkpoints(struct export *x)
{
	return store_each_checkpoint(x->store, 1, export_on_checkpoint, x,
	    &x->why);
}

static int
export_folder(struct export *x, const char *name)
{
	char *path = xasprintf("%s/%s", x->folder, name);
	int r = mkdir(path, 0755) < 0 ? export_errno(x, name) : 0;

	free(path);
	return r;
}

/* "20261123153000Z", as ssh-keygen writes a time. */
static void
export_time(const char *utc, struct buf *b)
{
	for (; *utc != '\0'; utc++)
		if (strchr("-:T", *utc) == NULL)
			(void)buf_add(b, utc, 1);
}

/*
 * "LOGIN namespaces=… KIND BLOB" for each key that a person had; of one that
 * was revoked, valid until then.
 */
static void
export_people(struct export *x, struct buf *b)
{
	struct piece rest, kind;
	const char *name, *blob;
	struct buf bytes;
	json_t *key;

	json_object_foreach(x->keys, name, key) {
		blob = strchr(name, ' ') + 1;
		buf_init(&bytes, FRAME_MAX);
		if (base64_parse(blob, &bytes) == 0) {
			rest = (struct piece){ bytes.p, bytes.len };
			kind = piece_string(&rest);
			(void)buf_addf(b, "%.*s namespaces=\"%s\"",
			    (int)(blob - name) - 1, name, APPROVAL_SPACE);
			if (!doc_is(key, "active")) {
				(void)buf_addf(b, ",valid-before=\"");
				export_time(doc_text(key, "at"), b);
				(void)buf_addf(b, "\"");
			}
			(void)buf_addf(b, " %.*s %s\n", (int)kind.n,
			    kind.p != NULL ? (const char *)kind.p : "", blob);
		}
		buf_clear(&bytes);
	}
}

static int
export_signers(struct export *x)
{
	struct announced a;
	struct buf b;
	char *line;
	size_t i;
	int r;

	if ((r = announced_load(x->store, &a, &x->why)) < 0)
		return r;
	buf_init(&b, FRAME_MAX);
	for (i = 0; i < a.keys_count; i++) {
		line = sshsig_public(a.keys[i].pub);
		(void)buf_addf(&b, "pauta namespaces=\"%s,%s\" %s\n",
		    CHECKPOINT_SPACE, TRANSFER_SPACE, line);
		free(line);
	}
	export_people(x, &b);
	r = export_text(x, "allowed_signers", buf_str(&b));
	buf_clear(&b);
	announced_clear(&a);
	return r;
}

/* What comes with the program: the page and the script. */
static int
export_share(struct export *x, const char *name)
{
	char *path = xasprintf("%s/export/%s", share_dir(), name), *text;
	int r = -ERR_SYSTEM;

	if ((text = file_read(path, &x->why)) != NULL)
		r = export_text(x, name, text);
	free(text);
	free(path);
	return r;
}

/* A checkpoint of this moment, and how far the record is signed. */
static int
export_seal(struct export *x, const char *dir)
{
	struct answer a;
	json_t *doc;
	int r;

	r = admin_ask(dir, (const char *const[]){ "sello", NULL }, true, &a,
	    &x->why);
	if (r < 0)
		return r;
	doc = json_loads(a.doc, 0, NULL);
	if (a.status != 0)
		r = why_set(&x->why, err_find(a.code), "%s",
		    json_string_value(json_object_get(
			json_object_get(doc, "error"), "message")));
	x->upto = doc_int(doc, "n");
	json_decref(doc);
	answer_clear(&a);
	return r;
}

static int
export_attached(struct export *x, const char *dir)
{
	x->files = export_files(dir, x->folder, x->store, x->sums, &x->why);
	return x->files < 0 ? (int)x->files : 0;
}

static int
export_all(struct export *x, const char *dir)
{
	char *path = xasprintf("%s/pauta.db", dir);
	int r;

	if ((r = export_seal(x, dir)) == 0 &&
	    (r = store_open(path, STORE_READONLY, &x->store, &x->why)) == 0 &&
	    (r = mkdir(x->folder, 0755)) < 0)
		r = errno == EEXIST ? why_set(&x->why, ERR_REFUSED,
		    "%s ya existe: indique una carpeta nueva.", x->folder) :
		    export_errno(x, "");
	free(path);
	if (r == 0 && (r = export_folder(x, "checkpoints")) == 0 &&
	    (r = export_folder(x, "approvals")) == 0 &&
	    (r = export_folder(x, "files")) == 0 &&
	    (r = export_events(x)) == 0 &&
	    (r = export_attached(x, dir)) == 0 &&
	    (r = export_checkpoints(x)) == 0 && (r = export_signers(x)) == 0 &&
	    (r = export_share(x, "LEEME.txt")) == 0)
		r = export_share(x, "verificar.sh");
	store_free(x->store);
	return r;
}

int
export_run(const char *dir, const char *folder)
{
	struct export x = { .folder = folder, .keys = json_object(),
		.sums = json_object() };
	int r = export_all(&x, dir);

	json_decref(x.keys);
	json_decref(x.sums);
	if (r < 0) {
		(void)fprintf(stderr, "%s\n", x.why.text);
		return err_status(x.why.e);
	}
	(void)printf("Registro exportado: %s (%lld hechos, %lld sellos, %lld "
		     "decisiones firmadas, %lld archivos)\n"
		     "Se comprueba con: sh %s/verificar.sh\n", folder,
	    (long long)x.upto, (long long)x.checkpoints,
	    (long long)x.approvals, (long long)x.files, folder);
	return 0;
}
