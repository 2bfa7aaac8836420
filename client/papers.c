/* SPDX-License-Identifier: ISC */
/* papers.c - see papers.h: what is kept, and when it is no longer. */
#include "papers_own.h"

#include <assert.h>

#include "i18n.h"

static const char papers_kind[] = "paper";

/* Of its file.  Given. */
static char *
papers_name(const json_t *paper)
{
	const char *words[] = { doc_text(paper, "folio"),
		doc_text(paper, "step"), NULL };

	char *name = shelf_name(papers_kind, words);

	assert(name != NULL);		/* folios and steps are short */
	return name;
}

static int
papers_write(struct papers *ps, const json_t *paper, struct why *why)
{
	char *name = papers_name(paper);
	int r = shelf_put(ps->shelf, name, paper, true, why);

	free(name);
	return r;
}

/* What cannot be written is still sent while this program lives. */
void
papers_keep(struct papers *ps, const json_t *paper)
{
	struct why why;

	if (papers_write(ps, paper, &why) < 0)
		log_at(LOG_WARN, "paper=unwritten why=\"%s\"", why.text);
}

/* ---- the list ---- */

static void
papers_insert(struct papers *ps, json_t *paper)
{
	size_t i, n = json_array_size(ps->list);

	for (i = 0; i < n; i++)
		if (doc_int(json_array_get(ps->list, i), "seq") >
		    doc_int(paper, "seq"))
			break;
	json_array_insert(ps->list, i, paper);
}

static void
papers_forget(struct papers *ps, const json_t *paper)
{
	size_t i;

	for (i = json_array_size(ps->list); i-- > 0;)
		if (json_array_get(ps->list, i) == paper)
			json_array_remove(ps->list, i);
}

struct papers *
papers_new(struct shelf *shelf)
{
	struct papers *ps = xcalloc(1, sizeof *ps);
	json_t *names = shelf_list(shelf, papers_kind), *paper;
	size_t i;

	ps->shelf = shelf;
	ps->list = json_array();
	for (i = 0; i < json_array_size(names); i++) {
		paper = shelf_get(shelf, doc_item(names, i), NULL);
		if (doc_part(paper, "fields") != NULL)
			papers_insert(ps, paper);
		json_decref(paper);
	}
	json_decref(names);
	return ps;
}

void
papers_free(struct papers *ps)
{
	if (ps == NULL)
		return;
	json_decref(ps->list);
	free(ps);
}

const json_t *
papers_all(const struct papers *ps)
{
	return ps->list;
}

json_t *
papers_find(const struct papers *ps, const char *folio, const char *step)
{
	json_t *paper;
	size_t i;

	if (ps == NULL || folio == NULL || step == NULL)
		return NULL;
	json_array_foreach(ps->list, i, paper)
		if (strcmp(doc_text(paper, "folio"), folio) == 0 &&
		    strcmp(doc_text(paper, "step"), step) == 0)
			return paper;
	return NULL;
}

bool
paper_stops(const json_t *paper)
{
	return *doc_text(paper, "failed") != '\0' ||
	    json_object_size(doc_part(paper, "clash")) > 0;
}

bool
paper_is_done(const json_t *paper)
{
	return doc_part(paper, "done") != NULL;
}

void
papers_drop(struct papers *ps, json_t *paper)
{
	char *name = papers_name(paper);

	shelf_del(ps->shelf, name);
	free(name);
	papers_forget(ps, paper);
}

/* ---- keeping ---- */

/* "id=text": the length of the id, or 0 for what is no answer. */
static size_t
papers_word(const char *word)
{
	size_t n = strcspn(word, "=");

	if (word[n] != '=' || strncmp(word, "revision=", 9) == 0)
		return 0;
	return n;
}

static json_t *
papers_field(json_t *fields, const char *id, const json_t *step)
{
	json_t *f = json_object_get(fields, id);
	const json_t *def;
	char *text;

	if (f != NULL)
		return f;
	f = json_object();
	json_object_set_new(fields, id, f);
	if ((def = doc_field(step, id)) != NULL) {
		text = papers_text(def);
		json_object_set_new(f, "label",
		    json_string(doc_text(def, "label")));
		json_object_set_new(f, "base", json_string(text));
		free(text);
	}
	return f;
}

/* What may have reached the server is remembered beside what is typed now. */
static void
papers_type(json_t *f, const char *text, bool sent)
{
	const char *mine = doc_text(f, "mine");

	if (doc_is(f, "sent") && strcmp(mine, text) != 0) {
		if (doc_list(f, "was") == NULL)
			json_object_set_new(f, "was", json_array());
		json_array_append_new(doc_list(f, "was"), json_string(mine));
	}
	json_object_set_new(f, "mine", json_string(text));
	json_object_set_new(f, "sent", json_boolean(sent));
}

static json_t *
papers_make(struct papers *ps, const char *folio, const char *step)
{
	json_t *old = papers_find(ps, folio, step);

	return old != NULL ? json_deep_copy(old) :
	    json_pack("{s:s, s:s, s:{}}", "folio", folio, "step", step,
	    "fields");
}

static void
papers_finish(json_t *paper, const char *const *words,
    const uint8_t op[OP_SIZE])
{
	char hex[OP_SIZE * 2 + 1];
	json_int_t revision = 0;
	size_t i;

	for (i = 3; words[i] != NULL; i++)
		if (strncmp(words[i], "revision=", 9) == 0)
			revision = strtoll(words[i] + 9, NULL, 10);
	json_object_set_new(paper, "done", json_pack("{s:s, s:I}", "op",
	    hex_text(op, OP_SIZE, hex), "revision", revision));
}

int
papers_note(struct papers *ps, const char *const *words,
    const uint8_t op[OP_SIZE], const json_t *step, bool sent,
    struct when now, struct why *why)
{
	json_t *paper = papers_make(ps, words[1], words[2]), *fields, *old;
	json_t *last = json_array_get(ps->list, json_array_size(ps->list) - 1);
	char at[WHEN_TEXT], *id;
	size_t i, n;
	int r;

	fields = doc_part(paper, "fields");
	for (i = 3; words[i] != NULL; i++) {
		if ((n = papers_word(words[i])) == 0)
			continue;
		id = xasprintf("%.*s", (int)n, words[i]);
		papers_type(papers_field(fields, id, step), words[i] + n + 1,
		    sent);
		free(id);
	}
	if (strcmp(words[0], "hacer") == 0)
		papers_finish(paper, words, op);
	json_object_del(paper, "failed");
	json_object_set_new(paper, "at", json_string(when_text(now, at)));
	json_object_set_new(paper, "seq",
	    json_integer(doc_int(last, "seq") + 1));
	if ((r = papers_write(ps, paper, why)) == 0) {
		if ((old = papers_find(ps, words[1], words[2])) != NULL)
			papers_forget(ps, old);
		papers_insert(ps, paper);
	}
	json_decref(paper);
	return r;
}

/* ---- what the server says ---- */

/* It has these texts: what was typed since still waits. */
static void
papers_ack(struct papers *ps, json_t *paper, const char *const *words)
{
	json_t *fields = doc_part(paper, "fields"), *f;
	size_t i, n;
	char *id;

	for (i = 3; words[i] != NULL; i++) {
		n = papers_word(words[i]);
		id = xasprintf("%.*s", (int)n, words[i]);
		f = n == 0 ? NULL : json_object_get(fields, id);
		if (f != NULL && strcmp(doc_text(f, "mine"),
		    words[i] + n + 1) == 0 && !paper_is_done(paper)) {
			json_object_del(fields, id);
		} else if (f != NULL) {
			json_object_set_new(f, "base",
			    json_string(words[i] + n + 1));
			json_object_del(f, "was");
		}
		free(id);
	}
	if (json_object_size(fields) == 0 && !paper_is_done(paper))
		papers_drop(ps, paper);
	else
		papers_keep(ps, paper);
}

void
papers_fail(struct papers *ps, json_t *paper, const char *sentence)
{
	json_object_set_new(paper, "failed", json_string(sentence));
	papers_keep(ps, paper);
}

void
papers_answer(struct papers *ps, const char *const *words, int status,
    const json_t *doc)
{
	json_t *paper = papers_find(ps, words[1], words[2]);

	if (paper == NULL)
		return;
	json_incref(paper);
	if (status != 0)
		papers_fail(ps, paper, doc_why(doc));
	else if (strcmp(words[0], "hacer") == 0)
		papers_drop(ps, paper);
	else
		papers_ack(ps, paper, words);
	json_decref(paper);
}

void
papers_line(const json_t *paper, struct line *l, uint8_t op[OP_SIZE])
{
	const json_t *done = doc_part(paper, "done");
	json_t *fields = doc_part(paper, "fields"), *f;
	const char *id;

	line_add(l, done != NULL ? "hacer" : "borrador");
	line_add(l, doc_text(paper, "folio"));
	line_add(l, doc_text(paper, "step"));
	json_object_foreach(fields, id, f)
		line_addf(l, "%s=%s", id, doc_text(f, "mine"));
	if (done == NULL)
		return;
	line_addf(l, "revision=%lld", doc_int(done, "revision"));
	if (hex_parse(doc_text(done, "op"), op, OP_SIZE) < 0)
		memset(op, 0, OP_SIZE);
}

/* ---- what the person says ---- */

/* Ready to go again: a step as the server shows the case now. */
static void
papers_renew(json_t *paper, const uint8_t op[OP_SIZE])
{
	json_t *done = doc_part(paper, "done");
	char hex[OP_SIZE * 2 + 1];

	json_object_del(paper, "failed");
	if (done == NULL)
		return;
	json_object_set_new(done, "op",
	    json_string(hex_text(op, OP_SIZE, hex)));
	if (json_object_get(paper, "seen") != NULL)
		json_object_set(done, "revision",
		    json_object_get(paper, "seen"));
}

void
papers_choose(struct papers *ps, json_t *paper, const char *field,
    const char *text, const uint8_t op[OP_SIZE])
{
	json_t *clash = doc_part(paper, "clash");
	json_t *fields = doc_part(paper, "fields");
	json_t *f = json_object_get(fields, field);
	bool theirs = strcmp(doc_text(clash, field), text) == 0;

	json_incref(paper);
	if (f != NULL && theirs && !paper_is_done(paper)) {
		json_object_del(fields, field);
	} else if (f != NULL) {
		json_object_set_new(f, "mine", json_string(text));
		json_object_set(f, "base", json_object_get(clash, field));
		json_object_del(f, "was");
	}
	json_object_del(clash, field);
	if (json_object_size(clash) == 0) {
		json_object_del(paper, "clash");
		papers_renew(paper, op);
	}
	if (json_object_size(fields) == 0)
		papers_drop(ps, paper);
	else
		papers_keep(ps, paper);
	json_decref(paper);
}

void
papers_again(struct papers *ps, json_t *paper, bool draft,
    const uint8_t op[OP_SIZE])
{
	if (draft)
		json_object_del(paper, "done");
	papers_renew(paper, op);
	papers_keep(ps, paper);
}
