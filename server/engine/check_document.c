/* SPDX-License-Identifier: ISC */
/*
 * check_document.c - what the server makes of a case: its lists are lists, and
 * each of its parts is a column of the right type in all of them.
 */
#include "check.h"

/* The column of a list with that id, or the first of that type. */
static const struct field *
list_find(const struct field *list, const char *id, int type)
{
	unsigned i;

	for (i = 0; list != NULL && i < list->columns_count; i++)
		if (id != NULL ? strcmp(list->columns[i].id, id) == 0 :
		    (int)list->columns[i].type == type)
			return &list->columns[i];
	return NULL;
}

static void
check_part(struct checker *ck, unsigned n, const char *key, const char *id,
    int type)
{
	const struct document *d = &ck->p->documents[n];
	const struct field *list, *f;
	unsigned i;

	for (i = 0; id != NULL && i < d->pieces_count; i++) {
		if ((list = procedure_find_list(ck->p, d->pieces[i])) == NULL)
			continue;
		f = list_find(list, id, 0);
		if (f == NULL)
			check_fault(ck, item_spot("documents", n), "«%s» "
			    "nombra «%s», que no es columna de «%s»", key, id,
			    list->id);
		else if (type >= 0 && (int)f->type != type)
			check_fault(ck, item_spot("documents", n), "«%s»: la "
			    "columna «%s» de «%s» debe ser %s", key, id,
			    list->id, field_type_name((enum field_type)type));
	}
}

/* A list whose rows speak of a piece. */
static void
check_beside(struct checker *ck, unsigned n, const char *id)
{
	const struct field *list = procedure_find_list(ck->p, id);

	if (list == NULL)
		check_fault(ck, item_spot("documents", n),
		    "«%s» no es una lista", id);
	else if (list_find(list, NULL, FIELD_REF) == NULL)
		check_fault(ck, item_spot("documents", n), "«%s» necesita una "
		    "columna «ref» que diga de qué renglón habla", id);
}

/* The bytes of a part of a folder's name, or of a word in braces; 0: bad. */
static size_t
folder_word(const char *s)
{
	if (strncmp(s, DOCUMENT_YEAR, strlen(DOCUMENT_YEAR)) == 0)
		return strlen(DOCUMENT_YEAR);
	if (strncmp(s, DOCUMENT_MONTH, strlen(DOCUMENT_MONTH)) == 0)
		return strlen(DOCUMENT_MONTH);
	return strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");
}

/* "sintesis/{year}": small letters, which no folio has, and words. */
static bool
folder_is_good(const char *s)
{
	size_t n;

	if (*s < 'a' || *s > 'z')
		return false;
	while ((n = folder_word(s)) > 0) {
		s += n;
		if (*s == '\0')
			return true;
		s += *s == '/';
	}
	return false;
}

static void
check_folder(struct checker *ck, unsigned n)
{
	const struct document *d = &ck->p->documents[n];

	if ((d->folder == NULL) != (d->filed == NULL))
		check_fault(ck, item_spot("documents", n), "«folder» y «filed» "
		    "van juntos: la carpeta, y con qué nombre y desde cuándo");
	if (d->folder != NULL && !folder_is_good(d->folder))
		check_fault(ck, item_spot("documents", n), "folder «%s»: se "
		    "esperan minúsculas sin acento, dígitos y guiones, partes "
		    "con «/», {year} y {month}; primero una letra", d->folder);
}

void
check_documents(struct checker *ck)
{
	const struct document *d;
	unsigned i, k;

	for (i = 0; i < ck->p->documents_count; i++) {
		d = &ck->p->documents[i];
		check_folder(ck, i);
		for (k = 0; k < d->pieces_count; k++)
			if (procedure_find_list(ck->p, d->pieces[k]) == NULL)
				check_fault(ck, item_spot("documents", i),
				    "«%s» no es una lista", d->pieces[k]);
		check_part(ck, i, "heading", d->heading, FIELD_TEXT);
		check_part(ck, i, "outlet", d->outlet, -1);
		check_part(ck, i, "place", d->place, FIELD_TEXT);
		check_part(ck, i, "published", d->published, FIELD_DATE);
		check_part(ck, i, "genre", d->genre, FIELD_CHOICE);
		check_part(ck, i, "section", d->section, FIELD_CHOICE);
		check_part(ck, i, "rank", d->rank, FIELD_INT);
		if (d->order != NULL)
			check_beside(ck, i, d->order);
		for (k = 0; k < d->beside_count; k++)
			check_beside(ck, i, d->beside[k]);
	}
}
