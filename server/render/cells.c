/* SPDX-License-Identifier: ISC */
/*
 * cells.c - kind "celdas": a photograph as cells of a terminal.
 *
 *	job	{"file":3,"cols":60,"rows":18,"mode":"256"}
 *	result	{"width":4000,"height":3000,"cols":48,"rows":[ROW…]}
 *
 * width and height are those of the photograph, in points.  A ROW is a list of
 * runs [TEXT, INK, PAPER]: characters one cell wide in two colours, numbers of
 * the terminal's palette, -1 its own.  Modes: "256" and "16" colours with block
 * characters; "mono" shades of one ink; "ascii" the same in letters.
 */
#include <chafa.h>
#include <stdlib.h>
#include <string.h>

#include "cells.h"

enum { CELLS_COLS = 240, CELLS_ROWS = 100, CELL_W = 8, CELL_H = 16 };

struct mode {
	const char *name;
	const char *const *shades;	/* from dark to light; NULL: colours */
	ChafaCanvasMode canvas;
};

static const char *const shades_letters[] = { " ", ".", ":", "-", "=", "+", "*",
	"#", "%", "@", NULL };
static const char *const shades_blocks[] = { " ", "\u2591", "\u2592",
	"\u2593", "\u2588", NULL };

static const struct mode modes[] = {
	{ "256", NULL, CHAFA_CANVAS_MODE_INDEXED_240 },
	{ "16", NULL, CHAFA_CANVAS_MODE_INDEXED_16 },
	{ "mono", shades_blocks, CHAFA_CANVAS_MODE_MAX },
	{ "ascii", shades_letters, CHAFA_CANVAS_MODE_MAX },
};

static const struct mode *
mode_find(const char *name)
{
	size_t i;

	for (i = 0; name != NULL && i < ARRAY_LEN(modes); i++)
		if (strcmp(modes[i].name, name) == 0)
			return &modes[i];
	return NULL;
}

/* ---- colours: the library chooses characters and both colours ---- */

static ChafaCanvas *
canvas_make(const struct photo *p, const struct mode *mode, int cols, int rows)
{
	ChafaCanvasConfig *c = chafa_canvas_config_new();
	ChafaSymbolMap *symbols = chafa_symbol_map_new();
	ChafaCanvas *canvas;

	chafa_set_n_threads(1);
	chafa_symbol_map_add_by_tags(symbols,
	    CHAFA_SYMBOL_TAG_BLOCK | CHAFA_SYMBOL_TAG_SPACE);
	chafa_canvas_config_set_symbol_map(c, symbols);
	chafa_canvas_config_set_canvas_mode(c, mode->canvas);
	chafa_canvas_config_set_geometry(c, cols, rows);
	chafa_canvas_config_set_cell_geometry(c, CELL_W, CELL_H);
	canvas = chafa_canvas_new(c);
	chafa_canvas_draw_all_pixels(canvas, p->alpha ?
	    CHAFA_PIXEL_RGBA8_UNASSOCIATED : CHAFA_PIXEL_RGB8, p->points,
	    p->width, p->height, p->stride);
	chafa_symbol_map_unref(symbols);
	chafa_canvas_config_unref(c);
	return canvas;
}

/* One run ends: the cells since the last one. */
static void
row_add(json_t *row, GString *text, int ink, int paper)
{
	if (text->len == 0)
		return;
	json_array_append_new(row, json_pack("[s, i, i]", text->str, ink,
	    paper));
	g_string_truncate(text, 0);
}

static json_t *
canvas_row(ChafaCanvas *canvas, int cols, int y)
{
	GString *text = g_string_new(NULL);
	json_t *row = json_array();
	int x, ink = -1, paper = -1, i, p;

	for (x = 0; x < cols; x++) {
		gunichar cp = chafa_canvas_get_char_at(canvas, x, y);

		chafa_canvas_get_raw_colors_at(canvas, x, y, &i, &p);
		if (i != ink || p != paper)
			row_add(row, text, ink, paper);
		ink = i;
		paper = p;
		(void)g_string_append_unichar(text, cp != 0 ? cp : ' ');
	}
	row_add(row, text, ink, paper);
	(void)g_string_free(text, TRUE);
	return row;
}

static json_t *
cells_coloured(const struct photo *p, const struct mode *mode, int cols,
    int rows)
{
	ChafaCanvas *canvas = canvas_make(p, mode, cols, rows);
	json_t *list = json_array();
	int y;

	for (y = 0; y < rows; y++)
		json_array_append_new(list, canvas_row(canvas, cols, y));
	chafa_canvas_unref(canvas);
	return list;
}

/* ---- one ink: how much of it each cell gets ---- */

/* The mean light of the points of a cell, 0 to 255. */
static int
cell_light(const struct photo *p, int col, int row, int cols, int rows)
{
	int x0 = col * p->width / cols, x1 = (col + 1) * p->width / cols;
	int y0 = row * p->height / rows, y1 = (row + 1) * p->height / rows;
	int step = p->alpha ? 4 : 3, x, y;
	int64_t sum = 0, n = 0;

	for (y = y0; y < y1 || y == y0; y++)
		for (x = x0; x < x1 || x == x0; x++, n++) {
			const uint8_t *c = p->points + y * p->stride + x * step;

			sum += (c[0] * 2 + c[1] * 5 + c[2]) / 8;
		}
	return (int)(sum / n);
}

static json_t *
shades_row(const uint8_t *light, int cols, int least, int most,
    const char *const *shades)
{
	GString *text = g_string_new(NULL);
	json_t *row = json_array();
	int n = 0, x;

	while (shades[n] != NULL)
		n++;
	for (x = 0; x < cols; x++)
		(void)g_string_append(text, shades[(light[x] - least) *
		    (n - 1) / (most > least ? most - least : 1)]);
	row_add(row, text, -1, -1);
	(void)g_string_free(text, TRUE);
	return row;
}

/* The lightest cell gets all of the ink and the darkest none. */
static json_t *
cells_shaded(const struct photo *p, const struct mode *mode, int cols,
    int rows)
{
	uint8_t *light = xcalloc((size_t)cols * (size_t)rows, 1);
	json_t *list = json_array();
	int least = 255, most = 0, i;

	for (i = 0; i < cols * rows; i++) {
		light[i] = (uint8_t)cell_light(p, i % cols, i / cols, cols,
		    rows);
		least = light[i] < least ? light[i] : least;
		most = light[i] > most ? light[i] : most;
	}
	for (i = 0; i < rows; i++)
		json_array_append_new(list, shades_row(light + i * cols, cols,
		    least, most, mode->shades));
	free(light);
	return list;
}

/* ---- the job ---- */

static int
cells_size(const json_t *job, const char *key, int most)
{
	json_int_t n = doc_int(job, key);

	return n < 1 ? 1 : n > most ? most : (int)n;
}

static const struct mode *
cells_mode(const json_t *job, struct why *why)
{
	const struct mode *mode = mode_find(json_string_value(
	    json_object_get(job, "mode")));

	if (mode == NULL)
		(void)why_set(why, ERR_USAGE, "Los modos de una vista son "
		    "256, 16, mono y ascii.");
	return mode;
}

int
cells_points(const json_t *job, int *width, int *height, struct why *why)
{
	*width = cells_size(job, "cols", CELLS_COLS) * CELL_W;
	*height = cells_size(job, "rows", CELLS_ROWS) * CELL_H;
	return cells_mode(job, why) != NULL ? 0 : -ERR_USAGE;
}

int
cells_add(json_t *doc, const json_t *job, const struct photo *p,
    struct why *why)
{
	const struct mode *mode = cells_mode(job, why);
	int cols = cells_size(job, "cols", CELLS_COLS);
	int rows = cells_size(job, "rows", CELLS_ROWS);

	if (mode == NULL)
		return -ERR_USAGE;
	chafa_calc_canvas_geometry(p->width, p->height, &cols, &rows,
	    (float)CELL_W / CELL_H, FALSE, FALSE);
	json_object_set_new(doc, "cols", json_integer(cols));
	json_object_set_new(doc, "rows", mode->shades == NULL ?
	    cells_coloured(p, mode, cols, rows) :
	    cells_shaded(p, mode, cols, rows));
	return 0;
}

int
render_cells(const json_t *job, int out, struct why *why)
{
	int fd = (int)doc_int(job, "file");
	int width, height, r;
	struct photo p;
	json_t *doc;

	if ((r = cells_points(job, &width, &height, why)) < 0 ||
	    (r = photo_read(fd, width, height, &p, why)) < 0)
		return r;
	doc = json_pack("{s:i, s:i}", "width", p.full_width, "height",
	    p.full_height);
	if ((r = cells_add(doc, job, &p, why)) == 0)
		r = render_write_json(out, doc, why);
	json_decref(doc);
	photo_clear(&p);
	return r;
}
