/* SPDX-License-Identifier: ISC */
/* link_key.c - see link_key.h. */
#include "link_key.h"

#include <unistd.h>

#include "i18n.h"
#include "sshsig.h"
#include "tty.h"

/* -1 is the agent; then the usual files, or the one that was said. */
enum { KEY_AGENT = -1, KEY_FILES = 3 };

struct link_key {
	char *paths[KEY_FILES];		/* NULL: no more */
	int first, at;			/* to be tried, being tried or found */
	ssh_key key;			/* the one of that file, once read */
	ssh_key pub;			/* being offered */
	bool wanted;			/* the server would take it */
	bool found;
	bool locked;			/* one had a phrase that nobody gave */
};

struct link_key *
link_key_new(const char *identity)
{
	static const char *const names[KEY_FILES] = { "id_ed25519",
		"id_ecdsa", "id_rsa" };
	struct link_key *k = xcalloc(1, sizeof *k);
	const char *home = getenv("HOME");
	size_t i;

	k->first = k->at = identity == NULL ? KEY_AGENT : 0;
	if (identity != NULL)
		k->paths[0] = xstrdup(identity);
	for (i = 0; identity == NULL && home != NULL && i < KEY_FILES; i++)
		k->paths[i] = xasprintf("%s/.ssh/%s", home, names[i]);
	return k;
}

static void
link_key_forget(struct link_key *k)
{
	ssh_key_free(k->key);
	ssh_key_free(k->pub);
	k->key = k->pub = NULL;
	k->wanted = false;
}

void
link_key_free(struct link_key *k)
{
	size_t i;

	if (k == NULL)
		return;
	link_key_forget(k);
	for (i = 0; i < KEY_FILES; i++)
		free(k->paths[i]);
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

static void
link_key_read(struct link_key *k, bool may_ask)
{
	const char *path = k->paths[k->at];

	if (k->key != NULL || access(path, R_OK) < 0)
		return;
	if (ssh_pki_import_privkey_file(path, NULL, may_ask ?
	    link_key_passphrase : NULL, (void *)(uintptr_t)path, &k->key) !=
	    SSH_OK) {
		k->key = NULL;
		k->locked = true;
	}
}

void
link_key_unlock(struct link_key *k)
{
	int at = k->at, i;

	/* An agent is there so that nobody is asked. */
	if (at == KEY_AGENT && getenv("SSH_AUTH_SOCK") != NULL)
		return;
	for (i = 0; i < KEY_FILES && k->paths[i] != NULL; i++)
		if (access(k->paths[i], R_OK) == 0) {
			k->at = i;
			link_key_read(k, true);
			break;
		}
	k->locked = false;
	if (k->key == NULL)
		k->at = at;
}

/* Ask first whether the server would take it; unknown without a .pub. */
static int
link_key_offer(ssh_session ssh, struct link_key *k)
{
	char *path = xasprintf("%s.pub", k->paths[k->at]);
	int r = SSH_AUTH_SUCCESS;

	if (k->pub == NULL &&
	    ssh_pki_import_pubkey_file(path, &k->pub) != SSH_OK)
		k->pub = NULL;
	if (k->pub != NULL)
		r = ssh_userauth_try_publickey(ssh, NULL, k->pub);
	free(path);
	return r;
}

static int
link_key_try(ssh_session ssh, struct link_key *k, bool may_ask)
{
	int r;

	if (k->at == KEY_AGENT)
		return ssh_userauth_agent(ssh, NULL);
	if (access(k->paths[k->at], R_OK) < 0)
		return SSH_AUTH_DENIED;
	if (!k->found && !k->wanted) {
		if ((r = link_key_offer(ssh, k)) != SSH_AUTH_SUCCESS)
			return r;
		k->wanted = true;
	}
	link_key_read(k, may_ask);
	return k->key == NULL ? SSH_AUTH_DENIED :
	    ssh_userauth_publickey(ssh, NULL, k->key);
}

static int
link_key_none(const struct link_key *k, struct why *why)
{
	if (k->first != KEY_AGENT && access(k->paths[0], R_OK) < 0)
		why_set(why, ERR_REFUSED, _("No se puede leer la llave %s."),
		    k->paths[0]);
	else if (k->locked)
		why_set(why, ERR_REFUSED, _("Su llave tiene una frase y no se "
		    "dio: salga y vuelva a entrar, o use ssh-add."));
	else
		why_set(why, ERR_REFUSED, _("El servidor no aceptó ninguna de "
		    "sus llaves: pida a su administrador que registre la suya, "
		    "o indíquela con -i ARCHIVO."));
	return SSH_AUTH_DENIED;
}

int
link_key_auth(ssh_session ssh, struct link_key *k, bool may_ask,
    struct why *why)
{
	int r;

	for (;;) {
		r = link_key_try(ssh, k, may_ask);
		if (r == SSH_AUTH_SUCCESS)
			k->found = true;
		if (r == SSH_AUTH_SUCCESS || r == SSH_AUTH_AGAIN ||
		    (r == SSH_AUTH_ERROR && !ssh_is_connected(ssh)))
			return r;
		if (k->found) {
			why_set(why, ERR_REFUSED,
			    _("El servidor ya no acepta la llave."));
			return r;
		}
		link_key_forget(k);
		k->at++;
		if (k->at >= KEY_FILES || k->paths[k->at] == NULL)
			return link_key_none(k, why);
	}
}

void
link_key_restart(struct link_key *k)
{
	if (k->found)
		return;
	k->wanted = k->locked = false;
	ssh_key_free(k->pub);
	k->pub = NULL;
	if (k->key == NULL)
		k->at = k->first;
}

int
link_key_secret(const struct link_key *k, struct sshsig_key *out)
{
	char *text = NULL;
	int r = -ERR_NOT_FOUND;

	if (k->found && k->key != NULL &&
	    ssh_key_type(k->key) == SSH_KEYTYPE_ED25519 &&
	    ssh_pki_export_privkey_base64(k->key, NULL, NULL, NULL, &text) ==
		SSH_OK && sshsig_key_parse(text, out) == 0)
		r = 0;
	if (text != NULL)
		explicit_bzero(text, strlen(text));
	ssh_string_free_char(text);
	return r;
}
