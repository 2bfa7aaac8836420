/* SPDX-License-Identifier: ISC */
/*
 * cmd_admin.c - what the operator of the machine may do through `pautad`:
 * accounts, keys, rights, definitions.  Never a decision of a
 * procedure, since nobody approves by changing data, save in the rehearsed
 * office of `init --demo`, which exists before the server does.
 */
#include <assert.h>

#include "../../proto/sshkey.h"
#include "../../proto/text.h"
#include "req.h"

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
cmd_person_add(struct req *q)
{
	const char *name = req_take(q, "nombre");
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
	if ((r = text_take(name, strlen(name), 120, 0, &clean, &q->why)) < 0 ||
	    (r = req_all_used(q)) < 0)
		return r;
	return admin_person(q, q->pos[0], req_text(q, clean), true);
}

/* Known accounts only: -ERR_NOT_FOUND with a sentence. */
static int
admin_known(struct req *q, const char *login)
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

	if ((r = admin_known(q, q->pos[0])) < 0 || (r = req_all_used(q)) < 0)
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

	if (said == NULL || strcmp(said, kind) != 0)
		return why_set(&q->why, ERR_REFUSED,
		    "Eso no es una llave pública de OpenSSH que sirva aquí: "
		    "haga una con «ssh-keygen -t ed25519».");
	hash_sha256(blob->p, blob->len, o.fingerprint);
	(void)store_each_key(q->c->store, NULL, admin_on_owner, &o);
	if (o.login == NULL)
		return 0;
	req_text(q, o.login);
	return strcmp(o.login, login) == 0 ? 0 : why_set(&q->why, ERR_REFUSED,
	    "Esa llave ya es de %s: cada persona tiene la suya.", o.login);
}

int
cmd_key_add(struct req *q)
{
	const char *key = req_take(q, "llave");
	const char *comment = "";
	char **words;
	struct buf blob;
	size_t n;
	int r;

	if ((r = admin_known(q, q->pos[0])) < 0 || (r = req_all_used(q)) < 0)
		return r;
	if (key == NULL || text_words(key, &words, &n, &q->why) < 0)
		return why_set(&q->why, ERR_USAGE,
		    "Falta la llave pública (el contenido del archivo .pub).");
	buf_init(&blob, TEXT_MAX * 2);
	if (n < 2 || base64_parse(words[1], &blob) < 0) {
		r = why_set(&q->why, ERR_REFUSED,
		    "Eso no es una llave pública de OpenSSH.");
	} else if ((r = admin_key_is_good(q, q->pos[0], words[0],
			&blob)) == 0) {
		comment = n > 2 ? words[2] : "";
		r = act_office(q, "key.set", req_json(q, json_pack(
		    "{s:s, s:s, s:s, s:b}", "login", q->pos[0], "blob",
		    words[1], "comment", comment, "active", true)));
	}
	buf_clear(&blob);
	text_words_free(words);
	return r;
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

/* ---- rights ---- */

static int
admin_role(struct req *q, char **role, const char **office)
{
	char *at;

	*role = req_text(q, xstrdup(q->pos[1]));
	*office = "central";
	if ((at = strchr(*role, '@')) != NULL) {
		*at = '\0';
		*office = at + 1;
	}
	if (institution_find_role(q->c->institution, *role) == NULL)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay un rol «%.40s».", *role);
	if (institution_find_office(q->c->institution, *office) == NULL)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay una oficina «%.40s».", *office);
	return admin_known(q, q->pos[0]);
}

struct rights {
	struct req *q;
	const char *role, *office;
	int64_t found;
};

static int
rights_on_grant(void *arg, const struct grant_row *g)
{
	struct rights *x = arg;

	if (!g->active || (g->to != 0 && g->to <= x->q->now.s))
		return 0;
	if (strcmp(g->role, x->role) == 0 &&
	    strcmp(g->office, x->office) == 0 &&
	    (g->for_login == NULL || *g->for_login == '\0'))
		x->found = g->id;
	return 0;
}

static int
admin_grant(struct req *q, int64_t grant, const char *role,
    const char *office, const char *from, const char *to, bool active)
{
	return act_office(q, "grant.set", req_json(q, json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:b, s:I}", "login",
	    q->pos[0], "role", role, "office", office, "for_login", "",
	    "scope", "all", "reason", "", "from", from, "to", to, "active",
	    active, "grant", (json_int_t)grant)));
}

int
cmd_role_grant(struct req *q)
{
	const char *office, *from = req_take(q, "desde"),
			    *to = req_take(q, "hasta");
	struct rights x = { .q = q };
	struct when t = { 0 }, since = { 0 };
	char *name;
	int r;

	if ((r = admin_role(q, &name, &office)) < 0 ||
	    (r = req_all_used(q)) < 0)
		return r;
	if ((from != NULL && when_parse(from, &since) < 0) ||
	    (to != NULL && when_parse(to, &t) < 0))
		return why_set(&q->why, ERR_USAGE,
		    "Las fechas van como 2026-11-23T15:30:00Z.");
	if (to != NULL && (t.s <= since.s || t.s <= q->now.s))
		return why_set(&q->why, ERR_USAGE,
		    "El rol termina antes de empezar: revise las fechas.");
	x.role = name;
	x.office = office;
	(void)store_each_grant(q->c->store, q->pos[0], rights_on_grant, &x);
	if (access_mixes(q, q->pos[0], name))
		return why_set(&q->why, ERR_REFUSED,
		    "«%s» no se mezcla con los roles que ya tiene esta cuenta: "
		    "administración y fiscalización van aparte (SD-09).",
		    core_role_title(q->c, name));
	return admin_grant(q, x.found, name, office, from, to, true);
}

int
cmd_role_revoke(struct req *q)
{
	struct rights x = { .q = q };
	const char *office;
	char *name;
	int r;

	if ((r = admin_role(q, &name, &office)) < 0 ||
	    (r = req_all_used(q)) < 0)
		return r;
	x.role = name;
	x.office = office;
	(void)store_each_grant(q->c->store, q->pos[0], rights_on_grant, &x);
	if (x.found == 0)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "Esa cuenta no tiene el rol «%s» en «%s».", name, office);
	return admin_grant(q, x.found, name, office, NULL, NULL, false);
}

/* ---- definitions ---- */

static int
import_setting(struct req *q, const char *kind, const char *text)
{
	int r;

	r = act_office(q, "setting.set", req_json(q, json_pack(
	    "{s:s, s:s, s:s}", "kind", kind, "name", kind, "value", text)));
	return r < 0 ? r : core_reload(q->c, &q->why);
}

static int
import_procedure(struct req *q, const char *file, const char *text)
{
	struct procedure *p = NULL;
	struct buf faults;
	int r;

	buf_init(&faults, FRAME_MAX);
	if (procedure_load(file, text, &p, &faults) < 0 ||
	    procedure_check(p, q->c->institution, &faults) > 0) {
		r = why_set(&q->why, ERR_REFUSED, "%s", buf_str(&faults));
		goto out;
	}
	if (core_find_procedure(q->c, p->code, p->revision) != NULL) {
		r = why_set(&q->why, ERR_REFUSED,
		    "%s %s ya está en el registro: publique otra revisión.",
		    p->code, p->revision);
		goto out;
	}
	json_object_set_new(q->out, "code", json_string(p->code));
	json_object_set_new(q->out, "revision", json_string(p->revision));
	r = act_office(q, "procedure.imported", req_json(q, json_pack(
	    "{s:s, s:s, s:s, s:s}", "code", p->code, "revision", p->revision,
	    "file", file, "source", text)));
	if (r == 0)
		r = core_reload(q->c, &q->why);
out:
	procedure_free(p);
	buf_clear(&faults);
	return r;
}

/* The first one: what moves by another is looked at before. */
static int
import_calendar(struct req *q, const char *text)
{
	int r;

	if (q->c->calendar != NULL)
		return why_set(&q->why, ERR_REFUSED, "Ya hay un calendario: "
		    "«pautad calendar check» muestra qué movería otro.");
	if ((r = calendar_check(text, &q->why)) < 0)
		return r;
	return import_setting(q, "calendar", text);
}

int
cmd_import(struct req *q)
{
	const char *kind = req_take(q, "tipo"), *text = req_take(q, "texto");
	struct institution *in;
	struct buf faults;
	int r;

	if (kind == NULL || text == NULL)
		return why_set(&q->why, ERR_USAGE, "Faltan tipo= y texto=.");
	if ((r = req_all_used(q)) < 0)
		return r;
	if (strcmp(kind, "procedure") == 0)
		return import_procedure(q, q->pos[0], text);
	if (strcmp(kind, "calendar") == 0)
		return import_calendar(q, text);
	if (strcmp(kind, "institution") != 0)
		return why_set(&q->why, ERR_USAGE, "«tipo=» es procedure, "
		    "institution o calendar, no «%.40s».", kind);
	buf_init(&faults, FRAME_MAX);
	if (institution_load(q->pos[0], text, &in, &faults) < 0)
		r = why_set(&q->why, ERR_REFUSED, "%s", buf_str(&faults));
	else {
		institution_free(in);
		r = import_setting(q, kind, text);
	}
	buf_clear(&faults);
	return r;
}

/* ---- rehearsal ---- */

/* Rehearse: run a line as somebody, while preparing a demonstration. */
int
cmd_act_as(struct req *q)
{
	const char *line = req_take(q, "orden");
	struct caller who = { .login = q->pos[0], .source = "demo" };
	struct answer a;
	char **words;
	json_t *doc;
	size_t n;
	int r = 0;

	if (!q->c->rehearsal)
		return why_set(&q->why, ERR_REFUSED,
		    "Nadie actúa en nombre de otra persona.");
	if (line == NULL || (r = text_words(line, &words, &n, &q->why)) < 0)
		return r < 0 ? r : why_set(&q->why, ERR_USAGE, "Falta orden=.");
	core_run(q->c, &who, NULL, (const char *const *)words, true, &a);
	doc = json_loads(a.doc, 0, NULL);
	if (a.status != 0)
		r = why_set(&q->why, ERR_REFUSED, "%s: %s", line,
		    json_string_value(json_object_get(
			json_object_get(doc, "error"), "message")));
	else
		json_object_update(q->out, doc);
	json_decref(doc);
	answer_clear(&a);
	text_words_free(words);
	return r;
}
