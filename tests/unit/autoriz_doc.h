/* SPDX-License-Identifier: ISC */
/* autoriz_doc.h - two decisions that wait, and what each presents. */
#ifndef PAUTA_TEST_AUTORIZ_DOC_H
#define PAUTA_TEST_AUTORIZ_DOC_H

#include "screen.h"

#define ITEM(folio, step, round, sender)                                      \
	"{\"folio\":\"" folio "\",\"step\":\"" step "\",\"row\":null,"        \
	"\"subject\":\"Vacunación en Nogales\",\"state\":\"approval\","       \
	"\"title\":\"Apruebe el video\",\"sent_by\":\"" sender "\","          \
	"\"since\":\"2026-11-23T16:25:00Z\",\"round\":" round ",\"can\":true}"
#define ITEMS(items) "{\"now\":\"2026-11-23T17:00:00Z\",\"items\":[" items "]}"
#define BOTH ITEMS(ITEM("VID-2026-0001", "2.11", "1", "mlopez") ","           \
    ITEM("VID-2026-0002", "3.5", "0", "aruiz"))

#define HEAD(folio, step)                                                     \
	"{\"folio\":\"" folio "\",\"step\":\"" step "\",\"row\":null,"        \
	"\"do\":\"Apruebe el video y ordene exportarlo.\","

#define TAIL                                                                  \
	"\"arms\":[{\"label\":\"Aprobar\",\"to\":[\"3.1\"],\"titles\":"       \
	"[\"Vea el corte final\"],\"returns\":false},{\"label\":\"Regresar\"" \
	",\"to\":[\"2.9\"],\"titles\":[\"Aplique cambios\"],"                 \
	"\"returns\":true}],\"remarks\":[],\"path\":[]}"

#define VERDICT                                                               \
	"{\"id\":\"verdict\",\"label\":\"Dictamen\",\"type\":\"choice\","     \
	"\"choices\":[\"aprobar\",\"regresar\"],\"required\":true},"          \
	"{\"id\":\"remarks\",\"label\":\"Observaciones\",\"type\":"           \
	"\"longtext\"}"

#define AP(to)                                                                \
	"\"approval\":{\"id\":\"AP-01\",\"verdict\":\"verdict\",\"remarks\":" \
	"\"remarks\",\"return_to\":[" to "]},"

#define STEP1(revision, content, can)                                         \
	HEAD("VID-2026-0001", "2.11")                                         \
	"\"revision\":" revision ",\"content\":\"" content "\",\"round\":1,"  \
	"\"rounds\":2,\"can\":" can ",\"why\":\"Usted hizo esta versión.\","  \
	"\"unchanged\":6,\"hidden\":1," AP("{\"step\":\"2.9\"}")              \
	"\"fields\":[" VERDICT "],\"changes\":["                              \
	"{\"step\":\"2.4\",\"label\":\"Cifra principal\",\"before\":"         \
	"\"12,840 familias\",\"after\":\"12,480 familias\"},"                 \
	"{\"step\":\"2.4\",\"label\":\"Fuente\",\"before\":\"\","             \
	"\"after\":\"Programas Sociales\"},"                                  \
	"{\"step\":\"2.5\",\"label\":\"Texto\",\"before\":\"Uno.\\n"          \
	"El apoyo beneficia a 12,840 familias de Nogales.\",\"after\":"       \
	"\"Uno.\\nEl apoyo beneficia a 12,480 familias de Nogales.\"}],"      \
	"\"shown\":[{\"step\":\"2.4\",\"title\":\"Defina subtítulos\","       \
	"\"by\":\"mlopez\",\"at\":\"2026-11-23T16:20:00Z\",\"fields\":"       \
	"[{\"id\":\"x\",\"label\":\"Tipografía\",\"text\":\"Sans\"}]}]," TAIL

/* With a field of its own; proposed: what the manual puts in it. */
#define STEP2_WITH(proposed)                                                  \
	HEAD("VID-2026-0002", "3.5")                                          \
	"\"revision\":3,\"content\":\"bb\",\"can\":true,\"round\":0,"         \
	AP("{\"step\":\"3.2\",\"title\":\"Corrija\"},{\"step\":\"3.1\","      \
	    "\"title\":\"Vea\"}")                                             \
	"\"fields\":[" VERDICT ",{\"id\":\"authorised_media\",\"label\":"     \
	"\"Medios autorizados\",\"type\":\"multi\",\"choices\":[\"web\","     \
	"\"radio\"],\"required\":true" proposed "}],\"changes\":[],\"shown\":["           \
	"{\"step\":\"3.3\",\"title\":\"Exporte\",\"by\":\"aruiz\",\"at\":"    \
	"\"2026-11-23T16:00:00Z\",\"fields\":[{\"label\":\"Archivo\","        \
	"\"text\":\"final.mp4\"}]}]," TAIL

#define STEP2 STEP2_WITH("")

#define DECIDED(folio)                                                        \
	"{\"folio\":\"" folio "\",\"step\":\"2.11\",\"open\":[],"             \
	"\"undo_until\":\"2026-11-23T17:00:30Z\"}"

static inline void
autoriz_start(struct screen *s, int cols, int rows)
{
	screen_init(s, cols, rows);
	app_open(s->app, &view_bandeja, NULL, NULL);
	app_open(s->app, &view_autorizaciones, NULL, NULL);
	screen_answer(s, "autorizaciones", 0, BOTH);
	screen_answer(s, "paso VID-2026-0001 2.11", 0,
	    STEP1("7", "aa", "true"));
}

#endif
