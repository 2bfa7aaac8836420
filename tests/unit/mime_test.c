/* SPDX-License-Identifier: ISC */
/* rooms: courier proto */
/*
 * mime_test.c - a mail as bytes: exact where it is short, and by its laws
 * (line ends, line lengths, headers) for whatever a person may type.
 */
#include "test.h"

#include "../../proto/hash.h"
#include "../../proto/mailbox.h"
#include "../../server/courier/mime.h"

static struct mime_mail
mail_plain(void)
{
	return (struct mime_mail){
		.id = "pauta.central.12@oficina.mx",
		.from = "sintesis@oficina.mx",
		.to = "dg@oficina.mx",
		.subject = "Hola",
		.text = "Uno.\nDos\n",
		.date = { 1795447800 },
	};
}

static char *
mail_bytes(const struct mime_mail *m)
{
	struct why why = { 0 };
	struct buf b;
	char *text;

	buf_init(&b, MIME_MAX);
	if (mime_write(m, &b, &why) < 0)
		fail_msg("%s", why.text);
	text = xstrdup(buf_str(&b));
	buf_clear(&b);
	return text;
}

static void
refused(const struct mime_mail *m, const char *because)
{
	struct why why = { 0 };
	struct buf b;

	buf_init(&b, MIME_MAX);
	assert_int_equal(mime_write(m, &b, &why), -ERR_REFUSED);
	assert_non_null(strstr(why.text, because));
	assert_int_equal(b.len, 0);
	buf_clear(&b);
}

static void
a_short_mail_is_these_bytes(void **st)
{
	struct mime_mail m = mail_plain();
	char *text = mail_bytes(&m);

	(void)st;
	assert_string_equal(text,
	    "Date: Mon, 23 Nov 2026 15:30:00 +0000\r\n"
	    "From: <sintesis@oficina.mx>\r\n"
	    "To: <dg@oficina.mx>\r\n"
	    "Subject: Hola\r\n"
	    "Message-ID: <pauta.central.12@oficina.mx>\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Language: es-MX\r\n"
	    "Content-Type: multipart/mixed;\r\n"
	    " boundary=\"=_pauta_88582d3ffe26c14ccb44\"\r\n"
	    "\r\n"
	    "--=_pauta_88582d3ffe26c14ccb44\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n"
	    "Uno.\r\nDos\r\n\r\n"
	    "--=_pauta_88582d3ffe26c14ccb44--\r\n");
	free(text);
}

static void
a_subject_with_accents_is_encoded_words_that_fit(void **st)
{
	struct mime_mail m = mail_plain();
	char *text;

	(void)st;
	m.subject = "Síntesis Informativa 23-11-2026";
	text = mail_bytes(&m);
	assert_non_null(strstr(text,
	    "Subject: =?UTF-8?B?"
	    "U8OtbnRlc2lzIEluZm9ybWF0aXZhIDIzLTExLTIwMjY=?=\r\n"));
	free(text);
}

static void
a_line_break_in_a_header_is_refused(void **st)
{
	static const char *const bad[] = { "Hola\r\nBcc: otro@ajeno.mx",
		"Hola\nX: y", "Hola\r", "a\x01", "a\x7f" };
	struct mime_part part = { "a.pdf", "application/pdf", "x", 1 };
	struct mime_mail m;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		m = mail_plain();
		m.subject = bad[i];
		refused(&m, "Asunto");
		m = mail_plain();
		m.to_name = bad[i];
		refused(&m, "Destinatario");
		m = mail_plain();
		m.from_name = bad[i];
		refused(&m, "Remitente");
		m = mail_plain();
		part.name = bad[i];
		m.parts = &part;
		m.parts_count = 1;
		refused(&m, "Archivo");
	}
}

static void
what_is_no_address_is_refused(void **st)
{
	static const char *const good[] = { "a@b", "ana.ruiz+x@dif.gob.mx",
		"o'higgins@a-b.mx" };
	static const char *const bad[] = { "", "@", "a@", "@b", "a b@c",
		"a@b c", "a@b>", "<a@b>", "a@b@c", "a@b\r\nRCPT TO:<x@y>",
		"a..b@c", ".a@b", "a.@b", "a@b.", "a@.b", "a@b..c",
		"ñandú@b.mx", "a@ñ.mx", "\"a b\"@c", "a,b@c", "a@[127.0.0.1]" };
	struct mime_mail m;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(good); i++)
		assert_true(mailbox_is_address(good[i]));
	for (i = 0; i < ARRAY_LEN(bad); i++) {
		assert_false(mailbox_is_address(bad[i]));
		m = mail_plain();
		m.to = bad[i];
		refused(&m, "no es una dirección");
	}
}

static void
an_attachment_keeps_its_name_and_bytes(void **st)
{
	static const char bytes[] = "%PDF-1.7\n\xff\x00\x01";
	struct mime_part part = { "síntesis \"del\" año.pdf",
		"application/pdf", bytes, sizeof bytes - 1 };
	struct mime_mail m = mail_plain();
	char *text;

	(void)st;
	m.parts = &part;
	m.parts_count = 1;
	text = mail_bytes(&m);
	assert_non_null(strstr(text,
	    "Content-Type: application/pdf\r\n"
	    "Content-Transfer-Encoding: base64\r\n"
	    "Content-Disposition: attachment;\r\n"
	    " filename*0*=UTF-8''s%C3%ADntesis%20%22del%22%20a%C3%B1o.pdf\r\n"
	    "\r\n"
	    "JVBERi0xLjcK/wAB\r\n--"));
	free(text);
}

static void
a_mail_of_too_many_bytes_is_refused(void **st)
{
	struct mime_mail m = mail_plain();
	struct why why = { 0 };
	struct buf b;

	(void)st;
	buf_init(&b, 1 << 20);
	m.text = memset(xcalloc(1, (1 << 20) + 1), 'a', 1 << 20);
	assert_int_equal(mime_write(&m, &b, &why), -ERR_REFUSED);
	assert_non_null(strstr(why.text, "más de 1 MB"));
	free((char *)m.text);
	buf_clear(&b);
}

/* Bytes a person may type, and some that only a machine would. */
static size_t
random_text(char *out, size_t max)
{
	static const char *const bits[] = { "a", "B", " ", "  ", ".", "=",
		"\n", "\n.", "\n..", "\t", "ñ", "é", "—", "🏥", "=?UTF-8?B?",
		"\"", "<x@y.mx>", "From ", "palabra", "%", "\xc2\xa0" };
	uint8_t pick[64];
	size_t i, n = 0, len;

	hash_random(pick, sizeof pick);
	for (i = 0; i < 2 + pick[0] % 60u; i++) {
		len = strlen(bits[pick[i] % ARRAY_LEN(bits)]);
		if (n + len + 1 >= max)
			break;
		memcpy(out + n, bits[pick[i] % ARRAY_LEN(bits)], len);
		n += len;
	}
	out[n] = '\0';
	return n;
}

/* CR LF together or not at all; nothing but ASCII; no line over 78. */
static void
obeys_the_wire(const char *text)
{
	const char *line = text, *p;

	for (p = text; *p != '\0'; p++) {
		assert_true((unsigned char)*p < 127);
		if (*p == '\r')
			assert_int_equal(p[1], '\n');
		if (*p != '\n')
			continue;
		assert_true(p > text && p[-1] == '\r');
		assert_true(p - 1 - line <= 78);
		assert_false(*line == '.');
		line = p + 1;
	}
	assert_ptr_equal(line, p);
}

/* Headers before the first empty line, by name; folded lines are not one. */
static void
has_these_headers(const char *text)
{
	static const char *const names[] = { "Date: ", "From: ", "To: ",
		"Subject: ", "Message-ID: ", "Auto-Submitted: ",
		"MIME-Version: ", "Content-Language: ", "Content-Type: " };
	size_t i = 0;

	for (; strncmp(text, "\r\n", 2) != 0; text = strstr(text, "\r\n") + 2) {
		if (*text == ' ')
			continue;
		assert_true(i < ARRAY_LEN(names));
		assert_int_equal(strncmp(text, names[i], strlen(names[i])), 0);
		i++;
	}
	assert_int_equal(i, ARRAY_LEN(names));
}

static void
whatever_is_typed_obeys_the_laws_of_the_wire(void **st)
{
	char subject[200], name[200], body[400], file[200], *text, *p;
	struct mime_part part = { file, "application/pdf", "abc", 3 };
	struct mime_mail m = mail_plain();
	int i;

	(void)st;
	m.subject = subject;
	m.to_name = name;
	m.text = body;
	m.parts = &part;
	m.parts_count = 1;
	for (i = 0; i < 3000; i++) {
		(void)random_text(subject, sizeof subject);
		(void)random_text(name, sizeof name);
		(void)random_text(file, sizeof file);
		(void)random_text(body, sizeof body);
		for (p = subject; (p = strpbrk(p, "\n\t")) != NULL;)
			*p = ' ';
		for (p = name; (p = strpbrk(p, "\n\t")) != NULL;)
			*p = ' ';
		for (p = file; (p = strpbrk(p, "\n\t")) != NULL;)
			*p = ' ';
		text = mail_bytes(&m);
		obeys_the_wire(text);
		has_these_headers(text);
		free(text);
	}
}

static void
an_id_is_of_one_job_of_one_office(void **st)
{
	char *id = mime_make_id("12", "central", "sintesis@oficina.mx");

	(void)st;
	assert_string_equal(id, "pauta.central.12@oficina.mx");
	free(id);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_short_mail_is_these_bytes),
		cmocka_unit_test(
		    a_subject_with_accents_is_encoded_words_that_fit),
		cmocka_unit_test(a_line_break_in_a_header_is_refused),
		cmocka_unit_test(what_is_no_address_is_refused),
		cmocka_unit_test(an_attachment_keeps_its_name_and_bytes),
		cmocka_unit_test(a_mail_of_too_many_bytes_is_refused),
		cmocka_unit_test(whatever_is_typed_obeys_the_laws_of_the_wire),
		cmocka_unit_test(an_id_is_of_one_job_of_one_office),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
