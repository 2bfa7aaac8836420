/* SPDX-License-Identifier: ISC */
/*
 * seal.c - the key, the checkpoints made with it, and DIR/witness.
 *
 * The witness is written after the commit, so that it never knows more than
 * the record on disk, and not with every checkpoint: it serves to notice an
 * old record put back, and one of a minute ago notices that as well.
 */
#include "seal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct seal {
	char *dir;
	char installation[INSTALLATION_TEXT];
	struct sshsig_key key;
	bool ready;			/* there is a key, the announced one */
	int64_t n, kept;		/* last checkpoint; the one in witness */
	struct when at;
	struct why hold;
	char *refused;			/* see seal_refused() */
};

/* ---- files of the folder ---- */

static int
seal_errno(struct why *why, const char *path)
{
	return why_set(why, ERR_SYSTEM, "%s: %s.", path, err_reason(errno));
}

char *
seal_bytes(const struct seal *x, const char *space, const void *p, size_t n)
{
	return sshsig_sign(&x->key, space, p, n);
}

/* Write a file whole, or leave what was there. */
static int
seal_write(const char *path, const char *text, struct why *why)
{
	char *fresh = xasprintf("%s.new", path);
	FILE *f = NULL;
	int fd, r = 0;

	(void)unlink(fresh);
	fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || (f = fdopen(fd, "w")) == NULL ||
	    fputs(text, f) < 0 || fflush(f) != 0 || fsync(fd) < 0)
		r = seal_errno(why, fresh);
	if (f != NULL)
		(void)fclose(f);
	else if (fd >= 0)
		(void)close(fd);
	if (r == 0 && rename(fresh, path) < 0)
		r = seal_errno(why, path);
	free(fresh);
	return r;
}

static int
seal_key_write(const char *path, const struct sshsig_key *k, struct why *why)
{
	char *text = sshsig_public(k->pub), *line, *name;
	FILE *f = NULL;
	int fd, r = 0;

	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || (f = fdopen(fd, "w")) == NULL ||
	    sshsig_key_write(k, f) < 0 || fflush(f) != 0 || fsync(fd) < 0)
		r = seal_errno(why, path);
	if (f != NULL)
		(void)fclose(f);
	else if (fd >= 0)
		(void)close(fd);
	line = xasprintf("%s pauta\n", text);
	name = xasprintf("%s.pub", path);
	if (r == 0)
		r = seal_write(name, line, why);
	free(name);
	free(line);
	free(text);
	return r;
}

int
seal_key_make(const char *dir, struct why *why)
{
	char *path = xasprintf("%s/log_ed25519_key", dir);
	struct sshsig_key k;
	int r = 0;

	if (access(path, F_OK) < 0) {
		sshsig_key_make(&k);
		r = seal_key_write(path, &k, why);
		sshsig_key_clear(&k);
	}
	free(path);
	return r;
}

static int
seal_key_read(const char *dir, struct sshsig_key *k, struct why *why)
{
	char *path = xasprintf("%s/log_ed25519_key", dir);
	FILE *f = fopen(path, "re");
	int r = 0;

	if (f == NULL || sshsig_key_read(f, k) < 0)
		r = why_set(why, ERR_UNAVAILABLE,
		    "No se puede leer la llave que firma el registro (%s).",
		    path);
	if (f != NULL)
		(void)fclose(f);
	free(path);
	return r;
}

int
seal_key_public(const char *dir, uint8_t pub[SSHSIG_KEY], struct why *why)
{
	struct sshsig_key k;
	int r;

	if ((r = seal_key_read(dir, &k, why)) == 0)
		memcpy(pub, k.pub, SSHSIG_KEY);
	sshsig_key_clear(&k);
	return r;
}

/* ---- opening ---- */

static void
seal_hold_set(struct seal *x, const char *what)
{
	if (x->hold.e == ERR_NONE)
		(void)why_set(&x->hold, ERR_UNAVAILABLE,
		    "El servidor no acepta cambios por ahora. %s Avise a quien "
		    "lo administra: se confirma con «pautad restore "
		    "--confirm».", what);
}

static void
seal_open_key(struct seal *x, const struct announced *a)
{
	struct why why;

	if (seal_key_read(x->dir, &x->key, &why) < 0) {
		seal_hold_set(x, why.text);
		return;
	}
	x->ready = memcmp(x->key.pub, a->keys[a->keys_count - 1].pub,
	    SSHSIG_KEY) == 0;
	if (!x->ready)
		seal_hold_set(x, "La llave que firma el registro no es la que "
		    "el registro anunció.");
}

static void
seal_open_witness(struct seal *x, struct store *s, const struct announced *a)
{
	char *path = xasprintf("%s/witness", x->dir), hex[HASH_TEXT];
	char *witness = checkpoint_read(path);
	uint8_t sum[HASH_SIZE];
	struct why why;
	int64_t n;

	free(path);
	if (witness == NULL)
		return;
	hash_sha256(witness, strlen(witness), sum);
	(void)hex_text(sum, HASH_SIZE, hex);
	if (seal_check_witness(s, witness, &n, &why) == 0) {
		x->kept = n;
	} else if (json_object_get(a->accepted, hex) == NULL) {
		x->refused = xasprintf("%s: %s", hex, why.text);
		seal_hold_set(x, why.text);
	}
	free(witness);
}

static int
seal_open_last(struct seal *x, struct store *s, struct why *why)
{
	char *last = seal_last(s);
	uint8_t pub[SSHSIG_KEY];
	struct checkpoint k = { .n = 0 };
	int r = 0;

	if (last != NULL)
		r = checkpoint_open(last, &k, pub, why);
	free(last);
	x->n = k.n;
	x->at = k.at;
	return r < 0 ? (int)-ERR_SYSTEM : 0;
}

int
seal_open(struct store *s, const char *dir, struct seal **out,
    struct why *why)
{
	struct seal *x = xcalloc(1, sizeof *x);
	struct announced a;
	int r;

	x->dir = xstrdup(dir);
	if ((r = announced_load(s, &a, why)) < 0)
		goto out;
	memcpy(x->installation, a.installation, INSTALLATION_TEXT);
	seal_open_witness(x, s, &a);
	if (a.keys_count > 0)
		seal_open_key(x, &a);
	announced_clear(&a);
	if ((r = seal_open_last(x, s, why)) < 0)
		goto out;
	*out = x;
	x = NULL;
out:
	seal_free(x);
	return r;
}

void
seal_free(struct seal *x)
{
	if (x == NULL)
		return;
	sshsig_key_clear(&x->key);
	free(x->refused);
	free(x->dir);
	free(x);
}

const struct why *
seal_hold(const struct seal *x)
{
	return x != NULL && x->hold.e != ERR_NONE ? &x->hold : NULL;
}

const char *
seal_installation(const struct seal *x)
{
	return x->installation;
}

const char *
seal_refused(const struct seal *x)
{
	return x->refused;
}

/* ---- signing ---- */

static int
seal_sign(struct seal *x, struct store *s, const struct checkpoint *k,
    struct why *why)
{
	struct checkpoint_row row = { .n = k->n };
	char *text = checkpoint_text(k), *sig;
	int r = 0;

	sig = sshsig_sign(&x->key, CHECKPOINT_SPACE, text, strlen(text));
	row.text = text;
	row.sig = sig;
	if (!store_is_open(s))
		r = store_begin(s, why);
	if (r == 0)
		r = store_put_checkpoint(s, &row, why);
	free(sig);
	free(text);
	return r;
}

int
seal_put(struct seal *x, struct store *s, struct when now, int64_t least,
    int64_t seconds, struct why *why)
{
	struct checkpoint k = { .previous = x->n, .at = now };
	int r;

	k.n = store_head(s, k.chain);
	if (!x->ready || seal_hold(x) != NULL || k.n - x->n < least)
		return 0;
	/* A clock that went back does not put the next one off. */
	if (now.s >= x->at.s && now.s - x->at.s < seconds)
		return 0;
	memcpy(k.installation, x->installation, INSTALLATION_TEXT);
	if ((r = seal_sign(x, s, &k, why)) < 0)
		return r;
	x->n = k.n;
	x->at = now;
	return 0;
}

void
seal_keep(struct seal *x, struct store *s)
{
	char *path, *last;
	struct why why;

	if (seal_hold(x) != NULL || x->n <= x->kept || store_is_open(s))
		return;
	path = xasprintf("%s/witness", x->dir);
	last = seal_last(s);
	if (seal_write(path, last, &why) < 0)
		log_at(LOG_WARN, "witness=failed why=\"%s\"", why.text);
	else
		x->kept = x->n;
	free(last);
	free(path);
}
