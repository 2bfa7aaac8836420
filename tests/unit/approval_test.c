/* SPDX-License-Identifier: ISC */
/* rooms: proto */
/*
 * approval_test.c - the text of a signed decision: one form, every line of it
 * under the signature.
 */
#include "test.h"
#include "../../proto/approval.h"
#include "../../proto/sshsig.h"

enum { ALTERATIONS = 5000 };

static struct approval_claim
a_claim(void)
{
	struct approval_claim c = { .folio = "BOL-2026-0001", .step = "1.3",
		.installation = "000102030405060708090a0b0c0d0e0f",
		.revision = 17, .decision = "aprobar", .actor = "jefa",
		.content = "9a", .point = 1200, .issued = { 1795447800 } };

	memset(c.chain, 0xab, sizeof c.chain);
	memset(c.nonce, 0x5b, sizeof c.nonce);
	return c;
}

static void
the_text_has_one_form(void **st)
{
	struct approval_claim c = a_claim();
	char *said = approval_text(&c);

	(void)st;
	assert_string_equal(said, "approval: 1\n"
	    "installation: 000102030405060708090a0b0c0d0e0f\n"
	    "folio: BOL-2026-0001\nstep: 1.3\nrevision: 17\ncontent: 9a\n"
	    "decision: aprobar\nremark-sha256: e3b0c44298fc1c149afbf4c8996fb9"
	    "2427ae41e4649b934ca495991b7852b855\nanswers-sha256: 44136fa355b3"
	    "678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n"
	    "actor: jefa\ncheckpoint: 1200 abababababababababababababababab"
	    "abababababababababababababababab\n"
	    "nonce: 5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b\n"
	    "issued: 2026-11-23T15:30:00Z\n");
	free(said);
}

static void
without_a_checkpoint_it_says_0(void **st)
{
	struct approval_claim c = a_claim();
	char *said;

	(void)st;
	c.point = 0;
	said = approval_text(&c);
	assert_non_null(strstr(said, "\ncheckpoint: 0\n"));
	free(said);
}

static void
a_substitute_says_whose_place_and_by_which_grant(void **st)
{
	struct approval_claim c = a_claim();
	char *said;

	(void)st;
	c.actor = "dg";
	c.behalf = "jefa";
	c.grant = 812;
	said = approval_text(&c);
	assert_non_null(strstr(said,
	    "\nactor: dg\non-behalf-of: jefa 812\ncheckpoint: "));
	free(said);
}

/* Both programs see the same words, whatever is around them. */
static void
words_are_taken_as_the_server_takes_them(void **st)
{
	struct approval_claim a = a_claim(), b = a_claim();
	char *one, *two;

	(void)st;
	a.remark = "Cambie el título";
	b.remark = "  Cambie el ti\xcc\x81tulo\n";	/* i and its accent apart */
	a.answers = json_pack("{s:s, s:s}", "note", "é", "media", "web");
	b.answers = json_object();
	assert_int_equal(approval_answer((json_t *)b.answers, "media", " web"),
	    0);
	assert_int_equal(approval_answer((json_t *)b.answers, "note",
	    "e\xcc\x81 "), 0);
	one = approval_text(&a);
	two = approval_text(&b);
	assert_string_equal(one, two);
	free(one);
	free(two);
	assert_int_equal(approval_answer((json_t *)b.answers, "note",
	    "\x1b[2J"), -ERR_REFUSED);
	json_decref((json_t *)a.answers);
	json_decref((json_t *)b.answers);
}

static void
words_of_the_signature_are_no_answers(void **st)
{
	(void)st;
	assert_true(approval_is_own("motivo"));
	assert_true(approval_is_own("Firma"));
	assert_true(approval_is_own("punto"));
	assert_false(approval_is_own("regresa_a"));
	assert_false(approval_is_own("media_verdicts"));
}

/* Each thing that is claimed changes the text. */
static void
nothing_claimed_is_left_out(void **st)
{
	struct approval_claim c[14];
	json_t *answers = json_pack("{s:s}", "media", "web");
	char *first, *other;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(c); i++)
		c[i] = a_claim();
	c[0].installation = "ff0102030405060708090a0b0c0d0e0f";
	c[1].folio = "BOL-2026-0002";
	c[2].step = "1.3#2";
	c[3].revision = 18;
	c[4].content = "9b";
	c[5].decision = "devolver";
	c[6].remark = "x";
	c[7].answers = answers;
	c[8].actor = "dg";
	c[9].chain[31] ^= 1;
	c[10].nonce[15] ^= 1;
	c[11].issued.s++;
	c[12].behalf = "dg";
	c[13] = c[12];
	c[13].grant = 812;
	first = approval_text(&(struct approval_claim[]){ a_claim() }[0]);
	for (i = 0; i < ARRAY_LEN(c); i++) {
		other = approval_text(&c[i]);
		if (strcmp(first, other) == 0)
			fail_msg("claim %zu is not in the text", i);
		free(other);
	}
	free(first);
	json_decref(answers);
}

/* The same numbers on every machine: a failure can be seen again. */
static uint32_t
a_number(void)
{
	static uint64_t state = 20261123;

	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(state >> 33);
}

static void
no_altered_text_passes(void **st)
{
	struct approval_claim c = a_claim();
	char *said = approval_text(&c), *armour, *bad;
	struct sshsig_maker who;
	struct sshsig_key key;
	size_t n = strlen(said), at;
	struct why why;
	int i, accepted = 0;

	(void)st;
	sshsig_key_make(&key);
	armour = sshsig_sign(&key, APPROVAL_SPACE, said, n);
	for (i = 0; i < ALTERATIONS; i++) {
		bad = xstrdup(said);
		at = a_number() % n;
		bad[at] = (char)(bad[at] ^ (1 + a_number() % 255));
		accepted += sshsig_open(armour, APPROVAL_SPACE, bad,
		    i % 5 == 0 ? at : n, &who, &why) == 0;
		free(bad);
	}
	assert_int_equal(accepted, 0);
	/* The control. */
	assert_int_equal(sshsig_open(armour, APPROVAL_SPACE, said, n, &who,
	    &why), 0);
	assert_int_equal(sshsig_open(armour, "checkpoint@pauta", said, n,
	    &who, &why), -ERR_REFUSED);
	free(armour);
	free(said);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_text_has_one_form),
		cmocka_unit_test(without_a_checkpoint_it_says_0),
		cmocka_unit_test(
		    a_substitute_says_whose_place_and_by_which_grant),
		cmocka_unit_test(words_are_taken_as_the_server_takes_them),
		cmocka_unit_test(words_of_the_signature_are_no_answers),
		cmocka_unit_test(nothing_claimed_is_left_out),
		cmocka_unit_test(no_altered_text_passes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
