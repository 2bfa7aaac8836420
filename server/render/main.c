/* SPDX-License-Identifier: ISC */
/* main.c - pauta-render: the walls, then the job.  See render.h. */
#include "render.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../confine/confine.h"

#if defined(__SANITIZE_ADDRESS__)
/* What RLIMIT_AS is to a release: see confine_memory(). */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "max_allocation_size_mb=256:allocator_may_return_null=1:"
	       "detect_leaks=0";
}
#endif

/* The row of that name; NULL: there is none. */
static const struct render_kind *
main_kind(const char *name)
{
	const struct render_kind *kind;

	for (kind = render_kinds; kind->name != NULL; kind++)
		if (strcmp(kind->name, name) == 0)
			return kind;
	return NULL;
}

static void *
main_alloc(size_t n)
{
	return xrealloc(NULL, n, 1);
}

static int
main_confine(const struct render_kind *kind, unsigned files)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)syscall(SYS_close_range, RENDER_FILE + files, ~0U, 0);
	(void)signal(SIGXFSZ, SIG_IGN);
	(void)signal(SIGPIPE, SIG_IGN);
	/* Each of Pango's threads would take 64 MiB of addresses for an arena. */
	(void)mallopt(M_ARENA_MAX, 1);
	confine_begin();
	confine_limit(RLIMIT_CPU,
	    kind->seconds > 0 ? kind->seconds : RENDER_CPU_S);
	confine_limit(RLIMIT_FSIZE, RENDER_RESULT);
	confine_memory(RENDER_MEMORY + kind->libraries);
	confine_paths(kind->readable, NULL);
	return confine_calls();
}

static int
main_run(const struct render_kind *kind)
{
	struct why why = { 0 };
	json_t *job = json_loadfd(STDIN_FILENO, 0, NULL);
	int r = -ERR_SYSTEM;

	if (json_is_object(job))
		r = kind->run(job, STDOUT_FILENO, &why);
	if (r < 0)
		(void)!write(STDERR_FILENO, why.text, strlen(why.text));
	/* What the libraries still hold is the kernel's to take. */
	_exit(r == 0 ? 0 : 1);
}

int
main(int argc, char **argv)
{
	const struct render_kind *kind =
	    argc == 3 ? main_kind(argv[1]) : NULL;

	log_init("render", LOG_INFO);
	if (kind == NULL) {
		(void)fprintf(stderr, "uso: pauta-render CLASE ARCHIVOS\n"
		    "Lo inicia el servidor; no se usa a mano.\n");
		return 2;
	}
	json_set_alloc_funcs(main_alloc, free);
	if (main_confine(kind, (unsigned)strtoul(argv[2], NULL, 10)) < 0) {
		log_at(LOG_WARN, "confine=failed");
		return 2;
	}
	return main_run(kind);
}
