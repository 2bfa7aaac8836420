/* SPDX-License-Identifier: ISC */
/*
 * publish_wordpress.c - a bulletin as a post of a WordPress portal, by its REST
 * interface and an application password.
 *
 *	of each photograph
 *	GET  media?slug=…   is it there, from a try that was cut?
 *	 '- no: POST media, its bytes, under that slug
 *	POST media/ID       what it shows, and what stands under it
 *
 *	GET  posts?slug=…   is it there, from a try whose answer was lost?
 *	 '- no: POST posts, as a draft, under that slug
 *	POST posts/ID       what it says, its pictures, and published
 *
 * A slug is of one post or file, so a repeated try changes it and makes no
 * other.  That of a file is the bulletin's and the sum of its bytes.
 */
#include "../../proto/hash.h"
#include "http.h"
#include "publish.h"

enum { WORDPRESS_BYTES = 2 << 20 };

static void wordpress_on_post(struct task *, const struct http_answer *,
    const char *why);

/* One request; path follows the address of the interface. */
static void
wordpress_send(struct task *t, const char *path, const char *const *headers,
    const void *post, size_t len, http_fn *on_end)
{
	char *base = publish_base(t);
	char *url = xasprintf("%s/wp-json/wp/v2/%s", base, path);

	http_start(t, &(struct http_ask){ .url = url, .headers = headers,
	    .post = post, .post_len = len, .most = WORDPRESS_BYTES,
	    .stays = true, .on_end = on_end });
	free(url);
	free(base);
}

/* The same with JSON or nothing; body is taken. */
static void
wordpress_ask(struct task *t, const char *path, json_t *body,
    http_fn *on_end)
{
	const char *headers[] = { publish_of(t)->auth,
		"Accept: application/json", "Content-Type: application/json",
		NULL };
	char *post = body != NULL ? json_dumps(body, JSON_COMPACT) : NULL;

	wordpress_send(t, path, headers, post, post != NULL ? strlen(post) : 0,
	    on_end);
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
	(void)snprintf(id, sizeof id, "%lld", (long long) doc_int(doc, "id"));
	if (link == NULL || status == NULL || strcmp(status, "publish") != 0)
		task_fail(t, TASK_AGAIN, 0, "El portal guardó el artículo %s "
		    "pero no lo publicó: revise los permisos del usuario.",
		    id);
	else
		publish_done(t, link, id);
	json_decref(doc);
}

/* What the post says now, and it is public. */
static void
wordpress_publish_post(struct task *t, json_int_t id)
{
	char path[48];
	json_t *body;
	struct page p;
	struct buf b;

	publish_page(t, "", &p);
	buf_init(&b, PAGE_MAX);
	if (page_write_body(&p, &b) < 0) {
		task_fail(t, TASK_FOR_GOOD, 0, "El boletín mide demasiado para "
		    "el portal: publíquelo a mano.");
		buf_clear(&b);
		return;
	}
	(void)snprintf(path, sizeof path, "posts/%lld", (long long)id);
	body = json_pack("{s:s, s:s, s:s}", "title", p.title, "content",
	    buf_str(&b), "status", "publish");
	if (publish_of(t)->lead != 0)
		json_object_set_new(body, "featured_media",
		    json_integer(publish_of(t)->lead));
	wordpress_ask(t, path, body, wordpress_on_published);
	buf_clear(&b);
}

/* The number of what was made there; 0: none, and the task has failed. */
static json_int_t
wordpress_made(struct task *t, const struct http_answer *a, const char *why,
    const char *what)
{
	json_t *doc = wordpress_read(t, a, why);
	json_int_t id;

	if (doc == NULL)
		return 0;
	id = doc_int(doc, "id");
	json_decref(doc);
	if (id > 0)
		return id;
	task_fail(t, TASK_AGAIN, 0, "El portal no dijo qué número tiene %s.", what);
	return 0;
}

static void
wordpress_on_post(struct task *t, const struct http_answer *a, const char *why)
{
	json_int_t id = wordpress_made(t, a, why, "el artículo que creó");

	if (id > 0)
		wordpress_publish_post(t, id);
}

/*
 * Of a list that was asked for: the number of its first; 0: it is empty; -1: it
 * is no list of theirs, and the task has failed.
 */
static json_int_t
wordpress_first(struct task *t, const struct http_answer *a, const char *why)
{
	json_t *doc = wordpress_read(t, a, why);
	json_int_t id;

	if (doc == NULL)
		return -1;
	id = doc_int(json_array_get(doc, 0), "id");
	if (!json_is_array(doc) || (id <= 0 && json_array_size(doc) > 0)) {
		task_fail(t, TASK_AGAIN, 0, "El portal contestó con algo que "
		    "no es de WordPress: revise el ajuste publish_url.");
		id = -1;
	}
	json_decref(doc);
	return id;
}

static void
wordpress_on_found(struct task *t, const struct http_answer *a,
    const char *why)
{
	json_int_t id = wordpress_first(t, a, why);

	if (id > 0)
		wordpress_publish_post(t, id);
	else if (id == 0)
		wordpress_ask(t, "posts", json_pack("{s:s, s:s, s:s}",
		    "title", doc_text(t->body, "title"), "slug",
		    publish_of(t)->slug, "status", "draft"),
		    wordpress_on_post);
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

static const char *
wordpress_lacks(const struct task *t)
{
	const char *login = doc_text(t->body, "login");
	struct publish *w = publish_of(t);
	char *code;

	if (!wordpress_is_safe(doc_text(t->body, "base")))
		return "El ajuste publish_url debe ser la dirección del portal "
		       "y empezar con https://.";
	if (*login == '\0')
		return "Falta la contraseña de aplicación del portal: quien "
		       "administra el sistema la escribe en wordpress.secret.";
	code = base64_text(login, strlen(login));
	w->auth = xasprintf("Authorization: Basic %s", code);
	free(code);
	return NULL;
}

static void
wordpress_page(struct task *t)
{
	char *path = xasprintf("posts?slug=%s&status=any&context=edit",
	    publish_of(t)->slug);

	wordpress_ask(t, path, NULL, wordpress_on_found);
	free(path);
}

/* ---- photographs ---- */

/* "con-2026-0004-9f86d081884c7d65": of this bulletin and these bytes.  Given. */
static char *
wordpress_media_slug(const struct publish *w)
{
	return xasprintf("%s-%.*s", w->slug,
	    (int)strcspn(w->photo.name, "."), w->photo.name);
}

/* It stands there as it should: where? */
static void
wordpress_on_told(struct task *t, const struct http_answer *a,
    const char *why)
{
	struct publish *w = publish_of(t);
	json_t *doc = wordpress_read(t, a, why);
	const char *src;

	if (doc == NULL)
		return;
	src = json_string_value(json_object_get(doc, "source_url"));
	if (w->next == 0)
		w->lead = doc_int(doc, "id");
	if (src == NULL)
		task_fail(t, TASK_AGAIN, 0, "El portal no dijo dónde quedó una "
		    "foto: revise los permisos del usuario.");
	else
		publish_placed(t, xstrdup(src));
	json_decref(doc);
}

static void
wordpress_tell(struct task *t, json_int_t id)
{
	const json_t *file = json_array_get(json_object_get(t->body, "files"),
	    publish_of(t)->next);
	const char *alt = doc_text(file, "alt");
	char path[48];

	(void)snprintf(path, sizeof path, "media/%lld", (long long)id);
	wordpress_ask(t, path, json_pack("{s:s, s:s, s:s}", "alt_text",
	    *alt != '\0' ? alt : doc_text(t->body, "title"), "caption",
	    doc_text(file, "caption"), "title", doc_text(t->body, "title")),
	    wordpress_on_told);
}

static void
wordpress_on_media(struct task *t, const struct http_answer *a,
    const char *why)
{
	json_int_t id = wordpress_made(t, a, why, "la foto que recibió");

	if (id > 0)
		wordpress_tell(t, id);
}

static void
wordpress_on_media_found(struct task *t, const struct http_answer *a,
    const char *why)
{
	const struct publish *w = publish_of(t);
	json_int_t id = wordpress_first(t, a, why);
	char *slug, *path, *type, *name;

	if (id > 0)
		wordpress_tell(t, id);
	if (id != 0)
		return;
	slug = wordpress_media_slug(w);
	path = xasprintf("media?slug=%s", slug);
	type = xasprintf("Content-Type: %s", w->photo.type);
	name = xasprintf("Content-Disposition: attachment; filename=\"%s%s\"",
	    slug, strchr(w->photo.name, '.'));
	wordpress_send(t, path, (const char *const[]){ w->auth,
	    "Accept: application/json", type, name, NULL }, w->photo.bytes.p,
	    w->photo.bytes.len, wordpress_on_media);
	free(slug);
	free(path);
	free(type);
	free(name);
}

static void
wordpress_photo(struct task *t)
{
	char *slug = wordpress_media_slug(publish_of(t));
	char *path = xasprintf("media?slug=%s&context=edit", slug);

	wordpress_ask(t, path, NULL, wordpress_on_media_found);
	free(slug);
	free(path);
}

const struct publisher publisher_wordpress = {
	.name = "wordpress",
	.lacks = wordpress_lacks,
	.photo = wordpress_photo,
	.page = wordpress_page,
};
