/* SPDX-License-Identifier: ISC */
/* app_sign.c - the signature of a decision, from a view. */
#include "app_own.h"

#include "i18n.h"
#include "sign.h"

void
app_set_signer(struct app *a, const struct signer *s)
{
	a->signer = s;
}

const char *
app_grey_sign(const struct app *a, const json_t *step)
{
	return sign_is_due(step) && a->signer == NULL ?
	    _("Pide su firma: decida con el programa pauta de su equipo.") :
	    NULL;
}

bool
app_sign(struct app *a, struct line *l, const json_t *step)
{
	struct why why;

	if (sign_line(a->signer, l, step, a->me, app_now(a), &why) == 0)
		return true;
	if (sign_is_due(step)) {
		app_say(a, true, _("No se firmó, y no se envió nada. %s"),
		    why.text);
		return false;
	}
	if (a->signer != NULL && a->unsigned_why == NULL)
		a->unsigned_why = xstrdup(why.text);
	return true;
}

const char *
app_unsigned(struct app *a)
{
	if (a->unsigned_why == NULL || a->unsigned_told)
		return NULL;
	a->unsigned_told = true;
	return a->unsigned_why;
}
