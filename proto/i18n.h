/* SPDX-License-Identifier: ISC */
/*
 * i18n.h - Spanish is the source; proto/po has the other languages.  _() where
 * a sentence is said, N_() where a table only keeps it.  The format of
 * why_set() is looked up by itself.
 *
 * The catalogue is found from the program's own place: in the build tree, or
 * installed.  Without it, and for Spanish, a sentence is what stands in the
 * source.  One language at a time in a process; a server that speaks to
 * several people changes it with each.
 */
#ifndef PAUTA_I18N_H
#define PAUTA_I18N_H

/* Once, at the start.  Needs a locale that is not "C": takes C.UTF-8. */
void i18n_init(void);
/* "en…" or anything else, which is Spanish. */
void i18n_use(const char *lang);
/* "es" or "en": the one in use. */
const char *i18n_lang(void);
/* What the environment asks for: LC_ALL, LC_MESSAGES or LANG.  Never NULL. */
const char *i18n_asked(void);

/* The sentence in the language in use.  Borrowed, for ever. */
const char *i18n_text(const char *) __attribute__((format_arg(1)));

#define _(s) i18n_text(s)
#define N_(s) (s)

#endif
