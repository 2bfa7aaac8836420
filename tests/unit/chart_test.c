/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * chart_test.c - the procedures that ship, as pictures: nothing is missing in
 * them, nothing dangles, and words cannot break out of the XML.
 */
#include "test.h"

#include "../../server/core/chart.h"
#include "../../server/core/xml.h"

struct manual {
	struct institution *in;
	struct procedure *p;
	struct chart chart;
};

static void
manual_open(struct manual *m, const char *path, const char *text)
{
	char *in = test_read("server/procedures/institution.yaml");
	struct buf faults;

	memset(m, 0, sizeof *m);
	buf_init(&faults, FRAME_MAX);
	assert_int_equal(institution_load("i", in, &m->in, &faults), 0);
	if (procedure_load(path, text, &m->p, &faults) < 0)
		fail_msg("%s", buf_str(&faults));
	buf_clear(&faults);
	free(in);
	chart_make(m->p, m->in, &m->chart);
}

static void
manual_close(struct manual *m)
{
	chart_clear(&m->chart);
	procedure_free(m->p);
	institution_free(m->in);
}

static unsigned
times(const char *text, const char *what)
{
	unsigned n = 0;

	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		n++;
	return n;
}

/* An attribute of the text, copied to out, and where it ends; NULL: no more. */
static const char *
next_value(const char *text, const char *name, char *out, size_t size)
{
	const char *at = strstr(text, name);
	size_t n;

	if (at == NULL)
		return NULL;
	at += strlen(name);
	n = strcspn(at, "\"");
	assert_true(n < size);
	memcpy(out, at, n);
	out[n] = '\0';
	return at + n;
}

/* Whatever is named in the text by that attribute has an id, just one. */
static void
every_name_is_an_id(const char *text, const char *name)
{
	char value[64], *id;
	const char *at = text;
	unsigned n;

	for (n = 0; (at = next_value(at, name, value, sizeof value)) != NULL;
	    n++) {
		id = xasprintf(" id=\"%s\"", value);
		if (times(text, id) != 1)
			fail_msg("%s\"%s\": %u times an id", name, value,
			    times(text, id));
		free(id);
	}
	assert_true(n > 0);
}

/* Each element that the process has is drawn, once. */
static void
every_element_is_drawn(const char *text, const char *element)
{
	char *open = xasprintf("<%s id=\"", element), id[64], *drawn;
	const char *at = text;

	while ((at = next_value(at, open, id, sizeof id)) != NULL) {
		drawn = xasprintf(" bpmnElement=\"%s\"", id);
		if (times(text, drawn) != 1)
			fail_msg("%s %s is drawn %u times", element, id,
			    times(text, drawn));
		free(drawn);
	}
	free(open);
}

static void
check_bpmn(const struct chart *c)
{
	static const char *const elements[] = { "userTask", "startEvent",
		"endEvent", "exclusiveGateway", "inclusiveGateway", "lane",
		"sequenceFlow" };
	char *text = chart_bpmn(c);
	unsigned i, tasks = 0, gates = 0;

	for (i = 0; i < c->nodes_count; i++) {
		tasks += c->nodes[i].kind == CHART_TASK ||
		    c->nodes[i].kind == CHART_APPROVAL;
		gates += c->nodes[i].kind == CHART_DECISION ||
		    chart_node_chooses(&c->nodes[i]);
		gates += c->nodes[i].step != NULL &&
		    c->nodes[i].step->join_count > 0;
	}
	assert_int_equal(times(text, "<userTask "), tasks);
	assert_int_equal(times(text, "Gateway id="), gates);
	assert_int_equal(times(text, "<endEvent "), 1);
	assert_int_equal(times(text, "<startEvent "), c->p->starts_count);
	for (i = 0; i < ARRAY_LEN(elements); i++)
		every_element_is_drawn(text, elements[i]);
	every_name_is_an_id(text, " sourceRef=\"");
	every_name_is_an_id(text, " targetRef=\"");
	every_name_is_an_id(text, " bpmnElement=\"");
	free(text);
}

/* A shape a step, and each edge either a line or a connector. */
static void
check_diagram(const struct chart *c)
{
	char *svg = chart_svg(c), *name;
	unsigned i, lines = 0;

	for (i = 0; i < c->p->steps_count; i++) {
		name = xasprintf(">%s  ", c->p->steps[i].number);
		assert_int_equal(times(svg, name), 1);
		free(name);
	}
	for (i = 0; i < c->edges_count; i++)
		lines += chart_edge_is_next(c, &c->edges[i]);
	assert_int_equal(times(svg, "class=\"linea flecha\""), lines);
	assert_int_equal(times(svg, "<circle "), c->edges_count - lines);
	free(svg);
}

static void
every_step_and_way_is_there(void **state)
{
	static const char *const codes[] = { "63-COM-P01", "63-COM-P02",
		"63-COM-P03", "63-COM-P04" };
	struct manual m;
	char *path, *text;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_LEN(codes); i++) {
		path = xasprintf("server/procedures/%s.yaml", codes[i]);
		text = test_read(path);
		manual_open(&m, path, text);
		check_bpmn(&m.chart);
		check_diagram(&m.chart);
		manual_close(&m);
		free(text);
		free(path);
	}
}

static const char hostile[] =
    "code: X-1\n"
    "revision: Rev.00\n"
    "title: 'A & B <script> \"c\"'\n"
    "issued_on: '2019-12-06'\n"
    "brief: A\nobjective: A\nscope: A\nfolio: \"X-{year}-{n}\"\n"
    "starts:\n"
    "  - {id: uno, title: 'Uno <&>', roles: [head_of_unit],\n"
    "     next: [{to: [\"1.1\"]}]}\n"
    "steps:\n"
    "  - number: \"1.1\"\n"
    "    kind: task\n"
    "    roles: [head_of_unit]\n"
    "    do: 'Haga <esto> & \"aquello\"'\n"
    "    next: [{when: '1 < 2', to: [end], label: 'a < b'}, {to: [end]}]\n";

static void
words_stay_words(void **state)
{
	struct manual m;
	char *text[2];
	int i;

	(void)state;
	manual_open(&m, "x", hostile);
	text[0] = chart_svg(&m.chart);
	text[1] = chart_bpmn(&m.chart);
	for (i = 0; i < 2; i++) {
		assert_null(strstr(text[i], "<script"));
		assert_null(strstr(text[i], "<esto"));
		assert_null(strstr(text[i], " & "));
		assert_non_null(strstr(text[i], "A &amp; B &lt;script&gt; "
						"&quot;c&quot;"));
		free(text[i]);
	}
	manual_close(&m);
}

/* Its definition was kept when the institution's forgot a role, or was lost. */
static void
a_role_nobody_knows_is_called_by_its_name(void **state)
{
	struct chart chart;
	struct manual m;
	char *svg;

	(void)state;
	manual_open(&m, "x", hostile);
	chart_make(m.p, NULL, &chart);
	svg = chart_svg(&chart);
	assert_non_null(strstr(svg, ">head_of_unit<"));
	free(svg);
	chart_clear(&chart);
	manual_close(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_step_and_way_is_there),
		cmocka_unit_test(words_stay_words),
		cmocka_unit_test(a_role_nobody_knows_is_called_by_its_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
