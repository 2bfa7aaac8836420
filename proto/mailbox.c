/* SPDX-License-Identifier: ISC */
/* mailbox.c - see mailbox.h. */
#include "mailbox.h"

#include <string.h>

bool
mailbox_is_address(const char *s)
{
	static const char atom[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.";
	size_t local = strspn(s, atom), len = strlen(s), i;
	const char *host = s + local + 1;

	if (local == 0 || local > 64 || s[local] != '@' || len > MAILBOX_MAX)
		return false;
	if (*host == '\0')
		return false;
	for (i = 0; i < len; i++)
		if (s[i] == '.' && (i == 0 || s[i - 1] == '.' ||
		    s[i - 1] == '@' || s[i + 1] == '@' || s[i + 1] == '\0'))
			return false;
	for (; *host != '\0'; host++)
		if (*host != '-' && *host != '.' &&
		    !(*host >= '0' && *host <= '9') &&
		    !(*host >= 'a' && *host <= 'z') &&
		    !(*host >= 'A' && *host <= 'Z'))
			return false;
	return true;
}
