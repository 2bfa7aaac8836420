/* SPDX-License-Identifier: ISC */
/*
 * command_line.c - the words of a command: positions, name=value, flags; and
 * what a handler takes of them.  Every word is cleaned where it enters.
 */
#include "../../proto/text.h"
#include "req.h"

static const struct {
	const char *word;
	enum flag flag;
} flag_rows[] = {
	{ "--aprobacion", FLAG_APPROVAL },
	{ "--area", FLAG_AREA },
	{ "--csv", FLAG_CSV },
	{ "--devueltas", FLAG_RETURNED },
	{ "--ics", FLAG_ICS },
	{ "--opml", FLAG_OPML },
	{ "--mias", FLAG_MINE },
	{ "--personas", FLAG_PEOPLE },
	{ "--rebuild", FLAG_REBUILD },
	{ "--todos", FLAG_ALL },
	{ "--vencidas", FLAG_OVERDUE },
};

static int
command_flag(struct req *q, const char *word)
{
	size_t i;

	if (strcmp(word, "--json") == 0)
		return 0;	/* the caller has seen it */
	if (strncmp(word, "--op=", 5) == 0) {
		if (hex_parse(word + 5, q->op, OP_SIZE) < 0)
			return why_set(&q->why, ERR_USAGE,
			    "--op lleva 32 cifras hexadecimales.");
		return 0;
	}
	for (i = 0; i < ARRAY_LEN(flag_rows); i++)
		if (text_like(flag_rows[i].word, word) &&
		    (q->verb->flags & flag_rows[i].flag)) {
			q->flags |= flag_rows[i].flag;
			return 0;
		}
	return why_set(&q->why, ERR_USAGE,
	    "«%s» no tiene la opción «%s». Uso: %s %s", q->verb->name, word,
	    q->verb->name, q->verb->args);
}

/* Is this "name=value"?  Names are short and hold no blank or brace. */
static const char *
command_equals(const char *word)
{
	const char *eq = strchr(word, '=');
	const char *p;

	if (eq == NULL || eq == word || eq - word > 60)
		return NULL;
	for (p = word; p < eq; p++)
		if (strchr(" \t\n{}[]\"'", *p) != NULL)
			return NULL;
	return eq;
}

/*
 * Every word comes in here: valid UTF-8, NFC, no control characters.  An
 * absent end of line is not an answer, so blanks around a value go; a draft is
 * none, and who comes back to it goes on after the blank that was typed.
 */
static int
command_clean(struct req *q, const char *word, size_t max, char **out)
{
	bool typed = q->verb->flags & FLAG_TYPED;
	char *text;
	size_t n;
	int r;

	if (strstr(word, "\r\n") != NULL) {
		text = req_text(q, xstrdup(word));
		text_join_lines(text);
		word = text;
	}
	if (!typed)
		word += strspn(word, " \t\n");
	n = strlen(word);
	while (!typed && n > 0 && strchr(" \t\n", word[n - 1]) != NULL)
		n--;
	if ((r = text_take(word, n, max, TEXT_LINES, &text, &q->why)) == 0)
		*out = req_text(q, text);
	return r;
}

/* Has this name been said already? */
static bool
command_has(const struct req *q, const char *name, size_t len)
{
	unsigned i;

	for (i = 0; i < q->named_count; i++)
		if (strlen(q->named[i].name) == len &&
		    memcmp(q->named[i].name, name, len) == 0)
			return true;
	return false;
}

/* Of a verb whose words are all one text: quotes, signs, "a=b" and "--x". */
static int
command_text(struct req *q, const char *word)
{
	char *clean = NULL;
	int r;

	if ((r = command_clean(q, word, VALUE_MAX, &clean)) < 0)
		return r;
	q->pos[0] = q->pos_count == 0 ? clean :
	    req_text(q, xasprintf("%s %s", q->pos[0], clean));
	q->pos_count = 1;
	return 0;
}

static int
command_word(struct req *q, const char *word)
{
	const char *eq = command_equals(word);
	size_t max = q->who->login == NULL ? FRAME_MAX :
	    eq != NULL ? VALUE_MAX : TEXT_MAX;
	char *clean = NULL;
	int r;

	if (q->verb->flags & FLAG_TEXT && strcmp(word, "--json") != 0)
		return command_text(q, word);
	if ((r = command_clean(q, eq != NULL ? eq + 1 : word, max,
		 &clean)) < 0)
		return r;
	if (strncmp(word, "--", 2) == 0)
		return command_flag(q, word);
	if (eq != NULL && command_has(q, word, (size_t)(eq - word)))
		return why_set(&q->why, ERR_USAGE,
		    "«%.*s» aparece dos veces.", (int)(eq - word), word);
	if (eq != NULL) {
		q->named = xrealloc(q->named, q->named_count + 1,
		    sizeof *q->named);
		q->named[q->named_count++] = (struct named){
			.name = req_text(q, xasprintf("%.*s", (int)(eq - word),
						word)),
			.value = clean,
		};
		return 0;
	}
	if (q->pos_count >= q->verb->pos_max || q->pos_count == POS_MAX)
		return why_set(&q->why, ERR_USAGE,
		    "Sobra «%.80s». Uso: %s %s", clean, q->verb->name,
		    q->verb->args);
	q->pos[q->pos_count++] = clean;
	return 0;
}

int
command_parse(struct req *q, const char *const *words)
{
	size_t i;
	int r;

	if (words[0] == NULL || *words[0] == '\0')
		return why_set(&q->why, ERR_USAGE,
		    "Falta la orden. «ayuda» las lista.");
	q->verb = strlen(words[0]) > 60 ? NULL : verb_find(words[0]);
	if (q->verb == NULL ||
	    !(q->verb->who & (q->who->courier ? WHO_COURIER :
		q->who->login == NULL ? WHO_OPERATOR : WHO_PERSON))) {
		q->verb = NULL;
		return why_set(&q->why, ERR_USAGE,
		    "No hay una orden «%.60s». «ayuda» las lista.", words[0]);
	}
	for (i = 1; words[i] != NULL; i++)
		if (i > WORDS_MAX)
			return why_set(&q->why, ERR_USAGE,
			    "La orden tiene más de %d palabras.", WORDS_MAX);
		else if ((r = command_word(q, words[i])) < 0)
			return r;
	if (q->pos_count < q->verb->pos_min)
		return why_set(&q->why, ERR_USAGE, "Faltan datos. Uso: %s %s",
		    q->verb->name, q->verb->args);
	return 0;
}

const char *
req_take(struct req *q, const char *name)
{
	unsigned i;

	for (i = 0; i < q->named_count; i++)
		if (!q->named[i].used && text_like(q->named[i].name, name)) {
			q->named[i].used = true;
			return q->named[i].value;
		}
	return NULL;
}

int
req_all_used(struct req *q)
{
	unsigned i;

	for (i = 0; i < q->named_count; i++)
		if (!q->named[i].used)
			return why_set(&q->why, ERR_USAGE,
			    "«%s» no lleva «%.60s». Uso: %s %s", q->verb->name,
			    q->named[i].name, q->verb->name, q->verb->args);
	return 0;
}

json_t *
req_json(struct req *q, json_t *taken)
{
	json_array_append_new(q->pool, taken);
	return taken;
}

char *
req_text(struct req *q, char *taken)
{
	q->kept = xrealloc(q->kept, q->kept_count + 1, sizeof *q->kept);
	q->kept[q->kept_count++] = taken;
	return taken;
}
