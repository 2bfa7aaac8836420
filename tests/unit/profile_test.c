/* SPDX-License-Identifier: ISC */
/* rooms: engine proto */
/* profile_test.c - the roots of Spanish words, and what profiles find. */
#include "test.h"

#include "../../server/engine/profile.h"

static void
words_of_one_family_have_one_root(void **st)
{
	static const char *const same[][2] = {
		{ "pensionado", "PENSIONADAS" }, { "pensionados", "pensión" },
		{ "médico", "medicas" }, { "hospital", "hospitales" },
		{ "atención", "ATENCION" }, { "atenciones", "atencion" },
		{ "vacunación", "vacunacion" }, { "vacunó", "vacunaron" },
		{ "clínica", "clinicas" }, { "Isssteson", "ISSSTESON" },
		{ "niño", "ninos" }, { "queja", "quejas" },
		{ "jubilación", "jubilaciones" }, { "sesión", "sesiones" },
	};
	static const char *const other[][2] = {
		{ "salud", "saldo" }, { "pensión", "tensión" },
		{ "médico", "medio" }, { "cama", "camino" },
		{ "hospital", "hostil" },
	};
	char *a, *b;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(same); i++) {
		a = words_root(same[i][0], strlen(same[i][0]));
		b = words_root(same[i][1], strlen(same[i][1]));
		if (strcmp(a, b) != 0)
			fail_msg("%s is %s, %s is %s", same[i][0], a,
			    same[i][1], b);
		free(a);
		free(b);
	}
	for (i = 0; i < ARRAY_LEN(other); i++) {
		a = words_root(other[i][0], strlen(other[i][0]));
		b = words_root(other[i][1], strlen(other[i][1]));
		assert_string_not_equal(a, b);
		free(a);
		free(b);
	}
}

static struct profile *
parse(const char *text)
{
	struct profile *p = NULL;
	struct why why = { 0 };

	if (profile_parse(text, &p, &why) < 0)
		fail_msg("%s: %s", text, why.text);
	return p;
}

/* The words that make it match, "" for none, NULL when it does not. */
static char *
found(const char *profile, const char *text)
{
	struct profile *p = parse(profile);
	struct profile_hit hit;
	struct words w = { 0 };
	char *out = NULL, *more;
	size_t i;

	words_add(&w, text);
	if (profile_matches(p, &w, &hit)) {
		out = xstrdup("");
		for (i = 0; i < hit.count; i++) {
			more = xasprintf("%s%s%.*s", out, i > 0 ? " " : "",
			    (int)hit.v[i]->len, hit.v[i]->at);
			free(out);
			out = more;
		}
	}
	words_clear(&w);
	profile_free(p);
	return out;
}

static const char news[] = "Pensionados del ISSSTESON protestan por la falta "
    "de medicinas en el hospital Chávez; la dirección no respondió.";

static void
it_finds_what_it_says(void **st)
{
	static const struct {
		const char *profile, *words;
	} rows[] = {
		{ "isssteson", "ISSSTESON" },
		{ "Isssteson pensión", "ISSSTESON Pensionados" },
		{ "isssteson Y medicamento", NULL },
		{ "medicamento O medicina", "medicinas" },
		{ "imss | isssteson", "ISSSTESON" },
		{ "hospital -Chavez", NULL },
		{ "hospital NO Juárez", "hospital" },
		{ "hospital Y NO (Juárez O Chávez)", NULL },
		{ "\"falta de medicina\"", "falta de medicinas" },
		{ "\"medicinas falta\"", NULL },
		{ "pensionados CERCA/2 protesta", "Pensionados protestan" },
		{ "protesta CERCA/1 Pensionado", NULL },
		{ "(medicina O cama) CERCA (hospital O clínica)",
		    "medicinas hospital" },
		{ "imss Y isssteson O hospital", "hospital" },
		{ "imss Y (isssteson O hospital)", NULL },
		{ "no", "no" },			/* a word: the operator is NO */
		{ "¡¿isssteson?!", "ISSSTESON" },
	};
	char *got;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		got = found(rows[i].profile, news);
		if ((got == NULL) != (rows[i].words == NULL) ||
		    (got != NULL && strcmp(got, rows[i].words) != 0))
			fail_msg("%s: \"%s\", not \"%s\"", rows[i].profile,
			    got != NULL ? got : "-", rows[i].words != NULL ?
			    rows[i].words : "-");
		free(got);
	}
}

static void
nothing_goes_across_a_gap(void **st)
{
	struct profile *near = parse("queja CERCA/3 hospital");
	struct profile *phrase = parse("\"queja hospital\"");
	struct words w = { 0 };

	(void)st;
	words_add(&w, "Una queja");
	words_add_gap(&w);
	words_add(&w, "hospital lleno");
	assert_false(profile_matches(near, &w, NULL));
	assert_false(profile_matches(phrase, &w, NULL));
	words_clear(&w);
	profile_free(near);
	profile_free(phrase);
}

static void
what_makes_no_sense_is_refused_in_words(void **st)
{
	static const char *const rows[][2] = {
		{ "", "Falta una palabra" }, { "   ", "Falta una palabra" },
		{ "\"sala de", "comillas" }, { "\"\"", "Entre comillas" },
		{ "(a O b", "paréntesis" }, { "a)", "paréntesis" },
		{ "a O", "Falta una palabra" }, { "Y a", "Falta una palabra" },
		{ "NO isssteson", "al menos una palabra" },
		{ "a O NO b", "al menos una palabra" },
		{ "a CERCA/0 b", "de 1 a" }, { "a CERCA/999 b", "de 1 a" },
		{ "a CERCA/x b", "de 1 a" }, { "a CERCA (b Y c)", "CERCA va" },
		{ "a CERCA NO b", "Falta una palabra" }, { "--", "Falta" },
	};
	struct profile *p;
	struct why why;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		if (profile_parse(rows[i][0], &p, &why) != -ERR_USAGE)
			fail_msg("%s is taken", rows[i][0]);
		if (strstr(why.text, rows[i][1]) == NULL)
			fail_msg("%s: \"%s\" does not say \"%s\"", rows[i][0],
			    why.text, rows[i][1]);
	}
}

/* n times a text. */
static char *
repeated(const char *text, size_t n)
{
	size_t len = strlen(text), i;
	char *s = xcalloc(n * len + 1, 1);

	for (i = 0; i < n; i++)
		memcpy(s + i * len, text, len);
	return s;
}

static void
what_is_too_much_is_refused(void **st)
{
	static const struct {
		const char *text;
		size_t times;
	} rows[] = {
		{ "a ", 300 }, { "(", 3000 }, { "NO ", 1000 },
		{ "palabra ", 600 }, { "-", 4000 }, { "\"a b\" ", 150 },
	};
	struct profile *p;
	struct why why;
	char *text;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		text = repeated(rows[i].text, rows[i].times);
		assert_int_equal(profile_parse(text, &p, &why), -ERR_USAGE);
		free(text);
	}
}

static void
the_index_asks_for_no_less(void **st)
{
	static const char *const rows[][2] = {
		{ "isssteson", "\"isssteson\"" },
		{ "\"falta de medicinas\"",
		    "((\"falt\" AND \"de\") AND \"medicin\")" },
		{ "a O b NO c", "(\"a\" OR \"b\")" },
		{ "hospital CERCA lleno", "(\"hospital\" AND \"llen\")" },
		{ "a Y NO \"b c\"", "\"a\"" },
	};
	struct profile *p;
	char *got;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		p = parse(rows[i][0]);
		got = profile_index(p);
		assert_string_equal(got, rows[i][1]);
		free(got);
		profile_free(p);
	}
}

static void
an_index_has_each_root_once(void **st)
{
	struct words w = { 0 };
	char *got;

	(void)st;
	words_add(&w, "Hospital y hospitales");
	words_add_gap(&w);
	got = words_index(&w);
	assert_true(strcmp(got, "hospital y") == 0 ||
	    strcmp(got, "y hospital") == 0);
	free(got);
	words_clear(&w);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_one_family_have_one_root),
		cmocka_unit_test(it_finds_what_it_says),
		cmocka_unit_test(nothing_goes_across_a_gap),
		cmocka_unit_test(what_makes_no_sense_is_refused_in_words),
		cmocka_unit_test(what_is_too_much_is_refused),
		cmocka_unit_test(the_index_asks_for_no_less),
		cmocka_unit_test(an_index_has_each_root_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
