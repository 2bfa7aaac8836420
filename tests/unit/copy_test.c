/* SPDX-License-Identifier: ISC */
/* rooms: render keep confine proto */
/*
 * copy_test.c - photographs as they leave the office: the same points, held as
 * they were, and nothing of where, when, by whom and with what.
 */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <linux/memfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "test.h"
#include "../render/private.h"
#include "../../server/render/copy.h"

enum { WIDTH = 48, HEIGHT = 32, RESULT_MAX = 1 << 20 };

/* A picture whose every point is another, encoded. */
static GByteArray *
plain_new(const char *type)
{
	GdkPixbuf *pic = gdk_pixbuf_new(GDK_COLORSPACE_RGB, FALSE, 8, WIDTH,
	    HEIGHT);
	guchar *p = gdk_pixbuf_get_pixels(pic);
	int i, n = gdk_pixbuf_get_rowstride(pic) * HEIGHT;
	gchar *bytes;
	gsize len;

	for (i = 0; i < n; i++)
		p[i] = (guchar)(i * 7 + i / WIDTH);
	assert_true(gdk_pixbuf_save_to_buffer(pic, &bytes, &len, type, NULL,
	    NULL));
	g_object_unref(pic);
	return g_byte_array_new_take((guint8 *)bytes, len);
}

/* The same with all that cameras say in it. */
static GByteArray *
private_new(const char *type)
{
	GByteArray *plain, *out = g_byte_array_new();

	if (strcmp(type, "webp") == 0) {
		private_webp(out);
		return out;
	}
	plain = plain_new(type);
	if (strcmp(type, "png") == 0)
		private_png(out, plain->data, plain->len);
	else
		private_jpeg(out, plain->data, plain->len);
	(void)g_byte_array_unref(plain);
	return out;
}

static int
room_new(const void *p, size_t n)
{
	int fd = (int)syscall(SYS_memfd_create, "room", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, p, n), (ssize_t)n);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

/* What goes out of it, or NULL with why. */
static GByteArray *
copy_new(const void *p, size_t n, struct why *why)
{
	int in = room_new(p, n), out = room_new("", 0);
	json_t *job = json_pack("{s:i}", "file", in);
	GByteArray *made = g_byte_array_new();
	guint8 *bytes = g_malloc(RESULT_MAX);
	ssize_t len;

	if (render_copy(job, out, why) < 0) {
		(void)g_byte_array_unref(made);
		made = NULL;
	} else {
		len = pread(out, bytes, RESULT_MAX, 0);
		assert_true(len > 0 && len < RESULT_MAX);
		(void)g_byte_array_append(made, bytes, (guint)len);
	}
	g_free(bytes);
	json_decref(job);
	close(in);
	close(out);
	return made;
}

static bool
bytes_have(const GByteArray *b, const void *p, size_t n)
{
	size_t i;

	for (i = 0; i + n <= b->len; i++)
		if (memcmp(b->data + i, p, n) == 0)
			return true;
	return false;
}

static GdkPixbuf *
picture_of(const GByteArray *b)
{
	GdkPixbufLoader *l = gdk_pixbuf_loader_new();
	GdkPixbuf *pic;

	assert_true(gdk_pixbuf_loader_write(l, b->data, b->len, NULL));
	assert_true(gdk_pixbuf_loader_close(l, NULL));
	pic = g_object_ref(gdk_pixbuf_loader_get_pixbuf(l));
	g_object_unref(l);
	return pic;
}

/* Also the control: the search finds each of them in what was received. */
static void
nothing_private_is_in_it(void **st)
{
	static const char *const types[] = { "jpeg", "png", "webp" };
	GByteArray *of, *made;
	struct why why;
	size_t i, k;

	(void)st;
	for (i = 0; i < ARRAY_LEN(types); i++) {
		of = private_new(types[i]);
		made = copy_new(of->data, of->len, &why);
		assert_non_null(made);
		for (k = 0; k < ARRAY_LEN(private_traces); k++) {
			if (!bytes_have(of, private_traces[k].bytes,
				private_traces[k].len))
				fail_msg("%s: no %s to take out", types[i],
				    private_traces[k].what);
			if (bytes_have(made, private_traces[k].bytes,
				private_traces[k].len))
				fail_msg("%s: %s is still there", types[i],
				    private_traces[k].what);
		}
		(void)g_byte_array_unref(of);
		(void)g_byte_array_unref(made);
	}
}

static void
not_a_point_changes(void **st)
{
	static const char *const types[] = { "jpeg", "png" };
	GdkPixbuf *before, *after;
	GByteArray *of, *made;
	struct why why;
	size_t i, n;

	(void)st;
	for (i = 0; i < ARRAY_LEN(types); i++) {
		of = private_new(types[i]);
		made = copy_new(of->data, of->len, &why);
		before = picture_of(of);
		after = picture_of(made);
		n = gdk_pixbuf_get_byte_length(before);
		assert_int_equal(gdk_pixbuf_get_byte_length(after), n);
		assert_memory_equal(gdk_pixbuf_read_pixels(after),
		    gdk_pixbuf_read_pixels(before), n);
		g_object_unref(before);
		g_object_unref(after);
		(void)g_byte_array_unref(of);
		(void)g_byte_array_unref(made);
	}
}

/* Made from a plain one it is the same, byte by byte: a retry finds itself. */
static void
a_plain_one_stays_as_it_is(void **st)
{
	GByteArray *of = plain_new("jpeg"), *made, *again;
	struct why why;

	(void)st;
	made = copy_new(of->data, of->len, &why);
	assert_int_equal(made->len, of->len);
	assert_memory_equal(made->data, of->data, of->len);
	(void)g_byte_array_unref(of);
	of = private_new("png");
	again = copy_new(of->data, of->len, &why);
	(void)g_byte_array_unref(made);
	made = copy_new(again->data, again->len, &why);
	assert_int_equal(made->len, again->len);
	assert_memory_equal(made->data, again->data, made->len);
	(void)g_byte_array_unref(of);
	(void)g_byte_array_unref(made);
	(void)g_byte_array_unref(again);
}

static void
it_is_held_as_it_was(void **st)
{
	static const uint8_t turned[] = "MM\0*\0\0\0\010" "\0\001"
	    "\001\022\0\003\0\0\0\001\0\006\0\0" "\0\0\0";
	static const char *const types[] = { "jpeg", "png", "webp" };
	GByteArray *of, *made;
	struct why why;
	GdkPixbuf *pic;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(types); i++) {
		of = private_new(types[i]);
		made = copy_new(of->data, of->len, &why);
		if (!bytes_have(made, turned, sizeof turned))
			fail_msg("%s lies on its side", types[i]);
		if (strcmp(types[i], "jpeg") == 0) {
			pic = picture_of(made);
			assert_string_equal(gdk_pixbuf_get_option(pic,
			    "orientation"), "6");
			g_object_unref(pic);
		}
		(void)g_byte_array_unref(of);
		(void)g_byte_array_unref(made);
	}
}

/* The sum of what is written anew, as libpng checks it; the length of a RIFF. */
static void
what_is_written_is_sound(void **st)
{
	GByteArray *of = private_new("png"), *made;
	struct why why;
	GdkPixbuf *pic;

	(void)st;
	made = copy_new(of->data, of->len, &why);
	assert_true(bytes_have(made, "\0\0\0\x1a" "eXIf", 8));
	pic = picture_of(made);
	g_object_unref(pic);
	(void)g_byte_array_unref(of);
	(void)g_byte_array_unref(made);
	of = private_new("webp");
	made = copy_new(of->data, of->len, &why);
	assert_int_equal(made->data[4] | made->data[5] << 8, made->len - 8);
	assert_int_equal(made->data[20], 8);	/* EXIF, and no XMP */
	(void)g_byte_array_unref(of);
	(void)g_byte_array_unref(made);
}

/* The name of the last chunk, where a text ends, ends nothing. */
static void
a_text_does_not_end_a_png(void **st)
{
	enum { AHEAD = 8 + 25 };
	GByteArray *of = plain_new("png"), *told = g_byte_array_new(), *made;
	struct why why;

	(void)st;
	(void)g_byte_array_append(told, of->data, AHEAD);
	private_chunk(told, "tEXtComment", 12, "THE IEND", 8);
	(void)g_byte_array_append(told, of->data + AHEAD, of->len - AHEAD);
	made = copy_new(told->data, told->len, &why);
	assert_non_null(made);
	assert_true(bytes_have(made, "IDAT", 4));
	assert_true(bytes_have(made, "IEND", 4));
	assert_false(bytes_have(made, "THE ", 4));
	(void)g_byte_array_unref(of);
	(void)g_byte_array_unref(told);
	(void)g_byte_array_unref(made);
}

static void
what_cannot_be_copied_is_refused(void **st)
{
	static const struct { const char *bytes; size_t n; const char *say; }
	rows[] = {
		{ "", 0, "está vacío" },
		{ "GIF89a", 6, "Solo de fotos JPEG, PNG y WebP" },
		{ "<svg/>", 6, "Solo de fotos" },
		{ "\xff\xd8\xff", 3, "dañada" },
		{ "\x89PNG\r\n\x1a\n", 8, "dañada" },
		{ "RIFF", 4, "dañada" },
	};
	struct why why;
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(rows); i++) {
		assert_null(copy_new(rows[i].bytes, rows[i].n, &why));
		if (strstr(why.text, rows[i].say) == NULL)
			fail_msg("row %zu says: %s", i, why.text);
	}
}

/* Cut anywhere it is refused; with any byte changed it may be anything. */
static void
no_damage_is_read_past_its_end(void **st)
{
	static const char *const types[] = { "jpeg", "png", "webp" };
	GByteArray *of, *made;
	struct why why;
	size_t i, k;

	(void)st;
	for (i = 0; i < ARRAY_LEN(types); i++) {
		of = private_new(types[i]);
		for (k = 0; k < of->len; k++) {
			made = copy_new(of->data, k, &why);
			if (made != NULL && k + 15 < of->len)
				fail_msg("%s of %zu bytes", types[i], k);
			if (made != NULL)
				(void)g_byte_array_unref(made);
			of->data[k] ^= 0xff;
			made = copy_new(of->data, of->len, &why);
			of->data[k] ^= 0xff;
			if (made != NULL)
				(void)g_byte_array_unref(made);
		}
		(void)g_byte_array_unref(of);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_private_is_in_it),
		cmocka_unit_test(not_a_point_changes),
		cmocka_unit_test(a_plain_one_stays_as_it_is),
		cmocka_unit_test(it_is_held_as_it_was),
		cmocka_unit_test(what_is_written_is_sound),
		cmocka_unit_test(a_text_does_not_end_a_png),
		cmocka_unit_test(what_cannot_be_copied_is_refused),
		cmocka_unit_test(no_damage_is_read_past_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
