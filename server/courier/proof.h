/* SPDX-License-Identifier: ISC */
/*
 * proof.h - is what was published really there?  A page, as it came, is
 * searched for a title and a text as a reader would see them: tags, scripts,
 * case, accents, punctuation and the quotes that portals replace do not count.
 */
#ifndef PAUTA_PROOF_H
#define PAUTA_PROOF_H

#include "../../proto/base.h"

enum { PROOF_MAX = 8 << 20 };	/* bytes of a page that are looked at */

struct proof {
	bool title, text;
	unsigned found, paragraphs;	/* of the text: how many are there */
};

/* html holds len bytes of any kind.  A blank text is never there. */
void proof_read(const char *html, size_t len, const char *title,
    const char *text, struct proof *out);

#endif
