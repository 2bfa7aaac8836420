/* SPDX-License-Identifier: ISC */
/* rooms: client proto */
/*
 * sign_test.c - what a person's own program signs when she decides: exactly
 * what its line says of the step on the screen; and what it says when it
 * cannot sign.
 */
#include "screen.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../client/agent.h"
#include "../../client/sign.h"
#include "../../proto/approval.h"
#include "../../proto/sshsig.h"
#include "../../proto/sshwire.h"

#define SIGN "\"sign\":{\"installation\":\"000102030405060708090a0b0c0d0e0f\"" \
	",\"n\":1200,\"chain\":\"abababababababababababababababababababab"    \
	"abababababababababababab\"},"
#define STEP(sign, assurance, step)                                           \
	"{\"folio\":\"BOL-2026-0001\",\"step\":\"" step "\",\"row\":0,"       \
	"\"do\":\"Apruebe el boletín.\"," sign "\"assurance\":\"" assurance    \
	"\",\"revision\":17,\"content\":\"9a\",\"can\":true,\"round\":0,"      \
	"\"approval\":{\"id\":\"AP-06\",\"verdict\":\"verdict\",\"remarks\":" \
	"\"remarks\",\"return_to\":[{\"step\":\"1.2\"}],\"touch\":false},"    \
	"\"fields\":[],\"changes\":[],\"shown\":[],\"arms\":[],"              \
	"\"remarks\":[],\"path\":[]}"
#define ITEM(assurance, step)                                                 \
	"{\"folio\":\"BOL-2026-0001\",\"step\":\"" step "\",\"row\":0,"       \
	"\"subject\":\"Feria\",\"state\":\"approval\",\"title\":\"Apruebe\"," \
	"\"sent_by\":\"difu\",\"since\":\"2026-11-23T16:25:00Z\",\"round\":0," \
	"\"can\":true,\"assurance\":\"" assurance "\"}"
#define ITEMS(items) "{\"now\":\"2026-11-23T17:00:00Z\",\"items\":[" items "]}"
#define DECIDED "{\"folio\":\"BOL-2026-0001\",\"step\":\"1.3\",\"open\":[]," \
	"\"undo_until\":\"2026-11-23T17:00:30Z\"}"

/* A signer with one key in memory; or that says no. */
struct pen {
	struct sshsig_key key;
	bool broken;
	char *text, *asked;		/* the last one signed */
};

static char *
pen_sign(void *arg, const char *key, const struct approval_claim *claim,
    struct why *why)
{
	struct pen *p = arg;

	free(p->text);
	free(p->asked);
	p->text = approval_text(claim);
	p->asked = xstrdup(key);
	if (p->broken) {
		(void)why_set(why, ERR_REFUSED, "La llave no está.");
		return NULL;
	}
	return sshsig_sign(&p->key, APPROVAL_SPACE, p->text, strlen(p->text));
}

static void
pen_clear(struct pen *p)
{
	free(p->text);
	free(p->asked);
	p->text = p->asked = NULL;
}

/* The value of a word of the line, or "". */
static const char *
line_value(const struct line *l, const char *name)
{
	size_t i, n = strlen(name);

	for (i = 0; i < l->n; i++)
		if (strncmp(l->words[i], name, n) == 0 &&
		    l->words[i][n] == '=')
			return l->words[i] + n + 1;
	return "";
}

/* ---- the line ---- */

/* Of somebody who stands in for dg by that grant, or (0) for nobody. */
static void
signature_is_of_the_line(json_int_t grant, const char *said)
{
	json_t *step = json_loads(STEP(SIGN, "F", "1.3"), 0, NULL);
	json_t *me = json_pack("{s:s, s:s}", "login", "jefa", "key", "SHA256:x");
	static struct pen pen;
	const struct signer signer = { pen_sign, &pen };
	struct when now = { 1795447800 };
	struct line l = { 0 };
	struct sshsig_maker who;
	struct why why;
	char *want, *nonce;

	if (grant != 0)
		(void)json_object_update_new(json_object_get(step, "sign"),
		    json_pack("{s:s, s:I}", "on_behalf_of", "dg", "grant",
			grant));
	sshsig_key_make(&pen.key);
	line_add(&l, "devolver");
	line_add(&l, "BOL-2026-0001");
	line_add(&l, "1.3#2");
	line_add(&l, "motivo= Cambie el título ");
	line_add(&l, "regresa_a=1.2");
	line_add(&l, "revision=17");
	line_add(&l, "contenido=9a");
	assert_int_equal(sign_line(&signer, &l, step, me, now, &why), 0);
	nonce = xstrdup(line_value(&l, "nonce"));
	assert_int_equal(strlen(nonce), 2 * APPROVAL_NONCE);
	want = xasprintf("approval: 1\n"
	    "installation: 000102030405060708090a0b0c0d0e0f\n"
	    "folio: BOL-2026-0001\nstep: 1.3#2\nrevision: 17\ncontent: 9a\n"
	    "decision: devolver\nremark-sha256: 0084cfc044660d2d9b3c034ccede"
	    "95fb1d257761b26e3871be27d3cb92445b29\nanswers-sha256: 690e812e06"
	    "42a50168cc3b0a349e18e416d58fa059e6598281f3d919ab5bf956\n"
	    "actor: jefa\n%scheckpoint: 1200 %s\nnonce: %s\n"
	    "issued: 2026-11-23T15:30:00Z\n", said,
	    doc_text(doc_part(step, "sign"), "chain"), nonce);
	assert_string_equal(pen.text, want);
	assert_string_equal(pen.asked, "SHA256:x");
	assert_string_equal(line_value(&l, "emitida"), "2026-11-23T15:30:00Z");
	assert_string_equal(line_value(&l, "punto"), "1200");
	assert_int_equal(sshsig_open(line_value(&l, "firma"), APPROVAL_SPACE,
	    pen.text, strlen(pen.text), &who, &why), 0);
	free(want);
	free(nonce);
	line_clear(&l);
	json_decref(step);
	json_decref(me);
	pen_clear(&pen);
}

static void
the_signature_is_of_what_the_line_says(void **st)
{
	(void)st;
	signature_is_of_the_line(0, "");
	signature_is_of_the_line(812, "on-behalf-of: dg 812\n");
}

static void
without_a_signer_the_line_stays_as_it_was(void **st)
{
	json_t *step = json_loads(STEP("", "S", "1.3"), 0, NULL);
	json_t *me = json_pack("{s:s}", "login", "jefa");
	static struct pen pen = { .broken = true };
	const struct signer signer = { pen_sign, &pen };
	struct when now = { 1795447800 };
	struct line l = { 0 };
	struct why why;

	(void)st;
	line_add(&l, "aprobar");
	line_add(&l, "BOL-2026-0001");
	line_add(&l, "1.3");
	assert_int_equal(sign_line(NULL, &l, step, me, now, &why),
	    -ERR_UNAVAILABLE);
	assert_int_equal(sign_line(&signer, &l, step, me, now, &why),
	    -ERR_UNAVAILABLE);
	assert_null(pen.text);
	json_decref(step);
	step = json_loads(STEP(SIGN, "S", "1.3"), 0, NULL);
	assert_int_equal(sign_line(&signer, &l, step, me, now, &why),
	    -ERR_REFUSED);
	assert_string_equal(why.text, "La llave no está.");
	line_add(&l, "note=\x1b[2J");
	assert_int_equal(sign_line(&signer, &l, step, me, now, &why),
	    -ERR_REFUSED);
	assert_int_equal(l.n, 4);
	line_clear(&l);
	json_decref(step);
	json_decref(me);
	pen_clear(&pen);
}

/* ---- the screen ---- */

static void
desk_start(struct screen *s, const struct signer *signer, const char *items,
    const char *step)
{
	screen_init(s, 80, 24);
	app_set_signer(s->app, signer);
	app_open(s->app, &view_autorizaciones, NULL, NULL);
	screen_answer(s, "autorizaciones", 0, items);
	screen_answer(s, "paso BOL-2026-0001", 0, step);
}

static void
a_signs_what_is_on_the_screen(void **st)
{
	static struct pen pen;
	const struct signer signer = { pen_sign, &pen };
	struct screen s;
	const char *line;

	(void)st;
	sshsig_key_make(&pen.key);
	desk_start(&s, &signer, ITEMS(ITEM("F", "1.3")),
	    STEP(SIGN, "F", "1.3"));
	assert_true(screen_has(&s, "Firma Ronda"));
	assert_true(screen_has(&s, " firma 1"));
	assert_true(screen_has(&s, "al decidir se firma con su llave"));
	screen_key(&s, 'a');
	line = screen_last(&s, "aprobar");
	assert_non_null(strstr(line, "revision=17 contenido=9a nonce="));
	assert_non_null(strstr(line, " emitida=2026-11-23T17:00:00Z punto=1200"
	    " firma=-----BEGIN SSH SIGNATURE-----\n"));
	assert_non_null(strstr(pen.text, "\nactor: mlopez\n"));
	screen_answer(&s, "aprobar", 0, DECIDED);
	assert_true(screen_has(&s, "BOL-2026-0001 aprobada.  u=Deshacer"));
	screen_clear(&s);
	pen_clear(&pen);
}

static void
a_return_is_signed_too(void **st)
{
	static struct pen pen;
	const struct signer signer = { pen_sign, &pen };
	struct screen s;

	(void)st;
	sshsig_key_make(&pen.key);
	desk_start(&s, &signer, ITEMS(ITEM("S", "1.3")),
	    STEP(SIGN, "S", "1.3"));
	assert_false(screen_has(&s, "Firma"));
	screen_key(&s, 'd');
	screen_type(&s, "Falta la fuente");
	screen_key(&s, K_F8);
	assert_non_null(strstr(screen_last(&s, "devolver"), " firma=-----"));
	assert_non_null(strstr(pen.text, "\ndecision: devolver\n"));
	screen_clear(&s);
	pen_clear(&pen);
}

static void
a_screen_of_the_server_does_not_decide_what_must_be_signed(void **st)
{
	struct screen s;

	(void)st;
	desk_start(&s, NULL, ITEMS(ITEM("F", "1.3")), STEP(SIGN, "F", "1.3"));
	assert_true(screen_has(&s, "decida con el programa pauta de su"));
	screen_key(&s, 'a');
	screen_key(&s, 'd');
	assert_int_equal(screen_changes(&s), 0);
	screen_clear(&s);
	/* What need not be signed it does, and says nothing of it. */
	desk_start(&s, NULL, ITEMS(ITEM("S", "1.3")), STEP(SIGN, "S", "1.3"));
	screen_key(&s, 'a');
	assert_string_equal(screen_last(&s, "aprobar"),
	    "aprobar BOL-2026-0001 1.3 revision=17 contenido=9a");
	screen_answer(&s, "aprobar", 0, DECIDED);
	assert_false(screen_has(&s, "sin firma"));
	screen_clear(&s);
}

static void
without_a_key_it_says_so_once(void **st)
{
	static struct pen pen = { .broken = true };
	const struct signer signer = { pen_sign, &pen };
	struct screen s;

	(void)st;
	desk_start(&s, &signer, ITEMS(ITEM("S", "1.3") "," ITEM("S", "1.4")),
	    STEP(SIGN, "S", "1.3"));
	screen_key(&s, 'a');
	assert_string_equal(screen_last(&s, "aprobar"),
	    "aprobar BOL-2026-0001 1.3 revision=17 contenido=9a");
	screen_answer(&s, "aprobar", 0, DECIDED);
	assert_true(screen_has(&s, "BOL-2026-0001 aprobada, sin firma: La "
	    "llave no está."));
	screen_answer(&s, "paso BOL-2026-0001 1.4", 0, STEP(SIGN, "S", "1.4"));
	screen_key(&s, 'a');
	screen_answer(&s, "aprobar", 0, DECIDED);
	assert_false(screen_has(&s, "sin firma"));
	assert_true(screen_has(&s, "aprobada.  u=Deshacer"));
	screen_clear(&s);
	pen_clear(&pen);
}

static void
without_a_key_nothing_that_must_be_signed_is_sent(void **st)
{
	static struct pen pen = { .broken = true };
	const struct signer signer = { pen_sign, &pen };
	struct screen s;

	(void)st;
	desk_start(&s, &signer, ITEMS(ITEM("F", "1.3")),
	    STEP(SIGN, "F", "1.3"));
	screen_key(&s, 'a');
	assert_int_equal(screen_changes(&s), 0);
	assert_true(screen_has(&s, "No se firmó, y no se envió nada. La llave "
	    "no está."));
	pen.broken = false;		/* the agent was started meanwhile */
	sshsig_key_make(&pen.key);
	screen_key(&s, 'a');
	assert_int_equal(screen_changes(&s), 1);
	screen_clear(&s);
	pen_clear(&pen);
}

/* ---- the agent ---- */

/* A stand-in for ssh-agent: gives these answers, one a question. */
struct answers {
	struct buf v[2];
	int n;
};

static pid_t
agent_start(const char *path, const struct answers *a)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0), c, i;
	uint8_t part[4096];
	pid_t pid;

	(void)snprintf(sa.sun_path, sizeof sa.sun_path, "%s", path);
	(void)unlink(path);
	assert_int_equal(bind(fd, (struct sockaddr *)&sa, sizeof sa), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_true((pid = fork()) >= 0);
	if (pid == 0) {
		c = accept(fd, NULL, NULL);
		for (i = 0; i < a->n && read(c, part, sizeof part) > 0; i++)
			if (write(c, a->v[i].p, a->v[i].len) < 0)
				break;
		_exit(0);
	}
	(void)close(fd);
	return pid;
}

static void
agent_keys(struct buf *out, const struct sshsig_key *k, struct buf *blob)
{
	static const uint8_t keys = 12;
	struct buf b;

	buf_init(blob, TEXT_MAX);
	wire_put_text(blob, "ssh-ed25519");
	wire_put(blob, k->pub, SSHSIG_KEY);
	buf_init(&b, TEXT_MAX);
	(void)buf_add(&b, &keys, 1);
	wire_put_number(&b, 2);
	wire_put_text(&b, "otra");
	wire_put_text(&b, "x");
	wire_put(&b, blob->p, blob->len);
	wire_put_text(&b, "la suya");
	buf_init(out, TEXT_MAX);
	wire_put(out, b.p, b.len);
	buf_clear(&b);
}

/* The answer of ssh-agent to a question about that text. */
static void
agent_signature(struct buf *out, const struct sshsig_key *k, const char *text)
{
	static const uint8_t kind = 14;
	uint8_t raw[SSHSIG_BYTES];
	struct buf bytes, sig, b;

	sshsig_bytes(&bytes, APPROVAL_SPACE, text, strlen(text));
	sshsig_key_sign(k, bytes.p, bytes.len, raw);
	buf_init(&sig, TEXT_MAX);
	wire_put_text(&sig, "ssh-ed25519");
	wire_put(&sig, raw, sizeof raw);
	buf_init(&b, TEXT_MAX);
	(void)buf_add(&b, &kind, 1);
	wire_put(&b, sig.p, sig.len);
	buf_init(out, TEXT_MAX);
	wire_put(out, b.p, b.len);
	buf_clear(&bytes);
	buf_clear(&sig);
	buf_clear(&b);
}

/* What comes of asking an agent that gives these answers cut at a byte. */
static char *
agent_try(const char *path, struct answers *a, int which, size_t cut,
    const char *print, const char *text)
{
	size_t whole = a->v[which].len;
	pid_t pid;
	struct why why;
	char *armour;
	int status;

	a->v[which].len = cut;
	a->n = cut < whole ? which + 1 : 2;	/* then it hangs up */
	pid = agent_start(path, a);
	armour = agent_sign(print, APPROVAL_SPACE, text, &why);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	a->v[which].len = whole;
	return armour;
}

static void
an_agent_is_asked_and_not_believed(void **st)
{
	static const char text[] = "approval: 1\n";
	char folder[] = "/tmp/pauta-agent.XXXXXX", *path, *print, *armour;
	struct answers a = { .n = 2 };
	struct sshsig_maker who;
	struct sshsig_key k;
	struct why why;
	struct buf blob;
	size_t i;

	(void)st;
	assert_non_null(mkdtemp(folder));
	path = xasprintf("%s/sock", folder);
	assert_int_equal(setenv("SSH_AUTH_SOCK", path, 1), 0);
	assert_null(agent_sign("x", APPROVAL_SPACE, text, &why));
	assert_int_equal(why.e, ERR_UNAVAILABLE);
	sshsig_key_make(&k);
	agent_keys(&a.v[0], &k, &blob);
	agent_signature(&a.v[1], &k, text);
	print = sshkey_fingerprint(blob.p, blob.len);
	armour = agent_try(path, &a, 0, a.v[0].len, print, text);
	assert_non_null(armour);
	assert_int_equal(sshsig_open(armour, APPROVAL_SPACE, text,
	    strlen(text), &who, &why), 0);
	free(armour);
	assert_null(agent_try(path, &a, 0, a.v[0].len, "SHA256:otra", text));
	for (i = 0; i < a.v[0].len - 10; i++)
		assert_null(agent_try(path, &a, 0, i, print, text));
	for (i = 0; i < a.v[1].len; i++)
		assert_null(agent_try(path, &a, 1, i, print, text));
	(void)unsetenv("SSH_AUTH_SOCK");
	assert_null(agent_sign(print, APPROVAL_SPACE, text, &why));
	(void)unlink(path);
	(void)rmdir(folder);
	free(path);
	free(print);
	buf_clear(&blob);
	buf_clear(&a.v[0]);
	buf_clear(&a.v[1]);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_signature_is_of_what_the_line_says),
		cmocka_unit_test(without_a_signer_the_line_stays_as_it_was),
		cmocka_unit_test(a_signs_what_is_on_the_screen),
		cmocka_unit_test(a_return_is_signed_too),
		cmocka_unit_test(
		    a_screen_of_the_server_does_not_decide_what_must_be_signed),
		cmocka_unit_test(without_a_key_it_says_so_once),
		cmocka_unit_test(
		    without_a_key_nothing_that_must_be_signed_is_sent),
		cmocka_unit_test(an_agent_is_asked_and_not_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
