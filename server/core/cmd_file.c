/* SPDX-License-Identifier: ISC */
/*
 * cmd_file.c - attachments: listed, received, given, taken away.  Bytes never
 * pass through here: subir and bajar give a descriptor to who carries them
 * (upload.c), adjuntar is said by it once they are whole and on the disk.
 */
#include <unistd.h>

#include "../../proto/i18n.h"
#include "../store/blob.h"
#include "facts.h"
#include "folder.h"
#include "req.h"
#include "tray.h"

enum { MEGABYTE = 1 << 20 };

/* Only those with these bytes stay. */
static void
files_of_sum(json_t *list, const char *sum)
{
	json_t *some = json_array(), *file;
	size_t i;

	json_array_foreach(list, i, file)
		if (strcmp(doc_text(file, "sha256"), sum) == 0)
			json_array_append(some, file);
	json_array_clear(list);
	json_array_extend(list, some);
	json_decref(some);
}

int
cmd_adjuntos(struct req *q)
{
	const char *sum = req_take(q, "suma");
	struct held *h;
	int64_t from;
	json_t *list;
	int r;

	if ((r = portion_from(q, &from)) < 0 || (r = req_all_used(q)) < 0 ||
	    (r = case_find(q, q->pos[0], &h)) < 0)
		return r;
	list = doc_attachments(q->c, h->ca);
	if (sum != NULL)
		files_of_sum(list, sum);
	portion_cut(q, list, from);
	facts_add(q, h, list, true);
	json_object_set_new(q->out, "folio", json_string(h->row.folio));
	json_object_set_new(q->out, "attachments", list);
	return 0;
}

/* What is being received for this person under that name: its key. */
static void
parcel_name(struct req *q, const struct place *p, char key[HASH_TEXT])
{
	const char *all = req_text(q, xasprintf("%s\n%lld\n%s#%d\n%s\n%s",
	    q->actor.login, (long long)p->h->row.id, p->st->number, p->row,
	    p->f->id, p->name));
	uint8_t sum[HASH_SIZE];

	hash_sha256(all, strlen(all), sum);
	hex_text(sum, HASH_SIZE, key);
}

/* Half of a file, if this person was sending one to that place. */
static int64_t
parcel_size(struct req *q, const struct place *p)
{
	char key[HASH_TEXT];
	struct blob b = { q->c->dir, p->h->row.office, key };

	parcel_name(q, p, key);
	return blob_spool_size(&b);
}

int
cmd_carpeta(struct req *q)
{
	const char *path = req_take(q, "ruta");
	bool bare = req_take(q, "entradas") != NULL;
	struct place p;
	int64_t half = -1, from;
	json_t *file;
	int r;

	if ((r = portion_from(q, &from)) < 0 || (r = req_all_used(q)) < 0 ||
	    (r = folder_find(q, path != NULL ? path : "/", &p)) < 0)
		return r;
	if (p.name == NULL) {
		json_object_set_new(q->out, "kind", json_string("folder"));
		if (!bare) {
			file = folder_list(q, &p);
			portion_cut(q, file, from);
			json_object_set_new(q->out, "entries", file);
		}
		return 0;
	}
	if (p.due) {
		(void)due_file(q, &half);
		json_object_update_missing(q->out, req_json(q, json_pack(
		    "{s:s, s:b, s:I, s:o}", "kind", "file", "partial", false,
		    "size", (json_int_t)half, "at", json_when(q->now))));
		return 0;
	}
	file = p.shelf ? p.shelved : folder_file(&p);
	half = p.shelf ? -1 : parcel_size(q, &p);
	if (file == NULL && half < 0)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay nada en «%.200s» a su alcance.", path);
	json_object_set_new(q->out, "kind", json_string("file"));
	json_object_set_new(q->out, "partial", json_boolean(half >= 0));
	json_object_set_new(q->out, "size", half >= 0 ? json_integer(half) :
	    json_incref(json_object_get(file, "size")));
	json_object_set(q->out, "at", file == NULL ? json_null() :
	    json_object_get(file, "at"));
	return 0;
}

/* The place of a file, there or not. */
static int
file_place(struct req *q, struct place *p)
{
	const char *path = req_take(q, "ruta");
	int r;

	if (path == NULL)
		return why_set(&q->why, ERR_USAGE, "Faltan datos. Uso: %s %s",
		    q->verb->name, q->verb->args);
	if ((r = folder_find(q, path, p)) < 0)
		return r;
	if (p->name == NULL)
		return why_set(&q->why, ERR_REFUSED, "«%.200s» es una carpeta: "
		    "los archivos van en la de un paso abierto.", path);
	return 0;
}

/* Likewise, of a file that somebody sends. */
static int
file_place_sent(struct req *q, struct place *p)
{
	int r = file_place(q, p);

	if (r == 0 && p->due)
		r = why_set(&q->why, ERR_REFUSED, "«%s» lo hace el servidor "
		    "con los plazos de usted: solo se baja.", DUE_FILE);
	else if (r == 0 && p->shelf)
		r = why_set(&q->why, ERR_REFUSED, "«/%.100s»: esa carpeta la "
		    "hace el servidor; de ella solo se baja.", p->name);
	return r;
}

static int
file_refuse_way(struct req *q)
{
	return why_set(&q->why, ERR_REFUSED, "Los archivos llegan por SFTP, "
	    "con la misma llave: sftp %s@SERVIDOR:/FOLIO/PASO/ y dentro "
	    "put ARCHIVO.", q->actor.login);
}

static int
file_refuse_closed(struct req *q, const struct place *p)
{
	return why_set(&q->why, ERR_REFUSED, "El paso %s no está abierto en "
	    "%s: ya no se le pueden agregar archivos.", p->st->number,
	    p->h->row.folio);
}

static int64_t
setting_bytes(struct req *q, const struct world *w, const char *id)
{
	const char *text = w->setting(w->arg, id);
	long long n = text != NULL ? strtoll(text, NULL, 10) : 0;

	(void)q;
	return n > 0 && n < INT64_MAX / MEGABYTE ? n * MEGABYTE : 0;
}

int64_t
file_most(struct req *q, const struct world *w, const char *office,
    int64_t come)
{
	int64_t quota = setting_bytes(q, w, "attachments_mb"),
		most = setting_bytes(q, w, "attachment_mb");

	quota -= store_sum_files(q->c->store, office) +
	    blob_spool_sum(q->c->dir, office) - come;
	return quota < most ? quota : most;
}

/* How many bytes the file may come to have; -ERR_REFUSED when none fit. */
static int
parcel_limit(struct req *q, const struct world *w, int64_t room,
    struct parcel *o)
{
	o->limit = file_most(q, w, o->office, o->size);
	if (room < o->limit - o->size)
		o->limit = o->size + room;
	if (o->limit >= o->size && o->limit > 0)
		return 0;
	return why_set(&q->why, ERR_REFUSED, "Ya no caben archivos de esta "
	    "oficina: ocupan los %lld MB del ajuste attachments_mb.",
	    (long long)(setting_bytes(q, w, "attachments_mb") / MEGABYTE));
}

int
cmd_subir(struct req *q)
{
	bool fresh = req_take(q, "nuevo") != NULL;
	struct parcel *o = q->who->parcel;
	struct blob b = { .dir = q->c->dir };
	struct place p;
	struct world w;
	int64_t room;
	int r;

	if (o == NULL)
		return file_refuse_way(q);
	if ((r = file_place_sent(q, &p)) < 0 || (r = req_all_used(q)) < 0)
		return r;
	if (p.t == NULL)
		return file_refuse_closed(q, &p);
	if (q->c->programs == NULL || strlen(p.h->row.office) >= 64)
		return why_set(&q->why, ERR_UNAVAILABLE,
		    "Este servidor no recibe archivos.");
	core_world(q->c, p.h->row.office, &w);
	if ((r = engine_may_attach(p.h->ca, p.t, p.f, p.name, NULL, &q->actor,
		 &w, &q->why)) < 0 ||
	    (r = core_allow_bulk(q->c, &room, &q->why)) < 0)
		return r;
	(void)snprintf(o->office, sizeof o->office, "%s", p.h->row.office);
	parcel_name(q, &p, o->key);
	b.office = o->office;
	b.name = o->key;
	if ((r = blob_spool(&b, fresh, &o->size, &q->why)) < 0)
		return r;
	o->fd = r;
	if ((r = parcel_limit(q, &w, room, o)) < 0) {
		close(o->fd);
		o->fd = -1;
		return r;
	}
	json_object_set_new(q->out, "size", json_integer(o->size));
	return 0;
}

int
cmd_bajar(struct req *q)
{
	struct parcel *o = q->who->parcel;
	struct blob b = { .dir = q->c->dir };
	struct place p;
	json_t *file;
	int r;

	if (o == NULL)
		return file_refuse_way(q);
	if ((r = file_place(q, &p)) < 0 || (r = req_all_used(q)) < 0)
		return r;
	if (p.due) {
		if ((r = due_open(q, &o->size)) < 0)
			return r;
		o->fd = r;
		json_object_set_new(q->out, "size", json_integer(o->size));
		return 0;
	}
	if (p.shelved != NULL && p.tray) {
		if ((o->fd = tray_open(q, p.name, &o->size)) < 0)
			return why_set(&q->why, ERR_NOT_FOUND,
			    "No hay un archivo «%.100s» a su alcance.", p.name);
		json_object_set_new(q->out, "size", json_integer(o->size));
		return 0;
	}
	if ((file = p.shelf ? p.shelved : folder_file(&p)) == NULL)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay un archivo «%.100s» a su alcance.", p.name);
	b.office = p.shelf ? json_string_value(json_object_get(file,
	    "office")) : p.h->row.office;
	b.name = json_string_value(json_object_get(file, "sha256"));
	if ((o->fd = blob_open(&b)) < 0)
		return why_set(&q->why, ERR_SYSTEM, "El archivo «%.100s» no "
		    "está donde debe: avise a quien administra el sistema.",
		    p.name);
	o->size = doc_int(file, "size");
	json_object_set(q->out, "size", json_object_get(file, "size"));
	return 0;
}

/* The bytes take their place; then, and only then, the record says so. */
static int
file_attach(struct req *q, struct place *p, json_t *values)
{
	struct command cmd = { .kind = CMD_ATTACH, .revision = -1,
		.values = values };
	const struct parcel *o = q->who->parcel;
	struct blob b = { q->c->dir, o->office, o->sha256 };
	char ref[24];
	int r;

	cmd.step = token_ref(p->t, ref);
	if ((r = blob_keep(&b, o->key, &q->why)) < 0)
		return r;
	if ((r = act_command(q, &p->h, p->h->ca->p, &cmd)) < 0)
		sweep_later(q->c);
	return r;
}

/* Of a step that the last command may have closed: only its number is sure. */
static void
file_result(struct req *q, const struct place *p, const char *type)
{
	const struct parcel *o = q->who->parcel;

	act_result(q, p->h, p->st->number);
	json_object_set_new(q->out, "field", json_string(p->f->id));
	json_object_set_new(q->out, "name", json_string(p->name));
	json_object_set_new(q->out, "size", json_integer(o->size));
	json_object_set_new(q->out, "sha256", json_string(o->sha256));
	json_object_set_new(q->out, "type", json_string(type));
}

#define OLD N_("es un documento de Office antiguo o con contraseña: guárdelo " \
	"en el formato actual, sin contraseña")

#define PACKED N_("es un archivo comprimido, o un documento que no se " \
	"reconoce: suba uno por uno los que lleva dentro")
#define PHONE N_("es una foto de teléfono en HEIC, que no todos pueden " \
	"abrir: expórtela como JPEG (en el teléfono: formato «más " \
	"compatible») y súbala otra vez")
#define PICTURE N_("es una imagen de un tipo que no se recibe: expórtela " \
	"como JPEG o PNG y súbala otra vez")

/* Of no type that is received: some are worth a sentence of their own. */
static const struct {
	const char *mime, *why;
} refusals[] = {
	{ "application/CDFV2", OLD },
	{ "application/CDFV2-encrypted", OLD },
	{ "application/msword", OLD },
	{ "application/vnd.ms-excel", OLD },
	{ "application/vnd.ms-powerpoint", OLD },
	{ "application/vnd.rar", PACKED },
	{ "application/x-7z-compressed", PACKED },
	{ "application/x-macros", N_("lleva macros o programas: guárdelo sin "
	    "ellos y súbalo otra vez") },
	{ "application/x-ole-storage", OLD },
	{ "application/x-two-types", N_("es dos archivos a la vez, uno dentro "
	    "de otro: suba solo el que corresponde") },
	{ "application/x-rar", PACKED },
	{ "application/x-zip-bomb", N_("crecería sin medida al abrirse") },
	{ "application/zip", PACKED },
	{ "image/avif", PICTURE },
	{ "image/bmp", PICTURE },
	{ "image/gif", PICTURE },
	{ "image/heic", PHONE },
	{ "image/heic-sequence", PHONE },
	{ "image/heif", PHONE },
	{ "image/heif-sequence", PHONE },
	{ "image/svg+xml", PICTURE },
};

#undef OLD
#undef PACKED
#undef PHONE
#undef PICTURE

static int
file_refuse_type(struct req *q, const char *name, const char *mime)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(refusals); i++)
		if (strcmp(refusals[i].mime, mime) == 0)
			return why_set(&q->why, ERR_REFUSED,
			    "«%.100s» %s. No se guardó.", name,
			    _(refusals[i].why));
	return why_set(&q->why, ERR_REFUSED, "«%.100s» no es de un tipo que "
	    "se reciba (%.60s). No se guardó.", name, mime);
}

/* What has come stays where only its sender sees it. */
static int
file_refuse_part(struct req *q, const char *name, const char *title)
{
	q->who->parcel->stays = true;
	return why_set(&q->why, ERR_REFUSED, "«%.100s» llegó incompleto o "
	    "dañado: le falta el final que lleva todo archivo de su tipo "
	    "(%.40s). Lo recibido espera un día: continúe la subida con "
	    "«reput», o súbalo de nuevo.", name, title);
}

int
cmd_adjuntar(struct req *q)
{
	const struct parcel *o = q->who->parcel;
	const struct file_type *type;
	json_t *values, *old;
	struct place p;
	struct world w;
	int r;

	if (o == NULL || o->sha256 == NULL)
		return file_refuse_way(q);
	if ((r = file_place_sent(q, &p)) < 0 || (r = req_all_used(q)) < 0)
		return r;
	if (p.t == NULL)
		return file_refuse_closed(q, &p);
	core_world(q->c, p.h->row.office, &w);
	type = institution_find_mime(w.institution, o->mime);
	if (type == NULL)
		return file_refuse_type(q, p.name, o->mime);
	if ((r = engine_may_attach(p.h->ca, p.t, p.f, p.name, type, &q->actor,
		 &w, &q->why)) < 0)
		return r;
	if (o->part)
		return file_refuse_part(q, p.name, type->title);
	old = kase_file(p.h->ca, p.st->number, p.row, p.f->id, p.name);
	values = req_json(q, json_pack("{s:s, s:s, s:I, s:s, s:s}", "field",
	    p.f->id, "name", p.name, "size", (json_int_t)o->size, "sha256",
	    o->sha256, "type", type->id));
	/* The same again is not another version. */
	if (old != NULL && strcmp(json_string_value(json_object_get(old,
		"sha256")), o->sha256) == 0)
		core_drop_parcel(q->c, o);
	else if ((r = file_attach(q, &p, values)) < 0)
		return r;
	file_result(q, &p, type->id);
	return 0;
}

int
cmd_quitar(struct req *q)
{
	struct command cmd = { .kind = CMD_DETACH, .revision = -1 };
	const char *name = req_take(q, "archivo"),
		   *field = req_take(q, "campo");
	const struct token *t;
	struct held *h;
	char ref[24];
	int r;

	if ((r = case_token(q, &h, &t)) < 0)
		return r;
	if (field == NULL && step_find_file(t->st, NULL) != NULL)
		field = step_find_file(t->st, NULL)->id;
	if (name == NULL || field == NULL)
		return why_set(&q->why, ERR_USAGE,
		    "Falta decir cuál: archivo=NOMBRE%s.",
		    field == NULL ? " campo=ID" : "");
	cmd.remark = req_take(q, "motivo");
	cmd.step = token_ref(t, ref);
	cmd.values = req_json(q, json_pack("{s:s, s:s}", "field", field,
	    "name", name));
	if ((r = req_all_used(q)) < 0 ||
	    (r = act_command(q, &h, h->ca->p, &cmd)) < 0)
		return r;
	act_result(q, h, q->pos[1]);
	json_object_set_new(q->out, "name", json_string(name));
	return 0;
}

void
core_set_programs(struct core *c, const char *folder)
{
	c->programs = folder;
}

void
core_drop_parcel(struct core *c, const struct parcel *o)
{
	struct blob b = { c->dir, o->office, o->key };

	blob_spool_drop(&b);
}
