/* SPDX-License-Identifier: ISC */
/* outlet.c - see outlet.h. */
#include "outlet.h"

#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "job.h"

/* Bytes of a column; minutes between two readings. */
enum { OUTLET_TEXT = 300, OUTLET_LINK = 2000, EVERY = 30, EVERY_LEAST = 5,
	EVERY_MOST = 7 * 24 * 60 };

// clang-format off
const char *const outlet_names[OUTLET_COLUMNS] = {
	"nombre", "tipo", "programa", "horario", "telefonos", "contacto",
	"canal", "cada", "vigilan",
};
const char *const outlet_keys[OUTLET_COLUMNS] = {
	"name", "kind", "programme", "schedule", "phones", "contact",
	"feed", "every", "watchers",
};
static const char *const outlet_kinds[] = {
	"prensa", "radio", "televisión", "portal", "red social",
};
// clang-format on

int
outlet_allow(struct req *q, const char *office)
{
	const struct grant *g;
	const struct role *role;
	size_t i;

	for (i = 0; i < q->actor.grants_count; i++) {
		g = &q->actor.grants[i];
		role = institution_find_role(q->c->institution, g->role);
		if (role != NULL && role->outlets &&
		    access_has_role(q, g->role, office))
			return 0;
	}
	return why_set(&q->why, ERR_REFUSED,
	    "El registro de medios lo cambia quien coordina o hace el "
	    "monitoreo en esa oficina, o su jefatura.");
}

/* ---- looking ---- */

struct outlet_search {
	const char *office;
	json_t *names;
};

static int
outlet_on_search(void *arg, const struct outlet_row *o)
{
	struct outlet_search *s = arg;

	if (strcmp(o->office, s->office) == 0)
		outlet_name_put(s->names, o->name, o->id);
	return 0;
}

json_t *
outlet_register(struct req *q, const char *office)
{
	struct outlet_search s = { office, req_json(q, json_object()) };

	(void)store_each_outlet(q->c->store, outlet_on_search, &s);
	return s.names;
}

void
outlet_name_put(json_t *names, const char *name, int64_t id)
{
	char *key = text_fold(name);

	json_object_set_new(names, key, json_integer(id));
	free(key);
}

int64_t
outlet_find(const json_t *names, const char *name)
{
	char *key = text_fold(name);
	int64_t id = doc_int(names, key);

	free(key);
	return id;
}

/* What the courier has read of its feed. */
static int
outlet_on_job(void *arg, const struct job_row *row)
{
	json_t *o = arg, *body = json_loads(row->body, 0, NULL), *read;

	json_object_set_new(o, "error", json_text(
	    *row->error != '\0' ? row->error : NULL));
	json_object_set_new(o, "tries", json_integer(row->tries));
	json_object_set_new(o, "next", json_when((struct when){
	    row->state == JOB_WAITING ? row->next_at : 0 }));
	json_object_set_new(o, "job", json_integer(row->id));
	read = json_object_get(body, "read_at");
	json_object_set_new(o, "read", json_when((struct when){
	    json_integer_value(read) }));
	json_decref(body);
	return 1;
}

/* Its columns and what they say; id: what its number is called. */
static json_t *
outlet_pack(const struct outlet_row *o, const char *id)
{
	json_t *watchers = json_loads(o->watchers, 0, NULL);

	return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I,"
	    " s:o, s:b}",
	    id, (json_int_t)o->id, "office", o->office, "name", o->name,
	    "kind", o->kind, "programme", o->programme, "schedule",
	    o->schedule, "phones", o->phones, "contact", o->contact, "feed",
	    o->feed, "every", (json_int_t)o->every, "watchers",
	    watchers != NULL ? watchers : json_array(), "active", o->active);
}

json_t *
outlet_doc(struct req *q, const struct outlet_row *o)
{
	json_t *doc = outlet_pack(o, "id"), *feed = json_object();
	char key[32];

	(void)snprintf(key, sizeof key, "feed:%lld", (long long)o->id);
	if (store_find_job_by_key(q->c->store, key, outlet_on_job, feed) ==
		0 || *o->feed == '\0' || !o->active) {
		json_decref(feed);
		feed = json_null();
	}
	json_object_set_new(doc, "reading", feed);
	return doc;
}

/* ---- changing ---- */

static int
outlet_on_get(void *arg, const struct outlet_row *o)
{
	json_t **out = arg;

	*out = outlet_pack(o, "outlet");
	return 1;
}

/* "http://…" or "https://…", one word. */
static bool
outlet_is_address(const char *s)
{
	const char *host = strncmp(s, "https://", 8) == 0 ? s + 8 :
	    strncmp(s, "http://", 7) == 0 ? s + 7 : NULL;

	return host != NULL && *host != '\0' && *host != '/' &&
	    strpbrk(s, " \t\n\"<>") == NULL;
}

static int
outlet_kind(struct req *q, json_t *o, const char *said)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(outlet_kinds); i++)
		if (text_like(outlet_kinds[i], said)) {
			json_object_set_new(o, "kind",
			    json_string(outlet_kinds[i]));
			return 0;
		}
	return why_set(&q->why, ERR_USAGE, "«%.40s» no es un tipo de medio: "
	    "prensa, radio, televisión, portal o red social.", said);
}

static int
outlet_every(struct req *q, json_t *o, const char *said)
{
	char *end;
	long n = strtol(said, &end, 10);

	if (*said == '\0')
		n = EVERY;
	else if (*end != '\0' || n < EVERY_LEAST || n > EVERY_MOST)
		return why_set(&q->why, ERR_USAGE, "«%.40s» no sirve: cada "
		    "cuántos minutos se lee, de %d a %d.", said, EVERY_LEAST,
		    EVERY_MOST);
	json_object_set_new(o, "every", json_integer(n));
	return 0;
}

/* "moni, difu": open accounts that see the office. */
static int
outlet_watchers(struct req *q, json_t *o, const char *said)
{
	json_t *list = json_array();
	const char *office =
	    json_string_value(json_object_get(o, "office"));
	char login[64];
	size_t n;

	json_object_set_new(o, "watchers", list);
	for (; *said != '\0'; said += n) {
		said += strspn(said, " ,;\n");
		n = strcspn(said, " ,;\n");
		(void)snprintf(login, sizeof login, "%.*s",
		    n < sizeof login ? (int)n : 0, said);
		if (n == 0)
			break;
		if (!access_is_active(q->c, login) ||
		    (strcmp(login, q->actor.login) != 0 &&
			!access_other_sees(q->c, login, office)))
			return why_set(&q->why, ERR_USAGE, "«%.*s» no es una "
			    "cuenta de esa oficina: «personas» las lista.",
			    (int)(n > 40 ? 40 : n), said);
		json_array_append_new(list, json_string(login));
	}
	return 0;
}

static int
outlet_text(struct req *q, json_t *o, enum outlet_column c, const char *said)
{
	size_t most = c == OUTLET_FEED ? OUTLET_LINK : OUTLET_TEXT;
	char *clean;
	int r;

	if ((r = text_take(said, strlen(said), most, 0, &clean, &q->why)) < 0)
		return r;
	(void)req_text(q, clean);
	if (c == OUTLET_NAME && *clean == '\0')
		return why_set(&q->why, ERR_USAGE, "Falta el nombre.");
	if (c == OUTLET_FEED && *clean != '\0' && !outlet_is_address(clean))
		return why_set(&q->why, ERR_USAGE, "«%.60s» no es la dirección "
		    "de un canal: empieza con https:// o http://.", clean);
	json_object_set_new(o, outlet_keys[c], json_string(clean));
	return 0;
}

static int
outlet_column(struct req *q, json_t *o, enum outlet_column c, const char *said)
{
	if (c == OUTLET_KIND)
		return outlet_kind(q, o, said);
	if (c == OUTLET_EVERY)
		return outlet_every(q, o, said);
	if (c == OUTLET_WATCHERS)
		return outlet_watchers(q, o, said);
	return outlet_text(q, o, c, said);
}

/* What it is, or what a new one begins with.  Kept as q is; NULL: no such. */
static json_t *
outlet_begin(struct req *q, const struct outlet_said *said)
{
	json_t *o = NULL;

	if (said->id == 0)
		o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i,"
		    " s:[]}", "office", said->office, "name", "", "kind",
		    outlet_kinds[3], "programme", "", "schedule", "",
		    "phones", "", "contact", "", "feed", "", "every", EVERY,
		    "watchers");
	else
		(void)store_find_outlet(q->c->store, said->id, outlet_on_get,
		    &o);
	return o != NULL ? req_json(q, o) : NULL;
}

/* Its feed is read from now on, as it was, or no more. */
static int
outlet_read(struct req *q, const json_t *was, const json_t *o, int64_t id)
{
	const char *feed = json_string_value(json_object_get(o, "feed"));
	bool reads = *feed != '\0' && doc_is(o, "active");
	char key[32], *body;
	struct job_row row = { .key = key, .kind = "feed",
		.office = json_string_value(json_object_get(o, "office")),
		.title = json_string_value(json_object_get(o, "name")) };
	json_t *doc;
	int r;

	(void)snprintf(key, sizeof key, "feed:%lld", (long long)id);
	if (!reads)
		return job_cancel(q->c, key, &q->why);
	if (was != NULL && json_equal(json_object_get(was, "feed"),
	    json_object_get(o, "feed")) && json_equal(json_object_get(was,
	    "active"), json_object_get(o, "active")))
		return 0;
	doc = req_json(q, json_pack("{s:s, s:I}", "url", feed, "outlet",
	    (json_int_t)id));
	row.body = body = req_text(q, json_dumps(doc, JSON_COMPACT));
	if ((r = job_put(q->c, &row, &q->why)) < 0)
		return r;
	return job_wake(q->c, key, q->now.s, body, &q->why);
}

/* An office has one of a name. */
static int
outlet_check_name(struct req *q, const struct outlet_said *said,
    const json_t *o)
{
	const char *name = json_string_value(json_object_get(o, "name"));
	const char *office = json_string_value(json_object_get(o, "office"));
	int64_t other;

	if (*name == '\0')
		return why_set(&q->why, ERR_USAGE, "Falta el nombre.");
	other = outlet_find(said->names != NULL ? said->names :
	    outlet_register(q, office), name);
	if (other != 0 && other != said->id)
		return why_set(&q->why, ERR_REFUSED,
		    "Ya hay un medio «%.60s» en el registro: es el %lld.",
		    name, (long long)other);
	return 0;
}

int
outlet_set(struct req *q, const struct outlet_said *said, int64_t *id,
    bool *same)
{
	json_t *o = outlet_begin(q, said), *was = NULL;
	unsigned c;
	int r;

	*id = said->id;
	*same = false;
	if (o == NULL)
		return why_set(&q->why, ERR_NOT_FOUND, "No hay un medio %lld.",
		    (long long)said->id);
	if ((r = outlet_allow(q, json_string_value(json_object_get(o,
		 "office")))) < 0)
		return r;
	if (said->id != 0)
		was = req_json(q, json_deep_copy(o));
	json_object_set_new(o, "active", json_boolean(said->active));
	for (c = 0; c < OUTLET_COLUMNS; c++)
		if (said->column[c] != NULL && (r = outlet_column(q, o,
		    (enum outlet_column)c, said->column[c])) < 0)
			return r;
	if ((r = outlet_check_name(q, said, o)) < 0)
		return r;
	if (was != NULL && json_equal(was, o)) {
		*same = true;
		return 0;
	}
	if ((r = act_office(q, "outlet.set", o)) < 0)
		return r;
	core_touch_list(q->c, "medios", doc_text(o, "office"));
	if (*id == 0)
		*id = doc_int(q->out, "n");
	return outlet_read(q, was, o, *id);
}

/* ---- the view ---- */

int
outlet_project(struct core *c, int64_t seq, const json_t *d, struct why *why)
{
	char *watchers = json_dumps(json_object_get(d, "watchers"),
	    JSON_COMPACT);
	struct outlet_row row = {
		.id = doc_int(d, "outlet"),
		.office = doc_text(d, "office"),
		.name = doc_text(d, "name"),
		.kind = doc_text(d, "kind"),
		.programme = doc_text(d, "programme"),
		.schedule = doc_text(d, "schedule"),
		.phones = doc_text(d, "phones"),
		.contact = doc_text(d, "contact"),
		.feed = doc_text(d, "feed"),
		.every = doc_int(d, "every"),
		.watchers = watchers != NULL ? watchers : "[]",
		.active = doc_is(d, "active"),
	};
	int r;

	if (row.id == 0)
		row.id = seq;
	r = store_put_outlet(c->store, &row, why);
	free(watchers);
	return r;
}
