/* SPDX-License-Identifier: ISC */
/*
 * verify.c - tasks of kind "verify": is what was published there?
 *
 *	body    {"url","title","text"}
 *	result  {"ok","title","text","answer"}
 */
#include "http.h"
#include "kinds.h"
#include "proof.h"

static void
verify_on_answer(struct task *t, const struct http_answer *a, const char *why)
{
	struct proof p;
	char say[160];

	if (why != NULL) {
		task_fail(t, TASK_FOR_GOOD, 0, "%s", why);
		return;
	}
	proof_read((const char *)a->body, a->len, doc_text(t->body, "title"),
	    doc_text(t->body, "text"), &p);
	(void)snprintf(say, sizeof say, a->status == 200 ?
	    "Párrafos que están: %u de %u." :
	    "Párrafos que están: %u de %u; el portal contestó %ld.", p.found,
	    p.paragraphs, a->status);
	task_done(t, json_pack("{s:b, s:b, s:b, s:s}", "ok",
	    a->status == 200 && p.title && p.text, "title", p.title, "text",
	    p.text, "answer", say));
}

/* People type an address as they read it, without its scheme. */
void
verify_begin(struct task *t)
{
	const char *url = doc_text(t->body, "url");
	char *whole = strstr(url, "://") != NULL ? xstrdup(url) :
	    xasprintf("https://%s", url);

	http_start(t, &(struct http_ask){ .url = whole, .most = PROOF_MAX,
	    .on_end = verify_on_answer });
	free(whole);
}
