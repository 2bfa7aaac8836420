/* SPDX-License-Identifier: ISC */
/*
 * main_define.c - `pautad procedure` and `pautad calendar`: definitions are
 * checked here, or read and given to the core.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin.h"
#include "core/req.h"
#include "main.h"

static int
main_check_one(const struct institution *in, const char *path)
{
	struct procedure *p = NULL;
	struct why why;
	struct buf faults;
	char *text;
	int n = 0;

	if ((text = file_read(path, &why)) == NULL)
		return main_refuse(&why);
	buf_init(&faults, FRAME_MAX);
	if (procedure_load(path, text, &p, &faults) < 0)
		n = 1;
	else
		n = procedure_check(p, in, &faults);
	(void)fputs(buf_str(&faults), stdout);
	if (n == 0)
		(void)printf("%s: sin faltas\n", path);
	procedure_free(p);
	buf_clear(&faults);
	free(text);
	return n > 0 ? err_status(ERR_REFUSED) : 0;
}

int
main_check(struct args *a)
{
	struct institution *in = NULL;
	struct buf faults;
	struct why why;
	char path[1400], *text;
	unsigned i;
	int status = 0, one;

	if (a->pos_count == 0)
		return main_fail("Uso: pautad procedure check ARCHIVO…");
	(void)snprintf(
	    path, sizeof path, "%s/procedures/institution.yaml", share_dir());
	if ((text = file_read(path, &why)) == NULL)
		return main_refuse(&why);
	buf_init(&faults, FRAME_MAX);
	if (institution_load(path, text, &in, &faults) < 0)
		status = main_fail(buf_str(&faults));
	for (i = 0; in != NULL && i < a->pos_count; i++)
		if ((one = main_check_one(in, a->pos[i])) > status)
			status = one;
	institution_free(in);
	buf_clear(&faults);
	free(text);
	return status;
}

int
main_import(struct args *a)
{
	struct why why;
	const char *slash;
	char *text, *arg;
	int status;

	if (a->pos_count != 1)
		return main_fail("Uso: pautad procedure import --dir DIR "
				 "ARCHIVO.yaml");
	if ((text = file_read(a->pos[0], &why)) == NULL)
		return main_refuse(&why);
	slash = strrchr(a->pos[0], '/');
	arg = xasprintf("texto=%s", text);
	status = main_say(a, "procedimiento-importar",
	    slash != NULL ? slash + 1 : a->pos[0], "tipo=procedure", arg, NULL);
	free(arg);
	free(text);
	return status;
}

int
main_list(struct args *a)
{
	return main_say(a, "procedimientos", NULL, NULL, NULL, NULL);
}

int
main_manual(struct args *a)
{
	return a->pos_count != 1 ?
	    main_fail("Uso: pautad procedure manual --dir DIR CODE") :
	    main_say(a, "procedimiento", a->pos[0], NULL, NULL, NULL);
}

int
main_diagram(struct args *a)
{
	return a->pos_count != 1 ?
	    main_fail("Uso: pautad procedure diagram --dir DIR CODE") :
	    main_say(a, "procedimiento", a->pos[0], "formato=diagrama", NULL,
	    NULL);
}

int
main_bpmn(struct args *a)
{
	return a->pos_count != 1 ?
	    main_fail("Uso: pautad procedure bpmn --dir DIR CODE") :
	    main_say(a, "procedimiento", a->pos[0], "formato=bpmn", NULL, NULL);
}

/* The file to the core; with the sum of what was shown, it comes into force. */
static int
main_calendar(struct args *a, const char *content)
{
	struct why why;
	char *text, *arg, *sum;
	int status;

	if ((text = file_read(a->pos[0], &why)) == NULL)
		return main_refuse(&why);
	arg = xasprintf("texto=%s", text);
	sum = content != NULL ? xasprintf("contenido=%s", content) : NULL;
	status = main_say(a, "calendario", arg, sum, NULL, NULL);
	free(sum);
	free(arg);
	free(text);
	return status;
}

int
main_calendar_check(struct args *a)
{
	return a->pos_count != 1 ?
	    main_fail("Uso: pautad calendar check --dir DIR ARCHIVO.ics") :
	    main_calendar(a, NULL);
}

int
main_calendar_import(struct args *a)
{
	return a->pos_count != 1 || a->content == NULL ?
	    main_fail("Uso: pautad calendar import --dir DIR ARCHIVO.ics "
	    "--content HUELLA; la huella la da «pautad calendar check».") :
	    main_calendar(a, a->content);
}
