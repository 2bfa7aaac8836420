/* SPDX-License-Identifier: ISC */
/*
 * mime.c - from a mail to its bytes.  The text goes as quoted-printable,
 * attachments as base64, headers that are not ASCII as encoded words.  The
 * boundary has "=_", which neither encoding can produce.
 */
#include "mime.h"

#include "../../proto/hash.h"
#include "../../proto/mailbox.h"
#include "../../proto/text.h"

enum {
	LINE_MAX_BYTES = 76,		/* of a line that we may fold */
	WORD_BYTES = 42,		/* of UTF-8 in an encoded word */
	PARAM_BYTES = 54		/* of a section of a parameter */
};

char *
mime_make_id(const char *job, const char *office, const char *from)
{
	const char *at = strchr(from, '@');

	return xasprintf("pauta.%s.%s@%s", office, job,
	    at != NULL ? at + 1 : "localhost");
}

/* ---- headers ---- */

static int
header_check(const char *name, const char *value, struct why *why)
{
	const char *p;

	if (strlen(value) > MIME_SUBJECT_MAX)
		return why_set(why, ERR_REFUSED, "«%s» del correo mide más de "
		    "%d bytes: acórtelo.", name, MIME_SUBJECT_MAX);
	for (p = value; *p != '\0'; p++)
		if ((unsigned char)*p < 32 || *p == 127)
			return why_set(why, ERR_REFUSED, "«%s» del correo "
			    "lleva un salto de línea o un carácter de control: "
			    "quítelo.", name);
	return 0;
}

static bool
text_is_plain(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 32 || (unsigned char)*s > 126)
			return false;
	return true;
}

/* Bytes of s, at most max, that end at a whole character. */
static size_t
text_piece(const char *s, size_t max)
{
	const char *p = s, *last = s;

	while (*p != '\0') {
		(void)text_next(&p);
		if ((size_t)(p - s) > max)
			break;
		last = p;
	}
	return (size_t)(last - s);
}

/* "=?UTF-8?B?…?= =?UTF-8?B?…?=", each on a line of its own. */
static int
header_words(struct buf *out, const char *s)
{
	const char *gap = "";
	char *word;
	size_t n;
	int r = 0;

	for (; *s != '\0' && r == 0; s += n) {
		n = text_piece(s, WORD_BYTES);
		word = base64_text(s, n);
		r = buf_addf(out, "%s=?UTF-8?B?%s?=", gap, word);
		free(word);
		gap = "\r\n ";
	}
	return r;
}

/* ASCII, folded before a blank where the line would be too long. */
static int
header_plain(struct buf *out, const char *s, size_t used)
{
	size_t n;
	int r = 0;

	while (*s != '\0' && r == 0) {
		n = strcspn(s + 1, " ") + 1;
		if (used + n > LINE_MAX_BYTES && *s == ' ') {
			r = buf_add(out, "\r\n", 2);
			used = 0;
		}
		if (r == 0)
			r = buf_add(out, s, n);
		used += n;
		s += n;
	}
	return r;
}

/* A word too long for a line cannot be folded: encoded, it can. */
static bool
header_folds(const char *s, size_t used)
{
	size_t n;

	while (*s != '\0') {
		n = strcspn(s, " ");
		if (n + used + 1 > LINE_MAX_BYTES)
			return false;
		used = 0;
		s += n + strspn(s + n, " ");
	}
	return true;
}

static int
header_text(struct buf *out, const char *name, const char *value)
{
	size_t used = strlen(name) + 2;
	int r = buf_addf(out, "%s: ", name);

	if (r == 0)
		r = text_is_plain(value) && header_folds(value, used) &&
		    strstr(value, "=?") == NULL && strstr(value, "  ") == NULL ?
		    header_plain(out, value, used) : header_words(out, value);
	return r == 0 ? buf_add(out, "\r\n", 2) : r;
}

/* A name is always encoded: what a quoted string may hold is a long story. */
static int
header_mailbox(struct buf *out, const char *name, const char *title,
    const char *address)
{
	int r = buf_addf(out, "%s: ", name);

	if (r == 0 && title != NULL && *title != '\0' &&
	    (r = header_words(out, title)) == 0)
		r = buf_add(out, "\r\n ", 3);
	return r == 0 ? buf_addf(out, "<%s>\r\n", address) : r;
}

static int
header_date(struct buf *out, struct when t)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
		"May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t s = (time_t)t.s;
	struct tm tm;

	(void)gmtime_r(&s, &tm);
	return buf_addf(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n",
	    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon],
	    tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* ---- bodies ---- */

static bool
qp_is_plain(unsigned char c, bool last)
{
	return c == ' ' || c == '\t' ? !last : c > 32 && c < 127 && c != '=';
}

/* Quoted-printable; a dot at the start of a line is quoted too. */
static int
body_text(struct buf *out, const char *s)
{
	size_t used = 0, width;
	bool plain;
	int r = 0;

	for (; *s != '\0' && r == 0; s++) {
		if (*s == '\n') {
			r = buf_add(out, "\r\n", 2);
			used = 0;
			continue;
		}
		plain = qp_is_plain((unsigned char)*s,
		    s[1] == '\n' || s[1] == '\0') && !(used == 0 && *s == '.');
		width = plain ? 1 : 3;
		if (used + width > LINE_MAX_BYTES - 1) {
			r = buf_add(out, "=\r\n", 3);
			used = 0;
			plain = plain && *s != '.';
			width = plain ? 1 : 3;
		}
		if (r == 0)
			r = plain ? buf_add(out, s, 1) :
			    buf_addf(out, "=%02X", (unsigned char)*s);
		used += width;
	}
	return r == 0 ? buf_add(out, "\r\n", 2) : r;
}

static int
body_base64(struct buf *out, const void *bytes, size_t len)
{
	char *text = base64_text(bytes, len);
	size_t n = strlen(text), i, take;
	int r = 0;

	for (i = 0; i < n && r == 0; i += take) {
		take = n - i < LINE_MAX_BYTES ? n - i : LINE_MAX_BYTES;
		if ((r = buf_add(out, text + i, take)) == 0)
			r = buf_add(out, "\r\n", 2);
	}
	free(text);
	return r;
}

/* ---- parts ---- */

static bool
param_is_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

/* filename*0*=UTF-8''a%C3%B1o; filename*1*=… (RFC 2231). */
static int
param_name(struct buf *out, const char *name)
{
	unsigned section = 0;
	size_t used = PARAM_BYTES;
	int r = 0;

	for (; *name != '\0' && r == 0; name++) {
		if (used + 3 > PARAM_BYTES) {
			r = buf_addf(out, ";\r\n filename*%u*=%s", section,
			    section == 0 ? "UTF-8''" : "");
			section++;
			used = 0;
		}
		if (r == 0)
			r = param_is_plain((unsigned char)*name) ?
			    buf_add(out, name, 1) :
			    buf_addf(out, "%%%02X", (unsigned char)*name);
		used += param_is_plain((unsigned char)*name) ? 1 : 3;
	}
	return r;
}

static int
part_write(struct buf *out, const char *boundary, const struct mime_part *p)
{
	int r;

	if ((r = buf_addf(out, "--%s\r\nContent-Type: %s\r\n"
		 "Content-Transfer-Encoding: base64\r\n"
		 "Content-Disposition: attachment", boundary, p->type)) == 0 &&
	    (r = param_name(out, p->name)) == 0 &&
	    (r = buf_add(out, "\r\n\r\n", 4)) == 0)
		r = body_base64(out, p->bytes, p->len);
	return r;
}

static void
mail_boundary(const struct mime_mail *m, char out[32])
{
	uint8_t sum[HASH_SIZE];
	char hex[2 * HASH_SIZE + 1];

	hash_sha256(m->id, strlen(m->id), sum);
	(void)snprintf(out, 32, "=_pauta_%.20s",
	    hex_text(sum, HASH_SIZE, hex));
}

static int
mail_head(const struct mime_mail *m, const char *boundary, struct buf *out)
{
	int r;

	if ((r = header_date(out, m->date)) == 0 &&
	    (r = header_mailbox(out, "From", m->from_name, m->from)) == 0 &&
	    (r = header_mailbox(out, "To", m->to_name, m->to)) == 0 &&
	    (r = header_text(out, "Subject", m->subject)) == 0)
		r = buf_addf(out, "Message-ID: <%s>\r\n"
		    "Auto-Submitted: auto-generated\r\n"
		    "MIME-Version: 1.0\r\nContent-Language: es-MX\r\n"
		    "Content-Type: multipart/mixed;\r\n boundary=\"%s\"\r\n"
		    "\r\n--%s\r\nContent-Type: text/plain; charset=utf-8\r\n"
		    "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
		    m->id, boundary, boundary);
	return r;
}

static int
mail_check(const struct mime_mail *m, struct why *why)
{
	const char *address[] = { m->from, m->to };
	size_t i;
	int r;

	for (i = 0; i < ARRAY_LEN(address); i++)
		if (!mailbox_is_address(address[i]))
			return why_set(why, ERR_REFUSED, "«%.80s» no es una "
			    "dirección de correo.", address[i]);
	if ((r = header_check("Asunto", m->subject, why)) < 0 ||
	    (m->from_name != NULL &&
		(r = header_check("Remitente", m->from_name, why)) < 0) ||
	    (m->to_name != NULL &&
		(r = header_check("Destinatario", m->to_name, why)) < 0))
		return r;
	for (i = 0; i < m->parts_count; i++)
		if ((r = header_check("Archivo", m->parts[i].name, why)) < 0 ||
		    (r = header_check("Tipo", m->parts[i].type, why)) < 0)
			return r;
	return 0;
}

int
mime_write(const struct mime_mail *m, struct buf *out, struct why *why)
{
	char boundary[32];
	size_t i;
	int r;

	if ((r = mail_check(m, why)) < 0)
		return r;
	mail_boundary(m, boundary);
	if ((r = mail_head(m, boundary, out)) == 0)
		r = body_text(out, m->text);
	for (i = 0; i < m->parts_count && r == 0; i++)
		r = part_write(out, boundary, &m->parts[i]);
	if (r == 0)
		r = buf_addf(out, "--%s--\r\n", boundary);
	if (r < 0)
		return why_set(why, ERR_REFUSED, "El correo con sus archivos "
		    "mide más de %d MB: adjunte menos.",
		    (int)(out->max >> 20));
	return 0;
}
