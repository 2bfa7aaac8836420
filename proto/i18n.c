/* SPDX-License-Identifier: ISC */
/* i18n.c - see i18n.h. */
#include "i18n.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base.h"

static bool i18n_english;

/* The folder of catalogues beside the program at that path, given, or NULL. */
static char *
i18n_folder(const char *program)
{
	static const char *const beside[] = { "locale", "../locale",
		"../share/locale" };
	const char *slash = strrchr(program, '/');
	char *folder, *file;
	bool there;
	size_t i;

	for (i = 0; slash != NULL && i < ARRAY_LEN(beside); i++) {
		folder = xasprintf("%.*s/%s", (int)(slash - program), program,
		    beside[i]);
		file = xasprintf("%s/en/LC_MESSAGES/pauta.mo", folder);
		there = access(file, R_OK) == 0;
		free(file);
		if (there)
			return folder;
		free(folder);
	}
	return NULL;
}

void
i18n_init(void)
{
	char program[4096], *folder;
	ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);

	program[n < 0 ? 0 : n] = '\0';
	(void)setlocale(LC_MESSAGES, "C.UTF-8");
	if ((folder = i18n_folder(program)) != NULL)
		(void)bindtextdomain("pauta", folder);
	free(folder);
	(void)bind_textdomain_codeset("pauta", "UTF-8");
	(void)textdomain("pauta");
	/* Read the file now: who is confined later cannot. */
	i18n_use("en");
	(void)i18n_text("Pauta");
	i18n_use("es");
}

void
i18n_use(const char *lang)
{
	i18n_english = lang != NULL && strncmp(lang, "en", 2) == 0;
	/* gettext is only ever asked for English: it need not be told twice. */
	if (i18n_english)
		(void)setenv("LANGUAGE", "en", 0);
}

const char *
i18n_lang(void)
{
	return i18n_english ? "en" : "es";
}

const char *
i18n_asked(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *s;
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++)
		if ((s = getenv(names[i])) != NULL && *s != '\0')
			return s;
	return "es";
}

const char *
i18n_text(const char *s)
{
	return i18n_english && *s != '\0' ? gettext(s) : s;
}
