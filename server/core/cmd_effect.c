/* SPDX-License-Identifier: ISC */
/*
 * cmd_effect.c - verbs about what is done outside: who receives mail, and the
 * look at a page that a step waits for.
 *
 * A list of addresses is approved by the head, one address at a time, each an
 * event (setting.set of kind "address", name "LIST ADDRESS", value the name of
 * whoever reads it, or nothing: no longer).  Mail goes to no other address.
 */
#include "../../proto/i18n.h"
#include "../../proto/mailbox.h"
#include "../../proto/text.h"
#include "req.h"

struct addresses {
	const char *list;		/* or NULL: all */
	json_t *out;
};

static int
address_on_setting(void *arg, const char *name, const char *value)
{
	struct addresses *a = arg;
	const char *blank = strchr(name, ' ');
	size_t len = blank != NULL ? (size_t)(blank - name) : 0;

	if (blank == NULL || *value == '\0' || (a->list != NULL &&
	    (strlen(a->list) != len || strncmp(a->list, name, len) != 0)))
		return 0;
	json_array_append_new(a->out, json_pack("{s:s%, s:s, s:s}", "list",
	    name, len, "address", blank + 1, "name", value));
	return 0;
}

json_t *
core_addresses(void *arg, const char *list)
{
	struct core *c = arg;
	struct addresses a = { list, json_array() };
	json_t *one;
	size_t i;

	(void)store_each_setting(c->store, "address", address_on_setting, &a);
	json_array_foreach(a.out, i, one)
		if (list != NULL)
			json_object_del(one, "list");
	return a.out;
}

/* The lists that a step writes to, as keys of an object. */
static void
lists_add(const struct step *st, json_t *lists)
{
	unsigned i;

	for (i = 0; i < st->effects_count; i++)
		if (st->effects[i].list != NULL)
			json_object_set_new(lists, st->effects[i].list,
			    json_true());
}

/* Those of the definitions in force, and our own.  Kept as q is. */
static json_t *
lists_find(struct req *q)
{
	json_t *lists = json_pack("{s:b}", SUMMARY_LIST, true);
	const struct procedure *p;
	unsigned k;
	size_t i;

	for (i = 0; i < q->c->procedures_count; i++) {
		p = q->c->procedures[i];
		for (k = 0; q->c->current[i] && k < p->steps_count; k++)
			lists_add(&p->steps[k], lists);
	}
	return req_json(q, lists);
}

static int
list_refuse(struct req *q, const char *list, json_t *lists)
{
	struct buf names;
	const char *name;
	json_t *v;

	buf_init(&names, TEXT_MAX);
	json_object_foreach(lists, name, v)
		(void)buf_addf(&names, "%s%s", names.len > 0 ? ", " : "",
		    name);
	(void)why_set(&q->why, ERR_NOT_FOUND, "No hay una lista «%.40s»; las "
	    "listas son: %s.", list, names.len > 0 ? buf_str(&names) :
	    "ninguna");
	buf_clear(&names);
	return -ERR_NOT_FOUND;
}

static int
address_check(struct req *q, const char *list, const char *address)
{
	json_t *lists = lists_find(q);

	if (!access_has_role(q, "head_of_unit", "central"))
		return why_set(&q->why, ERR_REFUSED, "Solo la jefatura de la "
		    "unidad dice a quién se envía.");
	if (!mailbox_is_address(address))
		return why_set(&q->why, ERR_USAGE,
		    "«%.80s» no es una dirección de correo.", address);
	return json_object_get(lists, list) != NULL ? 0 :
	    list_refuse(q, list, lists);
}

static int
address_set(struct req *q, const char *list, const char *address,
    const char *name)
{
	return act_office(q, "setting.set", req_json(q, json_pack(
	    "{s:s, s:s, s:s}", "kind", "address", "name", req_text(q,
	    xasprintf("%s %s", list, address)), "value", name)));
}

static int
address_add(struct req *q, const char *list, const char *address)
{
	const char *name = req_take(q, "nombre");
	char *taken = NULL;
	int r;

	if ((r = address_check(q, list, address)) < 0 ||
	    (r = req_all_used(q)) < 0)
		return r;
	if (name != NULL && *name != '\0' &&
	    (r = text_take(name, strlen(name), 120, 0, &taken, &q->why)) < 0)
		return r;
	if (taken != NULL)
		(void)req_text(q, taken);
	if (strcmp(list, SUMMARY_LIST) == 0 &&
	    (taken == NULL || !access_is_active(q->c, taken)))
		return why_set(&q->why, ERR_REFUSED, "En la lista «%s» cada "
		    "dirección es de una persona: nombre= lleva su cuenta.",
		    list);
	return address_set(q, list, address, taken != NULL ? taken : address);
}

static int
address_del(struct req *q, const char *list, const char *address)
{
	char *value, *name;
	int r;

	if ((r = address_check(q, list, address)) < 0 ||
	    (r = req_all_used(q)) < 0)
		return r;
	name = req_text(q, xasprintf("%s %s", list, address));
	value = req_text(q, store_find_setting(q->c->store, "address", name));
	if (value == NULL || *value == '\0')
		return why_set(&q->why, ERR_NOT_FOUND, "En la lista «%s» no "
		    "está «%s».", list, address);
	return address_set(q, list, address, "");
}

int
cmd_destinatario(struct req *q)
{
	bool add = q->pos_count == 3 && text_like(q->pos[0], "alta");
	bool del = q->pos_count == 3 && text_like(q->pos[0], "baja");
	int r = 0;

	if (!add && !del)
		return why_set(&q->why, ERR_USAGE, "Uso: destinatario alta "
		    "LISTA CORREO [nombre=TEXTO], o destinatario baja LISTA "
		    "CORREO.");
	r = add ? address_add(q, q->pos[1], q->pos[2]) :
	    address_del(q, q->pos[1], q->pos[2]);
	if (r == 0)
		json_object_set_new(q->out, "addresses",
		    core_addresses(q->c, NULL));
	return r;
}

int
cmd_destinatarios(struct req *q)
{
	json_t *lists = json_array(), *known = lists_find(q), *v;
	const char *name;

	json_object_foreach(known, name, v)
		json_array_append_new(lists, json_string(name));
	json_object_update_new(q->out, json_pack("{s:o, s:o, s:b}",
	    "addresses", core_addresses(q->c, NULL), "lists", lists, "can",
	    access_has_role(q, "head_of_unit", "central")));
	return req_all_used(q);
}

/* ---- the look at a page ---- */

struct typed {
	struct req *q;
	const struct step *st;
	const struct world *w;
	json_t *values;
};

static int
typed_put(struct typed *t, const struct field *f, const char *text)
{
	json_t *v;
	int r;

	if ((r = value_parse(f, text, t->w, &v, &t->q->why)) < 0)
		return r;
	if (!value_is_blank(v))
		json_object_set(t->values, f->id, v);
	json_decref(v);
	return 0;
}

/* What is typed wrong is of no use: it is left out. */
static int
typed_on_draft(void *arg, const char *field, const char *value,
    const char *login, int64_t at)
{
	struct typed *t = arg;
	const struct field *f = step_find_field(t->st, field);

	(void)login;
	(void)at;
	if (f != NULL && f->automatic == NULL)
		(void)typed_put(t, f, value);
	return 0;
}

json_t *
step_typed(struct req *q, const struct held *h, const struct token *tok)
{
	struct typed t = { .q = q, .st = tok->st };
	struct world w;

	core_world(q->c, h->row.office, &w);
	t.w = &w;
	t.values = req_json(q, json_object());
	(void)store_each_draft(q->c->store, h->row.id, tok->st->number,
	    tok->row, typed_on_draft, &t);
	return t.values;
}

static int
typed_named(struct typed *t)
{
	const struct field *f;
	struct req *q = t->q;
	unsigned i;
	int r;

	for (i = 0; i < q->named_count; i++) {
		if ((f = step_field(q, t->st, q->named[i].name)) == NULL)
			return -ERR_USAGE;
		q->named[i].used = true;
		if ((r = typed_put(t, f, q->named[i].value)) < 0)
			return r;
	}
	return 0;
}

int
cmd_comprobar(struct req *q)
{
	struct command cmd = { .kind = CMD_ASK, .revision = -1 };
	const struct token *tok;
	struct held *h;
	struct typed t;
	struct world w;
	char ref[24];
	int r;

	if ((r = case_token(q, &h, &tok)) < 0)
		return r;
	core_world(q->c, h->row.office, &w);
	t = (struct typed){ q, tok->st, &w, step_typed(q, h, tok) };
	if ((r = typed_named(&t)) < 0)
		return r;
	cmd.step = token_ref(tok, ref);
	cmd.values = t.values;
	if ((r = act_command(q, &h, h->ca->p, &cmd)) < 0)
		return r;
	act_result(q, h, q->pos[1]);
	json_object_set_new(q->out, "effects", doc_effects(q, h));
	return 0;
}
