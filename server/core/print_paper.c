/* SPDX-License-Identifier: ISC */
/* print_paper.c - a document of a case as text; what other newsrooms read. */
#include "../../proto/i18n.h"
#include "print.h"

static void
print_picture(struct buf *b, const json_t *picture)
{
	const char *words = doc_text(picture, "words");

	print_par(b, 4, "    [%s]", doc_text(picture, "name"));
	if (doc_is(picture, "reading"))
		print_par(b, 4, "    %s", _("Su texto se está leyendo: pídalo "
		    "otra vez en un momento."));
	if (*words != '\0')
		print_par(b, 4, "    %s", _("Texto leído de la imagen, sin "
		    "corregir:"));
	if (*words != '\0')
		print_par(b, 6, "      %s", words);
}

static void
print_piece(struct buf *b, const json_t *p, int n)
{
	char day[11];
	json_t *one;
	size_t i;

	print_par(b, 4, "%2d. %s", n, doc_text(p, "title"));
	print_par(b, 4, "    %s%s%s%s%s%s%s", doc_text(p, "outlet"),
	    *doc_text(p, "place") != '\0' ? ", " : "", doc_text(p, "place"),
	    *doc_text(p, "published") != '\0' ? ", " : "",
	    when_day(doc_text(p, "published"), day),
	    *doc_text(p, "genre") != '\0' ? ", " : "", doc_text(p, "genre"));
	if (*doc_text(p, "text") != '\0')
		print_par(b, 4, "    %s", doc_text(p, "text"));
	json_array_foreach(json_object_get(p, "pictures"), i, one)
		print_picture(b, one);
	json_array_foreach(json_object_get(p, "elsewhere"), i, one)
		print_par(b, 4, _("    [%s, fuera del documento]"),
		    json_string_value(one));
	print_line(b, "%s", "");
}

void
print_vista_previa(const struct req *q, struct buf *b)
{
	const json_t *o = q->out;
	json_t *section, *piece;
	char day[11];
	size_t i, k;
	int n = 0;

	print_par(b, 0, "%s", doc_text(o, "institution"));
	print_par(b, 0, "%s", doc_text(o, "unit"));
	print_line(b, "%s", "");
	print_par(b, 0, "%s  %s  %s", doc_text(o, "title"),
	    when_day(doc_text(o, "date"), day), doc_text(o, "number"));
	print_line(b, "%s", "");
	json_array_foreach(json_object_get(o, "sections"), i, section) {
		print_par(b, 0, "%s", doc_text(section, "title"));
		print_line(b, "%s", "");
		json_array_foreach(json_object_get(section, "pieces"), k,
		    piece)
			print_piece(b, piece, ++n);
	}
	if (n == 0)
		print_line(b, "Todavía no se elige ninguna nota.");
	if (*doc_text(o, "unread") != '\0')
		print_par(b, 0, "%s", doc_text(o, "unread"));
}

/* As it is, for whatever reads it: no line of it is ours to break. */
void
print_exportar(const struct req *q, struct buf *b)
{
	const char *text = doc_text(q->out, "content");

	(void)buf_add(b, text, strlen(text));
}

void
print_leer(const struct req *q, struct buf *b)
{
	if (doc_int(q->out, "added") > 0)
		print_line(b, "Textos leídos que se pusieron en el borrador: "
		    "%lld. Revíselos antes de terminar el paso.",
		    doc_int(q->out, "added"));
	else if (doc_int(q->out, "reading") == 0)
		print_line(b, "No hay texto leído por poner.");
	if (doc_int(q->out, "reading") > 0)
		print_line(b, "Recortes que todavía se leen: %lld. Vuelva a "
		    "pedirlo en un momento.", doc_int(q->out, "reading"));
	if (*doc_text(q->out, "unread") != '\0')
		print_line(b, "%s", doc_text(q->out, "unread"));
}
