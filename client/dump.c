/* SPDX-License-Identifier: ISC */
/* dump.c - see dump.h: the app of loop.c without a terminal. */
#include "dump.h"

#include <poll.h>

#include "i18n.h"

enum { DUMP_MS = 30000, DUMP_STEP_MS = 200 };

struct dump {
	const struct carrier *carrier;
	struct app *app;
	struct frames frames;
	const char *lang;
	bool over;
	int status;
};

static void
dump_end(struct dump *d, int status)
{
	d->over = true;
	d->status = status;
}

static void
dump_pump(struct dump *d, struct why *why)
{
	switch (d->carrier->pump(d->carrier->arg, &d->frames, why)) {
	case CARRY_UP:
		frames_reset(&d->frames);
		frames_hello(&d->frames, d->lang);
		return;
	case CARRY_DOWN:
	case CARRY_END:
		dump_end(d, LOOP_LOST);
		return;
	case CARRY_SAME:
		break;
	}
	if (frames_deliver(&d->frames, d->app, why) < 0)
		dump_end(d, why->e == ERR_REFUSED ? 1 : LOOP_LOST);
}

static void
dump_print(struct dump *d)
{
	const struct grid *g = app_draw(d->app);
	char *text = grid_text(g);

	printf("%s%d %d\n", text, g->cur_row, g->cur_col);
	free(text);
	dump_end(d, 0);
}

int
dump_run(const struct carrier *carrier, int rows, int cols, const char *lang,
    struct why *why)
{
	struct dump d = { .carrier = carrier, .app = app_new(), .lang = lang };
	int64_t until = mono_ms() + DUMP_MS;
	struct pollfd p;

	carrier_begin(carrier, d.app, &d.frames);
	app_resize(d.app, cols, rows);
	while (!d.over) {
		dump_pump(&d, why);
		if (!d.over && app_is_whole(d.app))
			dump_print(&d);
		else if (!d.over && mono_ms() > until)
			dump_end(&d, why_set(why, ERR_UNAVAILABLE, "%s",
			    _("El servidor no respondió a tiempo.")) < 0 ?
			    LOOP_LOST : 0);
		p.fd = carrier->fd(carrier->arg, &d.frames, &p.events);
		if (!d.over)
			(void)poll(&p, 1, DUMP_STEP_MS);
	}
	app_free(d.app);
	frames_clear(&d.frames);
	return d.status;
}
