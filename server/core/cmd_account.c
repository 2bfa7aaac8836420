/* SPDX-License-Identifier: ISC */
/* cmd_account.c - people and their keys, as the operator of the machine says. */
#include "../../proto/sshkey.h"
#include "../../proto/text.h"
#include "account.h"

static bool
admin_login_is_good(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789._-");

	return n > 0 && n <= 32 && s[n] == '\0' && s[0] >= 'a' &&
	    s[0] <= 'z' && strcmp(s, ACTOR_SYSTEM) != 0 &&
	    strcmp(s, ACTOR_OPERATOR) != 0;
}

static int
admin_person(struct req *q, const char *login, const char *name, bool active)
{
	return act_office(q, "person.set", req_json(q, json_pack(
	    "{s:s, s:s, s:b}", "login", login, "name", name, "active",
	    active)));
}

int
account_known(struct req *q, const char *login)
{
	if (json_object_get(q->c->people, login) != NULL)
		return 0;
	return why_set(&q->why, ERR_NOT_FOUND, "No hay una cuenta «%.40s».",
	    login);
}

int
cmd_person_disable(struct req *q)
{
	int r;

	if ((r = account_known(q, q->pos[0])) < 0 || (r = req_all_used(q)) < 0)
		return r;
	return admin_person(q, q->pos[0],
	    core_person_name(q->c, q->pos[0]), false);
}

struct key_owner {
	uint8_t fingerprint[HASH_SIZE];
	char *login;			/* given, or NULL */
};

static int
admin_on_owner(void *arg, const struct key_row *row)
{
	struct key_owner *o = arg;

	if (row->revoked == 0 &&
	    memcmp(row->fingerprint, o->fingerprint, HASH_SIZE) == 0)
		o->login = xstrdup(row->login);
	return o->login != NULL;
}

/* A key is of a kind that can enter, and of one person alone. */
static int
admin_key_is_good(struct req *q, const char *login, const char *kind,
    const struct buf *blob)
{
	struct key_owner o = { .login = NULL };
	const char *said = sshkey_kind(blob->p, blob->len);
	size_t bits;

	if (said == NULL || strcmp(said, kind) != 0)
		return why_set(&q->why, ERR_REFUSED,
		    "Eso no es una llave pública de OpenSSH que sirva aquí: "
		    "haga una con «ssh-keygen -t ed25519».");
	if (strcmp(kind, "ssh-rsa") == 0 &&
	    (bits = sshkey_rsa_bits(blob->p, blob->len)) < SSHKEY_RSA_BITS)
		return why_set(&q->why, ERR_REFUSED,
		    "Esa llave RSA es de %zu bits y aquí se entra con %d o "
		    "más: haga una con «ssh-keygen -t ed25519».", bits,
		    SSHKEY_RSA_BITS);
	hash_sha256(blob->p, blob->len, o.fingerprint);
	(void)store_each_key(q->c->store, NULL, admin_on_owner, &o);
	if (o.login == NULL)
		return 0;
	req_text(q, o.login);
	return strcmp(o.login, login) == 0 ? 0 : why_set(&q->why, ERR_REFUSED,
	    "Esa llave ya es de %s: cada persona tiene la suya.", o.login);
}

/* The line of a .pub file as the data of its event: NULL with why. */
static json_t *
account_key(struct req *q, const char *login, const char *line)
{
	char **words;
	struct buf blob;
	json_t *data = NULL;
	size_t n;

	if (text_words(line, &words, &n, &q->why) < 0) {
		(void)why_set(&q->why, ERR_REFUSED,
		    "Eso no es una llave pública de OpenSSH.");
		return NULL;
	}
	buf_init(&blob, TEXT_MAX * 2);
	if (n < 2 || base64_parse(words[1], &blob) < 0)
		(void)why_set(&q->why, ERR_REFUSED,
		    "Eso no es una llave pública de OpenSSH.");
	else if (admin_key_is_good(q, login, words[0], &blob) == 0)
		data = req_json(q, json_pack("{s:s, s:s, s:s, s:b}", "login",
		    login, "blob", words[1], "comment", n > 2 ? words[2] : "",
		    "active", true));
	buf_clear(&blob);
	text_words_free(words);
	return data;
}

int
cmd_key_add(struct req *q)
{
	const char *key = req_take(q, "llave");
	json_t *data;
	int r;

	if ((r = account_known(q, q->pos[0])) < 0 || (r = req_all_used(q)) < 0)
		return r;
	if (key == NULL)
		return why_set(&q->why, ERR_USAGE,
		    "Falta la llave pública (el contenido del archivo .pub).");
	if ((data = account_key(q, q->pos[0], key)) == NULL)
		return -(int)q->why.e;
	return act_office(q, "key.set", data);
}

struct keyring {
	struct req *q;
	const char *fingerprint;
	json_t *keys, *people;
	int r;
};

/* "SHA256:…" without padding, as ssh-keygen prints it. */
static char *
admin_fingerprint(struct req *q, const struct key_row *row)
{
	char *b64 = req_text(q, base64_text(row->fingerprint, HASH_SIZE));

	return req_text(q, xasprintf("SHA256:%.*s", (int)strcspn(b64, "="),
	    b64));
}

static int
keyring_on_key(void *arg, const struct key_row *row)
{
	struct keyring *k = arg;
	char *fp = admin_fingerprint(k->q, row);

	json_array_append_new(k->keys, json_pack(
	    "{s:s, s:s, s:s, s:b, s:s, s:I, s:I}", "login", row->login,
	    "fingerprint", fp, "comment", row->comment, "active",
	    row->revoked == 0, "blob", req_text(k->q,
		base64_text(row->blob, row->blob_len)), "added",
	    (json_int_t)row->added, "revoked", (json_int_t)row->revoked));
	return 0;
}

static int
keyring_on_person(void *arg, const struct person_row *row)
{
	struct keyring *k = arg;

	json_array_append_new(k->people, json_pack("{s:s, s:s, s:b}", "login",
	    row->login, "name", row->name, "active", row->active));
	return store_each_key(k->q->c->store, row->login, keyring_on_key, k);
}

int
cmd_person_list(struct req *q)
{
	struct keyring k = { .q = q, .keys = json_array(),
		.people = json_array() };

	json_object_set_new(q->out, "accounts", k.people);
	json_object_set_new(q->out, "keys", k.keys);
	(void)store_each_person(q->c->store, keyring_on_person, &k);
	return cmd_personas(q);
}

/* Of everybody who has it: two accounts may share one key. */
int
cmd_key_revoke(struct req *q)
{
	struct keyring k = { .q = q, .keys = req_json(q, json_array()),
		.people = req_json(q, json_array()) };
	json_t *key;
	size_t i;
	int r, found = 0;

	if ((r = req_all_used(q)) < 0)
		return r;
	(void)store_each_person(q->c->store, keyring_on_person, &k);
	json_array_foreach(k.keys, i, key) {
		if (strcmp(json_string_value(json_object_get(key,
			"fingerprint")), q->pos[0]) != 0)
			continue;
		found++;
		if (json_is_false(json_object_get(key, "active")))
			continue;
		r = act_office(q, "key.set", req_json(q, json_pack(
		    "{s:O, s:O, s:O, s:b}", "login", json_object_get(key,
			"login"), "blob", json_object_get(key, "blob"),
		    "comment", json_object_get(key, "comment"), "active",
		    false)));
		if (r < 0)
			return r;
	}
	if (found == 0)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay una llave «%.60s».", q->pos[0]);
	return 0;
}

/* What comes with a new account; all of it is read before any is written. */
struct account {
	char **roles;		/* "ROL[@OFICINA]" */
	size_t roles_count;
	json_t *keys;		/* data of key.set */
};

static int
account_read_roles(struct req *q, const struct account *a)
{
	const struct role *one, *first = NULL;
	const char *office;
	char *name;
	size_t i;
	int r;

	for (i = 0; i < a->roles_count; i++) {
		if ((r = rights_read(q, a->roles[i], &name, &office)) < 0)
			return r;
		one = institution_find_role(q->c->institution, name);
		if (first == NULL)
			first = one;
		if (one->business != first->business ||
		    access_mixes(q, q->pos[0], name))
			return rights_refuse_mix(q, name);
	}
	return 0;
}

/* One line a key, as .pub files have them. */
static int
account_read_keys(struct req *q, const struct account *a, const char *lines)
{
	json_t *key;
	char *line;
	size_t n;

	for (; *lines != '\0'; lines += n + (lines[n] != '\0')) {
		n = strcspn(lines, "\n");
		if (n == 0)
			continue;
		line = req_text(q, xasprintf("%.*s", (int)n, lines));
		if ((key = account_key(q, q->pos[0], line)) == NULL)
			return -(int)q->why.e;
		json_array_append(a->keys, key);
	}
	return 0;
}

static int
account_write(struct req *q, const struct account *a, const char *name)
{
	const char *office;
	json_t *key;
	char *role;
	size_t i;
	int r;

	r = admin_person(q, q->pos[0], name, true);
	for (i = 0; r == 0 && i < a->roles_count; i++) {
		r = rights_read(q, a->roles[i], &role, &office);
		if (r == 0)
			r = rights_set(q, rights_find(q, role, office), role,
			    office, NULL, NULL, true);
	}
	json_array_foreach(a->keys, i, key)
		if (r == 0)
			r = act_office(q, "key.set", key);
	return r;
}

int
cmd_person_add(struct req *q)
{
	const char *name = req_take(q, "nombre"), *roles = req_take(q,
	    "roles"), *keys = req_take(q, "llaves");
	struct account a = { .keys = req_json(q, json_array()) };
	char *clean;
	int r;

	if (!admin_login_is_good(q->pos[0]))
		return why_set(&q->why, ERR_USAGE,
		    "«%.40s» no sirve de cuenta: use a-z, 0-9, punto, guion; "
		    "empiece con letra.", q->pos[0]);
	if (name == NULL || *name == '\0')
		return why_set(&q->why, ERR_USAGE, "Falta el nombre.");
	if (doc_is(json_object_get(q->c->people, q->pos[0]), "active"))
		return why_set(&q->why, ERR_REFUSED,
		    "Ya hay una cuenta «%s».", q->pos[0]);
	if ((r = text_take(name, strlen(name), 120, 0, &clean, &q->why)) < 0)
		return r;
	(void)req_text(q, clean);
	if ((r = req_all_used(q)) < 0 || (roles != NULL && (r = text_words(
	    roles, &a.roles, &a.roles_count, &q->why)) < 0))
		return r;
	if ((r = account_read_roles(q, &a)) == 0 && (r = account_read_keys(q,
	    &a, keys != NULL ? keys : "")) == 0)
		r = account_write(q, &a, clean);
	if (roles != NULL)
		text_words_free(a.roles);
	return r;
}
