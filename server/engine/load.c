/* SPDX-License-Identifier: ISC */
/*
 * load.c - from the text of a definition to its structs, or to the list of
 * what is wrong with it.
 *
 *   text -> source.c (nodes, shape: every fault with its line)
 *        -> libcyaml (structs) -> load_fill.c (what the file leaves unsaid)
 */
#include <stdarg.h>

#include "load.h"

enum { TEXT_BYTES_MAX = 4 << 20 };

/* What libcyaml says when it stops, for faults that the shape did not show. */
struct stop {
	char text[WHY_MAX / 2];
	int line;
};

static void
stop_on_log(cyaml_log_t level, void *arg, const char *fmt, va_list ap)
{
	struct stop *s = arg;
	char said[WHY_MAX / 2];
	const char *p;

	(void)level;
	vsnprintf(said, sizeof said, fmt, ap);
	said[strcspn(said, "\n")] = '\0';
	if (s->text[0] == '\0')
		snprintf(s->text, sizeof s->text, "%s", said);
	if (s->line == 0 && (p = strstr(said, "(line: ")) != NULL)
		s->line = (int)strtol(p + 7, NULL, 10);
}

static const cyaml_config_t load_config = {
	.log_fn = stop_on_log,
	.mem_fn = cyaml_mem,
	.log_level = CYAML_LOG_ERROR,
};

/* Fill *data by the schema and *src with the nodes; 0 or -ERR_USAGE. */
static int
load_text(const char *file, const char *text, const cyaml_schema_value_t *sc,
    void **data, struct source **out, struct buf *faults)
{
	cyaml_config_t config = load_config;
	struct stop stop = { .line = 0 };
	struct source *src;

	if (strlen(text) > TEXT_BYTES_MAX) {
		(void)buf_addf(faults, "%s:1: el archivo pasa de 4 MiB\n",
		    file);
		return -ERR_USAGE;
	}
	if ((src = source_new(file, text, faults)) == NULL)
		return -ERR_USAGE;
	if (source_match(src, sc, faults) > 0) {
		source_free(src);
		return -ERR_USAGE;
	}
	config.log_ctx = &stop;
	if (cyaml_load_data((const uint8_t *)text, strlen(text), &config, sc,
		data, NULL) != CYAML_OK) {
		(void)buf_addf(faults, "%s:%d: no se pudo leer (%s)\n", file,
		    stop.line > 0 ? stop.line : 1, stop.text);
		source_free(src);
		return -ERR_USAGE;
	}
	*out = src;
	return 0;
}

int
procedure_load(const char *file, const char *text, struct procedure **out,
    struct buf *faults)
{
	struct procedure *p;
	struct source *src;
	void *data = NULL;
	int r;

	r = load_text(file, text, &schema_procedure, &data, &src, faults);
	if (r < 0)
		return r;
	p = data;
	p->file = xstrdup(file);
	p->source = xstrdup(text);
	procedure_fill(p, src);
	source_free(src);
	*out = p;
	return 0;
}

void
procedure_free(struct procedure *p)
{
	unsigned i;

	if (p == NULL)
		return;
	for (i = 0; i < p->steps_count; i++)
		free(p->steps[i].inherited);
	free(p->file);
	free(p->source);
	(void)cyaml_free(&load_config, &schema_procedure, p, 0);
}

int
institution_load(const char *file, const char *text, struct institution **out,
    struct buf *faults)
{
	struct source *src;
	void *data = NULL;
	int r;

	r = load_text(file, text, &schema_institution, &data, &src, faults);
	if (r < 0)
		return r;
	source_free(src);
	*out = data;
	return 0;
}

void
institution_free(struct institution *in)
{
	if (in != NULL)
		(void)cyaml_free(&load_config, &schema_institution, in, 0);
}
