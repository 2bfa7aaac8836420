/* SPDX-License-Identifier: ISC */
/*
 * restore.c - a data folder from a backup.  Everything is unpacked into
 * DIR/restoring and verified there; pauta.db gets its name last, so a folder
 * with a record in it is one that was verified.
 *
 * Keys come from elsewhere: those that already lie in DIR are kept, others
 * are made and announced.  A witness that the record does not contain leaves
 * the folder readable only, until `pautad restore --confirm`.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../proto/hash.h"
#include "admin.h"
#include "core/job.h"
#include "core/req.h"
#include "core/seal.h"
#include "tar.h"

struct restore {
	const char *dir;
	char *stage;			/* DIR/restoring */
	json_t *sums;			/* name -> SHA-256, as unpacked */
	int64_t events, checkpoints;
	struct why why;
};

/* ---- the folder ---- */

static const char *const restore_kept[] = { ".", "..", "log_ed25519_key",
	"log_ed25519_key.pub", "ssh_host_ed25519_key",
	"ssh_host_ed25519_key.fp", "ssh_host_ed25519_key.pub", "witness" };

static bool
restore_is_kept(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(restore_kept); i++)
		if (strcmp(restore_kept[i], name) == 0)
			return true;
	return false;
}

static int
restore_folder(struct restore *x)
{
	struct dirent *d;
	int r = 0;
	DIR *dir;

	if (mkdir(x->dir, 0700) < 0 && errno != EEXIST)
		return why_set(&x->why, ERR_SYSTEM, "%s: %s.", x->dir,
		    err_reason(errno));
	if ((dir = opendir(x->dir)) == NULL)
		return why_set(&x->why, ERR_SYSTEM, "%s: %s.", x->dir,
		    err_reason(errno));
	while (r == 0 && (d = readdir(dir)) != NULL)
		if (!restore_is_kept(d->d_name))
			r = why_set(&x->why, ERR_REFUSED,
			    "%s no está vacía (%s): indique una carpeta nueva; "
			    "sólo puede tener llaves y un testigo.", x->dir,
			    d->d_name);
	(void)closedir(dir);
	if (r == 0 && mkdir(x->stage, 0700) < 0)
		r = why_set(&x->why, ERR_SYSTEM, "%s: %s.", x->stage,
		    err_reason(errno));
	return r;
}

static void
restore_sweep(const char *folder)
{
	char *const roots[] = { (char *)folder, NULL };
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *e;

	while (walk != NULL && (e = fts_read(walk)) != NULL)
		if (e->fts_info == FTS_DP)
			(void)rmdir(e->fts_path);
		else if (e->fts_info != FTS_D)
			(void)unlink(e->fts_path);
	if (walk != NULL)
		(void)fts_close(walk);
}

/* ---- unpacking ---- */

/* "blobs/ab/…": two and 62 hexadecimal digits, and nothing else. */
static bool
restore_is_blob(const char *name)
{
	static const char digits[] = "0123456789abcdef";

	return strncmp(name, "blobs/", 6) == 0 &&
	    strspn(name + 6, digits) == 2 && name[8] == '/' &&
	    strspn(name + 9, digits) == 62 && name[71] == '\0';
}

static int
restore_is_known(struct restore *x, const char *name)
{
	static const char *const names[] = { "checkpoint.txt", "manifest.txt",
		"pauta.db", "pautad.conf" };
	size_t i;

	if (json_object_get(x->sums, name) == NULL) {
		if (restore_is_blob(name))
			return 0;
		for (i = 0; i < ARRAY_LEN(names); i++)
			if (strcmp(names[i], name) == 0)
				return 0;
	}
	return why_set(&x->why, ERR_REFUSED,
	    "La copia de seguridad trae algo que no debe: «%s».", name);
}

/* Folders of an attachment. */
static void
restore_make_folders(const char *path)
{
	char *part = xstrdup(path), *slash;

	for (slash = strstr(part, "/blobs/") + 1;
	     (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = '\0';
		(void)mkdir(part, 0700);
		*slash = '/';
	}
	free(part);
}

static int
restore_on_member(void *arg, const char *name, int64_t size, FILE *f,
    struct why *why)
{
	struct restore *x = arg;
	char *path, hex[HASH_TEXT];
	uint8_t sum[HASH_SIZE];
	int64_t same;
	int r;

	if ((r = restore_is_known(x, name)) < 0) {
		*why = x->why;
		return r;
	}
	path = xasprintf("%s/%s", x->stage, name);
	if (restore_is_blob(name))
		restore_make_folders(path);
	if ((r = tar_save(f, size, path, why)) == 0 &&
	    hash_file(path, sum, &same) < 0)
		r = why_set(why, ERR_SYSTEM, "%s: %s.", path,
		    err_reason(errno));
	if (r == 0)
		json_object_set_new(x->sums, name,
		    json_string(hex_text(sum, HASH_SIZE, hex)));
	free(path);
	return r;
}

/* ---- verifying ---- */

static int
restore_bad(struct restore *x, const char *name)
{
	return why_set(&x->why, ERR_REFUSED,
	    "La copia de seguridad está dañada: «%.80s» no es lo que dice su "
	    "manifiesto.", name);
}

/* Every line is a file that came, and every file has its line. */
static int
restore_manifest(struct restore *x)
{
	char *path = xasprintf("%s/manifest.txt", x->stage), line[256], *name;
	size_t lines = 0;
	FILE *f = fopen(path, "re");
	int r = 0;

	free(path);
	if (f == NULL)
		return restore_bad(x, "manifest.txt");
	while (r == 0 && fgets(line, sizeof line, f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		name = strlen(line) > HASH_TEXT ? line + HASH_TEXT + 1 : line;
		if (name != line)
			line[HASH_TEXT - 1] = '\0';
		if (name == line || json_string_value(json_object_get(x->sums,
					name)) == NULL ||
		    strcmp(json_string_value(json_object_get(x->sums, name)),
			line) != 0)
			r = restore_bad(x, name);
		lines++;
	}
	(void)fclose(f);
	if (r == 0 && (lines + 1 != json_object_size(x->sums) || lines < 3))
		r = restore_bad(x, "manifest.txt");
	return r;
}

static int
restore_record(struct restore *x)
{
	char *path = xasprintf("%s/pauta.db", x->stage), *last = NULL, *said;
	struct store *s = NULL;
	int r;

	if ((r = store_open(path, STORE_READONLY, &s, &x->why)) == 0 &&
	    (r = store_verify(s, &x->events, &x->why)) == 0 &&
	    (r = seal_verify(s, &x->checkpoints, &x->why)) == 0)
		last = seal_last(s);
	store_free(s);
	free(path);
	path = xasprintf("%s/checkpoint.txt", x->stage);
	said = r == 0 ? file_read(path, &x->why) : NULL;
	if (r == 0 && (said == NULL || last == NULL ||
			  strcmp(said, last) != 0))
		r = restore_bad(x, "checkpoint.txt");
	free(said);
	free(last);
	free(path);
	return r;
}

/* ---- moving in ---- */

static int
restore_move(struct restore *x, const char *name)
{
	char *from = xasprintf("%s/%s", x->stage, name);
	char *to = xasprintf("%s/%s", x->dir, name);
	int r = 0;

	if (rename(from, to) < 0 && errno != ENOENT)
		r = why_set(&x->why, ERR_SYSTEM, "%s: %s.", to,
		    err_reason(errno));
	free(to);
	free(from);
	return r;
}

static int
restore_sync(struct restore *x)
{
	return sync_folder(x->dir) == 0 ? 0 : why_set(&x->why, ERR_SYSTEM,
	    "%s: %s.", x->dir, err_reason(errno));
}

/* A witness is read before anything is touched; here it gets its place. */
static int
restore_witness(struct restore *x, const char *text)
{
	char *path;
	FILE *f;
	int r = 0;

	if (text == NULL)
		return 0;
	path = xasprintf("%s/witness", x->dir);
	if ((f = fopen(path, "we")) == NULL || fputs(text, f) < 0 ||
	    fflush(f) != 0)
		r = why_set(&x->why, ERR_SYSTEM, "%s: %s.", path,
		    err_reason(errno));
	if (f != NULL)
		(void)fclose(f);
	free(path);
	return r;
}

static int
restore_keys(struct restore *x)
{
	char *path = xasprintf("%s/ssh_host_ed25519_key", x->dir);
	int r;

	if ((r = key_make(path, &x->why)) == 0)
		r = seal_key_make(x->dir, &x->why);
	free(path);
	return r;
}

/*
 * Announce the key, unless a witness speaks against the record: then that is
 * said and nothing is written.
 */
static int
restore_announce(struct restore *x)
{
	struct caller who = { .login = NULL, .source = "restore" };
	struct core *c = NULL;
	struct answer a;
	int r;

	if ((r = core_open(x->dir, &c, &x->why)) < 0)
		return r;
	if ((r = job_hold(c, &x->why)) < 0 ||
	    (r = core_commit(c, &x->why)) < 0) {
		core_free(c);
		return r;
	}
	if (seal_refused(c->seal) != NULL) {
		(void)fprintf(stderr, "%s\n", seal_hold(c->seal)->text);
		core_free(c);
		return 0;
	}
	core_run(c, &who, NULL, (const char *const[]){ "sellar", NULL },
	    false, &a);
	r = a.status == 0 ? core_commit(c, &x->why) :
	    why_set(&x->why, err_find(a.code), "%s", a.text);
	answer_clear(&a);
	core_free(c);
	return r;
}

static int
restore_all(struct restore *x, const char *file, const char *witness)
{
	int r;

	if ((r = tar_each(file, restore_on_member, x, &x->why)) < 0 ||
	    (r = restore_manifest(x)) < 0 || (r = restore_record(x)) < 0)
		return r;
	if ((r = restore_witness(x, witness)) < 0 ||
	    (r = restore_keys(x)) < 0 ||
	    (r = restore_move(x, "pautad.conf")) < 0 ||
	    (r = restore_move(x, "blobs")) < 0 ||
	    (r = restore_sync(x)) < 0 ||
	    (r = restore_move(x, "pauta.db")) < 0 || (r = restore_sync(x)) < 0)
		return r;
	return restore_announce(x);
}

/* Text of a witness whose signature is good, given; NULL with why. */
static char *
restore_read_witness(const char *path, struct why *why)
{
	uint8_t pub[SSHSIG_KEY];
	struct checkpoint k;
	char *text;

	if ((text = file_read(path, why)) == NULL)
		return NULL;
	if (checkpoint_open(text, &k, pub, why) == 0)
		return text;
	free(text);
	return NULL;
}

/* People will be asked whether they know this name. */
static void
restore_say_key(const char *dir)
{
	char *path = xasprintf("%s/ssh_host_ed25519_key.fp", dir), *name;
	struct why why;

	if ((name = file_read(path, &why)) != NULL)
		(void)printf("Huella del servidor: %s", name);
	free(name);
	free(path);
}

int
restore_run(const char *file, const char *dir, const char *witness)
{
	struct restore x = { .dir = dir };
	char *text = NULL;
	int r = 0;

	if (witness != NULL &&
	    (text = restore_read_witness(witness, &x.why)) == NULL) {
		(void)fprintf(stderr, "%s\n", x.why.text);
		return err_status(x.why.e);
	}
	x.stage = xasprintf("%s/restoring", dir);
	x.sums = json_object();
	if ((r = restore_folder(&x)) == 0) {
		r = restore_all(&x, file, text);
		restore_sweep(x.stage);
	}
	json_decref(x.sums);
	free(x.stage);
	free(text);
	if (r < 0) {
		(void)fprintf(stderr, "%s\n", x.why.text);
		return err_status(x.why.e);
	}
	(void)printf("Carpeta restaurada: %s (%lld hechos, %lld sellos)\n", dir,
	    (long long)x.events, (long long)x.checkpoints);
	restore_say_key(dir);
	return 0;
}
