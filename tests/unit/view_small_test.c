/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * view_small_test.c - how the screens look that one passes through: why a
 * date, preferences, two texts, a text alone, the rows of a list and one row.
 */
#include "paso_doc.h"

#include "../../client/textos.h"

#define STEP_OF_CLIPS \
	"{\"folio\":\"SIN-1\",\"brief\":\"Síntesis\",\"step\":\"2.2\"," \
	"\"section\":\"REVISIÓN\",\"kind\":\"task\",\"do\":\"Elija las notas." \
	"\",\"revision\":3,\"can\":true,\"position\":{\"n\":3,\"of\":16}," \
	"\"path\":[],\"arms\":[],\"remarks\":[],\"approval\":null," \
	"\"answer\":null,\"fields\":[{\"id\":\"clips\",\"label\":\"Notas\"," \
	"\"type\":\"list\",\"required\":true,\"columns\":[" \
	"{\"id\":\"medium\",\"label\":\"Medio\",\"type\":\"text\"," \
	"\"required\":true},{\"id\":\"title\",\"label\":\"Titular\"," \
	"\"type\":\"text\"},{\"id\":\"page\",\"label\":\"Página\"," \
	"\"type\":\"text\"}],\"draft\":\"[{\\\"medium\\\":\\\"El Sol\\\"," \
	"\\\"title\\\":\\\"Abren clínica\\\",\\\"page\\\":\\\"3\\\"}," \
	"{\\\"medium\\\":\\\"El Diario\\\",\\\"title\\\":\\\"Vacunan hoy" \
	"\\\"}]\"}]}"

static void
why_a_date(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	app_open(s.app, &view_porque, "VID-2026-0001", NULL);
	screen_answer(&s, "porque", 0, "{\"folio\":\"VID-2026-0001\","
	    "\"dates\":[{\"step\":\"2.2\",\"row\":0,\"title\":\"Confirme cada "
	    "cifra.\",\"text\":\"26/11/2026 18:00\",\"rule\":\"Tres días "
	    "hábiles desde que se abrió el paso\",\"source\":\"P01-POL3\","
	    "\"lines\":[\"Se cuenta desde el 20/11/2026 10:00.\",\"No cuentan: "
	    "21/11/2026 y 22/11/2026 (fin de semana).\"]}]}");
	screen_golden(&s, "porque");
	screen_clear(&s);
}

static void
preferences(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	app_open(s.app, &view_preferencias, NULL, NULL);
	screen_answer(&s, "preferencias", 0, "{\"preferences\":["
	    "{\"id\":\"language\",\"value\":\"es\",\"choices\":[\"auto\","
	    "\"es\",\"en\"]},{\"id\":\"theme\",\"value\":\"normal\","
	    "\"choices\":[\"normal\",\"mono\",\"contrast\"]},{\"id\":\"bell\","
	    "\"value\":\"no\",\"choices\":[\"yes\",\"no\"]}]}");
	screen_golden(&s, "preferencias");
	screen_clear(&s);
}

static void
two_texts(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	app_open(s.app, &view_textos, "VID-2026-0001", "2.2");
	screen_answer(&s, "paso", 0, "{\"folio\":\"VID-2026-0001\","
	    "\"step\":\"2.2\",\"texts\":[{\"field\":\"figure\",\"label\":"
	    "\"Cifra principal\",\"by\":\"jperez\",\"at\":"
	    "\"2026-11-23T16:50:00Z\",\"draft\":\"12,480 familias en el padrón "
	    "de octubre\",\"text\":\"12,500 familias\"}]}");
	screen_golden(&s, "textos");
	screen_clear(&s);
}

static void
a_text_alone(void **st)
{
	struct screen s;
	int i;

	(void)st;
	paso_start(&s, 80, 24);
	for (i = 0; i < 3; i++)
		screen_key(&s, K_TAB);
	screen_key(&s, K_CTRL_E);
	screen_golden(&s, "editor");
	screen_clear(&s);
}

static void
rows_and_one_of_them(void **st)
{
	struct screen s;

	(void)st;
	screen_init(&s, 80, 24);
	app_open(s.app, &view_bandeja, NULL, NULL);
	app_open(s.app, &view_paso, "SIN-1", "2.2");
	screen_answer(&s, "paso", 0, STEP_OF_CLIPS);
	screen_key(&s, K_ENTER);
	screen_golden(&s, "renglones");
	screen_key(&s, K_DOWN);
	screen_key(&s, K_ENTER);
	screen_golden(&s, "renglon");
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(why_a_date),
		cmocka_unit_test(preferences),
		cmocka_unit_test(two_texts),
		cmocka_unit_test(a_text_alone),
		cmocka_unit_test(rows_and_one_of_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
