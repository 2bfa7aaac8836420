/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * shelf_test.c - the folder of one person: whole files or none, safe texts,
 * one program at a time, names that never meet.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "state.h"

#include "../../client/shelf.h"

static void
a_changed_or_cut_file_is_set_aside(void **st)
{
	struct shelf *shelf = shelf_new("host", 2222, "mlopez");
	json_t *o = json_pack("{s:s}", "a", "texto largo"), *back;
	char *path = xasprintf("%s/pauta/host:2222-uno/mlopez/doc+1", folder);
	struct why why;
	char *said;
	int i, fd;

	(void)st;
	assert_int_equal(shelf_meet(shelf, "uno", &why), 0);
	for (i = 0; i < 40; i++) {
		assert_int_equal(shelf_put(shelf, "doc+1", o, true, &why), 0);
		back = shelf_get(shelf, "doc+1", NULL);
		assert_true(json_equal(back, o));
		json_decref(back);
		fd = open(path, O_RDWR);
		if (i < 20)
			assert_int_equal(ftruncate(fd, i), 0);
		else
			assert_int_equal(pwrite(fd, "#", 1, i - 20), 1);
		(void)close(fd);
		assert_null(shelf_get(shelf, "doc+1", NULL));
		said = shelf_damage(shelf);
		assert_non_null(strstr(said, "estaba dañado y se apartó"));
		free(said);
		assert_int_equal(access(path, F_OK), -1);
	}
	json_decref(o);
	free(path);
	shelf_free(shelf);
}

static void
what_a_terminal_would_obey_counts_as_damage(void **st)
{
	struct shelf *shelf = shelf_new("host", 2222, "mlopez");
	json_t *o = json_pack("{s:[s]}", "a", "\033]52;c;x\a");
	struct why why;
	char *said;

	(void)st;
	assert_int_equal(shelf_meet(shelf, "uno", &why), 0);
	assert_int_equal(shelf_put(shelf, "doc+1", o, false, &why), 0);
	assert_null(shelf_get(shelf, "doc+1", NULL));
	said = shelf_damage(shelf);
	assert_non_null(said);
	free(said);
	json_decref(o);
	shelf_free(shelf);
}

static void
a_shelf_is_of_one_program_and_one_person(void **st)
{
	struct shelf *one = shelf_new("host", 2222, "mlopez"),
	    *two = shelf_new("host", 2222, "mlopez");
	char *path = xasprintf("%s/pauta/host:2222-uno/mlopez", folder);
	struct why why;

	(void)st;
	assert_int_equal(shelf_meet(one, "uno", &why), 0);
	assert_int_equal(shelf_meet(two, "uno", &why), -ERR_UNAVAILABLE);
	assert_false(shelf_is_open(two));
	shelf_free(one);
	assert_int_equal(chmod(path, 0755), 0);
	assert_int_equal(shelf_meet(two, "uno", &why), -ERR_SYSTEM);
	assert_non_null(strstr(why.text, "chmod 700"));
	shelf_free(two);
	free(path);
}

static void
names_never_meet(void **st)
{
	static const char *const rows[][3] = { { "a", "b" }, { "a+b" },
		{ "a/b" }, { "a%2Fb" }, { ".." }, { "ñ" }, { "" } };
	char *names[ARRAY_LEN(rows)];
	size_t i, k;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		names[i] = shelf_name("doc", rows[i]);
		assert_null(strchr(names[i], '/'));
		for (k = 0; k < i; k++)
			assert_string_not_equal(names[i], names[k]);
	}
	for (i = 0; i < ARRAY_LEN(rows); i++)
		free(names[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STATE(a_changed_or_cut_file_is_set_aside),
		STATE(what_a_terminal_would_obey_counts_as_damage),
		STATE(a_shelf_is_of_one_program_and_one_person),
		STATE(names_never_meet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
