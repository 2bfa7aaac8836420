/* SPDX-License-Identifier: ISC */
/*
 * cmd_act.c - verbs that move a case: hacer, aprobar, devolver, reclasificar,
 * cancelar, deshacer, baja, borrador.  Each reads its
 * words, makes one struct command and lets act_command() decide and write.
 */
#include <assert.h>
#include <ctype.h>

#include "../../proto/text.h"
#include "inbox.h"
#include "paper.h"

enum { REVISION_NONE = -1, NUMBER_MAX = 1000000000 };

static int
act_number(struct req *q, const char *name, int64_t *out)
{
	const char *text = req_take(q, name);
	char *end = NULL;

	if (text == NULL)
		return 0;
	*out = *text >= '0' && *text <= '9' ? strtoll(text, &end, 10) : -1;
	if (*out < 0 || *end != '\0' || *out > NUMBER_MAX)
		return why_set(&q->why, ERR_USAGE,
		    "«%s» lleva un número, no «%.40s».", name, text);
	return 0;
}

/* Typed values of the step's fields from what is left of name=value. */
static int
act_values(struct req *q, const struct step *st, const struct world *w,
    json_t *values)
{
	const struct field *f;
	json_t *v;
	unsigned i;
	int r;

	for (i = 0; i < q->named_count; i++) {
		if (q->named[i].used)
			continue;
		if ((f = step_field(q, st, q->named[i].name)) == NULL)
			return -ERR_USAGE;
		q->named[i].used = true;
		if ((r = value_parse(f, q->named[i].value, w, &v, &q->why)) < 0)
			return r;
		json_object_set_new(values, f->id, v);
	}
	return 0;
}

struct drafts {
	struct req *q;
	const struct step *st;
	const struct world *w;
	json_t *values;
	int r;
};

static int
act_on_draft(void *arg, const char *field, const char *value,
    const char *login, int64_t at)
{
	struct drafts *d = arg;
	const struct field *f = step_find_field(d->st, field);
	json_t *v;

	(void)login;
	(void)at;
	if (f == NULL || f->automatic != NULL ||
	    json_object_get(d->values, field) != NULL)
		return 0;
	d->r = value_parse(f, value, d->w, &v, &d->q->why);
	if (d->r < 0)
		return 1;
	json_object_set_new(d->values, field, v);
	return 0;
}

struct typists {
	const char *me;
	json_t *list;
};

static int
act_on_text(void *arg, const char *field, const char *value,
    const char *login, int64_t at)
{
	struct typists *t = arg;
	json_t *one;
	size_t i;

	(void)field;
	(void)at;
	if (*value == '\0' || login == NULL || *login == '\0' ||
	    strcmp(login, t->me) == 0)
		return 0;
	json_array_foreach(t->list, i, one)
		if (strcmp(json_string_value(one), login) == 0)
			return 0;
	json_array_append_new(t->list, json_string(login));
	return 0;
}

/* Who else typed in the step: its version is theirs too (SD-01). */
static json_t *
act_typed(struct req *q, const struct held *h, const struct token *t)
{
	struct typists ty = { q->actor.login, req_json(q, json_array()) };

	(void)store_each_text(q->c->store, h->row.id, t->st->number, t->row,
	    act_on_text, &ty);
	return ty.list;
}

/* The answer field of a decision: its first field that has choices. */
static const struct field *
act_answer(const struct step *st)
{
	unsigned i;

	for (i = 0; i < st->fields_count; i++)
		if (st->fields[i].type == FIELD_YESNO ||
		    st->fields[i].type == FIELD_CHOICE)
			return &st->fields[i];
	return NULL;
}

static int
act_decision(struct req *q, const struct step *st, const struct world *w,
    json_t *values)
{
	const char *text = req_take(q, "decision");
	const struct field *f;
	json_t *v;
	int r;

	if (text == NULL)
		return 0;
	f = st->approval != NULL ? step_find_field(st, st->approval->verdict) :
	    st->kind == STEP_DECISION ? act_answer(st) : NULL;
	if (f == NULL)
		return why_set(&q->why, ERR_USAGE,
		    "El paso %s no es una decisión.", st->number);
	if ((r = value_parse(f, text, w, &v, &q->why)) < 0)
		return r;
	json_object_set_new(values, f->id, v);
	return 0;
}

/* Complete a step: values typed now over the step's draft. */
static int
act_complete(struct req *q, struct held *h, const struct token *t,
    json_t *values, bool drafts)
{
	struct command cmd = { .kind = CMD_DO, .revision = REVISION_NONE };
	const struct step *st = t->st;
	char ref[24];
	struct drafts d;
	struct world w;
	int r, row = t->row;

	core_world(q->c, h->row.office, &w);
	cmd.step = token_ref(t, ref);
	cmd.content = req_take(q, "contenido");
	/* Some forms have a field of that name. */
	if (value_find_field(st->fields, st->fields_count, "motivo") == NULL)
		cmd.remark = req_take(q, "motivo");
	if ((r = act_number(q, "revision", &cmd.revision)) < 0 ||
	    (r = act_decision(q, st, &w, values)) < 0)
		return r;
	if ((r = act_values(q, st, &w, values)) < 0)
		return r;
	d = (struct drafts){ .q = q, .st = st, .w = &w, .values = values };
	if (drafts)
		(void)store_each_draft(q->c->store, h->row.id, st->number,
		    row, act_on_draft, &d);
	if (d.r < 0 || (d.r = collected_check(q, h, st, values)) < 0)
		return d.r;
	cmd.values = values;
	cmd.typed = drafts ? act_typed(q, h, t) : NULL;
	if ((r = paper_attach(q, &h, t, &cmd)) < 0 ||
	    (r = act_command(q, &h, h->ca->p, &cmd)) < 0)
		return r;
	if (store_del_drafts(q->c->store, h->row.id, st->number, row,
		&q->why) < 0)
		return core_break(q->c, &q->why);
	act_result(q, h, st->number);
	return 0;
}

static void
act_until(struct req *q)
{
	struct when until = { q->now.s + UNDO_SECONDS };

	json_object_set_new(q->out, "undo_until", json_when(until));
}

int
cmd_hacer(struct req *q)
{
	json_t *values = req_json(q, json_object());
	const struct token *t;
	struct held *h;
	bool decides;
	int r;

	if ((r = case_token(q, &h, &t)) < 0)
		return r;
	decides = t->st->kind != STEP_TASK || t->st->approval != NULL;
	if ((r = act_complete(q, h, t, values, true)) == 0 && decides)
		act_until(q);
	return r;
}

/* aprobar and devolver are the decision: no word may say the contrary. */
static int
act_undisputed(struct req *q, const struct step *st)
{
	const struct field *f;
	unsigned i;

	for (i = 0; i < q->named_count; i++) {
		f = value_find_field(st->fields, st->fields_count,
		    q->named[i].name);
		if (text_like(q->named[i].name, "decision") || (f != NULL &&
			strcmp(f->id, st->approval->verdict) == 0))
			return why_set(&q->why, ERR_USAGE,
			    "La decisión es la de la orden «%s»: quite "
			    "%.60s=.", q->verb->name, q->named[i].name);
	}
	return 0;
}

/* The values with which an approval approves or returns. */
static int
act_verdict(struct req *q, struct held **h, const struct token **t,
    bool approve, json_t *values)
{
	json_t *verdict;
	int r;

	if ((r = case_token(q, h, t)) < 0)
		return r;
	if ((verdict = engine_verdict((*t)->st, approve)) == NULL)
		return why_set(&q->why, ERR_REFUSED,
		    "El paso %s no es una aprobación: termínelo con «hacer».",
		    (*t)->st->number);
	json_object_update(values, verdict);
	json_decref(verdict);
	return act_undisputed(q, (*t)->st);
}

int
cmd_aprobar(struct req *q)
{
	json_t *values = req_json(q, json_object());
	const struct token *t;
	struct held *h;
	int r;

	/* What is signed is what the line says, no draft besides. */
	if ((r = act_verdict(q, &h, &t, true, values)) < 0)
		return r;
	sign_take(q);
	if ((r = act_complete(q, h, t, values, q->sign.armour == NULL)) < 0)
		return r;
	act_until(q);
	return 0;
}

int
cmd_devolver(struct req *q)
{
	json_t *values = req_json(q, json_object());
	const char *motivo, *back;
	const struct token *t;
	struct held *h;
	int r;

	if ((r = act_verdict(q, &h, &t, false, values)) < 0)
		return r;
	sign_take(q);
	motivo = req_take(q, "motivo");
	if (motivo == NULL || motivo[strspn(motivo, " \n\t")] == '\0')
		return why_set(&q->why, ERR_REFUSED,
		    "Para devolver escriba el motivo: motivo=TEXTO.");
	json_object_set_new(values, t->st->approval->remarks,
	    json_string(motivo));
	if ((back = req_take(q, "regresa_a")) != NULL) {
		if (step_find_field(t->st, "return_to") == NULL &&
		    !(t->st->approval->return_to_count == 1 &&
			strcmp(t->st->approval->return_to[0], back) == 0))
			return why_set(&q->why, ERR_REFUSED,
			    "El paso %s no regresa a «%.20s».", t->st->number,
			    back);
		if (step_find_field(t->st, "return_to") != NULL)
			json_object_set_new(values, "return_to",
			    json_string(back));
	}
	if ((r = act_complete(q, h, t, values, false)) < 0)
		return r;
	act_until(q);
	return 0;
}

int
cmd_reclasificar(struct req *q)
{
	struct command cmd = { .kind = CMD_REDO, .revision = REVISION_NONE };
	json_t *values = req_json(q, json_object());
	const struct step *st;
	struct world w;
	struct held *h;
	int r;

	if ((r = case_find(q, q->pos[0], &h)) < 0)
		return r;
	if ((st = procedure_find_step(h->ca->p, q->pos[1])) == NULL)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "%s no tiene un paso «%.20s».", h->ca->p->code, q->pos[1]);
	core_world(q->c, h->row.office, &w);
	cmd.step = st->number;
	cmd.remark = req_take(q, "motivo");
	if ((r = act_values(q, st, &w, values)) < 0)
		return r;
	cmd.values = values;
	if ((r = act_command(q, &h, h->ca->p, &cmd)) < 0)
		return r;
	act_result(q, h, st->number);
	return 0;
}

int
cmd_cancelar(struct req *q)
{
	struct command cmd = { .kind = CMD_CANCEL, .revision = REVISION_NONE };
	struct held *h;
	int r;

	if ((r = case_find(q, q->pos[0], &h)) < 0)
		return r;
	cmd.remark = req_take(q, "motivo");
	if ((r = req_all_used(q)) < 0 ||
	    (r = act_command(q, &h, h->ca->p, &cmd)) < 0)
		return r;
	act_result(q, h, NULL);
	return 0;
}

/* The record's number of the last event of a case. */
static int64_t
act_last(const struct held *h)
{
	return h->seqs_count > 0 ? h->seqs[h->seqs_count - 1] : 0;
}

/* The case on which this person last decided something, still undoable. */
static int
act_undoable(struct req *q, struct held **out)
{
	struct held *h;
	size_t i, n;
	json_t *last;

	for (i = 0; i < q->c->held_count; i++) {
		h = q->c->held[i];
		n = json_array_size(h->ca->events);
		last = n > 0 ? json_array_get(h->ca->events, n - 1) : NULL;
		if (last == NULL ||
		    strcmp(json_string_value(json_object_get(last, "actor")),
			q->actor.login) != 0 ||
		    h->row.updated + UNDO_SECONDS < q->now.s)
			continue;
		if (*out == NULL || act_last(*out) < act_last(h))
			*out = h;
	}
	if (*out == NULL)
		return why_set(&q->why, ERR_REFUSED,
		    "No hay nada suyo que deshacer en los últimos %d segundos.",
		    UNDO_SECONDS);
	return 0;
}

int
cmd_deshacer(struct req *q)
{
	struct command cmd = { .kind = CMD_UNDO, .revision = REVISION_NONE };
	struct held *h = NULL;
	int r;

	r = q->pos_count > 0 ? case_find(q, q->pos[0], &h) :
			       act_undoable(q, &h);
	if (r < 0 || (r = req_all_used(q)) < 0 ||
	    (r = act_command(q, &h, h->ca->p, &cmd)) < 0)
		return r;
	act_result(q, h, NULL);
	return 0;
}

int
cmd_baja(struct req *q)
{
	struct command cmd = { .kind = CMD_DISPOSE, .revision = REVISION_NONE };
	int64_t row = 0;
	struct held *h;
	int r;

	if ((r = case_find(q, q->pos[0], &h)) < 0 ||
	    (r = act_number(q, "fila", &row)) < 0)
		return r;
	cmd.remark = req_take(q, "motivo");
	cmd.values = req_json(q, json_pack("{s:I}", "row", (json_int_t)row));
	cmd.step = q->pos[1];
	if ((r = req_all_used(q)) < 0)
		return r;
	if (cmd.remark == NULL || *cmd.remark == '\0')
		return why_set(&q->why, ERR_REFUSED,
		    "Falta el motivo: diga por qué se da de baja.");
	if ((r = act_command(q, &h, h->ca->p, &cmd)) < 0)
		return r;
	json_object_set_new(q->out, "folio", json_string(h->row.folio));
	json_object_set_new(q->out, "record", json_string(q->pos[1]));
	json_object_set_new(q->out, "row", json_integer(row));
	return 0;
}

int
cmd_borrador(struct req *q)
{
	const struct token *t;
	const struct field *f;
	struct held *h;
	struct world w;
	const char *text;
	json_t *live;
	unsigned i;
	int r;

	if ((r = case_token(q, &h, &t)) < 0)
		return r;
	core_world(q->c, h->row.office, &w);
	if ((r = engine_may(h->ca, t, &q->actor, &w, &q->why)) < 0)
		return r;
	/* All of them are its fields, or nothing is kept. */
	for (i = 0; i < q->named_count; i++)
		if (step_field(q, t->st, q->named[i].name) == NULL)
			return -ERR_USAGE;
	for (i = 0; i < q->named_count; i++) {
		f = step_field(q, t->st, q->named[i].name);
		text = q->named[i].value;
		if ((r = collected_keep(q, h, t->st, f, &text)) < 0 ||
		    (r = case_put_draft(q, h, t, f->id, text)) < 0)
			return r;
	}
	live = doc_live(q, h, t);
	json_object_update(q->out, live);
	json_decref(live);
	json_object_set_new(q->out, "texts", doc_texts(q, h, t));
	json_object_set_new(q->out, "saved_at", json_when(q->now));
	return 0;
}
