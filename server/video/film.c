/* SPDX-License-Identifier: ISC */
/* film.c - see film.h. */
#include "film.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libswscale/swscale.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

enum { FILM_PIECE = 32 * 1024, FILM_PACKETS = 4000,
	FILM_POINTS = 16 * 1000 * 1000 };

struct film {
	int fd, stream;
	unsigned turns;			/* quarters, with the clock */
	AVIOContext *io;
	AVFormatContext *container;
	AVCodecContext *decoder;	/* NULL: there is none of this codec */
	AVPacket *packet;
	AVFrame *frame;
};

/* ---- bytes ---- */

static int
film_on_read(void *arg, uint8_t *p, int n)
{
	const struct film *f = arg;
	ssize_t got = read(f->fd, p, (size_t)n);

	return got > 0 ? (int)got : got == 0 ? AVERROR_EOF : AVERROR(EIO);
}

static int64_t
film_on_seek(void *arg, int64_t at, int whence)
{
	const struct film *f = arg;
	int64_t here, size;

	if (whence != AVSEEK_SIZE)
		return lseek(f->fd, at, whence & ~AVSEEK_FORCE);
	here = lseek(f->fd, 0, SEEK_CUR);
	size = lseek(f->fd, 0, SEEK_END);
	(void)lseek(f->fd, here, SEEK_SET);
	return size;
}

/* ---- opening ---- */

/* How the camera was held, in quarters. */
static unsigned
film_turns(const AVStream *st)
{
	const uint8_t *m = av_stream_get_side_data(st,
	    AV_PKT_DATA_DISPLAYMATRIX, NULL);
	double degrees = m != NULL ?
	    -av_display_rotation_get((const int32_t *)(uintptr_t)m) : 0;

	return isfinite(degrees) ?
	    (unsigned)((lrint(degrees / 90) % 4 + 4) % 4) : 0;
}

static void
film_open_decoder(struct film *f)
{
	const AVCodecParameters *par =
	    f->container->streams[f->stream]->codecpar;
	const AVCodec *codec = avcodec_find_decoder(par->codec_id);

	if (codec == NULL || (f->decoder = avcodec_alloc_context3(codec)) ==
	    NULL)
		return;
	f->decoder->thread_count = 1;
	f->decoder->max_pixels = FILM_POINTS;
	if (avcodec_parameters_to_context(f->decoder, par) < 0 ||
	    avcodec_open2(f->decoder, codec, NULL) < 0)
		avcodec_free_context(&f->decoder);
}

/* The container and its first picture; false: it is not one of ours. */
static bool
film_open_container(struct film *f)
{
	AVFormatContext *c = avformat_alloc_context();
	uint8_t *piece = av_malloc(FILM_PIECE);

	f->io = avio_alloc_context(piece, FILM_PIECE, 0, f, film_on_read, NULL,
	    film_on_seek);
	f->packet = av_packet_alloc();
	f->frame = av_frame_alloc();
	if (c == NULL || f->io == NULL || f->packet == NULL ||
	    f->frame == NULL)
		return false;
	c->pb = f->io;
	c->flags |= AVFMT_FLAG_CUSTOM_IO;
	c->format_whitelist =
	    av_strdup("mov,mp4,m4a,3gp,3g2,mj2,matroska,webm");
	c->protocol_whitelist = av_strdup("");
	if (avformat_open_input(&c, NULL, NULL, NULL) < 0)
		return false;		/* which has freed it */
	f->container = c;
	if (avformat_find_stream_info(c, NULL) < 0)
		return false;
	f->stream = av_find_best_stream(c, AVMEDIA_TYPE_VIDEO, -1, -1, NULL,
	    0);
	return f->stream >= 0;
}

int
film_open(int fd, struct film **out, struct why *why)
{
	struct film *f = xcalloc(1, sizeof *f);

	av_log_set_level(AV_LOG_QUIET);
	f->fd = fd;
	if (lseek(fd, 0, SEEK_SET) < 0 || !film_open_container(f)) {
		film_close(f);
		return why_set(why, ERR_REFUSED, "El video está dañado o no es "
		    "de los que se leen: no hay vista previa. El archivo se "
		    "conserva como llegó.");
	}
	f->turns = film_turns(f->container->streams[f->stream]);
	film_open_decoder(f);
	*out = f;
	return 0;
}

void
film_close(struct film *f)
{
	if (f == NULL)
		return;
	avcodec_free_context(&f->decoder);
	avformat_close_input(&f->container);
	if (f->io != NULL)
		av_freep(&f->io->buffer);
	avio_context_free(&f->io);
	av_packet_free(&f->packet);
	av_frame_free(&f->frame);
	free(f);
}

void
film_say(const struct film *f, struct film_facts *out)
{
	const AVCodecParameters *par =
	    f->container->streams[f->stream]->codecpar;
	bool turned = f->turns % 2 != 0;

	out->width = turned ? par->height : par->width;
	out->height = turned ? par->width : par->height;
	out->ms = f->container->duration > 0 ?
	    f->container->duration / (AV_TIME_BASE / 1000) : 0;
	out->codec = avcodec_get_name(par->codec_id);
}

/* ---- frames ---- */

/* Decode one frame that needs no other: the next one from here on. */
static bool
film_decode(struct film *f)
{
	int packets, r = -1;

	avcodec_flush_buffers(f->decoder);
	for (packets = 0; packets < FILM_PACKETS && r < 0 &&
	     av_read_frame(f->container, f->packet) >= 0; packets++) {
		if (f->packet->stream_index == f->stream &&
		    (f->packet->flags & AV_PKT_FLAG_KEY) != 0 &&
		    avcodec_send_packet(f->decoder, f->packet) == 0 &&
		    avcodec_send_packet(f->decoder, NULL) == 0)
			r = avcodec_receive_frame(f->decoder, f->frame);
		if (r < 0)
			avcodec_flush_buffers(f->decoder);
		av_packet_unref(f->packet);
	}
	return r == 0;
}

/* Points of a frame of w by h, turned, to where they are to be seen. */
static void
film_turn(const uint8_t *from, int w, int h, unsigned turns, uint8_t *to,
    int stride)
{
	int x, y, tx, ty;

	for (y = 0; y < h; y++)
		for (x = 0; x < w; x++) {
			tx = turns == 0 ? x : turns == 1 ? h - 1 - y :
			    turns == 2 ? w - 1 - x : y;
			ty = turns == 0 ? y : turns == 1 ? x :
			    turns == 2 ? h - 1 - y : w - 1 - x;
			memcpy(to + ty * stride + tx * 3,
			    from + (y * w + x) * 3, 3);
		}
}

static bool
film_scale(const struct film *f, int w, int h, uint8_t *to, int stride)
{
	struct SwsContext *sws = sws_getContext(f->frame->width,
	    f->frame->height, (enum AVPixelFormat)f->frame->format, w, h,
	    AV_PIX_FMT_RGB24, SWS_AREA, NULL, NULL, NULL);
	/* It writes whole vectors: room behind the last row. */
	uint8_t *small = xcalloc((size_t)w * (size_t)h * 3 + 64, 1);
	uint8_t *planes[4] = { small };
	int strides[4] = { w * 3 };
	bool well = sws != NULL && sws_scale(sws,
	    (const uint8_t *const *)f->frame->data, f->frame->linesize, 0,
	    f->frame->height, planes, strides) == h;

	if (well)
		film_turn(small, w, h, f->turns, to, stride);
	sws_freeContext(sws);
	free(small);
	return well;
}

bool
film_draw(struct film *f, int64_t ms, int width, int height, uint8_t *points,
    int stride)
{
	bool turned = f->turns % 2 != 0, well;

	if (f->decoder == NULL)
		return false;
	(void)av_seek_frame(f->container, -1, ms * (AV_TIME_BASE / 1000) +
	    (f->container->start_time > 0 ? f->container->start_time : 0),
	    AVSEEK_FLAG_BACKWARD);
	well = film_decode(f) && film_scale(f, turned ? height : width,
	    turned ? width : height, points, stride);
	av_frame_unref(f->frame);
	return well;
}
