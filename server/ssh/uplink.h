/* SPDX-License-Identifier: ISC */
/*
 * uplink.h - the way to the core: its socket, and the Hello that says whom a
 * verified signature has proved.  The working directory is the folder of the
 * socket (listener.h), so no path of ours can be too long.
 */
#ifndef PAUTA_UPLINK_H
#define PAUTA_UPLINK_H

#include "../../proto/frame.h"
#include "../../proto/i18n.h"
#include "auth.h"

#define UPLINK_SOCKET "session.sock"

/* What a person reads when the core is away. */
#define UPLINK_AWAY \
	N_("El servidor de Pauta no responde; intente de nuevo en un momento.")

/* A non-blocking descriptor, or -ERR_UNAVAILABLE. */
int uplink_connect(void);

/*
 * Append the Hello of a stream.  host is the address that the peer reached, or
 * "".  who may be NULL (kind "keys"); otherwise it
 * must have been proved: that is asserted.
 */
int uplink_hello(struct buf *, const struct auth *who, const char *source,
    const char *host, const char *kind, const char *lang);

/* Write what goes of b, now; the rest stays.  0 or -ERR_UNAVAILABLE. */
int uplink_send(int fd, struct buf *b);

/* Read what there is into b.  1, 0 (nothing now) or -ERR_UNAVAILABLE. */
int uplink_receive(int fd, struct buf *b);
/* The same; a descriptor that comes along takes the place of *got (or -1). */
int uplink_receive_with(int fd, struct buf *b, int *got);

/* Connect and say Hello at once.  A descriptor or -ERR_UNAVAILABLE. */
int uplink_open(const struct auth *who, const char *source, const char *host,
    const char *kind, const char *lang);

#endif
