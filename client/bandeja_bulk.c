/* SPDX-License-Identifier: ISC */
/*
 * bandeja_bulk.c - several tasks taken or handed over at once: one command for
 * each marked row, and what came of each.  Decisions are never taken so
 * (roles.md): only `tomar` and `turnar` come this way.
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

void
bulk_clear(struct bandeja *b)
{
	unsigned i;

	for (i = 0; i < b->bulk_count; i++) {
		json_decref(b->bulk[i].task);
		free(b->bulk[i].said);
	}
	free(b->bulk);
	b->bulk = NULL;
	b->bulk_count = b->bulk_left = 0;
}

/* Of what is marked, whoever it goes to must have the role of it. */
const char *
bulk_role(const struct bandeja *b)
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
bulk_start(struct bandeja *b, const char *verb, const char *login)
{
	struct line l = { 0 };
	struct task_row *row;
	unsigned i;

	bulk_clear(b);
	b->bulk = xcalloc(b->tasks.count, sizeof *b->bulk);
	for (i = 0; i < b->tasks.count; i++) {
		row = &b->tasks.rows[i];
		if (!row->marked || row->gone)
			continue;
		row->marked = false;
		b->bulk[b->bulk_count].task = json_incref(row->task);
		tasks_line(row, &l, verb);
		if (login != NULL)
			line_addf(&l, "persona=%s", login);
		b->bulk_left++;
		line_ask(&l, &b->view, TAG_BULK + (int)b->bulk_count++, true);
	}
}

static void
bulk_on_pick(struct view *v, int tag, const char *place)
{
	struct bandeja *b = (struct bandeja *)v;
	const struct bulk *one = &b->bulk[strtoul(place, NULL, 10)];
	char ref[DOC_REF_MAX];

	(void)tag;
	(void)tasks_find(&b->tasks, doc_text(one->task, "folio"),
	    doc_ref(one->task, ref));
	app_say(v->app, !one->good, "%s", one->said);
}

/* All answered: a line for each; choosing one goes to its row. */
static void
bulk_show(struct bandeja *b)
{
	json_t *items = json_array();
	unsigned i, good = 0;
	char ref[DOC_REF_MAX], place[16];
	char *label;

	for (i = 0; i < b->bulk_count; i++) {
		good += b->bulk[i].good;
		label = xasprintf("%s %s  %s", doc_text(b->bulk[i].task,
		    "folio"), doc_ref(b->bulk[i].task, ref), b->bulk[i].said);
		(void)snprintf(place, sizeof place, "%u", i);
		json_array_append_new(items, json_pack("{s:s, s:s}", "value",
		    place, "label", label));
		free(label);
	}
	app_say(b->view.app, good < b->bulk_count,
	    _("%u de %u tareas."), good, b->bulk_count);
	app_pick(&b->view, 0, _("Lo que resultó de cada tarea"), items,
	    bulk_on_pick);
	json_decref(items);
}

void
bulk_on_doc(struct bandeja *b, unsigned i, int status, const json_t *doc)
{
	if (i >= b->bulk_count || b->bulk[i].said != NULL)
		return;
	b->bulk[i].good = status == 0;
	b->bulk[i].said = status != 0 ? xasprintf(_("No: %s"), doc_why(doc)) :
	    xasprintf(_("La tiene %s"), doc_text(doc, "assignee"));
	if (--b->bulk_left == 0)
		bulk_show(b);
}
