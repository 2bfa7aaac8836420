/* SPDX-License-Identifier: ISC */
/* mailbox.h - what an address of electronic mail is, for who keeps lists of
 * them and for who writes to them. */
#ifndef PAUTA_MAILBOX_H
#define PAUTA_MAILBOX_H

#include <stdbool.h>

enum { MAILBOX_MAX = 254 };

/* One address as SMTP and a header both take it: ASCII, nothing quoted. */
bool mailbox_is_address(const char *);

#endif
