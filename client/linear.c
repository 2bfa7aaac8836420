/* SPDX-License-Identifier: ISC */
/* linear.c - see linear.h: lines in and out, questions and their answers. */
#include "linear_own.h"

#include <poll.h>
#include <stdarg.h>
#include <unistd.h>

#include "hash.h"
#include "i18n.h"
#include "sign.h"
#include "text.h"
#include "witness.h"

enum { LINEAR_LINE = VALUE_MAX, LINEAR_SAY = 16 * 1024 };

/* ---- lines ---- */

static void
linear_say_args(struct linear *l, const char *fmt, va_list ap)
{
	static char said[LINEAR_SAY], safe[LINEAR_SAY];
	size_t n, at = 0;
	ssize_t k;

	vsnprintf(said, sizeof said, fmt, ap);
	text_cut(said);
	n = text_safe(said, safe, sizeof safe, TEXT_LINES);
	while (at < n && (k = write(l->out, safe + at, n - at)) > 0)
		at += (size_t)k;
}

void
linear_say(struct linear *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	linear_say_args(l, fmt, ap);
	va_end(ap);
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
		frames_ask(&l->frames, l->id, l->mutating ? l->op : NULL,
		    (const char *const *)l->asked->words, !l->text);
}

static void
linear_meet(struct linear *l, const Pauta__Welcome *w)
{
	struct when now;

	json_decref(l->me);
	l->me = frames_me(w);
	doc_habits(l->me);
	if (when_parse(w->now, &now) == 0)
		l->skew = now.s - (int64_t)time(NULL);
}

static void
linear_on_message(struct linear *l, const Pauta__Message *m)
{
	switch (m->body_case) {
	case PAUTA__MESSAGE__BODY_WELCOME:
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
		l->doc = l->text ? json_string(m->reply->text) :
		    json_loads(m->reply->doc, 0, NULL);
		l->doc_status = (int)m->reply->status;
		break;
	case PAUTA__MESSAGE__BODY_PUSH:
		l->pushed = true;
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
		if (l->down)
			linear_say(l, _("\nHay conexión otra vez.\n"));
		l->down = false;
		return;
	case CARRY_DOWN:
		frames_reset(&l->frames);
		if (!l->down)	/* once, however often it is tried */
			linear_say(l, _("\nSIN CONEXIÓN. %s\n"),
			    l->why->text);
		l->down = true;
		return;
	case CARRY_END:
		linear_end(l, LOOP_LOST);
		return;
	case CARRY_SAME:
		break;
	}
	while (!l->gone && (r = frame_get(&l->frames.in, &m)) > 0) {
		if (!frames_witness(&l->frames, m))
			linear_on_message(l, m);
		pauta__message__free_unpacked(m, NULL);
	}
	if (r < 0 || l->frames.full)
		linear_end(l, LOOP_LOST);
}

/* Is it not known yet whether the record is the one of the last time? */
static bool
linear_is_checking(const struct linear *l)
{
	const struct witness *w = l->carrier->witness;

	return witness_hold(w) != NULL && !witness_is_refused(w);
}

/* Wait for the core, and for a line too when one is wanted. */
static void
linear_wait(struct linear *l, bool line)
{
	struct pollfd p[2] = { { .fd = line ? l->in : -1, .events = POLLIN } };
	char part[4096];
	ssize_t n;

	linear_pump(l);
	if (l->gone || (!line && l->asked == NULL && l->welcome &&
			   !linear_is_checking(l)))
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

char *
linear_question(struct linear *l, const char *fmt, ...)
{
	va_list ap;

	linear_news(l);
	va_start(ap, fmt);
	linear_say_args(l, fmt, ap);
	va_end(ap);
	return linear_read(l);
}

/*
 * A case is not moved on a record that is not the one of the last time, until
 * the person accepts it.  True: it may go.
 */
static bool
linear_may(struct linear *l, const char *verb)
{
	struct witness *w = l->carrier->witness;
	struct why why;
	char *word;

	while (!l->gone && witness_holds(w, verb) != NULL &&
	    linear_is_checking(l))
		linear_wait(l, false);
	if (l->gone || witness_holds(w, verb) == NULL)
		return !l->gone;
	linear_say(l, _("! %s\nPara decidir de todos modos escriba ACEPTO; "
	    "otra cosa lo deja como está.\n> "), witness_hold(w));
	word = linear_read(l);
	if (word != NULL && witness_is_word(word) &&
	    witness_accept(w, &why) < 0)
		linear_say(l, "! %s\n", why.text);
	free(word);
	return witness_holds(w, verb) == NULL;
}

/* Ask, wait, and give what came, whatever its status; NULL: no core, or it is
 * not asked. */
static json_t *
linear_wait_for(struct linear *l, struct line *words, bool mutating)
{
	json_t *doc;

	if (!linear_may(l, words->words[0])) {
		line_clear(words);
		return NULL;
	}
	l->id++;
	l->asked = words;
	l->mutating = mutating;
	if (mutating)
		hash_op(l->op);
	linear_send(l);
	while (!l->gone && l->asked != NULL)
		linear_wait(l, false);
	l->asked = NULL;
	line_clear(words);
	doc = l->doc;
	l->doc = NULL;
	return doc;
}

json_t *
linear_ask(struct linear *l, struct line *words, bool mutating)
{
	json_t *doc = linear_wait_for(l, words, mutating);

	if (doc != NULL && l->doc_status != 0) {
		linear_say(l, "! %s\n", doc_why(doc));
		json_decref(doc);
		doc = NULL;
	}
	return doc;
}

bool
linear_tell(struct linear *l, struct line *words)
{
	json_t *doc;
	bool ok;

	l->text = true;
	doc = linear_wait_for(l, words, true);
	l->text = false;
	ok = doc != NULL && l->doc_status == 0;
	if (doc != NULL)
		linear_say(l, "%s%s", ok ? "" : "! ", json_string_value(doc));
	json_decref(doc);
	return ok;
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

bool
linear_is(const char *s, const char *letter)
{
	return s != NULL && text_like(s, letter);
}

bool
linear_is_yes(const char *s)
{
	return linear_is(s, "s") || linear_is(s, "si") || linear_is(s, "y") ||
	    linear_is(s, "yes");
}

int
linear_run(int in, int out, const char *lang, const struct carrier *carrier,
    struct why *why)
{
	struct linear l = { .in = in, .out = out, .carrier = carrier,
		.lang = lang == NULL ? i18n_lang() : lang, .why = why };

	frames_init(&l.frames);
	l.frames.witness = carrier->witness;
	buf_init(&l.typed, LINEAR_LINE);
	while (!l.gone && !l.welcome)
		linear_wait(&l, false);
	while (!l.gone && linear_list(&l))
		;
	if (!l.gone)
		linear_say(&l, _("Hasta luego.\n"));
	frames_clear(&l.frames);
	buf_clear(&l.typed);
	free(l.listed);
	json_decref(l.seen);
	json_decref(l.doc);
	json_decref(l.me);
	return l.status;
}
