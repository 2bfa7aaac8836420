/* SPDX-License-Identifier: ISC */
/*
 * chart_bpmn.c - a procedure as BPMN 2.0 (ISO/IEC 19510), for editors of
 * processes.  A step is a user task, with what it asks in its documentation; a
 * question is a gateway; a gateway also stands after a step that conditions
 * choose from, and before one that waits for others.  Steps of a sub-case are
 * tasks of many instances.  Conditions are the expressions of the definition.
 *
 * Drawing: a lane for each role, a column for each node, so that what leaves
 * or enters a node from below meets no other; ways that go elsewhere than to
 * the next column run along the bottom of a lane.
 */
#include <stdlib.h>
#include <string.h>

#include "chart.h"
#include "xml.h"

enum {
	POOL_X = 40, POOL_Y = 40, POOL_HEAD = 30, LANE_HEAD = 30, LANE = 170,
	COLUMN = 250, TASK_W = 130, TASK_H = 80, GATE = 50, DOT = 36,
	BELOW = 10,		/* from a lane's end to the first way */
	BPMN_MAX = 1 << 20
};

struct draft {
	const struct chart *c;
	struct buf b;
};

struct box {
	int x, y, w, h;
};

static const struct chart_node *
bpmn_node(const struct draft *d, unsigned i)
{
	return &d->c->nodes[i];
}

static bool
node_waits(const struct chart_node *n)
{
	return n->step != NULL && n->step->join_count > 0;
}

static bool
node_is_gate(const struct chart_node *n)
{
	return n->kind == CHART_DECISION;
}

static const char *
gate_element(bool all)
{
	return all ? "inclusiveGateway" : "exclusiveGateway";
}

/* The element that ways come to, and the one that they leave. */
static void
id_in(const struct chart_node *n, char *out)
{
	(void)snprintf(out, CHART_ID + 8, "%s%s", n->id,
	    node_waits(n) ? "_espera" : "");
}
static void
id_out(const struct chart_node *n, char *out)
{
	(void)snprintf(out, CHART_ID + 8, "%s%s", n->id,
	    chart_node_chooses(n) ? "_elige" : "");
}

/* ---- what it means ---- */

static void
bpmn_lane(struct draft *d, unsigned lane)
{
	const struct chart_node *n;
	unsigned i;

	(void)buf_addf(&d->b, "<lane id=\"carril_%u\"", lane);
	xml_put(&d->b, " name=\"", d->c->lanes[lane].title, "\">\n");
	for (i = 0; i < d->c->nodes_count; i++) {
		n = bpmn_node(d, i);
		if (n->kind == CHART_SECTION || n->lane != lane)
			continue;
		if (node_waits(n))
			(void)buf_addf(&d->b, "<flowNodeRef>%s_espera"
			    "</flowNodeRef>\n", n->id);
		(void)buf_addf(&d->b, "<flowNodeRef>%s</flowNodeRef>\n", n->id);
		if (chart_node_chooses(n))
			(void)buf_addf(&d->b, "<flowNodeRef>%s_elige"
			    "</flowNodeRef>\n", n->id);
	}
	(void)buf_addf(&d->b, "</lane>\n");
}

/* What the step asks and leaves, in words. */
static void
bpmn_tell(struct draft *d, const struct step *st)
{
	unsigned i;

	(void)buf_addf(&d->b, "<documentation>");
	if (st->instruction != NULL)
		xml_text(&d->b, st->instruction);
	if (st->applies != NULL)
		xml_put(&d->b, "\nSolo si: ", st->applies, "");
	for (i = 0; i < st->fields_count; i++)
		xml_put(&d->b, i > 0 ? ", " : "\nCampos: ",
		    st->fields[i].label, "");
	for (i = 0; i < st->records_count; i++)
		xml_put(&d->b, i > 0 ? ", " : "\nRegistros: ", st->records[i],
		    "");
	(void)buf_addf(&d->b, "</documentation>\n");
}

/* From the element with that name to the next; the node's own ways by edges. */
static void
bpmn_inner(struct draft *d, const struct chart_node *n, const char *from,
    const char *to, const char *id)
{
	(void)buf_addf(&d->b, "<sequenceFlow id=\"%s_%s\" sourceRef=\"%s%s\" "
	    "targetRef=\"%s%s\"/>\n", n->id, id, n->id, from, n->id, to);
}

static void
bpmn_task(struct draft *d, const struct chart_node *n)
{
	char *name = xasprintf("%s %s", n->step->number, n->title);

	if (node_waits(n)) {
		(void)buf_addf(&d->b, "<inclusiveGateway id=\"%s_espera\" "
		    "gatewayDirection=\"Converging\"/>\n", n->id);
		bpmn_inner(d, n, "_espera", "", "entra");
	}
	if (node_is_gate(n)) {
		(void)buf_addf(&d->b, "<%s id=\"%s\"", gate_element(n->fork),
		    n->id);
		xml_put(&d->b, " name=\"", name, "\">\n");
		bpmn_tell(d, n->step);
		(void)buf_addf(&d->b, "</%s>\n", gate_element(n->fork));
	} else {
		(void)buf_addf(&d->b, "<userTask id=\"%s\"", n->id);
		xml_put(&d->b, " name=\"", name, "\">\n");
		bpmn_tell(d, n->step);
		if (n->step->per_row)
			(void)buf_addf(&d->b,
			    "<multiInstanceLoopCharacteristics/>\n");
		(void)buf_addf(&d->b, "</userTask>\n");
	}
	free(name);
}

static void
bpmn_event(struct draft *d, const struct chart_node *n)
{
	const char *element =
	    n->kind == CHART_START ? "startEvent" : "endEvent";

	(void)buf_addf(&d->b, "<%s id=\"%s\"", element, n->id);
	xml_put(&d->b, " name=\"", n->title, "\">\n");
	if (n->start != NULL && n->start->rrule != NULL)
		xml_put(&d->b, "<timerEventDefinition><timeCycle>",
		    n->start->rrule, "</timeCycle></timerEventDefinition>\n");
	(void)buf_addf(&d->b, "</%s>\n", element);
}

static void
bpmn_add_node(struct draft *d, const struct chart_node *n)
{
	if (n->step != NULL)
		bpmn_task(d, n);
	else
		bpmn_event(d, n);
	if (!chart_node_chooses(n))
		return;
	(void)buf_addf(&d->b, "<%s id=\"%s_elige\" "
	    "gatewayDirection=\"Diverging\"/>\n", gate_element(n->fork), n->id);
	bpmn_inner(d, n, "", "_elige", "sale");
}

static void
bpmn_edge(struct draft *d, unsigned i)
{
	const struct chart_edge *e = &d->c->edges[i];
	char from[CHART_ID + 8], to[CHART_ID + 8];

	id_out(bpmn_node(d, e->from), from);
	id_in(bpmn_node(d, e->to), to);
	(void)buf_addf(&d->b, "<sequenceFlow id=\"via_%u\" sourceRef=\"%s\" "
	    "targetRef=\"%s\"", i, from, to);
	if (e->label != NULL)
		xml_put(&d->b, " name=\"", e->label, "\"");
	if (e->arm->when == NULL || bpmn_node(d, e->from)->out < 2) {
		(void)buf_addf(&d->b, "/>\n");
		return;
	}
	xml_put(&d->b, ">\n<conditionExpression "
	    "xsi:type=\"tFormalExpression\">", e->arm->when,
	    "</conditionExpression>\n</sequenceFlow>\n");
}

static void
bpmn_process(struct draft *d)
{
	unsigned i;

	(void)buf_addf(&d->b, "<collaboration id=\"colaboracion\">\n");
	xml_put(&d->b, "<participant id=\"unidad\" name=\"", d->c->unit, "\" ");
	(void)buf_addf(&d->b, "processRef=\"proceso\"/>\n</collaboration>\n"
	    "<process id=\"proceso\" isExecutable=\"false\"");
	xml_put(&d->b, " name=\"", d->c->p->code, " ");
	xml_put(&d->b, "", d->c->p->revision, " ");
	xml_put(&d->b, "", d->c->p->title, "\">\n");
	(void)buf_addf(&d->b, "<laneSet id=\"carriles\">\n");
	for (i = 0; i < d->c->lanes_count; i++)
		bpmn_lane(d, i);
	(void)buf_addf(&d->b, "</laneSet>\n");
	for (i = 0; i < d->c->nodes_count; i++)
		if (bpmn_node(d, i)->kind != CHART_SECTION)
			bpmn_add_node(d, bpmn_node(d, i));
	for (i = 0; i < d->c->edges_count; i++)
		bpmn_edge(d, i);
	(void)buf_addf(&d->b, "</process>\n");
}

/* ---- how it is drawn ---- */

static int
lane_y(unsigned lane)
{
	return POOL_Y + (int)lane * LANE;
}

static int
column_x(const struct draft *d, unsigned node)
{
	unsigned i, n = 0;

	for (i = 0; i < node; i++)
		n += bpmn_node(d, i)->kind != CHART_SECTION;
	return POOL_X + POOL_HEAD + LANE_HEAD + 20 + (int)n * COLUMN;
}

/* A shape in the middle of its lane, where its part of the column begins. */
static struct box
box_at(const struct draft *d, unsigned node, int x, int w, int h)
{
	return (struct box){ column_x(d, node) + x,
		lane_y(bpmn_node(d, node)->lane) + (LANE - h) / 2 - BELOW, w,
		h };
}
static struct box
box_wait(const struct draft *d, unsigned node)
{
	return box_at(d, node, -GATE - 15, GATE, GATE);
}
static struct box
box_main(const struct draft *d, unsigned node)
{
	const struct chart_node *n = bpmn_node(d, node);

	return node_is_gate(n)	? box_at(d, node, 40, GATE, GATE) :
	    n->step == NULL	? box_at(d, node, 47, DOT, DOT) :
				  box_at(d, node, 0, TASK_W, TASK_H);
}
static struct box
box_choice(const struct draft *d, unsigned node)
{
	return box_at(d, node, TASK_W + 20, GATE, GATE);
}

static void
draw_shape(struct draft *d, const char *id, const char *suffix, struct box at,
    const char *more)
{
	(void)buf_addf(&d->b, "<bpmndi:BPMNShape id=\"%s%s_di\" "
	    "bpmnElement=\"%s%s\"%s>\n<dc:Bounds x=\"%d\" y=\"%d\" "
	    "width=\"%d\" height=\"%d\"/>\n</bpmndi:BPMNShape>\n", id, suffix,
	    id, suffix, more, at.x, at.y, at.w, at.h);
}

static void
draw_begin(struct draft *d, const char *id)
{
	(void)buf_addf(&d->b, "<bpmndi:BPMNEdge id=\"%s_di\" "
	    "bpmnElement=\"%s\">\n", id, id);
}
static void
draw_point(struct draft *d, int x, int y)
{
	(void)buf_addf(&d->b, "<di:waypoint x=\"%d\" y=\"%d\"/>\n", x, y);
}
static void
draw_end(struct draft *d)
{
	(void)buf_addf(&d->b, "</bpmndi:BPMNEdge>\n");
}

/* From side to side of two shapes in one lane. */
static void
draw_straight(struct draft *d, const char *id, const char *suffix,
    struct box from, struct box to)
{
	char *name = xasprintf("%s%s", id, suffix);

	draw_begin(d, name);
	draw_point(d, from.x + from.w, from.y + from.h / 2);
	draw_point(d, to.x, to.y + to.h / 2);
	draw_end(d);
	free(name);
}

static void
draw_node(struct draft *d, unsigned i)
{
	const struct chart_node *n = bpmn_node(d, i);

	draw_shape(d, n->id, "", box_main(d, i),
	    node_is_gate(n) ? " isMarkerVisible=\"true\"" : "");
	if (node_waits(n)) {
		draw_shape(d, n->id, "_espera", box_wait(d, i), "");
		draw_straight(d, n->id, "_entra", box_wait(d, i),
		    box_main(d, i));
	}
	if (chart_node_chooses(n)) {
		draw_shape(d, n->id, "_elige", box_choice(d, i),
		    " isMarkerVisible=\"true\"");
		draw_straight(d, n->id, "_sale", box_main(d, i),
		    box_choice(d, i));
	}
}

static void
draw_edge(struct draft *d, unsigned i)
{
	const struct chart_edge *e = &d->c->edges[i];
	const struct chart_node *a = bpmn_node(d, e->from),
				*z = bpmn_node(d, e->to);
	struct box from = chart_node_chooses(a) ? box_choice(d, e->from) :
						  box_main(d, e->from),
		   to = node_waits(z) ? box_wait(d, e->to) :
					box_main(d, e->to);
	char id[CHART_ID];
	int y;

	(void)snprintf(id, sizeof id, "via_%u", i);
	if (a->lane == z->lane && chart_edge_is_next(d->c, e)) {
		draw_straight(d, id, "", from, to);
		return;
	}
	/* each along a height of its own, as far as the margin has room */
	y = lane_y(z->lane) + LANE - BELOW - (int)(i % 6) * 5;
	draw_begin(d, id);
	draw_point(d, from.x + from.w / 2, from.y + from.h);
	draw_point(d, from.x + from.w / 2, y);
	draw_point(d, to.x + to.w / 2, y);
	draw_point(d, to.x + to.w / 2, to.y + to.h);
	draw_end(d);
}

static void
bpmn_drawing(struct draft *d)
{
	int width = column_x(d, d->c->nodes_count) - POOL_X;
	char id[CHART_ID];
	unsigned i;

	(void)buf_addf(&d->b, "<bpmndi:BPMNDiagram id=\"dibujo\">\n"
	    "<bpmndi:BPMNPlane id=\"plano\" bpmnElement=\"colaboracion\">\n");
	draw_shape(d, "unidad", "", (struct box){ POOL_X, POOL_Y, width,
	    (int)d->c->lanes_count * LANE }, " isHorizontal=\"true\"");
	for (i = 0; i < d->c->lanes_count; i++) {
		(void)snprintf(id, sizeof id, "carril_%u", i);
		draw_shape(d, id, "", (struct box){ POOL_X + POOL_HEAD,
		    lane_y(i), width - POOL_HEAD, LANE },
		    " isHorizontal=\"true\"");
	}
	for (i = 0; i < d->c->nodes_count; i++)
		if (bpmn_node(d, i)->kind != CHART_SECTION)
			draw_node(d, i);
	for (i = 0; i < d->c->edges_count; i++)
		draw_edge(d, i);
	(void)buf_addf(&d->b, "</bpmndi:BPMNPlane>\n</bpmndi:BPMNDiagram>\n");
}

char *
chart_bpmn(const struct chart *c)
{
	struct draft d = { .c = c };
	char *text;

	buf_init(&d.b, BPMN_MAX);
	(void)buf_addf(&d.b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
	    "\n xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\""
	    "\n xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\""
	    "\n xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\""
	    "\n xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
	    "\n id=\"definiciones\" targetNamespace=\"urn:pauta\""
	    "\n exporter=\"Pauta\">\n");
	bpmn_process(&d);
	bpmn_drawing(&d);
	(void)buf_addf(&d.b, "</definitions>\n");
	text = xstrdup(buf_str(&d.b));
	buf_clear(&d.b);
	return text;
}
