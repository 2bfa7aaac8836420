/* SPDX-License-Identifier: ISC */
/* served.c - see served.h. */
#include "served.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "i18n.h"
#include "linear.h"
#include "loop.h"

static int
served_fd(void *arg, const struct frames *f, short *events)
{
	(void)arg;
	*events = (short)(POLLIN | (f->out.len > 0 ? POLLOUT : 0));
	return SERVED_CORE;
}

static bool
served_is_lost(ssize_t n)
{
	return n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
}

static enum carry
served_pump(void *arg, struct frames *f, struct why *why)
{
	uint8_t part[16 * 1024];
	ssize_t n;

	(void)arg;
	(void)why;
	while ((n = recv(SERVED_CORE, part, sizeof part, MSG_DONTWAIT)) > 0)
		if (buf_add(&f->in, part, (size_t)n) < 0)
			return CARRY_END;
	/* What came before the end is still delivered, in the next turn. */
	if (served_is_lost(n))
		return f->in.len > 0 ? CARRY_SAME : CARRY_END;
	while (f->out.len > 0 && (n = send(SERVED_CORE, f->out.p, f->out.len,
	    MSG_DONTWAIT | MSG_NOSIGNAL)) > 0)
		buf_del(&f->out, (size_t)n);
	return f->out.len > 0 && served_is_lost(n) ? CARRY_END : CARRY_SAME;
}

static int
served_timeout(void *arg)
{
	(void)arg;
	return -1;
}

static long
served_number(const char *name)
{
	const char *s = getenv(name);

	return s == NULL ? 0 : strtol(s, NULL, 10);
}

int
served_run(bool lineal)
{
	const struct carrier carrier = { .fd = served_fd, .pump = served_pump,
		.timeout = served_timeout };
	struct loop_config conf = { .term = getenv("TERM"),
		.asked = getenv("PAUTA_TERM"),
		.in = SERVED_TERMINAL, .out = SERVED_TERMINAL,
		.control = SERVED_CONTROL };
	struct why why = { ERR_NONE, "" };
	int status;

	conf.letters = term_letters(conf.term);
	i18n_use(getenv("PAUTA_LANG"));
	conf.lang = i18n_lang();
	term_clamp(served_number("PAUTA_ROWS"), served_number("PAUTA_COLS"),
	    &conf.rows, &conf.cols);
	if (lineal)
		return linear_run(SERVED_TERMINAL, SERVED_TERMINAL, NULL,
		    &carrier, &why);
	status = loop_run(&conf, &carrier, &why);
	if (status == 1)
		dprintf(SERVED_TERMINAL, "%s\r\n", why.text);
	return status;
}
