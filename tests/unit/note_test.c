/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/* note_test.c - what comes from outside becomes a note, once and made fit. */
#include "bureau.h"
#include "../../server/core/note.h"
#include "../../server/store/note.h"

static int64_t
add(struct bureau *o, struct note n)
{
	struct why why = { 0 };
	int64_t id;

	if (n.office == NULL)
		n.office = "central";
	n.source = "feed:prueba";
	if (note_add(o->c, &n, core_now(o->c), &id, &why) < 0)
		fail_msg("note_add: %s", why.text);
	assert_int_equal(core_commit(o->c, &why), 0);
	return id;
}

struct seen {
	char *medium, *title, *text, *link;
	int count;
};

static int
seen_on_note(void *arg, const struct note_row *n)
{
	struct seen *s = arg;

	free(s->medium);
	free(s->title);
	free(s->text);
	free(s->link);
	s->medium = xstrdup(n->medium);
	s->title = xstrdup(n->title);
	s->text = xstrdup(n->text);
	s->link = xstrdup(n->link);
	s->count++;
	return 0;
}

static void
seen_clear(struct seen *s)
{
	free(s->medium);
	free(s->title);
	free(s->text);
	free(s->link);
}

/* What is kept of a title, and of a text, that come like that. */
static void
is_kept(struct bureau *o, const char *in, const char *title, const char *text)
{
	struct seen s = { 0 };
	int64_t id = add(o, (struct note){ .medium = "El Diario",
	    .title = in, .text = in });

	assert_true(id > 0);
	assert_int_equal(store_find_note(o->c->store, id, seen_on_note, &s),
	    0);
	assert_string_equal(s.title, title);
	assert_string_equal(s.text, text);
	seen_clear(&s);
}

static void
whatever_comes_is_made_fit(void **st)
{
	struct bureau *o = *st;

	is_kept(o, "  Vacunan\t a\n mil ", "Vacunan a mil",
	    "Vacunan a\nmil");
	is_kept(o, "Rojo \x1b[31m\x07 aviso", "Rojo [31m aviso",
	    "Rojo [31m aviso");
	is_kept(o, "an\xcc\x83" "o", "año", "año");
	is_kept(o, "\xe2\x80\xae" "al revés", "al revés", "al revés");
	is_kept(o, "a\xff" "b", "a\xef\xbf\xbd" "b", "a\xef\xbf\xbd" "b");
	is_kept(o, "\xc2\xa0" "C1\xc2\x9b" "x", "C1x", "C1x");
}

static void
what_is_too_long_is_cut(void **st)
{
	struct bureau *o = *st;
	struct seen s = { 0 };
	char *title = xcalloc(1, 10001);
	int64_t id;

	memset(title, 'x', 10000);
	memcpy(title + NOTE_TITLE_MAX - 5, "ñ", 2);
	id = add(o, (struct note){ .medium = "M", .title = title,
	    .link = title });
	assert_int_equal(store_find_note(o->c->store, id, seen_on_note, &s),
	    0);
	assert_true(strlen(s.title) <= NOTE_TITLE_MAX);
	assert_string_equal(s.title + strlen(s.title) - 3, "…");
	assert_string_equal(s.link, "");
	seen_clear(&s);
	free(title);
}

static void
the_same_note_comes_once(void **st)
{
	struct bureau *o = *st;
	struct note n = { .medium = "El Diario", .title = "Uno",
		.key = "feed:1 guid-1" };
	int64_t first = add(o, n);

	assert_true(first > 0);
	n.title = "Uno, corregido";
	assert_int_equal(add(o, n), 0);
	n.key = "feed:2 guid-1";
	assert_true(add(o, n) > first);
	n.key = NULL;			/* what it says is its key */
	assert_true(add(o, n) > 0);
	assert_int_equal(add(o, n), 0);
	bureau_clock(o, "2026-11-24T03:00:00Z");	/* the same evening */
	assert_int_equal(add(o, n), 0);
	bureau_clock(o, "2026-11-24T16:00:00Z");	/* it is said again */
	assert_true(add(o, n) > 0);
	n.published.s = 86400;
	assert_true(add(o, n) > 0);
	n.office = "bc";		/* each office has its own */
	assert_true(add(o, n) > 0);
}

static void
without_medium_or_title_it_is_none(void **st)
{
	struct bureau *o = *st;
	struct note n = { .office = "central", .source = "feed:x",
		.medium = " \x01", .title = "Algo" };
	struct why why;
	int64_t id;

	assert_int_equal(note_add(o->c, &n, core_now(o->c), &id, &why),
	    -ERR_REFUSED);
	n.medium = "M";
	n.title = "";
	assert_int_equal(note_add(o->c, &n, core_now(o->c), &id, &why),
	    -ERR_REFUSED);
	assert_int_equal(id, 0);
}

static void
old_ones_go_unless_somebody_decided(void **st)
{
	struct bureau *o = *st;
	struct mark_row m = { .n = 1, .state = "taken", .kind = "", .topic = "",
		.scope = "", .tone = "", .reason = "", .folio = "", .step = "",
		.login = "moni" };
	struct seen s = { 0 };
	struct why why;
	int64_t now = core_now(o->c).s;

	m.note = add(o, (struct note){ .medium = "M", .title = "Uno" });
	(void)add(o, (struct note){ .medium = "M", .title = "Dos" });
	assert_int_equal(store_begin(o->c->store, &why), 0);
	assert_int_equal(store_put_mark(o->c->store, &m, &why), 0);
	assert_int_equal(store_del_notes(o->c->store, now, &why), 0);
	assert_int_equal(store_each_note(o->c->store, "central", 0, now + 1,
	    NULL, seen_on_note, &s), 0);
	assert_int_equal(s.count, 2);
	assert_int_equal(store_del_notes(o->c->store, now + 1, &why), 0);
	s.count = 0;
	assert_int_equal(store_each_note(o->c->store, "central", 0, now + 1,
	    NULL, seen_on_note, &s), 0);
	assert_int_equal(s.count, 1);
	assert_string_equal(s.title, "Uno");
	store_rollback(o->c->store);
	seen_clear(&s);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_BUREAU(whatever_comes_is_made_fit),
		IN_BUREAU(what_is_too_long_is_cut),
		IN_BUREAU(the_same_note_comes_once),
		IN_BUREAU(without_medium_or_title_it_is_none),
		IN_BUREAU(old_ones_go_unless_somebody_decided),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
