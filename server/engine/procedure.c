/* SPDX-License-Identifier: ISC */
/* procedure.c - look things up in a definition. */
#include "procedure.h"

const struct step *
procedure_find_step(const struct procedure *p, const char *number)
{
	unsigned i;

	for (i = 0; i < p->steps_count; i++)
		if (strcmp(p->steps[i].number, number) == 0)
			return &p->steps[i];
	return NULL;
}

const struct start *
procedure_find_start(const struct procedure *p, const char *id)
{
	unsigned i;

	if (id == NULL || *id == '\0')
		return p->starts_count > 0 ? &p->starts[0] : NULL;
	for (i = 0; i < p->starts_count; i++)
		if (strcmp(p->starts[i].id, id) == 0)
			return &p->starts[i];
	return NULL;
}

const struct record *
procedure_find_record(const struct procedure *p, const char *number)
{
	unsigned i;

	for (i = 0; i < p->records_count; i++)
		if (strcmp(p->records[i].number, number) == 0)
			return &p->records[i];
	return NULL;
}

const struct field *
field_find(const struct field *fields, unsigned n, const char *id)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (strcmp(fields[i].id, id) == 0)
			return &fields[i];
	return NULL;
}

const struct field *
step_find_field(const struct step *st, const char *id)
{
	return field_find(st->fields, st->fields_count, id);
}

const char *
setting_initial(const struct setting *list, unsigned n, const char *id)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i].id, id) == 0)
			return list[i].initial;
	return NULL;
}

const struct role *
institution_find_role(const struct institution *in, const char *id)
{
	unsigned i;

	for (i = 0; in != NULL && i < in->roles_count; i++)
		if (strcmp(in->roles[i].id, id) == 0)
			return &in->roles[i];
	return NULL;
}

const struct office *
institution_find_office(const struct institution *in, const char *id)
{
	unsigned i;

	for (i = 0; in != NULL && i < in->offices_count; i++)
		if (strcmp(in->offices[i].id, id) == 0)
			return &in->offices[i];
	return NULL;
}

const char *const *
step_roles(const struct step *st, unsigned *n)
{
	bool own = st->roles_count > 0;

	*n = own ? st->roles_count : st->inherited_count;
	return (const char *const *)(own ? st->roles : st->inherited);
}

bool
step_has_role(const struct step *st, const char *role)
{
	const char *const *v;
	unsigned i, n;

	v = step_roles(st, &n);
	for (i = 0; i < n; i++)
		if (strcmp(v[i], role) == 0)
			return true;
	return false;
}

const struct file_type *
institution_find_mime(const struct institution *in, const char *mime)
{
	const struct file_type *t;
	unsigned i, k;

	for (i = 0; in != NULL && i < in->types_count; i++) {
		t = &in->types[i];
		for (k = 0; k < t->mime_count; k++)
			if (strcmp(t->mime[k], mime) == 0)
				return t;
	}
	return NULL;
}

const struct file_type *
institution_find_type(const struct institution *in, const char *id)
{
	unsigned i;

	for (i = 0; in != NULL && i < in->types_count; i++)
		if (strcmp(in->types[i].id, id) == 0)
			return &in->types[i];
	return NULL;
}

static bool
field_takes_files(const struct field *f)
{
	return f->automatic == NULL &&
	    (f->type == FIELD_FILE || f->type == FIELD_LOCATION);
}

unsigned
step_files(const struct step *st, const struct field **out, unsigned most)
{
	const struct field *f, *one;
	unsigned i, k, n = 0;

	for (i = 0; i < st->fields_count; i++) {
		f = &st->fields[i];
		for (k = 0; k <= f->columns_count; k++) {
			one = k == 0 ? f : &f->columns[k - 1];
			if (!field_takes_files(one))
				continue;
			if (out != NULL && n < most)
				out[n] = one;
			n++;
		}
	}
	return n;
}

const struct field *
step_find_file(const struct step *st, const char *id)
{
	const struct field *v[STEP_FILES_MAX];
	unsigned i, n = step_files(st, v, ARRAY_LEN(v));

	if (id == NULL)
		return n == 1 ? v[0] : NULL;
	for (i = 0; i < n && i < ARRAY_LEN(v); i++)
		if (strcmp(v[i]->id, id) == 0)
			return v[i];
	return NULL;
}

const struct document *
procedure_find_document(const struct procedure *p, const char *id)
{
	unsigned i;

	for (i = 0; i < p->documents_count; i++)
		if (id == NULL || strcmp(p->documents[i].id, id) == 0)
			return &p->documents[i];
	return NULL;
}

const struct field *
procedure_find_list(const struct procedure *p, const char *id)
{
	const struct field *f;
	unsigned i;

	for (i = 0; i < p->steps_count; i++) {
		f = step_find_field(&p->steps[i], id);
		if (f != NULL && f->type == FIELD_LIST)
			return f;
	}
	return NULL;
}
