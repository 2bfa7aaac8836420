/* SPDX-License-Identifier: ISC */
/* transfer.c - see transfer.h. */
#include "transfer.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guard.h"

/* A report is written at once, or not at all: PIPE_BUF. */
enum { CONNECT_S = 15, APART_MOST = 4096 };

static struct transfer *transfers;	/* all that are under way */

/* What a process apart says when it is done; the transfer's back follows. */
struct report {
	CURLcode code;
	long response;
	bool refused, over;
	char address[64];
};

static void
apart_end(struct transfer *x)
{
	if (x->pid == 0)
		return;
	(void)kill(x->pid, SIGKILL);
	(void)close(x->fd);
	while (waitpid(x->pid, NULL, 0) < 0 && errno == EINTR)
		;
	x->pid = 0;
}

static void
transfer_free(struct transfer *x)
{
	struct transfer **p;

	for (p = &transfers; *p != x; p = &(*p)->next)
		;
	*p = x->next;
	apart_end(x);
	(void)curl_multi_remove_handle(x->t->co->multi, x->easy);
	curl_easy_cleanup(x->easy);
	if (x->free_own != NULL)
		x->free_own(x->own);
	buf_clear(&x->body);
	free(x);
}

/* The address is known, and the socket does not exist yet. */
static curl_socket_t
transfer_on_socket(void *arg, curlsocktype what, struct curl_sockaddr *a)
{
	struct transfer *x = arg;

	x->refused = what != CURLSOCKTYPE_IPCXN || (x->ports != NULL &&
	    !guard_admits(x->t->co->guard, &a->addr, (socklen_t)a->addrlen,
		x->ports, x->address));
	if (x->refused)
		return CURL_SOCKET_BAD;
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

static size_t
transfer_on_body(char *p, size_t size, size_t n, void *arg)
{
	struct transfer *x = arg;

	if (buf_add(&x->body, p, size * n) < 0) {
		x->over = true;
		return 0;
	}
	return size * n;
}

struct transfer *
transfer_new(struct task *t, const char *protocols, size_t most,
    transfer_fn *on_end)
{
	struct transfer *x = xcalloc(1, sizeof *x);
	CURL *e = curl_easy_init();
	struct curl_blob ca = { t->co->ca.p, t->co->ca.len,
		CURL_BLOB_NOCOPY };

	x->t = t;
	x->easy = e;
	x->on_end = on_end;
	buf_init(&x->body, most);
	x->next = transfers;
	transfers = x;
	curl_easy_setopt(e, CURLOPT_PRIVATE, x);
	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, protocols);
	curl_easy_setopt(e, CURLOPT_REDIR_PROTOCOLS_STR, "https");
	curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(e, CURLOPT_PROXY, "");
	curl_easy_setopt(e, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(e, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(e, CURLOPT_SSL_VERIFYHOST, 2L);
	if (t->co->ca.len > 0)
		curl_easy_setopt(e, CURLOPT_CAINFO_BLOB, &ca);
	curl_easy_setopt(e, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(e, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(e, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	curl_easy_setopt(e, CURLOPT_TIMEOUT, (long)t->co->timeout_s);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, transfer_on_socket);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, x);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, transfer_on_body);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, x);
	return x;
}

void
transfer_start(struct transfer *x)
{
	(void)curl_multi_add_handle(x->t->co->multi, x->easy);
}

/* ---- in a process of its own ---- */

_Noreturn static void
apart_run(struct transfer *x, int fd, pid_t courier)
{
	struct report r = { .code = CURLE_OK };
	char all[APART_MOST];

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* It died before that: another one has this task, or will have it. */
	if (getppid() != courier)
		_exit(1);
	(void)alarm((unsigned)x->t->co->timeout_s + COURIER_SILENCE_S +
	    CONNECT_S);
	r.code = curl_easy_perform(x->easy);
	(void)curl_easy_getinfo(x->easy, CURLINFO_RESPONSE_CODE, &r.response);
	r.refused = x->refused;
	r.over = x->over;
	memcpy(r.address, x->address, sizeof r.address);
	memcpy(all, &r, sizeof r);
	memcpy(all + sizeof r, x->back, x->back_len);
	_exit(write(fd, all, sizeof r + x->back_len) < 0);
}

void
transfer_start_apart(struct transfer *x, void *back, size_t len)
{
	pid_t courier = getpid();
	int fds[2];

	assert(sizeof(struct report) + len <= APART_MOST);
	x->back = back;
	x->back_len = len;
	if (pipe(fds) < 0)
		fds[0] = fds[1] = -1;
	if (fds[0] < 0 || (x->pid = fork()) < 0) {
		/* Not now: as it would be if nobody answered. */
		x->pid = 0;
		x->failed = true;
		(void)close(fds[0]);
	} else if (x->pid == 0) {
		apart_run(x, fds[1], courier);
	}
	(void)close(fds[1]);
	x->fd = fds[0];
}

/* Its report, whole, or that it died without one. */
static CURLcode
apart_read(struct transfer *x)
{
	char all[APART_MOST];
	struct report r;
	ssize_t n = read(x->fd, all, sizeof all);

	if (n != (ssize_t)(sizeof r + x->back_len))
		return CURLE_ABORTED_BY_CALLBACK;
	memcpy(&r, all, sizeof r);
	memcpy(x->back, all + sizeof r, x->back_len);
	x->response = r.response;
	x->refused = r.refused;
	x->over = r.over;
	memcpy(x->address, r.address, sizeof x->address);
	return r.code;
}

unsigned
transfer_waits(struct curl_waitfd *w, unsigned max)
{
	const struct transfer *x;
	unsigned n = 0;

	for (x = transfers; x != NULL && n < max; x = x->next)
		if (x->pid != 0)
			w[n++] = (struct curl_waitfd){ .fd = x->fd,
				.events = CURL_WAIT_POLLIN };
	return n;
}

/* One that has ended, or could not begin. */
static struct transfer *
apart_find(void)
{
	struct transfer *x;
	struct pollfd p = { .events = POLLIN };

	for (x = transfers; x != NULL; x = x->next) {
		p.fd = x->fd;
		if (x->failed || (x->pid != 0 && poll(&p, 1, 0) > 0))
			return x;
	}
	return NULL;
}

// clang-format off
/* What people can do something about. */
static const struct {
	CURLcode code;
	const char *say;
} transfer_whys[] = {
	{ CURLE_URL_MALFORMAT, "La dirección está mal escrita: corríjala." },
	{ CURLE_UNSUPPORTED_PROTOCOL, "La dirección no es de las que se abren: debe empezar con https:// o http://." },
	{ CURLE_COULDNT_RESOLVE_HOST, "No existe un servidor con ese nombre, o no hay red: revise la dirección." },
	{ CURLE_COULDNT_CONNECT, "El servidor no contesta: puede estar apagado." },
	{ CURLE_OPERATION_TIMEDOUT, "El servidor tardó demasiado en contestar." },
	{ CURLE_PEER_FAILED_VERIFICATION, "El certificado del servidor no es válido: no se le puede creer." },
	{ CURLE_SSL_CONNECT_ERROR, "No se pudo cifrar la conexión con el servidor." },
	{ CURLE_LOGIN_DENIED, "El servidor no aceptó el usuario o la contraseña." },
	{ CURLE_GOT_NOTHING, "El servidor cerró la conexión sin contestar." },
	{ CURLE_BAD_CONTENT_ENCODING, "Lo que mandó el servidor está comprimido de una forma que no se puede leer." },
};
// clang-format on

const char *
transfer_why(struct transfer *x, CURLcode code)
{
	static char say[256];
	size_t i;

	if (x->refused) {
		(void)snprintf(say, sizeof say, "La dirección lleva a la red "
		    "interna o a un puerto que no se abre (%.60s): corríjala, "
		    "o pida permiso a quien administra el sistema.",
		    x->address);
		return say;
	}
	if (x->over || code == CURLE_FILESIZE_EXCEEDED) {
		(void)snprintf(say, sizeof say, "Lo que mandó el servidor "
		    "mide más de %zu KB: no se leyó.", x->body.max / 1024);
		return say;
	}
	for (i = 0; i < ARRAY_LEN(transfer_whys); i++)
		if (transfer_whys[i].code == code)
			return transfer_whys[i].say;
	log_at(LOG_INFO, "job=%lld curl=%d error=\"%s\"", (long long)x->t->id,
	    (int)code, curl_easy_strerror(code));
	(void)snprintf(say, sizeof say, "La conexión con el servidor falló "
	    "(curl %d): quien administra el sistema ve la causa en la "
	    "bitácora del servidor.", (int)code);
	return say;
}

void
transfer_drop(const struct task *t)
{
	struct transfer *x, *next;

	for (x = transfers; x != NULL; x = next) {
		next = x->next;
		if (x->t == t)
			transfer_free(x);
	}
}

static bool
transfer_is_live(const struct transfer *x)
{
	const struct transfer *y;

	for (y = transfers; y != NULL && y != x; y = y->next)
		;
	return y != NULL;
}

/* When a transfer ends its task, it goes with it. */
void
transfer_turn(struct courier *co)
{
	struct transfer *x;
	CURLMsg *m;
	CURLcode code;
	int left;

	while ((m = curl_multi_info_read(co->multi, &left)) != NULL) {
		if (m->msg != CURLMSG_DONE)
			continue;
		code = m->data.result;
		x = NULL;
		(void)curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &x);
		(void)curl_multi_remove_handle(co->multi, m->easy_handle);
		x->on_end(x, code);
		if (transfer_is_live(x))
			transfer_free(x);
	}
	while ((x = apart_find()) != NULL) {
		code = x->failed ? CURLE_COULDNT_CONNECT : apart_read(x);
		x->failed = false;
		apart_end(x);
		x->on_end(x, code);
		if (transfer_is_live(x))
			transfer_free(x);
	}
}
