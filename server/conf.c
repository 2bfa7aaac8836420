/* SPDX-License-Identifier: ISC */
/* conf.c - see conf.h. */
#include "conf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum conf_type { CONF_TEXT, CONF_LEVEL, CONF_YESNO, CONF_INT };

static const char *const conf_levels[] = { "fatal", "warn", "info", "debug" };

// clang-format off
/* keyword, type, where, size, least, most, default, help */
static const struct conf_row {
	const char *name;
	enum conf_type type;
	size_t at, size;
	int64_t least, most;
	const char *initial, *help;
} conf_rows[] = {
{ "courier_allow", CONF_TEXT, offsetof(struct conf, courier_allow), 512, 0, 0, "",
  "direcciones internas que el mensajero puede abrir: DIRECCIÓN:PUERTO, separadas por comas" },
{ "courier_ca", CONF_TEXT, offsetof(struct conf, courier_ca), 512, 0, 0, "",
  "archivo PEM con los certificados en que el mensajero confía, en vez de los del sistema" },
{ "courier_timeout", CONF_INT, offsetof(struct conf, courier_timeout), 0, 1, 600, "30",
  "segundos que el mensajero espera a que otro servidor termine de contestar" },
{ "disk_reserve", CONF_INT, offsetof(struct conf, disk_reserve), 0, 0, 1048576, "512",
  "megabytes que se apartan para los trámites: con menos libres no se reciben archivos" },
{ "grace", CONF_INT, offsetof(struct conf, grace), 0, 1, 600, "30",
  "segundos para identificarse antes de cerrar la conexión" },
{ "listen", CONF_TEXT, offsetof(struct conf, listen), 64, 0, 0, "127.0.0.1:2222",
  "dirección y puerto cuando serve no los recibe" },
{ "log", CONF_LEVEL, offsetof(struct conf, log), 8, 0, 0, "info",
  "nivel de la bitácora técnica: fatal, warn, info o debug" },
{ "old_macs", CONF_YESNO, offsetof(struct conf, old_macs), 0, 0, 0, "no",
  "sí: también los códigos de autenticación que conoce curl con libssh2 anterior a 1.11" },
{ "publish_dir", CONF_TEXT, offsetof(struct conf, publish_dir), 512, 0, 0, "",
  "carpeta donde el mensajero escribe los boletines que se publican como páginas" },
{ "slow", CONF_YESNO, offsetof(struct conf, slow), 0, 0, 0, "no",
  "sí: todo viaja comprimido (enlaces lentos)" },
{ "test_clock", CONF_YESNO, offsetof(struct conf, test_clock), 0, 0, 0, "no",
  "sí: la orden reloj puede mover la hora (solo para pruebas)" },
{ "test_now", CONF_TEXT, offsetof(struct conf, test_now), 32, 0, 0, "",
  "con test_clock, la hora UTC a la que arranca; vacío: la del sistema" },
{ "watchdog", CONF_INT, offsetof(struct conf, watchdog), 0, 5, 3600, "60",
  "segundos sin señales tras los que el núcleo se da por colgado y se reinicia" },
};
// clang-format on

/* Its place among the levels of the log, or -1. */
static int
conf_find_level(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(conf_levels); i++)
		if (strcmp(conf_levels[i], name) == 0)
			return (int)i;
	return -1;
}

enum log_level
conf_level(const struct conf *c)
{
	return (enum log_level)conf_find_level(c->log);
}

static int
conf_set(const struct conf_row *row, struct conf *c, const char *value)
{
	char *at = (char *)c + row->at, *end;
	long long n;

	switch (row->type) {
	case CONF_LEVEL:
		if (conf_find_level(value) < 0)
			return -ERR_USAGE;
		/* fallthrough */
	case CONF_TEXT:
		if (strlen(value) >= row->size || strpbrk(value, " \t"))
			return -ERR_USAGE;
		memcpy(at, value, strlen(value) + 1);
		return 0;
	case CONF_YESNO:
		if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
			return -ERR_USAGE;
		*(bool *)(void *)at = *value == 'y';
		return 0;
	case CONF_INT:
		errno = 0;
		n = strtoll(value, &end, 10);
		if (errno != 0 || *end != '\0' || n < row->least ||
		    n > row->most)
			return -ERR_USAGE;
		*(int64_t *)(void *)at = n;
		return 0;
	}
	return -ERR_USAGE;
}

static const struct conf_row *
conf_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(conf_rows); i++)
		if (strcmp(conf_rows[i].name, name) == 0)
			return &conf_rows[i];
	return NULL;
}

static int
conf_line(char *line, const char *path, int n, struct conf *c, struct why *why)
{
	const struct conf_row *row;
	char *name, *value, *end;

	line[strcspn(line, "#\n")] = '\0';
	name = line + strspn(line, " \t");
	if (*name == '\0')
		return 0;
	value = name + strcspn(name, " \t");
	if (*value != '\0')
		*value++ = '\0';
	value += strspn(value, " \t");
	for (end = value + strlen(value); end > value &&
	     strchr(" \t\r", end[-1]) != NULL; end--)
		end[-1] = '\0';
	if ((row = conf_find(name)) == NULL)
		return why_set(why, ERR_USAGE,
		    "%s:%d: no hay un ajuste «%s».", path, n, name);
	if (conf_set(row, c, value) < 0)
		return why_set(why, ERR_USAGE,
		    "%s:%d: «%s» no sirve para %s (%s).", path, n, value, name,
		    row->help);
	return 0;
}

int
conf_read(const char *path, struct conf *c, struct why *why)
{
	char line[512];
	size_t i;
	FILE *f;
	int n = 0, r = 0;

	memset(c, 0, sizeof *c);
	for (i = 0; i < ARRAY_LEN(conf_rows); i++)
		(void)conf_set(&conf_rows[i], c, conf_rows[i].initial);
	if ((f = fopen(path, "re")) == NULL)
		return errno == ENOENT ? 0 : why_set(why, ERR_USAGE,
		    "%s: no se puede leer: %s.", path, err_reason(errno));
	while (r == 0 && fgets(line, sizeof line, f) != NULL)
		if (strlen(line) == sizeof line - 1)
			r = why_set(why, ERR_USAGE,
			    "%s:%d: la línea es demasiado larga.", path, n + 1);
		else
			r = conf_line(line, path, ++n, c, why);
	(void)fclose(f);
	return r;
}

void
conf_print(const struct conf *c, struct buf *b)
{
	const struct conf_row *row;
	const char *at;
	size_t i;

	for (i = 0; i < ARRAY_LEN(conf_rows); i++) {
		row = &conf_rows[i];
		at = (const char *)c + row->at;
		(void)buf_addf(b, "# %s\n", row->help);
		if (row->type == CONF_TEXT || row->type == CONF_LEVEL)
			(void)buf_addf(b, "%s %s\n", row->name, at);
		else if (row->type == CONF_YESNO)
			(void)buf_addf(b, "%s %s\n", row->name,
			    *(const bool *)(const void *)at ? "yes" : "no");
		else
			(void)buf_addf(b, "%s %lld\n", row->name,
			    (long long)*(const int64_t *)(const void *)at);
	}
}
