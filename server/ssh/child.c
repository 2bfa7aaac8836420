/* SPDX-License-Identifier: ISC */
/* child.c - see child.h. */
#include "child.h"

#include <assert.h>
#include <sys/wait.h>

#include "../../proto/base.h"

enum { CHILD_GRACE_MORE_MS = 1000 };	/* it is given the chance to say so */

void
children_init(struct children *cs, size_t cap)
{
	cs->row = xcalloc(cap, sizeof *cs->row);
	cs->cap = cap;
	cs->n = 0;
}

void
children_clear(struct children *cs)
{
	free(cs->row);
	*cs = (struct children){ 0 };
}

struct child *
children_add(struct children *cs, pid_t pid, int leash,
    const struct address *source, int64_t now)
{
	struct child *c;

	if (cs->n == cs->cap)
		return NULL;
	c = &cs->row[cs->n++];
	*c = (struct child){ .pid = pid, .leash = leash, .source = *source,
		.block = address_block(source), .born_at = now,
		.heard_at = now };
	return c;
}

struct child *
children_find(struct children *cs, pid_t pid)
{
	size_t i;

	for (i = 0; i < cs->n; i++)
		if (cs->row[i].pid == pid)
			return &cs->row[i];
	return NULL;
}

void
children_del(struct children *cs, struct child *c)
{
	assert(c >= cs->row && c < cs->row + cs->n);
	*c = cs->row[--cs->n];
}

struct limit_counts
children_count(const struct children *cs, const struct address *source)
{
	struct limit_counts n = { .connections = (int)cs->n };
	struct address block = address_block(source);
	size_t i;

	for (i = 0; i < cs->n; i++) {
		if (cs->row[i].login[0] != '\0')
			continue;
		n.starts++;
		n.source_starts += address_equal(&cs->row[i].block, &block);
	}
	return n;
}

int
children_of(const struct children *cs, const char *login)
{
	size_t i;
	int n = 0;

	for (i = 0; i < cs->n; i++)
		n += strcmp(cs->row[i].login, login) == 0;
	return n;
}

enum child_doom
child_judge(const struct child *c, const struct limits *l, int64_t now)
{
	int64_t grace = (int64_t)l->grace * 1000 + CHILD_GRACE_MORE_MS;

	if (c->doom != CHILD_DOOM_NONE)	/* already done */
		return CHILD_DOOM_NONE;
	if (c->login[0] == '\0' && now - c->born_at >= grace)
		return CHILD_DOOM_GRACE;
	if (now - c->heard_at >= LEASH_DEAD_MS)
		return CHILD_DOOM_SILENT;
	if (c->kill_at != 0 && now >= c->kill_at)
		return CHILD_DOOM_SLOW;
	return CHILD_DOOM_NONE;
}

// clang-format off
static const struct {
	enum session_end end;
	enum penalty_kind penalty;
	const char *word;
} child_ends[] = {
	{ SESSION_END_DONE,	PENALTY_NONE,		"done" },
	{ SESSION_END_NOAUTH,	PENALTY_NOAUTH,		"no_attempt" },
	{ SESSION_END_AUTHFAIL,	PENALTY_AUTHFAIL,	"auth_failed" },
	{ SESSION_END_GRACE,	PENALTY_GRACE,		"grace_exceeded" },
	{ SESSION_END_ABUSE,	PENALTY_ABUSE,		"protocol_abuse" },
	{ SESSION_END_LOST,	PENALTY_NONE,		"lost" },
	{ SESSION_END_CROWDED,	PENALTY_NONE,		"too_many_sessions" },
	{ SESSION_END_INTERNAL,	PENALTY_NONE,		"internal" },
};
// clang-format on

enum penalty_kind
child_penalty(const struct child *c, int status)
{
	size_t i;

	if (c->doom == CHILD_DOOM_GRACE)
		return PENALTY_GRACE;
	if (c->login[0] != '\0' || c->doom == CHILD_DOOM_SLOW)
		return PENALTY_NONE;
	if (WIFSIGNALED(status))
		return PENALTY_CRASH;
	for (i = 0; i < ARRAY_LEN(child_ends); i++)
		if (WEXITSTATUS(status) == (int)child_ends[i].end)
			return child_ends[i].penalty;
	return PENALTY_CRASH;
}

const char *
child_end_word(const struct child *c, int status)
{
	static const char *const dooms[] = { "", "grace_exceeded",
		"heart_stopped", "told_to_end" };
	size_t i;

	if (c->doom != CHILD_DOOM_NONE)
		return dooms[c->doom];
	if (WIFSIGNALED(status))
		return "killed";
	for (i = 0; i < ARRAY_LEN(child_ends); i++)
		if (WEXITSTATUS(status) == (int)child_ends[i].end)
			return child_ends[i].word;
	return "crash";
}
