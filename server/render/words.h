/* SPDX-License-Identifier: ISC */
/* words.h - the words of a scanned page; the job stands in words.c. */
#ifndef PAUTA_WORDS_H
#define PAUTA_WORDS_H

#include "render.h"

int render_words(const json_t *job, int out, struct why *why);

#endif
