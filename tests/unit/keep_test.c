/* SPDX-License-Identifier: ISC */
/* rooms: keep confine proto */
/*
 * keep_test.c - a file that has come: cut at every byte it is never taken for
 * whole, and what is two things at once is neither.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../server/keep/examine.h"
#include "test.h"

struct sample {
	const char *mime, *bytes;
	size_t n;
};

#define SAMPLE(mime, text) { mime, text, sizeof(text) - 1 }

#define JPEG "\xff\xd8\xff\xe0\0\4\1\2\xff\xda\0\4\1\2ab\xff\0c\xff\xd0" "d\xff\xd9"
#define PNG "\x89PNG\r\n\x1a\n\0\0\0\2IHDRxxCCCC\0\0\0\0IENDCCCC"
#define ENTRY(name, length, packed, size) \
	"PK\1\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" packed size length \
	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" name

/* Where the type itself says how long it is. */
static const struct sample samples[] = {
	SAMPLE("image/jpeg", JPEG),
	SAMPLE("image/png", PNG),
	SAMPLE("image/tiff", "II*\0\10\0\0\0\2\0\21\1\4\0\1\0\0\0\46\0\0\0"
	    "\27\1\4\0\1\0\0\0\4\0\0\0\0\0\0\0abcd"),
	SAMPLE("image/webp", "RIFF\14\0\0\0WEBPabcdefgh"),
	SAMPLE("audio/x-wav", "RIFF\10\0\0\0WAVEabcd"),
	SAMPLE("video/mp4", "\0\0\0\14ftypisom\0\0\0\12mdatab\0\0\0\14moovabcd"),
	SAMPLE("video/quicktime", "\0\0\0\14moovabcd\0\0\0\1mdat\0\0\0\0\0\0\0"
	    "\24abcd"),
	SAMPLE("video/x-matroska", "\x1a\x45\xdf\xa3\x82" "ab\x18\x53\x80\x67"
	    "\x84" "abcd"),
	SAMPLE("application/pdf", "%PDF-1.4\nhola\n%%EOF"),
	SAMPLE("application/vnd.oasis.opendocument.text", "PK\3\4"
	    ENTRY("content.xml", "\13\0", "\1\0\0\0", "\1\0\0\0")
	    "PK\5\6\0\0\0\0\1\0\1\0\71\0\0\0\4\0\0\0\0\0"),
};

static enum keep_end
examine(const void *p, size_t n, const char *mime, char out[KEEP_MIME])
{
	FILE *f = tmpfile();
	enum keep_end end;

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	assert_int_equal(fflush(f), 0);
	(void)snprintf(out, KEEP_MIME, "%s", mime);
	end = keep_examine(fileno(f), (int64_t)n, out);
	(void)fclose(f);
	return end;
}

static void
what_is_cut_anywhere_is_no_file(void **st)
{
	const struct sample *s;
	char mime[KEEP_MIME];
	size_t i, n;

	(void)st;
	for (i = 0; i < ARRAY_LEN(samples); i++) {
		s = &samples[i];
		if (examine(s->bytes, s->n, s->mime, mime) != KEEP_OK)
			fail_msg("%s is whole", s->mime);
		assert_string_equal(mime, s->mime);
		for (n = 4; n < s->n; n++)
			if (examine(s->bytes, n, s->mime, mime) != KEEP_PART)
				fail_msg("%s is cut at %zu", s->mime, n);
	}
}

static void
text_has_no_end_of_its_own(void **st)
{
	char mime[KEEP_MIME];

	(void)st;
	assert_int_equal(examine("hol", 3, "text/plain", mime), KEEP_OK);
	assert_string_equal(mime, "text/plain");
	assert_int_equal(examine("", 0, "inode/x-empty", mime), KEEP_OK);
}

static void
no_byte_makes_it_read_past_the_end(void **st)
{
	const struct sample *s;
	char mime[KEEP_MIME], *p;
	size_t i, at;
	int byte;

	(void)st;
	for (i = 0; i < ARRAY_LEN(samples); i++) {
		s = &samples[i];
		p = xcalloc(s->n, 1);
		for (at = 4; at < s->n; at++)
			for (byte = 0; byte < 256; byte += 51) {
				memcpy(p, s->bytes, s->n);
				p[at] = (char)byte;
				(void)examine(p, s->n, s->mime, mime);
			}
		free(p);
	}
}

static void
more_than_one_file_is_none(void **st)
{
	static const struct sample two[] = {
		SAMPLE("image/jpeg", JPEG "PK\1\2"
		    "PK\5\6\0\0\0\0\1\0\1\0\4\0\0\0\0\0\0\0\0\0"),
		SAMPLE("image/jpeg", JPEG "%PDF-1.4\n%%EOF\n"),
		SAMPLE("image/jpeg", JPEG "<!DOCTYPE html><html></html>"),
		SAMPLE("image/png", PNG "\177ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0"
		    "\76\0\1\0\0\0"),
		SAMPLE("text/plain", "hola\n%PDF-1.4\n%%EOF\n"),
	};
	static const struct sample one = SAMPLE("image/jpeg", JPEG JPEG);
	char mime[KEEP_MIME];
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(two); i++) {
		assert_int_equal(examine(two[i].bytes, two[i].n, two[i].mime,
		    mime), KEEP_OK);
		if (strcmp(mime, MIME_TWO) != 0)
			fail_msg("sample %zu is two", i);
	}
	assert_int_equal(examine(one.bytes, one.n, one.mime, mime), KEEP_OK);
	assert_string_equal(mime, "image/jpeg");
}

static void
an_archive_is_what_it_lists(void **st)
{
	static const char odt[] = "application/vnd.oasis.opendocument.text";
	static const struct {
		const char *mime;
		struct sample s;
	} archives[] = {
		{ "application/zip", SAMPLE("", "PK\3\4"
		    ENTRY("a", "\1\0", "\1\0\0\0", "\1\0\0\0")
		    "PK\5\6\0\0\0\0\1\0\1\0\57\0\0\0\4\0\0\0\0\0") },
		{ "application/zip", SAMPLE("", "PK\3\4"
		    ENTRY("../content", "\12\0", "\1\0\0\0", "\1\0\0\0")
		    "PK\5\6\0\0\0\0\1\0\1\0\70\0\0\0\4\0\0\0\0\0") },
		{ MIME_MACROS, SAMPLE("", "PK\3\4"
		    ENTRY("word/vbaProject.bin", "\23\0", "\1\0\0\0",
			"\1\0\0\0")
		    "PK\5\6\0\0\0\0\1\0\1\0\101\0\0\0\4\0\0\0\0\0") },
		{ MIME_BOMB, SAMPLE("", "PK\3\4"
		    ENTRY("content.xml", "\13\0", "\1\0\0\0", "\0\0\0\x7f")
		    "PK\5\6\0\0\0\0\1\0\1\0\71\0\0\0\4\0\0\0\0\0") },
		{ MIME_BOMB, SAMPLE("", "PK\3\4"
		    ENTRY("content.xml", "\13\0", "\0\1\0\0", "\0\1\0\0")
		    "PK\5\6\0\0\0\0\1\0\1\0\71\0\0\0\4\0\0\0\0\0") },
		{ odt, SAMPLE("", "PK\3\4"
		    ENTRY("content.xml", "\13\0", "\1\0\0\0", "\1\0\0\0")
		    "PK\5\6\0\0\0\0\1\0\1\0\71\0\0\0\4\0\0\0\2\0ok") },
	};
	char mime[KEEP_MIME];
	size_t i;

	(void)st;
	for (i = 0; i < ARRAY_LEN(archives); i++) {
		assert_int_equal(examine(archives[i].s.bytes, archives[i].s.n,
		    odt, mime), KEEP_OK);
		if (strcmp(mime, archives[i].mime) != 0)
			fail_msg("archive %zu is %s", i, mime);
	}
}

static int
types_open(void **st)
{
	(void)st;
	return keep_open_types();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_cut_anywhere_is_no_file),
		cmocka_unit_test(text_has_no_end_of_its_own),
		cmocka_unit_test(no_byte_makes_it_read_past_the_end),
		cmocka_unit_test(more_than_one_file_is_none),
		cmocka_unit_test(an_archive_is_what_it_lists),
	};

	return cmocka_run_group_tests(tests, types_open, NULL);
}
