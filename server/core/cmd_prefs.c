/* SPDX-License-Identifier: ISC */
/*
 * cmd_prefs.c - how a person wants Pauta: a small document of a few known
 * keys, kept with drafts and places (no event: nobody misses it in a hundred
 * years).  To add a key, add a row, and its line in docs/api.md.
 */
#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "req.h"

/* A JSON value's bytes, as they are sent. */
enum { PREF_JSON_MAX = 4096 };

struct pref {
	const char *id;
	const char *choices;	/* with blanks between, or NULL: a JSON object */
	const char *initial;	/* what holds while nothing was chosen */
	const char *text;
};

// clang-format off
static const struct pref prefs[] = {
	{ "bell", "no yes", "no",
	  N_("Suena un aviso cuando le llega una tarea o se la devuelven.") },
	{ "clipboard", "no yes", "no",
	  N_("Lo copiado va también al portapapeles de su terminal (OSC 52).") },
	{ "inbox", NULL, "{}",
	  N_("Filtros, orden y grupos de su Bandeja.") },
	{ "language", "auto es en", "auto",
	  N_("Idioma de las pantallas; auto es el de su terminal (LANG).") },
	{ "mouse", "no yes", "no",
	  N_("El ratón elige renglones, donde la terminal lo tiene; entonces "
	     "ella no selecciona texto sin Mayús.") },
	{ "summary", "no yes", "no",
	  N_("Recibe cada día un correo con lo que espera por usted.") },
	{ "theme", "normal mono contrast", "normal",
	  N_("Colores: los de siempre, ninguno, o contraste alto.") },
};
// clang-format on

static const struct pref *
pref_find(const char *id)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(prefs); i++)
		if (strcmp(prefs[i].id, id) == 0)
			return &prefs[i];
	return NULL;
}

static json_t *
pref_choices(const struct pref *p)
{
	json_t *list = json_array();
	const char *s = p->choices, *end;

	for (; s != NULL && *s != '\0'; s = end + (*end == ' ')) {
		end = s + strcspn(s, " ");
		json_array_append_new(list,
		    json_stringn(s, (size_t)(end - s)));
	}
	return list;
}

static json_t *
pref_value(const struct pref *p, const char *text)
{
	json_t *v = p->choices == NULL ? json_loads(text, 0, NULL) :
					 json_string(text);

	return v != NULL ? v : json_null();
}

/* What this person chose, or NULL. */
static const char *
pref_kept(struct req *q, const struct pref *p)
{
	return req_text(q,
	    store_find_pref(q->c->store, q->actor.login, p->id));
}

static json_t *
pref_doc(struct req *q, const struct pref *p)
{
	const char *text = pref_kept(q, p);

	return json_pack("{s:s, s:o, s:o, s:o, s:s}", "id", p->id, "value",
	    pref_value(p, text != NULL ? text : p->initial), "default",
	    pref_value(p, p->initial), "choices", pref_choices(p), "text",
	    _(p->text));
}

json_t *
prefs_chosen(struct req *q)
{
	json_t *chosen = json_object();
	const char *text;
	size_t i;

	for (i = 0; i < ARRAY_LEN(prefs); i++) {
		text = pref_kept(q, &prefs[i]);
		if (text != NULL)
			json_object_set_new(chosen, prefs[i].id,
			    pref_value(&prefs[i], text));
	}
	return chosen;
}

int
cmd_preferencias(struct req *q)
{
	json_t *list = json_array();
	size_t i;

	json_object_set_new(q->out, "preferences", list);
	for (i = 0; i < ARRAY_LEN(prefs); i++)
		json_array_append_new(list, pref_doc(q, &prefs[i]));
	return req_all_used(q);
}

/* Is it one of the words, or a short object? */
static int
pref_check(struct req *q, const struct pref *p, const char *value)
{
	json_t *list = req_json(q, pref_choices(p)), *v;
	size_t i;
	bool ok;

	for (i = 0; i < json_array_size(list); i++)
		if (strcmp(json_string_value(json_array_get(list, i)),
			value) == 0)
			return 0;
	if (p->choices != NULL)
		return why_set(&q->why, ERR_USAGE,
		    "«%s» puede ser: %s; no «%.40s».", p->id, p->choices,
		    value);
	v = json_loads(value, 0, NULL);
	ok = json_is_object(v) && strlen(value) <= PREF_JSON_MAX;
	json_decref(v);
	return ok ? 0 : why_set(&q->why, ERR_USAGE,
	    "«%s» es un objeto JSON de %d bytes cuando más.", p->id,
	    PREF_JSON_MAX);
}

int
cmd_preferencia(struct req *q)
{
	const struct pref *p = pref_find(q->pos[0]);
	int r;

	if (p == NULL)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay una preferencia «%.40s». «preferencias» las lista.",
		    q->pos[0]);
	if ((r = req_all_used(q)) < 0)
		return r;
	if (q->pos_count > 1) {
		if ((r = pref_check(q, p, q->pos[1])) < 0)
			return r;
		if (!store_is_open(q->c->store) &&
		    (r = store_begin(q->c->store, &q->why)) < 0)
			return r;
		if ((r = store_put_pref(q->c->store, q->actor.login, p->id,
			 q->pos[1], &q->why)) < 0)
			return core_break(q->c, &q->why);
		q->c->prefs_moved = true;
	}
	json_object_set_new(q->out, "preferences",
	    json_pack("[o]", pref_doc(q, p)));
	return 0;
}
