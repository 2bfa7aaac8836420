/* SPDX-License-Identifier: ISC */
/* rooms: courier proto */
/*
 * guard_test.c - which addresses may be connected to, by the address itself.
 */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "test.h"
#include "../../server/courier/guard.h"

static const unsigned ports[] = { 80, 443, 0 };

static bool
admits(const struct guard *g, const char *address, unsigned port)
{
	struct sockaddr_in four = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port) };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6,
		.sin6_port = htons((uint16_t)port) };
	char said[GUARD_TEXT];

	if (inet_pton(AF_INET, address, &four.sin_addr) == 1)
		return guard_admits(g, (struct sockaddr *)&four, sizeof four,
		    ports, said);
	assert_int_equal(inet_pton(AF_INET6, address, &six.sin6_addr), 1);
	return guard_admits(g, (struct sockaddr *)&six, sizeof six, ports,
	    said);
}

static struct guard *
guard_of(const char *allow)
{
	struct guard *g;
	struct why why;

	if (guard_new(allow, &g, &why) < 0)
		fail_msg("%s", why.text);
	return g;
}

/* The first and the last of what is inside, and their neighbours outside. */
static void
only_the_public_internet_is_outside(void **st)
{
	static const struct {
		const char *address;
		bool admitted;
	} rows[] = {
		{ "0.0.0.0", false }, { "0.255.255.255", false },
		{ "1.0.0.0", true }, { "9.255.255.255", true },
		{ "10.0.0.0", false }, { "10.255.255.255", false },
		{ "11.0.0.0", true }, { "100.63.255.255", true },
		{ "100.64.0.0", false }, { "100.127.255.255", false },
		{ "100.128.0.0", true }, { "127.0.0.1", false },
		{ "127.255.255.255", false }, { "128.0.0.0", true },
		{ "169.253.255.255", true }, { "169.254.169.254", false },
		{ "169.255.0.0", true }, { "172.15.255.255", true },
		{ "172.16.0.0", false }, { "172.31.255.255", false },
		{ "172.32.0.0", true }, { "192.0.0.8", false },
		{ "192.0.2.1", false }, { "192.88.99.1", false },
		{ "192.168.0.0", false }, { "192.168.255.255", false },
		{ "192.169.0.0", true }, { "198.17.255.255", true },
		{ "198.18.0.0", false }, { "198.19.255.255", false },
		{ "198.51.100.7", false }, { "203.0.113.7", false },
		{ "223.255.255.255", true }, { "224.0.0.1", false },
		{ "255.255.255.255", false }, { "::", false },
		{ "::1", false }, { "::ffff:127.0.0.1", false },
		{ "::ffff:10.1.2.3", false }, { "::ffff:8.8.8.8", true },
		{ "::127.0.0.1", false }, { "64:ff9b::7f00:1", false },
		{ "64:ff9b:1::1", false }, { "100::1", false },
		{ "1fff::1", false }, { "2000::1", true },
		{ "2001::1", false }, { "2001:1ff::1", false },
		{ "2001:200::1", true }, { "2001:db8::1", false },
		{ "2002:7f00:1::", false }, { "2003::1", true },
		{ "3fff::1", false }, { "3fff:1000::1", true },
		{ "4000::1", false }, { "fc00::1", false },
		{ "fdff::1", false }, { "fe80::1", false },
		{ "fec0::1", false }, { "ff02::1", false },
	};
	struct guard *g = guard_of("");
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++)
		if (admits(g, rows[i].address, 443) != rows[i].admitted)
			fail_msg("%s", rows[i].address);
	assert_true(admits(g, "8.8.8.8", 80));
	assert_false(admits(g, "8.8.8.8", 22));
	assert_false(admits(g, "8.8.8.8", 8080));
	guard_free(g);
}

static void
what_is_allowed_is_that_address_and_port_alone(void **st)
{
	struct guard *g = guard_of("127.0.0.1:8080,[fd00::5]:443,8.8.8.8:81");

	(void)st;
	assert_true(admits(g, "127.0.0.1", 8080));
	assert_true(admits(g, "::ffff:127.0.0.1", 8080));
	assert_false(admits(g, "127.0.0.1", 8081));
	assert_false(admits(g, "127.0.0.2", 8080));
	assert_true(admits(g, "fd00::5", 443));
	assert_false(admits(g, "fd00::5", 80));
	assert_true(admits(g, "8.8.8.8", 81));
	guard_free(g);
}

static void
a_list_that_is_not_one_is_refused(void **st)
{
	static const char *const rows[] = { "localhost:80", "127.0.0.1",
		"127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536",
		"127.0.0.1:80x", "fd00::5:80x", "[fd00::5:80", "127.1:80",
		",", "10.0.0.0/8:80" };
	struct guard *g;
	struct why why;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++)
		if (guard_new(rows[i], &g, &why) != -ERR_USAGE)
			fail_msg("%s", rows[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_public_internet_is_outside),
		cmocka_unit_test(
		    what_is_allowed_is_that_address_and_port_alone),
		cmocka_unit_test(a_list_that_is_not_one_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
