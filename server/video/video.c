/* SPDX-License-Identifier: ISC */
/*
 * video.c - kind "video": what a video is, and some of its frames as cells.
 *
 *	job	{"file":3} or {"file":3,"cols":60,"rows":18,"mode":"256"}
 *	result	{"width":1920,"height":1080,"duration_ms":12040,"codec":"h264"}
 *		and, when cells were asked for and it can be decoded, "cols" and
 *		"rows" as of kind "celdas": frames of equal distance, in order,
 *		STRIP_COLS a line
 */
#include <stdlib.h>

#include "../render/cells.h"
#include "film.h"
#include "video.h"

enum { STRIP_COLS = 3, STRIP_LINES = 2, STRIP_FRAMES = STRIP_COLS * STRIP_LINES };

/* The size of one frame, so that all of them fit. */
static void
strip_size(const struct film_facts *facts, int width, int height, int *w,
    int *h)
{
	double by = (double)(width / STRIP_COLS) / facts->width;

	if (by * facts->height > (double)height / STRIP_LINES)
		by = (double)height / STRIP_LINES / facts->height;
	*w = (int)(by * facts->width);
	*h = (int)(by * facts->height);
	*w = *w < 1 ? 1 : *w;
	*h = *h < 1 ? 1 : *h;
}

/* False: none of its frames can be seen. */
static bool
strip_draw(struct film *film, const struct film_facts *facts, int w, int h,
    const struct photo *p, uint8_t *points)
{
	bool any = false;
	int i;

	for (i = 0; i < STRIP_FRAMES; i++)
		any |= film_draw(film, facts->ms * i / STRIP_FRAMES, w, h,
		    points + i / STRIP_COLS * h * p->stride +
			i % STRIP_COLS * w * 3, p->stride);
	return any;
}

static int
video_add_strip(struct film *film, const struct film_facts *facts,
    const json_t *job, json_t *doc, struct why *why)
{
	int width, height, w, h, r;
	struct photo p = { 0 };
	uint8_t *points;

	if ((r = cells_points(job, &width, &height, why)) < 0)
		return r;
	if (facts->width < 1 || facts->height < 1)
		return 0;
	strip_size(facts, width, height, &w, &h);
	p.width = w * STRIP_COLS;
	p.height = h * STRIP_LINES;
	p.stride = p.width * 3;
	p.points = points = xcalloc((size_t)p.stride * (size_t)p.height, 1);
	if (strip_draw(film, facts, w, h, &p, points))
		r = cells_add(doc, job, &p, why);
	free(points);
	return r;
}

int
video_run(const json_t *job, int out, struct why *why)
{
	int fd = (int)doc_int(job, "file"), r;
	struct film_facts facts;
	struct film *film;
	json_t *doc;

	if ((r = film_open(fd, &film, why)) < 0)
		return r;
	film_say(film, &facts);
	doc = json_pack("{s:i, s:i, s:I, s:s}", "width", facts.width,
	    "height", facts.height, "duration_ms", (json_int_t)facts.ms,
	    "codec", facts.codec);
	if (json_object_get(job, "cols") != NULL)
		r = video_add_strip(film, &facts, job, doc, why);
	if (r == 0)
		r = render_write_json(out, doc, why);
	json_decref(doc);
	film_close(film);
	return r;
}
