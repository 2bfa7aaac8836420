/* SPDX-License-Identifier: ISC */
/* rooms: core admin store engine proto */
/*
 * serve_test.c - the loop of the core over real sockets: who is let in, who is
 * shown the door when a key or an account goes, and that nobody waits long for
 * somebody else's many commands.
 */
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "bureau.h"
#include "../../proto/frame.h"

struct house {
	struct bureau *o;
	pid_t core;
};

static const uint8_t house_key[] = "\0\0\0\013ssh-ed25519\0\0\0\040"
    "treinta y dos bytes de una llave";

static struct sockaddr_un
house_address(const struct house *h, const char *name)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };

	(void)snprintf(sa.sun_path, sizeof sa.sun_path, "%s/%s",
	    h->o->t->folder, name);
	return sa;
}

static int
house_listen(const struct house *h, const char *name)
{
	struct sockaddr_un sa = house_address(h, name);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&sa, sizeof sa), 0);
	return fd;
}

static const char *const house_doors[DOORS] = {
	[DOOR_SESSION] = "session",
	[DOOR_ADMIN] = "admin",
	[DOOR_COURIER] = "courier",
};

static int
house_setup(void **st)
{
	struct house *h = xcalloc(1, sizeof *h);
	int doors[DOORS], ready[2], i;
	char *b64, byte;

	(void)bureau_setup((void **)&h->o);
	b64 = base64_text(house_key, sizeof house_key);
	bureau_okf(h->o, NULL, "llave-alta difu llave='ssh-ed25519 %s x'",
	    b64);
	free(b64);
	for (i = 0; i < DOORS; i++)
		doors[i] = house_listen(h, house_doors[i]);
	assert_int_equal(pipe(ready), 0);
	if ((h->core = fork()) == 0) {
		(void)signal(SIGALRM, SIG_DFL);
		(void)alarm(60);
		_exit(core_serve(h->o->c, doors, ready[1]));
	}
	(void)close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	(void)close(ready[0]);
	for (i = 0; i < DOORS; i++)
		(void)close(doors[i]);
	*st = h;
	return 0;
}

static int
house_teardown(void **st)
{
	struct house *h = *st;

	(void)kill(h->core, SIGTERM);
	assert_int_equal(temp_wait(h->core), 0);
	(void)bureau_teardown((void **)&h->o);
	free(h);
	return 0;
}

/* Come in; the core's first message. */
static Pauta__Message *
house_enter(const struct house *h, const char *name, const char *login,
    const void *key, size_t len, int *fd)
{
	struct sockaddr_un sa = house_address(h, name);
	Pauta__Message m = PAUTA__MESSAGE__INIT, *in;
	Pauta__Hello hello = PAUTA__HELLO__INIT;

	*fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(connect(*fd, (struct sockaddr *)&sa, sizeof sa), 0);
	hello.version = PROTO_VERSION;
	hello.login = (char *)login;
	hello.kind = (char *)"screen";
	hello.key.data = (uint8_t *)key;
	hello.key.len = len;
	m.body_case = PAUTA__MESSAGE__BODY_HELLO;
	m.hello = &hello;
	assert_int_equal(frame_write_fd(*fd, &m), 0);
	assert_int_equal(frame_read_fd(*fd, &in), 0);
	return in;
}

static int
house_welcome(const struct house *h, const char *name, const char *login)
{
	Pauta__Message *in;
	int fd;

	in = house_enter(h, name, login, house_key, sizeof house_key, &fd);
	assert_int_equal(in->body_case, PAUTA__MESSAGE__BODY_WELCOME);
	pauta__message__free_unpacked(in, NULL);
	return fd;
}

static void
house_ask(int fd, uint64_t id, const char *const *words)
{
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Request q = PAUTA__REQUEST__INIT;

	q.id = id;
	q.words = (char **)words;
	while (words[q.n_words] != NULL)
		q.n_words++;
	q.json = true;
	m.body_case = PAUTA__MESSAGE__BODY_REQUEST;
	m.request = &q;
	assert_int_equal(frame_write_fd(fd, &m), 0);
}

/* The next answer; pushes are passed over.  Its status. */
static uint32_t
house_answer(int fd, uint64_t id)
{
	Pauta__Message *in;
	uint32_t status;

	for (;;) {
		assert_int_equal(frame_read_fd(fd, &in), 0);
		if (in->body_case != PAUTA__MESSAGE__BODY_PUSH)
			break;
		pauta__message__free_unpacked(in, NULL);
	}
	assert_int_equal(in->body_case, PAUTA__MESSAGE__BODY_REPLY);
	assert_int_equal(in->reply->id, id);
	status = in->reply->status;
	pauta__message__free_unpacked(in, NULL);
	return status;
}

/* Shown the door, and then nothing more. */
static void
house_goodbye(int fd)
{
	Pauta__Message *in;

	assert_int_equal(frame_read_fd(fd, &in), 0);
	assert_int_equal(in->body_case, PAUTA__MESSAGE__BODY_GOODBYE);
	assert_string_equal(in->goodbye->code, "not_found");
	pauta__message__free_unpacked(in, NULL);
	assert_true(frame_read_fd(fd, &in) < 0);
	(void)close(fd);
}

static void
only_a_known_key_is_let_in(void **st)
{
	struct house *h = *st;
	Pauta__Message *in;
	int fd;

	in = house_enter(h, "session", "difu", "otra", 4, &fd);
	assert_int_equal(in->body_case, PAUTA__MESSAGE__BODY_GOODBYE);
	pauta__message__free_unpacked(in, NULL);
	(void)close(fd);
	in = house_enter(h, "session", "jefa", house_key, sizeof house_key,
	    &fd);
	assert_int_equal(in->body_case, PAUTA__MESSAGE__BODY_GOODBYE);
	pauta__message__free_unpacked(in, NULL);
	(void)close(fd);
	fd = house_welcome(h, "session", "difu");
	house_ask(fd, 7, (const char *const[]){ "bandeja", NULL });
	assert_int_equal(house_answer(fd, 7), 0);
	(void)close(fd);
}

static void
who_is_inside_leaves_with_his_account(void **st)
{
	struct house *h = *st;
	int fd, admin;

	fd = house_welcome(h, "session", "difu");
	admin = house_welcome(h, "admin", "");
	/* Somebody else's account is nothing to him. */
	house_ask(admin, 1, (const char *const[]){ "persona-baja", "lector",
	    NULL });
	assert_int_equal(house_answer(admin, 1), 0);
	house_ask(fd, 2, (const char *const[]){ "bandeja", NULL });
	assert_int_equal(house_answer(fd, 2), 0);
	house_ask(admin, 3, (const char *const[]){ "persona-baja", "difu",
	    NULL });
	assert_int_equal(house_answer(admin, 3), 0);
	house_goodbye(fd);
	(void)close(admin);
}

static void
who_is_inside_leaves_with_his_key(void **st)
{
	struct house *h = *st;
	uint8_t sum[HASH_SIZE];
	char *b64, *name;
	int fd, admin;

	hash_sha256(house_key, sizeof house_key, sum);
	b64 = base64_text(sum, sizeof sum);
	name = xasprintf("SHA256:%.*s", (int)strcspn(b64, "="), b64);
	fd = house_welcome(h, "session", "difu");
	admin = house_welcome(h, "admin", "");
	house_ask(admin, 1, (const char *const[]){ "llave-baja", name, NULL });
	assert_int_equal(house_answer(admin, 1), 0);
	house_goodbye(fd);
	(void)close(admin);
	free(name);
	free(b64);
}

/* More than a turn holds, and somebody else in between. */
static void
many_commands_are_all_answered_and_nobody_waits_for_them(void **st)
{
	struct house *h = *st;
	int fd, admin;
	uint64_t i;

	fd = house_welcome(h, "session", "difu");
	admin = house_welcome(h, "admin", "");
	for (i = 0; i < 700; i++)
		house_ask(fd, i, (const char *const[]){ "reloj", NULL });
	house_ask(admin, 1, (const char *const[]){ "reloj", NULL });
	assert_int_equal(house_answer(admin, 1), 0);
	for (i = 0; i < 700; i++)
		assert_int_equal(house_answer(fd, i), 0);
	(void)close(fd);
	(void)close(admin);
}

/* Says one message out of place: the door, with a sentence of its own. */
static void
house_is_shown_out(struct house *h, Pauta__Message *m, const char *text)
{
	Pauta__Message *in;
	int fd = house_welcome(h, "session", "difu");

	assert_int_equal(frame_write_fd(fd, m), 0);
	assert_int_equal(frame_read_fd(fd, &in), 0);
	assert_int_equal(in->body_case, PAUTA__MESSAGE__BODY_GOODBYE);
	assert_string_equal(in->goodbye->code, "usage");
	assert_string_equal(in->goodbye->text, text);
	pauta__message__free_unpacked(in, NULL);
	assert_true(frame_read_fd(fd, &in) < 0);
	(void)close(fd);
}

/* Half an operation number would be none: what is sent again, done twice. */
static void
what_is_out_of_place_is_named_and_nothing_else_is_done(void **st)
{
	struct house *h = *st;
	Pauta__Message m = PAUTA__MESSAGE__INIT;
	Pauta__Hello hello = PAUTA__HELLO__INIT;
	Pauta__Request q = PAUTA__REQUEST__INIT;
	char verb[] = "iniciar", code[] = "63-COM-P02", title[] = "title=Dos",
	    tracks[] = "tracks=redes";
	uint8_t half[8] = { 1 };

	hello.version = PROTO_VERSION;
	m.body_case = PAUTA__MESSAGE__BODY_HELLO;
	m.hello = &hello;
	house_is_shown_out(h, &m, "Mensaje fuera de lugar.");
	q.words = (char *[]){ verb, code, title, tracks };
	q.n_words = 4;
	q.op.data = half;
	q.op.len = sizeof half;
	m.body_case = PAUTA__MESSAGE__BODY_REQUEST;
	m.request = &q;
	house_is_shown_out(h, &m, "El número de operación lleva 16 bytes.");
}

#define IN_HOUSE(f) \
	cmocka_unit_test_setup_teardown(f, house_setup, house_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_HOUSE(only_a_known_key_is_let_in),
		IN_HOUSE(who_is_inside_leaves_with_his_account),
		IN_HOUSE(who_is_inside_leaves_with_his_key),
		IN_HOUSE(
		    many_commands_are_all_answered_and_nobody_waits_for_them),
		IN_HOUSE(
		    what_is_out_of_place_is_named_and_nothing_else_is_done),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
