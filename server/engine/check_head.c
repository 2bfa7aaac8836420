/* SPDX-License-Identifier: ISC */
/*
 * check_head.c - what surrounds the steps: the cover, the settings, the
 * inventory of records, policies, indicators, signatures and starts.
 */
#include "calendar.h"
#include "check.h"
#include "../../proto/text.h"

enum { BRIEF_CELLS = 18 };

/* Of codes and folios: they are words of a command and names of folders. */
#define CODE_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

static struct spot
key_spot(const char *key)
{
	return (struct spot){ key, -1, NULL, -1 };
}

static void
check_folio(struct checker *ck, const char *folio)
{
	const char *open, *close;
	bool counts = false;

	if (folio[strspn(folio, CODE_LETTERS "{}abcdefghijklmnopqrstuvwxyz")] !=
	    '\0')
		check_fault(ck, key_spot("folio"), "el folio lleva mayúsculas "
		    "sin acento, cifras y guiones, además de {year} y {n}");
	for (open = folio; (open = strchr(open, '{')) != NULL; open = close) {
		if ((close = strchr(open, '}')) == NULL)
			close = open + strlen(open);
		if (strncmp(open, "{n}", 3) == 0)
			counts = true;
		else if (strncmp(open, "{year}", 6) != 0)
			check_fault(ck, key_spot("folio"), "el folio admite "
			    "{year} y {n}, no «%.*s»", (int)(close - open) +
			    (*close == '}'), open);
	}
	if (!counts)
		check_fault(ck, key_spot("folio"),
		    "el folio necesita {n}, o todos serían iguales");
}

/* "Rev.04": what is in force is the newest of them. */
static bool
text_is_revision(const char *s)
{
	return strncmp(s, "Rev.", 4) == 0 && s[4] != '\0' &&
	    s[4 + strspn(s + 4, "0123456789")] == '\0';
}

static void
check_cover(struct checker *ck)
{
	const struct procedure *p = ck->p;
	int cells = text_width(p->brief);

	if (p->code[strspn(p->code, CODE_LETTERS)] != '\0')
		check_fault(ck, key_spot("code"), "«%s» no es un código: lleva "
		    "mayúsculas sin acento, cifras y guiones", p->code);
	if (!text_is_revision(p->revision))
		check_fault(ck, key_spot("revision"),
		    "«%s» no es una revisión: escriba Rev.00", p->revision);
	if (cells > BRIEF_CELLS)
		check_fault(ck, key_spot("brief"), "«brief» mide %d celdas y "
		    "caben %d", cells, BRIEF_CELLS);
	if (!calendar_is_date(p->issued_on))
		check_fault(ck, key_spot("issued_on"),
		    "«%s» no es una fecha: escriba AAAA-MM-DD", p->issued_on);
	check_folio(ck, p->folio);
}

static void
check_settings(struct checker *ck)
{
	const struct setting *s;
	unsigned i, j;

	for (i = 0; i < ck->p->settings_count; i++) {
		s = &ck->p->settings[i];
		for (j = 0; j < i; j++)
			if (strcmp(s->id, ck->p->settings[j].id) == 0)
				check_fault(ck, item_spot("settings", i),
				    "está repetido");
		if (strcmp(s->type, "choice") != 0)
			continue;
		if (s->choices_count == 0)
			check_fault(ck, item_spot("settings", i),
			    "necesita «choices»");
		else if (s->initial != NULL &&
		    !text_is_among(s->initial, s->choices, s->choices_count))
			check_fault(ck, item_spot("settings", i),
			    "«%s» no está entre sus opciones", s->initial);
	}
}

/* "P1Y", "P6M", "P7D": letters in order, each with its number. */
static bool
text_is_period(const char *s)
{
	const char *order = "YMWD", *at;
	size_t n;

	if (*s++ != 'P' || *s == '\0')
		return false;
	while (*s != '\0') {
		n = strspn(s, "0123456789");
		if (n == 0 || s[n] == '\0' ||
		    (at = strchr(order, s[n])) == NULL)
			return false;
		order = at + 1;
		s += n + 1;
	}
	return true;
}

/* By a step that is done, or by a mail that it sends. */
static bool
record_is_produced(const struct procedure *p, const struct record *rec)
{
	const struct step *st;
	const char *of;
	unsigned i, k;

	for (i = 0; i < p->steps_count; i++) {
		st = &p->steps[i];
		if (text_is_among(rec->number, st->records,
		    st->records_count))
			return true;
		for (k = 0; k < st->effects_count; k++)
			if ((of = st->effects[k].record) != NULL &&
			    strcmp(of, rec->number) == 0)
				return true;
	}
	return false;
}

static void
check_record_rows(struct checker *ck, const struct record *rec, struct spot at)
{
	const struct field *f = NULL;

	if (rec->rows == NULL) {
		if (rec->keep_until != NULL)
			check_fault(ck, at, "«keep_until» necesita «rows»");
		return;
	}
	do
		f = checker_next_field(ck, rec->rows, f);
	while (f != NULL && f->type != FIELD_LIST);
	if (f == NULL)
		check_fault(ck, at, "«rows» nombra «%s», que no es una lista "
		    "de ningún paso", rec->rows);
}

static void
check_records(struct checker *ck)
{
	const struct record *rec;
	struct spot at;
	unsigned i;

	for (i = 0; i < ck->p->records_count; i++) {
		rec = &ck->p->records[i];
		at = item_spot("records", i);
		if (procedure_find_record(ck->p, rec->number) != rec)
			check_fault(ck, at, "el número está repetido");
		check_roles(ck, at, &rec->keeper, 1);
		check_roles(ck, at, rec->disposers, rec->disposers_count);
		if (rec->retention != NULL && !text_is_period(rec->retention))
			check_fault(ck, at, "«%s» no es un plazo: escriba P1Y, "
			    "P6M o P7D", rec->retention);
		if (rec->from != NULL && strcmp(rec->from, "closed") != 0 &&
		    strcmp(rec->from, "year_end") != 0)
			check_fault(ck, at, "«from» es closed o year_end, no "
			    "«%s»", rec->from);
		if (!record_is_produced(ck->p, rec))
			check_fault(ck, at, "ningún paso lo produce");
		check_record_rows(ck, rec, at);
	}
}

static void
check_policies(struct checker *ck)
{
	const struct policy *v = ck->p->policies;
	unsigned i, j;

	for (i = 0; i < ck->p->policies_count; i++) {
		for (j = 0; j < i; j++)
			if (strcmp(v[i].id, v[j].id) == 0)
				check_fault(ck, item_spot("policies", i),
				    "está repetida");
		check_step_names(ck, item_spot("policies", i), "«steps»",
		    v[i].steps, v[i].steps_count);
	}
}

static void
check_measure(struct checker *ck, struct spot at, const struct measure *m)
{
	check_step_names(ck, at, "«steps»", m->steps, m->steps_count);
	if (m->start != NULL && procedure_find_start(ck->p, m->start) == NULL)
		check_fault(ck, at, "el inicio «%s» no existe", m->start);
}

static void
check_indicators(struct checker *ck)
{
	const struct indicator *v = ck->p->indicators;
	struct spot at;
	unsigned i, j;

	for (i = 0; i < ck->p->indicators_count; i++) {
		at = item_spot("indicators", i);
		for (j = 0; j < i; j++)
			if (strcmp(v[i].id, v[j].id) == 0)
				check_fault(ck, at, "está repetido");
		check_measure(ck, at, &v[i].numerator);
		check_measure(ck, at, &v[i].denominator);
	}
}

void
check_head(struct checker *ck)
{
	unsigned i;

	check_cover(ck);
	check_settings(ck);
	check_records(ck);
	check_policies(ck);
	check_indicators(ck);
	for (i = 0; i < ck->p->signatures_count; i++)
		check_roles(ck, item_spot("signatures", i),
		    &ck->p->signatures[i].role, 1);
}

/* ---- starts ---- */

static bool
text_is_time(const char *s)
{
	return strlen(s) == 5 && s[2] == ':' && strspn(s, "0123456789") == 2 &&
	    strspn(s + 3, "0123456789") == 2 && strncmp(s, "24", 2) < 0 &&
	    s[3] < '6';
}

static void
check_recurrence(struct checker *ck, struct spot at, const struct start *s)
{
	if (strncmp(s->rrule, "FREQ=", 5) != 0)
		check_fault(ck, at, "«rrule» empieza por FREQ=, como "
		    "FREQ=DAILY");
	else if (!calendar_rule_is_good(s->rrule))
		check_fault(ck, at, "«rrule» no se entiende o no da ningún "
		    "día: «%s»", s->rrule);
	if (s->at == NULL || !text_is_time(s->at))
		check_fault(ck, at, "«rrule» necesita «at» con una hora, como "
		    "\"06:00\"");
	if (s->scope != NULL && !checker_has_setting(ck, s->scope))
		check_fault(ck, at, "el ajuste «%s» no está declarado",
		    s->scope);
}

void
check_starts(struct checker *ck)
{
	const struct start *s;
	struct spot at;
	unsigned i;

	if (ck->p->starts_count == 0)
		check_fault(ck, key_spot("starts"), "no hay ningún inicio");
	for (i = 0; i < ck->p->starts_count; i++) {
		s = &ck->p->starts[i];
		at = item_spot("starts", i);
		if (procedure_find_start(ck->p, s->id) != s)
			check_fault(ck, at, "está repetido");
		if (s->roles_count == 0 && s->rrule == NULL)
			check_fault(ck, at, "no dice qué roles pueden iniciar");
		check_roles(ck, at, s->roles, s->roles_count);
		check_fields(ck, at, s->fields, s->fields_count, -1);
		if (s->rrule != NULL)
			check_recurrence(ck, at, s);
	}
}
