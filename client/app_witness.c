/* SPDX-License-Identifier: ISC */
/*
 * app_witness.c - a record that does not go on from what this machine saw of
 * it (witness.h): said at once, and asked whether it is accepted, then and at
 * each decision that is kept back.
 */
#include "app_own.h"

#include "i18n.h"
#include "witness.h"

void
app_set_witness(struct app *a, struct witness *w)
{
	a->witness = w;
}

static void
app_on_word(struct view *v, int tag, const char *text)
{
	struct why why;

	(void)tag;
	if (!witness_is_word(text))
		app_say(v->app, true, "%s", _("No se aceptó: se puede leer y "
		    "no se decide."));
	else if (witness_accept(v->app->witness, &why) < 0)
		app_say(v->app, true, "%s", why.text);
	else
		app_say(v->app, false, "%s", _("Se aceptó el registro como "
		    "está: ya se puede decidir."));
}

void
app_on_witness(struct app *a)
{
	struct view *v = app_top(a);
	char *text;

	keep_go(a);
	if (!witness_is_refused(a->witness))
		return;
	app_say(a, true, "%s", witness_hold(a->witness));
	if (v == NULL || a->popup.kind != POPUP_NONE)
		return;
	text = xasprintf(_("%s Para decidir de todos modos escriba ACEPTO."),
	    witness_hold(a->witness));
	app_prompt(v, 0, _("EL REGISTRO NO ES EL DE LA ÚLTIMA VEZ"), text,
	    false, app_on_word);
	free(text);
}
