/* SPDX-License-Identifier: ISC */
/*
 * keys.h - from bytes to keys without a timer.  One table knows
 * every sequence of every terminal; an unknown sequence is swallowed whole.
 * A key below KEY_BASE is a character (code point) that was typed.
 */
#ifndef PAUTA_KEYS_H
#define PAUTA_KEYS_H

#include "base.h"

enum key {
	K_NONE = -1,
	K_CTRL_E = 5, K_BACKSPACE = 8, K_TAB = 9, K_ENTER = 13, K_CTRL_L = 12,
	K_CTRL_U = 21, K_CTRL_W = 23, K_CTRL_Z = 26,
	K_BASE = 0x200000,
	K_F1, K_F2, K_F3, K_F4, K_F5, K_F6, K_F7, K_F8, K_F9, K_F10, K_F11,
	K_F12, K_UP, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PGUP, K_PGDN,
	K_INSERT, K_DELETE, K_BACKTAB,
	K_ESC,			/* Esc alone, said by keys_timeout */
	K_ESC_WAIT,		/* an Esc came: show "Esc-" and wait */
	K_PASTE_BEGIN, K_PASTE_END,
	K_CLICK, K_WHEEL_UP, K_WHEEL_DOWN	/* of the mouse, at keys.row */
};

struct keys {
	unsigned char seq[32];
	size_t len;
	int state;
	int skip;			/* bytes of a mouse report to come */
	int row;			/* of the last one, from 0 */
	int held;			/* a byte that keys_held will read, or -1 */
	bool paste, cr;
	bool latin;			/* letters are ISO 8859-1, else UTF-8 */
	bool noise;			/* a byte came that is no letter; the
					 * caller takes it back */
};

void keys_init(struct keys *);
/* Feed one byte; a key, or K_NONE when it needs more. */
int32_t keys_feed(struct keys *, unsigned char byte);
/* Ask after every key: "Esc, then x" is two keys of one byte.  Or K_NONE. */
int32_t keys_held(struct keys *);
/*
 * Nothing came for a while: the grace after a bare Esc has passed (pop-ups
 * only; K_ESC), or a paste that never ended is ended (K_PASTE_END).
 */
int32_t keys_timeout(struct keys *);
bool keys_is_esc(const struct keys *);	/* an Esc waits for what follows */
const char *keys_name(int32_t key);		/* "F8", "Enter", "a" */

#endif
