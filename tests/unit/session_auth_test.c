/* SPDX-License-Identifier: ISC */
/* rooms: ssh confine proto */
/*
 * session_auth_test.c - who a connection has proved to be, through every
 * order of offers and signatures; and which keys are good enough.
 */
#include "test.h"

#include "../../proto/hash.h"
#include "../../proto/sshkey.h"
#include "../../server/ssh/auth.h"

static const uint8_t key_of[3][4] = { "ana", "eva", "bru" };

static void
an_offer_proves_nothing(void **st)
{
	struct auth a = { 0 };

	(void)st;
	assert_true(auth_request(&a, "ana"));
	assert_true(auth_key(&a, key_of[0], 4, false, true));
	assert_false(a.proved);
	assert_int_equal(a.key_len, 0);
	assert_int_equal(a.failures, 0);
}

static void
a_signature_over_a_known_key_does(void **st)
{
	struct auth a = { 0 };

	(void)st;
	assert_true(auth_request(&a, "ana"));
	assert_true(auth_key(&a, key_of[0], 4, true, true));
	assert_true(a.proved);
	assert_string_equal(a.login, "ana");
	assert_memory_equal(a.key, key_of[0], 4);
}

static void
over_an_unknown_one_it_does_not(void **st)
{
	struct auth a = { 0 };

	(void)st;
	assert_true(auth_request(&a, "ana"));
	assert_false(auth_key(&a, key_of[1], 4, true, false));
	assert_false(a.proved);
	assert_int_equal(a.failures, 1);
}

static void
offering_hers_and_signing_with_ones_own_is_of_no_use(void **st)
{
	struct auth a = { 0 };

	(void)st;
	assert_true(auth_request(&a, "ana"));
	assert_true(auth_key(&a, key_of[0], 4, false, true));
	assert_true(auth_request(&a, "ana"));
	assert_false(auth_key(&a, key_of[1], 4, true, false));
	assert_false(a.proved);
}

static void
what_was_proved_is_forgotten_with_the_next_request(void **st)
{
	struct auth a = { 0 };

	(void)st;
	assert_true(auth_request(&a, "ana"));
	assert_true(auth_key(&a, key_of[0], 4, true, true));
	assert_true(auth_request(&a, "ana"));
	assert_false(a.proved);
	assert_int_equal(a.key_len, 0);
}

static void
the_first_name_stays(void **st)
{
	struct auth a = { 0 };

	(void)st;
	assert_true(auth_request(&a, "eva"));
	assert_false(auth_request(&a, "ana"));
	assert_string_equal(a.login, "eva");
}

static void
a_name_that_cannot_be_is_asked_for_as_any_other(void **st)
{
	struct auth a = { 0 };

	(void)st;
	assert_true(auth_request(&a, "a b;c"));
	assert_string_equal(a.login, "-");
	assert_true(auth_request(&a, "x\033"));	/* the same nobody */
	assert_false(auth_request(&a, "ana"));
}

static void
six_failures_are_enough(void **st)
{
	struct auth a = { 0 };
	int i;

	(void)st;
	for (i = 0; i < AUTH_FAILURES; i++) {
		assert_false(auth_is_spent(&a));
		assert_true(auth_request(&a, "ana"));
		assert_false(auth_key(&a, key_of[1], 4, false, false));
	}
	assert_true(auth_is_spent(&a));
	assert_false(auth_request(&a, "ana"));
}

static void
offers_without_end_are_not_listened_to(void **st)
{
	struct auth a = { 0 };
	int i;

	(void)st;
	for (i = 0; i < AUTH_REQUESTS; i++) {
		assert_true(auth_request(&a, "ana"));
		assert_true(auth_key(&a, key_of[0], 4, false, true));
	}
	assert_false(auth_request(&a, "ana"));
}

/* xorshift: the same histories every time. */
static uint32_t
dice(uint32_t *s)
{
	*s ^= *s << 13;
	*s ^= *s >> 17;
	*s ^= *s << 5;
	return *s;
}

/* The model: the last request decides, and only a signature with her key. */
static void
ten_thousand_histories_prove_no_wrong_name(void **st)
{
	static const char *const names[] = { "ana", "eva", "bru" };
	uint32_t s = 2463534242u, n, k;
	struct auth a;
	bool signs, expect;
	int i, j, proofs = 0;

	(void)st;
	for (i = 0; i < 10000; i++) {
		a = (struct auth){ 0 };
		n = dice(&s) % 3;
		for (j = 0; j < 6; j++) {
			if (dice(&s) % 8 == 0)
				n = dice(&s) % 3;
			k = dice(&s) % 3;
			signs = dice(&s) % 2 != 0;
			if (!auth_request(&a, names[n])) {
				assert_false(a.proved);
				break;
			}
			expect = signs && k == n;
			(void)auth_key(&a, key_of[k], 4, signs, k == n);
			assert_int_equal(a.proved, expect);
			if (!a.proved)
				continue;
			assert_string_equal(a.login, names[n]);
			assert_memory_equal(a.key, key_of[n], 4);
			proofs++;
		}
	}
	assert_true(proofs > 1000);	/* the histories did reach the door */
}

/* ---- keys ---- */

static const char ed25519[] =
    "AAAAC3NzaC1lZDI1NTE5AAAAIB06z+1ndlWeyaJ6kX1pBLQUkBORAs7dZ4dUMVW10Ocx";

static void
base64_is_decoded(void **st)
{
	struct buf b;

	(void)st;
	buf_init(&b, AUTH_KEY_MAX);
	assert_int_equal(base64_parse("aG9sYQ==", &b), 0);
	assert_int_equal(b.len, 4);
	assert_memory_equal(b.p, "hola", 4);
	assert_int_equal(base64_parse(ed25519, &b), 0);
	assert_int_equal(b.len, 4 + 51);
	buf_clear(&b);
}

static void
what_is_not_base64_is_refused(void **st)
{
	static const char *const bad[] = { "", "=", "a*b=", "aG9s=Q", "a b" };
	struct buf b;
	char *big;
	size_t i;

	(void)st;
	buf_init(&b, AUTH_KEY_MAX);
	for (i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(base64_parse(bad[i], &b), -ERR_USAGE);
	big = xcalloc(AUTH_KEY_MAX * 2 + 1, 1);
	memset(big, 'A', AUTH_KEY_MAX * 2);
	assert_int_equal(base64_parse(big, &b), -ERR_USAGE);
	free(big);
	buf_clear(&b);
}

/* A blob of a type, an exponent and a number of so many bits, which is not
 * negative. */
static size_t
rsa_blob(uint8_t *p, size_t bits)
{
	size_t n = bits / 8 + 1, at = 22 + n - (bits + 7) / 8;

	memset(p, 0, 22 + n);
	p[3] = 7;
	memcpy(p + 4, "ssh-rsa", 7);
	p[14] = 3;
	memcpy(p + 15, "\1\0\1", 3);
	p[20] = (uint8_t)(n >> 8);
	p[21] = (uint8_t)n;
	p[at] = (uint8_t)(1u << ((bits - 1) % 8));
	return 22 + n;
}

static void
kinds_of_keys_are_told_apart(void **st)
{
	static const struct {
		const char *type;
		bool good;
	} rows[] = {
		{ "ssh-ed25519", true },
		{ "sk-ssh-ed25519@openssh.com", true },
		{ "ecdsa-sha2-nistp256", true },
		{ "ecdsa-sha2-nistp521", false },
		{ "ssh-dss", false },
		{ "ssh-ed25519-cert-v01@openssh.com", false },
		{ "ssh-ed2551", false },
		{ "", false },
	};
	uint8_t p[128];
	size_t i, n;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		n = strlen(rows[i].type);
		memset(p, 0, sizeof p);
		p[3] = (uint8_t)n;
		memcpy(p + 4, rows[i].type, n);
		assert_int_equal(sshkey_may_enter(p, n + 4 + 36), rows[i].good);
	}
}

static void
rsa_needs_3072_bits(void **st)
{
	uint8_t p[1024];

	(void)st;
	assert_true(sshkey_may_enter(p, rsa_blob(p, 3072)));
	assert_true(sshkey_may_enter(p, rsa_blob(p, 4096)));
	assert_false(sshkey_may_enter(p, rsa_blob(p, 3071)));
	assert_false(sshkey_may_enter(p, rsa_blob(p, 2048)));
}

static void
a_blob_cut_anywhere_is_refused(void **st)
{
	uint8_t p[1024], *cut;
	size_t i, n = rsa_blob(p, 3072);

	(void)st;
	for (i = 0; i < n; i++) {
		cut = xcalloc(i, 1);	/* exact, for the sanitizer */
		memcpy(cut, p, i);
		assert_false(sshkey_may_enter(cut, i));
		free(cut);
	}
	memset(p, 0xff, sizeof p);	/* lengths beyond everything */
	assert_false(sshkey_may_enter(p, sizeof p));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_offer_proves_nothing),
		cmocka_unit_test(a_signature_over_a_known_key_does),
		cmocka_unit_test(over_an_unknown_one_it_does_not),
		cmocka_unit_test(
		    offering_hers_and_signing_with_ones_own_is_of_no_use),
		cmocka_unit_test(
		    what_was_proved_is_forgotten_with_the_next_request),
		cmocka_unit_test(the_first_name_stays),
		cmocka_unit_test(
		    a_name_that_cannot_be_is_asked_for_as_any_other),
		cmocka_unit_test(six_failures_are_enough),
		cmocka_unit_test(offers_without_end_are_not_listened_to),
		cmocka_unit_test(ten_thousand_histories_prove_no_wrong_name),
		cmocka_unit_test(base64_is_decoded),
		cmocka_unit_test(what_is_not_base64_is_refused),
		cmocka_unit_test(kinds_of_keys_are_told_apart),
		cmocka_unit_test(rsa_needs_3072_bits),
		cmocka_unit_test(a_blob_cut_anywhere_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
