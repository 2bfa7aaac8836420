/* SPDX-License-Identifier: ISC */
/*
 * video.c - videos for tests:
 *
 *	video FILE SECONDS WIDTH HEIGHT [turned]	a sun that crosses the sky;
 *			turned: by a camera that was held upright
 *
 * The end of its name says the container: .mp4, .mov, .mkv.
 */
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <stdlib.h>
#include <string.h>

enum { RATE = 10 };

static void
must(int well)
{
	if (!well)
		exit(1);
}

/* Light sky, dark sea, and the sun at its place of that moment. */
static void
frame_paint(AVFrame *f, int i, int n)
{
	int x, y, dx, dy, sun = f->height / 5;

	must(av_frame_make_writable(f) >= 0);
	for (y = 0; y < f->height; y++)
		for (x = 0; x < f->width; x++) {
			dx = x - f->width * i / n;
			dy = y - f->height / 3;
			f->data[0][y * f->linesize[0] + x] =
			    (uint8_t)(dx * dx + dy * dy < sun * sun ? 235 :
				y > f->height * 2 / 3 ? 40 : 120);
		}
	for (y = 0; y < f->height / 2; y++) {
		memset(f->data[1] + y * f->linesize[1], 128,
		    (size_t)f->width / 2);
		memset(f->data[2] + y * f->linesize[2], 128,
		    (size_t)f->width / 2);
	}
	f->pts = i;
}

static void
packets_write(AVFormatContext *out, AVCodecContext *enc, const AVFrame *f)
{
	AVPacket *p = av_packet_alloc();

	must(avcodec_send_frame(enc, f) >= 0);
	while (avcodec_receive_packet(enc, p) == 0) {
		av_packet_rescale_ts(p, enc->time_base,
		    out->streams[0]->time_base);
		must(av_interleaved_write_frame(out, p) >= 0);
	}
	av_packet_free(&p);
}

static AVCodecContext *
encoder_open(AVFormatContext *out, int w, int h)
{
	const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_MPEG4);
	AVCodecContext *enc = avcodec_alloc_context3(codec);

	enc->width = w;
	enc->height = h;
	enc->pix_fmt = AV_PIX_FMT_YUV420P;
	enc->time_base = (AVRational){ 1, RATE };
	enc->framerate = (AVRational){ RATE, 1 };
	enc->gop_size = RATE / 2;
	enc->thread_count = 1;
	if (out->oformat->flags & AVFMT_GLOBALHEADER)
		enc->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
	must(avcodec_open2(enc, codec, NULL) >= 0);
	return enc;
}

static AVStream *
stream_new(AVFormatContext *out, const AVCodecContext *enc, int turned)
{
	AVStream *st = avformat_new_stream(out, NULL);
	uint8_t *m;

	st->time_base = enc->time_base;
	must(avcodec_parameters_from_context(st->codecpar, enc) >= 0);
	if (turned) {
		m = av_stream_new_side_data(st, AV_PKT_DATA_DISPLAYMATRIX,
		    9 * sizeof(int32_t));
		av_display_rotation_set((int32_t *)(void *)m, -90);
	}
	return st;
}

int
main(int argc, char **argv)
{
	int n, i, w, h;
	AVFormatContext *out = NULL;
	AVCodecContext *enc;
	AVFrame *f;

	if (argc < 5)
		return 2;
	n = (int)strtol(argv[2], NULL, 10) * RATE;
	w = (int)strtol(argv[3], NULL, 10);
	h = (int)strtol(argv[4], NULL, 10);
	must(avformat_alloc_output_context2(&out, NULL, NULL, argv[1]) >= 0);
	enc = encoder_open(out, w, h);
	(void)stream_new(out, enc, argc > 5);
	must(avio_open(&out->pb, argv[1], AVIO_FLAG_WRITE) >= 0);
	must(avformat_write_header(out, NULL) >= 0);
	f = av_frame_alloc();
	f->format = enc->pix_fmt;
	f->width = w;
	f->height = h;
	must(av_frame_get_buffer(f, 0) >= 0);
	for (i = 0; i < n; i++) {
		frame_paint(f, i, n);
		packets_write(out, enc, f);
	}
	packets_write(out, enc, NULL);
	must(av_write_trailer(out) >= 0);
	av_frame_free(&f);
	avcodec_free_context(&enc);
	must(avio_closep(&out->pb) >= 0);
	avformat_free_context(out);
	return 0;
}
