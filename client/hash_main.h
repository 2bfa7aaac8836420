/* SPDX-License-Identifier: ISC */
/* hash_main.h - `pauta hash [--json] FILE...`; returns the exit status. */
#ifndef PAUTA_HASH_MAIN_H
#define PAUTA_HASH_MAIN_H

/* words: what follows "hash", NULL-ended. */
int hash_main(char **words);

#endif
