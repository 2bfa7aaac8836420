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

const char *
publish_str(const struct task *t, const char *key)
{
	const char *s = json_string_value(json_object_get(t->body, key));

	return s != NULL ? s : "";
}

void
publish_page(const struct task *t, const char *url, struct page *p)
{
	*p = (struct page){ .title = publish_str(t, "title"),
		.text = publish_str(t, "text"), .site = publish_str(t, "site"),
		.unit = publish_str(t, "unit"), .url = url };
	(void)when_parse(publish_str(t, "at"), &p->at);
}

void
publish_clear(struct task *t)
{
	wordpress_clear(t);
}

void
publish_begin(struct task *t)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(publishers); i++)
		if (strcmp(publishers[i].name, publish_str(t, "publisher")) ==
		    0) {
			publishers[i].run(t);
			return;
		}
	task_fail(t, TASK_FOR_GOOD, 0, "El ajuste publisher no dice cómo se "
	    "publica: elija carpeta o wordpress, o publique a mano.");
}
