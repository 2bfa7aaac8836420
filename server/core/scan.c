/* SPDX-License-Identifier: ISC */
/*
 * scan.c - the words of the scanned clippings of a document (facts.h), for
 * who reads it in a terminal: they stand beside the picture and are nobody's
 * answer to anything.
 *
 * A page takes seconds.  One is read at a time, so that half of the places
 * where jobs are done is left to people who wait for theirs.
 */
#include <stdlib.h>

#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "facts.h"

enum {
	SCAN_BYTES = 12 * 1024,	/* shown of one file */
	SCAN_RESULT = 64 * 1024	/* as the program may write them */
};

/* What a process said that had strangers' bytes in hand. */
static json_t *
scan_read(const struct render_end *end)
{
	char *result = end->r == 0 ? render_text(end, SCAN_RESULT) : NULL;
	json_t *said = result != NULL ? json_loads(result, 0, NULL) : NULL;
	const json_t *words = json_object_get(said, "words");
	char text[SCAN_BYTES + 1] = "";
	json_t *out;

	free(result);
	if (json_is_string(words))
		(void)text_safe(json_string_value(words), text, sizeof text,
		    TEXT_LINES);
	out = doc_is(said, "absent") ?
	    json_pack("{s:b}", "absent", true) : json_is_string(words) ?
	    json_pack("{s:s}", "words", text) : NULL;
	json_decref(said);
	return out != NULL ? out : json_null();
}

static const struct fact_kind scan_kind = { NULL, "texto", 1, scan_read };

static void
picture_add_words(struct req *q, const struct held *h, json_t *paper,
    json_t *picture)
{
	struct fact_file f = { .h = h };
	const json_t *known;
	bool made;

	f.sha256 = json_string_value(json_object_get(picture, "sha256"));
	f.job = req_json(q, json_pack("{s:O}", "type",
	    json_object_get(picture, "type")));
	known = facts_know(q, &scan_kind, &f, &made);
	if (known == NULL && made)
		json_object_set_new(picture, "reading", json_true());
	if (doc_is(known, "absent"))
		json_object_set_new(paper, "unread", json_text(_("Aquí no se "
		    "lee el texto de imágenes: falta tesseract con "
		    "español.")));
	else if (json_is_object(known))
		json_object_set(picture, "words",
		    json_object_get(known, "words"));
}

void
scan_add(struct req *q, const struct held *h, json_t *paper)
{
	json_t *section, *piece, *picture;
	size_t i, k, n;

	json_array_foreach(json_object_get(paper, "sections"), i, section)
	json_array_foreach(json_object_get(section, "pieces"), k, piece)
	json_array_foreach(json_object_get(piece, "pictures"), n, picture)
		picture_add_words(q, h, paper, picture);
}
