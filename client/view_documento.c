/* SPDX-License-Identifier: ISC */
/*
 * view_documento.c - the document that is made of a case, to be read before
 * anybody approves it: sections, and in them each piece with where it came out.
 */
#include "doc.h"
#include "i18n.h"
#include "page.h"
#include "view.h"

enum { TAG_PAPER };
enum { DO_AFTER, DO_BEFORE, DO_REFRESH };
enum { TOP = 2, INDENT = 2 };

// clang-format off
static const struct action documento_actions[] = {
	{ 'n', K_NONE, N_("Nota sig."), N_("Va a la nota siguiente."), DO_AFTER, true },
	{ 'p', K_NONE, N_("Nota ant."), N_("Va a la nota anterior."), DO_BEFORE, true },
	{ K_F5, K_NONE, N_("Actualizar"), N_("Pide el documento otra vez."), DO_REFRESH, true },
};
// clang-format on

struct documento {
	struct view view;
	json_t *doc;			/* as last received, or NULL */
	struct page page;
	int at;				/* mark that n and p went to */
};

static void
documento_ask(struct view *v)
{
	const char *words[] = { "vista-previa", v->folio, NULL };

	if (v->folio != NULL)
		app_ask(v, TAG_PAPER, false, words);
}

/* ---- the page ---- */

/* "El Imparcial, 3A, 23/11/2026, nota" */
static void
documento_add_source(struct documento *d, const json_t *piece)
{
	static const char *const keys[] = { "outlet", "place", "published",
		"genre" };
	struct buf b;
	char day[11];
	size_t i;

	buf_init(&b, TEXT_MAX);
	for (i = 0; i < ARRAY_LEN(keys); i++)
		if (*doc_text(piece, keys[i]) != '\0')
			(void)buf_addf(&b, "%s%.300s", b.len > 0 ? ", " : "",
			    when_day(doc_text(piece, keys[i]), day));
	(void)page_add(&d->page, ' ', INDENT, GRID_DIM, buf_str(&b));
	buf_clear(&b);
}

/* What was read in it is for whoever reads here: nobody wrote it. */
static void
documento_add_picture(struct documento *d, const json_t *picture)
{
	const char *words = doc_text(picture, "words");

	(void)page_addf(&d->page, ' ', INDENT, GRID_PLAIN, "[%s]",
	    doc_text(picture, "name"));
	if (doc_is(picture, "reading"))
		(void)page_add(&d->page, ' ', INDENT, GRID_DIM,
		    _("Su texto se está leyendo..."));
	if (*words == '\0')
		return;
	(void)page_add(&d->page, ' ', INDENT, GRID_DIM,
	    _("Texto leído de la imagen, sin corregir:"));
	(void)page_add(&d->page, ' ', INDENT + 2, GRID_PLAIN, words);
}

static void
documento_add_files(struct documento *d, const json_t *piece)
{
	const json_t *pictures = doc_list(piece, "pictures"),
		     *elsewhere = doc_list(piece, "elsewhere");
	size_t i;

	for (i = 0; i < json_array_size(pictures); i++)
		documento_add_picture(d, json_array_get(pictures, i));
	for (i = 0; i < json_array_size(elsewhere); i++)
		(void)page_addf(&d->page, '!', INDENT, GRID_PLAIN,
		    _("[%s: no saldrá en el documento]"),
		    json_string_value(json_array_get(elsewhere, i)));
}

static void
documento_add_piece(struct documento *d, const json_t *piece, int n)
{
	(void)page_addf(&d->page, ' ', 0, GRID_BOLD, "%d. %s", n,
	    doc_text(piece, "title"));
	page_mark(&d->page);
	documento_add_source(d, piece);
	if (*doc_text(piece, "text") != '\0')
		(void)page_add(&d->page, ' ', INDENT, GRID_PLAIN,
		    doc_text(piece, "text"));
	documento_add_files(d, piece);
	(void)page_add(&d->page, ' ', 0, GRID_PLAIN, "");
}

static void
documento_lay(struct documento *d)
{
	const json_t *sections = doc_list(d->doc, "sections"), *pieces;
	size_t i, k;
	int n = 0;

	page_erase(&d->page);
	for (i = 0; i < json_array_size(sections); i++) {
		pieces = doc_list(json_array_get(sections, i), "pieces");
		(void)page_addf(&d->page, ' ', 0, GRID_BOLD, "── %s ──",
		    doc_text(json_array_get(sections, i), "title"));
		for (k = 0; k < json_array_size(pieces); k++)
			documento_add_piece(d, json_array_get(pieces, k), ++n);
	}
}

/* ---- called by the app ---- */

static void
documento_draw_foot(const struct documento *d, struct grid *g, int row)
{
	int n = page_marks(&d->page);
	char *count = xasprintf(n == 1 ? _("%d nota.") : _("%d notas."), n);

	(void)grid_putf(g, row, 1, g->cols - 2, GRID_DIM, "%s %s", count,
	    doc_text(d->doc, "unread"));
	free(count);
}

static void
documento_draw(struct view *v, struct grid *g)
{
	struct documento *d = (struct documento *)v;
	char day[11];
	int last = g->rows - 4;
	char *where = xasprintf(_("%s  Documento"),
	    v->folio == NULL ? "" : v->folio);

	app_title(v->app, g, where);
	free(where);
	(void)grid_putf(g, 1, 1, g->cols - 2, GRID_BOLD, "%s  %s",
	    doc_text(d->doc, "title"), when_day(doc_text(d->doc, "date"),
	    day));
	page_draw(&d->page, g, TOP, last - TOP);
	if (page_marks(&d->page) == 0)
		(void)grid_put(g, TOP + 1, 2, g->cols - 3, GRID_PLAIN,
		    d->doc == NULL ? _("Un momento...") :
		    _("Todavía no se elige ninguna nota."));
	else
		documento_draw_foot(d, g, last);
	grid_cursor(g, last, 0);
}

static void
documento_act(struct view *v, int id)
{
	struct documento *d = (struct documento *)v;

	if (id == DO_REFRESH)
		documento_ask(v);
	else
		d->at = page_next(&d->page, d->at, id == DO_AFTER ? 1 : -1);
}

static bool
documento_key(struct view *v, int32_t key)
{
	return page_key(&((struct documento *)v)->page, key, true);
}

static void
documento_close(struct view *v)
{
	struct documento *d = (struct documento *)v;

	json_decref(d->doc);
	page_clear(&d->page);
}

static void
documento_on_doc(struct view *v, int tag, int status, json_t *doc)
{
	struct documento *d = (struct documento *)v;
	struct app *app = v->app;

	(void)tag;
	if (status != 0) {
		if (d->doc == NULL)
			app_back(app);	/* there is nothing to read here */
		app_say(app, true, "%s", doc_why(doc));
		return;
	}
	json_decref(d->doc);
	d->doc = json_incref(doc);
	documento_lay(d);
}

static void
documento_on_push(struct view *v, json_t *folios)
{
	if (v->folio != NULL && doc_has(folios, v->folio))
		documento_ask(v);
}

const struct view_class view_documento = {
	.name = "documento",
	.actions = documento_actions,
	.actions_count = ARRAY_LEN(documento_actions),
	.size = sizeof(struct documento),
	.open = documento_ask,
	.close = documento_close,
	.draw = documento_draw,
	.key = documento_key,
	.act = documento_act,
	.on_doc = documento_on_doc,
	.on_push = documento_on_push,
};
