/* SPDX-License-Identifier: ISC */
/*
 * guard.c - see guard.h.  Everything that is not the public Internet is
 * refused: a table of prefixes says what is not.
 */
#include "guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An address of either family: 16 bytes, those of version 4 mapped. */
struct place {
	uint8_t a[16];
	unsigned port;
};

struct guard {
	struct place *v;
	size_t count;
};

static const uint8_t guard_mapped[12] = { [10] = 0xff, [11] = 0xff };

// clang-format off
/* Of version 4.  address, bits, what it is */
static const struct {
	uint8_t a[4];
	int bits;
} guard_four[] = {
	{ { 0, 0, 0, 0 }, 8 },		/* this network */
	{ { 10, 0, 0, 0 }, 8 },		/* private */
	{ { 100, 64, 0, 0 }, 10 },	/* of a carrier */
	{ { 127, 0, 0, 0 }, 8 },	/* loopback */
	{ { 169, 254, 0, 0 }, 16 },	/* link, and metadata of clouds */
	{ { 172, 16, 0, 0 }, 12 },	/* private */
	{ { 192, 0, 0, 0 }, 24 },	/* protocols */
	{ { 192, 0, 2, 0 }, 24 },	/* documentation */
	{ { 192, 88, 99, 0 }, 24 },	/* 6to4 relays */
	{ { 192, 168, 0, 0 }, 16 },	/* private */
	{ { 198, 18, 0, 0 }, 15 },	/* measurements */
	{ { 198, 51, 100, 0 }, 24 },	/* documentation */
	{ { 203, 0, 113, 0 }, 24 },	/* documentation */
	{ { 224, 0, 0, 0 }, 3 },	/* multicast, reserved, broadcast */
};

/* Of version 6, only 2000::/3 is public, and of it not these. */
static const struct {
	uint8_t a[6];
	int bits;
} guard_six[] = {
	{ { 0x20, 0x01, 0x00, 0x00 }, 23 },		/* protocols, Teredo */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 },		/* documentation */
	{ { 0x20, 0x02 }, 16 },				/* 6to4 */
	{ { 0x3f, 0xff }, 20 },				/* documentation */
};
// clang-format on

static bool
guard_is_in(const uint8_t *a, const uint8_t *prefix, int bits)
{
	int whole = bits / 8, rest = bits % 8;

	if (memcmp(a, prefix, (size_t)whole) != 0)
		return false;
	return rest == 0 ||
	    (a[whole] ^ prefix[whole]) >> (8 - rest) == 0;
}

static bool
guard_is_public(const uint8_t a[16])
{
	size_t i;

	if (memcmp(a, guard_mapped, sizeof guard_mapped) == 0) {
		for (i = 0; i < ARRAY_LEN(guard_four); i++)
			if (guard_is_in(a + 12, guard_four[i].a,
				guard_four[i].bits))
				return false;
		return true;
	}
	for (i = 0; i < ARRAY_LEN(guard_six); i++)
		if (guard_is_in(a, guard_six[i].a, guard_six[i].bits))
			return false;
	return a[0] >> 5 == 1;
}

static int
guard_place(const struct sockaddr *sa, socklen_t len, struct place *p)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	if (sa->sa_family == AF_INET && len >= sizeof four) {
		memcpy(&four, sa, sizeof four);
		memcpy(p->a, guard_mapped, sizeof guard_mapped);
		memcpy(p->a + 12, &four.sin_addr, 4);
		p->port = ntohs(four.sin_port);
		return 0;
	}
	if (sa->sa_family == AF_INET6 && len >= sizeof six) {
		memcpy(&six, sa, sizeof six);
		memcpy(p->a, &six.sin6_addr, 16);
		p->port = ntohs(six.sin6_port);
		return 0;
	}
	return -ERR_REFUSED;
}

/* "ADDR:PORT" or "[V6]:PORT" */
static int
guard_parse(const char *text, size_t n, struct place *p)
{
	char host[GUARD_TEXT], *colon, *end, *at = host;
	long port;

	if (n >= sizeof host)
		return -ERR_USAGE;
	memcpy(host, text, n);
	host[n] = '\0';
	if ((colon = strrchr(host, ':')) == NULL)
		return -ERR_USAGE;
	port = strtol(colon + 1, &end, 10);
	if (end == colon + 1 || *end != '\0' || port < 1 || port > 65535)
		return -ERR_USAGE;
	p->port = (unsigned)port;
	*colon = '\0';
	if (host[0] == '[' && colon > host + 1 && colon[-1] == ']') {
		colon[-1] = '\0';
		at++;
		return inet_pton(AF_INET6, at, p->a) == 1 ? 0 : -ERR_USAGE;
	}
	memcpy(p->a, guard_mapped, sizeof guard_mapped);
	return inet_pton(AF_INET, at, p->a + 12) == 1 ? 0 : -ERR_USAGE;
}

int
guard_new(const char *allow, struct guard **out, struct why *why)
{
	struct guard *g = xcalloc(1, sizeof *g);
	size_t n;

	for (; *allow != '\0'; allow += n + (allow[n] == ',')) {
		n = strcspn(allow, ",");
		g->v = xrealloc(g->v, g->count + 1, sizeof *g->v);
		if (guard_parse(allow, n, &g->v[g->count++]) < 0) {
			guard_free(g);
			return why_set(why, ERR_USAGE, "courier_allow: «%.*s» "
			    "no es DIRECCIÓN:PUERTO.", (int)n, allow);
		}
	}
	*out = g;
	return 0;
}

void
guard_free(struct guard *g)
{
	if (g != NULL)
		free(g->v);
	free(g);
}

bool
guard_admits(const struct guard *g, const struct sockaddr *sa, socklen_t len,
    const unsigned *ports, char out[GUARD_TEXT])
{
	struct place p = { .port = 0 };
	size_t i;

	(void)snprintf(out, GUARD_TEXT, "?");
	if (guard_place(sa, len, &p) < 0)
		return false;
	if (memcmp(p.a, guard_mapped, sizeof guard_mapped) == 0)
		(void)inet_ntop(AF_INET, p.a + 12, out, GUARD_TEXT);
	else
		(void)inet_ntop(AF_INET6, p.a, out, GUARD_TEXT);
	for (i = 0; i < g->count; i++)
		if (memcmp(g->v[i].a, p.a, sizeof p.a) == 0 &&
		    g->v[i].port == p.port)
			return true;
	for (; *ports != 0 && *ports != p.port; ports++)
		;
	return *ports != 0 && guard_is_public(p.a);
}
