/* SPDX-License-Identifier: ISC */
/*
 * apply.c - the only place where a case changes.  One function an event, in
 * the table at the end; those of files are in apply_file.c.  What was recorded
 * is true: nothing is refused here, and what a body does not say is taken as
 * empty.
 */
#include <assert.h>

#include "apply.h"

const char *
told_text(const struct told *e, const char *key)
{
	return json_string_value(json_object_get(e->body, key));
}

int
told_int(const struct told *e, const char *key)
{
	return (int)doc_int(e->body, key);
}

static struct when
told_when(const struct told *e, const char *key)
{
	struct when t = { 0 };
	const char *s = told_text(e, key);

	if (s != NULL && when_parse(s, &t) < 0)
		t.s = 0;
	return t;
}

static const struct step *
told_step(const struct kase *ca, const struct told *e)
{
	const char *number = told_text(e, "step");

	return number != NULL ? procedure_find_step(ca->p, number) : NULL;
}

static void
text_set(char **at, const char *text)
{
	char *old = *at;

	*at = text != NULL ? xstrdup(text) : NULL;
	free(old);
}

static void
token_del(struct kase *ca, size_t i)
{
	free(ca->tokens[i].assignee);
	free(ca->tokens[i].from);
	ca->tokens_count--;
	memmove(&ca->tokens[i], &ca->tokens[i + 1],
	    (ca->tokens_count - i) * sizeof *ca->tokens);
}

/* Nothing of the case is open any more. */
static void
all_close(struct kase *ca)
{
	size_t i;

	while (ca->tokens_count > 0)
		token_del(ca, ca->tokens_count - 1);
	for (i = 0; i < ca->rows_count; i++)
		ca->rows[i].open = false;
}

static struct done *
done_add(struct kase *ca, const struct told *e, const char *outcome)
{
	struct done *d;

	ca->dones = xrealloc(ca->dones, ca->dones_count + 1,
	    sizeof *ca->dones);
	d = &ca->dones[ca->dones_count++];
	*d = (struct done){
		.st = told_step(ca, e),
		.row = told_int(e, "row"),
		.n = ca->n,
		.at = e->at,
		.actor = xstrdup(e->actor),
		.role = xstrdup(e->role),
		.on_behalf_of = xstrdup(e->on_behalf_of),
		.grant = doc_int(e->body, "grant"),
		.outcome = xstrdup(outcome),
		.to = xstrdup(told_text(e, "to")),
		.jump = doc_is(e->body, "jump"),
		.round = ca->rounds,
		.values = json_incref(json_object_get(e->body, "values")),
	};
	if (d->values == NULL)
		d->values = json_object();
	return d;
}

/* What an answer says is from now on what the case says. */
static void
values_take(struct kase *ca, const struct done *d)
{
	if (d->row == 0)
		kase_lay(ca->values, d->st->fields, d->st->fields_count,
		    d->values, ca->header);
}

static void
case_opened(struct kase *ca, const struct told *e)
{
	text_set(&ca->folio, told_text(e, "folio"));
	text_set(&ca->start, told_text(e, "start"));
	text_set(&ca->title, told_text(e, "title"));
	text_set(&ca->office, told_text(e, "office"));
	text_set(&ca->priority, told_text(e, "priority"));
	text_set(&ca->day, told_text(e, "day"));
	text_set(&ca->opened_by, e->actor);
	ca->opened = e->at;
	json_object_update(ca->header, json_object_get(e->body, "header"));
	json_object_update(ca->values, ca->header);
	if (ca->day != NULL && json_object_get(ca->values, "day") == NULL)
		json_object_set_new(ca->values, "day", json_string(ca->day));
}

static void
step_opened(struct kase *ca, const struct told *e)
{
	const struct step *st = told_step(ca, e);
	struct token *t;

	if (st == NULL)
		return;
	ca->tokens = xrealloc(ca->tokens, ca->tokens_count + 1,
	    sizeof *ca->tokens);
	ca->tokens[ca->tokens_count++] = (struct token){
		.st = st,
		.row = told_int(e, "row"),
		.n = ca->n,
		.since = e->at,
		.due = told_when(e, "due"),
		.warn = told_when(e, "warn"),
		.assignee = xstrdup(told_text(e, "assignee")),
		.returned = doc_is(e->body, "returned"),
		.from = xstrdup(told_text(e, "from")),
		.alarm = told_when(e, "alarm"),
	};
	t = &ca->tokens[ca->tokens_count - 1];
	if (t->alarm.s == 0)
		t->alarm = clock_plain(t);
}

/* Told by the clock: nothing moves. */
static void
step_told(struct kase *ca, const struct told *e)
{
	struct token *t = kase_token_at(ca, told_step(ca, e),
	    told_int(e, "row"));

	if (t != NULL)
		clock_told(t, e->body, e->at);
}

/* Another calendar gives it other dates. */
static void
step_moved(struct kase *ca, const struct told *e)
{
	struct token *t = kase_token_at(ca, told_step(ca, e),
	    told_int(e, "row"));

	if (t == NULL)
		return;
	t->due = told_when(e, "due");
	t->warn = told_when(e, "warn");
	t->alarm = told_when(e, "alarm");
	clock_moved(t, e->body);
}

static void
step_skipped(struct kase *ca, const struct told *e)
{
	struct done *d;

	if (told_step(ca, e) == NULL)
		return;
	d = done_add(ca, e, "skipped");
	text_set(&d->reason, told_text(e, "reason"));
	values_take(ca, d);
}

static void
step_done(struct kase *ca, const struct told *e)
{
	const struct step *st = told_step(ca, e);
	const char *outcome = told_text(e, "outcome");
	struct when since = e->at;
	struct token *t;
	struct done *d;

	if (st == NULL || outcome == NULL)
		return;
	if ((t = kase_token_at(ca, st, told_int(e, "row"))) != NULL) {
		since = t->since;
		token_del(ca, (size_t)(t - ca->tokens));
	}
	d = done_add(ca, e, outcome);
	d->since = since;
	d->typed = json_incref(json_object_get(e->body, "typed"));
	text_set(&d->reason, told_text(e, "remark"));
	if (strcmp(outcome, "returned") == 0)
		ca->rounds++;
	values_take(ca, d);
	if (told_text(e, "title") != NULL)
		text_set(&ca->title, told_text(e, "title"));
}

static void
step_redone(struct kase *ca, const struct told *e)
{
	struct done *d;

	if (told_step(ca, e) == NULL)
		return;
	all_close(ca);
	d = done_add(ca, e, "done");
	text_set(&d->reason, told_text(e, "remark"));
	values_take(ca, d);
	if (told_text(e, "title") != NULL)
		text_set(&ca->title, told_text(e, "title"));
}

static void
step_claimed(struct kase *ca, const struct told *e)
{
	const char *login = told_text(e, "assignee");
	struct token *t = kase_token_at(ca, told_step(ca, e),
	    told_int(e, "row"));

	if (t != NULL)
		text_set(&t->assignee,
		    login != NULL && *login != '\0' ? login : NULL);
}

static void
row_opened(struct kase *ca, const struct told *e)
{
	json_t *data = json_object_get(e->body, "data");

	ca->rows = xrealloc(ca->rows, ca->rows_count + 1, sizeof *ca->rows);
	ca->rows[ca->rows_count++] = (struct row){
		.id = told_int(e, "row"),
		.list = xstrdup(told_text(e, "list")),
		.data = data != NULL ? json_incref(data) : json_object(),
		.open = true,
	};
}

static void
row_closed(struct kase *ca, const struct told *e)
{
	size_t i;

	for (i = 0; i < ca->rows_count; i++)
		if (ca->rows[i].id == told_int(e, "row"))
			ca->rows[i].open = false;
}

static void
record_made(struct kase *ca, const struct told *e)
{
	const char *number = told_text(e, "record");
	const struct record *rec;

	rec = number != NULL ? procedure_find_record(ca->p, number) : NULL;
	if (rec == NULL)
		return;
	ca->records = xrealloc(ca->records, ca->records_count + 1,
	    sizeof *ca->records);
	ca->records[ca->records_count++] = (struct produced){
		.record = rec,
		.st = told_step(ca, e),
		.row = told_int(e, "row"),
		.n = ca->n,
		.at = e->at,
		.serial = told_int(e, "serial"),
	};
}

static void
record_disposed(struct kase *ca, const struct told *e)
{
	const char *number = told_text(e, "record");
	struct produced *made;
	size_t i;

	for (i = 0; i < ca->records_count && number != NULL; i++) {
		made = &ca->records[i];
		if (strcmp(made->record->number, number) != 0 ||
		    made->serial != told_int(e, "serial"))
			continue;
		if (made->gone == NULL)
			made->gone = json_array();
		json_array_append(made->gone,
		    json_object_get(e->body, "index"));
	}
}

static void
case_closed(struct kase *ca, const struct told *e)
{
	ca->state = CASE_CLOSED;
	ca->closed = e->at;
	text_set(&ca->end, told_text(e, "step"));
}

static void
case_cancelled(struct kase *ca, const struct told *e)
{
	ca->state = CASE_CANCELLED;
	ca->closed = e->at;
	text_set(&ca->reason, told_text(e, "remark"));
	all_close(ca);
}

static void
case_commented(struct kase *ca, const struct told *e)
{
	(void)e;
	ca->comments++;
}

static void
effect_asked(struct kase *ca, const struct told *e)
{
	effect_apply_asked(ca, e->body, e->actor, e->at);
}

static void
effect_ended(struct kase *ca, const struct told *e)
{
	effect_apply_ended(ca, e->body, e->at);
}

static void event_run(struct kase *, const struct told *);

/* Copies of a case share what is kept of an event: mark one of our own. */
static void
event_mark_undone(struct kase *ca, size_t i)
{
	json_t *kept = json_copy(json_array_get(ca->events, i));

	json_object_set_new(kept, "undone", json_true());
	json_array_set_new(ca->events, i, kept);
}

/*
 * Back to just before event n: marked as undone, the events from n on no
 * longer count, and the case is told the others again.  Numbers stay.  What
 * somebody, or the clock, said meanwhile, and what became known, still is.
 */
static void
decision_undone(struct kase *ca, const struct told *e)
{
	int64_t first = told_int(e, "n"), last = ca->n;
	struct told again;
	json_t *kept;
	size_t i;

	for (i = 0; i < json_array_size(ca->events); i++)
		if ((int64_t)i + 1 >= first && (int64_t)i + 1 < last &&
		    !kase_event_stays(json_array_get(ca->events, i)))
			event_mark_undone(ca, i);
	kase_clear(ca);
	json_array_foreach(ca->events, i, kept) {
		ca->n = (int64_t)i + 1;
		again = (struct told){
			.body = json_object_get(kept, "body"),
			.actor = json_string_value(
			    json_object_get(kept, "actor")),
			.role = json_string_value(
			    json_object_get(kept, "role")),
			.on_behalf_of = json_string_value(
			    json_object_get(kept, "on_behalf_of")),
		};
		if (when_parse(json_string_value(json_object_get(kept, "at")),
		    &again.at) < 0 || json_object_get(kept, "undone") != NULL)
			continue;
		if (strcmp(told_text(&again, "type"), "decision.undone") != 0)
			event_run(ca, &again);
	}
}

static const struct {
	const char *type;
	void (*run)(struct kase *, const struct told *);
} events[] = {
	{ "case.cancelled", case_cancelled },
	{ "case.closed", case_closed },
	{ "case.commented", case_commented },
	{ "case.opened", case_opened },
	{ "decision.undone", decision_undone },
	{ "effect.asked", effect_asked },
	{ "effect.ended", effect_ended },
	{ "file.attached", file_attached },
	{ "file.detached", file_detached },
	{ "record.disposed", record_disposed },
	{ "record.made", record_made },
	{ "record.retained", record_retained },
	{ "row.closed", row_closed },
	{ "row.opened", row_opened },
	{ "step.claimed", step_claimed },
	{ "step.done", step_done },
	{ "step.escalated", step_told },
	{ "step.moved", step_moved },
	{ "step.opened", step_opened },
	{ "step.overdue", step_told },
	{ "step.redone", step_redone },
	{ "step.skipped", step_skipped },
	{ "step.warned", step_told },
};

static void
event_run(struct kase *ca, const struct told *e)
{
	const char *type = told_text(e, "type");
	size_t i;

	for (i = 0; i < ARRAY_LEN(events) && type != NULL; i++)
		if (strcmp(events[i].type, type) == 0)
			events[i].run(ca, e);
}

static void
event_keep(struct kase *ca, const struct told *e)
{
	json_t *kept = json_object();
	char at[WHEN_TEXT];

	json_object_set(kept, "body", (json_t *)e->body);
	json_object_set_new(kept, "at", json_string(when_text(e->at, at)));
	if (e->actor != NULL)
		json_object_set_new(kept, "actor", json_string(e->actor));
	if (e->role != NULL)
		json_object_set_new(kept, "role", json_string(e->role));
	if (e->on_behalf_of != NULL)
		json_object_set_new(kept, "on_behalf_of",
		    json_string(e->on_behalf_of));
	json_array_append_new(ca->events, kept);
}

void
engine_apply(struct kase *ca, const json_t *body, const char *actor,
    const char *role, const char *on_behalf_of, struct when at)
{
	struct told e = { body, actor, role, on_behalf_of, at };

	assert(json_is_object(body));
	ca->n++;
	event_keep(ca, &e);
	event_run(ca, &e);
}
