/* SPDX-License-Identifier: ISC */
/*
 * view_porque.c - why a date is what it is: the rule, where it comes from and
 * what was counted, as the server reckons it (`porque`).
 */
#include "doc.h"
#include "i18n.h"
#include "page.h"
#include "view.h"

enum { TAG_WHY };
enum { DO_REFRESH };

// clang-format off
static const struct action porque_actions[] = {
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide la explicación otra vez."), DO_REFRESH, true },
};
// clang-format on

struct porque {
	struct view view;
	struct page page;
	bool known;
};

static void
porque_ask(struct view *v)
{
	const char *words[] = { "porque", v->folio, v->step, NULL };

	if (v->folio != NULL)
		app_ask(v, TAG_WHY, false, words);
}

static void
porque_act(struct view *v, int id)
{
	(void)id;
	porque_ask(v);
}

static void
porque_close(struct view *v)
{
	page_clear(&((struct porque *)v)->page);
}

static void
porque_add(struct page *p, const json_t *date)
{
	const json_t *lines = doc_list(date, "lines");
	char ref[DOC_REF_MAX];
	size_t i;

	(void)page_addf(p, ' ', 0, GRID_BOLD, _("Paso %s: vence el %s"),
	    doc_ref(date, ref), doc_text(date, "text"));
	(void)page_add(p, ' ', 0, GRID_PLAIN, doc_text(date, "title"));
	if (*doc_text(date, "rule") != '\0')
		(void)page_addf(p, ' ', 0, GRID_PLAIN, _("Regla: %s%s%s"),
		    doc_text(date, "rule"),
		    *doc_text(date, "source") == '\0' ? "" : ".  ",
		    doc_text(date, "source"));
	for (i = 0; i < json_array_size(lines); i++)
		(void)page_add(p, '-', 0, GRID_PLAIN, doc_item(lines, i));
	(void)page_add(p, ' ', 0, GRID_PLAIN, "");
}

static void
porque_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct porque *p = (struct porque *)v;
	const json_t *dates = doc_list(doc, "dates");
	size_t i;

	(void)tag;
	if (status != 0) {
		app_say(v->app, true, "%s", doc_why(doc));
		return;
	}
	p->known = true;
	page_erase(&p->page);
	for (i = 0; i < json_array_size(dates); i++)
		porque_add(&p->page, json_array_get(dates, i));
}

static void
porque_on_push(struct view *v, json_t *folios)
{
	if (v->folio != NULL && doc_has(folios, v->folio))
		porque_ask(v);
}

static bool
porque_key(struct view *v, int32_t key)
{
	return page_key(&((struct porque *)v)->page, key, true);
}

static void
porque_draw(struct view *v, struct grid *g)
{
	struct porque *p = (struct porque *)v;
	char *where = xasprintf(_("%s  Por qué esta fecha"),
	    v->folio == NULL ? "" : v->folio);

	app_title(v->app, g, where);
	free(where);
	if (p->page.count > 0)
		page_draw(&p->page, g, 2, g->rows - 5);
	else
		(void)grid_put(g, 2, 2, -1, GRID_PLAIN, p->known ?
		    _("Nada de lo que está abierto tiene plazo.") :
		    _("Un momento..."));
	grid_cursor(g, 2, 0);
}

const struct view_class view_porque = {
	.name = "porque",
	.actions = porque_actions,
	.actions_count = ARRAY_LEN(porque_actions),
	.size = sizeof(struct porque),
	.open = porque_ask,
	.close = porque_close,
	.draw = porque_draw,
	.key = porque_key,
	.act = porque_act,
	.on_doc = porque_on_doc,
	.on_push = porque_on_push,
};
