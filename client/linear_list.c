/* SPDX-License-Identifier: ISC */
/*
 * linear_list.c - the lists of tasks, and the letters that do something with
 * one of them: "t 3" hands over the third.  Every other verb of Pauta is said
 * after a colon.
 */
#include "linear_own.h"

#include "i18n.h"
#include "text.h"

static const struct {
	const char *flag, *title;
} linear_lists[] = {
	{ NULL, N_("Mis tareas") },
	{ "--area", N_("Tareas del área") },
	{ "--aprobacion", N_("En aprobación") },
	{ "--devueltas", N_("Devueltas") },
};

/* ---- what a letter does: with a task, or with the rest of the line ---- */

/* The task is NULL when the line named none; rest is never NULL. */
typedef void list_fn(struct linear *, const json_t *task, const char *rest);

static void
list_hold(struct linear *l, const char *verb, const json_t *task,
    const char *person)
{
	struct line words = { NULL, 0 };
	char ref[DOC_REF_MAX];

	line_add(&words, verb);
	line_add(&words, doc_text(task, "folio"));
	line_add(&words, doc_ref(task, ref));
	if (person != NULL)
		line_addf(&words, "persona=%s", person);
	(void)linear_tell(l, &words);
}

static void
list_take(struct linear *l, const json_t *task, const char *rest)
{
	(void)rest;
	list_hold(l, "tomar", task, NULL);
}

static void
list_release(struct linear *l, const json_t *task, const char *rest)
{
	(void)rest;
	list_hold(l, "soltar", task, NULL);
}

/* Who may have it, numbered; then a number or a login. */
static void
list_hand(struct linear *l, const json_t *task, const char *rest)
{
	struct line words = { NULL, 0 };
	json_t *doc, *people;
	int n, i, k;
	char *s;

	(void)rest;
	line_add(&words, "personas");
	line_addf(&words, "rol=%s", doc_text(task, "role"));
	if ((doc = linear_ask(l, &words, false)) == NULL)
		return;
	people = doc_list(doc, "people");
	n = (int)json_array_size(people);
	for (i = 0; i < n; i++)
		linear_say(l, "  %d %s, %s\n", i + 1,
		    doc_text(json_array_get(people, (size_t)i), "login"),
		    doc_text(json_array_get(people, (size_t)i), "name"));
	s = linear_question(l, _("Turnar a: "));
	k = linear_number(s, n);
	if (k > 0)
		list_hold(l, "turnar", task, doc_text(json_array_get(people,
		    (size_t)k - 1), "login"));
	else if (k < 0 && *s != '\0')
		list_hold(l, "turnar", task, s);
	free(s);
	json_decref(doc);
}

static void
list_history(struct linear *l, const json_t *task, const char *rest)
{
	struct line words = { NULL, 0 };

	line_add(&words, "historial");
	line_add(&words, task == NULL ? rest : doc_text(task, "folio"));
	(void)linear_tell(l, &words);
}

static void
list_case(struct linear *l, const json_t *task, const char *rest)
{
	linear_case(l, task == NULL ? rest : doc_text(task, "folio"));
}

static void
list_search(struct linear *l, const json_t *task, const char *rest)
{
	char *s = NULL;

	(void)task;
	if (*rest == '\0')
		rest = s = linear_question(l, _("Buscar: "));
	if (rest != NULL && *rest != '\0' && strcmp(rest, ".") != 0)
		linear_search(l, rest);
	free(s);
}

static void
list_new(struct linear *l, const json_t *task, const char *rest)
{
	(void)task;
	(void)rest;
	linear_new(l);
}

static void
list_undo(struct linear *l, const json_t *task, const char *rest)
{
	struct line words = { NULL, 0 };

	line_add(&words, "deshacer");
	if (task != NULL)
		line_add(&words, doc_text(task, "folio"));
	else if (*rest != '\0')
		line_add(&words, rest);
	(void)linear_tell(l, &words);
}

static void
list_keep(struct linear *l, const json_t *task, const char *rest)
{
	(void)task;
	linear_keep(l, rest);
}

static void
list_area(struct linear *l, const json_t *task, const char *rest)
{
	(void)task;
	(void)rest;
	l->list = l->list == 1 ? 0 : 1;
}

static void
list_lists(struct linear *l, const json_t *task, const char *rest)
{
	size_t i;
	char *s;
	int k;

	(void)task;
	(void)rest;
	for (i = 0; i < ARRAY_LEN(linear_lists); i++)
		linear_say(l, "  %zu %s\n", i + 1, _(linear_lists[i].title));
	s = linear_question(l, _("Lista: "));
	if ((k = linear_number(s, (int)ARRAY_LEN(linear_lists))) > 0)
		l->list = k - 1;
	free(s);
}

static void list_explain(struct linear *, const json_t *, const char *);

enum list_needs { NEEDS_NOTHING, NEEDS_TASK, NEEDS_FOLIO };

static const struct {
	const char *letter;
	enum list_needs needs;
	list_fn *run;
	const char *help;
} list_rows[] = {
	{ "a", NEEDS_NOTHING, list_area,
	    N_("a: las tareas del área, o las suyas") },
	{ "b", NEEDS_NOTHING, list_search, N_("b TEXTO: buscar expedientes") },
	{ "e", NEEDS_FOLIO, list_case,
	    N_("e 3, e FOLIO: el expediente de la tarea 3, o ese") },
	{ "h", NEEDS_FOLIO, list_history, N_("h 3, h FOLIO: su historial") },
	{ "l", NEEDS_NOTHING, list_lists, N_("l: otra lista de tareas") },
	{ "m", NEEDS_TASK, list_take, N_("m 3: tomar la tarea 3") },
	{ "n", NEEDS_NOTHING, list_new, N_("n: nuevo expediente") },
	{ "r", NEEDS_NOTHING, list_keep,
	    N_("r, r 2027-11: registros cuyo plazo termina, ya o en ese mes") },
	{ "s", NEEDS_TASK, list_release, N_("s 3: soltar la tarea 3") },
	{ "t", NEEDS_TASK, list_hand, N_("t 3: turnar la tarea 3 a otra persona") },
	{ "u", NEEDS_NOTHING, list_undo,
	    N_("u: deshacer su última decisión (30 segundos)") },
	{ "?", NEEDS_NOTHING, list_explain, N_("?: esta lista") },
};

static void
list_explain(struct linear *l, const json_t *task, const char *rest)
{
	size_t i;

	(void)task;
	(void)rest;
	linear_say(l, _("  3: hacer la tarea 3\n"));
	for (i = 0; i < ARRAY_LEN(list_rows); i++)
		linear_say(l, "  %s\n", _(list_rows[i].help));
	linear_say(l, _("  :ORDEN: cualquier orden de Pauta; :ayuda las "
	    "lista\n  Enter: leer otra vez la lista\n  .: salir\n"));
}

/* ":registro W1": any verb, as on a command line. */
static void
list_verb(struct linear *l, const char *text)
{
	struct line words = { NULL, 0 };
	char **split;
	struct why why;
	size_t n, i;

	if (text_words(text, &split, &n, &why) < 0) {
		linear_say(l, "! %s\n", why.text);
		return;
	}
	for (i = 0; i < n; i++)
		line_add(&words, split[i]);
	text_words_free(split);
	if (n > 0)
		(void)linear_tell(l, &words);
}

/* "t 3": the letter and what it is about.  False: there is no such letter. */
static bool
list_letter(struct linear *l, const char *s, const json_t *tasks)
{
	size_t len = strcspn(s, " "), i;
	const char *rest = s + len + strspn(s + len, " ");
	const json_t *task = NULL;
	char *letter;
	int k = linear_number(rest, (int)json_array_size(tasks));

	if (k > 0)
		task = json_array_get(tasks, (size_t)k - 1);
	letter = xasprintf("%.*s", (int)len, s);
	for (i = 0; i < ARRAY_LEN(list_rows); i++)
		if (linear_is(letter, list_rows[i].letter))
			break;
	free(letter);
	if (i == ARRAY_LEN(list_rows))
		return false;
	if ((list_rows[i].needs == NEEDS_TASK && task == NULL) ||
	    (list_rows[i].needs == NEEDS_FOLIO && *rest == '\0'))
		linear_say(l, "! %s\n", _(list_rows[i].help));
	else
		list_rows[i].run(l, task, rest);
	return true;
}

/* ---- the list itself ---- */

/* Days of the daily procedures that nobody has met, and what others delay. */
static void
list_say_notices(struct linear *l, const json_t *doc)
{
	const json_t *days = doc_list(doc, "missing"), *one;
	const json_t *notices = doc_list(doc, "notices");
	const json_t *stood = doc_list(doc, "stood");
	size_t n = json_array_size(days) + json_array_size(notices) +
	    json_array_size(stood), i;
	char ref[DOC_REF_MAX];

	if (n > 0)
		linear_say(l, "%s: %zu\n", _("Avisos"), n);
	json_array_foreach(stood, i, one)
		linear_say(l, _("  Suplencia %lld: %s decidió en su lugar "
		    "(%lld). Lo lista «:suplencias %lld» y «:enterado %lld» "
		    "lo da por visto.\n"), doc_int(one, "grant"),
		    doc_text(one, "name"), doc_int(one, "count"),
		    doc_int(one, "grant"), doc_int(one, "grant"));
	json_array_foreach(days, i, one)
		linear_say(l, "  %s, %s. %s%s%s\n", doc_text(one, "day"),
		    doc_text(one, "brief"), doc_missing_text(one),
		    *doc_text(one, "folio") != '\0' ? ": " : "",
		    doc_text(one, "folio"));
	json_array_foreach(notices, i, one)
		linear_say(l, _("  %s, paso %s. %s\n"),
		    doc_text(one, "folio"), doc_ref(one, ref),
		    doc_text(json_object_get(one, "notice"), "say"));
}

static void
list_say(struct linear *l, const json_t *doc)
{
	const json_t *tasks = doc_list(doc, "tasks");
	size_t i;

	linear_say(l, "%s: %zu\n", _(linear_lists[l->list].title),
	    json_array_size(tasks));
	for (i = 0; i < json_array_size(tasks); i++) {
		const json_t *t = json_array_get(tasks, i);
		char stamp[DOC_STAMP_MAX], ref[DOC_REF_MAX];
		const char *due = doc_text(t, "due");
		const char *who = doc_text(t, "assignee");

		linear_say(l, _("  %zu %s, %s, %s. Paso %s: %s"), i + 1,
		    doc_text(t, "folio"), doc_text(t, "brief"),
		    doc_text(t, "subject"), doc_ref(t, ref),
		    doc_text(t, "title"));
		if (*due != '\0')
			linear_say(l, _(" Vence %s%s."), doc_stamp(due, stamp),
			    doc_is(t, "due_late") ? _(" (VENCIDA)") : "");
		if (strcmp(doc_text(t, "state"), "returned") == 0)
			linear_say(l, "%s", _(" DEVUELTA."));
		if (*who != '\0')
			linear_say(l, _(" La tiene %s."), who);
		linear_say(l, "\n");
	}
	list_say_notices(l, doc);
}

/* The list as it stands: what its numbers mean, and its notices.  Given. */
static char *
list_sum(const struct linear *l, const json_t *doc)
{
	static const char *const parts[] = { "tasks", "missing", "notices",
		"stood" };
	char *all = xasprintf("%d", l->list), *more, ref[DOC_REF_MAX];
	const json_t *o;
	size_t i, k;

	for (k = 0; k < ARRAY_LEN(parts); k++)
		json_array_foreach(doc_list(doc, parts[k]), i, o) {
			more = xasprintf("%s;%s %s%s %s", all,
			    doc_text(o, "folio"), doc_ref(o, ref),
			    doc_text(o, "day"), doc_text(o, "state"));
			free(all);
			all = more;
		}
	return all;
}

/* Say the list, unless it is still the one that was said last. */
static void
list_renew(struct linear *l, const json_t *doc)
{
	char *sum = list_sum(l, doc);

	if (l->listed == NULL || strcmp(l->listed, sum) != 0)
		list_say(l, doc);
	free(l->listed);
	l->listed = sum;
}

static void
list_forget(struct linear *l)
{
	free(l->listed);
	l->listed = NULL;
}

/* What was typed at the list; false when the person leaves. */
static bool
list_do(struct linear *l, const char *s, const json_t *tasks)
{
	char ref[DOC_REF_MAX];
	const json_t *t;
	int k = linear_number(s, (int)json_array_size(tasks));

	if (k == 0)
		return false;
	if (k > 0) {
		t = json_array_get(tasks, (size_t)k - 1);
		linear_step(l, doc_text(t, "folio"), doc_ref(t, ref));
	} else if (*s == ':') {
		list_verb(l, s + 1);
	} else if (*s == '\0') {
		list_forget(l);
	} else if (!list_letter(l, s, tasks)) {
		linear_say(l, _("Escriba el número de una tarea de la lista; "
		    "? dice qué más puede escribir.\n"));
	}
	return true;
}

bool
linear_list(struct linear *l)
{
	struct line words = { NULL, 0 };
	json_t *doc, *tasks;
	bool stay;
	char *s;

	line_add(&words, "bandeja");
	if (linear_lists[l->list].flag != NULL)
		line_add(&words, linear_lists[l->list].flag);
	else
		l->pushed = false;
	if ((doc = linear_ask(l, &words, false)) == NULL)
		return false;
	tasks = doc_list(doc, "tasks");
	if (linear_lists[l->list].flag == NULL)
		linear_news_take(l, tasks);
	list_renew(l, doc);
	s = linear_question(l, _("Número de tarea, n=nuevo, b=buscar, "
	    "?=todo, .=salir: "));
	stay = list_do(l, s, tasks);
	free(s);
	json_decref(doc);
	return stay;
}
