/* SPDX-License-Identifier: ISC */
/* approval.c - see approval.h. */
#include "approval.h"

#include "text.h"

static const char *
approval_sum(const char *text, char out[HASH_TEXT])
{
	uint8_t sum[HASH_SIZE];

	hash_sha256(text, strlen(text), sum);
	return hex_text(sum, sizeof sum, out);
}

/* "1200 9a…", or "0". */
static const char *
approval_point(const struct approval_claim *c, char out[HASH_TEXT + 32])
{
	char chain[HASH_TEXT];

	if (c->point == 0)
		return "0";
	(void)snprintf(out, HASH_TEXT + 32, "%lld %s", (long long)c->point,
	    hex_text(c->chain, HASH_SIZE, chain));
	return out;
}

/* "on-behalf-of: jefa 812\n", or nothing.  Given. */
static char *
approval_behalf(const struct approval_claim *c)
{
	return c->behalf == NULL ? xstrdup("") :
	    xasprintf("on-behalf-of: %s %lld\n", c->behalf,
		(long long)c->grant);
}

char *
approval_text(const struct approval_claim *c)
{
	char remark[HASH_TEXT], answers[HASH_TEXT], point[HASH_TEXT + 32];
	char nonce[2 * APPROVAL_NONCE + 1], issued[WHEN_TEXT], *json, *word;
	char *behalf = approval_behalf(c), *out;

	json = c->answers != NULL ? hash_canonical(c->answers) : xstrdup("{}");
	word = c->remark != NULL ? approval_word(c->remark) : NULL;
	out = xasprintf("approval: 1\n"
			"installation: %s\n"
			"folio: %s\n"
			"step: %s\n"
			"revision: %lld\n"
			"content: %s\n"
			"decision: %s\n"
			"remark-sha256: %s\n"
			"answers-sha256: %s\n"
			"actor: %s\n"
			"%s"
			"checkpoint: %s\n"
			"nonce: %s\n"
			"issued: %s\n",
	    c->installation, c->folio, c->step, (long long)c->revision,
	    c->content, c->decision,
	    approval_sum(word != NULL ? word : "", remark),
	    approval_sum(json, answers), c->actor, behalf,
	    approval_point(c, point),
	    hex_text(c->nonce, APPROVAL_NONCE, nonce),
	    when_text(c->issued, issued));
	free(behalf);
	free(word);
	free(json);
	return out;
}
