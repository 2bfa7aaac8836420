/* SPDX-License-Identifier: ISC */
/* paso_doc.h - a STEP document, and the screen of a step that has it. */
#ifndef PAUTA_PASO_DOC_H
#define PAUTA_PASO_DOC_H

#include "screen.h"

#define FIELDS_FULL                                                           \
	"{\"id\":\"figure\",\"label\":\"Cifra principal\",\"type\":\"text\"," \
	"\"required\":true,\"value\":\"12,480 familias\","                    \
	"\"help\":\"Como aparece en el documento soporte.\"},"                \
	"{\"id\":\"cut_on\",\"label\":\"Fecha del corte\",\"type\":\"date\"," \
	"\"required\":true,\"value\":\"2025-04-30\"},"                        \
	"{\"id\":\"media\",\"label\":\"Medios\",\"type\":\"multi\","          \
	"\"choices\":[\"web\",\"radio\"],\"required\":false},"                \
	"{\"id\":\"note\",\"label\":\"Nota al supervisor\","                  \
	"\"type\":\"longtext\",\"draft\":\"Incluye el padrón.\"},"            \
	"{\"id\":\"agrees\",\"label\":\"Coincide\",\"type\":\"yesno\","       \
	"\"required\":true}"

#define STEP_MORE(can, more)                                                  \
	"{\"folio\":\"VID-2026-0001\",\"brief\":\"Videos\","                  \
	"\"procedure\":\"63-COM-P01\",\"step\":\"2.2\",\"row\":null,"         \
	"\"section\":\"ELABORACIÓN Y EDICIÓN\",\"kind\":\"task\","            \
	"\"do\":\"Confirme cada cifra con el área que la genera.\","          \
	"\"help\":\"Sin fuente escrita no se publica (Manual 4.2).\","        \
	"\"question\":\"¿La cifra coincide con el documento soporte?\","      \
	"\"revision\":7,\"can\":" can ",\"position\":{\"n\":3,\"of\":7},"     \
	"\"path\":[{\"step\":\"1.2\",\"state\":\"done\"},"                    \
	"{\"step\":\"1.3\",\"state\":\"done\"},"                              \
	"{\"step\":\"2.2\",\"state\":\"here\"},"                              \
	"{\"step\":\"2.3\",\"state\":\"todo\"}],"                             \
	"\"fields\":[" FIELDS_FULL "],\"answer\":\"agrees\",\"approval\":"    \
	"null,\"arms\":[{\"label\":\"Sí, coincide\",\"to\":[\"2.3\"],"        \
	"\"titles\":[\"Redacción final\"],\"returns\":false,\"value\":true},"  \
	"{\"label\":\"No coincide\",\"to\":[\"1.3\"],\"titles\":"             \
	"[\"Solicitar datos\"],\"returns\":true,\"value\":false}],"           \
	"\"remarks\":[{\"at\":\"2026-11-23T16:58:00Z\",\"by\":\"jperez\","    \
	"\"text\":\"Falta la fuente.\"}],\"drafted_at\":"                     \
	"\"2026-11-23T16:43:00Z\"" more "}"
#define STEP STEP_MORE("true", "")
#define STEP_DONE STEP_MORE("false", ",\"why\":\"El paso ya está hecho.\"")

static inline void
paso_start(struct screen *s, int cols, int rows)
{
	screen_init(s, cols, rows);
	app_open(s->app, &view_bandeja, NULL, NULL);
	app_open(s->app, &view_paso, "VID-2026-0001", "2.2");
	assert_string_equal(screen_last(s, "paso"), "paso VID-2026-0001 2.2");
	screen_answer(s, "paso", 0, STEP);
}

#endif
