/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * upload_screen_test.c - F6 in a step: which file, what is wrong with it, and
 * how far it is.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "paso_doc.h"
#include "upload.h"

#include "../../client/path.h"
#include "../../client/uploads.h"

/* ---- names ---- */

static void
completes(const char *typed, const char *want, const char *ways)
{
	char *full = xasprintf("%s/%s", folder, typed), *choices;
	char *got = path_complete(full, &choices);

	if (want == NULL)
		assert_null(got);
	else
		assert_string_equal(got + strlen(folder) + 1, want);
	if (ways == NULL)
		assert_null(choices);
	else
		assert_string_equal(choices, ways);
	free(full);
	free(got);
	free(choices);
}

static void
names_are_completed(void **st)
{
	static const char *const names[] = { "acta.txt", "acta final.pdf",
		"ñandú.jpg", "ñame.jpg", ".oculto", "mal\033o" };
	char *path = xasprintf("%s/notas", folder), *full;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(names); i++)
		free(file_put(names[i], 1, 0));
	assert_int_equal(mkdir(path, 0700), 0);
	completes("a", "acta", "acta final.pdf   acta.txt");
	completes("acta.", "acta.txt", NULL);
	completes("n", "notas/", NULL);
	completes("\xc3\xb1", "ña", "ñame.jpg   ñandú.jpg");
	completes("ma", NULL, NULL);
	completes(".o", ".oculto", NULL);
	(void)setenv("HOME", folder, 1);
	full = path_full(" ~/acta.txt ");
	free(path);
	path = xasprintf("%s/acta.txt", folder);
	assert_string_equal(full, path);
	free(path);
	free(full);
}

/* ---- the screen ---- */

#define STEP_FILES STEP_MORE("true", ",\"files\":{\"most\":1000,\"places\":[" \
	PLACE "]}")

static void
files_step(struct screen *s)
{
	screen_init(s, 80, 24);
	app_open(s->app, &view_paso, "VID-2026-0001", "2.2");
	screen_answer(s, "paso", 0, STEP_FILES);
}

static struct uploads *
screen_files(struct screen *s)
{
	struct uploads *us = uploads_new();

	files_step(s);
	app_set_uploads(s->app, us);
	screen_key(s, K_F6);
	return us;
}

static void
says(struct screen *s, const char *name, const char *sentence)
{
	char *path = xasprintf("%s/%s", folder, name);

	screen_key(s, K_F6);
	assert_true(screen_has(s, "Material. Archivo de esta máquina"));
	screen_key(s, K_CTRL_U);
	screen_type(s, path);
	screen_key(s, K_ENTER);
	assert_true(screen_has(s, sentence));
	free(path);
}

static void
what_cannot_go_is_said_at_once(void **st)
{
	struct screen s;
	struct uploads *us;
	char *path = xasprintf("%s/carpeta", folder);

	(void)st;
	assert_int_equal(mkdir(path, 0700), 0);
	free(path);
	free(file_put("grande.pdf", 1001, 0));
	free(file_put("programa.exe", 1, 0));
	us = screen_files(&s);
	screen_key(&s, K_ESC);
	says(&s, "nada.pdf", "No hay un archivo");
	says(&s, "carpeta", "es una carpeta");
	says(&s, "grande.pdf", "grande.pdf pesa 0 MB y ahora caben 0.");
	says(&s, "programa.exe", "no lleva archivos «.exe»: lleva txt, pdf.");
	assert_int_equal(us->count, 0);
	screen_clear(&s);
	uploads_free(us);
}

static void
how_far_it_is_is_seen(void **st)
{
	struct screen s;
	struct uploads *us;
	struct upload *u;

	(void)st;
	free(file_put("acta.txt", 1000, 0));
	us = screen_files(&s);
	screen_key(&s, K_ESC);
	says(&s, "acta.txt", "Preparando la subida...");
	u = uploads_shown(us);
	u->state = UPLOAD_GOES;
	u->size = 100000 << 10;
	u->done = 43008 << 10;
	u->rate = 512 << 10;
	assert_true(screen_has(&s, "│ Subir archivos  "));
	assert_true(screen_has(&s,
	    " Material: acta.txt (VID-2026-0001, 2.2)"));
	assert_true(screen_has(&s,
	    " [#####################..............................]  43 %"));
	assert_true(screen_has(&s,
	    " 43008 de 100000 KB        512 KB/s, faltan 1:52"));
	assert_true(screen_has(&s,
	    " Enter=Seguir trabajando  F6=Otro archivo  F12=Detener"));
	screen_key(&s, K_ENTER);
	assert_true(screen_has(&s, " Subiendo acta.txt: 43 %, faltan 1:52"));
	screen_key(&s, K_F6);
	screen_key(&s, K_F12);
	assert_true(screen_has(&s, "¿Detenerla?"));
	screen_key(&s, K_ENTER);
	assert_int_equal(us->count, 1);
	screen_key(&s, K_ESC);
	screen_key(&s, 's');
	assert_true(screen_has(&s, "Se detuvo la subida de acta.txt"));
	assert_int_equal(us->count, 0);
	screen_clear(&s);
	uploads_free(us);
}

/* What was asked of one is not answered for the next, nor of one that is all
 * sent: that may be attached. */
static void
only_what_was_asked_is_stopped(void **st)
{
	struct screen s;
	struct uploads *us;
	int i;

	(void)st;
	free(file_put("acta.txt", 1000, 0));
	free(file_put("otra.txt", 1000, 0));
	us = screen_files(&s);
	screen_key(&s, K_ESC);
	says(&s, "acta.txt", "Preparando la subida...");
	screen_key(&s, K_F6);
	screen_type(&s, folder);
	screen_type(&s, "/otra.txt");
	screen_key(&s, K_ENTER);
	assert_int_equal(us->count, 2);
	screen_key(&s, K_F12);
	assert_true(screen_has(&s, "¿Detenerla?"));
	us->all[0]->state = UPLOAD_CHECKS;
	assert_false(screen_has(&s, "¿Detenerla?"));
	screen_key(&s, 's');
	assert_int_equal(us->count, 2);
	us->all[1]->state = UPLOAD_CHECKS;
	assert_true(screen_has(&s, "Se revisa que haya quedado"));
	for (i = 0; i < 2; i++) {
		screen_key(&s, i == 0 ? K_F12 : 's');
		assert_false(screen_has(&s, "¿Detenerla?"));
	}
	assert_int_equal(us->count, 2);
	screen_clear(&s);
	uploads_free(us);
}

static void
a_served_screen_shows_the_line(void **st)
{
	struct screen s;

	(void)st;
	files_step(&s);
	screen_key(&s, K_F6);
	assert_true(screen_has(&s, "sftp -P 22 ana@host:/CON-1/3.1/"));
	screen_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STATE(names_are_completed),
		STATE(what_cannot_go_is_said_at_once),
		STATE(how_far_it_is_is_seen),
		STATE(only_what_was_asked_is_stopped),
		STATE(a_served_screen_shows_the_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
