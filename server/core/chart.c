/* SPDX-License-Identifier: ISC */
/* chart.c - a procedure's lanes, nodes and edges. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "chart.h"

static unsigned
chart_lane(struct chart *c, const struct institution *in, const char *role)
{
	const struct role *known =
	    in != NULL ? institution_find_role(in, role) : NULL;
	unsigned i;

	for (i = 0; i < c->lanes_count; i++)
		if (strcmp(c->lanes[i].role, role) == 0)
			return i;
	c->lanes = xrealloc(c->lanes, c->lanes_count + 1, sizeof *c->lanes);
	c->lanes[c->lanes_count] = (struct chart_lane){ role,
		known != NULL ? known->title : role };
	return c->lanes_count++;
}

static struct chart_node *
chart_add(struct chart *c, enum chart_kind kind, const char *title)
{
	struct chart_node *n;

	c->nodes = xrealloc(c->nodes, c->nodes_count + 1, sizeof *c->nodes);
	n = &c->nodes[c->nodes_count++];
	memset(n, 0, sizeof *n);
	n->kind = kind;
	n->title = title;
	return n;
}

static void
chart_add_step(struct chart *c, const struct step *st,
    const struct institution *in)
{
	static const enum chart_kind kinds[] = {
		[STEP_HEADING] = CHART_SECTION,
		[STEP_TASK] = CHART_TASK,
		[STEP_DECISION] = CHART_DECISION,
		[STEP_APPROVAL] = CHART_APPROVAL,
	};
	struct chart_node *n = chart_add(c, kinds[st->kind],
	    st->kind == STEP_HEADING || st->kind == STEP_DECISION ||
	    st->instruction == NULL ? st->title : st->instruction);
	const char *const *roles;
	unsigned count;

	(void)snprintf(n->id, sizeof n->id, "paso_%s", st->number);
	n->step = st;
	n->arms = st->next;
	n->arms_count = st->next_count;
	n->fork = st->fork;
	roles = step_roles(st, &count);
	if (st->kind != STEP_HEADING && count > 0)
		n->lane = chart_lane(c, in, roles[0]);
}

/* Those that open this step stand before it, in the lane of who may. */
static void
chart_add_starts(struct chart *c, const struct step *st,
    const struct institution *in)
{
	const struct start *s;
	struct chart_node *n;
	const char *const *roles;
	unsigned i, count;

	for (i = 0; i < c->p->starts_count; i++) {
		s = &c->p->starts[i];
		if (s->next_count == 0 || s->next[0].to_count == 0 ||
		    strcmp(s->next[0].to[0], st->number) != 0)
			continue;
		n = chart_add(c, CHART_START, s->title);
		(void)snprintf(n->id, sizeof n->id, "inicio_%u", i + 1);
		n->start = s;
		n->arms = s->next;
		n->arms_count = s->next_count;
		n->fork = s->next_count > 1;
		roles = step_roles(st, &count);
		n->lane = chart_lane(c, in,
		    s->roles_count > 0 ? s->roles[0] : roles[0]);
	}
}

static unsigned
chart_find(const struct chart *c, const char *number)
{
	const struct chart_node *n;
	unsigned i;

	for (i = 0; i + 1 < c->nodes_count; i++) {
		n = &c->nodes[i];
		if (n->step != NULL && strcmp(n->step->number, number) == 0)
			break;
	}
	return i;		/* "end" is the last */
}

static void
chart_add_edges(struct chart *c, unsigned from)
{
	const struct arm *arm;
	struct chart_edge *e;
	unsigned i, k;

	for (i = 0; i < c->nodes[from].arms_count; i++) {
		arm = &c->nodes[from].arms[i];
		for (k = 0; k < arm->to_count; k++) {
			c->edges = xrealloc(c->edges, c->edges_count + 1,
			    sizeof *c->edges);
			e = &c->edges[c->edges_count++];
			e->from = from;
			e->to = chart_find(c, arm->to[k]);
			e->arm = arm;
			e->label = arm->label;
			c->nodes[e->from].out++;
			c->nodes[e->to].in++;
		}
	}
}

void
chart_make(const struct procedure *p, const struct institution *in,
    struct chart *c)
{
	unsigned i;

	memset(c, 0, sizeof *c);
	c->p = p;
	c->unit = in != NULL && in->unit != NULL ? in->unit : "";
	for (i = 0; i < p->steps_count; i++) {
		chart_add_starts(c, &p->steps[i], in);
		chart_add_step(c, &p->steps[i], in);
	}
	(void)snprintf(chart_add(c, CHART_END, "Fin")->id, CHART_ID, "fin");
	c->nodes[c->nodes_count - 1].lane = c->nodes[c->nodes_count - 2].lane;
	for (i = 0; i < c->nodes_count; i++)
		chart_add_edges(c, i);
}

void
chart_clear(struct chart *c)
{
	free(c->lanes);
	free(c->nodes);
	free(c->edges);
	memset(c, 0, sizeof *c);
}

bool
chart_edge_is_next(const struct chart *c, const struct chart_edge *e)
{
	unsigned i = e->from + 1;

	while (i < c->nodes_count && c->nodes[i].kind == CHART_SECTION)
		i++;
	return e->to == i && c->nodes[i].kind != CHART_END;
}

bool
chart_node_chooses(const struct chart_node *n)
{
	return n->out > 1 && n->kind != CHART_DECISION;
}
