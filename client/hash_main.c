/* SPDX-License-Identifier: ISC */
/*
 * hash_main.c - `pauta hash`: what a field of files takes of material that
 * stays where it is, computed on the machine that has it.
 */
#include "hash_main.h"

#include "../proto/hash.h"
#include "i18n.h"

static int
hash_one(const char *path, bool json)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	char hex[HASH_TEXT], *text;
	uint8_t sum[HASH_SIZE];
	int64_t size;
	json_t *doc;

	if (hash_file(path, sum, &size) < 0) {
		fprintf(stderr, _("No se pudo leer %s: revise que exista y "
		    "que pueda abrirlo.\n"), path);
		return err_status(ERR_SYSTEM);
	}
	(void)hex_text(sum, sizeof sum, hex);
	if (!json) {
		/* A line of the field, as its editor has them. */
		printf("%s,%lld,%s\n", name, (long long)size, hex);
		return 0;
	}
	doc = json_pack("[{s:s, s:I, s:s}]", "name", name, "size",
	    (json_int_t)size, "sha256", hex);
	text = doc == NULL ? NULL : json_dumps(doc, JSON_COMPACT);
	if (text == NULL) {
		fprintf(stderr, "%s", _("El nombre no es texto UTF-8.\n"));
		return err_status(ERR_USAGE);
	}
	printf("%s\n", text);
	free(text);
	json_decref(doc);
	return 0;
}

int
hash_main(char **words)
{
	bool json = words[0] != NULL && strcmp(words[0], "--json") == 0;
	int status = 0, r;

	words += json;
	if (words[0] == NULL) {
		fprintf(stderr, "%s",
		    _("uso: pauta hash [--json] ARCHIVO...\n"));
		return err_status(ERR_USAGE);
	}
	for (; *words != NULL; words++)
		if ((r = hash_one(*words, json)) != 0)
			status = r;
	return status;
}
