/* SPDX-License-Identifier: ISC */
/*
 * core.c - a core that always answers the same (docs/api.md has the shapes);
 * it keeps only drafts, and where the person was.
 */
#include "screen.h"

#define TASK(folio, subject, step, title, state, kind)                       \
	"{\"folio\":\"" folio "\",\"procedure\":\"63-COM-P02\",\"brief\":"   \
	"\"Boletín de prensa\",\"subject\":\"" subject "\",\"step\":\"" step \
	"\",\"row\":0,\"title\":\"" title "\",\"kind\":\"" kind "\","        \
	"\"role\":\"redactor\",\"role_title\":\"Redacción\",\"state\":\""    \
	state "\",\"due\":\"2026-11-23T17:30:00Z\",\"due_late\":false,"      \
	"\"office\":\"CDMX\",\"round\":1,\"assignee\":\"mlopez\","           \
	"\"can\":true,\"position\":{\"n\":3,\"of\":7},\"revision\":12}"

static const char bandeja[] =
    "{\"now\":\"2026-11-23T16:42:00Z\",\"list\":\"own\",\"lists\":{\"own\":3,"
    "\"area\":5,\"approval\":1,\"returned\":1},\"tasks\":["
    TASK("BOL-0412", "Entrega de apoyos, Tecámac", "3", "Verificar cifras",
    "returned", "task") ","
    TASK("ACL-0009", "Nota falsa sobre vacunas", "5", "Texto de aclaración",
    "new", "task") ","
    TASK("GIR-0077", "Oaxaca-Istmo, dos sedes", "4", "Logística de medios",
    "taken", "task") "]}";

static const char items[] =
    "{\"now\":\"2026-11-23T16:42:00Z\",\"items\":["
    TASK("APR-0001", "Entrega de apoyos, Tecámac", "3", "Verificar cifras",
    "approval", "approval") ","
    TASK("APR-0002", "Jornada de vacunación", "3", "Verificar cifras",
    "approval", "approval") "]}";

static const char paso[] =
    "{\"folio\":\"BOL-0412\",\"procedure\":\"63-COM-P02\",\"brief\":"
    "\"Boletín de prensa\",\"title\":\"Boletín de prensa\",\"subject\":"
    "\"Entrega de apoyos, Tecámac\",\"step\":\"3\",\"row\":0,\"kind\":"
    "\"task\",\"do\":\"Confirme cada cifra con el área que la genera. Sin "
    "fuente escrita no se publica (Manual 4.2).\",\"question\":\"¿La cifra "
    "coincide con el documento soporte?\",\"role\":\"redactor\","
    "\"role_title\":\"Redacción\",\"office\":\"CDMX\",\"assignee\":"
    "\"mlopez\",\"revision\":12,\"content\":\"00\",\"due\":"
    "\"2026-11-23T17:30:00Z\",\"round\":1,\"rounds\":1,\"can\":true,"
    "\"position\":{\"n\":3,\"of\":7},\"path\":[{\"step\":\"1\",\"state\":"
    "\"done\"},{\"step\":\"3\",\"state\":\"here\"}],\"fields\":["
    "{\"id\":\"cifra\",\"label\":\"Cifra principal\",\"type\":\"text\","
    "\"required\":true,\"applies\":true,\"value\":\"12,480 familias\"},"
    "{\"id\":\"fuente\",\"label\":\"Fuente (área)\",\"type\":\"text\","
    "\"required\":true,\"applies\":true},"
    "{\"id\":\"nota\",\"label\":\"Nota al supervisor\",\"type\":"
    "\"longtext\",\"required\":false,\"applies\":true},"
    "{\"id\":\"coincide\",\"label\":\"Coincide\",\"type\":\"choice\","
    "\"choices\":[\"Sí, coincide\",\"No coincide\"],\"required\":true,"
    "\"applies\":true}],\"arms\":[{\"label\":\"Sí, coincide\",\"to\":[\"4\"],"
    "\"titles\":[\"Redacción final\"],\"returns\":false,\"value\":"
    "\"Sí, coincide\"},{\"label\":\"No coincide\",\"to\":[\"2\"],\"titles\":"
    "[\"Solicitar datos\"],\"returns\":true,\"value\":\"No coincide\"}],"
    "\"answer\":\"coincide\",\"approval\":null,\"remarks\":[],\"changes\":[],"
    "\"unchanged\":0,\"shown\":[],\"leads\":[\"4\"]}";

#define PROCEDURE(code, title)                                               \
	"{\"code\":\"" code "\",\"revision\":\"01\",\"title\":\"" title      \
	"\",\"brief\":\"" title "\",\"starts\":[{\"id\":\"s\",\"title\":"    \
	"\"Solicitud\",\"can\":true,\"fields\":[]}]}"
static const char procedimientos[] = "{\"procedures\":["
    PROCEDURE("63-COM-P02", "Boletín de prensa") ","
    PROCEDURE("63-COM-P01", "Videos institucionales") "]}";

#define CASE_STEP(number, title, state)                                      \
	"{\"number\":\"" number "\",\"kind\":\"task\",\"title\":\"" title   \
	"\",\"state\":\"" state "\",\"records\":[],\"values\":[]}"
static const char expediente[] =
    "{\"folio\":\"BOL-0412\",\"procedure\":\"63-COM-P02\",\"revision\":12,"
    "\"brief\":\"Boletín\",\"title\":\"Boletín de prensa\",\"state\":\"open\","
    "\"office\":\"CDMX\",\"open\":[],\"fields\":{},\"steps\":["
    CASE_STEP("3", "Verificar cifras", "here") ","
    CASE_STEP("4", "Redacción final, con sus fuentes", "todo") "],"
    "\"rows\":[],\"records\":[],\"attachments\":[],\"can_cancel\":false}";

#define EVENT(n, text)                                                       \
	"{\"n\":" n ",\"at\":\"2026-11-23T15:00:00Z\",\"actor\":\"jperez\"," \
	"\"actor_name\":\"J. Pérez\",\"type\":\"returned\",\"step\":\"3\","  \
	"\"text\":\"" text "\",\"leaf\":\"00\",\"chain\":\"00\"}"
static const char historial[] = "{\"folio\":\"BOL-0412\",\"events\":["
    EVENT("1", "Se entregó el paso 3.") ","
    EVENT("2", "J. Pérez devolvió el paso 3.") "]}";

#define CASE_FOUND(folio, title)                                             \
	"{\"folio\":\"" folio "\",\"brief\":\"Boletín\",\"title\":\"" title   \
	"\",\"state\":\"open\",\"open\":[],\"hits\":[]}"
static const char buscar[] = "{\"cases\":["
    CASE_FOUND("BOL-0412", "Entrega de apoyos") ","
    CASE_FOUND("BOL-0413", "Jornada de vacunación") "]}";

#define OUTLET(name, schedule)                                               \
	"{\"name\":\"" name "\",\"kind\":\"radio\",\"programme\":"         \
	"\"Noticiero\",\"schedule\":\"" schedule "\",\"phones\":"          \
	"\"55 1234\",\"contact\":\"Cabina\",\"feed\":\"\"}"
static const char medios[] = "{\"outlets\":["
    OUTLET("Radio Norte", "6:00 a 9:00") ","
    OUTLET("Radio Sur", "13:00 a 15:00") "]}";

#define ABSENCE(who, reason)                                                 \
	"{\"id\":1,\"for_login\":\"" who "\",\"login\":\"mlopez\","        \
	"\"role\":\"Jefe de Unidad\",\"scope\":\"all\",\"reason\":\""       \
	reason "\",\"from\":\"2026-11-01\",\"to\":\"2026-12-01\","            \
	"\"state\":\"accepted\"}"
static const char suplencias[] = "{\"substitutions\":["
    ABSENCE("jefa", "Vacaciones de fin de año") ","
    ABSENCE("coord", "Una comisión en Hermosillo") "]}";

#define NOTE(n, title)                                                       \
	"{\"n\":" n ",\"story\":" n ",\"title\":\"" title "\",\"outlet\":"     \
	"\"El Diario\","                                                    \
	"\"state\":\"new\",\"text\":\"El texto de la nota: " title "\"}"
static const char notas[] = "{\"notes\":["
    NOTE("1", "Abre el hospital del norte") ","
    NOTE("2", "Llegan las vacunas") "]}";

#define KEEP(folio, place)                                                   \
	"{\"folio\":\"" folio "\",\"record\":\"Boletín\",\"until\":"       \
	"\"2026-12-01\",\"keeper_title\":\"Difusión\",\"place\":\"" place \
	"\",\"evidence\":[],\"why\":[\"Dos años desde que cerró.\"]}"
static const char conservacion[] = "{\"rows\":["
    KEEP("BOL-0101", "Archivero 2") "," KEEP("BOL-0102", "Archivero 3") "]}";

#define PREFERENCE(id, text)                                                 \
	"{\"id\":\"" id "\",\"value\":\"no\",\"default\":\"no\","           \
	"\"choices\":[\"no\",\"yes\"],\"text\":\"" text "\"}"
static const char preferencias[] = "{\"preferences\":["
    PREFERENCE("bell", "Suena cuando llega algo") ","
    PREFERENCE("mouse", "El ratón elige renglones") "]}";

static const struct { const char *verb, *doc; } core_docs[] = {
	{ "bandeja", bandeja }, { "autorizaciones", items }, { "paso", paso },
	{ "procedimientos", procedimientos }, { "expediente", expediente },
	{ "historial", historial }, { "buscar", buscar },
	{ "preferencias", preferencias }, { "medios", medios }, { "notas", notas },
	{ "conservacion", conservacion },
	{ "borrador", "{\"saved_at\":\"2026-11-23T16:42:00Z\"}" },
	{ "lugar", "{}" },
	{ "personas", "{\"people\":[]}" },
	{ "adjuntos", "{\"attachments\":[]}" },
	{ "suplencias", suplencias }
};

/* What the two decisions present: one for the first time, one that changed. */
static const char presented[] = "{\"approval\":{\"id\":\"x\",\"verdict\":"
    "\"v\",\"return_to\":[]},\"fields\":[],\"shown\":[{\"step\":\"2\","
    "\"title\":\"Redacte el boletín\",\"by\":\"mlopez\",\"at\":"
    "\"2026-11-23T16:20:00Z\",\"fields\":["
    "{\"label\":\"Encabezado\",\"text\":\"Entregan apoyos a 12,480 familias "
    "de Tecámac\"},{\"label\":\"Texto\",\"text\":\"La Dirección de Programas "
    "Sociales entregó hoy los apoyos de noviembre en la explanada municipal, "
    "con la presencia de las familias inscritas en el padrón.\"},"
    "{\"label\":\"Fuente\",\"text\":\"Oficio DGPS/311/2026\"},"
    "{\"label\":\"Se publica\",\"text\":\"24/11/2026\"}]}]}";
static const char changed[] = "{\"approval\":{\"id\":\"x\",\"verdict\":"
    "\"v\",\"return_to\":[]},\"fields\":[],\"round\":2,\"unchanged\":6,"
    "\"remarks\":[{\"by_name\":\"J. Pérez\",\"text\":\"Falta la fuente.\"}],"
    "\"changes\":[{\"step\":\"2\",\"label\":\"Cifra principal\",\"before\":"
    "\"12,840 dosis\",\"after\":\"12,480 dosis\"},{\"step\":\"2\",\"label\":"
    "\"Fuente\",\"before\":\"\",\"after\":\"Jurisdicción Sanitaria número "
    "dos\"},{\"step\":\"2\",\"label\":\"Texto\",\"before\":\"La jornada "
    "aplicó 12,840 dosis en la cabecera.\",\"after\":\"La jornada aplicó "
    "12,480 dosis en la cabecera, con corte al 30 de abril.\"}]}";

/* borrador FOLIO PASO id=text… */
static void
core_keep(struct screen *s, char **words, size_t n)
{
	const char *eq;
	size_t i;

	for (i = 3; i < n; i++)
		if ((eq = strchr(words[i], '=')) != NULL)
			json_object_setn_new(s->drafts, words[i],
			    (size_t)(eq - words[i]), json_string(eq + 1));
}

/* The step with what was typed in it before; or one that can be decided. */
static char *
core_step(struct screen *s, const char *folio)
{
	json_t *doc = json_loads(paso, 0, NULL), *f;
	size_t i;
	char *text;

	json_object_set_new(doc, "folio", json_string(folio));
	if (strncmp(folio, "APR", 3) == 0) {
		f = json_loads(strcmp(folio, "APR-0001") == 0 ? presented :
		    changed, 0, NULL);
		json_object_update(doc, f);
		json_decref(f);
	}
	json_array_foreach(json_object_get(doc, "fields"), i, f) {
		json_t *draft = json_object_get(s->drafts,
		    json_string_value(json_object_get(f, "id")));

		if (draft != NULL)
			json_object_set(f, "draft", draft);
	}
	text = json_dumps(doc, JSON_COMPACT | JSON_PRESERVE_ORDER);
	json_decref(doc);
	return text;
}

char *
core_answer(struct screen *s, char **words, size_t n)
{
	size_t i;

	if (n == 0)
		return NULL;
	if (strcmp(words[0], "borrador") == 0)
		core_keep(s, words, n);
	if (strcmp(words[0], "lugar") == 0 && n > 1) {
		free(s->place);
		s->place = xstrdup(words[1]);
	}
	if (strcmp(words[0], "paso") == 0)
		return core_step(s, n > 1 ? words[1] : "");
	for (i = 0; i < ARRAY_LEN(core_docs); i++)
		if (strcmp(core_docs[i].verb, words[0]) == 0)
			return xstrdup(core_docs[i].doc);
	return NULL;
}
