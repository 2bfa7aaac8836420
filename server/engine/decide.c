/* SPDX-License-Identifier: ISC */
/*
 * decide.c - what follows from one command.
 *
 * Given what is (a case), what is asked (a command), by whom and in what
 * world, say what has happened (events), or refuse.  Nothing here reads a
 * clock, a file, a socket or a table: the core does, before and after.  That
 * is why every rule of every procedure can be tested in memory.
 *
 * Start reading at engine_decide().  One function a command, in the table:
 *
 *   decide_do.c      opening a case, answering a step, answering it again
 *   decide_answer.c  the values of an answer
 *   decide_flow.c    where it leads
 *   decide_clock.c   what is told when time passes
 *   decide_move.c    what another calendar moves
 *   decide_hands.c   who has a task; the end of a case by decision
 *   decide_comment.c what is said about a case
 *   decide_undo.c    undoing, and disposing of rows of a register
 *   decide_file.c    what is attached, and how an answer takes it
 *   decide_may.c     who may
 *   effect.c         what is done outside, and what came of it
 */
#include "decide.h"

#include <assert.h>

#include "../../proto/text.h"

static const struct {
	int (*run)(struct decision *);
	bool ended;			/* also on a case that has ended */
} commands[] = {
	[CMD_START] = { decide_start, true },
	[CMD_DO] = { decide_do, false },
	[CMD_CLAIM] = { decide_claim, false },
	[CMD_RELEASE] = { decide_release, false },
	[CMD_HAND] = { decide_hand, false },
	[CMD_REDO] = { decide_redo, false },
	[CMD_CANCEL] = { decide_cancel, false },
	[CMD_UNDO] = { decide_undo, true },
	[CMD_DISPOSE] = { decide_dispose, true },
	[CMD_RETAIN] = { decide_retain, true },
	[CMD_COMMENT] = { decide_comment, true },
	[CMD_ATTACH] = { decide_attach, false },
	[CMD_DETACH] = { decide_detach, false },
	[CMD_ASK] = { decide_ask, false },
	[CMD_REPORT] = { decide_report, true },
	[CMD_CLOCK] = { decide_clock, false },
	[CMD_MOVE] = { decide_move, false },
};

void
events_clear(struct events *ev)
{
	size_t i;

	for (i = 0; i < ev->count; i++)
		json_decref(ev->v[i].body);
	free(ev->v);
	free(ev->role);
	free(ev->on_behalf_of);
	*ev = (struct events){ 0 };
}

void
decision_emit(struct decision *d, json_t *body)
{
	struct events *ev = d->ev;

	assert(body != NULL);
	if (ev->role == NULL && d->grant != NULL) {
		ev->role = xstrdup(d->grant->role);
		ev->on_behalf_of = xstrdup(d->grant->for_login);
		ev->grant = d->grant->n;
	}
	if (ev->grant != 0)
		json_object_set_new(body, "grant", json_integer(ev->grant));
	ev->v = xrealloc(ev->v, ev->count + 1, sizeof *ev->v);
	ev->v[ev->count++] = (struct event){ body, ev->role,
		ev->on_behalf_of };
	engine_apply(d->ca, body, d->who->login, ev->role, ev->on_behalf_of,
	    d->w->now);
}

/* "2.2, 4.1#2": where the case is. */
static void
open_text(const struct kase *ca, struct buf *b)
{
	const struct token *t;
	size_t i;

	for (i = 0; i < ca->tokens_count; i++) {
		t = &ca->tokens[i];
		(void)buf_addf(b, i > 0 ? ", %s" : "%s", t->st->number);
		if (t->row != 0)
			(void)buf_addf(b, "#%d", t->row);
	}
}

/* The step is not open: say who answered it, and what is. */
static int
refuse_not_open(struct decision *d)
{
	const char *ref = d->cmd->step, *hash = strchr(ref, '#');
	char *number = xstrdup(ref);
	const struct done *done;
	struct buf b;
	int r, row = 0;

	if (hash != NULL) {
		number[hash - ref] = '\0';
		row = number_read(hash + 1);
	}
	buf_init(&b, WHY_MAX);
	open_text(d->ca, &b);
	done = kase_last_answer(d->ca, number, row);
	if (done != NULL && d->cmd->revision != -1)
		r = why_set(d->why, ERR_STALE, "El paso %s ya está resuelto: "
		    "lo hizo %s. Ahora está abierto %s.", ref,
		    world_person(d->w, done->actor), buf_str(&b));
	else
		r = why_set(d->why, ERR_REFUSED, "El paso %s no está abierto "
		    "en %s; está abierto %s.", ref, d->ca->folio,
		    buf_str(&b));
	buf_clear(&b);
	free(number);
	return r;
}

int
decision_token(struct decision *d, const struct token **t)
{
	bool known;

	if (d->cmd->step == NULL)
		return why_set(d->why, ERR_USAGE, "Falta decir el paso.");
	*t = kase_find_token(d->ca, d->cmd->step, &known);
	if (!known)
		return why_set(d->why, ERR_NOT_FOUND,
		    "%s no tiene un paso «%.30s».", d->p->code, d->cmd->step);
	if (*t == NULL)
		return refuse_not_open(d);
	return kase_check_ref(d->ca, d->cmd->step, d->why);
}

static int
refuse_ended(const struct kase *ca, struct why *why)
{
	return why_set(why, ERR_REFUSED, "El expediente %s ya está %s: no "
	    "admite más pasos.", ca->folio,
	    ca->state == CASE_CLOSED ? "concluido" : "cancelado");
}

static int
command_check_remark(const struct command *cmd, struct why *why)
{
	struct why inner;
	char *copy;

	if (cmd->remark == NULL)
		return 0;
	if (text_take(cmd->remark, strlen(cmd->remark), VALUE_MAX, TEXT_LINES,
	    &copy, &inner) < 0)
		return why_set(why, ERR_REFUSED, "El motivo no se puede "
		    "guardar: %s", inner.text);
	free(copy);
	return 0;
}

int
engine_decide(const struct procedure *p, const struct kase *ca,
    const struct command *cmd, const struct actor *who,
    const struct world *w, struct events *ev, struct why *why)
{
	struct decision d = { .p = p, .cmd = cmd, .who = who, .w = w,
		.ev = ev, .why = why };
	int r;

	assert(ev->count == 0);
	assert((ca == NULL) == (cmd->kind == CMD_START));
	if (ca != NULL && ca->state != CASE_OPEN && !commands[cmd->kind].ended)
		return refuse_ended(ca, why);
	if ((r = command_check_remark(cmd, why)) < 0)
		return r;
	d.ca = ca != NULL ? kase_copy(ca) : kase_new(p);
	r = commands[cmd->kind].run(&d);
	kase_free(d.ca);
	if (r < 0)
		events_clear(ev);
	return r;
}
