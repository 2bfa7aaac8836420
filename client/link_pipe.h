/* SPDX-License-Identifier: ISC */
/*
 * link_pipe.h - a channel of the connection with a subsystem on it, beside the
 * one of the frames.  For link.c only.
 */
#ifndef PAUTA_LINK_PIPE_H
#define PAUTA_LINK_PIPE_H

#include <libssh/libssh.h>

#include "base.h"

struct link_pipe;

/* What comes is added to in, borrowed, whenever packets are looked at, also
 * by whoever reads another channel.  The session must not block. */
struct link_pipe *link_pipe_new(ssh_session, const char *subsystem,
    struct buf *in);
void link_pipe_free(struct link_pipe *);	/* accepts NULL */
/* Go on: SSH_AGAIN while it opens; SSH_OK, and bytes of out are on their way;
 * SSH_ERROR when it was refused or has ended. */
int link_pipe_pump(struct link_pipe *, struct buf *out);
/* Is it up, and has the other side room for more? */
bool link_pipe_takes(const struct link_pipe *);

/* Write what may be written now: libssh wants small pieces, and only while
 * nothing is pending.  SSH_OK or SSH_ERROR. */
int link_write(ssh_session, ssh_channel, struct buf *out);

#endif
