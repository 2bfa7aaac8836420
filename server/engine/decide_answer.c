/* SPDX-License-Identifier: ISC */
/*
 * decide_answer.c - from what was given to a whole answer.  In this order:
 * rows called by their names; nothing unknown, everything of its type; field
 * by field what does not apply, what the system writes and what it proposes;
 * nothing missing; and last the checks of the step.
 */
#include "decide.h"

void
draft_init(struct draft *a, const struct step *st, const struct field *fields,
    unsigned n, const json_t *given, json_t *taken_sight,
    const json_t *header)
{
	const char *key;
	json_t *v;

	*a = (struct draft){ .st = st, .fields = fields, .fields_count = n };
	a->values = json_object();
	json_object_foreach((json_t *)given, key, v)
		json_object_set_new(a->values, key, json_deep_copy(v));
	a->before = taken_sight;
	a->sight = json_copy(a->before);
	a->taken = json_object();
	kase_lay(a->sight, fields, n, a->values, header);
	json_object_foreach(a->values, key, v)
		if (!value_is_blank(v))
			json_object_set(a->before, key, v);
}

void
draft_clear(struct draft *a)
{
	json_decref(a->values);
	json_decref(a->before);
	json_decref(a->sight);
	json_decref(a->taken);
}

struct scope
draft_scope(const struct draft *a, const struct decision *d)
{
	return (struct scope){ .ca = d->ca, .values = a->sight, .w = d->w };
}

void
draft_put(struct draft *a, const char *id, json_t *taken)
{
	json_object_set(a->before, id, taken);
	json_object_set(a->sight, id, taken);
	json_object_set_new(a->values, id, taken);
}

static void
draft_drop(struct draft *a, const char *id)
{
	json_object_del(a->values, id);
	json_object_del(a->sight, id);
}

static int
refuse_unknown(const struct draft *a, const char *key, struct why *why)
{
	struct buf b;
	unsigned i, n = 0;
	int r;

	buf_init(&b, WHY_MAX);
	for (i = 0; i < a->fields_count; i++)
		if (a->fields[i].automatic == NULL)
			(void)buf_addf(&b, "%s%s", n++ > 0 ? ", " : "",
			    a->fields[i].label);
	r = why_set(why, ERR_USAGE, "No hay un campo «%.60s» aquí; los campos "
	    "son: %s.", key, n > 0 ? buf_str(&b) : "ninguno");
	buf_clear(&b);
	return r;
}

/*
 * Expressions know numbers and text; a field may want a boolean or a list.
 * Takes v.
 */
static json_t *
value_fit(const struct field *f, json_t *v)
{
	json_t *fit = NULL;
	char number[32];

	if (f->type == FIELD_YESNO && json_is_integer(v)) {
		fit = json_boolean(json_integer_value(v) != 0);
	} else if (f->type == FIELD_INT && json_is_real(v)) {
		fit = json_integer((json_int_t)json_real_value(v));
	} else if (f->type == FIELD_INT && json_is_string(v)) {
		fit = json_integer(strtoll(json_string_value(v), NULL, 10));
	} else if (f->type != FIELD_INT && json_is_integer(v)) {
		snprintf(number, sizeof number, "%lld",
		    (long long)json_integer_value(v));
		fit = json_string(number);
	} else if (json_is_string(v) && json_string_value(v)[0] == '[' &&
	    (f->type == FIELD_MULTI || f->type == FIELD_LIST ||
	    f->type == FIELD_FILE || f->type == FIELD_LOCATION ||
	    f->type == FIELD_VERDICTS)) {
		fit = json_loads(json_string_value(v), 0, NULL);
	}
	if (fit == NULL)
		return v;
	json_decref(v);
	return fit;
}

/* What an expression proposes for a field; NULL when nothing fit. */
static json_t *
value_compute(const struct field *f, const char *expr,
    const struct scope *sc)
{
	json_t *v = value_fit(f, rule_eval(expr, sc));
	struct why why;

	if (!value_is_blank(v) && value_check(f, v, &why) == 0)
		return v;
	if (!value_is_blank(v))
		log_at(LOG_WARN, "field=%s computed=wrong why=\"%s\"", f->id,
		    why.text);
	json_decref(v);
	return NULL;
}

static bool
field_applies(const struct field *f, const struct scope *sc)
{
	return f->applies == NULL || rule_is_true(f->applies, sc);
}

static bool
field_required(const struct field *f, const struct scope *sc)
{
	return f->required != NULL && rule_is_true(f->required, sc);
}

/* The cells of a row that the system writes or proposes. */
static int
row_complete(struct draft *a, struct decision *d, const struct field *f,
    json_t *row, size_t n)
{
	json_t *sight = json_copy(a->before), *v;
	struct scope sc = { d->ca, sight, d->w, a->taken };
	const struct field *col;
	const char *expr;
	unsigned i;
	int r = 0;

	json_object_update(sight, row);
	for (i = 0; i < f->columns_count && r == 0; i++) {
		col = &f->columns[i];
		if (!field_applies(col, &sc))
			continue;
		expr = col->automatic != NULL ? col->automatic : col->preset;
		v = json_object_get(row, col->id);
		if (expr != NULL && value_is_blank(v) &&
		    (v = value_compute(col, expr, &sc)) != NULL) {
			json_object_set(sight, col->id, v);
			json_object_set_new(row, col->id, v);
		}
		if (value_is_blank(v) && field_required(col, &sc))
			r = why_set(d->why, ERR_REFUSED, "«%s», renglón %zu: "
			    "falta %s.", f->label, n, col->label);
	}
	json_decref(sight);
	return r;
}

/* Nothing unknown, nothing typed that the system writes, all of its type. */
static int
draft_check_types(struct draft *a, struct decision *d)
{
	const struct field *f;
	const char *key;
	json_t *v, *row;
	size_t i;
	int r;

	json_object_foreach(a->values, key, v) {
		if ((f = field_find(a->fields, a->fields_count, key)) == NULL)
			return refuse_unknown(a, key, d->why);
		if (value_is_blank(v))
			continue;
		if (f->automatic != NULL)
			return why_set(d->why, ERR_USAGE, "«%s» lo escribe el "
			    "sistema: no se captura.", f->label);
		if (f->type == FIELD_LIST)
			json_array_foreach(v, i, row)
				if (json_is_object(row) && (r = row_complete(a,
				    d, f, row, i + 1)) < 0)
					return r;
		if ((r = value_check(f, v, d->why)) < 0)
			return r;
	}
	return 0;
}

/* ---- refs: whatever way a row was named, its name is what is kept ---- */

static void
ref_take(struct draft *a, const struct decision *d, const struct field *f,
    json_t *v)
{
	const json_t *verdicts;
	const char *name;

	if (f->type != FIELD_REF || f->of == NULL || !json_is_string(v))
		return;
	verdicts = f->verdicts == NULL ? NULL :
	    json_object_get(a->sight, f->verdicts);
	name = value_ref_name(procedure_find_list(d->p, f->of),
	    json_object_get(a->sight, f->of), verdicts, json_string_value(v));
	if (name != NULL)
		json_string_set(v, name);
}

static void
draft_take_refs(struct draft *a, const struct decision *d)
{
	const struct field *f;
	json_t *v, *row;
	unsigned i, k;
	size_t n;

	for (i = 0; i < a->fields_count; i++) {
		f = &a->fields[i];
		v = json_object_get(a->values, f->id);
		ref_take(a, d, f, v);
		if (f->type == FIELD_LIST)
			json_array_foreach(v, n, row)
				for (k = 0; k < f->columns_count; k++)
					ref_take(a, d, &f->columns[k],
					    json_object_get(row,
					    f->columns[k].id));
	}
}

/* Approving without a word on each item approves them all. */
static json_t *
verdicts_all(const struct draft *a, const struct field *f)
{
	json_t *all;
	size_t i, n;

	n = f->of != NULL
	    ? json_array_size(json_object_get(a->sight, f->of)) : 0;
	if (n == 0)
		return NULL;
	all = json_array();
	for (i = 1; i <= n; i++)
		json_array_append_new(all, json_pack("{s:I,s:s}", "item",
		    (json_int_t)i, "verdict", "aprobar"));
	return all;
}

static int
check_refuse(const struct check *c, struct why *why)
{
	if (c->source != NULL)
		return why_set(why, ERR_REFUSED, "%s (%s)", c->say, c->source);
	return why_set(why, ERR_REFUSED, "%s", c->say);
}

/*
 * A value where none applies.  A check that fails because of such values alone
 * knows better than we do why (P01-POL5).
 */
static int
refuse_idle(const struct draft *a, struct decision *d, const struct field *f)
{
	unsigned i, n = a->st != NULL ? a->st->checks_count : 0;
	json_t *without = json_copy(a->sight);
	struct scope now = draft_scope(a, d);
	struct scope then = { .ca = d->ca, .values = without, .w = d->w };
	const struct check *c, *breach = NULL;

	for (i = 0; i < a->fields_count; i++)
		if (!field_applies(&a->fields[i], &now))
			json_object_del(without, a->fields[i].id);
	for (i = 0; i < n && breach == NULL; i++) {
		c = &a->st->checks[i];
		if (!rule_is_true(c->rule, &now) &&
		    rule_is_true(c->rule, &then))
			breach = c;
	}
	json_decref(without);
	if (breach != NULL)
		return check_refuse(breach, d->why);
	if (f->type == FIELD_LIST)
		return why_set(d->why, ERR_REFUSED, "«%s» tiene %zu y con esta "
		    "respuesta no se registran: cambie la respuesta, o "
		    "quítelos antes de darla.", f->label, json_array_size(
		    json_object_get(a->values, f->id)));
	return why_set(d->why, ERR_REFUSED, "«%s» no aplica en este "
	    "expediente: déjelo vacío.", f->label);
}

/*
 * What an expression makes of a field.  It sees the field's own earlier value
 * (":version + 1"), but of its neighbours only what this answer says.
 */
static json_t *
draft_compute(const struct draft *a, const struct decision *d,
    const struct field *f, const char *expr)
{
	json_t *sight = json_copy(a->sight), *own, *v;
	struct scope sc = { d->ca, sight, d->w, a->taken };

	if (json_object_get(sight, f->id) == NULL &&
	    (own = json_object_get(a->before, f->id)) != NULL)
		json_object_set(sight, f->id, own);
	v = value_compute(f, expr, &sc);
	json_decref(sight);
	return v;
}

/* One field: does it apply, does the system write or propose it? */
static int
draft_fill_field(struct draft *a, struct decision *d, const struct field *f)
{
	struct scope now = draft_scope(a, d);
	json_t *given = json_object_get(a->values, f->id), *v = NULL;

	if (!field_applies(f, &now)) {
		if (!value_is_blank(given) && !json_is_false(given))
			return refuse_idle(a, d, f);
		draft_drop(a, f->id);
		return 0;
	}
	if (f->automatic != NULL)
		v = draft_compute(a, d, f, f->automatic);
	else if (given == NULL && f->preset != NULL &&
	    field_required(f, &now))
		v = draft_compute(a, d, f, f->preset);
	else if (f->type == FIELD_VERDICTS && value_is_blank(given) &&
	    a->st != NULL && a->st->approval != NULL && !a->rejecting)
		v = verdicts_all(a, f);
	if (v != NULL)
		draft_put(a, f->id, v);
	else if (value_is_blank(given))
		draft_drop(a, f->id);
	return 0;
}

/* One sentence with everything that is missing. */
static int
draft_check_required(const struct draft *a, struct decision *d)
{
	struct scope sc = draft_scope(a, d);
	const struct field *f;
	struct buf b;
	unsigned i, n = 0;
	int r = 0;

	buf_init(&b, WHY_MAX);
	for (i = 0; i < a->fields_count; i++) {
		f = &a->fields[i];
		if (f->automatic != NULL ||
		    !value_is_blank(json_object_get(a->values, f->id)))
			continue;
		/* Who returns owes the remark, not the rest of the form. */
		if (a->rejecting && f->required != NULL &&
		    strcmp(f->required, "yes") == 0)
			continue;
		if (field_applies(f, &sc) && field_required(f, &sc))
			(void)buf_addf(&b, "%s%s", n++ > 0 ? ", " : "",
			    f->label);
	}
	if (n > 0)
		r = why_set(d->why, ERR_REFUSED, "%s: %s.",
		    n > 1 ? "Faltan datos obligatorios"
		    : "Falta un dato obligatorio", buf_str(&b));
	buf_clear(&b);
	return r;
}

/* Does the value say what the approval's text says?  "no" of a yesno too. */
static bool
verdict_is(const json_t *v, const char *text)
{
	if (json_is_boolean(v))
		return json_is_false(v) == (strcmp(text, "no") == 0);
	return json_is_string(v) && strcmp(json_string_value(v), text) == 0;
}

static void
draft_take_remark(struct draft *a, const char *id, const char *remark)
{
	if (remark != NULL && *remark != '\0' && id != NULL &&
	    field_find(a->fields, a->fields_count, id) != NULL &&
	    value_is_blank(json_object_get(a->values, id)))
		draft_put(a, id, json_string(remark));
}

/* What an approval has beyond a task: its verdict and its remark. */
static void
draft_read_verdict(struct draft *a, const char *remark)
{
	const struct approval *ap = a->st != NULL ? a->st->approval : NULL;
	unsigned i;

	if (ap != NULL) {
		a->rejecting = verdict_is(json_object_get(a->values,
		    ap->verdict), ap->reject);
		draft_take_remark(a, ap->remarks, remark);
	}
	if (a->st == NULL || (ap != NULL && !a->rejecting))
		return;
	for (i = 0; i < a->st->next_count; i++)
		draft_take_remark(a, a->st->next[i].needs, remark);
}

int
draft_complete(struct draft *a, struct decision *d)
{
	unsigned i;
	int r;

	draft_read_verdict(a, d->cmd->remark);
	draft_take_files(a, d->ca);
	draft_take_refs(a, d);
	if ((r = draft_check_types(a, d)) < 0)
		return r;
	for (i = 0; i < a->fields_count; i++)
		if ((r = draft_fill_field(a, d, &a->fields[i])) < 0)
			return r;
	return draft_check_required(a, d);
}

int
draft_check(const struct draft *a, struct decision *d)
{
	struct scope sc = draft_scope(a, d);
	const struct check *c;
	unsigned i;

	for (i = 0; i < a->st->checks_count; i++) {
		c = &a->st->checks[i];
		if (!rule_is_true(c->rule, &sc))
			return check_refuse(c, d->why);
	}
	return 0;
}

json_t *
engine_verdict(const struct step *st, bool approve)
{
	const struct approval *a = st->approval;
	const struct field *f;
	const char *word;

	if (a == NULL || (f = step_find_field(st, a->verdict)) == NULL)
		return NULL;
	word = approve ? a->approve : a->reject;
	if (f->type == FIELD_YESNO)
		return json_pack("{s:b}", f->id, strcmp(word, "no") != 0);
	if (f->type != FIELD_CHOICE)
		return NULL;
	return json_pack("{s:s}", f->id, word);
}
