/* SPDX-License-Identifier: ISC */
/*
 * effect_job.c - what a case asks to have done outside becomes jobs of the
 * courier, in the transaction of the event that asks, and what comes of them
 * becomes events of the case.
 *
 *	effect.asked --> a job (a mail: one a recipient), held for as long as
 *	                 the answer that asked may be undone
 *	decision.undone, case.cancelled --> those that wait are cancelled
 *	done | failed for good | unknown --> effect.ended
 *
 * A mail that may have arrived is sent once more, under the same Message-ID,
 * and never a third time.
 */
#include <assert.h>
#include <fcntl.h>
#include <unistd.h>

#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "job_own.h"

enum { SECRET_MAX = 512, EFFECT_DOUBT_S = 900 };

/* "effect:SIN-2026-0001:34:dg@oficina.mx" */
char *
effect_job_key(const char *folio, int64_t n, const json_t *to)
{
	return xasprintf("effect:%s:%lld:%s", folio, (long long)n,
	    doc_text(to, "address"));
}

static const struct {
	const char *effect, *job;
	bool held;		/* until it cannot be undone any more */
} effect_jobs[] = {
	{ "publish", "publish", true },
	{ "send_mail", "mail", true },
	{ "verify", "verify", false },
};

/* ---- asking ---- */

/* As mail names it; what is not known goes as bytes. */
static const char *
effect_mime(const struct req *q, const struct held *h, const char *sha256)
{
	const struct file_type *t;
	json_t *file;
	size_t i;

	json_array_foreach(h->ca->files, i, file) {
		if (strcmp(doc_text(file, "sha256"), sha256) != 0)
			continue;
		t = institution_find_type(q->c->institution,
		    doc_text(file, "type"));
		if (t != NULL && t->mime_count > 0)
			return t->mime[0];
	}
	return "application/octet-stream";
}

/* Those whose bytes are here: what was only registered cannot be sent. */
static json_t *
effect_bytes(struct req *q, const struct held *h, const json_t *e)
{
	json_t *list = json_array(), *one;
	const char *sum;
	size_t i;

	json_array_foreach(json_object_get(e, "files"), i, one) {
		sum = doc_text(one, "sha256");
		if (*sum == '\0' || !store_has_file(q->c->store,
		    h->row.office, sum))
			continue;
		json_array_append_new(list, json_pack(
		    "{s:s, s:s, s:s, s:s, s:s, s:s}", "office",
		    h->row.office, "sha256", sum, "name",
		    doc_text(one, "name"), "type", effect_mime(q, h, sum),
		    "alt", doc_text(one, "alt"), "caption",
		    doc_text(one, "caption")));
	}
	return list;
}

static int
effect_put_job(struct req *q, struct held *h, const json_t *e, size_t kind,
    const json_t *to)
{
	json_t *body = req_json(q, json_pack(
	    "{s:s, s:I, s:s, s:s, s:s, s:s, s:s}",
	    "folio", h->row.folio, "effect", doc_int(e, "n"),
	    "title", doc_text(e, "title"), "text", doc_text(e, "text"),
	    "url", doc_text(e, "url"), "at", doc_text(e, "at"),
	    "list", doc_text(e, "list")));
	const char *what = *doc_text(e, "url") != '\0' ?
	    doc_text(e, "url") : doc_text(e, "title");
	struct job_row row = {
		.key = req_text(q, effect_job_key(h->row.folio,
		    doc_int(e, "n"), to)),
		.kind = effect_jobs[kind].job,
		.office = h->row.office,
		.kase = h->row.id,
		.step = doc_text(e, "step"),
		.next_at = effect_jobs[kind].held ?
		    q->now.s + UNDO_SECONDS + 1 : 0,
	};

	if (to != NULL)
		json_object_set(body, "to", (json_t *)to);
	if (json_object_get(e, "files") != NULL)
		json_object_set_new(body, "files", effect_bytes(q, h, e));
	row.title = req_text(q, to != NULL ? xasprintf("%s: %s, %s",
	    h->row.folio, what, doc_text(to, "address")) :
	    xasprintf("%s: %s", h->row.folio, what));
	row.body = req_text(q, json_dumps(body, JSON_COMPACT));
	return job_put(q->c, &row, &q->why);
}

/* The effect that the last event of the case asked for. */
static int
effect_put(struct req *q, struct held *h)
{
	const json_t *e = json_array_get(h->ca->effects,
	    json_array_size(h->ca->effects) - 1);
	const json_t *to = json_object_get(e, "to");
	size_t kind = 0, i;
	int r = 0;

	for (; strcmp(effect_jobs[kind].effect, doc_text(e, "do")) != 0;
	     kind++)
		assert(kind + 1 < ARRAY_LEN(effect_jobs));
	if (to == NULL)
		return effect_put_job(q, h, e, kind, NULL);
	for (i = 0; i < json_array_size(to) && r == 0; i++)
		r = effect_put_job(q, h, e, kind, json_array_get(to, i));
	return r;
}

/* What is under way ends by itself, and is told. */
static int
effect_drop_one(struct req *q, const struct held *h, const json_t *e,
    const json_t *to)
{
	const char *key = req_text(q, effect_job_key(h->row.folio,
	    doc_int(e, "n"), to));

	return job_is_away(q->c, key) ? 0 : job_cancel(q->c, key, &q->why);
}

/* What was asked by event n of the case or later is wanted no more. */
static int
effect_drop(struct req *q, const struct held *h, int64_t n)
{
	const json_t *to;
	json_t *e;
	size_t i, k;
	int r = 0;

	json_array_foreach(h->ca->effects, i, e) {
		if (doc_int(e, "n") < n)
			continue;
		to = json_object_get(e, "to");
		if (to == NULL)
			r = effect_drop_one(q, h, e, NULL);
		for (k = 0; k < json_array_size(to) && r == 0; k++)
			r = effect_drop_one(q, h, e, json_array_get(to, k));
		if (r < 0)
			return r;
	}
	return 0;
}

int
effect_before(struct req *q, const struct held *h, const json_t *body)
{
	const char *type = doc_text(body, "type");

	if (strcmp(type, "decision.undone") == 0)
		return effect_drop(q, h, doc_int(body, "n"));
	if (strcmp(type, "case.cancelled") == 0)
		return effect_drop(q, h, 0);
	return 0;
}

int
effect_after(struct req *q, struct held *h, const json_t *body)
{
	return strcmp(doc_text(body, "type"), "effect.asked") == 0 ?
	    effect_put(q, h) : 0;
}

/* ---- giving: what the office set since, and what is never kept ---- */

/* One line of a file of the data folder that only the server reads. */
static void
secret_put(const struct core *c, const char *name, json_t *body)
{
	char *path = xasprintf("%s/%s", c->dir, name), line[SECRET_MAX];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd >= 0 ? read(fd, line, sizeof line - 1) : -1;

	if (fd >= 0)
		(void)close(fd);
	free(path);
	if (n <= 0)
		return;
	line[n] = '\0';
	line[strcspn(line, "\r\n")] = '\0';
	json_object_set_new(body, "login", json_string(line));
}

static void
setting_put(const struct world *w, json_t *body, const char *key,
    const char *id)
{
	const char *value = w->setting(w->arg, id);

	json_object_set_new(body, key, json_string(value != NULL ? value : ""));
}

/* An address is taken off its list because nothing more is to go there. */
static bool
mail_is_wanted(struct core *c, const json_t *body)
{
	const char *list = doc_text(body, "list"),
		   *to = doc_text(json_object_get(body, "to"), "address");
	json_t *now, *one;
	bool wanted = false;
	size_t i;

	if (*list == '\0')
		return true;
	now = core_addresses(c, list);
	json_array_foreach(now, i, one)
		wanted = wanted || strcmp(doc_text(one, "address"), to) == 0;
	json_decref(now);
	return wanted;
}

const char *
effect_give_mail(struct core *c, const struct job_row *row, json_t *body)
{
	struct world w;

	if (!mail_is_wanted(c, body))
		return N_("La dirección se quitó de la lista antes de que "
		    "saliera.");
	core_world(c, row->office, &w);
	setting_put(&w, body, "server", "mail_server");
	setting_put(&w, body, "tls", "mail_tls");
	setting_put(&w, body, "from", "mail_from");
	json_object_set_new(body, "from_name", json_string(
	    c->institution != NULL && c->institution->unit != NULL ?
	    c->institution->unit : ""));
	secret_put(c, "mail.secret", body);
	return NULL;
}

const char *
effect_give_publish(struct core *c, const struct job_row *row, json_t *body)
{
	const struct institution *in = c->institution;
	char day[11], hour[9];
	struct world w;
	struct when at;

	core_world(c, row->office, &w);
	if (when_parse(doc_text(body, "at"), &at) == 0) {
		calendar_local(w.zone, at, day, hour);
		json_object_set_new(body, "day", json_string(day));
	}
	setting_put(&w, body, "publisher", "publisher");
	setting_put(&w, body, "base", "publish_url");
	json_object_set_new(body, "site", json_string(in != NULL ? in->name :
	    ""));
	json_object_set_new(body, "unit", json_string(in != NULL &&
	    in->unit != NULL ? in->unit : ""));
	secret_put(c, "wordpress.secret", body);
	return NULL;
}

/* ---- what came of it ---- */

/* A text of the other side, as it may be kept and shown. */
static void
report_put_text(json_t *said, const json_t *from, const char *key)
{
	const char *s = json_string_value(json_object_get(from, key));
	char safe[WHY_MAX];

	if (s == NULL || *s == '\0')
		return;
	(void)text_safe(s, safe, sizeof safe, 0);
	json_object_set_new(said, key, json_string(safe));
}

/* The event of it, as the system; said is what the event says. */
static int
effect_report(struct req *q, const struct job_row *row, json_t *said)
{
	json_t *body = req_json(q, json_loads(row->body, 0, NULL));
	const char *address = doc_text(json_object_get(body, "to"), "address");
	struct command cmd = { .kind = CMD_REPORT, .revision = -1,
		.values = said };
	struct held *h;
	int r;

	if ((r = case_load_by_id(q->c, row->kase, &h, &q->why)) < 0)
		return r == -ERR_NOT_FOUND ? 0 : r;	/* it was erased */
	json_object_set(said, "effect", json_object_get(body, "effect"));
	if (*address != '\0')
		json_object_set_new(said, "to", json_string(address));
	if (strcmp(row->kind, "verify") == 0)
		json_object_set(said, "url", json_object_get(body, "url"));
	return act_command(q, &h, h->ca->p, &cmd);
}

int
effect_on_failed(struct req *q, const struct job_row *row,
    const json_t *result)
{
	(void)result;
	if (row->state != JOB_FAILED)
		return 0;
	return effect_report(q, row, req_json(q, json_pack("{s:s, s:s, s:i}",
	    "state", "failed", "answer", row->error, "tries", row->tries)));
}

/* Nobody knows whether it arrived: once more, and then never again. */
static int
mail_doubt(struct req *q, const struct job_row *row, json_t *said,
    int64_t *again, char **body)
{
	json_t *next = req_json(q, json_loads(row->body, 0, NULL));
	bool first = json_object_get(next, "doubt") == NULL;

	json_object_set_new(said, "state", json_string("unknown"));
	json_object_set_new(said, "answer", json_string(first ?
	    "El servidor de correo calló después de recibirlo: se enviará "
	    "otra vez y puede llegar dos veces." :
	    "El servidor de correo calló otra vez: puede haber llegado, hasta "
	    "dos veces, o no. Pregunte a quien lo recibe."));
	if (first) {
		json_object_set_new(next, "doubt", json_true());
		*again = q->now.s + EFFECT_DOUBT_S;
		*body = json_dumps(next, JSON_COMPACT);
	}
	return effect_report(q, row, said);
}

int
effect_on_mail(struct req *q, const struct job_row *row, const json_t *result,
    int64_t *again, char **body)
{
	json_t *said = req_json(q, json_pack("{s:s, s:i}", "state", "done",
	    "tries", row->tries + 1));
	json_t *kept = req_json(q, json_loads(row->body, 0, NULL));
	char *text;

	report_put_text(said, result, "id");
	if (doc_is(result, "unknown"))
		return mail_doubt(q, row, said, again, body);
	report_put_text(said, result, "answer");
	if (json_object_get(kept, "doubt") != NULL) {
		text = xasprintf("%s (pudo llegar dos veces)",
		    doc_text(said, "answer"));
		json_object_set_new(said, "answer", json_string(text));
		free(text);
	}
	return effect_report(q, row, said);
}

/* It is out: look at it for the steps that wait for that. */
static int
publish_look(struct req *q, const struct job_row *row)
{
	struct actor before = q->actor;
	struct command cmd = { .kind = CMD_ASK, .revision = -1 };
	struct grant grant = { 0 };
	struct held *h;
	const char *const *roles;
	char ref[24];
	size_t i;
	unsigned n;
	int r = 0;

	if ((r = case_load_by_id(q->c, row->kase, &h, &q->why)) < 0)
		return r == -ERR_NOT_FOUND ? 0 : r;
	for (i = 0; i < h->ca->tokens_count && r == 0; i++) {
		roles = step_roles(h->ca->tokens[i].st, &n);
		if (step_find_waiting(h->ca->tokens[i].st) == NULL || n == 0)
			continue;
		grant = (struct grant){ .role = roles[0],
			.office = h->row.office };
		q->actor.grants = &grant;
		q->actor.grants_count = 1;
		cmd.step = token_ref(&h->ca->tokens[i], ref);
		r = act_command(q, &h, h->ca->p, &cmd);
	}
	q->actor = before;
	return r == -ERR_SYSTEM ? r : 0;
}

int
effect_on_published(struct req *q, const struct job_row *row,
    const json_t *result, int64_t *again, char **body)
{
	json_t *said = req_json(q, json_pack("{s:s, s:i}", "state", "done",
	    "tries", row->tries + 1));
	int r;

	(void)again;
	(void)body;
	report_put_text(said, result, "url");
	report_put_text(said, result, "id");
	json_object_set_new(said, "photos",
	    json_integer(doc_int(result, "photos")));
	if ((r = effect_report(q, row, said)) < 0)
		return r;
	return publish_look(q, row);
}

int
effect_on_verified(struct req *q, const struct job_row *row,
    const json_t *result, int64_t *again, char **body)
{
	json_t *said = req_json(q, json_pack("{s:s, s:b, s:b, s:b}", "state",
	    "done", "ok", doc_is(result, "ok"),
	    "title", doc_is(result, "title"), "text",
	    doc_is(result, "text")));

	(void)again;
	(void)body;
	report_put_text(said, result, "answer");
	return effect_report(q, row, said);
}
