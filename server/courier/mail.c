/* SPDX-License-Identifier: ISC */
/*
 * mail.c - tasks of kind "mail": one message to one recipient.
 *
 *	body    {"server","tls","login"?,"from","from_name","to":{"address",
 *		"name"},"title","text","at","files":[{"name","type"}]}
 *	result  {"answer","id"} or, when nobody knows, {"unknown":true,…}
 *
 *	files, one by one --> message --> SMTP --250--> done
 *	                                   |'--4xx--> again  '--5xx--> for good
 *	                                   '-- silence after the last byte:
 *	                                       the other side may have it
 */
#include <unistd.h>

#include "../../proto/text.h"
#include "kinds.h"
#include "mime.h"
#include "transfer.h"

enum { MAIL_FILES = 16, MAIL_ANSWER = 4096, MAIL_LATER = 600 };

struct mail {
	struct mime_part parts[MAIL_FILES];
	struct buf files[MAIL_FILES];
	unsigned count, next;		/* of files; that is asked for */
	struct buf message;
	size_t size;			/* of the message */
	struct curl_slist *to;
	char *id, *url;
	struct mail_talk {		/* comes back from the process apart */
		size_t sent;
		char said[256];		/* last line of the server */
	} talk;
};

void
mail_clear(struct task *t)
{
	struct mail *m = t->own;
	unsigned i;

	if (m == NULL)
		return;
	for (i = 0; i < m->count; i++)
		buf_clear(&m->files[i]);
	buf_clear(&m->message);
	curl_slist_free_all(m->to);
	free(m->id);
	free(m->url);
	free(m);
}

/* ---- speaking ---- */

static size_t
mail_on_read(char *p, size_t size, size_t n, void *arg)
{
	struct mail *m = arg;
	size_t left = m->message.len - m->talk.sent;

	n *= size;
	if (n > left)
		n = left;
	memcpy(p, m->message.p + m->talk.sent, n);
	m->talk.sent += n;
	return n;
}

/* Lines of the server: the last one before its farewell is about the mail. */
static size_t
mail_on_line(char *p, size_t size, size_t n, void *arg)
{
	struct mail *m = arg;
	char line[sizeof m->talk.said];

	n *= size;
	(void)snprintf(line, sizeof line, "%.*s", (int)n, p);
	line[strcspn(line, "\r\n")] = '\0';
	text_cut(line);
	if (*line != '\0' && strncmp(line, "221", 3) != 0)
		(void)text_safe(line, m->talk.said, sizeof m->talk.said, 0);
	return n;
}

static void
mail_done(struct task *t, bool known)
{
	struct mail *m = t->own;
	json_t *result = json_pack("{s:s, s:s}", "answer", m->talk.said, "id",
	    m->id);

	if (result == NULL)
		result = json_object();
	if (!known)
		json_object_set_new(result, "unknown", json_true());
	task_done(t, result);
}

static void
mail_on_end(struct transfer *x, CURLcode code)
{
	struct task *t = x->t;
	struct mail *m = t->own;
	long said = x->response;

	if (code == CURLE_OK)
		mail_done(t, true);
	else if (code == CURLE_ABORTED_BY_CALLBACK ||
	    (m->talk.sent == m->size && said == 354))
		mail_done(t, false);
	else if (code == CURLE_USE_SSL_FAILED)
		task_fail(t, TASK_AGAIN, MAIL_LATER, "El servidor de correo "
		    "no cifra la conexión: quien administra el sistema revisa "
		    "el ajuste mail_tls.");
	else if (said == 530 || said == 534 || said == 535)
		task_fail(t, TASK_AGAIN, MAIL_LATER, "El servidor de correo no "
		    "aceptó el usuario o la contraseña: «%.200s»", m->talk.said);
	else if (said >= 500 && said < 600)
		task_fail(t, TASK_FOR_GOOD, 0, "El servidor de correo lo "
		    "rechazó: «%.200s»", m->talk.said);
	else if (said >= 400 && said < 500)
		task_fail(t, TASK_AGAIN, 0, "El servidor de correo pide "
		    "intentarlo después: «%.200s»", m->talk.said);
	else
		task_fail(t, TASK_AGAIN, 0, "%s", transfer_why(x, code));
}

static void
mail_start(struct task *t)
{
	struct mail *m = t->own;
	const char *login = doc_text(t->body, "login");
	const char *tls = doc_text(t->body, "tls");
	struct transfer *x = transfer_new(t, "smtp,smtps", MAIL_ANSWER,
	    mail_on_end);
	CURL *e = x->easy;
	char *from;

	m->url = xasprintf("%s://%s", strcmp(tls, "tls") == 0 ? "smtps" :
	    "smtp", doc_text(t->body, "server"));
	from = xasprintf("<%s>", doc_text(t->body, "from"));
	m->to = curl_slist_append(NULL, doc_text(json_object_get(t->body,
	    "to"), "address"));
	curl_easy_setopt(e, CURLOPT_URL, m->url);
	curl_easy_setopt(e, CURLOPT_USE_SSL, strcmp(tls, "ninguno") == 0 ?
	    (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	curl_easy_setopt(e, CURLOPT_MAIL_FROM, from);
	curl_easy_setopt(e, CURLOPT_MAIL_RCPT, m->to);
	if (*login != '\0')
		curl_easy_setopt(e, CURLOPT_USERPWD, login);
	curl_easy_setopt(e, CURLOPT_SERVER_RESPONSE_TIMEOUT,
	    (long)(t->co->timeout_s < COURIER_SILENCE_S ? t->co->timeout_s :
		COURIER_SILENCE_S));
	curl_easy_setopt(e, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(e, CURLOPT_READFUNCTION, mail_on_read);
	curl_easy_setopt(e, CURLOPT_READDATA, m);
	curl_easy_setopt(e, CURLOPT_INFILESIZE_LARGE,
	    (curl_off_t)m->size);
	curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, mail_on_line);
	curl_easy_setopt(e, CURLOPT_HEADERDATA, m);
	free(from);
	transfer_start_apart(x, &m->talk, sizeof m->talk);
	buf_clear(&m->message);		/* the process has it */
}

/* ---- composing ---- */

static void
mail_compose(struct task *t)
{
	struct mail *m = t->own;
	const json_t *to = json_object_get(t->body, "to");
	struct mime_mail mail = {
		.from = doc_text(t->body, "from"),
		.from_name = doc_text(t->body, "from_name"),
		.to = doc_text(to, "address"),
		.to_name = doc_text(to, "name"),
		.subject = doc_text(t->body, "title"),
		.text = doc_text(t->body, "text"),
		.parts = m->parts,
		.parts_count = m->count,
	};
	char number[24];
	struct why why;
	unsigned i;
	int r;

	for (i = 0; i < m->count; i++) {
		m->parts[i].bytes = m->files[i].p;
		m->parts[i].len = m->files[i].len;
	}
	(void)snprintf(number, sizeof number, "%lld", (long long)t->id);
	m->id = mime_make_id(number, t->office, mail.from);
	mail.id = m->id;
	(void)when_parse(doc_text(t->body, "at"), &mail.date);
	r = mime_write(&mail, &m->message, &why);
	m->size = m->message.len;
	for (i = 0; i < m->count; i++)
		buf_clear(&m->files[i]);
	if (r < 0)
		task_fail(t, TASK_FOR_GOOD, 0, "%s", why.text);
	else
		mail_start(t);
}

static void
mail_on_file(struct task *t, int fd, const struct why *why)
{
	struct mail *m = t->own;
	bool well = fd >= 0 && buf_read(&m->files[m->next], fd);

	(void)why;
	if (fd >= 0)
		(void)close(fd);
	if (!well)
		task_fail(t, TASK_FOR_GOOD, 0, "No se pudo leer «%.80s», que "
		    "va adjunto, o mide demasiado para un correo.",
		    m->parts[m->next].name);
	else if (++m->next < m->count)
		task_ask_file(t, m->next, mail_on_file);
	else
		mail_compose(t);
}

/* What must be there before anything is tried; NULL: all of it. */
static const char *
mail_lacks(const struct task *t)
{
	if (*doc_text(t->body, "server") == '\0')
		return "No hay servidor de correo: quien administra el sistema "
		       "lo escribe en el ajuste mail_server.";
	if (*doc_text(t->body, "from") == '\0')
		return "No hay remitente: quien administra el sistema escribe "
		       "una dirección en el ajuste mail_from.";
	if (strpbrk(doc_text(t->body, "server"), "/@?# \r\n") != NULL)
		return "El ajuste mail_server no se entiende: lleva "
		       "SERVIDOR:PUERTO.";
	if (*doc_text(t->body, "login") != '\0' &&
	    strcmp(doc_text(t->body, "tls"), "ninguno") == 0)
		return "Hay una contraseña y el ajuste mail_tls pide no "
		       "cifrar: así no se manda.";
	return NULL;
}

void
mail_begin(struct task *t)
{
	const json_t *files = json_object_get(t->body, "files"), *one;
	const char *lacks = mail_lacks(t);
	struct mail *m = t->own = xcalloc(1, sizeof *m);
	unsigned i;

	buf_init(&m->message, MIME_MAX);
	if (lacks != NULL) {
		task_fail(t, TASK_AGAIN, MAIL_LATER, "%s", lacks);
		return;
	}
	for (i = 0; i < json_array_size(files) && i < MAIL_FILES; i++) {
		one = json_array_get(files, i);
		m->parts[i].name = doc_text(one, "name");
		m->parts[i].type = doc_text(one, "type");
		buf_init(&m->files[i], MIME_MAX / 2);
		m->count++;
	}
	if (m->count > 0)
		task_ask_file(t, 0, mail_on_file);
	else
		mail_compose(t);
}
