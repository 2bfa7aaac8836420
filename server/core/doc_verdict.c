/* SPDX-License-Identifier: ISC */
/*
 * doc_verdict.c - what was decided of each item of a list (a photograph), with
 * its name and what is to be corrected in it, for whoever goes on with them;
 * and with what remark the whole was returned.
 */
#include <assert.h>

#include "req.h"

/* The answer that said what there was to decide on. */
static const json_t *
verdict_list(const struct kase *ca, const struct done *decided,
    const char *field)
{
	const struct done *d;
	size_t i;

	for (i = ca->dones_count; field != NULL && i-- > 0;) {
		d = &ca->dones[i];
		if (d->n < decided->n &&
		    (d->row == decided->row || d->row == 0) &&
		    step_find_field(d->st, field) != NULL)
			return json_object_get(d->values, field);
	}
	return NULL;
}

/* "mar.jpg", or its number. */
static json_t *
verdict_name(const json_t *list, json_int_t item)
{
	const json_t *o = json_array_get(list, (size_t)item - 1);
	const char *name = json_is_string(o) ? json_string_value(o) :
	    json_string_value(json_object_get(o, "name"));
	char number[24];

	if (name != NULL)
		return json_string(name);
	(void)snprintf(number, sizeof number, "%lld", (long long)item);
	return json_string(number);
}

static json_t *
verdict_items(const struct kase *ca, const struct done *d,
    const struct field *f)
{
	const json_t *list = verdict_list(ca, d, f->of);
	json_t *items = json_array(), *one, *out;
	size_t i;

	json_array_foreach(json_object_get(d->values, f->id), i, one) {
		out = json_pack("{s:o, s:O}", "name", verdict_name(list,
		    doc_int(one, "item")),
		    "verdict", json_object_get(one, "verdict"));
		assert(out != NULL);
		json_object_set(out, "remarks",
		    json_object_get(one, "remarks"));
		json_array_append_new(items, out);
	}
	return items;
}

json_t *
doc_verdicts(struct req *q, const struct kase *ca, int row)
{
	json_t *all = json_array();
	const struct field *f;
	const struct step *st;
	const struct done *d;
	unsigned i, k;

	for (i = 0; i < ca->p->steps_count; i++) {
		st = &ca->p->steps[i];
		d = kase_last_done(ca, st->number, row);
		if (d == NULL)
			d = kase_last_done(ca, st->number, 0);
		for (k = 0; d != NULL && k < st->fields_count; k++) {
			f = &st->fields[k];
			if (f->type != FIELD_VERDICTS ||
			    json_object_get(d->values, f->id) == NULL)
				continue;
			json_array_append_new(all, json_pack(
			    "{s:s, s:s, s:s, s:s, s:o, s:o}", "step",
			    st->number, "label", f->label, "by", d->actor,
			    "by_name", core_person_name(q->c, d->actor), "at",
			    json_when(d->at), "items",
			    verdict_items(ca, d, f)));
		}
	}
	return all;
}

json_t *
doc_remarks(struct req *q, const struct kase *ca)
{
	json_t *list = json_array();
	const struct done *d;
	size_t i;

	for (i = ca->dones_count; i-- > 0;) {
		d = &ca->dones[i];
		if (strcmp(d->outcome, "returned") != 0 ||
		    strcmp(kase_last_done(ca, d->st->number, d->row)->outcome,
			"returned") != 0)
			continue;
		json_array_append_new(list, json_pack(
		    "{s:o, s:s, s:s, s:s, s:i, s:s?}", "at", json_when(d->at),
		    "by", d->actor, "by_name",
		    core_person_name(q->c, d->actor), "step", d->st->number,
		    "round", d->round + 1, "text", d->reason));
	}
	return list;
}
