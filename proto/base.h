/* SPDX-License-Identifier: ISC */
/*
 * base.h - the few things that every room uses: errors with a sentence,
 * memory that does not fail, time as a value, and the limits of the house.
 *
 * Errors come in three shapes.  "It did not work" is a negative enum err.  "A
 * person must read why" is a struct why, written by the layer that knows and
 * passed on unread.  "It cannot happen" is assert(), compiled into releases.
 */
#ifndef PAUTA_BASE_H
#define PAUTA_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Limits that strangers can lean on; nothing is allocated beyond them. */
enum {
	FRAME_MAX = 1 << 20,	 /* bytes of one message */
	VALUE_MAX = 256 * 1024,	 /* bytes of one field's value */
	TEXT_MAX = 4096,	 /* bytes of a one-line text */
	WORDS_MAX = 512,	 /* words of one command line */
	WHY_MAX = 512,		 /* bytes of a sentence of refusal */
	CHANNELS_MAX = 4,	 /* channels of one connection */
	ROWS_MIN = 10, ROWS_MAX = 200,
	COLS_MIN = 40, COLS_MAX = 500
};

/* name, JSON code, exit status of a command line */
#define ERRORS(X)                         \
	X(REFUSED, "refused", 1)          \
	X(STALE, "stale", 1)              \
	X(CONFLICT, "conflict", 1)        \
	X(USAGE, "usage", 2)              \
	X(NOT_FOUND, "not_found", 3)      \
	X(UNAVAILABLE, "unavailable", 4)  \
	X(SYSTEM, "system", 4)

enum err {
	ERR_NONE = 0,
#define ERR_ROW(name, code, status) ERR_##name,
	ERRORS(ERR_ROW)
#undef ERR_ROW
	ERR_N
};

/* The JSON code and the exit status of an error; "ok" and 0 for ERR_NONE. */
const char *err_code(enum err);
int err_status(enum err);
/* What an errno means to a person: "no existe", "no hay permiso"… */
const char *err_reason(int number);
/* The error with that JSON code; ERR_SYSTEM when there is none. */
enum err err_find(const char *code);

/* A sentence in Spanish, complete as it stands. */
struct why {
	enum err e;
	char text[WHY_MAX];
};

/* Write the reason and return -e, so that refusing is one line. */
int why_set(struct why *, enum err, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* Seconds since 1970, UTC.  A struct, so that it is not mixed with a count. */
struct when {
	int64_t s;
};

enum { WHEN_TEXT = 21 };	/* "2026-11-23T15:30:00Z" and its NUL */

/* Write t as "2026-11-23T15:30:00Z" into out[WHEN_TEXT]; returns out. */
char *when_text(struct when, char *out);
/* Read that form (or "+hh:mm" in place of Z).  0, or -ERR_USAGE. */
int when_parse(const char *, struct when *out);

/* "2026-11-23" as people write it, "23/11/2026"; anything else as it is. */
const char *when_day(const char *iso, char out[11]);
/* Milliseconds that only go forward, for waits and limits. */
int64_t mono_ms(void);

/* Memory: these die rather than fail. */
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *, size_t n, size_t size);
char *xstrdup(const char *);			/* NULL gives NULL */
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *xvasprintf(const char *fmt, va_list)
    __attribute__((format(printf, 1, 0)));

/* Lower-case hexadecimal.  out holds 2n+1.  hex_parse: 0, or -ERR_USAGE. */
char *hex_text(const void *, size_t n, char *out);
int hex_parse(const char *, void *out, size_t n);

/* A growing run of bytes with a hard limit. */
struct buf {
	uint8_t *p;
	size_t len, cap, max;
};

void buf_init(struct buf *, size_t max);
void buf_clear(struct buf *);			/* accepts zeroed */
/* 0, or -ERR_SYSTEM when it would pass max; then nothing is added. */
int buf_add(struct buf *, const void *, size_t);
int buf_addf(struct buf *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_del(struct buf *, size_t n);		/* from the front */
/* All that can be read; false when that is too much, or it failed. */
bool buf_read(struct buf *, int fd);
/* The bytes as a C string, borrowed until the next call. */
const char *buf_str(struct buf *);

/*
 * What was made in a folder, or renamed into it, stays there; of a file, the
 * folder that it stands in.  0, or -1: see errno.
 */
int sync_folder(const char *folder);
int sync_name(const char *file);

/* Log: one event, one line, key=value.  To stderr. */
enum log_level { LOG_FATAL, LOG_WARN, LOG_INFO, LOG_DEBUG };
void log_init(const char *process, enum log_level);
void log_at(enum log_level, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
