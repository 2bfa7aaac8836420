/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * dial_test.c - a server is called by its name: who knows the name may take
 * for ever, and nobody waits for it.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "test.h"

#include "../../client/dial.h"

enum { LONG = 30000 };			/* ms */

static int
never(const char *host, const char *port, const struct addrinfo *hints,
    struct addrinfo **out)
{
	(void)host;
	(void)port;
	(void)hints;
	(void)out;
	while (pause() < 0)
		;
	return EAI_FAIL;
}

static int
nobody(const char *host, const char *port, const struct addrinfo *hints,
    struct addrinfo **out)
{
	(void)host;
	(void)port;
	(void)hints;
	(void)out;
	return EAI_NONAME;
}

/* First where nobody listens, then where somebody does. */
static int
two(const char *host, const char *port, const struct addrinfo *hints,
    struct addrinfo **out)
{
	struct addrinfo *good = NULL;

	(void)host;
	if (getaddrinfo("127.0.0.1", "1", hints, out) != 0 ||
	    getaddrinfo("127.0.0.1", port, hints, &good) != 0)
		return EAI_FAIL;
	(*out)->ai_next = good;
	return 0;
}

/* Somebody who listens; *port is where. */
static int
listener(int *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof a;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof a), 0);
	assert_int_equal(listen(fd, 4), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &len), 0);
	*port = ntohs(a.sin_port);
	return fd;
}

static void
nobody_waits_for_the_resolver(void **st)
{
	struct dial *d = dial_new("host", 22, never);
	struct why why;

	(void)st;
	/* The next would not end, if it waited. */
	assert_int_equal(dial_pump(d, 0, &why), DIAL_AGAIN);
	assert_int_equal(dial_pump(d, 10, &why), DIAL_AGAIN);
	dial_free(d);
	/* And no child is left. */
	assert_int_equal(waitpid(-1, NULL, 0), -1);
	assert_int_equal(errno, ECHILD);
}

static void
a_name_that_nobody_has_is_said(void **st)
{
	struct dial *d = dial_new("host", 22, nobody);
	struct why why;

	(void)st;
	assert_int_equal(dial_pump(d, LONG, &why), -ERR_UNAVAILABLE);
	assert_non_null(strstr(why.text, "No se encuentra el servidor host"));
	dial_free(d);
}

static void
whoever_listens_answers(void **st)
{
	int port, there = listener(&port), fd;
	struct dial *d = dial_new("localhost", port, getaddrinfo);
	struct why why;

	(void)st;
	assert_true((fd = dial_pump(d, LONG, &why)) >= 0);
	dial_free(d);
	assert_int_equal(write(fd, "x", 1), 1);
	(void)close(fd);
	(void)close(there);
}

static void
the_next_address_is_tried(void **st)
{
	int port, there = listener(&port), fd;
	struct dial *d = dial_new("host", port, two);
	struct why why;

	(void)st;
	assert_true((fd = dial_pump(d, LONG, &why)) >= 0);
	dial_free(d);
	(void)close(fd);
	(void)close(there);
}

static void
that_nobody_listens_is_said(void **st)
{
	struct dial *d = dial_new("127.0.0.1", 1, getaddrinfo);
	struct why why;

	(void)st;
	assert_int_equal(dial_pump(d, LONG, &why), -ERR_UNAVAILABLE);
	assert_non_null(strstr(why.text, "No hay conexión con el servidor: "
	    "nadie contesta ahí"));
	dial_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_waits_for_the_resolver),
		cmocka_unit_test(a_name_that_nobody_has_is_said),
		cmocka_unit_test(whoever_listens_answers),
		cmocka_unit_test(the_next_address_is_tried),
		cmocka_unit_test(that_nobody_listens_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
