/* SPDX-License-Identifier: ISC */
/* check_field.c - fields of starts and steps, and columns of lists. */
#include "check.h"

/* A walkable field of a start, of a step up to that one, or a column. */
static bool
checker_has_many(const struct checker *ck, const char *id, int upto)
{
	const struct procedure *p = ck->p;
	const struct field *f;
	unsigned i, k;

	for (i = 0; i < p->starts_count; i++)
		for (k = 0; k < p->starts[i].fields_count; k++) {
			f = &p->starts[i].fields[k];
			if (strcmp(f->id, id) == 0 && field_is_many(f))
				return true;
		}
	for (i = 0; (int)i <= upto; i++) {
		f = step_find_field(&p->steps[i], id);
		if (f != NULL && field_is_many(f))
			return true;
	}
	f = checker_find_column(ck, id);
	return f != NULL && field_is_many(f);
}

static void
check_choices(struct checker *ck, struct spot at, const struct field *f)
{
	bool needs = f->type == FIELD_CHOICE || f->type == FIELD_MULTI;
	unsigned i;

	if (needs && f->choices_count == 0)
		check_fault(ck, at, "campo «%s»: necesita «choices»", f->id);
	if (!needs && f->choices_count > 0)
		check_fault(ck, at, "campo «%s»: «choices» sobra en un campo "
		    "%s", f->id, field_type_name(f->type));
	for (i = 1; i < f->choices_count; i++)
		if (text_is_among(f->choices[i], f->choices, i))
			check_fault(ck, at, "campo «%s»: la opción «%s» está "
			    "repetida", f->id, f->choices[i]);
}

static void
check_columns(struct checker *ck, struct spot at, const struct field *f,
    int upto)
{
	unsigned i;

	if (f->type == FIELD_LIST && f->columns_count == 0)
		check_fault(ck, at, "campo «%s»: necesita «columns»", f->id);
	if (f->type != FIELD_LIST && f->columns_count > 0)
		check_fault(ck, at, "campo «%s»: «columns» sobra en un campo "
		    "%s", f->id, field_type_name(f->type));
	for (i = 0; i < f->columns_count; i++)
		if (f->columns[i].type == FIELD_LIST ||
		    f->columns[i].type == FIELD_VERDICTS)
			check_fault(ck, at, "campo «%s»: la columna «%s» no "
			    "puede ser %s", f->id, f->columns[i].id,
			    field_type_name(f->columns[i].type));
	check_fields(ck, at, f->columns, f->columns_count, upto);
}

/* Are they the verdicts on that field, of a step up to that one? */
static bool
checker_judges(const struct checker *ck, const char *id, const char *of,
    int upto)
{
	const struct field *f;
	int i;

	for (i = 0; i <= upto; i++) {
		f = step_find_field(&ck->p->steps[i], id);
		if (f != NULL && f->type == FIELD_VERDICTS && f->of != NULL &&
		    strcmp(f->of, of) == 0)
			return true;
	}
	return false;
}

static void
check_of(struct checker *ck, struct spot at, const struct field *f, int upto)
{
	if (f->of == NULL) {
		if (f->type == FIELD_VERDICTS)
			check_fault(ck, at, "campo «%s»: necesita «of»", f->id);
	} else if (f->type != FIELD_VERDICTS && f->type != FIELD_REF) {
		check_fault(ck, at, "campo «%s»: «of» sobra en un campo %s",
		    f->id, field_type_name(f->type));
	} else if (!checker_has_many(ck, f->of, upto)) {
		check_fault(ck, at, "campo «%s»: «of» nombra «%s», que no es "
		    "lista, archivo ni opción múltiple de este paso o de uno "
		    "anterior", f->id, f->of);
	}
	if (f->verdicts == NULL)
		return;
	if (f->type != FIELD_REF || f->of == NULL)
		check_fault(ck, at, "campo «%s»: «verdicts» es de un campo ref "
		    "con «of»", f->id);
	else if (!checker_judges(ck, f->verdicts, f->of, upto))
		check_fault(ck, at, "campo «%s»: «%s» no son dictámenes de "
		    "«%s» de este paso o de uno anterior", f->id, f->verdicts,
		    f->of);
}

static bool
kind_is_known(const struct institution *in, const char *kind)
{
	unsigned i;

	for (i = 0; in != NULL && i < in->types_count; i++)
		if (strcmp(in->types[i].kind, kind) == 0)
			return true;
	return false;
}

static void
check_accepts(struct checker *ck, struct spot at, const struct field *f)
{
	bool files = f->type == FIELD_FILE || f->type == FIELD_LOCATION;
	unsigned i;

	if (!files && f->accepts_count > 0)
		check_fault(ck, at, "campo «%s»: «accepts» sobra en un campo "
		    "%s", f->id, field_type_name(f->type));
	for (i = 0; i < f->accepts_count; i++)
		if (!kind_is_known(ck->in, f->accepts[i]))
			check_fault(ck, at, "campo «%s»: la institución no "
			    "tiene tipos de archivo «%s» (file_types)", f->id,
			    f->accepts[i]);
}

static bool
is_one_of(const char *word, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i], word) == 0)
			return true;
	return false;
}

/* A list that takes notes, and what of a note its columns are filled with. */
static void
check_notes(struct checker *ck, struct spot at, const struct field *f)
{
	static const char *const verbs[] = { "collect", "comment" };
	static const char *const parts[] = { "medium", "section", "title",
		"text", "link", "author", "day", "time", "kind", "topic",
		"scope", "tone", "number" };
	const char *part;
	unsigned i;

	if (f->notes != NULL && (f->type != FIELD_LIST ||
	    !is_one_of(f->notes, verbs, ARRAY_LEN(verbs))))
		check_fault(ck, at, "campo «%s»: «notes» va en una lista y es "
		    "collect o comment", f->id);
	for (i = 0; i < f->columns_count; i++) {
		part = f->columns[i].note;
		if (part == NULL)
			continue;
		if (f->notes == NULL)
			check_fault(ck, at, "campo «%s»: la columna «%s» lleva "
			    "«note» y la lista no lleva «notes»", f->id,
			    f->columns[i].id);
		else if (!is_one_of(part, parts, ARRAY_LEN(parts)))
			check_fault(ck, at, "campo «%s»: una nota no tiene "
			    "«%s»", f->id, part);
	}
}

static void
check_made(struct checker *ck, struct spot at, const struct field *f)
{
	if (f->document == NULL)
		return;
	if (f->type != FIELD_FILE)
		check_fault(ck, at, "campo «%s»: «document» sobra en un campo "
		    "%s", f->id, field_type_name(f->type));
	if (procedure_find_document(ck->p, f->document) == NULL)
		check_fault(ck, at, "campo «%s»: no hay un documento «%s» "
		    "(documents)", f->id, f->document);
}

static void
check_field(struct checker *ck, struct spot at, const struct field *f, int upto)
{
	if (!text_is_identifier(f->id))
		check_fault(ck, at, "campo «%s»: el identificador lleva "
		    "minúsculas, cifras y guion bajo", f->id);
	check_choices(ck, at, f);
	check_columns(ck, at, f, upto);
	check_of(ck, at, f, upto);
	check_accepts(ck, at, f);
	check_made(ck, at, f);
	check_notes(ck, at, f);
	if ((f->min != NULL || f->max != NULL) && f->type != FIELD_INT &&
	    !field_is_many(f))
		check_fault(ck, at, "campo «%s»: «min» y «max» sobran en un "
		    "campo %s", f->id, field_type_name(f->type));
	if (f->min != NULL && f->max != NULL && *f->min > *f->max)
		check_fault(ck, at, "campo «%s»: «min» es mayor que «max»",
		    f->id);
	if (f->automatic != NULL && f->preset != NULL)
		check_fault(ck, at, "campo «%s»: lleva «auto» y «preset»; deje "
		    "uno", f->id);
}

/* Columns keep the spot of their list: at.sub tells which they are. */
void
check_fields(struct checker *ck, struct spot at, const struct field *v,
    unsigned n, int upto)
{
	bool columns = at.sub != NULL;
	unsigned i, j;

	for (i = 0; i < n; i++) {
		if (!columns) {
			at.sub = "fields";
			at.j = (int)i;
		}
		for (j = 0; j < i; j++)
			if (strcmp(v[i].id, v[j].id) == 0)
				check_fault(ck, at, "campo «%s»: está "
				    "repetido", v[i].id);
		check_field(ck, at, &v[i], upto);
		if (!columns)
			at.sub = NULL;
	}
}
