/* SPDX-License-Identifier: ISC */
/* leash.c - see leash.h. */
#include "leash.h"

#include <errno.h>
#include <sys/socket.h>

#include "../../proto/base.h"

void
leash_say(int fd, char what, const char *text)
{
	char m[LEASH_MAX];
	int n;

	if (fd < 0)
		return;
	n = snprintf(m, sizeof m, "%c%s", what, text);
	(void)send(fd, m, (size_t)n, MSG_DONTWAIT | MSG_NOSIGNAL);
}

int
leash_hear(int fd, char *buf)
{
	ssize_t n;

	n = recv(fd, buf, LEASH_MAX - 1, MSG_DONTWAIT);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	if (n == 0)
		return -1;
	buf[n] = '\0';
	return 1;
}
