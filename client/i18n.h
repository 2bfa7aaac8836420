/* SPDX-License-Identifier: ISC */
/*
 * i18n.h - Spanish is the source; gettext carries other languages.  _() where
 * a sentence is said, N_() where a table only keeps it.
 */
#ifndef PAUTA_I18N_H
#define PAUTA_I18N_H

#include <libintl.h>

#define _(s) gettext(s)
#define N_(s) (s)

#endif
