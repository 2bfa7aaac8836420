/* SPDX-License-Identifier: ISC */
/*
 * chart.h - a procedure as a picture: who is in which lane, what follows what.
 * From it come the diagram that the manual annexes (SVG) and BPMN 2.0.
 */
#ifndef PAUTA_CHART_H
#define PAUTA_CHART_H

#include "../engine/procedure.h"

enum chart_kind {
	CHART_START, CHART_SECTION, CHART_TASK, CHART_APPROVAL, CHART_DECISION,
	CHART_END
};
enum { CHART_ID = 32 };

struct chart_node {
	enum chart_kind kind;
	char id[CHART_ID];	/* an XML name: "paso_2.1", "inicio_1", "fin" */
	const char *title;
	const struct step *step;	/* NULL of a start and of the end */
	const struct start *start;	/* NULL of all but starts */
	const struct arm *arms;		/* what leaves it */
	unsigned arms_count;
	bool fork;			/* every arm that holds is taken */
	unsigned lane;
	unsigned in, out;		/* edges of it */
};

struct chart_lane {
	const char *role, *title;	/* the title is the role where none is */
};

struct chart_edge {
	unsigned from, to;		/* nodes */
	const struct arm *arm;
	const char *label;		/* Spanish, or NULL */
};

/*
 * Everything in it is borrowed from the procedure and the institution.  Nodes
 * stand in the order of the manual, each start before the step that it opens,
 * the end last; edges lie by the node they leave, in the order of its arms.
 */
struct chart {
	const struct procedure *p;
	const char *unit;		/* whose procedure it is */
	struct chart_lane *lanes;
	unsigned lanes_count;
	struct chart_node *nodes;
	unsigned nodes_count;
	struct chart_edge *edges;
	unsigned edges_count;
};

/*
 * The procedure has been checked; the institution may be NULL, or know a role
 * of it no more.  Gives *out; free it with chart_clear().
 */
void chart_make(const struct procedure *, const struct institution *,
    struct chart *out);
void chart_clear(struct chart *);

/* Does the edge lead to what stands next, sections aside? */
bool chart_edge_is_next(const struct chart *, const struct chart_edge *);
/*
 * Do conditions choose among what leaves the node, so that a gateway stands
 * after it?  A question is its own gateway.
 */
bool chart_node_chooses(const struct chart_node *);

/* The diagram: lanes are columns, a row a step.  Given. */
char *chart_svg(const struct chart *);
/* BPMN 2.0 with its drawing (BPMN DI), for editors of processes.  Given. */
char *chart_bpmn(const struct chart *);

#endif
