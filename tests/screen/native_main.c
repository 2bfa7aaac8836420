/* SPDX-License-Identifier: ISC */
/*
 * native_main.c - the screens as the native client has them, for same_test: it
 * begins with what it keeps, without a stream, and says Hello when there is
 * one.  What brings the frames is the harness's socket instead of ssh.
 */
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

#include "../../proto/i18n.h"
#include "../../client/loop.h"
#include "../../client/served.h"
#include "../../client/shelf.h"

static int
native_fd(void *arg, const struct frames *f, short *events)
{
	(void)arg;
	*events = (short)(POLLIN | (f->out.len > 0 ? POLLOUT : 0));
	return SERVED_CORE;
}

static enum carry
native_pump(void *arg, struct frames *f, struct why *why)
{
	bool *opening = arg;
	uint8_t part[4096];
	ssize_t n;

	(void)why;
	if (*opening) {
		*opening = false;
		return CARRY_UP;
	}
	while ((n = recv(SERVED_CORE, part, sizeof part, MSG_DONTWAIT)) > 0)
		if (buf_add(&f->in, part, (size_t)n) < 0)
			return CARRY_END;
	if (n == 0)
		return f->in.len > 0 ? CARRY_SAME : CARRY_END;
	while (f->out.len > 0 && (n = send(SERVED_CORE, f->out.p, f->out.len,
	    MSG_DONTWAIT | MSG_NOSIGNAL)) > 0)
		buf_del(&f->out, (size_t)n);
	return CARRY_SAME;
}

static int
native_timeout(void *arg)
{
	(void)arg;
	return -1;
}

static int
native_number(const char *name)
{
	const char *s = getenv(name);

	return s == NULL ? 0 : (int)strtol(s, NULL, 10);
}

int
main(void)
{
	bool opening = true;
	struct carrier carrier = { .fd = native_fd, .pump = native_pump,
		.timeout = native_timeout, .arg = &opening, .opening = true,
		.shelf = shelf_new("prueba", 2222, "mlopez") };
	struct loop_config conf = { .term = getenv("TERM"),
		.in = SERVED_TERMINAL, .out = SERVED_TERMINAL,
		.control = SERVED_CONTROL, .rows = native_number("PAUTA_ROWS"),
		.cols = native_number("PAUTA_COLS") };
	struct why why = { ERR_NONE, "" };
	int status;

	setlocale(LC_ALL, "");
	i18n_init();
	i18n_use(i18n_asked());
	log_init("screen-native", LOG_WARN);
	signal(SIGPIPE, SIG_IGN);
	conf.letters = term_letters(conf.term);
	conf.lang = i18n_lang();
	status = loop_run(&conf, &carrier, &why);
	shelf_free(carrier.shelf);
	return status;
}
