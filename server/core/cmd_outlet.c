/* SPDX-License-Identifier: ISC */
/*
 * cmd_outlet.c - verbs about the register of outlets: one at a time, all of
 * them, and to and from the files of other programs.
 */
#include "outlet.h"

#include "../../proto/text.h"

enum { FILE_FAULTS = 50 };	/* lines of a file that are told of */

/* Where a new one goes: the office that was said, or the asker's first. */
static const char *
outlet_office(struct req *q)
{
	const char *said = req_take(q, "oficina");

	if (said != NULL)
		return said;
	return q->actor.grants_count > 0 ? q->grants[0].office : "";
}

static int64_t
outlet_number(const char *word)
{
	char *end;
	long long n = strtoll(word, &end, 10);

	return *word != '\0' && *end == '\0' && n > 0 ? n : 0;
}

struct outlet_one {
	struct req *q;
	json_t *doc;
};

static int
outlet_on_one(void *arg, const struct outlet_row *o)
{
	struct outlet_one *one = arg;

	if (access_sees_office(one->q, o->office))
		one->doc = outlet_doc(one->q, o);
	return 1;
}

/* The one of that number, into the answer. */
static int
outlet_answer(struct req *q, int64_t id)
{
	struct outlet_one one = { q, NULL };

	if (id > 0)
		(void)store_find_outlet(q->c->store, id, outlet_on_one, &one);
	if (one.doc == NULL)
		return why_set(&q->why, ERR_NOT_FOUND, "No hay un medio de ese "
		    "número a su alcance. «medios» los lista.");
	json_object_set_new(q->out, "outlets", json_pack("[o]", one.doc));
	return 0;
}

/* ---- all of them ---- */

struct outlet_list {
	struct req *q;
	json_t *list;
	const char *office;
	bool all;
};

static int
outlet_on_listed(void *arg, const struct outlet_row *o)
{
	struct outlet_list *l = arg;

	if ((o->active || l->all) && access_sees_office(l->q, o->office) &&
	    (l->office == NULL || strcmp(l->office, o->office) == 0))
		json_array_append_new(l->list, outlet_doc(l->q, o));
	return 0;
}

static json_t *
outlet_collect(struct req *q, const char *office)
{
	struct outlet_list l = { q, json_array(), office,
		q->flags & FLAG_ALL };

	(void)store_each_outlet(q->c->store, outlet_on_listed, &l);
	return l.list;
}

struct import {
	struct req *q;
	const char *office;
	int64_t added, changed, same;
	json_t *refused, *names;
};

/*
 * One that is there already is changed; what is refused is told of, and the
 * others stay: a refusal of the whole would leave them written all the same.
 */
static int
import_on_row(void *arg, int line, const struct outlet_said *row)
{
	struct import *im = arg;
	struct outlet_said said = *row;
	int64_t id;
	bool same;
	int r;

	said.office = im->office;
	said.active = true;
	if (said.column[OUTLET_NAME] != NULL)
		said.id = outlet_find(im->names, said.column[OUTLET_NAME]);
	said.names = im->names;
	r = outlet_set(im->q, &said, &id, &same);
	if (r == 0) {
		outlet_name_put(im->names, said.column[OUTLET_NAME], id);
		*(same ? &im->same : said.id != 0 ? &im->changed :
		    &im->added) += 1;
		return 0;
	}
	if (r != -ERR_SYSTEM && json_array_size(im->refused) < FILE_FAULTS)
		json_array_append_new(im->refused, json_pack("{s:i, s:s}",
		    "line", line, "message", im->q->why.text));
	return r == -ERR_SYSTEM ? r : 0;
}

static int
outlet_import(struct req *q)
{
	const char *text = req_take(q, "texto");
	struct import im = { .q = q, .office = outlet_office(q) };
	bool xml;
	int r;

	if ((r = req_all_used(q)) < 0 || (r = outlet_allow(q, im.office)) < 0)
		return r;
	if (text == NULL || *text == '\0')
		return why_set(&q->why, ERR_USAGE, "Falta el texto del "
		    "archivo: medio importar texto=…, en CSV u OPML.");
	im.names = outlet_register(q, im.office);
	json_object_set_new(q->out, "refused", im.refused = json_array());
	xml = text[strspn(text, " \t\r\n\xef\xbb\xbf")] == '<';
	r = (xml ? outlet_read_opml : outlet_read_csv)(text, import_on_row,
	    &im, &q->why);
	if (r < 0)
		return r;
	json_object_del(q->out, "n");
	json_object_set_new(q->out, "added", json_integer(im.added));
	json_object_set_new(q->out, "changed", json_integer(im.changed));
	json_object_set_new(q->out, "same", json_integer(im.same));
	return 0;
}

int
cmd_medios(struct req *q)
{
	const char *office = req_take(q, "oficina");
	json_t *list;
	struct buf b;
	int r;

	if ((r = req_all_used(q)) < 0)
		return r;
	list = outlet_collect(q, office);
	if (!(q->flags & (FLAG_CSV | FLAG_OPML))) {
		json_object_set_new(q->out, "outlets", list);
		return 0;
	}
	buf_init(&b, FRAME_MAX);
	if (q->flags & FLAG_CSV)
		outlet_write_csv(list, &b);
	else
		outlet_write_opml(list, &b);
	json_object_set_new(q->out, "file", json_string(buf_str(&b)));
	buf_clear(&b);
	json_decref(list);
	return 0;
}

/* ---- one ---- */

/* What is said of it: all that a baja leaves alone. */
static int
outlet_change(struct req *q, struct outlet_said *said, bool columns)
{
	int64_t id;
	unsigned i;
	bool same;
	int r;

	for (i = 0; columns && i < OUTLET_COLUMNS; i++)
		said->column[i] = req_take(q, outlet_names[i]);
	if ((r = req_all_used(q)) < 0 ||
	    (r = outlet_set(q, said, &id, &same)) < 0)
		return r;
	return outlet_answer(q, id);
}

int
cmd_medio(struct req *q)
{
	struct outlet_said said = { .active = true };
	bool changes = text_like(q->pos[0], "cambio");
	int r;

	if (q->pos_count == 1 && text_like(q->pos[0], "importar"))
		return outlet_import(q);
	if (q->pos_count == 1 && text_like(q->pos[0], "alta")) {
		said.office = outlet_office(q);
		return outlet_change(q, &said, true);
	}
	if (q->pos_count == 2 && (changes || text_like(q->pos[0], "baja"))) {
		said.id = outlet_number(q->pos[1]);
		said.active = changes;
		if ((r = outlet_answer(q, said.id)) < 0)
			return r;
		return outlet_change(q, &said, changes);
	}
	if (q->pos_count != 1)
		return why_set(&q->why, ERR_USAGE, "Uso: medio %s",
		    q->verb->args);
	if ((r = req_all_used(q)) < 0)
		return r;
	return outlet_answer(q, outlet_number(q->pos[0]));
}
