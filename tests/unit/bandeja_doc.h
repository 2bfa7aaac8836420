/* SPDX-License-Identifier: ISC */
/* bandeja_doc.h - a few tasks as the core tells them, and a Bandeja that shows them. */
#ifndef PAUTA_BANDEJA_DOC_H
#define PAUTA_BANDEJA_DOC_H

#include "screen.h"

#define TASK(folio, step, state, due, more)                                   \
	"{\"folio\":\"" folio "\",\"procedure\":\"63-COM-P01\","              \
	"\"brief\":\"Videos\",\"subject\":\"Vacunación en Nogales\","         \
	"\"step\":\"" step "\",\"row\":null,"                                 \
	"\"title\":\"Guarde las imágenes y haga copia de seguridad.\","       \
	"\"kind\":\"task\",\"role\":\"video_producer\","                      \
	"\"role_title\":\"Encargado de Producción\",\"state\":\"" state "\"," \
	"\"due\":\"" due "\",\"position\":{\"n\":4,\"of\":31},"               \
	"\"round\":1,\"can\":true" more "}"

#define ONE TASK("VID-2026-0001", "2.2", "returned", "2026-11-23T17:48:00Z",  \
    ",\"assignee\":\"mlopez\",\"remark\":\"Falta el audio.\","                \
    "\"remark_by\":\"jperez\"")
#define TWO TASK("VID-2026-0002", "1.3", "new", "2026-11-24T02:00:00Z",       \
    ",\"assignee\":null,\"priority\":\"urgente\"")
#define TWO_TAKEN TASK("VID-2026-0002", "1.3", "taken",                       \
    "2026-11-24T02:00:00Z", ",\"assignee\":\"otro\"")
#define THREE TASK("VID-2026-0003", "2.11", "approval",                       \
    "2026-11-20T17:00:00Z", ",\"assignee\":null,\"due_late\":true")
#define FOUR TASK("VID-2026-0004", "2.3", "taken", "2026-12-05T17:00:00Z",    \
    ",\"assignee\":\"mlopez\"")

#define LIST(tasks)                                                           \
	"{\"now\":\"2026-11-23T17:00:00Z\",\"list\":\"own\",\"lists\":"       \
	"{\"own\":3,\"area\":23,\"approval\":4,\"returned\":1},"              \
	"\"tasks\":[" tasks "]}"

static inline void
bandeja_start(struct screen *s, int cols, int rows)
{
	screen_init(s, cols, rows);
	app_open(s->app, &view_bandeja, NULL, NULL);
	screen_answer(s, "bandeja", 0, LIST(ONE "," TWO "," THREE));
}

#endif
