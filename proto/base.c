/* SPDX-License-Identifier: ISC */
/* base.c - see base.h. */
#include "base.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "i18n.h"
#include "text.h"

static const struct {
	const char *code;
	int status;
} err_rows[ERR_N] = {
	[ERR_NONE] = { "ok", 0 },
#define ERR_ROW(name, code, status) [ERR_##name] = { code, status },
	ERRORS(ERR_ROW)
#undef ERR_ROW
};

const char *
err_code(enum err e)
{
	assert(e < ERR_N);
	return err_rows[e].code;
}

/* The rest keeps the words of the system. */
static const struct {
	int number;
	const char *text;
} err_reasons[] = {
	{ ENOENT, N_("no existe") },
	{ EACCES, N_("no hay permiso") },
	{ EPERM, N_("no hay permiso") },
	{ EEXIST, N_("ya existe") },
	{ ENOTDIR, N_("no es una carpeta") },
	{ EISDIR, N_("es una carpeta") },
	{ ENOTEMPTY, N_("la carpeta no está vacía") },
	{ ENOSPC, N_("no queda espacio en el disco") },
	{ EDQUOT, N_("no queda espacio en el disco") },
	{ EROFS, N_("ahí sólo se puede leer") },
	{ ELOOP, N_("es un enlace que da vueltas") },
	{ EIO, N_("el disco falló") },
	{ EMFILE, N_("hay demasiados archivos abiertos") },
	{ ENAMETOOLONG, N_("el nombre es demasiado largo") },
	{ EADDRINUSE, N_("otro programa ya usa esa dirección y puerto") },
	{ EADDRNOTAVAIL, N_("esa dirección no es de esta máquina") },
	{ ECONNREFUSED, N_("nadie atiende ahí") },
	{ ETIMEDOUT, N_("no contesta") },
	{ EHOSTUNREACH, N_("no hay camino hasta ahí") },
	{ ENETUNREACH, N_("no hay red") },
};

const char *
err_reason(int number)
{
	size_t i;

	for (i = 0; i < ARRAY_LEN(err_reasons); i++)
		if (err_reasons[i].number == number)
			return _(err_reasons[i].text);
	return strerror(number);
}

int
err_status(enum err e)
{
	assert(e < ERR_N);
	return err_rows[e].status;
}

enum err
err_find(const char *code)
{
	enum err e;

	for (e = 0; e < ERR_N; e++)
		if (strcmp(err_rows[e].code, code) == 0)
			return e;
	return ERR_SYSTEM;
}

int
why_set(struct why *why, enum err e, const char *fmt, ...)
{
	va_list ap;

	why->e = e;
	va_start(ap, fmt);
	(void)vsnprintf(why->text, sizeof why->text, i18n_text(fmt), ap);
	va_end(ap);
	text_cut(why->text);
	return -(int)e;
}

/* n digits of v, with zeroes before it. */
static void
digits_put(char *out, int v, int n)
{
	while (n-- > 0) {
		out[n] = (char)('0' + v % 10);
		v /= 10;
	}
}

char *
when_text(struct when t, char *out)
{
	time_t s = (time_t)t.s;
	struct tm tm;

	memcpy(out, "0000-00-00T00:00:00Z", WHEN_TEXT);
	if (gmtime_r(&s, &tm) == NULL || tm.tm_year + 1900 > 9999 ||
	    tm.tm_year + 1900 < 0)
		return out;
	digits_put(out, tm.tm_year + 1900, 4);
	digits_put(out + 5, tm.tm_mon + 1, 2);
	digits_put(out + 8, tm.tm_mday, 2);
	digits_put(out + 11, tm.tm_hour, 2);
	digits_put(out + 14, tm.tm_min, 2);
	digits_put(out + 17, tm.tm_sec, 2);
	return out;
}

int
when_parse(const char *text, struct when *out)
{
	struct tm tm = { 0 };
	int n = 0, hh, mm;
	char sign;

	if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%n", &tm.tm_year, &tm.tm_mon,
		&tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &n) != 6)
		return -ERR_USAGE;
	if (tm.tm_mon < 1 || tm.tm_mon > 12 || tm.tm_mday < 1 ||
	    tm.tm_mday > 31 || tm.tm_hour < 0 || tm.tm_hour > 23 ||
	    tm.tm_min < 0 || tm.tm_min > 59 || tm.tm_sec < 0 || tm.tm_sec > 60)
		return -ERR_USAGE;
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	out->s = timegm(&tm);
	if (strcmp(text + n, "Z") == 0)
		return 0;
	if (sscanf(text + n, "%c%2d:%2d", &sign, &hh, &mm) != 3 ||
	    strlen(text + n) != 6 || (sign != '+' && sign != '-'))
		return -ERR_USAGE;
	out->s -= (sign == '+' ? 1 : -1) * (hh * 3600 + mm * 60);
	return 0;
}

static void
base_die(const char *what)
{
	log_at(LOG_FATAL, "what=%s", what);
	abort();
}

const char *
when_day(const char *iso, char out[11])
{
	if (strlen(iso) != 10 || iso[4] != '-' || iso[7] != '-')
		return iso;
	(void)snprintf(out, 11, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
	return out;
}

int64_t
mono_ms(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void *
xcalloc(size_t n, size_t size)
{
	void *p;

	if ((p = calloc(n > 0 ? n : 1, size > 0 ? size : 1)) == NULL)
		base_die("out_of_memory");
	return p;
}

void *
xrealloc(void *old, size_t n, size_t size)
{
	void *p;

	if (size != 0 && n > SIZE_MAX / size)
		base_die("overflow");
	if ((p = realloc(old, n * size > 0 ? n * size : 1)) == NULL)
		base_die("out_of_memory");
	return p;
}

char *
xstrdup(const char *s)
{
	char *p;

	if (s == NULL)
		return NULL;
	if ((p = strdup(s)) == NULL)
		base_die("out_of_memory");
	return p;
}

char *
xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *p;

	va_start(ap, fmt);
	p = xvasprintf(fmt, ap);
	va_end(ap);
	return p;
}

char *
xvasprintf(const char *fmt, va_list ap)
{
	va_list again;
	char *p;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	assert(n >= 0);
	p = xcalloc((size_t)n + 1, 1);
	(void)vsnprintf(p, (size_t)n + 1, fmt, ap);
	return p;
}

char *
hex_text(const void *data, size_t n, char *out)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *p = data;
	size_t i;

	for (i = 0; i < n; i++) {
		out[2 * i] = digits[p[i] >> 4];
		out[2 * i + 1] = digits[p[i] & 15];
	}
	out[2 * n] = '\0';
	return out;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int
hex_parse(const char *text, void *out, size_t n)
{
	uint8_t *p = out;
	size_t i;
	int hi, lo;

	if (strlen(text) != 2 * n)
		return -ERR_USAGE;
	for (i = 0; i < n; i++) {
		hi = hex_digit(text[2 * i]);
		lo = hex_digit(text[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return -ERR_USAGE;
		p[i] = (uint8_t)(hi << 4 | lo);
	}
	return 0;
}

void
buf_init(struct buf *b, size_t max)
{
	memset(b, 0, sizeof *b);
	b->max = max;
}

void
buf_clear(struct buf *b)
{
	free(b->p);
	b->p = NULL;
	b->len = b->cap = 0;
}

int
buf_add(struct buf *b, const void *data, size_t n)
{
	if (n > b->max || b->len > b->max - n)
		return -ERR_SYSTEM;
	if (b->len + n + 1 > b->cap) {
		b->cap = (b->len + n + 1) * 2;
		b->p = xrealloc(b->p, b->cap, 1);
	}
	if (n > 0)
		memcpy(b->p + b->len, data, n);
	b->len += n;
	return 0;
}

int
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	char *p;
	int r;

	va_start(ap, fmt);
	p = xvasprintf(fmt, ap);
	va_end(ap);
	r = buf_add(b, p, strlen(p));
	free(p);
	return r;
}

bool
buf_read(struct buf *b, int fd)
{
	char part[65536];
	ssize_t n;

	while ((n = read(fd, part, sizeof part)) > 0)
		if (buf_add(b, part, (size_t)n) < 0)
			return false;
	return n == 0;
}

void
buf_del(struct buf *b, size_t n)
{
	assert(n <= b->len);
	b->len -= n;
	if (b->len > 0)
		memmove(b->p, b->p + n, b->len);
}

const char *
buf_str(struct buf *b)
{
	if (b->p == NULL)
		return "";
	b->p[b->len] = '\0';	/* buf_add always leaves room for it */
	return (const char *)b->p;
}

static const char *log_process = "pauta";
static enum log_level log_most = LOG_INFO;

void
log_init(const char *process, enum log_level most)
{
	log_process = process;
	log_most = most;
}

int
sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
	    r = fd < 0 ? -1 : fsync(fd);

	if (fd >= 0)
		(void)close(fd);
	return r;
}

int
sync_name(const char *file)
{
	const char *slash = strrchr(file, '/');
	char *folder = slash == NULL ? xstrdup(".") :
	    xasprintf("%.*s", (int)(slash - file) + 1, file);
	int r = sync_folder(folder);

	free(folder);
	return r;
}

void
log_at(enum log_level level, const char *fmt, ...)
{
	static const char *const names[] = { "fatal", "warn", "info", "debug" };
	char line[1024], safe[1024], at[WHEN_TEXT];
	struct timespec ts;
	va_list ap;

	if (level > log_most)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	text_cut(line);
	text_safe(line, safe, sizeof safe, 0);
	clock_gettime(CLOCK_REALTIME, &ts);
	when_text((struct when){ ts.tv_sec }, at);
	dprintf(STDERR_FILENO, "%s %s[%ld] %s %s\n", at, log_process,
	    (long)getpid(), names[level], safe);
}
