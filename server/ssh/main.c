/* SPDX-License-Identifier: ISC */
/*
 * main.c - pauta-session: the door of the server.  Started by pautad with a
 * listening socket; two more uses make and name the host key.
 */
#include <errno.h>
#include <getopt.h>
#include <libssh/libssh.h>
#include <limits.h>
#include <unistd.h>

#include "../../proto/i18n.h"
#include "hostkey.h"
#include "listener.h"

static const char main_usage[] =
    "uso: pauta-session --listen-fd N --dir CARPETA [--pauta RUTA] [--slow]\n"
    "                   [--old-macs] [--grace SEGUNDOS] [--per-user N]\n"
    "                   [--per-source N] [--exempt DIRECCIÓN[/BITS]]…\n"
    "     pauta-session --make-key ARCHIVO\n"
    "     pauta-session --fingerprint ARCHIVO\n";

enum main_option {
	MAIN_LISTEN_FD = 256,
	MAIN_DIR,
	MAIN_PAUTA,
	MAIN_SLOW,
	MAIN_OLD_MACS,
	MAIN_GRACE,
	MAIN_PER_USER,
	MAIN_PER_SOURCE,
	MAIN_EXEMPT,
	MAIN_MAKE_KEY,
	MAIN_FINGERPRINT
};

static const struct option main_options[] = {
	{ "listen-fd", required_argument, NULL, MAIN_LISTEN_FD },
	{ "dir", required_argument, NULL, MAIN_DIR },
	{ "pauta", required_argument, NULL, MAIN_PAUTA },
	{ "slow", no_argument, NULL, MAIN_SLOW },
	{ "old-macs", no_argument, NULL, MAIN_OLD_MACS },
	{ "grace", required_argument, NULL, MAIN_GRACE },
	{ "per-user", required_argument, NULL, MAIN_PER_USER },
	{ "per-source", required_argument, NULL, MAIN_PER_SOURCE },
	{ "exempt", required_argument, NULL, MAIN_EXEMPT },
	{ "make-key", required_argument, NULL, MAIN_MAKE_KEY },
	{ "fingerprint", required_argument, NULL, MAIN_FINGERPRINT },
	{ NULL, 0, NULL, 0 }
};

struct main_args {
	struct listener_args listener;
	const char *make_key, *fingerprint;
};

/* 0, or -ERR_USAGE. */
static int
main_number(const char *text, int least, int most, int *out)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || n < least || n > most)
		return -ERR_USAGE;
	*out = (int)n;
	return 0;
}

static int
main_exempt(struct listener_args *l, const char *text)
{
	if (l->exempt_n == LISTENER_EXEMPT_MAX)
		return -ERR_USAGE;
	return block_parse(text, &l->exempt[l->exempt_n++]);
}

static int
main_option(struct main_args *a, int option, const char *value)
{
	struct listener_args *l = &a->listener;

	switch (option) {
	case MAIN_LISTEN_FD:
		return main_number(value, 3, 1023, &l->fd);
	case MAIN_DIR:
		l->dir = value;
		return 0;
	case MAIN_PAUTA:
		l->program = value;
		return 0;
	case MAIN_SLOW:
		l->slow = true;
		return 0;
	case MAIN_OLD_MACS:
		l->old_macs = true;
		return 0;
	case MAIN_GRACE:
		return main_number(value, 1, 600, &l->limits.grace);
	case MAIN_PER_USER:
		return main_number(value, 1, 512, &l->limits.user_sessions);
	case MAIN_PER_SOURCE:
		return main_number(value, 1, 64, &l->limits.source_starts);
	case MAIN_EXEMPT:
		return main_exempt(l, value);
	case MAIN_MAKE_KEY:
		a->make_key = value;
		return 0;
	case MAIN_FINGERPRINT:
		a->fingerprint = value;
		return 0;
	default:
		return -ERR_USAGE;
	}
}

/* Print the key's name, having made it first when asked to. */
static int
main_key(const char *file, bool make)
{
	struct why why;
	char *text = NULL;
	int r = 0;

	if (make)
		r = hostkey_make(file, &why);
	if (r == 0)
		r = hostkey_fingerprint(file, &text, &why);
	if (r < 0) {
		(void)fprintf(stderr, "pauta-session: %s\n", why.text);
		return err_status(why.e);
	}
	(void)printf("%s\n", text);
	free(text);
	return 0;
}

/* pauta-screen lies beside this program unless told otherwise.  Given, or NULL. */
static char *
main_program(const char *asked)
{
	char self[PATH_MAX], *slash;
	ssize_t n;

	if (asked != NULL)
		return realpath(asked, NULL);
	n = readlink("/proc/self/exe", self, sizeof self - 1);
	if (n < 0)
		return NULL;
	self[n] = '\0';
	if ((slash = strrchr(self, '/')) == NULL)
		return NULL;
	*slash = '\0';
	return xasprintf("%s/pauta-screen", self);
}

static int
main_serve(struct listener_args *l)
{
	char *program = main_program(l->program);
	struct why why = { .e = ERR_SYSTEM, .text = "" };
	int r;

	if (program == NULL)
		r = why_set(&why, ERR_SYSTEM,
		    "No se encuentra el programa de pantallas (%s).",
		    l->program == NULL ? "pauta" : l->program);
	else {
		l->program = program;
		r = listener_run(l, &why);
	}
	if (r < 0)
		log_at(LOG_FATAL, "%s", why.text);
	free(program);
	return r < 0 ? err_status(why.e) : 0;
}

int
main(int argc, char **argv)
{
	struct main_args a = { .listener = { .fd = -1,
				   .limits = LIMITS_DEFAULT } };
	int option;

	log_init("listener", LOG_INFO);
	i18n_init();
	while ((option = getopt_long(argc, argv, "", main_options, NULL)) != -1)
		if (main_option(&a, option, optarg) < 0)
			goto usage;
	if (optind != argc || ssh_init() != SSH_OK)
		goto usage;
	if (a.make_key != NULL)
		return main_key(a.make_key, true);
	if (a.fingerprint != NULL)
		return main_key(a.fingerprint, false);
	if (a.listener.fd < 0 || a.listener.dir == NULL)
		goto usage;
	return main_serve(&a.listener);
usage:
	(void)fputs(main_usage, stderr);
	return err_status(ERR_USAGE);
}
