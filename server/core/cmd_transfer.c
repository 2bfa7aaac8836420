/* SPDX-License-Identifier: ISC */
/*
 * cmd_transfer.c - the list of what was transferred in a period, which both
 * sides keep: CSV, or a PDF to sign by hand, which says the sum of the CSV;
 * either with the installation's signature of its bytes, which ssh-keygen
 * checks with the key of `pautad export` (allowed_signers).  Both lie in the
 * tray of who asked; the answer has the list too where it has room for it.
 */
#include <stdio.h>

#include "../../proto/hash.h"
#include "../../proto/text.h"
#include "../engine/retention.h"
#include "paper.h"
#include "seal.h"
#include "tray.h"

enum {
	TRANSFER_MOST = 32 << 20,	/* bytes of a list */
	TRANSFER_ANSWER = FRAME_MAX - 128 * 1024 /* of one that has it */
};

struct transfers {
	struct req *q;
	const char *from, *to;		/* days on which the archive received */
	json_t *rows;
	struct buf csv;
	bool full;			/* the table has no room for all */
	json_t *lines;			/* rows of the PDF */
	json_t *deliver, *receive;	/* [NAME], each once */
	char sum[HASH_TEXT];		/* of the CSV */
	char number[64];		/* its period, and what it says */
};

/*
 * A cell: quoted always, so that commas and lines stay inside it; what a
 * spreadsheet would compute gets an apostrophe.
 */
static void
csv_cell(struct transfers *t, const char *s, bool last)
{
	struct buf *b = &t->csv;

	(void)buf_addf(b, "\"%s", *s != '\0' &&
	    strchr("=+-@\t\r", *s) != NULL ? "'" : "");
	for (; *s != '\0'; s++)
		(void)buf_addf(b, "%s%c", *s == '"' ? "\"" : "", *s);
	t->full |= buf_addf(b, "\"%s", last ? "\r\n" : ",") < 0;
}

/* One line a file, or one without. */
static void
csv_row(struct transfers *t, const json_t *row, const struct produced *made,
    const json_t *file)
{
	const char *cells[] = { doc_text(row, "folio"),
		doc_text(row, "procedure"), doc_text(row, "ref"),
		doc_text(row, "record"), doc_text(row, "keeper_title"),
		doc_text(row, "medium"), doc_text(row, "place"),
		doc_text(row, "disposition"), doc_text(row, "from"),
		doc_text(row, "until"), retention_said(made, "transfer", "by"),
		retention_said(made, "approve", "by"),
		retention_said(made, "receive", "by"),
		retention_said(made, "receive", "at"), doc_text(file, "name"),
		doc_text(file, "sha256") };
	size_t i;

	for (i = 0; i < ARRAY_LEN(cells); i++)
		csv_cell(t, cells[i], i + 1 == ARRAY_LEN(cells));
}

/* ---- the PDF ---- */

static void
names_add(struct transfers *t, json_t *names, const char *login)
{
	const char *name = core_person_name(t->q->c, login);
	json_t *one;
	size_t i;

	json_array_foreach(names, i, one)
		if (strcmp(json_string_value(one), name) == 0)
			return;
	json_array_append_new(names, json_string(name));
}

static void
lines_add(struct transfers *t, const json_t *row, const struct produced *made,
    const char *day)
{
	json_t *o = json_object();
	static const char *const same[] = { "ref", "record", "medium", "place",
		"folio", "subject", "procedure", "until", "disposition" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(same); i++)
		json_object_set_new(o, same[i], json_string(doc_text(row,
		    same[i])));
	json_object_set_new(o, "since", json_string(doc_text(row, "from")));
	json_object_set_new(o, "keeper", json_string(doc_text(row,
	    "keeper_title")));
	json_object_set_new(o, "received", json_string(day));
	json_object_set_new(o, "files", json_integer((json_int_t)
	    json_array_size(json_object_get(row, "evidence"))));
	json_array_append_new(t->lines, o);
	names_add(t, t->deliver, retention_said(made, "transfer", "by"));
	names_add(t, t->receive, retention_said(made, "receive", "by"));
}

/* Nothing of it is of now, so that who asks again gets the same bytes. */
static json_t *
transfers_job(const struct transfers *t)
{
	const struct institution *in = t->q->c->institution;
	char at[32];

	(void)snprintf(at, sizeof at, "%.10sT00:00:00Z", t->to);
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:O,"
	    " s:O, s:O}", "kind", "relacion", "title",
	    "Relación de registros transferidos", "number", t->number, "from",
	    t->from, "to", t->to, "at", at, "institution",
	    in != NULL ? in->name : "", "unit",
	    in != NULL && in->unit != NULL ? in->unit : "", "sum", t->sum,
	    "deliver", t->deliver, "receive", t->receive, "rows", t->lines);
}

/* The file and its signature, "NAME.sig", for programs for files. */
static int
transfers_lay(struct transfers *t, const char *end, const void *p, size_t n)
{
	struct req *q = t->q;
	char hex[HASH_TEXT], name[80], sig[88];
	const char *signature = req_text(q,
	    seal_bytes(q->c->seal, TRANSFER_SPACE, p, n));
	uint8_t sum[HASH_SIZE];
	int r;

	hash_sha256(p, n, sum);
	(void)snprintf(name, sizeof name, "%s.%s", t->number, end);
	(void)snprintf(sig, sizeof sig, "%s.sig", name);
	json_object_update_new(q->out, json_pack("{s:s, s:s, s:s, s:s, s:I, s:I}",
	    "number", t->number, "sha256", hex_text(sum, HASH_SIZE, hex),
	    "signature", signature, "file", req_text(q, xasprintf("/%s/%s",
	    TRAY_FOLDER, name)), "size", (json_int_t)n, "count",
	    (json_int_t)json_array_size(t->rows)));
	if ((r = tray_put(q, name, p, n)) < 0)
		return r;
	return tray_put(q, sig, signature, strlen(signature));
}

/* The list in the answer as well, if it has room for this many bytes more. */
static int
transfers_fit(struct transfers *t, size_t more)
{
	struct req *q = t->q;

	if (more + json_dumpb(q->out, NULL, 0, JSON_COMPACT) < TRANSFER_ANSWER)
		return 1;
	if (q->json)
		return 0;
	return why_set(&q->why, ERR_REFUSED, "La relación no cabe en una "
	    "respuesta. Quedó hecha, con su firma: bájela por SFTP de %s.",
	    doc_text(q->out, "file"));
}

static int
transfers_pdf(struct transfers *t)
{
	struct req *q = t->q;
	struct buf pdf;
	int r;

	buf_init(&pdf, TRANSFER_MOST);
	if ((r = paper_make(q, req_json(q, transfers_job(t)), &pdf)) == 0 &&
	    (r = transfers_lay(t, "pdf", pdf.p, pdf.len)) == 0) {
		json_object_set_new(q->out, "csv_sha256", json_string(t->sum));
		if ((r = transfers_fit(t, pdf.len / 3 * 4)) > 0)
			json_object_set_new(q->out, "pdf", json_string(req_text(
			    q, base64_text(pdf.p, pdf.len))));
	}
	buf_clear(&pdf);
	return r < 0 ? r : 0;
}

static int
transfers_csv(struct transfers *t)
{
	struct req *q = t->q;
	json_t *list;
	int r;

	if ((r = transfers_lay(t, "csv", buf_str(&t->csv), t->csv.len)) < 0)
		return r;
	list = req_json(q, json_pack("{s:O, s:s}", "rows", t->rows, "csv",
	    buf_str(&t->csv)));
	if ((r = transfers_fit(t, q->json ? json_dumpb(list, NULL, 0,
		 JSON_COMPACT) : t->csv.len)) > 0)
		json_object_update(q->out, list);
	return r < 0 ? r : 0;
}

/* ---- both ---- */

/* The day there on which the archive received it; "" before. */
static void
received_day(const struct transfers *t, const struct held *h,
    const struct produced *made, char day[11])
{
	struct when at;
	struct world w;
	char time[9];

	*day = '\0';
	if (when_parse(retention_said(made, "receive", "at"), &at) < 0)
		return;
	core_world(t->q->c, h->row.office, &w);
	calendar_local(w.zone, at, day, time);
}

/* That day anywhere: no office is more than 14 hours ahead. */
static struct when
day_begins(const char *day)
{
	struct when at = { 0 };
	char text[32];

	(void)snprintf(text, sizeof text, "%.10sT00:00:00Z", day);
	(void)when_parse(text, &at);
	return (struct when){ at.s - 14 * 3600 };
}

static int
transfers_on_record(void *arg, const struct record_row *r)
{
	struct transfers *t = arg;
	struct produced *made;
	json_t *row, *file;
	struct held *h;
	char ref[40], day[11];
	size_t i;

	(void)snprintf(ref, sizeof ref, "%.20s.%d", r->record, r->serial);
	if (!access_sees_id(t->q, r->office, r->kase) ||
	    case_load_by_id(t->q->c, r->kase, &h, &t->q->why) < 0 ||
	    (made = retention_find(h->ca, ref)) == NULL)
		return 0;
	received_day(t, h, made, day);
	if (strcmp(day, t->from) < 0 || strcmp(day, t->to) > 0)
		return 0;
	row = doc_retained(t->q, h, made, 0);
	json_array_append_new(t->rows, row);
	json_array_foreach(json_object_get(row, "evidence"), i, file)
		csv_row(t, row, made, file);
	if (json_array_size(json_object_get(row, "evidence")) == 0)
		csv_row(t, row, made, NULL);
	lines_add(t, row, made, day);
	return t->full;
}

static void
csv_head(struct transfers *t)
{
	static const char *const names[] = { "folio", "procedimiento",
		"registro", "nombre", "responsable", "tipo", "ubicación",
		"destino", "desde", "hasta", "propuso", "aprobó", "recibió",
		"fecha", "archivo", "sha256" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++)
		csv_cell(t, names[i], i + 1 == ARRAY_LEN(names));
}

static int
transfers_answer(struct transfers *t, bool pdf)
{
	struct req *q = t->q;

	uint8_t sum[HASH_SIZE];

	if (t->full)
		return why_set(&q->why, ERR_REFUSED, "La relación es demasiado "
		    "grande: pida un periodo más corto.");
	hash_sha256(buf_str(&t->csv), t->csv.len, sum);
	(void)hex_text(sum, HASH_SIZE, t->sum);
	/* "TR-20271101-20271130-1a2b3c4d" */
	(void)snprintf(t->number, sizeof t->number, "TR-%.4s%.2s%.2s-"
	    "%.4s%.2s%.2s-%.8s", t->from, t->from + 5, t->from + 8, t->to,
	    t->to + 5, t->to + 8, t->sum);
	return pdf ? transfers_pdf(t) : transfers_csv(t);
}

int
cmd_transferencias(struct req *q)
{
	struct transfers t = { .q = q, .from = req_take(q, "desde"),
		.to = req_take(q, "hasta"), .rows = req_json(q, json_array()),
		.lines = req_json(q, json_array()),
		.deliver = req_json(q, json_array()),
		.receive = req_json(q, json_array()) };
	const char *format = req_take(q, "formato");
	bool pdf = format != NULL && text_like(format, "pdf");
	int r;

	if ((r = req_all_used(q)) < 0)
		return r;
	if (t.from == NULL || t.to == NULL || !calendar_is_date(t.from) ||
	    !calendar_is_date(t.to))
		return why_set(&q->why, ERR_USAGE,
		    "Falta el periodo: desde=AAAA-MM-DD hasta=AAAA-MM-DD.");
	if (format != NULL && !pdf && !text_like(format, "csv"))
		return why_set(&q->why, ERR_USAGE,
		    "Diga en qué forma: formato=csv o formato=pdf.");
	buf_init(&t.csv, TRANSFER_MOST);
	csv_head(&t);
	(void)store_each_gone(q->c->store, day_begins(t.from),
	    transfers_on_record, &t);
	r = transfers_answer(&t, pdf);
	buf_clear(&t.csv);
	return r;
}
