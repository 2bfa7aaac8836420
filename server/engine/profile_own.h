/* SPDX-License-Identifier: ISC */
/* profile_own.h - how a profile is kept, for its two files. */
#ifndef PAUTA_PROFILE_OWN_H
#define PAUTA_PROFILE_OWN_H

#include "profile.h"

enum node_kind { NODE_PHRASE, NODE_NOT, NODE_AND, NODE_OR, NODE_NEAR };

/* A phrase is the roots from a on, b of them; the others are made of a and b. */
struct node {
	enum node_kind kind;
	unsigned a, b;
	size_t near;
};

struct root {
	uint64_t sum;
	char *text;
};

struct profile {
	struct node v[PROFILE_NODES];
	unsigned count, top;
	struct root roots[PROFILE_NODES];
	unsigned roots_count;
};

#endif
