/* SPDX-License-Identifier: ISC */
/*
 * kase.c - one run of a procedure: its life, and what can be asked of it.
 * It changes in apply.c only.
 */
#include "decide.h"

#include "../../proto/hash.h"

struct kase *
kase_new(const struct procedure *p)
{
	struct kase *ca = xcalloc(1, sizeof *ca);

	ca->p = p;
	ca->header = json_object();
	ca->values = json_object();
	ca->files = json_array();
	ca->effects = json_array();
	ca->events = json_array();
	return ca;
}

static void
done_clear(struct done *d)
{
	free(d->actor);
	free(d->role);
	free(d->on_behalf_of);
	free(d->outcome);
	free(d->reason);
	free(d->to);
	json_decref(d->values);
	json_decref(d->typed);
}

/* Everything but its procedure and its events: as before the first. */
void
kase_clear(struct kase *ca)
{
	const struct procedure *p = ca->p;
	json_t *events = ca->events;
	size_t i;

	for (i = 0; i < ca->tokens_count; i++) {
		free(ca->tokens[i].assignee);
		free(ca->tokens[i].from);
	}
	for (i = 0; i < ca->dones_count; i++)
		done_clear(&ca->dones[i]);
	for (i = 0; i < ca->rows_count; i++) {
		free(ca->rows[i].list);
		json_decref(ca->rows[i].data);
	}
	for (i = 0; i < ca->records_count; i++) {
		json_decref(ca->records[i].gone);
		json_decref(ca->records[i].fate);
	}
	free(ca->tokens);
	free(ca->dones);
	free(ca->rows);
	free(ca->records);
	free(ca->folio);
	free(ca->start);
	free(ca->title);
	free(ca->office);
	free(ca->opened_by);
	free(ca->priority);
	free(ca->day);
	free(ca->end);
	free(ca->reason);
	json_decref(ca->files);
	json_decref(ca->effects);
	json_decref(ca->header);
	json_decref(ca->values);
	*ca = (struct kase){ .p = p, .events = events, .files = json_array(),
		.effects = json_array(), .header = json_object(),
		.values = json_object() };
}

void
kase_free(struct kase *ca)
{
	if (ca == NULL)
		return;
	kase_clear(ca);
	json_decref(ca->files);
	json_decref(ca->effects);
	json_decref(ca->header);
	json_decref(ca->values);
	json_decref(ca->events);
	free(ca);
}

/* n things of that size, in memory of their own. */
static void *
array_copy(const void *from, size_t n, size_t size)
{
	void *out = xcalloc(n + 1, size);

	if (n > 0)
		memcpy(out, from, n * size);
	return out;
}

static void
done_copy(struct done *d)
{
	d->actor = xstrdup(d->actor);
	d->role = xstrdup(d->role);
	d->on_behalf_of = xstrdup(d->on_behalf_of);
	d->outcome = xstrdup(d->outcome);
	d->reason = xstrdup(d->reason);
	d->to = xstrdup(d->to);
	json_incref(d->values);
	json_incref(d->typed);
}

/* What waits, was answered, and was left behind. */
static void
kase_copy_lists(struct kase *ca)
{
	size_t i;

	ca->tokens = array_copy(ca->tokens, ca->tokens_count,
	    sizeof *ca->tokens);
	for (i = 0; i < ca->tokens_count; i++) {
		ca->tokens[i].assignee = xstrdup(ca->tokens[i].assignee);
		ca->tokens[i].from = xstrdup(ca->tokens[i].from);
	}
	ca->dones = array_copy(ca->dones, ca->dones_count, sizeof *ca->dones);
	for (i = 0; i < ca->dones_count; i++)
		done_copy(&ca->dones[i]);
	ca->rows = array_copy(ca->rows, ca->rows_count, sizeof *ca->rows);
	for (i = 0; i < ca->rows_count; i++) {
		ca->rows[i].list = xstrdup(ca->rows[i].list);
		json_incref(ca->rows[i].data);
	}
	ca->records = array_copy(ca->records, ca->records_count,
	    sizeof *ca->records);
	for (i = 0; i < ca->records_count; i++) {
		ca->records[i].gone = json_copy(ca->records[i].gone);
		ca->records[i].fate = json_incref(ca->records[i].fate);
	}
}

/* Documents that no event changes are shared. */
struct kase *
kase_copy(const struct kase *from)
{
	struct kase *ca = array_copy(from, 1, sizeof *from);

	ca->folio = xstrdup(ca->folio);
	ca->start = xstrdup(ca->start);
	ca->title = xstrdup(ca->title);
	ca->office = xstrdup(ca->office);
	ca->opened_by = xstrdup(ca->opened_by);
	ca->priority = xstrdup(ca->priority);
	ca->day = xstrdup(ca->day);
	ca->end = xstrdup(ca->end);
	ca->reason = xstrdup(ca->reason);
	ca->files = json_copy(ca->files);
	ca->effects = json_copy(ca->effects);
	ca->header = json_copy(ca->header);
	ca->values = json_copy(ca->values);
	ca->events = json_copy(ca->events);
	kase_copy_lists(ca);
	return ca;
}

bool
kase_event_is(const json_t *kept, const char *type)
{
	const char *s = json_string_value(json_object_get(
	    json_object_get(kept, "body"), "type"));

	return s != NULL && strcmp(s, type) == 0;
}

bool
kase_event_stays(const json_t *kept)
{
	static const char *const types[] = { "case.commented",
		"effect.ended", "step.escalated", "step.overdue",
		"step.warned" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(types); i++)
		if (kase_event_is(kept, types[i]))
			return true;
	return false;
}

int
number_read(const char *text)
{
	size_t n = strspn(text, "0123456789");

	if (n == 0 || n > 6 || text[n] != '\0')
		return -1;
	return (int)strtol(text, NULL, 10);
}

struct token *
kase_token_at(const struct kase *ca, const struct step *st, int row)
{
	size_t i;

	for (i = 0; i < ca->tokens_count; i++)
		if (ca->tokens[i].st == st && ca->tokens[i].row == row)
			return &ca->tokens[i];
	return NULL;
}

const struct token *
kase_find_token(const struct kase *ca, const char *ref, bool *known)
{
	const struct step *st;
	const struct token *t, *first = NULL;
	const char *hash = strchr(ref, '#');
	char *number = xstrdup(ref);
	int row = -1;
	size_t i;

	if (hash != NULL) {
		number[hash - ref] = '\0';
		row = number_read(hash + 1);
	}
	st = procedure_find_step(ca->p, number);
	if (known != NULL)
		*known = st != NULL && st->kind != STEP_HEADING;
	free(number);
	for (i = 0; i < ca->tokens_count && first == NULL; i++) {
		t = &ca->tokens[i];
		if (t->st == st && (hash == NULL || t->row == row))
			first = t;
	}
	return first;
}

int
kase_check_ref(const struct kase *ca, const char *ref, struct why *why)
{
	const struct token *t;
	char rows[64] = "";
	size_t i, len = 0;
	int n = 0;

	for (i = 0; i < ca->tokens_count; i++) {
		t = &ca->tokens[i];
		if (strcmp(t->st->number, ref) != 0)
			continue;
		if (n++ < 3)
			len += (size_t)snprintf(rows + len, sizeof rows - len,
			    "%s%.12s#%d", n > 1 ? ", " : "", ref, t->row);
	}
	if (n <= 1)
		return 0;
	return why_set(why, ERR_REFUSED, "El paso %.12s está abierto en %d "
	    "renglones: diga en cuál (%s%s).", ref, n, rows,
	    n > 3 ? "…" : "");
}

const struct done *
kase_last_done(const struct kase *ca, const char *number, int row)
{
	size_t i;

	for (i = ca->dones_count; i > 0; i--)
		if (ca->dones[i - 1].row == row &&
		    strcmp(ca->dones[i - 1].st->number, number) == 0)
			return &ca->dones[i - 1];
	return NULL;
}

/* The last time a person answered it: a skip is nobody's. */
const struct done *
kase_last_answer(const struct kase *ca, const char *number, int row)
{
	const struct done *d;
	size_t i;

	for (i = ca->dones_count; i > 0; i--) {
		d = &ca->dones[i - 1];
		if (d->row == row && strcmp(d->st->number, number) == 0 &&
		    strcmp(d->outcome, "skipped") != 0)
			return d;
	}
	return NULL;
}

static const struct row *
kase_find_row(const struct kase *ca, int row)
{
	return row > 0 && (size_t)row <= ca->rows_count ? &ca->rows[row - 1]
	    : NULL;
}

void
kase_content(const struct kase *ca, const struct token *t, char out[65])
{
	const struct approval *a = t->st->approval;
	const struct row *row = kase_find_row(ca, t->row);
	const struct done *d;
	json_t *shown = json_object();
	uint8_t sum[HASH_SIZE];
	char *line;
	unsigned i;

	for (i = 0; a != NULL && i < a->shows_count; i++) {
		d = kase_last_answer(ca, a->shows[i], t->row);
		if (d == NULL && t->row != 0)
			d = kase_last_answer(ca, a->shows[i], 0);
		if (d != NULL)
			json_object_set(shown, a->shows[i], d->values);
	}
	if (row != NULL)
		json_object_set(shown, "row", row->data);
	line = hash_canonical(shown);
	hash_sha256(line, strlen(line), sum);
	hex_text(sum, sizeof sum, out);
	free(line);
	json_decref(shown);
}

void
kase_lay(json_t *values, const struct field *f, unsigned n,
    const json_t *answer, const json_t *header)
{
	json_t *v;
	unsigned i;

	for (i = 0; i < n; i++) {
		v = json_object_get(answer, f[i].id);
		if (value_is_blank(v))
			v = json_object_get(header, f[i].id);
		if (value_is_blank(v))
			json_object_del(values, f[i].id);
		else
			json_object_set(values, f[i].id, v);
	}
}

json_t *
kase_values(const struct kase *ca, int id)
{
	const struct row *row = kase_find_row(ca, id);
	json_t *values = json_copy(ca->values);
	const struct done *d;
	size_t i;

	if (row == NULL)
		return values;
	json_object_update(values, row->data);
	for (i = 0; i < ca->dones_count; i++) {
		d = &ca->dones[i];
		if (d->row == id)
			kase_lay(values, d->st->fields, d->st->fields_count,
			    d->values, NULL);
	}
	return values;
}
