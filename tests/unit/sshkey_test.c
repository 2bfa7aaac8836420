/* SPDX-License-Identifier: ISC */
/* rooms: proto */
/*
 * sshkey_test.c - signatures by every kind of key that people have: those of
 * ssh-keygen are good, no altered one is, and a touch is told from none.
 */
#include "test.h"
#include "../../proto/hash.h"
#include "../../proto/sshsig.h"

static const char text[] = "Conferencia de prensa\n";
static const char space[] = "prueba@pauta";

/* Made with ssh-keygen -Y sign -n prueba@pauta; those of hardware by hand,
 * and found good by ssh-keygen -Y verify. */
static const char rsa_public[] =
    "AAAAB3NzaC1yc2EAAAADAQABAAABAQCvy5A0qZbChOfjRoT4NgfvIXjoHNKp"
    "Sg5eW20eRcZx+JuJ1z2kbpcmgdfLVJ4xM+SCb2TEqrOTC9k3NoaCNK8o9v71"
    "DxsiK25f8Vv/NK6kId/noAVpgRMeoRS+n1hUteZ0jZO32yRgSGIaEpRDCiP6"
    "JYamfAXqccOO9Qge/jcW/x4bgWSZo9C+ZHff6Sqqic4eHf+DDmD4HW4tGs1l"
    "JoJ+N0YL0CAFiDqQRhySuvBiWZwAC5/g1jPk70a2KcOayibvKZZ99EPXMK7l"
    "rWP+JzFGg7P2wfZscZaA65uAMaSQ8QnT4EvyisRqzsnAtILOKCHhojKzhXvZ"
    "0kkxZvxz3JA1";
static const char rsa_golden[] =
    "-----BEGIN SSH SIGNATURE-----\n"
    "U1NIU0lHAAAAAQAAARcAAAAHc3NoLXJzYQAAAAMBAAEAAAEBAK/LkDSplsKE5+NGhPg2B+\n"
    "8heOgc0qlKDl5bbR5FxnH4m4nXPaRulyaB18tUnjEz5IJvZMSqs5ML2Tc2hoI0ryj2/vUP\n"
    "GyIrbl/xW/80rqQh3+egBWmBEx6hFL6fWFS15nSNk7fbJGBIYhoSlEMKI/olhqZ8Bepxw4\n"
    "71CB7+Nxb/HhuBZJmj0L5kd9/pKqqJzh4d/4MOYPgdbi0azWUmgn43RgvQIAWIOpBGHJK6\n"
    "8GJZnAALn+DWM+TvRrYpw5rKJu8pln30Q9cwruWtY/4nMUaDs/bB9mxxloDrm4AxpJDxCd\n"
    "PgS/KKxGrOycC0gs4oIeGiMrOFe9nSSTFm/HPckDUAAAAMcHJ1ZWJhQHBhdXRhAAAAAAAA\n"
    "AAZzaGE1MTIAAAEUAAAADHJzYS1zaGEyLTUxMgAAAQARiy5czbZAJ644J2COqLGFq9EA5E\n"
    "DnDXNHpyExNU2I8kjQu2Gb5Q50O7xG3B0ikEZ4sNP32ZpcEQ4OKeYHI7MTTFWTI7BCNKyT\n"
    "WEqAy6GHBaezTRA2m1uVJeTAw+Oy/qxr2RIOFMde+HL7W0pctXG0xedO3cWbRqwZAm8ZVj\n"
    "1YBIR2N4DR3svB5L3eUYDvptvBN7+IcsNDD3II3j7Q4u6rESvgqx7umfsltDAEkpyrlGwd\n"
    "Ephw/0Ju88jdsJFYGuKZ4pNqgYx0/dhy3/wHAXQSQrFbbs6LlqWzVIWeJKS6ue+ePQKZnV\n"
    "EyxGezJ34AEEth+/Uxdt+aWURAtk8YrBU5\n"
    "-----END SSH SIGNATURE-----\n";

static const char ecdsa_public[] =
    "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBFHMoGgh"
    "eYEpCaqR9ETryWRIgvJiKYQ+OU5Rut1HfWXBmUu1zm2jiQLz2lFkeObohncq"
    "amZg80xAIYBiyKllfyE=";
static const char ecdsa_golden[] =
    "-----BEGIN SSH SIGNATURE-----\n"
    "U1NIU0lHAAAAAQAAAGgAAAATZWNkc2Etc2hhMi1uaXN0cDI1NgAAAAhuaXN0cDI1NgAAAE\n"
    "EEUcygaCF5gSkJqpH0ROvJZEiC8mIphD45TlG63Ud9ZcGZS7XObaOJAvPaUWR45uiGdypq\n"
    "ZmDzTEAhgGLIqWV/IQAAAAxwcnVlYmFAcGF1dGEAAAAAAAAABnNoYTUxMgAAAGUAAAATZW\n"
    "Nkc2Etc2hhMi1uaXN0cDI1NgAAAEoAAAAhAJIj1YHeOpcEclaz+K0/V2WlUo4BmLdPMLoN\n"
    "kxYoQ8dTAAAAIQDeMWNmle2KgBKiyhMU0EFV0uIpDIIWzd9X6BxB3GBSSw==\n"
    "-----END SSH SIGNATURE-----\n";

static const char ed25519_public[] =
    "AAAAC3NzaC1lZDI1NTE5AAAAIAM3j5wGNbbgKYL72NJzQ6StxHSBm1VNtH/+"
    "c1LY2Eh4";
static const char ed25519_golden[] =
    "-----BEGIN SSH SIGNATURE-----\n"
    "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgAzePnAY1tuApgvvY0nNDpK3EdI\n"
    "GbVU20f/5zUtjYSHgAAAAMcHJ1ZWJhQHBhdXRhAAAAAAAAAAZzaGE1MTIAAABTAAAAC3Nz\n"
    "aC1lZDI1NTE5AAAAQGOjEvXCUuZ/5j6yBrLAeY3RwXnIgyancLTDxnJewjKgdX+Ap59k04\n"
    "uGqVFp78UAyuHEmw261nrG7JfUrQe4CgQ=\n"
    "-----END SSH SIGNATURE-----\n";

static const char sk_public[] =
    "AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIAZCUy6C+WjO9neO"
    "oWQ4MKkU2sBV/8G6/Eo5dIg60mUOAAAABHNzaDo=";
static const char sk_touched[] =
    "-----BEGIN SSH SIGNATURE-----\n"
    "U1NIU0lHAAAAAQAAAEoAAAAac2stc3NoLWVkMjU1MTlAb3BlbnNzaC5jb20AAAAgBkJTLo\n"
    "L5aM72d46hZDgwqRTawFX/wbr8Sjl0iDrSZQ4AAAAEc3NoOgAAAAxwcnVlYmFAcGF1dGEA\n"
    "AAAAAAAABnNoYTUxMgAAAGcAAAAac2stc3NoLWVkMjU1MTlAb3BlbnNzaC5jb20AAABAwh\n"
    "dJ/5HWjH6mZqJZjKagyIs2cEFRN0ZhlDWJTJkYSNArDRjnWm4Qitjc78e/SVyC/vQVPnOQ\n"
    "vMPshtrNIyeOBQEAAAAH\n"
    "-----END SSH SIGNATURE-----\n";
static const char sk_untouched[] =
    "-----BEGIN SSH SIGNATURE-----\n"
    "U1NIU0lHAAAAAQAAAEoAAAAac2stc3NoLWVkMjU1MTlAb3BlbnNzaC5jb20AAAAgBkJTLo\n"
    "L5aM72d46hZDgwqRTawFX/wbr8Sjl0iDrSZQ4AAAAEc3NoOgAAAAxwcnVlYmFAcGF1dGEA\n"
    "AAAAAAAABnNoYTUxMgAAAGcAAAAac2stc3NoLWVkMjU1MTlAb3BlbnNzaC5jb20AAABAgf\n"
    "9aWATNyJy+8M86A+Oir0U+lC70BGXp0l4NfOfWeJLWfbB0NY7wX4wJVICVTymU+GXw1hkS\n"
    "vYWjMAk8328oAQAAAAAH\n"
    "-----END SSH SIGNATURE-----\n";

static const struct golden {
	const char *kind, *public, *armour;
	bool hardware, present;
} goldens[] = {
	{ "ssh-rsa", rsa_public, rsa_golden, false, false },
	{ "ecdsa-sha2-nistp256", ecdsa_public, ecdsa_golden, false, false },
	{ "ssh-ed25519", ed25519_public, ed25519_golden, false, false },
	{ "sk-ssh-ed25519@openssh.com", sk_public, sk_touched, true, true },
	{ "sk-ssh-ed25519@openssh.com", sk_public, sk_untouched, true, false },
};

static void
every_kind_of_key_is_checked(void **st)
{
	struct sshsig_maker who;
	struct why why;
	struct buf blob;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(goldens); i++) {
		const struct golden *g = &goldens[i];

		if (sshsig_open(g->armour, space, text, strlen(text), &who,
			&why) < 0)
			fail_msg("%s: %s", g->kind, why.text);
		buf_init(&blob, TEXT_MAX);
		assert_int_equal(base64_parse(g->public, &blob), 0);
		assert_int_equal(blob.len, who.len);
		assert_memory_equal(blob.p, who.blob, who.len);
		assert_string_equal(sshkey_kind(who.blob, who.len), g->kind);
		assert_int_equal(sshkey_rsa_bits(who.blob, who.len),
		    strcmp(g->kind, "ssh-rsa") == 0 ? 2048 : 0);
		buf_clear(&blob);
		assert_int_equal(who.touch.hardware, g->hardware);
		assert_int_equal(who.touch.present, g->present);
	}
}

/* With one byte changed, or (no mask) cut off there, is it still good? */
static bool
alteration_passes(const struct buf *envelope, size_t at, uint8_t mask)
{
	struct sshsig_maker who;
	struct why why;
	struct buf b;
	char *base64, *armour;
	bool ok;

	buf_init(&b, TEXT_MAX);
	(void)buf_add(&b, envelope->p, mask == 0 ? at : envelope->len);
	if (mask != 0)
		b.p[at] ^= mask;
	base64 = base64_text(b.p, b.len);
	armour = sshsig_tidy(base64);
	ok = armour != NULL && sshsig_open(armour, space, text, strlen(text),
	    &who, &why) == 0;
	free(armour);
	free(base64);
	buf_clear(&b);
	return ok;
}

static void
open_envelope(const char *armour, struct buf *out)
{
	char *base64 = xstrdup(armour + strlen(SSHSIG_BEGIN)), *p, *to;

	*strstr(base64, "-----END") = '\0';
	for (p = to = base64; *p != '\0'; p++)
		if (*p != '\n')
			*to++ = *p;
	*to = '\0';
	buf_init(out, TEXT_MAX);
	assert_int_equal(base64_parse(base64, out), 0);
	free(base64);
}

static void
no_byte_of_an_envelope_may_change(void **st)
{
	struct buf envelope;
	size_t i, k;
	int bit;

	(void)st;
	for (k = 0; k < ARRAY_LEN(goldens); k++) {
		open_envelope(goldens[k].armour, &envelope);
		for (i = 0; i < envelope.len; i++)
			for (bit = 0; bit < 8; bit += 7)
				if (alteration_passes(&envelope, i,
					(uint8_t)(1 << bit)))
					fail_msg("%s: byte %zu passes",
					    goldens[k].kind, i);
		for (i = 0; i < envelope.len; i++)
			assert_false(alteration_passes(&envelope, i, 0));
		buf_clear(&envelope);
	}
}

static void
another_text_or_purpose_is_refused(void **st)
{
	struct sshsig_maker who;
	struct why why;
	size_t k;

	(void)st;
	for (k = 0; k < ARRAY_LEN(goldens); k++) {
		assert_int_equal(sshsig_open(goldens[k].armour, space, text,
		    strlen(text) - 1, &who, &why), -ERR_REFUSED);
		assert_int_equal(sshsig_open(goldens[k].armour, "otra@pauta",
		    text, strlen(text), &who, &why), -ERR_REFUSED);
	}
}

/* One by which a person never signs is not one that the server knows. */
static void
a_checkpoint_is_signed_by_ed25519_only(void **st)
{
	uint8_t pub[SSHSIG_KEY];
	struct why why;

	(void)st;
	assert_int_equal(sshsig_verify(ed25519_golden, space, text,
	    strlen(text), pub, &why), 0);
	assert_int_equal(sshsig_verify(rsa_golden, space, text, strlen(text),
	    pub, &why), -ERR_REFUSED);
	assert_int_equal(sshsig_verify(sk_touched, space, text, strlen(text),
	    pub, &why), -ERR_REFUSED);
}

static void
an_armour_is_put_in_order(void **st)
{
	char *base64, *tidy, *windows, *p, *to;

	(void)st;
	base64 = xstrdup(ecdsa_golden + strlen(SSHSIG_BEGIN));
	*strstr(base64, "-----END") = '\0';
	tidy = sshsig_tidy(base64);
	assert_string_equal(tidy, ecdsa_golden);
	free(tidy);
	free(base64);
	windows = xcalloc(2, sizeof ecdsa_golden);
	for (p = (char *)(uintptr_t)ecdsa_golden, to = windows; *p != '\0';
	    p++) {
		if (*p == '\n')
			*to++ = '\r';
		*to++ = *p;
	}
	tidy = sshsig_tidy(windows);
	assert_string_equal(tidy, ecdsa_golden);
	free(tidy);
	free(windows);
	assert_null(sshsig_tidy(""));
	assert_null(sshsig_tidy("hola, hola"));
	assert_null(sshsig_tidy(SSHSIG_BEGIN));
}

static void
fingerprints_are_those_of_ssh_keygen(void **st)
{
	struct buf blob;
	char *print;

	(void)st;
	buf_init(&blob, TEXT_MAX);
	assert_int_equal(base64_parse(sk_public, &blob), 0);
	print = sshkey_fingerprint(blob.p, blob.len);
	assert_string_equal(print,
	    "SHA256:7RdTyA4m7G2o/O+i0gYXUbS9as0+GY9fa1yKi/UbvFc");
	free(print);
	buf_clear(&blob);
}

/* Made by ssh-keygen -t ed25519 -N ''. */
static const char openssh[] =
    "-----BEGIN OPENSSH PRIVATE KEY-----\n"
    "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\n"
    "QyNTUxOQAAACADN4+cBjW24CmC+9jSc0OkrcR0gZtVTbR//nNS2NhIeAAAAJCsQlehrEJX\n"
    "oQAAAAtzc2gtZWQyNTUxOQAAACADN4+cBjW24CmC+9jSc0OkrcR0gZtVTbR//nNS2NhIeA\n"
    "AAAEASjrUNWY9H0+GBVm3MFzPGZ5nGaL8bLeKenk1UZW9cdgM3j5wGNbbgKYL72NJzQ6St\n"
    "xHSBm1VNtH/+c1LY2Eh4AAAABmdvbGRlbgECAwQFBgc=\n"
    "-----END OPENSSH PRIVATE KEY-----\n";

static void
a_key_is_read_from_an_openssh_file(void **st)
{
	static const char *const bad[] = { "", "hola",
		"-----BEGIN OPENSSH PRIVATE KEY-----",
		"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n"
		"-----END OPENSSH PRIVATE KEY-----\n" };
	struct sshsig_key k;
	char *line, *want;
	size_t i;

	(void)st;
	assert_int_equal(sshsig_key_parse(openssh, &k), 0);
	line = sshsig_public(k.pub);
	want = xasprintf("ssh-ed25519 %s", ed25519_public);
	assert_string_equal(line, want);
	free(want);
	free(line);
	line = sshsig_sign(&k, space, text, strlen(text));
	assert_string_equal(line, ed25519_golden);
	free(line);
	for (i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(sshsig_key_parse(bad[i], &k), -ERR_USAGE);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_key_is_checked),
		cmocka_unit_test(no_byte_of_an_envelope_may_change),
		cmocka_unit_test(another_text_or_purpose_is_refused),
		cmocka_unit_test(a_checkpoint_is_signed_by_ed25519_only),
		cmocka_unit_test(an_armour_is_put_in_order),
		cmocka_unit_test(fingerprints_are_those_of_ssh_keygen),
		cmocka_unit_test(a_key_is_read_from_an_openssh_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
