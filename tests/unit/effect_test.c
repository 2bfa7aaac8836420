/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/*
 * effect_test.c - what a step has done outside: asked for by the answer and
 * by nothing else, taken back with it, and known once it is reported.
 */
#include "game.h"

#define STEPS GAME_HEAD \
    "starts:\n" \
    "  - {id: uno, title: Uno, roles: [writer], next: [{to: ['1']}]}\n" \
    "steps:\n" \
    "  - number: '1'\n" \
    "    kind: task\n" \
    "    roles: [writer]\n" \
    "    do: Escriba.\n" \
    "    fields:\n" \
    "      - {id: words, label: Texto, type: longtext}\n" \
    "      - {id: pics, label: Fotos, type: file}\n" \
    "      - {id: first, label: Primera, type: ref}\n" \
    "      - id: under\n" \
    "        label: Pies\n" \
    "        type: list\n" \
    "        columns:\n" \
    "          - {id: pic, label: Foto, type: text}\n" \
    "          - {id: shows, label: Pie, type: text}\n" \
    "          - {id: who, label: Autor, type: text}\n" \
    "          - {id: day, label: Fecha, type: date}\n" \
    "    next: [{to: ['2']}]\n" \
    "  - number: '2'\n" \
    "    kind: approval\n" \
    "    roles: [head_of_unit]\n" \
    "    do: Apruebe.\n" \
    "    fields:\n" \
    "      - {id: each, label: Cada una, type: verdicts, of: pics}\n" \
    "    approval: {id: AP-01, act: Aprobar, authors: ['1'], " \
    "return_to: ['1']}\n" \
    "    effects:\n" \
    "      - {do: send_mail, list: dg, title: \"'Asunto ' || :words\", " \
    "text: ':words', attach: pics, verdicts: each}\n" \
    "      - {do: publish, when: \":words = 'web'\", title: \"'T'\", " \
    "text: ':words', attach: pics, verdicts: each, lead: first, " \
    "captions: under}\n" \
    "    next: [{to: ['3']}]\n" \
    "  - number: '3'\n" \
    "    kind: task\n" \
    "    roles: [writer]\n" \
    "    do: Compruebe.\n" \
    "    fields:\n" \
    "      - {id: where, label: Lugar, type: text}\n" \
    "    checks:\n" \
    "      - {rule: \"effect('verify', 'ok')\", say: Falta comprobar.}\n" \
    "    effects:\n" \
    "      - {do: verify, title: \"'T'\", text: ':words', " \
    "url: \"coalesce(:where, effect('publish', 'url'))\"}\n" \
    "    next: [{to: [end]}]\n"

static json_t *
two_addresses(void *arg, const char *list)
{
	(void)arg;
	assert_string_equal(list, "dg");
	return json_pack("[{s:s,s:s},{s:s,s:s}]", "address", "a@x.mx",
	    "name", "A", "address", "b@x.mx", "name", "B");
}

static void
game_to_approval(struct game *g, const char *answer)
{
	game_begin(g, STEPS);
	g->w.addresses = two_addresses;
	game_ok(g, "ana", CMD_START, "uno", NULL);
	game_ok(g, "ana", CMD_DO, "1", answer);
}

/* What came of the last effect of a kind. */
static void
report(struct game *g, const char *kind, const char *more)
{
	const json_t *e = kase_last_effect(g->ca, kind);
	char *values = xasprintf("{'effect':%lld,%s}", (long long)
	    json_integer_value(json_object_get(e, "n")), more);

	game_ok(g, "sistema", CMD_REPORT, "", values);
	free(values);
}

static void
an_approval_asks_with_all_that_is_needed(void **st)
{
	const json_t *e;
	struct game g;

	(void)st;
	game_to_approval(&g, "{'words':'hola','pics':[{'name':'a.jpg'},"
	    "{'name':'b.jpg'}]}");
	assert_null(kase_last_effect(g.ca, "send_mail"));
	game_ok(&g, "jefa", CMD_DO, "2", "{'verdict':'aprobar','each':["
	    "{'item':1,'verdict':'regresar','remarks':'movida'},"
	    "{'item':2,'verdict':'aprobar'}]}");
	e = kase_last_effect(g.ca, "send_mail");
	assert_non_null(e);
	assert_string_equal(doc_text(e, "title"), "Asunto hola");
	assert_string_equal(doc_text(e, "text"), "hola");
	assert_string_equal(doc_text(e, "by"), "jefa");
	assert_int_equal(json_array_size(json_object_get(e, "to")), 2);
	assert_int_equal(json_array_size(json_object_get(e, "files")), 1);
	assert_string_equal(doc_text(json_array_get(json_object_get(e,
	    "files"), 0), "name"), "b.jpg");
	assert_null(kase_last_effect(g.ca, "publish"));
	game_end(&g);
}

/* The one that was said to go first, and under each what was said of it. */
static void
a_publication_has_its_photographs_in_order(void **st)
{
	const json_t *e, *files;
	struct game g;

	(void)st;
	game_to_approval(&g, "{'words':'web','pics':[{'name':'a.jpg'},"
	    "{'name':'b.jpg'},{'name':'c.jpg'},{'name':'d.jpg'}],"
	    "'first':'c.jpg','under':["
	    "{'pic':'c.jpg','shows':'Feria en Nogales','who':'R. Paz',"
	    "'day':'2026-11-20'},{'pic':'1','who':'Ana'},"
	    "{'pic':'b.jpg','shows':'No va'}]}");
	game_ok(&g, "jefa", CMD_DO, "2", "{'verdict':'aprobar','each':["
	    "{'item':1,'verdict':'aprobar'},"
	    "{'item':2,'verdict':'regresar','remarks':'movida'},"
	    "{'item':3,'verdict':'aprobar'}]}");
	e = kase_last_effect(g.ca, "publish");
	files = json_object_get(e, "files");
	assert_int_equal(json_array_size(files), 2);
	assert_string_equal(doc_text(json_array_get(files, 0), "name"),
	    "c.jpg");
	assert_string_equal(doc_text(json_array_get(files, 0), "alt"),
	    "Feria en Nogales");
	assert_string_equal(doc_text(json_array_get(files, 0), "caption"),
	    "Feria en Nogales. Autor: R. Paz. Fecha: 20/11/2026");
	assert_string_equal(doc_text(json_array_get(files, 1), "name"),
	    "a.jpg");
	assert_string_equal(doc_text(json_array_get(files, 1), "caption"),
	    "Autor: Ana");
	assert_null(json_object_get(json_array_get(files, 1), "alt"));
	game_end(&g);
}

static void
a_return_asks_for_nothing(void **st)
{
	struct game g;

	(void)st;
	game_to_approval(&g, "{'words':'web'}");
	game_ok(&g, "jefa", CMD_DO, "2",
	    "{'verdict':'regresar','remarks':'No'}");
	assert_int_equal(json_array_size(g.ca->effects), 0);
	game_open_is(&g, "1");
	game_end(&g);
}

static void
undoing_takes_back_what_was_asked_but_not_what_is_known(void **st)
{
	struct game g;
	int64_t n;

	(void)st;
	game_to_approval(&g, "{'words':'web'}");
	game_ok(&g, "jefa", CMD_DO, "2", "{'verdict':'aprobar'}");
	assert_int_equal(json_array_size(g.ca->effects), 2);
	n = g.ca->n;
	report(&g, "publish", "'state':'done','url':'http://x/1'");
	game_ok(&g, "jefa", CMD_UNDO, "", NULL);
	assert_int_equal(json_array_size(g.ca->effects), 0);
	game_open_is(&g, "2");
	assert_true(kase_event_is(json_array_get(g.ca->events, (size_t)n),
	    "effect.ended"));
	assert_null(json_object_get(json_array_get(g.ca->events, (size_t)n),
	    "undone"));
	game_end(&g);
}

static void
each_recipient_has_what_came_of_its_mail(void **st)
{
	const json_t *to;
	struct game g;

	(void)st;
	game_to_approval(&g, "{'words':'hola'}");
	game_ok(&g, "jefa", CMD_DO, "2", "{'verdict':'aprobar'}");
	report(&g, "send_mail", "'to':'b@x.mx','state':'done','tries':1");
	to = json_object_get(kase_last_effect(g.ca, "send_mail"), "to");
	assert_null(json_object_get(json_array_get(to, 0), "ended"));
	assert_string_equal(doc_text(json_object_get(json_array_get(to, 1),
	    "ended"), "state"), "done");
	game_no(&g, "sistema", CMD_REPORT, "", "{'effect':1}",
	    "no pidió nada");
	game_no(&g, "sistema", CMD_REPORT, "", "{'effect':99}",
	    "no pidió nada");
	game_end(&g);
}

static void
a_check_may_demand_what_became_known(void **st)
{
	struct game g;

	(void)st;
	game_to_approval(&g, "{'words':'web'}");
	game_ok(&g, "jefa", CMD_DO, "2", "{'verdict':'aprobar'}");
	game_no(&g, "ana", CMD_DO, "3", NULL, "Falta comprobar");
	game_no(&g, "ana", CMD_ASK, "3", NULL, "Falta la dirección");
	game_no(&g, "lejos", CMD_ASK, "3", "{'where':'http://x/2'}", "");
	report(&g, "publish", "'state':'done','url':'http://x/1'");
	game_ok(&g, "ana", CMD_ASK, "3", NULL);
	assert_string_equal(doc_text(kase_last_effect(g.ca, "verify"),
	    "url"), "http://x/1");
	game_no(&g, "ana", CMD_DO, "3", NULL, "Falta comprobar");
	report(&g, "verify", "'state':'done','ok':false");
	game_no(&g, "ana", CMD_DO, "3", NULL, "Falta comprobar");
	game_ok(&g, "ana", CMD_ASK, "3", "{'where':'http://x/2'}");
	assert_string_equal(doc_text(kase_last_effect(g.ca, "verify"),
	    "url"), "http://x/2");
	report(&g, "verify", "'state':'done','ok':true");
	game_ok(&g, "ana", CMD_DO, "3", NULL);
	assert_int_equal(g.ca->state, CASE_CLOSED);
	report(&g, "publish", "'state':'failed','answer':'tarde'");
	game_end(&g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_approval_asks_with_all_that_is_needed),
		cmocka_unit_test(a_publication_has_its_photographs_in_order),
		cmocka_unit_test(a_return_asks_for_nothing),
		cmocka_unit_test(
		    undoing_takes_back_what_was_asked_but_not_what_is_known),
		cmocka_unit_test(each_recipient_has_what_came_of_its_mail),
		cmocka_unit_test(a_check_may_demand_what_became_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
