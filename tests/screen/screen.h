/* SPDX-License-Identifier: ISC */
/*
 * screen.h - the real `pauta-screen` on socketpairs: its bytes go to a
 * terminal emulator (libvterm), its frames to a scripted core.  Nothing waits
 * by time: screen_settle() asks for a mark that the program writes when all
 * that was sent is on the screen.
 */
#ifndef PAUTA_TEST_SCREEN_H
#define PAUTA_TEST_SCREEN_H

#include <vterm.h>

#include "../../proto/frame.h"
#include "../../proto/hash.h"
#include "../../proto/text.h"
#include "../unit/test.h"

struct screen {
	int pid;
	int term, core, control, mark;
	VTerm *vt;
	int rows, cols;
	struct buf in;			/* frames from the program */
	struct buf asked;		/* "verb word word\n" of each request */
	json_t *drafts;			/* kept by the core: field, text */
	char *place;			/* as `lugar` said it last, or NULL */
	unsigned char marks;
	size_t bytes;			/* of the terminal, since last asked */
	unsigned high;			/* bytes above 0x7f among them */
	bool latin;			/* they are ISO 8859-1 */
	bool over;			/* the program has ended */
	int status;
};

struct screen_config {
	const char *term, *lang, *place;
	const char *env;		/* one more "NAME=value", or NULL */
	const json_t *drafts;		/* of a screen before this, or NULL */
	bool ascii, latin;
	bool native;		/* the screens of the native client, without ssh */
	int rows, cols;
};

/* Start it, welcome it, and wait for the first screen. */
void screen_start(struct screen *, const struct screen_config *);
void screen_stop(struct screen *);
/* Kill it as a machine that loses power, and wait until it is gone. */
void screen_kill(struct screen *);
/* Wait until it has ended by itself, and take what it said last. */
void screen_end(struct screen *);
void screen_keys(struct screen *, const char *bytes, size_t n);
void screen_type(struct screen *, const char *text);	/* and settle */
void screen_control(struct screen *, const char *line);
void screen_resize(struct screen *, int rows, int cols); /* and settle */
/* Time stands still but for this; and settle. */
void screen_pass(struct screen *, int seconds);
void screen_settle(struct screen *);
/* The core says that this case has changed; and settle. */
void screen_push(struct screen *, const char *folio);
/* All rows, ended by \n.  Given. */
char *screen_text(struct screen *);
bool screen_has(struct screen *, const char *text);
void screen_cursor(struct screen *, int *row, int *col);
/* The n-th row; borrowed until the next call. */
const char *screen_row(struct screen *, int n);
/* Most memory it ever had, in kB; built with ASan it counts for nothing. */
long screen_peak(const struct screen *);
bool screen_is_sanitized(const struct screen *);
/* What the core answers: a document for the words of a command line, given. */
char *core_answer(struct screen *, char **words, size_t n);

/* Numbers that look random; the same seed, the same numbers. */
uint32_t screen_dice(uint32_t *seed);

#endif
