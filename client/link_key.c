/* SPDX-License-Identifier: ISC */
/* link_key.c - see link_key.h. */
#include "link_key.h"

#include <unistd.h>

#include "i18n.h"
#include "sshsig.h"
#include "tty.h"

struct link_key {
	ssh_key key;			/* NULL: the agent's */
};

void
link_key_free(struct link_key *k)
{
	if (k == NULL)
		return;
	ssh_key_free(k->key);
	free(k);
}

/* ---- the server's ---- */

/* "SHA256:…" and the kind of the server's key.  Given; NULL on error. */
static char *
link_key_print(ssh_session ssh, const char **kind)
{
	unsigned char *hash = NULL;
	char *text = NULL, *copy;
	ssh_key key = NULL;
	size_t n;

	if (ssh_get_server_publickey(ssh, &key) != SSH_OK)
		return NULL;
	*kind = ssh_key_type_to_char(ssh_key_type(key));
	if (ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash,
	    &n) == 0)
		text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256,
		    hash, n);
	ssh_clean_pubkey_hash(&hash);
	ssh_key_free(key);
	copy = xstrdup(text);
	ssh_string_free_char(text);
	return copy;
}

static int
link_key_first_contact(ssh_session ssh, const char *host, const char *print,
    const char *kind, struct why *why)
{
	char *question = xasprintf(_("Es la primera vez que se conecta a %s "
	    "desde aquí.\n"
	    "La huella de su llave %s es:\n\n    %s\n\n"
	    "Compárela con la que publica su institución. ¿Es la misma?\n"),
	    host, kind, print);
	bool yes = tty_yes(question);

	free(question);
	if (!yes)
		return why_set(why, ERR_REFUSED, _("No se confirmó la huella "
		    "del servidor %s (%s); no se envió nada."), host, print);
	if (ssh_session_update_known_hosts(ssh) != SSH_OK)
		return why_set(why, ERR_SYSTEM, _("No se pudo guardar la llave "
		    "del servidor: %s"), ssh_get_error(ssh));
	return 0;
}

int
link_key_check_host(ssh_session ssh, const char *host, bool may_ask,
    struct why *why)
{
	enum ssh_known_hosts_e known = ssh_session_is_known_server(ssh);
	const char *kind = "";
	char *print;
	int r;

	if (known == SSH_KNOWN_HOSTS_OK)
		return 0;
	if ((print = link_key_print(ssh, &kind)) == NULL)
		return why_set(why, ERR_REFUSED,
		    _("El servidor %s no mostró su llave."), host);
	if (known == SSH_KNOWN_HOSTS_CHANGED || known == SSH_KNOWN_HOSTS_OTHER)
		r = why_set(why, ERR_REFUSED, _("LA LLAVE DEL SERVIDOR %s "
		    "CAMBIÓ y no se hará la conexión: alguien podría estar "
		    "haciéndose pasar por él. La llave que mostró es %s. Llame "
		    "a su administrador; si él confirma el cambio, borre la "
		    "línea de ese servidor en known_hosts y vuelva a entrar."),
		    host, print);
	else if (known == SSH_KNOWN_HOSTS_ERROR)
		r = why_set(why, ERR_REFUSED, _("No se pudo leer known_hosts: "
		    "%s"), ssh_get_error(ssh));
	else if (!may_ask)
		r = why_set(why, ERR_REFUSED, _("El servidor %s ya no está en "
		    "known_hosts; salga y vuelva a entrar."), host);
	else
		r = link_key_first_contact(ssh, host, print, kind, why);
	free(print);
	return r;
}

/* ---- the person's ---- */

static int
link_key_passphrase(const char *prompt, char *out, size_t size, int echo,
    int verify, void *path)
{
	char *question = xasprintf(_("Frase de la llave %s: "), (char *)path);
	bool ok = tty_secret(question, out, size);

	(void)prompt;
	(void)echo;
	(void)verify;
	free(question);
	return ok ? 0 : -1;
}

/* Whether the server would take this key; unknown when there is no .pub. */
static bool
link_key_is_offered(ssh_session ssh, const char *path)
{
	char *pub = xasprintf("%s.pub", path);
	ssh_key key = NULL;
	bool ok = true;

	if (ssh_pki_import_pubkey_file(pub, &key) == SSH_OK) {
		ok = ssh_userauth_try_publickey(ssh, NULL, key) ==
		    SSH_AUTH_SUCCESS;
		ssh_key_free(key);
	}
	free(pub);
	return ok;
}

static int
link_key_try_file(ssh_session ssh, const char *path, struct link_key **out)
{
	ssh_key key = NULL;
	int r = SSH_AUTH_DENIED;

	if (access(path, R_OK) < 0 || !link_key_is_offered(ssh, path))
		return r;
	if (ssh_pki_import_privkey_file(path, NULL, link_key_passphrase,
	    (void *)(uintptr_t)path, &key) != SSH_OK)
		return r;
	r = ssh_userauth_publickey(ssh, NULL, key);
	if (r != SSH_AUTH_SUCCESS) {
		ssh_key_free(key);
		return r;
	}
	*out = xcalloc(1, sizeof **out);
	(*out)->key = key;
	return r;
}

static int
link_key_try_home(ssh_session ssh, struct link_key **out)
{
	static const char *const names[] = { "id_ed25519", "id_ecdsa",
		"id_rsa" };
	const char *home = getenv("HOME");
	int r = SSH_AUTH_DENIED;
	char *path;
	size_t i;

	for (i = 0; home != NULL && i < ARRAY_LEN(names) &&
	    r == SSH_AUTH_DENIED; i++) {
		path = xasprintf("%s/.ssh/%s", home, names[i]);
		r = link_key_try_file(ssh, path, out);
		free(path);
	}
	return r;
}

int
link_key_find(ssh_session ssh, const char *identity, struct link_key **out,
    struct why *why)
{
	int r;

	if (identity != NULL) {
		if (access(identity, R_OK) < 0) {
			why_set(why, ERR_REFUSED,
			    _("No se puede leer la llave %s."), identity);
			return SSH_AUTH_ERROR;
		}
		r = link_key_try_file(ssh, identity, out);
	} else if ((r = ssh_userauth_agent(ssh, NULL)) == SSH_AUTH_SUCCESS) {
		*out = xcalloc(1, sizeof **out);
	} else {
		r = link_key_try_home(ssh, out);
	}
	if (r != SSH_AUTH_SUCCESS)
		why_set(why, ERR_REFUSED, _("El servidor no aceptó ninguna de "
		    "sus llaves: pida a su administrador que registre la suya, "
		    "o indíquela con -i ARCHIVO."));
	return r;
}

int
link_key_secret(const struct link_key *k, struct sshsig_key *out)
{
	char *text = NULL;
	int r = -ERR_NOT_FOUND;

	if (k->key != NULL && ssh_key_type(k->key) == SSH_KEYTYPE_ED25519 &&
	    ssh_pki_export_privkey_base64(k->key, NULL, NULL, NULL, &text) ==
		SSH_OK && sshsig_key_parse(text, out) == 0)
		r = 0;
	if (text != NULL)
		explicit_bzero(text, strlen(text));
	ssh_string_free_char(text);
	return r;
}

int
link_key_again(ssh_session ssh, const struct link_key *k)
{
	return k->key == NULL ? ssh_userauth_agent(ssh, NULL) :
	    ssh_userauth_publickey(ssh, NULL, k->key);
}
