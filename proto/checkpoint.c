/* SPDX-License-Identifier: ISC */
/* checkpoint.c - see checkpoint.h. */
#include "checkpoint.h"

enum { WITNESS_MAX = 4096 };		/* bytes of a file that is one */

static const char checkpoint_bad[] =
    "El sello no se puede leer: no tiene la forma debida.";

char *
checkpoint_text(const struct checkpoint *k)
{
	char chain[HASH_TEXT], at[WHEN_TEXT];

	return xasprintf("checkpoint: 1\n"
			 "installation: %s\n"
			 "n: %lld\n"
			 "previous: %lld\n"
			 "chain: %s\n"
			 "at: %s\n",
	    k->installation, (long long)k->n, (long long)k->previous,
	    hex_text(k->chain, HASH_SIZE, chain), when_text(k->at, at));
}

int
checkpoint_parse(const char *text, struct checkpoint *k, struct why *why)
{
	char chain[HASH_TEXT] = "", at[WHEN_TEXT] = "", *again;
	long long n = 0, previous = 0;
	bool same;

	memset(k, 0, sizeof *k);
	if (sscanf(text,
		"checkpoint: 1\ninstallation: %32[0-9a-f]\nn: %18lld\n"
		"previous: %18lld\nchain: %64[0-9a-f]\nat: %20[0-9TZ:-]\n",
		k->installation, &n, &previous, chain, at) != 5 ||
	    strlen(k->installation) != INSTALLATION_TEXT - 1 ||
	    hex_parse(chain, k->chain, HASH_SIZE) < 0 ||
	    when_parse(at, &k->at) < 0)
		return why_set(why, ERR_REFUSED, "%s", checkpoint_bad);
	k->n = n;
	k->previous = previous;
	again = checkpoint_text(k);
	same = strcmp(again, text) == 0;
	free(again);
	if (!same || k->n <= 0 || k->previous < 0 || k->previous >= k->n)
		return why_set(why, ERR_REFUSED, "%s", checkpoint_bad);
	return 0;
}

int
checkpoint_open(const char *witness, struct checkpoint *k,
    uint8_t pub[SSHSIG_KEY], struct why *why)
{
	const char *begin = strstr(witness, SSHSIG_BEGIN);
	char *text, *armour;
	size_t n;
	int r;

	if (begin == NULL)
		return why_set(why, ERR_REFUSED,
		    "El sello no trae su firma.");
	/* Empty lines come and go where texts are pasted. */
	for (n = strlen(begin); n > 0 && strchr("\r\n ", begin[n - 1]); n--)
		;
	text = xasprintf("%.*s", (int)(begin - witness), witness);
	armour = xasprintf("%.*s\n", (int)n, begin);
	if ((r = checkpoint_parse(text, k, why)) == 0)
		r = sshsig_verify(armour, CHECKPOINT_SPACE, text,
		    strlen(text), pub, why);
	free(armour);
	free(text);
	return r;
}

char *
checkpoint_read(const char *path)
{
	char text[WITNESS_MAX];
	FILE *f = fopen(path, "re");
	size_t n;

	if (f == NULL)
		return NULL;
	n = fread(text, 1, sizeof text - 1, f);
	text[n] = '\0';
	(void)fclose(f);
	return xstrdup(text);
}
