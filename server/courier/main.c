/* SPDX-License-Identifier: ISC */
/*
 * main.c - pauta-courier: started by pautad, which starts it again when it
 * ends.  It connects to the core first and puts up its walls then: after that
 * it can open nothing but what resolving names and checking certificates need.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../confine/confine.h"
#include "guard.h"
#include "line.h"

/* Addresses of threads that resolve names included; what the log may grow. */
enum { COURIER_MEMORY = 1 << 30, COURIER_LOG = 64 << 20, COURIER_AT_ONCE = 24,
	/* The longest file that is published; certificates. */
	COURIER_PAGE = 96 << 20, COURIER_CA = 4 << 20 };

struct options {
	const char *dir, *allow, *timeout, *log, *ca, *publish;
};

/* What resolving names and checking certificates need. */
static const char *const courier_reads[] = {
	"/etc", "/run/systemd/resolve", "/usr/lib", "/usr/share/ca-certificates",
	"/usr/local/share/ca-certificates", NULL
};

static void
courier_confine(const char *folder)
{
	rlim_t most = folder != NULL ? COURIER_PAGE : 0;
	struct stat st;

	confine_begin();
	confine_memory(COURIER_MEMORY);
#if !defined(__SANITIZE_ADDRESS__)
	/* The log may be a plain file: a full one is no reason to die. */
	(void)signal(SIGXFSZ, SIG_IGN);
	if (fstat(STDERR_FILENO, &st) == 0 && S_ISREG(st.st_mode) &&
	    (rlim_t)st.st_size + COURIER_LOG > most)
		most = (rlim_t)st.st_size + COURIER_LOG;
	confine_limit(RLIMIT_FSIZE, most);
#else
	(void)st;
	(void)most;
#endif
	confine_paths(courier_reads, folder);
	if (confine_network() < 0)
		log_at(LOG_WARN, "seccomp=absent");
}

/* Certificates of the institution's own, read before the walls are up. */
static int
courier_read_ca(struct courier *co, const char *path, struct why *why)
{
	char part[4096];
	size_t n;
	FILE *f;
	bool well;

	buf_init(&co->ca, COURIER_CA);
	if (*path == '\0')
		return 0;
	well = (f = fopen(path, "rbe")) != NULL;
	while (well && (n = fread(part, 1, sizeof part, f)) > 0)
		well = buf_add(&co->ca, part, n) == 0;
	well = well && !ferror(f);
	if (f != NULL)
		(void)fclose(f);
	return well ? 0 : why_set(why, ERR_SYSTEM, "No se pueden leer los "
	    "certificados de %s, o miden más de %d MB.", path,
	    COURIER_CA >> 20);
}

static int
options_read(struct options *o, int argc, char **argv)
{
	const struct {
		const char *word;
		const char **to;
	} rows[] = {
		{ "--dir", &o->dir },
		{ "--allow", &o->allow },
		{ "--timeout", &o->timeout },
		{ "--log", &o->log },
		{ "--ca", &o->ca },
		{ "--publish", &o->publish },
	};
	size_t k;
	int i;

	for (i = 1; i + 1 < argc; i += 2) {
		for (k = 0; k < ARRAY_LEN(rows); k++)
			if (strcmp(rows[k].word, argv[i]) == 0)
				break;
		if (k == ARRAY_LEN(rows))
			return -ERR_USAGE;
		*rows[k].to = argv[i + 1];
	}
	return i == argc && o->dir != NULL ? 0 : -ERR_USAGE;
}

static int
courier_fail(const struct why *why)
{
	log_at(LOG_WARN, "courier=refused why=\"%s\"", why->text);
	return 1;
}

int
main(int argc, char **argv)
{
	struct options o = { NULL, "", "30", "info", "", "" };
	struct courier co = { .multi = NULL };
	struct guard *guard = NULL;
	struct why why;
	int r;

	if (options_read(&o, argc, argv) < 0) {
		(void)fprintf(stderr, "uso: pauta-courier --dir CARPETA\n"
		    "Lo inicia el servidor; no se usa a mano.\n");
		return 2;
	}
	log_init("courier", strcmp(o.log, "debug") == 0 ? LOG_DEBUG :
	    LOG_INFO);
	(void)signal(SIGPIPE, SIG_IGN);
	if (guard_new(o.allow, &guard, &why) < 0 ||
	    line_open(o.dir, &co.line, &why) < 0)
		return courier_fail(&why);
	if (courier_read_ca(&co, o.ca, &why) < 0)
		return courier_fail(&why);
	co.folder = *o.publish != '\0' ? open(o.publish,
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	co.guard = guard;
	co.timeout_s = strtoll(o.timeout, NULL, 10);
	(void)curl_global_init(CURL_GLOBAL_DEFAULT);
	co.multi = curl_multi_init();
	(void)curl_multi_setopt(co.multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
	    (long)COURIER_AT_ONCE);
	courier_confine(co.folder >= 0 ? o.publish : NULL);
	r = courier_run(&co);
	(void)curl_multi_cleanup(co.multi);
	curl_global_cleanup();
	line_free(co.line);
	buf_clear(&co.ca);
	if (co.folder >= 0)
		(void)close(co.folder);
	guard_free(guard);
	return r;
}
