/* SPDX-License-Identifier: ISC */
/*
 * cmd_admin.c - what the operator of the machine may do through `pautad`:
 * rights, definitions; accounts and keys are in cmd_account.c.  Never a decision
 * of a procedure, since nobody approves by changing data, save in the rehearsed
 * office of `init --demo`, which exists before the server does.
 */
#include <assert.h>

#include "../../proto/text.h"
#include "account.h"

/* ---- rights ---- */

int
rights_read(struct req *q, const char *word, char **role, const char **office)
{
	char *at;

	*role = req_text(q, xstrdup(word));
	*office = "central";
	if ((at = strchr(*role, '@')) != NULL) {
		*at = '\0';
		*office = at + 1;
	}
	if (institution_find_role(q->c->institution, *role) == NULL)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay un rol «%.40s».", *role);
	if (institution_find_office(q->c->institution, *office) == NULL)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "No hay una oficina «%.40s».", *office);
	return 0;
}

struct rights {
	struct req *q;
	const char *role, *office;
	int64_t found;
};

static int
rights_on_grant(void *arg, const struct grant_row *g)
{
	struct rights *x = arg;

	if (!g->active || (g->to != 0 && g->to <= x->q->now.s))
		return 0;
	if (strcmp(g->role, x->role) == 0 &&
	    strcmp(g->office, x->office) == 0 &&
	    (g->for_login == NULL || *g->for_login == '\0'))
		x->found = g->id;
	return 0;
}

int64_t
rights_find(struct req *q, const char *role, const char *office)
{
	struct rights x = { .q = q, .role = role, .office = office };

	(void)store_each_grant(q->c->store, q->pos[0], rights_on_grant, &x);
	return x.found;
}

int
rights_set(struct req *q, int64_t grant, const char *role,
    const char *office, const char *from, const char *to, bool active)
{
	return act_office(q, "grant.set", req_json(q, json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:b, s:I}", "login",
	    q->pos[0], "role", role, "office", office, "for_login", "",
	    "scope", "all", "reason", "", "from", from, "to", to, "active",
	    active, "grant", (json_int_t)grant)));
}

int
rights_refuse_mix(struct req *q, const char *role)
{
	return why_set(&q->why, ERR_REFUSED,
	    "«%s» no se mezcla con los otros roles de esta cuenta: "
	    "administración y fiscalización van aparte (SD-09).",
	    core_role_title(q->c, role));
}

int
cmd_role_grant(struct req *q)
{
	const char *office, *from = req_take(q, "desde"),
			    *to = req_take(q, "hasta");
	struct when t = { 0 }, since = { 0 };
	char *name;
	int r;

	if ((r = rights_read(q, q->pos[1], &name, &office)) < 0 ||
	    (r = account_known(q, q->pos[0])) < 0 ||
	    (r = req_all_used(q)) < 0)
		return r;
	if ((from != NULL && when_parse(from, &since) < 0) ||
	    (to != NULL && when_parse(to, &t) < 0))
		return why_set(&q->why, ERR_USAGE,
		    "Las fechas van como 2026-11-23T15:30:00Z.");
	if (to != NULL && (t.s <= since.s || t.s <= q->now.s))
		return why_set(&q->why, ERR_USAGE,
		    "El rol termina antes de empezar: revise las fechas.");
	if (access_mixes(q, q->pos[0], name))
		return rights_refuse_mix(q, name);
	return rights_set(q, rights_find(q, name, office), name, office, from,
	    to, true);
}

int
cmd_role_revoke(struct req *q)
{
	const char *office;
	int64_t found;
	char *name;
	int r;

	if ((r = rights_read(q, q->pos[1], &name, &office)) < 0 ||
	    (r = account_known(q, q->pos[0])) < 0 ||
	    (r = req_all_used(q)) < 0)
		return r;
	if ((found = rights_find(q, name, office)) == 0)
		return why_set(&q->why, ERR_NOT_FOUND,
		    "Esa cuenta no tiene el rol «%s» en «%s».", name, office);
	return rights_set(q, found, name, office, NULL, NULL, false);
}

/* ---- definitions ---- */

static int
import_setting(struct req *q, const char *kind, const char *text)
{
	int r;

	r = act_office(q, "setting.set", req_json(q, json_pack(
	    "{s:s, s:s, s:s}", "kind", kind, "name", kind, "value", text)));
	return r < 0 ? r : core_reload(q->c, &q->why);
}

static int
import_procedure(struct req *q, const char *file, const char *text)
{
	struct procedure *p = NULL;
	struct buf faults;
	int r;

	buf_init(&faults, FRAME_MAX);
	if (procedure_load(file, text, &p, &faults) < 0 ||
	    procedure_check(p, q->c->institution, &faults) > 0) {
		r = why_set(&q->why, ERR_REFUSED, "%s", buf_str(&faults));
		goto out;
	}
	if (core_find_procedure(q->c, p->code, p->revision) != NULL) {
		r = why_set(&q->why, ERR_REFUSED,
		    "%s %s ya está en el registro: publique otra revisión.",
		    p->code, p->revision);
		goto out;
	}
	json_object_set_new(q->out, "code", json_string(p->code));
	json_object_set_new(q->out, "revision", json_string(p->revision));
	r = act_office(q, "procedure.imported", req_json(q, json_pack(
	    "{s:s, s:s, s:s, s:s}", "code", p->code, "revision", p->revision,
	    "file", file, "source", text)));
	if (r == 0)
		r = core_reload(q->c, &q->why);
out:
	procedure_free(p);
	buf_clear(&faults);
	return r;
}

/* The first one: what moves by another is looked at before. */
static int
import_calendar(struct req *q, const char *text)
{
	int r;

	if (q->c->calendar != NULL)
		return why_set(&q->why, ERR_REFUSED, "Ya hay un calendario: "
		    "«pautad calendar check» muestra qué movería otro.");
	if ((r = calendar_check(text, &q->why)) < 0)
		return r;
	return import_setting(q, "calendar", text);
}

int
cmd_import(struct req *q)
{
	const char *kind = req_take(q, "tipo"), *text = req_take(q, "texto");
	struct institution *in;
	struct buf faults;
	int r;

	if (kind == NULL || text == NULL)
		return why_set(&q->why, ERR_USAGE, "Faltan tipo= y texto=.");
	if ((r = req_all_used(q)) < 0)
		return r;
	if (strcmp(kind, "procedure") == 0)
		return import_procedure(q, q->pos[0], text);
	if (strcmp(kind, "calendar") == 0)
		return import_calendar(q, text);
	if (strcmp(kind, "institution") != 0)
		return why_set(&q->why, ERR_USAGE, "«tipo=» es procedure, "
		    "institution o calendar, no «%.40s».", kind);
	buf_init(&faults, FRAME_MAX);
	if (institution_load(q->pos[0], text, &in, &faults) < 0)
		r = why_set(&q->why, ERR_REFUSED, "%s", buf_str(&faults));
	else {
		institution_free(in);
		r = import_setting(q, kind, text);
	}
	buf_clear(&faults);
	return r;
}

/* ---- rehearsal ---- */

/* Rehearse: run a line as somebody, while preparing a demonstration. */
int
cmd_act_as(struct req *q)
{
	const char *line = req_take(q, "orden");
	struct caller who = { .login = q->pos[0], .source = "demo" };
	struct answer a;
	char **words;
	json_t *doc;
	size_t n;
	int r = 0;

	if (!q->c->rehearsal)
		return why_set(&q->why, ERR_REFUSED,
		    "Nadie actúa en nombre de otra persona.");
	if (line == NULL || (r = text_words(line, &words, &n, &q->why)) < 0)
		return r < 0 ? r : why_set(&q->why, ERR_USAGE, "Falta orden=.");
	core_run(q->c, &who, NULL, (const char *const *)words, true, &a);
	doc = json_loads(a.doc, 0, NULL);
	if (a.status != 0)
		r = why_set(&q->why, ERR_REFUSED, "%s: %s", line,
		    json_string_value(json_object_get(
			json_object_get(doc, "error"), "message")));
	else
		json_object_update(q->out, doc);
	json_decref(doc);
	answer_clear(&a);
	text_words_free(words);
	return r;
}
