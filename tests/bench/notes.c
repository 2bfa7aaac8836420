/* SPDX-License-Identifier: ISC */
/*
 * notes.c - see notes.h.  Processor time of this process, which holds the whole
 * product: what a neighbour takes is not counted.
 */
#include "notes.h"

#include "../../server/core/note.h"
#include "../../server/core/req.h"
#include "meter.h"
#include "office.h"

enum { NOTES_TURN = 50, NOTES_TRY = 1000, NOTES_ASKS = 40, NOTES_CABLE = 10,
	NOTES_SECONDS = 6 * 86400 };

struct press {
	struct core *c;
	int64_t from;			/* the instant of the first */
	long count, of;
	uint32_t luck;
	char *text, *cable;		/* of the last; that many outlets print */
};

/* What one size costs, in seconds of processor. */
struct costs {
	double add, feed, list, rare_all, rare, common;
};

static uint32_t
press_luck(struct press *p, uint32_t below)
{
	p->luck = p->luck * 1664525u + 1013904223u;
	return (p->luck >> 8) % below;
}

/* Some 120 words, as uneven as those of a language. */
static char *
press_text(struct press *p)
{
	static const char *const often[] = { "hospital", "medicinas",
		"gobierno", "Hermosillo", "pensionados", "clínica", "citas",
		"directora", "vacunas", "servicio" };
	struct buf b;
	char *text;
	int i;

	buf_init(&b, NOTE_TEXT_MAX);
	for (i = 0; i < 120; i++)
		if (press_luck(p, 3) == 0)
			(void)buf_addf(&b, "%s%s", often[press_luck(p,
			    (uint32_t)ARRAY_LEN(often))],
			    i % 15 == 14 ? ". " : " ");
		else
			(void)buf_addf(&b, "pal%ux%s", press_luck(p, 1u +
			    press_luck(p, 20000)), i % 15 == 14 ? ". " : " ");
	text = xstrdup(buf_str(&b));
	buf_clear(&b);
	return text;
}

/* One of ten is the cable of the hour, printed once more. */
static void
press_add(struct press *p)
{
	char *title = xasprintf("Nota %ld de la mañana", p->count);
	char *medium = xasprintf("Medio %u", press_luck(p, 60));
	struct note n = { .office = "central", .source = "feed:bench",
		.medium = medium, .title = title };
	struct when at = { p->from + p->count * NOTES_SECONDS / p->of };
	struct why why;
	int64_t id;

	free(p->text);
	p->text = press_text(p);
	if (p->cable == NULL || press_luck(p, 200) == 0) {
		free(p->cable);
		p->cable = xstrdup(p->text);
	}
	n.text = press_luck(p, NOTES_CABLE) == 0 ? p->cable : p->text;
	if (note_add(p->c, &n, at, &id, &why) < 0 || id == 0)
		die("note %ld: %s", p->count, why.text);
	if (++p->count % NOTES_TURN == 0)
		office_commit(p->c);
	free(medium);
	free(title);
}

static double
press_feed(struct press *p)
{
	double from = meter_cpu();
	struct why why;
	int r;

	while ((r = feed_step(p->c, &why)) > 0)
		;
	if (r < 0)
		die("index: %s", why.text);
	return meter_cpu() - from;
}

/* The mean of asking for that, and how many came the last time. */
static double
press_ask(struct press *p, const char *const *words, size_t *rows)
{
	struct caller who = { .login = "bench", .source = "bench" };
	double from = meter_cpu();
	struct answer a;
	json_t *doc;
	int i;

	for (i = 0; i < NOTES_ASKS; i++) {
		core_run(p->c, &who, NULL, words, true, &a);
		if (a.status != 0)
			die("%s: %s", words[0], a.doc);
		doc = i == 0 ? json_loads(a.doc, 0, NULL) : NULL;
		if (i == 0)
			*rows = json_array_size(json_object_get(doc, "notes"));
		json_decref(doc);
		answer_clear(&a);
	}
	return (meter_cpu() - from) / NOTES_ASKS;
}

/* Until there are so many; then NOTES_TRY more, looked at. */
static struct costs
press_grow(struct press *p, long to)
{
	struct costs k;
	size_t list, rare, common;
	double from;
	int i;

	while (p->count < to)
		press_add(p);
	office_commit(p->c);
	(void)press_feed(p);
	from = meter_cpu();
	for (i = 0; i < NOTES_TRY; i++)
		press_add(p);
	office_commit(p->c);
	k.add = (meter_cpu() - from) / NOTES_TRY;
	k.feed = press_feed(p) / NOTES_TRY;
	k.list = press_ask(p, (const char *const[]){ "notas", "dias=30",
	    NULL }, &list);
	/* More notes say it as they grow: what is told of is a row. */
	k.rare_all = press_ask(p, (const char *const[]){ "notas", "dias=30",
	    "texto=pal777x", NULL }, &rare);
	k.common = press_ask(p, (const char *const[]){ "notas", "dias=30",
	    "texto=pensionada Y vacuna", NULL }, &common);
	(void)printf("%ld notes: %.3f ms to add one, %.3f ms to index it; "
	    "%.1f ms the list (%zu), %.1f ms a search of a rare word (%zu), "
	    "%.1f ms of two common ones (%zu)\n", p->count, 1e3 * k.add,
	    1e3 * k.feed, 1e3 * k.list, list, 1e3 * k.rare_all, rare,
	    1e3 * k.common, common);
	if (list == 0 || rare == 0 || common == 0)
		die("nothing was found");
	k.rare = k.rare_all / (double)rare;
	return k;
}

static void
notes_person(struct core *c)
{
	static const char *const lines[][4] = {
		{ "persona-alta", "bench", "nombre=Bench", NULL },
		{ "rol-alta", "bench", "monitoring_officer", NULL },
		{ "perfil", "Instituto", "busca=isssteson O pensionados CERCA/5 "
		    "medicinas", NULL },
	};
	struct caller who = { .login = NULL, .source = "bench" };
	struct answer a;
	size_t i;

	for (i = 0; i < ARRAY_LEN(lines); i++) {
		who.login = i == 2 ? "bench" : NULL;
		core_run(c, &who, NULL, lines[i], true, &a);
		if (a.status != 0)
			die("%s: %s", lines[i][0], a.doc);
		answer_clear(&a);
		office_commit(c);
	}
}

static void
notes_ratio(const char *what, double few, double many, double most)
{
	double r = many / few;

	(void)printf("%-52s %.2f  target at most %g: %s\n", what, r, most,
	    r <= most ? "met" : "missed");
}

/* What stands in memory is made of the record when the core begins. */
static void
notes_again(struct press *p, const char *dir)
{
	double from = meter_cpu();

	core_free(p->c);
	p->c = office_open(dir);
	p->of = p->count + 1;
	press_add(p);
	office_commit(p->c);
	(void)printf("begun again with %ld notes: %.0f ms until the first is "
	    "grouped\n", p->count, 1e3 * (meter_cpu() - from));
}

void
notes_run(const char *dir, long few, long many)
{
	struct press p = { .c = office_open(dir), .luck = 1,
		.of = many + NOTES_TRY };
	struct costs a, b;
	double from;

	notes_person(p.c);
	p.from = core_now(p.c).s - NOTES_SECONDS;
	from = meter_cpu();
	a = press_grow(&p, few);
	(void)printf("%ld notes: %.2f s to add, group and index them all\n",
	    p.count, meter_cpu() - from - NOTES_ASKS * (a.list + a.rare_all +
		a.common));
	b = press_grow(&p, many);
	notes_ratio("notes: adding and grouping one, many / few", a.add, b.add,
	    2);
	notes_ratio("notes: indexing one, many / few", a.feed, b.feed, 2);
	notes_ratio("notes: the list, many / few", a.list, b.list, 2);
	notes_ratio("notes: a row found by a rare word, many / few", a.rare,
	    b.rare, 2);
	notes_ratio("notes: a search of common words, many / few", a.common,
	    b.common, 2);
	notes_again(&p, dir);
	core_free(p.c);
	free(p.text);
	free(p.cable);
}
