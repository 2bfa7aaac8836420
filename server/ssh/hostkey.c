/* SPDX-License-Identifier: ISC */
/* hostkey.c - see hostkey.h. */
#include "hostkey.h"

#include <errno.h>
#include <fcntl.h>
#include <libssh/libssh.h>
#include <sys/stat.h>
#include <unistd.h>

static int
hostkey_write(ssh_key key, const char *file, const char *pub, struct why *why)
{
	mode_t old;
	int r;

	if (access(file, F_OK) == 0)
		return why_set(why, ERR_REFUSED,
		    "%s ya existe; si de verdad quiere otra clave, retírelo "
		    "primero.", file);
	old = umask(077);
	r = ssh_pki_export_privkey_file(key, NULL, NULL, NULL, file);
	umask(old);
	if (r != SSH_OK || ssh_pki_export_pubkey_file(key, pub) != SSH_OK)
		return why_set(why, ERR_SYSTEM, "No se pudo escribir %s: %s.",
		    file, err_reason(errno));
	return 0;
}

int
hostkey_make(const char *file, struct why *why)
{
	char *pub = xasprintf("%s.pub", file);
	ssh_key key = NULL;
	int r;

	if (ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key) != SSH_OK)
		r = why_set(why, ERR_SYSTEM, "No se pudo generar la clave.");
	else
		r = hostkey_write(key, file, pub, why);
	ssh_key_free(key);
	free(pub);
	return r;
}

int
hostkey_fingerprint(const char *file, char **out, struct why *why)
{
	unsigned char *hash = NULL;
	ssh_key key = NULL;
	char *text = NULL;
	size_t n;
	int r = -1;

	if (ssh_pki_import_privkey_file(file, NULL, NULL, NULL, &key) ==
		SSH_OK &&
	    ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash, &n) ==
		0 &&
	    (text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash,
		 n)) != NULL) {
		*out = xstrdup(text);
		r = 0;
	}
	ssh_string_free_char(text);
	ssh_clean_pubkey_hash(&hash);
	ssh_key_free(key);
	if (r < 0)
		return why_set(why, ERR_SYSTEM,
		    "No se puede leer la clave %s.", file);
	return 0;
}
