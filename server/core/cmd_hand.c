/* SPDX-License-Identifier: ISC */
/* cmd_hand.c - whose hands a task is in: tomar, soltar, turnar. */
#include "req.h"

static int
hand_assign(struct req *q, enum command_kind kind, const char *to)
{
	struct command cmd = { .kind = kind, .revision = -1 };
	const struct token *t;
	struct held *h;
	char ref[24];
	int r;

	if ((r = case_token(q, &h, &t)) < 0 || (r = req_all_used(q)) < 0)
		return r;
	cmd.step = token_ref(t, ref);
	cmd.to = to;
	if ((r = act_command(q, &h, h->ca->p, &cmd)) < 0)
		return r;
	t = kase_find_token(h->ca, ref, &(bool){ false });
	json_object_set_new(q->out, "folio", json_string(h->row.folio));
	json_object_set_new(q->out, "step", json_string(ref));
	json_object_set_new(q->out, "assignee",
	    json_text(t != NULL ? t->assignee : NULL));
	return 0;
}

int
cmd_tomar(struct req *q)
{
	return hand_assign(q, CMD_CLAIM, NULL);
}

int
cmd_soltar(struct req *q)
{
	return hand_assign(q, CMD_RELEASE, NULL);
}

struct holder {
	const struct step *st;
	const char *office;
	struct when now;
	bool holds;
};

static int
hand_on_holder(void *arg, const struct grant_row *g)
{
	struct holder *h = arg;

	if (g->active && g->from <= h->now.s &&
	    (g->to == 0 || h->now.s < g->to) && step_has_role(h->st, g->role) &&
	    (strcmp(g->office, h->office) == 0 ||
		strcmp(g->office, "central") == 0))
		h->holds = true;
	return h->holds;
}

int
cmd_turnar(struct req *q)
{
	const char *to = req_take(q, "persona");
	struct holder who = { .now = q->now };
	const struct token *t;
	struct held *h;
	int r;

	if (to == NULL)
		return why_set(&q->why, ERR_USAGE,
		    "Falta a quién: persona=LOGIN.");
	if ((r = case_token(q, &h, &t)) < 0)
		return r;
	who.st = t->st;
	who.office = h->row.office;
	(void)store_each_grant(q->c->store, to, hand_on_holder, &who);
	if (!who.holds)
		return why_set(&q->why, ERR_REFUSED,
		    "«%.40s» no tiene el rol que pide el paso %s.", to,
		    t->st->number);
	return hand_assign(q, CMD_HAND, to);
}
