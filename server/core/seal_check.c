/* SPDX-License-Identifier: ISC */
/*
 * seal_check.c - what the record announces of itself, and whether the
 * checkpoints in it and those that others kept agree with its chain.
 */
#include "seal.h"

/* ---- announcements ---- */

static int
announced_add(struct announced *a, int64_t seq, const char *name,
    const char *value)
{
	struct announced_key k = { .from = seq };
	char hex[HASH_TEXT];

	if (strcmp(name, "accepted") == 0) {
		(void)snprintf(hex, sizeof hex, "%s", value);
		return json_object_set_new(a->accepted, hex, json_true());
	}
	if (strcmp(name, "id") == 0 && a->installation[0] == '\0' &&
	    strlen(value) == INSTALLATION_TEXT - 1) {
		memcpy(a->installation, value, INSTALLATION_TEXT);
		return 0;
	}
	if (strcmp(name, "log_key") != 0 ||
	    sshsig_public_parse(value, k.pub) < 0)
		return -1;
	a->keys = xrealloc(a->keys, a->keys_count + 1, sizeof *a->keys);
	a->keys[a->keys_count++] = k;
	return 0;
}

static int
announced_on_entry(void *arg, const struct entry *e)
{
	static const char mark[] = "\"kind\":\"installation\"";
	const char *kind = "", *name = "", *value = "";
	struct announced *a = arg;
	json_t *doc;
	int r = 0;

	if (e->body == NULL || strstr(e->body, mark) == NULL)
		return 0;
	doc = json_loads(e->body, 0, NULL);
	if (json_unpack(doc, "{s:{s:s, s:s, s:s}}", "data", "kind", &kind,
		"name", &name, "value", &value) == 0 &&
	    strcmp(kind, "installation") == 0)
		r = announced_add(a, e->seq, name, value);
	json_decref(doc);
	return r < 0 ? (int)-ERR_USAGE : 0;
}

int
announced_load(struct store *s, struct announced *a, struct why *why)
{
	int r;

	memset(a, 0, sizeof *a);
	a->accepted = json_object();
	r = store_case_events(s, 0, announced_on_entry, a, why);
	if (r == -ERR_USAGE)
		r = why_set(why, ERR_SYSTEM, "El registro anuncia su "
		    "instalación o su llave de un modo que no se entiende.");
	if (r < 0)
		announced_clear(a);
	return r;
}

void
announced_clear(struct announced *a)
{
	free(a->keys);
	json_decref(a->accepted);
	memset(a, 0, sizeof *a);
}

/* Was this key announced, and in force at n?  n 0: at any time. */
static bool
announced_has(const struct announced *a, const uint8_t pub[SSHSIG_KEY],
    int64_t n)
{
	size_t i;

	for (i = a->keys_count; i-- > 0;) {
		if (n > 0 && a->keys[i].from > n)
			continue;
		if (memcmp(a->keys[i].pub, pub, SSHSIG_KEY) == 0)
			return true;
		if (n > 0)
			return false;
	}
	return false;
}

/* ---- checkpoints of the record ---- */

struct sealed {
	struct store *s;
	struct announced a;
	int64_t head, last, count;
	struct why *why;
};

static int
sealed_bad(struct sealed *w, int64_t n, const char *what)
{
	return why_set(w->why, ERR_SYSTEM,
	    "El sello del evento %lld no vale: %s.", (long long)n, what);
}

static int
sealed_on_row(void *arg, const struct checkpoint_row *row)
{
	struct sealed *w = arg;
	uint8_t pub[SSHSIG_KEY], chain[HASH_SIZE];
	struct checkpoint k;
	struct why own;

	if (checkpoint_parse(row->text, &k, &own) < 0 ||
	    sshsig_verify(row->sig, CHECKPOINT_SPACE, row->text,
		strlen(row->text), pub, &own) < 0)
		return sealed_bad(w, row->n, own.text);
	if (k.n != row->n || strcmp(k.installation, w->a.installation) != 0)
		return sealed_bad(w, row->n,
		    "es de otro evento o de otra instalación");
	if (!announced_has(&w->a, pub, k.n))
		return sealed_bad(w, row->n,
		    "lo firmó una llave que no estaba en vigor");
	if (k.previous != w->last)
		return sealed_bad(w, row->n, "falta el sello anterior");
	if (k.n > w->head)
		return sealed_bad(w, row->n, "el registro llega antes");
	if (store_find_chain(w->s, k.n, chain) < 0 ||
	    memcmp(chain, k.chain, HASH_SIZE) != 0)
		return sealed_bad(w, row->n, "la cadena no es la firmada");
	w->last = k.n;
	w->count++;
	return 0;
}

int
seal_verify(struct store *s, int64_t *count, struct why *why)
{
	struct sealed w = { .s = s, .why = why };
	uint8_t chain[HASH_SIZE];
	int r;

	if ((r = announced_load(s, &w.a, why)) < 0)
		return r;
	w.head = store_head(s, chain);
	r = store_each_checkpoint(s, INT64_MIN, sealed_on_row, &w, why);
	if (r == 0 && w.a.keys_count > 0 && w.head - w.last >= SEAL_EVERY)
		r = why_set(why, ERR_SYSTEM, "Faltan sellos: el último es del "
		    "evento %lld y el registro llega al %lld.",
		    (long long)w.last, (long long)w.head);
	*count = w.count;
	announced_clear(&w.a);
	return r;
}

static int
last_on_row(void *arg, const struct checkpoint_row *row)
{
	char **out = arg;

	*out = xasprintf("%s%s", row->text, row->sig);
	return 1;
}

char *
seal_last(struct store *s)
{
	char *out = NULL;

	(void)store_each_checkpoint(s, store_last_checkpoint(s), last_on_row,
	    &out, NULL);
	return out;
}

/* ---- checkpoints that others kept ---- */

static int
witness_compare(struct store *s, const struct announced *a,
    const struct checkpoint *k, const uint8_t pub[SSHSIG_KEY],
    struct why *why)
{
	uint8_t chain[HASH_SIZE];
	int64_t head = store_head(s, chain);

	if (strcmp(k->installation, a->installation) != 0)
		return why_set(why, ERR_REFUSED, "El sello del testigo es de "
		    "otra instalación: no dice nada de este registro.");
	if (!announced_has(a, pub, 0))
		return why_set(why, ERR_REFUSED, "El sello del testigo lleva "
		    "la firma de una llave que este registro no anunció: el "
		    "sello es falso, o el registro es otro.");
	if (k->n > head)
		return why_set(why, ERR_REFUSED, "El registro es anterior al "
		    "sello del testigo: llega al evento %lld y el sello es "
		    "del %lld.", (long long)head, (long long)k->n);
	if (store_find_chain(s, k->n, chain) < 0 ||
	    memcmp(chain, k->chain, HASH_SIZE) != 0)
		return why_set(why, ERR_REFUSED, "El registro fue reescrito: "
		    "en el evento %lld su cadena no es la que firmó el sello "
		    "del testigo.", (long long)k->n);
	return 0;
}

int
seal_check_witness(struct store *s, const char *witness, int64_t *n,
    struct why *why)
{
	uint8_t pub[SSHSIG_KEY];
	struct checkpoint k;
	struct announced a;
	int r;

	if ((r = checkpoint_open(witness, &k, pub, why)) < 0 ||
	    (r = announced_load(s, &a, why)) < 0)
		return r;
	r = witness_compare(s, &a, &k, pub, why);
	announced_clear(&a);
	*n = k.n;
	return r;
}
