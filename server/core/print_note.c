/* SPDX-License-Identifier: ISC */
/* print_note.c - notes of the media as a person reads them. */
#include "../../proto/i18n.h"
#include "print.h"

static const char *
note_state(const char *state)
{
	static const struct {
		const char *state, *word;
	} words[] = {
		{ "new", N_("por atender") }, { "taken", N_("recogida") },
		{ "comment", N_("comentario") },
		{ "discarded", N_("descartada") },
	};
	size_t i;

	for (i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(words[i].state, state) == 0)
			return _(words[i].word);
	return state;
}

/* Why it is here, in a story, and in whose hands. */
static void
note_reasons(struct buf *b, const json_t *n)
{
	if (*doc_text(n, "concerns") != '\0')
		print_par(b, 8, "      * %s", doc_text(n, "concerns"));
	if (*doc_text(n, "alike") != '\0')
		print_par(b, 8, "      = %s", doc_text(n, "alike"));
	if (*doc_text(n, "holder_name") != '\0')
		print_par(b, 8, "      La atiende %s.",
		    doc_text(n, "holder_name"));
	if (*doc_text(n, "folio") != '\0')
		print_par(b, 8, "      Va en %s, paso %s.",
		    doc_text(n, "folio"), doc_text(n, "step"));
	if (*doc_text(n, "reason") != '\0')
		print_par(b, 8, "      Motivo: %s", doc_text(n, "reason"));
}

static void
note_line(const struct req *q, struct buf *b, const json_t *n)
{
	print_line(b, "%5lld %s %s %s", doc_int(n, "n"),
	    print_cell(print_when(q, doc_text(n, "at")), 11),
	    print_cell(doc_text(n, "medium"), 18),
	    print_cell(doc_text(n, "title"), 43));
	note_reasons(b, n);
}

void
print_notas(const struct req *q, struct buf *b)
{
	json_t *list = json_object_get(q->out, "notes"), *n;
	size_t i;

	json_array_foreach(list, i, n)
		note_line(q, b, n);
	if (i == 0)
		print_line(b, "No hay notas así en el monitoreo.");
	else if (doc_is(q->out, "more"))
		print_line(b, "%zu notas, y hay más: pida menos.", i);
	else if (i == 1)
		print_line(b, "1 nota.");
	else
		print_line(b, "%zu notas.", i);
}

/* What was said of it, one after the other; "-" when nothing was. */
static void
note_classes(struct buf *b, const json_t *n)
{
	static const char *const keys[] = { "kind", "topic", "scope", "tone" };
	struct buf line;
	size_t i;

	buf_init(&line, TEXT_MAX);
	for (i = 0; i < ARRAY_LEN(keys); i++)
		if (*doc_text(n, keys[i]) != '\0')
			(void)buf_addf(&line, "%s%s", line.len > 0 ? ", " : "",
			    doc_text(n, keys[i]));
	print_par(b, 4, "    Clasificada: %s.", line.len > 0 ?
	    buf_str(&line) : "-");
	buf_clear(&line);
}

void
print_nota(const struct req *q, struct buf *b)
{
	const json_t *n = q->out;

	print_par(b, 4, "Nota %lld, %s: %s", doc_int(n, "n"),
	    note_state(doc_text(n, "state")), doc_text(n, "title"));
	print_par(b, 4, "    %s%s%s, %s", doc_text(n, "medium"),
	    *doc_text(n, "section") != '\0' ? ", " : "",
	    doc_text(n, "section"), print_date(q, *doc_text(n, "published")
	    != '\0' ? doc_text(n, "published") : doc_text(n, "at")));
	note_classes(b, n);
	note_reasons(b, n);
	if (doc_int(n, "others") > 0)
		print_line(b, "    Y otras %lld de la misma historia.",
		    doc_int(n, "others"));
	if (*doc_text(n, "text") != '\0')
		print_par(b, 4, "    %s", doc_text(n, "text"));
	if (*doc_text(n, "link") != '\0')
		print_line(b, "    %s", doc_text(n, "link"));
}

void
print_perfiles(const struct req *q, struct buf *b)
{
	json_t *p;
	size_t i;

	json_array_foreach(json_object_get(q->out, "profiles"), i, p)
		print_par(b, 4, "%s: %s", doc_text(p, "name"),
		    doc_text(p, "search"));
	if (i == 0)
		print_line(b, "No se busca nada todavía: «perfil NOMBRE "
		    "busca=…».");
}
