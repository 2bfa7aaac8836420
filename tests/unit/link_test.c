/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* link_test.c - addresses as people write them. */
#include "test.h"

#include "../../client/link.h"

static void
addresses_are_read(void **st)
{
	static const struct {
		const char *s, *user, *host;
		int port;
	} rows[] = {
		{ "pauta.example.org", NULL, "pauta.example.org", 0 },
		{ "ana@pauta.example.org", "ana", "pauta.example.org", 0 },
		{ "ssh://ana@10.0.0.7:2200/", "ana", "10.0.0.7", 2200 },
		{ "a@b@host:1", "a@b", "host", 1 },
		{ "ana@[::1]:2222", "ana", "::1", 2222 },
		{ "[fe80::1]", NULL, "fe80::1", 0 },
		{ "ssh://host/", NULL, "host", 0 }
	};
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		struct link_options o = { .port = 0 };

		assert_true(link_parse(&o, rows[i].s));
		assert_string_equal(o.host, rows[i].host);
		if (rows[i].user == NULL)
			assert_null(o.user);
		else
			assert_string_equal(o.user, rows[i].user);
		assert_int_equal(o.port, rows[i].port);
		link_options_clear(&o);
	}
}

static void
what_is_no_address_is_refused(void **st)
{
	static const char *const rows[] = { "", "ana@", "host:0", "host:70000",
		"host:x", "ssh://", "host:22x" };
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		struct link_options o = { .port = 0 };

		assert_false(link_parse(&o, rows[i]));
		link_options_clear(&o);
	}
}

static void
a_port_said_apart_stays(void **st)
{
	struct link_options o = { .port = 2022 };

	(void)st;
	assert_true(link_parse(&o, "host:2222"));
	assert_int_equal(o.port, 2022);
	link_options_clear(&o);
	link_options_clear(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_read),
		cmocka_unit_test(what_is_no_address_is_refused),
		cmocka_unit_test(a_port_said_apart_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
