/* SPDX-License-Identifier: ISC */
/*
 * daily.c - what the core does by the clock: cases that recur are opened on
 * their days, deadlines are told of (clock.c), answers that nobody will ask
 * for again are forgotten, the record is sealed, the room on the disk looked
 * at.
 */
#include "../store/note.h"
#include "job_own.h"

/* A resend comes within the week. */
enum { ANSWER_SECONDS = 7 * 86400 };

bool
daily_recurs(const struct procedure *p, const struct start *s,
    const char *day, const struct world *w)
{
	const char *scope;

	if (s->rrule == NULL || !calendar_recurs(s->rrule, p->issued_on, day))
		return false;
	scope = s->scope != NULL ? w->setting(w->arg, s->scope) : NULL;
	return (scope != NULL && strcmp(scope, "all_days") == 0) ||
	    calendar_is_working(w->calendar, day);
}

int64_t
daily_find(struct core *c, const struct procedure *p, const struct start *s,
    const char *office, const char *day, bool *stands)
{
	int64_t id = store_find_day(c->store, p->code, s->id, office, day);
	struct case_row row;

	*stands = false;
	if (id == 0 || store_get_case_by_id(c->store, id, &row) < 0)
		return 0;
	*stands = row.state != CASE_CANCELLED;
	case_row_clear(&row);
	return id;
}

/* One that was cancelled is not opened again: a person decided so. */
static bool
daily_is_due(struct core *c, const struct procedure *p, const struct start *s,
    const char *office, const char *day, const char *clock,
    const struct world *w)
{
	bool stands;

	return strncmp(clock, s->at != NULL ? s->at : "00:00", 5) >= 0 &&
	    daily_recurs(p, s, day, w) &&
	    daily_find(c, p, s, office, day, &stands) == 0;
}

void
daily_begin(struct req *q, struct core *c, const struct caller *who)
{
	*q = (struct req){ .c = c, .who = who, .now = core_now(c) };
	q->actor = (struct actor){ ACTOR_SYSTEM, "Sistema", NULL, 0 };
	q->out = json_object();
	q->pool = json_array();
	hash_op(q->op);
}

void
daily_end(struct req *q)
{
	json_decref(q->out);
	json_decref(q->pool);
	while (q->kept_count > 0)
		free(q->kept[--q->kept_count]);
	free(q->kept);
}

static void
daily_open(struct core *c, const struct procedure *p,
    const struct start *s, const char *office)
{
	struct caller who = { .login = NULL, .source = "calendario" };
	struct req q;
	struct grant grant = { .role = s->roles[0], .office = office };
	struct command cmd = { .kind = CMD_START, .step = s->id,
		.office = office, .revision = -1 };
	char day[11], clock[9];
	struct held *h = NULL;
	struct world w;

	core_world(c, office, &w);
	calendar_local(w.zone, w.now, day, clock);
	if (!daily_is_due(c, p, s, office, day, clock, &w))
		return;
	daily_begin(&q, c, &who);
	q.actor.grants = &grant;
	q.actor.grants_count = 1;
	cmd.day = day;
	cmd.folio = start_folio(&q, p, w.zone);
	cmd.values = req_json(&q, json_pack("{s:s}", "day", day));
	if (act_command(&q, &h, p, &cmd) < 0)
		log_at(LOG_WARN, "recurring=%s day=%s why=%s", p->code, day,
		    q.why.text);
	daily_end(&q);
}

/*
 * Once an hour: first answers that nobody will ask for again, and old notes
 * that nobody decided anything of.
 */
static void
daily_forget(struct core *c)
{
	struct when now = core_now(c);
	struct why why;
	struct world w;
	const char *days;

	if (now.s < c->swept.s + 3600)
		return;
	c->swept = now;
	core_world(c, "central", &w);
	days = w.setting(w.arg, "note_days");
	if (store_del_answers(c->store, now.s - ANSWER_SECONDS, &why) < 0 ||
	    (days != NULL && strtoll(days, NULL, 10) > 0 &&
		store_del_notes(c->store, now.s - strtoll(days, NULL, 10) *
		    86400, &why) < 0) || job_forget(c, &why) < 0)
		(void)core_break(c, &why);
}

void
core_tick(struct core *c)
{
	unsigned k;
	size_t i;

	disk_watch(c);
	if (c->broken)
		return;
	daily_forget(c);
	sweep_tick(c);
	job_tick(c);
	if (!core_seal(c) || c->institution == NULL || c->calendar == NULL)
		return;
	for (i = 0; i < c->procedures_count; i++)
		for (k = 0; c->current[i] &&
		     k < c->procedures[i]->starts_count; k++)
			if (c->procedures[i]->starts[k].rrule != NULL)
				daily_open(c, c->procedures[i],
				    &c->procedures[i]->starts[k], "central");
	clock_tick(c);
	summary_tick(c);
}
