/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * palette_test.c - whatever can be done on a screen can be done from F2, and
 * without a key that a VT100 does not have.
 */
#include "test.h"

#include "../../client/form.h"
#include "../../client/view.h"

static const struct view_class *const others[] = { &view_rows, &view_row,
	&view_editor };

static int done[64];
static int done_count;

static void
note_act(struct view *v, int id)
{
	(void)v;
	assert_true(done_count < (int)ARRAY_LEN(done));
	done[done_count++] = id;
}

static void
note_send(void *arg, uint64_t id, const uint8_t *op, const char *const *words)
{
	(void)arg;
	(void)id;
	(void)op;
	(void)words;
}

/* A screen with the actions of another, that only notes what was chosen. */
static struct view_class
screen_like(const struct view_class *c)
{
	return (struct view_class){ .name = c->name, .actions = c->actions,
		.actions_count = c->actions_count,
		.size = sizeof(struct view), .act = note_act };
}

static struct app *
app_on(const struct view_class *class)
{
	struct app *a = app_new();

	app_attach(a, &(struct app_link){ note_send, NULL });
	app_resize(a, 80, 24);
	app_open(a, class, "B-1", "1");
	done_count = 0;
	return a;
}

static const struct view_class *
class_at(size_t i)
{
	return i < views_count ? views_all[i] :
	    i - views_count < ARRAY_LEN(others) ? others[i - views_count] :
	    NULL;
}

static void
every_action_is_in_the_palette(void **st)
{
	const struct view_class *real;
	struct view_class class;
	size_t i, k, n;
	struct app *a;

	(void)st;
	for (i = 0; (real = class_at(i)) != NULL; i++) {
		class = screen_like(real);
		a = app_on(&class);
		/* More rows than there are actions: the last ones repeat. */
		for (k = 0; k < 40; k++) {
			app_key(a, K_F2);
			assert_true(app_has_popup(a));
			for (n = 0; n < k; n++)
				app_key(a, K_DOWN);
			app_key(a, K_ENTER);
			while (app_has_popup(a))
				app_key(a, K_F12);
		}
		for (k = 0; k < real->actions_count; k++) {
			for (n = 0; (int)n < done_count; n++)
				if (done[n] == real->actions[k].id)
					break;
			if ((int)n == done_count)
				fail_msg("%s: F2 does not do \"%s\"",
				    real->name, real->actions[k].name);
		}
		app_free(a);
	}
}

/* All that F1 shows, from the top to the end. */
static char *
help_text(struct app *a)
{
	struct buf all;
	char *page;
	int n;

	buf_init(&all, 1 << 20);
	app_key(a, K_F1);
	for (n = 0; n < 40; n++) {
		page = grid_text(app_draw(a));
		assert_int_equal(buf_add(&all, page, strlen(page)), 0);
		free(page);
		app_key(a, K_PGDN);
	}
	app_key(a, K_F12);
	page = xstrdup(buf_str(&all));
	buf_clear(&all);
	return page;
}

/* No word of it is lost where a line ends, however narrow the screen is. */
static void
help_is_told_whole(void **st)
{
	const struct view_class *real;
	struct view_class class;
	char *said, *help, *word, *next;
	size_t i, k;
	struct app *a;

	(void)st;
	for (i = 0; (real = class_at(i)) != NULL; i++) {
		class = screen_like(real);
		a = app_on(&class);
		app_resize(a, i % 2 == 0 ? 60 : 80, 24);
		said = help_text(a);
		for (k = 0; k < real->actions_count; k++) {
			word = help = xstrdup(real->actions[k].help);
			for (; word != NULL; word = next) {
				if ((next = strchr(word, ' ')) != NULL)
					*next++ = '\0';
				if (strstr(said, word) == NULL)
					fail_msg("%s: F1 lacks «%s» of «%s»",
					    real->name, word,
					    real->actions[k].help);
			}
			free(help);
		}
		free(said);
		app_free(a);
	}
}

/* What the bytes of a VT100 give: letters, control keys, Esc and a digit. */
static int32_t
key_of(const char *bytes)
{
	struct keys k;
	int32_t key = K_NONE;

	keys_init(&k);
	for (; *bytes != '\0'; bytes++)
		key = keys_feed(&k, (unsigned char)*bytes);
	return key;
}

static bool
key_is_on_a_vt100(int32_t key)
{
	static const char digits[] = "1234567890-=";
	char bytes[3] = "\033";
	size_t i;

	if (key > 0 && key < 0x7f)
		return true;
	for (i = 0; digits[i] != '\0'; i++) {
		bytes[1] = digits[i];
		if (key_of(bytes) == key)
			return true;
	}
	return key == key_of("\033OA") || key == key_of("\033OB") ||
	    key == key_of("\033OC") || key == key_of("\033OD");
}

static void
no_action_needs_a_key_that_a_vt100_lacks(void **st)
{
	const struct view_class *real;
	const struct action *act;
	struct view_class class;
	struct app *a;
	size_t i, k;

	(void)st;
	for (i = 0; (real = class_at(i)) != NULL; i++) {
		class = screen_like(real);
		for (k = 0; k < real->actions_count; k++) {
			act = &real->actions[k];
			if (act->key == K_NONE)
				continue;	/* from F2 only */
			if (!key_is_on_a_vt100(act->key))
				fail_msg("%s: \"%s\" has no key on a vt100",
				    real->name, act->name);
			a = app_on(&class);
			app_key(a, act->key);
			if (done_count != 1 || done[0] != act->id)
				fail_msg("%s: the key of \"%s\" does not do it",
				    real->name, act->name);
			app_free(a);
		}
	}
	assert_true(key_is_on_a_vt100(K_F2));
	assert_false(key_is_on_a_vt100(K_INSERT));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(help_is_told_whole),
		cmocka_unit_test(every_action_is_in_the_palette),
		cmocka_unit_test(no_action_needs_a_key_that_a_vt100_lacks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
