/* SPDX-License-Identifier: ISC */
/* views.c - the screens that a place can name; the first one is home. */
#include "view.h"

const struct view_class *const views_all[] = {
	&view_bandeja, &view_conservacion, &view_paso, &view_autorizaciones,
	&view_expediente, &view_historial, &view_nuevo, &view_buscar,
	&view_comentarios, &view_documento, &view_tablero, &view_suplencias,
	&view_preferencias, &view_porque, &view_medios, &view_fotos,
	&view_rehacer, &view_notas, &view_destinatarios
};
const size_t views_count = ARRAY_LEN(views_all);
