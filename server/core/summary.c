/* SPDX-License-Identifier: ISC */
/*
 * summary.c - once a day, at an hour of the settings, a mail to each person
 * who wishes it, with what waits for him: folio, step, what it asks and when
 * it is due, and nothing else of a case.  It goes to the address that the head
 * approved for that account, in the list `avisos`, and to no other.
 *
 * The job of a day is its own mark: its key names person and day, so however
 * often the core dies there is one.  Where nothing waits it is put and taken
 * back in the same turn: what comes later that day waits for the next.
 */
#include "../../proto/i18n.h"
#include "job_own.h"

enum { SUMMARY_TASKS = 100, SUMMARY_TEXT = 65536 };

#define SUMMARY_AT "07:30"	/* where summary_at is not set */

/* "23/11/2026 14:00" where the office is. */
static void
summary_when(const struct world *w, const char *utc, char out[24])
{
	char date[11], clock[9];
	struct when t;

	*out = '\0';
	if (when_parse(utc, &t) < 0)
		return;
	calendar_local(w->zone, t, date, clock);
	(void)snprintf(out, 24, "%.2s/%.2s/%.4s %.5s", date + 8, date + 5,
	    date, clock);
}

static void
summary_task(struct buf *b, const struct world *w, const json_t *t)
{
	char due[24];

	summary_when(w, doc_text(t, "due"), due);
	(void)buf_addf(b, _("%s, paso %s: %s"), doc_text(t, "folio"),
	    doc_text(t, "step"), doc_text(t, "title"));
	(void)buf_addf(b, "\n");
	if (*due != '\0')
		(void)buf_addf(b, doc_is(t,
		    "due_late") ? _("    VENCIDA desde el %s\n") :
		    _("    Vence el %s\n"), due);
	(void)buf_addf(b, "\n");
}

static void
summary_text(struct buf *b, const struct world *w, const json_t *tasks)
{
	size_t i, n = json_array_size(tasks);

	for (i = 0; i < n && i < SUMMARY_TASKS; i++)
		summary_task(b, w, json_array_get(tasks, i));
	if (n > SUMMARY_TASKS)
		(void)buf_addf(b, _("… y %zu más.\n\n"), n - SUMMARY_TASKS);
	(void)buf_addf(b, "%s", _("Se ven y se contestan en Pauta; este correo "
	    "no se responde.\nPara dejar de recibirlo: preferencia summary "
	    "no.\n"));
}

/* What waits for that person, as he would ask; a new reference. */
static json_t *
summary_tasks(struct core *c, const char *login, const char *lang)
{
	static const char *const words[] = { "bandeja", NULL };
	struct caller who = { .login = login, .source = "resumen",
		.lang = lang };
	struct answer a;
	json_t *doc, *tasks;

	core_run(c, &who, NULL, words, true, &a);
	doc = json_loads(a.doc, 0, NULL);
	tasks = json_incref(json_object_get(doc, "tasks"));
	json_decref(doc);
	answer_clear(&a);
	return tasks != NULL ? tasks : json_array();
}

static int
summary_put(struct req *q, const struct world *w, const json_t *to,
    const char *key, const json_t *tasks)
{
	const char *address = doc_text(to, "address"),
		   *login = doc_text(to, "name");
	struct job_row row = { .key = key, .kind = "summary",
		.office = "central" };
	char at[WHEN_TEXT], *title;
	struct buf b;
	json_t *body;
	int r;

	buf_init(&b, SUMMARY_TEXT);
	summary_text(&b, w, tasks);
	title = req_text(q, xasprintf(json_array_size(tasks) == 1 ?
	    _("Pauta: %zu tarea espera por usted") :
	    _("Pauta: %zu tareas esperan por usted"), json_array_size(tasks)));
	body = req_json(q, json_pack("{s:s, s:s, s:s, s:{s:s, s:s}}", "title",
	    title, "text", buf_str(&b), "at", when_text(q->now, at), "to",
	    "address", address, "name", core_person_name(q->c, login)));
	buf_clear(&b);
	row.title = req_text(q, xasprintf(_("Resumen del día: %s"), address));
	row.body = req_text(q, json_dumps(body, JSON_COMPACT));
	r = job_put(q->c, &row, &q->why);
	if (r == 0 && json_array_size(tasks) == 0)
		r = job_cancel(q->c, key, &q->why);
	return r;
}

static int
summary_on_row(void *arg, const struct job_row *row)
{
	(void)arg;
	(void)row;
	return 1;
}

/* An approved address: whose, does he wish it, is it done today? */
static void
summary_one(struct req *q, const struct world *w, const json_t *to,
    const char *day)
{
	const char *login = doc_text(to, "name"), *lang;
	char *wish = req_text(q, store_find_pref(q->c->store, login,
	    "summary"));
	char *key = req_text(q, xasprintf("summary:%s:%s", login, day));
	json_t *tasks;

	if (wish == NULL || strcmp(wish, "yes") != 0 ||
	    !access_is_active(q->c, login) ||
	    store_find_job_by_key(q->c->store, key, summary_on_row, NULL) > 0)
		return;
	lang = core_lang(q->c, login, "es");
	tasks = req_json(q, summary_tasks(q->c, login, lang));
	i18n_use(lang);
	if (summary_put(q, w, to, key, tasks) < 0)
		log_at(LOG_WARN, "summary=%s why=%s", login, q->why.text);
	i18n_use("es");
}

void
summary_tick(struct core *c)
{
	struct caller who = { .login = NULL, .source = "resumen" };
	char day[11], clock[9];
	const char *at;
	json_t *list, *to;
	struct world w;
	struct req q;
	size_t i;

	core_world(c, "central", &w);
	at = w.setting(w.arg, "summary_at");
	calendar_local(w.zone, w.now, day, clock);
	if (strncmp(clock, at != NULL ? at : SUMMARY_AT, 5) < 0)
		return;
	daily_begin(&q, c, &who);
	list = req_json(&q, core_addresses(c, SUMMARY_LIST));
	json_array_foreach(list, i, to)
		if (!c->broken)
			summary_one(&q, &w, to, day);
	daily_end(&q);
}

/* What becomes of it nobody waits for: encargos tells why one failed. */
int
summary_on_sent(struct req *q, const struct job_row *row,
    const json_t *result, int64_t *again, char **body)
{
	(void)q;
	(void)row;
	(void)result;
	(void)again;
	(void)body;
	return 0;
}
