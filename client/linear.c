/* SPDX-License-Identifier: ISC */
/* linear.c - see linear.h: the list of tasks, lines, and the core's answers. */
#include "linear_own.h"

#include <poll.h>
#include <stdarg.h>
#include <unistd.h>

#include "hash.h"
#include "i18n.h"
#include "sign.h"
#include "text.h"

enum { LINEAR_LINE = VALUE_MAX, LINEAR_SAY = 16 * 1024 };

/* ---- lines ---- */

void
linear_say(struct linear *l, const char *fmt, ...)
{
	static char said[LINEAR_SAY], safe[LINEAR_SAY];
	size_t n, at = 0;
	ssize_t k;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(said, sizeof said, fmt, ap);
	va_end(ap);
	text_cut(said);
	n = text_safe(said, safe, sizeof safe, TEXT_LINES);
	while (at < n && (k = write(l->out, safe + at, n - at)) > 0)
		at += (size_t)k;
}

static void
linear_end(struct linear *l, int status)
{
	l->gone = true;
	l->status = status;
}

/* ---- the core ---- */

static void
linear_send(struct linear *l)
{
	if (l->asked != NULL)
		frames_send(&l->frames, l->id, l->mutating ? l->op : NULL,
		    (const char *const *)l->asked->words);
}

static void
linear_meet(struct linear *l, const Pauta__Welcome *w)
{
	struct when now;

	json_decref(l->me);
	l->me = frames_me(w);
	if (when_parse(w->now, &now) == 0)
		l->skew = now.s - (int64_t)time(NULL);
}

static void
linear_on_message(struct linear *l, const Pauta__Message *m)
{
	switch (m->body_case) {
	case PAUTA__MESSAGE__BODY_WELCOME:
		frames_zone(m->welcome);
		linear_meet(l, m->welcome);
		if (!l->welcome)
			linear_say(l, _("Pauta. %s (%s). "
			    "? explica, . regresa.\n"), m->welcome->name,
			    m->welcome->role);
		l->welcome = true;
		linear_send(l);
		break;
	case PAUTA__MESSAGE__BODY_REPLY:
		if (m->reply->id != l->id || l->asked == NULL)
			break;
		l->asked = NULL;
		l->doc = json_loads(m->reply->doc, 0, NULL);
		l->doc_status = (int)m->reply->status;
		break;
	case PAUTA__MESSAGE__BODY_GOODBYE:
		linear_say(l, "%s\n", m->goodbye->text);
		linear_end(l, 1);
		break;
	default:
		break;
	}
}

static void
linear_pump(struct linear *l)
{
	Pauta__Message *m;
	int r = 0;

	switch (l->carrier->pump(l->carrier->arg, &l->frames, l->why)) {
	case CARRY_UP:
		frames_reset(&l->frames);
		frames_hello(&l->frames, l->lang);
		return;
	case CARRY_DOWN:
		frames_reset(&l->frames);
		linear_say(l, _("SIN CONEXIÓN. %s\n"), l->why->text);
		return;
	case CARRY_END:
		linear_end(l, LOOP_LOST);
		return;
	case CARRY_SAME:
		break;
	}
	while (!l->gone && (r = frame_get(&l->frames.in, &m)) > 0) {
		linear_on_message(l, m);
		pauta__message__free_unpacked(m, NULL);
	}
	if (r < 0 || l->frames.full)
		linear_end(l, LOOP_LOST);
}

/* Wait for the core, and for a line too when one is wanted. */
static void
linear_wait(struct linear *l, bool line)
{
	struct pollfd p[2] = { { .fd = line ? l->in : -1, .events = POLLIN } };
	char part[4096];
	ssize_t n;

	linear_pump(l);
	if (l->gone || (!line && l->asked == NULL && l->welcome))
		return;
	p[1].fd = l->carrier->fd(l->carrier->arg, &l->frames, &p[1].events);
	if (poll(p, 2, l->carrier->timeout(l->carrier->arg)) <= 0 ||
	    p[0].revents == 0)
		return;
	n = read(l->in, part, sizeof part);
	if (n <= 0 || buf_add(&l->typed, part, (size_t)n) < 0)
		linear_end(l, 0);
}

/* Bytes of the first line in typed with its end; 0 when it is not whole. */
static size_t
linear_line_size(const struct linear *l)
{
	size_t i;

	for (i = 0; i < l->typed.len; i++)
		if (l->typed.p[i] == '\n' || l->typed.p[i] == '\r')
			return i + 1;
	return 0;
}

char *
linear_read(struct linear *l)
{
	char *line = NULL;
	struct why why;
	size_t n;

	while (!l->gone && (n = linear_line_size(l)) == 0)
		linear_wait(l, true);
	if (l->gone)
		return NULL;
	if (text_take((char *)l->typed.p, n - 1, LINEAR_LINE, TEXT_LINES, &line,
	    &why) < 0) {
		linear_say(l, "%s\n", why.text);
		line = xstrdup("");
	}
	if (l->typed.p[n - 1] == '\r' && n < l->typed.len &&
	    l->typed.p[n] == '\n')
		n++;
	buf_del(&l->typed, n);
	return line;
}

json_t *
linear_ask(struct linear *l, struct line *words, bool mutating)
{
	json_t *doc;

	l->id++;
	l->asked = words;
	l->mutating = mutating;
	if (mutating)
		hash_random(l->op, sizeof l->op);
	linear_send(l);
	while (!l->gone && l->asked != NULL)
		linear_wait(l, false);
	l->asked = NULL;
	line_clear(words);
	doc = l->doc;
	l->doc = NULL;
	if (doc != NULL && l->doc_status != 0) {
		linear_say(l, "! %s\n", doc_why(doc));
		json_decref(doc);
		doc = NULL;
	}
	return doc;
}

bool
linear_sign(struct linear *l, struct line *words, const json_t *step)
{
	struct when now = { (int64_t)time(NULL) + l->skew };
	struct why why;

	if (sign_line(l->carrier->signer, words, step, l->me, now, &why) == 0)
		return true;
	if (sign_is_due(step)) {
		linear_say(l, _("! No se firmó, y no se envió nada. %s\n"),
		    why.text);
		line_clear(words);
		return false;
	}
	if (l->carrier->signer != NULL && !l->unsigned_told)
		linear_say(l, _("Va sin firma: %s\n"), why.text);
	l->unsigned_told = true;
	return true;
}

int
linear_number(const char *s, int n)
{
	char *end;
	long k;

	if (s == NULL || strcmp(s, ".") == 0)
		return 0;
	k = strtol(s, &end, 10);
	return end != s && *end == '\0' && k >= 1 && k <= n ? (int)k : -1;
}

/* ---- what there is to do ---- */

/* What this start asks, added to the line; false when the person goes back. */
static bool
linear_start_fields(struct linear *l, const json_t *start, struct line *words)
{
	const json_t *fields = doc_list(start, "fields");
	struct form_field f;
	bool ok = true;
	size_t i;

	for (i = 0; ok && i < json_array_size(fields); i++) {
		char *word;

		field_init(&f, json_array_get(fields, i));
		if (f.kind != FORM_STILL)
			ok = linear_field(l, &f, NULL);
		word = field_word(&f);
		if (*word != '\0')
			line_addf(words, "%s=%s", doc_text(f.def, "id"), word);
		free(word);
		field_clear(&f);
	}
	return ok;
}

static void
linear_start_case(struct linear *l, const json_t *procedure)
{
	struct line words = { NULL, 0 };
	json_t *starts = doc_list(procedure, "starts"), *start, *doc;
	int n = (int)json_array_size(starts), i, k;
	char *s;

	for (i = 0; i < n; i++)
		linear_say(l, "  %d %s\n", i + 1,
		    doc_text(json_array_get(starts, (size_t)i), "title"));
	if (n > 1)
		linear_say(l, _("Inicio: "));
	s = n > 1 ? linear_read(l) : xstrdup("1");
	k = linear_number(s, n);
	free(s);
	if (k <= 0)
		return;
	start = json_array_get(starts, (size_t)k - 1);
	if (!doc_is(start, "can")) {
		linear_say(l, "! %s\n", doc_text(start, "why"));
		return;
	}
	line_add(&words, "iniciar");
	line_add(&words, doc_text(procedure, "code"));
	line_addf(&words, "inicio=%s", doc_text(start, "id"));
	if (!linear_start_fields(l, start, &words)) {
		line_clear(&words);
		return;
	}
	if ((doc = linear_ask(l, &words, true)) != NULL)
		linear_say(l, _("Se abrió %s.\n"), doc_text(doc, "folio"));
	json_decref(doc);
}

static void
linear_new(struct linear *l)
{
	struct line words = { NULL, 0 };
	json_t *doc, *list;
	int n, i, k;
	char *s;

	line_add(&words, "procedimientos");
	if ((doc = linear_ask(l, &words, false)) == NULL)
		return;
	list = doc_list(doc, "procedures");
	n = (int)json_array_size(list);
	for (i = 0; i < n; i++)
		linear_say(l, "  %d %s %s\n", i + 1,
		    doc_text(json_array_get(list, (size_t)i), "code"),
		    doc_text(json_array_get(list, (size_t)i), "title"));
	linear_say(l, _("Procedimiento: "));
	s = linear_read(l);
	if ((k = linear_number(s, n)) > 0)
		linear_start_case(l, json_array_get(list, (size_t)k - 1));
	free(s);
	json_decref(doc);
}

static void
linear_say_tasks(struct linear *l, const json_t *tasks)
{
	size_t i;

	if (json_array_size(tasks) == 0)
		linear_say(l, _("No hay tareas que lo esperen.\n"));
	for (i = 0; i < json_array_size(tasks); i++) {
		const json_t *t = json_array_get(tasks, i);
		char stamp[DOC_STAMP_MAX];
		const char *due = doc_text(t, "due");

		linear_say(l, "  %zu %s, %s, %s. %s %s: %s", i + 1,
		    doc_text(t, "folio"), doc_text(t, "brief"),
		    doc_text(t, "subject"), _("Paso"), doc_text(t, "step"),
		    doc_text(t, "title"));
		if (*due != '\0')
			linear_say(l, _(" Vence %s%s."), doc_stamp(due, stamp),
			    doc_is(t, "due_late") ? _(" (VENCIDA)") : "");
		linear_say(l, "\n");
	}
}

/* Show the tasks and do one; false when the person leaves. */
static bool
linear_tasks(struct linear *l)
{
	struct line words = { NULL, 0 };
	char ref[DOC_REF_MAX], *s;
	json_t *doc, *tasks, *t;
	bool stay = true;
	int k;

	line_add(&words, "bandeja");
	if (l->area)
		line_add(&words, "--area");
	if ((doc = linear_ask(l, &words, false)) == NULL)
		return false;
	tasks = doc_list(doc, "tasks");
	linear_say_tasks(l, tasks);
	linear_say(l, l->area ?
	    _("Número de tarea, a=mis tareas, n=nuevo, .=salir: ") :
	    _("Número de tarea, a=las del área, n=nuevo, .=salir: "));
	s = linear_read(l);
	k = linear_number(s, (int)json_array_size(tasks));
	if (k > 0) {
		t = json_array_get(tasks, (size_t)k - 1);
		linear_step(l, doc_text(t, "folio"), doc_ref(t, ref));
	} else if (k == 0) {
		stay = false;
	} else if (text_like(s, "n")) {
		linear_new(l);
	} else if (text_like(s, "a")) {
		l->area = !l->area;
	} else if (*s != '\0') {
		linear_say(l, _("Escriba el número de una tarea de la lista.\n"));
	}
	free(s);
	json_decref(doc);
	return stay;
}

int
linear_run(int in, int out, const char *lang, const struct carrier *carrier,
    struct why *why)
{
	struct linear l = { .in = in, .out = out, .carrier = carrier,
		.lang = lang == NULL ? "es" : lang, .why = why };

	frames_init(&l.frames);
	buf_init(&l.typed, LINEAR_LINE);
	while (!l.gone && !l.welcome)
		linear_wait(&l, false);
	while (!l.gone && linear_tasks(&l))
		;
	if (!l.gone)
		linear_say(&l, _("Hasta luego.\n"));
	frames_clear(&l.frames);
	buf_clear(&l.typed);
	json_decref(l.doc);
	json_decref(l.me);
	return l.status;
}
