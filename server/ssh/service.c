/* SPDX-License-Identifier: ISC */
/* service.c - see service.h. */
#include "service.h"

#include <string.h>

/* The one command line that is not a verb: the screens, read line by line. */
static const char service_linear[] = "lineal";

const struct service *
service_of_exec(const char *command)
{
	size_t n;

	command += strspn(command, " \t");
	n = strcspn(command, " \t");
	if (n == sizeof service_linear - 1 &&
	    memcmp(command, service_linear, n) == 0 &&
	    command[n + strspn(command + n, " \t")] == '\0')
		return &service_screen;
	return &service_command;
}

const struct service *
service_of_subsystem(const char *name)
{
	return strcmp(name, "pauta") == 0 ? &service_relay : NULL;
}
