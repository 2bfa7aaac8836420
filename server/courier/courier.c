/* SPDX-License-Identifier: ISC */
/*
 * courier.c - the loop: one line to the core, many transfers, tasks that come
 * and end.  Nothing here knows what a task is for.
 */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../proto/text.h"
#include "line.h"
#include "transfer.h"

/* Longer than this no turn lasts: what a stranger sent made it spin. */
enum { TURN_MOST_S = 60, POLL_MS = 20 * 1000, WAITS_MOST = 32 };

static void
task_free(struct task *t)
{
	struct task **p;

	for (p = &t->co->tasks; *p != t; p = &(*p)->next)
		;
	*p = t->next;
	transfer_drop(t);
	line_forget(t->co->line, t);
	if (t->kind->clear != NULL)
		t->kind->clear(t);
	json_decref(t->job);
	free(t);
}

static void
task_end(struct task *t, json_t *result)
{
	log_at(LOG_DEBUG, "job=%lld kind=%s end=%s", (long long)t->id,
	    t->kind->name, json_object_get(result, "error") != NULL ?
	    "error" : "done");
	line_end(t->co->line, t->id, result);
	json_decref(result);
	line_ask_jobs(t->co->line);
	task_free(t);
}

void
task_done(struct task *t, json_t *result)
{
	task_end(t, result);
}

void
task_fail(struct task *t, enum task_end end, int64_t retry_s, const char *fmt,
    ...)
{
	char say[WHY_MAX], safe[WHY_MAX];
	json_t *result;
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(say, sizeof say, fmt, ap);
	va_end(ap);
	/* What it quotes may be cut in the middle of a letter: that is no JSON. */
	(void)text_safe(say, safe, sizeof safe, 0);
	result = json_pack("{s:s, s:b, s:I}", "error", safe, "final",
	    end == TASK_FOR_GOOD, "retry_s", (json_int_t)retry_s);
	task_end(t, result);
}

void
task_ask_file(struct task *t, unsigned n, file_fn *got)
{
	line_ask_file(t->co->line, t, n, got);
}

static void
courier_begin(struct courier *co, json_t *job)
{
	const struct task_kind *kind = task_find_kind(doc_text(job, "kind"));
	struct task *t;

	if (kind == NULL) {
		log_at(LOG_WARN, "job=%s kind=unknown", doc_text(job, "kind"));
		return;
	}
	t = xcalloc(1, sizeof *t);
	t->co = co;
	t->kind = kind;
	t->job = json_incref(job);
	t->id = doc_int(job, "id");
	t->office = doc_text(job, "office");
	t->body = json_object_get(job, "body");
	t->next = co->tasks;
	co->tasks = t;
	kind->begin(t);
}

void
courier_on_jobs(struct courier *co, const json_t *doc)
{
	json_t *job;
	size_t i;

	json_array_foreach(json_object_get(doc, "jobs"), i, job)
		courier_begin(co, job);
}

int
courier_run(struct courier *co)
{
	struct curl_waitfd w[WAITS_MOST] = { { .fd = line_fd(co->line) } };
	int running;

	while (line_turn(co->line, co) == 0) {
		(void)curl_multi_perform(co->multi, &running);
		transfer_turn(co);
		w[0].events = CURL_WAIT_POLLIN;
		if (line_is_waiting(co->line))
			w[0].events |= CURL_WAIT_POLLOUT;
		(void)alarm(0);
		if (curl_multi_poll(co->multi, w, 1 + transfer_waits(w + 1,
		    WAITS_MOST - 1), POLL_MS, NULL) != CURLM_OK)
			break;
		(void)alarm(TURN_MOST_S);
	}
	while (co->tasks != NULL)
		task_free(co->tasks);
	return 0;
}
