/* SPDX-License-Identifier: ISC */
/*
 * tess.c - see tess.h.  What is declared here of tesseract is the part of its C
 * interface (capi.h of 5.x) that is called.
 */
#include "tess.h"

#include <assert.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

enum { TESS_DPI = 200 };		/* about what words.c gives it */

struct tess_api {
	void *(*make)(void);
	void (*drop)(void *);
	int (*init)(void *, const char *folder, const char *language);
	void (*set_image)(void *, const uint8_t *, int w, int h, int bytes,
	    int stride);
	void (*set_dpi)(void *, int);
	int (*recognize)(void *, void *monitor);
	char *(*text)(void *);
	void (*text_drop)(const char *);
	void *(*monitor_make)(void);
	void (*monitor_drop)(void *);
	void (*monitor_until)(void *, int ms);
};

struct tess {
	struct tess_api call;
	void *library, *base;
};

static const char *const tess_names[] = { "TessBaseAPICreate",
	"TessBaseAPIDelete", "TessBaseAPIInit3", "TessBaseAPISetImage",
	"TessBaseAPISetSourceResolution", "TessBaseAPIRecognize",
	"TessBaseAPIGetUTF8Text", "TessDeleteText", "TessMonitorCreate",
	"TessMonitorDelete", "TessMonitorSetDeadlineMSecs" };

/* In the order of the struct, whose members are all pointers to functions. */
static bool
tess_find(struct tess *t)
{
	void *found[ARRAY_LEN(tess_names)];
	size_t i;

	static_assert(sizeof found == sizeof t->call, "a name for each");
	for (i = 0; i < ARRAY_LEN(tess_names); i++)
		if ((found[i] = dlsym(t->library, tess_names[i])) == NULL)
			return false;
	memcpy(&t->call, found, sizeof t->call);
	return true;
}

struct tess *
tess_new(void)
{
	struct tess *t = xcalloc(1, sizeof *t);

	/* Each thread would take addresses of its own, and a core of others. */
	(void)setenv("OMP_THREAD_LIMIT", "1", 1);
	t->library = dlopen("libtesseract.so.5", RTLD_NOW | RTLD_LOCAL);
	if (t->library == NULL || !tess_find(t)) {
		tess_free(t);
		return NULL;
	}
	t->base = t->call.make();
	if (t->base == NULL || t->call.init(t->base, NULL, "spa") != 0) {
		tess_free(t);
		return NULL;
	}
	return t;
}

/* The library stays: what it began with the process ends with it. */
void
tess_free(struct tess *t)
{
	if (t != NULL && t->base != NULL)
		t->call.drop(t->base);
	free(t);
}

char *
tess_read(struct tess *t, const uint8_t *grey, int w, int h, int stride,
    int ms)
{
	void *until = t->call.monitor_make();
	char *own, *text = NULL;

	t->call.monitor_until(until, ms);
	t->call.set_image(t->base, grey, w, h, 1, stride);
	t->call.set_dpi(t->base, TESS_DPI);
	(void)t->call.recognize(t->base, until);
	own = t->call.text(t->base);
	if (own != NULL) {
		text = xstrdup(own);
		t->call.text_drop(own);
	}
	t->call.monitor_drop(until);
	return text;
}
