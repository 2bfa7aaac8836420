/* SPDX-License-Identifier: ISC */
/*
 * project.c - the views as functions of the events: rows for lists, registers
 * and rights.  Used when an event is written and when all are read again
 * (`verificar --rebuild`): the two must agree to the byte.
 */
#include <assert.h>

#include "../engine/retention.h"
#include "req.h"

static void
project_row(struct held *h, struct when updated)
{
	struct case_row row = { .id = h->row.id };
	const struct kase *ca = h->ca;

	row.folio = xstrdup(ca->folio);
	row.procedure = xstrdup(ca->p->code);
	row.revision = xstrdup(ca->p->revision);
	row.start = xstrdup(ca->start != NULL ? ca->start : "");
	row.title = xstrdup(ca->title != NULL ? ca->title : "");
	row.office = xstrdup(ca->office);
	row.opened_by = xstrdup(ca->opened_by != NULL ? ca->opened_by : "");
	row.priority = xstrdup(ca->priority != NULL ? ca->priority : "normal");
	row.day = xstrdup(ca->day != NULL ? ca->day : "");
	row.state = (int)ca->state;
	row.opened = ca->opened.s;
	row.closed = ca->closed.s;
	row.updated = updated.s;
	row.n = ca->n;
	case_row_clear(&h->row);
	h->row = row;
}

static char *
project_words(const char *const *roles, unsigned n)
{
	struct buf b;
	unsigned i;
	char *out;

	buf_init(&b, TEXT_MAX);
	(void)buf_addf(&b, " ");
	for (i = 0; i < n; i++)
		(void)buf_addf(&b, "%s ", roles[i]);
	out = xstrdup(buf_str(&b));
	buf_clear(&b);
	return out;
}

static char *
project_roles(const struct step *st)
{
	const char *const *roles;
	unsigned n;

	roles = step_roles(st, &n);
	return project_words(roles, n);
}

/* To whom it was escalated. */
static char *
project_told(const struct token *t)
{
	const struct escalation *e = t->told_by;

	return e == NULL ? xstrdup("") :
	    project_words((const char *const *)e->to, e->to_count);
}

static int
project_tasks(struct core *c, struct held *h, struct why *why)
{
	const struct kase *ca = h->ca;
	struct task_row *rows = xcalloc(ca->tokens_count, sizeof *rows);
	const struct token *t;
	size_t i, n = ca->state == CASE_OPEN ? ca->tokens_count : 0;
	int r;

	for (i = 0; i < n; i++) {
		t = &ca->tokens[i];
		rows[i] = (struct task_row){
			.kase = h->row.id,
			.folio = h->row.folio,
			.procedure = h->row.procedure,
			.title = h->row.title,
			.office = h->row.office,
			.priority = h->row.priority,
			.step = t->st->number,
			.row = t->row,
			.kind = (int)t->st->kind,
			.roles = project_roles(t->st),
			.assignee = t->assignee != NULL ? t->assignee : "",
			.since = t->since.s,
			.due = t->due.s,
			.warn = t->warn.s,
			.n = t->n,
			.returned = t->returned,
			.round = ca->rounds,
			.alarm = t->alarm.s,
			.told = project_told(t),
		};
		clock_hear(c, t->alarm);
	}
	r = store_put_tasks(c->store, h->row.id, rows, n, why);
	for (i = 0; i < n; i++) {
		free((char *)rows[i].roles);
		free((char *)rows[i].told);
	}
	free(rows);
	return r;
}

/*
 * Records, rows of them that are gone, what was decided of them, and whether
 * their time runs: what is done adds, what is undone takes away, never both in
 * one command.
 */
static size_t
project_weigh(const struct kase *ca)
{
	size_t i, n = ca->records_count;

	for (i = 0; i < ca->records_count; i++)
		n += json_array_size(ca->records[i].gone) +
		    (size_t)ca->records[i].moves + (ca->state != CASE_OPEN);
	return n;
}

static int
project_records(struct core *c, struct held *h, struct why *why)
{
	const struct kase *ca = h->ca;
	struct record_row *rows;
	const struct produced *p;
	struct term_days *days;
	struct world w;
	size_t i;
	int r;

	if (h->records_known && h->records_put == project_weigh(ca))
		return 0;
	core_world(c, h->row.office, &w);
	rows = xcalloc(ca->records_count, sizeof *rows);
	days = xcalloc(ca->records_count, sizeof *days);
	for (i = 0; i < ca->records_count; i++) {
		p = &ca->records[i];
		assert(p->n > 0 && (size_t)p->n <= h->seqs_count);
		retention_days(ca, p, w.zone, &days[i]);
		rows[i] = (struct record_row){
			.kase = h->row.id,
			.seq = h->seqs[p->n - 1],
			.folio = h->row.folio,
			.procedure = h->row.procedure,
			.record = p->record->number,
			.step = p->st->number,
			.gone = p->gone != NULL ?
			    json_dumps(p->gone, JSON_COMPACT) :
			    xstrdup(""),
			.row = p->row,
			.serial = p->serial,
			.at = p->at.s,
			.until = days[i].until,
			.retained = (int)retention_state(ca, p),
		};
	}
	r = store_put_records(c->store, h->row.id, rows, ca->records_count,
	    why);
	h->records_known = r == 0;
	h->records_put = project_weigh(ca);
	for (i = 0; i < ca->records_count; i++)
		free((char *)rows[i].gone);
	free(days);
	free(rows);
	return r;
}

/*
 * How long each approval waited.  Most events decide nothing: the rows are
 * put again only when there are others.
 */
static int
project_decisions(struct core *c, struct held *h, struct why *why)
{
	const struct kase *ca = h->ca;
	struct decision_row *rows = xcalloc(ca->dones_count, sizeof *rows);
	int64_t last = 0;
	size_t i, n = 0;
	int r = 0;

	for (i = 0; i < ca->dones_count; i++)
		if (ca->dones[i].st->approval != NULL &&
		    strcmp(ca->dones[i].outcome, "skipped") != 0) {
			last = h->seqs[ca->dones[i].n - 1];
			rows[n++] = (struct decision_row){ last,
				ca->dones[i].st->number, ca->dones[i].since.s,
				ca->dones[i].at.s };
		}
	if (last != h->decided)
		r = store_put_decisions(c->store, h->row.id, rows, n, why);
	h->decided = last;
	free(rows);
	return r;
}

/* Who is named in what was said: nothing takes a comment away. */
static int
project_mentions(struct core *c, struct held *h, struct why *why)
{
	const json_t *events = h->ca->events, *kept;
	json_t *login;
	size_t i, k;
	int r;

	if (h->comments_put == h->ca->comments)
		return 0;
	for (i = 0; i < json_array_size(events); i++) {
		kept = json_array_get(events, i);
		if (!kase_event_is(kept, "case.commented"))
			continue;
		json_array_foreach(json_object_get(json_object_get(kept,
		    "body"), "mentions"), k, login)
			if ((r = store_add_mention(c->store,
				 json_string_value(login), h->seqs[i],
				 h->row.id, why)) < 0)
				return r;
	}
	h->comments_put = h->ca->comments;
	return 0;
}

/* Has each row of the case that is written still its file, at its place? */
static bool
project_keeps_files(const struct held *h)
{
	size_t i, n = json_array_size(h->filed);

	if (h->filed == NULL || n > json_array_size(h->ca->files))
		return false;
	for (i = 0; i < n; i++)
		if (doc_int(json_array_get(h->filed, i), "n") !=
		    doc_int(json_array_get(h->ca->files, i), "n"))
			return false;
	return true;
}

static int
project_file(struct core *c, const struct held *h, const json_t *file,
    struct why *why)
{
	struct when at = { 0 };
	struct file_row row = {
		.n = doc_int(file, "n"),
		.office = h->row.office,
		.step = doc_text(file, "step"),
		.row = (int)doc_int(file, "row"),
		.field = doc_text(file, "field"),
		.name = doc_text(file, "name"),
		.size = doc_int(file, "size"),
		.sha256 = doc_text(file, "sha256"),
		.type = doc_text(file, "type"),
		.by = doc_text(file, "by"),
		.gone = doc_int(file, "gone"),
	};

	(void)when_parse(doc_text(file, "at"), &at);
	row.at = at.s;
	return store_put_file(c->store, h->row.id, &row, why);
}

/* A file never changes: one that differs is another, and only its row is put. */
static int
project_files(struct core *c, struct held *h, struct why *why)
{
	size_t i, n = json_array_size(h->ca->files);
	bool keeps = project_keeps_files(h), moved = !keeps;
	json_t *file;
	int r = 0;

	if (!keeps && (n > 0 || h->filed != NULL))
		r = store_del_files(c->store, h->row.id, why);
	for (i = 0; r == 0 && i < n; i++) {
		file = json_array_get(h->ca->files, i);
		if (keeps && file == json_array_get(h->filed, i))
			continue;
		moved = true;
		r = project_file(c, h, file, why);
	}
	if (r == 0 && moved) {
		json_decref(h->filed);
		h->filed = json_copy(h->ca->files);
	}
	return r;
}

/* When the last event of the case happened. */
static struct when
project_updated(const struct kase *ca)
{
	struct when at = { 0 };
	size_t n = json_array_size(ca->events);

	if (n > 0)
		(void)when_parse(json_string_value(json_object_get(
			json_array_get(ca->events, n - 1), "at")), &at);
	return at;
}

int
project_case(struct core *c, struct held *h, struct why *why)
{
	int r;

	project_row(h, project_updated(h->ca));
	if ((r = store_put_case(c->store, &h->row, why)) < 0)
		return r;
	if ((r = project_tasks(c, h, why)) < 0)
		return r;
	if ((r = project_mentions(c, h, why)) < 0 ||
	    (r = project_decisions(c, h, why)) < 0 ||
	    (r = project_records(c, h, why)) < 0)
		return r;
	return project_files(c, h, why);
}
