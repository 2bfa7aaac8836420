/* SPDX-License-Identifier: ISC */
/*
 * why.c - why a date is what it is (why.h).  The functions of expressions
 * write into world.trace what they were given and what they gave.
 */
#include "why.h"

#include "rule.h"

/* A rule that asks twice for the same thing looked at one thing. */
static json_t *
trace_once(json_t *trace)
{
	json_t *once = json_array(), *part, *seen;
	bool again;
	size_t i, k;

	json_array_foreach(trace, i, part) {
		again = false;
		json_array_foreach(once, k, seen)
			again |= json_equal(part, seen) != 0;
		if (!again)
			json_array_append(once, part);
	}
	json_decref(trace);
	return once;
}

json_t *
engine_why(const struct kase *ca, const struct token *t,
    const struct world *world)
{
	struct world w = *world;
	struct scope sc = { .ca = ca, .w = &w };
	char due[WHEN_TEXT], since[WHEN_TEXT];
	json_t *gives, *values;

	if (t->due.s == 0)
		return NULL;
	values = kase_values(ca, t->row);
	sc.values = values;
	w.now = t->since;
	w.trace = json_array();
	gives = rule_eval(t->st->due, &sc);
	json_decref(values);
	return json_pack("{s:s, s:s, s:s?, s:o, s:o}", "due",
	    when_text(t->due, due), "since", when_text(t->since, since),
	    "rule", t->st->due_why, "gives", gives, "parts",
	    trace_once(w.trace));
}
