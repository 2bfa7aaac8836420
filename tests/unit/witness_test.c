/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * witness_test.c - a server's record against what this machine saw of it: long
 * ones come piece by piece, and one that only says that it goes on is refused.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "test.h"
#include "../../client/witness.h"
#include "../../proto/checkpoint.h"

enum { EVENTS = 1200, PIECE = 512 };

/* A record as a server has it. */
struct record {
	char folder[64], known_hosts[96];
	struct sshsig_key key;
	const char *installation;
	uint8_t leaves[EVENTS][HASH_SIZE], chain[EVENTS + 1][HASH_SIZE];
};

static const char ours[] = "0123456789abcdef0123456789abcdef";

static void
record_fill(struct record *r, int from)
{
	int i;

	for (i = from; i < EVENTS; i++) {
		hash_random(r->leaves[i], HASH_SIZE);
		hash_two(r->chain[i], HASH_SIZE, r->leaves[i], HASH_SIZE,
		    r->chain[i + 1]);
	}
}

static int
record_setup(void **st)
{
	struct record *r = xcalloc(1, sizeof *r);

	(void)snprintf(r->folder, sizeof r->folder, "/tmp/pauta-test-XXXXXX");
	assert_non_null(mkdtemp(r->folder));
	(void)snprintf(r->known_hosts, sizeof r->known_hosts,
	    "%s/known_hosts", r->folder);
	sshsig_key_make(&r->key);
	r->installation = ours;
	record_fill(r, 0);
	*st = r;
	return 0;
}

static int
record_teardown(void **st)
{
	struct record *r = *st;
	char *words = xasprintf("rm -rf %s", r->folder);

	assert_int_equal(system(words), 0);
	free(words);
	free(r);
	return 0;
}

/* What it answers to "sello desde=…" when its last checkpoint is at n. */
static json_t *
record_answer(const struct record *r, const struct line *l, int n)
{
	struct checkpoint k = { .n = n, .at = { 1795500000 } };
	int from = (int)strtol(strchr(l->words[1], '=') + 1, NULL, 10), count;
	char *text, *sig, *both, *leaves;
	json_t *doc;

	memcpy(k.installation, r->installation, INSTALLATION_TEXT);
	memcpy(k.chain, r->chain[n], HASH_SIZE);
	text = checkpoint_text(&k);
	sig = sshsig_sign(&r->key, CHECKPOINT_SPACE, text, strlen(text));
	both = xasprintf("%s%s", text, sig);
	count = n - from > PIECE ? PIECE : n - from > 0 ? n - from : 0;
	leaves = base64_text(r->leaves[count > 0 ? from : 0],
	    (size_t)count * HASH_SIZE);
	doc = json_pack("{s:s, s:s}", "witness", both, "leaves", leaves);
	free(leaves);
	free(both);
	free(sig);
	free(text);
	return doc;
}

/* One log-in; how many times it was asked. */
static int
enter(struct witness *w, const struct record *r, int n)
{
	struct line l = { 0 }, next = { 0 };
	bool more = true;
	json_t *doc;
	int asked = 0;

	witness_begin(w, &l);
	assert_non_null(witness_hold(w));
	while (more) {
		assert_string_equal(l.words[0], "sello");
		doc = record_answer(r, &l, n);
		line_clear(&l);
		more = witness_on_doc(w, 0, doc, &next);
		l = next;
		memset(&next, 0, sizeof next);
		json_decref(doc);
		asked++;
	}
	return asked;
}

static struct witness *
again(const struct record *r)
{
	return witness_new(r->known_hosts, "pauta.example.org", 2222);
}

static void
refused(struct witness *w, const char *say)
{
	assert_true(witness_is_refused(w));
	if (strstr(witness_hold(w), say) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", witness_hold(w), say);
	assert_string_equal(witness_holds(w, "aprobar"), witness_hold(w));
	assert_null(witness_holds(w, "borrador"));
	witness_free(w);
}

static void
a_long_absence_comes_piece_by_piece(void **st)
{
	struct record *r = *st;
	struct witness *w = again(r);

	assert_int_equal(enter(w, r, 1), 1);
	assert_null(witness_hold(w));
	witness_free(w);
	w = again(r);
	assert_int_equal(enter(w, r, EVENTS), 3);
	assert_null(witness_hold(w));
	assert_int_equal(enter(w, r, EVENTS), 1);	/* the line came back */
	assert_null(witness_hold(w));
	witness_free(w);
}

static void
a_shorter_record_is_refused(void **st)
{
	struct record *r = *st;
	struct witness *w = again(r);

	enter(w, r, 200);
	witness_free(w);
	w = again(r);
	enter(w, r, 100);
	refused(w, "más corto");
	w = again(r);				/* and it was not forgotten */
	enter(w, r, 100);
	refused(w, "más corto");
	w = again(r);
	enter(w, r, 200);
	assert_null(witness_hold(w));
	witness_free(w);
}

static void
another_history_is_refused_wherever_it_parts(void **st)
{
	static const int parts[] = { 0, 99, 199 };
	struct record *r = *st;
	struct witness *w = again(r);
	size_t i;

	enter(w, r, 200);
	witness_free(w);
	for (i = ARRAY_LEN(parts); i-- > 0;) {
		record_fill(r, parts[i]);
		w = again(r);
		enter(w, r, 200);
		refused(w, "fue cambiado");
		w = again(r);
		enter(w, r, EVENTS);
		refused(w, "fue cambiado");
	}
}

/* It has what was seen in its place, but its chain does not come from it. */
static void
to_say_that_it_goes_on_is_not_enough(void **st)
{
	struct record *r = *st;
	struct witness *w = again(r);

	enter(w, r, 200);
	witness_free(w);
	r->leaves[300][0] ^= 1;
	w = again(r);
	enter(w, r, 400);
	refused(w, "fue cambiado");
}

static void
another_installation_is_another_record(void **st)
{
	struct record *r = *st;
	struct witness *w = again(r);

	enter(w, r, 200);
	witness_free(w);
	r->installation = "f123456789abcdef0123456789abcdef";
	w = again(r);
	enter(w, r, 300);
	refused(w, "otro registro");
}

static void
no_seal_any_more_is_refused(void **st)
{
	struct record *r = *st;
	struct witness *w = again(r);
	struct line l = { 0 };

	witness_begin(w, &l);
	assert_false(witness_on_doc(w, 3, NULL, &l));
	assert_null(witness_hold(w));		/* a new record has none */
	line_clear(&l);
	enter(w, r, 200);
	witness_begin(w, &l);
	assert_false(witness_on_doc(w, 3, NULL, &l));
	line_clear(&l);
	refused(w, "ya no muestra");
}

static void
accepted_it_is_what_is_known(void **st)
{
	struct record *r = *st;
	struct witness *w = again(r);
	char *aside = xasprintf("%s/pauta/pauta.example.org:2222.200",
	    r->folder);
	struct stat sb;
	struct why why;

	enter(w, r, 200);
	enter(w, r, 100);
	assert_true(witness_is_refused(w));
	assert_int_equal(witness_accept(w, &why), 0);
	assert_null(witness_hold(w));
	assert_int_equal(stat(aside, &sb), 0);	/* the evidence stays */
	assert_int_equal(sb.st_mode & 0777, 0600);
	witness_free(w);
	w = again(r);
	enter(w, r, 150);
	assert_null(witness_hold(w));
	witness_free(w);
	free(aside);
}

int
main(void)
{
#define RECORD(f) cmocka_unit_test_setup_teardown(f, record_setup, \
	record_teardown)
	static const struct CMUnitTest tests[] = {
		RECORD(a_long_absence_comes_piece_by_piece),
		RECORD(a_shorter_record_is_refused),
		RECORD(another_history_is_refused_wherever_it_parts),
		RECORD(to_say_that_it_goes_on_is_not_enough),
		RECORD(another_installation_is_another_record),
		RECORD(no_seal_any_more_is_refused),
		RECORD(accepted_it_is_what_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
