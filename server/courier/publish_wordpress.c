/* SPDX-License-Identifier: ISC */
/*
 * publish_wordpress.c - a bulletin as a post of a WordPress portal, by its REST
 * interface and an application password.
 *
 *	GET  posts?slug=…   is it there, from a try whose answer was lost?
 *	 '- no: POST posts, as a draft, under that slug
 *	POST posts/ID       what it says, and published
 *
 * A slug is of one post, so a repeated try changes the post and makes no other.
 */
#include "../../proto/hash.h"
#include "http.h"
#include "publish.h"

enum { WORDPRESS_BYTES = 2 << 20 };

struct wordpress {
	char *slug, *auth;		/* auth: the header */
};

static void wordpress_on_post(struct task *, const struct http_answer *,
    const char *why);

void
wordpress_clear(struct task *t)
{
	struct wordpress *w = t->own;

	if (w == NULL)
		return;
	free(w->slug);
	free(w->auth);
	free(w);
}

/* One request; path follows the address of the interface.  body is taken. */
static void
wordpress_ask(struct task *t, const char *path, json_t *body,
    http_fn *on_end)
{
	const struct wordpress *w = t->own;
	const char *headers[] = { w->auth, "Accept: application/json",
		"Content-Type: application/json", NULL };
	char *post = body != NULL ? json_dumps(body, JSON_COMPACT) : NULL;
	char *base = publish_base(t);
	char *url = xasprintf("%s/wp-json/wp/v2/%s", base, path);

	http_start(t, &(struct http_ask){ .url = url, .headers = headers,
	    .post = post, .post_len = post != NULL ? strlen(post) : 0,
	    .most = WORDPRESS_BYTES, .stays = true, .on_end = on_end });
	free(url);
	free(base);
	free(post);
	json_decref(body);
}

/* The answer as JSON, or NULL and the task has failed in words.  Given. */
static json_t *
wordpress_read(struct task *t, const struct http_answer *a, const char *why)
{
	json_t *doc = NULL;
	bool well = why == NULL && (a->status == 200 || a->status == 201);

	if (well)
		doc = json_loadb((const char *)a->body, a->len, 0, NULL);
	if (doc != NULL)
		return doc;
	if (why != NULL)
		task_fail(t, TASK_AGAIN, 0, "%s", why);
	else if (a->status == 401 || a->status == 403)
		task_fail(t, TASK_AGAIN, 0, "El portal no aceptó el usuario o "
		    "la contraseña de aplicación (%ld).", a->status);
	else if (a->status >= 300 && a->status < 400)
		task_fail(t, TASK_AGAIN, 0, "El portal manda a otra dirección, "
		    "y la contraseña no va a otra: escriba en el ajuste "
		    "publish_url la que tiene ahora.");
	else if (well)
		task_fail(t, TASK_AGAIN, 0, "El portal contestó con algo que "
		    "no es de WordPress: revise el ajuste publish_url.");
	else
		task_fail(t, TASK_AGAIN, a->retry_s, "El portal contestó con "
		    "un error (%ld).", a->status);
	return NULL;
}

static void
wordpress_on_published(struct task *t, const struct http_answer *a,
    const char *why)
{
	json_t *doc = wordpress_read(t, a, why);
	const char *link, *status;
	char id[24];

	if (doc == NULL)
		return;
	link = json_string_value(json_object_get(doc, "link"));
	status = json_string_value(json_object_get(doc, "status"));
	(void)snprintf(id, sizeof id, "%lld", (long long)
	    json_integer_value(json_object_get(doc, "id")));
	if (link == NULL || status == NULL || strcmp(status, "publish") != 0)
		task_fail(t, TASK_AGAIN, 0, "El portal guardó el artículo %s "
		    "pero no lo publicó: revise los permisos del usuario.",
		    id);
	else
		task_done(t, json_pack("{s:s, s:s}", "url", link, "id", id));
	json_decref(doc);
}

/* What the post says now, and it is public. */
static void
wordpress_publish_post(struct task *t, json_int_t id)
{
	char path[48];
	struct page p;
	struct buf b;

	publish_page(t, "", &p);
	buf_init(&b, PAGE_MAX);
	(void)page_write_body(&p, &b);
	(void)snprintf(path, sizeof path, "posts/%lld", (long long)id);
	wordpress_ask(t, path, json_pack("{s:s, s:s, s:s}", "title", p.title,
	    "content", buf_str(&b), "status", "publish"),
	    wordpress_on_published);
	buf_clear(&b);
}

static void
wordpress_on_post(struct task *t, const struct http_answer *a, const char *why)
{
	json_t *doc = wordpress_read(t, a, why);
	json_int_t id;

	if (doc == NULL)
		return;
	id = json_integer_value(json_object_get(doc, "id"));
	json_decref(doc);
	if (id > 0)
		wordpress_publish_post(t, id);
	else
		task_fail(t, TASK_AGAIN, 0, "El portal no dijo el número del "
		    "artículo que creó.");
}

static void
wordpress_on_found(struct task *t, const struct http_answer *a,
    const char *why)
{
	const struct wordpress *w = t->own;
	json_t *doc = wordpress_read(t, a, why);
	json_int_t id;

	if (doc == NULL)
		return;
	id = json_integer_value(json_object_get(json_array_get(doc, 0),
	    "id"));
	if (!json_is_array(doc))
		task_fail(t, TASK_AGAIN, 0, "El portal contestó con algo que "
		    "no es de WordPress: revise el ajuste publish_url.");
	else if (id > 0)
		wordpress_publish_post(t, id);
	else
		wordpress_ask(t, "posts", json_pack("{s:s, s:s, s:s}",
		    "title", job_text(t->body, "title"), "slug", w->slug,
		    "status", "draft"), wordpress_on_post);
	json_decref(doc);
}

/* A password goes encrypted, or stays on this machine. */
static bool
wordpress_is_safe(const char *base)
{
	static const char *const good[] = { "https://", "http://127.0.0.1:",
		"http://localhost:", "http://[::1]:" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(good); i++)
		if (strncmp(base, good[i], strlen(good[i])) == 0)
			return true;
	return false;
}

void
wordpress_publish(struct task *t)
{
	const char *login = job_text(t->body, "login");
	struct wordpress *w;
	char *code, *path;

	if (!wordpress_is_safe(job_text(t->body, "base"))) {
		task_fail(t, TASK_AGAIN, 0, "El ajuste publish_url debe ser la "
		    "dirección del portal y empezar con https://.");
		return;
	}
	if (*login == '\0') {
		task_fail(t, TASK_AGAIN, 0, "Falta la contraseña de aplicación "
		    "del portal: quien administra el sistema la escribe en "
		    "wordpress.secret.");
		return;
	}
	w = t->own = xcalloc(1, sizeof *w);
	code = base64_text(login, strlen(login));
	w->auth = xasprintf("Authorization: Basic %s", code);
	w->slug = page_slug(job_text(t->body, "folio"));
	path = xasprintf("posts?slug=%s&status=any&context=edit", w->slug);
	wordpress_ask(t, path, NULL, wordpress_on_found);
	free(path);
	free(code);
}
