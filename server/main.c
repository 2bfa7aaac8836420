/* SPDX-License-Identifier: ISC */
/*
 * main.c - pautad: the server and its administration.  One table of verbs; each
 * row turns command-line words into commands of the core (core/command.c) or
 * into init, serve and the checks that need no record.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../proto/i18n.h"
#include "../proto/text.h"
#include "admin.h"
#include "conf.h"
#include "core/seal.h"
#include "main.h"

int
main_fail(const char *text)
{
	(void)fprintf(stderr, "%s\n", text);
	return err_status(ERR_USAGE);
}

int
main_refuse(const struct why *why)
{
	(void)fprintf(stderr, "%s\n", why->text);
	return err_status(why->e);
}

/* ---- one function a verb ---- */

static int
main_init(struct args *a)
{
	return init_run(a->dir, a->demo);
}

static int
main_serve(struct args *a)
{
	return supervise(a->dir, a->listen);
}

int
main_say(struct args *a, const char *verb, const char *one, const char *two,
    const char *three, const char *four)
{
	const char *words[] = { verb, one, two, three, four, NULL };

	return admin_run(a->dir, words, a->json);
}

static int
main_key_file(struct args *a, const char *login, const char *path)
{
	struct why why;
	char *text, *arg;
	int status;

	if ((text = file_read(path, &why)) == NULL)
		return main_refuse(&why);
	arg = xasprintf("llave=%s", text);
	status = main_say(a, "llave-alta", login, arg, NULL, NULL);
	free(arg);
	free(text);
	return status;
}

/* Said as one: an account with a role that is not there is none. */
static int
main_user_add(struct args *a)
{
	struct buf name, roles, keys;
	struct why why;
	char *text;
	unsigned i;
	int status = 0;

	if (a->pos_count != 1 || a->name == NULL)
		return main_fail("Uso: pautad user add --dir DIR LOGIN --name "
				 "TEXTO --role ROL[@OFICINA] … --key ARCHIVO.pub");
	buf_init(&name, TEXT_MAX);
	buf_init(&roles, TEXT_MAX);
	buf_init(&keys, FRAME_MAX);
	(void)buf_addf(&name, "nombre=%s", a->name);
	(void)buf_addf(&roles, "roles=");
	for (i = 0; i < a->roles_count; i++)
		(void)buf_addf(&roles, "%s ", a->roles[i]);
	(void)buf_addf(&keys, "llaves=");
	for (i = 0; status == 0 && i < a->keys_count; i++) {
		if ((text = file_read(a->keys[i], &why)) == NULL)
			status = main_refuse(&why);
		else
			(void)buf_addf(&keys, "%s\n", text);
		free(text);
	}
	if (status == 0)
		status = main_say(a, "persona-alta", a->pos[0], buf_str(&name),
		    buf_str(&roles), buf_str(&keys));
	buf_clear(&name);
	buf_clear(&roles);
	buf_clear(&keys);
	return status;
}

static int
main_user_list(struct args *a)
{
	return main_say(a, "personas-lista", NULL, NULL, NULL, NULL);
}

static int
main_user_disable(struct args *a)
{
	return a->pos_count != 1 ?
	    main_fail("Uso: pautad user disable --dir DIR LOGIN") :
	    main_say(a, "persona-baja", a->pos[0], NULL, NULL, NULL);
}

static int
main_key_add(struct args *a)
{
	const char *file = a->keys_count > 0 ? a->keys[0] :
	    a->pos_count > 1		     ? a->pos[1] :
					       NULL;

	return a->pos_count < 1 || file == NULL ?
	    main_fail("Uso: pautad key add --dir DIR LOGIN --key ARCHIVO.pub") :
	    main_key_file(a, a->pos[0], file);
}

static int
main_key_revoke(struct args *a)
{
	return a->pos_count != 1 ?
	    main_fail("Uso: pautad key revoke --dir DIR SHA256:HUELLA") :
	    main_say(a, "llave-baja", a->pos[0], NULL, NULL, NULL);
}

static int
main_role(struct args *a, const char *verb)
{
	const char *role = a->roles_count > 0 ? a->roles[0] :
	    a->pos_count > 1		      ? a->pos[1] :
						NULL;
	char *from, *to;
	int status;

	if (a->pos_count < 1 || role == NULL)
		return main_fail("Uso: pautad role grant|revoke --dir DIR LOGIN "
				 "ROL[@OFICINA] [--from UTC] [--to UTC]");
	from = a->from != NULL ? xasprintf("desde=%s", a->from) : NULL;
	to = a->to != NULL ? xasprintf("hasta=%s", a->to) : NULL;
	status = main_say(a, verb, a->pos[0], role,
	    from != NULL ? from : to, from != NULL ? to : NULL);
	free(from);
	free(to);
	return status;
}

static int
main_role_grant(struct args *a)
{
	return main_role(a, "rol-alta");
}

static int
main_role_revoke(struct args *a)
{
	return main_role(a, "rol-baja");
}

static int
main_verify(struct args *a)
{
	char *text = NULL, *arg = NULL;
	struct why why;
	int status;

	if (a->witness != NULL) {
		if ((text = file_read(a->witness, &why)) == NULL)
			return main_refuse(&why);
		arg = xasprintf("testigo=%s", text);
	}
	status = a->rebuild ?
	    main_say(a, "verificar", "--rebuild", arg, NULL, NULL) :
	    main_say(a, "verificar", arg, NULL, NULL, NULL);
	free(arg);
	free(text);
	return status == 0 ? attached_verify(a->dir, a->json) : status;
}

static int
main_status(struct args *a)
{
	return main_say(a, "estado", NULL, NULL, NULL, NULL);
}

static int
main_export(struct args *a)
{
	return a->to == NULL ?
	    main_fail("Uso: pautad export --dir DIR --to CARPETA") :
	    export_run(a->dir, a->to);
}

static int
main_erase(struct args *a)
{
	char *by, *with, *reason;
	int status;

	if (a->pos_count != 1 || a->by == NULL || a->with == NULL ||
	    a->reason == NULL)
		return main_fail("Uso: pautad erase --dir DIR FOLIO --by LOGIN "
				 "--with LOGIN --reason TEXTO");
	by = xasprintf("por=%s", a->by);
	with = xasprintf("con=%s", a->with);
	reason = xasprintf("motivo=%s", a->reason);
	status = main_say(a, "borrar", a->pos[0], by, with, reason);
	free(by);
	free(with);
	free(reason);
	return status;
}

static int
main_backup(struct args *a)
{
	return a->to == NULL ?
	    main_fail("Uso: pautad backup --dir DIR --to ARCHIVO") :
	    backup_run(a->dir, a->to);
}

static int
main_restore(struct args *a)
{
	struct why why;

	if (a->confirm && a->from == NULL)
		return seal_key_make(a->dir, &why) < 0 ?
		    main_refuse(&why) :
		    main_say(a, "sellar", NULL, NULL, NULL, NULL);
	if (a->from == NULL || a->confirm)
		return main_fail("Uso: pautad restore --from ARCHIVO --dir DIR "
				 "[--witness ARCHIVO], y después, si hace "
				 "falta: pautad restore --confirm --dir DIR");
	return restore_run(a->from, a->dir, a->witness);
}

static int
main_config(struct args *a, bool show)
{
	char path[1200];
	struct conf conf;
	struct why why;
	struct buf b;

	(void)snprintf(path, sizeof path, "%s/pautad.conf", a->dir);
	if (conf_read(path, &conf, &why) < 0)
		return main_refuse(&why);
	if (!show)
		return 0;
	buf_init(&b, TEXT_MAX);
	conf_print(&conf, &b);
	(void)fputs(buf_str(&b), stdout);
	buf_clear(&b);
	return 0;
}

static int
main_config_check(struct args *a)
{
	return main_config(a, false);
}

static int
main_config_show(struct args *a)
{
	return main_config(a, true);
}

// clang-format off
/* words, needs --dir, function, usage, help */
static const struct verb_row {
	const char *one, *two;
	bool dir;
	int (*run)(struct args *);
	const char *usage, *help;
} main_rows[] = {
{ "backup", NULL, true, main_backup, "--dir DIR --to ARCHIVO", "copia de seguridad, con el servidor en marcha; sin llaves" },
{ "calendar", "check", true, main_calendar_check, "--dir DIR ARCHIVO.ics", "qué movería ese calendario; no cambia nada" },
{ "calendar", "import", true, main_calendar_import, "--dir DIR ARCHIVO.ics --content HUELLA", "lo pone en vigor y mueve lo que se mostró" },
{ "config", "check", true, main_config_check, "--dir DIR", "revisa pautad.conf" },
{ "config", "show", true, main_config_show, "--dir DIR", "muestra lo que está en vigor" },
{ "erase", NULL, true, main_erase, "--dir DIR FOLIO --by LOGIN --with LOGIN --reason TEXTO", "borra los datos de un expediente terminado" },
{ "export", NULL, true, main_export, "--dir DIR --to CARPETA", "el registro para que otros lo comprueben sin Pauta" },
{ "init", NULL, true, main_init, "--dir DIR [--demo]", "crea la carpeta de datos" },
{ "key", "add", true, main_key_add, "--dir DIR LOGIN --key ARCHIVO.pub", "registra una llave" },
{ "key", "revoke", true, main_key_revoke, "--dir DIR SHA256:HUELLA", "revoca una llave" },
{ "procedure", "bpmn", true, main_bpmn, "--dir DIR CODE", "lo da como BPMN 2.0, para editores de procesos" },
{ "procedure", "check", false, main_check, "ARCHIVO…", "revisa definiciones" },
{ "procedure", "diagram", true, main_diagram, "--dir DIR CODE", "dibuja su diagrama de flujo, en SVG" },
{ "procedure", "import", true, main_import, "--dir DIR ARCHIVO", "pone en vigor una revisión" },
{ "procedure", "list", true, main_list, "--dir DIR", "lista los procedimientos" },
{ "procedure", "manual", true, main_manual, "--dir DIR CODE", "imprime un procedimiento" },
{ "restore", NULL, true, main_restore, "--from ARCHIVO --dir DIR [--witness ARCHIVO] | --confirm --dir DIR", "hace una carpeta de una copia de seguridad" },
{ "role", "grant", true, main_role_grant, "--dir DIR LOGIN ROL[@OFICINA]", "da un rol" },
{ "role", "revoke", true, main_role_revoke, "--dir DIR LOGIN ROL[@OFICINA]", "quita un rol" },
{ "serve", NULL, true, main_serve, "--dir DIR [--listen DIRECCIÓN:PUERTO]", "atiende en primer plano" },
{ "status", NULL, true, main_status, "--dir DIR [--json]", "dice si puede trabajar: espacio, registro" },
{ "user", "add", true, main_user_add, "--dir DIR LOGIN --name TEXTO --role ROL[@OFICINA] … --key ARCHIVO.pub", "da de alta a una persona" },
{ "user", "disable", true, main_user_disable, "--dir DIR LOGIN", "cierra una cuenta" },
{ "user", "list", true, main_user_list, "--dir DIR [--json]", "lista cuentas, llaves y roles" },
{ "verify", NULL, true, main_verify, "--dir DIR [--rebuild] [--witness ARCHIVO]", "comprueba el registro" },
};
// clang-format on

static void
main_print(FILE *out, const struct verb_row *row)
{
	(void)fprintf(out, "  pautad %s%s%s %s\n        %s\n", row->one,
	    row->two != NULL ? " " : "", row->two != NULL ? row->two : "",
	    row->usage, row->help);
}

static int
main_usage(FILE *out)
{
	size_t i;

	(void)fputs("Uso:\n", out);
	for (i = 0; i < ARRAY_LEN(main_rows); i++)
		main_print(out, &main_rows[i]);
	return out == stdout ? 0 : err_status(ERR_USAGE);
}

/* What is wrong with one word, and how its verb is written. */
static int
main_wrong(const struct verb_row *row, const char *before, const char *word,
    const char *after)
{
	(void)fprintf(stderr, "%s «%s»%s.\nUso:\n", before, word, after);
	main_print(stderr, row);
	return err_status(ERR_USAGE);
}

static const struct {
	const char *word;
	size_t at;
} main_options[] = {
	{ "--by", offsetof(struct args, by) },
	{ "--content", offsetof(struct args, content) },
	{ "--dir", offsetof(struct args, dir) },
	{ "--from", offsetof(struct args, from) },
	{ "--listen", offsetof(struct args, listen) },
	{ "--name", offsetof(struct args, name) },
	{ "--reason", offsetof(struct args, reason) },
	{ "--to", offsetof(struct args, to) },
	{ "--with", offsetof(struct args, with) },
	{ "--witness", offsetof(struct args, witness) },
};

/* One option that takes a value; where it goes. */
static const char **
main_option(struct args *a, const char *word)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(main_options); i++)
		if (strcmp(word, main_options[i].word) == 0)
			return (const char **)(void *)((char *)a +
			    main_options[i].at);
	if (strcmp(word, "--role") == 0 && a->roles_count < ARGS_MAX)
		return &a->roles[a->roles_count++];
	if (strcmp(word, "--key") == 0 && a->keys_count < ARGS_MAX)
		return &a->keys[a->keys_count++];
	return NULL;
}

static int
main_parse(struct args *a, const struct verb_row *row, int argc,
    char **argv)
{
	const char **value;
	int i;

	for (i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--demo") == 0)
			a->demo = true;
		else if (strcmp(argv[i], "--confirm") == 0)
			a->confirm = true;
		else if (strcmp(argv[i], "--rebuild") == 0)
			a->rebuild = true;
		else if (strcmp(argv[i], "--json") == 0)
			a->json = true;
		else if ((value = main_option(a, argv[i])) != NULL &&
		    i + 1 < argc)
			*value = argv[++i];
		else if (value != NULL)
			return main_wrong(row, "A", argv[i],
			    " le falta su valor");
		else if (strncmp(argv[i], "--", 2) == 0)
			return main_wrong(row, "No hay una opción", argv[i],
			    "");
		else if (a->pos_count == ARGS_MAX)
			return main_wrong(row, "Sobra", argv[i], "");
		else
			a->pos[a->pos_count++] = argv[i];
	}
	return 0;
}

int
main(int argc, char **argv)
{
	const struct verb_row *row = NULL;
	struct args a = { 0 };
	size_t i;
	int used = 1, status;

	log_init("pautad", LOG_INFO);
	i18n_init();
	if (argc > 1 && (strcmp(argv[1], "--help") == 0 ||
			    strcmp(argv[1], "help") == 0))
		return main_usage(stdout);
	for (i = 0; argc > 1 && row == NULL && i < ARRAY_LEN(main_rows); i++) {
		if (strcmp(main_rows[i].one, argv[1]) != 0 ||
		    (main_rows[i].two != NULL &&
			(argc < 3 || strcmp(main_rows[i].two, argv[2]) != 0)))
			continue;
		row = &main_rows[i];
		used = row->two != NULL ? 3 : 2;
	}
	if (row == NULL) {
		if (argc > 1)
			(void)fprintf(stderr, "No hay una orden «%s%s%s».\n",
			    argv[1], argc > 2 ? " " : "", argc > 2 ? argv[2] :
			    "");
		return main_usage(stderr);
	}
	if ((status = main_parse(&a, row, argc - used, argv + used)) != 0)
		return status;
	if (row->dir && a.dir == NULL)
		return main_fail("Falta --dir DIR: la carpeta de datos.");
	return row->run(&a);
}
