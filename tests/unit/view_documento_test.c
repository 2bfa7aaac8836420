/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/* view_documento_test.c - a synthesis read before it is approved. */
#include "screen.h"

#define PAPER(sections) \
	"{\"kind\":\"sintesis\",\"folio\":\"SIN-2026-0001\",\"title\":" \
	"\"Síntesis Informativa\",\"number\":\"SIN-2026-0001\"," \
	"\"date\":\"2026-11-23\",\"sections\":[" sections "]}"
#define HOSPITAL \
	"{\"title\":\"Nuevo hospital\",\"outlet\":\"El Imparcial\"," \
	"\"place\":\"3A\",\"published\":\"2026-11-23\",\"genre\":\"nota\"," \
	"\"text\":\"Abre en enero.\",\"pictures\":[{\"name\":\"hoja.png\"}]," \
	"\"elsewhere\":[\"audio.mp3\"]}"
#define DENGUE \
	"{\"title\":\"Dengue a la baja\",\"outlet\":\"Expreso\",\"text\":\"" \
	"Hay menos\\u202e casos.\",\"pictures\":[],\"elsewhere\":[]}"
#define BOTH \
	"{\"title\":\"ISSSTESON\",\"pieces\":[" HOSPITAL "]}," \
	"{\"title\":\"salud estatal\",\"pieces\":[" DENGUE "]}"

static void
paper_start(struct screen *s, const char *doc)
{
	screen_init(s, 80, 24);
	app_open(s->app, &view_autorizaciones, NULL, NULL);
	app_open(s->app, &view_documento, "SIN-2026-0001", NULL);
	assert_string_equal(screen_last(s, "vista-previa"),
	    "vista-previa SIN-2026-0001");
	screen_answer(s, "vista-previa", 0, doc);
}

static void
it_is_read_at_24_by_80(void **st)
{
	struct screen s;

	(void)st;
	paper_start(&s, PAPER(BOTH));
	screen_is(&s,
	    " PAUTA  SIN-2026-0001  Documento               CDMX  mlopez (Producción)  10:00\n"
	    " Síntesis Informativa  23/11/2026\n"
	    "── ISSSTESON ──\n"
	    "1. Nuevo hospital\n"
	    "  El Imparcial, 3A, 23/11/2026, nota\n"
	    "  Abre en enero.\n"
	    "  [hoja.png]\n"
	    "! [audio.mp3: no saldrá en el documento]\n"
	    "\n"
	    "── salud estatal ──\n"
	    "2. Dengue a la baja\n"
	    "  Expreso\n"
	    "  Hay menos<U+202E> casos.\n"
	    "\n\n\n\n\n\n\n"
	    " 2 notas.\n"
	    "\n"
	    " F1=Ayuda  F2=Acciones  F3=Salir  F5=Actualizar  F12=Regresar  n=Nota sig.\n"
	    " p=Nota ant.\n");
	screen_clear(&s);
}

static void
a_day_without_clippings_says_so(void **st)
{
	struct screen s;

	(void)st;
	paper_start(&s, PAPER(""));
	assert_true(screen_has(&s, "Todavía no se elige ninguna nota."));
	screen_clear(&s);
}

static void
another_kind_of_case_has_none(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_documento, "VID-2026-0001", NULL);
	screen_answer(&s, "vista-previa", 1, "{\"error\":{\"code\":\"refused\","
	    "\"message\":\"De VID-2026-0001 no se compone ningún documento.\"}}");
	assert_true(screen_has(&s, "no se compone ningún documento"));
	screen_clear(&s);
}

/* Somebody answered a step: what is read is what there is now. */
static void
what_changes_is_read_again(void **st)
{
	struct screen s;

	(void)st;
	paper_start(&s, PAPER(""));
	screen_push(&s, "SIN-2026-0001");
	screen_answer(&s, "vista-previa", 0, PAPER(BOTH));
	assert_true(screen_has(&s, "1. Nuevo hospital"));
	screen_clear(&s);
}

#define SCAN(what) \
	"{\"title\":\"ISSSTESON\",\"pieces\":[{\"title\":\"Nuevo hospital\"," \
	"\"outlet\":\"El Imparcial\",\"text\":\"\",\"pictures\":[{\"name\":" \
	"\"hoja.png\"" what "}],\"elsewhere\":[]}]}"

/* It comes by itself; what a page says to the terminal stays a sight. */
static void
what_is_read_in_a_picture_stands_beside_it(void **st)
{
	struct screen s;

	(void)st;
	paper_start(&s, PAPER(SCAN(",\"reading\":true")));
	assert_true(screen_has(&s, "Su texto se está leyendo..."));
	screen_push(&s, "SIN-2026-0001");
	screen_answer(&s, "vista-previa", 0, PAPER(SCAN(
	    ",\"words\":\"Abrió en\\nHermosillo\\u202e.\"")));
	assert_false(screen_has(&s, "Su texto se está leyendo..."));
	assert_true(screen_has(&s, "Texto leído de la imagen, sin corregir:\n"
	    "    Abrió en\n    Hermosillo<U+202E>.\n"));
	screen_clear(&s);
}

static void
where_nothing_reads_pictures_it_says_so(void **st)
{
	struct screen s;

	(void)st;
	paper_start(&s, "{\"unread\":\"Aquí no se lee el texto de imágenes: "
	    "falta tesseract con español.\",\"sections\":[" SCAN("") "]}");
	assert_true(screen_has(&s, " 1 nota. Aquí no se lee el texto de "
	    "imágenes: falta tesseract con español.\n"));
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_read_at_24_by_80),
		cmocka_unit_test(a_day_without_clippings_says_so),
		cmocka_unit_test(another_kind_of_case_has_none),
		cmocka_unit_test(what_changes_is_read_again),
		cmocka_unit_test(what_is_read_in_a_picture_stands_beside_it),
		cmocka_unit_test(where_nothing_reads_pictures_it_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
