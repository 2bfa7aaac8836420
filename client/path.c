/* SPDX-License-Identifier: ISC */
/* path.c - see path.h. */
#include "path.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

enum { PATH_NAMES = 10000, PATH_SHOWN = 12, PATH_BYTES = 4096 };

char *
path_full(const char *typed)
{
	const char *home = getenv("HOME");
	char here[PATH_BYTES], *out;
	size_t n;

	typed += strspn(typed, " ");
	for (n = strlen(typed); n > 0 && typed[n - 1] == ' '; n--)
		;
	if (typed[0] == '~' && (typed[1] == '/' || n == 1) && home != NULL)
		out = xasprintf("%s%.*s", home, (int)n - 1, typed + 1);
	else if (typed[0] == '/' || getcwd(here, sizeof here) == NULL)
		out = xasprintf("%.*s", (int)n, typed);
	else
		out = xasprintf("%s/%.*s", strcmp(here, "/") == 0 ? "" : here,
		    (int)n, typed);
	return out;
}

/* ---- completing ---- */

/* A name that can be typed: what cannot is not offered. */
static bool
path_is_plain(const char *name)
{
	struct why why;
	char *text;
	bool plain;

	if (text_take(name, strlen(name), PATH_BYTES, 0, &text, &why) < 0)
		return false;
	plain = strcmp(text, name) == 0 && text_hidden(text) == 0;
	free(text);
	return plain;
}

static int
path_order(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names of the folder that begin so, sorted; folders end in "/".  Given. */
static char **
path_names(const char *folder, const char *begins, size_t *count)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	struct stat st;
	char **names = NULL;
	size_t n = 0;

	while (d != NULL && n < PATH_NAMES && (e = readdir(d)) != NULL) {
		if (strncmp(e->d_name, begins, strlen(begins)) != 0 ||
		    (e->d_name[0] == '.' && *begins != '.') ||
		    strcmp(e->d_name, ".") == 0 ||
		    strcmp(e->d_name, "..") == 0 || !path_is_plain(e->d_name))
			continue;
		names = xrealloc(names, n + 1, sizeof *names);
		names[n++] = fstatat(dirfd(d), e->d_name, &st, 0) == 0 &&
		    S_ISDIR(st.st_mode) ? xasprintf("%s/", e->d_name) :
		    xstrdup(e->d_name);
	}
	if (d != NULL)
		(void)closedir(d);
	if (n > 0)
		qsort(names, n, sizeof *names, path_order);
	*count = n;
	return names;
}

/* How many bytes all of them begin with, in whole letters. */
static size_t
path_common(char *const *names, size_t n)
{
	size_t len = strlen(names[0]), i, k;

	for (i = 1; i < n; i++) {
		for (k = 0; k < len && names[i][k] == names[0][k]; k++)
			;
		len = k;
	}
	while (len > 0 && ((unsigned char)names[0][len] & 0xc0) == 0x80)
		len--;
	return len;
}

static char *
path_choices(char *const *names, size_t n)
{
	struct buf b;
	char *line;
	size_t i;

	buf_init(&b, PATH_SHOWN * 300);
	for (i = 0; i < n && i < PATH_SHOWN; i++)
		(void)buf_addf(&b, "%s%s", i == 0 ? "" : "   ", names[i]);
	if (n > PATH_SHOWN)
		(void)buf_addf(&b, "   ...");
	line = xstrdup(buf_str(&b));
	buf_clear(&b);
	return line;
}

char *
path_complete(const char *typed, char **choices)
{
	const char *slash = strrchr(typed, '/');
	size_t head = slash == NULL ? 0 : (size_t)(slash + 1 - typed), n, i;
	char *part = xasprintf("%.*s", (int)head, typed);
	char *folder = path_full(part), *out = NULL, **names;

	*choices = NULL;
	if (strcmp(typed, "~") == 0)
		out = xstrdup("~/");
	names = out != NULL ? NULL : path_names(*folder == '\0' ? "." : folder,
	    typed + head, &n);
	if (names != NULL) {
		out = xasprintf("%s%.*s", part, (int)path_common(names, n),
		    names[0]);
		if (n > 1)
			*choices = path_choices(names, n);
		for (i = 0; i < n; i++)
			free(names[i]);
	}
	free(names);
	free(part);
	free(folder);
	return out;
}
