/* SPDX-License-Identifier: ISC */
/*
 * notas_draw.c - notes, newest first; those of one story fold under the newest
 * of them.  Below, the note under the finger and its reasons.
 */
#include "doc.h"
#include "i18n.h"
#include "notas.h"

#include <stdlib.h>
#include <string.h>

enum { DETAIL = 6, TIME_W = 12, MEDIUM_W = 16, TAIL_W = 20, TOP = 3 };

const json_t *
notas_at(const struct notas *n)
{
	if ((size_t)n->at.at >= n->rows_count)
		return NULL;
	return json_array_get(doc_list(n->doc, "notes"),
	    n->rows[n->at.at].note);
}

/* ---- which rows ---- */

static void
notas_add(struct notas *n, size_t note, int others, bool under)
{
	n->rows = xrealloc(n->rows, n->rows_count + 1, sizeof *n->rows);
	n->rows[n->rows_count++] = (struct notas_row){ note, others, under };
}

static int64_t
notas_story(const json_t *list, size_t i)
{
	return doc_int(json_array_get(list, i), "story");
}

/* Has a row above it the same story already? */
static bool
notas_is_under(const struct notas *n, const json_t *list, size_t i)
{
	size_t k;

	for (k = 0; k < n->rows_count; k++)
		if (notas_story(list, n->rows[k].note) ==
		    notas_story(list, i))
			return true;
	return false;
}

void
notas_arrange(struct notas *n, int64_t finger)
{
	const json_t *list = doc_list(n->doc, "notes");
	size_t i, k, lead, count = json_array_size(list);
	int64_t story;

	n->rows_count = 0;
	for (i = 0; i < count; i++) {
		if (notas_is_under(n, list, i))
			continue;
		story = notas_story(list, i);
		lead = n->rows_count;
		notas_add(n, i, 0, false);
		for (k = i + 1; k < count; k++)
			if (notas_story(list, k) == story) {
				n->rows[lead].others++;
				if (story == n->open)
					notas_add(n, k, 0, true);
			}
	}
	for (i = 0; i < n->rows_count; i++)
		if (doc_int(json_array_get(list, n->rows[i].note), "n") == finger)
			n->at.at = (int)i;
	cursor_fit(&n->at, (int)n->rows_count);
}

/* ---- drawing ---- */

static const char *
notas_state(const json_t *one)
{
	static const char *const words[][2] = {
		{ "taken", N_("recogida") }, { "comment", N_("comentario") },
		{ "discarded", N_("descartada") },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i][0], doc_text(one, "state")) == 0)
			return _(words[i][1]);
	return doc_text(one, "topic");
}

/*
 * Who is at it, or what is known of it: the end of a row.  Where it begins; a
 * title goes so far.
 */
static int
notas_draw_tail(struct grid *g, const json_t *one, int y)
{
	const char *holder = doc_text(one, "holder");
	bool held = *holder != '\0';
	const char *say = held ? holder : notas_state(one);
	int col = g->cols - TAIL_W;

	if (*say == '\0')
		return g->cols - 1;
	(void)grid_putf(g, y, col, TAIL_W - 1, held ? GRID_BOLD : GRID_PLAIN,
	    "%s%s", held ? "@" : "", say);
	return col - 1;
}

static void
notas_draw_row(struct notas *n, struct grid *g, int i, int y)
{
	const struct notas_row *row = &n->rows[i];
	const json_t *one = json_array_get(doc_list(n->doc, "notes"),
	    row->note);
	char when[16];
	int col = 2, end;
	bool concerns = *doc_text(one, "concerns") != '\0';

	end = notas_draw_tail(g, one, y);
	cursor_mark(&n->at, g, i, y);
	(void)grid_put(g, y, 1, 1, GRID_BOLD, row->under ? "|" :
	    row->others > 0 ? "+" : " ");
	(void)grid_put(g, y, col, TIME_W - 1, GRID_PLAIN,
	    app_when_text(n->view.app, doc_text(one, "at"), when));
	col += TIME_W;
	(void)grid_cell(g, y, col, MEDIUM_W - 1, GRID_PLAIN,
	    doc_text(one, "medium"));
	col += MEDIUM_W;
	if (row->others > 0)
		col += grid_putf(g, y, col, end - col, GRID_BOLD, "(%d) ",
		    row->others + 1);
	if (concerns)
		col += grid_put(g, y, col, end - col, GRID_ALERT, "* ");
	(void)grid_cell(g, y, col, end - col, concerns ? GRID_BOLD :
	    GRID_PLAIN, doc_text(one, "title"));
}

/* A reason with its word before it, if there is one; the next row. */
static int
notas_put(struct grid *g, int y, const char *word, const char *text)
{
	if (*text == '\0')
		return y;
	(void)grid_putf(g, y, 1, g->cols - 2, GRID_PLAIN, "%s %s", word, text);
	return y + 1;
}

static void
notas_draw_detail(const struct notas *n, struct grid *g, int y, int last)
{
	const json_t *one = notas_at(n);

	if (one == NULL)
		return;
	grid_late(g, y, 0, last - y + 1);
	(void)grid_cell(g, y++, 1, g->cols - 2, GRID_BOLD,
	    doc_text(one, "title"));
	y = notas_put(g, y, _("Concierne a"), doc_text(one, "concerns"));
	y = notas_put(g, y, _("Misma historia:"), doc_text(one, "alike"));
	y = notas_put(g, y, _("La atiende"), doc_text(one, "holder_name"));
	y = notas_put(g, y, _("Va en"), doc_text(one, "folio"));
	if (strcmp(doc_text(one, "state"), "new") != 0)
		y = notas_put(g, y, _("Decidió"), doc_text(one, "by_name"));
	if (y <= last)
		(void)grid_wrap(g, y, 1, g->cols - 2, last - y + 1, 0,
		    GRID_DIM, doc_text(one, "text"));
}

/* What is shown: "Por atender: 12 notas; perfil Instituto; «vacunas»". */
static void
notas_draw_head(const struct notas *n, struct grid *g)
{
	size_t count = json_array_size(doc_list(n->doc, "notes"));
	static const char *const states[][2] = {
		{ "nueva", N_("Por atender") },
		{ "recogida", N_("Recogidas") },
		{ "comentario", N_("Comentarios") },
		{ "descartada", N_("Descartadas") }, { "todas", N_("Todas") },
	};
	int col = 1;
	size_t i;

	for (i = 0; i < ARRAY_LEN(states); i++)
		if (strcmp(states[i][0], n->state) == 0)
			col += grid_putf(g, 1, col, -1, GRID_BOLD, "%s: %zu%s",
			    _(states[i][1]), count, doc_is(n->doc, "more") ?
			    "+" : "");
	if (n->profile != NULL)
		col += grid_putf(g, 1, col, -1, GRID_PLAIN, _("  perfil %s"),
		    *n->profile == '\0' ? _("cualquiera") : n->profile);
	if (n->text != NULL)
		(void)grid_putf(g, 1, col, -1, GRID_PLAIN, "  «%s»", n->text);
	grid_rule(g, 2, 0, -1);
}

/* ---- one note, whole ---- */

void
notas_page(struct notas *n)
{
	const json_t *one = n->whole;
	char stamp[DOC_STAMP_MAX];
	const char *section = doc_text(one, "section");

	page_erase(&n->page);
	n->page.top = 0;
	if (one == NULL)
		return;
	(void)page_add(&n->page, ' ', 1, GRID_BOLD, doc_text(one, "title"));
	(void)page_addf(&n->page, ' ', 1, GRID_DIM, "%s%s%s  %s  %s",
	    doc_text(one, "medium"), *section != '\0' ? ", " : "", section,
	    doc_text(one, "author"), doc_stamp(*doc_text(one, "published") !=
	    '\0' ? doc_text(one, "published") : doc_text(one, "at"), stamp));
	if (*doc_text(one, "concerns") != '\0')
		(void)page_addf(&n->page, '!', 1, GRID_PLAIN,
		    _("Concierne a %s"), doc_text(one, "concerns"));
	if (*doc_text(one, "alike") != '\0')
		(void)page_add(&n->page, ' ', 1, GRID_PLAIN,
		    doc_text(one, "alike"));
	(void)page_add(&n->page, ' ', 1, GRID_PLAIN, "");
	(void)page_add(&n->page, ' ', 1, GRID_PLAIN, doc_text(one, "text"));
	if (*doc_text(one, "link") != '\0')
		(void)page_add(&n->page, ' ', 1, GRID_DIM,
		    doc_text(one, "link"));
}

void
notas_draw(struct view *v, struct grid *g)
{
	struct notas *n = (struct notas *)v;
	int last = g->rows - 4, rows = last - DETAIL - TOP, i;

	app_title(v->app, g, _("Monitoreo"));
	notas_draw_head(n, g);
	if (n->whole != NULL) {
		page_draw(&n->page, g, TOP, last - TOP + 1);
		grid_cursor(g, last, 0);
		return;
	}
	if (n->rows_count == 0) {
		(void)grid_wrap(g, TOP + 1, 2, g->cols - 4, 3, 0, GRID_PLAIN,
		    n->doc == NULL ? _("Un momento...") :
		    _("No hay notas así. n anota una, f cambia lo que se ve."));
		grid_cursor(g, TOP + 1, 2);
		return;
	}
	cursor_show(&n->at, rows);
	for (i = n->at.top; i < (int)n->rows_count && i < n->at.top + rows;
	     i++)
		notas_draw_row(n, g, i, TOP + i - n->at.top);
	grid_rule(g, last - DETAIL, 0, -1);
	notas_draw_detail(n, g, last - DETAIL + 1, last);
}
