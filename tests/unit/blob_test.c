/* SPDX-License-Identifier: ISC */
/* rooms: store proto */
/*
 * blob_test.c - what is swept: only what nobody has, only when it is old, and
 * nothing that is not ours.
 */
#include "temp.h"

#include <time.h>

#include "../../server/store/blob.h"

#define SUM_A "aa11111111111111111111111111111111111111111111111111111111111111"
#define SUM_B "bb22222222222222222222222222222222222222222222222222222222222222"

static const struct why no_why;

/* Received whole, under a key that is like its sum. */
static void
blob_put(const struct temp *t, const char *office, const char *sum)
{
	struct blob b = { t->folder, office, sum };
	struct why why = no_why;
	int64_t size;
	int fd = blob_spool(&b, true, &size, &why);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "x", 1), 1);
	assert_int_equal(close(fd), 0);
	assert_int_equal(blob_keep(&b, sum, &why), 0);
}

static bool
blob_is_there(const struct temp *t, const char *office, const char *sum)
{
	struct blob b = { t->folder, office, sum };
	int fd = blob_open(&b);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* Has central the one, and no office the other? */
static bool
is_used(void *arg, const char *office, const char *name)
{
	(*(int *)arg)++;
	return strcmp(office, "central") == 0 && strcmp(name, SUM_A) == 0;
}

static struct when
in(int64_t seconds)
{
	return (struct when){ time(NULL) + seconds };
}

static void
only_what_nobody_has_is_swept(void **st)
{
	struct temp *t = *st;
	int asked = 0;

	blob_put(t, "central", SUM_A);
	blob_put(t, "central", SUM_B);
	blob_put(t, "oax", SUM_A);
	assert_int_equal(blob_sweep(t->folder, in(3600), 1800, is_used,
	    &asked), 2);
	assert_int_equal(asked, 3);
	assert_true(blob_is_there(t, "central", SUM_A));
	assert_false(blob_is_there(t, "central", SUM_B));
	assert_false(blob_is_there(t, "oax", SUM_A));
}

static void
what_has_just_come_is_not_looked_at(void **st)
{
	struct temp *t = *st;
	int asked = 0;

	blob_put(t, "oax", SUM_B);
	assert_int_equal(blob_sweep(t->folder, in(60), 1800, is_used, &asked),
	    0);
	assert_int_equal(asked, 0);
	assert_true(blob_is_there(t, "oax", SUM_B));
}

static void
what_is_not_ours_stays(void **st)
{
	struct temp *t = *st;
	char *path = xasprintf("%s/blobs/oax/notas.txt", t->folder);
	int asked = 0, fd;

	blob_put(t, "oax", SUM_B);
	fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(close(fd), 0);
	assert_int_equal(blob_sweep(t->folder, in(3600), 1800, is_used,
	    &asked), 1);
	assert_int_equal(access(path, F_OK), 0);
	free(path);
}

static void
half_a_file_waits_a_day(void **st)
{
	struct temp *t = *st;
	struct blob b = { t->folder, "oax", SUM_A };
	struct why why = no_why;
	int64_t size;
	int fd = blob_spool(&b, false, &size, &why);

	assert_true(fd >= 0);
	assert_int_equal(close(fd), 0);
	assert_int_equal(blob_sweep_spool(t->folder, in(86300), 86400), 0);
	assert_int_equal(blob_spool_size(&b), 0);
	assert_int_equal(blob_sweep_spool(t->folder, in(86401), 86400), 1);
	assert_int_equal(blob_spool_size(&b), -1);
}

static void
one_is_dropped_alone(void **st)
{
	struct temp *t = *st;
	struct blob b = { t->folder, "oax", SUM_A };

	assert_int_equal(blob_drop(&b), 0);
	blob_put(t, "oax", SUM_A);
	blob_put(t, "oax", SUM_B);
	assert_int_equal(blob_drop(&b), 0);
	assert_false(blob_is_there(t, "oax", SUM_A));
	assert_true(blob_is_there(t, "oax", SUM_B));
	assert_int_equal(blob_drop(&b), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(only_what_nobody_has_is_swept),
		IN_FOLDER(what_has_just_come_is_not_looked_at),
		IN_FOLDER(what_is_not_ours_stays),
		IN_FOLDER(half_a_file_waits_a_day),
		IN_FOLDER(one_is_dropped_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
