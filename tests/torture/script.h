/* SPDX-License-Identifier: ISC */
/*
 * script.h - one way through 63-COM-P01, as its people would type it, for
 * programs that need real work to do.  A planned video, returned once.
 */
#ifndef PAUTA_TORTURE_SCRIPT_H
#define PAUTA_TORTURE_SCRIPT_H

/* Who, verb, step and the rest of the line; {F} is the folio. */
struct script_line {
	const char *who, *line;
};

// clang-format off
static const struct script_line script[] = {
{ "jefa", "iniciar 63-COM-P01 title='Lavado de manos en clínicas' requesting_area='Subdirección Médica' due_on=+10" },
{ "jefa", "hacer {F} 1.2 topic='Lavado de manos' planned_on=+10 assignee=prod" },
{ "prod", "hacer {F} 1.3 video_kind=planeado subtype=efeméride for_bulletin=no" },
{ "prod", "hacer {F} 2.1 no_interviews=sí no_interviews_reason='Es una animación.'" },
{ "prod", "hacer {F} 2.2 footage_location='Disco 1' backup_done=sí backup_location='Disco 2'" },
{ "prod", "hacer {F} 2.3 reviewed=18 selected=6" },
{ "prod", "hacer {F} 2.4 subtitles=sí size=24 typeface=Montserrat color=blanco position=abajo background=ninguno voice_over=sí narrator='Iván Ríos'" },
{ "prod", "hacer {F} 2.5 script='Lávese las manos antes de comer.' audio_equalised=sí has_dialogue=no" },
{ "prod", "hacer {F} 2.7 track='Mañana clara' licence='libre de derechos' fades_ok=sí" },
{ "prod", "hacer {F} 2.8 logo_closing=sí logo_seconds=4 logo_corner=sí logo_fades_ok=sí" },
{ "prod", "hacer {F} D1 has_changes=no" },
{ "prod", "hacer {F} 2.10 version=1 length=00:40 export_location='Equipo 1/manos-1.mp4'" },
{ "jefa", "devolver {F} 2.11 motivo='La voz queda debajo de la música: súbala.'" },
{ "prod", "hacer {F} 2.9 changes_done='Voz más alta.' exported=sí export_location='Equipo 1/manos-2.mp4'" },
{ "prod", "hacer {F} D1 has_changes=no" },
{ "prod", "hacer {F} 2.10 version=2 length=00:40 export_location='Equipo 1/manos-2.mp4'" },
{ "jefa", "aprobar {F} 2.11" },
{ "prod", "hacer {F} 3.1 transitions_ok=sí effects_ok=sí audio_ok=sí" },
{ "prod", "hacer {F} 3.2 none=sí" },
{ "prod", "hacer {F} 3.3 preview=manos-ligera.mp4" },
{ "jefa", "aprobar {F} 3.4" },
{ "jefa", "aprobar {F} 3.5 authorised_media='redes sociales' valid_from=+1 valid_to=+60" },
{ "prod", "hacer {F} 3.6 final='Equipo 1/final.mp4' format=MP4 store='Disco 3' deliveries='[{\"medium\":\"Pantallas\",\"receiver\":\"Recepción\",\"delivered_at\":\"hoy 12:00\"}]'" },
};
// clang-format on

enum { SCRIPT_N = (int)(sizeof script / sizeof script[0]) };

#endif
