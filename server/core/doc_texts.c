/* SPDX-License-Identifier: ISC */
/*
 * doc_texts.c - two people in one step: the texts of a field that are not the
 * one typed last, each with whose it is and since when.  Nobody's typing is
 * lost to another's; somebody chooses.
 */
#include <assert.h>

#include "req.h"

struct texts {
	struct req *q;
	const struct step *st;
	json_t *list;
	char *field, *draft;		/* the one typed last, of that field */
};

static int
texts_on_text(void *arg, const char *field, const char *value,
    const char *login, int64_t at)
{
	const struct field *f;
	struct texts *t = arg;
	json_t *one;

	if (t->field == NULL || strcmp(t->field, field) != 0) {
		t->field = req_text(t->q, xstrdup(field));
		t->draft = req_text(t->q, xstrdup(value));
		return 0;
	}
	f = step_find_field(t->st, field);
	if (f == NULL || *value == '\0' || strcmp(value, t->draft) == 0)
		return 0;
	one = json_pack("{s:s, s:s, s:s, s:s, s:o, s:s, s:s}", "field", field,
	    "label", f->label, "by", login, "by_name",
	    core_person_name(t->q->c, login), "at",
	    json_when((struct when){ at }), "text", value, "draft", t->draft);
	assert(one != NULL);
	json_array_append_new(t->list, one);
	return 0;
}

json_t *
doc_texts(struct req *q, const struct held *h, const struct token *t)
{
	struct texts tx = { .q = q, .st = t->st, .list = json_array() };
	struct world w;
	struct why why;

	core_world(q->c, h->row.office, &w);
	if (engine_may(h->ca, t, &q->actor, &w, &why) == 0)
		(void)store_each_text(q->c->store, h->row.id, t->st->number,
		    t->row, texts_on_text, &tx);
	return tx.list;
}
