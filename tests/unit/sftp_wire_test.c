/* SPDX-License-Identifier: ISC */
/* rooms: proto */
/*
 * sftp_wire_test.c - packets of file programs: those that are cut, those whose
 * lengths lie, and paths that would lead out.
 */
#include "test.h"

#include "../../proto/base.h"
#include "../../proto/sftp_wire.h"

static struct piece
packet(const void *p, size_t n)
{
	return (struct piece){ p, n };
}

static void
what_is_put_is_read(void **st)
{
	static const uint8_t bytes[] = { 0, 1, 255 };
	struct piece in;
	struct buf b;
	struct piece s;

	(void)st;
	buf_init(&b, 1024);
	sftp_begin(&b, SFTP_DATA, 7);
	sftp_put_u64(&b, UINT64_MAX - 1);
	wire_put(&b, bytes, sizeof bytes);
	wire_put_text(&b, "");
	sftp_end(&b);
	in = packet(b.p, b.len);
	assert_int_equal(piece_number(&in), b.len - 4);
	assert_int_equal(sftp_byte(&in), SFTP_DATA);
	assert_int_equal(piece_number(&in), 7);
	assert_true(sftp_u64(&in) == UINT64_MAX - 1);
	s = piece_string(&in);
	assert_int_equal(s.n, sizeof bytes);
	assert_memory_equal(s.p, bytes, s.n);
	s = piece_string(&in);
	assert_non_null(s.p);
	assert_int_equal(s.n, 0);
	assert_true(piece_is_whole(&in));
	buf_clear(&b);
}

/* Cut anywhere: bad, and nothing beyond its end is looked at (ASan says). */
static void
a_cut_packet_is_bad(void **st)
{
	static const uint8_t whole[] = { 0, 0, 0, 4, 'a', 'b', 'c', 'd', 0, 0,
		0, 9, 1, 2, 3, 4, 5, 6, 7, 8 };
	struct piece in;
	uint8_t *copy;
	size_t cut;

	(void)st;
	for (cut = 0; cut <= sizeof whole; cut++) {
		copy = xcalloc(cut + 1, 1);
		memcpy(copy, whole, cut);
		copy = xrealloc(copy, cut > 0 ? cut : 1, 1);
		in = packet(copy, cut);
		(void)piece_string(&in);
		(void)piece_number(&in);
		(void)sftp_u64(&in);
		assert_int_equal(in.p == NULL, cut < sizeof whole);
		assert_int_equal(sftp_byte(&in), 0);
		assert_null(in.p);
		free(copy);
	}
}

static void
a_length_that_lies_is_bad(void **st)
{
	static const uint32_t lengths[] = { 5, 0x7fffffff, 0x80000000,
		0xfffffffb, 0xffffffff };
	uint8_t p[8] = { 0 };
	struct piece in;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(lengths); i++) {
		p[0] = (uint8_t)(lengths[i] >> 24);
		p[1] = (uint8_t)(lengths[i] >> 16);
		p[2] = (uint8_t)(lengths[i] >> 8);
		p[3] = (uint8_t)lengths[i];
		in = packet(p, sizeof p);
		assert_null(piece_string(&in).p);
		assert_null(in.p);
		in = packet(p, sizeof p);
		assert_null(sftp_path(&in));
	}
}

static const struct {
	const char *said, *meant;
} paths[] = {
	{ "", "/" }, { ".", "/" }, { "/", "/" }, { "//", "/" },
	{ "..", "/" }, { "/../../etc/passwd", "/etc/passwd" },
	{ "a", "/a" }, { "/a/", "/a" }, { "/a//b/./c", "/a/b/c" },
	{ "/a/b/../c", "/a/c" }, { "/a/../../../b", "/b" },
	{ "/...", "/..." }, { "/a/..b", "/a/..b" }, { "/a/.b/..", "/a" },
	{ "/a/b/..", "/a" }, { "/a\xff\n", "/a\xff\n" },
};

static char *
path_of(const char *text, size_t n)
{
	struct piece in;
	struct buf b;
	char *path;

	buf_init(&b, 1 << 20);
	wire_put(&b, text, n);
	in = packet(b.p, b.len);
	path = sftp_path(&in);
	buf_clear(&b);
	return path;
}

static void
a_path_never_leads_out(void **st)
{
	char *path;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(paths); i++) {
		path = path_of(paths[i].said, strlen(paths[i].said));
		assert_non_null(path);
		assert_string_equal(path, paths[i].meant);
		free(path);
	}
	assert_null(path_of("/a\0b", 4));
}

static void
a_path_has_a_limit(void **st)
{
	char *text = xcalloc(SFTP_PATH_MAX + 2, 1), *path;

	(void)st;
	memset(text, 'a', SFTP_PATH_MAX + 1);
	path = path_of(text, SFTP_PATH_MAX);
	assert_int_equal(strlen(path), SFTP_PATH_MAX + 1);
	free(path);
	assert_null(path_of(text, SFTP_PATH_MAX + 1));
	free(text);
}

/* Whatever bytes: read to the end in any order, nothing but bad comes of it. */
static void
noise_is_survived(void **st)
{
	uint32_t dice = 12345;
	struct piece in;
	uint8_t *noise;
	size_t i, k, len;

	(void)st;
	for (i = 0; i < 20000; i++) {
		len = dice % 64;
		noise = xcalloc(len + 1, 1);
		for (k = 0; k < len; k++) {
			dice = dice * 1664525 + 1013904223;
			noise[k] = dice >> 28 == 0 ? (uint8_t)(dice >> 20) :
			    (uint8_t)(dice >> 30);
		}
		in = packet(noise, len);
		for (k = 0; in.p != NULL && in.n > 0; k++) {
			dice = dice * 1664525 + 1013904223;
			switch (dice >> 30) {
			case 0:
				(void)piece_string(&in);
				break;
			case 1:
				free(sftp_path(&in));
				break;
			case 2:
				(void)sftp_u64(&in);
				break;
			default:
				(void)sftp_byte(&in);
			}
		}
		assert_true(in.n <= len);
		free(noise);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_put_is_read),
		cmocka_unit_test(a_cut_packet_is_bad),
		cmocka_unit_test(a_length_that_lies_is_bad),
		cmocka_unit_test(a_path_never_leads_out),
		cmocka_unit_test(a_path_has_a_limit),
		cmocka_unit_test(noise_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
