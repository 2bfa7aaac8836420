/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * teclas_test.c - pauta-teclas(7) ends with the action tables of the screens,
 * as mdoc; the test writes them again and compares.  When an action changes:
 *
 *	build/san/tests/teclas_test --print
 *
 * prints what must stand after the line "teclas:" of docs/pauta-teclas.7.
 */
#include "test.h"

#include "../../client/app_own.h"
#include "../../client/form.h"
#include "../../client/keys.h"

enum { PAGE_MAX = 128 * 1024 };

/* One action: its keys, its name, what it does. */
static void
page_action(struct buf *b, const struct action *a)
{
	bool key = a->key != K_NONE, alias = a->alias != K_NONE && a->alias != 0;

	(void)buf_addf(b, ".It Ic %s%s", key ? "\\&" : "F2",
	    key ? keys_name(a->key) : "");
	if (alias)
		(void)buf_addf(b, " , \\&%s", keys_name(a->alias));
	(void)buf_addf(b, "\n.Em \"%s\" :\n%s\n", a->name, a->help);
}

static void
page_view(struct buf *b, const struct view_class *class)
{
	unsigned i;

	(void)buf_addf(b, ".Ss %c%s\n.Bl -tag -width Ds\n",
	    class->name[0] - 'a' + 'A', class->name + 1);
	for (i = 0; i < class->actions_count; i++)
		page_action(b, &class->actions[i]);
	(void)buf_addf(b, ".El\n");
}

/* Everything after the mark. */
static void
page_write(struct buf *b)
{
	const struct action *acts[APP_ACTIONS];
	struct app *a = app_new();
	size_t n = app_actions(a, acts), i;

	(void)buf_addf(b, ".Ss Todas\n.Bl -tag -width Ds\n");
	for (i = 0; i < n; i++)
		page_action(b, acts[i]);
	(void)buf_addf(b, ".El\n");
	app_free(a);
	for (i = 0; i < views_count; i++)
		page_view(b, views_all[i]);
	page_view(b, &view_rows);
	page_view(b, &view_row);
	page_view(b, &view_editor);
	(void)buf_addf(b, ".Sh SEE ALSO\n.Xr pauta 1\n");
}

static void
the_page_tells_the_tables(void **st)
{
	FILE *f = fopen("docs/pauta-teclas.7", "r");
	char *page = xcalloc(1, PAGE_MAX), *mark;
	struct buf b;

	(void)st;
	assert_non_null(f);
	assert_true(fread(page, 1, PAGE_MAX - 1, f) > 0);
	(void)fclose(f);
	mark = strstr(page, "\n.\\\" teclas:");
	assert_non_null(mark);
	mark = strchr(mark + 1, '\n') + 1;
	buf_init(&b, PAGE_MAX);
	page_write(&b);
	assert_string_equal(mark, buf_str(&b));
	buf_clear(&b);
	free(page);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_page_tells_the_tables),
	};
	struct buf b;

	if (argc > 1 && strcmp(argv[1], "--print") == 0) {
		buf_init(&b, PAGE_MAX);
		page_write(&b);
		fputs(buf_str(&b), stdout);
		buf_clear(&b);
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
