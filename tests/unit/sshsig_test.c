/* SPDX-License-Identifier: ISC */
/* rooms: proto */
/*
 * sshsig_test.c - signatures and checkpoints: the bytes are those of OpenSSH,
 * and nothing altered passes.  That ssh-keygen agrees is shown by
 * tests/e2e/export.t.
 */
#include "test.h"
#include "../../proto/checkpoint.h"

static const char text[] = "Conferencia de prensa\n";
static const char space[] = "prueba@pauta";

/* Made with ssh-keygen -Y sign -n prueba@pauta from the key below. */
static const char golden_public[] =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFyP"
    "sduU9KhgnG+ic8Pk58Do/unvm3wbMvYoXvVjMCKf";
static const char golden_secret[] =
    "e79e33ddfd33c365a56c4cf4a9d6bbd762f4e6b3c7af9ed1827a374fa6b19cfe";
static const char golden[] =
    "-----BEGIN SSH SIGNATURE-----\n"
    "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgXI+x25T0qGCcb6Jzw+TnwOj+6e\n"
    "+bfBsy9ihe9WMwIp8AAAAMcHJ1ZWJhQHBhdXRhAAAAAAAAAAZzaGE1MTIAAABTAAAAC3Nz\n"
    "aC1lZDI1NTE5AAAAQOVTQqAagB/UiQ9ECjOenLN1yhvC5HcreaMQkViLdr2r5CjK7ga8JW\n"
    "TWvshmwgHruPLWk5nG6ot1CuA3BpSEOwo=\n"
    "-----END SSH SIGNATURE-----\n";

static struct sshsig_key
golden_key(void)
{
	struct sshsig_key k;

	assert_int_equal(hex_parse(golden_secret, k.seed, SSHSIG_KEY), 0);
	assert_int_equal(sshsig_public_parse(golden_public, k.pub), 0);
	return k;
}

static void
our_signature_is_that_of_ssh_keygen(void **st)
{
	struct sshsig_key k = golden_key();
	char *armour = sshsig_sign(&k, space, text, strlen(text));

	(void)st;
	assert_string_equal(armour, golden);
	free(armour);
}

static void
the_signature_of_ssh_keygen_is_good_here(void **st)
{
	struct sshsig_key k = golden_key();
	uint8_t pub[SSHSIG_KEY];
	struct why why;

	(void)st;
	assert_int_equal(sshsig_verify(golden, space, text, strlen(text), pub,
	    &why), 0);
	assert_memory_equal(pub, k.pub, SSHSIG_KEY);
}

static void
a_public_key_is_written_as_it_was_read(void **st)
{
	struct sshsig_key k = golden_key();
	char *line = sshsig_public(k.pub);

	(void)st;
	assert_string_equal(line, golden_public);
	free(line);
}

static void
bad_public_keys_are_refused(void **st)
{
	static const char *const bad[] = { "", "ssh-ed25519", "ssh-ed25519 ",
		"ssh-ed25519 AAAA", "ssh-rsa AAAAB3NzaC1yc2E=",
		"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==" };
	uint8_t pub[SSHSIG_KEY];
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(sshsig_public_parse(bad[i], pub), -ERR_USAGE);
}

static void
another_text_or_purpose_is_refused(void **st)
{
	uint8_t pub[SSHSIG_KEY];
	struct why why;

	(void)st;
	assert_int_equal(sshsig_verify(golden, space, text, strlen(text) - 1,
	    pub, &why), -ERR_REFUSED);
	assert_int_equal(sshsig_verify(golden, "otra@pauta", text,
	    strlen(text), pub, &why), -ERR_REFUSED);
	assert_int_equal(sshsig_verify("", space, text, strlen(text), pub,
	    &why), -ERR_REFUSED);
}

static void
no_byte_of_a_signature_may_change(void **st)
{
	char *armour = xstrdup(golden);
	uint8_t pub[SSHSIG_KEY];
	struct sshsig_key k = golden_key();
	struct why why;
	size_t i;
	int bit;

	(void)st;
	for (i = 0; i < strlen(golden); i++)
		for (bit = 0; bit < 8; bit++) {
			armour[i] = (char)(golden[i] ^ 1 << bit);
			if (armour[i] != '\0' &&
			    sshsig_verify(armour, space, text, strlen(text),
				pub, &why) == 0 &&
			    memcmp(pub, k.pub, SSHSIG_KEY) == 0)
				fail_msg("byte %zu bit %d passes", i, bit);
			armour[i] = golden[i];
		}
	for (i = 0; i < strlen(golden); i++) {
		armour[i] = '\0';
		assert_int_equal(sshsig_verify(armour, space, text,
		    strlen(text), pub, &why), -ERR_REFUSED);
		armour[i] = golden[i];
	}
	free(armour);
}

static void
a_secret_key_comes_back_from_its_file(void **st)
{
	struct sshsig_key k, again;
	FILE *f = tmpfile();

	(void)st;
	assert_non_null(f);
	sshsig_key_make(&k);
	assert_int_equal(sshsig_key_write(&k, f), 0);
	rewind(f);
	assert_int_equal(sshsig_key_read(f, &again), 0);
	assert_memory_equal(&k, &again, sizeof k);
	rewind(f);
	assert_true(fputs("hola, hola, hola", f) >= 0);
	rewind(f);
	assert_int_equal(sshsig_key_read(f, &again), -ERR_SYSTEM);
	(void)fclose(f);
}

/* ---- checkpoints ---- */

static struct checkpoint
a_checkpoint(void)
{
	struct checkpoint k = { .n = 1200, .previous = 1100,
		.installation = "000102030405060708090a0b0c0d0e0f",
		.at = { 1795447800 } };

	memset(k.chain, 0xab, HASH_SIZE);
	return k;
}

static void
a_checkpoint_reads_as_it_was_written(void **st)
{
	struct checkpoint k = a_checkpoint(), again;
	char *said = checkpoint_text(&k);
	struct why why;

	(void)st;
	assert_string_equal(said, "checkpoint: 1\n"
	    "installation: 000102030405060708090a0b0c0d0e0f\n"
	    "n: 1200\nprevious: 1100\nchain: abababababababababababababababab"
	    "abababababababababababababababab\nat: 2026-11-23T15:30:00Z\n");
	assert_int_equal(checkpoint_parse(said, &again, &why), 0);
	assert_int_equal(again.n, 1200);
	assert_int_equal(again.previous, 1100);
	assert_int_equal(again.at.s, k.at.s);
	assert_memory_equal(again.chain, k.chain, HASH_SIZE);
	free(said);
}

static void
a_checkpoint_has_one_form(void **st)
{
	struct checkpoint k = a_checkpoint(), again;
	char *said = checkpoint_text(&k), *cut;
	struct why why;
	size_t i;

	(void)st;
	for (i = 0; i < strlen(said); i++) {
		cut = xasprintf("%.*s", (int)i, said);
		assert_int_equal(checkpoint_parse(cut, &again, &why),
		    -ERR_REFUSED);
		free(cut);
		cut = xasprintf("%.*s %s", (int)i, said, said + i);
		if (checkpoint_parse(cut, &again, &why) == 0)
			fail_msg("passes: %s", cut);
		free(cut);
	}
	cut = xasprintf("%s\n", said);
	assert_int_equal(checkpoint_parse(cut, &again, &why), -ERR_REFUSED);
	free(cut);
	free(said);
}

static void
a_witness_is_a_text_with_its_signature(void **st)
{
	struct checkpoint k = a_checkpoint(), again;
	char *said = checkpoint_text(&k), *armour, *witness, *at;
	uint8_t pub[SSHSIG_KEY];
	struct sshsig_key key;
	struct why why;

	(void)st;
	sshsig_key_make(&key);
	armour = sshsig_sign(&key, CHECKPOINT_SPACE, said, strlen(said));
	witness = xasprintf("%s%s", said, armour);
	assert_int_equal(checkpoint_open(witness, &again, pub, &why), 0);
	assert_memory_equal(pub, key.pub, SSHSIG_KEY);
	assert_int_equal(again.n, k.n);
	assert_non_null(at = strstr(witness, "1200"));
	at[0] = '3';
	assert_int_equal(checkpoint_open(witness, &again, pub, &why),
	    -ERR_REFUSED);
	assert_int_equal(checkpoint_open(said, &again, pub, &why),
	    -ERR_REFUSED);
	free(witness);
	free(armour);
	free(said);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_signature_is_that_of_ssh_keygen),
		cmocka_unit_test(the_signature_of_ssh_keygen_is_good_here),
		cmocka_unit_test(a_public_key_is_written_as_it_was_read),
		cmocka_unit_test(bad_public_keys_are_refused),
		cmocka_unit_test(another_text_or_purpose_is_refused),
		cmocka_unit_test(no_byte_of_a_signature_may_change),
		cmocka_unit_test(a_secret_key_comes_back_from_its_file),
		cmocka_unit_test(a_checkpoint_reads_as_it_was_written),
		cmocka_unit_test(a_checkpoint_has_one_form),
		cmocka_unit_test(a_witness_is_a_text_with_its_signature),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
