/* SPDX-License-Identifier: ISC */
/* store_outlet.h - the register of outlets: a view of the events outlet.set. */
#ifndef PAUTA_STORE_OUTLET_H
#define PAUTA_STORE_OUTLET_H

#include "store.h"

struct outlet_row {
	int64_t id;			/* event that registered it */
	const char *office;
	const char *name, *kind, *programme, *schedule, *phones, *contact;
	const char *feed;		/* address, or "" */
	int64_t every;			/* minutes between two readings */
	const char *watchers;		/* JSON: logins */
	bool active;
};

int store_put_outlet(struct store *, const struct outlet_row *, struct why *);
typedef int outlet_fn(void *arg, const struct outlet_row *);	/* borrowed */
/* By id: 1 and fn was called, or 0. */
int store_find_outlet(struct store *, int64_t id, outlet_fn *, void *arg);
/* By name. */
int store_each_outlet(struct store *, outlet_fn *, void *arg);

#endif
