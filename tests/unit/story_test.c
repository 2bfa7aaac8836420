/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/* story_test.c - the same cable in many newspapers is one story; two are two. */
#include "test.h"

#include "../../server/engine/story.h"

enum { SENTENCES = 15, CROWD = 1000 };

/* A text of that many sentences; those in skip are of another seed.  Given. */
static char *
text_make(unsigned seed, unsigned skip)
{
	static const char *const parts[] = { "hospital", "derechohabientes",
		"director", "vacunas", "presupuesto", "municipio", "salud",
		"consulta", "Hermosillo", "pensiones", "médicos", "campaña",
		"atención", "denuncia", "obra", "clínica", "enfermeras",
		"gobierno", "fecha", "mes", "cirugía", "traslado", "lista" };
	struct buf b;
	uint64_t x;
	char *out;
	int i, k;

	buf_init(&b, 1 << 20);
	for (i = 0; i < SENTENCES; i++) {
		x = ((skip >> i & 1) ? seed + 77777u : seed) * 1000003u +
		    (unsigned)i;
		for (k = 0; k < 12; k++) {
			x = x * 6364136223846793005u + 1442695040888963407u;
			(void)buf_addf(&b, "%s%s", k > 0 ? " " : "",
			    parts[(x >> 33) % ARRAY_LEN(parts)]);
		}
		(void)buf_addf(&b, ". ");
	}
	out = xstrdup(buf_str(&b));
	buf_clear(&b);
	return out;
}

static struct sketch
sketch_of(const char *text)
{
	struct sketch s;

	assert_true(sketch_make(&s, "Titular", text));
	return s;
}

static void
alike_is_as_much_as_they_share(void **st)
{
	/* Sentences of 15 that differ; the least and most numbers alike. */
	static const struct {
		unsigned skip;
		int least, most;
	} rows[] = {
		{ 0, SKETCH_SIZE, SKETCH_SIZE }, { 0x0001, 44, 63 },
		{ 0x0421, 30, 58 }, { 0x7fff, 0, 12 },
	};
	char *a = text_make(1, 0), *b;
	struct sketch sa = sketch_of(a), sb;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		b = text_make(1, rows[i].skip);
		sb = sketch_of(b);
		assert_in_range(sketch_alike(&sa, &sb), rows[i].least,
		    rows[i].most);
		free(b);
	}
	free(a);
}

static void
a_short_note_is_told_by_its_title(void **st)
{
	struct sketch a, b, c;

	(void)st;
	assert_true(sketch_make(&a, "Abren clínica nueva en Nogales", ""));
	assert_true(sketch_make(&b, "ABREN CLINICA NUEVA EN NOGALES",
	    "Hoy."));
	assert_int_equal(sketch_alike(&a, &b), SKETCH_SIZE);
	assert_true(sketch_make(&c, "Cierran carretera a Guaymas hoy", ""));
	assert_true(sketch_alike(&a, &c) < STORY_ALIKE);
	assert_false(sketch_make(&a, "Salud", "Breve."));
	assert_false(sketch_make(&a, "", ""));
}

/* Three short sentences are a text; two outlets give them their own titles. */
static void
three_short_sentences_are_enough(void **st)
{
	static const char said[] = "Abrió la clínica. Atenderá a mil familias. "
	    "La obra costó diez millones.";
	struct sketch a, b;

	(void)st;
	assert_true(sketch_make(&a, "Nogales estrena clínica familiar", said));
	assert_true(sketch_make(&b, "Gobernador inaugura obra de salud", said));
	assert_int_equal(sketch_alike(&a, &b), SKETCH_SIZE);
	assert_true(sketch_make(&b, "Nogales estrena clínica familiar",
	    "Cerró la escuela. Buscarán a cien maestros. "
	    "El edificio tenía veinte años."));
	assert_true(sketch_alike(&a, &b) < STORY_ALIKE);
}

/* A crowd of others, of which each has one copy with a sentence changed. */
static void
each_copy_finds_its_own_among_many(void **st)
{
	struct stories *all = stories_new();
	struct when at = { 1000000 };
	struct sketch s;
	int64_t story, wrong = 0, missed = 0;
	unsigned i;
	char *text;

	(void)st;
	for (i = 1; i <= CROWD; i++) {
		text = text_make(i, 0);
		s = sketch_of(text);
		wrong += stories_find(all, &s, at, &story) != 0;
		stories_add(all, i, i, at, &s);
		free(text);
	}
	for (i = 1; i <= CROWD; i += 10) {
		text = text_make(i, 1u << (i % SENTENCES));
		s = sketch_of(text);
		missed += stories_find(all, &s, at, &story) != (int64_t)i ||
		    story != (int64_t)i;
		free(text);
	}
	assert_int_equal(wrong, 0);
	assert_true(missed <= CROWD / 10 / 50);
	stories_free(all);
}

static void
a_story_ends_after_some_days(void **st)
{
	struct stories *all = stories_new();
	char *text = text_make(3, 0);
	struct sketch s = sketch_of(text);
	struct when at = { 1000000 };
	int64_t story;

	(void)st;
	assert_int_equal(stories_find(all, &s, at, &story), 0);
	stories_add(all, 5, 4, at, &s);
	at.s += STORY_DAYS * 86400;
	assert_int_equal(stories_find(all, &s, at, &story), 5);
	assert_int_equal(story, 4);
	at.s++;
	assert_int_equal(stories_find(all, &s, at, &story), 0);
	assert_int_equal(story, 0);
	stories_free(all);
	free(text);
}

static void
the_reason_counts_sentences(void **st)
{
	static const struct {
		const char *a, *b;
		int same, of;
	} rows[] = {
		{ "Abre la clínica. Llega el doctor! ¿Quién paga?",
		    "Abre la clinica. Nada más cambia. ¿QUIEN PAGA?", 2, 3 },
		{ "Uno dos 3.5 tres.\nCuatro cinco", "cuatro cinco", 1, 2 },
		{ "", "Algo pasa.", 0, 0 },
		{ "Algo pasa.", "", 0, 1 },
	};
	int same, of;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		story_sentences(rows[i].a, rows[i].b, &same, &of);
		assert_int_equal(same, rows[i].same);
		assert_int_equal(of, rows[i].of);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(alike_is_as_much_as_they_share),
		cmocka_unit_test(a_short_note_is_told_by_its_title),
		cmocka_unit_test(three_short_sentences_are_enough),
		cmocka_unit_test(each_copy_finds_its_own_among_many),
		cmocka_unit_test(a_story_ends_after_some_days),
		cmocka_unit_test(the_reason_counts_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
