/* SPDX-License-Identifier: ISC */
/* allow.c - see allow.h. */
#include "allow.h"

#include "../../proto/base.h"

static bool
allow_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
allow_word(const char *s, size_t most, const char *signs)
{
	size_t i;

	for (i = 0; s[i] != '\0'; i++)
		if (i >= most || !(allow_letter(s[i]) ||
			(s[i] >= '0' && s[i] <= '9') ||
			strchr(signs, s[i]) != NULL))
			return false;
	return i > 0;
}

bool
allow_login(const char *login)
{
	return allow_word(login, LOGIN_MAX, "._@-") && login[0] != '-';
}

bool
allow_lang(const char *s)
{
	static const char *const sets[] = { "", ".UTF-8", ".utf8",
		".ISO-8859-1", ".ISO8859-1", ".iso88591" };
	size_t i;

	for (i = 0; allow_letter(s[i]); i++)
		if (i >= 3)
			return false;
	if (i == 0)
		return false;
	s += i;
	if (s[0] == '_') {
		for (i = 1; i <= 2; i++)
			if (s[i] < 'A' || s[i] > 'Z')
				return false;
		s += 3;
	}
	for (i = 0; i < ARRAY_LEN(sets); i++)
		if (strcmp(s, sets[i]) == 0)
			return true;
	return false;
}

int
allow_lang_rank(const char *name)
{
	static const char *const names[] = { "LANG", "LC_MESSAGES", "LC_ALL" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i], name) == 0)
			return (int)i + 1;
	return 0;
}

const char *
allow_lang_code(const char *lang)
{
	return strncmp(lang, "en", 2) == 0 && !allow_letter(lang[2]) ? "en"
								     : "es";
}

bool
allow_term_name(const char *s)
{
	return allow_letter(s[0]) && allow_word(s, TERM_MAX, "+._-");
}

const char *
allow_term(const char *asked, bool (*known)(const char *))
{
	/* Terminals that follow xterm and are missing from older databases. */
	static const char *const kin[] = { "alacritty", "contour", "foot",
		"ghostty", "kitty", "konsole", "wezterm" };
	size_t i;

	if (!allow_term_name(asked))
		return "vt100";
	if (strcmp(asked, "dumb") == 0 || known(asked))
		return asked;
	if (strncmp(asked, "xterm-", 6) == 0)
		return "xterm-256color";
	for (i = 0; i < ARRAY_LEN(kin); i++)
		if (strncmp(asked, kin[i], strlen(kin[i])) == 0)
			return "xterm-256color";
	return "vt100";
}

static int
allow_within(int64_t n, int least, int most)
{
	return n < least ? least : n > most ? most : (int)n;
}

void
allow_size(int64_t rows, int64_t cols, int *out_rows, int *out_cols)
{
	if (rows == 0 || cols == 0) {
		rows = 24;
		cols = 80;
	}
	*out_rows = allow_within(rows, ROWS_MIN, ROWS_MAX);
	*out_cols = allow_within(cols, COLS_MIN, COLS_MAX);
}
