/* SPDX-License-Identifier: ISC */
/*
 * print.h - what the printers of documents share.  A page is 80 cells wide;
 * everything foreign passes through text_safe() in the three functions that
 * write (print_line, print_par, print_cell), so no printer needs to think of it.
 */
#ifndef PAUTA_PRINT_H
#define PAUTA_PRINT_H

#include "req.h"

enum { PRINT_CELLS = 80 };

typedef void print_fn(const struct req *, struct buf *);

/* One line, as long as it is. */
void print_line(struct buf *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* A paragraph: folded at 80 cells, lines after the first indented. */
void print_par(struct buf *, int indent, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Cut or padded to cells; into one of eight turning buffers. */
const char *print_cell(const char *text, int cells);

/* "2.2", or "2.2#3" of a sub-case; into a turning buffer. */
const char *print_ref(const json_t *);
/* Instants in the central office's time: "23/11 08:30", "23/11/2026 08:30". */
const char *print_when(const struct req *, const char *utc);
const char *print_date(const struct req *, const char *utc);
/* The short Spanish name of a role; the name of a person. */
const char *print_role(const struct req *, const char *role);
const char *print_person(const struct req *, const char *login);
const char *print_state(const char *state);
/* What became of a DAY of a daily procedure. */
const char *print_day_state(const json_t *day);
/* Where the case goes on. */
void print_open(const struct req *, struct buf *, const json_t *open);

#define PRINT(f) print_fn f
/* print_work.c */
PRINT(print_autorizaciones); PRINT(print_vencimientos); PRINT(print_bandeja); PRINT(print_paso);
PRINT(print_act); PRINT(print_hands); PRINT(print_borrador);
PRINT(print_baja);
/* print_case.c */
PRINT(print_adjuntos); PRINT(print_vista); PRINT(print_vista_previa); PRINT(print_exportar); PRINT(print_buscar); PRINT(print_expediente);
PRINT(print_historial); PRINT(print_registro); PRINT(print_informe);
PRINT(print_indicadores); PRINT(print_porque); PRINT(print_dias);
PRINT(print_comentar); PRINT(print_comentarios); PRINT(print_enterado);
/* print_effect.c */
PRINT(print_destinatarios); PRINT(print_comprobar); PRINT(print_leer);
void print_effects(struct buf *, const json_t *effects);
/* print_office.c */
PRINT(print_ajustes); PRINT(print_ayuda); PRINT(print_cuentas);
PRINT(print_importar); PRINT(print_noted); PRINT(print_personas);
PRINT(print_preferencias); PRINT(print_procedimientos); PRINT(print_reloj);
PRINT(print_estado); PRINT(print_encargos); PRINT(print_medios); PRINT(print_sellar); PRINT(print_sello); PRINT(print_suplencias); PRINT(print_tablero);
PRINT(print_suplencia); PRINT(print_suplir); PRINT(print_verificar);
/* print_manual.c */
PRINT(print_procedimiento);
/* print_calendar.c */
PRINT(print_calendario);
/* print_retention.c */
PRINT(print_conservacion); PRINT(print_retenido); PRINT(print_transferencias);
/* print_note.c */
PRINT(print_nota); PRINT(print_notas); PRINT(print_perfiles);
#undef PRINT

#endif
