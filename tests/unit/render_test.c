/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * render_test.c - jobs of pauta-render as the core begins them: two at a time,
 * each with its own end, and whatever one does it costs that one only.  The
 * program is the real one with the kinds of tests/render/kinds.c.
 */
#include <fcntl.h>
#include <uv.h>

#include "bureau.h"
#include "../../server/admin.h"
#include "../../server/core/render.h"

struct shop {
	struct bureau *o;
	uv_loop_t loop;
	char folder[1100];
	int ended;
};

/* What one job came to. */
struct end {
	struct shop *shop;
	int times, r;
	char why[WHY_MAX], *text;
	int64_t size;
};

static int
shop_setup(void **st)
{
	struct shop *p = xcalloc(1, sizeof *p);

	(void)bureau_setup((void **)&p->o);
	(void)snprintf(p->folder, sizeof p->folder, "%s/render",
	    program_dir());
	uv_loop_init(&p->loop);
	core_set_programs(p->o->c, p->folder);
	renderer_open(p->o->c, &p->loop);
	*st = p;
	return 0;
}

static int
shop_teardown(void **st)
{
	struct shop *p = *st;

	renderer_close(p->o->c);
	uv_run(&p->loop, UV_RUN_DEFAULT);
	assert_int_equal(uv_loop_close(&p->loop), 0);
	(void)bureau_teardown((void **)&p->o);
	free(p);
	return 0;
}

static void
end_on_done(void *arg, const struct render_end *end)
{
	struct end *e = arg;

	e->times++;
	e->r = end->r;
	e->size = end->size;
	e->text = render_text(end, 4096);
	(void)snprintf(e->why, sizeof e->why, "%s", end->why.text);
	e->shop->ended++;
}

/* Begin one with a file that says "hola". */
static int
shop_begin(struct shop *p, struct end *e, const char *kind)
{
	char path[128];
	json_t *job = json_pack("{s:i}", "file", 3);
	struct render_job o = { .kind = kind, .job = job, .files_count = 1,
		.on_done = end_on_done, .arg = e };
	struct why why;
	int r;

	*e = (struct end){ .shop = p };
	(void)snprintf(path, sizeof path, "%s/hola", p->o->t->folder);
	o.files[0] = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(pwrite(o.files[0], "hola", 4, 0), 4);
	r = render_start(p->o->c, &o, &why);
	json_decref(job);
	return r;
}

static void
shop_wait(struct shop *p, int ended)
{
	while (p->ended < ended && uv_run(&p->loop, UV_RUN_ONCE) != 0)
		;
	assert_int_equal(p->ended, ended);
}

static void
end_clear(struct end *e)
{
	free(e->text);
	e->text = NULL;
}

static void
a_job_gives_its_result(void **st)
{
	struct end e;

	assert_int_equal(shop_begin(*st, &e, "eco"), 0);
	assert_int_equal(e.times, 0);
	shop_wait(*st, 1);
	assert_int_equal(e.r, 0);
	assert_string_equal(e.text, "{\"job\":{\"file\":3},\"read\":\"hola\"}");
	end_clear(&e);
}

static void
it_has_nothing_but_what_it_was_given(void **st)
{
	struct end e;

	assert_int_equal(shop_begin(*st, &e, "lista"), 0);
	shop_wait(*st, 1);
	assert_string_equal(e.text, "[0,1,2,3]");
	end_clear(&e);
}

/* Each ends without a result and with a sentence; the next one is served. */
static void
what_misbehaves_costs_its_own_job(void **st)
{
	static const char *const kinds[] = { "cae", "conecta", "abre",
		"acapara", "llena", "rehusa", "no-hay" };
	struct end e;
	size_t i;

	for (i = 0; i < ARRAY_LEN(kinds); i++) {
		assert_int_equal(shop_begin(*st, &e, kinds[i]), 0);
		shop_wait(*st, (int)i + 1);
		if (e.r != -ERR_REFUSED || e.text != NULL)
			fail_msg("%s gave %s", kinds[i], e.text);
		assert_true(e.why[0] != '\0');
	}
	assert_int_equal(shop_begin(*st, &e, "eco"), 0);
	shop_wait(*st, (int)i + 1);
	assert_int_equal(e.r, 0);
	end_clear(&e);
}

static void
its_sentence_is_made_safe(void **st)
{
	struct end e;

	assert_int_equal(shop_begin(*st, &e, "rehusa"), 0);
	shop_wait(*st, 1);
	assert_null(strchr(e.why, '\033'));
	assert_non_null(strstr(e.why, "está rota."));
}

static void
many_wait_and_too_many_are_refused(void **st)
{
	enum { MANY = RENDER_WAITING };
	struct end e[MANY + 1];
	int i;

	for (i = 0; i < MANY; i++)
		assert_int_equal(shop_begin(*st, &e[i], "eco"), 0);
	assert_int_equal(shop_begin(*st, &e[MANY], "eco"), -ERR_UNAVAILABLE);
	shop_wait(*st, MANY);
	for (i = 0; i < MANY; i++) {
		assert_int_equal(e[i].times, 1);
		assert_int_equal(e[i].r, 0);
		end_clear(&e[i]);
	}
}

/* Of the first, which runs, and of the third, which waits. */
static void
who_went_away_is_told_nothing(void **st)
{
	struct shop *p = *st;
	struct end e[4];
	int i;

	for (i = 0; i < 4; i++)
		assert_int_equal(shop_begin(p, &e[i], "eco"), 0);
	render_forget(p->o->c, &e[0]);
	render_forget(p->o->c, &e[2]);
	shop_wait(p, 2);
	assert_int_equal(e[0].times + e[2].times, 0);
	assert_int_equal(e[1].times + e[3].times, 2);
	end_clear(&e[1]);
	end_clear(&e[3]);
}

static void
without_its_program_it_says_so(void **st)
{
	struct shop *p = *st;
	struct end e;

	(void)snprintf(p->folder, sizeof p->folder, "/nonexistent");
	assert_int_equal(shop_begin(p, &e, "eco"), 0);
	shop_wait(p, 1);
	assert_int_equal(e.r, -ERR_UNAVAILABLE);
	assert_non_null(strstr(e.why, "El servidor no puede"));
}

/* What never began has no number: nobody else is killed in its place. */
static void
what_never_began_is_not_killed(void **st)
{
	struct shop *p = *st;
	struct end e[3];
	int i;

	(void)snprintf(p->folder, sizeof p->folder, "/nonexistent");
	for (i = 0; i < 3; i++)
		assert_int_equal(shop_begin(p, &e[i], "eco"), 0);
	render_forget(p->o->c, &e[0]);
	renderer_close(p->o->c);
	uv_run(&p->loop, UV_RUN_DEFAULT);
	assert_int_equal(p->ended, 0);
}

static void
the_end_of_the_server_ends_them(void **st)
{
	struct shop *p = *st;
	struct end e[3];
	int i;

	for (i = 0; i < 3; i++)
		assert_int_equal(shop_begin(p, &e[i], "eco"), 0);
	renderer_close(p->o->c);
	uv_run(&p->loop, UV_RUN_DEFAULT);
	assert_int_equal(p->ended, 0);
	assert_int_equal(shop_begin(p, &e[0], "eco"), -ERR_UNAVAILABLE);
}

#define IN_SHOP(f) cmocka_unit_test_setup_teardown(f, shop_setup, shop_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SHOP(a_job_gives_its_result),
		IN_SHOP(it_has_nothing_but_what_it_was_given),
		IN_SHOP(what_misbehaves_costs_its_own_job),
		IN_SHOP(its_sentence_is_made_safe),
		IN_SHOP(many_wait_and_too_many_are_refused),
		IN_SHOP(who_went_away_is_told_nothing),
		IN_SHOP(without_its_program_it_says_so),
		IN_SHOP(what_never_began_is_not_killed),
		IN_SHOP(the_end_of_the_server_ends_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
