/* SPDX-License-Identifier: ISC */
/*
 * diff.h - what changed between two texts, word by word, in signs that read
 * the same without colour: [-what was-] and {+what is+}.
 */
#ifndef PAUTA_DIFF_H
#define PAUTA_DIFF_H

/*
 * Gives *minus (before, with what went away marked) and *plus (after, with
 * what came marked).  Short texts, and texts with little in common, come
 * back as they are: marks would only get in the way.
 */
void diff_words(const char *before, const char *after, char **minus,
    char **plus);

#endif
