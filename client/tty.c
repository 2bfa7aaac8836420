/* SPDX-License-Identifier: ISC */
/* tty.c - see tty.h.  It talks to /dev/tty, so that pipes stay clean. */
#include "tty.h"

#include <termios.h>

#include "i18n.h"
#include "text.h"

static bool
tty_line(FILE *tty, char *out, size_t size)
{
	if (fgets(out, (int)size, tty) == NULL)
		return false;
	out[strcspn(out, "\r\n")] = '\0';
	return true;
}

bool
tty_yes(const char *question)
{
	FILE *tty = fopen("/dev/tty", "r+");
	char line[64];
	bool yes = false;

	if (tty == NULL)
		return false;
	fprintf(tty, "%s", question);
	for (;;) {
		fprintf(tty, "%s", _("Escriba sí o no: "));
		fflush(tty);
		if (!tty_line(tty, line, sizeof line) || text_like(line, "no"))
			break;
		if ((yes = text_like(line, "si") || text_like(line, "yes")))
			break;
	}
	(void)fclose(tty);
	return yes;
}

bool
tty_secret(const char *prompt, char *out, size_t size)
{
	FILE *tty = fopen("/dev/tty", "r+");
	struct termios was, quiet;
	bool ok;

	if (tty == NULL)
		return false;
	fprintf(tty, "%s", prompt);
	fflush(tty);
	ok = tcgetattr(fileno(tty), &was) == 0;
	quiet = was;
	quiet.c_lflag &= (tcflag_t)~ECHO;
	if (ok)
		tcsetattr(fileno(tty), TCSAFLUSH, &quiet);
	ok = ok && tty_line(tty, out, size);
	tcsetattr(fileno(tty), TCSAFLUSH, &was);
	fprintf(tty, "\n");
	(void)fclose(tty);
	return ok;
}
