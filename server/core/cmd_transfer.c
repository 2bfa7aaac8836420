/* SPDX-License-Identifier: ISC */
/*
 * cmd_transfer.c - the list of what was transferred in a period, as the table
 * that both sides keep: CSV, its sum, and the installation's signature, which
 * ssh-keygen checks with the key of `pautad export` (allowed_signers).
 */
#include <assert.h>
#include <stdio.h>

#include "../../proto/hash.h"
#include "../engine/retention.h"
#include "req.h"
#include "seal.h"

struct transfers {
	struct req *q;
	const char *from, *to;		/* days on which the archive received */
	json_t *rows;
	struct buf csv;
};

/*
 * A cell: quoted always, so that commas and lines stay inside it; what a
 * spreadsheet would compute gets an apostrophe.
 */
static void
csv_cell(struct buf *b, const char *s, bool last)
{
	(void)buf_addf(b, "\"%s", *s != '\0' &&
	    strchr("=+-@\t\r", *s) != NULL ? "'" : "");
	for (; *s != '\0'; s++)
		(void)buf_addf(b, "%s%c", *s == '"' ? "\"" : "", *s);
	(void)buf_addf(b, "\"%s", last ? "\r\n" : ",");
}

static const char *
row_text(const json_t *row, const char *key)
{
	const char *s = json_string_value(json_object_get(row, key));

	return s != NULL ? s : "";
}

static const char *
fate_text(const struct produced *made, const char *act, const char *key)
{
	return row_text(json_object_get(made->fate, act), key);
}

/* One line a file, or one without. */
static void
csv_row(struct transfers *t, const json_t *row, const struct produced *made,
    const json_t *file)
{
	const char *cells[] = { row_text(row, "folio"),
		row_text(row, "procedure"), row_text(row, "ref"),
		row_text(row, "record"), row_text(row, "keeper_title"),
		row_text(row, "medium"), row_text(row, "place"),
		row_text(row, "disposition"), row_text(row, "from"),
		row_text(row, "until"), fate_text(made, "transfer", "by"),
		fate_text(made, "approve", "by"),
		fate_text(made, "receive", "by"),
		fate_text(made, "receive", "at"), row_text(file, "name"),
		row_text(file, "sha256") };
	size_t i;

	for (i = 0; i < ARRAY_LEN(cells); i++)
		csv_cell(&t->csv, cells[i], i + 1 == ARRAY_LEN(cells));
}

static int
transfers_on_record(void *arg, const struct record_row *r)
{
	struct transfers *t = arg;
	struct produced *made;
	json_t *row, *file;
	const char *at;
	struct held *h;
	char ref[40];
	size_t i;

	(void)snprintf(ref, sizeof ref, "%.20s.%d", r->record, r->serial);
	if (!access_sees_id(t->q, r->office, r->kase) ||
	    case_load_by_id(t->q->c, r->kase, &h, &t->q->why) < 0 ||
	    (made = retention_find(h->ca, ref)) == NULL)
		return 0;
	at = fate_text(made, "receive", "at");
	if (strncmp(at, t->from, 10) < 0 || strncmp(at, t->to, 10) > 0)
		return 0;
	row = doc_retained(t->q, h, made, 0);
	json_array_append_new(t->rows, row);
	json_array_foreach(json_object_get(row, "evidence"), i, file)
		csv_row(t, row, made, file);
	if (json_array_size(json_object_get(row, "evidence")) == 0)
		csv_row(t, row, made, NULL);
	return 0;
}

static void
csv_head(struct buf *b)
{
	static const char *const names[] = { "folio", "procedimiento",
		"registro", "nombre", "responsable", "tipo", "ubicación",
		"destino", "desde", "hasta", "propuso", "aprobó", "recibió",
		"fecha", "archivo", "sha256" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++)
		csv_cell(b, names[i], i + 1 == ARRAY_LEN(names));
}

int
cmd_transferencias(struct req *q)
{
	struct transfers t = { .q = q, .from = req_take(q, "desde"),
		.to = req_take(q, "hasta"), .rows = json_array() };
	uint8_t sum[HASH_SIZE];
	char hex[HASH_TEXT];
	int r;

	json_object_set_new(q->out, "rows", t.rows);
	if ((r = req_all_used(q)) < 0)
		return r;
	if (t.from == NULL || t.to == NULL || !calendar_is_date(t.from) ||
	    !calendar_is_date(t.to))
		return why_set(&q->why, ERR_USAGE,
		    "Falta el periodo: desde=AAAA-MM-DD hasta=AAAA-MM-DD.");
	buf_init(&t.csv, FRAME_MAX / 2);
	csv_head(&t.csv);
	(void)store_each_kept(q->c->store, "0000-00-00", "9999-12-31", true,
	    transfers_on_record, &t);
	hash_sha256(buf_str(&t.csv), t.csv.len, sum);
	json_object_set_new(q->out, "csv", json_string(buf_str(&t.csv)));
	json_object_set_new(q->out, "sha256", json_string(hex_text(sum,
	    HASH_SIZE, hex)));
	json_object_set_new(q->out, "signature", json_string(req_text(q,
	    seal_text(q->c->seal, TRANSFER_SPACE, buf_str(&t.csv)))));
	buf_clear(&t.csv);
	return 0;
}
