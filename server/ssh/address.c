/* SPDX-License-Identifier: ISC */
/* address.c - see address.h. */
#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "../../proto/base.h"

static const uint8_t address_v4[12] = { [10] = 0xff, [11] = 0xff };

static bool
address_is_v4(const struct address *a)
{
	return memcmp(a->ip, address_v4, sizeof address_v4) == 0;
}

bool
address_take(const struct sockaddr *sa, struct address *out)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (sa->sa_family == AF_INET) {
		memcpy(&v4, sa, sizeof v4);
		memcpy(out->ip, address_v4, sizeof address_v4);
		memcpy(out->ip + 12, &v4.sin_addr, 4);
		return true;
	}
	if (sa->sa_family == AF_INET6) {
		memcpy(&v6, sa, sizeof v6);
		memcpy(out->ip, &v6.sin6_addr, 16);
		return true;
	}
	return false;
}

struct address
address_block(const struct address *a)
{
	struct address b = *a;

	if (!address_is_v4(a))
		memset(b.ip + 8, 0, 8);
	return b;
}

bool
address_equal(const struct address *a, const struct address *b)
{
	return memcmp(a->ip, b->ip, sizeof a->ip) == 0;
}

char *
address_text(const struct address *a, char *out)
{
	const char *p;

	if (address_is_v4(a))
		p = inet_ntop(AF_INET, a->ip + 12, out, ADDRESS_TEXT);
	else
		p = inet_ntop(AF_INET6, a->ip, out, ADDRESS_TEXT);
	if (p == NULL)
		(void)snprintf(out, ADDRESS_TEXT, "?");
	return out;
}

int
block_parse(const char *text, struct block *out)
{
	char host[ADDRESS_TEXT], *end;
	const char *slash = strchr(text, '/');
	size_t n = slash != NULL ? (size_t)(slash - text) : strlen(text);
	long bits = 128, most = 128;

	if (n == 0 || n >= sizeof host)
		return -ERR_USAGE;
	memcpy(host, text, n);
	host[n] = '\0';
	if (inet_pton(AF_INET, host, out->base.ip + 12) == 1) {
		memcpy(out->base.ip, address_v4, sizeof address_v4);
		most = 32;
	} else if (inet_pton(AF_INET6, host, out->base.ip) != 1)
		return -ERR_USAGE;
	if (slash != NULL) {
		bits = strtol(slash + 1, &end, 10);
		if (end == slash + 1 || *end != '\0' || bits < 0 || bits > most)
			return -ERR_USAGE;
		bits += 128 - most;
	}
	out->bits = (int)bits;
	return 0;
}

bool
block_has(const struct block *b, const struct address *a)
{
	int whole = b->bits / 8, rest = b->bits % 8;
	uint8_t mask = (uint8_t)(0xff << (8 - rest));

	if (memcmp(b->base.ip, a->ip, (size_t)whole) != 0)
		return false;
	return rest == 0 || ((b->base.ip[whole] ^ a->ip[whole]) & mask) == 0;
}
