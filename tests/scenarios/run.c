/* SPDX-License-Identifier: ISC */
/*
 * run.c - the scenarios of the procedures, in the office's words.
 *
 *   scenarios-run institution.yaml PROCEDURE.yaml ...
 *
 * Each procedure's NAME.scenarios.yaml (docs/pauta-procedure.5) is driven through the
 * engine in memory; one line of TAP a scenario.  At the end, coverage: every
 * step answered, every arm taken, every check refused by some scenario.
 */
#include <cyaml/cyaml.h>

#include "../../proto/text.h"
#include "../../server/engine/calendar.h"
#include "../../server/engine/indicator.h"
#include "scenario.h"
#include "cover.c"
#include "stage.c"

static int tests, failures;

static void
tap(bool ok, const char *what, const char *name, const char *said)
{
	const char *p, *end;

	printf("%sok %d - %s: %s\n", ok ? "" : "not ", ++tests, what, name);
	failures += !ok;
	for (p = ok ? "" : said; *p != '\0'; p = *end != '\0' ? end + 1 : end) {
		end = p + strcspn(p, "\n");
		printf("#   %.*s\n", (int)(end - p), p);
	}
}

/* ---- the format ---- */

#define TEXT(key, owner, name) \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, \
	    owner, name, 0, CYAML_UNLIMITED)
#define LIST(key, owner, name, schema) \
	CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, \
	    owner, name, schema, 0, CYAML_UNLIMITED)
#define NUMBER(key, owner, name) \
	CYAML_FIELD_INT(key, CYAML_FLAG_OPTIONAL, owner, name)

// clang-format off
static const cyaml_schema_value_t text_schema = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED) };

static const cyaml_schema_field_t person_keys[] = {
	TEXT("login", struct person, login),
	LIST("roles", struct person, roles, &text_schema),
	LIST("substitutes", struct person, substitutes, &text_schema),
	TEXT("scope", struct person, scope),
	CYAML_FIELD_END };
static const cyaml_schema_value_t person_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct person, person_keys) };

static const cyaml_schema_field_t act_keys[] = {
	TEXT("as", struct act, as),
	TEXT("line", struct act, line),
	TEXT("at", struct act, at),
	TEXT("refused", struct act, refused),
	LIST("open", struct act, open, &text_schema),
	CYAML_FIELD_END };
static const cyaml_schema_value_t act_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct act, act_keys) };

static const cyaml_schema_field_t ends_keys[] = {
	TEXT("state", struct ends, state),
	TEXT("at", struct ends, at),
	NUMBER("rounds", struct ends, rounds),
	LIST("records", struct ends, records, &text_schema),
	LIST("never", struct ends, never, &text_schema),
	LIST("skipped", struct ends, skipped, &text_schema),
	CYAML_FIELD_END };

static const cyaml_schema_field_t scenario_keys[] = {
	TEXT("name", struct scenario, name),
	NUMBER("acceptance", struct scenario, acceptance),
	TEXT("now", struct scenario, now),
	TEXT("memory", struct scenario, memory),
	LIST("settings", struct scenario, settings, &text_schema),
	LIST("do", struct scenario, acts, &act_schema),
	CYAML_FIELD_MAPPING_PTR("ends", CYAML_FLAG_OPTIONAL, struct scenario, ends, ends_keys),
	LIST("indicators", struct scenario, indicators, &text_schema),
	CYAML_FIELD_END };
static const cyaml_schema_value_t scenario_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct scenario, scenario_keys) };

static const cyaml_schema_field_t play_keys[] = {
	LIST("people", struct play, people, &person_schema),
	LIST("scenarios", struct play, scenarios, &scenario_schema),
	CYAML_FIELD_END };
static const cyaml_schema_value_t play_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct play, play_keys) };
// clang-format on

static const cyaml_config_t config = {
	.log_fn = cyaml_log,
	.mem_fn = cyaml_mem,
	.log_level = CYAML_LOG_WARNING,
};

static char *
file_read(const char *path)
{
	char part[4096], *text;
	struct buf b;
	size_t n;
	FILE *f;

	if ((f = fopen(path, "rb")) == NULL)
		return NULL;
	buf_init(&b, 16 * FRAME_MAX);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		(void)buf_add(&b, part, n);
	(void)fclose(f);
	text = xstrdup(buf_str(&b));
	buf_clear(&b);
	return text;
}

/* ---- what a scenario expects ---- */

/* Is what is open exactly what is expected, in any order? */
static bool
open_is(struct stage *g, const struct act *act)
{
	const struct token *t;
	struct buf b;
	char ref[32];
	bool same = g->ca->tokens_count == act->open_count, found;
	size_t i;
	unsigned j;

	buf_init(&b, TEXT_MAX);
	for (i = 0; i < g->ca->tokens_count; i++) {
		t = &g->ca->tokens[i];
		snprintf(ref, sizeof ref, t->row != 0 ? "%s#%d" : "%s",
		    t->st->number, t->row);
		(void)buf_addf(&b, " %s", ref);
		for (j = 0, found = false; j < act->open_count; j++)
			found = found || strcmp(act->open[j], ref) == 0;
		same = same && found;
	}
	if (!same)
		stage_fail(g, "open:%s", b.len > 0 ? buf_str(&b) : " nothing");
	buf_clear(&b);
	return same;
}

static bool
act_run(struct stage *g, const struct act *act)
{
	struct why why = { .text = "" };
	int r;

	if (act->at != NULL)
		stage_set_now(g, act->at);
	if (act->line == NULL)
		return true;
	r = stage_say(g, act, &why);
	if (act->refused != NULL && r == 0)
		return stage_fail(g, "not refused; expected: %s",
		    act->refused);
	if (act->refused != NULL && !text_has(why.text, act->refused))
		return stage_fail(g, "refused: %s\nexpected: %s", why.text,
		    act->refused);
	if (act->refused == NULL && r < 0)
		return stage_fail(g, "refused: %s", why.text);
	/* libcyaml tells an empty list by a count of 0, like an absent one. */
	return act->open_count == 0 || g->ca == NULL || open_is(g, act);
}

static bool
step_was_opened(const struct kase *ca, const char *number)
{
	json_t *kept, *body;
	const char *type, *st;
	size_t i;

	json_array_foreach(ca->events, i, kept) {
		body = json_object_get(kept, "body");
		type = json_string_value(json_object_get(body, "type"));
		st = json_string_value(json_object_get(body, "step"));
		if (strcmp(type, "step.opened") == 0 &&
		    strcmp(st, number) == 0)
			return true;
	}
	return false;
}

static bool
step_was_skipped(const struct kase *ca, const char *number)
{
	size_t i;

	for (i = 0; i < ca->dones_count; i++)
		if (strcmp(ca->dones[i].st->number, number) == 0 &&
		    strcmp(ca->dones[i].outcome, "skipped") == 0)
			return true;
	return false;
}

static bool
texts_have(char **v, unsigned n, const char *text)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (strcmp(v[i], text) == 0)
			return true;
	return false;
}

/* Every record expected, and no other. */
static bool
records_are(struct stage *g, const struct ends *e)
{
	const struct kase *ca = g->ca;
	unsigned i;
	size_t j;
	bool made;

	for (i = 0; i < e->records_count; i++) {
		for (j = 0, made = false; j < ca->records_count; j++)
			made = made || strcmp(ca->records[j].record->number,
			    e->records[i]) == 0;
		if (!made)
			return stage_fail(g, "record %s was not made",
			    e->records[i]);
	}
	for (j = 0; j < ca->records_count; j++)
		if (!ca->records[j].record->working && !texts_have(e->records,
		    e->records_count, ca->records[j].record->number))
			return stage_fail(g, "record %s was made too",
			    ca->records[j].record->number);
	return true;
}

static bool
ends_are(struct stage *g, const struct ends *e)
{
	static const char *const states[] = { "open", "closed", "cancelled" };
	const struct kase *ca = g->ca;
	const char *at = ca->end != NULL ? ca->end : "";
	unsigned i;

	if (e->state != NULL && strcmp(e->state, states[ca->state]) != 0)
		return stage_fail(g, "it ends %s, not %s", states[ca->state],
		    e->state);
	if (e->at != NULL && strcmp(e->at, at) != 0)
		return stage_fail(g, "it ends at %s, not at %s", at, e->at);
	if (ca->rounds != e->rounds)
		return stage_fail(g, "rounds: %d, not %d", ca->rounds,
		    e->rounds);
	for (i = 0; i < e->never_count; i++)
		if (step_was_opened(ca, e->never[i]))
			return stage_fail(g, "step %s was opened",
			    e->never[i]);
	for (i = 0; i < e->skipped_count; i++)
		if (!step_was_skipped(ca, e->skipped[i]))
			return stage_fail(g, "step %s was not skipped",
			    e->skipped[i]);
	return e->records_count == 0 || records_are(g, e);
}

/* "IND-P02 2026-11-01 2026-11-30 1/1" */
static bool
indicator_is(struct stage *g, const char *line)
{
	char id[32], a[11], b[11], want[32], got[48];
	const struct indicator *in = NULL;
	json_t *doc;
	unsigned i;

	if (sscanf(line, "%31s %10s %10s %31s", id, a, b, want) != 4)
		return stage_fail(g, "cannot read indicator: %s", line);
	for (i = 0; i < g->p->indicators_count; i++)
		if (strcmp(g->p->indicators[i].id, id) == 0)
			in = &g->p->indicators[i];
	if (in == NULL)
		return stage_fail(g, "no indicator %s", id);
	doc = indicator_compute(g->p, in, &g->ca, 1, a, b, &g->w);
	snprintf(got, sizeof got, "%lld/%lld", (long long)json_integer_value(
	    json_object_get(doc, "numerator")), (long long)json_integer_value(
	    json_object_get(doc, "denominator")));
	json_decref(doc);
	return strcmp(got, want) == 0 ||
	    stage_fail(g, "%s is %s, not %s", line, got, want);
}

static bool
scenario_run(struct stage *g, const struct scenario *s)
{
	unsigned i;

	stage_begin(g, s);
	for (i = 0; i < s->acts_count; i++)
		if (!act_run(g, &s->acts[i])) {
			stage_fail(g, "line %u: %s%s%s", i + 1,
			    s->acts[i].as != NULL ? s->acts[i].as : "",
			    s->acts[i].as != NULL ? ": " : "",
			    s->acts[i].line);
			return false;
		}
	if (g->ca == NULL)
		return s->ends == NULL ||
		    stage_fail(g, "no case was ever opened");
	if (s->ends != NULL && !ends_are(g, s->ends))
		return false;
	for (i = 0; i < s->indicators_count; i++)
		if (!indicator_is(g, s->indicators[i]))
			return false;
	return true;
}

/* ---- one procedure ---- */

/* PROCEDURE.yaml -> PROCEDURE.scenarios.yaml, loaded; NULL after saying so. */
static struct play *
play_load(const char *file)
{
	size_t n = strlen(file) - strlen(".yaml");
	char *path = xasprintf("%.*s.scenarios.yaml", (int)n, file);
	void *data = NULL;
	cyaml_err_t r;

	r = cyaml_load_file(path, &config, &play_schema, &data, NULL);
	if (r != CYAML_OK)
		tap(false, path, "can be read", cyaml_strerror(r));
	free(path);
	return data;
}

static void
procedure_run(const char *file, struct stage *g)
{
	struct procedure *p = NULL;
	struct play *play;
	struct buf faults;
	char *text = file_read(file);
	unsigned i;
	bool ok;

	buf_init(&faults, FRAME_MAX);
	if (text == NULL || procedure_load(file, text, &p, &faults) < 0) {
		tap(false, file, "can be read", buf_str(&faults));
	} else if ((play = play_load(file)) != NULL) {
		stage_set(g, p, play);
		for (i = 0; i < play->scenarios_count; i++) {
			ok = scenario_run(g, &play->scenarios[i]);
			tap(ok, p->code, play->scenarios[i].name,
			    buf_str(&g->said));
		}
		g->said.len = 0;
		ok = cover_is_whole(g->cover, &g->said);
		tap(ok, p->code, "every step, arm and check is reached",
		    buf_str(&g->said));
		stage_unset(g);
		(void)cyaml_free(&config, &play_schema, play, 0);
	}
	procedure_free(p);
	buf_clear(&faults);
	free(text);
}

int
main(int argc, char **argv)
{
	struct institution *in = NULL;
	struct stage *g;
	struct buf faults;
	char *text;
	int i;

	log_init("scenarios", LOG_WARN);
	buf_init(&faults, FRAME_MAX);
	text = argc > 1 ? file_read(argv[1]) : NULL;
	if (text == NULL || institution_load(argv[1], text, &in,
	    &faults) < 0) {
		fprintf(stderr, "usage: scenarios-run institution.yaml "
		    "PROCEDURE.yaml ...\n%s", buf_str(&faults));
		return 2;
	}
	free(text);
	text = file_read("server/calendars/mx.ics");
	g = stage_new(in, text);
	for (i = 2; i < argc; i++)
		if (strstr(argv[i], ".scenarios.yaml") == NULL)
			procedure_run(argv[i], g);
	stage_free(g);
	institution_free(in);
	buf_clear(&faults);
	free(text);
	printf("1..%d\n", tests);
	return failures > 0;
}
