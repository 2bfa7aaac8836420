/* SPDX-License-Identifier: ISC */
/*
 * source.c - a definition as YAML nodes: lines, and the shape of the whole.
 *
 * source_match() walks the nodes beside a libcyaml schema, the same table that
 * libcyaml loads by, so that a key exists in one place only.  Aliases make the
 * tree a graph, perhaps with a cycle or a bomb: DEPTH_MAX and VISITS_MAX end
 * the walk before libcyaml unfolds them.
 */
#include <stdarg.h>
#include <yaml.h>

#include "source.h"
#include "../../proto/text.h"

enum {
	DEPTH_MAX = 10,		/* columns of a field of a step need 8 */
	VISITS_MAX = 500000
};

struct source {
	char *file;
	yaml_document_t doc;
	size_t next;		/* line where another document begins, or 0 */
};

struct match {
	const struct source *src;
	struct buf *faults;
	int count;
	int visits;
};

static void match_value(struct match *, const cyaml_schema_value_t *,
    const char *, int, int);

static const char *
node_text(const yaml_node_t *n)
{
	return (const char *)n->data.scalar.value;
}

static const yaml_node_t *
source_node(const struct source *src, int id)
{
	/* The library wants a document that is not const; it only reads. */
	return yaml_document_get_node((yaml_document_t *)&src->doc, id);
}

static int
node_line(const yaml_node_t *n)
{
	return (int)n->start_mark.line + 1;
}

/* The line of the first byte that is no text, 0 when all of it is. */
static int
text_bad_line(const char *s)
{
	int line = 1;
	int32_t cp;

	while (*s != '\0') {
		if ((cp = text_next(&s)) < 0)
			return line;
		line += cp == '\n';
	}
	return 0;
}

/* A file is one definition: the line where another document begins, or 0. */
static size_t
parser_next_line(yaml_parser_t *parser)
{
	yaml_document_t doc;
	size_t line = 0;

	if (!yaml_parser_load(parser, &doc))
		return parser->problem_mark.line + 1;
	if (yaml_document_get_root_node(&doc) != NULL)
		line = doc.start_mark.line + 1;
	yaml_document_delete(&doc);
	return line;
}

/* The nodes into src->doc; false with a fault. */
static bool
source_parse(struct source *src, const char *text, struct buf *faults)
{
	yaml_parser_t parser;
	bool good;

	if (!yaml_parser_initialize(&parser))
		abort();
	yaml_parser_set_input_string(
	    &parser, (const unsigned char *)text, strlen(text));
	good = yaml_parser_load(&parser, &src->doc);
	if (good)
		src->next = parser_next_line(&parser);
	else
		(void)buf_addf(faults,
		    "%s:%zu: no se entiende el YAML cerca de la columna %zu: "
		    "revise sangría, comillas y corchetes\n",
		    src->file, parser.problem_mark.line + 1,
		    parser.problem_mark.column + 1);
	yaml_parser_delete(&parser);
	return good;
}

struct source *
source_new(const char *file, const char *text, struct buf *faults)
{
	struct source *src;
	int line;

	if ((line = text_bad_line(text)) > 0) {
		(void)buf_addf(faults, "%s:%d: no es texto UTF-8: guárdelo con "
		    "esa codificación\n", file, line);
		return NULL;
	}
	src = xcalloc(1, sizeof *src);
	src->file = xstrdup(file);
	if (source_parse(src, text, faults))
		return src;
	free(src->file);
	free(src);
	return NULL;
}

void
source_free(struct source *src)
{
	if (src == NULL)
		return;
	yaml_document_delete(&src->doc);
	free(src->file);
	free(src);
}

/* ---- shape ---- */

static void match_fault(struct match *, const yaml_node_t *, const char *, ...)
    __attribute__((format(printf, 3, 4)));

static void
match_fault(struct match *m, const yaml_node_t *n, const char *fmt, ...)
{
	char text[WHY_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	(void)buf_addf(m->faults, "%s:%d: %s\n", m->src->file,
	    n != NULL ? node_line(n) : 1, text);
	m->count++;
}

static const cyaml_schema_field_t *
schema_find(const cyaml_schema_value_t *sc, const char *key)
{
	const cyaml_schema_field_t *f;

	for (f = sc->mapping.fields; f->key != NULL; f++)
		if (strcmp(f->key, key) == 0)
			return f;
	return NULL;
}

static const yaml_node_t *
mapping_find(const struct source *src, const yaml_node_t *map,
    const char *key, const yaml_node_t **value)
{
	const yaml_node_pair_t *p;
	const yaml_node_t *k;

	for (p = map->data.mapping.pairs.start; p < map->data.mapping.pairs.top;
	    p++) {
		k = source_node(src, p->key);
		if (k->type != YAML_SCALAR_NODE || strcmp(node_text(k), key))
			continue;
		if (value != NULL)
			*value = source_node(src, p->value);
		return k;
	}
	return NULL;
}

static void
match_pair(struct match *m, const cyaml_schema_value_t *sc,
    const yaml_node_t *map, const yaml_node_pair_t *p, int depth)
{
	const cyaml_schema_field_t *f;
	const yaml_node_t *key = source_node(m->src, p->key);

	if (key->type != YAML_SCALAR_NODE) {
		match_fault(m, key, "una clave debe ser una palabra");
		return;
	}
	if ((f = schema_find(sc, node_text(key))) == NULL) {
		match_fault(m, key, "clave desconocida «%s»", node_text(key));
		return;
	}
	if (mapping_find(m->src, map, f->key, NULL) != key) {
		match_fault(m, key, "la clave «%s» está repetida", f->key);
		return;
	}
	match_value(m, &f->value, f->key, p->value, depth);
}

static void
match_mapping(struct match *m, const cyaml_schema_value_t *sc,
    const char *name, const yaml_node_t *n, int depth)
{
	const cyaml_schema_field_t *f;
	const yaml_node_pair_t *p;

	if (n->type != YAML_MAPPING_NODE) {
		match_fault(m, n,
		    "«%s» lleva claves y valores: { clave: valor }", name);
		return;
	}
	for (f = sc->mapping.fields; f->key != NULL; f++)
		if (!(f->value.flags & CYAML_FLAG_OPTIONAL) &&
		    mapping_find(m->src, n, f->key, NULL) == NULL)
			match_fault(m, n, "falta la clave «%s»", f->key);
	for (p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top;
	    p++)
		match_pair(m, sc, n, p, depth);
}

static void
match_sequence(struct match *m, const cyaml_schema_value_t *sc,
    const char *name, const yaml_node_t *n, int depth)
{
	const yaml_node_item_t *it;

	if (n->type != YAML_SEQUENCE_NODE) {
		match_fault(m, n, "«%s» lleva una lista: [ … ]", name);
		return;
	}
	for (it = n->data.sequence.items.start; it < n->data.sequence.items.top;
	    it++)
		match_value(m, sc->sequence.entry, name, *it, depth);
}

static void
match_enum(struct match *m, const cyaml_schema_value_t *sc, const char *name,
    const yaml_node_t *n)
{
	char all[WHY_MAX / 2] = "";
	size_t len = 0;
	uint32_t i;

	for (i = 0; i < sc->enumeration.count; i++) {
		const char *s = sc->enumeration.strings[i].str;

		if (strcmp(s, node_text(n)) == 0)
			return;
		if (len < sizeof all)
			len += (size_t)snprintf(all + len, sizeof all - len,
			    "%s%s", i > 0 ? ", " : "", s);
	}
	match_fault(m, n, "«%s» no admite «%s»; admite: %s", name, node_text(n),
	    all);
}

static bool
text_is_int(const char *s)
{
	char *end;

	(void)strtoll(s, &end, 10);
	return *s != '\0' && *end == '\0';
}

static void
match_scalar(struct match *m, const cyaml_schema_value_t *sc,
    const char *name, const yaml_node_t *n)
{
	const char *s;

	if (n->type != YAML_SCALAR_NODE) {
		match_fault(m, n, "«%s» lleva un solo valor", name);
		return;
	}
	s = node_text(n);
	if (*s == '\0' && n->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
		match_fault(m, n, "«%s» está vacío: dele un valor o quite la "
		    "clave", name);
	else if (sc->type == CYAML_ENUM)
		match_enum(m, sc, name, n);
	else if (sc->type == CYAML_INT && !text_is_int(s))
		match_fault(m, n, "«%s» lleva un número entero, no «%s»", name,
		    s);
	else if (sc->type == CYAML_BOOL && strcmp(s, "yes") != 0 &&
	    strcmp(s, "no") != 0)
		match_fault(m, n, "«%s» lleva yes o no, no «%s»", name, s);
}

static void
match_value(struct match *m, const cyaml_schema_value_t *sc, const char *name,
    int id, int depth)
{
	const yaml_node_t *n = source_node(m->src, id);

	if (++m->visits > VISITS_MAX) {
		if (m->visits == VISITS_MAX + 1)
			match_fault(m, n, "el archivo es demasiado grande");
		return;
	}
	if (depth >= DEPTH_MAX && sc->type != CYAML_STRING)
		match_fault(m, n, "«%s» está anidado sin fin", name);
	else if (sc->type == CYAML_MAPPING)
		match_mapping(m, sc, name, n, depth + 1);
	else if (sc->type == CYAML_SEQUENCE)
		match_sequence(m, sc, name, n, depth + 1);
	else
		match_scalar(m, sc, name, n);
}

int
source_match(const struct source *src, const cyaml_schema_value_t *sc,
    struct buf *faults)
{
	struct match m = { .src = src, .faults = faults };

	if (source_node(src, 1) == NULL)
		match_fault(&m, NULL, "el archivo está vacío");
	else
		match_value(&m, sc, "archivo", 1, 0);
	return m.count;
}

/* ---- texts ---- */

void
source_each_odd(const struct source *src, source_odd_fn *fn, void *arg)
{
	const yaml_node_t *n;
	const char *s;
	int id;

	for (id = 1; (n = source_node(src, id)) != NULL; id++) {
		if (n->type != YAML_SCALAR_NODE)
			continue;
		s = node_text(n);
		if (text_hidden(s) > 0)
			fn(arg, node_line(n), "hay un carácter que no se ve: "
			    "quítelo");
		else if (s[strspn(s, " \t\n")] == '\0')
			fn(arg, node_line(n), "hay un texto vacío: dele un "
			    "valor o quite la clave");
	}
	if (src->next > 0)
		fn(arg, (int)src->next, "aquí empieza otro documento: en un "
		    "archivo va uno solo");
}

/* ---- lines ---- */

static const yaml_node_t *
sequence_item(const struct source *src, const yaml_node_t *n, int i)
{
	if (n->type != YAML_SEQUENCE_NODE || i < 0 ||
	    i >= n->data.sequence.items.top - n->data.sequence.items.start)
		return NULL;
	return source_node(src, n->data.sequence.items.start[i]);
}

/* Where a person looks for an item: at its number or its id. */
static int
item_line(const struct source *src, const yaml_node_t *n)
{
	const yaml_node_t *k = NULL;

	if (n->type == YAML_MAPPING_NODE &&
	    (k = mapping_find(src, n, "number", NULL)) == NULL)
		k = mapping_find(src, n, "id", NULL);
	return node_line(k != NULL ? k : n);
}

/* Go down one key and one item; NULL, and *line unchanged, when not there. */
static const yaml_node_t *
source_down(const struct source *src, const yaml_node_t *n, const char *key,
    int i, int *line)
{
	const yaml_node_t *k, *value, *item;

	if (n == NULL || n->type != YAML_MAPPING_NODE || key == NULL ||
	    (k = mapping_find(src, n, key, &value)) == NULL)
		return NULL;
	if (i < 0) {
		*line = node_line(k);
		return value;
	}
	if ((item = sequence_item(src, value, i)) != NULL)
		*line = item_line(src, item);
	return item;
}

int
source_line(const struct source *src, struct spot at)
{
	const yaml_node_t *n;
	int line = 1;

	n = source_down(src, source_node(src, 1), at.list, at.i, &line);
	(void)source_down(src, n, at.sub, at.j, &line);
	return line;
}

int
source_count(const struct source *src, struct spot at)
{
	const yaml_node_t *n;
	int line;

	n = source_down(src, source_node(src, 1), at.list, at.i, &line);
	n = source_down(src, n, at.sub, -1, &line);
	if (n == NULL || n->type != YAML_SEQUENCE_NODE)
		return 0;
	return (int)(n->data.sequence.items.top - n->data.sequence.items.start);
}
