/* SPDX-License-Identifier: ISC */
/*
 * bandeja_bulk.c - several tasks taken or handed over at once: one command for
 * each marked row, and what came of each.  Decisions are never taken so:
 * only `tomar` and `turnar` come this way.
 */
#include "bandeja.h"

#include "i18n.h"

unsigned
bandeja_marked(const struct bandeja *b)
{
	unsigned i, n = 0;

	for (i = 0; i < b->tasks.count; i++)
		n += b->tasks.rows[i].marked && !b->tasks.rows[i].gone;
	return n;
}

void
bandeja_mark(struct bandeja *b)
{
	struct task_row *row = tasks_at(&b->tasks);

	row->marked = !row->marked;
	(void)cursor_key(&b->tasks.at, K_DOWN);
}

/* Of what is marked, whoever it goes to must have the role of it. */
const char *
bandeja_bulk_role(const struct bandeja *b)
{
	const char *role = NULL, *one;
	unsigned i;

	for (i = 0; i < b->tasks.count; i++) {
		if (!b->tasks.rows[i].marked || b->tasks.rows[i].gone)
			continue;
		one = doc_text(b->tasks.rows[i].task, "role");
		if (role != NULL && strcmp(role, one) != 0)
			return "";
		role = one;
	}
	return role != NULL ? role : "";
}

void
bandeja_bulk(struct bandeja *b, const char *verb, const char *login)
{
	struct line l = { 0 };
	struct task_row *row;
	char ref[DOC_REF_MAX];
	unsigned i;
	int n;

	bulk_clear(&b->bulk);
	for (i = 0; i < b->tasks.count; i++) {
		row = &b->tasks.rows[i];
		if (!row->marked || row->gone)
			continue;
		row->marked = false;
		n = bulk_add(&b->bulk, doc_text(row->task, "folio"),
		    doc_ref(row->task, ref));
		tasks_line(row, &l, verb);
		if (login != NULL)
			line_addf(&l, "persona=%s", login);
		line_ask(&l, &b->view, TAG_BULK + n, true);
	}
}

/* Choosing one goes to its row. */
static void
bandeja_bulk_on_pick(struct view *v, int tag, const char *place)
{
	struct bandeja *b = (struct bandeja *)v;
	const struct bulk_one *one = bulk_at(&b->bulk, place);

	(void)tag;
	(void)tasks_find(&b->tasks, one->folio, one->ref);
	app_say(v->app, !one->good, "%s", one->said);
}

void
bandeja_bulk_on_doc(struct bandeja *b, int n, int status, const json_t *doc)
{
	unsigned good;

	if (!bulk_take(&b->bulk, n, status == 0, status != 0 ?
	    xasprintf(_("No: %s"), doc_why(doc)) :
	    xasprintf(_("La tiene %s"), doc_text(doc, "assignee"))))
		return;
	good = bulk_good(&b->bulk);
	app_say(b->view.app, good < b->bulk.count, _("%u de %u tareas."),
	    good, b->bulk.count);
	bulk_show(&b->bulk, &b->view, _("Lo que resultó de cada tarea"),
	    bandeja_bulk_on_pick);
}
