/* SPDX-License-Identifier: ISC */
/* approval_word.c - the words of a decision, as approval.h takes them. */
#include "approval.h"

#include "text.h"

char *
approval_word(const char *word)
{
	struct why why;
	size_t n;
	char *out;

	word += strspn(word, " \t\n");
	n = strlen(word);
	while (n > 0 && strchr(" \t\n", word[n - 1]) != NULL)
		n--;
	return text_take(word, n, FRAME_MAX, TEXT_LINES, &out, &why) == 0 ?
	    out : NULL;
}

int
approval_answer(json_t *answers, const char *name, const char *value)
{
	char *word = approval_word(value);

	if (word == NULL)
		return -ERR_REFUSED;
	json_object_set_new(answers, name, json_string(word));
	free(word);
	return 0;
}

bool
approval_is_own(const char *name)
{
	static const char *const own[] = { "motivo", "revision", "contenido",
		"firma", "nonce", "emitida", "punto" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(own); i++)
		if (text_like(own[i], name))
			return true;
	return false;
}
