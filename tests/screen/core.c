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

static const char procedimientos[] =
    "{\"procedures\":[{\"code\":\"63-COM-P02\",\"revision\":\"01\",\"title\":"
    "\"Boletín de prensa\",\"brief\":\"Boletín\",\"starts\":[{\"id\":\"s\","
    "\"title\":\"Solicitud\",\"can\":true,\"fields\":[]}]}]}";

static const char expediente[] =
    "{\"folio\":\"BOL-0412\",\"procedure\":\"63-COM-P02\",\"revision\":12,"
    "\"brief\":\"Boletín\",\"title\":\"Boletín de prensa\",\"state\":\"open\","
    "\"office\":\"CDMX\",\"open\":[],\"fields\":{},\"steps\":[{\"number\":"
    "\"3\",\"kind\":\"task\",\"title\":\"Verificar cifras\",\"state\":"
    "\"here\",\"records\":[],\"values\":[]}],\"rows\":[],\"records\":[],"
    "\"attachments\":[],\"can_cancel\":false}";

static const char historial[] =
    "{\"folio\":\"BOL-0412\",\"events\":[{\"n\":1,\"at\":"
    "\"2026-11-23T15:00:00Z\",\"actor\":\"jperez\",\"actor_name\":"
    "\"J. Pérez\",\"type\":\"returned\",\"step\":\"3\",\"text\":"
    "\"J. Pérez devolvió el paso 3.\",\"leaf\":\"00\",\"chain\":\"00\"}]}";

static const struct { const char *verb, *doc; } core_docs[] = {
	{ "bandeja", bandeja }, { "autorizaciones", items }, { "paso", paso },
	{ "procedimientos", procedimientos }, { "expediente", expediente },
	{ "historial", historial }, { "buscar", "{\"cases\":[]}" },
	{ "borrador", "{\"saved_at\":\"2026-11-23T16:42:00Z\"}" },
	{ "lugar", "{}" },
	{ "personas", "{\"people\":[]}" },
	{ "adjuntos", "{\"attachments\":[]}" },
	{ "suplencias", "{\"substitutions\":[]}" }
};

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
		json_object_set_new(doc, "fields", json_array());
		json_object_set_new(doc, "approval", json_pack("{s:s,s:s,s:[]}",
		    "id", "x", "verdict", "v", "return_to"));
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
