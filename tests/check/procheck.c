/* SPDX-License-Identifier: ISC */
/*
 * procheck.c - check definitions without a server: procheck FILE...
 *
 * Each file is loaded and proved; faults go to standard output.  The
 * institution is institution.yaml among the files, or else beside the first.
 * Scenario files are passed over, so that a whole folder can be given.
 */
#include <libgen.h>

#include "../../server/engine/procedure.h"

static char *
file_read(const char *path)
{
	struct buf b;
	char part[4096], *text;
	size_t n;
	FILE *f;

	if ((f = fopen(path, "rb")) == NULL) {
		printf("%s:1: no se puede abrir\n", path);
		return NULL;
	}
	buf_init(&b, FRAME_MAX * 4);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		if (buf_add(&b, part, n) < 0)
			break;
	(void)fclose(f);
	text = xstrdup(buf_str(&b));
	buf_clear(&b);
	return text;
}

static bool
path_is_institution(const char *path)
{
	const char *slash = strrchr(path, '/');

	return strcmp(slash != NULL ? slash + 1 : path, "institution.yaml") ==
	    0;
}

static bool
path_is_definition(const char *path)
{
	return !path_is_institution(path) &&
	    strstr(path, ".scenarios.yaml") == NULL;
}

static struct institution *
institution_open(char **files, int n, struct buf *faults)
{
	struct institution *in = NULL;
	char *path = NULL, *first, *text;
	int i;

	for (i = 0; i < n && path == NULL; i++)
		if (path_is_institution(files[i]))
			path = xstrdup(files[i]);
	if (path == NULL) {
		first = xstrdup(files[0]);
		path = xasprintf("%s/institution.yaml", dirname(first));
		free(first);
	}
	if ((text = file_read(path)) != NULL)
		(void)institution_load(path, text, &in, faults);
	free(text);
	free(path);
	return in;
}

static void
file_check(const char *path, const struct institution *in, struct buf *faults)
{
	struct procedure *p = NULL;
	char *text;

	if ((text = file_read(path)) == NULL)
		return;
	if (procedure_load(path, text, &p, faults) == 0)
		(void)procedure_check(p, in, faults);
	procedure_free(p);
	free(text);
}

int
main(int argc, char **argv)
{
	struct institution *in;
	struct buf faults;
	int i, r;

	if (argc < 2) {
		fprintf(stderr, "uso: procheck ARCHIVO...\n");
		return 2;
	}
	buf_init(&faults, FRAME_MAX);
	in = institution_open(argv + 1, argc - 1, &faults);
	for (i = 1; i < argc && in != NULL; i++)
		if (path_is_definition(argv[i]))
			file_check(argv[i], in, &faults);
	fputs(buf_str(&faults), stdout);
	r = in == NULL || faults.len > 0;
	buf_clear(&faults);
	institution_free(in);
	return r;
}
