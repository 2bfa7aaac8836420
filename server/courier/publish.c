/* SPDX-License-Identifier: ISC */
/*
 * publish.c - tasks of kind "publish": an approved bulletin goes out, through
 * the publisher that the office chose.
 *
 *	body    {"publisher","folio","title","text","site","unit","at","base",
 *		"login"?}
 *	result  {"url","id"}
 *
 * The address is made of the folio alone, so a second try finds the first.
 */
#include "publish.h"

static const struct {
	const char *name;
	void (*run)(struct task *);
} publishers[] = {
	{ "carpeta", folder_publish },
	{ "wordpress", wordpress_publish },
};

char *
publish_base(const struct task *t)
{
	char *base = xstrdup(job_text(t->body, "base"));
	size_t len = strlen(base);

	while (len > 0 && base[len - 1] == '/')
		base[--len] = '\0';
	return base;
}

void
publish_page(const struct task *t, const char *url, struct page *p)
{
	*p = (struct page){ .title = job_text(t->body, "title"),
		.text = job_text(t->body, "text"),
		.site = job_text(t->body, "site"),
		.unit = job_text(t->body, "unit"), .url = url };
	(void)when_parse(job_text(t->body, "at"), &p->at);
}

void
publish_clear(struct task *t)
{
	wordpress_clear(t);
}

void
publish_begin(struct task *t)
{
	const char *name = job_text(t->body, "publisher");
	size_t i;

	for (i = 0; i < ARRAY_LEN(publishers); i++)
		if (strcmp(publishers[i].name, name) == 0) {
			publishers[i].run(t);
			return;
		}
	task_fail(t, TASK_FOR_GOOD, 0, "El ajuste publisher no dice cómo se "
	    "publica: elija carpeta o wordpress, o publique a mano.");
}
