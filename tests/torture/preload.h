/* SPDX-License-Identifier: ISC */
/* preload.h - what stand-ins for the calls of libc have in common. */
#ifndef PAUTA_PRELOAD_H
#define PAUTA_PRELOAD_H

#include <fcntl.h>
#include <stdarg.h>

/* The whole body of open(path, flags, ...): a mode comes only with a file. */
#define OPEN_BODY(opener, at)                                  \
	mode_t mode = 0;                                       \
	va_list ap;                                            \
	if (flags & (O_CREAT | O_TMPFILE)) {                   \
		va_start(ap, flags);                           \
		mode = (mode_t)va_arg(ap, int);                \
		va_end(ap);                                    \
	}                                                      \
	return opener(at, path, flags, mode)

#endif
