/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * i18n_test.c - sentences in both languages: the catalogue is found beside the
 * program, a refusal is said in the language in use, and what stands in the
 * legends has room in either.
 */
#include "test.h"

#include "../../client/keys.h"
#include "../../client/view.h"
#include "../../proto/i18n.h"
#include "../../proto/text.h"

static void
a_sentence_is_said_in_the_language_in_use(void **st)
{
	struct why why = { 0 };

	(void)st;
	assert_string_equal(_("Salir"), "Salir");
	i18n_use("en_US.UTF-8");
	assert_string_equal(i18n_lang(), "en");
	assert_string_equal(_("Salir"), "Leave");
	assert_string_equal(_("ni hablar"), "ni hablar");
	assert_string_equal(_(""), "");
	(void)why_set(&why, ERR_REFUSED, "No hay un ajuste «%.40s». "
	    "«ajustes» los lista.", "x");
	assert_string_equal(why.text,
	    "There is no setting «x». «ajustes» lists them.");
	i18n_use("es_MX");
	assert_string_equal(_("Salir"), "Salir");
	i18n_use(NULL);
	assert_string_equal(i18n_lang(), "es");
}

/* Rows of 80 that all the actions of a legend would take. */
static int
legend_rows(const struct view_class *class)
{
	int rows = 1, col = 1, w;
	unsigned i;

	for (i = 0; i < class->actions_count; i++) {
		const struct action *a = &class->actions[i];

		if (!a->shown)
			continue;
		w = text_width(keys_name(a->key)) + 1 + text_width(_(a->name));
		if (col + w > 80) {
			rows++;
			col = 1;
		}
		col += w + 2;
	}
	return rows;
}

static void
a_legend_has_room_in_either(void **st)
{
	size_t i;
	int spanish, english;

	(void)st;
	for (i = 0; i < views_count; i++) {
		spanish = legend_rows(views_all[i]);
		i18n_use("en");
		english = legend_rows(views_all[i]);
		i18n_use("es");
		if (english > 2 && english > spanish)
			fail_msg("the legend of %s takes %d rows in English "
			    "and %d in Spanish", views_all[i]->name, english,
			    spanish);
	}
}

/* Headings and states stand in columns that Spanish has measured. */
static void
a_heading_is_no_wider(void **st)
{
	static const char *const headings[] = { "Paso", "Vence", "Estado",
		"Asunto", "Folio", "Espera", "Envía", "Ronda", "No.",
		"Responsable", "Actividad", "Registro", "Nueva", "Tomada",
		"Devuelta", "Por aprobar", "URGENTE", "VENCIDA", "Pendiente",
		"Hecho", "AQUÍ", "Aprobado", "Devuelto", "mañana" };
	size_t i;

	(void)st;
	i18n_use("en");
	for (i = 0; i < ARRAY_LEN(headings); i++)
		if (text_width(_(headings[i])) > text_width(headings[i]) + 1)
			fail_msg("«%s» is «%s»", headings[i], _(headings[i]));
	i18n_use("es");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sentence_is_said_in_the_language_in_use),
		cmocka_unit_test(a_legend_has_room_in_either),
		cmocka_unit_test(a_heading_is_no_wider),
	};

	i18n_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
