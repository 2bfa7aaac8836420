/* SPDX-License-Identifier: ISC */
/*
 * bandeja_choose.c - what of a work list is shown, and how it is put: filter,
 * order, groups.  The server keeps it with the person (`preferencia inbox`),
 * so it is the same on any terminal.
 */
#include "bandeja.h"

#include "i18n.h"
#include "text.h"

enum { FILTER_WORD = 80 };

/* id as it is kept, name as it is read */
static const struct {
	const char *id, *name;
} filter_rows[] = {
	{ "", N_("Todas") }, { "late", N_("Vencidas") },
	{ "today", N_("Vencen hoy") }, { "urgent", N_("Urgentes") },
	{ "mine", N_("A mi nombre") }, { "free", N_("Que nadie tiene") },
	{ "text", N_("Que digan un texto") },
};

static const char filter_procedure[] = "procedure:", filter_text[] = "text:";

static const char *const order_ids[BANDEJA_ORDERS] = {
	"due", "folio", "procedure", "state"
};
static const char *const group_ids[BANDEJA_GROUPS] = {
	"none", "procedure", "due"
};

/* What follows a prefix of the filter, or NULL. */
static const char *
filter_rest(const struct bandeja *b, const char *prefix)
{
	size_t n = strlen(prefix);

	return b->filter != NULL && strncmp(b->filter, prefix, n) == 0 ?
	    b->filter + n : NULL;
}

static bool
filter_is(const struct bandeja *b, const char *id)
{
	return b->filter != NULL && strcmp(b->filter, id) == 0;
}

/* The hour alone is said of what is today's. */
static bool
task_is_today(const struct bandeja *b, const json_t *task)
{
	const char *due = doc_text(task, "due");
	char when[16];

	return *due != '\0' &&
	    strchr(app_when_text(b->view.app, due, when), ':') != NULL;
}

static bool
task_says(const json_t *task, const char *text)
{
	static const char *const keys[] = { "folio", "brief", "subject",
		"title", "row_title", "assignee" };
	size_t i;

	if (text_has(task_state(task), text))
		return true;
	for (i = 0; i < ARRAY_LEN(keys); i++)
		if (text_has(doc_text(task, keys[i]), text))
			return true;
	return false;
}

bool
bandeja_passes(const struct bandeja *b, const json_t *task)
{
	const char *rest;

	if (b->filter == NULL)
		return true;
	if ((rest = filter_rest(b, filter_text)) != NULL)
		return task_says(task, rest);
	if ((rest = filter_rest(b, filter_procedure)) != NULL)
		return strcmp(doc_text(task, "procedure"), rest) == 0;
	if (filter_is(b, "late"))
		return doc_is(task, "due_late");
	if (filter_is(b, "today"))
		return task_is_today(b, task);
	if (filter_is(b, "urgent"))
		return strcmp(doc_text(task, "priority"), "urgente") == 0;
	if (filter_is(b, "mine"))
		return strcmp(doc_text(task, "assignee"),
		    doc_text(app_me(b->view.app), "login")) == 0;
	return !filter_is(b, "free") || *doc_text(task, "assignee") == '\0';
}

/* A procedure as lists call it, as long as one of its tasks is there. */
static const char *
procedure_brief(const struct bandeja *b, const char *code)
{
	const json_t *list = doc_list(b->doc, "tasks"), *task;
	size_t i;

	json_array_foreach(list, i, task)
		if (strcmp(doc_text(task, "procedure"), code) == 0)
			return doc_text(task, "brief");
	return code;
}

const char *
bandeja_filter_name(const struct bandeja *b, char out[BANDEJA_NAME])
{
	const char *rest;
	size_t i;

	out[0] = '\0';
	if ((rest = filter_rest(b, filter_text)) != NULL)
		(void)snprintf(out, BANDEJA_NAME, "«%.*s»",
		    (int)text_fit(rest, FILTER_WORD), rest);
	else if ((rest = filter_rest(b, filter_procedure)) != NULL)
		(void)snprintf(out, BANDEJA_NAME, "%s",
		    procedure_brief(b, rest));
	for (i = 1; b->filter != NULL && i < ARRAY_LEN(filter_rows); i++)
		if (strcmp(filter_rows[i].id, b->filter) == 0)
			(void)snprintf(out, BANDEJA_NAME, "%s",
			    _(filter_rows[i].name));
	text_cut(out);
	return out;
}

/* ---- choosing ---- */

static void
filter_set(struct bandeja *b, const char *filter)
{
	free(b->filter);
	b->filter = *filter == '\0' ? NULL : xstrdup(filter);
	bandeja_keep(b);
	bandeja_list(b, true);
}

static void
filter_on_text(struct view *v, int tag, const char *text)
{
	struct bandeja *b = (struct bandeja *)v;
	char *filter;

	(void)tag;
	text += strspn(text, " ");
	filter = *text == '\0' ? xstrdup("") :
	    xasprintf("%s%.*s", filter_text, (int)text_fit(text, FILTER_WORD),
		text);
	filter_set(b, filter);
	free(filter);
}

static void
filter_on_pick(struct view *v, int tag, const char *id)
{
	struct bandeja *b = (struct bandeja *)v;
	const char *said = filter_rest(b, filter_text);

	(void)tag;
	if (strcmp(id, "text") != 0) {
		filter_set(b, id);
		return;
	}
	app_prompt_keep(v->app, _("Filtro"), said);
	app_prompt(v, 0, _("Filtro"), _("Texto que deben decir las tareas (en "
	    "blanco: todas)"), false, filter_on_text);
}

void
bandeja_ask_filter(struct bandeja *b)
{
	const json_t *list = doc_list(b->doc, "tasks"), *task;
	json_t *items = json_array(), *seen = json_array();
	const char *code;
	char *id;
	size_t i;

	for (i = 0; i < ARRAY_LEN(filter_rows); i++)
		app_choice(items, filter_rows[i].id, "%s",
		    _(filter_rows[i].name));
	json_array_foreach(list, i, task) {
		code = doc_text(task, "procedure");
		if (doc_has(seen, code))
			continue;
		json_array_append_new(seen, json_string(code));
		id = xasprintf("%s%s", filter_procedure, code);
		app_choice(items, id, "%s", doc_text(task, "brief"));
		free(id);
	}
	app_pick(&b->view, 0, _("Mostrar"), items, filter_on_pick);
	json_decref(items);
	json_decref(seen);
}

/* ---- groups ---- */

static const char *
group_of_due(const struct bandeja *b, const json_t *task)
{
	char when[16];

	if (*doc_text(task, "due") == '\0')
		return _("Sin plazo");
	if (doc_is(task, "due_late"))
		return _("Vencidas");
	if (task_is_today(b, task))
		return _("Vencen hoy");
	return strcmp(app_when_text(b->view.app, doc_text(task, "due"), when),
	    _("mañana")) == 0 ? _("Vencen mañana") : _("Vencen después");
}

void
bandeja_group(struct bandeja *b)
{
	struct tasks *t = &b->tasks;
	const char *name;
	unsigned i;

	for (i = 0; b->group != GROUP_NONE && i < t->count; i++) {
		name = b->group == GROUP_DUE ?
		    group_of_due(b, t->rows[i].task) :
		    doc_text(t->rows[i].task, "brief");
		(void)snprintf(t->rows[i].group, sizeof t->rows[i].group, "%s",
		    name);
		text_cut(t->rows[i].group);
	}
	if (b->group != GROUP_NONE)
		tasks_gather(t);
}

/* ---- kept with the person ---- */

void
bandeja_keep(struct bandeja *b)
{
	struct line l = { 0 };
	json_t *doc;
	char *text;

	doc = json_pack("{s:i, s:s, s:s, s:s}", "list", b->tab + 1, "order",
	    order_ids[b->order], "group", group_ids[b->group], "filter",
	    b->filter != NULL ? b->filter : "");
	text = json_dumps(doc, JSON_COMPACT);
	line_add(&l, "preferencia");
	line_add(&l, "inbox");
	line_add(&l, text);
	line_ask(&l, &b->view, TAG_KEPT, true);
	free(text);
	json_decref(doc);
}

static int
kept_index(const json_t *doc, const char *key, const char *const *ids, int n)
{
	int i;

	for (i = n - 1; i > 0; i--)
		if (strcmp(doc_text(doc, key), ids[i]) == 0)
			break;
	return i;
}

void
bandeja_on_kept(struct bandeja *b, const json_t *doc)
{
	const json_t *v = doc_part(json_array_get(
	    doc_list(doc, "preferences"), 0), "value");
	int tab = (int)doc_int(v, "list") - 1;

	if (v == NULL || b->touched)
		return;
	b->order = kept_index(v, "order", order_ids, BANDEJA_ORDERS);
	b->group = kept_index(v, "group", group_ids, BANDEJA_GROUPS);
	free(b->filter);
	b->filter = *doc_text(v, "filter") == '\0' ? NULL :
	    xstrdup(doc_text(v, "filter"));
	if (tab > 0 && tab < BANDEJA_TABS && tab != b->tab)
		bandeja_tab(b, tab);
	else
		bandeja_list(b, true);
}
