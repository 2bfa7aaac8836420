/* SPDX-License-Identifier: ISC */
/*
 * main.c - pauta, on one's own machine: the words of the command line, then
 * native.c.  What the server draws with is screen_main.c.
 */
#include <locale.h>
#include <signal.h>

#include "../proto/base.h"
#include "hash_main.h"
#include "i18n.h"
#include "link.h"
#include "native.h"

static int
main_usage(void)
{
	fprintf(stderr, "%s", _(
	    "uso: pauta [opciones] [ssh://][usuario@]servidor[:puerto]\n"
	    "  -p PUERTO            puerto (2222)\n"
	    "  -i ARCHIVO           llave privada\n"
	    "  --known-hosts ARCHIVO, -o known_hosts=ARCHIVO\n"
	    "                       servidores conocidos (~/.ssh/known_hosts)\n"
	    "  --lineal             por preguntas, sin pantalla completa\n"
	    "  --volcar             escribe la pantalla como texto y sale\n"
	    "     pauta hash ARCHIVO...\n"
	    "                       tamaño y suma de lo que se registra sin "
	    "subirlo\n"));
	return 2;
}

/* The value of an option that takes one: the next word. */
static const char *
main_value(char **argv, int *i)
{
	return argv[*i + 1] == NULL ? NULL : argv[++*i];
}

struct main_options {
	struct link_options link;
	const char *target;
	enum native_mode mode;
};

/* One word of the command line; false when it is not understood. */
static bool
main_word(struct main_options *o, char **argv, int *i)
{
	static const char known[] = "known_hosts=";
	const char *w = argv[*i], *value;

	if (strcmp(w, "--lineal") == 0 || strcmp(w, "--volcar") == 0) {
		o->mode = w[2] == 'l' ? NATIVE_LINEAR : NATIVE_DUMP;
		return true;
	}
	if (w[0] != '-') {
		if (o->target != NULL)
			return false;
		o->target = w;
		return true;
	}
	if ((value = main_value(argv, i)) == NULL)
		return false;
	if (strcmp(w, "-i") == 0)
		o->link.identity = value;
	else if (strcmp(w, "-p") == 0)
		o->link.port = (int)strtol(value, NULL, 10);
	else if (strcmp(w, "--known-hosts") == 0)
		o->link.known_hosts = value;
	else if (strcmp(w, "-o") == 0 &&
	    strncmp(value, known, sizeof known - 1) == 0)
		o->link.known_hosts = value + sizeof known - 1;
	else
		return false;
	return true;
}

int
main(int argc, char **argv)
{
	struct main_options o = { .link = { .port = 0 } };
	int i;

	setlocale(LC_ALL, "");
	i18n_init();
	i18n_use(i18n_asked());
	log_init("pauta", LOG_WARN);
	signal(SIGPIPE, SIG_IGN);
	if (argc > 1 && strcmp(argv[1], "hash") == 0)
		return hash_main(argv + 2);
	for (i = 1; i < argc; i++)
		if (!main_word(&o, argv, &i))
			return main_usage();
	if (o.target == NULL || !link_parse(&o.link, o.target))
		return main_usage();
	i = native_run(&o.link, o.mode);
	link_options_clear(&o.link);
	return i;
}
