/* SPDX-License-Identifier: ISC */
/* offer.c - see offer.h. */
#define WITH_SERVER 1
#include "offer.h"

#include "../../proto/sshkey.h"

#define OFFER_KEX "curve25519-sha256,curve25519-sha256@libssh.org"
#define OFFER_CIPHERS "chacha20-poly1305@openssh.com,aes256-ctr"
#define OFFER_MACS "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com"
#define OFFER_OLD_MACS OFFER_MACS ",hmac-sha2-256,hmac-sha2-512"

enum {
	OFFER_REKEY_SECONDS = 3600
};

static const uint64_t offer_rekey_bytes = UINT64_C(1) << 30;

// clang-format off
static const struct {
	enum ssh_bind_options_e option;
	const char *value;
} offer_rows[] = {
	{ SSH_BIND_OPTIONS_BANNER,		"Pauta" },
	{ SSH_BIND_OPTIONS_KEY_EXCHANGE,	OFFER_KEX },
	{ SSH_BIND_OPTIONS_HOSTKEY_ALGORITHMS,	"ssh-ed25519" },
	{ SSH_BIND_OPTIONS_CIPHERS_C_S,		OFFER_CIPHERS },
	{ SSH_BIND_OPTIONS_CIPHERS_S_C,		OFFER_CIPHERS },
	{ SSH_BIND_OPTIONS_PUBKEY_ACCEPTED_KEY_TYPES,
	    "ssh-ed25519,sk-ssh-ed25519@openssh.com,ecdsa-sha2-nistp256,"
	    "rsa-sha2-512,rsa-sha2-256" },
};
// clang-format on

static int
offer_set(ssh_bind b, bool old_macs)
{
	const char *macs = old_macs ? OFFER_OLD_MACS : OFFER_MACS;
	bool no = false;
	int bits = SSHKEY_RSA_BITS, level = SSH_LOG_NOLOG, r;
	size_t i;

	r = ssh_bind_options_set(b, SSH_BIND_OPTIONS_PROCESS_CONFIG, &no);
	r |= ssh_bind_options_set(b, SSH_BIND_OPTIONS_LOG_VERBOSITY, &level);
	r |= ssh_bind_options_set(b, SSH_BIND_OPTIONS_RSA_MIN_SIZE, &bits);
	for (i = 0; i < ARRAY_LEN(offer_rows); i++)
		r |= ssh_bind_options_set(b, offer_rows[i].option,
		    offer_rows[i].value);
	r |= ssh_bind_options_set(b, SSH_BIND_OPTIONS_HMAC_C_S, macs);
	r |= ssh_bind_options_set(b, SSH_BIND_OPTIONS_HMAC_S_C, macs);
	return r < 0 ? -ERR_SYSTEM : 0;
}

int
offer_new(const char *key_file, bool old_macs, ssh_bind *out, struct why *why)
{
	ssh_bind b = ssh_bind_new();
	ssh_key key = NULL;

	if (b == NULL || offer_set(b, old_macs) < 0) {
		ssh_bind_free(b);
		return why_set(why, ERR_SYSTEM,
		    "La biblioteca SSH no acepta los algoritmos de Pauta.");
	}
	if (ssh_pki_import_privkey_file(key_file, NULL, NULL, NULL, &key) !=
	    SSH_OK || ssh_key_type(key) != SSH_KEYTYPE_ED25519 ||
	    ssh_bind_options_set(b, SSH_BIND_OPTIONS_IMPORT_KEY, key) < 0) {
		ssh_key_free(key);
		ssh_bind_free(b);
		return why_set(why, ERR_SYSTEM,
		    "No se puede usar %s: debe ser una clave ed25519 en "
		    "formato de OpenSSH, sin contraseña y legible.", key_file);
	}
	*out = b;		/* owns the key from here on */
	return 0;
}

ssh_session
offer_accept(ssh_bind b, int fd, bool slow)
{
	const char *compression = slow ? "zlib@openssh.com" :
	    "none,zlib@openssh.com";
	uint32_t seconds = OFFER_REKEY_SECONDS;
	ssh_session s = ssh_new();
	int r;

	if (s == NULL)
		return NULL;
	r = ssh_bind_accept_fd(b, s, fd);
	r |= ssh_options_set(s, SSH_OPTIONS_COMPRESSION_C_S, compression);
	r |= ssh_options_set(s, SSH_OPTIONS_COMPRESSION_S_C, compression);
	r |= ssh_options_set(s, SSH_OPTIONS_REKEY_DATA, &offer_rekey_bytes);
	r |= ssh_options_set(s, SSH_OPTIONS_REKEY_TIME, &seconds);
	if (r != 0) {
		ssh_free(s);
		return NULL;
	}
	ssh_set_blocking(s, 0);
	ssh_set_auth_methods(s, SSH_AUTH_METHOD_PUBLICKEY);
	return s;
}
