/* SPDX-License-Identifier: ISC */
/* carrier.c - what every program that shows screens does at first. */
#include "loop.h"

void
carrier_begin(const struct carrier *c, struct app *a, struct frames *f)
{
	struct app_link link = { .send = frames_send, .arg = f };

	frames_init(f);
	f->witness = c->witness;
	app_set_views(a, views_all, views_count);
	app_attach(a, &link);
	app_set_signer(a, c->signer);
	app_set_witness(a, c->witness);
	app_set_uploads(a, c->uploads);
	if (c->shelf != NULL)
		app_set_shelf(a, c->shelf);
	if (c->opening)
		app_on_link(a, false, NULL);
}
