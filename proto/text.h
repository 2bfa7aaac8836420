/* SPDX-License-Identifier: ISC */
/*
 * text.h - the one place that knows what text is: valid UTF-8 in NFC, its
 * width in cells, what of it may reach a terminal or a log (the sanitizer),
 * and how it is compared without accents.
 */
#ifndef PAUTA_TEXT_H
#define PAUTA_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base.h"

enum text_flags { TEXT_LINES = 1 };	/* newlines and tabs are kept */

/*
 * Take text from outside: check UTF-8, normalise to NFC, refuse control
 * characters (save newline and tab with TEXT_LINES) and more than max bytes.
 * Gives *out.  0, or -ERR_REFUSED with why.  Hidden characters (bidi, zero
 * width, tags) are kept, counted by text_hidden(), and shown by text_safe().
 */
int text_take(const char *in, size_t len, size_t max, enum text_flags,
    char **out, struct why *);

/*
 * Make text fit to be shown: whatever a terminal could act on or a reader
 * not see (C0, DEL, C1, bidi controls, zero width, tags, invalid bytes, CR)
 * becomes a visible "<U+202E>" (or "<9B>" for a stray byte).  Writes at most
 * size bytes with the NUL, never half a character; returns the length.
 */
size_t text_safe(const char *in, char *out, size_t size, enum text_flags);

/* How many characters of in text_safe() would replace. */
size_t text_hidden(const char *in);

/* Next code point of valid or invalid UTF-8; advances *s; -1 is a bad byte. */
int32_t text_next(const char **s);
/* Write a code point; returns its bytes (1..4). */
size_t text_put(int32_t cp, char *out);
/* Cells of a code point (0, 1 or 2) and of a text already made safe. */
int text_cp_width(int32_t cp);
int text_width(const char *);
/* Bytes of the longest prefix at most cells wide. */
size_t text_fit(const char *, int cells);
/*
 * Bytes of the next line at most cells wide, broken at a blank if there is one;
 * the blank, or the newline that ended it, comes next.
 */
size_t text_break(const char *, int cells);

/* End a string that was cut anywhere at its last whole character. */
void text_cut(char *);

/*
 * Fold for comparing: lower case, no accents (ñ becomes n).  Gives a string.
 * text_like: equal when folded.  text_has: needle within hay when folded.
 */
char *text_fold(const char *);
bool text_like(const char *, const char *);
bool text_has(const char *hay, const char *needle);

/* "enero" is 1; NULL when there is no such month. */
const char *text_month(int);

/*
 * Words as a search knows them: letters, marks and digits that stand together.
 * text_find_word: the next one at or after *s, *len bytes of it; false when
 * there is none.  text_fold_word: how it is compared, of letters and digits
 * alone; may be empty.  Gives a string.
 */
bool text_find_word(const char **s, size_t *len);
char *text_fold_word(const char *word, size_t len);

/*
 * Lines of other systems end in CR LF: the CR goes, in place; so does that of
 * a last line whose LF the shell took, which stands before a quote or the end.
 */
void text_join_lines(char *);
/*
 * Split a command line into words: blanks separate, "…" and '…' keep blanks,
 * backslash takes the next character.  Gives *words, a NULL-ended array, free
 * with text_words_free.  0, or -ERR_USAGE (open quote, over WORDS_MAX).
 */
int text_words(const char *line, char ***words, size_t *n, struct why *);
void text_words_free(char **);

/*
 * Where the size begins in a line of `pauta hash`, "NAME,SIZE,SHA256" and maybe
 * ",PLACE", from s to end: its name may have commas.  NULL: it is no such line.
 */
enum { TEXT_SUM = 64 };			/* digits of a SHA-256 */
const char *text_hash_size(const char *s, const char *end);

#endif
