/* SPDX-License-Identifier: ISC */
/* ahead.c - see ahead.h. */
#include "ahead.h"

#include "i18n.h"

static bool
ahead_keeps(int32_t key)
{
	switch (key) {
	case K_UP:
	case K_DOWN:
	case K_LEFT:
	case K_RIGHT:
	case K_HOME:
	case K_END:
	case K_DELETE:
	case K_BACKTAB:
		return true;
	default:
		return key > 0 && key < K_BASE && key != K_ESC &&
		    key != K_CTRL_E && key != K_CTRL_L;
	}
}

bool
ahead_put(struct ahead *h, struct app *app, int32_t key)
{
	if (key == K_PASTE_BEGIN) {
		app_say(app, true, "%s", _("El paso todavía no llega: lo "
		    "pegado se ignoró. Péguelo otra vez."));
		return false;
	}
	if (!ahead_keeps(key))
		return false;
	if (h->count < ARRAY_LEN(h->keys))
		h->keys[h->count++] = key;
	else
		app_say(app, true, "%s", _("El paso todavía no llega: lo "
		    "último que escribió no se guardó."));
	return true;
}

void
ahead_type(struct ahead *h, struct form_view *fv)
{
	unsigned n = h->count, i;

	h->count = 0;
	for (i = 0; i < n && app_top(fv->view.app) == &fv->view; i++)
		(void)form_key(fv, h->keys[i]);
}
