/* SPDX-License-Identifier: ISC */
/*
 * notify.h - a word to the service manager that started us, in the protocol
 * of sd_notify(3): one datagram to the socket that $NOTIFY_SOCKET names.
 */
#ifndef PAUTA_NOTIFY_H
#define PAUTA_NOTIFY_H

/* "READY=1", "WATCHDOG=1", "STOPPING=1".  Nobody listens: nothing happens. */
void notify_say(const char *state);

#endif
