/* SPDX-License-Identifier: ISC */
/*
 * agent.h - the keys that an ssh-agent holds (SSH_AUTH_SOCK).  It may ask its
 * person for a yes or a touch, and is waited for.
 */
#ifndef PAUTA_AGENT_H
#define PAUTA_AGENT_H

#include "base.h"

/*
 * An armoured signature (sshsig.h) by the key with this fingerprint.  Given;
 * NULL with why when there is no agent, it has not that key, or says no.
 */
char *agent_sign(const char *fingerprint, const char *space, const char *text,
    struct why *);

#endif
