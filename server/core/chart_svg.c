/* SPDX-License-Identifier: ISC */
/*
 * chart_svg.c - the diagram that a manual annexes: a column for each who
 * answers, a row for each step.  What goes on in the next row is a line; any
 * other way is a connector with the number where it goes on, as such diagrams
 * are drawn on paper: no line ever crosses another.
 */
#include <stdlib.h>
#include <string.h>

#include "../../proto/text.h"
#include "chart.h"
#include "xml.h"

/* Points of the drawing; cells of text of a line in a shape. */
enum {
	MARGIN = 24, HEAD = 92, LANE = 344, LANE_HEAD = 34, BOX = 188,
	LEFT = 22,		/* from the lane's side to its boxes */
	ROW_GAP = 40, SECTION = 46, BAND = 22, LINE = 12, CIRCLE = 15, WAY = 42,
	BOX_CELLS = 33, FOOT_CELLS = 18, RHOMB_CELLS = 25, LABEL_CELLS = 15,
	LINES_MAX = 5,
	SVG_MAX = 1 << 20
};

struct sheet {
	const struct chart *c;
	struct buf b;
	int y;			/* where the next row begins */
};

struct span {
	const char *s;
	int n;
};

/* Lines of at most so many cells, broken at spaces; how many. */
static unsigned
text_lines(const char *s, int cells, struct span *out)
{
	unsigned count = 0;
	size_t n;

	while (*s != '\0' && count < LINES_MAX) {
		n = text_break(s, cells);
		out[count++] = (struct span){ s, (int)n };
		for (s += n; *s == ' '; s++)
			;
	}
	return count;
}

/* Text in lines around the middle y, at x; anchor as SVG names it. */
static void
sheet_text(struct sheet *sh, int x, int y, const char *text, int cells,
    const char *attributes)
{
	struct span lines[LINES_MAX];
	unsigned i, n = text_lines(text, cells, lines);
	char one[TEXT_MAX];

	for (i = 0; i < n; i++) {
		(void)snprintf(one, sizeof one, "%.*s", lines[i].n, lines[i].s);
		(void)buf_addf(&sh->b, "<text x=\"%d\" y=\"%d\" %s>", x,
		    y + 4 + ((int)i * 2 - (int)n + 1) * LINE / 2, attributes);
		xml_put(&sh->b, "", one, "</text>\n");
	}
}

static int
lane_x(unsigned lane)
{
	return MARGIN + (int)lane * LANE;
}

static int
sheet_width(const struct chart *c)
{
	return 2 * MARGIN + (int)c->lanes_count * LANE;
}

static int
node_height(const struct chart_node *n)
{
	return n->kind == CHART_DECISION ? 96 :
	    n->kind == CHART_START	 ? 36 :
					   66;
}

/* How many connectors leave it. */
static unsigned
node_ways(const struct chart *c, unsigned node)
{
	unsigned i, n = 0;

	for (i = 0; i < c->edges_count; i++)
		if (c->edges[i].from == node &&
		    !chart_edge_is_next(c, &c->edges[i]))
			n++;
	return n;
}

static int
row_height(const struct chart *c, unsigned node)
{
	const struct chart_node *n = &c->nodes[node];
	int ways = (int)node_ways(c, node) * WAY, h = node_height(n);

	return n->kind == CHART_SECTION ? SECTION : h > ways ? h : ways;
}

/* A band across all lanes; what passes it is drawn over it. */
static void
sheet_section(struct sheet *sh, const struct chart_node *n, int y)
{
	(void)buf_addf(&sh->b, "<rect x=\"%d\" y=\"%d\" width=\"%d\" "
	    "height=\"%d\" class=\"seccion\"/>\n", MARGIN, y,
	    (int)sh->c->lanes_count * LANE, BAND);
	(void)buf_addf(&sh->b, "<text x=\"%d\" y=\"%d\" class=\"fuerte\">",
	    MARGIN + 8, y + 15);
	xml_put(&sh->b, "", n->step->number, "  ");
	xml_put(&sh->b, "", n->title, "</text>\n");
}

/* From this row to the next. */
static int
row_step(const struct chart *c, unsigned node)
{
	return row_height(c, node) +
	    (c->nodes[node].kind == CHART_SECTION ? 0 : ROW_GAP);
}

static void
sheet_rect(struct sheet *sh, int x, int y, int w, int h, int round)
{
	(void)buf_addf(&sh->b, "<rect x=\"%d\" y=\"%d\" width=\"%d\" "
	    "height=\"%d\" rx=\"%d\" class=\"forma\"/>\n", x, y, w, h, round);
}

static void
sheet_shape(struct sheet *sh, const struct chart_node *n, int x, int y, int h)
{
	bool many = n->step != NULL && n->step->per_row;
	int mid = x + BOX / 2;

	if (n->kind == CHART_DECISION) {
		(void)buf_addf(&sh->b, "<polygon points=\"%d,%d %d,%d %d,%d "
		    "%d,%d\" class=\"forma\"/>\n", x, y, mid, y - h / 2,
		    x + BOX, y, mid, y + h / 2);
		return;
	}
	if (many)		/* one for each row of a list: a pile */
		sheet_rect(sh, x + 4, y - h / 2 + 4, BOX, h, 0);
	sheet_rect(sh, x, y - h / 2, BOX, h,
	    n->kind == CHART_START ? h / 2 : 0);
	if (n->kind == CHART_APPROVAL)
		sheet_rect(sh, x + 4, y - h / 2 + 4, BOX - 8, h - 8, 0);
}

static void
sheet_circle(struct sheet *sh, int x, int y, const char *text)
{
	(void)buf_addf(&sh->b, "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" "
	    "class=\"forma\"/>\n", x, y, CIRCLE);
	sheet_text(sh, x, y, text, BOX_CELLS, "class=\"centro fuerte\"");
}

/* The connectors that leave a shape, one under the other. */
static void
sheet_ways(struct sheet *sh, unsigned node, int x, int y)
{
	const struct chart *c = sh->c;
	const struct chart_edge *e;
	int at = y - ((int)node_ways(c, node) - 1) * WAY / 2;
	unsigned i;

	for (i = 0; i < c->edges_count; i++) {
		e = &c->edges[i];
		if (e->from != node || chart_edge_is_next(c, e))
			continue;
		(void)buf_addf(&sh->b, "<path d=\"M%d %d H%d V%d H%d\" "
		    "class=\"linea\"/>\n", x, y, x + 6, at, x + 14);
		sheet_circle(sh, x + 14 + CIRCLE, at,
		    c->nodes[e->to].kind == CHART_END ? "Fin" :
		    c->nodes[e->to].step->number);
		if (e->label != NULL)
			sheet_text(sh, x + 18 + 2 * CIRCLE, at, e->label,
			    LABEL_CELLS, "class=\"nota\"");
		at += WAY;
	}
}

/* "de 2.11, 3.4": from where connectors come here. */
static void
sheet_comes(struct sheet *sh, unsigned node, int x, int y)
{
	const struct chart *c = sh->c;
	const struct chart_edge *e;
	struct buf from;
	unsigned i;

	buf_init(&from, TEXT_MAX);
	for (i = 0; i < c->edges_count; i++) {
		e = &c->edges[i];
		if (e->to == node && !chart_edge_is_next(c, e))
			(void)buf_addf(&from, "%s%s", from.len > 0 ? ", " :
			    "de ", c->nodes[e->from].step != NULL ?
			    c->nodes[e->from].step->number : "inicio");
	}
	if (from.len > 0)
		sheet_text(sh, x, y, buf_str(&from), BOX_CELLS * 2,
		    "class=\"nota\"");
	buf_clear(&from);
}

/* What stands under a shape: records it leaves, whom it waits for. */
static void
sheet_foot(struct sheet *sh, const struct step *st, int x, int y)
{
	struct buf foot;
	unsigned i;

	buf_init(&foot, TEXT_MAX);
	for (i = 0; i < st->records_count; i++)
		(void)buf_addf(&foot, "%s%s", i > 0 ? ", " : "Registro ",
		    st->records[i]);
	for (i = 0; i < st->join_count; i++)
		(void)buf_addf(&foot, "%s%s", i > 0 ? ", " :
		    foot.len > 0 ? "; espera a " : "Espera a ", st->join[i]);
	if (foot.len > 0)
		sheet_text(sh, x, y, buf_str(&foot), FOOT_CELLS,
		    "class=\"nota\"");
	buf_clear(&foot);
}

/* The line into the next row, which begins at sh->y. */
static void
sheet_next(struct sheet *sh, unsigned node, int x, int bottom)
{
	const struct chart *c = sh->c;
	const struct chart_edge *e;
	unsigned i, k;
	int to, y;

	for (i = 0; i < c->edges_count; i++) {
		e = &c->edges[i];
		if (e->from != node || !chart_edge_is_next(c, e))
			continue;
		for (y = sh->y, k = node + 1; k < e->to; k++)
			y += row_step(c, k);
		y += (row_height(c, e->to) - node_height(&c->nodes[e->to])) / 2;
		to = lane_x(c->nodes[e->to].lane) + LEFT + BOX / 2;
		(void)buf_addf(&sh->b, "<path d=\"M%d %d V%d H%d V%d\" "
		    "class=\"linea flecha\"/>\n", x, bottom, sh->y - 12, to, y);
		if (e->label != NULL)
			sheet_text(sh, x + 6, bottom + 10, e->label, BOX_CELLS,
			    "class=\"nota\"");
	}
}

static void
sheet_node(struct sheet *sh, unsigned node)
{
	const struct chart_node *n = &sh->c->nodes[node];
	int h = node_height(n), x = lane_x(n->lane) + LEFT,
	    y = sh->y + row_height(sh->c, node) / 2;
	char *text;

	sh->y += row_step(sh->c, node);
	if (n->kind == CHART_SECTION)
		return;
	sheet_shape(sh, n, x, y, h);
	text = n->step == NULL ? xstrdup(n->title) :
	    xasprintf("%s  %s", n->step->number, n->title);
	sheet_text(sh, x + BOX / 2, y, text,
	    n->kind == CHART_DECISION ? RHOMB_CELLS : BOX_CELLS,
	    "class=\"centro\"");
	free(text);
	sheet_comes(sh, node, x, y - h / 2 - 8);
	sheet_ways(sh, node, x + BOX, y);
	if (n->step != NULL)
		sheet_foot(sh, n->step, x, y + h / 2 + 12);
	sheet_next(sh, node, x + BOX / 2, y + h / 2);
}

/* What rows stand in. */
static void
sheet_lanes(struct sheet *sh, int height)
{
	const struct chart *c = sh->c;
	unsigned i;
	int y;

	for (y = sh->y, i = 0; i + 1 < c->nodes_count; i++) {
		if (c->nodes[i].kind == CHART_SECTION)
			sheet_section(sh, &c->nodes[i], y);
		y += row_step(c, i);
	}
	for (i = 0; i < sh->c->lanes_count; i++) {
		(void)buf_addf(&sh->b, "<rect x=\"%d\" y=\"%d\" width=\"%d\" "
		    "height=\"%d\" class=\"carril\"/>\n", lane_x(i), HEAD,
		    LANE, height - HEAD - MARGIN);
		sheet_text(sh, lane_x(i) + LANE / 2, HEAD + LANE_HEAD / 2,
		    sh->c->lanes[i].title, 50, "class=\"centro fuerte\"");
	}
}

/* Code and title, and the annex that it is, if the manual names one. */
static void
sheet_head(struct sheet *sh)
{
	const struct procedure *p = sh->c->p;
	const char *code = p->code;
	unsigned i;

	for (i = 0; i < p->annexes_count; i++)
		if (strstr(p->annexes[i].code, "-A") != NULL) {
			code = p->annexes[i].code;
			break;
		}
	(void)buf_addf(&sh->b, "<text x=\"%d\" y=\"38\" class=\"titulo\">",
	    MARGIN);
	xml_put(&sh->b, "", p->title, "</text>\n");
	(void)buf_addf(&sh->b, "<text x=\"%d\" y=\"60\">", MARGIN);
	xml_put(&sh->b, "", code, "");
	xml_put(&sh->b, ", de ", p->code, " ");
	xml_put(&sh->b, "", p->revision, ". ");
	xml_put(&sh->b, "", sh->c->unit, "</text>\n");
	(void)buf_addf(&sh->b, "<text x=\"%d\" y=\"78\" class=\"nota\">Doble "
	    "orilla: autorización. Pila: una vez por cada fila de la lista. "
	    "Círculo: el paso donde se sigue.</text>\n", MARGIN);
}

static const char style[] =
    "<style>\n"
    "text{font-family:'DejaVu Sans',Arial,sans-serif;font-size:10px}\n"
    ".titulo{font-size:15px;font-weight:bold}.fuerte{font-weight:bold}\n"
    ".nota{font-size:9px;fill:#444}.centro{text-anchor:middle}\n"
    ".forma{fill:#fff;stroke:#222;stroke-width:1.2}\n"
    ".carril{fill:none;stroke:#999}.seccion{fill:#e8e8e8}\n"
    ".linea{fill:none;stroke:#222}.flecha{marker-end:url(#punta)}\n"
    "</style>\n"
    "<defs><marker id=\"punta\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" "
    "markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
    "<path d=\"M0 0L8 4L0 8z\"/></marker></defs>\n";

char *
chart_svg(const struct chart *c)
{
	struct sheet sh = { .c = c, .y = HEAD + LANE_HEAD + 14 };
	int height = sh.y + MARGIN;
	unsigned i;
	char *text;

	for (i = 0; i + 1 < c->nodes_count; i++)
		height += row_step(c, i);
	buf_init(&sh.b, SVG_MAX);
	(void)buf_addf(&sh.b, "<svg xmlns=\"http://www.w3.org/2000/svg\" "
	    "xml:lang=\"es-MX\" viewBox=\"0 0 %d %d\" width=\"%d\" "
	    "height=\"%d\">\n", sheet_width(c), height, sheet_width(c), height);
	xml_put(&sh.b, "<title>", c->p->title, "</title>\n");
	(void)buf_addf(&sh.b, "%s", style);
	sheet_head(&sh);
	sheet_lanes(&sh, height);
	for (i = 0; i + 1 < c->nodes_count; i++)
		sheet_node(&sh, i);
	(void)buf_addf(&sh.b, "</svg>\n");
	text = xstrdup(buf_str(&sh.b));
	buf_clear(&sh.b);
	return text;
}
