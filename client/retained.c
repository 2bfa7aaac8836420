/* SPDX-License-Identifier: ISC */
/* retained.c - see retained.h. */
#include "retained.h"

#include "i18n.h"

static const struct { const char *can, *verb; bool reason; } retained_acts[] = {
	[RETAINED_TRANSFER] = { "transfer", "transferir", false },
	[RETAINED_KEEP] = { "keep", "conservar", true },
	[RETAINED_DISPOSE] = { "dispose", "proponer", true },
	[RETAINED_APPROVE] = { "approve", "destino", false },
	[RETAINED_DECLINE] = { "decline", "destino", true },
	[RETAINED_RECEIVE] = { "receive", "recibir", false },
};

/* One row of a register goes at once, by a verb of its own. */
static bool
retained_is_row(const json_t *one, enum retained_act act)
{
	return act == RETAINED_DISPOSE && doc_int(one, "row") > 0;
}

bool
retained_may(const json_t *one, enum retained_act act)
{
	return doc_has(doc_list(one, "can"), retained_is_row(one, act) ?
	    "row" : retained_acts[act].can);
}

bool
retained_has_reason(enum retained_act act)
{
	return retained_acts[act].reason;
}

void
retained_line(struct line *l, const json_t *one, enum retained_act act,
    const char *until, const char *reason)
{
	bool row = retained_is_row(one, act);

	line_add(l, row ? "baja" : retained_acts[act].verb);
	line_add(l, doc_text(one, "folio"));
	line_add(l, doc_text(one, "ref"));
	if (row)
		line_addf(l, "fila=%lld", doc_int(one, "row"));
	if (act == RETAINED_APPROVE || act == RETAINED_DECLINE)
		line_add(l, act == RETAINED_APPROVE ? "si" : "no");
	if (act == RETAINED_KEEP)
		line_addf(l, "hasta=%s", until);
	if (*reason != '\0')
		line_addf(l, "motivo=%s", reason);
}

const char *
retained_state(const json_t *one)
{
	static const struct { const char *id, *text; } states[] = {
		{ "proposed", N_("propuesto") }, { "approved", N_("aprobado") },
		{ "transferred", N_("transferido") },
		{ "disposed", N_("baja") },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(states); i++)
		if (strcmp(states[i].id, doc_text(one, "state")) == 0)
			return _(states[i].text);
	return doc_is(one, "due") ? _("vencido") : _("en plazo");
}
