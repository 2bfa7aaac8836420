/* SPDX-License-Identifier: ISC */
/*
 * clock.c - what time says of open steps.  Each task keeps in its row when it
 * is next told of (engine/decide_clock.c); the first of those moments stands
 * in memory, so that a tick at which nothing has come looks at no table.  What
 * is told is an event of `sistema`, in the record before anybody hears of it:
 * a core that is killed tells it once.
 */
#include "req.h"

/* At a tick; more wait for the next one, and people are served between. */
enum { CLOCK_CASES = 64 };

void
clock_hear(struct core *c, struct when t)
{
	if (t.s != 0 && (c->alarm.s == 0 || t.s < c->alarm.s))
		c->alarm = t;
}

static void
clock_tell(struct core *c, int64_t kase)
{
	struct caller who = { .login = NULL, .source = "reloj" };
	struct command cmd = { .kind = CMD_CLOCK, .revision = -1 };
	struct held *h;
	struct req q;

	daily_begin(&q, c, &who);
	if (case_load_by_id(c, kase, &h, &q.why) < 0 ||
	    act_command(&q, &h, h->ca->p, &cmd) < 0)
		log_at(LOG_WARN, "clock case=%lld why=%s", (long long)kase,
		    q.why.text);
	daily_end(&q);
}

void
clock_tick(struct core *c)
{
	int64_t cases[CLOCK_CASES];
	struct when now = core_now(c);
	size_t i, n;

	if (!c->alarm_known)
		c->alarm.s = store_next_alarm(c->store);
	c->alarm_known = true;
	if (c->alarm.s == 0 || c->alarm.s > now.s)
		return;
	n = store_alarms(c->store, now.s, cases, CLOCK_CASES);
	for (i = 0; i < n && !c->broken; i++)
		clock_tell(c, cases[i]);
	c->alarm.s = store_next_alarm(c->store);
}

static json_t *
notice_roles(struct req *q, const struct escalation *e)
{
	json_t *list = json_array();
	unsigned i;

	for (i = 0; e != NULL && i < e->to_count; i++)
		json_array_append_new(list,
		    json_text(core_role_title(q->c, e->to[i])));
	return list;
}

json_t *
doc_notice(struct req *q, const struct token *t)
{
	static const char *const kinds[] = {
		[NOTICE_WARNED] = "warned",
		[NOTICE_OVERDUE] = "overdue",
		[NOTICE_ESCALATED] = "escalated",
	};

	if (t->told == NOTICE_NONE)
		return json_null();
	return json_pack("{s:s, s:o, s:i, s:o, s:s?}", "kind",
	    kinds[t->told], "at", json_when(t->told_at), "times",
	    t->told_times, "to", notice_roles(q, t->told_by), "say",
	    t->told_by != NULL ? t->told_by->say : NULL);
}
