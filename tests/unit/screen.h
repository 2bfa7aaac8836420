/* SPDX-License-Identifier: ISC */
/*
 * screen.h - a view in an app without a core: what it asks is kept as lines,
 * tests answer with documents, press keys and read the screen as text.
 * It is 10:00 of Monday 23/11/2026 in Hermosillo.
 */
#ifndef PAUTA_SCREEN_H
#define PAUTA_SCREEN_H

#include "test.h"

#include "../../client/view.h"
#include "../../proto/text.h"

enum { SCREEN_ASKS = 128 };

struct screen {
	struct app *app;
	struct {
		uint64_t id;
		char *line;
		bool answered, mutating;
	} asks[SCREEN_ASKS];
	int count;
	uint8_t last_op[16];		/* of the last change */
	char *text;
};

static inline void
screen_send(void *arg, uint64_t id, const uint8_t *op, const char *const *words)
{
	struct screen *s = arg;
	struct buf b;

	assert_true(s->count < SCREEN_ASKS);
	buf_init(&b, FRAME_MAX);
	for (; *words != NULL; words++)
		(void)buf_addf(&b, "%s%s", b.len == 0 ? "" : " ", *words);
	s->asks[s->count].id = id;
	s->asks[s->count].mutating = op != NULL;
	if (op != NULL)
		memcpy(s->last_op, op, sizeof s->last_op);
	s->asks[s->count++].line = xstrdup(buf_str(&b));
	buf_clear(&b);
}

static inline void
screen_init(struct screen *s, int cols, int rows)
{
	struct when now;
	json_t *me;

	memset(s, 0, sizeof *s);
	(void)setenv("TZ", "<-07>7", 1);
	tzset();
	assert_int_equal(when_parse("2026-11-23T17:00:00Z", &now), 0);
	s->app = app_new();
	app_attach(s->app, &(struct app_link){ screen_send, s });
	app_resize(s->app, cols, rows);
	app_on_tick(s->app, now);
	me = json_pack("{s:s,s:s,s:s,s:s,s:s}", "login", "mlopez", "name",
	    "María López", "role", "Producción", "office", "CDMX",
	    "institution", "Prueba");
	app_welcome(s->app, me, NULL);
	json_decref(me);
}

static inline void
screen_clear(struct screen *s)
{
	app_free(s->app);
	while (s->count > 0)
		free(s->asks[--s->count].line);
	free(s->text);
}

/* Answer the oldest question that begins like this and has no answer. */
static inline void
screen_answer(struct screen *s, const char *begins, int status,
    const char *doc)
{
	int i;

	for (i = 0; i < s->count; i++)
		if (!s->asks[i].answered && strncmp(s->asks[i].line, begins,
		    strlen(begins)) == 0) {
			s->asks[i].answered = true;
			app_on_reply(s->app, s->asks[i].id, status, doc);
			return;
		}
	fail_msg("nobody asked: %s", begins);
}

/* How many questions began like this. */
static inline int
screen_asked(const struct screen *s, const char *begins)
{
	int i, n = 0;

	for (i = 0; i < s->count; i++)
		n += strncmp(s->asks[i].line, begins, strlen(begins)) == 0;
	return n;
}

static inline int
screen_changes(const struct screen *s)
{
	int i, n = 0;

	for (i = 0; i < s->count; i++)
		n += s->asks[i].mutating;
	return n;
}

/* The last question that began like this, or "". */
static inline const char *
screen_last(const struct screen *s, const char *begins)
{
	int i;

	for (i = s->count; i-- > 0;)
		if (strncmp(s->asks[i].line, begins, strlen(begins)) == 0)
			return s->asks[i].line;
	return "";
}

static inline void
screen_push(struct screen *s, const char *folio)
{
	app_on_push(s->app, 1, &folio, 1);
}

static inline void
screen_wait(struct screen *s, int seconds)
{
	struct when now = app_now(s->app);

	now.s += seconds;
	app_on_tick(s->app, now);
}

static inline void
screen_key(struct screen *s, int32_t key)
{
	app_key(s->app, key);
	app_rest(s->app);
}

static inline void
screen_type(struct screen *s, const char *text)
{
	while (*text != '\0')
		screen_key(s, text_next(&text));
}

/* The screen, without the blanks at the end of its rows. */
static inline const char *
screen_text(struct screen *s)
{
	char *raw = grid_text(app_draw(s->app)), *from, *to, *end;

	for (from = to = raw; (end = strchr(from, '\n')) != NULL;
	    from = end + 1) {
		size_t n = (size_t)(end - from);

		while (n > 0 && from[n - 1] == ' ')
			n--;
		memmove(to, from, n);
		to[n] = '\n';
		to += n + 1;
	}
	*to = '\0';
	free(s->text);
	s->text = raw;
	return raw;
}

static inline void
screen_is(struct screen *s, const char *want)
{
	if (strcmp(screen_text(s), want) == 0)
		return;
	(void)fprintf(stderr, "is:\n%swant:\n%s", s->text, want);
	fail_msg("the screen is not the one expected");
}

/*
 * The same of a file, screens/NAME.txt beside the tests; with SCREENS=write in
 * the environment it is written instead, to be looked at before it is kept.
 */
static inline void
screen_golden(struct screen *s, const char *name)
{
	const char *write = getenv("SCREENS");
	char *path = xasprintf("tests/unit/screens/%s.txt", name), *want;
	FILE *f;

	if (write != NULL && strcmp(write, "write") == 0) {
		f = fopen(path, "w");
		assert_non_null(f);
		(void)fputs(screen_text(s), f);
		assert_int_equal(fclose(f), 0);
	}
	want = test_read(path);
	screen_is(s, want);
	free(want);
	free(path);
}

static inline bool
screen_has(struct screen *s, const char *text)
{
	return strstr(screen_text(s), text) != NULL;
}

/* Every action can be reached from F2, says what it does, and is unique. */
static inline void
screen_table(const struct view_class *class)
{
	unsigned i, k;

	for (i = 0; i < class->actions_count; i++) {
		const struct action *a = &class->actions[i];

		assert_true(a->name != NULL && *a->name != '\0');
		assert_true(strlen(a->help) > 10);
		for (k = 0; k < i; k++) {
			assert_true(a->key == K_NONE ||
			    a->key != class->actions[k].key);
			assert_string_not_equal(a->name,
			    class->actions[k].name);
		}
	}
}

/* F2 shows every action: walk it, row by row, and look for each name. */
static inline void
screen_palette(struct screen *s, const struct view_class *class)
{
	unsigned i;

	for (i = 0; i < class->actions_count; i++) {
		screen_key(s, K_F2);
		screen_type(s, class->actions[i].name);
		if (!screen_has(s, class->actions[i].name))
			fail_msg("F2 does not have %s", class->actions[i].name);
		screen_key(s, K_ESC);
	}
}

/* All that the legend may show is on its two rows. */
static inline void
screen_legend(struct screen *s, const struct view_class *class,
    struct view *v)
{
	unsigned i;

	for (i = 0; i < class->actions_count; i++) {
		const struct action *a = &class->actions[i];
		char *want;

		if (!a->shown ||
		    (class->grey != NULL && class->grey(v, a->id) != NULL))
			continue;
		want = xasprintf("%s=%s", keys_name(a->key), a->name);
		if (!screen_has(s, want))
			fail_msg("the legend has no room for %s", want);
		free(want);
	}
	assert_true(screen_has(s, "F12=") || screen_has(s, "F3="));
}

/* Any window is survived; from 60 by 16 on, the cursor is in it. */
static inline void
screen_sizes(struct screen *s)
{
	static const int sizes[][2] = { { 1, 1 }, { 60, 16 }, { 61, 17 },
		{ 75, 18 }, { 76, 24 }, { 80, 25 }, { 132, 43 }, { 500, 200 },
		{ 40, 10 }, { 80, 24 } };
	const struct grid *g;
	size_t i;

	for (i = 0; i < ARRAY_LEN(sizes); i++) {
		app_resize(s->app, sizes[i][0], sizes[i][1]);
		g = app_draw(s->app);
		assert_in_range(g->cur_row, 0, (unsigned)g->rows - 1);
		screen_key(s, K_DOWN);
		screen_key(s, K_PGDN);
		(void)app_draw(s->app);
		screen_key(s, K_UP);
	}
}

#endif
