/* SPDX-License-Identifier: ISC */
/*
 * talk.h - the linear mode in a test: what is typed, what is said, and a core
 * that answers from a table.
 */
#ifndef PAUTA_TALK_H
#define PAUTA_TALK_H

#include "test.h"

#include <unistd.h>

#include "../../client/linear.h"
#include "../../client/sign.h"

static const char tasks[] = "{\"tasks\":[{\"folio\":\"BOL-0412\",\"brief\":"
    "\"Boletín\",\"subject\":\"Apoyos\",\"step\":\"3\",\"row\":0,\"title\":"
    "\"Verificar cifras.\"}]}";
static const char starts[] = "{\"procedures\":[{\"code\":\"P-1\",\"title\":"
    "\"Videos\",\"starts\":[{\"id\":\"a\",\"title\":\"Uno\",\"can\":true,"
    "\"fields\":[{\"id\":\"tema\",\"label\":\"Tema\",\"type\":\"text\","
    "\"required\":true}]},{\"id\":\"b\",\"title\":\"Dos\",\"can\":false,"
    "\"why\":\"No le toca.\"}]}]}";
static const char people[] = "{\"people\":[{\"login\":\"ana\",\"name\":\"Ana\"},"
    "{\"login\":\"eva\",\"name\":\"Eva\"}]}";
static const char cases[] = "{\"cases\":[{\"folio\":\"BOL-0412\",\"title\":"
    "\"Apoyos\"}]}";
struct talk {
	const char *step;	/* document of "paso" */
	const char *of, *doc;	/* document of another verb, or NULL */
	const char *refused;	/* verb refused the first time, or NULL */
	const struct signer *signer;
	/* after this verb a push comes, and "bandeja" gives what is later */
	const char *pushes, *list;
	const char *line;		/* what becomes of it: d down, u up */
	struct buf asked;
	bool greeted;
};

static const char *
talk_answer(struct talk *t, const char *verb, uint32_t *status)
{
	*status = 0;
	if (t->refused != NULL && strcmp(verb, t->refused) == 0) {
		t->refused = NULL;
		*status = 1;
		return "{\"error\":{\"code\":\"refused\",\"message\":"
		    "\"Falta la fuente.\"}}";
	}
	if (strcmp(verb, "bandeja") == 0)
		return t->list != NULL && t->pushes == NULL ? t->list : tasks;
	if (t->of != NULL && strcmp(verb, t->of) == 0)
		return t->doc;
	if (strcmp(verb, "paso") == 0)
		return t->step;
	if (strcmp(verb, "procedimientos") == 0)
		return starts;
	if (strcmp(verb, "personas") == 0)
		return people;
	if (strcmp(verb, "medios") == 0)
		return "{\"outlets\":[{\"name\":\"Radio Uno\",\"kind\":\"radio\"}]}";
	if (strcmp(verb, "buscar") == 0)
		return cases;
	return "{\"open\":[{\"step\":\"4\",\"role\":\"redactor\"}],"
	    "\"state\":\"open\"}";
}

static void
talk_push(struct frames *f)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Push p = PAUTA__PUSH__INIT;

	m.body_case = PAUTA__MESSAGE__BODY_PUSH;
	m.push = &p;
	assert_int_equal(frame_put(&f->in, &m), 0);
}

static void
talk_reply(struct talk *t, struct frames *f, const Pauta__Request *q)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Reply r = PAUTA__REPLY__INIT;
	size_t i;

	for (i = 0; i < q->n_words; i++)
		buf_addf(&t->asked, "%s%s", q->words[i],
		    i + 1 < q->n_words ? " " : ";");
	r.id = q->id;
	r.doc = xstrdup(talk_answer(t, q->words[0], &r.status));
	r.text = q->json ? (char *)"" : (char *)"Dicho en texto.\n";
	m.body_case = PAUTA__MESSAGE__BODY_REPLY;
	m.reply = &r;
	assert_int_equal(frame_put(&f->in, &m), 0);
	free(r.doc);
	if (t->pushes != NULL && strcmp(q->words[0], t->pushes) == 0) {
		talk_push(f);
		t->pushes = NULL;
	}
}

static void
talk_welcome(struct frames *f)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Welcome w = PAUTA__WELCOME__INIT;
	char login[] = "ana", name[] = "M. López", role[] = "Redacción";

	w.version = PROTO_VERSION;
	w.login = login;
	w.name = name;
	w.role = role;
	m.body_case = PAUTA__MESSAGE__BODY_WELCOME;
	m.welcome = &w;
	assert_int_equal(frame_put(&f->in, &m), 0);
}

static enum carry
talk_pump(void *arg, struct frames *f, struct why *why)
{
	struct talk *t = arg;
	Pauta__Message *m;

	if (!t->greeted) {
		t->greeted = true;
		talk_welcome(f);
	} else if (t->line != NULL && *t->line != '\0') {
		t->greeted = *t->line == 'd';
		why_set(why, ERR_UNAVAILABLE, "Se reintenta solo.");
		return *t->line++ == 'd' ? CARRY_DOWN : CARRY_UP;
	}
	while (frame_get(&f->out, &m) > 0) {
		if (m->body_case != PAUTA__MESSAGE__BODY_HELLO) {
			assert_int_equal(m->body_case,
			    PAUTA__MESSAGE__BODY_REQUEST);
			talk_reply(t, f, m->request);
		}
		pauta__message__free_unpacked(m, NULL);
	}
	return CARRY_SAME;
}

static int
talk_fd(void *arg, const struct frames *f, short *events)
{
	(void)arg;
	(void)f;
	*events = 0;
	return -1;
}

static int
talk_timeout(void *arg)
{
	(void)arg;
	return 0;
}

/* Type all of it, end the input; what was asked, and what was said. */
static char *
talk(struct talk *t, const char *typed, const char *asked)
{
	const struct carrier carrier = { .fd = talk_fd, .pump = talk_pump,
		.timeout = talk_timeout, .arg = t, .signer = t->signer };
	FILE *in = tmpfile(), *out = tmpfile();
	struct why why = { ERR_NONE, "" };
	char *said = xcalloc(1, 32 * 1024);

	buf_init(&t->asked, FRAME_MAX);
	assert_non_null(in);
	assert_non_null(out);
	assert_true(fputs(typed, in) >= 0 && fflush(in) == 0);
	rewind(in);
	assert_int_equal(linear_run(fileno(in), fileno(out), NULL, &carrier,
	    &why), 0);
	assert_true(pread(fileno(out), said, 32 * 1024 - 1, 0) > 0);
	/* A signature is never the same: only what comes before it is. */
	if (asked != NULL && (t->signer == NULL || strncmp(buf_str(&t->asked), asked,
	    strlen(asked)) != 0))
		assert_string_equal(buf_str(&t->asked), asked);
	(void)fclose(in);
	(void)fclose(out);
	buf_clear(&t->asked);
	return said;
}

#endif
