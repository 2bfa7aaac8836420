/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * keys_test.c - bytes in, names of keys out: keys_are("\033OP x", "F1 ..."),
 * where "|" in the bytes is the grace that passes after an Esc.
 */
#include "test.h"

#include "../../client/keys.h"

static void
keys_say(struct buf *b, const struct keys *k, int32_t key)
{
	static const char *const mouse[] = { "clic", "sube", "baja" };

	if (key >= K_CLICK)
		buf_addf(b, "%s:%d ", mouse[key - K_CLICK], k->row);
	else if (key == K_ESC_WAIT)
		buf_addf(b, "Esc- ");
	else if (key == K_PASTE_BEGIN || key == K_PASTE_END)
		buf_addf(b, key == K_PASTE_BEGIN ? "<< " : ">> ");
	else if (key != K_NONE)
		buf_addf(b, "%s ", keys_name(key));
}

static void
keys_are(const char *bytes, const char *names)
{
	struct keys k;
	struct buf b;
	int32_t key;

	keys_init(&k);
	buf_init(&b, FRAME_MAX);
	for (; *bytes != '\0'; bytes++) {
		if (*bytes == '|') {
			keys_say(&b, &k, keys_timeout(&k));
			continue;
		}
		key = keys_feed(&k, (unsigned char)*bytes);
		for (; key != K_NONE; key = keys_held(&k))
			keys_say(&b, &k, key);
	}
	assert_string_equal(buf_str(&b), names);
	buf_clear(&b);
}

/* Every row of the table of terminals: TERM and what its F keys send. */
static void
function_keys_of_every_terminal(void **st)
{
	static const char *const f[] = {	/* F1 to F12, per family */
		/* vt100 */ "\033OP", "\033OQ", "\033OR", "\033OS", "\033Ot",
		"\033Ou", "\033Ov", "\033Ol", "\033Ow", "\033Ox", "", "",
		/* vt220 */ "\033OP", "\033OQ", "\033OR", "\033OS", "",
		"\033[17~", "\033[18~", "\033[19~", "\033[20~", "\033[21~",
		"\033[23~", "\033[24~",
		/* linux */ "\033[[A", "\033[[B", "\033[[C", "\033[[D",
		"\033[[E", "\033[17~", "\033[18~", "\033[19~", "\033[20~",
		"\033[21~", "\033[23~", "\033[24~",
		/* xterm, screen, tmux */ "\033OP", "\033OQ", "\033OR",
		"\033OS", "\033[15~", "\033[17~", "\033[18~", "\033[19~",
		"\033[20~", "\033[21~", "\033[23~", "\033[24~",
		/* putty, rxvt */ "\033[11~", "\033[12~", "\033[13~",
		"\033[14~", "\033[15~", "\033[17~", "\033[18~", "\033[19~",
		"\033[20~", "\033[21~", "\033[23~", "\033[24~",
		/* by hand */ "\0331", "\0332", "\0333", "\0334", "\0335",
		"\0336", "\0337", "\0338", "\0339", "\0330", "\033-", "\033="
	};
	char want[32];
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(f); i++) {
		if (f[i][0] == '\0')
			continue;
		snprintf(want, sizeof want, "Esc- F%zu ", i % 12 + 1);
		keys_are(f[i], want);
	}
}

static void
arrows_and_pages(void **st)
{
	(void)st;
	keys_are("\033[A\033OA\033[B\033OB", "Esc- Arriba Esc- Arriba "
	    "Esc- Abajo Esc- Abajo ");
	keys_are("\033[C\033OC\033[D\033OD",
	    "Esc- Der. Esc- Der. Esc- Izq. Esc- Izq. ");
	keys_are("\033[H\033OH\033[1~\033[7~", "Esc- Inicio Esc- Inicio "
	    "Esc- Inicio Esc- Inicio ");
	keys_are("\033[F\033OF\033[4~\033[8~",
	    "Esc- Fin Esc- Fin Esc- Fin Esc- Fin ");
	keys_are("\033[5~\033[6~\033[2~\033[3~",
	    "Esc- RePág Esc- AvPág Esc- Ins Esc- Supr ");
	keys_are("\033[Z\033\t", "Esc- May-Tab Esc- May-Tab ");
	keys_are("\033[1;5A\033[1;2B", "Esc- Arriba Esc- Abajo ");
	keys_are("\033OM\033Oq\033On", "Esc- Enter Esc- 1 Esc- . ");
}

static void
characters_are_assembled(void **st)
{
	(void)st;
	keys_are("añ€ 漢\U0001F600", "a ñ € Espacio 漢 \U0001F600 ");
	keys_are("\r\n\n\t\177\b", "Enter Enter Tab Retroceso Retroceso ");
	keys_are("\x05\x15\x1a", "^E ^U ^Z ");
	/* bad lead, overlong, surrogate, C1, cut short: nothing, or the rest */
	keys_are("\xff" "a\xc0\x80" "b\xed\xa0\x80" "c\xc2\x9b" "d\xc3" "e",
	    "a b c d e ");
}

static void
unknown_sequences_are_swallowed_whole(void **st)
{
	char lots[200];

	(void)st;
	keys_are("\033[99~a\033[1;2Pb\033[?2026;2$yc\033[>0;276;0cd",
	    "Esc- a Esc- b Esc- y c Esc- d ");
	keys_are("\033Oza\033OXb", "Esc- a Esc- b ");
	keys_are("\033[M a!b", "Esc- b ");	/* a mouse report */
	memset(lots, '1', sizeof lots);
	lots[0] = '\033';
	lots[1] = '[';
	lots[197] = '~';
	lots[198] = 'x';
	lots[199] = '\0';
	keys_are(lots, "Esc- x ");
	keys_are("\033[12\033[A", "Esc- Arriba ");
}

static void
esc_then_a_letter_is_two_keys(void **st)
{
	(void)st;
	keys_are("\033a", "Esc- Esc a ");
	keys_are("\033\303\261", "Esc- Esc ñ ");
	keys_are("\033\033[A", "Esc- Esc- Arriba ");
	keys_are("\033|a", "Esc- Esc a ");
	keys_are("|a|", "a ");
}

static void
a_sequence_cut_by_a_slow_line_is_still_one(void **st)
{
	(void)st;
	keys_are("\033|[A", "Esc- Esc Arriba ");
	keys_are("\033|OA", "Esc- Esc Arriba ");	/* never an "a" */
	keys_are("\033|OS", "Esc- Esc F4 ");
	keys_are("\033|Oaxaca", "Esc- Esc O a x a c a ");
	keys_are("\033|1", "Esc- Esc 1 ");
	keys_are("\033|\033[B", "Esc- Esc Esc- Abajo ");
}

static void
a_paste_is_only_characters(void **st)
{
	(void)st;
	keys_are("\033[200~a\r\nb\033[201~c", "Esc- << a Enter b >> c ");
	keys_are("\033[200~\033[A\033OP\033" "1\033[201~", "Esc- << 1 >> ");
	keys_are("\033[200~a|b", "Esc- << a >> b ");
}

static void
the_mouse_says_its_row(void **st)
{
	(void)st;
	keys_are("\033[<0;10;6Mx", "Esc- clic:5 x ");
	keys_are("\033[<0;10;6m", "Esc- ");
	keys_are("\033[<64;1;1M\033[<65;500;200M",
	    "Esc- sube:0 Esc- baja:199 ");
	keys_are("\033[<2;10;6M\033[<0;10;0M\033[<0;10;999M\033[<0;10M"
	    "\033[<M\033[<;;M\033[<0;1;1;1Mx",
	    "Esc- Esc- Esc- Esc- Esc- Esc- Esc- x ");
	keys_are("\033[200~a\033[<0;1;1Mb\033[201~", "Esc- << a b >> ");
}

static void
random_bytes_do_no_harm(void **st)
{
	uint32_t seed = 7;
	struct keys k;
	int32_t key;
	int i;

	(void)st;
	keys_init(&k);
	for (i = 0; i < 1 << 20; i++) {
		seed = seed * 1664525 + 1013904223;
		key = keys_feed(&k, (unsigned char)(seed >> 24));
		for (; key != K_NONE; key = keys_held(&k)) {
			assert_true(key <= K_WHEEL_DOWN);
			assert_true(key < 0x80 || key >= 0xa0);
		}
		if ((seed & 0xff00) == 0)
			keys_timeout(&k);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(function_keys_of_every_terminal),
		cmocka_unit_test(arrows_and_pages),
		cmocka_unit_test(characters_are_assembled),
		cmocka_unit_test(unknown_sequences_are_swallowed_whole),
		cmocka_unit_test(esc_then_a_letter_is_two_keys),
		cmocka_unit_test(a_sequence_cut_by_a_slow_line_is_still_one),
		cmocka_unit_test(a_paste_is_only_characters),
		cmocka_unit_test(the_mouse_says_its_row),
		cmocka_unit_test(random_bytes_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
