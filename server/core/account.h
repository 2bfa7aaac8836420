/* SPDX-License-Identifier: ISC */
/* account.h - what cmd_account.c and cmd_admin.c, the operator's verbs, share. */
#ifndef PAUTA_ACCOUNT_H
#define PAUTA_ACCOUNT_H

#include "req.h"

/* 0, or -ERR_NOT_FOUND with a sentence. */
int account_known(struct req *, const char *login);

/*
 * "ROL[@OFICINA]", parted: -ERR_NOT_FOUND with a sentence when there is no such
 * role or office.  Of the request.
 */
int rights_read(struct req *, const char *word, char **role,
    const char **office);
/* The grant in force of the account that is the first word, or 0. */
int64_t rights_find(struct req *, const char *role, const char *office);
/* Write a grant of the account that is the first word; 0 is a new one. */
int rights_set(struct req *, int64_t grant, const char *role,
    const char *office, const char *from, const char *to, bool active);
/* SD-09. */
int rights_refuse_mix(struct req *, const char *role);

#endif
