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
	if (*print_str(n, "concerns") != '\0')
		print_par(b, 8, "      * %s", print_str(n, "concerns"));
	if (*print_str(n, "alike") != '\0')
		print_par(b, 8, "      = %s", print_str(n, "alike"));
	if (*print_str(n, "holder_name") != '\0')
		print_par(b, 8, "      La atiende %s.",
		    print_str(n, "holder_name"));
	if (*print_str(n, "folio") != '\0')
		print_par(b, 8, "      Va en %s, paso %s.",
		    print_str(n, "folio"), print_str(n, "step"));
	if (*print_str(n, "reason") != '\0')
		print_par(b, 8, "      Motivo: %s", print_str(n, "reason"));
}

static void
note_line(const struct req *q, struct buf *b, const json_t *n)
{
	print_line(b, "%5lld %s %s %s", print_int(n, "n"),
	    print_cell(print_when(q, print_str(n, "at")), 11),
	    print_cell(print_str(n, "medium"), 18),
	    print_cell(print_str(n, "title"), 43));
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
	else if (json_is_true(json_object_get(q->out, "more")))
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
		if (*print_str(n, keys[i]) != '\0')
			(void)buf_addf(&line, "%s%s", line.len > 0 ? ", " : "",
			    print_str(n, keys[i]));
	print_par(b, 4, "    Clasificada: %s.", line.len > 0 ?
	    buf_str(&line) : "-");
	buf_clear(&line);
}

void
print_nota(const struct req *q, struct buf *b)
{
	const json_t *n = q->out;

	print_par(b, 4, "Nota %lld, %s: %s", print_int(n, "n"),
	    note_state(print_str(n, "state")), print_str(n, "title"));
	print_par(b, 4, "    %s%s%s, %s", print_str(n, "medium"),
	    *print_str(n, "section") != '\0' ? ", " : "",
	    print_str(n, "section"), print_date(q, *print_str(n, "published")
	    != '\0' ? print_str(n, "published") : print_str(n, "at")));
	note_classes(b, n);
	note_reasons(b, n);
	if (print_int(n, "others") > 0)
		print_line(b, "    Y otras %lld de la misma historia.",
		    print_int(n, "others"));
	if (*print_str(n, "text") != '\0')
		print_par(b, 4, "    %s", print_str(n, "text"));
	if (*print_str(n, "link") != '\0')
		print_line(b, "    %s", print_str(n, "link"));
}

void
print_perfiles(const struct req *q, struct buf *b)
{
	json_t *p;
	size_t i;

	json_array_foreach(json_object_get(q->out, "profiles"), i, p)
		print_par(b, 4, "%s: %s", print_str(p, "name"),
		    print_str(p, "search"));
	if (i == 0)
		print_line(b, "No se busca nada todavía: «perfil NOMBRE "
		    "busca=…».");
}
