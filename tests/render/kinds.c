/* SPDX-License-Identifier: ISC */
/*
 * kinds.c - jobs that mean no good, in place of server/render/kinds.c: what a
 * decoder does that a stranger's file has taken over, behind the same walls.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../server/render/render.h"

/* Well-behaved: what the job says, and what its first file holds. */
static int
kind_echo(const json_t *job, int out, struct why *why)
{
	char text[64];
	ssize_t n = read((int)json_integer_value(json_object_get(job, "file")),
	    text, sizeof text);
	json_t *doc = json_pack("{s:O, s:s%}", "job", job, "read", text,
	    (size_t)(n > 0 ? n : 0));
	int r = render_write_json(out, doc, why);

	json_decref(doc);
	return r;
}

static int
kind_fall(const json_t *job, int out, struct why *why)
{
	(void)job;
	(void)out;
	(void)why;
	abort();
}

static int
kind_refuse(const json_t *job, int out, struct why *why)
{
	(void)job;
	(void)out;
	return why_set(why, ERR_REFUSED, "La imagen \033[2J está rota.");
}

static int
kind_connect(const json_t *job, int out, struct why *why)
{
	(void)job;
	if (socket(AF_INET, SOCK_STREAM, 0) < 0)
		return why_set(why, ERR_REFUSED, "no");
	return render_write(out, "connected", 9, why);
}

static int
kind_open(const json_t *job, int out, struct why *why)
{
	(void)job;
	if (open("/etc/passwd", O_RDONLY) < 0)
		return why_set(why, ERR_REFUSED, "no");
	return render_write(out, "opened", 6, why);
}

/* Of the sanitizer only one allocation is limited, not their sum. */
#if defined(__SANITIZE_ADDRESS__)
enum { PIECE = 512 << 20, PIECES = 1 };
#else
enum { PIECE = 8 << 20, PIECES = 64 };
#endif

/* Half a gigabyte that is used. */
static int
kind_hoard(const json_t *job, int out, struct why *why)
{
	volatile char *p;
	int i;

	(void)job;
	for (i = 0; i < PIECES; i++) {
		if ((p = malloc(PIECE)) == NULL)
			return why_set(why, ERR_REFUSED, "no");
		for (size_t k = 0; k < PIECE; k += 4096)
			p[k] = 1;
	}
	return render_write(out, "had", 3, why);
}

static int
kind_fill(const json_t *job, int out, struct why *why)
{
	static char piece[1 << 20];
	int i, r = 0;

	(void)job;
	for (i = 0; i < (RENDER_RESULT >> 20) + 1 && r == 0; i++)
		r = render_write(out, piece, sizeof piece, why);
	return r;
}

/* Which descriptors are open? */
static int
kind_list(const json_t *job, int out, struct why *why)
{
	json_t *doc = json_array();
	int fd, r;

	(void)job;
	for (fd = 0; fd < 1024; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			json_array_append_new(doc, json_integer(fd));
	r = render_write_json(out, doc, why);
	json_decref(doc);
	return r;
}

const struct render_kind render_kinds[] = {
	{ "eco", kind_echo, NULL, 0, 0 },
	{ "cae", kind_fall, NULL, 0, 0 },
	{ "rehusa", kind_refuse, NULL, 0, 0 },
	{ "conecta", kind_connect, NULL, 0, 0 },
	{ "abre", kind_open, NULL, 0, 0 },
	{ "acapara", kind_hoard, NULL, 0, 0 },
	{ "llena", kind_fill, NULL, 0, 0 },
	{ "lista", kind_list, NULL, 0, 0 },
	{ NULL, NULL, NULL, 0, 0 },
};
