/* SPDX-License-Identifier: ISC */
/*
 * cmd_seal.c - what may be asked about the record as a whole: its last
 * checkpoint, the announcement of its key, verification.
 */
#include "req.h"
#include "seal.h"

/* At most this many leaves an answer: a slow line gets them piece by piece. */
enum { LEAVES_MOST = 512 };

struct leaves {
	struct buf bytes;
	int64_t upto;
};

static int
leaves_on_entry(void *arg, const struct entry *e)
{
	struct leaves *x = arg;

	if (e->seq > x->upto)
		return 1;
	return buf_add(&x->bytes, e->leaf, HASH_SIZE) < 0;
}

/* The leaves after an event, up to the checkpoint's: whoever knows the chain
 * at that event makes it again with them. */
static int
seal_leaves(struct req *q, const char *from, int64_t n)
{
	struct leaves x = { .upto = n };
	char *end = NULL;
	int64_t seq;
	int r;

	seq = *from >= '0' && *from <= '9' ? strtoll(from, &end, 10) : -1;
	if (seq < 0 || *end != '\0')
		return why_set(&q->why, ERR_USAGE, "desde= lleva el número de "
		    "un hecho, no «%.40s».", from);
	buf_init(&x.bytes, LEAVES_MOST * HASH_SIZE);
	if (seq < n - LEAVES_MOST)
		x.upto = seq + LEAVES_MOST;
	r = seq < n ? store_each(q->c->store, seq + 1, leaves_on_entry, &x,
	    &q->why) : 0;
	if (r >= 0)
		json_object_set_new(q->out, "leaves", json_string(req_text(q,
		    base64_text(x.bytes.p, x.bytes.len))));
	buf_clear(&x.bytes);
	return r < 0 ? r : 0;
}

/* The last checkpoint; the operator gets one of this moment. */
int
cmd_sello(struct req *q)
{
	const char *from = req_take(q, "desde");
	uint8_t pub[SSHSIG_KEY];
	char *witness, hex[HASH_TEXT];
	struct checkpoint k;
	int r;

	if ((r = req_all_used(q)) < 0)
		return r;
	if (q->who->login == NULL &&
	    (r = seal_put(q->c->seal, q->c->store, q->now, 1, 0, &q->why)) < 0)
		return core_break(q->c, &q->why);
	if ((witness = seal_last(q->c->store)) == NULL)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "El registro todavía no tiene sellos.");
	req_text(q, witness);
	if ((r = checkpoint_open(witness, &k, pub, &q->why)) < 0)
		return r;
	json_object_set_new(q->out, "n", json_integer(k.n));
	json_object_set_new(q->out, "chain",
	    json_string(hex_text(k.chain, HASH_SIZE, hex)));
	json_object_set_new(q->out, "at", json_when(k.at));
	json_object_set_new(q->out, "installation",
	    json_string(k.installation));
	json_object_set_new(q->out, "witness", json_string(witness));
	return from != NULL ? seal_leaves(q, from, k.n) : 0;
}

static int
seal_say(struct req *q, const char *name, const char *value)
{
	return act_office(q, "setting.set", req_json(q, json_pack(
	    "{s:s, s:s, s:s}", "kind", "installation", "name", name, "value",
	    value)));
}

/* Say as events what the record has not said yet. */
static int
seal_announce(struct req *q, const struct announced *a)
{
	uint8_t bytes[(INSTALLATION_TEXT - 1) / 2], pub[SSHSIG_KEY];
	const char *refused = seal_refused(q->c->seal);
	char id[INSTALLATION_TEXT];
	int r;

	if ((r = seal_key_public(q->c->dir, pub, &q->why)) < 0)
		return r;
	if (a->installation[0] == '\0') {
		hash_random(bytes, sizeof bytes);
		r = seal_say(q, "id", hex_text(bytes, sizeof bytes, id));
	}
	if (r == 0 && (a->keys_count == 0 ||
			  memcmp(a->keys[a->keys_count - 1].pub, pub,
			      SSHSIG_KEY) != 0))
		r = seal_say(q, "log_key", req_text(q, sshsig_public(pub)));
	if (r == 0 && refused != NULL)
		r = seal_say(q, "accepted", refused);
	return r;
}

int
cmd_sellar(struct req *q)
{
	struct seal *fresh;
	struct announced a;
	int r;

	if ((r = req_all_used(q)) < 0 ||
	    (r = announced_load(q->c->store, &a, &q->why)) < 0)
		return r;
	r = seal_announce(q, &a);
	announced_clear(&a);
	if (r < 0)
		return r;
	if ((r = seal_open(q->c->store, q->c->dir, &fresh, &q->why)) < 0)
		return core_break(q->c, &q->why);
	seal_free(q->c->seal);
	q->c->seal = fresh;
	return cmd_sello(q);
}

bool
core_seal(struct core *c)
{
	const struct why *hold = seal_hold(c->seal);
	struct why why;

	if (hold != NULL) {
		if (!c->hold_logged)
			log_at(LOG_WARN, "seal=hold why=\"%s\"", hold->text);
		c->hold_logged = true;
		return false;
	}
	seal_keep(c->seal, c->store);
	if (seal_put(c->seal, c->store, core_now(c), 1, SEAL_SECONDS, &why) < 0)
		(void)core_break(c, &why);
	return !c->broken;
}

/* ---- verification ---- */

static int
verify_views(struct req *q, int64_t events)
{
	int64_t replayed = 0;
	bool equal = true;
	int r;

	if ((r = project_rebuild(q->c, false, &replayed, &equal, &q->why)) < 0)
		return r;
	json_object_set_new(q->out, "replayed", json_integer(replayed));
	json_object_set_new(q->out, "equal", json_boolean(equal));
	if (!equal)
		return why_set(&q->why, ERR_REFUSED,
		    "Los %lld hechos están íntegros, pero las vistas no "
		    "coinciden con ellos.", (long long)events);
	return 0;
}

int
cmd_verify(struct req *q)
{
	const char *witness = req_take(q, "testigo");
	char hex[HASH_TEXT];
	uint8_t chain[HASH_SIZE];
	int64_t events = 0, checkpoints = 0, n;
	int r;

	if ((r = req_all_used(q)) < 0)
		return r;
	if (store_is_open(q->c->store) &&
	    (r = core_commit(q->c, &q->why)) < 0)
		return core_break(q->c, &q->why);
	if ((r = store_verify(q->c->store, &events, &q->why)) < 0 ||
	    (r = seal_verify(q->c->store, &checkpoints, &q->why)) < 0)
		return r;
	(void)store_head(q->c->store, chain);
	json_object_set_new(q->out, "events", json_integer(events));
	json_object_set_new(q->out, "chain",
	    json_string(hex_text(chain, HASH_SIZE, hex)));
	json_object_set_new(q->out, "intact", json_true());
	json_object_set_new(q->out, "checkpoints", json_integer(checkpoints));
	if (witness != NULL) {
		if ((r = seal_check_witness(q->c->store, witness, &n,
			 &q->why)) < 0)
			return r;
		json_object_set_new(q->out, "witness", json_integer(n));
	}
	return q->flags & FLAG_REBUILD ? verify_views(q, events) : 0;
}
