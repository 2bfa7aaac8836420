/* SPDX-License-Identifier: ISC */
/*
 * park.c - requests of a stream whose answer is still being made (caller.later):
 * their words are kept, and run again each time something is there.
 */
#include <stdlib.h>

#include "stream.h"

struct parked {
	struct parked *next;
	uint64_t id;
	bool json, has_op;
	uint8_t op[OP_SIZE];		/* of what writes */
	char **words;			/* NULL-ended */
};

static void
parked_free(struct parked *p)
{
	size_t i;

	for (i = 0; p->words[i] != NULL; i++)
		free(p->words[i]);
	free(p->words);
	free(p);
}

bool
stream_may_park(const struct stream *s)
{
	return s->parked_count < PARKED_MAX;
}

void
stream_park(struct stream *s, uint64_t id, const uint8_t *op,
    const char *const *words, bool json)
{
	struct parked *p = xcalloc(1, sizeof *p), **end;
	size_t n = 0, i;

	while (words[n] != NULL)
		n++;
	p->words = xcalloc(n + 1, sizeof *p->words);
	for (i = 0; i < n; i++)
		p->words[i] = xstrdup(words[i]);
	p->id = id;
	p->has_op = op != NULL;
	if (op != NULL)
		memcpy(p->op, op, OP_SIZE);
	p->json = json;
	for (end = &s->parked; *end != NULL; end = &(*end)->next)
		;
	*end = p;
	s->parked_count++;
}

void
stream_resume(struct stream *s)
{
	struct parked *p = s->parked, *next;

	s->parked = NULL;
	s->parked_count = 0;
	for (; p != NULL; p = next) {
		next = p->next;
		if (!s->closing)
			stream_ask(s, p->id, p->has_op ? p->op : NULL,
			    (const char *const *)p->words, p->json);
		parked_free(p);
	}
}

void
stream_unpark(struct stream *s)
{
	struct parked *p;

	while ((p = s->parked) != NULL) {
		s->parked = p->next;
		parked_free(p);
	}
	s->parked_count = 0;
}
