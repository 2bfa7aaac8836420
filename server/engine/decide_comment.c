/* SPDX-License-Identifier: ISC */
/*
 * decide_comment.c - what is said about a case.  It moves nothing: no step, no
 * version, nothing that a decision is compared with.  Who may read the case is
 * known by whoever asks; here it must be somebody who works with it.
 */
#include "decide.h"

/* A right over the office of the case that is of the office's work. */
static const struct grant *
comment_grant(const struct decision *d)
{
	const struct role *role;
	const struct grant *g;
	size_t i;

	for (i = 0; i < d->who->grants_count; i++) {
		role = institution_find_role(d->w->institution,
		    d->who->grants[i].role);
		if (role == NULL || !role->business)
			continue;
		g = grant_find_role(d->ca->office, role->id, d->who);
		if (g != NULL)
			return g;
	}
	return NULL;
}

int
decide_comment(struct decision *d)
{
	const char *text = d->cmd->remark;

	if (text == NULL || *text == '\0')
		return why_set(d->why, ERR_USAGE,
		    "Falta el comentario: texto=TEXTO.");
	if (strlen(text) > TEXT_MAX)
		return why_set(d->why, ERR_REFUSED, "El comentario mide %zu "
		    "bytes y caben %d: acórtelo.", strlen(text), TEXT_MAX);
	if (d->ca->comments >= COMMENTS_MAX)
		return why_set(d->why, ERR_REFUSED, "%s ya tiene %d "
		    "comentarios, que es lo más.", d->ca->folio, COMMENTS_MAX);
	if ((d->grant = comment_grant(d)) == NULL)
		return why_set(d->why, ERR_REFUSED, "Su cargo lee los "
		    "expedientes de esta oficina, pero no los comenta.");
	decision_emit(d, json_pack("{s:s, s:s, s:O}", "type",
	    "case.commented", "remark", text, "mentions",
	    json_object_get(d->cmd->values, "mentions")));
	return 0;
}
