/* SPDX-License-Identifier: ISC */
/*
 * profile_read.c - a profile as it is written becomes a tree of nodes, each
 * after those it is made of.  Reading goes down by rank (O, Y, CERCA, NO) and
 * refuses what is too long or too deep, so that matching may simply recurse.
 */
#include "profile_own.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "../../proto/text.h"

enum token { TOK_END, TOK_WORD, TOK_QUOTE, TOK_OPEN, TOK_CLOSE, TOK_AND,
	TOK_OR, TOK_NOT, TOK_NEAR };

struct reader {
	struct profile *p;
	const char *start, *s;		/* of the text; after the token */
	enum token token;
	const char *word;		/* of TOK_WORD, and its bytes */
	size_t len, near;
	int depth;
	struct why *why;
};

static const struct {
	const char *word;
	enum token token;
} operators[] = {
	{ "Y", TOK_AND }, { "AND", TOK_AND }, { "O", TOK_OR }, { "OR", TOK_OR },
	{ "NO", TOK_NOT }, { "NOT", TOK_NOT }, { "CERCA", TOK_NEAR },
	{ "NEAR", TOK_NEAR },
};

static enum token
reader_operator(const char *word, size_t len)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(operators); i++)
		if (strlen(operators[i].word) == len &&
		    memcmp(operators[i].word, word, len) == 0)
			return operators[i].token;
	return TOK_WORD;
}

/* "/8" after CERCA. */
static int
reader_near(struct reader *rd)
{
	char *end;
	long n;

	rd->near = PROFILE_NEAR;
	if (*rd->s != '/')
		return 0;
	n = isdigit((unsigned char)rd->s[1]) ? strtol(rd->s + 1, &end, 10) : 0;
	if (n < 1 || n > PROFILE_NEAR_MAX)
		return why_set(rd->why, ERR_USAGE, "CERCA lleva cuántas "
		    "palabras caben en medio, de 1 a %d: CERCA/5.",
		    PROFILE_NEAR_MAX);
	rd->near = (size_t)n;
	rd->s = end;
	return 0;
}

static int
reader_word(struct reader *rd)
{
	rd->word = rd->s;
	rd->s += rd->len;
	rd->token = reader_operator(rd->word, rd->len);
	return rd->token == TOK_NEAR ? reader_near(rd) : 0;
}

/* Signs that mean nothing are passed over. */
static int
reader_next(struct reader *rd)
{
	static const char signs[] = "()\"|";
	static const enum token tokens[] = { TOK_OPEN, TOK_CLOSE, TOK_QUOTE,
		TOK_OR };
	const char *at, *sign;

	for (; *rd->s != '\0'; rd->s++) {
		at = rd->s;
		if (text_find_word(&at, &rd->len) && at == rd->s)
			return reader_word(rd);
		if ((sign = strchr(signs, *rd->s)) != NULL) {
			rd->token = tokens[sign - signs];
			rd->s++;
			return 0;
		}
		if (*rd->s == '-' && (rd->s == rd->start ||
		    strchr(" \t(", rd->s[-1]) != NULL)) {
			rd->token = TOK_NOT;
			rd->s++;
			return 0;
		}
	}
	rd->token = TOK_END;
	return 0;
}

static int
reader_add(struct reader *rd, struct node n, unsigned *out)
{
	struct profile *p = rd->p;

	if (p->count == PROFILE_NODES)
		return why_set(rd->why, ERR_USAGE, "El perfil es demasiado "
		    "largo: caben %d palabras y operadores.", PROFILE_NODES);
	*out = p->count;
	p->v[p->count++] = n;
	return 0;
}

static int
reader_root(struct reader *rd, const char *word, size_t len, unsigned *n)
{
	struct profile *p = rd->p;
	struct words one = { 0 };
	char *copy = xcalloc(len + 1, 1);

	memcpy(copy, word, len);
	words_add(&one, copy);
	if (one.count > 0 && p->roots_count < PROFILE_NODES) {
		p->roots[p->roots_count++] = (struct root){ one.v[0].root,
			words_root(copy, len) };
		(*n)++;
	}
	words_clear(&one);
	free(copy);
	return p->roots_count < PROFILE_NODES ? 0 : why_set(rd->why, ERR_USAGE,
	    "El perfil es demasiado largo: caben %d palabras y operadores.",
	    PROFILE_NODES);
}

static int
reader_phrase(struct reader *rd, unsigned *out)
{
	const char *end = strchr(rd->s, '"'), *s = rd->s;
	struct node n = { .kind = NODE_PHRASE, .a = rd->p->roots_count };
	size_t len;
	int r;

	if (end == NULL)
		return why_set(rd->why, ERR_USAGE, "Falta cerrar unas "
		    "comillas: la frase empieza en «%.40s».", rd->s);
	while (text_find_word(&s, &len) && s < end) {
		if ((r = reader_root(rd, s, len, &n.b)) < 0)
			return r;
		s += len;
	}
	if (n.b == 0)
		return why_set(rd->why, ERR_USAGE,
		    "Entre comillas va al menos una palabra.");
	rd->s = end + 1;
	if ((r = reader_next(rd)) < 0)
		return r;
	return reader_add(rd, n, out);
}

static int reader_any(struct reader *, unsigned *);

static int
reader_group(struct reader *rd, unsigned *out)
{
	int r;

	if ((r = reader_next(rd)) < 0 || (r = reader_any(rd, out)) < 0)
		return r;
	if (rd->token != TOK_CLOSE)
		return why_set(rd->why, ERR_USAGE,
		    "Falta cerrar un paréntesis.");
	return reader_next(rd);
}

static int
reader_one(struct reader *rd, unsigned *out)
{
	struct node n = { .kind = NODE_PHRASE, .a = rd->p->roots_count };
	int r;

	switch (rd->token) {
	case TOK_WORD:
		if ((r = reader_root(rd, rd->word, rd->len, &n.b)) < 0 ||
		    (r = reader_next(rd)) < 0)
			return r;
		return reader_add(rd, n, out);
	case TOK_QUOTE:
		return reader_phrase(rd, out);
	case TOK_OPEN:
		return reader_group(rd, out);
	case TOK_END:
		return why_set(rd->why, ERR_USAGE,
		    "Falta una palabra al final de lo que se busca.");
	default:
		return why_set(rd->why, ERR_USAGE, "Falta una palabra antes "
		    "de «%.40s».", rd->s);
	}
}

/* Has it a place: words, phrases, and either of some? */
static bool
profile_has_place(const struct profile *p, unsigned i)
{
	const struct node *n = &p->v[i];

	return n->kind == NODE_PHRASE || (n->kind == NODE_OR &&
	    profile_has_place(p, n->a) && profile_has_place(p, n->b));
}

static int
reader_close(struct reader *rd, unsigned *out)
{
	struct node n = { .kind = NODE_NEAR };
	int r;

	if ((r = reader_one(rd, out)) < 0)
		return r;
	while (rd->token == TOK_NEAR) {
		n.near = rd->near;
		n.a = *out;
		if ((r = reader_next(rd)) < 0 ||
		    (r = reader_one(rd, &n.b)) < 0)
			return r;
		if (!profile_has_place(rd->p, n.a) ||
		    !profile_has_place(rd->p, n.b))
			return why_set(rd->why, ERR_USAGE, "CERCA va entre "
			    "dos palabras o frases, o entre paréntesis con O.");
		if ((r = reader_add(rd, n, out)) < 0)
			return r;
	}
	return 0;
}

static int
reader_not(struct reader *rd, unsigned *out)
{
	struct node n = { .kind = NODE_NOT };
	int r;

	if (++rd->depth > PROFILE_DEPTH)
		return why_set(rd->why, ERR_USAGE, "El perfil tiene demasiados "
		    "paréntesis o NO, uno dentro de otro: caben %d.",
		    PROFILE_DEPTH);
	if (rd->token != TOK_NOT)
		r = reader_close(rd, out);
	else if ((r = reader_next(rd)) == 0 &&
	    (r = reader_not(rd, &n.a)) == 0)
		r = reader_add(rd, n, out);
	rd->depth--;
	return r;
}

/* Two that stand together are both wanted. */
static int
reader_all(struct reader *rd, unsigned *out)
{
	struct node n = { .kind = NODE_AND };
	int r;

	r = reader_not(rd, out);
	while (r == 0 && rd->token != TOK_END && rd->token != TOK_CLOSE &&
	    rd->token != TOK_OR) {
		n.a = *out;
		if (rd->token == TOK_AND && (r = reader_next(rd)) < 0)
			return r;
		if ((r = reader_not(rd, &n.b)) == 0)
			r = reader_add(rd, n, out);
	}
	return r;
}

static int
reader_any(struct reader *rd, unsigned *out)
{
	struct node n = { .kind = NODE_OR };
	int r;

	r = reader_all(rd, out);
	while (r == 0 && rd->token == TOK_OR) {
		n.a = *out;
		if ((r = reader_next(rd)) == 0 &&
		    (r = reader_all(rd, &n.b)) == 0)
			r = reader_add(rd, n, out);
	}
	return r;
}

/* Does every text that matches say something of it? */
static bool
profile_wants(const struct profile *p, unsigned i)
{
	const struct node *n = &p->v[i];

	switch (n->kind) {
	case NODE_PHRASE:
	case NODE_NEAR:
		return true;
	case NODE_AND:
		return profile_wants(p, n->a) || profile_wants(p, n->b);
	case NODE_OR:
		return profile_wants(p, n->a) && profile_wants(p, n->b);
	case NODE_NOT:
		return false;
	}
	return false;
}

int
profile_parse(const char *text, struct profile **out, struct why *why)
{
	struct reader rd = { .start = text, .s = text, .why = why };
	int r;

	*out = NULL;
	if (strlen(text) > PROFILE_BYTES)
		return why_set(why, ERR_USAGE, "Lo que se busca mide %zu "
		    "letras y caben %d: acórtelo.", strlen(text),
		    PROFILE_BYTES);
	rd.p = xcalloc(1, sizeof *rd.p);
	if ((r = reader_next(&rd)) == 0)
		r = reader_any(&rd, &rd.p->top);
	if (r == 0 && rd.token == TOK_CLOSE)
		r = why_set(why, ERR_USAGE, "Sobra un paréntesis.");
	else if (r == 0 && !profile_wants(rd.p, rd.p->top))
		r = why_set(why, ERR_USAGE, "Diga al menos una palabra que se "
		    "busca, no solo las que se descartan.");
	if (r < 0)
		profile_free(rd.p);
	else
		*out = rd.p;
	return r;
}

void
profile_free(struct profile *p)
{
	unsigned i;

	if (p == NULL)
		return;
	for (i = 0; i < p->roots_count; i++)
		free(p->roots[i].text);
	free(p);
}
