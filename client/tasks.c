/* SPDX-License-Identifier: ISC */
/* tasks.c - see tasks.h. */
#include "tasks.h"

static bool
row_is(const struct task_row *row, const json_t *task)
{
	char ref[DOC_REF_MAX];

	return doc_is_step(row->task, doc_text(task, "folio"),
	    doc_ref(task, ref));
}

/* Did it change in a way that a person should look at? */
static bool
row_differs(const json_t *a, const json_t *b)
{
	static const char *const keys[] = { "state", "assignee", "round",
		"due", "remark", "priority", "subject" };
	size_t i;

	for (i = 0; i < ARRAY_LEN(keys); i++) {
		json_t *x = json_object_get(a, keys[i]);
		json_t *y = json_object_get(b, keys[i]);

		if (x != y && (x == NULL || y == NULL || !json_equal(x, y)))
			return true;
	}
	return false;
}

static void
tasks_add(struct tasks *t, json_t *task, bool changed)
{
	t->rows = xrealloc(t->rows, t->count + 1, sizeof *t->rows);
	t->rows[t->count++] = (struct task_row){
		.task = json_incref(task),
		.changed = changed,
	};
}

void
tasks_clear(struct tasks *t)
{
	unsigned i;

	for (i = 0; i < t->count; i++)
		json_decref(t->rows[i].task);
	free(t->rows);
	memset(t, 0, sizeof *t);
}

/* Lists come ordered by due time; other orders keep that one within. */
static void
tasks_sort(struct tasks *t, const char *key)
{
	unsigned i, j;

	for (i = 1; i < t->count; i++) {
		struct task_row row = t->rows[i];

		for (j = i; j > 0 && strcmp(doc_text(t->rows[j - 1].task, key),
		    doc_text(row.task, key)) > 0; j--)
			t->rows[j] = t->rows[j - 1];
		t->rows[j] = row;
	}
}

static void
tasks_merge(struct tasks *t, const json_t *list)
{
	unsigned had = t->count, i;
	size_t k;

	t->came = false;
	for (i = 0; i < had; i++)
		t->rows[i].gone = true;
	for (k = 0; k < json_array_size(list); k++) {
		json_t *task = json_array_get(list, k);

		for (i = 0; i < had && !row_is(&t->rows[i], task); i++)
			;
		if (i == had) {
			tasks_add(t, task, true);
			t->came = true;
			continue;
		}
		t->came |= strcmp(doc_text(task, "state"), "returned") == 0 &&
		    row_differs(t->rows[i].task, task);
		t->rows[i].gone = false;
		t->rows[i].changed |= row_differs(t->rows[i].task, task);
		json_decref(t->rows[i].task);
		t->rows[i].task = json_incref(task);
	}
	for (i = 0; i < had; i++)
		t->rows[i].changed |= t->rows[i].gone;
}

static void
tasks_keep_marks(struct tasks *t, const struct tasks *old)
{
	unsigned i, j;

	for (i = 0; i < old->count; i++)
		for (j = 0; old->rows[i].marked && j < t->count; j++)
			t->rows[j].marked |=
			    row_is(&old->rows[i], t->rows[j].task);
}

void
tasks_take(struct tasks *t, const json_t *list, bool fresh, const char *key)
{
	struct task_row *at = tasks_at(t);
	json_t *was = at == NULL ? NULL : json_incref(at->task);
	struct tasks old = *t;
	size_t k;
	unsigned i;

	if (fresh) {
		*t = (struct tasks){ .at = old.at };
		for (k = 0; k < json_array_size(list); k++)
			tasks_add(t, json_array_get(list, k), false);
		tasks_keep_marks(t, &old);
		tasks_clear(&old);
		if (key != NULL)
			tasks_sort(t, key);
		for (i = 0; was != NULL && i < t->count; i++)
			if (row_is(&t->rows[i], was))
				t->at.at = (int)i;
	} else {
		tasks_merge(t, list);
	}
	json_decref(was);
	cursor_fit(&t->at, (int)t->count);
}

struct task_row *
tasks_at(const struct tasks *t)
{
	return t->at.at < (int)t->count ? &t->rows[t->at.at] : NULL;
}

bool
tasks_find(struct tasks *t, const char *folio, const char *ref)
{
	unsigned i;

	for (i = 0; i < t->count; i++)
		if (ref != NULL ? doc_is_step(t->rows[i].task, folio, ref) :
		    strcmp(doc_text(t->rows[i].task, "folio"), folio) == 0) {
			t->at.at = (int)i;
			return true;
		}
	return false;
}

void
tasks_del(struct tasks *t, unsigned i)
{
	json_decref(t->rows[i].task);
	t->count--;
	memmove(&t->rows[i], &t->rows[i + 1],
	    (t->count - i) * sizeof *t->rows);
	cursor_fit(&t->at, (int)t->count);
}

void
tasks_gather(struct tasks *t)
{
	struct task_row *at = tasks_at(t), row;
	json_t *was = at == NULL ? NULL : at->task;
	unsigned i, j, to;

	for (i = 1; i < t->count; i++) {
		for (to = i; to > 0 && strcmp(t->rows[to - 1].group,
		    t->rows[i].group) != 0; to--)
			;
		if (to == 0 || to == i)
			continue;	/* the first of its group, or in it */
		row = t->rows[i];
		for (j = i; j > to; j--)
			t->rows[j] = t->rows[j - 1];
		t->rows[to] = row;
	}
	for (i = 0; i < t->count; i++)
		if (t->rows[i].task == was)
			t->at.at = (int)i;
}

void
tasks_mark(const struct tasks *t, struct grid *g, int i, int y)
{
	if (t->rows[i].marked)
		(void)grid_put(g, y, 1, 1, GRID_BOLD, "+");
	if (t->rows[i].changed && (i != t->at.at || !t->rows[i].marked))
		(void)grid_put(g, y, i == t->at.at ? 1 : 0, 1, GRID_PLAIN,
		    "*");
	cursor_mark(&t->at, g, i, y);
}

void
tasks_line(const struct task_row *row, struct line *l, const char *verb)
{
	char ref[DOC_REF_MAX];

	line_add(l, verb);
	line_add(l, doc_text(row->task, "folio"));
	line_add(l, doc_ref(row->task, ref));
}
