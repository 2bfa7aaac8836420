/* SPDX-License-Identifier: ISC */
/* rooms: ssh confine proto */
/*
 * session_allow_test.c - the words and sizes that a stranger may set, the
 * services that a request means, and the queues between.
 */
#include "test.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../server/ssh/allow.h"
#include "../../server/ssh/queue.h"
#include "../../server/ssh/service.h"

static void
logins_are_plain_words(void **st)
{
	static const char *const good[] = { "ana", "a.b_c-d", "Ana2",
		"ana@oficina" };
	static const char *const bad[] = { "", "-a", "a b", "a;b", "a\n",
		"ñandú", "a/b", "$(x)", "a'b" };
	char longest[LOGIN_MAX + 2];
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(good); i++)
		assert_true(allow_login(good[i]));
	for (i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(allow_login(bad[i]));
	memset(longest, 'a', sizeof longest);
	longest[LOGIN_MAX + 1] = '\0';
	assert_false(allow_login(longest));
	longest[LOGIN_MAX] = '\0';
	assert_true(allow_login(longest));
}

static void
languages_look_like_locales(void **st)
{
	static const char *const good[] = { "C", "es", "es_MX", "es_MX.UTF-8",
		"C.UTF-8", "nah_MX.UTF-8", "es_MX.utf8", "es_MX.ISO-8859-1" };
	static const char *const bad[] = { "", "_MX", "es_mx", "es_M",
		"es_MXX", "es.utf9", "es_MX.UTF-8x", "../x", "abcd", "es\n",
		"es_MX.ISO-8859-9" };
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(good); i++)
		assert_true(allow_lang(good[i]));
	for (i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(allow_lang(bad[i]));
	assert_string_equal(allow_lang_code("en_US.UTF-8"), "en");
	assert_string_equal(allow_lang_code("en"), "en");
	assert_string_equal(allow_lang_code("enx"), "es");
	assert_string_equal(allow_lang_code("fr_FR"), "es");
	assert_string_equal(allow_lang_code(""), "es");
}

static bool
knows_few(const char *term)
{
	return strcmp(term, "xterm") == 0 || strcmp(term, "linux") == 0;
}

static void
terminals_become_one_that_is_known(void **st)
{
	static const struct {
		const char *asked, *used;
	} rows[] = {
		{ "xterm", "xterm" },
		{ "linux", "linux" },
		{ "dumb", "dumb" },
		{ "xterm-ghostty", "xterm-256color" },
		{ "xterm-kitty", "xterm-256color" },
		{ "foot-direct", "xterm-256color" },
		{ "wezterm", "xterm-256color" },
		{ "wy50", "vt100" },
		{ "", "vt100" },
		{ "../../x", "vt100" },
		{ "xterm;reboot", "vt100" },
		{ "9term", "vt100" },
		{ "xterm-"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		    "vt100" },
	};
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++)
		assert_string_equal(allow_term(rows[i].asked, knows_few),
		    rows[i].used);
}

static void
sizes_are_clamped(void **st)
{
	static const struct {
		int64_t rows, cols;
		int r, c;
	} sizes[] = {
		{ 0, 0, 24, 80 },
		{ 0, 200, 24, 80 },
		{ 24, 80, 24, 80 },
		{ 1, 1, ROWS_MIN, COLS_MIN },
		{ 5000, 5000, ROWS_MAX, COLS_MAX },
		{ UINT32_MAX, UINT32_MAX, ROWS_MAX, COLS_MAX },
		{ 200, 500, 200, 500 },
	};
	int r, c;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(sizes); i++) {
		allow_size(sizes[i].rows, sizes[i].cols, &r, &c);
		assert_int_equal(r, sizes[i].r);
		assert_int_equal(c, sizes[i].c);
	}
}

static void
requests_mean_one_of_three_services(void **st)
{
	(void)st;
	assert_ptr_equal(service_of_exec("lineal"), &service_screen);
	assert_ptr_equal(service_of_exec("  lineal "), &service_screen);
	assert_ptr_equal(service_of_exec("lineal x"), &service_command);
	assert_ptr_equal(service_of_exec("linealx"), &service_command);
	assert_ptr_equal(service_of_exec("bandeja"), &service_command);
	assert_ptr_equal(service_of_exec(""), &service_command);
	assert_ptr_equal(service_of_subsystem("pauta"), &service_relay);
	assert_ptr_equal(service_of_subsystem("sftp"), &service_sftp);
	assert_null(service_of_subsystem("sft"));
	assert_null(service_of_subsystem(""));
}

static void
every_service_has_what_it_must(void **st)
{
	static const struct service *const all[] = { &service_screen,
		&service_command, &service_relay };
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(all); i++) {
		assert_non_null(all[i]->name);
		assert_non_null(all[i]->start);
		assert_non_null(all[i]->wait);
		assert_non_null(all[i]->turn);
		assert_non_null(all[i]->hangup);
		assert_non_null(all[i]->free);
	}
}

static void
a_queue_takes_what_fits_and_no_more(void **st)
{
	static uint8_t bytes[QUEUE_SIZE + 10];
	struct queue q;

	(void)st;
	queue_init(&q, QUEUE_SIZE);
	assert_int_equal(queue_room(&q), QUEUE_SIZE);
	assert_int_equal(queue_add(&q, bytes, sizeof bytes), QUEUE_SIZE);
	assert_int_equal(queue_add(&q, bytes, 1), 0);
	queue_drop(&q, 5);
	assert_int_equal(queue_add(&q, bytes, 10), 5);
	queue_clear(&q);
	queue_clear(&q);
}

/* Bytes come out as they went in, however the ring is cut. */
static void
a_queue_keeps_the_order_round_the_ring(void **st)
{
	uint8_t in[997], out[997];
	struct queue q;
	uint32_t put = 0, got = 0, i;
	size_t n;
	int turn;

	(void)st;
	queue_init(&q, QUEUE_SIZE);
	for (turn = 0; turn < 2000; turn++) {
		for (i = 0; i < sizeof in; i++)
			in[i] = (uint8_t)((put + i) * 31 >> 3);
		put += (uint32_t)queue_add(&q, in, sizeof in);
		if (turn % 3 == 0 && q.len < QUEUE_SIZE / 2)
			continue;
		n = q.len < sizeof out ? q.len : sizeof out;
		queue_copy(&q, out, n);
		queue_drop(&q, n);
		for (i = 0; i < n; i++)
			assert_int_equal(out[i],
			    (uint8_t)((got + i) * 31 >> 3));
		got += (uint32_t)n;
	}
	assert_true(got > 3 * QUEUE_SIZE);
	queue_clear(&q);
}

static void
a_queue_moves_to_and_from_sockets(void **st)
{
	struct queue a, b;
	uint8_t bytes[4096];
	int fd[2], i;

	(void)st;
	queue_init(&a, QUEUE_SIZE);
	queue_init(&b, QUEUE_SIZE);
	memset(bytes, 'x', sizeof bytes);
	assert_int_equal(
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fd), 0);
	for (i = 0; i < QUEUE_SIZE / (int)sizeof bytes; i++)
		assert_int_equal(queue_add(&a, bytes, sizeof bytes),
		    sizeof bytes);
	assert_int_equal(queue_read(&b, fd[1]), 0);	/* nothing yet */
	while (a.len > 0 || b.len < QUEUE_SIZE) {
		assert_true(queue_write(&a, fd[0]) >= 0);
		assert_true(queue_read(&b, fd[1]) >= 0);
	}
	assert_int_equal(queue_add(&a, bytes, 1), 1);
	assert_int_equal(queue_write(&a, fd[0]), 1);
	assert_int_equal(queue_read(&b, fd[1]), 0);	/* full: left there */
	queue_drop(&b, b.len);
	assert_int_equal(queue_read(&b, fd[1]), 1);
	close(fd[0]);
	assert_int_equal(queue_read(&b, fd[1]), -1);	/* the end */
	close(fd[1]);
	queue_clear(&a);
	queue_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(logins_are_plain_words),
		cmocka_unit_test(languages_look_like_locales),
		cmocka_unit_test(terminals_become_one_that_is_known),
		cmocka_unit_test(sizes_are_clamped),
		cmocka_unit_test(requests_mean_one_of_three_services),
		cmocka_unit_test(every_service_has_what_it_must),
		cmocka_unit_test(a_queue_takes_what_fits_and_no_more),
		cmocka_unit_test(a_queue_keeps_the_order_round_the_ring),
		cmocka_unit_test(a_queue_moves_to_and_from_sockets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
