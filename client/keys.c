/* SPDX-License-Identifier: ISC */
/*
 * keys.c - the decoder of keys.h.
 *
 *           .--- UTF-8 lead ---> TAIL --- last byte ---> a character
 *   GROUND -+--- Esc ---> ESC -+- [ ---> CSI --- final ---> table, or nothing
 *     ^                        +- O ---> SS3 --- final ---> table, or nothing
 *     |                        +- 1..9 0 - = ---> F1..F12
 *     |                        '- other: K_ESC, and the byte is held back
 *     '--- keys_timeout: K_ESC ---> SAID: like GROUND, but the rest of a
 *          sequence that a slow line cut in two is still taken as one, so
 *          that "Esc O A" arriving late can never mean the letter A.
 *
 * No clock here: the caller decides whether the grace after an Esc counts.
 */
#include "keys.h"

#include <stdlib.h>
#include <string.h>

#include "i18n.h"
#include "text.h"

enum { GROUND, TAIL, ESC, SAID, SAID_O, CSI, CSI_LINUX, SS3 };

struct keys_row { const char *seq; int32_t key; };

/* After Esc [ , parameters and final; modifiers are handled in keys_csi. */
static const struct keys_row keys_csi_rows[] = {
	{ "A", K_UP }, { "B", K_DOWN }, { "C", K_RIGHT }, { "D", K_LEFT },
	{ "H", K_HOME }, { "F", K_END }, { "Z", K_BACKTAB },
	{ "P", K_F1 }, { "Q", K_F2 }, { "R", K_F3 }, { "S", K_F4 },
	{ "1~", K_HOME }, { "2~", K_INSERT }, { "3~", K_DELETE },
	{ "4~", K_END }, { "5~", K_PGUP }, { "6~", K_PGDN },
	{ "7~", K_HOME }, { "8~", K_END },
	{ "11~", K_F1 }, { "12~", K_F2 }, { "13~", K_F3 }, { "14~", K_F4 },
	{ "15~", K_F5 }, { "17~", K_F6 }, { "18~", K_F7 }, { "19~", K_F8 },
	{ "20~", K_F9 }, { "21~", K_F10 }, { "23~", K_F11 }, { "24~", K_F12 },
	{ "200~", K_PASTE_BEGIN }, { "201~", K_PASTE_END }
};

/* After Esc O: arrows, PF1-PF4, and the keypad of the VT100 (its F5-F10). */
static const struct keys_row keys_ss3_rows[] = {
	{ "A", K_UP }, { "B", K_DOWN }, { "C", K_RIGHT }, { "D", K_LEFT },
	{ "H", K_HOME }, { "F", K_END }, { "M", K_ENTER },
	{ "P", K_F1 }, { "Q", K_F2 }, { "R", K_F3 }, { "S", K_F4 },
	{ "t", K_F5 }, { "u", K_F6 }, { "v", K_F7 }, { "l", K_F8 },
	{ "w", K_F9 }, { "x", K_F10 },
	{ "p", '0' }, { "q", '1' }, { "r", '2' }, { "s", '3' }, { "y", '9' },
	{ "j", '*' }, { "k", '+' }, { "m", '-' }, { "n", '.' }, { "o", '/' }
};

static int32_t
keys_look_up(const struct keys_row *rows, size_t n, const char *seq)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(rows[i].seq, seq) == 0)
			return rows[i].key;
	return K_NONE;
}

void
keys_init(struct keys *k)
{
	memset(k, 0, sizeof *k);
	k->held = -1;
}

static int32_t
keys_go(struct keys *k, int state)
{
	k->state = state;
	k->len = 0;
	return K_NONE;
}

/* Keep a byte of a sequence; one that is too long keeps only its end. */
static void
keys_keep(struct keys *k, unsigned char byte)
{
	if (k->len + 1 < sizeof k->seq)
		k->seq[k->len++] = byte;
	else
		k->seq[0] = '!';	/* matches nothing */
	k->seq[k->len] = '\0';
}

/*
 * A report of the mouse (SGR 1006): "<button;column;row" and M, or m when the
 * button goes up.  The first button and the wheel mean something.
 */
static int32_t
keys_mouse(struct keys *k)
{
	char *seq = (char *)k->seq + 1, *end;
	long button = strtol(seq, &end, 10), row;

	if (*end != ';' || k->seq[k->len - 1] != 'M')
		return K_NONE;
	(void)strtol(end + 1, &end, 10);
	if (*end != ';')
		return K_NONE;
	row = strtol(end + 1, &end, 10);
	if (*end != 'M' || row < 1 || row > ROWS_MAX)
		return K_NONE;
	k->row = (int)row - 1;
	return button == 0 ? K_CLICK : button == 64 ? K_WHEEL_UP :
	    button == 65 ? K_WHEEL_DOWN : K_NONE;
}

/* Arrows, Home, End and Shift-Tab keep their meaning with Shift or Ctrl. */
static int32_t
keys_csi(struct keys *k)
{
	char *seq = (char *)k->seq;
	int32_t key;

	key = keys_look_up(keys_csi_rows, ARRAY_LEN(keys_csi_rows), seq);
	if (key == K_NONE && k->len == 4 && strncmp(seq, "1;", 2) == 0 &&
	    seq[2] >= '2' && seq[2] <= '8' && strchr("ABCDHFZ", seq[3]))
		key = keys_look_up(keys_csi_rows, ARRAY_LEN(keys_csi_rows),
		    seq + 3);
	if (strcmp(seq, "M") == 0)
		k->skip = 3;
	if (seq[0] == '<')
		key = keys_mouse(k);
	if (key == K_PASTE_BEGIN || key == K_PASTE_END)
		k->paste = key == K_PASTE_BEGIN;
	else if (k->paste)
		key = K_NONE;
	keys_go(k, GROUND);
	return key;
}

static int32_t
keys_on_csi(struct keys *k, unsigned char byte)
{
	if (byte == 0x1b)
		return keys_go(k, ESC);
	if (byte == '[' && k->len == 0)
		return keys_go(k, CSI_LINUX);
	if (byte < 0x20 || byte >= 0x7f)
		return K_NONE;
	keys_keep(k, byte);
	/* '$' ends rxvt's shifted keys, but begins nobody's parameters. */
	return byte >= 0x40 || byte == '$' ? keys_csi(k) : K_NONE;
}

/* The Linux console says F1 to F5 as Esc [ [ A to E. */
static int32_t
keys_on_csi_linux(struct keys *k, unsigned char byte)
{
	keys_go(k, byte == 0x1b ? ESC : GROUND);
	return byte >= 'A' && byte <= 'E' && !k->paste ? K_F1 + byte - 'A' :
	    K_NONE;
}

static int32_t
keys_on_ss3(struct keys *k, unsigned char byte)
{
	char seq[2] = { (char)byte, '\0' };

	if (byte == 0x1b)
		return keys_go(k, ESC);
	if (byte >= '0' && byte <= ';')	/* parameters of some modifiers */
		return K_NONE;
	keys_go(k, GROUND);
	return k->paste ? K_NONE :
	    keys_look_up(keys_ss3_rows, ARRAY_LEN(keys_ss3_rows), seq);
}

static int32_t
keys_on_esc(struct keys *k, unsigned char byte)
{
	static const char digits[] = "1234567890-=";
	const char *at;

	if (byte == '[')
		return keys_go(k, CSI);
	if (byte == 'O')
		return keys_go(k, SS3);
	if (byte == 0x1b)
		return k->paste ? K_NONE : K_ESC_WAIT;
	keys_go(k, GROUND);
	if (k->paste)
		return keys_feed(k, byte);
	if (byte == K_TAB)
		return K_BACKTAB;
	if (byte != '\0' && (at = strchr(digits, byte)) != NULL)
		return K_F1 + (int32_t)(at - digits);
	k->held = byte;
	return K_ESC;
}

/* Bytes of a character by its first; 0 when none begins so. */
static size_t
keys_utf8_len(unsigned char lead)
{
	return lead >= 0xc2 && lead <= 0xdf ? 2 :
	    lead >= 0xe0 && lead <= 0xef ? 3 :
	    lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

static int32_t
keys_on_tail(struct keys *k, unsigned char byte)
{
	const char *s = (char *)k->seq;
	int32_t cp;

	if ((byte & 0xc0) != 0x80) {
		k->noise = true;
		keys_go(k, GROUND);
		return keys_feed(k, byte);
	}
	keys_keep(k, byte);
	if (k->len < keys_utf8_len(k->seq[0]))
		return K_NONE;
	cp = text_next(&s);
	keys_go(k, GROUND);
	k->noise |= cp < 0xa0;
	return cp >= 0xa0 ? cp : K_NONE;
}

static int32_t
keys_on_ground(struct keys *k, unsigned char byte)
{
	bool after_cr = k->cr;

	k->cr = byte == '\r';
	k->state = GROUND;
	if (byte == 0x1b) {
		keys_go(k, ESC);
		return k->paste ? K_NONE : K_ESC_WAIT;
	}
	if (byte == '\n')
		return after_cr ? K_NONE : K_ENTER;
	if (byte == 0x7f)
		return K_BACKSPACE;
	if (byte < 0x80)
		return byte == 0 ? K_NONE : byte;
	if (k->latin && byte >= 0xa0)
		return byte;
	if (k->latin || keys_utf8_len(byte) == 0) {
		k->noise = true;
		return K_NONE;
	}
	keys_go(k, TAIL);
	keys_keep(k, byte);
	return K_NONE;
}

static int32_t
keys_on_said(struct keys *k, unsigned char byte)
{
	if (k->state == SAID_O) {
		keys_go(k, GROUND);
		if (byte != '\0' && strchr("ABCDFHMPQRS", byte) != NULL)
			return keys_on_ss3(k, byte);
		k->held = byte;
		return 'O';
	}
	if (byte == '[')
		return keys_go(k, CSI);
	if (byte == 'O')
		return keys_go(k, SAID_O);
	return keys_on_ground(k, byte);
}

int32_t
keys_feed(struct keys *k, unsigned char byte)
{
	if (k->skip > 0) {
		k->skip--;
		return K_NONE;
	}
	switch (k->state) {
	case TAIL:
		return keys_on_tail(k, byte);
	case ESC:
		return keys_on_esc(k, byte);
	case SAID:
	case SAID_O:
		return keys_on_said(k, byte);
	case CSI:
		return keys_on_csi(k, byte);
	case CSI_LINUX:
		return keys_on_csi_linux(k, byte);
	case SS3:
		return keys_on_ss3(k, byte);
	default:
		return keys_on_ground(k, byte);
	}
}

int32_t
keys_held(struct keys *k)
{
	int byte = k->held;

	k->held = -1;
	return byte < 0 ? K_NONE : keys_feed(k, (unsigned char)byte);
}

int32_t
keys_timeout(struct keys *k)
{
	if (k->paste) {
		k->paste = false;
		keys_go(k, GROUND);
		return K_PASTE_END;
	}
	if (k->state != ESC)
		return K_NONE;
	keys_go(k, SAID);
	return K_ESC;
}

bool
keys_is_esc(const struct keys *k)
{
	return k->state == ESC;
}

const char *
keys_name(int32_t key)
{
	static const struct keys_row names[] = {
		{ "Enter", K_ENTER }, { "Tab", K_TAB }, { "Esc", K_ESC },
		{ N_("Retroceso"), K_BACKSPACE }, { N_("Espacio"), ' ' },
		{ "F1", K_F1 }, { "F2", K_F2 }, { "F3", K_F3 },
		{ "F4", K_F4 }, { "F5", K_F5 }, { "F6", K_F6 },
		{ "F7", K_F7 }, { "F8", K_F8 }, { "F9", K_F9 },
		{ "F10", K_F10 }, { "F11", K_F11 }, { "F12", K_F12 },
		{ N_("Arriba"), K_UP }, { N_("Abajo"), K_DOWN }, { N_("Izq."), K_LEFT },
		{ N_("Der."), K_RIGHT }, { N_("Inicio"), K_HOME }, { N_("Fin"), K_END },
		{ N_("RePág"), K_PGUP }, { N_("AvPág"), K_PGDN }, { "Ins", K_INSERT },
		{ N_("Supr"), K_DELETE }, { N_("May-Tab"), K_BACKTAB }
	};
	static char one[8];
	size_t i;

	for (i = 0; i < ARRAY_LEN(names); i++)
		if (names[i].key == key)
			return _(names[i].seq);
	if (key > 0 && key < 0x20) {
		one[0] = '^';
		one[1] = (char)(key + '@');
		one[2] = '\0';
	} else if (key >= 0x20 && key < K_BASE) {
		one[text_put(key, one)] = '\0';
	} else {
		one[0] = '\0';
	}
	return one;
}
