/* SPDX-License-Identifier: ISC */
/*
 * allow.h - the few words and sizes that a stranger may set, and what stands
 * in their place when they are not acceptable.  Pure functions.
 */
#ifndef PAUTA_ALLOW_H
#define PAUTA_ALLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LOGIN_MAX = 64, TERM_MAX = 40, LANG_MAX = 24 };

/* Letters, digits and ". _ @ -", at most LOGIN_MAX. */
bool allow_login(const char *);

/* "es", "es_MX", "es_MX.UTF-8", "es_MX.ISO-8859-1", "C.UTF-8": the shape of a
 * locale's name, with a set of letters that the screens have. */
bool allow_lang(const char *);
/* LANG, LC_MESSAGES, LC_ALL: 1 to 3, the greatest wins; 0, not allowed. */
int allow_lang_rank(const char *name);
/* The language of the sentences: "en" when lang begins with it, else "es". */
const char *allow_lang_code(const char *lang);

/*
 * The terminal to assume for the one that was named: itself when the machine
 * knows it, a relative that it does know, or vt100.  "dumb" stays "dumb".
 * known answers whether the terminal database has a name.  Borrowed.
 */
const char *allow_term(const char *asked, bool (*known)(const char *));
bool allow_term_name(const char *);

/* Nothing said (0) is 24 by 80; the rest is brought within our limits. */
void allow_size(int64_t rows, int64_t cols, int *out_rows, int *out_cols);

#endif
