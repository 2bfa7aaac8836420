/* SPDX-License-Identifier: ISC */
/* kinds.c - the kinds of jobs that the courier knows: a row each. */
#include "kinds.h"

#include <string.h>

static const struct task_kind task_kinds[] = {
	{ "feed", feed_begin, NULL },
	{ "mail", mail_begin, mail_clear },
	{ "publish", publish_begin, publish_clear },
	{ "summary", mail_begin, mail_clear },
	{ "verify", verify_begin, NULL },
};

const struct task_kind *
task_find_kind(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(task_kinds); i++)
		if (strcmp(task_kinds[i].name, name) == 0)
			return &task_kinds[i];
	return NULL;
}
