/* SPDX-License-Identifier: ISC */
/* render.c - see render.h. */
#include "render.h"

#include <linux/memfd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <uv.h>

#include "../../proto/i18n.h"
#include "../../proto/text.h"
#include "../store/blob.h"
#include "req.h"

/* One of its libraries is not there. */
enum { STATUS_UNLINKED = 127 };

enum { ROOM_JOB, ROOM_RESULT, ROOM_SAID, ROOM_N };

#define SAY_ABSENT N_("El servidor no puede hacer vistas ni documentos " \
	"ahora: inténtelo en un momento.")

struct job {
	uv_process_t process;
	uv_timer_t wall;
	struct renderer *of;
	struct job *next;
	const char *program;
	char *kind;
	int room[ROOM_N];		/* of memory; -1 */
	int files[RENDER_FILES];
	unsigned files_count;
	render_done_fn *on_done;	/* NULL: nobody waits */
	void *arg;
	bool runs, late;
	bool begun;			/* there was a process */
	bool handle;			/* process is one, for uv_close() */
	int handles;			/* not closed yet */
};

struct renderer {
	struct uv_loop_s *loop;
	const char *folder;		/* of the programs */
	struct job *jobs;		/* the oldest first */
	bool ends;
};

static void
fd_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
job_free(struct job *j)
{
	unsigned i;

	for (i = 0; i < ROOM_N; i++)
		fd_close(&j->room[i]);
	for (i = 0; i < j->files_count; i++)
		fd_close(&j->files[i]);
	free(j->kind);
	free(j);
}

static void
job_on_closed(uv_handle_t *h)
{
	struct job *j = h->data;

	if (--j->handles == 0)
		job_free(j);
}

/* Out of the list; its memory goes when the loop has let go of it. */
static void
job_end(struct job *j)
{
	struct job **p;

	for (p = &j->of->jobs; *p != j; p = &(*p)->next)
		;
	*p = j->next;
	j->handles = j->handle ? 2 : 1;
	if (j->handle)
		uv_close((uv_handle_t *)&j->process, job_on_closed);
	uv_close((uv_handle_t *)&j->wall, job_on_closed);
}

/* ---- what is told ---- */

/* What it said of why, as a person may read it; false: nothing. */
static bool
job_said(const struct job *j, struct why *why)
{
	char said[4096], safe[WHY_MAX], *line;
	off_t size = lseek(j->room[ROOM_SAID], 0, SEEK_END), n = sizeof said - 1;

	n = pread(j->room[ROOM_SAID], said, (size_t)n, size > n ? size - n : 0);
	if (n <= 0)
		return false;
	said[n] = '\0';
	line = strrchr(said, '\n');	/* before it are complaints of libraries */
	text_safe(line != NULL ? line + 1 : said, safe, sizeof safe, 0);
	(void)why_set(why, ERR_REFUSED, "%s", safe);
	return true;
}

/* Nobody knows why it gave nothing. */
static int
job_failed(const struct job *j, int64_t status, struct why *why)
{
	if (!j->begun || status == STATUS_UNLINKED)
		return why_set(why, ERR_UNAVAILABLE, SAY_ABSENT);
	if (j->late)
		return why_set(why, ERR_UNAVAILABLE, "Un archivo tardó "
		    "demasiado en leerse. Se conserva como llegó.");
	return why_set(why, ERR_REFUSED, "Un archivo no se pudo leer: está "
	    "dañado o pide demasiado. Se conserva como llegó.");
}

static void
job_tell(struct job *j, int64_t status, int sig)
{
	struct render_end end = { .fd = -1 };

	if (status == 0 && sig == 0) {
		end.fd = j->room[ROOM_RESULT];
		end.size = lseek(end.fd, 0, SEEK_END);
		(void)lseek(end.fd, 0, SEEK_SET);
	} else if (status == 1 && sig == 0 && job_said(j, &end.why)) {
		end.r = -ERR_REFUSED;
	} else {
		end.r = job_failed(j, status, &end.why);
		log_at(LOG_WARN, "render=failed kind=%s status=%lld signal=%d",
		    j->kind, (long long)status, sig);
	}
	j->on_done(j->arg, &end);
}

/* ---- the process ---- */

static void renderer_go_on(struct renderer *);

static void
job_on_exit(uv_process_t *p, int64_t status, int sig)
{
	struct job *j = p->data;
	struct renderer *rr = j->of;

	j->runs = false;
	if (j->on_done != NULL)
		job_tell(j, status, sig);
	job_end(j);
	renderer_go_on(rr);
}

/* Of what never began the number is 0, which is all of this server. */
static void
job_kill(struct job *j)
{
	if (j->begun)
		(void)uv_process_kill(&j->process, SIGKILL);
}

static void
job_on_late(uv_timer_t *t)
{
	struct job *j = t->data;

	j->late = true;
	job_kill(j);
}

static int
job_spawn(struct job *j)
{
	char program[1200], count[8], name[32], locale[] = "LC_ALL=C.UTF-8",
	    *args[] = { name, j->kind, count, NULL }, *env[] = { locale, NULL };
	uv_stdio_container_t io[ROOM_N + RENDER_FILES];
	uv_process_options_t o = { .file = program, .args = args, .env = env,
		.stdio = io, .exit_cb = job_on_exit };
	unsigned i;

	(void)snprintf(name, sizeof name, "%s", j->program);
	(void)snprintf(program, sizeof program, "%s/%s", j->of->folder, name);
	(void)snprintf(count, sizeof count, "%u", j->files_count);
	o.stdio_count = (int)(ROOM_N + j->files_count);
	for (i = 0; i < ROOM_N + j->files_count; i++) {
		io[i].flags = UV_INHERIT_FD;
		io[i].data.fd = i < ROOM_N ? j->room[i] : j->files[i - ROOM_N];
	}
	return uv_spawn(j->of->loop, &j->process, &o);
}

/* What cannot be started has ended: its owner is told from the timer. */
static void
job_on_absent(uv_timer_t *t)
{
	job_on_exit(&((struct job *)t->data)->process, 2, 0);
}

static void
job_run(struct job *j)
{
	int r;

	j->runs = j->handle = true;
	j->begun = (r = job_spawn(j)) == 0;
	if (!j->begun) {
		log_at(LOG_WARN, "render=absent folder=%s error=%s",
		    j->of->folder, uv_strerror(r));
		uv_timer_start(&j->wall, job_on_absent, 0, 0);
		return;
	}
	uv_timer_start(&j->wall, job_on_late, RENDER_WALL_MS, 0);
}

static void
renderer_go_on(struct renderer *rr)
{
	struct job *j;
	int running = 0;

	for (j = rr->jobs; j != NULL; j = j->next)
		running += j->runs;
	for (j = rr->jobs; j != NULL && running < RENDER_AT_ONCE && !rr->ends;
	    j = j->next)
		if (!j->runs) {
			job_run(j);
			running++;
		}
}

/* ---- beginning ---- */

static int
job_rooms(struct job *j, const json_t *job)
{
	static const char *const names[ROOM_N] = { "job", "result", "said" };
	char *text = json_dumps(job, JSON_COMPACT);
	ssize_t n = (ssize_t)strlen(text);
	int i, r = 0;

	for (i = 0; i < ROOM_N; i++)
		if ((j->room[i] = (int)syscall(SYS_memfd_create, names[i],
			 MFD_CLOEXEC)) < 0)
			r = -ERR_SYSTEM;
	if (r == 0 && pwrite(j->room[ROOM_JOB], text, (size_t)n, 0) != n)
		r = -ERR_SYSTEM;
	free(text);
	return r;
}

static void
job_queue(struct renderer *rr, struct job *j)
{
	struct job **p;

	for (p = &rr->jobs; *p != NULL; p = &(*p)->next)
		;
	*p = j;
	uv_timer_init(rr->loop, &j->wall);
	j->process.data = j->wall.data = j;
	j->of = rr;
}

static unsigned
renderer_count(const struct renderer *rr)
{
	const struct job *j;
	unsigned n = 0;

	for (j = rr->jobs; j != NULL; j = j->next)
		n++;
	return n;
}

int
render_start(struct core *c, const struct render_job *o, struct why *why)
{
	struct job *j = xcalloc(1, sizeof *j);
	unsigned i;

	for (i = 0; i < ROOM_N; i++)
		j->room[i] = -1;
	for (i = 0; i < o->files_count; i++)
		j->files[i] = o->files[i];
	j->files_count = o->files_count;
	j->program = o->program != NULL ? o->program : "pauta-render";
	j->kind = xstrdup(o->kind);
	j->on_done = o->on_done;
	j->arg = o->arg;
	if (c->renderer == NULL || c->renderer->ends ||
	    renderer_count(c->renderer) >= RENDER_WAITING ||
	    job_rooms(j, o->job) < 0) {
		job_free(j);
		return why_set(why, ERR_UNAVAILABLE, SAY_ABSENT);
	}
	job_queue(c->renderer, j);
	renderer_go_on(c->renderer);
	return 0;
}

int
render_start_file(struct core *c, struct render_job *o, const struct blob *b,
    const json_t *more, struct why *why)
{
	json_t *job = more != NULL ? json_copy((json_t *)more) : json_object();
	int r;

	json_object_set_new(job, "file", json_integer(3));
	o->job = job;
	o->files_count = 1;
	if ((o->files[0] = blob_open(b)) < 0)
		r = why_set(why, ERR_SYSTEM, "El archivo no está donde debe: "
		    "avise a quien administra el sistema.");
	else
		r = render_start(c, o, why);
	json_decref(job);
	return r;
}

bool
render_has(const struct core *c, const char *program)
{
	char path[1200];

	if (c->renderer == NULL)
		return false;
	(void)snprintf(path, sizeof path, "%s/%s", c->renderer->folder,
	    program);
	return access(path, X_OK) == 0;
}

void
render_forget(struct core *c, const void *arg)
{
	struct job *j, *next;

	for (j = c->renderer != NULL ? c->renderer->jobs : NULL; j != NULL;
	    j = next) {
		next = j->next;
		if (j->arg != arg)
			continue;
		j->on_done = NULL;
		if (j->runs)
			job_kill(j);
		else
			job_end(j);
	}
}

char *
render_text(const struct render_end *end, size_t max)
{
	char *text;

	if (end->fd < 0 || end->size < 0 || (size_t)end->size > max)
		return NULL;
	text = xcalloc((size_t)end->size + 1, 1);
	if (pread(end->fd, text, (size_t)end->size, 0) != end->size) {
		free(text);
		return NULL;
	}
	return text;
}

void
renderer_open(struct core *c, struct uv_loop_s *loop)
{
	if (c->programs == NULL)
		return;
	c->renderer = xcalloc(1, sizeof *c->renderer);
	c->renderer->loop = loop;
	c->renderer->folder = c->programs;
}

/* Those that run are killed; the loop turns until their handles are closed. */
void
renderer_close(struct core *c)
{
	struct renderer *rr = c->renderer;

	if (rr == NULL)
		return;
	rr->ends = true;
	while (rr->jobs != NULL) {
		if (rr->jobs->runs)
			job_kill(rr->jobs);
		job_end(rr->jobs);
	}
	c->renderer = NULL;
	free(rr);
}
