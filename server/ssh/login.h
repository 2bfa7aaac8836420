/* SPDX-License-Identifier: ISC */
/*
 * login.h - libssh's callbacks of the time before there are channels, turned
 * into questions to auth.h (rules) and to the core (is this key known?).
 */
#ifndef PAUTA_LOGIN_H
#define PAUTA_LOGIN_H

#include "session.h"

/* Install the callbacks.  0 or -ERR_SYSTEM. */
int login_init(struct session *);

/*
 * After each turn of an unproved session.  libssh drops bad signatures and
 * unknown kinds of key without an answer or a callback; a request without
 * its answer is a failed try, and ends the connection.
 */
void login_watch(struct session *);

void login_close(struct session *);

#endif
